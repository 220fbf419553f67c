"""What gilint saw in a report: a tree for people, its tables drawn, and everything for programs."""

from __future__ import annotations

from collections import Counter

from gilint.record import Record
from gilint.reporters.json import dumps, figure
from gilint.reporters.labels import labels
from gilint.reporters.layout import hanging, harmless, line, line_width, one_line, rendered
from gilint.reporters.notes import note_text
from gilint.reporters.tables import UNREAD
from gilint.text import clip, label_key

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from typing import Any

    from gilint.model import Cell, Heading, Note, Passage, Period, Report, Section, Signoff, Slice, Table, UnreadRow
    from gilint.reporters import Options
    from gilint.reporters.layout import Line

CELL_KINDS = ("number", "blank", "dash", "word", "text")
VERSION = 1
OUTSIDE = ("form", "issuer", "issuer_kind", "year")
"""Metadata of a report that was data before: they stand at its top."""


class Branch(Record):
    """A line of a tree with what hangs below it."""

    text: Line
    branches: tuple[Branch, ...] = ()


# --- for people ---------------------------------------------------------------------------------------------------


def render_tree(report: Report, options: Options) -> str:
    """The report as it was understood: what it is, its sections with their headings and tables, what is missing."""
    words = labels(options.lang)
    source = report.source
    about = ", ".join(part for part in (source.format, source.encoding) if part)
    title, style = (report.title.text, "strong") if report.title else (words["untitled"], "warning")
    lines = [
        line((harmless(source.name), "strong"), f"  ({about})"),
        *hanging(line(), one_line(title), style, options.width),
        *_tree(_Reading(report, options).branches(), (), options.width),
    ]
    return rendered(lines, options.color)


def _tree(branches: Sequence[Branch], stem: Line, cells: int) -> list[Line]:
    lines: list[Line] = []
    for number, branch in enumerate(branches, 1):
        last = number == len(branches)
        lead = (*stem, ("└─ " if last else "├─ ", "frame"))
        lines.append((*lead, *_clipped(branch.text, cells - line_width(lead))))
        lines += _tree(branch.branches, (*stem, ("   " if last else "│  ", "frame")), cells)
    return lines


def _clipped(pieces: Line, cells: int) -> Line:
    """The line in ``cells``; what follows the first piece is kept whole."""
    (first, style), rest = pieces[0], pieces[1:]
    return ((clip(first, max(cells - line_width(rest), 4)), style), *rest)


class _Reading:
    """Makes the branches of a report's tree."""

    def __init__(self, report: Report, options: Options) -> None:
        self._report = report
        self._lang = options.lang
        self._words = labels(options.lang)

    def branches(self) -> tuple[Branch, ...]:
        report = self._report
        sections = sorted(report.sections.values(), key=lambda section: section.heading.at.passage.index)
        held = {key for section in sections for key in section.tables}
        return (
            self._fact("issuer", self._issuer()),
            self._fact("report_year", None if report.year is None else str(report.year)),
            self._fact("period", self._period(), report.period.at if report.period else None),
            self._fact("form", f"{report.form.id} · {report.form.title[self._lang]}"),
            *map(self._section, sections),
            # A table may stand where its section does not, and must not go unseen.
            *(self._table(table) for key, table in report.tables.items() if key not in held),
            *(
                Branch(line((f"{self._words['missing_section']}{self._words['colon']}{section.title}", "warning")))
                for section in report.form.sections
                if section.key not in report.sections
            ),
            self._signoff(report.signoff),
            *(self._fact("note", note_text(note, self._lang)) for note in report.source.notes),
        )

    def _fact(self, label: str, value: str | None, at: Slice | None = None) -> Branch:
        name = self._words[label].rstrip("：: ") + self._words["colon"]
        shown = (self._words["not_found"], "warning") if value is None else (one_line(value), "")
        return Branch(line((name + shown[0], shown[1]), *_at(at, self._lang)))

    def _issuer(self) -> str | None:
        report = self._report
        kinds = {kind.key: kind.title[self._lang] for kind in report.form.family.issuer_kinds}
        if report.issuer is None or report.issuer_kind is None:
            return report.issuer
        kind = kinds.get(report.issuer_kind, report.issuer_kind)
        return self._words["issuer_kind"].format(issuer=report.issuer, kind=kind)

    def _period(self) -> str | None:
        period = self._report.period
        return None if period is None else f"{_date(period.start)} – {_date(period.end)}"

    def _section(self, section: Section) -> Branch:
        tables = [self._table(self._report.tables[key]) for key in section.tables if key in self._report.tables]
        heading = line((one_line(section.heading.at.text), "strong"), *_at(section.heading.at, self._lang))
        return Branch(heading, (*_nested(section.headings, self._lang), *tables))

    def _table(self, table: Table) -> Branch:
        form = self._report.form.table(table.key)
        kinds = Counter(cell.kind for cell in table.cells.values())
        counts = " · ".join(f"{self._words[kind]} {kinds[kind]}" for kind in CELL_KINDS if kinds[kind])
        shown = [self._words["cells"].format(count=len(table), kinds=counts or 0)]
        if table.unread:
            shown.append(self._words["unread_rows"].format(count=len(table.unread)))
        missing = [key for key in table.missing_rows if not form.row(key).optional]
        if missing:
            shown.append(self._words["missing_rows"].format(count=len(missing)))
        text = line(
            (f"{self._words['table']} {table.key}{self._words['colon']}{self._words['comma'].join(shown)}", "place")
        )
        return Branch(text, (*map(self._unread, table.unread), *self._missing(form.key, missing)))

    def _unread(self, row: UnreadRow) -> Branch:
        text = self._words["unread"].format(mark=UNREAD, label=one_line(row.label), raw=one_line(row.raw))
        return Branch(line((text, "warning"), *_at(row.at, self._lang)))

    def _missing(self, table: str, rows: Iterable[str]) -> list[Branch]:
        form = self._report.form.table(table)
        return [Branch(line((self._words["missing_row"].format(label=form.row(row).label), "warning"))) for row in rows]

    def _signoff(self, signoff: Signoff) -> Branch:
        parts = [part.text for part in (signoff.issuer, signoff.date_at) if part is not None]
        return self._fact("signoff", " · ".join(parts) or None, signoff.issuer or signoff.date_at)


def _nested(headings: Sequence[Heading], lang: str) -> tuple[Branch, ...]:
    """Headings below those of a higher level that stand before them."""
    branches: list[Branch] = []
    at = 0
    while at < len(headings):
        end = at + 1
        while end < len(headings) and _depth(headings[end]) > _depth(headings[at]):
            end += 1
        text = line(one_line(headings[at].at.text), *_at(headings[at].at, lang))
        branches.append(Branch(text, _nested(headings[at + 1 : end], lang)))
        at = end
    return tuple(branches)


def _depth(heading: Heading) -> int:
    # One without a number mostly lost the number of the level right below its section.
    return heading.level or 2


def _at(place: Slice | None, lang: str) -> tuple[tuple[str, str], ...]:
    return () if place is None else ((f"  {place.span.describe(lang)}", "frame"),)


def _date(date: tuple[int, int, int]) -> str:
    """The parts of a date that are known."""
    year, month, day = date
    return "-".join(f"{part:02d}" if part else UNREAD for part in (year, month, day))


# --- for programs -------------------------------------------------------------------------------------------------


def render_json(report: Report) -> str:
    return dumps(report_as_dict(report))


def report_as_dict(report: Report) -> dict[str, Any]:
    """All that was read, as plain data (``gilint/schemas/report.json``); read again, it is the same report.

    Every paragraph stands there once: before the sections, in the section that was open, or from the sign-off on.
    """
    sections = sorted(report.sections.values(), key=_index)
    closing = next((passage.index for passage in report.passages if passage.role == "signoff"), None)
    ends = [*map(_index, sections), len(report.passages) if closing is None else closing]
    return {
        "version": VERSION,
        "form": report.form.id,
        "title": None if report.title is None else _slice(report.title),
        "issuer": report.issuer,
        "issuer_kind": report.issuer_kind,
        "year": report.year,
        "period": None if report.period is None else _period(report.period),
        "opening": [_paragraph(passage) for passage in report.passages if passage.index < ends[0]],
        "sections": [_section(section, report, end) for section, end in zip(sections, ends[1:], strict=True)],
        "closing": [_paragraph(passage) for passage in report.passages if passage.index >= ends[-1]],
        "tables": [_table(table) for table in report.tables.values()],
        "signoff": _signoff(report.signoff),
        "source": _source(report),
    }


def _index(section: Section) -> int:
    return section.heading.at.passage.index


def _source(report: Report) -> dict[str, Any]:
    source = report.source
    headers = {key: header for key, table in report.tables.items() if (header := _header(table, report)) is not None}
    return {
        "name": source.name,
        "format": source.format,
        "encoding": source.encoding,
        "metadata": {key: text for key, text in source.metadata.items() if key not in OUTSIDE},
        "keeps_tables": source.keeps_tables,
        **({"headers": headers} if headers else {}),
        "notes": [_note(note) for note in source.notes],
    }


def _header(table: Table, report: Report) -> list[str] | None:
    """What is printed above the cells, where it is not what the form prints: rules speak of what is missing there."""
    given = (report.source.tables or {}).get(table.key)
    if given is not None and given.header is None:
        return None
    form = report.form.table(table.key)
    printed = [part.text for part in table.header]
    text = "".join(map(label_key, printed))
    first = next((row.columns for row in form.value_rows if row.key not in table.missing_rows), ())
    absent = [column for column in form.columns if not any(name in text for name in column.names)]
    whole = "".join(map(label_key, report.source.texts)) if absent else ""
    # The columns of other rows have their names further down.
    below = [column for column in absent if column.key not in first and any(name in whole for name in column.names)]
    foreign = any(place.address.table == table.key for _label, place in report.foreign_labels)
    if len(below) == len(absent) and not foreign and (form.note is None or label_key(form.note) in text):
        return None
    return [*printed, *(column.label for column in below)]


def _note(note: Note) -> dict[str, Any]:
    span = None if note.origin is None else note.origin.span(0, 0).as_dict()
    return {"kind": note.kind, "count": note.count, "text": note.text, "span": span}


def _slice(at: Slice) -> dict[str, Any]:
    return {"text": at.text, "span": at.span.as_dict()}


def _period(period: Period) -> dict[str, Any]:
    return {"start": list(period.start), "end": list(period.end), **_slice(period.at)}


def _section(section: Section, report: Report, end: int) -> dict[str, Any]:
    """A section with all paragraphs up to the passage ``end``, headings below its own among them."""
    start = _index(section)
    return {
        "key": section.key,
        "title": section.heading.title,
        "span": section.span.as_dict(),
        "heading": _paragraph(section.heading.at.passage),
        "headings": [_heading(heading) for heading in section.headings],
        "paragraphs": [_paragraph(passage) for passage in report.passages if start < passage.index < end],
        "tables": list(section.tables),
    }


def _heading(heading: Heading) -> dict[str, Any]:
    return {
        "level": heading.level,
        "number": heading.number,
        "title": heading.title,
        "span": heading.span.as_dict(),
    }


def _paragraph(passage: Passage) -> dict[str, Any]:
    return {"role": passage.role, "text": passage.text, "span": passage.span(0, len(passage.text)).as_dict()}


def _table(table: Table) -> dict[str, Any]:
    return {
        "key": table.key,
        "title": table.title,
        "address": table.address.as_dict(),
        "cells": [_cell(cell) for cell in table.cells.values()],
        "unread": [_unread(row) for row in table.unread],
        "missing_rows": list(table.missing_rows),
    }


def _cell(cell: Cell) -> dict[str, Any]:
    return {
        "row": cell.row,
        "column": cell.column,
        "raw": cell.raw,
        "kind": cell.kind,
        "value": figure(cell.value),
        "address": cell.address.as_dict(),
        "span": cell.span.as_dict(),
    }


def _unread(row: UnreadRow) -> dict[str, Any]:
    return {
        "row": row.key,
        "label": row.label,
        "raw": row.raw,
        "reason": row.reason,
        "span": row.at.span.as_dict(),
    }


def _signoff(signoff: Signoff) -> dict[str, Any]:
    return {
        "issuer": None if signoff.issuer is None else _slice(signoff.issuer),
        "date": None if signoff.date is None else list(signoff.date),
        "date_at": None if signoff.date_at is None else _slice(signoff.date_at),
    }
