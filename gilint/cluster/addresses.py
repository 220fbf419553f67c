"""Reports that lie where fsspec leads: addresses that load themselves, in whichever process they arrive."""

from __future__ import annotations

from gilint.cluster.opening import opened, shown, why
from gilint.errors import InputError
from gilint.readers.detect import too_large
from gilint.sources import Elsewhere

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from typing import Any

    from gilint.limits import Limits
    from gilint.readers import Reader

MAGIC = "*?["


class Remote(Elsewhere):
    """A document at an address, such as ``s3://bucket/report.docx``; ``options`` are those of its fsspec file system.

    Options may hold keys, and addresses too: neither is ever shown. It pickles with both. ``member`` is the name of a
    document in an archive, as results have it.
    """

    def __init__(self, address: str, options: Mapping[str, Any] | None = None, member: str = "") -> None:
        self._address = address
        self._options = dict(options or {})
        self._member = member

    def __fspath__(self) -> str:
        return self._member or shown(self._address)

    def __repr__(self) -> str:
        return f"Remote({self.__fspath__()!r})"

    def inside(self, name: str) -> Remote:
        """The document that results call so: this one, or one in this archive."""
        return self if name == shown(self._address) else Remote(self._address, self._options, name)

    def content(self, limits: Limits, plugged: Sequence[Reader] = ()) -> bytes:
        """The bytes. Raises ``InputError``."""
        data = self._whole(limits)
        if not self._member:
            return data
        from gilint.readers.opening import member

        return member(data, shown(self._address), self._member, plugged, limits)

    def _whole(self, limits: Limits) -> bytes:
        most = limits.file_mb * 1048576
        try:
            files, path = opened(self._address, self._options)
            with files.open(path, "rb") as stream:
                data: bytes = stream.read(most + 1)
        except Exception as error:  # each file system has errors of its own
            raise why(self._address, error) from None
        if len(data) > most:
            raise too_large(shown(self._address), limits)
        return data


def paths(pattern: str, **options: Any) -> Iterator[Remote | InputError]:
    """The files at an address, sorted: one file, all in a folder, or those that a pattern (``*``, ``**``, ``?``) fits.

    ``options`` go to the file system of fsspec. An error takes the place of an address that names nothing.
    """
    try:
        files, path = opened(pattern, options)
        if any(mark in path for mark in MAGIC):
            found = [name for name, about in files.glob(path, detail=True).items() if about["type"] == "file"]
        elif files.isdir(path):
            found = files.find(path)
        else:
            yield Remote(pattern, options)
            return
    except Exception as error:
        yield why(pattern, error)
        return
    if not found:
        yield _nothing(pattern)
    own = dict(options)
    for name in sorted(found):
        yield Remote(files.unstrip_protocol(name), own)


def _nothing(pattern: str) -> InputError:
    return InputError(
        "nothing-found",
        shown(pattern),
        {"zh": "这个地址下没有文件", "en": "there is no file at this address"},
        {"zh": "请检查地址", "en": "check the address"},
    )
