"""ODS: sheets of OpenDocument, which say of every cell what it holds and how it is shown (ODF 1.3, part 3, 9)."""

from __future__ import annotations

from bisect import bisect_right

from gilint.errors import InputError
from gilint.readers.docx.inline import LINE
from gilint.readers.odt.drawings import kind_of
from gilint.readers.odt.inline import Content
from gilint.readers.odt.metadata import metadata_of
from gilint.readers.odt.names import (
    ANNOTATION,
    BODY,
    CELL,
    COLUMN,
    COLUMN_GROUPS,
    COLUMNS_REPEATED,
    COLUMNS_SPANNED,
    COVERED,
    DEFAULT_STYLE,
    FRAME,
    NAME,
    OFFICE,
    PARAGRAPH,
    ROW,
    ROW_GROUPS,
    ROWS_REPEATED,
    ROWS_SPANNED,
    SPREADSHEET,
    TABLE,
    TABLE_STYLE,
    TABLES,
    VISIBILITY,
    whole_number,
)
from gilint.readers.odt.styles import Styles
from gilint.readers.package import damaged
from gilint.readers.spreadsheet.formats import number_text, percent_text

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Collection, Iterator
    from typing import Any

    from gilint.readers.package import Package
    from gilint.readers.spreadsheet.book import Book, Sheet

CONTENT, STYLES, META = "content.xml", "styles.xml", "meta.xml"
KIND, VALUE, STRING = f"{OFFICE}value-type", f"{OFFICE}value", f"{OFFICE}string-value"
FORMULA = f"{TABLES}formula"
NUMBERS, PERCENTAGE = ("float", "currency", "percentage"), "percentage"
BOOLEAN, BOOLEAN_VALUE = "boolean", f"{OFFICE}boolean-value"
VISIBLE = "visible"
TRACKED = f"{TABLES}tracked-changes"


def read_ods(package: Package, book: Book) -> None:
    """Put the sheets of a package into the book. Raises ``InputError``."""
    content = package.xml(CONTENT)
    styles = package.xml(STYLES) if STYLES in package else None
    read_content(content, book, styles)
    if META in package:
        try:
            book.metadata.update(metadata_of(package.xml(META)))
        except InputError:
            # What stands beside the sheets is no reason to refuse them.
            return


def read_content(root: Any, book: Book, more_styles: Any = None) -> None:
    """Put the sheets below ``root``, the content or a whole document in one file, into the book."""
    body = root.find(f"{BODY}/{SPREADSHEET}")
    if body is None:
        raise damaged(book.name, "it holds no sheets", "其中没有工作表")
    if more_styles is None:
        book.metadata.update(metadata_of(root))
    styles = Styles([root] if more_styles is None else [root, more_styles])
    for table in body.iterchildren(TABLE):
        hidden = table.get(TABLE_STYLE) in styles.hidden_sheets
        _Reader(book, book.sheet(table.get(NAME, ""), hidden=hidden), styles.framed_cells).read(table)
    changes = sum(len(one) for one in body.iterchildren(TRACKED))
    if changes:
        book.note("tracked-changes", count=changes)


class _Reader:
    """Reads one sheet. Equal rows and cells that follow each other stand there once, with their number."""

    def __init__(self, book: Book, sheet: Sheet, framed: Collection[str]) -> None:
        self._book = book
        self._sheet = sheet
        self._framed = framed
        # The style of a column's cells that name none, and where it begins.
        self._starts: list[int] = []
        self._defaults: list[str | None] = []

    def read(self, table: Any) -> None:
        column = 0
        for element in _inside(table, COLUMN, COLUMN_GROUPS):
            count = whole_number(element.get(COLUMNS_REPEATED), 1, 1)
            self._starts.append(column)
            self._defaults.append(element.get(DEFAULT_STYLE))
            if _is_hidden(element):
                self._sheet.hidden_columns.append((column, column + count - 1))
            column += count
        row = 0
        for element in _inside(table, ROW, ROW_GROUPS):
            count = whole_number(element.get(ROWS_REPEATED), 1, 1)
            if _is_hidden(element):
                self._sheet.hidden_rows.append((row, row + count - 1))
            self._row(element, row, count)
            row += count
        for frame in table.iter(FRAME):
            kind = kind_of(frame)
            if kind:
                self._book.note(kind, self._sheet.origin(0, 0))

    def _row(self, line: Any, row: int, count: int) -> None:
        """Take a row that stands ``count`` times, from number ``row`` on."""
        texts: list[tuple[range, str]] = []
        column = 0
        for cell in line.iterchildren(CELL, COVERED):
            repeated = whole_number(cell.get(COLUMNS_REPEATED), 1, 1)
            if cell.tag == CELL:
                self._merge(cell, row, column)
                # Most cells are blank, and as far as the sheet goes.
                text = self._text(cell, row, column) if len(cell) or cell.get(KIND) or cell.get(FORMULA) else ""
                if text:
                    texts.append((range(column, column + repeated), text))
                elif self._framed and count == 1 and self._style(cell, column) in self._framed:
                    self._sheet.frame(row, range(column, column + repeated))
            column += repeated
        for each in range(row, row + count) if texts else ():
            for columns, text in texts:
                for at in columns:
                    self._sheet.put(each, at, text)

    def _style(self, cell: Any, column: int) -> str | None:
        at = bisect_right(self._starts, column) - 1
        name: str | None = cell.get(TABLE_STYLE, self._defaults[at] if at >= 0 else None)
        return name

    def _merge(self, cell: Any, row: int, column: int) -> None:
        width, height = cell.get(COLUMNS_SPANNED), cell.get(ROWS_SPANNED)
        if width is None and height is None:
            return
        bottom, right = row + whole_number(height, 1, 1) - 1, column + whole_number(width, 1, 1) - 1
        if (bottom, right) != (row, column):
            self._sheet.merged.append((row, column, bottom, right))

    def _text(self, cell: Any, row: int, column: int) -> str:
        """What a cell holds: a number as it is, anything else as it is shown."""
        for _comment in cell.iterchildren(ANNOTATION):
            self._book.note("comments", self._sheet.origin(row, column))
        kind, value = cell.get(KIND), cell.get(VALUE)
        if kind in NUMBERS and value is not None:
            try:
                return percent_text(float(value)) if kind == PERCENTAGE else number_text(float(value))
            except ValueError:
                return f"{value}"
        if kind == BOOLEAN:
            return "TRUE" if cell.get(BOOLEAN_VALUE) == "true" else "FALSE"
        lines = [Content(paragraph).text for paragraph in cell.iterchildren(PARAGRAPH)]
        if not lines and kind is None and cell.get(FORMULA) is not None:
            self._book.note("formulas-without-values", self._sheet.origin(row, column))
        if not lines:
            lines.append(cell.get(STRING, ""))
        return "\n".join(lines).replace(LINE, "\n")


def _inside(element: Any, tag: str, groups: tuple[str, ...]) -> Iterator[Any]:
    """The rows, or columns, of a table, those in groups included."""
    waiting = [element.iterchildren(tag, *groups)]
    while waiting:
        child = next(waiting[-1], None)
        if child is None:
            waiting.pop()
        elif child.tag == tag:
            yield child
        else:
            waiting.append(child.iterchildren(tag, *groups))


def _is_hidden(element: Any) -> bool:
    return bool(element.get(VISIBILITY, VISIBLE) != VISIBLE)
