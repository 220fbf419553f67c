"""What stands once at the end of a run: how many findings, what became of every rule, and what could not be judged."""

from __future__ import annotations

from collections import Counter

from gilint.model import Failure
from gilint.reporters import INTERRUPTED, SEVERITIES, STATUSES
from gilint.reporters.labels import labels
from gilint.reporters.layout import flowing, hanging, harmless, line, one_line, rendered
from gilint.text import width

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from gilint.model import Result
    from gilint.reporters import Options, Run, RunProblem
    from gilint.reporters.layout import Line

    Share = tuple[
        bool,
        Mapping[str, int],
        Mapping[str, int],
        Sequence[str],
        Sequence[tuple[str, str, str]],
        tuple[str, str, str, str] | None,
    ]
    """Whether it is that of a file; its findings by severity and those that are waived; outcomes by status; rules;
    outcomes that have a reason; and why the file could not be judged."""

# A reason that keeps more rules than this from checking does not name them, and not every reason is told.
_RULES_NAMED = 8
_REASONS_TOLD = 6

_LOOKS = {"passed": "good", "failed": "error", "broke": "error", "could_not_check": "warning"}


REASONED = ("could_not_check", "broke")
"""Outcomes whose reasons are told."""


class Tally:
    """What a run comes to, counted result by result, so that none has to be kept."""

    def __init__(self) -> None:
        self.files = self.failed = self.judgements = 0
        self.counts: Counter[str] = Counter()
        self.statuses: Counter[str] = Counter()
        self.rules: set[str] = set()
        self.reasons: dict[str, dict[str, dict[str, None]]] = {status: {} for status in REASONED}
        self.failures: list[tuple[str, Failure]] = []

    def add(self, share: Share) -> None:
        files, counts, statuses, rules, reasons, failure = share
        self.files += files
        self.counts.update(counts)
        self.judgements += len(rules)
        self.statuses.update(statuses)
        self.rules.update(rules)
        for status, rule, reason in reasons:
            self.reasons[status].setdefault(reason, {})[rule] = None
        if failure is not None:
            path, *said = failure
            self.failed += 1
            self.failures.append((path, Failure(*said)))


def share_of(result: Result) -> Share:
    """What a result adds to a tally, as plain data."""
    outcomes, error = result.outcomes, result.error
    return (
        # What is said of a file of waivers is no report.
        result.report is not None or error is not None,
        {**Counter(finding.severity for finding in result.findings), "waived": len(result.waived)},
        dict(Counter([outcome.status for outcome in outcomes.values()])),
        list(outcomes),
        [(one.status, rule, one.reason) for rule, one in outcomes.items() if one.status in REASONED],
        None if error is None else (result.path, error.code, error.message, error.advice),
    )


def tally_of(run: Run) -> Tally:
    """The tally of all results of a run."""
    tally = Tally()
    for result in run.results:
        tally.add(share_of(result))
    return tally


def render_summary(run: Run, options: Options) -> str:
    """The end of a run by itself."""
    return rendered(Summary(run, options, tally_of(run)).lines(), options.color)


class Summary:
    """Draws the end of a run."""

    def __init__(self, run: Run, options: Options, tally: Tally) -> None:
        self._run = run
        self._tallied = tally
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
        judged = bool(self._tallied.rules)
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
        counts, failed = self._tallied.counts, self._tallied.failed
        if not self._tallied.files:
            return [line(self._words["nothing"])]
        pieces: list[tuple[str, str] | str] = [self._words["files"].format(count=self._tallied.files)]
        if failed:
            pieces += [self._words["comma"], (self._words["files_failed"].format(count=failed), "error")]
        pieces.append(self._words["colon"])
        looks = {severity: severity for severity in SEVERITIES}
        shown = {name: counts[name] for name in (*SEVERITIES, "waived") if counts[name] or name != "waived"}
        return self._tally(line(*pieces), shown, looks)

    def _rules(self) -> list[Line]:
        counts, judgements, rules = self._tallied.statuses, self._tallied.judgements, self._tallied.rules
        label = "rules" if judgements == len(rules) else "rules_files"
        shown = {status: counts[status] for status in STATUSES if counts[status] or status != "broke"}
        lead = self._words[label].format(rules=len(rules), judgements=judgements)
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
        reasons = self._tallied.reasons["could_not_check"]
        told = reasons if self._verbose else dict(list(reasons.items())[:_REASONS_TOLD])
        lines = [each for reason, rules in told.items() for each in self._reason(reason, rules)]
        if len(told) < len(reasons):
            lines.append(line("   ", (self._words["reasons_hidden"].format(count=len(reasons) - len(told)), "frame")))
        elif any(len(rules) > _RULES_NAMED for rules in told.values()) and not self._verbose:
            lines.append(line("   ", (self._words["list_hidden"], "frame")))
        return lines

    def _reason(self, reason: str, rules: Collection[str]) -> list[Line]:
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
            for reason, rules in self._tallied.reasons["broke"].items()
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
        return [each for path, failure in self._tallied.failures for each in self._failed_input(path, failure)]

    def _failed_input(self, path: str, failure: Failure) -> list[Line]:
        head = line((self._words["not_judged"], "error"), " ", (harmless(path), "place"))
        message = f"{one_line(failure.message)} [{failure.code}]"
        lines = [head, *hanging(line("   "), message, "strong", self._cells)]
        if failure.advice:
            lead = line(("   = ", "frame"), (self._words["advice"], "label"))
            lines += hanging(lead, one_line(failure.advice), "", self._cells)
        return lines
