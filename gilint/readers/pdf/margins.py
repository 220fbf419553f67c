"""Where the text of a document begins and ends on the line, which tells lines that were broken from those that end."""

from __future__ import annotations

from collections import Counter
from itertools import pairwise

from gilint.readers.pdf.glyphs import WIDE
from gilint.record import Record

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from gilint.readers.pdf.lines import Line

EVEN = 1.5
"""In points: by how much lines that begin or end at a margin differ."""
NEAR = 2.0
"""In ems: lines that end so close to the margin count as full ones, justified or not."""
SHARE = 0.85
"""Of the lines that end near the margin, how many must do so exactly for a text to be justified."""
LONG = 0.75
"""The share of the widest line that a line is wide which says something about the margins."""
ENOUGH = 3
"""So many lines at one place make a margin."""
MANY = 8
"""With fewer long lines than these the margins are no more than a guess."""
HALF = 0.5
"""The share of a page's width that the text takes up at least where some of its lines are full."""
MOST_SHIFT = 80.0
"""In points: by how much the margins of facing pages differ at most."""
USUAL_PITCH, WIDEST_PITCH = 2.0, 3.0


class Margins(Record):
    """The left and right edge of a page's text; ``justified`` says that full lines end exactly there.

    ``pitch`` is the usual distance from line to line, in heights of an em.
    """

    left: float
    right: float
    justified: bool
    pitch: float


def margins_of(pages: Sequence[Sequence[Line]], tables: Sequence[tuple[float, float]], width: float) -> list[Margins]:
    """The margins of each page; those of facing pages may be mirrored.

    ``tables`` are the left and right edges of tables, which help where there is little else; ``width`` is the usual
    width of a page.
    """
    columns = [[line for line in page if len(line.segments) == 1] for page in pages]
    lines = [line for page in columns for line in page]
    if not lines:
        left = min([line.left for page in pages for line in page], default=0.0)
        return [Margins(left, width - left, False, USUAL_PITCH)] * len(pages)
    widest = max(map(_width, lines))
    starts, ends = [left for left, _right in tables], [right for _left, right in tables]
    long = [line for line in lines if _width(line) >= LONG * widest]
    if len(long) >= MANY:
        left = _start([line.left for line in long], 2, min(line.left for line in long))
        right, justified = _end(long)
    else:
        left, justified = min([line.left for line in long] + starts), False
        right = max([line.right for line in long] + ends)
    if right - left < HALF * width:
        # No line is full; both margins of a page are about equally wide.
        right, justified = max(right, width - left), False
    pitch = _pitch(columns, LONG * widest)
    found = []
    for page in columns:
        shift = _shift(page, left, LONG * widest)
        found.append(Margins(left + shift, right + shift, justified, pitch))
    return found


def _width(line: Line) -> float:
    return line.right - line.left


def _shift(page: Sequence[Line], usual: float, long: float) -> float:
    """By how much the text of a page begins farther to the right than usual."""
    shift = _start([line.left for line in page if _width(line) >= long], ENOUGH, usual) - usual
    # Where any line begins at the usual place, the others begin a paragraph each.
    if abs(shift) > MOST_SHIFT or (shift > 0 and any(abs(line.left - usual) <= EVEN for line in page)):
        return 0.0
    return shift


def _start(lefts: Sequence[float], enough: int, otherwise: float) -> float:
    """The first place at which enough lines begin."""
    counts = Counter([round(left / EVEN) for left in lefts])
    places = [place for place in counts if counts[place] + counts[place + 1] >= enough]
    return min(left for left in lefts if round(left / EVEN) == min(places)) if places else otherwise


def _end(long: Sequence[Line]) -> tuple[float, bool]:
    """Where full lines end, and whether exactly there.

    Only lines with figures or letters say so: those of nothing but ideographs end at the same place in any case.
    """
    farthest = max(line.right for line in long)
    near = [line for line in long if farthest - line.right <= NEAR * line.em]
    place = Counter([round(line.right / EVEN) for line in near]).most_common(1)[0][0]
    mixed = [round(line.right / EVEN) - place for line in near if min(line.text) < WIDE]
    even = [abs(shift) <= 1 for shift in mixed]
    if sum(even) >= ENOUGH and sum(even) >= SHARE * len(even):
        return max(line.right for line in near if abs(round(line.right / EVEN) - place) <= 1), True
    return farthest, False


def _pitch(pages: Sequence[Sequence[Line]], long: float) -> float:
    """The most usual distance between a full line and the next one."""
    steps: Counter[float] = Counter()
    for page in pages:
        for above, line in pairwise(page):
            step = (line.base - above.base) / line.size
            if step <= WIDEST_PITCH and _width(above) >= long and abs(above.size - line.size) < 0.05 * line.size:
                steps[round(step, 1)] += 1
    return steps.most_common(1)[0][0] if steps else USUAL_PITCH
