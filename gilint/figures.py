"""The figures of a report by their cells, those of last year's report among them, as equations read them.

A cell is a tuple ``(table, row, column)``; the table of a cell of last year's report is ``previous.table``.
"""

from __future__ import annotations

from gilint.form import PREVIOUS
from gilint.record import Record

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from decimal import Decimal
    from typing import Any

    from gilint.model import Cell, Report

    Number = int | Decimal
    CellKey = tuple[str, str, str]
    Read = Callable[[CellKey], "Number | Missing | None"]


class Missing(Record):
    """What a reader gives for a cell that is not there or holds no number."""


MISSING = Missing()


def reader_of(report: Report) -> Read:
    """Reads the cells of a report: a number, 0 for a dash or a word for none, ``None`` for a blank, else MISSING.

    The cells of a row that a report may leave out, and that is not there, are 0.
    """
    values = values_of(report)

    def read(key: CellKey) -> Number | Missing | None:
        found: Number | Missing | None = values.get(key, MISSING)
        return found

    return read


_latest: tuple[Report | None, Mapping[CellKey, Any]] = (None, {})


def values_of(report: Report) -> Mapping[CellKey, Any]:
    """What :func:`reader_of` reads, as a mapping without the cells that are missing.

    All rules of a run ask for the same report, so the latest one is kept; the pair is replaced as a whole, and working
    it out twice does no harm.
    """
    global _latest
    known, values = _latest
    if known is not report:
        values = _values(report, "")
        if report.previous is not None:
            values.update(_values(report.previous, PREVIOUS))
        _latest = report, values
    return values


def _values(report: Report, prefix: str) -> dict[CellKey, Any]:
    values: dict[CellKey, Any] = {
        (prefix + table.key, row, column): cell_value(cell)
        for table in report.tables.values()
        for (row, column), cell in table.cells.items()
    }
    values.update(((prefix + key[0], *key[1:]), 0) for key in absent_cells(report))
    return values


def absent_cells(report: Report) -> list[CellKey]:
    """The cells of the rows that the report may leave out, and does.

    Where no row of a group is there, it is not known what the table has in their place.
    """
    found: list[CellKey] = []
    for table in report.tables.values():
        if not table.missing_rows:
            continue
        rows = [row for row in report.form.table(table.key).rows if row.key]
        there = {group for row in rows if row.key not in table.missing_rows for group in row.groups}
        for row in rows:
            if row.optional and row.key in table.missing_rows and (not row.groups or there.intersection(row.groups)):
                found.extend((table.key, row.key or "", column) for column in row.columns)
    return found


def is_previous(key: CellKey) -> bool:
    """Whether a cell is one of last year's report."""
    return key[0].startswith(PREVIOUS)


def cell_of(report: Report, key: CellKey) -> Cell:
    """The cell of a key; one of last year's report says so in its address. Raises ``KeyError`` when it is not there."""
    table, row, column = key
    if not is_previous(key) or report.previous is None:
        return report.tables[table][row, column]
    last = report.previous
    cell = last.tables[table.removeprefix(PREVIOUS)][row, column]
    trail = (last.source.name, *cell.address.trail)
    return cell.replace(address=cell.address.replace(trail=trail, section=None, table=table))


def is_there(report: Report, key: CellKey) -> bool:
    """Whether the report has a cell; the rows that it may leave out have figures without one."""
    table, row, column = key
    holder = report.previous if is_previous(key) else report
    found = None if holder is None else holder.tables.get(table.removeprefix(PREVIOUS))
    return found is not None and (row, column) in found.cells


def cell_value(cell: Cell) -> Number | Missing | None:
    if cell.value is not None:
        return cell.value
    if cell.kind == "blank":
        return None
    return 0 if cell.kind in ("dash", "word") else MISSING
