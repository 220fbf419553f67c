"""``gilint baseline``: what is there is let pass, what comes counts."""

import os
import shutil
import stat
from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import EXAMPLES, Done
from hypothesis import given
from hypothesis import strategies as st

from gilint.baseline import _quoted
from gilint.source import load
from gilint.waivers import FILE


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    shutil.copy(EXAMPLES / "miyun-2024.txt", tmp_path)
    shutil.copy(EXAMPLES / "clean-2024.txt", tmp_path)
    return tmp_path


def baseline(run: Callable[..., Done], *arguments: object) -> Done:
    return run("baseline", "--no-config", *arguments)


def check(run: Callable[..., Done], *arguments: object) -> Done:
    return run("check", "--no-config", "--fail-on", "info", *arguments)


def entries(path: Path) -> list[dict[str, str]]:
    return load(str(path), path.read_text(encoding="utf-8")).data["waivers"]


def test_after_a_baseline_the_next_run_is_clean(folder: Path, run: Callable[..., Done]) -> None:
    assert check(run, folder).code == 1
    done = baseline(run, folder)
    assert done.code == 0
    assert f"{folder / FILE}：新增豁免" in done.out
    assert check(run, folder).code == 0


def test_a_new_defect_fails_after_a_baseline(folder: Path, run: Callable[..., Done]) -> None:
    baseline(run, folder)
    clean = folder / "clean-2024.txt"
    text = clean.read_text(encoding="utf-8")
    clean.write_text(text.replace("。", "。本局可能组织了培训。", 1), encoding="utf-8")
    done = check(run, folder)
    assert done.code == 1
    assert "C504" in done.out
    assert "“自然人”列" not in done.out


def test_each_finding_gets_an_entry_with_its_fingerprint_and_words(folder: Path, run: Callable[..., Done]) -> None:
    baseline(run, folder, "--select", "T301", "--reason", "待核实", "--approver", "张三", "--expires", "2027-06-30")
    terms = {"file": "miyun-2024.txt", "reason": "待核实", "approver": "张三", "expires": "2027-06-30"}
    found = entries(folder / FILE)
    assert [{key: one[key] for key in terms} for one in found] == [terms, terms]
    assert {one["rule"] for one in found} == {"T301"}
    assert len({one["fingerprint"] for one in found}) == 2
    assert "# “自然人”列：7 + 0 ≠ 8 + 0，相差 1" in (folder / FILE).read_text(encoding="utf-8")


def test_each_folder_gets_a_file_of_its_own(folder: Path, run: Callable[..., Done]) -> None:
    for name in ("a", "b"):
        (folder / name).mkdir()
        shutil.copy(folder / "miyun-2024.txt", folder / name)
    baseline(run, folder / "a", folder / "b")
    assert [one["file"] for one in entries(folder / "a" / FILE)][:1] == ["miyun-2024.txt"]
    assert (folder / "b" / FILE).exists()
    assert not (folder / FILE).exists()
    assert check(run, folder / "a", folder / "b").code == 0


def test_one_file_for_all_reports_names_them_relative_to_itself(folder: Path, run: Callable[..., Done]) -> None:
    (folder / "office").mkdir()
    target = folder / "office" / "all.yaml"
    assert baseline(run, folder, "-o", target).code == 0
    assert {one["file"] for one in entries(target)} == {"../miyun-2024.txt"}
    assert check(run, folder, "--waivers", target).code == 0


def test_what_people_wrote_into_the_file_stays(folder: Path, run: Callable[..., Done]) -> None:
    ours = "# 我们的说明\nwaivers:\n    - rule: L109   # 原文如此\n      reason: 与来文一致\n"
    (folder / FILE).write_text(ours, encoding="utf-8")
    assert baseline(run, folder).code == 0
    text = (folder / FILE).read_text(encoding="utf-8")
    assert text.startswith(ours)
    assert "L109" not in [one["rule"] for one in entries(folder / FILE)[1:]]
    assert check(run, folder).code == 0


def test_a_second_baseline_adds_nothing(folder: Path, run: Callable[..., Done]) -> None:
    baseline(run, folder)
    before = (folder / FILE).read_bytes()
    done = baseline(run, folder)
    assert done.code == 0
    assert "没有新的问题" in done.out
    assert (folder / FILE).read_bytes() == before


@pytest.mark.parametrize("text", ["waivers: [{rule: L109, reason: 原文}]\n", '{"waivers": []}\n'])
def test_a_file_on_one_line_is_left_alone(folder: Path, run: Callable[..., Done], text: str) -> None:
    (folder / FILE).write_text(text, encoding="utf-8")
    done = baseline(run, folder)
    assert done.code == 2
    assert "无法在文件后面添加" in done.err
    assert (folder / FILE).read_text(encoding="utf-8") == text


def test_a_file_with_mistakes_is_left_alone(folder: Path, run: Callable[..., Done]) -> None:
    text = "waivers:\n  - rule: L109\n"
    (folder / FILE).write_text(text, encoding="utf-8")
    done = baseline(run, folder)
    assert done.code == 2
    assert f"{folder / FILE}:2:5: " in done.err
    assert (folder / FILE).read_text(encoding="utf-8") == text


def test_a_report_that_cannot_be_judged_does_not_keep_the_others(folder: Path, run: Callable[..., Done]) -> None:
    (folder / "empty.txt").write_bytes(b"")
    done = baseline(run, folder)
    assert done.code == 2
    assert "empty.txt" in done.err
    assert (folder / FILE).exists()


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="permissions do not bind here")
def test_a_folder_that_cannot_be_written_is_told(folder: Path, run: Callable[..., Done]) -> None:
    folder.chmod(stat.S_IRUSR | stat.S_IXUSR)
    try:
        done = baseline(run, folder)
    finally:
        folder.chmod(stat.S_IRWXU)
    assert done.code == 2
    assert "没有写入权限" in done.err


def test_a_day_that_is_none_is_refused_before_anything_is_judged(folder: Path, run: Callable[..., Done]) -> None:
    done = baseline(run, folder, "--expires", "2025-02-30")
    assert (done.code, done.out) == (2, "")
    assert "--expires 2025-02-30 不是日期" in done.err


def test_a_rule_that_cannot_be_waived_is_named_and_stays(folder: Path, run: Callable[..., Done]) -> None:
    local = folder / "rules"
    local.mkdir()
    (local / "LOC01.yaml").write_text(LASTING, encoding="utf-8")
    done = baseline(run, folder / "miyun-2024.txt", "--rules", local)
    assert done.code == 1
    assert "LOC01 不能豁免" in done.err
    assert "LOC01" not in [one["rule"] for one in entries(folder / FILE)]


LASTING = """\
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
"""


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_any_text_comes_back_from_the_file_as_it_was(text: str) -> None:
    assert load("waivers", f"reason: {_quoted(text)}\n").data == {"reason": text}
