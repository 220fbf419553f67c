"""The tables and the slips that are measured: published and generated ones, in every style and of every kind."""

from collections.abc import Iterable, Iterator
from itertools import product
from random import Random
from typing import Any

import slips
from judging import Judge, Sheet, Tally, places_of
from slips import DISPUTES, REQUESTS, Slip

from gilint.diagnosis import Locator

SEED = 20241231
FORMS = ("2021", "2019")
STYLES = ("zeros printed", "zeros left blank", "as published with eleven totals left blank")
ZEROS, BLANKS, AS_PRINTED = range(3)
MANY = {"5 to 8 independent": (5, 6, 8), "9 to 16 independent": (9, 12, 16)}


class Effort:
    """How much is measured: generated tables of a form and size; in each table so many cells with every misprint, slips
    of each other kind, and reports for the linter; and whether every digit is tried or one by chance."""

    def __init__(self, tables: int, cells: int, slips: int, linted: int, every_digit: bool = False) -> None:
        self.tables, self.cells, self.slips, self.linted = tables, cells, slips, linted
        self.every_digit = every_digit


QUICK, USUAL, FULL = Effort(1, 15, 12, 2), Effort(2, 1000, 30, 12), Effort(5, 1000, 100, 30, every_digit=True)


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
