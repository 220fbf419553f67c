"""What a report of one form is made of, as frozen records built from the plain data of a compiled pack."""

from __future__ import annotations

from gilint.record import Record
from gilint.text import label_key

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from typing import Any


PREVIOUS = "previous."
"""What stands before the key of a table where that of last year's report is meant."""


class Aspect(Record):
    """Something that a section has to speak of; any of ``words`` shows that it does."""

    key: str
    title: str
    words: tuple[str, ...]
    headings: tuple[str, ...]
    issuer_kinds: tuple[str, ...]


class FormSection(Record):
    """A prescribed section. ``names`` maps every known folded title to True when it counts as the prescribed one.

    ``patterns`` are RE2 over a folded title that no section knows by name. A report may do without what is
    ``optional``: its lack does not show that the report is cut off.
    """

    key: str
    number: int
    title: str
    names: Mapping[str, bool]
    aspects: tuple[Aspect, ...]
    patterns: tuple[str, ...] = ()
    optional: bool = False


class FormColumn(Record, hot=True):
    key: str
    label: str
    names: tuple[str, ...]
    kind: str | None


class FormRow(Record, hot=True):
    """A row label. Without a ``key`` it is a group label and has no cells. ``columns`` are the keys of its cells.

    The cells of an ``optional`` row are 0 in a table that does not have it.
    """

    key: str | None
    label: str
    names: tuple[str, ...]
    groups: tuple[str, ...]
    columns: tuple[str, ...]
    kind: str | None
    optional: bool = False


class FormTable(Record):
    """A prescribed table. ``layout`` is rows, or line where the cells of all rows stand in one line.

    A report may do without one that is ``optional``. One that is ``titled`` stands below one of its ``titles``.
    """

    key: str
    section: str
    title: str
    kind: str
    layout: str
    columns: tuple[FormColumn, ...]
    rows: tuple[FormRow, ...]
    headers: tuple[str, ...]
    note: str | None
    unit: str = ""
    optional: bool = False
    titled: bool = False
    titles: tuple[str, ...] = ()

    @property
    def value_rows(self) -> tuple[FormRow, ...]:
        return tuple(row for row in self.rows if row.key)

    def row(self, key: str) -> FormRow:
        return next(row for row in self.rows if row.key == key)

    def column(self, key: str) -> FormColumn:
        return next(column for column in self.columns if column.key == key)

    def cell_kind(self, row: str, column: str) -> str:
        """count, amount or signed: the row decides, then the column, then the table."""
        return self.row(row).kind or self.column(column).kind or self.kind

    def group(self, name: str) -> tuple[str, ...]:
        """Keys of the rows in a group, in the order of the form."""
        return tuple(row.key for row in self.rows if row.key and name in row.groups)


class Anchor(Record):
    """Words that say what a number in prose counts; ``within`` are the anchors whose parts it may count."""

    key: str
    words: tuple[str, ...]
    none: tuple[str, ...]
    sentence_has: tuple[str, ...]
    unless: tuple[str, ...]
    part_of: tuple[str, ...]
    within: tuple[str, ...]


class IssuerKind(Record):
    key: str
    title: Mapping[str, str]
    patterns: tuple[str, ...]


class Family(Record):
    """How the reports of a pack are recognised, whatever their form."""

    pack: str
    name: str
    titles: tuple[str, ...]
    issuer_kinds: tuple[IssuerKind, ...]
    period_words: tuple[str, ...]
    furniture: tuple[str, ...]
    obsolete_sections: tuple[str, ...]
    anchors: Mapping[str, Anchor]
    units: tuple[str, ...]
    facts: Mapping[str, Mapping[str, Any]]
    forms: tuple[Form, ...] = ()


class Form(Record):
    """A form of a family. ``id`` is written pack/form, such as ``annual-report/2021``.

    ``other_tables`` are titles of tables that may stand between those that are judged.
    """

    id: str
    title: Mapping[str, str]
    first_year: int
    last_year: int | None
    marks: tuple[str, ...]
    bases: Mapping[str, str]
    sections: tuple[FormSection, ...]
    tables: tuple[FormTable, ...]
    family: Family
    other_tables: tuple[str, ...] = ()

    def section(self, key: str) -> FormSection:
        return next(section for section in self.sections if section.key == key)

    def table(self, key: str) -> FormTable:
        """The table of a key; last year's report is taken to have the same (``previous.key``)."""
        own = key.removeprefix(PREVIOUS)
        return next(table for table in self.tables if table.key == own)

    def covers(self, year: int) -> bool:
        return self.first_year <= year and (self.last_year is None or year <= self.last_year)


def family_from_data(pack: str, report: Mapping[str, Any], forms: Iterable[Mapping[str, Any]]) -> Family:
    """The family of a compiled pack: its ``report`` block and its forms, all plain data that was validated before."""
    family = Family(
        pack=pack,
        name=report["name"],
        titles=tuple(report["titles"]),
        issuer_kinds=tuple(
            IssuerKind(kind["key"], kind["title"], tuple(kind["patterns"])) for kind in report.get("issuer_kinds", ())
        ),
        period_words=tuple(report.get("period_words", ())),
        furniture=tuple(report.get("furniture", ())),
        obsolete_sections=tuple(report.get("obsolete_sections", ())),
        anchors={key: _anchor(key, data) for key, data in report.get("anchors", {}).items()},
        units=tuple(report.get("units", ())),
        facts=report.get("facts", {}),
    )
    return family.replace(forms=tuple(form_from_data(family, data) for data in forms))


def form_from_data(family: Family, data: Mapping[str, Any]) -> Form:
    years = data["years"]
    return Form(
        id=f"{family.pack}/{data['id']}",
        title=data["title"],
        first_year=years["from"],
        last_year=years.get("to"),
        marks=tuple(label_key(mark) for mark in data.get("marks", ())),
        bases=data.get("bases", {}),
        sections=tuple(_section(section) for section in data["sections"]),
        tables=tuple(_table(table) for table in data["tables"]),
        family=family,
        other_tables=tuple(data.get("other_tables", ())),
    )


def form_values(form: Form) -> tuple[Any, ...]:
    """A form as plain data, without its family."""
    sections = [_values(one.replace(aspects=list(map(_values, one.aspects)))) for one in form.sections]
    tables = [
        _values(one.replace(columns=list(map(_values, one.columns)), rows=list(map(_values, one.rows))))
        for one in form.tables
    ]
    return _values(form.replace(sections=sections, tables=tables, family=None))


def form_from_values(values: Iterable[Any], family: Family) -> Form:
    """The form that :func:`form_values` made plain: much faster than from the data of its file."""
    form = Form(*values)
    sections = (FormSection(*_plain(one)) for one in form.sections)
    tables = (FormTable(*_plain(one)) for one in form.tables)
    return form.replace(
        sections=tuple(one.replace(aspects=_records(Aspect, one.aspects)) for one in sections),
        tables=tuple(
            one.replace(columns=_records(FormColumn, one.columns), rows=_records(FormRow, one.rows)) for one in tables
        ),
        family=family,
    )


def _records(cls: type[Record], values: Iterable[Any]) -> tuple[Any, ...]:
    return tuple(cls(*one) for one in values)


def _plain(values: Any) -> Iterable[Any]:
    """What stands in the place of a record while it is plain."""
    return values  # type: ignore[no-any-return]


def _values(record: Record) -> tuple[Any, ...]:
    return tuple(getattr(record, field) for field in type(record)._fields)


def _anchor(key: str, data: Mapping[str, Any]) -> Anchor:
    parts = ("words", "none", "sentence_has", "unless", "part_of", "within")
    return Anchor(key, *(tuple(data.get(part, ())) for part in parts))


def _section(data: Mapping[str, Any]) -> FormSection:
    names = {label_key(name): False for name in data.get("variants", ())}
    names.update((label_key(name), True) for name in (data["title"], *data.get("aliases", ())))
    aspects = tuple(
        Aspect(
            aspect["key"],
            aspect["title"],
            tuple(aspect["words"]),
            tuple(label_key(heading) for heading in aspect.get("headings", ())),
            tuple(aspect.get("issuer_kinds", ())),
        )
        for aspect in data.get("aspects", ())
    )
    patterns = tuple(data.get("patterns", ()))
    return FormSection(
        data["key"], data["number"], data["title"], names, aspects, patterns, data.get("optional", False)
    )


def _table(data: Mapping[str, Any]) -> FormTable:
    columns = tuple(
        FormColumn(column["key"], column["label"], _names(column), column.get("kind")) for column in data["columns"]
    )
    every = tuple(column.key for column in columns)
    rows = tuple(
        FormRow(
            row.get("key"),
            row["label"],
            _names(row),
            tuple(row.get("groups", ())),
            tuple(row.get("columns", every)),
            row.get("kind"),
            row.get("optional", False),
        )
        for row in data["rows"]
    )
    return FormTable(
        data["key"],
        data["section"],
        data["title"],
        data.get("kind", "count"),
        data.get("layout", "rows"),
        columns,
        rows,
        tuple(label_key(header) for header in data.get("headers", ())),
        data.get("note"),
        data.get("unit", ""),
        data.get("optional", False),
        data.get("titled", False),
        (data["title"], *data.get("aliases", ())),
    )


def _names(data: Mapping[str, Any]) -> tuple[str, ...]:
    """Folded spellings of a label, longest first, so that the fullest one is recognised."""
    names = {label_key(name) for name in (data["label"], *data.get("aliases", ()))}
    return tuple(sorted(names, key=lambda name: (-len(name), name)))
