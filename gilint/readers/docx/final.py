"""The text as it stands in the end: changes accepted, hidden text gone, one of each pair of alternatives.

Each step changes the tree in place, so that what reads it afterwards need not know of any of this. They cost a look at
the document where it has nothing of the kind.
"""

from __future__ import annotations

from gilint.late import late
from gilint.readers.docx.extras import around
from gilint.readers.docx.names import (
    ALTERNATIVES,
    BREAK,
    CELL,
    CELL_DELETED,
    CELL_INSERTED,
    CELL_MERGED,
    CHOICE,
    CONTROL,
    CONTROL_CONTENT,
    CUSTOM,
    DELETED,
    FALLBACK,
    FIELD,
    FIELD_PART,
    FORMER,
    HIDDEN,
    HIDDEN_ROW,
    INSERTED,
    MATH_TEXT,
    MOVED_FROM,
    MOVED_TO,
    PARAGRAPH,
    PARAGRAPH_PROPERTIES,
    PARAGRAPH_STYLE,
    PRONUNCIATION,
    ROW,
    ROW_PROPERTIES,
    RUN,
    RUN_PROPERTIES,
    RUN_STYLE,
    TAB,
    TABLE,
    TEXT,
    TEXT_BOX,
    VALUE,
    flag,
)

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from gilint.readers.docx.extras import Extras
    from gilint.readers.docx.styles import Styles

CHANGES, HIDDEN_TEXT = "tracked-changes", "hidden-text"

GONE = (DELETED, MOVED_FROM)
CHANGED = (INSERTED, *GONE, MOVED_TO, CELL_INSERTED, CELL_DELETED, CELL_MERGED, *FORMER)
WRAPPERS = (CONTROL, CONTROL_CONTENT, CUSTOM, TEXT_BOX)
NUMBER = late(r"\s*[0-9０-９][0-9０-９,，.]*\s*")
SHOWN = (TEXT, MATH_TEXT, TAB, BREAK)


def remove(element: Any) -> None:
    parent = element.getparent()
    if parent is not None:
        parent.remove(element)


# --- alternatives -----------------------------------------------------------------------------------------------------


def choose_alternatives(root: Any) -> None:
    """Of content that is given in several ways, keep the first that holds anything: the others say the same again."""
    from lxml import etree

    for element in list(root.iter(ALTERNATIVES)):
        ways = list(element.iterchildren(CHOICE, FALLBACK))
        kept = next((way for way in ways if len(way)), None)
        for way in ways:
            if way is not kept:
                element.remove(way)
    etree.strip_tags(root, ALTERNATIVES, CHOICE, FALLBACK)


# --- tracked changes --------------------------------------------------------------------------------------------------


def accept_changes(root: Any, extras: Extras) -> None:
    """Make all tracked changes, and tell how many there were."""
    from lxml import etree

    ends: list[tuple[Any, str]] = []
    inside: set[tuple[Any, str]] = set()
    for element in list(root.iter(*CHANGED)):
        tag, parent = element.tag, element.getparent()
        if parent is None:
            continue
        if parent.tag == RUN_PROPERTIES and tag not in FORMER:
            ends.append((element, tag))
            continue
        inside.add((around(element), tag))
        gone = _gone_with(element, tag, parent)
        place = element if gone is None else _beside(gone)
        if gone is not None:
            remove(gone)
        extras.tell(CHANGES, place)
    for element, tag in ends:
        paragraph = around(element)
        # With the text before it changed as well, the end of a paragraph is not one more change.
        if (paragraph, tag) not in inside:
            extras.tell(CHANGES, element)
        if tag in GONE and element.getparent().getparent().tag == PARAGRAPH_PROPERTIES:
            extras.of(paragraph).runs_on = True
    etree.strip_tags(root, INSERTED, MOVED_TO)


def _gone_with(element: Any, tag: str, parent: Any) -> Any:
    """What goes when a change is accepted: a row, a cell, the content of the element itself; ``None`` for nothing."""
    if tag in GONE and parent.tag == ROW_PROPERTIES:
        return next(element.iterancestors(ROW), None)
    if tag == CELL_DELETED:
        return next(element.iterancestors(CELL), None)
    return element if tag in GONE or tag in FORMER else None


def _beside(element: Any) -> Any:
    """What stands next to an element that is to go, or around it."""
    after, before = element.getnext(), element.getprevious()
    beside = before if after is None else after
    return element.getparent() if beside is None else beside


# --- hidden text ------------------------------------------------------------------------------------------------------


def remove_hidden(root: Any, styles: Styles, extras: Extras) -> None:
    """Remove text that Word neither shows nor prints, and tell in how many places it stood."""
    for element in list(root.iter(HIDDEN_ROW)):
        row = next(element.iterancestors(ROW), None)
        if row is not None and flag(element):
            beside = _beside(row)
            remove(row)
            extras.tell(HIDDEN_TEXT, beside)
    if next(root.iter(HIDDEN), None) is None and not _uses_hidden(root, styles):
        return
    paragraph, by_style, follows = None, False, False
    for element in list(root.iter(PARAGRAPH, PARAGRAPH_PROPERTIES, RUN)):
        if element.tag == PARAGRAPH:
            paragraph, by_style, follows = element, styles.default in styles.hidden, False
        elif element.tag == PARAGRAPH_PROPERTIES:
            style = next((child.get(VALUE) for child in element.iterchildren(PARAGRAPH_STYLE)), styles.default)
            by_style = style in styles.hidden
            if paragraph is not None and _is_hidden(element, by_style, styles):
                extras.of(paragraph).runs_on = True
        elif not _is_hidden(element, by_style, styles):
            # What shows nothing, such as the mark of a comment, parts nothing either.
            follows = follows and next(element.iter(*SHOWN), None) is None
        else:
            if not follows and next(element.iter(*SHOWN), None) is not None:
                extras.tell(HIDDEN_TEXT, element)
                follows = True
            remove(element)


def _uses_hidden(root: Any, styles: Styles) -> bool:
    return bool(styles.hidden) and any(
        element.get(VALUE) in styles.hidden for element in root.iter(PARAGRAPH_STYLE, RUN_STYLE)
    )


def _is_hidden(element: Any, by_style: bool, styles: Styles) -> bool:
    """Whether a run, or the end of a paragraph, is hidden: by itself, or by one of its two styles and not by both."""
    for properties in element.iterchildren(RUN_PROPERTIES):
        for child in properties.iterchildren(HIDDEN):
            return flag(child)
        for child in properties.iterchildren(RUN_STYLE):
            by_style = by_style != (child.get(VALUE) in styles.hidden)
    return by_style


# --- fields -----------------------------------------------------------------------------------------------------------


def remove_instructions(root: Any) -> None:
    """Of fields only the result is text. What stands in an instruction may be the result of a field inside it."""
    if next(root.iter(FIELD), None) is None:
        return
    fields: list[bool] = []
    instructions = 0
    for element in list(root.iter(FIELD, PARAGRAPH, *SHOWN)):
        if element.tag == PARAGRAPH:
            # An instruction without end, as damaged files have them, goes no further than its paragraph.
            if instructions:
                fields.clear()
                instructions = 0
        elif element.tag != FIELD:
            if instructions:
                remove(element)
        else:
            part = element.get(FIELD_PART)
            if part == "begin":
                fields.append(True)
                instructions += 1
            elif fields and part in ("separate", "end"):
                instructions -= fields.pop()
                if part == "separate":
                    fields.append(False)


# --- what stands around text ------------------------------------------------------------------------------------------


def unwrap(root: Any) -> None:
    """Put text boxes behind the paragraphs that they are tied to, and take content out of its controls."""
    from lxml import etree

    last: dict[Any, Any] = {}
    for box in list(root.iter(TEXT_BOX)):
        anchor = next(box.iterancestors(PARAGRAPH), None)
        if anchor is not None:
            last.get(anchor, anchor).addnext(box)
            last[anchor] = box
    etree.strip_elements(root, PRONUNCIATION)
    etree.strip_tags(root, *WRAPPERS)


# --- tables in tables -------------------------------------------------------------------------------------------------


def arrange_tables(root: Any) -> set[Any]:
    """Make tables that only hold text in a cell text of that cell; the rows in which others stand.

    Such a row only serves the looks: what stands in its cells is read as if it stood in the document.
    """
    nested = [table for table in root.iter(TABLE) if table.getparent().tag == CELL]
    kept = []
    for table in reversed(nested):
        if _is_text(table):
            _dissolve(table)
        else:
            kept.append(table)
    return {row for table in kept for row in table.iterancestors(ROW)}


def _is_text(table: Any) -> bool:
    """Whether a table is one cell, or a row or a column without numbers."""
    rows = [list(row.iterchildren(CELL)) for row in table.iterchildren(ROW)]
    cells = [cell for row in rows for cell in row]
    if len(cells) <= 1:
        return True
    if len(rows) > 1 and len(cells) > len(rows):
        return False
    return not any(NUMBER.fullmatch("".join([part.text or "" for part in cell.iter(TEXT)])) for cell in cells)


def _dissolve(table: Any) -> None:
    """Put what stands in the cells of a table in its place."""
    for row in table.iterchildren(ROW):
        for cell in row.iterchildren(CELL):
            for block in list(cell.iterchildren(PARAGRAPH, TABLE)):
                table.addprevious(block)
    remove(table)
