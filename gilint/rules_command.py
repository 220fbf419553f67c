"""``gilint rules``, ``gilint explain`` and ``gilint schema``."""

from __future__ import annotations

import json
import os
import re
from itertools import zip_longest

from gilint.cli import CLEAN, FOUND, PIPED_WIDTH, complain, make_linter
from gilint.errors import ConfigError, UsageError
from gilint.numerals import to_chinese
from gilint.outputs import write
from gilint.text import clip, pad, width, wrap

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from types import SimpleNamespace

    from gilint.cli import Streams
    from gilint.form import Family
    from gilint.linter import Linter
    from gilint.ruleset import Rule, Ruleset

_CHINESE = {
    "error": "错误", "warning": "警告", "info": "提示", "title": "标题", "basis": "依据", "message": "报告时说",
    "advice": "建议", "applies": "适用", "forms": "格式", "years": "年度", "issuer_kinds": "机关类别", "when": "条件",
    "needs": "须知", "check": "检查", "options": "选项", "good": "不触发", "bad": "触发", "file": "文件",
    "supersedes": "优先于", "total": "共 {count} 条规则", "lasting": "不可豁免", "waivable": "豁免",
    "fix": "修正", "safe": "gilint fix", "unsafe": "gilint fix --unsafe，改后要核对",
}  # fmt: skip
_ENGLISH = {
    "error": "error", "warning": "warning", "info": "info", "title": "title", "basis": "basis", "message": "message",
    "advice": "advice", "applies": "applies", "forms": "forms", "years": "years", "issuer_kinds": "kinds of issuer",
    "when": "condition", "needs": "needs", "check": "check", "options": "options", "good": "clean", "bad": "fires",
    "file": "file", "supersedes": "supersedes", "total": "rules: {count}", "lasting": "never", "waivable": "waivers",
    "fix": "fix", "safe": "gilint fix", "unsafe": "gilint fix --unsafe, to be looked at",
}  # fmt: skip
WORDS = {"zh": _CHINESE, "en": _ENGLISH}

RULE_ID = re.compile(r"[A-Z]{1,4}[0-9]{2,4}")
LOCAL = "LOC"
LONGEST = 400
"""Cells of one item that are shown; an example may hold a whole report."""


# --- list -------------------------------------------------------------------------------------------------------------


def list_rules(arguments: SimpleNamespace, streams: Streams) -> int:
    """One line a rule: id, severity, folder, name, title."""
    linter = make_linter(arguments)
    code = complain(linter.registry, streams)
    if arguments.format == "json":
        write(streams.out, _json([_summary(rule) for rule in linter.rules]), exact=True)
        return code
    words = WORDS[linter.lang]
    rows = [(rule.id, words[rule.severity], rule.folder, rule.name, rule.title[linter.lang]) for rule in linter.rules]
    widths = [max(map(width, column)) for column in zip(*rows, strict=True)]
    lines = ["  ".join(map(pad, row, widths)).rstrip() for row in rows]
    write(streams.out, "".join(f"{line}\n" for line in lines))
    # Not among the rules: what counts lines should not count this one.
    print(words["total"].format(count=len(rows)), file=streams.err)
    return code


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


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, indent=2) + "\n"


# --- show -------------------------------------------------------------------------------------------------------------


def show_rules(arguments: SimpleNamespace, streams: Streams) -> int:
    """All that a rule file says, for reading."""
    linter = make_linter(arguments)
    code = complain(linter.registry, streams)
    rule = linter.ruleset.rule(arguments.rule)
    words = WORDS[linter.lang]
    lines = [f"{rule.id} {rule.name} · {words[rule.severity]}"]
    label = max(width(words[key]) for key in ("basis", "message", "advice", "applies", "check", "supersedes")) + 2
    before = ""
    for key, text in parts(rule, linter):
        heads = [words[key] if key != before else ""]
        chunks = wrap(clip(text, LONGEST), PIPED_WIDTH - label - 2)
        lines += ["  " + pad(head, label) + chunk for head, chunk in zip_longest(heads, chunks, fillvalue="")]
        before = key
    write(streams.out, "".join(f"{line.rstrip()}\n" for line in lines))
    return code


def parts(rule: Rule, linter: Linter) -> Iterator[tuple[str, str]]:
    """Labels and texts in the order of reading; both titles, as each helps to understand the other."""
    lang = linter.lang
    yield "title", rule.title[lang]
    yield "title", rule.title["en" if lang == "zh" else "zh"]
    for basis in rule.basis:
        colon = "：" if lang == "zh" else ": "
        yield "basis", f"{basis['document']} {basis['clause']}" + (f"{colon}{basis['text']}" if "text" in basis else "")
    yield "message", rule.message[lang]
    yield "advice", rule.advice[lang]
    yield from _conditions(rule, linter)
    kind = linter.registry.get(rule.check)
    yield "check", f"{rule.check} · {kind.summary}" if kind and kind.summary else rule.check
    for quality in ("good", "bad"):
        for example in rule.examples.get(quality, ()):
            yield quality, f"- {json.dumps(example, ensure_ascii=False)}"
    yield "file", f"{rule.path}:{rule.line}"


def _conditions(rule: Rule, linter: Linter) -> Iterator[tuple[str, str]]:
    words, applies = WORDS[linter.lang], rule.applies
    listed = "、" if linter.lang == "zh" else ", "
    titles = {kind.key: kind.title[linter.lang] for family in linter.ruleset.families for kind in family.issuer_kinds}
    texts = {
        "forms": listed.join(form.rpartition("/")[2] for form in applies.get("forms", ())),
        "years": _years(applies.get("years", {})),
        "issuer_kinds": listed.join(titles.get(kind, kind) for kind in applies.get("issuer_kinds", ())),
        "when": applies.get("when", ""),
    }
    for key, text in texts.items():
        if text:
            yield "applies", f"{words[key]} {text}"
    if rule.needs:
        yield "needs", listed.join(rule.needs)
    if rule.supersedes:
        yield "supersedes", listed.join(rule.supersedes)
    if not rule.waivable:
        yield "waivable", words["lasting"]
    if rule.fix:
        yield "fix", words[rule.fix]


def _years(years: Mapping[str, int]) -> str:
    return f"{years.get('from', '')}–{years.get('to', '')}" if years else ""


# --- test -------------------------------------------------------------------------------------------------------------


def test_rules(arguments: SimpleNamespace, streams: Streams) -> int:
    """Run the examples of the named packs, or of all rules. What a configuration changes of rules is left aside."""
    from gilint.rule_examples import count_examples, failing_examples

    for path in arguments.paths:
        if not os.path.exists(path):
            raise ConfigError(f"{path}: 路径不存在 (no such path)")
    arguments.rules = [*arguments.rules, *arguments.paths]
    linter = make_linter(arguments, as_written=True)
    code = complain(linter.registry, streams)
    rules = [rule for rule in linter.ruleset.rules if _within(rule, arguments.paths)]
    if not rules:
        raise ConfigError("没有找到要测试的规则 (no rule to test was found)")
    failures = list(failing_examples(linter, rules))
    count = count_examples(rules)
    zh = f"{len(rules)} 条规则，{count} 个示例：{count - len(failures)} 个符合，{len(failures)} 个不符合"
    en = f"rules: {len(rules)}, examples: {count}, failed: {len(failures)}"
    write(streams.out, "".join(f"{line}\n" for line in [*map(str, failures), f"{zh} ({en})"]))
    return max(code, FOUND if failures else CLEAN)


def _within(rule: Rule, paths: Sequence[str]) -> bool:
    """Whether a rule's file is one of the paths or lies below one; without paths every rule is."""
    own = os.path.realpath(rule.path)
    places = [os.path.realpath(path) for path in paths]
    return not places or any(own == place or own.startswith(os.path.join(place, "")) for place in places)


# --- new --------------------------------------------------------------------------------------------------------------

SKELETON = """\
# yaml-language-server: $schema=rule.schema.json
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
      at: {{section: {section}, excerpt: {word}}}
"""


def new_rules(arguments: SimpleNamespace, streams: Streams) -> int:
    """Write the skeleton of a rule; it works as it is, and is never written over another file."""
    path: str = arguments.path
    if not path.endswith((".yaml", ".yml")):
        raise ConfigError(f"{path}: 规则文件应以 .yaml 结尾 (a rule file ends with .yaml)")
    if os.path.lexists(path):
        raise ConfigError(f"{path}: 文件已存在，没有改动 (the file exists and was left alone)")
    if arguments.id and not RULE_ID.fullmatch(arguments.id):
        raise ConfigError(f"编号 {arguments.id} 应为 1–4 个大写字母加 2–4 个数字 (an id such as LOC101)")
    linter = _linter_of_folder(arguments, os.path.dirname(path) or ".")
    code = complain(linter.registry, streams)
    text = skeleton(arguments.id, path, linter)
    try:
        os.makedirs(os.path.dirname(os.path.abspath(path)), exist_ok=True)
        with open(path, "x", encoding="utf-8", newline="\n") as file:
            file.write(text)
    except OSError as error:
        raise ConfigError(f"{path}: 无法写入 (cannot be written): {error.strerror}") from None
    zh, en = "已写入，现在运行", "written; now run"
    print(f"{path}: {zh} ({en}): gilint rules test {path}", file=streams.out)
    return code


def _linter_of_folder(arguments: SimpleNamespace, folder: str) -> Linter:
    """A linter that knows the rules beside the new one, so far as they can be loaded."""
    others = arguments.rules
    try:
        arguments.rules = [*others, folder]
        return make_linter(arguments, as_written=True)
    except UsageError:
        arguments.rules = others
        return make_linter(arguments, as_written=True)


def skeleton(wanted: str | None, path: str, linter: Linter) -> str:
    """A rule to start from, under the ``wanted`` id or the next free one. Raises ``ConfigError`` for a taken one."""
    rules = linter.ruleset.rules
    ids, names = {rule.id for rule in rules}, {rule.name for rule in rules}
    if wanted in ids:
        raise ConfigError(f"编号 {wanted} 已有规则使用 (the id {wanted!r} is taken)")
    stem = os.path.splitext(os.path.basename(path))[0].lower()
    name = re.sub("[^a-z0-9]+", "-", stem).strip("-")
    if not name[:1].isalpha():
        name = f"rule-{name}".strip("-")
    rule_id = wanted or next(free for number in range(101, 10_000) if (free := f"{LOCAL}{number}") not in ids)
    form = _family_of(os.path.abspath(path), linter.ruleset).forms[-1]
    # A word of its own: two new rules are not to find each other's.
    number = int("".join(filter(str.isdigit, rule_id))) or 1
    word = f"待替换词语{to_chinese(number)}"
    return SKELETON.format(id=rule_id, name=_free_name(name, names), word=word, section=form.sections[0].key)


def _family_of(path: str, ruleset: Ruleset) -> Family:
    """The family of the pack that a file will lie in, if that describes reports of its own; else the first one."""
    inside = {pack.id for pack in ruleset.packs if path.startswith(os.path.join(pack.path, ""))}
    return next((family for family in ruleset.families if family.pack in inside), ruleset.families[0])


def _free_name(name: str, taken: set[str]) -> str:
    number, free = 1, name
    while free in taken:
        number += 1
        free = f"{name}-{number}"
    return free


# --- schema -----------------------------------------------------------------------------------------------------------


def schema(arguments: SimpleNamespace, streams: Streams) -> int:
    """Print a published JSON Schema; that of rules knows the kinds of plugins too."""
    from gilint.packs import schema as published
    from gilint.plugins import Registry

    registry = Registry(arguments.plugin)
    write(streams.out, _json(published(arguments.name, registry)), exact=True)
    return complain(registry, streams)
