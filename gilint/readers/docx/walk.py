"""From a settled tree to blocks: paragraphs and tables in the order of the document, each with its place."""

from __future__ import annotations

from itertools import chain

from gilint.errors import InputError
from gilint.model import Grid, JoinedOrigin, Paragraph, PartOrigin, WordOrigin
from gilint.readers.docx.inline import LINE, SIGNS, text_of
from gilint.readers.docx.names import CELL, PARAGRAPH, ROW, TABLE, TEXT
from gilint.readers.docx.rawtable import CONTENT, MERGES
from gilint.readers.docx.tables import KIND

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence
    from typing import Any

    from gilint.model import Origin
    from gilint.readers.docx.extras import Extra, Extras
    from gilint.readers.docx.tables import Tables

MOST_BLOCKS = 100_000
"""Paragraphs and tables of a document; those of a report are a hundred."""


class Walker:
    """Collects ``blocks``; ``first`` holds the first place of each kind of note.

    Paragraphs outside of tables are counted as they stand in the file, empty ones and those in content controls and
    text boxes included; so are tables, those in other tables included unless they are read as text of a cell.
    """

    def __init__(self, extras: Extras, layout_rows: set[Any], seen: Collection[str], tables: Tables) -> None:
        self.blocks: list[Paragraph | Grid] = []
        self.first: dict[str, Origin] = {}
        self._extras = extras.known
        self._layout_rows = layout_rows
        self._layouts = {row.getparent() for row in layout_rows}
        self._tables = tables
        # What is looked for costs time even where there is none.
        signs = tuple(tag for tag in SIGNS if tag in seen)
        self._inline = (TEXT, *signs)
        self._content = (*CONTENT, *signs, *(tag for tag in MERGES if tag in seen))
        self._block = self._paragraphs = self._table = 0
        # Paragraphs whose end is gone, so that they go on in the next one.
        self._begun: list[tuple[str, WordOrigin]] = []
        self._feet: list[tuple[WordOrigin, Sequence[str]]] = []

    def walk(self, body: Any) -> None:
        """Take all that stands in the body. Raises ``InputError`` (``too-large``)."""
        for element in body.iterchildren(PARAGRAPH, TABLE):
            self._block += 1
            if element.tag == PARAGRAPH:
                self._paragraphs += 1
                self._take_paragraph(element, WordOrigin(KIND, self._block, self._paragraphs))
            else:
                self._break_off()
                self._take_table(element)
            if len(self.blocks) > MOST_BLOCKS:
                raise _too_long(self._tables.name)
        self._break_off()

    # --- paragraphs --------------------------------------------------------------------------------------------------

    def _take_paragraph(self, element: Any, origin: WordOrigin) -> int:
        """Take a paragraph whose text begins at ``origin``; how long it is."""
        text = text_of(element, self._inline)
        extra = self._extras.get(element)
        if extra is None and LINE not in text and not self._begun:
            self.blocks.append(Paragraph(text, origin))
            return len(text)
        self._begun.append((text, origin))
        if extra is not None:
            self._take_extra(extra, origin)
        if extra is None or not extra.runs_on:
            self._finish(extra.label if extra else "", extra.level if extra else 0)
        return len(text)

    def _take_extra(self, extra: Extra, origin: WordOrigin) -> None:
        for kind in extra.kinds:
            self.first.setdefault(kind, origin)
        self._feet += [(origin.replace(footnote=number, offset=0), lines) for number, lines in extra.feet]

    def _finish(self, label: str, level: int) -> None:
        """Make blocks of the paragraphs that were begun: one a line, and those of their footnotes."""
        begun = [part for part in self._begun if part[0]] or self._begun[-1:]
        self._begun = []
        texts, length = [label], 0
        parts: list[tuple[int, Origin, int]] = []
        for text, origin in begun:
            if parts:
                parts.append((length, origin, 0))
            else:
                length = len(label)
                parts.append((0, origin.replace(lead=length) if label else origin, 0))
            texts.append(text)
            length += len(text)
        whole = parts[0][1] if len(parts) == 1 else JoinedOrigin(tuple(parts))
        self._add_lines("".join(texts).split(LINE), whole, level)
        self._add_feet()

    def _break_off(self) -> None:
        """End paragraphs that nothing follows in which they could go on."""
        if any(text for text, _origin in self._begun):
            self._finish("", 0)
        self._begun = []
        self._add_feet()

    def _add_lines(self, lines: Sequence[str], origin: Origin, level: int = 0) -> None:
        start = 0
        for line in lines:
            self.blocks.append(Paragraph(line, PartOrigin(origin, start) if start else origin, level))
            start += len(line) + 1

    def _add_feet(self) -> None:
        feet, self._feet = self._feet, []
        for origin, lines in feet:
            self._add_lines(lines, origin)

    # --- tables ------------------------------------------------------------------------------------------------------

    def _take_table(self, table: Any) -> None:
        self._table += 1
        if table not in self._layouts:
            self._take_rows(table.iter(*self._content), self._table, 1)
            return
        number, count = self._table, 0
        plain: list[Any] = []
        for count, row in enumerate(table.iterchildren(ROW), 1):
            if row not in self._layout_rows:
                plain.append(row)
                continue
            self._take_plain(plain, number, count)
            plain = []
            self._take_layout(row, number, count)
        self._take_plain(plain, number, count + 1)

    def _take_plain(self, rows: Sequence[Any], table: int, end: int) -> None:
        """Take the rows of a table that stand before row ``end``, between others that only serve the looks."""
        if rows:
            self._block += 1
            self._take_rows(chain.from_iterable(row.iter(*self._content) for row in rows), table, end - len(rows))

    def _take_rows(self, elements: Iterable[Any], table: int, row: int) -> None:
        grid, extras = self._tables.grid(elements, WordOrigin(KIND, self._block, 0, table, row))
        self.blocks.append(grid)
        for extra, origin in extras:
            self._take_extra(extra, origin)
        self._add_feet()

    def _take_layout(self, row: Any, table: int, number: int) -> None:
        """Take what stands in the cells of a row one after the other."""
        for count, cell in enumerate(row.iterchildren(CELL), 1):
            offset = 0
            for element in cell.iterchildren(PARAGRAPH, TABLE):
                self._block += 1
                if element.tag == PARAGRAPH:
                    origin = WordOrigin(KIND, self._block, 0, table, number, count, offset=offset)
                    offset += self._take_paragraph(element, origin) + 1
                else:
                    self._break_off()
                    self._take_table(element)
            self._break_off()


def _too_long(name: str) -> InputError:
    return InputError(
        "too-large",
        name,
        {
            "zh": f"文档的段落和表格超过上限 {MOST_BLOCKS} 个",
            "en": f"paragraphs and tables are over the limit of {MOST_BLOCKS}",
        },
        {"zh": "请只保留报告正文", "en": "keep only the report"},
    )
