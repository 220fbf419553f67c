import pytest
from samples import ROOT, TITLE, example, read, report

from gilint.errors import InputError


def refused(text, name="report.txt"):
    with pytest.raises(InputError) as error:
        read(text, name)
    assert set(error.value.message) == set(error.value.advice) == {"zh", "en"}
    assert error.value.path == name
    return error.value


LAW = "\n".join(
    ["中华人民共和国政府信息公开条例", "第一章 总则", *(f"第{number}条 应当公开政府信息。" for number in range(60))]
)
OTHERS = {
    "novel": "第一章 夜色\n\n" + "她推开门，月光照在地上。\n" * 300,
    "law": LAW,
    "summary": f"某局2024年工作总结\n\n一、主要工作\n{'我局做了工作。' * 30}\n二、存在的问题\n三、下一步打算\n",
    "summary of the same field": "某局2024年政务公开总结\n\n一、主动公开情况\n已公开。\n二、存在的问题\n慢。\n",
    "notice": "关于印发政府信息公开工作年度报告格式的通知\n\n各单位：\n现印发给你们。\n",
    "title alone": f"{TITLE}\n\n详见附件。\n",
    "numbers": "\n".join(str(number) for number in range(500)),
}


@pytest.mark.parametrize("text", OTHERS.values(), ids=OTHERS)
def test_a_text_that_is_no_report_is_refused(text):
    assert refused(text).code == "not-a-report"


CUTS = [(name, percent) for name in ("miyun-2024", "clean-2024") for percent in range(5, 100, 5)]


@pytest.mark.parametrize(("name", "percent"), [cut for cut in CUTS if cut[1] <= 85])
def test_a_report_that_is_cut_off_is_refused(name, percent):
    text = example(name)
    assert refused(text[: len(text) * percent // 100]).code in ("truncated", "not-a-report")


@pytest.mark.parametrize(("name", "percent"), [cut for cut in CUTS if cut[1] > 85])
def test_a_report_that_lacks_its_last_lines_is_judged_without_them(name, percent):
    text = example(name)
    found, whole = read(text[: len(text) * percent // 100]), read(text)
    assert raw(found) == raw(whole)
    assert list(found.sections) == list(whole.sections)[: len(found.sections)]
    assert len(found.sections) >= 5


def raw(report):
    return {key: {place: cell.raw for place, cell in table.cells.items()} for key, table in report.tables.items()}


def test_where_a_report_breaks_off_is_told():
    text = example("clean-2024")
    cut = text[: text.index("（三）不予公开")]
    lines = cut.rstrip("\n").split("\n")
    error = refused(cut)
    assert error.code == "truncated"
    lost = "政府信息公开行政复议、行政诉讼情况、存在的主要问题及改进情况、其他需要报告的事项"
    assert error.message["zh"] == f"内容到 {len(lines)}:{len(lines[-1]) + 1} 为止，其后缺少：{lost}，也没有落款"


def test_a_report_without_its_last_sections_but_signed_is_judged():
    text = example("clean-2024")
    start, end = text.index("五、存在的主要问题"), text.index("平澜县市场监督管理局\n\n2025年")
    assert list(read(text[:start] + text[end:]).sections) == ["overview", "disclosure", "requests", "disputes"]


def test_a_report_before_all_forms_is_refused():
    old = "\n".join(
        [
            TITLE.replace("2024", "2017"),
            "一、概述",
            "无。",
            "二、主动公开政府信息情况",
            "无。",
            "三、其他情况",
            "无。",
            "2018年3月1日",
        ]
    )
    error = refused(old)
    assert (error.code, error.message["zh"]) == ("unsupported-year", "这是2017年度的报告，早于现有格式（2019年起）")


OLD = """平澜县水务局2016年政府信息公开工作年度报告

根据《中华人民共和国政府信息公开条例》（国务院令第492号）要求，编制本报告。

一、概述
公开信息120条。
二、主动公开政府信息情况
主动公开120条。
三、依申请公开政府信息和不予公开政府信息的情况
收到申请3件，同意公开答复数3件。
四、政府信息公开的收费及减免情况
未收费。
五、存在的主要问题及改进情况
更新不及时。

平澜县水务局
2017年3月1日
"""


@pytest.mark.parametrize(
    "text",
    [OLD, OLD.replace("局2016年政府", "局政府"), OLD.partition("\n")[2], OLD.replace("局2016年", "局二〇一六年")],
    ids=["whole", "no year in the title", "no title", "year in characters"],
)
def test_a_report_before_all_forms_is_refused_by_its_sign_off_too(text):
    error = refused(text)
    assert (error.code, error.message["zh"]) == ("unsupported-year", "这是2016年度的报告，早于现有格式（2019年起）")


def test_an_old_year_over_tables_of_a_known_form_is_judged_by_them():
    found = read(
        example("clean-2024").replace("局2024年政府信息公开工作年度报告", "局2017年政府信息公开工作年度报告", 1)
    )
    assert (found.year, found.form.id) == (2017, "annual-report/2021")


@pytest.mark.parametrize("form", ["2021", "2019"])
def test_the_form_is_known_by_the_labels_of_its_tables(form):
    text = (ROOT / "rules" / "annual-report" / "forms" / f"{form}.default.txt").read_text(encoding="utf-8")
    untitled = text.replace("2024年", "某年").replace("2020年", "某年")
    assert read(untitled).form.id == f"annual-report/{form}"


def test_without_tables_the_form_is_the_one_of_the_year():
    assert read(report(title=TITLE.replace("2024", "2020"))).form.id == "annual-report/2019"


CONTROLS = {"backspace": "\b", "escape": "\x1b", "unit separator": "\x1f", "zero width": "\u200b", "mark": "\ufeff"}


@pytest.mark.parametrize("mark", CONTROLS.values(), ids=CONTROLS)
def test_stray_control_characters_change_nothing_that_is_read(mark):
    text = example("clean-2024")
    odd = (
        text.replace("属于国家秘密", f"属于{mark}国家秘密")
        .replace("总体情况", f"总体{mark}情况")
        .replace("| 18 |", f"| 18{mark} |")
    )
    assert {key: [cell.value for cell in table.cells.values()] for key, table in read(odd).tables.items()} == {
        key: [cell.value for cell in table.cells.values()] for key, table in read(text).tables.items()
    }
    assert list(read(odd).sections) == list(read(text).sections)
