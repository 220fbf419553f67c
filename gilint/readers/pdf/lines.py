"""Runs put together into lines, with the spaces that are content and without those that only come from setting.

Chinese is set without spaces, but programs move characters apart: to fill a line, to space a title out, to part
ideographs from figures. So a gap counts by what stands on both sides of it, and against what is usual on its line.
Between two figures every gap counts: they are one number only where nothing parts them.
"""

from __future__ import annotations

from itertools import pairwise
from operator import attrgetter
from statistics import median

from gilint.late import late
from gilint.readers.pdf.glyphs import ASCENT, DESCENT, WIDE
from gilint.record import Record

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from gilint.readers.pdf.geometry import Box
    from gilint.readers.pdf.glyphs import Run

    Piece = tuple[int, int, Box]

DIGIT_BEFORE = late(r"[\d.,](?=[\d.,])")
WIDE_PAIR = late(r"[\u2e80-\U0010ffff]{2}")
SCRIPTS = late(r"[\u2e80-\U0010ffff]+|[^\u2e80-\U0010ffff]+")
# Gaps in ems from which on there is a space: between ideographs, beside a letter or digit, beside another narrow mark,
# between narrow characters, between digits; and those from which on there is another column.
BESIDE_WIDE, BESIDE_LETTER, BESIDE_MARK, IN_NARROW, IN_NUMBER = 0.2, 0.75, 0.2, 0.15, 0.08
COLUMN_OF_NUMBERS, COLUMN_OF_TEXT = 1.0, 2.5
SPACED_OUT = 0.12
"""In ems: letters of a line that are farther apart than this are spaced out, up to the width of one."""
OVERPRINT = 0.3
"""In ems: the same characters closer than this were written twice to look bold."""
ENOUGH_PAIRS = 3


class Segment(Record, hot=True):
    """A part of a line with no wide gap in it. ``pieces`` are (offset in the text, length, box) each."""

    text: str
    pieces: Sequence[Piece]
    left: float
    right: float


class Line(Record, hot=True):
    """A line of a page or a cell; more than one segment means that there are columns."""

    segments: Sequence[Segment]
    left: float
    right: float
    base: float
    em: float
    size: float

    @property
    def text(self) -> str:
        return " ".join([segment.text for segment in self.segments])

    @property
    def top(self) -> float:
        return self.base - ASCENT * self.size

    @property
    def bottom(self) -> float:
        return self.base + DESCENT * self.size


def lines_of(runs: Sequence[Run]) -> list[Line]:
    """The lines that runs make up, from top to bottom."""
    if len(runs) == 1:
        return [_line(runs)]
    lines: list[Line] = []
    group: list[Run] = []
    top = bottom = size = 0.0
    for run in sorted(runs, key=attrgetter("base")):
        if group and min(bottom, run.bottom) - max(top, run.top) >= 0.5 * min(size, run.size):
            group.append(run)
            if run.size <= size:
                continue
        else:
            if group:
                lines.append(_line(group))
            group = [run]
        top, bottom, size = run.top, run.bottom, run.size
    if group:
        lines.append(_line(group))
    return lines


def _line(runs: Sequence[Run]) -> Line:
    if len(runs) == 1:
        (run,) = runs
        usual = _spacing(runs) if run.spaced else 0.0
        return Line((_segment([("", run)], usual),), run.lefts[0], run.right, run.base, run.em, run.size)
    ordered = _once(sorted(runs, key=attrgetter("left")))
    usual = _spacing(ordered)
    parts: list[list[tuple[str, Run]]] = [[("", ordered[0])]]
    for before, run in pairwise(ordered):
        space = _space(before, run, usual)
        if space is None:
            parts.append([("", run)])
        else:
            parts[-1].append((space, run))
    segments = [_segment(part, usual) for part in parts]
    largest = max(ordered, key=attrgetter("size"))
    return Line(segments, segments[0].left, segments[-1].right, largest.base, largest.em, largest.size)


def _once(runs: list[Run]) -> list[Run]:
    """The runs without those that were written on top of the same once more."""
    kept = runs[:1]
    for run in runs[1:]:
        last = kept[-1]
        if run.text == last.text and abs(run.left - last.left) < OVERPRINT * run.em and run.right - last.right < run.em:
            continue
        kept.append(run)
    return kept


def _spacing(runs: Sequence[Run]) -> float:
    """By how many ems the ideographs of a line are spaced out, 0 when they are not."""
    gaps: list[float] = []
    for run in runs:
        pair = WIDE_PAIR.search(run.text) if len(run.text) > 1 else None
        if pair is not None:
            at = pair.start()
            gaps += [(run.lefts[at + 1] - run.lefts[at]) / run.em - 1] * (len(run.text) - 1)
    for before, run in pairwise(runs):
        if before.text[-1] >= WIDE and run.text[0] >= WIDE:
            gaps.append((run.left - before.right) / run.em)
    usual = median(gaps) if len(gaps) >= ENOUGH_PAIRS else 0.0
    return usual if SPACED_OUT < usual <= 1.0 else 0.0


def _space(before: Run, run: Run, usual: float) -> str | None:
    """What stands between two runs: nothing, a space, or ``None`` for the gap between two columns."""
    last, first = before.text[-1], run.text[0]
    gap = (run.left - before.right) / min(before.em, run.em) - usual
    wide = last >= WIDE, first >= WIDE
    if gap > (COLUMN_OF_TEXT if all(wide) else COLUMN_OF_NUMBERS) and not (run.lead and gap < COLUMN_OF_TEXT):
        return None
    if run.lead:
        return run.lead.replace("\t", " ")
    if all(wide):
        least = BESIDE_WIDE
    elif any(wide):
        least = BESIDE_LETTER if (first if wide[0] else last).isalnum() else BESIDE_MARK
    elif last.isdigit() and first.isdigit():
        least = IN_NUMBER if gap > -OVERPRINT else gap
    else:
        least = IN_NARROW
    return " " if gap >= least else ""


def _segment(parts: Sequence[tuple[str, Run]], usual: float) -> Segment:
    text, pieces, length = [], [], 0
    for space, run in parts:
        words, lefts = run.text, run.lefts
        if run.spaced - usual > IN_NUMBER:
            return _apart(parts, usual)
        if space:
            text.append(space)
            length += len(space)
        top, bottom = run.base - ASCENT * run.size, run.base + DESCENT * run.size
        # Inside of a piece all characters are taken to be equally wide.
        for start, end in ((0, len(words)),) if words.isascii() or len(words) == 1 else _in_scripts(words):
            right = run.right if end == len(words) else lefts[end]
            pieces.append((length + start, end - start, (lefts[start], top, right, bottom)))
        text.append(words)
        length += len(words)
    return Segment("".join(text), pieces, parts[0][1].lefts[0], parts[-1][1].right)


def _in_scripts(text: str) -> Iterator[tuple[int, int]]:
    """The parts of a text whose characters are equally wide."""
    for match in SCRIPTS.finditer(text):
        yield match.span()


def _apart(parts: Sequence[tuple[str, Run]], usual: float) -> Segment:
    """The segment with a space between digits that stand apart, but where the whole line is spaced out."""
    text, pieces, length = [], [], 0
    for before, run in parts:
        places = [match.end() for match in DIGIT_BEFORE.finditer(run.text)] if run.spaced - usual > IN_NUMBER else []
        for start, end in pairwise([0, *places, len(run.text)]):
            space = " " if start else before
            length += len(space)
            right = run.right if end == len(run.text) else run.lefts[end]
            pieces.append((length, end - start, (run.lefts[start], run.top, right, run.bottom)))
            text += [space, run.text[start:end]]
            length += end - start
    return Segment("".join(text), pieces, parts[0][1].left, parts[-1][1].right)
