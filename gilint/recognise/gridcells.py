"""Which cells of a grid's row are those of the form: told by the header, or by the other rows.

A merged label takes up slots of a grid, and cells only where it begins, so a row of a well-made grid has just as many
cells behind its label as the form wants. Where it has more, the columns decide; where a cell was merged that should
not be, is missing, or stands beside its column, nothing does.
"""

from __future__ import annotations

from collections import Counter
from itertools import pairwise

from gilint.recognise.stream import stream_key
from gilint.record import Record

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from gilint.recognise.cells import Shape
    from gilint.recognise.grids import Slot
    from gilint.recognise.labels import LabelHit
    from gilint.recognise.plan import TablePlan
    from gilint.recognise.rows import Field
    from gilint.recognise.stream import Stream

    Columns = tuple[int, ...]
    Fields = Sequence[Field]

ENOUGH_ROWS = 2
UNKNOWN = -1
# Within so many rows above the first label its header is looked for, wherever a page break may have put it.
HEADER_ROWS = 10


class Place(Record, hot=True):
    """Where the cells of a row stand: the ``grid``, their ``slots``, the slot behind the row.

    ``hole`` says that a cell from above reaches in behind the label. ``header`` are the first slots of the columns'
    labels above, none where not all of them were found, and ``header_end`` is the slot behind their row.
    """

    grid: int
    slots: tuple[Slot, ...]
    end: int
    hole: bool
    header: Columns = ()
    header_end: int = UNKNOWN


def place_of(stream: Stream, row: int, first: int, stop: int | None = None) -> Place:
    """The place of the cells ``first`` to ``stop`` of a grid's row; the label, if any, is the cell before them."""
    line = stream.rows[row].grid
    assert line is not None
    label = line.slots[first - 1].start if first else UNKNOWN
    return Place(line.grid, line.slots[first:stop], line.end, any(start > label for start in line.hanging))


# --- the header ---------------------------------------------------------------------------------------------------


def with_headers(stream: Stream, plan: TablePlan, hits: Sequence[LabelHit], shapes: Sequence[Shape]) -> Sequence[Shape]:
    """The shapes of the rows that ``hits`` are the labels of, with the columns that the header above them names.

    Where every row has just its cells, all filled, nothing has to be told.
    """
    if all(shape.place is None or (_is_even(shape) and _is_full(shape)) for shape in shapes):
        return shapes
    first = stream.first(max(0, stream.row_of[hits[0].field] - HEADER_ROWS))
    names = {stream_key(name): column.key for column in plan.table.columns for name in column.names}
    # For each column the row and the first slot of its label; where it is repeated in its row, of the first.
    latest: dict[str, tuple[int, int]] = {}
    result = []
    for hit, shape in zip(hits, shapes, strict=True):
        for index in range(first, hit.field):
            column, number = names.get(stream.keys[index]), stream.row_of[index]
            slot = stream.slot(index)
            if column is not None and slot is not None and latest.get(column, (UNKNOWN, 0))[0] != number:
                latest[column] = number, slot.start
        first = hit.end_field + 1
        if shape.place is not None:
            named = [latest.get(column) for column in plan.table.rows[hit.row].columns]
            shape = shape.replace(place=_with_header(stream, shape.place, named))
        result.append(shape)
    return result


def _is_even(shape: Shape) -> bool:
    place = shape.place
    return place is not None and len(shape.fields) == shape.wanted and not place.hole


def _is_full(shape: Shape) -> bool:
    return all(field.text for field in shape.fields)


def _with_header(stream: Stream, place: Place, named: Sequence[tuple[int, int] | None]) -> Place:
    found = [one for one in named if one is not None]
    starts = tuple([start for _row, start in found])
    if len(found) < len(named) or any(one >= other for one, other in pairwise(starts)):
        return place
    return _below(stream, place, starts, {row for row, _start in found})


def _below(stream: Stream, place: Place, starts: Columns, rows: Iterable[int]) -> Place:
    """The place below a header in these rows; where they end in different slots, one has lost a cell."""
    grids = [stream.rows[row].grid for row in rows]
    ends = {grid.end for grid in grids if grid is not None}
    return place.replace(header=starts, header_end=ends.pop()) if len(ends) == 1 else place


def with_line_header(stream: Stream, place: Place, hits: Sequence[LabelHit], rows: int, columns: int) -> Place:
    """The place of a table's cells in one line, with the columns that the header above names.

    ``hits`` are the labels of the header: those of ``columns`` columns in order, for each of so many rows.
    """
    labels: dict[int, int] = {}
    lines = set[int]()
    for hit in hits:
        slot = stream.slot(hit.field)
        if hit.row >= 0 and slot is not None:
            labels[slot.start] = hit.row
            lines.add(stream.row_of[hit.field])
    ordered = sorted(labels)
    # A label that is repeated in all slots of a merged cell counts once.
    before = zip([UNKNOWN, *ordered], ordered, strict=False)
    starts = [start for one, start in before if labels.get(one) != labels[start]]
    if [labels[start] for start in starts] != [*range(columns)] * rows:
        return place
    return _below(stream, place, tuple(starts), lines)


# --- the rows -----------------------------------------------------------------------------------------------------


class Group(Record):
    """What the rows of a grid with equally many cells below one header have in common.

    ``columns`` are the first slots of their cells as the header, the rows, or the grid before tell it, in each of the
    ways that fits some row (none: unknown), the one that fits most first. ``even`` says that they are several and none
    has more cells than the form wants, ``end`` is the slot behind most rows (-1: they differ).
    """

    columns: Sequence[Columns]
    even: bool
    end: int


class GridReader:
    """Reads the rows of one table that stand in grids, by what they have in common."""

    def __init__(self, shapes: Iterable[Shape]) -> None:
        members: dict[tuple[int, int, Columns], list[Shape]] = {}
        ends: dict[int, Counter[int]] = {}
        for shape in shapes:
            if shape.place is not None:
                members.setdefault(_key(shape.place, shape.wanted), []).append(shape)
                ends.setdefault(shape.place.grid, Counter())[shape.place.end] += 1
        self._groups: dict[tuple[int, int, Columns], Group] = {}
        before: dict[int, Group] = {}
        for (grid, wanted, header), group in members.items():
            known = _group(group, before.get(wanted), ends[grid])
            self._groups[grid, wanted, header] = before[wanted] = known

    def read(self, shape: Shape, place: Place) -> tuple[Fields | None, str]:
        """The cells of a row, or ``None`` with the reason."""
        group = self._groups[_key(place, shape.wanted)]
        filled = tuple([field for field in shape.fields if field.text])
        tall = any(slot.tall for slot in place.slots)
        if _is_even(shape) and not tall and (len(filled) == shape.wanted or group.even):
            return shape.fields, ""
        cells = _at_columns(shape, place, group) if place.end == group.end else None
        if cells is None and shape.wanted == len(filled) == 1 and not (tall or place.hole):
            # A single value is the same wherever it stands in its row.
            cells = filled
        if cells is not None:
            return cells, ""
        merged = tall or place.hole or _covers_two(place, group)
        return None, "merged" if merged else f"{len(filled)}/{shape.wanted}"


def _key(place: Place, wanted: int) -> tuple[int, int, Columns]:
    return place.grid, wanted, place.header


def _group(group: Sequence[Shape], before: Group | None, ends: Counter[int]) -> Group:
    even = len(group) > 1 and all(len(shape.fields) <= shape.wanted for shape in group)
    place = group[0].place
    if place is None or (even and all(map(_is_even, group))):
        # No row will ask for the columns.
        return Group((), even, UNKNOWN)
    above = [place.header_end] if place.header else []
    end = _usual(ends + Counter(above))
    earlier = before.columns[:1] if before is not None else ()
    if end == UNKNOWN and before is not None and place.end == before.end:
        end = before.end
    # A header that does not end where its rows do has lost a cell, or has one too many.
    header = [place.header] if place.header and place.header_end == end else []
    return Group(_columns(group, [*header, *earlier]), even, end)


def _usual(ends: Counter[int]) -> int:
    """The end that most rows have, unless another is as common."""
    common = ends.most_common(2)
    return UNKNOWN if len(common) > 1 and common[0][1] == common[1][1] else common[0][0]


def _columns(group: Sequence[Shape], candidates: list[Columns]) -> Sequence[Columns]:
    """The candidates and the columns of rows that leave no choice, as far as they fit any row: best first."""
    exact: Counter[Columns] = Counter()
    filled: Counter[Columns] = Counter()
    for shape in group:
        starts = tuple(_by_start(shape))
        with_text = tuple([start for start, field in _by_start(shape).items() if field.text])
        exact[starts] += len(starts) == shape.wanted
        filled[with_text] += len(with_text) == shape.wanted
    for counter in (exact, filled):
        columns, count = counter.most_common(1)[0]
        if count >= ENOUGH_ROWS:
            candidates.append(columns)
    scores: dict[Columns, int] = {}
    for columns in candidates:
        fitting = [shape for shape in group if shape.place and _cells_at(shape, shape.place, columns) is not None]
        if fitting:
            scores[columns] = len(fitting)
    return sorted(scores, key=lambda columns: -scores[columns])


def _by_start(shape: Shape) -> dict[int, Field]:
    slots = shape.place.slots if shape.place is not None else ()
    return {slot.start: field for slot, field in zip(slots, shape.fields, strict=True)}


def _cells_at(shape: Shape, place: Place, columns: Columns) -> Fields | None:
    """The cells that begin at these columns, if one does at each, and none beside them holds anything."""
    at = _by_start(shape)
    if any(field.text and start not in columns for start, field in at.items()):
        return None
    tall = {slot.start for slot in place.slots if slot.tall}
    cells = [at[start] for start in columns if start in at and start not in tall]
    return tuple(cells) if len(cells) == len(columns) else None


def _at_columns(shape: Shape, place: Place, group: Group) -> Fields | None:
    """The cells at the group's columns, where no other way to tell them gives other ones."""
    found = [_cells_at(shape, place, columns) for columns in group.columns]
    if not found or found[0] is None:
        return None
    return None if any(cells is not None and cells != found[0] for cells in found) else found[0]


def _covers_two(place: Place, group: Group) -> bool:
    """Whether a cell was merged from two: it begins in one column, and reaches over the beginning of the next."""
    pairs = dict(pairwise(group.columns[0])) if group.columns else {}
    return any(pairs.get(slot.start, 1 << 60) < slot.start + slot.width for slot in place.slots)
