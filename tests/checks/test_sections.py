"""Sections: present, in order, under their titles, with their aspects."""

import pytest
from annual import ASPECTS, TITLES, family, fired, found, judged, places, report, titled

from gilint.checks import builtin
from gilint.errors import OptionError

MISSING, NO_OTHER, ORDER, TITLE, EXTRA = "S101", "S102", "S103", "S113", "S114"
OBSOLETE, EMPTY, PREAMBLE, ASPECT = "S115", "S116", "S117", "S121"


@pytest.mark.parametrize("base", ["2021.default", "2021.government", "2021.township", "2019.default"])
def test_nothing_is_said_of_a_clean_report(base):
    assert fired(base=base) == []


# --- present ------------------------------------------------------------------------------------------------------


def test_a_missing_section_is_reported_where_it_should_stand():
    changes = {f"{TITLES[4]}\n": ""}
    (finding,) = found(MISSING, changes)
    assert finding.address.section == "problems"
    assert finding.span.line > report(changes).split("\n").index(TITLES[3])


def test_the_advice_for_the_missing_last_section_names_the_fee():
    (finding,) = found(NO_OTHER, {TITLES[5] + "\n": ""})
    assert "信息处理费" in finding.advice
    assert fired({TITLES[5] + "\n": ""}) == [NO_OTHER]


def test_a_section_without_text_is_empty_and_not_also_without_aspects():
    text = report()
    overview = text[text.index(ASPECTS[0]) : text.index(TITLES[1] + "\n\n")]
    assert [rule for rule in fired({overview: ""}) if rule.startswith("S")] == [EMPTY]


def test_a_section_of_a_table_is_not_empty_where_its_table_is_lost():
    text = report()
    table = text[text.index("行政复议\t行政诉讼") : text.index(TITLES[4] + "\n")]
    assert found(EMPTY, {table: ""}) == []


@pytest.mark.parametrize("said", ["无。", "无", "本年度没有其他需要报告的事项。"])
def test_a_section_that_says_nothing_happened_is_not_empty(said):
    text = report()
    other = text[text.index(TITLES[5] + "\n") + len(TITLES[5]) : text.index("青河市云山区水务局\n\n2025")].strip()
    assert fired({other: said}) == []
    assert fired({f"{TITLES[5]}\n\n{other}": f"{TITLES[5]}：{said}"}) == []


# --- in order -----------------------------------------------------------------------------------------------------


def test_two_sections_that_changed_places_are_one_finding():
    changes = titled(None, None, None, None, "五、其他需要报告的事项", "六、存在的主要问题及改进情况")
    assert fired(changes) == [ORDER]


# --- titles -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("title", "place"),
    [
        ("一、政府信息公开工作的基本情况", "政府信息公开工作的基本情况"),
        ("一、基本情况", "基本情况"),
    ],
)
def test_another_title_for_the_overview_is_told_the_prescribed_one(title, place):
    assert places(TITLE, {TITLES[0]: title}) == [place]


@pytest.mark.parametrize(
    "title",
    [
        "四、政府信息公开行政复议和行政诉讼情况",
        "四、政府信息公开行政复议行政诉讼情况",
        "四、 政府信息公开行政复议、行政诉讼情况。",
    ],
)
def test_a_mark_or_a_conjunction_makes_no_other_title(title):
    assert fired({TITLES[3]: title}) == []


def test_a_title_of_the_old_form_is_obsolete_and_nothing_else():
    assert fired({TITLES[0]: "一、概述"}) == [OBSOLETE]


def test_an_annex_of_the_old_form_behind_the_signoff_is_obsolete():
    annexed = {"2025年1月16日": "2025年1月16日\n\n附表：政府信息公开情况统计表"}
    assert places(OBSOLETE, annexed) == ["附表：政府信息公开情况统计表"]


def test_a_subheading_may_carry_a_word_of_the_old_form():
    assert found(OBSOLETE, {ASPECTS[4]: "（五）咨询处理情况\n接待咨询12次。\n（六）监督保障"}) == []


def test_a_section_that_the_form_does_not_have_is_reported():
    assert places(
        EXTRA, {"青河市云山区水务局\n\n2025": "七、明年打算\n\n继续做好工作。\n\n青河市云山区水务局\n\n2025"}
    ) == ["七、明年打算"]


def test_a_second_section_on_other_matters_is_extra():
    added = "七、其他事项\n\n完成要点任务19项。\n\n青河市云山区水务局\n\n2025"
    assert places(EXTRA, {"青河市云山区水务局\n\n2025": added}) == ["七、其他事项"]


def test_a_list_that_begins_again_at_one_is_no_series_of_extra_sections():
    changes = {"（一）存在的主要问题": "一、公示格式不统一", "（二）改进情况": "二、统一公示格式"}
    assert found(EXTRA, changes) == []
    assert found(EMPTY, changes) == []


def test_a_table_of_contents_is_no_second_set_of_sections():
    contents = "\n".join(("目录", *TITLES))
    assert fired({"年度报告\n\n根据": f"年度报告\n\n{contents}\n\n根据"}) == []


# --- aspects ------------------------------------------------------------------------------------------------------


def test_an_aspect_that_is_not_spoken_of_is_named():
    changes = {"平台建设": "设施", "网站": "场所", "栏目": "内容", "专题": "内容", "公众号": "账号", "查阅点": "服务点"}
    (finding,) = found(ASPECT, changes)
    assert finding.message == "“总体情况”没有写到“政府信息公开平台建设”"


def test_aspects_need_no_headings():
    assert fired({f"{heading}\n\n": "" for heading in ASPECTS}) == []


@pytest.mark.parametrize(
    ("rule", "changes"),
    [("S122", {"考核": "检查"}), ("S123", {"评议": "意见"}), ("S124", {"责任追究": "其他处理"})],
)
def test_a_government_reports_assessment_review_and_accountability(rule, changes):
    assert fired(changes, base="2021.township") == [rule]
    assert judged(base="2021.default").outcomes[rule].status == "not_applicable"


def preamble_in_the_overview(*, alone):
    """The change that puts the preamble behind the first title, with or without the text that stands there."""
    text = report()
    start, title, end = (text.index(mark) for mark in ("根据《中华人民共和国", TITLES[0], f"{TITLES[1]}\n\n"))
    body = "" if alone else text[title + len(TITLES[0]) : end]
    return {text[start:end]: f"{TITLES[0]}\n\n{text[start:title]}{body}"}


def test_an_overview_that_holds_only_the_preamble_is_one_finding():
    changes = preamble_in_the_overview(alone=True)
    assert [rule for rule in fired(changes) if rule.startswith("S")] == [PREAMBLE]


def test_a_preamble_before_the_text_of_the_overview_is_left_alone():
    assert fired(preamble_in_the_overview(alone=False)) == []


# --- options ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("kind", "options", "path"),
    [
        ("section", {"question": "missing", "sections": ["overveiw"]}, ("sections", 0)),
        ("aspects", {"section": "overveiw"}, ("section",)),
        ("aspects", {"section": "overview", "aspects": ["activ"]}, ("aspects", 0)),
    ],
)
def test_a_rule_that_names_what_no_form_has_is_refused(kind, options, path):
    with pytest.raises(OptionError) as refused:
        builtin(kind).prepare(options, family())
    assert refused.value.path == path
    assert "overview" in str(refused.value) or "active" in str(refused.value)
