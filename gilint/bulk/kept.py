"""What was said of documents, kept for the next run: a second run over unchanged files judges none of them again.

The store is that of `diskcache`_, files and a SQLite database that any number of processes may use at a time. It may be
lost, damaged or read-only at any moment; then documents are judged, and no one hears of it.

.. _diskcache: https://grantjenks.com/docs/diskcache/
"""

from __future__ import annotations

import os
import zlib

from gilint import cache
from gilint.cache import digest_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

FOLDER = "results"
MEGABYTES = 512
"""What is kept at most, unless ``GILINT_CACHE_MB`` says otherwise; the oldest goes first."""


class Kept:
    """Entries by what they depend on: the digest of the settings, the name of the document, and that of its content."""

    def __init__(self, folder: str, settings: bytes) -> None:
        self._folder = folder
        self._settings = settings
        self._store: Any = None
        self._broken = False

    def __reduce__(self) -> tuple[type, tuple[str, bytes]]:
        return Kept, (self._folder, self._settings)

    def key(self, name: str, content: bytes) -> bytes:
        """The key of a document; ``content`` is its digest."""
        return digest_of(b"\0".join((self._settings, content, name.encode("utf-8", "surrogatepass"))))

    def get(self, key: bytes) -> bytes | None:
        """What was kept under a key, or ``None``."""
        packed = self._try(lambda store: store.get(key))
        if not isinstance(packed, bytes):
            return None
        try:
            return zlib.decompress(packed)
        except zlib.error:
            return None

    def put(self, key: bytes, content: bytes) -> None:
        """Keep bytes under a key."""
        packed = zlib.compress(content, 1)
        self._try(lambda store: store.set(key, packed))

    def _try(self, action: Any) -> Any:
        """What an action on the store gives; ``None``, for the rest of the run, once the store fails."""
        if self._broken:
            return None
        from sqlite3 import DatabaseError

        try:
            if self._store is None:
                self._store = opened(self._folder)
            return action(self._store)
        except DatabaseError:
            self._broken = True
            _remove(self._folder)
        except Exception:  # a cache that fails is a cache that is not there
            self._broken = True
        return None


def kept(settings: bytes) -> Kept | None:
    """The store of this user; ``None`` where caches are turned off, or there is no place for one."""
    base = cache.folder()
    return None if base is None or not megabytes() else Kept(os.path.join(base, FOLDER), settings)


def megabytes() -> int:
    """How much may be kept; 0 is nothing."""
    said = os.environ.get("GILINT_CACHE_MB", "")
    return int(said) if said.isascii() and said.isdigit() else MEGABYTES


_OPEN: dict[tuple[int, str], Any] = {}


def opened(folder: str) -> Any:
    """The store in a folder, opened once a process."""
    place = os.getpid(), folder
    if place not in _OPEN:
        from diskcache import Cache, Disk
        from diskcache.core import MODE_PICKLE

        class PlainDisk(Disk):  # type: ignore[misc]
            """Bytes as they are; whatever else somebody may have put there is not looked at."""

            def fetch(self, mode: int, filename: str | None, value: Any, read: bool) -> Any:
                return None if mode == MODE_PICKLE else super().fetch(mode, filename, value, read)

        os.makedirs(folder, mode=0o700, exist_ok=True)
        limit = megabytes() * 1_000_000
        # What is got is not written down, so that reading needs no lock.
        _OPEN[place] = Cache(
            folder, timeout=5, disk=PlainDisk, size_limit=limit, eviction_policy="least-recently-stored"
        )
    return _OPEN[place]


def _remove(folder: str) -> None:
    """Take a damaged store away, so that the next run begins anew."""
    from shutil import rmtree

    _OPEN.pop((os.getpid(), folder), None)
    rmtree(folder, ignore_errors=True)
