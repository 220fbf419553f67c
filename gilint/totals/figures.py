"""Differences in single cells that no sum explains: whose figure looks like a slip of the right one."""

from __future__ import annotations

from gilint.slips import ANY, COST, slip
from gilint.totals.repairs import PARENT

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from gilint.totals.naming import Namer
    from gilint.totals.records import Explanation
    from gilint.totals.sheet import Sheet

    Candidate = tuple[int, int, int]

CANDIDATES = 5
"""More than these tell nobody where to look."""
NEAR = 3
"""Slips that cost so much more than the likeliest are told as well."""
FEW = 4
"""Differences that are looked at one by one."""
OMITTED = 7
"""What it costs to believe that the parent left out one figure, or has it twice: a little less than a misprint."""
DIGIT = 12
"""What it costs more where the figures have a single digit: any of these looks like any other."""


def explain_cells(sheet: Sheet, left: Mapping[int, int], namer: Namer) -> Iterator[Explanation]:
    """An explanation for each of a few cells, one for all of many."""
    if len(left) > FEW:
        yield namer.unexplained(tuple(left))
        return
    for at, value in sorted(left.items()):
        likeliest = _likeliest(sheet, at, value)
        if not likeliest:
            yield namer.unexplained((at,))
        elif len(likeliest) > CANDIDATES:
            yield namer.too_many(at)
        else:
            yield namer.figure(at, likeliest)


def _likeliest(sheet: Sheet, at: int, value: int) -> list[Candidate]:
    """The reports whose figure is most easily a slip, as (number or PARENT, printed, right)."""
    priced: list[tuple[int, Candidate]] = []
    printed, total = sheet.printed[at], sheet.sums[at]
    priced.append((_cost(printed, total), (PARENT, printed, total)))
    for number, figures in enumerate(sheet.figures):
        own = figures[at]
        right = own + value
        if right >= 0 or own < 0:
            priced.append((_cost(own, right), (number, own, right)))
        if own and abs(own) == abs(value):
            # The parent may lack the figure, or have it twice; the member's own is to be looked at all the same.
            priced.append((OMITTED, (number, own, right)))
    likely = sorted((one for one in priced if one[0] < COST[ANY]), key=lambda one: one[0])
    if not likely:
        return []
    least = likely[0][0]
    near = list(dict.fromkeys(one for cost, one in likely if cost <= least + NEAR))
    return near if len(near) <= CANDIDATES else list(dict.fromkeys(one for cost, one in likely if cost == least))


def _cost(before: int, after: int) -> int:
    kind = slip(before, after)
    if kind == ANY:
        return COST[ANY]
    return COST[kind] + (DIGIT if max(abs(before), abs(after)) < 10 else 0)
