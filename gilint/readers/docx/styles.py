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
    from collections.abc import Iterator
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


class Styles:
    """The styles of a document by their ids."""

    def __init__(self, root: Any) -> None:
        self._styles: dict[str, Style] = {}
        self.default = ""
        """The id of the style of paragraphs that name none."""
        if root is not None:
            for element in root.iterchildren(STYLE):
                self._add(element)
        self._levels: dict[str, int] = {}
        self._plain: dict[str, bool] = {}
        self.hidden = frozenset(key for key in self._styles if next(self._said(key, "hidden"), False))
        """The styles that hide their text."""

    def _add(self, element: Any) -> None:
        key = element.get(STYLE_ID, "")
        if element.get(KIND) == "paragraph" and element.get(DEFAULT) in ("1", "true", "on"):
            self.default = key
        self._styles.setdefault(key, _style(element))

    def level(self, key: str) -> int:
        """The heading level of a paragraph style, 0 for none."""
        level = self._levels.get(key)
        if level is None:
            level = self._levels[key] = next(self._said(key, "level"), _named_level(key) if not self._styles else 0)
        return level

    def numbering(self, key: str) -> tuple[str | None, int | None, list[str]]:
        """List, level in it, and the styles that may stand for a level of the list, the nearest first."""
        chain = list(self._chain(key))
        return next(self._said(key, "number"), None), next(self._said(key, "depth"), None), chain

    def is_plain(self, key: str) -> bool:
        """Whether a paragraph style neither makes headings nor numbers anything."""
        plain = self._plain.get(key)
        if plain is None:
            plain = self._plain[key] = not self.level(key) and self.numbering(key)[0] in (None, NO_LIST)
        return plain

    def _said(self, key: str, what: str) -> Iterator[Any]:
        """What a style and those that it is based on say, the nearest first."""
        for one in self._chain(key):
            value = getattr(self._styles[one], what)
            if value is not None:
                yield value

    def _chain(self, key: str | None) -> Iterator[str]:
        """A style and those that it is based on."""
        seen: list[str] = []
        while key is not None and key in self._styles and key not in seen and len(seen) < LONGEST_CHAIN:
            seen.append(key)
            yield key
            key = self._styles[key].base


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
