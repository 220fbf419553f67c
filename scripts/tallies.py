"""What becomes of slips: tables and reports of every kind, judged against what was right before."""

from collections.abc import Iterable, Iterator
from itertools import product
from random import Random
from time import process_time_ns
from typing import Any, TextIO

import slips
from slips import DISPUTES, REQUESTS, Slip

from gilint.diagnosis import Locator

SEED = 20241231
FORMS = ("2021", "2019")
Sheet = dict[tuple[str, str, str], int | None]


STYLES = ("zeros printed", "zeros left blank", "as published with eleven totals left blank")
ZEROS, BLANKS, AS_PRINTED = range(3)
MANY = {"5 to 8 independent": (5, 6, 8), "9 to 16 independent": (9, 12, 16)}


class Effort:
    """How much is measured: generated tables of a form and size; in each table so many cells with every misprint, slips
    of each other kind, and reports for the linter; and whether every digit is tried or one by chance."""

    def __init__(self, tables: int, cells: int, slips: int, linted: int, every_digit: bool = False) -> None:
        self.tables, self.cells, self.slips, self.linted = tables, cells, slips, linted
        self.every_digit = every_digit


QUICK, USUAL, FULL = Effort(1, 15, 12, 2), Effort(2, 1000, 30, 12), Effort(10, 1000, 200, 60, every_digit=True)


class Subject:
    """A sheet that ties out, and the form, equalities and locator that it is judged by.

    ``style``: which of :data:`STYLES` it is written in; ``right``: its figures with nothing left blank.
    """

    def __init__(self, name: str, style: int, bench: "Bench", form: str, sheet: Sheet) -> None:
        self.name, self.style, self.sheet = name, style, sheet
        self.right = {key: value or 0 for key, value in slips.filled(sheet).items()}

        self.form, self.equalities, self.locator = bench.forms[form], bench.equalities[form], bench.locators[form]
        # Totals left blank are told without any slip.
        self.broken = places_of(self.locator.locate(sheet))


# --- tables -----------------------------------------------------------------------------------------------------------


class Bench:
    """For every form its locator, made of the rules that the pack ships."""

    def __init__(self) -> None:
        self.locators = {}
        self.forms, self.equalities = {}, {}
        for name in FORMS:
            self.forms[name], self.equalities[name] = slips.bound(name)
            self.locators[name] = Locator(*slips.bound(name))

    def complete(self, effort: Effort) -> Iterator[Subject]:
        """Those in which only zeros are blank."""
        return (subject for subject in self.subjects(effort) if subject.style != AS_PRINTED)

    def subjects(self, effort: Effort) -> Iterator[Subject]:
        """Published tables and generated ones of each form and size, in every style."""
        chance = Random(SEED)
        for entry in slips.COMPLETE:
            name, form = f"published {entry['year']}", entry["format"]
            sheet = slips.published(entry, self.forms[form])
            yield from self._styles(name, form, slips.filled(sheet), chance)
            if sheet != slips.filled(sheet):
                yield self._sound(f"{name}, as printed", AS_PRINTED, form, sheet)
        for (name, form), size, number in product(self.forms.items(), slips.SIZES, range(effort.tables)):
            sheet = slips.generated(form, chance, size)
            yield from self._styles(f"{name}, {size} {number}", name, sheet, chance)

    def _styles(self, name: str, form: str, sheet: Sheet, chance: Random) -> Iterator[Subject]:
        printed = {key: value or 0 for key, value in sheet.items()}
        # All zeros of one half of the tables are left blank, any zeros of the other half.
        blank = slips.blanked(printed, chance if chance.random() < 0.5 else None)
        yield self._sound(name, ZEROS, form, printed)
        yield self._sound(f"{name}, blanks", BLANKS, form, blank)

    def _sound(self, name: str, style: int, form: str, sheet: Sheet) -> Subject:
        subject = Subject(name, style, self, form, sheet)
        if style != AS_PRINTED and subject.broken:
            raise AssertionError(f"{name} ties out, yet a fault is found")
        return subject


# --- judging answers --------------------------------------------------------------------------------------------------


class Tally:
    """What became of the slips of one kind.

    ``noticed``: a fault is told; ``first``: the first answer is the truth; ``among``: one of the answers is. Of the
    others, ``plain``: the first answer is as likely as the truth; ``outranked``: it costs less; ``unlocated``: none was
    given; ``misled``: a single one was given, and it is wrong.
    """

    def __init__(self) -> None:
        self.cases = self.skipped = self.noticed = self.first = self.among = 0
        self.plain = self.outranked = self.unlocated = self.misled = 0
        self.times: list[float] = []

    def __add__(self, other: "Tally") -> "Tally":
        both = Tally()
        for name, value in vars(self).items():
            setattr(both, name, value + getattr(other, name))
        return both

    def share(self, count: int) -> float:
        return 100 * count / self.cases if self.cases else 100.0


class Judge:
    """Asks locators and compares their answers with the truth; writes down those that are not right."""

    def __init__(self, misses: TextIO | None = None) -> None:
        self.misses = misses

    def __call__(self, tally: Tally, subject: Subject, slip: Slip) -> None:
        truth = slips.truth(subject.right, slip)
        if not truth:
            tally.skipped += 1
            return
        printed = slips.spoilt(subject.sheet, slip)
        begun = process_time_ns()
        faults = subject.locator.locate(printed)
        tally.times.append((process_time_ns() - begun) / 1e6)
        tally.cases += 1
        ranks = [rank_of(fault, subject.right) for fault in faults]
        right = [fault.repairs[rank] for fault, rank in zip(faults, ranks, strict=True) if rank is not None]
        among = len(right) == len(faults) and is_right(changed(right), truth, subject.right)
        first = among and not any(ranks)
        noticed = places_of(faults) != subject.broken
        # Rules tell of blanks that must be filled without a fault.
        if not first and (not faults or None in printed.values()):
            found = slips.findings(subject.form, printed)
            noticed = noticed or (is_about_sums(found) and subject.style != AS_PRINTED)
            first = is_right(all_said(subject.form, found, printed, truth), truth, subject.right)
        tally.noticed += noticed
        tally.first += first
        tally.among += among or first
        if not first:
            verdict = self._missed(tally, subject, printed, truth, faults, right if among else None)
            if self.misses:
                print(f"\n{slip.kind} | {subject.name} | {verdict}", file=self.misses)
                print(*miss(subject, printed, truth, faults), sep="\n", file=self.misses)

    def _missed(
        self, tally: Tally, subject: Subject, printed: Sheet, truth: Sheet, faults: list[Any], right: list[Any] | None
    ) -> str:
        first = [fault.repairs[0] for fault in faults if fault.repairs]
        tally.misled += any(len(fault.repairs) == 1 and rank_of(fault, subject.right) is None for fault in faults)
        if not faults or len(first) < len(faults):
            tally.unlocated += bool(faults)
            return "not located" if faults else "no fault"
        # An answer of the same cost is no better than the truth: the report offers both.
        tally.outranked += right is None or sum(one.cost for one in first) < sum(one.cost for one in right)
        plain = is_as_plain(subject, printed, changed(first), truth)
        tally.plain += plain
        return "as plain" if plain else "MISRANKED"


def places_of(faults: Iterable[Any]) -> set[tuple[str, Any]]:
    """The rules that are broken, and where."""
    return {(one.rule, one.at) for fault in faults for one in fault.broken}


def is_about_sums(found: Iterable[Any]) -> bool:
    return any(finding.rule in slips.rules_on_sums() for finding in found)


def is_right(said: Sheet, truth: Sheet, right: Sheet) -> bool:
    """Whether all that is wrong is said, and nothing but right figures."""
    return said.keys() >= truth.keys() and said.items() <= right.items()


def all_said(form: Any, found: Iterable[Any], printed: Sheet, truth: Sheet) -> Sheet:
    """What the first suggestions would have the cells hold, and what the words say of blanks among ``truth``."""
    said = {}
    for finding in found:
        for suggestion in finding.suggestions[:1]:
            said.update({cell[:3]: cell[4] for cell in suggestion.cells})
        for key, after in truth.items():
            table = form.table(key[0])
            label = f"{table.row(key[1]).label} × {table.column(key[2]).label}"
            if printed[key] is None and f"{label} = {after}" in finding.message:
                said[key] = after
    return said


def rank_of(fault: Any, right: Sheet) -> int | None:
    """The place among the answers of the one that proposes right figures only."""
    parts = (changed([repair]).items() <= right.items() for repair in fault.repairs)
    return next((rank for rank, part in enumerate(parts) if part), None)


def changed(repairs: Iterable[Any]) -> Sheet:
    return {key: after for repair in repairs for key, _, after in repair.changes}


def miss(subject: Subject, printed: Sheet, truth: Sheet, faults: Iterable[Any]) -> Iterator[str]:
    yield f"  right: {shown((key, printed[key], after) for key, after in truth.items())}"
    for fault in faults:
        yield f"  {len(fault.broken)} broken, {len(fault.repairs)} answers {fault.reason}"
        for repair in fault.repairs:
            mark = "*" if changed([repair]).items() <= subject.right.items() else " "
            yield f"   {mark}{repair.cost}: {shown(repair.changes)}"


def shown(changes: Iterable[Any]) -> str:
    return "; ".join(f"{'.'.join(key)} {'blank' if old is None else old} → {new}" for key, old, new in changes)


def is_as_plain(subject: Subject, printed: Sheet, told: Sheet, truth: Sheet) -> bool:
    """Whether ``told`` explains what is printed with as few cells and as plain slips as the truth does.

    Then nothing in the table tells them apart.
    """
    told, truth = (with_totals(subject, printed, changes) for changes in (told, truth))
    if slips.broken(subject.equalities, {**printed, **told}):
        return False
    oddity = slips.oddity(subject.form, printed, told), slips.oddity(subject.form, printed, truth)
    return (len(told), oddity[0]) <= (len(truth), oddity[1])


def with_totals(subject: Subject, printed: Sheet, changes: Sheet) -> Sheet:
    """The changes, and what they make of totals that are left blank."""
    after, added = {**printed, **changes}, dict(changes)
    for _ in range(3):
        for one in slips.broken(subject.equalities, after):
            if after[one.at] is None:
                rest = one.constant - sum(factor * (after[key] or 0) for key, factor in one.coefficients.items())
                after[one.at] = added[one.at] = rest * one.coefficients[one.at]
    return added


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

Tallies = dict[str, Tally]


def measured(judge: Judge, made: Iterable[tuple[Subject, Slip]]) -> list[Tallies]:
    """What became of slips, by their kind, for each style of tables."""
    found: list[Tallies] = [{} for _ in STYLES]
    for subject, slip in made:
        judge(found[subject.style].setdefault(slip.kind, Tally()), subject, slip)
    return found


def in_requests(bench: Bench, effort: Effort) -> Iterator[tuple[Subject, Slip]]:
    chance = Random(SEED)
    for subject in bench.subjects(effort):
        made = [*figures_slipped(subject, REQUESTS, effort, chance), *joint_slips(subject, effort, chance)]
        for count in (2, 3, 4):
            made += several(subject, count, effort.slips, chance)
        for kind, counts in MANY.items():
            for count in counts:
                few = several(subject, count, max(1, effort.slips // 20), chance)
                made += [Slip(kind, slip.printed) for slip in few]
        for slip in (*made, *shifts(subject, effort, chance)):
            yield subject, slip


def in_disputes(bench: Bench, effort: Effort) -> Iterator[tuple[Subject, Slip]]:
    """Slips in the three groups of disputes, each a total and its four parts: any of the five cells may be the one."""
    chance = Random(SEED)
    for subject in bench.complete(effort):
        for slip in figures_slipped(subject, DISPUTES, effort, chance):
            yield subject, slip
