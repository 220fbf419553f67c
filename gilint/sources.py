"""What can be judged: a path, bytes, data, a Document or a Report; and what it is called."""

from __future__ import annotations

import os
from abc import abstractmethod
from collections.abc import Mapping

from gilint.errors import InputError
from gilint.model import Document, Report

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Any

    from gilint.limits import Limits
    from gilint.readers import Reader

    Source = str | os.PathLike[str] | bytes | Document | Report | Mapping[str, Any]
    Input = Source | InputError

DATA = "<data>"
BYTES = "<bytes>"


class Elsewhere(os.PathLike[str]):
    """A document that no path of this machine leads to, and that loads itself; its path is what it is called."""

    @abstractmethod
    def inside(self, name: str) -> Elsewhere:
        """The document that results call so: this one, or one in this archive."""

    @abstractmethod
    def content(self, limits: Limits, plugged: Sequence[Reader] = ()) -> bytes:
        """The bytes. Raises ``InputError``."""


def place_of(source: Input) -> str | None:
    """The path of a report that is a file."""
    return os.fspath(source) if isinstance(source, str | os.PathLike) else None


def name_of(source: Input) -> str:
    """What an input is called in results."""
    if isinstance(source, str | os.PathLike):
        return os.fspath(source)
    if isinstance(source, InputError):
        return source.path
    if isinstance(source, Report):
        return source.source.name
    if isinstance(source, Mapping):
        return DATA
    return source.name if isinstance(source, Document) else BYTES


def several(names: str | Sequence[str]) -> tuple[str, ...]:
    """Names as a tuple; a single one need not be wrapped in a list."""
    return (names,) if isinstance(names, str) else tuple(names)
