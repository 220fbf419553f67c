"""gilint: a compliance linter for reports that follow a prescribed form.

>>> import gilint
>>> result = gilint.lint("report.txt")
>>> for finding in result.findings:
...     print(finding.rule, finding.severity, finding.address, finding.message)

Everything public is here; it is imported on first use, so that ``import gilint`` costs nothing.
"""

from __future__ import annotations

from gilint.version import __version__ as __version__

TYPE_CHECKING = False
if TYPE_CHECKING:
    import os
    from collections.abc import Sequence
    from typing import Any

    from gilint.annotation import annotate
    from gilint.bulk.workers import Workers
    from gilint.checks import Check, Pattern, check
    from gilint.comparison import Carried, Comparison, Continued, Entry, Headline, Likeness, Pair, compare
    from gilint.config import Config, find_config, load_config
    from gilint.errors import (
        ConfigError,
        GilintError,
        InputError,
        InternalError,
        OptionError,
        OutputError,
        PluginError,
        RuleError,
        UsageError,
    )
    from gilint.fixing import Fixed, fix
    from gilint.hookspecs import hookimpl
    from gilint.limits import Limits
    from gilint.linter import Linter
    from gilint.model import (
        Address,
        Cell,
        Document,
        Echo,
        Edit,
        Evidence,
        Finding,
        Fix,
        Grid,
        GridCell,
        Heading,
        NotApplicable,
        NotAssessable,
        Outcome,
        Paragraph,
        Passage,
        Problem,
        Related,
        Report,
        Result,
        Section,
        Slice,
        Table,
        TextOrigin,
        Waived,
        Waiver,
    )
    from gilint.readers import Reader
    from gilint.reporters import Options, Run
    from gilint.sources import Source
    from gilint.totals import Explanation, Member, Total, TotalCell, total

__all__ = [
    "Address",
    "Carried",
    "Cell",
    "Check",
    "Comparison",
    "Config",
    "ConfigError",
    "Continued",
    "Document",
    "Echo",
    "Edit",
    "Entry",
    "Evidence",
    "Explanation",
    "Finding",
    "Fix",
    "Fixed",
    "GilintError",
    "Grid",
    "GridCell",
    "Heading",
    "Headline",
    "InputError",
    "InternalError",
    "Likeness",
    "Limits",
    "Linter",
    "Member",
    "NotApplicable",
    "NotAssessable",
    "OptionError",
    "Options",
    "Outcome",
    "OutputError",
    "Pair",
    "Paragraph",
    "Passage",
    "Pattern",
    "PluginError",
    "Problem",
    "Reader",
    "Related",
    "Report",
    "Result",
    "RuleError",
    "Run",
    "Section",
    "Slice",
    "Table",
    "TextOrigin",
    "Total",
    "TotalCell",
    "UsageError",
    "Waived",
    "Waiver",
    "Workers",
    "__version__",
    "annotate",
    "check",
    "compare",
    "find_config",
    "fix",
    "hookimpl",
    "lint",
    "load_config",
    "read",
    "total",
]

_HOMES = {
    "annotate": "gilint.annotation",
    "Check": "gilint.checks",
    "Pattern": "gilint.checks",
    "check": "gilint.checks",
    "Carried": "gilint.comparison",
    "Comparison": "gilint.comparison",
    "Continued": "gilint.comparison",
    "Entry": "gilint.comparison",
    "Headline": "gilint.comparison",
    "Likeness": "gilint.comparison",
    "Pair": "gilint.comparison",
    "compare": "gilint.comparison",
    "Config": "gilint.config",
    "find_config": "gilint.config",
    "load_config": "gilint.config",
    "ConfigError": "gilint.errors",
    "GilintError": "gilint.errors",
    "InputError": "gilint.errors",
    "InternalError": "gilint.errors",
    "OptionError": "gilint.errors",
    "OutputError": "gilint.errors",
    "PluginError": "gilint.errors",
    "RuleError": "gilint.errors",
    "UsageError": "gilint.errors",
    "Fixed": "gilint.fixing",
    "fix": "gilint.fixing",
    "hookimpl": "gilint.hookspecs",
    "Limits": "gilint.limits",
    "Linter": "gilint.linter",
    "Address": "gilint.model",
    "Cell": "gilint.model",
    "Document": "gilint.model",
    "Echo": "gilint.model",
    "Edit": "gilint.model",
    "Evidence": "gilint.model",
    "Finding": "gilint.model",
    "Fix": "gilint.model",
    "Grid": "gilint.model",
    "GridCell": "gilint.model",
    "Heading": "gilint.model",
    "NotApplicable": "gilint.model",
    "NotAssessable": "gilint.model",
    "Outcome": "gilint.model",
    "Paragraph": "gilint.model",
    "Passage": "gilint.model",
    "Problem": "gilint.model",
    "Related": "gilint.model",
    "Report": "gilint.model",
    "Result": "gilint.model",
    "Section": "gilint.model",
    "Slice": "gilint.model",
    "Table": "gilint.model",
    "TextOrigin": "gilint.model",
    "Waived": "gilint.model",
    "Waiver": "gilint.model",
    "Workers": "gilint.bulk.workers",
    "Reader": "gilint.readers",
    "Options": "gilint.reporters",
    "Run": "gilint.reporters",
    "Explanation": "gilint.totals",
    "Member": "gilint.totals",
    "Total": "gilint.totals",
    "TotalCell": "gilint.totals",
    "total": "gilint.totals",
}


def __getattr__(name: str) -> Any:
    if name in _HOMES:
        from importlib import import_module

        value = getattr(import_module(_HOMES[name]), name)
        globals()[name] = value
        return value
    raise AttributeError(f"module 'gilint' has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted(__all__)


def lint(
    source: Source,
    *,
    rules: str | os.PathLike[str] | Sequence[str | os.PathLike[str]] = (),
    config: Config | str | os.PathLike[str] | bool | None = None,
    previous: Source | None = None,
    **options: Any,
) -> Result:
    """Judge one report, compared with the ``previous`` one where that of the year before is given.

    ``options`` are the others of :class:`Linter`; to judge many, make one.

    Raises ``InputError`` for an input that cannot be judged, ``ConfigError`` and ``RuleError`` as ``Linter`` does.
    """
    from gilint.linter import Linter

    return Linter(rules, config=config, **options).lint(source, previous=previous)


def read(source: Source, *, config: Config | str | os.PathLike[str] | bool | None = None, **options: Any) -> Report:
    """The report of a file; ``options`` are those of :class:`Linter`. Raises ``InputError`` when there is none."""
    from gilint.linter import Linter

    return Linter(config=config, **options).read(source)
