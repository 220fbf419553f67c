"""Linear equalities over named cells, compiled once to sparse rows over positions.

Nothing here knows what the cells are: a table, a year or a chain of years are all the same to it.
"""

from __future__ import annotations

from gilint.record import Record

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from typing import Any

    Key = Any  # hashable; each caller names cells in its own way
    Row = tuple[tuple[int, int], ...]


class System(Record):
    """Equalities ``sum of coefficient × cell = constant``, over cells that are known by their position.

    ``rows`` holds for each equality its (cell, coefficient) pairs, ``columns`` for each cell its (equality,
    coefficient) pairs. Equalities of one ``family`` share no cell, so that one wrong cell breaks at most one equality
    of each; families are numbered from 0.
    """

    cells: tuple[Key, ...]
    rows: tuple[Row, ...]
    constants: tuple[int, ...]
    columns: tuple[Row, ...]
    family: tuple[int, ...]

    def residuals(self, values: Sequence[int]) -> list[int]:
        """What the changes must add up to for each equality to hold."""
        return [
            constant - sum([coefficient * values[cell] for cell, coefficient in row])
            for row, constant in zip(self.rows, self.constants, strict=True)
        ]


def compile_system(equations: Sequence[tuple[Mapping[Key, int], int]]) -> System:
    """A system of (coefficients, constant); its cells are in the order in which they are first named."""
    position: dict[Key, int] = {}
    rows = [
        tuple((position.setdefault(key, len(position)), coefficient) for key, coefficient in row.items() if coefficient)
        for row, _ in equations
    ]
    columns: list[list[tuple[int, int]]] = [[] for _ in position]
    for number, row in enumerate(rows):
        for cell, coefficient in row:
            columns[cell].append((number, coefficient))
    constants = tuple(constant for _, constant in equations)
    return System(tuple(position), tuple(rows), constants, tuple(map(tuple, columns)), _families(rows, len(position)))


def _families(rows: Sequence[Row], cells: int) -> tuple[int, ...]:
    """For each row the first family in which no row has a cell with it in common."""
    taken = [0] * cells
    family = []
    for row in rows:
        used = 0
        for cell, _ in row:
            used |= taken[cell]
        first = (~used & (used + 1)).bit_length() - 1
        family.append(first)
        for cell, _ in row:
            taken[cell] |= 1 << first
    return tuple(family)


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
        leader[position] = leader[leader[position]]
        position = leader[position]
    return position
