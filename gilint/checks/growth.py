"""What the prose says of changes since last year: against the numbers beside it, and against last year's report."""

from __future__ import annotations

from gilint.arithmetic import cells_of, reader_of, value_of
from gilint.checks import Pattern, check
from gilint.checks.lastyear import obstacle
from gilint.checks.lines import lines, sentences
from gilint.checks.prose import OTHER_TIME, readings
from gilint.checks.scope import WORDS
from gilint.checks.stated import anchor_patterns
from gilint.checks.trends import LAST, change_behind
from gilint.figures import cell_of
from gilint.form import PREVIOUS
from gilint.late import late
from gilint.model import Problem, Slice
from gilint.quantities import quantities
from gilint.text import fold, fold_offsets

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from typing import Any

    from gilint.checks.lines import Line
    from gilint.checks.matching import Hit
    from gilint.checks.prose import Reading
    from gilint.checks.trends import Change
    from gilint.figures import CellKey
    from gilint.form import Family
    from gilint.model import NotAssessable, Report
    from gilint.quantities import Quantity

_WORDS = ("同比", "持平", "增长", "增加", "增幅", "上升", "提高", "下降", "减少", "降低", "降幅", "减幅", "下滑")
_PATTERNS = tuple(Pattern(word) for word in (*_WORDS, "年的"))
_MARK = late(r"[,，、；;：:（）()]")
_CHANGED_BY = late(r"(?:[增减升降多少][^，,]?|下滑|提高|[高低]于[^，,]{0,6})(?:了|约|近|达|超过|超)?$")
_SEMICOLON = late("[；;]")
_FILLER = late(
    "[的为是共仅只有达由从]|(?:增长|增加|上升|提高|下降|减少|降低|增|减|升|降)[到至为]|全年|同期|年度?|[0-9]|今年|本年|当年"
)
_PART = late("其中|分别|计划|目标|累计")
_REACH = 80
"""Characters behind a number in which its change is told."""
_VALUES = ("told", "now", "last", "expected")


def _patterns(_options: Mapping[str, Any], _family: Family) -> Sequence[Pattern]:
    return _PATTERNS


@check(
    "told-change",
    options={"units": {**WORDS, "description": "Units besides those of the pack."}},
    values=_VALUES,
    patterns=_patterns,
    only_hits=True,
)
def told_change(report: Report, options: Mapping[str, Any], hits: Sequence[Hit]) -> Iterator[Problem]:
    """Changes in the text (今年 120 件，上年 100 件，增长 P%) that are not what the numbers of both years give."""
    for line in lines(hits, (*report.form.family.units, *options.get("units", ()))):
        for start, end in _parts(line.text):
            pair = _both_years(line, start, end, report.year)
            for change, now, last in _changes(line, start, end, pair, report.year):
                if not change.fits(now.low, last):
                    at = _trimmed(line.at(change.start, change.end))
                    yield Problem(at, _values(at, change, now.low, last, now.unit))


def _parts(text: str) -> Iterator[tuple[int, int]]:
    """Sentences, and what stands between the semicolons of one."""
    for start, end in sentences(text):
        for mark in _SEMICOLON.finditer(text, start, end):
            yield start, mark.start()
            start = mark.end()
        yield start, end


def _changes(
    line: Line, start: int, end: int, pair: tuple[Quantity, int] | None, year: int | None
) -> Iterator[tuple[Change, Quantity, int]]:
    """The changes of a sentence with the numbers of both years."""
    if pair is not None:
        marks = [start, *(mark.start() for mark in _MARK.finditer(line.text, start, end))]
        for at in marks:
            change = change_behind(line.text, at, end, bare=True)
            if change is not None and change.figure is None and _is_last_year(change, year):
                yield change, *pair
    for number in quantities(line.text, start, end, line.units):
        change = change_behind(line.text, number.after, end) if number.exact and number.unit else None
        if change is not None and change.figure is not None and _is_last_year(change, year):
            yield change, number, change.figure


def _both_years(line: Line, start: int, end: int, year: int | None) -> tuple[Quantity, int] | None:
    """This year's number and last year's, where the sentence has one of each and counts nothing else."""
    now: list[tuple[Quantity, str]] = []
    last: list[tuple[Quantity, str]] = []
    done = start
    for number in quantities(line.text, start, end, line.units):
        first = max((mark.end() for mark in _MARK.finditer(line.text, start, number.before)), default=start)
        lead = line.text[max(first, done) : number.before]
        done = number.after if number.unit else done
        if not number.unit or _CHANGED_BY.search(lead):
            continue
        years = [int(each[:4]) - (year or 0) if each[0].isdigit() else -1 for each in LAST.findall(lead)]
        if not number.exact or any(each not in (0, -1) for each in years) or _PART.search(lead):
            return None
        if not years and OTHER_TIME.search(lead):
            return None
        (last if -1 in years else now).append((number, _FILLER.sub("", LAST.sub("", lead))))
    if len(now) != 1 or len(last) != 1:
        return None
    (number, object_now), (number_last, object_last) = now[0], last[0]
    # 上年结转 1 件 counts something else than 新收 12 件; 新收信件 12 件 and 上年新收 10 件 count the same.
    same = object_last in object_now or object_now in object_last
    return (number, number_last.low) if same and number.unit == number_last.unit else None


def _is_last_year(change: Change, year: int | None) -> bool:
    return change.year is None or year is None or change.year == year - 1


# --- against last year's report ---------------------------------------------------------------------------------------


def _anchors(_options: Mapping[str, Any], family: Family) -> Sequence[Pattern]:
    return anchor_patterns(tuple(family.anchors.values()))


def _prepare(options: Mapping[str, Any], family: Family) -> Mapping[str, Any]:
    from gilint.errors import OptionError
    from gilint.formulas import EquationError, compile_expression
    from gilint.suggest import unknown

    compiled = {}
    for anchor, texts in options["last"].items():
        if anchor not in family.anchors:
            raise OptionError(("last",), unknown("数字锚点", "anchor", anchor, list(family.anchors)))
        try:
            compiled[anchor] = [compile_expression(text, family) for text in texts]
        except EquationError as error:
            message = f"{error.message['zh']} ({error.message['en']})"
            raise OptionError(("last", anchor), message, error.offset) from None
    return {**options, "compiled": compiled}


@check(
    "stated-change",
    options={
        "last": {
            "type": "object",
            "minProperties": 1,
            "additionalProperties": {"type": "array", "minItems": 1, "items": {"type": "string", "minLength": 1}},
            "description": "For each anchor of the pack the sums of cells (table.row.column) of which one, as it "
            "stands in last year's report, must give the change.",
        },
    },
    required=("last",),
    values=(*_VALUES, "anchor"),
    patterns=_anchors,
    prepare=_prepare,
    only_hits=True,
)
def stated_change(report: Report, options: Mapping[str, Any], hits: Sequence[Hit]) -> Iterator[Problem | NotAssessable]:
    """Changes in the text (收到 120 件，同比增长 P%) that last year's report does not bear out."""
    told = [
        (anchor, reading, *told_of)
        for anchor in options["compiled"]
        for reading in readings(report, anchor, hits)
        if reading.exact and (told_of := _told_of(reading, report)) is not None
    ]
    reason = obstacle(report) if told else None
    if reason is not None:
        yield reason
        return
    read = _last_year(reader_of(report))
    for anchor, reading, change, unit in told:
        expressions = options["compiled"][anchor]
        values = [value for value in (value_of(each, read) for each in expressions) if value is not None]
        if len(values) == len(expressions) and not any(change.fits(reading.low, int(value)) for value in values):
            cells = dict.fromkeys(cell for each in expressions for cell in cells_of(each))
            at = _place(reading, change)
            shown = {**_values(at, change, reading.low, int(values[0]), unit), "anchor": reading.word}
            yield Problem(at, shown, tuple(cell_of(report, (PREVIOUS + key[0], *key[1:])) for key in cells))


def _last_year(read: Callable[[CellKey], Any]) -> Callable[[CellKey], Any]:
    return lambda key: read((PREVIOUS + key[0], *key[1:]))


def _told_of(reading: Reading, report: Report) -> tuple[Change, str] | None:
    """The change that is told right behind a number, since last year, and the unit of the number."""
    text = fold(_behind(reading))
    number = next(quantities(text, 0, len(text), report.form.family.units), None)
    change = change_behind(text, number.after) if number is not None else None
    if number is None or change is None or change.figure is not None or not _is_last_year(change, report.year):
        return None
    return change, number.unit


def _behind(reading: Reading) -> str:
    """The number and what follows it in its line."""
    text = reading.at.passage.text[reading.at.start : reading.at.start + _REACH]
    return text.split("\n")[0]


def _place(reading: Reading, change: Change) -> Slice:
    offsets = [reading.at.start + offset for offset in fold_offsets(_behind(reading))]
    return _trimmed(Slice(reading.at.passage, offsets[change.start], offsets[change.end - 1] + 1))


def _trimmed(at: Slice) -> Slice:
    """Without the mark that the change follows."""
    return Slice(at.passage, at.start + (at.text[:1] in ",，、（("), at.end)


def _values(at: Slice, change: Change, now: int, last: int, unit: str) -> Mapping[str, Any]:
    return {"told": at.text, "now": now, "last": last, "expected": change.written(now, last, unit)}
