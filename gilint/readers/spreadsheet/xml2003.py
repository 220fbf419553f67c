"""Workbooks in one XML file, as Excel 2003 and many systems that hand out tables write them (SpreadsheetML)."""

from __future__ import annotations

from gilint.readers.package import damaged
from gilint.readers.spreadsheet.formats import BUILTIN, LONG_DATE, Formats, days_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from gilint.readers.spreadsheet.book import Book, Sheet

S = "{urn:schemas-microsoft-com:office:spreadsheet}"
WORKBOOK, WORKSHEET, TABLE, ROW, COLUMN, CELL = (
    f"{S}{name}" for name in ("Workbook", "Worksheet", "Table", "Row", "Column", "Cell")
)
DATA, COMMENT, STYLE, NUMBER_FORMAT = f"{S}Data", f"{S}Comment", f"{S}Style", f"{S}NumberFormat"
INDEX, SPAN, HIDDEN, FORMULA = f"{S}Index", f"{S}Span", f"{S}Hidden", f"{S}Formula"
ACROSS, DOWN, STYLE_ID, TYPE, NAME, ID = (
    f"{S}{name}" for name in ("MergeAcross", "MergeDown", "StyleID", "Type", "Name", "ID")
)
FORMAT = f"{S}Format"
VISIBLE = "{urn:schemas-microsoft-com:office:excel}Visible"
NAMED = {
    "General Date": BUILTIN[22],
    "Short Date": BUILTIN[14],
    "Medium Date": BUILTIN[15],
    "Long Date": LONG_DATE,
    "Short Time": BUILTIN[20],
    "Medium Time": BUILTIN[18],
    "Long Time": BUILTIN[21],
    "Percent": BUILTIN[10],
}
"""Formats that have a name there, and no code."""
LONGEST_NUMBER = 12


def read_xml(root: Any, book: Book) -> None:
    """Put the sheets below the root of a file into the book. Raises ``InputError``."""
    if root.tag != WORKBOOK:
        raise damaged(book.name, "it holds no workbook", "其中没有工作簿")
    reader = _Reader(root, book)
    for element in root.iterchildren(WORKSHEET):
        hidden = any("Hidden" in (one.text or "") for one in element.iter(VISIBLE))
        sheet = book.sheet(element.get(NAME, ""), hidden=hidden)
        for table in element.iterchildren(TABLE):
            reader.read(sheet, table)


class _Reader:
    def __init__(self, root: Any, book: Book) -> None:
        self._book = book
        self._styles: dict[str, int] = {}
        codes: list[str] = []
        for style in root.iter(STYLE):
            code = next((one.get(FORMAT, "") for one in style.iterchildren(NUMBER_FORMAT)), "")
            self._styles[style.get(ID, "")] = len(codes)
            codes.append(NAMED.get(code, code))
        self._formats = Formats(codes)

    def read(self, sheet: Sheet, table: Any) -> None:
        """Rows and cells follow each other unless they give the number of their place."""
        row = column = 0
        for element in table.iterchildren(COLUMN, ROW):
            if element.tag == COLUMN:
                column = _number(element.get(INDEX), column + 1) - 1
                last = column + _number(element.get(SPAN), 0)
                if element.get(HIDDEN) == "1":
                    sheet.hidden_columns.append((column, last))
                column = last + 1
                continue
            row = _number(element.get(INDEX), row + 1) - 1
            last = row + _number(element.get(SPAN), 0)
            if element.get(HIDDEN) == "1":
                sheet.hidden_rows.append((row, last))
            self._row(sheet, row, element)
            row = last + 1

    def _row(self, sheet: Sheet, row: int, line: Any) -> None:
        column = 0
        for cell in line.iterchildren(CELL):
            column = _number(cell.get(INDEX), column + 1) - 1
            bottom, right = row + _number(cell.get(DOWN), 0), column + _number(cell.get(ACROSS), 0)
            if (bottom, right) != (row, column):
                sheet.merged.append((row, column, bottom, right))
            data = None
            for child in cell.iterchildren(DATA, COMMENT):
                if child.tag == COMMENT:
                    self._book.note("comments", sheet.origin(row, column))
                else:
                    data = child
            if data is not None:
                sheet.put(row, column, self._text(data, self._styles.get(cell.get(STYLE_ID, ""), -1)))
            elif cell.get(FORMULA) is not None:
                self._book.note("formulas-without-values", sheet.origin(row, column))
            column = right + 1

    def _text(self, data: Any, style: int) -> str:
        if data.find(DATA) is not None:
            # No program writes values inside of values: joined they would be a figure that nobody wrote.
            raise damaged(self._book.name, "a value inside of a value", "数据里还有数据")
        kind, text = data.get(TYPE), "".join(data.itertext())
        if kind == "Boolean":
            return "TRUE" if text == "1" else "FALSE"
        try:
            if kind == "Number":
                return self._formats.text(float(text), style)
            if kind == "DateTime":
                return self._formats.date(days_of(text), style) or text
        except ValueError:
            return text
        return text


def _number(value: str | None, default: int) -> int:
    if value is None or len(value) > LONGEST_NUMBER or not value.isdecimal():
        return default
    return int(value)
