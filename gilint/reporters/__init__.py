"""Reporters: what becomes of the results of a run. One file an output.

A reporter is made with :class:`Options` and turns a :class:`Run` into text or bytes. It never writes: the caller does.
"""

from __future__ import annotations

from collections.abc import Mapping

from gilint.limits import DEFAULT as DEFAULT_LIMITS
from gilint.record import Record

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
    from typing import Any, Protocol

    from gilint.arithmetic import Equation
    from gilint.limits import Limits
    from gilint.model import Result
    from gilint.ruleset import Pack, Rule

    Equations = Mapping[str, Mapping[str, Sequence[Equation]]]

    class Reporter(Protocol):
        """A reporter; ``name`` is what ``--format`` calls it.

        It is made before a file is judged, and may then raise ``UsageError`` for what it misses. One whose output
        depends on the inputs may have ``files(run, path)`` beside ``render``: it yields the path and the pieces of
        every file to write where the user named ``path``, which may be a folder too. What it has to say beside
        what it writes, it leaves in ``remarks``: lines for standard error.
        """

        name: str
        binary: bool = False
        """Whether the pieces are bytes."""

        def __init__(self, options: Options) -> None: ...

        def render(self, run: Run) -> Iterable[str] | Iterable[bytes]:
            """The output in pieces, to be joined without anything between; a plain string will do."""


BUILTIN = {
    "terminal": "gilint.reporters.terminal:TerminalReporter",
    "json": "gilint.reporters.json:JsonReporter",
    "html": "gilint.reporters.html:HtmlReporter",
    "record": "gilint.reporters.records:RecordReporter",
    "sarif": "gilint.reporters.sarif:SarifReporter",
    "junit": "gilint.reporters.junit:JunitReporter",
    "github": "gilint.reporters.github:GithubReporter",
    "gitlab": "gilint.reporters.gitlab:GitlabReporter",
    "rdjson": "gilint.reporters.rdjson:RdjsonReporter",
    "csv": "gilint.reporters.csv:CsvReporter",
    "xlsx": "gilint.reporters.xlsx:XlsxReporter",
    "markdown": "gilint.reporters.markdown:MarkdownReporter",
    "docx": "gilint.annotation.reporter:DocxReporter",
}
"""Reporters that gilint brings, as ``module:object``, resolved on first use."""

SEVERITIES = ("error", "warning", "info")
STATUSES = ("passed", "failed", "not_applicable", "could_not_check", "broke")


class Options(Record):
    """What the caller knows about the reader and the output.

    ``width`` is in terminal cells. ``color`` is the caller's decision: it knows the stream and the environment.
    ``verbose`` shows everything that is collapsed otherwise; without ``summary`` only what needs action is shown.
    ``limits`` hold for whoever reads an input again.
    """

    lang: str = "zh"
    width: int = 100
    color: bool = False
    verbose: bool = False
    summary: bool = True
    limits: Limits = DEFAULT_LIMITS


INTERRUPTED = "interrupted"
"""The name of the problem of a run that did not come to its end."""


class RunProblem(Record):
    """Something of gilint's own that broke in a run and belongs to no file, such as a plugin that did not load."""

    name: str
    message: str


class Run(Record):
    """All that a command found out: one result an input, and what went wrong beside them.

    ``rules`` are those that were chosen, by id; where there are none, rules go by their ids and findings are not
    calculated out. ``packs`` are those that were loaded, ``folder`` is the one that relative paths start from,
    ``fail_on`` the severity from which findings fail it, ``exit_code`` what the command ends with if every output can
    be written.
    """

    results: Collection[Result]
    problems: tuple[RunProblem, ...] = ()
    rules: Mapping[str, Rule] = {}
    packs: tuple[Pack, ...] = ()
    folder: str = ""
    fail_on: str = "error"
    exit_code: int = 0

    def rendered(self, name: str, render: Callable[[Result, Mapping[str, Rule]], Any]) -> Iterator[Any]:
        """What ``render`` makes of each result, in their order, with the rules at hand.

        Results of a long run may have workers make it, where they can be sent ``render``, and keep it under ``name``
        for the next run: so it has to be plain data (as ``marshal`` takes it) and depend on nothing else.
        """
        made = getattr(self.results, "rendered", None)
        return (render(result, self.rules) for result in self.results) if made is None else made(name, render)

    @property
    def equations(self) -> Equations:
        """The equations of rules by id and form, for reporters to write out."""
        return LazyEquations(self.rules)


def only_report(run: Run) -> tuple[Result | None, int]:
    """The result of the only report of a run, ``None`` where there are none or several, and how many there are."""
    first, count = None, 0
    for result in run.results:
        if result.report is not None:
            first, count = first or result, count + 1
    return (first if count == 1 else None), count


class LazyEquations(Mapping):  # type: ignore[type-arg]
    """Equations that are looked up among the rules when they are asked for."""

    def __init__(self, rules: Mapping[str, Rule]) -> None:
        self._rules = rules

    def __getitem__(self, rule: str) -> Any:
        found = self._rules[rule]
        if found.check != "equation":
            raise KeyError(rule)
        return found.options["compiled"]

    def __iter__(self) -> Iterator[str]:
        return (rule.id for rule in self._rules.values() if rule.check == "equation")

    def __len__(self) -> int:
        return sum(1 for _rule in self)


def equations_of(rules: Iterable[Rule]) -> Equations:
    """The compiled equations of rules, by id and form."""
    return {rule.id: rule.options["compiled"] for rule in rules if rule.check == "equation"}
