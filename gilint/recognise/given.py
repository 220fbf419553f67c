"""What a source gives by the keys of the form: its tables, the titles of its sections, the form itself."""

from __future__ import annotations

from gilint.errors import FAULTS_TOLD, invalid_data
from gilint.model import Address, Cell, Paragraph, Passage, Slice, Table, UnreadRow
from gilint.numerals import read_cell, to_chinese
from gilint.recognise.outline import parse_line
from gilint.text import label_key

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Sequence

    from gilint.form import Family, Form, FormTable
    from gilint.given import GivenRow, GivenTable
    from gilint.model import Document, Origin
    from gilint.recognise.plan import FormPlan, TablePlan

    _Names = tuple[str, Container[str]]


# --- what no form has -------------------------------------------------------------------------------------------------


def named_form(document: Document, families: Iterable[Family]) -> Form | None:
    """The form that a document names, by its id or the end of it. Raises ``InputError`` (``invalid-data``)."""
    name = document.metadata.get("form")
    if name is None:
        return None
    forms = {form.id: form for family in families for form in family.forms}
    for known, form in forms.items():
        if name in (known, known.rpartition("/")[2]):
            return form
    faults = _Faults()
    faults.unknown("/form", ("格式", "form"), name, forms)
    raise invalid_data(document.name, faults.found)


def refuse_unknown(document: Document, plan: FormPlan) -> None:
    """Refuse what the form does not have: a kind of issuer, a section, a table, a row, a column; or half a row.

    Raises ``InputError`` (``invalid-data``) with all of them.
    """
    faults = _Faults()
    kind = document.metadata.get("issuer_kind")
    kinds = [one.key for one in plan.form.family.issuer_kinds]
    if kind is not None and kind not in kinds:
        faults.unknown("/issuer_kind", ("机关类别", "kind of issuer"), kind, kinds)
    for opening in (document.sections or {}).values():
        if opening.key not in plan.trails:
            titles = [(section.key, section.names) for section in plan.form.sections]
            faults.unknown(_pointer(opening.origin), ("部分", "section"), opening.key, plan.trails, titles)
    tables = {table.key: table for table in plan.form.tables}
    for key, given in (document.tables or {}).items():
        if key in tables:
            _refuse_rows(given, tables[key], faults)
        else:
            names = [(table.key, (label_key(table.title),)) for table in tables.values()]
            faults.unknown(_pointer(given.origin), ("表", "table"), key, tables, names)
    if faults.found:
        raise invalid_data(document.name, faults.found)


def _refuse_rows(given: GivenTable, table: FormTable, faults: _Faults) -> None:
    rows = {row.key: row for row in table.value_rows if row.key}
    for key, row in given.rows.items():
        whole = key == "" and not row.cells and table.layout == "line"
        if key in rows:
            _refuse_cells(row, rows[key].columns, table, faults)
        elif not whole:
            names = [(one.key or "", one.names) for one in table.value_rows]
            faults.unknown(_pointer(row.origin), (f"行（{table.key} 表）", f"row of {table.key}"), key, rows, names)


def _refuse_cells(row: GivenRow, columns: Sequence[str], table: FormTable, faults: _Faults) -> None:
    for key, cell in row.cells.items():
        if key not in columns:
            words = f"列（{table.key} 表这一行）", f"column of this row of {table.key}"
            names = [(one.key, one.names) for one in table.columns if one.key in columns]
            faults.unknown(_pointer(cell.origin), words, key, columns, names)
    missing = ", ".join(column for column in columns if column not in row.cells)
    if row.cells and missing:
        zh, en = f"缺少列 {missing}（空白写 null）", f"lacks the columns {missing} (write a blank as null)"
        faults.found.append((_pointer(row.origin), zh, en))


class _Faults:
    """Mistakes with their places."""

    def __init__(self) -> None:
        self.found: list[tuple[str, str, str]] = []

    def unknown(
        self, place: str, words: tuple[str, str], word: str, known: Iterable[str], names: Iterable[_Names] = ()
    ) -> None:
        """An unknown key; ``names`` gives the labels that the form has for known ones, folded."""
        from gilint.suggest import unknown_in

        # Looking for what was meant takes time, and is not told.
        if len(self.found) >= FAULTS_TOLD:
            known = names = ()
        label = label_key(word)
        meant = next((key for key, labels in names if label in labels), None)
        if meant is None:
            self.found.append((place, *unknown_in(*words, word, known)))
        else:
            zh, en = words
            said = f"未知的{zh} {word}，是否想写 {meant}？", f"unknown {en} {word!r}; did you mean {meant!r}?"
            self.found.append((place, *said))


def _pointer(origin: Origin) -> str:
    return str(origin.span(0, 0))


# --- titles -----------------------------------------------------------------------------------------------------------


def headings(lines: list[tuple[int, Paragraph]], document: Document, plan: FormPlan) -> list[tuple[int, Paragraph]]:
    """The lines, with the headings that the document leaves to the form: a number before a title, or all of it."""
    openings = document.sections
    if not openings:
        return lines
    result = []
    for index, block in lines:
        opening = openings.get(index)
        if opening is not None and not opening.printed and opening.key in plan.trails:
            block = Paragraph(_heading(index, block.text, opening.key, plan), block.origin, block.level)
        result.append((index, block))
    return result


def _heading(index: int, title: str, key: str, plan: FormPlan) -> str:
    if title == key:
        return plan.trails[key]
    number = plan.form.section(key).number
    return title if parse_line(index, title, plan).level else f"{to_chinese(number)}、{title}"


def starts(document: Document) -> dict[str, int]:
    """Where the tables of each section begin: behind the heading that the document gives."""
    return {opening.key: index + 1 for index, opening in (document.sections or {}).items()}


# --- tables -----------------------------------------------------------------------------------------------------------


def given_tables(document: Document, plan: FormPlan) -> dict[str, Table]:
    """The tables of the form that a document gives by their keys."""
    given = document.tables or {}
    return {table.table.key: _table(given[table.table.key], table) for table in plan.tables if table.table.key in given}


def _table(given: GivenTable, plan: TablePlan) -> Table:
    form = plan.table
    cells: dict[tuple[str, str], Cell] = {}
    unread: list[UnreadRow] = []
    labels: dict[str, Slice] = {}
    for key in ("", *plan.rows):
        row = given.rows.get(key)
        if row is None:
            continue
        label = form.row(key).label if key else form.title
        place = _slice(label, row.origin)
        labels[key] = place
        if row.cells:
            cells.update(((key, column), _cell(plan, key, column, row)) for column in form.row(key).columns)
        else:
            address = plan.rows[key] if key else plan.address
            unread.append(UnreadRow(key, label, row.raw, row.reason, address, place))
    missing = () if "" in given.rows else tuple([key for key in plan.rows if key not in given.rows])
    if form.layout == "line":
        labels = {"": _slice(form.title, given.origin)}
    return Table(form.key, form.title, cells, tuple(unread), missing, labels, _header(given, form), plan.address)


def _cell(plan: TablePlan, key: str, column: str, row: GivenRow) -> Cell:
    cell = row.cells[column]
    reading = read_cell(cell.text)
    return Cell(cell.text, reading.kind, reading.value, reading.style, plan.places[key, column], cell.origin)


def _header(given: GivenTable, form: FormTable) -> tuple[Slice, ...]:
    """What stands above the first row; the columns of other rows have their names further down."""
    first = next((row.columns for row in form.value_rows if row.key in given.rows), form.value_rows[0].columns)
    printed = given.header
    if printed is None:
        printed = (form.note or "", *(column.label for column in form.columns))
    below = {name for column in form.columns if column.key not in first for name in column.names}
    return tuple([_slice(text, given.origin) for text in printed if text and label_key(text) not in below])


def _slice(text: str, origin: Origin) -> Slice:
    return Slice(Passage(-1, text, origin, "table", Address()), 0, len(text))
