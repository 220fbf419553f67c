"""The fewest cells whose change makes a system hold, compared with trying everything."""

from itertools import combinations, product

from hypothesis import given, settings
from hypothesis import strategies as st

from gilint.linear import compile_system
from gilint.search import Budget, Cells, find_changes


def answer(values, *equations, minimum=0, step=None, pinned=(), **options):
    """The answer for named cells: ``equations`` are (coefficients, constant), ``step`` maps cells to theirs."""
    system = compile_system(equations)
    names = system.cells
    cells = Cells(
        [values[name] for name in names],
        [minimum] * len(names),
        [(step or {}).get(name, 1) for name in names],
        frozenset(at for at, name in enumerate(names) if name in pinned),
    )
    found = find_changes(system, cells, **options)
    changes = [{names[cell]: values[names[cell]] + change for cell, change in one} for one in found.changes]
    return found, changes


SUM = ({"total": 1, "one": -1, "two": -1}, 0)


def test_nothing_is_to_be_changed_where_all_holds():
    found, changes = answer({"total": 3, "one": 1, "two": 2}, SUM)
    assert (found.reason, changes) == ("none", [])


def test_each_cell_of_a_sum_may_be_the_wrong_one():
    _, changes = answer({"total": 4, "one": 1, "two": 2}, SUM)
    assert changes == [{"total": 3}, {"one": 2}, {"two": 3}]


def test_a_value_below_its_minimum_is_no_answer():
    _, changes = answer({"total": 0, "one": 10, "two": 1}, SUM)
    assert changes == [{"total": 11}]


def test_without_a_minimum_a_value_may_be_negative():
    _, changes = answer({"total": 0, "one": 10, "two": 1}, SUM, minimum=None)
    assert changes == [{"total": 11}, {"one": -1}, {"two": -10}]


def test_a_cell_in_two_broken_sums_is_the_wrong_one():
    values = {"total": 3, "one": 5, "two": 2, "down": 4, "other": 3}
    _, changes = answer(values, SUM, ({"down": 1, "one": -1, "other": -1}, 0))
    assert changes == [{"one": 1}]


def test_pinned_cells_stay():
    _, changes = answer({"total": 4, "one": 1, "two": 2}, SUM, pinned=["total", "two"])
    assert changes == [{"one": 2}]


def test_equations_without_a_cell_of_their_own_are_solved_together():
    _, changes = answer({"x": 0, "y": 0}, ({"x": 1, "y": 1}, 5), ({"x": 1, "y": -1}, 1))
    assert changes == [{"x": 3, "y": 2}]


def test_cells_that_only_together_stay_above_their_minimum_are_all_told():
    # 3 + 3 + 3 = 1: one or two cells would have to be negative, so all three are too large.
    found, changes = answer({"x": 3, "y": 3, "z": 3}, ({"x": 1, "y": 1, "z": 1}, 1))
    assert found.least == 3
    assert {tuple(sorted(one.values())) for one in changes} == {(0, 0, 1)}


def test_a_rectangle_of_cells_is_found_where_three_of_them_would_go_below_their_minimum():
    # Rows ab and cd, columns ac and bd: the sums ask for 1 in each, and every cell holds 3.
    values = dict.fromkeys("abcd", 3)
    sides = [({one: 1, other: 1}, 1) for one, other in ("ab", "cd", "ac", "bd")]
    found, changes = answer(values, *sides)
    assert found.least >= 2
    assert changes == [{"a": 0, "b": 1, "c": 1, "d": 0}, {"a": 1, "b": 0, "c": 0, "d": 1}]


def test_a_change_that_is_no_whole_number_is_no_answer():
    assert answer({"x": 0}, ({"x": 2}, 3))[0].reason == "more"


def test_a_cell_changes_in_its_steps():
    _, changes = answer({"count": 0, "amount": 0}, ({"count": 1, "amount": 1}, 5), step={"count": 10})
    assert changes == [{"amount": 5}]


def test_more_cells_than_allowed_are_not_located():
    values = dict.fromkeys("abcde", 0)
    equations = [({key: 1}, 1) for key in "abcde"]
    found, _ = answer(values, *equations, most=4)
    assert (found.reason, found.least) == ("more", 5)


def test_the_least_number_of_cells_is_told_where_they_share_no_equality():
    values = {f"{row}{column}": 1 for row in range(9) for column in range(3)}
    rows = [({f"{row}{column}": 1 for column in range(3)}, 4) for row in range(9)]
    assert answer(values, *rows)[0] == answer(values, *rows)[0].replace(reason="more", least=9)


def _nasty():
    """Twelve rows of twelve that are off by different amounts, and columns that hold."""
    cells = range(12)
    values = {f"{row} {column}": 100 for row in cells for column in cells}
    rows = [({f"{row} {column}": 1 for column in cells}, 1200 + (row < 7) * (row - 3)) for row in cells]
    columns = [({f"{row} {column}": 1 for row in cells}, 1200) for column in cells]
    return values, [*rows, *columns]


def test_the_work_is_bounded():
    values, equations = _nasty()
    assert answer(values, *equations, budget=Budget(1000))[0].reason == "steps"


def test_the_search_can_be_interrupted():
    values, equations = _nasty()
    asked = []

    def interrupted():
        asked.append(None)
        return len(asked) > 3

    found, _ = answer(values, *equations, budget=Budget(interrupted=interrupted))
    assert (found.reason, len(asked)) == ("interrupted", 4)


def test_a_huge_table_with_one_wrong_cell_takes_few_steps():
    rows, columns = range(300), range(40)
    values = {(row, column): row * column for row in rows for column in columns}
    values |= {(row, "total"): sum(row * column for column in columns) for row in rows}
    values |= {("total", column): sum(row * column for row in rows) for column in columns}
    equations = [({(row, "total"): -1, **{(row, column): 1 for column in columns}}, 0) for row in rows]
    equations += [({("total", column): -1, **{(row, column): 1 for row in rows}}, 0) for column in columns]
    values[17, 23] += 900
    _, changes = answer(values, *equations, budget=Budget(1000))
    assert changes == [{(17, 23): 17 * 23}]


# --- against trying everything ----------------------------------------------------------------------------------------

LARGEST = 5


def smallest_sets(values, equations, pinned, most):
    """The smallest sets of cells that make everything hold with figures from 0 to :data:`LARGEST`."""
    free = [key for key in values if key not in pinned]
    for size in range(most + 1):
        found = set()
        for chosen in combinations(free, size):
            others = [[number for number in range(LARGEST + 1) if number != values[key]] for key in chosen]
            for numbers in product(*others):
                after = {**values, **dict(zip(chosen, numbers, strict=True))}
                if holds(after, equations):
                    found.add(frozenset(chosen))
                    break
        if found:
            return found
    return set()


def holds(values, equations):
    return all(sum(factor * values[key] for key, factor in parts.items()) == total for parts, total in equations)


@st.composite
def systems(draw):
    """Small systems of every shape that some figures satisfy, with other figures in the cells."""
    keys = "abcdef"[: draw(st.integers(2, 6))]
    truth = {key: draw(st.integers(0, LARGEST)) for key in keys}
    factors = draw(st.sampled_from([(0, 1, -1), (0, 1), (0, 0, 1, -1, 2), (1, 2, 3)]))
    equations = []
    for _ in range(draw(st.integers(1, 5))):
        parts = {key: draw(st.sampled_from(factors)) for key in keys}
        parts = {key: factor for key, factor in parts.items() if factor} or {keys[0]: 1}
        equations.append((parts, sum(factor * truth[key] for key, factor in parts.items())))
    values = {key: draw(st.integers(0, LARGEST)) for key in truth if any(key in parts for parts, _ in equations)}
    pinned = draw(st.sets(st.sampled_from(sorted(values)), max_size=1))
    return values, equations, pinned


@settings(max_examples=300, deadline=None)
@given(systems())
def test_no_smallest_set_is_missed_and_none_is_made_up(system):
    values, equations, pinned = system
    found, changes = answer(values, *equations, pinned=pinned, most=4)
    expected = smallest_sets(values, equations, pinned, 4)
    if expected == {frozenset()}:
        assert found.reason == "none"
        return
    for one in changes:
        assert holds({**values, **one}, equations)
        assert all(number >= 0 and number != values[key] and key not in pinned for key, number in one.items())
    sizes = {len(one) for one in changes}
    if not expected:  # beyond four cells, or beyond the largest figure that was tried
        return
    size = len(next(iter(expected)))
    assert len(sizes) == 1
    if sizes == {size}:
        assert expected <= {frozenset(one) for one in changes}
    else:  # a figure beyond the largest that was tried makes do with fewer cells
        assert min(sizes) < size
        assert all(max(one.values()) > LARGEST for one in changes)
