"""Document + form → Report: one algorithm for every format.

Tables come first, found by the labels of the form, so that a row label is never taken for a heading. What is left is
text: title, preamble, headings, the sections' prose, the sign-off.
"""

from __future__ import annotations

from bisect import bisect_right
from itertools import accumulate

from gilint.errors import InputError
from gilint.model import Address, Grid, Paragraph, Passage, Report, Section, Slice
from gilint.numerals import to_chinese
from gilint.recognise.outline import heading_of, is_heading, opens_section, parse_line, table_of_contents
from gilint.recognise.particulars import find_period, find_signoff, find_title, issuer_kind, title_passage
from gilint.recognise.rows import Stream, rows_of, stream_key
from gilint.recognise.tables import find_tables
from gilint.recognise.unwrap import unwrap
from gilint.text import label_key

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from typing import Any

    from gilint.form import Family, Form
    from gilint.model import Document, Heading, Table
    from gilint.recognise.outline import Line
    from gilint.recognise.particulars import Title

ENOUGH_SECTIONS = 3
MISSING_AT_END = 2


class Recogniser:
    """Reads documents through the forms of some families; safe to share between threads."""

    def __init__(self, families: Sequence[Family]) -> None:
        import re2

        self.families = tuple(families)
        self._titles = {family.pack: [re2.compile(pattern) for pattern in family.titles] for family in families}
        self._kinds = {
            family.pack: [
                (kind.key, [re2.compile(pattern) for pattern in kind.patterns]) for kind in family.issuer_kinds
            ]
            for family in families
        }
        self._furniture = {
            family.pack: re2.compile("(?m)" + "|".join(f"(?:{pattern})" for pattern in family.furniture))
            for family in families
            if family.furniture
        }

    def read(
        self, document: Document, facts: Mapping[str, Any] | None = None, issuer_kind_override: str | None = None
    ) -> Report:
        """The report that the document holds.

        ``facts`` is what the caller knows beyond the text. Raises ``InputError`` when it is no report of a known
        family (``not-a-report``), of a year before all forms (``unsupported-year``), cut off (``truncated``), or
        holds a table twice (``duplicate-table``).
        """
        blocks = unwrap(document.blocks)
        lines = [(index, block) for index, block in enumerate(blocks) if _is_text(block)]
        family, lines, title = self._family(document, lines)
        stream = Stream(rows_of(blocks))
        year = title.year if title else _metadata_year(document)
        form = _choose_form(family, stream, year, document.name)
        trails = {section.key: f"{to_chinese(section.number)}、{section.title}" for section in form.sections}
        found = find_tables(stream, form, trails, document.name)
        taken = frozenset().union(*(part.blocks for part in found))
        tables = {part.table.key: part.table for part in found}
        text = [(index, block) for index, block in lines if index not in taken]
        text_lines = [parse_line(index, block.text, form) for index, block in text]
        if title is None and sum(map(opens_section, text_lines)) < ENOUGH_SECTIONS and len(tables) < 2:
            raise _no_report(document.name, family)
        builder = _Builder(form, title, trails, tables)
        builder.add([block for _index, block in text], text_lines, lines)
        report = self._report(builder, document, form, family, year, facts, issuer_kind_override, title, stream)
        _refuse_truncated(report, document, blocks)
        return report

    def _family(
        self, document: Document, lines: list[tuple[int, Paragraph]]
    ) -> tuple[Family, list[tuple[int, Paragraph]], Title | None]:
        """The family whose title stands there, or the one whose section titles do; its lines without furniture."""
        for family in self.families:
            kept = self._without_furniture(family, lines)
            title = find_title([block.text for _index, block in kept], self._titles[family.pack])
            if title is None and "title" in document.metadata:
                title = find_title([document.metadata["title"]], self._titles[family.pack])
                title = title.replace(first=-1, last=-1) if title else None
            names = {name for form in family.forms for section in form.sections for name in section.names}
            seen = sum(1 for _index, block in kept if label_key(block.text)[-30:].lstrip("一二三四五六、.") in names)
            if title is not None or seen >= ENOUGH_SECTIONS:
                return family, kept, title
        if len(self.families) == 1:
            return self.families[0], lines, None
        raise _no_report(document.name, self.families[0])

    def _without_furniture(
        self, family: Family, lines: list[tuple[int, Paragraph]]
    ) -> list[tuple[int, Paragraph]]:
        """The lines that are not page furniture, found in one pass over all of them."""
        pattern = self._furniture.get(family.pack)
        if pattern is None:
            return lines
        texts = [block.text.strip().encode("utf-8", "replace") for _index, block in lines]
        starts = [0, *accumulate(len(text) + 1 for text in texts)]
        hits = pattern.finditer(b"\n".join(texts))
        furniture = {bisect_right(starts, match.start()) - 1 for match in hits}
        return [line for position, line in enumerate(lines) if position not in furniture] if furniture else lines

    def _report(
        self,
        builder: _Builder,
        document: Document,
        form: Form,
        family: Family,
        year: int | None,
        facts: Mapping[str, Any] | None,
        kind: str | None,
        title: Title | None,
        stream: Stream,
    ) -> Report:
        passages = tuple(builder.passages)
        signoff, _first = find_signoff([passage for passage in passages if passage.role in ("prose", "signoff")])
        period = find_period(passages, family)
        issuer = title.issuer if title else None
        if issuer is None and signoff.issuer is not None:
            issuer = signoff.issuer.text
        if year is None:
            year = (period.end[0] if period else 0) or (signoff.date[0] - 1 if signoff.date else 0) or None
        known: dict[str, Any] = {}
        if document.keeps_tables is not None:
            known["scraped"] = not document.keeps_tables
        known.update(facts or {})
        title_line = next((passage for passage in passages if passage.role == "title"), None)
        return Report(
            form=form,
            source=document,
            title=Slice(title_line, 0, len(title_line.text)) if title_line else None,
            issuer=issuer,
            issuer_kind=kind or issuer_kind(issuer, self._kinds[family.pack]),
            year=year,
            period=period,
            signoff=signoff,
            passages=passages,
            headings=tuple(builder.headings),
            sections=builder.sections(),
            tables=builder.tables,
            foreign_labels=_foreign_labels(family, form, builder.tables),
            facts=known,
            address=Address(trail=(document.name,)),
        )


def _is_text(block: Paragraph | Grid) -> bool:
    return isinstance(block, Paragraph) and not block.text.isspace() and bool(block.text)


def _metadata_year(document: Document) -> int | None:
    year = document.metadata.get("year", "")
    return int(year) if year.isdigit() else None


def _choose_form(family: Family, stream: Stream, year: int | None, path: str) -> Form:
    """The form whose own labels stand in the document; without any, the one of the report's year."""
    counts = [(sum(stream_key(mark) in stream.text for mark in form.marks), form) for form in family.forms]
    most = max(count for count, _form in counts)
    if most:
        likely = [form for count, form in counts if count == most]
        return next((form for form in likely if year and form.covers(year)), likely[0])
    earliest = min(form.first_year for form in family.forms)
    if year is not None and year < earliest:
        raise InputError(
            "unsupported-year",
            path,
            {"zh": f"这是{year}年度的报告，早于现有格式（{earliest}年起）", "en": f"a report of {year}, before the forms known here ({earliest} on)"},
            {"zh": f"请检查{earliest}年及以后的报告", "en": f"check reports of {earliest} or later"},
        )
    newest = max(family.forms, key=lambda form: form.first_year)
    return next((form for form in family.forms if year and form.covers(year)), newest)


def _foreign_labels(family: Family, form: Form, tables: Mapping[str, Table]) -> tuple[tuple[str, Slice], ...]:
    """Labels in the tables that only another form of the family prints."""
    own = {stream_key(mark) for mark in form.marks}
    foreign = {stream_key(mark): mark for other in family.forms if other is not form for mark in other.marks}
    found: dict[str, Slice] = {}
    for table in tables.values():
        for place in (*table.header, *table.labels.values()):
            key = stream_key(place.text)
            if key in foreign and key not in own:
                found.setdefault(key, place)
    return tuple((foreign[key], place) for key, place in found.items())


def _no_report(path: str, family: Family) -> InputError:
    return InputError(
        "not-a-report",
        path,
        {"zh": f"没有认出“{family.name}”：找不到标题，也找不到规定的各部分", "en": "no report of a known kind: neither its title nor its sections were found"},
        {"zh": "请确认文件内容完整、没有拿错文件", "en": "check that this is the right file and that it is complete"},
    )


def _refuse_truncated(report: Report, document: Document, blocks: Sequence[Paragraph | Grid]) -> None:
    """A text that breaks off before its last sections, with no sign-off, is cut: judging it would only mislead."""
    sections = report.form.sections
    last = max((index for index, section in enumerate(sections) if section.key in report.sections), default=-1)
    lost = sections[last + 1 :]
    if len(lost) < MISSING_AT_END or report.signoff.date or last < 0:
        return
    names = "、".join(section.title for section in lost)
    end = next(block for block in reversed(blocks) if isinstance(block, Grid) or block.text.strip())
    place = f"{end.origin.span(0, len(end.text))}" if isinstance(end, Paragraph) else ""
    raise InputError(
        "truncated",
        document.name,
        {"zh": f"内容到 {place} 为止，其后缺少：{names}，也没有落款", "en": f"the text ends at {place}; missing behind it: {len(lost)} sections and the sign-off"},
        {"zh": "文件可能被截断，请换上完整的文件再检查", "en": "the file seems to be cut off: check the complete file"},
    )


class _Builder:
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
        self._aspects = {
            name: section.key for section in form.sections for aspect in section.aspects for name in aspect.headings
        }

    def add(self, blocks: Sequence[Paragraph], lines: Sequence[Line], every: Sequence[tuple[int, Paragraph]]) -> None:
        title = self.title
        title_blocks = {every[position][0] for position in range(title.first, title.last + 1)} if title and title.first >= 0 else set()
        gaps = [following.index - line.index for line, following in zip(lines, [*lines[1:], lines[-1]])] if lines else []
        contents = table_of_contents(lines, [0] * len(gaps))
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
            self._section = owner if owner and owner == self._section else None
            self._trail = [(1, block.text.strip()[:40])]
            role = "heading" if line.whole else "prose"
        elif line.level > 1:
            self._trail = [(level, text) for level, text in self._trail if level < line.level]
            role = "heading" if is_heading(line) else "prose"
            if role == "heading":
                self._trail.append((line.level, block.text.strip()[:40]))
        else:
            role = self._plain_role(block)
            if role == "heading":
                # A heading without a number stands between （一） and 1.: below the section, above list items.
                self._trail = [*self._trail[:1], (2, block.text.strip()[:40])]
        passage = self._append(block, role, Address(tuple(text for _level, text in self._trail), self._section))
        self._add_heading(line, passage)

    def _plain_role(self, block: Paragraph) -> str:
        if not self._trail:
            return "preamble"
        return "heading" if block.level or label_key(block.text) in self._aspects else "prose"

    def _open(self, line: Line) -> None:
        assert line.section is not None
        self._section = line.section.key
        numeral = to_chinese(line.number) if line.number else to_chinese(line.section.number)
        self._trail = [(1, f"{numeral}、{line.text[line.lead : line.end].strip()}")]

    def _add_heading(self, line: Line, passage: Passage) -> None:
        opened = opens_section(line)
        if not (opened or (line.level and passage.role in ("heading", "prose", "preamble")) or passage.role == "heading"):
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
