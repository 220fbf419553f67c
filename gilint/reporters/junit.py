"""JUnit XML, which every build server shows as a report of tests: a suite a file, a case a rule."""

from __future__ import annotations

from gilint.late import late
from gilint.reporters.labels import labels
from gilint.reporters.layout import one_line
from gilint.reporters.where import RANK, failure, title, told

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import Any

    from gilint.model import Finding, Outcome, Result, Waived
    from gilint.reporters import Options, Run

UNFIT = late("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""Characters that XML cannot hold."""


class JunitReporter:
    """A rule fails by findings from ``--fail-on`` up; lesser ones are its output. What was not judged is skipped."""

    name = "junit"

    def __init__(self, options: Options) -> None:
        self._lang = options.lang
        self._words = labels(options.lang)

    def render(self, run: Run) -> str:
        from lxml import etree

        top = etree.Element("testsuites", name="gilint")
        for result in run.results:
            self._suite(top, run, result)
        if run.problems:
            suite = etree.SubElement(top, "testsuite", name="gilint")
            for problem in run.problems:
                case = etree.SubElement(suite, "testcase", name=fit(problem.name), classname="gilint")
                _say(case, "error", "plugin", problem.message)
            _count(suite)
        for key in ("tests", "failures", "errors"):
            top.set(key, str(sum(int(suite.get(key)) for suite in top)))
        text: bytes = etree.tostring(top, encoding="utf-8", xml_declaration=True, pretty_print=True)
        return text.decode()

    def _suite(self, top: Any, run: Run, result: Result) -> None:
        from lxml import etree

        path = fit(result.path)
        suite = etree.SubElement(top, "testsuite", name=path, file=path)
        if result.error is not None:
            case = etree.SubElement(suite, "testcase", name=self._words["not_judged"], classname=path)
            _say(case, "error", result.error.code, failure(result))
        findings = _by_rule(result.findings)
        waived = {one.finding.rule: one for one in result.waived}
        # A finding may be of something that is none of the rules, and must not be lost.
        for rule in sorted({*result.outcomes, *findings, *waived}):
            case = etree.SubElement(suite, "testcase", name=fit(title(rule, run, self._lang)), classname=path)
            self._case(case, findings.get(rule, []), result.outcomes.get(rule), waived.get(rule), run.fail_on)
        _count(suite)

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


def _count(suite: Any) -> None:
    cases = list(suite)
    suite.set("tests", str(len(cases)))
    for key, tag in (("failures", "failure"), ("errors", "error"), ("skipped", "skipped")):
        suite.set(key, str(sum(case.find(tag) is not None for case in cases)))
