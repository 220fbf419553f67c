"""The blocks of a page with what is known of each, and which of them belong to the page and not to its article."""

from __future__ import annotations

from itertools import accumulate

from gilint.dates import find_dates
from gilint.late import late
from gilint.readers.html.chrome import is_above, is_chrome, is_foot
from gilint.readers.html.lines import CONTROL

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from gilint.readers.html.blocks import Box
    from gilint.readers.html.lines import Block

HAN = "[一二三四五六七八九十]{1,3}"
NUMBERED = late(rf"[ \u3000\xa0]*(?:第?{HAN}(?:部分|章)?[、.．]|[（(]{HAN}[）)])")
SENTENCE = "。"
SHORTEST_SENTENCE, LONG_SENTENCE = 12, 20
NUMBERS = 3
CELL = 5
"""Characters of a cell, more or less."""
STRONG, PROSE, OTHER = 2, 1, 0
"""What a block is: a numbered heading or a table of numbers, sentences, or anything else."""
LONGEST_CONTROL = 120
LONGEST_SIGNATURE = 40


class Outline:
    """``kinds`` say what each block is, ``linked`` how many of its characters are in links, ``left_out`` whether it
    belongs to the page."""

    def __init__(self, blocks: Sequence[Block], boxes: Sequence[Box]) -> None:
        self.blocks = blocks
        self.boxes = boxes
        self.linked = _linked(blocks)
        self.kinds = [_kind(block, linked) for block, linked in zip(blocks, self.linked, strict=True)]
        self.left_out = [False] * len(blocks)
        self._leave_out(self._of_page())
        core = self.core()
        if core:
            self._leave_out([box for box in boxes if box[1] <= core[0] and is_above(box[2])])

    def core(self) -> list[int]:
        """The blocks that surely are of the article: headings and tables; without any, sentences."""
        strong = [at for at, kind in enumerate(self.kinds) if kind == STRONG and not self.left_out[at]]
        return strong or [
            at for at, kind in enumerate(self.kinds) if kind == PROSE and not self.left_out[at] and not self.is_foot(at)
        ]

    def _of_page(self) -> list[Box]:
        """Boxes that belong to the page: none with a heading or a table of numbers, none with sentences but by name."""
        counts = (
            [kind == STRONG for kind in self.kinds],
            [kind == PROSE for kind in self.kinds],
            [_length(block) for block in self.blocks],
            self.linked,
            [linked > 0 for linked in self.linked],
        )
        sums = [list(accumulate(count, initial=0)) for count in counts]
        found = []
        for box in self.boxes:
            start, stop, element = box
            strong, prose, length, linked, links = [total[stop] - total[start] for total in sums]
            if not strong and ((links > 1 and not prose and linked * 2 > length) or is_chrome(element)):
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

    def text(self, at: int) -> str:
        """The text of a line; nothing for a table."""
        content = self.blocks[at][0]
        return content if isinstance(content, str) else ""

    def is_foot(self, at: int) -> bool:
        """Whether a block is a line of the foot of the page."""
        return is_foot(self.text(at), self.kinds[at] == PROSE)

    def is_shown(self, at: int, inside: bool) -> bool:
        """Whether a block of the article's box is text of it; ``inside``: sentences stand before and behind it."""
        if self.left_out[at]:
            return False
        if self.kinds[at] or inside:
            return self.kinds[at] > 0 or not self._is_control(at)
        text = self.text(at)
        return not text or (not self._is_control(at) and self.linked[at] * 2 <= len(text))

    def _is_control(self, at: int) -> bool:
        return self.blocks[at][4] == CONTROL and len(self.text(at)) <= LONGEST_CONTROL

    def may_sign(self, at: int) -> bool:
        """Whether a line may be one of a sign-off: short, without a link, and no label of something."""
        text = self.text(at)
        return 0 < len(text) <= LONGEST_SIGNATURE and not self.linked[at] and "：" not in text

    def is_date(self, at: int) -> bool:
        """Whether a line ends with a date as sign-offs have it: 2025年1月16日."""
        text = self.text(at)
        if not 0 < len(text) <= LONGEST_SIGNATURE:
            return False
        dates = [date for date in find_dates(text) if date.year and date.day]
        return (
            len(dates) == 1 and text[dates[0].end - 1] in "日号" and not text[dates[0].end :].strip(" \xa0\u3000）)。")
        )


def _linked(blocks: Sequence[Block]) -> list[int]:
    """How many characters of each block are in links; none where a link was never closed and took in the text."""
    linked = [block[2] for block in blocks]
    if any(linked):
        lost = total = 0
        for block in blocks:
            text = block[0]
            if isinstance(text, str) and len(text) > LONG_SENTENCE and SENTENCE in text:
                total += len(text)
                lost += block[2]
        if lost * 2 > total:
            return [0] * len(blocks)
    return linked


def _kind(block: Block, linked: int) -> int:
    text, _anchors, _linked, level_or_numbers, _mark = block
    if not isinstance(text, str):
        return STRONG if level_or_numbers >= NUMBERS else OTHER
    if linked * 2 > len(text):
        return OTHER
    if NUMBERED.match(text):
        return STRONG
    return PROSE if SENTENCE in text and len(text) - linked >= SHORTEST_SENTENCE else OTHER


def _length(block: Block) -> int:
    content = block[0]
    return len(content) if isinstance(content, str) else sum(map(len, content.rows)) * CELL
