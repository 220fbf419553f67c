"""What a page has beside its text: page numbers, and headers and footers that stand on several pages."""

from __future__ import annotations

from collections import Counter

from gilint.late import late
from gilint.record import Record

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from gilint.readers.pdf.lines import Line

OUTERMOST = 3
"""How many lines of a page, from its top and from its end, may be furniture."""
MARGIN = 0.17
"""The share of a page's height, at its top and at its end, in which furniture stands."""
SHIFT = 4.0
"""In points: by how much the same footer may stand higher on one page than on another."""
DASH = "-—–－―_·•~"
NUMBERED = late(
    rf"[{DASH}\s]+\d{{1,4}}[{DASH}\s]+"
    r"|第\s*(?:\d{1,4}|[一二三四五六七八九十百]{1,5})\s*页(?:\s*[,，、/／]?\s*[（(]?\s*共\s*(?:\d{1,4}|[一二三四五六七八九十百]{1,5})\s*页\s*[）)]?)?"
    r"|共\s*\d{1,4}\s*页\s*[,，、/／]?\s*第\s*\d{1,4}\s*页"
    r"|(?i:page|p\.?)\s*\d{1,4}(?:\s*(?:of|/)\s*\d{1,4})?"
)
OF_ALL = late(r"\d{1,4}\s*[/／]\s*\d{1,4}\s*页?")
BARE = late(r"\d{1,4}")
PRINTED_PAGE = late(r"(?:https?|file)://\S+(?:\s+\d{1,4}/\d{1,4})?")
CONTINUED = late(r"[（(]?\s*(?:接上[页表]|续\s*上?\s*[页表]|续表\s*\d*|见下页|下页继续)\s*[）)]?")
FIGURE = late(r"\d+")
LETTER = late(r"[^\W\d_]")


class Strip(Record):
    """The free lines of a page from top to bottom, with the page's height; ``ends`` says which of them have nothing of
    the page's content above them, or below them."""

    lines: Sequence[Line]
    height: float
    first: float
    last: float


def without_furniture(pages: Sequence[Strip]) -> list[list[Line]]:
    """The lines of each page that belong to its text."""
    dropped = [set(_numbered(page)) for page in pages]
    _drop_bare_numbers(pages, dropped)
    _drop_repeated(pages, dropped)
    return [
        [line for number, line in enumerate(page.lines) if number not in gone]
        for page, gone in zip(pages, dropped, strict=True)
    ]


def _outer(page: Strip) -> Iterator[tuple[int, Line, str]]:
    """The outermost lines of a page, their number and text."""
    count = len(page.lines)
    for number in sorted({*range(min(OUTERMOST, count)), *range(max(0, count - OUTERMOST), count)}):
        line = page.lines[number]
        if line.base <= page.first or line.top >= page.last:
            yield number, line, line.text.strip()


def _in_margin(page: Strip, line: Line) -> bool:
    return line.base < MARGIN * page.height or line.top > (1 - MARGIN) * page.height


def _numbered(page: Strip) -> Iterator[int]:
    """Lines that say themselves that they are page numbers, or what a browser prints below a page."""
    for number, line, text in _outer(page):
        plain = text.strip(DASH + " ")
        low = _in_margin(page, line) and (OF_ALL.fullmatch(plain) or PRINTED_PAGE.fullmatch(text))
        if low or NUMBERED.fullmatch(text) or CONTINUED.fullmatch(text):
            yield number


def _drop_bare_numbers(pages: Sequence[Strip], dropped: Sequence[set[int]]) -> None:
    """Numbers alone on the first or last line of pages that go up with the pages."""
    found: list[tuple[int, int, int]] = []
    for index, page in enumerate(pages):
        for number, line, text in _outer(page):
            if number not in dropped[index] and _in_margin(page, line) and BARE.fullmatch(text):
                found.append((int(text) - index, index, number))
    steps = Counter(step for step, _index, _number in found)
    for step, index, number in found:
        if steps[step] > 1 or (len(pages) == 1 and step == 1):
            dropped[index].add(number)


def _drop_repeated(pages: Sequence[Strip], dropped: Sequence[set[int]]) -> None:
    """Lines that stand on several pages at the same place, but for their figures."""
    places: dict[tuple[str, bool], list[tuple[float, int, int]]] = {}
    for index, page in enumerate(pages):
        for number, line, text in _outer(page):
            if number in dropped[index] or not _in_margin(page, line) or not LETTER.search(text):
                continue
            above = line.base < page.height / 2
            key = "".join(FIGURE.sub("#", text).split()), above
            places.setdefault(key, []).append((line.base if above else page.height - line.base, index, number))
    for found in places.values():
        found.sort()
        for at, index, number in found:
            same = {other for place, other, _number in found if abs(place - at) <= SHIFT}
            if len(same) > 1 and len(same) * 3 >= len(pages):
                dropped[index].add(number)
