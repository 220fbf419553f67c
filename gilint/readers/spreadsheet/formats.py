"""Numbers as text: exact, and dates the way their cell shows them.

A cell holds a number and a format code such as ``yyyy"年"m"月"d"日"`` (ISO/IEC 29500-1, 18.8.31). Figures are given as
they are, whatever number of decimals is shown; dates, times and per cent are nothing without their format.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from decimal import Decimal
from math import isfinite

from gilint.late import late
from gilint.numerals import to_chinese
from gilint.record import Record

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

EXACT = 2.0**53
"""Up to here every whole number is a float of its own."""
DIGITS = ".15g"
"""The digits that a sheet keeps of a number: those behind them are artefacts of binary fractions."""

DAY_ZERO, DAY_ZERO_1904 = datetime(1899, 12, 30), datetime(1904, 1, 1)

LONG_DATE = 'yyyy"年"m"月"d"日"'
LONG_TIME = "h:mm:ss"
BUILTIN = {
    9: "0%",
    10: "0.00%",
    14: "yyyy/m/d",
    15: "d-mmm-yy",
    16: "d-mmm",
    17: "mmm-yy",
    18: "h:mm AM/PM",
    19: "h:mm:ss AM/PM",
    20: "h:mm",
    21: "h:mm:ss",
    22: "yyyy/m/d h:mm",
    30: "m/d/yy",
    31: LONG_DATE,
    32: 'h"时"mm"分"',
    33: 'h"时"mm"分"ss"秒"',
    45: "mm:ss",
    46: "[h]:mm:ss",
    47: "mm:ss.0",
    **dict.fromkeys((27, 36, 50, 52, 57), 'yyyy"年"m"月"'),
    **dict.fromkeys((28, 29, 51, 53, 54, 58), 'm"月"d"日"'),
    **dict.fromkeys((34, 55), '上午/下午h"时"mm"分"'),
    **dict.fromkeys((35, 56), '上午/下午h"时"mm"分"ss"秒"'),
}
"""Formats that files need not spell out, as Chinese versions show them."""

PARTS = late(
    r'(?i:general|e[+-])|"[^"]*"?|\\.|[_*].|\[[^\]]*\]|(?i:am/pm|a/p)|上午/下午'
    r"|[yY]+|[eE]+|[mM]+|[dD]+|[aA]{3,}|[hH]+|[sS]+|\.0+|.",
    16,
)
MONTHS = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]
WEEKDAYS = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]
CHINESE_WEEKDAYS = "一二三四五六日"
IN_CHINESE = ("[$-804]", "[$-zh-cn]", "[dbnum1]", "[$-dbnum1]")
CHINESE_DIGITS = str.maketrans("0123456789", "〇一二三四五六七八九")
CHINESE_HALVES = "上午/下午"
HALF_DAYS = ("am/pm", "a/p", CHINESE_HALVES)
LITERALS: Mapping[str, Callable[[str], str]] = {
    '"': lambda part: part.strip('"'),
    "\\": lambda part: part[1:],
    # The width of a character, and fill.
    "_": lambda part: "",
    "*": lambda part: "",
}
MOMENT, WEEKDAY = "yemdhs", "aaa"
"""First letters of the parts of a date or a time."""


class Format(Record):
    """A format code taken apart. ``kind``: number, percent, date. ``local``: weekdays in Chinese; ``spelled``: numbers
    too."""

    kind: str
    parts: tuple[str, ...] = ()
    local: bool = False
    spelled: bool = False


class Formats:
    """The formats of one workbook by the number under which its cells name them; ``since_1904``: its days do."""

    def __init__(self, codes: Sequence[str] = (), *, since_1904: bool = False) -> None:
        self._codes = codes
        self._known: dict[int, Format] = {}
        self._since_1904 = since_1904

    def text(self, value: float, style: int) -> str:
        """A number in the style of its cell."""
        form = self._format(style)
        if form.kind == "number":
            return number_text(value)
        if form.kind == "percent":
            return percent_text(value)
        return moment_text(value, form, since_1904=self._since_1904)

    def date(self, days: float, style: int) -> str:
        """A date, given in days since 1900, in the style of its cell; nothing when that is no date's."""
        form = self._format(style)
        return moment_text(days, form) if form.kind == "date" else ""

    def _format(self, style: int) -> Format:
        form = self._known.get(style)
        if form is None:
            code = self._codes[style] if 0 <= style < len(self._codes) else ""
            form = self._known[style] = taken_apart(code)
        return form


def days_of(moment: str) -> float:
    """The number of days that stands for a date in ISO 8601. Raises ``ValueError`` for what is none."""
    return (datetime.fromisoformat(moment).replace(tzinfo=None) - DAY_ZERO).total_seconds() / 86400


def number_text(value: float) -> str:
    """12.0 is 12, 0.1 + 0.2 is 0.3."""
    if not isfinite(value):
        return "#NUM!"
    if value.is_integer() and -EXACT <= value <= EXACT:
        return f"{int(value)}"
    text = format(value, DIGITS)
    return format(Decimal(text), "f") if "e" in text else text


def percent_text(value: float) -> str:
    if not isfinite(value):
        return number_text(value)
    text = format(Decimal(format(value, DIGITS)).scaleb(2), "f")
    return (text.rstrip("0").rstrip(".") if "." in text else text) + "%"


# --- format codes -----------------------------------------------------------------------------------------------------


def taken_apart(code: str) -> Format:
    """What a format code makes of positive numbers."""
    parts = _first_section(PARTS.findall(code))
    lowered = [part.lower() for part in parts]
    if any(part.startswith("[$-f800") for part in lowered):
        return taken_apart(LONG_DATE)
    if any(part.startswith("[$-f400") for part in lowered):
        return taken_apart(LONG_TIME)
    if any(_is_moment(part) for part in lowered):
        local = any(mark in lowered for mark in IN_CHINESE)
        return Format("date", tuple(parts), local, "[dbnum1]" in lowered)
    return Format("percent" if "%" in lowered else "number")


def _first_section(parts: Sequence[str]) -> Sequence[str]:
    return parts[: parts.index(";")] if ";" in parts else parts


def _is_moment(part: str) -> bool:
    if part.startswith("["):
        return part[1:-1] != "" and not part[1:-1].strip("hms")
    return (part[0] in MOMENT and part not in ("e+", "e-")) or part.startswith(WEEKDAY)


# --- dates and times --------------------------------------------------------------------------------------------------


def moment_text(value: float, form: Format, *, since_1904: bool = False) -> str:
    """A number of days as a date or a time; one that no calendar has as the number that it is."""
    days = value
    if not since_1904 and days < 60:
        # Sheets have a 29th of February 1900, as their forerunner had.
        days += 1
    try:
        moment = (DAY_ZERO_1904 if since_1904 else DAY_ZERO) + timedelta(milliseconds=round(days * 86_400_000))
    except (OverflowError, ValueError):
        return number_text(value)
    if value < 0:
        return number_text(value)
    return "".join(_written(form, moment, value))


def _written(form: Format, moment: datetime, value: float) -> Iterator[str]:
    parts = form.parts
    halves = {part for part in parts if part.lower() in HALF_DAYS}
    # Whether an m is of minutes depends on what stands before and behind it.
    clock = ""
    for index, part in enumerate(parts):
        letter = part[0].lower()
        if letter in "hs":
            clock = letter
        if letter in LITERALS:
            yield LITERALS[letter](part)
        elif letter == "[":
            clock = part[1].lower() if _is_moment(part.lower()) else clock
            yield _elapsed(part[1:-1].lower(), value)
        elif part in halves:
            yield _half_day(part, moment)
        elif letter == "m" and (clock == "h" or _next_letter(parts, index) == "s"):
            clock = ""
            yield _padded(moment.minute, part)
        elif letter in "hs." and part != ".":
            yield _time_part(letter, part, moment, half_days=bool(halves))
        else:
            yield _date_part(letter, part, moment, form)


def _half_day(part: str, moment: datetime) -> str:
    later = moment.hour >= 12
    if part == CHINESE_HALVES:
        return "下午" if later else "上午"
    return ("PM" if later else "AM")[: (len(part) + 1) // 2]


def _time_part(letter: str, part: str, moment: datetime, *, half_days: bool) -> str:
    if letter == "h":
        return _padded(moment.hour % 12 or 12 if half_days else moment.hour, part)
    return _padded(moment.second, part) if letter == "s" else f".{moment.microsecond:06}"[: len(part)]


def _date_part(letter: str, part: str, moment: datetime, form: Format) -> str:
    size = len(part)
    if letter in "ye":
        year = f"{moment.year:04}"[0 if letter == "e" or size > 2 else 2 :]
        return year.translate(CHINESE_DIGITS) if form.spelled else year
    if letter == "m" and size > 2:
        return MONTHS[moment.month - 1][: {3: 3, 5: 1}.get(size)]
    if letter == "a" and size > 2:
        return ("" if size == 3 else "星期") + CHINESE_WEEKDAYS[moment.weekday()]
    if letter == "d" and size > 2:
        if form.local:
            return ("周" if size == 3 else "星期") + CHINESE_WEEKDAYS[moment.weekday()]
        return WEEKDAYS[moment.weekday()][: 3 if size == 3 else None]
    if letter in "md":
        number = moment.month if letter == "m" else moment.day
        return to_chinese(number) if form.spelled else _padded(number, part)
    return part


def _padded(number: int, part: str) -> str:
    return f"{number:02}" if len(part) > 1 else f"{number}"


def _elapsed(unit: str, value: float) -> str:
    """All hours, minutes or seconds of a time span; nothing for what else stands in brackets."""
    if not unit or unit.strip("hms"):
        return ""
    seconds = round(value * 86400)
    return _padded(seconds // {"h": 3600, "m": 60, "s": 1}[unit[0]], unit)


def _next_letter(parts: Sequence[str], index: int) -> str:
    """The first letter of the next part that is one of a date or a time."""
    return next((part[0].lower() for part in parts[index + 1 :] if part[0].lower() in "ymdhs"), "")
