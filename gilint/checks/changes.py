"""Figures that are many times those of last year's report, or a small part of them."""

from __future__ import annotations

from gilint.checks import check
from gilint.checks.lastyear import obstacle
from gilint.checks.tabular import cell_label, column_label, not_assessable, row_label
from gilint.figures import cell_of, reader_of
from gilint.form import PREVIOUS
from gilint.model import Problem

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from decimal import Decimal
    from typing import Any

    from gilint.figures import CellKey
    from gilint.form import Family, Form
    from gilint.model import NotAssessable, Report

    Number = int | Decimal


def _prepare(options: Mapping[str, Any], family: Family) -> Mapping[str, Any]:
    """The cells of each form, as ``compiled``. Raises :class:`~gilint.errors.OptionError` for one that none has."""
    from gilint.errors import OptionError
    from gilint.suggest import unknown

    compiled = {form.id: _cells(form) for form in family.forms}
    known = sorted({name for names in compiled.values() for name in names})
    for position, name in enumerate(options["cells"]):
        if name not in known:
            raise OptionError(("cells", position), unknown("格", "cell", name, known))
    chosen = {
        form: tuple(tuple(name.split(".")) for name in options["cells"] if name in names)
        for form, names in compiled.items()
    }
    return {**options, "compiled": chosen, "previous": True}


def _cells(form: Form) -> set[str]:
    return {
        f"{table.key}.{row.key}.{column}" for table in form.tables for row in table.value_rows for column in row.columns
    }


@check(
    "change",
    options={
        "cells": {
            "type": "array",
            "minItems": 1,
            "items": {"type": "string", "minLength": 1},
            "description": "The figures that are compared with last year's: table.row.column.",
        },
        "times": {
            "type": "number",
            "exclusiveMinimum": 1,
            "description": "A figure so many times the other one is a finding, whichever is the greater.",
        },
        "least": {
            "type": "number",
            "minimum": 0,
            "default": 0,
            "description": "Figures that are less than this apart are none.",
        },
    },
    required=("cells", "times"),
    values=("table_title", "row", "column", "label", "now", "last", "difference", "times"),
    prepare=_prepare,
)
def change(report: Report, options: Mapping[str, Any]) -> Iterable[Problem | NotAssessable]:
    """Figures that differ from last year's by a multiple."""
    reason = obstacle(report)
    if reason is not None:
        yield reason
        return
    pairs = comparable_figures(report, options)
    for key, now, last in pairs:
        small, great = sorted((now, last))
        if great - small >= options.get("least", 0) and small * options["times"] <= great and great > small:
            yield _problem(report, key, now, last, options)
    known = {key for key, _, _ in pairs}
    for key in options["compiled"].get(report.form.id, ()):
        if key not in known and key in _shared(report, options):
            yield _unknown(report, key)


def comparable_figures(report: Report, options: Mapping[str, Any]) -> Sequence[tuple[CellKey, Number, Number]]:
    """The figures that both reports have: cell, this year's and last year's. A dash is 0, a blank is none."""
    read = reader_of(report)
    found = []
    for key in _shared(report, options):
        now, last = read(key), read((PREVIOUS + key[0], *key[1:]))
        if _is_number(now) and _is_number(last):
            found.append((key, now, last))
    return found  # type: ignore[return-value]


def _shared(report: Report, options: Mapping[str, Any]) -> Sequence[CellKey]:
    """The cells that the forms of both reports have."""
    assert report.previous is not None
    compiled = options["compiled"]
    last = compiled.get(report.previous.form.id, ())
    return [key for key in compiled.get(report.form.id, ()) if key in last]


def _is_number(value: object) -> bool:
    from decimal import Decimal

    return isinstance(value, int | Decimal)


def _unknown(report: Report, key: CellKey) -> NotAssessable:
    """Which of the two figures is not known."""
    last = (PREVIOUS + key[0], *key[1:])
    return not_assessable(report, key if not _is_number(reader_of(report)(key)) else last)


def _problem(report: Report, key: CellKey, now: Number, last: Number, options: Mapping[str, Any]) -> Problem:
    form = report.form
    values = {
        "table_title": form.table(key[0]).title,
        "row": row_label(form, key),
        "column": column_label(form, key),
        "label": cell_label(form, key),
        "now": now,
        "last": last,
        "difference": abs(now - last),
        "times": options["times"],
    }
    return Problem(cell_of(report, key), values, (cell_of(report, (PREVIOUS + key[0], *key[1:])),))
