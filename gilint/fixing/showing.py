"""What was changed, for people: a unified diff of lines, or the paragraphs of a Word document with their places."""

from __future__ import annotations

import os

from gilint.late import late
from gilint.model import Paragraph
from gilint.places import WordSpan

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from gilint.fixing import Fixed
    from gilint.model import Document, Result

CONTEXT = 1
"""Lines around a change: those of a report are paragraphs."""
RED, GREEN, CYAN, BOLD, RESET = "\x1b[31m", "\x1b[32m", "\x1b[36m", "\x1b[1m", "\x1b[0m"
CONTROLS = late("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
"""What a terminal obeys, or turns the text around."""


def fixed_name(path: str) -> str:
    """Where a mended copy goes: ``report.txt`` becomes ``report.fixed.txt``."""
    stem, ending = os.path.splitext(path)
    return f"{stem}.fixed{ending}"


def diff(fixed: Fixed, *, color: bool = False, lang: str = "zh") -> str:
    """What was changed in a file, nothing where nothing was."""
    if not fixed.changed:
        return ""
    first, second = _document(fixed.before), _document(fixed.after)
    lines = _paragraphs(fixed, first, second, lang) if first.format == "docx" else _lines(fixed)
    shown = (CONTROLS.sub(lambda sign: f"\\u{ord(sign[0]):04x}", line) for line in lines)
    return "".join(f"{_colored(line) if color else line}\n" for line in shown)


def _document(result: Result) -> Document:
    assert result.report is not None
    return result.report.source


def _lines(fixed: Fixed) -> Iterator[str]:
    from difflib import unified_diff

    from gilint.readers.text import decode

    first, second = (
        decode(data, fixed.path)[0].replace("\r\n", "\n").replace("\r", "\n").split("\n")
        for data in (fixed.original, fixed.content)
    )
    yield from unified_diff(first, second, fixed.path, fixed_name(fixed.path), lineterm="", n=CONTEXT)


def _paragraphs(fixed: Fixed, first: Document, second: Document, lang: str) -> Iterator[str]:
    """Edits neither add nor remove blocks, so those at the same place belong together."""
    yield f"--- {fixed.path}"
    yield f"+++ {fixed_name(fixed.path)}"
    for one, other in zip(first.blocks, second.blocks, strict=True):
        if isinstance(one, Paragraph) and isinstance(other, Paragraph) and one.text != other.text:
            yield f"@@ {_place(one, lang)} @@"
            yield f"-{one.text}"
            yield f"+{other.text}"


def _place(paragraph: Paragraph, lang: str) -> str:
    span = paragraph.origin.span(0, 0)
    if isinstance(span, WordSpan) and span.paragraph:
        return f"第{span.paragraph}段" if lang == "zh" else f"paragraph {span.paragraph}"
    return span.describe(lang)


def _colored(line: str) -> str:
    if line.startswith(("---", "+++")):
        return f"{BOLD}{line}{RESET}"
    color = {"-": RED, "+": GREEN, "@": CYAN}.get(line[:1])
    return f"{color}{line}{RESET}" if color else line
