"""Markdown: headings, emphasis and pipe tables; a line is a paragraph, as report texts are written.

Paragraphs of such files are rarely separated by empty lines, so soft line breaks are not joined as CommonMark would.
"""

from __future__ import annotations

import re

from gilint.late import late
from gilint.model import Document, Paragraph, PartOrigin, TextOrigin
from gilint.readers import Reader
from gilint.readers.text import decode, lines_of

HEADING = late(r" {0,3}(#{1,6})[ \t]+(.*?)[ \t]*#*[ \t]*\Z")
STRONG_LINE = late(r"\s*(\*\*|__)(?=\S)(.+?)(?<=\S)\1\s*\Z")
MARKED = re.compile(rb"^ {0,3}#{1,6}[ \t]|^\s*\|?\s*:?-{3,}:?\s*\|", re.MULTILINE)


def read(data: bytes, name: str) -> Document:
    text, encoding = decode(data, name)
    blocks = tuple(_paragraph(number, line) for number, line in lines_of(text))
    return Document(name=name, format="markdown", encoding=encoding, blocks=blocks, metadata={})


def _paragraph(number: int, line: str) -> Paragraph:
    origin = TextOrigin(((0, number, 1),))
    match = HEADING.match(line)
    if match:
        level, offset, body = len(match.group(1)), match.start(2), match.group(2)
    else:
        level, offset, body = 0, 0, line
    strong = STRONG_LINE.match(body)
    if strong:
        offset, body = offset + strong.start(2), strong.group(2)
    return Paragraph(body, PartOrigin(origin, offset) if offset else origin, level)


def sniff(data: bytes, name: str) -> bool:
    """By name where there is one (a .txt file with ``#`` has marks left over); else by headings and table rules."""
    lowered = name.lower()
    if lowered.endswith((".md", ".markdown", ".mkd")):
        return True
    return "." not in lowered.rpartition("/")[2] and MARKED.search(data[:200_000]) is not None


reader = Reader("markdown", sniff, read, (".md", ".markdown", ".mkd"))
