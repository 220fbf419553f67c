"""Grids taken apart into rows: a row of cells stays one, a row of text becomes paragraphs.

Pages and documents set whole reports in tables for their looks, and one grid may hold a table and text; so what counts
is each row by itself.
"""

from __future__ import annotations

from gilint.model import Grid, JoinedOrigin, Paragraph, PartOrigin
from gilint.recognise.rows import SENTENCE, Field, Row
from gilint.record import Record

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from gilint.model import GridCell, Origin


class GridRow(Record, hot=True):
    """The cells that begin in a row of a grid, with the (first slot, number of slots) that each takes up.

    ``hole`` says that a cell from above reaches into the row between or behind its own cells.
    """

    cells: tuple[GridCell, ...]
    slots: tuple[tuple[int, int], ...]
    hole: bool

    def row(self, index: int) -> Row:
        """The fields of this row, which is block ``index`` of the document."""
        fields = []
        for cell in self.cells:
            text = cell.text.strip()
            fields.append(Field(text, cell.origin, cell.text.index(text) if text else 0, index))
        return Row(tuple(fields), "grid", False, self.slots, self.hole)

    def paragraph(self) -> Paragraph:
        """The row as a line of text: its cells behind tabs."""
        parts: list[tuple[int, Origin, int]] = []
        texts: list[str] = []
        length = 0
        for cell in self.cells:
            text = cell.text.strip()
            if text:
                parts.append((length, cell.origin, cell.text.index(text)))
                texts.append(text.replace("\n", " "))
                length += len(text) + 1
        return Paragraph("\t".join(texts), JoinedOrigin(tuple(parts)) if parts else self.cells[0].origin)


def spread(blocks: Sequence[Paragraph | Grid]) -> Sequence[Paragraph | GridRow]:
    """The blocks with a block for each row of a grid, or several for one that holds text."""
    result: list[Paragraph | GridRow] = []
    for block in blocks:
        if isinstance(block, Paragraph):
            result.append(block)
        else:
            result.extend(_rows(block))
    return result


def _rows(grid: Grid) -> Iterator[Paragraph | GridRow]:
    hanging: dict[int, int] = {}
    for cells in grid.rows:
        slots: list[tuple[int, int]] = []
        slot, hole = 0, False
        below: dict[int, int] = {}
        for cell in cells:
            while hanging.get(slot, 0) > 0:
                slot += 1
                hole = hole or bool(slots)
            slots.append((slot, cell.column_span))
            if cell.row_span > 1:
                below.update(dict.fromkeys(range(slot, slot + cell.column_span), cell.row_span - 1))
            slot += cell.column_span
        hole = hole or any(column >= slot for column, left in hanging.items() if left > 0)
        if hanging:
            hanging = {column: left - 1 for column, left in hanging.items() if left > 1}
        if below:
            hanging.update(below)
        if not cells:
            continue
        if len(cells) == 1 or any(SENTENCE in cell.text for cell in cells):
            yield from _paragraphs(cells)
        else:
            yield GridRow(tuple(cells), tuple(slots), hole)


def _paragraphs(cells: Sequence[GridCell]) -> Iterator[Paragraph]:
    for cell in cells:
        if "\n" not in cell.text:
            yield Paragraph(cell.text, cell.origin)
            continue
        start = 0
        for line in cell.text.split("\n"):
            yield Paragraph(line, PartOrigin(cell.origin, start) if start else cell.origin)
            start += len(line) + 1
