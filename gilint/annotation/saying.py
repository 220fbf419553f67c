"""What comments say."""

from __future__ import annotations

from collections import Counter

from gilint.reporters import SEVERITIES
from gilint.reporters.labels import labels
from gilint.reporters.layout import one_line
from gilint.reporters.notes import note_text
from gilint.reporters.where import changes, grounds, place

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from gilint.model import Finding, Result

_WORDS = {
    "zh": {
        "summary": "gilint 检查结果：{counts}",
        "none": "没有发现问题",
        "could_not_check": "无法检查：{rule} {reason}",
        "broke": "规则出错：{rule} {reason}",
        "waived": "另有 {count} 个问题已豁免",
        "signed": "原文件有数字签名；本副本已改动，签名失效",
        "left": "以下问题在文档中没有可批注的位置：",
        "colon": "：",
        "list": "、",
    },
    "en": {
        "summary": "gilint: {counts}",
        "none": "nothing was found",
        "could_not_check": "could not be checked: {rule} {reason}",
        "broke": "the rule broke: {rule} {reason}",
        "waived": "{count} more are waived",
        "signed": "the original carries a digital signature, which does not hold for this copy",
        "left": "Findings without a place for a comment:",
        "colon": ": ",
        "list": ", ",
    },
}


def comment_lines(group: Sequence[Finding], lang: str) -> list[str]:
    """The comment on findings of one cause: each by itself, then what they share."""
    words, first = labels(lang), group[0]
    lines = [line for finding in group for line in _heads(finding, lang, with_place=finding is not first)]
    if first.cause is not None and len(group) > 1:
        lines.append(words["cause"] + first.cause.text)
    for label, texts in (
        (words["change"], [changes(finding, lang) for finding in group]),
        (words["advice"], [finding.advice for finding in group]),
        (words["basis"], [grounds(finding.basis, lang) for finding in group]),
    ):
        lines += [label + text for text in dict.fromkeys(texts) if text]
    return [one_line(line) for line in lines]


def _heads(finding: Finding, lang: str, *, with_place: bool) -> list[str]:
    words = labels(lang)
    head = f"[{words[finding.severity]}] {finding.rule} {finding.title}"
    at = place(finding.address, finding.span, lang) if with_place else ""
    return [head, f"{at}{_WORDS[lang]['colon']}{finding.message}" if at else finding.message]


def summary_lines(result: Result, left: Sequence[Finding], signed: bool, lang: str) -> list[str]:
    """The comment on the title: counts, what could not be checked, what has no place in the text."""
    words, severities = _WORDS[lang], labels(lang)
    counts = Counter(finding.severity for finding in result.findings)
    told = words["list"].join(f"{severities[each]} {counts[each]}" for each in SEVERITIES if counts[each])
    lines = [words["summary"].format(counts=told or words["none"])]
    if result.waived:
        lines.append(words["waived"].format(count=len(result.waived)))
    for rule, outcome in result.outcomes.items():
        if outcome.status in ("could_not_check", "broke"):
            lines.append(words[outcome.status].format(rule=rule, reason=outcome.reason))
    if signed:
        lines.append(words["signed"])
    if result.report is not None:
        lines += [note_text(note, lang) for note in result.report.source.notes]
    if left:
        lines.append(words["left"])
        lines += [line for finding in left for line in comment_lines([finding], lang)]
    return [one_line(line) for line in lines]
