"""The command line: what may be written, and what it means. Nothing is done here."""

from __future__ import annotations

import argparse
import os

from gilint.version import __version__

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

FAIL_ON = ("error", "warning", "info", "never")
NARROWEST = 40


def parse(argv: Sequence[str]) -> argparse.Namespace:
    """The arguments, with ``run`` naming what is to be done as ``module:function``. Exits as argparse does."""
    if not argv or argv[0] not in COMMANDS:
        return parser().parse_args(argv)
    # The command alone: making the parsers of all of them takes longer than a check.
    _text, add = COMMANDS[argv[0]]
    command = argparse.ArgumentParser(prog=f"gilint {argv[0]}", formatter_class=_Help)
    add(command)
    return command.parse_args(argv[1:])


def parser() -> argparse.ArgumentParser:
    """The whole command line, for help and completion."""
    top = argparse.ArgumentParser(
        prog="gilint",
        formatter_class=_Help,
        description="检查报告是否符合规定的格式 (checks reports against their prescribed form)",
    )
    top.add_argument("--version", action="version", version=f"gilint {__version__}")
    commands = top.add_subparsers(title="命令 (commands)", metavar="COMMAND", required=True, prog="gilint")
    for name, (text, add) in COMMANDS.items():
        add(commands.add_parser(name, help=text, formatter_class=_Help))
    return top


class _Help(argparse.ArgumentDefaultsHelpFormatter):
    """Help without the defaults that say nothing.

    It is made for every argument, needed or not, and would look up the width of the terminal with a library that takes
    longer to load than this module.
    """

    def __init__(self, prog: str) -> None:
        try:
            columns = os.get_terminal_size().columns
        except OSError:
            columns = 80
        super().__init__(prog, width=columns - 2)

    def _get_help_string(self, action: argparse.Action) -> str | None:
        if action.default in (None, False, [], ()):
            return action.help
        return super()._get_help_string(action)


def _common(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "--rules", action="append", default=[], metavar="PATH", help="另加规则：文件夹、文件或名称 (more rules)"
    )
    _plugin(command)
    command.add_argument(
        "--config", metavar="FILE", help="配置文件 (configuration; the nearest gilint.toml by default)"
    )
    command.add_argument("--no-config", action="store_true", help="不读取配置文件 (read no configuration)")
    command.add_argument("--lang", choices=("zh", "en"), help="语言 (language of messages)")


def _plugin(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "--plugin", action="append", default=[], metavar="MODULE", help="另加插件模块 (a plugin module)"
    )


def _appearance(command: argparse.ArgumentParser) -> None:
    command.add_argument("--width", type=_width, metavar="CELLS", help="输出宽度 (width of the output)")
    command.add_argument("--color", choices=("auto", "always", "never"), default="auto", help="颜色 (colour)")


def _choice_of_rules(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "--select", action="append", default=[], metavar="RULES", help="只用这些规则，以逗号分隔 (only these)"
    )
    command.add_argument("--ignore", action="append", default=[], metavar="RULES", help="不用这些规则 (not these)")


def _width(text: str) -> int:
    if not (text.isascii() and text.isdigit()) or int(text) < NARROWEST:
        raise argparse.ArgumentTypeError(f"应为不小于 {NARROWEST} 的整数 (an integer, at least {NARROWEST})")
    return int(text)


def _check(command: argparse.ArgumentParser) -> None:
    command.add_argument("paths", nargs="+", metavar="PATH", help="文件、文件夹、通配符或 - (files, folders, globs, -)")
    command.add_argument("-f", "--format", default="terminal", metavar="FORMAT", help="输出格式 (terminal, json …)")
    _choice_of_rules(command)
    command.add_argument("--fail-on", choices=FAIL_ON, help="从哪一级起退出码为 1 (least severity for exit code 1)")
    command.add_argument("--issuer-kind", metavar="KIND", help="机关类别 (kind of the issuer)")
    command.add_argument("-v", "--verbose", action="store_true", help="不折叠 (show everything)")
    _appearance(command)
    _common(command)
    command.set_defaults(run="gilint.cli:check")


def _read(command: argparse.ArgumentParser) -> None:
    command.add_argument("path", metavar="PATH", help="文件或 - (a file, or -)")
    command.add_argument("--table", metavar="KEY", help="画出一张表 (draw a table)")
    command.add_argument("-f", "--format", choices=("tree", "json"), default="tree", help="输出格式 (output format)")
    command.add_argument("--issuer-kind", metavar="KIND", help="机关类别 (kind of the issuer)")
    _appearance(command)
    _common(command)
    command.set_defaults(run="gilint.cli:read")


def _rules(command: argparse.ArgumentParser) -> None:
    actions = command.add_subparsers(title="动作 (actions)", metavar="ACTION", required=True)
    for name, (text, add) in ACTIONS.items():
        action = actions.add_parser(name, help=text, formatter_class=_Help)
        add(action)
        _common(action)
        action.set_defaults(run=f"gilint.rules_command:{name}_rules")


def _rules_list(action: argparse.ArgumentParser) -> None:
    _choice_of_rules(action)
    action.add_argument("-f", "--format", choices=("text", "json"), default="text", help="输出格式 (output format)")


def _rules_show(action: argparse.ArgumentParser) -> None:
    action.add_argument("rule", metavar="RULE", help="规则编号或名称 (id or name)")


def _rules_test(action: argparse.ArgumentParser) -> None:
    action.add_argument("paths", nargs="*", metavar="PATH", help="规则文件夹或文件 (packs or rule files)")


def _rules_new(action: argparse.ArgumentParser) -> None:
    action.add_argument("path", metavar="FILE.yaml", help="要新建的文件 (the file to write)")
    action.add_argument("--id", help="规则编号，默认为下一个空号 (id of the rule; the next free LOC… by default)")


def _explain(command: argparse.ArgumentParser) -> None:
    _rules_show(command)
    _common(command)
    command.set_defaults(run="gilint.rules_command:show_rules")


def _schema(command: argparse.ArgumentParser) -> None:
    command.add_argument("name", nargs="?", default="rule", metavar="NAME", help="rule, form, pack, config, result")
    _plugin(command)
    command.set_defaults(run="gilint.rules_command:schema")


ACTIONS: dict[str, tuple[str, Callable[[argparse.ArgumentParser], None]]] = {
    "list": ("列出规则 (list the rules)", _rules_list),
    "show": ("显示一条规则 (show a rule)", _rules_show),
    "test": ("运行规则自带的示例 (run the examples of rules)", _rules_test),
    "new": ("新建一条规则 (write the skeleton of a rule)", _rules_new),
}
COMMANDS: dict[str, tuple[str, Callable[[argparse.ArgumentParser], None]]] = {
    "check": ("检查报告 (check reports)", _check),
    "read": ("显示读到的内容 (show what was read)", _read),
    "rules": ("规则：list、show、test、new (the rules)", _rules),
    "explain": ("解释一条规则 (explain a rule)", _explain),
    "schema": ("输出 JSON Schema (print a JSON Schema)", _schema),
}
