"""Headings: which lines are headings, of which level, and which section of the form each one opens."""

from __future__ import annotations

from gilint.late import late
from gilint.model import Heading, Passage, Slice
from gilint.numerals import chinese_number
from gilint.recognise.plan import bigrams
from gilint.record import Record
from gilint.text import fold, label_key

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Container, Iterator, Sequence

    from gilint.form import FormSection
    from gilint.recognise.plan import FormPlan

HAN_NUMBER = "[一二三四五六七八九十]{1,3}"
PREFIX = r"[\s#*　]*"
LEVELS = (
    (
        1,
        late(
            rf"{PREFIX}(?:第(?P<part>{HAN_NUMBER})(?:部分|章)[、.．,，:：\s]*|(?P<number>{HAN_NUMBER})\s*[、.．,，]\s*)"
        ),
    ),
    (2, late(rf"{PREFIX}[（(]\s*(?P<number>{HAN_NUMBER})\s*[）)][、.．]?\s*")),
    # 1.5万元 is a number; 1.10月底前 is the first of a list.
    (3, late(rf"{PREFIX}(?:(?P<number>\d{{1,2}})\s*(?:[.．](?!\d(?!\d?月|\d{{3}}年))|、(?!\d))|(?P<ring>[①-⑳]))\s*")),
    (4, late(rf"{PREFIX}[（(]\s*(?P<number>\d{{1,2}})\s*[）)]\s*")),
)
NUMBERED = late(rf"{PREFIX}[第一二三四五六七八九十（(\d①-⑳]")
INDENT = late(PREFIX)
BARE_NUMBER = late(rf"{PREFIX}(?P<number>{HAN_NUMBER}|\d{{1,2}})[\s　]+")
SPACE = " \t\xa0\u3000"
MARKS = SPACE + "*#\f"
EDGE = MARKS + "。：:；"
SENTENCE_END = "。：:；;，,"
DOTS = ".．…·"
DIGITS = "0123456789０１２３４５６７８９"
LEADING = DOTS + DIGITS
CONTENTS = "目录"
# A heading ends where its sentence ends; a run-in heading is followed by its text on the same line.
RUN_IN = late(r"[。：:；]")
SPACES = late(r"[\s　]+")
LISTED = late(r"[，,；;]")
LONGEST = 40
LONGEST_PATTERNED = 60
LONGEST_LINE = 120
SHORT = 15
ENOUGH_TITLES = 3
ALIKE = 0.6


class Line(Record, hot=True):
    """A paragraph outside of the tables, as a candidate for a heading.

    ``lead`` is the offset behind the number, ``end`` the one behind the title; ``exact`` says that the form knows the
    wording, ``whole`` that nothing follows the title on the line, ``part`` that it is numbered 第一部分.
    """

    index: int
    text: str
    level: int
    number: int
    lead: int
    end: int
    section: FormSection | None
    exact: bool
    whole: bool
    part: bool = False


def parse_line(index: int, text: str, plan: FormPlan) -> Line:
    """What a line says of itself: its number, its title, the section whose title it carries. Level 0: no number."""
    level, number, lead, part = _number(text) if NUMBERED.match(text) else (0, 0, 0, False)
    if level == 0:
        if len(text) > LONGEST_LINE or not _may_be_title(text, plan):
            return Line(index, text, 0, 0, 0, len(text), None, False, True)
        indent = INDENT.match(text)
        lead = indent.end() if indent else 0
    end, whole = _title_end(text, lead)
    section, exact = (None, False)
    if end - lead <= (LONGEST_PATTERNED if plan.patterns else LONGEST):
        section, exact = _section(plan, text[lead:end], level, number)
    if section is None and level == 1:
        section, end, whole = _before_space(plan, text, lead, end, whole)
        exact = section is not None
    if section is None and level == 0:
        section, number, lead = _bare(plan, text, lead, end)
        exact, level = section is not None, 1 if section else 0
    return Line(index, text, level, number, lead, end, section, exact, whole, part)


def _may_be_title(text: str, plan: FormPlan) -> bool:
    """Whether a line without a number needs a closer look: most are sentences."""
    body = text.strip(EDGE)
    if len(body) > LONGEST:
        return False
    key = label_key(body)
    if key in plan.aspects or BARE_NUMBER.match(text) is not None or text[-1] in LEADING:
        return True
    return key in plan.sections or (text[-1:] not in SENTENCE_END and plan.section(key) is not None)


def _number(text: str) -> tuple[int, int, int, bool]:
    for level, pattern in LEVELS:
        match = pattern.match(text)
        if match:
            groups = match.groupdict()
            if groups.get("ring"):
                return level, ord(groups["ring"]) - ord("①") + 1, match.end(), False
            part = groups.get("part")
            return level, _value(part or groups["number"]), match.end(), part is not None
    return 0, 0, 0, False


def _value(digits: str) -> int:
    return int(digits) if digits.isdigit() else chinese_number(digits) or 0


def _title_end(text: str, lead: int) -> tuple[int, bool]:
    """Where the title ends, and whether nothing but its punctuation or a page number follows."""
    body = text.rstrip(MARKS)
    if len(text) <= LONGEST_LINE and body[-1:] in LEADING:
        end = _before_leader(body)
        if lead < end < len(body):
            return end, True
    mark = RUN_IN.search(body, lead)
    if mark is None:
        return max(len(body), lead), True
    return mark.start(), mark.end() == len(body)


def _before_leader(text: str) -> int:
    """The end of a title in a table of contents: its page number stands behind dots or a gap."""
    before = text.rstrip(DIGITS)
    title = before.rstrip(DOTS + SPACE)
    gap = before[len(title) :]
    wide = sum([mark in DOTS for mark in gap]) > 1 or (len(gap) > 1 and len(before) < len(text))
    return len(title) if wide else len(text)


def _before_space(plan: FormPlan, text: str, lead: int, end: int, whole: bool) -> tuple[FormSection | None, int, bool]:
    """A known title that only white space parts from the text behind it: 一、总体情况 2024年，我局……"""
    for space in SPACES.finditer(text, lead, min(end, lead + LONGEST)):
        section = plan.sections.get(label_key(text[lead : space.start()]))
        if section is not None:
            return section, space.start(), False
    return None, end, whole


def _bare(plan: FormPlan, text: str, lead: int, end: int) -> tuple[FormSection | None, int, int]:
    """A title behind a number without any mark: 一 总体情况."""
    match = BARE_NUMBER.match(text)
    section = plan.sections.get(label_key(text[match.end() : end])) if match else None
    if match is None or section is None:
        return None, 0, lead
    return section, _value(match["number"]), match.end()


def _section(plan: FormPlan, title: str, level: int, number: int) -> tuple[FormSection | None, bool]:
    """The section of this title; exact when the form knows the wording."""
    key = label_key(title)
    section = plan.sections.get(key)
    if section is None and level in (0, 1):
        section = plan.section(key)
    if section is not None:
        return section, True
    if level != 1 or not 3 <= len(key) <= LONGEST - 10:
        return None, False
    pairs = bigrams(key)
    scored = [(2 * len(pairs & own) / (len(pairs) + len(own)), section) for own, section in plan.titles]
    score, best = max(scored, key=lambda pair: pair[0])
    others = sorted([value for value, _section in scored])[-2:-1]
    near = score >= ALIKE and (best.number == number or score >= 0.75) and score > max(others, default=0.0) + 0.05
    return (best, False) if near else (None, False)


def declared(line: Line, plan: FormPlan, before: FormSection | None) -> Line:
    """A line without a number that its document declares a heading: it may name a section in other words.

    ``before`` is the section that stands open; the one that follows it is the likeliest.
    """
    if line.level or line.section is not None or not line.whole:
        return line
    section, _exact = _section(plan, line.text[line.lead : line.end], 1, before.number + 1 if before else 1)
    return line.replace(section=section, level=1) if section is not None else line


def opens_section(line: Line) -> bool:
    """Whether a line is a heading of the first level that opens a section of the form.

    A title without number counts when it stands alone on its line and is known to the form; one that is numbered 2.
    only when it is the prescribed title with its number, as 2. also numbers what stands below a section.
    """
    section = line.section
    if section is None:
        return False
    if line.level == 3:
        return _prescribed(line) and line.whole and line.number == section.number
    # A word of two characters is as well a cell, or the name of anything.
    return line.level == 1 or (line.level == 0 and line.exact and line.whole and line.end - line.lead > 2)


def _prescribed(line: Line) -> bool:
    return line.section is not None and line.section.names.get(label_key(line.text[line.lead : line.end]), False)


def settle(
    lines: Sequence[Line], contents: frozenset[int], tables: dict[str, int], aspects: Container[str] = ()
) -> list[Line]:
    """The lines with one opening line at most for each section where several could be it.

    A numbered heading opens its section. Without one, of the lines that carry its title (an aspect may be called the
    same) the prescribed wording comes first, then the last one before the section's table, which begins at
    the block ``tables`` gives, then the first. Under 第一部分, the lines numbered 一、 are a level below. ``aspects``
    are the titles of the aspects of a section.
    """
    named = [line for line in lines if line.section is not None]
    if not any(map(opens_section, named)):
        lines = _raised(lines)
        named = [line for line in lines if line.section is not None]
    opening = [line for line in named if line.index not in contents and opens_section(line)]
    parts = sum(1 for line in opening if line.part) > 1
    chosen = {key: _opening(group, tables.get(key)) for key, group in _by_section(opening)}
    result = []
    for line in lines:
        if parts and line.level == 1 and not line.part:
            line = line.replace(level=2, section=None)
        elif line.section is not None and opens_section(line) and line.index not in contents:
            first = chosen[line.section.key]
            # Two numbered headings of one section are two, unless only one has its title, the other an aspect's.
            if line is not first and (line.level != 1 or (_prescribed(first) and _names_aspect(line, aspects))):
                line = line.replace(section=None)
        result.append(line)
    return result


def _raised(lines: Sequence[Line]) -> Sequence[Line]:
    """Where no heading of the first level opens a section, those of the second do that carry its title and number."""
    second = [line for line in lines if line.level == 2 and line.whole and _prescribed(line) and line.section]
    right = {id(line) for line in second if line.section and line.number == line.section.number}
    if len(right) < ENOUGH_TITLES:
        return lines
    return [line.replace(level=1) if id(line) in right else line for line in lines]


def _by_section(opening: Sequence[Line]) -> Iterator[tuple[str, list[Line]]]:
    groups: dict[str, list[Line]] = {}
    for line in opening:
        if line.section is not None:
            groups.setdefault(line.section.key, []).append(line)
    yield from groups.items()


def _names_aspect(line: Line, aspects: Container[str]) -> bool:
    return not _prescribed(line) and label_key(line.text[line.lead : line.end]) in aspects


def _opening(group: Sequence[Line], table: int | None) -> Line:
    numbered = [line for line in group if line.level == 1]
    first = next((line for line in numbered if _prescribed(line)), None) or next(iter(numbered), None)
    first = first or next((line for line in group if _prescribed(line)), None)
    if first is None and table is not None:
        first = next((line for line in reversed(group) if line.index < table), None)
    return first or group[0]


def is_heading(line: Line) -> bool:
    """Whether a numbered line is a heading of its own (not a list item that ends like a sentence)."""
    if line.level == 0:
        return False
    body = fold(line.text[line.lead : line.end]) if line.end - line.lead <= 2 * LONGEST else line.text
    if line.level == 1:
        return 0 < len(body) <= LONGEST and not _counts_on(line, body)
    if not line.whole or not 0 < len(body) <= LONGEST or LISTED.search(body):
        return False
    # An item of a list ends with ； or, the last one, with 。; a short heading may carry a 。 as well.
    final = fold(line.text[-SHORT:])[-1:]
    return final not in "；;" and (final not in "。.!！" or len(body) <= SHORT)


def _counts_on(line: Line, body: str) -> bool:
    """Whether a number is the first of two in a sentence: 三、四季度更新栏目2次。"""
    return line.section is None and line.text.rstrip(MARKS)[-1:] == "。" and chinese_number(body[:1]) == line.number + 1


def table_of_contents(lines: Sequence[Line]) -> frozenset[int]:
    """Indexes of lines that only list the sections: headings that follow each other directly, and come again later."""
    named = (position for position, line in enumerate(lines) if line.section is not None and opens_section(line))
    first = next(named, len(lines))
    seen = set[str]()
    last = first
    for position in range(first, len(lines)):
        line = lines[position]
        if opens_section(line) and line.section is not None:
            if line.section.key in seen:
                break
            seen.add(line.section.key)
        elif not (line.level and is_heading(line)):
            break
        last = position + 1
    if len(seen) < 3:
        return frozenset()
    again = {line.section.key for line in lines[last:] if line.section is not None and opens_section(line)}
    if len(seen & again) < 2:
        return frozenset()
    if first and fold(lines[first - 1].text).strip("#*") == CONTENTS:
        first -= 1
    return frozenset(line.index for line in lines[first:last])


def heading_of(line: Line, passage: Passage, section: str | None, level: int) -> Heading:
    title = line.text[line.lead : line.end].strip()
    start = len(line.text) - len(line.text.lstrip())
    return Heading(level, line.number, title, Slice(passage, start, line.end), section)
