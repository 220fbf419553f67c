"""What a user is told of slips: whole reports through the linter, its findings, suggestions and words."""

from collections.abc import Iterator
from itertools import product
from random import Random
from typing import Any, TextIO

import slips
from judging import Sheet, Tally, all_said, is_about_sums, is_right, shown
from slips import DISPUTES, REQUESTS, Slip
from tallies import SEED, Bench, Effort, Tallies

UNDECIDED = "不能确定"
"""What the words say where the figures alone cannot tell which cell is wrong."""

# What is looked at: how slips are made of a sheet, its cells that hold a number, and chance.
LINTED = {
    "one figure wrong": lambda sheet, keys, chance: slips.any_single(sheet, chance.choice(keys), chance),
    "a number left blank": lambda sheet, keys, chance: Slip("blank", {chance.choice(keys): None}),
    "two figures wrong": lambda sheet, keys, chance: slips.independent(sheet, keys, 2, chance),
    "one wrong and one left blank": lambda sheet, keys, chance: one_and_blank(sheet, keys, chance),
}


def one_and_blank(sheet: Sheet, keys: list[Any], chance: Random) -> Slip:
    one, other = chance.sample(keys, 2)
    return slips.joined("mixed", slips.any_single(sheet, one, chance), Slip("blank", {other: None}))


def sound_reports(bench: Bench, effort: Effort) -> Tally:
    """Sheets without a defect: ``noticed`` if any finding is about sums, ``first`` if no table has two about blanks."""
    chance, tally = Random(SEED), Tally()
    for subject in bench.complete(effort):
        patterns = [slips.blanked(subject.sheet, chance) for _ in range(effort.linted)]
        for sheet in (subject.sheet, *patterns):
            found = slips.findings(subject.form, sheet)
            blanks = [finding.address.table for finding in found if finding.rule in slips.rules_on_blanks()]
            tally.cases += 1
            tally.noticed += is_about_sums(found)
            tally.first += len(blanks) == len(set(blanks))
    return tally


def linted(bench: Bench, effort: Effort, misses: TextIO | None) -> Tallies:
    """What a user is told: ``first`` if the first suggestions and the words about blanks are the truth."""
    chance, tallies = Random(SEED), {kind: Tally() for kind in LINTED}
    for subject in bench.complete(effort):
        figures = [key for key in slips.cells(subject.sheet, REQUESTS) if subject.sheet[key]]
        for kind, _ in product(LINTED, range(effort.linted if len(figures) > 1 else 0)):
            slip, tally = LINTED[kind](subject.sheet, figures, chance), tallies[kind]
            printed, truth = slips.spoilt(subject.sheet, slip), slips.truth(subject.sheet, slip)
            found = slips.findings(subject.form, printed)
            said = all_said(subject.form, found, printed, truth)
            tally.cases += 1
            tally.noticed += is_about_sums(found)
            right = is_right(said, truth, subject.right)
            tally.first += right
            if not right and misses:
                print(f"\nlinter: {kind} | {subject.name}", file=misses)
                print("  right:", shown((key, printed[key], after) for key, after in truth.items()), file=misses)
                print("  told: ", shown((key, printed[key], after) for key, after in said.items()), file=misses)
                own = (f"  {finding.rule} {finding.message}" for finding in found if finding.address.table)
                print(*own, sep="\n", file=misses)
    return tallies


# --- equations that notice but cannot locate --------------------------------------------------------------------------


def undecidable(bench: Bench, effort: Effort, misses: TextIO | None) -> Tallies:
    """Slips in tables whose equations have no cell in common.

    ``plain`` if the words say that the figures cannot tell, or the one answer that is possible is the truth.
    """
    found, rules = {"disputes": Tally(), "stock": Tally()}, slips.rules_on_sums() | slips.rules_on_last_year()
    for kind, form, sheet, last_year, slip in (*in_disputes(bench, effort), *in_stocks(bench, effort)):
        tally, truth = found[kind], slips.truth(sheet, slip)
        told = slips.findings(form, slips.spoilt(sheet, slip), last_year)
        told = [one for one in told if one.address.table == next(iter(truth))[0] and one.rule in rules]
        answers = [{cell[:3]: cell[4] for cell in one.cells} for finding in told for one in finding.suggestions]
        tally.cases += 1
        tally.noticed += bool(told)
        tally.first += answers[:1] == [truth]
        tally.among += truth in answers
        tally.plain += answers == [truth] or any(UNDECIDED in one.cause.text for one in told if one.cause)
        if truth not in answers and misses:
            print(f"\ntold: {kind} | {last_year}\n  right: {truth}\n  printed: {slip} in {sheet}", file=misses)
            print(*(f"  {one.rule} {one.message} {one.suggestions}" for one in told), sep="\n", file=misses)
    return found


Case = tuple[str, Any, Sheet, Sheet | None, Slip]


def in_disputes(bench: Bench, effort: Effort) -> Iterator[Case]:
    chance = Random(SEED)
    for subject in bench.complete(effort):
        if None not in subject.sheet.values():
            for key in slips.cells(subject.sheet, DISPUTES):
                yield "disputes", subject.form, subject.sheet, None, slips.any_single(subject.sheet, key, chance)


def in_stocks(bench: Bench, effort: Effort) -> Iterator[Case]:
    """The documents in force, which follow from those of last year."""
    chance = Random(SEED)
    made = [slips.generated_stocks(chance, most) for most in (3, 30, 900, 10**7) for _ in range(4 * effort.tables)]
    for last_year, sheet in (*slips.published_stocks(), *made):
        for key in sheet:
            slip = slips.any_single(sheet, key, chance)
            if follows(last_year, sheet, key[1]):
                yield "stock", bench.forms["2021"], sheet, last_year, slip


def follows(last_year: Sheet, sheet: Sheet, row: str) -> bool:
    """Whether the documents in force are those of last year, with those issued and without those repealed."""
    issued, repealed, valid = ((sheet[slips.DISCLOSURE, row, move] or 0) for move in slips.MOVES)
    return valid == (last_year[slips.DISCLOSURE, row, "valid"] or 0) + issued - repealed
