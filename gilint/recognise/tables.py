"""The tables of a form found in a document, cell by cell, with the blocks that they take up."""

from __future__ import annotations

from gilint.errors import InputError
from gilint.model import Address, Cell, Passage, Slice, Table, UnreadRow
from gilint.numerals import read_cell
from gilint.recognise.cells import Reading, is_cell, read_cells, words
from gilint.recognise.labels import LabelHit, chain, clusters, find_labels, row_names
from gilint.recognise.rows import stream_key
from gilint.record import Record

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from gilint.form import Form, FormRow, FormTable
    from gilint.recognise.rows import Field, Row, Stream


class FoundTable(Record):
    """A table with the blocks that it takes up, so that its labels are not taken for headings."""

    table: Table
    blocks: frozenset[int]


class _Line(Record):
    """What was read for one row of the form."""

    row: FormRow
    label: Slice
    reading: Reading
    raw: str
    last_field: int


def find_tables(stream: Stream, form: Form, trails: dict[str, str], path: str) -> list[FoundTable]:
    """Every table of the form that stands in the stream, in the form's order. ``trails`` names each section.

    Raises ``InputError`` (``duplicate-table``) when a table stands there twice.
    """
    found = []
    for table in form.tables:
        address = Address((trails[table.section], table.title), table.section, table.key)
        one = (
            _line_table(stream, table, address) if table.layout == "line" else _row_table(stream, table, address, path)
        )
        if one is not None:
            found.append(one)
    return found


# --- tables whose rows have labels ----------------------------------------------------------------------------------


def _row_table(stream: Stream, table: FormTable, address: Address, path: str) -> FoundTable | None:
    hits = find_labels(stream, row_names(table))
    labels = _best_chain(table, hits)
    if not labels:
        return None
    _refuse_second(stream, table, hits, labels, path)
    following = {id(hit): labels[index + 1] if index + 1 < len(labels) else None for index, hit in enumerate(labels)}
    lines = [
        _read_line(stream, table.rows[hit.row], hit, following[id(hit)]) for hit in labels if table.rows[hit.row].key
    ]
    lines = _without_risks(lines)
    cells, unread = _cells(table, lines, address)
    header_from = _header_start(stream, table, labels[0].field)
    last = max([line.last_field for line in lines] + [labels[-1].end_field])
    read = {line.row.key for line in lines}
    return FoundTable(
        Table(
            key=table.key,
            title=table.title,
            cells=cells,
            unread=tuple(unread),
            missing_rows=tuple(row.key for row in table.value_rows if row.key and row.key not in read),
            labels={line.row.key or "": line.label for line in lines},
            header=_header(stream, header_from, labels[0].field),
            address=address,
        ),
        _blocks(stream, header_from, last),
    )


def _best_chain(table: FormTable, hits: Sequence[LabelHit]) -> list[LabelHit]:
    """The chain with most value rows; fewer than a fifth of them (or two) make no table."""
    best: list[LabelHit] = []
    for group in clusters(hits):
        candidate = chain(group)
        if _weight(table, candidate) > _weight(table, best):
            best = candidate
    needed = min(len(table.value_rows), max(2, len(table.value_rows) // 5))
    return best if _weight(table, best) >= needed else []


def _weight(table: FormTable, labels: Sequence[LabelHit]) -> int:
    return sum(1 for hit in labels if table.rows[hit.row].key)


def _refuse_second(
    stream: Stream, table: FormTable, hits: Sequence[LabelHit], labels: Sequence[LabelHit], path: str
) -> None:
    taken = set(map(id, labels))
    others = _best_chain(table, [hit for hit in hits if id(hit) not in taken])
    if _weight(table, others) * 2 <= len(table.value_rows) or _weight(table, others) < 3:
        return
    places = [stream.fields[part[0].field][2].origin.span(0, 1) for part in sorted((labels, others), key=_first)]
    zh = f"“{table.title}”出现了两次（{places[0]} 与 {places[1]}），无法判断以哪一张为准"
    en = f"table {table.key!r} stands there twice ({places[0]} and {places[1]}); which one counts is undecided"
    raise InputError(
        "duplicate-table",
        path,
        {"zh": zh, "en": en},
        {
            "zh": "请只保留一张表，或把两份报告拆成两个文件",
            "en": "keep one of them, or split the file into two reports",
        },
    )


def _first(labels: Sequence[LabelHit]) -> int:
    return labels[0].start


def _read_line(stream: Stream, row: FormRow, hit: LabelHit, following: LabelHit | None) -> _Line:
    rest_field = stream.fields[hit.end_field][2]
    rest = rest_field.text[hit.rest :].strip()
    number, position, _field = stream.fields[hit.end_field]
    stop = following.field if following else len(stream.fields)
    own = words(rest_field, hit.rest) if rest else _own_fields(stream, hit.end_field, stop, number)
    if rest and following and following.field == hit.end_field:
        own = [word for word in own if word.offset - rest_field.offset < _raw_start(stream, following)]
    first = hit.end_field + 1 + (0 if rest else len(own))
    rows = _lines(stream, first, stop)
    reading = read_cells(own, rest, rows, len(row.columns))
    taken = reading.fields or ()
    last = _last_field(stream, hit.end_field, stop, taken)
    raw = " ".join(field.text for field in (*own, *(field for _row, line in rows[:20] for field in line)) if field.text)
    label = stream.fields[hit.field][2]
    return _Line(row, _label_slice(label, hit, stream), reading, raw[:120], last)


def _raw_start(stream: Stream, hit: LabelHit) -> int:
    return stream.raw_offset(hit.field, hit.start)


def _own_fields(stream: Stream, label_field: int, stop: int, number: int) -> list[Field]:
    fields = []
    for index in range(label_field + 1, stop):
        if stream.fields[index][0] != number:
            break
        fields.append(stream.fields[index][2])
    return fields


def _lines(stream: Stream, first: int, stop: int) -> list[tuple[Row, list[Field]]]:
    """The fields from ``first`` to ``stop`` by their line."""
    lines: list[tuple[Row, list[Field]]] = []
    number = -1
    for index in range(first, stop):
        row_number, _position, field = stream.fields[index]
        if row_number != number:
            lines.append((stream.rows[row_number], []))
            number = row_number
        lines[-1][1].append(field)
        # A row never reaches this far: the rest of the document behind the last label need not be walked.
        if len(lines) > 60:
            break
    return lines


def _last_field(stream: Stream, start: int, stop: int, taken: Sequence[Field]) -> int:
    """The last field that a row takes up; words of a field count as that field."""
    if not taken:
        return start
    last = taken[-1]
    for index in range(start, min(stop, start + 200)):
        field = stream.fields[index][2]
        if field.whole is last.whole and field.offset <= last.offset <= field.offset + len(field.text):
            found = index
            if field is last or field.offset + len(field.text) >= last.offset + len(last.text):
                return found
    return start


def _label_slice(field: Field, hit: LabelHit, stream: Stream) -> Slice:
    end = hit.rest if hit.end_field == hit.field else len(field.text)
    return _slice(field, min(_raw_start(stream, hit), end), end)


def _slice(field: Field, start: int, end: int, address: Address | None = None) -> Slice:
    """A part of a field as a slice of the line that it stands in, so that the line can be shown."""
    passage = Passage(-1, field.text, field.origin, "table", address or Address())
    return Slice(passage, start, end)


def _without_risks(lines: Sequence[_Line]) -> list[_Line]:
    """Risky readings are given up where some row lost cells: there the layout keeps none reliably."""
    if not any(line.reading.short for line in lines):
        return list(lines)
    return [line.replace(reading=Reading(None, "blanks", True)) if line.reading.risky else line for line in lines]


def _cells(
    table: FormTable, lines: Sequence[_Line], address: Address
) -> tuple[dict[tuple[str, str], Cell], list[UnreadRow]]:
    cells: dict[tuple[str, str], Cell] = {}
    unread: list[UnreadRow] = []
    for line in lines:
        key = line.row.key or ""
        if line.reading.fields is None:
            place = address.replace(trail=(*address.trail, line.row.label), row=key)
            unread.append(UnreadRow(key, line.row.label, line.raw, line.reading.reason, place, line.label))
            continue
        for column, field in zip(line.row.columns, line.reading.fields, strict=True):
            cells[key, column] = _cell(table, line.row, column, field, address)
    return cells, unread


def _cell(table: FormTable, row: FormRow, column: str, field: Field, address: Address) -> Cell:
    reading = read_cell(field.text)
    place = f"{row.label} × {table.column(column).label}"
    where = Address((*address.trail, place), address.section, address.table, row.key, column)
    return Cell(field.text, reading.kind, reading.value, reading.style, where, field.origin)


# --- tables whose cells stand in one line ---------------------------------------------------------------------------


def _line_table(stream: Stream, table: FormTable, address: Address) -> FoundTable | None:
    names = [(name, index) for index, column in enumerate(table.columns) for name in column.names]
    heads = [(name, -1 - index) for index, row in enumerate(table.rows) for name in row.names]
    hits = find_labels(stream, [*names, *heads])
    group = _header_run(table, hits)
    if not group:
        return None
    wanted = sum(len(row.columns) for row in table.value_rows)
    last_hit = group[-1]
    rows = _cell_lines(stream, last_hit.end_field + 1)
    reading = _read_values(rows, wanted)
    label = _label_slice(stream.fields[group[0].field][2], group[0], stream)
    cells: dict[tuple[str, str], Cell] = {}
    unread: tuple[UnreadRow, ...] = ()
    last = last_hit.end_field
    if reading.fields is None:
        raw = " ".join(field.text for _row, line in rows[:20] for field in line if field.text)[:120]
        unread = (UnreadRow("", table.title, raw, reading.reason, address, label),)
        last += sum(len(line) for _row, line in rows)
    else:
        places = [(row, column) for row in table.value_rows for column in row.columns]
        for (row, column), field in zip(places, reading.fields, strict=True):
            cells[row.key or "", column] = _cell(table, row, column, field, address)
        last = _last_field(stream, last, len(stream.fields), reading.fields)
    header_from = _header_start(stream, table, group[0].field)
    return FoundTable(
        Table(
            key=table.key,
            title=table.title,
            cells=cells,
            unread=unread,
            missing_rows=(),
            labels={"": label},
            header=_header(stream, header_from, last_hit.end_field + 1),
            address=address,
        ),
        _blocks(stream, header_from, last),
    )


def _header_run(table: FormTable, hits: Sequence[LabelHit]) -> list[LabelHit]:
    """The hits of the header: column labels (row index from 0) once a row of the form, near the row labels."""
    best: list[LabelHit] = []
    for group in _tight(hits):
        columns = sum(1 for hit in group if hit.row >= 0)
        heads = {hit.row for hit in group if hit.row < 0}
        if columns >= len(table.columns) and heads and len(group) > len(best):
            best = group
    return best


def _tight(hits: Sequence[LabelHit]) -> list[list[LabelHit]]:
    """Hits with hardly anything between them, as header cells stand; numbers in between end a header."""
    groups: list[list[LabelHit]] = []
    for hit in hits:
        if groups and hit.field - groups[-1][-1].end_field <= 12 and hit.start - groups[-1][-1].end <= 12:
            groups[-1].append(hit)
        else:
            groups.append([hit])
    return groups


def _cell_lines(stream: Stream, first: int) -> list[tuple[Row, list[Field]]]:
    """The lines behind a header that hold nothing but cells."""
    lines: list[tuple[Row, list[Field]]] = []
    for row, fields in _lines(stream, first, len(stream.fields)):
        filled = [word for field in fields for word in words(field)]
        if not all(is_cell(word.text) for word in filled):
            break
        if filled or lines or row.mark != "plain":
            lines.append((row, fields))
    return lines


def _read_values(rows: Sequence[tuple[Row, list[Field]]], wanted: int) -> Reading:
    """All values of a line table: side by side, one a line, or as words of a few lines."""
    for _row, line in rows:
        if len(line) >= wanted and any(field.text for field in line):
            spare = len(line) - wanted
            if not any(field.text for field in line[:spare]):
                return Reading(tuple(line[spare:]))
            if not any(field.text for field in line[wanted:]):
                return Reading(tuple(line[:wanted]))
    filled = [(row, [field for field in line if field.text]) for row, line in rows]
    parts = [word for _row, line in filled for field in line for word in words(field)]
    fields = [field for _row, line in filled for field in line]
    for candidate in (fields, parts):
        if len(candidate) == wanted:
            return Reading(tuple(candidate))
    return _marked_values(rows, wanted) or Reading(None, f"{len(fields)}/{wanted}", True)


def _marked_values(rows: Sequence[tuple[Row, list[Field]]], wanted: int) -> Reading | None:
    """One cell a line behind tabs, blanks kept: the cells between two empty lines."""
    group: list[Field] = []
    for row, line in rows:
        if row.mark != "tab" or len(line) != 1:
            return None
        if row.gap and any(field.text for field in group):
            break
        if row.gap:
            group = []
        group.extend(line)
    return Reading(tuple(group)) if len(group) == wanted else None


# --- headers and blocks ----------------------------------------------------------------------------------------------


def _header_start(stream: Stream, table: FormTable, first: int) -> int:
    """The first field of the header: going back from the first label over header texts and blank cells."""
    known = {stream_key(text) for column in table.columns for text in column.names}
    known.update(stream_key(text) for row in table.rows for text in row.names)
    known.update(stream_key(text) for text in table.headers)
    if table.note:
        known.add(stream_key(table.note))
    joined = "\n".join(known)
    start = first
    for index in range(first - 1, max(-1, first - 120), -1):
        key = stream.keys[index].strip("（）")
        marked = stream.rows[stream.fields[index][0]].mark != "plain"
        if key and not (key in joined or all(stream_key(w.text) in joined for w in words(stream.fields[index][2]))):
            break
        if key or marked:
            start = index
    return start


def _header(stream: Stream, first: int, stop: int) -> tuple[Slice, ...]:
    fields = [stream.fields[index][2] for index in range(first, stop)]
    return tuple(_slice(field, 0, len(field.text)) for field in fields if field.text)


def _blocks(stream: Stream, first: int, last: int) -> frozenset[int]:
    low = stream.rows[stream.fields[first][0]].block
    high = stream.rows[stream.fields[last][0]].block
    return frozenset(range(low, high + 1))
