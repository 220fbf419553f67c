"""Tables: the cells that really begin in each row, with the slots that they take up."""

from __future__ import annotations

from gilint.model import Grid, GridCell, JoinedOrigin, WordOrigin
from gilint.readers.docx.inline import LINE, rejoined
from gilint.readers.docx.rawtable import CONTINUE, GAP, PARAGRAPH_MARK, Label, Merge, RawTable
from gilint.readers.package import too_much

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from typing import Any

    from gilint.limits import Limits
    from gilint.model import Origin
    from gilint.readers.docx.extras import Extra
    from gilint.readers.docx.rawtable import RawCell

KIND = "docx"


class Tables:
    """Makes grids of the tables of one document; their slots together must stay within the limits."""

    def __init__(self, extras: Mapping[Any, Extra], name: str, limits: Limits) -> None:
        self.name = name
        self._extras, self._limits = extras, limits
        self._slots = 0

    def grid(self, elements: Iterable[Any], first: WordOrigin) -> tuple[Grid, list[tuple[Extra, WordOrigin]]]:
        """The grid of a table, or of some of its rows, the first of them at ``first``; what its paragraphs have beside
        their text, with the places of their cells.

        Raises ``InputError`` (``too-large``).
        """
        limits = self._limits
        table = RawTable(self._extras)
        if not table.read(elements, limits.table_rows):
            zh, en = f"表{first.table}的行数过多", f"too many rows in table {first.table}"
            raise too_much(self.name, zh, en, "table_rows", limits.table_rows)
        maker = _Maker(table, first)
        for row in table.rows:
            slots = maker.add(row)
            if slots > limits.table_columns:
                zh, en = f"表{first.table}的列数过多", f"too many columns in table {first.table}"
                raise too_much(self.name, zh, en, "table_columns", limits.table_columns)
            self._slots += slots
        if self._slots > limits.cells:
            zh, en = "表格的单元格过多", "too many cells in tables"
            raise too_much(self.name, zh, en, "cells", limits.cells)
        return maker.grid(), maker.extras()


class _Maker:
    """Puts the rows of a table together."""

    def __init__(self, table: RawTable, first: WordOrigin) -> None:
        self._table, self._first = table, first
        self._rows: list[list[GridCell]] = []
        # Cells that one below may continue, by their first slot: row and number of the cell, and its slots.
        self._above: dict[int, tuple[int, int, int]] = {}
        self._heights: dict[tuple[int, int], int] = {}
        self._places: dict[int, WordOrigin] = {}

    def add(self, row: Sequence[RawCell]) -> int:
        """Add a row; how many slots it takes up."""
        table, first = self._table, self._first
        block, number, count = first.block, first.table, first.row + len(self._rows)
        broken, special = table.broken, table.labelled or bool(table.marked)
        if table.across:
            row = self._collapsed(row)
        cells: list[GridCell] = []
        above, self._above = self._above, {}
        merges = table.merges
        slot = gaps = 0
        for position, cell in enumerate(row, 1):
            width, merge = 1, merges.get(id(cell))
            if merge is not None:
                width = merge.slots
                if merge.down and self._continues(above, slot, merge, len(cells)):
                    slot += width
                    continue
                gaps += merge.across == GAP
            slot += width
            origin = WordOrigin(KIND, block, 0, number, count, position - gaps)
            if special:
                cells.append(self._special(cell, origin, width))
                continue
            text = "".join(cell)
            cells.append(GridCell(rejoined(text) if broken and LINE in text else text, origin, 1, width))
        self._rows.append(cells)
        return slot

    def _special(self, cell: RawCell, origin: WordOrigin, width: int) -> GridCell:
        """A cell in which list numbers may stand, or something that is to be told."""
        self._places[id(cell)] = origin
        if any(type(piece) is Label for piece in cell):
            return GridCell(*_labelled(cell, origin), 1, width)
        return GridCell(rejoined("".join(cell)), origin, 1, width)

    def _continues(self, above: Mapping[int, tuple[int, int, int]], slot: int, merge: Merge, number: int) -> bool:
        """Whether a cell continues the one above; if not, those below may continue it."""
        upper = above.get(slot) if merge.down == CONTINUE else None
        if upper is None or upper[2] != merge.slots:
            self._above[slot] = len(self._rows), number, merge.slots
            return False
        self._above[slot] = upper
        self._heights[upper[:2]] = self._heights.get(upper[:2], 1) + 1
        return True

    def _collapsed(self, row: Sequence[RawCell]) -> list[RawCell]:
        """A row without the cells that continue the one before them, whose slots that one takes up."""
        merges = self._table.merges
        result: list[RawCell] = []
        for cell in row:
            merge = merges.get(id(cell))
            if merge is not None and merge.across == CONTINUE and result:
                merges.setdefault(id(result[-1]), Merge()).slots += merge.slots
            else:
                result.append(cell)
        return result

    def grid(self) -> Grid:
        for (row, number), height in self._heights.items():
            self._rows[row][number] = self._rows[row][number].replace(row_span=height)
        return Grid(tuple([tuple(row) for row in self._rows]))

    def extras(self) -> list[tuple[Extra, WordOrigin]]:
        """What the paragraphs of the cells have to be told, and where; cells that continue others show none."""
        return [(extra, self._places[id(cell)]) for cell, extra in self._table.marked if id(cell) in self._places]


def _labelled(pieces: Sequence[str], origin: WordOrigin) -> tuple[str, Origin]:
    """The text of a cell with list numbers in it. They take up no place in the cell."""
    labels, bodies = [""], [""]
    for piece in pieces:
        if piece == PARAGRAPH_MARK:
            labels.append("")
            bodies.append("")
        elif type(piece) is Label:
            labels[-1] += piece
        else:
            bodies[-1] += piece
    parts: list[tuple[int, Origin, int]] = []
    texts: list[str] = []
    length = offset = 0
    for label, body in zip(labels, map(rejoined, bodies), strict=True):
        parts.append((length, origin.replace(lead=len(label), offset=offset), 0))
        texts.append(label + body)
        length += len(label) + len(body) + 1
        offset += len(body) + 1
    return PARAGRAPH_MARK.join(texts), parts[0][1] if len(parts) == 1 else JoinedOrigin(tuple(parts))
