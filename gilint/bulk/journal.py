"""What a run has found out so far, in a file that outlives it: the next run goes on from there.

The file begins with a line that tells what it is and for which settings it holds. Each record is its length, a digest
and the content, so that one that was cut short by the end of a process is recognised and left out.
"""

from __future__ import annotations

import marshal
import os
from contextlib import suppress

from gilint.cache import digest_of
from gilint.errors import ConfigError, OutputError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import BinaryIO

MAGIC = b"gilint journal 1 "
_DIGEST = len(digest_of(b""))
_LENGTH = 8


class Journal:
    """The results of inputs by path and content, in a file; ``settings`` is the digest of what they depend on.

    Raises ``ConfigError`` for a file that is something else, is used by another run, or was made with other settings,
    and ``OutputError`` where it cannot be written.
    """

    def __init__(self, path: str, settings: bytes) -> None:
        self.path = path
        self._places: dict[tuple[str, bytes], tuple[int, int]] = {}
        head = MAGIC + settings.hex().encode() + b"\n"
        try:
            self._file: BinaryIO = open(path, "a+b", opener=_private)  # noqa: SIM115  # open as long as the run lasts
        except OSError as error:
            raise self._unwritable(error) from None
        try:
            self._lock()
            self._take_up(head)
        except OSError as error:
            self.close()
            raise self._unwritable(error) from None
        except BaseException:
            self.close()
            raise

    def __len__(self) -> int:
        return len(self._places)

    def close(self) -> None:
        # What could not be written was told when it was put.
        with suppress(OSError):
            self._file.close()

    def get(self, path: str, content: bytes) -> Sequence[bytes] | None:
        """What was said of the input at a path that had this digest; ``None`` if nothing was."""
        place = self._places.get((path, content))
        if place is None:
            return None
        self._file.seek(place[0])
        entries: Sequence[bytes] = marshal.loads(self._file.read(place[1]))[2]
        return entries

    def put(self, path: str, content: bytes, entries: Sequence[bytes]) -> None:
        """Keep what was said of an input."""
        payload = marshal.dumps((path, content, list(entries)))
        try:
            # The file is open for appending, so it is written at its end wherever it was read.
            self._file.write(len(payload).to_bytes(_LENGTH, "little") + digest_of(payload) + payload)
            self._file.flush()
        except OSError as error:
            raise self._unwritable(error) from None

    # --- opening -----------------------------------------------------------------------------------------------------

    def _lock(self) -> None:
        """Keep others out, where the system has locks."""
        with suppress(ImportError):
            import fcntl

            try:
                fcntl.flock(self._file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except OSError:
                zh, en = "正被另一次检查使用", "another run is using it"
                raise ConfigError(f"--resume {self.path}：{zh} ({en})") from None

    def _take_up(self, head: bytes) -> None:
        self._file.seek(0)
        found = self._file.readline(len(head) + 1)
        if not found:
            self._file.write(head)
            self._file.flush()
        elif not found.startswith(MAGIC):
            zh, en = "不是检查进度文件，没有改动它", "is no journal of a run; it was left as it is"
            raise ConfigError(f"--resume {self.path}：{zh} ({en})")
        elif found != head:
            zh = "这是用另一套规则、配置或版本记下的进度，不能接着用；请删除它，或换一个文件名"
            en = "made with other rules, configuration or version: delete it, or name another file"
            raise ConfigError(f"--resume {self.path}：{zh} ({en})")
        else:
            self._read_records(len(head))

    def _read_records(self, start: int) -> None:
        """Note where each record lies, and cut off what is not whole."""
        size = os.fstat(self._file.fileno()).st_size
        self._file.seek(start)
        while start < size:
            length = int.from_bytes(self._file.read(_LENGTH), "little")
            digest, at = self._file.read(_DIGEST), start + _LENGTH + _DIGEST
            payload = self._file.read(length) if length <= size - at else b""
            if len(payload) < length or digest_of(payload) != digest:
                self._file.truncate(start)
                return
            path, content, _ = marshal.loads(payload)
            self._places[path, content] = at, length
            start = at + length

    def _unwritable(self, error: OSError) -> OutputError:
        from gilint.writing import cannot_be_written

        return cannot_be_written(self.path, error)


def _private(path: str, flags: int) -> int:
    """Open a file that only the user may read, if it is a new one: it says what stands in reports."""
    return os.open(path, flags, 0o600)
