"""A single check from its start as a process, against an interpreter that does nothing."""

import compileall
import sys

from benchmarks import timing
from benchmarks.parts import EXAMPLES, REPORT, Goal, Measured, Settings, Table, checked, figure
from benchmarks.timing import ROOT

BARE = "`python -c pass`"
LIMITS = {"txt, JSON": 5.0, "txt, terminal": 8.0}


def measure(settings: Settings) -> Measured:
    """Ratios to ``python -c pass`` in the same rounds."""
    # An installed package has its bytecode; a checkout that may not write it would be compiled at each start.
    compileall.compile_dir(ROOT / "gilint", quiet=2)
    corpus = settings.corpus(50)
    commands = {
        BARE: [sys.executable, "-c", "pass"],
        "txt, JSON": checked(REPORT),
        "txt, terminal": checked(REPORT, options=()),
        "txt without a finding, JSON": checked(EXAMPLES / "clean-2024.txt"),
        "html, JSON": checked(corpus / "html" / "r00001.html"),
        "docx, JSON": checked(corpus / "docx" / "r00001.docx"),
    }
    taken = timing.by_turns(commands, settings.rounds)
    bare = timing.walls(taken[BARE])
    rows, goals = [], []
    for name, spent in taken.items():
        walls = timing.walls(spent)
        ratio = timing.ratio(walls, bare)
        limit = LIMITS.get(name)
        if limit is not None:
            goals.append(Goal(f"cold check, {name}: to `python -c pass`", ratio, limit))
        processor = timing.ratio([one.processor for one in spent], [one.processor for one in taken[BARE]])
        target = "" if limit is None else f"≤ {limit:g}"
        rows.append([name, figure(1000 * timing.middle(walls)), figure(ratio), target, figure(processor)])
    return Measured([Table(["`gilint check`", "ms", "× bare", "target", "processor, × bare"], rows)], goals)
