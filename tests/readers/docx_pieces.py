"""Word documents put together from pieces of their XML: a test writes down only what it is about."""

import io
import zipfile
from xml.sax.saxutils import escape

from gilint.limits import DEFAULT
from gilint.readers.docx import read

MAIN = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
NAMESPACES = (
    f'xmlns:w="{MAIN}" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
    'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture" '
    'xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart" '
    'xmlns:v="urn:schemas-microsoft-com:vml" '
    'xmlns:o="urn:schemas-microsoft-com:office:office"'
)
RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
NORMAL = '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/></w:style>'


def run(text, properties=""):
    return f'<w:r>{wrapped("rPr", properties)}<w:t xml:space="preserve">{escape(text)}</w:t></w:r>'


def paragraph(content="", properties="", style=None):
    """A paragraph; ``content`` is XML, or text where it has no tag in it."""
    if style is not None:
        properties = f'<w:pStyle w:val="{style}"/>{properties}'
    inside = content if "<" in content else (run(content) if content else "")
    return f"<w:p>{wrapped('pPr', properties)}{inside}</w:p>"


def wrapped(tag, content):
    return f"<w:{tag}>{content}</w:{tag}>" if content else ""


def cell(content="", properties=""):
    """A cell; ``content`` is text, or XML of whole blocks."""
    inside = content if content.startswith("<w:") else paragraph(content)
    return f"<w:tc>{wrapped('tcPr', properties)}{inside}</w:tc>"


def row(*cells, properties=""):
    """A row; plain text stands for a cell of that text."""
    inside = "".join(each if each.startswith("<") else cell(each) for each in cells)
    return f"<w:tr>{wrapped('trPr', properties)}{inside}</w:tr>"


def table(*rows):
    return f"<w:tbl><w:tblPr/><w:tblGrid/>{''.join(rows)}</w:tbl>"


def document(body, namespaces=NAMESPACES):
    root = f"<w:document {namespaces}><w:body>{body}<w:sectPr/></w:body></w:document>"
    return f'<?xml version="1.0" encoding="UTF-8"?>{root}'


def relations(*pairs):
    lines = "".join(
        f'<Relationship Id="r{count}" Type="{kind}" Target="{target}"/>' for count, (kind, target) in enumerate(pairs)
    )
    return f'<Relationships xmlns="{PACKAGE}/relationships">{lines}</Relationships>'


def package(body="", *, styles=None, numbering=None, footnotes=None, endnotes=None, **members):
    """The bytes of a document. Members of other names replace or add parts; ``None`` leaves one out."""
    parts = {
        "_rels/.rels": relations((f"{RELATION}/officeDocument", "word/document.xml")),
        "word/document.xml": document(body),
    }
    given = {"styles": styles, "numbering": numbering, "footnotes": footnotes, "endnotes": endnotes}
    used = {key: content for key, content in given.items() if content is not None}
    for key, content in used.items():
        parts[f"word/{key}.xml"] = f"<w:{key} {NAMESPACES}>{content}</w:{key}>"
    parts["word/_rels/document.xml.rels"] = relations(*((f"{RELATION}/{key}", f"{key}.xml") for key in used))
    parts.update(members)
    return zipped({name: content for name, content in parts.items() if content is not None})


def zipped(parts):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return out.getvalue()


def opened(body="", limits=DEFAULT, **parts):
    return read(package(body, **parts), "report.docx", limits)


def texts(body="", **parts):
    """The paragraphs of a document; a table counts as the texts of its cells, row by row."""
    return [
        block.text if hasattr(block, "text") else [[cell.text for cell in row] for row in block.rows]
        for block in opened(body, **parts).blocks
    ]


def spans(origin, text):
    """Where each character of a text stands."""
    return [origin.span(at, at + 1).as_dict() for at in range(len(text))]
