"""The characters of a page as runs: what pdfium finds side by side on a line, with the place of each character.

pdfium puts blanks and line ends between what it takes for words. Their places say more than its blanks, so only the
blanks that the document itself has are kept. What nobody sees is left out: outside of the page, too small, or white on
white.
"""

from __future__ import annotations

from collections import Counter
from itertools import pairwise
from math import pi

from gilint.late import late
from gilint.readers.pdf.characters import tidied
from gilint.readers.pdf.geometry import frame
from gilint.record import Record

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from gilint.readers.pdf.geometry import Box, Frame, Point
    from gilint.readers.pdf.pdfium import OpenPage

WORD = late(r"\S+")
WIDE = "\u2e80"
"""From here on characters take up a full em."""
QUARTERS: tuple[tuple[Point, Point], ...] = (
    ((1.0, 0.0), (0.0, -1.0)),
    ((0.0, -1.0), (-1.0, 0.0)),
    ((-1.0, 0.0), (0.0, 1.0)),
    ((0.0, 1.0), (1.0, 0.0)),
)
"""Directions to the right and down in the file, of text turned to the right by so many quarters."""
SAMPLES = 40
SMALLEST, LARGEST = 1.0, 1000.0
"""Sizes in points beyond which text is not meant to be read."""
SAME_LINE = 1.0
ASCENT, DESCENT = 0.88, 0.12
"""Where an ideograph has its upper and lower edge, in ems above and below its line."""
DARKEST_WHITE = 240
FARTHEST = 3.0
"""In ems: characters farther apart are not in one run."""


class Run(Record, hot=True):
    """Characters side by side on a line.

    ``lefts`` is where each begins, ``right`` where the last one ends, ``base`` the line that they stand on. An em is
    ``em`` wide and ``size`` high. ``lead`` is the white space that the document has before the run, ``turned`` says
    that it is not upright.
    """

    text: str
    lefts: Sequence[float]
    right: float
    base: float
    em: float
    size: float
    lead: str
    turned: bool

    @property
    def left(self) -> float:
        return self.lefts[0]

    @property
    def top(self) -> float:
        return self.base - ASCENT * self.size

    @property
    def bottom(self) -> float:
        return self.base + DESCENT * self.size

    def part(self, start: int, end: int) -> Run:
        """The run of some of the characters."""
        if start == 0 and end == len(self.text):
            return self
        right = self.right if end == len(self.text) else min(self.lefts[end], self.lefts[end - 1] + self.em)
        lead = self.lead if start == 0 else ""
        return self.replace(text=self.text[start:end], lefts=self.lefts[start:end], right=right, lead=lead)


class Writing(Record):
    """What is written on a page: its runs in the order of the file, and how much of it is not among them.

    ``shown`` is the frame of the page as programs show it, ``upright`` the one in which most of its text is upright,
    and in which the runs are. ``unmapped`` counts the characters of no known meaning, ``hidden`` the runs that are
    there and cannot be seen.
    """

    shown: Frame
    upright: Frame
    runs: list[Run]
    unmapped: int
    hidden: int


def writing(page: OpenPage) -> Writing:
    """The runs of a page."""
    text, unmapped = tidied(page.characters())
    words = [match.span() for match in WORD.finditer(text)]
    quarter = _quarter(page, words)
    shown, upright = _frames(page, quarter)
    xs, ys = page.origins()
    across, along = upright.across(xs, ys), upright.along(xs, ys)
    seen = _Seen(page, upright)
    runs: list[Run] = []
    before = hidden = 0
    for start, end in words:
        lead = _typed(page, text, before, start)
        before = end
        for first, last in _on_lines(across, along, start, end):
            run = _run(page, text[first:last], first, across[first:last], along[first], quarter, upright, lead)
            if run is not None and seen.is_on_page(run):
                if seen.hides(run, first):
                    hidden += 1
                else:
                    runs.append(run)
    return Writing(shown, upright, runs, unmapped, hidden)


def _quarter(page: OpenPage, words: Sequence[tuple[int, int]]) -> int:
    """By how many quarters most of the text is turned to the right."""
    step = len(words) // SAMPLES + 1
    angles = Counter([_quarters(page.angle(start)) for start, _end in words[::step]])
    angles.pop(-1, 0)
    return angles.most_common(1)[0][0] if angles else 0


def _quarters(angle: float) -> int:
    """An angle in quarters, -1 for one between them."""
    quarters = angle / (pi / 2)
    return round(quarters) % 4 if abs(quarters - round(quarters)) < 0.02 else -1


def _frames(page: OpenPage, quarter: int) -> tuple[Frame, Frame]:
    upper_left, upper_right, lower_left = page.corners()
    (x, y), (right_x, right_y), (down_x, down_y) = upper_left, upper_right, lower_left
    corners = [upper_left, upper_right, lower_left, (right_x + down_x - x, right_y + down_y - y)]
    shown = frame(corners, _unit(right_x - x, right_y - y), _unit(down_x - x, down_y - y))
    right, down = QUARTERS[quarter]
    return shown, frame(corners, right, down)


def _unit(x: float, y: float) -> Point:
    """The direction of a side of the page, which is parallel to an axis."""
    if abs(x) >= abs(y):
        return (1.0 if x >= 0 else -1.0), 0.0
    return 0.0, (1.0 if y >= 0 else -1.0)


def _typed(page: OpenPage, text: str, start: int, end: int) -> str:
    """The white space between two words that the document itself has."""
    return "".join([text[at] for at in range(start, end) if text[at] not in "\r\n" and not page.generated(at)])


def _on_lines(across: Sequence[float], along: Sequence[float], start: int, end: int) -> Iterator[tuple[int, int]]:
    """A word, or its parts where it does not go on to the right on one line: vertical and turned text."""
    if end - start == 1:
        yield start, end
        return
    lefts, bases = across[start:end], along[start:end]
    if max(bases) - min(bases) <= SAME_LINE and all(one <= following for one, following in pairwise(lefts)):
        yield start, end
        return
    first = start
    for at in range(start + 1, end):
        if abs(along[at] - along[at - 1]) > SAME_LINE or not across[at - 1] < across[at]:
            yield first, at
            first = at
    yield first, end


def _run(
    page: OpenPage,
    text: str,
    first: int,
    lefts: Sequence[float],
    base: float,
    quarter: int,
    upright: Frame,
    lead: str,
) -> Run | None:
    """The run of the characters from ``first`` on, or ``None`` when it is too small or too large to be read."""
    em, size = page.size(first)
    if not (SMALLEST <= size <= LARGEST and em > 0):
        return None
    if text[-1] >= WIDE:
        right = lefts[-1] + em
    else:
        left, bottom, right, top = page.edges(first + len(text) - 1)
        right = max(lefts[-1], max(upright.across((left, right), (bottom, top))))
    turned = len(text) == 1 and _quarters(page.angle(first)) != quarter
    return Run(text, lefts, right, base, em, size, lead, turned)


class _Seen:
    """Tells what can be seen of the runs of a page."""

    def __init__(self, page: OpenPage, upright: Frame) -> None:
        self._page = page
        self._frame = upright
        self._grounds: list[Box] | None = None

    def is_on_page(self, run: Run) -> bool:
        middle = (run.left + run.right) / 2
        return 0 <= middle <= self._frame.width and 0 <= run.base - run.size * 0.3 <= self._frame.height

    def hides(self, run: Run, index: int) -> bool:
        """Whether a run, which begins with character ``index``, is there and cannot be seen."""
        red, green, blue, opacity = self._page.colour(index)
        if opacity and min(red, green, blue) < DARKEST_WHITE:
            return False
        if self._page.invisible(index):
            return False
        return opacity == 0 or not self._on_dark((run.left + run.right) / 2, run.base - run.size * 0.3)

    def _on_dark(self, across: float, along: float) -> bool:
        """Whether anything but white is painted at a place."""
        if self._grounds is None:
            self._grounds = list(self._dark())
        return any(left <= across <= right and top <= along <= bottom for left, top, right, bottom in self._grounds)

    def _dark(self) -> Iterator[Box]:
        from gilint.readers.pdf.pdfium import PATH

        for kind, handle, matrix in self._page.drawn():
            if kind == PATH:
                red, green, blue, opacity = self._page.fill(handle)
                if not self._page.draw_mode(handle)[0] or not opacity or min(red, green, blue) >= DARKEST_WHITE:
                    continue
            left, bottom, right, top = self._page.bounds(handle, matrix)
            yield self._frame.box(((left, bottom), (right, top)))
