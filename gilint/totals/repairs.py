"""Differences that one report's own sums explain: it does not tie out, and would with the figure that is called for."""

from __future__ import annotations

from gilint.record import Record

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from gilint.totals.reading import Reading
    from gilint.totals.sheet import Sheet

    Left = Mapping[int, int]

PARENT = -1
MOST = 8
"""Cells that are wrong at once in one report; with more the sums say little."""


class Mended(Record):
    """A report (its number among the members, or PARENT) with the right figures by place; ``others`` fit as well."""

    member: int
    cells: Mapping[int, int]
    others: tuple[int, ...] = ()


def find_repair(sheet: Sheet, left: Left) -> Mended | None:
    """The repair of a report's own sums that explains most differences."""
    found = [one for number in (PARENT, *range(len(sheet.members))) for one in _of(sheet, left, number)]
    if not found:
        return None
    most = max(len(one.cells) for one in found)
    best = [one for one in found if len(one.cells) == most]
    same = [one.member for one in best[1:] if set(one.cells) == set(best[0].cells) and one.member != best[0].member]
    return best[0].replace(others=tuple(dict.fromkeys(same)))


def _of(sheet: Sheet, left: Left, number: int) -> Iterator[Mended]:
    reading = sheet.parent if number == PARENT else sheet.members[number]
    if reading is None or not reading.member.faults:
        return
    # What the parent has too much it must lose, and what it has more than its members one of them must gain.
    sign = -1 if number == PARENT else 1
    own = sheet.printed if number == PARENT else sheet.figures[number]
    for fault in reading.member.faults:
        for repair in fault.repairs:
            right = {sheet.place[cell[:3]]: int(cell[4] * sheet.scale) for cell in repair}
            if all(value - own[at] == sign * left.get(at, 0) for at, value in right.items()):
                yield Mended(number, right)
    bound = {sheet.place[key] for one in reading.bound for key in one.coefficients}
    called = {at: own[at] + sign * value for at, value in left.items() if at in bound}
    if 0 < len(called) <= MOST and _mends(sheet, reading, own, called):
        yield Mended(number, called)


def likeliest(sheet: Sheet) -> list[Mended]:
    """For each report that does not tie out its likeliest repair, whatever the total says of it."""
    found = []
    for number in (PARENT, *range(len(sheet.members))):
        reading = sheet.parent if number == PARENT else sheet.members[number]
        faults = () if reading is None else reading.member.faults
        cells = [cell for fault in faults for repair in fault.repairs[:1] for cell in repair]
        right = {sheet.place[cell[:3]]: int(cell[4] * sheet.scale) for cell in cells}
        if right and not any(at in sheet.unread for at in right):
            found.append(Mended(number, right))
    return found


def mended(sheet: Sheet, left: Left, repairs: Sequence[Mended]) -> dict[int, int]:
    """What would be left of the differences after repairs."""
    rest = dict(left)
    for one in repairs:
        own = sheet.printed if one.member == PARENT else sheet.figures[one.member]
        sign = 1 if one.member == PARENT else -1
        for at, value in one.cells.items():
            rest[at] = rest.get(at, 0) + sign * (value - own[at])
    return {at: value for at, value in rest.items() if value}


def _mends(sheet: Sheet, reading: Reading, own: list[int], right: Mapping[int, int]) -> bool:
    """Whether these figures make all equalities hold that have one of them, some of which fail."""
    failing = 0
    for one in reading.bound:
        terms = [(sheet.place[key], factor) for key, factor in one.coefficients.items()]
        if not any(at in right for at, _ in terms) or any(at in sheet.unread for at, _ in terms):
            continue
        constant = one.constant * sheet.scale
        failing += sum(factor * own[at] for at, factor in terms) != constant
        if sum(factor * right.get(at, own[at]) for at, factor in terms) != constant:
            return False
    return failing > 0
