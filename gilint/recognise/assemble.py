"""Passages, headings and sections of a report, collected while its text is walked once."""

from __future__ import annotations

from gilint.model import Address, Passage, Section, Signoff, Slice
from gilint.numerals import to_chinese
from gilint.recognise.outline import (
    declared,
    heading_of,
    is_heading,
    opens_section,
    parse_line,
    settle,
    table_of_contents,
)
from gilint.recognise.signoff import find_closing
from gilint.recognise.title import MARKS, title_passage
from gilint.text import fold, label_key

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from gilint.model import Heading, Paragraph, Table
    from gilint.recognise.outline import Line
    from gilint.recognise.plan import FormPlan
    from gilint.recognise.signoff import SignoffPlace
    from gilint.recognise.title import Title

TRAIL_LONGEST = 40
UNNUMBERED_LONGEST = 40
OUTSIDE = Address()
PREAMBLE = Address(trail=("引言",))
SIGNOFF = Address(trail=("落款",))


class Builder:
    """Collects passages, headings and sections while walking the text once."""

    def __init__(self, plan: FormPlan, title: Title | None, tables: dict[str, Table]) -> None:
        self.plan = plan
        self.title = title
        self.tables = tables
        self.passages: list[Passage] = []
        self.headings: list[Heading] = []
        self.signoff = Signoff(None, None, None)
        self.repeated = 0
        self._opened: dict[str, Heading] = {}
        self._trail: list[tuple[int, str]] = []
        self._section: str | None = None
        self._restarted = False
        self._place = PREAMBLE

    @property
    def opened(self) -> int:
        """How many sections were found."""
        return len(self._opened)

    def add(self, text: Sequence[tuple[int, Paragraph]], starts: dict[str, int]) -> None:
        """All lines outside of the tables, which begin at the blocks that ``starts`` gives by section."""
        lines = self._lines(text)
        contents = table_of_contents(lines)
        opening = [line.section.key for line in lines if line.section is not None and opens_section(line)]
        self.repeated = len(opening) - len(set(opening))
        lines = settle(lines, contents, starts, self.plan.aspects)
        title = self.title.blocks if self.title is not None else ()
        # What is attached may open a section again: the last one is that which opens for the first time.
        sections: dict[str, int] = {}
        for at, line in enumerate(lines):
            if line.section is not None and opens_section(line) and line.index not in contents:
                sections.setdefault(line.section.key, at)
        headings = [is_heading(line) for line in lines]
        heads = [self._is_running_head(line.text) for line in lines]
        texts = ["" if head else line.text for head, line in zip(heads, lines, strict=True)]
        closing = find_closing(texts, headings, max(sections.values(), default=-1), self.title)
        place = closing.signoff
        last = place.last if place else len(lines)
        waiting: list[Paragraph] = []
        before = [len(self.passages)] * len(lines)
        started = not title
        for position, ((_index, block), line) in enumerate(zip(text, lines, strict=True)):
            before[position] = len(self.passages)
            if line.index in title:
                waiting.append(block)
                if len(waiting) == len(title):
                    self.passages.append(title_passage(len(self.passages), waiting))
                    started = True
            elif (
                not started
                or line.index in contents
                or position in closing.attached
                or position > last
                or heads[position]
            ):
                self._append(block, "outside", OUTSIDE)
            elif place and position >= place.first:
                self._append(block, "signoff", SIGNOFF)
            else:
                self._add_line(block, line, headings[position])
        if place is not None:
            self._sign(place, before)

    def _lines(self, text: Sequence[tuple[int, Paragraph]]) -> list[Line]:
        lines = [parse_line(index, block.text, self.plan) for index, block in text]
        if any(block.level for _index, block in text):
            section = None
            for at, (_index, block) in enumerate(text):
                if block.level:
                    lines[at] = declared(lines[at], self.plan, section)
                section = lines[at].section if opens_section(lines[at]) else section
        return lines

    def _is_running_head(self, text: str) -> bool:
        """Whether a line is the title again, as pages carry it."""
        title = self.title.text if self.title is not None else ""
        return len(title) <= len(text) <= 2 * len(title) and bool(title) and fold(text.strip(MARKS)) == title

    def _sign(self, place: SignoffPlace, before: Sequence[int]) -> None:
        """The sign-off as slices of its passages; ``before`` counts the passages before each line."""
        line, start, end = place.date_at
        date_at = Slice(self.passages[before[line]], start, end)
        issuer = None
        if place.issuer_at is not None:
            line, start, end = place.issuer_at
            issuer = Slice(self.passages[before[line]], start, end)
        self.signoff = Signoff(issuer, place.date, date_at)

    def _append(self, block: Paragraph, role: str, address: Address) -> Passage:
        if role == "prose" and ("|" in block.text or "\t" in block.text.strip()):
            role = "table"
        passage = Passage(len(self.passages), block.text, block.origin, role, address)
        self.passages.append(passage)
        return passage

    def _add_line(self, block: Paragraph, line: Line, heading: bool) -> None:
        if line.section is not None and opens_section(line):
            self._open(line)
            role = "heading" if line.whole else "prose"
        elif line.level == 1 and heading:
            owner = self.plan.aspects.get(label_key(line.text[line.lead : line.end]))
            # 一、 again is a list inside the section that stands open, and so is what follows it.
            self._restarted = self._restarted or (line.number == 1 and self._section is not None)
            if not self._restarted and owner != self._section:
                self._section = None
            self._trail = [(1, block.text.strip()[:TRAIL_LONGEST])]
            role = "heading" if line.whole else "prose"
        elif line.level > 1:
            self._trail = [(level, text) for level, text in self._trail if level < line.level]
            role = "heading" if heading else "prose"
            if role == "heading":
                self._trail.append((line.level, block.text.strip()[:TRAIL_LONGEST]))
        else:
            role = self._plain_role(block)
            if role == "heading":
                # A heading without a number stands between （一） and 1.: below the section, above list items.
                self._trail = [*self._trail[:1], (2, block.text.strip()[:TRAIL_LONGEST])]
        passage = self._append(block, role, self._address())
        if line.level or line.section is not None or role == "heading":
            self._add_heading(line, passage, heading)

    def _address(self) -> Address:
        trail = tuple([text for _level, text in self._trail])
        last = self._place
        if last.trail != trail or last.section != self._section:
            self._place = Address(trail, self._section) if trail else PREAMBLE
        return self._place

    def _plain_role(self, block: Paragraph) -> str:
        if not self._trail:
            return "preamble"
        short = len(block.text) <= UNNUMBERED_LONGEST
        return "heading" if block.level or (short and label_key(block.text) in self.plan.aspects) else "prose"

    def _open(self, line: Line) -> None:
        assert line.section is not None
        self._section = line.section.key
        self._restarted = False
        numeral = to_chinese(line.number or line.section.number)
        self._trail = [(1, f"{numeral}、{line.text[line.lead : line.end].strip()}")]

    def _add_heading(self, line: Line, passage: Passage, numbered: bool) -> None:
        opened = opens_section(line)
        if not opened and not line.level and passage.role != "heading":
            return
        if line.level == 1 and not opened and not numbered:
            return
        section = line.section.key if opened and line.section else self._section
        heading = heading_of(line, passage, section, 1 if opened else line.level)
        self.headings.append(heading)
        if opened and line.section is not None:
            self._opened.setdefault(line.section.key, heading)

    def sections(self) -> dict[str, Section]:
        """The sections that were found, in the order of the report."""
        passages: dict[str | None, list[Passage]] = {}
        for passage in self.passages:
            if passage.role == "prose" or passage.role == "table":
                passages.setdefault(passage.address.section, []).append(passage)
        result: dict[str, Section] = {}
        for key, heading in self._opened.items():
            below = tuple([one for one in self.headings if one.section == key and one.level != 1])
            tables = tuple([table.key for table in self.tables.values() if table.address.section == key])
            address = Address((self.plan.trails[key],), key)
            result[key] = Section(key, heading, tuple(passages.get(key, ())), below, tables, address)
        return result
