"""Tables of a page: as a grid where they hold data, as what stands in them where they only give the page its shape."""

from __future__ import annotations

from gilint.late import late
from gilint.model import Grid, GridCell
from gilint.readers.html.positions import PageOrigin

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from gilint.limits import Limits
    from gilint.readers.html.blocks import Block
    from gilint.readers.html.positions import Anchor, PageSource
    from gilint.readers.html.tree import Element

    Cell = tuple[int, int, Element]
    """(first block in the cell, the one behind its last, its element)."""

SPAN = late(r"[ \t\n\f\r]*\+?([0-9]{1,9})")
LINES = 3
SENTENCE = "。"
LONG = 400
NUMERIC = "0123456789０１２３４５６７８９,，.．"


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
        if self.nested or all(len(row) < 2 for row in self.rows):
            return False
        return not any(
            stop - start >= LINES and _is_text(blocks[start:stop]) for row in self.rows for start, stop, _ in row
        )


def _is_text(blocks: Sequence[Block]) -> bool:
    texts = [str(block[0]) for block in blocks]
    return sum(map(len, texts)) > LONG or sum([SENTENCE in text for text in texts]) >= LINES


class GridMaker:
    """Makes grids of the tables of one page, within its limits.

    Raises ``InputError`` (``too-large``) for a table beyond them, merged cells spread out.
    """

    def __init__(self, source: PageSource, name: str, limits: Limits) -> None:
        self._source = source
        self._name = name
        self._limits = limits
        self._cells = 0

    def block(self, frame: Frame, blocks: Sequence[Block]) -> Block:
        """The table as one block: the grid, and how many of its characters are links and of its cells numbers."""
        rows = []
        linked = numbers = area = 0
        left = len(frame.rows)
        widest = self._limits.table_columns
        for row in frame.rows:
            cells = []
            for start, stop, element in row:
                if stop == start + 1:
                    text, anchors, links, _level, _mark = blocks[start]
                else:
                    text, anchors, links = _joined(blocks[start:stop], element)
                linked += links
                numbers += text.strip().isdigit()
                down, across = element.attr("rowspan"), element.attr("colspan")
                tall = 1 if down is None else _span(down, left)
                wide = 1 if across is None else _span(across, widest)
                area += tall * wide
                cells.append(GridCell(text, PageOrigin(self._source, text, anchors), tall, wide))
            rows.append(tuple(cells))
            left -= 1
        self._refuse_large(frame, area)
        return Grid(tuple(rows)), (), linked, numbers, ""

    def _refuse_large(self, frame: Frame, area: int) -> None:
        from gilint.readers.package import too_much

        rows, columns = len(frame.rows), max(map(len, frame.rows))
        self._cells += area
        limits = self._limits
        if rows > limits.table_rows:
            raise too_much(self._name, f"有 {rows} 行的表", f"a table of {rows} rows", "table_rows", limits.table_rows)
        if columns > limits.table_columns or area > rows * limits.table_columns:
            zh, en = f"一张表有 {columns} 列以上", f"a table of {columns} columns or more"
            raise too_much(self._name, zh, en, "table_columns", limits.table_columns)
        if self._cells > limits.cells:
            raise too_much(self._name, "表格单元格过多", "too many table cells", "cells", limits.cells)


def _span(value: str, most: int) -> int:
    """Rows or columns that a cell takes up, as browsers read them; 0 stands for all that are left."""
    number = SPAN.match(value)
    return min(int(number[1]) or most, most) if number else 1


def _joined(blocks: Sequence[Block], element: Element) -> tuple[str, tuple[Anchor, ...], int]:
    """The text of a cell of several paragraphs or of none; a number that is broken over two lines is one."""
    if not blocks:
        return "", ((0, element.position or (1, 0), 0),), 0
    texts: list[str] = []
    anchors: list[Anchor] = []
    length = linked = 0
    broken = ""
    for text, places, links, _level, mark in blocks:
        if texts and not (broken and texts[-1][-1] in NUMERIC and text[0] in NUMERIC):
            texts.append("\n")
            length += 1
        anchors.extend([(offset + length, position, skipped) for offset, position, skipped in places])
        texts.append(text)
        length += len(text)
        linked += links
        broken = mark
    return "".join(texts), tuple(anchors), linked
