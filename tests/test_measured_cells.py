"""What is measured of naming wrong cells, held for small samples: see scripts/measure_cells.py for the large ones."""

import os
import subprocess
import sys
from itertools import combinations, product
from random import Random

import pytest
import slips
from conftest import ROOT
from hypothesis import given, settings
from hypothesis import strategies as st
from slips import DISPUTES, REQUESTS

from gilint.diagnosis import Locator

FORMS = ("2021", "2019")
LOCATORS = {name: Locator(*slips.bound(name)) for name in FORMS}
SHEETS = {name: slips.sheets(slips.bound(name)[0]) for name in FORMS}
ANSWERS = """
import sys
sys.path.insert(0, "tests")
from test_measured_cells import answers
print(*answers(), sep="\\n")
"""


def changes(fault, rank=0):
    """An answer as cell → right figure."""
    return {key: after for key, _, after in fault.repairs[rank].changes}


def broken(name, sheet):
    return slips.broken(slips.bound(name)[1], sheet)


def places(equalities):
    return sorted((one.rule, one.at) for one in equalities)


def samples(seed):
    """Published sheets and one of each size, by the name of their form."""
    chance = Random(seed)
    for entry in slips.COMPLETE:
        yield entry["format"], slips.filled(slips.published(entry, slips.bound(entry["format"])[0]))
    for name in FORMS:
        for size in slips.SIZES:
            yield name, slips.generated(slips.bound(name)[0], chance, size)


def answers():
    """All that is answered to some slips of every kind, as text."""
    chance = Random(7)
    for name, sheet in samples(7):
        keys = slips.cells(sheet, REQUESTS)
        form = slips.bound(name)[0]
        pairs = sorted(slips.neighbours(form, REQUESTS, across=True))
        made = [slips.any_single(sheet, key, chance) for key in chance.sample(keys, 3)]
        made += [slips.independent(sheet, keys, count, chance) for count in (2, 3, 4, 5)]
        made += [slip for pair in chance.sample(pairs, 3) for slip in slips.beside(sheet, *pair)]
        made.append(slips.any_single(sheet, chance.choice(slips.cells(sheet, DISPUTES)), chance))
        for slip in made:
            yield repr(LOCATORS[name].locate(slips.spoilt(sheet, slip)))


@st.composite
def slipped(draw, name, count, table=REQUESTS):
    """A sheet that ties out, and misprints in so many of its cells."""
    sheet = draw(SHEETS[name])
    keys = draw(st.lists(st.sampled_from(slips.cells(sheet, table)), min_size=count, max_size=count, unique=True))
    chance = draw(st.randoms(use_true_random=False))
    return sheet, slips.joined("drawn", *(slips.any_single(sheet, key, chance) for key in keys))


# --- tables that tie out ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", FORMS)
@settings(max_examples=25)
@given(st.data())
def test_generated_sheets_tie_out_and_no_fault_is_found_whatever_zeros_are_blank(name, data):
    sheet = data.draw(SHEETS[name])
    assert broken(name, sheet) == []
    assert LOCATORS[name].locate(sheet) == []


@pytest.mark.parametrize("name", FORMS)
@settings(max_examples=15)
@given(st.data())
def test_blanks_for_zeros_give_no_finding_about_sums_and_one_about_blanks_for_a_table(name, data):
    found = slips.findings(slips.bound(name)[0], data.draw(SHEETS[name]))
    assert [one for one in found if one.rule in slips.rules_on_sums()] == []
    tables = [one.address.table for one in found if one.rule in slips.rules_on_blanks()]
    assert len(tables) == len(set(tables))


# --- slips ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", FORMS)
@settings(max_examples=25)
@given(st.data())
def test_a_single_wrong_figure_of_a_table_without_blanks_is_the_only_answer(name, data):
    sheet, slip = data.draw(slipped(name, 1))
    sheet = {key: value or 0 for key, value in sheet.items()}
    (fault,) = LOCATORS[name].locate(slips.spoilt(sheet, slip))
    assert [changes(fault, rank) for rank in range(len(fault.repairs))] == [slips.truth(sheet, slip)]
    assert places(fault.broken) == places(broken(name, slips.spoilt(sheet, slip)))


@pytest.mark.parametrize("name", FORMS)
@settings(max_examples=25)
@given(st.data())
def test_a_single_wrong_figure_is_the_first_answer_where_zeros_are_blank(name, data):
    sheet, slip = data.draw(slipped(name, 1))
    (fault,) = LOCATORS[name].locate(slips.spoilt(sheet, slip))
    assert changes(fault) == slips.truth(sheet, slip)


@pytest.mark.parametrize("count", [1, 2, 3])
@settings(max_examples=25)
@given(st.data())
def test_up_to_three_wrong_figures_are_always_noticed(count, data):
    sheet, slip = data.draw(slipped("2021", count))
    assert LOCATORS["2021"].locate(slips.spoilt(sheet, slip))


@settings(max_examples=25)
@given(st.data(), st.integers(1, 4))
def test_the_first_answers_make_all_equations_hold_with_no_more_cells_than_were_wrong(data, count):
    sheet, slip = data.draw(slipped("2021", count))
    sheet = {key: value or 0 for key, value in sheet.items()}
    printed = slips.spoilt(sheet, slip)
    faults = LOCATORS["2021"].locate(printed)
    if not broken("2021", printed):
        assert faults == []
        return
    told = {key: after for fault in faults for key, after in changes(fault).items()}
    assert broken("2021", {**printed, **told}) == []
    assert all(after >= 0 for after in told.values())
    assert len(told) <= len(slips.truth(sheet, slip))


@settings(max_examples=25)
@given(st.data())
def test_a_slip_in_a_group_of_disputes_is_noticed_and_the_truth_is_among_five_answers(data):
    sheet, slip = data.draw(slipped("2021", 1, DISPUTES))
    sheet = {key: value or 0 for key, value in sheet.items()}
    (fault,) = LOCATORS["2021"].locate(slips.spoilt(sheet, slip))
    assert slips.truth(sheet, slip) in [changes(fault, rank) for rank in range(len(fault.repairs))]
    assert len(fault.repairs) <= 5


@settings(max_examples=25)
@given(st.data())
def test_pinned_cells_stay(data):
    sheet, slip = data.draw(slipped("2021", 2))
    keys = data.draw(st.lists(st.sampled_from(slips.cells(sheet, REQUESTS)), unique=True, max_size=20))
    pinned = frozenset([*keys, next(iter(slip.printed))])
    for fault in LOCATORS["2021"].locate(slips.spoilt(sheet, slip), pinned):
        assert all(pinned.isdisjoint(changes(fault, rank)) for rank in range(len(fault.repairs)))


@pytest.mark.parametrize(("name", "sheet"), list(samples(1)))
def test_a_number_left_blank_is_told(name, sheet):
    form = slips.bound(name)[0]
    table = form.table(REQUESTS)
    chance = Random(1)
    for key in chance.sample([key for key in slips.cells(sheet, REQUESTS) if sheet[key]], 2):
        found = slips.findings(form, {**sheet, key: None})
        words = f"{table.row(key[1]).label} × {table.column(key[2]).label} = {sheet[key]}"
        suggested = [suggestion.cells for finding in found for suggestion in finding.suggestions[:1]]
        assert ((*key, None, sheet[key]),) in suggested or any(words in finding.message for finding in found), key


@pytest.mark.parametrize(("name", "sheet"), list(samples(2)))
def test_five_wrong_figures_are_never_taken_for_fewer(name, sheet):
    sheet = {key: value or 0 for key, value in sheet.items()}
    chance = Random(2)
    slip = slips.independent(sheet, slips.cells(sheet, REQUESTS), 5, chance)
    truth = slips.truth(sheet, slip)
    for fault in LOCATORS[name].locate(slips.spoilt(sheet, slip)):
        assert not fault.repairs or changes(fault).items() <= truth.items()
        assert fault.repairs or (fault.reason == "more" and fault.least >= 2)


def mending_pairs(equalities, printed):
    """Every two cells whose change, to nothing below 0, makes all equalities hold: by trying all pairs."""
    rows = [(dict(one.coefficients), one.constant) for one in equalities]
    residuals = [constant - sum(factor * printed[key] for key, factor in row.items()) for row, constant in rows]
    violated = {at for at, residual in enumerate(residuals) if residual}
    columns = {key: {at: row[key] for at, (row, _) in enumerate(rows) if key in row} for key in printed}
    for one, other in combinations(printed, 2):
        left, right = columns[one], columns[other]
        if not violated <= left.keys() | right.keys():
            continue
        for change in {residuals[at] * left[at] for at in left.keys() - right.keys()}:
            rest = {at: residuals[at] - left.get(at, 0) * change for at in left.keys() | right.keys()}
            second = next(iter({rest[at] * right[at] for at in right}))
            mended = all(rest[at] == right.get(at, 0) * second for at in rest)
            if mended and change and second and printed[one] + change >= 0 and printed[other] + second >= 0:
                yield frozenset({(one, printed[one] + change), (other, printed[other] + second)})


@pytest.mark.parametrize(("name", "sheet"), list(samples(5)))
def test_the_answers_to_two_slips_are_all_pairs_of_cells_that_mend_the_table(name, sheet):
    chance, sheet = Random(5), {key: value or 0 for key, value in sheet.items()}
    form, equalities = slips.bound(name)
    beside = [slip for pair in sorted(slips.neighbours(form, REQUESTS, True)) for slip in slips.beside(sheet, *pair)]
    beside = [slip for slip in beside if len(slips.truth(sheet, slip)) == 2]
    for slip in (slips.independent(sheet, slips.cells(sheet, REQUESTS), 2, chance), chance.choice(beside)):
        printed = slips.spoilt(sheet, slip)
        faults = LOCATORS[name].locate(printed)
        parts = product(*([changes(fault, rank).items() for rank in range(len(fault.repairs))] for fault in faults))
        answers = {frozenset(item for part in one for item in part) for one in parts}
        expected = set(mending_pairs(equalities, printed))
        assert frozenset(slips.truth(sheet, slip).items()) in expected
        assert {one for one in answers if len(one) == 2} <= expected
        assert len(expected) > 10 or expected <= answers


# --- the same bytes ---------------------------------------------------------------------------------------------------


def test_the_same_slips_are_answered_the_same_twice():
    assert list(answers()) == list(answers())


def test_two_hash_seeds_answer_byte_for_byte_the_same():
    outputs = [
        subprocess.run(
            [sys.executable, "-c", ANSWERS],
            cwd=ROOT,
            env={**os.environ, "PYTHONHASHSEED": seed},
            check=True,
            capture_output=True,
        ).stdout
        for seed in ("1", "2")
    ]
    assert outputs[0] == outputs[1]
    assert outputs[0].count(b"\n") > 100


# --- large tables -----------------------------------------------------------------------------------------------------


def test_a_slip_in_a_very_wide_table_is_located():
    chance = Random(3)
    form, bound, sheet = slips.wide(300, 40, chance)
    key = ("wide", "r123", "c17")
    locator = Locator(form, bound)
    (fault,) = locator.locate({**sheet, key: sheet[key] + 10})
    assert changes(fault) == {key: sheet[key]}


def test_a_table_in_which_everything_is_wrong_is_given_up():
    chance = Random(4)
    form, bound, sheet = slips.wide(300, 40, chance)
    faults = Locator(form, bound).locate({key: chance.randrange(10**9) for key in sheet})
    assert faults
    assert all(fault.repairs == () and fault.reason in ("more", "steps") for fault in faults)
