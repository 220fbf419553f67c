"""Word documents as one XML file: the flat package of Word since 2007, and the older form of Word 2003.

Systems that fill in templates write these, and often name them ``.doc``. Both are put into the parts of a DOCX: the
flat one holds them as they are, the older one differs in names, and has all parts in one tree.
"""

from __future__ import annotations

import io
import zipfile

from gilint.model import Document
from gilint.readers import docx
from gilint.readers.package import MEGABYTE, parse_xml, too_much

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from gilint.limits import Limits

FORMAT = "word-xml"
LONGEST_NAME = 255
FLAT = "{http://schemas.microsoft.com/office/2006/xmlPackage}"
OLD_NAMES = b"http://schemas.microsoft.com/office/word/2003/wordml"
NAMES = b"http://schemas.openxmlformats.org/wordprocessingml/2006/main"
W = f"{{{NAMES.decode()}}}"
HINTS = "{http://schemas.microsoft.com/office/word/2003/auxHint}"
MARKS = "{http://schemas.microsoft.com/aml/2001/core}"
OFFICE = "{urn:schemas-microsoft-com:office:office}"

VALUE = f"{W}val"
RENAMED = {
    "vmerge": "vMerge",
    "hmerge": "hMerge",
    "hlink": "hyperlink",
    "listPr": "numPr",
    "ilfo": "numId",
    "listDef": "abstractNum",
    "list": "num",
    "lists": "numbering",
    "ilst": "abstractNumId",
    "nfc": "numFmt",
}
"""Elements that are called otherwise since Word 2007."""
KEYS = {"listDefId": "abstractNumId", "ilfo": "numId"}
"""Attributes, too."""
FORMS = (
    "decimal upperRoman lowerRoman upperLetter lowerLetter ordinal cardinalText ordinalText hex chicago "
    "ideographDigital japaneseCounting aiueo iroha decimalFullWidth decimalHalfWidth japaneseLegal "
    "japaneseDigitalTenThousand decimalEnclosedCircle decimalFullWidth2 aiueoFullWidth irohaFullWidth decimalZero "
    "bullet ganada chosung decimalEnclosedFullstop decimalEnclosedParen decimalEnclosedCircleChinese "
    "ideographEnclosedCircle ideographTraditional ideographZodiac ideographZodiacTraditional taiwaneseCounting "
    "ideographLegalTraditional taiwaneseCountingThousand taiwaneseDigital chineseCounting chineseLegalSimplified "
    "chineseCountingThousand"
)
"""Forms of list numbers; Word 2003 gives their place here, from 0."""
NO_FORM = "none"

CHANGES = {"Word.Insertion": "ins", "Word.Deletion": "del"}
COMMENT = "Word.Comment"
FORMER = ("Word.Formatting", "Word.Numbering")
"""Marks that hold how something looked before a change."""

RELATIONS = '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{}</Relationships>'
RELATION = '<Relationship Id="r{0}" Type="http://schemas.openxmlformats.org/x/{0}" Target="{1}"/>'
PROPERTIES = {"Title": "title", "Author": "creator", "Created": "created"}


def read(data: bytes, name: str, limits: Limits) -> Document:
    """The document. Raises ``InputError``: what :func:`parse_xml` and the reader of DOCX say."""
    root = parse_xml(data, name)
    members = _flat(root, name, limits) if root.tag.startswith(FLAT) else _old(root, name)
    return docx.read(_packed(members), name, limits).replace(format=FORMAT)


def _packed(members: dict[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_STORED) as package:
        for member, content in members.items():
            package.writestr(member, content)
    return buffer.getvalue()


def _written(element: Any) -> bytes:
    from lxml import etree

    content: bytes = etree.tostring(element, encoding="utf-8", with_tail=False)
    return content


# --- the flat package -------------------------------------------------------------------------------------------------


def _flat(root: Any, name: str, limits: Limits) -> dict[str, bytes]:
    """The parts by their names; those that are no XML are pictures and the like."""
    parts: dict[str, bytes] = {}
    left = limits.unpacked_mb * MEGABYTE
    for part in root.iterchildren(f"{FLAT}part"):
        member = part.get(f"{FLAT}name", "").lstrip("/")
        content = next((child for data in part.iterchildren(f"{FLAT}xmlData") for child in data), None)
        if content is not None and 0 < len(member) <= LONGEST_NAME:
            parts[member] = _written(content)
            # Each part brings along the names that the whole declares, so that they may be larger together.
            left -= len(parts[member])
            if left < 0:
                zh, en = "文档各部分过大", "too much content in its parts"
                raise too_much(name, zh, en, "unpacked_mb", f"{limits.unpacked_mb} MB")
    return parts


# --- Word 2003 --------------------------------------------------------------------------------------------------------


def _old(root: Any, name: str) -> dict[str, bytes]:
    """The parts of a document of Word 2003."""
    root = parse_xml(_written(root).replace(OLD_NAMES, NAMES), name)
    _rename(root)
    _settle_marks(root)
    _unwrap_hints(root)
    feet = {kind: _feet(root, kind) for kind in ("footnote", "endnote")}
    parts = {f"{kind}s": feet[kind] for kind in feet if len(feet[kind])}
    for part, kind in ((f"{W}styles", "styles"), (f"{W}numbering", "numbering")):
        found = root.find(part)
        if found is not None:
            parts[kind] = found
    document = _element("document")
    document.extend(root.findall(f"{W}body"))
    members = {f"word/{kind}.xml": _written(part) for kind, part in parts.items()}
    members["word/document.xml"] = _written(document)
    members["word/_rels/document.xml.rels"] = _relations({kind: f"{kind}.xml" for kind in parts})
    members["docProps/core.xml"] = _properties(root)
    members["_rels/.rels"] = _relations({"officeDocument": "word/document.xml", "core-properties": "docProps/core.xml"})
    return members


def _rename(root: Any) -> None:
    for element in root.iter(*(f"{W}{name}" for name in RENAMED)):
        element.tag = W + RENAMED[element.tag[len(W) :]]
        for old, new in KEYS.items():
            if f"{W}{old}" in element.attrib:
                element.set(f"{W}{new}", element.attrib.pop(f"{W}{old}"))
    forms = {str(number): form for number, form in enumerate(FORMS.split())}
    for element in root.iter(f"{W}numFmt"):
        element.set(VALUE, forms.get(element.get(VALUE), NO_FORM))
    for element in root.iter(f"{W}suff"):
        element.set(VALUE, element.get(VALUE, "").lower())


def _settle_marks(root: Any) -> None:
    """Tracked changes and comments as elements of their own; other marks leave what they hold."""
    for mark in list(root.iter(f"{MARKS}annotation")):
        kind = mark.get(f"{W}type", "")
        content = mark.find(f"{MARKS}content")
        if kind == COMMENT:
            _replace(mark, [_element("commentReference")])
        elif kind in FORMER:
            _replace(mark, [])
        elif kind in CHANGES:
            change = _element(CHANGES[kind])
            change.extend(list(content) if content is not None else [])
            _replace(mark, [change])
        else:
            _replace(mark, list(content) if content is not None else [])


def _unwrap_hints(root: Any) -> None:
    """Take out the elements that only say how Word saw the document: sections, groups of bordered paragraphs."""
    for hint in list(root.iter(f"{HINTS}*")):
        _replace(hint, list(hint))


def _feet(root: Any, kind: str) -> Any:
    """The notes of a document, which stand where they are referred to, as a part; references in their places."""
    part = _element(f"{kind}s")
    for number, note in enumerate(list(root.iter(f"{W}{kind}")), 1):
        if note.getparent().tag == f"{W}r":
            reference = _element(f"{kind}Reference")
            reference.set(f"{W}id", str(number))
            _replace(note, [reference])
            note.set(f"{W}id", str(number))
            part.append(note)
    return part


def _element(name: str) -> Any:
    from lxml import etree

    return etree.Element(f"{W}{name}")


def _replace(element: Any, others: list[Any]) -> None:
    """Put elements in the place of one; layout white space between elements is no text."""
    parent = element.getparent()
    if parent is None:
        return
    at = parent.index(element)
    element.tail = None
    parent[at : at + 1] = others


def _relations(parts: dict[str, str]) -> bytes:
    return RELATIONS.format("".join(RELATION.format(kind, target) for kind, target in parts.items())).encode()


def _properties(root: Any) -> bytes:
    from lxml import etree

    properties = etree.Element("properties")
    for element in root.iterfind(f"{OFFICE}DocumentProperties/*"):
        key = PROPERTIES.get(element.tag[len(OFFICE) :])
        if key:
            etree.SubElement(properties, key).text = element.text
    return _written(properties)
