"""What stands behind a row label, up to the next one: the fields among which the row's cells are."""

from __future__ import annotations

from bisect import bisect_left
from itertools import pairwise

from gilint.late import late
from gilint.numerals import read_cell
from gilint.recognise.gridcells import place_of
from gilint.recognise.rows import Field
from gilint.recognise.stream import WORD
from gilint.record import Record

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from gilint.recognise.gridcells import Place
    from gilint.recognise.labels import LabelHit
    from gilint.recognise.stream import Stream

# "1 288" may be two cells or one number.
GROUPED = late(r"(?<![\d,.])[1-9]\d{0,2}[ \u3000\xa0]\d{3}(?![\d,.])")
BROKEN = late(r"[\d,，.．]+\Z")
NOTE = late(r"[\s：:”\"'’]*(?:[（(][^（）()]{1,30}[）)][\s：:]*)?")
# Columns that are set with spaces: their numbers stand far to the right, and not always on the line of their label.
INDENTED = 4
LONGEST_ROW = 400
MOST_LABELS = 6
WIDE = "  "


class Shape(Record, hot=True):
    """The fields behind a label as their layout gives them, before it is decided which of them are the cells.

    ``kind``: grid (cells of a grid, which have a ``place``), line (cells side by side, blank ones kept), stream (a
    cell a line, blank ones kept), run (words of plain text, blank ones lost). ``before`` and ``behind`` tell the places
    apart at which the layout may put blank cells of merged labels: what stands before this row's cells and behind them.
    ``gap`` is how many fields stand before the first empty line (-1: none). ``grouped`` says that two of the words may
    be one number.
    """

    kind: str
    fields: Sequence[Field]
    wanted: int
    before: tuple[int, int]
    behind: int
    gap: int = -1
    grouped: bool = False
    place: Place | None = None


def words(field: Field, start: int = 0, stop: int | None = None) -> list[Field]:
    """The words of a field, from ``start`` on, as fields of their own."""
    text = field.text
    if start == 0 and stop is None and " " not in text and len(text.split()) == 1:
        return [field]
    return [
        Field(match.group(), field.source, field.offset + match.start(), field.block)
        for match in WORD.finditer(text, start, len(text) if stop is None else stop)
    ]


def is_cell(text: str) -> bool:
    """Whether a text can be a cell of a layout that marks cells: not a label, not a sentence."""
    return text.isdigit() or not _holds_a_word(text) or read_cell(text).kind != "text"


def _holds_a_word(text: str) -> bool:
    """Whether two Han characters stand side by side."""
    return any("一" <= one <= "鿿" and "一" <= other <= "鿿" for one, other in pairwise(text))


def is_number(text: str) -> bool:
    """Whether a word of plain text can be a cell: there, a character may as well be left of a broken label."""
    return text.isdigit() or read_cell(text).kind in ("number", "dash")


def shape_of(
    stream: Stream, hit: LabelHit, following: LabelHit | None, above: int, wanted: int, depth: int, next_depth: int
) -> Shape:
    """The fields behind the label ``hit``, up to the label ``following``; ``above`` is where the one before ends."""
    text = stream.texts[hit.end_field]
    if hit.rest < len(text) and _has_cells(hit, text):
        return _run(stream, hit, following, above, wanted)
    fields = stream.fields
    row = stream.row_of[hit.end_field]
    stop = following.field if following else len(fields)
    first = end = hit.end_field + 1
    while end < stop and stream.row_of[end] == row:
        end += 1
    if stream.rows[row].grid is not None:
        # The cells of a grid's row never go on in another one.
        begin = stream.first(row)
        place = place_of(stream, row, first - begin, end - begin)
        return Shape("grid", fields[first:end], wanted, (depth, 0), -1, place=place)
    if end - first >= wanted:
        # Within a line the blank cells of merged labels go by the label's own place.
        position = hit.end_field - stream.first(row)
        return Shape("line", fields[first:end], wanted, (depth, position), -1)
    before = (depth, _place_in_row(stream, hit))
    return _stream(stream, first, min(stop, first + 2 * wanted + 30), wanted, before, next_depth)


def _place_in_row(stream: Stream, hit: LabelHit) -> int:
    """How many fields stand before a label behind the last empty line."""
    index = hit.field
    while index and hit.field - index < MOST_LABELS and not stream.row(index).gap:
        index -= 1
    return hit.field - index


def _has_cells(hit: LabelHit, text: str) -> bool:
    """Whether the text behind the label on its line is more than a note on it: （件）."""
    note = NOTE.match(text, hit.rest)
    return note is None or note.end() < len(text)


def _run(stream: Stream, hit: LabelHit, following: LabelHit | None, above: int, wanted: int) -> Shape:
    """Plain words behind the label on its line; they may go on in the next lines."""
    label = stream.fields[hit.end_field]
    note = NOTE.match(label.text, hit.rest)
    start = note.end() if note else hit.rest
    stop = following.at if following and following.field == hit.end_field else None
    found = words(label, start, stop)
    text = label.text[start:stop]
    index = hit.end_field + 1
    last = following.field if following else len(stream.fields)
    while len(found) < wanted and index < last:
        field = stream.fields[index]
        parts = words(field)
        if stream.row(index).mark != "plain" or field.offset >= INDENTED:
            break
        if not all(is_number(part.text) for part in parts):
            break
        found += parts
        text += "\n" + field.text
        index += 1
    if len(found) == wanted:
        found += _broken_off(stream, index, wanted) if index < last else []
        found += _broken_off(stream, hit.field - 1, wanted) if hit.field - 1 > above and WIDE in label.text else []
    return Shape("run", tuple(found), wanted, (0, 0), -1, grouped=wanted > 1 and GROUPED.search(text) is not None)


def _broken_off(stream: Stream, index: int, wanted: int) -> list[Field]:
    """Numbers in a line next to a row that is complete: narrow columns break long numbers over two lines.

    As many numbers as a row has, behind a text, are another row; where columns are set with spaces it is not sure.
    """
    text = stream.texts[index]
    if stream.row(index).mark != "plain" or len(text) > LONGEST_ROW:
        return []
    parts = words(stream.fields[index])
    count = trailing_cells(parts)
    return parts[-count:] if count and (count < wanted or count == len(parts) or WIDE in text) else []


def trailing_cells(parts: Sequence[Field]) -> int:
    """How many words at the end of a line are cells, or parts of a broken number (10,000, over 001)."""
    count = 0
    for part in reversed(parts):
        if not BROKEN.match(part.text) and read_cell(part.text).kind == "text":
            break
        count += 1
    return count


def _stream(stream: Stream, first: int, stop: int, wanted: int, before: tuple[int, int], next_depth: int) -> Shape:
    """Cells in the lines behind the label, up to the first text that is no cell."""
    end = first
    for text in stream.texts[first:stop]:
        if text and not is_cell(text) and not _all_cells(stream.fields[end]):
            break
        end += 1
    numbers = stream.row_of[first:end]
    rows = stream.rows[numbers[0] : numbers[-1] + 1] if numbers else []
    marks = {row.mark for row in rows}
    if "grid" in marks:
        # A label in a line of its own is no label of the grid below.
        rows = rows[: next(at for at, row in enumerate(rows) if row.grid is not None)]
        end = first + bisect_left(numbers, numbers[0] + len(rows))
        marks = {row.mark for row in rows}
    fields = stream.fields[first:end]
    if marks == {"plain"}:
        indented = any(len(field.text) > INDENTED and field.offset >= INDENTED for field in fields)
        return _plain(list(fields), wanted, indented)
    gap = next((bisect_left(numbers, numbers[0] + at) for at, row in enumerate(rows) if row.gap), -1)
    kind = "stream" if len(marks) == 1 else "mixed"
    return Shape(kind, fields, wanted, before, next_depth, gap)


def _all_cells(field: Field) -> bool:
    return all(is_cell(word.text) for word in words(field))


def _plain(lines: list[Field], wanted: int, indented: bool) -> Shape:
    """Lines without marks: a cell a line, or several words a line."""
    if len(lines) == wanted and not indented:
        return Shape("run", tuple(lines), wanted, (0, 0), -1)
    parts = [] if indented else [word for line in lines for word in words(line)]
    grouped = wanted > 1 and any(GROUPED.search(line.text) for line in lines)
    return Shape("run", tuple(parts), wanted, (0, 0), -1, grouped=grouped)
