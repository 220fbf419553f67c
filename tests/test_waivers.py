"""Findings that are let pass: by a file beside the report, by one that is named, and by nothing else."""

from __future__ import annotations

import json
import pickle
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import EXAMPLES, Done
from hypothesis import given, settings
from hypothesis import strategies as st

import gilint
from gilint.waivers import EXPIRED, FILE, REFUSED, UNUSED

MIYUN = (EXAMPLES / "miyun-2024.txt").read_text(encoding="utf-8")
NATURAL = "{table: requests, column: nat}"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with the real report of Miyun."""
    shutil.copy(EXAMPLES / "miyun-2024.txt", tmp_path)
    return tmp_path


def waive(folder: Path, *entries: str, name: str = FILE) -> Path:
    """A file of waivers; an entry is what stands between the braces of a mapping."""
    path = folder / name
    path.write_text("waivers:\n" + "".join(f"  - {{{entry}}}\n" for entry in entries), encoding="utf-8")
    return path


def linter(**options: object) -> gilint.Linter:
    return gilint.Linter(config=False, **{"today": "2026-01-15", **options})


def rules_of(result: gilint.Result) -> list[str]:
    return [finding.rule for finding in result.findings]


# --- what is waived ---------------------------------------------------------------------------------------------------


def test_a_waiver_beside_the_report_takes_its_finding_out_of_the_findings(folder: Path) -> None:
    before = linter().lint(folder / "miyun-2024.txt")
    waive(folder, f"rule: T301, address: {NATURAL}, reason: 已核对")
    after = linter().lint(folder / "miyun-2024.txt")
    assert rules_of(before).count("T301") == 2
    assert [one.address.column for one in after.findings if one.rule == "T301"] == ["biz"]
    assert len(after.findings) == len(before.findings) - 1
    (waived,) = after.waived
    assert (waived.finding.address.column, waived.waiver.reason, waived.waiver.line) == ("nat", "已核对", 2)


def test_the_outcome_of_a_rule_does_not_change_by_a_waiver(folder: Path) -> None:
    waive(folder, "rule: L109, reason: 原文如此")
    result = linter().lint(folder / "miyun-2024.txt")
    assert "L109" not in rules_of(result)
    assert result.outcomes["L109"].status == "failed"


def test_a_fingerprint_waives_one_finding_of_several(folder: Path) -> None:
    found = [one for one in linter().lint(folder / "miyun-2024.txt").findings if one.rule == "L109"]
    waive(folder, f'rule: L109, fingerprint: "{found[1].fingerprint}", reason: 原文如此')
    result = linter().lint(folder / "miyun-2024.txt")
    left = [one.fingerprint for one in result.findings if one.rule == "L109"]
    assert left == [found[0].fingerprint, found[2].fingerprint]


def test_a_rule_may_be_waived_by_its_name(folder: Path) -> None:
    waive(folder, "rule: requests-balance, reason: 已核对")
    assert "T301" not in rules_of(linter().lint(folder / "miyun-2024.txt"))


def test_where_the_first_finding_of_a_cause_is_waived_the_next_one_has_the_suggestions(folder: Path) -> None:
    suggestions = next(one.suggestions for one in linter().lint(folder / "miyun-2024.txt").findings if one.suggestions)
    waive(folder, f"rule: T301, address: {NATURAL}, reason: 已核对")
    (left,) = [one for one in linter().lint(folder / "miyun-2024.txt").findings if one.rule == "T301"]
    assert left.suggestions == suggestions


@pytest.mark.parametrize(
    ("file", "covered"),
    [
        ("miyun-2024.txt", True),
        ("miyun-*.txt", True),
        ("*", True),
        ("clean-2024.txt", False),
        ("2024/miyun-2024.txt", False),
        ("./miyun-2024.txt", True),
    ],
)
def test_a_waiver_for_a_file_covers_that_file_only(folder: Path, file: str, covered: bool) -> None:
    waive(folder, f'rule: L109, file: "{file}", reason: 原文如此')
    assert ("L109" not in rules_of(linter().lint(folder / "miyun-2024.txt"))) is covered


def test_a_name_with_signs_that_patterns_use_means_the_file_of_that_name(tmp_path: Path) -> None:
    shutil.copy(EXAMPLES / "miyun-2024.txt", tmp_path / "[2024]年报.txt")
    waive(tmp_path, 'rule: L109, file: "[2024]年报.txt", reason: 原文如此')
    assert "L109" not in rules_of(linter().lint(tmp_path / "[2024]年报.txt"))


def test_a_waiver_counts_for_its_own_folder_only(folder: Path) -> None:
    (folder / "deeper").mkdir()
    shutil.copy(folder / "miyun-2024.txt", folder / "deeper")
    waive(folder, "rule: L109, reason: 原文如此")
    assert "L109" in rules_of(linter().lint(folder / "deeper" / "miyun-2024.txt"))


def test_bytes_lie_in_no_folder_whatever_they_are_called(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    waive(folder, "rule: L109, reason: 原文如此")
    monkeypatch.chdir(folder)
    assert "L109" in rules_of(linter().lint(MIYUN.encode(), name="miyun-2024.txt"))


def test_a_member_of_an_archive_lies_in_the_folder_of_the_archive(folder: Path) -> None:
    archive = Path(shutil.make_archive(str(folder / "all"), "zip", folder, "miyun-2024.txt"))
    waive(folder, 'rule: L109, file: "all.zip!/miyun-2024.txt", reason: 原文如此')
    (result,) = linter().lint_many([archive])
    assert "L109" not in rules_of(result)


def test_named_files_count_for_every_report(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    named = waive(tmp_path_factory.mktemp("office"), "rule: L109, reason: 全区统一", name="office.yaml")
    result = linter(waivers=named).lint(folder / "miyun-2024.txt")
    assert "L109" not in rules_of(result)
    assert "L109" not in rules_of(linter(waivers=[named]).lint(MIYUN.encode()))


def test_a_configuration_names_files_relative_to_itself(folder: Path) -> None:
    (folder / "office").mkdir()
    waive(folder / "office", "rule: L109, reason: 全区统一", name="all.yaml")
    config = folder / "office" / "gilint.toml"
    config.write_text('waivers = ["all.yaml"]\n', encoding="utf-8")
    result = gilint.lint(folder / "miyun-2024.txt", config=config)
    assert "L109" not in rules_of(result)


def test_with_waivers_false_nothing_is_waived(folder: Path) -> None:
    waive(folder, "rule: L109, reason: 原文如此")
    result = linter(waivers=False).lint(folder / "miyun-2024.txt")
    assert "L109" in rules_of(result)
    assert result.waived == ()


def test_another_process_waives_the_same(folder: Path) -> None:
    named = waive(folder, "rule: L109, reason: 原文如此", name="office.yaml")
    again = pickle.loads(pickle.dumps(linter(waivers=named)))  # noqa: S301 - our own
    assert len(again.lint(folder / "miyun-2024.txt").waived) == 3


def test_a_changed_file_of_waivers_counts_at_once(folder: Path) -> None:
    ours = linter()
    assert ours.lint(folder / "miyun-2024.txt").waived == ()
    waive(folder, "rule: L109, reason: 原文如此")
    assert len(ours.lint(folder / "miyun-2024.txt").waived) == 3


# --- edits ------------------------------------------------------------------------------------------------------------

PARAGRAPHS = [number for number, line in enumerate(MIYUN.splitlines()) if len(line) > 40]
WAIVED = {one.fingerprint for one in linter().lint(MIYUN.encode()).findings if one.rule in ("L109", "T301")}


@settings(max_examples=40, deadline=None)
@given(st.sampled_from(PARAGRAPHS), st.text("甲乙丙丁，。", min_size=1, max_size=30))
def test_a_fingerprint_stays_whatever_is_written_into_other_paragraphs(number: int, words: str) -> None:
    lines = MIYUN.splitlines()
    if "北京市密云区人民政府." in lines[number] or "北京市密云区人民政府。" in lines[number]:
        return
    lines.insert(number, f"另外，{words}")
    result = linter().lint("\n".join(lines).encode())
    assert {one.fingerprint for one in result.findings} >= WAIVED


# --- what is said of waivers ------------------------------------------------------------------------------------------


def review(path: Path, **options: object) -> list[tuple[str, int]]:
    ours = linter(**options)
    (said,) = ours.review_waivers([*ours.lint_many([path])])
    return [(finding.rule, finding.span.as_dict()["line"]) for finding in said.findings]


def test_a_waiver_that_lets_nothing_pass_is_told(folder: Path) -> None:
    waive(folder, "rule: L109, reason: 原文如此", "rule: C505, reason: 已改")
    assert review(folder / "miyun-2024.txt") == [(UNUSED, 3)]


@pytest.mark.parametrize(("today", "waived"), [("2026-01-15", 3), ("2026-01-16", 0)])
def test_a_waiver_holds_through_its_last_day(folder: Path, today: str, waived: int) -> None:
    waive(folder, 'rule: L109, reason: 原文如此, expires: "2026-01-15"')
    assert len(linter(today=today).lint(folder / "miyun-2024.txt").waived) == waived


def test_an_expired_waiver_is_told(folder: Path) -> None:
    waive(folder, 'rule: L109, reason: 原文如此, expires: "2026-01-14"')
    assert review(folder / "miyun-2024.txt") == [(EXPIRED, 2)]


def test_a_rule_that_cannot_be_waived_is_not_waived(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    rule = tmp_path_factory.mktemp("local") / "LOC01.yaml"
    rule.write_text(
        """\
id: LOC01
name: no-excuses
title: {zh: 不说忙, en: No excuses}
severity: error
waivable: false
basis: [{document: 本局规定, clause: 第一条}]
check: text-banned
with: {phrases: [业务繁忙]}
message: {zh: 说了忙, en: an excuse}
advice: {zh: 删去, en: delete}
examples:
  good: [{text: 本局, section: general}]
  bad: [{text: 因业务繁忙没有更新, section: general}]
""",
        encoding="utf-8",
    )
    waive(folder, "rule: LOC01, reason: 没有道理")
    options = {"rules": rule}
    assert "LOC01" in rules_of(linter(**options).lint(folder / "miyun-2024.txt"))
    assert review(folder / "miyun-2024.txt", **options) == [(REFUSED, 2)]


def test_a_waiver_of_a_rule_that_was_not_run_is_not_called_unused(folder: Path) -> None:
    waive(folder, "rule: C505, reason: 已改")
    ours = linter(select="T301")
    assert [*ours.review_waivers([*ours.lint_many([folder / "miyun-2024.txt"])])] == []


def test_a_waiver_of_a_rule_that_could_not_check_is_not_called_unused(folder: Path) -> None:
    waive(folder, "rule: T601, reason: 上年报告有误")
    ours = linter()
    assert [*ours.review_waivers([*ours.lint_many([folder / "miyun-2024.txt"])])] == []


def test_a_waiver_that_one_of_two_reports_needs_is_used(folder: Path) -> None:
    shutil.copy(EXAMPLES / "clean-2024.txt", folder)
    waive(folder, "rule: L109, reason: 原文如此")
    ours = linter()
    results = [*ours.lint_many([folder / "clean-2024.txt", folder / "miyun-2024.txt"])]
    assert [*ours.review_waivers(results)] == []


# --- files with mistakes ----------------------------------------------------------------------------------------------

MISTAKES = [
    ("waivers:\n  - rule: L109\n", "2:5", "reason"),
    ('waivers:\n  - {rule: L109, reason: "  "}\n', "2:27", "不符合格式"),
    ("waivers:\n  - {rule: requests-balanc, reason: 原文}\n", "2:12", "是否想写 requests-balance"),
    ("waivers:\n  - {rule: L109, reasn: 原文}\n", "2:18", "是否想写 reason"),
    ("waivers:\n  - {rule: L109, reason: 原文, expires: 2025-13-01}\n", "2:39", "不是日期"),
    ("waivers:\n  - {rule: T301, reason: 原文, address: {table: request}}\n", "2:47", "是否想写 requests"),
    ("waivers:\n  - {rule: T301, reason: 原文, address: {}}\n", "2:39", "至少"),
    ("waivers:\n  - {rule: L109, reason: 甲}\n  - {rule: L109, reason: 乙}\n", "3:5", "第 2 行"),
    ("waiver: []\n", "1:1", "是否想写 waivers"),
    ("- {rule: L109, reason: 原文}\n", "1:1", "键值对"),
    ("waivers: [\n", "2:1", "YAML"),
    ("", "1:1", "键值对"),
]


@pytest.mark.parametrize(("text", "place", "words"), MISTAKES)
def test_a_mistake_is_told_at_its_place_and_the_report_is_judged(
    folder: Path, text: str, place: str, words: str
) -> None:
    path = folder / FILE
    path.write_text(text, encoding="utf-8")
    ours = linter()
    results = [*ours.lint_many([folder / "miyun-2024.txt"])]
    assert "L109" in rules_of(results[0])
    (said,) = ours.review_waivers(results)
    assert said.error is not None
    assert said.error.code == "invalid-waivers"
    assert f"{path}:{place}:" in said.error.message
    assert words in said.error.message


def test_a_named_file_with_a_mistake_stops_everything(folder: Path) -> None:
    named = waive(folder, "rule: L109", name="office.yaml")
    with pytest.raises(gilint.ConfigError, match=r"office\.yaml:2:5: .*reason"):
        linter(waivers=named)


def test_a_named_file_that_is_not_there_stops_everything(tmp_path: Path) -> None:
    with pytest.raises(gilint.ConfigError, match=r"office\.yaml:1:1: 无法读取文件"):
        linter(waivers=tmp_path / "office.yaml")


def test_an_empty_list_waives_nothing(folder: Path) -> None:
    (folder / FILE).write_text("waivers:\n", encoding="utf-8")
    ours = linter()
    results = [*ours.lint_many([folder / "miyun-2024.txt"])]
    assert results[0].waived == ()
    assert [*ours.review_waivers(results)] == []


# --- the command ------------------------------------------------------------------------------------------------------


def test_the_command_counts_and_lists_what_is_waived(folder: Path, run: Callable[..., Done]) -> None:
    waive(folder, f'rule: T301, address: {NATURAL}, reason: 已核对, approver: 张三, expires: "2999-12-31"')
    short = run("check", "--no-config", folder / "miyun-2024.txt")
    assert "豁免：1 处（T301 1）" in short.out
    assert "已豁免 1" in short.out
    long = run("check", "--no-config", "-v", "--width", "200", folder / "miyun-2024.txt")
    assert "已核对；批准人：张三；有效至 2999-12-31" in long.out


def test_a_report_is_clean_once_all_is_waived(folder: Path, run: Callable[..., Done]) -> None:
    every = {one.rule for one in linter().lint(folder / "miyun-2024.txt").findings}
    waive(folder, *(f"rule: {rule}, reason: 说明" for rule in sorted(every)))
    done = run("check", "--no-config", "--fail-on", "info", folder / "miyun-2024.txt")
    assert done.code == 0
    assert "没有发现问题" in done.out


def test_the_json_has_what_is_waived_and_why(folder: Path, run: Callable[..., Done]) -> None:
    waive(folder, f'rule: T301, address: {NATURAL}, reason: 已核对, expires: "2999-12-31"')
    data = json.loads(run("check", "--no-config", "-f", "json", folder / "miyun-2024.txt").out)
    (waived,) = data["files"][0]["waived"]
    assert waived["address"]["column"] == "nat"
    assert waived["waiver"] == {
        "reason": "已核对",
        "expires": "2999-12-31",
        "path": str(folder / FILE),
        "line": 2,
    }
    assert data["summary"]["files"] == 1


def test_a_waiver_that_is_not_used_counts_as_a_warning(folder: Path, run: Callable[..., Done]) -> None:
    shutil.copy(EXAMPLES / "clean-2024.txt", folder)
    waive(folder, "rule: L109, file: clean-2024.txt, reason: 已改")
    done = run("check", "--no-config", "--fail-on", "warning", folder / "clean-2024.txt")
    assert done.code == 1
    assert f"{UNUSED} unused-waiver" in done.out
    assert run("check", "--no-config", folder / "clean-2024.txt").code == 0


def test_a_broken_file_of_waivers_is_exit_code_2(folder: Path, run: Callable[..., Done]) -> None:
    (folder / FILE).write_text("waivers: {}\n", encoding="utf-8")
    done = run("check", "--no-config", folder / "miyun-2024.txt")
    assert done.code == 2
    assert "T301" in done.out
    assert "invalid-waivers" in done.out


def test_waivers_and_no_waivers_contradict_each_other(folder: Path, run: Callable[..., Done]) -> None:
    done = run("check", "--waivers", "a.yaml", "--no-waivers", folder / "miyun-2024.txt")
    assert (done.code, done.out) == (2, "")
    assert "--no-waivers" in done.err
