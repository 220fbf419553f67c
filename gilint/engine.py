"""Judge a report: every rule gets an outcome, a rule that breaks takes no other with it."""

from __future__ import annotations

try:
    from _blake2 import blake2b  # hashlib would load OpenSSL first
except ImportError:  # other interpreters than CPython
    from hashlib import blake2b

from gilint.checks.matching import Matcher
from gilint.conditions import Conditions
from gilint.form import PREVIOUS
from gilint.model import (
    Address,
    Cell,
    Echo,
    Evidence,
    Finding,
    Fix,
    Heading,
    NotApplicable,
    NotAssessable,
    Outcome,
    Problem,
    Related,
    Report,
    Section,
    Slice,
    Table,
)
from gilint.record import Record
from gilint.superseding import all_below, silence_superseded
from gilint.text import clip, fold

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from typing import Any, Protocol

    from gilint.checks import Check
    from gilint.checks.matching import Hit
    from gilint.ruleset import Rule

    class Kinds(Protocol):
        """The kinds of check that there are."""

        def get(self, name: str) -> Check | None:
            """The kind of this name."""

        def owner(self, sort: str, name: str) -> object | None:
            """The plugin that a kind (sort ``check``) comes from; ``None`` for a built-in one."""

        def missing(self, check: str) -> str:
            """Why there is no such kind."""


SAYABLE = Problem, Evidence, NotAssessable, NotApplicable
PASSED = Outcome("passed")
FAILED = Outcome("failed")
PLANS = 256
"""Reports of a run differ in a few years and kinds of issuers, so as many are hardly ever reached."""
ALONE = {
    "zh": "只有一份报告，没有可比较的其他报告",
    "en": "there is one report only, and no other to compare it with",
}
ECHOED = 72
"""Cells that are shown of a passage that stands in both years' reports."""


class Verdict(Record):
    """What the engine says of a report: findings in the order of the rules, and an outcome for every rule.

    ``evidence`` is what the checks know of the cells from elsewhere, in the order of the rules; what is said several
    times stands where it is said first.
    """

    findings: tuple[Finding, ...]
    outcomes: Mapping[str, Outcome]
    evidence: tuple[Evidence, ...] = ()


class Plan(Record):
    """What is known of the rules before a report is looked at.

    ``outcomes`` are those of all rules, as far as they stand without looking: of the others it is that they passed.
    ``rules`` are to be looked at: (rule, its id, whether it certainly applies, whether it has then nothing to say where
    nothing was found).
    """

    outcomes: Mapping[str, Outcome]
    rules: tuple[tuple[Rule, str, bool, bool], ...]


class Engine:
    """Selected rules with their compiled matcher; shared freely between threads and reports.

    ``lang`` is the language of all messages (zh or en); ``matcher`` one that was made of these rules before.
    """

    def __init__(self, rules: Sequence[Rule], kinds: Kinds, lang: str = "zh", matcher: Matcher | None = None) -> None:
        self.rules = tuple(rules)
        self.lang = lang
        self._kinds = kinds
        self._known: dict[str, Check | None] = {}
        self._conditions = Conditions(lang)
        self._matcher = matcher or Matcher([(rule.id, rule.patterns) for rule in rules if rule.patterns])
        self._plans: dict[tuple[str, int | None, str | None], Plan] = {}
        self.below = all_below({rule.id: rule.supersedes for rule in rules if rule.supersedes})

    def judge(self, report: Report) -> Verdict:
        """Judge all rules. Checks are pure, so a report may be judged by several threads at once."""
        hits = self._matcher.scan([passage for passage in report.passages if passage.role != "table"])
        plan = self._plan(report)
        outcomes = dict(plan.outcomes)
        findings: dict[str, list[Finding]] = {}
        evidence: dict[Any, Evidence] = {}
        for rule, name, applies, quiet in plan.rules:
            own = hits.get(name, ())
            if own or not quiet:
                outcome, found = self._judge(rule, report, own, evidence, applies)
                if outcome is not PASSED:
                    outcomes[name] = outcome
                if found:
                    findings[name] = found
        silence_superseded(self.below, findings, outcomes, self.lang)
        return Verdict(tuple(one for found in findings.values() for one in found), outcomes, tuple(evidence.values()))

    def _plan(self, report: Report) -> Plan:
        """What form, year and kind of issuer decide, worked out once for all reports that have them in common."""
        key = report.form.id, report.year, report.issuer_kind
        plan = self._plans.get(key)
        if plan is None:
            if len(self._plans) >= PLANS:
                self._plans.clear()
            apart = {rule.id: self._conditions.set_apart(rule.applies, report) for rule in self.rules}
            plan = self._plans[key] = Plan(
                {rule: Outcome("not_applicable", reason) if reason else PASSED for rule, reason in apart.items()},
                tuple(self._look(rule) for rule in self.rules if not apart[rule.id]),
            )
        return plan

    def _look(self, rule: Rule) -> tuple[Rule, str, bool, bool]:
        """A rule of a plan."""
        applies = not rule.needs and not {"when", "unless_issuer"}.intersection(rule.applies)
        try:
            kind = self.kind(rule.check)
        except (Exception, SystemExit):  # it breaks when it is judged
            kind = None
        return rule, rule.id, applies, applies and kind is not None and kind.only_hits and kind.scope != "run"

    def _judge(
        self, rule: Rule, report: Report, hits: Sequence[Hit], evidence: dict[Any, Evidence], applies: bool
    ) -> tuple[Outcome, list[Finding]]:
        try:
            outcome = None if applies else self.inapplicable(rule, report)
            return self._run(rule, report, hits, evidence) if outcome is None else (outcome, [])
        except (Exception, SystemExit) as error:  # a broken check must not take the other rules with it
            return Outcome("broke", self.why(rule, error)), []

    def why(self, rule: Rule, error: BaseException) -> str:
        """Why a rule broke, with the plugin that its kind comes from."""
        from gilint.causes import cause

        owner = self._kinds.owner("check", rule.check)
        return f"{owner}: {cause(error)}" if owner else cause(error)

    # --- whether a rule applies ---------------------------------------------------------------------------------

    def applies(self, rule: Rule, report: Report) -> bool:
        """Whether the conditions of a rule hold for a report; the rule need not be among those of the engine."""
        return self._conditions.hold(rule.applies, report)

    def inapplicable(self, rule: Rule, report: Report) -> Outcome | None:
        """What becomes of a rule that does not apply to a report; ``None`` where it does."""
        return self._conditions.outcome(rule, report)

    def _say(self, zh: str, en: str) -> str:
        return zh if self.lang == "zh" else en

    # --- one rule -----------------------------------------------------------------------------------------------

    def _run(
        self, rule: Rule, report: Report, hits: Sequence[Hit], evidence: dict[Any, Evidence]
    ) -> tuple[Outcome, list[Finding]]:
        """Outcome and findings of a rule; the evidence that it comes upon is added to that of the others."""
        kind = self.kind(rule.check)
        if kind is None:
            return Outcome("broke", self._kinds.missing(rule.check)), []
        if kind.scope == "run":
            return Outcome("not_applicable", ALONE[self.lang]), []
        if kind.only_hits and not hits:
            return PASSED, []
        arguments = (report, rule.options) if kind.patterns is None else (report, rule.options, hits)
        return self.conclude(rule, kind.function(*arguments), evidence)

    def conclude(
        self, rule: Rule, things: Iterable[Any] | None, evidence: dict[Any, Evidence]
    ) -> tuple[Outcome, list[Finding]]:
        """What follows from all that a check said of a report."""
        said = _said(things)
        if not said:
            return PASSED, []
        problems: list[Problem] = []
        undecided: dict[str, None] = {}
        outside: dict[str, None] = {}
        known: dict[Any, Evidence] = {}
        for one in said:
            if isinstance(one, Problem):
                problems.append(one)
            elif isinstance(one, Evidence):
                known.setdefault(_claim(one), one)
            else:
                reasons = undecided if isinstance(one, NotAssessable) else outside
                reasons[one.reason.get(self.lang) or one.reason["zh"]] = None
        findings = self._findings(rule, problems)
        for claim, one in known.items():
            evidence.setdefault(claim, one)
        comma = self._say("；", "; ")
        if problems:
            return Outcome("failed", comma.join(undecided)) if undecided else FAILED, findings
        if undecided:
            return Outcome("could_not_check", comma.join(undecided)), []
        return (Outcome("not_applicable", comma.join(outside)) if outside else PASSED), []

    def kind(self, name: str) -> Check | None:
        """The kind of a name, resolved once; resolving it twice in two threads does no harm."""
        if name not in self._known:
            self._known[name] = self._kinds.get(name)
        return self._known[name]

    def _findings(self, rule: Rule, problems: Iterable[Problem]) -> list[Finding]:
        seen: dict[tuple[str, ...], int] = {}
        return [self._finding(rule, problem, seen) for problem in problems]

    def _finding(self, rule: Rule, problem: Problem, seen: dict[tuple[str, ...], int]) -> Finding:
        at = problem.at
        address, span, excerpt = at.address, at.span, excerpt_of(at)
        values = self._values(problem.values, rule)
        # What concerns a whole element is the same defect under another heading.
        words = "" if isinstance(at, Section | Table | Report) else excerpt
        identity = _identity(rule, address, words, problem.key)
        ordinal = seen[identity] = seen.get(identity, -1) + 1
        return Finding(
            rule=rule.id,
            name=rule.name,
            severity=rule.severity,
            title=rule.title[self.lang],
            message=_filled(rule.message[self.lang], values, rule),
            advice=_filled(rule.advice[self.lang], values, rule),
            basis=rule.basis,
            address=address,
            span=span,
            excerpt=excerpt,
            fingerprint=fingerprint((*identity, str(ordinal))),
            at=at,
            related=tuple(self._related(one) for one in problem.related),
            fix=Fix(rule.fix == "safe", problem.edits) if rule.fix and problem.edits else None,
        )

    def _values(self, values: Mapping[str, Any], rule: Rule) -> dict[str, Any]:
        """A problem's values in the language of the run: ``name_en`` takes the place of ``name`` in English."""
        said = {"rule": rule.id, "severity": rule.severity, **values}
        if self.lang == "en":
            said.update((name[:-3], value) for name, value in values.items() if name.endswith("_en"))
        return said

    def _related(self, place: Any) -> Related:
        if isinstance(place, Related):
            return place
        if isinstance(place, Echo):
            return self._echo(place)
        address, excerpt = place.address, excerpt_of(place)
        if (address.table or "").startswith(PREVIOUS):
            # Its span leads into another file, so the words have to say where it is.
            label = address.trail[-1]
            words = self._say(f"上年报告“{label}”：{excerpt}", f"last year's report, “{label}”: {excerpt}")
            return Related(address, None, words)
        return Related(address, place.span, excerpt)

    def _echo(self, echo: Echo) -> Related:
        """A place with its words, and those of the other report where they differ; their span is another file's."""
        texts = [one.title if isinstance(one, Table) else one.text for one in (echo.at, echo.last)]
        now, last = (" ".join(text.split()) for text in texts)
        where = f"{echo.name} {echo.last.span.describe(self.lang)}"
        if echo.issuer:
            both = "" if fold(now) == fold(last) else f" ← “{clip(last, ECHOED)}”"
            words = f"“{clip(now, ECHOED)}”{both}"
            message = self._say(f"{words}（{echo.issuer}，{where}）", f"{words} ({echo.issuer}, {where})")
            return Related(echo.at.address, echo.at.span, message)
        if now == last:
            message = self._say(f"“{clip(now, ECHOED)}”，上年 {where} 相同", f"“{clip(now, ECHOED)}”, as in {where}")
        else:
            both = f"“{clip(now, ECHOED)}” ← “{clip(last, ECHOED)}”"
            message = self._say(f"{both}（上年 {where}）", f"{both} (last year, {where})")
        return Related(echo.at.address, echo.at.span, message)


def _said(things: Iterable[Any] | None) -> list[Problem | Evidence | NotAssessable | NotApplicable]:
    """What a check yields. Raises ``TypeError`` when it is something else."""
    if things is None:
        raise TypeError("a check yields Problem or NotAssessable; this one returned None")
    said = list(things)
    for thing in said:
        if type(thing) not in SAYABLE and not isinstance(thing, SAYABLE):
            raise TypeError(f"a check yields Problem or NotAssessable, not {thing!r:.80}")
    return said


def _claim(evidence: Evidence) -> tuple[Any, ...]:
    """What evidence says, wherever it stands; that it stands somewhere is looked at while its rule is to blame."""
    if evidence.at.address is None:
        raise TypeError(f"evidence stands nowhere: {evidence.at!r:.80}")
    return evidence.readings, evidence.value, evidence.source


def _filled(text: str, values: Mapping[str, Any], rule: Rule) -> str:
    if "{" not in text and "}" not in text:
        return text
    try:
        return text.format_map(values)
    except KeyError as error:
        raise LookupError(f"the check {rule.check!r} gave no value for {{{error.args[0]}}}") from None


def excerpt_of(at: Any) -> str:
    """The exact text at a place; nothing for a place without extent."""
    if isinstance(at, Slice):
        return at.text
    if isinstance(at, Cell):
        return at.raw
    if isinstance(at, Heading):
        return at.at.text
    if isinstance(at, Section):
        return at.heading.at.text
    if isinstance(at, Table):
        return (next(iter(at.labels.values()), None) or at.header[0]).text
    if isinstance(at, Report):
        return at.title.text if at.title else ""
    return ""


def _identity(rule: Rule, address: Address, words: str, key: str) -> tuple[str, ...]:
    """What a finding is recognised by across runs: places of the form and words, never lines, values or languages."""
    if address.table:
        return rule.id, address.table, address.row or "", address.column or "", key
    return rule.id, address.section or "", fold(words), key


def fingerprint(identity: tuple[str, ...]) -> str:
    """Sixteen hexadecimal digits of the identity."""
    return str(blake2b("\x1f".join(identity).encode("utf-8", "surrogatepass"), digest_size=8).hexdigest())
