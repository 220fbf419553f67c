"""One report's figures in equalities that hang together: what is broken, and what would mend it."""

from __future__ import annotations

from gilint.arithmetic import decimals
from gilint.diagnosis.faults import SEVERAL, Fault, Repair
from gilint.diagnosis.ranking import EVIDENCE, Ranking
from gilint.diagnosis.settling import Settlement
from gilint.diagnosis.shifts import find_shifts
from gilint.linear import components
from gilint.search import Budget, Cells, find_changes
from gilint.slips import BLANK, COST, SHIFTED

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from gilint.arithmetic import CellKey, Number
    from gilint.diagnosis.faults import Change
    from gilint.diagnosis.locate import Known, Part
    from gilint.linear import System
    from gilint.model import Evidence

    Values = Mapping[CellKey, "Number | None"]
    Changes = tuple[tuple[int, int], ...]

ANSWERS = 10
"""More answers than these help nobody."""
OTHERS = 3
ASSURED = 4
"""Up to so many wrong cells the fewest are nearly always the wrong ones."""
FREELY = 18
"""What a change costs on average where most are no slips at all."""
SIDED = ("exchanged", "transferred", "repeated")
"""Kinds of slips that may as well have happened on the other side of the equalities."""


class Case:
    """A part with the figures of one report, as whole numbers of their smallest unit."""

    def __init__(
        self,
        part: Part,
        numbers: Sequence[Number],
        blank: frozenset[int],
        known: Known,
        interrupted: Callable[[], bool],
        allowances: Sequence[Number] = (),
    ) -> None:
        self.part = part
        self.keys: tuple[CellKey, ...] = part.system.cells
        self.blank = blank
        self.printed = known.values
        self.budget = Budget(interrupted=interrupted)
        self.scale = int(10 ** max(map(decimals, numbers)))
        self.values = [int(number * self.scale) for number in numbers]
        self.system = part.system
        if self.scale != 1:
            constants = tuple(constant * self.scale for constant in part.system.constants)
            self.system = part.system.replace(constants=constants)
        if any(allowances):
            self.system = _evened(self.system, self.values, [int(most_off * self.scale) for most_off in allowances])
        self.residuals = self.system.residuals(self.values)
        cells = set(self.keys)
        self.evidence = [one for one in known.evidence if any(key in cells for read in one.readings for key, _ in read)]
        self.cells = Cells(
            self.values,
            [None if kind == "signed" else 0 for kind in part.kinds],
            [1 if kind == "amount" else self.scale for kind in part.kinds],
            frozenset(at for at, key in enumerate(self.keys) if key in known.pinned),
        )
        self.shifts: set[Changes] = set()
        self.filled: dict[Changes, int] = {}

    def faults(self, most: int) -> list[Fault]:
        violated = [row for row, residual in enumerate(self.residuals) if residual]
        unknown = {
            total: row for row in violated if (total := self.part.total_of_row[row]) is not None and total in self.blank
        }
        answer = find_changes(self.system, self.cells, most=most, budget=self.budget)
        found = list(answer.changes)
        if answer.least > 1 or not found:
            self.shifts = set(find_shifts(self.system, self.cells, self.part.lines, self.residuals))
            found += [one for one in sorted(self.shifts) if one not in found]
        if unknown:
            settlement = Settlement(self.system, unknown)
            fills = self._plain_fills(settlement)
            if fills:
                return [self._unfilled(fills, violated)]
            found = self._settled(settlement, unknown, found, most)
        if found:
            least = min(map(len, found)) if unknown else answer.least
            return self._apart(found, violated, least, most)
        groups = _groups(self.system, violated)
        if len(groups) > 1:
            return [fault for rows in groups for fault in self._with_only(rows).faults(most)]
        return [Fault(tuple(self.part.equalities[row] for row in violated), (), (), answer.reason, answer.least)]

    def _with_only(self, rows: Sequence[int]) -> Case:
        """This case with only these equalities broken: the others hold as they are, and must go on doing so."""
        case = Case.__new__(Case)
        vars(case).update(vars(self))
        own = [residual if row in rows else 0 for row, residual in enumerate(self.residuals)]
        constants = zip(self.system.constants, self.residuals, own, strict=True)
        case.system = self.system.replace(constants=tuple(one - before + after for one, before, after in constants))
        case.residuals = own
        return case

    # --- blank totals -----------------------------------------------------------------------------------------------

    def _plain_fills(self, settlement: Settlement) -> Changes:
        """What the unknown totals must hold, if they are all that is wrong."""
        values = [self.values[cell] for cell in settlement.system.cells]
        if any(settlement.system.residuals(values)):
            return ()
        return tuple(sorted((settlement.fills(self.values, {}) or {}).items()))

    def _unfilled(self, fills: Changes, violated: Sequence[int]) -> Fault:
        """Totals that were left blank, and nothing else: what belongs there follows from their parts."""
        repair = Repair(self._proposed(fills), COST[BLANK] * len(fills), "filled")
        return Fault(tuple(self.part.equalities[row] for row in violated), (repair,))

    def _settled(
        self, settlement: Settlement, unknown: Mapping[int, int], found: Sequence[Changes], most: int
    ) -> list[Changes]:
        """The answers where totals are blank: those ``found``, and those that fill these totals as need be.

        A total that holds what its parts as printed make is told by a rule of its own, so its filling is left out of
        an answer, though not out of its cost.
        """
        plain = settlement.fills(self.values, {}) or {}
        system, known = settlement.system, self.cells
        cells = Cells(
            [known.values[cell] for cell in system.cells],
            [known.minimum[cell] for cell in system.cells],
            [known.step[cell] for cell in system.cells],
            frozenset(at for at, cell in enumerate(system.cells) if cell in known.pinned),
        )
        answer = find_changes(system, cells, most=most, budget=self.budget)
        whole = [dict(changes) for changes in found]
        for changes in answer.changes:
            own = {system.cells[cell]: change for cell, change in changes}
            fills = settlement.fills(self.values, own)
            if fills is not None:
                whole.append({**own, **{cell: value for cell, value in fills.items() if value}})
        ranking = self._ranking()
        priced: dict[Changes, tuple[int, int]] = {}
        for one in whole:
            full = tuple(sorted(one.items()))
            cost, kind, _ = ranking.price(full)
            told = [cell for cell in one if cell in unknown and one[cell] == plain.get(cell)]
            if kind == "exchanged":
                told = []  # the figure is not missing, it stands next door
            changes = tuple((cell, change) for cell, change in full if cell not in told)
            if changes:
                figures = 1 if kind == "exchanged" else sum(cell not in self.blank for cell, _ in changes)
                priced[changes] = figures, cost
                self.filled[changes] = COST[BLANK] * len(told)
        # Filling a blank weighs less than changing a figure, but many fillings more than a few slips.
        fewest = min(priced.values(), default=(0, 0))
        return [
            changes
            for changes, (figures, cost) in priced.items()
            if changes in self.shifts or figures == fewest[0] or cost < fewest[1]
        ]

    # --- faults -----------------------------------------------------------------------------------------------------

    def _apart(self, found: Sequence[Changes], violated: Sequence[int], least: int, most: int) -> list[Fault]:
        """Faults for the answers: cells that no equality ties together are wrong for reasons of their own."""
        changed = {cell for changes in found for cell, _ in changes}
        tied = [[cell for cell, _ in row if cell in changed] for row in self.system.rows]
        groups = [
            ([row for row in rows if row in violated], {cell for row in rows for cell in tied[row]})
            for rows in components(tied)
        ]
        groups = [(rows, own) for rows, own in groups if rows and own]
        faults = []
        for rows, own in groups:
            parts = dict.fromkeys(tuple(one for one in changes if one[0] in own) for changes in found)
            ranked = self._ranked([part for part in parts if part])
            broken = tuple(self.part.equalities[row] for row in rows)
            if _is_made_up(ranked[0][1]):
                faults.append(Fault(broken, (), (), "more", least))
                continue
            others = self._others(ranked, most) if len(groups) == 1 else ()
            faults.append(Fault(broken, tuple(repair for _, repair in ranked[:ANSWERS]), others, "", least))
        return faults

    def _others(self, ranked: Sequence[tuple[Changes, Repair]], most: int) -> tuple[Repair, ...]:
        """What else could be wrong where two columns are off by one amount: the other side of their equalities.

        It takes more cells, but may well be what happened. So the cells of all short answers are held fast once.
        """
        best = ranked[0][1]
        if best.kind not in SIDED or best.evidence or any(before is None for _, before, _ in best.changes):
            return ()
        (_, row, first), (_, other_row, second) = (key for key, *_ in best.changes)
        if row != other_row or (best.kind == "exchanged" and all(before for _, before, _ in best.changes)):
            return ()
        fixed = frozenset(cell for changes, _ in ranked for cell, _ in changes)
        elsewhere = frozenset(at for at, key in enumerate(self.keys) if key[2] not in (first, second))
        cells = self.cells.replace(pinned=self.cells.pinned | fixed | elsewhere)
        found = find_changes(self.system, cells, most=most, budget=self.budget).changes
        return tuple(repair for _, repair in self._ranked(found)[:OTHERS])

    # --- ranking ----------------------------------------------------------------------------------------------------

    def _ranked(self, found: Sequence[Changes]) -> list[tuple[Changes, Repair]]:
        """The answers as repairs, the likeliest first."""
        ranking = self._ranking()
        ranked = [(changes, self._repair(changes, ranking)) for changes in found]
        ranked.sort(key=lambda one: (one[1].cost, self._extent(one[0]), one[0]))
        return ranked

    def _ranking(self) -> Ranking:
        rows = zip(self.part.total_of_row, self.residuals, strict=True)
        unfilled = frozenset(total for total, residual in rows if total is not None and residual)
        return Ranking(self.system, self.values, self.blank, unfilled, self.part.places)

    def _extent(self, changes: Changes) -> int:
        return sum(abs(change) for cell, change in changes if cell not in self.blank)

    def _repair(self, changes: Changes, ranking: Ranking) -> Repair:
        if changes in self.shifts:
            priced: tuple[int, str, tuple[str, ...]] = (SHIFTED, "shifted", ())
        else:
            priced = ranking.price(changes)
        cost, kind, kinds = priced
        proposed = self._proposed(changes)
        agreeing, weight = self._weighed(proposed)
        return Repair(proposed, cost + self.filled.get(changes, 0) - weight, kind, kinds, agreeing)

    def _proposed(self, changes: Changes) -> tuple[Change, ...]:
        """Changes in the order of the table, with what is printed and what is proposed."""
        return tuple(
            (
                self.keys[cell],
                None if cell in self.blank else self._unscaled(self.values[cell]),
                self._unscaled(self.values[cell] + change),
            )
            for cell, change in sorted(changes, key=lambda one: self.part.places.order(self.keys[one[0]]))
        )

    def _weighed(self, proposed: Sequence[tuple[CellKey, Number | None, Number]]) -> tuple[tuple[Evidence, ...], int]:
        """The evidence that agrees with the changes and not with the print, and what all evidence counts for them."""
        after: dict[CellKey, Number | None] = {key: value for key, _, value in proposed}
        agreeing = []
        weight = 0
        for one in self.evidence:
            if not any(key in after for reading in one.readings for key, _ in reading):
                continue
            before_holds, after_holds = _holds(one, self.printed, {}), _holds(one, self.printed, after)
            if after_holds and not before_holds:
                agreeing.append(one)
            weight += EVIDENCE * (after_holds - before_holds)
        return tuple(agreeing), weight

    def _unscaled(self, value: int) -> Number:
        if value % self.scale == 0:
            return value // self.scale
        from decimal import Decimal

        return Decimal(value) / self.scale


def _is_made_up(best: Repair) -> bool:
    """Whether an answer changes so many figures so freely that nobody would have erred like that."""
    return len(best.changes) > ASSURED and best.kind == SEVERAL and best.cost > FREELY * len(best.changes)


def _evened(system: System, values: Sequence[int], allowances: Sequence[int]) -> System:
    """The system with what rounding may have made taken out of it, so that the search can go on being exact.

    Equalities that are missed by no more than their allowance hold; those that are missed by more are missed by as
    much as one that leaves less room, where they differ from it by no more than their own allowance.
    """
    constants = list(system.constants)
    residuals = system.residuals(values)
    amounts: list[int] = []
    for row in sorted(range(len(constants)), key=lambda row: allowances[row]):
        size = abs(residuals[row])
        near = next((amount for amount in (0, *amounts) if abs(amount - size) <= allowances[row]), size)
        constants[row] += (near - size) * (1 if residuals[row] > 0 else -1)
        if near == size and size:
            amounts.append(size)
    return system.replace(constants=tuple(constants))


def _groups(system: System, violated: Sequence[int]) -> list[list[int]]:
    """Violated equalities in groups that share no cell."""
    return [
        [violated[position] for position in positions]
        for positions in components([[cell for cell, _ in system.rows[row]] for row in violated])
    ]


def _holds(evidence: Evidence, printed: Values, changed: Values) -> bool:
    """Whether one of the readings of a number that is said elsewhere equals it, with some cells changed."""
    for reading in evidence.readings:
        total: Number = 0
        for key, coefficient in reading:
            value = changed[key] if key in changed else printed.get(key, 0)
            total += coefficient * (value or 0)
        if total == evidence.value:
            return True
    return False
