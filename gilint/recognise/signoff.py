"""The sign-off at the end of a report: organ and date, in one line or in two, in either order."""

from __future__ import annotations

from gilint.dates import find_dates
from gilint.late import late
from gilint.record import Record
from gilint.text import fold

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from gilint.dates import Date
    from gilint.recognise.title import Title

# An annex may follow, so the date is not always near the end; far from it, it counts only below its organ.
NEAR = 12
FAR = 200
LONGEST_LINE = 80
SHORTEST, LONGEST = 3, 40
MARKS = late(r"[，。；：,;:、！？]")
NO_ORGAN = late(r"[，。；：,;:、！？]|\d")
NOTE = "。.（）()"


class SignoffPlace(Record):
    """A sign-off from line ``first`` to line ``last``; places are (line, start, end)."""

    first: int
    last: int
    date: tuple[int, int, int]
    date_at: tuple[int, int, int]
    issuer_at: tuple[int, int, int] | None


def find_signoff(
    lines: Sequence[str], headings: Sequence[bool], last_section: int, title: Title | None
) -> SignoffPlace | None:
    """The last line that holds nothing but a date, or an organ and a date, with the organ's line next to it.

    It stands behind the heading of the last section, at the position ``last_section``.
    """
    issuer = title.issuer if title else None
    for position in range(len(lines) - 1, max(last_section, len(lines) - 1 - FAR), -1):
        text = lines[position]
        if len(text) > LONGEST_LINE or headings[position]:
            continue
        date = _only_date(text)
        if date is None:
            continue
        place = _place(lines, headings, position, date, issuer)
        if place is not None and (place.issuer_at is not None or len(lines) - position <= NEAR):
            return place
    return None


def _only_date(text: str) -> Date | None:
    """The date that ends a line; nothing but brackets and a full stop may follow."""
    dates = [date for date in find_dates(text) if date.year and date.month]
    return dates[0] if len(dates) == 1 and not fold(text[dates[0].end :]).strip(NOTE) else None


def _place(
    lines: Sequence[str], headings: Sequence[bool], position: int, date: Date, issuer: str | None
) -> SignoffPlace | None:
    day = (date.year, date.month, date.day)
    date_at = (position, date.start, date.end)
    before = lines[position][: date.start].strip("（( \t\u3000\xa0")
    if before:
        if not SHORTEST <= len(fold(before)) <= LONGEST or MARKS.search(before):
            return None
        start = lines[position].find(before)
        return SignoffPlace(position, position, day, date_at, (position, start, start + len(before)))
    above, below = position - 1, position + 1
    organs = [at for at in (above, below) if 0 <= at < len(lines) and not headings[at] and _is_organ(lines[at])]
    if len(organs) == 2 and issuer and fold(lines[above].strip()) != issuer and fold(lines[below].strip()) == issuer:
        organs = [below]
    if organs == [below] and not (issuer and fold(lines[below].strip()) == issuer) and below != len(lines) - 1:
        organs = []
    if not organs:
        return SignoffPlace(position, position, day, date_at, None)
    at = organs[0]
    body = lines[at].strip()
    start = lines[at].find(body)
    return SignoffPlace(min(at, position), max(at, position), day, date_at, (at, start, start + len(body)))


def _is_organ(text: str) -> bool:
    """Whether a line can be the name of an organ: short, without punctuation and digits."""
    body = text.strip()
    return len(body) <= 2 * LONGEST and SHORTEST <= len(fold(body)) <= LONGEST and not NO_ORGAN.search(body)
