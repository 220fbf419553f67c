"""What stands once at the end of a run: how many findings, what became of every rule, and what could not be judged."""

from __future__ import annotations

from collections import Counter

from gilint.reporters import INTERRUPTED, SEVERITIES, STATUSES
from gilint.reporters.labels import labels
from gilint.reporters.layout import flowing, hanging, harmless, line, one_line, rendered
from gilint.text import width

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from gilint.model import Result
    from gilint.reporters import Options, Run, RunProblem
    from gilint.reporters.layout import Line

# A reason that keeps more rules than this from checking does not name them, and not every reason is told.
_RULES_NAMED = 8
_REASONS_TOLD = 6

_LOOKS = {"passed": "good", "failed": "error", "broke": "error", "could_not_check": "warning"}


def render_summary(run: Run, options: Options) -> str:
    """The end of a run by itself."""
    return rendered(Summary(run, options).lines(), options.color)


class Summary:
    """Draws the end of a run."""

    def __init__(self, run: Run, options: Options) -> None:
        self._run = run
        self._cells = options.width
        self._verbose = options.verbose
        self._counts = options.summary
        self._lang = options.lang
        self._words = labels(options.lang)

    def lines(self) -> list[Line]:
        troubles = [*self._failed_inputs(), *self._broken_rules(), *self._problems()]
        if not self._counts:
            return troubles
        # Without a report there is no rule to account for.
        judged = any(result.outcomes for result in self._run.results)
        return [
            line((self._ruled(self._words["summary"]), "frame")),
            *self._files(),
            *([*self._rules(), *self._not_checked()] if judged else []),
            *([line()] if troubles else []),
            *troubles,
        ]

    def _ruled(self, title: str) -> str:
        lead = f"── {title} "
        return lead + "─" * (self._cells - width(lead))

    # --- counts -------------------------------------------------------------------------------------------------------

    def _files(self) -> list[Line]:
        # What is said of a file of waivers is no report.
        results = [result for result in self._run.results if result.report is not None or result.error is not None]
        if not results:
            return [line(self._words["nothing"])]
        failed = sum(result.error is not None for result in results)
        counts = Counter(finding.severity for result in self._run.results for finding in result.findings)
        counts["waived"] = sum(len(result.waived) for result in results)
        pieces: list[tuple[str, str] | str] = [self._words["files"].format(count=len(results))]
        if failed:
            pieces += [self._words["comma"], (self._words["files_failed"].format(count=failed), "error")]
        pieces.append(self._words["colon"])
        looks = {severity: severity for severity in SEVERITIES}
        shown = {name: counts[name] for name in (*SEVERITIES, "waived") if counts[name] or name != "waived"}
        return self._tally(line(*pieces), shown, looks)

    def _rules(self) -> list[Line]:
        outcomes = [outcome.status for result in self._run.results for outcome in result.outcomes.values()]
        rules = {rule for result in self._run.results for rule in result.outcomes}
        counts = Counter(outcomes)
        label = "rules" if len(outcomes) == len(rules) else "rules_files"
        shown = {status: counts[status] for status in STATUSES if counts[status] or status != "broke"}
        lead = self._words[label].format(rules=len(rules), judgements=len(outcomes))
        return self._tally(line(lead), shown, _LOOKS)

    def _tally(self, lead: Line, counts: Mapping[str, int], looks: Mapping[str, str]) -> list[Line]:
        """``错误 3 · 警告 12``; a count of zero has no colour."""
        items = [
            (f"{self._words[name]} {count}", looks.get(name, "") if count else "") for name, count in counts.items()
        ]
        return flowing(lead, items, self._cells)

    # --- what could not be judged -------------------------------------------------------------------------------------

    def _not_checked(self) -> list[Line]:
        """Why rules could not check, each reason once with its rules. Silence is never a pass."""
        reasons = _by_reason(self._run.results, "could_not_check")
        told = reasons if self._verbose else dict(list(reasons.items())[:_REASONS_TOLD])
        lines = [each for reason, rules in told.items() for each in self._reason(reason, rules)]
        if len(told) < len(reasons):
            lines.append(line("   ", (self._words["reasons_hidden"].format(count=len(reasons) - len(told)), "frame")))
        elif any(len(rules) > _RULES_NAMED for rules in told.values()) and not self._verbose:
            lines.append(line("   ", (self._words["list_hidden"], "frame")))
        return lines

    def _reason(self, reason: str, rules: list[str]) -> list[Line]:
        text = one_line(reason) or self._words["no_reason"]
        if len(rules) <= _RULES_NAMED or self._verbose:
            text += self._words["colon"] + self._words["list"].join(map(self._named, rules))
        else:
            text += self._words["rule_count"].format(count=len(rules))
        lead = line("   ", (self._words["could_not_check"], "warning"), "  ")
        return hanging(lead, text, "", self._cells)

    def _named(self, rule: str) -> str:
        known = self._run.rules.get(rule)
        return f"{rule} {known.title[self._lang]}" if known is not None and self._verbose else rule

    def _broken_rules(self) -> list[Line]:
        return [
            each
            for reason, rules in _by_reason(self._run.results, "broke").items()
            for each in hanging(
                line((f"{self._words['broke']} {self._words['list'].join(rules)}", "error"), "  "),
                one_line(reason) or self._words["no_reason"],
                "",
                self._cells,
            )
        ]

    def _problems(self) -> list[Line]:
        return [
            each
            for problem in self._run.problems
            for each in hanging(line((self._label(problem), "error"), "  "), self._problem(problem), "", self._cells)
        ]

    def _label(self, problem: RunProblem) -> str:
        return self._words["interrupted" if problem.name == INTERRUPTED else "problem"]

    def _problem(self, problem: RunProblem) -> str:
        """The message, which may say the name already."""
        told = problem.name == INTERRUPTED or problem.message.startswith(problem.name)
        lead = "" if told else problem.name + self._words["colon"]
        return one_line(lead + problem.message)

    def _failed_inputs(self) -> list[Line]:
        return [each for result in self._run.results for each in self._failed_input(result)]

    def _failed_input(self, result: Result) -> list[Line]:
        if result.error is None:
            return []
        head = line((self._words["not_judged"], "error"), " ", (harmless(result.path), "place"))
        message = f"{one_line(result.error.message)} [{result.error.code}]"
        lines = [head, *hanging(line("   "), message, "strong", self._cells)]
        if result.error.advice:
            lead = line(("   = ", "frame"), (self._words["advice"], "label"))
            lines += hanging(lead, one_line(result.error.advice), "", self._cells)
        return lines


def _by_reason(results: Iterable[Result], status: str) -> dict[str, list[str]]:
    """The rules of a status by why, each rule once however many files it was in."""
    reasons: dict[str, dict[str, None]] = {}
    for result in results:
        for rule, outcome in result.outcomes.items():
            if outcome.status == status:
                reasons.setdefault(outcome.reason, {})[rule] = None
    return {reason: list(rules) for reason, rules in reasons.items()}
