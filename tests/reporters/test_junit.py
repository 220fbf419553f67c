"""JUnit XML: valid by the schema of Jenkins, and read by another tool."""

import io

import pytest
from conftest import EXAMPLES, ROOT
from lxml import etree
from runs import everything, linted, one, render

from gilint.reporters import Run

SCHEMA = etree.XMLSchema(etree.parse(str(ROOT / "tests/data/schemas/junit-10.xsd")))


def junit(run, lang="zh"):
    """The root of an output that is valid."""
    top = etree.fromstring(render("junit", run, lang).encode())
    SCHEMA.assertValid(top)
    return top


def case(top, start):
    (found,) = [each for each in top.iter("testcase") if each.get("name").startswith(start)]
    return found


def test_the_schema_refuses_what_is_no_report():
    assert not SCHEMA.validate(etree.fromstring("<testsuites><testcase/></testsuites>"))


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_rule_is_a_case_of_its_file(lang):
    run = linted(EXAMPLES / "miyun-2024.txt", EXAMPLES / "clean-2024.txt", lang=lang)
    first, second = junit(run, lang)
    assert (int(first.get("tests")), int(second.get("tests"))) == tuple(len(each.outcomes) for each in run.results)
    assert (second.get("failures"), second.get("errors")) == ("0", "0")


def test_a_rule_with_grave_findings_fails_and_lists_all_of_them():
    run = linted(EXAMPLES / "miyun-2024.txt")
    failure = case(junit(run), "T301").find("failure")
    own = [found for found in run.results[0].findings if found.rule == "T301"]
    assert failure.get("type") == "error"
    assert failure.get("message") == own[0].message
    assert all(found.message in failure.text for found in own)


@pytest.mark.parametrize(("fail_on", "tag"), [("error", "system-out"), ("warning", "failure"), ("never", "system-out")])
def test_findings_below_the_severity_that_fails_the_run_are_output(fail_on, tag):
    found = one()
    found = found.replace(findings=(found.findings[0].replace(severity="warning"),))
    (only,) = case(junit(Run((found,), fail_on=fail_on)), "T301")
    assert only.tag == tag
    assert "甲" in only.text


def test_what_was_not_judged_is_skipped_with_its_reason():
    top = junit(everything())
    unknown, apart = case(top, "C001").find("skipped"), case(top, "D001").find("skipped")
    assert (unknown.get("type"), unknown.get("message")) == ("could_not_check", "无法判断：甲")
    assert (apart.get("type"), apart.get("message")) == ("not_applicable", "不适用：甲")


def test_a_waived_finding_is_skipped_with_the_reason_of_the_waiver():
    skipped = case(junit(everything()), "W001").find("skipped")
    assert (skipped.get("type"), skipped.get("message")) == ("waived", "甲")


def test_what_broke_is_an_error():
    top = junit(everything())
    assert case(top, "B001").find("error").get("message") == "甲"
    assert case(top, "无法检查").find("error").get("type") == "scanned"
    assert case(top, "plugin 1.0").find("error").get("message") == "甲"


def test_the_counts_are_those_of_the_cases():
    top = junit(everything())
    assert [each.get("tests") for each in top] == ["6", "1", "1"]
    assert [each.get("failures") for each in top] == ["1", "0", "0"]
    assert [each.get("errors") for each in top] == ["1", "1", "1"]
    assert top[0].get("skipped") == "3"
    assert (top.get("tests"), top.get("failures"), top.get("errors")) == ("8", "1", "3")


def test_another_reader_finds_the_same():
    junitparser = pytest.importorskip("junitparser")
    read = junitparser.JUnitXml.fromfile(io.BytesIO(render("junit", everything()).encode()))
    assert (read.tests, read.failures, read.errors) == (8, 1, 3)
    kinds = [type(result).__name__ for suite in read for each in suite for result in each.result]
    assert sorted(kinds) == ["Error", "Error", "Error", "Failure", "Skipped", "Skipped", "Skipped"]
