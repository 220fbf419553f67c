"""Figures that slipped by one cell."""

import pytest
from diagnosed import answers, faults, parcels

ROW = [5, 3, 8]


def test_a_row_that_slipped_by_one_column_is_one_slip():
    (fault,) = faults(parcels(sent=[0, 5, 3]))
    best = fault.repairs[0]
    assert best.kind == "shifted"
    assert [after for *_, after in best.changes] == ROW


def test_a_row_that_slipped_the_other_way_is_one_slip():
    (fault,) = faults(parcels(sent=[3, 8, 0]))
    assert (fault.repairs[0].kind, [after for *_, after in fault.repairs[0].changes]) == ("shifted", ROW)


def test_a_blank_begins_a_shift_like_a_zero():
    (fault,) = faults(parcels(sent=["", 5, 3]))
    assert (fault.repairs[0].kind, [after for *_, after in fault.repairs[0].changes]) == ("shifted", ROW)


def test_a_column_that_slipped_by_one_row_is_one_slip():
    # Far: sent 3, kept 1, nothing lost; all one row further down.
    found = answers(parcels(sent=[5, 0, 8], kept=[2, 3, 3], lost=[0, 1, 0]))
    assert found[0][0] == {("sent", "far", 0, 3), ("kept", "far", 3, 1), ("lost", "far", 1, 0)}


def test_a_block_of_rows_that_slipped_by_one_column_is_one_slip():
    found = faults(parcels(sent=[0, 5, 3], kept=[0, 2, 1]))
    assert [fault.repairs[0].kind for fault in found] == ["shifted"]
    assert {key[1] for key, *_ in found[0].repairs[0].changes} == {"sent", "kept"}
    assert [after for *_, after in found[0].repairs[0].changes] == [5, 3, 8, 2, 1, 3]


@pytest.mark.parametrize("row", [[1, 5, 3], [0, 5, 4]])
def test_other_figures_in_a_row_are_no_shift(row):
    assert all(repair.kind != "shifted" for fault in faults(parcels(sent=row)) for repair in fault.repairs)


def test_a_pinned_cell_does_not_shift():
    pinned = frozenset([("parcels", "sent", "far")])
    found = faults(parcels(sent=[0, 5, 3]), pinned=pinned)
    assert all(repair.kind != "shifted" for fault in found for repair in fault.repairs)
