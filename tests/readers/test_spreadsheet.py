"""Workbooks as other programs save them, and whole reports in them."""

import io
from pathlib import Path

import documents
import layouts
import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sheet_pieces import seen

import gilint
from gilint.limits import DEFAULT
from gilint.model import SheetOrigin
from gilint.readers.spreadsheet import read

DATA = Path(__file__).parent.parent / "data" / "formats"
KINDS = ("xlsx", "xls", "ods")
LONG = "甲乙丙丁戊己庚辛壬癸" * 450
LATIN = "abcdefghij" * 900

VALUES = [
    ["整数", "12"],
    ["小数", "251000.55"],
    ["一成", "0.1"],
    ["和", "0.3"],
    ["负数", "-3"],
    ["大数", "12345678901"],
    ["文本数字", "0012"],
    ["折行数字", "1288"],
    ["日期", "2025年1月20日"],
    ["短日期", "2025/1/20"],
    ["百分比", "85.6%"],
    ["真", "TRUE"],
    ["错误", "#DIV/0!"],
    ["拼接", "甲乙"],
    ["空文本", ""],
    ["两行", "第一行\n第二行"],
    ["富文本", "前粗后"],
    ["长文本", LONG],
    ["长拉丁", LATIN],
]
MERGED = [
    [("项目", 1, 2), "甲", "乙", "合计"],
    [("收", 2, 1), "一", "1", "2", "3"],
    ["二", "3", "", "3"],
    ["", "", "", "", ""],
]


@pytest.fixture(scope="module")
def linter():
    return gilint.Linter(config=False)


# --- cells, as Calc saves them ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_of_cell_reads_the_same_in_each_format(kind):
    document = read((DATA / f"{kind}-features.{kind}").read_bytes(), f"book.{kind}", DEFAULT)
    *values, title, table, signature = seen(document)
    found = [row for part in values for row in ([[part, ""]] if isinstance(part, str) else part)]
    # Calc keeps the truth of other workbooks as a number.
    assert found == [["真", "1"] if kind == "ods" and row[0] == "真" else row for row in VALUES]
    assert [title, table, signature] == ["表的标题", MERGED, "落款"]
    assert document.format == kind
    assert document.keeps_tables is True


@pytest.mark.parametrize("kind", KINDS)
def test_what_is_not_seen_in_a_workbook_is_told(kind):
    document = read((DATA / f"{kind}-features.{kind}").read_bytes(), f"book.{kind}", DEFAULT)
    assert {note.kind: note.count for note in document.notes} == {"comments": 1, "hidden-cells": 22, "hidden-sheets": 1}
    places = {note.kind: str(note.origin.span(0, 0)) for note in document.notes if note.kind != "comments"}
    assert places == {"hidden-cells": "单元格!C1", "hidden-sheets": "隐藏!A1"}


@pytest.mark.parametrize("kind", KINDS)
def test_every_cell_has_its_own_place(kind):
    document = read((DATA / f"{kind}-features.{kind}").read_bytes(), f"book.{kind}", DEFAULT)
    table = document.blocks[-2]
    assert [[str(cell.origin.span(0, 1)) for cell in row] for row in table.rows] == [
        ["合并!C3", "合并!E3", "合并!F3", "合并!G3"],
        ["合并!C4", "合并!D4", "合并!E4", "合并!F4", "合并!G4"],
        ["合并!D5", "合并!E5", "合并!F5", "合并!G5"],
        ["合并!C6", "合并!D6", "合并!E6", "合并!F6", "合并!G6"],
    ]


@given(st.integers(0, 16383))
def test_columns_are_named_as_sheets_name_them(column):
    assert SheetOrigin("表", 0, 8, column).span(0, 1).cell == f"{openpyxl.utils.get_column_letter(column + 1)}9"


# --- reports ----------------------------------------------------------------------------------------------------------


def cells_of(report):
    return {(key, *place): cell for key, table in report.tables.items() for place, cell in table.cells.items()}


def figures(report):
    return {place: cell.value for place, cell in cells_of(report).items()}


@pytest.mark.parametrize("several", [False, True], ids=["one sheet", "several sheets"])
@pytest.mark.parametrize("number", [at for at, entry in enumerate(layouts.ENTRIES) if entry["complete"]])
def test_published_tables_come_back_exactly(linter, number, several):
    original = linter.read(layouts.report(layouts.ENTRIES[number], "pipes_closed_merged").encode(), "report.txt")
    data = documents.write_workbook(documents.blocks(original), several_sheets=several)
    report = linter.read(data, "report.xlsx")
    assert figures(report) == figures(original)
    assert [section.heading.at.text for section in report.sections.values()] == [
        section.heading.at.text for section in original.sections.values()
    ]


@pytest.mark.parametrize("kind", KINDS)
def test_a_finding_names_the_cell(linter, kind):
    report = linter.read(DATA / f"miyun-2024-calc.{kind}")
    cell = report.tables["requests"]["new", "nat"]
    book = openpyxl.load_workbook(DATA / "miyun-2024-calc.xlsx")
    assert cell.span.sheet == "报告"
    assert f"{book['报告'][cell.span.cell].value}" == cell.raw == "7"


def test_a_workbook_of_nothing_but_tables_is_read(linter):
    original = linter.read(DATA.parent.parent.parent / "examples" / "clean-2024.txt")
    parts = [block for block in documents.blocks(original) if block.kind in ("title", "table")]
    report = linter.read(documents.write_workbook(parts, several_sheets=True), "report.xlsx")
    assert figures(report) == figures(original)


def changed(edit):
    """The clean report on one sheet, edited with openpyxl."""
    book = openpyxl.load_workbook(DATA / "clean-2024.xlsx")
    edit(book.active)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def unmerge(sheet):
    for area in list(sheet.merged_cells.ranges):
        sheet.unmerge_cells(f"{area}")


def move(sheet):
    unmerge(sheet)
    sheet.insert_cols(1, 2)
    sheet.insert_rows(1, 3)


def as_texts(sheet):
    for row in sheet.iter_rows():
        for cell in row:
            if isinstance(cell.value, int | float):
                cell.value, cell.number_format = f"{cell.value}", "@"


def without_empty_rows(sheet):
    unmerge(sheet)
    for row in range(sheet.max_row, 0, -1):
        if all(cell.value is None for cell in sheet[row]):
            sheet.delete_rows(row)


def with_checks(sheet):
    for row in range(1, sheet.max_row + 1):
        if isinstance(sheet.cell(row, 4).value, int):
            sheet.cell(row, 18, "对")


@pytest.mark.parametrize("edit", [unmerge, move, as_texts, without_empty_rows, with_checks])
def test_a_report_arranged_in_another_way_has_the_same_figures(linter, edit):
    original = linter.read(DATA / "clean-2024.xlsx")
    report = linter.read(changed(edit), "report.xlsx")
    assert figures(report) == figures(original)
    assert report.title.text == original.title.text


def test_blank_figures_stay_blank(linter):
    def blank_zeros(sheet):
        for row in sheet.iter_rows():
            for cell in row:
                if cell.value == 0 and not isinstance(cell, openpyxl.cell.MergedCell):
                    cell.value = None

    original = linter.read(DATA / "clean-2024.xlsx")
    report = linter.read(changed(blank_zeros), "report.xlsx")
    assert figures(report) == {place: value or None for place, value in figures(original).items()}
