"""The result for people: blocks that say what is wrong, where, why and what to do, and one summary at the end."""

from __future__ import annotations

from collections import Counter
from functools import partial

from gilint.reporters import LazyEquations
from gilint.reporters.blocks import Blocks
from gilint.reporters.labels import labels
from gilint.reporters.layout import hanging, harmless, line, one_line, rendered
from gilint.reporters.notes import note_text
from gilint.reporters.summary import Summary, Tally, share_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from gilint.model import Report, Result, Waived
    from gilint.reporters import Options, Run
    from gilint.reporters.layout import Line
    from gilint.reporters.summary import Share
    from gilint.ruleset import Rule


class TerminalReporter:
    """Plain text, or coloured where the caller asks for it; no line is wider than ``width`` but for a long path."""

    name = "terminal"

    def __init__(self, options: Options) -> None:
        self._options = options
        self._words = labels(options.lang)

    def render(self, run: Run) -> Iterator[str]:
        """The blocks of each file, then the summary."""
        several, tally, open_end = len(run.results) > 1, Tally(), False
        options = self._options
        looks = options.lang, options.width, options.color, options.verbose, several
        for share, text, after in run.rendered(f"{self.name} {looks}", partial(self._piece, several)):
            tally.add(share)
            if text:
                open_end = after
                yield text
        if open_end:
            yield "\n"
        yield rendered(Summary(run, self._options, tally).lines(), self._options.color)

    def _piece(self, several: bool, result: Result, rules: Mapping[str, Rule]) -> tuple[Share, str, bool]:
        """What a result adds to the summary, its blocks, and whether these want an empty line after them."""
        if result.error is not None:
            return share_of(result), "", False
        lines = self._file(result, rules, several)
        return share_of(result), rendered(lines, self._options.color), bool(lines[-1])

    def _file(self, result: Result, rules: Mapping[str, Rule], several: bool) -> list[Line]:
        if result.findings:
            blocks = Blocks(result, self._options, LazyEquations(rules))
            return [*self._header(result), *blocks.lines(), *self._waived(result), line()]
        sign, text = self._clean(result)
        if several and not self._options.verbose:
            # Among many files a clean one takes a line.
            lead = line(sign, " ", (harmless(result.path), "strong"), "  ")
            return hanging(lead, text, "", self._options.width)
        body = hanging(line("   ", sign, " "), text, "", self._options.width)
        return [*self._header(result), *body, *self._waived(result), line()]

    def _header(self, result: Result) -> list[Line]:
        """The file and what was taken for what, so that a wrong reading shows before its findings do."""
        lines = [line((harmless(result.path), "strong"))]
        report = result.report
        if report is not None:
            known = " · ".join((*identity(report, self._options.lang), report.form.title[self._options.lang]))
            lines += hanging(line("   "), known, "", self._options.width)
            lines += self._notes(report)
        return lines

    def _notes(self, report: Report) -> list[Line]:
        """What the reader saw beside the text or could not see, which nobody can find."""
        lead = line(("   = ", "frame"), (self._words["note"], "label"))
        notes = [one_line(note_text(note, self._options.lang)) for note in report.source.notes]
        return [each for note in notes for each in hanging(lead, note, "", self._options.width)]

    def _waived(self, result: Result) -> list[Line]:
        """What was let pass: how many of each rule, or each with its reason."""
        lead = line(("   = ", "frame"), (self._words["waivers"], "label"))
        if not result.waived:
            return []
        if not self._options.verbose:
            counts = Counter(one.finding.rule for one in result.waived)
            rules = self._words["list"].join(f"{rule} {count}" for rule, count in counts.items())
            text = self._words["waivers_hidden"].format(count=len(result.waived), rules=rules)
            return hanging(lead, text, "", self._options.width)
        said = [one_line(self._waiver(one)) for one in result.waived]
        return [each for text in said for each in hanging(lead, text, "", self._options.width)]

    def _waiver(self, waived: Waived) -> str:
        finding, waiver = waived.finding, waived.waiver
        terms = [waiver.reason]
        if waiver.approver:
            terms.append(self._words["approver"].format(name=waiver.approver))
        if waiver.expires:
            terms.append(self._words["expires"].format(day=waiver.expires))
        terms.append(f"{waiver.path}:{waiver.line}")
        return f"{finding.rule} {finding.message}{self._words['colon']}{self._words['clauses'].join(terms)}"

    def _clean(self, result: Result) -> tuple[tuple[str, str], str]:
        """That there are no findings, with what stands behind it: silence is never a pass."""
        statuses = Counter(outcome.status for outcome in result.outcomes.values())
        said = [self._words["clean"], self._words["clean_passed"].format(count=statuses["passed"])]
        if result.waived:
            said.append(self._words["waived_count"].format(count=len(result.waived)))
        said += [
            self._words[f"clean_{status}"].format(count=statuses[status])
            for status in ("could_not_check", "broke")
            if statuses[status]
        ]
        good = bool(statuses["passed"]) and not statuses["broke"]
        return ("✓", "good") if good else ("?", "warning"), self._words["comma"].join(said)


def identity(report: Report, lang: str) -> list[str]:
    """Who reports on which year, as recognised, with a word for what was not."""
    words = labels(lang)
    kinds = {kind.key: kind.title[lang] for kind in report.form.family.issuer_kinds}
    known = [one_line(report.issuer) if report.issuer else words["unknown_issuer"]]
    if report.issuer_kind is not None:
        known.append(kinds.get(report.issuer_kind, report.issuer_kind))
    known.append(words["unknown_year"] if report.year is None else words["year"].format(year=report.year))
    return known
