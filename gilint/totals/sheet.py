"""The figures of a total as whole numbers of their smallest unit, one place a cell: sums and differences."""

from __future__ import annotations

from gilint.arithmetic import decimals
from gilint.totals.reading import cells_of
from gilint.totals.records import TotalCell
from gilint.totals.words import say

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from gilint.arithmetic import CellKey, Equality, Number
    from gilint.form import Form
    from gilint.totals.reading import Reading


class Sheet:
    """``members`` are added, ``parent`` is compared with their sum; a blank is 0.

    ``figures`` holds the numbers of each member and ``printed`` those of the parent, by the places of ``keys``;
    ``unread`` who has no number at a place, and ``differences`` parent minus sum where that is known and not 0.
    """

    def __init__(self, form: Form, parent: Reading | None, members: Sequence[Reading], lang: str) -> None:
        self.form = form
        self.keys: list[CellKey] = cells_of(form)
        self.place = {key: at for at, key in enumerate(self.keys)}
        self.members = members
        self.parent = parent
        everyone = members if parent is None else [parent, *members]
        numbers = (number for one in everyone for number in one.member.figures.values() if number is not None)
        self.scale = int(10 ** max(map(decimals, numbers), default=0))
        self.figures = [self._numbers(one) for one in members]
        self.printed = self._numbers(parent) if parent is not None else [0] * len(self.keys)
        self.unread: dict[int, list[str]] = {}
        named = [(one.member.name, one) for one in members]
        if parent is not None:
            named.insert(0, (say(lang, "parent"), parent))
        for name, one in named:
            for key in one.member.unread:
                self.unread.setdefault(self.place[key], []).append(name)
        self.sums = [sum(column) for column in zip(*self.figures, strict=True)] or [0] * len(self.keys)
        self.differences: dict[int, int] = {}
        if parent is not None:
            self.differences = {
                at: printed - self.sums[at]
                for at, printed in enumerate(self.printed)
                if printed != self.sums[at] and at not in self.unread
            }

    @property
    def bound_of_parent(self) -> tuple[Equality, ...]:
        return () if self.parent is None else self.parent.bound

    @property
    def blanks(self) -> int:
        return sum(number is None for one in self.members for number in one.member.figures.values())

    def _numbers(self, reading: Reading) -> list[int]:
        figures = reading.member.figures
        return [int((figures.get(key) or 0) * self.scale) for key in self.keys]

    def number(self, value: int) -> Number:
        """A whole number of the smallest unit as the figure that it stands for."""
        if value % self.scale == 0:
            return value // self.scale
        from decimal import Decimal

        digits = len(str(self.scale)) - 1
        sign, text = ("-" if value < 0 else ""), str(abs(value)).rjust(digits + 1, "0")
        # As text, because a quotient would be rounded to the digits of the context.
        return Decimal(f"{sign}{text[:-digits]}.{text[-digits:].rstrip('0')}")

    def cells(self) -> tuple[TotalCell, ...]:
        return tuple(self._cell(at, key) for at, key in enumerate(self.keys))

    def _cell(self, at: int, key: CellKey) -> TotalCell:
        parent = None if self.parent is None else self.parent.member.figures.get(key)
        unread = tuple(self.unread.get(at, ()))
        mine = self.parent is not None and key in self.parent.member.unread
        known = len(unread) == int(mine) and bool(self.members)
        total = self.number(self.sums[at]) if known else None
        difference = None
        if self.parent is not None and not unread and self.members:
            difference = self.number(self.differences.get(at, 0))
        return TotalCell(*key, parent, total, difference, unread)
