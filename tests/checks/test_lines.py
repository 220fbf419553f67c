"""The lines of prose: which there are, and that finding them costs no more than their number."""

import sys

from builders import report_with
from hypothesis import given
from hypothesis import strategies as st
from test_stated import FAMILY

from gilint.checks import builtin
from gilint.checks.lines import LONGEST_LINE, lines, told
from gilint.checks.matching import Hit, Matcher
from gilint.model import Address, Passage, TextOrigin

ADDRESS = Address(("总体情况",), "overview")


def passage(index, text, role="prose"):
    return Passage(index, text, TextOrigin(((0, 1, 1),)), role, ADDRESS)


def hit(of, word):
    start = of.text.index(word)
    return Hit(of, start, start + len(word), "", word)


def test_a_line_is_told_once_with_all_its_hits_and_a_line_without_is_not():
    first, second = passage(0, "甲一，乙二\n丙三\n丁四"), passage(7, "甲五")
    found = list(told([hit(first, "乙"), hit(second, "甲"), hit(first, "丁"), hit(first, "甲")]))
    assert [(line.text, [each.text for each in hits]) for line, hits in found] == [
        ("甲一，乙二", ["甲", "乙"]),
        ("丁四", ["丁"]),
        ("甲五", ["甲"]),
    ]


def test_what_goes_over_the_end_of_a_line_is_not_in_it():
    text = passage(0, "甲\n乙")
    assert list(told([Hit(text, 0, 3, "", "甲乙")])) == []


def test_headings_and_overlong_lines_are_not_told():
    heading, long = passage(0, "甲", "heading"), passage(1, "甲" * (LONGEST_LINE + 1))
    assert list(told([hit(heading, "甲"), hit(long, "甲")])) == []


def test_a_place_in_a_folded_line_is_one_in_the_source():
    text = passage(0, "无关\n收到 １２ 件（全部）")
    (line,) = lines([hit(text, "件")], ("件",))
    assert line.text == "收到12件(全部)"
    assert line.at(2, 4).text == "１２"


@given(st.lists(st.text("甲乙\n", max_size=12), max_size=8))
def test_every_hit_on_one_line_is_told_once(texts):
    passages = [passage(index, text) for index, text in enumerate(texts)]
    hits = [Hit(each, at, at + 1, "", "甲") for each in passages for at, word in enumerate(each.text) if word == "甲"]
    inside = [each for _, own in told(hits) for each in own]
    assert sorted((each.passage.index, each.start) for each in inside) == sorted(
        (each.passage.index, each.start) for each in hits
    )


def calls(run):
    """The calls of Python functions that ``run`` makes."""
    count = 0

    def profile(_frame, event, _argument):
        nonlocal count
        count += event == "call"

    sys.setprofile(profile)
    try:
        run()
    finally:
        sys.setprofile(None)
    return count


PARAGRAPH = (
    "收到50件，其中网络30件，占60%，信函20件，占40%。收到50件（网络30件、信函20件）。网络、信函分别占60%、30%、10%。"
    "今年收到50件，上年40件，增长25%。发布信息30件。依照《某条例》（以下简称《条例》）。存在以下三个问题：\n一是甲。二是乙。三是丙。"
)
KINDS = {
    "parts-sum": {"question": "exceed", "classes": [["网络", "信函"]]},
    "share": {"question": "wrong"},
    "shares-sum": {"question": "over"},
    "told-change": {},
    "stated-twice": {"words": ["发布信息"]},
    "announced-count": {},
    "consistent": {"question": "alias"},
}


def cost(kind, count, mark):
    """Calls for so many paragraphs, or for so many lines of one paragraph."""
    texts = [mark.join([PARAGRAPH] * count)] if mark else [PARAGRAPH] * count
    passages = tuple(passage(index, text) for index, text in enumerate(texts))
    report = report_with({}, form=FAMILY.forms[0], passages=passages)
    check, options = builtin(kind), KINDS[kind]
    patterns = check.patterns(options, FAMILY)
    hits = Matcher([("R", patterns)]).scan(passages)["R"] if patterns else ()
    assert hits or not patterns
    return calls(lambda: list(check.function(report, options, hits)))


def test_four_times_the_prose_costs_about_four_times_as_much():
    for kind in KINDS:
        for mark in ("", "\n"):
            assert cost(kind, 800, mark) < 5 * cost(kind, 200, mark), (kind, mark)


def test_each_of_many_numbers_of_the_same_thing_names_the_first_ones_only():
    texts = [f"发布信息{number}件。" for number in range(30, 50)]
    passages = tuple(passage(index, text) for index, text in enumerate(texts))
    report = report_with({}, form=FAMILY.forms[0], passages=passages)
    check, options = builtin("stated-twice"), KINDS["stated-twice"]
    hits = Matcher([("R", check.patterns(options, FAMILY))]).scan(passages)["R"]
    problems = list(check.function(report, options, hits))
    assert len(problems) == 19
    assert problems[-1].values["first"] == "30、31、32、33、34…"
    assert [at.passage.index for at in problems[-1].related] == [0, 1, 2, 3, 4]
