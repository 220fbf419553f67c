"""Document + form → Report: one algorithm for every format.

Tables come first, found by the labels of the form, so that a row label is never taken for a heading. What is left is
text: title, preamble, headings, the sections' prose, the sign-off.
"""

from __future__ import annotations

from bisect import bisect_right
from itertools import accumulate

from gilint.errors import InputError
from gilint.model import Address, Grid, Paragraph, Report, Slice
from gilint.numerals import to_chinese
from gilint.recognise.assemble import Builder
from gilint.recognise.outline import opens_section, parse_line
from gilint.recognise.particulars import find_period, find_signoff, find_title, issuer_kind
from gilint.recognise.rows import Stream, rows_of, stream_key
from gilint.recognise.tables import find_tables
from gilint.recognise.unwrap import unwrap
from gilint.text import label_key

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from typing import Any

    from gilint.form import Family, Form
    from gilint.model import Document, Table
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
        lines = [
            (index, block)
            for index, block in enumerate(blocks)
            if isinstance(block, Paragraph) and block.text and not block.text.isspace()
        ]
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
        builder = Builder(form, title, trails, tables)
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

    def _without_furniture(self, family: Family, lines: list[tuple[int, Paragraph]]) -> list[tuple[int, Paragraph]]:
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
        builder: Builder,
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
            {
                "zh": f"这是{year}年度的报告，早于现有格式（{earliest}年起）",
                "en": f"a report of {year}, before the forms known here ({earliest} on)",
            },
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
        {
            "zh": f"没有认出“{family.name}”：找不到标题，也找不到规定的各部分",
            "en": "no report of a known kind: neither its title nor its sections were found",
        },
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
        {
            "zh": f"内容到 {place} 为止，其后缺少：{names}，也没有落款",
            "en": f"the text ends at {place}; missing behind it: {len(lost)} sections and the sign-off",
        },
        {"zh": "文件可能被截断，请换上完整的文件再检查", "en": "the file seems to be cut off: check the complete file"},
    )
