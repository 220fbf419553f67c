"""CSV and workbooks: a row a finding, for a reviewer of many reports."""

import csv
import io
import sys

import openpyxl
import pytest
from conftest import EXAMPLES
from runs import everything, linted, one, render

from gilint.errors import UsageError
from gilint.reporters import Options, Run

MIYUN, CLEAN = EXAMPLES / "miyun-2024.txt", EXAMPLES / "clean-2024.txt"
CALCULATED = ["=1+1", "+1", "-1+2", "@SUM(A1)", "\t=1", "＝1+1", "  =1"]


@pytest.fixture(scope="module")
def run():
    return linted(MIYUN, CLEAN)


def table(run, lang="zh"):
    """The rows of a CSV output, as another program reads them."""
    text = render("csv", run, lang)
    assert text.startswith("\ufeff")
    return list(csv.DictReader(io.StringIO(text[1:], newline="")))


def book(run, lang="zh"):
    return openpyxl.load_workbook(io.BytesIO(render("xlsx", run, lang)))


def lines(sheet):
    heads, *rest = sheet.iter_rows(values_only=True)
    return [dict(zip(heads, line, strict=True)) for line in rest]


# --- CSV --------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("lang", "rule"), [("zh", "规则"), ("en", "rule")])
def test_a_row_a_finding(lang, rule):
    run = linted(MIYUN, lang=lang)
    assert [each[rule] for each in table(run, lang)] == [each.rule for each in run.results[0].findings]


def test_a_row_says_all_that_a_reviewer_sorts_by(run):
    (first, *_rest) = [each for each in table(run) if each["规则"] == "T301"]
    assert first["单位"] == "北京市密云区商务局"
    assert (first["年度"], first["级别"], first["行"], first["原文"]) == ("2024", "错误", "139", "7")
    assert first["位置"].endswith("一、本年新收政府信息公开申请数量 × 自然人")
    assert first["改法"]
    assert first["依据"]


def test_lines_end_as_the_standard_has_it(run):
    text = render("csv", run)
    assert text.endswith("\r\n")
    assert text.count("\n") == text.count("\r\n")


@pytest.mark.parametrize("text", ["a,b", 'say "x"', "甲\n乙", "a;b"])
def test_any_text_keeps_its_cell(text):
    (row,) = table(Run((one(text=text),)))
    assert row["问题"] == " ".join(text.split())


@pytest.mark.parametrize("text", CALCULATED)
def test_csv_texts_are_no_formulas(text):
    (row,) = table(Run((one(text=text),)))
    assert row["问题"] == "'" + text.strip()


def test_all_that_went_wrong_has_its_row():
    assert [(each["规则"], each["级别"]) for each in table(everything())] == [
        ("T301", "错误"),
        ("B001", "出错"),
        ("scanned", "无法检查"),
        ("plugin 1.0", "扩展出错"),
    ]


# --- workbooks --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("lang", "titles"), [("zh", ["问题", "按文件", "按规则"]), ("en", ["findings", "by file", "by rule"])]
)
def test_a_workbook_has_findings_and_totals(run, lang, titles):
    assert book(run, lang).sheetnames == titles


def test_the_first_sheet_has_the_rows_of_the_csv(run):
    told = [[value or "" for value in each.values()] for each in table(run)]
    seen = [["" if value is None else str(value) for value in each.values()] for each in lines(book(run)["问题"])]
    assert [[value.removeprefix("'") for value in each] for each in told] == seen


def test_the_header_stays_and_filters(run):
    for sheet in book(run):
        assert sheet.freeze_panes == "A2"
        assert sheet.auto_filter.ref == sheet.dimensions


def test_totals_by_file_count_sound_files_too(run):
    first, second = lines(book(run)["按文件"])
    severities = [found.severity for found in run.results[0].findings]
    assert (first["错误"], first["警告"], first["提示"]) == tuple(
        severities.count(each) for each in ("error", "warning", "info")
    )
    assert (second["错误"], second["警告"], second["提示"]) == (0, 0, 0)
    assert second["单位"] is not None


def test_a_file_that_failed_has_no_counts_but_a_reason():
    _judged, failed = lines(book(everything())["按文件"])
    assert (failed["错误"], failed["无法检查"]) == (None, "甲 甲")


def test_totals_by_rule_count_findings_files_and_waivers():
    found = {each["规则"]: each for each in lines(book(everything())["按规则"])}
    assert (found["T301"]["问题"], found["T301"]["文件"], found["T301"]["豁免"]) == (1, 1, 0)
    assert (found["W001"]["问题"], found["W001"]["豁免"]) == (0, 1)
    assert found["C001"]["无法判断的文件"] == 1


@pytest.mark.parametrize("text", CALCULATED)
def test_workbook_texts_are_no_formulas(text):
    sheet = book(Run((one(text=text),)))["问题"]
    cells = [cell for cell in sheet[2] if cell.value == text.strip()]
    assert cells
    assert {cell.data_type for cell in cells} == {"s"}


def test_a_very_long_text_still_fits_its_cell():
    sheet = book(Run((one(text="😀" * 40_000),)))["问题"]
    assert max(len(str(cell.value).encode("utf-16-le")) // 2 for cell in sheet[2]) <= 32_767


def test_a_workbook_needs_its_library_before_anything_is_judged(monkeypatch):
    from gilint.reporters.xlsx import XlsxReporter

    monkeypatch.setitem(sys.modules, "openpyxl", None)
    with pytest.raises(UsageError, match=r'pip install "gilint\[xlsx\]"'):
        XlsxReporter(Options())


def test_a_workbook_tells_the_time_that_the_environment_gives(monkeypatch):
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1700000000")
    assert book(Run(())).properties.modified.year == 2023
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "soon")
    assert book(Run(())).properties.modified.year == 1980
