"""From broken equalities to the cells behind them: which fewest figures, changed how, would make everything tie out."""

from __future__ import annotations

from gilint.arithmetic import allowance
from gilint.diagnosis.case import Case
from gilint.diagnosis.ranking import Places
from gilint.diagnosis.settling import identity, total_of
from gilint.diagnosis.shifts import lines_of
from gilint.linear import compile_system, components
from gilint.search import MOST

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from gilint.arithmetic import CellKey, Equality, Number
    from gilint.diagnosis.faults import Fault
    from gilint.form import Form
    from gilint.model import Evidence

    Values = Mapping[CellKey, "Number | None"]


class Known:
    """What is known of a report beside its equalities: figures, cells that are right, and what is said elsewhere."""

    def __init__(self, values: Values, pinned: frozenset[CellKey], evidence: Sequence[Evidence]) -> None:
        self.values = values
        self.pinned = pinned
        self.evidence = evidence


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
            Part(form, places, [binding[position] for position in positions])
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
        known = Known(values, pinned, evidence)
        faults = []
        for part in self._parts:
            for fault in part.locate(known, most, interrupted):
                broken = tuple(twin for one in fault.broken for twin in self._twins[identity(one)])
                faults.append(fault.replace(broken=broken))
        return faults


class Part:
    """Equalities that hang together, with the system that they make."""

    def __init__(self, form: Form, places: Places, equalities: Sequence[Equality]) -> None:
        self.form = form
        self.places = places
        self.equalities = equalities
        self.system = compile_system([(one.coefficients, one.constant) for one in equalities])
        self.lines = lines_of(self.system, places)
        self.kinds = [places.kind(key) for key in self.system.cells]
        position = {key: at for at, key in enumerate(self.system.cells)}
        totals = map(total_of, equalities)
        self.total_of_row = [None if total is None else position[total] for total in totals]

    def locate(self, known: Known, most: int, interrupted: Callable[[], bool]) -> list[Fault]:
        values = known.values
        try:
            printed = [values[key] for key in self.system.cells]
        except KeyError:
            return self._restricted(known, most, interrupted)
        numbers = [number or 0 for number in printed]
        residuals = self.system.residuals(numbers)  # type: ignore[arg-type]
        if not any(residuals):
            return []
        allowances = self._allowances(dict(zip(self.system.cells, numbers, strict=True)))
        if all(-most_off <= residual <= most_off for residual, most_off in zip(residuals, allowances, strict=True)):
            return []
        blank = frozenset(at for at, number in enumerate(printed) if number is None) if None in printed else frozenset()
        return Case(self, numbers, blank, known, interrupted, allowances).faults(most)

    def _allowances(self, figures: Mapping[CellKey, Number]) -> list[Number]:
        """How far each equality may be missed."""
        return [
            0
            if one.tolerance is None
            else allowance(one.tolerance, [(factor, figures[key]) for key, factor in one.coefficients.items()])
            for one in self.equalities
        ]

    def _restricted(self, known: Known, most: int, interrupted: Callable[[], bool]) -> list[Fault]:
        """Where cells hold no number, some equalities bind nothing: the rest makes parts of its own."""
        binding = [one for one in self.equalities if all(key in known.values for key in one.coefficients)]
        parts = [
            Part(self.form, self.places, [binding[position] for position in positions])
            for positions in components([one.coefficients for one in binding])
        ]
        return [fault for part in parts for fault in part.locate(known, most, interrupted)]
