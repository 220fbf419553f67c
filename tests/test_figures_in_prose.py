"""Published figures told in prose, in the wordings of reports: what was recorded comes out, and nothing else."""

import pytest
from layouts import ENTRIES, report

import gilint

SUQIAN = "宿迁市人民政府（全市汇总）"
SHANGHAI = "上海市人民政府办公厅"
FIGURES = ("F11", "F12", "F13", "F14", "F15", "T5")

RESULTS = (
    "予以公开{予以公开}件，部分公开{部分公开}件，不予公开{不予公开}件，"
    "无法提供{无法提供}件，不予处理{不予处理}件，其他处理{其他处理}件"
)
WORDINGS = (
    "全市收办政府信息公开申请{收办}件。办理结果中，" + RESULTS + "；结转下年度{转下年}件。",
    "全市共收办政府信息公开申请{收办}件，其中" + RESULTS + "，结转下年度继续办理{转下年}件。",
    "全市收办申请{收办}件（其中" + RESULTS.replace("，", "、") + "、结转至下一年度{转下年}件）。",
    "申请办理方面：收办{收办}件申请；答复中，" + RESULTS.replace("，", "；") + "；转入下年度{转下年}件。",
)
RULES = {
    "收办": "F111",
    "予以公开": "T521",
    "部分公开": "T522",
    "不予公开": "T524",
    "无法提供": "T525",
    "不予处理": "T526",
    "其他处理": "T527",
    "转下年": "T505",
}


@pytest.fixture(scope="module")
def linter():
    return gilint.Linter(config=False, select=FIGURES)


def entry(agency, year):
    (found,) = (each for each in ENTRIES if each["agency"] == agency and each["year"] == year)
    return found


def found(linter, published, prose):
    """The rules that speak up, with what they point at, where the request table of ``published`` is told as prose."""
    text = report(published, "tab_rows")
    start = text.index(f"{published['year']}年，我局新收")
    text = text[:start] + f"{published['year']}年，" + prose + text[text.index("\n", start) :]
    return [(each.rule, each.excerpt) for each in linter.lint(text.encode()).findings]


@pytest.mark.parametrize("wording", WORDINGS)
@pytest.mark.parametrize("year", [2023, 2024])
def test_suqian_told_rightly_is_not_reported(linter, year, wording):
    published = entry(SUQIAN, year)
    assert found(linter, published, wording.format(**published["narrative"])) == []


@pytest.mark.parametrize("wording", WORDINGS)
@pytest.mark.parametrize("key", RULES)
def test_suqian_with_one_number_off_is_reported_there(linter, key, wording):
    published = entry(SUQIAN, 2023)
    told = {**published["narrative"], key: published["narrative"][key] + 10}
    rules = found(linter, published, wording.format(**told))
    assert (RULES[key], str(told[key])) in rules
    # A list that no longer adds up is the only other thing that may be wrong.
    assert {rule for rule, _ in rules} - {RULES[key]} <= {"F132", "F133", "F134"}


def test_suqian_by_applicants(linter):
    published = entry(SUQIAN, 2023)
    told = "收办政府信息公开申请{收办}件，其中自然人{自然人}件，法人或其他组织{法人或其他组织}件。"
    assert found(linter, published, told.format(**published["narrative"])) == []
    wrong = {**published["narrative"], "自然人": 3394, "法人或其他组织": 213}
    expected = [("T528", "3394"), ("F112", "213")]
    assert found(linter, published, told.format(**wrong)) == expected


def test_the_shares_of_shanghai_come_out_as_they_were_recorded(linter):
    """33.9 % of 805 is 273 and not 258; 35 of 805 are 4.348 %, printed as 4.34; the other two are right."""
    published = entry(SHANGHAI, 2019)
    prose = (
        "受理政府信息公开申请859件，答复805件。其中予以公开及部分公开258件，占33.9%；不予公开35件，占4.34%；"
        "无法提供265件，占32.9%；不予处理158件，占19.6%。"
    )
    assert found(linter, published, prose) == [("F141", "33.9%"), ("F142", "4.34%")]


@pytest.mark.parametrize(
    "prose",
    [
        "我市收办政府信息公开申请3607件。信访局去年收到信访申请99件。",
        "近三年，我市收到政府信息公开申请近九千件。",
        "按照第三十一条第二款，自收到申请之日起二十个工作日内答复。",
        "我市受理12345热线工单9000件，答复8000件。",
        "收办申请3607件，比上年增加300件，其中自然人3493件。",
        "国办公开办函〔2021〕30号要求公开。电话0527-84368000，收办申请3607件。",
        "前三季度收办申请2900件，12月收办申请300件，全年收办申请3607件。",
        "收办申请3607件，人均办理30件，每件平均用时12天。",
        "收到申请3511余件，收办申请三千六百余件。",
        "第三，收办申请3607件；第四，办结申请3486件。",
    ],
)
def test_false_friends(linter, prose):
    assert [each for each in found(linter, entry(SUQIAN, 2023), prose) if each[0] not in ("F122",)] == []
