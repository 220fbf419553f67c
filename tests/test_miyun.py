"""The first user story: a real published report with real defects, judged end to end.

Each test is named after a defect that a careful reviewer finds in the report; the places were read off the text.
"""

from __future__ import annotations

import pytest
from conftest import EXAMPLES

import gilint

MIYUN = EXAMPLES / "miyun-2024.txt"


@pytest.fixture(scope="module")
def result():
    return gilint.Linter(config=False).lint(MIYUN)


@pytest.fixture(scope="module")
def found(result):
    """rule → [(line, column, excerpt)] in the order of the text."""
    places = {}
    for finding in result.findings:
        places.setdefault(finding.rule, []).append((finding.span.line, finding.span.column, finding.excerpt))
    return places


def lines_of(found, rule):
    return [line for line, _column, _excerpt in found.get(rule, [])]


def test_01_title_lacks_a_word(found):
    assert found["D102"] == [(3, 1, "政府信息公开年度报告")]


def test_02_preamble_has_its_subject_twice(found):
    assert lines_of(found, "D110") == [5]


def test_03_list_of_parts_leaves_two_out(result, found):
    assert lines_of(found, "D117") == [7]
    message = next(finding.message for finding in result.findings if finding.rule == "D117")
    assert "存在的主要问题及改进情况" in message
    assert "其他需要报告的事项" in message


def test_04_half_width_brackets(found):
    assert found["Y102"] == [(5, 23, "(以下简称《条例》)")]


def test_05_first_section_has_no_number(found):
    assert lines_of(found, "S104") == [8]


def test_06_second_subheading_has_no_number(found):
    assert found["S108"] == [(23, 1, "主动公开")]


def test_07_statutory_duties_are_copied(found):
    assert lines_of(found, "C502") == [13]


def test_08_no_figure_on_what_was_disclosed(found):
    assert lines_of(found, "C501") == [8]


def test_09_requests_are_not_mentioned(found):
    assert lines_of(found, "T551") == [26]


def test_10_half_width_stops_at_three_paragraph_ends(found):
    assert found["Y101"] == [(49, 109, "求."), (53, 140, "询."), (57, 107, "求.")]


def test_11_spaces_around_quotes_and_stop(found):
    assert found["Y105"] == [(39, 5, "的 “"), (49, 11, "的 “"), (57, 53, "息 。")]


def test_12_hedge_about_an_own_act(result, found):
    assert found["C504"] == [(61, 21, "可能组织了")]
    assert severity(result, "C504") == "error"


def test_13_source_tails(result, found):
    name = "北京市密云区人民政府"
    assert found["L109"] == [(65, 74, f"{name}."), (67, 54, f"{name}."), (69, 97, f"{name}。")]
    assert severity(result, "L109") == "error"


def test_14_hedges_about_problems(found):
    assert found["C507"] == [(476, 37, "可能"), (478, 30, "可能"), (480, 40, "可能")]


def test_15_problems_without_an_object(found):
    assert lines_of(found, "C506") == [476]


def test_16_natural_persons_do_not_balance(result):
    finding = balance(result, "nat")
    assert finding.severity == "error"
    assert "7 + 0 ≠ 8 + 0" in finding.message
    assert (finding.span.line, finding.excerpt) == (139, "7")


def test_17_one_request_is_booked_under_another_applicant(result):
    finding = balance(result, "biz")
    assert "1 + 0 ≠ 0 + 0" in finding.message
    assert finding.cause == balance(result, "nat").cause
    assert "自然人" in finding.cause.text
    assert "商业企业" in finding.cause.text
    cells = balance(result, "nat").suggestions[0].cells
    assert set(cells) == {("requests", "new", "nat", 7, 8), ("requests", "new", "biz", 1, 0)}
    assert not [one for one in result.findings if one.rule == "T301" and one.address.column == "tot"]


def test_18_a_level_of_headings_is_left_out(result, found):
    assert lines_of(found, "S111") == [474]
    assert severity(result, "S111") == "info"


def test_19_last_section_and_its_fee_statement_are_missing(result, found):
    assert lines_of(found, "S102") == [488]
    finding = next(finding for finding in result.findings if finding.rule == "S102")
    assert finding.severity == "error"
    assert "信息处理费" in finding.message
    # One defect prints once: the missing section is not also an empty one, nor a missing fee statement.
    assert not [one for one in result.findings if one.address.section == "other" and one.rule != "S102"]


def severity(result, rule):
    return next(finding.severity for finding in result.findings if finding.rule == rule)


def balance(result, column):
    return next(one for one in result.findings if one.rule == "T301" and one.address.column == column)


# --- what must not be reported ------------------------------------------------------------------------------------


def test_nothing_else_is_an_error(result):
    errors = sorted(finding.rule for finding in result.findings if finding.severity == "error")
    assert errors == ["C504", "L109", "L109", "L109", "S102", "T301", "T301"]


def test_nothing_but_the_nineteen_defects_is_reported(found):
    expected = {"D102", "D110", "D117", "Y102", "S104", "S108", "C502", "C501", "T551", "Y101", "Y105", "C504", "L109"}
    expected |= {"C507", "C506", "T301", "S111", "S102"}
    assert set(found) == expected


def test_no_finding_stands_inside_a_table_but_the_two_of_the_balance(result):
    inside = [one for one in result.findings if one.address.table]
    assert [(one.rule, one.address.row, one.address.column) for one in inside] == [
        ("T301", "new", "nat"),
        ("T301", "new", "biz"),
    ]


def test_row_labels_are_not_headings(result):
    titles = [heading.title for heading in result.report.headings]
    assert not [title for title in titles if "本年新收" in title or "结转" in title or "国家秘密" in title]


def test_the_date_is_in_time_and_no_accountability_is_no_defect(result):
    assert result.outcomes["D119"].status == "passed"
    assert result.outcomes["D122"].status == "passed"


def test_zero_disputes_and_regulations_are_no_defect(result):
    assert not [one for one in result.findings if one.address.table in ("disclosure", "disputes")]


# --- how it is told ---------------------------------------------------------------------------------------------------


def test_every_finding_has_a_place_a_basis_and_an_advice(result):
    for finding in result.findings:
        assert finding.span is not None, finding.rule
        assert finding.address.trail, finding.rule
        assert finding.message, finding.rule
        assert finding.advice, finding.rule
        assert finding.basis, finding.rule
        assert all(basis["document"] and basis["clause"] for basis in finding.basis), finding.rule


def test_every_excerpt_is_the_text_at_its_span(result):
    lines = MIYUN.read_text(encoding="utf-8").split("\n")
    for finding in result.findings:
        span = finding.span
        if span.line == span.end_line:
            assert lines[span.line - 1][span.column - 1 : span.end_column - 1] == finding.excerpt, finding.rule


def test_every_rule_is_accounted_for(result):
    statuses = {outcome.status for outcome in result.outcomes.values()}
    assert "broke" not in statuses
    rules = gilint.Linter(config=False).rules
    assert set(result.outcomes) == {rule.id for rule in rules if rule.family == result.report.form.family.pack}


def test_messages_are_complete_in_both_languages():
    for lang in ("zh", "en"):
        for finding in gilint.Linter(config=False, lang=lang).lint(MIYUN).findings:
            assert "{" not in finding.message + finding.advice, finding.rule
