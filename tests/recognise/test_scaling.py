"""The work grows with the text and no faster: twice as much of anything takes about twice as many steps.

Steps are counted as calls, not timed, so that a busy machine is no defect.
"""

import sys

import pytest
from grids import Cells, Piece, book, canvas
from samples import example, form, linter

from gilint.model import Grid

TEXT = example("clean-2024")
BEFORE = TEXT.index("二、主动公开政府信息情况")
INSIDE = TEXT.index("四、结转下年度继续办理 |")

# What is repeated: (where it goes, the text). A thousand and two thousand times.
REPEATED = {
    "short lines": (BEFORE, "我局公开。\n"),
    "empty lines": (BEFORE, "\n"),
    "numbers": (BEFORE, "0\n"),
    "tab cells": (BEFORE, "\t0\n"),
    "tabs": (BEFORE, "公开\t"),
    "pipes": (BEFORE, "0|"),
    "spaces": (BEFORE, "公开 信息 "),
    "full lines": (BEFORE, "我局公开政府信息情况良好并且持续推进工作落实见效再接再厉稳步前进完\n"),
    "dots": (BEFORE, "总体情况" + "." * 90 + "\n"),
    "gaps": (BEFORE, "一、总体情" + " " * 90 + "况\n"),
    "sections": (BEFORE, "一、总体情况\n"),
    "other headings": (BEFORE, "一、工作机制\n"),
    "aspects": (BEFORE, "（一）主动公开\n"),
    "dates": (BEFORE, "2024年1月1日\n"),
    "rules": (BEFORE, "|---|---|\n"),
    "furniture": (BEFORE, "来源：某\n"),
    "rows": (INSIDE, "新设的一种情形 | 0 | 0 | 0 | 0 | 0 | 0 | 0 |\n"),
    "labels": (INSIDE, "1.属于国家秘密\n"),
    "labels in turn": (INSIDE, "1.属于国家秘密\n2.重复申请\n"),
    "labels in one line": (INSIDE, "1.属于国家秘密 "),
    "labels in one word": (INSIDE, "1.属于国家秘密"),
    "labelled rows": (INSIDE, "1.属于国家秘密 | 0 | 0 | 0 | 0 | 0 | 0 | 0 |\n"),
    "runs": (INSIDE, "1.属于国家秘密 1 2 3 4 5 6 7\n"),
    "pages": (INSIDE, "1.属于国家  秘密  0 0 0 0 0 0 0\n"),
    "headers": (len(TEXT), "结果维持\n结果纠正\n其他结果\n尚未审结\n总计\n"),
    "header rows": (len(TEXT), "行政复议\t结果维持\t结果纠正\t其他结果\t尚未审结\t总计\n"),
}


def steps(text):
    """How many calls reading the text, or a document, takes."""
    count = 0

    def counted(_frame, _event, _argument):
        nonlocal count
        count += 1

    source, name = (text.encode(), "report.txt") if isinstance(text, str) else (text, None)
    sys.setprofile(counted)
    try:
        linter().read(source, name)
    finally:
        sys.setprofile(None)
    return count


@pytest.mark.parametrize(("at", "text"), REPEATED.values(), ids=REPEATED)
def test_twice_the_text_takes_at_most_twice_the_steps(at, text):
    few, many = (steps(TEXT[:at] + text * times + TEXT[at:]) for times in (1000, 2000))
    nothing = steps(TEXT)
    assert many - nothing <= 2.3 * max(few - nothing, 1000)


# --- grids ------------------------------------------------------------------------------------------------------------

FORM = form("2021")
CELLS = {table.key: {row.key: ["0"] * len(row.columns) for row in table.value_rows} for table in FORM.tables}


def row(*texts):
    return [Piece(text, "note") for text in texts]


# Rows that are put into the table of requests below its header, ten cells each.
ROWS = {
    "other rows": lambda _number: row("新设的一种情形", *["0"] * 9),
    "blank rows": lambda _number: row(*[""] * 10),
    "numbers": lambda number: row(*map(str, range(number, number + 10))),
    "a label again": lambda _number: row("", "", "1.属于国家秘密", *["0"] * 7),
    "labels in turn": lambda number: row("", "", ("1.属于国家秘密", "2.重复申请")[number % 2], *["0"] * 7),
    "headers": lambda _number: row(
        "", "", "", "自然人", "商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他", "总计"
    ),
    "short rows": lambda _number: row("新设", "0"),
    "text": lambda _number: row("我局公开。"),
    "long rows": lambda _number: row(*["0"] * 50),
}


def with_rows(make, count):
    """A report whose table of requests has so many rows more."""
    parts = {table.key: canvas(table, CELLS[table.key]) for table in FORM.tables}
    whole = Cells(parts["requests"])
    added = [[[0, piece, 1, 1] for piece in make(number)] for number in range(count)]
    whole.rows[5:5] = added
    return book(FORM, {**parts, "requests": whole}).document()


@pytest.mark.parametrize("make", ROWS.values(), ids=ROWS)
def test_twice_the_rows_of_a_grid_take_at_most_twice_the_steps(make):
    few, many = (steps(with_rows(make, times)) for times in (200, 400))
    nothing = steps(with_rows(make, 0))
    assert many - nothing <= 2.3 * max(few - nothing, 1000)


@pytest.mark.parametrize("span", [1000, 10**8])
def test_cells_that_claim_to_span_everything_cost_no_more_than_others(span):
    document = with_rows(ROWS["numbers"], 200)
    blocks = [
        Grid(tuple([tuple([cell.replace(row_span=span, column_span=span) for cell in line]) for line in block.rows]))
        if isinstance(block, Grid)
        else block
        for block in document.blocks
    ]
    assert steps(document.replace(blocks=tuple(blocks))) < 10 * steps(document)
