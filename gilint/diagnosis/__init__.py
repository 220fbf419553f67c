"""From broken equalities to the cells behind them: which fewest figures, changed how, would make everything tie out.

Findings say what does not add up; the cause is often one wrong cell. Nothing here changes a figure: it proposes.

``locate`` finds the cells (with :mod:`gilint.search`), ``settling`` says what blanks mean for it, ``shifts`` looks for
figures that slipped by one cell, ``ranking`` orders the answers, ``naming`` puts them into words, ``explaining`` gives
each finding its cause.
"""

from __future__ import annotations

from gilint.diagnosis.explaining import Explainer as Explainer
from gilint.diagnosis.explaining import attach as attach
from gilint.diagnosis.explaining import pinned_cells as pinned_cells
from gilint.diagnosis.faults import Fault as Fault
from gilint.diagnosis.faults import Repair as Repair
from gilint.diagnosis.locate import Locator as Locator
