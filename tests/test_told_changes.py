"""Changes, restatements, announced counts and outcomes in prose: wrong ones are pointed at, sound ones are not."""

from fractions import Fraction

import pytest
from annual import FORMS
from hypothesis import assume, given
from hypothesis import strategies as st

import gilint
from gilint.checks.trends import change_behind

BASE = (FORMS / "2021.default.txt").read_text(encoding="utf-8")
REQUESTS = BASE[BASE.index("全年新收政府信息公开申请") : BASE.index("因政府信息公开工作被申请")]
DISPUTES = "因政府信息公开工作被申请行政复议1件，复议机关维持了答复决定。未发生因政府信息公开工作提起的行政诉讼。"
PROBLEM = "一是水质监测月报公布偏晚"
TABLE_4 = "1	0	0	0	1	0	0	0	0	0	0	0	0	0	0"
CASES = "4	1	1	1	7	1	1	0	0	2	1	0	1	1	3"
"""7 reviews: 4 upheld, 1 corrected, 1 other, 1 open; 5 suits: 2 upheld, 1 corrected, 1 other, 1 open."""


@pytest.fixture(scope="module")
def linter():
    return gilint.Linter(config=False, select=["F16", "F17", "T50", "T51", "T56", "T611"])


def found(linter, old, new, **options):
    assert old in BASE
    text = BASE.replace(old, new)
    return [(each.rule, each.excerpt) for each in linter.lint(text.encode(), "report.txt", **options).findings]


def disputes(linter, prose):
    assert DISPUTES in BASE
    assert TABLE_4 in BASE
    text = BASE.replace(DISPUTES, prose).replace(TABLE_4, CASES)
    return [(each.rule, each.excerpt) for each in linter.lint(text.encode(), "report.txt").findings]


@pytest.mark.parametrize(
    ("prose", "at"),
    [
        ("全年新收政府信息公开申请12件，上年为10件，同比增长30%。", ["同比增长30%"]),
        ("2023年收到申请10件，2024年收到申请12件，同比下降20%。", ["同比下降20%"]),
        ("2023年收到申请10件，2024年收到申请12件，同比增长20.5%。", ["同比增长20.5%"]),
        ("全年新收政府信息公开申请12件，较上年的10件增加3件。", ["较上年的10件增加3件"]),
        ("今年举办培训6期，去年举办培训4期，增加3期，增长60%。", ["增加3期", "增长60%"]),
        ("2024年举办培训6期，2023年举办培训5期，与上年持平。", ["与上年持平"]),
        ("由上年的10件增加到12件，增长25%。", ["增长25%"]),
        ("今年发布解读30篇，去年发布12篇，是去年的3.5倍。", ["是去年的3.5倍"]),
    ],
)
def test_a_change_that_two_numbers_of_the_sentence_do_not_give(linter, prose, at):
    assert [excerpt for rule, excerpt in found(linter, REQUESTS, prose) if rule == "F161"] == at


@pytest.mark.parametrize(
    "prose",
    [
        "收到政府信息公开申请12件，同比增长20%。",
        "全年新收政府信息公开申请12件（上年10件），增长20%。",
        "全年新收政府信息公开申请12件，上年9件，增长33.3%。",
        "全年新收政府信息公开申请12件，上年10件，按时办结率提高5个百分点。",
        "新收政府信息公开申请12件，上年结转1件，增长20%。",
        "新收政府信息公开申请12件，去年同期收到10件，增长两成。",
        "今年举办培训6期，去年举办培训4期，增加2期，增长50%。",
        "今年发布解读30篇，去年发布12篇，是去年的2.5倍。",
        "今年发布解读30篇，去年发布信息1200篇，增长20%。",
        "2024年举办培训6期，2023年举办培训6期，与上年持平。",
        "2024年举办培训6期，2023年举办培训5期，与上年基本持平。",
        "全年培训120人次，比2023年的100人次增长20%。",
        "今年1至6月收到10件，去年收到12件，下降20%。",
        "今年发布信息1200条，上年1000条，办理建议数量增长30%。",
        "计划举办培训6期，上年4期，增长20%。",
        "今年发布信息1200条，2022年1000条，增长30%。",
        "今年发布信息1200余条，上年1000余条，增长30%。",
        "今年发布信息1200条，上年1000条，增长约30%。",
    ],
)
def test_a_change_that_fits_or_is_of_something_else(linter, prose):
    assert [each for each in found(linter, REQUESTS, prose) if each[0] == "F161"] == []


@pytest.mark.parametrize(
    ("told", "wrong"),
    [
        ("同比增长33.3%", False),
        ("同比增长33%", False),
        ("比上年增加3件", False),
        ("是上年的1.33倍", False),
        ("同比提高3个百分点", False),
        ("比2022年减少3件", False),
        ("同比增长约3成", False),
        ("同比下降33.3%", True),
        ("同比增长13.3%", True),
        ("比上年增加4件", True),
        ("与去年持平", True),
        ("较2023年减少3件", True),
        ("同比下降约30%", True),
    ],
)
def test_a_change_against_last_years_report(linter, told, wrong):
    last = (
        BASE.replace("2024年", "2023年")
        .replace("2025年", "2024年")
        .replace("	11	1	0	0	0	0	12\n二", "	8	1	0	0	0	0	9\n二")
    )
    assert "	9\n二" in last
    prose = f"全年新收政府信息公开申请12件，{told}。"
    expected = [("T611", told)] if wrong else []
    assert found(linter, REQUESTS, prose, previous=last.encode()) == expected


def test_a_change_without_last_years_report_accuses_nobody(linter):
    assert found(linter, REQUESTS, "全年新收政府信息公开申请12件，同比下降90%。") == []


@pytest.mark.parametrize(
    ("prose", "at"),
    [
        ("被申请行政复议27件。", [("T506", "27")]),
        ("因不服政府信息公开答复引起的行政复议6件、行政诉讼1件。", [("T506", "6"), ("T507", "1")]),
        ("全年因政府信息公开发生行政复议案件9起，行政诉讼案件5起。", [("T506", "9")]),
        ("因政府信息公开引发的行政复议为0件。", [("T506", "0")]),
        ("全年无行政复议、行政诉讼。", [("T516", "无行政复议"), ("T517", "无行政复议")]),
        ("政府信息公开方面实现零复议、零诉讼。", [("T516", "零复议"), ("T517", "零诉讼")]),
        ("被申请行政复议7件，其中维持3件、纠正1件。", [("T561", "3")]),
        ("被申请行政复议7件，其中结果维持4件，尚未审结2件。", [("T564", "2")]),
        ("被提起行政诉讼5件（其中维持2件、纠正2件）。", [("T566", "2")]),
    ],
)
def test_what_is_said_of_reviews_and_suits_against_the_table(linter, prose, at):
    assert sorted(disputes(linter, prose)) == sorted(at)


@pytest.mark.parametrize(
    "prose",
    [
        "因政府信息公开被申请行政复议7件、被提起行政诉讼5件。",
        "全年办理行政复议案件15件，因政府信息公开被申请行政复议7件。",
        "被申请行政复议7件，其中维持4件、纠正1件、其他结果1件、尚未审结1件。",
        "行政复议7件、行政诉讼5件，其中维持6件、纠正2件。",
        "复议7件、行政诉讼5件，其中维持6件。",
        "行政诉讼5件，其中结果维持2件，去年维持9件。",
        "对复议机关的9条意见逐条整改，行政诉讼5件。",
    ],
)
def test_sound_words_on_reviews_and_suits(linter, prose):
    assert disputes(linter, prose) == []


@pytest.mark.parametrize(
    ("prose", "rules"),
    [
        (f"主要存在以下2个问题：{PROBLEM}", ["F172"]),
        (f"不足主要表现在四个方面：{PROBLEM}", ["F172"]),
        (f"主要存在以下三个方面的问题：{PROBLEM}", []),
        (f"按照以下两项规定办理。{PROBLEM}", []),
        (f"全年主动公开政府信息312条。{PROBLEM}", ["F171"]),
        (f"2024年，共主动公开政府信息326条。{PROBLEM}", []),
        (f"在门户网站主动公开政府信息312条。{PROBLEM}", []),
        (f"2023年主动公开政府信息312条。{PROBLEM}", []),
        (f"2019年以来主动公开政府信息3120条。{PROBLEM}", []),
        (f"主动公开政府信息300余条。{PROBLEM}", []),
        (f"累计主动公开政府信息3120条。{PROBLEM}", []),
    ],
)
def test_counts_that_another_place_of_the_report_contradicts(linter, prose, rules):
    assert [rule for rule, _ in found(linter, PROBLEM, prose)] == rules


def problems(linter, listed):
    """What is said of the counts that announce lists, where the paragraph of problems reads so."""
    start = BASE.index(PROBLEM)
    paragraph = BASE[start : BASE.index("\n", start)]
    text = BASE.replace(paragraph, listed)
    return [each.excerpt for each in linter.lint(text.encode(), "report.txt").findings if each.rule == "F172"]


@pytest.mark.parametrize(
    ("listed", "at"),
    [
        ("主要有以下三个问题：\n一是甲。\n二是乙。", "以下三个问题"),
        ("主要有以下三个问题：\n1.甲。\n2.乙。\n下一步，将：\n1.丙。\n2.丁。\n3.戊。", "以下三个问题"),
        ("主要有以下四个问题：一是甲；二是乙。\n三是丙。", "以下四个问题"),
        ("存在以下三个不足。\n第一，甲。第二，乙。", "以下三个不足"),
        ("主要有以下三个问题：\n（1）甲。\n说明。\n（2）乙。\n说明。", "以下三个问题"),
        (
            "有以下两个问题：\n一是甲。\n二是乙。\n下一步抓好以下四项工作：\n一是丙。\n二是丁。\n三是戊。",
            "以下四项工作",
        ),
    ],
)
def test_a_list_below_its_announcement_with_another_number_of_items(linter, listed, at):
    assert problems(linter, listed) == [at]


@pytest.mark.parametrize(
    "listed",
    [
        "主要有以下三个问题：\n一是甲。\n二是乙。\n三是丙。",
        "主要有以下三个问题：一是甲。\n二是乙。\n三是丙。",
        "主要有以下两个问题：\n（1）甲。\n1.细一。\n2.细二。\n3.细三。\n（2）乙。",
        "主要有以下三个问题：\n1.甲。\n说明。\n2.乙。\n3.丙。\n针对上述问题：\n1.丁。\n2.戊。",
        "主要有以下两个问题：\n（1）存在的不足\n1.甲。\n2.乙。\n（2）原因\n1.丙。\n（3）其他",
        "存在以下三个不足。\n甲。\n乙。",
        "有以下两个不足：\n一是甲。\n二是乙。\n下一步，一是丙。二是丁。三是戊。",
        "主要有以下三个问题：\n一是甲。\n三是丙。",
    ],
)
def test_a_sound_list_below_its_announcement_or_one_that_is_open(linter, listed):
    assert problems(linter, listed) == []


def test_a_list_ends_with_its_section(linter):
    assert problems(linter, "主要有以下三个问题：") == []


def test_every_number_that_differs_is_reported_once_with_all_that_were_stated_before(linter):
    prose = "全年主动公开政府信息312条。今年主动公开政府信息300条。全年主动公开政府信息312条。"
    text = BASE.replace(PROBLEM, prose + PROBLEM)
    told = [each for each in linter.lint(text.encode(), "report.txt").findings if each.rule == "F171"]
    assert [each.excerpt for each in told] == ["312", "300"]
    assert [len(each.related) for each in told] == [1, 2]


def test_a_change_that_should_be_a_difference_names_the_unit_of_the_numbers(linter):
    text = BASE.replace(REQUESTS, "2024年举办培训6期，2023年举办培训5期，与上年持平。")
    (message,) = [each.message for each in linter.lint(text.encode(), "report.txt").findings if each.rule == "F161"]
    assert "应为增长1期" in message


@pytest.mark.parametrize(
    ("prose", "rules"),
    [
        ("新收申请12件，无结转。", ["T514"]),
        ("新收申请12件，没有结转情况。", ["T514"]),
        ("新收申请12件，上年度无结转，无结转下一年度继续办理的申请。", ["T513", "T515"]),
        ("新收申请12件，均已办结，无结转下年度办理。", ["T515"]),
        ("新收申请12件，没有上一年结转，没有转下年度的申请。", ["T513", "T515"]),
        ("新收申请12件，无结转资金。", []),
        ("新收申请12件，建立有无结转的台账。", []),
        ("新收申请12件，未收到投诉举报，实现零投诉。", []),
    ],
)
def test_wordings_for_nothing_carried_over(prose, rules):
    linter = gilint.Linter(config=False, select=["T513", "T514", "T515"])
    assert sorted(rule for rule, _ in found(linter, REQUESTS, prose)) == rules


def test_nothing_carried_over_may_mean_one_way():
    linter = gilint.Linter(config=False, select=["T514"])
    carried_out = next(line for line in BASE.split("\n") if line.startswith("四、结转下年度继续办理"))
    text = BASE.replace(carried_out, "\t".join(["四、结转下年度继续办理", *"0000000"]))
    text = text.replace(REQUESTS, "新收申请12件，无结转。")
    assert list(linter.lint(text.encode(), "report.txt").findings) == []


@given(st.integers(1, 99999), st.integers(1, 99999), st.integers(0, 3))
def test_a_percentage_rounded_at_any_digit_fits_and_one_a_digit_further_does_not(now, last, digits):
    assume(now != last)
    exact = Fraction(now - last, last) * 100
    scaled = int(abs(exact) * 10**digits + Fraction(1, 2))
    verb = "增长" if exact > 0 else "下降"
    whole, rest = divmod(scaled, 10**digits)
    number = f"{whole}.{rest:0{digits}}" if digits else str(whole)
    assume(whole < 10**9)
    change = change_behind(f"，同比{verb}{number}%", 0)
    assert change is not None
    assert change.fits(now, last)
    assert not change.replace(amount=change.amount * 2 + (1 if exact > 0 else -1)).fits(now, last)


@given(st.integers(0, 10**6), st.integers(0, 10**6))
def test_a_difference_fits_only_when_it_is_the_difference(now, last):
    verb = "增加" if now >= last else "减少"
    change = change_behind(f"，比上年{verb}{abs(now - last)}件", 0)
    assert change is not None
    assert change.fits(now, last)
    assert not change.fits(now + 1, last)
