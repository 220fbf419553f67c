"""Values as the binary formats of Excel write them: numbers in four bytes, texts in one or two bytes a character."""

from __future__ import annotations

import struct

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

ERRORS = {
    0x00: "#NULL!",
    0x07: "#DIV/0!",
    0x0F: "#VALUE!",
    0x17: "#REF!",
    0x1D: "#NAME?",
    0x24: "#NUM!",
    0x2A: "#N/A",
    0x2B: "#GETTING_DATA",
}
WIDE, WITH_EXTRA, WITH_RUNS = 1, 4, 8
"""Flags of a text: two bytes a character; phonetic information and runs of formats behind it."""
RUN = 4
LATIN, UTF_16 = "latin-1", "utf-16-le"


def compressed_number(bits: int) -> float:
    """A number in four bytes: the upper half of a float or a whole number, as it is or in hundredths (RK)."""
    if bits & 2:
        value = float((bits >> 2) - (1 << 30 if bits & 0x80000000 else 0))
    else:
        value = struct.unpack("<d", struct.pack("<Q", (bits & 0xFFFFFFFC) << 32))[0]
    return value / 100 if bits & 1 else value


def text_at(content: bytes, at: int, *, short: bool, codec: str | None) -> str:
    """The text at a place in a record. Its length is one byte, if ``short``, or two; ``codec`` is that of bytes before
    BIFF8.

    Raises ``IndexError`` or ``struct.error`` when there is none.
    """
    length = content[at] if short else struct.unpack_from("<H", content, at)[0]
    at += 1 if short else 2
    if codec is not None:
        return content[at : at + length].decode(codec, "replace")
    if content[at] & WIDE:
        return content[at + 1 : at + 1 + 2 * length].decode(UTF_16, "replace")
    return content[at + 1 : at + 1 + length].decode(LATIN)


def wide_text(content: bytes, at: int) -> tuple[str, int]:
    """A text of two bytes a character behind its length in four (XLSB), and where it ends.

    Raises ``struct.error`` when there is none, ``IndexError`` when it is cut off.
    """
    length = struct.unpack_from("<I", content, at)[0]
    if length == NONE:
        return "", at + 4
    end = at + 4 + 2 * length
    if end > len(content):
        raise IndexError("text")
    return content[at + 4 : end].decode(UTF_16, "replace"), end


NONE = 0xFFFFFFFF


class Strings:
    """The shared texts of a workbook, which go on over the borders of records.

    Where the characters of a text go on, the record begins with the flag of their width anew; nothing else does.
    """

    def __init__(self, records: Sequence[bytes]) -> None:
        self._records = records
        self._record = self._at = 0

    def __iter__(self) -> Iterator[str]:
        while self._find():
            length, flags = struct.unpack("<HB", self._bytes(3))
            runs = struct.unpack("<H", self._bytes(2))[0] if flags & WITH_RUNS else 0
            extra = struct.unpack("<I", self._bytes(4))[0] if flags & WITH_EXTRA else 0
            yield self._characters(length, flags & WIDE)
            self._skip(runs * RUN + extra)

    def _find(self) -> bool:
        """Whether there is more; goes to the record where it is."""
        while self._record < len(self._records) and self._at >= len(self._records[self._record]):
            self._record += 1
            self._at = 0
        return self._record < len(self._records)

    def _bytes(self, count: int) -> bytes:
        parts = []
        while count and self._find():
            part = self._records[self._record][self._at : self._at + count]
            parts.append(part)
            self._at += len(part)
            count -= len(part)
        return b"".join(parts)

    def _skip(self, count: int) -> None:
        while count and self._find():
            step = min(count, len(self._records[self._record]) - self._at)
            self._at += step
            count -= step

    def _characters(self, length: int, wide: int) -> str:
        parts = []
        while length:
            record = self._records[self._record] if self._record < len(self._records) else b""
            count = min(length, (len(record) - self._at) >> wide)
            parts.append(record[self._at : self._at + (count << wide)].decode(UTF_16 if wide else LATIN, "replace"))
            self._at += count << wide
            length -= count
            if length:
                self._at = len(record)
                if not self._find():
                    raise IndexError("text")
                wide = self._records[self._record][0] & WIDE
                self._at = 1
        return "".join(parts)
