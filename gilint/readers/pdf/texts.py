"""Lines put together into the text of a paragraph or a cell, with the place of every part of it on its page."""

from __future__ import annotations

from itertools import pairwise

from gilint.late import late
from gilint.model import PageOrigin
from gilint.readers.pdf.glyphs import WIDE
from gilint.record import Record

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from gilint.readers.pdf.geometry import Box, Frame
    from gilint.readers.pdf.glyphs import Run
    from gilint.readers.pdf.lines import Line

    Placed = tuple[int, int, int, Box]

NUMBER = late(r"[\d,，.．]+")
# What begins a label of its own: 一、 （一） 1. 第一…
BEGINS = late(r"\s*(?:[（(]?(?:[一二三四五六七八九十]{1,3}|\d{1,2})[）)、.．]|第[一二三四五六七八九十百\d]{1,4}\S)")
DIGITS = late(r"[\d,，.．]{2}")
CLOSING = "，。、；：！？）》〉”’】」』〕］,.;:!?)]%"
QUOTES = "“”‘’"
"""Marks that some programs let no line begin or end with, whichever side they are of."""
OPENING = "（《〈“‘【「『〔［([{"
MOST_PARTS = 3
"""Lines over which a number may be broken."""
ROOM = 2.0
"""In ems: what a full line may leave free, since not every character may begin a line."""
SLACK = 0.3
"""In ems: what a line that was broken may have had left beside what did not fit on it."""
DIGIT = 0.65
"""How wide a digit is at most, in ems."""


class Sheet(Record):
    """What is needed to tell the place of a line: the number of its page from 1, and its two frames.

    ``turned`` says that the page is not shown upright.
    """

    number: int
    shown: Frame
    upright: Frame
    turned: bool

    def place(self, box: Box) -> Box:
        """A box of the upright page on the page as it is shown."""
        return self.shown.box(self.upright.points(box)) if self.turned else box


class Text(Record, hot=True):
    """A text with where it stands: ``pieces`` are (offset, length, page, box) each, as an origin has them.

    ``full`` says that its last line leaves no room for another word.
    """

    text: str
    pieces: Sequence[Placed]
    full: bool = False

    def origin(self) -> PageOrigin:
        return PageOrigin(tuple(self.pieces))


def joined(parts: Iterable[tuple[str, Text]]) -> Text:
    """Texts as one; what stands before each of them comes with it, and before the first does not count."""
    texts: list[str] = []
    pieces: list[Placed] = []
    length = 0
    full = False
    for glue, part in parts:
        if texts and glue:
            texts.append(glue)
            length += len(glue)
        if length:
            pieces += [(start + length, size, page, box) for start, size, page, box in part.pieces]
        else:
            pieces = list(part.pieces)
        texts.append(part.text)
        length += len(part.text)
        full = part.full
    return Text("".join(texts), pieces, full)


def line_text(sheet: Sheet, line: Line) -> Text:
    """A line as it stands, its segments parted by a space."""
    number = sheet.number
    if len(line.segments) == 1 and not sheet.turned:
        (segment,) = line.segments
        return Text(segment.text, [(start, size, number, box) for start, size, box in segment.pieces])
    pieces: list[Placed] = []
    length = 0
    for segment in line.segments:
        pieces += [(length + start, size, number, sheet.place(box)) for start, size, box in segment.pieces]
        length += len(segment.text) + 1
    return Text(line.text, pieces)


def cell_text(sheet: Sheet, lines: Sequence[Line], box: Box, margin: float, rows: int = 1) -> Text:
    """The text of a cell: lines that were broken for want of room are one, those that were not stay apart.

    ``margin`` is what the table leaves free beside the text of its cells, ``rows`` how many rows the cell takes up.
    Digits are one number only in a single row, and where the line above had no room for another one; else they are left
    on two lines, and nobody takes them for a number.
    """
    if not lines:
        # The place of a blank cell is the cell, as wide as one character.
        return Text("", ((0, 1, sheet.number, sheet.place(box)),))
    width = box[2] - box[0] - margin
    if len(lines) == 1:
        (line,) = lines
        text = line_text(sheet, line)
        return Text(text.text, text.pieces, width - (line.right - line.left) < ROOM * line.em)
    parts = [("", line_text(sheet, lines[0]))]
    numbers = rows == 1 and len(lines) <= MOST_PARTS
    for above, line in pairwise(lines):
        room = width - (above.right - above.left)
        parts.append((_glue(above, line, room, numbers), line_text(sheet, line)))
    last = lines[-1]
    full = width - (last.right - last.left) < ROOM * last.em
    text = joined(parts)
    return Text(text.text, text.pieces, full)


def digit_text(sheet: Sheet, run: Run, box: Box) -> Text:
    """The text of a cell that holds a single character."""
    place = sheet.place((run.lefts[0], run.top, run.right, run.bottom))
    return Text(run.text, ((0, 1, sheet.number, place),), box[2] - box[0] - (run.right - run.lefts[0]) < ROOM * run.em)


def _glue(above: Line, line: Line, room: float, numbers: bool) -> str:
    """What stands between two lines of a cell: nothing, a space, or a line end where there was room to go on."""
    last, first = above.text, line.text
    if not (NUMBER.fullmatch(last) and NUMBER.fullmatch(first)):
        return between(last, first) if room < first_word(line) + SLACK * line.em else "\n"
    needed = line.right - line.left if last[-1] in ",，" else DIGIT * above.em
    return "" if numbers and len(last) > 1 and room < needed else "\n"


def between(last: str, first: str) -> str:
    """What a line break in the middle of a text stands for: a space between Latin words, else nothing."""
    return " " if last[-1] < WIDE and first[0] < WIDE and last[-1].isalnum() and first[0].isalnum() else ""


def _opens_behind(text: str, at: int) -> bool:
    return text[at - 1] == "%" and text[at] in OPENING


def first_word(line: Line) -> float:
    """The width of what would have had to fit for a line to begin one line above."""
    segment = line.segments[0]
    text = segment.text
    if text[0] < WIDE and text[0] not in OPENING:
        # Words and figures are not broken, and the marks behind them do not begin a line; 100%（1 stays together.
        offset, length, (left, _top, right, _bottom) = segment.pieces[0]
        end = offset + length
        while end < len(text) and (text[end] in CLOSING or text[end - 1] in OPENING or _opens_behind(text, end)):
            end += 1
        return right - left + (end - offset - length) * line.em
    end = 1
    while end < len(text) and (text[end] in CLOSING or text[end] in QUOTES or text[end - 1] in OPENING + QUOTES):
        end += 1
    return end * line.em
