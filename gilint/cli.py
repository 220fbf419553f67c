"""The command: arguments in, exit code out. Standard output carries only what was asked for."""

from __future__ import annotations

import os
import sys

from gilint.errors import ConfigError, GilintError, InputError, RuleError, UsageError
from gilint.outputs import write
from gilint.record import Record

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from types import SimpleNamespace
    from typing import TextIO

    from gilint.config import Config
    from gilint.linter import Linter
    from gilint.model import Result
    from gilint.plugins import Registry
    from gilint.reporters import Options, Run

CLEAN, FOUND, USAGE, BROKE, INTERRUPTED = 0, 1, 2, 3, 130
SEVERITIES = ("error", "warning", "info")
PIPED_WIDTH, NARROWEST = 100, 40


class Streams(Record):
    """Where output goes, so that tests can catch it."""

    out: TextIO
    err: TextIO


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command. Exit codes, the highest that applies: 0 clean, 1 findings, 2 usage or input, 3 broken."""
    streams = Streams(sys.stdout, sys.stderr)
    for stream in streams.out, streams.err:
        # A terminal or pipe without UTF-8 must not turn a finding into a traceback.
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")
    try:
        return _run(sys.argv[1:] if argv is None else argv, streams)
    except SystemExit as end:  # argparse gave help, or refused
        return end.code if isinstance(end.code, int) else CLEAN
    except UsageError as error:
        return refuse(error, streams)
    except KeyboardInterrupt:
        print("已中断 (interrupted)", file=streams.err)
        return INTERRUPTED
    except GilintError as error:
        print(f"gilint: 内部错误 (internal error): {error}", file=streams.err)
    except Exception as error:
        _report_defect(error, streams)
    return BROKE


def run() -> None:
    """The command as a process of its own. It ends without taking the heap apart, which the system does faster."""
    import gc

    # A run makes many small values and hardly a cycle: looking for cycles every 700 of them is wasted.
    gc.set_threshold(100_000)
    # A stream that was closed leads nowhere.
    sys.stdout, sys.stderr = (stream or open(os.devnull, "w") for stream in (sys.stdout, sys.stderr))  # noqa: SIM115
    code = main()
    try:
        sys.stdout.flush()
        sys.stderr.flush()
    except (OSError, ValueError):
        pass  # the other end of a pipe is gone: nobody is left to tell
    os._exit(code)


def _run(argv: Sequence[str], streams: Streams) -> int:
    from gilint.arguments import parse
    from gilint.discovery import resolve
    from gilint.late import remember

    arguments = parse(argv)
    code: int = resolve(arguments.run)(arguments, streams)
    remember()
    return code


def refuse(error: UsageError, streams: Streams) -> int:
    """Say what the user can mend. A plugin that failed may be the cause, so it is named and decides the code."""
    if isinstance(error, RuleError):
        count = len(error.mistakes)
        zh, en = f"规则文件有 {count} 处错误，未检查任何文件", f"mistakes in rule files: {count}; nothing was checked"
        print(f"{error}\n{zh} ({en})", file=streams.err)
    else:
        print(f"gilint: {error}", file=streams.err)
    failures: list[str] = getattr(error, "__notes__", [])
    for failure in failures:
        print(complaint(failure), file=streams.err)
    return BROKE if failures else USAGE


def _report_defect(error: Exception, streams: Streams) -> None:
    import traceback

    traceback.print_exception(error, file=streams.err)
    print("gilint: 内部错误，请连同以上内容报告 (internal error: please report it with the above)", file=streams.err)


# --- what commands have in common ------------------------------------------------------------------------------------


def results_of(linter: Linter, paths: Sequence[str]) -> Iterator[Result]:
    """A result for each report that paths lead to, and for each path that leads to none."""
    from gilint.inputs import expand

    # One call for all of them: some rules judge the reports of a run together.
    return linter.lint_many(expand(paths, linter.registry.suffixes()))


def config_of(arguments: SimpleNamespace) -> Config:
    """The configuration that the arguments name, or the nearest. Raises ``ConfigError``."""
    from gilint.config import Config, find_config, load_config

    if arguments.config is not None and arguments.no_config:
        raise ConfigError("--config 与 --no-config 不能同时使用 (--config and --no-config contradict each other)")
    if arguments.no_config:
        return Config()
    return load_config(arguments.config) if arguments.config is not None else find_config()


def make_linter(arguments: SimpleNamespace, *, as_written: bool = False) -> Linter:
    """The linter that the arguments describe; ``as_written`` leaves all rules as their files have them."""
    from gilint.config import Config
    from gilint.linter import Linter

    config = config_of(arguments)
    if as_written:
        changed = ("select", "ignore", "severity", "phrases", "facts", "deadline", "issuer_kind", "overrides")
        config = config.replace(**{key: Config._defaults[key] for key in changed})
    return Linter(
        arguments.rules,
        config=config,
        select=tokens_of("--select", getattr(arguments, "select", ())),
        ignore=tokens_of("--ignore", getattr(arguments, "ignore", ())),
        plugins=arguments.plugin,
        issuer_kind=getattr(arguments, "issuer_kind", None),
        lang=arguments.lang or environment_lang(),
        waivers=_waivers(arguments),
    )


def _waivers(arguments: SimpleNamespace) -> Sequence[str] | bool:
    named: Sequence[str] = getattr(arguments, "waivers", ())
    if not getattr(arguments, "no_waivers", False):
        return named
    if named:
        raise ConfigError("--waivers 与 --no-waivers 不能同时使用 (--waivers and --no-waivers contradict each other)")
    return False


def tokens_of(option: str, values: Sequence[str]) -> list[str]:
    tokens = [token.strip() for value in values for token in value.split(",") if token.strip()]
    if values and not tokens:
        raise ConfigError(f"{option} 没有写规则 ({option} names no rule)")
    return tokens


def environment_lang() -> str | None:
    """The language that the environment asks for. Raises ``ConfigError``."""
    lang = os.environ.get("GILINT_LANG")
    if lang and lang not in ("zh", "en"):
        raise ConfigError(f"GILINT_LANG={lang}：应为 zh 或 en (must be zh or en)")
    return lang or None


def options_of(arguments: SimpleNamespace, streams: Streams, linter: Linter, file: str = "") -> Options:
    """What the arguments and the stream say about an output, which goes to a ``file`` or to standard output."""
    from gilint.reporters import Options

    terminal = not file and streams.out.isatty()
    welcome = terminal and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"
    color = arguments.color == "always" or (arguments.color == "auto" and welcome)
    width = arguments.width
    if width is None and terminal:
        import shutil

        width = max(NARROWEST, shutil.get_terminal_size((PIPED_WIDTH, 24)).columns)
    verbose = getattr(arguments, "verbose", False)
    limits = linter.config.limits
    return Options(lang=linter.lang, width=width or PIPED_WIDTH, color=color, verbose=verbose, limits=limits)


def exit_code(run: Run, fail_on: str) -> int:
    """The highest code that applies to a run: 3, 2, 1 or 0."""
    codes = [BROKE if run.problems else CLEAN, CLEAN if run.results else USAGE]
    return max([*codes, *(code_of(result, fail_on) for result in run.results)])


def code_of(result: Result, fail_on: str) -> int:
    """The exit code that a result asks for."""
    from gilint.failures import gist_of

    return code_of_gist(gist_of(result), fail_on)


def code_of_gist(gist: int, fail_on: str) -> int:
    """The exit code that a gist (:func:`gilint.failures.gist_of`) asks for."""
    from gilint.failures import BROKE as BROKEN
    from gilint.failures import SIGNS, UNREAD

    if gist & (BROKEN | UNREAD):
        return BROKE if gist & BROKEN else USAGE
    failing = () if fail_on == "never" else SEVERITIES[: SEVERITIES.index(fail_on) + 1]
    return FOUND if any(gist & SIGNS[severity] for severity in failing) else CLEAN


# --- read -------------------------------------------------------------------------------------------------------------


def read(arguments: SimpleNamespace, streams: Streams) -> int:
    """``gilint read``: the report as gilint sees it."""
    from gilint.reporters import equations_of, reading

    linter = make_linter(arguments)
    code = complain(linter.registry, streams)
    try:
        report = linter.read(arguments.path)
    except InputError as error:
        from gilint.reporters.layout import harmless

        said = harmless(f"{error.path}: {error.message[linter.lang]}")
        print(f"gilint: {said} [{error.code}]\n  {error.advice[linter.lang]}", file=streams.err)
        return max(code, USAGE)
    options = options_of(arguments, streams, linter)
    if arguments.table:
        from gilint.reporters.marked import render_table

        # Whatever goes wrong in judging, the table is shown.
        (result,) = linter.lint_many([report])
        write(streams.out, render_table(report, arguments.table, options, result, equations_of(linter.rules)))
    elif arguments.format == "json":
        write(streams.out, reading.render_json(report), exact=True)
    else:
        write(streams.out, reading.render_tree(report, options))
    return code


# --- printing ---------------------------------------------------------------------------------------------------------


def complain(registry: Registry, streams: Streams) -> int:
    """Name the plugins that failed; the exit code that this means."""
    for failure in registry.failures:
        print(complaint(str(failure)), file=streams.err)
    return BROKE if registry.failures else CLEAN


def complaint(failure: str) -> str:
    return f"gilint: 插件出错 (a plugin broke): {failure}"
