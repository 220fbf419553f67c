"""Which cells are named."""

from decimal import Decimal

import pytest
from diagnosed import RULES, WHOLE, Rule, answers, faults, parcels


def test_a_table_in_which_everything_holds_has_no_fault():
    assert faults(parcels()) == []


def test_a_wrong_part_is_where_its_row_and_its_column_cross():
    assert answers(parcels(sent=[6, 3, 8])) == [[{("sent", "near", 6, 5)}]]


def test_a_wrong_total_is_named_like_any_other_cell():
    assert answers(parcels(result=[7, 9, 11])) == [[{("result", "far", 9, 4)}]]


WRONG = [
    (row, column, printed)
    for row, numbers in WHOLE.items()
    for column, right in enumerate(numbers)
    for printed in (100, 70, 0)
    if printed != right
]


@pytest.mark.parametrize(("row", "column", "printed"), WRONG)
def test_any_single_wrong_number_is_named_with_its_value(row, column, printed):
    right = WHOLE[row][column]
    cells = [*WHOLE[row][:column], printed, *WHOLE[row][column + 1 :]]
    name = ("near", "far", "tot")[column]
    assert [one[0] for one in answers(parcels(**{row: cells}))] == [{(row, name, printed, right)}]


def test_two_cells_that_nothing_ties_together_are_two_faults():
    found = answers(parcels(new=[7, 4, 14], sent=[5, 9, 8]))
    assert found == [[{("new", "tot", 14, 11)}], [{("sent", "far", 9, 3)}]]


def test_faults_of_different_tables_are_apart():
    found = answers({**parcels(sent=[6, 3, 8]), "cases": {"first": [10, 1, 0]}})
    assert found == [[{("sent", "near", 6, 5)}], [{("first", "tot", 0, 11)}]]


def test_alternatives_are_told_the_likeliest_first():
    # 6 + 7 = 31: 31 is 13 with its digits swapped; the parts would have to change altogether.
    (found,) = answers({"cases": {"first": [6, 7, 31]}})
    assert found == [{("first", "tot", 31, 13)}, {("first", "won", 6, 24)}, {("first", "open", 7, 25)}]


def test_a_total_left_at_nothing_is_likelier_than_any_digit():
    (found,) = answers({"cases": {"first": [1, 1, 0]}})
    assert found == [{("first", "tot", 0, 2)}]


def test_a_figure_in_the_neighbouring_cell_is_one_slip():
    (fault,) = faults(parcels(sent=[0, 5, 8], kept=[7, 1, 8], result=[7, 4, 11], new=[7, 4, 11]))
    assert fault.repairs


def test_an_exchange_of_neighbours_comes_before_two_other_changes():
    (fault,) = faults(parcels(sent=[3, 5, 8]))
    assert {(key[1:], after) for key, _, after in fault.repairs[0].changes} == {
        (("sent", "near"), 5),
        (("sent", "far"), 3),
    }
    assert fault.repairs[0].kind == "exchanged"


def test_where_two_columns_are_off_by_one_amount_the_other_side_is_a_second_reading():
    # Received 1 too few near and 1 too many far; or one result stands near that belongs far.
    (fault,) = faults(parcels(new=[6, 5, 11], carry_in=[0, 0, 0], carry_out=[0, 0, 0]))
    assert [set(repair.changes) for repair in fault.repairs] == [
        {(("parcels", "new", "near"), 6, 7), (("parcels", "new", "far"), 5, 4)},
    ]
    assert all(len(repair.changes) == 4 for repair in fault.others)
    assert {key[1] for repair in fault.others for key, *_ in repair.changes} >= {"result", "sent"}


def test_pinned_cells_are_left_alone():
    cell = ("cases", "first", "tot")
    (found,) = answers({"cases": {"first": [6, 7, 31]}}, pinned=frozenset([cell]))
    assert found == [{("first", "won", 6, 24)}, {("first", "open", 7, 25)}]


def test_where_all_cells_of_an_equation_are_pinned_nothing_is_proposed():
    pinned = frozenset(("cases", "first", column) for column in ("won", "open", "tot"))
    (fault,) = faults({"cases": {"first": [6, 7, 31]}}, pinned=pinned)
    assert (fault.repairs, fault.reason) == ((), "more")


def test_more_cells_than_allowed_are_counted_but_not_named():
    rows = {row: [1, 1, 50 + number] for number, row in enumerate(("new", "carry_in", "sent", "kept", "lost"))}
    (fault,) = faults({"parcels": rows}, most=4)
    assert (fault.repairs, fault.reason) == ((), "more")
    assert fault.least >= 5
    assert {one.rule for one in fault.broken} == {"ROW", "BALANCE", "SUM"}


def test_parts_that_share_no_cell_are_searched_one_by_one_when_all_is_too_much():
    # Row new and the total column share the wrong total; row sent and column near share the wrong part.
    tables = parcels(new=[7, 4, 14], sent=[6, 3, 8])
    assert [len(fault.repairs[0].changes) for fault in faults(tables, most=1)] == [1, 1]


def test_a_search_that_is_interrupted_says_so():
    rows = {row: [3 * number, 5 + number, 50 + number] for number, row in enumerate(WHOLE)}
    (fault,) = faults({"parcels": rows}, interrupted=lambda: True, most=3)
    assert fault.repairs == ()
    assert fault.reason in ("interrupted", "more")


def test_rules_that_state_the_same_are_both_broken():
    twin = Rule("TWIN", table="cases", for_each="row", equation="won + open == tot")
    (fault,) = faults({"cases": {"first": [10, 1, 0]}}, [*RULES, twin])
    assert [one.rule for one in fault.broken] == ["CASES", "TWIN"]


def test_a_cell_that_is_no_number_binds_nothing():
    assert faults({"cases": {"first": [10, "one", 0]}}) == []


def test_the_rest_binds_where_one_cell_is_no_number():
    assert answers(parcels(sent=[6, 3, 8], new=["?", 4, 11])) == [[{("sent", "near", 6, 5)}]]


def test_amounts_are_located_to_the_penny():
    rule = Rule("MONEY", equation="stock.fees.money == 12 * stock.vans.bought")
    (found,) = answers({"stock": {"vans": [3, 0, 0], "fees": ["36.05"]}}, [rule])
    assert {(row, column, str(before), after) for ((row, column, before, after),) in map(tuple, found)} == {
        ("fees", "money", "36.05", 36)
    }


def test_an_amount_is_proposed_with_its_decimals():
    rule = Rule("MONEY", equation="stock.fees.money * 2 == 2.5 * stock.vans.bought")
    (found,) = answers({"stock": {"vans": [3, 0, 0], "fees": ["4.75"]}}, [rule])
    assert found == [{("fees", "money", Decimal("4.75"), Decimal("3.75"))}]


def test_an_answer_that_rewrites_many_figures_freely_is_none():
    rows = {row: [numbers[0] + 31 * at, numbers[1] + 47 * at, numbers[2] + 400 * at * at]
            for at, (row, numbers) in enumerate(WHOLE.items())}  # fmt: skip
    found = faults({"parcels": rows})
    assert found
    assert all(len(repair.changes) <= 4 or repair.cost <= 18 * len(repair.changes)
               for fault in found for repair in fault.repairs[:1])  # fmt: skip
    assert "more" in {fault.reason for fault in found}
