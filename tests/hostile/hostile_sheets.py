"""Workbooks that claim more cells than there are numbers for them."""

import re
import struct

from forging import MEGABYTE, biff, changed, compound, fixture, unzipped, zipped
from registry import add, hostile

XLSX = fixture("clean-2024.xlsx")
SHEET = unzipped(XLSX)["xl/worksheets/sheet1.xml"]
ODS = fixture("clean-2024-calc.ods")
CONTENT = unzipped(ODS)["content.xml"]
XLS = fixture("clean-2024-calc.xls")
CELL = b'<c r="%s"><v>1</v></c>'


def sheet(text):
    return changed(XLSX, xl__worksheets__sheet1_xml=text)


def sheet_with(rows, behind=b""):
    """The report with rows below it, and elements behind all rows."""
    return sheet(SHEET.replace(b"</sheetData>", rows + b"</sheetData>" + behind, 1))


def ods_with(rows):
    return changed(ODS, content_xml=CONTENT.replace(b"</table:table>", rows + b"</table:table>", 1))


# --- claims -----------------------------------------------------------------------------------------------------------


@hostile("report.xlsx", "report", "too-large", heavy=True)
def xlsx_that_says_it_fills_the_whole_sheet():
    return sheet(SHEET.replace(b'ref="A1:O77"', b'ref="A1:XFD1048576"'))


@hostile("report.xlsx", "report", "too-large", "damaged", heavy=True)
def xlsx_that_says_it_is_larger_than_a_sheet():
    return sheet(SHEET.replace(b'ref="A1:O77"', b'ref="A1:ZZZZZZZ99999999999"'))


@hostile("report.xlsx", "too-large", "report", heavy=True)
def xlsx_with_a_cell_in_the_last_corner():
    return sheet_with(b'<row r="1048576">' + CELL % b"XFD1048576" + b"</row>")


@hostile("report.xlsx", "too-large", "report", heavy=True, rare=True)
def xlsx_with_a_cell_in_the_last_column():
    return sheet_with(b'<row r="5000">' + CELL % b"XFD5000" + b"</row>")


@hostile("report.xlsx", "too-large", "damaged", "report", heavy=True)
def xlsx_with_a_cell_beyond_the_sheet():
    return sheet_with(b'<row r="4294967295">' + CELL % b"ZZZZZZ4294967295" + b"</row>")


@hostile("report.xlsx", heavy=True)
def xlsx_with_cells_without_places():
    return sheet_with(b"<row>" + b"<c><v>1</v></c>" * 100_000 + b"</row>")


@hostile("report.xlsx", heavy=True)
def xlsx_with_a_range_merged_over_the_whole_sheet():
    return sheet_with(b"", b'<mergeCells count="1"><mergeCell ref="A1:XFD1048576"/></mergeCells>')


@hostile("report.xlsx", heavy=True)
def xlsx_with_100_000_merged_ranges_over_the_whole_sheet():
    return sheet_with(b"", b"<mergeCells>" + b'<mergeCell ref="A1:XFD1048576"/>' * 100_000 + b"</mergeCells>")


for name, ref in {
    "backwards": b"O70:A1",
    "of-nothing": b"",
    "of-words": b"nonsense",
    "beyond": b"A1:ZZZZZZ9999999999",
}.items():
    add(
        f"xlsx-with-a-merged-range-{name}",
        "report.xlsx",
        lambda ref=ref: sheet_with(b"", b'<mergeCells><mergeCell ref="%s"/></mergeCells>' % ref),
    )


@hostile("report.xlsx", heavy=True)
def xlsx_with_1000_sheets():
    members = unzipped(XLSX)
    sheets = b"".join(b'<sheet name="s%d" sheetId="%d" r:id="rId1"/>' % (number, number) for number in range(2, 1002))
    members["xl/workbook.xml"] = members["xl/workbook.xml"].replace(
        b"</sheets>",
        sheets.replace(
            b"<sheet ", b'<sheet xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
        )
        + b"</sheets>",
    )
    return zipped(members)


def many_rows(count):
    return b"".join(
        b'<row r="%d">' % number + b"".join(CELL % (b"%c%d" % (column, number)) for column in b"ABCDEFGH") + b"</row>"
        for number in range(100, 100 + count)
    )


for count in (10_000, 100_000):
    add(
        f"xlsx-with-a-table-of-{count}-rows",
        "report.xlsx",
        lambda count=count: sheet_with(many_rows(count)),
        heavy=True,
    )

for value in (b"99999999999", b"-1", b"abc", b"", b"9" * 5000):
    shown = value[:12].decode() or "nothing"
    add(
        f"xlsx-with-a-shared-string-{shown}",
        "report.xlsx",
        lambda value=value: sheet_with(b'<row r="90"><c r="A90" t="s"><v>%s</v></c></row>' % value),
    )
    add(
        f"xlsx-with-a-style-and-a-row-{shown}",
        "report.xlsx",
        lambda value=value: sheet_with(b'<row r="%s"><c r="A90" s="%s"><v>1</v></c></row>' % (value, value)),
    )

for name, cell in {
    "a-number-that-is-none": b'<c r="A90"><v>1..2</v></c>',
    "an-infinite-number": b'<c r="A90"><v>1e999999</v></c><c r="B90"><v>NaN</v></c><c r="C90"><v>INF</v></c>',
    "a-date-out-of-time": b'<c r="A90" t="d"><v>99999-99-99</v></c><c r="B90" s="14"><v>1e300</v></c>',
    "an-unknown-kind": b'<c r="A90" t="zzz"><v>1</v></c>',
    "an-error": b'<c r="A90" t="e"><v>#NEVER!</v></c>',
    "a-formula-without-end": b'<c r="A90"><f>%s</f><v>1</v></c>' % (b"(" * 100_000),
    "a-shared-formula-of-the-whole-sheet": b'<c r="A90"><f t="shared" ref="A1:XFD1048576" si="0">A1</f><v>1</v></c>',
    "a-broken-place": b'<c r="A"><v>1</v></c><c r="90"><v>1</v></c><c r="A0"><v>1</v></c><c r="$"><v>1</v></c>',
}.items():
    add(f"xlsx-with-{name}", "report.xlsx", lambda cell=cell: sheet_with(b'<row r="90">' + cell + b"</row>"))


@hostile("report.xlsx")
def xlsx_with_a_document_type():
    return sheet(b'<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>' + SHEET.replace(b"<v>", b"<v>&a;", 1))


@hostile("report.xlsx")
def xlsx_whose_sheet_is_missing():
    return zipped({name: content for name, content in unzipped(XLSX).items() if "sheet1" not in name})


@hostile("report.xlsx")
def xlsx_with_phonetic_text_nested_100_000_deep():
    return sheet_with(b'<row r="90"><c r="A90" t="inlineStr"><is>' + b"<r>" * 100_000 + b"</is></c></row>")


@hostile("report.xlsx", heavy=True, rare=True)
def xlsx_with_a_text_of_60_megabytes():
    members = unzipped(XLSX)
    cell = (
        b'<row r="90"><c r="A90" t="inlineStr"><is><t>' + "国".encode() * (17 * MEGABYTE // 3) + b"</t></is></c></row>"
    )
    return zipped({**members, "xl/worksheets/sheet1.xml": SHEET.replace(b"</sheetData>", cell + b"</sheetData>")}, 0)


# --- OpenDocument -----------------------------------------------------------------------------------------------------

VALUE = b'<table:table-cell office:value-type="float" office:value="1" table:number-columns-repeated="%d"/>'


@hostile("report.ods", "too-large", heavy=True)
def ods_that_repeats_a_value_over_the_whole_sheet():
    return ods_with(b'<table:table-row table:number-rows-repeated="1048576">' + VALUE % 16384 + b"</table:table-row>")


@hostile("report.ods", heavy=True)
def ods_that_repeats_a_value_a_billion_times():
    return ods_with(b"<table:table-row>" + VALUE % 1_000_000_000 + b"</table:table-row>")


@hostile("report.ods", heavy=True, rare=True)
def ods_that_repeats_a_row_four_billion_times():
    return ods_with(b'<table:table-row table:number-rows-repeated="4294967295">' + VALUE % 3 + b"</table:table-row>")


@hostile("report.ods", heavy=True)
def ods_far_to_the_right():
    away = b'<table:table-cell table:number-columns-repeated="4000000000"/>'
    return changed(ODS, content_xml=re.sub(rb"<table:table-row\b[^>]*[^>/]>", lambda row: row[0] + away, CONTENT))


@hostile("report.ods", heavy=True)
def ods_with_20_000_repeated_rows():
    return ods_with(
        b'<table:table-row table:number-rows-repeated="1048576"><table:table-cell/></table:table-row>' * 20_000
    )


for value in (b"99999999", b"0", b"-1", b"abc", b"", b"9" * 5000):
    shown = value[:12].decode() or "nothing"
    for kind in (
        b"number-columns-spanned",
        b"number-rows-spanned",
        b"number-columns-repeated",
        b"number-rows-repeated",
    ):
        add(
            f"ods-with-{kind.decode()}-of-{shown}",
            "report.ods",
            lambda value=value, kind=kind: changed(
                ODS, content_xml=CONTENT.replace(b'table:%s="' % kind, b'table:%s="%s" table:x="' % (kind, value))
            ),
        )


@hostile("report.ods", heavy=True, rare=True)
def ods_with_a_table_of_100_000_rows():
    return ods_with((b"<table:table-row>" + VALUE % 8 + b"</table:table-row>") * 100_000)


@hostile("report.ods")
def ods_with_an_entity_bomb():
    return changed(ODS, content_xml=b'<!DOCTYPE x [<!ENTITY a "aaaa">]>' + CONTENT.partition(b"?>")[2])


# --- BIFF -------------------------------------------------------------------------------------------------------------

BOOK = (0x0809, struct.pack("<HHHHII", 0x0600, 5, 0, 0, 0, 0))
PAGE = (0x0809, struct.pack("<HHHHII", 0x0600, 16, 0, 0, 0, 0))
END = (0x000A, b"")


def book(*records, globals_=()):
    """A workbook of 1997 with one sheet of the given records."""
    at = len(biff(BOOK, *globals_, (0x0085, bytes(6) + b"\x01\x00s"), END))
    stream = biff(BOOK, *globals_, (0x0085, struct.pack("<IH", at, 0) + b"\x01\x00s"), END)
    return compound({"Workbook": stream + biff(PAGE, *records, END)})


def number(row, column):
    return (0x0203, struct.pack("<HHHd", row, column, 0, 1.0))


@hostile("report.xls", heavy=True)
def xls_with_a_cell_in_the_last_corner():
    return book(number(0, 0), number(65535, 65535))


@hostile("report.xls", heavy=True)
def xls_that_says_it_fills_the_whole_sheet():
    return book((0x0200, struct.pack("<IIHHH", 0, 0xFFFFFFFF, 0, 0xFFFF, 0)), number(0, 0))


@hostile("report.xls", heavy=True)
def xls_with_more_shared_strings_than_bytes():
    return book(number(0, 0), globals_=((0x00FC, struct.pack("<II", 0xFFFFFFFF, 0xFFFFFFFF) + b"\x01\x00\x00a"),))


@hostile("report.xls", "encrypted")
def xls_under_a_password():
    return book(number(0, 0), globals_=((0x002F, bytes(54)),))


@hostile("report.xls")
def xls_with_a_merged_range_over_the_whole_sheet():
    return book(number(0, 0), (0x00E5, struct.pack("<HHHHH", 1, 0, 65535, 0, 65535)))


@hostile("report.xls", heavy=True)
def xls_whose_sectors_run_in_a_circle():
    return compound({"Workbook": biff(BOOK, END)}, cyclic=True)


@hostile("report.xls")
def xls_without_sheets():
    return compound({"Workbook": biff(BOOK, END)})


for at in (15_000, 10_000, 5_000, 600, 520):
    add(f"xls-with-zeros-from-byte-{at}-on", "report.xls", lambda at=at: XLS[:at] + bytes(len(XLS) - at))

# --- XLSB -------------------------------------------------------------------------------------------------------------


def record(kind, content):
    """A record of a binary workbook; kind and length are numbers of seven bits a byte."""

    def packed(value):
        out = b""
        while True:
            value, low = value >> 7, value & 0x7F
            out += bytes([low | (0x80 if value else 0)])
            if not value:
                return out

    kind_bytes = bytes([kind & 0x7F | 0x80, kind >> 7]) if kind > 0x7F else bytes([kind])
    return kind_bytes + packed(len(content)) + content


def wide(text):
    return struct.pack("<I", len(text)) + text.encode("utf-16-le")


def binary_book(cells, dimension=(0, 0, 0, 0), merged=b""):
    """A binary workbook of one sheet with the given records of cells and of merged ranges."""
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    sheet = record(0x9C, struct.pack("<III", 0, 1, 4) + "rId1".encode("utf-16-le") + wide("报告"))
    return zipped(
        {
            "[Content_Types].xml": b"<Types/>",
            "_rels/.rels": _relation("r", f"{office}/officeDocument", "xl/workbook.bin"),
            "xl/_rels/workbook.bin.rels": _relation("rId1", f"{office}/worksheet", "worksheets/sheet1.bin"),
            "xl/workbook.bin": record(0x83, b"") + record(0x8F, b"") + sheet + record(0x90, b"") + record(0x84, b""),
            "xl/worksheets/sheet1.bin": b"".join(
                (
                    *(record(0x81, b""), record(0x94, struct.pack("<IIII", *dimension)), record(0x91, b""), cells),
                    *(record(0x92, b""), record(0xB1, bytes(4)), merged, record(0xB2, b""), record(0x82, b"")),
                )
            ),
        }
    )


def _relation(key, kind, target):
    space = "http://schemas.openxmlformats.org/package/2006/relationships"
    relation = f'<Relationship Id="{key}" Type="{kind}" Target="{target}"/>'
    return f'<Relationships xmlns="{space}">{relation}</Relationships>'.encode()


def binary_row(row, column):
    return record(0x00, struct.pack("<I", row) + bytes(13)) + record(0x05, struct.pack("<IId", column, 0, 1.0))


@hostile("report.xlsb", heavy=True)
def xlsb_with_a_cell_in_the_last_corner():
    return binary_book(binary_row(0, 0) + binary_row(1048575, 16383))


@hostile("report.xlsb", heavy=True, rare=True)
def xlsb_with_a_cell_beyond_the_sheet():
    return binary_book(binary_row(0, 0) + binary_row(0xFFFFFFFF, 0xFFFFFFFF))


@hostile("report.xlsb", heavy=True)
def xlsb_that_says_it_fills_the_whole_sheet():
    return binary_book(binary_row(0, 0), (0, 0xFFFFFFFF, 0, 0xFFFFFFFF))
