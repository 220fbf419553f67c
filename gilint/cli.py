"""The command: arguments in, exit code out. Standard output carries only what was asked for."""

from __future__ import annotations

import argparse
import os
import sys

from gilint.version import __version__
from gilint.errors import ConfigError, GilintError, InputError, RuleError, UsageError
from gilint.record import Record

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Any, TextIO

    from gilint.linter import Linter
    from gilint.model import Result
    from gilint.reporters import Run

CLEAN, FOUND, USAGE, BROKE = 0, 1, 2, 3
RANK = {"error": 0, "warning": 1, "info": 2}
PIPED_WIDTH = 100


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
    arguments = parser().parse_args(argv)
    try:
        code: int = arguments.run(arguments, streams)
        streams.out.flush()
        return code
    except RuleError as error:
        print(error, file=streams.err)
        count = len(error.mistakes)
        print(
            f"规则文件有 {count} 处错误，未检查任何文件 ({count} mistakes in rule files; nothing was checked)",
            file=streams.err,
        )
        return USAGE
    except (UsageError, InputError) as error:
        print(f"gilint: {error}", file=streams.err)
        return USAGE
    except BrokenPipeError:
        # The reader of a pipe may stop early (| head); what was printed is all that it wanted.
        os.dup2(os.open(os.devnull, os.O_WRONLY), streams.out.fileno())
        return CLEAN
    except KeyboardInterrupt:
        print("已中断 (interrupted)", file=streams.err)
        return 130
    except GilintError as error:
        print(f"gilint: 内部错误 (internal error): {error}", file=streams.err)
        return BROKE


# --- arguments ----------------------------------------------------------------------------------------------------------


class _Help(argparse.ArgumentDefaultsHelpFormatter):
    """Help without the defaults that say nothing."""

    def _get_help_string(self, action: argparse.Action) -> str | None:
        if action.default in (None, False, [], ()):
            return action.help
        return super()._get_help_string(action)


def parser() -> argparse.ArgumentParser:
    """The whole command line."""
    top = argparse.ArgumentParser(
        prog="gilint",
        description="检查报告是否符合规定的格式：部分、日期、表格勾稽、用语 (checks reports against their prescribed form)",
    )
    top.add_argument("--version", action="version", version=f"gilint {__version__}")
    commands = top.add_subparsers(title="命令 (commands)", metavar="COMMAND", required=True)
    _check_arguments(commands.add_parser("check", help="检查报告 (check reports)", formatter_class=_Help))
    _read_arguments(commands.add_parser("read", help="显示读到的内容 (show what was read)", formatter_class=_Help))
    _rules_arguments(
        commands.add_parser("rules", help="规则：list、show、test、new (the rules)", formatter_class=_Help)
    )
    explain = commands.add_parser("explain", help="解释一条规则 (explain a rule)", formatter_class=_Help)
    explain.add_argument("rule", metavar="RULE", help="规则编号或名称 (id or name)")
    _common(explain)
    explain.set_defaults(run=_lazy("rules_command", "explain"))
    schema = commands.add_parser("schema", help="输出 JSON Schema (print a JSON Schema)", formatter_class=_Help)
    schema.add_argument("name", nargs="?", default="rule", help="rule, form, pack, config, result")
    schema.set_defaults(run=_lazy("rules_command", "schema"))
    return top


def _lazy(module: str, function: str) -> Any:
    """A command that lives in a module of its own, imported when it is run."""

    def run(arguments: argparse.Namespace, streams: Streams) -> int:
        from importlib import import_module

        code: int = getattr(import_module(f"gilint.{module}"), function)(arguments, streams)
        return code

    return run


def _common(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "--rules", action="append", default=[], metavar="PATH", help="另加规则：文件夹或文件 (more rules)"
    )
    command.add_argument(
        "--plugin", action="append", default=[], metavar="MODULE", help="另加插件模块 (a plugin module)"
    )
    command.add_argument(
        "--config", metavar="FILE", help="配置文件 (configuration; the nearest gilint.toml by default)"
    )
    command.add_argument("--no-config", action="store_true", help="不读取配置文件 (read no configuration)")
    command.add_argument("--lang", choices=("zh", "en"), help="语言 (language of messages)")


def _check_arguments(command: argparse.ArgumentParser) -> None:
    command.add_argument("paths", nargs="+", metavar="PATH", help="文件、文件夹、通配符或 - (files, folders, globs, -)")
    command.add_argument("-f", "--format", default="terminal", metavar="FORMAT", help="输出格式 (terminal, json …)")
    command.add_argument(
        "--select", action="append", default=[], metavar="RULES", help="只用这些规则，逗号分隔 (only these)"
    )
    command.add_argument("--ignore", action="append", default=[], metavar="RULES", help="不用这些规则 (not these)")
    levels = ("error", "warning", "info", "never")
    command.add_argument("--fail-on", choices=levels, help="从哪一级起退出码为 1 (least severity for exit code 1)")
    command.add_argument("--issuer-kind", metavar="KIND", help="机关类别 (kind of the issuer)")
    command.add_argument("-v", "--verbose", action="store_true", help="不折叠 (show everything)")
    command.add_argument("--width", type=_width, metavar="CELLS", help="输出宽度 (width of the output)")
    command.add_argument("--color", choices=("auto", "always", "never"), default="auto", help="颜色 (colour)")
    _common(command)
    command.set_defaults(run=check)


def _width(text: str) -> int:
    cells = int(text)
    if cells < 40:
        raise argparse.ArgumentTypeError("至少 40 (at least 40)")
    return cells


def _read_arguments(command: argparse.ArgumentParser) -> None:
    command.add_argument("path", metavar="PATH", help="文件或 - (a file, or -)")
    command.add_argument("--table", metavar="KEY", help="画出一张表 (draw a table)")
    command.add_argument("-f", "--format", choices=("tree", "json"), default="tree", help="输出格式 (output format)")
    command.add_argument("--width", type=_width, metavar="CELLS", help="输出宽度 (width of the output)")
    command.add_argument("--color", choices=("auto", "always", "never"), default="auto", help="颜色 (colour)")
    _common(command)
    command.set_defaults(run=read)


def _rules_arguments(command: argparse.ArgumentParser) -> None:
    actions = command.add_subparsers(title="动作 (actions)", metavar="ACTION", required=True)
    listing = actions.add_parser("list", help="列出规则 (list the rules)")
    listing.add_argument("--select", action="append", default=[], metavar="RULES", help="只列这些 (only these)")
    listing.add_argument("-f", "--format", choices=("text", "json"), default="text")
    show = actions.add_parser("show", help="显示一条规则 (show a rule)")
    show.add_argument("rule", metavar="RULE", help="规则编号或名称 (id or name)")
    test = actions.add_parser("test", help="运行规则自带的示例 (run the examples of rules)")
    test.add_argument("paths", nargs="*", metavar="PATH", help="规则文件夹或文件 (packs or rule files)")
    new = actions.add_parser("new", help="新建一条规则 (write the skeleton of a rule)")
    new.add_argument("path", metavar="FILE.yaml", help="要新建的文件 (the file to write)")
    new.add_argument("--id", default="LOC101", help="规则编号 (id of the rule)")
    names = {"list": listing, "show": show, "test": test, "new": new}
    for name, action in names.items():
        _common(action)
        action.set_defaults(run=_lazy("rules_command", f"{name}_rules" if name != "show" else "explain"))


# --- check --------------------------------------------------------------------------------------------------------------


def check(arguments: argparse.Namespace, streams: Streams) -> int:
    """``gilint check``: judge files, print the results, and say by the exit code how it went."""
    from gilint.inputs import expand
    from gilint.linter import failed
    from gilint.reporters import BUILTIN, Run, RunProblem

    linter = make_linter(arguments)
    factory = _reporter(linter, arguments.format, BUILTIN)
    suffixes = [suffix for reader in linter.registry.readers() for suffix in reader.suffixes]
    results = []
    for path in expand(arguments.paths, suffixes):
        if isinstance(path, InputError):
            results.append(failed(path, linter.lang))
        else:
            results.extend(linter.lint_many([path]))
    titles = {rule.id: rule.title[linter.lang] for rule in linter.rules}
    problems = tuple(RunProblem(failure.name, str(failure)) for failure in linter.registry.failures)
    run = Run(tuple(results), problems, titles)
    broken: tuple[RunProblem, ...] = ()
    try:
        _write(streams.out, factory(_options(arguments, streams, linter)).render(run))
    except BrokenPipeError:
        raise
    except Exception as error:
        if arguments.format in BUILTIN:
            raise
        broken = (RunProblem(arguments.format, f"{type(error).__name__}: {error}"),)
    _complain(broken or (problems if arguments.format != "terminal" else ()), streams)
    return max(exit_code(run, arguments.fail_on or linter.config.fail_on), BROKE if broken else CLEAN)


def make_linter(arguments: argparse.Namespace) -> Linter:
    """The linter that the arguments describe."""
    from gilint.linter import Linter

    return Linter(
        arguments.rules,
        config=False if arguments.no_config else arguments.config,
        select=_tokens(getattr(arguments, "select", ())),
        ignore=_tokens(getattr(arguments, "ignore", ())),
        plugins=arguments.plugin,
        issuer_kind=getattr(arguments, "issuer_kind", None),
        lang=arguments.lang or _environment_lang(),
    )


def _tokens(values: Sequence[str]) -> list[str]:
    return [token.strip() for value in values for token in value.split(",") if token.strip()]


def _environment_lang() -> str | None:
    lang = os.environ.get("GILINT_LANG")
    if lang is not None and lang not in ("zh", "en"):
        raise ConfigError(f"GILINT_LANG={lang}：应为 zh 或 en (must be zh or en)")
    return lang


def _reporter(linter: Linter, name: str, builtin: dict[str, str]) -> Any:
    known = linter.registry.reporters(builtin)
    if name not in known:
        from gilint.text import closest

        hint = closest(name, known)
        zh = f"未知的输出格式 {name}，可用：{'、'.join(known)}" + (f"；是否想写 {hint}？" if hint else "")
        raise ConfigError(f"{zh} (unknown format {name!r})")
    return linter.registry.reporter(name, builtin)


def _options(arguments: argparse.Namespace, streams: Streams, linter: Linter) -> Any:
    from gilint.reporters import Options

    terminal = streams.out.isatty()
    color = arguments.color == "always" or (
        arguments.color == "auto" and terminal and "NO_COLOR" not in os.environ and os.environ.get("TERM") != "dumb"
    )
    width = arguments.width
    if width is None and terminal:
        import shutil

        width = max(40, shutil.get_terminal_size((PIPED_WIDTH, 24)).columns)
    verbose = getattr(arguments, "verbose", False)
    return Options(lang=linter.lang, width=width or PIPED_WIDTH, color=color, verbose=verbose)


def _write(stream: TextIO, pieces: Any) -> None:
    if isinstance(pieces, str):
        pieces = (pieces,)
    for piece in pieces:
        stream.write(piece)
    stream.flush()


def _complain(problems: Sequence[Any], streams: Streams) -> None:
    for problem in problems:
        print(f"gilint: 插件出错 (a plugin broke): {problem.message}", file=streams.err)


def exit_code(run: Run, fail_on: str) -> int:
    """The highest code that applies to a run: 3, 2, 1 or 0."""
    codes = [CLEAN]
    if run.problems:
        codes.append(BROKE)
    for result in run.results:
        codes.append(_code_of(result, fail_on))
    if not run.results:
        codes.append(USAGE)
    return max(codes)


def _code_of(result: Result, fail_on: str) -> int:
    if result.error is not None:
        return USAGE
    if any(outcome.status == "broke" for outcome in result.outcomes.values()):
        return BROKE
    worst = min((RANK[finding.severity] for finding in result.findings), default=9)
    return FOUND if fail_on != "never" and worst <= RANK[fail_on] else CLEAN


# --- read ---------------------------------------------------------------------------------------------------------------


def read(arguments: argparse.Namespace, streams: Streams) -> int:
    """``gilint read``: the report as gilint sees it."""
    from gilint.reporters import reading

    linter = make_linter(arguments)
    try:
        report = linter.read(arguments.path)
    except InputError as error:
        print(f"{error.path}: {error.message[linter.lang]}\n  {error.advice[linter.lang]}", file=streams.err)
        return USAGE
    options = _options(arguments, streams, linter)
    if arguments.format == "json":
        _write(streams.out, reading.render_json(report))
    elif arguments.table:
        if arguments.table not in report.tables:
            names = "、".join(report.tables) or "无"
            raise ConfigError(f"没有读到表 {arguments.table}；读到的表：{names} (no such table was read)")
        _write(streams.out, reading.render_table(report, arguments.table, options))
    else:
        _write(streams.out, reading.render_tree(report, options))
    return CLEAN
