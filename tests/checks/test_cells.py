"""The check kind ``cell``: what stands in cells and how it is written."""

import pytest
from builders import FAMILY, OLD_FORM, Unread, report_with, run

from gilint.checks.cells import cell
from gilint.errors import OptionError
from gilint.model import NotAssessable


def ask(question, rows, table="parcels", /, **options):
    """What the check finds in a table with these rows: (row, column, raw) of each place."""
    items = run(cell, report_with({table: rows}), question=question, table=table, **options)
    return [(item.at.row, item.at.column, item.at.raw) for item in items]


def only(question, rows, table="parcels", /, **options):
    """The one problem that the check finds."""
    (problem,) = run(cell, report_with({table: rows}), question=question, table=table, **options)
    return problem


# --- number -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("raw", "reason"), [("see note", "不是数字"), ("-3", "是负数"), ("12.5", "计数不能有小数")])
def test_a_count_is_a_whole_number_from_zero(raw, reason):
    problem = only("number", {"new": [raw, 0, 0]})
    assert (problem.at.row, problem.at.column, problem.values["reason"]) == ("new", "near", reason)


@pytest.mark.parametrize("raw", ["7", "", "/", "无", "1,234", "3件", "12.0"])
def test_other_ways_of_writing_are_no_question_of_number(raw):
    assert ask("number", {"new": [raw, 0, 0]}) == []


def test_an_amount_may_have_decimals_and_a_signed_cell_be_negative():
    assert ask("number", {"vans": [1, 2, "-3"], "fees": ["12.5"]}, "stock") == []


def test_a_negative_amount_is_wrong():
    assert ask("number", {"fees": ["-12.5"]}, "stock") == [("fees", "money", "-12.5")]


def test_a_whole_count_with_decimals_is_a_question_of_its_own():
    assert ask("decimals", {"new": ["12.0", "12.5", 12]}) == [("new", "near", "12.0")]
    assert ask("decimals", {"fees": ["12.0"]}, "stock") == []


# --- blank and marks --------------------------------------------------------------------------------------------------


def test_blank_cells_are_told_once():
    problem = only("blank", {"new": [7, "", 7], "sent": ["", 0, 0]})
    assert problem.at.address.trail[-1] == "Received × Far"
    assert [one.address.trail[-1] for one in problem.related] == ["Sent × Near"]
    assert problem.values["count"] == 2
    assert problem.values["list"] == "Received × Far、Sent × Near"
    assert problem.values["reason"] == "21 格中有 2 格空白"


def test_a_blank_table_is_told_once():
    problem = only("blank", {"vans": ["", "", ""], "fees": [""]}, "stock")
    assert (problem.values["count"], problem.values["reason"]) == (4, "全部空白")


def test_a_long_list_is_cut():
    problem = only("blank", {"new": [""] * 3, "sent": [""] * 3})
    assert problem.values["list"].count("×") == 5
    assert problem.values["list"].endswith("…")


def test_different_marks_for_none_are_told_at_the_rarer_ones():
    problem = only("mixed-marks", {"new": [7, "/", 7], "sent": ["—", 0, 0]})
    assert (problem.at.raw, [one.raw for one in problem.related]) == ("/", ["—"])
    assert problem.values["reason"] == "0 17 格、/ 1 格、— 1 格"


@pytest.mark.parametrize("raw", ["0", "", "7", "see note"])
def test_blanks_beside_zeros_are_left_to_the_question_of_blanks(raw):
    assert ask("mixed-marks", {"new": [raw, 0, 0]}) == []


def test_one_mark_throughout_is_no_mixture():
    assert ask("mixed-marks", {"vans": ["/", "/", "／"], "fees": ["/"]}, "stock") == []


# --- ways of writing --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("raw", "reason"),
    [
        ("3件", "带有单位"),
        ("约20", "用了约、余等约数写法"),
        ("12（其中修订3件）", "带有说明文字"),
        ("1.2万", "以万、亿计"),
        ("约3件", "带有单位、用了约、余等约数写法"),
    ],
)
def test_a_cell_holds_a_number_and_nothing_more(raw, reason):
    assert only("unit", {"new": [raw, 0, 0]}).values["reason"] == reason


def test_the_styles_objected_to_can_be_chosen():
    assert ask("unit", {"new": ["3件", "约20", 0]}, styles=["hedge"]) == [("new", "far", "约20")]


def test_only_the_chinese_comma_is_no_separator():
    assert ask("separator", {"new": ["1，234", "1,234", "1 234"]}) == [("new", "near", "1，234")]


# --- limits -----------------------------------------------------------------------------------------------------------


def test_cells_that_must_be_zero():
    rows = {"new": [0, 2, 2], "sent": [1, 0, 1]}
    assert ask("zero", rows, rows=["new"], columns=["near", "far"]) == [("new", "far", "2")]


@pytest.mark.parametrize(("question", "raw"), [("below", "10"), ("above", "10")])
def test_limits_are_exclusive(question, raw):
    assert ask(question, {"new": [raw, 9 if question == "below" else 11, ""]}, rows=["new"], limit=10) == [
        ("new", "near", "10")
    ]


def test_a_share_over_the_limit():
    rows = {"lost": [9, 8, 17], "result": [10, 10, 20]}
    problem = run(cell, report_with({"parcels": rows}), question="share", table="parcels", rows=["lost"], of="result",
                  columns=["near", "far"], limit=80)  # fmt: skip
    assert [(one.at.column, one.values["share"], one.values["total"]) for one in problem] == [("near", "90", 10)]


def test_a_share_of_few_is_not_looked_at():
    rows = {"lost": [9, 0, 9], "result": [9, 0, 9]}
    assert ask("share", rows, rows=["lost"], of="result", limit=80, minimum=10) == []


# --- what cannot be judged --------------------------------------------------------------------------------------------


def test_a_table_that_is_not_there_is_not_assessable():
    (said,) = run(cell, report_with(), question="zero", table="parcels")
    assert said == NotAssessable({"zh": "没有识别到“Parcels”表", "en": "the table “Parcels” was not recognised"})


def test_a_row_that_was_not_read_is_not_assessable_beside_the_problems():
    report = report_with({"parcels": {"new": [1, 0, 1], "sent": Unread("1 288 3")}})
    problem, said = run(cell, report, question="zero", table="parcels", columns=["near"])
    assert problem.at.row == "new"
    assert said.reason["zh"] == "“Parcels”表的“Sent”未能准确读出：1 288 3"


def test_a_row_that_was_not_asked_for_does_not_matter():
    report = report_with({"parcels": {"sent": Unread("1 288 3")}})
    assert run(cell, report, question="zero", table="parcels", rows=["new"]) == []


def test_a_form_without_the_row_has_nothing_to_judge():
    assert run(cell, report_with({"parcels": {}}, form=OLD_FORM), question="zero", table="parcels", rows=["lost"]) == []


# --- options ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("options", "path"),
    [
        ({"table": "parcel"}, ("table",)),
        ({"table": "parcels", "rows": ["new", "snet"]}, ("rows", 1)),
        ({"table": "parcels", "columns": ["nears"]}, ("columns", 0)),
        ({"table": "parcels", "columns": ["won"]}, ("columns", 0)),
        ({"table": "parcels", "question": "share", "rows": ["lost"], "limit": 3, "of": "reslt"}, ("of",)),
        ({"table": "parcels", "question": "below"}, ("question",)),
    ],
)
def test_unknown_keys_and_missing_options_are_refused(options, path):
    with pytest.raises(OptionError) as caught:
        cell.prepare({"question": "zero", **options}, FAMILY)
    assert caught.value.path == path
