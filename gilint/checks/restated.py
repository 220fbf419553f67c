"""Quantities that the prose states twice with different numbers, where no table tells which is right.

Two numbers count the same only where nothing is said of either but a time that is the whole year: a channel, a topic,
an office or a part that only one of them names makes another quantity of it.
"""

from __future__ import annotations

from itertools import islice

from gilint.checks import Pattern, check
from gilint.checks.lines import lines, sentences
from gilint.checks.prose import COMPARISON, OTHER_TIME
from gilint.checks.scope import WORDS, has
from gilint.checks.tabular import LISTED, listed
from gilint.late import late
from gilint.model import Problem
from gilint.quantities import quantities

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from typing import Any

    from gilint.checks.lines import Line
    from gilint.checks.matching import Hit
    from gilint.form import Family
    from gilint.model import Report, Slice

_FILLER = late(
    r"^(?:截至|到|今年|本年度?|全年|年内|[0-9]{4}年(?:度|全年)?|我[局委办厅市县区镇乡部院]|本机关|本单位|全局|[共计总,，、])*"
)
_YEAR = late(r"([0-9]{4})年")
_BEFORE_NUMBER = late(r"(?:合计|共计|总计|累计|一共|[各类共总计达为了到]|总量|总数|数量)*$")


def _patterns(options: Mapping[str, Any], _family: Family) -> Sequence[Pattern]:
    return tuple(Pattern(word) for word in options["words"])


@check(
    "stated-twice",
    options={
        "words": {
            **WORDS,
            "description": "What is counted: a sentence begins with one of these, after the time at most.",
        },
        "unless": {
            **WORDS,
            "description": "A sentence, or a heading above it, with one of these words counts something narrower.",
        },
        "units": {**WORDS, "description": "Units besides those of the pack."},
    },
    required=("words",),
    values=("word", "first", "second", "unit"),
    patterns=_patterns,
    only_hits=True,
)
def stated_twice(report: Report, options: Mapping[str, Any], hits: Sequence[Hit]) -> Iterator[Problem]:
    """Numbers of the same thing in the text that differ from each other (全年发布 326 条 … 全年发布 312 条).

    Every number that differs is reported once, with the first of those that were stated before it.
    """
    seen: dict[tuple[str, str], dict[int, Slice]] = {}
    for line in lines(hits, (*report.form.family.units, *options.get("units", ()))):
        for word, unit, number, at in _stated(line, options, report.year):
            places = seen.setdefault((word, unit), {})
            if places and number not in places:
                first = listed([str(each) for each in islice(places, LISTED + 1)])
                values = {"word": word, "first": first, "second": number, "unit": unit}
                yield Problem(at, values, tuple(islice(places.values(), LISTED)))
            places.setdefault(number, at)


def _stated(line: Line, options: Mapping[str, Any], year: int | None) -> Iterator[tuple[str, str, int, Slice]]:
    """The word, unit, number and place of what is counted in the year as a whole."""
    narrower = options.get("unless", ())
    if has("".join(line.passage.address.trail), narrower):
        return
    for start, end in sentences(line.text):
        number = next((each for each in quantities(line.text, start, end, line.units) if each.unit), None)
        if number is None or not number.exact:
            continue
        lead = line.text[start : number.before]
        said = _BEFORE_NUMBER.sub("", _FILLER.sub("", lead))
        if said in options["words"] and _is_whole_year(lead, year) and not has(line.text[start:end], narrower):
            yield said, number.unit, number.low, line.at(number.start, number.end)


def _is_whole_year(lead: str, year: int | None) -> bool:
    named = _YEAR.findall(lead)
    return not (COMPARISON.search(lead) or OTHER_TIME.search(lead) or any(int(each) != year for each in named))
