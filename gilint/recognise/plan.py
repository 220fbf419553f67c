"""What is worked out once for a form, so that reading a report only looks it up."""

from __future__ import annotations

from gilint.late import late, late_linear
from gilint.model import Address
from gilint.numerals import to_chinese
from gilint.recognise.stream import stream_key
from gilint.record import Record
from gilint.text import label_key

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from gilint.form import Form, FormRow, FormSection, FormTable

# How deep a label stands in a table with merged cells shows in the style of its number.
DEPTHS = (
    late("[一二三四五六七八九十]+[.、]"),
    late("[（(][一二三四五六七八九十]+[)）]"),
    late("[0-9]+[.、]"),
)
HEAD = 2
FEW_ROWS = 10


class Name(Record, hot=True):
    """A spelling of a label: ``row`` is the row's index, or for a table in one line the column's (rows: -1 - index)."""

    key: str
    table: int
    row: int


class TablePlan(Record):
    """A table with its address, and those of its cells.

    ``known`` is all of its printed text, for its header. ``foreign`` are the indexes of labels without cells that
    another form prints with cells, in place of the labels below them. ``twins`` maps the first of the rows that share a
    label to all of them, the last one first. ``columns_too`` are the rows that share a label with a column, and
    ``column_keys`` the labels of the columns. ``cells`` are the places and addresses of the cells of each row,
    ``weights`` says which rows have any (1 or 0), and ``needed`` is how many of those make a table: half the rows of a
    small one or a fifth of a large one, as fewer labels are prose that names them.
    """

    table: FormTable
    address: Address
    places: Mapping[tuple[str, str], Address]
    rows: Mapping[str, Address]
    depths: Sequence[int]
    columns: int
    known: str
    foreign: frozenset[int]
    twins: Mapping[int, Sequence[int]]
    columns_too: frozenset[int]
    column_keys: frozenset[str]
    cells: Sequence[Sequence[tuple[tuple[str, str], Address]]]
    weights: Sequence[int]
    needed: int


class FormPlan:
    """A form with the keys of its labels by their first characters, and the addresses of its parts.

    ``others`` are the family's other forms: their labels may stand in a table by mistake, and do not end its header.
    """

    def __init__(self, form: Form, others: Sequence[Form] = ()) -> None:
        self.form = form
        self.trails = {section.key: f"{to_chinese(section.number)}、{section.title}" for section in form.sections}
        self.tables = [_table_plan(table, self.trails, others) for table in form.tables]
        titled = any(table.titled for table in form.tables)
        self.table_titles = {stream_key(title): "" for title in form.other_tables} if titled else {}
        for table in form.tables if titled else ():
            self.table_titles.update((stream_key(title), table.key) for title in table.titles)
        self.sections: dict[str, FormSection] = {}
        for section in form.sections:
            for name in section.names:
                self.sections.setdefault(name, section)
        self.patterns = [
            (late_linear(any_of(section.patterns)), section) for section in form.sections if section.patterns
        ]
        self.titles = [(bigrams(label_key(section.title)), section) for section in form.sections]
        self.aspects = {
            name: section.key for section in form.sections for aspect in section.aspects for name in aspect.headings
        }
        self.heads: dict[str, list[Name]] = {}
        for number, table in enumerate(form.tables):
            for spelling in _names(table, number):
                self.heads.setdefault(spelling.key[:HEAD], []).append(spelling)
        for spellings in self.heads.values():
            spellings.sort(key=lambda one: (-len(one.key), one.table, one.row))
        self.alone = _alone(self.heads)

    def section(self, key: str) -> FormSection | None:
        """The section of a folded title, by name or else by pattern."""
        named = self.sections.get(key)
        if named is not None or not self.patterns:
            return named
        return next((section for pattern, section in self.patterns if pattern.search(key)), None)


def _alone(heads: Mapping[str, Sequence[Name]]) -> dict[str, list[tuple[int, int]]]:
    """The (table, row) of the labels with which no other label begins, and which begin with no other, by their keys.

    Where several rows of a table have the same, its first one counts.
    """
    found: dict[str, list[tuple[int, int]]] = {}
    for head, names in heads.items():
        for key in {name.key for name in names} if len(head) == HEAD else ():
            rows = {name.table: name.row for name in reversed(names) if name.key == key}
            if all(name.key == key or not (name.key.startswith(key) or key.startswith(name.key)) for name in names):
                found[key] = sorted(rows.items())
    return found


def any_of(patterns: Sequence[str]) -> str:
    """A pattern that matches what any of these does."""
    return "|".join(f"(?:{pattern})" for pattern in patterns)


def bigrams(text: str) -> frozenset[str]:
    """The pairs of neighbouring characters, by which titles are compared."""
    return frozenset([text[at : at + 2] for at in range(len(text) - 1)])


def _names(table: FormTable, number: int) -> list[Name]:
    names = [Name(stream_key(name), number, index) for index, row in enumerate(table.rows) for name in row.names]
    if table.layout == "line":
        names = [name.replace(row=-1 - name.row) for name in names]
        names.extend(
            Name(stream_key(name), number, index) for index, column in enumerate(table.columns) for name in column.names
        )
    return list(dict.fromkeys(names))


def _table_plan(table: FormTable, trails: Mapping[str, str], others: Sequence[Form]) -> TablePlan:
    address = Address((trails[table.section], table.title), table.section, table.key)
    labels = {column.key: column.label for column in table.columns}
    known = [*(name for column in table.columns for name in column.names), *table.headers, table.note or ""]
    known += table.titles if table.titled else ()
    known += [*(name for row in table.rows for name in row.names), *(mark for form in others for mark in form.marks)]
    places = {
        (row.key or "", column): _cell_address(address, row, column, labels[column])
        for row in table.value_rows
        for column in row.columns
    }
    required = sum([not row.optional for row in table.value_rows])
    with_cells = {name for form in others for one in form.tables for row in one.value_rows for name in row.names}
    return TablePlan(
        table=table,
        address=address,
        places=places,
        rows={row.key or "": _row_address(address, row) for row in table.value_rows},
        depths=[_depth(row.label) for row in table.rows],
        columns=max((len(row.columns) for row in table.value_rows), default=0),
        known="\n".join(stream_key(text) for text in known),
        foreign=frozenset(
            index for index, row in enumerate(table.rows) if row.key is None and with_cells.intersection(row.names)
        ),
        twins=_twins(table),
        columns_too=frozenset(
            index for index, row in enumerate(table.rows) for column in table.columns if {*row.names} & {*column.names}
        ),
        column_keys=frozenset(stream_key(name) for column in table.columns for name in column.names),
        cells=[
            [((row.key, column), places[row.key, column]) for column in row.columns] if row.key else []
            for row in table.rows
        ],
        weights=[int(row.key is not None) for row in table.rows],
        needed=min(required, max(2, required // (2 if required <= FEW_ROWS else 5))),
    )


def _twins(table: FormTable) -> dict[int, list[int]]:
    """The rows that share a label with an earlier one: where it stands, either may be meant."""
    found: dict[int, list[int]] = {}
    first: dict[str, int] = {}
    for index, row in enumerate(table.rows):
        for name in row.names:
            same = first.setdefault(name, index)
            if same != index and index not in found.setdefault(same, [same]):
                found[same].insert(0, index)
    return found


def _cell_address(address: Address, row: FormRow, column: str, label: str) -> Address:
    trail = (*address.trail, f"{row.label} × {label}")
    return Address(trail, address.section, address.table, row.key, column)


def _row_address(address: Address, row: FormRow) -> Address:
    return Address((*address.trail, row.label), address.section, address.table, row.key)


def _depth(label: str) -> int:
    return next((depth for depth, style in enumerate(DEPTHS, start=1) if style.match(label)), 0)
