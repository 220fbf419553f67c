"""How people err when they type figures: what it costs to believe that one number was meant where another stands.

Costs only order answers that all satisfy the equations; they never decide what is an answer.
"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

# The kinds of slips, the likeliest first.
BLANK = "blank"
TWICE = "twice"
ALIKE = "alike"
SWAPPED = "swapped"
SUBSTITUTED = "substituted"
MISCOUNTED = "miscounted"
UNFILLED = "unfilled"
ANY = "any"

COST = {BLANK: 5, TWICE: 8, ALIKE: 9, SWAPPED: 10, SUBSTITUTED: 11, MISCOUNTED: 12, UNFILLED: 12, ANY: 25}
LOOK_ALIKE = frozenset(map(frozenset, ("17", "38", "56", "06", "08")))
"""Digits that are taken for each other in print or by a scanner."""

EXCHANGED = 12
"""Two neighbouring cells hold each other's figures, or one holds the other's while that is 0: one slip, two cells."""
TRANSFERRED = 4
"""An amount stands in the wrong one of two cells of a line: one slip, and so much for the other cell."""
REPEATED = 5
"""The same amount is missing, or too much, in a part and in its total: one slip, and so much for what followed."""
SHIFTED = 13
"""A run of neighbouring cells holds the figures of the next one."""


def slip(before: int, after: int) -> str:
    """The kind of slip that would make ``before`` of ``after``."""
    old, new = str(before), str(after)
    if len(old) == len(new):
        wrong = [at for at in range(len(old)) if old[at] != new[at]]
        if not wrong:
            return ANY
        first, last = wrong[0], wrong[-1]
        if first == last:
            return ALIKE if frozenset((old[first], new[first])) in LOOK_ALIKE else SUBSTITUTED
        if last == first + 1 and old[first] == new[last] and old[last] == new[first]:
            return SWAPPED
    elif _one_digit_more(*sorted((old, new), key=len)):
        return MISCOUNTED
    return UNFILLED if before == 0 else ANY


def _one_digit_more(short: str, long: str) -> bool:
    if len(long) != len(short) + 1:
        return False
    same = 0
    while same < len(short) and short[same] == long[same]:
        same += 1
    return short[same:] == long[same + 1 :]


def likely(value: int) -> Iterator[int]:
    """The numbers that one slip makes of a number of either sign, and back; each once, in no telling order."""
    text = str(abs(value))
    found: dict[str, None] = {}
    for at in range(len(text) + 1):
        before, after = text[:at], text[at:]
        found.update((before + digit + after, None) for digit in "0123456789")
        if after:
            found.update((before + digit + after[1:], None) for digit in "0123456789")
            found[before + after[1:]] = None
        if len(after) > 1:
            found[before + after[1] + after[0] + after[2:]] = None
    sign = -1 if value < 0 else 1
    numbers = {sign * int(one): None for one in found if one and (one[0] != "0" or one == "0")}
    return iter(number for number in {0: None, **numbers} if number != value)
