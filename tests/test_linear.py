"""Linear equalities as sparse rows."""

from hypothesis import given
from hypothesis import strategies as st

from gilint.linear import compile_system, components


def test_residuals_are_what_the_changes_must_add_up_to():
    system = compile_system([({"total": 1, "one": -1, "two": -1}, 0), ({"one": 2}, 10)])
    assert system.cells == ("total", "one", "two")
    assert system.residuals([9, 4, 2]) == [-3, 2]


def test_a_cell_without_a_coefficient_binds_nothing():
    assert compile_system([({"one": 1, "two": 0}, 1)]).cells == ("one",)


def test_rows_share_a_family_until_one_has_a_cell_of_another():
    system = compile_system([({"a": 1, "b": 1}, 0), ({"c": 1, "d": 1}, 0), ({"a": 1, "c": 1}, 0), ({"b": 1}, 0)])
    assert system.family == (0, 0, 1, 1)


def test_equations_that_share_no_cell_are_apart():
    assert components([{"a": 1, "b": 1}, {"c": 1}, {"b": 1, "d": 1}, {"e": 1, "c": 1}]) == [[0, 2], [1, 3]]


ROWS = st.lists(st.dictionaries(st.sampled_from("abcdefgh"), st.sampled_from([1, -1, 2]), min_size=1), max_size=8)


@given(ROWS)
def test_rows_of_one_family_share_no_cell(rows):
    system = compile_system([(row, 0) for row in rows])
    for family in set(system.family):
        cells = [cell for row, own in zip(system.rows, system.family, strict=True) if own == family for cell, _ in row]
        assert len(cells) == len(set(cells))


@given(ROWS)
def test_columns_say_the_same_as_rows(rows):
    system = compile_system([(row, 0) for row in rows])
    by_row = {(row, cell, factor) for row, parts in enumerate(system.rows) for cell, factor in parts}
    by_column = {(row, cell, factor) for cell, parts in enumerate(system.columns) for row, factor in parts}
    assert by_row == by_column
