"""Tables of a page: as a grid where they hold data, as what stands in them where they only give the page its shape."""

from __future__ import annotations

from gilint.late import late
from gilint.model import Grid, GridCell
from gilint.readers.html.lines import CONTINUED
from gilint.readers.html.positions import START, PageOrigin
from gilint.readers.html.tags import BOXES, EMBEDDED, HEADINGS, LINES_KEPT, LISTS, UNSEEN
from gilint.readers.html.tree import Element, Text, elements
from gilint.readers.html.whitespace import BLANK, collapsed

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from gilint.limits import Limits
    from gilint.readers.html.lines import Block
    from gilint.readers.html.positions import Anchor, PageSource

    Cell = tuple[int, int, Element]
    """(first block in the cell, the one behind its last, its element)."""

SPAN = late(r"[ \t\n\f\r]*\+?([0-9]{1,9})")
LINES = 3
WIDE = 3
SENTENCE = "。"
LONG = 400
NUMERIC = "0123456789０１２３４５６７８９,，.．"
PARAGRAPH, BREAK = "paragraph", "break"
MARKS = {"br": BREAK, "p": PARAGRAPH, "div": PARAGRAPH}
CELLS = ("td", "th")
LOOKED_AT = (
    *CELLS,
    *MARKS,
    "tr",
    "table",
    "a",
    "img",
    "li",
    "caption",
    "dt",
    "dd",
    "hr",
    "address",
    "legend",
    "summary",
)
LOOKED_AT += (*HEADINGS, *BOXES, *LISTS, *LINES_KEPT, *UNSEEN, *EMBEDDED)
"""What shapes a table or its cells; everything else sets their looks."""


class Frame:
    """A table that is being read.

    ``start`` is its first block; ``boxes``, ``pictures`` and ``embedded`` are how many of these stand before it.
    ``caption`` is (first block, the one behind its last), ``nested`` says that another table of data is inside.
    """

    __slots__ = ("boxes", "caption", "embedded", "nested", "pictures", "rows", "start")

    def __init__(self, start: int, boxes: int, pictures: int, embedded: int) -> None:
        self.start = start
        self.boxes = boxes
        self.pictures = pictures
        self.embedded = embedded
        self.rows: list[list[Cell]] = []
        self.caption: tuple[int, int] | None = None
        self.nested = False

    def holds_data(self, blocks: Sequence[Block]) -> bool:
        """Whether this is a table of data: without another one inside, with cells side by side, and no long text."""
        if self.nested or all(sum([start < stop for start, stop, _ in row]) < 2 for row in self.rows):
            return False
        return not any(
            stop - start >= LINES and _is_text(blocks[start:stop]) for row in self.rows for start, stop, _ in row
        )


def _is_text(blocks: Sequence[Block]) -> bool:
    texts = [str(block[0]) for block in blocks]
    return sum(map(len, texts)) > LONG or sum([SENTENCE in text for text in texts]) >= LINES


class GridMaker:
    """Makes grids of the tables of one page, within its limits.

    ``styles`` is what :func:`~gilint.readers.html.tree.styled` says of the page. Raises ``InputError``
    (``too-large``) for a table beyond the limits, merged cells spread out.
    """

    def __init__(self, source: PageSource, name: str, limits: Limits, styles: Mapping[Element, str]) -> None:
        self._source = source
        self._name = name
        self._limits = limits
        self._styled_tables = {table for element in styles if (table := element.closest("table")) is not None}
        self._cells = 0

    def plain(self, table: Element) -> Block | None:
        """A table in which there is nothing but text, as a block; ``None`` where a closer look is needed.

        Most tables of a report are, and to read one at a time takes a third of the time.
        """
        if self._styled_tables and table in self._styled_tables:
            return None
        rows: list[list[Element]] = []
        lined = set[Element]()
        cell = checked = table
        for element in elements(table, *LOOKED_AT):
            tag = element.tag
            if tag in CELLS:
                cell = element
                rows[-1].append(cell)
            elif tag == "tr":
                cell = table
                rows.append([])
            elif tag not in MARKS or cell is table:
                return None
            elif tag == "br":
                lined.add(cell)
            elif element.parent is not cell:
                return None
            elif len(cell) > 1 and checked is not cell:
                checked = cell
                paragraphs = _paragraphs(cell)
                if not paragraphs:
                    return None
                if paragraphs > 1:
                    lined.add(cell)
        texts = {cell: _lines(cell) for cell in lined}
        if any(text.count("\n") + 1 >= LINES for text in texts.values()):
            return None
        made = [
            [
                (texts[cell] if cell in texts else _line(cell.text), ((0, cell.position or START, 0),), cell)
                for cell in row
            ]
            for row in rows
        ]
        if not any(sum([text != "" for text, _anchors, _cell in row]) > 1 for row in made):
            return None
        return self._block(made, 0)

    def block(self, frame: Frame, blocks: Sequence[Block]) -> Block:
        """The table that was read into blocks as one block."""
        linked = sum([blocks[index][2] for index in range(frame.start, len(blocks))])
        described = [
            [(*_joined(blocks[start:stop], element), element) for start, stop, element in row] for row in frame.rows
        ]
        return self._block(described, linked)

    def _block(self, rows: Sequence[Sequence[tuple[str, tuple[Anchor, ...], Element]]], linked: int) -> Block:
        """A grid, with the characters of it that are links and how many of its cells are numbers."""
        grid = []
        numbers = area = 0
        left, widest, source = len(rows), self._limits.table_columns, self._source
        for row in rows:
            cells = []
            for text, anchors, element in row:
                down, across = element.attr("rowspan"), element.attr("colspan")
                tall = 1 if down is None else _span(down, left)
                wide = 1 if across is None else _span(across, widest)
                area += tall * wide
                if text.isdigit() or text.strip().isdigit():
                    numbers += 1
                cells.append(GridCell(text, PageOrigin((source, text, anchors)), tall, wide))
            grid.append(tuple(cells))
            left -= 1
        self._refuse_large(len(rows), max(map(len, rows)), area)
        return Grid(tuple(_without_padding(grid))), (), linked, numbers, ""

    def _refuse_large(self, rows: int, columns: int, area: int) -> None:
        limits = self._limits
        self._cells += area
        if rows > limits.table_rows:
            zh, en, key = f"有 {rows} 行的表", f"a table of {rows} rows", "table_rows"
        elif columns > limits.table_columns or area > rows * limits.table_columns:
            zh, en, key = "表的列数过多", "a table of too many columns", "table_columns"
        elif self._cells > limits.cells:
            zh, en, key = "表格单元格过多", "too many table cells", "cells"
        else:
            return
        from gilint.readers.package import too_much

        raise too_much(self._name, zh, en, key, getattr(limits, key))


def _without_padding(rows: Sequence[tuple[GridCell, ...]]) -> Sequence[tuple[GridCell, ...]]:
    """The rows of a sheet that was saved as a page: text that reaches over half of it stands alone on its row."""
    wide = [index for index, row in enumerate(rows) if len(row) > 1 and row[0].column_span > WIDE]
    alone = [index for index in wide if not any(cell.text for cell in rows[index][1:])]
    if not alone:
        return rows
    width = max(sum([cell.column_span for cell in row]) for row in rows)
    result = list(rows)
    for index in alone:
        if rows[index][0].column_span * 2 > width:
            result[index] = rows[index][:1]
    return result


def _paragraphs(cell: Element) -> int:
    """How many paragraphs a cell is made of; none if anything stands beside them, so that it is not told where they
    end."""
    count = 0
    for node in cell:
        if type(node) is Text:
            if node.data.strip(BLANK):
                return 0
        elif type(node) is Element:
            if node.tag not in MARKS:
                return 0
            count += 1
    return count


def _line(text: str) -> str:
    """The text of a cell that stands on one line."""
    text = text.strip(BLANK)
    if text.isalnum():
        return text
    text = collapsed(text)
    return "" if text.isspace() else text


def _lines(cell: Element) -> str:
    """The text of a cell of several lines; a line break inside a number is none."""
    parts: list[tuple[str, list[str]]] = [(PARAGRAPH, [])]
    for node in cell.descendants:
        if type(node) is Text:
            parts[-1][1].append(node.data)
        elif type(node) is Element and node.tag in MARKS:
            parts.append((MARKS[node.tag], []))
    lines: list[str] = []
    between = ""
    for mark, texts in parts:
        between += mark
        shown = _line("".join(texts))
        if shown:
            if lines and (PARAGRAPH in between or not _is_one_number(lines[-1], shown)):
                lines.append("\n")
            lines.append(shown)
            between = ""
    return "".join(lines)


def _is_one_number(one: str, other: str) -> bool:
    """Whether a line break stands inside a number."""
    return bool(one and other) and one[-1] in NUMERIC and other[0] in NUMERIC


def _span(value: str, most: int) -> int:
    """Rows or columns that a cell takes up, as browsers read them; 0 stands for all that are left."""
    number = SPAN.match(value)
    return min(int(number[1]) or most, most) if number else 1


def _joined(blocks: Sequence[Block], element: Element) -> tuple[str, tuple[Anchor, ...]]:
    """The text of a cell from its blocks."""
    if not blocks:
        return "", ((0, element.position or START, 0),)
    texts: list[str] = []
    anchors: list[Anchor] = []
    length = 0
    for text, places, _links, _level, mark in blocks:
        assert isinstance(text, str), "a table with another one inside is none of data"
        if texts and not (mark == CONTINUED and _is_one_number(texts[-1], text)):
            texts.append("\n")
            length += 1
        anchors.extend([(offset + length, position, passed) for offset, position, passed in places])
        texts.append(text)
        length += len(text)
    return "".join(texts), tuple(anchors)
