"""The Code Quality report of GitLab, which shows findings in a merge request."""

from __future__ import annotations

from hashlib import sha256

from gilint.reporters.json import listed
from gilint.reporters.layout import one_line
from gilint.reporters.where import broken, failure, in_archive, lines_of, place, relative

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any

    from gilint.model import Finding, Result
    from gilint.reporters import Options, Run

SEVERITIES = {"error": "major", "warning": "minor", "info": "info"}


class GitlabReporter:
    """A list of issues. GitLab tells old from new ones by their fingerprints, and drops those that it knows."""

    name = "gitlab"

    def __init__(self, options: Options) -> None:
        self._lang = options.lang

    def render(self, run: Run) -> Iterator[str]:
        yield from listed(self._issues(run), 1)
        yield "\n"

    def _issues(self, run: Run) -> Iterator[dict[str, Any]]:
        # Of what was written, digests alone are kept.
        seen: set[str] = set()
        for result in run.results:
            for issue in self._file(result, run.folder):
                yield {**issue, "fingerprint": _unique(issue["fingerprint"], seen)}
        for problem in run.problems:
            issue = _issue(f"{problem.name}: {problem.message}", "plugin", "critical", ".", 1, 1)
            yield {**issue, "fingerprint": _unique(problem.name, seen)}

    def _file(self, result: Result, folder: str) -> Iterator[dict[str, Any]]:
        path = relative(result.path, folder)
        _archive, member = in_archive(result.path)
        lead = f"{member}: " if member else ""
        whole = f"{path}!/{member}" if member else path
        if result.error is not None:
            code = result.error.code
            issue = _issue(lead + failure(result), code, "blocker", path, 1, 1)
            yield {**issue, "fingerprint": f"{whole}\n{code}"}
        for finding in result.findings:
            span = lines_of(finding.span)
            lines = (1, 1) if span is None else (span.line, span.end_line)
            issue = _issue(lead + self._text(finding), finding.rule, SEVERITIES[finding.severity], path, *lines)
            yield {**issue, "fingerprint": f"{whole}\n{finding.rule}\n{finding.fingerprint}"}
        for rule, reason in broken(result).items():
            yield {**_issue(lead + reason, rule, "critical", path, 1, 1), "fingerprint": f"{whole}\n{rule}\nbroke"}

    def _text(self, finding: Finding) -> str:
        """The message, with the place where lines do not tell it."""
        message = one_line(finding.message)
        if lines_of(finding.span) is not None:
            return message
        where = place(finding.address, finding.span, self._lang)
        return f"{where}: {message}" if where else message


def _issue(text: str, rule: str, severity: str, path: str, begin: int, end: int) -> dict[str, Any]:
    return {
        "description": one_line(text),
        "check_name": rule,
        "fingerprint": "",
        "severity": severity,
        "location": {"path": path, "lines": {"begin": begin, "end": end}},
    }


def _unique(said: str, seen: set[str]) -> str:
    """The digest of what tells an issue from others; equal ones are counted."""
    number = 0
    while True:
        text = said if not number else f"{said}\n{number}"
        digest = sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
        if digest not in seen:
            seen.add(digest)
            return digest
        number += 1
