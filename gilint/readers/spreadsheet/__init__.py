"""Workbooks: XLSX, XLSM, XLSB, XLS (also of WPS, .et), ODS, and their forms of one XML file.

A reader for each format puts the cells with text into a :class:`Book`; what of it is a table and what is text is told
in one place for all. All sheets are one document, in their order; hidden ones are left out.
"""

from __future__ import annotations

from gilint.model import Document
from gilint.readers.embeds import OBJECTS, PICTURES, only_embeds
from gilint.readers.package import Package, parse_xml
from gilint.readers.spreadsheet.book import Book
from gilint.readers.spreadsheet.layout import blocks_of
from gilint.readers.text import empty

TYPE_CHECKING = False
if TYPE_CHECKING:
    from gilint.limits import Limits

ZIP, COMPOUND = b"PK", b"\xd0\xcf\x11\xe0"
CONTENT = "content.xml"
BINARY = "xl/workbook.bin"
BINARY_KINDS, UTF_16 = ("xls", "xlsb"), "UTF-16 LE"


def read(data: bytes, name: str, limits: Limits) -> Document:
    """Raises ``InputError``: ``damaged``, ``encrypted``, ``too-large``, ``entities``, ``empty``, and ``no-text``
    when it holds pictures or objects only."""
    book = _book(data, name, limits)
    visible = [sheet for sheet in book.sheets if not sheet.hidden] or book.sheets
    blocks = tuple([block for sheet in visible for block in blocks_of(sheet)])
    if not blocks:
        raise only_embeds(name, book.notes) or empty(name)
    hidden = [sheet for sheet in book.sheets if sheet not in visible and sheet.cells]
    if hidden:
        book.note("hidden-sheets", hidden[0].origin(0, 0), len(hidden))
    embeds = {note.kind for note in book.notes}.intersection((PICTURES, OBJECTS))
    return Document(
        name=name,
        format=book.kind,
        encoding=UTF_16 if book.kind in BINARY_KINDS else "UTF-8",
        blocks=blocks,
        metadata=book.metadata,
        notes=book.notes,
        keeps_tables=None if embeds else True,
    )


def _book(data: bytes, name: str, limits: Limits) -> Book:
    if data.startswith(COMPOUND):
        from gilint.readers.spreadsheet.xls import read_xls

        book = Book(name, "xls", limits)
        read_xls(data, book)
    elif data.startswith(ZIP):
        book = _packed(Package(data, name, limits), limits)
    else:
        book = _flat(data, name, limits)
    return book


def _packed(package: Package, limits: Limits) -> Book:
    if CONTENT in package:
        from gilint.readers.spreadsheet.ods import read_ods

        book = Book(package.name, "ods", limits)
        read_ods(package, book)
    elif BINARY in package:
        from gilint.readers.spreadsheet.xlsb import read_xlsb

        book = Book(package.name, "xlsb", limits)
        read_xlsb(package, book)
    else:
        from gilint.readers.spreadsheet.xlsx import read_xlsx

        book = Book(package.name, "xlsx", limits)
        read_xlsx(package, book)
    return book


def _flat(data: bytes, name: str, limits: Limits) -> Book:
    root = parse_xml(data, name)
    if root.tag.endswith("}document"):
        from gilint.readers.spreadsheet.ods import read_content

        book = Book(name, "fods", limits)
        read_content(root, book)
    else:
        from gilint.readers.spreadsheet.xml2003 import read_xml

        book = Book(name, "xml", limits)
        read_xml(root, book)
    return book
