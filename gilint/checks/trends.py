"""How a number in prose is said to have changed since last year: 120 件，同比增长 20%; 比上年减少 3 件; 与上年持平.

Percentage points (百分点) are no percentage of a number, and a change that is given roughly (约, 近, 余) tells its
direction only.
"""

from __future__ import annotations

from gilint.late import late
from gilint.record import Record

TYPE_CHECKING = False
if TYPE_CHECKING:
    import re
    from fractions import Fraction

SAME, PERCENT, TIMES, DIFFERENCE, MULTIPLE = "same", "percent", "times", "difference", "multiple"

_LAST = "(?:上一?年度?|去年度?|[0-9]{4}年度?)(?:同期|全年)?"
LAST = late(_LAST)
_NUMBER = r"[0-9]{1,9}(?:\.(?P<fraction>[0-9]{1,6}))?"
_UNIT = "[件宗份条项个起次篇期场家户人]"
_SINCE = (
    rf"(?:同比|[较比](?P<base>{_LAST})(?:的?(?P<figure>[0-9]{{1,9}}){_UNIT})?"
    rf"|[与和同跟](?P<against>{_LAST})(?:相比|比较|比)?)[,，]?"
)
_VERB = (
    "(?:大幅|小幅|明显|有所|显著)?"
    "(?:(?P<up>增长|增加|上升|提高|增幅|多)|(?P<down>下降|减少|降低|下滑|降幅|减幅|少))(?:达到|[为达了])?"
)
_AMOUNT = (
    rf"(?P<hedge>大约|约|将近|近|超过|超|逾|不足)?(?P<number>{_NUMBER})(?P<behind>[余多]?)"
    rf"(?:(?P<percent>[%％])|(?P<times>倍)|(?P<unit>{_UNIT})(?!百分点))(?P<about>左右|以上|上下)?"
)
_MULTIPLE = (
    rf"是(?P<base>{_LAST})的(?P<hedge>约|近)?(?P<number>{_NUMBER})(?P<behind>[余多]?)"
    "(?P<times>倍)(?P<about>左右|以上|多)?"
)
_BEGIN = r"[,，、（(]?(?:总?量|总数|数量|件数)?"
_CHANGES = (
    late(_BEGIN + _MULTIPLE),
    late(_BEGIN + _SINCE + "(?P<same>持平|相同|一致)"),
    late(_BEGIN + _SINCE + _VERB + _AMOUNT),
)
# Where both years' numbers stand in the sentence, nothing needs to say what is compared.
_BARE = late(rf"{_BEGIN}(?:{_SINCE})?{_VERB}{_AMOUNT}")


class Change(Record):
    """A change as it is told, at ``start`` to ``end`` of its text.

    ``amount`` is signed, in percent, times or units; ``step`` is the weight of its last digit. ``kind`` is same,
    percent, times (增长 2 倍), difference, or multiple (是上年的 2 倍). A ``rough`` amount is only a direction.
    ``year`` is the year compared with, where it is named; ``figure`` last year's number, where it is.
    """

    start: int
    end: int
    kind: str
    amount: Fraction
    step: Fraction
    unit: str
    rough: bool
    year: int | None
    figure: int | None

    def fits(self, now: int, last: int) -> bool:
        """Whether the numbers of two years give this change, rounded or cut off at its last printed digit."""
        if self.kind in (SAME, DIFFERENCE) and not self.rough:
            return now - last == self.amount
        if self.kind != DIFFERENCE and not last:
            return True
        if self.rough:
            return self.kind == MULTIPLE or (now - last) * self.amount > 0
        exact = self.exact(now, last)
        off = abs(exact - self.amount)
        return off * 2 <= self.step or (off < self.step and abs(exact) > abs(self.amount) and exact * self.amount >= 0)

    def exact(self, now: int, last: int) -> Fraction:
        """The change that two numbers give, in the unit of ``amount``; in units where ``last`` is 0."""
        if self.kind in (SAME, DIFFERENCE) or not last:
            return _fraction(now - last)
        if self.kind == MULTIPLE:
            return _fraction(now, last)
        return _fraction(now - last, last) * (100 if self.kind == PERCENT else 1)

    def written(self, now: int, last: int, unit: str) -> str:
        """The change that two numbers give, in the words of this one, half up at its last printed digit.

        ``unit`` is that of the numbers: 持平 names none.
        """
        value = self.exact(now, last)
        if value == 0:
            return "持平"
        ratio = self.kind in (PERCENT, TIMES, MULTIPLE)
        digits = max(len(str(self.step.denominator)) - 1, 1) if ratio else 0
        whole, rest = divmod(int(abs(value) * 10**digits + _fraction(1, 2)), 10**digits)
        number = f"{whole}.{rest:0{digits}}" if digits else str(whole)
        unit = {PERCENT: "%", TIMES: "倍", MULTIPLE: "倍"}.get(self.kind, self.unit or unit)
        direction = "" if self.kind == MULTIPLE else "增长" if value > 0 else "下降"
        return f"{direction}{number}{unit}"


def change_behind(text: str, at: int, end: int | None = None, *, bare: bool = False) -> Change | None:
    """The change told in ``text`` from ``at`` on, which may need no 同比 or 比上年 before it if it may be ``bare``."""
    end = len(text) if end is None else end
    for pattern in (*_CHANGES, _BARE) if bare else _CHANGES:
        found = pattern.match(text, at, end)
        if found is not None:
            return _change(found)
    return None


def _change(found: re.Match[str]) -> Change:
    told: dict[str, str | None] = {"against": None, "figure": None, **found.groupdict()}
    base = told.get("base") or told["against"] or ""
    year = int(base[:4]) if base[:4].isdigit() else None
    figure = int(told["figure"]) if told["figure"] else None
    if told.get("same"):
        return Change(*found.span(), SAME, _fraction(0), _fraction(1), "", False, year, figure)
    digits = len(told["fraction"] or "")
    amount = _fraction(int(found["number"].replace(".", "")), 10**digits)
    rough = bool(told["hedge"] or told["behind"] or told["about"])
    step = _fraction(1, 10**digits)
    if told.get("percent"):
        kind = PERCENT
    elif told["times"]:
        kind = TIMES if "up" in told else MULTIPLE
    else:
        kind = DIFFERENCE
    sign = -1 if told.get("down") else 1
    return Change(*found.span(), kind, sign * amount, step, told.get("unit") or "", rough, year, figure)


def _fraction(numerator: int, denominator: int = 1) -> Fraction:
    """Imported here, because most reports tell no change, and fractions bring decimals with them."""
    from fractions import Fraction

    return Fraction(numerator, denominator)
