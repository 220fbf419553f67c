"""Reporters: what becomes of the results of a run. One file an output.

A reporter is made with :class:`Options` and turns a :class:`Run` into text. It never writes: the caller does.
"""

from __future__ import annotations

from gilint.record import Record

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from typing import Protocol

    from gilint.arithmetic import Equation
    from gilint.model import Result

    Equations = Mapping[str, Mapping[str, Sequence[Equation]]]

    class Reporter(Protocol):
        """A reporter; ``name`` is what ``--format`` calls it."""

        name: str

        def __init__(self, options: Options) -> None: ...

        def render(self, run: Run) -> Iterable[str]:
            """The output in pieces, to be joined without anything between; a plain string will do."""


BUILTIN = {
    "terminal": "gilint.reporters.terminal:TerminalReporter",
    "json": "gilint.reporters.json:JsonReporter",
}
"""Reporters that gilint brings, as ``module:object``, resolved on first use."""

SEVERITIES = ("error", "warning", "info")
STATUSES = ("passed", "failed", "not_applicable", "could_not_check", "broke")


class Options(Record):
    """What the caller knows about the reader and the output.

    ``width`` is in terminal cells. ``color`` is the caller's decision: it knows the stream and the environment.
    ``verbose`` shows everything that is collapsed otherwise; without ``summary`` only what needs action is shown.
    """

    lang: str = "zh"
    width: int = 100
    color: bool = False
    verbose: bool = False
    summary: bool = True


class RunProblem(Record):
    """Something of gilint's own that broke in a run and belongs to no file, such as a plugin that did not load."""

    name: str
    message: str


class Run(Record):
    """All that a command found out: one result an input, and what went wrong beside them.

    ``titles`` gives the titles of rules by id; where it is empty, rules go by their ids. ``equations`` gives the
    equations of rules by id and form; where it is empty, findings are not calculated out.
    """

    results: tuple[Result, ...]
    problems: tuple[RunProblem, ...] = ()
    titles: Mapping[str, str] = {}
    equations: Mapping[str, Mapping[str, Sequence[Equation]]] = {}
