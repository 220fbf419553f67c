"""Mend a report's text: the edits that its findings propose, put into a copy of the file. Figures stay as they are."""

from __future__ import annotations

import os

from gilint.errors import InputError
from gilint.record import Record

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from gilint.linter import Linter
    from gilint.model import Address, Finding, Result, Span
    from gilint.sources import Source


class Applied(Record):
    """An edit that was made: its rule, and the text ``before`` and ``after`` at a place.

    ``round`` counts from 1. The place is the one in the text that the round before left.
    """

    rule: str
    name: str
    round: int
    address: Address
    span: Span
    before: str
    after: str


class Left(Record):
    """A finding with an edit that was not made, and why; ``reason`` maps languages to text."""

    finding: Finding
    reason: dict[str, str]


class Fixed(Record):
    """What became of a file: its ``content`` in bytes, mended, and the ``original``.

    ``edits`` were made, ``left`` could not be, ``unsafe`` are findings whose edits were not asked for. ``before`` and
    ``after`` are what is found in the two.
    """

    path: str
    original: bytes
    content: bytes
    edits: tuple[Applied, ...]
    left: tuple[Left, ...]
    unsafe: tuple[Finding, ...]
    before: Result
    after: Result

    @property
    def changed(self) -> bool:
        return self.content != self.original

    @property
    def diff(self) -> str:
        """What changed: a unified diff of lines, or the paragraphs of a Word document."""
        from gilint.fixing.showing import diff

        return diff(self)


def fix(
    source: Source, *, unsafe: bool = False, linter: Linter | None = None, name: str | None = None, **options: Any
) -> Fixed:
    """Mend a text, a Markdown file or a Word document (a path, or its bytes); nothing is written.

    ``unsafe`` makes the edits, too, that somebody should look at. It is judged as :func:`gilint.lint` does with
    ``options``, or by ``linter``: only the rules that these select are looked at.

    Raises ``InputError``: for a report that cannot be judged, and ``not-fixable`` for other formats.
    """
    from gilint.fixing.mending import mend
    from gilint.linter import Linter

    if not isinstance(source, str | bytes | os.PathLike):
        raise not_fixable("<data>", "")
    return mend(source, name, linter if linter is not None else Linter(**options), unsafe=unsafe)


def not_fixable(name: str, kind: str) -> InputError:
    """The error for what cannot be changed: ``kind`` is the format of a document, if it is known."""
    of = f"（{kind.upper()}）" if kind else ""
    return InputError(
        "not-fixable",
        name,
        {
            "zh": f"只能修改文本、Markdown 和 Word（.docx）文件，这种格式{of}不能",
            "en": f"only text, Markdown and Word (.docx) can be changed{f', not {kind}' if kind else ''}",
        },
        {
            "zh": "请修改它的原稿：DOC、WPS、ODT 先另存为 .docx，PDF、网页和表格改原来的文档，压缩包先解压",
            "en": "change what it was made from: save DOC, WPS and ODT as .docx, unpack archives",
        },
    )
