"""``gilint compare``: reports of one issuer over the years."""

from __future__ import annotations

from gilint.cli import CLEAN, USAGE, complain, equations_of, exit_code, make_linter, options_of, write
from gilint.errors import ConfigError, UsageError
from gilint.suggest import unknown

TYPE_CHECKING = False
if TYPE_CHECKING:
    from types import SimpleNamespace

    from gilint.cli import Streams
    from gilint.comparison import Comparison
    from gilint.linter import Linter
    from gilint.model import Result

FORMATS = ("terminal", "json")


def compare(arguments: SimpleNamespace, streams: Streams) -> int:
    """Compare each report with that of the year before, and say by the exit code how it went."""
    from gilint.comparison import compare as compare_reports
    from gilint.reporters import Run

    if arguments.format not in FORMATS:
        raise ConfigError(unknown("输出格式", "format", arguments.format, FORMATS))
    linter = make_linter(arguments)
    code = complain(linter.registry, streams)
    comparison = compare_reports(_files(arguments.paths, linter), linter=linter)
    run = Run(_results(comparison), titles={rule.id: rule.title[linter.lang] for rule in linter.rules})
    if arguments.format == "json":
        from gilint.reporters.comparison.json import render_json

        write(streams.out, render_json(comparison), exact=True)
    else:
        from gilint.reporters.comparison.terminal import render_comparison
        from gilint.reporters.summary import render_summary

        options = options_of(arguments, streams, linter)
        write(streams.out, render_comparison(comparison, options, equations_of(linter)) + render_summary(run, options))
    left_out = CLEAN if comparison.complete else USAGE
    return max(code, left_out, exit_code(run, arguments.fail_on or linter.config.fail_on))


def _files(paths: list[str], linter: Linter) -> list[str]:
    """The files that are named; folders and patterns may name several. One that is not there is named all the same."""
    from gilint.errors import InputError
    from gilint.inputs import STANDARD_INPUT, expand

    if paths.count(STANDARD_INPUT) > 1:
        raise UsageError("标准输入只能读取一次 (standard input can be read only once)")
    files: list[str] = []
    for path in paths:
        files += [
            one.path if isinstance(one, InputError) else one for one in expand([path], linter.registry.suffixes())
        ]
    return files


def _results(comparison: Comparison) -> tuple[Result, ...]:
    """A result for each pair, and one for each input that could not be read."""
    from gilint.model import Result

    failures = [Result(one.path, None, (), {}, one.error) for one in comparison.entries if one.error is not None]
    return (*(pair.result for pair in comparison.pairs), *failures)
