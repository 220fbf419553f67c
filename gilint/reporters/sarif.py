"""SARIF 2.1.0, the format in which code hosts and editors take findings of any tool."""

from __future__ import annotations

from gilint.reporters.json import finding_as_dict, fragment, listed
from gilint.reporters.layout import one_line
from gilint.reporters.where import changes, failure, grounds, in_archive, lines_of, quoted, uri
from gilint.version import __version__

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from typing import Any

    from gilint.model import Address, Finding, Result, Span, Waiver
    from gilint.reporters import Options, Run
    from gilint.ruleset import Rule

SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
LEVELS = {"error": "error", "warning": "warning", "info": "note"}
ROOT = "%SRCROOT%"


class SarifReporter:
    """One log with one run. Lines and columns are those of the file, in characters; what has none is told in words."""

    name = "sarif"

    def __init__(self, options: Options) -> None:
        self._lang = options.lang

    def render(self, run: Run) -> Iterator[str]:
        return _Log(run, self._lang).pieces()


class _Log:
    """What is collected for a run: its rules and files by number, which results refer to, and what could not be judged.

    That all stands before the results, so a first pass collects it, and a second one writes them.
    """

    def __init__(self, run: Run, lang: str) -> None:
        self._run = run
        self._lang = lang
        self._rules: dict[str, tuple[int, dict[str, Any]]] = {}
        self._artifacts: dict[tuple[str, str], int] = {}
        self._notices: list[tuple[str, str, str, str]] = []
        for name in sorted(run.rules):
            self._add_rule(name, _rule(run.rules[name], lang))

    def pieces(self) -> Iterator[str]:
        """The log, a piece a result."""
        self._collect()
        yield f'{{\n  "$schema": {fragment(SCHEMA, 0, 0)},\n  "version": "2.1.0",\n  "runs": [\n    {{'
        for key, items in self._opening().items():
            yield f'\n      "{key}": '
            yield from (fragment(items, 2, 6),) if isinstance(items, str | dict) else listed(items, 2, 6)
            yield ","
        yield '\n      "results": '
        yield from listed((found for result in self._run.results for found in self._results(result)), 2, 6)
        yield "\n    }\n  ]\n}\n"

    def _collect(self) -> None:
        texts: dict[str, str] = {}
        for result in self._run.results:
            self._artifact(result.path)
            for finding in (*result.findings, *(waived.finding for waived in result.waived)):
                if finding.rule not in self._rules:
                    self._add_rule(finding.rule, _unknown_rule(finding))
            # Most files have the same to say.
            for level, message, code in _told(result):
                self._notices.append((level, texts.setdefault(message, message), code, result.path))

    def _opening(self) -> dict[str, Any]:
        """What stands before the results."""
        packs = [{"name": pack.id, "version": pack.version} for pack in self._run.packs if pack.version]
        driver = {
            "name": "gilint",
            "semanticVersion": __version__,
            "language": "zh-CN" if self._lang == "zh" else "en",
            "rules": [rule for _number, rule in self._rules.values()],
        }
        return {
            "tool": {"driver": driver, **({"extensions": packs} if packs else {})},
            "invocations": [self._invocation()],
            "originalUriBaseIds": {
                ROOT: {"uri": uri(self._run.folder)[0].rstrip("/") + "/"} if self._run.folder else {}
            },
            "columnKind": "unicodeCodePoints",
            "artifacts": map(self._artifact_as_dict, self._artifacts),
        }

    # --- results ------------------------------------------------------------------------------------------------------

    def _results(self, result: Result) -> Iterable[dict[str, Any]]:
        self._artifact(result.path)
        for finding in result.findings:
            yield self._result(result.path, finding)
        for waived in result.waived:
            yield {**self._result(result.path, waived.finding), "suppressions": [self._suppression(waived.waiver)]}

    def _result(self, path: str, finding: Finding) -> dict[str, Any]:
        number = self._add_rule(finding.rule, _unknown_rule(finding))
        found: dict[str, Any] = {
            "ruleId": finding.rule,
            "ruleIndex": number,
            "level": LEVELS[finding.severity],
            "message": {"text": finding.message or finding.title},
            "locations": [self._location(path, finding.address, finding.span, finding.excerpt)],
            "partialFingerprints": {"gilint/v1": finding.fingerprint},
        }
        if finding.related:
            found["relatedLocations"] = [
                {**self._location(path, one.address, one.span), "id": number, "message": {"text": one.message or "…"}}
                for number, one in enumerate(finding.related, 1)
            ]
        told = finding_as_dict(finding)
        kept = {key: told[key] for key in ("address", "excerpt", "advice", "cause", "suggestions") if told[key]}
        if finding.span is not None and lines_of(finding.span) is None:
            kept["span"] = told["span"]
        if finding.suggestions:
            kept["change"] = changes(finding, self._lang)
        return {**found, "properties": kept}

    def _suppression(self, waiver: Waiver) -> dict[str, Any]:
        known = {"approver": waiver.approver, "expires": waiver.expires}
        found: dict[str, Any] = {"kind": "external", "status": "accepted", "justification": waiver.reason}
        if waiver.path:
            region = {"region": {"startLine": waiver.line}} if waiver.line > 0 else {}
            found["location"] = {"physicalLocation": {"artifactLocation": self._address(waiver.path), **region}}
        properties = {key: value for key, value in known.items() if value}
        return {**found, "properties": properties} if properties else found

    # --- places -------------------------------------------------------------------------------------------------------

    def _location(self, path: str, address: Address, span: Span | None, excerpt: str = "") -> dict[str, Any]:
        physical: dict[str, Any] = {"artifactLocation": self._artifact(path)}
        lines = lines_of(span)
        if lines is not None:
            physical["region"] = {
                "startLine": lines.line,
                "startColumn": lines.column,
                "endLine": lines.end_line,
                "endColumn": lines.end_column,
                **({"snippet": {"text": excerpt}} if excerpt else {}),
            }
        logical = []
        if address.trail:
            logical.append({"name": address.trail[-1], "fullyQualifiedName": " › ".join(address.trail)})
        if span is not None and lines is None:
            logical.append({"name": span.describe(self._lang), "fullyQualifiedName": str(span), "kind": "element"})
        return {"physicalLocation": physical, **({"logicalLocations": logical} if logical else {})}

    def _artifact(self, path: str) -> dict[str, Any]:
        """Where a file is, with its number among the files of the run; a member of an archive lies in another one."""
        file, member = in_archive(path)
        number = self._number(file, "")
        if not member:
            return {**self._address(file), "index": number}
        return {"uri": "/" + quoted(member), "index": self._number(file, member)}

    def _artifact_as_dict(self, of: tuple[str, str]) -> dict[str, Any]:
        file, member = of
        if not member:
            return {"location": self._address(file)}
        return {"location": {"uri": "/" + quoted(member)}, "parentIndex": self._number(file, "")}

    def _address(self, path: str) -> dict[str, str]:
        address, below = uri(path, self._run.folder)
        return {"uri": address, "uriBaseId": ROOT} if below else {"uri": address}

    def _number(self, file: str, member: str) -> int:
        return self._artifacts.setdefault((file, member), len(self._artifacts))

    def _add_rule(self, rule: str, described: dict[str, Any]) -> int:
        return self._rules.setdefault(rule, (len(self._rules), described))[0]

    # --- how the run went ---------------------------------------------------------------------------------------------

    def _invocation(self) -> dict[str, Any]:
        run = self._run
        broke = any(level == "error" for level, *_rest in self._notices) or bool(run.problems)
        found: dict[str, Any] = {"executionSuccessful": not broke, "exitCode": run.exit_code}
        if self._notices:
            found["toolExecutionNotifications"] = [self._notice(*notice) for notice in self._notices]
        if run.problems:
            found["toolConfigurationNotifications"] = [
                {"level": "error", "message": {"text": problem.message or problem.name}} for problem in run.problems
            ]
        return found

    def _notice(self, level: str, message: str, code: str, path: str) -> dict[str, Any]:
        where = {"locations": [{"physicalLocation": {"artifactLocation": self._artifact(path)}}]}
        descriptor = {"descriptor": {"id": code}} if code else {}
        return {"level": level, "message": {"text": message}, **descriptor, **where}


def _told(result: Result) -> Iterator[tuple[str, str, str]]:
    """What could not be judged: the whole input, or rules, each reason once. Level, text, and code of an error."""
    if result.error is not None:
        yield "error", failure(result) or result.error.code, result.error.code
    for status, level in (("broke", "error"), ("could_not_check", "note")):
        for reason, rules in _by_reason(result, status).items():
            yield level, f"{', '.join(rules)}: {one_line(reason)}", ""


def _by_reason(result: Result, status: str) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for rule, outcome in result.outcomes.items():
        if outcome.status == status:
            found.setdefault(outcome.reason, []).append(rule)
    return found


# --- rules ------------------------------------------------------------------------------------------------------------


def _rule(rule: Rule, lang: str) -> dict[str, Any]:
    title, advice, basis = rule.title[lang], rule.advice[lang], grounds(rule.basis, lang)
    return {
        **_described(rule.id, rule.name, title, advice, basis),
        "defaultConfiguration": {"level": LEVELS[rule.severity]},
        "properties": {
            "tags": [tag for tag in dict.fromkeys((rule.folder, rule.pack, rule.check)) if tag],
            "basis": [dict(one) for one in rule.basis],
            "waivable": rule.waivable,
        },
    }


def _unknown_rule(finding: Finding) -> dict[str, Any]:
    """A finding of something that is none of the chosen rules tells all that is known."""
    bases: tuple[Mapping[str, str], ...] = finding.basis
    title = finding.title or finding.name
    return {
        **_described(finding.rule, finding.name, title, finding.advice, grounds(bases, "en")),
        "defaultConfiguration": {"level": LEVELS[finding.severity]},
    }


def _described(rule: str, name: str, title: str, advice: str, basis: str) -> dict[str, Any]:
    text = "\n".join(filter(None, (advice, basis))) or title or rule
    return {
        "id": rule,
        "name": name or rule,
        "shortDescription": {"text": title or rule},
        "fullDescription": {"text": ": ".join(filter(None, (title, basis))) or rule},
        "help": {"text": text, "markdown": "\n\n".join(filter(None, (f"**{title or rule}**", advice, basis)))},
    }
