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


class RuleCounts:
    """What rules say in a run, counted result by result."""

    def __init__(self) -> None:
        self._found: Counter[str] = Counter()
        self._files: Counter[str] = Counter()
        self._waived: Counter[str] = Counter()
        self._unknown: Counter[str] = Counter()
        self._worst: dict[str, str] = {}

    def add(self, result: Result) -> None:
        own = Counter(finding.rule for finding in result.findings)
        self._found.update(own)
        self._files.update(own.keys())
        self._waived.update(one.finding.rule for one in result.waived)
        self._unknown.update(rule for rule, outcome in result.outcomes.items() if outcome.status == "could_not_check")
        self._worst.update((finding.rule, finding.severity) for finding in result.findings)
        self._worst.update((one.finding.rule, one.finding.severity) for one in result.waived)

    def listed(self, run: Run) -> list[RuleCount]:
        """The rules that say something, those with most findings first."""
        found, waived, unknown = self._found, self._waived, self._unknown
        counts = [
            RuleCount(rule, self._severity(rule, run), found[rule], self._files[rule], waived[rule], unknown[rule])
            for rule in dict.fromkeys((*found, *waived, *unknown))
        ]
        return sorted(counts, key=lambda one: (-one.findings, -one.waived, one.rule))

    def _severity(self, rule: str, run: Run) -> str:
        known = run.rules.get(rule)
        return self._worst.get(rule, "" if known is None else known.severity)
