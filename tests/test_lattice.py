"""Whole-number solutions of a few equations with bounds, compared with trying everything."""

from itertools import islice, product

from hypothesis import given, settings
from hypothesis import strategies as st

from gilint.lattice import solutions


def solved(rows, sums, lowest, likely=None):
    return list(solutions(rows, sums, lowest, likely or [[] for _ in lowest]))


def test_as_many_equations_as_unknowns_have_one_solution():
    assert solved([[1, 1], [1, -1]], [5, 1], [None, None]) == [(3, 2)]


def test_equations_that_contradict_each_other_have_none():
    assert solved([[1, 1], [2, 2]], [5, 11], [None, None]) == []


def test_a_fraction_is_no_solution():
    assert solved([[2, 0], [0, 1]], [3, 1], [None, None]) == []


def test_a_zero_is_no_solution():
    assert solved([[1, 0], [0, 1]], [0, 1], [None, None]) == []


def test_bounds_leave_what_is_between():
    assert sorted(solved([[1, 1]], [-3], [-2, -2])) == [(-2, -1), (-1, -2)]


def test_the_likely_values_come_first():
    assert solved([[1, 1]], [100], [0, 0], [[40], []])[0] == (40, 60)


def test_three_unknowns_in_one_equation_are_all_looked_at():
    assert sorted(solved([[1, 1, 1]], [-8], [-3, -3, -3])) == [(-3, -3, -2), (-3, -2, -3), (-2, -3, -3)]


def test_an_unknown_without_bounds_is_looked_for_around_nothing():
    assert (1, -1) in solved([[1, 1]], [0], [None, None])


FACTOR = st.integers(-2, 3)


def satisfies(one, rows, sums):
    return all(
        sum(a * b for a, b in zip(row, one, strict=True)) == total for row, total in zip(rows, sums, strict=True)
    )


@settings(max_examples=200, deadline=None)
@given(st.integers(1, 3), st.data())
def test_where_there_is_a_solution_one_is_found(width, data):
    rows = data.draw(st.lists(st.lists(FACTOR, min_size=width, max_size=width), min_size=1, max_size=3))
    lowest = data.draw(st.lists(st.integers(-4, 0), min_size=width, max_size=width))
    sums = [data.draw(st.integers(-6, 6)) for _ in rows]
    found = list(islice(solutions(rows, sums, lowest, [[] for _ in lowest]), 50))
    for one in found:
        assert all(one)
        assert all(number >= low for number, low in zip(one, lowest, strict=True))
        assert satisfies(one, rows, sums)
    small = (one for one in product(*(range(low, 5) for low in lowest)) if all(one) and satisfies(one, rows, sums))
    assert found or next(small, None) is None
