"""What binds where cells are blank: a blank among the parts of a sum is 0 until it must be filled, a blank total is not
known unless its parts are 0 too.

An unknown total says nothing by itself; but two equalities with the same unknown say together what each alone does
not. So unknown totals are eliminated, and what remains binds the cells that can be read.
"""

from __future__ import annotations

from math import gcd

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from gilint.arithmetic import CellKey, Equality, Number

    Values = Mapping[CellKey, "Number | None"]


def identity(one: Equality) -> object:
    """What an equality says, whoever states it."""
    return frozenset(one.coefficients.items()), one.constant


def settle(equalities: Sequence[Equality], values: Values) -> tuple[list[Equality], set[CellKey]]:
    """The equalities that bind cells with a number or read as 0, and which of these are blank.

    Equalities of cells that hold no number are left out, and unknown totals are eliminated from the others.
    """
    binding = [one for one in equalities if all(key in values for key in one.coefficients)]
    blank = {key for one in binding for key in one.coefficients if values[key] is None}
    for total in _unknown_totals(binding, values, blank):
        blank.discard(total)
        pivot = next((one for one in binding if one.at == total and total in one.coefficients), None)
        pivot = pivot or next((one for one in binding if total in one.coefficients), None)
        if pivot is not None:
            binding = [_without(one, total, pivot) for one in binding if one is not pivot]
    return [one for one in binding if one.coefficients], blank


def _unknown_totals(binding: Sequence[Equality], values: Values, blank: set[CellKey]) -> list[CellKey]:
    """Blank totals that are not 0: an equality of their own fails with blanks read as 0."""
    unknown: dict[CellKey, None] = {}
    for one in binding:
        if one.at in blank:
            total = sum(factor * (values[key] or 0) for key, factor in one.coefficients.items())
            if total != one.constant:
                unknown[one.at] = None
    return list(unknown)


def _without(one: Equality, key: CellKey, pivot: Equality) -> Equality:
    """``one`` with the cell ``key`` eliminated by means of ``pivot``, in whole numbers."""
    own = one.coefficients.get(key)
    if not own:
        return one
    factor = pivot.coefficients[key]
    combined = {cell: factor * value for cell, value in one.coefficients.items()}
    for cell, value in pivot.coefficients.items():
        combined[cell] = combined.get(cell, 0) - own * value
    constant = factor * one.constant - own * pivot.constant
    divisor = gcd(constant, *combined.values()) or 1
    coefficients = {cell: value // divisor for cell, value in combined.items() if value}
    return one.replace(coefficients=coefficients, constant=constant // divisor)
