"""Valid files of every format, from which others are made: saved by programs, or put together from a sample report."""

import base64
import json
import struct
from functools import cache
from xml.sax.saxutils import escape

import documents
from forging import FORMATS, ROOT, unzipped, zipped
from hostile_html import mail, saved
from hostile_sheets import binary_book, record, wide
from printing import Slot

import gilint


def saved_as(name):
    """A file that another program saved."""
    return lambda: (FORMATS / name).read_bytes()


def example(name):
    return lambda: (ROOT / "examples" / name).read_bytes()


@cache
def report():
    return gilint.Linter(config=False).read(ROOT / "examples" / "clean-2024.txt")


def written(writer):
    """A file that a writer of the other tests makes of a sample report."""
    return lambda: getattr(documents, writer)(documents.blocks(report()))


# --- pages, data, archives ------------------------------------------------------------------------------------------


def page_in_gbk():
    return written("write_html")().decode().replace("utf-8", "gbk").encode("gb18030")


def saved_page():
    return saved(written("write_html")())


def saved_page_in_base64():
    page = base64.encodebytes(written("write_html")()).decode()
    return mail([("text/html; charset=utf-8", "base64", page), ("text/css", "7bit", "p {}")])


def as_json():
    return documents.write_json(report())


def as_read():
    from gilint.reporters.reading import render_json

    return render_json(report()).encode()


def as_yaml():
    import yaml

    return yaml.safe_dump(json.loads(as_json()), allow_unicode=True, sort_keys=False).encode()


def archive():
    members = {
        "报告.html": written("write_html")(),
        "b/miyun.txt": example("miyun-2024.txt")(),
        "a.docx": written("write_docx")(),
    }
    return zipped(members)


# --- packages in one XML file ---------------------------------------------------------------------------------------


def flat_word():
    """A DOCX as one XML file, as Word saves it."""
    parts = {
        name: content
        for name, content in unzipped(written("write_docx")()).items()
        if name.endswith((".rels", "document.xml"))
    }
    held = "".join(
        f'<pkg:part pkg:name="/{name}"><pkg:xmlData>{content.decode().partition("?>")[2]}</pkg:xmlData></pkg:part>'
        for name, content in parts.items()
    )
    space = "http://schemas.microsoft.com/office/2006/xmlPackage"
    return f'<?xml version="1.0"?><pkg:package xmlns:pkg="{space}">{held}</pkg:package>'.encode()


def flat_opendocument(name, kind):
    """An ODT or ODS as one XML file, as LibreOffice saves it."""

    def seed():
        content = unzipped(saved_as(name)())["content.xml"].decode().partition("?>")[2]
        media = f'office:mimetype="application/vnd.oasis.opendocument.{kind}"'
        flat = content.replace("<office:document-content", f"<office:document {media}", 1)
        return b'<?xml version="1.0"?>\n' + flat.replace("</office:document-content>", "</office:document>").encode()

    return seed


def workbook_of_2003():
    """A workbook as one XML file, as Excel 2003 saves it."""
    rows = []
    for block in documents.blocks(report()):
        if block.kind != "table":
            rows.append(
                f'<Row><Cell ss:MergeAcross="9"><Data ss:Type="String">{escape(block.text)}</Data></Cell></Row>'
            )
            continue
        lines = [[] for _row in block.rows]
        for row, column, slot in documents.places(block.rows):
            kind = "Number" if slot.text.isdigit() else "String"
            merged = f' ss:MergeAcross="{slot.columns - 1}" ss:MergeDown="{slot.rows - 1}"'
            lines[row].append(
                f'<Cell ss:Index="{column + 1}"{merged}><Data ss:Type="{kind}">{escape(slot.text)}</Data></Cell>'
            )
        rows += [f"<Row>{''.join(line)}</Row>" for line in lines]
    space = "urn:schemas-microsoft-com:office:spreadsheet"
    table = f'<Worksheet ss:Name="报告"><Table>{"".join(rows)}</Table></Worksheet>'
    return f'<?xml version="1.0"?><Workbook xmlns="{space}" xmlns:ss="{space}">{table}</Workbook>'.encode()


def binary_workbook():
    """A workbook in binary records, as Excel saves it on request."""
    cells, merged, below = [], [], 0
    for block in documents.blocks(report()):
        slots = list(documents.places(block.rows)) if block.kind == "table" else [(0, 0, Slot(block.text, 10))]
        for row in range(slots[-1][0] + 1):
            cells.append(record(0x00, struct.pack("<I", below + row) + bytes(13)))
            for column, slot in ((column, slot) for at, column, slot in slots if at == row):
                place = struct.pack("<II", column, 0)
                value = struct.pack("<d", int(slot.text)) if slot.text.isdigit() else wide(slot.text)
                cells.append(record(0x05 if slot.text.isdigit() else 0x06, place + value))
                if slot.rows > 1 or slot.columns > 1:
                    ends = (below + row, below + row + slot.rows - 1, column, column + slot.columns - 1)
                    merged.append(record(0xB0, struct.pack("<IIII", *ends)))
        below += slots[-1][0] + 2
    return binary_book(b"".join(cells), merged=b"".join(merged))


SEEDS = {
    "text": (example("miyun-2024.txt"), example("clean-2024.txt")),
    "markdown": (written("write_markdown"),),
    "docx": (saved_as("clean-2024.docx"), saved_as("miyun-2024-writer.docx"), saved_as("clean-2024-writer.docx")),
    "wordxml": (flat_word,),
    "odt": (saved_as("clean-2024-writer.odt"), saved_as("miyun-2024-writer.odt")),
    "fodt": (flat_opendocument("clean-2024-writer.odt", "text"),),
    "xlsx": (saved_as("clean-2024.xlsx"), saved_as("miyun-2024-calc.xlsx")),
    "xlsb": (binary_workbook,),
    "xls": (saved_as("clean-2024-calc.xls"), saved_as("miyun-2024-calc.xls")),
    "ods": (saved_as("clean-2024-calc.ods"), saved_as("miyun-2024-calc.ods")),
    "fods": (flat_opendocument("clean-2024-calc.ods", "spreadsheet"),),
    "xml2003": (workbook_of_2003,),
    "html": (
        saved_as("clean-2024-writer.html"),
        saved_as("miyun-2024-calc.html"),
        written("write_html"),
        page_in_gbk,
    ),
    "mhtml": (saved_page, saved_page_in_base64),
    "json": (as_json, as_read),
    "yaml": (as_yaml,),
    "pdf": (saved_as("clean-2024-writer.pdf"), saved_as("miyun-2024-chromium.pdf")),
    "doc": (saved_as("clean-2024-writer.doc"), saved_as("miyun-2024-writer.doc")),
    "rtf": (saved_as("clean-2024-writer.rtf"),),
    "zip": (archive,),
}


@cache
def seeds_of(kind):
    return [seed() for seed in SEEDS[kind]]
