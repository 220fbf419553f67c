"""What two texts have in common: every stretch that is long enough, and the texts that are most alike."""

import random
from time import perf_counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gilint.likeness import most_alike, stretches


def said_again(text, other, least):
    return [text[one.start : one.start + one.length] for one in stretches(text, other, least)]


@pytest.mark.parametrize(
    ("text", "other", "expected"),
    [
        ("abcdefgh", "abcdefgh", ["abcdefgh"]),
        ("xxabcdefyy", "abcdef", ["abcdef"]),
        ("abcdef-ghijkl", "ghijkl+abcdef", ["abcdef", "ghijkl"]),
        ("abcde", "abcde", ["abcde"]),
        ("abcd", "abcd", []),
        ("abcdXefgh", "abcdYefgh", []),
        ("", "abcdef", []),
        ("abcdef", "", []),
    ],
)
def test_a_stretch_counts_from_five_characters_on(text, other, expected):
    assert said_again(text, other, 5) == expected


def test_of_several_places_the_longest_stretch_is_taken():
    (one,) = stretches("abcdefgh", "abcdeX abcdefgh abcdefY", 5)
    assert (one.start, one.other, one.length) == (0, 7, 8)


def test_stretches_do_not_overlap():
    assert said_again("abcdefghij", "abcdefg efghij", 5) == ["abcdefg"]


LETTERS = st.text("ab", max_size=40)


@given(LETTERS, LETTERS, st.integers(2, 6))
def test_a_stretch_stands_in_both_texts(text, other, least):
    end = 0
    for one in stretches(text, other, least):
        assert one.start >= end
        assert one.length >= least
        assert text[one.start : one.start + one.length] == other[one.other : one.other + one.length]
        end = one.start + one.length


@given(st.text("abcdefghijklmnop", min_size=8, max_size=30), st.text("xyz", max_size=9), st.text("uvw", max_size=9))
def test_what_is_put_between_other_words_is_found_again(shared, before, behind):
    assert sum(map(len, said_again(f"{before}{shared}{behind}", f"{behind}{shared}{before}", 8))) >= len(shared)


@pytest.mark.parametrize("text", ["ab" * 20000, "a" * 40000])
def test_what_is_said_again_and_again_costs_no_square(text):
    start = perf_counter()
    assert sum(one.length for one in stretches(text, text, 13)) == 40000
    assert perf_counter() - start < 5


def test_the_most_alike_text_is_named_with_how_alike_it_is():
    others = ["信息更新不及时", "栏目设置不够合理", "解读形式单一"]
    assert list(most_alike(["栏目设置还不够合理", "解读形式单一"], others, 0.7)) == [
        (0, 1, pytest.approx(2 * 6 / (8 + 7))),
        (1, 2, 1.0),
    ]


def test_texts_that_are_less_alike_are_left_out():
    assert list(most_alike(["栏目设置还不够合理"], ["栏目更新不及时，解读不够"], 0.8)) == []


def test_of_texts_that_are_the_same_the_first_is_named():
    assert list(most_alike(["甲乙丙丁"], ["戊己庚辛", "甲乙丙丁", "甲乙丙丁"], 0.8)) == [(0, 1, 1.0)]


def test_ten_thousand_sentences_take_seconds():
    chance = random.Random(3)
    this = ["栏目更新不及时的有" + "".join(chance.choices("甲乙丙丁戊己庚辛", k=9)) for _ in range(10000)]
    last = ["栏目更新不及时的有" + "".join(chance.choices("甲乙丙丁戊己庚辛", k=9)) for _ in range(10000)]
    start = perf_counter()
    list(most_alike(this, last, 0.8))
    assert perf_counter() - start < 30
