"""Judge a report: every rule gets an outcome, a rule that breaks takes no other with it."""

from __future__ import annotations

from gilint import arithmetic
from gilint.checks.matching import Matcher
from gilint.model import Address, Cell, Finding, Heading, NotAssessable, Outcome, Problem, Related, Slice
from gilint.record import Record
from gilint.text import fold

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from typing import Any

    from gilint.checks import Check
    from gilint.checks.matching import Hit
    from gilint.model import Report, TextSpan
    from gilint.ruleset import Rule

PASSED = Outcome("passed")


class Verdict(Record):
    """What the engine says of a report: findings in the order of the rules, and an outcome for every rule."""

    findings: tuple[Finding, ...]
    outcomes: Mapping[str, Outcome]


class Engine:
    """Selected rules with their compiled matcher; shared freely between threads and reports.

    ``kinds`` gives the check of a name; ``lang`` is the language of all messages (zh or en).
    """

    def __init__(self, rules: Sequence[Rule], kinds: Callable[[str], Check | None], lang: str = "zh") -> None:
        self.rules = tuple(rules)
        self.lang = lang
        self._kinds = kinds
        self._matcher = Matcher([(rule.id, rule.patterns) for rule in rules if rule.patterns])

    def judge(self, report: Report) -> Verdict:
        """Judge all rules. Checks are pure, so a report may be judged by several threads at once."""
        hits = self._matcher.scan([passage for passage in report.passages if passage.role != "table"])
        findings: dict[str, list[Finding]] = {}
        outcomes: dict[str, Outcome] = {}
        for rule in self.rules:
            outcome = self._inapplicable(rule, report)
            if outcome is None:
                outcome, findings[rule.id] = self._run(rule, report, hits.get(rule.id, ()))
            outcomes[rule.id] = outcome
        _silence_superseded(self.rules, findings, outcomes, self.lang)
        return Verdict(tuple(one for found in findings.values() for one in found), outcomes)

    # --- whether a rule applies ---------------------------------------------------------------------------------

    def _inapplicable(self, rule: Rule, report: Report) -> Outcome | None:
        reason = self._outside(rule.applies, report)
        if reason:
            return Outcome("not_applicable", reason)
        return self._unknown_fact(rule, report)

    def _outside(self, applies: Mapping[str, Any], report: Report) -> str:
        """Why the rule does not apply, or nothing."""
        if not applies:
            return ""
        forms = applies.get("forms")
        if forms and report.form.id not in forms and report.form.id.rpartition("/")[2] not in forms:
            return self._say(f"不适用于 {report.form.id} 格式", f"not for the form {report.form.id}")
        years = applies.get("years")
        if years and report.year is not None:
            if not years.get("from", 0) <= report.year <= years.get("to", 9999):
                return self._say(f"不适用于 {report.year} 年", f"not for {report.year}")
        kinds = applies.get("issuer_kinds")
        if kinds and report.issuer_kind not in kinds:
            kind = report.issuer_kind or self._say("类别不明", "unknown kind")
            return self._say(f"不适用于这类机关（{kind}）", f"not for this kind of issuer ({kind})")
        condition = applies.get("when_compiled")
        if condition is not None and not arithmetic.judge(condition, arithmetic.reader_of(report)):
            return self._say(f"条件不成立：{applies['when']}", f"condition does not hold: {applies['when']}")
        return ""

    def _unknown_fact(self, rule: Rule, report: Report) -> Outcome | None:
        for need in rule.needs:
            fact, _, wanted = need.partition("=")
            if fact not in report.facts:
                zh = f"需要知道 {fact}（配置 [facts] {fact}）"
                return Outcome("could_not_check", self._say(zh, f"the fact {fact!r} is not given ([facts] {fact})"))
            known = report.facts[fact]
            if wanted and str(known).lower() != wanted.lower():
                return Outcome("not_applicable", self._say(f"{fact} 不是 {wanted}", f"{fact} is not {wanted}"))
        return None

    def _say(self, zh: str, en: str) -> str:
        return zh if self.lang == "zh" else en

    # --- one rule -----------------------------------------------------------------------------------------------

    def _run(self, rule: Rule, report: Report, hits: Sequence[Hit]) -> tuple[Outcome, list[Finding]]:
        problems: list[Problem] = []
        undecided: list[str] = []
        try:
            kind = self._kinds(rule.check)
            if kind is None:
                raise LookupError(f"no check kind {rule.check!r}")
            arguments = (report, rule.options) if kind.patterns is None else (report, rule.options, hits)
            for said in kind.function(*arguments):
                if isinstance(said, NotAssessable):
                    undecided.append(said.reason.get(self.lang) or said.reason["zh"])
                else:
                    problems.append(said)
            findings = self._findings(rule, problems)
        except Exception as error:  # a broken check must not take the other rules with it
            return Outcome("broke", f"{type(error).__name__}: {error}"), []
        if findings:
            return Outcome("failed", "；".join(dict.fromkeys(undecided))), findings
        if undecided:
            return Outcome("could_not_check", "；".join(dict.fromkeys(undecided))), []
        return PASSED, []

    def _findings(self, rule: Rule, problems: Iterable[Problem]) -> list[Finding]:
        seen: dict[tuple[str, ...], int] = {}
        return [self._finding(rule, problem, seen) for problem in problems]

    def _finding(self, rule: Rule, problem: Problem, seen: dict[tuple[str, ...], int]) -> Finding:
        at = problem.at
        address, span, excerpt = at.address, at.span, excerpt_of(at)
        values = self._values(problem.values, rule)
        identity = _identity(rule, address, excerpt, problem.key)
        ordinal = seen[identity] = seen.get(identity, -1) + 1
        return Finding(
            rule=rule.id,
            name=rule.name,
            severity=rule.severity,
            title=rule.title[self.lang],
            message=rule.message[self.lang].format_map(values),
            advice=rule.advice[self.lang].format_map(values),
            basis=rule.basis,
            address=address,
            span=span,
            excerpt=excerpt,
            fingerprint=fingerprint((*identity, str(ordinal))),
            at=at,
            related=tuple(self._related(one) for one in problem.related),
        )

    def _values(self, values: Mapping[str, Any], rule: Rule) -> dict[str, Any]:
        """A problem's values in the language of the run: ``name_en`` takes the place of ``name`` in English."""
        said = {"rule": rule.id, "severity": rule.severity, **values}
        if self.lang == "en":
            said.update((name[:-3], value) for name, value in values.items() if name.endswith("_en"))
        return said

    def _related(self, place: Any) -> Related:
        return place if isinstance(place, Related) else Related(place.address, place.span, excerpt_of(place))


def excerpt_of(at: Any) -> str:
    """The exact text at a place; nothing for a place without extent."""
    if isinstance(at, Slice):
        return at.text
    if isinstance(at, Cell):
        return at.raw
    if isinstance(at, Heading):
        return at.at.text
    return ""


def _identity(rule: Rule, address: Address, excerpt: str, key: str) -> tuple[str, ...]:
    """What a finding is recognised by across runs: places of the form and words, never lines, values or languages."""
    if address.table:
        return rule.id, address.table, address.row or "", address.column or "", key
    return rule.id, address.section or "", fold(excerpt), key


def fingerprint(identity: tuple[str, ...]) -> str:
    """Sixteen hexadecimal digits of the identity."""
    try:
        from _blake2 import blake2b
    except ImportError:  # other interpreters than CPython
        from hashlib import blake2b
    return str(blake2b("\x1f".join(identity).encode(), digest_size=8).hexdigest())


# --- superseded findings ------------------------------------------------------------------------------------------------


def _silence_superseded(
    rules: Sequence[Rule], findings: dict[str, list[Finding]], outcomes: dict[str, Outcome], lang: str
) -> None:
    """Drop the findings that a more telling rule covers at the same place, so that one defect prints once."""
    names = {rule.name: rule.id for rule in rules}
    for rule in rules:
        for other in rule.supersedes:
            other = names.get(other, other)
            if not findings.get(rule.id) or not findings.get(other):
                continue
            kept = [one for one in findings[other] if not any(_covers(strong, one) for strong in findings[rule.id])]
            if not kept:
                reason = f"已由 {rule.id} 说明" if lang == "zh" else f"told by {rule.id}"
                outcomes[other] = Outcome("not_applicable", reason)
            findings[other] = kept


def _covers(strong: Finding, weak: Finding) -> bool:
    first, second = strong.address, weak.address
    if isinstance(strong.at, Slice) and isinstance(weak.at, Slice):
        return _overlap(strong.span, weak.span)
    if isinstance(strong.at, Cell):
        return (first.table, first.row, first.column) == (second.table, second.row, second.column)
    if first.table:
        return first.table == second.table
    return first.section == second.section


def _overlap(first: TextSpan | None, second: TextSpan | None) -> bool:
    if first is None or second is None:
        return False
    before = (first.end_line, first.end_column) <= (second.line, second.column)
    after = (second.end_line, second.end_column) <= (first.line, first.column)
    return not before and not after
