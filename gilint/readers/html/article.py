"""Which blocks of a page are its article.

Nothing is left out that may be text of it: numbered headings and tables of numbers make the article, and the smallest
box around them all holds it. What goes is what shows by its element, its names or its links that it belongs to the
page, and what stands outside of that box.
"""

from __future__ import annotations

from itertools import accumulate

from gilint.model import Grid
from gilint.readers.html.chrome import names_of
from gilint.readers.html.outline import STRONG, Outline
from gilint.readers.html.titles import with_title

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from gilint.readers.html.blocks import Box
    from gilint.readers.html.lines import Block

SIGNATURE = 4
"""Lines in which a sign-off is looked for."""
FEWEST_TWICE = 4
SOME, MOST = 0.4, 0.8
LONGEST_ADVICE = 60


def article(blocks: Sequence[Block], boxes: Sequence[Box], titles: Sequence[str]) -> list[int]:
    """The indexes of the blocks that belong to the article, in order; none without a sentence, heading or table.

    ``titles`` are those that the page gives itself.
    """
    outline = Outline(blocks, boxes)
    core = _once(outline, outline.core())
    if not core:
        return []
    start, stop, names = _box_around(outline, core)
    last = max(at for at in core if at < stop)
    start = _with_sentences_before(outline, start)
    stop = _foot(outline, last + 1, stop)
    if not _is_signed(outline, stop):
        stop = _with_sentences_behind(outline, stop, names)
        stop = _with_signature(outline, stop)
    text = [at for at in range(start, stop) if outline.kinds[at] and not outline.left_out[at]]
    kept = [at for at in range(start, stop) if outline.is_shown(at, text[0] <= at <= text[-1])]
    return with_title(outline, kept, start, text[0], titles)


def _once(outline: Outline, core: list[int]) -> list[int]:
    """The first half, where the second half is the same: some pages hold a copy for telephones."""
    half, odd = divmod(len(core), 2)
    if odd or len(core) < FEWEST_TWICE:
        return core
    if all(_says(outline, one) == _says(outline, other) for one, other in zip(core[:half], core[half:], strict=True)):
        return core[:half]
    return core


def _says(outline: Outline, at: int) -> str:
    content = outline.blocks[at][0]
    if isinstance(content, Grid):
        return "\t".join([cell.text for row in content.rows for cell in row])
    return content


def _box_around(outline: Outline, core: Sequence[int]) -> tuple[int, int, str]:
    """The smallest box that holds all headings and tables: its first block, the one behind its last, its names.

    A page has sentences of its own, and a report may have but one heading: without any, or where most of the sentences
    stand elsewhere, it is the smallest that has most of those as well.
    """
    strong = outline.kinds[core[0]] == STRONG
    counted = range(len(outline.blocks)) if strong else core
    lengths = [0] * len(outline.blocks)
    for at in counted:
        if outline.kinds[at] and not outline.left_out[at]:
            lengths[at] = len(outline.text(at))
    sums = list(accumulate(lengths, initial=0))
    around = [box for box in outline.boxes if not strong or (box[0] <= core[0] and box[1] > core[-1])]
    around.sort(key=lambda box: box[1] - box[0])
    wanted = SOME if strong else MOST
    for start, stop, element in around:
        if sums[stop] - sums[start] >= wanted * sums[-1]:
            return start, stop, names_of(element)
        wanted = MOST
    return 0, len(outline.blocks), ""


def _with_sentences_before(outline: Outline, start: int) -> int:
    """Where the article begins with the sentences right above its box."""
    begin = at = start
    while at and not outline.left_out[at - 1] and not outline.linked[at - 1] and outline.kinds[at - 1] != STRONG:
        at -= 1
        begin = at if outline.kinds[at] else begin
    return begin


def _with_sentences_behind(outline: Outline, stop: int, names: str) -> int:
    """Where the article ends with the sentences right behind its box, in boxes of the same name or in none."""
    end = at = stop
    others = [box for box in outline.boxes if box[0] >= stop and names_of(box[2]) != names]
    fence = min([box[0] for box in others], default=len(outline.blocks))
    while at < fence and not outline.left_out[at] and not outline.linked[at] and not outline.is_foot(at):
        if outline.kinds[at] == STRONG:
            break
        at += 1
        end = at if outline.kinds[at - 1] else end
    return end


def _foot(outline: Outline, first: int, stop: int) -> int:
    """The end of the article in its box: there the foot of the page begins, if it stands in the same box."""
    feet = [at for at in range(first, stop) if outline.is_foot(at)]
    if not feet:
        return stop
    # A foot has a sentence of its own at most.
    sentences = [at for at in range(feet[0], stop) if outline.kinds[at] and not outline.is_foot(at)]
    last = sentences[-1] if sum([len(outline.text(at)) for at in sentences]) > LONGEST_ADVICE else -1
    return next((at for at in feet if at > last), stop)


def _is_signed(outline: Outline, stop: int) -> bool:
    return any(outline.is_date(at) for at in range(max(0, stop - SIGNATURE), stop))


def _with_signature(outline: Outline, stop: int) -> int:
    """Where the article ends with the sign-off right behind its box."""
    for at in range(stop, min(stop + SIGNATURE, len(outline.blocks))):
        if outline.left_out[at] or not outline.may_sign(at):
            break
        if outline.is_date(at):
            return at + 1
    return stop
