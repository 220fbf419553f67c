"""Lines put together into paragraphs, and into the lines of tables that nothing rules.

A line goes on in the next one when it was broken: what stands there would not have fitted on it. A line with wide gaps
is one of columns; it and those around it keep their places on the page, as their columns say what belongs together.
"""

from __future__ import annotations

from itertools import pairwise

from gilint.late import late
from gilint.model import Paragraph
from gilint.readers.pdf.columns import in_columns, set_out
from gilint.readers.pdf.texts import BEGINS, between, first_word, joined, line_text

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from gilint.readers.pdf.columns import FreeLine
    from gilint.readers.pdf.lines import Line
    from gilint.readers.pdf.texts import Text

SENTENCE_ENDS = late(r"[。！？!?；;：:][”’）)》]?\s*\Z")
# A line of a table of contents.
LEADERS = late(r"[.．…·]{3,}\s*\d+\s*\Z")
PUNCTUATION = late(r"[。，；：！？]")
OTHER_SIZE = 0.08
INDENT = 0.8
"""In ems: a line that begins so far in begins a paragraph."""
HANGING = 6.0
"""In ems: how far in a block of lines may stand as a whole."""
JUSTIFIED, RAGGED = 0.5, 0.5
"""In ems: what a broken line may leave free, justified or not, the latter beside what did not fit on it."""
OPEN = 1.0
"""The same where no sentence ends: programs keep more together on a line than can be told, such as 册》600."""
LOOSER = 0.4
"""In ems: lines farther apart than usual by this are of two paragraphs."""
BULLETS = "•◆●■□▪·➢"


def paragraphs(lines: Sequence[FreeLine]) -> Iterator[Paragraph]:
    """The paragraphs that lines make up which follow each other."""
    start = 0
    for first, last in [*in_columns(lines), (len(lines), len(lines))]:
        yield from _prose(lines[start:first])
        yield from map(_paragraph, set_out(lines[first:last]))
        start = last


def _paragraph(text: Text) -> Paragraph:
    return Paragraph(text.text, text.origin())


# --- prose ------------------------------------------------------------------------------------------------------------


def _prose(lines: Sequence[FreeLine]) -> Iterator[Paragraph]:
    together: list[FreeLine] = []
    for free in lines:
        if together and not _goes_on(together, free):
            yield _as_one(together)
            together = []
        together.append(free)
    if together:
        yield _as_one(together)


def _as_one(lines: Sequence[FreeLine]) -> Paragraph:
    parts = [("", line_text(lines[0].sheet, lines[0].line))]
    for above, free in pairwise(lines):
        parts.append((between(above.line.text, free.line.text), line_text(free.sheet, free.line)))
    return _paragraph(parts[0][1] if len(parts) == 1 else joined(parts))


def _goes_on(above: Sequence[FreeLine], free: FreeLine) -> bool:
    """Whether a line goes on with the paragraph above it."""
    last, line = above[-1].line, free.line
    if len(last.segments) > 1 or len(line.segments) > 1 or abs(last.size - line.size) > OTHER_SIZE * last.size:
        return False
    if LEADERS.search(last.text):
        return False
    if _is_title(above[-1], free):
        return not _is_apart(above, free)
    return _was_broken(above[-1], line) and not _is_apart(above, free) and _is_in_place(above, free)


def _was_broken(above: FreeLine, line: Line) -> bool:
    """Whether a line ends because what follows did not fit on it."""
    room = above.margins.right - above.line.right
    if above.margins.justified:
        return room < JUSTIFIED * line.em
    slack = RAGGED if SENTENCE_ENDS.search(above.line.text) else OPEN
    return room < first_word(line) + slack * line.em


def _is_title(above: FreeLine, free: FreeLine) -> bool:
    """Whether two lines are one title: both in the middle of the page, the first as long as it could be."""
    line = free.line
    if abs(_off_centre(above)) > INDENT * line.em or abs(_off_centre(free)) > INDENT * line.em:
        return False
    if line.left - free.margins.left < INDENT * line.em or PUNCTUATION.search(above.line.text + line.text):
        return False
    room = above.margins.right - above.margins.left - (above.line.right - above.line.left)
    return room < first_word(line) + RAGGED * line.em


def _off_centre(free: FreeLine) -> float:
    """How much farther a line is from the left margin than from the right one."""
    return (free.line.left - free.margins.left) - (free.margins.right - free.line.right)


def _is_apart(above: Sequence[FreeLine], free: FreeLine) -> bool:
    last, line = above[-1], free.line
    if last.sheet is not free.sheet:
        return False
    step = (line.base - last.line.base) / line.size
    if len(above) > 1 and above[-2].sheet is free.sheet:
        usual = (last.line.base - above[-2].line.base) / line.size
    else:
        usual = free.margins.pitch
    return step > usual + LOOSER


def _is_in_place(above: Sequence[FreeLine], free: FreeLine) -> bool:
    """Whether a line begins where the lines of the paragraph above it do."""
    first, line, em = above[0], free.line, free.line.em
    if BEGINS.match(line.text) and SENTENCE_ENDS.search(above[-1].line.text):
        return False
    start = line.left - free.margins.left
    if len(above) > 1:
        return abs(start - (above[-1].line.left - above[-1].margins.left)) < INDENT * em
    before = first.line.left - first.margins.left
    if start < INDENT * em:
        return -INDENT * em < before < HANGING * em
    text = first.line.text
    if start > HANGING * em or BEGINS.match(line.text):
        return False
    if abs(start - before) < INDENT * em:
        # A block of lines that stands farther in, unless a paragraph just filled its line.
        return not SENTENCE_ENDS.search(text)
    return before < start and (BEGINS.match(text) is not None or text[0] in BULLETS)
