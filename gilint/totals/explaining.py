"""Why a parent is not the sum of its members: who was left out, counted twice, or mistyped a figure.

Each step looks once at every figure of every member, so the work is linear in members and cells. A step takes away the
differences that it explains; what is left is looked at again, until no step finds anything.
"""

from __future__ import annotations

from gilint.totals.figures import explain_cells
from gilint.totals.naming import Namer
from gilint.totals.patterns import find_pattern
from gilint.totals.repairs import find_repair, likeliest, mended

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from gilint.totals.records import Explanation
    from gilint.totals.sheet import Sheet

ROUNDS = 20
"""Things that went wrong at once; with more, the figures tell nothing."""
WHOLE = 3
"""Cells that a difference has at least where it may be that of a whole report."""


def explain(sheet: Sheet, lacking: Sequence[str], lang: str) -> tuple[Explanation, ...]:
    """The explanations of all differences; ``lacking`` are the names of members that could not be added."""
    return tuple(_explanations(sheet, lacking, Namer(sheet, lang)))


def _explanations(sheet: Sheet, lacking: Sequence[str], namer: Namer) -> Iterator[Explanation]:
    left: Mapping[int, int] = sheet.differences
    for _ in range(ROUNDS):
        # A part of what looks like a whole report may be like that of a member by chance.
        pattern = find_pattern(sheet, left, apart=len(_tables(sheet, left)) == 1 or not _is_whole(sheet, left))
        if pattern is not None:
            yield namer.pattern(pattern)
            left = pattern.left
            continue
        repair = find_repair(sheet, left)
        if repair is None:
            break
        yield namer.repair(repair)
        left = {at: value for at, value in left.items() if at not in repair.cells}
    repairs = likeliest(sheet) if len(left) >= WHOLE else []
    rest = mended(sheet, left, repairs)
    if repairs and not (lacking and _is_more(left)) and _is_whole(sheet, rest):
        yield from (namer.repair(one, alone=True) for one in repairs)
        left = rest
    if lacking and _is_more(left):
        yield namer.missing(left, lacking)
    elif _is_amount(sheet, left):
        yield namer.amount(left)
    elif _is_whole(sheet, left):
        yield namer.missing(left, ())
    elif left:
        yield from explain_cells(sheet, left, namer)


def _tables(sheet: Sheet, left: Mapping[int, int]) -> set[str]:
    return {sheet.keys[at][0] for at in left}


def _is_more(left: Mapping[int, int]) -> bool:
    """Whether the parent has more, wherever it differs."""
    return bool(left) and all(value > 0 for value in left.values())


def _is_whole(sheet: Sheet, left: Mapping[int, int]) -> bool:
    """Whether the parent has more, and this looks like the figures of a whole report."""
    return len(left) >= WHOLE and _is_more(left) and _ties_out(sheet, left)


def _is_amount(sheet: Sheet, left: Mapping[int, int]) -> bool:
    """Whether one amount is too much, or missing, in cells of one table that depend on each other."""
    alike = len({abs(value) for value in left.values()}) == 1
    together = len(_tables(sheet, left)) == 1
    return len(left) >= WHOLE and alike and together and _ties_out(sheet, left)


def _ties_out(sheet: Sheet, left: Mapping[int, int]) -> bool:
    """Whether the differences hold the equalities of the parent by themselves, and there are some."""
    touched = [one for one in sheet.bound_of_parent if any(sheet.place.get(key) in left for key in one.coefficients)]
    return bool(touched) and all(
        sum(factor * left.get(sheet.place[key], 0) for key, factor in one.coefficients.items()) == 0 for one in touched
    )
