"""What comments say."""

from __future__ import annotations

from collections import Counter

from gilint.reporters import SEVERITIES
from gilint.reporters.labels import labels
from gilint.reporters.layout import one_line
from gilint.reporters.notes import note_text
from gilint.reporters.where import changes, grounds

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from gilint.model import Finding, Result

_WORDS = {
    "zh": {
        "summary": "gilint 检查结果：{counts}",
        "none": "没有发现问题",
        "could_not_check": "无法判断：{reason}（{rules}）",
        "broke": "规则出错：{reason}（{rules}）",
        "waived": "另有 {count} 个问题已豁免",
        "signed": "原文件有数字签名；本副本已改动，签名失效",
        "left": "以下问题在文档中没有可批注的位置：",
        "colon": "：",
        "list": "、",
    },
    "en": {
        "summary": "gilint: {counts}",
        "none": "nothing was found",
        "could_not_check": "could not be checked: {reason} ({rules})",
        "broke": "rules broke: {reason} ({rules})",
        "waived": "{count} more are waived",
        "signed": "the original carries a digital signature, which does not hold for this copy",
        "left": "Findings without a place for a comment:",
        "colon": ": ",
        "list": ", ",
    },
}


def comment_lines(group: Sequence[Finding], lang: str) -> list[str]:
    """The comment on findings of one cause: what is wrong in each place, why, and what to do about all of them."""
    words = labels(lang)
    lines = _messages(group, lang)
    for label, texts in (
        (words["cause"], [finding.cause.text for finding in group if finding.cause is not None]),
        (words["basis"], [grounds(finding.basis, lang) for finding in group]),
        (words["change"], [changes(finding, lang) for finding in group]),
        (words["advice"], [finding.advice for finding in group]),
    ):
        lines += [label + text for text in dict.fromkeys(texts) if text]
    return [one_line(line) for line in lines]


def _messages(group: Sequence[Finding], lang: str) -> list[str]:
    """A head for each rule, and its messages: all but the first, at which the comment stands, with their place."""
    words, lines = labels(lang), list[str]()
    for finding in group:
        head = f"[{words[finding.severity]}] {finding.rule} {finding.title}"
        if head not in lines:
            lines.append(head)
        at = "" if finding is group[0] else _short_place(finding, lang)
        lines.append(f"{at}{_WORDS[lang]['colon']}{finding.message}" if at else finding.message)
    return lines


def _short_place(finding: Finding, lang: str) -> str:
    return str(finding.address) if finding.span is None else finding.span.describe(lang)


def summary_lines(result: Result, left: Sequence[Finding], signed: bool, lang: str) -> list[str]:
    """The comment on the title: counts, what could not be checked, what has no place in the text."""
    words, severities = _WORDS[lang], labels(lang)
    counts = Counter(finding.severity for finding in result.findings)
    told = words["list"].join(f"{severities[each]} {counts[each]}" for each in SEVERITIES if counts[each])
    lines = [words["summary"].format(counts=told or words["none"])]
    if result.waived:
        lines.append(words["waived"].format(count=len(result.waived)))
    lines += _unjudged(result, lang)
    if signed:
        lines.append(words["signed"])
    if result.report is not None:
        lines += [note_text(note, lang) for note in result.report.source.notes]
    if left:
        lines.append(words["left"])
        lines += [line for finding in left for line in comment_lines([finding], lang)]
    return [one_line(line) for line in lines]


def _unjudged(result: Result, lang: str) -> list[str]:
    """A line for each reason for which rules could not judge, or broke."""
    found: dict[tuple[str, str], list[str]] = {}
    for rule, outcome in result.outcomes.items():
        if outcome.status in ("could_not_check", "broke"):
            found.setdefault((outcome.status, outcome.reason), []).append(rule)
    words = _WORDS[lang]
    return [
        words[status].format(rules=words["list"].join(sorted(rules)), reason=reason)
        for (status, reason), rules in found.items()
    ]
