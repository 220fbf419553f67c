"""Ruled tables: which lines belong together, the slots between them, and which slots are one merged cell."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter

from gilint.readers.pdf.geometry import clusters
from gilint.record import Record

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from gilint.readers.pdf.geometry import Box
    from gilint.readers.pdf.rulings import Line

REACH = 0.75
"""In ems: how far a line may end before the one that it should meet, and how far apart those of two cells are that
stand next to each other. Nothing can be written between lines so close."""
LEAST_REACH, MOST_REACH = 3.0, 9.0
OPEN_SIDE, OPEN_END = 10.0, 5.0
"""How far in points lines run beyond the last one that they meet where a table is open: at its side, above or below."""
FRAME = 4.0
"""In ems: how high a single cell may be to be the row of a table."""
COVERED = 0.6
"""The share of a slot's edge that a line must run along to close it."""
CROSSINGS = 4
MOST_LINES = 1_000
MOST_SLOTS = 20_000

Edges = list[list[bool]]


class Area(Record, hot=True):
    """A cell: the slots that it takes up, from ``row`` and ``column`` on."""

    row: int
    column: int
    rows: int
    columns: int


class Ruled(Record):
    """A ruled table on one page. ``xs`` and ``ys`` are the places of its lines, ``areas`` its cells in reading order,
    ``owner`` which of them each slot belongs to. ``open_end`` says that no line closes it at the bottom."""

    xs: Sequence[float]
    ys: Sequence[float]
    areas: Sequence[Area]
    owner: Sequence[Sequence[int]]
    open_end: bool

    @property
    def box(self) -> Box:
        return self.xs[0], self.ys[0], self.xs[-1], self.ys[-1]


def between(bounds: Sequence[float], place: float) -> int:
    """The number of the slot that a place is in, the nearest one for places outside of all."""
    return min(max(bisect_right(bounds, place) - 1, 0), len(bounds) - 2)


def ruled_tables(across: Sequence[Line], down: Sequence[Line], em: float) -> list[Ruled]:
    """The tables that lines across (y, left, right) and lines down (x, top, bottom) make, from top to bottom.

    ``em`` is the usual size of the text. A frame around a page or a paragraph is no table; one around a line may be its
    first row.
    """
    if not across or not down or len(across) + len(down) > MOST_LINES:
        return []
    reach = min(max(REACH * em, LEAST_REACH), MOST_REACH)
    found = [_table(*lines, reach, em) for lines in _connected(across, down, reach)]
    return sorted([table for table in found if table is not None], key=_top)


def _top(table: Ruled) -> float:
    return table.ys[0]


def _connected(across: Sequence[Line], down: Sequence[Line], reach: float) -> Iterator[tuple[list[Line], list[Line]]]:
    """Lines that meet each other, group by group; groups with too few crossings are left out."""
    upright = sorted(down)
    places = [x for x, _top, _bottom in upright]
    group = list(range(len(across) + len(upright)))
    crossings = [0] * len(across)
    for number, (y, left, right) in enumerate(across):
        for other in range(bisect_left(places, left - reach), bisect_right(places, right + reach)):
            _x, top, bottom = upright[other]
            if top - reach <= y <= bottom + reach:
                crossings[number] += 1
                if group[len(across) + other] != group[number]:
                    _unite(group, number, len(across) + other)
    together: dict[int, tuple[list[Line], list[Line], list[int]]] = {}
    for number, line in enumerate(across):
        lines = together.setdefault(_root(group, number), ([], [], []))
        lines[0].append(line)
        lines[2].append(crossings[number])
    alone: list[Line] = []
    for number, line in enumerate(upright, start=len(across)):
        root = _root(group, number)
        if root in together:
            together[root][1].append(line)
        else:
            alone.append(line)
    for horizontal, vertical, met in together.values():
        if sum(met) >= CROSSINGS:
            yield horizontal, vertical + [line for line in alone if _alongside(line, vertical, reach)]


def _alongside(line: Line, lines: Sequence[Line], reach: float) -> bool:
    """Whether a line down is as high as a table that it meets nowhere: one side of a cell as high as its page."""
    top, bottom = min([start for _x, start, _end in lines]), max([end for _x, _start, end in lines])
    return abs(line[1] - top) <= reach and abs(line[2] - bottom) <= reach


def _root(group: list[int], number: int) -> int:
    while group[number] != number:
        group[number] = group[group[number]]
        number = group[number]
    return number


def _unite(group: list[int], first: int, second: int) -> None:
    one, other = _root(group, first), _root(group, second)
    group[max(one, other)] = min(one, other)


def _table(across: Sequence[Line], down: Sequence[Line], reach: float, em: float) -> Ruled | None:
    xs, _open_side = _bounds(down, across, reach, OPEN_SIDE)
    ys, open_end = _bounds(across, down, reach, OPEN_END)
    rows, columns = len(ys) - 1, len(xs) - 1
    if rows < 1 or columns < 1 or rows * columns > MOST_SLOTS:
        return None
    owner = _owners(rows, columns, _closed(ys, xs, across), _closed(xs, ys, down))
    areas = _numbered(owner)
    if len(areas) == 1 and ys[-1] - ys[0] > FRAME * em:
        return None
    return Ruled(xs, ys, areas, owner, open_end)


def _bounds(lines: Iterable[Line], others: Sequence[Line], reach: float, beyond: float) -> tuple[list[float], bool]:
    """Where lines stand, with the ends of those that cross them where they run on: a side that no line closes.

    The second value says whether the last side is such a one.
    """
    places = clusters([at for at, _start, _end in lines], reach, 1.5 * reach)
    # A single line may be drawn too long; where several run on there are cells.
    before = [start for _at, start, _end in others if start < places[0] - beyond]
    behind = [end for _at, _start, end in others if end > places[-1] + beyond]
    first = [min(before)] if len(before) > 1 else []
    last = [max(behind)] if len(behind) > 1 else []
    return first + places + last, bool(last)


def _closed(places: Sequence[float], bounds: Sequence[float], lines: Iterable[Line]) -> Edges:
    """For each place and each slot between ``bounds``, whether a line runs there."""
    closed = [[False] * (len(bounds) - 1) for _place in places]
    for at, start, end in lines:
        edge = closed[_nearest(places, at)]
        for slot in range(between(bounds, start), len(bounds) - 1):
            low, high = bounds[slot], bounds[slot + 1]
            if low >= end:
                break
            if min(end, high) - max(start, low) >= COVERED * (high - low):
                edge[slot] = True
    return closed


def _nearest(places: Sequence[float], at: float) -> int:
    after = bisect_left(places, at)
    if after == len(places) or (after and at - places[after - 1] <= places[after] - at):
        return after - 1
    return after


def _owners(rows: int, columns: int, above: Edges, before: Edges) -> list[list[int]]:
    """For each slot a number that all slots of its cell have; cells are always rectangles."""
    owner: list[list[int]] = []
    same: list[tuple[int, int]] = []
    count = 0
    for row in range(rows):
        slots: list[int] = []
        for column in range(columns):
            over = owner[-1][column] if row and not above[row][column] else -1
            if column and not before[column][row]:
                number = slots[-1]
                if over >= 0 and over != number:
                    same.append((over, number))
            elif over >= 0:
                number = over
            else:
                number = count
                count += 1
            slots.append(number)
        owner.append(slots)
    if same:
        group = list(range(count))
        for one, other in same:
            _unite(group, one, other)
        owner = [[_root(group, number) for number in slots] for slots in owner]
    if count < rows * columns:
        _square(owner, count)
    return owner


def _square(owner: list[list[int]], spare: int) -> None:
    """Take cells that are no rectangles apart column by column: there a line was not drawn in full.

    Merged labels stand on top of each other, so that it is the lines down that tell them apart. Numbers from ``spare``
    on are free.
    """
    counts = Counter([number for slots in owner for number in slots])
    for number, (top, left, bottom, right) in _outlines(owner).items():
        if counts[number] == (bottom - top + 1) * (right - left + 1):
            continue
        before: list[bool] = []
        for column in range(left, right + 1):
            held = [slots[column] == number for slots in owner]
            for row in range(top, bottom + 1):
                if held[row]:
                    if before == held:
                        owner[row][column] = owner[row][column - 1]
                    elif row > top and held[row - 1]:
                        owner[row][column] = owner[row - 1][column]
                    else:
                        owner[row][column] = spare
                        spare += 1
            before = held


def _outlines(owner: Sequence[Sequence[int]]) -> dict[int, list[int]]:
    """The first row and column and the last of them of each cell, in reading order."""
    outlines: dict[int, list[int]] = {}
    for row, slots in enumerate(owner):
        for column, number in enumerate(slots):
            outline = outlines.get(number)
            if outline is None:
                outlines[number] = [row, column, row, column]
            else:
                outline[1] = min(outline[1], column)
                outline[2] = row
                outline[3] = max(outline[3], column)
    return outlines


def _numbered(owner: list[list[int]]) -> list[Area]:
    """The cells in reading order; ``owner`` is changed to hold their places in it."""
    outlines = _outlines(owner)
    places = dict(zip(outlines, range(len(outlines)), strict=True))
    for slots in owner:
        slots[:] = [places[number] for number in slots]
    return [Area(top, left, bottom - top + 1, right - left + 1) for top, left, bottom, right in outlines.values()]
