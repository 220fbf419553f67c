"""Who speaks: title and sign-off, short names, the list of the parts."""

import pytest
from annual import SIGNOFF, TITLE, family, fired, found, judged, places, report

from gilint import Linter
from gilint.checks import builtin
from gilint.errors import OptionError

TITLE_LACKS, ISSUER, ALIAS, LISTING, SELF, OTHERS = "D101", "D106", "D116", "D117", "D125", "D126"


# --- title --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "title",
    [
        "青河市云山区水务局\n2024 年政府信息公开工作年度报告",
        "2024年青河市云山区水务局\n政府信息公开工作年度报告",
        "2024 年青河市云山区水务局政府信息\n公开工作年度报告",
        "青河市云山区水务局政府信息公开工作年度报告（2024年）",
        "# 青河市云山区水务局2024年政府信息公开工作年度报告",
    ],
)
def test_organ_and_year_stand_in_either_order_and_on_several_lines(title):
    assert fired({TITLE: title}) == []


@pytest.mark.parametrize(
    ("title", "message"),
    [
        ("青河市云山区水务局政府信息公开工作年度报告", "标题缺少年度"),
        ("2024年政府信息公开工作年度报告", "标题缺少机关名称"),
        ("政府信息公开工作年度报告", "标题缺少年度、机关名称"),
        ("", "没有标题"),
    ],
)
def test_what_a_title_lacks_is_named(title, message):
    assert [finding.message for finding in found(TITLE_LACKS, {TITLE: title})] == [message]


def test_a_title_outside_of_the_text_is_a_title():
    bare = judged({TITLE: ""}).report
    known = bare.replace(source=bare.source.replace(metadata={"title": TITLE}))
    assert list(builtin("consistent").function(known, {"question": "title"}, ())) == []


@pytest.mark.parametrize(
    ("title", "rules"),
    [
        ("青河市云山区水务局2024年度政府信息公开工作年度报告", ["D103"]),
        ("青河市云山区水务局2024年政府信息公开年度报告", ["D102"]),
        ("青河市云山区水务局2024年政府信息公开工作年报", ["D102"]),
        ("青河市云山区水务局2024年政务公开工作年度报告", ["D105"]),
        ("青河市云山区水务局2024年政府信息公开工作总结", ["D105"]),
        ("青河市云山区政务服务局2024年政府信息公开工作年度报告", [ISSUER]),
    ],
)
def test_each_odd_title_is_one_finding(title, rules):
    assert fired({TITLE: title}) == rules


# --- sign-off -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("title", "signed"),
    [
        ("青河市云山区水务局", "云山区水务局"),
        ("云山区水务局", "青河市云山区水务局"),
        ("云山区发改局", "青河市云山区发展和改革局"),
        ("屈原管理区管委会", "岳阳市屈原管理区管理委员会"),
        ("上海市黄浦区人民政府打浦桥街道", "打浦桥街道办事处"),
        ("柳溪镇", "平澜县柳溪镇人民政府"),
    ],
)
def test_a_name_may_be_shortened_in_one_of_the_two_places(title, signed):
    changes = {
        TITLE: TITLE.replace("青河市云山区水务局", title),
        SIGNOFF: SIGNOFF.replace("青河市云山区水务局", signed),
    }
    assert found(ISSUER, changes) == []


@pytest.mark.parametrize("signed", ["青河市云山区农业农村局", "青河市云山区人民政府", "青河市水务局机关党委"])
def test_another_name_below_the_report_is_an_error(signed):
    assert places(ISSUER, {SIGNOFF: SIGNOFF.replace("青河市云山区水务局", signed)}) == [signed]


# --- self-reference -----------------------------------------------------------------------------------------------


def test_a_word_of_another_kind_of_issuer_is_said_once_with_its_count():
    (finding,) = found(SELF, {"我镇": "我局"}, base="2021.township")
    assert finding.message.startswith("“我局”不是平澜县柳溪镇人民政府的自称，全文出现")
    assert finding.related


@pytest.mark.parametrize("said", ["举办“我镇的一天”活动", "印发《我镇公开办法》", "走出自我局限", "由我委托第三方评估"])
def test_names_and_longer_words_are_no_self_reference(said):
    assert found(SELF, {"3月12日，我局印发": f"3月12日，{said}，印发"}) == []


def test_an_issuer_of_no_known_kind_cannot_be_checked():
    unknown = judged().report.replace(issuer_kind=None)
    (said,) = builtin("consistent").function(unknown, {"question": "self-reference", "words": {"我局": []}}, ())
    assert said.reason["en"] == "the kind of issuer is not known"


def test_a_kind_of_issuer_that_the_family_does_not_have_is_refused():
    options = {"question": "self-reference", "words": {"我局": ["departmant"]}}
    with pytest.raises(OptionError, match="department"):
        builtin("consistent").prepare(options, family())


def test_names_of_other_organs_come_from_the_configuration():
    copied = {"3月12日，我局印发": "3月12日，云山区教育局印发"}
    assert judged(copied).outcomes[OTHERS].status == "could_not_check"
    assert places(OTHERS, copied, facts={"other_organs": ["云山区教育局", "云山区水务局"]}) == ["云山区教育局"]


# --- short names --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "said",
    [
        "以下简称《条例》",
        "以下简称“《条例》”",
        "以下简称“条例”",
        "以下简称条例",
        "以下称《条例》",
        "以下简称为《条例》",
    ],
)
def test_a_short_name_that_is_used_is_left_alone(said):
    assert fired({"以下简称《条例》": said}) == []


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"按照《条例》第十七条": "按照有关规定"}, "简称“《条例》”定义后没有使用"),
        ({"以下简称《条例》": "以下简称条例", "按照《条例》第十七条": "按照有关规定"}, "简称“条例”定义后没有使用"),
        ({"，以下简称《条例》": ""}, "简称“《条例》”使用前没有定义"),
        ({"按照《条例》第十七条": "按照《信息公开条例》（以下简称《条例》）和《条例》"}, "简称“《条例》”重复定义"),
    ],
)
def test_a_short_name_is_introduced_once_and_used(changes, message):
    assert [finding.message for finding in found(ALIAS, changes)] == [message]


def test_a_short_title_with_no_longer_one_is_a_title():
    assert (
        found(ALIAS, {"以下简称《条例》": "以下简称《条例》", "行政规范性文件清理": "《水法》宣传和行政规范性文件清理"})
        == []
    )


# --- the list of parts --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("其他需要报告的事项六个部分", "其他需要报告事项等六部分"),
        ("其他需要报告的事项六个部分", "其他需要报告的事项6个部分"),
        ("其他需要报告的事项六个部分", "其他需要报告的事项"),
        ("政府信息公开行政复议、行政诉讼情况，存在", "因政府信息公开工作被申请行政复议、提起行政诉讼情况，存在"),
        ("总体情况，主动公开政府信息情况，收到", "总体情况；主动公开政府信息情况；收到"),
    ],
)
def test_a_whole_list_of_parts_is_left_alone(old, new):
    assert fired({old: new}) == []


def test_parts_that_are_not_listed_are_named():
    (finding,) = found(LISTING, {"，存在的主要问题及改进情况，其他需要报告的事项六个部分": "等"})
    assert finding.message.endswith("没有列出“存在的主要问题及改进情况”“其他需要报告的事项”")


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("六个部分", "七个部分", "写明7个部分，实际列出6个"),
        (
            "，存在的主要问题及改进情况，其他",
            "，公开平台建设情况，存在的主要问题及改进情况，其他",
            "写明6个部分，实际列出7个",
        ),
    ],
)
def test_the_number_of_parts_is_the_number_listed(old, new, said):
    (finding,) = found(LISTING, {old: new})
    assert finding.message.endswith(said)


def test_a_preamble_without_a_list_is_left_alone():
    text = report()
    listed = text[text.index("本报告包括") : text.index("所列数据")]
    assert fired({listed: ""}) == []


# --- a real report ------------------------------------------------------------------------------------------------


def test_a_real_report_has_these_mistakes_and_no_others(miyun):
    result = Linter(config=False, select=["structure", "dates"]).lint(miyun)
    assert [(finding.rule, finding.span.line) for finding in result.findings] == [
        ("D102", 3),
        ("D110", 5),
        ("D117", 7),
        ("S104", 8),
        ("S108", 23),
        ("S111", 474),
        ("S102", 488),
    ]
