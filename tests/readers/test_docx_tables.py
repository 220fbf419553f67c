"""Tables of Word documents: cells that begin in a row, merges in all the ways of the format, tables in tables."""

import docx_pieces as pieces
import pytest
from docx_pieces import cell, opened, paragraph, row, run, table, texts

from gilint.errors import InputError
from gilint.limits import DEFAULT
from gilint.model import Grid

BREAK = "<w:r><w:br/></w:r>"


def span(width):
    return f'<w:gridSpan w:val="{width}"/>'


def merged(value=None, more=""):
    return more + (f'<w:vMerge w:val="{value}"/>' if value else "<w:vMerge/>")


def shape(grid):
    """(text, rows, columns) of each cell; columns are left out where there is one, and rows as well."""
    return [[_cell(each) for each in row] for row in grid.rows]


def _cell(each):
    if each.row_span == each.column_span == 1:
        return each.text
    return (each.text, each.row_span, each.column_span)


def grid_of(*rows, limits=DEFAULT):
    (grid,) = opened(table(*rows), limits).blocks
    return grid


def test_cells_are_merged_over_columns_and_rows():
    grid = grid_of(
        row(cell("申请人情况", span(3)), cell("总计", merged("restart"))),
        row("自然人", cell("法人", span(2)), cell("", merged("continue"))),
        row("7", "1", "0", cell("看不到", merged())),
        row("7", "1", "0", "8"),
    )
    assert shape(grid) == [
        [("申请人情况", 1, 3), ("总计", 3, 1)],
        ["自然人", ("法人", 1, 2)],
        ["7", "1", "0"],
        ["7", "1", "0", "8"],
    ]


def test_cells_are_merged_over_both():
    grid = grid_of(
        row(cell("甲", span(2) + merged("restart")), "1"),
        row(cell("", span(2) + merged()), "2"),
        row("乙", "丙", "3"),
    )
    assert shape(grid) == [[("甲", 2, 2), "1"], ["2"], ["乙", "丙", "3"]]


def test_a_merge_ends_where_another_begins():
    grid = grid_of(
        *(row(cell(text, merged(value)), "0") for text, value in (("甲", "restart"), ("", None), ("乙", "restart")))
    )
    assert shape(grid) == [[("甲", 2, 1), "0"], ["0"], ["乙", "0"]]


@pytest.mark.parametrize(
    ("first", "second", "wanted"),
    [
        (cell("甲"), cell("乙", merged()), [["甲", "0"], ["乙", "0"]]),
        (cell("甲", merged("restart")), cell("乙", merged(more=span(2))), [["甲", "0"], [("乙", 1, 2), "0"]]),
        (cell("甲", merged("restart")), cell("乙"), [["甲", "0"], ["乙", "0"]]),
    ],
    ids=["nothing above", "another width", "not merged"],
)
def test_a_cell_that_cannot_belong_to_the_one_above_is_a_cell(first, second, wanted):
    assert shape(grid_of(row(first, "0"), row(second, "0"))) == wanted


def test_a_merge_does_not_skip_a_row():
    grid = grid_of(row(cell("甲", merged("restart"))), row(cell("乙")), row(cell("丙", merged())))
    assert shape(grid) == [["甲"], ["乙"], ["丙"]]


def test_a_row_of_continued_cells_stays_a_row():
    grid = grid_of(
        row(cell("甲", merged("restart")), cell("1", merged("restart"))), row(cell("", merged()), cell("", merged()))
    )
    assert shape(grid) == [[("甲", 2, 1), ("1", 2, 1)], []]


def test_cells_merged_in_the_old_way():
    old = '<w:hMerge w:val="{}"/>'.format
    grid = grid_of(
        row(cell("甲", old("restart")), cell("藏", old("continue")), cell("", "<w:hMerge/>"), "1"),
        row(cell("乙", merged("restart", old("restart"))), cell("", merged("restart", old("continue"))), "2", "3"),
        row(cell("", merged(more=old("restart"))), cell("", merged(more=old("continue"))), "4", "5"),
    )
    assert shape(grid) == [[("甲", 1, 3), "1"], [("乙", 2, 2), "2", "3"], ["4", "5"]]


def test_slots_that_a_row_leaves_out_before_its_cells_are_blank():
    before = '<w:gridBefore w:val="2"/><w:gridAfter w:val="1"/>'
    grid = grid_of(row("甲", "乙", "丙", "丁"), row("丁", properties=before))
    assert shape(grid) == [["甲", "乙", "丙", "丁"], [("", 1, 2), "丁"]]
    assert str(grid.rows[1][1].origin.span(0, 1)) == "t1:r2:c1"
    assert shape(grid_of(row("甲", "1", properties='<w:gridBefore w:val="0"/>'))) == [["甲", "1"]]


def test_rows_and_cells_in_content_controls():
    def control(inside):
        return f"<w:sdt><w:sdtPr><w:rPr/></w:sdtPr><w:sdtContent>{inside}</w:sdtContent></w:sdt>"

    wrapped = f'<w:customXml w:element="x">{row("乙", "2")}</w:customXml>'
    body = table(row(control(cell("甲")), cell(control(paragraph("1")))), control(row("丙", "3")) + wrapped)
    assert texts(body) == [[["甲", "1"], ["丙", "3"], ["乙", "2"]]]


# --- text of cells ----------------------------------------------------------------------------------------------------


def test_paragraphs_of_a_cell_are_its_lines():
    grid = grid_of(
        row(
            cell(paragraph("结果") + paragraph() + paragraph("纠正")),
            cell(paragraph(run("商业") + BREAK + run("企业"))),
        )
    )
    assert shape(grid) == [["结果\n\n纠正", "商业\n企业"]]
    assert [place["start"] for place in pieces.spans(grid.rows[0][0].origin, "结果纠正")] == [0, 1, 2, 3]


@pytest.mark.parametrize(
    ("content", "text"),
    [
        (run("1") + BREAK + run("288"), "1288"),
        (run("12") + BREAK + BREAK + run("34"), "1234"),
        (run("１") + BREAK + run("２"), "１２"),
        (run("3") + BREAK + run("件"), "3\n件"),
        (run("第") + BREAK + run("1"), "第\n1"),
    ],
)
def test_a_line_break_inside_a_number_is_none(content, text):
    assert shape(grid_of(row(cell(paragraph(content)), "0"))) == [[text, "0"]]


def test_numbers_of_two_paragraphs_stay_two():
    assert shape(grid_of(row(cell(paragraph("1") + paragraph("288")), "0"))) == [["1\n288", "0"]]


def test_a_cell_without_a_paragraph_is_blank():
    assert shape(grid_of(row("<w:tc><w:tcPr/></w:tc>", "0"))) == [["", "0"]]


# --- places -----------------------------------------------------------------------------------------------------------


def test_tables_rows_and_cells_are_counted_as_they_stand():
    body = paragraph("甲") + table(row("1", "2"), row(cell("3", merged("restart")), "4"), row(cell("", merged()), "5"))
    blocks = opened(body + paragraph("乙") + table(row("6"))).blocks
    grid = blocks[1]
    assert [[str(each.origin.span(0, 1)) for each in cells] for cells in grid.rows] == [
        ["t1:r1:c1", "t1:r1:c2"],
        ["t1:r2:c1", "t1:r2:c2"],
        ["t1:r3:c2"],
    ]
    assert [str(block.origin.span(0, 1)) for block in (blocks[0], blocks[2])] == ["p1:1", "p2:1"]
    assert str(blocks[3].rows[0][0].origin.span(0, 1)) == "t2:r1:c1"
    orders = [
        blocks[0].origin.span(0, 1).order,
        *(each.origin.span(0, 1).order for cells in grid.rows for each in cells),
    ]
    assert orders == sorted(orders)


# --- tables in tables -------------------------------------------------------------------------------------------------


def test_a_table_of_one_cell_in_a_cell_is_text_of_that_cell():
    inner = cell(paragraph("甲") + table(row("乙")) + paragraph("丙"), span(2))
    assert shape(grid_of(row(inner, "1"), row("丁", "戊", "2"))) == [[("甲\n乙\n丙", 1, 2), "1"], ["丁", "戊", "2"]]


@pytest.mark.parametrize(
    "inner", [table(row("一", "二", "三")), table(row("一"), row("二"), row("三"))], ids=["row", "column"]
)
def test_a_row_or_a_column_of_words_in_a_cell_is_text_of_that_cell(inner):
    assert shape(grid_of(row(cell(inner + paragraph()), "1"))) == [["一\n二\n三\n", "1"]]


def test_a_row_with_a_table_in_it_only_serves_the_looks():
    inner = table(row("规章", "1"), row("规范性文件", "2"))
    body = paragraph("零") + table(
        row("标题", "右"),
        row(cell(paragraph("甲") + inner + paragraph("乙")), cell(paragraph("丙"))),
        row("页脚", "尾"),
    )
    blocks = opened(body + table(row("末", "9"))).blocks
    assert [shape(block) if isinstance(block, Grid) else block.text for block in blocks] == [
        "零",
        [["标题", "右"]],
        "甲",
        [["规章", "1"], ["规范性文件", "2"]],
        "乙",
        "丙",
        [["页脚", "尾"]],
        [["末", "9"]],
    ]
    assert str(blocks[5].origin.span(0, 1)) == "t1:r2:c2"
    assert str(blocks[6].rows[0][1].origin.span(0, 1)) == "t1:r3:c2"
    # The second paragraph of the cell begins behind the first.
    assert [str(block.origin.span(0, 1)) for block in (blocks[2], blocks[4])] == ["t1:r2:c1", "t1:r2:c1"]
    assert [block.origin.span(0, 1).start for block in (blocks[2], blocks[4])] == [0, 2]
    assert str(blocks[3].rows[1][1].origin.span(0, 1)) == "t2:r2:c2"
    assert str(blocks[7].rows[0][0].origin.span(0, 1)) == "t3:r1:c1"
    orders = [
        block.rows[0][0].origin.span(0, 1).order if isinstance(block, Grid) else block.origin.span(0, 1).order
        for block in blocks
    ]
    assert orders == sorted(orders)


def test_a_report_set_in_one_cell_reads_as_if_it_were_not():
    report = paragraph("一、总体情况") + table(row("规章", "1"), row("规范性文件", "2")) + paragraph("二、其他")
    framed = table(row(cell(table(row(cell(report))) + paragraph())))
    plain, inside = texts(report), texts(framed)
    assert [text for text in inside if text] == plain


def test_a_row_of_numbers_in_a_cell_is_a_table():
    assert texts(table(row(cell(table(row("1", "2", "3"))), "甲"))) == [[["1", "2", "3"]], "甲"]


# --- limits -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("value", ["-3", "0", "x", "", "1.5", "9" * 5000])
def test_a_width_that_is_no_number_is_one_slot(value):
    assert shape(grid_of(row(cell("甲", span(value)), "1"))) == [["甲", "1"]]


def refused(body, limits=DEFAULT):
    with pytest.raises(InputError) as caught:
        opened(body, limits)
    assert caught.value.code == "too-large"
    return caught.value.advice["en"]


def test_a_row_that_is_too_wide_is_refused():
    assert "table_columns" in refused(table(row(cell("甲", span(99999999)))))
    assert "table_columns" in refused(table(row("甲", properties='<w:gridBefore w:val="65"/>')))
    assert "table_columns" in refused(table(row(*("1" for _ in range(65)))))


def test_as_many_columns_and_rows_as_allowed_are_read():
    grid = grid_of(row(*("1" for _ in range(64))))
    assert len(grid.rows[0]) == 64
    limits = DEFAULT.replace(table_rows=3)
    assert len(grid_of(*[row("1")] * 3, limits=limits).rows) == 3
    assert "table_rows" in refused(table(*[row("1")] * 4), limits)


def test_the_cells_of_all_tables_are_limited_together():
    limits = DEFAULT.replace(cells=10)
    body = table(row(*"12345"))
    assert len(opened(body * 2, limits).blocks) == 2
    assert "cells" in refused(body * 2 + table(row("6")), limits)
