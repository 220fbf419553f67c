"""What becomes of slips: tables and reports of every kind, judged against what was right before."""

import sys
from collections.abc import Iterable, Iterator
from itertools import product
from pathlib import Path
from random import Random
from time import process_time_ns
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]

import slips  # noqa: E402
from slips import DISPUTES, REQUESTS, Slip  # noqa: E402

from gilint.diagnosis import Locator  # noqa: E402

SEED = 20241231
FORMS = ("2021", "2019")
Sheet = dict[tuple[str, str, str], int | None]


class Effort:
    """How much is measured: generated tables of a form and size; in each table so many cells with every misprint, slips
    of each other kind, and reports for the linter; and whether every digit is tried or one by chance."""

    def __init__(self, tables: int, cells: int, slips: int, linted: int, every_digit: bool = False) -> None:
        self.tables, self.cells, self.slips, self.linted = tables, cells, slips, linted
        self.every_digit = every_digit


QUICK, USUAL, FULL = Effort(1, 20, 6, 3), Effort(3, 1000, 40, 12), Effort(10, 1000, 200, 60, every_digit=True)


class Subject:
    """A sheet that ties out, and the locator of its form."""

    def __init__(self, name: str, form: Any, locator: Any, sheet: Sheet) -> None:
        self.name, self.form, self.locator, self.sheet = name, form, locator, sheet


# --- tables -----------------------------------------------------------------------------------------------------------


class Bench:
    """For every form its locator, made of the rules that the pack ships."""

    def __init__(self) -> None:
        self.locators = {}
        self.forms, self.equalities = {}, {}
        for name in FORMS:
            self.forms[name], self.equalities[name] = slips.bound(name)
            self.locators[name] = Locator(*slips.bound(name))

    def subjects(self, effort: Effort) -> Iterator[Subject]:
        """Published tables and generated ones of each form and size, with zeros printed and with zeros left blank."""
        chance = Random(SEED)
        for entry in slips.COMPLETE:
            sheet = slips.published(entry, self.forms[entry["format"]])
            yield from self._styles(f"published {entry['year']}", entry["format"], sheet, chance)
        for (name, form), size, number in product(self.forms.items(), slips.SIZES, range(effort.tables)):
            sheet = slips.generated(form, chance, size)
            yield from self._styles(f"{name}, {size} {number}", name, sheet, chance)

    def _styles(self, name: str, form: str, sheet: Sheet, chance: Random) -> Iterator[Subject]:
        printed = {key: value or 0 for key, value in sheet.items()}
        blank, some = slips.blanked(printed), slips.blanked(printed, chance)
        for style, own in (("", printed), (", zeros blank", blank), (", some zeros blank", some)):
            assert not self.locators[form].locate(own), f"{name} does not tie out"
            yield Subject(name + style, self.forms[form], self.locators[form], own)


# --- judging answers --------------------------------------------------------------------------------------------------


class Tally:
    """What became of the slips of one kind."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.cases = self.skipped = self.noticed = self.first = self.among = self.level = 0
        self.outranked = self.alike = self.unlocated = self.misled = 0
        self.times: list[float] = []

    def share(self, count: int) -> float:
        return 100 * count / self.cases if self.cases else 100.0


class Judge:
    """Asks a locator and compares its answers with the truth; notes those that are not right."""

    def __init__(self, misses: Path | None = None) -> None:
        self.misses = misses
        self.lines: list[str] = []
        if misses:
            misses.write_text("", encoding="utf-8")

    def __call__(self, tally: Tally, subject: Subject, slip: Slip) -> None:
        truth = slips.truth(subject.sheet, slip)
        if not truth:
            tally.skipped += 1
            return
        printed = slips.spoilt(subject.sheet, slip)
        begun = process_time_ns()
        faults = subject.locator.locate(printed)
        tally.times.append((process_time_ns() - begun) / 1e6)
        tally.cases += 1
        tally.noticed += bool(faults)
        ranks = [rank_of(fault, truth) for fault in faults]
        told = {key: after for fault, rank in zip(faults, ranks, strict=True) if rank is not None
                for key, _, after in fault.repairs[rank].changes}  # fmt: skip
        among = told == truth and None not in ranks
        tally.among += among
        tally.first += among and not any(ranks)
        tally.unlocated += any(not fault.repairs for fault in faults)
        tally.misled += any(len(fault.repairs) == 1 and rank is None
                            for fault, rank in zip(faults, ranks, strict=True))  # fmt: skip
        if among and not any(ranks):
            return
        # An answer of the same cost is no better than the truth; the report offers both.
        level = among and all(fault.repairs[0].cost == fault.repairs[rank].cost
                              for fault, rank in zip(faults, ranks, strict=True))  # fmt: skip
        tally.level += level
        located = bool(faults) and all(fault.repairs for fault in faults)
        tally.outranked += located and not level
        alike = located and is_as_plain(subject, printed, [fault.repairs[0] for fault in faults], truth)
        tally.alike += alike
        self._note(tally, subject, printed, truth, faults, alike)

    def _note(self, tally: Tally, subject: Subject, printed: Sheet, truth: Sheet, faults: Any, alike: bool) -> None:
        if not self.misses:
            return
        with self.misses.open("a", encoding="utf-8") as file:
            print(f"\n{tally.name} | {subject.name} | {'as plain' if alike else 'MISRANKED'}", file=file)
            print("  right:", shown((key, printed[key], after) for key, after in truth.items()), file=file)
            for fault in faults:
                print(f"  fault of {len(fault.broken)} broken, {len(fault.repairs)} answers {fault.reason}", file=file)
                for repair in fault.repairs:
                    mark = "*" if {key: after for key, _, after in repair.changes}.items() <= truth.items() else " "
                    print(f"   {mark}{repair.cost}:", shown(repair.changes), file=file)


def rank_of(fault: Any, truth: Sheet) -> int | None:
    """The place among the answers of the one that is part of the truth."""
    for rank, repair in enumerate(fault.repairs):
        if {key: after for key, _, after in repair.changes}.items() <= truth.items():
            return rank
    return None


def shown(changes: Iterable[Any]) -> str:
    return "; ".join(
        f"{'.'.join(key)} {'blank' if before is None else before} → {after}" for key, before, after in changes
    )


def is_as_plain(subject: Subject, printed: Sheet, repairs: list[Any], truth: Sheet) -> bool:
    """Whether what was told first explains the sheet with as few cells and as plain slips as the truth does.

    Then nothing in the table tells them apart.
    """
    told = {key: after for repair in repairs for key, _, after in repair.changes}
    return (len(told), slips.oddity(subject.form, printed, told)) <= (
        len(truth),
        slips.oddity(subject.form, printed, truth),
    )


# --- slips ------------------------------------------------------------------------------------------------------------


def figures_slipped(subject: Subject, table: str, effort: Effort, chance: Random) -> Iterator[Slip]:
    """Every cell × every kind and place of a misprint; in a quick run so many cells by chance."""
    keys = slips.cells(subject.sheet, table)
    for key in chance.sample(keys, min(len(keys), effort.cells)):
        yield from slips.single(subject.sheet, key, None if effort.every_digit else chance)


def joint_slips(subject: Subject, effort: Effort, chance: Random) -> Iterator[Slip]:
    """Figures in the neighbouring cell and neighbours exchanged, within rows and within columns."""
    found: dict[str, list[Slip]] = {}
    for across, words in ((True, "column"), (False, "row")):
        for one, other in slips.neighbours(subject.form, REQUESTS, across):
            for slip in slips.beside(subject.sheet, one, other, chance.choice((0, None))):
                found.setdefault(f"{slip.kind}, {words}", []).append(slip)
    for kind, own in sorted(found.items()):
        for slip in chance.sample(own, min(len(own), effort.slips)):
            yield Slip(kind, slip.printed)


def shifts(subject: Subject, effort: Effort, chance: Random) -> Iterator[Slip]:
    """A row shifted by one column, with and without its total; blocks of rows; and columns shifted by one row."""
    across, down = (slips.lines(subject.form, REQUESTS, way) for way in (True, False))
    for _ in range(max(1, effort.slips // 8)):
        step, empty = chance.choice((1, -1)), chance.choice((0, None))

        def moved(line: list[Any], step: int = step, empty: int | None = empty) -> Slip:
            return slips.shifted(subject.sheet, line, step, empty)

        row, column = chance.choice(across), chance.choice(down)
        first = chance.randrange(len(across) - 1)
        top = chance.randrange(len(column) - 4)
        yield slips.joined("row shifted", moved(row[:-1]))
        yield slips.joined("row and total shifted", moved(row))
        yield slips.joined("rows shifted", moved(across[first][:-1]), moved(across[first + 1][:-1]))
        yield slips.joined("column shifted", moved(column[top : top + 5]))


def several(subject: Subject, count: int, cases: int, chance: Random) -> Iterator[Slip]:
    keys = slips.cells(subject.sheet, REQUESTS)
    for _ in range(cases):
        yield slips.independent(subject.sheet, keys, count, chance)


# --- measuring --------------------------------------------------------------------------------------------------------


def tallied(judge: Judge, made: Iterable[tuple[Subject, Slip]], prefix: str = "") -> dict[str, Tally]:
    tallies: dict[str, Tally] = {}
    for subject, slip in made:
        judge(tallies.setdefault(slip.kind, Tally(prefix + slip.kind)), subject, slip)
    return tallies


def measure_requests(bench: Bench, judge: Judge, effort: Effort) -> dict[str, Tally]:
    """Slips in the table of requests."""

    def made() -> Iterator[tuple[Subject, Slip]]:
        chance = Random(SEED)
        for subject in bench.subjects(effort):
            for slip in figures_slipped(subject, REQUESTS, effort, chance):
                yield subject, slip
            for slip in joint_slips(subject, effort, chance):
                yield subject, slip
            for count, cases in ((2, effort.slips), (3, effort.slips), (4, effort.slips)):
                for slip in several(subject, count, cases, chance):
                    yield subject, slip
            for count in (5, 6, 8):
                for slip in several(subject, count, max(1, effort.slips // 20), chance):
                    yield subject, Slip("5 to 8 independent", slip.printed)
            for slip in shifts(subject, effort, chance):
                yield subject, slip

    return tallied(judge, made())


def measure_disputes(bench: Bench, judge: Judge, effort: Effort) -> dict[str, Tally]:
    """Slips in the three groups of disputes, each a total and its four parts: any of the five cells may be the one."""
    chance = Random(SEED)
    return tallied(
        judge,
        (
            (subject, slip)
            for subject in bench.subjects(effort)
            for slip in figures_slipped(subject, DISPUTES, effort, chance)
        ),
    )


# --- through the linter -----------------------------------------------------------------------------------------------


def measure_linter(bench: Bench, effort: Effort) -> tuple[Tally, Tally, Tally]:
    """What a user is told: sheets without a defect, single figures wrong or left blank."""
    chance = Random(SEED)
    sound, filled, named = Tally("no defect, zeros blank in any pattern"), Tally("blank"), Tally("one cell, any slip")
    for subject in bench.subjects(effort):
        patterns = [slips.blanked(subject.sheet, chance) for _ in range(effort.linted)]
        for sheet in (subject.sheet, *patterns):
            told = slips.findings(subject.form, sheet)
            blanks = [finding.address.table for finding in told if finding.rule in slips.rules_on_blanks()]
            sound.cases += 1
            sound.noticed += any(finding.rule in slips.rules_on_sums() for finding in told)
            sound.first += len(blanks) == len(set(blanks))
        figures = [key for key in slips.cells(subject.sheet, REQUESTS) if subject.sheet[key]]
        for key in chance.sample(figures, min(len(figures), 2 * effort.linted)):
            right = subject.sheet[key]
            told = slips.findings(subject.form, {**subject.sheet, key: None})
            filled.cases += 1
            filled.noticed += any(finding.rule in slips.rules_on_sums() for finding in told)
            filled.first += any(says(subject.form, finding, key, None, right) for finding in told)
            slip = chance.choice([one for one in slips.single(subject.sheet, key, chance) if one.kind != "blank"])
            told = slips.findings(subject.form, slips.spoilt(subject.sheet, slip))
            named.cases += 1
            named.noticed += any(finding.rule in slips.rules_on_sums() for finding in told)
            named.first += any(says(subject.form, finding, key, slip.printed[key], right) for finding in told)
    return sound, filled, named


def says(form: Any, finding: Any, key: Any, printed: int | None, right: int | None) -> bool:
    """Whether a finding says first of all that a cell should hold ``right``; one about blanks says it in its words."""
    if any(suggestion.cells == ((*key, printed, right),) for suggestion in finding.suggestions[:1]):
        return True
    table = form.table(key[0])
    label = f"{table.row(key[1]).label} × {table.column(key[2]).label}"
    return printed is None and f"{label} = {right}" in finding.message
