"""All that is known of pypdfium2: documents, their pages, and what stands and is drawn on a page.

The functions are called with plain addresses and write straight into arrays, since a page has a thousand characters and
wrapping each of them would cost more than to find them. Coordinates are those of the file: points, counted up and to
the right. pdfium knows nothing of threads: :data:`LOCK` is to be held from opening a document until it is closed.
"""

from __future__ import annotations

import ctypes
from collections import deque
from functools import cache
from itertools import repeat
from math import hypot
from struct import Struct
from threading import Lock

from gilint.readers.pdf.fonts import SystemFonts

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from typing import Any

    from gilint.readers.pdf.geometry import Point

    Matrix = tuple[float, float, float, float, float, float]
    Edges = tuple[float, float, float, float]
    Colour = tuple[int, int, int, int]

LOCK = Lock()

PASSWORD = 4
"""What pdfium's last error is when a document needs a password."""
TEXT, PATH, IMAGE, SHADING, FORM = 1, 2, 3, 4, 5
LINE_TO, MOVE_TO = 0, 2
INVISIBLE = 3
"""The way to write text that is only there to be searched: the words of a picture that a program has read."""
DEEPEST = 12
MOST_ANNOTATIONS = 500
SCALE = 10_000
BLACK: Colour = (0, 0, 0, 255)
MATRIX, COLOUR, MEASURES = Struct("6f"), Struct("4I"), Struct("10f4I")
UNIT: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)

_ADDRESS, _INT, _FLOAT, _DOUBLE = ctypes.c_void_p, ctypes.c_int, ctypes.c_float, ctypes.c_double


class Unopened(Exception):
    """A document that pdfium does not open; ``password`` says whether for want of one."""

    def __init__(self, password: bool) -> None:
        super().__init__("password" if password else "format")
        self.password = password


class Functions:
    """The functions of pdfium that are used, each as one that takes and returns plain numbers."""

    def __init__(self) -> None:
        from pypdfium2 import raw

        self.raw = raw
        self.fonts = SystemFonts(raw)
        self.count_chars = self._function("FPDFText_CountChars", _ADDRESS)
        self.unicode = self._function("FPDFText_GetUnicode", _ADDRESS, _INT, result=ctypes.c_uint)
        self.origin = self._function("FPDFText_GetCharOrigin", _ADDRESS, _INT, _ADDRESS, _ADDRESS)
        self.unmapped = self._function("FPDFText_HasUnicodeMapError", _ADDRESS, _INT)
        self.generated = self._function("FPDFText_IsGenerated", _ADDRESS, _INT)
        self.font_size = self._function("FPDFText_GetFontSize", _ADDRESS, _INT, result=_DOUBLE)
        self.char_matrix = self._function("FPDFText_GetMatrix", _ADDRESS, _INT, _ADDRESS)
        self.char_box = self._function("FPDFText_GetLooseCharBox", _ADDRESS, _INT, _ADDRESS)
        self.angle = self._function("FPDFText_GetCharAngle", _ADDRESS, _INT, result=_FLOAT)
        self.char_fill = self._function("FPDFText_GetFillColor", _ADDRESS, _INT, *[_ADDRESS] * 4)
        self.count_objects = self._function("FPDFPage_CountObjects", _ADDRESS)
        self.object = self._function("FPDFPage_GetObject", _ADDRESS, _INT, result=_ADDRESS)
        self.count_in_form = self._function("FPDFFormObj_CountObjects", _ADDRESS)
        self.object_in_form = self._function("FPDFFormObj_GetObject", _ADDRESS, ctypes.c_ulong, result=_ADDRESS)
        self.kind = self._function("FPDFPageObj_GetType", _ADDRESS)
        self.bounds = self._function("FPDFPageObj_GetBounds", _ADDRESS, *[_ADDRESS] * 4)
        self.object_matrix = self._function("FPDFPageObj_GetMatrix", _ADDRESS, _ADDRESS)
        self.object_fill = self._function("FPDFPageObj_GetFillColor", _ADDRESS, *[_ADDRESS] * 4)
        self.draw_mode = self._function("FPDFPath_GetDrawMode", _ADDRESS, _ADDRESS, _ADDRESS)
        self.count_segments = self._function("FPDFPath_CountSegments", _ADDRESS)
        self.segment = self._function("FPDFPath_GetPathSegment", _ADDRESS, _INT, result=_ADDRESS)
        self.segment_point = self._function("FPDFPathSegment_GetPoint", _ADDRESS, _ADDRESS, _ADDRESS)
        self.segment_kind = self._function("FPDFPathSegment_GetType", _ADDRESS)
        self.segment_closes = self._function("FPDFPathSegment_GetClose", _ADDRESS)

    def _function(self, name: str, *kinds: Any, result: Any = _INT) -> Callable[..., Any]:
        # Each takes far less than a microsecond: letting other threads run in between would cost more than the call.
        address = ctypes.cast(getattr(self.raw, name), _ADDRESS).value
        assert address is not None
        function: Callable[..., Any] = ctypes.PYFUNCTYPE(result, *kinds)(address)
        return function


@cache
def functions() -> Functions:
    """The library, loaded at the first use. Raises ``ImportError`` when it is not installed."""
    return Functions()


def _address(handle: Any) -> int:
    return ctypes.cast(handle, _ADDRESS).value or 0


class OpenDocument:
    """A document under :data:`LOCK`. Raises ``Unopened``."""

    def __init__(self, data: bytes) -> None:
        raw = functions().raw
        functions().fonts.reading = True
        self._data = data
        self._handle = raw.FPDF_LoadMemDocument64(data, len(data), None)
        # An empty password is tried by pdfium itself; it is the usual one of documents that may only be read.
        if not self._handle:
            functions().fonts.reading = False
            raise Unopened(raw.FPDF_GetLastError() == PASSWORD)

    def __len__(self) -> int:
        return int(functions().raw.FPDF_GetPageCount(self._handle))

    def text(self, key: str) -> str:
        """An entry of the document's information, such as ``Title``."""
        raw = functions().raw
        size = raw.FPDF_GetMetaText(self._handle, key.encode(), None, 0)
        buffer = ctypes.create_string_buffer(size)
        raw.FPDF_GetMetaText(self._handle, key.encode(), buffer, size)
        return buffer.raw[: max(0, size - 2)].decode("utf-16-le", "replace")

    def page(self, number: int) -> OpenPage | None:
        """A page by its number from 0, with what was filled into its fields; ``None`` when it cannot be loaded."""
        raw = functions().raw
        page = raw.FPDF_LoadPage(self._handle, number)
        if page and _has_fields(page):
            raw.FPDFPage_Flatten(page, raw.FLAT_NORMALDISPLAY)
            raw.FPDF_ClosePage(page)
            page = raw.FPDF_LoadPage(self._handle, number)
        if not page:
            return None
        text = raw.FPDFText_LoadPage(page)
        if not text:
            raw.FPDF_ClosePage(page)
            return None
        return OpenPage(page, text)

    def close(self) -> None:
        functions().raw.FPDF_CloseDocument(self._handle)
        functions().fonts.reading = False


def _has_fields(page: Any) -> bool:
    raw = functions().raw
    return any(kind == raw.FPDF_ANNOT_WIDGET for kind in _annotations(page))


def _annotations(page: Any) -> Iterator[int]:
    """The kinds of what is attached to a page."""
    raw = functions().raw
    for index in range(min(raw.FPDFPage_GetAnnotCount(page), MOST_ANNOTATIONS)):
        annotation = raw.FPDFPage_GetAnnot(page, index)
        if annotation:
            yield raw.FPDFAnnot_GetSubtype(annotation)
            raw.FPDFPage_CloseAnnot(annotation)


class OpenPage:
    """A page and its text. ``count`` is the number of characters, those included that pdfium puts in between."""

    def __init__(self, page: Any, text: Any) -> None:
        self._calls = functions()
        self._handles = page, text
        self._page, self._text = _address(page), _address(text)
        self.count: int = max(0, self._calls.count_chars(self._text))
        # What pdfium writes to: a matrix, a box behind it, and a colour behind that.
        self._numbers = (_FLOAT * 14)()
        self._at = ctypes.addressof(self._numbers)
        self._ends = [self._at + 4 * place for place in range(4)]
        self._colours = [self._at + 4 * place for place in range(10, 14)]

    def close(self) -> None:
        page, text = self._handles
        self._calls.raw.FPDFText_ClosePage(text)
        self._calls.raw.FPDF_ClosePage(page)

    def corners(self) -> tuple[Point, Point, Point]:
        """The corners of the page as it is shown: upper left, upper right, lower left."""
        page, raw = self._handles[0], self._calls.raw
        found = []
        for across, down in ((0, 0), (SCALE, 0), (0, SCALE)):
            x, y = _DOUBLE(), _DOUBLE()
            raw.FPDF_DeviceToPage(page, 0, 0, SCALE, SCALE, 0, across, down, x, y)
            found.append((x.value, y.value))
        return found[0], found[1], found[2]

    def comments(self) -> int:
        """How many remarks are attached to the page."""
        raw = self._calls.raw
        remarks = (
            raw.FPDF_ANNOT_TEXT,
            raw.FPDF_ANNOT_FREETEXT,
            raw.FPDF_ANNOT_HIGHLIGHT,
            raw.FPDF_ANNOT_UNDERLINE,
            raw.FPDF_ANNOT_SQUIGGLY,
            raw.FPDF_ANNOT_STRIKEOUT,
            raw.FPDF_ANNOT_CARET,
            raw.FPDF_ANNOT_INK,
        )
        return sum([kind in remarks for kind in _annotations(self._handles[0])])

    # --- characters ---------------------------------------------------------------------------------------------------

    def characters(self) -> str:
        """All characters, those with no meaning in their font as pdfium gives them."""
        calls, text, count = self._calls, self._text, self.count
        buffer = (ctypes.c_ushort * (count + 1))()
        calls.raw.FPDFText_GetText(self._handles[1], 0, count, buffer)
        found = bytes(buffer).decode("utf-16-le", "surrogatepass")[:-1]
        # It leaves some out; then each is asked for.
        return found if len(found) == count else "".join(map(chr, map(calls.unicode, repeat(text), range(count))))

    def unmapped(self, indexes: Sequence[int]) -> list[int]:
        """Those of some characters that have no meaning in their font."""
        faults = map(self._calls.unmapped, repeat(self._text), indexes)
        return [index for index, fault in zip(indexes, faults, strict=True) if fault]

    def origins(self, indexes: Sequence[int]) -> tuple[list[float], list[float]]:
        """Where characters begin on their lines."""
        count = len(indexes)
        numbers = (_DOUBLE * (2 * count))()
        start = ctypes.addressof(numbers)
        end = start + 16 * count
        places = map(
            self._calls.origin, repeat(self._text), indexes, range(start, end, 16), range(start + 8, end + 8, 16)
        )
        deque(places, maxlen=0)
        found = numbers[:]
        return found[::2], found[1::2]

    def generated(self, index: int) -> bool:
        """Whether a character is none of the document, but stands for a gap."""
        return bool(self._calls.generated(self._text, index) == 1)

    def measures(self, first: int, last: int) -> tuple[float, float, Edges, Colour]:
        """How wide and how high an em of the first character is, the edges of the last with the space that it takes up,
        and the colour of the first."""
        calls, text, at = self._calls, self._text, self._at
        size = abs(calls.font_size(text, first))
        if not calls.char_matrix(text, first, at):
            size = 0.0
        calls.char_box(text, last, at + 24)
        if not calls.char_fill(text, first, *self._colours):
            COLOUR.pack_into(self._numbers, 40, *BLACK)
        a, b, c, d, _e, _f, left, top, right, bottom, *colour = MEASURES.unpack_from(self._numbers)
        red, green, blue, opacity = colour
        return size * hypot(a, b), size * hypot(c, d), (left, bottom, right, top), (red, green, blue, opacity)

    def angle(self, index: int) -> float:
        """By how much a character is turned to the right, in radians."""
        return float(self._calls.angle(self._text, index))

    def invisible(self, index: int) -> bool:
        """Whether a character is written in the way that shows nothing; programs that read pictures do."""
        raw = self._calls.raw
        if not hasattr(raw, "FPDFText_GetTextObject"):
            return False
        held = raw.FPDFText_GetTextObject(self._handles[1], index)
        mode: int = raw.FPDFTextObj_GetTextRenderMode(held) if held else 0
        return mode == INVISIBLE

    # --- drawings -----------------------------------------------------------------------------------------------------

    def drawn(self) -> Iterator[tuple[int, int, Matrix]]:
        """Kind, handle and place of every object, those inside of others included."""
        calls, page = self._calls, self._page
        for index in range(calls.count_objects(page)):
            handle = calls.object(page, index)
            kind = calls.kind(handle)
            if kind == FORM:
                yield from self._in_form(handle, UNIT, 1)
            elif kind != TEXT:
                yield kind, handle, UNIT

    def _in_form(self, form: int, outer: Matrix, depth: int) -> Iterator[tuple[int, int, Matrix]]:
        calls = self._calls
        matrix = _times(self._matrix(form), outer)
        for index in range(calls.count_in_form(form) if depth < DEEPEST else 0):
            handle = calls.object_in_form(form, index)
            kind = calls.kind(handle)
            if kind == FORM:
                yield from self._in_form(handle, matrix, depth + 1)
            elif kind != TEXT:
                yield kind, handle, matrix

    def bounds(self, handle: int, matrix: Matrix) -> Edges:
        """The left, bottom, right and top edge of an object."""
        if not self._calls.bounds(handle, *self._ends):
            return 0.0, 0.0, 0.0, 0.0
        left, bottom, right, top = self._numbers[:4]
        if matrix is UNIT:
            return left, bottom, right, top
        corners = [_moved(x, y, matrix) for x in (left, right) for y in (bottom, top)]
        xs, ys = [x for x, _y in corners], [y for _x, y in corners]
        return min(xs), min(ys), max(xs), max(ys)

    def draw_mode(self, path: int) -> tuple[bool, bool]:
        """Whether a path is filled, and whether its lines are drawn."""
        modes = (_INT * 2).from_buffer(self._numbers)
        self._calls.draw_mode(path, self._ends[0], self._ends[1])
        return modes[0] != 0, modes[1] != 0

    def fill(self, handle: int) -> Colour:
        """Red, green, blue and opacity of what fills an object."""
        if not self._calls.object_fill(handle, *self._colours):
            return BLACK
        red, green, blue, opacity = COLOUR.unpack_from(self._numbers, 40)
        return red, green, blue, opacity

    def count_points(self, path: int) -> int:
        return int(self._calls.count_segments(path))

    def parts(self, path: int, matrix: Matrix) -> list[list[Point]]:
        """The straight lines of a path: the points of each that one can draw without lifting the pen."""
        calls = self._calls
        matrix = _times(self._matrix(path), matrix)
        parts: list[list[Point]] = []
        for index in range(calls.count_segments(path)):
            segment = calls.segment(path, index)
            calls.segment_point(segment, self._ends[0], self._ends[1])
            point = _moved(self._numbers[0], self._numbers[1], matrix)
            if calls.segment_kind(segment) == LINE_TO and parts:
                parts[-1].append(point)
            else:
                # A curve is no edge of a table; what goes on behind it is.
                parts.append([point])
            if calls.segment_closes(segment):
                parts[-1].append(parts[-1][0])
        return parts

    def _matrix(self, handle: int) -> Matrix:
        if not self._calls.object_matrix(handle, self._at):
            return UNIT
        a, b, c, d, e, f = MATRIX.unpack_from(self._numbers)
        return a, b, c, d, e, f


def _times(inner: Matrix, outer: Matrix) -> Matrix:
    """The matrix that does what ``inner`` does and then what ``outer`` does."""
    if outer is UNIT:
        return inner
    a, b, c, d, e, f = inner
    x, y = _moved(e, f, outer)
    k, m, n, p, _q, _r = outer
    return a * k + b * n, a * m + b * p, c * k + d * n, c * m + d * p, x, y


def _moved(x: float, y: float, matrix: Matrix) -> Point:
    a, b, c, d, e, f = matrix
    return x * a + y * c + e, x * b + y * d + f
