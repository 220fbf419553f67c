"""Parts of a number in prose: lists that do not add up."""

from __future__ import annotations

from gilint.checks import Pattern, check
from gilint.checks.breakdown import MARK, TOTALS, breakdowns, shown
from gilint.checks.lines import lines
from gilint.checks.scope import WORDS, has
from gilint.findings import Problem
from gilint.late import escaped

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from typing import Any

    from gilint.checks.breakdown import Breakdown
    from gilint.checks.lines import Line
    from gilint.checks.matching import Hit
    from gilint.form import Family
    from gilint.model import Report


def _patterns(options: Mapping[str, Any], family: Family) -> Sequence[Pattern]:
    classes = [word for words in options.get("classes", ()) for word in words]
    units = "|".join(map(escaped, (*family.units, *options.get("units", ()))))
    bracket = Pattern(f"[0-9](?:{units})[（(]", regex=True, literals=("(", "（"))
    return (*[Pattern(word) for word in dict.fromkeys((MARK, *TOTALS, *classes))], bracket)


@check(
    "parts-sum",
    options={
        "question": {
            "enum": ["above", "exceed", "whole", "short"],
            "description": "above: one part is more than the whole; exceed: the parts together are; whole: a list that "
            "says it is complete does not add up (its last part is one of 'rest', or it is summed up by 合计); short: "
            "a list that does not say so adds up to less.",
        },
        "units": {**WORDS, "description": "Units besides those of the pack."},
        "rest": {**WORDS, "description": "Words with which the last part of a complete list begins."},
        "stop": {**WORDS, "description": "Words that end a list: what stands beside them is no part."},
        "unless": {**WORDS, "description": "A list with one of these words is not judged: its parts may overlap."},
        "groups": {
            "type": "array",
            "items": WORDS,
            "description": "Ways to break a number down; a list with parts of two of them counts things twice.",
        },
        "classes": {
            "type": "array",
            "items": WORDS,
            "description": "Those of which a list is read right behind a number (收到 50 件，网络 30 件、信函 20 件) "
            "where no 其中 introduces it.",
        },
    },
    required=("question",),
    values=("whole", "unit", "terms", "sum", "difference", "part"),
    patterns=_patterns,
    only_hits=True,
)
def parts_sum(report: Report, options: Mapping[str, Any], hits: Sequence[Hit]) -> Iterator[Problem]:
    """Lists of parts in the text (其中 …; N（…）; …，合计 N) that do not add up to the whole."""
    for line in lines(hits, (*report.form.family.units, *options.get("units", ()))):
        for breakdown in breakdowns(line, options.get("stop", ()), options.get("classes", ())):
            if not _may_overlap(breakdown, options) and options["question"] == _question(breakdown, options):
                yield _problem(line, breakdown)


def _question(breakdown: Breakdown, options: Mapping[str, Any]) -> str | None:
    """What is wrong with a list; ``None`` for nothing."""
    whole, parts = breakdown.whole.low, [part.low for part in breakdown.parts]
    if max(parts) > whole and breakdown.marked:
        return "above"
    if whole in _partial_sums(parts):
        # What follows a list that is complete may look like one more part.
        return None
    if breakdown.summed_up or (breakdown.ended and len(parts) > 1 and _is_complete(breakdown, options)):
        return "whole"
    if sum(parts) > whole:
        return "exceed"
    return "short" if breakdown.ended and len(parts) > 1 else None


def _partial_sums(parts: Sequence[int]) -> set[int]:
    """The sums of the first parts, and of the last ones."""
    return {sum(parts[:end]) for end in range(2, len(parts) + 1)} | {
        sum(parts[start:]) for start in range(len(parts) - 1)
    }


def _is_complete(breakdown: Breakdown, options: Mapping[str, Any]) -> bool:
    return _names_the_rest(breakdown, options) or (not breakdown.marked and _is_of_a_class(breakdown, options))


def _is_of_a_class(breakdown: Breakdown, options: Mapping[str, Any]) -> bool:
    return any(all(has(label, words) for label in breakdown.labels) for words in options.get("classes", ()))


def _names_the_rest(breakdown: Breakdown, options: Mapping[str, Any]) -> bool:
    # 其他处理 is a kind of its own, and not all that is left.
    last = breakdown.labels[-1]
    kinds = tuple(word for group in options.get("groups", ()) for word in group)
    return last.startswith(tuple(options.get("rest", ()))) and not last.startswith(kinds)


def _may_overlap(breakdown: Breakdown, options: Mapping[str, Any]) -> bool:
    labels = (*breakdown.labels, breakdown.announced)
    if any(has(label, options.get("unless", ())) for label in labels):
        return True
    return sum(any(has(label, group) for label in breakdown.labels) for group in options.get("groups", ())) > 1


def _problem(line: Line, breakdown: Breakdown) -> Problem:
    whole = breakdown.whole
    largest = max(breakdown.parts, key=lambda part: part.low)
    at = largest if largest.low > whole.low and breakdown.marked else whole
    return Problem(
        line.at(at.start, at.end),
        {**shown(breakdown), "part": largest.low},
        key=str(breakdown.parts[0].start),
    )
