"""Readers: bytes of one format → Document. One file a format, chosen by content and not by name.

A reader is a function (data: bytes, name: str) → Document with a ``sniff`` (data, name) → bool; it imports its
library inside. ``BUILTIN`` lists them in the order in which they are asked.
"""

from __future__ import annotations

from gilint.record import Record

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable

    from gilint.model import Document

BUILTIN = {
    "markdown": "gilint.readers.markdown:reader",
    "text": "gilint.readers.text:reader",
}


class Reader(Record):
    """A reader. ``sniff`` says whether the content is of its format; ``read`` raises ``InputError`` for damage."""

    name: str
    sniff: Callable[[bytes, str], bool]
    read: Callable[[bytes, str], Document]
    suffixes: tuple[str, ...] = ()
