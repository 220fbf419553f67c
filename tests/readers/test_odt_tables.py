"""Tables of OpenDocument: merged, repeated, split and nested cells."""

import pytest
from odt_pieces import COVERED, cell, notes, p, read_odt, row, seen, spans, table

from gilint.errors import InputError
from gilint.limits import Limits


def test_merged_cells_stand_where_they_begin():
    body = table(
        row(cell("项目", attributes=spans(2, 2)), COVERED, "甲"),
        row(COVERED, COVERED, "1"),
        row("收", "一", "2"),
    )
    assert seen(body) == [[[("项目", 2, 2), "甲"], ["1"], ["收", "一", "2"]]]


def test_rows_and_cells_that_are_repeated_stand_there_as_often():
    body = table(
        row(
            "项", cell("0", attributes='table:number-columns-repeated="2"'), attributes='table:number-rows-repeated="2"'
        )
    )
    assert seen(body) == [[["项", "0", "0"], ["项", "0", "0"]]]


def test_rows_of_headers_and_groups_are_rows():
    body = table(
        "<table:table-columns><table:table-column/></table:table-columns>"
        f"<table:table-header-rows>{row('项目', '数量')}</table:table-header-rows>"
        f"<table:table-rows>{row('收', '1')}</table:table-rows>"
    )
    assert seen(body) == [[["项目", "数量"], ["收", "1"]]]


def test_paragraphs_of_a_cell_are_lines_and_a_broken_number_is_one():
    body = table(row(cell("商业", "企业"), cell(p("1<text:line-break/>288")), cell(p("甲<text:line-break/>乙"))))
    assert seen(body) == [[["商业\n企业", "1288", "甲\n乙"]]]


def test_every_cell_has_its_own_place():
    body = (
        p("题")
        + table(row(cell("项目", attributes=spans(1, 2)), COVERED, "甲"), row("收", "一", "12"))
        + table(row("尾", "3"))
    )
    document = read_odt(body)
    first, second = document.blocks[1:]
    assert first.rows[1][2].origin.span(0, 2).as_dict() == {
        "kind": "odt", "table": 1, "row": 2, "cell": 3, "start": 0, "end": 2
    }  # fmt: skip
    assert [f"{cell.origin.span(0, 1)}" for cell in first.rows[0]] == ["t1:r1:c1", "t1:r1:c2"]
    assert f"{second.rows[0][1].origin.span(0, 1)}" == "t2:r1:c2"
    orders = [block.rows[0][0].origin.span(0, 1).order for block in (first, second)]
    assert document.blocks[0].origin.span(0, 1).order < orders[0] < orders[1]


def test_a_table_in_a_cell_that_only_holds_text_is_text_of_the_cell():
    body = table(row(cell("外", table(row("单格")), "后"), "1"))
    assert seen(body) == [[["外\n单格\n后", "1"]]]


def test_a_row_with_another_table_in_it_only_serves_the_looks():
    inner = table(row("项目", "数量"), row("收", "1"))
    body = table(row("页眉", "一"), row(cell("左", inner), cell("右")), row("页脚", "二"))
    document = read_odt(body)
    assert seen(body) == [[["页眉", "一"]], "左", [["项目", "数量"], ["收", "1"]], "右", [["页脚", "二"]]]
    assert [f"{place}" for place in (
        document.blocks[1].origin.span(0, 1),
        document.blocks[2].rows[1][1].origin.span(0, 1),
        document.blocks[3].origin.span(0, 1),
        document.blocks[4].rows[0][0].origin.span(0, 1),
    )] == ["t1:r2:c1", "t2:r2:c2", "t1:r2:c2", "t1:r3:c1"]  # fmt: skip


def sub(*rows):
    return table(*rows, attributes='table:is-sub-table="true"')


def test_a_cell_that_was_split_is_cells_of_its_row():
    body = table(row("项目", cell("数量", attributes=spans(1, 2)), COVERED), row("收", cell(sub(row("1", "2")))))
    assert seen(body) == [[["项目", ("数量", 1, 2)], ["收", "1", "2"]]]


def test_a_cell_that_was_split_downwards_makes_rows():
    body = table(
        row(cell("全部", attributes=spans(2, 1)), "项目", "数量"),
        row(COVERED, "收", cell(sub(row("1"), row("2")))),
        row("无", "罚", "3"),
    )
    assert seen(body) == [
        [[("全部", 3, 1), "项目", "数量"], [("收", 2, 1), "1"], ["2"], ["无", "罚", "3"]],
    ]


def test_the_shorter_of_two_split_cells_reaches_down():
    body = table(row(cell(sub(row("1"), row("2"), row("3"))), cell(sub(row("4"), row("5")))))
    assert seen(body) == [[["1", "4"], ["2", ("5", 2, 1)], ["3"]]]


# --- limits -----------------------------------------------------------------------------------------------------------


def refusal(body, limits):
    with pytest.raises(InputError) as caught:
        read_odt(body, limits)
    assert caught.value.code == "too-large"
    return caught.value.advice["en"]


@pytest.mark.parametrize(
    ("body", "key"),
    [
        (table(row("1", attributes='table:number-rows-repeated="99999999"')), "table_rows"),
        (table(row("1") * 11), "table_rows"),
        (table(row(cell("1", attributes='table:number-columns-repeated="99999999"'))), "table_columns"),
        (table(row(cell("1", attributes=spans(1, 99999999)))), "table_columns"),
        (table(row("1", "2", "3") * 10) * 2, "cells"),
    ],
)
def test_tables_beyond_the_limits_are_refused(body, key):
    assert key in refusal(body, Limits(table_rows=10, table_columns=10, cells=50))


def test_spans_that_lead_out_of_the_table_end_with_it():
    assert seen(table(row(cell("1", attributes=spans(99999999, 1)), "2"), row(COVERED, "3"))) == [
        [[("1", 2, 1), "2"], ["3"]]
    ]


def test_numbers_that_are_none_count_as_one():
    broken = 'table:number-columns-spanned="x" table:number-rows-spanned="-3" table:number-columns-repeated=""'
    assert seen(table(row(cell("1", attributes=broken), "2"))) == [[["1", "2"]]]


def test_notes_inside_tables_are_told():
    document = read_odt(table(row(cell(p("1<office:annotation/>")), "2")))
    assert notes(document) == {"comments": 1}
    assert f"{document.notes[0].origin.span(0, 1)}" == "t1:r1:c1"


def test_a_cell_is_counted_as_one_sees_it_in_its_row():
    body = table(
        row(cell("三", attributes=spans(2, 1)), cell("（一）", attributes=spans(1, 2)), COVERED, "7"),
        row(COVERED, "（二）", "注", "8"),
    )
    (grid,) = read_odt(body).blocks
    assert [[f"{each.origin.span(0, 1)}" for each in cells] for cells in grid.rows] == [
        ["t1:r1:c1", "t1:r1:c2", "t1:r1:c3"],
        ["t1:r2:c2", "t1:r2:c3", "t1:r2:c4"],
    ]
