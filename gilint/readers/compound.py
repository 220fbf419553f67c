"""Compound files: the container of office documents until 2003, a file system in a file.

Nothing is believed that a file says of itself: a chain of sectors may end outside the file or run in circles, and so
may the tree of names.
"""

from __future__ import annotations

import struct
import sys
from array import array

from gilint.readers.package import damaged

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

HEADER = 512
SECTOR_SHIFTS = (9, 12)
SHORT, MINI_SECTOR = 4096, 64
"""Streams below this size lie in sectors of 64 bytes inside the stream of the root."""
LAST_SECTOR = 0xFFFFFFF9
ENTRY = 128
IN_HEADER = 109
"""Sectors of the allocation table that the header itself names."""


class Compound:
    """An open compound file. ``name`` is the file's, for messages. Raises ``InputError``: ``damaged``."""

    def __init__(self, data: bytes, name: str) -> None:
        self.name = name
        self._data = data
        shift = self._number(30, 2)
        if len(data) < HEADER or shift not in SECTOR_SHIFTS:
            raise self._damaged("文件头不完整", "its header is incomplete")
        self._sector = 1 << shift
        self._next = self._table()
        self._entries = b"".join(map(self._bytes, self._chain(self._number(48))))
        self._streams = dict(self._names())

    @property
    def streams(self) -> frozenset[str]:
        """Names of the streams and folders at the top."""
        return frozenset(self._streams)

    def head(self, stream: str, size: int) -> bytes:
        """The first bytes of a stream, ``size`` at most and no more than a sector has.

        Raises ``InputError`` (``damaged``) when the stream is not wholly in the file.
        """
        start, length = self._place(self._streams[stream])
        if length < SHORT:
            root = list(self._chain(self._place(0)[0]))
            sector, offset = divmod(start * MINI_SECTOR, self._sector)
            if sector >= len(root):
                raise self._cut_off()
            return self._bytes(root[sector])[offset : offset + min(size, length, MINI_SECTOR)]
        sectors = list(self._chain(start))
        # Programs may leave out the end of the last sector, but not the whole of it.
        if len(sectors) * self._sector < length or (max(sectors) + 1) * self._sector >= len(self._data):
            raise self._cut_off()
        return self._bytes(sectors[0])[:size]

    def read(self, stream: str) -> bytes:
        """The bytes of a stream. Raises ``InputError`` (``damaged``) when it is not wholly in the file."""
        start, length = self._place(self._streams[stream])
        content = self._in_mini_sectors(start) if length < SHORT else b"".join(map(self._bytes, self._chain(start)))
        if len(content) < length:
            raise self._cut_off()
        return content[:length]

    # --- sectors -----------------------------------------------------------------------------------------------------

    def _in_mini_sectors(self, start: int) -> bytes:
        root = b"".join(map(self._bytes, self._chain(self._place(0)[0])))
        numbers = b"".join(map(self._bytes, self._chain(self._number(60))))
        table = array("I", numbers[: len(numbers) // 4 * 4])
        if sys.byteorder == "big":
            table.byteswap()
        return b"".join(root[at * MINI_SECTOR : (at + 1) * MINI_SECTOR] for at in self._chain(start, table))

    def _table(self) -> array[int]:
        """For every sector the one that follows it."""
        table = array("I")
        for sector in self._table_sectors():
            content = self._bytes(sector)
            table.extend(struct.unpack(f"<{len(content) // 4}I", content[: len(content) // 4 * 4]))
        return table

    def _table_sectors(self) -> Iterator[int]:
        count = self._number(44)
        if count > len(self._data) // self._sector:
            raise self._cut_off()
        named = list(struct.unpack_from(f"<{IN_HEADER}I", self._data, 76))
        more, seen = self._number(68), set[int]()
        while len(named) < count and more <= LAST_SECTOR:
            if more in seen:
                raise self._circle()
            seen.add(more)
            content = self._bytes(more)
            *numbers, more = struct.unpack(f"<{len(content) // 4}I", content[: len(content) // 4 * 4])
            named += numbers
        return (sector for sector in named[:count] if sector <= LAST_SECTOR)

    def _chain(self, sector: int, following: array[int] | None = None) -> Iterator[int]:
        """The sectors from this one on; ``following`` says for every sector which comes next."""
        table = self._next if following is None else following
        for _ in range(len(table) + 1):
            if sector > LAST_SECTOR:
                return
            if sector >= len(table):
                raise self._cut_off()
            yield sector
            sector = table[sector]
        raise self._circle()

    def _bytes(self, sector: int) -> bytes:
        """A sector; the last one of a file may be short."""
        start = (sector + 1) * self._sector
        if start >= len(self._data):
            raise self._cut_off()
        return self._data[start : start + self._sector]

    # --- names -------------------------------------------------------------------------------------------------------

    def _names(self) -> Iterator[tuple[str, int]]:
        """Names at the top with their entries: a binary tree below the root, whose links may lead anywhere."""
        count = len(self._entries) // ENTRY
        if not count:
            raise self._cut_off()
        waiting, seen = [self._link(0, 76)], {0}
        while waiting:
            entry = waiting.pop()
            if entry >= count or entry in seen:
                continue
            seen.add(entry)
            at = entry * ENTRY
            length = min(int.from_bytes(self._entries[at + 64 : at + 66], "little"), 64)
            yield self._entries[at : at + max(length - 2, 0)].decode("utf-16-le", "replace"), entry
            waiting += [self._link(entry, 68), self._link(entry, 72)]

    def _link(self, entry: int, offset: int) -> int:
        at = entry * ENTRY + offset
        return int.from_bytes(self._entries[at : at + 4], "little")

    def _place(self, entry: int) -> tuple[int, int]:
        """First sector and length in bytes."""
        return self._link(entry, 116), self._link(entry, 120)

    # --- errors ------------------------------------------------------------------------------------------------------

    def _number(self, offset: int, size: int = 4) -> int:
        return int.from_bytes(self._data[offset : offset + size], "little")

    def _cut_off(self) -> Exception:
        return self._damaged("内容没有存完整", "it is cut off")

    def _circle(self) -> Exception:
        return self._damaged("扇区成环", "its sectors run in a circle")

    def _damaged(self, zh: str, en: str) -> Exception:
        return damaged(self.name, en, zh)
