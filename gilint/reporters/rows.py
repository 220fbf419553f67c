"""Findings as rows of a table, for CSV and workbooks: a reviewer sorts and filters them."""

from __future__ import annotations

from gilint.reporters.labels import labels
from gilint.reporters.layout import harmless, one_line
from gilint.reporters.where import broken, changes, failure, grounds, lines_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from gilint.model import Finding, Report, Result
    from gilint.reporters import Run

    Value = str | int | None
    Row = list[Value]

FORMULA = "=+-@＝＋－＠"
"""What a spreadsheet takes for the beginning of a formula; with Chinese settings the wide signs too."""

_CHINESE = {
    "path": "文件",
    "issuer": "单位",
    "year": "年度",
    "severity": "级别",
    "rule": "规则",
    "title": "标题",
    "message": "问题",
    "where": "位置",
    "place": "文件中的位置",
    "line": "行",
    "excerpt": "原文",
    "change": "改法",
    "advice": "建议",
    "basis": "依据",
    "cause": "原因",
    "fingerprint": "指纹",
}
_ENGLISH = {
    "path": "file",
    "issuer": "issuer",
    "year": "year",
    "severity": "severity",
    "rule": "rule",
    "title": "title",
    "message": "finding",
    "where": "where",
    "place": "place in the file",
    "line": "line",
    "excerpt": "text",
    "change": "change",
    "advice": "advice",
    "basis": "basis",
    "cause": "cause",
    "fingerprint": "fingerprint",
}
COLUMNS = tuple(_CHINESE)


def head(lang: str) -> list[str]:
    """The titles of the columns."""
    return list((_CHINESE if lang == "zh" else _ENGLISH).values())


def rows(run: Run, lang: str) -> Iterator[Row]:
    """A row a finding, and one for all that kept an input or a rule from being judged."""
    for result in run.results:
        yield from rows_of(result, lang)
    yield from problem_rows(run, lang)


def rows_of(result: Result, lang: str) -> Iterator[Row]:
    """The rows of a file."""
    words, of = labels(lang), _of(result)
    if result.error is not None:
        yield _row({**of, "severity": words["not_judged"], "rule": result.error.code, "message": failure(result)})
    for finding in result.findings:
        yield _row({**of, **_finding(finding, lang)})
    for rule, reason in broken(result).items():
        yield _row({**of, "severity": words["broke"], "rule": rule, "message": one_line(reason)})


def problem_rows(run: Run, lang: str) -> Iterator[Row]:
    """The rows of what belongs to no file."""
    words = labels(lang)
    for problem in run.problems:
        yield _row({"severity": words["problem"], "rule": one_line(problem.name), "message": one_line(problem.message)})


def _of(result: Result) -> dict[str, Value]:
    """Which report it is."""
    report: Report | None = result.report
    if report is None:
        return {"path": harmless(result.path)}
    return {"path": harmless(result.path), "issuer": one_line(report.issuer or ""), "year": report.year}


def _finding(finding: Finding, lang: str) -> dict[str, Value]:
    span = lines_of(finding.span)
    return {
        "severity": labels(lang)[finding.severity],
        "rule": finding.rule,
        "title": one_line(finding.title),
        "message": one_line(finding.message),
        "where": one_line(str(finding.address)),
        "place": "" if finding.span is None else finding.span.describe(lang),
        "line": None if span is None else span.line,
        "excerpt": one_line(finding.excerpt),
        "change": changes(finding, lang),
        "advice": one_line(finding.advice),
        "basis": grounds(finding.basis, lang),
        "cause": "" if finding.cause is None else one_line(finding.cause.text),
        "fingerprint": finding.fingerprint,
    }


def _row(values: dict[str, Value]) -> Row:
    return [values.get(column, "") for column in COLUMNS]


def looks_like_formula(text: str) -> bool:
    """Whether a spreadsheet would calculate a text that it reads."""
    return text.lstrip()[:1] in tuple(FORMULA)
