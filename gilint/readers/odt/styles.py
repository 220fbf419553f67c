"""Styles, as far as they say something of the text: hidden text, list numbers of headings, hidden sheets."""

from __future__ import annotations

from gilint.readers.odt.names import (
    AUTOMATIC_STYLES,
    CELL_PROPERTIES,
    COMMON_STYLES,
    DISPLAY,
    FAMILY,
    LIST_OF_STYLE,
    LIST_STYLE,
    OUTLINE_STYLE,
    OWN_NAME,
    PARENT,
    SIDE_BORDERS,
    STYLE,
    TABLE_DISPLAY,
    TABLE_PROPERTIES,
    TEXT_PROPERTIES,
)
from gilint.record import Record

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from typing import Any

    Key = tuple[str, str]
    """Family and name."""

PARAGRAPHS, SPANS, SHEETS, CELLS = "paragraph", "text", "table", "table-cell"


class Style(Record, hot=True):
    """What a style itself says; ``None`` where it leaves that to its parent. ``list`` may be empty: in no list.

    ``framed`` says whether it draws a line beside a cell.
    """

    parent: str | None
    hidden: bool | None
    framed: bool | None
    list: str | None


class Styles:
    """The styles of a document, which stand in its files of content and of styles."""

    def __init__(self, roots: Iterable[Any]) -> None:
        self._styles: dict[Key, Style] = {}
        self.lists: dict[str, Any] = {}
        self.outline: Any = None
        for root in roots:
            for group in root.iterchildren(COMMON_STYLES, AUTOMATIC_STYLES):
                self._add(group)
        self.hidden_spans = self._told(SPANS, "hidden")
        self.hidden_paragraphs = self._told(PARAGRAPHS, "hidden")
        self.hidden_sheets = self._told(SHEETS, "hidden")
        self.framed_cells = self._told(CELLS, "framed")

    def _add(self, group: Any) -> None:
        for element in group.iterchildren(STYLE, LIST_STYLE, OUTLINE_STYLE):
            name = element.get(OWN_NAME, "")
            if element.tag == STYLE:
                self._styles.setdefault((element.get(FAMILY, ""), name), _style(element))
            elif element.tag == LIST_STYLE:
                self.lists.setdefault(name, element)
            else:
                self.outline = element

    def list_of(self, name: str) -> str | None:
        """The list style of a paragraph style: empty when it is told to be in no list, ``None`` when nothing is."""
        return next((style.list for style in self._chain(PARAGRAPHS, name) if style.list is not None), None)

    def _told(self, family: str, what: str) -> frozenset[str]:
        """The styles of a family of which this is said, by themselves or by one that they are based on."""
        if not any(getattr(style, what) for style in self._styles.values()):
            return frozenset()
        names = [name for kind, name in self._styles if kind == family]
        return frozenset(name for name in names if self._is_told(family, name, what))

    def _is_told(self, family: str, name: str, what: str) -> bool:
        said = (getattr(style, what) for style in self._chain(family, name))
        return next((value for value in said if value is not None), False)

    def _chain(self, family: str, name: str | None) -> Iterator[Style]:
        """A style and those that it is based on; one that is based on itself ends there."""
        seen = set[str]()
        while name is not None and name not in seen and (family, name) in self._styles:
            seen.add(name)
            style = self._styles[family, name]
            yield style
            name = style.parent


def _style(element: Any) -> Style:
    hidden: bool | None = None
    framed: bool | None = None
    for properties in element.iterchildren(TEXT_PROPERTIES, TABLE_PROPERTIES, CELL_PROPERTIES):
        if properties.tag == TEXT_PROPERTIES:
            display = properties.get(DISPLAY)
            hidden = display == "none" if display is not None else hidden
        elif properties.tag == CELL_PROPERTIES:
            borders = [value for value in map(properties.get, SIDE_BORDERS) if value is not None]
            framed = any(value != "none" for value in borders) if borders else None
        elif properties.get(TABLE_DISPLAY) == "false":
            hidden = True
    return Style(element.get(PARENT), hidden, framed, element.get(LIST_OF_STYLE))
