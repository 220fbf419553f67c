"""Numbers in prose that are broken down into parts: 其中 a 条、b 条; N 条（a 条、b 条）; a 条、b 条，合计 N 条.

A breakdown is read only where whole and parts are exact and share a unit, and where nothing between them says that
something else is counted. A list ends at the first thing that is no part.
"""

from __future__ import annotations

from functools import lru_cache
from itertools import dropwhile, takewhile

from gilint.checks.lines import sentences
from gilint.checks.prose import COMPARISON, OTHER_TIME
from gilint.late import late
from gilint.quantities import quantities
from gilint.record import Record

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from typing import Any

    from gilint.checks.lines import Line
    from gilint.quantities import Quantity

MARK = "其中"
TOTALS = ("合计", "共计", "总计", "一共")
MOST = 60
"""Parts; a longer list is no prose."""

_CUT = late(r"[，、；：;:]|(?<![0-9]),|,(?![0-9])")
_BRACKETED = late(r"\([^()]*\)")
_TOTAL = late(f"(?:{'|'.join(TOTALS)})(?:为|是)?$")
_SHARE = late("占|[%％]$")
_NUMERALS = late("[0-9.,]+|[一二三四五六七八九十百千万亿两零〇]+")
_BESIDE = late("另|除|不含|不包括|不计|不算")
# A condition that holds for the whole is no part of it.
_ALL = late(r"均|全部|以上|上述|平均|每|等$")


class _Line(Record, hot=True):
    """A line of prose, wherever it stands: what is read in it follows from its words alone."""

    text: str
    units: tuple[str, ...]


class Breakdown(Record):
    """A whole and its parts, as quantities of ``line``; ``labels`` are the words around each part.

    ``ended`` tells that the list goes on to the end of its sentence or bracket, ``marked`` that 其中 introduces it.
    """

    line: _Line
    whole: Quantity
    parts: tuple[Quantity, ...]
    labels: tuple[str, ...]
    ended: bool
    marked: bool = False
    summed_up: bool = False

    @property
    def total(self) -> int:
        return sum(part.low for part in self.parts)

    @property
    def announced(self) -> str:
        """What stands between whole and parts, or around the parts of a list that is summed up."""
        first, last = sorted((self.whole.end, self.parts[0].start))
        return self.line.text[first:last]


def breakdowns(line: Line, stop: Sequence[str] = (), classes: Sequence[Sequence[str]] = ()) -> Sequence[Breakdown]:
    """Every list of parts in a line; a word of ``stop`` ends a list before it.

    Right behind a number a list needs no 其中 if it fills a bracket, or if all its parts are of one of ``classes``.
    """
    return _breakdowns(_Line(line.text, line.units), tuple(stop), tuple(map(tuple, classes)))


# Several rules read the same lines, each with a question of its own.
@lru_cache(maxsize=64)
def _breakdowns(line: _Line, stop: tuple[str, ...], classes: tuple[tuple[str, ...], ...]) -> Sequence[Breakdown]:
    return tuple(_read(line, stop, classes))


def _read(line: _Line, stop: Sequence[str], classes: Sequence[Sequence[str]]) -> Iterator[Breakdown]:
    for start, end in sentences(line.text):
        if len(_NUMERALS.findall(line.text, start, end)) < 2:
            continue
        mark = line.text.find(MARK, start, end)
        while mark >= 0:
            found = _listed(line, start, mark, end, stop)
            if found is not None:
                yield found
            mark = line.text.find(MARK, mark + len(MARK), end)
        yield from _summed_up(line, start, end, stop)
        yield from _bracketed(line, start, end, stop)
        yield from _following(line, start, end, stop, classes)


def _listed(line: _Line, sentence: int, mark: int, end: int, stop: Sequence[str]) -> Breakdown | None:
    """The list behind 其中, and the number right before it."""
    whole = _whole(line, sentence, mark)
    if whole is None:
        return None
    start = mark + len(MARK)
    end = _scope(line.text, start, end)
    parts, ended = _parts(line, _segments(line.text, start, end), whole.unit, stop)
    if not parts:
        return None
    return Breakdown(line, whole, *_apart(parts), ended, marked=True)


def _whole(line: _Line, sentence: int, mark: int) -> Quantity | None:
    for number in reversed(list(quantities(line.text, sentence, mark, line.units))):
        behind = line.text[number.end : mark]
        if not number.unit or behind.count(")") > behind.count("("):
            continue
        clause = line.text[_clause(line, sentence, number.start) : mark]
        return number if number.exact and not _elsewhere(clause) else None
    return None


def _elsewhere(text: str) -> bool:
    """Whether a clause speaks of another time, or of a change."""
    return COMPARISON.search(text) is not None or OTHER_TIME.search(text) is not None


def _scope(text: str, start: int, end: int) -> int:
    """Where the list ends at the latest: at its bracket, or at a semicolon unless 其中： announces several."""
    depth = 0
    several = text.startswith(("：", ":"), start)
    for at in range(start, end):
        depth += (text[at] == "(") - (text[at] == ")")
        if depth < 0 or (text[at] in "；;" and not several and depth == 0):
            return at
    return end


def _segments(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """What stands between the marks of a list; brackets within it say more of a part, and are passed over."""
    plain = _BRACKETED.sub(lambda bracket: "＿" * len(bracket[0]), text[start:end])
    first = start
    for cut in _CUT.finditer(plain):
        yield first, start + cut.start()
        first = start + cut.end()
    yield first, end


def _parts(
    line: _Line, segments: Iterable[tuple[int, int]], unit: str, stop: Sequence[str]
) -> tuple[list[tuple[Quantity, str]], bool]:
    """The parts with their labels, and whether nothing else follows them."""
    parts: list[tuple[Quantity, str]] = []
    for start, end in segments:
        label = _BRACKETED.sub("", line.text[start:end])
        if not label or (parts and _SHARE.search(label)):
            continue
        numbers = [each for each in _outside(line, start, end) if each.unit or not each.known]
        alone = len(numbers) == 1 and numbers[0].exact and numbers[0].unit == unit
        if not alone or len(parts) == MOST or _is_no_part(label, stop):
            return parts, False
        parts.append((numbers[0], label))
    return parts, True


def _is_no_part(label: str, stop: Sequence[str]) -> bool:
    return _elsewhere(label) or _ALL.search(label) is not None or any(word in label for word in stop)


def _outside(line: _Line, start: int, end: int) -> list[Quantity]:
    """The numbers of a segment that stand in no bracket."""
    found = quantities(line.text, start, end, line.units)
    return [
        each for each in found if line.text.count("(", start, each.start) == line.text.count(")", start, each.start)
    ]


def _summed_up(line: _Line, start: int, end: int, stop: Sequence[str]) -> Iterator[Breakdown]:
    """A sentence, or what follows a semicolon or colon in it, that is a list of parts and then 合计 N."""
    if not any(line.text.find(word, start, end) >= 0 for word in TOTALS):
        return
    segments = list(_segments(line.text, start, end))
    for position, (first, last) in enumerate(segments):
        numbers = _outside(line, first, last)
        if len(numbers) != 1 or not numbers[0].exact or not numbers[0].unit:
            continue
        whole = numbers[0]
        if not _TOTAL.match(line.text, first, whole.start) or whole.after != last:
            continue
        begin = max(
            (at for at, (_, stop) in enumerate(segments[:position], 1) if line.text[stop] in "；：;:"), default=0
        )
        # 2024年，甲 6 件: what stands before the first part belongs to no list.
        listed = list(dropwhile(lambda segment: not _has_unit(line, *segment), segments[begin:position]))
        parts, ended = _parts(line, listed, whole.unit, stop)
        if ended and len(parts) > 1 and MARK not in line.text[segments[begin][0] : first]:
            yield Breakdown(line, whole, *_apart(parts), ended, summed_up=True)


def _bracketed(line: _Line, start: int, end: int, stop: Sequence[str]) -> Iterator[Breakdown]:
    """Numbers with a bracket right behind them that holds parts and nothing else."""
    if line.text.find("(", start, end) < 0:
        return
    for whole in quantities(line.text, start, end, line.units):
        if not line.text.startswith("(", whole.after) or not _is_whole(line, start, whole):
            continue
        close = _scope(line.text, whole.after + 1, end)
        inside = line.text[whole.after + 1 : close]
        if MARK in inside or _BESIDE.search(inside):
            continue
        parts, ended = _parts(line, _segments(line.text, whole.after + 1, close), whole.unit, stop)
        if ended and len(parts) > 1 and line.text.startswith(")", close):
            yield Breakdown(line, whole, *_apart(parts), ended)


def _following(
    line: _Line, start: int, end: int, stop: Sequence[str], classes: Sequence[Sequence[str]]
) -> Iterator[Breakdown]:
    """The list of parts of one class that follows the first number of its unit in a sentence without 其中."""
    characters = frozenset(line.text[start:end])
    if line.text.find(MARK, start, end) >= 0 or not any(
        characters.issuperset(word) for words in classes for word in words
    ):
        return
    units: set[str] = set()
    for whole in quantities(line.text, start, end, line.units):
        first = whole.unit and whole.unit not in units
        units.add(whole.unit)
        cut = _CUT.match(line.text, whole.after, end)
        if not first or cut is None or not _is_whole(line, start, whole):
            continue
        lead = line.text[_clause(line, start, whole.start) : whole.start]
        limit = _scope(line.text, cut.end(), end)
        parts, ended = _parts(line, _segments(line.text, cut.end(), limit), whole.unit, stop)
        for words in classes:
            own = _of_class(parts, words)
            if len(own) > 1 and not any(word in lead for word in words):
                yield Breakdown(line, whole, *_apart(own), ended and len(own) == len(parts))


def _of_class(parts: Sequence[tuple[Quantity, str]], words: Sequence[str]) -> list[tuple[Quantity, str]]:
    """The first parts, as far as their labels have one of the words."""
    return list(takewhile(lambda part: any(word in part[1] for word in words), parts))


def _is_whole(line: _Line, sentence: int, number: Quantity) -> bool:
    """Whether a number is exact and of what is spoken of now."""
    clause = line.text[_clause(line, sentence, number.start) : number.after]
    return bool(number.unit) and number.exact and not _elsewhere(clause)


def _clause(line: _Line, sentence: int, at: int) -> int:
    """Where the clause begins that ``at`` stands in."""
    return max((cut.end() for cut in _CUT.finditer(line.text, sentence, at)), default=sentence)


def _has_unit(line: _Line, start: int, end: int) -> bool:
    return any(each.unit for each in _outside(line, start, end))


def _apart(parts: Sequence[tuple[Quantity, str]]) -> tuple[tuple[Quantity, ...], tuple[str, ...]]:
    return tuple(part for part, _ in parts), tuple(label for _, label in parts)


def shown(breakdown: Breakdown) -> Mapping[str, Any]:
    """Values for the messages of rules."""
    return {
        "whole": breakdown.whole.low,
        "unit": breakdown.whole.unit,
        "terms": " + ".join(str(part.low) for part in breakdown.parts),
        "sum": breakdown.total,
        "difference": abs(breakdown.total - breakdown.whole.low),
    }
