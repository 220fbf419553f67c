"""Which of several answers is the likeliest: slips that happen come before changes that nobody would make."""

from __future__ import annotations

from gilint import slips
from gilint.diagnosis.faults import SEVERAL, SINGLE
from gilint.figures import is_previous
from gilint.form import PREVIOUS
from gilint.slips import COST, slip

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from gilint.arithmetic import CellKey
    from gilint.form import Form
    from gilint.linear import System

    Changes = tuple[tuple[int, int], ...]

TOTAL_UNFILLED = 6
"""A total of 0 whose parts are not: it was left as it came."""
LAST_YEAR = 12
"""What it counts against an answer that last year's report is wrong, which was checked and published."""
EVIDENCE = 12
"""What it counts that a number said elsewhere agrees with an answer and not with what is printed, or the reverse."""


class Places:
    """Where the cells of a form stand, and what they hold; looked up without going through its rows each time."""

    def __init__(self, form: Form) -> None:
        self._at: dict[str, tuple[dict[str | None, int], dict[str, int]]] = {}
        self._kinds: dict[str, tuple[dict[str | None, str | None], dict[str, str]]] = {}
        self._form = form
        self._tables = [table.key for table in form.tables]

    def neighbours(self, one: CellKey, other: CellKey) -> bool:
        """Whether two cells stand side by side, in one row or one column of a table."""
        if one[0] != other[0]:
            return False
        rows, columns = self._lines(one[0])
        return abs(rows[one[1]] - rows[other[1]]) + abs(columns[one[2]] - columns[other[2]]) == 1

    def order(self, key: CellKey) -> tuple[bool, int, int, int]:
        """Whether a cell is last year's; its table, row and column, counted from 0."""
        rows, columns = self._lines(key[0])
        return is_previous(key), self._tables.index(key[0].removeprefix(PREVIOUS)), rows[key[1]], columns[key[2]]

    def kind(self, key: CellKey) -> str:
        """What a cell holds: count, amount or signed."""
        table = self._form.table(key[0])
        if key[0] not in self._kinds:
            columns = {column.key: column.kind or table.kind for column in table.columns}
            self._kinds[key[0]] = {row.key: row.kind for row in table.value_rows}, columns
        rows, columns = self._kinds[key[0]]
        return rows[key[1]] or columns[key[2]]

    def _lines(self, key: str) -> tuple[dict[str | None, int], dict[str, int]]:
        if key not in self._at:
            table = self._form.table(key)
            rows = {row.key: at for at, row in enumerate(table.value_rows)}
            self._at[key] = rows, {column.key: at for at, column in enumerate(table.columns)}
        return self._at[key]


class Ranking:
    """Prices the changes of a system whose cells hold these ``values``.

    ``blank`` cells hold nothing, ``totals`` are those that differ from the sum of their parts.
    """

    def __init__(
        self,
        system: System,
        values: Sequence[int],
        blank: frozenset[int],
        totals: frozenset[int],
        places: Places,
    ) -> None:
        self._system = system
        self._values = values
        self._blank = blank
        self._totals = totals
        self._places = places

    def price(self, changes: Changes) -> tuple[int, str, tuple[str, ...]]:
        """The cost of changes, the slip that explains all of them (else several), and the slip of each."""
        kinds = tuple(self._slip(cell, change) for cell, change in changes)
        costs = [self._cost(cell, kind) for (cell, _), kind in zip(changes, kinds, strict=True)]
        if len(changes) == 1:
            return costs[0], SINGLE, kinds
        pairs: dict[tuple[int, int], tuple[int, str]] = {}
        for first, one in enumerate(changes):
            for second in range(first + 1, len(changes)):
                joint = self._joint(one, changes[second], max(costs[first], costs[second]))
                if joint is not None and joint[0] < costs[first] + costs[second]:
                    pairs[first, second] = joint
        cost = _cheapest(costs, pairs)
        kind = pairs[0, 1][1] if len(changes) == 2 and pairs else SEVERAL
        return cost, kind, kinds

    def _slip(self, cell: int, change: int) -> str:
        if cell in self._blank:
            return slips.BLANK
        if self._is_counted_twice(cell, change):
            return slips.TWICE
        return slip(self._values[cell], self._values[cell] + change)

    def _cost(self, cell: int, kind: str) -> int:
        if cell in self._totals and self._values[cell] == 0 and kind != slips.BLANK:
            return TOTAL_UNFILLED
        return COST[kind] + LAST_YEAR * is_previous(self._system.cells[cell])

    def _is_counted_twice(self, cell: int, change: int) -> bool:
        """Whether a figure that becomes 0 stands in the only equality of its cell a second time, on the same side."""
        printed = self._values[cell]
        if printed + change or len(self._system.columns[cell]) != 1:
            return False
        ((row, own),) = self._system.columns[cell]
        return any(
            other != cell and self._values[other] == printed and factor == own
            for other, factor in self._system.rows[row]
        )

    def _joint(self, one: tuple[int, int], other: tuple[int, int], single: int) -> tuple[int, str] | None:
        """The cost and the name of one slip that explains two changes, if there is such a slip.

        ``single`` is what the less likely one of the changes costs alone.
        """
        (first, change), (second, opposite) = one, other
        printed, beside = self._values[first], self._values[second]
        cells = self._system.cells
        exchanged = printed + change == beside and beside + opposite == printed
        if exchanged and self._places.neighbours(cells[first], cells[second]):
            return slips.EXCHANGED, "exchanged"
        if abs(change) != abs(opposite) or not self._cancel(one, other):
            return None
        if change == opposite:
            return single + slips.REPEATED, "repeated"
        return single + slips.TRANSFERRED, "exchanged" if exchanged else "transferred"

    def _cancel(self, one: tuple[int, int], other: tuple[int, int]) -> bool:
        """Whether an equality holds both cells and does not notice that both change."""
        rows = dict(self._system.columns[one[0]])
        return any(
            row in rows and rows[row] * one[1] + coefficient * other[1] == 0
            for row, coefficient in self._system.columns[other[0]]
        )


def _cheapest(costs: Sequence[int], pairs: Mapping[tuple[int, int], tuple[int, str]]) -> int:
    """The least sum of costs, where some changes may be paired, each with one other."""
    best = sum(costs)
    for (first, second), (cost, _) in pairs.items():
        rest = {pair: joint for pair, joint in pairs.items() if not {first, second}.intersection(pair)}
        others = [0 if at in (first, second) else one for at, one in enumerate(costs)]
        best = min(best, cost + _cheapest(others, rest))
    return best
