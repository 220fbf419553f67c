"""Edits that a rule file describes: what in a hit is to be replaced, and by what."""

from __future__ import annotations

from functools import lru_cache

from gilint.late import escaped
from gilint.model import Edit, Slice

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from typing import Any

    from gilint.checks.matching import Hit

EDITS: dict[str, Any] = {
    "edits": {
        "type": "array",
        "minItems": 1,
        "items": {
            "type": "object",
            "additionalProperties": False,
            "required": ["find", "put"],
            "properties": {
                "find": {"type": "string", "format": "re2"},
                "put": {"type": "string"},
                "only": {"type": "string", "format": "re2"},
            },
        },
        "description": "How 'gilint fix' mends a hit: what an RE2 pattern finds in it, as it is written, or the group "
        "of the pattern, is replaced by a text; with 'only' where that is found in the paragraph. The rule says in "
        "'fix' how safe this is.",
    },
}
"""The option that describes edits."""


def mended(options: Mapping[str, Any], hits: Iterable[Hit]) -> tuple[Edit, ...]:
    """The edits of hits; of those that overlap in a hit the first counts."""
    described = options.get("edits")
    if not described:
        return ()
    return tuple([edit for unit, hit in enumerate(hits) for edit in _edits(described, hit, unit)])


def _edits(described: Iterable[Mapping[str, str]], hit: Hit, unit: int) -> Iterator[Edit]:
    taken: list[tuple[int, int]] = []
    for each in described:
        if "only" in each and not _compiled(each["only"]).search(hit.passage.text):
            continue
        for start, end in _places(each["find"], hit.text):
            if 0 <= start < end and not any(start < stop and begin < end for begin, stop in taken):
                taken.append((start, end))
                yield Edit(Slice(hit.passage, hit.start + start, hit.start + end), each["put"], unit)


def _places(pattern: str, text: str) -> Iterator[tuple[int, int]]:
    """Where a pattern, or its group, stands in a text."""
    if _is_plain(pattern):
        at = text.find(pattern)
        while at >= 0:
            yield at, at + len(pattern)
            at = text.find(pattern, at + len(pattern))
        return
    for match in _compiled(pattern).finditer(text):
        yield match.span(1 if match.re.groups else 0)


@lru_cache(maxsize=256)
def _is_plain(pattern: str) -> bool:
    """Whether a pattern finds nothing but itself."""
    return bool(pattern) and pattern == escaped(pattern)


@lru_cache(maxsize=256)
def _compiled(pattern: str) -> Any:
    import re2

    return re2.compile(pattern)
