"""Text of PDFs: which lines are one paragraph, which gaps are spaces, and what is not read at all."""

import pytest
from pdf_pieces import Page, read_pdf, texts

# Forty ideographs: with 10.5 points each they fill a line from 90 to 510.
LONG = "各单位按照要求公布信息并在规定的时间内答复申请公布的内容由承办科室审核后报分管负责人审定"[:40]
REST = "后续内容写在这里。"


def read_texts(*pages, **options):
    return texts(read_pdf(*pages, **options))


# --- paragraphs -------------------------------------------------------------------------------------------------------


def page_of_prose():
    """Enough full lines to tell the margins, the first of each paragraph indented."""
    page = Page()
    for number in range(4):
        page.text(111, 400 + number * 60, LONG[:38]).text(90, 415 + number * 60, LONG).text(90, 430 + number * 60, REST)
    return page


PROSE = [LONG[:38] + LONG + REST] * 4


def test_lines_broken_at_the_margin_are_one_paragraph():
    assert read_texts(page_of_prose()) == PROSE


def test_a_heading_and_the_text_below_it_stay_apart():
    assert read_texts(page_of_prose().text(111, 385, "一、总体情况")) == ["一、总体情况", *PROSE]


def test_a_line_that_is_not_full_ends_its_paragraph():
    page = page_of_prose().text(90, 300, LONG[:30]).text(90, 315, REST)
    assert read_texts(page)[:2] == [LONG[:30], REST]


def ragged_page(last, first):
    """Lines that end at several places, the last two of them ``last`` and ``first``."""
    page = Page()
    for number in range(6):
        page.text(90, 400 + number * 15, LONG[: 40 - number % 2] if number else LONG)
    return page.text(92, 490, last).text(92, 505, first)


def test_a_figure_takes_the_mark_behind_it_to_the_next_line():
    # The figure would have fitted, but not with its mark.
    read = read_texts(ragged_page(LONG[:36] + "：", "530118；电话。"))
    assert read[-1].endswith(LONG[:36] + "：530118；电话。")


def test_a_line_within_a_sentence_may_leave_more_room():
    # Room for 2.8 characters: 册》 would have fitted.
    read = read_texts(ragged_page(LONG[:37], "册》600册。"))
    assert read[-1].endswith(LONG[:37] + "册》600册。")


def test_a_bracket_behind_a_percentage_stays_with_it():
    read = read_texts(ragged_page(LONG[:36], "100%（17个）。"))
    assert read[-1].endswith(LONG[:36] + "100%（17个）。")


def test_a_sentence_that_ends_before_a_line_is_full_ends_its_paragraph():
    read = read_texts(ragged_page(LONG[:35] + "。", "册已印发。"))
    assert read[-1] == "册已印发。"


def test_a_full_line_ends_its_paragraph_where_the_next_one_is_indented():
    page = page_of_prose().text(90, 300, LONG).text(111, 315, REST)
    assert read_texts(page)[:2] == [LONG, REST]


def test_a_full_line_ends_its_paragraph_where_the_next_one_is_numbered():
    page = page_of_prose().text(90, 300, LONG[:39] + "。").text(90, 315, "（二）其他内容")
    assert read_texts(page)[:2] == [LONG[:39] + "。", "（二）其他内容"]


def test_lines_farther_apart_than_usual_are_two_paragraphs():
    page = page_of_prose().text(90, 300, LONG).text(90, 330, REST)
    assert read_texts(page)[:2] == [LONG, REST]


def test_lines_of_two_sizes_are_two_paragraphs():
    page = page_of_prose().text(90, 300, LONG[:26], size=16).text(90, 320, REST)
    assert read_texts(page)[:2] == [LONG[:26], REST]


def test_a_line_goes_on_where_the_next_word_did_not_fit():
    page = Page()
    for number in range(4):
        # 36 ideographs end at 468; the nine narrow characters of the next word take up 47 points, and 42 are left.
        page.text(111, 300 + number * 60, LONG[:38]).text(90, 315 + number * 60, LONG[:36])
        page.text(90, 330 + number * 60, "2024-2025年" + REST)
    assert read_texts(page) == [LONG[:38] + LONG[:36] + "2024-2025年" + REST] * 4


def test_a_line_ends_where_the_next_word_would_have_fitted():
    page = Page()
    for number in range(4):
        page.text(111, 300 + number * 60, LONG[:38]).text(90, 315 + number * 60, LONG[:34])
        page.text(90, 330 + number * 60, "2024-2025年" + REST)
    assert read_texts(page) == [LONG[:38] + LONG[:34], "2024-2025年" + REST] * 4


def test_a_paragraph_goes_on_over_a_page_break_and_its_page_number():
    first = page_of_prose().text(111, 760, LONG[:38]).text(290, 810, "— 1 —")
    second = Page().text(90, 60, REST).text(290, 810, "— 2 —")
    assert read_texts(first, second) == [*PROSE, LONG[:38] + REST]


def test_a_title_broken_in_the_middle_of_the_page_is_one():
    page = (
        page_of_prose()
        .text(95, 100, "某某市某某区某某局二〇二四年度工作情况年度", size=19.5)
        .text(280, 128, "报告", size=19.5)
    )
    assert read_texts(page)[0] == "某某市某某区某某局二〇二四年度工作情况年度报告"


def test_a_title_set_in_two_lines_stays_in_two():
    page = page_of_prose().text(210, 100, "某某市某某局", size=20).text(200, 128, "2024年度报告", size=20)
    assert read_texts(page)[:2] == ["某某市某某局", "2024年度报告"]


def test_the_signature_on_the_right_stays_in_two_lines():
    page = page_of_prose().text(447, 680, "某某水务局").text(425, 700, "2025年1月16日")
    assert read_texts(page)[-2:] == ["某某水务局", "2025年1月16日"]


def test_lines_of_a_block_farther_in_are_one_paragraph():
    page = page_of_prose().text(132, 300, LONG[:36]).text(132, 315, REST)
    assert read_texts(page)[0] == LONG[:36] + REST


# --- spaces -----------------------------------------------------------------------------------------------------------


def test_gaps_between_ideographs_and_figures_are_no_spaces():
    # 2.6 points, a quarter of an em, as Word leaves them.
    page = Page().text(90, 100, "截至").text(113.6, 100, "2024").text(137.2, 100, "年底")
    assert read_texts(page) == ["截至2024年底"]


def test_spaces_that_were_typed_are_kept():
    assert read_texts(Page().text(90, 100, "截至 2024 年底")) == ["截至 2024 年底"]


def test_a_gap_between_two_ideographs_is_a_space_where_the_line_has_no_others():
    page = Page().text(90, 100, "所需信息").text(135, 100, "。二是增强互动")
    assert read_texts(page) == ["所需信息 。二是增强互动"]


def test_a_title_that_is_spaced_out_has_no_spaces():
    assert read_texts(Page().text(90, 100, "2024年度工作报告", size=22, spacing=8)) == ["2024年度工作报告"]


def test_figures_written_one_by_one_are_one_number():
    page = Page()
    for number, digit in enumerate("1288件"):
        page.text(90 + 5.25 * number, 100, digit)
    assert read_texts(page) == ["1288件"]


def test_latin_words_keep_their_spaces_and_ligatures_their_letters():
    assert read_texts(Page().text(90, 100, "oﬃcial ﬁle of 4.5 km")) == ["official file of 4.5 km"]


def test_a_raised_figure_stands_in_its_line():
    page = Page().text(90, 100, "面积12米", size=12).text(138, 96, "2", size=7).text(142, 100, "以上", size=12)
    assert read_texts(page) == ["面积12米2以上"]


def test_radicals_that_fonts_name_are_the_ideographs_that_were_written():
    assert read_texts(Page().text(90, 100, "⼀、总体⻓情⾏况⾯")) == ["一、总体长情行况面"]


# --- what is seen -----------------------------------------------------------------------------------------------------


def test_text_written_twice_to_look_bold_is_read_once():
    assert read_texts(Page().text(90, 100, "加粗的标题").text(91.5, 100, "加粗的标题")) == ["加粗的标题"]


def test_white_text_on_white_is_left_out_and_told():
    document = read_pdf(Page().text(90, 100, "看得见的文字").text(90, 120, "看不见的文字", colour=(1, 1, 1)))
    assert texts(document) == ["看得见的文字"]
    assert [(note.kind, note.count) for note in document.notes] == [("hidden-text", 1)]


def test_white_text_on_a_dark_ground_is_read():
    page = Page().area(80, 85, 300, 110, (0, 0, 0.5)).text(90, 100, "深色底上的文字", colour=(1, 1, 1))
    assert read_texts(page) == ["深色底上的文字"]


def test_the_words_behind_a_scanned_page_are_its_text():
    page = Page().picture(0, 0, 595, 842).text(90, 100, "识别程序认出的文字内容", mode=3)
    assert read_texts(page) == ["识别程序认出的文字内容"]


def test_text_outside_of_the_page_is_left_out():
    page = Page().text(90, 100, "页内的文字").text(-200, 120, "页外的文字").text(90, 900, "页下的文字")
    assert read_texts(page) == ["页内的文字"]


def test_text_set_aslant_across_a_page_is_left_out():
    page = Page().text(200, 500, "草稿草稿", size=60, turn=(0.7, 0.7, -0.7, 0.7)).text(90, 100, "正文的内容写在这里")
    assert read_texts(page) == ["正文的内容写在这里"]


# --- furniture --------------------------------------------------------------------------------------------------------

MARKS = "甲乙丙丁"


@pytest.mark.parametrize(
    "number", ["- {} -", "— {} —", "第{}页", "第{}页 共4页", "第 {} 页，共 4 页", "{}/4", "Page {} of 4"]
)
def test_page_numbers_are_left_out(number):
    pages = [
        Page().text(90, 300, f"{mark}段文字写在这里。").text(280, 810, number.format(at))
        for at, mark in enumerate(MARKS, 1)
    ]
    assert read_texts(*pages) == [f"{mark}段文字写在这里。" for mark in MARKS]


def test_bare_numbers_that_go_up_with_the_pages_are_left_out():
    pages = [Page().text(90, 300, f"{mark}段文字。").text(290, 810, f"{at}") for at, mark in enumerate(MARKS, 5)]
    assert read_texts(*pages) == [f"{mark}段文字。" for mark in MARKS]


def test_bare_numbers_that_do_not_are_kept():
    pages = [
        Page().text(90, 300, f"{mark}段文字。").text(290, 810, f"{at}") for at, mark in zip((7, 3), MARKS, strict=False)
    ]
    assert read_texts(*pages) == ["甲段文字。", "7", "乙段文字。", "3"]


def test_headers_and_footers_on_several_pages_are_left_out():
    pages = [
        Page()
        .text(90, 40, "某某区水务局年度报告")
        .text(90, 300, f"{mark}段文字。")
        .text(90, 820, f"打印于2025年1月{at}日")
        for at, mark in enumerate(MARKS, 1)
    ]
    assert read_texts(*pages) == [f"{mark}段文字。" for mark in MARKS]


def test_a_line_at_the_top_of_one_page_only_is_kept():
    pages = [Page().text(90, 40, "某某区水务局"), *[Page().text(90, 300, f"{mark}段文字。") for mark in MARKS]]
    assert read_texts(*pages)[0] == "某某区水务局"
