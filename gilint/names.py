"""What the dotted names of equations and conditions mean: cells of a form, and of last year's report beside it."""

from __future__ import annotations

from gilint.errors import UsageError
from gilint.form import PREVIOUS
from gilint.text import closest

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from gilint.arithmetic import CellKey
    from gilint.form import FormTable

LAST_YEAR = PREVIOUS.rstrip(".")


class EquationError(UsageError):
    """A text that is no equation, or names cells that the form does not have.

    ``message`` maps a language to text, ``offset`` (0-based, in characters) leads into the text of ``option``, which
    is equation or when.
    """

    def __init__(self, message: dict[str, str], offset: int = 0, option: str = "equation") -> None:
        super().__init__(f"{message['zh']} ({message['en']})")
        self.message = message
        self.offset = offset
        self.option = option

    def __reduce__(self) -> tuple[type, tuple[object, ...]]:
        return type(self), (self.message, self.offset, self.option)


class NoSuchCell(EquationError):
    """The row and the column are known, but the row has no cell in that column."""


class Scope:
    """What names mean: in a form or, without ``table``, in the tables of several forms.

    ``previous`` are the tables that last year's report may have, of all forms of the family; without them a name
    cannot mean it.
    """

    def __init__(
        self,
        tables: Sequence[FormTable],
        table: FormTable | None = None,
        for_each: str | None = None,
        key: str | None = None,
        previous: Sequence[FormTable] = (),
    ) -> None:
        self.tables = tables
        self.table = table
        self.for_each = for_each
        self.key = key
        self.previous = previous

    def cell(self, path: Sequence[str], offset: int) -> CellKey:
        """The cell that a dotted name means. Raises :class:`EquationError` at the part that is wrong."""
        parts = _placed(path, offset)
        if path[0] == LAST_YEAR and len(path) > 1:
            if not self.previous:
                zh, en = "这里不能用上年的数字", "figures of last year's report cannot stand here"
                raise EquationError({"zh": zh, "en": en}, offset)
            table, row, column = self._cell(parts[1:], parts[1][1], self.previous)
            return PREVIOUS + table, row, column
        return self._cell(parts, offset, self.tables)

    def _cell(self, parts: list[tuple[str, int]], offset: int, known_tables: Sequence[FormTable]) -> CellKey:
        (table, table_at), (row, row_at), (column, column_at) = self._complete(parts, offset)
        tables = [known for known in known_tables if known.key == table]
        _must_be_known(table, table_at, [known.key for known in known_tables])
        rows = [known for one in tables for known in one.value_rows if known.key == row]
        if not rows and any(one.group(row) for one in tables):
            message = {"zh": f"“{row}”是一组行，写作 sum({row}.*)", "en": f"{row!r} is a group: write sum({row}.*)"}
            raise EquationError(message, row_at)
        _must_be_known(row, row_at, [known.key or "" for one in tables for known in one.value_rows])
        _must_be_known(column, column_at, [known.key for one in tables for known in one.columns])
        if not any(column in known.columns for known in rows):
            zh = f"表 {table} 的 {row} 行在 {column} 列没有单元格"
            en = f"row {row!r} of table {table!r} has no cell in column {column!r}"
            raise NoSuchCell({"zh": zh, "en": en}, offset)
        return table, row, column

    def group(self, path: Sequence[str], offset: int) -> list[CellKey]:
        """The cells that ``sum`` adds up: ``group.*`` of the column at hand, or ``group.column``."""
        if path[0] == LAST_YEAR and len(path) > 1:
            # Which rows a group has depends on the form of that report, which nobody knows yet.
            zh, en = "sum 不能用于上年的数字", "sum cannot add up figures of last year's report"
            raise EquationError({"zh": zh, "en": en}, offset)
        if path[-1] == "_" and self.for_each == "column" and self.key is not None:
            path = (*path[:-1], self.key)
        if self.table is None or len(path) != 2 or path[-1] == "_":
            zh, en = "sum(组.*) 要与 table 和 for_each: column 一起用", "sum(group.*) needs table and for_each: column"
            raise EquationError({"zh": zh, "en": en}, offset)
        name, column = path
        groups = {group for row in self.table.rows for group in row.groups}
        _must_be_known(name, offset, sorted(groups))
        return [self.cell((row, column), offset) for row in self.table.group(name)]

    def is_signed(self, key: CellKey) -> bool:
        """Whether a cell that this scope named may be below zero."""
        tables = self.previous if key[0].startswith(PREVIOUS) else self.tables
        named = (table for table in tables if table.key == key[0].removeprefix(PREVIOUS))
        return next(table for table in named if _has(table, key)).cell_kind(key[1], key[2]) == "signed"

    def _complete(self, parts: list[tuple[str, int]], offset: int) -> list[tuple[str, int]]:
        """Table, row and column with their offsets, as far as written, else those at hand."""
        if self.table is not None and len(parts) < 3:
            table = (self.table.key, offset)
            if len(parts) == 2:
                return [table, *parts]
            if self.key is not None:
                at_hand = (self.key, offset)
                return [table, parts[0], at_hand] if self.for_each == "column" else [table, at_hand, parts[0]]
        if len(parts) != 3:
            wanted = "table.row.column" if self.table is None else "row.column"
            name = ".".join(name for name, _ in parts)
            raise EquationError({"zh": f"“{name}”应写成 {wanted}", "en": f"write {name!r} as {wanted}"}, offset)
        return parts


def unknown_name(name: str, known: Iterable[str]) -> dict[str, str]:
    """That there is no such name, with the one that was probably meant."""
    names = list(dict.fromkeys(known))
    likely = closest(name, names)
    zh, en = "", ""
    if likely is not None:
        zh, en = f"，是否指“{likely}”？", f"; did you mean {likely!r}?"
    elif 0 < len(names) <= 12:
        choice = ", ".join(names)
        zh, en = f"，可用：{choice}", f"; known: {choice}"
    return {"zh": f"没有“{name}”{zh}", "en": f"there is no {name!r}{en}"}


def _has(table: FormTable, key: CellKey) -> bool:
    return any(row.key == key[1] and key[2] in row.columns for row in table.rows)


def _placed(path: Sequence[str], offset: int) -> list[tuple[str, int]]:
    """The parts of a dotted name with their offsets."""
    placed = []
    for name in path:
        placed.append((name, offset))
        offset += len(name) + 1
    return placed


def _must_be_known(name: str, offset: int, known: Iterable[str]) -> None:
    known = list(known)
    if name not in known:
        raise EquationError(unknown_name(name, known), offset)
