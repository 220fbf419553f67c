"""Numbers as prose writes them: exact ones, and rough ones (5500余, 近3000, 1.2万, 三千, 十余, 上百) as intervals.

Text is folded before it is read (:func:`gilint.text.fold`): no spaces, digits in ASCII. What could mean two things is
no quantity, so the hedge words that are part of longer words (预约, 附近) hedge nothing.
"""

from __future__ import annotations

from bisect import bisect_left
from functools import lru_cache

from gilint.late import late
from gilint.numerals import chinese_number
from gilint.record import Record

TYPE_CHECKING = False
if TYPE_CHECKING:
    import re
    from collections.abc import Iterator, Mapping, Sequence

_LONGEST = 15
_SCALES = {"": 1, "百": 100, "千": 1000, "万": 10**4, "亿": 10**8}

_NUMERAL = "[一二三四五六七八九十百千万亿两零〇]"
# Behind a digit a scale belongs to it: 3千, 1.2万. 上百 and 数十 have no figure of their own.
_NUMBER = late(
    r"(?P<whole>[0-9]+(?:,[0-9]{3})*)(?:\.(?P<fraction>[0-9]+))?(?P<scale>[百千万亿]?)"
    r"|(?P<some>[上数几成][十百千万])"
    rf"|(?P<chinese>{_NUMERAL}+)"
)
_WRITTEN = late(r"[0-9]{1,3}(?:,[0-9]{3}){1,4}|[0-9]{1,15}")
# 每一件, 同一件, 逐一, 第三 count nothing, and 唯一, 统一, 任一 are words.
_NO_COUNT_BEFORE = late(r"(?:[每同逐任某第唯统专这那哪单之初有无进百千万十]|[一二三四五六七八九])$")

# What follows may be hedged by a word that only looks like one at the end of another: 公约, 附近.
_BEFORE = late(
    r"(?P<range>(?P<low>[0-9]{1,15})(?:件|份|条|宗|次|个|项)?[-－—–~～至到])$"
    r"|(?P<near>(?<![最附就临邻靠接])将?近)$"
    r"|(?P<about>大约|(?<![公条契合预签履违特节制相])约)$"
    r"|(?P<below>不足|不到|少于)$|(?P<most>至多|最多|不超过|不多于)$"
    r"|(?P<least>至少|不少于|不低于)$|(?P<above>(?<!不)超过|(?<![高赶])超|逾(?<!不逾))$"
)
# With what a hedge before a number ends: before most numbers there is none, and no need to look for it.
_HEDGES_END = frozenset("-－—–~～至到近约足于多过少超逾")
_BETWEEN = late("[余多](?!次)")
_BEHIND = late(r"[余多]|左右|上下|以上|以下|以内")
_FROM_TO = late(r"[-－—–~～至到/／](?=[0-9])")


class Quantity(Record, hot=True):
    """A number in prose, with its unit.

    ``start`` and ``end`` enclose the figure itself, ``after`` is where its unit and hedges end, ``before`` where they
    begin. The number is at least ``low`` and at most ``high`` (``None``: without limit). ``unit`` is empty where none
    of the known ones follows; ``known`` is false for what is no whole number, or is cut off.
    """

    before: int
    start: int
    end: int
    after: int
    low: int
    high: int | None
    unit: str
    known: bool = True

    @property
    def exact(self) -> bool:
        return self.known and self.low == self.high

    def holds(self, value: object) -> bool:
        """Whether ``value``, a number, can be what is meant."""
        return self.low <= value and (self.high is None or value <= self.high)  # type: ignore[operator]


def quantities(text: str, start: int, end: int, units: tuple[str, ...]) -> Iterator[Quantity]:
    """The numbers in ``text[start:end]``, in order. Chinese numerals count only before one of ``units``."""
    starts, numbers = _numbers(text, units)
    first = bisect_left(starts, start)
    if first and numbers[first - 1].end > start:  # the part begins within a number
        yield from _read_anew(text, start, end, units)
        return
    for number in numbers[first:]:
        if number.start >= end:
            return
        if number.reach > end:  # the part ends within a number, or what belongs to it
            yield from _read_anew(text, number.start, end, units)
            return
        if number.quantity is not None:
            yield number.quantity


class _Number(Record, hot=True):
    """A number that stands at ``text[start:end]``; ``reach`` is how far the text behind it was found to belong to it.

    In any part of the text that begins before it, and ends no earlier than ``reach``, it is the same ``quantity``.
    """

    start: int
    end: int
    reach: int
    quantity: Quantity | None


# Rules ask for the numbers of the same sentences over and over, and for those of their parts.
@lru_cache(maxsize=64)
def _numbers(text: str, units: tuple[str, ...]) -> tuple[list[int], list[_Number]]:
    """The numbers of a text, beside where they start."""
    known = _by_first(units)
    numbers = [_number(text, len(text), match, known) for match in _NUMBER.finditer(text)]
    return [number.start for number in numbers], numbers


def _read_anew(text: str, start: int, end: int, units: tuple[str, ...]) -> Iterator[Quantity]:
    known = _by_first(units)
    for match in _NUMBER.finditer(text, start, end):
        quantity = _number(text, end, match, known).quantity
        if quantity is not None:
            yield quantity


@lru_cache(maxsize=8)
def _by_first(units: tuple[str, ...]) -> Mapping[str, Sequence[str]]:
    """The units by their first character, the longest first."""
    found: dict[str, list[str]] = {}
    for unit in sorted(filter(None, units), key=len, reverse=True):
        found.setdefault(unit[0], []).append(unit)
    return found


def _number(text: str, limit: int, match: re.Match[str], units: Mapping[str, Sequence[str]]) -> _Number:
    start, end = match.span()
    inside = _BETWEEN.match(text, end, limit)
    behind = inside.end() if inside else end
    unit = ""
    for unit in units.get(text[behind : behind + 1], ()):
        if text.startswith(unit, behind, limit):
            break
    else:
        unit = ""
    after = behind + len(unit)
    hedge = inside or _BEHIND.match(text, after, limit)
    if hedge:
        after = max(after, hedge.end())
    # 多 is no hedge before 次, which is seen only where both are.
    reach = max(after, end + 2) if text.startswith(("余次", "多次"), end, limit) else after
    if match["chinese"] and (not unit or _NO_COUNT_BEFORE.search(text[max(0, start - 1) : start])):
        return _Number(start, end, reach, None)
    hedged = start and text[start - 1] in _HEDGES_END
    prefix = _BEFORE.search(text[max(0, start - 20) : start]) if hedged else None
    before = start - len(prefix[0]) if prefix else start
    kind = prefix.lastgroup if prefix else None
    interval = _some(match) if match["some"] else _interval(match, kind, hedge[0] if hedge else "", prefix)
    ranges = _FROM_TO.match(text, after, limit)
    if ranges:
        reach = max(reach, after + 2)
    if interval is not None and not ranges:
        return _Number(start, end, reach, Quantity(before, start, end, after, *interval, unit))
    countless = match["some"] or match["chinese"]
    unknown = None if countless else Quantity(start, start, end, end, 0, None, unit, False)
    return _Number(start, end, reach, unknown)


def _some(match: re.Match[str]) -> tuple[int, int]:
    """上百: at least a hundred; 数十, 几百: some, so at least two."""
    word = match["some"]
    scale = 10 if word[1] == "十" else _SCALES[word[1]]
    return scale * (1 if word[0] in "上成" else 2), scale * 10 - 1


def _interval(
    match: re.Match[str], kind: str | None, hedge: str, prefix: re.Match[str] | None
) -> tuple[int, int | None] | None:
    read = _value(match)
    if read is None:
        return None
    value, step = read
    if kind == "range" and prefix is not None:
        low = int(prefix["low"])
        return (low, value) if low <= value and not hedge else None
    if kind and hedge:
        # 近100余件 contradicts itself.
        return None
    hedged = _hedged(value, step, kind or hedge)
    if hedged is not None:
        return hedged
    # 1.2万 is right from 11500 to 12499: half of its last printed digit either way.
    half = step // 2 if match["scale"] and match["chinese"] is None else 0
    return (max(0, value - half), value + half - 1) if half else (value, value)


def _value(match: re.Match[str]) -> tuple[int, int] | None:
    """The number, and what one more in its last written digit (not counting round zeros) is worth."""
    if match["chinese"]:
        value = chinese_number(match["chinese"])
        return None if value is None else (value, _round(value))
    written, fraction, scale = match["whole"], match["fraction"] or "", _SCALES[match["scale"]]
    plain = written.isdigit() and len(written) <= _LONGEST
    if not (plain or _WRITTEN.fullmatch(written)) or len(fraction) > _LONGEST:
        return None
    step, rest = divmod(scale, 10 ** len(fraction))
    if rest:
        return None
    value = int(written.replace(",", "") + fraction) * step
    return value, step if scale > 1 else _round(value)


def _round(value: int) -> int:
    """100 for 5500: the weight of the last digit that is not 0."""
    step = 1
    while value and value % (step * 10) == 0:
        step *= 10
    return step


def _hedged(value: int, step: int, hedge: str) -> tuple[int, int | None] | None:
    if hedge in ("余", "多"):
        # 123余 says more than 123 and not how much more.
        return (value + 1, value + step - 1) if step > 1 else (value + 1, None)
    if hedge == "near":
        width = step // 10 if step >= 100 else max(1, step // 2, value // 20)
        return max(0, value - width), max(0, value - 1)
    if hedge in ("about", "左右", "上下"):
        width = max(1, step // 2, value // 20)
        return max(0, value - width), value + width
    limits: dict[str, tuple[int, int | None]] = {
        "below": (0, max(0, value - 1)),
        "most": (0, value),
        "以下": (0, value),
        "以内": (0, value),
        "least": (value, None),
        "以上": (value, None),
        "above": (value + 1, None),
    }
    return limits.get(hedge)
