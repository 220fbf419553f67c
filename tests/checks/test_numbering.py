"""The numbers of headings: one finding for one mistake, at the heading that is wrong."""

import pytest
from annual import ASPECTS, TITLES, fired, found, places, titled

MISSING, SHIFTED, DUPLICATE, PROMOTED, JUMP = "S104", "S105", "S106", "S107", "S108"
INLINE, REPEATED, SKIPPED, MIXED, RESTARTED = "S109", "S110", "S111", "S112", "S118"


def renumbered(*numerals):
    return titled(*(numeral + title[2:] for numeral, title in zip(numerals, TITLES, strict=True)))


# --- sections -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "style",
    [
        "{numeral}．{title}",
        "{numeral}　{title}",
        "第{numeral}部分　{title}",
        "## {numeral}、{title}",
        "{number}.{title}",
    ],
)
def test_numbers_in_another_style_are_numbers(style):
    titles = [
        style.format(numeral=title[0], number=number, title=title[2:]) for number, title in enumerate(TITLES, start=1)
    ]
    assert fired(titled(*titles)) == []


def test_a_run_in_heading_has_its_number():
    assert (
        fired({"一、总体情况\n": "一、总体情况。2024年，我局修订制度1件。\n", "（一）主动公开\n\n": "（一）主动公开。"})
        == []
    )


def test_a_title_without_number_is_told_the_number_that_it_lacks():
    (finding,) = found(MISSING, {"一、总体情况": "总体情况"})
    assert finding.message == "标题“总体情况”前没有编号，应为“一、总体情况”"
    assert finding.span.line == 7


def test_a_report_without_any_number_is_told_so_once():
    (finding,) = found(MISSING, renumbered(*[""] * 6))
    assert len(finding.related) == 5


def test_a_block_that_is_one_too_low_is_one_finding():
    changes = renumbered("", "一、", "二、", "三、", "四、", "五、")
    assert fired(changes) == [SHIFTED]
    assert places(SHIFTED, changes) == ["一、主动公开政府信息情况"]


def test_numbers_that_follow_from_a_missing_section_are_in_order():
    changes = {TITLES[3] + "\n": "", TITLES[4]: "四、存在的主要问题及改进情况", TITLES[5]: "五、其他需要报告的事项"}
    assert fired(changes) == ["S101"]


def test_numbers_that_follow_from_an_inserted_section_are_in_order():
    inserted = "五、公开平台建设和信息发布情况\n发布信息326条。\n\n六、存在的主要问题及改进情况"
    assert fired({TITLES[4]: inserted, TITLES[5]: "七、其他需要报告的事项"}) == ["S114"]


@pytest.mark.parametrize("numerals", [("三、", "五、", "六、"), ("三、", "四、", "五、")])
def test_a_doubled_number_is_reported_at_the_heading_that_is_wrong(numerals):
    changes = renumbered("一、", "二、", "三、", *numerals)
    assert fired(changes) == [DUPLICATE]
    assert places(DUPLICATE, changes) == ["三、政府信息公开行政复议、行政诉讼情况"]


def test_the_earlier_of_two_headings_may_be_the_wrong_one():
    changes = renumbered("一、", "三、", "三、", "四、", "五、", "六、")
    assert places(DUPLICATE, changes) == ["三、主动公开政府信息情况"]


def test_numbers_in_the_tables_are_no_headings():
    assert found(DUPLICATE) == found(RESTARTED) == []


def test_aspects_numbered_as_sections_are_one_finding():
    changes = {ASPECTS[3]: "二、政府信息公开平台建设", ASPECTS[4]: "三、监督保障"}
    assert fired(changes) == [PROMOTED]
    (finding,) = found(PROMOTED, changes)
    assert len(finding.related) == 1


def test_sections_may_go_on_behind_promoted_aspects():
    changes = {ASPECTS[3]: "二、政府信息公开平台建设", ASPECTS[4]: "三、监督保障"}
    changes |= renumbered("一、", "四、", "五、", "六、", "七、", "八、")
    assert fired(changes) == [PROMOTED]


def test_a_second_series_of_first_level_numbers_is_one_finding():
    changes = {"（一）存在的主要问题": "一、存在的主要问题", "（二）改进情况": "二、改进情况"}
    assert fired(changes) == [RESTARTED]
    assert places(RESTARTED, changes) == ["一、存在的主要问题"]


# --- below a section ----------------------------------------------------------------------------------------------


def test_a_heading_that_lost_its_number_is_the_place_of_the_jump():
    (finding,) = found(JUMP, {ASPECTS[1]: "依申请公开"})
    assert finding.message == "缺少编号“（二）”，见“依申请公开”"
    assert [one.message for one in finding.related] == ["（三）政府信息管理"]


def test_a_number_that_is_skipped_is_reported_behind_the_gap():
    assert places(JUMP, {ASPECTS[1]: "（三）依申请公开", ASPECTS[2]: "（四）政府信息管理"}) == ["（三）依申请公开"]


def test_a_list_begins_at_one():
    assert places(JUMP, {"（一）存在的主要问题": "（二）存在的主要问题", "（二）改进情况": "（三）改进情况"}) == [
        "（二）存在的主要问题"
    ]


def test_each_subheading_has_a_list_of_its_own():
    lists = "（五）监督保障\n1.培训2期。\n2.检查4次。\n（六）其他工作\n1.考核1次。"
    assert fired({ASPECTS[4]: lists}) == []


def test_a_repeated_number_names_the_heading_before_it():
    (finding,) = found(REPEATED, {ASPECTS[4]: "（四）监督保障"})
    assert finding.message == "“监督保障”与“政府信息公开平台建设”都编为“（四）”"


def test_a_level_left_out_is_a_remark_said_once():
    changes = {"（一）存在的主要问题": "1.存在的主要问题", "（二）改进情况": "2.改进情况"}
    assert [finding.severity for finding in found(SKIPPED, changes)] == ["info"]
    assert fired(changes) == [SKIPPED]


def test_the_levels_of_a_government_report_are_in_order():
    assert fired(base="2021.government") == []


def test_a_list_below_a_heading_without_number_skips_no_level():
    assert found(SKIPPED, {ASPECTS[4]: "监督保障\n1.培训2期。\n2.检查4次。"}) == []


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"（二）改进情况": "2.改进情况"}, "（二）"),
        ({"（一）存在的主要问题": "1.存在的主要问题"}, "2."),
        ({ASPECTS[1]: "2.依申请公开"}, "（二）"),
    ],
)
def test_siblings_in_two_styles_are_no_jump(changes, expected):
    assert [rule for rule in fired(changes) if rule != SKIPPED] == [MIXED]
    (finding,) = found(MIXED, changes)
    assert finding.message.endswith(f"应为“{expected}”")


# --- 一是 二是 ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("二是规范流程，三是明确时限。", ["二是"]),
        ("一是规范流程；三是明确时限。", ["三是"]),
        ("一是规范流程；二是明确时限；二是加强培训。", ["二是"]),
        ("主要有一是规范流程，二是明确时限。", []),
        ("一是规范流程。其中之一是减少环节。二是明确时限。", []),
        ("一是规范流程。二是明确时限。又印发两件文件：一是办法，二是细则。", []),
        ("一是规范流程，二是否明确时限由科室决定。", []),
    ],
)
def test_a_sequence_in_the_text_begins_at_one_and_skips_none(text, expected):
    assert places(INLINE, {"（五）监督保障\n": f"（五）监督保障\n\n{text}\n"}) == expected


def test_a_sequence_may_go_on_in_the_next_paragraph():
    assert found(INLINE, {"（五）监督保障\n": "（五）监督保障\n\n一是培训。\n\n二是检查。\n"}) == []
