"""Periods, the date of the sign-off, dates that do not exist, and years of old."""

import pytest
from annual import SIGNOFF, TITLE, family, fired, found, judged, places

from gilint.checks import builtin
from gilint.errors import OptionError

PERIOD_YEAR, NO_PERIOD, SPAN = "D107", "D108", "D109"
UNSIGNED, LATE, LATE_GOVERNMENT, LATE_LOCAL = "D118", "D119", "D120", "D121"
SIGNED_YEAR, STYLE, UNREAL, STALE = "D122", "D123", "D127", "D128"
STATED = "2024年1月1日至2024年12月31日"
SIGNED = "2025年1月16日"


# --- period -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "said",
    [
        "2024年1月1日至12月31日",
        "2024年1月1日—12月31日",
        "2024年1月至12月",
        "2024 年 1 月 1 日起至 12 月 31 日止",
        "2024年1月1日——2024年12月31日",
    ],
)
def test_the_whole_year_may_be_written_in_many_ways(said):
    assert fired({STATED: said}) == []


@pytest.mark.parametrize(
    "said",
    ["2024年1月1日至2024年11月30日", "2023年12月1日至2024年11月30日", "2023年1月1日至2024年12月31日", "2024年1月至6月"],
)
def test_a_period_that_is_not_one_whole_year_is_an_error_at_its_place(said):
    assert fired({STATED: said}) == [SPAN]
    assert places(SPAN, {STATED: said}) == [said]


def test_a_period_of_another_year_than_the_title_is_an_error():
    (finding,) = found(PERIOD_YEAR, {STATED: "2023年1月1日至2023年12月31日"})
    assert finding.message == "统计期限写的是2023年，标题是2024年"


def test_a_period_that_is_not_stated_is_a_warning_that_leaves_room_for_local_forms():
    (finding,) = found(NO_PERIOD, {f"所列数据的统计期限为{STATED}。": ""})
    assert finding.severity == "warning"
    assert "忽略" in finding.advice


def test_without_a_period_its_span_cannot_be_checked():
    outcomes = judged({f"所列数据的统计期限为{STATED}。": ""}).outcomes
    assert outcomes[SPAN].status == outcomes[PERIOD_YEAR].status == "could_not_check"


# --- sign-off -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("changes", [{SIGNOFF: ""}, {SIGNOFF: SIGNED}])
def test_a_signoff_without_issuer_or_date_is_a_remark(changes):
    (finding,) = found(UNSIGNED, changes)
    assert finding.severity == "info"
    assert "机关" in finding.message


def test_issuer_and_date_may_stand_on_one_line():
    assert fired({SIGNOFF: "青河市云山区水务局　　2025年1月16日"}) == []


@pytest.mark.parametrize("date", ["2024年1月16日", "2024年12月31日", "2026年1月16日"])
def test_a_report_is_signed_in_the_year_that_follows(date):
    assert fired({SIGNED: date}) == [SIGNED_YEAR]


@pytest.mark.parametrize("date", ["2025年01月16日", "2025年1月06日", "二〇二五年一月十六日", "2025.1.16", "2025年1月"])
def test_a_date_is_written_in_full_and_not_padded(date):
    assert fired({SIGNED: date}) == [STYLE]


def test_spaces_in_a_date_are_left_to_the_typesetter():
    assert fired({SIGNED: "2025 年 1 月 16 日"}) == []


@pytest.mark.parametrize(
    ("base", "old", "new", "rule"),
    [
        ("2021.default", "2025年1月16日", "2025年2月1日", LATE),
        ("2021.government", "2025年3月24日", "2025年4月1日", LATE_GOVERNMENT),
    ],
)
def test_the_deadline_is_that_of_the_issuers_kind(base, old, new, rule):
    assert fired({old: new}, base=base) == [rule]


def test_the_last_day_is_not_late():
    assert fired({SIGNED: "2025年1月31日"}) == []
    assert fired({"2025年3月24日": "2025年3月31日"}, base="2021.government") == []


def test_a_local_deadline_takes_the_place_of_the_general_one():
    (finding,) = found(LATE, facts={"deadline": "01-10"})
    assert finding.message == "日期2025年1月16日晚于2025年1月10日"
    assert (
        found(LATE_GOVERNMENT, {"2025年3月24日": "2025年4月1日"}, base="2021.government", facts={"deadline": "04-15"})
        == []
    )


def test_the_day_of_publication_counts_where_it_is_known():
    (finding,) = found(LATE, facts={"published": "2025-02-03"})
    assert finding.message == "日期2025年2月3日晚于2025年1月31日"
    assert found(LATE, {SIGNED: "2025年2月8日"}, facts={"published": "2025-01-31"}) == []


def test_a_publication_a_year_later_is_late():
    (finding,) = found(LATE, facts={"published": "2026-01-05"})
    assert "2026年1月5日" in finding.message


def test_a_township_has_no_deadline_but_a_local_one():
    late = {"2025年1月20日": "2025年6月8日"}
    assert fired(late, base="2021.township") == []
    assert fired(late, base="2021.township", facts={"deadline": "01-31"}) == [LATE_LOCAL]


# --- dates and years ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("date", ["2024年2月30日", "2023年2月29日", "4月31日", "2024年13月5日"])
def test_a_date_that_does_not_exist_is_an_error(date):
    assert places(UNREAL, {"3月12日，我局": f"{date}，我局"}) == [date]


def test_the_29th_of_february_exists_in_a_leap_year():
    assert fired({"3月12日，我局": "2024年2月29日，我局"}) == []
    assert fired({"3月12日，我局": "2月29日，我局"}) == []


def test_a_sentence_about_an_earlier_year_is_old_text():
    (finding,) = found(STALE, {"2024年，我局主动公开": "2023年，我局主动公开"})
    assert finding.excerpt == "2023"
    assert finding.severity == "warning"


@pytest.mark.parametrize(
    "said",
    [
        "2023年，我局公开284条，2024年公开326条",
        "2023年以来，我局公开610条",
        "2023年印发的办法继续执行",
        "2023年底建成的平台共公开326条",
        "2025年，我局继续公开",
    ],
)
def test_earlier_years_have_their_place(said):
    assert found(STALE, {"2024年，我局主动公开政府信息326条": said}) == []


def test_the_improvements_may_speak_of_last_years_problems():
    assert found(STALE, {"（二）改进情况\n": "（二）改进情况\n\n2023年，我局抽查发现问题12个。\n"}) == []


def test_without_a_year_nothing_is_stale():
    report = judged({TITLE: "青河市云山区水务局政府信息公开工作年度报告"}).report.replace(year=None)
    (said,) = builtin("year").function(report, {"question": "stale"})
    assert said.reason["en"] == "the report's year is not known"


def test_a_section_that_no_form_has_is_refused():
    with pytest.raises(OptionError):
        builtin("year").prepare({"question": "stale", "sections": ["overveiw"]}, family())


# --- years in headings --------------------------------------------------------------------------------------------


def headed(heading, **options):
    """The years that the check objects to in the heading of the fifth section of a report of 2024."""
    report = judged({"五、存在的主要问题及改进情况": heading}).report
    options = {"question": "heading", "sections": ["problems"], **options}
    return [
        (problem.values["found"], problem.values["expected"]) for problem in builtin("year").function(report, options)
    ]


def test_a_heading_that_names_another_year_than_it_should_is_reported():
    assert headed("五、2023年存在的主要问题及改进情况") == [("2023", "2024")]
    assert headed("五、2024年存在的主要问题及改进情况", offset=1) == [("2024", "2025")]


@pytest.mark.parametrize(
    ("heading", "offset"),
    [
        ("五、存在的主要问题及改进情况", 0),
        ("五、2024年存在的主要问题及改进情况", 0),
        ("五、2025年存在的主要问题及改进情况", 1),
        ("五、2024年存在的主要问题及2025年改进情况", 1),
    ],
)
def test_a_heading_without_years_or_with_the_right_one_is_not(heading, offset):
    assert headed(heading, offset=offset) == []


def test_only_the_headings_of_the_chosen_sections_are_judged():
    assert headed("五、2023年存在的主要问题及改进情况", sections=["overview"]) == []
