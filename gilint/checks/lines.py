"""The lines of prose: a line break within a paragraph ends whatever is said."""

from __future__ import annotations

from functools import lru_cache

from gilint.late import late
from gilint.model import Slice
from gilint.record import Record
from gilint.text import fold, fold_offsets

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from gilint.checks.matching import Hit
    from gilint.model import Passage

ROLES = ("preamble", "prose")
LONGEST_LINE = 5000
"""Characters; what is longer was not written as a paragraph, and reading it would cost its square."""

_SENTENCE = late(r"[。！？!?]|(?<![0-9])\.|\.(?![0-9])")


class Line(Record, hot=True):
    """A line of prose, folded: ``text`` has brackets in ASCII; ``at`` gives the place of a quantity."""

    passage: Passage
    text: str
    offsets: Sequence[int]
    units: tuple[str, ...]

    def at(self, start: int, end: int) -> Slice:
        return Slice(self.passage, self.offsets[start], self.offsets[end - 1] + 1)


def lines(hits: Sequence[Hit], units: tuple[str, ...]) -> Iterator[Line]:
    """The lines of prose with a hit, folded, each once."""
    for line, _ in told(hits):
        folded, offsets = _folded(line.text)
        yield Line(line.passage, folded, [line.start + offset for offset in offsets] if line.start else offsets, units)


# A dozen rules read the same few lines one after the other.
@lru_cache(maxsize=64)
def _folded(text: str) -> tuple[str, Sequence[int]]:
    return fold(text).replace("（", "(").replace("）", ")"), fold_offsets(text)


def told(hits: Sequence[Hit]) -> Iterator[tuple[Slice, list[Hit]]]:
    """The lines of prose with the hits in each, in the order in which paragraphs have their first hit.

    Every hit is looked at once, since a report may have ten thousand paragraphs, and a paragraph as many lines.
    """
    groups: dict[int, list[Hit]] = {}
    for hit in hits:
        groups.setdefault(hit.passage.index, []).append(hit)
    for group in groups.values():
        passage, start = group[0].passage, 0
        if passage.role not in ROLES:
            continue
        # The last hit of the line that is next comes last, where it costs nothing to take it away.
        waiting = sorted(group, key=lambda hit: hit.start, reverse=True)
        for text in passage.text.split("\n"):
            end = start + len(text)
            inside = []
            while waiting and waiting[-1].start <= end:
                hit = waiting.pop()
                if start <= hit.start and hit.end <= end:
                    inside.append(hit)
            if inside and len(text) <= LONGEST_LINE:
                yield Slice(passage, start, end), inside
            start = end + 1


def sentences(text: str) -> Iterator[tuple[int, int]]:
    start = 0
    for mark in _SENTENCE.finditer(text):
        yield start, mark.start()
        start = mark.end()
    yield start, len(text)
