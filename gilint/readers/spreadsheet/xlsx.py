"""XLSX: workbooks of XML in a package, walked part by part (ISO/IEC 29500-1, 18)."""

from __future__ import annotations

from gilint.late import late
from gilint.readers.package import damaged
from gilint.readers.spreadsheet.formats import BUILTIN, Formats, days_of
from gilint.readers.spreadsheet.parts import Parts, missing_sheet

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Any

    from gilint.readers.package import Package
    from gilint.readers.spreadsheet.book import Area, Book, Sheet

RELATION = (
    "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id",
    "{http://purl.oclc.org/ooxml/officeDocument/relationships}id",
)
MAIN, USUAL = "officeDocument", "xl/workbook.xml"
WORKSHEET, STRINGS, STYLES = "worksheet", "sharedStrings", "styles"
REFERENCE = late(r"\$?([A-Za-z]{1,3})\$?([0-9]{1,7})")
ESCAPED = late(r"_x([0-9A-Fa-f]{4})_")
DIGITS, UNKNOWN = "0123456789", -1
LONGEST_NUMBER = 12
SIDES = ("}left", "}right", "}start", "}end")
TRUE = ("1", "true", "on")


def read_xlsx(package: Package, book: Book) -> None:
    """Put the sheets of a package into the book. Raises ``InputError``."""
    _Reader(Parts(package), book).read()


class _Reader:
    def __init__(self, parts: Parts, book: Book) -> None:
        self._parts = parts
        self._book = book
        self._strings: Sequence[str] = ()
        self._formats = Formats()
        self._recalculated = self._calculated = False
        self._framed: frozenset[int] = frozenset()
        self._columns = _Columns()
        self._zeros: list[tuple[Sheet, int, int]] = []

    def read(self) -> None:
        main = next((part for kind, part in self._parts.related("").values() if kind == MAIN), None)
        main = main or self._parts.find(USUAL)
        if main is None:
            raise damaged(self._book.name, "the package holds no workbook", "其中没有工作簿")
        workbook = self._parts.xml(main)
        parts = self._parts.related(main)
        kinds = dict(parts.values())
        if STRINGS in kinds:
            self._strings = [_rich(item) for item in self._parts.xml(kinds[STRINGS]).iterchildren("{*}si")]
        since_1904 = any(_flag(element, "date1904") for element in workbook.iterchildren("{*}workbookPr"))
        if STYLES in kinds:
            styles = self._parts.xml(kinds[STYLES])
            self._formats = Formats(_format_codes(styles), since_1904=since_1904)
            self._framed = _framed_styles(styles)
        self._recalculated = any(_flag(element, "fullCalcOnLoad") for element in workbook.iterchildren("{*}calcPr"))
        for element in workbook.iterfind("{*}sheets/{*}sheet"):
            name, relation = element.get("name", ""), next(filter(None, map(element.get, RELATION)), "")
            if relation not in parts:
                raise missing_sheet(self._book, name)
            kind, part = parts[relation]
            sheet = self._book.sheet(name, hidden=element.get("state", "visible") != "visible")
            if kind == WORKSHEET:
                self._sheet(sheet, self._parts.xml(part))
        self._drop_placeholders()
        self._parts.look_beside(self._book)

    # --- sheets ------------------------------------------------------------------------------------------------------

    def _sheet(self, sheet: Sheet, root: Any) -> None:
        space = root.tag[: root.tag.find("}") + 1]
        for child in root:
            if child.tag == f"{space}sheetData":
                self._rows(sheet, child, space)
            elif child.tag == f"{space}mergeCells":
                sheet.merged += filter(None, (_area(one.get("ref", "")) for one in child))
            elif child.tag == f"{space}cols":
                hidden = (one for one in child if _flag(one, "hidden"))
                sheet.hidden_columns += [(_number(one.get("min")) - 1, _number(one.get("max")) - 1) for one in hidden]

    def _rows(self, sheet: Sheet, data: Any, space: str) -> None:
        row_tag, cell_tag, columns = f"{space}row", f"{space}c", self._columns
        row = -1
        for line in data.iterchildren(row_tag):
            # Both numbers may be left out where they follow each other.
            row = _number(line.get("r"), row + 2) - 1
            if line.get("hidden") in TRUE:
                sheet.hidden_rows.append((row, row))
            column = -1
            for cell in line.iterchildren(cell_tag):
                name = cell.get("r")
                column = columns.of(name.rstrip(DIGITS), column + 1) if name else column + 1
                if len(cell):
                    self._cell(sheet, row, column, cell, space)
                elif self._framed and _number(cell.get("s")) in self._framed:
                    sheet.frame(row, range(column, column + 1))

    def _cell(self, sheet: Sheet, row: int, column: int, cell: Any, space: str) -> None:
        kind = cell.get("t", "n")
        value, formula, text = "", False, ""
        for child in cell:
            if child.tag == f"{space}v":
                value = child.text or ""
            elif child.tag == f"{space}f":
                formula = True
            elif child.tag == f"{space}is":
                text = _rich(child)
        if value:
            text = self._text(kind, value, _number(cell.get("s")))
        if formula:
            self._formula(sheet, row, column, value or kind)
        sheet.put(row, column, text)

    def _text(self, kind: str, value: str, style: int) -> str:
        if kind == "s":
            number = _number(value, -1)
            if not 0 <= number < len(self._strings):
                raise damaged(self._book.name, f"there is no text {value[:20]!r}", f"没有第 {value[:20]} 条文字")
            return self._strings[number]
        if kind == "b":
            return "TRUE" if value == "1" else "FALSE"
        if kind == "d":
            return self._date(value, style)
        if kind != "n":
            return _unescaped(value)
        try:
            return self._formats.text(float(value), style)
        except ValueError:
            return value

    def _date(self, value: str, style: int) -> str:
        try:
            days = days_of(value)
        except ValueError:
            return value
        return self._formats.date(days, style) or value

    # --- formulas ----------------------------------------------------------------------------------------------------

    def _formula(self, sheet: Sheet, row: int, column: int, value: str) -> None:
        """A formula with its last result, or else the kind of its cell; an empty text is a result."""
        if value == "n":
            self._book.note("formulas-without-values", sheet.origin(row, column))
        elif self._recalculated and value == "0":
            self._zeros.append((sheet, row, column))
        else:
            self._calculated = True

    def _drop_placeholders(self) -> None:
        """Leave out the results of libraries that do not calculate: all of them 0, until Excel opens the file."""
        if self._calculated:
            return
        for sheet, row, column in self._zeros:
            sheet.cells.pop((row, column), None)
            self._book.note("formulas-without-values", sheet.origin(row, column))


# --- values -----------------------------------------------------------------------------------------------------------


def _format_codes(styles: Any) -> list[str]:
    """The format codes by the numbers under which cells name them."""
    own = {_number(one.get("numFmtId")): one.get("formatCode", "") for one in styles.iterfind("{*}numFmts/{*}numFmt")}
    numbers = [_number(one.get("numFmtId")) for one in styles.iterfind("{*}cellXfs/{*}xf")]
    return [own[number] if number in own else BUILTIN.get(number, "") for number in numbers]


def _framed_styles(styles: Any) -> frozenset[int]:
    """The numbers of the styles that draw a line beside a cell."""
    borders = [
        any(side.get("style", "none") != "none" for side in border if side.tag.endswith(SIDES))
        for border in styles.iterfind("{*}borders/{*}border")
    ]
    used = [_number(one.get("borderId")) for one in styles.iterfind("{*}cellXfs/{*}xf")]
    return frozenset(style for style, border in enumerate(used) if 0 <= border < len(borders) and borders[border])


def _rich(item: Any) -> str:
    """The text of a string without its pronunciation."""
    parts = []
    for child in item:
        tag = child.tag.rpartition("}")[2]
        if tag == "t":
            parts.append(child.text or "")
        elif tag == "r":
            parts += [one.text or "" for one in child.iterchildren("{*}t")]
    return _unescaped("".join(parts))


def _unescaped(text: str) -> str:
    """Characters that XML does not know are written as their number: _x000D_."""
    return ESCAPED.sub(lambda match: chr(int(match[1], 16)), text) if "_x" in text else text


def _area(reference: str) -> Area | None:
    first, _, last = reference.partition(":")
    start, end = REFERENCE.fullmatch(first), REFERENCE.fullmatch(last or first)
    if start is None or end is None:
        return None
    top, bottom = sorted((int(start[2]) - 1, int(end[2]) - 1))
    left, right = sorted((_column(start[1]), _column(end[1])))
    return top, left, bottom, right


def _column(letters: str) -> int:
    """A before B, Z before AA; the first is 0."""
    number = 0
    for letter in letters.upper():
        number = number * 26 + ord(letter) - ord("A") + 1
    return number - 1


class _Columns(dict[str, int]):
    """Numbers of columns by their letters, as far as they were asked for."""

    def of(self, letters: str, default: int) -> int:
        """The number of a column, from 0; ``default`` for what is none."""
        number = self.get(letters)
        if number is None:
            is_column = 0 < len(letters) < 4 and letters.isascii() and letters.isalpha()
            number = self[letters] = _column(letters) if is_column else UNKNOWN
        return default if number == UNKNOWN else number


def _flag(element: Any, name: str) -> bool:
    return element.get(name) in TRUE


def _number(value: str | None, default: int = 0) -> int:
    """The number that an attribute holds; ``default`` for none, or for what is none."""
    if value is None or len(value) > LONGEST_NUMBER:
        return default
    try:
        return int(value)
    except ValueError:
        return default
