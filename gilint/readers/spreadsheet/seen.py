"""What is seen of a sheet: merged cells as one, nothing of what is under them, no hidden rows and columns."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from itertools import accumulate, islice
from operator import attrgetter

from gilint.record import Record

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from gilint.model import SheetOrigin
    from gilint.readers.spreadsheet.book import Area, Range, Sheet

FAR = 1 << 60


class Tile(Record, hot=True):
    """A cell as it is seen: its first row and column and how many it takes up, hidden ones not counted."""

    row: int
    column: int
    rows: int
    columns: int
    text: str
    origin: SheetOrigin

    @property
    def right(self) -> int:
        """The column behind it."""
        return self.column + self.columns

    @property
    def below(self) -> int:
        """The row behind it."""
        return self.row + self.rows


class Axis:
    """Rows or columns, of which some are hidden."""

    def __init__(self, hidden: Iterable[Range]) -> None:
        starts: list[int] = []
        self._ends: list[int] = []
        for first, last in sorted(hidden):
            if self._ends and first <= self._ends[-1]:
                self._ends[-1] = max(self._ends[-1], last + 1)
            else:
                starts.append(first)
                self._ends.append(last + 1)
        sizes = [end - start for start, end in zip(starts, self._ends, strict=True)]
        self._starts = starts
        self.has_hidden = bool(starts)
        self._before = list(accumulate(sizes, initial=0))
        self._places = [start - before for start, before in zip(starts, self._before, strict=False)]

    def place(self, index: int) -> int:
        """How many are seen before this one."""
        at = bisect_right(self._starts, index)
        if not at:
            return index
        return index - self._before[at] + max(0, self._ends[at - 1] - index)

    def index(self, place: int) -> int:
        """The one before which so many are seen, itself not hidden."""
        return place + self._before[bisect_right(self._places, place)]


class Seen:
    """The tiles of a sheet by row and column; blank ones only where cells are merged.

    Raises ``InputError`` (``too-large``) for merged areas that lie on each other without end.
    """

    def __init__(self, sheet: Sheet) -> None:
        self._sheet = sheet
        self._rows, self._columns = Axis(sheet.hidden_rows), Axis(sheet.hidden_columns)
        self.tiles = sorted(self._found(), key=attrgetter("row", "column"))
        self._starts = [tile.row for tile in self.tiles]

    def within(self, top: int, bottom: int) -> list[Tile]:
        """The tiles that begin from row ``top`` on and before row ``bottom``."""
        return self.tiles[bisect_left(self._starts, top) : bisect_left(self._starts, bottom)]

    def following(self, row: int, left: int, right: int) -> Tile | None:
        """The first tile with text from a row on, in columns from one to before another."""
        below = islice(self.tiles, bisect_left(self._starts, row), None)
        return next((tile for tile in below if tile.text and tile.column < right and left < tile.right), None)

    def is_framed(self, row: int, left: int, right: int) -> bool:
        """Whether all cells of a row, from one column to before another, are blank and have lines around them."""
        index = self._rows.index(row)
        return all((index, self._columns.index(column)) in self._sheet.framed for column in range(left, right))

    def blank(self, row: int, column: int) -> Tile:
        origin = self._sheet.origin(self._rows.index(row), self._columns.index(column))
        return Tile(row, column, 1, 1, "", origin)

    def _found(self) -> Iterator[Tile]:
        sheet = self._sheet
        merged = {(area[0], area[1]): area for area in reversed(sheet.merged)}
        covered = _Covered(sheet, merged.values())
        for place, text in sheet.cells.items():
            area = merged.pop(place, None)
            if area is None:
                if covered.holds(*place):
                    continue
                area = (*place, *place)
            tile = self._tile(area, text)
            if tile is not None:
                yield tile
            else:
                sheet.account.note("hidden-cells", sheet.origin(*place))
        for area in merged.values():
            tile = self._tile(area, "")
            if tile is not None:
                yield tile

    def _tile(self, area: Area, text: str) -> Tile | None:
        top, left, bottom, right = area
        row, column, height, width = top, left, bottom - top + 1, right - left + 1
        if self._rows.has_hidden:
            row = self._rows.place(top)
            height = self._rows.place(bottom + 1) - row
        if self._columns.has_hidden:
            column = self._columns.place(left)
            width = self._columns.place(right + 1) - column
        if height <= 0 or width <= 0:
            return None
        return Tile(row, column, height, width, text, self._sheet.origin(top, left))


class _Covered:
    """The cells under merged ones, which are not seen, whatever they hold."""

    def __init__(self, sheet: Sheet, areas: Iterable[Area]) -> None:
        used = sorted({row for row, _column in sheet.cells})
        left_over = sheet.account.limits.cells
        self._spans: dict[int, list[Range]] = {}
        for top, left, bottom, right in areas:
            within = used[bisect_left(used, top) : bisect_right(used, bottom)]
            left_over -= len(within)
            if left_over < 0:
                raise sheet.account.too_many_cells()
            for row in within:
                self._spans.setdefault(row, []).append((left, right))
        for spans in self._spans.values():
            spans.sort()

    def holds(self, row: int, column: int) -> bool:
        spans = self._spans.get(row)
        if not spans:
            return False
        at = bisect_right(spans, (column, FAR)) - 1
        return at >= 0 and spans[at][1] >= column
