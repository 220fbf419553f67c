"""The characters of a page as runs: what pdfium finds side by side on a line, with the place of each character.

pdfium puts blanks and line ends between what it takes for words. Their places say more than its blanks, so only the
blanks that the document itself has are kept. What nobody sees is left out: outside of the page, too small, or white on
white.
"""

from __future__ import annotations

from collections import Counter
from math import pi

from gilint.late import late
from gilint.readers.pdf.characters import UNKNOWN, tidied
from gilint.readers.pdf.geometry import frame
from gilint.record import Record

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from gilint.readers.pdf.geometry import Box, Frame, Point
    from gilint.readers.pdf.pdfium import Colour, OpenPage

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
# The characters that are asked for their meaning: the first of each word, and all but ideographs and their marks.
TELLING = late(r"(?<!\S)\S|[^\s\u3000-\u9fff\uff00-\uffef]")
LONG_WORD = 5
EVEN = 0.05
"""In steps from one character to the next: by how much one may be out of its place."""
DIGITS = late(r"\d[\d.,]")
WIDEST_DIGIT = 0.8
"""In ems: how far digits are apart at most in most fonts."""
SAMPLES = 12
SMALLEST, LARGEST = 1.0, 1000.0
"""Sizes in points beyond which text is not meant to be read."""
SAME_LINE = 1.0
ASCENT, DESCENT = 0.88, 0.12
"""Where an ideograph has its upper and lower edge, in ems above and below its line."""
DARKEST_WHITE = 240


class Run(Record, hot=True):
    """Characters side by side on a line.

    ``lefts`` is where each begins, ``right`` where the last one ends, ``base`` the line that they stand on. An em is
    ``em`` wide and ``size`` high. ``lead`` is the white space that the document has before the run, ``turned`` says
    that it is not upright. ``spaced`` is by how many ems its digits stand apart.
    """

    text: str
    lefts: Sequence[float]
    right: float
    base: float
    em: float
    size: float
    lead: str
    turned: bool
    spaced: float = 0.0

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
    text, unmapped = _characters(page)
    words = [match.span() for match in WORD.finditer(text)]
    quarter = _quarter(page, words)
    shown, upright = _frames(page, quarter)
    reader = _Reader(page, upright, quarter)
    before = 0
    for (start, end), (lefts, bases) in zip(words, _places(page, upright, text, words), strict=True):
        lead = _typed(page, text, before, start)
        before = end
        if len(bases) > 1 and (max(bases) - min(bases) > SAME_LINE or lefts != sorted(lefts)):
            for first, last in _on_lines(lefts, bases):
                reader.add(text[start + first : start + last], start + first, lefts[first:last], bases[first], lead)
        else:
            reader.add(text[start:end], start, lefts, bases[0], lead)
    return Writing(shown, upright, reader.runs, unmapped, reader.hidden)


def _characters(page: OpenPage) -> tuple[str, int]:
    """The characters of a page, and how many of them mean nothing.

    Where the first character of a word has a meaning, and all but ideographs have, the fonts are taken to have them.
    """
    text = page.characters()
    if page.unmapped([match.start() for match in TELLING.finditer(text)]):
        unmapped = set(page.unmapped(range(len(text))))
        text = "".join([UNKNOWN if at in unmapped else char for at, char in enumerate(text)])
    return tidied(text)


def _places(
    page: OpenPage, upright: Frame, text: str, words: Sequence[tuple[int, int]]
) -> Iterator[tuple[list[float], list[float]]]:
    """For each word where its characters begin on the line, and the lines on which they stand, or the one line."""
    wanted: list[int] = []
    for start, end in words:
        if end - start >= LONG_WORD and min(text[start:end]) >= WIDE:
            wanted += (start, (start + end) // 2, end - 1)
        else:
            wanted += range(start, end)
    xs, ys = page.origins(wanted)
    across, along = upright.across(xs, ys), upright.along(xs, ys)
    at = 0
    for start, end in words:
        if wanted[at + end - start - 1 : at + end - start] == [end - 1]:
            yield across[at : at + end - start], along[at : at + end - start]
            at += end - start
            continue
        # Ideographs are equally wide: where the middle one is in its place, so are the others.
        left, middle, right = across[at : at + 3]
        step = (right - left) / (end - 1 - start)
        even = abs(left + step * ((end - start) // 2) - middle) <= EVEN * abs(step)
        if even and max(along[at : at + 3]) - min(along[at : at + 3]) <= SAME_LINE and step > 0:
            yield [left + step * place for place in range(end - start)], along[at : at + 1]
        else:
            every = page.origins(range(start, end))
            yield upright.across(*every), upright.along(*every)
        at += 3


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
    if text[start:end] == "\r\n":
        return ""
    return "".join([text[at] for at in range(start, end) if text[at] not in "\r\n" and not page.generated(at)])


def _on_lines(lefts: Sequence[float], bases: Sequence[float]) -> Iterator[tuple[int, int]]:
    """The parts of a word that does not go on to the right on one line: vertical and turned text."""
    first = 0
    for at in range(1, len(lefts)):
        if abs(bases[at] - bases[at - 1]) > SAME_LINE or not lefts[at - 1] < lefts[at]:
            yield first, at
            first = at
    yield first, len(lefts)


class _Reader:
    """Takes down the runs of a page that can be seen, and counts those that are there and cannot."""

    def __init__(self, page: OpenPage, upright: Frame, quarter: int) -> None:
        self.runs: list[Run] = []
        self.hidden = 0
        self._page = page
        self._frame = upright
        self._quarter = quarter
        self._grounds: list[Box] | None = None

    def add(self, text: str, first: int, lefts: Sequence[float], base: float, lead: str) -> None:
        """Add the run of the characters from ``first`` on."""
        em, size, edges, colour = self._page.measures(first, first + len(text) - 1)
        if not (SMALLEST <= size <= LARGEST and em > 0):
            return
        last, right = lefts[-1], self._frame.bounds(edges)[2]
        if text[-1] >= WIDE or right <= last:
            # Earlier versions of pdfium do not know how much space text that is turned takes up.
            right = last + (em if text[-1] >= WIDE else em / 2)
        middle, height = (lefts[0] + right) / 2, base - size * 0.3
        if not (0 <= middle <= self._frame.width and 0 <= height <= self._frame.height):
            return
        if (min(colour[:3]) >= DARKEST_WHITE or not colour[3]) and self._is_hidden(first, colour, middle, height):
            self.hidden += 1
            return
        if len(text) == 1:
            turned = _quarters(self._page.angle(first)) != self._quarter
            self.runs.append(Run(text, lefts, right, base, em, size, lead, turned))
        else:
            self.runs.append(Run(text, lefts, right, base, em, size, lead, False, self._spaced(text, first, lefts, em)))

    def _spaced(self, text: str, first: int, lefts: Sequence[float], em: float) -> float:
        """By how many ems the digits of a run stand apart; pdfium ends a run at a single gap."""
        if lefts[-1] - lefts[0] <= WIDEST_DIGIT * em * (len(lefts) - 1):
            return 0.0
        digits = DIGITS.search(text)
        if digits is None or lefts[digits.start() + 1] - lefts[digits.start()] <= WIDEST_DIGIT * em:
            return 0.0
        at = digits.start()
        _em, _size, edges, _colour = self._page.measures(first + at, first + at)
        left, _top, right, _bottom = self._frame.bounds(edges)
        return (lefts[at + 1] - lefts[at] - (right - left)) / em

    def _is_hidden(self, index: int, colour: Colour, across: float, along: float) -> bool:
        """Whether nobody sees a character that is white or transparent."""
        # The words that a program has read from a picture are not painted at all, and are meant to be read.
        return not self._page.invisible(index) and (not colour[3] or not self._on_dark(across, along))

    def _on_dark(self, across: float, along: float) -> bool:
        """Whether anything but white is painted at a place."""
        if self._grounds is None:
            self._grounds = list(self._dark())
        return any(left <= across <= right and top <= along <= bottom for left, top, right, bottom in self._grounds)

    def _dark(self) -> Iterator[Box]:
        from gilint.readers.pdf.pdfium import PATH

        for kind, handle, matrix in self._page.drawn():
            if kind == PATH:
                *shade, opacity = self._page.fill(handle)
                if not self._page.draw_mode(handle)[0] or not opacity or min(shade) >= DARKEST_WHITE:
                    continue
            yield self._frame.bounds(self._page.bounds(handle, matrix))
