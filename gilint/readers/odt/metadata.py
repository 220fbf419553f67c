"""What a document says about itself."""

from __future__ import annotations

from gilint.readers.odt.names import DUBLIN_CORE, META, METADATA

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

FIELDS = (
    (f"{DUBLIN_CORE}title", "title"),
    (f"{META}initial-creator", "author"),
    (f"{DUBLIN_CORE}creator", "author"),
    (f"{META}creation-date", "created"),
    (f"{DUBLIN_CORE}date", "modified"),
)
"""Elements with the keys that they fill, unless one before has."""


def metadata_of(root: Any) -> dict[str, str]:
    """Title, author and dates below the root of a file, those that it has."""
    group = root.find(METADATA)
    found: dict[str, str] = {}
    if group is not None:
        for tag, key in FIELDS:
            text = (group.findtext(tag) or "").strip()
            if text:
                found.setdefault(key, text)
    return found
