"""A summary in Markdown: for a comment on a merge request, or the summary page of a build."""

from __future__ import annotations

from gilint.late import late
from gilint.reporters.counts import severities
from gilint.reporters.labels import labels
from gilint.reporters.layout import one_line
from gilint.reporters.where import RANK, broken, failure, place, title

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from gilint.model import Finding, Result
    from gilint.reporters import Options, Run

SIGNS = late(r"([\\`*_\[\]|~$])")
"""What Markdown may take for more than itself, inside of a line."""
ENTITIES = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;"})
MOST = 60_000
"""Characters: a comment on GitHub takes 65,536."""
_CHINESE = {
    "heading": "gilint 检查结果",
    "file": "文件",
    "waived": "豁免",
    "severity": "级别",
    "rule": "规则",
    "finding": "问题",
    "where": "位置",
    "rest": "另有 {count} 份文件的问题没有列出。",
}
_ENGLISH = {
    "heading": "gilint",
    "file": "File",
    "waived": "waived",
    "severity": "Severity",
    "rule": "Rule",
    "finding": "Finding",
    "where": "Where",
    "rest": "Files whose findings are not listed: {count}.",
}


class MarkdownReporter:
    """A table of the files, then a table of the findings of each; ``--verbose`` lists all, however many."""

    name = "markdown"

    def __init__(self, options: Options) -> None:
        self._lang = options.lang
        self._verbose = options.verbose
        self._words = {**labels(options.lang), **(_CHINESE if options.lang == "zh" else _ENGLISH)}

    def render(self, run: Run) -> Iterator[str]:
        opening = "".join(self._opening(run))
        yield opening
        written, left = len(opening), 0
        for result in run.results:
            if written > MOST and not self._verbose:
                left += any(self._file(result, run))
                continue
            text = "".join(self._file(result, run))
            written += len(text)
            if text and written > MOST and not self._verbose:
                left += 1
            else:
                yield text
        if left:
            yield "\n" + self._words["rest"].format(count=left) + "\n"

    def _opening(self, run: Run) -> Iterator[str]:
        words = self._words
        yield f"## {words['heading']}\n\n"
        for problem in run.problems:
            yield f"- **{words['problem']}** {escaped(problem.message)}\n"
        if not run.results:
            yield f"{words['nothing']}\n"
            return
        # Whether there is a column for what was waived is known at the end: a few words of each file are kept.
        files = [self._counted(result) for result in run.results]
        some = any(counts and counts[-1] for _path, counts in files)
        heads = [words["file"], words["error"], words["warning"], words["info"], *([words["waived"]] if some else [])]
        yield row(heads) + "|---" + "|--:" * (len(heads) - 1) + "|\n"
        for path, counts in files:
            told = map(str, counts) if counts else (words["not_judged"], "", "", "")
            yield row([escaped(path), *told][: len(heads)])

    def _counted(self, result: Result) -> tuple[str, tuple[int, ...]]:
        """A file with its findings by severity and those that were waived, or nothing where it was not judged."""
        counts = severities(result)
        return result.path, () if result.error else tuple(counts[key] for key in ("error", "warning", "info", "waived"))

    def _file(self, result: Result, run: Run) -> Iterator[str]:
        words, breaks = self._words, broken(result)
        if result.error is None and not result.findings and not breaks:
            return
        yield f"\n### {escaped(result.path)}\n\n"
        if result.error is not None:
            yield f"**{words['not_judged']}** {escaped(failure(result))} ({escaped(result.error.code)})\n"
        for rule, reason in breaks.items():
            yield f"- **{words['broke']}** {escaped(title(rule, run, self._lang))}: {escaped(reason)}\n"
        if result.findings:
            yield "\n" * bool(breaks) + row([words[key] for key in ("severity", "rule", "finding", "where")])
            yield "|---|---|---|---|\n"
            for finding in sorted(result.findings, key=lambda finding: RANK[finding.severity]):
                yield self._finding(finding)

    def _finding(self, finding: Finding) -> str:
        where = place(finding.address, finding.span, self._lang)
        return row([self._words[finding.severity], *map(escaped, (finding.rule, finding.message, where))])


def row(cells: list[str]) -> str:
    """A row of a table."""
    return "| " + " | ".join(cells) + " |\n"


def escaped(text: str) -> str:
    """``text`` on one line, so that it shows as it is and is nothing else: no markup, no tag, no further cell."""
    return SIGNS.sub(r"\\\1", one_line(text)).translate(ENTITIES)
