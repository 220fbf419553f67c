"""What the checks of tables share: labels for people, reasons why a cell could not be judged, and known keys."""

from __future__ import annotations

from gilint.figures import is_previous
from gilint.form import PREVIOUS
from gilint.model import NotApplicable, NotAssessable

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from typing import Any

    from gilint.arithmetic import CellKey
    from gilint.form import Family, Form, FormTable
    from gilint.model import Report, UnreadRow

LISTED = 5

KEY = {"type": "string", "minLength": 1}
KEYS = {"type": "array", "items": KEY, "minItems": 1}


# --- labels -----------------------------------------------------------------------------------------------------------


def row_label(form: Form, key: CellKey) -> str:
    return form.table(key[0]).row(key[1]).label


def column_label(form: Form, key: CellKey) -> str:
    return form.table(key[0]).column(key[2]).label


def cell_label(form: Form, key: CellKey) -> str:
    """A cell by its labels: ``row × column``."""
    return f"{row_label(form, key)} × {column_label(form, key)}"


def listed(names: Sequence[str]) -> str:
    """Names in a row; a long list ends with ``…``."""
    return "、".join(names[:LISTED]) + ("…" if len(names) > LISTED else "")


# --- what could not be judged -----------------------------------------------------------------------------------------


def table_absent(form: Form, table: str) -> NotAssessable:
    title = form.table(table).title
    return NotAssessable({"zh": f"没有识别到“{title}”表", "en": f"the table “{title}” was not recognised"})


def is_left_out(report: Report, table: str) -> bool:
    """Whether a table is not there that a report may do without."""
    known = next((one for one in report.form.tables if one.key == table), None)
    return table not in report.tables and known is not None and known.optional


def left_out(form: Form, table: str) -> NotApplicable:
    """Why nothing is asked of a table that is not there."""
    title = form.table(table).title
    return NotApplicable({"zh": f"没有“{title}”表，该表可以不填报", "en": f"no table “{title}”, which is optional"})


def row_unread(form: Form, table: str, row: UnreadRow) -> NotAssessable:
    title = form.table(table).title
    return NotAssessable(
        {
            "zh": f"“{title}”表的“{row.label}”未能准确读出：{row.raw}",
            "en": f"“{row.label}” of the table “{title}” could not be read exactly: {row.raw}",
        }
    )


def not_assessable(report: Report, key: CellKey) -> NotAssessable:
    """Why a cell gives no number: its table or row is missing or unread, or it is blank or holds text."""
    if is_previous(key) and report.previous is not None:
        reason = not_assessable(report.previous, (key[0].removeprefix(PREVIOUS), *key[1:])).reason
        return NotAssessable({"zh": f"上年报告：{reason['zh']}", "en": f"last year's report: {reason['en']}"})
    form = report.form
    table = report.tables.get(key[0])
    if table is None:
        return table_absent(form, key[0])
    for row in table.unread:
        # A table whose cells stand in one line is read as a whole or not at all; its row has no key.
        if row.key in (key[1], ""):
            return row_unread(form, key[0], row)
    cell = table.cells.get(key[1:])
    label = row_label(form, key) if key[1] in table.missing_rows else cell_label(form, key)
    if cell is None:
        return NotAssessable(
            {"zh": f"“{table.title}”表缺少“{label}”", "en": f"“{label}” is missing from the table “{table.title}”"}
        )
    if cell.kind == "blank":
        return NotAssessable({"zh": f"“{label}”是空白", "en": f"“{label}” is blank"})
    return NotAssessable({"zh": f"“{label}”不是数字：{cell.raw}", "en": f"“{label}” is not a number: {cell.raw}"})


# --- options ----------------------------------------------------------------------------------------------------------


def known_keys(options: Mapping[str, Any], family: Family) -> Mapping[str, Any]:
    """A prepare step: ``table``, ``rows``, ``columns`` and ``of`` must name what some form of the family has.

    Raises :class:`~gilint.errors.OptionError`.
    """
    tables = [table for form in family.forms for table in form.tables]
    if "table" in options:
        tables = tables_named(options["table"], family)
    rows = [row.key for table in tables for row in table.value_rows if row.key]
    columns = [column.key for table in tables for column in table.columns]
    for position, key in enumerate(options.get("rows", ())):
        _refuse_unknown(("rows", position), "行", "row", key, rows)
    for position, key in enumerate(options.get("columns", ())):
        _refuse_unknown(("columns", position), "列", "column", key, columns)
    if "of" in options:
        _refuse_unknown(("of",), "行", "row", options["of"], rows)
    return options


def tables_named(key: str, family: Family) -> list[FormTable]:
    """The tables with this key, one for each form that has it. Raises :class:`~gilint.errors.OptionError`."""
    tables = [table for form in family.forms for table in form.tables]
    _refuse_unknown(("table",), "表", "table", key, [table.key for table in tables])
    return [table for table in tables if table.key == key]


def _refuse_unknown(path: tuple[str | int, ...], zh: str, en: str, key: str, known: Iterable[str]) -> None:
    known = list(dict.fromkeys(known))
    if key not in known:
        from gilint.errors import OptionError
        from gilint.suggest import unknown

        raise OptionError(path, unknown(zh, en, key, known))
