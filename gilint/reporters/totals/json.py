"""A total as JSON, for programs. Version 1 of its schema is ``gilint/schemas/total.json``."""

from __future__ import annotations

from gilint.reporters.json import dumps, figure

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import Any

    from gilint.arithmetic import CellKey, Number
    from gilint.totals import Explanation, Member, OwnFault, Total, TotalCell

VERSION = 1


def render_json(total: Total) -> str:
    """One JSON document, with the same keys in the same order every time."""
    return dumps(total_as_dict(total), depth=3)


def total_as_dict(total: Total) -> dict[str, Any]:
    return {
        "version": VERSION,
        "form": None if total.form is None else total.form.id,
        "year": total.year,
        "parent": None if total.parent is None else _member(total.parent),
        "members": [_member(member) for member in total.members],
        "tables": _tables(((cell.table, cell.row, cell.column), cell.sum) for cell in total.cells),
        "differences": [_difference(cell) for cell in total.differences],
        "undecided": [{**_place(cell), "unread": list(cell.unread)} for cell in total.undecided],
        "explanations": [_explanation(one) for one in total.explanations],
        "summary": {
            "members": len(total.members),
            "added": len(total.added),
            "failed": len(total.failed),
            "cells": len(total.cells),
            "differences": len(total.differences),
            "undecided": len(total.undecided),
            "blanks": total.blanks,
            "ties_out": total.ties_out if total.parent is not None else None,
        },
    }


def _member(member: Member) -> dict[str, Any]:
    error = member.error
    return {
        "name": member.name,
        "path": member.path,
        "place": member.place or None,
        "status": member.status,
        "issuer": member.issuer,
        "year": member.year,
        "form": member.form,
        "note": member.note or None,
        "error": None if error is None else {"code": error.code, "message": error.message, "advice": error.advice},
        "faults": [_fault(fault) for fault in member.faults],
        "unread": [_key(key) for key in member.unread],
        "tables": _tables(member.figures.items()),
    }


def _fault(fault: OwnFault) -> dict[str, Any]:
    repairs = [
        [{**_key(cell[:3]), "from": figure(cell[3]), "to": figure(cell[4])} for cell in one] for one in fault.repairs
    ]
    return {"rules": list(fault.rules), "text": fault.text, "repairs": repairs}


def _tables(figures: Iterable[tuple[CellKey, Number | None]]) -> dict[str, dict[str, dict[str, Any]]]:
    """Figures as the tables of a report given as data."""
    tables: dict[str, dict[str, dict[str, Any]]] = {}
    for (table, row, column), value in figures:
        tables.setdefault(table, {}).setdefault(row, {})[column] = figure(value)
    return tables


def _difference(cell: TotalCell) -> dict[str, Any]:
    figures = {"parent": cell.parent, "sum": cell.sum, "difference": cell.difference}
    return {**_place(cell), **{key: figure(value) for key, value in figures.items()}}


def _place(cell: TotalCell) -> dict[str, Any]:
    return _key((cell.table, cell.row, cell.column))


def _key(key: CellKey) -> dict[str, Any]:
    return dict(zip(("table", "row", "column"), key, strict=True))


def _explanation(one: Explanation) -> dict[str, Any]:
    return {
        "kind": one.kind,
        "text": one.text,
        "members": list(one.members),
        "others": list(one.others),
        "cells": [_key(key) for key in one.cells],
        "changes": [
            {"member": member, **_key((table, row, column)), "from": figure(before), "to": figure(after)}
            for member, table, row, column, before, after in one.changes
        ],
    }
