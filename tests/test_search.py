"""The fewest cells whose change makes a system hold, compared with trying everything."""

from fractions import Fraction
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gilint.search import Freedom, components, find_repairs, slip


def cells_of(repair):
    return {key: (before, after) for key, before, after in repair.changes}


def repairs(values, *equations, **options):
    return find_repairs(values, equations, **options)


SUM = ({"total": 1, "one": -1, "two": -1}, 0)


def test_nothing_is_to_be_changed_where_all_holds():
    assert repairs({"total": 3, "one": 1, "two": 2}, SUM).reason == "none"


def test_each_cell_of_a_sum_may_be_the_wrong_one():
    answer = repairs({"total": 4, "one": 1, "two": 2}, SUM)
    assert {key for repair in answer.repairs for key in cells_of(repair)} == {"total", "one", "two"}


def test_a_value_below_its_minimum_is_no_answer():
    answer = repairs({"total": 0, "one": 10, "two": 1}, SUM)
    assert [cells_of(repair) for repair in answer.repairs] == [{"total": (0, 11)}]


def test_a_cell_in_two_broken_sums_is_the_wrong_one():
    values = {"total": 3, "one": 5, "two": 2, "down": 4, "other": 3}
    answer = repairs(values, SUM, ({"down": 1, "one": -1, "other": -1}, 0))
    assert [cells_of(repair) for repair in answer.repairs] == [{"one": (5, 1)}]


def test_equations_without_a_cell_of_their_own_are_solved_together():
    answer = repairs({"x": 0, "y": 0}, ({"x": 1, "y": 1}, 5), ({"x": 1, "y": -1}, 1))
    assert [cells_of(repair) for repair in answer.repairs] == [{"x": (0, 3), "y": (0, 2)}]


def test_a_change_that_is_no_whole_number_is_no_answer():
    assert repairs({"x": 0}, ({"x": 2}, 3)).reason == "more"


def test_a_cell_changes_in_its_steps():
    values = {"count": 0, "amount": 0}
    answer = repairs(
        values, ({"count": 1, "amount": 1}, 5), freedom=lambda key: Freedom(step=10 if key == "count" else 1)
    )
    assert [cells_of(repair) for repair in answer.repairs] == [{"amount": (0, 5)}]


def test_more_cells_than_allowed_are_not_located():
    values = dict.fromkeys("abcd", 0)
    equations = [({key: 1}, 1) for key in "abcd"]
    assert repairs(values, *equations).reason == "more"
    assert len(repairs(values, *equations, most=4).repairs[0].changes) == 4


def test_the_work_is_bounded():
    values = {f"{row}{column}": 1 for row in range(12) for column in range(12)}
    rows = [({f"{row}{column}": 1 for column in range(12)}, 12 + row) for row in range(12)]
    assert repairs(values, *rows, steps=1000).reason == "steps"


def test_at_most_so_many_answers_are_given():
    values = {str(number): 5 for number in range(30)}
    answer = repairs(values, (dict.fromkeys(values, 1), 151), answers=4)
    assert len(answer.repairs) == 4


def test_the_likeliest_slip_comes_first():
    answer = repairs({"total": 21, "one": 5, "two": 7}, SUM)
    assert cells_of(answer.repairs[0]) == {"total": (21, 12)}


def test_an_amount_in_the_neighbouring_cell_is_one_slip():
    values = {"a": 0, "b": 40, "c": 0, "ab": 40, "left": 40, "right": 0}
    equations = [({"a": 1, "b": 1, "c": 1}, 40), ({"a": 1}, 40), ({"b": 1}, 0)]
    answer = repairs(
        {key: values[key] for key in "abc"}, *equations, adjacent=lambda one, other: {one, other} == {"a", "b"}
    )
    assert (cells_of(answer.repairs[0]), answer.repairs[0].cost) == ({"a": (0, 40), "b": (40, 0)}, 12)


@pytest.mark.parametrize(
    ("before", "after", "cost"),
    [(12, 21, 10), (17, 11, 9), (12, 15, 11), (12, 152, 12), (120, 12, 12), (12, 99, 25), (0, 11, 25)],
)
def test_what_slips_cost(before, after, cost):
    assert slip(before, after) == cost


def test_equations_that_share_no_cell_are_apart():
    assert components([{"a": 1, "b": 1}, {"c": 1}, {"b": 1, "d": 1}, {"e": 1, "c": 1}]) == [[0, 2], [1, 3]]


# --- against trying everything ----------------------------------------------------------------------------------------


def solved(columns, wanted):
    """The one solution of columns · x = wanted in fractions; ``None`` when there is none or more than one."""
    rows = [[Fraction(column[at]) for column in columns] + [Fraction(wanted[at])] for at in range(len(wanted))]
    rank = 0
    for pivot in range(len(columns)):
        found = next((row for row in rows[rank:] if row[pivot]), None)
        if found is None:
            return None
        rows.remove(found)
        rows.insert(rank, found)
        for row in rows:
            if row is not found:
                factor = row[pivot] / found[pivot]
                row[:] = [value - factor * other for value, other in zip(row, found, strict=True)]
        rank += 1
    if any(row[-1] for row in rows[rank:]):
        return None
    return [row[-1] / row[at] for at, row in enumerate(rows[:rank])]


def every_repair(values, equations, most):
    """The smallest sets of cells with one solution, by trying all sets."""
    keys = list(values)
    wanted = [constant - sum(factor * values[key] for key, factor in parts.items()) for parts, constant in equations]
    for size in range(1, most + 1):
        found = set()
        for chosen in combinations(keys, size):
            solution = solved([[parts.get(key, 0) for parts, _ in equations] for key in chosen], wanted)
            if solution is None or any(change.denominator != 1 or not change for change in solution):
                continue
            after = {key: values[key] + int(change) for key, change in zip(chosen, solution, strict=True)}
            if all(value >= 0 for value in after.values()):
                found.add(frozenset(after.items()))
        if found:
            return found
    return set()


@st.composite
def systems(draw):
    keys = "abcdefgh"[: draw(st.integers(2, 8))]
    values = {key: draw(st.integers(0, 4)) for key in keys}
    factor = st.sampled_from([0, 0, 1, 1, -1, 2])
    equations = [
        ({key: draw(factor) for key in keys}, draw(st.integers(-2, 3))) for _ in range(draw(st.integers(1, 6)))
    ]
    return values, equations


@given(systems())
def test_no_smallest_repair_is_missed_and_none_is_made_up(system):
    values, equations = system
    answer = repairs(values, *equations, answers=10_000)
    if answer.reason == "none":
        return
    found = {frozenset((key, after) for key, _, after in repair.changes) for repair in answer.repairs}
    assert found == every_repair(values, equations, 3)
    assert len(found) == len(answer.repairs)
