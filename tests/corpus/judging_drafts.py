"""What the rules say of spoilt reports: which defect was told, by which rule, where, and what else was said."""

from random import Random

from defects import CATALOGUE
from drafts import NAMES, draft, linter

SEED = 20250116


class Verdict:
    """Of one spoilt report: ``told`` by the defect's own rules, at the right place (``placed``), and ``beside``: the
    errors and warnings of other rules."""

    def __init__(self, item, name, fired, told, placed, beside):
        self.item, self.name = item, name
        self.fired, self.told, self.placed, self.beside = fired, told, placed, beside

    def __repr__(self):
        return f"{self.item} in {self.name}: fired {sorted(self.fired)}, beside {sorted(self.beside)}"


def severity(item):
    """The gravest severity among the rules of a defect."""
    own = {linter().ruleset.rule(rule).severity for rule in CATALOGUE[item].rules if rule in RULES}
    return next(one for one in ("error", "warning", "info") if one in own)


def _known():
    return frozenset(rule.id for rule in linter().rules)


RULES = _known()


def cases():
    """Every way in which every defect spoils every report: (defect, name of the report, number of the way)."""
    for defect in CATALOGUE.values():
        for name in NAMES:
            for number in range(len(defect.spoil(draft(name)))):
                yield defect, name, number


def sample(size):
    """Some of the cases, the same ones every time, with at least one of every defect."""
    every = list(cases())
    first = {case[0].item: case for case in Random(SEED).sample(every, len(every))}
    return [*first.values(), *Random(SEED).sample(every, size)]


def judge(defect, name, number):
    spoilt, place = defect.spoil(draft(name))[number]
    result = linter().lint(spoilt.data(), "report.txt", facts=defect.facts)
    own = [finding for finding in result.findings if finding.rule in defect.rules]
    beside = {
        finding.rule
        for finding in result.findings
        if finding.rule not in defect.rules and finding.severity in ("error", "warning")
    }
    placed = any(stands(finding, place) for finding in own)
    return Verdict(defect.item, name, {finding.rule for finding in own}, bool(own), placed, beside)


def stands(finding, place):
    """Whether a finding tells of this place, itself or among what it names beside."""
    if place is None:
        return True
    spots = [finding.address, *(one.address for one in finding.related)]
    if isinstance(place, tuple):
        named = {(spot.table, spot.row, spot.column) for spot in spots}
        named |= {cell[:3] for suggestion in finding.suggestions for cell in suggestion.cells}
        return place in named
    if place.startswith("§"):
        return any(spot.section == place[1:] for spot in spots)
    passage = getattr(finding.at, "passage", None) or getattr(getattr(finding.at, "at", None), "passage", None)
    told = finding.excerpt + (passage.text if passage is not None else "") + finding.message
    return place in told or any(place in one.message for one in finding.related)
