"""The diagnostic format of reviewdog (``rdjson``), which writes findings as review comments on many platforms."""

from __future__ import annotations

from gilint.reporters.json import listed
from gilint.reporters.layout import one_line
from gilint.reporters.where import broken, failure, in_archive, lines_of, relative, told

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any

    from gilint.model import Finding, Result, Span
    from gilint.reporters import Options, Run

SEVERITIES = {"error": "ERROR", "warning": "WARNING", "info": "INFO"}


class RdjsonReporter:
    """One document for the whole run.

    Places are lines without columns: the format counts columns in bytes of UTF-8, and a report need not be in UTF-8.
    """

    name = "rdjson"

    def __init__(self, options: Options) -> None:
        self._lang = options.lang

    def render(self, run: Run) -> Iterator[str]:
        yield '{\n  "source": {\n    "name": "gilint"\n  },\n  "diagnostics": '
        yield from listed(self._diagnostics(run), 1, 2)
        yield "\n}\n"

    def _diagnostics(self, run: Run) -> Iterator[dict[str, Any]]:
        for result in run.results:
            yield from self._file(result, run.folder)
        for problem in run.problems:
            yield _diagnostic(f"{problem.name}: {problem.message}", "ERROR", "plugin", ".")

    def _file(self, result: Result, folder: str) -> Iterator[dict[str, Any]]:
        path = relative(result.path, folder)
        _archive, member = in_archive(result.path)
        lead = f"{member}\n" if member else ""
        if result.error is not None:
            yield _diagnostic(lead + failure(result), "ERROR", result.error.code, path)
        for finding in result.findings:
            yield self._finding(finding, path, lead)
        for rule, reason in broken(result).items():
            yield _diagnostic(lead + one_line(reason), "ERROR", rule, path)

    def _finding(self, finding: Finding, path: str, lead: str) -> dict[str, Any]:
        text = "\n".join([one_line(finding.message), *told(finding, self._lang)])
        found = _diagnostic(lead + text, SEVERITIES[finding.severity], finding.rule, path, finding.span)
        related = [
            {"message": one_line(related.message or str(related.address)), "location": _location(path, related.span)}
            for related in finding.related
        ]
        return {**found, "related_locations": related} if related else found


def _diagnostic(message: str, severity: str, rule: str, path: str, span: Span | None = None) -> dict[str, Any]:
    return {"message": message, "severity": severity, "code": {"value": rule}, "location": _location(path, span)}


def _location(path: str, span: Span | None) -> dict[str, Any]:
    lines = lines_of(span)
    if lines is None:
        return {"path": path}
    return {"path": path, "range": {"start": {"line": lines.line}, "end": {"line": lines.end_line}}}
