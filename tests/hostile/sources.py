"""Whether a number in a table of a report stands in its source: found without any reader, by cutting at the tags."""

import contextlib
import html
import io
import re
import unicodedata
import zipfile
import zlib
from decimal import Decimal, InvalidOperation

NUMBER = re.compile(r"-?\d+(?:\.\d+)?(?:[eE][-+]?\d+)?")
COMMA = re.compile(r"(?<=\d),(?=\d)")
BROKEN = re.compile(r"(?<=\d)[\r\n]+(?=\d)")
# All of these but the one that turns digits around.
INVISIBLE = dict.fromkeys((0xAD, *range(0x200B, 0x2010), *range(0x202A, 0x202E), *range(0x2060, 0x2070), 0xFEFF))
TAG = re.compile(r"<[^<>]*>")
BLOCKS = re.compile(
    r"<[/?]?(?:w:(?:p|tc|tr|tbl|tab)|text:(?:p|h|tab)|table:[a-z-]+|p|div|t[drh]|table|tbody|h\d|li|c|v|row|si|is|f|(?:ss:)?(?:Cell|Data|Row))\b[^<>]*>"
)


def invented(report, data):
    """The cells whose plain number is nowhere in the source; none where the source cannot be judged."""
    texts = _texts(report.source.format, data)
    if texts is None:
        return []
    known = set()
    for text in texts:
        known |= _numbers(text)
    return [
        f"{table.key} {cell.address.row} {cell.address.column}: {cell.raw!r} is not in the source"
        for table in report.tables.values()
        for cell in table.cells.values()
        if cell.kind == "number" and not cell.style and _value(cell) not in known
    ]


def _value(cell):
    return Decimal(str(cell.value)).normalize()


def _numbers(text):
    """The numbers in a text, those with commas or broken over lines in both readings."""
    folded = unicodedata.normalize("NFKC", text.translate(INVISIBLE))
    found = set()
    for version in (folded, COMMA.sub("", folded), BROKEN.sub("", folded)):
        for match in NUMBER.findall(version):
            try:
                found.update((Decimal(match).normalize(), Decimal(match.lstrip("-")).normalize()))
            except InvalidOperation:
                continue
    return found


def _texts(kind, data):
    """The texts of a source, or ``None`` for one that is not looked into: old Office files and saved pages."""
    if kind in ("text", "markdown", "json", "yaml"):
        return [_decoded(data)]
    if data.startswith(b"PK"):
        return None if kind == "xlsb" else _of_package(data)
    if kind == "pdf":
        return _of_pages(data)
    if kind == "html":
        return _cut(_decoded(data)) + _in_cells(_decoded(data))
    return _cut(_decoded(data)) if data.lstrip(b"\xef\xbb\xbf\r\n\t ").startswith(b"<") else None


def _decoded(data):
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return data.decode("gb18030", "replace")


def _of_package(data):
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = [name for name in archive.namelist() if name.lower().endswith(".xml")]
            return [text for name in parts for text in _cut(archive.read(name).decode("utf-8", "replace"))]
    except (zipfile.BadZipFile, zlib.error, ValueError, OSError, NotImplementedError, EOFError):
        return None


def _of_pages(data):
    """The text of each page in the order in which it is drawn."""
    import pypdfium2

    with contextlib.closing(pypdfium2.PdfDocument(data)) as document:
        return [document[number].get_textpage().get_text_range() for number in range(len(document))]


def _in_cells(page):
    """The texts of cells and paragraphs as browsers repair a page, where tags that are lost or too many join them."""
    import turbohtml

    root = turbohtml.parse(page).root
    return [] if root is None else [element.text for element in root.iter_elements(("td", "th", "p"))]


def _cut(markup):
    """The texts between blocks, each with its inline tags taken out and with blanks in their place."""
    texts = []
    for piece in BLOCKS.split(markup):
        texts += [html.unescape(TAG.sub("", piece)), html.unescape(TAG.sub(" ", piece))]
    texts += [" ".join(re.findall(r'(?:value|v|x:num)="([^"]*)"', markup))]
    return ["\x00".join(texts)]
