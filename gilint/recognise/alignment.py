"""Which fields behind the labels are the cells: exactly as many as the form has, or none at all.

A row whose cells are all filled says for itself which they are. Where some are blank, the blank cells that merged
labels leave look the same; what decides is where the filled rows of the same table have theirs. What is not decided is
given up as not assessable: never padded, never guessed.
"""

from __future__ import annotations

from gilint.numerals import read_cell
from gilint.recognise.cells import Shape
from gilint.recognise.gridcells import GridReader
from gilint.recognise.rows import texts_of
from gilint.record import Record

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from gilint.recognise.rows import Field

ENOUGH_WITNESSES = 5


class Reading(Record, hot=True):
    """The cells of a row, or ``None`` with the reason."""

    fields: Sequence[Field] | None
    reason: str = ""


def words_are_cells(shapes: Iterable[Shape]) -> bool:
    """Whether a run of words in this document is a run of cells, even where two could be one number (1 288).

    It is where a number of four digits stands ungrouped, or where every run has as many words as its row has cells:
    lost blanks and grouped numbers would show somewhere.
    """
    witnesses, ungrouped = 0, False
    for shape in shapes:
        if shape.kind != "run":
            continue
        if any(len(text) > 3 and text.isdigit() for text in texts_of(shape.fields)):
            ungrouped = True
        if len(shape.fields) != shape.wanted and not ungrouped:
            witnesses -= ENOUGH_WITNESSES * 100
        witnesses += not shape.grouped
    return ungrouped or witnesses >= ENOUGH_WITNESSES


def align(shapes: Sequence[Shape], runs_are_cells: bool) -> list[Reading]:
    """A reading for each row of one table."""
    shapes = _cut_at_gaps(shapes)
    layout: _Layout | None = None
    grids: GridReader | None = None
    readings = []
    for shape in shapes:
        if shape.place is not None:
            grids = grids or GridReader(shapes)
            readings.append(Reading(*grids.read(shape, shape.place)))
            continue
        texts, wanted = texts_of(shape.fields), shape.wanted
        filled = sum(map(bool, texts))
        if filled == wanted and (len(texts) == wanted or shape.kind != "mixed"):
            readings.append(_full(shape, runs_are_cells))
        elif filled > wanted or len(texts) < wanted or shape.kind in ("run", "mixed"):
            readings.append(Reading(None, f"{filled}/{wanted}"))
        else:
            layout = layout or _Layout(shapes)
            start = layout.start(shape)
            fields = None if start is None else shape.fields[start : start + shape.wanted]
            readings.append(Reading(fields, "" if fields else f"{filled}/{wanted}"))
    return readings


def _full(shape: Shape, runs_are_cells: bool) -> Reading:
    """The reading of a shape with as many filled fields as wanted."""
    if shape.grouped and not runs_are_cells:
        return Reading(None, "grouped")
    texts = texts_of(shape.fields)
    if shape.kind == "run" and any(read_cell(text).kind == "text" for text in texts if text):
        return Reading(None, "text")
    if len(texts) == shape.wanted:
        return Reading(shape.fields)
    first = next(index for index, text in enumerate(texts) if text)
    together = shape.fields[first : first + shape.wanted]
    return Reading(together if all(texts_of(together)) else [field for field in shape.fields if field.text])


def _cut_at_gaps(shapes: Sequence[Shape]) -> Sequence[Shape]:
    """Where empty lines end the rows, and do not part every cell, a row is what stands between two of them."""
    gaps = [shape.gap for shape in shapes if shape.kind == "stream"]
    if not gaps or 0 in gaps or max(gaps) < 0:
        return shapes
    return [
        _cut(shape) if shape.kind == "stream" and (shape.gap >= shape.wanted or shape.gap < 0) else shape
        for shape in shapes
    ]


def _cut(shape: Shape) -> Shape:
    fields = shape.fields[: shape.gap] if shape.gap > 0 else shape.fields
    return Shape("line", fields, shape.wanted, shape.before, -1, shape.gap, shape.grouped, shape.place)


class _Layout:
    """Where a table's rows have their blank fields, learnt from the rows that leave no choice.

    Rows of a grid, all equally wide, have their cells in the same columns. Elsewhere the places are kept by what
    stands around them (``Shape.before`` and ``behind``): how many blank fields there are before the cells, and how many
    in all.
    """

    def __init__(self, shapes: Sequence[Shape]) -> None:
        self.loses_blanks = any(shape.kind != "run" and len(shape.fields) < shape.wanted for shape in shapes)
        self.columns = _columns(shapes)
        self.known: dict[tuple[object, ...], set[tuple[int, int]]] = {}
        self.everywhere: dict[int, set[tuple[int, int]]] = {}
        self.ranges: dict[tuple[object, ...], tuple[int, int]] = {}
        for shape in shapes:
            low, high = _choices(shape)
            if low > high or shape.kind not in ("line", "stream"):
                continue
            if _spans_all(shape):
                self.known.setdefault(_place(shape), set()).add((low, _extra(shape)))
                self.everywhere.setdefault(shape.wanted, set()).add((low, _extra(shape)))
            key = (*_place(shape), len(shape.fields))
            known_low, known_high = self.ranges.get(key, (low, high))
            self.ranges[key] = max(low, known_low), min(high, known_high)

    def start(self, shape: Shape) -> int | None:
        """Where the cells of a row with blanks begin among its fields."""
        low, high = _choices(shape)
        if self.loses_blanks or low > high:
            return None
        if not any(texts_of(shape.fields)) or _spans_all(shape):
            return low
        if shape.kind == "line" and shape.wanted in self.columns:
            start = self.columns[shape.wanted] - shape.before[1]
            return start if low <= start <= high else None
        extra = _extra(shape)
        here = self.known.get(_place(shape))
        if here:
            starts = {lead for lead, all_extra in here if all_extra == extra and low <= lead <= high}
            return starts.pop() if len(starts) == 1 else None
        everywhere = self.everywhere.get(shape.wanted, set())
        if everywhere and extra not in {all_extra for _lead, all_extra in everywhere}:
            return None
        low, high = self.ranges[(*_place(shape), len(shape.fields))]
        if low >= high:
            return low if low == high else None
        return _by_side(everywhere, low, high, extra)


def _by_side(known: set[tuple[int, int]], low: int, high: int, extra: int) -> int | None:
    """The start where all known rows have their blank fields on one side."""
    if known and low == 0 and all(lead == 0 for lead, _all in known):
        return 0
    if known and high == extra and all(lead == all_extra for lead, all_extra in known):
        return extra
    return None


def _columns(shapes: Sequence[Shape]) -> dict[int, int]:
    """In a grid of equally wide rows, the column at which the cells begin, by their number.

    It is the only one at which no row has anything filled outside of its cells.
    """
    lines = [shape for shape in shapes if shape.kind == "line"]
    if len(lines) < len(shapes) or len({shape.before[1] + len(shape.fields) for shape in lines}) != 1:
        return {}
    ranges: dict[int, tuple[int, int]] = {}
    for shape in lines:
        low, high = _choices(shape)
        position = shape.before[1]
        known_low, known_high = ranges.get(shape.wanted, (0, 1 << 30))
        ranges[shape.wanted] = max(known_low, low + position), min(known_high, high + position)
    return {wanted: low for wanted, (low, high) in ranges.items() if low == high}


def _place(shape: Shape) -> tuple[object, ...]:
    return (shape.kind, shape.before, shape.behind, shape.wanted)


def _extra(shape: Shape) -> int:
    return len(shape.fields) - shape.wanted


def _choices(shape: Shape) -> tuple[int, int]:
    """The first and the last place at which the cells can begin, so that all that is filled is among them."""
    filled = [index for index, text in enumerate(texts_of(shape.fields)) if text]
    if not filled:
        return 0, _extra(shape)
    return max(0, filled[-1] - shape.wanted + 1), min(filled[0], _extra(shape))


def _spans_all(shape: Shape) -> bool:
    """Whether both the first and the last cell are filled, which leaves no choice."""
    filled = [index for index, text in enumerate(texts_of(shape.fields)) if text]
    return bool(filled) and filled[-1] - filled[0] + 1 == shape.wanted
