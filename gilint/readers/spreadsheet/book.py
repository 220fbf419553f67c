"""A workbook as its format has it: sheets of cells that hold text, few among the many that do not."""

from __future__ import annotations

from gilint.model import Note, SheetOrigin
from gilint.readers.package import too_much

TYPE_CHECKING = False
if TYPE_CHECKING:
    from gilint.limits import Limits

    Area = tuple[int, int, int, int]
    """First row, first column, last row, last column."""
    Range = tuple[int, int]
    """First and last row, or column."""

MEGABYTE = 1024 * 1024


class Account:
    """What is counted and noted of a workbook while it is read; apart from it, so that its sheets need not know it.

    A workbook and sheets that know each other would stay in memory until the collector of garbage comes by.
    """

    def __init__(self, name: str, limits: Limits) -> None:
        self.name, self.limits = name, limits
        self._notes: dict[str, Note] = {}
        self._cells = self._slots = limits.cells
        self._characters = limits.file_mb * MEGABYTE

    def note(self, kind: str, origin: SheetOrigin | None = None, count: int = 1) -> None:
        known = self._notes.get(kind)
        if known is not None:
            self._notes[kind] = known.replace(count=known.count + count)
        elif count:
            self._notes[kind] = Note(kind, count, origin)

    @property
    def notes(self) -> tuple[Note, ...]:
        return tuple(self._notes.values())

    def take(self, text: str) -> None:
        """Count a cell that holds ``text``."""
        self._cells -= 1
        self._characters -= len(text)
        if self._cells < 0:
            raise self.too_many_cells()
        if self._characters < 0:
            limit = f"{self.limits.file_mb} MB"
            raise too_much(self.name, "单元格里的文字过多", "too much text in cells", "file_mb", limit)

    def take_slots(self, count: int) -> None:
        """Count the slots of a table, blank ones included."""
        self._slots -= count
        if self._slots < 0:
            raise self.too_many_cells()

    def too_many_cells(self) -> Exception:
        return too_much(self.name, "单元格过多", "too many cells", "cells", self.limits.cells)


class Book:
    """What is read of a workbook. Rows and columns count from 0, whatever the format does.

    ``kind`` is the format's name. Beyond the limits of cells and of text, which one string can fill many cells with,
    :meth:`Sheet.put` raises ``InputError`` (``too-large``).
    """

    def __init__(self, name: str, kind: str, limits: Limits) -> None:
        self.name, self.kind, self.limits = name, kind, limits
        self.sheets: list[Sheet] = []
        self.metadata: dict[str, str] = {}
        self._account = Account(name, limits)
        self.note = self._account.note

    def sheet(self, name: str, *, hidden: bool = False) -> Sheet:
        """A new sheet behind those that are there."""
        sheet = Sheet(self._account, name, len(self.sheets), hidden)
        self.sheets.append(sheet)
        return sheet

    @property
    def notes(self) -> tuple[Note, ...]:
        return self._account.notes


class Sheet:
    """A sheet: the texts of its cells, the areas that are merged, the rows and columns that are hidden.

    ``framed`` are blank cells with lines around them, by which people see that a row belongs to a table.
    """

    def __init__(self, account: Account, name: str, number: int, hidden: bool) -> None:
        self.name, self.number, self.hidden = name, number, hidden
        self.cells: dict[tuple[int, int], str] = {}
        self.merged: list[Area] = []
        self.framed = set[tuple[int, int]]()
        self.hidden_rows: list[Range] = []
        self.hidden_columns: list[Range] = []
        self.account = account

    def put(self, row: int, column: int, text: str) -> None:
        """What a cell holds; one of white space holds nothing."""
        if not text or text.isspace():
            return
        if "\r" in text:
            text = text.replace("\r\n", "\n").replace("\r", "\n")
        self.account.take(text)
        self.cells[row, column] = text

    def frame(self, row: int, columns: range) -> None:
        """Cells that are blank and have lines around them; where there are far too many, they mean nothing."""
        if len(self.framed) < self.account.limits.cells:
            self.framed.update((row, column) for column in columns[: self.account.limits.table_columns])

    def origin(self, row: int, column: int) -> SheetOrigin:
        return SheetOrigin(self.name, self.number, row, column)
