"""Documents as programs write them: LibreOffice, python-docx, and a whole report with automatic numbers."""

import io
import re
import zipfile
from pathlib import Path

import documents
import docx
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

import gilint
from gilint.limits import DEFAULT
from gilint.model import Grid
from gilint.readers.docx import read

DATA = Path(__file__).parent.parent / "data" / "formats"
EXAMPLES = Path(__file__).parent.parent.parent / "examples"


def content(document):
    """Paragraphs as (level, text); tables as rows of (text, rows, columns), or text where a cell is not merged."""
    return [
        [[_cell(cell) for cell in row] for row in block.rows] if isinstance(block, Grid) else (block.level, block.text)
        for block in document.blocks
    ]


def _cell(cell):
    merged = cell.row_span > 1 or cell.column_span > 1
    return (cell.text, cell.row_span, cell.column_span) if merged else cell.text


def saved(document):
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


# --- LibreOffice ------------------------------------------------------------------------------------------------------


def test_a_document_of_writer():
    document = read((DATA / "docx-writer.docx").read_bytes(), "a.docx", DEFAULT)
    assert content(document) == [
        (0, "清河县2024年"),
        (0, "工作年度报告"),
        (1, "一、总体情况"),
        (2, "（一）公开"),
        (0, "全年发布30条信息，见网站。"),
        (0, "数据截至年末。"),
        (2, "（二）申请"),
        (0, "1. 受理"),
        (0, "（1） 登记"),
        (0, "（2） 补正"),
        (0, "2. 答复"),
        (0, "联系人：\t李某"),
        (0, "5. 其他"),
        (1, "二、表格"),
        [
            [("信息内容", 1, 2), ("制发\n件数", 2, 1), "废止"],
            ["规章", "1288", "0"],
            [("1. 表内", 1, 4)],
        ],
        (0, "落款"),
        (0, "印章处"),
        (0, "2025年1月16日"),
    ]
    notes = [(note.kind, note.count, str(note.origin.span(0, 0))) for note in document.notes]
    assert notes == [("tracked-changes", 2, "p4:1"), ("comments", 1, "p10:1"), ("hidden-text", 1, "p4:1")]
    assert document.metadata["title"] == "清河县2024年报"
    assert document.metadata["author"] == "办公室"


def test_a_page_that_writer_saved_as_a_document():
    document = read((DATA / "docx-html.docx").read_bytes(), "a.docx", DEFAULT)
    assert content(document) == [
        (1, "清河县2024年年报"),
        (0, "1. 受理"),
        (0, "a. 登记"),
        (0, "b. 补正"),
        (0, "2. 答复"),
        (0, "附表："),
        [
            [("信息内容", 1, 2), ("制发\n件数", 2, 1), "废止件数"],
            [("规章", 2, 1), "甲", "0"],
            ["乙", "1288", "\u00a02"],
            [("备注：含街道", 1, 4)],
            ["合计", "", "9", "3"],
        ],
        (0, "完"),
    ]


# --- python-docx ------------------------------------------------------------------------------------------------------


def test_headings_lists_and_tables_of_python_docx():
    made = docx.Document()
    made.add_heading("清河县2024年年报", 0)
    made.add_heading("总体情况", 1)
    for text in ("受理", "答复"):
        made.add_paragraph(text, style="List Number")
    made.add_paragraph("公开", style="List Bullet")
    table = made.add_table(3, 3)
    table.cell(0, 0).merge(table.cell(1, 1)).text = "合并"
    table.cell(2, 2).text = "7"
    made.sections[0].header.paragraphs[0].text = "页眉"
    made.core_properties.title = "年报"
    run = made.add_paragraph().add_run("请核对")
    made.add_comment(run, "改", author="张某")
    document = read(saved(made), "a.docx", DEFAULT)
    assert content(document) == [
        (0, "清河县2024年年报"),
        (1, "总体情况"),
        (0, "1. 受理"),
        (0, "2. 答复"),
        (0, "公开"),
        [[("合并", 2, 2), ""], [""], ["", "", "7"]],
        (0, "请核对"),
    ]
    assert [(note.kind, note.count, str(note.origin.span(0, 0))) for note in document.notes] == [
        ("comments", 1, "p6:1")
    ]
    assert document.metadata["title"] == "年报"


# --- a whole report ---------------------------------------------------------------------------------------------------

LABEL = re.compile(r"(（[一二三四五六七八九十]+）|[一二三四五六七八九十]+、|\d+\.(?!\d)) ?")
FORMS = {
    "（": ("chineseCountingThousand", "（%1）"),
    "、": ("chineseCountingThousand", "%1、"),
    ".": ("decimal", "%1."),
}
HAN = "一二三四五六七八九十"


class AutomaticNumbers:
    """Takes the numbers that were typed off paragraphs, and has Word count instead.

    A number that does not follow the one before it begins a list anew, as clerks do it with "set numbering value".
    """

    def __init__(self, document):
        self._numbering = document.part.numbering_part.element
        self._last = {}
        self.count = 0

    def take(self, paragraph):
        match = LABEL.match(paragraph.text)
        if match is None:
            return
        typed = match.group()
        form, text = FORMS[typed[0] if typed[0] == "（" else typed.rstrip()[-1]]
        digits = re.sub(r"[（）、. ]", "", typed)
        value = int(digits) if digits.isdigit() else HAN.index(digits) + 1
        gap = "space" if typed.endswith(" ") else "nothing"
        list_id, last = self._last.get((form, text, gap), (None, None))
        if last is None or value != last + 1:
            list_id = self._list(form, text, gap, value, list_id)
        self._last[form, text, gap] = list_id, value
        paragraph.runs[0].text = paragraph.text[match.end() :]
        properties = paragraph._p.get_or_add_pPr().get_or_add_numPr()
        properties.get_or_add_ilvl().val = 0
        properties.get_or_add_numId().val = list_id
        self.count += 1

    def _list(self, form, text, gap, value, before):
        """The id of a list that begins with a value; one of the same scheme as the list before, if there is any."""
        number = 100 + len(self._numbering)
        scheme = number
        if before is None:
            level = (
                f'<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="{form}"/><w:suff w:val="{gap}"/>'
                f'<w:lvlText w:val="{text}"/></w:lvl>'
            )
            self._numbering.insert(
                0, parse_xml(f'<w:abstractNum {nsdecls("w")} w:abstractNumId="{scheme}">{level}</w:abstractNum>')
            )
        else:
            scheme = self._numbering.num_having_numId(before).abstractNumId.val
        override = f'<w:lvlOverride w:ilvl="0"><w:startOverride w:val="{value}"/></w:lvlOverride>'
        self._numbering.append(
            parse_xml(f'<w:num {nsdecls("w")} w:numId="{number}"><w:abstractNumId w:val="{scheme}"/>{override}</w:num>')
        )
        return number


@pytest.fixture(scope="module")
def linter():
    return gilint.Linter(config=False)


@pytest.fixture(scope="module")
def original(linter):
    return linter.lint(EXAMPLES / "miyun-2024.txt")


@pytest.fixture(scope="module")
def numbered(original):
    """The report as a document whose numbers are all counted by Word."""
    made = docx.Document(io.BytesIO(documents.write_docx(documents.blocks(original.report))))
    numbers = AutomaticNumbers(made)
    for paragraph in made.paragraphs:
        numbers.take(paragraph)
    assert numbers.count == 21
    return saved(made)


def told(result):
    return [(finding.rule, finding.severity, finding.message, finding.excerpt) for finding in result.findings]


def test_a_report_with_automatic_numbers_is_judged_like_the_text(linter, original, numbered):
    xml = zipfile.ZipFile(io.BytesIO(numbered)).read("word/document.xml").decode()
    assert "<w:t>组织领导</w:t>" in xml
    assert "（一）组织领导" not in xml
    assert sorted(told(linter.lint(numbered, "report.docx"))) == sorted(told(original))


def test_findings_lead_to_paragraphs_and_cells(linter, numbered):
    result = linter.lint(numbered, "report.docx")
    report = docx.Document(io.BytesIO(numbered))
    shown = 0
    for finding in result.findings:
        place = finding.span.as_dict() if finding.span else {}
        # What a list number is part of begins where its paragraph does.
        if place.get("paragraph") and finding.excerpt and not LABEL.match(finding.excerpt):
            text = report.paragraphs[place["paragraph"] - 1].text
            assert text[place["start"] : place["end"]] in finding.excerpt or finding.excerpt in text
            shown += 1
    assert shown >= 10
