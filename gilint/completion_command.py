"""``gilint completion``: a script by which a shell completes commands, options and rules."""

from __future__ import annotations

from gilint.arguments import parser as command_line
from gilint.cli import CLEAN
from gilint.errors import UsageError
from gilint.outputs import write

TYPE_CHECKING = False
if TYPE_CHECKING:
    from argparse import ArgumentParser
    from types import SimpleNamespace
    from typing import Any

    from gilint.cli import Streams

FILES = ("paths", "path", "config", "previous", "output", "members", "record", "folder", "waivers", "rules")
"""Arguments that are files or folders."""


def completion(arguments: SimpleNamespace, streams: Streams) -> int:
    """Print the script for a shell."""
    try:
        import shtab
    except ImportError:
        zh, en = "需要 shtab", "shtab is needed"
        raise UsageError(f'{zh}：pip install "gilint[completion]" ({en})') from None
    parser = command_line()
    _describe(parser, shtab.FILE)
    write(streams.out, shtab.complete(parser, shell=arguments.shell), exact=True)
    return CLEAN


def _describe(parser: ArgumentParser, file: Any) -> None:
    """Say of every argument of a parser and its commands what completes it."""
    for action in parser._actions:
        if isinstance(action.choices, dict):
            for command in dict.fromkeys(action.choices.values()):
                _describe(command, file)
        elif action.dest in FILES:
            action.complete = file  # type: ignore[attr-defined]
        elif action.dest == "format" and action.choices is None:
            action.choices = _formats(parser.prog.rpartition(" ")[2])
        elif action.dest == "rule":
            action.choices = _rules()


def _formats(command: str) -> list[str]:
    """The formats that a command knows; ``check`` those of all reporters."""
    from gilint.reporters import BUILTIN
    from gilint.total_command import FORMATS

    known = {"check": BUILTIN, "total": FORMATS}
    return list(known.get(command, ("terminal", "json")))


def _rules() -> list[str]:
    """The ids of the rules that come with gilint."""
    from gilint.linter import Linter

    return [rule.id for rule in Linter(config=False).rules]
