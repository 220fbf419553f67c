"""Marks without partner, paragraphs without a final mark, words said twice."""

import pytest
from builders import FAMILY, report_with
from hypothesis import given
from hypothesis import strategies as st

from gilint.checks import builtin
from gilint.model import Address, NotAssessable, Passage, TextOrigin

CHECK = builtin("typography")
PROSE = "全年召开会议三次，研究公开工作"


def passage(text, role="prose"):
    return Passage(0, text, TextOrigin(((0, 1, 1),)), role, Address(("Traffic",), "traffic"))


def results(*contents, **options):
    passages = [each if isinstance(each, Passage) else passage(each) for each in contents]
    passages = tuple(each.replace(index=index) for index, each in enumerate(passages))
    return list(CHECK.function(report_with(passages=passages), CHECK.prepare(options, FAMILY)))


def marks(text):
    return [(each.at.start, each.values["found"], each.values["wanted"]) for each in results(text, question="balance")]


# --- balance ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("《条例规定", (0, "《", "》")),
        ("条例》规定", (2, "》", "《")),
        ("“公开”、“更新栏目", (5, "“", "”")),
        ("”公开“", (0, "”", "“")),
        ("（以下简称《条例》", (0, "（", "）")),
        ("(以下简称《条例》", (0, "(", ")")),
        ("以下简称《条例》)", (8, ")", "(")),
        ("《条例（试行》", (3, "（", "）")),
        ("【公开", (0, "【", "】")),
    ],
)
def test_a_mark_without_partner(text, expected):
    assert marks(text) == [expected]


@pytest.mark.parametrize(
    "text",
    [
        "根据《条例》（以下简称“《条例》”）规定",
        "（以下简称《条例》)",
        "《〈条例〉解读》",
        "1）更新栏目；2)公开目录；（3）答复",
        "一)更新",
        "it’s",
        "〔2021〕30号",
        "",
    ],
)
def test_balanced_text(text):
    assert marks(text) == []


@given(st.recursive(st.just(""), lambda inner: st.tuples(st.sampled_from(["《》", "“”", "（）", "()"]), inner, inner)))
def test_nested_marks_are_balanced_and_one_mark_less_is_not(tree):
    def write(node):
        return node and node[0][0] + "文字" + write(node[1]) + node[0][1] + write(node[2])

    text = write(tree)
    assert marks(text) == []
    if text:
        assert len(marks(text[1:])) == 1


# --- final mark ---------------------------------------------------------------------------------------------------


def test_a_paragraph_without_a_final_mark():
    (problem,) = results(PROSE + "  ", PROSE + "。", question="final-mark")
    assert (problem.at.start, problem.at.text) == (len(PROSE) - 1, "作")
    assert problem.values == {"found": "作", "wanted": "。", "section": "Traffic"}


def test_a_comma_ends_no_paragraph():
    (problem,) = results(PROSE + "，", question="final-mark")
    assert problem.values["found"] == "，"


@pytest.mark.parametrize(
    "text",
    [
        PROSE + "。",
        PROSE + ".",
        PROSE + "：",
        PROSE + "（见附件）",
        PROSE + "。”",
        "全年召开会议三次研究公开工作等情况",
        "会议三次，研究工作",
        "联系方式：河滨路十八号，办公室",
        "详见本机关网站首页，网址www.example.cn",
    ],
)
def test_what_ends_or_is_no_prose(text):
    assert results(text, question="final-mark") == []


def test_headings_and_leads_of_lists_need_no_mark():
    assert results(passage(PROSE, role="heading"), question="final-mark") == []
    for item in ("1.公开目录。", "一是公开目录。", "（一）公开目录。", "①公开目录。"):
        assert results(PROSE, item, question="final-mark") == []
    assert len(results(PROSE, "公开目录。", question="final-mark")) == 1


def test_hard_wrapped_text_judges_nothing():
    (result,) = results(*[PROSE] * 3, *[PROSE + "。"] * 4, question="final-mark")
    assert isinstance(result, NotAssessable)
    assert len(results(*[PROSE] * 3, *[PROSE + "。"] * 9, question="final-mark")) == 3


# --- doubled words ------------------------------------------------------------------------------------------------


def doubled(text, **options):
    return [each.values["found"] for each in results(text, question="doubled-word", **options)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("落实资金资金保障", ["资金资金"]),
        ("主动公开信息主动公开信息", ["主动公开信息主动公开信息"]),
        ("网站的的栏目", ["的的"]),
        ("加强的的管理", ["的的"]),
    ],
)
def test_a_word_said_twice(text, found):
    assert doubled(text) == found


@pytest.mark.parametrize(
    "text",
    [
        "常常、层层、方方面面、点点滴滴",
        "一件一件办理，一步一步推进",
        "二零二零年",
        "的的确确",
        "开展了了解，建设和和谐社区，在在线平台，以及及时更新，对对外开放",
        "公开、公开",
        "２０２０",
    ],
)
def test_repetitions_that_are_right(text):
    assert doubled(text) == []


def test_exceptions_are_named_by_the_rule():
    assert doubled("推进政府信息信息化") == ["信息信息"]
    assert doubled("推进政府信息信息化", **{"except": ["信息信息化"]}) == []
    assert doubled("信息信息和信息信息化", **{"except": ["信息信息化"]}) == ["信息信息"]


def test_only_where_the_rule_looks():
    assert doubled("资金资金", where={"sections": ["store"]}) == []
    assert results(passage("资金资金", role="title"), question="doubled-word") == []
