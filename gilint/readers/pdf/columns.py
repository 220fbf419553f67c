"""Tables that nothing rules: their lines keep their places, as these say what belongs together.

A line is set out with spaces, like the text of a page. Where the figures of all lines stand below each other in columns
and a line leaves some of them blank, its cells are known all the same: they stand behind tabs.
"""

from __future__ import annotations

from gilint.readers.pdf.texts import NUMBER, Text
from gilint.record import Record
from gilint.text import width

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from gilint.readers.pdf.lines import Line, Segment
    from gilint.readers.pdf.margins import Margins
    from gilint.readers.pdf.texts import Placed, Sheet

    Edges = tuple[float, float]

MOST_BETWEEN = 20
"""Lines of one column that may stand between two lines of several: parts of labels that were broken."""
LOOSE = 2.0
"""In ems: from so far apart on lines are not of one table."""
NARROW = 0.6
"""The share of a page's text that a line of one column is wide at most which is of a table."""
FEWEST_COLUMNS, FEWEST_LINES = 4, 2
"""Columns of figures, and lines that fill each of them, from which on the columns are certain."""
APART = 1.7
"""In ems: lines closer than this may be of one row, and a figure the rest of the one above it."""


class FreeLine(Record, hot=True):
    """A line outside of tables that are ruled, with the page that it stands on and the margins there."""

    line: Line
    sheet: Sheet
    margins: Margins


def in_columns(lines: Sequence[FreeLine]) -> Iterator[tuple[int, int]]:
    """The stretches of lines that are set in columns, each from its first such line to its last."""
    first = last = -1
    for number, free in enumerate(lines):
        if len(free.line.segments) == 1:
            if first >= 0 and (number - last > MOST_BETWEEN or _ends_table(lines, number)):
                yield first, last + 1
                first = -1
            continue
        if first < 0:
            first = number
        last = number
    if first >= 0:
        yield first, last + 1


def _ends_table(lines: Sequence[FreeLine], number: int) -> bool:
    """Whether a line of one column is no part of a label, but text between two tables."""
    free = lines[number]
    if free.line.right - free.line.left > NARROW * (free.margins.right - free.margins.left):
        return True
    steps = [step for step in (_step(lines, number - 1), _step(lines, number)) if step is not None]
    return bool(steps) and min(steps) > LOOSE * free.line.size


def _step(lines: Sequence[FreeLine], number: int) -> float | None:
    """How far a line is from the next one on its page."""
    if not 0 <= number < len(lines) - 1 or lines[number].sheet is not lines[number + 1].sheet:
        return None
    return lines[number + 1].line.base - lines[number].line.base


def set_out(lines: Sequence[FreeLine]) -> list[Text]:
    """The lines of a table with their places on the page."""
    figures = [_figures(free) for free in lines]
    many = [number for number, found in enumerate(figures) if len(found) >= FEWEST_COLUMNS]
    columns = _columns([found for found in figures[many[0] : many[-1] + 1] if found]) if many else []
    texts = []
    for number, (free, found) in enumerate(zip(lines, figures, strict=True)):
        cells = None
        if columns and many[0] <= number <= many[-1] and found and _stands_alone(lines, figures, number):
            cells = _cells(found, columns)
        texts.append(_with_spaces(free) if cells is None else _with_tabs(free, found, cells))
    return texts


def _figures(free: FreeLine) -> list[Segment]:
    """The segments at the end of a line that are numbers."""
    found: list[Segment] = []
    for segment in reversed(free.line.segments):
        if not NUMBER.fullmatch(segment.text):
            break
        found.append(segment)
    return found[::-1]


def _columns(figures: Sequence[Sequence[Segment]]) -> list[Edges]:
    """From where to where each column goes, or nothing when they are not certain.

    They are where figures that overlap each other make as many columns as one of the lines has figures, and each column
    is filled in several lines.
    """
    columns: list[tuple[float, float, int]] = []
    for left, right in sorted([(segment.left, segment.right) for found in figures for segment in found]):
        if columns and left < columns[-1][1]:
            start, end, count = columns[-1]
            columns[-1] = start, max(end, right), count + 1
        else:
            columns.append((left, right, 1))
    certain = (
        len(columns) == max(map(len, figures)) and min([count for _left, _right, count in columns]) >= FEWEST_LINES
    )
    return [(left, right) for left, right, _count in columns] if certain else []


def _stands_alone(lines: Sequence[FreeLine], figures: Sequence[Sequence[Segment]], number: int) -> bool:
    """Whether a line with figures is a row by itself: with its label on it, and no other figures close by."""
    free = lines[number]
    if len(figures[number]) == len(free.line.segments):
        return False
    for other, step in ((number - 1, _step(lines, number - 1)), (number + 1, _step(lines, number))):
        if step is not None and step < APART * free.line.size and figures[other]:
            return False
    return True


def _cells(figures: Sequence[Segment], columns: Sequence[Edges]) -> list[Segment | None] | None:
    """The figures of a line in its columns, or ``None`` where two stand in one, or none is blank."""
    cells: list[Segment | None] = [None] * len(columns)
    for segment in figures:
        at = next(at for at, (_left, right) in enumerate(columns) if segment.left < right)
        if cells[at] is not None:
            return None
        cells[at] = segment
    return cells if None in cells else None


def _with_tabs(free: FreeLine, figures: Sequence[Segment], cells: Sequence[Segment | None]) -> Text:
    parts = [*free.line.segments[: -len(figures)], *cells]
    pieces: list[Placed] = []
    length = 0
    for segment in parts:
        if segment is not None:
            pieces += _moved(free.sheet, segment, length)
        length += (len(segment.text) if segment is not None else 0) + 1
    return Text("\t".join([segment.text if segment is not None else "" for segment in parts]), pieces)


def _with_spaces(free: FreeLine) -> Text:
    """A line with as many spaces before each of its segments as they are apart, a space for half an em."""
    line, unit = free.line, free.line.em / 2
    parts: list[str] = []
    pieces: list[Placed] = []
    length = column = 0
    for segment in line.segments:
        place = round((segment.left - free.margins.left) / unit)
        spaces = max(place - column, 2 if parts else 0)
        parts.append(" " * spaces)
        length += spaces
        pieces += _moved(free.sheet, segment, length)
        parts.append(segment.text)
        length += len(segment.text)
        column += spaces + width(segment.text)
    return Text("".join(parts), pieces)


def _moved(sheet: Sheet, segment: Segment, offset: int) -> list[Placed]:
    """The pieces of a segment that begins at ``offset`` of a text."""
    return [(offset + start, size, sheet.number, sheet.place(box)) for start, size, box in segment.pieces]
