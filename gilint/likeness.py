"""What two texts have in common, in time that grows with their length: stretches word for word, and texts alike.

Both take plain strings. What of a report is compared, and where it stands, is for the caller to say.
"""

from __future__ import annotations

from functools import lru_cache

from gilint.record import Record
from gilint.text import similarity

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

PLACES = 4
"""Places of the other text that are looked at for one gram: what is said again and again must not cost its square."""
BLOCK = 32
SHINGLE = 3
RAREST, CANDIDATES = 6, 4
"""Shingles of a text that are looked up, the rarest ones, and texts that are compared with it."""


class Stretch(Record, hot=True):
    """``length`` characters that stand at ``start`` of one text and at ``other`` of the other; offsets as sliced."""

    start: int
    other: int
    length: int


# --- word for word ----------------------------------------------------------------------------------------------------


# Rules with other limits ask for the same two texts, one after another.
@lru_cache(maxsize=4)
def stretches(text: str, other: str, least: int) -> tuple[Stretch, ...]:
    """Stretches of ``text``, in order and apart, of at least ``least`` characters, that stand in ``other`` as well.

    Every such stretch holds one of the grams that ``other`` is cut into, so only those are kept.
    """
    size = (least + 1) // 2
    step = least - size + 1
    grams = _grams(other, size, step)
    found: list[Stretch] = []
    at, end = 0, 0
    while at <= len(text) - size:
        best = None
        if text[at : at + size] in grams:
            # A longer stretch through this place may show in the grams that follow only.
            around = (
                _stretch(text, other, near, place, end)
                for near in range(at, min(at + step, len(text) - size + 1))
                for place in grams.get(text[near : near + size], ())
            )
            best = max(around, key=lambda stretch: stretch.length)
        if best is None or best.length < least:
            at += 1
        else:
            found.append(best)
            at = end = best.start + best.length
    return tuple(found)


def _grams(text: str, size: int, step: int) -> dict[str, list[int]]:
    grams: dict[str, list[int]] = {}
    for at in range(0, len(text) - size + 1, step):
        places = grams.setdefault(text[at : at + size], [])
        if len(places) < PLACES:
            places.append(at)
    return grams


def _stretch(text: str, other: str, at: int, place: int, first: int) -> Stretch:
    """The whole stretch around a common place; it does not reach back before ``first``."""
    back = 0
    while at - back > first and place > back and text[at - back - 1] == other[place - back - 1]:
        back += 1
    return Stretch(at - back, place - back, back + _common(text, other, at, place))


def _common(text: str, other: str, at: int, place: int) -> int:
    """How many characters are the same from two places on."""
    most = min(len(text) - at, len(other) - place)
    length = 0
    while length < most and text[at + length : at + length + BLOCK] == other[place + length : place + length + BLOCK]:
        length += BLOCK
    length = min(length, most)
    while length < most and text[at + length] == other[place + length]:
        length += 1
    return length


# --- alike ------------------------------------------------------------------------------------------------------------


def most_alike(texts: Sequence[str], others: Sequence[str], least: float) -> Iterator[tuple[int, int, float]]:
    """For each of ``texts`` that has one, the first of ``others`` that is most alike: both numbers, and how alike.

    Only pairs as alike as ``least`` (0 to 1) are given, and of many texts with the same words only some are looked at.
    """
    same: dict[str, int] = {}
    for number, other in enumerate(others):
        same.setdefault(other, number)
    known: dict[str, list[int]] = {}
    for other, number in same.items():
        for shingle in _shingles(other):
            known.setdefault(shingle, []).append(number)
    for number, text in enumerate(texts):
        if text in same:
            yield number, same[text], 1.0
            continue
        pairs = [(similarity(text, others[one]), -one) for one in _candidates(text, known)]
        alike, one = max(pairs, default=(0.0, 0))
        if alike >= least:
            yield number, -one, alike


def _shingles(text: str) -> set[str]:
    return {text[at : at + SHINGLE] for at in range(len(text) - SHINGLE + 1)}


def _candidates(text: str, known: dict[str, list[int]]) -> list[int]:
    """The texts that share the most of the rarest shingles of this one."""
    own = sorted((len(known[shingle]), shingle) for shingle in _shingles(text) if shingle in known)
    shared: dict[int, int] = {}
    for _, shingle in own[:RAREST]:
        for number in known[shingle][: CANDIDATES * BLOCK]:
            shared[number] = shared.get(number, 0) + 1
    return sorted(shared, key=lambda number: (-shared[number], number))[:CANDIDATES]
