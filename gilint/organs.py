"""Names of organs: whether two may mean the same one, when one of them is short.

A name is a chain of places and what stands in the last of them: 青河市 › 云山区 › 水务局. A short name leaves out
places in front, or abbreviates the rest; the last place tells the bureau of a city from that of its districts.
"""

from __future__ import annotations

from functools import lru_cache

from gilint.late import late
from gilint.text import fold

_PLACE = late("[^省市县区州旗盟镇乡]{1,12}?(?:街道|[省市县区州旗盟镇乡])")
_LEVELS = "省市县区州旗盟镇乡"
_LEFT_OUT = "人民"
"""What a name may do without."""
_LONGEST_ABBREVIATION = 6
PAIRS = 20_000
"""Pairs of names that are remembered: memory does not grow with a run."""


# A run sets the same names beside each other for every rule that compares reports.
@lru_cache(maxsize=PAIRS)
def may_be_one(name: str, other: str) -> bool:
    """Whether two names may mean one organ; an empty name may mean any."""
    short, full = sorted((fold(name).replace(_LEFT_OUT, ""), fold(other).replace(_LEFT_OUT, "")), key=len)
    if not short or _is_tail(short, full):
        return True
    places, rest = _parted(short)
    full_places, full_rest = _parted(full)
    return _is_short_for(rest, full_rest) and _may_be_there(places, full_places)


def _is_tail(short: str, full: str) -> bool:
    """Whether only places in front are left out: 市水务局 of 青河市水务局, 水务局 of 云山区水务局."""
    if not full.endswith(short):
        return False
    left_out = full[: len(full) - len(short)]
    whole = not left_out or left_out[-1] in _LEVELS or left_out.endswith("街道")
    return whole or short[0] in _LEVELS


def _parted(name: str) -> tuple[list[str], str]:
    """The places of a name, and what is left of it."""
    places, at = [], 0
    if name[:1] in _LEVELS and name[1:2] != "场":
        places, at = [name[0]], 1
    while (found := _PLACE.match(name, at)) is not None:
        places.append(found[0])
        at = found.end()
    return places, name[at:]


def _may_be_there(places: list[str], full: list[str]) -> bool:
    """Whether one chain of places leaves out some of the other, but not the last one; none at all may be any."""
    if not places or not full:
        return True
    if len(places) > len(full):
        places, full = full, places
    if not _may_be_place(places[-1], full[-1]):
        return False
    rest = iter(full)
    return all(any(_may_be_place(place, other) for other in rest) for place in places)


def _may_be_place(place: str, other: str) -> bool:
    return place.endswith(other) or other.endswith(place)


def _is_short_for(rest: str, full: str) -> bool:
    """Whether one is the other, or abbreviates it: 发改委 is 发展和改革委员会, but 教育局 is not 教育考试管理局."""
    short, long = sorted((rest, full), key=len)
    if not short or short == long:
        return True
    letters = iter(long)
    if len(short) > _LONGEST_ABBREVIATION or not all(letter in letters for letter in short):
        return False
    return short[0] == long[0] and not long.startswith(short[:-1])


def may_be_above(name: str, other: str) -> bool:
    """Whether an organ may stand above or below another one: that of a place around it, or of another level."""
    places, others = _parted(fold(name))[0], _parted(fold(other))[0]
    if not places or not others:
        return False
    around = places[: len(others)] == others or others[: len(places)] == places
    return (around and len(places) != len(others)) or _rank(places[-1]) != _rank(others[-1])


def _rank(place: str) -> int:
    """How far down a place is: those of one rank lie beside each other."""
    return next((rank for rank, marks in enumerate(("省", "市州盟", "县区旗")) if place[-1] in marks), 3)
