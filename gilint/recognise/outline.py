"""Headings: which lines are headings, of which level, and which section of the form each one opens."""

from __future__ import annotations

import re

from gilint.model import Heading, Passage, Slice
from gilint.numerals import chinese_number
from gilint.record import Record
from gilint.text import fold, label_key, similarity

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from gilint.form import Form, FormSection

HAN_NUMBER = "[一二三四五六七八九十]{1,3}"
PREFIX = r"[\s#*　]*"
LEVELS = (
    (
        1,
        re.compile(
            rf"{PREFIX}(?:第(?P<part>{HAN_NUMBER})(?:部分|章)[、.．,，:：\s]*|(?P<number>{HAN_NUMBER})\s*[、.．,，]\s*)"
        ),
    ),
    (2, re.compile(rf"{PREFIX}[（(]\s*(?P<number>{HAN_NUMBER})\s*[）)][、.．]?\s*")),
    (3, re.compile(rf"{PREFIX}(?P<number>\d{{1,2}})\s*[.．、](?!\d)\s*")),
    (4, re.compile(rf"{PREFIX}[（(]\s*(?P<number>\d{{1,2}})\s*[）)]\s*")),
)
BARE_NUMBER = re.compile(rf"{PREFIX}(?P<number>{HAN_NUMBER}|\d{{1,2}})[\s　]+")
STRIPPED = re.compile(r"[\s*#　]+\Z")
# A heading ends where its sentence ends; a run-in heading is followed by its text on the same line.
RUN_IN = re.compile(r"[。：:；]")
LONGEST = 40
SHORT = 15
ALIKE = 0.6


class Line(Record, hot=True):
    """A paragraph outside of the tables, as a candidate for a heading."""

    index: int
    text: str
    level: int
    number: int
    lead: int
    end: int
    section: FormSection | None
    exact: bool
    whole: bool


def parse_line(index: int, text: str, form: Form) -> Line:
    """What a line says of itself: its number, its title up to ``end``, the section whose title it carries.

    ``level`` is 0 without a number; ``whole`` says that nothing follows the title on the line.
    """
    level, number, lead = _number(text)
    end, whole = _title_end(text, lead)
    section, exact = (None, False)
    if level in (0, 1) or end - lead <= LONGEST:
        section, exact = _section(form, text[lead:end], level, number)
    if section is None and level == 0:
        section, number, lead = _bare(form, text, end)
        exact, level = section is not None, 1 if section else 0
    return Line(index, text, level, number, lead, end, section, exact, whole)


def _number(text: str) -> tuple[int, int, int]:
    for level, pattern in LEVELS:
        match = pattern.match(text)
        if match:
            groups = match.groupdict()
            digits = groups.get("part") or groups["number"]
            return level, _value(digits), match.end()
    match = re.match(PREFIX, text)
    return 0, 0, match.end() if match else 0


def _value(digits: str) -> int:
    return int(digits) if digits.isdigit() else chinese_number(digits) or 0


def _title_end(text: str, lead: int) -> tuple[int, bool]:
    body = STRIPPED.sub("", text)
    mark = RUN_IN.search(body, lead)
    if mark is None:
        return len(body), True
    return mark.start(), mark.end() == len(body)


def _bare(form: Form, text: str, end: int) -> tuple[FormSection | None, int, int]:
    """A title behind a number without any mark: 一 总体情况."""
    match = BARE_NUMBER.match(text)
    if match is None:
        return None, 0, len(text) - len(text.lstrip())
    key = label_key(text[match.end() : end])
    section = next((section for section in form.sections if key in section.names), None)
    return section, _value(match["number"]) if section else 0, match.end() if section else 0


def _section(form: Form, title: str, level: int, number: int) -> tuple[FormSection | None, bool]:
    """The section of this title; exact when the form knows the wording."""
    key = label_key(title)
    for section in form.sections:
        if key in section.names:
            return section, True
    if level != 1 or not 3 <= len(key) <= LONGEST - 10:
        return None, False
    scored = [(similarity(key, label_key(section.title)), section) for section in form.sections]
    score, best = max(scored, key=lambda pair: pair[0])
    others = sorted(value for value, _section in scored)[-2:-1]
    near = score >= ALIKE and (best.number == number or score >= 0.75) and score > max(others, default=0.0) + 0.05
    return (best, False) if near else (None, False)


def opens_section(line: Line) -> bool:
    """Whether a line is a heading of the first level that opens a section of the form.

    A title without number counts when it stands alone on its line and is known to the form; one that is numbered 2.
    only when it is the prescribed title with its number, as 2. also numbers what stands below a section.
    """
    section = line.section
    if section is None:
        return False
    if line.level == 3:
        prescribed = section.names.get(label_key(line.text[line.lead : line.end]), False)
        return prescribed and line.whole and line.number == section.number
    return line.level == 1 or (line.level == 0 and line.exact and line.whole)


def is_heading(line: Line) -> bool:
    """Whether a numbered line is a heading of its own (not a list item that ends like a sentence)."""
    if line.level == 0:
        return False
    body = fold(line.text[line.lead : line.end])
    if line.level == 1:
        return 0 < len(body) <= LONGEST
    if not line.whole or not 0 < len(body) <= LONGEST or re.search(r"[，,；;]", body):
        return False
    # An item of a list ends with ； or, the last one, with 。; a short heading may carry a 。 as well.
    final = fold(line.text)[-1]
    return final not in "；;" and (final not in "。.!！" or len(body) <= SHORT)


def table_of_contents(lines: Sequence[Line]) -> frozenset[int]:
    """Indexes of lines that only list the sections: titles that follow each other directly and come again later."""
    run: list[Line] = []
    for position, line in enumerate(lines):
        if opens_section(line):
            run.append(line)
        elif run:
            rest = {later.section.key for later in lines[position:] if opens_section(later) and later.section}
            again = [one for one in run if one.section and one.section.key in rest]
            return frozenset(one.index for one in run) if len(run) >= 3 and len(again) >= 2 else frozenset()
    return frozenset()


def heading_of(line: Line, passage: Passage, section: str | None) -> Heading:
    title = line.text[line.lead : line.end].strip()
    start = len(line.text) - len(line.text.lstrip())
    return Heading(line.level, line.number, title, Slice(passage, start, line.end), section)
