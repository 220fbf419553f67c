"""How long it takes to find wrong cells: in a very wide table, and where more is wrong than anybody could name.

Times are milliseconds of the processor.
"""

import signal
from collections.abc import Callable, Iterable, Iterator
from random import Random
from time import monotonic, process_time_ns
from typing import Any

import slips

from gilint.diagnosis import Locator

SEED = 20241231
Sheet = dict[tuple[str, str, str], int | None]


def timed(work: Callable[..., Any], *arguments: Any) -> tuple[float, Any]:
    """Milliseconds of the processor, and the result."""
    begun = process_time_ns()
    result = work(*arguments)
    return (process_time_ns() - begun) / 1e6, result


def off(sheet: Sheet, keys: Iterable[Any], chance: Random) -> Sheet:
    return {**sheet, **{key: (sheet[key] or 0) + chance.randrange(1, 10**7) for key in keys}}


def diagonal(sheet: Sheet, length: int) -> Sheet:
    """The same error in so many cells, no two in a row or column: any exchange of them is as good."""
    cells = slips.cells(sheet, next(iter(sheet))[0])
    rows, columns = (list(dict.fromkeys(key[at] for key in cells)) for at in (1, 2))
    wrong = [(cells[0][0], row, column) for row, column in zip(rows[2 : length + 2], columns, strict=False)]
    return {**sheet, **{key: (sheet[key] or 0) + 1000 for key in wrong}}


def worst_cases(name: str, sheet: Sheet, chance: Random) -> Iterator[tuple[str, Sheet]]:
    keys = sorted(sheet)
    for count in (12, 40):
        yield f"{name}, {count} slips of any size", off(sheet, chance.sample(keys, count), chance)
    yield f"{name}, the same error in 6 cells of a diagonal", diagonal(sheet, 6)
    yield f"{name}, every figure wrong", off(sheet, keys, chance)


class Work:
    """What was done to a table, the milliseconds that it took, and what came of it."""

    def __init__(self, name: str, spent: float, outcome: str, limit: float) -> None:
        self.name, self.spent, self.outcome, self.limit = name, spent, outcome, limit


def measure_work(form: Any, bound: Iterable[Any]) -> Iterator[Work]:
    """Compiling and searching: a form with its equalities, and a very wide table."""
    chance = Random(SEED)
    sheet = slips.generated(form, chance, "over 10⁷")
    spent, locator = timed(Locator, form, bound)
    yield Work("the form: compiling", spent, "", 1000)
    for name, spoilt in worst_cases("the form", sheet, chance):
        yield located(name, locator, spoilt, 1000)
    form, bound, sheet = slips.wide(1000, 50, chance)
    spent, locator = timed(Locator, form, bound)
    yield Work(f"1,000 × 50: compiling {len(bound):,} equations", spent, "", 5000)
    for count in (1, 2, 4):
        keys = chance.sample(sorted(sheet), count)
        yield located(f"1,000 × 50, {count} slips", locator, off(sheet, keys, chance), 1000 if count == 1 else 5000)
    for name, spoilt in worst_cases("1,000 × 50", sheet, chance):
        yield located(name, locator, spoilt, 5000)
    yield interrupted(locator, off(sheet, sheet, chance))


def located(name: str, locator: Any, sheet: Sheet, limit: float) -> Work:
    spent, faults = timed(locator.locate, sheet)
    cells = [f"{len(fault.repairs[0].changes)} cells" if fault.repairs else "not located" for fault in faults]
    return Work(name, spent, "; ".join(cells).replace("1 cells", "1 cell"), limit)


def interrupted(locator: Any, sheet: Sheet) -> Work:
    """How long it takes to stop what is at work, as a time limit or Ctrl-C does."""

    class Stopped(Exception):
        pass

    def stop(*_: Any) -> None:
        raise Stopped

    before = signal.signal(signal.SIGALRM, stop)
    begun = monotonic() + 0.05
    signal.setitimer(signal.ITIMER_REAL, 0.05)
    try:
        while True:
            locator.locate(sheet)
    except Stopped:
        return Work(
            "the same, interrupted after 50 ms: the time until it stops", 1000 * (monotonic() - begun), "", 1000
        )
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)
