"""Lists of percentages in prose that are the shares of one whole: 其中甲占 40%、乙占 30%、其余占 30%.

Shares are added up only where they are of one whole: nothing between them says so of another, and nothing but them is
a percentage there. What adds up to 100 before the list ends is a whole of its own.
"""

from __future__ import annotations

from gilint.checks import Pattern, check
from gilint.checks.breakdown import MARK
from gilint.checks.lines import lines, sentences
from gilint.checks.prose import COMPARISON, OTHER_TIME
from gilint.checks.scope import WORDS, has
from gilint.checks.shares import decimal, fraction
from gilint.findings import Problem
from gilint.late import late
from gilint.record import Record

TYPE_CHECKING = False
if TYPE_CHECKING:
    import re
    from collections.abc import Iterator, Mapping, Sequence
    from fractions import Fraction
    from typing import Any

    from gilint.checks.lines import Line
    from gilint.checks.matching import Hit
    from gilint.form import Family
    from gilint.model import Report

_PATTERNS = (Pattern("占"), Pattern("比例"), Pattern("比重"))
_PERCENT = late(r"(?P<number>[0-9]{1,3}(?:\.(?P<fraction>[0-9]{1,6}))?)[%％]")
_NUMBER = r"[0-9]{1,3}(?:\.[0-9]{1,6})?[%％]"
_RESPECTIVELY = late(
    r"(?P<label>分别)?(?:占|占比|比例|比重)(?P<of>[^，。；：、!?;,0-9%()]{0,12}?)(?P<behind>分别)?[为是达]?"
    rf"(?P<shares>{_NUMBER}(?:(?:[、，,和及与]|以及){_NUMBER})+)"
)
_SINGLE = late(rf"(?:占|占比|比例|比重)(?P<of>[^，。；：、!?;,0-9%()]{{0,12}}?)(?P<share>{_NUMBER})")
_ROUGH_BEFORE = late("(?:约|近|超|超过|逾|不足|接近)$")
_ROUGH_BEHIND = late("[余多]|左右|上下|以上|以下|以内|[-－—–~～至到]")
_MARKS = "、，,;；:：()和及与"
_LAST_LABEL = late(rf"(?:[{_MARKS}]|以及)(?=[^{_MARKS}]+[，,:：]?$)")
_INNER_MARK = late("[，,；;：:]")
_BRACKETED = late(r"\([^()]*\)")


class _Proportions(Record):
    """Shares of one whole, in percent, that stand at ``spans`` of a line, with what is said before each.

    ``steps`` are the weights of their last digits; ``respectively`` tells of 分别占, where all labels come first.
    """

    line: Line
    spans: tuple[tuple[int, int], ...]
    shares: tuple[Fraction, ...]
    steps: tuple[Fraction, ...]
    labels: tuple[str, ...]
    lead: str
    respectively: bool

    @property
    def off(self) -> Fraction:
        return sum(self.shares, fraction(-100))

    @property
    def told(self) -> str:
        return "".join((self.lead, *self.labels))

    @property
    def fits(self) -> bool:
        """Whether shares that are rounded at their last digit may be parts of a whole."""
        return abs(self.off) * 2 <= sum(self.steps)


def _patterns(_options: Mapping[str, Any], _family: Family) -> Sequence[Pattern]:
    return _PATTERNS


@check(
    "shares-sum",
    options={
        "question": {
            "enum": ["over", "whole", "short"],
            "description": "over: shares of one whole that are more than 100 % together; whole: a list that is "
            "complete (its last share is of one of 'rest', or it has one of each of 'classes') and adds up to less; "
            "short: three shares or more behind 分别占 that add up to less.",
        },
        "of": {**WORDS, "description": "What may stand between 占 and the percentage; anything else names a whole."},
        "rest": {**WORDS, "description": "Words with which the last part of a complete list begins."},
        "not_rest": {**WORDS, "description": "Words that begin like one of these and name a part of their own."},
        "classes": {
            "type": "array",
            "items": WORDS,
            "description": "Ways to divide something up: a list with each of the words is complete.",
        },
        "unless": {**WORDS, "description": "A sentence with one of these words is not judged: its parts may overlap."},
        "partial": {**WORDS, "description": "A sentence with one of these words tells of some parts only."},
    },
    required=("question",),
    values=("terms", "sum", "difference", "count"),
    patterns=_patterns,
    only_hits=True,
)
def shares_sum(report: Report, options: Mapping[str, Any], hits: Sequence[Hit]) -> Iterator[Problem]:
    """Shares in the text (甲占 40%、乙占 30%、其余占 20%) that are not 100 % together."""
    for line in lines(hits, report.form.family.units):
        for start, end in sentences(line.text) if "%" in line.text or "％" in line.text else ():
            if not has(line.text[start:end], options.get("unless", ())):
                for found in _lists(line, start, end, options):
                    if _question(found, options) == options["question"]:
                        yield _problem(found)


def _lists(line: Line, start: int, end: int, options: Mapping[str, Any]) -> Iterator[_Proportions]:
    """The lists of shares in a sentence; none where it speaks of two years, or of roughly so much."""
    last = max((match.end() for match in _PERCENT.finditer(line.text, start, end)), default=start)
    if COMPARISON.search(line.text, start, last) or OTHER_TIME.search(line.text, start, last):
        return
    known = ("", "比", *options.get("of", ()))
    together = list(_RESPECTIVELY.finditer(line.text, start, end))
    for match in together:
        said = match["label"] or match["behind"]
        if said and match["of"] in known and not _is_rough(line.text, start, match):
            lead = line.text[start : match.start()]
            shares = [each.span() for each in _PERCENT.finditer(line.text, *match.span("shares"))]
            labels = ("",) * (len(shares) - 1) + (_last_label(lead),)
            yield _proportions(line, shares, labels, lead, respectively=True)
    if not together:
        for group in _groups(line, start, end, known):
            yield from _one_by_one(line, start, group, options)


def _is_rough(text: str, start: int, match: re.Match[str]) -> bool:
    return (
        _ROUGH_BEFORE.search(text, start, match.start()) is not None
        or _ROUGH_BEHIND.match(text, match.end()) is not None
    )


def _last_label(lead: str) -> str:
    cuts = list(_LAST_LABEL.finditer(lead))
    return lead[cuts[-1].end() :] if cuts else lead


def _groups(line: Line, start: int, end: int, known: Sequence[str]) -> Iterator[list[re.Match[str]]]:
    """The shares of a sentence that may be of one whole: 甲占 40%，乙占 30%.

    What stands in a bracket says more of a share outside it. Semicolons part lists, unless they part the shares of one.
    """
    every = list(_SINGLE.finditer(line.text, start, end))
    found = [match for match in every if not _is_within(line.text, start, match.start())] or every
    if len(found) < 2 or MARK in line.text[found[0].end() : found[-1].start()]:
        return
    if any(match["of"] not in known or _is_rough(line.text, start, match) for match in found):
        return
    parts: dict[int, list[re.Match[str]]] = {}
    for match in found:
        parts.setdefault(sum(line.text.count(mark, start, match.start()) for mark in "；;"), []).append(match)
    yield from parts.values() if max(map(len, parts.values())) > 1 else [found]


def _is_within(text: str, start: int, at: int) -> bool:
    """Whether a place is within a bracket."""
    return text.count("(", start, at) > text.count(")", start, at)


def _one_by_one(
    line: Line, start: int, group: Sequence[re.Match[str]], options: Mapping[str, Any]
) -> Iterator[_Proportions]:
    """The lists of a group, each to the share of the rest, or to where something else is said."""
    listed: list[tuple[tuple[int, int], str]] = []
    for position, match in enumerate(group):
        before = group[position - 1].end() if position else start
        label = _BRACKETED.sub("", line.text[before : match.start()]).strip(_MARKS)
        if listed and (_INNER_MARK.search(label) or _PERCENT.search(label)):
            # 甲占 40%，办结 9 件，乙占 60%: of something else.
            yield _behind_wholes(line, start, listed)
            listed = []
        listed.append((match.span("share"), label))
        if _is_rest(label, options):
            yield _behind_wholes(line, start, listed)
            listed = []
    if listed:
        yield _behind_wholes(line, start, listed)


def _behind_wholes(line: Line, start: int, listed: Sequence[tuple[tuple[int, int], str]]) -> _Proportions:
    """The shares of a list, without the first ones if those are a whole by themselves."""
    for end in range(len(listed), 0, -1):
        found = _told(line, start, listed[:end])
        if found.fits:
            return found if end == len(listed) else _told(line, start, listed[end:])
    return _told(line, start, listed)


def _told(line: Line, start: int, listed: Sequence[tuple[tuple[int, int], str]]) -> _Proportions:
    spans, labels = [span for span, _ in listed], [label for _, label in listed]
    return _proportions(line, spans, labels, line.text[start : spans[0][0]], respectively=False)


def _proportions(
    line: Line, spans: Sequence[tuple[int, int]], labels: Sequence[str], lead: str, *, respectively: bool
) -> _Proportions:
    numbers = [_PERCENT.fullmatch(line.text, *span) for span in spans]
    digits = [len(number["fraction"] or "") for number in numbers if number]
    shares = [
        fraction(int(number["number"].replace(".", "")), 10**places)
        for number, places in zip(numbers, digits, strict=True)
        if number
    ]
    steps = [fraction(1, 10**places) for places in digits]
    return _Proportions(line, tuple(spans), tuple(shares), tuple(steps), tuple(labels), lead, respectively)


def _question(found: _Proportions, options: Mapping[str, Any]) -> str | None:
    """What is wrong with the shares; ``None`` for nothing, or where it is open of what they are shares."""
    if len(found.shares) < 2 or max(found.shares) >= 100 or found.fits:
        return None
    complete = _is_complete(found, options)
    if found.off > 0:
        return "over" if complete or found.respectively or MARK in found.lead else None
    if complete:
        return "whole"
    partial = has(found.told, options.get("partial", ()))
    return "short" if found.respectively and len(found.shares) > 2 and not partial else None


def _is_complete(found: _Proportions, options: Mapping[str, Any]) -> bool:
    if _is_rest(found.labels[-1], options):
        return True
    classes: Sequence[Sequence[str]] = options.get("classes", ())
    return any(len(words) == len(found.shares) and all(has(found.told, (word,)) for word in words) for words in classes)


def _is_rest(label: str, options: Mapping[str, Any]) -> bool:
    rest, not_rest = tuple(options.get("rest", ())), tuple(options.get("not_rest", ()))
    return label.startswith(rest) and not label.startswith(not_rest)


def _problem(found: _Proportions) -> Problem:
    digits = max(len(str(step.denominator)) - 1 for step in found.steps)
    at = found.line.at(found.spans[0][0], found.spans[-1][1])
    terms = " + ".join(found.line.text[start:end] for start, end in found.spans)
    values = {
        "terms": terms,
        "sum": f"{decimal(found.off + 100, digits)}%",
        "difference": decimal(abs(found.off), digits),
        "count": len(found.shares),
    }
    return Problem(at, values)
