"""A page of the rule reference: all that a rule says, in Chinese and in English, and its examples as one reads them."""

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from typing import Any, NamedTuple

from reference_words import FOLDERS, KINDS, OPTIONS, QUESTIONS, SEVERITIES, VALUES

from gilint.form import PREVIOUS, Form
from gilint.linter import Linter
from gilint.model import Finding, Report
from gilint.numerals import to_chinese
from gilint.rule_examples import base_of, findings_on
from gilint.rules_command import parts
from gilint.ruleset import Pack, Rule
from gilint.source import load, read_text
from gilint.text import clip, wrap

COMMAND = "python scripts/make_reference.py"
MARK = f"<!-- Written by {COMMAND}; do not edit. -->"
EXAMPLES = "例子 Examples"
SHOWN = {"bad": 4, "good": 6}
BLOCK = 16
"""Examples on a page, and lines of them before the last one; a rule file may have more."""
BLANK = "（空）"
LISTED = 24
"""Words of an option that are shown."""
LINE = 88
LINES = 5
LONGEST = 8
"""Terminal cells of a line of an example, lines of one text in it, and of a whole example."""
NAME = re.compile(r"(?:previous\.)?[a-z_][a-z0-9_]*(?:\.(?:[a-z_][a-z0-9_]*|\*))*")
SPECIAL = re.compile(r"([\\`*_<>\[\]#|~&])")
HIDDEN = re.compile("[\u0000-\u0008\u000b-\u001f\u007f-\u00a0\u00ad\u200b-\u200f\u2028-\u202f\u2060-\u2064\ufeff]")

TITLES = {
    "zh": {
        "said": "报告时说", "basis": "依据", "advice": "怎样改", "how": "怎样判断", "applies": "适用",
        "needs": "须先知道", "supersedes": "取代", "off": "不用或改变级别",
        "safe": "[`gilint fix`](../../fix.md) 可以自动改正。",
        "unsafe": "[`gilint fix --unsafe`](../../fix.md#unsafe) 可以改正，改后请核对。",
        "everywhere": "本规则包的所有报告",
    },
    "en": {
        "said": "It says", "basis": "Basis", "advice": "What to do", "how": "How it judges",
        "applies": "Applies to", "needs": "Has to know", "supersedes": "Takes the place of",
        "off": "Switching it off, or weighing it otherwise",
        "safe": "[`gilint fix`](../../fix.md) mends it.",
        "unsafe": "[`gilint fix --unsafe`](../../fix.md#unsafe) mends it; look at what it did.",
        "everywhere": "every report of this pack",
    },
}  # fmt: skip


class Shelf(NamedTuple):
    """A pack with its rules, linters of both languages that know them, and the folder of each rule's page."""

    pack: Pack
    rules: Sequence[Rule]
    linters: Mapping[str, Linter]
    folders: Mapping[str, str]


def page(shelf: Shelf, rule: Rule) -> str:
    """The page of a rule, as Markdown."""
    shown = Examples(shelf, rule)
    lines = [MARK, "", f"# {rule.id} {escaped(rule.title['zh'])}", "", headline(rule, "zh")]
    lines += part(shelf, rule, "zh", shown.sample)
    lines += ["", f"## {EXAMPLES}", *shown.lines()]
    lines += ["", "## English", "", f"**{rule.id} {escaped(rule.title['en'])}**", "", headline(rule, "en")]
    lines += part(shelf, rule, "en", shown.sample)
    return "\n".join(lines) + "\n"


def headline(rule: Rule, lang: str) -> str:
    index = f"[{folder_title(rule.folder, lang)}]({index_file(lang)}#{anchor(folder_title(rule.folder, lang))})"
    other = "[English](#english)" if lang == "zh" else f"[examples](#{anchor(EXAMPLES)})"
    return f"**{SEVERITIES[lang][rule.severity]}** · `{rule.name}` · {index} · {other}"


def index_file(lang: str) -> str:
    return "README.zh.md" if lang == "zh" else "README.md"


def folder_title(folder: str, lang: str) -> str:
    return FOLDERS.get(folder, (folder, folder))[lang == "en"]


def anchor(heading: str) -> str:
    """The anchor of a heading, as code hosts make it."""
    kept = (char for char in heading.lower() if char in " -_" or unicodedata.category(char)[0] in "LN")
    return "".join(kept).replace(" ", "-")


def part(shelf: Shelf, rule: Rule, lang: str, sample: Mapping[str, Finding]) -> Iterator[str]:
    """All of a page that is said in one language."""
    linter, words = shelf.linters[lang], TITLES[lang]
    said: dict[str, list[str]] = {}
    for key, text in parts(rule, linter):
        said.setdefault(key, []).append(text)
    level = "##" if lang == "zh" else "###"
    message = sample[lang].message if lang in sample else rule.message[lang]
    advice = sample[lang].advice if lang in sample else rule.advice[lang]
    yield from ("", f"{level} {words['said']}", "", f"> {escaped(message)}")
    yield from ("", f"{level} {words['advice']}", "", escaped(advice))
    if rule.fix:
        yield from ("", words[rule.fix])
    yield from ("", f"{level} {words['basis']}", "", *(f"- {escaped(text)}" for text in said["basis"]))
    yield from ("", f"{level} {words['how']}", "", asked(rule, linter, lang), "", *options(shelf, rule, lang))
    applies = said.get("applies", []) + [f"{words['needs']} {text}" for text in said.get("needs", [])]
    yield from ("", f"{level} {words['applies']}", "")
    yield from (f"- {escaped(text)}" for text in applies or [words["everywhere"]])
    if rule.supersedes:
        links = ", ".join(f"[{other}]({link(shelf, rule, other)})" for other in rule.supersedes)
        zh = f"- 与 {links} 落在同一处时，只报本规则"
        yield zh if lang == "zh" else f"- {words['supersedes']} {links} at the same place"
    yield from ("", f"{level} {words['off']}", "", *switches(rule, lang))


def link(shelf: Shelf, rule: Rule, other: str) -> str:
    own, there = shelf.folders[rule.id], shelf.folders[other]
    return f"{other}.md" if own == there else f"../{there}/{other}.md"


def switches(rule: Rule, lang: str) -> Iterator[str]:
    if not rule.waivable:
        yield "这条规则不能豁免。" if lang == "zh" else "It cannot be waived."
        return
    link = "[`gilint.toml`](../../configuration.md#select-and-ignore)"
    if lang == "en":
        yield f"Once: `gilint check … --ignore {rule.id}`. For good, or with another severity: as above in {link}."
        yield "One finding, with who let it pass and why: [waivers](../../waivers.md#waivers)."
        return
    weight = "info" if rule.severity != "info" else "warning"
    yield f"一次不用：`gilint check … --ignore {rule.id}`；长期不用，或者改变级别，写在 {link}："
    yield from ("", "```toml", f'ignore = ["{rule.id}"]', "", "[severity]", f'{rule.id} = "{weight}"', "```", "")
    yield "只放过一处，并记下由谁确认、为什么：见[豁免](../../waivers.zh.md#豁免确认不改的问题)。"


# --- how it judges ----------------------------------------------------------------------------------------------------


def asked(rule: Rule, linter: Linter, lang: str) -> str:
    """The kind of check in a sentence."""
    kind = linter.registry.get(rule.check)
    summary = (kind.summary if kind else "").rstrip(".。")
    told = KINDS.get(rule.check, summary) if lang == "zh" else summary
    colon, stop = ("：", "。") if lang == "zh" else (": ", ".")
    return f"[`{rule.check}`](../../checks.md#{rule.check}){colon}{escaped(told)}{stop}"


def options(shelf: Shelf, rule: Rule, lang: str) -> Iterator[str]:
    """A line an option, then what the names of an equation mean."""
    kind = shelf.linters[lang].registry.get(rule.check)
    schema = kind.options.get("properties", {}) if kind else {}
    names = Names(newest_form(shelf, rule))
    given = raw_options(shelf, rule)
    for name, value in flat(given):
        if name == "edits":  # what is mended is told in words
            continue
        shown = option(rule, schema, name, value, names, lang)
        label = OPTIONS.get(name, "") if lang == "zh" else described(schema, name)
        yield f"- {label} `{name}`：{shown}".replace("-  `", "- `") if lang == "zh" else f"- `{name}`{label}: {shown}"
    keys = [key for name in ("equation", "when") for key in NAME.findall(given.get(name, ""))]
    meanings = {key: meaning for key in keys if (meaning := names.key(key, given))}
    if meanings:
        yield "- 其中：" if lang == "zh" else "- in which:"
        yield from (f"  - `{key}` = {escaped(meaning)}" for key, meaning in meanings.items())


def flat(given: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    for name, value in given.items():
        if isinstance(value, dict) and name in ("where", "unless_near"):
            yield from ((f"{name}.{inner}", one) for inner, one in value.items())
        else:
            yield name, value


def described(schema: Mapping[str, Any], name: str) -> str:
    """The first sentence of what the kind says of an option; its question is told with the answer."""
    first, _, inner = name.partition(".")
    found = schema.get(first, {})
    told = (found.get("properties", {}).get(inner, {}) if inner else found).get("description", "")
    sentence = told.partition(". ")[0].rstrip(".")
    return f" ({escaped(sentence)})" if sentence and name not in ("question", "report", "text") else ""


def option(rule: Rule, schema: Mapping[str, Any], name: str, value: Any, names: "Names", lang: str) -> str:
    """The value of an option as one reads it."""
    if name in ("question", "report") and isinstance(value, str):
        english = questions(schema.get(name, {}).get("description", "")).get(value, "")
        told = QUESTIONS.get((rule.check, value), "") if lang == "zh" else english
        return f"`{value}`" + (f"（{told}）" if told and lang == "zh" else f" ({escaped(told)})" if told else "")
    if name in ("equation", "when", "patterns"):
        return ", ".join(code(one) for one in (value if isinstance(value, list) else [value]))
    if isinstance(value, dict):
        return listed([f"{key} → {one if isinstance(one, str) else '/'.join(one)}" for key, one in value.items()], lang)
    values = value if isinstance(value, list) else [value]
    if values and isinstance(values[0], dict):
        return "; ".join(listed([*one.get("words", ())], lang) for one in values)
    if values and isinstance(values[0], list):
        return "; ".join(listed(one, lang) for one in values)
    return listed([names.value(name, one, lang) for one in values], lang)


def questions(description: str) -> dict[str, str]:
    """The meanings of an option's values: ``one: this; two, three: that``."""
    found: dict[str, str] = {}
    for piece in re.split(r"; (?=[a-z, -]+?: )", description):
        keys, _, meaning = piece.partition(": ")
        found.update((key.strip(), meaning.rstrip(".")) for key in keys.removesuffix(", the default").split(","))
    return found


def listed(values: Sequence[str], lang: str) -> str:
    shown = ("、" if lang == "zh" else ", ").join(escaped(visible(value)) for value in values[:LISTED])
    if len(values) <= LISTED:
        return shown
    return f"{shown} … {f'（共 {len(values)} 个）' if lang == 'zh' else f'({len(values)} in all)'}"


def raw_options(shelf: Shelf, rule: Rule) -> dict[str, Any]:
    """The options as the rule file gives them, over those of the rule that it is like."""
    given: dict[str, Any] = dict(load(rule.path, read_text(rule.path)).data.get("with", {}))
    other = given.pop("like", None)
    return given if other is None else {**raw_options(shelf, shelf.linters["zh"].ruleset.rule(other)), **given}


def newest_form(shelf: Shelf, rule: Rule) -> Form:
    family = next(one for one in shelf.linters["zh"].ruleset.families if one.pack == rule.family)
    forms = [form for form in family.forms if form.id in rule.applies.get("forms", (form.id,))]
    return max(forms, key=lambda form: form.first_year)


class Names:
    """What the keys of a form stand for."""

    def __init__(self, form: Form) -> None:
        self.form = form
        self.sections = {one.key: f"{to_chinese(one.number)}、{one.title}" for one in form.sections}
        self.aspects = {aspect.key: aspect.title for one in form.sections for aspect in one.aspects}
        self.tables = {table.key: table for table in form.tables}
        self.kinds = {kind.key: kind.title["zh"] for kind in form.family.issuer_kinds}

    def value(self, option: str, value: Any, lang: str) -> str:
        text = str(value)
        if option.endswith("sections") or option in ("section", "place"):
            text = self.sections.get(text, text)
        elif option in ("aspect", "aspects"):
            text = self.aspects.get(text, text)
        elif option in ("table", "tables"):
            text = self.tables[text].title if text in self.tables else text
        elif option in ("rows", "columns", "of"):
            return next((label for label in self.labels(text) if label), text)
        elif option == "equals":
            return NAME.sub(lambda found: self.key(found[0], {}) or found[0], text)
        return VALUES.get(text, text) if lang == "zh" else text

    def labels(self, key: str) -> Iterator[str]:
        for table in self.tables.values():
            yield from (row.label for row in table.rows if row.key == key)
            yield from (column.label for column in table.columns if column.key == key)

    def key(self, path: str, given: Mapping[str, Any]) -> str:
        """The labels of a name in an equation; empty for what is no name of a cell."""
        before, own = ("上年报告的 ", path.removeprefix(PREVIOUS)) if path.startswith(PREVIOUS) else ("", path)
        steps = own.split(".")
        table = self.tables.get(given.get("table", "")) if steps[0] not in self.tables else self.tables[steps.pop(0)]
        if table is None or "*" in steps:
            return ""
        labels = {one.key: one.label for one in (*table.columns, *table.rows) if one.key}
        found = [labels.get(step, "") for step in steps]
        return before + " × ".join(found) if found and all(found) else ""


# --- examples ---------------------------------------------------------------------------------------------------------


class Examples:
    """The examples of a rule, and what is said of the first bad one, by language."""

    def __init__(self, shelf: Shelf, rule: Rule) -> None:
        self.shelf, self.rule, self.linter = shelf, rule, shelf.linters["zh"]
        self.sample: dict[str, Finding] = {}
        for bad in rule.examples.get("bad", ())[:1]:
            for lang in shelf.linters:
                self.sample.update((lang, one) for one in findings_on(self.linter, rule, bad, lang)[:1])

    def lines(self) -> Iterator[str]:
        for quality, title in (("bad", "应当触发 · fires"), ("good", "不应触发 · does not fire")):
            examples = self.rule.examples.get(quality, ())
            # An unchanged base report shows nothing, unless there is nothing else.
            shown = [one for one in examples if snippet_keys(one)] or list(examples)
            blocks = [self.block(example) for example in shown[: SHOWN[quality]]]
            kept = [block for at, block in enumerate(blocks) if sum(map(len, blocks[:at])) < BLOCK]
            yield from ("", f"### {title}", "", *fenced(kept))
            left = len(examples) - len(kept)
            if left:
                yield from ("", f"另有 {left} 个，见规则文件。({left} more in the rule file.)")

    def block(self, example: Mapping[str, Any]) -> list[str]:
        """The lines of an example, an empty one before them."""
        note = [f"  # {example['note']}"] if "note" in example else []
        lines = [*note, *self.snippet(example)]
        return ["", *(lines if len(lines) <= LONGEST else [*lines[: LONGEST - 1], "  …"])]

    def snippet(self, example: Mapping[str, Any]) -> Iterator[str]:
        report = None
        if "document" in example:
            yield f"  〔文件 document〕 {example['document']}"
        else:
            report = base_report(self.linter, base_of(self.linter, self.rule, example))
            if example.get("base", "default") != "default" or "form" in example or not snippet_keys(example):
                yield f"  〔底稿 base〕 {base_name(report)}"
        yield from self.changes(report, example)
        if "previous" in example:
            yield "  〔上年报告 last year〕"
            yield from self.beside(example, example["previous"], "同一底稿，早一年 the same base, a year earlier")
        for sister in example.get("sisters", ()):
            yield "  〔同时检查的报告 a report of the same run〕"
            yield from self.beside(example, sister, "同一底稿 the same base")

    def beside(self, example: Mapping[str, Any], other: Mapping[str, Any], unchanged: str) -> Iterator[str]:
        """The lines of a report beside that of an example."""
        if {"document", "base", "form"} & other.keys():
            lines = self.snippet(other)
        elif not snippet_keys(other):
            lines = iter([f"  {unchanged}"])
        else:
            lines = self.changes(base_report(self.linter, base_of(self.linter, self.rule, example)), other)
        yield from (f"{line[:1]}   {line[1:]}" for line in lines)

    def changes(self, report: Report | None, example: Mapping[str, Any]) -> Iterator[str]:
        for table, rows in example.get("set", {}).items():
            yield from self.cells(report, table, rows) if report else changed_cells(table, rows)
        if "text" in example:
            yield f"  〔{self.section(report, example['section'])}〕"
            yield from marked("+", example["text"])
        for old, new in example.get("replace", {}).items():
            yield from (*marked("-", old), *marked("+", new))
        for note in example.get("notes", ()):
            yield f"+ 〔{VALUES.get(note['kind'], note['kind'])} {note['kind']}〕 × {note.get('count', 1)}"
        for name, value in example.get("facts", {}).items():
            yield f"  〔事实 fact〕 {name} = {value}"

    def cells(self, report: Report, table: str, rows: Mapping[str, Any]) -> Iterator[str]:
        shape = report.form.table(table)
        yield f"  〔{shape.title}〕"
        for row, columns in rows.items():
            for column, value in columns.items():
                place = f"{clip(shape.row(row).label, 40)} × {shape.column(column).label}："
                before = visible(report.tables[table][row, column].raw) or BLANK
                yield f"! {place}{before} → {BLANK if value is None else visible(str(value))}"

    def section(self, report: Report | None, key: str) -> str:
        return Names(report.form).sections.get(key, key) if report else key


def fenced(blocks: Sequence[Sequence[str]]) -> list[str]:
    lines = [line for block in blocks for line in block]
    fence = "`" * max(3, 1 + max((len(run) for run in re.findall("`+", "\n".join(lines))), default=0))
    return [f"{fence}diff", *lines[1:], fence]


def snippet_keys(example: Mapping[str, Any]) -> set[str]:
    """The parts of an example that change something."""
    return set(example) & {"set", "text", "replace", "document", "notes", "facts", "previous", "sisters"}


def changed_cells(table: str, rows: Mapping[str, Any]) -> Iterator[str]:
    yield from (f"+ {table}.{row}.{column} = {value}" for row, cells in rows.items() for column, value in cells.items())


@cache
def base_report(linter: Linter, path: str) -> Report:
    return linter.read(path)


def base_name(report: Report) -> str:
    return report.title.text if report.title else report.issuer or ""


def marked(sign: str, text: str) -> Iterator[str]:
    lines = wrap(visible(text).strip("\n"), LINE) if text else []
    yield from (f"{sign} {line}" for line in lines[:LINES])
    if len(lines) > LINES:
        yield f"{sign} …"


# --- words ------------------------------------------------------------------------------------------------------------


def visible(text: str) -> str:
    """What the eye does not see is what some rules are about."""
    return HIDDEN.sub(lambda found: f"<U+{ord(found[0]):04X}>", text).replace("\t", "⇥")


def escaped(text: str) -> str:
    return SPECIAL.sub(r"\\\1", " ".join(text.split()))


def code(text: str) -> str:
    fence = "``" if "`" in text else "`"
    return f"{fence}{clip(text, 160)}{fence}"
