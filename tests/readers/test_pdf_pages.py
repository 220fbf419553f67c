"""PDFs page by page: tables over page breaks, places, what is noted beside the text, and what is refused."""

import subprocess
import sys
import threading
from pathlib import Path

import pytest
from pdf_pieces import HEIGHT, WIDTH, Page, file_of, pdf, read_pdf, texts

from gilint.errors import InputError
from gilint.limits import DEFAULT
from gilint.model import Grid
from gilint.readers.pdf import read

DATA = Path(__file__).resolve().parent.parent / "data" / "formats"
XS = [90, 190, 250, 310]
HEADER, FIRST, LAST = ["名称", "甲", "乙"], ["新收", "12", "0"], ["最后", "8", "9"]


# --- tables over page breaks ------------------------------------------------------------------------------------------


def over_break(above, below, *, closed=True):
    """The rows of a table whose third row ends a page, and whose fourth begins the next one below a page number.

    ``closed`` says that lines end the table at the end of the page and begin it on the next.
    """
    ends, tops = [700, 720, 740, 790], [60, 100, 120]
    first, second = Page(), Page()
    for x in XS:
        first.line(x, ends[0], x, ends[-1])
        second.line(x, tops[0], x, tops[-1])
    for y in ends if closed else ends[:-1]:
        first.line(XS[0], y, XS[-1], y)
    for y in tops if closed else tops[1:]:
        second.line(XS[0], y, XS[-1], y)
    first.text(90, 680, "表前的文字。").cells(XS, ends, [HEADER, FIRST, above]).text(280, 820, "- 1 -")
    second.cells(XS, tops, [below, LAST]).text(90, 150, "表后的文字。").text(280, 820, "- 2 -")
    read_texts = texts(read_pdf(first, second))
    assert read_texts[0] == "表前的文字。"
    assert read_texts[1:3] == [HEADER, FIRST]
    assert read_texts[-2:] == [LAST, "表后的文字。"]
    return read_texts[3:-2]


CUT = "申请人逾期未按收费\n通知要求缴纳费用行"
WHOLE = "申请人逾期未按收费通知要求缴纳费用行政机关不再处理"


def test_the_rest_of_a_label_is_joined_to_its_row():
    assert over_break([CUT, "3", "4"], ["政机关不再处理", "", ""]) == [[WHOLE, "3", "4"]]


def test_a_row_cut_below_all_of_its_text_is_one():
    assert over_break(["申请人逾期", "3", "4"], ["", "", ""]) == [["申请人逾期", "3", "4"]]


def test_figures_below_the_break_are_joined_to_the_label_above_it():
    assert over_break(["申请人逾期", "", ""], ["", "5", "6"]) == [["申请人逾期", "5", "6"]]


def test_a_label_below_the_break_is_joined_to_the_figures_above_it():
    assert over_break(["", "3", "4"], ["申请人逾期", "", ""]) == [["申请人逾期", "3", "4"]]


def test_a_row_may_be_cut_through_its_label_and_above_its_figures():
    assert over_break([CUT, "", ""], ["政机关不再处理", "5", "6"]) == [[WHOLE, "5", "6"]]


def test_a_row_that_no_line_ends_goes_on_whatever_is_in_it():
    assert over_break(["申请人", "3", ""], ["逾期", "", "6"], closed=False) == [["申请人逾期", "3", "6"]]


def test_a_number_cut_by_a_page_break_is_not_guessed():
    assert over_break(["申请人逾期", "12", "4"], ["", "34", ""]) == [["申请人逾期", "12\n34", "4"]]


def test_a_row_with_figures_of_its_own_is_a_row():
    assert over_break(["申请人逾期", "3", "4"], ["其他", "5", "6"]) == [["申请人逾期", "3", "4"], ["其他", "5", "6"]]


def test_a_numbered_label_begins_a_row_even_a_blank_one():
    assert over_break([CUT, "3", "4"], ["2.其他", "", ""]) == [[CUT.replace("\n", ""), "3", "4"], ["2.其他", "", ""]]


def test_a_blank_row_below_a_short_label_is_a_row():
    assert over_break(["新收", "3", "4"], ["结转", "", ""]) == [["新收", "3", "4"], ["结转", "", ""]]


def test_a_header_repeated_on_the_next_page_is_left_out():
    first, second = [700, 720, 740], [60, 80, 100]
    document = read_pdf(
        Page().ruled(XS, first).cells(XS, first, [HEADER, FIRST]),
        Page().ruled(XS, second).cells(XS, second, [HEADER, LAST]),
    )
    assert texts(document) == [HEADER, FIRST, LAST]


def test_a_merged_label_goes_on_over_the_page_break():
    xs = [90, 140, 190, 250]
    pages = []
    for ys, rows in (
        ([700, 720, 740], [["结果", "1.公开", "2"], [None, "2.部分", "4"]]),
        ([60, 80, 100], [[None, "3.不予", "6"], [None, "4.其他", "8"]]),
    ):
        page = Page()
        for x in xs:
            page.line(x, ys[0], x, ys[-1])
        page.line(90, ys[0], 250, ys[0]).line(140, ys[1], 250, ys[1]).line(90, ys[2], 250, ys[2])
        pages.append(page.cells(xs, ys, rows))
    (grid,) = read_pdf(*pages).blocks
    assert [[cell.text for cell in row] for row in grid.rows] == [
        ["结果", "1.公开", "2"], ["2.部分", "4"], ["3.不予", "6"], ["4.其他", "8"],
    ]  # fmt: skip
    assert grid.rows[0][0].row_span == 4


def test_tables_of_two_widths_are_not_joined():
    first, second = [700, 720, 740], [60, 80, 100]
    wider = [90, 190, 250, 400]
    document = read_pdf(
        Page().ruled(XS, first).cells(XS, first, [HEADER, FIRST]),
        Page().ruled(wider, second).cells(wider, second, [HEADER, LAST]),
    )
    assert sum(isinstance(block, Grid) for block in document.blocks) == 2


# --- places -----------------------------------------------------------------------------------------------------------


def test_a_place_is_the_page_and_the_box_of_the_characters():
    document = read_pdf(Page().text(90, 50, "第一页的文字。"), Page().text(90, 300, "第二页12件"))
    span = document.blocks[1].origin.span(3, 5)
    assert span.page == 2
    # Three ideographs from 90 on, then digits half as wide; on their line, 0.88 em high and 0.12 deep.
    assert span.box == pytest.approx((121.5, 290.76, 132, 301.26), abs=0.01)


def test_a_place_in_a_paragraph_over_two_pages_is_where_it_begins():
    first = Page()
    for number in range(4):
        first.text(111, 600 + number * 40, "要" * 38).text(90, 615 + number * 40, "求。")
    first.text(111, 780, "要" * 38)
    document = read_pdf(first, Page().text(90, 60, "求执行。"))
    paragraph = document.blocks[-1]
    assert paragraph.text == "要" * 38 + "求执行。"
    assert paragraph.origin.span(37, 39).page == 1
    assert paragraph.origin.span(38, 39).page == 2


def test_the_place_of_a_cell_is_its_text_and_of_a_blank_one_the_cell():
    ys = [200, 220, 240]
    page = Page().ruled(XS, ys).cells(XS, ys, [HEADER, ["新收", "12", None]])
    (grid,) = read_pdf(page).blocks
    assert grid.rows[1][1].origin.span(0, 2).box == pytest.approx((194, 223.76, 204.5, 234.26), abs=0.01)
    assert grid.rows[1][2].origin.span(0, 0).box == pytest.approx((250, 220, 310, 240), abs=0.01)


def test_places_on_a_turned_page_are_as_it_is_shown():
    page = Page(more=b"/Rotate 90").text(300, 700, "转过来的文字", turn=(0, 1, -1, 0))
    document = read_pdf(page)
    assert texts(document) == ["转过来的文字"]
    # Shown, the page is 842 wide: what was 142 above its lower edge is now 142 from the left, on a line 300 down.
    assert document.blocks[0].origin.span(0, 6).box == pytest.approx((142, 290.76, 205, 301.26), abs=0.01)


def test_places_on_a_cropped_page_are_as_it_is_shown():
    document = read_pdf(Page(more=b"/CropBox[50 50 545 792]").text(90, 100, "裁切后的页面"))
    assert document.blocks[0].origin.span(0, 1).box == pytest.approx((40, 40.76, 50.5, 51.26), abs=0.01)


def test_a_table_set_sideways_is_read_and_its_places_are_as_shown():
    page = Page()
    for x in (100, 200, 300):
        page.line(x, 200, x, 500)
    for y in (200, 300, 400, 500):
        page.line(100, y, 300, y)
    for column, row in enumerate([["名称", "12", "3"], ["结转", "4", "5"]]):
        for number, text in enumerate(row):
            page.text(150 + 100 * column, 490 - 100 * number, text, turn=(0, 1, -1, 0))
    document = read_pdf(page)
    assert texts(document) == [["名称", "12", "3"], ["结转", "4", "5"]]
    assert document.blocks[0].rows[0][1].origin.span(0, 2).box == pytest.approx((140.76, 379.5, 151.26, 390), abs=0.01)


# --- beside the text --------------------------------------------------------------------------------------------------


def test_title_author_and_date_are_those_of_the_file():
    information = b"<</Title(Microsoft Word - report.docx)/Author(Office)/CreationDate(D:20250116093000+08'00')>>"
    document = read_pdf(Page().text(90, 100, "正文"), information=information)
    assert document.metadata == {"title": "report", "author": "Office", "created": "2025-01-16"}
    assert (document.format, document.keeps_tables) == ("pdf", None)


def test_pages_that_are_pictures_are_noted():
    document = read_pdf(Page().text(90, 100, "有文字的一页，写在这里。"), *[Page().picture(0, 0, WIDTH, HEIGHT)] * 2)
    (note,) = document.notes
    assert (note.kind, note.count, note.origin.span(0, 0).page) == ("pictures", 2, 2)


def test_a_seal_is_no_picture_worth_a_note():
    assert read_pdf(Page().text(90, 100, "有文字的一页。").picture(400, 600, 500, 700)).notes == ()


def test_a_few_characters_without_meaning_are_noted_and_shown_as_such():
    document = read_pdf(Page().text(90, 100, "只有一个字符没有含义" + "\ue123"))
    assert texts(document) == ["只有一个字符没有含义\ufffd"]
    assert [(note.kind, note.count) for note in document.notes] == [("unmapped-text", 1)]


def test_remarks_are_counted():
    page = Page(more=b"/Annots[<</Type/Annot/Subtype/Text/Rect[0 0 9 9]/Contents(x)>><</Subtype/Link/Rect[0 0 9 9]>>]")
    (note,) = read_pdf(page.text(90, 100, "带批注的文字")).notes
    assert (note.kind, note.count) == ("comments", 1)


# --- refusals ---------------------------------------------------------------------------------------------------------


def refusal(data, limits=DEFAULT):
    with pytest.raises(InputError) as caught:
        read(data, "report.pdf", limits)
    assert caught.value.path == "report.pdf"
    assert all(caught.value.message.values())
    assert all(caught.value.advice.values())
    return caught.value


def test_a_scan_is_refused_with_the_way_out():
    error = refusal(
        pdf(Page().picture(0, 0, WIDTH, HEIGHT).text(290, 810, "- 1 -"), Page().picture(0, 0, WIDTH, HEIGHT))
    )
    assert error.code == "no-text"
    assert error.message["zh"] == "这是扫描件：只有 2 张图片，没有文字"
    assert "Word" in error.advice["zh"]


def test_an_empty_document_is_refused():
    assert refusal(pdf(Page(), Page().line(0, 0, 9, 9))).code == "no-text"


def test_a_font_without_meanings_is_refused():
    assert refusal(pdf(Page().text(90, 100, "字体没有对应的文字编码"), unicode=None)).code == "unmapped-text"


@pytest.mark.parametrize("text", ["\ue000\ue001\ue002", "\ue000" * 50 + "一些文字"])
def test_fonts_of_private_characters_are_refused(text):
    assert refusal(pdf(Page().text(90, 100, text))).code == "unmapped-text"


def test_too_many_pages_are_refused_and_the_limit_named():
    error = refusal(pdf(*[Page().text(90, 100, "一页")] * 4), DEFAULT.replace(pages=3))
    assert error.code == "too-large"
    assert "pages" in error.advice["zh"]


def test_a_page_larger_than_any_paper_is_refused():
    assert refusal(pdf(Page(20000, 842).text(90, 100, "太宽的一页"))).code == "too-large"


def test_a_document_under_a_password_is_refused():
    assert refusal((DATA / "pdf-locked.pdf").read_bytes()).code == "encrypted"


def test_a_document_that_may_only_be_read_is_read():
    assert texts(read((DATA / "pdf-restricted.pdf").read_bytes(), "report.pdf", DEFAULT)) == ["只许阅读的文字"]


@pytest.mark.parametrize("share", [0.1, 0.5])
def test_a_truncated_file_is_refused(share):
    data = pdf(Page().text(90, 100, "文字"))
    assert refusal(data[: int(len(data) * share)]).code == "damaged"


def test_a_page_tree_that_holds_itself_is_refused():
    data = file_of({1: b"<</Type/Catalog/Pages 2 0 R>>", 2: b"<</Type/Pages/Kids[2 0 R]/Count 1>>"})
    assert refusal(data).code == "damaged"


def test_forms_that_draw_each_other_without_end_are_refused():
    """Ten forms, each of which draws the next one ten times: ten billion lines."""
    forms = {
        number: (
            b"/Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</X %d 0 R>>>>" % (number + 1),
            b"/X Do " * 10,
        )
        for number in range(10, 20)
    }
    objects = {
        1: b"<</Type/Catalog/Pages 2 0 R>>",
        2: b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        3: b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]/Contents 4 0 R/Resources<</XObject<</X 10 0 R>>>>>>",
        4: (b"", b"/X Do"),
        **forms,
        20: (b"/Type/XObject/Subtype/Form/BBox[0 0 9 9]", b"0 0 m 9 9 l S"),
    }
    assert refusal(file_of(objects)).code == "too-large"


WITHOUT = """
import sys
sys.modules["pypdfium2"] = None
from gilint.errors import InputError
from gilint.limits import DEFAULT
from gilint.readers.pdf import read
try:
    read(b"%PDF-1.7", "report.pdf", DEFAULT)
except InputError as error:
    print(error.code, error.advice["en"])
"""


def test_without_its_library_the_command_to_install_it_is_told():
    done = subprocess.run([sys.executable, "-c", WITHOUT], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == 'missing-extra install it: pip install "gilint[pdf]"'


def test_the_library_is_not_loaded_until_a_pdf_is_read():
    program = "import sys, gilint.readers.pdf; print('pypdfium2' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"


def test_threads_may_read_at_once():
    data = pdf(*[Page().text(90, 400, "同时读取的文字。").ruled(XS, [200, 220, 240])] * 3)
    found = []
    threads = [threading.Thread(target=lambda: found.append(read(data, "a.pdf", DEFAULT))) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(found) == 8
    assert all(document == found[0] for document in found)
