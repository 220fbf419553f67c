"""Figures that are many times last year's, or a small part of it."""

import pytest
from builders import FAMILY, OLD_FORM, report_with, run

from gilint.checks.changes import change
from gilint.errors import OptionError
from gilint.model import NotAssessable, Problem

CELLS = ["parcels.new.tot"]


def said(now, last, *, cells=CELLS, times=5, least=10, previous=None, **changes):
    """What the check says of a total this year and last year, given as raw text."""
    this = report_with({"parcels": {"new": [0, 0, now]}}, **changes)
    before = report_with({"parcels": {"new": [0, 0, last]}}, **{"year": 2023, **(previous or {})})
    return run(change, this.replace(previous=before), cells=cells, times=times, least=least)


@pytest.mark.parametrize(
    ("now", "last"),
    [(50, 10), (10, 50), (13, 1), (10, 0), (0, 10), ("3000", "512"), ("—", 12)],
)
def test_five_times_as_many_or_few_is_a_finding(now, last):
    (problem,) = said(now, last)
    assert (problem.at.row, problem.at.column) == ("new", "tot")
    assert (problem.values["label"], str(problem.values["times"])) == ("Received × Total", "5")


@pytest.mark.parametrize(
    ("now", "last"),
    [(49, 10), (10, 49), (9, 0), (11, 2), (0, 0), (7, 7)],
)
def test_less_than_that_or_less_than_ten_apart_is_none(now, last):
    assert said(now, last) == []


def test_the_finding_names_both_figures_and_last_years_cell():
    (problem,) = said(120, 8)
    assert {key: problem.values[key] for key in ("now", "last", "difference")} == {
        "now": 120,
        "last": 8,
        "difference": 112,
    }
    (related,) = problem.related
    assert (related.address.table, related.raw) == ("previous.parcels", "8")


@pytest.mark.parametrize(("now", "last", "words"), [("", 50, "is blank"), (50, "", "last year"), ("many", 3, "many")])
def test_a_figure_that_is_not_known_is_no_finding_but_could_not_be_compared(now, last, words):
    (one,) = said(now, last)
    assert isinstance(one, NotAssessable)
    assert words in one.reason["en"]


def test_a_cell_that_the_form_of_last_year_has_not_is_passed_over():
    assert said(50, 1, cells=["parcels.lost.tot"], previous={"form": OLD_FORM}) == []


def test_a_report_of_another_year_is_not_compared():
    (one,) = said(50, 1, previous={"year": 2021})
    assert isinstance(one, NotAssessable)


def test_decimals_are_compared_exactly():
    this = report_with({"stock": {"fees": ["1.5"]}})
    last = report_with({"stock": {"fees": ["0.3"]}}, year=2023)
    found = run(change, this.replace(previous=last), cells=["stock.fees.money"], times=5)
    assert [isinstance(one, Problem) for one in found] == [True]


def test_a_cell_that_no_form_has_is_refused_with_what_was_meant():
    with pytest.raises(OptionError) as caught:
        change.prepare({"cells": ["parcels.new.tot", "parcels.now.tot"], "times": 5}, FAMILY)
    assert caught.value.path == ("cells", 1)
    assert "parcels.new.tot" in str(caught.value)
