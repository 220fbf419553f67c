"""Labels that only another form of the family prints: a report whose tables are of two forms."""

from __future__ import annotations

from bisect import bisect_right

from gilint.model import Address, Passage, Slice
from gilint.recognise.stream import stream_key

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from gilint.form import Form
    from gilint.model import Table
    from gilint.recognise.stream import Stream
    from gilint.recognise.tables import FoundTable


def foreign_labels(
    stream: Stream,
    form: Form,
    marked: Iterable[tuple[Form, Sequence[tuple[str, str]]]],
    found: Sequence[FoundTable],
    tables: Mapping[str, Table],
    year: int | None,
) -> tuple[tuple[str, Slice], ...]:
    """(label, place) of each label in a table that only another form prints; ``marked`` are all forms with their marks.

    Where the tables are not those of the report's ``year``, the labels of the form that is are not foreign.
    """
    own = set(map(stream_key, form.marks))
    late = year is not None and not form.covers(year)
    marks = {
        key: mark
        for other, known in marked
        if other is not form and not (late and year is not None and other.covers(year))
        for key, mark in known
        if key not in own
    }
    if stream.text:
        # What stands in no row is no label either.
        marks = {key: mark for key, mark in marks.items() if key in stream.text}
    places: dict[str, Slice] = {}
    for table in tables.values() if marks else ():
        for place in (*table.header, *table.labels.values()):
            key = stream_key(place.text)
            if key in marks:
                places.setdefault(key, _addressed(place, table))
    for key in marks:
        if key not in places and key in stream.text:
            for part in found:
                inside = _among_the_rows(stream, part, key)
                if inside is not None:
                    places[key] = inside
    labels = [(marks[key], place) for key, place in places.items()]
    labels += [(label, _addressed(place, part.table)) for part in found for label, place in part.foreign]
    return tuple(labels)


def _addressed(place: Slice, table: Table) -> Slice:
    return place.replace(passage=place.passage.replace(address=table.address))


def _among_the_rows(stream: Stream, part: FoundTable, key: str) -> Slice | None:
    """Where a label stands between the rows of a table, or in one: the form does not know it."""
    start = stream.text.find(key)
    while start >= 0:
        field = bisect_right(stream.starts, start) - 1
        cell = stream.fields[field]
        if cell.block in part.blocks:
            end_field, rest = stream.rest(field, start + len(key))
            first = stream.raw_offset(field, start)
            passage = Passage(-1, cell.text, cell.origin, "table", Address())
            end = rest if end_field == field else len(cell.text)
            return _addressed(Slice(passage, first, end), part.table)
        start = stream.text.find(key, start + 1)
    return None
