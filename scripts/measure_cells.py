"""How well gilint says which cell is wrong: slips of every kind in published and in generated tables.

``python scripts/measure_cells.py`` prints tables in Markdown and ends with 1 when a target is missed. ``--quick`` takes
fewer tables and slips, ``--full`` many more; ``--misses FILE`` writes down every answer that was not right. Seeds are
fixed: only the times differ between runs.

*Noticed*: a fault is told. *First*: the first answer is the slip undone, every cell with its right figure. *Among*: it
is one of the answers. *As plain*: the first answer takes as few cells and as common slips, so that nothing in the table
can tell. *One answer, wrong*: a single answer is given, and it is not the truth. Times are those of ``Locator.locate``
on a whole report, in milliseconds of the processor.
"""

import argparse
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from random import Random
from statistics import median
from typing import TextIO

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]

import slips  # noqa: E402
import tallies  # noqa: E402
import told  # noqa: E402
from judging import Judge, Tally  # noqa: E402
from measure_work import measure_work  # noqa: E402
from slips import DISPUTES, REQUESTS  # noqa: E402
from tallies import AS_PRINTED, BLANKS, FULL, QUICK, SEED, STYLES, USUAL, ZEROS, Bench, Effort  # noqa: E402

# --- the same bytes ---------------------------------------------------------------------------------------------------


def answers(bench: Bench) -> Iterator[str]:
    """Everything that is answered to some slips of every kind."""
    chance = Random(SEED)
    for subject in bench.subjects(QUICK):
        made = [
            *tallies.figures_slipped(subject, REQUESTS, QUICK, chance),
            *tallies.joint_slips(subject, QUICK, chance),
        ]
        made += [*tallies.figures_slipped(subject, DISPUTES, QUICK, chance), *tallies.shifts(subject, QUICK, chance)]
        for count in (2, 3, 4, 5):
            made += tallies.several(subject, count, 1, chance)
        for slip in chance.sample(made, 20):
            yield f"{subject.name}, {slip.kind}: {subject.locator.locate(slips.spoilt(subject.sheet, slip))!r}"


def hash_seeds_agree() -> tuple[bool, int]:
    """Whether two processes with other hash seeds answer byte for byte the same; and the bytes."""
    outputs = []
    for seed in ("1", "2"):
        environment = {**os.environ, "PYTHONHASHSEED": seed}
        command = [sys.executable, __file__, "--answers"]
        outputs.append(subprocess.run(command, env=environment, check=True, capture_output=True).stdout)
    return outputs[0] == outputs[1], len(outputs[0])


# --- printing ---------------------------------------------------------------------------------------------------------

KINDS = {
    "substituted": "one digit wrong",
    "missing": "one digit missing",
    "extra": "one digit too many",
    "swapped": "two digits swapped",
    "zero": "0 for a number",
    "moved, column": "in the neighbouring column, which was 0",
    "moved, row": "in the neighbouring row, which was 0",
    "moved over, column": "in the neighbouring column, over its number",
    "moved over, row": "in the neighbouring row, over its number",
    "exchanged, column": "neighbours in a row exchanged",
    "exchanged, row": "neighbours in a column exchanged",
    "2 independent": "2 independent slips",
    "3 independent": "3 independent slips",
    "4 independent": "4 independent slips",
    "5 to 8 independent": "5 to 8 independent slips",
    "9 to 16 independent": "9 to 16 independent slips",
    "row shifted": "a row shifted by a column, not its total",
    "row and total shifted": "a row shifted by a column with its total",
    "rows shifted": "two rows shifted by a column",
    "column shifted": "five cells of a column shifted by a row",
}

HEAD = (
    "| slip | noticed | first | among | first, or as plain | one answer, wrong | median ms | worst ms |",
    "|---|--:|--:|--:|--:|--:|--:|--:|",
)


class Targets:
    """What was wanted and what was measured."""

    def __init__(self) -> None:
        self.missed: list[str] = []

    def least(self, name: str, percent: float, wanted: float) -> None:
        if percent < wanted:
            self.missed.append(f"{name}: {percent:.2f} %, not {wanted:g} %")

    def most(self, name: str, spent: float, wanted: float) -> None:
        if spent > wanted:
            self.missed.append(f"{name}: {spent:.2f} ms, not {wanted:g} ms")


def counted(count: int, tally: Tally) -> str:
    return f"{count:,}/{tally.cases:,} ({tally.share(count):.4g} %)"


def print_slips(title: str, found: tallies.Tallies) -> None:
    print(f"\n**{title}**\n", *HEAD, sep="\n")
    for kind in (kind for kind in KINDS if kind in found and found[kind].cases):
        one = found[kind]
        counts = (one.noticed, one.first, one.among, one.first + one.plain, one.misled)
        times = f"{median(one.times):.2f}", f"{max(one.times):.1f}"
        cells = (KINDS[kind], *(counted(count, one) for count in counts), *times)
        print(f"| {' | '.join(cells)} |")
    skipped = sum(tally.skipped for tally in found.values())
    print(f"\n{skipped:,} slips changed no figure and are left out.")


def print_requests(bench: Bench, judge: Judge, effort: Effort, targets: Targets) -> None:
    styles = tallies.measured(judge, tallies.in_requests(bench, effort))
    for style, found in zip(STYLES, styles, strict=True):
        print_slips(f"Table of requests, {style}", found)
        for kind in tallies.MANY:
            print(f"{KINDS[kind]}: {counted(found[kind].unlocated, found[kind])} with a part told as not located.")
    hold({kind: styles[ZEROS][kind] + styles[BLANKS][kind] for kind in KINDS}, targets)


def hold(found: tallies.Tallies, targets: Targets) -> None:
    """Hold what was measured of complete tables, whatever they print for zero, against what is wanted."""
    for kind, one in found.items():
        targets.least(f"{KINDS[kind]}, noticed", one.share(one.noticed), 100)
    for kind in slips.DIGITS:
        targets.least(f"{KINDS[kind]}, first", found[kind].share(found[kind].first), 100)
        targets.most(f"{KINDS[kind]}, median", median(found[kind].times), 0.3)
    beside, two = found["moved, column"], found["2 independent"]
    targets.least(f"{KINDS['moved, column']}, first", beside.share(beside.first), 97)
    for count, limit in ((2, 1), (3, 20), (4, 20)):
        one, name = found[f"{count} independent"], KINDS[f"{count} independent"]
        targets.least(f"{name}, among", one.share(one.among), 99)
        targets.least(f"{name}, first", one.share(one.first), 95)
        targets.most(f"{name}, median", median(one.times), limit)
    targets.least("2 independent slips, no false answer above the truth", two.share(two.cases - two.outranked), 99)


def print_disputes(bench: Bench, judge: Judge, effort: Effort, targets: Targets) -> None:
    styles = tallies.measured(judge, tallies.in_disputes(bench, effort))
    for style, found in zip(STYLES[:AS_PRINTED], styles, strict=False):
        print_slips(f"Table of disputes, {style}", found)
        for kind, one in found.items():
            targets.least(f"disputes, {style}: {KINDS[kind]}, noticed", one.share(one.noticed), 100)


def print_linter(bench: Bench, effort: Effort, misses: TextIO | None, targets: Targets) -> None:
    sound = told.sound_reports(bench, effort)
    rows = [
        ("no defect, zeros blank in any pattern: nothing about sums", sound, sound.cases - sound.noticed, 100),
        ("no defect, zeros blank in any pattern: at most one about blanks in a table", sound, sound.first, 100),
    ]
    for name, tally in told.linted(bench, effort, misses).items():
        several = name in ("two figures wrong", "one wrong and one left blank")
        rows.append((f"{name}: noticed", tally, tally.noticed, 100))
        rows.append((f"{name}: told first what belongs there", tally, tally.first, 95 if several else 100))
    print("\n**Through the linter**\n\n| report | as it should be |\n|---|--:|")
    for name, tally, count, wanted in rows:
        print(f"| {name} | {counted(count, tally)} |")
        targets.least(name, tally.share(count), wanted)


def print_undecidable(bench: Bench, effort: Effort, misses: TextIO | None, targets: Targets) -> None:
    names = {"disputes": "a group of disputes: total and four parts", "stock": "documents in force, with last year's"}
    print("\n**Equations that notice but cannot locate**\n")
    print("| equation | noticed | first | among | says that it cannot tell |\n|---|--:|--:|--:|--:|")
    for kind, one in told.undecidable(bench, effort, misses).items():
        counts = (counted(count, one) for count in (one.noticed, one.first, one.among, one.plain))
        print(f"| {' | '.join((names[kind], *counts))} |")
        targets.least(f"{names[kind]}: noticed", one.share(one.noticed), 100)
        targets.least(f"{names[kind]}: says that it cannot tell", one.share(one.plain), 100)


def print_work(bench: Bench, targets: Targets) -> None:
    print("\n**Work**\n\n| table | ms | outcome |\n|---|--:|---|")
    for one in measure_work(bench.forms["2021"], bench.equalities["2021"]):
        print(f"| {one.name} | {one.spent:.1f} | {one.outcome} |")
        targets.most(one.name, one.spent, one.limit)


def measured(effort: Effort, misses: TextIO | None = None) -> int:
    """Measure and print; 1 when a target was missed."""
    bench, judge, targets = Bench(), Judge(misses), Targets()
    print_requests(bench, judge, effort, targets)
    print_disputes(bench, judge, effort, targets)
    print_linter(bench, effort, misses, targets)
    print_undecidable(bench, effort, misses, targets)
    print_work(bench, targets)
    same, length = hash_seeds_agree()
    print(f"\nTwo processes, two hash seeds: {length:,} bytes of answers, {'identical' if same else 'DIFFERENT'}.")
    targets.missed += [] if same else ["two hash seeds answer differently"]
    for line in targets.missed:
        print(f"missed: {line}")
    return 1 if targets.missed else 0


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    effort = parser.add_mutually_exclusive_group()
    effort.add_argument("--quick", dest="effort", action="store_const", const=QUICK, default=USUAL)
    effort.add_argument("--full", dest="effort", action="store_const", const=FULL)
    parser.add_argument(
        "--misses",
        type=argparse.FileType("w", encoding="utf-8"),
        metavar="FILE",
        help="write down what was not answered right",
    )
    parser.add_argument("--answers", action="store_true", help="print only what is answered to some slips")
    arguments = parser.parse_args()
    if arguments.answers:
        print(*answers(Bench()), sep="\n")
        return 0
    return measured(arguments.effort, arguments.misses)


if __name__ == "__main__":
    sys.exit(main())
