"""A table of a form as it is printed: slots with the rows and columns that they cover."""

from __future__ import annotations

from itertools import groupby

from gilint.record import Record
from gilint.reporters.tables import level_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from gilint.form import FormRow, FormTable


class Slot(Record):
    """A cell of the printed table (0-based): a text, or the figure at ``key`` (row, column)."""

    row: int
    column: int
    text: str = ""
    key: tuple[str, str] | None = None
    rows: int = 1
    columns: int = 1


def printed(form: FormTable) -> list[Slot]:
    """The slots of a table, by rows; labels are merged as far as their numbers go."""
    if form.layout == "line":
        return _line(form)
    slots: list[Slot] = []
    deep = _depth(form)
    for _, rows in groupby(_with_columns(form), key=lambda one: one[0]):
        below = max((slot.row + slot.rows for slot in slots), default=0)
        slots += _block(form, [row for _, row in rows], deep, below)
    return slots


def _line(form: FormTable) -> list[Slot]:
    """All figures in one line, below the labels of their rows and columns."""
    slots: list[Slot] = []
    at = 0
    for row in form.value_rows:
        slots.append(Slot(0, at, row.label, columns=len(row.columns)))
        for column in row.columns:
            slots += [Slot(1, at, form.column(column).label), Slot(2, at, key=(row.key or "", column))]
            at += 1
    return slots


def _depth(form: FormTable) -> int:
    """How many columns labels take: one, unless groups are numbered."""
    if any(row.key is None for row in form.rows):
        return max(1, max(level_of(row.label) for row in form.rows))
    return 1


def _with_columns(form: FormTable) -> list[tuple[tuple[str, ...], FormRow]]:
    """Each row with the columns of its block; the label of a group goes with the rows below it."""
    columns: tuple[str, ...] = ()
    found = []
    for row in reversed(form.rows):
        columns = row.columns if row.key is not None else columns
        found.append((columns, row))
    return found[::-1]


def _block(form: FormTable, rows: Sequence[FormRow], deep: int, top: int) -> list[Slot]:
    """Rows that have the same columns, below the labels of these."""
    columns = next((row.columns for row in rows if row.key), ())
    slots = [Slot(top, 0, form.note or "", columns=deep)]
    slots += [Slot(top, deep + at, form.column(column).label) for at, column in enumerate(columns)]
    line = top + 1
    for number, row in enumerate(rows):
        own = max(1, min(level_of(row.label), deep)) - 1 if deep > 1 else 0
        if row.key is None:
            height = _height(rows, number)
            slots += [Slot(line, own, row.label, rows=height)] if height else []
            continue
        slots.append(Slot(line, own, row.label, columns=deep - own))
        slots += [Slot(line, deep + at, key=(row.key, column)) for at, column in enumerate(columns)]
        line += 1
    return slots


def _height(rows: Sequence[FormRow], number: int) -> int:
    """How many rows a group has: all down to the next label that stands no deeper."""
    own = level_of(rows[number].label)
    height = 0
    for row in rows[number + 1 :]:
        if level_of(row.label) <= own:
            break
        height += row.key is not None
    return height
