"""Which findings a more telling rule covers, told twice: as it is done, and for each pair by itself."""

from builders import report_with, slice_at
from hypothesis import given
from hypothesis import strategies as st

from gilint.model import Address, Finding
from gilint.superseding import all_below, silence_superseded

TABLE = report_with({"parcels": {"new": [5, 5, 10]}}).tables["parcels"]
ADDRESSES = [
    Address((), section, table, row, column)
    for section in (None, "one", "two")
    for table, row, column in ((None, None, None), ("parcels", None, None), ("parcels", "new", "near"))
]


def part(line, start, end):
    return slice_at(line, "abcdefgh").replace(start=start, end=max(start, end))


PLACES = st.one_of(
    st.builds(part, st.integers(1, 2), st.integers(0, 7), st.integers(0, 8)),
    st.sampled_from([TABLE["new", "near"], TABLE["new", "far"], TABLE, None]),
)


def finding(rule, at, address):
    fields = dict.fromkeys(Finding._fields)
    return Finding(**{**fields, "rule": rule, "at": at, "address": address})


def findings_of(rule):
    return st.lists(st.builds(finding, st.just(rule), PLACES, st.sampled_from(ADDRESSES)), max_size=6)


def covers(strong, weak):
    """Whether a finding is at the place of another: what overlaps, the same cell, the same table or section."""
    one, two = strong.at, weak.at
    if hasattr(one, "passage") and hasattr(two, "passage"):
        return one.start < two.end and two.start < one.end and one.passage == two.passage
    first, second = strong.address, weak.address
    if type(one) is type(TABLE["new", "near"]):
        return (first.table, first.row, first.column) == (second.table, second.row, second.column)
    if first.table:
        return first.table == second.table
    return first.section == second.section


@given(findings_of("T101"), findings_of("T102"))
def test_what_no_finding_of_the_stronger_rule_covers_stays(strong, weak):
    findings, outcomes = {"T101": strong, "T102": weak}, {}
    silence_superseded(all_below({"T101": ("T102",)}), findings, outcomes, "en")
    left = [each for each in weak if not any(covers(other, each) for other in strong)]
    assert (findings["T101"], findings["T102"]) == (strong, left)
    assert ("T102" in outcomes) == (bool(weak) and bool(strong) and not left)


def test_a_rule_with_no_finding_silences_none():
    weak = [finding("T102", None, ADDRESSES[0])]
    findings = {"T102": weak}
    silence_superseded(all_below({"T101": ("T102",)}), findings, {}, "zh")
    assert findings == {"T102": weak}
