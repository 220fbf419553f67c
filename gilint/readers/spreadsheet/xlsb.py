"""XLSB: workbooks of Excel as records of bytes in a package ([MS-XLSB])."""

from __future__ import annotations

import struct

from gilint.readers.package import damaged
from gilint.readers.spreadsheet.biff import ERRORS, compressed_number, wide_text
from gilint.readers.spreadsheet.formats import BUILTIN, Formats
from gilint.readers.spreadsheet.parts import Parts, missing_sheet
from gilint.record import Record

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from gilint.readers.package import Package
    from gilint.readers.spreadsheet.book import Book, Sheet

MAIN = "xl/workbook.bin"

# Records of the workbook.
PROPERTIES, SHEET = 153, 156
FORMAT, STYLES_BEGIN, STYLES_END, STYLE = 44, 617, 618, 47
SHARED_TEXT_ITEM = 19
# Records of a sheet.
ROW, COMPRESSED, ERROR, BOOLEAN, NUMBER, TEXT, SHARED_TEXT = 0, 2, 3, 4, 5, 6, 7
TEXT_RESULT, NUMBER_RESULT, BOOLEAN_RESULT, ERROR_RESULT, RICH_TEXT = 8, 9, 10, 11, 62
MERGED, COLUMNS = 176, 60
CELL_HEAD = 8
HIDDEN_ROW, HIDDEN_COLUMNS = 0x10, 0x01


class SheetPlace(Record):
    """A sheet and the member of the package that holds it."""

    name: str
    part: str
    hidden: bool


def read_xlsb(package: Package, book: Book) -> None:
    """Put the sheets of a package into the book. Raises ``InputError``."""
    try:
        _Reader(Parts(package), book).read()
    except (struct.error, IndexError) as error:
        raise damaged(book.name, f"a record is too short: {error}", "有数据记录不完整") from None


class _Reader:
    def __init__(self, parts: Parts, book: Book) -> None:
        self._parts = parts
        self._book = book
        self._strings: list[str] = []
        self._formats = Formats()
        self._row = 0

    def read(self) -> None:
        related = self._parts.related(MAIN)
        sheets, since_1904 = self._workbook(related)
        kinds = dict(related.values())
        if "sharedStrings" in kinds:
            records = self._records(kinds["sharedStrings"])
            self._strings = [wide_text(content, 1)[0] for kind, content in records if kind == SHARED_TEXT_ITEM]
        codes = self._codes(kinds["styles"]) if "styles" in kinds else []
        self._formats = Formats(codes, since_1904=since_1904)
        for place in sheets:
            sheet = self._book.sheet(place.name, hidden=place.hidden)
            if place.part:
                for kind, content in self._records(place.part):
                    self._record(sheet, kind, content)
        self._parts.look_beside(self._book)

    def _records(self, part: str) -> Iterator[tuple[int, bytes]]:
        """Kinds and contents; both the kind and the size take as many bytes as they need, seven bits in each."""
        content = self._parts.package.read(part)
        at, end = 0, len(content)
        while at < end:
            kind, at = content[at], at + 1
            if kind & 0x80:
                kind, at = (kind & 0x7F) | (content[at] & 0x7F) << 7, at + 1
            size = shift = 0
            while shift < 28:
                byte, at = content[at], at + 1
                size |= (byte & 0x7F) << shift
                shift += 7
                if byte < 0x80:
                    break
            yield kind, content[at : at + size]
            at += size

    # --- the workbook ------------------------------------------------------------------------------------------------

    def _workbook(self, related: dict[str, tuple[str, str]]) -> tuple[list[SheetPlace], bool]:
        sheets, since_1904 = [], False
        for kind, content in self._records(MAIN):
            if kind == PROPERTIES:
                since_1904 = bool(content[0] & 1)
            elif kind == SHEET:
                state = struct.unpack_from("<I", content)[0]
                relation, at = wide_text(content, 8)
                name = wide_text(content, at)[0]
                if relation not in related:
                    raise missing_sheet(self._book, name)
                type_of, part = related[relation]
                sheets.append(SheetPlace(name, part if type_of == "worksheet" else "", state != 0))
        return sheets, since_1904

    def _codes(self, part: str) -> list[str]:
        """The format codes by the numbers under which cells name them."""
        own = dict(BUILTIN)
        codes: list[str] = []
        inside = False
        for kind, content in self._records(part):
            if kind == FORMAT:
                own[struct.unpack_from("<H", content)[0]] = wide_text(content, 2)[0]
            elif kind in (STYLES_BEGIN, STYLES_END):
                inside = kind == STYLES_BEGIN
            elif kind == STYLE and inside:
                codes.append(own.get(struct.unpack_from("<H", content, 2)[0], ""))
        return codes

    # --- sheets ------------------------------------------------------------------------------------------------------

    def _record(self, sheet: Sheet, kind: int, content: bytes) -> None:
        if kind == ROW:
            self._row = struct.unpack_from("<I", content)[0]
            if len(content) > 11 and content[11] & HIDDEN_ROW:
                sheet.hidden_rows.append((self._row, self._row))
        elif kind in CELLS:
            column, style = struct.unpack_from("<II", content)
            sheet.put(self._row, column, self._cell(kind, content, style & 0xFFFFFF))
        elif kind == MERGED:
            top, bottom, left, right = struct.unpack_from("<IIII", content)
            sheet.merged.append((top, left, bottom, right))
        elif kind == COLUMNS and struct.unpack_from("<H", content, 16)[0] & HIDDEN_COLUMNS:
            sheet.hidden_columns.append(struct.unpack_from("<II", content))

    def _cell(self, kind: int, content: bytes, style: int) -> str:
        if kind in (NUMBER, NUMBER_RESULT):
            return self._formats.text(struct.unpack_from("<d", content, CELL_HEAD)[0], style)
        if kind == COMPRESSED:
            return self._formats.text(compressed_number(struct.unpack_from("<I", content, CELL_HEAD)[0]), style)
        if kind == SHARED_TEXT:
            number: int = struct.unpack_from("<I", content, CELL_HEAD)[0]
            return self._strings[number]
        if kind in (BOOLEAN, BOOLEAN_RESULT):
            return "TRUE" if content[CELL_HEAD] else "FALSE"
        if kind in (ERROR, ERROR_RESULT):
            return ERRORS.get(content[CELL_HEAD], "#N/A")
        return wide_text(content, CELL_HEAD + (kind == RICH_TEXT))[0]


CELLS = frozenset(
    (
        COMPRESSED,
        ERROR,
        BOOLEAN,
        NUMBER,
        TEXT,
        SHARED_TEXT,
        TEXT_RESULT,
        NUMBER_RESULT,
        BOOLEAN_RESULT,
        ERROR_RESULT,
        RICH_TEXT,
    )
)
