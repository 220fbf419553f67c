"""The piece of source text that a finding speaks of, with the very characters marked."""

from __future__ import annotations

from gilint.model import Heading, Passage, Period, Section, Slice, UnreadRow
from gilint.record import Record
from gilint.reporters.layout import harmless
from gilint.text import clip, width

TYPE_CHECKING = False
if TYPE_CHECKING:
    from gilint.model import Finding


class Quote(Record):
    """A text and the part of it that is meant."""

    text: str
    start: int
    end: int


class Excerpt(Record):
    """One line of text in three parts, fit to be printed."""

    before: str
    hit: str
    after: str

    @property
    def text(self) -> str:
        return self.before + self.hit + self.after

    @property
    def carets(self) -> str:
        """What to print below: a mark under each cell of the hit, one where the hit takes no room."""
        return " " * width(self.before) + "^" * max(1, width(self.hit))


def quote(finding: Finding) -> Quote | None:
    """What to quote for a finding: the passage around its place; nothing for a whole report."""
    at = finding.at
    if isinstance(at, Section):
        at = at.heading
    if isinstance(at, Heading | UnreadRow | Period):
        at = at.at
    if isinstance(at, Slice):
        return Quote(at.passage.text, at.start, at.end)
    if isinstance(at, Passage):
        return Quote(at.text, 0, len(at.text))
    return None


def excerpt(quoted: Quote, cells: int) -> Excerpt:
    """The line of the hit, clipped around it to ``cells``. A hit that runs on is shown as far as its line goes."""
    text, start = quoted.text, quoted.start
    begin = text.rfind("\n", 0, start) + 1
    stop = text.find("\n", start)
    stop = len(text) if stop < 0 else stop
    end = min(max(quoted.end, start), stop)
    before, hit, after = (harmless(part) for part in (text[begin:start], text[start:end], text[end:stop]))
    # Something must stand behind each "…", or nobody could tell what was hit.
    hit = clip(hit, max(cells - 2, 1))
    return _around(before, hit, after, cells - max(1, width(hit)))


def _around(before: str, hit: str, after: str, room: int) -> Excerpt:
    """The text on both sides of the hit, half of the ``room`` each, but what one side leaves is the other's."""
    left = min(width(before), max(room // 2, room - width(after)))
    # Reversed, what is clipped is the beginning.
    return Excerpt(clip(before[::-1], left)[::-1], hit, clip(after, room - left))
