"""Compiled data between two runs, in the user's cache folder.

A cache may be lost, damaged or read-only at any time: then there is nothing to load and nothing is stored, and no
one hears of it. Data is kept by ``marshal``, which loads fastest and, unlike pickle, runs nothing; it takes ``None``,
bool, int, float, str, bytes, list, tuple and dict.
"""

from __future__ import annotations

import marshal
import os
import sys

try:
    from _blake2 import blake2b  # hashlib would load OpenSSL first
except ImportError:
    from hashlib import blake2b

from gilint.version import __version__

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Any

_DIGEST_SIZE = 16
_LENGTH_SIZE = 8
_KEPT = 32
"""Files of a kind and version that are kept, the latest ones: those of rules that have changed go in time."""
_DAY = 86_400
"""Seconds that a file of another version is kept: two that are used side by side do not clear away each other's."""


def folder() -> str | None:
    """The cache folder, whether or not it exists; ``None`` when ``GILINT_NO_CACHE`` is set or there is no home."""
    environment = os.environ
    if environment.get("GILINT_NO_CACHE"):
        return None
    if chosen := environment.get("GILINT_CACHE_DIR"):
        return chosen
    base = environment.get("XDG_CACHE_HOME") or _platform_base()
    # A relative path would spread caches over the folders that gilint is run in.
    return os.path.join(base, "gilint") if os.path.isabs(base) else None


def _platform_base() -> str:
    if sys.platform == "win32":
        return os.environ.get("LOCALAPPDATA", "")
    return os.path.expanduser("~/Library/Caches" if sys.platform == "darwin" else "~/.cache")


class Kept:
    """What was found under a key: the ``data``, and beside it parts that are looked at when they are asked for."""

    __slots__ = ("_content", "_parts", "data")

    def __init__(self, data: Any, parts: list[tuple[int, int, bytes]], content: bytes) -> None:
        self.data = data
        self._parts = parts
        self._content = content

    def part(self, number: int) -> bytes | None:
        """A part of what was stored; ``None`` where it is damaged."""
        start, length, digest = self._parts[number]
        part = self._content[start : start + length]
        return part if digest_of(part) == digest else None


def load(kind: str, key: object) -> Any:
    """What was stored under a key, or ``None``. ``key`` is told from others by its ``repr``."""
    kept = find(kind, key)
    return None if kept is None else kept.data


def find(kind: str, key: object) -> Kept | None:
    """What was stored under a key, with its parts, or ``None``."""
    full_key = _full_key(kind, key)
    path = _path(kind, full_key)
    if path is None:
        return None
    try:
        with open(path, "rb") as file:
            content = file.read()
    except OSError:
        return None
    start = _DIGEST_SIZE + _LENGTH_SIZE
    end = start + int.from_bytes(content[_DIGEST_SIZE:start], "big")
    payload = content[start:end]
    # marshal is not safe on damaged bytes, so they are recognised before it sees them.
    if content[:_DIGEST_SIZE] != digest_of(payload):
        return None
    try:
        stored_key, data, lengths = marshal.loads(payload)
    except (ValueError, EOFError, TypeError):
        return None
    parts = []
    for length, digest in lengths:
        parts.append((end, length, digest))
        end += length
    return Kept(data, parts, content) if stored_key == full_key else None


def store(kind: str, key: object, data: Any, parts: Sequence[bytes] = ()) -> None:
    """Keep data for the next run, and ``parts`` of it that not every run needs.

    Raises ``ValueError`` for data that ``marshal`` does not take.
    """
    full_key = _full_key(kind, key)
    path = _path(kind, full_key)
    if path is None:
        return
    payload = dumped((full_key, data, [(len(part), digest_of(part)) for part in parts]))
    length = len(payload).to_bytes(_LENGTH_SIZE, "big")
    _write(path, b"".join((digest_of(payload), length, payload, *parts)))
    _clear(os.path.dirname(path), kind)


def dumped(data: Any) -> bytes:
    """Data as bytes for ``marshal.loads``. Raises ``ValueError`` for what ``marshal`` does not take."""
    return marshal.dumps(_shared(data, {}))


def _shared(value: Any, known: dict[Any, Any]) -> Any:
    """The same data with equal strings and tuples being one object each.

    ``marshal`` writes an object once, so the many cells and labels that rules name over and over load five times as
    fast. A tuple is known by its parts, not by equality, to which 1 and ``True`` would be the same.
    """
    if isinstance(value, str):
        return known.setdefault(value, value)
    if isinstance(value, tuple):
        parts = tuple(_shared(part, known) for part in value)
        return known.setdefault(tuple(map(id, parts)), parts)
    if isinstance(value, list):
        return [_shared(part, known) for part in value]
    if isinstance(value, dict):
        return {_shared(key, known): _shared(part, known) for key, part in value.items()}
    return value


def _write(path: str, content: bytes) -> None:
    """Write a file in one step, so that another process never reads a part of it."""
    from contextlib import suppress
    from tempfile import mkstemp

    with suppress(OSError):
        parent = os.path.dirname(path)
        os.makedirs(parent, mode=0o700, exist_ok=True)
        handle, temporary = mkstemp(dir=parent, prefix=".", suffix=".tmp")
        try:
            with open(handle, "wb") as file:
                file.write(content)
            os.replace(temporary, path)
        except BaseException:
            with suppress(OSError):
                os.unlink(temporary)
            raise


def _clear(parent: str, kind: str) -> None:
    """Remove the oldest files of a kind, and those of other versions; another process may do the same."""
    from contextlib import suppress
    from time import time

    own = f"{kind}-{__version__}-"
    with suppress(OSError):
        paths = [os.path.join(parent, name) for name in os.listdir(parent) if name.startswith(f"{kind}-")]
        times = {path: os.path.getmtime(path) for path in paths}
        latest = sorted((path for path in paths if os.path.basename(path).startswith(own)), key=times.__getitem__)
        stale = [path for path in paths if path not in latest and times[path] < time() - _DAY]
        for path in (*stale, *latest[:-_KEPT]):
            os.unlink(path)


def _full_key(kind: str, key: object) -> str:
    return repr((kind, __version__, sys.version, key))


def _path(kind: str, full_key: str) -> str | None:
    base = folder()
    return None if base is None else os.path.join(base, f"{kind}-{__version__}-{digest_of(full_key.encode()).hex()}")


def digest_of(content: bytes) -> bytes:
    """What tells contents apart, 16 bytes."""
    return blake2b(content, digest_size=_DIGEST_SIZE).digest()
