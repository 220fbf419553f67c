"""What the reports of a run are judged for together, after each was judged by itself.

Kinds of scope ``run`` make a small digest of each report, where it is judged; their functions get all of them at once.
Nothing here depends on the order in which workers finish, and no more than a digest of a report stays in memory.
"""

from __future__ import annotations

from itertools import groupby
from operator import itemgetter

from gilint.checks import Member, Particulars
from gilint.engine import silence_superseded
from gilint.model import NotApplicable, NotAssessable, Outcome

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from typing import Any

    from gilint.engine import Engine
    from gilint.form import Form
    from gilint.model import Finding, Report, Result
    from gilint.ruleset import Rule

    Digests = Mapping[str, Any]
    """By rule what it keeps of a report: a digest, or the outcome where it keeps none."""
    Said = dict[str, tuple[Outcome, Sequence[Finding]]]
    """By rule what it says of a report."""
    EngineOf = Callable[[Form], Engine | None]

INTERRUPTED = {
    "zh": "检查中断，没有与其余报告比较",
    "en": "the run was interrupted, so the other reports were not compared",
}


def digests_of(result: Result, engine_of: EngineOf) -> dict[str, Any] | None:
    """What each rule of scope ``run`` keeps of a report; ``None`` where it was not judged."""
    report = result.report
    if report is None or result.error is not None:
        return None
    engine = engine_of(report.form)
    return {} if engine is None else {rule.id: _digest(rule, report, engine) for rule in rules_of(engine)}


def rules_of(engine: Engine) -> list[Rule]:
    """The rules of an engine that judge a run."""
    return [rule for rule in engine.rules if (kind := engine.kind(rule.check)) is not None and kind.scope == "run"]


def by_place(finding: Finding) -> tuple[tuple[float, ...], str]:
    """Where a finding stands, whatever the format."""
    return () if finding.span is None else finding.span.order, finding.rule


def _digest(rule: Rule, report: Report, engine: Engine) -> Any:
    kind = engine.kind(rule.check)
    assert kind is not None
    assert kind.digest is not None
    try:
        outcome = engine.inapplicable(rule, report)
        if outcome is not None:
            return outcome
        digest = kind.digest(report, rule.options)
        return engine.conclude(rule, [digest], {})[0] if isinstance(digest, NotAssessable | NotApplicable) else digest
    except (Exception, SystemExit) as error:  # a broken check must not take the other rules with it
        return Outcome("broke", engine.why(rule, error))


def particulars_of(result: Result) -> Particulars | None:
    """What names the report of a result, where it was judged."""
    report = result.report
    if report is None or result.error is not None:
        return None
    return Particulars(result.path, report.form, report.issuer, report.issuer_kind, report.year)


class Assembly:
    """The reports of a run, by families, until all have come and are judged together.

    ``engine_of`` gives the engine for the reports of a form, ``report_of`` the report of a number.
    """

    def __init__(self, engine_of: EngineOf, report_of: Callable[[int], Report]) -> None:
        self._engine_of = engine_of
        self._report_of = report_of
        self._families: dict[str, dict[int, tuple[Particulars, Digests]]] = {}

    def add(self, number: int, particulars: Particulars, digests: Digests) -> None:
        """Let a report take part; reports come in any order."""
        self._families.setdefault(particulars.form.family.pack, {})[number] = particulars, digests

    def judge(self, *, interrupted: bool = False) -> Iterator[tuple[int, str, Outcome, Sequence[Finding]]]:
        """What the rules say: number of the report, rule, outcome and findings; the last word on each counts.

        Of an ``interrupted`` run no rule says that a report passed.
        """
        for reports in self._families.values():
            form = next(iter(reports.values()))[0].form
            engine = self._engine_of(form)
            if engine is None or (len(reports) < 2 and not interrupted):
                continue
            for rule in rules_of(engine):
                for number, outcome, findings in self._judge_rule(rule, reports, engine):
                    if interrupted and outcome.status in ("passed", "not_applicable"):
                        outcome = Outcome("could_not_check", INTERRUPTED[engine.lang])
                    yield number, rule.id, outcome, findings

    def _judge_rule(
        self, rule: Rule, reports: Mapping[int, tuple[Particulars, Digests]], engine: Engine
    ) -> Iterator[tuple[int, Outcome, Sequence[Finding]]]:
        numbers, members = [], []
        for number in sorted(reports, key=lambda number: (reports[number][0].path, number)):
            particulars, digests = reports[number]
            digest = digests[rule.id]
            if isinstance(digest, Outcome):
                yield number, digest, []
            else:
                numbers.append(number)
                members.append(Member(particulars, digest, lambda number=number: self._report_of(number)))  # type: ignore[misc]
        if len(members) > 1:
            for place, outcome, findings in _said(rule, members, engine):
                yield numbers[place], outcome, findings


def _said(rule: Rule, members: Sequence[Member], engine: Engine) -> Iterator[tuple[int, Outcome, Sequence[Finding]]]:
    """Outcome and findings of a rule for each of the reports, as they come; if it breaks, then for all of them."""
    kind = engine.kind(rule.check)
    assert kind is not None
    told: set[int] = set()
    try:
        for number, things in groupby(kind.function(members, rule.options), key=itemgetter(0)):
            if number in told:
                raise ValueError(f"{rule.check} comes back to a member ({number}): all of one has to be said at once")
            told.add(number)
            yield number, *engine.conclude(rule, [thing for _, thing in things], {})
    except (Exception, SystemExit) as error:
        broken = Outcome("broke", engine.why(rule, error))
        yield from ((number, broken, ()) for number in range(len(members)))
    else:
        yield from ((number, *engine.conclude(rule, (), {})) for number in range(len(members)) if number not in told)


def completed(result: Result, said: Said, engine: Engine) -> Result:
    """A result with what the rules that judge the whole run say of its report; waivers have not spoken yet."""
    outcomes = {**result.outcomes, **{rule: outcome for rule, (outcome, _) in said.items()}}
    if not any(findings for _, findings in said.values()):
        return result.replace(outcomes=outcomes)
    by_rule: dict[str, list[Finding]] = {rule.id: [] for rule in engine.rules}
    for finding in result.findings:
        by_rule[finding.rule].append(finding)
    by_rule.update((rule, list(findings)) for rule, (_, findings) in said.items())
    below = {rule.id: rule.supersedes for rule in engine.rules if rule.supersedes}
    silence_superseded(below, by_rule, outcomes, engine.lang)
    findings = sorted((finding for each in by_rule.values() for finding in each), key=by_place)
    return result.replace(findings=tuple(findings), outcomes=outcomes)


def judge_together(results: Sequence[Result], engine: Engine) -> list[Result]:
    """The results of a few reports, completed by the rules that judge them together; waivers have not spoken yet."""

    def report(number: int) -> Report:
        found = results[number].report
        assert found is not None
        return found

    assembly = Assembly(lambda _form: engine, report)
    for number, result in enumerate(results):
        particulars, digests = particulars_of(result), digests_of(result, lambda _form: engine)
        if particulars is not None and digests:
            assembly.add(number, particulars, digests)
    said: dict[int, Said] = {}
    for number, rule, outcome, findings in assembly.judge():
        said.setdefault(number, {})[rule] = outcome, findings
    return [completed(result, said.get(number, {}), engine) for number, result in enumerate(results)]
