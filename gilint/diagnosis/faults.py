"""What a diagnosis says before it is put into words."""

from __future__ import annotations

from gilint.record import Record

TYPE_CHECKING = False
if TYPE_CHECKING:
    from gilint.arithmetic import CellKey, Equality, Number
    from gilint.model import Evidence

    Change = tuple[CellKey, Number | None, Number]

SINGLE = "single"
SEVERAL = "several"


class Repair(Record):
    """Changes that make broken equalities hold: (cell, printed, proposed) each; a blank cell prints ``None``.

    ``cost`` is what it takes to believe in them, in tenths of a slip. ``kind`` is the slip that explains all of them at
    once: single, exchanged, transferred, repeated, shifted or filled (totals left blank), else several. ``slips`` are
    the kinds of the single changes, ``evidence`` is what says the same from outside of the table.
    """

    changes: tuple[Change, ...]
    cost: int
    kind: str = SEVERAL
    slips: tuple[str, ...] = ()
    evidence: tuple[Evidence, ...] = ()


class Fault(Record):
    """Equalities that are broken for one reason.

    ``repairs`` are all ways with the fewest cells, the likeliest first, ``others`` a longer reading of the same
    pattern. Without repairs ``reason`` says why: ``more`` (it takes more cells than can be told apart), ``steps`` or
    ``interrupted`` (the work was cut short). ``least`` is how many cells are wrong at least, in all that hangs together
    with this fault.
    """

    broken: tuple[Equality, ...]
    repairs: tuple[Repair, ...]
    others: tuple[Repair, ...] = ()
    reason: str = ""
    least: int = 0
