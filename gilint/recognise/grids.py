"""Grids taken apart into rows: a row of cells stays one, a row of text becomes paragraphs.

Pages and documents set whole reports in tables for their looks, and one grid may hold a table and text; so what counts
is each row by itself.
"""

from __future__ import annotations

from functools import lru_cache

from gilint.model import Grid, JoinedOrigin, Lines, Paragraph, PartOrigin
from gilint.numerals import read_cell
from gilint.recognise.rows import SENTENCE, Field
from gilint.record import Record

# Slots of a grid that are looked at: no table of a report has a tenth of them.
WIDEST = 300
FAR = 1 << 40
MANY = 4
LONGEST_CELL = 200
"""From so many cells on a row is one of a table, even where a cell holds a sentence, unless that is as long."""

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from typing import Any

    from gilint.model import GridCell, Origin


class Slot(Record, hot=True):
    """Where a cell stands in its grid: its first slot and how many it takes up in its row.

    ``tall`` says that it reaches down into a row that has cells of its own.
    """

    start: int
    width: int
    tall: bool


# Tables are alike: the same few slots come again in every row.
_slot = lru_cache(maxsize=1024)(Slot)


@lru_cache(maxsize=64)
def _single(count: int) -> list[Slot]:
    """The slots of so many cells of which none is merged."""
    return [_slot(start, 1, False) for start in range(count)]


class GridRow(Record, hot=True):
    """The cells that begin in a row of a grid, with the slot of each.

    ``hanging`` holds the first slots of cells from above that reach into the row, ``end`` is the slot behind all,
    ``grid`` tells the grids of a document apart.
    """

    cells: tuple[GridCell, ...]
    slots: tuple[Slot, ...]
    hanging: tuple[int, ...]
    end: int
    grid: int

    @property
    def filled(self) -> list[GridCell]:
        return [cell for cell in self.cells if cell.text and not cell.text.isspace()]

    @property
    def is_line(self) -> bool:
        """Whether all but one of its cells are blank, as where text is set in a sheet."""
        return len(self.filled) == 1

    def fields(self, index: int) -> tuple[Field, ...]:
        """The fields of this row, which is block ``index`` of the document."""
        fields = []
        for cell in self.cells:
            whole = cell.text
            text = whole.strip()
            # Nothing stripped gives the very same string.
            fields.append(Field(text, cell.origin, 0 if text is whole or not text else whole.index(text), index))
        return tuple(fields)

    def paragraph(self) -> Paragraph:
        """The row as a line of text: its cells behind tabs, the lines of each joined."""
        parts: list[tuple[int, Origin, int]] = []
        text = ""
        for cell in self.filled:
            text += "\t" if text else ""
            start = 0
            for line in cell.text.split("\n"):
                body = line.strip()
                # Two lines of digits are no number.
                text += " " if body[:1].isdigit() and text[-1:].isdigit() else ""
                if body:
                    parts.append((len(text), cell.origin, start + line.index(body)))
                    text += body
                start += len(line) + 1
        return Paragraph(text, JoinedOrigin(tuple(parts)) if parts else self.cells[0].origin)

    def paragraphs(self) -> list[Paragraph]:
        """The row as text that is laid out side by side: a paragraph for each line of its cells."""
        return list(_paragraphs(self.filled))


def spread(blocks: Sequence[Paragraph | Grid]) -> Sequence[Paragraph | GridRow]:
    """The blocks with a block for each row of a grid, or several for one that holds text."""
    lines: Any = blocks
    if isinstance(lines, Lines):
        return lines  # type: ignore[return-value]
    paragraphs = [block for block in blocks if isinstance(block, Paragraph)]
    if len(paragraphs) == len(blocks):
        return paragraphs
    result: list[Paragraph | GridRow] = []
    grids = 0
    for block in blocks:
        if isinstance(block, Paragraph):
            result.append(block)
        else:
            grids += 1
            result.extend(_rows(block, grids))
    return result


def _rows(grid: Grid, number: int) -> Iterator[Paragraph | GridRow]:
    following = _next_rows(grid)
    sentences = any(SENTENCE in cell.text for cells in grid.rows for cell in cells)
    # What reaches down into the rows below, from left to right: (first slot, slot behind, row behind).
    hanging: list[tuple[int, int, int]] = []
    for index, cells in enumerate(grid.rows):
        hanging = [part for part in hanging if part[2] > index] if hanging else hanging
        if not cells:
            continue
        slots, begun, end = _slots(cells, hanging, index, following[index])
        row = GridRow(tuple(cells), tuple(slots), tuple([part[0] for part in hanging]), end, number)
        if len(cells) == 1 or (sentences and _holds_prose(cells)):
            yield from _paragraphs(cells)
        else:
            yield row
        if begun:
            hanging = sorted([*hanging, *begun])


def _next_rows(grid: Grid) -> list[int]:
    """For each row the next one that has cells, or one far below."""
    below = FAR
    result = []
    for index in range(len(grid.rows) - 1, -1, -1):
        result.append(below)
        below = index if grid.rows[index] else below
    return result[::-1]


def _slots(
    cells: Sequence[GridCell], hanging: Sequence[tuple[int, int, int]], index: int, following: int
) -> tuple[list[Slot], list[tuple[int, int, int]], int]:
    """The slots of a row's cells, those cells that reach further down, and the slot behind the row."""
    slots: list[Slot] = []
    begun: list[tuple[int, int, int]] = []
    if not hanging and len(cells) <= WIDEST and all(cell.row_span == 1 == cell.column_span for cell in cells):
        return _single(len(cells)), begun, len(cells)
    slot = passed = 0
    for cell in cells:
        while passed < len(hanging) and hanging[passed][0] <= slot:
            slot = max(slot, hanging[passed][1])
            passed += 1
        width, below = cell.column_span, index + cell.row_span
        width = WIDEST if width > WIDEST else width
        slots.append(_slot(slot, width, below > following))
        if below > index + 1 and slot < WIDEST:
            begun.append((slot, slot + width, below))
        slot += width
    return slots, begun, max([slot, *(part[1] for part in hanging)])


def _holds_prose(cells: Sequence[GridCell]) -> bool:
    return any(_is_prose(cell.text, len(cells)) for cell in cells)


def _is_prose(text: str, cells: int) -> bool:
    """Whether a cell shows that its row, of so many cells, is laid out text; a value may have a note that ends so."""
    return SENTENCE in text and (cells < MANY or len(text) > LONGEST_CELL) and read_cell(text).kind == "text"


def _paragraphs(cells: Sequence[GridCell]) -> Iterator[Paragraph]:
    for cell in cells:
        if "\n" not in cell.text:
            yield Paragraph(cell.text, cell.origin)
            continue
        start = 0
        for line in cell.text.split("\n"):
            yield Paragraph(line, PartOrigin(cell.origin, start) if start else cell.origin)
            start += len(line) + 1
