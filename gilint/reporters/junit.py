"""JUnit XML, which every build server shows as a report of tests: a suite a file, a case a rule."""

from __future__ import annotations

from collections import Counter

from gilint.late import late
from gilint.reporters.labels import labels
from gilint.reporters.layout import one_line
from gilint.reporters.where import RANK, failure, title, told

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from typing import Any

    from gilint.model import Finding, Outcome, Result, Waived
    from gilint.reporters import Options, Run

KEYS = ("tests", "failures", "errors", "skipped")
DECLARATION = "<?xml version='1.0' encoding='utf-8'?>\n"
UNFIT = late("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""Characters that XML cannot hold."""


class JunitReporter:
    """A rule fails by findings from ``--fail-on`` up; lesser ones are its output. What was not judged is skipped."""

    name = "junit"

    def __init__(self, options: Options) -> None:
        self._lang = options.lang
        self._words = labels(options.lang)

    def render(self, run: Run) -> Iterator[str]:
        """A piece a suite. The first line has the counts of all, so results are passed over twice."""
        from lxml import etree

        totals = Counter(errors=len(run.problems), tests=len(run.problems))
        for result in run.results:
            totals.update(_counts(result, run.fail_on))
        top = etree.Element("testsuites", {"name": "gilint", **{key: str(totals[key]) for key in KEYS[:3]}})
        if not run.results and not run.problems:
            yield DECLARATION + etree.tostring(top, encoding="unicode") + "\n"
            return
        # An element that holds something, to be cut where that stands.
        top.text = "\n"
        opening, closing = etree.tostring(top, encoding="unicode").rsplit("\n", 1)
        yield DECLARATION + opening + "\n"
        for result in run.results:
            yield _indented(self._suite(run, result))
        if run.problems:
            yield _indented(_problems(run))
        yield closing + "\n"

    def _suite(self, run: Run, result: Result) -> Any:
        from lxml import etree

        path = fit(result.path)
        suite = _new_suite({"name": path, "file": path}, _counts(result, run.fail_on))
        if result.error is not None:
            case = etree.SubElement(suite, "testcase", name=self._words["not_judged"], classname=path)
            _say(case, "error", result.error.code, failure(result))
        findings, waived = _by_rule(result.findings), _waived(result)
        for rule in _rules(result):
            case = etree.SubElement(suite, "testcase", name=fit(title(rule, run, self._lang)), classname=path)
            self._case(case, findings.get(rule, []), result.outcomes.get(rule), waived.get(rule), run.fail_on)
        return suite

    def _case(
        self, case: Any, findings: list[Finding], outcome: Outcome | None, waived: Waived | None, fail_on: str
    ) -> None:
        grave = [finding for finding in findings if RANK[finding.severity] <= RANK[fail_on]]
        if outcome is not None and outcome.status == "broke":
            _say(case, "error", "broke", outcome.reason)
        if grave:
            _say(case, "failure", grave[0].severity, grave[0].message, self._text(findings))
        elif findings:
            _output(case, self._text(findings))
        elif waived is not None:
            _say(case, "skipped", "waived", waived.waiver.reason)
        elif outcome is not None and outcome.status in ("not_applicable", "could_not_check"):
            reason = outcome.reason or self._words["no_reason"]
            _say(case, "skipped", outcome.status, f"{self._words[outcome.status]}{self._words['colon']}{reason}")

    def _text(self, findings: Iterable[Finding]) -> str:
        blocks = [[one_line(finding.message), *told(finding, self._lang)] for finding in findings]
        return "\n\n".join("\n".join(block) for block in blocks)


def fit(text: str) -> str:
    """``text`` with what XML cannot hold replaced."""
    return UNFIT.sub("\ufffd", text)


def _say(case: Any, tag: str, kind: str, message: str, text: str = "") -> None:
    from lxml import etree

    said = etree.SubElement(case, tag, type=fit(kind), message=fit(one_line(message)))
    said.text = fit(text) or None


def _output(case: Any, text: str) -> None:
    from lxml import etree

    etree.SubElement(case, "system-out").text = fit(text)


def _by_rule(findings: Iterable[Finding]) -> dict[str, list[Finding]]:
    found: dict[str, list[Finding]] = {}
    for finding in findings:
        found.setdefault(finding.rule, []).append(finding)
    return found


def _waived(result: Result) -> dict[str, Waived]:
    return {one.finding.rule: one for one in result.waived}


def _rules(result: Result) -> list[str]:
    """What is a case: a finding may be of something that is none of the rules, and must not be lost."""
    return sorted({*result.outcomes, *(finding.rule for finding in result.findings), *_waived(result)})


def _counts(result: Result, fail_on: str) -> Counter[str]:
    """What the cases of a suite come to."""
    found = {finding.rule for finding in result.findings}
    failed = {finding.rule for finding in result.findings if RANK[finding.severity] <= RANK[fail_on]}
    statuses = {rule: outcome.status for rule, outcome in result.outcomes.items()}
    unjudged = {rule for rule, status in statuses.items() if status in ("not_applicable", "could_not_check")}
    failure = int(result.error is not None)
    return Counter(
        tests=failure + len(_rules(result)),
        failures=len(failed),
        errors=failure + sum(status == "broke" for status in statuses.values()),
        skipped=len((unjudged | _waived(result).keys()) - found),
    )


def _problems(run: Run) -> Any:
    from lxml import etree

    suite = _new_suite({"name": "gilint"}, Counter(tests=len(run.problems), errors=len(run.problems)))
    for problem in run.problems:
        case = etree.SubElement(suite, "testcase", name=fit(problem.name), classname="gilint")
        _say(case, "error", "plugin", problem.message)
    return suite


def _new_suite(attributes: Mapping[str, str], counts: Counter[str]) -> Any:
    from lxml import etree

    return etree.Element("testsuite", {**attributes, **{key: str(counts[key]) for key in KEYS}})


def _indented(suite: Any) -> str:
    """A suite as it stands below the first element; texts within it keep their lines as they are."""
    from lxml import etree

    around = etree.Element("a")
    around.append(suite)
    text: str = etree.tostring(around, encoding="unicode", pretty_print=True)
    return text.removeprefix("<a>\n").removesuffix("</a>\n")
