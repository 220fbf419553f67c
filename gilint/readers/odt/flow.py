"""The paragraphs and tables that stand one after the other in a document, a cell, a text box or a note."""

from __future__ import annotations

from gilint.late import late
from gilint.readers.embeds import OBJECTS, PICTURES
from gilint.readers.odt.drawings import kind_of, with_text
from gilint.readers.odt.names import (
    CELL,
    CHANGED_REGION,
    DISPLAY,
    DRAW,
    FRAME,
    HEADING,
    INDEX_BODY,
    INDEX_TITLE,
    INDEXES,
    IS_HIDDEN,
    ITEM,
    LIST,
    LIST_HEADER,
    LIST_ID,
    NUMBERED,
    PARAGRAPH,
    ROW,
    ROW_GROUPS,
    SECTION,
    STYLE_NAME,
    TABLE,
    TRACKED,
    UNNUMBERED,
)
from gilint.readers.odt.numbering import Numbering

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from typing import Any

    from gilint.readers.odt.numbering import List
    from gilint.readers.odt.styles import Styles

    Part = tuple[Any, str]
    """A paragraph with its list number, or a table."""

CHANGES, HIDDEN = "tracked-changes", "hidden-text"
GROUPS = (SECTION, *INDEXES, INDEX_BODY, INDEX_TITLE)
NUMBER = late(r"\s*[0-9０-９][0-9０-９,，.]*\s*")


class Flow:
    """Walks through a document. What is to be told on the way goes to ``tell`` (kind of note, count)."""

    def __init__(self, styles: Styles, tell: Callable[[str, int], None]) -> None:
        self._styles = styles
        self._numbering = Numbering(styles)
        self._tell = tell

    def parts(self, container: Any, *, whole_tables: bool = True) -> Iterator[Part]:
        """The paragraphs and tables below an element; tables that are text of their cell as their paragraphs,
        unless ``whole_tables``."""
        for child in container:
            tag = child.tag
            if tag == PARAGRAPH:
                yield child, ""
            elif tag == HEADING:
                yield child, self._heading_label(child)
            elif tag == LIST:
                yield from self._list(child, None, whole_tables)
            elif tag == TABLE:
                yield from self._table(child, whole_tables)
            elif tag in GROUPS:
                if _is_hidden(child):
                    self._tell(HIDDEN, 1)
                else:
                    yield from self.parts(child, whole_tables=whole_tables)
            elif tag == NUMBERED:
                label = self._numbering.item(self._numbering.numbered(child, child.get(LIST_ID)), child)
                yield from ((one, label) for one in child.iterchildren(PARAGRAPH, HEADING))
            elif tag == TRACKED:
                self._tell(CHANGES, sum(1 for _ in child.iterchildren(CHANGED_REGION)))
            elif tag.startswith(DRAW):
                yield from self.drawn(child, whole_tables=whole_tables)

    def drawn(self, drawing: Any, *, whole_tables: bool = True) -> Iterator[Part]:
        """What stands in a text box or a shape."""
        for frame in drawing.iter(FRAME):
            kind = kind_of(frame)
            if kind in (PICTURES, OBJECTS):
                self._tell(kind, 1)
        for element in with_text(drawing):
            for child in element.iterchildren(PARAGRAPH, HEADING, LIST, TABLE, SECTION):
                yield from self._one(child, whole_tables)

    def _one(self, element: Any, whole_tables: bool) -> Iterator[Part]:
        if element.tag == LIST:
            yield from self._list(element, None, whole_tables)
        elif element.tag == TABLE:
            yield from self._table(element, whole_tables)
        elif element.tag == SECTION:
            yield from self.parts(element, whole_tables=whole_tables)
        else:
            yield element, ""

    # --- lists -------------------------------------------------------------------------------------------------------

    def _list(self, element: Any, outer: List | None, whole_tables: bool) -> Iterator[Part]:
        at = self._numbering.enter(element, outer)
        for item in element.iterchildren(ITEM, LIST_HEADER):
            # What holds only another list is no item of its own; only the first paragraph has the number.
            numbered = item.tag == ITEM
            for child in item:
                if child.tag == LIST:
                    yield from self._list(child, at, whole_tables)
                elif child.tag in (PARAGRAPH, HEADING):
                    label = ""
                    if numbered and child.get(UNNUMBERED) != "true":
                        label = self._numbering.item(at, item)
                    yield child, label
                else:
                    yield from self.parts([child], whole_tables=whole_tables)
                numbered = False

    def _heading_label(self, element: Any) -> str:
        if element.get(UNNUMBERED) == "true" or self._styles.list_of(element.get(STYLE_NAME, "")) == "":
            return ""
        return self._numbering.heading(element)

    # --- tables ------------------------------------------------------------------------------------------------------

    def _table(self, element: Any, whole_tables: bool) -> Iterator[Part]:
        if whole_tables or not is_text(element):
            yield element, ""
            return
        for row in rows_of(element):
            for cell in row.iterchildren(CELL):
                yield from self.parts(cell, whole_tables=False)


def rows_of(table: Any) -> Iterator[Any]:
    """The rows of a table, those in groups included."""
    for child in table.iterchildren(ROW, *ROW_GROUPS):
        if child.tag == ROW:
            yield child
        else:
            yield from rows_of(child)


def is_text(table: Any) -> bool:
    """Whether a table in a cell only holds text of it: one cell, or a row or a column without numbers."""
    rows = [list(row.iterchildren(CELL)) for row in rows_of(table)]
    cells = [cell for row in rows for cell in row]
    if len(cells) <= 1:
        return True
    if len(rows) > 1 and len(cells) > len(rows):
        return False
    return not any(NUMBER.fullmatch("".join(cell.itertext())) for cell in cells)


def _is_hidden(section: Any) -> bool:
    display: str | None = section.get(DISPLAY)
    return display == "none" or (display == "condition" and f"{section.get(IS_HIDDEN)}" == "true")
