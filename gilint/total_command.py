"""``gilint total``: one report as the sum of others."""

from __future__ import annotations

import os

from gilint.cli import BROKE, CLEAN, FOUND, USAGE, complain, make_linter, options_of, write
from gilint.errors import ConfigError, UsageError
from gilint.inputs import STANDARD_INPUT
from gilint.suggest import unknown

TYPE_CHECKING = False
if TYPE_CHECKING:
    from types import SimpleNamespace

    from gilint.cli import Streams
    from gilint.linter import Linter
    from gilint.totals import Total

FORMATS = ("terminal", "json", "xlsx")


def total(arguments: SimpleNamespace, streams: Streams) -> int:
    """Add up the members, compare with the parent, and say by the exit code how it went."""
    from gilint.totals import total as add_up

    parent, members = _named(arguments)
    _refuse_format(arguments)
    linter = make_linter(arguments)
    code = complain(linter.registry, streams)
    found = add_up(parent, members, linter=linter, lists=arguments.members)
    if arguments.output is not None:
        _refuse_to_overwrite(arguments.output, [parent, *members, *arguments.members], found)
    _deliver(found, arguments, streams, linter)
    return max(code, exit_code(found))


def exit_code(found: Total) -> int:
    """The highest that applies: 3 something broke, 2 something could not be read, 1 figures differ, 0."""
    from gilint.linter import BROKEN

    everyone = [*found.members, *([found.parent] if found.parent is not None else [])]
    if any(one.error is not None and one.error.code in BROKEN for one in everyone):
        return BROKE
    if not found.complete:
        return USAGE
    return FOUND if found.differences else CLEAN


def _named(arguments: SimpleNamespace) -> tuple[str | None, list[str]]:
    """The parent, ``None`` with ``--sum``, and what names the members."""
    paths = list(arguments.paths)
    parent = None if arguments.sum or not paths else paths.pop(0)
    if parent is None and not arguments.sum:
        raise UsageError("请写出上级报告，或用 --sum 只求和 (name the parent, or use --sum)")
    if not paths and not arguments.members:
        raise UsageError("没有成员：请写出文件、文件夹或清单 (no members: name files, folders, or a list)")
    if [parent, *paths].count(STANDARD_INPUT) > 1:
        raise UsageError("标准输入只能用一次 (standard input can be read once only)")
    return parent, paths


def _refuse_format(arguments: SimpleNamespace) -> None:
    if arguments.format not in FORMATS:
        raise ConfigError(unknown("输出格式", "format", arguments.format, FORMATS))
    if arguments.format == "xlsx" and arguments.output is None:
        raise ConfigError("--format xlsx 要与 --output FILE 一起用 (--format xlsx needs --output FILE)")


def _refuse_to_overwrite(output: str, named: list[str | None], found: Total) -> None:
    """An input is never written over."""
    read = [member.path for member in found.members] + ([found.parent.path] if found.parent is not None else [])
    inputs = {os.path.realpath(path.partition("!/")[0]) for path in [*read, *filter(None, named)]}
    if os.path.realpath(output) in inputs:
        raise ConfigError(f"{output}: 这是输入文件，没有改动 (this is an input, and was left alone)")


def _deliver(found: Total, arguments: SimpleNamespace, streams: Streams, linter: Linter) -> None:
    options = options_of(arguments, streams, linter)
    if arguments.format == "xlsx":
        from gilint.reporters.totals.workbook import render_workbook

        _save(arguments.output, render_workbook(found, options))
        return
    if arguments.format == "json":
        from gilint.reporters.totals.json import render_json

        text = render_json(found)
    else:
        from gilint.reporters.totals.terminal import render_total

        text = render_total(found, options)
    if arguments.output is not None:
        _save(arguments.output, text.encode("utf-8", "backslashreplace"))
    else:
        write(streams.out, text, exact=arguments.format == "json")


def _save(path: str, content: bytes) -> None:
    """Write a file as a whole or not at all: beside its place first, then moved there."""
    import tempfile

    folder = os.path.dirname(os.path.abspath(path))
    beside = None
    try:
        if os.path.isdir(path):
            raise IsADirectoryError(21, "是文件夹 (is a folder)")
        with tempfile.NamedTemporaryFile(dir=folder, prefix=".gilint-", delete=False) as file:
            beside = file.name
            file.write(content)
        os.chmod(beside, 0o666 & ~_umask())
        os.replace(beside, path)
    except OSError as error:
        if beside is not None and os.path.exists(beside):
            os.unlink(beside)
        raise ConfigError(f"{path}: 无法写入 (cannot be written): {error.strerror}") from None


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
