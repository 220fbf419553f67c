"""Tables without row labels: a header, and the cells of all rows in one line below it."""

from __future__ import annotations

from gilint.recognise.cells import GROUPED, Shape, is_cell, words
from gilint.recognise.gridcells import place_of, with_line_header
from gilint.recognise.pages import page_line
from gilint.record import Record

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from gilint.recognise.labels import LabelHit
    from gilint.recognise.plan import TablePlan
    from gilint.recognise.rows import Field, Row
    from gilint.recognise.stream import Stream

    Lines = list[tuple[Row, list[Field]]]

# How many fields, and characters of text, may stand between two cells of a header.
NEAR = 12
LONGEST = 60


class LineTable(Record):
    """A header from field ``first`` to ``last`` with what stands below it as one shape.

    ``at`` and ``end`` are the offsets of the first label in its field.
    """

    plan: TablePlan
    first: int
    last: int
    at: int
    end: int
    shapes: Sequence[Shape]


def find_line_table(stream: Stream, plan: TablePlan, hits: Sequence[LabelHit]) -> LineTable | None:
    """The table whose header stands in the stream; hits of rows have a negative index, those of columns do not."""
    wanted = len(plan.places)
    header = _header(stream, plan, hits)
    if not header:
        return None if plan.table.titled else _on_page(stream, plan)
    first, last = header[0], header[-1]
    end = first.rest if first.end_field == first.field else len(stream.fields[first.field].text)
    shape = _in_grid(stream, plan, header) if stream.has_grids else None
    if shape is None:
        shape = _shape(_cell_lines(stream, last.end_field + 1, wanted), wanted, len(plan.table.rows))
    return LineTable(plan, first.field, last.end_field, min(first.at, end), end, [shape])


def _on_page(stream: Stream, plan: TablePlan) -> LineTable | None:
    on_page = page_line(stream, plan)
    if on_page is None:
        return None
    shape = Shape("run", on_page.values, len(plan.places), (0, 0), -1)
    return LineTable(plan, on_page.field, on_page.header_end, on_page.start, on_page.end, [shape])


def _header(stream: Stream, plan: TablePlan, hits: Sequence[LabelHit]) -> list[LabelHit]:
    """The hits of the header: all column labels at least once, next to a label of a row."""
    best: list[LabelHit] = []
    for group in _near(stream, hits):
        columns = sum([hit.row >= 0 for hit in group])
        if columns >= len(plan.table.columns) and columns < len(group) and len(group) > len(best):
            best = group
    return best


def _in_grid(stream: Stream, plan: TablePlan, header: Sequence[LabelHit]) -> Shape | None:
    """The only row of a grid below the header that holds anything, or the first where none does.

    Several such rows leave it open which counts.
    """
    rows = list(_grid_rows(stream, stream.row_of[header[-1].end_field] + 1))
    if not rows:
        return None
    filled = [number for number in rows if any(field.text for field in stream.fields_of(number))]
    wanted = len(plan.places)
    if len(filled) > 1:
        fields = [field for number in filled for field in stream.fields_of(number)]
        return Shape("mixed", tuple(fields), wanted, (0, 0), -1)
    number = (filled or rows)[0]
    place = place_of(stream, number, 0)
    place = with_line_header(stream, place, header, len(plan.table.rows), len(plan.table.columns))
    return Shape("grid", tuple(stream.fields_of(number)), wanted, (0, 0), -1, place=place)


def _grid_rows(stream: Stream, first: int) -> Iterator[int]:
    """The rows of a grid from this one on that hold nothing but cells."""
    for number in range(first, len(stream.rows)):
        fields = stream.fields_of(number)
        if stream.rows[number].grid is None or not all(is_cell(field.text) for field in fields if field.text):
            return
        yield number


def _near(stream: Stream, hits: Sequence[LabelHit]) -> Iterator[list[LabelHit]]:
    """Hits with hardly anything between them, as header cells stand; numbers in between end a header."""
    group: list[LabelHit] = []
    for hit in hits:
        if group and not (hit.start - group[-1].end <= NEAR and _follows(stream, group[-1], hit)):
            yield group
            group = []
        group.append(hit)
    if group:
        yield group


def _follows(stream: Stream, before: LabelHit, hit: LabelHit) -> bool:
    """Whether two cells are near each other; those of a grid are at most two rows apart."""
    if stream.has_grids and stream.row(hit.field).grid is not None:
        return stream.row_of[hit.field] - stream.row_of[before.end_field] <= 2
    return hit.field - before.end_field <= NEAR


def _cell_lines(stream: Stream, first: int, wanted: int) -> Lines:
    """The lines behind a header that hold nothing but cells."""
    lines: Lines = []
    number = -1
    for index in range(first, min(len(stream.fields), first + LONGEST + 2 * wanted)):
        field = stream.fields[index]
        if field.text and not is_cell(field.text) and not all(is_cell(word.text) for word in words(field)):
            # A text among the cells of a line ends the table before that line.
            if lines and stream.row_of[index] == number:
                lines.pop()
            break
        if stream.row_of[index] != number:
            number = stream.row_of[index]
            lines.append((stream.rows[number], []))
        lines[-1][1].append(field)
    return lines


def _shape(lines: Lines, wanted: int, rows: int) -> Shape:
    whole = [(row, fields) for row, fields in lines if len(fields) >= wanted]
    if whole:
        filled = [fields for _row, fields in whole if any(field.text for field in fields)]
        return Shape("line", tuple(filled[0] if filled else whole[0][1]), wanted, (0, 0), -1)
    marks = {row.mark for row, _fields in lines}
    if marks == {"plain"}:
        return _plain_shape([field for _row, fields in lines for field in fields], wanted, rows)
    fields = _between_gaps(lines, wanted)
    return Shape("stream" if len(marks) == 1 else "mixed", tuple(fields), wanted, (0, 0), -1)


def _plain_shape(lines: list[Field], wanted: int, rows: int) -> Shape:
    """A cell a line, or words in a few lines."""
    if len(lines) == wanted:
        return Shape("run", tuple(lines), wanted, (0, 0), -1)
    parts = [words(line) for line in lines]
    # A line for each row with all of its cells leaves no doubt about where a number ends.
    even = len(lines) == rows and all(len(part) * rows == wanted for part in parts)
    grouped = not even and any(GROUPED.search(line.text) for line in lines)
    return Shape("run", tuple([word for part in parts for word in part]), wanted, (0, 0), -1, grouped=grouped)


def _between_gaps(lines: Lines, wanted: int) -> list[Field]:
    """The cells between two empty lines, where just one such group has any, or has them all; else all cells."""
    groups: list[list[Field]] = [[]]
    for row, fields in lines:
        if row.gap and groups[-1]:
            groups.append([])
        groups[-1].extend(fields)
    filled = [group for group in groups if any(field.text for field in group)]
    if len(filled) == 1 and len(filled[0]) >= wanted:
        return filled[0]
    return [field for group in groups for field in group]
