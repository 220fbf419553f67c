"""Periods, dates and years."""

from __future__ import annotations

from gilint.checks import check
from gilint.checks.sections import known_sections
from gilint.dates import find_dates, is_real
from gilint.late import late
from gilint.model import NotAssessable, Problem, Slice
from gilint.text import fold

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from typing import Any

    from gilint.model import Passage, Report

    Day = tuple[int, int, int]

MONTH_DAY = {"type": "string", "pattern": "^(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$", "examples": ["01-31"]}
SENTENCE = late(r"[^。；！？\n]+")
YEAR = late(r"(?:^|[^〔\[（(0-9—–-])(20\d{2})年")
OPENING_YEAR = late(r"\s*在?\s*(20\d{2})\s*年(?:度|全年|，|,|我|本|共|期间)")


def written(day: Day) -> str:
    """A date as it is printed: 2025年1月16日, parts that are missing left out."""
    year, month, date = day
    return (f"{year}年" if year else "") + (f"{month}月" if month else "") + (f"{date}日" if date else "")


@check(
    "period",
    options={
        "question": {
            "enum": ["missing", "span", "year"],
            "description": "missing: no statistical period is stated; span: it does not run from 'from' to 'to' of one "
            "year; year: it is not the year of the title.",
        },
        "from": {**MONTH_DAY, "description": "First day of the period."},
        "to": {**MONTH_DAY, "description": "Last day of the period."},
    },
    required=("question",),
    values=("found", "expected", "year"),
)
def period(report: Report, options: Mapping[str, Any]) -> Iterator[Problem | NotAssessable]:
    """The statistical period: stated, whole, and of the report's year."""
    question = options["question"]
    stated = report.period
    if stated is None:
        if question == "missing":
            yield Problem(report.title or report, {"year": report.year or "", "found": "", "expected": ""})
        else:
            yield NotAssessable({"zh": "没有写明统计期限", "en": "no period is stated"})
        return
    found = f"{written(stated.start)}至{written(stated.end)}"
    values = {"found": found, "year": report.year or stated.end[0]}
    if question == "span":
        first, last = (_month_day(options.get(key, day)) for key, day in (("from", "01-01"), ("to", "12-31")))
        year = report.year or stated.end[0]
        # 2024年1月至12月 names no days and means the whole months.
        whole = _same(stated.start, first) and _same(stated.end, last)
        one_year = stated.start[0] in (0, stated.end[0])
        if not whole or not one_year:
            expected = f"{written((year, *first))}至{written((year, *last))}"
            yield Problem(stated.at, {**values, "expected": expected})
    elif question == "year" and report.title is not None and report.year and stated.end[0] not in (0, report.year):
        yield Problem(stated.at, {**values, "found": f"{stated.end[0]}", "expected": f"{report.year}"})


def _same(day: Day, wanted: tuple[int, int]) -> bool:
    return day[1:] == wanted or day[1:] == (wanted[0], 0)


def _month_day(text: str) -> tuple[int, int]:
    month, day = text.split("-")
    return int(month), int(day)


@check(
    "date",
    options={
        "question": {
            "enum": ["missing", "year", "deadline", "real", "padded"],
            "description": "missing: no sign-off, or one without issuer or date; year: the sign-off is dated within or "
            "before the report year, or more than a year after it; deadline: after 'deadline' of the year that "
            "follows, by the fact 'published' where it is given; real: a date anywhere that the calendar does not "
            "have; padded: a sign-off date not written as 2025年1月16日.",
        },
        "deadline": {**MONTH_DAY, "description": "Last day; a fact 'deadline' takes its place."},
    },
    required=("question",),
    values=("found", "expected", "year", "deadline", "missing", "missing_en"),
)
def date(report: Report, options: Mapping[str, Any]) -> Iterable[Problem | NotAssessable]:
    """The date of the sign-off, and dates that do not exist.

    A deadline is that of the publication, where the fact ``published`` tells its day; else the sign-off stands for it.
    """
    question = options["question"]
    if question == "real":
        return _unreal(report)
    if question == "missing":
        return _unsigned(report)
    published = report.facts.get("published")
    if question == "deadline" and published is not None:
        year, month, last = (int(part) for part in str(published).split("-"))
        at = report.signoff.date_at or report.title or report
        return _signed(report, at, (year, month, last), options, written((year, month, last)))
    if report.signoff.date is None or report.signoff.date_at is None:
        return [NotAssessable({"zh": "没有落款日期", "en": "there is no sign-off date"})]
    found = report.signoff.date_at, report.signoff.date
    if question == "padded":
        return _padded(*found)
    return _signed(report, *found, options, found[0].text)


def _values(**known: Any) -> dict[str, Any]:
    return {"found": "", "expected": "", "year": "", "deadline": "", "missing": "", "missing_en": "", **known}


def _unsigned(report: Report) -> Iterator[Problem]:
    signoff = report.signoff
    if signoff.date is None:
        last = next((passage for passage in reversed(report.passages) if passage.role != "outside"), None)
        end = Slice(last, len(last.text), len(last.text)) if last else report
        values = _values(year=report.year or "", missing="落款机关和日期", missing_en="issuer and date")
        yield Problem(end, values)
    elif signoff.issuer is None:
        yield Problem(signoff.date_at, _values(year=report.year or "", missing="落款机关", missing_en="issuer"))


def _unreal(report: Report) -> Iterator[Problem]:
    for passage in report.passages:
        # A date needs one of these; most passages have neither.
        if "月" not in passage.text and "20" not in passage.text:
            continue
        for found in find_dates(passage.text):
            if found.month and not is_real(found.year or 2024, found.month, found.day or 1):
                at = Slice(passage, found.start, found.end)
                yield Problem(at, _values(found=at.text, year=found.year or ""))


def _padded(at: Slice, day: Day) -> Iterator[Problem]:
    styles = {style for found in find_dates(at.text) for style in found.style}
    if styles & {"padded", "chinese", "short-year", "dotted", "dashed"} or not day[2]:
        yield Problem(at, _values(found=at.text, expected=written(day), year=day[0]))


def _signed(
    report: Report, at: Slice | Report, day: Day, options: Mapping[str, Any], shown: str
) -> Iterator[Problem | NotAssessable]:
    if report.year is None:
        yield NotAssessable({"zh": "报告年度不明", "en": "the report's year is not known"})
        return
    values = _values(found=shown, year=report.year, expected=f"{report.year + 1}年")
    if options["question"] == "year":
        if day[0] <= report.year or day[0] > report.year + 1:
            yield Problem(at, values)
        return
    last = report.facts.get("deadline") or options.get("deadline")
    if last is None:
        yield NotAssessable({"zh": "没有设定截止日期", "en": "no deadline is set"})
        return
    month, last_day = _month_day(last)
    # A sign-off more than a year late is a slip of the pen, which another question tells.
    later = day[0] > report.year + 1 and "published" in report.facts
    if later or (day[0] == report.year + 1 and (day[1], day[2] or 1) > (month, last_day)):
        limit = written((report.year + 1, month, last_day))
        yield Problem(at, {**values, "deadline": limit, "expected": limit})


@check(
    "year",
    options={
        "question": {
            "enum": ["stale", "heading"],
            "description": "stale: a sentence opens with an earlier year as if it were this one's, and does not name "
            "the report's year beside it; heading: the heading of a section names years, and not the one that it "
            "should.",
        },
        "sections": {
            "type": "array",
            "minItems": 1,
            "items": {"type": "string"},
            "description": "Keys of the sections that are judged, for stale besides the preamble; all when left out.",
        },
        "offset": {
            "type": "integer",
            "minimum": -9,
            "maximum": 9,
            "description": "For heading: how many years after the report's the right one is; 0 when left out.",
        },
        "unless_sentence_has": {
            "type": "array",
            "minItems": 1,
            "items": {"type": "string"},
            "description": "A sentence with one of these words speaks of the past.",
        },
    },
    required=("question",),
    values=("found", "expected", "year"),
    prepare=known_sections,
)
def year(report: Report, options: Mapping[str, Any]) -> Iterator[Problem | NotAssessable]:
    """Years in the text that are not the report's."""
    if report.year is None:
        yield NotAssessable({"zh": "报告年度不明", "en": "the report's year is not known"})
        return
    if options["question"] == "heading":
        yield from _headed(report, report.year, options)
        return
    spared = (*options.get("unless_sentence_has", ()), f"{report.year}年")
    for passage in report.passages:
        if not _judged(passage, options) or "20" not in passage.text:
            continue
        for sentence in SENTENCE.finditer(passage.text):
            match = OPENING_YEAR.match(sentence.group())
            if match is None or int(match[1]) >= report.year or any(word in sentence.group() for word in spared):
                continue
            start = sentence.start() + match.start(1)
            at = Slice(passage, start, start + 4)
            yield Problem(at, {"found": match[1], "expected": str(report.year), "year": report.year})


def _headed(report: Report, of: int, options: Mapping[str, Any]) -> Iterator[Problem]:
    wanted = str(of + options.get("offset", 0))
    for key, section in report.sections.items():
        at = section.heading.at
        years = list(YEAR.finditer(fold(at.text)))
        if key not in options.get("sections", (key,)) or not years or wanted in [match[1] for match in years]:
            continue
        found = years[0][1]
        start = at.text.find(found)
        place = Slice(at.passage, at.start + start, at.start + start + len(found)) if start >= 0 else at
        yield Problem(place, {"found": found, "expected": wanted, "year": of})


def _judged(passage: Passage, options: Mapping[str, Any]) -> bool:
    if passage.role == "preamble":
        return True
    return passage.role == "prose" and ("sections" not in options or passage.address.section in options["sections"])
