"""Byte strings on disk, in the order in which they came: what a long run found out does not fill the memory."""

from __future__ import annotations

import tempfile
from array import array
from weakref import finalize

from gilint.errors import OutputError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import IO


class Spool:
    """An append-only list of byte strings in a temporary file, which ends with the process.

    Raises ``OutputError`` where the disk is full.
    """

    def __init__(self) -> None:
        self._file: IO[bytes] | None = None
        self._ends = array("Q", [0])

    def __len__(self) -> int:
        return len(self._ends) - 1

    def append(self, content: bytes) -> int:
        """Put bytes in; the number that they have from now on."""
        try:
            if self._file is None:
                self._file = tempfile.TemporaryFile(prefix="gilint-")  # noqa: SIM115  # open as long as the spool lives
                finalize(self, self._file.close)
            self._file.seek(self._ends[-1])
            self._file.write(content)
        except OSError as error:
            from gilint.writing import cannot_be_written

            raise cannot_be_written(_folder(), error) from None
        self._ends.append(self._ends[-1] + len(content))
        return len(self) - 1

    def __getitem__(self, number: int) -> bytes:
        if not 0 <= number < len(self):
            raise IndexError(number)
        assert self._file is not None
        self._file.seek(self._ends[number])
        content = self._file.read(self._ends[number + 1] - self._ends[number])
        if len(content) != self._ends[number + 1] - self._ends[number]:
            raise OutputError(_folder(), "临时文件被截断", "a temporary file was cut short")
        return content


def _folder() -> str:
    """The temporary folder; where there is none that can be written to, what stands for it."""
    try:
        return tempfile.gettempdir()
    except OSError:
        return "TMPDIR"
