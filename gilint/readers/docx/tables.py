"""Tables: the cells that really begin in each row, with the slots that they take up."""

from __future__ import annotations

from gilint.model import Grid, GridCell, JoinedOrigin, WordOrigin
from gilint.readers.docx.inline import LINE, SIGNS, cleaned, rejoined, sign
from gilint.readers.docx.names import (
    CELL,
    CELL_MERGED,
    MERGED_ACROSS,
    MERGED_DOWN,
    PARAGRAPH,
    ROW,
    SLOTS,
    SLOTS_BEFORE,
    TEXT,
    VALUE,
    whole_number,
)
from gilint.readers.package import too_much

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from typing import Any

    from gilint.limits import Limits
    from gilint.model import Origin
    from gilint.readers.docx.extras import Extra

    # Slots, merge with above, merge with before, then the pieces of its text.
    RawCell = list[Any]

KIND = "docx"
MERGES = (SLOTS, MERGED_DOWN, MERGED_ACROSS, CELL_MERGED, SLOTS_BEFORE)
CONTENT = (TEXT, PARAGRAPH, CELL, ROW, *MERGES, *SIGNS)
"""All elements of a table that count."""
RESTART, CONTINUE, GAP = "restart", "continue", "gap"
TRACKED = {"rest": RESTART, "cont": CONTINUE}
PARAGRAPH_MARK = "\n"


class Label(str):
    """A list number among the pieces of a cell's text."""

    __slots__ = ()


class RawTable:
    """What is found in the elements of a table: for each row its cells, in the order of the file.

    ``marked`` are paragraphs with something to be told, and their cells; ``labelled`` says that one has a list number,
    ``across`` that cells are merged across in the old way.
    """

    def __init__(self, extras: Mapping[Any, Extra]) -> None:
        self.rows: list[list[RawCell]] = []
        self.marked: list[tuple[RawCell, Extra]] = []
        self.labelled = self.across = False
        self._extras = extras

    def read(self, elements: Iterable[Any], most_rows: int) -> bool:
        """Take all elements, in the order of the document; false when there are more rows than that."""
        row: list[RawCell] = []
        cell: RawCell = []
        runs_on = False
        for element in elements:
            tag = element.tag
            if tag == TEXT:
                text = element.text
                if text:
                    cell.append(cleaned(element, text) if text[0] <= " " or text[-1] <= " " or "\n" in text else text)
            elif tag == PARAGRAPH:
                cell.append("" if runs_on else PARAGRAPH_MARK)
                extra = self._extras.get(element)
                runs_on = extra is not None and self._extra(extra, cell)
            elif tag == CELL:
                cell, runs_on = [1, "", ""], False
                row.append(cell)
            elif tag == ROW:
                row = []
                self.rows.append(row)
                if len(self.rows) > most_rows:
                    return False
            elif tag in MERGES:
                self._merge(element, tag, row, cell)
            else:
                cell.append(sign(element))
        return True

    def _extra(self, extra: Extra, cell: RawCell) -> bool:
        if extra.label:
            cell.append(Label(extra.label))
            self.labelled = True
        if extra.feet or extra.kinds:
            self.marked.append((cell, extra))
        return extra.runs_on

    def _merge(self, element: Any, tag: str, row: list[RawCell], cell: RawCell) -> None:
        if tag == SLOTS_BEFORE:
            width = whole_number(element.get(VALUE), 0)
            if width > 0:
                row.append([width, "", GAP])
        elif not cell:
            return
        elif tag == SLOTS:
            cell[0] = max(whole_number(element.get(VALUE), 1), 1)
        elif tag == MERGED_DOWN:
            cell[1] = element.get(VALUE, CONTINUE)
        elif tag == CELL_MERGED:
            cell[1] = TRACKED.get(element.get(MERGED_DOWN, ""), cell[1])
        else:
            cell[2] = element.get(VALUE, CONTINUE)
            self.across = True


class Tables:
    """Makes grids of the tables of one document; their slots together must stay within the limits."""

    def __init__(self, extras: Mapping[Any, Extra], name: str, limits: Limits) -> None:
        self._extras, self._name, self._limits = extras, name, limits
        self._slots = 0

    def grid(self, elements: Iterable[Any], first: WordOrigin) -> tuple[Grid, list[tuple[Extra, WordOrigin]]]:
        """The grid of a table, or of some of its rows, the first of them at ``first``; what its paragraphs have beside
        their text, with the places of their cells.

        Raises ``InputError`` (``too-large``).
        """
        limits = self._limits
        table = RawTable(self._extras)
        if not table.read(elements, limits.table_rows):
            zh, en = "表格的行数过多", "too many rows in a table"
            raise too_much(self._name, zh, en, "table_rows", limits.table_rows)
        maker = _Maker(table, first)
        for row in table.rows:
            slots = maker.add(_collapsed(row) if table.across else row)
            if slots > limits.table_columns:
                zh, en = f"表{first.table}的列数过多", f"too many columns in table {first.table}"
                raise too_much(self._name, zh, en, "table_columns", limits.table_columns)
            self._slots += slots
        if self._slots > limits.cells:
            zh, en = "表格的单元格过多", "too many cells in tables"
            raise too_much(self._name, zh, en, "cells", limits.cells)
        return maker.grid(), [
            (extra, maker.places[id(cell)]) for cell, extra in table.marked if id(cell) in maker.places
        ]


class _Maker:
    """Puts rows together; ``places`` are those of the raw cells that became cells, by their ``id``."""

    def __init__(self, table: RawTable, first: WordOrigin) -> None:
        self.places: dict[int, WordOrigin] = {}
        self._table, self._first = table, first
        self._rows: list[list[GridCell]] = []
        # Cells that are merged with one in the row above, by their first slot: row and number of the first, its width.
        self._above: dict[int, tuple[int, int, int]] = {}
        self._heights: dict[tuple[int, int], int] = {}

    def add(self, raw: Sequence[RawCell]) -> int:
        """Add a row; how many slots it takes up."""
        first, marked, labelled = self._first, self._table.marked, self._table.labelled
        block, table, row = first.block, first.table, first.row + len(self._rows)
        cells: list[GridCell] = []
        merged: dict[int, tuple[int, int, int]] = {}
        slot = gaps = 0
        for cell in raw:
            width, down, across, *pieces = cell
            if down and self._is_merged(down, slot, width, len(cells), merged):
                slot += width
                continue
            slot += width
            origin = WordOrigin(KIND, block, 0, table, row, len(cells) + 1 - gaps)
            if across == GAP:
                gaps += 1
            if marked:
                self.places[id(cell)] = origin
            if labelled and any(type(piece) is Label for piece in pieces):
                text, place = _labelled(pieces, origin)
                cells.append(GridCell(text, place, 1, width))
                continue
            text = "".join(pieces)
            if text[:1] == PARAGRAPH_MARK:
                text = text[1:]
            cells.append(GridCell(rejoined(text) if LINE in text else text, origin, 1, width))
        self._rows.append(cells)
        self._above = merged
        return slot

    def _is_merged(
        self, down: str, slot: int, width: int, number: int, merged: dict[int, tuple[int, int, int]]
    ) -> bool:
        """Whether a cell belongs to the one above; if not, cells below may belong to it."""
        upper = self._above.get(slot) if down == CONTINUE else None
        if upper is None or upper[2] != width:
            merged[slot] = len(self._rows), number, width
            return False
        merged[slot] = upper
        self._heights[upper[:2]] = self._heights.get(upper[:2], 1) + 1
        return True

    def grid(self) -> Grid:
        for (row, number), height in self._heights.items():
            self._rows[row][number] = self._rows[row][number].replace(row_span=height)
        return Grid(tuple([tuple(row) for row in self._rows]))


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
    # The first pair is what stands before the first paragraph, which is nothing.
    for label, body in zip(labels[1:], map(rejoined, bodies[1:]), strict=True):
        parts.append((length, origin.replace(lead=len(label), offset=offset), 0))
        texts.append(label + body)
        length += len(label) + len(body) + 1
        offset += len(body) + 1
    return PARAGRAPH_MARK.join(texts), parts[0][1] if len(parts) == 1 else JoinedOrigin(tuple(parts))


def _collapsed(row: Sequence[RawCell]) -> list[RawCell]:
    """A row whose cells that only continue the one before them are gone, and their slots those of that one."""
    result: list[RawCell] = []
    for cell in row:
        if cell[2] == CONTINUE and result and result[-1][2] != GAP:
            result[-1][0] += cell[0]
        else:
            result.append(cell)
    return result
