"""The numbers of headings and of sequences in the text."""

from __future__ import annotations

import re

from gilint.checks import check
from gilint.model import Problem, Slice
from gilint.numerals import chinese_number, to_chinese
from gilint.text import label_key

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from typing import Any

    from gilint.model import Heading, Report

INLINE = re.compile(r"(?:(?<=[。；：，,;:])|^)\s*(?:是)?([一二三四五六七八九十]{1,2})是(?!否)")
STYLES = {1: "{}、", 2: "（{}）", 3: "{}.", 4: "（{}）"}


@check(
    "numbering",
    options={
        "question": {
            "enum": ["missing", "shifted", "duplicate", "restarted", "promoted", "jump", "repeat", "skipped", "mixed", "inline"],
            "description": "missing: a section title without its number; shifted: the sections carry other numbers than "
            "the form's; duplicate: two first-level headings with one number; restarted: first-level numbers begin "
            "again; promoted: an aspect of a section numbered as a section; jump, repeat: in the numbers below a "
            "section; skipped: a level left out; mixed: two styles among siblings; inline: 一是…三是.",
        },
    },
    required=("question",),
    values=("found", "expected", "title", "number", "previous"),
)
def numbering(report: Report, options: Mapping[str, Any]) -> Iterable[Problem]:
    """Numbers of headings that are missing, doubled, shifted, or jump."""
    return _QUESTIONS[options["question"]](report)


def printed(level: int, number: int) -> str:
    """A heading number as it is printed on its level."""
    return STYLES[level].format(to_chinese(number) if level in (1, 2) else number)


# --- first level ------------------------------------------------------------------------------------------------------


def _sections(report: Report) -> list[tuple[int, Heading]]:
    """(prescribed number, heading) of each section that was found."""
    numbers = {section.key: section.number for section in report.form.sections}
    return [(numbers[key], found.heading) for key, found in report.sections.items()]


def _firsts(report: Report) -> list[Heading]:
    return [heading for heading in report.headings if heading.level == 1]


def _missing(report: Report) -> Iterator[Problem]:
    for number, heading in _sections(report):
        if heading.number == 0:
            yield Problem(heading.at, _values(heading, printed(1, number)))


def _values(heading: Heading, expected: str, previous: str = "") -> dict[str, Any]:
    found = printed(heading.level or 1, heading.number) if heading.number else ""
    return {
        "found": found,
        "expected": expected,
        "title": heading.title,
        "number": heading.number,
        "previous": previous,
    }


def _shifted(report: Report) -> Iterator[Problem]:
    """One finding for a block: the first section whose number differs, when it is not doubled with another."""
    wrong = [(number, heading) for number, heading in _sections(report) if heading.number not in (0, number)]
    if wrong:
        number, heading = wrong[0]
        yield Problem(heading.at, _values(heading, printed(1, number)), related=tuple(h.at for _n, h in wrong[1:]))


def _duplicate(report: Report) -> Iterator[Problem]:
    seen: dict[int, Heading] = {}
    for heading in _firsts(report):
        if heading.number and heading.number in seen and not _is_aspect(report, heading):
            first = seen[heading.number]
            yield Problem(heading.at, _values(heading, "", first.title), related=(first.at,))
        seen.setdefault(heading.number, heading)


def _restarted(report: Report) -> Iterator[Problem]:
    """First-level numbers that begin again at one behind a higher one."""
    highest = 0
    for heading in _firsts(report):
        if heading.number == 1 and highest > 1:
            yield Problem(heading.at, _values(heading, printed(1, highest + 1)))
            return
        highest = max(highest, heading.number)


def _is_aspect(report: Report, heading: Heading) -> bool:
    key = label_key(heading.title)
    opened = {id(found.heading) for found in report.sections.values()}
    return id(heading) not in opened and any(
        key in aspect.headings for section in report.form.sections for aspect in section.aspects
    )


def _promoted(report: Report) -> Iterator[Problem]:
    for heading in _firsts(report):
        if heading.number and _is_aspect(report, heading):
            yield Problem(heading.at, _values(heading, printed(2, heading.number)))


# --- below a section --------------------------------------------------------------------------------------------------


def _siblings(report: Report) -> Iterator[tuple[Heading | None, list[Heading]]]:
    """Headings of one level below one parent, with the parent; unnumbered ones are left out."""
    open_lists: dict[int, list[Heading]] = {}
    parents: dict[int, Heading | None] = {}
    latest: dict[int, Heading] = {}
    for heading in report.headings:
        level = heading.level
        if level == 0:
            # A heading without number closes the lists below the second level, as the number that it lacks would.
            for deeper in [known for known in open_lists if known > 2]:
                yield parents.pop(deeper), open_lists.pop(deeper)
            continue
        for deeper in [known for known in open_lists if known > level]:
            yield parents.pop(deeper), open_lists.pop(deeper)
        latest = {known: one for known, one in latest.items() if known < level}
        if level > 1:
            if level in open_lists and heading.number == 1 and level > 2:
                yield parents.pop(level), open_lists.pop(level)
            parents.setdefault(level, latest[max(latest)] if latest else None)
            open_lists.setdefault(level, []).append(heading)
        latest[level] = heading
    for level, headings in open_lists.items():
        yield parents[level], headings


def _jump(report: Report) -> Iterator[Problem]:
    for _parent, headings in _siblings(report):
        previous = 0
        for heading in headings:
            if heading.number > previous + 1:
                before = printed(heading.level, previous) if previous else ""
                at = _unnumbered_between(report, headings, heading) or heading.at
                yield Problem(at, _values(heading, printed(heading.level, previous + 1), before))
            previous = heading.number


def _unnumbered_between(report: Report, headings: list[Heading], heading: Heading) -> Slice | None:
    """The heading without number before a jump: the one that lost its number."""
    position = report.headings.index(heading)
    for earlier in reversed(report.headings[:position]):
        if earlier in headings or earlier.level == 1:
            return None
        if earlier.level == 0:
            return earlier.at
    return None


def _repeat(report: Report) -> Iterator[Problem]:
    for _parent, headings in _siblings(report):
        for previous, heading in zip(headings, headings[1:]):
            if heading.number == previous.number:
                expected = printed(heading.level, heading.number + 1)
                yield Problem(heading.at, _values(heading, expected, previous.title), related=(previous.at,))


def _skipped(report: Report) -> Iterator[Problem]:
    """A level left out between a heading and its parent; said once, at the first."""
    for parent, headings in _siblings(report):
        first = headings[0]
        if parent is not None and first.level > parent.level + 1:
            yield Problem(first.at, _values(first, printed(parent.level + 1, 1), parent.title))


def _mixed(report: Report) -> Iterator[Problem]:
    """Siblings of one section of which some are （一） and later ones 1., with no （…） between them as parent."""
    below: dict[str, list[Heading]] = {}
    for heading in report.headings:
        if heading.section and heading.level > 1:
            below.setdefault(heading.section, []).append(heading)
    for headings in below.values():
        seconds = [heading for heading in headings if heading.level == 2]
        thirds = [heading for heading in headings if heading.level == 3]
        # 1. after （一） with the number that （…） would carry next: one list in two styles.
        for heading in thirds:
            before = [one for one in seconds if one.span.line < heading.span.line]
            if before and heading.number == before[-1].number + 1 and heading.number > 1 and _lone(heading, thirds):
                yield Problem(heading.at, _values(heading, printed(2, heading.number), before[-1].title))


def _lone(heading: Heading, thirds: list[Heading]) -> bool:
    """Whether no 1. opens the list that a third-level heading stands in."""
    position = thirds.index(heading)
    return position == 0 or thirds[position - 1].number >= heading.number


def _inline(report: Report) -> Iterator[Problem]:
    """一是…二是…三是 within a passage: begins at one and skips none; a list may go on in the next passage."""
    running = 0
    for passage in report.passages:
        if passage.role not in ("prose", "preamble"):
            running = 0
            continue
        for match in INLINE.finditer(passage.text):
            number = chinese_number(match[1]) or 0
            at = Slice(passage, match.start(1), match.end(1) + 1)
            if number != 1 and number != running + 1:
                expected = f"{to_chinese(running + 1)}是"
                values = {"found": f"{match[1]}是", "expected": expected, "title": "", "number": number}
                yield Problem(at, {**values, "previous": f"{to_chinese(running)}是" if running else ""})
            running = number


_QUESTIONS = {
    "missing": _missing,
    "shifted": _shifted,
    "duplicate": _duplicate,
    "restarted": _restarted,
    "promoted": _promoted,
    "jump": _jump,
    "repeat": _repeat,
    "skipped": _skipped,
    "mixed": _mixed,
    "inline": _inline,
}
