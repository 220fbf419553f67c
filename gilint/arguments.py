"""The command line: what may be written, and what it means. Nothing is done here.

Options are data, in the words of ``argparse``. That module takes as long to import as a report to judge, so a plain
``gilint check`` is read without it; it has the last word on everything else: help, mistakes, abbreviations.
"""

from __future__ import annotations

from types import SimpleNamespace

TYPE_CHECKING = False
if TYPE_CHECKING:
    import argparse
    from collections.abc import Mapping, Sequence
    from typing import Any

    Option = tuple[tuple[str, ...], Mapping[str, Any]]

FAIL_ON = ("error", "warning", "info", "never")
NARROWEST = 40
MOST_JOBS = 1024


def parse(argv: Sequence[str]) -> SimpleNamespace:
    """The arguments, with ``run`` naming what is to be done as ``module:function``. Exits as argparse does."""
    quick = _quick(argv[1:]) if argv[:1] == ["check"] else None
    return quick or SimpleNamespace(**vars(parser().parse_args(argv)))


def parser() -> argparse.ArgumentParser:
    """The whole command line, for help, mistakes and completion."""
    import argparse

    from gilint.version import __version__

    class Help(argparse.ArgumentDefaultsHelpFormatter):
        """Help without the defaults that say nothing."""

        def _get_help_string(self, action: argparse.Action) -> str | None:
            if action.default in (None, False, [], ()):
                return action.help
            return super()._get_help_string(action)

    def add(commands: Any, name: str, text: str, options: Sequence[Option], run: str) -> argparse.ArgumentParser:
        command: argparse.ArgumentParser = commands.add_parser(name, help=text, formatter_class=Help)
        for flags, keywords in options:
            command.add_argument(*flags, **keywords)
        command.set_defaults(run=run)
        return command

    description = "检查报告是否符合规定的格式 (checks reports against their prescribed form)"
    top = argparse.ArgumentParser(prog="gilint", description=description)
    top.add_argument("--version", action="version", version=f"gilint {__version__}")
    commands = top.add_subparsers(title="命令 (commands)", metavar="COMMAND", required=True)
    for name, (text, options, run) in COMMANDS.items():
        add(commands, name, text, options, run)
    rules = commands.add_parser("rules", help="规则：list、show、test、new (the rules)", formatter_class=Help)
    actions = rules.add_subparsers(title="动作 (actions)", metavar="ACTION", required=True)
    for name, (text, options, run) in RULES.items():
        add(actions, name, text, options, run)
    return top


def _quick(argv: Sequence[str]) -> SimpleNamespace | None:
    """The arguments of ``gilint check`` where all of them are spelled out; ``None`` where argparse has to look."""
    flags = {flag: (_name(option), keywords) for option, keywords in CHECK for flag in option if flag[0] == "-"}
    values: dict[str, Any] = {name: _default(keywords) for name, keywords in flags.values()}
    paths: list[str] = []
    words = iter(argv)
    for word in words:
        if word[:1] != "-" or word == "-":
            paths.append(word)
            continue
        flag, equals, value = word.partition("=")
        name, keywords = flags.get(flag, ("", {}))
        action = keywords.get("action")
        if action == "store_true" and not equals:
            values[name] = True
            continue
        value = value if equals else next(words, "-")
        if not name or action == "store_true" or "type" in keywords or value[:1] == "-":
            return None
        if value not in keywords.get("choices", (value,)):
            return None
        values[name] = [*values[name], value] if action == "append" else value
    return SimpleNamespace(**values, paths=paths, run=COMMANDS["check"][2]) if paths else None


def _name(flags: Sequence[str]) -> str:
    """What argparse calls the value of an option."""
    return next(flag for flag in flags if flag.startswith("--"))[2:].replace("-", "_")


def _default(keywords: Mapping[str, Any]) -> Any:
    return False if keywords.get("action") == "store_true" else keywords.get("default")


def _width(text: str) -> int:
    if not (text.isascii() and text.isdigit()) or int(text) < NARROWEST:
        from argparse import ArgumentTypeError

        raise ArgumentTypeError(f"应为不小于 {NARROWEST} 的整数 (an integer, at least {NARROWEST})")
    return int(text)


def _jobs(text: str) -> int:
    if not (text.isascii() and text.isdigit()) or not 0 < int(text) <= MOST_JOBS:
        from argparse import ArgumentTypeError

        raise ArgumentTypeError(f"应为 1 到 {MOST_JOBS} 的整数 (an integer from 1 to {MOST_JOBS})")
    return int(text)


# --- options ----------------------------------------------------------------------------------------------------------


def _option(*flags: str, **keywords: Any) -> Option:
    return flags, keywords


def _several(flag: str, metavar: str, text: str) -> Option:
    return _option(flag, action="append", default=[], metavar=metavar, help=text)


PLUGIN = _several("--plugin", "MODULE", "另加插件模块 (a plugin module)")
ISSUER_KIND = _option("--issuer-kind", metavar="KIND", help="机关类别 (kind of the issuer)")
COMMON = (
    _several("--rules", "PATH", "另加规则：文件夹、文件或名称 (more rules)"),
    PLUGIN,
    _option("--config", metavar="FILE", help="配置文件 (configuration; the nearest gilint.toml by default)"),
    _option("--no-config", action="store_true", help="不读取配置文件 (read no configuration)"),
    _option("--lang", choices=("zh", "en"), help="语言 (language of messages)"),
)
APPEARANCE = (
    _option("--width", type=_width, metavar="CELLS", help="输出宽度 (width of the output)"),
    _option("--color", choices=("auto", "always", "never"), default="auto", help="颜色 (colour)"),
)
OUTPUTS = (
    _option(
        *("-f", "--format"),
        action="append",
        default=[],
        metavar="FORMAT[=FILE]",
        help="输出格式，可以有多个 (terminal, json …, each with its file)",
    ),
    _option("-o", "--output", metavar="FILE", help="写入文件 (write to a file)"),
    _option("--force", action="store_true", help="覆盖已有的输出文件 (write over files that exist)"),
)
CHOICE = (
    _several("--select", "RULES", "只用这些规则，以逗号分隔 (only these)"),
    _several("--ignore", "RULES", "不用这些规则 (not these)"),
)
WAIVERS = (
    _several("--waivers", "FILE", "另加豁免文件 (a file of waivers that counts for all reports)"),
    _option("--no-waivers", action="store_true", help="不豁免任何问题 (waive nothing)"),
)
MANY = (
    _option("-j", "--jobs", type=_jobs, metavar="N", help="用几个进程，默认每核一个 (worker processes, one a core)"),
    _option("--resume", metavar="FILE", help="记下进度；中断后从这里继续 (a journal to go on from)"),
    _option("--no-cache", action="store_true", help="不用上次的结果，全部重新检查 (judge everything anew)"),
    _option("--no-progress", action="store_true", help="不显示进度 (show no progress)"),
)
CHECK = (
    _option("paths", nargs="+", metavar="PATH", help="文件、文件夹、通配符或 - (files, folders, globs, -)"),
    *OUTPUTS,
    *CHOICE,
    _option("--previous", metavar="FILE", help="上年报告，与之核对 (last year's report, to compare with)"),
    _several("--pin", "CELLS", "已核对无误的格 table.row.column，不再怀疑 (cells known to be right)"),
    _option("--fail-on", choices=FAIL_ON, help="从哪一级起退出码为 1 (least severity for exit code 1)"),
    *WAIVERS,
    _option("-w", "--watch", action="store_true", help="保存后自动重新检查 (check again whenever a report is saved)"),
    *MANY,
    ISSUER_KIND,
    _option("-v", "--verbose", action="store_true", help="不折叠 (show everything)"),
    *APPEARANCE,
    *COMMON,
)
READ = (
    _option("path", metavar="PATH", help="文件或 - (a file, or -)"),
    _option("--table", metavar="KEY", help="画出一张表 (draw a table)"),
    _option("-f", "--format", choices=("tree", "json"), default="tree", help="输出格式 (output format)"),
    ISSUER_KIND,
    *APPEARANCE,
    *COMMON,
)
COMPARE = (
    _option("paths", nargs="+", metavar="PATH", help="各年的报告，次序不限 (reports of several years, in any order)"),
    *OUTPUTS,
    *CHOICE,
    _option("--fail-on", choices=FAIL_ON, help="从哪一级起退出码为 1 (least severity for exit code 1)"),
    ISSUER_KIND,
    _option("-v", "--verbose", action="store_true", help="不折叠 (show everything)"),
    *APPEARANCE,
    *COMMON,
)
TOTAL = (
    _option("paths", nargs="*", metavar="PATH", help="上级报告，然后是成员 (the parent, then its members)"),
    _option("--sum", action="store_true", help="没有上级报告，只求和 (no parent: only add up)"),
    _several("--members", "FILE", "成员清单，每行一个路径 (a list of members, see gilint schema members)"),
    *OUTPUTS,
    ISSUER_KIND,
    _option("-v", "--verbose", action="store_true", help="不折叠 (show everything)"),
    *APPEARANCE,
    *COMMON,
)
BASELINE = (
    _option("paths", nargs="+", metavar="PATH", help="文件、文件夹、通配符 (files, folders, globs)"),
    _option("-o", "--output", metavar="FILE", help="写入一个文件，默认写在各报告旁边 (one file for all reports)"),
    _option("--reason", metavar="TEXT", help="豁免的理由 (why they are let pass)"),
    _option("--approver", metavar="NAME", help="批准人 (who answers for it)"),
    _option("--expires", metavar="DAY", help="有效至，如 2025-12-31 (the last day)"),
    *CHOICE,
    *WAIVERS,
    ISSUER_KIND,
    *COMMON,
)
VERIFY = (
    _option("record", metavar="RECORD", help="检查记录 .json (the record)"),
    _option("path", metavar="FILE", help="报告 (the report that it is of)"),
    _option("--previous", metavar="FILE", help="上年报告，如果记录中有 (last year's report, if the record has one)"),
    _option("--no-rerun", action="store_true", help="只核对文件，不重新检查 (compare the files only)"),
    *COMMON,
)
FIX = (
    _option("paths", nargs="+", metavar="PATH", help="文件、文件夹、通配符或 - (files, folders, globs, -)"),
    _option("--write", action="store_true", help="写出修正后的副本 report.fixed.txt (write a mended copy)"),
    _option("-o", "--output", metavar="FILE", help="副本的文件名 (write the copy to this file)"),
    _option("--force", action="store_true", help="覆盖已有的副本 (write over a copy that exists)"),
    _option("--unsafe", action="store_true", help="也修正要人核对的地方 (also what somebody has to look at)"),
    *CHOICE,
    *WAIVERS,
    ISSUER_KIND,
    *APPEARANCE,
    *COMMON,
)
CONFIG = (
    _option("path", nargs="?", metavar="FILE", help="报告：显示对它生效的配置 (what counts for this report)"),
    _option("-f", "--format", choices=("text", "json"), default="text", help="输出格式 (output format)"),
    *COMMON[2:],
)
INIT = (
    _option("folder", nargs="?", default=".", metavar="FOLDER", help="文件夹，默认当前的 (a folder)"),
    _option("--local-rules", action="store_true", help="另写一条本地规则 (write a first rule of your own, too)"),
    _option("--force", action="store_true", help="覆盖已有的配置 (write over a configuration that exists)"),
    _option("--lang", choices=("zh", "en"), help="语言 (language of messages)"),
)
COMPLETION = (_option("shell", choices=("bash", "zsh", "tcsh"), help="终端程序 (the shell)"),)
SHOW = (_option("rule", metavar="RULE", help="规则编号或名称 (id or name)"), *COMMON)
SCHEMA = (
    _option("name", nargs="?", default="rule", metavar="NAME", help="rule, form, pack, config, result, report …"),
    PLUGIN,
)

COMMANDS: dict[str, tuple[str, Sequence[Option], str]] = {
    "check": ("检查报告 (check reports)", CHECK, "gilint.check_command:check"),
    "read": ("显示读到的内容 (show what was read)", READ, "gilint.cli:read"),
    "compare": ("逐年比较 (one year beside the other)", COMPARE, "gilint.compare_command:compare"),
    "total": ("核对总数与各成员之和 (one report as the sum of others)", TOTAL, "gilint.total_command:total"),
    "fix": ("修正文字和标点，不动数字 (mend the text, never a figure)", FIX, "gilint.fix_command:fix"),
    "baseline": ("登记现有问题，以后只报新问题 (waive what there is)", BASELINE, "gilint.baseline_command:baseline"),
    "verify": ("核对检查记录 (compare a record with its report)", VERIFY, "gilint.verify_command:verify"),
    "init": ("新建配置 (write a configuration to start from)", INIT, "gilint.init_command:init"),
    "config": ("显示生效的配置及出处 (what is set, and where)", CONFIG, "gilint.config_command:show_config"),
    "completion": ("终端补全脚本 (a script for shell completion)", COMPLETION, "gilint.completion_command:completion"),
    "explain": ("解释一条规则 (explain a rule)", SHOW, "gilint.rules_command:show_rules"),
    "schema": ("输出 JSON Schema (print a JSON Schema)", SCHEMA, "gilint.rules_command:schema"),
}
RULES: dict[str, tuple[str, Sequence[Option], str]] = {
    "list": (
        "列出规则 (list the rules)",
        (*CHOICE, _option("-f", "--format", choices=("text", "json"), default="text", help="输出格式"), *COMMON),
        "gilint.rules_command:list_rules",
    ),
    "show": ("显示一条规则 (show a rule)", SHOW, "gilint.rules_command:show_rules"),
    "test": (
        "运行规则自带的示例 (run the examples of rules)",
        (_option("paths", nargs="*", metavar="PATH", help="规则文件夹或文件 (packs or rule files)"), *COMMON),
        "gilint.rules_command:test_rules",
    ),
    "new": (
        "新建一条规则 (write the skeleton of a rule)",
        (
            _option("path", metavar="FILE.yaml", help="要新建的文件 (the file to write)"),
            _option("--id", help="规则编号，默认为下一个空号 (id of the rule; the next free LOC… by default)"),
            *COMMON,
        ),
        "gilint.rules_command:new_rules",
    ),
}
