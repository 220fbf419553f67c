"""The fewest cells whose change satisfies all equalities: exact, bounded, and without any knowledge of tables.

Sets of one cell are looked for first, then of two, and so on, so every set that is found is a smallest one. In such a
set either some equality contains exactly one of its cells, a *leaf*: the equality is violated, and its residual is the
change of that cell, which is then done with. Or each equality that the set touches contains two of its cells or more:
such a *closed* set is built up from a violated equality and solved as a whole. Both are followed everywhere, so no
smallest set is missed. Two things keep that cheap: equalities of one family share no cell, so there cannot be more
violated ones in a family than cells are left; and where there are nearly as many, a leaf must be among a few of them.
"""

from __future__ import annotations

from itertools import islice

from gilint.lattice import solutions
from gilint.record import Record
from gilint.slips import likely

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from gilint.linear import Row, System

    Changes = tuple[tuple[int, int], ...]

MOST = 8
"""Beyond four cells other answers may be as short as the truth; beyond eight that is no rarity."""
CLOSED = 4
"""Closed sets of more cells are not looked for: they are as rare as they are many."""
STEPS = 100_000
"""Some tenths of a second at the very most."""
WAYS = 3
"""Of a set of cells that can change in several ways, so many ways are kept, those nearest to what is printed."""
TRIED = 200
EVERY = 1024


class Cells(Record):
    """How the cells of a system may change, by their position.

    ``values`` are what they hold, ``minimum`` the least that they may hold (``None``: no bound), ``step`` what a change
    is a multiple of, ``pinned`` those that stay as they are.
    """

    values: Sequence[int]
    minimum: Sequence[int | None]
    step: Sequence[int]
    pinned: frozenset[int] = frozenset()


class Answer(Record):
    """All smallest sets of changes, each as (cell, change) in the order of the cells.

    Without any ``reason`` says why: ``none`` (nothing is violated), ``more`` (it takes more cells than allowed),
    ``steps`` (the work was cut short) or ``interrupted``. ``least`` is a number of cells that it takes at least.
    """

    changes: tuple[Changes, ...]
    reason: str = ""
    least: int = 0


class CutShort(Exception):
    """The search has used up its steps, or was told to stop."""


class Budget:
    """The work that may be done, in steps; a step is a look at one cell. Several searches may share one."""

    def __init__(self, steps: int = STEPS, interrupted: Callable[[], bool] = lambda: False) -> None:
        self._left = steps
        self._interrupted = interrupted
        self._next_look = steps

    def spend(self, steps: int) -> None:
        """Take ``steps`` off; raises :class:`CutShort` when there are none left, or ``interrupted`` says so."""
        self._left -= steps
        if self._left < self._next_look:
            self._next_look = self._left - EVERY
            if self._interrupted():
                raise CutShort("interrupted")
        if self._left < 0:
            raise CutShort("steps")


def find_changes(system: System, cells: Cells, *, most: int = MOST, budget: Budget | None = None) -> Answer:
    """All sets of fewest cells, up to ``most``, whose change satisfies the system.

    No set of up to four cells is missed, and of larger ones only those that hold a closed set of more than four. When
    the ``budget`` is used up, the search ends without an answer for the size of sets that it was at.
    """
    search = _Search(system, cells, budget or Budget())
    if not search.violated:
        return Answer((), "none")
    least = max(1, *search.count)
    for size in range(least, most + 1):
        try:
            search.run(size)
        except CutShort as cut:
            return Answer((), str(cut), size)
        if search.found:
            return Answer(tuple(search.found), "", size)
    return Answer((), "more", max(least, most + 1))


class _Search:
    """The state of a search: residuals with the changes supposed so far applied, and which equalities they violate."""

    def __init__(self, system: System, cells: Cells, budget: Budget) -> None:
        self.system = system
        self.cells = cells
        self.spend = budget.spend
        self.rows = _free(system.rows, cells.pinned) if cells.pinned else system.rows
        # What none of its cells can mend is a dead end as soon as it is violated.
        self.fixed = frozenset(row for row, free in enumerate(self.rows) if not free)
        self.residuals = system.residuals(cells.values)
        self.violated = {row for row, residual in enumerate(self.residuals) if residual}
        self.count = [0] * (max(system.family, default=0) + 1)
        for row in self.violated:
            self.count[system.family[row]] += 1
        self.chosen: dict[int, int] = {}
        self.found: dict[Changes, None] = {}
        self.seen: set[frozenset[tuple[int, int]]] = set()
        self.grown: set[frozenset[int]] = set()

    def run(self, size: int) -> None:
        self.seen.clear()
        self._peel(size)

    def _found(self, changes: Iterable[tuple[int, int]]) -> None:
        self.found[tuple(sorted(changes))] = None

    # --- leaves -----------------------------------------------------------------------------------------------------

    def _peel(self, left: int) -> None:
        """Finds all sets of exactly ``left`` more cells, beside the chosen ones."""
        if not self.violated or max(self.count) > left or not self.fixed.isdisjoint(self.violated):
            return
        if left == 1:
            self._last()
            return
        state = frozenset(self.chosen.items())
        if state in self.seen:
            return
        self.seen.add(state)
        self._closed(left)
        for row in self._branches(left):
            residual = self.residuals[row]
            self.spend(len(self.rows[row]))
            for cell, coefficient in self.rows[row]:
                change, rest = divmod(residual, coefficient)
                if not rest and self._may_change(cell, change):
                    self._suppose(cell, change)
                    self._peel(left - 1)
                    self._take_back(cell, change)

    def _last(self) -> None:
        """The single cells that stand in just the violated equalities, in the proportion of their residuals."""
        violated, residuals, columns = len(self.violated), self.residuals, self.system.columns
        row = self._shortest(self.violated)
        self.spend(len(self.rows[row]))
        for cell, coefficient in self.rows[row]:
            column = columns[cell]
            if len(column) != violated:
                continue
            change, rest = divmod(residuals[row], coefficient)
            if rest or any(residuals[other] != change * own for other, own in column):
                continue
            if self._may_change(cell, change):
                self._found([*self.chosen.items(), (cell, change)])

    def _branches(self, left: int) -> list[int]:
        """Violated equalities among which there is a leaf, if there is any; as few and as short as possible.

        Where ``left`` cells break ``n`` equalities of one family, at most ``left - n`` of these contain more than one
        of the cells. So one more than that many hold a leaf.
        """
        if max(self.count) == 1:
            return sorted(self.violated)
        best: list[int] = []
        least = 0
        families: dict[int, list[int]] = {}
        for row in sorted(self.violated):
            families.setdefault(self.system.family[row], []).append(row)
        for rows in families.values():
            needed = left - len(rows) + 1
            if needed > len(rows):
                continue
            shortest = sorted(rows, key=lambda row: len(self.rows[row]))[:needed]
            work = sum(len(self.rows[row]) for row in shortest)
            if not best or work < least:
                best, least = shortest, work
        return best or [row for rows in families.values() for row in rows]

    def _shortest(self, rows: Iterable[int]) -> int:
        return min(rows, key=lambda row: (len(self.rows[row]), row))

    def _may_change(self, cell: int, change: int) -> bool:
        cells = self.cells
        if not change or change % cells.step[cell] or cell in self.chosen:
            return False
        minimum = cells.minimum[cell]
        return minimum is None or cells.values[cell] + change >= minimum

    def _suppose(self, cell: int, change: int) -> None:
        self.chosen[cell] = change
        self._apply(cell, change)

    def _take_back(self, cell: int, change: int) -> None:
        del self.chosen[cell]
        self._apply(cell, -change)

    def _apply(self, cell: int, change: int) -> None:
        residuals, family = self.residuals, self.system.family
        for row, coefficient in self.system.columns[cell]:
            before = residuals[row]
            after = residuals[row] = before - coefficient * change
            if not before:
                self.violated.add(row)
                self.count[family[row]] += 1
            elif not after:
                self.violated.discard(row)
                self.count[family[row]] -= 1

    # --- closed sets ------------------------------------------------------------------------------------------------

    def _closed(self, left: int) -> None:
        """Finds the closed sets of ``left`` cells: such a set breaks at most half as many equalities of a family."""
        if left <= CLOSED and max(self.count) <= left // 2:
            self.grown.clear()
            self._grow((), {}, left)

    def _grow(self, cells: tuple[int, ...], touched: dict[int, int], left: int) -> None:
        """Adds cells until each violated equality is touched, and each touched one twice."""
        system = self.system
        open_rows = [row for row in self.violated if row not in touched]
        open_rows += [row for row, times in touched.items() if times == 1]
        if not open_rows and not left:
            self._solve(cells, sorted(touched))
        if not left or not self._can_close(open_rows, left):
            return
        if open_rows:
            candidates: Iterable[int] = (cell for cell, _ in self.rows[self._shortest(open_rows)])
        else:
            candidates = dict.fromkeys(cell for row in sorted(touched) for cell, _ in self.rows[row])
        for cell in candidates:
            self.spend(1)
            if cell in cells or cell in self.chosen:
                continue
            grown = frozenset((*cells, cell))
            if grown not in self.grown:
                self.grown.add(grown)
                more = dict(touched)
                for row, _ in system.columns[cell]:
                    more[row] = more.get(row, 0) + 1
                self._grow((*cells, cell), more, left - 1)

    def _can_close(self, rows: Sequence[int], left: int) -> bool:
        """Whether ``left`` cells could touch all these rows, as each touches one of a family at most."""
        count: dict[int, int] = {}
        for row in rows:
            family = self.system.family[row]
            count[family] = count.get(family, 0) + 1
            if count[family] > left:
                return False
        return True

    def _solve(self, cells: tuple[int, ...], rows: Sequence[int]) -> None:
        """The changes of all ``cells`` at once, the nearest to what is printed first where there are many."""
        known = self.cells
        steps = [known.step[cell] for cell in cells]
        coefficients = [dict(self.system.rows[row]) for row in rows]
        matrix = [[own.get(cell, 0) * step for cell, step in zip(cells, steps, strict=True)] for own in coefficients]
        lowest = [
            None if minimum is None else -((known.values[cell] - minimum) // step)
            for cell, step in zip(cells, steps, strict=True)
            for minimum in (known.minimum[cell],)
        ]
        plausible = [
            [(value - known.values[cell]) // step for value in likely(known.values[cell])]
            for cell, step in zip(cells, steps, strict=True)
        ]
        found = []
        sums = [self.residuals[row] for row in rows]
        for solution in islice(solutions(matrix, sums, lowest, plausible, self.spend), TRIED):
            found.append(tuple(change * step for change, step in zip(solution, steps, strict=True)))
        for changes in sorted(found, key=lambda one: (sum(map(abs, one)), one))[:WAYS]:
            self._found([*self.chosen.items(), *zip(cells, changes, strict=True)])


def _free(rows: Iterable[Row], pinned: frozenset[int]) -> tuple[Row, ...]:
    """The equalities without the cells that stay as they are."""
    return tuple(tuple(one for one in row if one[0] not in pinned) for row in rows)
