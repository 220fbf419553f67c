"""What a reporter made of single results, kept for the next run: an unchanged result is not written anew."""

from __future__ import annotations

import marshal

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from typing import Any

    from gilint.bulk.kept import Kept

TOGETHER = 100
"""Renditions that are kept together."""


def renditions(kept: Kept, name: str, identities: Iterable[bytes | None], make: Callable[[int], Any]) -> Iterator[Any]:
    """What ``make`` says of each number, as plain data, or what it said when the result was the same.

    ``identities`` tell results apart, by number; ``None`` is one that is always made anew.
    """
    new: list[tuple[bytes, bytes]] = []
    for number, identity in enumerate(identities):
        key = b"" if identity is None else kept.key("rendition", name, identity)
        known = kept.get(key) if key else None
        made = make(number) if known is None else marshal.loads(known)
        if key and known is None:
            new.append((key, marshal.dumps(made)))
        if len(new) == TOGETHER:
            kept.put_all(new)
            new.clear()
        yield made
    kept.put_all(new)
