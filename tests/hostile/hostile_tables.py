"""Tables as large as may be, and made of what a report's own tables are made of."""

from forging import example, unzipped, zipped
from hostile_html import page_with
from hostile_sheets import sheet_with
from hostile_xml import docx_with
from registry import add

TEXT = example()
LABELS = (
    "规章",
    "行政规范性文件",
    "行政许可",
    "行政处罚",
    "一、本年新收政府信息公开申请数量",
    "（一）予以公开",
    "3.危及“三安全一稳定”",
    "（七）总计",
    "四、结转下年度继续办理",
    "结果维持",
)
ROWS = {
    "ones": lambda number: ["1"] * 8,
    "blanks": lambda number: [""] * 7 + ["1"],
    "one-label": lambda number: ["规章", "1", "0", "2"],
    "labels": lambda number: [LABELS[number % len(LABELS)], *"1000001"],
    "labels-without-cells": lambda number: [LABELS[number % len(LABELS)]] * 2,
    "sentences": lambda number: ["全年受理申请3件。", "1"],
    "split-numbers": lambda number: ["（一）予以公开", "1 288", "1,2", "１２", "/", "无", "—", "-1"],
}


def rows(kind, most_cells, most_characters=240_000):
    """As many rows of a kind as stay below the limits."""
    made, cells, length = [], 0, len(TEXT)
    for number in range(4900):
        row = ROWS[kind](number)
        cells += len(row)
        length += sum(map(len, row))
        if cells > most_cells or length > most_characters:
            break
        made.append(row)
    return made


def in_html(kind):
    cells = ("".join(f"<td>{cell}</td>" for cell in row) for row in rows(kind, 190_000))
    return page_with(f"<table>{''.join(f'<tr>{row}</tr>' for row in cells)}</table>".encode())


def in_docx(kind):
    def cell(text):
        return f"<w:tc><w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:tc>"

    table = "".join(f"<w:tr>{''.join(map(cell, row))}</w:tr>" for row in rows(kind, 100_000))
    return docx_with(f"<w:tbl>{table}</w:tbl>".encode())


def in_sheet(kind):
    def cell(text, place):
        return f'<c r="{place}" t="inlineStr"><is><t>{text}</t></is></c>'

    lines = "".join(
        f'<row r="{number}">{"".join(cell(text, f"{chr(65 + at)}{number}") for at, text in enumerate(row))}</row>'
        for number, row in enumerate(rows(kind, 80_000), 100)
    )
    return sheet_with(lines.encode())


def in_text(kind, between):
    return (TEXT + "\n".join(between.join(row) for row in rows(kind, 190_000))).encode()


for kind in ROWS:
    common = kind == "split-numbers"
    add(f"html-with-a-table-of-{kind}", "report.html", lambda kind=kind: in_html(kind), heavy=True, rare=not common)
    add(f"docx-with-a-table-of-{kind}", "report.docx", lambda kind=kind: in_docx(kind), heavy=True, rare=True)
    add(f"xlsx-with-a-table-of-{kind}", "report.xlsx", lambda kind=kind: in_sheet(kind), heavy=True, rare=True)
    for shown, between in (("tabs", "\t"), ("bars", " | "), ("spaces", " "), ("lines", "\n")):
        add(
            f"txt-with-rows-of-{kind}-between-{shown}",
            "report.txt",
            lambda kind=kind, between=between: in_text(kind, between),
            heavy=True,
            rare=not (kind == "labels" and shown == "tabs"),
        )


def repeated(times):
    """The tables of the report, over and over."""
    page = example().split("\n")
    return "\n".join(page + page[20:] * times)[:245_000].encode()


add("txt-with-the-same-tables-again-and-again", "report.txt", lambda: repeated(200), heavy=True)
add("zip-of-900-reports", "reports.zip", lambda: zipped({f"{n}.txt": b"a" * n for n in range(900)}), heavy=True)

# --- documents in one XML file ----------------------------------------------------------------------------------------

SHEET = "urn:schemas-microsoft-com:office:spreadsheet"


def workbook_of_2003(table):
    return (
        f'<?xml version="1.0"?><Workbook xmlns="{SHEET}" xmlns:ss="{SHEET}"><Worksheet ss:Name="a"><Table>{table}'
        "</Table></Worksheet></Workbook>"
    ).encode()


for value in ("99999999", "-1", "abc", "4294967296", "9" * 5000):
    for attribute in ("ss:Index", "ss:MergeAcross", "ss:MergeDown"):
        cell = f'<Row><Cell {attribute}="{value}"><Data ss:Type="Number">1</Data></Cell></Row>'
        add(
            f"xml-workbook-with-{attribute[3:].lower()}-{value[:12]}",
            "report.xml",
            lambda cell=cell: workbook_of_2003(cell * 3 + f"<Row {cell[10:40]}/>"),
        )


def flat_word(parts):
    space = "http://schemas.microsoft.com/office/2006/xmlPackage"
    held = "".join(
        f'<pkg:part pkg:name="/{name}"><pkg:xmlData>{content}</pkg:xmlData></pkg:part>' for name, content in parts
    )
    return f'<?xml version="1.0"?><pkg:package xmlns:pkg="{space}">{held}</pkg:package>'.encode()


def flat_document(piece=""):
    text = unzipped(docx_with(piece.encode()))["word/document.xml"].decode()
    return text.partition("?>")[2]


add(
    "word-xml-with-20-000-parts", "report.xml", lambda: flat_word([(f"{n}", "<a/>") for n in range(20_000)]), heavy=True
)
add("word-xml-with-one-part-5000-times", "report.xml", lambda: flat_word([("word/document.xml", "<a/>")] * 5000))
add("word-xml-nested-100-000-deep", "report.xml", lambda: flat_word([("word/document.xml", "<a>" * 100_000)]))
add(
    "word-xml-with-many-names-in-every-part",
    "report.xml",
    lambda: flat_word(
        [(str(n), f"<a {' '.join(f'''xmlns:n{k}='{k}' ''' for k in range(300))}/>") for n in range(1000)]
    ),
    heavy=True,
)
add(
    "word-xml-whose-parts-climb-out",
    "report.xml",
    lambda: flat_word([("../../tmp/gilint-was-here", "<a/>"), ("word/document.xml", flat_document())]),
)
