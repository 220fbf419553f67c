"""From bytes to documents: find the reader for the content, and take archives apart."""

from __future__ import annotations

from gilint.discovery import resolve
from gilint.errors import InputError
from gilint.model import Lines, Paragraph
from gilint.readers import BUILTIN
from gilint.readers.detect import ARCHIVE, format_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from typing import Any

    from gilint.limits import Limits
    from gilint.model import Document, Grid
    from gilint.readers import Reader

SEPARATOR = "!/"
"""Stands between the path of an archive and that of a document in it."""
NAMES_SHOWN = 5


def read_document(data: bytes, name: str, plugged: Sequence[Reader], limits: Limits) -> Document:
    """The document that ``data`` holds; ``plugged`` readers are asked first.

    Raises ``InputError``: what :func:`format_of` and the reader say, and ``several-documents`` for an archive of more
    than one.
    """
    for reader in plugged:
        if reader.sniff(data, name):
            return _bounded(reader.read(data, name, limits), limits)
    kind = format_of(data, name, limits)
    if kind == ARCHIVE:
        return _only(data, name, plugged, limits)
    return _bounded(resolve(BUILTIN[kind].target)(data, name, limits), limits)


def _bounded(document: Document, limits: Limits) -> Document:
    """The document itself. Raises ``InputError`` (``too-large``) when it has more text than can be judged in time."""
    blocks: Any = document.blocks
    if isinstance(blocks, Lines):
        count = sum(map(len, blocks.texts))
    else:
        count = sum([len(block.text) if isinstance(block, Paragraph) else _length(block) for block in blocks])
    if count > limits.characters:
        from gilint.readers.package import too_much

        zh, en = f"正文有 {count} 字", f"{count} characters of text"
        raise too_much(document.name, zh, en, "characters", limits.characters)
    return document


def _length(grid: Grid) -> int:
    return sum([len(cell.text) for row in grid.rows for cell in row])


def contents(
    data: bytes, name: str, plugged: Sequence[Reader], limits: Limits
) -> Iterator[tuple[str, bytes | InputError]]:
    """What a file holds, as (name, bytes) each: itself, or the members of an archive, with an error for a broken one.

    Raises ``InputError`` for an archive that cannot be opened.
    """
    # Only a package can be an archive, and looking into every other file would cost as much as reading it.
    if (
        not data.startswith(b"PK")
        or any(reader.sniff(data, name) for reader in plugged)
        or format_of(data, name, limits) != ARCHIVE
    ):
        yield name, data
    else:
        yield from _members(data, name, plugged, limits)


def member(data: bytes, name: str, path: str, plugged: Sequence[Reader], limits: Limits) -> bytes:
    """The document at ``path`` (archive!/member) in an archive.

    Raises ``InputError``: what :func:`contents` says, and ``not-found``.
    """
    for shown, content in contents(data, name, plugged, limits):
        if shown == path:
            if isinstance(content, InputError):
                raise content
            return content
    raise InputError(
        "not-found",
        path,
        {"zh": "压缩包里没有这份文件", "en": "there is no such file in the archive"},
        {"zh": "请检查路径", "en": "check the path"},
    )


def _members(
    data: bytes, name: str, plugged: Sequence[Reader], limits: Limits
) -> Iterator[tuple[str, bytes | InputError]]:
    from gilint.readers.archive import members

    yield from members(data, name, [suffix for reader in plugged for suffix in reader.suffixes], limits)


def _only(data: bytes, name: str, plugged: Sequence[Reader], limits: Limits) -> Document:
    found = list(_members(data, name, plugged, limits))
    if len(found) > 1:
        raise _several(name, [path for path, _content in found])
    path, content = found[0]
    if isinstance(content, InputError):
        raise content
    return read_document(content, path, plugged, limits)


def _several(name: str, paths: Sequence[str]) -> InputError:
    listed = "、".join(paths[:NAMES_SHOWN]) + ("……" if len(paths) > NAMES_SHOWN else "")
    return InputError(
        "several-documents",
        name,
        {"zh": f"压缩包里有 {len(paths)} 份文件：{listed}", "en": f"the archive holds {len(paths)} files: {listed}"},
        {
            "zh": "请逐份检查，或用 gilint check 命令、lint_many 一次检查全部",
            "en": "use the command 'gilint check' or lint_many, which take all of them",
        },
    )
