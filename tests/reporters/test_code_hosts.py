"""GitHub, GitLab and reviewdog: findings at the lines of a change."""

import json
import re

import jsonschema
import pytest
from conftest import EXAMPLES, ROOT
from runs import SPANS, everything, linted, one, render

from gilint.reporters import Run
from gilint.reporters.github import command

MIYUN = EXAMPLES / "miyun-2024.txt"
RDJSON = json.loads((ROOT / "tests/data/schemas/rdjson-diagnostic-result.json").read_text("utf-8"))
COMMAND = re.compile(r"::(error|warning|notice) ((?:[^,=]+=[^,]*,?)*)::(.*)")


def commands(run, lang="zh"):
    """The commands as GitHub reads them: (name, properties, message)."""
    found = []
    for line in render("github", run, lang).split("\n")[:-1]:
        name, about, message = COMMAND.fullmatch(line).groups()
        found.append((name, dict(each.split("=", 1) for each in about.split(",")), message))
    return [(name, {key: plain(text) for key, text in about.items()}, plain(text)) for name, about, text in found]


def plain(text):
    for code, char in (("%3A", ":"), ("%2C", ","), ("%0D", "\r"), ("%0A", "\n"), ("%25", "%")):
        text = text.replace(code, char)
    return text


def gitlab(run, lang="zh"):
    return json.loads(render("gitlab", run, lang))


def rdjson(run, lang="zh"):
    found = json.loads(render("rdjson", run, lang))
    jsonschema.Draft4Validator(RDJSON).validate(found)
    return found["diagnostics"]


# --- GitHub -----------------------------------------------------------------------------------------------------------


def test_a_command_escapes_what_github_reads_as_its_own():
    made = command("error", {"file": "a:b,c%.txt", "title": "x\r\ny"}, "50%, a: b\n::error::no")
    assert made == "::error file=a%3Ab%2Cc%25.txt,title=x␍␊y::50%25, a: b%0A::error::no\n"


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_github_gets_a_command_a_finding(lang):
    run = linted(MIYUN, lang=lang)
    names = [name for name, _about, _text in commands(run, lang)]
    words = {"error": "error", "warning": "warning", "info": "notice"}
    assert names == [words[found.severity] for found in run.results[0].findings]


def test_github_gets_columns_only_on_a_single_line():
    ((_name, several, _text),) = commands(Run((one(SPANS["text"]),)))
    assert (several["line"], several["endLine"], "col" in several) == ("3", "4", False)
    ((_name, single, _text),) = commands(Run((one(SPANS["text"].replace(end_line=3, end_column=9)),)))
    assert (single["col"], single["endColumn"]) == ("5", "9")


def test_github_gets_places_without_lines_in_words():
    ((_name, about, text),) = commands(Run((one(SPANS["docx"]),)))
    assert "line" not in about
    assert "甲 › 甲（表3第2行第4格）" in text.split("\n")


def test_github_is_told_of_all_that_went_wrong():
    told = [(name, about.get("file"), about["title"]) for name, about, _text in commands(everything())]
    assert told == [
        ("error", "报告.txt", "T301"),
        ("error", "报告.txt", "B001"),
        ("error", "报告.txt.pdf", "scanned"),
        ("error", None, "plugin 1.0"),
    ]


# --- GitLab -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_gitlab_gets_its_documented_fields(lang):
    run = linted(MIYUN, lang=lang)
    issues = gitlab(run, lang)
    assert len(issues) == len(run.results[0].findings)
    for issue in issues:
        assert set(issue) == {"description", "check_name", "fingerprint", "severity", "location"}
        assert issue["severity"] in {"info", "minor", "major", "critical", "blocker"}
        assert re.fullmatch("[0-9a-f]{64}", issue["fingerprint"])
        assert 1 <= issue["location"]["lines"]["begin"] <= issue["location"]["lines"]["end"]


def test_gitlab_fingerprints_are_unique_even_for_equal_findings():
    same = one()
    twice = same.replace(findings=same.findings * 2)
    prints = [issue["fingerprint"] for issue in gitlab(Run((twice, twice, same.replace(path="b.txt"))))]
    assert len(set(prints)) == 5


def test_gitlab_fingerprints_do_not_depend_on_language_or_lines():
    moved = one(SPANS["text"].replace(line=9, end_line=9), text="乙")
    (first,), (second,) = gitlab(Run((one(),)), "zh"), gitlab(Run((moved,)), "en")
    assert first["fingerprint"] == second["fingerprint"]


def test_gitlab_is_told_of_all_that_went_wrong():
    told = [(issue["check_name"], issue["severity"]) for issue in gitlab(everything())]
    assert told == [("T301", "major"), ("B001", "critical"), ("scanned", "blocker"), ("plugin", "critical")]


def test_gitlab_gets_places_without_lines_in_words():
    (issue,) = gitlab(Run((one(SPANS["pdf"]),)))
    assert issue["description"] == "甲 › 甲（第2页（距上120、距左71点））: 甲"
    assert issue["location"] == {"path": "报告.txt", "lines": {"begin": 1, "end": 1}}


# --- reviewdog --------------------------------------------------------------------------------------------------------


def test_the_schema_of_reviewdog_refuses_what_is_no_result():
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.Draft4Validator(RDJSON).validate({"diagnostics": [{"message": 5}]})


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_reviewdog_gets_a_diagnostic_a_finding(lang):
    run = linted(MIYUN, lang=lang)
    found = rdjson(run, lang)
    assert [each["code"]["value"] for each in found] == [each.rule for each in run.results[0].findings]
    assert {each["severity"] for each in found} == {"ERROR", "WARNING", "INFO"}


def test_reviewdog_gets_lines_and_the_places_beside_them():
    (found,) = rdjson(Run((one(SPANS["text"]),)))
    assert found["location"] == {"path": "报告.txt", "range": {"start": {"line": 3}, "end": {"line": 4}}}
    assert found["related_locations"] == [{"message": "甲", "location": found["location"]}]


def test_reviewdog_is_told_of_all_that_went_wrong():
    assert [each["code"]["value"] for each in rdjson(everything())] == ["T301", "B001", "scanned", "plugin"]


# --- archives ---------------------------------------------------------------------------------------------------------


def test_a_member_of_an_archive_is_named_and_the_archive_is_the_file():
    run = Run((one(path="包.zip!/内/b.docx", span=SPANS["docx"]),))
    ((_name, about, text),) = commands(run)
    assert (about["file"], text.split("\n")[0]) == ("包.zip", "内/b.docx")
    (issue,) = gitlab(run)
    assert (issue["location"]["path"], issue["description"][:9]) == ("包.zip", "内/b.docx:")
    (found,) = rdjson(run)
    assert (found["location"], found["message"].split("\n")[0]) == ({"path": "包.zip"}, "内/b.docx")
