"""From broken equalities to the cells behind them."""

import pytest
from builders import FAMILY, finding_at, report_with

from gilint.checks.equations import equalities, equation
from gilint.diagnosis import diagnose


class Rule:
    def __init__(self, name, **options):
        self.id = name
        self.options = equation.prepare(options, FAMILY)


RULES = [
    Rule("BALANCE", table="parcels", for_each="column", equation="new + carry_in == result + carry_out"),
    Rule("SUM", table="parcels", for_each="column", equation="result == sum(leaf.*)"),
    Rule("ROW", table="parcels", for_each="row", equation="tot == near + far"),
    Rule("CASES", table="cases", for_each="row", equation="tot == won + open"),
]
SHIFTED = {"parcels": {"new": [7, 1, 8], "sent": [3, 0, 3], "kept": [5, 0, 5], "result": [8, 0, 8]}}


def diagnosed(tables, *places, lang="zh"):
    """The findings at these places (rule, table, row, column) after the diagnosis."""
    report = report_with(tables)
    findings = [finding_at(report, *place) for place in places]
    return diagnose(report, findings, equalities(report, RULES), lang)


def cells_of(finding):
    return [suggestion.cells for suggestion in finding.suggestions]


def test_an_amount_in_the_wrong_column_is_one_cause():
    near, far = diagnosed(SHIFTED, ("BALANCE", "parcels", "new", "near"), ("BALANCE", "parcels", "new", "far"))
    assert near.cause == far.cause
    assert near.cause.id == "cause-1"
    assert cells_of(near) == [(("parcels", "new", "near", 7, 8), ("parcels", "new", "far", 1, 0))]
    assert near.suggestions[0].text == "“Received”：Near 7 → 8，Far 1 → 0"
    assert far.suggestions == ()


def test_both_readings_are_told_the_shorter_first():
    first, _ = diagnosed(SHIFTED, ("BALANCE", "parcels", "new", "near"), ("BALANCE", "parcels", "new", "far"))
    assert first.cause.text == (
        "有 1 前后记在不同的列：“Received”记在“Far”，“Handled in all”记在“Near”；总计相同，只看总计列发现不了。"
        "改动最少的是“Received”：Near 7 → 8，Far 1 → 0（2 格）。若应归“Far”，则要改“Handled in all”及其明细。"
    )


def test_the_words_follow_the_language():
    first, _ = diagnosed(
        SHIFTED, ("BALANCE", "parcels", "new", "near"), ("BALANCE", "parcels", "new", "far"), lang="en"
    )
    assert first.cause.text == (
        "1 stands in different columns: “Received” has it in “Far”, “Handled in all” in “Near”; the totals agree, so "
        "the total column does not show it. The fewest changes are “Received”: Near 7 → 8, Far 1 → 0 (2 cells). If it "
        "belongs in “Far”, “Handled in all” and its details have to change."
    )


def test_a_cell_in_a_broken_row_and_a_broken_column_is_named():
    tables = {"parcels": {"new": [3, 2, 5], "sent": [4, 2, 5], "result": [3, 2, 5]}}
    row, column = diagnosed(tables, ("ROW", "parcels", "sent", "tot"), ("SUM", "parcels", "result", "near"))
    assert cells_of(row) == [(("parcels", "sent", "near", 4, 3),)]
    assert row.cause.text == "改动 1 格即可使这 2 个等式全部成立：“Sent”：Near 4 → 3。"
    assert column.cause.id == row.cause.id


def test_a_single_finding_has_suggestions_and_no_cause():
    (finding,) = diagnosed({"cases": {"first": [10, 1, 0]}}, ("CASES", "cases", "first", "tot"))
    assert finding.cause is None
    assert cells_of(finding) == [(("cases", "first", "tot", 0, 11),)]


def test_alternatives_are_listed_the_likeliest_first():
    (finding,) = diagnosed({"cases": {"first": [6, 7, 31]}}, ("CASES", "cases", "first", "tot"))
    assert [cells[0][2:] for cells in cells_of(finding)] == [("tot", 31, 13), ("won", 6, 24), ("open", 7, 25)]


def test_faults_that_have_nothing_to_do_with_each_other_are_told_apart():
    tables = {
        "parcels": {"new": [3, 2, 5], "sent": [4, 2, 5], "result": [3, 2, 5]},
        "cases": {"first": [10, 1, 0]},
    }
    row, column, case = diagnosed(
        tables,
        ("ROW", "parcels", "sent", "tot"),
        ("SUM", "parcels", "result", "near"),
        ("CASES", "cases", "first", "tot"),
    )
    assert row.cause == column.cause
    assert case.cause is None
    assert cells_of(case) == [(("cases", "first", "tot", 0, 11),)]


def test_two_wrong_cells_of_one_table_are_two_causes():
    tables = {"parcels": {"new": [3, 2, 6], "sent": [3, 1, 5], "carry_in": [0, 0, 0], "result": [3, 2, 5]}}
    findings = diagnosed(
        tables,
        ("ROW", "parcels", "new", "tot"),
        ("BALANCE", "parcels", "new", "tot"),
        ("ROW", "parcels", "sent", "tot"),
        ("SUM", "parcels", "result", "far"),
    )
    assert [finding.cause.id for finding in findings] == ["cause-1", "cause-1", "cause-2", "cause-2"]
    assert cells_of(findings[0]) == [(("parcels", "new", "tot", 6, 5),)]
    assert cells_of(findings[2]) == [(("parcels", "sent", "far", 1, 2),)]


def test_blank_totals_do_not_hide_a_wrong_cell():
    rows = {"new": [3, 2, ""], "sent": [2, 2, ""], "kept": [2, 0, ""], "result": [3, 2, ""]}
    (finding,) = diagnosed({"parcels": rows}, ("SUM", "parcels", "result", "near"))
    assert cells_of(finding) == [(("parcels", "sent", "near", 2, 1),), (("parcels", "kept", "near", 2, 1),)]


def test_a_blank_that_must_be_filled_is_the_likeliest():
    (finding,) = diagnosed({"cases": {"first": [15, "", 22]}}, ("CASES", "cases", "first", "tot"))
    assert cells_of(finding)[0] == (("cases", "first", "open", None, 7),)
    assert finding.suggestions[0].text == "“First hearing”：Open 空白 → 7"


def test_rules_that_state_the_same_equality_share_the_fault():
    report = report_with({"cases": {"first": [10, 1, 0]}})
    twin = Rule("TWIN", table="cases", for_each="row", equation="won + open == tot")
    findings = [finding_at(report, rule, "cases", "first", "tot") for rule in ("CASES", "TWIN")]
    first, second = diagnose(report, findings, equalities(report, [*RULES, twin]))
    assert first.cause == second.cause is not None


def test_a_second_rule_for_the_same_equality_does_not_hide_the_pattern():
    report = report_with(SHIFTED)
    twin = Rule("TWIN", table="parcels", for_each="column", equation="new == result + carry_out - carry_in")
    findings = [finding_at(report, "BALANCE", "parcels", "new", column) for column in ("near", "far")]
    first, _ = diagnose(report, findings, equalities(report, [*RULES, twin]))
    assert first.cause.text.startswith("有 1 前后记在不同的列：")


def test_what_takes_too_many_cells_is_left_alone():
    rows = {row: [1, 1, 50 + number] for number, row in enumerate(("new", "carry_in", "sent", "kept", "lost"))}
    (finding,) = diagnosed({"parcels": rows}, ("ROW", "parcels", "new", "tot"))
    assert (finding.cause, finding.suggestions) == (None, ())


@pytest.mark.parametrize("place", [("TYPO", "parcels", "new", "near"), ("ROW", "cases", "first", "tot")])
def test_other_findings_stay_as_they_are(place):
    report = report_with({**SHIFTED, "cases": {}})
    finding = finding_at(report, *place)
    assert diagnose(report, [finding], equalities(report, RULES)) == (finding,)


def test_a_cell_that_is_no_number_binds_nothing():
    (finding,) = diagnosed({"cases": {"first": [10, "one", 0]}}, ("CASES", "cases", "first", "tot"))
    assert finding.suggestions == ()
