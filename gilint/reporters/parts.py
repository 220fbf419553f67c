"""Which part of which table findings speak of, which of its cells are wrong, and how that is drawn."""

from __future__ import annotations

from gilint.form import PREVIOUS
from gilint.model import Cell, Table
from gilint.record import Record
from gilint.reporters.labels import labels
from gilint.reporters.layout import hanging, line
from gilint.reporters.tables import Drawing, Mark, draw, fits, is_nil, proposed, with_groups

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence

    from gilint.arithmetic import CellKey
    from gilint.form import FormTable
    from gilint.model import Address, Finding, Report, Suggestion
    from gilint.reporters.layout import Line
    from gilint.reporters.sums import Changes, Sum

    Place = tuple[str, str]

# A table with more rows leaves out those that say nothing; of what is left, no more than so much is drawn.
_ROWS_SHOWN = 8
_ROWS_DRAWN = 30
_COLUMNS_DRAWN = 20
# Of a table whose columns do not all stand beside each other, as every row is drawn several times.
_ROWS_STACKED = 10
# A single row that is left out would take as much room as the line that says so.
_LEAST_HIDDEN = 2


class Part(Record):
    """What findings speak of in one table, as (row key, column key). The ``key`` of one of last year's says so.

    ``wrong`` cells are marked, with the value that is proposed; ``doubtful`` ones would be changed by another
    suggestion; ``places`` are where findings stand; ``cells`` are all of these and the others of their equations.
    """

    key: str
    table: Table
    form: FormTable
    wrong: Mapping[Place, str | None]
    doubtful: frozenset[Place]
    places: frozenset[Place]
    cells: frozenset[Place]

    def has(self, address: Address) -> bool:
        """Whether a place is among the cells; a row is if one of its cells is."""
        if address.column is None:
            return address.table == self.key and any(row == address.row for row, _column in self.cells)
        return address.table == self.key and (address.row, address.column) in self.cells


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


def tables_of(report: Report) -> dict[str, tuple[Table, FormTable]]:
    """The tables of a report by the keys that cells name them with, those of last year's report at the end."""
    own = {key: (table, report.form.table(key)) for key, table in report.tables.items()}
    last = {} if report.previous is None else tables_of(report.previous)
    return {**own, **{PREVIOUS + key: found for key, found in last.items()}}


def parts_of(report: Report, findings: Sequence[Finding], sums: Sequence[Sum], changes: Changes) -> list[Part]:
    """The parts of tables that findings speak of. ``changes`` are proposed for all of them together."""
    drawn = [finding for finding in findings if is_drawn(finding)]
    if not drawn:
        return []
    tables = tables_of(report)
    places = {key for finding in drawn for key in _cells(tables, finding.address)}
    proposals = suggestions(findings)
    wrong = {} if proposals else dict.fromkeys([*places, *(key for one in sums for key in one.unfilled)])
    wrong.update((key, proposed(value)) for key, value in changes.items())
    doubtful = {key for suggestion in proposals[1:] for key in changed(suggestion)}.difference(wrong)
    cells = places.union(wrong, *(one.cells for one in sums))
    cells.update(key for finding in drawn for related in finding.related for key in _cells(tables, related.address))
    return [
        Part(
            name,
            table,
            form,
            {key[1:]: value for key, value in wrong.items() if key[0] == name},
            *(frozenset(key[1:] for key in keys if key[0] == name) for keys in (doubtful, places, cells)),
        )
        for name, (table, form) in tables.items()
        if any(key[0] == name for key in cells)
    ]


def _cells(tables: Mapping[str, tuple[Table, FormTable]], address: Address) -> list[CellKey]:
    """The cells at a place: one, a row of them, or none."""
    key = key_of(address)
    if key[0] not in tables or address.row is None:
        return []
    if address.column is not None:
        return [key]
    return [(key[0], row, column) for row, column in tables[key[0]][0] if row == address.row]


# --- drawing it -------------------------------------------------------------------------------------------------------


def pictures(parts: Sequence[Part], style: str, lang: str, cells: int) -> list[Line]:
    """Parts drawn one below the other, each named where they could be mistaken for each other."""
    words = labels(lang)
    if len(parts) == 1 and not parts[0].key.startswith(PREVIOUS):
        return picture(parts[0], style, lang, cells)
    lines: list[Line] = []
    for part in parts:
        name = words["last_year"] if part.key.startswith(PREVIOUS) else "{title}"
        lines += [*([line()] if lines else []), *hanging(line(), name.format(title=part.form.title), "frame", cells)]
        lines += picture(part, style, lang, cells)
    return lines


def picture(part: Part, style: str, lang: str, cells: int) -> list[Line]:
    """The rows and columns of a part, drawn in ``cells``, and what was left out."""
    rows, left_out = _rows(part, _ROWS_DRAWN)
    spoken = _lines(part, 1)
    columns = [column.key for column in part.form.columns if column.key in spoken]
    drawing = _drawing(part, style, rows, columns)
    if len(columns) > _COLUMNS_DRAWN or not fits(drawing, cells):
        columns, hidden_columns = _columns(part, columns)
        drawing = _drawing(part, style, rows, columns)
        if not fits(drawing, cells):
            rows, left_out = _rows(part, _ROWS_STACKED)
            drawing = _drawing(part, style, rows, columns)
        left_out.update(hidden_columns)
    left_out["doubtful"] = sum(key[0] in rows and key[1] in columns for key in part.doubtful)
    words = labels(lang)
    said = [words[name].format(count=count) for name, count in left_out.items() if count]
    notes = [each for text in said for each in hanging(line(), text, "frame", cells)]
    return [*draw(drawing, cells), *notes]


def _drawing(part: Part, style: str, rows: Collection[str], columns: Sequence[str]) -> Drawing:
    return Drawing(part.table, part.form, with_groups(part.form, rows), tuple(columns), marks(part, style), part.cells)


def marks(part: Part, style: str) -> dict[Place, Mark]:
    """The marks of a part's cells in the style of a severity."""
    aside = dict.fromkeys(part.doubtful, Mark(style, aside=True))
    return {**aside, **{key: Mark(style, proposal) for key, proposal in part.wrong.items()}}


def _rows(part: Part, most: int) -> tuple[list[str], dict[str, int]]:
    """The rows to draw, and how many are left out for which reason."""
    spoken = _lines(part, 0)
    rows = [row.key for row in part.form.value_rows if row.key in spoken and row.key not in part.table.missing_rows]
    own = {row for row, _column in (*part.wrong, *part.places)}
    telling = rows
    if len(rows) > _ROWS_SHOWN:
        telling = [row for row in rows if row in own or not is_nil(part.table, spoken[row])]
    if len(rows) - len(telling) < _LEAST_HIDDEN:
        telling = rows
    kept = _first(telling, own, most)
    name = _nil(part, (place for row in rows if row not in telling for place in spoken[row]))
    return kept, {f"{name}_rows": len(rows) - len(telling), "more_rows": len(telling) - len(kept)}


def _columns(part: Part, columns: Sequence[str]) -> tuple[list[str], dict[str, int]]:
    """The columns to draw where not all have room, and how many are left out for which reason."""
    spoken = _lines(part, 1)
    own = {column for _row, column in (*part.wrong, *part.places)}
    telling = [key for key in columns if key in own or not is_nil(part.table, spoken[key])]
    kept = _first(telling, own, _COLUMNS_DRAWN)
    name = _nil(part, (place for key in columns if key not in telling for place in spoken[key]))
    return kept, {f"{name}_columns": len(columns) - len(telling), "more_columns": len(telling) - len(kept)}


def _lines(part: Part, axis: int) -> dict[str, list[Place]]:
    """The cells of a part by their row (axis 0) or column (axis 1)."""
    lines: dict[str, list[Place]] = {}
    for place in part.cells:
        lines.setdefault(place[axis], []).append(place)
    return lines


def _nil(part: Part, places: Iterable[Place]) -> str:
    """What cells that say nothing hold: only zeros, or other signs for them too."""
    return "zero" if all(part.table[key].kind == "number" for key in places if key in part.table) else "nil"


def _first(keys: Iterable[str], wanted: Collection[str], count: int) -> list[str]:
    """At most ``count`` of the keys in their order, the wanted ones before all."""
    keys = list(keys)
    chosen = set(sorted(keys, key=lambda key: key not in wanted)[:count])
    return [key for key in keys if key in chosen]
