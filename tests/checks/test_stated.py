"""Numbers in prose against the tables: what is compared, and above all what is not."""

import pytest
from builders import report_with
from hypothesis import given
from hypothesis import strategies as st

from gilint.checks import builtin
from gilint.checks.matching import Matcher
from gilint.errors import OptionError
from gilint.form import family_from_data
from gilint.model import Address, Evidence, NotAssessable, Passage, TextOrigin

CHECK = builtin("stated-number")

REQUESTS = {
    "key": "requests",
    "section": "overview",
    "title": "Requests",
    "columns": [{"key": "nat", "label": "自然人"}, {"key": "tot", "label": "总计"}],
    "rows": [
        {"key": "new", "label": "新收"},
        {"key": "carry_in", "label": "上年结转"},
        {"key": "open", "label": "予以公开"},
        {"key": "result", "label": "办理结果"},
        {"key": "carry_out", "label": "结转下年"},
    ],
}
CASES = {
    "key": "cases",
    "section": "overview",
    "title": "Cases",
    "layout": "line",
    "columns": [{"key": "tot", "label": "总计"}],
    "rows": [
        {"key": "review", "label": "复议"},
        {"key": "direct", "label": "直接起诉"},
        {"key": "after", "label": "后起诉"},
    ],
}
CASE_WORDS = {
    "none": ["未发生", "未收到", "无行政复议"],
    "sentence_has": ["信息公开"],
    "unless": ["尚未审结", "结果维持", "责任追究"],
}
ANCHORS = {
    "new": {"words": ["新收", "新增申请"], "none": ["未新收"], "sentence_has": ["申请"]},
    "received": {
        "words": ["收到", "受理"],
        "none": ["未收到", "无公开申请"],
        "sentence_has": ["申请"],
        "unless": ["提案", "来信", "行政复议"],
        "part_of": ["受理条件", "收到申请之日"],
    },
    "carry_in": {"words": ["上年结转", "上年度结转"], "sentence_has": ["申请"]},
    "answered": {"words": ["办结", "答复"], "sentence_has": ["申请"], "part_of": ["答复期限", "答复率"]},
    "carry_out": {"words": ["结转下年", "顺延到下年度", "顺延到下年度答复"], "sentence_has": ["申请"]},
    "open": {"words": ["予以公开"], "sentence_has": ["申请", "答复"], "within": ["answered"]},
    "persons": {"words": ["自然人"], "sentence_has": ["申请"], "within": ["new", "received"]},
    "review": {"words": ["行政复议"], "part_of": ["行政复议法", "行政复议机关"], **CASE_WORDS},
    "litigation": {"words": ["行政诉讼"], **CASE_WORDS},
}
FAMILY = family_from_data(
    "test",
    {"name": "年度报告", "titles": ["年度报告"], "units": ["件", "个"], "anchors": ANCHORS},
    [
        {
            "id": "new",
            "title": {"zh": "新", "en": "new"},
            "years": {"from": 2021},
            "sections": [{"key": "overview", "number": 1, "title": "总体情况"}],
            "tables": [REQUESTS, CASES],
        }
    ],
)
EQUALS = {
    "new": ["requests.new.tot"],
    "received": ["requests.new.tot", "requests.new.tot + requests.carry_in.tot"],
    "carry_in": ["requests.carry_in.tot"],
    "answered": ["requests.result.tot"],
    "carry_out": ["requests.carry_out.tot"],
    "open": ["requests.open.tot"],
    "persons": ["requests.new.nat"],
    "review": ["cases.review.tot"],
    "litigation": ["cases.direct.tot + cases.after.tot"],
}
# No number of the tables occurs in the texts below, so every number that is read is reported.
FIGURES = {
    "requests": {"new": [900, 901], "carry_in": [0, 902], "open": [0, 903], "result": [0, 904], "carry_out": [0, 905]},
    "cases": {"review": [911], "direct": [900], "after": [12]},
}


def yielded(text, anchor, figures=FIGURES, role="prose", year=2024, **options):
    """All that the check says of a text."""
    options = {"anchor": anchor, "equals": EQUALS[anchor], **options}
    passages = [Passage(0, text, TextOrigin(((0, 1, 1),)), role, Address(("总体情况",), "overview"))]
    report = report_with(figures, form=FAMILY.forms[0], passages=tuple(passages), year=year)
    prepared = CHECK.prepare(options, FAMILY)
    hits = Matcher([("R", CHECK.patterns(prepared, FAMILY))]).scan(passages)["R"]
    return list(CHECK.function(report, prepared, hits))


def results(*args, **options):
    """What the check objects to."""
    return [each for each in yielded(*args, **options) if not isinstance(each, Evidence)]


def known(*args, **options):
    """What the check knows of the cells, as (number as it is written, value, readings)."""
    evidence = [each for each in yielded(*args, **options) if isinstance(each, Evidence)]
    assert {each.source for each in evidence} <= {"text"}
    return [(each.at.text, each.value, each.readings) for each in evidence]


def read(text, **options):
    """What is read in a text: anchor → numbers as they are written."""
    found = {anchor: [each.at.text for each in results(text, anchor, **options)] for anchor in ANCHORS}
    return {anchor: numbers for anchor, numbers in found.items() if numbers}


# --- what is compared ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("全年收到政府信息公开申请8件。", {"received": ["8"]}),
        ("2024年，我局共 收 到 申请 ８ 件。", {"received": ["８"]}),
        ("收到申请1,234件。", {"received": ["1,234"]}),
        ("收到8件政府信息公开申请。", {"received": ["8"]}),
        ("收到申请8件，上年结转2件，共办结9件。", {"received": ["8"], "carry_in": ["2"], "answered": ["9"]}),
        ("收到申请8件、办结7件。", {"received": ["8"], "answered": ["7"]}),
        ("收到申请8件；其中自然人7件；上年结转2件。", {"received": ["8"], "carry_in": ["2"], "persons": ["7"]}),
        (
            "收到申请8件，其中自然人7件，法人1件；上年结转2件。",
            {"received": ["8"], "carry_in": ["2"], "persons": ["7"]},
        ),
        ("新收申请8件。全部办结8件。", {"new": ["8"], "answered": ["8"]}),
        ("收到申请8件(其中自然人7件),办结6件.", {"received": ["8"], "answered": ["6"], "persons": ["7"]}),
        ("收到申请8件，同比增长5%，办结6件。", {"received": ["8"], "answered": ["6"]}),
        ("2023年收到申请5件；2024年收到申请8件。", {"received": ["8"]}),
        ("去年收到申请5件，今年收到申请8件。", {"received": ["8"]}),
        ("因信息公开工作被申请行政复议3件、行政诉讼2件。", {"review": ["3"], "litigation": ["2"]}),
        ("信息公开行政复议案件共3件。", {"review": ["3"]}),
        ("收到申请案件数8件。", {"received": ["8"]}),
        ("加强信息公开。被申请行政复议3件。", {"review": ["3"]}),
        ("依法答复申请。有3件结转下年办理。", {"carry_out": ["3"]}),
        ("办结申请8件，结转下年继续办理1件。", {"answered": ["8"], "carry_out": ["1"]}),
        ("申请的答复中，予以公开3件、部分公开2件。", {"open": ["3"]}),
        ("截至2024年12月31日，收到申请8件。", {"received": ["8"]}),
        ("2024年1月至12月，收到申请8件。", {"received": ["8"]}),
        ("收到申请\n答复申请8件", {"answered": ["8"]}),
    ],
)
def test_a_number_is_read_with_its_anchor(text, expected):
    assert read(text) == expected


def test_the_published_sentence_with_everything_in_it():
    text = "共受理申请3119件，答复3050件（含上年度结转申请34件，另有103件顺延到下年度答复）。"
    assert read(text) == {"received": ["3119"], "answered": ["3050"], "carry_in": ["34"], "carry_out": ["103"]}


def test_the_preamble_is_read_and_headings_are_not():
    assert read("收到申请8件。", role="preamble") == {"received": ["8"]}
    for role in ("title", "heading", "signoff", "outside"):
        assert read("收到申请8件。", role=role) == {}


# --- what is not --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        # no object, or another one
        "受理条件8件",
        "收到公文8件，另有申请。",
        "收到8件公文，另有申请。",
        "收到来信和申请8件。",
        "收到申请并组织活动8件。",
        "8个部门收到申请。",
        "收到通知8件。",
        # not a count, or not exact
        "自收到申请之日起20个工作日内答复申请。",
        "答复期限为20个工作日，答复申请。",
        "申请的答复平均用时15个工作日。",
        "收到申请约8件。",
        "收到申请近80件。",
        "收到申请80余件。",
        "收到申请80多件。",
        "收到申请8件左右。",
        "收到申请8件以上。",
        "收到申请5-8件。",
        "收到申请5至8件。",
        "收到申请5件至8件。",
        "收到申请1.2万件。",
        "收到申请8.5件。",
        "收到申请1，234件。",
        "收到申请第8件。",
        "申请答复率98%。",
        "收到申请8次。",
        # two anchors, or another number between
        "因信息公开引发行政复议、行政诉讼0件。",
        "收到并答复申请8件。",
        "收到申请及8场活动的材料5件。",
        "5件收到、3件答复申请。",
        # a part of the number before it
        "共有申请9件，其中收到8件。",
        "共有申请9件，其中：网上1件；收到8件。",
        "共有申请（其中收到申请8件）。",
        "收到、答复申请分别为8件。",
        # another time
        "去年收到申请8件。",
        "2023年，共收到申请8件，办结6件。",
        "上半年收到申请8件。",
        "3月收到申请8件。",
        "1至6月收到申请8件。",
        "条例施行以来，收到申请8件。",
        "累计收到申请8件。",
        "收到申请比上年多8件。",
        "收到申请较2023年的8件有所增加。",
        "2024年第一季度收到申请8件。",
        # words that excuse
        "信息公开行政复议尚未审结8件。",
        "按信息公开规定和行政复议法8件。",
        "信息公开行政复议机关8件。",
        "收到提案申请8件。",
    ],
)
def test_in_doubt_nothing_is_read(text):
    assert read(text) == {}


def test_shares_of_a_total_do_not_hide_the_total():
    assert read("收到申请8件，其中自然人7件。") == {"received": ["8"], "persons": ["7"]}
    assert read("行政复议总计3件（其中尚未审结1件），涉及信息公开。") == {"review": ["3"]}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("收到申请8件其中自然人7件。", {"received": ["8"], "persons": ["7"]}),
        ("办结申请8件，其中，予以公开3件。", {"answered": ["8"], "open": ["3"]}),
        ("办结申请8件（其中按时办结8件、予以公开3件）。", {"answered": ["8"], "open": ["3"]}),
        ("办结申请8件，其中：按时的6件；予以公开3件。", {"answered": ["8"], "open": ["3"]}),
        # of another whole, or of one that is not known
        ("收到申请8件，其中予以公开3件。", {"received": ["8"]}),
        ("办结申请8件，其中自然人7件。", {"answered": ["8"]}),
        ("办结申请8件，发放材料20个，其中予以公开3件。", {"answered": ["8"]}),
        ("收到申请8件。公众号另有申请，其中自然人7件。", {"received": ["8"]}),
        ("收到申请8件，其中网上5件（其中自然人4件）。", {"received": ["8"]}),
        ("收到、自然人的申请分别为8件。", {}),
        ("2023年收到申请8件，其中自然人7件。", {}),
    ],
)
def test_a_part_is_read_where_its_whole_is_known(text, expected):
    assert read(text) == expected


def test_spelled_numbers_are_exact():
    assert read("收到申请八件，办结申请一百零三件。") == {"received": ["八"], "answered": ["一百零三"]}
    assert read("第八件收到申请。按照第八条收到申请。") == {}


def test_numbers_and_lines_beyond_reason_are_not_read():
    assert read("收到申请" + "9" * 5000 + "件。") == {}
    assert read("收到申请" + "9" * 30 + "件。") == {}
    assert read("收到申请8件。" * 1000) == {}
    assert read("收到申请" + "案件数" * 500 + "一8件。") == {}


def test_without_a_report_year_no_year_is_its_own():
    assert read("2024年收到申请8件。", year=None) == {}
    assert read("收到申请8件。", year=None) == {"received": ["8"]}


@given(
    st.lists(
        st.sampled_from(
            ["收到", "申请", "8件", "其中", "，", "。", "（", "）", "\n", "2023年", "行政复议", "约", "\u3000"]
        )
    )
)
def test_any_text_is_read_without_failing(parts):
    for numbers in read("".join(parts)).values():
        assert set(numbers) == {"8"}


# --- none ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2024年未收到政府信息公开申请。", {"received": ["未收到"]}),
        ("无公开申请。", {"received": ["无公开申请"]}),
        ("未新收申请。", {"new": ["未新收"]}),
        ("未发生信息公开行政复议、行政诉讼情况。", {"review": ["未发生"], "litigation": ["未发生"]}),
        ("推进信息公开。未发生行政诉讼。", {"litigation": ["未发生"]}),
        ("信息公开工作无行政复议、行政诉讼。", {"review": ["无行政复议"], "litigation": ["无行政复议"]}),
        ("信息公开工作未发生责任追究情形。", {}),
        ("信息公开工作未发生行政复议责任追究情形。", {}),
        ("未发生行政复议。", {}),
        ("处理申请。未收到来访。", {}),
        ("处理申请。未收到行政复议申请。", {}),
        ("2023年未收到申请。", {}),
        ("其中未收到申请。", {}),
        ("收到申请0件。", {}),
    ],
)
def test_wordings_for_none(text, expected):
    assert read(text, question="none") == expected


def test_none_is_right_when_the_table_says_so():
    figures = {**FIGURES, "cases": {"review": [0], "direct": [0], "after": [0]}}
    text = "未发生信息公开行政复议、行政诉讼。"
    assert not results(text, "review", figures, question="none")
    assert not results(text, "litigation", figures, question="none")
    (problem,) = results(
        text, "litigation", {**figures, "cases": {"review": [0], "direct": [0], "after": [2]}}, question="none"
    )
    assert problem.values == {
        "stated": 0,
        "expected": "2",
        "expected_en": "2",
        "anchor": "未发生",
        "cells": "直接起诉 × 总计、后起诉 × 总计",
        "readings": "直接起诉 × 总计 + 后起诉 × 总计 = 2（文中少 2）",
        "readings_en": "直接起诉 × 总计 + 后起诉 × 总计 = 2 (the text has 2 less)",
    }


# --- judging ------------------------------------------------------------------------------------------------------


def test_any_reading_of_the_rule_may_fit():
    figures = {"requests": {"new": [0, 8], "carry_in": [0, 2]}}
    assert not results("收到申请8件。", "received", figures)
    assert not results("收到申请10件。", "received", figures)
    (problem,) = results("收到申请9件。", "received", figures)
    assert problem.values == {
        "stated": 9,
        "expected": "8 或 10",
        "expected_en": "8 or 10",
        "anchor": "收到",
        "cells": "新收 × 总计、上年结转 × 总计",
        "readings": "新收 × 总计 = 8（文中多 1）；新收 × 总计 + 上年结转 × 总计 = 10（文中少 1）",
        "readings_en": (
            "新收 × 总计 = 8 (the text has 1 more); 新收 × 总计 + 上年结转 × 总计 = 10 (the text has 1 less)"
        ),
    }
    assert [(cell.row, cell.column) for cell in problem.related] == [("new", "tot"), ("carry_in", "tot")]


def test_every_mention_is_judged():
    found = results("收到申请8件。收到申请9件。收到申请10件。", "received", {"requests": {"new": [0, 9]}})
    assert [problem.values["stated"] for problem in found] == [8, 10]


def test_equal_readings_are_named_once():
    (problem,) = results("收到申请9件。", "received", {"requests": {"new": [0, 8]}})
    assert problem.values["expected"] == "8"


@pytest.mark.parametrize("figures", [{}, {"requests": {"new": [0, ""]}}, {"requests": {"new": None}}])
def test_a_cell_that_cannot_be_read_judges_nothing(figures):
    (result,) = results("新收申请8件。", "new", figures)
    assert isinstance(result, NotAssessable)
    assert "新收 × 总计" in result.reason["zh"]
    assert not results("没有数字。", "new", figures)


def test_a_reading_that_fits_needs_no_other_cell():
    assert not results("收到申请8件。", "received", {"requests": {"new": [0, 8], "carry_in": [0, ""]}})


@pytest.mark.parametrize(
    ("text", "fits", "fails"),
    [
        ("新收申请5500余件。", (5501, 5599), (5500, 5600)),
        ("新收申请近3000件。", (2900, 2999), (2899, 3000)),
        ("新收申请1.2万件。", (11500, 12499), (11499, 12500)),
        ("新收申请十余件。", (11, 19), (10, 20)),
        ("新收申请约80件。", (75, 85), (74, 86)),
        ("新收申请上百件。", (100, 999), (99, 1000)),
        ("新收申请超过100件。", (101, 10**9), (100, 0)),
    ],
)
def test_a_rough_number_agrees_when_the_table_lies_within_it(text, fits, fails):
    for value in (*fits, *fails):
        figures = {"requests": {"new": [0, value]}}
        assert bool(results(text, "new", figures, question="rough")) == (value in fails)
        # Only exact numbers are compared by the rules for these, and only they are known of the cells.
        assert yielded(text, "new", figures) == []
        assert known(text, "new", figures, question="rough") == []


def test_an_exact_number_is_no_rough_one():
    assert results("新收申请8件。", "new", question="rough") == []


def test_the_interval_of_a_rough_number_is_shown():
    (problem,) = results("新收申请近3000件。", "new", {"requests": {"new": [0, 3012]}}, question="rough")
    assert problem.values["stated"] == "2900–2999"
    assert problem.values["readings"] == "新收 × 总计 = 3012（文中少 13）"
    (problem,) = results("新收申请超过3000件。", "new", {"requests": {"new": [0, 2990]}}, question="rough")
    assert problem.values["readings_en"] == "新收 × 总计 = 2990 (the text has 11 more)"
    assert problem.values["stated"] == "3001–∞"


def test_differences_are_shown_as_the_rule_writes_its_sum():
    equals = ["requests.new.tot - 2 * requests.new.nat", "max(requests.new.tot, requests.open.tot)"]
    (problem,) = results("新收申请8件。", "new", {"requests": {"new": [3, 9], "open": [0, 7]}}, equals=equals)
    assert problem.values["readings"] == (
        "新收 × 总计 - 2 × 新收 × 自然人 = 3（文中多 5）；新收 × 总计、予以公开 × 总计 = 9（文中少 1）"
    )


# --- rules --------------------------------------------------------------------------------------------------------


def test_unknown_anchors_and_cells_are_refused():
    with pytest.raises(OptionError, match="received") as error:
        CHECK.prepare({"anchor": "recieved", "equals": ["requests.new.tot"]}, FAMILY)
    assert error.value.path == ("anchor",)
    with pytest.raises(OptionError, match="new") as error:
        CHECK.prepare({"anchor": "new", "equals": ["requests.new.tot", "requests.nwe.tot"]}, FAMILY)
    assert (error.value.path, error.value.offset) == (("equals", 1), len("requests."))


def test_all_rules_of_a_family_search_for_the_same_words():
    assert CHECK.patterns({"anchor": "new"}, FAMILY) is CHECK.patterns({"anchor": "open"}, FAMILY)


# --- what is known of the cells -----------------------------------------------------------------------------------

NEW, CARRY_IN = ("requests", "new", "tot"), ("requests", "carry_in", "tot")


@pytest.mark.parametrize("figure", [8, 9, ""])
def test_a_number_is_evidence_whether_the_table_agrees_or_not(figure):
    figures = {**FIGURES, "requests": {**FIGURES["requests"], "new": [0, figure]}}
    assert known("新收申请8件。", "new", figures) == [("8", 8, (((NEW, 1),),))]


def test_every_sum_of_the_rule_is_a_reading():
    readings = ((NEW, 1),), ((NEW, 1), (CARRY_IN, 1))
    assert known("收到申请1,234件。", "received") == [("1,234", 1234, readings)]


def test_a_coefficient_and_a_cell_named_twice_are_told():
    equals = ["requests.new.tot - 2 * requests.carry_in.tot", "requests.new.tot + requests.new.tot"]
    readings = ((NEW, 1), (CARRY_IN, -2)), ((NEW, 2),)
    assert known("收到申请8件。", "received", equals=equals) == [("8", 8, readings)]


def test_the_statement_that_there_were_none_is_evidence_for_zero():
    ((_, value, readings),) = known("未发生信息公开行政复议。", "review", question="none")
    assert (value, readings) == (0, (((("cases", "review", "tot"), 1),),))


@pytest.mark.parametrize(
    "equals",
    [
        "max(requests.new.tot, requests.carry_in.tot)",
        "requests.new.tot + 1",
        "1.5 * requests.new.tot",
    ],
)
def test_what_is_no_plain_sum_of_cells_is_no_evidence(equals):
    assert known("收到申请8件。", "received", equals=["requests.new.tot", equals]) == []


@pytest.mark.parametrize("text", ["收到申请约8件。", "2023年收到申请8件。", "收到来信和申请8件。", "全年无申请。"])
def test_what_is_not_read_is_no_evidence(text):
    assert known(text, "received") == []
