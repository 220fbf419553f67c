"""What the rules say of spoilt reports: whether a defect was told, by which rule, where, and what else was said."""

from collections import Counter
from functools import cache
from random import Random

from defects import CATALOGUE
from drafts import NAMES, draft, linter

SEED = 20250116
REPORTS = 3
"""In how many reports the sample spoils what it can, for each defect."""


class Verdict:
    """Of one spoilt report: ``told`` by which of the defect's own rules, whether one stands at its place (``placed``),
    and the errors and warnings of other rules (``beside``)."""

    def __init__(self, item, name, told, placed, beside):
        self.item, self.name, self.told, self.placed, self.beside = item, name, told, placed, beside

    def __repr__(self):
        return f"{self.item} in {self.name}: told by {sorted(self.told)}, placed: {self.placed}, {sorted(self.beside)}"


@cache
def severity(item):
    """The gravest severity among the rules of a defect."""
    own = {rule.severity for rule in linter().rules if rule.id in CATALOGUE[item].rules}
    return next(one for one in ("error", "warning", "info") if one in own)


def every_case():
    """Each defect in each report in each way: (item, name of the report, number of the way)."""
    for item, defect in CATALOGUE.items():
        for name in NAMES:
            yield from ((item, name, way) for way in range(len(defect.spoil(draft(name)))))


def sample():
    """For each defect all ways in a few reports, the same ones every time."""
    for item, defect in CATALOGUE.items():
        left = REPORTS
        for name in Random(f"{SEED} {item}").sample(NAMES, len(NAMES)):
            ways = len(defect.spoil(draft(name)))
            yield from ((item, name, way) for way in range(ways))
            left -= ways > 0
            if not left:
                break


def judge(item, name, way):
    defect = CATALOGUE[item]
    clean = draft(name)
    spoilt, place = defect.spoil(clean)[way]
    previous = linter().read(defect.previous(clean).data(), "last.txt") if defect.previous else None
    findings = linter().lint(spoilt.data(), "report.txt", facts=defect.facts, previous=previous).findings
    own = [finding for finding in findings if finding.rule in defect.rules]
    beside = {finding.rule for finding in findings if finding.rule not in defect.rules and finding.severity != "info"}
    return Verdict(item, name, {finding.rule for finding in own}, any(stands(one, place) for one in own), beside)


@cache
def sampled():
    """The verdicts on the sample."""
    return tuple(judge(*case) for case in sample())


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


# --- the table ----------------------------------------------------------------------------------------------------

HEAD = """<!-- Written by python scripts/confusion.py; do not edit. -->

# Confusion table

The clean reports of [tests/corpus](../tests/corpus) ({reports} of them, none with an error or a warning), spoilt by
one defect at a time. An item is that of the list of defects in [coverage.md](coverage.md); *found* counts the spoilt
reports in which one of its own rules tells of the right place. *Beside it* are errors and warnings of other rules: a
wrong figure also breaks sums and contradicts the text, a section that is gone takes its tables along. A defect is put
into {sampled} reports in every way that fits them; `python scripts/confusion.py --all` puts it into all.

| defect | severity | spoilt | found | told by | beside it |
|---|---|---|---|---|---|
"""
LEFT_OUT = """
## Not injected

- D14: partial disclosure counted twice breaks the sum of results, which D02 injects.
- E05, F08, F09, F11, F13, G02, G03, G06, G08, G11, G13, G14, H11, H12, H13, I14: see [coverage.md](coverage.md).
- F15, H10: injected as H08 and B20.
- J01: injected as B16, once by the date of the sign-off, once by the fact `published`. J02 to J06: a file does not
  tell where it was published, and what became of it there.
"""


def table(verdicts):
    """The confusion table in Markdown."""
    lines = []
    for item in CATALOGUE:
        own = [verdict for verdict in verdicts if verdict.item == item]
        found = sum(verdict.placed for verdict in own)
        told, beside = _counted(one.told for one in own), _counted(one.beside for one in own)
        lines.append(f"| {item} | {severity(item)} | {len(own)} | {found} | {told} | {beside} |")
    for name in ("error", "warning", "info"):
        own = [verdict for verdict in verdicts if severity(verdict.item) == name]
        lines.append(f"| **all** | {name} | {len(own)} | {sum(verdict.placed for verdict in own)} | | |")
    head = HEAD.format(reports=len(NAMES), sampled=REPORTS)
    return head + "\n".join(lines) + "\n" + LEFT_OUT


def _counted(groups):
    counts = Counter(rule for group in groups for rule in group)
    return ", ".join(f"{rule} {count}" for rule, count in sorted(counts.items()))
