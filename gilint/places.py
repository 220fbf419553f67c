"""Places: where a piece of text stands in its source, and where an element stands in the report.

Spans count lines, columns, paragraphs, tables, rows, cells and pages from 1. ``start`` and ``end`` slice a text as
Python does: from 0, the end exclusive.
"""

from __future__ import annotations

from bisect import bisect_right

from gilint.record import Record

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import Any, Protocol

    Box = tuple[float, float, float, float]

    class Origin(Protocol):
        """Where a piece of text stands in its source; each reader brings its own."""

        def span(self, start: int, end: int) -> Span:
            """The place of ``text[start:end]``."""


class Span(Record):
    """A place in a source. Each kind of source has its own sort of span, told apart by ``kind``."""

    @property
    def order(self) -> tuple[float, ...]:
        """What sorts the spans of one source in the order in which people read it."""
        raise NotImplementedError

    def as_dict(self) -> dict[str, Any]:
        raise NotImplementedError

    def describe(self, lang: str) -> str:
        """The place in words that people can follow."""
        return str(self)

    def through(self, last: Span) -> Span:
        """From here to the end of ``last``; this span alone where the source has no span for both."""
        return self


# --- lines: text, Markdown, web pages -----------------------------------------------------------------------------


class TextSpan(Span, hot=True):
    """A place in a text file, in lines and columns of characters."""

    line: int
    column: int
    end_line: int
    end_column: int

    @property
    def order(self) -> tuple[float, ...]:
        return self.line, self.column, self.end_line, self.end_column

    def as_dict(self) -> dict[str, Any]:
        return {
            "kind": "text",
            "line": self.line,
            "column": self.column,
            "end_line": self.end_line,
            "end_column": self.end_column,
        }

    def through(self, last: Span) -> TextSpan:
        if not isinstance(last, TextSpan):
            return self
        return TextSpan(self.line, self.column, last.end_line, last.end_column)

    def __str__(self) -> str:
        return f"{self.line}:{self.column}"


class TextOrigin(Record, hot=True):
    """The origin of text that was read from lines.

    ``starts`` holds, for each piece of the source that the text took up, (offset in the text, line, column).
    """

    starts: tuple[tuple[int, int, int], ...]

    def span(self, start: int, end: int) -> TextSpan:
        line, column = self._place(start)
        # The end belongs to the line of the last character, not to the line that follows it.
        end_line, end_column = self._place(max(start, end - 1))
        return TextSpan(line, column, end_line, end_column + (1 if end > start else 0))

    def _place(self, offset: int) -> tuple[int, int]:
        at = bisect_right(self.starts, (offset, 1 << 60, 0)) - 1
        begin, line, column = self.starts[max(at, 0)]
        return line, column + offset - begin


# --- documents of paragraphs and tables: Word, OpenDocument --------------------------------------------------------


class WordSpan(Span):
    """A place in a text document: characters of a paragraph, of a table cell, or of a footnote.

    ``kind`` is docx or odt. ``block`` is the place in the body, which orders paragraphs and tables among each other.
    Paragraphs outside of tables and tables count each for themselves in the order of the body; ``cell`` counts the
    cells that one sees in the row: one that reaches in from above as well, one merged across once. A number that does
    not apply is 0.
    """

    kind: str
    block: int
    paragraph: int
    table: int
    row: int
    cell: int
    start: int
    end: int
    footnote: int = 0

    @property
    def order(self) -> tuple[float, ...]:
        return self.block, self.row, self.cell, self.footnote, self.start, self.end

    def as_dict(self) -> dict[str, Any]:
        places = {
            "paragraph": self.paragraph,
            "table": self.table,
            "row": self.row,
            "cell": self.cell,
            "footnote": self.footnote,
        }
        held = {key: number for key, number in places.items() if number}
        return {"kind": self.kind, **held, "start": self.start, "end": self.end}

    def through(self, last: Span) -> WordSpan:
        if not isinstance(last, WordSpan) or self.order[:4] != last.order[:4]:
            return self
        return self.replace(end=last.end)

    def describe(self, lang: str) -> str:
        if self.footnote:
            return f"脚注{self.footnote}" if lang == "zh" else f"footnote {self.footnote}"
        if self.table:
            zh, en = "表{0}第{1}行第{2}格", "table {0}, row {1}, cell {2}"
            return (zh if lang == "zh" else en).format(self.table, self.row, self.cell)
        zh, en = "第{0}段第{1}字", "paragraph {0}, character {1}"
        return (zh if lang == "zh" else en).format(self.paragraph, self.start + 1)

    def __str__(self) -> str:
        if self.footnote:
            return f"note{self.footnote}:{self.start + 1}"
        if self.table:
            return f"t{self.table}:r{self.row}:c{self.cell}"
        return f"p{self.paragraph}:{self.start + 1}"


class WordOrigin(Record, hot=True):
    """The origin of a paragraph's, cell's or footnote's text.

    The first ``lead`` characters are a list number, which the document computes and does not hold: they stand at the
    beginning of the text. That is ``offset`` characters behind the beginning of the paragraph, cell or footnote.
    """

    kind: str
    block: int
    paragraph: int = 0
    table: int = 0
    row: int = 0
    cell: int = 0
    footnote: int = 0
    lead: int = 0
    offset: int = 0

    def span(self, start: int, end: int) -> WordSpan:
        first, last = self.offset + max(0, start - self.lead), self.offset + max(0, end - self.lead)
        place = (self.kind, self.block, self.paragraph, self.table, self.row, self.cell, first, last, self.footnote)
        return WordSpan(*place)


# --- sheets ----------------------------------------------------------------------------------------------------------


class SheetSpan(Span):
    """A cell of a workbook, such as B12; ``place`` is its sheet, row and column as numbers."""

    sheet: str
    cell: str
    place: tuple[int, int, int]

    @property
    def order(self) -> tuple[float, ...]:
        return self.place

    def as_dict(self) -> dict[str, Any]:
        return {"kind": "sheet", "sheet": self.sheet, "cell": self.cell}

    def __str__(self) -> str:
        return f"{self.sheet}!{self.cell}"


class SheetOrigin(Record, hot=True):
    """The origin of a cell's text: sheet (by name and number), row and column, from 0."""

    sheet: str
    number: int
    row: int
    column: int

    def span(self, start: int, end: int) -> SheetSpan:
        name = f"{_letters(self.column)}{self.row + 1}"
        return SheetSpan(self.sheet, name, (self.number, self.row, self.column))


def _letters(column: int) -> str:
    """A column as sheets name it: A … Z, AA …"""
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


# --- pages -----------------------------------------------------------------------------------------------------------


class PageSpan(Span):
    """A place on a page: ``box`` is (left, top, right, bottom) in points from the page's upper left corner."""

    page: int
    box: Box

    @property
    def order(self) -> tuple[float, ...]:
        left, top, right, bottom = self.box
        return self.page, top, left, bottom, right

    def as_dict(self) -> dict[str, Any]:
        return {"kind": "pdf", "page": self.page, "box": [round(edge, 1) for edge in self.box]}

    def through(self, last: Span) -> PageSpan:
        if not isinstance(last, PageSpan) or last.page != self.page:
            return self
        return PageSpan(self.page, hull([self.box, last.box]))

    def describe(self, lang: str) -> str:
        left, top, _right, _bottom = self.box
        zh, en = "第{0}页（距上{1:.0f}、距左{2:.0f}点）", "page {0} ({1:.0f} pt from the top, {2:.0f} from the left)"
        return (zh if lang == "zh" else en).format(self.page, top, left)

    def __str__(self) -> str:
        return f"page{self.page}:{self.box[1]:.0f}:{self.box[0]:.0f}"


class PageOrigin(Record, hot=True):
    """The origin of text on pages. ``pieces`` holds (offset in the text, length, page, box) for each run on a line;
    inside a run characters are taken to be equally wide."""

    pieces: tuple[tuple[int, int, int, Box], ...]

    def span(self, start: int, end: int) -> PageSpan:
        stop = max(end, start + 1)
        touched = [piece for piece in self.pieces if piece[0] < stop and piece[0] + piece[1] > start]
        if not touched:
            touched = [piece for piece in self.pieces if piece[0] <= start][-1:] or [self.pieces[0]]
        page = touched[0][2]
        # What runs over a page break is shown where it begins.
        return PageSpan(page, hull([_part(piece, start, stop) for piece in touched if piece[2] == page]))


def _part(piece: tuple[int, int, int, Box], start: int, end: int) -> Box:
    offset, length, _page, (left, top, right, bottom) = piece
    width = (right - left) / max(length, 1)
    first, last = max(start - offset, 0), min(end - offset, length)
    return left + width * min(first, length), top, left + width * max(last, 0), bottom


def hull(boxes: Iterable[Box]) -> Box:
    """The smallest box around all of ``boxes``, of which there is at least one."""
    lefts, tops, rights, bottoms = zip(*boxes, strict=True)
    return min(lefts), min(tops), max(rights), max(bottoms)


# --- structured data -------------------------------------------------------------------------------------------------


class PointerSpan(Span):
    """A value in JSON or YAML, by its JSON Pointer (RFC 6901); ``number`` is its place among all values."""

    pointer: str
    number: int

    @property
    def order(self) -> tuple[float, ...]:
        return (self.number,)

    def as_dict(self) -> dict[str, Any]:
        return {"kind": "pointer", "pointer": self.pointer}

    def __str__(self) -> str:
        return self.pointer


class PointerOrigin(Record, hot=True):
    """The origin of a value in JSON or YAML."""

    pointer: str
    number: int

    def span(self, start: int, end: int) -> PointerSpan:
        return PointerSpan(self.pointer, self.number)


# --- texts made of several ------------------------------------------------------------------------------------------


class PartOrigin(Record, hot=True):
    """The origin of a part of a larger text: ``offset`` is where the part begins in the whole."""

    whole: Origin
    offset: int

    def span(self, start: int, end: int) -> Span:
        return self.whole.span(start + self.offset, end + self.offset)


class JoinedOrigin(Record):
    """The origin of text joined from several: (offset in the joined text, origin, offset in that one's text)."""

    parts: tuple[tuple[int, Origin, int], ...]

    def span(self, start: int, end: int) -> Span:
        first, last = self._part(start), self._part(max(start, end - 1))
        begin, origin, offset = first
        if first is last:
            return origin.span(start - begin + offset, end - begin + offset)
        after = self.parts[self.parts.index(first) + 1][0]
        head = origin.span(start - begin + offset, after - begin + offset)
        begin, origin, offset = last
        return head.through(origin.span(offset, end - begin + offset))

    def _part(self, offset: int) -> tuple[int, Origin, int]:
        at = bisect_right([part[0] for part in self.parts], offset) - 1
        return self.parts[max(at, 0)]


class Address(Record, hot=True):
    """Where an element stands in the report, for people (``trail``) and for programs (the keys of the form)."""

    trail: tuple[str, ...] = ()
    section: str | None = None
    table: str | None = None
    row: str | None = None
    column: str | None = None

    def as_dict(self) -> dict[str, Any]:
        keys = {"section": self.section, "table": self.table, "row": self.row, "column": self.column}
        return {"trail": list(self.trail), **{key: value for key, value in keys.items() if value is not None}}

    def __str__(self) -> str:
        return " › ".join(self.trail)
