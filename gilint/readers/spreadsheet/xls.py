"""XLS: workbooks of Excel until 2003 and of WPS, records in a compound file ([MS-XLS], and BIFF5 before it)."""

from __future__ import annotations

import struct
from itertools import islice

from gilint.readers.compound import Compound
from gilint.readers.package import damaged, encrypted
from gilint.readers.spreadsheet.biff import ERRORS, Strings, compressed_number, text_at
from gilint.readers.spreadsheet.formats import BUILTIN, Formats
from gilint.record import Record

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from gilint.readers.spreadsheet.book import Book, Sheet

STREAMS = ("Workbook", "WORKBOOK", "Book", "BOOK")
BIFF8 = 0x0600
HEAD = 4
UNICODE, WESTERN = 1200, "cp1252"
CHINESE = {936: "gb18030", 54936: "gb18030"}

# Records of the workbook.
BEGIN, END, CONTINUE = 0x0809, 0x000A, 0x003C
SEALED, CODE_PAGE, SINCE_1904 = 0x002F, 0x0042, 0x0022
FORMAT, STYLE, SHEET, STRINGS = 0x041E, 0x00E0, 0x0085, 0x00FC
# Records of a sheet.
NUMBER, COMPRESSED, COMPRESSED_RUN = 0x0203, 0x027E, 0x00BD
SHARED_TEXT, TEXT, RICH_TEXT, BOOLEAN = 0x00FD, 0x0204, 0x00D6, 0x0205
BLANK, BLANK_RUN = 0x0201, 0x00BE
FORMULA, RESULT = 0x0006, 0x0207
MERGED, ROW, COLUMNS = 0x00E5, 0x0208, 0x007D
COMMENT, DRAWING = 0x001C, 0x005D
PICTURE, CHART = 8, 5
HIDDEN_ROW, HIDDEN_COLUMNS = 0x20, 0x01
WORKSHEET = 0


class SheetPlace(Record):
    """Where a sheet's records begin, and whether it is one of cells."""

    name: str
    start: int
    hidden: bool
    has_cells: bool


def read_xls(data: bytes, book: Book) -> None:
    """Put the sheets of a compound file into the book. Raises ``InputError``."""
    compound = Compound(data, book.name)
    stream = next((name for name in STREAMS if name in compound.streams), None)
    if stream is None:
        raise damaged(book.name, "it holds no workbook", "其中没有工作簿")
    reader = _Reader(compound.read(stream), book)
    try:
        reader.read()
    except (struct.error, IndexError) as error:
        raise damaged(book.name, f"a record is too short: {error}", "有数据记录不完整") from None


class _Reader:
    def __init__(self, stream: bytes, book: Book) -> None:
        self._stream = stream
        self._book = book
        self._is_biff8 = True
        self._codec = WESTERN
        self._strings: list[str] = []
        self._formats = Formats()
        self._framed: frozenset[int] = frozenset()
        # Where the text belongs that is the result of the last formula.
        self._waiting: tuple[int, int] | None = None
        # No record is read twice, so there can be no more than this.
        self._left = len(stream) // HEAD

    def read(self) -> None:
        for place in self._globals():
            sheet = self._book.sheet(place.name, hidden=place.hidden)
            if place.has_cells:
                for kind, content in self._records(place.start):
                    self._record(sheet, kind, content)

    def _records(self, start: int) -> Iterator[tuple[int, bytes]]:
        """The records from ``start`` to the end of the part that begins there, without parts inside it (charts)."""
        stream, depth = self._stream, 0
        while start + HEAD <= len(stream):
            kind, size = struct.unpack_from("<HH", stream, start)
            start += HEAD
            self._left -= 1
            if self._left < 0:
                raise damaged(self._book.name, "sheets share their records", "几个工作表指向同一处数据")
            if kind == BEGIN:
                depth += 1
            elif kind == END:
                depth -= 1
                if depth <= 0:
                    return
            if depth <= 1:
                yield kind, stream[start : start + size]
            start += size

    # --- the workbook ------------------------------------------------------------------------------------------------

    def _globals(self) -> list[SheetPlace]:
        codes: dict[int, str] = dict(BUILTIN)
        styles: list[bytes] = []
        sheets: list[SheetPlace] = []
        strings: list[bytes] = []
        since_1904 = False
        before = 0
        for kind, content in self._records(0):
            if kind == SEALED:
                raise encrypted(self._book.name)
            if kind == BEGIN:
                self._is_biff8 = struct.unpack_from("<H", content)[0] == BIFF8
            elif kind == CODE_PAGE:
                self._codec = _codec(struct.unpack_from("<H", content)[0])
            elif kind == SINCE_1904:
                since_1904 = content[:1] == b"\x01"
            elif kind == FORMAT:
                number = struct.unpack_from("<H", content)[0]
                codes[number] = self._text(content, 2, short=not self._is_biff8)
            elif kind == STYLE:
                styles.append(content)
            elif kind == SHEET:
                sheets.append(self._sheet_place(content))
            elif kind == STRINGS or (kind == CONTINUE and before == STRINGS):
                strings.append(content)
                kind = STRINGS
            before = kind
        if strings:
            count = struct.unpack_from("<I", strings[0], 4)[0]
            self._strings = list(islice(Strings([strings[0][8:], *strings[1:]]), count))
        numbers = [struct.unpack_from("<H", style, 2)[0] for style in styles]
        self._formats = Formats([codes.get(number, "") for number in numbers], since_1904=since_1904)
        if self._is_biff8:
            # The lowest four bits are the line on the left, the next four that on the right.
            lines = [struct.unpack_from("<H", style, 10)[0] & 0xFF for style in styles]
            self._framed = frozenset(number for number, line in enumerate(lines) if line)
        return sheets

    def _sheet_place(self, content: bytes) -> SheetPlace:
        start, state, kind = struct.unpack_from("<IBB", content)
        return SheetPlace(self._text(content, 6, short=True), start, state & 3 != 0, kind == WORKSHEET)

    def _text(self, content: bytes, at: int, *, short: bool = False) -> str:
        """The text at a place in a record; its length is one byte, if ``short``, or two."""
        return text_at(content, at, short=short, codec=None if self._is_biff8 else self._codec)

    # --- sheets ------------------------------------------------------------------------------------------------------

    def _record(self, sheet: Sheet, kind: int, content: bytes) -> None:
        if kind == COMPRESSED_RUN:
            row, column = struct.unpack_from("<HH", content)
            for at in range(4, len(content) - 6, 6):
                style, number = struct.unpack_from("<HI", content, at)
                sheet.put(row, column + (at - 4) // 6, self._formats.text(compressed_number(number), style))
        elif kind in CELLS:
            row, column, style = struct.unpack_from("<HHH", content)
            sheet.put(row, column, self._cell(kind, content, style, (row, column)))
        elif kind in (BLANK, BLANK_RUN):
            # The last number of a run is its last column.
            count = max(2, len(content) // 2 - (kind == BLANK_RUN))
            row, column, *styles = struct.unpack_from(f"<{count}H", content)
            for at, style in enumerate(styles, column):
                if style in self._framed:
                    sheet.frame(row, range(at, at + 1))
        elif kind == RESULT and self._waiting is not None:
            sheet.put(*self._waiting, self._text(content, 0))
            self._waiting = None
        elif kind == MERGED:
            for area in struct.iter_unpack("<HHHH", content[2 : 2 + (len(content) - 2) // 8 * 8]):
                top, bottom, left, right = area
                sheet.merged.append((top, left, bottom, right))
        elif kind == ROW and struct.unpack_from("<H", content, 12)[0] & HIDDEN_ROW:
            row = struct.unpack_from("<H", content)[0]
            sheet.hidden_rows.append((row, row))
        elif kind == COLUMNS and struct.unpack_from("<H", content, 8)[0] & HIDDEN_COLUMNS:
            sheet.hidden_columns.append(struct.unpack_from("<HH", content))
        elif kind == COMMENT:
            self._book.note("comments", sheet.origin(*struct.unpack_from("<HH", content)))
        elif kind == DRAWING:
            self._drawing(sheet, content)

    def _cell(self, kind: int, content: bytes, style: int, place: tuple[int, int]) -> str:
        if kind == NUMBER:
            return self._formats.text(struct.unpack_from("<d", content, 6)[0], style)
        if kind == COMPRESSED:
            return self._formats.text(compressed_number(struct.unpack_from("<I", content, 6)[0]), style)
        if kind == SHARED_TEXT:
            number: int = struct.unpack_from("<I", content, 6)[0]
            return self._strings[number]
        if kind == BOOLEAN:
            return _boolean(content[6], is_error=content[7])
        if kind == FORMULA:
            return self._result(content, style, place)
        return self._text(content, 6)

    def _result(self, content: bytes, style: int, place: tuple[int, int]) -> str:
        """The last result of a formula; a text follows in a record of its own."""
        self._waiting = None
        kind, _, value = struct.unpack_from("<BBB", content, 6)
        if content[12:14] != b"\xff\xff":
            return self._formats.text(struct.unpack_from("<d", content, 6)[0], style)
        if kind == 0:
            self._waiting = place
        return _boolean(value, is_error=kind == 2) if kind in (1, 2) else ""

    def _drawing(self, sheet: Sheet, content: bytes) -> None:
        kind = struct.unpack_from("<H", content, 4)[0] if self._is_biff8 and len(content) >= 6 else 0
        if kind in (PICTURE, CHART):
            self._book.note("pictures" if kind == PICTURE else "embedded-objects", sheet.origin(0, 0))


CELLS = frozenset((NUMBER, COMPRESSED, SHARED_TEXT, TEXT, RICH_TEXT, BOOLEAN, FORMULA))


def _boolean(value: int, *, is_error: int) -> str:
    if is_error:
        return ERRORS.get(value, "#N/A")
    return "TRUE" if value else "FALSE"


def _codec(page: int) -> str:
    """Python's name of a code page; that of the West for one that it does not know."""
    name = CHINESE.get(page, f"cp{page}")
    try:
        b"".decode(name)
    except LookupError:
        return WESTERN
    return name
