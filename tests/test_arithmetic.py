"""Equations: what their text means, and how they are judged."""

import marshal
from decimal import Decimal

import pytest
from builders import FAMILY, FORM, OLD_FORM, Unread, report_with

from gilint.arithmetic import MISSING, evaluate, judge, linear, reader_of, terms, value_of
from gilint.formulas import EquationError, compile_condition, compile_equation, compile_expression

PARCELS = FORM.table("parcels")
STOCK = FORM.table("stock")


def columns(text, **options):
    return compile_equation(text, PARCELS, "column", FORM, **options)


def cells(values):
    """A reader of the cells in one column of the table, by row; rows that are not named are missing."""
    return lambda key: values.get(key[1], MISSING)


def verdict(text, **values):
    return evaluate(columns(text, only=["near"])[0], cells(values))


# --- compiling --------------------------------------------------------------------------------------------------------


def test_for_each_column_names_are_rows():
    assert [one["cells"] for one in columns("new == result")] == [
        (("parcels", "new", "near"), ("parcels", "result", "near")),
        (("parcels", "new", "far"), ("parcels", "result", "far")),
        (("parcels", "new", "tot"), ("parcels", "result", "tot")),
    ]


def test_for_each_row_names_are_columns():
    compiled = compile_equation("tot == near + far", PARCELS, "row", FORM)
    assert [one["row"] for one in compiled] == ["new", "carry_in", "sent", "kept", "lost", "result", "carry_out"]
    assert compiled[0]["cells"] == (("parcels", "new", "tot"), ("parcels", "new", "near"), ("parcels", "new", "far"))


def test_without_for_each_cells_are_named_row_and_column():
    (one,) = compile_equation("new.tot >= sent.tot", PARCELS, None, FORM)
    assert one["cells"] == (("parcels", "new", "tot"), ("parcels", "sent", "tot"))


def test_without_table_cells_are_named_in_full():
    (one,) = compile_equation("parcels.new.tot >= cases.first.tot", None, None, FORM)
    assert one["cells"] == (("parcels", "new", "tot"), ("cases", "first", "tot"))


def test_a_sum_has_the_rows_of_its_group_in_the_column_at_hand():
    one = columns("result == sum(leaf.*)", only=["far"])[0]
    assert one["cells"][1:] == tuple(("parcels", row, "far") for row in ("sent", "kept", "lost"))


def test_a_sum_can_name_its_column():
    (one,) = compile_equation("result.tot == sum(leaf.tot)", PARCELS, None, FORM)
    assert one["cells"][1:] == tuple(("parcels", row, "tot") for row in ("sent", "kept", "lost"))


def test_columns_that_lack_a_cell_get_no_equation():
    assert [one["column"] for one in compile_equation("vans >= 0", STOCK, "column", FORM)] == [
        "bought",
        "valid",
        "change",
    ]


def test_a_column_that_was_asked_for_must_have_the_cells():
    with pytest.raises(EquationError, match="no cell in column 'money'"):
        compile_equation("vans >= 0", STOCK, "column", FORM, only=["money"])


def test_compiled_equations_are_plain_data():
    compiled = columns("0.5 * new == max(result, 2) - 1", when="new > 0")
    assert marshal.loads(marshal.dumps(compiled)) == compiled


def test_a_line_break_counts_as_a_space():
    assert columns("new\n  == result\n") == columns("new == result")


@pytest.mark.parametrize(
    ("text", "offset"),
    [
        ("new + carrry_in == result", 6),
        ("new ==", 6),
        ("new == * result", 7),
        ("new = result", 4),
        ("new", 0),
        ("new == result == kept", 0),
        ("1 == 2", 0),
        ("new / 2 == result", 0),
        ("new * kept == result", 0),
        ("new == leaf", 7),
        ("new == sum(leaff.*)", 11),
        ("new == abs(result)", 7),
        ("new == max(result)", 7),
        ("new == result[0]", 7),
        ("new == 1e3", 7),
        ("new == 0x10", 7),
        ("new == True", 7),
        ("new == '件' + resullt", 7),
        ("new.midle == 0", 4),
        ("other.new.near == 0", 0),
        ("new == (lambda: 1)()", 7),
        ("", 0),
        ("-" * 1000 + "new == 0", 0),
        ("not " * 400 + "new == 0", 0),
        ("new + " * 1000, 2000),
    ],
)
def test_what_is_no_equation_is_refused_at_its_place(text, offset):
    with pytest.raises(EquationError) as caught:
        columns(text)
    assert caught.value.offset == offset
    assert set(caught.value.message) == {"zh", "en"}


def test_an_unknown_name_comes_with_the_likely_one():
    with pytest.raises(EquationError, match="did you mean 'carry_in'"):
        columns("new + carry_inn == result")


def test_an_unknown_name_unlike_any_comes_with_all():
    with pytest.raises(EquationError, match="there is no 'zzz'; known: ") as caught:
        columns("new.zzz == result")
    assert "可用：" in caught.value.message["zh"]


def test_an_error_says_which_option_it_is_in():
    with pytest.raises(EquationError) as caught:
        columns("new == result", when="nwe > 0")
    assert (caught.value.option, caught.value.offset) == ("when", 0)


def test_a_bare_name_needs_for_each():
    with pytest.raises(EquationError, match=r"write 'new' as row\.column"):
        compile_equation("new == 0", PARCELS, None, FORM)


def test_a_condition_may_name_a_cell_of_any_form():
    assert "lost" not in [row.key for row in OLD_FORM.table("parcels").rows]
    assert compile_condition("parcels.lost.tot > 0", FAMILY)


def test_a_condition_on_a_cell_of_no_form_is_refused():
    with pytest.raises(EquationError, match="did you mean 'lost'"):
        compile_condition("parcels.lot.tot > 0", FAMILY)


# --- judging ----------------------------------------------------------------------------------------------------------


def test_sides_that_agree_hold():
    assert verdict("new == result + carry_out", new=8, result=7, carry_out=1).status == "holds"


def test_sides_that_differ_do_not():
    said = verdict("new + carry_in == result", new=7, carry_in=0, result=8)
    assert (said.status, said.left, said.right, said.difference) == ("mismatch", 7, 8, -1)


def test_decimals_are_exact():
    assert (
        verdict("result == new + kept", result=Decimal("0.3"), new=Decimal("0.1"), kept=Decimal("0.2")).status
        == "holds"
    )


def test_large_and_small_figures_are_not_rounded_together():
    huge, tiny = Decimal("123456789012345678"), Decimal("0.00000000000000001")
    assert verdict("result == new + kept", result=huge, new=huge, kept=tiny).status == "mismatch"


def test_constants_and_factors_count():
    assert verdict("0.5 * new - 2 == kept", new=10, kept=3).status == "holds"
    assert verdict("2 * (new - 1) == kept", new=10, kept=18).status == "holds"


def test_min_and_max():
    assert verdict("result == max(new, kept) - min(new, kept)", result=3, new=4, kept=7).status == "holds"


def test_a_blank_that_must_be_zero_holds_with_blanks():
    said = verdict("result == sent + kept", result=3, sent=3, kept=None)
    assert (said.status, said.cells) == ("holds-with-blanks", (("parcels", "kept", "near"),))


def test_a_blank_total_would_be_the_sum():
    said = verdict("result == sent + kept", result=None, sent=3, kept=2)
    assert (said.status, said.expected) == ("blank-total", 5)


def test_a_blank_total_of_zeros_holds():
    assert verdict("result == sent + kept", result=None, sent=0, kept=0).status == "holds-with-blanks"


def test_blank_addends_are_what_is_missing():
    said = verdict("result == sent + kept", result=5, sent=3, kept=None)
    assert (said.status, said.expected) == ("blank-addends", 2)


def test_no_filling_of_the_blank_helps_where_the_addends_are_too_many():
    assert verdict("result == sent + kept", result=3, sent=5, kept=None).status == "mismatch"


def test_a_missing_cell_leaves_it_unknown():
    said = verdict("result == sent + kept", result=3, sent=5)
    assert (said.status, said.cells) == ("unknown", (("parcels", "kept", "near"),))


def test_a_bound_that_a_blank_could_meet_is_unknown():
    assert verdict("new >= sent", new=None, sent=3).status == "unknown"
    assert verdict("new >= sent", new=3, sent=None).status == "holds-with-blanks"


def test_a_signed_blank_can_be_anything():
    (one,) = compile_equation("valid == bought + change", STOCK, "row", FORM, only=["vans"])
    values = {"valid": 3, "bought": 5, "change": None}
    assert evaluate(one, lambda key: values[key[2]]).status == "blank-addends"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("parcels.new.near > 0 and parcels.new.far == 0", True),
        ("parcels.new.near > 0 and parcels.new.tot == 1", None),
        ("parcels.new.near == 0 and parcels.new.tot == 1", False),
        ("parcels.new.near > 0 or parcels.new.tot == 1", True),
        ("not parcels.new.near > 0", False),
        ("0 < parcels.new.near <= 7", True),
        ("cases.first.won > 0", None),
    ],
)
def test_conditions_know_three_answers(text, expected):
    report = report_with({"parcels": {"new": [7, 0, ""]}})
    assert judge(compile_condition(text, FAMILY), reader_of(report)) is expected


def test_an_expression_has_a_value_unless_a_cell_is_unknown():
    report = report_with({"parcels": {"new": [7, 1, ""]}})
    assert value_of(compile_expression("parcels.new.near + parcels.new.far", FAMILY), reader_of(report)) == 8
    assert value_of(compile_expression("parcels.new.tot", FAMILY), reader_of(report)) is None


def test_dashes_and_words_for_none_are_read_as_zero_and_text_is_not():
    read = reader_of(report_with({"parcels": {"new": ["—", "无", "see below"], "sent": Unread("12 3")}}))
    assert [read(("parcels", "new", column)) for column in ("near", "far", "tot")] == [0, 0, MISSING]
    assert read(("parcels", "sent", "near")) is MISSING


# --- showing and solving ----------------------------------------------------------------------------------------------


def test_terms_show_the_numbers():
    one = columns("2 * new - carry_in + 1 == sent + kept", only=["near"])[0]
    read = cells({"new": 7, "carry_in": -1, "sent": None})
    assert terms(one["left"], read) == "2 × 7 - (-1) + 1"
    assert terms(one["right"], read) == "[ ] + ?"


def test_long_sums_leave_out_zeros():
    one = columns("result == sum(leaf.*)", only=["near"])[0]
    assert terms(one["right"], cells({"sent": 2, "kept": 0, "lost": 3}), longest=2) == "2 + 3"


def test_a_linear_equality_gives_whole_coefficients():
    one = columns("0.5 * new + 1 == result - new", only=["near"])[0]
    assert linear(one) == ({("parcels", "new", "near"): 15, ("parcels", "result", "near"): -10}, -10)


@pytest.mark.parametrize("text", ["new <= result", "new == max(result, 1)", "new == new"])
def test_other_equations_bind_nothing(text):
    assert linear(columns(text)[0]) is None


# --- last year --------------------------------------------------------------------------------------------------------


def test_the_figures_of_last_year_are_read_behind_previous():
    last = report_with({"parcels": {"new": [8, "", "/"]}}, year=2023)
    read = reader_of(report_with({"parcels": {"new": [1, 0, 1]}}, previous=last))
    assert [read(("previous.parcels", "new", column)) for column in ("near", "far", "tot")] == [8, None, 0]
    assert read(("parcels", "new", "near")) == 1
    assert read(("previous.stock", "vans", "valid")) == MISSING


def test_without_last_years_report_its_figures_are_missing():
    read = reader_of(report_with({"parcels": {}}))
    assert read(("previous.parcels", "new", "near")) == MISSING


def test_a_form_has_the_table_of_last_year_too():
    assert FORM.table("previous.parcels") is FORM.table("parcels")
