"""Tables put together from their pieces on several pages.

A page break may fall between two rows or cut a row in half, and merged cells go on below it. What belongs together is
told by where the columns stand: a row without any number below a row of numbers is the rest of its labels.
"""

from __future__ import annotations

from itertools import pairwise

from gilint.late import late
from gilint.model import Grid, GridCell
from gilint.readers.pdf.geometry import clusters
from gilint.readers.pdf.texts import BEGINS, between, joined

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from gilint.readers.pdf.pieces import Piece
    from gilint.readers.pdf.ruled import Area
    from gilint.readers.pdf.texts import Text

SAME_WIDTH = 4.0
"""By how many points the pieces of one table differ in width at most."""
SAME_COLUMN = 3.0
MOST_HEADER_ROWS = 6
FIGURES = late(r"[\d,，.．\s%+\-—–－]*\d[\d,，.．\s%+\-—–－]*")


class Slot:
    """A cell of the table being put together: its first row and column, and the text that it has so far."""

    def __init__(self, row: int, column: int, rows: int, columns: int, text: Text) -> None:
        self.row, self.column, self.rows, self.columns = row, column, rows, columns
        self.text = text

    @property
    def words(self) -> str:
        return self.text.text.strip()

    @property
    def is_figure(self) -> bool:
        return FIGURES.fullmatch(self.words) is not None

    @property
    def below(self) -> int:
        return self.row + self.rows

    def covers_same_columns(self, other: Slot) -> bool:
        return (self.column, self.columns) == (other.column, other.columns)


def continues(above: Piece, piece: Piece) -> bool:
    """Whether a piece at the top of a page may be of the same table as the one at the end of the page before."""
    width, other = above.xs[-1] - above.xs[0], piece.xs[-1] - piece.xs[0]
    return abs(width - other) <= SAME_WIDTH


def table_of(pieces: Sequence[Piece]) -> Grid:
    """The table of pieces on pages that follow each other."""
    places = _columns(pieces)
    slots = _slots(pieces[0], places)
    header = list(slots)
    for above, piece in pairwise(pieces):
        more = _without_header(_slots(piece, places), header)
        if more:
            _append(slots, more, above.open_end)
    return _grid(slots)


def _columns(pieces: Iterable[Piece]) -> list[list[float]]:
    """For each piece, after where it begins itself, the places of all columns from the left edge of the table."""
    return [clusters([x - piece.xs[0] for piece in pieces for x in piece.xs], SAME_COLUMN, 2 * SAME_COLUMN)]


def _slots(piece: Piece, places: Sequence[Sequence[float]]) -> list[Slot]:
    """The cells of a piece in the columns of the whole table."""
    bounds = places[0]
    number = [min(range(len(bounds)), key=lambda at: abs(bounds[at] - (x - piece.xs[0]))) for x in piece.xs]
    return [Slot(area.row, number[area.column], area.rows, _wide(area, number), text) for area, text in piece.cells]


def _wide(area: Area, number: Sequence[int]) -> int:
    return number[area.column + area.columns] - number[area.column]


# --- the top of a page ------------------------------------------------------------------------------------------------


def _without_header(slots: list[Slot], first: Sequence[Slot]) -> list[Slot]:
    """The cells without the rows at their top that repeat those at the top of the table."""
    count = 0
    while count < MOST_HEADER_ROWS:
        row = [slot for slot in slots if slot.row == count]
        printed = [slot for slot in first if slot.row == count]
        if not row or [(slot.column, slot.words) for slot in row] != [(slot.column, slot.words) for slot in printed]:
            break
        if any(slot.is_figure for slot in row) or not any(slot.words for slot in row):
            break
        count += 1
    while count and any(slot.row < count < slot.below for slot in slots):
        count -= 1
    kept = [slot for slot in slots if slot.row >= count]
    for slot in kept:
        slot.row -= count
    return kept


def _append(slots: list[Slot], more: list[Slot], open_end: bool) -> None:
    """Add the cells of the next page: below those of the table, or to the row that the page break cut."""
    end = max(slot.below for slot in slots)
    ending = [slot for slot in slots if slot.below == end]
    top = [slot for slot in more if slot.row == 0]
    above = {slot.column: slot for slot in ending}
    pairs = [(above[slot.column], slot) for slot in top if slot.column in above]
    pairs = [(one, other) for one, other in pairs if one.covers_same_columns(other)]
    cut = len(pairs) == len(top) and _is_rest(pairs, open_end)
    start = end - 1 if cut else end
    going_on = pairs if cut else [(one, other) for one, other in pairs if _goes_on(one, other)]
    for one, other in going_on:
        if other.words:
            one.text = joined([("", one.text), (_glue(one, other), other.text)]) if one.words else other.text
        one.rows = start + other.rows - one.row
    taken = {id(other) for _one, other in going_on}
    for slot in more:
        if id(slot) not in taken:
            slot.row += start
            slots.append(slot)


def _glue(one: Slot, other: Slot) -> str:
    # Which figures belong together over a page break nobody can say.
    return "\n" if one.is_figure and other.is_figure else between(one.words, other.words)


def _goes_on(one: Slot, other: Slot) -> bool:
    """Whether a merged cell goes on below a page break between two rows."""
    if one.is_figure or other.is_figure or (one.rows == 1 and other.rows == 1):
        return False
    return not other.words or (bool(one.words) and other.rows > 1 and not BEGINS.match(other.words))


def _is_rest(pairs: Sequence[tuple[Slot, Slot]], open_end: bool) -> bool:
    """Whether the first row of a page is the rest of the row at the end of the page before.

    Programs break the cells of a row each for itself, so its label and its figures may stand on either page.
    """
    cut = [(one, other) for one, other in pairs if other.rows == 1]
    labels = [(one, other) for one, other in cut if not one.is_figure and not other.is_figure]
    goes_on = [(one, other) for one, other in labels if one.words and other.words]
    if any(BEGINS.match(other.words) for _one, other in goes_on):
        return False
    if open_end:
        return bool(cut)
    if not all(one.text.full for one, _other in goes_on):
        return False
    if any(one.is_figure and other.is_figure for one, other in cut):
        # Two rows, or a number that was cut: only without a label is it no row of its own.
        return any(one.words and one.rows == 1 for one, _other in labels) and not any(
            other.words for _one, other in labels
        )
    if any(one.is_figure for one, _other in cut):
        return True
    if any(other.is_figure for _one, other in cut):
        return any(one.words for one, _other in labels)
    # In a header, which holds no figures, every label that goes on fills its cell.
    return any(one.words and other.words for one, other in labels)


# --- the grid ---------------------------------------------------------------------------------------------------------


def _grid(slots: Sequence[Slot]) -> Grid:
    rows: list[list[Slot]] = [[] for _row in range(max(slot.below for slot in slots))]
    for slot in slots:
        rows[slot.row].append(slot)
    return Grid(tuple([tuple([_cell(slot) for slot in sorted(row, key=_column)]) for row in rows]))


def _column(slot: Slot) -> int:
    return slot.column


def _cell(slot: Slot) -> GridCell:
    return GridCell(slot.text.text, slot.text.origin(), slot.rows, slot.columns)
