"""Workflow commands of GitHub Actions: each finding becomes an annotation at its line of the changed file."""

from __future__ import annotations

from gilint.reporters.layout import harmless, one_line
from gilint.reporters.where import broken, failure, in_archive, lines_of, relative, title, told

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from gilint.model import Finding, Result
    from gilint.reporters import Options, Run

COMMANDS = {"error": "error", "warning": "warning", "info": "notice"}
DATA = str.maketrans({"%": "%25", "\r": "%0D", "\n": "%0A"})
PROPERTY = str.maketrans({"%": "%25", "\r": "%0D", "\n": "%0A", ":": "%3A", ",": "%2C"})


class GithubReporter:
    """A line a finding, for the log of a workflow."""

    name = "github"

    def __init__(self, options: Options) -> None:
        self._lang = options.lang

    def render(self, run: Run) -> Iterator[str]:
        for result in run.results:
            yield from self._file(result, run)
        for problem in run.problems:
            yield command("error", {"title": problem.name}, problem.message)

    def _file(self, result: Result, run: Run) -> Iterator[str]:
        path, member = in_archive(result.path)
        file = {"file": relative(path, run.folder)}
        lead = f"{member}\n" if member else ""
        if result.error is not None:
            yield command("error", {**file, "title": result.error.code}, lead + failure(result))
        for finding in result.findings:
            about = {**file, **_lines(finding), "title": title(finding.rule, run, self._lang)}
            text = "\n".join([one_line(finding.message), *told(finding, self._lang)])
            yield command(COMMANDS[finding.severity], about, lead + text)
        for rule, reason in broken(result).items():
            yield command("error", {**file, "title": title(rule, run, self._lang)}, lead + one_line(reason))


def command(name: str, properties: dict[str, str], message: str) -> str:
    """A workflow command on a line of its own."""
    about = ",".join(f"{key}={harmless(value).translate(PROPERTY)}" for key, value in properties.items())
    text = "\n".join(map(harmless, message.split("\n")))
    return f"::{name} {about}::{text.translate(DATA)}\n"


def _lines(finding: Finding) -> dict[str, str]:
    """Lines and columns; GitHub takes columns only where a finding stands on one line."""
    span = lines_of(finding.span)
    if span is None:
        return {}
    lines = {"line": str(span.line), "endLine": str(span.end_line)}
    if span.line != span.end_line:
        return lines
    return {**lines, "col": str(span.column), "endColumn": str(span.end_column)}
