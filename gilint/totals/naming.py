"""Puts what explains differences into words."""

from __future__ import annotations

from gilint.totals.patterns import OMITTED
from gilint.totals.records import Explanation
from gilint.totals.repairs import PARENT
from gilint.totals.words import listed, say

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from gilint.totals.patterns import Pattern
    from gilint.totals.repairs import Mended
    from gilint.totals.sheet import Sheet


class Namer:
    """The words for the differences of one sheet."""

    def __init__(self, sheet: Sheet, lang: str) -> None:
        self._sheet = sheet
        self._lang = lang

    def pattern(self, found: Pattern) -> Explanation:
        members, others = map(self._names, (found.members, found.others))
        kind = "left-out" if found.sign == OMITTED else "counted-twice"
        title = next((table.title for table in self._sheet.form.tables if table.key == found.area), "")
        where = self._say("in-table", table=title) if title else ""
        text = self._say(kind, where=where, members=self._listed(members), count=len(found.cells))
        if others:
            text += self._say("alike", others=self._listed(others))
        disturbed = sum(at in found.left for at in found.cells)
        if disturbed:
            text += self._say("mostly", count=disturbed)
        return self._explanation(kind, members, others, found.cells, text)

    def repair(self, found: Mended, *, alone: bool = False) -> Explanation:
        """A report that does not tie out; ``alone``: the total is not that of the repaired figures, but clear then."""
        kind = "parent-slip" if found.member == PARENT else "member-slip"
        others = self._names(found.others)
        changes = [(found.member, at, right) for at, right in sorted(found.cells.items())]
        said = "slip-alone" if alone else kind
        text = self._say(said, members=self._name(found.member), changes=self._changes(changes, named=False))
        if others:
            text += self._say("or-slip", others=self._listed(others))
        return self._explanation(kind, self._names([found.member]), others, found.cells, text, changes)

    def missing(self, left: Mapping[int, int], lacking: Sequence[str]) -> Explanation:
        if not lacking:
            return self._explanation("missing-member", (), (), left, self._say("missing-member", count=len(left)))
        text = self._say("missing-unread", count=len(left), members=self._listed(lacking))
        return self._explanation("missing-member", lacking, (), left, text)

    def amount(self, left: Mapping[int, int]) -> Explanation:
        amount = self._sheet.number(abs(next(iter(left.values()))))
        return self._explanation("amount", (), (), left, self._say("amount", count=len(left), amount=amount))

    def figure(self, at: int, candidates: Sequence[tuple[int, int, int]]) -> Explanation:
        changes = [(number, at, right) for number, _, right in candidates]
        names = self._names(number for number, _, _ in candidates)
        text = self._say("figure", changes=self._changes(changes))
        return self._explanation("figure", names[:1], names[1:], (at,), text, changes)

    def too_many(self, at: int) -> Explanation:
        return self._explanation("unexplained", (), (), (at,), self._say("figures-many"))

    def unexplained(self, cells: Sequence[int]) -> Explanation:
        return self._explanation("unexplained", (), (), cells, self._say("unexplained", count=len(cells)))

    # --- parts ------------------------------------------------------------------------------------------------------

    def _explanation(
        self,
        kind: str,
        members: Iterable[str],
        others: Iterable[str],
        cells: Iterable[int],
        text: str,
        changes: Iterable[tuple[int, int, int]] = (),
    ) -> Explanation:
        changed = tuple(
            (self._name(number), *self._sheet.keys[at], self._printed(number, at), self._sheet.number(right))
            for number, at, right in changes
        )
        keys = tuple(self._sheet.keys[at] for at in sorted(cells))
        return Explanation(kind, tuple(members), tuple(others), keys, changed, text)

    def _changes(self, changes: Iterable[tuple[int, int, int]], *, named: bool = True) -> str:
        said = []
        for number, at, right in changes:
            before = self._printed(number, at)
            said.append(
                self._say(
                    "one-change",
                    member=self._name(number) if named else "",
                    cell=self._cell(at),
                    before=self._say("blank") if before is None else before,
                    after=self._sheet.number(right),
                ).strip()
            )
        return self._say("or" if named else "clauses").join(said)

    def _printed(self, number: int, at: int) -> object:
        reading = self._sheet.parent if number == PARENT else self._sheet.members[number]
        return None if reading is None else reading.member.figures.get(self._sheet.keys[at])

    def _cell(self, at: int) -> str:
        table, row, column = self._sheet.keys[at]
        form = self._sheet.form.table(table)
        return self._say("cell", row=form.row(row).label, column=form.column(column).label)

    def _name(self, number: int) -> str:
        return self._say("parent") if number == PARENT else self._sheet.members[number].member.name

    def _names(self, numbers: Iterable[int]) -> tuple[str, ...]:
        return tuple(map(self._name, numbers))

    def _listed(self, names: Iterable[str]) -> str:
        return listed(self._lang, names)

    def _say(self, key: str, **values: object) -> str:
        return say(self._lang, key, **values)
