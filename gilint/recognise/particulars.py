"""What a report says of itself: its issuer's kind and the period that its figures cover."""

from __future__ import annotations

from gilint.dates import find_periods
from gilint.model import Period, Slice

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Any

    from gilint.form import Family
    from gilint.model import Passage


LONGEST = 5000


def issuer_kind(issuer: str | None, kinds: Sequence[tuple[str, Sequence[Any]]]) -> str | None:
    """The first kind of which a pattern matches the name."""
    if not issuer:
        return None
    # The library would encode it for each pattern, and map all offsets back.
    name = issuer.encode("utf-8", "replace")
    for key, patterns in kinds:
        if any(pattern.search(name) for pattern in patterns):
            return key
    return None


def find_period(passages: Sequence[Passage], family: Family) -> Period | None:
    """The statistical period: a span of dates in the preamble, or one that the family's words announce."""
    for passage in passages:
        text = passage.text
        if passage.role == "prose" and not any(word in text for word in family.period_words):
            continue
        if passage.role not in ("preamble", "prose"):
            continue
        for start, end in find_periods(text[:LONGEST]):
            return Period(
                (start.year, start.month, start.day),
                (end.year, end.month, end.day),
                Slice(passage, start.start, end.end),
            )
    return None
