"""Fonts that a document names and does not bring along: for Chinese ones all documents get the same.

pdfium looks for such a font on the machine. Where there is none, as in most containers, it leaves out every character
that is written by itself, and what a report says would depend on where it is read. Reading takes no shapes, only
widths, and these the document has. So while gilint reads, such text is set in a font of its own that has every
character. At any other time pdfium finds what it would find without it: the program may show pages to people as well.
"""

from __future__ import annotations

import ctypes
from pathlib import Path

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

FONT = Path(__file__).with_name("substitute.ttf")
"""Made by ``scripts/make_substitute_font.py``."""
JAPANESE, KOREAN, SIMPLIFIED, TRADITIONAL = 128, 129, 134, 136
CHARSETS = (JAPANESE, KOREAN, SIMPLIFIED, TRADITIONAL)
"""The sets of characters that pdfium asks for where a font has ideographs; for the others it has fonts itself."""
HANDLE = 1
"""What stands for the font: no address, so none of the fonts of the system has it."""


class SystemFonts:
    """What pdfium asks for fonts, once it is installed: never to be freed. ``reading`` says who asks.

    The names of the methods that pdfium calls are those of ``FPDF_SYSFONTINFO``.
    """

    def __init__(self, raw: Any) -> None:
        self.reading = False
        self._data = FONT.read_bytes()
        self._raw = raw
        self._system = raw.FPDF_GetDefaultSystemFontInfo()
        self._mapper: int | None = None
        self._info = raw.FPDF_SYSFONTINFO(version=1)
        for name, kind in raw.FPDF_SYSFONTINFO._fields_:
            if hasattr(self, name):
                setattr(self._info, name, kind(getattr(self, name)))
        raw.FPDF_SetSystemFontInfo(ctypes.byref(self._info))

    def EnumFonts(self, _info: Any, mapper: int | None) -> None:  # noqa: N802
        # It takes a while to look through the fonts of a system, and reading needs none of them.
        self._mapper = mapper

    def MapFont(  # noqa: N802
        self, _info: Any, weight: int, italic: int, charset: int, pitch: int, face: Any, exact: Any
    ) -> int | None:
        if self.reading:
            return HANDLE if charset in CHARSETS else None
        self._look_through()
        found: int | None = self._system.contents.MapFont(self._system, weight, italic, charset, pitch, face, exact)
        return found

    def GetFont(self, _info: Any, face: Any) -> int | None:  # noqa: N802
        if self.reading:
            return None
        found: int | None = self._system.contents.GetFont(self._system, face)
        return found

    def GetFontData(self, _info: Any, font: int, table: int, buffer: Any, size: int) -> int:  # noqa: N802
        if font != HANDLE:
            return int(self._system.contents.GetFontData(self._system, font, table, buffer, size))
        if table:
            return 0
        if buffer and size >= len(self._data):
            ctypes.memmove(buffer, self._data, len(self._data))
        return len(self._data)

    def GetFaceName(self, _info: Any, font: int, buffer: Any, size: int) -> int:  # noqa: N802
        return 0 if font == HANDLE else int(self._system.contents.GetFaceName(self._system, font, buffer, size))

    def GetFontCharset(self, _info: Any, font: int) -> int:  # noqa: N802
        return SIMPLIFIED if font == HANDLE else int(self._system.contents.GetFontCharset(self._system, font))

    def DeleteFont(self, _info: Any, font: int) -> None:  # noqa: N802
        if font != HANDLE:
            self._system.contents.DeleteFont(self._system, font)

    def _look_through(self) -> None:
        """Have the system look for its fonts, when somebody else asks for one first."""
        if self._mapper is not None:
            mapper, self._mapper = self._mapper, None
            self._system.contents.EnumFonts(self._system, mapper)
