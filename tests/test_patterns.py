"""Patterns of rule files: what is refused, and what must occur in every match."""

import re

import pytest
import re2
from hypothesis import given
from hypothesis import strategies as st

from gilint.patterns import check_pattern, required_literals


@pytest.mark.parametrize(
    "pattern",
    ["公开", r"\d{4}年", r"\p{Han}+", r"[\pL\pN_]", r"(?P<year>\d+)", r"\\w", r"\Q\w\E", "(?i)a", "a{1000}"],
)
def test_linear_patterns_are_taken(pattern):
    assert check_pattern(pattern) is None


@pytest.mark.parametrize("escape", "wWsSbB")
def test_escapes_that_know_only_ascii_are_refused_with_advice(escape):
    message = check_pattern(f"公\\{escape}开")
    assert message is not None
    assert message.startswith(f"\\{escape} 只认 ASCII 字符，请写 ")


def test_such_an_escape_is_refused_inside_a_class_too():
    assert r"\pZ" in str(check_pattern(r"[\s\p{Z}]"))


@pytest.mark.parametrize("pattern", ["(?=a)", "(?!a)", "(?<=a)", "(?<!a)", r"(a)\1", "(?P<x>a)(?P=x)", "a{1001}"])
def test_what_is_not_linear_is_refused(pattern):
    assert "linear-time" in str(check_pattern(pattern))


@pytest.mark.parametrize("pattern", ["(a", "a)", "[a", "*", "a**", r"\y", "[z-a]", r"\pQ", "\\"])
def test_a_pattern_that_does_not_compile_is_refused(pattern):
    assert "not a valid RE2 pattern" in str(check_pattern(pattern))


def test_a_pattern_that_grows_too_large_is_refused():
    assert check_pattern("((公{100}){100}){100}") is not None


def test_nothing_is_logged_for_a_bad_pattern(capfd):
    check_pattern("(a")
    assert capfd.readouterr().err == ""


@pytest.mark.parametrize(
    ("pattern", "literals"),
    [
        ("公开指南", {"公开指南"}),
        ("公开(?:指南|目录)", {"公开指南", "公开目录"}),
        ("(依)申请(公开)?", {"依申请"}),
        (r"\d{4}年度", {"年度"}),
        (r"第[一二]条", {"第一条", "第二条"}),
        (r"\p{Han}+局", {"局"}),
        (r"[\p{Han}、]+厅长", {"厅长"}),
        (r"\pL市", {"市"}),
        ("(?P<year>20..)年报", {"年报"}),
        ("(?<year>20..)年报", {"年报"}),
        ("(?:不予)+x*公开", {"不予"}),
        ("甲.*|乙丙.", {"甲", "乙丙"}),
        ("(?i:甲a)乙", {"乙"}),
        ("^公开$", {"公开"}),
        ("[[:alpha:]]件", {"件"}),
        (r"公开\z", {"公开"}),
        (r"\.", {"."}),
        ("[^甲]乙", {"乙"}),
        ("[0-9]{1,2}、甲?", {f"{digit}、" for digit in "0123456789"}),
        ("(?:共|计)+[甲乙]", {"共甲", "共乙", "计甲", "计乙"}),
        ("甲）.*）、", {"甲）"}),
    ],
)
def test_literals_are_the_longest_that_every_match_needs(pattern, literals):
    assert set(required_literals(pattern)) == literals


def test_white_space_is_required_only_where_the_text_is_searched_as_it_is_written():
    assert "\u3000" in required_literals(r"[”》][\t\pZ]+[，。]", raw=True)
    assert set(required_literals(r"[”》][\t\pZ]+[，。]")) == {"”", "》"}


@pytest.mark.parametrize(
    "pattern",
    ["", "a*", "(?:甲|乙*)", ".+", r"\p{Han}", "(?i)abc", "[一-龥]", "甲?", "(?:甲|)", r"\Qa\E", "((((", "(" * 5000],
)
def test_no_literals_where_none_can_be_derived(pattern):
    assert required_literals(pattern) == ()


ATOMS = ["甲", "乙", "丙", "ab", ".", "[甲乙]", "[^甲]", "[a-f]", r"\d", r"\.", "[一-龥]"]
REPEATS = ["?", "*", "+", "{2}", "{0,2}", "+?", "{1,3}"]


def patterns(atoms):
    return st.recursive(
        st.sampled_from(atoms),
        lambda inner: st.one_of(
            st.lists(inner, min_size=2, max_size=4).map("".join),
            st.lists(inner, min_size=2, max_size=3).map(lambda parts: f"(?:{'|'.join(parts)})"),
            st.tuples(inner, st.sampled_from(REPEATS)).map(lambda pair: f"(?:{pair[0]}){pair[1]}"),
            inner.map(lambda part: f"({part})"),
            inner.map(lambda part: f"(?i:{part})"),
            st.tuples(inner, inner).map("|".join),
        ),
        max_leaves=12,
    )


def has_one(literals, text):
    """Whether a match keeps the promise of its pattern's literals."""
    return not literals or any(literal in text for literal in literals)


@given(patterns(ATOMS), st.data())
def test_every_match_holds_one_of_the_literals(pattern, data):
    literals = required_literals(pattern)
    text = data.draw(st.from_regex(pattern))
    assert all(has_one(literals, found.group()) for found in re.finditer(pattern, text))


@given(patterns([*ATOMS, "^", "$"]), st.text("甲乙丙丁abcAB.12\n", max_size=12))
def test_re2_matches_nothing_without_one_of_the_literals(pattern, text):
    assert check_pattern(pattern) is None
    found = re2.search(pattern, text)
    assert found is None or has_one(required_literals(pattern), found.group())


@given(st.text("甲ab\\[](){}|*+?^$.-:pQEPd12<>,=!", max_size=14))
def test_any_text_is_judged_without_failing(pattern):
    """And where RE2 takes it as a pattern, its literals hold for RE2's reading of it."""
    literals = required_literals(pattern)
    if check_pattern(pattern) is None:
        found = re2.search(pattern, "甲ab\\[](){}|*+?^$.-:pQEPd12<>,=!甲甲aabb" + pattern)
        assert found is None or has_one(literals, found.group())
