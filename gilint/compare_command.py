"""``gilint compare``: reports of one issuer over the years."""

from __future__ import annotations

from gilint.cli import CLEAN, USAGE, complain, exit_code, make_linter, options_of
from gilint.errors import UsageError
from gilint.outputs import Output, Rendering, deliver, look_over, refuse_unknown, targets, tell

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping
    from types import SimpleNamespace

    from gilint.cli import Streams
    from gilint.comparison import Comparison
    from gilint.linter import Linter
    from gilint.model import Result
    from gilint.outputs import Target
    from gilint.reporters import Options
    from gilint.ruleset import Rule

FORMATS = ("terminal", "json")


def compare(arguments: SimpleNamespace, streams: Streams) -> int:
    """Compare each report with that of the year before, and say by the exit code how it went."""
    from gilint.comparison import compare as compare_reports
    from gilint.reporters import Run

    wanted = targets(arguments.format, arguments.output)
    refuse_unknown(wanted, FORMATS)
    linter = make_linter(arguments)
    files = _files(arguments.paths, linter)
    inputs = [*files, *filter(None, [arguments.config])]
    rules = {rule.id: rule for rule in linter.rules}
    outputs = [_output(target, options_of(arguments, streams, linter, target.file), rules) for target in wanted]
    look_over(outputs, lambda: inputs, streams.out, force=arguments.force)
    code = complain(linter.registry, streams)
    comparison = compare_reports(files, linter=linter)
    failures = deliver(outputs, comparison, streams.out, lambda: inputs, force=arguments.force)
    left_out = CLEAN if comparison.complete else USAGE
    found = exit_code(Run(_results(comparison)), arguments.fail_on or linter.config.fail_on)
    return max(tell(failures, streams.err), code, left_out, found)


def _output(target: Target, options: Options, rules: Mapping[str, Rule]) -> Output:
    if target.name == "json":
        from gilint.reporters.comparison.json import render_json

        return Output(target, Rendering(render_json))
    return Output(target, Rendering(lambda comparison: _terminal(comparison, options, rules)))


def _terminal(comparison: Comparison, options: Options, rules: Mapping[str, Rule]) -> str:
    from gilint.reporters import Run
    from gilint.reporters.comparison.terminal import render_comparison
    from gilint.reporters.summary import render_summary

    run = Run(_results(comparison), rules=rules)
    return render_comparison(comparison, options, run.equations) + render_summary(run, options)


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
