"""Folding, label keys, likeness, and the cells of a terminal."""

from __future__ import annotations

import sys
import time
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gilint.text import (
    INVISIBLE,
    WHITESPACE,
    clip,
    closest,
    fold,
    fold_offsets,
    label_key,
    pad,
    similarity,
    width,
    wrap,
)

TYPICAL = '年度报告１２ＡＢａ1ab，。（）、．."“” \t\n\u00a0\u3000\u200b\ufeff'
NOISY = st.text(st.one_of(st.sampled_from(TYPICAL), st.characters()))
CJK = st.text(st.sampled_from("本单位收到信息abcXYZ0129 ，。、；：！？（）《》“”‘’【】「」…—～·％.,()-é①"))
CLOSING, OPENING = "，。、；：！？）》”】〉」…", "（《“【〈「"


# --- fold ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("", ""),
        ("商 业\n企\u3000业", "商业企业"),
        ("\u00a0７\u2009", "7"),
        ("\ufeff第\u200b二\u00ad十\x00条\x7f", "第二十条"),
        ("ＡＢＣａｂｃ０１９", "ABCabc019"),
        ("（一）、“三安全”，．。：%", "（一）、“三安全”，．。：%"),
        ("〔2021〕３０号", "〔2021〕30号"),
    ],
)
def test_fold_drops_space_and_narrows_digits_and_letters_only(text, folded):
    assert fold(text) == folded


def test_whitespace_is_exactly_what_python_calls_space():
    assert sorted(WHITESPACE) == [char for char in map(chr, range(sys.maxunicode + 1)) if char.isspace()]


def test_invisible_characters_are_no_whitespace_and_take_no_place():
    assert not set(INVISIBLE) & set(WHITESPACE)
    assert width(INVISIBLE) == 0


@given(NOISY)
def test_folding_twice_is_folding_once(text):
    assert fold(fold(text)) == fold(text)


@given(NOISY)
def test_each_folded_character_is_the_fold_of_the_character_it_came_from(text):
    offsets = fold_offsets(text)
    assert [fold(text[offset]) for offset in offsets[:-1]] == list(fold(text))
    assert offsets[-1] == len(text)


@given(NOISY, st.data())
def test_a_folded_hit_leads_back_to_the_source(text, data):
    folded, offsets = fold(text), fold_offsets(text)
    begin = data.draw(st.integers(0, len(folded)))
    end = data.draw(st.integers(begin, len(folded)))
    if begin < end:
        source = text[offsets[begin] : offsets[end - 1] + 1]
        assert fold(source) == folded[begin:end]
        assert source[0] not in WHITESPACE + INVISIBLE
        assert source[-1] not in WHITESPACE + INVISIBLE


def test_folding_a_long_text_takes_no_time():
    text = "本年新收 信息\u3000１２件，" * 20_000
    began = time.perf_counter()
    fold(text)
    assert time.perf_counter() - began < 0.5


# --- label_key ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "variants",
    [
        ["1.属于秘密", "1、属于秘密", "1．属于秘密", "１，属于秘密", "1 ,属于 秘密"],
        ["一、本年新收", "一.本年新收", "一．本年\n新收"],
        ["（一）予以提供", "(一)予以提供", "( 一 ) 予以提供"],
        ["（单位：万元）", "(单位:万元)"],
        ["危及“安全”", '危及"安全"', "危及安全", "危及「安全」", "危及＂安全＂", "危及 ‘安全’"],
        ["甲，乙；丙", "甲,乙;丙"],
    ],
)
def test_variants_of_a_label_have_one_key(variants):
    assert len({label_key(variant) for variant in variants}) == 1


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("1.甲", "2.甲"),
        ("（一）甲", "一、甲"),
        ("〔2021〕", "[2021]"),
        ("〔2021〕", "（2021）"),
        ("甲、乙", "甲，乙"),
        ("甲.", "甲、"),
    ],
)
def test_different_labels_have_different_keys(first, second):
    assert label_key(first) != label_key(second)


@given(NOISY)
def test_the_key_of_a_key_is_itself(text):
    assert label_key(label_key(text)) == label_key(text)


@given(NOISY)
def test_folding_changes_no_key(text):
    assert label_key(fold(text)) == label_key(text)


# --- similarity and closest ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [
        ("", "", 1.0),
        ("", "甲", 0.0),
        ("甲", "甲", 1.0),
        ("甲", "乙", 0.0),
        ("甲", "甲乙", 2 / 3),  # one character of 1 + 2 in common
        ("甲乙丙", "甲乙丁", 0.5),  # one bigram of 2 + 2
        ("甲甲甲", "甲甲", 2 / 3),  # bigrams count as often as they occur
        ("规 章", "规章", 1.0),
        ("甲乙", "乙甲", 0.0),
    ],
)
def test_similarity_is_the_share_of_common_bigrams(first, second, expected):
    assert similarity(first, second) == pytest.approx(expected)


@given(NOISY, NOISY)
def test_similarity_is_symmetric_and_between_0_and_1(first, second):
    assert 0 <= similarity(first, second) == similarity(second, first) <= 1


@given(NOISY)
def test_a_text_is_wholly_similar_to_itself(text):
    assert similarity(text, text) == 1


@pytest.mark.parametrize(
    ("word", "meant"),
    [("G10l", "G101"), ("g101", "G101"), ("jsn", "json"), ("JSON", "json"), ("zzzz", None), ("", None)],
)
def test_closest_finds_what_was_meant(word, meant):
    assert closest(word, ["G101", "G205", "json", "text"]) == meant


def test_closest_of_nothing_is_nothing():
    assert closest("G101", []) is None


# --- width, pad, clip ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "cells"),
    [
        ("", 0),
        ("abc", 3),
        ("信息", 4),
        ("１２（）", 8),
        ("“甲”…—", 6),
        ("e\u0301", 1),
        ("\u200b\ufeff\x00\x1b\n", 0),
        ("a\tb", 3),
        ("\u3000", 2),
        ("\u0378", 1),
        ("𠀀", 2),
    ],
)
def test_width_counts_cells(text, cells):
    assert width(text) == cells


def test_every_character_has_the_width_that_unicode_gives_it():
    def cells(char):
        category = unicodedata.category(char)
        if char == "\t" or category not in {"Mn", "Me", "Cc", "Cf", "Zl", "Zp"}:
            return 2 if unicodedata.east_asian_width(char) in "WF" and category != "Cn" else 1
        return 0

    assert [char for char in map(chr, range(0x20000)) if width(char) != cells(char)] == []


@given(CJK)
def test_width_agrees_with_rich(text):
    assert width(text) == pytest.importorskip("rich.cells").cell_len(text)


@given(NOISY, NOISY)
def test_widths_add_up(first, second):
    assert width(first + second) == width(first) + width(second)


@pytest.mark.parametrize(("align", "padded"), [("left", "信息   "), ("right", "   信息"), ("center", " 信息  ")])
def test_pad_aligns(align, padded):
    assert pad("信息", 7, align) == padded


@given(NOISY, st.integers(0, 60), st.sampled_from(["left", "right", "center"]))
def test_padded_text_has_the_width_asked_for_unless_it_was_wider(text, cells, align):
    assert width(pad(text, cells, align)) == max(cells, width(text))


@pytest.mark.parametrize(
    ("text", "cells", "clipped"),
    [
        ("信息", 4, "信息"),
        ("信息量", 5, "信息…"),
        ("信息量", 4, "信…"),
        ("信息", 1, "…"),
        ("信息", 0, ""),
        ("", 0, ""),
        ("abcdef", 4, "abc…"),
    ],
)
def test_clip_ends_a_cut_text_with_an_ellipsis(text, cells, clipped):
    assert clip(text, cells) == clipped


@given(NOISY, st.integers(0, 30))
def test_clipped_text_fits(text, cells):
    assert width(clip(text, cells)) <= cells


@given(NOISY)
def test_text_that_fits_is_not_clipped(text):
    assert clip(text, width(text)) == text


# --- wrap ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "cells", "lines"),
    [
        ("", 4, [""]),
        ("甲乙丙丁戊", 4, ["甲乙", "丙丁", "戊"]),
        ("甲乙，丙", 4, ["甲", "乙，", "丙"]),
        ("甲（乙）", 4, ["甲", "（乙", "）"]),  # （乙） is wider than a line
        ("甲乙（丙）", 6, ["甲乙", "（丙）"]),
        ("甲 word 乙", 6, ["甲", "word", "乙"]),
        ("共1234件", 5, ["共", "1234", "件"]),
        ("abcdefgh", 3, ["abc", "def", "gh"]),
        ("甲\n\n乙", 9, ["甲", "", "乙"]),
        ("  甲乙", 4, ["  甲", "乙"]),
        ("甲乙  丙", 4, ["甲乙", "丙"]),
        ("甲乙  ", 4, ["甲乙"]),
        ("甲乙丙——丁", 7, ["甲乙丙", "——丁"]),
        ("甲乙", 1, ["甲", "乙"]),
        ("甲乙e\u0301", 4, ["甲乙", "e\u0301"]),
        ("甲（ 乙", 4, ["甲", "（", "乙"]),
    ],
)
def test_wrap_breaks_lines(text, cells, lines):
    assert wrap(text, cells) == lines


@given(NOISY, st.integers(1, 30))
def test_wrapping_loses_nothing_but_whitespace(text, cells):
    assert "".join("".join(wrap(text, cells)).split()) == "".join(text.split())


@given(NOISY, st.integers(2, 30))
def test_wrapped_lines_fit(text, cells):
    assert all(width(line) <= cells for line in wrap(text, cells))


@given(st.lists(st.text("本单位收到信息", min_size=1, max_size=5), min_size=1), st.integers(14, 40), st.data())
def test_punctuation_stays_with_its_text(clauses, cells, data):
    marks = st.sampled_from(["{}，", "{}。", "（{}）", "《{}》、", "“{}”", "{}……", "{} ；", "（ {}", "12{}"])
    lines = wrap("".join(data.draw(marks).format(clause) for clause in clauses), cells)
    assert not any(line[0] in CLOSING for line in lines)
    assert not any(line[-1] in OPENING for line in lines[:-1])


@given(st.lists(st.text("abc019.%-", min_size=1, max_size=8).map("x{}".format)), st.integers(9, 30))
def test_words_that_fit_are_not_cut(words, cells):
    assert " ".join(wrap(" ".join(words), cells)) == " ".join(words)


@given(NOISY, st.integers(1, 30))
def test_wrapping_wrapped_lines_changes_nothing(text, cells):
    lines = wrap(text, cells)
    assert [again for line in lines for again in wrap(line, cells)] == lines


def test_wrapping_a_long_paragraph_takes_no_time():
    began = time.perf_counter()
    wrap("本单位收到信息，" * 5_000 + " " * 5_000 + "x" * 5_000, 80)
    assert time.perf_counter() - began < 2
