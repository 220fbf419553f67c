"""Ruled tables in PDFs: however their lines are drawn, which text is in which cell, and what is not told apart."""

from itertools import pairwise

import pytest
from pdf_pieces import Page, read_pdf, texts

from gilint.model import Grid

XS, YS = [90, 190, 250, 310], [200, 220, 240, 260]
ROWS = [["名称", "甲", "乙"], ["新收", "12", "0"], ["结转", "2", "3"]]


def grid(page):
    """The only table of a page."""
    (found,) = [block for block in read_pdf(page).blocks if isinstance(block, Grid)]
    return found


def rows_of(page):
    return [[cell.text for cell in row] for row in grid(page).rows]


def spans_of(page):
    return [[(cell.row_span, cell.column_span) for cell in row] for row in grid(page).rows]


# --- how lines are drawn ----------------------------------------------------------------------------------------------


def as_lines(page):
    page.ruled(XS, YS)


def as_thin_areas(page):
    for x in XS:
        page.area(x - 0.4, YS[0], x + 0.4, YS[-1])
    for y in YS:
        page.area(XS[0], y - 0.4, XS[-1], y + 0.4)


def as_frames(page, gap=0):
    for left, right in pairwise(XS):
        for top, bottom in pairwise(YS):
            page.frame(left + gap, top + gap, right - gap, bottom - gap)


def as_frames_apart(page):
    as_frames(page, gap=2)


def as_borders_filled_between_two_rectangles(page):
    for left, right in pairwise(XS):
        for top, bottom in pairwise(YS):
            outer = (left, page.height - bottom, right - left, bottom - top)
            inner = (left + 1, page.height - bottom + 1, right - left - 2, bottom - top - 2)
            page.parts.append(b"0 g %g %g %g %g re %g %g %g %g re f*" % (*outer, *inner))


def as_dashes_of_a_pattern(page):
    for x in XS:
        page.line(x, YS[0], x, YS[-1], dash=b"[3 2] 0")
    for y in YS:
        page.line(XS[0], y, XS[-1], y, dash=b"[1 1] 0")


def as_dashes_one_by_one(page):
    for x in XS:
        for y in range(YS[0], YS[-1], 5):
            page.line(x, y, x, y + 3)
    for y in YS:
        for x in range(XS[0], XS[-1], 5):
            page.line(x, y, x + 3, y)


def as_dots(page):
    for x in XS:
        for y in range(YS[0], YS[-1], 3):
            page.area(x - 0.7, y, x + 0.7, y + 1.4)
    for y in YS:
        for x in range(XS[0], XS[-1], 3):
            page.area(x, y - 0.7, x + 1.4, y + 0.7)


def as_double_lines(page):
    for shift in (-1, 1):
        page.ruled([x + shift for x in XS], [y + shift for y in YS])


def as_one_path(page):
    height = page.height
    down = b" ".join(b"%g %g m %g %g l" % (x, height - YS[0], x, height - YS[-1]) for x in XS)
    across = b" ".join(b"%g %g m %g %g l" % (XS[0], height - y, XS[-1], height - y) for y in YS)
    page.parts.append(b"0.5 w " + down + b" " + across + b" S")


def as_white_lines_on_a_ground(page):
    page.area(XS[0], YS[0], XS[-1], YS[-1], (0.8, 0.9, 1))
    page.parts.append(b"1 1 1 RG")
    page.ruled(XS, YS)
    page.parts.append(b"0 G")


def as_lines_with_open_sides(page):
    for x in XS[1:-1]:
        page.line(x, YS[0], x, YS[-1])
    for y in YS:
        page.line(XS[0], y, XS[-1], y)


def as_lines_that_stop_short(page):
    for x in XS:
        page.line(x, YS[0] + 1.5, x, YS[-1] - 1.5)
    for y in YS:
        page.line(XS[0] + 1.5, y, XS[-1] - 1.5, y)


def in_a_form(page):
    page.form(Page().ruled(XS, [y - 40 for y in YS]), down=40)


DRAWINGS = [
    as_lines, as_thin_areas, as_frames, as_frames_apart, as_borders_filled_between_two_rectangles,
    as_dashes_of_a_pattern, as_dashes_one_by_one, as_dots, as_double_lines, as_one_path, as_white_lines_on_a_ground,
    as_lines_with_open_sides, as_lines_that_stop_short, in_a_form,
]  # fmt: skip


@pytest.mark.parametrize("draw", DRAWINGS, ids=lambda draw: draw.__name__)
def test_a_table_is_read_however_its_lines_are_drawn(draw):
    page = Page()
    draw(page)
    assert rows_of(page.cells(XS, YS, ROWS)) == ROWS


def test_a_frame_around_the_page_is_no_table():
    page = Page().frame(40, 40, 555, 800).text(90, 100, "框内的文字内容").ruled(XS, YS).cells(XS, YS, ROWS)
    assert texts(read_pdf(page)) == ["框内的文字内容", *ROWS]


def test_lines_below_a_header_and_words_are_no_table():
    page = Page().line(90, 50, 505, 50).text(90, 100, "带下划线的文字").line(90, 102, 160, 102)
    assert texts(read_pdf(page)) == ["带下划线的文字"]


def test_two_tables_on_a_page_stay_two():
    below = [y + 200 for y in YS]
    page = Page().ruled(XS, YS).cells(XS, YS, ROWS).text(90, 330, "两表之间").ruled(XS, below).cells(XS, below, ROWS)
    assert texts(read_pdf(page)) == [*ROWS, "两表之间", *ROWS]


# --- merged cells -----------------------------------------------------------------------------------------------------


def test_a_cell_merged_across_is_one_cell():
    page = Page()
    for x in (90, 310):
        page.line(x, 200, x, 260)
    page.line(190, 220, 190, 260).line(250, 220, 250, 260)
    for y in YS:
        page.line(90, y, 310, y)
    page.cells(XS, YS, [["第一项", None, None], *ROWS[1:]])
    assert rows_of(page) == [["第一项"], *ROWS[1:]]
    assert spans_of(page) == [[(1, 3)], [(1, 1)] * 3, [(1, 1)] * 3]


def test_a_cell_merged_downwards_stands_where_it_begins():
    page = Page()
    for x in XS:
        page.line(x, 200, x, 260)
    for y in (200, 220, 260):
        page.line(90, y, 310, y)
    page.line(190, 240, 310, 240).cells(XS, YS, [ROWS[0], ["办理结果", "12", "0"], [None, "2", "3"]])
    assert rows_of(page) == [ROWS[0], ["办理结果", "12", "0"], ["2", "3"]]
    assert spans_of(page) == [[(1, 1)] * 3, [(2, 1), (1, 1), (1, 1)], [(1, 1)] * 2]


def test_where_a_line_was_not_drawn_in_full_the_columns_stay_apart():
    """The line between the two label columns is missing beside the first of three rows."""
    xs, ys = [90, 150, 210, 260], [200, 220, 240, 260]
    page = Page()
    for x in (90, 210, 260):
        page.line(x, 200, x, 260)
    page.line(150, 220, 150, 260).line(90, 200, 260, 200).line(90, 260, 260, 260)
    page.line(150, 220, 260, 220).line(150, 240, 260, 240)
    page.cells(xs, ys, [["结果", "公开", "1"], [None, "部分", "2"], [None, "其他", "3"]])
    assert rows_of(page) == [["结果", "公开", "1"], ["部分", "2"], ["其他", "3"]]


def test_labels_in_one_cell_stand_in_their_rows_where_no_line_parts_them():
    page = Page()
    for x in XS:
        page.line(x, 200, x, 260)
    for y in (200, 260):
        page.line(90, y, 310, y)
    for y in (220, 240):
        page.line(190, y, 310, y)
    page.cells(XS, YS, [["1.公开", "1", "2"], ["2.部分", "3", "4"], ["3.其他", "5", "6"]])
    assert rows_of(page) == [["1.公开", "1", "2"], ["2.部分", "3", "4"], ["3.其他", "5", "6"]]


# --- texts of cells ---------------------------------------------------------------------------------------------------


def narrow(label, number):
    """A table with a column in which three digits have room, and no more."""
    xs, ys = [90, 190, 216, 310], [200, 220, 252, 272]
    return Page().ruled(xs, ys).cells(xs, ys, [["名称", "甲", "乙"], [label, number, "0"], ["结转", "225", "3"]])


def test_a_label_broken_for_want_of_room_is_one():
    xs = [90, 140, 250]
    page = Page().ruled(xs, [200, 230, 260]).cells(xs, [200, 230, 260], [["本年新收\n申请数量", "12"], ["结转", "2"]])
    assert rows_of(page) == [["本年新收申请数量", "12"], ["结转", "2"]]


def test_a_number_broken_for_want_of_room_is_one():
    assert rows_of(narrow("新收", "128\n8"))[1] == ["新收", "1288", "0"]


def test_a_grouped_number_broken_behind_its_comma_is_one():
    assert rows_of(narrow("新收", "10,\n000"))[1] == ["新收", "10,000", "0"]


def test_figures_below_each_other_with_room_beside_them_are_no_number():
    page = Page().ruled(XS, [200, 220, 252, 272])
    page.cells(XS, [200, 220, 252, 272], [ROWS[0], ["新收", "12\n88", "0"], ROWS[2]])
    assert rows_of(page)[1] == ["新收", "12\n88", "0"]


def test_figures_that_stand_apart_are_no_number():
    page = Page().ruled(XS, YS).cells(XS, YS, [ROWS[0], ["新收", None, "0"], ROWS[2]])
    assert rows_of(page.text(194, 233, "123", spacing=4))[1] == ["新收", "1 2 3", "0"]


def test_figures_written_over_each_other_are_no_number():
    page = Page().ruled(XS, YS).cells(XS, YS, [ROWS[0], ["新收", "12", "0"], ROWS[2]]).text(200, 233, "3")
    assert rows_of(page)[1] == ["新收", "12 3", "0"]


def test_a_number_that_reaches_over_a_line_makes_one_cell_of_two():
    page = Page().ruled(XS, YS).cells(XS, YS, [ROWS[0], ["新收", None, None], ROWS[2]]).text(194, 233, "12345678901234")
    assert rows_of(page) == [ROWS[0], ["新收", "12345678901234"], ROWS[2]]
    assert spans_of(page)[1] == [(1, 1), (1, 2)]


def test_numbers_close_to_the_line_between_them_stay_two():
    page = Page().ruled(XS, YS).cells(XS, YS, [ROWS[0], ["新收", None, None], ROWS[2]])
    assert rows_of(page.text(238, 233, "12").text(251.5, 233, "34"))[1] == ["新收", "12", "34"]


def test_rows_that_no_line_parts_are_not_guessed():
    page = Page()
    for x in XS:
        page.line(x, 200, x, 260)
    for y in (200, 220, 260):
        page.line(90, y, 310, y)
    assert rows_of(page.cells(XS, YS, ROWS)) == [ROWS[0], ["新收\n结转", "12\n2", "0\n3"]]


def test_a_table_with_no_lines_between_its_rows_is_set_out_like_a_page():
    ys = [200, 220, 240, 260, 280, 300, 320]
    rows = [["名称", "甲", "乙"], *[[f"第{mark}行", "12", "0"] for mark in "一二三四五"]]
    page = Page()
    for x in XS:
        page.line(x, 200, x, 320)
    for y in (200, 220, 320):
        page.line(90, y, 310, y)
    read = texts(read_pdf(page.cells(XS, ys, rows)))
    assert [line.split() for line in read] == rows


@pytest.mark.parametrize("turn", [(0, 1, -1, 0), (0, -1, 1, 0)], ids=["upwards", "downwards"])
def test_a_label_turned_sideways_is_read(turn):
    ys = [200, 220, 290, 310]
    page = Page().ruled(XS, ys).cells(XS, ys, [ROWS[0], [None, "1", "2"], ROWS[2]])
    page.text(140, 285 if turn[1] > 0 else 225, "办理结果", turn=turn)
    assert rows_of(page)[1] == ["办理结果", "1", "2"]


def test_a_label_with_a_character_a_line_is_one_word():
    ys = [200, 220, 290, 310]
    page = Page().ruled(XS, ys).cells(XS, ys, [ROWS[0], [None, "1", "2"], ROWS[2]])
    assert rows_of(page.lines(94, 233, "本年办理", pitch=12))[1] == ["本年办理", "1", "2"]


def test_blank_cells_are_blank():
    assert rows_of(Page().ruled(XS, YS).cells(XS, YS, [ROWS[0], ["新收", None, "0"], ROWS[2]]))[1] == ["新收", "", "0"]


# --- tables that nothing rules ----------------------------------------------------------------------------------------


def test_columns_set_with_gaps_keep_their_places():
    page = Page().text(90, 100, "名称").text(195, 100, "甲").text(300, 100, "乙")
    page.text(90, 120, "新收").text(195, 120, "1288").text(300, 120, "0")
    # A space is half an em, 5.25 points: 105 points are twenty spaces, less the width of what stands before.
    assert texts(read_pdf(page)) == [
        "名称                甲                  乙",
        "新收                1288                0",
    ]


FULL = ["12", "3", "45", "6"]
PLACES = [250, 300, 350, 400]


def unruled(rows, pitch=20):
    page = Page()
    for number, (label, figures) in enumerate(rows):
        page.text(90, 100 + number * pitch, label)
        for place, figure in zip(PLACES, figures, strict=True):
            if figure:
                page.text(place, 100 + number * pitch, figure)
    return texts(read_pdf(page))


def test_blank_cells_are_known_where_the_columns_are_certain():
    rows = unruled([("一行", FULL), ("二行", ["7", "", "8", ""]), ("三行", FULL), ("四行", FULL)])
    assert rows[1] == "二行\t7\t\t8\t"


def test_figures_close_below_others_are_not_taken_for_a_row():
    """They may be the rest of numbers that a narrow column broke."""
    rows = unruled([("一行", FULL), ("二行", ["7", "", "8", ""]), ("三行", FULL), ("四行", FULL)], pitch=14)
    assert "\t" not in rows[1]


def test_blank_cells_are_left_open_where_a_column_is_never_filled_twice():
    rows = unruled([("一行", FULL), ("二行", ["7", "", "8", ""]), ("三行", ["7", "", "8", "1"])])
    assert not any("\t" in row for row in rows)
