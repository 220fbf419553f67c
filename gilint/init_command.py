"""``gilint init``: a configuration to start from, by what lies in the folder."""

from __future__ import annotations

import os
from collections import Counter

from gilint.cli import CLEAN, environment_lang
from gilint.config import FILE, PROJECT, Config
from gilint.errors import ConfigError, InputError
from gilint.inputs import expand
from gilint.linter import Linter
from gilint.packs.finding import PACK_FILE, find_pack, overlays
from gilint.record import Record
from gilint.rules_command import skeleton
from gilint.source import load, read_text
from gilint.text import shown_path
from gilint.writing import refuse_unwritable, write_atomically

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from types import SimpleNamespace

    from gilint.cli import Streams
    from gilint.model import Report

LOOKED_AT = 30
"""Reports of the folder that are read."""
LOCAL = os.path.join("rules", "local")
FIRST_RULE = "first-rule.yaml"


class Found(Record):
    """What the reports of a folder are like: how many were read, their issuers, and the most common family."""

    count: int
    issuers: tuple[str, ...]
    pack: str


class Region(Record):
    """An overlay for a region, and whether most issuers of the folder are from there."""

    name: str
    title: str
    here: bool


def init(arguments: SimpleNamespace, streams: Streams) -> int:
    """Write ``gilint.toml``, and with ``--local-rules`` a first rule; what is there already stays."""
    folder: str = arguments.folder
    if not os.path.isdir(folder):
        raise ConfigError(f"{folder}: 没有这个文件夹 (there is no such folder)")
    target, rule = os.path.join(folder, FILE), os.path.join(folder, LOCAL, FIRST_RULE)
    lang = arguments.lang or environment_lang() or "zh"
    _refuse_second(folder, arguments.force)
    refuse_unwritable(target, force=arguments.force)
    linter = Linter(config=False, lang=lang)
    found = _look(folder, linter)
    text = "".join(_lines(found, linter, lang, local=arguments.local_rules))
    if arguments.local_rules:
        _write_rule(rule, linter, streams)
    write_atomically(target, text)
    zh, en = f"已写入（看了 {found.count} 份报告）", f"written (after {found.count} reports)"
    print(f"{shown_path(target)}: {zh if lang == 'zh' else en}: gilint config", file=streams.out)
    return CLEAN


def _refuse_second(folder: str, force: bool) -> None:
    """Raise ``ConfigError`` where a project file has a configuration, which the new one would hide."""
    from gilint.config.reading import read_config

    project = os.path.join(folder, PROJECT)
    if not force and os.path.isfile(project) and read_config(project) is not None:
        zh, en = (
            "已有 [tool.gilint]，没有改动；用 --force 另写",
            "has [tool.gilint], and was left alone; --force writes",
        )
        raise ConfigError(f"{shown_path(project)}: {zh} {FILE} ({en} {FILE})")


def _write_rule(path: str, linter: Linter, streams: Streams) -> None:
    if os.path.lexists(path):
        return
    os.makedirs(os.path.dirname(path), exist_ok=True)
    write_atomically(path, skeleton(None, path, linter))
    print(f"{shown_path(path)}: gilint rules test {shown_path(path)}", file=streams.out)


# --- what lies in the folder ------------------------------------------------------------------------------------------


def _look(folder: str, linter: Linter) -> Found:
    reports = list(_reports(folder, linter))
    issuers = dict.fromkeys(report.issuer for report in reports if report.issuer)
    packs = Counter(report.form.family.pack for report in reports)
    (pack, _count) = packs.most_common(1)[0] if packs else (linter.ruleset.families[0].pack, 0)
    return Found(len(reports), tuple(issuers), pack)


def _reports(folder: str, linter: Linter) -> Iterator[Report]:
    paths = (path for path in expand([folder], linter.registry.suffixes()) if isinstance(path, str))
    for _number, path in zip(range(LOOKED_AT), paths, strict=False):
        try:
            yield linter.read(path)
        except InputError:
            continue


def _regions(issuers: Sequence[str], lang: str) -> Iterator[Region]:
    """The overlays that come with gilint."""
    for name in overlays():
        path = os.path.join(find_pack(name, {}, os.sep), PACK_FILE)
        data = load(path, read_text(path)).data
        here = [issuer for issuer in issuers if any(word in issuer for word in data.get("region", ()))]
        yield Region(name, data["title"][lang], 2 * len(here) > len(issuers))


# --- the file ---------------------------------------------------------------------------------------------------------

TEXTS = {
    "zh": {
        "head": "gilint 的配置。每一项都可以不写；全部可写的项见 gilint schema config",
        "use": "检查：gilint check .　　看各项的值和出处：gilint config",
        "packs": "地方规则和本单位的规则",
        "kind": "单位类别，从名称看不出时才写",
        "deadline": "当地规定的公布期限（月-日）",
        "ignore": "不用的规则：编号、编号开头或名称",
        "fail_on": "从哪一级起退出码为 1",
        "severity": "改变规则的级别",
        "facts": "报告里看不出的事实；写了才能判断有关规则",
        "overrides": "某些文件另有规定",
    },
    "en": {
        "head": "Configuration of gilint. Every key may be left out; for all of them: gilint schema config",
        "use": "To check: gilint check .    Every value with its origin: gilint config",
        "packs": "rules of a region, and rules of your own",
        "kind": "kind of the issuer, where its name does not tell",
        "deadline": "local deadline for publication (MM-DD)",
        "ignore": "rules to leave out: ids, beginnings of ids, or names",
        "fail_on": "least severity for exit code 1",
        "severity": "other severities",
        "facts": "what no file can tell; the rules that need it judge only where it is written",
        "overrides": "what is otherwise for some files",
    },
}
EXAMPLES = {
    "boolean": "true",
    "string": '"01-20"',
    "strings": '["某某局"]',
    "number": "1",
    "date": '"2025-01-20"',
}


def _lines(found: Found, linter: Linter, lang: str, *, local: bool) -> Iterator[str]:
    texts = TEXTS[lang]
    family = next(each for each in linter.ruleset.families if each.pack == found.pack)
    regions = list(_regions(found.issuers, lang))
    yield f"# {texts['head']}\n# {texts['use']}\n"
    known = "; ".join(f"{region.name} {region.title}" for region in regions)
    packs = [*(region.name for region in regions if region.here), *([LOCAL.replace(os.sep, "/")] if local else [])]
    shown = packs or [region.name for region in regions[:1]]
    listed = ", ".join(f'"{pack}"' for pack in shown)
    yield f"\n# {texts['packs']} ({known})\n{'' if packs else '# '}packs = [{listed}]\n"
    kinds = "; ".join(f"{kind.key} {kind.title[lang]}" for kind in family.issuer_kinds)
    if family.issuer_kinds:
        yield f'\n# {texts["kind"]} ({kinds})\n# issuer_kind = "{family.issuer_kinds[0].key}"\n'
    yield f'\n# {texts["deadline"]}\n# deadline = "01-31"\n'
    yield f'\n# {texts["ignore"]}\n# ignore = ["Y105"]\n'
    yield f'\n# {texts["fail_on"]}: error, warning, info, never\nfail_on = "{Config._defaults["fail_on"]}"\n'
    yield f'lang = "{lang}"\n'
    yield f'\n# {texts["severity"]}: error, warning, info\n[severity]\n# Y101 = "info"\n'
    yield f"\n# {texts['facts']}\n[facts]\n"
    for name, fact in family.facts.items():
        if name != "deadline":
            yield f"# {name} = {EXAMPLES[fact['type']]}    # {fact['title'][lang]}\n"
    yield f'\n# {texts["overrides"]}\n# [[overrides]]\n# files = ["*"]\n# ignore = ["Y105"]\n'
