"""Percentages in prose: recomputed, and left alone where their whole is not known."""

from decimal import ROUND_DOWN, ROUND_HALF_UP, Decimal

import pytest
from builders import report_with
from hypothesis import assume, given
from hypothesis import strategies as st
from test_stated import FAMILY

from gilint.checks import builtin
from gilint.checks.matching import Matcher
from gilint.model import Address, Passage, TextOrigin

CHECK = builtin("share")


def judged(text, role="prose"):
    """The problems of each question that has some."""
    passages = (Passage(0, text, TextOrigin(((0, 1, 1),)), role, Address(("总体情况",), "overview")),)
    report = report_with({}, form=FAMILY.forms[0], passages=passages)
    hits = Matcher([("R", CHECK.patterns({}, FAMILY))]).scan(passages)["R"]
    found = {}
    for question in ("over", "wrong", "truncated"):
        problems = list(CHECK.function(report, {"question": question, "of": ["总数的", "比为"]}, hits))
        if problems:
            found[question] = problems
    return found


@pytest.mark.parametrize(
    ("text", "question", "at"),
    [
        # 33.9 % of 805 is 273
        ("答复805件，其中予以公开258件，占33.9%。", "wrong", "33.9%"),
        # 35/805 = 4.348 %
        ("答复805件，其中不予公开35件，占4.34%。", "truncated", "4.34%"),
        ("答复21件，自然人18件（占比86.0%）。", "wrong", "86.0%"),
        ("答复21件。自然人18件，占总数的80％。", "wrong", "80％"),
        ("答复21件，自然人18件，占比为185.7%。", "over", "185.7%"),
    ],
)
def test_a_share_that_is_not_what_the_numbers_give(text, question, at):
    found = judged(text)
    assert list(found) == [question]
    assert [problem.at.text for problem in found[question]] == [at]


def test_the_message_names_the_whole_the_share_and_the_number_that_would_fit():
    (problem,) = judged("答复805件，其中予以公开258件，占33.9%。")["wrong"]
    assert problem.values == {
        "percent": "33.9%",
        "part": 258,
        "unit": "件",
        "whole": 805,
        "share": "32.0%",
        "nearest": 273,
    }


@pytest.mark.parametrize(
    "text",
    [
        "答复21件，其中自然人18件，占85.7%。",
        "答复21件，其中自然人18件，占86%。",
        "收到30件，答复21件，其中自然人18件，占60%。",
        "收到21件，自然人18件，占85.7%，法人3件，占14.3%。",
        "收到十件，自然人五件，占50%。",
        # another whole is named, or none is known
        "收到21件，自然人18件，占全市的3%。",
        "自然人18件，占85%。",
        "收到21件，涉及企业18个，占85%。",
        "收到21件，自然人占85%。",
        "发放问卷1500份，回收1421份，满意和基本满意的占95.2%。",
        "对8件、3件公开实行年度考核情况，占比2%。",
        # rough, of another year, several at once
        "收到21件，自然人18件，约占80%。",
        "收到约21件，自然人18件，占80%。",
        "去年收到21件，自然人18件，占80%。",
        "收到21件，较去年自然人多18件，占80%。",
        "收到21件，自然人18件、法人3件，分别占80%和20%。",
        "收到21件，自然人18件；全区范围内，各单位占80%。",
        "占地21件。",
    ],
)
def test_sound_shares_and_those_of_something_else(text):
    assert judged(text) == {}


COUNTS = st.integers(1, 10**6)


@given(COUNTS, COUNTS, st.integers(0, 4))
def test_a_rounded_share_is_never_reported(one, other, digits):
    part, whole = sorted((one, other))
    printed = (Decimal(100 * part) / whole).quantize(Decimal(1).scaleb(-digits), ROUND_HALF_UP)
    assert judged(f"收到{whole}件，其中甲{part}件，占{printed}%。") == {}


@given(COUNTS, COUNTS, st.integers(0, 4))
def test_a_share_that_was_cut_off_is_told_apart_from_a_wrong_one(one, other, digits):
    part, whole = sorted((one, other))
    step = Decimal(1).scaleb(-digits)
    printed = (Decimal(100 * part) / whole).quantize(step, ROUND_DOWN)
    # Half a digit may be rounded either way.
    assume((Decimal(100 * part) / whole - printed) * 2 > step)
    assert list(judged(f"收到{whole}件，其中甲{part}件，占{printed}%。")) == ["truncated"]


@given(st.text(st.sampled_from("占比0123456789.%件，。（）分别约去年收到"), max_size=40))
def test_any_text_is_judged_without_failing(text):
    for problems in judged(text).values():
        assert all(problem.at.text[-1] in "%％" for problem in problems)
