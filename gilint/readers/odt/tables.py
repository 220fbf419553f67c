"""Tables: the cells that really begin in each row, with the slots that they take up."""

from __future__ import annotations

from itertools import accumulate

from gilint.readers.odt.flow import is_text, rows_of
from gilint.readers.odt.names import (
    CELL,
    COLUMNS_REPEATED,
    COLUMNS_SPANNED,
    COVERED,
    ROWS_REPEATED,
    ROWS_SPANNED,
    SUB_TABLE,
    TABLE,
    whole_number,
)
from gilint.readers.package import too_much
from gilint.record import Record

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Any

    from gilint.limits import Limits


class RawCell(Record, hot=True):
    """A cell's element, how many slots it takes up across and down, and which it is in its row."""

    element: Any
    columns: int
    rows: int
    number: int


class Tables:
    """Takes the tables of a document apart; their slots together must stay within the limits."""

    def __init__(self, name: str, limits: Limits) -> None:
        self._name, self._limits = name, limits
        self._slots = 0

    def rows(self, table: Any) -> list[list[RawCell]]:
        """The rows of a table. Where a cell was split, the tables inside become rows and cells of this one.

        Raises ``InputError`` (``too-large``).
        """
        lines: list[list[RawCell]] = []
        for row in rows_of(table):
            count = whole_number(row.get(ROWS_REPEATED), 1, 1)
            if len(lines) + count > self._limits.table_rows:
                zh, en = "表格的行数过多", "too many rows in a table"
                raise too_much(self._name, zh, en, "table_rows", self._limits.table_rows)
            lines += [self._cells(row)] * count
            self._take(sum([cell.columns for cell in lines[-1]]) * count)
        return self._unsplit(lines) if has_tables(table) else lines

    def _cells(self, row: Any) -> list[RawCell]:
        cells: list[RawCell] = []
        slots = number = covered = 0
        for cell in row.iterchildren(CELL, COVERED):
            count = whole_number(cell.get(COLUMNS_REPEATED), 1, 1)
            width = whole_number(cell.get(COLUMNS_SPANNED), 1, 1)
            slots += count * (width if cell.tag == CELL else 1)
            if slots > 2 * self._limits.table_columns:
                zh, en = "表格的列数过多", "too many columns in a table"
                raise too_much(self._name, zh, en, "table_columns", self._limits.table_columns)
            if cell.tag == CELL:
                height = whole_number(cell.get(ROWS_SPANNED), 1, 1)
                cells += [RawCell(cell, width, height, number + each) for each in range(1, count + 1)]
                number += count
                covered = width - 1
            else:
                # What the cell before does not cover, one from above does, and is counted as one sees it.
                number += max(count - covered, 0)
                covered = max(covered - count, 0)
        return cells

    def _take(self, slots: int) -> None:
        self._slots += slots
        if self._slots > self._limits.cells:
            zh, en = "表格的单元格过多", "too many cells in tables"
            raise too_much(self._name, zh, en, "cells", self._limits.cells)

    def _unsplit(self, lines: Sequence[Sequence[RawCell]]) -> list[list[RawCell]]:
        """Put the rows of tables that fill their cell in the place of the row around them."""
        split = [[_inside(cell) for cell in line] for line in lines]
        inner = [[None if table is None else self.rows(table) for table in line] for line in split]
        heights = [max([1, *(len(rows) for rows in line if rows)]) for line in inner]
        ends = [0, *accumulate(heights)]
        result: list[list[RawCell]] = []
        for number, (line, tables) in enumerate(zip(lines, inner, strict=True)):
            height = heights[number]
            made: list[list[RawCell]] = [[] for _ in range(height)]
            for cell, rows in zip(line, tables, strict=True):
                below = ends[min(number + cell.rows, len(heights))] - ends[number + 1]
                if not rows:
                    made[0].append(cell.replace(rows=height + below))
                    continue
                for at, inside in enumerate(rows):
                    last = at == len(rows) - 1
                    made[at] += [one.replace(rows=height - at + below) if last else one for one in inside]
            result += made
        return result


def has_tables(table: Any) -> bool:
    """Whether there are others in a table."""
    return table.find(f".//{TABLE}") is not None


def _inside(cell: RawCell) -> Any:
    """The table that a split cell consists of."""
    first = next(cell.element.iterchildren(TABLE), None)
    return first if first is not None and first.get(SUB_TABLE) == "true" else None


def is_layout(row: Sequence[RawCell]) -> bool:
    """Whether a row only serves the looks: there is a table in one of its cells."""
    return any(not is_text(table) for cell in row for table in cell.element.iterchildren(TABLE))
