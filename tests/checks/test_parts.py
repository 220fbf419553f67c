"""Lists of parts in prose: what is summed, and what is not."""

import pytest
from builders import report_with
from hypothesis import given
from hypothesis import strategies as st
from test_stated import FAMILY

from gilint.checks import builtin
from gilint.checks.matching import Matcher
from gilint.model import Address, Passage, TextOrigin

CHECK = builtin("parts-sum")
QUESTIONS = ("above", "exceed", "whole", "short")
OPTIONS = {
    "stop": ["答复"],
    "rest": ["其他", "其余"],
    "unless": ["网站"],
    "groups": [["其他处理"], ["自然人", "法人"], ["当面", "信函"]],
    "classes": [["当面", "信函", "网络"], ["自然人", "法人"]],
}


def judged(text, role="prose"):
    """The questions that the check answers with a problem, with the values of each."""
    passages = (Passage(0, text, TextOrigin(((0, 1, 1),)), role, Address(("总体情况",), "overview")),)
    report = report_with({}, form=FAMILY.forms[0], passages=passages)
    hits = Matcher([("R", CHECK.patterns(OPTIONS, FAMILY))]).scan(passages)["R"]
    found = {}
    for question in QUESTIONS:
        for problem in CHECK.function(report, {"question": question, **OPTIONS}, hits):
            found[question] = problem
    return found


@pytest.mark.parametrize(
    ("text", "question", "terms", "at"),
    [
        ("发布信息10件，其中甲类12件。", "above", "12", "12"),
        ("发布信息10件（其中甲类12件），另有5件。", "above", "12", "12"),
        ("发布信息十件，其中甲类十二件。", "above", "12", "十二"),
        ("发布信息10件，其中甲类6件、乙类5件。", "exceed", "6 + 5", "10"),
        ("发布信息10件，其中甲类6件，占60%，乙类5件，占50%。", "exceed", "6 + 5", "10"),
        ("发布信息10件，其中：甲类6件（当天发布）；乙类5件。", "exceed", "6 + 5", "10"),
        ("发布信息10件，均已核对，其中甲类6件、其他3件。", "whole", "6 + 3", "10"),
        ("甲类6件、乙类3件，合计10件。", "whole", "6 + 3", "10"),
        ("去年发布少。今年：甲类6件，乙类3件，共计10件，均已核对。", "whole", "6 + 3", "10"),
        ("2024年，我局甲类6件，乙类3件，合计10件。", "whole", "6 + 3", "10"),
        ("收到10件，其中甲类6件、其他处理3件。", "short", "6 + 3", "10"),
        ("发布信息276件，其中甲类216件、乙类50件。", "short", "216 + 50", "276"),
        ("收到8件（去年7件），发布信息１０件，其中甲类６件、乙类３件。", "short", "6 + 3", "１０"),
    ],
)
def test_a_list_that_does_not_add_up(text, question, terms, at):
    found = judged(text)
    assert list(found) == [question]
    assert (found[question].values["terms"], found[question].at.text) == (terms, at)


@pytest.mark.parametrize(
    "text",
    [
        "发布信息10件，其中甲类6件、乙类4件。",
        "发布信息10件，其中甲类6件、乙类4件，答复5件。",
        "发布信息10件，其中甲类6件、其他4件。",
        "发布信息10件，其中甲类6件。",
        "甲类6件、乙类4件，合计10件。",
        "甲类6件、乙类4件，合计10件，其中其他部门3件。",
        # other units, other times, changes, rough numbers, ordinals
        "发布信息10件，其中图解12个。",
        "发布信息10件，其中甲类6件、视频8个。",
        "发布信息10件，比去年增加3件，其中甲类6件。",
        "去年发布信息3件，其中甲类6件。",
        "发布信息10件，其中近三年的12件。",
        "发布信息10件，其中甲类20余件。",
        "发布信息近10件，其中甲类12件。",
        "按照第5条，其中第12件。",
        "发布信息10件，其中1至12月均有。",
        "发布信息10件，其中平均每月12件。",
        "印发〔2021〕30号，其中甲类12件。",
        "电话85021236，其中甲类12件。",
        # counted twice, or a number of something else in between
        "发布信息10件，其中甲类6件、答复9件。",
        "发布信息10件，其中答复12件。",
        "收到10件，其中当面2件、信函8件，自然人9件、法人1件。",
        "收到10件，其中当面2件、信函7件，自然人9件、法人2件。",
        "发布信息10件，其中网站10件、公众号6件。",
        "收到10件（含上年3件），其中甲类6件。",
        "发布信息10件。其中甲类12件。",
        "公开工作受到重视，其中甲类12件。",
        "合计10件。",
        "甲类6件，合计10件。",
        "总计划10件，甲类6件。",
    ],
)
def test_sound_lists_and_what_is_no_list(text):
    assert judged(text) == {}


@pytest.mark.parametrize(
    ("text", "question", "terms", "at"),
    [
        ("收到50件，网络30件、信函15件、当面15件。", "whole", "30 + 15 + 15", "50"),
        ("收到50件，网络30件、信函15件。", "whole", "30 + 15", "50"),
        ("收到50件：自然人45件，法人6件；答复48件。", "whole", "45 + 6", "50"),
        ("收到50件（网络30件，信函25件），均已答复。", "whole", "30 + 25", "50"),
        ("收到五十件，网络三十件、信函二十五件。", "whole", "30 + 25", "五十"),
        ("收到50件，通过网络提交的60件，当面提交的3件。", "whole", "60 + 3", "50"),
        ("收到50件，网络30件，信函25件，均已答复。", "exceed", "30 + 25", "50"),
        ("发布30件（甲12件、乙28件）。", "exceed", "12 + 28", "30"),
        ("发布30件（甲12件、乙8件）。", "short", "12 + 8", "30"),
    ],
)
def test_a_list_right_behind_a_number_that_does_not_add_up(text, question, terms, at):
    found = judged(text)
    assert list(found) == [question]
    assert (found[question].values["terms"], found[question].at.text) == (terms, at)


@pytest.mark.parametrize(
    "text",
    [
        "收到50件，网络30件、信函15件、当面5件。",
        "收到1,250件，网络1,000件、信函250件。",
        "收到50件（网络30件，信函20件）。",
        "收到50件（网络30件，信函15件等）。",
        "收到50件（去年40件，前年30件）。",
        "收到50件（另有重复5件，退回60件）。",
        "收到50件（甲30件）。",
        "收到50件（甲30个，乙40个）。",
        "收到50件，发布40件，补发30件。",
        "收到50件，答复48件，网络30件、信函20件。",
        "收到网络50件，信函3件、当面2件。",
        "网络30件、信函15件、当面15件。",
        "收到50件，同比增加3件，网络30件、信函15件。",
        "收到50余件，网络30件、信函15件。",
        "收到50件，信函5件，退回3件。",
        "收到50件，网络30件、信函20件，自然人40件、法人10件。",
        "收到50件（网络30件、信函20件；自然人40件、法人10件）。",
        "网站收到50件，网站网络30件、网站信函60件。",
    ],
)
def test_sound_lists_right_behind_a_number_and_what_is_no_list(text):
    assert judged(text) == {}


@given(st.lists(st.integers(1, 999), min_size=2, max_size=12), st.integers(-40, 40))
def test_a_list_right_behind_a_number_is_judged_by_its_sum(parts, off):
    whole = sum(parts) + off
    listed = "、".join(f"网络{part}件" for part in parts)
    wrong = off != 0 and whole not in {sum(parts[:end]) for end in range(2, len(parts) + 1)} | {
        sum(parts[start:]) for start in range(len(parts) - 1)
    }
    for text in (f"收到{max(whole, 0)}件，{listed}。", f"收到{max(whole, 0)}件（{listed}）。"):
        assert list(judged(text)) == (["whole"] if wrong or whole < 0 else [])


def test_every_number_of_the_message():
    (problem,) = judged("发布信息10件，其中甲类6件、乙类5件。").values()
    assert problem.values == {"whole": 10, "unit": "件", "terms": "6 + 5", "sum": 11, "difference": 1, "part": 6}


def test_headings_are_no_prose():
    assert judged("发布信息10件，其中甲类12件。", role="heading") == {}


@given(st.lists(st.integers(1, 999), min_size=2, max_size=12), st.sampled_from(["、", "，", "；"]))
def test_a_list_that_adds_up_is_never_reported(parts, mark):
    listed = mark.join(f"甲{part}件" for part in parts)
    colon = "：" if mark == "；" else ""
    assert judged(f"发布信息{sum(parts)}件，其中{colon}{listed}。") == {}
    assert judged(f"{listed.replace('；', '，')}，合计{sum(parts)}件。") == {}


@given(st.lists(st.integers(1, 999), min_size=2, max_size=12), st.integers(1, 99))
def test_a_complete_list_that_is_off_is_reported_by_how_much(parts, off):
    listed = "、".join(f"甲{part}件" for part in parts)
    whole = sum(parts) + off
    found = judged(f"{listed}，合计{whole}件。")
    assert found["whole"].values["difference"] == off
    assert judged(f"发布信息{whole}件，其中{listed}。")["short"].values["sum"] == sum(parts)


@given(st.text(st.sampled_from("其中合计0123456789件个（）()，、；：。甲占%上年"), max_size=40))
def test_any_text_is_judged_without_failing(text):
    for problem in judged(text).values():
        assert problem.values["difference"] > 0 or problem.values["part"] > problem.values["whole"]
