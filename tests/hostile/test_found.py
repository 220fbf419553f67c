"""What fuzzing found once, each as small as it can be made."""

import pytest
from forging import biff, changed, compound, unzipped
from hostile_sheets import BOOK, END, PAGE
from hostile_xml import ODT, docx_with, paragraph

from gilint.errors import InputError
from gilint.limits import DEFAULT
from gilint.model import Grid
from gilint.readers.opening import read_document


def texts(data, name):
    """The texts of all paragraphs and cells of a document."""
    blocks = read_document(data, name, (), DEFAULT).blocks
    cells = [cell.text for block in blocks if isinstance(block, Grid) for row in block.rows for cell in row]
    return cells + [block.text for block in blocks if not isinstance(block, Grid)]


@pytest.mark.parametrize("inner", [b"<text:p>0</text:p>", b"<table:table-cell><text:p>0</text:p></table:table-cell>"])
def test_numbers_of_a_paragraph_inside_of_another_are_not_joined(inner):
    content = unzipped(ODT)["content.xml"].replace(b"</office:text>", b"<text:p>22%s</text:p></office:text>" % inner)
    found = texts(changed(ODT, content_xml=content), "report.odt")
    assert "220" not in found
    assert any(text.split() == ["22", "0"] for text in found)


@pytest.mark.parametrize(
    "row",
    [
        b"<w:tc>%s</w:tc></w:tr><w:tr><w:r><w:t>0</w:t></w:r><w:tc>%s</w:tc>" % (paragraph(b"9876"), paragraph(b"7")),
        b"<w:tc><w:r><w:t>9876</w:t></w:r>%s</w:tc>" % paragraph(b"0"),
        b"<w:tc><w:tcPr><w:r><w:t>9876</w:t></w:r></w:tcPr>%s</w:tc>" % paragraph(b"0"),
    ],
    ids=["before-the-cells", "before-the-paragraphs", "among-the-properties"],
)
def test_text_where_none_belongs_does_not_change_a_number(row):
    found = texts(docx_with(b"<w:tbl><w:tr>%s</w:tr></w:tbl>" % row), "report.docx")
    assert "98760" not in found
    assert any("9876" in text for text in found)


def test_a_table_beyond_four_billion_columns_takes_no_memory_for_them():
    cell = '<table:table-cell office:value-type="string"><text:p>{}</text:p></table:table-cell>'
    away = '<table:table-cell table:number-columns-repeated="4000000000"/>'
    row = f"<table:table-row>{away}{cell.format('a')}{cell.format('b')}</table:table-row>"
    keys = ("office", "table", "text")
    names = "".join(f' xmlns:{key}="urn:oasis:names:tc:opendocument:xmlns:{key}:1.0"' for key in keys)
    kind = "application/vnd.oasis.opendocument.spreadsheet"
    sheet = f"<office:spreadsheet><table:table>{row * 3}</table:table></office:spreadsheet>"
    page = f'<office:document{names} office:mimetype="{kind}"><office:body>{sheet}</office:body></office:document>'
    assert texts(page.encode(), "report.fods") == ["a", "b"] * 3


@pytest.mark.parametrize("content", [b"", b"\0\0", b"\0\0\0"])
def test_a_run_of_blank_cells_that_is_too_short_is_damage(content):
    sheet = biff(PAGE, (0x00BE, content), END)
    start = len(biff(BOOK, (0x0085, bytes(6) + b"\x01\x00s"), END))
    place = (0x0085, start.to_bytes(4, "little") + bytes(2) + b"\x01\x00s")
    with pytest.raises(InputError) as error:
        texts(compound({"Workbook": biff(BOOK, place, END) + sheet}), "report.xls")
    assert error.value.code == "damaged"
