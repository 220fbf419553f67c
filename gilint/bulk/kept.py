"""What was said of documents, kept for the next run: a second run over unchanged files judges none of them again.

Entries lie in a SQLite database that any number of processes may use at a time. It may be lost, damaged or read-only at
any moment; then documents are judged, and no one hears of it.
"""

from __future__ import annotations

import os
from contextlib import suppress

from gilint import cache
from gilint.cache import digest_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from sqlite3 import Connection
    from typing import Any

FILE = "results-2.sqlite"
"""The number is that of the layout."""
MEGABYTES = 1000
"""What is kept at most, unless ``GILINT_CACHE_MB`` says otherwise; what was stored first goes first."""
PATIENCE = 2.0
"""Seconds to wait for other processes before a run goes on without what is kept."""
GONE_AT_ONCE = 100
"""Entries that make room together."""
_DIGEST = len(digest_of(b""))

# A transaction is undone by the journal if its process dies. After a power cut pages may be damaged, which is noticed:
# SQLite looks at their structure, and each entry has a digest. Waiting for the disk would cost more than judging.
# Shared memory, which a write-ahead log needs, would end every process if somebody cut its file.
PRAGMAS = (
    *("journal_mode = TRUNCATE", "synchronous = OFF"),
    *("cell_size_check = ON", "mmap_size = 0", "trusted_schema = OFF"),
)
COLUMNS = "number INTEGER PRIMARY KEY, key BLOB NOT NULL UNIQUE, content BLOB NOT NULL"
TABLE = f"CREATE TABLE IF NOT EXISTS entries ({COLUMNS})"
GET = "SELECT content FROM entries WHERE key = ?"
PUT = "INSERT OR REPLACE INTO entries (key, content) VALUES (?, ?)"
MAKE_ROOM = "DELETE FROM entries WHERE number IN (SELECT number FROM entries ORDER BY number LIMIT ?)"
SIZE = """
    SELECT (page_count - freelist_count) * page_size
    FROM pragma_page_count, pragma_freelist_count, pragma_page_size
"""


class Kept:
    """Entries by what they depend on: the digest of the settings, and whatever else the caller names."""

    def __init__(self, folder: str, settings: bytes) -> None:
        self._path = os.path.join(folder, FILE)
        self._settings = settings

    def __reduce__(self) -> tuple[type, tuple[str, bytes]]:
        return Kept, (os.path.dirname(self._path), self._settings)

    def key(self, *parts: object) -> bytes:
        """The key of a document: ``parts`` are told apart from others by their ``repr``."""
        return digest_of(self._settings + repr(parts).encode("utf-8", "surrogatepass"))

    def get(self, key: bytes) -> bytes | None:
        """What was kept under a key, or ``None``."""
        row = self._try(lambda store: store.execute(GET, (key,)).fetchone())
        if row is None or not isinstance(row[0], bytes):
            return None
        content: bytes = row[0][_DIGEST:]
        # The digest is that of the key too: a damaged index must not give the entry of another document.
        return content if row[0][:_DIGEST] == digest_of(key + content) else None

    def put(self, key: bytes, content: bytes) -> None:
        """Keep bytes under a key."""
        self.put_all([(key, content)])

    def put_all(self, entries: Sequence[tuple[bytes, bytes]]) -> None:
        """Keep bytes under keys, all together: a transaction for each would take longer than all else."""
        if entries:
            self._try(lambda store: _put(store, [(key, digest_of(key + each) + each) for key, each in entries]))

    def _try(self, action: Callable[[Connection], Any]) -> Any:
        """What an action on the store gives; ``None``, for as long as the process lives, once the store has failed."""
        from threading import get_ident

        place = os.getpid(), get_ident(), self._path
        try:
            if place not in _OPEN:
                _OPEN[place] = opened(self._path)
            store = _OPEN[place]
            return None if store is None else action(store)
        except Exception as error:  # a store that fails is a store that is not there
            failed, _OPEN[place] = _OPEN.get(place), None
            if failed is not None:
                failed.close()
            if _is_damage(error):
                remove(self._path)
        return None


_OPEN: dict[tuple[int, int, str], Connection | None] = {}
"""The stores of this process by thread, as SQLite wants it; ``None`` for one that failed."""


def kept(settings: bytes) -> Kept | None:
    """The store of this user; ``None`` where caches are turned off, or there is no place for one."""
    base = cache.folder()
    return None if base is None or not megabytes() else Kept(base, settings)


def megabytes() -> int:
    """How much may be kept; 0 is nothing."""
    said = os.environ.get("GILINT_CACHE_MB", "")
    return int(said) if said.isascii() and said.isdigit() else MEGABYTES


def opened(path: str) -> Connection:
    """The store in a file, made if there is none. Raises ``OSError`` and ``sqlite3.Error``."""
    from sqlite3 import connect

    os.makedirs(os.path.dirname(path), mode=0o700, exist_ok=True)
    with suppress(OSError):
        # A file never becomes smaller by itself, and may have grown a little beyond the bound before it was trimmed.
        if os.path.getsize(path) > _most() * 1.5:
            remove(path)
    # What reports say is for nobody else.
    os.close(os.open(path, os.O_CREAT | os.O_RDWR, 0o600))
    store = connect(path, timeout=PATIENCE, isolation_level=None, check_same_thread=False)
    try:
        for pragma in PRAGMAS:
            store.execute(f"PRAGMA {pragma}")
        store.execute(TABLE)
    except BaseException:
        store.close()
        raise
    return store


def _put(store: Connection, entries: Sequence[tuple[bytes, bytes]]) -> None:
    """Store entries in one transaction, and let go of the first ones where there is no room."""
    most = _most()
    fitting = [entry for entry in entries if len(entry[1]) * 2 <= most]
    room = most - sum(len(content) for _, content in fitting)
    store.execute("BEGIN IMMEDIATE")
    try:
        store.executemany(PUT, fitting)
        while store.execute(SIZE).fetchone()[0] > room:
            if not store.execute(MAKE_ROOM, (GONE_AT_ONCE,)).rowcount:
                break
        store.execute("COMMIT")
    except BaseException:
        if store.in_transaction:
            store.execute("ROLLBACK")
        raise


def _most() -> int:
    return megabytes() * 1_000_000


def _is_damage(error: Exception) -> bool:
    """Whether an error says that the file is no store, rather than that it cannot be used now."""
    if isinstance(error, OSError | ImportError):  # Python may have been built without SQLite
        return False
    from sqlite3 import SQLITE_ERROR, DatabaseError, OperationalError

    if isinstance(error, OperationalError):  # locked, full, read-only … or without our table
        # What the module itself cannot read has no code: it is no store of ours either.
        return getattr(error, "sqlite_errorcode", SQLITE_ERROR) == SQLITE_ERROR
    return isinstance(error, DatabaseError)


def remove(path: str) -> None:
    """Take a store away, so that the next run begins anew; other processes notice and go on without it."""
    for name in (path, f"{path}-journal"):
        with suppress(OSError):
            os.unlink(name)
