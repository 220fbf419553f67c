"""Which blocks of a page are its article.

Nothing is left out that may be text of it: sentences, numbered headings and tables of numbers make the article, and the
smallest box around them all holds it. What goes is what shows by its element, its class or its links that it belongs to
the page, and what stands outside of that box.
"""

from __future__ import annotations

import re
from itertools import accumulate

from gilint.dates import find_dates
from gilint.late import late
from gilint.readers.html.lines import CONTROL
from gilint.text import fold, similarity

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from gilint.readers.html.blocks import Box
    from gilint.readers.html.lines import Block
    from gilint.readers.html.tree import Element

CHROME_TAGS = ("nav", "footer", "aside", "menu", "search", "dialog")
CHROME_ROLES = ("navigation", "banner", "contentinfo", "search", "complementary", "dialog", "alert", "menu")
# Parts of class and id, and whole words of them: what they name is a part of the page …
CHROME = (
    *(
        "foot",
        "copyright",
        "breadcrumb",
        "crumbs",
        "share",
        "nav",
        "sidebar",
        "related",
        "recommend",
        "tuijian",
        "cookie",
    ),
    *("qrcode", "paginat", "friendlink", "yqlj", "popup", "modal", "toolbar", "jiathis", "hotnews", "dqwz", "weizhi"),
    *("xgxx", "xgwz", "xgyd", "xgnr", "wuzhangai"),
)
CHROME_WORDS = frozenset(("ewm", "pager", "paging", "comments", "hits", "wza"))
NO_CHROME = ("footnote",)
# … or, where it stands above the text and has no sentences, it probably is.
ABOVE = (
    *(
        "head",
        "logo",
        "banner",
        "menu",
        "search",
        "login",
        "print",
        "fontsize",
        "position",
        "location",
        "current",
        "info",
    ),
    *("tool", "source", "laiyuan", "meta", "counter", "click", "weather", "calendar", "hidden", "topbar"),
)
ABOVE_WORDS = frozenset(
    ("top", "path", "links", "side", "left", "time", "date", "ly", "hide", "lang", "tip", "tips", "font")
)
FOOT = late(r"ICP[备證证]|©|Copyright|版权所有|版权声明|网站标识码|网安备", re.IGNORECASE)
FOOT_LINE = late(r"[主承协]办(?:单位)?[：:]|技术支持[：:]|维护(?:单位)?[：:]|网站地图|联系我们|更新(?:时间|日期)[：:]")
HAN = "[一二三四五六七八九十]{1,3}"
NUMBERED = late(rf"[ \u3000\xa0]*(?:第?{HAN}(?:部分|章)?[、.．]|[（(]{HAN}[）)])")
SENTENCE = "。"
SHORTEST_SENTENCE = 12
NUMBERS = 3
CELL = 5
STRONG, PROSE, OTHER = 2, 1, 0
"""What a block is: a numbered heading or a table of numbers, sentences, or anything else."""
LONGEST_CONTROL = 120
LONGEST_FOOT = 500
LONGEST_SIGNATURE = 40
SIGNATURE = 4
"""Lines of a sign-off, and lines before it that may be blank of meaning."""


class Outline:
    """The blocks of a page with what is known of each: ``kinds``, and ``left_out`` for those of the page itself."""

    def __init__(self, blocks: Sequence[Block], boxes: Sequence[Box]) -> None:
        self.blocks = blocks
        self.boxes = boxes
        self.kinds = [_kind(block) for block in blocks]
        self._sums = [
            list(accumulate(counts, initial=0))
            for counts in (
                [kind == STRONG for kind in self.kinds],
                [kind == PROSE for kind in self.kinds],
                [_length(block) for block in blocks],
                [block[2] for block in blocks],
                [block[2] > 0 for block in blocks],
            )
        ]
        self.left_out = [False] * len(blocks)
        self._leave_out(self._of_page())
        core = self.inner(STRONG) or self.inner(PROSE)
        if core:
            first = core[0]
            self._leave_out([box for box in boxes if box[1] <= first and _is_above(box[2])])

    def _of_page(self) -> list[Box]:
        """Boxes that belong to the page and not to the article: none that holds a heading or a table of numbers."""
        found = []
        for box in self.boxes:
            start, stop, element = box
            strong, prose, length, linked, links = [sums[stop] - sums[start] for sums in self._sums]
            if not strong and ((links > 1 and not prose and linked * 2 > length) or _is_chrome(element)):
                found.append(box)
        return found

    def _leave_out(self, boxes: Sequence[Box]) -> None:
        edges = [0] * (len(self.blocks) + 1)
        for start, stop, _element in boxes:
            edges[start] += 1
            edges[stop] -= 1
        if boxes:
            depths = accumulate(edges[:-1])
            self.left_out = [out or depth > 0 for out, depth in zip(self.left_out, depths, strict=True)]

    def inner(self, kind: int) -> list[int]:
        """The blocks of a kind that are not left out."""
        return [index for index, one in enumerate(self.kinds) if one == kind and not self.left_out[index]]

    def box_around(self, first: int, last: int) -> tuple[int, int]:
        """The smallest box that holds both blocks, as (its first block, the one behind its last)."""
        around = [(stop - start, start, stop) for start, stop, _ in self.boxes if start <= first and stop > last]
        _size, start, stop = min(around, default=(0, 0, len(self.blocks)))
        return start, stop


def _kind(block: Block) -> int:
    text, _anchors, linked, level_or_numbers, _mark = block
    if not isinstance(text, str):
        return STRONG if level_or_numbers >= NUMBERS else OTHER
    if linked * 2 > len(text):
        return OTHER
    if NUMBERED.match(text):
        return STRONG
    return PROSE if SENTENCE in text and len(text) - linked >= SHORTEST_SENTENCE else OTHER


def _length(block: Block) -> int:
    """Characters of a block, more or less."""
    content = block[0]
    if isinstance(content, str):
        return len(content)
    return sum(map(len, content.rows)) * CELL


def _is_chrome(element: Element) -> bool:
    """Whether an element is a part of the page by its tag, its role, its class or its id."""
    if element.tag in CHROME_TAGS or element.attr("role") in CHROME_ROLES:
        return True
    names = _names(element)
    if not names:
        return False
    named = any(part in names for part in CHROME) and not any(part in names for part in NO_CHROME)
    return named or not CHROME_WORDS.isdisjoint(_words(names))


def _is_above(element: Element) -> bool:
    """Whether an element that stands above the text is a part of the page by its class or id."""
    names = _names(element)
    return any(part in names for part in ABOVE) or not ABOVE_WORDS.isdisjoint(_words(names))


def _names(element: Element) -> str:
    return f"{element.attr('class') or ''} {element.attr('id') or ''}".strip().lower()


def _words(names: str) -> list[str]:
    return names.replace("-", " ").replace("_", " ").split()


def article(blocks: Sequence[Block], boxes: Sequence[Box], titles: Sequence[str]) -> list[int]:
    """The indexes of the blocks that belong to the article, in order; ``titles`` are those that the page gives."""
    outline = Outline(blocks, boxes)
    core = outline.inner(STRONG) or outline.inner(PROSE)
    if not core:
        return [index for index, out in enumerate(outline.left_out) if not out]
    start, stop = outline.box_around(core[0], core[-1])
    start, stop = _with_neighbours(outline, start, stop)
    stop = _without_foot(outline, core[-1] + 1, stop)
    first = next(index for index in range(start, stop) if outline.kinds[index] and not outline.left_out[index])
    last = next(index for index in range(stop - 1, start - 1, -1) if outline.kinds[index])
    kept = [index for index in range(start, stop) if _stays(outline, index, first <= index <= last)]
    return _with_title(outline, kept, start, first, titles)


def _stays(outline: Outline, index: int, inside: bool) -> bool:
    """Whether a block of the article's box is text of it; ``inside`` says that sentences stand before and behind."""
    if outline.kinds[index]:
        return not outline.left_out[index]
    text, _anchors, linked, _level, mark = outline.blocks[index]
    if outline.left_out[index]:
        return False
    if mark == CONTROL and _length(outline.blocks[index]) <= LONGEST_CONTROL:
        return False
    return inside or not isinstance(text, str) or linked * 2 <= len(text)


# --- what stands around the box ---------------------------------------------------------------------------------------


def _with_neighbours(outline: Outline, start: int, stop: int) -> tuple[int, int]:
    """The box, with sentences that stand next to it, and with a sign-off behind it if it has none."""
    kinds, out = outline.kinds, outline.left_out
    index = start - 1
    while index >= 0 and not out[index]:
        if kinds[index]:
            start = index
        index -= 1
    index = stop
    while index < len(kinds) and not out[index] and not _is_foot(outline, index):
        if kinds[index]:
            stop = index + 1
        index += 1
    if any(_is_date(outline, index) for index in range(max(start, stop - SIGNATURE), stop)):
        return start, stop
    for index in range(stop, min(stop + SIGNATURE, len(kinds))):
        if out[index] or not _may_sign(outline, index):
            break
        if _is_date(outline, index):
            return start, index + 1
    return start, stop


def _without_foot(outline: Outline, first: int, stop: int) -> int:
    """The end of the article in its box: there the foot of the page begins, if nothing but that follows."""
    for index in range(first, stop):
        if _is_foot(outline, index) and not any(kind == STRONG for kind in outline.kinds[index:stop]):
            return index
    return stop


def _is_foot(outline: Outline, index: int) -> bool:
    text = outline.blocks[index][0]
    if not isinstance(text, str) or len(text) > LONGEST_FOOT:
        return False
    return FOOT.search(text) is not None or (outline.kinds[index] == OTHER and FOOT_LINE.search(text) is not None)


def _may_sign(outline: Outline, index: int) -> bool:
    """Whether a line may be one of a sign-off: short, without a link, and no label of something."""
    text, _anchors, linked, _level, _mark = outline.blocks[index]
    return isinstance(text, str) and not linked and len(text) <= LONGEST_SIGNATURE and "：" not in text


def _is_date(outline: Outline, index: int) -> bool:
    """Whether a line ends with a date as sign-offs have it: 2025年1月16日."""
    text = outline.blocks[index][0]
    if not isinstance(text, str) or len(text) > LONGEST_SIGNATURE:
        return False
    dates = [date for date in find_dates(text) if date.year and date.day]
    return len(dates) == 1 and text[dates[0].end - 1] in "日号" and not text[dates[0].end :].strip(" \xa0\u3000）)。")


# --- the title --------------------------------------------------------------------------------------------------------

LINES_OF_TITLE = 3
LONGEST_TITLE = 60
SHORTEST_TITLE = 6
ALIKE = 0.6
LOOKED_BACK = 40
LEAD = 8
YEAR = late(r"(?<!\d)20\d\d(?!\d)")


def _with_title(outline: Outline, kept: list[int], start: int, first: int, titles: Sequence[str]) -> list[int]:
    """The article with its title, which portals print above the box, or once there and once in it."""
    wanted = [fold(title) for title in titles if len(fold(title)) >= SHORTEST_TITLE]
    above = [index for index in range(max(0, start - LOOKED_BACK), start) if _may_be_title(outline, index)]
    lead = [index for index in kept if index < first and _may_be_title(outline, index)]
    printed = [fold(str(outline.blocks[index][0])) for index in above]
    inside = _titles(outline, lead, [*wanted, *(text for text in printed if len(text) >= SHORTEST_TITLE)])
    if inside:
        again = {index for group in inside[:-1] for index in group}
        return [index for index in kept if index not in again]
    outside = _titles(outline, above, wanted)
    if outside:
        headed = [group for group in outside if any(outline.blocks[index][3] for index in group)]
        return [*(headed or outside)[-1], *kept]
    if any(YEAR.search(title) for title in wanted):
        # The page knows the title, and does not print it.
        return kept
    headed_by = [index for index in above if outline.blocks[index][3] and not outline.left_out[index]]
    return [*(headed_by[-1:] or _lead(outline, start)), *kept]


def _lead(outline: Outline, start: int) -> list[int]:
    """The lines right above the box: the title is among them if it is anywhere."""
    first = start
    while first > max(0, start - LEAD) and not outline.left_out[first - 1] and not outline.kinds[first - 1]:
        first -= 1
    return [index for index in range(first, start) if _stays(outline, index, False)]


def _may_be_title(outline: Outline, index: int) -> bool:
    text, _anchors, linked, level, _mark = outline.blocks[index]
    if not isinstance(text, str) or outline.kinds[index]:
        return False
    return len(text) <= LONGEST_TITLE and (not linked or level > 0)


def _titles(outline: Outline, indexes: Sequence[int], wanted: Sequence[str]) -> list[list[int]]:
    """Runs of lines that are a title of the page, or more or less so."""
    titles = [(title, frozenset(title)) for title in wanted]
    texts = [fold(str(outline.blocks[index][0])) for index in indexes]
    found = set[int]()
    for last in range(len(texts)):
        for first in range(last, max(-1, last - LINES_OF_TITLE), -1):
            if _is_title("".join(texts[first : last + 1]), titles):
                found.update(range(first, last + 1))
                break
    groups: list[list[int]] = []
    for at in sorted(found):
        if groups and groups[-1][-1] == indexes[at - 1] and at - 1 in found:
            groups[-1].append(indexes[at])
        else:
            groups.append([indexes[at]])
    return groups


def _is_title(text: str, titles: Sequence[tuple[str, frozenset[str]]]) -> bool:
    """Whether a text is one of the titles, a part of one, or alike."""
    if not SHORTEST_TITLE <= len(text) <= LONGEST_TITLE:
        return False
    for title, characters in titles:
        if text in title or (title in text and len(text) <= 2 * len(title)):
            return True
        # Most lines have little in common with a title, and to look for that takes a tenth of the time.
        if len(characters.intersection(text)) * 2 > len(characters) and similarity(text, title) >= ALIKE:
            return True
    return False
