"""A folder for results: on disk, or wherever fsspec leads."""

from __future__ import annotations

import os

from gilint.cluster.opening import opened, shown, why
from gilint.errors import OutputError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any


class Folder:
    """Files are put into it whole: nobody ever sees a half one. It pickles; its ``options`` are never shown."""

    def __init__(self, address: str, options: Mapping[str, Any] | None = None) -> None:
        # A path means the same folder in workers that run elsewhere on this machine.
        self._address = address if "://" in address else os.path.abspath(address)
        self._options = dict(options or {})

    def __repr__(self) -> str:
        return f"Folder({shown(self._address)!r})"

    def put(self, name: str, content: bytes) -> None:
        """Write a file, over one of the same name. Raises ``OutputError``."""
        from gilint.writing import write_atomically

        try:
            files, root = opened(self._address, self._options)
            path = f"{root}/{name}"
            if "file" in files.protocol:
                os.makedirs(os.path.dirname(path), exist_ok=True)
                write_atomically(path, [content])
            else:
                files.pipe_file(path, content)  # an object store shows an object when it is whole
        except OutputError:
            raise
        except Exception as error:
            raise self._unwritable(name, error) from None

    def names(self, folder: str) -> list[str]:
        """The names of what lies in a folder of it."""
        try:
            files, root = opened(self._address, self._options)
            files.invalidate_cache()
            return [os.path.basename(path) for path in files.find(f"{root}/{folder}", maxdepth=1)]
        except FileNotFoundError:
            return []
        except Exception as error:
            raise self._unwritable(folder, error) from None

    def remove(self, name: str) -> None:
        """Take a file away, if there is one."""
        try:
            files, root = opened(self._address, self._options)
            if files.exists(f"{root}/{name}"):
                files.rm_file(f"{root}/{name}")
        except Exception as error:
            raise self._unwritable(name, error) from None

    def _unwritable(self, name: str, error: Exception) -> OutputError:
        said = why(self._address, error)
        return OutputError(f"{shown(self._address)}/{name}", said.message["zh"], said.message["en"])
