"""What of a sheet is a table and what is text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sheet_pieces import laid_out, plain

from gilint.errors import InputError
from gilint.limits import DEFAULT, Limits
from gilint.model import Paragraph
from gilint.readers.spreadsheet.book import Book
from gilint.readers.spreadsheet.layout import blocks_of

HEADER = ["项目", "甲项", "乙项"]


def blocks(*rows, **more):
    return [plain(block) for block in laid_out(*rows, **more)]


# --- text and tables --------------------------------------------------------------------------------------------------


def test_cells_alone_in_their_rows_are_paragraphs():
    assert blocks(["标题"], [], ["第一段。"], ["第二段。"]) == ["标题", "第一段。", "第二段。"]


def test_lines_in_a_cell_of_text_are_paragraphs():
    assert blocks(["第一行\n第二行"]) == ["第一行", "第二行"]


def test_rows_of_several_cells_are_a_table():
    assert blocks(["标题"], HEADER, ["收费", "1", "2"]) == ["标题", [HEADER, ["收费", "1", "2"]]]


def test_blank_cells_are_kept_up_to_the_width_of_the_table():
    assert blocks(HEADER, ["收费", "1"], ["罚款", "", "2"]) == [[HEADER, ["收费", "1", ""], ["罚款", "", "2"]]]


def test_a_label_without_any_figures_stays_a_row_of_its_table():
    assert blocks(HEADER, ["收费"], ["罚款", "1", "2"]) == [[HEADER, ["收费", "", ""], ["罚款", "1", "2"]]]


def test_the_last_label_without_figures_stays_a_row_of_its_table():
    assert blocks(HEADER, ["罚款", "1", "2"], ["收费"]) == [[HEADER, ["罚款", "1", "2"], ["收费", "", ""]]]


def test_words_in_all_cells_of_a_row_are_no_header():
    rows = [HEADER, ["收费"], ["罚款", "不涉及", "不涉及"]]
    assert blocks(*rows) == [[HEADER, ["收费", "", ""], ["罚款", "不涉及", "不涉及"]]]


def test_a_line_before_another_header_is_its_title():
    rows = [HEADER, ["收费", "1", "2"], ["表二"], ["名称", "丙项", "丁项", "总计"], ["许可", "3", "4", "7"]]
    assert blocks(*rows) == [rows[:2], "表二", rows[3:]]


def test_a_line_over_the_whole_width_is_text():
    rows = [HEADER, ["收费", "1", "2"], ["三、其他"], ["罚款", "3", "4"]]
    assert blocks(*rows, merged=[(2, 0, 2, 2)]) == [rows[:2], "三、其他", rows[3:]]


def test_a_sentence_is_text():
    rows = [HEADER, ["收费", "1", "2"], ["注：以上为全年数。"], ["罚款", "3", "4"]]
    assert blocks(*rows) == [rows[:2], "注：以上为全年数。", rows[3:]]


def test_a_line_beside_the_table_is_text():
    rows = [HEADER, ["收费", "1", "2"], ["", "", "", "", "落款"]]
    assert blocks(*rows) == [rows[:2], "落款"]


def test_a_table_may_begin_anywhere():
    rows = [[], ["", "", "标题"], [], ["", "", *HEADER], ["", "", "收费", "1", "2"]]
    assert blocks(*rows) == ["标题", [HEADER, ["收费", "1", "2"]]]


def test_what_goes_on_below_an_empty_row_has_all_columns_of_the_table():
    rows = [["项目", "", "", "甲项", "乙项"], ["收费", "", "", "1", "2"], [], ["罚款", "", "", "3"]]
    assert blocks(*rows) == [rows[:2], [["罚款", "", "", "3", ""]]]


def test_a_table_with_a_header_of_its_own_has_its_own_columns():
    rows = [["名称", "丙项"], ["许可", "3"], [], HEADER, ["收费", "1", "2"]]
    assert blocks(*rows) == [rows[:2], rows[3:]]


def test_a_blank_row_with_lines_around_its_cells_belongs_to_the_table_above():
    header = ["维持", "纠正", "总计"]
    assert blocks(header, framed=[(1, 0), (1, 1), (1, 2)]) == [[header, ["", "", ""]]]
    assert blocks(header, framed=[(1, 0), (1, 2)]) == [[header]]


def test_an_empty_row_below_a_header_of_several_rows_is_the_row_of_its_figures():
    header = [["复议", "", "诉讼", ""], ["维持", "纠正", "维持", "纠正"]]
    merged = [(0, 0, 0, 1), (0, 2, 0, 3)]
    expected = [[("复议", 1, 2), ("诉讼", 1, 2)], header[1]]
    assert blocks(*header, [], ["五、问题"], merged=merged) == [[*expected, [""] * 4], "五、问题"]
    assert blocks(*header, ["五、问题"], merged=merged)[0][:2] == expected
    assert blocks(*header, [], ["", "1"], merged=merged) == [expected, [["", "1", "", ""]]]
    assert blocks(*header, ["1", "", "", ""], merged=merged) == [[*expected, ["1", "", "", ""]]]
    assert blocks(["项目", "", "说明"], ["收费", "甲", "正常"]) == [[["项目", "", "说明"], ["收费", "甲", "正常"]]]


# --- merged cells -----------------------------------------------------------------------------------------------------


def test_a_merged_cell_is_one_cell_where_it_begins():
    rows = [["项目", "", "甲项"], ["收", "一", "1"], ["", "二", "2"]]
    expected = [[("项目", 1, 2), "甲项"], [("收", 2, 1), "一", "1"], ["二", "2"]]
    assert blocks(*rows, merged=[(0, 0, 0, 1), (1, 0, 2, 0)]) == [expected]


def test_what_lies_under_a_merged_cell_is_not_seen():
    rows = [["项目", "旧", "甲项"], ["收费", "旧", "1"]]
    assert blocks(*rows, merged=[(0, 0, 0, 1), (1, 0, 1, 1)]) == [[[("项目", 1, 2), "甲项"], [("收费", 1, 2), "1"]]]


def test_a_merged_cell_without_text_is_one_blank_cell():
    rows = [["项目", "数量", ""], ["收费", "", ""], ["罚款", "2", ""]]
    merged = [(0, 1, 0, 2), (1, 1, 1, 2), (2, 1, 2, 2)]
    assert blocks(*rows, merged=merged) == [[["项目", ("数量", 1, 2)], ["收费", ("", 1, 2)], ["罚款", ("2", 1, 2)]]]


def test_a_label_merged_downwards_holds_rows_without_any_text_together():
    rows = [["项目", "种类", "数量"], ["收", "一", "1"], [], ["", "三", "3"]]
    assert blocks(*rows, merged=[(1, 0, 3, 0)]) == [[["项目", "种类", "数量"], [("收", 2, 1), "一", "1"], ["三", "3"]]]


def test_areas_on_each_other_end_where_the_upper_one_begins():
    rows = [["甲", "乙", "丙"], ["丁", "", ""]]
    found = blocks(*rows, merged=[(0, 1, 1, 1), (1, 0, 1, 2)])
    assert found == [[["甲", ("乙", 2, 1), "丙"], ["丁", ""]]]


def test_an_area_merged_over_the_whole_sheet_is_cut_to_the_table():
    assert blocks(["标题"], HEADER, ["收费", "1", "2"], merged=[(0, 0, 0, 16383)]) == [
        "标题",
        [HEADER, ["收费", "1", "2"]],
    ]


# --- hidden rows and columns ------------------------------------------------------------------------------------------


def test_hidden_rows_and_columns_are_left_out():
    rows = [["项目", "旧", "甲项"], ["隐藏", "0", "0"], ["收费", "9", "1"]]
    sheet = laid_out(*rows, hidden_rows=[1], hidden_columns=[1])
    assert [plain(block) for block in sheet] == [[["项目", "甲项"], ["收费", "1"]]]
    assert [[cell.origin.span(0, 1).cell for cell in row] for row in sheet[0].rows] == [["A1", "C1"], ["A3", "C3"]]


def test_a_merged_cell_with_its_first_column_hidden_is_seen_in_the_others():
    rows = [["项目", "", "甲项"], ["收费", "9", "1"]]
    assert blocks(*rows, merged=[(0, 0, 0, 1)], hidden_columns=[0]) == [[["项目", "甲项"], ["9", "1"]]]


def test_blank_cells_have_their_place_behind_hidden_ones():
    (table,) = laid_out(["项目", "旧", "甲项", "乙项"], ["收费", "9", "", "1"], hidden_columns=[1])
    assert [cell.origin.span(0, 0).cell for cell in table.rows[1]] == ["A2", "C2", "D2"]


# --- tables side by side ----------------------------------------------------------------------------------------------

LEFT = [["项目", "数量"], ["收费", "1"], ["罚款", "2"], ["许可", "3"]]
RIGHT = [["种类", "件数"], ["新收", "4"], ["结转", "5"], ["办结", "6"]]


def test_tables_side_by_side_are_read_one_after_the_other():
    rows = [["左表", "", "", "右表"], *([*left, "", *right] for left, right in zip(LEFT, RIGHT, strict=True))]
    assert blocks(*rows) == ["左表", LEFT, "右表", RIGHT]


def test_tables_side_by_side_below_a_common_title_are_told_apart():
    rows = [["总标题"], *([*left, "", *right] for left, right in zip(LEFT, RIGHT, strict=True))]
    assert blocks(*rows, merged=[(0, 0, 0, 4)]) == ["总标题", LEFT, RIGHT]


def test_figures_behind_an_empty_column_belong_to_their_labels():
    rows = [["项目", "", "数量", "金额"], ["收费", "", "1", "2"], ["罚款", "", "3", "4"], ["许可", "", "5", "6"]]
    assert blocks(*rows) == [rows]


def test_halves_of_a_table_with_an_empty_column_between_them_stay_together():
    rows = [
        ["复议", "", "", "诉讼", ""],
        ["维持", "纠正", "", "维持", "纠正"],
        ["全年", "全年", "", "全年", "全年"],
        ["1", "2", "", "3", "4"],
    ]
    assert blocks(*rows) == [rows]


def test_sums_that_a_clerk_wrote_beside_the_table_are_not_in_it():
    rows = [*([*row, "", check] for row, check in zip(LEFT, ["", "1", "", "对"], strict=True))]
    assert blocks(*rows) == [LEFT, "1", "对"]


def test_a_low_table_without_labels_of_rows_stands_beside_a_labelled_one():
    low = [["维持", "纠正"], ["全年", "半年"], ["1", "2"]]
    high = [*LEFT, ["结转", "4"], ["其他", "5"]]
    beside = [*low, *[["", ""]] * 3]
    assert blocks(*([*left, "", *right] for left, right in zip(high, beside, strict=True))) == [high, low]


def test_columns_that_are_blank_where_a_table_goes_on_belong_to_it():
    rows = [["项目", "", "", "甲项", "乙项", "丙项", "丁项"], ["收费", "", "", "1", "2", "3", "4"], []]
    more = [["罚款", "一", "", "", "", "", "5"], ["", "二", "", "", "", "", "6"], ["", "三", "", "", "", "", "7"]]
    assert blocks(*rows, *more) == [rows[:2], more]


def test_the_order_of_text_is_not_changed_by_a_sign_off_at_the_right():
    rows = [["标题"], ["正文。"], ["", "", "", "", "", "", "", "", "", "", "", "", "单位"], ["附件"]]
    assert blocks(*rows) == ["标题", "正文。", "单位", "附件"]


# --- limits -----------------------------------------------------------------------------------------------------------


def error(*rows, **more):
    with pytest.raises(InputError) as caught:
        laid_out(*rows, **more)
    assert caught.value.code == "too-large"
    return caught.value.advice["en"]


def test_a_table_of_too_many_rows_is_refused():
    rows = [["项目", f"{number}"] for number in range(11)]
    assert "table_rows" in error(*rows, limits=Limits(table_rows=10))
    assert len(laid_out(*rows[:10], limits=Limits(table_rows=10))[0].rows) == 10


def test_a_table_of_too_many_columns_is_refused():
    assert "table_columns" in error(["1"] * 11, limits=Limits(table_columns=10))
    assert len(laid_out(["1"] * 10, limits=Limits(table_columns=10))[0].rows[0]) == 10


def test_blank_cells_count_towards_the_cells_of_all_tables():
    rows = [["1", *[""] * 8, "1"]] * 3
    assert "cells" in error(*rows, limits=Limits(cells=29))
    assert len(laid_out(*rows, limits=Limits(cells=30))) == 1


def test_merged_areas_on_each_other_without_end_are_refused():
    rows = [["1"]] * 100
    assert "cells" in error(*rows, merged=[(0, column, 99, column) for column in range(100)], limits=Limits(cells=5000))


def test_a_cell_far_away_from_all_others_costs_nothing():
    sheet = Book("book.xlsx", "xlsx", DEFAULT).sheet("表")
    sheet.put(0, 0, "标题")
    sheet.put(1048575, 16383, "1")
    assert [plain(block) for block in blocks_of(sheet)] == ["标题", "1"]


# --- nothing lost, nothing made up ------------------------------------------------------------------------------------

TEXTS = st.sampled_from(["", "", "", "1", "20", "收费", "罚款项目", "无", "注：全年数。", "一、标题"])
SHEETS = st.lists(st.lists(TEXTS, max_size=9), min_size=1, max_size=14)
AREAS = st.lists(st.tuples(st.integers(0, 13), st.integers(0, 8), st.integers(0, 4), st.integers(0, 9)), max_size=5)


def apart(areas):
    """Areas as (top, left, bottom, right), those left out that lie on another."""
    taken, kept = set(), []
    for top, left, down, across in areas:
        slots = {(row, column) for row in range(top, top + down + 1) for column in range(left, left + across + 1)}
        if len(slots) > 1 and not slots & taken:
            taken |= slots
            kept.append((top, left, top + down, left + across))
    return kept, taken


@given(SHEETS, AREAS)
def test_every_cell_that_is_seen_is_read_once_and_at_its_place(rows, areas):
    merged, taken = apart(areas)
    begins = {(top, left) for top, left, _bottom, _right in merged}
    expected = {
        (row, column): text
        for row, texts in enumerate(rows)
        for column, text in enumerate(texts)
        if text and ((row, column) not in taken or (row, column) in begins)
    }
    found = {}
    for block in laid_out(*rows, merged=merged):
        for cell in [block] if isinstance(block, Paragraph) else [cell for row in block.rows for cell in row]:
            if cell.text:
                place = cell.origin.row, cell.origin.column
                assert place not in found
                found[place] = cell.text
    assert found == expected


@given(SHEETS, AREAS)
def test_every_row_of_a_table_is_as_wide_as_the_table(rows, areas):
    for block in laid_out(*rows, merged=apart(areas)[0]):
        if isinstance(block, Paragraph):
            continue
        slots = [0] * len(block.rows)
        for number, row in enumerate(block.rows):
            for cell in row:
                for below in range(number, number + cell.row_span):
                    slots[below] += cell.column_span
        assert len(set(slots)) == 1
