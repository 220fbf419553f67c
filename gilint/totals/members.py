"""Which reports a total is made of: paths as they are named, and lists of members with the place of each line."""

from __future__ import annotations

import os

from gilint.errors import InputError, UsageError
from gilint.inputs import expand
from gilint.readers.opening import SEPARATOR
from gilint.record import Record
from gilint.text import closest

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from typing import Any

    from gilint.source import Marked

LISTS = ("members.yaml", "members.yml", "members.txt")
"""Names by which a list of members is known; in a folder it says what belongs there."""
MAGIC = "*?["
REMARK = "#"


class Entry(Record):
    """A report to be read: a path or a value, or the error of a path that names none.

    ``name`` is what the list calls it, ``place`` where the list does so.
    """

    source: Any
    name: str = ""
    place: str = ""


class Line(Record):
    """What a list names: a path, relative to its folder, and the place (line, column) where it stands."""

    path: str
    name: str
    place: str


def entries(
    sources: Iterable[Any], suffixes: Sequence[str], lists: Iterable[str | os.PathLike[str]] = ()
) -> Iterator[Entry]:
    """The reports that sources name: paths of files, folders, patterns, archives and lists, or reports as values.

    ``lists`` are paths of lists, whatever they are called. Raises ``UsageError`` for a list that cannot be understood.
    """
    for source in sources:
        if not isinstance(source, str | os.PathLike):
            yield Entry(source)
            continue
        path = os.fspath(source)
        found = list_of(path)
        if found is None:
            yield from (Entry(one) for one in _expanded(path, suffixes))
        else:
            yield from _listed(found, suffixes)
    for one in lists:
        yield from _listed(os.fspath(one), suffixes)


def list_of(path: str) -> str | None:
    """The list of members that a path is, or that the folder at the path holds."""
    if os.path.basename(path).lower() in LISTS:
        return path
    inside = [os.path.join(path, name) for name in LISTS] if os.path.isdir(path) else []
    return next((one for one in inside if os.path.isfile(one)), None)


def _expanded(path: str, suffixes: Sequence[str]) -> Iterator[str | InputError]:
    for found in expand([path], suffixes):
        if isinstance(found, InputError) or found == path or os.path.basename(found).lower() not in LISTS:
            yield found


def _listed(path: str, suffixes: Sequence[str]) -> Iterator[Entry]:
    folder = os.path.dirname(path)
    for one in read_list(path):
        whole = os.path.join(folder, one.path)
        found = list(_expanded(whole, suffixes))
        if len(found) > 1 and one.name:
            zh = f"{one.place}: 名称“{one.name}”只能给一份报告，这里有 {len(found)} 份"
            raise UsageError(f"{zh} (a name goes with one report, these are {len(found)})")
        for file in found:
            problem = file if isinstance(file, InputError) else _missing(file)
            yield Entry(problem or file, one.name, one.place)


def _missing(path: str) -> InputError | None:
    """The error for a file that a list names and that is not there, with the one that was probably meant."""
    archive = path.partition(SEPARATOR)[0]
    if os.path.lexists(path) or os.path.lexists(archive) or "://" in path or any(mark in path for mark in MAGIC):
        return None
    zh, en = "请检查清单里的路径", "check the path in the list"
    meant = _meant(archive)
    if meant is not None:
        zh, en = f"是否想写 {meant}？", f"did you mean {meant!r}?"
    return InputError("not-found", path, {"zh": "文件不存在", "en": "no such file"}, {"zh": zh, "en": en})


def _meant(path: str) -> str | None:
    folder, name = os.path.split(path)
    try:
        others = os.listdir(folder or ".")
    except OSError:
        return closest(os.path.basename(folder), _siblings(folder))
    stem = os.path.splitext(name)[0]
    # Endings are left aside: they would make any two names of three letters look alike.
    stems: dict[str, str] = {}
    for other in sorted(others):
        stems.setdefault(os.path.splitext(other)[0], other)
    meant = closest(stem, stems)
    return stems[meant] if meant is not None else None


def _siblings(folder: str) -> list[str]:
    try:
        return os.listdir(os.path.dirname(folder) or ".")
    except OSError:
        return []


# --- lists ------------------------------------------------------------------------------------------------------------


def read_list(path: str) -> list[Line]:
    """The lines of a list of members. Raises ``UsageError`` naming every mistake at its line and column."""
    from gilint.errors import RuleError
    from gilint.source import load, read_text

    try:
        text = read_text(path)
        if path.lower().endswith((".yaml", ".yml", ".json")):
            found = _from_data(load(path, text))
        else:
            found = list(_from_text(path, text))
    except RuleError as error:
        raise UsageError(str(error)) from None
    if not found:
        raise UsageError(f"{path}: 清单里没有成员 (the list names no member)")
    return found


def _from_data(marked: Marked) -> list[Line]:
    from gilint.errors import RuleError
    from gilint.packs.published import schema_file
    from gilint.source import validate

    mistakes = validate(marked, schema_file("members"))
    if mistakes:
        raise RuleError(tuple(mistakes))
    listed = isinstance(marked.data, list)
    at: tuple[str | int, ...] = () if listed else ("members",)
    lines = []
    for number, item in enumerate(marked.data if listed else marked.data["members"]):
        plain = isinstance(item, str)
        line, column = marked.place((*at, number) if plain else (*at, number, "path"))
        path, name = (item, "") if plain else (item["path"], item.get("name", ""))
        lines.append(Line(path, name, f"{marked.path}:{line}:{column}"))
    return lines


def _from_text(path: str, text: str) -> Iterator[Line]:
    """A path a line; behind a tab its name. Empty lines, and those that begin with #, say nothing."""
    for number, line in enumerate(text.splitlines(), 1):
        named, _, name = line.partition("\t")
        if named.strip() and not named.lstrip().startswith(REMARK):
            column = len(named) - len(named.lstrip()) + 1
            yield Line(named.strip(), name.strip(), f"{path}:{number}:{column}")
