"""From broken equalities to the cells behind them: which fewest figures, changed how, would make everything tie out.

Findings say what does not add up; the cause is often one wrong cell. Nothing here changes a figure: it proposes.

``locate`` finds the cells (with :mod:`gilint.search`), ``settling`` says what blanks mean for it, ``shifts`` looks for
figures that slipped by one cell, ``ranking`` orders the answers, ``naming`` puts them into words.
"""

from __future__ import annotations

from gilint.diagnosis.faults import Fault as Fault
from gilint.diagnosis.faults import Repair as Repair
from gilint.diagnosis.locate import Locator as Locator
from gilint.diagnosis.naming import Namer
from gilint.model import Cause

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from gilint.arithmetic import CellKey
    from gilint.model import Finding, Report


def attach(report: Report, findings: Sequence[Finding], faults: Sequence[Fault], lang: str = "zh") -> tuple[Finding, ...]:
    """The findings, each with the cause of the fault that it is a symptom of.

    The first finding of a fault carries its suggestions. Findings that belong to no fault stay as they are.
    """
    fault_of = {(one.rule, one.at): number for number, fault in enumerate(faults) for one in fault.broken}
    namer = Namer(report, lang)
    causes: dict[int, Cause] = {}
    explained = []
    for finding in findings:
        number = fault_of.get((finding.rule, _cell_of(finding)))
        if number is None:
            explained.append(finding)
        elif number in causes:
            explained.append(finding.replace(cause=causes[number]))
        else:
            fault = faults[number]
            causes[number] = Cause(f"cause-{len(causes) + 1}", namer.explain(fault))
            explained.append(finding.replace(cause=causes[number], suggestions=namer.suggestions(fault)))
    return tuple(explained)


def _cell_of(finding: Finding) -> CellKey:
    address = finding.address
    return address.table or "", address.row or "", address.column or ""
