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
    from typing import Any

    from gilint.checks import Check, Pattern, check
    from gilint.config import Config, find_config, load_config
    from gilint.errors import ConfigError, GilintError, InputError, InternalError, PluginError, RuleError, UsageError
    from gilint.hookspecs import hookimpl
    from gilint.linter import Linter, Source
    from gilint.model import Cell, Document, Finding, NotAssessable, Outcome, Problem, Report, Result, Section, Slice
    from gilint.model import Table
    from gilint.readers import Reader

_PUBLIC = {
    "Cell": "gilint.model",
    "Check": "gilint.checks",
    "Config": "gilint.config",
    "ConfigError": "gilint.errors",
    "Document": "gilint.model",
    "Finding": "gilint.model",
    "GilintError": "gilint.errors",
    "InputError": "gilint.errors",
    "InternalError": "gilint.errors",
    "Linter": "gilint.linter",
    "NotAssessable": "gilint.model",
    "Outcome": "gilint.model",
    "Pattern": "gilint.checks",
    "PluginError": "gilint.errors",
    "Problem": "gilint.model",
    "Reader": "gilint.readers",
    "Report": "gilint.model",
    "Result": "gilint.model",
    "RuleError": "gilint.errors",
    "Section": "gilint.model",
    "Slice": "gilint.model",
    "Table": "gilint.model",
    "UsageError": "gilint.errors",
    "check": "gilint.checks",
    "find_config": "gilint.config",
    "hookimpl": "gilint.hookspecs",
    "load_config": "gilint.config",
}

__all__ = [*_PUBLIC, "__version__", "lint", "read"]  # noqa: PLE0604


def __getattr__(name: str) -> Any:
    if name in _PUBLIC:
        from importlib import import_module

        value = getattr(import_module(_PUBLIC[name]), name)
        globals()[name] = value
        return value
    raise AttributeError(f"module 'gilint' has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted(__all__)


def lint(source: Source, *, rules: str | os.PathLike[str] | list[str] = (), **options: Any) -> Result:  # type: ignore[assignment]
    """Judge one report with the default rules; ``options`` are those of :class:`Linter`.

    To lint many, make one :class:`Linter`. Raises ``InputError`` for an input that cannot be judged.
    """
    from gilint.linter import Linter

    return Linter(rules, **options).lint(source)


def read(source: Source, **options: Any) -> Report:
    """The report of a file. Raises ``InputError`` when there is none in it."""
    from gilint.linter import Linter

    return Linter(**options).read(source)
