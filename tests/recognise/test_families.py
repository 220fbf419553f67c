"""Several families in one run: each report is told by its title and its sections, in every layout."""

import io

import docx
import pytest
from documents import blocks, write_docx, write_html, write_markdown, write_text
from samples import ROOT, linter

from gilint import InputError

ANNUAL, LAW = "annual-report", "rule-of-law-report"
TITLE = "青河市云山区水务局2024年法治政府建设年度报告"
BASES = {
    "annual": (ROOT / "rules" / ANNUAL / "forms" / "2021.default.txt", ANNUAL),
    "annual of a government": (ROOT / "rules" / ANNUAL / "forms" / "2021.government.txt", ANNUAL),
    "annual after the first form": (ROOT / "rules" / ANNUAL / "forms" / "2019.default.txt", ANNUAL),
    "example": (ROOT / "examples" / "miyun-2024.txt", ANNUAL),
    "law": (ROOT / "rules" / LAW / "forms" / "2019.default.txt", LAW),
    "law of a government": (ROOT / "rules" / LAW / "forms" / "2019.government.txt", LAW),
}
WRITERS = {"txt": write_text, "md": write_markdown, "html": write_html, "docx": write_docx}


def law(**replaced):
    text = BASES["law"][0].read_text(encoding="utf-8")
    for old, new in replaced.items():
        assert old in text
        text = text.replace(old, new)
    return text


def read(text, name="report.txt"):
    return linter().read(text if isinstance(text, bytes) else text.encode(), name)


def family(text, name="report.txt"):
    return read(text, name).form.family.pack


@pytest.mark.parametrize("suffix", WRITERS)
@pytest.mark.parametrize("name", BASES)
def test_each_family_is_recognised_in_every_layout_and_no_other_takes_its_reports(name, suffix):
    path, pack = BASES[name]
    report = read(path.read_bytes())
    written = WRITERS[suffix](blocks(report))
    again = read(written, f"report.{suffix}")
    assert again.form.family.pack == pack
    assert (again.issuer, again.year, list(again.sections)) == (report.issuer, report.year, list(report.sections))


@pytest.mark.parametrize("suffix", WRITERS)
@pytest.mark.parametrize("name", ["law", "law of a government"])
def test_a_clean_report_of_another_family_has_no_findings_in_any_layout(name, suffix):
    written = WRITERS[suffix](blocks(read(BASES[name][0].read_bytes())))
    assert [finding.rule for finding in linter().lint(written, f"report.{suffix}").findings] == []


@pytest.mark.parametrize(
    ("title", "issuer", "year"),
    [
        ("云山区人民政府2024年度法治政府建设情况报告", "云山区人民政府", 2024),
        ("云山区人民政府关于2024年度法治政府建设情况的报告", "云山区人民政府", 2024),
        ("2024年云山区法治政府建设年度报告", "云山区", 2024),
        ("青河市水务局\n2024年度法治政府建设工作总结", "青河市水务局", 2024),
        ("云山区司法局2024年法治政府建设工作情况和2025年工作安排的报告", "云山区司法局", 2024),
        ("青河市水务局法治政府建设年度报告（2024年）", "青河市水务局", 2024),
        ("青河市公安局2024年法治公安建设工作报告", "青河市公安局", 2024),
        ("青河市水务局2024年推进依法行政工作总结", "青河市水务局", 2024),
    ],
)
def test_titles_without_a_prescribed_wording_tell_issuer_and_year(title, issuer, year):
    found = read(law(**{TITLE: title}))
    assert (found.form.family.pack, found.issuer, found.year) == (LAW, issuer, year)


@pytest.mark.parametrize(
    ("headings", "sections"),
    [
        (
            [
                "一、工作开展情况",
                "二、党政主要负责人履行第一责任人职责情况",
                "三、存在的问题和不足",
                "四、下一步工作打算",
            ],
            ["achievements", "leader", "problems", "plan"],
        ),
        (["一、2024年工作情况", "二、存在的问题及下一步工作安排"], ["achievements", "problems"]),
        (["一、强化组织领导", "二、规范行政执法", "三、存在问题", "四、下步工作"], ["problems", "plan"]),
        (
            [
                "一、主要做法及成效",
                "二、2024年党政主要负责人履行推进法治建设第一责任人职责，加强法治政府建设的有关情况",
            ],
            ["achievements", "leader"],
        ),
    ],
)
@pytest.mark.parametrize("signoff", ["\n青河市云山区水务局\n2025年2月18日\n", ""])
def test_headings_without_a_prescribed_wording_open_their_sections(headings, sections, signoff):
    parts = [f"{heading}\n\n主要负责人听取汇报2次，下一步公布清单31项。\n" for heading in headings]
    assert list(read("\n\n".join([TITLE, "现报告如下。", *parts]) + signoff).sections) == sections


def test_the_name_of_a_column_above_a_report_is_not_its_title():
    assert family("政府信息公开年报\n" + law()) == LAW
    annual = BASES["annual"][0].read_text(encoding="utf-8")
    assert family("法治政府建设年度报告\n" + annual) == ANNUAL


def test_the_title_of_another_report_among_the_links_above_is_not_its_title():
    annual = BASES["annual"][0].read_text(encoding="utf-8")
    assert family("青河市云山区水务局2023年政府信息公开工作年度报告\n" + law()) == LAW
    assert family(f"{TITLE}\n" + annual) == ANNUAL


def test_the_title_of_the_page_tells_the_family_where_the_text_has_none():
    body = law().partition("\n")[2]
    paragraphs = "".join(f"<p>{line}</p>" for line in body.split("\n") if line)
    page = f"<html><head><title>{TITLE}_云山区人民政府网</title></head><body>{paragraphs}</body></html>"
    assert family(page, "page.html") == LAW


def test_headings_of_any_yearly_summary_make_no_report_of_a_family_without_tables():
    with pytest.raises(InputError) as refused:
        read(law(**{TITLE: "青河市云山区水务局2024年工作总结"}))
    assert refused.value.code == "not-a-report"


def test_a_refusal_names_every_family_that_was_looked_for():
    with pytest.raises(InputError) as refused:
        read("今天天气晴朗。")
    families = "“政府信息公开工作年度报告”“部门决算公开”“法治政府建设年度报告”"
    assert refused.value.message["zh"].startswith(f"不是{families}：")


def test_the_body_of_a_word_file_that_names_both_reports_follows_its_title():
    document = docx.Document()
    for line in law(**{"区委、区人民政府：": "区委、区人民政府：\n随文附政府信息公开工作年度报告。"}).split("\n"):
        document.add_paragraph(line)
    out = io.BytesIO()
    document.save(out)
    assert family(out.getvalue(), "report.docx") == LAW
