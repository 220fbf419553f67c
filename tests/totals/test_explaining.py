"""What explains that a parent is not the sum of its members. The figures are generated, the slips are ours."""

from random import Random

import pytest
import slips
import totalling
from slips import DISCLOSURE, DISPUTES, REQUESTS

from gilint.totals import total

FEE = (DISCLOSURE, "fee", "amount")
CHANCE = Random(11)


@pytest.fixture(scope="module")
def departments():
    return totalling.sheets(20)


def name(number):
    return totalling.REGION + totalling.NAMES[number]


def data(own, sheet, **more):
    """A report as data: its figures and nothing else."""
    tables = {}
    for (table, row, column), value in sheet.items():
        tables.setdefault(table, {}).setdefault(row, {})[column] = value if isinstance(value, int) else str(value or "")
    issuer = totalling.REGION + own
    return {"form": "annual-report/2021", "issuer": issuer, "year": 2024, "tables": tables, **more}


def compared(parent, sheets):
    members = [data(own, sheet) for own, sheet in zip(totalling.NAMES, sheets, strict=False)]
    return total(data("人民政府", parent), members, linter=slips.linter())


def told(parent, sheets):
    """What explains each difference: (kind, members)."""
    return [(one.kind, one.members) for one in compared(parent, sheets).explanations]


def added(sheet, changes):
    return {key: value + changes.get(key, 0) for key, value in sheet.items()}


def every(cells, step):
    return pytest.mark.parametrize("key", cells[::step], ids=".".join)


REQUEST_CELLS = [key for key in totalling.sheets(1)[0] if key[0] == REQUESTS]
DISPUTE_CELLS = [key for key in totalling.sheets(1)[0] if key[0] == DISPUTES]


# --- sums -------------------------------------------------------------------------------------------------------------


def test_a_parent_that_is_the_sum_ties_out(departments):
    found = compared(totalling.summed(departments), departments)
    assert found.ties_out
    assert len(found.cells) == 200
    assert (found.differences, found.explanations) == ((), ())


def test_every_difference_is_the_parent_minus_the_sum(departments):
    key = (REQUESTS, "new", "tot")
    right = totalling.summed(departments)
    (cell,) = compared(added(right, {key: -3}), departments).differences
    assert (cell.table, cell.row, cell.column) == key
    assert (cell.parent, cell.sum, cell.difference) == (right[key] - 3, right[key], -3)


def test_amounts_are_added_exactly(departments):
    sheets = [{**one, FEE: "0.1"} for one in departments[:3]]
    parent = {**totalling.summed(departments[:3]), FEE: "0.3"}
    found = compared(parent, sheets)
    assert found.ties_out
    assert str(next(cell.sum for cell in found.cells if cell.row == "fee")) == "0.3"


def test_a_long_amount_keeps_all_its_digits(departments):
    sheets = [{**one, FEE: "123456789012.345678"} for one in departments[:2]]
    found = compared({**totalling.summed(departments[:2]), FEE: "246913578024.691356"}, sheets)
    assert found.ties_out


def test_blanks_are_zeros_and_counted(departments):
    sheets = [{**departments[0], FEE: None}, {**departments[1], FEE: None, (DISCLOSURE, "reg", "valid"): None}]
    parent = totalling.summed([{**one, FEE: 0} for one in departments[:2]])
    parent[DISCLOSURE, "reg", "valid"] = departments[0][DISCLOSURE, "reg", "valid"]
    found = compared({**parent, FEE: None}, sheets)
    assert found.ties_out
    assert found.blanks == 3


def test_a_cell_that_a_member_does_not_tell_is_not_decided_and_names_it(departments):
    key = (REQUESTS, "open", "nat")
    members = [data(totalling.NAMES[at], departments[at]) for at in range(3)]
    members[1]["tables"][REQUESTS]["open"]["nat"] = "若干"
    found = total(data("人民政府", totalling.summed(departments[:3])), members, linter=slips.linter())
    (cell,) = found.undecided
    assert (cell.table, cell.row, cell.column) == key
    assert (cell.unread, cell.sum, cell.difference) == ((name(1),), None, None)
    assert not found.ties_out
    assert found.differences == ()


# --- one figure -------------------------------------------------------------------------------------------------------


@every(REQUEST_CELLS, 7)
def test_a_slip_in_a_member_is_named_with_cell_and_right_figure(departments, key):
    who = CHANCE.randrange(20)
    slip = slips.any_single(departments[who], key, CHANCE)
    sheets = list(departments)
    sheets[who] = slips.spoilt(departments[who], slip)
    found = compared(totalling.summed(departments), sheets)
    (one,) = found.explanations
    assert (one.kind, one.members, one.cells) == ("member-slip", (name(who),), (key,))
    assert one.changes == ((name(who), *key, slip.printed[key], departments[who][key]),)


@every(DISPUTE_CELLS, 4)
def test_the_total_says_which_of_the_cells_is_wrong_where_a_member_alone_cannot(departments, key):
    sheets = [*departments[:6], added(departments[6], {key: 4})]
    found = compared(totalling.summed(departments[:7]), sheets)
    (one,) = found.explanations
    assert (one.kind, one.members, one.cells) == ("member-slip", (name(6),), (key,))


@every(REQUEST_CELLS, 17)
def test_a_slip_in_the_parent_is_named_as_its_own(departments, key):
    right = totalling.summed(departments)
    slip = slips.any_single(right, key, CHANCE)
    (one,) = compared(slips.spoilt(right, slip), departments).explanations
    assert (one.kind, one.cells) == ("parent-slip", (key,))
    assert one.changes == (("上级报告", *key, slip.printed[key], right[key]),)


def test_slips_of_three_members_are_told_apart(departments):
    keys = [(REQUESTS, "new", "nat"), (REQUESTS, "deny_1", "biz"), (DISPUTES, "rv", "fix")]
    sheets = list(departments)
    for who, key in zip((2, 9, 17), keys, strict=True):
        sheets[who] = added(sheets[who], {key: 6})
    found = told(totalling.summed(departments), sheets)
    assert sorted(found) == sorted(("member-slip", (name(who),)) for who in (2, 9, 17))


def test_a_figure_that_no_sum_binds_is_named_where_one_slip_is_likeliest(departments):
    key = (DISCLOSURE, "licence", "decisions")
    figures = {0: 4821, 1: 37, 2: 900}
    sheets = [{**departments[at], key: figure} for at, figure in figures.items()]
    parent = totalling.summed(sheets)
    sheets[0] = {**sheets[0], key: 4281}
    (one,) = compared(parent, sheets).explanations
    assert (one.kind, one.members[0]) == ("figure", name(0))
    assert (name(0), *key, 4281, 4821) in one.changes


def test_a_difference_that_nothing_explains_is_said_to_be_unexplained(departments):
    keys = [(DISCLOSURE, row, "decisions") for row in ("licence", "penalty", "coercion")]
    parent = added(totalling.summed(departments), dict(zip(keys, (31_417, -5, 777_777), strict=True)))
    kinds = {kind for kind, _ in told(parent, departments)}
    assert "unexplained" in kinds
    assert kinds <= {"unexplained", "figure"}


# --- members ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("out", [[0], [7], [3, 12], [1, 5, 8, 13, 19]], ids=str)
def test_members_that_the_parent_lacks_are_named(departments, out):
    parent = totalling.summed(one for at, one in enumerate(departments) if at not in out)
    found = compared(parent, departments).explanations
    assert {one.kind for one in found} == {"left-out"}
    assert {member for one in found for member in one.members} == {name(at) for at in out}


@pytest.mark.parametrize("twice", [[0], [7], [3, 12], [1, 5, 8, 13, 19]], ids=str)
def test_members_that_the_parent_counts_twice_are_named(departments, twice):
    parent = totalling.summed([*departments, *(departments[at] for at in twice)])
    found = compared(parent, departments).explanations
    assert {one.kind for one in found} == {"counted-twice"}
    assert {member for one in found for member in one.members} == {name(at) for at in twice}


def test_a_member_counted_twice_in_the_place_of_another(departments):
    parent = totalling.summed([*departments[:4], departments[9], *departments[5:]])
    assert told(parent, departments) == [("counted-twice", (name(9),)), ("left-out", (name(4),))]


def test_a_member_left_out_of_one_table_is_named_with_the_table(departments):
    right = totalling.summed(departments)
    parent = {key: value - departments[5][key] if key[0] == REQUESTS else value for key, value in right.items()}
    (one,) = compared(parent, departments).explanations
    assert (one.kind, one.members) == ("left-out", (name(5),))
    assert {table for table, _, _ in one.cells} == {REQUESTS}
    assert "收到和处理政府信息公开申请情况" in one.text


def test_a_member_left_out_and_a_slip_of_another_are_both_named(departments):
    sheets = list(departments)
    key = (REQUESTS, "open", "nat")
    sheets[2] = added(sheets[2], {key: 1})
    parent = totalling.summed(one for at, one in enumerate(departments) if at != 7)
    assert set(told(parent, sheets)) == {("left-out", (name(7),)), ("member-slip", (name(2),))}


def test_members_with_the_same_figures_are_told_as_alternatives(departments):
    sheets = [departments[0], departments[1], departments[1], departments[2]]
    (one,) = compared(totalling.summed([departments[0], departments[1], departments[2]]), sheets).explanations
    assert (one.kind, one.members, one.others) == ("left-out", (name(1),), (name(2),))


def test_a_member_that_is_not_in_the_list_is_suspected(departments):
    found = told(totalling.summed(departments), departments[:19])
    assert found == [("missing-member", ())]


def test_a_missing_member_is_not_taken_for_one_that_has_a_table_in_common(departments):
    alike = {key: int(key[1:] in (("rv", "up"), ("rv", "tot"))) for key in DISPUTE_CELLS}
    sheets = [*departments[:18], {**departments[18], **alike}, {**departments[19], **alike}]
    assert told(totalling.summed(sheets), sheets[:19]) == [("missing-member", ())]


def test_a_slip_is_named_although_another_member_is_not_in_the_list(departments):
    key = (REQUESTS, "open", "nat")
    sheets = [added(departments[0], {key: 9}), *departments[1:19]]
    found = compared(totalling.summed(departments), sheets).explanations
    assert [(one.kind, one.members) for one in found] == [("member-slip", (name(0),)), ("missing-member", ())]
    assert found[0].changes == ((name(0), *key, departments[0][key] + 9, departments[0][key]),)


def test_one_amount_in_cells_that_depend_on_each_other_is_told_as_such(departments):
    keys = [(REQUESTS, row, column) for row in ("new", "open", "result") for column in ("nat", "tot")]
    parent = added(totalling.summed(departments), dict.fromkeys(keys, 2))
    (one,) = compared(parent, departments).explanations
    assert one.kind == "amount"
    assert set(one.cells) == set(keys)


def test_five_hundred_members_are_explained_in_seconds():
    from time import process_time

    sheets = totalling.sheets(500)
    names = [f"第{number}局" for number in range(500)]
    members = [data(own, sheet) for own, sheet in zip(names, sheets, strict=True)]
    parent = data("人民政府", totalling.summed(one for at, one in enumerate(sheets) if at not in (40, 41, 480)))
    begun = process_time()
    found = total(parent, members, linter=slips.linter())
    assert process_time() - begun < 60
    assert {one.kind for one in found.explanations} == {"left-out"}
    assert {member for one in found.explanations for member in one.members} == {
        totalling.REGION + names[at] for at in (40, 41, 480)
    }
