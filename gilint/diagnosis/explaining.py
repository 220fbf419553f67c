"""The causes of what is broken in a report: its findings, each with the fault that it is a symptom of."""

from __future__ import annotations

from gilint.arithmetic import MISSING, values_of
from gilint.checks.equations import equalities
from gilint.diagnosis.locate import Locator
from gilint.diagnosis.naming import Namer
from gilint.errors import UsageError
from gilint.figures import absent_cells
from gilint.form import PREVIOUS
from gilint.model import Cause
from gilint.suggest import unknown

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Sequence
    from typing import Any

    from gilint.arithmetic import CellKey, Equality
    from gilint.diagnosis.faults import Fault
    from gilint.form import Form
    from gilint.model import Evidence, Finding, Report
    from gilint.ruleset import Rule

LOCATORS = 64
"""Reports of one form are nearly always bound alike, so as many are never reached in practice."""


class Explainer:
    """Says which cells are behind broken equalities, for the reports of a family; shared freely between threads."""

    def __init__(self) -> None:
        self._locators: dict[Any, Locator] = {}

    def explain(
        self,
        report: Report,
        findings: Sequence[Finding],
        binding: Iterable[Rule],
        selected: Collection[Rule] = (),
        *,
        evidence: Sequence[Evidence] = (),
        pinned: frozenset[CellKey] = frozenset(),
        lang: str = "zh",
    ) -> tuple[Finding, ...]:
        """The findings with their causes and suggestions.

        ``binding`` rules bind the cells, selected or not. ``selected`` are the equations that were judged: where one of
        these compares years and nothing else binds its cells, it tells its candidates by itself, and one that says of
        blanks what belongs there is a symptom of the fault that they are part of.
        """
        values = {key: value for key, value in values_of(report).items() if value is not MISSING}
        bound = equalities(report, binding)
        # A row that is not there holds no figure that could be wrong.
        pinned |= frozenset(absent_cells(report))
        faults = self._locator(report.form, bound).locate(values, pinned, evidence)
        if report.previous is not None:
            # The equality is that evidence itself.
            said = [one for one in evidence if one.source != "previous"]
            for one, own in _across_years(report, findings, bound, selected):
                found = self._locator(report.form, [one]).locate(values, pinned, said)
                faults += [fault.replace(broken=own) for fault in found]
        sums = {rule.id for rule in selected if rule.options.get("report") == "blanks"}
        return attach(report, findings, faults, lang, sums=sums)

    def _locator(self, form: Form, binding: Sequence[Equality]) -> Locator:
        """What locates wrong cells, made once for all reports that are bound alike; making one twice does no harm."""
        key = (form.id, tuple((one.rule, one.at, one.row, one.column, one.constant, one.tolerance) for one in binding))
        locator = self._locators.get(key)
        if locator is None:
            if len(self._locators) >= LOCATORS:
                self._locators.clear()
            locator = self._locators[key] = Locator(form, binding)
        return locator


def _across_years(
    report: Report, findings: Sequence[Finding], bound: Sequence[Equality], selected: Collection[Rule]
) -> Iterator[tuple[Equality, tuple[Equality, ...]]]:
    """Equalities with last year's report that nothing else binds the cells of, each as broken by findings about it.

    An inequality that fails over the same cells is such a finding too.
    """
    rules = {rule.id for rule in selected if rule.options["previous"]}
    about = [(finding.rule, _cells_of(finding)) for finding in findings if finding.rule in rules]
    cells = {key for one in bound for key in one.coefficients}
    for one in equalities(report, selected, across_years=True):
        own = tuple(one.replace(rule=rule, at=keys[0]) for rule, keys in about if one.coefficients.keys() >= set(keys))
        if own and cells.isdisjoint(one.coefficients) and all(_is_in(report.form, key) for key in one.coefficients):
            yield one, own


def _is_in(form: Form, key: CellKey) -> bool:
    """Whether a form has a cell; last year's report may be of another form."""
    rows = (row for table in form.tables if table.key == key[0].removeprefix(PREVIOUS) for row in table.rows)
    return any(row.key == key[1] and key[2] in row.columns for row in rows)


def attach(
    report: Report,
    findings: Sequence[Finding],
    faults: Sequence[Fault],
    lang: str = "zh",
    *,
    sums: Collection[str] = (),
) -> tuple[Finding, ...]:
    """The findings, each with the cause of the fault that it is a symptom of.

    The first finding of a fault carries its suggestions. Findings that belong to no fault stay as they are.
    """
    fault_of = {(one.rule, one.at): number for number, fault in enumerate(faults) for one in fault.broken}
    # What is said of a blank that the likeliest answer fills, or elsewhere where it agrees, has the same reason.
    blanks = {key: number for number, fault in enumerate(faults) for key in _filled(fault)}
    witnesses = {_witness(one): number for number, fault in enumerate(faults) for one in _witnesses(fault)}
    namer = Namer(report, lang)
    causes: dict[int, Cause] = {}
    explained = []
    for finding in findings:
        cells = _cells_of(finding)
        number = fault_of.get((finding.rule, cells[0]), witnesses.get(_witness_of(finding)))
        if number is None and finding.rule in sums:
            number = next((blanks[cell] for cell in cells if cell in blanks), None)
        if number is None:
            explained.append(finding)
        elif number in causes:
            explained.append(finding.replace(cause=causes[number]))
        else:
            fault = faults[number]
            causes[number] = Cause(f"cause-{len(causes) + 1}", namer.explain(fault))
            explained.append(finding.replace(cause=causes[number], suggestions=namer.suggestions(fault)))
    return tuple(explained)


def _filled(fault: Fault) -> Iterable[CellKey]:
    return (key for repair in fault.repairs[:1] for key, before, _ in repair.changes if before is None)


def _witnesses(fault: Fault) -> Sequence[Evidence]:
    return fault.repairs[0].evidence if fault.repairs else ()


def _witness(evidence: Evidence) -> object:
    """What a finding about the same has: its place or, where last year's report says it, the cell there."""
    return evidence.at.address if evidence.source == "previous" else id(evidence.at)


def _witness_of(finding: Finding) -> object:
    last = [one.address for one in finding.related if (one.address.table or "").startswith(PREVIOUS)]
    return last[0] if len(last) == 1 else id(finding.at)


def _cells_of(finding: Finding) -> list[CellKey]:
    """The cell that a finding stands at, and those that it speaks of beside."""
    addresses = [finding.address, *(one.address for one in finding.related)]
    return [(address.table or "", address.row or "", address.column or "") for address in addresses]


def pinned_cells(form: Form, pinned: Collection[str | CellKey]) -> frozenset[CellKey]:
    """Cells that are known to be right, as ``table.row.column`` or as tuples.

    Raises :class:`~gilint.errors.UsageError` for one that the form does not have.
    """
    known = {
        (table.key, row.key or "", column): None
        for table in form.tables
        for row in table.value_rows
        for column in row.columns
    }
    cells = frozenset(tuple(cell.split(".")) if isinstance(cell, str) else tuple(cell) for cell in pinned)
    for cell in sorted(cells):
        if cell not in known:
            raise UsageError(unknown("单元格", "cell", ".".join(cell), [".".join(key) for key in known]))
    return cells  # type: ignore[return-value]
