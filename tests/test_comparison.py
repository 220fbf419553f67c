"""Reports of several years beside each other: library, command, published figures, and what does not belong."""

import io
import json
from zipfile import ZipFile

import jsonschema
import pytest
from conftest import EXAMPLES, ROOT
from test_across_years import published, written

import gilint
from gilint.cli import main
from gilint.text import width

THIS = ROOT / "rules/annual-report/forms/2021.default.txt"
LAST = ROOT / "rules/annual-report/years/last-2023.txt"
SCHEMA = json.loads((ROOT / "gilint/schemas/comparison.json").read_text(encoding="utf-8"))
RESULT = json.loads((ROOT / "gilint/schemas/result.json").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def linter():
    return gilint.Linter(config=False)


def text_of(path, years=0, **changes):
    """A report as if it were so many years earlier; ``changes`` maps text to other text."""
    text = path.read_text(encoding="utf-8")
    for year in (2024, 2025) if years else ():
        text = text.replace(f"{year}年", f"{year - years}年")
    for old, new in changes.items():
        assert old in text
        text = text.replace(old, new)
    return text


@pytest.fixture
def files(tmp_path, monkeypatch):
    """2022 is 2024 with other years; 2023 is a report of its own."""
    (tmp_path / "2022.txt").write_text(text_of(THIS, 2), encoding="utf-8")
    (tmp_path / "2023.txt").write_bytes(LAST.read_bytes())
    (tmp_path / "2024.txt").write_bytes(THIS.read_bytes())
    monkeypatch.chdir(tmp_path)
    return tmp_path


def rules(pair):
    return [one.rule for one in pair.result.findings]


# --- library ----------------------------------------------------------------------------------------------------------


def test_two_years_written_each_for_itself_are_clean(linter):
    comparison = gilint.compare([LAST, THIS], linter=linter)
    (pair,) = comparison.pairs
    assert (comparison.complete, pair.remark, rules(pair)) == (True, "", [])
    assert {outcome.status for outcome in pair.result.outcomes.values()} == {"passed"}
    assert [round(one.share) for one in pair.sections] == [0, 0]


def test_last_years_report_of_the_rules_is_a_clean_report_itself(linter):
    assert linter.lint(LAST).findings == ()


def test_what_is_carried_over_is_told_column_by_column(linter):
    (pair,) = gilint.compare([LAST, THIS], linter=linter).pairs
    assert [(one.cell[2], one.last, one.now, one.holds) for one in pair.carried] == [
        ("tot", 1, 1, True),
        ("nat", 1, 1, True),
        *((column, 0, 0, True) for column in ("biz", "res", "pub", "law", "oth")),
    ]
    assert {(one.last_cell[:2], one.cell[:2]) for one in pair.carried} == {
        (("previous.requests", "carry_out"), ("requests", "carry_in"))
    }


def test_the_stock_is_told_with_what_it_follows_from(linter):
    (pair,) = gilint.compare([LAST, THIS], linter=linter).pairs
    assert [(one.cell[1], one.left_terms, one.right_terms, one.holds) for one in pair.continued] == [
        ("reg", "0", "0 + 0 - 0", True),
        ("norm", "6", "6 + 1 - 1", True),
    ]


def test_headlines_give_both_figures_and_whether_one_jumps(linter):
    last = text_of(LAST, **{"行政许可\t74": "行政许可\t9"}).encode()
    (pair,) = gilint.compare([last, THIS], linter=linter).pairs
    known = {".".join(one.cell): one for one in pair.headlines}
    licence, new = known["disclosure.licence.decisions"], known["requests.new.tot"]
    assert (licence.last, licence.now, licence.jump) == (9, 86, True)
    assert (new.last, new.now, new.jump) == (9, 12, False)


def test_a_copied_report_is_told_with_the_passages_of_both_years(linter):
    (pair,) = gilint.compare([text_of(THIS, 1).encode(), THIS], linter=linter).pairs
    overview, problems = pair.sections
    assert rules(pair) == ["T606", "T606", "T608"]
    assert overview.share > 60
    assert problems.share == 100
    lengths = [len(this.text) for this, _ in problems.passages]
    assert lengths == sorted(lengths, reverse=True)
    assert all(this.text == last.text.replace("2023年", "2024年") for this, last in problems.passages)


def test_the_order_in_which_years_are_given_does_not_matter(linter):
    given = [THIS, text_of(THIS, 2).encode(), LAST]
    comparison = gilint.compare(given, linter=linter)
    assert [(pair.last.year, pair.this.year) for pair in comparison.pairs] == [(2022, 2023), (2023, 2024)]


def test_sources_may_be_of_any_kind(linter):
    given = [LAST, str(LAST), LAST.read_bytes(), linter.read(LAST)]
    assert [gilint.compare([one, THIS], linter=linter).complete for one in given] == [True] * 4


def test_an_archive_holds_several_years(linter, files):
    with ZipFile("years.zip", "w") as archive:
        archive.write("2024.txt")
        archive.write("2022.txt")
    comparison = gilint.compare(["years.zip", "2023.txt"], linter=linter)
    assert [entry.path for entry in comparison.entries] == ["years.zip!/2022.txt", "2023.txt", "years.zip!/2024.txt"]
    assert gilint.compare(["years.zip!/2024.txt", "2023.txt"], linter=linter).complete


def test_options_make_a_linter(linter):
    (pair,) = gilint.compare([LAST, THIS], config=False, select=["T601"]).pairs
    assert (list(pair.result.outcomes), len(pair.carried), pair.sections) == (["T601"], 1, ())


@pytest.mark.parametrize("given", [[], [THIS]])
def test_one_report_is_nothing_to_compare(linter, given):
    with pytest.raises(gilint.UsageError):
        gilint.compare(given, linter=linter)


# --- what does not belong ---------------------------------------------------------------------------------------------


def left_out(comparison):
    return [(entry.path, entry.left_out) for entry in comparison.entries if entry.left_out]


def test_a_missing_year_is_named_and_the_texts_are_compared_all_the_same(linter, files):
    comparison = gilint.compare(["2022.txt", "2024.txt"], linter=linter)
    (pair,) = comparison.pairs
    assert pair.remark == "缺少 2023 年的报告：只比较文字和历年数字，不核对结转"
    assert (pair.carried, pair.continued, rules(pair), comparison.complete) == ((), (), [], True)
    assert [round(one.share) for one in pair.sections] == [67, 100]
    assert len(pair.headlines) == 14


def test_the_same_report_twice_counts_once(linter, files):
    (files / "again.txt").write_bytes(THIS.read_bytes())
    comparison = gilint.compare(["2023.txt", "2024.txt", "again.txt"], linter=linter)
    assert left_out(comparison) == [("again.txt", "与 2024.txt 是同一份报告，只算一次")]
    assert (len(comparison.pairs), comparison.complete) == (1, False)


def test_another_report_of_the_same_year_is_left_out(linter, files):
    (files / "other.txt").write_text(text_of(THIS, **{"86件": "87件", "\t86": "\t87"}), encoding="utf-8")
    comparison = gilint.compare(["2023.txt", "2024.txt", "other.txt"], linter=linter)
    assert left_out(comparison) == [("other.txt", "与 2024.txt 同为 2024 年的报告，没有比较")]


def test_the_report_of_another_organ_is_left_out_wherever_it_stands(linter, files):
    (files / "other.txt").write_text(text_of(LAST, 水务局="民政局"), encoding="utf-8")
    comparison = gilint.compare(["2022.txt", "other.txt", "2024.txt", "2023.txt"], linter=linter)
    ((path, reason),) = left_out(comparison)
    assert path == "other.txt"
    assert "青河市云山区民政局" in reason
    assert [(pair.last.year, pair.this.year) for pair in comparison.pairs] == [(2022, 2023), (2023, 2024)]


def test_what_cannot_be_read_is_named_and_the_rest_compared(linter, files):
    (files / "empty.txt").write_bytes(b"")
    comparison = gilint.compare(["2023.txt", "empty.txt", "none.txt", "2024.txt"], linter=linter)
    assert [(one.path, one.error.code) for one in comparison.entries if one.error] == [
        ("empty.txt", "empty"),
        ("none.txt", "not-found"),
    ]
    assert len(comparison.pairs) == 1


def test_a_report_over_which_a_reader_breaks_takes_no_other_with_it(linter, files, monkeypatch):
    read = linter.read
    monkeypatch.setattr(
        linter, "read", lambda source, name=None, facts=None: 1 / 0 if name == "2022.txt" else read(source, name)
    )
    comparison = gilint.compare(["2022.txt", "2023.txt", "2024.txt"], linter=linter)
    assert [one.error.code for one in comparison.entries if one.error] == ["internal"]
    assert len(comparison.pairs) == 1


def test_reports_without_a_year_keep_the_order_in_which_they_are_given(linter):
    reports = [linter.read(path).replace(year=None) for path in (LAST, THIS)]
    (pair,) = gilint.compare(reports, linter=linter).pairs
    assert (pair.last.title.text[:9], pair.this.title.text[9:14]) == ("青河市云山区水务局", "2024年")


# --- published figures ------------------------------------------------------------------------------------------------


def test_suqian_carries_over_what_it_said(linter):
    """Of 121 requests left over in 2023, 118 came from natural persons, 3 from companies; 597 + 50 - 227 = 420."""
    reports = [written(published("宿迁市", year)) for year in (2024, 2023)]
    (pair,) = gilint.compare(reports, linter=linter).pairs
    assert [(one.cell[2], one.last, one.now) for one in pair.carried if one.now] == [
        ("tot", 121, 121),
        ("nat", 118, 118),
        ("biz", 3, 3),
    ]
    assert all(one.holds for one in (*pair.carried, *pair.continued))
    assert [one.right_terms for one in pair.continued] == ["11 + 2 - 1", "597 + 50 - 227"]
    known = {".".join(one.cell): (one.last, one.now) for one in pair.headlines}
    assert known["requests.new.tot"] == (3511, 3525)
    assert known["disclosure.norm.repealed"] == (489, 227)


# --- command ----------------------------------------------------------------------------------------------------------


@pytest.fixture
def command(capsys):
    def command(*arguments):
        code = main(["compare", "--no-config", *map(str, arguments)])
        return code, *capsys.readouterr()

    return command


def test_the_command_shows_the_years_side_by_side(command, files):
    code, out, err = command("2024.txt", "2022.txt", "2023.txt")
    assert (code, err) == (1, "")
    assert "── 2022 → 2023 ─" in out
    assert "── 2023 → 2024 ─" in out
    lines = [line.split() for line in out.splitlines()]
    assert ["行政许可", "×", "本年处理决定数量", "86", "74", "86", "+12", "(+16.2%)"] in lines
    assert ["总计", "1", "→", "0", "✗"] in lines
    assert "行政规范性文件 × 现行有效件数  6 ≠ 6 + 2 - 0 = 8  ✗" in out
    assert "错误 T601 carry-over" in out


def test_a_copy_is_shown_in_two_columns(command, files):
    (files / "2023.txt").write_text(text_of(THIS, 1), encoding="utf-8")
    _code, out, _err = command("2023.txt", "2024.txt", "--width", "80")
    assert "2024  92:1" in out
    (line,) = [line for line in out.splitlines() if "2024  92:1" in line]
    assert line.partition(" │ ")[2] == "2023  92:1"


@pytest.mark.parametrize("cells", [40, 60, 100])
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_no_line_is_wider_than_asked_for(command, files, cells, lang):
    (files / "copy.txt").write_text(text_of(THIS, 1), encoding="utf-8")
    _code, out, _err = command("copy.txt", "2024.txt", "2022.txt", "--width", cells, "--lang", lang)
    tables = out.split("── 2022")[0].splitlines()
    assert [line for line in tables if width(line) > cells] == []


def test_the_json_keeps_its_schema(command, files):
    (files / "copy.txt").write_text(text_of(THIS, 1), encoding="utf-8")
    code, out, _err = command("copy.txt", "2024.txt", "none.txt", EXAMPLES / "miyun-2024.txt", "-f", "json")
    found = json.loads(out)
    jsonschema.Draft202012Validator(SCHEMA).validate(found)
    assert code == 2
    assert {key: found["summary"][key] for key in ("reports", "pairs", "failed_inputs", "left_out")} == {
        "reports": 4,
        "pairs": 1,
        "failed_inputs": 1,
        "left_out": 1,
    }
    (pair,) = found["pairs"]
    assert [one["rule"] for one in pair["findings"]] == ["T606", "T606", "T608"]
    passage = pair["sections"][1]["passages"][0]
    assert passage["this"]["text"] == passage["last"]["text"].replace("2023年", "2024年")


def test_the_schema_says_of_findings_what_that_of_results_says():
    shared = SCHEMA["$defs"].keys() & RESULT["$defs"].keys() - {"report"}
    assert {"finding", "span", "outcomes", "figure"} <= shared
    assert all(SCHEMA["$defs"][key] == RESULT["$defs"][key] for key in shared)


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (["2023.txt", "2024.txt"], 0),
        (["2022.txt", "2024.txt"], 0),
        (["2022.txt", "2023.txt"], 1),
        (["2022.txt", "2023.txt", "--fail-on", "never"], 0),
        (["2023.txt", "2024.txt", "none.txt"], 2),
        (["2024.txt", "2024.txt"], 2),
        (["2024.txt"], 2),
        (["2023.txt", "2024.txt", "-f", "xml"], 2),
        (["-", "-"], 2),
        (["."], 1),
    ],
)
def test_exit_codes_are_those_of_check(command, files, arguments, code):
    assert command(*arguments)[0] == code


def test_where_no_rule_compares_nothing_is_called_sound(command, files):
    code, out, _err = command("2023.txt", "2024.txt", "--select", "T301")
    assert (code, "✓" in out, "? 没有与上年核对的规则" in out) == (0, False, True)


def test_one_of_them_may_be_standard_input(command, files, monkeypatch):
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(LAST.read_bytes()), encoding="utf-8"))
    assert command("-", "2024.txt")[0] == 0
