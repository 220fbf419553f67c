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
from gilint.readers.html.blocks import CONTROL
from gilint.text import fold, similarity

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from gilint.model import Grid
    from gilint.readers.html.blocks import Block, Box
    from gilint.readers.html.tree import Element

CHROME_TAGS = ("nav", "footer", "aside", "menu", "search", "dialog")
CHROME_ROLES = ("navigation", "banner", "contentinfo", "search", "complementary", "dialog", "alert", "menu")
# Words of class and id. What they name is never text of the article …
CHROME = late(
    r"foot(?!note)|copy-?right|bread-?crumb|crumbs?\b|share|nav(?:i|bar|igation|menu|list)?\b|\bnav|[a-z]nav|side-?bar"
    r"|relat(?:ed|ion)|recommend|comment(?:s|list|box)?\b|cookie|qr-?code|ewm\b|pag(?:er|ing|ination)\b|friend-?link"
    r"|\byqlj|pop-?up|modal|toolbar|bdshare|jiathis|hot-?(?:news|list)|dqwz|weizhi|\bwz\b|syq|xg(?:xx|wz|yd|nr)|hits\b",
    re.IGNORECASE,
)
# … or may be, where it holds sentences.
NEAR_CHROME = late(
    r"head(?!line)|\btop|bottom|logo|banner|menu|search|login|print|font-?size|\bzt?h\b|tool|position|location|current"
    r"|\bpath\b|\blinks?\b|side|\bleft|\bright|counter|click|info\b|meta\b|source|laiyuan|\btime\b|date\b|\bly\b|fbsj"
    r"|attach|fujian|\bfj\b|prev|next|hidden?\b|sr-only|d-none|float|lang|tips?\b|guide|weather|calendar|\bad[sv]?\b",
    re.IGNORECASE,
)
FOOT = late(r"ICP[备證证]|©|Copyright|版权所有|版权声明|网站标识码|网安备", re.IGNORECASE)
FOOT_LINE = late(r"[主承协]办(?:单位)?[：:]|技术支持[：:]|维护(?:单位)?[：:]|网站地图|联系我们|更新(?:时间|日期)[：:]")
NUMBERED = late(r"[ \u3000\xa0]*(?:第?[一二三四五六七八九十]{1,3}(?:部分|章)?[、.．]|[（(][一二三四五六七八九十]{1,3}[）)])")
SENTENCE = "。"
SHORTEST_SENTENCE = 12
NUMBERS = 3
STRONG, PROSE, OTHER = 2, 1, 0
"""What a block is: a numbered heading or a table of numbers, sentences, or anything else."""
LONGEST_CONTROL = 120
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
        self.left_out = self._left_out()

    def _left_out(self) -> list[bool]:
        edges = [0] * (len(self.blocks) + 1)
        for start, stop, element in self.boxes:
            strong, prose, length, linked, links = [sums[stop] - sums[start] for sums in self._sums]
            if strong:
                continue
            listed = links > 1 and not prose and linked * 2 > length
            if listed or _is_chrome(element, prose):
                edges[start] += 1
                edges[stop] -= 1
        return [depth > 0 for depth in accumulate(edges[:-1])]

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
    content = block[0]
    if isinstance(content, str):
        return len(content)
    return sum([len(cell.text) for row in content.rows for cell in row])


def _is_chrome(element: Element, prose: int) -> bool:
    """Whether an element is a part of the page by its tag, role, class or id."""
    if element.tag in CHROME_TAGS or (element.attr("role") or "") in CHROME_ROLES:
        return True
    named, known = element.attr("class"), element.attr("id")
    if not named and not known:
        return False
    names = f"{named or ''} {known or ''}"
    return CHROME.search(names) is not None or (not prose and NEAR_CHROME.search(names) is not None)


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
    if not isinstance(text, str):
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
    if not wanted:
        return []
    texts = [fold(str(outline.blocks[index][0])) for index in indexes]
    found = set[int]()
    for last in range(len(texts)):
        for first in range(last, max(-1, last - LINES_OF_TITLE), -1):
            joined = "".join(texts[first : last + 1])
            if any(_alike(joined, title) for title in wanted):
                found.update(range(first, last + 1))
                break
    groups: list[list[int]] = []
    for at in sorted(found):
        if groups and groups[-1][-1] == indexes[at - 1] and at - 1 in found:
            groups[-1].append(indexes[at])
        else:
            groups.append([indexes[at]])
    return groups


def _alike(text: str, title: str) -> bool:
    if len(text) < SHORTEST_TITLE or len(text) > LONGEST_TITLE:
        return False
    return text in title or (title in text and len(text) <= 2 * len(title)) or similarity(text, title) >= ALIKE
