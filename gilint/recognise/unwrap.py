"""Undo hard wrapping: text whose every line was broken at one width is joined back into paragraphs."""

from __future__ import annotations

from gilint.late import late
from gilint.model import Lines, Paragraph, TextOrigin
from gilint.record import Record
from gilint.text import width

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from gilint.model import Grid

# In terminal cells; a line of fewer characters than half the narrowest cannot be full.
NARROWEST, WIDEST = 40, 130
ENOUGH = 8
SLACK = 4
ENDS = late(r"[。！？!?]\s*\Z")
STARTS = late(
    r"[\s#*　]*(?:[（(]?[一二三四五六七八九十\d]{1,3}[）)、.．]|第[一二三四五六七八九十]{1,3}(?:部分|章)|[-*]\s)"
)
# Lines of tables: cells behind tabs and pipes, columns set with spaces, numbers side by side.
TABLE = late(r"[\t|｜│]|\S\s{2,}\S|\d\s+\d+\s+\d")


def unwrap(blocks: Sequence[Paragraph | Grid]) -> Sequence[Paragraph | Grid]:
    """The blocks, with lines joined where nearly all long lines stop at the same width in the middle of a sentence.

    Only what was read as lines can have been wrapped.
    """
    limit = _limit(_lines_of(blocks))
    if limit is None:
        return blocks
    result: list[Paragraph | Grid] = []
    parts: list[Paragraph] = []
    for block in blocks:
        if isinstance(block, Paragraph) and parts and _continues(parts[-1], block, limit):
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


def _lines_of(blocks: Sequence[Paragraph | Grid]) -> Sequence[str]:
    """The texts of what was read as lines; nothing where it was not."""
    if isinstance(blocks, Lines):
        return blocks.texts
    first = next((block for block in blocks if isinstance(block, Paragraph)), None)
    if first is None or not isinstance(first.origin, TextOrigin):
        return ()
    return [block.text for block in blocks if isinstance(block, Paragraph)]


class Limit(Record):
    """Where lines were broken: ``measure`` counts their characters or their terminal cells; ``full`` is a full line."""

    measure: Callable[[str], int]
    full: int


def _limit(texts: Sequence[str]) -> Limit | None:
    """The length at which the lines were broken, if they were."""
    # Most texts have a line that nothing broke, and need no closer look.
    if any(len(text) > WIDEST and _is_prose(text) for text in texts):
        return None
    lines = []
    for text in texts:
        if len(text) * 2 >= NARROWEST and not TABLE.search(text[:WIDEST]):
            if len(text) > WIDEST:
                return None
            lines.append(text.rstrip())
    # A line that comes again and again is a running head.
    broken = {line for line in lines if not ENDS.search(line)}
    if len(broken) < ENOUGH:
        return None
    best: tuple[int, Limit | None] = (len(broken) // 2, None)
    for measure, narrowest, widest, slack in (
        (width, NARROWEST, WIDEST, SLACK),
        (len, NARROWEST // 2, WIDEST, SLACK // 2),
    ):
        longest = max(map(measure, lines))
        full = sum(measure(line) >= longest - slack for line in broken)
        if narrowest <= longest <= widest and full > best[0]:
            best = (full, Limit(measure, longest - slack))
    return best[1]


def _is_prose(text: str) -> bool:
    return not any(mark in text for mark in ("\t", "|", "｜", "│", "  ", "\u3000\u3000"))


def _continues(before: Paragraph, block: Paragraph, limit: Limit) -> bool:
    last, text = before.text, block.text
    if not text or text.isspace() or text[0] == "\u3000" or ENDS.search(last) or STARTS.match(text):
        return False
    if (
        before.level
        or block.level
        or not isinstance(before.origin, TextOrigin)
        or not isinstance(block.origin, TextOrigin)
    ):
        return False
    return limit.measure(last.rstrip()) >= limit.full and not TABLE.search(last) and not TABLE.search(text)


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
