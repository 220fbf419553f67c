"""Reporters pass over results that are made anew each time: they keep none, and look at none more than twice."""

import json
import weakref
from collections.abc import Collection

import miyun_result as miyun
import pytest
from conftest import EXAMPLES
from lxml import etree
from runs import everything, one

from gilint import Linter
from gilint.discovery import resolve
from gilint.errors import UsageError
from gilint.reporters import BUILTIN, Options, RunProblem

FILES = 12
REPORT = Linter(config=False).read(EXAMPLES / "miyun-2024.txt")
FOUND = Linter(config=False, select=["T301"]).lint(EXAMPLES / "miyun-2024.txt").findings
STREAMS = sorted(BUILTIN.keys() - {"docx", "record"})
ONE_REPORT = ("docx", "record")


class Watched(str):
    """A message that can be watched: it is there as long as its finding, which nobody else keeps."""


class Passing(Collection):
    """Results that are there only while somebody holds them, and how many there were at most."""

    def __init__(self, results):
        self._results = tuple(results)
        self._watched = []
        self.passes = self.most = 0

    def __len__(self):
        return len(self._results)

    def __contains__(self, result):
        return result in self._results

    def __iter__(self):
        self.passes += 1
        for result in self._results:
            made = self._made(result)
            self.most = max(self.most, sum(watched() is not None for watched in self._watched))
            yield made
            del made

    def _made(self, result):
        messages = [Watched(finding.message) for finding in result.findings[:1]]
        # No set: equal messages would count as one.
        self._watched += map(weakref.ref, messages)
        findings = [finding.replace(message=text) for finding, text in zip(result.findings, messages, strict=False)]
        return result.replace(findings=(*findings, *result.findings[1:]))


def results():
    """Files that have findings, are sound, are waived, broke, or could not be read, with what a real report has."""
    judged, failed = everything().results
    kinds = (judged, failed, judged.replace(waived=()), miyun.clean(), one(), miyun.unreadable())
    made = [kinds[number % len(kinds)].replace(path=f"{number}.txt") for number in range(FILES)]
    return [
        result if result.report is None else result.replace(report=REPORT, findings=FOUND if result.findings else ())
        for result in made
    ]


def drawn(name, results, **options):
    run = everything().replace(results=results, problems=(RunProblem("extra 1", "ImportError"),))
    pieces = list(resolve(BUILTIN[name])(Options(**options)).render(run))
    return (b"" if isinstance(pieces[0], bytes) else "").join(pieces)


@pytest.mark.parametrize("name", STREAMS)
def test_no_reporter_holds_more_than_two_results(name):
    passing = Passing(results())
    assert drawn(name, passing)
    assert passing.most <= 2


@pytest.mark.parametrize("name", STREAMS)
def test_no_reporter_passes_over_the_results_more_than_twice(name):
    passing = Passing(results())
    drawn(name, passing)
    assert passing.passes <= 2


@pytest.mark.parametrize("name", STREAMS)
@pytest.mark.parametrize("verbose", [False, True])
def test_results_that_come_one_by_one_are_written_as_those_of_a_tuple(name, verbose):
    found = results()
    assert drawn(name, Passing(found), verbose=verbose) == drawn(name, tuple(found), verbose=verbose)


@pytest.mark.parametrize("name", STREAMS)
def test_a_single_result_that_has_no_number_is_written(name):
    found = results()[:1]
    assert drawn(name, Passing(found)) == drawn(name, tuple(found))


def test_pages_of_a_folder_hold_no_more_than_two_results(tmp_path):
    passing = Passing(results())
    run = everything().replace(results=passing)
    written = []
    for path, pieces in resolve(BUILTIN["html"])(Options()).files(run, str(tmp_path)):
        written.append(path)
        assert "".join(pieces).endswith("</html>\n")
    assert len(written) == FILES + 1
    assert passing.most <= 2


@pytest.mark.parametrize("name", ONE_REPORT)
def test_what_takes_one_report_holds_no_more_than_the_first_of_several(name):
    passing = Passing([miyun.result()] * FILES)
    with pytest.raises(UsageError, match=f"{FILES} were judged"):
        resolve(BUILTIN[name])(Options()).render(everything().replace(results=passing))
    assert passing.most <= 3


def test_the_summary_of_json_counts_what_was_passed_over():
    summary = json.loads(drawn("json", Passing((miyun.clean(), miyun.unreadable(), one()))))["summary"]
    assert summary == {"files": 3, "errors": 1, "warnings": 0, "infos": 0, "failed_inputs": 1}


def test_the_counts_of_junit_stand_before_its_suites_and_are_those_of_the_cases():
    top = etree.fromstring(drawn("junit", Passing(results())).encode())
    cases = top.findall("testsuite/testcase")
    for key, tag in (("failures", "failure"), ("errors", "error")):
        assert int(top.get(key)) == sum(case.find(tag) is not None for case in cases) > 0
    assert int(top.get("tests")) == len(cases)
    for suite in top:
        assert int(suite.get("skipped", "0")) == sum(case.find("skipped") is not None for case in suite)
