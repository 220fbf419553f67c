"""How a block shows which cell is wrong: the part of the table, its marks, and the arithmetic below."""

import re
from decimal import Decimal
from types import SimpleNamespace

import miyun_result as miyun
import pytest

from gilint.form import FormColumn, FormRow
from gilint.formulas import compile_equation
from gilint.model import Cause, Related, Suggestion
from gilint.reporters import Options, Run
from gilint.reporters.tables import shortened
from gilint.reporters.terminal import TerminalReporter
from gilint.text import width

WIDTHS = (40, 60, 80, 100, 120)
SIDE = "   │ "


def render(of, *findings, equations=None, **options) -> str:
    sums = (equations or {}).items()
    rules = {rule: SimpleNamespace(id=rule, check="equation", options={"compiled": own}) for rule, own in sums}
    run = Run((miyun.result().replace(report=of, findings=findings),), rules=rules)
    reporter = TerminalReporter(Options(**{"width": 80, "summary": False, **options}))
    return "".join(reporter.render(run))


def drawn(output: str) -> list[str]:
    """The lines inside of the frame, with single spaces."""
    return [re.sub(r" +", " ", each.removeprefix(SIDE)) for each in output.splitlines() if each.startswith(SIDE)]


def told(output: str) -> list[str]:
    """The lines below the table, each entry as one line with single spaces."""
    text = re.sub(r"\n   │ {2,}(?=\S)", " ", output)
    return [re.sub(r" +", " ", each[5:]).strip() for each in text.splitlines() if each.startswith("   ├─ ")]


def sums_of(of):
    return miyun.equations(of.form)


def t303(of, row, **more):
    """The finding that the total of a row is not the sum of its cells."""
    table = of.tables["requests"]
    related = tuple(Related(table[row, key].address, table[row, key].span, "") for key in list(miyun.COLUMNS)[:6])
    found = miyun.finding("T303", "row-totals", "error", f"{row}：总计不符", table[row, "tot"], related=related, **more)
    return found.replace(title="总计列不等于各类申请人之和")


def t302(of, column, **more):
    """The finding that the total of a column is not the sum of its cells."""
    table = of.tables["requests"]
    rows = ("open", "deny_5", "other_3")
    related = tuple(Related(table[row, column].address, table[row, column].span, "") for row in rows)
    message = f"{column}：各项之和不符"
    found = miyun.finding("T302", "results", "error", message, table["result", column], related=related, **more)
    return found.replace(title="办理结果总计不等于各项之和")


def change(row, column, before, after, text="改一格"):
    return Suggestion((("requests", row, column, before, after),), text)


def one_wrong_cell():
    """Row open reads 5 where 2 adds up with its row and its column."""
    of = miyun.report(miyun.requests(open="5 0 0 0 0 0 2"))
    cause = Cause("c", "只有相交的这一格能同时说明")
    first = t303(of, "open", cause=cause, suggestions=(change("open", "nat", 5, 2),))
    return of, first, t302(of, "nat", cause=cause)


# --- marks --------------------------------------------------------------------------------------------------------


def test_wrong_cells_are_marked_and_those_that_merely_take_part_are_not():
    of = miyun.report()
    rows = drawn(render(of, *(one.replace(suggestions=one.suggestions[:1]) for one in miyun.balances(of))))
    assert rows[1:] == [
        " 自然人 商业企业",
        "一、本年新收政府信息公开申请数量 [7 → 8] [1 → 0]",
        "二、上年结转政府信息公开申请数量 0 0",
        "三、本年度办理结果",
        "（七）总计 8 0",
        "四、结转下年度继续办理 0 0",
    ]


def test_figures_stand_below_each_other():
    of, *findings = one_wrong_cell()
    rows = [each for each in render(of, *findings, equations=sums_of(of)).splitlines() if re.search(r"\d]? *$", each)]
    rows = [each for each in rows if each.startswith(SIDE) and "→" not in each]
    assert len({width(each) for each in rows}) == 1
    assert len(rows) == 3


def test_cells_that_other_answers_would_change_have_a_sign_of_their_own():
    rows = drawn(render(miyun.report(), *miyun.balances(miyun.report())))
    assert "（七）总计 8* 0*" in rows
    assert "* 也可能错在这些格" in rows


def test_where_nothing_is_proposed_the_places_of_the_findings_are_marked():
    of, first, second = one_wrong_cell()
    rows = drawn(render(of, first.replace(suggestions=()), second, equations=sums_of(of)))
    assert "（一）予以公开 5 0 0 0 0 0 [2]" in rows
    assert "（七）总计 [8] 0 0 0 0 0 8" in rows


def test_a_wrong_cell_is_red_its_proposal_green_and_the_rest_of_the_part_plain():
    of, *findings = one_wrong_cell()
    output = render(of, *findings, equations=sums_of(of), color=True, width=100)
    assert "\x1b[1;31m[5 → \x1b[0m\x1b[1;32m2\x1b[0m\x1b[1;31m]\x1b[0m" in output
    # In the row of the sum of the column, only the first figure belongs to an equation that fails.
    total = next(
        each for each in output.splitlines() if "（七）总计" in each and "总计行" not in each and "├" not in each
    )
    assert re.search(r" 8 .*\x1b\[2m0 \x1b\[0m", total)


def test_a_change_from_blank_and_of_a_decimal_are_drawn_as_they_would_be_printed():
    of = miyun.report(miyun.requests(open=" 0 0 0 0 0 2"))
    suggestion = Suggestion(
        (("requests", "open", "nat", None, 2), ("proactive", "fees", "amount", Decimal("0.038"), Decimal("3.80"))), "改"
    )
    rows = drawn(render(of, t303(of, "open", suggestions=(suggestion,))))
    assert "（一）予以公开 [· → 2] 0 0 0 0 0 2" in rows
    assert "行政事业性收费 [0.038 → 3.80]" in rows


def test_a_figure_is_drawn_as_it_is_printed():
    of = miyun.report(miyun.requests())
    raw = {"nat": "-3", "biz": "1,295", "sci": "１２", "soc": "—", "law": "12（其中修订3件）", "oth": "12345678"}
    table = of.tables["requests"]
    cells = {**table.cells, **{("open", key): table["open", key].replace(raw=text) for key, text in raw.items()}}
    of = of.replace(tables={"requests": table.replace(cells=cells)})
    rows = drawn(render(of, t303(of, "open"), width=120))
    assert "（一）予以公开 -3 1,295 １２ — 12（其中修订3件） 12345678 [2]" in rows


def test_words_in_a_cell_that_is_not_the_matter_are_cut_short():
    of = miyun.report()
    table = of.tables["requests"]
    long = table["open", "biz"].replace(raw="12（其中区分处理的修订件3件）", kind="text", value=None)
    of = of.replace(tables={"requests": table.replace(cells={**table.cells, ("open", "biz"): long})})
    assert "12（其中区分处理…" in "".join(drawn(render(of, t303(of, "open"), width=120)))
    itself = miyun.finding("T307", "words", "warning", "带有说明文字", long)
    assert "[12（其中区分处理的修订…]" in "".join(drawn(render(of, itself, width=120)))


# --- where it is --------------------------------------------------------------------------------------------------


def test_a_block_is_placed_at_the_first_wrong_cell():
    of, *findings = one_wrong_cell()
    output = render(of, *findings, equations=sums_of(of), width=120)
    # The finding stands at the total of the row, line 166; the figure that is wrong is in line 160.
    assert "╭─ examples/miyun-2024.txt:160:3 ─" in output
    assert "（一）予以公开 × 自然人\n" in output


def test_what_prose_says_of_a_wrong_cell_stands_behind_the_table():
    of, first, second = one_wrong_cell()
    cell = of.tables["requests"]["open", "nat"]
    prose = miyun.part(miyun.passage("予以公开2件", 30), "2")
    related = (Related(cell.address, cell.span, "5"),)
    said = miyun.finding("T551", "stated", "warning", "文中为 2 件", prose, cause=first.cause, related=related)
    output = render(of, said, first.replace(suggestions=()), second, equations=sums_of(of))
    assert output.splitlines()[3].startswith("错误 T303、T302、T551 ")
    assert "T551 30:5 文中为 2 件" in told(output)
    # The cell that it speaks of is in the drawing already.
    assert "├─ 160:3" not in output


# --- what is drawn ------------------------------------------------------------------------------------------------


def test_an_equation_of_a_row_shows_the_whole_row():
    of = miyun.report(miyun.requests(open="5 0 0 0 0 0 2"))
    rows = drawn(render(of, t303(of, "open"), width=100))
    assert rows[-2:] == ["三、本年度办理结果", "（一）予以公开 5 0 0 0 0 0 [2]"]


def test_an_equation_of_a_column_shows_the_whole_column():
    of = miyun.report(miyun.requests(open="5 0 0 0 0 0 5"))
    rows = drawn(render(of, t302(of, "nat"), equations=sums_of(of)))
    assert rows[-5:] == [
        "三、本年度办理结果",
        "（一）予以公开 5",
        "5.属于三类内部事务信息 3",
        "3.其他 3",
        "（七）总计 [8]",
    ]


def long_table(raws, rows=20, columns=1):
    """A report with one table of ``rows`` and a total below, and the equations of its columns and rows."""
    of = miyun.report()
    keys = [*(f"r{number}" for number in range(rows)), "total"]
    form_columns = tuple(FormColumn(f"c{number}", f"第{number}列", (), None) for number in range(columns))
    names = tuple(column.key for column in form_columns)
    form_rows = tuple(FormRow(key, f"项目{key}", (), ("part",) * (key != "total"), names, None) for key in keys)
    form = of.form.table("requests").replace(columns=form_columns, rows=form_rows)
    cells = {(key, name): miyun.cell("requests", key, name, raws(key, name), 1, key) for key in keys for name in names}
    table = of.tables["requests"].replace(cells=cells, labels={})
    of = of.replace(tables={"requests": table}, form=of.form.replace(tables=(form,)))
    compiled = compile_equation("total == sum(part.*)", form, "column", of.form)
    return of, {"X1": {of.form.id: compiled}}


def total_of(of, column="c0", **more):
    return miyun.finding("X1", "total", "error", "合计不符", of.tables["requests"]["total", column], **more)


def test_rows_of_zeros_are_one_line_that_says_how_many():
    of, equations = long_table(lambda key, _column: {"r3": "4", "total": "5"}.get(key, "0"), rows=12)
    rows = drawn(render(of, total_of(of), equations=equations))
    assert rows[-3:] == ["项目r3 4", "项目total [5]", "⋮ 另有 11 行，所涉的格均为 0"]


def test_blanks_and_dashes_among_the_rows_left_out_are_said():
    of, equations = long_table(lambda key, _column: {"r3": "4", "r4": "", "total": "5"}.get(key, "0"), rows=12)
    assert "⋮ 另有 11 行，所涉的格为 0 或空白" in drawn(render(of, total_of(of), equations=equations))


def test_a_wrong_cell_is_drawn_even_where_it_holds_zero():
    of, equations = long_table(lambda key, _column: {"r3": "4", "total": "5"}.get(key, "0"), rows=12)
    finding = total_of(of, suggestions=(Suggestion((("requests", "r9", "c0", 0, 1),), "改"),))
    assert "项目r9 [0 → 1]" in drawn(render(of, finding, equations=equations))


def test_of_a_very_large_table_only_a_part_is_drawn():
    of, equations = long_table(lambda _key, column: column[1:] or "1", rows=200, columns=30)
    suggestion = Suggestion((("requests", "r177", "c29", 29, 28),), "改")
    related = tuple(Related(of.tables["requests"]["r177", f"c{at}"].address, None, "") for at in range(30))
    output = render(of, total_of(of, "c29", related=related, suggestions=(suggestion,)), equations=equations)
    assert len(output.splitlines()) < 100
    assert "[29 → 28]" in output
    assert "行没有画出" in output
    assert "列没有画出" in output


def test_columns_that_say_nothing_give_way_where_there_is_no_room():
    of = miyun.report(miyun.requests(open="5234 0 0 1234 0 0 2234"))
    rows = drawn(render(of, t303(of, "open"), equations=sums_of(of), width=40))
    assert "⋮ 另有 4 列，所涉的格均为 0" in rows
    assert "商业企业" not in "".join(rows)


def test_rows_that_were_not_read_are_drawn_as_such():
    of = miyun.report(miyun.unread_table())
    rows = drawn(render(of, *miyun.balances(of)))
    assert "二、上年结转政府信息公开申请数量 0 0" in rows
    where = of.tables["requests"].unread[0]
    whole = miyun.finding("T305", "x", "warning", "读不出", of.tables["requests"]["result", "nat"])
    whole = whole.replace(related=(Related(where.address.replace(row="open", column="nat"), None, ""),))
    assert "（一）予以公开 ?" in drawn(render(of, whole))


def test_a_group_label_stands_above_the_rows_that_are_below_it():
    of = miyun.report()
    form = of.form.table("requests")
    groups = {"deny_5": "（三）不予公开", "other_3": "（六）其他处理"}
    rows = []
    for row in form.rows:
        if row.key in groups:
            rows.append(FormRow(None, groups[row.key], (), (), (), None))
        rows.append(row)
    of = of.replace(form=of.form.replace(tables=(form.replace(rows=tuple(rows)), of.form.tables[0])))
    labels = [each.split()[0] for each in drawn(render(of, t302(of, "nat"), equations=sums_of(of)))]
    assert labels[-7:] == [
        "三、本年度办理结果",
        "（一）予以公开",
        "（三）不予公开",
        "5.属于三类内部事务信息",
        "（六）其他处理",
        "3.其他",
        "（七）总计",
    ]


@pytest.mark.parametrize(
    ("label", "cells", "shown"),
    [
        ("（一）予以公开", 14, "（一）予以公开"),
        ("（二）部分公开（区分处理的，只计这一情形）", 28, "（二）部分公开（区分处理的…"),
        ("（二）部分公开（区分处理的，只计这一情形）", 24, "（二）部分公开…"),
        ("申请人逾期未按收费通知要求缴纳", 12, "申请人逾期…"),
        ("Net result, before adjustments", 16, "Net result…"),
    ],
)
def test_a_long_label_is_cut_where_its_words_end(label, cells, shown):
    assert shortened(label, cells) == shown


def test_last_years_table_is_drawn_below_and_named():
    of = miyun.report().replace(previous=miyun.report(miyun.requests(carry_out="3 0 0 0 0 0 3")).replace(year=2023))
    at = of.tables["requests"]["carry_in", "tot"]
    last = of.previous.tables["requests"]["carry_out", "tot"].address.replace(table="previous.requests")
    finding = miyun.finding("X1", "carried", "error", "与上年不符", at, related=(Related(last, None, "3"),))
    assert drawn(render(of, finding, width=100)) == [
        "收到和处理政府信息公开申请情况",
        " 总计",
        "二、上年结转政府信息公开申请数量 [0]",
        "上年：收到和处理政府信息公开申请情况",
        " 总计",
        "四、结转下年度继续办理 3",
    ]


def test_a_change_in_a_table_that_the_report_lacks_is_told_in_words():
    of = miyun.report()
    suggestion = Suggestion((("previous.requests", "carry_out", "tot", 3, 0),), "上年报告：结转 3 → 0")
    output = render(of, t303(of, "new", suggestions=(suggestion,)))
    assert "= 改法：上年报告：结转 3 → 0" in output


# --- arithmetic ---------------------------------------------------------------------------------------------------


def test_each_equation_that_fails_is_a_line_with_its_place_and_what_it_becomes():
    of = miyun.report()
    assert told(render(of, *miyun.balances(of), equations=sums_of(of))) == [
        "139:3 自然人：7 + 0 ≠ 8 + 0（相差 1） → 8 + 0 = 8 + 0 ✓",
        "140:3 商业企业：1 + 0 ≠ 0 + 0（相差 1） → 0 + 0 = 0 + 0 ✓",
    ]


def test_equations_of_several_rules_name_them():
    of, *findings = one_wrong_cell()
    assert told(render(of, *findings, equations=sums_of(of))) == [
        "T303 166:3 （一）予以公开：2 ≠ 5（相差 3） → 2 = 2 ✓",
        "T302 420:3 自然人：8 ≠ 5 + 3 + 3（相差 3） → 8 = 2 + 3 + 3 ✓",
    ]


def test_a_single_equation_needs_no_place_of_its_own():
    of, first, _second = one_wrong_cell()
    (line,) = told(render(of, first.replace(cause=None), equations=sums_of(of)))
    assert line == "（一）予以公开：2 ≠ 5（相差 3） → 2 = 2 ✓"


def test_what_a_change_does_not_mend_is_not_ticked():
    of, first, second = one_wrong_cell()
    wrong = first.replace(suggestions=(change("open", "nat", 5, 4),))
    output = render(of, wrong, second, equations=sums_of(of))
    assert "2 ≠ 5（相差 3）" in output
    assert "✓" not in output


def test_without_equations_the_messages_are_told():
    of, *findings = one_wrong_cell()
    assert told(render(of, *findings)) == ["T303 166:3 open：总计不符", "T302 420:3 nat：各项之和不符"]


def test_a_line_too_long_is_broken_before_the_arrow():
    of = miyun.report(miyun.requests(open="51234567 11234567 0 0 0 0 22469134"))
    finding = t303(of, "open", suggestions=(change("open", "nat", 51234567, 11234567),))
    output = render(of, finding, equations=sums_of(of), width=80)
    assert "22469134 ≠ 51234567 + 11234567（相差 40000000）\n" in output
    assert "→ 22469134 = 11234567 + 11234567 ✓\n" in output


def test_very_many_terms_are_not_all_written_out():
    of, equations = long_table(lambda key, _column: "5" if key == "total" else "2", rows=40)
    finding = total_of(of, suggestions=(Suggestion((("requests", "total", "c0", 5, 80),), "改"),))
    (line,) = told(render(of, finding, equations=equations, width=120))
    assert line == (
        "第0列：5 ≠ 2 + 2 + 2 + 2 + 2 + 2 + …（共 40 项，计 80）（相差 75） "
        "→ 80 = 2 + 2 + 2 + 2 + 2 + 2 + …（共 40 项，计 80） ✓"
    )


def test_very_many_equations_wait_for_verbose():
    of, equations = long_table(lambda key, _column: "1" if key == "total" else "2", rows=3, columns=20)
    findings = [total_of(of, f"c{at}") for at in range(20)]
    assert len(told(render(of, *findings, equations=equations))) == 13
    assert "另有 8 个等式；--verbose 可查看全部" in render(of, *findings, equations=equations)
    assert len(told(render(of, *findings, equations=equations, verbose=True))) == 20


def test_a_decimal_is_reckoned_exactly():
    of, equations = long_table(lambda key, _column: {"r0": "0.1", "r1": "0.2", "total": "0.4"}.get(key, "0"), rows=3)
    finding = total_of(
        of, suggestions=(Suggestion((("requests", "total", "c0", Decimal("0.4"), Decimal("0.3")),), ""),)
    )
    assert told(render(of, finding, equations=equations)) == [
        "第0列：0.4 ≠ 0.1 + 0.2 + 0（相差 0.1） → 0.3 = 0.1 + 0.2 + 0 ✓"
    ]


# --- blanks -------------------------------------------------------------------------------------------------------


def test_a_blank_total_is_drawn_with_the_value_that_follows():
    of = miyun.report(miyun.requests(open="5 1 0 0 0 0 "))
    output = render(of, t303(of, "open"), equations=sums_of(of), width=100)
    assert "（一）予以公开 5 1 0 0 0 0 [· → 6]" in drawn(output)
    assert told(output) == ["（一）予以公开：[ ] = 5 + 1 → 6 = 5 + 1 ✓"]


def test_blanks_that_stand_for_zero_are_left_out_of_long_sums():
    of = miyun.report(miyun.requests(open="5 1     "))
    (line,) = told(render(of, t303(of, "open"), equations=sums_of(of), width=100))
    assert line == "（一）予以公开：[ ] = 5 + 1 → 6 = 5 + 1 ✓"


def test_a_finding_that_speaks_of_several_blanks_shows_the_equation_of_each():
    of = miyun.report(miyun.requests(open="5 1 0 0 0 0 ", deny_5="3 0 0 0 0 0 "))
    blank = of.tables["requests"]["deny_5", "tot"]
    finding = t303(of, "open").replace(related=(Related(blank.address, blank.span, ""),))
    output = render(of, finding, equations=sums_of(of), width=100)
    assert [each for each in drawn(output) if "→" in each] == [
        "（一）予以公开 5 1 0 0 0 0 [· → 6]",
        "5.属于三类内部事务信息 3 0 0 0 0 0 [· → 3]",
    ]
    assert told(output) == [
        "166:3 （一）予以公开：[ ] = 5 + 1 → 6 = 5 + 1 ✓",
        "246:3 5.属于三类内部事务信息：[ ] = 3 → 3 = 3 ✓",
    ]


def test_a_blank_that_follows_from_another_is_reckoned_with_it():
    of = miyun.report(miyun.requests(open="5 1 0 0 0 0 ", result="8 0 0 0 0 0 "))
    output = render(of, t303(of, "open"), t302(of, "tot"), equations=sums_of(of), width=100)
    assert "（一）予以公开 5 1 0 0 0 0 [· → 6]" in drawn(output)
    assert "（七）总计 [· → 12]" in drawn(output)
    assert "总计：[ ] = [ ] + 3 + 3 → 12 = 6 + 3 + 3 ✓" in told(output)


def test_no_value_is_proposed_where_two_blanks_could_take_it():
    of = miyun.report(miyun.requests(open=" 0 0 0 0 0 0", deny_5=" 0 0 0 0 0 0"))
    blank = of.tables["requests"]["open", "nat"]
    finding = t302(of, "nat").replace(at=blank, address=blank.address, span=blank.span)
    output = render(of, finding, equations=sums_of(of))
    assert [each for each in drawn(output) if "·" in each] == ["（一）予以公开 [·]", "5.属于三类内部事务信息 [·]"]
    assert told(output) == ["自然人：8 = [ ] + [ ] + 3"]


def test_no_value_is_proposed_where_equations_contradict_each_other():
    of = miyun.report(miyun.requests(open="5 1 0 0 0 0 ", result="8 0 0 0 0 0 9"))
    blank = of.tables["requests"]["open", "tot"]
    column = t302(of, "tot").replace(at=blank, address=blank.address, span=blank.span)
    output = render(of, t303(of, "open"), column, equations=sums_of(of), width=100)
    assert "→" not in output


# --- several answers ----------------------------------------------------------------------------------------------


def several(count, of):
    suggestions = tuple(change("open", "nat", 5, number, f"第{number}种") for number in range(count))
    return t303(of, "open", suggestions=suggestions)


def test_the_first_answer_is_drawn_and_the_others_are_a_line_each():
    of = miyun.report(miyun.requests(open="5 0 0 0 0 0 2"))
    output = render(of, several(3, of))
    assert output.count("→") == 1
    feet = [each.strip() for each in output.splitlines() if each.startswith("   = ")]
    assert feet[:3] == ["= 改法：第0种", "= 或者：第1种", "= 或者：第2种"]


def test_more_answers_than_a_few_wait_for_verbose():
    of = miyun.report(miyun.requests(open="5 0 0 0 0 0 2"))
    assert "= 或者：第5种\n" in render(of, several(9, of))
    assert "第6种" not in render(of, several(9, of))
    assert "= 或者：另有 3 种改法；--verbose 可查看全部\n" in render(of, several(9, of))
    assert "= 或者：第8种\n" in render(of, several(9, of), verbose=True)


def test_the_answers_follow_their_cause():
    of = miyun.report()
    feet = re.findall(r"^   = (.*?)[：:]", render(of, *miyun.balances(of)), re.MULTILINE)
    assert feet == ["原因", "改法", "或者", "依据", "建议"]


# --- any width, any language --------------------------------------------------------------------------------------


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("cells", WIDTHS)
def test_nothing_is_wider_than_the_terminal(cells, lang):
    huge = miyun.requests(open="51234567 11234567 0 0 0 0 22469134", new="123456789012345678901234567890 1 0 0 0 0 8")
    of = miyun.report(huge)
    suggestion = change("open", "nat", 51234567, 11234567, "“（一）予以公开”：自然人 51234567 → 11234567")
    findings = (*miyun.balances(of), t303(of, "open", suggestions=(suggestion,)), t302(of, "nat"))
    for verbose in (False, True):
        output = render(of, *findings, equations=sums_of(of), width=cells, lang=lang, verbose=verbose)
        assert [line for line in output.splitlines() if width(line) > cells] == []


@pytest.mark.parametrize("cells", WIDTHS)
def test_a_wrong_cell_is_seen_at_any_width(cells):
    of, *findings = one_wrong_cell()
    output = render(of, *findings, equations=sums_of(of), width=cells)
    assert "[5 → 2]" in output


def test_english_is_spoken_throughout():
    of, *findings = one_wrong_cell()
    output = render(of, *findings, several(9, of), equations=sums_of(of), lang="en", width=100)
    assert "（一）予以公开: 2 ≠ 5 (off by 3) → 2 = 2 ✓" in output
    assert "= or in 3 more ways; --verbose shows them" in output
    assert not re.search("改法|或者|相差|另有", output)
