"""What the reports of a run are judged for together, after each was judged by itself.

Kinds of scope ``run`` make a small digest of each report, where it is judged; their functions get all of them at once.
Nothing here depends on the order in which workers finish, and no more than a digest of a report stays in memory.
"""

from __future__ import annotations

from itertools import chain, groupby
from operator import itemgetter

from gilint.checks import Member, Particulars
from gilint.model import NotApplicable, NotAssessable, Outcome, Result
from gilint.superseding import silence_superseded

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
    from typing import Any

    from gilint.engine import Engine
    from gilint.form import Form
    from gilint.model import Finding, Report
    from gilint.ruleset import Rule

    Digests = Mapping[str, Any]
    """By rule what it keeps of a report: a digest, or the outcome where it keeps none."""
    Said = dict[str, tuple[Outcome, Sequence[Finding]]]
    """By rule what it says of a report."""
    Told = tuple[int, str, Outcome, Sequence[Finding]]
    """Number of a report, rule, outcome and findings."""
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
        self.partners: dict[int, dict[str, Sequence[int]]] = {}
        """What :meth:`judge` leaves to be said: the numbers beside which a report is judged, by rule."""

    def add(self, number: int, particulars: Particulars, digests: Digests) -> None:
        """Let a report take part; reports come in any order."""
        self._families.setdefault(particulars.form.family.pack, {})[number] = particulars, digests

    @property
    def engines(self) -> Iterator[Engine]:
        """The engines of all families that have rules."""
        return filter(None, (self._engine_of(_form_of(reports)) for reports in self._families.values()))

    def judge(self) -> Iterator[Told]:
        """What the rules say: number of the report, rule, outcome and findings; the last word on each counts."""
        for reports in self._families.values():
            engine = self._engine_of(_form_of(reports))
            if engine is not None and len(reports) > 1:
                for rule in rules_of(engine):
                    yield from self._judge_rule(rule, reports, engine)

    def judge_partners(self, number: int) -> Iterator[Told]:
        """What is left to be said of a report."""
        ((reports, engine),) = (
            (reports, self._engine_of(_form_of(reports))) for reports in self._families.values() if number in reports
        )
        assert engine is not None
        for rule, others in self.partners[number].items():
            members = [self._member(reports, one, rule) for one in (number, *others)]
            yield number, rule, *judge_beside(engine, rule, members)

    def unsaid(self, lang: str, numbers: Iterable[int] | None = None) -> Iterator[Told]:
        """What is to be said of a run that was interrupted: these reports, or all, were not compared."""
        outcome = Outcome("could_not_check", INTERRUPTED[lang])
        if numbers is not None:
            yield from ((number, rule, outcome, ()) for number in numbers for rule in self.partners[number])
            return
        for reports in self._families.values():
            for number, (_, digests) in reports.items():
                for rule, digest in digests.items():
                    yield number, rule, digest if isinstance(digest, Outcome) else outcome, ()

    def _judge_rule(
        self, rule: Rule, reports: Mapping[int, tuple[Particulars, Digests]], engine: Engine
    ) -> Iterator[Told]:
        numbers = []
        for number in sorted(reports, key=lambda number: (reports[number][0].path, number)):
            digest = reports[number][1][rule.id]
            if isinstance(digest, Outcome):
                yield number, rule.id, digest, ()
            else:
                numbers.append(number)
        if len(numbers) > 1:
            members = [self._member(reports, number, rule.id) for number in numbers]
            for place, outcome, findings in self._said(rule, members, numbers, engine):
                yield numbers[place], rule.id, outcome, findings

    def _said(
        self, rule: Rule, members: Sequence[Member], numbers: Sequence[int], engine: Engine
    ) -> Iterator[tuple[int, Outcome, Sequence[Finding]]]:
        """Outcome and findings of a rule for each of the reports, as they come; if it breaks, then for all of them."""
        kind = engine.kind(rule.check)
        assert kind is not None
        told: set[int] = set()
        try:
            if kind.partners is not None:
                partners = {place: each for place, each in kind.partners(members, rule.options).items() if each}
                for place, others in partners.items():
                    self.partners.setdefault(numbers[place], {})[rule.id] = [numbers[other] for other in others]
                told.update(partners)
            pairs = () if kind.partners is not None else kind.function(members, rule.options)
            for place, things in groupby(pairs, key=itemgetter(0)):
                if place in told:
                    raise ValueError(f"{rule.check} comes back to a member ({place}): say all of one at once")
                told.add(place)
                yield place, *engine.conclude(rule, [thing for _, thing in things], {})
        except (Exception, SystemExit) as error:
            broken = Outcome("broke", engine.why(rule, error))
            for number in set(numbers).intersection(self.partners):
                self.partners[number].pop(rule.id, None)
                if not self.partners[number]:
                    del self.partners[number]
            yield from ((place, broken, ()) for place in range(len(members)))
        else:
            yield from ((place, *engine.conclude(rule, (), {})) for place in range(len(members)) if place not in told)

    def _member(self, reports: Mapping[int, tuple[Particulars, Digests]], number: int, rule: str) -> Member:
        particulars, digests = reports[number]
        return Member(particulars, digests[rule], lambda: self._report_of(number))


def judge_beside(engine: Engine, rule: str, members: Sequence[Member]) -> tuple[Outcome, Sequence[Finding]]:
    """Outcome and findings of a rule for the first of some reports, judged beside the others."""
    own = next(each for each in engine.rules if each.id == rule)
    kind = engine.kind(own.check)
    assert kind is not None
    try:
        return engine.conclude(own, list(kind.function(members, own.options)), {})
    except (Exception, SystemExit) as error:
        return Outcome("broke", engine.why(own, error)), ()


def _form_of(reports: Mapping[int, tuple[Particulars, Digests]]) -> Form:
    return next(iter(reports.values()))[0].form


def completed(result: Result, said: Said, engine: Engine) -> Result:
    """A result with what the rules that judge the whole run say of its report; waivers have not spoken yet."""
    outcomes = {**result.outcomes, **{rule: outcome for rule, (outcome, _) in said.items()}}
    by_rule = {rule: list(findings) for rule, (_, findings) in said.items() if findings}
    if not by_rule:
        return result.replace(outcomes=outcomes)
    for finding in result.findings:
        by_rule.setdefault(finding.rule, []).append(finding)
    silence_superseded(engine.below, by_rule, outcomes, engine.lang)
    findings = sorted((finding for each in by_rule.values() for finding in each), key=by_place)
    return result.replace(findings=tuple(findings), outcomes=outcomes)


def alone(said: Said, engine: Engine) -> Result:
    """What rules that judge the whole run say of a report, as if there were no others."""
    return completed(Result("", None, (), {}), said, engine)


def are_apart(engine: Engine) -> bool:
    """Whether rules that judge reports beside others neither supersede other rules nor are superseded by them."""
    own = {rule.id for rule in rules_of(engine) if _has_partners(engine, rule)}
    return all((rule in own) == (other in own) for rule, others in engine.below.items() for other in others)


def _has_partners(engine: Engine, rule: Rule) -> bool:
    kind = engine.kind(rule.check)
    return kind is not None and kind.partners is not None


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
    for number, rule, outcome, findings in chain.from_iterable(map(assembly.judge_partners, assembly.partners)):
        said.setdefault(number, {})[rule] = outcome, findings
    return [completed(result, said.get(number, {}), engine) for number, result in enumerate(results)]
