"""What blank cells mean for the search."""

from diagnosed import answers, faults, parcels


def test_blanks_for_zeros_break_nothing():
    assert faults(parcels(carry_in=[1, "", 1], carry_out=[1, "", 1], lost=["", "", ""])) == []


def test_a_blank_part_is_filled_with_what_is_missing():
    assert answers(parcels(sent=["", 3, 8])) == [[{("sent", "near", None, 5)}]]


def test_a_blank_that_stands_first_in_a_balance_is_no_total():
    assert answers(parcels(new=["", 4, 11])) == [[{("new", "near", None, 7)}]]


def test_blank_totals_are_told_what_belongs_there():
    assert answers(parcels(sent=[5, 3, ""], kept=[2, 1, ""])) == [
        [{("sent", "tot", None, 8), ("kept", "tot", None, 3)}]
    ]


def test_a_total_of_blank_totals_is_told_as_well():
    found = answers(parcels(sent=[5, 3, ""], result=[7, 4, ""]))
    assert found == [[{("sent", "tot", None, 8), ("result", "tot", None, 11)}]]


def test_all_totals_blank_do_not_hide_a_wrong_part():
    rows = {"new": [3, 2, ""], "sent": [2, 2, ""], "kept": [2, 0, ""], "result": [3, 2, ""]}
    (found,) = answers({"parcels": rows})
    assert [{one for one in each if one[2] is not None} for each in found] == [
        {("sent", "near", 2, 1)},
        {("kept", "near", 2, 1)},
    ]


def test_a_blank_total_is_filled_with_what_its_parts_should_be():
    # Sent near is 5, so the blank total is 8, not 9.
    assert answers(parcels(sent=[6, 3, ""])) == [[{("sent", "near", 6, 5), ("sent", "tot", None, 8)}]]


def test_a_figure_beside_a_blank_total_may_be_the_total():
    # The 8 belongs one column further on: the total is blank and the column does not need it.
    (found, *_) = answers(parcels(sent=[5, 8, ""], kept=[2, 1, 3], new=[7, 4, 11], result=[7, 4, 11]))
    assert {("sent", "far", 8, 3), ("sent", "tot", None, 8)} in found


def test_filling_is_not_free():
    # One digit of the part explains all; the total of another row would have to change, and a blank to be filled.
    found = answers(parcels(carry_in=[1, "", 1], sent=[50, 3, 8]))
    assert found == [[{("sent", "near", 50, 5)}]]
