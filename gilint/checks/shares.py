"""Percentages in prose, recomputed from the numbers beside them."""

from __future__ import annotations

from gilint.checks import Pattern, check
from gilint.checks.lines import lines
from gilint.checks.prose import COMPARISON, OTHER_TIME
from gilint.checks.scope import WORDS
from gilint.findings import Problem
from gilint.late import late
from gilint.quantities import quantities
from gilint.record import Record

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from fractions import Fraction
    from typing import Any

    from gilint.checks.lines import Line
    from gilint.checks.matching import Hit
    from gilint.form import Family
    from gilint.model import Report
    from gilint.quantities import Quantity

_PATTERNS = (Pattern("占"),)
_SHARE = late(
    r"(?<![约近超])占(?P<of>[^，。；：、!?;,0-9%()]{0,12}?)"
    r"(?P<percent>[0-9]{1,6}(?:\.(?P<fraction>[0-9]{1,6}))?)[%％]"
)
_SENTENCE_ENDS = "。！？!?"
_BESIDE = late(r"[^，,、（(；;的]{0,6}[，,、（(]?")
"""A share stands right behind what it is the share of: 回收1421份，满意的占95% is said of something else."""


class _Share(Record):
    """``part`` is printed to be ``percent`` of one of ``wholes``; ``step`` is the weight of its last digit.

    ``among_parts`` tells that all of ``wholes`` are parts with a share of their own: the whole is not told then.
    """

    line: Line
    start: int
    end: int
    percent: Fraction
    step: Fraction
    part: Quantity
    wholes: tuple[int, ...]
    among_parts: bool

    def rounds(self, whole: int) -> bool:
        return abs(_percent(self.part.low, whole) - self.percent) * 2 <= self.step

    def is_cut_off(self, whole: int) -> bool:
        return 0 <= _percent(self.part.low, whole) - self.percent < self.step


def _patterns(_options: Mapping[str, Any], _family: Family) -> Sequence[Pattern]:
    return _PATTERNS


@check(
    "share",
    options={
        "question": {
            "enum": ["over", "wrong", "truncated"],
            "description": "over: a share of more than 100 %; wrong: the share of no number before it; "
            "truncated: right but for the last digit, which was cut off and not rounded.",
        },
        "of": {**WORDS, "description": "What may stand between 占 and the percentage; anything else names a whole."},
        "units": {**WORDS, "description": "Units besides those of the pack."},
    },
    required=("question",),
    values=("percent", "part", "whole", "unit", "share", "nearest"),
    patterns=_patterns,
    only_hits=True,
)
def share(report: Report, options: Mapping[str, Any], hits: Sequence[Hit]) -> Iterator[Problem]:
    """Percentages in the text (18 件，占 P%) that are not what the numbers beside them give."""
    for line in lines(hits, (*report.form.family.units, *options.get("units", ()))):
        for found in _shares(line, options.get("of", ())):
            if _question(found) == options["question"]:
                yield _problem(found)


def _shares(line: Line, known: Sequence[str]) -> Iterator[_Share]:
    """The shares of a line with an exact number right before them and a larger one before that."""
    parts: set[int] = set()
    for match in _SHARE.finditer(line.text):
        sentence = 1 + max((line.text.rfind(mark, 0, match.start()) for mark in _SENTENCE_ENDS), default=-1)
        numbers = list(_numbers(line, sentence, match.start()))
        if match["of"] not in ("", "比", *known) or not numbers:
            continue
        part = numbers[-1]
        between = line.text[part.after : match.start()]
        if part.exact and part.unit and _is_beside(between) and _is_of_now(line, sentence, match.end()):
            same = [each for each in _numbers(line, 0, part.start) if each.exact and each.unit == part.unit]
            wholes = tuple(dict.fromkeys(each.low for each in same if each.low and each.low >= part.low))
            alone = all(each.start in parts for each in same if each.low >= part.low)
            parts.add(part.start)
            digits = match["fraction"] or ""
            step = fraction(1, 10 ** len(digits))
            percent = fraction(int(match["percent"].replace(".", "")), 10 ** len(digits))
            yield _Share(line, match.start("percent"), match.end(), percent, step, part, wholes, alone)


def _numbers(line: Line, start: int, end: int) -> Iterator[Quantity]:
    """The numbers that count something."""
    return (each for each in quantities(line.text, start, end, line.units) if each.unit or not each.known)


def _is_of_now(line: Line, start: int, end: int) -> bool:
    """Whether a sentence holds the numbers of this year only."""
    return not (COMPARISON.search(line.text, start, end) or OTHER_TIME.search(line.text, start, end))


def _is_beside(between: str) -> bool:
    return _BESIDE.fullmatch(between) is not None and "分别" not in between


def _question(found: _Share) -> str | None:
    if found.percent > 100:
        return "over"
    if not found.wholes or any(map(found.rounds, found.wholes)):
        return None
    if any(map(found.is_cut_off, found.wholes)):
        return "truncated"
    return None if found.among_parts else "wrong"


def _problem(found: _Share) -> Problem:
    """The whole that comes nearest is named, and the part that would have this share of it."""
    whole = min(found.wholes, key=lambda each: abs(_percent(found.part.low, each) - found.percent), default=None)
    digits = len(str(found.step.denominator)) - 1
    values = {
        "percent": f"{decimal(found.percent, digits)}%",
        "part": found.part.low,
        "unit": found.part.unit,
        "whole": "" if whole is None else whole,
        "share": "" if whole is None else f"{decimal(_percent(found.part.low, whole), max(digits, 1))}%",
        "nearest": "" if whole is None else round(found.percent * whole / 100),
    }
    return Problem(found.line.at(found.start, found.end), values)


def _percent(part: int, whole: int) -> Fraction:
    return fraction(100 * part, whole)


def fraction(numerator: int, denominator: int = 1) -> Fraction:
    """Imported here, because most reports state no share, and fractions bring decimals with them."""
    from fractions import Fraction

    return Fraction(numerator, denominator)


def decimal(value: Fraction, digits: int) -> str:
    """Half up, as people round."""
    scaled = int(value * 10**digits + fraction(1, 2))
    whole, rest = divmod(scaled, 10**digits)
    return f"{whole}.{rest:0{digits}}" if digits else str(whole)
