"""The title of an article: portals print it above the text, in the text, in both, or only in the head of the page."""

from __future__ import annotations

from gilint.dates import find_dates
from gilint.late import late
from gilint.text import fold, similarity

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from gilint.readers.html.outline import Outline

LINES = 3
LONGEST, SHORTEST = 60, 6
ALIKE = 0.6
WIDER = 1.3
LOOKED_BACK = 40
LEAD = 8
LABELS = frozenset("：:>»/")
"""Marks that stand in trails and in particulars of a text, and in no title."""
YEAR = late(r"(?<!\d)20\d\d(?!\d)")


class Title:
    """A title that lines are compared with."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._characters = frozenset(text)

    def is_whole(self, text: str) -> bool:
        """Whether a text is this title, more or less so."""
        own = self._text
        if not SHORTEST <= len(text) <= LONGEST or len(text) > WIDER * len(own):
            return False
        if text == own or own in text:
            return True
        # Most lines have little in common with a title, and to look for that takes a tenth of the time.
        return len(self._characters.intersection(text)) * 2 > len(self._characters) and similarity(text, own) >= ALIKE

    def has(self, text: str) -> bool:
        """Whether a text is a part of this title."""
        return len(text) >= SHORTEST and text in self._text


def with_title(outline: Outline, kept: list[int], start: int, first: int, titles: Sequence[str]) -> list[int]:
    """The blocks ``kept`` with the title that stands above ``start``, and without the first of two in it.

    ``first`` is the first block of text, ``titles`` are those that the page gives itself.
    """
    dated = [title for title in titles if YEAR.search(title)]
    # A page's own title names the site as well.
    known = [Title(folded) for title in dated or titles if len(folded := fold(title)) >= SHORTEST]
    above = [at for at in range(max(0, start - LOOKED_BACK), start) if _may_be_title(outline, at)]
    printed = [Title(folded) for at in above if len(folded := fold(outline.text(at))) >= SHORTEST]
    inside = _printed(outline, [at for at in kept if at < first and _may_be_title(outline, at)], [*known, *printed])
    if inside:
        again = {at for lines in inside[:-1] for at in lines}
        return [at for at in kept if at not in again]
    outside = _printed(outline, above, known)
    headings = [lines for lines in outside if outline.blocks[lines[0]][3]]
    found = (headings or outside or [[]])[-1]
    if not dated:
        found = _dated(outline, above) or found or _heading(outline, above) or _lead(outline, start)
    # A page that knows a dated title and does not print it has it nowhere else.
    return [*found, *kept]


def _dated(outline: Outline, above: Sequence[int]) -> list[int]:
    """The last line above the text that tells a year and is no date, and the lines right above it."""
    for at in reversed(above):
        text = outline.text(at)
        if (
            YEAR.search(text)
            and len(text) > SHORTEST
            and LABELS.isdisjoint(text)
            and not any(date.month for date in find_dates(text))
        ):
            lines = [at]
            while len(lines) < LINES and lines[0] - 1 in above and not outline.left_out[lines[0] - 1]:
                lines.insert(0, lines[0] - 1)
            return lines
    return []


def _heading(outline: Outline, above: Sequence[int]) -> list[int]:
    """The lines of the last heading above the text."""
    lines: list[int] = []
    for at in reversed(above):
        if outline.blocks[at][3] and not outline.left_out[at]:
            if lines and at != lines[0] - 1:
                break
            lines.insert(0, at)
        elif lines:
            break
    return lines[-LINES:]


def _lead(outline: Outline, start: int) -> list[int]:
    """The lines right above the text: the title is among them if it is anywhere."""
    first = start
    while first > max(0, start - LEAD) and not outline.left_out[first - 1] and not outline.kinds[first - 1]:
        first -= 1
    return [at for at in range(first, start) if outline.is_shown(at, False)]


def _may_be_title(outline: Outline, at: int) -> bool:
    text = outline.text(at)
    heading = outline.blocks[at][3] > 0
    return 0 < len(text) <= LONGEST and not outline.kinds[at] and (heading or not outline.linked[at])


def _printed(outline: Outline, lines: Sequence[int], titles: Sequence[Title]) -> list[list[int]]:
    """The lines of each title that is printed among some lines: whole ones, or parts where there is no whole one."""
    texts = [fold(outline.text(at)) for at in lines]
    whole: list[list[int]] = []
    parts: list[list[int]] = []
    at = 0
    while at < len(lines):
        # A line that says it all is a title by itself, whatever stands beside it.
        for size in (1, *range(LINES, 1, -1)):
            joined = "".join(texts[at : at + size])
            if at + size <= len(lines) and any(title.is_whole(joined) for title in titles):
                whole.append(list(lines[at : at + size]))
                at += size
                break
        else:
            if any(title.has(texts[at]) for title in titles):
                parts.append([lines[at]])
            at += 1
    return whole or [[line for lines in parts for line in lines]] if whole or parts else []
