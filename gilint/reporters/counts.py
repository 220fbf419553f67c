"""How many findings there are in a file and of a rule."""

from __future__ import annotations

from collections import Counter

from gilint.record import Record

TYPE_CHECKING = False
if TYPE_CHECKING:
    from gilint.model import Result
    from gilint.reporters import Run


class RuleCount(Record):
    """A rule over all files: the findings, the files that have some, and those where it could not check."""

    rule: str
    severity: str
    findings: int
    files: int
    waived: int
    could_not_check: int


def severities(result: Result) -> Counter[str]:
    """Findings of a file by severity; those that were waived count as such."""
    counts = Counter(finding.severity for finding in result.findings)
    counts["waived"] = len(result.waived)
    return counts


def by_rule(run: Run) -> list[RuleCount]:
    """The rules that say something, those with most findings first."""
    found: Counter[str] = Counter()
    files: Counter[str] = Counter()
    waived: Counter[str] = Counter()
    unknown: Counter[str] = Counter()
    worst: dict[str, str] = {}
    for result in run.results:
        own = Counter(finding.rule for finding in result.findings)
        found.update(own)
        files.update(own.keys())
        waived.update(one.finding.rule for one in result.waived)
        unknown.update(rule for rule, outcome in result.outcomes.items() if outcome.status == "could_not_check")
        worst.update((finding.rule, finding.severity) for finding in result.findings)
        worst.update((one.finding.rule, one.finding.severity) for one in result.waived)
    counts = [
        RuleCount(rule, worst.get(rule, _severity(rule, run)), found[rule], files[rule], waived[rule], unknown[rule])
        for rule in dict.fromkeys((*found, *waived, *unknown))
    ]
    return sorted(counts, key=lambda one: (-one.findings, -one.waived, one.rule))


def _severity(rule: str, run: Run) -> str:
    known = run.rules.get(rule)
    return "" if known is None else known.severity
