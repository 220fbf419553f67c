"""Figures that slipped by one cell: a run of neighbours holds what belongs one further on.

A shifted row may have seven wrong cells and is still one slip. It is looked for where single cells do not explain what
is broken: a shift breaks the equalities that cross its line, and these tell where the run begins and ends.
"""

from __future__ import annotations

from itertools import pairwise

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from gilint.arithmetic import CellKey
    from gilint.diagnosis.ranking import Places
    from gilint.linear import System
    from gilint.search import Cells

    Changes = tuple[tuple[int, int], ...]

FEWEST = 3
"""Two cells that hold each other's figures are an exchange, which the search finds by itself."""


def lines_of(system: System, places: Places) -> tuple[tuple[int, ...], ...]:
    """The cells of each row and of each column that has several, in the order of the table."""
    lines: dict[tuple[str, ...], list[int]] = {}
    for cell, key in enumerate(system.cells):
        table, row, column = key
        lines.setdefault(("row", table, row), []).append(cell)
        lines.setdefault(("column", table, column), []).append(cell)

    def order(cell: int) -> tuple[bool, int, int, int]:
        return places.order(system.cells[cell])

    ordered = [tuple(sorted(line, key=order)) for line in lines.values() if len(line) >= FEWEST]
    return tuple(sorted(ordered, key=lambda line: order(line[0])))


def find_shifts(
    system: System, cells: Cells, lines: Sequence[Sequence[int]], residuals: Sequence[int]
) -> Iterator[Changes]:
    """The shifts of a line, or of several rows by the same column, that alone make everything hold."""
    violated = {
        row: frozenset([cell for cell, _ in system.rows[row]]) for row, residual in enumerate(residuals) if residual
    }
    for line in lines:
        for run in _runs(system, line, violated):
            for towards in (1, -1):
                changes = _shifted(system, cells, run[::towards], residuals)
                if len(changes) >= FEWEST and _mends(system, changes, residuals):
                    yield tuple(sorted(changes.items()))
    yield from _blocks(system, cells, lines, residuals)


def _runs(system: System, line: Sequence[int], violated: Mapping[int, frozenset[int]]) -> Iterator[Sequence[int]]:
    """The part of a line that crosses broken equalities; none where something else is broken as well.

    ``violated`` maps these equalities to their cells.
    """
    held = frozenset(line)
    within: set[int] = set()
    for row, cells in violated.items():
        shared = len(held & cells)
        if not shared:
            return
        if shared > 1:
            within.add(row)
    crossed = [
        at
        for at, cell in enumerate(line)
        if any(row in violated and row not in within for row, _ in system.columns[cell])
    ]
    if len(crossed) >= FEWEST - 1:
        yield line[crossed[0] : crossed[-1] + 1]


def _shifted(system: System, cells: Cells, run: Sequence[int], residuals: Sequence[int]) -> dict[int, int]:
    """The changes that move each figure back by one; what the last cell held follows from an equality of its own.

    Nothing, when the shift cannot be: its first cell holds a figure that would be lost, or a cell is pinned.
    """
    values = cells.values
    if values[run[0]] or any(cell in cells.pinned for cell in run):
        return {}
    changes = {cell: values[after] - values[cell] for cell, after in pairwise(run)}
    changes = {cell: change for cell, change in changes.items() if change}
    last = run[-1]
    # An equality along the line, if there is one: others may cross lines that are shifted as well.
    row, coefficient = max(system.columns[last], key=lambda one: sum(cell in run for cell, _ in system.rows[one[0]]))
    rest = residuals[row] - sum(own * changes.get(cell, 0) for cell, own in system.rows[row])
    change, left_over = divmod(rest, coefficient)
    minimum = cells.minimum[last]
    if left_over or change % cells.step[last] or (minimum is not None and values[last] + change < minimum):
        return {}
    return {**changes, last: change} if change else changes


def _mends(system: System, changes: dict[int, int], residuals: Sequence[int]) -> bool:
    left = list(residuals)
    for cell, change in changes.items():
        for row, coefficient in system.columns[cell]:
            left[row] -= coefficient * change
    return not any(left)


def _blocks(
    system: System, cells: Cells, lines: Sequence[Sequence[int]], residuals: Sequence[int]
) -> Iterator[Changes]:
    """All rows from the first to the last one that is broken, each shifted by one column in the same direction."""
    rows = [line for line in lines if _is_row(system, line)]
    broken = [at for at, line in enumerate(rows) if _breaks_itself(system, line, residuals)]
    if len(broken) < 2:
        return
    block = rows[broken[0] : broken[-1] + 1]
    for towards in (1, -1):
        changes: dict[int, int] = {}
        for line in block:
            own = _shifted(system, cells, line[::towards], residuals)
            if not own and any(cells.values[cell] for cell in line):
                break
            changes.update(own)
        else:
            if changes and _mends(system, changes, residuals):
                yield tuple(sorted(changes.items()))


def _is_row(system: System, line: Sequence[int]) -> bool:
    keys: list[CellKey] = [system.cells[cell] for cell in line[:2]]
    return keys[0][:2] == keys[1][:2]


def _breaks_itself(system: System, line: Sequence[int], residuals: Sequence[int]) -> bool:
    """Whether an equality over several cells of the line is broken."""
    rows = [row for cell in line[:2] for row, _ in system.columns[cell]]
    return any(residuals[row] and rows.count(row) > 1 for row in rows)
