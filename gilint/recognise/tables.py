"""The tables of a form found in a document, cell by cell, with the blocks that they take up."""

from __future__ import annotations

from bisect import bisect_left, bisect_right

from gilint.errors import InputError
from gilint.model import Address, Cell, Passage, Slice, Table, UnreadRow
from gilint.numerals import read_cell
from gilint.recognise.alignment import Reading, align, words_are_cells
from gilint.recognise.cells import shape_of, words
from gilint.recognise.gridcells import HEADER_ROWS, with_headers
from gilint.recognise.labels import best_chain, find_labels, last_of_repeated, with_strays, with_twins
from gilint.recognise.linetables import LineTable, find_line_table
from gilint.recognise.pages import page_rows
from gilint.recognise.rows import origins_of, texts_of
from gilint.recognise.stream import stream_key
from gilint.recognise.titled import below_titles
from gilint.record import Record

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from gilint.recognise.cells import Shape
    from gilint.recognise.labels import LabelHit
    from gilint.recognise.plan import FormPlan, TablePlan
    from gilint.recognise.rows import Field
    from gilint.recognise.stream import Stream

    Place = tuple[tuple[str, str], Address]

RAW_LONGEST = 120
HEADER_WITHIN = 120
LONGEST_HEADER = 300
NOWHERE = Address()


class FoundTable(Record):
    """A table with the blocks that it takes up, so that its labels are not taken for headings.

    ``foreign`` are (label, place) of rows that the form does not have, under a label that it does have.
    """

    table: Table
    blocks: range
    foreign: tuple[tuple[str, Slice], ...] = ()


class _RowTable(Record):
    """A table of which row labels were found, with a shape for each of them that has cells."""

    plan: TablePlan
    labels: Sequence[LabelHit]
    keyed: Sequence[LabelHit]
    hits: Sequence[LabelHit]
    shapes: Sequence[Shape]
    foreign: Sequence[LabelHit] = ()


class _Line(Record, hot=True):
    """What was read for one row of the form; ``raw`` is what stands there when it was not read.

    ``field`` is the number of the label's field, ``last`` the last block that the row takes up.
    """

    row: int
    field: int
    label: Slice
    reading: Reading
    raw: str
    last: int


def find_tables(stream: Stream, plan: FormPlan, path: str) -> list[FoundTable]:
    """Every table of the form that stands in the stream, in the form's order.

    Raises ``InputError`` (``duplicate-table``) when a table stands there twice.
    """
    parts: list[_RowTable | LineTable] = []
    labels = find_labels(stream, plan)
    if plan.table_titles:
        labels = below_titles(stream, plan, labels)
    for table, hits in zip(plan.tables, labels, strict=True):
        if table.table.layout == "line":
            line_table = find_line_table(stream, table, hits)
            if line_table is not None:
                parts.append(line_table)
        else:
            parts.append(_row_table(stream, table, hits, path))
    runs_are_cells = words_are_cells(shape for part in parts for shape in part.shapes)
    found = [
        _read_rows(stream, part, runs_are_cells)
        if isinstance(part, _RowTable)
        else _read_line(stream, part, runs_are_cells)
        for part in parts
    ]
    return [table for table in found if table is not None]


# --- tables whose rows have labels ----------------------------------------------------------------------------------


def _row_table(stream: Stream, plan: TablePlan, hits: Sequence[LabelHit], path: str) -> _RowTable:
    rows = plan.table.rows
    if plan.columns_too:
        hits = [hit for hit in hits if hit.row not in plan.columns_too or not _is_header(stream, plan, hit)]
    if stream.has_grids:
        hits = last_of_repeated(stream, hits, plan.twins)
    if plan.twins:
        hits = with_twins(hits, plan.twins)
    labels = _best(stream, plan, hits)
    if plan.twins:
        starts = {hit.start for hit in labels}
        hits = [hit for hit in hits if hit.start not in starts or hit in labels]
    if labels:
        _refuse_second(stream, plan, hits, labels, path)
        if stream.has_grids:
            labels = with_strays(stream, plan, hits, labels)
    keyed: list[LabelHit] = []
    shapes: list[Shape] = []
    foreign: list[LabelHit] = []
    for index, hit in enumerate(labels):
        if rows[hit.row].key:
            keyed.append(hit)
            shapes.append(_shape(stream, plan, labels, index))
        elif hit.row in plan.foreign and _has_own_cells(plan, _shape(stream, plan, labels, index), labels, index):
            foreign.append(hit)
    described = with_headers(stream, plan, keyed, shapes) if stream.has_grids else shapes
    return _RowTable(plan, labels, keyed, hits, described, foreign)


def _is_header(stream: Stream, plan: TablePlan, hit: LabelHit) -> bool:
    """Whether a label stands beside that of a column, in the same row."""
    number = stream.row_of[hit.field]
    first, stop = bisect_left(stream.row_of, number), bisect_right(stream.row_of, number)
    return any(stream.keys[at] in plan.column_keys for at in range(first, stop) if at != hit.field)


def _shape(stream: Stream, plan: TablePlan, labels: Sequence[LabelHit], index: int) -> Shape:
    """What stands behind one of the labels; all columns are wanted of a label without cells."""
    hit = labels[index]
    following = labels[index + 1] if index + 1 < len(labels) else None
    depth, next_depth = plan.depths[hit.row], plan.depths[following.row] if following else -1
    above = labels[index - 1].end_field if index else -1
    row = plan.table.rows[hit.row]
    wanted = len(row.columns) if row.key else plan.columns
    return shape_of(stream, hit, following, above, wanted, depth, next_depth)


def _has_own_cells(plan: TablePlan, shape: Shape, labels: Sequence[LabelHit], index: int) -> bool:
    """Whether a label that has none in the form has cells here, and none of the labels that stand below it there."""
    hit = labels[index]
    following = labels[index + 1].row if index + 1 < len(labels) else len(plan.table.rows)
    below = plan.depths[hit.row + 1 : following]
    filled = list(filter(None, texts_of(shape.fields)))
    return bool(below) and min(below) > plan.depths[hit.row] and len(filled) == shape.wanted


def _best(stream: Stream, plan: TablePlan, hits: Sequence[LabelHit]) -> Sequence[LabelHit]:
    """The chain with most value rows, if they are enough to make a table."""
    return best_chain(stream, hits, lambda labels: _weight(plan, labels), plan.needed)


def _weight(plan: TablePlan, labels: Sequence[LabelHit]) -> int:
    weights = plan.weights
    return sum([weights[hit.row] for hit in labels])


def _refuse_second(
    stream: Stream, plan: TablePlan, hits: Sequence[LabelHit], labels: Sequence[LabelHit], path: str
) -> None:
    if len(hits) < len(labels) + plan.needed:
        return
    taken = set(map(id, labels))
    others = _best(stream, plan, [hit for hit in hits if id(hit) not in taken])
    if _weight(plan, others) * 2 <= len(plan.rows) or _weight(plan, others) < 3:
        return
    spans = [stream.fields[part[0].field].origin.span(0, 1) for part in sorted((labels, others), key=_first)]
    first, second = (span.describe("zh") for span in spans)
    zh = f"“{plan.table.title}”出现了两次（{first} 与 {second}），无法判断以哪一张为准"
    first, second = (span.describe("en") for span in spans)
    en = f"table {plan.table.key!r} stands there twice ({first} and {second}); which one counts is undecided"
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


def _read_rows(stream: Stream, part: _RowTable, runs_are_cells: bool) -> FoundTable | None:
    plan = part.plan
    readings = align(part.shapes, runs_are_cells)
    lines: dict[int, _Line] = {}
    for hit, shape, reading in zip(part.keyed, part.shapes, readings, strict=True):
        line = _line(stream, hit, shape, reading)
        twice = lines.get(hit.row)
        lines[hit.row] = line if twice is None else _only_one(twice, line)
    gaps = len(lines) < len(plan.rows) or any(line.reading.fields is None for line in lines.values())
    if gaps and not plan.table.titled:
        # Columns set with spaces break labels over lines: read by their place on the page.
        for row, on_page in page_rows(stream, plan).items():
            if row not in lines or lines[row].reading.fields is None:
                label = stream.fields[on_page.field]
                place = _slice(label, on_page.start, on_page.end)
                lines[row] = _Line(row, on_page.field, place, Reading(on_page.values), "", on_page.last)
    if len(lines) < plan.needed:
        return None
    ordered = [lines[row] for row in sorted(lines)]
    first = min([hit.field for hit in part.labels[:1]] + [line.field for line in ordered])
    last = max([stream.blocks[hit.end_field] for hit in part.labels[-1:]] + [line.last for line in ordered])
    found = _found(stream, plan, ordered, first, last)
    foreign = [(plan.table.rows[hit.row].label, _label(stream, hit)) for hit in part.foreign]
    return found.replace(foreign=tuple(foreign)) if foreign else found


def _only_one(first: _Line, second: _Line) -> _Line:
    """One of two rows with the same label: either where they say the same, else none of them can be told."""
    texts = [list(texts_of(line.reading.fields or ())) for line in (first, second)]
    if texts[0] == texts[1]:
        return first.replace(last=max(first.last, second.last))
    raw = " / ".join([" ".join(text) for text in texts])[:RAW_LONGEST]
    return first.replace(reading=Reading(None, "twice"), raw=raw, last=max(first.last, second.last))


def _found(stream: Stream, plan: TablePlan, lines: Sequence[_Line], first: int, last: int) -> FoundTable:
    read: list[tuple[Sequence[Place], Sequence[Field]]] = []
    unread: list[UnreadRow] = []
    labels: dict[str, Slice] = {}
    for line in lines:
        row, fields = plan.table.rows[line.row], line.reading.fields
        key = row.key or ""
        labels[key] = line.label
        if fields is None:
            unread.append(UnreadRow(key, row.label, line.raw, line.reading.reason, plan.rows[key], line.label))
        else:
            read.append((plan.cells[line.row], fields))
    header_from = _header_start(stream, plan, first)
    table = Table(
        key=plan.table.key,
        title=plan.table.title,
        cells=dict([pair for places, fields in read for pair in _cells(places, fields)]),
        unread=tuple(unread),
        missing_rows=tuple(key for key in plan.rows if key not in labels),
        labels=labels,
        header=_header(stream, header_from, first),
        address=plan.address,
    )
    return FoundTable(table, _blocks(stream, header_from, last))


def _line(stream: Stream, hit: LabelHit, shape: Shape, reading: Reading) -> _Line:
    last = stream.blocks[hit.end_field]
    if reading.fields is None:
        raw = " ".join(filter(None, texts_of(shape.fields)))[:RAW_LONGEST]
    else:
        raw, last = "", max(last, reading.fields[-1].block)
    return _Line(hit.row, hit.field, _label(stream, hit), reading, raw, last)


def _label(stream: Stream, hit: LabelHit) -> Slice:
    """A label, or what of it stands in the field in which it begins."""
    field = stream.fields[hit.field]
    end = hit.rest if hit.end_field == hit.field else len(field.text)
    return _slice(field, min(hit.at, end), end)


def _slice(field: Field, start: int, end: int) -> Slice:
    """A part of a field as a slice of the line that it stands in, so that the line can be shown."""
    return Slice(Passage(-1, field.text, field.origin, "table", NOWHERE), start, end)


def _cells(places: Iterable[Place], fields: Sequence[Field]) -> Iterable[tuple[tuple[str, str], Cell]]:
    """The fields of a row as cells with their places."""
    texts = texts_of(fields)
    readings = zip(places, texts, map(read_cell, texts), origins_of(fields), strict=True)
    return [
        (place, Cell(text, reading.kind, reading.value, reading.style, address, origin))
        for (place, address), text, reading, origin in readings
    ]


# --- tables whose cells stand in one line ---------------------------------------------------------------------------


def _read_line(stream: Stream, part: LineTable, runs_are_cells: bool) -> FoundTable:
    plan = part.plan
    (reading,) = align(part.shapes, runs_are_cells)
    label = _slice(stream.fields[part.first], part.at, part.end)
    cells: Iterable[tuple[tuple[str, str], Cell]] = ()
    unread: tuple[UnreadRow, ...] = ()
    last = stream.blocks[part.last]
    if reading.fields is None:
        fields = part.shapes[0].fields
        raw = " ".join(filter(None, texts_of(fields)))[:RAW_LONGEST]
        unread = (UnreadRow("", plan.table.title, raw, reading.reason, plan.address, label),)
    else:
        fields = reading.fields
        cells = _cells(plan.places.items(), fields)
    if fields:
        last = max(last, fields[-1].block)
    header_from = _header_start(stream, plan, part.first)
    table = Table(
        key=plan.table.key,
        title=plan.table.title,
        cells=dict(cells),
        unread=unread,
        missing_rows=(),
        labels={"": label},
        header=_header(stream, header_from, part.last + 1),
        address=plan.address,
    )
    return FoundTable(table, _blocks(stream, header_from, last))


# --- headers and blocks ----------------------------------------------------------------------------------------------


def _header_start(stream: Stream, plan: TablePlan, first: int) -> int:
    """The first field of the header: going back from the first label over header texts and blank cells."""
    start, number = first, stream.row_of[first]
    in_grid = stream.rows[number].grid is not None
    stop = stream.first(max(0, number - HEADER_ROWS)) if in_grid else max(0, first - HEADER_WITHIN)
    for index in range(first - 1, stop - 1, -1):
        key = stream.keys[index].strip("（）")
        if key and key not in plan.known and not _all_known(stream, plan, index):
            # Of a grid's row the blank cells behind a text belong to it.
            return start if stream.slot(index) is None else min(first, stream.first(stream.row_of[index] + 1))
        if key or stream.row(index).mark != "plain":
            start = index
    return start


def _all_known(stream: Stream, plan: TablePlan, index: int) -> bool:
    """Whether each word of a field belongs to the printed table; a sentence never does."""
    text = stream.texts[index]
    return len(text) <= LONGEST_HEADER and all(
        stream_key(word.text) in plan.known for word in words(stream.fields[index])
    )


def _header(stream: Stream, first: int, stop: int) -> tuple[Slice, ...]:
    fields = stream.fields[first:stop]
    return tuple([_slice(field, 0, len(field.text)) for field in fields if field.text])


def _blocks(stream: Stream, first: int, last: int) -> range:
    """The blocks from the header to the last cell, with the blank cells and the fill behind it."""
    return range(stream.blocks[first], last + 1)
