"""What stands in the cells of a ruled table on one page."""

from __future__ import annotations

from operator import attrgetter

from gilint.readers.pdf.glyphs import WIDE
from gilint.readers.pdf.lines import Line, Segment, lines_of
from gilint.readers.pdf.ruled import Area, between
from gilint.readers.pdf.texts import BEGINS, DIGITS, NUMBER, Text, cell_text, digit_text
from gilint.record import Record

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from gilint.readers.pdf.geometry import Box
    from gilint.readers.pdf.glyphs import Run
    from gilint.readers.pdf.ruled import Ruled
    from gilint.readers.pdf.texts import Sheet

    Pair = tuple[int, int]

WIDEST_MARGIN = 12.0
"""In points: the most that programs leave free beside the text of a cell, on both sides together."""
EDGE = 0.25
"""In ems: how far a run may reach over the edge of its cell."""
SEVERAL = 4
"""From so many lines on figures in a cell are no number that was broken."""
COLUMNS = 2
HALFWAY = 0.35
"""In ems: how far above its line the middle of a character is."""
CLOSE = {False: 0.8, True: 1.1}
"""In ems: how far apart characters of one text begin, narrow ones and wide ones."""


class Piece(Record):
    """A table on one page. ``cells`` are its areas in reading order with their texts; ``xs`` and ``ys`` the places of
    its lines; ``open_end`` says that no line closes it at the bottom."""

    sheet: Sheet
    xs: Sequence[float]
    ys: Sequence[float]
    cells: Sequence[tuple[Area, Text]]
    open_end: bool


def pieces_of(sheet: Sheet, tables: Sequence[Ruled], runs: Sequence[Run]) -> tuple[list[Piece], Sequence[Run]]:
    """The tables with their texts, and the runs that stand in none of them."""
    if not tables:
        return [], runs
    free: list[Run] = []
    filled = [_Filled(table) for table in tables]
    smallest_first = sorted(filled, key=attrgetter("extent"))
    for run in runs:
        across, along = (run.lefts[0] + run.right) / 2, run.base - HALFWAY * run.size
        for table in smallest_first:
            if table.left <= across <= table.right and table.top <= along <= table.bottom:
                table.put(run, along)
                break
        else:
            free.append(run)
    pieces = []
    for table in filled:
        piece = table.piece(sheet)
        if piece is None:
            free += table.runs()
        else:
            pieces.append(piece)
    return pieces, free


class _Filled:
    """A table that takes up runs."""

    def __init__(self, table: Ruled) -> None:
        self.table = table
        self.left, self.top, self.right, self.bottom = table.box
        self.extent = (self.right - self.left) * (self.bottom - self.top)
        self._runs: dict[int, list[Run]] = {}
        self._shared: list[Pair] = []

    def put(self, run: Run, along: float) -> None:
        """Give a run to its cell; one that reaches over a line is taken apart there, if it can be."""
        table, left, right = self.table, run.lefts[0], run.right
        slots, xs = table.owner[between(table.ys, along)], table.xs
        inset = min(EDGE * run.em, (right - left) / 2)
        place = between(xs, left + inset)
        first = slots[place]
        if right - inset < xs[place + 1] or first == slots[between(xs, right - inset)]:
            self._runs.setdefault(first, []).append(run)
            return
        rights = [*run.lefts[1:], run.right]
        owners = [slots[between(xs, (left + right) / 2)] for left, right in zip(run.lefts, rights, strict=True)]
        start = 0
        for end in range(1, len(owners) + 1):
            if end < len(owners) and (owners[end] == owners[end - 1] or self._go_on(run, end, owners)):
                continue
            held = owners[start:end]
            self._runs.setdefault(held[len(held) // 2], []).append(run.part(start, end))
            start = end

    def _go_on(self, run: Run, at: int, owners: Sequence[int]) -> bool:
        """Whether a character is one text with that before it, so that the line between them cannot part them.

        Of figures nobody can say then whether they are one or two: the cells on both sides are taken for one.
        """
        step = run.lefts[at] - run.lefts[at - 1]
        close = step <= CLOSE[run.text[at - 1] >= WIDE] * run.em
        if close and DIGITS.match(run.text[at - 1 : at + 1]):
            self._shared.append((owners[at - 1], owners[at]))
        return close

    def piece(self, sheet: Sheet) -> Piece | None:
        """The table with its texts, or ``None`` where its lines do not tell its rows apart."""
        table = self.table
        areas = list(table.areas)
        for one, other in self._shared:
            _unite(areas, self._runs, one, other)
        boxes = [_box(table, area) for area in areas]
        lines = {number: _lines(runs) for number, runs in self._runs.items() if not _is_digit(runs)}
        if sum([_is_column(found) for found in lines.values() if len(found) >= SEVERAL]) >= COLUMNS:
            return None
        margin = _margin(lines, boxes)
        cells = []
        for number, (area, box) in enumerate(zip(areas, boxes, strict=True)):
            runs = self._runs.get(number, ())
            if len(runs) == 1 and number not in lines:
                cells.append((area, digit_text(sheet, runs[0], box)))
                continue
            found = lines.get(number, ())
            if len(found) > 1 and area.rows > 1 and sum([BEGINS.match(line.text) is not None for line in found]) > 1:
                cells += [
                    (row, cell_text(sheet, held, _box(table, row), margin)) for row, held in _rows(table, area, found)
                ]
            elif area.columns:
                cells.append((area, cell_text(sheet, found, box, margin, area.rows)))
        return Piece(sheet, table.xs, table.ys, cells, table.open_end)

    def runs(self) -> list[Run]:
        return [run for runs in self._runs.values() for run in runs]


def _box(table: Ruled, area: Area) -> Box:
    right, bottom = area.column + area.columns, area.row + area.rows
    return table.xs[area.column], table.ys[area.row], table.xs[right], table.ys[bottom]


def _is_digit(runs: Sequence[Run]) -> bool:
    """Whether a cell holds a single character, as most do, or nothing: it has no lines to put together."""
    return not runs or (len(runs) == 1 and len(runs[0].text) == 1)


def _is_column(lines: Sequence[Line]) -> bool:
    """Whether the figures of several rows stand in one cell, since no line parts the rows."""
    return sum([NUMBER.fullmatch(line.text) is not None for line in lines]) >= SEVERAL


def _rows(table: Ruled, area: Area, lines: Sequence[Line]) -> Iterator[tuple[Area, list[Line]]]:
    """A cell with several labels, which no line parts, row by row."""
    for row in range(area.row, area.row + area.rows):
        top, bottom = table.ys[row], table.ys[row + 1]
        held = [line for line in lines if top <= line.base - HALFWAY * line.size < bottom]
        yield Area(row, area.column, 1, area.columns), held


def _unite(areas: list[Area], runs: dict[int, list[Run]], one: int, other: int) -> None:
    """Make two cells of a row one; the second is left without columns. Cells that do not fit stay two."""
    first, second = areas[one], areas[other]
    fits = (first.row, first.rows, first.column + first.columns) == (second.row, second.rows, second.column)
    if not fits:
        return
    areas[one] = Area(first.row, first.column, first.rows, first.columns + second.columns)
    areas[other] = Area(second.row, second.column, second.rows, 0)
    runs[one] = runs.pop(one, []) + runs.pop(other, [])


def _margin(lines: dict[int, list[Line]], boxes: Sequence[Box]) -> float:
    """What a table leaves free beside the text of a cell: the least that stands free beside any."""
    room = WIDEST_MARGIN
    for number, found in lines.items():
        left, _top, right, _bottom = boxes[number]
        room = min([room] + [right - left - (line.right - line.left) for line in found])
    return max(room, 0.0)


def _lines(runs: Sequence[Run]) -> list[Line]:
    """The lines of a cell; text that runs downwards or is turned is one, in the order of the file."""
    if len(runs) > 1 and (any(run.turned for run in runs) or _runs_down(runs)):
        return [_in_file_order(runs)]
    return lines_of(runs)


def _runs_down(runs: Iterable[Run]) -> bool:
    return all(len(run.text) == 1 and run.text >= WIDE for run in runs)


def _in_file_order(runs: Sequence[Run]) -> Line:
    pieces = []
    length = 0
    for run in runs:
        pieces.append((length, len(run.text), (run.left, run.top, run.right, run.bottom)))
        length += len(run.text)
    left, right = min(run.left for run in runs), max(run.right for run in runs)
    segment = Segment("".join([run.text for run in runs]), pieces, left, right)
    return Line((segment,), left, right, runs[0].base, runs[0].em, runs[0].size)
