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
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
    from typing import Any

    Key = Any  # hashable; each caller names cells in its own way
    Row = tuple[dict[Key, int], int]

MOST = 3
ANSWERS = 10
STEPS = 50_000

# What a slip costs; only the order counts. The usual slips are cheap, any other change is not.
FILLED, LOOKS_ALIKE, SWAPPED, SUBSTITUTED, MISCOUNTED, MOVED, ANY = 5, 9, 10, 11, 12, 12, 25
ALIKE = frozenset(map(frozenset, ("17", "38", "56", "06", "08")))


class Freedom(Record):
    """How a cell may change: the least that it may become (``None``: no bound), and in multiples of what.

    ``blank`` cells are filled rather than changed, which is the likelier slip.
    """

    minimum: int | None = 0
    step: int = 1
    blank: bool = False


COUNT = Freedom()


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
    values: Mapping[Key, int],
    equations: Sequence[tuple[Mapping[Key, int], int]],
    *,
    freedom: Callable[[Key], Freedom] = lambda _key: COUNT,
    adjacent: Callable[[Key, Key], bool] = lambda _one, _other: False,
    most: int = MOST,
    answers: int = ANSWERS,
    steps: int = STEPS,
) -> Answer:
    """The sets of fewest cells whose change satisfies all ``equations``: (coefficients, constant) each.

    ``adjacent`` tells whether a figure easily slips from one cell into the other.
    """
    rows = [_residual(values, coefficients, constant) for coefficients, constant in equations]
    if all(residual == 0 for _, residual in rows):
        return Answer((), "none")
    search = _Search(values, freedom, steps)
    try:
        for size in range(1, most + 1):
            found = list(search.supports(rows, [], size, frozenset()))
            if found:
                repairs = [_repair(values, change, freedom, adjacent) for change in found]
                order = {key: position for position, key in enumerate(values)}
                repairs.sort(key=lambda one: (one.cost, _extent(one), [order[key] for key, *_ in one.changes]))
                return Answer(tuple(repairs[:answers]))
    except OutOfSteps:
        return Answer((), "steps")
    return Answer((), "more")


def components(equations: Sequence[Iterable[Key]]) -> list[list[int]]:
    """The equations, as positions, in groups that share no cell; groups and positions in order."""
    leader = list(range(len(equations)))
    first: dict[Key, int] = {}
    for position, cells in enumerate(equations):
        for key in cells:
            one, other = _follow(leader, first.setdefault(key, position)), _follow(leader, position)
            leader[max(one, other)] = min(one, other)
    groups: dict[int, list[int]] = {}
    for position in range(len(equations)):
        groups.setdefault(_follow(leader, position), []).append(position)
    return list(groups.values())


def _follow(leader: list[int], position: int) -> int:
    while leader[position] != position:
        position = leader[position]
    return position


def _residual(values: Mapping[Key, int], coefficients: Mapping[Key, int], constant: int) -> Row:
    """An equation over the changes: what they must add up to, each times its coefficient."""
    own = {key: coefficient for key, coefficient in coefficients.items() if coefficient}
    return own, constant - sum(coefficient * values[key] for key, coefficient in own.items())


# --- searching ----------------------------------------------------------------------------------------------------


class _Search:
    """Counts its steps; a step is a look at one cell of one equation."""

    def __init__(self, values: Mapping[Key, int], freedom: Callable[[Key], Freedom], steps: int) -> None:
        self.values = values
        self.freedom = freedom
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
            free = self.freedom(cell)
            if left_over or not change or change % free.step:
                return
            if free.minimum is not None and self.values[cell] + change < free.minimum:
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
    values: Mapping[Key, int],
    changes: Mapping[Key, int],
    freedom: Callable[[Key], Freedom],
    adjacent: Callable[[Key, Key], bool],
) -> Repair:
    cells = [key for key in values if key in changes]
    after = {cell: values[cell] + changes[cell] for cell in cells}
    single = {cell: FILLED if freedom(cell).blank else slip(values[cell], after[cell]) for cell in cells}
    # A figure in the neighbouring cell is one slip, though two cells are wrong.
    saved = [
        single[one] + single[other] - MOVED
        for one, other in combinations(cells, 2)
        if changes[one] == -changes[other] and adjacent(one, other)
    ]
    return Repair(tuple((cell, values[cell], after[cell]) for cell in cells), sum(single.values()) - max([0, *saved]))


def _extent(repair: Repair) -> int:
    return sum(abs(after - before) for _, before, after in repair.changes)
