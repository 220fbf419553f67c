"""OpenDocument texts put together from pieces of their XML: a test writes down only what it is about."""

import io
import zipfile

from gilint.limits import DEFAULT
from gilint.model import Paragraph
from gilint.readers.odt import read

URN = "urn:oasis:names:tc:opendocument:xmlns:"
SPACES = " ".join(
    f'xmlns:{prefix}="{URN}{name}:1.0"'
    for prefix, name in (
        ("office", "office"),
        ("table", "table"),
        ("text", "text"),
        ("style", "style"),
        ("draw", "drawing"),
        ("meta", "meta"),
        ("svg", "svg-compatible"),
    )
)
SPACES += ' xmlns:dc="http://purl.org/dc/elements/1.1/"'
SPACES += ' xmlns:loext="urn:org:documentfoundation:names:experimental:office:xmlns:loext:1.0"'


def odt(body, *, automatic="", styles="", meta=""):
    """A document; ``automatic`` are styles of the content, ``styles`` those of the document."""
    content = (
        f"<office:document-content {SPACES}><office:automatic-styles>{automatic}</office:automatic-styles>"
        f"<office:body><office:text>{body}</office:text></office:body></office:document-content>"
    )
    members = {
        "mimetype": "application/vnd.oasis.opendocument.text",
        "content.xml": content,
        "styles.xml": f"<office:document-styles {SPACES}><office:styles>{styles}</office:styles>"
        "</office:document-styles>",
        "meta.xml": f"<office:document-meta {SPACES}><office:meta>{meta}</office:meta></office:document-meta>",
    }
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in members.items():
            archive.writestr(name, text)
    return out.getvalue()


def read_odt(body, limits=DEFAULT, **more):
    return read(odt(body, **more), "report.odt", limits)


def seen(body, **more):
    """Paragraphs as texts, tables as rows of cells; a merged cell as (text, rows, columns)."""
    return [plain(block) for block in read_odt(body, **more).blocks]


def plain(block):
    if isinstance(block, Paragraph):
        return block.text
    return [
        [
            (cell.text, cell.row_span, cell.column_span) if cell.row_span * cell.column_span > 1 else cell.text
            for cell in row
        ]
        for row in block.rows
    ]


def notes(document):
    return {note.kind: note.count for note in document.notes}


def p(*content, style=""):
    named = f' text:style-name="{style}"' if style else ""
    return f"<text:p{named}>{''.join(content)}</text:p>"


def h(text, level=1, attributes=""):
    return f'<text:h text:outline-level="{level}" {attributes}>{text}</text:h>'


def cell(*content, attributes=""):
    """A cell; text without tags is a paragraph."""
    inside = "".join(each if each.startswith("<") else p(each) for each in content)
    return f"<table:table-cell {attributes}>{inside}</table:table-cell>"


def row(*cells, attributes=""):
    inside = "".join(each if each.startswith("<") else cell(each) for each in cells)
    return f"<table:table-row {attributes}>{inside}</table:table-row>"


COVERED = "<table:covered-table-cell/>"


def spans(rows, columns):
    return f'table:number-rows-spanned="{rows}" table:number-columns-spanned="{columns}"'


def table(*rows, attributes=""):
    return f"<table:table {attributes}>{''.join(rows)}</table:table>"
