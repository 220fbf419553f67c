"""Wording that is banned, required or to be replaced."""

import pytest
from builders import FAMILY, report_with

from gilint.checks import builtin
from gilint.checks.matching import Matcher
from gilint.errors import OptionError
from gilint.model import Address, Passage, Slice, TextOrigin

REPORT = report_with()


def passage(text, *, index=0, role="prose", section="traffic"):
    trail = () if section is None else ("Traffic",)
    return Passage(index, text, TextOrigin(((0, index + 1, 1),)), role, Address(trail, section))


def problems(kind, *passages, report=REPORT, **options):
    passages = [passage(each) if isinstance(each, str) else each for each in passages]
    passages = [each.replace(index=index) for index, each in enumerate(passages)]
    check = builtin(kind)
    prepared = check.prepare(options, FAMILY)
    hits = Matcher([("R", check.patterns(prepared, FAMILY))]).scan(passages)["R"]
    found = list(check.function(report.replace(passages=tuple(passages)), prepared, hits))
    assert all(set(check.values) == set(problem.values) for problem in found)
    return found


# --- banned -------------------------------------------------------------------------------------------------------


def test_a_banned_phrase_is_reported_where_it_stands():
    (problem,) = problems("text-banned", "甲。为提高能力，可 能组织了培训。", phrases=["可能"])
    assert isinstance(problem.at, Slice)
    assert problem.at.text == problem.values["found"] == "可 能"
    assert problem.values["section"] == "Traffic"
    assert problem.values["sentence"] == "为提高能力，可 能组织了培训"
    assert problem.values["count"] == 1


def test_false_friends_are_left_alone():
    text = "不可能、尽可能、可能性，以及“公开后可能危及国家安全”和《可能的办法》。"
    assert not problems(
        "text-banned",
        text,
        phrases=["可能"],
        unless_part_of=["不可能", "尽可能", "可能性"],
        unless_within=["quotes", "titles"],
    )


def test_a_missing_number_is_no_condition():
    pattern = "(?:共|受理|发布)(?:条|件)(?:[，。；、]|$)"
    (problem,) = problems("text-banned", "受理条件公开，发布件数增加，在网上共发布条。", patterns=[pattern])
    assert problem.at.text == "发布条。"


def test_patterns_and_phrases_at_one_place_are_one_finding():
    (problem,) = problems("text-banned", "可能组织了培训", phrases=["可能"], patterns=["可能(?:组织|开展)了?"])
    assert problem.values["found"] == "可能组织了"


def test_raw_text_is_searched_as_it_is_written():
    text = "的 “两级审核制”，１２"
    assert [each.at.text for each in problems("text-banned", text, patterns=[r"\p{Han}[\t\pZ]+“"], text="raw")] == [
        "的 “"
    ]
    assert not problems("text-banned", text, phrases=["12"], text="raw")
    assert problems("text-banned", text, phrases=["12"])


def test_dense_slogans_are_one_finding():
    text = "高度重视，扎实推进，稳步推进。"
    phrases = ["高度重视", "扎实推进", "稳步推进"]
    (problem,) = problems("text-banned", text, "高度重视", phrases=phrases, per="passage", at_least=3)
    assert problem.values["count"] == 3
    assert problem.at.text == "高度重视"


def test_outside_of_sections_the_nearest_name_is_given():
    outside = passage("可能", role="preamble", section=None)
    (problem,) = problems("text-banned", outside, phrases=["可能"])
    assert problem.values["section"] == ""
    named = outside.replace(address=Address(("Post 2024", "Preamble")))
    assert problems("text-banned", named, phrases=["可能"])[0].values["section"] == "Preamble"


@pytest.mark.parametrize(
    ("kind", "options", "path"),
    [
        ("text-banned", {"phrases": ["甲", "\u3000 "]}, ("phrases", 1)),
        ("text-banned", {"phrases": ["甲"], "unless_part_of": [" "], "text": "raw"}, ("unless_part_of", 0)),
        ("text-required", {"any": [" "], "place": "report"}, ("any", 0)),
        ("text-replace", {"pairs": {" ": ""}}, ("pairs", " ")),
    ],
)
def test_white_space_is_searched_for_in_raw_text_only(kind, options, path):
    with pytest.raises(OptionError, match="raw") as error:
        problems(kind, "甲", **options)
    assert error.value.path == path


def test_white_space_can_be_banned_in_raw_text():
    assert [each.at.start for each in problems("text-banned", "甲\u3000乙", phrases=["\u3000"], text="raw")] == [1]
    assert problems("text-replace", "甲\u3000乙", pairs={"\u3000": ""}, text="raw")[0].values["replacement"] == ""


# --- required -----------------------------------------------------------------------------------------------------


def test_a_section_must_say_it():
    options = {"any": ["信息处理费", "收费"], "place": "store"}
    (problem,) = problems("text-required", passage("信息处理费"), passage("无。", section="store"), **options)
    assert problem.at is REPORT.sections["store"]
    assert problem.values == {"section": "Store", "wanted": "信息处理费、收费"}
    assert not problems("text-required", passage("未收取信息 处理费。", section="store"), **options)


def test_a_missing_section_is_the_business_of_another_rule():
    report = report_with(sections={})
    assert not problems("text-required", "无。", report=report, any=["信息处理费"], place="store")


def test_the_title_must_say_it():
    title = passage("某局2024年年度报告", role="title", section=None)
    (problem,) = problems("text-required", title, "工作", any=["工作"], place="title")
    assert problem.at is REPORT.title
    assert not problems("text-required", title, patterns=["[0-9]{4}年"], place="title")
    assert not problems("text-required", "工作", report=REPORT.replace(title=None), any=["工作"], place="title")


def test_the_preamble_must_say_it():
    preamble = passage("编制本报告。", role="preamble", section=None)
    (problem,) = problems("text-required", preamble, "条例", any=["条例"], place="preamble")
    assert problem.at.text == "编制本报告。"
    (problem,) = problems("text-required", "条例", any=["条例"], place="preamble")
    assert problem.at is REPORT.title
    (problem,) = problems("text-required", "", report=REPORT.replace(title=None), any=["条例"], place="preamble")
    assert problem.at.title is None


def test_it_may_be_said_elsewhere_where_the_rule_allows_it():
    options = {"any": ["条例"], "place": "preamble", "where": {"roles": ["preamble", "prose"]}}
    assert not problems("text-required", "条例", **options)
    assert problems("text-required", passage("条例", role="heading"), **options)


def test_the_report_must_say_it():
    (problem,) = problems("text-required", "甲", any=["处理费"], place="report")
    assert problem.at.passages[0].text == "甲"
    assert not problems("text-required", "处理费", any=["处理费"], place="report")


def test_an_excused_word_says_nothing():
    options = {"any": ["考核"], "place": "traffic", "unless_within": ["titles"]}
    assert problems("text-required", "《考核办法》", **options)
    assert not problems("text-required", "《考核办法》和考核", **options)


def test_an_unknown_place_is_refused():
    with pytest.raises(OptionError, match="traffic") as error:
        problems("text-required", any=["甲"], place="trafic")
    assert error.value.path == ("place",)


# --- replaced -----------------------------------------------------------------------------------------------------


def test_a_wrong_word_is_reported_with_the_right_one():
    pairs = {"布署": "部署", "审查管": "审查管理"}
    found = problems("text-replace", "作出布署，做好审查管理和审查管。", pairs=pairs)
    assert [(each.values["found"], each.values["replacement"]) for each in found] == [
        ("布署", "部署"),
        ("审查管", "审查管理"),
    ]
    assert found[1].at.start == 12


def test_replacements_obey_their_scope():
    pairs = {"截止": "截至"}
    text = "截止目前，截止时间为1月。"
    (problem,) = problems("text-replace", text, pairs=pairs, unless_part_of=["截止时间"])
    assert problem.at.start == 0
    assert not problems("text-replace", text, pairs=pairs, where={"sections": ["store"]})
    assert problems("text-replace", text, pairs=pairs, per="report")[0].values["count"] == 2
