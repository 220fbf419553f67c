"""The numbers of headings and of sequences in the text."""

from __future__ import annotations

from itertools import takewhile

from gilint.checks import check
from gilint.checks.renumbering import renumbered, section_edits
from gilint.late import late
from gilint.model import Problem, Slice
from gilint.numerals import chinese_number, to_chinese
from gilint.text import label_key

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from typing import Any

    from gilint.model import Heading, Report

# 统一是, 之一是, 第一是 are no numbers of a list.
INLINE = late(r"(?<![第之统唯万单专期周同合归])([一二三四五六七八九十]{1,2})是(?!否)")
BOUNDARY = late(r"(?:[。；：，、！,;:]\s*|^\s*)\Z")
STYLES = {1: "{}、", 2: "（{}）", 3: "{}.", 4: "（{}）"}
FIXED = ("missing", "shifted", "duplicate", "repeat")
TELLING = 4
"""How long an aspect's name has to be to be told within a longer title."""


@check(
    "numbering",
    options={
        "question": {
            "enum": [
                *("missing", "shifted", "duplicate", "restarted", "promoted"),
                *("jump", "repeat", "skipped", "mixed", "inline"),
            ],
            "description": "missing: a section title without its number; shifted: the sections carry other numbers "
            "than the form's; duplicate: two first-level headings with one number; restarted: first-level numbers "
            "begin again; promoted: an aspect of a section numbered as a section; jump, repeat: in the numbers below "
            "a section; skipped: a level left out; mixed: two styles among siblings; inline: 一是…三是.",
        },
    },
    required=("question",),
    values=("found", "expected", "title", "number", "previous"),
    fixes=lambda options: options["question"] in FIXED,
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
    """One finding for each title; a report without any number at all says so once."""
    taken = {heading.number for heading in _firsts(report)}
    sections = _sections(report)
    # Where another heading has taken the number, the whole block is shifted, which is another question.
    bare = [(number, heading) for number, heading in sections if heading.number == 0 and number not in taken]
    everywhere = len(bare) == len(sections)
    for number, heading in bare[:1] if everywhere else bare:
        related = tuple(other.at for _number, other in bare[1:]) if everywhere else ()
        edits = section_edits(report, bare if everywhere else [(number, heading)])
        yield Problem(heading.at, _values(heading, printed(1, number)), related=related, edits=edits)


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
    """One finding for a block: the first section whose number is neither the form's nor that of its place.

    Numbers that follow from a section left out, put in or moved are in order; what they follow from is said elsewhere.
    """
    numbers = {id(heading): number for number, heading in _sections(report)}
    counted = _before_restart(report)
    wrong = [
        (numbers[id(heading)], heading)
        for place, heading in enumerate(counted, start=1)
        if id(heading) in numbers and heading.number not in (0, numbers[id(heading)], place)
    ]
    if wrong:
        number, heading = wrong[0]
        related = tuple(other.at for _number, other in wrong[1:])
        edits = section_edits(report, wrong)
        yield Problem(heading.at, _values(heading, printed(1, number)), related=related, edits=edits)


def _duplicate(report: Report) -> Iterator[Problem]:
    """Of two headings with one number, the one that should have another; aspects have a question of their own."""
    right = {id(heading): number for number, heading in _sections(report)}
    seen: dict[int, Heading] = {}
    for heading in _before_restart(report):
        if not heading.number or _is_aspect(report, heading):
            continue
        first = seen.setdefault(heading.number, heading)
        if first is not heading:
            wrong, other = (heading, first) if right.get(id(first)) == heading.number else (first, heading)
            if right.get(id(wrong)) is None:
                wrong, other = heading, first
            number = right.get(id(wrong), 0)
            values = _values(wrong, printed(1, number) if number else "", other.title)
            edits = section_edits(report, [(number, wrong)]) if number else ()
            yield Problem(wrong.at, values, related=(other.at,), edits=edits)


def _restart(report: Report) -> Heading | None:
    """The heading at which first-level numbers begin again at one behind a higher one."""
    highest = 0
    for heading in _firsts(report):
        if heading.number == 1 and highest > 1:
            return heading
        highest = max(highest, heading.number)
    return None


def _before_restart(report: Report) -> list[Heading]:
    """First-level headings up to the one where the numbers begin again: what comes behind it follows from that."""
    restart = _restart(report)
    firsts = _firsts(report)
    return list(takewhile(lambda heading: heading is not restart, firsts))


def _restarted(report: Report) -> Iterator[Problem]:
    heading = _restart(report)
    if heading is not None:
        before = _before_restart(report)[-1]
        yield Problem(heading.at, _values(heading, printed(1, before.number + 1), before.title), related=(before.at,))


def _is_aspect(report: Report, heading: Heading) -> bool:
    """Whether a heading that opens no section is an aspect's: by its whole title, or in front of the next section by
    the aspect's name in it (加强平台建设，提升服务水平)."""
    opened = {id(found.heading): key for key, found in report.sections.items()}
    if id(heading) in opened:
        return False
    key, open_section = label_key(heading.title), _open_section(report, heading, opened)
    return any(
        key in aspect.headings or (section.key == open_section and any(_names(key, one) for one in aspect.headings))
        for section in report.form.sections
        for aspect in section.aspects
    )


def _open_section(report: Report, heading: Heading, opened: Mapping[int, str]) -> str | None:
    """The key of the section whose title stands last in front of a heading."""
    before = takewhile(lambda one: one is not heading, report.headings)
    return next((opened[id(one)] for one in reversed(list(before)) if id(one) in opened), None)


def _names(key: str, aspect: str) -> bool:
    return len(aspect) >= TELLING and aspect in key


def _promoted(report: Report) -> Iterator[Problem]:
    """Aspects numbered as sections: said once, at the first of them."""
    promoted = [heading for heading in _firsts(report) if heading.number and _is_aspect(report, heading)]
    if promoted:
        first = promoted[0]
        values = _values(first, printed(2, first.number), "、".join(heading.title for heading in promoted))
        yield Problem(first.at, values, related=tuple(heading.at for heading in promoted[1:]))


# --- below a section --------------------------------------------------------------------------------------------------


class _List:
    """Headings of one level below one parent. ``level`` of the parent: an unnumbered one lost its （一）."""

    def __init__(self, parent: Heading | None, level: int) -> None:
        self.parent = parent
        self.level = level
        self.headings: list[Heading] = []


_latest: tuple[Report | None, tuple[_List, ...], Mapping[int, int]] = (None, (), {})


def _lists(report: Report) -> tuple[_List, ...]:
    """The numbered headings below the first level, as lists of siblings."""
    return _outline(report)[0]


def _position(report: Report, heading: Heading) -> int:
    """Which of the headings of a report one is."""
    return _outline(report)[1][id(heading)]


def _outline(report: Report) -> tuple[tuple[_List, ...], Mapping[int, int]]:
    """The lists of headings, and the position of each heading by its identity.

    Several rules ask for those of the same report, so the latest are kept; all of it is replaced as a whole.
    """
    global _latest
    known, lists, positions = _latest
    if known is not report:
        lists = tuple(_siblings(report))
        positions = {id(heading): at for at, heading in enumerate(report.headings)}
        _latest = report, lists, positions
    return lists, positions


def _siblings(report: Report) -> Iterator[_List]:
    open_lists: dict[int, _List] = {}
    above: dict[int, Heading] = {}
    for heading in report.headings:
        # A heading without number stands where （一） would.
        level = heading.level or 2
        for deeper in [known for known in open_lists if known > level]:
            yield open_lists.pop(deeper)
        above = {known: one for known, one in above.items() if known < level}
        if heading.level > 2 and level in open_lists and heading.number == 1:
            yield open_lists.pop(level)
        if heading.level > 1:
            parent = max(above, default=0)
            open_lists.setdefault(level, _List(above.get(parent), parent)).headings.append(heading)
        above[level] = heading
    yield from open_lists.values()


def _jump(report: Report) -> Iterator[Problem]:
    lists = _lists(report)
    mixed = _in_two_styles(report, lists)
    for siblings in lists:
        previous = 0
        for place, heading in enumerate(siblings.headings, start=1):
            # After a number used twice the next one may well be right.
            if heading.number > previous + 1 and heading.number != place and id(heading) not in mixed:
                yield from _jumped(report, siblings, heading, previous, mixed)
            previous = heading.number


def _jumped(
    report: Report, siblings: _List, heading: Heading, previous: int, mixed: Mapping[int, Heading]
) -> Iterator[Problem]:
    before = report.headings[: _position(report, heading)]
    missing = previous + 1
    # The missing number may stand there in another style, which is another question.
    if any(id(one) in mixed and one.number == missing and one.section == heading.section for one in before):
        return
    lost = _unnumbered(before, siblings.headings) if heading.level == 2 else None
    values = _values(heading, printed(heading.level, missing), printed(heading.level, previous) if previous else "")
    if lost is not None:
        values["title"] = lost.title
    yield Problem(lost.at if lost else heading.at, values, related=(heading.at,) if lost else ())


def _unnumbered(before: Sequence[Heading], siblings: Sequence[Heading]) -> Heading | None:
    """The heading without number before a jump: the one that lost its number."""
    known = set(map(id, siblings))
    for earlier in reversed(before):
        if id(earlier) in known or earlier.level == 1:
            return None
        if earlier.level == 0:
            return earlier
    return None


def _repeat(report: Report) -> Iterator[Problem]:
    for siblings in _lists(report):
        for previous, heading in zip(siblings.headings, siblings.headings[1:], strict=False):
            if heading.number == previous.number:
                expected = printed(heading.level, heading.number + 1)
                edits = renumbered(heading, heading.number + 1)
                values = _values(heading, expected, previous.title)
                yield Problem(heading.at, values, related=(previous.at,), edits=edits)


def _skipped(report: Report) -> Iterator[Problem]:
    """A level left out between a heading and its parent; said once for each parent."""
    said: set[int] = set()
    for siblings in _lists(report):
        first, parent = siblings.headings[0], siblings.parent
        if parent is not None and first.level > siblings.level + 1 and id(parent) not in said:
            said.add(id(parent))
            yield Problem(first.at, _values(first, printed(siblings.level + 1, 1), parent.title))


def _in_two_styles(report: Report, lists: Sequence[_List]) -> dict[int, Heading]:
    """Headings that go on with the numbers of a list in another style, each with the one that it goes on from.

    （一） is followed by 2. where no 1. opens a list below it; 1. by （二） where no （一） does.
    """
    found: dict[int, Heading] = {}
    for siblings in lists:
        first = siblings.headings[0]
        if first.number < 2:
            continue
        position = _position(report, first)
        before = siblings.parent if first.level == 3 else next(iter(report.headings[position - 1 : position]), None)
        if before is not None and {before.level, first.level} == {2, 3} and before.number == first.number - 1:
            found[id(first)] = before
    return found


def _mixed(report: Report) -> Iterator[Problem]:
    """Siblings in two styles: （一） and then 2."""
    lists = _lists(report)
    before = _in_two_styles(report, lists)
    for siblings in lists:
        first = siblings.headings[0]
        if id(first) in before:
            previous = before[id(first)]
            values = _values(first, printed(previous.level, first.number), printed(previous.level, previous.number))
            yield Problem(first.at, values, related=(previous.at,))


def _inline(report: Report) -> Iterator[Problem]:
    """一是…二是…三是 within a passage: begins at one and skips none; a list may go on in the next passage."""
    running = 0
    for passage in report.passages:
        if passage.role not in ("prose", "preamble"):
            running = 0
            continue
        for match in INLINE.finditer(passage.text):
            number = chinese_number(match[1]) or 0
            if number not in (1, running + 1):
                if not BOUNDARY.search(passage.text[: match.start()]):
                    continue
                expected, previous = f"{to_chinese(running + 1)}是", f"{to_chinese(running)}是" if running else ""
                values = {"found": f"{match[1]}是", "expected": expected, "title": "", "number": number}
                yield Problem(Slice(passage, match.start(1), match.end(1) + 1), {**values, "previous": previous})
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
