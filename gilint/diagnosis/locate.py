"""From broken equalities to the cells behind them: which fewest figures, changed how, would make everything tie out."""

from __future__ import annotations

from gilint.arithmetic import decimals
from gilint.diagnosis.faults import Fault, Repair
from gilint.diagnosis.ranking import EVIDENCE, Places, Ranking
from gilint.diagnosis.settling import identity, settle
from gilint.diagnosis.shifts import find_shifts, lines_of
from gilint.linear import compile_system, components
from gilint.search import MOST, Cells, find_changes
from gilint.slips import SHIFTED

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from gilint.arithmetic import CellKey, Equality, Number
    from gilint.form import Form
    from gilint.linear import System
    from gilint.model import Evidence

    Values = Mapping[CellKey, "Number | None"]
    Changes = tuple[tuple[int, int], ...]

ANSWERS = 10
"""More answers than these help nobody."""
OTHERS = 3


class Locator:
    """The equalities that bind a report, compiled once; locates the faults of any number of reports.

    ``equalities`` may state the same twice: it counts once, and each of them is told when it is broken.
    """

    def __init__(self, form: Form, equalities: Iterable[Equality]) -> None:
        self._twins: dict[object, list[Equality]] = {}
        for one in equalities:
            self._twins.setdefault(identity(one), []).append(one)
        places = Places(form)
        binding = [same[0] for same in self._twins.values()]
        self._parts = [
            _Part(form, places, [binding[position] for position in positions])
            for positions in components([one.coefficients for one in binding])
        ]

    def locate(
        self,
        values: Values,
        pinned: frozenset[CellKey] = frozenset(),
        evidence: Sequence[Evidence] = (),
        *,
        most: int = MOST,
        interrupted: Callable[[], bool] = lambda: False,
    ) -> list[Fault]:
        """The faults of a report, none when everything ties out.

        ``values`` holds the number of each cell, ``None`` for a blank one; equalities of a cell that is not in it bind
        nothing. ``pinned`` cells stay as they are. ``evidence`` chooses among answers of as many cells. At most
        ``most`` cells are searched for; ``interrupted`` may stop the search at any time.
        """
        faults = []
        for part in self._parts:
            for fault in part.locate(values, pinned, evidence, most, interrupted):
                broken = tuple(twin for one in fault.broken for twin in self._twins[identity(one)])
                faults.append(fault.replace(broken=broken))
        return faults


class _Part:
    """Equalities that hang together, with the system that they make."""

    def __init__(self, form: Form, places: Places, equalities: Sequence[Equality]) -> None:
        self.form = form
        self.places = places
        self.equalities = equalities
        self.system = compile_system([(one.coefficients, one.constant) for one in equalities])
        self.lines = lines_of(self.system, places)
        self.kinds = [form.table(key[0]).cell_kind(key[1], key[2]) for key in self.system.cells]
        totals = {one.at for one in equalities}
        self.totals = frozenset(at for at, key in enumerate(self.system.cells) if key in totals)

    def locate(
        self,
        values: Values,
        pinned: frozenset[CellKey],
        evidence: Sequence[Evidence],
        most: int,
        interrupted: Callable[[], bool],
    ) -> list[Fault]:
        try:
            numbers: list[Number] = [values[key] + 0 for key in self.system.cells]  # type: ignore[operator,misc]
        except (KeyError, TypeError):
            return self._settled(values, pinned, evidence, most, interrupted)
        if not any(self.system.residuals(numbers)):  # type: ignore[arg-type]
            return []
        return _Case(self, numbers, frozenset(), values, pinned, evidence).faults(most, interrupted)

    def _settled(
        self,
        values: Values,
        pinned: frozenset[CellKey],
        evidence: Sequence[Evidence],
        most: int,
        interrupted: Callable[[], bool],
    ) -> list[Fault]:
        """Where cells are blank or hold no number, some equalities bind no more: the rest makes a system of its own."""
        binding, blank = settle(self.equalities, values)
        faults = []
        for positions in components([one.coefficients for one in binding]):
            part = _Part(self.form, self.places, [binding[position] for position in positions])
            own = frozenset(at for at, key in enumerate(part.system.cells) if key in blank)
            numbers = [values[key] or 0 for key in part.system.cells]
            if any(part.system.residuals(numbers)):  # type: ignore[arg-type]
                faults += _Case(part, numbers, own, values, pinned, evidence).faults(most, interrupted)
        originals = {(one.rule, one.at): one for one in self.equalities}
        return [fault.replace(broken=tuple(originals[one.rule, one.at] for one in fault.broken)) for fault in faults]


class _Case:
    """A part with the figures of one report, in whole numbers of their smallest unit."""

    def __init__(
        self,
        part: _Part,
        numbers: Sequence[Number],
        blank: frozenset[int],
        values: Values,
        pinned: frozenset[CellKey],
        evidence: Sequence[Evidence],
    ) -> None:
        self.part = part
        self.keys: tuple[CellKey, ...] = part.system.cells  # type: ignore[assignment]
        self.blank = blank
        self.printed = values
        self.scale = 10 ** max(map(decimals, numbers))
        self.values = [int(number * self.scale) for number in numbers]
        self.system = part.system
        if self.scale != 1:
            constants = tuple(constant * self.scale for constant in part.system.constants)
            self.system = part.system.replace(constants=constants)
        self.shifts: set[Changes] = set()
        known = set(self.keys)
        self.evidence = [one for one in evidence if any(key in known for read in one.readings for key, _ in read)]
        self.cells = Cells(
            self.values,
            [None if kind == "signed" else 0 for kind in part.kinds],
            [1 if kind == "amount" else self.scale for kind in part.kinds],
            frozenset(at for at, key in enumerate(self.keys) if key in pinned),
        )

    def faults(self, most: int, interrupted: Callable[[], bool]) -> list[Fault]:
        answer = find_changes(self.system, self.cells, most=most, interrupted=interrupted)
        found = list(answer.changes)
        if answer.least > 1 or not found:
            self.shifts = set(find_shifts(self.system, self.cells, self.part.lines))
            found += [one for one in sorted(self.shifts) if one not in found]
        violated = [row for row, residual in enumerate(self.system.residuals(self.values)) if residual]
        if not found:
            return [
                Fault(tuple(self.part.equalities[row] for row in rows), (), (), answer.reason, answer.least)
                for rows in _groups(self.system, violated)
            ]
        return self._apart(found, violated, most)

    def _apart(self, found: Sequence[Changes], violated: Sequence[int], most: int) -> list[Fault]:
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
            ranked = self._ranked(self.values, [part for part in parts if part])
            broken = tuple(self.part.equalities[row] for row in rows)
            others = self._others(ranked, most) if len(groups) == 1 else ()
            faults.append(Fault(broken, tuple(repair for _, repair in ranked[:ANSWERS]), others))
        return faults

    def _others(self, ranked: Sequence[tuple[Changes, Repair]], most: int) -> tuple[Repair, ...]:
        """What else could be wrong where one amount stands wrong in two cells: the other side of the equality.

        It takes more cells, but may well be what happened. So the cells of all short answers are held fast once.
        """
        if ranked[0][1].kind not in ("transferred", "exchanged", "repeated"):
            return ()
        fixed = frozenset(cell for changes, _ in ranked for cell, _ in changes)
        cells = self.cells.replace(pinned=self.cells.pinned | fixed)
        found = find_changes(self.system, cells, most=most).changes
        return tuple(repair for _, repair in self._ranked(self.values, found)[:OTHERS])

    # --- ranking ------------------------------------------------------------------------------------------------

    def _ranked(self, values: Sequence[int], found: Sequence[Changes]) -> list[tuple[Changes, Repair]]:
        """The answers as repairs, the likeliest first."""
        ranking = Ranking(self.system, values, self.blank, self.part.totals, self.part.places)
        ranked = [(changes, self._repair(changes, ranking)) for changes in found]
        ranked.sort(key=lambda one: (one[1].cost, sum(abs(change) for _, change in one[0]), one[0]))
        return ranked

    def _repair(self, changes: Changes, ranking: Ranking) -> Repair:
        if changes in self.shifts:
            cost, kind, kinds = SHIFTED, "shifted", ()
        else:
            cost, kind, kinds = ranking.price(changes)
        proposed = tuple(
            (
                self.keys[cell],
                None if cell in self.blank else self._unscaled(self.values[cell]),
                self._unscaled(self.values[cell] + change),
            )
            for cell, change in sorted(changes, key=lambda one: self.part.places.order(self.keys[one[0]]))
        )
        agreeing, weight = self._weighed(proposed)
        return Repair(proposed, cost - weight, kind, kinds, agreeing)

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
