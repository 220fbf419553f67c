"""Differences that are the figures of whole members: left out of the parent, or counted twice in it."""

from __future__ import annotations

from gilint.record import Record

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from gilint.totals.sheet import Sheet

    Left = Mapping[int, int]

OMITTED, TWICE = -1, 1
"""What becomes of a member's figures in the differences."""
FEWEST = 2
"""Figures beside 0 by which a member is recognised."""
ENOUGH = 4
"""The same in a single table, and where some of them differ by something else besides."""
MOSTLY = 0.75
"""How much of a member's figures must be found where not all are."""
MIX = 0x9E3779B97F4A7C15
MASK = (1 << 20) - 1


class Pattern(Record):
    """Members whose figures, all with one ``sign``, make differences: OMITTED or TWICE.

    ``others`` have the same figures as the first of the ``members``. ``area`` is the table, or nothing for all.
    ``cells`` are the places that it explains in part at least, ``left`` is what remains of all differences.
    """

    sign: int
    members: tuple[int, ...]
    others: tuple[int, ...]
    area: str
    cells: tuple[int, ...]
    left: Left


def find_pattern(sheet: Sheet, left: Left, *, apart: bool = True) -> Pattern | None:
    """The members that explain most: exactly, in pairs, or but for a few cells.

    They do so in all tables; or in one of them, where these are to be looked at ``apart``.
    """
    if not left:
        return None
    tables: dict[str, list[int]] = {"": [at for at in range(len(sheet.keys)) if at not in sheet.unread]}
    for at in tables[""]:
        if apart and len(sheet.form.tables) > 1:
            tables.setdefault(sheet.keys[at][0], []).append(at)
    for name, area in tables.items():
        if sum(at in left for at in area) >= FEWEST:
            found = _in_area(sheet, left, name, area)
            if found is not None:
                return found
    return None


def _in_area(sheet: Sheet, left: Left, name: str, area: Sequence[int]) -> Pattern | None:
    wanted = tuple(left.get(at, 0) for at in area)
    figures = [tuple(own[at] for at in area) for own in sheet.figures]
    fewest = ENOUGH if name else FEWEST
    full = [number for number, own in enumerate(figures) if sum(map(bool, own)) >= fewest]
    for sign in (OMITTED, TWICE):
        target = tuple(sign * value for value in wanted)
        alike = [number for number in full if figures[number] == target]
        if alike:
            return _pattern(left, area, figures, sign, alike[:1], alike[1:], name)
        several = _pair(figures, full, target) or _forced(figures, full, target)
        if several:
            return _pattern(left, area, figures, sign, several, (), name)
    return _swapped(left, area, figures, full, name) or _mostly(left, area, figures, full, name)


def _pattern(
    left: Left,
    area: Sequence[int],
    figures: Sequence[Sequence[int]],
    sign: int,
    members: Iterable[int],
    others: Iterable[int],
    name: str,
) -> Pattern:
    members = tuple(members)
    rest = dict(left)
    cells = []
    for position, at in enumerate(area):
        share = sign * sum(figures[number][position] for number in members)
        if share:
            rest[at] = rest.get(at, 0) - share
            cells.append(at)
    remaining = {at: value for at, value in rest.items() if value}
    return Pattern(sign, members, tuple(others), name, tuple(cells), remaining)


def _pair(figures: Sequence[Sequence[int]], full: Sequence[int], target: Sequence[int]) -> list[int]:
    """Two members that together have the target."""
    wanted = _mixed(target)
    seen: dict[int, int] = {}
    for number in full:
        own = _mixed(figures[number])
        other = seen.get(wanted - own)
        if other is not None and _is_sum(target, figures[number], figures[other]):
            return [other, number]
        seen.setdefault(own, number)
    return []


def _swapped(
    left: Left, area: Sequence[int], figures: Sequence[Sequence[int]], full: Sequence[int], name: str
) -> Pattern | None:
    """A member that was counted twice in the place of another, which was left out."""
    wanted = tuple(left.get(at, 0) for at in area)
    seen = {_mixed(figures[number]): number for number in full}
    for number in full:
        other = seen.get(_mixed(figures[number]) - _mixed(wanted))
        if other is not None and _is_sum(figures[number], wanted, figures[other]):
            return _pattern(left, area, figures, TWICE, [number], (), name)
    return None


def _mixed(values: Sequence[int]) -> int:
    """A sum of fixed, odd multiples: that of two members together is the sum of theirs, so pairs can be looked up."""
    return sum(((at + 1) * MIX >> 13 & MASK) * value for at, value in enumerate(values) if value)


def _is_sum(whole: Sequence[int], one: Sequence[int], other: Sequence[int]) -> bool:
    return all(first + second == third for first, second, third in zip(one, other, whole, strict=True))


def _forced(figures: Sequence[Sequence[int]], full: Sequence[int], target: Sequence[int]) -> list[int]:
    """The members that together have the target, where there is one choice of them only.

    A member that has more than is left anywhere is none of them; where all that remain have just what is left, all who
    have something there are.
    """
    rest = list(target)
    if min(rest) < 0:
        return []
    chosen: list[int] = []
    open_to = list(full)
    while any(rest):
        open_to = [
            one for one in open_to if all(0 <= own <= most for own, most in zip(figures[one], rest, strict=True))
        ]
        sums = [sum(column) for column in zip(*(figures[one] for one in open_to), strict=True)]
        tight = {at for at, most in enumerate(rest) if most and sums and sums[at] == most}
        forced = [one for one in open_to if any(figures[one][at] for at in tight)]
        if not forced:
            return []
        chosen += forced
        open_to = [one for one in open_to if one not in forced]
        rest = [most - sum(figures[one][at] for one in forced) for at, most in enumerate(rest)]
        if min(rest) < 0:
            return []
    return sorted(chosen)


def _mostly(
    left: Left, area: Sequence[int], figures: Sequence[Sequence[int]], full: Sequence[int], name: str
) -> Pattern | None:
    """The member whose figures stand in most differences, although some differ by something else besides."""
    best: Pattern | None = None
    most = 0
    for number in full:
        own = figures[number]
        support = [position for position, value in enumerate(own) if value]
        for sign in (OMITTED, TWICE):
            hits = sum(left.get(area[position], 0) == sign * own[position] for position in support)
            if hits < ENOUGH or hits < MOSTLY * len(support):
                continue
            found = _pattern(left, area, figures, sign, [number], (), name)
            gain = len(left) - len(found.left)
            if gain > most and gain >= ENOUGH:
                best, most = found, gain
    return best
