"""A generated report as a Word document, its prose cut into runs as word processors do."""

import io
import zipfile
from collections.abc import Iterator, Sequence
from random import Random
from xml.sax.saxutils import escape

from benchmarks.corpus.content import Content, Place, Table

NAMESPACE = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
KIND = "application/vnd.openxmlformats-officedocument.wordprocessingml"
TYPES = (
    f'{XML}<Types xmlns="{PACKAGE}/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/>'
    f'<Override PartName="/word/document.xml" ContentType="{KIND}.document.main+xml"/>'
    f'<Override PartName="/word/styles.xml" ContentType="{KIND}.styles+xml"/></Types>'
)
RELATIONS = (
    f'{XML}<Relationships xmlns="{PACKAGE}/relationships">'
    '<Relationship Id="rId1" Type="{kind}" Target="{target}"/></Relationships>'
)
STYLES = (
    f'{XML}<w:styles xmlns:w="{NAMESPACE}"><w:style w:type="paragraph" w:default="1" w:styleId="Normal">'
    '<w:name w:val="Normal"/></w:style></w:styles>'
)
RUN = '<w:r><w:rPr><w:rFonts w:hint="eastAsia"/><w:sz w:val="18"/></w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'
BREAK = "<w:r><w:br/></w:r>"
PARAGRAPH = '<w:p><w:pPr><w:spacing w:line="360" w:lineRule="auto"/></w:pPr>{runs}</w:p>'
EDGES = "".join(
    f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="000000"/>'
    for side in ("top", "left", "bottom", "right", "insideH", "insideV")
)
WIDTH = 9000


def document(made: Content, number: int) -> bytes:
    """The file; the same ``number`` cuts the same runs."""
    chance = Random(number)
    body = "".join(
        _table(block, chance) if isinstance(block, Table) else _paragraph(block, chance) for block in made.blocks
    )
    main = (
        f'{XML}<w:document xmlns:w="{NAMESPACE}" xmlns:r="{OFFICE}"><w:body>{body}'
        '<w:sectPr><w:pgSz w:w="11906" w:h="16838"/></w:sectPr></w:body></w:document>'
    )
    parts = {
        "[Content_Types].xml": TYPES,
        "_rels/.rels": RELATIONS.format(kind=f"{OFFICE}/officeDocument", target="word/document.xml"),
        "word/_rels/document.xml.rels": RELATIONS.format(kind=f"{OFFICE}/styles", target="styles.xml"),
        "word/styles.xml": STYLES,
        "word/document.xml": main,
    }
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as package:
        for name, text in parts.items():
            package.writestr(zipfile.ZipInfo(name, (2024, 1, 1, 0, 0, 0)), text, zipfile.ZIP_DEFLATED)
    return file.getvalue()


def _paragraph(text: str, chance: Random) -> str:
    return PARAGRAPH.format(runs=BREAK.join("".join(_runs(line, chance)) for line in text.split("\n")))


def _runs(line: str, chance: Random) -> Iterator[str]:
    begun = 0
    while begun < len(line):
        length = chance.randint(8, 40)
        yield RUN.format(text=escape(line[begun : begun + length]))
        begun += length


def _table(table: Table, chance: Random) -> str:
    grid = table.grid()
    width = WIDTH // len(grid[0])
    columns = f'<w:gridCol w:w="{width}"/>' * len(grid[0])
    rows = "".join(_row(row, width, chance) for row in grid)
    return (
        f'<w:tbl><w:tblPr><w:tblW w:w="{WIDTH}" w:type="dxa"/><w:tblBorders>{EDGES}</w:tblBorders></w:tblPr>'
        f"<w:tblGrid>{columns}</w:tblGrid>{rows}</w:tbl>{_paragraph('', chance)}"
    )


def _row(row: Sequence[Place], width: int, chance: Random) -> str:
    return f"<w:tr>{''.join(_cell(place, width, chance) for place in row if not place.right)}</w:tr>"


def _cell(place: Place, width: int, chance: Random) -> str:
    cell = place.cell
    merged = f'<w:gridSpan w:val="{cell.columns}"/>' if cell.columns > 1 else ""
    if cell.rows > 1:
        merged += "<w:vMerge/>" if place.down else '<w:vMerge w:val="restart"/>'
    properties = f'<w:tcPr><w:tcW w:w="{width * cell.columns}" w:type="dxa"/>{merged}</w:tcPr>'
    return f"<w:tc>{properties}{_paragraph('' if place.down else cell.text, chance)}</w:tc>"
