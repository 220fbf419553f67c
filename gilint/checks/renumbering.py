"""Edits that give headings their right numbers, where there is no doubt which these are."""

from __future__ import annotations

from gilint.late import late
from gilint.model import Edit, Slice
from gilint.numerals import to_chinese

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable

    from gilint.model import Heading, Report

NUMERAL = late(r"[\s（(]*([一二三四五六七八九十]+|[0-9]+)")


def section_edits(report: Report, wrong: Iterable[tuple[int, Heading]]) -> tuple[Edit, ...]:
    """The edits that give section titles their prescribed numbers; none where the order of sections is in doubt."""
    if not _is_certain(report):
        return ()
    return tuple([edit for number, heading in wrong for edit in renumbered(heading, number)])


def renumbered(heading: Heading, number: int) -> tuple[Edit, ...]:
    """The edit that gives a heading another number, or a first one: its marks stay."""
    at = heading.at
    if not heading.number:
        return (Edit(Slice(at.passage, at.start, at.start), f"{to_chinese(number)}、"),)
    match = NUMERAL.match(at.text)
    if match is None:
        return ()
    start, end = match.span(1)
    numeral = str(number) if match[1].isdecimal() else to_chinese(number)
    return (Edit(Slice(at.passage, at.start + start, at.start + end), numeral),)


def _is_certain(report: Report) -> bool:
    """Whether all sections are there in their order, and nothing else is numbered like them."""
    wanted = [section.key for section in report.form.sections]
    if list(report.sections) != wanted:
        return False
    headings = [section.heading for section in report.sections.values()]
    places = [(heading.at.passage.index, heading.at.start) for heading in headings]
    others = [heading for heading in report.headings if heading.level == 1 and heading not in headings]
    return places == sorted(places) and not others
