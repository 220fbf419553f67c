"""Reports of one issuer over the years, each beside that of the year before.

What is compared is what rules compare: figures that equations carry from one year to the next, figures that may not
jump, and sections that may not be copied. Nothing is decided here; the findings are those of the rules.
"""

from __future__ import annotations

import os
from itertools import pairwise

from gilint.arithmetic import evaluate, place, reader_of, single_cell, terms
from gilint.checks.changes import comparable_figures
from gilint.checks.lastyear import comparable, is_named, may_be_of_one_organ, obstacle
from gilint.checks.repetition import common, text_of
from gilint.checks.tabular import cell_label, column_label, row_label
from gilint.engine import Engine
from gilint.errors import InputError, UsageError
from gilint.failures import broken, failed
from gilint.figures import MISSING, is_previous
from gilint.inputs import load_file
from gilint.linter import Linter
from gilint.readers.opening import SEPARATOR, contents
from gilint.record import Record
from gilint.sources import DATA

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from typing import Any

    from gilint.arithmetic import CellKey, Equation, Number, Read
    from gilint.model import Failure, NotAssessable, Report, Result, Slice
    from gilint.ruleset import Rule
    from gilint.sources import Source

SHOWN = 5


# --- records ----------------------------------------------------------------------------------------------------------


class Entry(Record):
    """A report that was given: read, unless there is an ``error``; ``left_out`` says why it is not compared."""

    path: str
    report: Report | None
    error: Failure | None = None
    left_out: str = ""


class Carried(Record):
    """A figure that should be that of last year: the cells are (table, row, column), their values ``None`` if unknown.

    ``holds`` is ``None`` where one of them is not known.
    """

    rule: str
    last_cell: CellKey
    cell: CellKey
    last_label: str
    label: str
    column: str
    last: Number | None
    now: Number | None
    holds: bool | None


class Continued(Record):
    """A figure that should follow from several of last year's and this year's; both sides as terms and in all."""

    rule: str
    cell: CellKey
    label: str
    left: Number | None
    right: Number | None
    left_terms: str
    right_terms: str
    holds: bool | None


class Headline(Record):
    """A figure of both years that is worth a look; ``jump`` says that a rule found it to be out of scale."""

    cell: CellKey
    label: str
    last: Number
    now: Number
    jump: bool


class Likeness(Record):
    """How much of a section stands in that of last year: percent, characters, the longest passages in pairs."""

    section: str
    title: str
    share: float
    repeated: int
    length: int
    passages: tuple[tuple[Slice, Slice], ...]


class Pair(Record):
    """Two reports, one after the other.

    ``remark`` says why their figures are not compared, where they are not: then nothing is ``carried`` and
    ``continued``. ``result`` is that of this year's report for the rules that need the other one.
    """

    last: Report
    this: Report
    remark: str
    result: Result
    carried: tuple[Carried, ...]
    continued: tuple[Continued, ...]
    headlines: tuple[Headline, ...]
    sections: tuple[Likeness, ...]


class Comparison(Record):
    """Reports in the order of their years, and each pair of neighbours among those that belong together."""

    entries: tuple[Entry, ...]
    pairs: tuple[Pair, ...]

    @property
    def complete(self) -> bool:
        """Whether all reports that were given could be compared."""
        return bool(self.pairs) and all(entry.error is None and not entry.left_out for entry in self.entries)


# --- the whole --------------------------------------------------------------------------------------------------------


def compare(sources: Iterable[Source], *, linter: Linter | None = None, **options: Any) -> Comparison:
    """Compare reports of several years, given in any order; ``options`` are those of :class:`Linter` without one.

    What cannot be read, or does not belong to the others, is left out and says so. Raises ``UsageError`` for less than
    two sources, ``ConfigError`` and ``RuleError`` as ``Linter`` does.
    """
    linter = linter or Linter(**options)
    entries = [entry for source in sources for entry in _entries(linter, source)]
    if len(entries) < 2:
        raise UsageError("至少给出两份报告 (at least two reports are needed)")
    # Sorting keeps the given order where a year is not known.
    entries.sort(key=lambda entry: _year(entry.report))
    entries = list(_belonging(entries, linter.lang))
    chain = [entry.report for entry in entries if entry.report is not None and not entry.left_out]
    pairs = [_pair(linter, last, this) for last, this in pairwise(chain)]
    return Comparison(tuple(entries), tuple(pairs))


def _entries(linter: Linter, source: Source) -> Iterator[Entry]:
    """The reports of a source: one, unless it is an archive."""
    if not isinstance(source, str | os.PathLike):
        yield _entry(linter, source, None)
        return
    path, limits = os.fspath(source), linter.config.limits
    if SEPARATOR in path and not os.path.lexists(path):
        yield _entry(linter, path, path)
        return
    try:
        for name, content in contents(load_file(path, limits), path, linter.registry.readers, limits):
            yield _entry(linter, content, name)
    except InputError as error:
        yield Entry(path, None, failed(error, linter.lang).error)


def _entry(linter: Linter, source: Source | InputError, name: str | None) -> Entry:
    try:
        if isinstance(source, InputError):
            raise source
        report = linter.read(source, name)
    except InputError as error:
        return Entry(name or error.path, None, failed(error, linter.lang).error)
    except Exception as error:  # one report must not take the others with it
        return Entry(name or DATA, None, failed(broken(name or DATA, error), linter.lang).error)
    return Entry(report.source.name, report)


def _year(report: Report | None) -> int:
    return 9999 if report is None or report.year is None else report.year


def _belonging(entries: Sequence[Entry], lang: str) -> Iterator[Entry]:
    """The entries, with a word for those that do not belong to the others."""
    reports = [entry.report for entry in entries if entry.report is not None]
    # The issuer that most of them may be of; the first given where there is a tie.
    chief = max(reports, key=lambda one: sum(_belong(one, other) for other in reports), default=None)
    years: dict[int, Entry] = {}
    for entry in entries:
        report = entry.report
        if report is None or chief is None:
            yield entry
            continue
        reason = ""
        if not _belong(chief, report):
            reason = _say(lang, *_stranger(chief, report))
        elif report.year is not None and report.year in years:
            reason = _say(lang, *_again(years[report.year], report))
        else:
            years.setdefault(_year(report), entry)
        yield entry.replace(left_out=reason)


def _belong(one: Report, other: Report) -> bool:
    return one.form.family.pack == other.form.family.pack and may_be_of_one_organ(one, other)


def _stranger(chief: Report, report: Report) -> tuple[str, str]:
    if chief.form.family.pack != report.form.family.pack:
        return "不是同一类报告，没有比较", "a report of another kind, so it was not compared"
    issuer, own = chief.issuer, report.issuer
    return f"这是“{own}”的报告，不是“{issuer}”的，没有比较", f"a report by “{own}”, not by “{issuer}”: not compared"


def _again(first: Entry, report: Report) -> tuple[str, str]:
    """Why a second report of one year is left out."""
    assert first.report is not None
    name, year = first.path, report.year
    if [passage.text for passage in report.passages] == [passage.text for passage in first.report.passages]:
        return f"与 {name} 是同一份报告，只算一次", f"the same report as {name}: it counts once"
    return f"与 {name} 同为 {year} 年的报告，没有比较", f"for {year} as {name} is, so it was not compared"


def _say(lang: str, zh: str, en: str) -> str:
    return zh if lang == "zh" else en


# --- a pair -----------------------------------------------------------------------------------------------------------


def _pair(linter: Linter, last: Report, this: Report) -> Pair:
    report = this.replace(previous=last)
    rules = [rule for rule in linter.rules if rule.family == report.form.family.pack and _looks_back(rule)]
    result = _result(linter, report, {rule.id for rule in rules})
    reason = obstacle(report)
    engine = Engine(rules, linter.registry, linter.lang)
    judged = [rule for rule in rules if engine.applies(rule, report)]
    figures = [] if reason is not None else [rule for rule in judged if rule.check == "equation"]
    return Pair(
        last,
        report,
        "" if reason is None else _remark(linter.lang, last, this, reason),
        result,
        tuple(_carried(report, figures)),
        tuple(_continued(report, figures)),
        tuple(_headlines(report, judged, result)),
        tuple(_sections(report, judged)),
    )


def _remark(lang: str, last: Report, this: Report, reason: NotAssessable) -> str:
    """Why the figures of two reports are not compared: most often a year is missing between them."""
    if last.year is None or this.year is None or this.year <= last.year + 1:
        return reason.reason[lang]
    first, final = last.year + 1, this.year - 1
    years = str(first) if first == final else f"{first}–{final}"
    zh = f"缺少 {years} 年的报告：只比较文字和历年数字，不核对结转"
    return _say(lang, zh, f"no report for {years}: the text is compared, but not what is carried over")


def _looks_back(rule: Rule) -> bool:
    """Whether a rule needs last year's report."""
    condition = rule.applies.get("when_compiled")
    return bool(rule.options.get("previous")) or (condition is not None and is_named(condition))


def _result(linter: Linter, report: Report, rules: set[str]) -> Result:
    """What the rules say of a report."""
    result = linter.lint(report)
    findings = tuple([finding for finding in result.findings if finding.rule in rules])
    return result.replace(
        findings=findings, outcomes={rule: each for rule, each in result.outcomes.items() if rule in rules}
    )


def _equations(report: Report, rules: Iterable[Rule]) -> Iterator[tuple[str, Equation]]:
    """The equalities of these rules that both reports have the cells of."""
    for rule in rules:
        for equation in comparable(report, rule.options["compiled"].get(report.form.id, ()))[0]:
            if equation["operator"] == "==":
                yield rule.id, equation


def _carried(report: Report, rules: Iterable[Rule]) -> Iterator[Carried]:
    """The figures that equations carry over as they are, each once."""
    read, seen = reader_of(report), set()
    for rule, equation in _equations(report, rules):
        cells = _single_cells(equation)
        if cells is None or cells in seen:
            continue
        seen.add(cells)
        last, cell = cells
        yield Carried(
            rule,
            last,
            cell,
            row_label(report.form, last),
            row_label(report.form, cell),
            column_label(report.form, cell),
            _number(read, last),
            _number(read, cell),
            _holds(equation, read),
        )


def _single_cells(equation: Equation) -> tuple[CellKey, CellKey] | None:
    """Last year's cell and this year's, where an equation names no more than these."""
    left, right = single_cell(equation["left"]), single_cell(equation["right"])
    if left is None or right is None or is_previous(left) == is_previous(right):
        return None
    return (left, right) if is_previous(left) else (right, left)


def _continued(report: Report, rules: Iterable[Rule]) -> Iterator[Continued]:
    """The figures that follow from more than one."""
    read = reader_of(report)
    for rule, equation in _equations(report, rules):
        if _single_cells(equation) is None:
            verdict, at = evaluate(equation, read), place(equation)
            sides = (terms(equation["left"], read), terms(equation["right"], read))
            holds = _holds(equation, read)
            yield Continued(rule, at, cell_label(report.form, at), verdict.left, verdict.right, *sides, holds)


def _holds(equation: Equation, read: Read) -> bool | None:
    return {"holds": True, "holds-with-blanks": True, "mismatch": False, "blank-total": False}.get(
        evaluate(equation, read).status
    )


def _number(read: Read, key: CellKey) -> Number | None:
    value = read(key)
    return None if value is None or value == MISSING else value  # type: ignore[return-value]


def _headlines(report: Report, rules: Iterable[Rule], result: Result) -> Iterator[Headline]:
    seen = set()
    places = {(one.rule, one.address.table, one.address.row, one.address.column) for one in result.findings}
    for rule in rules:
        for key, now, last in comparable_figures(report, rule.options) if rule.check == "change" else ():
            if key not in seen:
                seen.add(key)
                yield Headline(key, cell_label(report.form, key), last, now, (rule.id, *key) in places)


def _sections(report: Report, rules: Iterable[Rule]) -> Iterator[Likeness]:
    assert report.previous is not None
    options: dict[str, Mapping[str, Any]] = {}
    for rule in rules:
        if rule.check == "similar" and rule.options.get("unit") != "sentence":
            for key in rule.options.get("sections", report.sections):
                options.setdefault(key, rule.options)
    for key, section in report.sections.items():
        last = report.previous.sections.get(key)
        if key in options and last is not None:
            copy = common(text_of(section, options[key]), text_of(last, options[key]), options[key])
            title = report.form.section(key).title
            yield Likeness(key, title, copy.share, copy.repeated, copy.length, copy.pairs[:SHOWN])
