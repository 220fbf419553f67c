"""One scan for all rules: exact offsets in the text as written, whatever stands between the characters."""

import pytest
import re2
from hypothesis import given
from hypothesis import strategies as st

from gilint.checks import Pattern
from gilint.checks.matching import Hit, Matcher
from gilint.model import Address, Passage, TextOrigin
from gilint.text import fold, fold_offsets

# Few characters, so that phrases occur: Chinese, a plane-2 ideograph, an emoji, spaces, invisible and wide characters.
ALPHABET = "可能性不𠮷😀12１Ａa \t\u3000\u200b\n。"
texts = st.text(ALPHABET, max_size=30)
phrases = st.text(ALPHABET, min_size=1, max_size=4)
REGEXES = ("不?可能", "(?P<number>[0-9]+)能?", "^可", "能$", "[^。]*性", "𠮷|😀", "1*", "(?:可|能)+")


def passages_of(*contents: str) -> list[Passage]:
    return [
        Passage(index, text, TextOrigin(((0, index + 1, 1),)), "prose", Address())
        for index, text in enumerate(contents)
    ]


def scan(contents: list[str], *patterns: Pattern) -> list[Hit]:
    return Matcher([("R", patterns)]).scan(passages_of(*contents))["R"]


def places(hits: list[Hit]) -> list[tuple[int, int, int]]:
    return [(hit.passage.index, hit.start, hit.end) for hit in hits]


def occurrences(text: str, word: str) -> list[tuple[int, int]]:
    return [(at, at + len(word)) for at in range(len(text)) if text.startswith(word, at)]


def unfolded(text: str, start: int, end: int) -> tuple[int, int]:
    offsets = fold_offsets(text)
    return offsets[start], offsets[end - 1] + 1


# --- literals -----------------------------------------------------------------------------------------------------


@given(st.lists(texts, max_size=5), st.lists(phrases, max_size=6))
def test_every_literal_is_found_wherever_the_folded_text_has_it(contents, words):
    words = [word for word in words if fold(word)]
    hits = scan(contents, *(Pattern(word) for word in words))
    expected = {
        (index, *unfolded(text, start, end), word)
        for index, text in enumerate(contents)
        for word in words
        for start, end in occurrences(fold(text), fold(word))
    }
    assert {(hit.passage.index, hit.start, hit.end, hit.pattern) for hit in hits} == expected
    assert all(fold(hit.text) == fold(hit.pattern) for hit in hits)


@given(st.lists(texts, max_size=5), st.lists(phrases, max_size=6))
def test_raw_literals_are_found_as_they_are_written_and_never_over_a_seam(contents, words):
    hits = scan(contents, *(Pattern(word, raw=True) for word in words))
    expected = {
        (index, start, end, word)
        for index, text in enumerate(contents)
        for word in words
        for start, end in occurrences(text, word)
    }
    assert {(hit.passage.index, hit.start, hit.end, hit.pattern) for hit in hits} == expected


def test_overlapping_literals_are_all_found():
    assert places(scan(["不可能性"], Pattern("可能"), Pattern("不可能"), Pattern("可能性"))) == [
        (0, 0, 3),
        (0, 1, 3),
        (0, 1, 4),
    ]


def test_a_literal_spans_what_folding_removes():
    (hit,) = scan(["的 可\u3000能 。"], Pattern("可能"))
    assert hit.text == "可\u3000能"


# --- regular expressions ------------------------------------------------------------------------------------------


@given(st.lists(texts, max_size=4), st.sampled_from(REGEXES))
def test_regex_hits_are_those_of_re2_on_the_folded_passage(contents, regex):
    expected = [
        (index, *unfolded(text, *match.span()))
        for index, text in enumerate(contents)
        for match in re2.finditer(regex, fold(text))
        if match.end() > match.start()
    ]
    assert places(scan(contents, Pattern(regex, regex=True))) == expected


@given(st.lists(texts, max_size=4), st.sampled_from(REGEXES))
def test_raw_regex_hits_are_those_of_re2_on_the_passage(contents, regex):
    expected = [
        (index, *match.span())
        for index, text in enumerate(contents)
        for match in re2.finditer(regex, text)
        if match.end() > match.start()
    ]
    assert places(scan(contents, Pattern(regex, regex=True, raw=True))) == expected


@given(st.lists(texts, max_size=4))
def test_required_literals_change_nothing_but_the_work(contents):
    free = scan(contents, Pattern("[不]?可.?", regex=True))
    gated = scan(contents, Pattern("[不]?可.?", regex=True, literals=("可",)))
    assert places(gated) == places(free)


def test_a_regex_runs_only_where_one_of_its_literals_stands():
    # A literal that is not really required shows where the pattern ran.
    hits = scan(["甲乙", "乙", "丙 丁乙"], Pattern("乙", regex=True, literals=("甲", "丙丁")))
    assert places(hits) == [(0, 1, 2), (2, 3, 4)]


def test_a_blank_literal_guards_nothing():
    assert places(scan(["甲乙"], Pattern("乙", regex=True, literals=(" ", "丙")))) == [(0, 1, 2)]


def test_a_blank_phrase_is_refused():
    with pytest.raises(ValueError, match="nothing"):
        scan(["甲"], Pattern("\u3000"))


def test_named_groups_are_folded_text():
    (hit,) = scan(["共１ 2件"], Pattern("(?P<number>[0-9]+)(?P<unit>件|条)(?P<rest>。)?", regex=True))
    assert hit.text == "１ 2件"
    assert hit.groups == {"number": "12", "unit": "件", "rest": None}


def test_literals_have_no_groups():
    assert scan(["可能"], Pattern("可能"))[0].groups == {}


@pytest.mark.parametrize("raw", [True, False])
def test_half_a_surrogate_pair_stops_no_search(raw):
    patterns = Pattern("可能", raw=raw), Pattern("可.?$", regex=True, raw=raw)
    assert places(scan(["\ud800可能", "不\udc00可"], *patterns)) == [(0, 1, 3), (0, 1, 3), (1, 2, 3)]


# --- many rules ---------------------------------------------------------------------------------------------------


def test_each_rule_gets_its_own_hits_with_its_own_tags():
    rules = [
        ("A", [Pattern("可能", tag="x"), Pattern("可能", tag="y")]),
        ("B", [Pattern("可能")]),
        ("C", [Pattern("也许")]),
        ("D", []),
        ("E", [Pattern("可能", raw=True), Pattern("能", regex=True)]),
    ]
    hits = Matcher(rules).scan(passages_of("可 能", "可能"))
    assert [(hit.passage.index, hit.tag) for hit in hits["A"]] == [(0, "x"), (0, "y"), (1, "x"), (1, "y")]
    assert places(hits["B"]) == [(0, 0, 3), (1, 0, 2)]
    assert hits["C"] == hits["D"] == []
    assert places(hits["E"]) == [(0, 2, 3), (1, 0, 2), (1, 1, 2)]


def test_rules_with_the_same_patterns_share_their_hits():
    hits = Matcher([("A", [Pattern("可能")]), ("B", [Pattern("可能")])]).scan(passages_of("可能"))
    assert hits["A"] is hits["B"]
    assert places(hits["B"]) == [(0, 0, 2)]


def test_a_pattern_given_twice_hits_once():
    assert len(scan(["可能"], Pattern("可能"), Pattern("可能"))) == 1


@given(st.lists(texts, max_size=5))
def test_hits_come_in_the_order_of_the_text(contents):
    patterns = [Pattern("可能", tag="b"), Pattern("可能", tag="a"), Pattern("能"), Pattern(".能", regex=True)]
    order = [(hit.passage.index, hit.start, hit.end, hit.tag) for hit in scan(contents, *patterns)]
    assert order == sorted(order)
    again = scan(contents, *reversed(patterns))
    assert order == [(hit.passage.index, hit.start, hit.end, hit.tag) for hit in again]


def test_nothing_to_search_finds_nothing():
    assert Matcher([]).scan(passages_of("可能")) == {}
    assert Matcher([("A", [Pattern("可能")])]).scan([]) == {"A": []}


def test_a_matcher_can_be_used_again():
    matcher = Matcher([("A", [Pattern("能$", regex=True)])])
    first = matcher.scan(passages_of("可能"))
    assert matcher.scan(passages_of("可能")) == first != {"A": []}


# --- passages searched together -------------------------------------------------------------------------------------


@pytest.mark.parametrize("raw", [False, True])
@given(contents=st.lists(texts, min_size=2, max_size=6))
def test_each_passage_has_the_matches_that_it_has_when_it_is_searched_by_itself(raw, contents):
    patterns = [Pattern(regex, regex=True, raw=raw) for regex in (*REGEXES, "能[^1]*1", "\\A可", "能\\z", "。$|^可")]
    alone = [
        (index, hit.start, hit.end, hit.pattern)
        for index, content in enumerate(contents)
        for hit in scan([content], *patterns)
    ]
    assert [(hit.passage.index, hit.start, hit.end, hit.pattern) for hit in scan(contents, *patterns)] == alone


def test_a_match_that_would_reach_into_the_next_passage_is_found_within_its_own():
    hits = scan(["能11", "能", "1能1"], Pattern("能[^。]*1", regex=True, literals=("能",)))
    assert places(hits) == [(0, 0, 3), (2, 1, 3)]
