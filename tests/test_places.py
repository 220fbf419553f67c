"""Every place that gilint names holds what it says, asked with another library than the one that read it."""

import html
import io
import json
import re
from pathlib import Path

import documents
import pytest

import gilint

DATA = Path(__file__).parent / "data" / "formats"
EXAMPLES = Path(__file__).parent.parent / "examples"
SAMPLES = ("miyun-2024", "clean-2024")


@pytest.fixture(scope="module")
def linter():
    return gilint.Linter(config=False)


def cells(report):
    return [cell for table in report.tables.values() for cell in table.cells.values()]


def prose(report):
    return [passage for passage in report.passages if passage.role in ("preamble", "heading", "prose", "signoff")]


def whole(passage):
    return passage.span(0, len(passage.text)).as_dict()


def squeezed(text):
    return "".join(text.split())


# --- Word and OpenDocument ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", [f"{sample}{end}" for sample in SAMPLES for end in (".docx", "-writer.docx")])
def test_places_in_word_hold_the_text(linter, name):
    import docx

    report = linter.read(DATA / name)
    document = docx.Document(DATA / name)
    tables = [[row._tr.tc_lst for row in table.rows] for table in document.tables]
    for cell in cells(report):
        span = cell.span.as_dict()
        element = tables[span["table"] - 1][span["row"] - 1][span["cell"] - 1]
        text = "\n".join(paragraph.text for paragraph in element.p_lst)
        assert text[span["start"] : span["end"]] == cell.raw
    for passage in prose(report):
        span = whole(passage)
        assert document.paragraphs[span["paragraph"] - 1].text[span["start"] : span["end"]] == passage.text


# --- web pages -----------------------------------------------------------------------------------------------------


def source_at(lines, span):
    """The source from a place to its end, without tags and entities."""
    first, last = span["line"] - 1, span["end_line"] - 1
    if first == last:
        piece = lines[first][span["column"] - 1 : span["end_column"] - 1]
    else:
        middle = lines[first + 1 : last]
        piece = "\n".join([lines[first][span["column"] - 1 :], *middle, lines[last][: span["end_column"] - 1]])
    return squeezed(html.unescape(re.sub(r"<[^>]*>", "", piece)))


@pytest.mark.parametrize("name", [f"{sample}-{end}.html" for sample in SAMPLES for end in ("writer", "calc")])
def test_places_in_a_page_hold_the_text(linter, name):
    report = linter.read(DATA / name)
    lines = re.split(r"\r\n|\r|\n", (DATA / name).read_text(encoding="utf-8"))
    for cell in cells(report):
        if cell.raw:
            assert source_at(lines, cell.span.as_dict()) == squeezed(cell.raw)
    for passage in prose(report):
        assert source_at(lines, whole(passage)) == squeezed(passage.text)


# --- workbooks -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("several", [False, True])
@pytest.mark.parametrize("sample", SAMPLES)
def test_places_in_a_workbook_hold_the_figures(linter, sample, several):
    import openpyxl

    parts = documents.blocks(linter.read(EXAMPLES / f"{sample}.txt"))
    data = documents.write_workbook(parts, several_sheets=several)
    report = linter.read(data, "report.xlsx")
    book = openpyxl.load_workbook(io.BytesIO(data))
    for cell in cells(report):
        span = cell.span.as_dict()
        value = book[span["sheet"]][span["cell"]].value
        assert ("" if value is None else str(value)) == cell.raw
    for passage in prose(report):
        span = whole(passage)
        assert passage.text in book[span["sheet"]][span["cell"]].value


# --- pages -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["miyun-2024-writer.pdf", "miyun-2024-chromium.pdf", "clean-2024-writer.pdf"])
def test_boxes_on_a_page_hold_the_text(linter, name):
    import pypdfium2

    report = linter.read(DATA / name)
    document = pypdfium2.PdfDocument(DATA / name)
    texts = [(page.get_height(), page.get_textpage()) for page in document]

    def inside(span):
        left, top, right, bottom = span["box"]
        height, text = texts[span["page"] - 1]
        found = text.get_text_bounded(left - 1, height - bottom - 1, right + 1, height - top + 1)
        return squeezed(found)

    try:
        for cell in cells(report):
            if cell.raw:
                assert squeezed(cell.raw) in inside(cell.span.as_dict())
        for passage in prose(report):
            # What runs on over the next page is shown where it begins.
            assert inside(whole(passage))[:4] == squeezed(passage.text)[:4]
    finally:
        for _height, text in texts:
            text.close()
        document.close()


# --- data ------------------------------------------------------------------------------------------------------------


def resolved(data, pointer):
    for part in pointer.split("/")[1:]:
        key = part.replace("~1", "/").replace("~0", "~")
        data = data[int(key)] if isinstance(data, list) else data[key]
    return data


@pytest.mark.parametrize("sample", SAMPLES)
def test_pointers_lead_to_the_values(linter, sample):
    written = documents.write_json(linter.read(EXAMPLES / f"{sample}.txt"))
    report = linter.read(written, "report.json")
    data = json.loads(written)
    for cell in cells(report):
        assert (resolved(data, cell.span.as_dict()["pointer"]) or "") == cell.raw
    for passage in prose(report):
        assert resolved(data, whole(passage)["pointer"]) == passage.text
