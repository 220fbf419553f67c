"""Where the text of a document begins and ends on the line, which tells lines that were broken from those that end."""

from __future__ import annotations

from collections import Counter

from gilint.record import Record

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from gilint.readers.pdf.lines import Line

EVEN = 1.5
"""In points: by how much lines that were filled up to the margin differ."""
NEAR = 2.0
"""In ems: lines that end so close to the margin count as full ones, justified or not."""
SHARE = 0.85
"""Of the lines that end near the margin, how many must do so exactly for a text to be justified."""
LONG = 0.75
"""The share of the widest line that a line is wide which says something about the margins."""
ENOUGH = 3
MOST_SHIFT = 80.0


class Margins(Record):
    """The left and right edge of a page's text; ``justified`` says that full lines end exactly there.

    ``pitch`` is the usual distance from line to line, in heights of an em.
    """

    left: float
    right: float
    justified: bool
    pitch: float


def margins_of(pages: Sequence[Sequence[Line]]) -> list[Margins]:
    """The margins of each page; those of facing pages may be mirrored."""
    lines = [line for page in pages for line in page if len(line.segments) == 1]
    if not lines:
        return [Margins(0.0, 0.0, False, 2.0)] * len(pages)
    left, right, justified = _edges(lines)
    pitch = _pitch(pages, right - left)
    found = []
    for page in pages:
        shift = _start(page, right - left, left) - left
        shift = shift if abs(shift) <= MOST_SHIFT else 0.0
        found.append(Margins(left + shift, right + shift, justified, pitch))
    return found


def _start(page: Sequence[Line], measure: float, usual: float) -> float:
    """Where the long lines of a page begin, if they are enough to tell."""
    starts = sorted([line.left for line in page if _width(line) >= LONG * measure])
    return starts[0] if len(starts) >= ENOUGH and starts[ENOUGH - 1] - starts[0] <= NEAR else usual


def _edges(lines: Sequence[Line]) -> tuple[float, float, bool]:
    widest = max(lines, key=_width)
    wide = [line for line in lines if _width(line) >= LONG * _width(widest)]
    left = min(line.left for line in wide)
    farthest = max(line.right for line in wide)
    near = [line.right for line in wide if farthest - line.right <= NEAR * line.em]
    even, count = Counter([round(right / EVEN) for right in near]).most_common(1)[0]
    if count > 2 and count >= SHARE * len(near):
        return left, even * EVEN, True
    return left, farthest, False


def _width(line: Line) -> float:
    return line.right - line.left


def _pitch(pages: Sequence[Sequence[Line]], measure: float) -> float:
    """The most usual distance between a full line and the next one."""
    steps: Counter[float] = Counter()
    for page in pages:
        for above, line in zip(page, page[1:], strict=False):
            one_column = len(above.segments) == len(line.segments) == 1
            if one_column and _width(above) >= LONG * measure and abs(above.size - line.size) < 0.05 * line.size:
                steps[round((line.base - above.base) / line.size, 1)] += 1
    return steps.most_common(1)[0][0] if steps else 2.0
