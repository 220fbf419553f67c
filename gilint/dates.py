"""Dates and periods in running text, as they stand there: nothing is corrected, and no part is made up.

A date like 2025年2月30日 is found too, since somebody has to be told; :func:`is_real` says whether it exists.
"""

from __future__ import annotations

from gilint.late import VERBOSE, late
from gilint.numerals import chinese_number
from gilint.record import Record

TYPE_CHECKING = False
if TYPE_CHECKING:
    import re
    from collections.abc import Iterator


class Date(Record, hot=True):
    """A date at ``text[start:end]``; a missing part is 0.

    ``style`` names, in this order, what is odd in its writing: padded (01月), chinese (二〇二五年), short-year (24年),
    dotted (2025.1.16), dashed (2025-1-16, 2025/1/16), spaced. GB/T 9704—2012, 7.3.5.4 has 2025年1月16日.
    """

    year: int
    month: int
    day: int
    start: int
    end: int
    style: tuple[str, ...] = ()


# One character for one, so that offsets hold.
_ASCII = str.maketrans("０１２３４５６７８９．－／", "0123456789.-/")
_WIDE = late("[０-９．－／]")

_GAP = r"\s{0,3}"
_SMALL = r"0[1-9]|[1-9][0-9]?"
_NUMERAL = "〇○零一二三四五六七八九十"
_WRITTEN = rf"""
    (?: (?P<year> (?<![0-9]) (?: [0-9]{{4}} | [0-9]{{2}} )
                | (?<![{_NUMERAL}]) [〇○零一二三四五六七八九]{{4}} ) {_GAP} 年 {_GAP}
      # The rest of a year that is none (12024年1月1日) must not pass for a date without one.
      | (?<! [0-9{_NUMERAL}] ) (?<! [0-9]年 ) )
    (?P<month> {_SMALL} | 十[一二]? | [一二三四五六七八九] ) {_GAP} 月
    (?: {_GAP} (?P<day> {_SMALL} | [一二三]?十[一二三四五六七八九]? | [一二三四五六七八九] ) {_GAP} [日号] )?
"""
_POINTED = r"""
    (?<! [0-9A-Za-z_/] )
    (?P<pointed_year> (?:19|20)[0-9]{2} ) (?P<point> [-./] )
    (?P<pointed_month> 0[1-9] | 1[0-2] | [1-9] ) (?P=point)
    (?P<pointed_day> 0[1-9] | [12][0-9] | 3[01] | [1-9] ) (?! [0-9] )
    # A fourth number makes it a version or an address, unless it is the year of a second date.
    (?! (?P=point) [0-9]{1,3} (?![0-9]) )
"""
_DATE = late(f"{_WRITTEN} | {_POINTED}", VERBOSE)
_DAY_OF = late("(?:19|20)[0-9]{2}[-./]")
_JOINT = late(r"\s*(?:[起始]\s*[，,]?)?\s*(?:至|到|—{1,2}|[–―─~～〜-])\s*")


def find_dates(text: str) -> list[Date]:
    """The dates in ``text``: year, month and day, or year and month, or month and day. In order, without overlap."""
    return [date for date in _matches(_plain(text)) if date.year or date.day]


def find_periods(text: str) -> list[tuple[Date, Date]]:
    """Two dates joined by 至, 到 or a dash, e.g. ``自2024年1月1日起至12月31日止``.

    If the second has no year it takes that of the first; nothing else is filled in.
    """
    plain = _plain(text)
    return [(first, second) for first in find_dates(plain) if (second := _partner(plain, first))]


def is_real(year: int, month: int, day: int) -> bool:
    """Whether the Gregorian calendar has this day."""
    if not (year >= 1 and 1 <= month <= 12):
        return False
    if month == 2:
        leap = year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
        return 1 <= day <= 28 + leap
    return 1 <= day <= (30 if month in {4, 6, 9, 11} else 31)


def _plain(text: str) -> str:
    return text.translate(_ASCII) if _WIDE.search(text) else text


def _matches(text: str) -> Iterator[Date]:
    # A search at every character takes long; most texts name years, and no day of any.
    return map(_date, _DATE.finditer(text)) if "月" in text or _DAY_OF.search(text) else iter(())


def _partner(text: str, first: Date) -> Date | None:
    """The second date of a period, if there is one. Here a month alone will do: 2024年1月至12月."""
    joint = _JOINT.match(text, first.end)
    match = _DATE.match(text, joint.end()) if joint else None
    if not match:
        return None
    second = _date(match)
    return second if second.year else second.replace(year=first.year)


def _date(match: re.Match[str]) -> Date:
    prefix = "pointed_" if match["point"] else ""
    year, month, day = (match[prefix + part] or "" for part in ("year", "month", "day"))
    styles = {
        "padded": month.startswith("0") or day.startswith("0"),
        "chinese": not (year + month + day).isascii(),
        "short-year": len(year) == 2,
        "dotted": match["point"] == ".",
        "dashed": match["point"] in {"-", "/"},
        "spaced": any(map(str.isspace, match[0])),
    }
    style = tuple(name for name, present in styles.items() if present)
    return Date(_year(year), _value(month), _value(day), match.start(), match.end(), style)


def _year(digits: str) -> int:
    year = _value(digits)
    if len(digits) != 2:
        return year
    # POSIX strptime: 69 to 99 are of the last century.
    return year + (2000 if year < 69 else 1900)


def _value(digits: str) -> int:
    if digits.isascii():
        return int(digits or "0")
    return chinese_number(digits) or 0
