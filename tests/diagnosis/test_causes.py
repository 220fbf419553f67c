"""What is wrong, in words: each pattern has its own."""

import pytest
from builders import finding_at, report_with
from diagnosed import RULES, WHOLE, Rule, cells_of, explained, faults, parcels

from gilint.diagnosis import attach
from gilint.diagnosis.words import TEXTS
from gilint.findings import Evidence
from gilint.model import Address

STILL = {"carry_in": [0, 0, 0], "carry_out": [0, 0, 0]}


def cause(tables, lang="zh", **options):
    """The cause of the only fault, told at the first of its findings."""
    (fault,) = faults(tables, **options)
    report = report_with(tables)
    finding = finding_at(report, fault.broken[0].rule, *fault.broken[0].at)
    (explained_finding,) = attach(report, [finding], [fault], lang)
    return explained_finding.cause.text


def test_an_amount_that_stands_in_different_columns_before_and_after():
    assert cause(parcels(new=[6, 5, 11], **STILL)) == (
        "有 1 前后记在不同的列：“Received”记在“Far”，“Handled in all”记在“Near”；总计相同，只看总计列发现不了。"
        "如果这几格都没有错，那就错在等式的另一边，要改 4 格。"
    )


def test_an_amount_that_some_row_has_in_the_wrong_column():
    assert cause(parcels(sent=[4, 4, 8])).startswith(
        "“Far”“Near”两列同差 1，有一行记错了列；总计相同，只看总计列发现不了。"
        "有 2 种改法，改动的格数一样多，错的是其中之一；单凭表内数字不能确定，下面按可能性排列。"
    )


def test_an_amount_in_the_wrong_row():
    assert cause(parcels(sent=[4, 3, 8], kept=[3, 1, 3])).startswith(
        "“Near”列有 1 记错了行：从“Kept”移到“Sent”就全部成立。有 3 种改法"
    )


def test_two_figures_that_are_exchanged():
    assert cause(parcels(sent=[3, 5, 8])) == "“Sent”行的“Near”与“Far”两格的数对调了。"


def test_a_cell_where_a_row_and_a_column_cross():
    assert cause(parcels(sent=[6, 3, 8])) == "“Near”列、“Sent”行同差 1，只有相交的这一格能同时说明。"


def test_a_total_that_is_off_by_one_of_its_parts():
    assert cause(parcels(result=[5, 4, 11])).endswith("差额 2 正好是“Kept”的数，可能漏计或重复计入了它。")


def test_two_columns_that_are_off_by_the_same():
    assert cause(parcels(carry_out=[0, 0, 0])).startswith(
        "“Near”列、“Total”列同差 1：同一行的两格一起少计或多计了。有 3 种改法"
    )


def test_two_rows_that_are_off_by_the_same():
    text = cause(parcels(sent=[6, 3, 8], result=[8, 4, 11]))
    assert text == "“Near”列、“Sent”行、“Handled in all”行同差 1：同一列的两格一起少计或多计了。"


def test_a_lone_equation_does_not_tell_its_cells_apart():
    assert cause({"cases": {"first": [6, 7, 31]}}) == (
        "这 3 格只有一个等式相连，单凭表内数字不能确定是哪一格；下面按可能性排列，请逐一核对原始数据。"
    )


def test_a_lone_equation_with_one_possible_cell():
    text = cause({"cases": {"first": [10, 1, 0]}})
    assert text == "其余各格要改成负数或者改不成整数，等式才能成立，所以是这一格。"


def test_a_shifted_row():
    assert cause(parcels(sent=[0, 5, 3])).startswith("“Sent”从“Near”到“Total”各格整体错开了一格。")


def test_a_shifted_column():
    text = cause(parcels(sent=[5, 0, 8], kept=[2, 3, 3], lost=[0, 1, 0]))
    assert text.startswith("“Far”从“Sent”到“Lost”各格整体错开了一格。")


def test_a_shifted_block():
    text = cause(parcels(sent=[0, 5, 3], kept=[0, 2, 1]))
    assert text.startswith("“Sent”到“Kept”各行整体错开了一列：先核对合并单元格和各列的对应关系。")


def test_cells_that_are_wrong_together():
    assert cause(parcels(sent=[9, 5, 8])) == "至少有 2 格有误，一起改才能使这 3 个等式成立。"


def test_a_wrong_cell_beside_a_blank_total():
    assert cause(parcels(sent=[6, 3, ""])) == "“Sent × Near”一格有误，另有 1 格空着，要一起补填才能全部成立。"


def test_totals_that_were_left_blank():
    assert cause(parcels(sent=[5, 3, ""])) == "有 1 格总计空着没有填，应填的数由其余各格推算得出。"


def test_what_could_not_be_located_names_rows_and_columns():
    # Three rows, and both equalities of each column. The sums of the columns share no cell with rows new and carry_in.
    rows = {row: [1, 1, 50 + number] for number, row in enumerate(("new", "carry_in", "sent"))}
    text = cause({"parcels": rows}, most=2)
    assert text.startswith("9 个等式互相牵连（")
    assert "“Received”行" in text
    assert "至少有 5 格有误，超出了能够确定的范围，没有定位到格。" in text


def test_many_wrong_cells_come_with_a_warning():
    rows = {"new": [9, 4, 11], "sent": [5, 8, 8], "kept": [2, 1, 9], "carry_in": [1, 3, 1], "lost": [6, 0, 0]}
    tables = parcels(**rows)
    assert {fault.least for fault in faults(tables)} == {5}
    found = [one for fault in faults(tables) for one in [fault.broken[0]]]
    places = [(one.rule, *one.at) for one in found]
    assert all("至少 5 格错误" in finding.cause.text for finding in explained(tables, *places))


@pytest.mark.parametrize("pattern", sorted(set(TEXTS["zh"])))
def test_each_text_says_the_same_things_in_both_languages(pattern):
    def fields(text):
        return {part.split("}")[0] for part in text.split("{")[1:]}

    # Only a table with a Chinese header has units to print.
    assert fields(TEXTS["en"][pattern]) == fields(TEXTS["zh"][pattern])


def test_the_words_follow_the_language():
    assert cause(parcels(sent=[6, 3, 8]), "en") == (
        "Column “Near”, row “Sent” are off by the same 1: only the cell where they cross explains them all."
    )


# --- findings ---------------------------------------------------------------------------------------------------------

SHIFTED = parcels(new=[6, 5, 11], **STILL)
BOTH = (("BALANCE", "parcels", "new", "near"), ("BALANCE", "parcels", "new", "far"))


def test_findings_of_one_fault_share_its_cause_and_the_first_has_the_suggestions():
    near, far = explained(SHIFTED, *BOTH)
    assert near.cause == far.cause
    assert near.cause.id == "cause-1"
    assert cells_of(near)[0] == (("parcels", "new", "near", 6, 7), ("parcels", "new", "far", 5, 4))
    assert far.suggestions == ()


def test_a_suggestion_says_what_it_changes():
    near, _ = explained(SHIFTED, *BOTH)
    assert near.suggestions[0].text == "“Received”：Near 6 → 7，Far 5 → 4（改 2 格）"


def test_a_suggestion_of_one_cell_says_what_slip_it_would_be():
    (finding,) = explained({"cases": {"first": [6, 7, 31]}}, ("CASES", "cases", "first", "tot"))
    assert finding.suggestions[0].text == "“First hearing”：Total 31 → 13（相邻两位颠倒）"


def test_a_blank_is_shown_as_such():
    (finding,) = explained({"cases": {"first": [15, "", 22]}}, ("CASES", "cases", "first", "tot"))
    assert cells_of(finding)[0] == (("cases", "first", "open", None, 7),)
    assert finding.suggestions[0].text == "“First hearing”：Open 空白 → 7（漏填）"


def test_faults_that_have_nothing_to_do_with_each_other_have_causes_of_their_own():
    tables = {**parcels(sent=[6, 3, 8]), "cases": {"first": [10, 1, 0]}}
    places = (
        ("ROW", "parcels", "sent", "tot"),
        ("SUM", "parcels", "result", "near"),
        ("CASES", "cases", "first", "tot"),
    )
    assert [finding.cause.id for finding in explained(tables, *places)] == ["cause-1", "cause-1", "cause-2"]


def test_a_finding_about_a_blank_that_an_answer_fills_shares_its_cause():
    tables = parcels(sent=[6, 3, ""])
    places = (("UNFILLED", "parcels", "sent", "tot"), ("SUM", "parcels", "result", "near"))
    blank, column = explained(tables, *places, sums=["UNFILLED"])
    assert blank.cause == column.cause is not None


@pytest.mark.parametrize("place", [("TYPO", "parcels", "new", "near"), ("ROW", "cases", "first", "tot")])
def test_other_findings_stay_as_they_are(place):
    tables = {**SHIFTED, "cases": {}}
    report = report_with(tables)
    finding = finding_at(report, *place)
    assert attach(report, [finding], faults(tables)) == (finding,)


def test_a_second_rule_for_the_same_equality_does_not_hide_the_pattern():
    twin = Rule("TWIN", table="parcels", for_each="column", equation="new == result + carry_out - carry_in")
    near, _ = explained(SHIFTED, *BOTH, rules=[*RULES, twin])
    assert near.cause.text.startswith("有 1 前后记在不同的列：")


# --- evidence ---------------------------------------------------------------------------------------------------------


class Said:
    """A place outside of the table."""

    address = Address(trail=("Summary",))
    span = None
    raw = " 0 "


def said(value, *cells, source="text"):
    readings = (tuple((("parcels", *cell), 1) for cell in cells),)
    return Evidence(readings, value, Said(), source)


NOTHING_CARRIED = parcels(carry_out=[0, 0, 0])


def first_change(tables, *evidence):
    (fault,) = faults(tables, evidence=evidence)
    return {(key[1], after) for key, _, after in fault.repairs[0].changes}


def test_a_number_said_elsewhere_chooses_among_answers():
    assert first_change(NOTHING_CARRIED) == {("new", 6), ("new", 10)}
    assert first_change(NOTHING_CARRIED, said(1, ("carry_out", "tot"))) == {("carry_out", 1)}


def test_a_number_said_elsewhere_speaks_against_changing_what_agrees_with_it():
    assert first_change(NOTHING_CARRIED, said(11, ("new", "tot"))) == {("carry_in", 0)}


def test_a_sum_said_elsewhere_counts_for_all_its_cells():
    evidence = said(0, ("carry_in", "tot"), ("carry_out", "tot"))
    assert first_change(NOTHING_CARRIED, evidence) == {("carry_in", 0)}


def test_what_agrees_with_print_and_answer_alike_changes_nothing():
    assert first_change(NOTHING_CARRIED, said(8, ("sent", "tot"))) == first_change(NOTHING_CARRIED)


def test_the_evidence_is_cited():
    text = cause(NOTHING_CARRIED, evidence=[said(1, ("carry_out", "tot"))])
    assert text.endswith("Summary“1”与第一种改法一致。")


def test_last_years_report_is_named_as_such():
    text = cause(NOTHING_CARRIED, evidence=[said(0, ("carry_in", "tot"), source="previous")])
    assert text.endswith("上年报告的“Summary”是 0，与第一种改法一致。")


def test_whole_means_whole():
    assert faults({"parcels": WHOLE}) == []
