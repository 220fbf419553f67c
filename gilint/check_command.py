"""``gilint check``: reports in, findings out."""

from __future__ import annotations

import os

from gilint.cli import (
    BROKE,
    CLEAN,
    INTERRUPTED,
    USAGE,
    code_of_gist,
    complain,
    complaint,
    make_linter,
    options_of,
    refuse,
    tokens_of,
)
from gilint.errors import ConfigError, InputError, UsageError
from gilint.outputs import write

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from types import SimpleNamespace
    from typing import Any

    from gilint.bulk.batch import Batch
    from gilint.cli import Streams
    from gilint.linter import Linter
    from gilint.model import Result
    from gilint.outputs import Output
    from gilint.reporters import Run
    from gilint.sources import Input

    Results = tuple[Result, ...] | Batch


def check(arguments: SimpleNamespace, streams: Streams) -> int:
    """``gilint check``: once, or again whenever a report is saved."""
    if not arguments.watch:
        return check_once(arguments, streams)
    from gilint.watching import watch

    return watch(arguments, streams, _check_or_refuse)


def _check_or_refuse(arguments: SimpleNamespace, streams: Streams) -> int:
    """One check of many: what the user can mend is told, and waited for."""
    try:
        return check_once(arguments, streams)
    except UsageError as error:
        return refuse(error, streams)


def check_once(arguments: SimpleNamespace, streams: Streams) -> int:
    """Judge files, write the outputs, and say by the exit code how it went."""
    from gilint.outputs import Target, deliver, look_over, remark, tell

    linter = make_linter(arguments)
    outputs = _outputs(arguments, streams, linter)
    pinned = tokens_of("--pin", arguments.pin)
    look_over(outputs, lambda: _inputs(linter, arguments), streams.out, force=arguments.force)
    results, interrupted = _judged(linter, arguments, pinned, streams)
    if arguments.watch:
        results = _settled(results, lambda: _judged(linter, arguments, pinned, streams)[0])
    run = _run_of(linter, results, arguments.fail_on, interrupted)
    if not any(output.target == Target("terminal") for output in outputs):
        complain(linter.registry, streams)
    delivered = deliver(outputs, run, streams.out, lambda: _inputs(linter, arguments), force=arguments.force)
    failures = _with_workers(results, lambda: list(delivered))
    broken = [one for one in failures if _is_plugins(linter, *one)]
    remark(outputs, streams.err)
    code = tell([one for one in failures if one not in broken], streams.err)
    if broken:
        _fall_back(run, linter, arguments, broken, streams)
    return INTERRUPTED if interrupted else max(run.exit_code, code, BROKE if broken else CLEAN)


# --- judging ----------------------------------------------------------------------------------------------------------


def _judged(linter: Linter, arguments: SimpleNamespace, pinned: Sequence[str], streams: Streams) -> tuple[Results, str]:
    """The results, and where the run was interrupted, how far it came."""
    from gilint.inputs import expand

    sources = list(expand(arguments.paths, linter.registry.suffixes()))
    if arguments.previous is not None or pinned:
        _refuse_resume(arguments)
        return (_only_result(linter, sources, arguments.previous, pinned),), ""
    if len(sources) == 1 and arguments.jobs is None and arguments.resume is None:
        return tuple(linter.lint_many(sources)), ""
    return _run_many(linter, arguments, sources, streams)


def _refuse_resume(arguments: SimpleNamespace) -> None:
    if arguments.resume is not None:
        zh, en = "--resume 不能与 --previous、--pin 同用", "--resume does not go with --previous or --pin"
        raise UsageError(f"{zh} ({en})")


def _run_many(
    linter: Linter, arguments: SimpleNamespace, sources: Sequence[Input], streams: Streams
) -> tuple[Results, str]:
    """The results of many inputs, which lie on disk."""
    from gilint.bulk.journal import Journal
    from gilint.bulk.kept import kept
    from gilint.bulk.progress import Silent, progress
    from gilint.bulk.running import run
    from gilint.bulk.settings import settings_digest

    settings = settings_digest(linter)
    shown = Silent() if arguments.no_progress else progress(streams.err, len(sources), linter.lang)
    journal = None if arguments.resume is None else Journal(arguments.resume, settings)
    try:
        ran = run(linter, sources, arguments.jobs, journal, None if arguments.no_cache else kept(settings), shown)
    finally:
        if journal is not None:
            journal.close()
    if not ran.interrupted:
        return ran.batch, ""
    zh = f"{len(sources)} 份中检查了 {ran.batch.done} 份"
    en = f"{ran.batch.done} of {len(sources)} files were checked"
    if journal is not None:
        zh, en = f"{zh}；再执行同一命令即可继续", f"{en}; the same command goes on from there"
    return ran.batch, f"{zh} ({en})"


def _only_result(linter: Linter, found: Sequence[Input], previous: str | None, pinned: Sequence[str]) -> Result:
    """The result of the only report, judged beside that of the year before, or with cells known to be right."""
    from gilint.failures import failed
    from gilint.inputs import STANDARD_INPUT

    if len(found) != 1:
        option = "--pin" if previous is None else "--previous"
        zh = f"{option} 一次只能检查一份报告，这里有 {len(found)} 份"
        raise UsageError(f"{zh} ({option} goes with one report, there are {len(found)})")
    (path,) = found
    if path == previous == STANDARD_INPUT:
        raise UsageError("两份报告不能都从标准输入读取 (the two reports cannot both be standard input)")
    try:
        if isinstance(path, InputError):
            raise path
        return linter.lint(path, previous=previous, pinned=pinned)
    except InputError as error:
        return failed(error, linter.lang)


def _settled(results: Results, again: Callable[[], Results]) -> Results:
    """The results once no file is half written: a program that saves takes one away for a moment."""
    from functools import partial
    from time import sleep

    for pause in (0.2, 0.4, 0.8):
        if all(result.error is None for result in results):
            break
        _with_workers(results, partial(sleep, pause))
        results = again()
    return results


def _with_workers(results: Results, action: Callable[[], Any]) -> Any:
    """What an action gives; results of many inputs let their workers go after it."""
    if isinstance(results, tuple):
        return action()
    with results:
        return action()


def _run_of(linter: Linter, results: Results, fail_on: str | None, interrupted: str) -> Run:
    """All that reporters may need of a run, with what is to be said about waivers."""
    from gilint.failures import gist_of
    from gilint.overrides import by_id
    from gilint.reporters import INTERRUPTED as CUT_SHORT
    from gilint.reporters import Run, RunProblem

    fail_on = fail_on or linter.config.fail_on
    if isinstance(results, tuple):
        gists, waivable = set(map(gist_of, results)), iter(results)
    else:
        gists, waivable = set(results.gists()), results.waivable()
    said = tuple(linter.review_waivers(waivable))
    codes = [code_of_gist(gist, fail_on) for gist in gists.union(map(gist_of, said))]
    problems = [RunProblem(failure.plugin.name, str(failure)) for failure in linter.registry.failures]
    if problems:
        codes.append(BROKE)
    if interrupted:
        problems.append(RunProblem(CUT_SHORT, interrupted))
    return Run(
        _joined(results, said),
        tuple(problems),
        by_id(linter.ruleset, linter.chosen, linter.config),
        linter.ruleset.packs,
        os.getcwd(),
        fail_on,
        INTERRUPTED if interrupted else max(codes, default=USAGE),
    )


def _joined(results: Results, more: tuple[Result, ...]) -> Results:
    if isinstance(results, tuple):
        return (*results, *more)
    for result in more:
        results.add(result)
    return results


# --- outputs ----------------------------------------------------------------------------------------------------------


def _outputs(arguments: SimpleNamespace, streams: Streams, linter: Linter) -> list[Output]:
    """The outputs that were asked for, each with its reporter."""
    from gilint.outputs import Output, made, refuse_unknown, targets
    from gilint.reporters import BUILTIN

    wanted = targets(arguments.format, arguments.output)
    try:
        refuse_unknown(wanted, linter.registry.reporters(BUILTIN))
    except ConfigError as error:
        for failure in linter.registry.failures:
            error.add_note(str(failure))
        raise
    factories = [linter.registry.reporter(target.name, BUILTIN) for target in wanted]
    return [
        Output(target, made(factory, options_of(arguments, streams, linter, target.file)))
        for target, factory in zip(wanted, factories, strict=True)
    ]


def _is_plugins(linter: Linter, output: Output, error: BaseException) -> bool:
    """Whether it is the fault of a plugin that an output is missing."""
    return not isinstance(error, UsageError) and linter.registry.owner("reporter", output.target.name) is not None


def _inputs(linter: Linter, arguments: SimpleNamespace) -> list[str]:
    """Every file that a run reads, which no output may take the place of."""
    from gilint.inputs import expand

    reports = [one for one in expand(arguments.paths, linter.registry.suffixes()) if isinstance(one, str)]
    return [*reports, *filter(None, (arguments.previous, linter.config.path))]


def _fall_back(
    run: Run,
    linter: Linter,
    arguments: SimpleNamespace,
    broken: Sequence[tuple[Output, BaseException]],
    streams: Streams,
) -> None:
    """Reporters of plugins broke: what they should have shown goes to standard error, as it is not what was asked."""
    from gilint.reporters.terminal import TerminalReporter

    options = options_of(arguments, streams, linter).replace(color=False)
    for piece in TerminalReporter(options).render(run):
        write(streams.err, piece)
    for output, error in broken:
        print(complaint(f"{linter.registry.owner('reporter', output.target.name)}: {_cause(error)}"), file=streams.err)


def _cause(error: BaseException) -> str:
    from gilint.causes import cause

    return cause(error)
