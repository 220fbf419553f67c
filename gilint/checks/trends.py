"""How a number in prose is said to have changed since last year: 120 件，同比增长 20%; 比上年减少 3 件; 与上年持平.

Only what stands right behind a number is read. Percentage points (百分点) are no percentage of it, and a change that is
given roughly (约, 近, 余) tells its direction only.
"""

from __future__ import annotations

from gilint.late import late
from gilint.record import Record

TYPE_CHECKING = False
if TYPE_CHECKING:
    from fractions import Fraction

LAST = r"(?:上一?年度?|去年度?|前一年度?|[0-9]{4}年度?)(?:同期|全年)?"
_VERB = r"(?:(?P<up>增长|增加|上升|提高|提升|增幅|增多|多)|(?P<down>下降|减少|降低|下滑|降幅|减幅|少))(?:[为达了]|达到)?"
_CHANGE = late(
    r"(?:总?量|件?数|数量)?[,，、（(]?"
    rf"(?P<since>年?同比|[较比](?P<base>{LAST})(?:的(?P<figure>[0-9]{{1,9}})[件宗份条项个起次篇期场家户人])?|[与和同跟](?P<against>{LAST})"
    r"(?:相比|比较|比)?[,，]?)"
    r"(?:(?P<same>持平|相同|一致|相当)"
    rf"|(?:大幅|小幅|明显|有所|显著)*{_VERB}(?P<hedge>大?约|近|超过?|逾|不足|将近)?"
    r"(?P<number>[0-9]{1,9}(?:\.(?P<fraction>[0-9]{1,6}))?)(?P<behind>[余多]?)"
    r"(?:(?P<percent>[%％])|(?P<times>倍)|(?P<unit>[件宗份条项个起次篇期场家户人](?!百分点)))(?P<about>左右|以上|上下)?)"
)
_TIMES = late(
    rf"[,，、（(]?是(?P<base>{LAST})的(?P<hedge>约|近)?(?P<number>[0-9]{{1,9}}(?:\.(?P<fraction>[0-9]{{1,6}}))?)倍(?P<about>多|左右|以上)?"
)
SAME, PERCENT, TIMES, DIFFERENCE, MULTIPLE = "same", "percent", "times", "difference", "multiple"


class Change(Record):
    """A change as it is told. ``amount`` is signed, in percent, times or units; ``step`` is the weight of its last digit.

    ``kind`` is same, percent, times (增长 2 倍), difference or multiple (是上年的 2 倍). A ``rough`` amount is only a
    direction. ``year`` is the year compared with, where one is named; ``figure`` last year's number, where it is.
    """

    start: int
    end: int
    kind: str
    amount: Fraction
    step: Fraction
    unit: str
    rough: bool
    year: int | None = None
    figure: int | None = None

    def fits(self, now: int, last: int) -> bool:
        """Whether the numbers of the two years give this change, rounded or cut off at its last printed digit."""
        if self.kind == SAME:
            return now == last
        if self.kind == DIFFERENCE:
            return self._is_direction(now - last) if self.rough else now - last == self.amount
        if not last:
            return True
        if self.rough and self.kind != MULTIPLE:
            return self._is_direction(now - last)
        off = abs(self.exact(now, last) - self.amount)
        return self.rough or off * 2 <= self.step or (off < self.step and abs(self.exact(now, last)) > abs(self.amount))

    def exact(self, now: int, last: int) -> Fraction:
        """The change that the numbers give, in the unit of ``amount``. ``last`` is not 0."""
        if self.kind == DIFFERENCE or self.kind == SAME:
            return _fraction(now - last)
        if self.kind == MULTIPLE:
            return _fraction(now, last)
        return _fraction(now - last, last) * (100 if self.kind == PERCENT else 1)

    def _is_direction(self, difference: int) -> bool:
        return difference * self.amount > 0


def change_behind(text: str, at: int) -> Change | None:
    """The change that is told of the number that ends (with its unit) at ``at``."""
    found = _TIMES.match(text, at)
    if found is not None:
        return _change(found.group, found.span(), MULTIPLE, "", 1, bool(found["hedge"] or found["about"]), found["base"])
    found = _CHANGE.match(text, at)
    if found is None:
        return None
    base = found["base"] or found["against"]
    if found["same"]:
        year = _year(base)
        return Change(*found.span(), SAME, _fraction(0), _fraction(1), "", False, year)
    if text.startswith("个百分点", found.end("number")):
        return None
    kind = PERCENT if found["percent"] else TIMES if found["times"] else DIFFERENCE
    rough = bool(found["hedge"] or found["behind"] or found["about"])
    figure = found["figure"]
    change = _change(found.group, found.span(), kind, found["unit"] or "", 1 if found["up"] else -1, rough, base)
    return change.replace(figure=int(figure)) if figure else change


def _change(group, span: tuple[int, int], kind: str, unit: str, sign: int, rough: bool, base: str | None) -> Change:  # type: ignore[no-untyped-def]
    digits = len(group("fraction") or "")
    amount = _fraction(sign * int(group("number").replace(".", "")), 10**digits)
    return Change(*span, kind, amount, _fraction(1, 10**digits), unit, rough, _year(base))


def _year(base: str | None) -> int | None:
    return int(base[:4]) if base and base[:4].isdigit() else None


def _fraction(numerator: int, denominator: int = 1) -> Fraction:
    """Imported here, because most reports tell no change, and fractions bring decimals with them."""
    from fractions import Fraction

    return Fraction(numerator, denominator)


def written(change: Change, value: Fraction) -> str:
    """A value in the words of the change, half up at its last printed digit (percentages have one at least)."""
    digits = len(str(change.step.denominator)) - 1
    digits = max(digits, 1) if change.kind in (PERCENT, TIMES, MULTIPLE) else 0
    scaled = int(abs(value) * 10**digits + _fraction(1, 2))
    whole, rest = divmod(scaled, 10**digits)
    number = f"{whole}.{rest:0{digits}}" if digits else str(whole)
    if change.kind == MULTIPLE:
        return f"{number}倍"
    unit = "%" if change.kind == PERCENT else "倍" if change.kind == TIMES else change.unit
    return "持平" if value == 0 else f"{'增长' if value > 0 else '下降'}{number}{unit}"
