"""How figures are mistyped."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gilint.slips import ANY, COST, likely, slip


@pytest.mark.parametrize(
    ("before", "after", "kind"),
    [
        (12, 21, "swapped"),
        (17, 11, "alike"),
        (12, 15, "substituted"),
        (12, 152, "miscounted"),
        (120, 12, "miscounted"),
        (1, 10, "miscounted"),
        (0, 11, "unfilled"),
        (0, 7, "substituted"),
        (12, 99, "any"),
        (123, 321, "any"),
        (-5, 5, "miscounted"),
    ],
)
def test_a_slip_is_known_by_its_digits(before, after, kind):
    assert slip(before, after) == kind


def test_every_kind_has_a_cost_and_any_change_the_highest():
    assert max(COST, key=COST.__getitem__) == ANY


def test_the_likely_numbers_are_one_slip_away():
    assert set(likely(12)) == {
        0, 1, 2, 21,
        *(10, 11, 13, 14, 15, 16, 17, 18, 19), *(22, 32, 42, 52, 62, 72, 82, 92),
        *range(120, 130), *(102, 112, 132, 142, 152, 162, 172, 182, 192), *(212, 312, 412, 512, 612, 712, 812, 912),
    }  # fmt: skip


@given(st.integers(-(10**9), 10**9))
def test_no_likely_number_is_the_number_itself(number):
    found = list(likely(number))
    assert number not in found
    assert len(found) == len(set(found))


@given(st.integers(0, 10**9))
def test_each_likely_number_is_a_slip_of_the_number(number):
    assert all(slip(number, other) != ANY for other in likely(number) if other)
