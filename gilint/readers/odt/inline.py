"""Text inside paragraphs, and what stands beside it there: notes, comments, drawings, marks of changes."""

from __future__ import annotations

from gilint.late import late
from gilint.readers.docx.inline import LINE
from gilint.readers.odt.names import (
    ANNOTATION,
    CHANGES,
    COUNT,
    DRAW,
    HEADING,
    HIDDEN_PARAGRAPH,
    HIDDEN_TEXT,
    IS_HIDDEN,
    LINE_BREAK,
    NOTE,
    PARAGRAPH,
    SILENT,
    SPACES,
    SPAN,
    STYLE_NAME,
    TAB,
    TABLES,
    whole_number,
)

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Collection
    from typing import Any

BLANKS = late(r"[ \t\r\n]+")
MOST_SPACES = 1000
"""No paragraph has so many spaces side by side; a number beyond is a trap."""
BLOCKS = (PARAGRAPH, HEADING)
"""What has no place in a paragraph. Wherever it comes from, its numbers are none with those around it."""
NOTHING_HIDDEN: Collection[str] = ()


def collapsed(text: str) -> str:
    """Text as it stands in the file, where white space of any kind and length is a space."""
    if "  " in text or "\n" in text or "\t" in text or "\r" in text:
        return BLANKS.sub(" ", text)
    return text


class Content:
    """What a paragraph holds. ``text`` has ``LINE`` for line breaks.

    ``feet`` are its footnotes and ``drawings`` what is tied to it, as elements; ``changed`` says that a tracked change
    begins in it, ``comments`` and ``hidden`` count comments and pieces of hidden text.
    """

    def __init__(self, paragraph: Any, hidden_styles: Collection[str] = NOTHING_HIDDEN) -> None:
        self.feet: list[Any] = []
        self.drawings: list[Any] = []
        self.comments = self.hidden = 0
        self.changed = self.is_hidden = False
        self._styles = hidden_styles
        self._pieces: list[str] = []
        self._after_blank = True
        if len(paragraph):
            self._walk(paragraph)
        elif paragraph.text:
            self._add(paragraph.text)
        self.text = "".join(self._pieces)

    def _walk(self, element: Any) -> None:
        if element.text:
            self._add(element.text)
        for child in element:
            self._take(child)
            if child.tail:
                self._add(child.tail)

    def _take(self, child: Any) -> None:
        tag = child.tag
        if tag == SPAN:
            if self._styles and child.get(STYLE_NAME) in self._styles:
                self.hidden += any(map(str.strip, child.itertext()))
            else:
                self._walk(child)
        elif tag == SPACES:
            self._sign(" " * min(whole_number(child.get(COUNT), 1), MOST_SPACES))
        elif tag == TAB:
            self._sign("\t")
        elif tag == LINE_BREAK:
            self._sign(LINE)
        elif tag == NOTE:
            self.feet.append(child)
        elif tag == ANNOTATION:
            self.comments += 1
        elif tag in CHANGES:
            self.changed = True
        elif tag.startswith(DRAW):
            self.drawings.append(child)
        elif tag in (HIDDEN_TEXT, HIDDEN_PARAGRAPH) and child.get(IS_HIDDEN) == "true":
            self.hidden += 1
            self.is_hidden = self.is_hidden or tag == HIDDEN_PARAGRAPH
        elif tag in BLOCKS or tag.startswith(TABLES):
            self._sign("\t")
            self._walk(child)
            self._sign("\t")
        elif tag not in SILENT:
            self._walk(child)

    def _sign(self, text: str) -> None:
        self._pieces.append(text)
        self._after_blank = False

    def _add(self, text: str) -> None:
        """Add text of the file; white space does not count at the beginning, nor behind other white space."""
        text = collapsed(text)
        if self._after_blank and text[0] == " ":
            text = text[1:]
        if text:
            self._pieces.append(text)
            self._after_blank = text[-1] == " "
