"""Undo hard wrapping: text whose every line was broken at one width is joined back into paragraphs."""

from __future__ import annotations

import re

from gilint.model import Paragraph, TextOrigin
from gilint.text import width

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from gilint.model import Grid

WIDEST = 130
NARROWEST = 40
ENOUGH = 8
SLACK = 4
ENDS = re.compile(r"[。！？!?；;：:]\s*\Z")
STARTS = re.compile(r"[\s#*　]*(?:[（(]?[一二三四五六七八九十\d]{1,3}[）)、.．]|[-*]\s)")


def unwrap(blocks: Sequence[Paragraph | Grid]) -> Sequence[Paragraph | Grid]:
    """The blocks, with lines joined where nearly all long lines stop at the same width in the middle of a sentence."""
    limit = _wrap_width(blocks)
    if limit is None:
        return blocks
    result: list[Paragraph | Grid] = []
    for block in blocks:
        last = result[-1] if result else None
        if isinstance(block, Paragraph) and isinstance(last, Paragraph) and _continues(last, block, limit):
            result[-1] = _join(last, block)
        else:
            result.append(block)
    return result


def _wrap_width(blocks: Sequence[Paragraph | Grid]) -> int | None:
    """The width at which the lines were broken, if they were."""
    lines = [block.text for block in blocks if isinstance(block, Paragraph) and block.text.strip()]
    if any(len(line) * 2 > WIDEST * 2 for line in lines):
        return None
    broken = [width(line.rstrip()) for line in lines if len(line) * 2 >= NARROWEST and not ENDS.search(line)]
    if len(broken) < ENOUGH:
        return None
    limit = max(width(line.rstrip()) for line in lines)
    full = sum(1 for cells in broken if cells >= limit - SLACK)
    return limit if NARROWEST <= limit <= WIDEST and full * 2 > len(broken) else None


def _continues(last: Paragraph, block: Paragraph, limit: int) -> bool:
    final = last.text[-1 - _last_line_length(last) :]
    if "\t" in block.text or "|" in block.text or "\t" in last.text or "|" in last.text:
        return False
    full = width(final.rstrip()) >= limit - SLACK
    return bool(full and block.text.strip() and not ENDS.search(last.text) and not STARTS.match(block.text))


def _last_line_length(block: Paragraph) -> int:
    origin = block.origin
    begin = origin.starts[-1][0] if isinstance(origin, TextOrigin) else 0
    return len(block.text) - begin - 1


def _join(last: Paragraph, block: Paragraph) -> Paragraph:
    assert isinstance(last.origin, TextOrigin) and isinstance(block.origin, TextOrigin)
    offset = len(last.text)
    starts = tuple((begin + offset, line, column) for begin, line, column in block.origin.starts)
    return Paragraph(last.text + block.text, TextOrigin(last.origin.starts + starts), last.level)
