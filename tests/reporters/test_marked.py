"""``gilint read --table``: the whole table, with the cells marked that findings speak of."""

import json

import miyun_result as miyun
import pytest
from conftest import EXAMPLES

from gilint.cli import main
from gilint.model import Failure, Related
from gilint.reporters import Options
from gilint.reporters.marked import render_table
from gilint.text import width

ONE_DIGIT = str(EXAMPLES / "which-cell" / "one-digit.txt")


def render(of, *findings, table="requests", error=None, **options) -> str:
    result = miyun.result().replace(report=of, findings=findings, error=error)
    return render_table(of, table, Options(**{"width": 120, **options}), result, miyun.equations(of.form))


def rows(output: str) -> dict[str, list[str]]:
    """The figures by the label of their row."""
    lines = (line.split() for line in output.partition("\n\n")[0].splitlines())
    return {line[0]: line[1:] for line in lines if line[0] in miyun.ROWS.values()}


def figures(output: str, row: str) -> str:
    return " ".join(rows(output)[miyun.ROWS[row]])


def one_answer(of):
    return tuple(finding.replace(suggestions=finding.suggestions[:1]) for finding in miyun.balances(of))


def test_wrong_cells_have_their_suggested_value_and_others_of_the_equations_a_sign():
    output = render(miyun.report(), *one_answer(miyun.report()))
    assert figures(output, "new") == "[7 → 8] [1 → 0] 0 0 0 0 8"
    assert figures(output, "result") == "8* 0 0 0 0 0 8"
    # A star behind every zero would hide the others; the colour is there all the same.
    assert figures(output, "carry_out") == "0 0 0 0 0 0 0"
    coloured = render(miyun.report(), *one_answer(miyun.report()), color=True)
    last = next(line for line in coloured.splitlines() if miyun.ROWS["carry_out"] in line)
    assert last.count("\x1b[31m0 \x1b[0m") == 2


def test_cells_of_other_answers_have_a_sign_even_where_they_hold_zero():
    output = render(miyun.report(), *miyun.balances(miyun.report()))
    assert figures(output, "result") == "8* 0* 0 0 0 0 8"


def test_where_nothing_is_suggested_the_place_is_marked():
    of = miyun.report()
    (first, _second) = (finding.replace(cause=None, suggestions=()) for finding in miyun.balances(of))
    assert figures(render(of, first), "new") == "[7] 1 0 0 0 0 8"


def test_marks_have_the_colour_of_the_severity():
    of = miyun.report()
    blank = miyun.finding("T304", "x", "warning", "空白", of.tables["requests"]["open", "oth"])
    assert "\x1b[1;35m[0]\x1b[0m" in render(of, blank, color=True)


def test_the_gravest_finding_of_a_cell_marks_it():
    of = miyun.report()
    at = of.tables["requests"]["open", "oth"]
    slight, grave = (miyun.finding("T304", severity, severity, "空白", at) for severity in ("info", "error"))
    assert "\x1b[1;31m[0]\x1b[0m" in render(of, slight, grave, color=True)


def test_the_legend_explains_the_signs_that_are_used_and_no_others():
    of = miyun.report()
    assert "\n\n[7 → 8] 建议的改动　7* 问题涉及的其他格\n\n" in render(of, *one_answer(of))
    place = miyun.finding("T304", "x", "warning", "空白", of.tables["requests"]["open", "oth"])
    assert "\n\n[7] 有问题的格\n\n" in render(of, place)


def test_the_equations_that_fail_are_listed_below_with_their_cause():
    output = render(miyun.report(), *one_answer(miyun.report()))
    below = output.partition("其他格\n\n")[2]
    assert below == (
        "错误 T301 requests-balance  申请办理表各列不平衡\n"
        "   ├─ 139:3  自然人：7 + 0 ≠ 8 + 0（相差 1） → 8 + 0 = 8 + 0 ✓\n"
        "   ├─ 140:3  商业企业：1 + 0 ≠ 0 + 0（相差 1） → 0 + 0 = 0 + 0 ✓\n"
        f"   = 原因：{miyun.MISBOOKED.text}\n"
        f"   = 改法：{miyun.MENDS[0].text}\n"
    )


def test_a_single_equation_has_its_place():
    of = miyun.report()
    first = miyun.balances(of)[0].replace(cause=None, suggestions=())
    assert "   ├─ 139:3  自然人：7 + 0 ≠ 8 + 0（相差 1）\n" in render(of, first)


def test_findings_of_other_tables_and_of_prose_are_not_listed():
    of = miyun.report()
    fees = miyun.finding("T201", "fees", "error", "收费", of.tables["proactive"]["fees", "amount"])
    assert render(of, fees, miyun.hedge()) == render_table(of, "requests", Options(width=120))
    assert "T201" in render(of, fees, table="proactive")


def test_cells_of_last_years_table_are_not_marked_in_this_years():
    of = miyun.report().replace(previous=miyun.report())
    at = of.tables["requests"]["carry_in", "tot"]
    last = of.tables["requests"]["carry_out", "tot"].address.replace(table="previous.requests")
    output = render(of, miyun.finding("X1", "carried", "error", "不符", at, related=(Related(last, None, "3"),)))
    assert figures(output, "carry_in") == "0 0 0 0 0 0 [0]"
    assert "*" not in output


def test_a_table_without_findings_is_drawn_as_it_is():
    of = miyun.report(miyun.unread_table())
    assert render(of) == render_table(of, "requests", Options(width=120))


def test_a_report_that_could_not_be_judged_is_drawn_unmarked_and_says_so():
    of = miyun.report()
    output = render(of, error=Failure("no-rules", "选中的规则都不用于这类报告", "请检查"))
    assert output == render_table(of, "requests", Options(width=120)) + "\n没有标出问题：选中的规则都不用于这类报告\n"


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("cells", [40, 60, 80, 100, 120])
def test_nothing_is_wider_than_the_terminal(cells, lang):
    of = miyun.report(miyun.unread_table())
    related = (Related(of.tables["requests"]["result", "nat"].address, None, ""),)
    missing = miyun.finding("T305", "x", "warning", "m" * 90, of.tables["requests"]["new", "tot"], related=related)
    output = render(of, *miyun.balances(of), missing, width=cells, lang=lang)
    assert [line for line in output.splitlines() if width(line) > cells] == []


# --- the command --------------------------------------------------------------------------------------------------


def command(capsys, *arguments) -> str:
    assert main([*arguments, "--no-config"]) == 0
    return capsys.readouterr().out


def test_the_command_marks_what_its_rules_find(capsys):
    output = command(capsys, "read", ONE_DIGIT, "--table", "requests", "--width", "100")
    (line,) = (line for line in output.splitlines() if line.startswith("7.属于行政执法案卷 "))
    # Seven printed where the row has two: 20 = 8 + 2 + 2 + 2 + 3 + 1 + 1 + 1 wants two as well.
    assert line.split()[1:] == ["2*", "0", "0", "0", "0", "0", "[7", "→", "2]"]
    assert "7.属于行政执法案卷：7 ≠ 2（相差 5） → 2 = 2 ✓" in output


def test_findings_do_not_decide_the_exit_code_of_read(capsys):
    command(capsys, "read", ONE_DIGIT, "--table", "disputes")


def test_the_data_of_a_report_know_no_marks(capsys):
    value = json.loads(command(capsys, "read", ONE_DIGIT, "--format", "json"))
    cells = [cell for table in value["tables"] for cell in table["cells"] if cell["row"] == "deny_7"]
    assert [cell["raw"] for cell in cells] == ["2", "0", "0", "0", "0", "0", "7"]
    assert set(cells[0]) == {"row", "column", "raw", "kind", "value", "address", "span"}
