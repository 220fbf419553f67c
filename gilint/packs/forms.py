"""What the schema of forms cannot see: keys that must be unique, keys that must lead somewhere, files beside."""

from __future__ import annotations

import os

from gilint.suggest import unknown

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from typing import Any

    from gilint.errors import Mistake
    from gilint.source import Marked, Path


def judge_form(marked: Marked, folder: str) -> list[Mistake]:
    """The mistakes of a form file that its schema accepts; ``folder`` is the one that it lies in."""
    form = marked.data
    found = [*_duplicates(("sections",), form["sections"]), *_duplicates(("tables",), form["tables"])]
    sections = [section["key"] for section in form["sections"]]
    for index, table in enumerate(form["tables"]):
        at: Path = ("tables", index)
        if table["section"] not in sections:
            found.append(((*at, "section"), unknown("章节", "section", table["section"], sections)))
        found += _duplicates((*at, "columns"), table["columns"])
        found += _duplicates((*at, "rows"), table["rows"])
        found += _unknown_columns(at, table)
    for name, base in form.get("bases", {}).items():
        if not os.path.isfile(os.path.join(folder, base)):
            found.append((("bases", name), f"找不到文件 {base} (no such file: {base})"))
    return [marked.mistake(at, message) for at, message in found]


def _duplicates(at: Path, items: list[Mapping[str, Any]]) -> Iterator[tuple[Path, str]]:
    seen: set[str] = set()
    for index, item in enumerate(items):
        key = item.get("key")
        if key in seen:
            yield (*at, index, "key"), f"键名 {key} 重复 (duplicate key {key!r})"
        if key is not None:
            seen.add(key)


def _unknown_columns(at: Path, table: Mapping[str, Any]) -> Iterator[tuple[Path, str]]:
    columns = [column["key"] for column in table["columns"]]
    for number, row in enumerate(table["rows"]):
        for index, key in enumerate(row.get("columns", ())):
            if key not in columns:
                yield (*at, "rows", number, "columns", index), unknown("列", "column", key, columns)
