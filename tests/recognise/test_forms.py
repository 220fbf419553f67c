"""Reports that mix two forms, and sections with more headings than the form has: read as what they are."""

import pytest
from grids import book, canvas, unmerged
from layouts import DISCLOSURE
from printing import pipes_closed, report, runs, tab_cells, tab_rows
from samples import ROOT, form, linter, read

FORMS = ("2021", "2019")


def zeros(name):
    return {table.key: {row.key: ["0"] * len(row.columns) for row in table.value_rows} for table in form(name).tables}


def canvases(name):
    return {table.key: canvas(table, zeros(name)[table.key]) for table in form(name).tables}


def mixed(own, other, *keys, arrange=lambda drawn: drawn):
    """A report in one form whose tables ``keys`` are those of the other."""
    parts = {**canvases(own), **{key: arrange(canvases(other)[key]) for key in keys}}
    return book(form(own), parts).document()


def labels(found):
    return [(label, place.text, place.address.table) for label, place in found.foreign_labels]


# --- two forms in one report ------------------------------------------------------------------------------------------

OTHER = "（六）其他处理"
NEW = (
    "1.申请人无正当理由逾期不补正、行政机关不再处理其政府信息公开申请",
    "2.申请人逾期未按收费通知要求缴纳费用、行政机关不再处理其政府信息公开申请",
)


@pytest.mark.parametrize("arrange", [lambda drawn: drawn, unmerged], ids=["merged", "not merged"])
def test_the_single_row_of_the_old_form_is_told_and_takes_no_part(arrange):
    found = linter().read(mixed("2021", "2019", "requests", arrange=arrange))
    assert found.form.id == "annual-report/2021"
    assert labels(found) == [(OTHER, OTHER, "requests")]
    assert found.tables["requests"].missing_rows == ("other_1", "other_2", "other_3")
    assert len(found.tables["requests"]) == 22 * 7


@pytest.mark.parametrize("layout", [tab_rows, tab_cells, pipes_closed, runs], ids=lambda layout: layout.__name__)
def test_the_single_row_of_the_old_form_is_told_in_text(layout):
    old = form("2019").table("requests")
    cells = {**zeros("2021"), "requests": zeros("2019")["requests"]}
    layouts = {**dict.fromkeys(cells, tab_rows), "requests": lambda _table, rows: layout(old, rows)}
    found = read(report(form("2021"), layouts, cells))
    assert labels(found) == [(OTHER, OTHER, "requests")]
    assert found.tables["requests"].unread == ()


@pytest.mark.parametrize("layout", [tab_rows, tab_cells, pipes_closed], ids=lambda layout: layout.__name__)
@pytest.mark.parametrize("name", FORMS)
def test_a_table_of_its_own_form_has_no_foreign_labels(name, layout):
    assert labels(read(report(form(name), dict.fromkeys(zeros(name), layout), zeros(name)))) == []


def test_rows_of_the_new_form_in_an_old_table_are_told_and_give_no_numbers_to_others():
    found = linter().read(mixed("2019", "2021", "requests"))
    assert found.form.id == "annual-report/2019"
    assert labels(found) == [(label, label, "requests") for label in NEW]
    assert [row.key for row in found.tables["requests"].unread] == ["other"]


def test_where_the_old_form_is_out_of_date_labels_of_the_new_one_are_not_foreign():
    document = mixed("2019", "2021", "requests")
    later = [
        block.replace(text=block.text.replace("2020年", "2024年").replace("2021年", "2025年"))
        if hasattr(block, "text")
        else block
        for block in document.blocks
    ]
    found = linter().read(document.replace(blocks=tuple(later)))
    assert (found.year, found.form.id, labels(found)) == (2024, "annual-report/2019", [])
    told = [
        finding for finding in linter().lint(document.replace(blocks=tuple(later))).findings if finding.rule == "T101"
    ]
    assert "本年新制作数量" in told[0].message
    assert NEW[0] not in told[0].message


def test_a_header_of_the_old_form_is_told_with_its_place():
    heads = list(DISCLOSURE["2021"])
    heads[1] = "信息内容\t本年新制作数量\t本年新公开数量\t对外公开总数量"
    layouts = {**dict.fromkeys(zeros("2021"), tab_rows), "disclosure": lambda _table, _rows: heads}
    found = read(report(form("2021"), layouts, zeros("2021")))
    assert [label for label, _text, _table in labels(found)] == ["本年新制作数量", "本年新公开数量", "对外公开总数量"]


# --- more headings than the form has ----------------------------------------------------------------------------------

BASE = (ROOT / "rules" / "annual-report" / "forms" / "2021.default.txt").read_text(encoding="utf-8")
FEES = BASE.split("六、其他需要报告的事项\n\n")[1].split("\n")[0]
SEVEN = (
    "（六）组织领导\n\n局长任领导小组组长，成员为各科室负责人。\n\n（七）教育培训\n\n4月18日组织学习，参加42人次。\n\n"
)


def findings(text):
    return [(finding.rule, finding.severity) for finding in linter().lint(text.encode(), "report.txt").findings]


def test_seven_aspects_are_headings_of_the_first_section():
    text = BASE.replace("二、主动公开政府信息情况\n", f"{SEVEN}二、主动公开政府信息情况\n", 1)
    headings = read(text).sections["overview"].headings
    assert [(heading.number, heading.title) for heading in headings[5:]] == [(6, "组织领导"), (7, "教育培训")]
    assert findings(text) == findings(BASE) == []


LOCAL = {
    "headings": "（一）贯彻落实政务公开年度工作要点情况\n\n完成工作要点19项。\n\n（二）收取信息处理费情况\n\n",
    "run-in headings": "（一）贯彻落实政务公开年度工作要点情况。完成工作要点19项。\n\n（二）收取信息处理费情况。",
    "an aspect's name": "（一）依申请公开情况\n\n已列表。\n\n（二）存在的主要问题\n\n已改正。\n\n（三）收费情况\n\n",
    "words": "一是落实政务公开工作要点，完成19项。\n\n二是收取信息处理费。",
}


@pytest.mark.parametrize("local", LOCAL.values(), ids=LOCAL)
def test_what_is_reported_below_the_last_section_stays_in_it(local):
    text = BASE.replace(FEES, local + FEES)
    found = read(text)
    assert list(found.sections) == [section.key for section in form("2021").sections]
    assert FEES in found.sections["other"].passages[-1].text
    assert findings(text) == []


def test_a_list_below_the_last_section_is_one_of_its_headings():
    text = BASE.replace(FEES, f"1.落实工作要点情况\n完成19项。\n2.收取信息处理费情况\n{FEES}")
    headings = read(text).sections["other"].headings
    assert [(heading.level, heading.title) for heading in headings] == [
        (3, "落实工作要点情况"),
        (3, "收取信息处理费情况"),
    ]
    # 一、 and then 1. leaves out a level, which is a hint and no more.
    assert findings(text) == [("S111", "info")]
