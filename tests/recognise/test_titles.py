import pytest
from grids import Book
from samples import PREAMBLE, TITLE, linter, read, report, roles

VARIANTS = [
    ("2022年上海市政府信息公开工作年度报告", "上海市", 2022),
    ("淮安市人民政府\n2024 年政府信息公开工作年度报告", "淮安市人民政府", 2024),
    ("北京市密云区商务局2024年\n政府信息公开年度报告", "北京市密云区商务局", 2024),
    ("蓬江区发展和改革局2024年度政府信息公开工作年度报告", "蓬江区发展和改革局", 2024),
    ("2023年下各镇政府信息公开工作年度报告", "下各镇", 2023),
    ("屈原管理区管委会 2024年政府信息公开工作年度报告", "屈原管理区管委会", 2024),
    ("大隐镇2023年度政务公开工作年度报告", "大隐镇", 2023),
    ("2025 年上海市黄浦区人民政府打浦桥街道政府信息\n公开工作年度报告", "上海市黄浦区人民政府打浦桥街道", 2025),
    ("平澜县水务局\n2024年度\n政府信息公开工作年度报告", "平澜县水务局", 2024),
    ("平澜县水务局\n\n2024年度\n\n政府信息公开工作年度报告", "平澜县水务局", 2024),
    ("平澜县水务局\n2024年度\n政府信息公开\n工作年度报告", "平澜县水务局", 2024),
    ("2025 年上海市黄浦区人民政府打浦桥街\n道政府信息公开工\n作年度报告", "上海市黄浦区人民政府打浦桥街道", 2025),
    ("平 澜 县 水 务 局\n２０２４年政府信息公开工作年度报告", "平澜县水务局", 2024),
    ("平澜县水务局政府信息公开工作年度报告\n（2024年）", "平澜县水务局", 2024),
    ("# 平澜县水务局2024年政府信息公开工作年度报告", "平澜县水务局", 2024),
    ("**平澜县水务局2024年政府信息公开工作年度报告**", "平澜县水务局", 2024),
    ("\t平澜县水务局2024年政府信息公开工作年度报告", "平澜县水务局", 2024),
]


@pytest.mark.parametrize(("title", "issuer", "year"), VARIANTS)
def test_the_title_gives_issuer_and_year(title, issuer, year):
    found = read(report(title=title))
    assert (found.issuer, found.year) == (issuer, year)
    lines = [line.strip("#* \t") for line in title.split("\n")]
    assert found.title.text == "".join(lines)


def test_a_title_of_several_lines_spans_them_all():
    span = read(report(title="平澜县水务局\n2024年度\n政府信息公开工作年度报告")).title.span
    assert (span.line, span.column, span.end_line, span.end_column) == (1, 1, 3, 13)


FURNITURE = (
    "首页 > 政务公开 > 政府信息公开年报",
    "政府信息公开工作年度报告",
    "来源：水务局",
    "发布时间：2025-01-20 10:20",
    "浏览次数：88",
    "字号：【大 中 小】",
)


def test_lines_of_the_page_before_the_title_are_outside():
    found = read(report(title="\n".join([*FURNITURE, TITLE])))
    assert (found.title.text, found.title.span.line) == (TITLE, 7)
    assert set(roles(found)["outside"]) <= set(FURNITURE)
    assert roles(found)["preamble"] == [PREAMBLE]


def test_lines_of_the_page_behind_the_sign_off_are_no_text():
    found = read(report() + "来源：水务局\n责任编辑：张三\n上一篇：通知\n打印 关闭\n")
    assert roles(found)["signoff"] == ["平澜县水务局", "2025年1月16日"]
    assert "打印 关闭" not in roles(found)["prose"]


def test_the_title_may_follow_many_lines_of_navigation():
    assert read(report(title="栏目\n" * 30 + TITLE)).title.span.line == 31


def test_without_a_title_the_sections_and_the_sign_off_say_what_it_is():
    found = read(report(title=""))
    assert (found.title, found.issuer, found.year) == (None, "平澜县水务局", 2024)
    assert len(found.sections) == 6


@pytest.mark.parametrize("year", ["20244", "0000", "1024", "二〇二四"])
def test_a_title_with_a_year_that_is_none_leaves_the_year_to_the_sign_off(year):
    assert read(report(title=TITLE.replace("2024", year))).year == 2024


# --- titles outside of the text ---------------------------------------------------------------------------------------


def page(metadata, kind="html", **parts):
    """A report without its title in the text, from a page or a file with these words about it."""
    lines = report(**{"title": "", **parts}).split("\n")
    return linter().read(Book().text(*lines).document(metadata=metadata).replace(format=kind))


OUTSIDE = {
    "alone": TITLE,
    "before the site": f"{TITLE}_平澜县人民政府",
    "behind the site and the column": f"平澜县人民政府 - 政府信息公开年报 - {TITLE}",
    "behind the way there": f"首页>政务公开>政府信息公开年报>{TITLE}",
    "between bars": f"{TITLE} | 政府信息公开年报 | 平澜县",
    "with the day": f"{TITLE} 2025-01-20_平澜县人民政府",
    "with a badge": f"【年报】{TITLE}",
    "with spaces": "平澜县水务局 2024 年政府信息公开工作年度报告-水务局",
    "as pictures": f"{TITLE}（图片版）——平澜县人民政府网",
}


@pytest.mark.parametrize("title", OUTSIDE.values(), ids=OUTSIDE)
@pytest.mark.parametrize("kind", ["html", "mhtml", "docx", "pdf"])
def test_a_title_that_stands_only_in_the_metadata_gives_issuer_and_year(kind, title):
    found = page({"title": title}, kind, signoff="")
    assert (found.title, found.issuer, found.year, found.form.id) == (None, "平澜县水务局", 2024, "annual-report/2021")


def test_the_title_of_a_page_comes_before_its_sign_off():
    found = page({"title": TITLE}, signoff="平澜县水利局\n2023年1月16日")
    assert (found.issuer, found.year) == ("平澜县水务局", 2024)


def test_the_title_in_the_properties_of_a_file_comes_behind_its_sign_off():
    found = page({"title": TITLE.replace("平澜县", "青河市")}, "docx", signoff="平澜县水利局\n2023年1月16日")
    assert (found.issuer, found.year) == ("平澜县水利局", 2022)


def test_the_title_of_a_page_completes_the_one_in_the_text():
    found = page({"title": f"{TITLE}_平澜县人民政府"}, title="政府信息公开工作年度报告", signoff="")
    assert (found.title.text, found.issuer, found.year) == ("政府信息公开工作年度报告", "平澜县水务局", 2024)


@pytest.mark.parametrize("title", ["平澜县人民政府门户网站 政府信息公开年报", "", "—", "政府信息公开年报", "x" * 5000])
def test_the_name_of_a_site_is_no_title(title):
    found = page({"title": title})
    assert (found.issuer, found.year) == ("平澜县水务局", 2024)


def test_a_day_of_publication_is_no_sign_off_and_gives_no_year():
    """A portal prints the day on which it took the report over, sometimes years later: the sign-off is the organ's."""
    found = page({"title": "政府信息公开年报", "published": "2025-01-20 10:20"}, signoff="")
    assert (found.year, found.signoff.date, found.metadata["published"]) == (None, None, "2025-01-20 10:20")
    assert "D118" in {finding.rule for finding in linter().lint(found.source).findings}
