"""Text inside paragraphs: what each element of a run stands for."""

from __future__ import annotations

from gilint.late import late
from gilint.readers.docx.names import (
    ALIGNED_TAB,
    BREAK,
    CHARACTER,
    FONT,
    HYPHEN,
    MATH_TEXT,
    RETURN,
    RUN,
    SPACE,
    SYMBOL,
    TAB,
    TEXT,
)

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

LINE = "\v"
"""Stands for a line break inside a paragraph, until it is known what becomes of it. No XML can hold it."""
SIGNS = (TAB, ALIGNED_TAB, BREAK, RETURN, HYPHEN, SYMBOL, MATH_TEXT)
"""Elements other than ``TEXT`` that stand for characters."""
INLINE = (TEXT, *SIGNS)
"""All elements of a paragraph that count."""

PLAIN = {ALIGNED_TAB: "\t", RETURN: LINE, HYPHEN: "-", BREAK: LINE}
BLANKS = " \t\r\n"
BROKEN_NUMBER = late(r"(?<=[0-9０-９])\v+(?=[0-9０-９])")

PRIVATE = 0xF000
"""Signs of symbol fonts are stored from here on."""
SIGNS_OF_FONTS = {
    "wingdings": {
        0x6C: "●",
        0x6E: "■",
        0x6F: "□",
        0x71: "□",
        0x75: "◆",
        0xA8: "□",
        0xFB: "✗",
        0xFC: "✓",
        0xFD: "☒",
        0xFE: "☑",
    },
    "wingdings 2": {0x4F: "✗", 0x50: "✓", 0x51: "☒", 0x52: "☑", 0x53: "☒", 0x54: "☒", 0xA3: "□"},
    "symbol": {0xB7: "•", 0xB3: "≥", 0xA3: "≤", 0xB4: "×", 0xB1: "±", 0xB8: "÷"},
}


def text_of(paragraph: Any, tags: tuple[str, ...] = INLINE) -> str:
    """The text of a paragraph, with ``LINE`` for line breaks; ``tags`` are those of ``INLINE`` that may occur."""
    pieces = []
    for element in paragraph.iter(*tags):
        if element.tag == TEXT:
            text = element.text
            if text:
                # Stripping gives back the same object where there is nothing to strip.
                pieces.append(text if text.strip() is text and "\n" not in text else cleaned(element, text))
        else:
            pieces.append(sign(element))
    return "".join(pieces)


def cleaned(element: Any, text: str) -> str:
    """Text with white space at its edge, which only counts where the file says so."""
    if element.get(SPACE) != "preserve":
        text = text.strip(BLANKS)
    return text.replace("\n", " ")


def sign(element: Any) -> str:
    """The character that an element of ``SIGNS`` stands for."""
    tag = element.tag
    if tag == MATH_TEXT:
        return element.text or ""
    if tag == SYMBOL:
        return _symbol(element.get(FONT, "").lower(), element.get(CHARACTER, ""))
    # Tab stops of a paragraph are called like tabs.
    if tag == TAB:
        return "\t" if element.getparent().tag == RUN else ""
    return PLAIN[tag]


def _symbol(font: str, code: str) -> str:
    try:
        point = int(code, 16)
    except ValueError:
        return ""
    if not 0x20 <= point <= 0xFFFF or 0xD800 <= point < 0xE000:
        return ""
    known = SIGNS_OF_FONTS.get(font)
    if known is None:
        # A font of letters: the code is that of the letter.
        return chr(point - PRIVATE if PRIVATE < point < PRIVATE + 0x100 else point)
    return known.get(point & 0xFF, chr(point))


def rejoined(text: str) -> str:
    """The text of a cell, its line breaks as lines; one inside a number only serves the width of the column."""
    return BROKEN_NUMBER.sub("", text).replace(LINE, "\n")
