"""ODS, and workbooks of one XML file: what each kind of cell holds, what is repeated, left out, told."""

from pathlib import Path

import pytest
from sheet_pieces import seen, zipped

from gilint.errors import InputError
from gilint.limits import DEFAULT
from gilint.readers.spreadsheet import read

DATA = Path(__file__).parent.parent / "data" / "formats"
URN = "urn:oasis:names:tc:opendocument:xmlns:"
SPACES = " ".join(
    f'xmlns:{prefix}="{URN}{name}:1.0"'
    for prefix, name in (
        ("office", "office"),
        ("table", "table"),
        ("text", "text"),
        ("style", "style"),
        ("draw", "drawing"),
        ("fo", "xsl-fo-compatible"),
    )
)


def ods(*tables, styles="", beside=""):
    """A workbook of tables, each the XML of its rows or the whole element."""
    elements = "".join(
        table if table.startswith("<table:table ") else f'<table:table table:name="表{number}">{table}</table:table>'
        for number, table in enumerate(tables, 1)
    )
    content = (
        f"<office:document-content {SPACES}><office:automatic-styles>{styles}</office:automatic-styles>"
        f"<office:body><office:spreadsheet>{beside}{elements}</office:spreadsheet></office:body></office:document-content>"
    )
    return zipped({"mimetype": "application/vnd.oasis.opendocument.spreadsheet", "content.xml": content})


def row(*cells, attributes=""):
    return f"<table:table-row {attributes}>{''.join(cells)}</table:table-row>"


def text(*lines, attributes=""):
    inside = "".join(f"<text:p>{line}</text:p>" for line in lines)
    return f'<table:table-cell office:value-type="string" {attributes}>{inside}</table:table-cell>'


def value(number, shown="", kind="float", attributes=""):
    return (
        f'<table:table-cell office:value-type="{kind}" office:value="{number}" {attributes}>'
        f"<text:p>{shown or number}</text:p></table:table-cell>"
    )


BLANK = "<table:table-cell/>"


def read_ods(*tables, limits=DEFAULT, **more):
    return read(ods(*tables, **more), "book.ods", limits)


def notes(document):
    return {note.kind: note.count for note in document.notes}


@pytest.mark.parametrize(
    ("cell", "shown"),
    [
        (value("12", "12.00"), "12"),
        (value("251000.55", "251,000.55"), "251000.55"),
        (value("0.1", "0"), "0.1"),
        (value("0.856", "86%", "percentage"), "85.6%"),
        (value("3.5", "¥3.50", "currency"), "3.5"),
        (value("abc"), "abc"),
        (text("0012"), "0012"),
        (text("第一行", "第二行"), "第一行\n第二行"),
        (text("1", "288"), "1288"),
        (text("甲<text:line-break/>乙"), "甲\n乙"),
        (text('甲<text:s text:c="2"/>乙<text:tab/>丙'), "甲  乙\t丙"),
        (text("甲<text:span>乙</text:span><text:a>丙</text:a>"), "甲乙丙"),
        (
            '<table:table-cell office:value-type="date" office:date-value="2025-01-20"><text:p>2025年1月20日</text:p>'
            "</table:table-cell>",
            "2025年1月20日",
        ),
        ('<table:table-cell office:value-type="boolean" office:boolean-value="true"/>', "TRUE"),
        ('<table:table-cell office:value-type="string" office:string-value="只有属性"/>', "只有属性"),
        ("<table:table-cell><text:p>#REF!</text:p></table:table-cell>", "#REF!"),
    ],
)
def test_a_cell_as_text(cell, shown):
    assert seen(read_ods(row(text("项"), cell, text("尾")))) == [[["项", shown, "尾"]]]


def test_cells_and_rows_that_are_repeated_stand_there_as_often():
    twice = row(value("1", attributes='table:number-columns-repeated="3"'), attributes='table:number-rows-repeated="2"')
    assert seen(read_ods(twice)) == [[["1", "1", "1"], ["1", "1", "1"]]]


def test_blank_cells_to_the_end_of_the_sheet_are_nothing():
    far = '<table:table-cell table:number-columns-repeated="16380"/>'
    below = row(
        '<table:table-cell table:number-columns-repeated="16384"/>', attributes='table:number-rows-repeated="1048570"'
    )
    assert seen(read_ods(row(text("项"), BLANK, value("1"), far), below)) == [[["项", "", "1"]]]


@pytest.mark.parametrize(
    "table",
    [
        row(
            value("1", attributes='table:number-columns-repeated="16384"'),
            attributes='table:number-rows-repeated="1048576"',
        ),
        row(*[value("1", attributes='table:number-columns-repeated="99999999999"')] * 1000),
        row(text("项"), value("1"), attributes='table:number-rows-repeated="99999999"'),
    ],
)
def test_cells_repeated_without_end_are_refused(table):
    with pytest.raises(InputError) as caught:
        read_ods(table)
    assert caught.value.code == "too-large"


def test_merged_cells():
    rows = row(
        text("项", attributes='table:number-columns-spanned="2" table:number-rows-spanned="2"'),
        "<table:covered-table-cell><text:p>旧</text:p></table:covered-table-cell>",
        value("1"),
    ) + row('<table:covered-table-cell table:number-columns-repeated="2"/>', value("2"))
    assert seen(read_ods(rows)) == [[[("项", 2, 2), "1"], ["2"]]]


def test_rows_in_groups_are_rows():
    rows = (
        f"<table:table-header-rows>{row(text('项目'), text('数量'))}</table:table-header-rows>"
        "<table:table-row-group><table:table-row-group>"
        f"{row(text('收'), value('1'))}</table:table-row-group></table:table-row-group>"
    )
    assert seen(read_ods(rows)) == [[["项目", "数量"], ["收", "1"]]]


def test_hidden_sheets_rows_and_columns_are_left_out_and_told():
    properties = '<style:table-properties table:display="false"/>'
    hidden = f'<style:style style:name="ta2" style:family="table">{properties}</style:style>'
    columns = '<table:table-column/><table:table-column table:visibility="collapse"/>'
    document = read_ods(
        columns
        + row(text("项"), value("9"), value("1"))
        + row(text("隐"), attributes='table:visibility="filter"')
        + row(text("收"), BLANK, value("2")),
        f'<table:table table:name="隐藏" table:style-name="ta2">{row(text("看不见"))}</table:table>',
        styles=hidden,
    )
    assert seen(document) == [[["项", "1"], ["收", "2"]]]
    assert notes(document) == {"hidden-sheets": 1, "hidden-cells": 2}


def test_comments_pictures_charts_and_changes_are_told():
    frames = "<draw:frame><draw:image/></draw:frame><draw:frame><draw:object/><draw:image/></draw:frame>"
    drawn = f"<table:shapes>{frames}</table:shapes>"
    comment = "<office:annotation><text:p>批注</text:p></office:annotation>"
    cell = (
        f'<table:table-cell office:value-type="float" office:value="1">{comment}<text:p>1</text:p></table:table-cell>'
    )
    changes = "<table:tracked-changes><table:cell-content-change/></table:tracked-changes>"
    document = read_ods(drawn + row(text("项"), cell), beside=changes)
    assert seen(document) == [[["项", "1"]]]
    assert notes(document) == {"comments": 1, "pictures": 1, "embedded-objects": 1, "tracked-changes": 1}
    assert document.keeps_tables is None


def test_formulas_without_a_stored_result_are_blank_and_told():
    document = read_ods(row(text("项"), '<table:table-cell table:formula="of:=1+1"/>', value("2")))
    assert seen(document) == [[["项", "", "2"]]]
    assert notes(document) == {"formulas-without-values": 1}


def test_a_blank_row_with_lines_around_its_cells_belongs_to_the_table():
    lines = (
        '<style:style style:name="ce1" style:family="table-cell">'
        '<style:table-cell-properties fo:border="0.5pt solid #000000"/></style:style>'
        '<style:style style:name="ce2" style:family="table-cell" style:parent-style-name="ce1"/>'
    )
    columns = '<table:table-column table:number-columns-repeated="2" table:default-cell-style-name="ce2"/>'
    rows = row(text("维持"), text("纠正")) + row('<table:table-cell table:number-columns-repeated="2"/>')
    assert seen(read_ods(columns + rows, styles=lines)) == [[["维持", "纠正"], ["", ""]]]
    assert seen(read_ods(columns + rows)) == [[["维持", "纠正"]]]


def test_a_package_without_sheets_is_damaged():
    data = zipped({"content.xml": f"<office:document-content {SPACES}><office:body/></office:document-content>"})
    with pytest.raises(InputError) as caught:
        read(data, "book.ods", DEFAULT)
    assert caught.value.code == "damaged"


# --- one XML file -----------------------------------------------------------------------------------------------------


def test_a_workbook_of_opendocument_in_one_file():
    table = row(text("项"), value("1"))
    content = (
        f'<?xml version="1.0"?><office:document {SPACES} xmlns:dc="http://purl.org/dc/elements/1.1/" '
        'office:mimetype="application/vnd.oasis.opendocument.spreadsheet"><office:meta><dc:title>题</dc:title></office:meta>'
        f'<office:body><office:spreadsheet><table:table table:name="表">{table}</table:table></office:spreadsheet>'
        "</office:body></office:document>"
    )
    document = read(content.encode(), "book.fods", DEFAULT)
    assert seen(document) == [[["项", "1"]]]
    assert document.metadata == {"title": "题"}


EXCEL_2003 = """<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?>
<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet" xmlns:x="urn:schemas-microsoft-com:office:excel"
  xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet" xmlns:html="http://www.w3.org/TR/REC-html40">
 <Styles>
  <Style ss:ID="d"><NumberFormat ss:Format="yyyy&quot;年&quot;m&quot;月&quot;d&quot;日&quot;"/></Style>
  <Style ss:ID="p"><NumberFormat ss:Format="Percent"/></Style>
 </Styles>
 <Worksheet ss:Name="收费"><Table>
  <Column/><Column ss:Index="5" ss:Hidden="1"/>
  <Row><Cell ss:MergeAcross="1"><Data ss:Type="String">项目</Data></Cell><Cell><Data ss:Type="String">数量</Data></Cell>
   <Cell ss:Index="5"><Data ss:Type="Number">9</Data></Cell></Row>
  <Row ss:Index="3"><Cell ss:MergeDown="1"><Data ss:Type="String">收</Data></Cell>
   <Cell><ss:Data ss:Type="String" xmlns="http://www.w3.org/TR/REC-html40"><B>一</B>类</ss:Data></Cell>
   <Cell><Data ss:Type="Number">96.8</Data></Cell></Row>
  <Row><Cell ss:Index="2" ss:StyleID="d"><Data ss:Type="DateTime">2025-01-20T00:00:00.000</Data></Cell>
   <Cell ss:StyleID="p"><Data ss:Type="Number">0.5</Data><Comment><ss:Data>批注</ss:Data></Comment></Cell></Row>
  <Row ss:Hidden="1"><Cell><Data ss:Type="String">隐</Data></Cell></Row>
  <Row><Cell><Data ss:Type="Boolean">1</Data></Cell><Cell ss:Formula="=1+1"/>
   <Cell><Data ss:Type="Error">#N/A</Data></Cell></Row>
 </Table></Worksheet>
 <Worksheet ss:Name="旧"><Table><Row><Cell><Data ss:Type="String">看不见</Data></Cell></Row></Table>
  <x:WorksheetOptions><x:Visible>SheetHidden</x:Visible></x:WorksheetOptions></Worksheet>
</Workbook>"""


def test_a_workbook_of_excel_2003_in_one_file():
    document = read(EXCEL_2003.encode(), "book.xls", DEFAULT)
    assert seen(document) == [
        [[("项目", 1, 2), "数量"]],
        [[("收", 2, 1), "一类", "96.8"], ["2025年1月20日", "50%"], ["TRUE", "", "#N/A"]],
    ]
    assert str(document.blocks[1].rows[1][0].origin.span(0, 1)) == "收费!B4"
    assert notes(document) == {"comments": 1, "formulas-without-values": 1, "hidden-cells": 2, "hidden-sheets": 1}


def test_xml_of_another_kind_is_no_workbook():
    with pytest.raises(InputError) as caught:
        read(b"<?xml version='1.0'?><other/>", "book.xls", DEFAULT)
    assert caught.value.code == "damaged"
