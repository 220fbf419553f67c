"""What the reports of a run are judged for together, after each was judged by itself.

Kinds of scope ``run`` make a small digest of each report, where it is judged; their functions get all of them at once.
Nothing here depends on the order in which workers finish.
"""

from __future__ import annotations

from gilint.checks import Member
from gilint.engine import silence_superseded
from gilint.model import NotApplicable, NotAssessable, Outcome

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
    from typing import Any

    from gilint.engine import Engine
    from gilint.model import Finding, Report, Result
    from gilint.ruleset import Rule

    Judged = tuple[Result, Mapping[str, Any] | None]
    """A result with the digests of its report by rule, where they were made with it."""
    Waive = Callable[[Result, str], Result]

FILES_A_TASK = 25
"""Few enough to keep all workers busy, enough to be worth the sending."""


def chunks(sources: Iterable[Any]) -> Iterator[list[Any]]:
    """The sources in tasks for a worker."""
    chunk = []
    for source in sources:
        chunk.append(source)
        if len(chunk) == FILES_A_TASK:
            yield chunk
            chunk = []
    if chunk:
        yield chunk


def digests_of(result: Result, engine_of: Callable[[Report], Engine]) -> dict[str, Any] | None:
    """What each rule of scope ``run`` keeps of a report: a digest, or the outcome where it keeps none."""
    if not _is_judged(result):
        return None
    report: Report = result.report  # type: ignore[assignment]
    engine = engine_of(report)
    return {rule.id: _digest(rule, report, engine) for rule in _rules(engine)}


def _is_judged(result: Result) -> bool:
    """Whether an input is part of the run: one that could not be judged is none."""
    return result.report is not None and result.error is None


def judge_together(judged: Sequence[Judged], engine_of: Callable[[Report], Engine], waive: Waive) -> list[Result]:
    """The results in their order, with the findings and outcomes of the rules that judge all reports of a run."""
    results = [result for result, _ in judged]
    families: dict[str, list[int]] = {}
    for number, result in enumerate(results):
        if result.report is not None and _is_judged(result):
            families.setdefault(result.report.form.family.pack, []).append(number)
    for numbers in families.values():
        if len(numbers) > 1:
            _judge_family(results, [(number, judged[number][1]) for number in numbers], engine_of, waive)
    return results


def by_place(finding: Finding) -> tuple[tuple[float, ...], str]:
    """Where a finding stands, whatever the format."""
    return () if finding.span is None else finding.span.order, finding.rule


def _rules(engine: Engine) -> list[Rule]:
    return [rule for rule in engine.rules if (kind := engine.kind(rule.check)) is not None and kind.scope == "run"]


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


def _judge_family(
    results: list[Result],
    numbered: Sequence[tuple[int, Mapping[str, Any] | None]],
    engine_of: Callable[[Report], Engine],
    waive: Waive,
) -> None:
    """Put into ``results`` what the rules of a family say of its reports."""
    reports: dict[int, Report] = {number: results[number].report for number, _ in numbered}  # type: ignore[misc]
    engine = engine_of(next(iter(reports.values())))
    digests = {number: one or digests_of(results[number], engine_of) or {} for number, one in numbered}
    verdicts: dict[int, dict[str, tuple[Outcome, list[Finding]]]] = {number: {} for number in reports}
    for rule in _rules(engine):
        members = {}
        for number in sorted(reports, key=lambda number: (results[number].path, number)):
            digest = digests[number][rule.id]
            if isinstance(digest, Outcome):
                verdicts[number][rule.id] = digest, []
            else:
                members[number] = Member(reports[number], digest)
        if len(members) > 1:
            for number, verdict in zip(members, _judge_rule(rule, list(members.values()), engine), strict=True):
                verdicts[number][rule.id] = verdict
    for number in verdicts:
        results[number] = _completed(results[number], verdicts[number], engine, waive)


def _judge_rule(rule: Rule, members: list[Member], engine: Engine) -> list[tuple[Outcome, list[Finding]]]:
    """Outcome and findings of a rule for each of the reports."""
    kind = engine.kind(rule.check)
    assert kind is not None
    said: list[list[Any]] = [[] for _ in members]
    try:
        for number, thing in kind.function(members, rule.options):
            said[number].append(thing)
        return [engine.conclude(rule, things, {}) for things in said]
    except (Exception, SystemExit) as error:
        return [(Outcome("broke", engine.why(rule, error)), []) for _ in members]


def _completed(
    result: Result, verdict: Mapping[str, tuple[Outcome, list[Finding]]], engine: Engine, waive: Waive
) -> Result:
    outcomes = {**result.outcomes, **{rule: outcome for rule, (outcome, _) in verdict.items()}}
    if not any(findings for _, findings in verdict.values()):
        return result.replace(outcomes=outcomes)
    by_rule: dict[str, list[Finding]] = {rule.id: [] for rule in engine.rules}
    for finding in result.findings:
        by_rule[finding.rule].append(finding)
    by_rule.update((rule, findings) for rule, (_, findings) in verdict.items())
    silence_superseded(engine.rules, by_rule, outcomes, engine.lang)
    findings = sorted((finding for each in by_rule.values() for finding in each), key=by_place)
    found = waive(result.replace(findings=tuple(findings), outcomes=outcomes, waived=()), result.path)
    return found.replace(waived=(*result.waived, *found.waived))
