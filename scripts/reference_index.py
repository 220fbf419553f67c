"""The indexes of the rule reference: the front page, one a pack, all in two languages, and a page to search offline."""

from collections.abc import Iterable, Iterator, Sequence
from html import escape
from typing import Any

from reference_pages import MARK, Shelf, escaped, folder_title, index_file
from reference_words import FOLDERS, SEVERITIES

from gilint.ruleset import Rule
from gilint.source import load, read_text

OTHER = {"zh": "en", "en": "zh"}
WORDS = {
    "zh": {
        "title": "规则参考", "told": "由规则文件生成，每条规则一页。", "offline": "离线查找，在浏览器中打开",
        "other": "English", "pack": "规则包", "packs": "所有规则包", "rules": "规则", "extends": "扩展",
        "by severity": "按级别：", "id": "编号", "severity": "级别", "finds": "查什么",
        "ignores": "不用", "weighs": "改为",
    },
    "en": {
        "title": "Rule reference", "told": "Written from the rule files, a page a rule.",
        "offline": "To search offline, open in a browser:",
        "other": "中文", "pack": "pack", "packs": "all packs", "rules": "rules", "extends": "extends",
        "by severity": "By severity: ", "id": "id", "severity": "severity", "finds": "finds",
        "ignores": "leaves out", "weighs": "is",
    },
}  # fmt: skip


def front(shelves: Sequence[Shelf]) -> dict[str, str]:
    """The first page in each language, by file name."""
    return {index_file(lang): "\n".join(_front(shelves, lang)) + "\n" for lang in OTHER}


def _front(shelves: Sequence[Shelf], lang: str) -> Iterator[str]:
    words, severities = WORDS[lang], SEVERITIES[lang]
    yield from (MARK, "", f"# {words['title']}", "", f"{words['told']} [{words['other']}]({index_file(OTHER[lang])})")
    yield from ("", f"{words['offline']} [index.html](index.html)", "")
    yield f"| {words['pack']} | {words['rules']} | {' | '.join(severities.values())} | {words['extends']} |"
    yield "|---|---|" + "---|" * (len(severities) + 1)
    for shelf in shelves:
        counts = [str(sum(rule.severity == severity for rule in shelf.rules)) for severity in severities]
        link = f"[{escaped(shelf.pack.title[lang])}]({shelf.pack.id}/{index_file(lang)})"
        bases = ", ".join(f"[{base}]({base}/{index_file(lang)})" for base in pack_file(shelf).get("extends", ()))
        yield f"| {link} | {len(shelf.rules)} | {' | '.join(counts)} | {bases} |"


def index(shelf: Shelf) -> dict[str, str]:
    """The index of a pack in each language, by file name."""
    return {index_file(lang): "\n".join(_index(shelf, lang)) + "\n" for lang in OTHER}


def _index(shelf: Shelf, lang: str) -> Iterator[str]:
    words = WORDS[lang]
    yield from (MARK, "", f"# {escaped(shelf.pack.title[lang])}", "")
    yield f"[{words['other']}]({index_file(OTHER[lang])}) · [{words['packs']}](../{index_file(lang)})"
    yield from _changes(shelf, lang)
    for folder in sorted({rule.folder for rule in shelf.rules}, key=_order):
        yield from ("", f"## {folder_title(folder, lang)}", "")
        yield f"| {words['id']} | {words['severity']} | {words['finds']} |"
        yield "|---|---|---|"
        yield from (_row(rule, lang) for rule in _by_id(shelf.rules) if rule.folder == folder)
    for severity, word in SEVERITIES[lang].items():
        found = ", ".join(f"[{rule.id}]({rule.id}.md)" for rule in _by_id(shelf.rules) if rule.severity == severity)
        if found:
            yield from ("", f"## {words['by severity']}{word}", "", found)


def _changes(shelf: Shelf, lang: str) -> Iterator[str]:
    """What a pack does to the rules of those that it extends."""
    data, words = pack_file(shelf), WORDS[lang]
    lines = [f"- {words['ignores']} `{token}`" for token in data.get("ignore", ())]
    weights = data.get("severity", {}).items()
    lines += [f"- `{token}` {words['weighs']} **{SEVERITIES[lang][weight]}**" for token, weight in weights]
    if lines:
        yield from ("", *lines)


def _row(rule: Rule, lang: str) -> str:
    link = f"[{rule.id}]({rule.id}.md)"
    return f"| {link} | {SEVERITIES[lang][rule.severity]} | {escaped(rule.title[lang])} · `{rule.name}` |"


def _by_id(rules: Iterable[Rule]) -> list[Rule]:
    return sorted(rules, key=lambda rule: rule.id)


def _order(folder: str) -> tuple[int, str]:
    """Known folders in the order of a report, then all others."""
    known = [*FOLDERS]
    return (known.index(folder) if folder in known else len(known), folder)


def pack_file(shelf: Shelf) -> dict[str, Any]:
    """What pack.yaml says."""
    path = f"{shelf.pack.path}/pack.yaml"
    return dict(load(path, read_text(path)).data)


# --- the page to search -----------------------------------------------------------------------------------------------

HEAD = """\
<!doctype html>
<html lang="zh">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>gilint 规则参考 · rule reference</title>
<style>
body { font: 16px/1.6 system-ui, "Noto Sans CJK SC", sans-serif; margin: 0 auto; max-width: 62rem; padding: 1rem; }
form { background: Canvas; padding: .6rem 0; position: sticky; top: 0; }
input { box-sizing: border-box; font: inherit; padding: .5rem .7rem; width: 100%; }
label { margin-right: 1rem; } label input { width: auto; }
details { border-top: 1px solid #8884; padding: .35rem 0; }
summary { cursor: pointer; display: grid; gap: .8rem; grid-template-columns: 3.6rem 3.6rem 1fr 1fr; }
summary b { font-weight: 600; } .error b + span { color: #b3261e; } .warning b + span { color: #8a6100; }
.info b + span { color: #2b5f9e; }
dl { display: grid; gap: .2rem 1rem; grid-template-columns: 6rem 1fr; margin: .6rem 0 1rem 3.6rem; }
dt { opacity: .65; } dd { margin: 0; } h2 { font-size: 1.1rem; margin: 1.4rem 0 .4rem; }
@media (max-width: 40rem) { summary { grid-template-columns: 3.4rem 3rem 1fr; } summary i { display: none; }
  dl { grid-template-columns: 1fr; margin-left: 0; } }
@media (prefers-color-scheme: dark) { :root { color-scheme: dark; } .error b + span { color: #ff8a80; }
  .warning b + span { color: #ffca55; } .info b + span { color: #90c2ff; } }
summary i { font-style: normal; opacity: .75; }
</style>
<h1>gilint 规则参考 · rule reference</h1>
<form onsubmit="return false">
<input id="words" type="search" placeholder="编号、名称、词语 · id, name or words" aria-label="查找 search" autofocus>
<p><label><input type="checkbox" value="error" checked>错误 error</label>
<label><input type="checkbox" value="warning" checked>警告 warning</label>
<label><input type="checkbox" value="info" checked>提示 info</label>
<output id="count"></output></p>
</form>
"""
SCRIPT = """\
<script>
const box = document.getElementById("words"), count = document.getElementById("count");
const rules = [...document.querySelectorAll("details")].map(one => [one, one.textContent.toLowerCase()]);
const kinds = [...document.querySelectorAll("[type=checkbox]")];
function filter() {
  const words = box.value.toLowerCase().split(/\\s+/).filter(Boolean);
  const chosen = new Set(kinds.filter(one => one.checked).map(one => one.value));
  let shown = 0;
  for (const [one, text] of rules) {
    one.hidden = !chosen.has(one.className) || !words.every(word => text.includes(word));
    shown += !one.hidden;
  }
  for (const section of document.querySelectorAll("section"))
    section.hidden = !section.querySelector("details:not([hidden])");
  count.textContent = shown + " / " + rules.length;
}
document.querySelector("form").addEventListener("input", filter);
addEventListener("hashchange", () => { box.value = decodeURIComponent(location.hash.slice(1)); filter(); });
if (location.hash) box.value = decodeURIComponent(location.hash.slice(1));
filter();
</script>
</html>
"""


def browser(shelves: Sequence[Shelf]) -> str:
    """One page with every rule and a box to filter them; it asks nothing of a network."""
    return HEAD.replace("\n", f"\n{MARK}\n", 1) + "".join(map(_section, shelves)) + SCRIPT


def _section(shelf: Shelf) -> str:
    if not shelf.rules:
        return ""
    title = escape(f"{shelf.pack.title['zh']} · {shelf.pack.title['en']}")
    entries = "".join(map(_entry, _by_id(shelf.rules)))
    return f"<section>\n<h2>{title}</h2>\n{entries}</section>\n"


def _entry(rule: Rule) -> str:
    bases = [" ".join(filter(None, (one["document"], one["clause"], one.get("text")))) for one in rule.basis]
    said = [
        ("报告时说", rule.message["zh"]), ("怎样改", rule.advice["zh"]), *(("依据", basis) for basis in bases),
        ("It says", rule.message["en"]), ("What to do", rule.advice["en"]),
    ]  # fmt: skip
    rows = "".join(f"<dt>{label}</dt><dd>{escape(text)}</dd>\n" for label, text in said)
    page = f'<a href="{rule.pack}/{rule.id}.md">{rule.id}.md</a>'
    rows += f"<dt>{folder_title(rule.folder, 'zh')}</dt><dd><code>{rule.name}</code> · {page}</dd>\n"
    title = f"<span>{escape(rule.title['zh'])}</span><i>{escape(rule.title['en'])}</i>"
    head = f"<b>{rule.id}</b><span>{SEVERITIES['zh'][rule.severity]}</span>{title}"
    return f'<details class="{rule.severity}"><summary>{head}</summary>\n<dl>\n{rows}</dl></details>\n'
