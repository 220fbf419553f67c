"""Equations that name last year's report: what is compared, what is not, and what becomes known of the cells."""

import marshal

import pytest
from builders import FAMILY, FORM, OLD_FORM, Unread, report_with, run, slice_at

from gilint.checks.equations import equalities, equation
from gilint.errors import OptionError
from gilint.model import Evidence, NotApplicable, NotAssessable, Problem

CARRY = {"table": "parcels", "for_each": "column", "equation": "carry_in == previous.carry_out"}
TOTAL = {"table": "parcels", "equation": "carry_in.tot == previous.carry_out.tot"}
STOCK = {"table": "stock", "for_each": "row", "equation": "valid == previous.valid + bought"}


def years(now, last, *, form=FORM, previous=None, **changes):
    """A report with these tables, and last year's with those."""
    fields = {"form": form, "year": 2023, **(previous or {})}
    return report_with(now, previous=report_with(last, **fields), **changes)


def said(options, now, last, /, **changes):
    return run(equation, years(now, last, **changes), **options)


def problems(*args, **changes):
    return [one for one in said(*args, **changes) if isinstance(one, Problem)]


def evidence(*args, **changes):
    return [one for one in said(*args, **changes) if isinstance(one, Evidence)]


def reasons(*args, **changes):
    return [one.reason["en"] for one in said(*args, **changes) if isinstance(one, NotAssessable | NotApplicable)]


def carried(near, far=0, tot=None):
    return {"parcels": {"carry_in": [near, far, near + far if tot is None else tot]}}


def left(near, far=0, tot=None):
    return {"parcels": {"carry_out": [near, far, near + far if tot is None else tot]}}


# --- names ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "options",
    [
        {"table": "parcels", "for_each": "column", "columns": ["tot"], "equation": "carry_in == previous.carry_out"},
        {"table": "parcels", "for_each": "row", "rows": ["carry_in"], "equation": "tot == previous.carry_out.tot"},
        {"table": "parcels", "equation": "carry_in.tot == previous.carry_out.tot"},
        {"equation": "parcels.carry_in.tot == previous.parcels.carry_out.tot"},
    ],
)
def test_names_of_last_year_are_short_or_full(options):
    (problem,) = problems(options, carried(2), left(3))
    assert (problem.at.row, problem.at.column, problem.values["left"], problem.values["right"]) == (
        "carry_in",
        "tot",
        2,
        3,
    )


def test_a_bare_name_behind_previous_is_a_column_in_each_row():
    now = {"stock": {"vans": [2, 2, 0]}}
    (problem,) = problems(STOCK, now, now)
    assert (problem.at.row, problem.at.column, problem.values["right_terms"]) == ("vans", "valid", "2 + 2")


@pytest.mark.parametrize(
    ("text", "offset", "words"),
    [
        ("carry_in == previous.carry_owt", 21, "carry_out"),
        ("carry_in == previous.parcel.carry_out.tot", 21, "parcels"),
        ("previous.carry_in == previous.carry_out", 0, "no cell of the report"),
        ("result == sum(previous.leaf.*)", 14, "sum cannot add up"),
        ("carry_in == previous", 12, "no 'previous'"),
    ],
)
def test_mistakes_in_names_of_last_year_are_refused_at_their_place(text, offset, words):
    with pytest.raises(OptionError, match=words) as caught:
        equation.prepare({**CARRY, "equation": text}, FAMILY)
    assert caught.value.offset == offset


def test_a_cell_that_only_another_form_has_may_be_named():
    options = {"table": "parcels", "for_each": "column", "equation": "sent >= previous.lost"}
    assert set(equation.prepare(options, FAMILY)["compiled"]) == {OLD_FORM.id, FORM.id}


def test_compiled_names_are_plain_data():
    prepared = equation.prepare({**CARRY, "when": "carry_in.tot == previous.carry_out.tot"}, FAMILY)
    assert marshal.loads(marshal.dumps(prepared)) == prepared


def test_an_explanation_needs_a_name_of_last_year():
    with pytest.raises(OptionError, match="last year"):
        equation.prepare({"equation": "parcels.new.tot >= 0", "explained_by": [{"words": ["move"]}]}, FAMILY)


# --- what is compared -------------------------------------------------------------------------------------------------


def test_figures_that_follow_from_last_year_are_fine():
    assert problems(CARRY, carried(2, 1), left(2, 1)) == []


def test_the_cell_of_last_year_is_related_and_says_whose_it_is():
    (problem,) = problems(TOTAL, carried(2), left(3))
    (cell,) = problem.related
    assert (cell.raw, cell.address.table, cell.address.row, cell.address.column) == (
        "3",
        "previous.parcels",
        "carry_out",
        "tot",
    )
    assert cell.address.trail[0] == "report.txt"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("valid == previous.valid + bought", 7),
        ("previous.valid + bought == valid", 7),
        ("previous.valid == valid - bought", 7),
        ("valid - bought == previous.valid", 7),
    ],
)
def test_the_finding_stands_in_this_report_and_says_what_is_expected(text, expected):
    now, last = {"stock": {"vans": [2, 9, 0]}}, {"stock": {"vans": [0, 5, 0]}}
    (problem,) = problems({**STOCK, "equation": text}, now, last)
    assert (problem.at.row, problem.at.column, problem.at.raw) == ("vans", "valid", "9")
    assert (problem.values["difference"], problem.values["expected"]) == (2, expected)


def test_a_bound_by_last_year():
    options = {**STOCK, "equation": "bought <= previous.valid"}
    now = {"stock": {"vans": [3, 9, 0]}}
    assert problems(options, now, {"stock": {"vans": [0, 3, 0]}}) == []
    assert len(problems(options, now, {"stock": {"vans": [0, 2, 0]}})) == 1


def test_a_condition_may_name_last_year():
    options = {**CARRY, "when": "carry_in.tot == previous.carry_out.tot"}
    assert [one.at.column for one in problems(options, carried(2, 1), left(1, 2))] == ["near", "far"]
    assert problems(options, carried(2, 1), left(1, 1)) == []


# --- what is not ------------------------------------------------------------------------------------------------------


def test_without_last_years_report_nothing_is_compared_and_the_reason_says_how_to_give_it():
    (reason,) = run(equation, report_with(carried(2)), **CARRY)
    assert isinstance(reason, NotAssessable)
    assert all("--previous" in words for words in reason.reason.values())


def test_the_report_of_another_year_is_not_compared():
    (reason,) = said(TOTAL, carried(2), left(3), previous={"year": 2022})
    assert isinstance(reason, NotAssessable)
    assert "2022" in reason.reason["en"]
    assert "2023" in reason.reason["en"]


@pytest.mark.parametrize("change", [{"year": None}, {"previous": {"year": None}}])
def test_a_report_without_a_year_is_compared(change):
    assert len(problems(TOTAL, carried(2), left(3), **change)) == 1


@pytest.mark.parametrize(
    ("now", "last", "same"),
    [
        ("青河市水务局", "青河市水务局", True),
        ("青河市水务局", "市水务局", True),
        ("青河市府办公室", "青河市人民府办公室", True),
        ("青河市水务局", "青河市水 务局", True),
        ("青河市水务局", None, True),
        (None, "青河市水务局", True),
        ("青河市水务局", "青河市民政局", False),
        ("青河市水务局", "白河市水务局", False),
    ],
)
def test_the_report_of_another_organ_is_not_compared(now, last, same):
    found = said(TOTAL, carried(2), left(3), issuer=now, previous={"issuer": last})
    assert [type(one) for one in found][:1] == [Problem if same else NotAssessable]


def test_a_government_is_not_the_office_in_its_name():
    def compared(kind):
        return problems(TOTAL, carried(2), left(3), issuer_kind="office", previous={"issuer_kind": kind})

    assert [len(compared(kind)) for kind in ("office", None, "government")] == [1, 1, 0]


def test_a_cell_that_last_years_form_does_not_have_leaves_nothing_to_compare():
    options = {"equation": "parcels.sent.tot >= previous.parcels.lost.tot"}
    (reason,) = said(options, {"parcels": {}}, {"parcels": {}}, form=OLD_FORM)
    assert isinstance(reason, NotApplicable)
    assert "parcels.lost.tot" in reason.reason["en"]
    assert "post/old" in reason.reason["en"]


def test_the_rows_that_last_years_form_does_have_are_compared():
    options = {"table": "parcels", "for_each": "row", "equation": "tot == previous.tot"}
    now = {"parcels": {"new": [1, 0, 1], "lost": [2, 0, 2]}}
    assert [one.at.row for one in problems(options, now, {"parcels": {}}, form=OLD_FORM)] == ["new"]
    assert reasons(options, now, {"parcels": {}}, form=OLD_FORM) == []


@pytest.mark.parametrize(
    ("last", "words"),
    [
        ({}, "last year's report: the table “Parcels” was not recognised"),
        ({"parcels": {"carry_out": None}}, "last year's report: “Carried forward” is missing"),
        ({"parcels": {"carry_out": Unread("1 2 3 4")}}, "last year's report: “Carried forward” of the table"),
        (left(0, 0, "many"), "last year's report: “Carried forward × Total” is not a number: many"),
        (left(0, 0, ""), "last year's report: “Carried forward × Total” is blank"),
    ],
)
def test_a_figure_of_last_year_that_cannot_be_read_is_not_assessable(last, words):
    (reason,) = said(TOTAL, carried(2), last)
    assert isinstance(reason, NotAssessable)
    assert reason.reason["en"].startswith(words)
    assert reason.reason["zh"].startswith("上年报告：")


@pytest.mark.parametrize(("now", "last"), [("", 0), (0, ""), ("", ""), ("/", 0), (0, "—"), ("", "/")])
def test_blanks_and_dashes_for_zero_agree(now, last):
    assert [one for one in said(TOTAL, carried(0, 0, now), left(0, 0, last)) if not isinstance(one, Evidence)] == []


def test_a_total_left_blank_that_last_year_knows_is_told():
    (problem,) = problems(TOTAL, carried(0, 0, ""), left(3))
    assert (problem.values["left_terms"], problem.values["right"], problem.values["expected"]) == ("[ ]", 3, 3)


def test_a_blank_that_could_make_up_the_difference_accuses_nobody():
    now, last = {"stock": {"vans": ["", 6, 0]}}, {"stock": {"vans": [0, 5, 0]}}
    assert problems(STOCK, now, last) == []


# --- what becomes known -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("now", [2, 3, "", "many"])
def test_last_years_figure_is_evidence_for_this_years_cell(now):
    (known,) = evidence(TOTAL, carried(0, 0, now), left(3))
    assert (known.readings, known.value, known.source) == (((((("parcels", "carry_in", "tot"), 1),),)), 3, "previous")
    assert (known.at.raw, known.at.address.table) == ("3", "previous.parcels")


@pytest.mark.parametrize("text", ["valid == previous.valid + bought - 1", "previous.valid == valid - bought + 1"])
def test_what_is_required_of_several_cells_together_is_one_reading(text):
    now, last = {"stock": {"vans": [2, 9, 0]}}, {"stock": {"vans": [0, 5, 0]}}
    (known,) = evidence({**STOCK, "equation": text}, now, last)
    bought, valid = ("stock", "vans", "bought"), ("stock", "vans", "valid")
    assert [dict(reading) for reading in known.readings] == [{valid: 1, bought: -1}]
    assert known.value == 4


def test_each_column_is_known_by_itself():
    assert [known.value for known in evidence(CARRY, carried(2, 1), left(5, 7))] == [5, 7, 12]


@pytest.mark.parametrize(
    "options",
    [
        {**TOTAL, "equation": "carry_in.tot >= previous.carry_out.tot"},
        {**TOTAL, "equation": "carry_in.tot == max(previous.carry_out.tot, 1)"},
        {**TOTAL, "when": "new.tot > 0"},
    ],
)
def test_what_requires_no_figure_is_no_evidence(options):
    assert evidence(options, carried(2), left(3)) == []


def test_a_blank_of_last_year_is_no_evidence():
    assert evidence(TOTAL, carried(2), left(0, 0, "")) == []


def test_what_last_year_requires_binds_nothing():
    class Rule:
        id = "T1"
        options = equation.prepare(CARRY, FAMILY)

    assert equalities(years(carried(2), left(3)), [Rule()]) == ()


# --- what the text explains -------------------------------------------------------------------------------------------

EXPLAINED = {**TOTAL, "explained_by": [{"words": ["moved", "merged"]}, {"words": ["wrong"], "sentence_has": ["carry"]}]}


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("The office was merged.", "merged"),
        ("The office was m e r g e d.", "merged"),
        ("Last year's carry was wrong.", "wrong"),
    ],
)
def test_a_difference_that_the_text_explains_is_left_to_people(text, word):
    passages = (slice_at(3, text).passage,)
    (reason,) = said(EXPLAINED, carried(2), left(3), passages=passages)
    assert isinstance(reason, NotAssessable)
    assert all(f"“{word}”" in words for words in reason.reason.values())
    assert all("2" in words and "3" in words for words in reason.reason.values())


@pytest.mark.parametrize("text", ["Nothing.", "It was wrong。 A carry.", "A carry；the wrong door"])
def test_other_words_explain_nothing(text):
    passages = (slice_at(3, text).passage,)
    assert len(problems(EXPLAINED, carried(2), left(3), passages=passages)) == 1


@pytest.mark.parametrize("role", ["title", "signoff", "outside"])
def test_an_explanation_stands_in_the_text(role):
    passages = (slice_at(3, "The office was merged.", role=role).passage,)
    assert len(problems(EXPLAINED, carried(2), left(3), passages=passages)) == 1


def test_where_nothing_differs_nothing_is_explained():
    passages = (slice_at(3, "The office was merged.").passage,)
    assert reasons(EXPLAINED, carried(3), left(3), passages=passages) == []
    assert len(evidence(EXPLAINED, carried(3), left(3), passages=passages)) == 1
