"""Tables as a whole: which stand in the report, with which rows, columns and notes."""

from __future__ import annotations

from gilint.checks import check
from gilint.checks.tabular import KEYS, listed, tables_named
from gilint.model import NotAssessable, Problem, Slice
from gilint.text import label_key

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
    from typing import Any

    from gilint.form import Family, FormTable
    from gilint.model import Report, Table, UnreadRow

    Question = Callable[[Report, FormTable, Table], Iterator[Problem | NotAssessable]]


def _prepare(options: Mapping[str, Any], family: Family) -> Mapping[str, Any]:
    """The tables must be known. Raises :class:`~gilint.errors.OptionError`."""
    from gilint.errors import OptionError

    for position, key in enumerate(options.get("tables", ())):
        try:
            tables_named(key, family)
        except OptionError as error:
            raise OptionError(("tables", position), error.message) from None
    return options


@check(
    "table-shape",
    options={
        "question": {
            "enum": ["missing", "unread", "rows", "columns", "note", "foreign"],
            "description": "missing: the table is not there; unread: rows whose cells cannot be told apart; rows, "
            "columns: labels that are not there; note: the note that the form prints is not there; foreign: labels "
            "that only the form of other years prints.",
        },
        "tables": {**KEYS, "description": "Keys of the tables that are judged; all when left out."},
    },
    required=("question",),
    values=("table_title", "section_title", "cause", "count", "list", "raw", "expected"),
    prepare=_prepare,
)
def table_shape(report: Report, options: Mapping[str, Any]) -> Iterable[Problem | NotAssessable]:
    """Tables that are missing, cannot be read, or are not as the form has them."""
    question = options["question"]
    if question == "foreign":
        yield from _foreign(report)
        return
    for form_table in report.form.tables:
        if "tables" in options and form_table.key not in options["tables"]:
            continue
        table = report.tables.get(form_table.key)
        if question == "missing":
            # What a missing section lacks is no news, nor below what a missing table lacks.
            if table is None and form_table.section in report.sections and not form_table.optional:
                yield from _missing(report, form_table)
        elif table is not None:
            yield from _QUESTIONS[question](report, form_table, table)


def _values(report: Report, table: FormTable) -> dict[str, Any]:
    return {"table_title": table.title, "section_title": report.form.section(table.section).title}


def _cause(report: Report) -> dict[str, str]:
    """Why a table that stands in the original may not have been found."""
    pictures = sum(note.count for note in report.source.notes if note.kind == "pictures")
    if not pictures:
        return {
            "cause": "可能是图片，或在取文本时丢失",
            "cause_en": "it may be an image or was lost with the formatting",
        }
    zh, en = (
        f"文件里有 {pictures} 张图片，表格可能是图片",
        f"the table may be among the pictures ({pictures}) of the file",
    )
    return {"cause": zh, "cause_en": en}


def _missing(report: Report, table: FormTable) -> Iterator[Problem | NotAssessable]:
    if report.source.keeps_tables is False:
        yield NotAssessable(
            {
                "zh": f"没有识别到“{table.title}”表；这种来源常丢失表格，请查看原文件",
                "en": f"the table “{table.title}” was not recognised; such a source may have lost it: see the original",
            }
        )
    else:
        values = {**_values(report, table), **_cause(report)}
        yield Problem(report.sections[table.section], values, key=table.key)


def _unread(report: Report, form_table: FormTable, table: Table) -> Iterator[Problem]:
    if table.unread:
        labels = [row.label for row in table.unread]
        first, *others = map(_label, table.unread)
        values = {"count": len(labels), "list": listed(labels), "raw": table.unread[0].raw}
        yield Problem(first, {**_values(report, form_table), **values}, tuple(others), key=table.key)


def _label(row: UnreadRow) -> Slice:
    """The label of an unread row, at the row's own address."""
    return Slice(row.at.passage.replace(address=row.address), row.at.start, row.at.end)


def _rows(report: Report, form_table: FormTable, table: Table) -> Iterator[Problem]:
    missing = [form_table.row(key) for key in table.missing_rows]
    labels = [row.label for row in missing if not row.optional]
    if labels:
        yield _labels_missing(report, form_table, table, labels)


def _columns(report: Report, form_table: FormTable, table: Table) -> Iterator[Problem | NotAssessable]:
    given = (report.source.tables or {}).get(table.key)
    if given is not None and given.header is None:
        return
    header = "".join(label_key(part.text) for part in table.header)
    if not header:
        yield NotAssessable(
            {
                "zh": f"没有识别到“{table.title}”表的表头",
                "en": f"the header of the table “{table.title}” was not recognised",
            }
        )
        return
    rows = [row for row in form_table.value_rows if row.key not in table.missing_rows]
    absent = [
        column
        for column in form_table.columns
        if any(column.key in row.columns for row in rows) and not any(name in header for name in column.names)
    ]
    first = rows[0].columns if rows else ()
    if rows and any(column.key not in first for column in absent):
        # The header above the first row is known; other rows may have headers of their own further down.
        absent = [column for column in absent if column.key in first or not _is_printed(report, column.names)]
    if absent:
        yield _labels_missing(report, form_table, table, [column.label for column in absent])


def _is_printed(report: Report, names: Sequence[str]) -> bool:
    """Whether one of the names, as keys, stands in the report, in whatever pieces."""
    # Letters are the same in a key, so most names are found without making one of each line.
    if any(name in text for name in names if name.isalpha() for text in report.source.texts):
        return True
    whole = "".join(map(label_key, report.source.texts))
    return any(name in whole for name in names)


def _labels_missing(report: Report, form_table: FormTable, table: Table, labels: list[str]) -> Problem:
    values = {"count": len(labels), "list": listed(labels)}
    return Problem(table, {**_values(report, form_table), **values}, key=table.key)


def _note(report: Report, form_table: FormTable, table: Table) -> Iterator[Problem]:
    if form_table.note is None:
        return
    note = label_key(form_table.note)
    if note in "".join(label_key(part.text) for part in table.header):
        return
    # Where the header was cut off the note may have been read as a paragraph.
    if note not in "".join(label_key(passage.text) for passage in report.passages):
        yield Problem(table, {**_values(report, form_table), "expected": form_table.note}, key=table.key)


def _foreign(report: Report) -> Iterator[Problem]:
    found = list(report.foreign_labels)
    if report.year is not None and not report.form.covers(report.year):
        # The tables themselves are of another year's form.
        marks = {label_key(mark): mark for mark in report.form.marks}
        printed = [part for table in report.tables.values() for part in (*table.header, *table.labels.values())]
        found += [(marks[key], part) for part in printed if (key := label_key(part.text)) in marks]
    if found:
        labels = list(dict.fromkeys(label for label, _ in found))
        first, *others = (at for _, at in found)
        yield Problem(first, {"count": len(labels), "list": listed(labels)}, tuple(others))


_QUESTIONS: dict[str, Question] = {"unread": _unread, "rows": _rows, "columns": _columns, "note": _note}
