"""Two reports in one file are refused with both; covers, contents, running heads and mentions are no second report."""

import pytest
from grids import book, canvas, opening
from samples import NUMERALS, TITLE, TITLES, example, form, linter, read, report, roles

from gilint.errors import InputError

OTHER_YEAR = TITLE.replace("2024", "2023")
OTHER_ORGAN = TITLE.replace("平澜县", "青河市")


def refused(source, name="report.txt"):
    with pytest.raises(InputError) as error:
        linter().read(source.encode() if isinstance(source, str) else source, name)
    return error.value


TWO = {
    "two years": report() + report(title=OTHER_YEAR),
    "two organs": report() + report(title=OTHER_ORGAN),
    "the same twice": report() + report(),
    "titles in three lines": report() + report(title="平澜县水务局\n2023年\n政府信息公开工作年度报告"),
    "headings without numbers": report("{title}") + report("{title}", title=OTHER_YEAR),
    "the first not signed": report(signoff="") + report(title=OTHER_YEAR),
    "with tables": example("clean-2024") + example("clean-2024").replace("2024年政府", "2023年政府", 1),
    "one with tables": example("clean-2024") + report(title=OTHER_YEAR),
}


@pytest.mark.parametrize("text", TWO.values(), ids=TWO)
def test_two_reports_in_one_file_are_refused(text):
    assert refused(text).code == "several-reports"


def test_the_refusal_names_each_report_and_its_place():
    text = report() + report(title=OTHER_YEAR)
    second = text.split("\n").index(OTHER_YEAR) + 1
    error = refused(text)
    assert error.message == {
        "zh": f"文件里有2份报告：“{TITLE}”（1:1）、“{OTHER_YEAR}”（{second}:1）",
        "en": f"the file holds 2 reports: {TITLE} (1:1), {OTHER_YEAR} ({second}:1)",
    }
    assert set(error.advice) == {"zh", "en"}


def test_three_reports_are_three():
    text = report() + report(title=OTHER_YEAR) + report(title=TITLE.replace("2024", "2022"))
    assert refused(text).message["zh"].startswith("文件里有3份报告：")


def test_a_report_without_a_title_before_another_is_told():
    assert "没有标题的一份（2:1）" in refused(report(title="") + report()).message["zh"]


def test_two_reports_of_paragraphs_and_grids_are_refused_with_their_paragraphs():
    used = form("2021")
    cells = {table.key: {row.key: ["0"] * len(row.columns) for row in table.value_rows} for table in used.tables}
    made = book(used, {table.key: canvas(table, cells[table.key]) for table in used.tables})
    first = made.paragraphs
    made.text(*opening(used, 2023))
    for numeral, title, key in zip(NUMERALS, TITLES, [None, *cells, None, None], strict=True):
        made.text(f"{numeral}、{title}")
        made.grid(canvas(used.table(key), cells[key])) if key else made.text("本部分没有变化。")
    error = refused(made.document(), None)
    assert error.code == "several-reports"
    assert f"“{OTHER_YEAR}”（第{first + 1}段第1字）" in error.message["zh"]


# --- one report -------------------------------------------------------------------------------------------------------

CONTENTS = "".join(
    f"{numeral}、{title}\t{page}\n" for page, (numeral, title) in enumerate(zip(NUMERALS, TITLES, strict=True))
)


def with_heads(text, every=3):
    """The title again after every few lines."""
    lines = text.split("\n")
    return "\n".join([part for at in range(0, len(lines), every) for part in (*lines[at : at + every], TITLE)])


ONE = {
    "a cover": f"平澜县水务局\n2024年政府信息公开工作年度报告\n2025年1月\n{report()}",
    "contents": f"{TITLE}\n目录\n{CONTENTS}{report()}",
    "contents without a name": f"{TITLE}\n2025年1月\n{CONTENTS}\n{report()}",
    "running heads": with_heads(report()),
    "contents and running heads": f"{TITLE}\n目录\n{CONTENTS}{with_heads(report())}",
    "last year's in the text": report(overview=f"比{OTHER_YEAR}多12条。\n{OTHER_YEAR}\n公开12条。"),
    "links behind": f"{report()}相关文件\n{OTHER_YEAR}\n{TITLE.replace('2024', '2022')}\n",
    "a list that starts again": report(other="一、总体情况\n好。\n二、存在的主要问题\n无。\n三、其他事项\n无。"),
}


@pytest.mark.parametrize("text", ONE.values(), ids=ONE)
def test_one_report_is_read_as_one(text):
    found = read(text)
    assert (found.issuer, found.year, len(found.sections)) == ("平澜县水务局", 2024, 6)
    assert found.signoff.date == (2025, 1, 16)


def test_a_cover_is_outside_and_the_title_below_it_counts():
    found = read(ONE["a cover"])
    assert (found.title.text, found.title.span.line) == (TITLE, 4)
    assert roles(found)["outside"] == ["平澜县水务局", "2024年政府信息公开工作年度报告", "2025年1月"]


def test_running_heads_are_no_text_of_the_sections():
    found = read(ONE["running heads"])
    assert set(roles(found)["outside"]) == {TITLE}
    assert TITLE not in roles(found)["prose"]
    assert roles(found)["preamble"] == roles(read(report()))["preamble"]


def test_a_table_that_stands_twice_in_one_report_is_a_table_too_many():
    text = example("clean-2024")
    begin, end = text.index("三、收到和处理"), text.index("四、政府信息公开行政复议")
    assert refused(text[:end] + text[begin:end].split("\n", 1)[1] + text[end:]).code == "duplicate-table"
