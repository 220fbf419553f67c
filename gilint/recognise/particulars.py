"""Title, issuer, year, period and sign-off of a report."""

from __future__ import annotations

import re

from gilint.dates import find_dates, find_periods
from gilint.model import Address, Passage, Period, Signoff, Slice
from gilint.record import Record
from gilint.text import fold

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Any

    from gilint.form import Family
    from gilint.model import Origin

TITLE_WITHIN = 40
TITLE_LINES = 3
TITLE_LONGEST = 60
SIGNOFF_WITHIN = 12


class Title(Record):
    """The title as read: positions of its first and last line among the lines given, and what it says."""

    first: int
    last: int
    text: str
    issuer: str | None
    year: int | None


def find_title(texts: Sequence[str], patterns: Sequence[Any]) -> Title | None:
    """The title among the first lines: up to three short ones joined. ``patterns`` are compiled RE2, in order.

    A title with issuer and year is preferred, then one with a year: a page often names the kind of report in its
    navigation before the title proper.
    """
    best: Title | None = None
    for last in range(min(len(texts), TITLE_WITHIN)):
        joined = ""
        for first in range(last, max(-1, last - TITLE_LINES), -1):
            joined = fold(texts[first].strip(" #*\t\u3000")) + joined
            if len(joined) > TITLE_LONGEST:
                break
            title = _match_title(joined, patterns, first, last)
            if title is not None and (best is None or _fullness(title) > _fullness(best)):
                best = title
        if best is not None and _fullness(best) == 2:
            break
    return best


def _fullness(title: Title) -> int:
    return (title.issuer is not None) + (title.year is not None)


def _match_title(joined: str, patterns: Sequence[Any], first: int, last: int) -> Title | None:
    for pattern in patterns:
        match = pattern.search(joined)
        if match:
            groups = match.groupdict()
            year = groups.get("year")
            return Title(first, last, joined, groups.get("issuer") or None, int(year) if year else None)
    return None


class OriginOfLines(Record):
    """The origin of text joined from several lines: (offset in the joined text, origin, offset in that line)."""

    parts: tuple[tuple[int, Origin, int], ...]

    def span(self, start: int, end: int) -> Any:
        first = self._part(start)
        last = self._part(max(start, end - 1))
        begin = first[1].span(start - first[0] + first[2], start - first[0] + first[2])
        finish = last[1].span(end - last[0] + last[2], end - last[0] + last[2])
        return begin.replace(end_line=finish.line, end_column=finish.column)

    def _part(self, offset: int) -> tuple[int, Origin, int]:
        return [part for part in self.parts if part[0] <= offset][-1]


def title_passage(index: int, passages: Sequence[Passage]) -> Passage:
    """One passage of the title's lines, so that rules see it as one text."""
    text = ""
    parts: list[tuple[int, Origin, int]] = []
    for passage in passages:
        body = passage.text.strip(" #*\t\u3000")
        parts.append((len(text), passage.origin, passage.text.find(body)))
        text += body
    origin = passages[0].origin if len(passages) == 1 and parts[0][2] == 0 else OriginOfLines(tuple(parts))
    return Passage(index, text, origin, "title", Address(trail=("标题",)))


def issuer_kind(issuer: str | None, kinds: Sequence[tuple[str, Sequence[Any]]]) -> str | None:
    """The first kind of which a pattern matches the name."""
    if not issuer:
        return None
    for key, patterns in kinds:
        if any(pattern.search(issuer) for pattern in patterns):
            return key
    return None


def find_period(passages: Sequence[Passage], family: Family) -> Period | None:
    """The statistical period: a span of dates in the preamble, or one that the family's words announce."""
    for passage in passages:
        if passage.role not in ("preamble", "prose"):
            continue
        spans = find_periods(passage.text)
        for start, end in spans:
            if passage.role == "preamble" or any(word in fold(passage.text) for word in family.period_words):
                return Period(
                    (start.year, start.month, start.day),
                    (end.year, end.month, end.day),
                    Slice(passage, start.start, end.end),
                )
    return None


def find_signoff(passages: Sequence[Passage]) -> tuple[Signoff, int]:
    """Sign-off and the position of its first line (``len(passages)`` when there is none)."""
    none = Signoff(None, None, None), len(passages)
    for position in range(len(passages) - 1, max(-1, len(passages) - 1 - SIGNOFF_WITHIN), -1):
        text = passages[position].text
        dates = [date for date in find_dates(text) if date.year and date.month]
        if len(dates) != 1 or fold(text[dates[0].end :]).strip("。.（）()"):
            continue
        date = dates[0]
        before = text[: date.start].strip()
        if before:
            if len(fold(before)) > 40 or re.search(r"[，。；：,;:]", before):
                continue
            start = text.find(before)
            issuer: Slice | None = Slice(passages[position], start, start + len(before))
            first = position
        else:
            issuer, first = _issuer_above(passages, position)
        day = (date.year, date.month, date.day)
        return Signoff(issuer, day, Slice(passages[position], date.start, date.end)), first
    return none


def _issuer_above(passages: Sequence[Passage], position: int) -> tuple[Slice | None, int]:
    """The organ's line right above the date: short, without punctuation."""
    if position == 0:
        return None, position
    above = passages[position - 1]
    body = above.text.strip()
    if above.role == "heading" or not 3 <= len(fold(body)) <= 40 or re.search(r"[，。；：,;:、！？]|\d", body):
        return None, position
    start = above.text.find(body)
    return Slice(above, start, start + len(body)), position - 1
