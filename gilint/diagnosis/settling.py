"""What blank cells mean for the search.

A blank among the parts of a sum reads 0 and may be filled. A blank total whose parts are not 0 is not known: it has to
be filled anyway, and there may be many such. So it is eliminated: two equalities with the same unknown say together
what each alone does not. What it must hold follows from the other figures in the end.
"""

from __future__ import annotations

from math import gcd

from gilint.linear import compile_system

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from gilint.arithmetic import CellKey, Equality
    from gilint.linear import System

    Parts = dict[int, int]


def identity(one: Equality) -> object:
    """What an equality says, whoever states it."""
    return frozenset(one.coefficients.items()), one.constant


def total_of(one: Equality) -> CellKey | None:
    """The cell that is the sum of the others: the equality's own one, if it alone stands on its side."""
    own = one.coefficients.get(one.at)
    if own is None or len(one.coefficients) < 2:
        return None
    alone = all(factor * own < 0 for key, factor in one.coefficients.items() if key != one.at)
    return one.at if alone else None


class Settlement:
    """A system without its unknown totals. Its ``system`` names cells by their position in the whole one."""

    def __init__(self, whole: System, unknown: Mapping[int, int]) -> None:
        """``unknown`` maps the totals to the row that each is the total of."""
        rows: dict[int, tuple[Parts, int]] = {
            number: (dict(row), constant)
            for number, (row, constant) in enumerate(zip(whole.rows, whole.constants, strict=True))
        }
        self._pivots: list[tuple[int, Parts, int]] = []
        for cell, own in unknown.items():
            # The row may have been used up for another total that it holds too.
            number = (
                own if own in rows and cell in rows[own][0] else next((at for at in rows if cell in rows[at][0]), None)
            )
            if number is not None:
                pivot = rows.pop(number)
                self._pivots.append((cell, *pivot))
                rows = {at: _without(row, cell, pivot) for at, row in rows.items()}
        self.system = compile_system([row for row in rows.values() if row[0]])

    def fills(self, values: Sequence[int], changes: Mapping[int, int]) -> dict[int, int] | None:
        """What the unknown totals must hold after these changes; ``None`` if one would be no count at all."""
        known: dict[int, int] = {}
        for cell, row, constant in reversed(self._pivots):
            rest = constant - sum(
                factor * known.get(other, values[other] + changes.get(other, 0))
                for other, factor in row.items()
                if other != cell
            )
            value, left_over = divmod(rest, row[cell])
            if left_over or value < 0:
                return None
            known[cell] = value
        return known


def _without(row: tuple[Parts, int], cell: int, pivot: tuple[Parts, int]) -> tuple[Parts, int]:
    """``row`` with ``cell`` eliminated by means of ``pivot``, in whole numbers."""
    own = row[0].get(cell)
    if not own:
        return row
    factor = pivot[0][cell]
    combined = {other: factor * value for other, value in row[0].items()}
    for other, value in pivot[0].items():
        combined[other] = combined.get(other, 0) - own * value
    constant = factor * row[1] - own * pivot[1]
    divisor = gcd(constant, *combined.values()) or 1
    return {other: value // divisor for other, value in combined.items() if value}, constant // divisor
