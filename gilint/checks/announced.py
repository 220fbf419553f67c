"""Counts that announce a list (以下三个方面：一是 … 二是 …) and the items that follow."""

from __future__ import annotations

from gilint.checks import Pattern, check
from gilint.checks.breakdown import lines
from gilint.late import late
from gilint.model import Problem
from gilint.numerals import chinese_number

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from typing import Any

    from gilint.checks.matching import Hit
    from gilint.form import Family
    from gilint.model import Report

_PATTERNS = tuple(Pattern(word) for word in ("以下", "如下", "下列", "下面", "体现在", "表现在"))
_COUNT = late(
    r"(?:(?:以下|如下|下列|下面)(?P<below>[二两三四五六七八九十2-9])|(?:体现|表现)在(?P<shown>[二两三四五六七八九十2-9]))"
    r"(?:个方面|方面|个问题|个不足|项工作|项措施|条措施|点|类问题|项|个)(?:的?(?:问题|不足|工作|措施|内容|情况|困难))?[：:。，,]"
)
_ITEMS = (
    late(r"(?<![^：:。；;，,！!?？])([一二三四五六七八九十])(?:是|、)"),
    late(r"[(]([一二三四五六七八九十])[)]"),
    late(r"第([一二三四五六七八九十])[，,、]"),
    late(r"(?<![0-9第.])([1-9])[.、](?![0-9])"),
)


def _patterns(_options: Mapping[str, Any], _family: Family) -> Sequence[Pattern]:
    return _PATTERNS


@check("announced-count", values=("stated", "found", "word"), patterns=_patterns, only_hits=True)
def announced_count(report: Report, _options: Mapping[str, Any], hits: Sequence[Hit]) -> Iterator[Problem]:
    """Lists in a paragraph that have more or fewer items than is announced (以下三个方面：一是 …)."""
    for line in lines(hits, report.form.family.units):
        announced = list(_COUNT.finditer(line.text))
        for position, match in enumerate(announced):
            end = announced[position + 1].start() if position + 1 < len(announced) else len(line.text)
            stated, found = _number(match["below"] or match["shown"]), _listed(line.text, match.end(), end)
            if found > 1 and found != stated:
                at = line.at(match.start(), match.end() - 1)
                yield Problem(at, {"stated": stated, "found": found, "word": at.text})


def _listed(text: str, start: int, end: int) -> int:
    """How many items follow, in the style of the first; 0 where they do not count from one without a gap."""
    found = [list(style.finditer(text, start, end)) for style in _ITEMS]
    first = min((marks for marks in found if marks), key=lambda marks: marks[0].start(), default=[])
    numbers = [_number(mark[1]) for mark in first]
    return len(numbers) if numbers == list(range(1, len(numbers) + 1)) else 0


def _number(written: str) -> int:
    return int(written) if written.isdecimal() else (2 if written == "两" else chinese_number(written) or 0)
