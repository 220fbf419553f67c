"""Names of elements and attributes as lxml gives them: {namespace}name.

Only the transitional namespaces: :func:`gilint.readers.docx.parts.load` writes those of strict documents this way.
"""

from __future__ import annotations

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
MATH = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
PICTURES = "{http://schemas.openxmlformats.org/drawingml/2006/picture}"
CHARTS = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
DIAGRAMS = "{http://schemas.openxmlformats.org/drawingml/2006/diagram}"
VML = "{urn:schemas-microsoft-com:vml}"
COMPATIBILITY = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"

VALUE = f"{W}val"
ID = f"{W}id"
SPACE = "{http://www.w3.org/XML/1998/namespace}space"

# --- blocks -----------------------------------------------------------------------------------------------------------

DOCUMENT = f"{W}document"
BODY = f"{W}body"
PARAGRAPH = f"{W}p"
PARAGRAPH_PROPERTIES = f"{W}pPr"
PARAGRAPH_STYLE = f"{W}pStyle"
NUMBERING = f"{W}numPr"
NUMBER_ID = f"{W}numId"
NUMBER_LEVEL = f"{W}ilvl"
OUTLINE_LEVEL = f"{W}outlineLvl"

TABLE = f"{W}tbl"
ROW = f"{W}tr"
ROW_PROPERTIES = f"{W}trPr"
HIDDEN_ROW = f"{W}hidden"
SLOTS_BEFORE = f"{W}gridBefore"
CELL = f"{W}tc"
CELL_PROPERTIES = f"{W}tcPr"
SLOTS = f"{W}gridSpan"
MERGED_DOWN = f"{W}vMerge"
MERGED_ACROSS = f"{W}hMerge"

# --- text -------------------------------------------------------------------------------------------------------------

RUN = f"{W}r"
RUN_PROPERTIES = f"{W}rPr"
RUN_STYLE = f"{W}rStyle"
HIDDEN = f"{W}vanish"
TEXT = f"{W}t"
MATH_TEXT = f"{MATH}t"
TAB = f"{W}tab"
ALIGNED_TAB = f"{W}ptab"
BREAK = f"{W}br"
RETURN = f"{W}cr"
HYPHEN = f"{W}noBreakHyphen"
SYMBOL = f"{W}sym"
FONT = f"{W}font"
CHARACTER = f"{W}char"
FIELD = f"{W}fldChar"
FIELD_PART = f"{W}fldCharType"
PRONUNCIATION = f"{W}rt"
FOOTNOTE = f"{W}footnoteReference"
ENDNOTE = f"{W}endnoteReference"
COMMENT = f"{W}commentReference"

# --- what stands around text, or beside it ----------------------------------------------------------------------------

ALTERNATIVES = f"{COMPATIBILITY}AlternateContent"
CHOICE = f"{COMPATIBILITY}Choice"
FALLBACK = f"{COMPATIBILITY}Fallback"
CONTROL = f"{W}sdt"
CONTROL_CONTENT = f"{W}sdtContent"
CUSTOM = f"{W}customXml"
TEXT_BOX = f"{W}txbxContent"

PICTURE = f"{PICTURES}pic"
OLD_PICTURE = f"{VML}imagedata"
OBJECT = f"{W}object"
CHART = f"{CHARTS}chart"
DIAGRAM = f"{DIAGRAMS}relIds"
FOREIGN_PART = f"{W}altChunk"
SUBDOCUMENT = f"{W}subDoc"

# --- tracked changes --------------------------------------------------------------------------------------------------

INSERTED = f"{W}ins"
DELETED = f"{W}del"
MOVED_FROM = f"{W}moveFrom"
MOVED_TO = f"{W}moveTo"
CELL_INSERTED = f"{W}cellIns"
CELL_DELETED = f"{W}cellDel"
CELL_MERGED = f"{W}cellMerge"
FORMER = tuple(
    [
        f"{W}{name}"
        for name in (
            "pPrChange",
            "rPrChange",
            "sectPrChange",
            "tblPrChange",
            "tblPrExChange",
            "tblGridChange",
            "trPrChange",
            "tcPrChange",
            "numberingChange",
        )
    ]
)
"""Properties as they were before a tracked change."""


def flag(element: object) -> bool:
    """Whether an element that turns something on does so: ``<w:vanish/>``, and not ``<w:vanish w:val="0"/>``."""
    return element.get(VALUE, "1") not in ("0", "false", "off")  # type: ignore[attr-defined]


def whole_number(value: str | None, default: int) -> int:
    """The number that an attribute holds; ``default`` for anything that is no number."""
    if value is None:
        return default
    try:
        return int(value)
    except ValueError:
        return default
