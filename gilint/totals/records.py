"""What a total says, as frozen records."""

from __future__ import annotations

from gilint.record import Record

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

    from gilint.arithmetic import CellKey, Number
    from gilint.form import Form
    from gilint.model import Failure

ADDED = "added"
REPEATED = "repeated"
PARENT = "parent"
OTHER_YEAR = "other-year"
OTHER_FORM = "other-form"
UNREADABLE = "unreadable"
COULD_NOT_ADD = (OTHER_YEAR, OTHER_FORM, UNREADABLE)
"""What becomes of a member that belongs into the sum and is not in it."""


class OwnFault(Record):
    """Sums that the figures of one report break among themselves.

    ``rules`` are the ids of the rules that say so. ``repairs`` are ways to mend them, the likeliest first: (table, row,
    column, printed, right) for each cell, ``None`` for a blank. ``text`` says the first of them.
    """

    rules: tuple[str, ...]
    repairs: tuple[tuple[tuple[str, str, str, Any, Any], ...], ...]
    text: str


class Member(Record):
    """A report of a total.

    ``path`` is where it was read from, ``place`` where a list of members names it (``members.yaml:3:5``), ``name`` what
    it is called. ``status`` is added, repeated (the same report once more), parent (the report that is to be the sum),
    other-year, other-form or unreadable. ``figures`` are its cells (table, row, column) with an exact number, ``None``
    for a blank; ``unread`` are the cells of the form that hold no number or could not be read. ``note`` says in words
    why it was not added, or what is odd about it; ``error`` why it could not be read.
    """

    path: str
    name: str
    status: str
    issuer: str | None = None
    year: int | None = None
    form: str | None = None
    figures: Mapping[CellKey, Number | None] = {}
    unread: tuple[CellKey, ...] = ()
    faults: tuple[OwnFault, ...] = ()
    note: str = ""
    error: Failure | None = None
    place: str = ""


class TotalCell(Record):
    """A cell of the form in the parent and as the sum of the members.

    ``parent`` is ``None`` where there is no parent or its cell is blank or not read, ``sum`` where a member's cell was
    not read; ``unread`` names who. ``difference`` is parent minus sum, a blank being 0, and ``None`` where either is
    not known.
    """

    table: str
    row: str
    column: str
    parent: Number | None
    sum: Number | None
    difference: Number | None
    unread: tuple[str, ...] = ()


class Explanation(Record):
    """Why cells differ, as far as the figures tell.

    ``kind``: left-out (members that the parent lacks), counted-twice, parent-slip and member-slip (a report that does
    not tie out by itself, and would with the figures that the total calls for), missing-member (the difference looks
    like a whole report), amount (one amount in cells that depend on each other), figure (a figure in one cell looks
    mistyped), or unexplained. ``members`` are the names of those concerned, ``others`` of those that would explain it
    as well. ``cells`` are the differences that are explained; ``changes`` the figures that would be right, as (member,
    table, row, column, printed, right).
    """

    kind: str
    members: tuple[str, ...]
    others: tuple[str, ...]
    cells: tuple[CellKey, ...]
    changes: tuple[tuple[str, str, str, str, Any, Any], ...]
    text: str


class Total(Record):
    """The cells of a form summed over members, beside those of a parent if there is one.

    ``parent`` is ``None`` where there is nothing to compare with. ``blanks`` is how many blank cells were read as 0, in
    the members that were added.
    """

    form: Form | None
    year: int | None
    parent: Member | None
    members: tuple[Member, ...]
    cells: tuple[TotalCell, ...]
    explanations: tuple[Explanation, ...]
    blanks: int = 0

    @property
    def added(self) -> tuple[Member, ...]:
        return tuple(member for member in self.members if member.status == ADDED)

    @property
    def failed(self) -> tuple[Member, ...]:
        """The members that belong into the sum and could not be added."""
        return tuple(member for member in self.members if member.status in COULD_NOT_ADD)

    @property
    def differences(self) -> tuple[TotalCell, ...]:
        return tuple(cell for cell in self.cells if cell.difference)

    @property
    def undecided(self) -> tuple[TotalCell, ...]:
        """The cells of which a figure was not read."""
        return tuple(cell for cell in self.cells if cell.unread)

    @property
    def complete(self) -> bool:
        """Whether everything was read: the parent, all members, all cells; and there are some."""
        readable = self.parent is None or self.parent.status != UNREADABLE
        return readable and bool(self.added and self.cells) and not self.failed and not self.undecided

    @property
    def ties_out(self) -> bool:
        """Whether every cell was read and equals the sum of the members."""
        return self.complete and not self.differences
