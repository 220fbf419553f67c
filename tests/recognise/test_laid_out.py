"""Text that is set in grids for its looks is text; grids that are no table of the form are lines of it."""

import pytest
from grids import Book, Piece
from samples import NUMERALS, PREAMBLE, TITLE, TITLES, linter, read, report, roles

LINES = report().strip().split("\n")


def row(*texts):
    return [[Piece(text, "note") for text in texts]]


def texts(found):
    return [(passage.role, passage.text) for passage in found.passages if passage.role != "outside"]


SET = {
    "the title in a table": Book().grid(row(TITLE)).text(*LINES[1:]),
    "the title between blank cells": Book().grid(row("", TITLE, "")).text(*LINES[1:]),
    "the title in two lines of a cell": Book()
    .grid(row("平澜县水务局2024年\n政府信息公开工作年度报告"))
    .text(*LINES[1:]),
    "two lines between blank cells": Book()
    .grid(row("", "平澜县水务局2024年\n政府信息公开工作年度报告"))
    .text(*LINES[1:]),
    "all in one cell": Book().grid(row("\n".join(LINES))),
    "beside a column of links": Book().grid(row("本局概况\n政策文件\n年报", "\n".join(LINES))),
    "beside a margin": Book().grid(row("", "\n".join(LINES), "")),
    "a row a line": Book().grid([line for text in LINES for line in row(text)]),
    "a row a line in a sheet": Book().grid([line for text in LINES for line in row(text, "", "", "")]),
    "the sign-off in rows": Book().text(*LINES[:-2]).grid([*row("", "平澜县水务局"), *row("", "2025年1月16日")]),
}


@pytest.mark.parametrize("made", SET.values(), ids=SET)
def test_text_in_a_grid_is_read_as_text(made):
    found = linter().read(made.document())
    plain = read(report())
    assert (found.title.text, found.issuer, found.year) == (TITLE, "平澜县水务局", 2024)
    assert list(found.sections) == list(plain.sections)
    assert found.signoff.date == (2025, 1, 16)
    title = "".join(found.title.text.split())
    assert [(role, title if role == "title" else text) for role, text in texts(found)] == texts(plain)


@pytest.mark.parametrize("cells", [("", "平澜县水务局\n2025年1月16日"), ("平澜县水务局", "2025年1月16日")])
def test_a_sign_off_in_a_row_of_a_grid_is_found(cells):
    found = linter().read(Book().text(*LINES[:-2]).grid(row(*cells)).document())
    assert (found.signoff.issuer.text, found.signoff.date) == ("平澜县水务局", (2025, 1, 16))
    assert roles(found)["signoff"] == ["\t".join(cell.replace("\n", "") for cell in cells if cell)]


@pytest.mark.parametrize("numbered", [True, False], ids=["numbered", "not numbered"])
def test_headings_may_stand_beside_their_text(numbered):
    rows = [
        line
        for numeral, title in zip(NUMERALS, TITLES, strict=True)
        for line in row(
            f"{numeral}、{title}" if numbered else title, "（一）主动公开\n12条" if numeral == "一" else "无"
        )
    ]
    found = linter().read(Book().text(TITLE, PREAMBLE).grid(rows).text(*LINES[-2:]).document())
    assert [len(section.passages) for section in found.sections.values()] == [1] * 6
    assert [heading.title for heading in found.sections["overview"].headings] == ["主动公开"]
    assert [passage.text for passage in found.sections["other"].passages] == ["无"]


def test_a_grid_that_is_no_table_of_the_form_is_no_prose():
    grid = [*row("渠道", "数量"), *row("网站", "12"), *row("公众号", "7\n8")]
    found = linter().read(Book().text(*LINES[:3]).grid(grid).text(*LINES[3:]).document())
    assert roles(found)["table"] == ["渠道\t数量", "网站\t12", "公众号\t7 8"]
    passage = next(passage for passage in found.passages if passage.text.startswith("公众号"))
    assert [str(passage.span(at, at + 1)) for at in (0, 4, 6)] == ["t1:r3:c1", "t1:r3:c2", "t1:r3:c2"]


def test_where_a_report_of_grids_breaks_off_is_told_by_row():
    from gilint.errors import InputError

    with pytest.raises(InputError) as error:
        linter().read(Book().text(*LINES[:5]).grid([*row("渠道", "数量"), *row("网站", "12")]).document())
    assert error.value.code == "truncated"
    assert error.value.message["zh"].startswith("内容到 表1第2行第2格 为止")
