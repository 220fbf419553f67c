"""``gilint rules``, ``gilint explain`` and ``gilint schema``."""

from __future__ import annotations

import json
import os

from gilint.cli import CLEAN, FOUND, make_linter
from gilint.errors import ConfigError

TYPE_CHECKING = False
if TYPE_CHECKING:
    import argparse
    from collections.abc import Sequence

    from gilint.cli import Streams
    from gilint.linter import Linter
    from gilint.ruleset import Rule

MARKS = {
    "zh": {"error": "错误", "warning": "警告", "info": "提示", "basis": "依据", "message": "报告时说", "advice": "建议",
           "applies": "适用", "needs": "需要", "check": "检查", "good": "不触发的示例", "bad": "触发的示例", "file": "文件",
           "supersedes": "优先于"},
    "en": {"error": "error", "warning": "warning", "info": "info", "basis": "basis", "message": "message",
           "advice": "advice", "applies": "applies", "needs": "needs", "check": "check", "good": "does not fire",
           "bad": "fires", "file": "file", "supersedes": "supersedes"},
}  # fmt: skip


def list_rules(arguments: argparse.Namespace, streams: Streams) -> int:
    """One line a rule: id, severity, folder, name, title."""
    linter = make_linter(arguments)
    if arguments.format == "json":
        print(json.dumps([_summary(rule) for rule in linter.rules], ensure_ascii=False, indent=2), file=streams.out)
        return CLEAN
    from gilint.text import pad, width

    words = MARKS[linter.lang]
    names = max(width(rule.name) for rule in linter.rules)
    for rule in linter.rules:
        columns = (pad(rule.id, 7), pad(words[rule.severity], 8), pad(rule.folder, 11), pad(rule.name, names))
        print("".join(f"{column} " for column in columns) + rule.title[linter.lang], file=streams.out)
    total = f"共 {len(linter.rules)} 条规则" if linter.lang == "zh" else f"{len(linter.rules)} rules"
    print(total, file=streams.err)
    return CLEAN


def _summary(rule: Rule) -> dict[str, object]:
    return {
        "id": rule.id,
        "name": rule.name,
        "title": dict(rule.title),
        "severity": rule.severity,
        "folder": rule.folder,
        "pack": rule.pack,
        "check": rule.check,
        "basis": [dict(one) for one in rule.basis],
        "advice": dict(rule.advice),
    }


def explain(arguments: argparse.Namespace, streams: Streams) -> int:
    """All that a rule file says, for reading."""
    linter = make_linter(arguments)
    rule = linter.ruleset.rule(arguments.rule)
    print("\n".join(_explained(rule, linter)), file=streams.out)
    return CLEAN


def _explained(rule: Rule, linter: Linter) -> list[str]:
    lang, words = linter.lang, MARKS[linter.lang]
    other = "en" if lang == "zh" else "zh"
    lines = [f"{rule.id} {rule.name} · {words[rule.severity]}", f"{rule.title[lang]} ({rule.title[other]})", ""]
    for basis in rule.basis:
        text = f"：{basis['text']}" if basis.get("text") else ""
        lines.append(f"{words['basis']}  {basis['document']} {basis['clause']}{text}")
    lines += [f"{words['message']}  {rule.message[lang]}", f"{words['advice']}  {rule.advice[lang]}"]
    applies = {key: value for key, value in rule.applies.items() if key != "when_compiled"}
    if applies:
        lines.append(f"{words['applies']}  {json.dumps(applies, ensure_ascii=False)}")
    if rule.needs:
        lines.append(f"{words['needs']}  {', '.join(rule.needs)}")
    if rule.supersedes:
        lines.append(f"{words['supersedes']}  {', '.join(rule.supersedes)}")
    lines.append(f"{words['check']}  {rule.check}")
    for kind in ("good", "bad"):
        lines += ["", words[kind]]
        lines += [f"  {json.dumps(example, ensure_ascii=False)}" for example in rule.examples.get(kind, ())]
    return [*lines, "", f"{words['file']}  {rule.path}"]


def test_rules(arguments: argparse.Namespace, streams: Streams) -> int:
    """Run the examples of the named packs, or of all rules."""
    from gilint.rule_examples import count_examples
    from gilint.rule_examples import test_rules as run_examples

    for path in arguments.paths:
        if not os.path.exists(path):
            raise ConfigError(f"{path}: 路径不存在 (no such path)")
    arguments.rules = [*arguments.rules, *arguments.paths]
    linter = make_linter(arguments)
    rules = [rule for rule in linter.ruleset.rules if _within(rule, arguments.paths)]
    if not rules:
        raise ConfigError("没有找到要测试的规则 (no rule to test was found)")
    failures = list(run_examples(linter, rules))
    for failure in failures:
        print(failure, file=streams.out)
    count = count_examples(rules)
    zh = f"{len(rules)} 条规则，{count} 个示例：{count - len(failures)} 个符合，{len(failures)} 个不符合"
    en = f"{len(rules)} rules, {count} examples: {len(failures)} failed"
    print(f"{zh} ({en})", file=streams.out)
    return FOUND if failures else CLEAN


def _within(rule: Rule, paths: Sequence[str]) -> bool:
    """Whether a rule's file is one of the paths or lies below one; without paths every rule is."""
    own = os.path.realpath(rule.path)
    places = [os.path.realpath(path) for path in paths]
    return not places or any(own == place or own.startswith(place + os.sep) for place in places)


SKELETON = """\
# yaml-language-server: $schema=rule.schema.json   (gilint schema rule > rule.schema.json)
id: {id}
name: {name}
title:
  zh: 不用“{word}”
  en: Do not write “{word}”
severity: warning
basis:
  - document: 本单位编写要求
    clause: 用语
check: text-banned
with:
  phrases: [{word}]
  unless_within: [quotes, titles]
message:
  zh: 出现了“{{found}}”
  en: “{{found}}” stands in the text
advice:
  zh: 改写这一句
  en: rewrite the sentence
examples:
  good:
    - {{base: default}}
  bad:
    - section: {section}
      text: 全年工作{word}。
      at: {{excerpt: {word}}}
"""


def new_rules(arguments: argparse.Namespace, streams: Streams) -> int:
    """Write the skeleton of a rule; it works as it is, and is never written over another file."""
    path = arguments.path
    if not path.endswith((".yaml", ".yml")):
        raise ConfigError(f"{path}: 规则文件应以 .yaml 结尾 (a rule file ends with .yaml)")
    linter = make_linter(arguments)
    section = linter.ruleset.families[0].forms[0].sections[0].key
    stem = os.path.splitext(os.path.basename(path))[0].lower()
    name = (
        "".join(letter if letter.isascii() and letter.isalnum() else "-" for letter in stem).strip("-") or "local-rule"
    )
    text = SKELETON.format(id=arguments.id, name=name, word="待替换词语", section=section)
    try:
        os.makedirs(os.path.dirname(os.path.abspath(path)), exist_ok=True)
        with open(path, "x", encoding="utf-8") as file:
            file.write(text)
    except FileExistsError:
        raise ConfigError(f"{path}: 文件已存在，没有改动 (the file exists and was left alone)") from None
    except OSError as error:
        raise ConfigError(f"{path}: 无法写入 (cannot be written): {error.strerror}") from None
    print(f"已写入 {path}；运行 gilint rules test {path} (written)", file=streams.out)
    return CLEAN


def schema(arguments: argparse.Namespace, streams: Streams) -> int:
    """Print a published JSON Schema."""
    from gilint.packs import schema as published

    print(json.dumps(published(arguments.name), ensure_ascii=False, indent=2), file=streams.out)
    return CLEAN
