"""Undo hard wrapping: text whose every line was broken at one width is joined back into paragraphs."""

from __future__ import annotations

from gilint.late import late
from gilint.model import Paragraph, TextOrigin
from gilint.text import width

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from gilint.model import Grid

# In terminal cells; a line of fewer characters than half the narrowest cannot be full.
NARROWEST, WIDEST = 40, 130
ENOUGH = 8
SLACK = 4
ENDS = late(r"[。！？!?；;：:]\s*\Z")
STARTS = late(
    r"[\s#*　]*(?:[（(]?[一二三四五六七八九十\d]{1,3}[）)、.．]|第[一二三四五六七八九十]{1,3}(?:部分|章)|[-*]\s)"
)
# Lines of tables: cells behind tabs and pipes, columns set with spaces, numbers side by side.
TABLE = late(r"[\t|｜│]|\S\s{2,}\S|\d\s+\d+\s+\d")


def unwrap(blocks: Sequence[Paragraph | Grid]) -> Sequence[Paragraph | Grid]:
    """The blocks, with lines joined where nearly all long lines stop at the same width in the middle of a sentence."""
    limit = _wrap_width(blocks)
    if limit is None:
        return blocks
    result: list[Paragraph | Grid] = []
    parts: list[Paragraph] = []
    for block in blocks:
        if isinstance(block, Paragraph) and parts and _continues(parts[-1].text, block.text, limit):
            parts.append(block)
            continue
        if parts:
            result.append(_joined(parts))
        parts = [block] if isinstance(block, Paragraph) else []
        if not parts:
            result.append(block)
    if parts:
        result.append(_joined(parts))
    return result


def _wrap_width(blocks: Sequence[Paragraph | Grid]) -> int | None:
    """The width at which the lines were broken, if they were."""
    # Most texts have a line that nothing broke, and need no closer look.
    if any(isinstance(block, Paragraph) and len(block.text) > WIDEST and _is_prose(block.text) for block in blocks):
        return None
    lines = []
    for block in blocks:
        if isinstance(block, Paragraph) and len(block.text) * 2 >= NARROWEST and not TABLE.search(block.text[:WIDEST]):
            if len(block.text) > WIDEST:
                return None
            lines.append(block.text.rstrip())
    broken = [width(line) for line in lines if not ENDS.search(line)]
    if len(broken) < ENOUGH:
        return None
    limit = max(map(width, lines))
    full = sum([cells >= limit - SLACK for cells in broken])
    return limit if NARROWEST <= limit <= WIDEST and full * 2 > len(broken) else None


def _is_prose(text: str) -> bool:
    return not any(mark in text for mark in ("\t", "|", "｜", "│", "  ", "\u3000\u3000"))


def _continues(last: str, text: str, limit: int) -> bool:
    if not text or text.isspace() or len(last) * 2 < limit - SLACK or ENDS.search(last) or STARTS.match(text):
        return False
    return width(last.rstrip()) >= limit - SLACK and not TABLE.search(last) and not TABLE.search(text)


def _joined(parts: list[Paragraph]) -> Paragraph:
    if len(parts) == 1:
        return parts[0]
    starts: list[tuple[int, int, int]] = []
    offset = 0
    for part in parts:
        assert isinstance(part.origin, TextOrigin)
        starts.extend([(begin + offset, line, column) for begin, line, column in part.origin.starts])
        offset += len(part.text)
    return Paragraph("".join([part.text for part in parts]), TextOrigin(tuple(starts)), parts[0].level)
