"""XLSX: what each kind of cell holds, what is left out, what is told."""

from pathlib import Path

import pytest
from sheet_pieces import MAIN, cells, read_xlsx, seen, unzipped, xlsx, zipped

from gilint.errors import InputError
from gilint.limits import DEFAULT
from gilint.readers.spreadsheet import read

DATA = Path(__file__).parent.parent / "data" / "formats"

STRINGS = (
    "<si><t>共享</t></si><si><r><t>前</t></r><r><rPr><b/></rPr><t>后</t></r><rPh sb='0' eb='1'><t>拼音</t></rPh></si>"
)
STYLES = (
    '<numFmts><numFmt numFmtId="164" formatCode="yyyy&quot;年&quot;m&quot;月&quot;d&quot;日&quot;"/></numFmts>'
    '<cellXfs><xf numFmtId="0"/><xf numFmtId="164"/><xf numFmtId="14"/><xf numFmtId="10"/></cellXfs>'
)


def texts(*inside, **parts):
    """The texts of cells side by side in one row, the last of them 尾."""
    ((row,),) = seen(read_xlsx(cells(*inside, "<c t='inlineStr'><is><t>尾</t></is></c>"), **parts))
    return row[:-1]


def notes(document):
    return {note.kind: note.count for note in document.notes}


# --- cells ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        ("12.0", "12"),
        ("0.10000000000000001", "0.1"),
        ("251000.55", "251000.55"),
        ("1E3", "1000"),
        ('<c t="n"><v>7</v></c>', "7"),
        ('<c t="s"><v>0</v></c>', "共享"),
        ('<c t="s"><v>1</v></c>', "前后"),
        ('<c t="inlineStr"><is><t>直接</t></is></c>', "直接"),
        ('<c t="str"><f>A1</f><v>结果</v></c>', "结果"),
        ('<c t="b"><v>1</v></c>', "TRUE"),
        ('<c t="b"><v>0</v></c>', "FALSE"),
        ('<c t="e"><v>#REF!</v></c>', "#REF!"),
        ('<c s="1"><v>45677</v></c>', "2025年1月20日"),
        ('<c s="2"><v>45677</v></c>', "2025/1/20"),
        ('<c s="3"><v>0.856</v></c>', "85.6%"),
        ('<c s="1" t="d"><v>2025-01-20T00:00:00</v></c>', "2025年1月20日"),
        ('<c t="d"><v>2025-01-20</v></c>', "2025-01-20"),
        ('<c s="99"><v>5</v></c>', "5"),
        ('<c t="inlineStr"><is><t>1_x000D_\n2</t></is></c>', "12"),
        ('<c t="inlineStr"><is><t>_x4E00_、</t></is></c>', "一、"),
        ('<c t="inlineStr"><is><t>1\n288</t></is></c>', "1288"),
        ('<c t="inlineStr"><is><t>第1\n2项</t></is></c>', "第1\n2项"),
        ('<c t="inlineStr"><is><t> ０ </t></is></c>', " ０ "),
        ("<c><v>1..2</v></c>", "1..2"),
    ],
)
def test_a_cell_as_text(cell, text):
    assert texts("1", cell, strings=STRINGS, styles=STYLES) == ["1", text]


def test_a_cell_that_refers_to_no_text_is_damage():
    with pytest.raises(InputError) as caught:
        texts('<c t="s"><v>2</v></c>', strings=STRINGS)
    assert caught.value.code == "damaged"


def test_places_may_be_given_or_left_out():
    rows = (
        '<row r="3"><c r="B3"><v>1</v></c><c><v>2</v></c><c r="E3"><v>3</v></c></row><row><c r="B4"><v>4</v></c></row>'
    )
    (table,) = read_xlsx(rows).blocks
    found = {cell.origin.span(0, 1).cell: cell.text for row in table.rows for cell in row if cell.text}
    assert found == {"B3": "1", "C3": "2", "E3": "3", "B4": "4"}


def test_days_of_a_workbook_may_begin_in_1904():
    cell = '<c s="2"><v>44215</v></c>'
    assert texts("1", cell, styles=STYLES, workbook='<workbookPr date1904="1"/>') == ["1", "2025/1/20"]


def test_names_of_elements_may_have_a_prefix():
    parts = unzipped(xlsx(cells("1", "2")))
    parts["xl/worksheets/sheet1.xml"] = (
        f"<x:worksheet {MAIN.replace('=', ':x=', 1)}><x:sheetData><x:row>"
        "<x:c><x:v>1</x:v></x:c><x:c><x:v>2</x:v></x:c></x:row></x:sheetData></x:worksheet>"
    )
    assert seen(read(zipped(parts), "book.xlsx", DEFAULT)) == [[["1", "2"]]]


def test_strict_workbooks_have_other_namespaces():
    strict = {
        name: content.replace(
            "http://schemas.openxmlformats.org/spreadsheetml/2006/main", "http://purl.oclc.org/ooxml/spreadsheetml/main"
        ).replace(
            "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
            "http://purl.oclc.org/ooxml/officeDocument/relationships",
        )
        for name, content in unzipped(xlsx(cells("1", "2"))).items()
    }
    assert seen(read(zipped(strict), "book.xlsx", DEFAULT)) == [[["1", "2"]]]


# --- sheets -----------------------------------------------------------------------------------------------------------


def test_all_sheets_are_one_document_in_their_order():
    document = read_xlsx(cells("1", "2"), cells("3"), cells("4", "5"))
    assert seen(document) == [[["1", "2"]], "3", [["4", "5"]]]
    assert [str(block.origin.span(0, 1)) for block in document.blocks[1:2]] == ["表2!A1"]
    orders = [document.blocks[0].rows[0][1].origin.span(0, 1).order, document.blocks[1].origin.span(0, 1).order]
    assert orders == sorted(orders)


def test_hidden_sheets_are_left_out_and_told():
    data = xlsx(cells("1"), cells("2"), cells("3"))
    parts = unzipped(data)
    parts["xl/workbook.xml"] = parts["xl/workbook.xml"].replace('sheetId="2"', 'sheetId="2" state="hidden"')
    parts["xl/workbook.xml"] = parts["xl/workbook.xml"].replace('sheetId="3"', 'sheetId="3" state="veryHidden"')
    document = read(zipped(parts), "book.xlsx", DEFAULT)
    assert seen(document) == ["1"]
    assert notes(document) == {"hidden-sheets": 2}
    assert str(document.notes[0].origin.span(0, 0)) == "表2!A1"


def test_a_workbook_of_hidden_sheets_only_is_read():
    parts = unzipped(xlsx(cells("1")))
    parts["xl/workbook.xml"] = parts["xl/workbook.xml"].replace('sheetId="1"', 'sheetId="1" state="hidden"')
    document = read(zipped(parts), "book.xlsx", DEFAULT)
    assert seen(document) == ["1"]
    assert notes(document) == {}


def test_hidden_rows_and_columns_are_left_out_and_told():
    rows = (
        '<cols><col min="2" max="2" hidden="1"/></cols><sheetData>{}<row hidden="1"><c><v>7</v></c></row></sheetData>'
    )
    document = read_xlsx(rows.format(cells("1", "9", "2")))
    assert seen(document) == [[["1", "2"]]]
    assert notes(document) == {"hidden-cells": 2}


def test_merged_cells():
    rows = cells("1", "2", "3") + cells("4", "5", "6")
    sheet = f'<sheetData>{rows}</sheetData><mergeCells><mergeCell ref="A1:B2"/></mergeCells>'
    assert seen(read_xlsx(sheet)) == [[[("1", 2, 2), "3"], ["6"]]]


# --- formulas ---------------------------------------------------------------------------------------------------------


def test_formulas_give_their_stored_result():
    document = read_xlsx(cells("1", "<c><f>A1+1</f><v>2</v></c>", '<c t="str"><f>""</f><v></v></c>', "3"))
    assert seen(document) == [[["1", "2", "", "3"]]]
    assert notes(document) == {}


def test_formulas_without_a_stored_result_are_blank_and_told():
    document = read_xlsx(cells("1", "<c><f>A1+1</f></c>", "<c><f>A1+2</f><v/></c>", "3"))
    assert seen(document) == [[["1", "", "", "3"]]]
    assert notes(document) == {"formulas-without-values": 2}
    assert str(document.notes[0].origin.span(0, 0)) == "表1!B1"


def test_zeros_that_a_library_put_in_the_place_of_all_results_are_no_results():
    row = cells("1", "<c><f>A1+1</f><v>0</v></c>", "<c><f>A1+2</f><v>0</v></c>", "3")
    document = read_xlsx(row, workbook='<calcPr fullCalcOnLoad="1"/>')
    assert seen(document) == [[["1", "", "", "3"]]]
    assert notes(document) == {"formulas-without-values": 2}
    assert seen(read_xlsx(row)) == [[["1", "0", "0", "3"]]]


def test_zeros_among_other_results_are_results():
    row = cells("1", "<c><f>A1-1</f><v>0</v></c>", "<c><f>A1+2</f><v>3</v></c>")
    assert seen(read_xlsx(row, workbook='<calcPr fullCalcOnLoad="1"/>')) == [[["1", "0", "3"]]]


# --- what stands beside -----------------------------------------------------------------------------------------------


def test_pictures_charts_and_comments_are_told():
    document = read_xlsx(
        cells("1", "2"),
        **{
            "xl__media__image1.png": b"",
            "xl__charts__chart1.xml": "<c/>",
            "xl__comments1.xml": f"<comments {MAIN}><commentList><comment/><comment/></commentList></comments>",
        },
    )
    assert notes(document) == {"pictures": 1, "embedded-objects": 1, "comments": 2}
    assert document.keeps_tables is None
    assert read_xlsx(cells("1", "2")).keeps_tables is True


def test_the_metadata_of_a_workbook():
    document = read((DATA / "xlsx-features.xlsx").read_bytes(), "book.xlsx", DEFAULT)
    assert document.metadata["title"] == "各种单元格"
    assert document.metadata["author"] == "办公室"
    assert document.metadata["created"] == "2025-01-20T08:30:00Z"


# --- refusals ---------------------------------------------------------------------------------------------------------


def refusal(data, limits=DEFAULT):
    with pytest.raises(InputError) as caught:
        read(data, "book.xlsx", limits)
    return caught.value.code


def test_a_workbook_without_anything_in_it_is_empty():
    assert refusal(xlsx("")) == "empty"
    assert refusal(xlsx(cells('<c t="inlineStr"><is><t> \u3000</t></is></c>'))) == "empty"


def test_a_workbook_of_pictures_has_no_text():
    assert refusal(xlsx("", **{"xl__media__image1.png": b""})) == "no-text"


@pytest.mark.parametrize("member", ["xl/workbook.xml", "xl/worksheets/sheet1.xml"])
def test_a_workbook_without_one_of_its_parts_is_damaged(member):
    parts = unzipped(xlsx(cells("1")))
    del parts[member]
    assert refusal(zipped(parts)) == "damaged"


def test_a_workbook_with_a_part_that_is_cut_off_is_damaged():
    parts = unzipped(xlsx(cells("1")))
    parts["xl/worksheets/sheet1.xml"] = parts["xl/worksheets/sheet1.xml"][:-20]
    assert refusal(zipped(parts)) == "damaged"


def test_entities_are_refused():
    parts = unzipped(xlsx(cells("1")))
    parts["xl/worksheets/sheet1.xml"] = '<!DOCTYPE x [<!ENTITY a "1">]>' + parts["xl/worksheets/sheet1.xml"]
    assert refusal(zipped(parts)) == "entities"


def test_one_text_in_many_cells_counts_as_often():
    row = cells(*['<c t="s"><v>0</v></c>'] * 50)
    data = xlsx(row, strings=f"<si><t>{'长' * 30_000}</t></si>")
    assert refusal(data, DEFAULT.replace(file_mb=1)) == "too-large"
    assert seen(read(data, "book.xlsx", DEFAULT))[0][0][0] == "长" * 30_000


def test_more_cells_than_the_limit_are_refused():
    rows = "".join(cells("1") for _ in range(11))
    assert refusal(xlsx(rows), DEFAULT.replace(cells=10)) == "too-large"
    assert len(read(xlsx(rows), "book.xlsx", DEFAULT.replace(cells=11)).blocks) == 11
