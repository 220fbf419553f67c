"""Lists of percentages in prose: added up where they are of one whole, and left alone elsewhere."""

from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

import pytest
from builders import report_with
from hypothesis import assume, given
from hypothesis import strategies as st
from test_stated import FAMILY

from gilint.checks import builtin
from gilint.checks.matching import Matcher
from gilint.model import Address, Passage, TextOrigin

CHECK = builtin("shares-sum")
OPTIONS = {
    "of": ["总数的", "比为", "总数的比例"],
    "rest": ["其他", "其余"],
    "not_rest": ["其他处理"],
    "classes": [["甲类", "乙类"]],
    "unless": ["网站"],
    "partial": ["主要", "等"],
}


def judged(text, role="prose"):
    """The questions that the check answers with a problem, with their problems."""
    passages = (Passage(0, text, TextOrigin(((0, 1, 1),)), role, Address(("总体情况",), "overview")),)
    report = report_with({}, form=FAMILY.forms[0], passages=passages)
    hits = Matcher([("R", CHECK.patterns({}, FAMILY))]).scan(passages)["R"]
    found = {}
    for question in ("over", "whole", "short"):
        problems = list(CHECK.function(report, {"question": question, **OPTIONS}, hits))
        if problems:
            found[question] = [problem.values["terms"] for problem in problems]
    return found


@pytest.mark.parametrize(
    ("text", "question", "terms"),
    [
        ("收到的信件中，甲占40%、乙占30%、其余占20%。", "whole", "40% + 30% + 20%"),
        ("甲（占40%）、乙（占30%）、其他（占20%）。", "whole", "40% + 30% + 20%"),
        ("甲20件，占40%；乙15件，占30%；其余10件，占20%。", "whole", "40% + 30% + 20%"),
        ("甲、乙及其他占比分别为40%、30%和20%。", "whole", "40% + 30% + 20%"),
        ("甲类和乙类分别占总数的95.2％和3.8％。", "whole", "95.2％ + 3.8％"),
        ("甲类占90%，乙类占5%。", "whole", "90% + 5%"),
        ("新增的，甲占90%，其余占10%；办完的，丙占60%，其余占30%。", "whole", "60% + 30%"),
        ("甲类占60%（东区占20%、西区占40%），其余占30%。", "whole", "60% + 30%"),
        ("甲、乙、丙占总数的比例分别为50%、30%、10%。", "short", "50% + 30% + 10%"),
        ("甲、乙分别占61.3%、48.7%。", "over", "61.3% + 48.7%"),
        ("收到50件，其中甲占40%，乙占50%，丙占20%。", "over", "40% + 50% + 20%"),
        ("甲占40%，乙占50%，其余占20%。", "over", "40% + 50% + 20%"),
    ],
)
def test_shares_that_are_no_whole_together(text, question, terms):
    assert judged(text) == {question: [terms]}


@pytest.mark.parametrize(
    "text",
    [
        "甲占40%、乙占30%、其余占30%。",
        "甲、乙分别占35%、20%。",
        "主要是甲、乙、丙，分别占35%、20%、10%。",
        "甲、乙、丙等分别占35%、20%、10%。",
        "甲占40%、乙占30%。",
        "其中甲占40%、乙占30%、丙占20%。",
        # rounded, or told roughly
        "甲占33.3%、乙占33.3%、其余占33.3%。",
        "甲、乙、丙分别占16.7%、16.7%、66.7%。",
        "甲约占40%、乙占30%、其余占20%。",
        "甲占约40%、乙占30%、其余占20%。",
        "甲占40%左右、乙占30%、其余占20%。",
        # of different wholes
        "甲占全区的40%、其余占20%。",
        "其中甲占90%，乙占10%；办完的丙占60%，丁占40%。",
        "办完的占60%，其中当天的占90%，其余占5%。",
        "收到的甲占90%，办完50件，其余占60%。",
        "甲占60%，乙占40%，另外丙占20%。",
        # of another year, or counted twice
        "去年甲占40%，其余占20%。",
        "甲占40%，同比提高3个百分点，其余占20%。",
        "其中网站占80%，公众号占60%。",
        "甲占60%，其他处理占5%。",
        # no list
        "甲占100%。",
        "甲占40%。其余占20%。",
        "甲占地40亩，其余占地20亩。",
        "增长40%，其余占20%。",
    ],
)
def test_sound_shares_and_what_is_no_list(text):
    assert judged(text) == {}


def test_headings_are_no_prose():
    assert judged("甲占40%、其余占20%。", role="heading") == {}


def rounded(share, digits):
    quotient = Decimal(share.numerator) / Decimal(share.denominator)
    return quotient.quantize(Decimal(1).scaleb(-digits), rounding=ROUND_HALF_UP)


@given(st.lists(st.integers(1, 9999), min_size=2, max_size=9), st.data())
def test_shares_of_whole_numbers_rounded_at_any_digit_are_never_reported(parts, data):
    digits = [data.draw(st.integers(0, 3)) for _ in parts]
    shares = [rounded(Fraction(100 * part, sum(parts)), each) for part, each in zip(parts, digits, strict=True)]
    listed = "、".join(f"甲占{share}%" for share in shares[:-1])
    assert judged(f"{listed}、其余占{shares[-1]}%。") == {}
    assert judged(f"{'、'.join('甲' * len(parts))}分别占{'、'.join(f'{share}%' for share in shares)}。") == {}


@given(st.lists(st.integers(1, 400), min_size=2, max_size=9), st.integers(0, 2), st.booleans())
def test_shares_that_are_off_by_more_than_rounding_are_reported(parts, digits, over):
    """In the last printed digit, n shares may be n halves off, and not one more."""
    unit = Decimal(1).scaleb(-digits)
    scaled = [100 * 10**digits * part // sum(parts) for part in parts[:-1]]
    rest = 100 * 10**digits - sum(scaled)
    off = len(parts) // 2 + 1
    rest += off if over else -off
    # A list whose first shares are a whole is one of its own.
    assume(rest > 0 and all(sum(scaled[:end]) * 2 < 200 * 10**digits - end for end in range(1, len(scaled) + 1)))
    shares = [each * unit for each in (*scaled, rest)]
    listed = "、".join(f"甲占{share:.{digits}f}%" for share in shares[:-1])
    found = judged(f"{listed}、其余占{shares[-1]:.{digits}f}%。")
    assume(max(shares) < 100)
    assert list(found) == ["over" if over else "whole"]


@given(st.text(st.sampled_from("占分别其余中甲乙0123456789%％.（）、，；。比例为"), max_size=40))
def test_any_text_is_judged_without_failing(text):
    assert set(judged(text)) <= {"over", "whole", "short"}
