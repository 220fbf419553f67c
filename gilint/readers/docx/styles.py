"""Styles, as far as they say something of the text: heading levels, list numbering, hidden text."""

from __future__ import annotations

from gilint.late import late
from gilint.readers.docx.names import (
    HIDDEN,
    NUMBER_ID,
    NUMBER_LEVEL,
    NUMBERING,
    OUTLINE_LEVEL,
    PARAGRAPH_PROPERTIES,
    RUN_PROPERTIES,
    VALUE,
    W,
    flag,
    whole_number,
)
from gilint.record import Record

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

STYLE = f"{W}style"
STYLE_ID = f"{W}styleId"
KIND = f"{W}type"
DEFAULT = f"{W}default"
BASE = f"{W}basedOn"
NAME = f"{W}name"

HEADING = late(r"heading ?([1-9])|标题 ?([1-9])", 2)
"""Names of built-in styles, whose level need not be written down; ids where the file brings no styles."""
BODY_TEXT = 9
NO_LIST = "0"
LONGEST_CHAIN = 50
"""Styles that are based on each other; programs allow about ten."""


class Style(Record, hot=True):
    """What a style itself says; ``None`` where it leaves that to the style that it is based on.

    ``level`` is the heading level, 0 for none. ``number`` is the id of a list (``"0"``: no list), ``depth`` the level
    in it. ``hidden`` may be that of a paragraph or of a run.
    """

    base: str | None
    level: int | None
    number: str | None
    depth: int | None
    hidden: bool | None


SILENT = Style(None, None, None, None, None)


class Styles:
    """The styles of a document by their ids."""

    def __init__(self, root: Any) -> None:
        self._styles: dict[str, Style] = {}
        self.default = ""
        """The id of the style of paragraphs that name none."""
        if root is not None:
            for element in root.iterchildren(STYLE):
                self._add(element)
        self._resolved: dict[str, Style] = {}
        self.hidden = frozenset(key for key in self._styles if self._resolve(key).hidden)
        """The styles that hide their text."""

    def _add(self, element: Any) -> None:
        key = element.get(STYLE_ID, "")
        if element.get(KIND) == "paragraph" and element.get(DEFAULT) in ("1", "true", "on"):
            self.default = key
        self._styles.setdefault(key, _style(element))

    def level(self, key: str) -> int:
        """The heading level of a paragraph style, 0 for none."""
        if not self._styles:
            return _named_level(key)
        return self._resolve(key).level or 0

    def numbering(self, key: str) -> tuple[str | None, int | None]:
        """The list of a paragraph style, and the level in it."""
        style = self._resolve(key)
        return style.number, style.depth

    def is_plain(self, key: str) -> bool:
        """Whether a paragraph style neither makes headings nor numbers anything."""
        return self._resolve(key).number in (None, NO_LIST) and not self.level(key)

    def chain(self, key: str | None) -> list[str]:
        """A style and those that it is based on, the nearest first."""
        found: list[str] = []
        while key is not None and key in self._styles and key not in found and len(found) < LONGEST_CHAIN:
            found.append(key)
            key = self._styles[key].base
        return found

    def _resolve(self, key: str | None) -> Style:
        """What a style says together with those that it is based on."""
        chain: list[str] = []
        while key in self._styles and key not in self._resolved and key not in chain and len(chain) < LONGEST_CHAIN:
            chain.append(key)
            key = self._styles[key].base
        style = SILENT if key is None else self._resolved.get(key, SILENT)
        for own in [self._styles[one] for one in reversed(chain)]:
            style = Style(
                own.base,
                style.level if own.level is None else own.level,
                style.number if own.number is None else own.number,
                style.depth if own.depth is None else own.depth,
                style.hidden if own.hidden is None else own.hidden,
            )
            self._resolved[chain.pop()] = style
        return style


def _style(element: Any) -> Style:
    base = name = None
    number: tuple[str | None, int | None] = (None, None)
    level: int | None = None
    hidden: bool | None = None
    for child in element:
        tag = child.tag
        if tag == PARAGRAPH_PROPERTIES:
            for each in child.iterchildren(OUTLINE_LEVEL, NUMBERING):
                if each.tag == NUMBERING:
                    number = list_of(each)
                else:
                    level = outline_level(each)
        elif tag == RUN_PROPERTIES:
            hidden = next((flag(each) for each in child.iterchildren(HIDDEN)), None)
        elif tag == BASE:
            base = child.get(VALUE)
        elif tag == NAME:
            name = child.get(VALUE, "")
    if level is None and name:
        level = _named_level(name) or None
    return Style(base, level, *number, hidden)


def _named_level(name: str) -> int:
    match = HEADING.fullmatch(name)
    return int(match.group(1) or match.group(2)) if match else 0


def outline_level(element: Any) -> int:
    """The heading level that an element gives, 0 for body text."""
    level = whole_number(element.get(VALUE), BODY_TEXT)
    return level + 1 if 0 <= level < BODY_TEXT else 0


def list_of(element: Any) -> tuple[str | None, int | None]:
    """The id of the list and the level in it that ``numPr`` gives."""
    number: str | None = None
    depth: int | None = None
    for child in element:
        if child.tag == NUMBER_ID:
            number = child.get(VALUE)
        elif child.tag == NUMBER_LEVEL:
            depth = whole_number(child.get(VALUE), 0)
    return number, depth
