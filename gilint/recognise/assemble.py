"""Passages, headings and sections of a report, collected while its text is walked once."""

from __future__ import annotations

from gilint.model import Address, Passage, Section
from gilint.numerals import to_chinese
from gilint.recognise.outline import heading_of, is_heading, opens_section, table_of_contents
from gilint.recognise.particulars import find_signoff, title_passage
from gilint.text import label_key

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from gilint.form import Form
    from gilint.model import Heading, Paragraph, Table
    from gilint.recognise.outline import Line
    from gilint.recognise.particulars import Title

TRAIL_LONGEST = 40


class Builder:
    """Collects passages, headings and sections while walking the text once."""

    def __init__(self, form: Form, title: Title | None, trails: Mapping[str, str], tables: dict[str, Table]) -> None:
        self.form = form
        self.title = title
        self.trails = trails
        self.tables = tables
        self.passages: list[Passage] = []
        self.headings: list[Heading] = []
        self._opened: dict[str, Heading] = {}
        self._trail: list[tuple[int, str]] = []
        self._section: str | None = None
        self._restarted = False
        self._aspects = {
            name: section.key for section in form.sections for aspect in section.aspects for name in aspect.headings
        }

    def add(self, blocks: Sequence[Paragraph], lines: Sequence[Line], every: Sequence[tuple[int, Paragraph]]) -> None:
        title = self.title
        title_blocks = set[int]()
        if title is not None and title.first >= 0:
            title_blocks.update(every[position][0] for position in range(title.first, title.last + 1))
        contents = table_of_contents(lines)
        end = self._end_of_text(blocks, lines)
        waiting: list[Paragraph] = []
        started = not title_blocks
        for position, (block, line) in enumerate(zip(blocks, lines, strict=True)):
            if line.index in title_blocks:
                waiting.append(block)
                if len(waiting) == len(title_blocks):
                    self._add_title(waiting)
                    started = True
            elif not started or line.index in contents:
                self._append(block, "outside", Address())
            elif position >= end[1]:
                self._append(block, "outside", Address())
            elif position >= end[0]:
                self._append(block, "signoff", Address(trail=("落款",)))
            else:
                self._add_line(block, line)

    def _end_of_text(self, blocks: Sequence[Paragraph], lines: Sequence[Line]) -> tuple[int, int]:
        """Positions of the sign-off's first line and of the first line behind it."""
        probes = [
            Passage(line.index, block.text, block.origin, "heading" if is_heading(line) else "prose", Address())
            for block, line in zip(blocks, lines, strict=True)
        ]
        signoff, first = find_signoff(probes)
        if signoff.date_at is None:
            return len(blocks), len(blocks)
        last = next(position for position, probe in enumerate(probes) if probe is signoff.date_at.passage)
        return first, last + 1

    def _add_title(self, blocks: Sequence[Paragraph]) -> None:
        index = len(self.passages)
        parts = [Passage(index, block.text, block.origin, "title", Address()) for block in blocks]
        self.passages.append(title_passage(index, parts))

    def _append(self, block: Paragraph, role: str, address: Address) -> Passage:
        if role == "prose" and ("\t" in block.text or "|" in block.text):
            role = "table"
        passage = Passage(len(self.passages), block.text, block.origin, role, address)
        self.passages.append(passage)
        return passage

    def _add_line(self, block: Paragraph, line: Line) -> None:
        if opens_section(line) and line.section is not None:
            self._open(line)
            role = "heading" if line.whole else "prose"
        elif line.level == 1 and is_heading(line):
            owner = self._aspects.get(label_key(line.text[line.lead : line.end]))
            # 一、 again is a list inside the section that stands open, and so is what follows it.
            self._restarted = self._restarted or (line.number == 1 and self._section is not None)
            if not self._restarted and owner != self._section:
                self._section = None
            self._trail = [(1, block.text.strip()[:TRAIL_LONGEST])]
            role = "heading" if line.whole else "prose"
        elif line.level > 1:
            self._trail = [(level, text) for level, text in self._trail if level < line.level]
            role = "heading" if is_heading(line) else "prose"
            if role == "heading":
                self._trail.append((line.level, block.text.strip()[:TRAIL_LONGEST]))
        else:
            role = self._plain_role(block)
            if role == "heading":
                # A heading without a number stands between （一） and 1.: below the section, above list items.
                self._trail = [*self._trail[:1], (2, block.text.strip()[:TRAIL_LONGEST])]
        passage = self._append(block, role, Address(tuple(text for _level, text in self._trail), self._section))
        self._add_heading(line, passage)

    def _plain_role(self, block: Paragraph) -> str:
        if not self._trail:
            return "preamble"
        return "heading" if block.level or label_key(block.text) in self._aspects else "prose"

    def _open(self, line: Line) -> None:
        assert line.section is not None
        self._section = line.section.key
        self._restarted = False
        numeral = to_chinese(line.number) if line.number else to_chinese(line.section.number)
        self._trail = [(1, f"{numeral}、{line.text[line.lead : line.end].strip()}")]

    def _add_heading(self, line: Line, passage: Passage) -> None:
        opened = opens_section(line)
        if not opened and not line.level and passage.role != "heading":
            return
        if line.level == 1 and not opened and not is_heading(line):
            return
        heading = heading_of(line, passage, line.section.key if opened and line.section else self._section)
        if opened:
            heading = heading.replace(level=1)
        self.headings.append(heading)
        if opened and line.section is not None:
            self._opened.setdefault(line.section.key, heading)

    def sections(self) -> dict[str, Section]:
        """The sections that were found, in the order of the report."""
        result: dict[str, Section] = {}
        for key, heading in self._opened.items():
            passages = tuple(
                passage
                for passage in self.passages
                if passage.address.section == key and (passage.role == "prose" or passage.role == "table")
            )
            below = tuple(one for one in self.headings if one.section == key and one.level != 1)
            tables = tuple(table.key for table in self.tables.values() if table.address.section == key)
            address = Address((self.trails[key],), key)
            result[key] = Section(key, heading, passages, below, tables, address)
        return result
