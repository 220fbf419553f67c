"""Document + form → Report: one algorithm for every format.

Tables come first, found by the labels of the form, so that a row label is never taken for a heading. What is left is
text: title, preamble, headings, the sections' prose, the sign-off.
"""

from __future__ import annotations

from bisect import bisect_right
from itertools import accumulate, pairwise
from operator import itemgetter

from gilint.dates import find_dates
from gilint.errors import InputError
from gilint.model import Address, Lines, Paragraph, Report, Slice
from gilint.recognise.assemble import Builder
from gilint.recognise.family import ENOUGH_SECTIONS, FamilyPlan
from gilint.recognise.foreign import foreign_labels
from gilint.recognise.given import given_tables, headings, named_form, refuse_unknown, starts
from gilint.recognise.grids import GridRow, spread
from gilint.recognise.outline import opens_section, parse_line
from gilint.recognise.particulars import find_period, issuer_kind
from gilint.recognise.refusal import not_a_report, truncated, unsupported_year
from gilint.recognise.rows import SENTENCE, rows_of
from gilint.recognise.several import refuse_several
from gilint.recognise.signoff import ATTACHED
from gilint.recognise.stream import Stream
from gilint.recognise.tables import find_tables
from gilint.recognise.title import WITHIN, completed, find_title, fullness, is_full, title_outside
from gilint.recognise.unwrap import unwrap
from gilint.text import fold

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from typing import Any

    from gilint.form import Family, Form
    from gilint.model import Document
    from gilint.recognise.plan import FormPlan
    from gilint.recognise.title import Title

    Texts = list[tuple[int, str]]

PICTURES = "pictures"
PAGES = ("html", "mhtml")
ENOUGH_TABLES = 2
MISSING_AT_END = 2
LONGEST_HEADING = 60
LONGEST_LINE_OF_SIGNOFF = 30
ENDINGS = "。！？!?…；;”’》）)】"
LONGEST_FURNITURE = 400
# Lines of nothing but this are edges of tables.
FILL = "|｜│:-+ \t\u3000\xa0"


class Recogniser:
    """Reads documents through the forms of some families; safe to share between threads."""

    def __init__(self, families: Sequence[Family]) -> None:
        self.families = tuple(families)
        self._known: dict[str, FamilyPlan] = {}

    def read(
        self, document: Document, facts: Mapping[str, Any] | None = None, issuer_kind_override: str | None = None
    ) -> Report:
        """The report that the document holds.

        ``facts`` is what the caller knows beyond the text. Raises ``InputError`` when it is no report of a known
        family (``not-a-report``), of a year before all forms (``unsupported-year``), cut off (``truncated``), holds
        another report (``several-reports``) or a table twice (``duplicate-table``); or when it names what no form has
        (``invalid-data``).
        """
        blocks = spread(unwrap(document.blocks))
        texts = _texts_of(blocks)
        lines = _lines_of(blocks, texts)
        form = named_form(document, self.families)
        family, lines, title = self._family(document, lines, form)
        # Where a source gives its tables by keys, none is looked for in its text.
        stream = Stream(rows_of(blocks, texts if document.tables is None else ()), blocks)
        likely = (title.year if title else None) or _metadata_year(document)
        year = None if title is not None and _is_remark(title, document) else likely
        known = self._of(family)
        plan = known.plan(form or self._form(family, stream, likely, document.name))
        refuse_unknown(document, plan)
        patterns = known.titles
        try:
            found = find_tables(stream, plan, document.name) if document.tables is None else []
        except InputError:
            refuse_several(document.name, _paragraphs(blocks, lines), plan, patterns)
            raise
        taken = set[int]().union(*[part.blocks for part in found])
        if stream.has_grids:
            # Sentences between the grids of a table are text.
            taken = {index for index in taken if SENTENCE not in (texts[index] or "")}
        tables = {part.table.key: part.table for part in found} or given_tables(document, plan)
        builder = Builder(plan, title, tables)
        kept = [(index, line) for index, line in lines if index not in taken and line.strip(FILL)]
        text = headings(_paragraphs(blocks, kept), document, plan)
        rest = [
            (index, line)
            for index, block in (enumerate(blocks) if stream.has_grids else ())
            if isinstance(block, GridRow) and index not in taken and len(block.filled) > 1
            for line in _lines_of_row(index, block, plan)
        ]
        if rest:
            text = sorted([*text, *rest], key=itemgetter(0))
        begun = {part.table.address.section or "": part.blocks.start for part in found}
        builder.add(text, {**starts(document), **begun})
        if builder.repeated >= ENOUGH_SECTIONS:
            refuse_several(document.name, text, plan, patterns)
        self._refuse_others(document, builder, title)
        foreign = foreign_labels(stream, plan.form, known.marks, found, tables, year)
        report = self._report(builder, document, family, year, foreign, facts, issuer_kind_override)
        _refuse_old(report, family)
        _refuse_truncated(report, document, blocks)
        return report

    def _of(self, family: Family) -> FamilyPlan:
        """What is worked out for a family when its first report comes: most runs meet one family only."""
        known = self._known.get(family.pack)
        if known is None:
            known = self._known[family.pack] = FamilyPlan(family)
        return known

    def _family(self, document: Document, lines: Texts, form: Form | None) -> tuple[Family, Texts, Title | None]:
        """The family whose title says most, between equals the one with more of its sections; its lines and title.

        The first family is taken without a look at the others where its full title stands over enough of its sections.
        """
        families = [family for family in self.families if form is None or family.pack == form.family.pack]
        best: tuple[tuple[int, int], Family, Texts, Title | None] | None = None
        for family in families:
            kept = self._without_furniture(family, lines)
            title = self._title(document, family, kept)
            sections = self._of(family).sections_in(kept, titled=title is not None) if len(families) > 1 else 0
            score = (fullness(title), sections)
            if best is None or score > best[0]:
                best = (score, family, kept, title)
            if is_full(title) and sections >= ENOUGH_SECTIONS:
                break
        assert best is not None
        _score, family, kept, title = best
        return family, _with_date(lines, kept, title), title

    def _title(self, document: Document, family: Family, lines: Texts) -> Title | None:
        """The title of a report of the family, among the first lines or in what stands outside of the text."""
        patterns = self._of(family).titles
        title = find_title(lines[:WITHIN], patterns)
        if "title" in document.metadata and not is_full(title) and (title is None or document.format in PAGES):
            title = completed(title, title_outside(document.metadata["title"], patterns))
        return title

    def _without_furniture(self, family: Family, lines: Texts) -> Texts:
        """The lines that are not page furniture, found in one pass over all short ones."""
        pattern = self._of(family).furniture
        if pattern is None:
            return lines
        texts = [text if len(text) <= LONGEST_FURNITURE else "" for _index, text in lines]
        hits = [match.start() for match in pattern.finditer("\n".join(texts).encode("utf-8", "replace"))]
        if not hits:
            return lines
        starts = list(accumulate([len(text.encode("utf-8", "replace")) + 1 for text in texts], initial=0))
        furniture = {bisect_right(starts, hit) - 1 for hit in hits}
        # What a page names as attached tells that the report has ended.
        furniture -= {at for at in furniture if at > len(lines) // 2 and ATTACHED.match(lines[at][1])}
        return [line for position, line in enumerate(lines) if position not in furniture]

    def _form(self, family: Family, stream: Stream, year: int | None, path: str) -> Form:
        """The form whose own labels stand in the document; without any, the one of the report's year."""
        counts = [sum([key in stream.text for key, _mark in marks]) for _form, marks in self._of(family).marks]
        most = max(counts)
        likely = [form for form, count in zip(family.forms, counts, strict=True) if count == most]
        if most:
            return next((form for form in likely if year and form.covers(year)), likely[0])
        earliest = min(form.first_year for form in family.forms)
        if year is not None and year < earliest:
            raise unsupported_year(path, year, earliest)
        newest = max(family.forms, key=lambda form: form.first_year)
        return next((form for form in family.forms if year and form.covers(year)), newest)

    def _refuse_others(self, document: Document, builder: Builder, title: Title | None) -> None:
        """A text with too little of a report: with its title and first section it is cut off, else it is another."""
        tables = sum(1 for table in builder.tables.values() if table.cells)
        form = builder.plan.form
        if not form.tables:
            # Headings are free: they tell nothing without a title, and little beside a full one.
            enough = title is not None and (
                builder.opened >= ENOUGH_SECTIONS or (is_full(title) and bool(builder.headings))
            )
        else:
            enough = builder.opened >= ENOUGH_SECTIONS or tables >= (ENOUGH_TABLES if title is None else 1)
        if enough:
            return
        if title is not None and form.sections[0].key in builder.sections() and builder.signoff.date is None:
            raise truncated(document.name, spread(document.blocks), form.sections[builder.opened :])
        raise not_a_report(document.name, self.families)

    def _report(
        self,
        builder: Builder,
        document: Document,
        family: Family,
        year: int | None,
        foreign: tuple[tuple[str, Slice], ...],
        facts: Mapping[str, Any] | None,
        kind: str | None,
    ) -> Report:
        passages = tuple(builder.passages)
        signoff, title = builder.signoff, builder.title
        period = find_period(passages, family)
        titled = title.issuer if title else None
        signed = signoff.issuer.text if signoff.issuer is not None else None
        issuer = document.metadata.get("issuer")
        if title is not None and _is_remark(title, document):
            issuer = issuer or signed or (titled if title.year else None)
        else:
            issuer = titled or issuer or signed
        if year is None:
            year = (period.end[0] if period else 0) or (signoff.date[0] - 1 if signoff.date else 0) or None
            year = year or (title.year if title else None)
        known: dict[str, Any] = {}
        pictured = any(note.kind == PICTURES for note in document.notes)
        # A table that is not found may be one of the pictures: then nobody knows whether it is missing.
        if document.keeps_tables is not None and not (document.keeps_tables and pictured):
            known["scraped"] = not document.keeps_tables
        known.update(facts or {})
        title_line = next((passage for passage in passages if passage.role == "title"), None)
        return Report(
            form=builder.plan.form,
            source=document,
            title=Slice(title_line, 0, len(title_line.text)) if title_line else None,
            issuer=issuer,
            issuer_kind=kind or document.metadata.get("issuer_kind") or issuer_kind(issuer, self._of(family).kinds),
            year=year,
            period=period,
            signoff=signoff,
            passages=passages,
            headings=tuple(builder.headings),
            sections=builder.sections(),
            tables=builder.tables,
            foreign_labels=foreign,
            facts=known,
            address=Address(trail=(document.name,)),
        )


def _texts_of(blocks: Sequence[Paragraph | GridRow]) -> Sequence[str | None]:
    """The text of each block, ``None`` for the row of a grid."""
    if isinstance(blocks, Lines):
        return blocks.texts
    return [block.text if isinstance(block, Paragraph) else None for block in blocks]


def _lines_of(blocks: Sequence[Paragraph | GridRow], texts: Sequence[str | None]) -> Texts:
    """All lines with text: (index of the block, text); a row of a grid with one filled cell is one."""
    lines = [(index, text) for index, text in enumerate(texts) if text and not text.isspace()]
    rows = [(at, blocks[at]) for at, text in enumerate(texts) if text is None] if None in texts else ()
    more = [(at, row.paragraph().text) for at, row in rows if isinstance(row, GridRow) and row.is_line]
    return sorted([*lines, *more]) if more else lines


def _paragraphs(blocks: Sequence[Paragraph | GridRow], lines: Texts) -> list[tuple[int, Paragraph]]:
    """The lines as paragraphs with their places."""
    if isinstance(blocks, Lines):
        return [(index, blocks.paragraph(index)) for index, _text in lines]
    made = [(index, blocks[index]) for index, _text in lines]
    return [(index, block if isinstance(block, Paragraph) else block.paragraph()) for index, block in made]


def _lines_of_row(index: int, row: GridRow, plan: FormPlan) -> Sequence[Paragraph]:
    """A row of a grid that is none of a table of the form; a layout may have headings in one cell, text in the next."""
    heading = opens_section(parse_line(index, row.filled[0].text.strip(), plan))
    return row.paragraphs() if heading else [row.paragraph()]


def _with_date(lines: Texts, kept: Texts, title: Title | None) -> Texts:
    """The kept lines with one that looks like a publication date, but stands below the organ's name at the end."""
    if title is None or title.issuer is None or len(kept) == len(lines):
        return kept
    left = {index for index, _text in kept}
    for (above, text), (index, dropped) in reversed(list(pairwise(lines))):
        if index in left or above not in left or above in title.blocks:
            continue
        if len(text) <= LONGEST_HEADING and fold(text) == title.issuer and find_dates(dropped[:LONGEST_HEADING]):
            return sorted([*kept, (index, dropped)], key=lambda line: line[0])
    return kept


def _is_remark(title: Title, document: Document) -> bool:
    """Whether a title outside of the text says less than the sign-off: without a year it may be that of a site.

    A file's property outlives the text for which it was written; that of a page is shown to all who read it.
    """
    return not title.blocks and (title.year is None or document.format not in PAGES)


def _metadata_year(document: Document) -> int | None:
    year = document.metadata.get("year", "")
    return int(year) if year.isdigit() else None


def _refuse_old(report: Report, family: Family) -> None:
    """A report whose period or sign-off tells a year before all forms, with no table of a form that would belie it."""
    earliest = min(form.first_year for form in family.forms)
    if report.year and report.year < earliest and not any(table.cells for table in report.tables.values()):
        raise unsupported_year(report.source.name, report.year, earliest)


def _refuse_truncated(report: Report, document: Document, blocks: Sequence[Paragraph | GridRow]) -> None:
    """A text that breaks off before its last sections, with no sign-off, is cut: judging it would only mislead."""
    sections = [section for section in report.form.sections if not section.optional]
    last = max([index for index, section in enumerate(sections) if section.key in report.sections], default=-1)
    lost = sections[last + 1 :]
    if report.signoff.date or last < 0:
        return
    if len(lost) >= MISSING_AT_END or (not report.form.tables and _breaks_off(report)):
        raise truncated(document.name, blocks, lost)


def _breaks_off(report: Report) -> bool:
    """Whether the text ends within a sentence, where free headings do not tell what should follow.

    What names an organ or a day may be a sign-off that was not understood, so it is not taken for a sentence.
    """
    if report.signoff.issuer is not None or not report.passages:
        return False
    last = report.passages[-1]
    return last.role == "prose" and len(last.text) >= LONGEST_LINE_OF_SIGNOFF and last.text.rstrip()[-1:] not in ENDINGS
