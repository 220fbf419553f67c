"""Tables of a page: real cells with their spans, and tables that only give a page its shape."""

import pytest
from html_pieces import blocks, document, lines, page, rows, spans
from hypothesis import given
from hypothesis import strategies as st

from gilint.errors import InputError
from gilint.limits import DEFAULT
from gilint.model import Grid
from gilint.readers.html import read
from gilint.readers.html.tables import GridMaker

SMALL = "<table><tr><td>规章</td><td>3</td></tr><tr><td>文件</td><td>12</td></tr></table>"


def test_a_merged_cell_stands_where_it_begins():
    piece = (
        "<table><tr><td rowspan=2 colspan=2>甲</td><td>乙</td></tr><tr><td>1</td></tr>"
        "<tr><td>丙</td><td colspan=2>2</td></tr></table>"
    )
    assert rows(piece) == [["甲", "乙"], ["1"], ["丙", "2"]]
    assert spans(piece) == [[(2, 2), (1, 1)], [(1, 1)], [(1, 1), (1, 2)]]


@pytest.mark.parametrize(
    "cell",
    [
        "12",
        " 12\n",
        "<p>12</p>",
        "\n  <p>\n<span>12</span>\n</p>\n",
        "<div><font size=2><b>12</b></font></div>",
        "<p><span>1</span><span>2<o:p></o:p></span></p>",
        "<p>12</p><p>&nbsp;</p>",
        "&nbsp;<br>12<br>",
        "<a href='/x'>12</a>",
        "<p>12<script>hits()</script></p>",
        "<ul><li>12</li></ul>",
        "<table><tr><td>12</td></tr></table>",
    ],
)
def test_the_text_of_a_cell_is_what_is_seen_in_it(cell):
    assert rows(f"<table><tr><td>规章</td><td>{cell}</td></tr></table>") == [["规章", "12"]]


@pytest.mark.parametrize("cell", ["", "&nbsp;", "<p>&nbsp;</p>", "<p><span><o:p>&#160;</o:p></span></p>", "　", "<br>"])
def test_a_cell_without_text_is_blank(cell):
    assert rows(f"<table><tr><td>规章</td><td>{cell}</td><td>3</td></tr></table>") == [["规章", "", "3"]]


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("结果<br>维持", "结果\n维持"),
        ("<p>结果</p><p>维持</p>", "结果\n维持"),
        ("<div>结果<br></div>维持", "结果\n维持"),
        ("<p>结果</p>维持", "结果\n维持"),
        ("1<br>288", "1288"),
        ("1,<br/>\n288", "1,288"),
        ("<p>11398<br>889</p>", "11398889"),
        ("<b>1<br>2</b><br>3", "123"),
        ("12件<br>3", "12件\n3"),
        # Two paragraphs are two numbers: joined, they would be a wrong one.
        ("<p>12</p><p>5</p>", "12\n5"),
        ("<p>12<br></p><p>5</p>", "12\n5"),
        ("<p>12</p><br>5", "12\n5"),
        ("<p>12</p><p>&nbsp;<br>5</p>", "12\n5"),
        ("<ul><li>12</li></ul><p>&nbsp;<br>5</p>", "12\n5"),
    ],
)
def test_the_lines_of_a_cell_stay_apart_but_a_broken_number_is_one(cell, expected):
    assert rows(f"<table><tr><td>规章</td><td>{cell}</td></tr></table>") == [["规章", expected]]


def test_sections_headers_and_columns_of_a_table_are_rows_of_cells():
    piece = (
        "<table><caption>附表</caption><colgroup><col width=10><col></colgroup>"
        "<thead><tr><th>内容</th><th>件数</th></tr></thead><tbody><tr><td>规章</td><td>3</td></tr></tbody><tfoot><tr><td>合计</td><td>3</td></tr></tfoot></table>"
    )
    assert [block.text for block in blocks(piece) if not isinstance(block, Grid)] == ["附表"]
    assert rows(piece) == [["内容", "件数"], ["规章", "3"], ["合计", "3"]]


def test_cells_and_rows_that_nobody_closed_are_told_apart():
    assert rows("<table><tr><td>规章<td>3<tr><td>文件<td>12</table>") == [["规章", "3"], ["文件", "12"]]


def test_hidden_rows_and_cells_are_left_out():
    piece = (
        "<table><tr><td>规章</td><td style='display:none'>9</td><td>3</td></tr>"
        "<tr style='display: none'><td>文件</td><td>8</td></tr><tr hidden><td>隐</td><td>7</td></tr></table>"
    )
    assert rows(piece) == [["规章", "3"]]


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("2", 2), (" 2 ", 2), ("+2", 2), ("2.5", 2), ("2px", 2), ("1", 1), ("-1", 1), ("abc", 1), ("", 1), ("１２", 1),
        ("²", 1), ("0", 2), ("99999999", 2), ("9" * 5000, 2),
    ],
)  # fmt: skip
def test_spans_are_read_as_browsers_do_and_end_with_the_table(value, expected):
    piece = f'<table><tr><td rowspan="{value}">规章</td><td>3</td></tr><tr><td>4</td></tr></table>'
    assert spans(piece)[0][0] == (expected, 1)


def test_a_title_may_claim_more_columns_than_there_are():
    piece = f'<table><tr><td colspan="1000">附表</td></tr>{SMALL[7:]}'
    assert spans(piece)[0] == [(1, DEFAULT.table_columns)]


# --- tables that give a page its shape --------------------------------------------------------------------------------


def test_a_table_around_a_table_only_shapes_the_page():
    piece = f"<table><tr><td>左栏</td><td><p>一、总体</p>{SMALL}<p>二、其他</p></td></tr></table>"
    found = blocks(piece)
    assert [block.text if not isinstance(block, Grid) else "表" for block in found] == [
        "左栏",
        "一、总体",
        "表",
        "二、其他",
    ]
    assert rows(piece) == [["规章", "3"], ["文件", "12"]]


def test_a_frame_around_a_table_does_not_change_it():
    assert rows(f"<table border=1><tr><td>{SMALL}</td></tr></table>") == rows(SMALL)


def test_a_table_of_one_column_is_text():
    assert lines("<table><tr><td>一、总体</td></tr><tr><td><p>甲</p>乙</td></tr></table>") == ["一、总体", "甲", "乙"]


def test_a_column_that_is_always_blank_only_indents_the_text():
    assert lines("<table><tr><td>&nbsp;</td><td>一、总体</td></tr><tr><td></td><td>甲</td></tr></table>") == [
        "一、总体",
        "甲",
    ]


def test_columns_of_long_text_are_text():
    long = "".join(f"<p>第{number}项工作由专人负责，按月检查。</p>" for number in range(4))
    assert len(lines(f"<table><tr><td>左栏</td><td>{long}</td></tr></table>")) == 5


def test_text_across_most_of_a_sheet_stands_alone_on_its_row():
    """As a spreadsheet saves a whole report: one table, its text in merged cells beside cells that are blank."""
    piece = (
        "<table><tr><td colspan=8>一、总体情况</td><td></td><td></td></tr><tr><td colspan=3>新收</td>"
        + "<td>1</td>" * 7
        + "</tr></table>"
    )
    assert rows(piece) == [["一、总体情况"], ["新收", *"1" * 7]]


def test_a_label_whose_values_are_blank_keeps_them():
    label = "<tr><td colspan=3>新收</td>"
    piece = f"<table>{label}{'<td></td>' * 7}</tr>{label}{'<td>1</td>' * 7}</tr></table>"
    assert rows(piece)[0] == ["新收", *[""] * 7]


# --- limits -----------------------------------------------------------------------------------------------------------


def table(count, cell="<td>1</td>", wide=3):
    return f"<table>{('<tr>' + cell * wide + '</tr>') * count}</table>"


@pytest.mark.parametrize(
    ("piece", "key"),
    [
        (table(5001), "table_rows"),
        (table(2, wide=65), "table_columns"),
        (table(100, "<td rowspan=65534 colspan=1000>1</td>", 10), "table_columns"),
        (table(200, "<td rowspan=200>1</td>", 60), "table_columns"),
        (table(1000) * 3, "cells"),
    ],
)
def test_a_table_beyond_the_limits_is_refused_with_the_limit_to_raise(piece, key):
    with pytest.raises(InputError) as error:
        document(piece, limits=DEFAULT.replace(cells=8000))
    assert error.value.code == "too-large"
    assert key in error.value.advice["en"]


def test_limits_can_be_raised():
    assert len(document(table(2, wide=70), limits=DEFAULT.replace(table_columns=80)).blocks) == 3


# --- the short way and the long way -----------------------------------------------------------------------------------

PIECES = (
    "规章", "3", "1,", "288", " ", "\n", "&nbsp;", "<br>", "<br/>", "。", "<b>1</b>", "<span> 4</span>", "<!--x-->",
    "&#20013;",
)  # fmt: skip
TEXT = st.lists(st.sampled_from(PIECES), max_size=5).map("".join)
CELL = st.one_of(
    TEXT,
    TEXT.map("<p>{}</p>".format),
    st.lists(TEXT, min_size=1, max_size=3).map(lambda parts: "\n".join(f"<p>{part}</p>" for part in parts)),
    st.lists(st.one_of(TEXT, TEXT.map("<p>{}</p>".format), TEXT.map("<div>{}</div>".format)), max_size=4).map("".join),
)
SPANNED = st.tuples(CELL, st.sampled_from(("", " rowspan=2", " colspan=3", " rowspan=0"))).map(
    "<td{0[1]}>{0[0]}</td>".format
)
ROWS = st.lists(st.lists(SPANNED, min_size=1, max_size=4).map("".join), min_size=1, max_size=4)


@given(ROWS)
def test_a_table_of_nothing_but_text_is_read_as_any_other(tables):
    """The reader takes a shorter way for such tables; it must lead to the same place."""
    data = page(f"<table>{''.join(f'<tr>{row}</tr>' for row in tables)}</table>")
    short = read(data, "page.html", DEFAULT)
    plain = GridMaker.plain
    GridMaker.plain = lambda self, table: None
    try:
        long = read(data, "page.html", DEFAULT)
    finally:
        GridMaker.plain = plain
    assert described(short) == described(long)


def described(document):
    """All that a document says, with the place of every character that is no space."""
    found = []
    for block in document.blocks:
        for row in block.rows if isinstance(block, Grid) else ((block,),):
            for cell in row:
                size = (cell.row_span, cell.column_span) if isinstance(block, Grid) else ()
                found.append(
                    (
                        cell.text,
                        *size,
                        [cell.origin.span(at, at + 1) for at, one in enumerate(cell.text) if not one.isspace()],
                    )
                )
    return found
