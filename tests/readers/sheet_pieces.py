"""Workbooks put together piece by piece, and documents as lists that are easy to compare."""

import io
import struct
import zipfile

from gilint.limits import DEFAULT
from gilint.model import Paragraph
from gilint.readers.spreadsheet import read
from gilint.readers.spreadsheet.book import Book
from gilint.readers.spreadsheet.layout import blocks_of

MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
RELATION = 'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
RELATIONS = 'xmlns="http://schemas.openxmlformats.org/package/2006/relationships"'
TYPES = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def seen(document):
    """Paragraphs as their text, tables as lists of rows."""
    return [plain(block) for block in document.blocks]


def plain(block):
    """A block as text or as rows of cells; a merged cell as (text, rows, columns)."""
    if isinstance(block, Paragraph):
        return block.text
    return [
        [
            (cell.text, cell.row_span, cell.column_span) if cell.row_span * cell.column_span > 1 else cell.text
            for cell in row
        ]
        for row in block.rows
    ]


def laid_out(*rows, merged=(), hidden_rows=(), hidden_columns=(), framed=(), limits=DEFAULT):
    """The blocks of a sheet of these rows of texts; ``None`` and ``""`` are blank cells."""
    sheet = Book("book.xlsx", "xlsx", limits).sheet("表")
    for row, texts in enumerate(rows):
        for column, text in enumerate(texts):
            sheet.put(row, column, text or "")
    sheet.merged += merged
    sheet.hidden_rows += [(row, row) for row in hidden_rows]
    sheet.hidden_columns += [(column, column) for column in hidden_columns]
    for row, column in framed:
        sheet.frame(row, range(column, column + 1))
    return list(blocks_of(sheet))


def zipped(members):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return out.getvalue()


def unzipped(data):
    """The members of a package as texts."""
    archive = zipfile.ZipFile(io.BytesIO(data))
    return {name: archive.read(name).decode() for name in archive.namelist()}


# --- XLSX -------------------------------------------------------------------------------------------------------------


def xlsx(*sheets, strings=None, styles=None, workbook="", **members):
    """A workbook of sheets, each the XML of its rows, or of all that a sheet holds when it has a ``sheetData``."""
    listed = "".join(
        f'<sheet name="表{number}" sheetId="{number}" r:id="r{number}"/>' for number in range(1, len(sheets) + 1)
    )
    related = "".join(
        f'<Relationship Id="r{number}" Type="{TYPES}/worksheet" Target="worksheets/sheet{number}.xml"/>'
        for number in range(1, len(sheets) + 1)
    )
    extra = {"sharedStrings": strings, "styles": styles}
    related += "".join(
        f'<Relationship Id="{kind}" Type="{TYPES}/{kind}" Target="/xl/{kind}.xml"/>'
        for kind, content in extra.items()
        if content is not None
    )
    parts = {
        "_rels/.rels": f'<Relationships {RELATIONS}><Relationship Id="a" Type="{TYPES}/officeDocument" '
        'Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f"<workbook {MAIN} {RELATION}>{workbook}<sheets>{listed}</sheets></workbook>",
        "xl/_rels/workbook.xml.rels": f"<Relationships {RELATIONS}>{related}</Relationships>",
    }
    for number, sheet in enumerate(sheets, 1):
        inside = sheet if "<sheetData" in sheet else f"<sheetData>{sheet}</sheetData>"
        parts[f"xl/worksheets/sheet{number}.xml"] = f"<worksheet {MAIN}>{inside}</worksheet>"
    if strings is not None:
        parts["xl/sharedStrings.xml"] = f"<sst {MAIN}>{strings}</sst>"
    if styles is not None:
        parts["xl/styles.xml"] = f"<styleSheet {MAIN}>{styles}</styleSheet>"
    return zipped({**parts, **{name.replace("__", "/"): content for name, content in members.items()}})


def cells(*texts):
    """A row of cells, each the XML inside of ``<c>`` or a number."""
    return "<row>" + "".join(text if text.startswith("<c") else f"<c><v>{text}</v></c>" for text in texts) + "</row>"


def read_xlsx(*sheets, limits=DEFAULT, **parts):
    return read(xlsx(*sheets, **parts), "book.xlsx", limits)


# --- XLSB -------------------------------------------------------------------------------------------------------------


def record(kind, content=b""):
    """A record of a binary workbook: kind and size take seven bits of each byte."""
    head = bytes([kind]) if kind < 128 else bytes([kind & 0x7F | 0x80, kind >> 7])
    size = len(content)
    while size > 127:
        head += bytes([size & 0x7F | 0x80])
        size >>= 7
    return head + bytes([size]) + content


def wide(text):
    return struct.pack("<I", len(text)) + text.encode("utf-16-le")


def at(column, style=0):
    return struct.pack("<II", column, style)


def row_head(row, *, hidden=False):
    return record(0, struct.pack("<IIHBBBI", row, 0, 300, 0, 0x10 if hidden else 0, 0, 0))


def xlsb(sheet, *, strings=(), codes=(), state=0, since_1904=False):
    """A binary workbook of one sheet, given as its records; ``codes`` are the format codes of styles 1, 2 …"""
    kinds = ("worksheet", "worksheets/sheet1"), ("sharedStrings", "sharedStrings"), ("styles", "styles")
    related = "".join(
        f'<Relationship Id="r{number}" Type="{TYPES}/{kind}" Target="{target}.bin"/>'
        for number, (kind, target) in enumerate(kinds)
    )
    formats = b"".join(record(44, struct.pack("<H", 200 + at) + wide(code)) for at, code in enumerate(codes))
    xfs = b"".join(
        record(47, struct.pack("<HHHHHBBBBH", 0xFFFF, number, 0, 0, 0, 0, 0, 0, 0, 0))
        for number in (0, *range(200, 200 + len(codes)))
    )
    shared = b"".join(record(19, b"\x00" + wide(text)) for text in strings)
    types = "".join(
        f'<Override PartName="/xl/{target}.bin" ContentType="application/vnd.ms-excel.{kind}"/>'
        for kind, target in kinds
    )
    return zipped(
        {
            "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
            '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
            '<Override PartName="/xl/workbook.bin" ContentType="application/vnd.ms-excel.sheet.binary.'
            f'macroEnabled.main"/>{types}</Types>',
            "_rels/.rels": f'<Relationships {RELATIONS}><Relationship Id="a" Type="{TYPES}/officeDocument" '
            'Target="xl/workbook.bin"/></Relationships>',
            "xl/_rels/workbook.bin.rels": f"<Relationships {RELATIONS}>{related}</Relationships>",
            "xl/workbook.bin": record(131)
            + record(153, struct.pack("<III", int(since_1904), 0, 0))
            + record(143)
            + record(156, struct.pack("<II", state, 1) + wide("r0") + wide("数据"))
            + record(144)
            + record(157, struct.pack("<IIIdI", 0, 0, 0, 0.0, 0))
            + record(132),
            "xl/worksheets/sheet1.bin": record(129)
            + record(148, struct.pack("<IIII", 0, 9, 0, 9))
            + record(145)
            + sheet
            + record(146)
            + record(130),
            "xl/sharedStrings.bin": record(159, struct.pack("<II", len(strings), len(strings))) + shared + record(160),
            "xl/styles.bin": record(278)
            + record(615, struct.pack("<I", len(codes)))
            + formats
            + record(616)
            + record(617, struct.pack("<I", len(codes) + 1))
            + xfs
            + record(618)
            + record(279),
        }
    )
