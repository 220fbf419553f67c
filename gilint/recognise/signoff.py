"""The end of a report: organ and date, in one line or in two, in either order, and what is attached."""

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

# Something may follow, so the date is not always near the end; far from it, it counts only below its organ.
NEAR = 12
FAR = 200
LONGEST_LINE = 80
SHORTEST, LONGEST = 3, 40
MARKS = late(r"[，。；：,;:、！？]")
NO_ORGAN = late(r"[，。；：,;:、！？]|\d")
NOTE = "。.（）()"
SENTENCE = "。"
SPACE = " \t\u3000\xa0"
# 附件：, 附表1, 附录, 【附件下载】, 相关链接 …
ATTACHED = late(
    r"[\s\u3000【〔\[（(]*(?:附\s*[件表录图](?:下载|列表|清单|材料)?|相关(?:附件|文件|链接|稿件|解读|文章|信息)|文件下载)"
    r"[\s\u3000]*[\d０-９一二三四五六七八九十]{0,3}[\s\u3000】〕\]）)]*(?:[：:.、．]|\s|\Z)"
)
MOST_ATTACHED = 20
# Where the seal goes: no part of the organ's name.
SEAL = late(r"\s*[（(]\s*(?:盖章|公章|签章|印章|章)\s*[）)]\s*")


class SignoffPlace(Record):
    """A sign-off from line ``first`` to line ``last``; places are (line, start, end)."""

    first: int
    last: int
    date: tuple[int, int, int]
    date_at: tuple[int, int, int]
    issuer_at: tuple[int, int, int] | None


class Closing(Record):
    """The sign-off, if there is one, and the lines of the list of attachments before it, or of all that is attached."""

    signoff: SignoffPlace | None
    attached: range


def find_closing(lines: Sequence[str], headings: Sequence[bool], last_section: int, title: Title | None) -> Closing:
    """How the report ends behind the heading of its last section, at the position ``last_section``.

    What is attached may have headings, dates and organs of its own: the sign-off stands before it. Else it is the last
    line that holds nothing but a date, or an organ and a date, with the organ's line next to it.
    """
    issuer = title.issuer if title else None
    marks, places = [], []
    for position in range(last_section + 1, len(lines)):
        text = lines[position]
        if len(text.strip()) > LONGEST_LINE:
            continue
        if ("附" in text or "相关" in text or "下载" in text) and ATTACHED.match(text) and SENTENCE not in text:
            marks.append(position)
        elif not headings[position]:
            date = _only_date(text)
            place = _place(lines, headings, position, date, issuer) if date is not None else None
            if place is not None:
                places.append(place)
    end = next((mark for mark in marks if places and mark > places[0].last), len(lines))
    signoff = _signoff([place for place in places if place.last < end], lines, end, issuer)
    if not marks or (signoff is not None and marks[0] > signoff.first):
        return Closing(signoff, range(0))
    if signoff is None:
        return Closing(None, range(marks[0], len(lines)))
    listed = lines[marks[0] : signoff.first]
    whole = len(listed) <= MOST_ATTACHED and not any(SENTENCE in text for text in listed)
    return Closing(signoff, range(marks[0], signoff.first) if whole else range(0))


def _signoff(places: Sequence[SignoffPlace], lines: Sequence[str], end: int, issuer: str | None) -> SignoffPlace | None:
    """The last of the places near the ``end``, or of those with the organ of the title."""
    likely = [
        place
        for place in places
        if end - place.date_at[0] <= NEAR or (place.issuer_at is not None and end - place.date_at[0] <= FAR)
    ]
    named = [place for place in likely if issuer and fold(_text(lines, place.issuer_at)) == issuer]
    return named[-1] if named else likely[-1] if likely else None


def _text(lines: Sequence[str], at: tuple[int, int, int] | None) -> str:
    return lines[at[0]][at[1] : at[2]] if at is not None else ""


def _only_date(text: str) -> Date | None:
    """The date that ends a line; nothing but brackets, a seal and a full stop may follow."""
    dates = [date for date in find_dates(text) if date.year and date.month]
    if len(dates) != 1:
        return None
    rest = SEAL.sub("", text[dates[0].end :])
    return None if fold(rest).strip(NOTE) else dates[0]


def _place(
    lines: Sequence[str], headings: Sequence[bool], position: int, date: Date, issuer: str | None
) -> SignoffPlace | None:
    day = (date.year, date.month, date.day)
    date_at = (position, date.start, date.end)
    before = lines[position][: date.start]
    if before.strip("（(" + SPACE):
        start, end = _organ(before)
        organ = before[start:end]
        if not SHORTEST <= len(fold(organ)) <= LONGEST or MARKS.search(organ):
            return None
        return SignoffPlace(_above_seals(lines, position) + 1, position, day, date_at, (position, start, end))
    above, below = _above_seals(lines, position), position + 1
    organs = [at for at in (above, below) if 0 <= at < len(lines) and not headings[at] and _is_organ(lines[at])]
    if len(organs) == 2 and issuer and _folded(lines[above]) != issuer and _folded(lines[below]) == issuer:
        organs = [below]
    if organs == [below] and not (issuer and _folded(lines[below]) == issuer) and below != len(lines) - 1:
        organs = []
    if not organs:
        return SignoffPlace(position, position, day, date_at, None)
    at = organs[0]
    first = _above_seals(lines, min(at, position)) + 1
    return SignoffPlace(first, max(at, position), day, date_at, (at, *_organ(lines[at])))


def _above_seals(lines: Sequence[str], position: int) -> int:
    """The line above this one, and above such as are nothing or only say where the seal goes."""
    position -= 1
    while position >= 0 and (not lines[position] or ("章" in lines[position] and SEAL.fullmatch(lines[position]))):
        position -= 1
    return position


def _organ(text: str) -> tuple[int, int]:
    """Where the organ's name begins and ends in a line that holds it, without the seal's place."""
    start, end = 0, len(text)
    for seal in SEAL.finditer(text) if "章" in text else ():
        if not text[: seal.start()].strip("（(" + SPACE):
            start = seal.end()
        elif not text[seal.end() :].strip(SPACE):
            end = seal.start()
    body = text[start:end]
    return start + len(body) - len(body.lstrip("（(" + SPACE)), start + len(body.rstrip(SPACE))


def _folded(text: str) -> str:
    start, end = _organ(text)
    return fold(text[start:end])


def _is_organ(text: str) -> bool:
    """Whether a line can be the name of an organ: short, without punctuation and digits."""
    body = text.strip()
    return len(body) <= 2 * LONGEST and SHORTEST <= len(_folded(body)) <= LONGEST and not NO_ORGAN.search(body)
