"""The fewest cells whose change satisfies all equalities: exact, bounded, and without any knowledge of tables.

In a minimal repair some violated equation contains exactly one changed cell, or a combination of equations does. So
the search takes the violated equation with the fewest cells, supposes each of its cells in turn to be wrong, uses the
equation to eliminate that cell from all the others, and goes on with what is still violated. With one cell left to
choose, elimination is not needed: the cell must stand in just the violated equations, in the right proportion.

A repair is a set of cells whose new values follow from the equations. Every such set of up to ``most`` cells is found:
while cells of it are missing the rest is inconsistent, so one of them stands in whatever equation is still violated.
"""

from __future__ import annotations

from itertools import combinations
from math import gcd

from gilint.record import Record

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from typing import Any

    Key = Any  # hashable; each caller names cells in its own way
    Row = tuple[dict[Key, int], int]

MOST = 3
ANSWERS = 10
STEPS = 50_000

# What a slip costs; only the order counts. The usual slips are cheap, any other change is not.
FILLED, LOOKS_ALIKE, SWAPPED, SUBSTITUTED, MISCOUNTED, MOVED, ANY = 5, 9, 10, 11, 12, 12, 25
ALIKE = frozenset(map(frozenset, ("17", "38", "56", "06", "08")))


class Variable(Record):
    """A cell: its value, the least that it may become (``None``: no bound), and what it changes in multiples of."""

    value: int
    minimum: int | None = 0
    step: int = 1
    blank: bool = False


class Repair(Record):
    """Changes ``(cell, from, to)`` in the order of the cells, and what they cost."""

    changes: tuple[tuple[Key, int, int], ...]
    cost: int


class Answer(Record):
    """All minimal repairs, the likeliest first.

    Without repairs ``reason`` says why: ``none`` (nothing is violated), ``more`` (it takes more cells than were
    allowed) or ``steps`` (the work was cut short).
    """

    repairs: tuple[Repair, ...]
    reason: str = ""


class OutOfSteps(Exception):
    """The search has used up its work."""


def find_repairs(
    variables: Mapping[Key, Variable],
    equations: Sequence[tuple[Mapping[Key, int], int]],
    *,
    adjacent: Callable[[Key, Key], bool] = lambda _one, _other: False,
    most: int = MOST,
    answers: int = ANSWERS,
    steps: int = STEPS,
) -> Answer:
    """The sets of fewest cells whose change satisfies all ``equations``: (coefficients, constant) each.

    ``adjacent`` tells whether a figure easily slips from one cell into the other.
    """
    rows = [_residual(variables, coefficients, constant) for coefficients, constant in equations]
    if all(residual == 0 for _, residual in rows):
        return Answer((), "none")
    search = _Search(variables, steps)
    try:
        for size in range(1, most + 1):
            found = list(search.supports(rows, [], size, frozenset()))
            if found:
                order = {key: position for position, key in enumerate(variables)}
                repairs = [_repair(variables, change, order, adjacent) for change in found]
                repairs.sort(
                    key=lambda repair: (repair.cost, _extent(repair), [order[key] for key, *_ in repair.changes])
                )
                return Answer(tuple(repairs[:answers]))
    except OutOfSteps:
        return Answer((), "steps")
    return Answer((), "more")


def components(equations: Sequence[Mapping[Key, int]]) -> list[list[int]]:
    """The equations, as positions, in groups that share no cell; groups and positions in order."""
    groups: list[tuple[list[int], set[Key]]] = []
    for position, coefficients in enumerate(equations):
        cells = set(coefficients)
        touched = [group for group in groups if not cells.isdisjoint(group[1])]
        groups = [group for group in groups if cells.isdisjoint(group[1])]
        positions = sorted([position, *(known for group in touched for known in group[0])])
        groups.append((positions, cells.union(*(group[1] for group in touched))))
    return sorted(positions for positions, _ in groups)


def _residual(variables: Mapping[Key, Variable], coefficients: Mapping[Key, int], constant: int) -> Row:
    """An equation over the changes: what they must add up to, each times its coefficient."""
    total = sum(coefficient * variables[key].value for key, coefficient in coefficients.items())
    return {key: coefficient for key, coefficient in coefficients.items() if coefficient}, constant - total


# --- searching ----------------------------------------------------------------------------------------------------


class _Search:
    """Counts its steps; a step is a look at one cell of one equation."""

    def __init__(self, variables: Mapping[Key, Variable], steps: int) -> None:
        self.variables = variables
        self.steps = steps

    def supports(
        self, rows: list[Row], solved: list[tuple[Key, Row]], size: int, banned: frozenset[Key]
    ) -> Iterator[dict[Key, int]]:
        """Changes of exactly ``size`` more cells that satisfy ``rows``.

        ``solved`` are the cells supposed wrong so far, each with the equation that gives its change; ``banned`` cells
        have been supposed wrong before, so every set with them is known.
        """
        violated = [row for row in rows if row[1]]
        if not violated:
            # Fewer cells suffice here, and a smaller size has found them.
            return
        shortest = min(violated, key=lambda row: len(row[0]))
        tried = set(banned)
        for key in shortest[0]:
            if key in tried:
                continue
            tried.add(key)
            if size == 1:
                if self._satisfies(key, shortest, rows):
                    yield from self._change(key, shortest, solved)
            else:
                rest = [self._without(key, row, shortest) for row in rows if row is not shortest]
                earlier = [(known, self._without(key, row, shortest)) for known, row in solved]
                yield from self.supports(rest, [*earlier, (key, shortest)], size - 1, frozenset(tried))

    def _satisfies(self, key: Key, shortest: Row, rows: list[Row]) -> bool:
        """Whether one cell stands in just the violated equations, in the proportion of what they are off by."""
        coefficient, residual = shortest[0][key], shortest[1]
        self._step(len(rows))
        return all(row.get(key, 0) * residual == other * coefficient for row, other in rows)

    def _change(self, key: Key, last: Row, solved: list[tuple[Key, Row]]) -> Iterator[dict[Key, int]]:
        """The changes that follow for all cells, unless one is none, no whole step, or below the minimum."""
        changes: dict[Key, int] = {}
        for cell, (coefficients, residual) in (
            (key, last),
            *((known, self._without(key, row, last)) for known, row in solved),
        ):
            change, left_over = divmod(residual, coefficients[cell])
            variable = self.variables[cell]
            if left_over or not change or change % variable.step:
                return
            if variable.minimum is not None and variable.value + change < variable.minimum:
                return
            changes[cell] = change
        yield changes

    def _without(self, key: Key, row: Row, by: Row) -> Row:
        """``row`` with ``key`` eliminated by means of ``by``, in whole numbers."""
        coefficients, residual = row
        own = coefficients.get(key)
        if not own:
            return row
        self._step(len(by[0]) + len(coefficients))
        factor = by[0][key]
        combined = {cell: factor * value for cell, value in coefficients.items()}
        for cell, value in by[0].items():
            combined[cell] = combined.get(cell, 0) - own * value
        combined = {cell: value for cell, value in combined.items() if value}
        residual = factor * residual - own * by[1]
        divisor = gcd(residual, *combined.values()) or 1
        return {cell: value // divisor for cell, value in combined.items()}, residual // divisor

    def _step(self, count: int) -> None:
        self.steps -= count
        if self.steps < 0:
            raise OutOfSteps


# --- ranking ------------------------------------------------------------------------------------------------------


def slip(before: int, after: int) -> int:
    """What it costs to believe that ``after`` was meant where ``before`` is written."""
    old, new = str(before), str(after)
    if len(old) == len(new):
        wrong = [at for at in range(len(old)) if old[at] != new[at]]
        first, last = wrong[0], wrong[-1]
        if first == last:
            return LOOKS_ALIKE if frozenset((old[first], new[first])) in ALIKE else SUBSTITUTED
        if last == first + 1 and old[first] == new[last] and old[last] == new[first]:
            return SWAPPED
    short, long = sorted((old, new), key=len)
    if len(long) == len(short) + 1 and any(long[:at] + long[at + 1 :] == short for at in range(len(long))):
        return MISCOUNTED
    return ANY


def _repair(
    variables: Mapping[Key, Variable],
    changes: Mapping[Key, int],
    order: Mapping[Key, int],
    adjacent: Callable[[Key, Key], bool],
) -> Repair:
    cells = sorted(changes, key=order.__getitem__)
    values = {cell: (variables[cell].value, variables[cell].value + changes[cell]) for cell in cells}
    single = {cell: FILLED if variables[cell].blank else slip(*values[cell]) for cell in cells}
    cost = sum(single.values())
    # A figure in the neighbouring cell is one slip, though two cells are wrong.
    saved = [
        single[one] + single[other] - MOVED
        for one, other in combinations(cells, 2)
        if changes[one] == -changes[other] and adjacent(one, other)
    ]
    return Repair(tuple((cell, *values[cell]) for cell in cells), cost - max([0, *saved]))


def _extent(repair: Repair) -> int:
    return sum(abs(after - before) for _, before, after in repair.changes)
