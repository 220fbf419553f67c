"""``gilint total``: one report as the sum of others."""

from __future__ import annotations

from gilint.cli import BROKE, CLEAN, FOUND, USAGE, complain, make_linter, options_of
from gilint.errors import UsageError
from gilint.inputs import STANDARD_INPUT, expand
from gilint.outputs import Output, Rendering, deliver, look_over, refuse_unknown, targets, tell

TYPE_CHECKING = False
if TYPE_CHECKING:
    from types import SimpleNamespace

    from gilint.cli import Streams
    from gilint.linter import Linter
    from gilint.outputs import Target
    from gilint.reporters import Options
    from gilint.totals import Total

FORMATS = ("terminal", "json", "xlsx")


def total(arguments: SimpleNamespace, streams: Streams) -> int:
    """Add up the members, compare with the parent, and say by the exit code how it went."""
    from gilint.totals import total as add_up

    parent, members = _named(arguments)
    wanted = targets(arguments.format, arguments.output)
    refuse_unknown(wanted, FORMATS)
    linter = make_linter(arguments)
    outputs = [_output(target, options_of(arguments, streams, linter, target.file)) for target in wanted]
    named = [path for path in (parent, *members, *arguments.members, arguments.config) if path]
    look_over(outputs, lambda: _files(named, linter), streams.out, force=arguments.force)
    code = complain(linter.registry, streams)
    found = add_up(parent, members, linter=linter, lists=arguments.members)
    failures = deliver(outputs, found, streams.out, lambda: [*named, *_read(found)], force=arguments.force)
    return max(tell(failures, streams.err), code, exit_code(found))


def exit_code(found: Total) -> int:
    """The highest that applies: 3 something broke, 2 something could not be read, 1 figures differ, 0."""
    from gilint.failures import BROKEN

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


def _files(named: list[str], linter: Linter) -> list[str]:
    """The files that paths name; folders and patterns may name several."""
    return [one for one in expand(named, linter.registry.suffixes()) if isinstance(one, str)]


def _read(found: Total) -> list[str]:
    """The files that were added up, those of lists too."""
    return [member.path for member in found.members] + ([found.parent.path] if found.parent is not None else [])


def _output(target: Target, options: Options) -> Output:
    if target.name == "xlsx":
        from gilint.reporters.sheets import require_openpyxl
        from gilint.reporters.totals.workbook import render_workbook

        require_openpyxl()
        return Output(target, Rendering(lambda found: render_workbook(found, options), binary=True))
    if target.name == "json":
        from gilint.reporters.totals.json import render_json

        return Output(target, Rendering(render_json))
    from gilint.reporters.totals.terminal import render_total

    return Output(target, Rendering(lambda found: render_total(found, options)))
