"""The check kind ``equation``: figures that must tie out."""

import marshal

import pytest
from builders import FAMILY, FORM, OLD_FORM, Unread, report_with, run

from gilint.checks.equations import equalities, equation
from gilint.errors import OptionError
from gilint.model import NotAssessable

BALANCE = {"table": "parcels", "for_each": "column", "equation": "new + carry_in == result + carry_out"}
SUM = {"table": "parcels", "for_each": "column", "equation": "result == sum(leaf.*)"}
TOTAL = {"table": "parcels", "for_each": "row", "equation": "tot == near + far"}


def judged(options, rows, /, **more):
    return run(equation, report_with({"parcels": rows}), **options, **more)


def test_figures_that_tie_out_are_fine():
    rows = {"new": [7, 1, 8], "sent": [7, 1, 8], "result": [7, 1, 8]}
    assert [judged(options, rows) for options in (BALANCE, SUM, TOTAL)] == [[], [], []]


def test_each_column_that_does_not_balance_is_told_at_its_first_cell():
    problems = judged(BALANCE, {"new": [7, 1, 8], "result": [8, 0, 8]})
    assert [problem.at.address.trail[-1] for problem in problems] == ["Received × Near", "Received × Far"]
    assert problems[0].values == {
        "table_title": "Parcels",
        "row": "Received",
        "column": "Near",
        "left": 7,
        "right": 8,
        "difference": 1,
        "terms": "7 + 0",
        "left_terms": "7 + 0",
        "right_terms": "8 + 0",
        "expected": 8,
    }


def test_the_other_cells_of_the_equation_are_related():
    problem, _ = judged(BALANCE, {"new": [7, 1, 8], "result": [8, 0, 8], "carry_in": ["/", 0, 0]})
    assert [(cell.row, cell.raw) for cell in problem.related] == [
        ("carry_in", "/"),
        ("result", "8"),
        ("carry_out", "0"),
    ]


def test_a_total_is_told_at_the_total():
    (problem,) = judged({**SUM, "equation": "sum(leaf.*) == result"}, {"sent": [2, 0, 0], "result": [3, 0, 0]})
    assert problem.at.row == "result"
    assert (problem.values["expected"], problem.values["terms"]) == (2, "2 + 0 + 0")


def test_rows_are_judged_one_by_one():
    (problem,) = judged(TOTAL, {"sent": [2, 1, 4]})
    assert (problem.at.row, problem.at.column) == ("sent", "tot")
    assert (problem.values["row"], problem.values["left"], problem.values["right_terms"]) == ("Sent", 4, "2 + 1")


def test_columns_and_rows_can_be_chosen():
    rows = {"new": [7, 1, 8]}
    assert [problem.at.column for problem in judged(BALANCE, rows, columns=["far"])] == ["far"]
    assert judged(TOTAL, {"sent": [2, 1, 4]}, rows=["new"]) == []


def test_a_bound_across_tables():
    report = report_with({"parcels": {}, "cases": {"first": [0, 3, 3]}})
    (problem,) = run(equation, report, equation="cases.first.tot <= parcels.new.tot")
    assert (problem.at.address.table, problem.values["left"], problem.values["right"]) == ("cases", 3, 0)


def test_when_says_where_an_equation_holds():
    rows = {"new": [7, 0, 7], "result": [0, 1, 1]}
    assert [problem.at.column for problem in judged(BALANCE, rows, when="new > 0")] == ["near", "tot"]


def test_a_condition_on_a_blank_cannot_be_judged():
    problems = judged({**BALANCE, "columns": ["near"]}, {"new": ["", 0, 0], "result": [3, 0, 3]}, when="new > 0")
    assert problems == [NotAssessable({"zh": "“Received × Near”是空白", "en": "“Received × Near” is blank"})]


def test_what_holds_anyway_need_not_be_known_to_apply():
    near = {**BALANCE, "columns": ["near"]}
    assert judged(near, {"new": [3, 0, 3], "result": [3, 0, 3], "kept": [0, "", 0]}, when="kept.far > 0") == []
    assert judged(near, {"new": ["", 0, 0]}, when="new > 0") == []


# --- blanks -----------------------------------------------------------------------------------------------------------


def test_blanks_that_stand_for_zero_are_fine():
    rows = {"new": [8, "", 8], "result": [8, "", 8]}
    assert [judged(options, rows, report=kind) for options in (BALANCE, TOTAL) for kind in ("mismatch", "blanks")] == [
        [], [], [], [],
    ]  # fmt: skip


def test_blank_totals_are_told_once_and_never_as_a_mismatch():
    rows = {"sent": [3, 2, ""], "kept": [1, 0, ""], "lost": [0, 0, ""]}
    (problem,) = judged(TOTAL, rows, report="blanks")
    assert (problem.at.row, problem.at.column, problem.values["expected"]) == ("sent", "tot", 5)
    assert (problem.values["count"], problem.values["list"]) == (2, "Sent × Total = 5、Kept × Total = 1")
    assert [cell.row for cell in problem.related] == ["kept"]
    assert judged(TOTAL, rows) == []


def test_blank_addends_are_told_with_what_they_miss():
    (problem,) = judged(TOTAL, {"sent": [3, "", 5]}, report="blanks")
    assert (problem.at.column, problem.values["expected"]) == ("far", 2)


def test_blanks_are_zeros_where_most_equations_say_so():
    rows = {"sent": [3, "", 5], "kept": [1, "", 1], "lost": ["", 2, 2]}
    assert judged(TOTAL, rows, report="blanks") == []
    (problem,) = judged(TOTAL, rows)
    assert (problem.at.row, problem.values["right_terms"]) == ("sent", "3 + [ ]")


def test_a_side_that_is_blank_throughout_was_not_filled():
    rows = {"sent": [3, 2, ""], "kept": ["", 0, ""], "lost": ["", "", ""], "result": [3, 2, 5]}
    assert judged(SUM, rows) == []
    (problem,) = judged(SUM, rows, report="blanks")
    assert problem.values["list"] == "Sent × Total +2 = 5"


# --- what cannot be judged --------------------------------------------------------------------------------------------


def test_a_missing_table_is_not_assessable():
    assert run(equation, report_with(), **BALANCE) == [
        NotAssessable({"zh": "没有识别到“Parcels”表", "en": "the table “Parcels” was not recognised"})
    ]


def test_an_unread_row_is_told_once():
    (said,) = judged(SUM, {"kept": Unread("3 14")})
    assert said.reason["en"] == "“Kept” of the table “Parcels” could not be read exactly: 3 14"


def test_a_missing_row_is_told_by_its_label():
    (said,) = judged(SUM, {"kept": None})
    assert said.reason["zh"] == "“Parcels”表缺少“Kept”"


def test_a_cell_that_is_no_number_hides_only_its_own_equations():
    problem, said = judged(SUM, {"kept": ["three", 0, 0], "result": [3, 1, 0]})
    assert problem.at.column == "far"
    assert said.reason["zh"] == "“Kept × Near”不是数字：three"


# --- compiling --------------------------------------------------------------------------------------------------------


def test_compiled_options_are_plain_data():
    prepared = equation.prepare({**BALANCE, "when": "new > 0"}, FAMILY)
    assert marshal.loads(marshal.dumps(prepared)) == prepared
    assert list(prepared["compiled"]) == [OLD_FORM.id, FORM.id]


def test_forms_that_lack_a_cell_are_left_out():
    options = {**SUM, "equation": "result >= lost"}
    assert list(equation.prepare(options, FAMILY)["compiled"]) == [FORM.id]
    assert run(equation, report_with({"parcels": {"lost": None}}, form=OLD_FORM), **options) == []


@pytest.mark.parametrize(
    ("options", "path", "offset"),
    [
        ({**BALANCE, "equation": "new == reslt"}, ("equation",), 7),
        ({**BALANCE, "when": "new >"}, ("when",), 5),
        ({**BALANCE, "table": "parcel"}, ("table",), 0),
        ({**BALANCE, "columns": ["tot", "near", "fra"]}, ("columns", 2), 0),
        ({**BALANCE, "rows": ["new"]}, ("rows",), 0),
        ({"for_each": "row", "equation": "tot == near"}, ("for_each",), 0),
    ],
)
def test_mistakes_are_refused_at_their_place(options, path, offset):
    with pytest.raises(OptionError) as caught:
        equation.prepare(options, FAMILY)
    assert (caught.value.path, caught.value.offset) == (path, offset)


# --- equalities -------------------------------------------------------------------------------------------------------


class Rule:
    def __init__(self, options):
        self.id = "T1"
        self.options = equation.prepare(options, FAMILY)


def test_equalities_that_bind_a_report():
    report = report_with({"parcels": {"new": [7, 0, 7]}})
    bound = equalities(report, [Rule({**TOTAL, "rows": ["new"]}), Rule({**TOTAL, "equation": "tot >= near"})])
    (one,) = bound
    assert (one.rule, one.row, one.at) == ("T1", "new", ("parcels", "new", "tot"))
    assert {key[2]: factor for key, factor in one.coefficients.items()} == {"tot": 1, "near": -1, "far": -1}


def test_an_equality_whose_condition_fails_binds_nothing():
    report = report_with({"parcels": {"new": [7, 0, 7]}})
    assert [one.column for one in equalities(report, [Rule({**BALANCE, "when": "new > 0"})])] == ["near", "tot"]
