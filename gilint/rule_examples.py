"""Run the examples that every rule carries: good ones must not fire it, bad ones must, at the place that they name.

An example changes a clean base report of the form, so that what is judged went the whole way from text to finding.
"""

from __future__ import annotations

import os
import re

from gilint.engine import Engine
from gilint.errors import ConfigError, InputError
from gilint.model import Note, Result, TextSpan
from gilint.readers.opening import read_document
from gilint.record import Record
from gilint.runs import judge_together
from gilint.text import shown_path

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from typing import Any

    from gilint.form import Form
    from gilint.linter import Linter
    from gilint.model import Document, Finding, Report, Span
    from gilint.ruleset import Rule


YEAR = re.compile("(?<![0-9])20[0-9]{2}(?=年)")


class ExampleFailure(Record):
    """An example that did not do what it claims. ``kind`` is good or bad, ``number`` counts from 1."""

    rule: str
    path: str
    kind: str
    number: int
    zh: str
    en: str

    def __str__(self) -> str:
        return f"{shown_path(self.path)}: {self.rule} {self.kind}[{self.number}]: {self.zh} ({self.en})"


class _Misfit(Exception):
    """An example that cannot be built or does not hold; carries the reason in Chinese and English."""

    def __init__(self, zh: str, en: str) -> None:
        super().__init__(zh)
        self.zh = zh
        self.en = en


def failing_examples(linter: Linter, rules: Sequence[Rule]) -> Iterator[ExampleFailure]:
    """Every failure among the examples of ``rules``; ``linter`` has all rules, so that ``also`` can be judged."""
    for rule in rules:
        for kind in ("good", "bad"):
            for number, example in enumerate(rule.examples.get(kind, ()), start=1):
                try:
                    _test(linter, rule, kind, example)
                except _Misfit as misfit:
                    yield ExampleFailure(rule.id, rule.path, kind, number, misfit.zh, misfit.en)


def count_examples(rules: Sequence[Rule]) -> int:
    return sum(len(examples) for rule in rules for examples in rule.examples.values())


def read_example(linter: Linter, rule: Rule, example: Mapping[str, Any]) -> tuple[Report, Report | None]:
    """The report of an example, and that of the year before if it gives one.

    Raises ``_Misfit``, ``InputError`` or ``ConfigError`` when there is none.
    """
    data, name = build(linter, rule, example)
    report = linter.read(_noted(linter, data, name, example), facts=example.get("facts"))
    return report, _last_year(linter, rule, example, report.year)


def _test(linter: Linter, rule: Rule, kind: str, example: Mapping[str, Any]) -> None:
    try:
        result = judge_example(linter, rule, example)
    except InputError as error:
        raise _Misfit(f"无法判断：{error.message['zh']}", f"cannot be judged: {error.message['en']}") from None
    except ConfigError as error:
        raise _Misfit(str(error), "its facts are wrong") from None
    own = [finding for finding in result.findings if finding.rule == rule.id]
    outcome = result.outcomes[rule.id]
    if outcome.status == "broke":
        raise _Misfit(f"规则出错：{outcome.reason}", f"the rule broke: {outcome.reason}")
    if kind == "good":
        if own:
            raise _Misfit(f"不应触发，却报告：{own[0].message}", f"must not fire, but says: {own[0].message}")
        return
    if not own:
        state = f"{outcome}" + (f"（{outcome.reason}）" if outcome.reason else "")
        raise _Misfit(f"应当触发，结果却是 {state}", f"must fire, but the outcome is {state}")
    _check_place(own, example.get("at"))
    _check_others(linter, rule, result.findings, example.get("also", ()))


def judge_example(linter: Linter, rule: Rule, example: Mapping[str, Any]) -> Result:
    """The result of an example, judged together with the other reports of its run.

    Raises ``_Misfit``, ``InputError`` or ``ConfigError`` when there is none.
    """
    report, previous = read_example(linter, rule, example)
    sisters = read_sisters(linter, rule, example)
    if not sisters:
        return linter.lint(report, previous=previous)
    result, *_ = linter.lint_many([report.replace(previous=previous), *sisters])
    if result.error is not None:
        raise _Misfit(result.error.message, result.error.message)
    return result


def findings_on(linter: Linter, rule: Rule, example: Mapping[str, Any], lang: str) -> tuple[Finding, ...]:
    """What a rule alone finds in its example, in a language. Raises as :func:`judge_example` does."""
    report, previous = read_example(linter, rule, example)
    engine = Engine([rule], linter.registry, lang)
    reports = [report.replace(previous=previous), *read_sisters(linter, rule, example)]
    verdicts = [(one, engine.judge(one)) for one in reports]
    judged = [Result(one.source.name, one, verdict.findings, verdict.outcomes) for one, verdict in verdicts]
    return judge_together(judged, engine)[0].findings


def read_sisters(linter: Linter, rule: Rule, example: Mapping[str, Any]) -> list[Report]:
    """The other reports of the run of an example: documents, or the base of the example, changed.

    Raises ``_Misfit`` or ``InputError`` when there is none.
    """
    return [_beside(linter, rule, example, given, None) for given in example.get("sisters", ())]


def _noted(linter: Linter, data: bytes, name: str, example: Mapping[str, Any]) -> Document:
    """The document of an example with what a reader would have seen beside its text."""
    document = read_document(data, name, linter.registry.readers, linter.config.limits)
    notes = tuple([Note(note["kind"], note.get("count", 1)) for note in example.get("notes", ())])
    return document.replace(notes=(*document.notes, *notes))


def _last_year(linter: Linter, rule: Rule, example: Mapping[str, Any], year: int | None) -> Report | None:
    """Last year's report of an example: a document, or the base of the example, a year earlier and changed."""
    given = example.get("previous")
    if given is None:
        return None
    return _beside(linter, rule, example, given, None if year is None else year - 1)


def _beside(
    linter: Linter, rule: Rule, example: Mapping[str, Any], given: Mapping[str, Any], year: int | None
) -> Report:
    """A report beside that of an example; with ``year`` that of the base, as if it were of this year."""
    if "document" in given:
        data, name = build(linter, rule, given)
    else:
        same = {key: example[key] for key in ("form", "base") if key in example}
        data, name = build(linter, rule, {**same, **given}, year)
    return linter.read(data, name)


def _check_place(findings: Sequence[Finding], at: Mapping[str, str] | None) -> None:
    if at is None or any(_stands_at(finding, at) for finding in findings):
        return
    places = "; ".join(f"{finding.address.as_dict()} {finding.excerpt!r}" for finding in findings[:3])
    raise _Misfit(f"触发的位置不符，实际在 {places}", f"fires at another place: {places}")


def _stands_at(finding: Finding, at: Mapping[str, str]) -> bool:
    address = finding.address
    actual = {
        "section": address.section,
        "table": address.table,
        "row": address.row,
        "column": address.column,
        "excerpt": finding.excerpt,
    }
    return all(actual[key] == wanted for key, wanted in at.items())


def _check_others(linter: Linter, rule: Rule, findings: Sequence[Finding], also: Sequence[str]) -> None:
    allowed = {rule.id, *(linter.ruleset.rule(other).id for other in also)}
    others = sorted({finding.rule for finding in findings} - allowed)
    if others:
        said = next(finding for finding in findings if finding.rule == others[0])
        zh = f"还触发了未列入 also 的 {'、'.join(others)}（{said.message}）"
        raise _Misfit(zh, f"also fires {', '.join(others)}, which 'also' does not list")


# --- building an example ----------------------------------------------------------------------------------------------


def build(linter: Linter, rule: Rule, example: Mapping[str, Any], year: int | None = None) -> tuple[bytes, str]:
    """The content of an example and a name for it; with ``year`` that of a base report, as if it were of this year.

    Raises ``_Misfit`` when it cannot be built.
    """
    if "document" in example:
        path = os.path.join(os.path.dirname(rule.path), example["document"])
    else:
        path = base_of(linter, rule, example)
    data, name = _content(path), os.path.basename(path)
    if year is None and not {"set", "text", "replace"} & example.keys():
        return data, name
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise _Misfit(f"{name} 不是文本，不能改动", f"{name} is no text that could be changed") from None
    if year is not None:
        text = _dated(text, (_read(linter, text, name).year or year) - year)
    return _changed(linter, text, name, example).encode(), name


def _dated(text: str, years: int) -> str:
    """A base report so many years earlier: every year in it."""
    return YEAR.sub(lambda found: str(int(found[0]) - years), text)


def _changed(linter: Linter, text: str, name: str, example: Mapping[str, Any]) -> str:
    if "set" in example:
        text = _with_cells(linter, text, name, example["set"])
    if "text" in example:
        text = _with_text(linter, text, name, example["section"], example["text"])
    for old, new in example.get("replace", {}).items():
        if old not in text:
            raise _Misfit(f"底稿中没有“{old.strip()}”", f"the base does not contain {old.strip()!r}")
        text = text.replace(old, new)
    return text


def _content(path: str) -> bytes:
    try:
        with open(path, "rb") as file:
            return file.read()
    except OSError as error:
        raise _Misfit(f"无法读取 {path}：{error.strerror}", f"cannot read {path}: {error.strerror}") from None


def base_of(linter: Linter, rule: Rule, example: Mapping[str, Any]) -> str:
    """The path of the clean report that an example changes. Raises ``_Misfit`` when there is none."""
    family = next(family for family in linter.ruleset.families if family.pack == rule.family)
    wanted = rule.applies.get("forms")
    forms = [form for form in family.forms if not wanted or form.id in wanted or _short(form) in wanted]
    if "form" in example:
        forms = [form for form in family.forms if example["form"] in (form.id, _short(form))]
    forms = [form for form in forms if form.bases]
    if not forms:
        raise _Misfit("没有可用的底稿", "there is no base report for it")
    form = max(forms, key=lambda one: one.first_year)
    name = example.get("base", "default")
    if name not in form.bases:
        raise _Misfit(f"格式 {form.id} 没有底稿 {name}", f"the form {form.id} has no base {name!r}")
    return os.fspath(form.bases[name])


def _short(form: Form) -> str:
    return form.id.rpartition("/")[2]


def _read(linter: Linter, text: str, name: str) -> Report:
    try:
        return linter.read(text.encode(), name)
    except InputError as error:
        raise _Misfit(
            f"底稿无法读取：{error.message['zh']}", f"the base cannot be read: {error.message['en']}"
        ) from None


def _with_cells(linter: Linter, text: str, name: str, tables: Mapping[str, Any]) -> str:
    report = _read(linter, text, name)
    edits: list[tuple[TextSpan, str]] = []
    for table, rows in tables.items():
        for row, columns in rows.items():
            for column, value in columns.items():
                try:
                    cell = report.tables[table][row, column]
                except KeyError:
                    place = f"{table}.{row}.{column}"
                    raise _Misfit(f"底稿没有单元格 {place}", f"the base has no cell {place}") from None
                edits.append((_in_text(cell.span), "" if value is None else str(value)))
    lines = text.split("\n")
    for span, value in sorted(edits, key=lambda edit: (edit[0].line, edit[0].column), reverse=True):
        line = lines[span.line - 1]
        lines[span.line - 1] = line[: span.column - 1] + value + line[span.end_column - 1 :]
    return "\n".join(lines)


def _in_text(span: Span) -> TextSpan:
    """The span of a base report, which is text."""
    if not isinstance(span, TextSpan):
        raise _Misfit("底稿不是纯文本", "the base report is not plain text")
    return span


def _with_text(linter: Linter, text: str, name: str, section: str, added: str) -> str:
    report = _read(linter, text, name)
    if section not in report.sections:
        raise _Misfit(f"底稿没有部分 {section}", f"the base has no section {section!r}")
    found = report.sections[section]
    last = found.passages[-1] if found.passages else found.heading.at.passage
    if found.headings:
        last = max(last, found.headings[-1].at.passage, key=lambda passage: passage.index)
    end = _in_text(last.span(0, len(last.text))).end_line
    lines = text.split("\n")
    return "\n".join([*lines[:end], *added.strip("\n").split("\n"), *lines[end:]])
