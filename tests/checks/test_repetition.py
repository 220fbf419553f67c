"""What a section says again: what is compared, what makes no difference, and where the finding stands."""

import pytest
from builders import FAMILY, report_with, run
from hypothesis import given
from hypothesis import strategies as st

from gilint.checks.repetition import END, GAP, similar, text_of
from gilint.errors import OptionError
from gilint.model import Address, Echo, Heading, NotAssessable, Passage, Problem, Slice, TextOrigin
from gilint.text import WIDE

LONG = "邮车每天早上六点从车站出发，沿河岸经过七个村庄"
"""Twenty-two characters and a comma."""
OTHER = "包裹分拣机坏了两回，夜班改为人工分拣，耽误了三百件"


def passage(index, text, role="prose"):
    return Passage(index, text, TextOrigin(((0, index + 1, 1),)), role, Address(("Traffic",), "traffic"))


def report_of(*texts, headings=(), **changes):
    """A report whose first section says ``texts``; those that are pairs are (text, role)."""
    report = report_with(**changes)
    pairs = [text if isinstance(text, tuple) else (text, "prose") for text in texts]
    passages = tuple(passage(number, text, role) for number, (text, role) in enumerate(pairs))
    marks = tuple(Heading(2, 0, title, Slice(passages[number], 0, len(title)), "traffic") for number, title in headings)
    section = report.sections["traffic"].replace(
        passages=tuple(one for one in passages if one.role in ("prose", "table")), headings=marks
    )
    return report.replace(sections={**report.sections, "traffic": section})


def years(this, last, **options):
    """What the check says of a report with these texts and last year's with those; the limits are low."""
    this = this if not isinstance(this, str) else report_of(this)
    last = last if not isinstance(last, str) else report_of(last)
    report = this.replace(previous=last.replace(year=2023))
    return run(similar, report, **{"sections": ["traffic"], "above": 50, "least": 1, **options})


def share(this, last, **options):
    """Percent that is said again, as told; nothing where there is no finding."""
    found = [one for one in years(this, last, above=0, **options) if isinstance(one, Problem)]
    return found[0].values["share"] if found else None


# --- how much of a section --------------------------------------------------------------------------------------------


def test_a_copied_section_is_found_at_the_section_with_its_passages_side_by_side():
    (problem,) = years(LONG, LONG)
    assert problem.at.key == "traffic"
    assert {key: problem.values[key] for key in ("share", "repeated", "length", "count")} == {
        "share": "100",
        "repeated": 22,
        "length": 22,
        "count": 1,
    }
    (echo,) = problem.related
    assert isinstance(echo, Echo)
    assert (echo.at.text, echo.last.text, echo.name) == (LONG, LONG, "report.txt")


def test_half_of_the_characters_is_not_above_fifty_percent():
    half = "一二三四五六七八九十甲乙丙丁"
    assert years(half + "子丑寅卯辰巳午未申酉戌亥金木", half) == []
    assert len(years(half + "子丑寅卯辰巳午未申酉戌亥金", half)) == 1


def test_a_stretch_of_less_than_thirteen_characters_is_a_coincidence():
    assert share("邮车每天早上六点从车站出" + OTHER, LONG) is None
    assert share("邮车每天早上六点从车站出发" + OTHER, LONG) is not None


def test_the_option_run_says_how_long_a_stretch_is():
    assert share("邮车每天早上六点从车站出" + OTHER, LONG, run=12) is not None


@pytest.mark.parametrize(
    "last",
    [
        LONG.replace("，", "。"),
        LONG.replace("，", " ，　"),
        "、".join(LONG),
    ],
)
def test_marks_and_spaces_make_no_difference(last):
    assert share(LONG, last) == "100"


@pytest.mark.parametrize("year", ["2023年", "２０２３年", "2023 年"])
def test_the_year_makes_no_difference(year):
    assert share(f"2024年{LONG}", f"{year}{LONG}") == "100"


def test_another_figure_makes_a_difference():
    assert share("收到邮件1024件，比上年多三件", "收到邮件1025件，比上年多三件") is None


def test_a_stretch_does_not_run_across_paragraphs():
    first, second = LONG[:10], LONG[10:]
    assert share(report_of(first, second), LONG, run=13) is None


def test_paragraphs_may_stand_in_another_order():
    assert share(report_of(LONG, OTHER), report_of(OTHER, LONG)) == "100"


def test_what_the_rule_calls_boilerplate_is_no_copy_but_belongs_to_the_section():
    (problem,) = years(LONG + OTHER, LONG + "甲", above=0, boilerplate=["沿河岸经过七个村庄"])
    assert (problem.values["repeated"], problem.values["length"]) == (13, 22 + 23)


def test_titles_of_documents_and_headings_are_not_compared():
    title = f"《{LONG}》"
    assert share(title + OTHER, title) is None
    both = [report_of(LONG + OTHER[:number], headings=[(0, LONG)]) for number in (24, 0)]
    assert share(*both) is None


def test_tables_are_not_compared():
    assert share(report_of((LONG, "table"), OTHER), report_of((LONG, "table"))) is None


def test_sentences_are_left_out_by_their_words():
    assert share(f"没有发生{LONG}", f"没有发生{LONG}", unless_sentence_has=["没有发生"]) is None
    assert share(f"没有发生{LONG}", f"没有发生{LONG}", sentence_has=["出发"]) == "100"
    assert share(f"没有发生{LONG}", f"没有发生{LONG}", sentence_has=["乘客"]) is None


def test_a_section_with_too_little_text_is_not_judged():
    assert years(LONG, LONG, least=22) != []
    assert years(LONG, LONG, least=23) == []


def test_the_longest_passages_are_shown_in_the_order_of_the_report():
    texts = [f"{number}" + LONG[: 14 + number] for number in range(1, 8)]
    (problem,) = years(report_of(*texts), report_of(*texts))
    assert [echo.at.text[0] for echo in problem.related] == ["3", "4", "5", "6", "7"]


# --- which sentences --------------------------------------------------------------------------------------------------


def sentences(this, last, **options):
    return years(this, last, unit="sentence", **{"above": 80, "least": 8, **options})


def test_sentences_said_again_are_one_finding_at_the_first():
    (problem,) = sentences(f"开头。{LONG}；{OTHER}。", f"{OTHER}。结尾。{LONG}。")
    assert (problem.at.text, problem.values["count"], problem.values["last"]) == (LONG, 2, LONG)
    assert [echo.at.text for echo in problem.related] == [LONG, OTHER]


@pytest.mark.parametrize("number", ["一是", "（二）", "3.", "三、", "（1）", "①", "第一是"])
def test_how_a_sentence_is_counted_makes_no_difference(number):
    (problem,) = sentences(f"{number}{LONG}。", f"二是{LONG}。")
    assert (problem.at.text, problem.values["share"]) == (LONG, "100")


def test_a_sentence_with_a_word_more_is_said_again_all_the_same():
    (problem,) = sentences(LONG.replace("早上", "一早上"), LONG)
    assert float(problem.values["share"]) > 90


def test_what_a_colon_announces_is_a_sentence_of_its_own():
    (problem,) = sentences(f"今年的问题：一是{LONG}；", f"去年还有些问题：{LONG}。", unless_sentence_has=["问题"])
    assert problem.at.text == LONG


def test_a_sentence_with_news_is_not_said_again():
    assert sentences(LONG + "，今年三月起改走新桥，少走四里路", LONG) == []


def test_a_heading_is_a_sentence_too():
    both = [report_of((f"（一）{LONG}", "heading"), OTHER[:5], headings=[(0, f"（一）{LONG}")]) for _ in range(2)]
    (problem,) = sentences(*both)
    assert problem.at.text == LONG


def test_a_short_sentence_is_not_judged():
    assert sentences("邮车来得太晚了。", "邮车来得太晚了。") == []
    assert len(sentences("邮车来得太晚了。", "邮车来得太晚了。", least=7)) == 1


# --- what is given ----------------------------------------------------------------------------------------------------


def test_without_last_years_report_nothing_is_compared():
    (said,) = run(similar, report_of(LONG), above=50)
    assert isinstance(said, NotAssessable)


def test_a_section_that_last_year_has_not_could_not_be_compared():
    last = report_of(LONG)
    last = last.replace(sections={key: one for key, one in last.sections.items() if key != "traffic"})
    (said,) = years(LONG, last)
    assert said.reason["en"] == "last year's report has no section “Traffic”"


def test_empty_sections_are_not_alike():
    assert years(report_of(), report_of(), least=1) == []


@pytest.mark.parametrize(
    ("options", "path"),
    [
        ({"above": 50, "sections": ["trafic"]}, ("sections", 0)),
        ({"above": 50, "boilerplate": ["词", " "]}, ("boilerplate", 1)),
    ],
)
def test_wrong_options_are_refused_at_their_place(options, path):
    with pytest.raises(OptionError) as caught:
        similar.prepare(options, FAMILY)
    assert caught.value.path == path


@given(st.text(st.characters(exclude_categories=["Cs"]) | st.sampled_from("年度。，_ ０1二\u3000\0"), max_size=60))
def test_what_is_compared_leads_back_to_the_characters_that_are_spoken(text):
    report = report_of(text.replace("\n", " ") + "甲")
    section = report.sections["traffic"]
    compared = text_of(section, {"boilerplate": []})
    spoken = [char for passage in compared.passages for char in passage.text if char.isalnum()]
    assert compared.length == len(spoken)
    for at, char in enumerate(compared.text):
        if char not in (GAP, END):
            found = compared.slice(at, 1).text
            assert found == char or found in WIDE or (char == "Y" and found.isdigit())
