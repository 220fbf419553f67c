"""Whether an answer to a slip is right, and what became of many slips."""

from collections.abc import Iterable, Iterator
from time import process_time_ns
from typing import Any, TextIO

import slips
from slips import Slip

Sheet = dict[tuple[str, str, str], int | None]


class Tally:
    """What became of the slips of one kind.

    ``noticed``: something is told; ``first``: the first answer is the truth; ``among``: one of the answers is. Of those
    that are not first, ``plain``: the first answer is as likely as the truth; ``outranked``: it costs less;
    ``unlocated``: a part of the table got none; ``misled``: a part got a single one, and it is wrong.
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

    def add(self, answer: "Answer") -> None:
        self.cases += 1
        self.times.append(answer.milliseconds)
        self.noticed += answer.noticed
        self.first += answer.first
        self.among += answer.among
        if not answer.first:
            self.plain += answer.plain
            self.outranked += answer.outranked
            self.unlocated += answer.unlocated
            self.misled += answer.misled


class Answer:
    """What a locator answers to a slip in the sheet of a subject (see ``tallies``), beside the ``truth``."""

    def __init__(self, subject: Any, slip: Slip, truth: Sheet) -> None:
        self.subject, self.slip, self.truth = subject, slip, truth
        self.printed = slips.spoilt(subject.sheet, slip)
        begun = process_time_ns()
        self.faults = subject.locator.locate(self.printed)
        self.milliseconds = (process_time_ns() - begun) / 1e6
        ranks = [rank_of(fault, subject.right) for fault in self.faults]
        self.right = [fault.repairs[rank] for fault, rank in zip(self.faults, ranks, strict=True) if rank is not None]
        self.among = len(self.right) == len(self.faults) and is_right(changed(self.right), truth, subject.right)
        self.first = self.among and not any(ranks)
        self.noticed = places_of(self.faults) != subject.broken
        if not self.first and (not self.faults or None in self.printed.values()):
            self._hear_rules()

    def _hear_rules(self) -> None:
        """Rules tell of blanks that must be filled beside the faults, or without one."""
        found = slips.findings(self.subject.form, self.printed)
        self.noticed = self.noticed or (is_about_sums(found) and not self.subject.broken)
        said = all_said(self.subject.form, found, self.printed, self.truth)
        if is_right(said, self.truth, self.subject.right):
            self.first = self.among = True

    @property
    def unlocated(self) -> bool:
        return any(not fault.repairs for fault in self.faults)

    @property
    def misled(self) -> bool:
        return any(len(fault.repairs) == 1 and rank_of(fault, self.subject.right) is None for fault in self.faults)

    @property
    def outranked(self) -> bool:
        """Whether what is told first costs less than the truth; what costs the same is told to be as good."""
        told = [fault.repairs[0].cost for fault in self.faults if fault.repairs]
        return bool(told) and not (self.among and sum(told) == sum(one.cost for one in self.right))

    @property
    def plain(self) -> bool:
        """Whether what is told first takes as few cells and as plain slips as the truth, so that nothing can tell."""
        if self.unlocated or not self.faults:
            return False
        told = self._with_totals(changed(fault.repairs[0] for fault in self.faults))
        truth = self._with_totals(self.truth)
        if slips.broken(self.subject.equalities, {**self.printed, **told}):
            return False
        odd, usual = (slips.oddity(self.subject.form, self.printed, one) for one in (told, truth))
        return (len(told), odd) <= (len(truth), usual)

    def _with_totals(self, changes: Sheet) -> Sheet:
        """The changes, and what they make of totals that are left blank."""
        after, added = {**self.printed, **changes}, dict(changes)
        for _ in range(3):
            for one in slips.broken(self.subject.equalities, after):
                if after[one.at] is None:
                    rest = one.constant - sum(factor * (after[key] or 0) for key, factor in one.coefficients.items())
                    after[one.at] = added[one.at] = rest * one.coefficients[one.at]
        return added

    def lines(self) -> Iterator[str]:
        """The answers beside the truth."""
        reasons = {"no fault": not self.faults, "not located": self.unlocated, "as plain": self.plain}
        verdict = next((reason for reason, holds in reasons.items() if holds), "MISRANKED")
        yield f"\n{self.slip.kind} | {self.subject.name} | {verdict}"
        yield f"  right: {shown((key, self.printed[key], after) for key, after in self.truth.items())}"
        for fault in self.faults:
            yield f"  {len(fault.broken)} broken, {len(fault.repairs)} answers {fault.reason}"
            for repair in fault.repairs:
                mark = "*" if changed([repair]).items() <= self.subject.right.items() else " "
                yield f"   {mark}{repair.cost}: {shown(repair.changes)}"


class Judge:
    """Asks locators of slips, counts what became of them, and writes down the answers that are not right."""

    def __init__(self, misses: TextIO | None = None) -> None:
        self.misses = misses

    def __call__(self, tally: Tally, subject: Any, slip: Slip) -> None:
        truth = slips.truth(subject.right, slip)
        if not truth:
            tally.skipped += 1
            return
        answer = Answer(subject, slip, truth)
        tally.add(answer)
        if self.misses and not answer.first:
            print(*answer.lines(), sep="\n", file=self.misses)


# --- comparing --------------------------------------------------------------------------------------------------------


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


def shown(changes: Iterable[Any]) -> str:
    return "; ".join(f"{'.'.join(key)} {'blank' if old is None else old} → {new}" for key, old, new in changes)
