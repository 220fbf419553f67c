"""The record of a check, and whether it still fits its report."""

import hashlib
import json
import shutil
from collections.abc import Callable
from pathlib import Path

import jsonschema
import lxml.html
import pytest
from conftest import EXAMPLES, Done
from hypothesis import given
from hypothesis import strategies as st

from gilint.certificates import digest_of
from gilint.packs.published import schema_file
from gilint.reporters.records.page import _text
from gilint.waivers import FILE


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    shutil.copy(EXAMPLES / "miyun-2024.txt", tmp_path)
    shutil.copy(EXAMPLES / "clean-2024.txt", tmp_path)
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def recorded(folder: Path, run: Callable[..., Done]) -> Path:
    """The record of the real report."""
    run("check", "--no-config", "miyun-2024.txt", "-f", "record=r.json")
    return folder / "r.json"


def verify(run: Callable[..., Done], *arguments: object) -> Done:
    return run("verify", "--no-config", *arguments)


# --- what is recorded -------------------------------------------------------------------------------------------------


def test_a_record_holds_what_its_schema_says(recorded: Path) -> None:
    jsonschema.validate(json.loads(recorded.read_text(encoding="utf-8")), schema_file("record"))


def test_a_record_knows_the_bytes_of_the_report(recorded: Path, folder: Path) -> None:
    content = (folder / "miyun-2024.txt").read_bytes()
    document = json.loads(recorded.read_text(encoding="utf-8"))["document"]
    assert document == {
        "name": "miyun-2024.txt",
        "bytes": len(content),
        "sha256": hashlib.sha256(content).hexdigest(),
    }


def test_a_record_accounts_for_every_rule(recorded: Path, run: Callable[..., Done]) -> None:
    found = json.loads(recorded.read_text(encoding="utf-8"))
    result = json.loads(run("check", "--no-config", "miyun-2024.txt", "-f", "json").out)["files"][0]
    assert {one["rule"]: one["status"] for one in found["outcomes"]} == result["outcomes"]["rules"]
    assert [one["fingerprint"] for one in found["findings"]] == [one["fingerprint"] for one in result["findings"]]


def test_a_record_names_each_waiver_with_its_terms(folder: Path, run: Callable[..., Done]) -> None:
    (folder / FILE).write_text(
        'waivers:\n  - {rule: L109, reason: 原文, approver: 张三, expires: "2999-01-31"}\n', encoding="utf-8"
    )
    run("check", "--no-config", "miyun-2024.txt", "-f", "record=r.json")
    found = json.loads((folder / "r.json").read_text(encoding="utf-8"))
    assert [(one["reason"], one["approver"], one["expires"]) for one in found["waived"]] == [
        ("原文", "张三", "2999-01-31")
    ] * 3
    assert found["summary"]["waived"] == 3
    assert verify(run, "r.json", "miyun-2024.txt").code == 0


def test_the_time_may_be_given_so_that_the_record_is_the_same_every_time(
    folder: Path, run: Callable[..., Done], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1768435200")
    run("check", "--no-config", "miyun-2024.txt", "-f", "record=a.json")
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1768435200")
    run("check", "--no-config", "miyun-2024.txt", "-f", "record=b.json")
    assert (folder / "a.json").read_bytes() == (folder / "b.json").read_bytes()


def test_the_same_comes_to_standard_output(folder: Path, run: Callable[..., Done]) -> None:
    found = json.loads(run("check", "--no-config", "clean-2024.txt", "-f", "record").out)
    assert found["digest"] == digest_of(found)
    assert found["summary"]["errors"] == 0


@pytest.mark.parametrize("name", ["r.json", "r.html", "r"])
def test_json_and_page_are_written_whichever_is_named(folder: Path, run: Callable[..., Done], name: str) -> None:
    run("check", "--no-config", "clean-2024.txt", "-f", f"record={name}")
    assert (folder / "r.json").exists()
    assert (folder / "r.html").exists()


def test_a_folder_gets_the_records_of_every_report(folder: Path, run: Callable[..., Done]) -> None:
    (folder / "records").mkdir()
    run("check", "--no-config", "miyun-2024.txt", "clean-2024.txt", "-f", "record=records")
    assert sorted(path.name for path in (folder / "records").iterdir()) == [
        "clean-2024.txt.record.html",
        "clean-2024.txt.record.json",
        "miyun-2024.txt.record.html",
        "miyun-2024.txt.record.json",
    ]


def test_reports_of_the_same_name_do_not_take_each_others_record(folder: Path, run: Callable[..., Done]) -> None:
    for name in ("a", "b", "records"):
        (folder / name).mkdir()
    shutil.copy("clean-2024.txt", folder / "a")
    shutil.copy("clean-2024.txt", folder / "b")
    run("check", "--no-config", "a", "b", "-f", "record=records")
    assert len(list((folder / "records").glob("*.json"))) == 2


def test_several_reports_do_not_go_into_one_record(folder: Path, run: Callable[..., Done]) -> None:
    done = run("check", "--no-config", "miyun-2024.txt", "clean-2024.txt", "-f", "terminal", "-f", "record=r.json")
    assert done.code == 2
    assert "一份记录对应一份报告" in done.err
    assert not (folder / "r.json").exists()


def test_a_record_that_exists_is_not_written_over(recorded: Path, run: Callable[..., Done]) -> None:
    before = recorded.read_bytes()
    done = run("check", "--no-config", "clean-2024.txt", "-f", "record=r.json")
    assert done.code == 2
    assert "--force" in done.err
    assert recorded.read_bytes() == before


# --- the page ---------------------------------------------------------------------------------------------------------


def test_the_page_says_who_was_checked_and_what_remains(recorded: Path) -> None:
    page = lxml.html.fromstring(recorded.with_suffix(".html").read_text(encoding="utf-8"))
    text = page.text_content()
    for words in ("✗ 有 7 处错误", "北京市密云区商务局", "“自然人”列：7 + 0 ≠ 8 + 0，相差 1", "SHA-256"):
        assert words in text
    assert page.get("lang") == "zh-CN"


def test_the_page_loads_nothing_and_runs_nothing(recorded: Path) -> None:
    page = lxml.html.fromstring(recorded.with_suffix(".html").read_text(encoding="utf-8"))
    assert page.xpath("//script | //link | //img | //iframe | //@src | //@href") == []
    (policy,) = page.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")
    assert policy.startswith("default-src 'none'")


def test_the_page_of_a_clean_report_says_so(folder: Path, run: Callable[..., Done]) -> None:
    run("check", "--no-config", "clean-2024.txt", "-f", "record=r.json", "--lang", "en")
    text = lxml.html.fromstring((folder / "r.html").read_text(encoding="utf-8")).text_content()
    assert "✓ no errors" in text
    assert "Findings that remain" not in text


@given(st.text())
def test_no_text_of_a_report_becomes_a_tag(text: str) -> None:
    assert lxml.html.fromstring(f"<p>{_text(text)}</p>").xpath("count(//*)") in (1.0, 3.0)
    assert "<" not in _text(text)


# --- verifying --------------------------------------------------------------------------------------------------------


def test_a_record_fits_its_report(recorded: Path, run: Callable[..., Done]) -> None:
    done = verify(run, recorded, "miyun-2024.txt")
    assert done.code == 0
    assert done.out.count("✓") == 3


@pytest.mark.parametrize("at", [0, 5000, -1])
def test_one_changed_byte_of_the_report_is_refused(
    recorded: Path, folder: Path, run: Callable[..., Done], at: int
) -> None:
    content = bytearray((folder / "miyun-2024.txt").read_bytes())
    content[at] ^= 1
    (folder / "other.txt").write_bytes(content)
    done = verify(run, recorded, "other.txt")
    assert done.code == 1
    assert "✗ other.txt：与记录的文件不同" in done.out


VALUES = [
    ('"errors": 7', '"errors": 0'),
    ('"year": 2024', '"year": 2025'),
    ('"status": "failed"', '"status": "passed"'),
    ("北京市密云区商务局", "北京市密云区商务厅"),
]


@pytest.mark.parametrize(("then", "now"), VALUES)
def test_a_changed_record_is_refused(recorded: Path, run: Callable[..., Done], then: str, now: str) -> None:
    text = recorded.read_text(encoding="utf-8")
    assert then in text
    recorded.write_text(text.replace(then, now, 1), encoding="utf-8")
    done = verify(run, recorded, "miyun-2024.txt")
    assert done.code == 1
    assert "✗ 记录被改动过" in done.out


def test_a_record_may_be_laid_out_anew(recorded: Path, run: Callable[..., Done]) -> None:
    data = json.loads(recorded.read_text(encoding="utf-8"))
    recorded.write_text(json.dumps(data, sort_keys=True), encoding="utf-8")
    assert verify(run, recorded, "miyun-2024.txt").code == 0


def test_a_forged_record_with_a_right_digest_does_not_stand_up_to_the_rules(
    recorded: Path, run: Callable[..., Done]
) -> None:
    data = json.loads(recorded.read_text(encoding="utf-8"))
    next(one for one in data["outcomes"] if one["rule"] == "T301")["status"] = "passed"
    data["findings"] = [one for one in data["findings"] if one["rule"] != "T301"]
    data["digest"] = digest_of(data)
    recorded.write_text(json.dumps(data), encoding="utf-8")
    done = verify(run, recorded, "miyun-2024.txt")
    assert done.code == 1
    assert "✗ 重新检查的结果与记录不同：T301 passed → failed" in done.out
    assert verify(run, recorded, "miyun-2024.txt", "--no-rerun").code == 0


def test_a_finding_that_was_struck_out_is_missed(recorded: Path, run: Callable[..., Done]) -> None:
    data = json.loads(recorded.read_text(encoding="utf-8"))
    struck = next(one for one in data["findings"] if one["rule"] == "L109")
    data["findings"].remove(struck)
    data["digest"] = digest_of(data)
    recorded.write_text(json.dumps(data), encoding="utf-8")
    assert "L109 -0 → +1" in verify(run, recorded, "miyun-2024.txt").out


def test_other_rules_than_then_are_told_and_the_files_still_verified(recorded: Path, run: Callable[..., Done]) -> None:
    data = json.loads(recorded.read_text(encoding="utf-8"))
    data["packs"][0]["sha256"] = "0" * 64
    data["digest"] = digest_of(data)
    recorded.write_text(json.dumps(data), encoding="utf-8")
    done = verify(run, recorded, "miyun-2024.txt")
    assert done.code == 0
    assert "– 没有重新检查：规则包 annual-report 与当时不同" in done.out


def test_the_selection_of_rules_is_that_of_the_record(folder: Path, run: Callable[..., Done]) -> None:
    run("check", "--no-config", "miyun-2024.txt", "--select", "T3", "-f", "record=r.json")
    assert "✓ 重新检查" in verify(run, "r.json", "miyun-2024.txt").out


def test_a_record_with_last_years_report_needs_it(folder: Path, run: Callable[..., Done]) -> None:
    shutil.copy("clean-2024.txt", "last.txt")
    run("check", "--no-config", "miyun-2024.txt", "--previous", "last.txt", "-f", "record=r.json")
    bare = verify(run, "r.json", "miyun-2024.txt")
    assert (bare.code, bare.out.count("✓")) == (0, 2)
    assert "--previous" in bare.out
    whole = verify(run, "r.json", "miyun-2024.txt", "--previous", "last.txt")
    assert (whole.code, whole.out.count("✓")) == (0, 4)
    (folder / "last.txt").write_text("其他", encoding="utf-8")
    assert verify(run, "r.json", "miyun-2024.txt", "--previous", "last.txt").code == 1


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "not-a-record"),
        (b"{}", "not-a-record"),
        (b"[" * 100_000, "not-a-record"),
        (b"\xff\xfe", "not-a-record"),
        (b'{"kind": "gilint record", "version": 9}', "version"),
        (b'{"kind": "gilint record", "version": 1}', "invalid-data"),
    ],
)
def test_what_is_no_record_is_refused(folder: Path, run: Callable[..., Done], content: bytes, code: str) -> None:
    (folder / "r.json").write_bytes(content)
    done = verify(run, "r.json", "miyun-2024.txt")
    assert (done.code, done.out) == (2, "")
    assert f"[{code}]" in done.err


@pytest.mark.parametrize(("record", "report"), [("none.json", "miyun-2024.txt"), ("r.json", "none.txt")])
def test_a_file_that_is_not_there_is_told(recorded: Path, run: Callable[..., Done], record: str, report: str) -> None:
    done = verify(run, record, report)
    assert done.code == 2
    assert "文件不存在" in done.err
