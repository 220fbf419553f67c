"""Names of elements and attributes of OpenDocument as lxml gives them: {namespace}name."""

from __future__ import annotations

URN = "urn:oasis:names:tc:opendocument:xmlns:"
OFFICE = f"{{{URN}office:1.0}}"
TEXT = f"{{{URN}text:1.0}}"
TABLES = f"{{{URN}table:1.0}}"
DRAW = f"{{{URN}drawing:1.0}}"
STYLES = f"{{{URN}style:1.0}}"
META = f"{{{URN}meta:1.0}}"
DUBLIN_CORE = "{http://purl.org/dc/elements/1.1/}"

# --- the document -----------------------------------------------------------------------------------------------------

BODY = f"{OFFICE}body"
DOCUMENT_TEXT = f"{OFFICE}text"
SPREADSHEET = f"{OFFICE}spreadsheet"
METADATA = f"{OFFICE}meta"
COMMON_STYLES = f"{OFFICE}styles"
AUTOMATIC_STYLES = f"{OFFICE}automatic-styles"

# --- blocks -----------------------------------------------------------------------------------------------------------

PARAGRAPH = f"{TEXT}p"
HEADING = f"{TEXT}h"
NUMBERED = f"{TEXT}numbered-paragraph"
LIST, ITEM, LIST_HEADER = f"{TEXT}list", f"{TEXT}list-item", f"{TEXT}list-header"
SECTION = f"{TEXT}section"
INDEX_BODY, INDEX_TITLE = f"{TEXT}index-body", f"{TEXT}index-title"
INDEXES = tuple(
    f"{TEXT}{kind}"
    for kind in (
        "table-of-content",
        "illustration-index",
        "table-index",
        "object-index",
        "user-index",
        "alphabetical-index",
        "bibliography",
    )
)
TRACKED, CHANGED_REGION = f"{TEXT}tracked-changes", f"{TEXT}changed-region"

STYLE_NAME = f"{TEXT}style-name"
OUTLINE_LEVEL = f"{TEXT}outline-level"
UNNUMBERED = f"{TEXT}is-list-header"
START_VALUE = f"{TEXT}start-value"
RESTART = f"{TEXT}restart-numbering"
CONTINUES, CONTINUED_LIST = f"{TEXT}continue-numbering", f"{TEXT}continue-list"
LIST_ID, LEVEL = f"{TEXT}list-id", f"{TEXT}level"
STYLE_OVERRIDE = f"{TEXT}style-override"
ID = "{http://www.w3.org/XML/1998/namespace}id"
DISPLAY = f"{TEXT}display"
IS_HIDDEN = f"{TEXT}is-hidden"

# --- inside paragraphs ------------------------------------------------------------------------------------------------

SPAN = f"{TEXT}span"
SPACES, COUNT = f"{TEXT}s", f"{TEXT}c"
TAB, LINE_BREAK = f"{TEXT}tab", f"{TEXT}line-break"
NOTE, NOTE_BODY = f"{TEXT}note", f"{TEXT}note-body"
ANNOTATION = f"{OFFICE}annotation"
CHANGES = (f"{TEXT}change", f"{TEXT}change-start")
HIDDEN_PARAGRAPH, HIDDEN_TEXT = f"{TEXT}hidden-paragraph", f"{TEXT}hidden-text"
SILENT = frozenset(
    (
        f"{TEXT}number",
        f"{TEXT}ruby-text",
        f"{TEXT}change-end",
        f"{OFFICE}annotation-end",
        f"{TEXT}script",
        f"{TEXT}note-citation",
        f"{OFFICE}event-listeners",
    )
)
"""Elements whose text is none of the paragraph's."""

# --- drawings ---------------------------------------------------------------------------------------------------------

FRAME, TEXT_BOX, GROUP = f"{DRAW}frame", f"{DRAW}text-box", f"{DRAW}g"
IMAGE = f"{DRAW}image"
OBJECTS = (f"{DRAW}object", f"{DRAW}object-ole", f"{DRAW}plugin", f"{DRAW}applet", f"{DRAW}floating-frame")

# --- tables -----------------------------------------------------------------------------------------------------------

TABLE = f"{TABLES}table"
ROW, CELL = f"{TABLES}table-row", f"{TABLES}table-cell"
COVERED = f"{TABLES}covered-table-cell"
COLUMN = f"{TABLES}table-column"
COLUMN_GROUPS = tuple(f"{TABLES}table-{kind}" for kind in ("columns", "header-columns", "column-group"))
ROW_GROUPS = tuple(f"{TABLES}table-{kind}" for kind in ("header-rows", "rows", "row-group"))
SUB_TABLE = f"{TABLES}is-sub-table"
COLUMNS_SPANNED, ROWS_SPANNED = f"{TABLES}number-columns-spanned", f"{TABLES}number-rows-spanned"
COLUMNS_REPEATED, ROWS_REPEATED = f"{TABLES}number-columns-repeated", f"{TABLES}number-rows-repeated"
NAME = f"{TABLES}name"
TABLE_STYLE = f"{TABLES}style-name"
DEFAULT_STYLE = f"{TABLES}default-cell-style-name"
VISIBILITY = f"{TABLES}visibility"

# --- styles -----------------------------------------------------------------------------------------------------------

STYLE, FAMILY = f"{STYLES}style", f"{STYLES}family"
PARENT = f"{STYLES}parent-style-name"
OWN_NAME = f"{STYLES}name"
LIST_OF_STYLE = f"{STYLES}list-style-name"
LIST_STYLE, OUTLINE_STYLE = f"{TEXT}list-style", f"{TEXT}outline-style"
NUMBER_LEVELS = (f"{TEXT}list-level-style-number", f"{TEXT}outline-level-style")
LABEL_ALIGNMENT = f"{STYLES}list-level-label-alignment"
FOLLOWED_BY = f"{TEXT}label-followed-by"
NUMBER_FORMAT, NUMBER_PREFIX, NUMBER_SUFFIX = f"{STYLES}num-format", f"{STYLES}num-prefix", f"{STYLES}num-suffix"
LABEL_FORMATS = (
    f"{STYLES}num-list-format",
    "{urn:org:documentfoundation:names:experimental:office:xmlns:loext:1.0}num-list-format",
)
DISPLAY_LEVELS = f"{TEXT}display-levels"
TEXT_PROPERTIES = f"{STYLES}text-properties"
TABLE_PROPERTIES = f"{STYLES}table-properties"
CELL_PROPERTIES = f"{STYLES}table-cell-properties"
FORMATTING = f"{{{URN}xsl-fo-compatible:1.0}}"
SIDE_BORDERS = (f"{FORMATTING}border", f"{FORMATTING}border-left", f"{FORMATTING}border-right")
TABLE_DISPLAY = f"{TABLES}display"


def whole_number(value: str | None, default: int, least: int = 0) -> int:
    """The number that an attribute holds, at least ``least``; ``default`` for none, or for what is no number."""
    if value is None or len(value) > LONGEST_NUMBER:
        return default
    try:
        return max(int(value), least)
    except ValueError:
        return default


LONGEST_NUMBER = 12
