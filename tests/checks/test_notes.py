"""What stands beside the text of a file: a finding where it stands, and nothing where a format does not tell."""

import pytest

from gilint import Linter
from gilint.model import Note, TextOrigin

TITLE = "平澜县水务局2024年政府信息公开工作年度报告"
KEYS = ("overview", "disclosure", "requests", "disputes", "problems", "other")


@pytest.fixture(scope="module")
def linter():
    return Linter(config=False, select=["document", "T102", "T103"], lang="en")


def report(linter, *notes, form="docx", keeps_tables=None):
    """A report without tables, as if a reader of a format had noted something."""
    data = {"title": TITLE, "sections": [{"key": key, "paragraphs": "无。"} for key in KEYS]}
    data["signoff"] = {"date": "2025-01-16"}
    read = linter.read(data)
    return linter.read(read.source.replace(format=form, notes=notes, keeps_tables=keeps_tables))


def found(result, *rules):
    return [finding for finding in result.findings if finding.rule in rules]


def test_changes_that_were_not_accepted_are_a_finding_where_the_first_stands(linter):
    first = Note("tracked-changes", 2, TextOrigin(((0, 7, 3),)))
    again = Note("tracked-changes", 3, TextOrigin(((0, 9, 1),)))
    (finding,) = found(linter.lint(report(linter, first, again)), "F101")
    assert finding.message.startswith("5 tracked changes ")
    assert str(finding.span) == "7:3"
    assert finding.severity == "warning"
    assert finding.excerpt == ""


def test_each_kind_is_a_finding_of_its_own_with_a_fingerprint_of_its_own(linter):
    notes = [Note("tracked-changes"), Note("comments"), Note("hidden-text")]
    findings = found(linter.lint(report(linter, *notes)), "F101", "F102", "F103")
    assert [finding.rule for finding in findings] == ["F101", "F102", "F103"]
    assert len({finding.fingerprint for finding in findings}) == 3
    # Without a place of its own a note stands where the report begins.
    assert {str(finding.span) for finding in findings} == {"/title"}


@pytest.mark.parametrize("form", ["docx", "word-xml", "doc", "wps", "rtf", "odt"])
def test_a_format_that_tells_passes_without_a_note(linter, form):
    outcomes = linter.lint(report(linter, Note("pictures"), form=form)).outcomes
    assert [outcomes[rule].status for rule in ("F101", "F102", "F103")] == ["passed"] * 3


@pytest.mark.parametrize("form", ["text", "markdown", "html", "pdf", "xlsx", "json", "a plugin's"])
def test_a_format_that_does_not_tell_is_not_judged_unless_it_does(linter, form):
    result = linter.lint(report(linter, Note("comments"), form=form))
    assert [result.outcomes[rule].status for rule in ("F101", "F102", "F103")] == [
        "not_applicable",
        "failed",
        "not_applicable",
    ]
    assert result.outcomes["F101"].reason == f"the format {form} does not tell"


def test_data_may_bring_notes(linter):
    data = {"title": TITLE, "sections": [{"key": key} for key in KEYS], "signoff": {"date": "2025-01-16"}}
    data["source"] = {"notes": [{"kind": "comments", "count": 4}]}
    (finding,) = found(linter.lint(data), "F102")
    assert str(finding.span) == "/source/notes/0"
    assert finding.message.startswith("4 comments ")


def test_a_table_that_is_not_there_may_be_one_of_the_pictures(linter):
    result = linter.lint(report(linter, Note("pictures", 2), Note("pictures"), keeps_tables=True))
    assert not found(result, "T102")
    assert [finding.message for finding in found(result, "T103")][:1] == [
        "no table was found in “主动公开政府信息情况”; the table may be among the pictures (3) of the file"
    ]


def test_without_pictures_a_table_that_could_not_be_lost_is_missing(linter):
    result = linter.lint(report(linter, keeps_tables=True))
    assert len(found(result, "T102")) == 3
    assert not found(result, "T103")
    result = linter.lint(report(linter))
    assert {finding.message.partition("; ")[2] for finding in found(result, "T103")} == {
        "it may be an image or was lost with the formatting"
    }
