"""SARIF 2.1.0, the format in which code hosts and editors take findings of any tool."""

from __future__ import annotations

from gilint.reporters.json import dumps, finding_as_dict
from gilint.reporters.layout import one_line
from gilint.reporters.where import changes, failure, grounds, in_archive, lines_of, quoted, uri
from gilint.version import __version__

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
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

    def render(self, run: Run) -> str:
        return dumps(_Log(run, self._lang).as_dict(), depth=5)


class _Log:
    """What is collected for a run: its rules and files by number, which results refer to."""

    def __init__(self, run: Run, lang: str) -> None:
        self._run = run
        self._lang = lang
        self._rules: dict[str, tuple[int, dict[str, Any]]] = {}
        self._artifacts: dict[tuple[str, str], tuple[int, dict[str, Any]]] = {}
        for name in sorted(run.rules):
            self._add_rule(name, _rule(run.rules[name], lang))

    def as_dict(self) -> dict[str, Any]:
        results = [found for result in self._run.results for found in self._results(result)]
        invocation = self._invocation()
        packs = [{"name": pack.id, "version": pack.version} for pack in self._run.packs if pack.version]
        driver = {
            "name": "gilint",
            "semanticVersion": __version__,
            "language": "zh-CN" if self._lang == "zh" else "en",
            "rules": [rule for _number, rule in self._rules.values()],
        }
        base = {ROOT: {"uri": uri(self._run.folder)[0].rstrip("/") + "/"} if self._run.folder else {}}
        run = {
            "tool": {"driver": driver, **({"extensions": packs} if packs else {})},
            "invocations": [invocation],
            "originalUriBaseIds": base,
            "columnKind": "unicodeCodePoints",
            "artifacts": [artifact for _number, artifact in self._artifacts.values()],
            "results": results,
        }
        return {"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}

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
        number = self._add_artifact((file, ""), {"location": self._address(file)})
        if not member:
            return {**self._address(file), "index": number}
        inner = {"uri": "/" + quoted(member)}
        return {**inner, "index": self._add_artifact((file, member), {"location": inner, "parentIndex": number})}

    def _address(self, path: str) -> dict[str, str]:
        address, below = uri(path, self._run.folder)
        return {"uri": address, "uriBaseId": ROOT} if below else {"uri": address}

    def _add_artifact(self, key: tuple[str, str], artifact: dict[str, Any]) -> int:
        return self._artifacts.setdefault(key, (len(self._artifacts), artifact))[0]

    def _add_rule(self, rule: str, described: dict[str, Any]) -> int:
        return self._rules.setdefault(rule, (len(self._rules), described))[0]

    # --- how the run went ---------------------------------------------------------------------------------------------

    def _invocation(self) -> dict[str, Any]:
        run = self._run
        told = [notice for result in run.results for notice in self._notices(result)]
        broke = any(notice["level"] == "error" for notice in told) or bool(run.problems)
        found: dict[str, Any] = {"executionSuccessful": not broke, "exitCode": run.exit_code}
        if told:
            found["toolExecutionNotifications"] = told
        if run.problems:
            found["toolConfigurationNotifications"] = [
                {"level": "error", "message": {"text": problem.message or problem.name}} for problem in run.problems
            ]
        return found

    def _notices(self, result: Result) -> Iterable[dict[str, Any]]:
        """What could not be judged: the whole input, or rules, each reason once."""
        where = {"locations": [{"physicalLocation": {"artifactLocation": self._artifact(result.path)}}]}
        if result.error is not None:
            text = {"text": failure(result) or result.error.code}
            yield {"level": "error", "message": text, "descriptor": {"id": result.error.code}, **where}
        for status, level in (("broke", "error"), ("could_not_check", "note")):
            for reason, rules in _by_reason(result, status).items():
                yield {"level": level, "message": {"text": f"{', '.join(rules)}: {one_line(reason)}"}, **where}


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
