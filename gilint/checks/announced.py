"""Counts that announce a list (以下三个方面：一是 … 二是 …) and the items that follow, in the paragraph or below it."""

from __future__ import annotations

from itertools import islice

from gilint.checks import Pattern, check
from gilint.checks.lines import ROLES, lines
from gilint.late import late
from gilint.model import Problem
from gilint.numerals import chinese_number
from gilint.text import fold

TYPE_CHECKING = False
if TYPE_CHECKING:
    import re
    from collections.abc import Iterator, Mapping, Sequence
    from typing import Any

    from gilint.checks.lines import Line
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
    late(r"[(]([1-9])[)]"),
    late(r"第([一二三四五六七八九十])[，,、]"),
    late(r"(?<![0-9第.])([1-9])[.、](?![0-9])"),
)
_ENDS = ("。", "；", ";")
_REACH = 60
"""Paragraphs behind an announcement in which its list is looked for."""


def _patterns(_options: Mapping[str, Any], _family: Family) -> Sequence[Pattern]:
    return _PATTERNS


@check("announced-count", values=("stated", "found", "word"), patterns=_patterns, only_hits=True)
def announced_count(report: Report, _options: Mapping[str, Any], hits: Sequence[Hit]) -> Iterator[Problem]:
    """Lists that have more or fewer items than the text announces (以下三个方面：一是 … or （一） … below it)."""
    for line in lines(hits, report.form.family.units):
        announced = list(_COUNT.finditer(line.text))
        for position, match in enumerate(announced):
            last = position + 1 == len(announced)
            end = len(line.text) if last else announced[position + 1].start()
            texts = [line.text[match.end() : end], *(_items_below(report, line) if last else ())]
            stated, counts = _number(match["below"] or match["shown"]), _counts(texts)
            if counts and counts[0] > 1 and stated not in counts:
                at = line.at(match.start(), match.end() - 1)
                yield Problem(at, {"stated": stated, "found": counts[0], "word": at.text})


def _items_below(report: Report, line: Line) -> list[str]:
    """The lines that follow, if an item begins the first of them."""
    below = (text for text in _below(report, line) if text)
    first = next(below, "")
    return [first, *islice(below, _REACH)] if any(style.match(first) for style in _ITEMS) else []


def _below(report: Report, line: Line) -> Iterator[str]:
    """The lines that follow in the section, folded, as far as a list may reach."""
    passage = line.passage
    yield from map(_folded, islice(_rest(passage.text, line.offsets[-1]), _REACH))
    if passage.address.section is None:
        return
    for following in report.passages[passage.index + 1 : passage.index + 1 + _REACH]:
        if following.address.section != passage.address.section or following.role not in (*ROLES, "heading"):
            return
        yield from map(_folded, following.text.split("\n", _REACH)[:_REACH])


def _rest(text: str, at: int) -> Iterator[str]:
    """The lines of a text behind the one that ``at`` stands in; the others are not touched."""
    start = text.find("\n", at)
    while start >= 0:
        end = text.find("\n", start + 1)
        yield text[start + 1 : end] if end >= 0 else text[start + 1 :]
        start = end


def _folded(text: str) -> str:
    return fold(text).replace("（", "(").replace("）", ")")


def _counts(texts: Sequence[str]) -> list[int]:
    """How many items follow, first in the style of the first item, then as lists within those count.

    （一） may be what is announced, or the heading below which it stands: then the number fits that of another style.
    """
    first = [(match.start(), style) for style in _ITEMS if (match := style.search(texts[0])) is not None]
    if not first and not texts[0] and len(texts) > 1:
        first = [(0, style) for style in _ITEMS if style.match(texts[1]) is not None]
    if not first:
        return []
    style = min(first, key=lambda found: found[0])[1]
    return [_listed(texts, style), *(_listed(_within_first(texts, style, each), each) for each in _ITEMS)]


def _within_first(texts: Sequence[str], style: re.Pattern[str], inner: re.Pattern[str]) -> Sequence[str]:
    """What stands below the first item, from the first item of another style on."""
    items = [at for at, text in enumerate(texts) if at and style.match(text)][:2]
    end = items[1] if len(items) > 1 else 1
    start = next((at for at in range(1, end) if inner.match(texts[at])), end)
    return ["", *texts[start:end]]


def _listed(texts: Sequence[str], style: re.Pattern[str]) -> int:
    """How many items of a style there are; 0 where they do not count from one without a gap.

    The first text is what follows in the line of the announcement; an item further down begins its line, or follows
    an item that does. A line without an item goes on with the last one.
    """
    marks = [_number(mark[1]) for mark in style.finditer(texts[0])]
    if marks != list(range(1, len(marks) + 1)):
        return 0
    count, parted = len(marks), False
    for text in texts[1:]:
        begins = style.match(text)
        if begins is None:
            if style.search(text) is not None:
                # 下一步，一是 …: a list of its own.
                return count
            parted = True
            continue
        if _number(begins[1]) != count + 1:
            # What begins anew below another line is another list; right below an item it may be a list within it.
            return count if parted and _number(begins[1]) == 1 else 0
        count, parted = count + 1, False
        for mark in style.finditer(text, begins.end()):
            count += text[mark.start() - 1] in _ENDS and _number(mark[1]) == count + 1
    return count


def _number(written: str) -> int:
    return int(written) if written.isdecimal() else (2 if written == "两" else chinese_number(written) or 0)
