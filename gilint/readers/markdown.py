"""Markdown: headings, emphasis and pipe tables; a line is a paragraph, as report texts are written.

Paragraphs of such files are rarely separated by empty lines, so soft line breaks are not joined as CommonMark would.
"""

from __future__ import annotations

from gilint.late import late
from gilint.model import Document, Paragraph, PartOrigin, TextOrigin
from gilint.readers.text import decode, lines_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from gilint.limits import Limits

HEADING = late(r" {0,3}(#{1,6})[ \t]+")
STRONG = ("**", "__")
RUN = late(r"\*\*(?![\s*])([^*]+)(?<!\s)\*\*")
BLANKS = " \t\u3000\xa0"


def read(data: bytes, name: str, limits: Limits) -> Document:
    text, encoding = decode(data, name)
    blocks = tuple(_paragraph(number, line) for number, line in lines_of(text, name, limits))
    return Document(name=name, format="markdown", encoding=encoding, blocks=blocks, metadata={})


def _paragraph(number: int, line: str) -> Paragraph:
    origin = TextOrigin(((0, number, 1),))
    level, offset, body = 0, 0, line
    match = HEADING.match(line) if "#" in line else None
    if match:
        level, offset = len(match.group(1)), match.end()
        body = line[offset:].rstrip(" \t").rstrip("#").rstrip(" \t")
    strong = body.strip(BLANKS)
    if strong[:2] in STRONG and len(strong) > 4 and strong.endswith(strong[:2]):
        inner = strong[2:-2]
        if inner == inner.strip() and strong[:2] not in inner:
            offset, body = offset + body.index(strong) + 2, inner
    if "**" in body:
        starts, body = _without_runs(body, number, offset + 1)
        return Paragraph(body, TextOrigin(starts), level)
    return Paragraph(body, PartOrigin(origin, offset) if offset else origin, level)


def _without_runs(body: str, number: int, column: int) -> tuple[tuple[tuple[int, int, int], ...], str]:
    """The text without the marks of strong runs inside it, and where each piece of it stands in the line."""
    starts: list[tuple[int, int, int]] = []
    pieces: list[str] = []
    length = end = 0
    for match in RUN.finditer(body):
        for begin, stop in ((end, match.start()), match.span(1)):
            if stop > begin:
                starts.append((length, number, column + begin))
                pieces.append(body[begin:stop])
                length += stop - begin
        end = match.end()
    if end < len(body) or not starts:
        starts.append((length, number, column + end))
        pieces.append(body[end:])
    return tuple(starts), "".join(pieces)
