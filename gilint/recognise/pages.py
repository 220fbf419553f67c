"""Tables set with spaces on a page, as ``pdftotext -layout`` leaves them.

Labels are broken over lines, labels of merged cells stand between them, and the numbers are on the line at the middle
of their row. A label is put together from words that stand below each other; the numbers on one of its lines are its
cells. A line of numbers that two labels claim is given to none.
"""

from __future__ import annotations

from gilint.recognise.cells import GROUPED, LONGEST_ROW, is_number, trailing_cells, words
from gilint.recognise.stream import stream_key
from gilint.record import Record
from gilint.text import width

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from gilint.recognise.plan import TablePlan
    from gilint.recognise.rows import Field
    from gilint.recognise.stream import Stream

MOST_LINES = 3000
APART = 3
"""Lines from one part of a label to the next: the row's numbers, or a part of a merged label, may stand between."""
HEADER_LINES = 12


class Piece(Record, hot=True):
    """A word of a line: ``left`` and ``right`` are its edges in terminal cells."""

    key: str
    line: int
    left: int
    right: int
    field: int
    start: int
    end: int


class PageRow(Record):
    """A row found on a page: the first piece of its label, its values and the last block that it takes up."""

    field: int
    start: int
    end: int
    values: tuple[Field, ...]
    last: int


class PageLine(Record):
    """The values of a table in one line, and where its header begins and ends."""

    field: int
    start: int
    end: int
    header_end: int
    values: tuple[Field, ...]


class _Page:
    """Lines of a page: the pieces of text in each, and the numbers of those that end with ``wanted`` of them."""

    def __init__(self, stream: Stream, wanted: int) -> None:
        self.pieces: list[list[Piece]] = []
        self.values: dict[int, tuple[Field, ...]] = {}
        self.with_cells = set[int]()
        self.blocks: list[int] = []
        for index, field in enumerate(stream.fields):
            if len(self.pieces) >= MOST_LINES:
                break
            if stream.row(index).mark == "plain" and len(field.text) <= LONGEST_ROW:
                self._add(index, field, wanted)

    def _add(self, index: int, field: Field, wanted: int) -> None:
        line = len(self.pieces)
        parts = words(field)
        cells = trailing_cells(parts)
        if cells:
            self.with_cells.add(line)
        values = tuple(parts[-wanted:])
        if cells == wanted and all(is_number(part.text) for part in values):
            grouped = GROUPED.search(field.text, values[0].offset - field.offset)
            self.values.update({} if grouped else {line: values})
        pieces = []
        cell, place = field.offset, 0
        for part in parts[: len(parts) - cells]:
            start = part.offset - field.offset
            cell += width(field.text[place:start])
            place = start + len(part.text)
            right = cell + width(part.text)
            pieces.append(Piece(stream_key(part.text), line, cell, right, index, start, place))
            cell = right
        self.pieces.append(pieces)
        self.blocks.append(field.block)


def page_rows(stream: Stream, plan: TablePlan) -> Mapping[int, PageRow]:
    """The rows of a table that can be told on a page, by their index in the form."""
    wanted = plan.columns
    if wanted < 2 or any(row.key and len(row.columns) != wanted for row in plan.table.rows):
        return {}
    page = _Page(stream, wanted)
    if not page.values:
        return {}
    found: dict[int, PageRow] = {}
    claims: dict[int, int] = {}
    first_line = 0
    by_start = _by_start(page)
    for index, row in enumerate(plan.table.rows):
        # Labels of merged cells stand in the middle of their rows: they say nothing about the order.
        label = _label(page, by_start, row.names, first_line) if row.key else None
        if label is None:
            continue
        first_line = label[0].line
        lines = [line for line in range(label[0].line, label[-1].line + 1) if line in page.values]
        for line in lines:
            claims[line] = claims.get(line, 0) + 1
        if len(lines) == 1:
            head, last = label[0], max(lines[0], label[-1].line)
            found[index] = PageRow(head.field, head.start, head.end, page.values[lines[0]], page.blocks[last])
    # Numbers on a line that is no row belong to the row above or below: narrow columns break long numbers.
    odd = {line for line in page.with_cells if claims.get(line) != 1}
    good = {id(page.values[line]) for line in claims if line in page.values and not odd & {line - 1, line, line + 1}}
    return {index: row for index, row in found.items() if id(row.values) in good}


def _by_start(page: _Page) -> Mapping[str, list[Piece]]:
    result: dict[str, list[Piece]] = {}
    for pieces in page.pieces:
        for piece in pieces:
            result.setdefault(piece.key[:2], []).append(piece)
    return result


def _label(
    page: _Page, by_start: Mapping[str, list[Piece]], names: Iterable[str], first_line: int
) -> list[Piece] | None:
    """The pieces that make up one of these names, the first of them not above ``first_line``."""
    for name in names:
        key = stream_key(name)
        for piece in by_start.get(key[:2], ()):
            if piece.line >= first_line and key.startswith(piece.key):
                rest = _continued(page, piece, key[len(piece.key) :], set())
                if rest is not None:
                    return [piece, *rest]
    return None


def _continued(page: _Page, piece: Piece, rest: str, tried: set[tuple[int, int]]) -> list[Piece] | None:
    """The pieces below ``piece`` that spell out ``rest``; ``tried`` holds what was found to lead nowhere."""
    if not rest:
        return []
    if (id(piece), len(rest)) in tried:
        return None
    tried.add((id(piece), len(rest)))
    for pieces in page.pieces[piece.line + 1 : piece.line + 1 + APART]:
        for below in pieces:
            if below.key and rest.startswith(below.key) and below.left < piece.right and piece.left < below.right:
                further = _continued(page, below, rest[len(below.key) :], tried)
                if further is not None:
                    return [below, *further]
    return None


def page_line(stream: Stream, plan: TablePlan) -> PageLine | None:
    """The line of values that stands below nothing but parts of the table's header.

    Where it has not as many as wanted, or is broken in two, what stands there is given as it is.
    """
    wanted = len(plan.places)
    page = _Page(stream, wanted)
    found = []
    for line in sorted(page.with_cells):
        if page.pieces[line] or line - 1 in page.with_cells:
            continue
        first = line
        while line - first < HEADER_LINES and _of_header(plan, page, first - 1):
            first -= 1
        printed = sum([len(piece.key) for pieces in page.pieces[first:line] for piece in pieces])
        if printed >= sum([len(column.label) for column in plan.table.columns]) * len(plan.table.rows):
            head = page.pieces[first][0]
            values = page.values.get(line, ())
            if line + 1 in page.with_cells:
                values = ()
            found.append(PageLine(head.field, head.start, head.end, page.pieces[line - 1][-1].field, values))
    return found[0] if len(found) == 1 else None


def _of_header(plan: TablePlan, page: _Page, line: int) -> bool:
    pieces = page.pieces[line] if line >= 0 else []
    return bool(pieces) and line not in page.with_cells and all(piece.key in plan.known for piece in pieces)
