"""A record as a page to print and file: one file without scripts, which loads nothing."""

from __future__ import annotations

from html import escape

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from typing import Any

_CHINESE = {
    "title": "检查记录",
    "passed": "没有错误",
    "failed": "有 {count} 处错误",
    "document": "文件",
    "size": "{bytes} 字节",
    "issuer": "单位",
    "year": "年度",
    "form": "格式",
    "previous": "上年报告",
    "checked": "检查时间",
    "tool": "工具",
    "packs": "规则包",
    "facts": "已知事实",
    "counts": "问题",
    "count": "错误 {errors}，警告 {warnings}，提示 {infos}，已豁免 {waived}",
    "rules": "规则",
    "rule_count": "通过 {passed}，未通过 {failed}，不适用 {not_applicable}，无法判断 {could_not_check}，出错 {broke}",
    "findings": "尚未改正的问题",
    "waived": "已豁免的问题",
    "rest": "没有判断的规则",
    "passed_rules": "通过的规则",
    "not_applicable_rules": "不适用的规则",
    "rule": "规则",
    "place": "位置",
    "message": "问题",
    "reason": "理由",
    "approver": "批准人",
    "expires": "有效至",
    "status": "结果",
    "could_not_check": "无法判断",
    "broke": "出错",
    "error": "错误",
    "warning": "警告",
    "info": "提示",
    "digest": "记录摘要（SHA-256）",
    "verify": "核对：gilint verify 记录.json 报告文件。文件或记录改动任何一个字节，核对都不会通过。",
}
_ENGLISH = {
    "title": "Record of a check",
    "passed": "no errors",
    "failed": "errors: {count}",
    "document": "File",
    "size": "{bytes} bytes",
    "issuer": "Issuer",
    "year": "Year",
    "form": "Form",
    "previous": "Last year's report",
    "checked": "Checked",
    "tool": "Tool",
    "packs": "Packs of rules",
    "facts": "Known facts",
    "counts": "Findings",
    "count": "errors {errors}, warnings {warnings}, infos {infos}, waived {waived}",
    "rules": "Rules",
    "rule_count": "passed {passed}, failed {failed}, not applicable {not_applicable}, "
    "could not check {could_not_check}, broke {broke}",
    "findings": "Findings that remain",
    "waived": "Findings that were waived",
    "rest": "Rules that could not judge",
    "passed_rules": "Rules that passed",
    "not_applicable_rules": "Rules that do not apply",
    "rule": "Rule",
    "place": "Place",
    "message": "Finding",
    "reason": "Reason",
    "approver": "Approved by",
    "expires": "Until",
    "status": "Outcome",
    "could_not_check": "could not check",
    "broke": "broke",
    "error": "error",
    "warning": "warning",
    "info": "info",
    "digest": "Digest of the record (SHA-256)",
    "verify": "To verify: gilint verify RECORD.json REPORT. It fails once a byte of either was changed.",
}
STYLE = """\
@page{size:A4;margin:14mm}
:root{color-scheme:light dark;--line:#8888;--soft:#595959;--error:#b3261e;--good:#1b6e37}
@media (prefers-color-scheme:dark){:root{--soft:#b5b5b5;--error:#ff8a80;--good:#7bd88f}}
body{font:14px/1.5 "Noto Sans CJK SC","Source Han Sans SC","PingFang SC","Microsoft YaHei",sans-serif;max-width:190mm;
margin:2em auto;padding:0 1em}
h1{font-size:1.5em;margin:0}h2{font-size:1.05em;margin:1.3em 0 .3em}
.verdict{font-weight:bold}.error{color:var(--error)}.good{color:var(--good)}
table{border-collapse:collapse;width:100%}th,td{border:1px solid var(--line);padding:.2em .5em;text-align:start;
vertical-align:top;overflow-wrap:anywhere}
.facts th{width:9em;font-weight:normal;color:var(--soft)}
code{font:.92em ui-monospace,Consolas,monospace;overflow-wrap:anywhere}
.rule{white-space:nowrap}
.ids{font-size:.85em;color:var(--soft)}
footer{margin-top:1.5em;border-top:1px solid var(--line);padding-top:.5em;font-size:.9em}
@media print{:root{color-scheme:light;--soft:#444;--error:#900;--good:#040}
body{font-size:9pt;line-height:1.35;max-width:none;margin:0;padding:0}h2{margin:.8em 0 .2em}tr{break-inside:avoid}}
"""
POLICY = "default-src 'none'; style-src 'unsafe-inline'"


def render_page(record: Mapping[str, Any], lang: str) -> str:
    """The page of a record, in a language."""
    words = _CHINESE if lang == "zh" else _ENGLISH
    title = f"{words['title']} · {record['document']['name']}"
    body = "\n".join(part for part in _parts(record, words) if part)
    return (
        f'<!doctype html>\n<html lang="{"zh-CN" if lang == "zh" else "en"}">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{POLICY}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{_text(title)}</title>\n<style>{STYLE}</style>\n</head>\n<body>\n<main>\n{body}\n</main>\n"
        f"<footer><p>{words['digest']}：<code>{record['digest']}</code></p><p>{words['verify']}</p></footer>\n"
        "</body>\n</html>\n"
    )


def _parts(record: Mapping[str, Any], words: Mapping[str, str]) -> Iterable[str]:
    errors = record["summary"]["errors"]
    verdict = words["failed"].format(count=errors) if errors else words["passed"]
    yield f"<h1>{words['title']}</h1>"
    yield f'<p class="verdict {"error" if errors else "good"}">{"✗" if errors else "✓"} {verdict}</p>'
    yield _facts(record, words)
    yield _listed(words["findings"], record["findings"], ("rule", "place", "message"), words)
    yield _listed(
        words["waived"], record["waived"], ("rule", "place", "message", "reason", "approver", "expires"), words
    )
    yield _listed(words["rest"], _by_reason(record["outcomes"]), ("status", "reason", "rule"), words)
    for status in ("passed", "not_applicable"):
        ids = [one["rule"] for one in record["outcomes"] if one["status"] == status]
        if ids:
            yield f'<h2>{words[f"{status}_rules"]}（{len(ids)}）</h2>\n<p class="ids">{_text(" ".join(ids))}</p>'


def _facts(record: Mapping[str, Any], words: Mapping[str, str]) -> str:
    document, report, summary = record["document"], record["report"], record["summary"]
    rows = [
        (words["document"], _document(document, words)),
        (words["issuer"], _text(report["issuer"] or "—")),
        (words["year"], _text(report["year"] or "—")),
        (words["form"], _text(report["form"])),
        (words["checked"], _text(record["created"])),
        (words["tool"], f"gilint {_text(record['gilint'])}"),
        (words["packs"], "<br>".join(map(_pack, record["packs"]))),
        (words["counts"], _text(words["count"].format_map(summary))),
        (words["rules"], _text(words["rule_count"].format_map(summary))),
    ]
    if record["previous"] is not None:
        rows.insert(4, (words["previous"], _document(record["previous"], words)))
    if record["facts"]:
        facts = "；".join(f"{name} = {value}" for name, value in record["facts"].items())
        rows.insert(-2, (words["facts"], _text(facts)))
    cells = "\n".join(f'<tr><th scope="row">{label}</th><td>{value}</td></tr>' for label, value in rows)
    return f'<table class="facts">\n{cells}\n</table>'


def _document(document: Mapping[str, Any], words: Mapping[str, str]) -> str:
    size = words["size"].format(bytes=f"{document['bytes']:,}")
    return f"{_text(document['name'])}（{size}）<br><code>SHA-256 {document['sha256']}</code>"


def _pack(pack: Mapping[str, str]) -> str:
    return f"{_text(pack['id'])} {_text(pack['version'])} <code>{pack['sha256'][:16]}…</code>"


def _listed(title: str, items: Sequence[Mapping[str, str]], columns: Sequence[str], words: Mapping[str, str]) -> str:
    """A heading and a table of those columns in which anything stands."""
    if not items:
        return ""
    shown = [column for column in columns if any(item[column] for item in items)]
    head = "".join(f'<th scope="col">{words[column]}</th>' for column in shown)
    rows = "\n".join(
        "<tr>" + "".join(f"<td>{_cell(item, column, words)}</td>" for column in shown) + "</tr>" for item in items
    )
    body = f"<thead><tr>{head}</tr></thead>\n<tbody>\n{rows}\n</tbody>"
    return f"<h2>{title}（{len(items)}）</h2>\n<table>\n{body}\n</table>"


def _cell(item: Mapping[str, str], column: str, words: Mapping[str, str]) -> str:
    value = item[column]
    if column == "status":
        return words[value]
    if column == "rule" and "message" in item:
        return f'<span class="rule">{_text(value)} {words[item["severity"]]}</span>'
    if column == "place" and item["at"]:
        return f"{_text(value)} <code>{_text(item['at'])}</code>"
    return _text(value)


def _by_reason(outcomes: Iterable[Mapping[str, str]]) -> list[dict[str, str]]:
    """The rules that could not judge, those with the same reason together."""
    found: dict[tuple[str, str], list[str]] = {}
    for one in outcomes:
        if one["status"] in ("could_not_check", "broke"):
            found.setdefault((one["status"], one["reason"]), []).append(one["rule"])
    return [{"status": status, "reason": reason, "rule": " ".join(rules)} for (status, reason), rules in found.items()]


def _text(value: object) -> str:
    """A value as text of a page; what cannot be printed, and what would turn the line round, is left out."""
    return escape("".join(char if char.isprintable() else " " for char in str(value)))
