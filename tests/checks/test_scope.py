"""Which hits of a text check count, and how many of them make a finding."""

from itertools import pairwise

import pytest
from builders import FAMILY
from hypothesis import given
from hypothesis import strategies as st

from gilint.checks.matching import Matcher
from gilint.checks.scope import Cover, enclosures, findings, known_sections, longest, relevant, sentence, wanted
from gilint.errors import OptionError
from gilint.model import Address, Passage, TextOrigin


def passages_of(*contents, role="prose", section="traffic"):
    return [
        Passage(index, text, TextOrigin(((0, index + 1, 1),)), role, Address(section=section))
        for index, text in enumerate(contents)
    ]


def hits_of(passages, **options):
    return Matcher([("R", wanted(options))]).scan(passages)["R"]


def counted(text, *phrases, role="prose", section="traffic", **options):
    """What still counts of the phrases in a text."""
    options["phrases"] = phrases
    hits = hits_of(passages_of(text, role=role, section=section), **options)
    return [hit.text for hit in relevant(options, hits)]


# --- where --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("role", "counts"),
    [("preamble", True), ("heading", True), ("prose", True), ("title", False), ("signoff", False), ("outside", False)],
)
def test_title_and_signoff_are_left_alone_unless_named(role, counts):
    assert bool(counted("可能", "可能", role=role)) is counts
    assert counted("可能", "可能", role=role, where={"roles": [role]})


def test_sections_are_named_or_left_out():
    assert counted("可能", "可能", where={"sections": ["traffic", "store"]})
    assert not counted("可能", "可能", where={"sections": ["store"]})
    assert not counted("可能", "可能", where={"not_sections": ["traffic"]})
    assert counted("可能", "可能", section=None, where={"not_sections": ["traffic"]})
    assert not counted("可能", "可能", section=None, where={"sections": ["traffic"]})


@pytest.mark.parametrize("option", ["sections", "not_sections"])
def test_an_unknown_section_is_refused_at_its_place(option):
    assert known_sections({"where": {option: ["traffic"]}}, FAMILY)
    with pytest.raises(OptionError, match="traffic") as error:
        known_sections({"where": {option: ["store", "trafic"]}}, FAMILY)
    assert error.value.path == ("where", option, 1)


# --- excuses ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("text", ["不可能", "尽可能公开", "没有这种可能性", "不 可\u3000能"])
def test_a_longer_word_excuses_what_it_holds(text):
    assert not counted(text, "可能", unless_part_of=["不可能", "尽可能", "可能性"])


def test_a_longer_word_excuses_nothing_beside_it():
    assert counted("不可能，但可能", "可能", unless_part_of=["不可能"]) == ["可能"]
    assert counted("能不可能", "能不可", unless_part_of=["不可能"]) == ["能不可"]


@pytest.mark.parametrize(
    "text",
    [
        "规定“公开后可能危及国家安全的，不予公开”。",
        "规定「可能危及」的",
        "‘可能’一词",
        '规定"可能危及"的',
        "“甲“乙”可能”",
    ],
)
def test_quoted_law_is_no_statement(text):
    assert not counted(text, "可能", unless_within=["quotes"])
    assert counted(text, "可能", unless_within=["titles", "brackets"]) == ["可能"]


@pytest.mark.parametrize("text", ["“甲”可能“乙”", "可能“甲”", "“可能", "”可能“", '"甲"可能"乙"'])
def test_beside_quotation_marks_is_not_within(text):
    assert counted(text, "可能", unless_within=["quotes"]) == ["可能"]


def test_titles_and_brackets_excuse_where_named():
    assert not counted("《关于可能的通知》", "可能", unless_within=["titles"])
    assert not counted("《关于〈办法〉可能的通知》", "可能", unless_within=["titles"])
    assert not counted("甲（可能）", "可能", unless_within=["brackets"])
    assert not counted("甲(可能)", "可能", unless_within=["brackets"])


@given(st.text("“”甲", max_size=12))
def test_enclosures_lie_between_marks_and_are_nested_or_apart(text):
    found = list(enclosures(text, "“”"))
    assert all(text[start - 1] == "“" and text[end] == "”" for start, end in found)
    assert len({start for start, _ in found}) == len({end for _, end in found}) == len(found)
    assert all(text[start:end].count("“") == text[start:end].count("”") for start, end in found)


@given(
    st.lists(st.tuples(st.integers(0, 9), st.integers(0, 9)).map(sorted).map(tuple)),
    st.tuples(st.integers(0, 9), st.integers(0, 9)).map(sorted),
)
def test_a_cover_holds_what_one_of_its_stretches_holds(spans, inner):
    start, end = inner
    assert Cover(spans).holds(start, end) == any(first <= start and end <= last for first, last in spans)


def test_neighbours_excuse():
    assert not counted("工商局（现市场监管局）", "工商局", unless_before=["（现"])
    assert not counted("工商局 （ 现市场监管局）", "工商局", unless_before=["（现"])
    assert counted("工商局及（现在）", "工商局", unless_before=["（现"])
    assert not counted("原 工商局", "工商局", unless_after=["原"])
    assert counted("原区工商局", "工商局", unless_after=["原"])
    assert not counted("受理条件", "受理", unless_before=["条件", "范围"])


def test_a_word_shortly_before_excuses():
    near = {"words": ["原"], "within": 4}
    assert not counted("原云山区工商局", "工商局", unless_near=near)
    assert not counted("原 云 山 区 工商局", "工商局", unless_near=near)
    assert counted("原来的云山区工商局", "工商局", unless_near=near)
    assert counted("工商局原址", "工商局", unless_near=near)


def test_words_of_the_sentence_decide():
    text = "预计明年可能完成。今年可能召开会议；去年，可能发文。"
    assert len(counted(text, "可能", sentence_has=["会议"])) == 1
    assert len(counted(text, "可能", unless_sentence_has=["明年", "去年"])) == 1
    assert counted("可能\n会议", "可能", sentence_has=["会议"]) == []


def test_words_of_the_paragraph_decide():
    assert not counted("可能。据统计。", "可能", unless_passage_has=["统 计"])
    assert counted("可能。", "可能", unless_passage_has=["统计"])


# --- overlaps and counting ----------------------------------------------------------------------------------------


def test_of_overlapping_hits_the_longest_counts():
    assert counted("可能组织了培训", "可能", "可能组织了", "组织") == ["可能组织了"]
    assert counted("甲乙丙", "甲乙", "乙丙") == ["甲乙"]
    assert counted("甲乙丙丁", "甲乙", "丙丁", "乙丙") == ["甲乙", "丙丁"]


@given(st.text("甲乙丙", max_size=20))
def test_longest_leaves_no_overlap_and_loses_no_place(text):
    hits = hits_of(passages_of(text), phrases=["甲", "甲乙", "乙丙甲", "丙"])
    kept = longest(hits)
    assert all(one.end <= other.start for one, other in pairwise(kept))
    assert all(any(one.start < hit.end and hit.start < one.end for one in kept) for hit in hits)


def found(contents, **options):
    passages = passages_of(*contents)
    hits = relevant(options, hits_of(passages, phrases=["甲"]))
    return [(hit.passage.index, hit.start, len(covered)) for hit, covered in findings(options, hits)]


def test_each_hit_is_a_finding_by_default():
    assert found(["甲甲", "甲"]) == [(0, 0, 1), (0, 1, 1), (1, 0, 1)]


def test_one_finding_a_passage_section_or_report():
    contents = ["甲甲", "甲"]
    assert found(contents, per="passage") == [(0, 0, 2), (1, 0, 1)]
    assert found(contents, per="section") == [(0, 0, 3)]
    assert found(contents, per="report") == [(0, 0, 3)]


def test_sections_are_counted_apart():
    passages = [
        passage.replace(address=Address(section=key))
        for passage, key in zip(passages_of("甲", "甲"), "ab", strict=True)
    ]
    hits = hits_of(passages, phrases=["甲"])
    assert [len(covered) for _, covered in findings({"per": "section"}, hits)] == [1, 1]


def test_density_needs_enough_hits():
    assert found(["甲甲", "甲乙甲甲"], at_least=3) == [(1, 0, 3)]
    assert found(["甲甲", "甲"], at_least=3, per="report") == [(0, 0, 3)]
    assert found(["甲甲"], at_least=3) == []


def test_density_needs_them_close_together():
    assert found(["甲乙乙甲甲甲"], at_least=3, in_characters=4) == [(0, 3, 4)]
    assert found(["甲乙乙甲乙甲"], at_least=3, in_characters=3) == []
    assert found(["甲", "甲"], at_least=2, in_characters=9, per="report") == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [("甲。 乙可能丙；丁", "乙可能丙"), ("可能", "可能"), ("甲！可能？", "可能"), ("甲\n可能\n乙", "可能")],
)
def test_the_sentence_of_a_hit(text, expected):
    (hit,) = hits_of(passages_of(text), phrases=["可能"])
    assert sentence(hit) == expected
