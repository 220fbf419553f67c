"""Which part of which table findings speak of, which of its cells are wrong, and how that is drawn."""

from __future__ import annotations

from gilint.model import Cell, Table
from gilint.record import Record
from gilint.reporters.labels import labels
from gilint.reporters.layout import line
from gilint.reporters.tables import Drawing, Mark, draw, fits, is_nil, proposed, with_groups

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence

    from gilint.arithmetic import CellKey
    from gilint.form import FormRow, FormTable
    from gilint.model import Address, Finding, Report, Suggestion
    from gilint.reporters.layout import Line
    from gilint.reporters.sums import Changes, Sum

    Place = tuple[str, str]

# A table with more rows leaves out those that say nothing; of what is left, no more than so much is drawn.
_ROWS_SHOWN = 8
_ROWS_DRAWN = 30
_COLUMNS_DRAWN = 20
# A single row that is left out would take as much room as the line that says so.
_LEAST_HIDDEN = 2


class Part(Record):
    """What findings speak of in one table, as (row key, column key).

    ``wrong`` cells are marked, with the value that is proposed; ``doubtful`` ones would be changed by another
    suggestion; ``places`` are where findings stand; ``cells`` are all of these and the others of their equations.
    """

    table: Table
    form: FormTable
    wrong: Mapping[Place, str | None]
    doubtful: frozenset[Place]
    places: frozenset[Place]
    cells: frozenset[Place]


# --- finding it -------------------------------------------------------------------------------------------------------


def is_drawn(finding: Finding) -> bool:
    """Whether a finding is shown in its table; one in prose is shown in prose, whatever cells it speaks of."""
    return isinstance(finding.at, Cell | Table)


def suggestions(findings: Iterable[Finding]) -> list[Suggestion]:
    """The suggestions of findings, each once."""
    return list(dict.fromkeys(suggestion for finding in findings for suggestion in finding.suggestions))


def key_of(address: Address) -> CellKey:
    return address.table or "", address.row or "", address.column or ""


def changed(suggestion: Suggestion) -> Changes:
    """The values that a suggestion proposes, by cell."""
    return {(table, row, column): after for table, row, column, _before, after in suggestion.cells}


def parts_of(report: Report, findings: Sequence[Finding], sums: Sequence[Sum], changes: Changes) -> list[Part]:
    """The parts of tables that findings speak of, in the order of the report. ``changes`` are proposed for them all."""
    drawn = [finding for finding in findings if is_drawn(finding)]
    if not drawn:
        return []
    places = {key for finding in drawn for key in _cells(report, finding.address)}
    proposals = suggestions(findings)
    wrong = {} if proposals else dict.fromkeys([*places, *(key for one in sums for key in one.unfilled)])
    wrong.update((key, proposed(value)) for key, value in changes.items())
    doubtful = {key for suggestion in proposals[1:] for key in changed(suggestion)}.difference(wrong)
    cells = places.union(wrong, *(one.cells for one in sums))
    cells.update(key for finding in drawn for related in finding.related for key in _cells(report, related.address))
    return [
        Part(
            table,
            report.form.table(table.key),
            {key[1:]: value for key, value in wrong.items() if key[0] == table.key},
            *(_inside(table, keys) for keys in (doubtful, places, cells)),
        )
        for table in report.tables.values()
        if any(key[0] == table.key for key in cells)
    ]


def _inside(table: Table, keys: Iterable[CellKey]) -> frozenset[Place]:
    return frozenset(key[1:] for key in keys if key[0] == table.key)


def _cells(report: Report, address: Address) -> list[CellKey]:
    """The cells at a place: one, a row of them, or none."""
    table = report.tables.get(address.table or "")
    if table is None or address.row is None:
        return []
    if address.column is not None:
        return [key_of(address)]
    return [(table.key, row, column) for row, column in table if row == address.row]


# --- drawing it -------------------------------------------------------------------------------------------------------


def picture(part: Part, style: str, lang: str, cells: int) -> list[Line]:
    """The rows and columns of a part, drawn in ``cells``, and what was left out."""
    rows, left_out = _rows(part)
    columns = [column.key for column in part.form.columns if any(column.key == key[1] for key in part.cells)]
    drawing = Drawing(
        part.table, part.form, with_groups(part.form, rows), tuple(columns), marks(part, style), part.cells
    )
    if len(columns) > _COLUMNS_DRAWN or not fits(drawing, cells):
        columns, also_left_out = _columns(part, [row.key or "" for row in rows], columns)
        left_out.update(also_left_out)
        drawing = drawing.replace(columns=tuple(columns))
    words = labels(lang)
    left_out["doubtful"] = sum(row.key == key[0] for row in rows for key in part.doubtful if key[1] in columns)
    notes = [line((words[name].format(count=count), "frame")) for name, count in left_out.items() if count]
    return [*draw(drawing, cells), *notes]


def marks(part: Part, style: str) -> dict[Place, Mark]:
    """The marks of a part's cells in the style of a severity."""
    aside = dict.fromkeys(part.doubtful, Mark(style, aside=True))
    return {**aside, **{key: Mark(style, proposal) for key, proposal in part.wrong.items()}}


def _rows(part: Part) -> tuple[list[FormRow], dict[str, int]]:
    """The rows to draw, and how many are left out for which reason."""
    spoken, missing = {row for row, _column in part.cells}, part.table.missing_rows
    rows = [row.key for row in part.form.value_rows if row.key in spoken and row.key not in missing]
    columns = {column for _row, column in part.cells}
    own = {row for row, _column in (*part.wrong, *part.places)}
    telling = rows
    if len(rows) > _ROWS_SHOWN:
        telling = [row for row in rows if row in own or not is_nil(part.table, [(row, key) for key in columns])]
    if len(rows) - len(telling) < _LEAST_HIDDEN:
        telling = rows
    kept = _first(telling, own, _ROWS_DRAWN)
    hidden = [(row, key) for row in rows if row not in telling for key in columns]
    left_out = {f"{_nil(part, hidden)}_rows": len(rows) - len(telling), "more_rows": len(telling) - len(kept)}
    return [row for row in part.form.value_rows if row.key in kept], left_out


def _columns(part: Part, rows: Sequence[str], columns: Sequence[str]) -> tuple[list[str], dict[str, int]]:
    """The columns to draw where not all have room, and how many are left out for which reason."""
    own = {column for _row, column in (*part.wrong, *part.places)}
    telling = [key for key in columns if key in own or not is_nil(part.table, [(row, key) for row in rows])]
    kept = _first(telling, own, _COLUMNS_DRAWN)
    hidden = [(row, key) for row in rows for key in columns if key not in telling]
    name = f"{_nil(part, hidden)}_columns"
    return kept, {name: len(columns) - len(telling), "more_columns": len(telling) - len(kept)}


def _nil(part: Part, places: Iterable[Place]) -> str:
    """What cells that say nothing hold: only zeros, or other signs for them too."""
    return "zero" if all(part.table[key].kind == "number" for key in places if key in part.table) else "nil"


def _first(keys: Iterable[str], wanted: Collection[str], count: int) -> list[str]:
    """At most ``count`` of the keys in their order, the wanted ones before all."""
    keys = list(keys)
    chosen = set(sorted(keys, key=lambda key: key not in wanted)[:count])
    return [key for key in keys if key in chosen]
