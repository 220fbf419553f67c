"""A report beside that of the year before: from the library, from the command, and on published figures."""

import io
import json

import pytest
from builders import report_with
from conftest import EXAMPLES
from layouts import ENTRIES, LAYOUTS
from layouts import report as laid_out

import gilint
from gilint.cli import main

CLEAN = EXAMPLES / "clean-2024.txt"
ACROSS = ("T601", "T602", "T603", "T604")
PROSE = ["T606", "T607", "T608"]
"""Left out, because a year before the example has the same words."""
CARRIED_OUT = "四、结转下年度继续办理 | 3 | 0 | 0 | 0 | 0 | 0 | 3 |"
CARRIED_IN = "四、结转下年度继续办理 | 2 | 0 | 0 | 0 | 0 | 0 | 2 |"

IN_FORCE, A_YEAR_BEFORE = "行政规范性文件 | 1 | 0 | 3 |", "行政规范性文件 | 1 | 0 | 2 |"


@pytest.fixture(scope="module")
def linter():
    return gilint.Linter(config=False, ignore=PROSE)


def last_year(changes=None, years=1):
    """The clean example as it may have been a year before: what it carried out and kept is what the example had."""
    text = CLEAN.read_text(encoding="utf-8").replace(CARRIED_OUT, CARRIED_IN).replace(IN_FORCE, A_YEAR_BEFORE)
    assert CARRIED_IN in text
    assert A_YEAR_BEFORE in text
    for old, new in {"2025年": f"{2025 - years}年", "2024年": f"{2024 - years}年", **(changes or {})}.items():
        assert old in text
        text = text.replace(old, new)
    return text


@pytest.fixture
def files(tmp_path):
    (tmp_path / "this.txt").write_bytes(CLEAN.read_bytes())
    (tmp_path / "last.txt").write_text(last_year({CARRIED_IN: CARRIED_OUT}), encoding="utf-8")
    return tmp_path


def found(result):
    return [(one.rule, one.address.row, one.address.column) for one in result.findings]


def statuses(result):
    return [result.outcomes[rule].status for rule in ACROSS]


# --- library ----------------------------------------------------------------------------------------------------------


def test_without_last_years_report_the_rules_across_years_say_that_they_need_it(linter):
    result = linter.lint(CLEAN)
    assert statuses(result) == ["could_not_check"] * 4
    assert {result.outcomes[rule].reason for rule in ACROSS} == {
        "未与上年核对：没有给出上年报告（可用 --previous 指定）"
    }
    assert result.findings == ()
    assert result.report.previous is None


def test_a_report_that_follows_from_last_year_passes(linter):
    result = linter.lint(CLEAN, previous=last_year({"现行有效3件": "现行有效2件"}).encode())
    assert (found(result), statuses(result)[:2]) == ([], ["passed", "passed"])
    assert result.report.previous.year == 2023


def test_one_call_compares_two_files(files):
    result = gilint.lint(files / "this.txt", previous=files / "last.txt", config=False, select=ACROSS)
    assert found(result) == [("T601", "carry_in", "tot")]


def test_last_year_may_be_given_as_any_source(linter, files):
    last = files / "last.txt"
    sources = [last, str(last), last.read_bytes(), linter.read(last), linter.read(last).source]
    assert [found(linter.lint(CLEAN, previous=source)) for source in sources] == [[("T601", "carry_in", "tot")]] * 5


def test_a_report_that_carries_last_years_is_compared_with_it(linter, files):
    report = linter.read(CLEAN).replace(previous=linter.read(files / "last.txt"))
    assert found(linter.lint(report)) == [("T601", "carry_in", "tot")]
    assert found(linter.lint(report.replace(previous=None))) == []


def test_last_years_report_is_not_judged_itself(linter):
    wrong = last_year({"二、上年结转政府信息公开申请数量 | 2 |": "二、上年结转政府信息公开申请数量 | 9 |"})
    assert found(linter.lint(CLEAN, previous=wrong.encode())) == []


@pytest.mark.parametrize(
    ("source", "code"),
    [("no-such.txt", "not-found"), (b"", "empty"), (b"hello", "not-a-report"), (report_with(), "other-kind")],
)
def test_a_report_of_last_year_that_cannot_be_read_is_named_as_such(linter, source, code):
    with pytest.raises(gilint.InputError) as caught:
        linter.lint(CLEAN, previous=source)
    assert caught.value.code == code
    assert caught.value.path != str(CLEAN)
    assert caught.value.message["zh"].startswith("上年报告：")
    assert caught.value.message["en"].startswith("last year's report: ")


def test_a_report_of_another_year_is_no_reason_to_accuse(linter, files):
    result = linter.lint(CLEAN, previous=last_year({CARRIED_IN: CARRIED_OUT}, years=2).encode())
    assert (found(result), statuses(result)) == ([], ["could_not_check"] * 4)
    assert "2022" in result.outcomes["T601"].reason


def test_prose_and_last_year_are_evidence_for_the_same_cell(linter, files):
    """The engine hands on what both know of the total that was carried in."""
    report = linter.read(CLEAN).replace(previous=linter.read(files / "last.txt"))
    (engine,) = linter._engines.values()
    key = ("requests", "carry_in", "tot")
    known = [one for one in engine.judge(report).evidence if one.readings == (((key, 1),),)]
    assert sorted((one.source, one.value) for one in known) == [("previous", 3), ("text", 2)]


# --- command ----------------------------------------------------------------------------------------------------------


@pytest.fixture
def command(capsys):
    def command(*arguments):
        code = main(["check", *map(str, arguments)])
        return code, *capsys.readouterr()

    return command


@pytest.mark.parametrize("option", [["--previous", "last.txt"], ["--previous=last.txt"], ["--prev", "last.txt"]])
def test_the_command_compares_with_last_year(command, files, monkeypatch, option):
    monkeypatch.chdir(files)
    code, out, _err = command("this.txt", *option, "-f", "json", "--ignore", ",".join(PROSE))
    (file,) = json.loads(out)["files"]
    assert (code, [one["rule"] for one in file["findings"]]) == (1, ["T601"])
    (related,) = file["findings"][0]["related"]
    assert related["address"]["table"] == "previous.requests"
    assert related["address"]["trail"][0] == "last.txt"


def test_last_year_may_come_from_standard_input(command, files, monkeypatch):
    content = (files / "last.txt").read_bytes()
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(content), encoding="utf-8"))
    assert command(files / "this.txt", "--previous", "-")[0] == 1


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["this.txt", "last.txt", "--previous", "last.txt"], "there are 2"),
        ([".", "--previous", "last.txt"], "there are 2"),
        (["-", "--previous", "-"], "standard input"),
    ],
)
def test_one_report_is_compared_at_a_time(command, files, monkeypatch, arguments, words):
    monkeypatch.chdir(files)
    code, out, err = command(*arguments)
    assert (code, out) == (2, "")
    assert words in err


@pytest.mark.parametrize(
    ("path", "previous", "said"),
    [
        ("this.txt", "none.txt", "none.txt\n   上年报告：文件不存在"),
        ("none.txt", "last.txt", "none.txt\n   文件不存在"),
    ],
)
def test_the_command_names_the_report_that_it_cannot_read(command, files, monkeypatch, path, previous, said):
    monkeypatch.chdir(files)
    code, out, _err = command(path, "--previous", previous)
    assert code == 2
    assert said in out


# --- published figures ------------------------------------------------------------------------------------------------


def published(agency, year):
    return next(one for one in ENTRIES if (one["agency"] or "").startswith(agency) and one["year"] == year)


def written(entry, layout="tab_rows", changes=None):
    """A report with the figures of an entry; its request table is that of Suqian where the entry has none."""
    with_rows = entry if entry["complete"] else {**published("宿迁市", 2023), "year": entry["year"]}
    text = laid_out(with_rows, layout)
    for row in ("规章", "行政规范性文件"):
        figures = "\t".join(map(str, entry["table2"][row]))
        assert f"{row}\t0\t0\t0" in text
        text = text.replace(f"{row}\t0\t0\t0", f"{row}\t{figures}")
    for old, new in (changes or {}).items():
        assert old in text
        text = text.replace(old, new)
    return text.encode()


@pytest.fixture(scope="module")
def across():
    return gilint.Linter(config=False, select=ACROSS)


@pytest.mark.parametrize("layout", list(LAYOUTS))
def test_suqian_carries_over_what_it_said(across, layout):
    this, last = published("宿迁市", 2024), published("宿迁市", 2023)
    result = across.lint(written(this, layout), "this.txt", previous=written(last, layout))
    assert (found(result), statuses(result)) == ([], ["passed"] * 4)


def test_the_stock_of_suqian_holds_a_year_later_too(across):
    this, last = published("宿迁市", 2025), published("宿迁市", 2024)
    result = across.lint(written(this), "this.txt", previous=written(last))
    assert [result.outcomes[rule].status for rule in ("T603", "T604")] == ["passed", "passed"]


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({"\t118\t3\t0\t0\t0\t0\t121": "\t118\t3\t0\t0\t0\t0\t112"}, ["tot"]),
        ({"\t118\t3\t0\t0\t0\t0\t121": "\t181\t3\t0\t0\t0\t0\t184"}, ["tot"]),
        ({"\t118\t3\t0\t0\t0\t0\t121": "\t3\t118\t0\t0\t0\t0\t121"}, ["nat", "biz"]),
    ],
)
def test_a_slip_in_what_suqian_carried_over_is_told_once(across, change, expected):
    this, last = published("宿迁市", 2024), published("宿迁市", 2023)
    result = across.lint(written(this, changes=change), "this.txt", previous=written(last))
    assert [one.address.column for one in result.findings if one.address.row == "carry_in"] == expected


def test_the_stock_of_songmutang_does_not_follow(across):
    """2 in force, 2 issued and none repealed are 4, but 2 are printed. The 规章 of 2022, which no township may make, go
    from 2 to 0 without being repealed."""
    this, last = published("桃江县松木塘镇", 2023), published("桃江县松木塘镇", 2022)
    result = across.lint(written(this), "this.txt", previous=written(last))
    stock = [one for one in result.findings if one.rule == "T603"]
    assert [(one.address.row, one.address.column, one.excerpt) for one in stock] == [
        ("reg", "valid", "0"),
        ("norm", "valid", "2"),
    ]
    assert "2 + 2 - 0 = 4" in stock[1].message
