"""XLSX: workbooks of XML in a package, walked part by part (ISO/IEC 29500-1, 18)."""

from __future__ import annotations

import posixpath
from datetime import datetime

from gilint.errors import InputError
from gilint.late import late
from gilint.readers.package import damaged
from gilint.readers.spreadsheet.formats import BUILTIN, Formats

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from typing import Any

    from gilint.readers.package import Package
    from gilint.readers.spreadsheet.book import Area, Book, Sheet

    Parts = Mapping[str, tuple[str, str]]
    """Relationships of a part by their ids: (end of the type, member of the package)."""

RELATION = ("{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id",
    "{http://purl.oclc.org/ooxml/officeDocument/relationships}id")
MAIN, USUAL = "officeDocument", "xl/workbook.xml"
WORKSHEET, STRINGS, STYLES = "worksheet", "sharedStrings", "styles"
METADATA_PART = "core-properties"
METADATA = {"title": "title", "creator": "author", "created": "created"}
REFERENCE = late(r"\$?([A-Za-z]{1,3})\$?([0-9]{1,7})")
ESCAPED = late(r"_x([0-9A-Fa-f]{4})_")
DAYS_FROM = datetime(1899, 12, 30)
COMMENTS_PART = late(r"xl/(?:\w+/)?comments?\d*\.xml")
LONGEST_NUMBER = 12
TRUE = ("1", "true", "on")


def read_xlsx(package: Package, book: Book) -> None:
    """Put the sheets of a package into the book. Raises ``InputError``."""
    _Reader(package, book).read()


class _Reader:
    def __init__(self, package: Package, book: Book) -> None:
        self._package = package
        self._book = book
        # Names of parts do not tell capitals from small letters.
        self._members = {name.lower(): name for name in package.names}
        self._strings: Sequence[str] = ()
        self._formats = Formats()
        self._recalculated = self._calculated = False
        self._zeros: list[tuple[Sheet, int, int]] = []

    def read(self) -> None:
        top = self._relations("")
        main = next((part for kind, part in top.values() if kind == MAIN), USUAL)
        if main not in self._package:
            raise damaged(self._book.name, "the package holds no workbook", "其中没有工作簿")
        workbook = self._package.xml(main)
        parts = self._relations(main)
        kinds = {kind: part for kind, part in parts.values()}
        if STRINGS in kinds:
            self._strings = [_rich(item) for item in self._package.xml(kinds[STRINGS]).iterchildren("{*}si")]
        since_1904 = any(_flag(element, "date1904") for element in workbook.iterchildren("{*}workbookPr"))
        codes = _format_codes(self._package.xml(kinds[STYLES])) if STYLES in kinds else ()
        self._formats = Formats(codes, since_1904=since_1904)
        self._recalculated = any(_flag(element, "fullCalcOnLoad") for element in workbook.iterchildren("{*}calcPr"))
        for element in workbook.iterfind("{*}sheets/{*}sheet"):
            kind, part = parts.get(next(filter(None, map(element.get, RELATION)), ""), ("", ""))
            hidden = element.get("state", "visible") != "visible"
            sheet = self._book.sheet(element.get("name", ""), hidden=hidden)
            if kind == WORKSHEET:
                self._sheet(sheet, self._package.xml(part))
        self._drop_placeholders()
        self._look_beside(top)

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
        row_tag, cell_tag = f"{space}row", f"{space}c"
        row = -1
        for line in data.iterchildren(row_tag):
            # Both numbers may be left out where they follow each other.
            row = _number(line.get("r"), row + 2) - 1
            if line.get("hidden") in TRUE:
                sheet.hidden_rows.append((row, row))
            column = -1
            for cell in line.iterchildren(cell_tag):
                name = cell.get("r")
                match = REFERENCE.fullmatch(name) if name else None
                column = _column(match[1]) if match else column + 1
                if len(cell):
                    self._cell(sheet, row, column, cell, space)

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
            days = (datetime.fromisoformat(value).replace(tzinfo=None) - DAYS_FROM).total_seconds() / 86400
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
        """Libraries that do not calculate write 0 for every result, and have it calculated when Excel opens the file."""
        if self._calculated:
            return
        for sheet, row, column in self._zeros:
            sheet.cells.pop((row, column), None)
            self._book.note("formulas-without-values", sheet.origin(row, column))

    # --- what stands beside ------------------------------------------------------------------------------------------

    def _look_beside(self, top: Parts) -> None:
        book = self._book
        for name, member in self._members.items():
            if name.startswith("xl/media/"):
                book.note("pictures")
            elif name.startswith("xl/charts/chart"):
                book.note("embedded-objects")
            elif COMMENTS_PART.fullmatch(name):
                book.note("comments", count=len(self._package.xml(member).findall("{*}commentList/{*}comment")))
        part = next((part for kind, part in top.values() if kind == METADATA_PART), None)
        if part is None:
            return
        try:
            properties = self._package.xml(part)
        except InputError:
            # What stands beside the sheets is no reason to refuse them.
            return
        for element in properties:
            key, text = METADATA.get(element.tag.rpartition("}")[2]), (element.text or "").strip()
            if key and text:
                book.metadata[key] = text

    def _relations(self, part: str) -> Parts:
        folder, _, file = part.rpartition("/")
        source = self._members.get(posixpath.join(folder, "_rels", f"{file}.rels").lower())
        if source is None:
            return {}
        found = {}
        for element in self._package.xml(source):
            path = posixpath.normpath(posixpath.join("/", folder, element.get("Target", "").replace("\\", "/")))
            member = self._members.get(path.lstrip("/").lower())
            if member is not None:
                found[element.get("Id", "")] = element.get("Type", "").rpartition("/")[2], member
        return found


# --- values -----------------------------------------------------------------------------------------------------------


def _format_codes(styles: Any) -> list[str]:
    """The format codes by the numbers under which cells name them."""
    own = {_number(one.get("numFmtId")): one.get("formatCode", "") for one in styles.iterfind("{*}numFmts/{*}numFmt")}
    numbers = [_number(one.get("numFmtId")) for one in styles.iterfind("{*}cellXfs/{*}xf")]
    return [own[number] if number in own else BUILTIN.get(number, "") for number in numbers]


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
