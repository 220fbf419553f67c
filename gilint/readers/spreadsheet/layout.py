"""From the cells of a sheet to paragraphs and tables, in the order in which people read them.

A sheet does not say what in it is a table. Rows of several cells are; a cell that stands alone in its row is text,
unless it may be the label of a row whose other cells are blank.
"""

from __future__ import annotations

from bisect import bisect_left
from itertools import pairwise

from gilint.late import late
from gilint.model import Grid, GridCell, Paragraph
from gilint.readers.package import too_much
from gilint.readers.spreadsheet.columns import is_header, is_word, rows_of, side_by_side
from gilint.readers.spreadsheet.seen import Seen

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from gilint.readers.spreadsheet.book import Account, Sheet
    from gilint.readers.spreadsheet.seen import Tile

    Texts = Sequence[Tile]
    """Tiles that hold text, by row and column."""
    Width = tuple[int, int]
    """The first column, and the one behind the last."""

SENTENCE = "。"
LONGEST_LABEL = 60
BROKEN_NUMBER = late(r"[\d,，.．]+(?:\s*\n\s*[\d,，.．]+)+")
DEEPEST = 3
"""How often tables side by side are looked for in a part of a sheet that was beside another."""


def blocks_of(sheet: Sheet) -> Iterator[Paragraph | Grid]:
    """The text and the tables of a sheet. Raises ``InputError`` (``too-large``)."""
    seen = Seen(sheet)
    texts = [tile for tile in seen.tiles if tile.text]
    for part in side_by_side(texts) if texts else ():
        yield from _Part(sheet.account, seen, 0).blocks(part)


class _Part:
    """Takes a part of a sheet that nothing stands beside into the tables and texts that stand below each other."""

    def __init__(self, account: Account, seen: Seen, depth: int) -> None:
        self._account = account
        self._seen = seen
        self._depth = depth
        self._last: Width | None = None

    def blocks(self, texts: Texts) -> Iterator[Paragraph | Grid]:
        for band in _bands(texts):
            yield from self._band(band)

    def _band(self, band: Texts) -> Iterator[Paragraph | Grid]:
        """The blocks of rows without an empty one between them."""
        table: list[Tile] = []
        width: Width | None = None
        runs = [*_runs(band), (False, [])]
        for (wide, run), (_wide, following) in pairwise(runs):
            if wide:
                table += run
                width = _width(run, width)
                continue
            below = _width(following) if following else None
            title = run[-1] if _begins_with_header(following, width) else None
            for tile in run:
                if width is None and self._is_figure(tile):
                    width = self._last
                if width is not None and tile is not title and _is_label(tile, width, below):
                    table.append(tile)
                    continue
                yield from self._table(table, width)
                table, width = [], None
                yield from _paragraphs(tile)
        yield from self._table(table, width)

    def _is_figure(self, tile: Tile) -> bool:
        """Whether a cell alone in its row is one of the table before, all other figures of its row being blank."""
        last = self._last
        return last is not None and last[0] <= tile.column and tile.right <= last[1] and not is_word(tile.text)

    def _table(self, texts: Texts, width: Width | None) -> Iterator[Paragraph | Grid]:
        if width is None or not texts:
            return
        # Without a header it may go on with the table before, all of whose columns it has then.
        before = None if _begins_with_header(texts, self._last) else self._last
        parts = side_by_side(texts, strays=True, together=before) if self._depth < DEEPEST else [texts]
        if len(parts) > 1:
            yield from self._beside(parts, before)
            return
        if before is not None:
            width = min(width[0], before[0]), max(width[1], before[1])
        self._last = width
        yield self._grid(texts, *width)

    def _beside(self, parts: Sequence[Texts], before: Width | None) -> Iterator[Paragraph | Grid]:
        """The blocks of parts that stand side by side; the first of them goes on with the table ``before``."""
        for number, texts in enumerate(parts):
            part = _Part(self._account, self._seen, self._depth + 1)
            part._last = None if number else before
            yield from part.blocks(texts)
            self._last = self._last if number else part._last

    def _grid(self, texts: Texts, left: int, right: int) -> Grid:
        # Rows in which nothing begins are none, whatever reaches over them.
        rows = sorted({tile.row for tile in texts})
        bottom = rows[-1] + 1
        if self._has_blank_figures(texts, left, right):
            rows.append(bottom)
        self._refuse_large(len(rows), right - left)
        tiles = {(tile.row, tile.column): tile for tile in self._seen.within(rows[0], bottom)}
        # For each column the number of the row from which on it is free again.
        free = dict.fromkeys(range(left, right), 0)
        made = []
        for number, row in enumerate(rows):
            cells = []
            for column in range(left, right):
                if free[column] > number:
                    continue
                tile = tiles.get((row, column)) or self._seen.blank(row, column)
                end, below = min(tile.right, right), number + 1
                if tile.rows > 1:
                    below = bisect_left(rows, tile.below, below)
                if end - column > 1:
                    # Areas that lie on each other, which no program makes, end where the upper one begins.
                    end = next((one for one in range(column + 1, end) if free[one] > number), end)
                    free.update(dict.fromkeys(range(column, end), below))
                else:
                    free[column] = below
                cells.append(GridCell(_joined(tile.text), tile.origin, below - number, end - column))
            made.append(tuple(cells))
        return Grid(tuple(made))

    def _has_blank_figures(self, texts: Texts, left: int, right: int) -> bool:
        """Whether the row below a table is one of figures without a label of its own, which nobody filled in.

        It has lines around its cells, or stands empty below nothing but a header of several rows.
        """
        bottom = texts[-1].row + 1
        if self._seen.is_framed(bottom, left, right):
            return True
        grouped = any(tile.columns > 1 for tile in texts if tile.row == texts[0].row < texts[-1].row)
        if not grouped or texts[-1].right < right or not all(is_word(tile.text) for tile in texts):
            return False
        below = self._seen.following(bottom, left, right)
        return below is None or (below.row > bottom and is_word(below.text))

    def _refuse_large(self, rows: int, columns: int) -> None:
        name, limits = self._account.name, self._account.limits
        if rows > limits.table_rows:
            raise too_much(name, f"表格有 {rows} 行", f"a table of {rows} rows", "table_rows", limits.table_rows)
        if columns > limits.table_columns:
            zh, en = f"表格有 {columns} 列", f"a table of {columns} columns"
            raise too_much(name, zh, en, "table_columns", limits.table_columns)
        self._account.take_slots(rows * columns)


# --- rows -------------------------------------------------------------------------------------------------------------


def _bands(texts: Texts) -> Iterator[Texts]:
    """Parts between empty rows."""
    last = texts[-1].row
    start = reach = 0
    for index, tile in enumerate(texts):
        if index > start and tile.row > reach:
            yield texts[start:index]
            start = index
        # A cell that reaches down further than all others holds nothing together.
        reach = max(reach, min(tile.below, last + 1))
    yield texts[start:]


def _runs(band: Texts) -> Iterator[tuple[bool, list[Tile]]]:
    """Rows of several cells (true), and cells alone in their row, as many as follow each other."""
    run: list[Tile] = []
    kind = False
    reach = 0
    rows = rows_of(band)
    for index, row in enumerate(rows):
        below = rows[index + 1][0].row if index + 1 < len(rows) else row[0].below
        wide = len(row) > 1 or row[0].row < reach or row[0].below > below
        reach = max(reach, max([tile.below for tile in row]) if wide else 0)
        if run and wide != kind:
            yield kind, run
            run = []
        run += row
        kind = wide
    yield kind, run


def _width(texts: Texts, more: Width | None = None) -> Width:
    """The first column of some tiles and the one behind them, those of the range ``more`` included."""
    left, right = min([tile.column for tile in texts]), max([tile.right for tile in texts])
    return (left, right) if more is None else (min(left, more[0]), max(right, more[1]))


def _is_label(tile: Tile, table: Width, below: Width | None) -> bool:
    """Whether a cell alone in its row is a label of the table above, whose values are blank.

    It is none when it begins beside the table, is a sentence, or reaches over the whole width of the table above or of
    the one below.
    """
    if SENTENCE in tile.text or len(tile.text) > LONGEST_LABEL:
        return False
    if not table[0] <= tile.column < table[1]:
        return False
    return tile.columns == 1 or not any(
        width is not None and tile.column <= width[0] and width[1] <= tile.right for width in (table, below)
    )


def _begins_with_header(texts: Texts, above: Width | None) -> bool:
    """Whether the first row is one of words that goes as far as the others and the table above.

    Labels of groups and of rows, with blank values behind them, do not go so far.
    """
    first = [tile for tile in texts if tile.row == texts[0].row]
    reach = max([tile.right for tile in texts], default=0)
    if len(first) < 2 or first[-1].right < max(reach, above[1] if above else 0):
        return False
    return is_header(first)


# --- texts ------------------------------------------------------------------------------------------------------------


def _paragraphs(tile: Tile) -> Iterator[Paragraph]:
    for line in tile.text.split("\n"):
        yield Paragraph(line, tile.origin)


def _joined(text: str) -> str:
    """A cell's text; a number that was broken over lines to fit its column is one number."""
    return "".join(text.split()) if "\n" in text and BROKEN_NUMBER.fullmatch(text.strip()) else text
