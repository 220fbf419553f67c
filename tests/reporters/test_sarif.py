"""SARIF: valid by the official schema, and read by another tool."""

import json
import zipfile

import jsonschema
import pytest
from conftest import EXAMPLES, ROOT
from runs import SPANS, everything, linted, one, render

from gilint.reporters import Run

MIYUN = EXAMPLES / "miyun-2024.txt"
SCHEMA = json.loads((ROOT / "tests/data/schemas/sarif-schema-2.1.0.json").read_text("utf-8"))
VALIDATOR = jsonschema.Draft4Validator(SCHEMA)


@pytest.fixture(scope="module")
def miyun():
    return linted(MIYUN)


def sarif(run, lang="zh"):
    """The only run of a log that is valid."""
    log = json.loads(render("sarif", run, lang))
    assert [error.message for error in VALIDATOR.iter_errors(log)] == []
    (only,) = log["runs"]
    return only


def test_the_schema_refuses_what_is_no_log():
    assert list(VALIDATOR.iter_errors({"version": "2.1.0", "runs": [{"results": []}]}))


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_real_report_is_valid_and_every_finding_is_a_result(lang):
    run = linted(MIYUN, lang=lang)
    log = sarif(run, lang)
    assert [found["ruleId"] for found in log["results"]] == [found.rule for found in run.results[0].findings]
    assert log["tool"]["driver"]["language"] == {"zh": "zh-CN", "en": "en"}[lang]


def test_results_lead_to_their_rules(miyun):
    log = sarif(miyun)
    rules = log["tool"]["driver"]["rules"]
    assert len(rules) == len(miyun.rules)
    assert all(rules[found["ruleIndex"]]["id"] == found["ruleId"] for found in log["results"])


def test_a_rule_brings_its_help(miyun):
    (rule,) = [each for each in sarif(miyun)["tool"]["driver"]["rules"] if each["id"] == "T301"]
    own = miyun.rules["T301"]
    assert rule["name"] == "requests-balance"
    assert rule["shortDescription"]["text"] == own.title["zh"]
    assert own.advice["zh"] in rule["help"]["text"]
    assert rule["help"]["markdown"].startswith(f"**{own.title['zh']}**")
    assert rule["defaultConfiguration"]["level"] == "error"
    assert own.basis[0]["document"] in rule["help"]["text"]


def test_a_result_has_the_columns_of_its_characters(miyun):
    log = sarif(miyun)
    (found, *_rest) = [each for each in log["results"] if each["ruleId"] == "T301"]
    region = found["locations"][0]["physicalLocation"]["region"]
    lines = MIYUN.read_text("utf-8").splitlines()
    assert log["columnKind"] == "unicodeCodePoints"
    assert lines[region["startLine"] - 1][region["startColumn"] - 1 : region["endColumn"] - 1] == "7"
    assert region["snippet"]["text"] == "7"


@pytest.mark.parametrize(
    ("kind", "name", "qualified"),
    [
        ("docx", "表3第2行第4格", "t3:r2:c4"),
        ("sheet", "表 1!B12", "表 1!B12"),
        ("pdf", "第2页（距上120、距左71点）", "page2:120:71"),
    ],
)
def test_a_place_without_lines_is_a_logical_location(kind, name, qualified):
    (found,) = sarif(Run((one(SPANS[kind]),)))["results"]
    (location,) = found["locations"]
    assert "region" not in location["physicalLocation"]
    trail, place = location["logicalLocations"]
    assert trail == {"name": "甲", "fullyQualifiedName": "甲 › 甲"}
    assert place == {"name": name, "fullyQualifiedName": qualified, "kind": "element"}
    assert found["properties"]["span"]["kind"] == {"docx": "docx", "sheet": "sheet", "pdf": "pdf"}[kind]


@pytest.mark.parametrize(
    ("path", "address"),
    [
        ("报告 1.txt", {"uri": "%E6%8A%A5%E5%91%8A%201.txt", "uriBaseId": "%SRCROOT%"}),
        ("/reports/a/b#1.txt", {"uri": "a/b%231.txt", "uriBaseId": "%SRCROOT%"}),
        ("./a/../50%:1.txt", {"uri": "50%25%3A1.txt", "uriBaseId": "%SRCROOT%"}),
        ("../x.txt", {"uri": "file:///x.txt"}),
        ("/else where/x.txt", {"uri": "file:///else%20where/x.txt"}),
    ],
)
def test_a_file_is_given_from_the_working_folder_where_it_lies_below_it(path, address):
    log = sarif(Run((one(path=path),), folder="/reports"))
    assert log["results"][0]["locations"][0]["physicalLocation"]["artifactLocation"] == {**address, "index": 0}
    assert log["originalUriBaseIds"] == {"%SRCROOT%": {"uri": "file:///reports/"}}


def test_a_member_of_an_archive_lies_in_it(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    with zipfile.ZipFile("a.zip", "w") as archive:
        archive.write(MIYUN, "内 层/b.txt")
    log = sarif(linted("a.zip"))
    archive, member = log["artifacts"]
    assert archive == {"location": {"uri": "a.zip", "uriBaseId": "%SRCROOT%"}}
    assert member == {"location": {"uri": "/%E5%86%85%20%E5%B1%82/b.txt"}, "parentIndex": 0}
    assert {each["locations"][0]["physicalLocation"]["artifactLocation"]["index"] for each in log["results"]} == {1}


def test_what_went_wrong_is_told_by_the_invocation():
    (invocation,) = sarif(everything())["invocations"]
    assert (invocation["executionSuccessful"], invocation["exitCode"]) == (False, 3)
    told = {(each["level"], each["message"]["text"]) for each in invocation["toolExecutionNotifications"]}
    assert told == {("error", "甲 甲"), ("error", "B001: 甲"), ("note", "C001: 甲")}
    assert [each["message"]["text"] for each in invocation["toolConfigurationNotifications"]] == ["甲"]


def test_a_sound_run_is_successful():
    log = sarif(linted(EXAMPLES / "clean-2024.txt"))
    assert log["results"] == []
    assert log["invocations"][0]["executionSuccessful"] is True


def test_a_waived_finding_is_a_suppressed_result():
    plain, suppressed = sarif(everything())["results"]
    assert "suppressions" not in plain
    (suppression,) = suppressed["suppressions"]
    assert (suppression["kind"], suppression["justification"]) == ("external", "甲")
    assert suppression["properties"] == {"approver": "甲", "expires": "2025-12-31"}
    place = suppression["location"]["physicalLocation"]
    assert place["artifactLocation"]["uri"] == "gilint.waivers.yaml"
    assert place["region"] == {"startLine": 4}


def test_a_finding_carries_its_fingerprint_and_suggestions(miyun):
    (found, *_rest) = [each for each in sarif(miyun)["results"] if each["ruleId"] == "T301"]
    own = next(each for each in miyun.results[0].findings if each.rule == "T301")
    assert found["partialFingerprints"] == {"gilint/v1": own.fingerprint}
    assert found["properties"]["suggestions"][0]["text"] == own.suggestions[0].text


def test_another_reader_finds_the_same(miyun, tmp_path):
    loader = pytest.importorskip("sarif.loader")
    path = tmp_path / "a.sarif"
    path.write_text(render("sarif", miyun), "utf-8")
    read = loader.load_sarif_file(str(path))
    severities = [found.severity for found in miyun.results[0].findings]
    counts = read.get_report().get_issue_type_histogram_for_severity
    assert read.get_distinct_tool_names() == ["gilint"]
    assert read.get_result_count() == len(severities)
    for ours, theirs in (("error", "error"), ("warning", "warning"), ("info", "note")):
        assert sum(counts(theirs).values()) == severities.count(ours)
