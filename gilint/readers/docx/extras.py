"""What paragraphs have beside their text: heading level, list number, notes at the foot, things to be told."""

from __future__ import annotations

from gilint.readers.docx.names import BODY, NUMBERING, OUTLINE_LEVEL, PARAGRAPH, PARAGRAPH_STYLE, VALUE
from gilint.readers.docx.numbering import Numbering
from gilint.readers.docx.parts import NUMBERING as LISTS
from gilint.readers.docx.styles import NO_LIST, list_of, outline_level

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Any

    from gilint.readers.docx.parts import Parts
    from gilint.readers.docx.styles import Styles

UNSAID: tuple[str | None, int | None] = (None, None)


class Extra:
    """What is special about a paragraph; most have nothing special.

    ``runs_on`` says that its end is deleted or hidden, so that the next paragraph continues it. ``feet`` are its
    footnotes, each a number and its lines; ``kinds`` the kinds of the document's notes whose first place it is.
    """

    __slots__ = ("feet", "kinds", "label", "level", "runs_on")

    def __init__(self) -> None:
        self.label = ""
        self.level = 0
        self.runs_on = False
        self.feet: list[tuple[int, Sequence[str]]] = []
        self.kinds: list[str] = []


class Extras:
    """The extras of a document's paragraphs by their elements, and how often each kind of note was seen."""

    def __init__(self) -> None:
        self.known: dict[Any, Extra] = {}
        self.counts: dict[str, int] = {}

    def of(self, paragraph: Any) -> Extra:
        found = self.known.get(paragraph)
        if found is None:
            found = self.known[paragraph] = Extra()
        return found

    def tell(self, kind: str, element: Any, count: int = 1) -> None:
        """Count a note of this kind; the first is told to be in the paragraph around ``element``, or near it."""
        if kind not in self.counts:
            paragraph = _near(element)
            if paragraph is not None:
                self.of(paragraph).kinds.append(kind)
        self.counts[kind] = self.counts.get(kind, 0) + count


def around(element: Any) -> Any:
    """The paragraph in which an element stands; ``None`` for none."""
    return next(element.iterancestors(PARAGRAPH), None)


def _near(element: Any) -> Any:
    """The paragraph in which an element stands, or the first one in it, or in the row or table around it."""
    paragraph = None if element is None else around(element)
    while paragraph is None and element is not None and element.tag != BODY:
        paragraph = next(element.iter(PARAGRAPH), None)
        element = element.getparent()
    return paragraph


def number_paragraphs(root: Any, parts: Parts, styles: Styles, extras: Extras) -> None:
    """Give each paragraph its heading level and list number."""
    outline = _Outline(parts, styles, extras)
    paragraph: Any = None
    style, given, level = styles.default, UNSAID, None
    for element in root.iter(PARAGRAPH, PARAGRAPH_STYLE, NUMBERING, OUTLINE_LEVEL):
        tag = element.tag
        if tag == PARAGRAPH:
            outline.add(paragraph, style, given, level)
            paragraph, style, given, level = element, styles.default, UNSAID, None
        elif tag == PARAGRAPH_STYLE:
            style = element.get(VALUE, "")
        elif tag == NUMBERING:
            given = list_of(element)
        else:
            level = outline_level(element)
    outline.add(paragraph, style, given, level)


class _Outline:
    """Counts paragraphs as they come."""

    def __init__(self, parts: Parts, styles: Styles, extras: Extras) -> None:
        self._parts, self._styles, self._extras = parts, styles, extras
        self._numbering: Numbering | None = None

    def add(self, paragraph: Any, style: str, given: tuple[str | None, int | None], level: int | None) -> None:
        if given is UNSAID and level is None and self._styles.is_plain(style):
            return
        extra = self._extras.known.get(paragraph)
        if paragraph is None or (extra is not None and extra.runs_on):
            # It is a part of the next paragraph, and only that one counts.
            return
        if level is None:
            level = self._styles.level(style)
        label = self._label(style, *given)
        if label or level:
            extra = self._extras.of(paragraph)
            extra.label, extra.level = label, level

    def _label(self, style: str, number: str | None, depth: int | None) -> str:
        usual, styled = self._styles.numbering(style)
        if number is None:
            number = usual
        if number is None or number == NO_LIST:
            return ""
        if self._numbering is None:
            self._numbering = Numbering(self._parts.related(LISTS), self._styles)
        return self._numbering.label(number, depth, styled, self._styles.chain(style))
