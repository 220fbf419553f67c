"""Last year's report beside the one that is judged: whether it is the right one, and what the text says of changes."""

from __future__ import annotations

from gilint.checks.scope import CONTEXT, SENTENCE_ENDS, WORDS, has, in_place
from gilint.figures import is_previous
from gilint.form import PREVIOUS
from gilint.model import NotApplicable, NotAssessable
from gilint.text import fold

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from typing import Any

    from gilint.figures import CellKey
    from gilint.form import Form
    from gilint.model import Report

EXPLAINED: dict[str, Any] = {
    "type": "object",
    "additionalProperties": False,
    "required": ["words"],
    "properties": {
        "words": {**WORDS, "description": "Words of which one explains it."},
        "sentence_has": {**WORDS, "description": "Such a word counts only beside one of these in its sentence."},
        "where": CONTEXT["where"],
    },
    "description": "With names of last year's report: where the text says one of 'words', a difference is no finding; "
    "the rule could not check, and says what the text speaks of.",
}

NOT_GIVEN = NotAssessable(
    {
        "zh": "与上年的核对未做：没有给出上年报告（--previous 文件）",
        "en": "not compared with last year: its report was not given (--previous FILE)",
    }
)


def obstacle(report: Report) -> NotAssessable | None:
    """Why figures cannot be compared with last year's report: it was not given, or is that of another year or organ."""
    last = report.previous
    if last is None:
        return NOT_GIVEN
    if report.year is not None and last.year is not None and last.year != report.year - 1:
        zh = f"与上年的核对未做：给出的上年报告是 {last.year} 年的，应为 {report.year - 1} 年"
        en = f"not compared with last year: the report given is for {last.year}, not for {report.year - 1}"
        return NotAssessable({"zh": zh, "en": en})
    if report.issuer and last.issuer and not _is_same(fold(report.issuer), fold(last.issuer)):
        zh = f"与上年的核对未做：上年报告的单位是“{last.issuer}”，本报告是“{report.issuer}”"
        en = f"not compared with last year: its report is by “{last.issuer}”, this one by “{report.issuer}”"
        return NotAssessable({"zh": zh, "en": en})
    return None


def _is_same(one: str, other: str) -> bool:
    """Whether two names may be of one organ: a short form leaves out characters of the full name."""
    short, full = sorted((one, other), key=len)
    rest = iter(full)
    return all(character in rest for character in short)


def form_of(report: Report, key: CellKey) -> Form:
    """The form whose labels a cell has: that of last year's report may be another one."""
    return report.previous.form if is_previous(key) and report.previous is not None else report.form


def not_in_form(report: Report, keys: Iterable[CellKey]) -> NotApplicable | None:
    """Why there is nothing to compare with: the form of last year's report does not have one of these cells."""
    last = report.previous
    if last is None:
        return None
    for key in filter(is_previous, keys):
        tables = [table for table in last.form.tables if table.key == key[0].removeprefix(PREVIOUS)]
        if not any(row.key == key[1] and key[2] in row.columns for table in tables for row in table.rows):
            name = ".".join(key).removeprefix(PREVIOUS)
            zh = f"上年报告用的格式（{last.form.id}）没有这一数字：{name}"
            return NotApplicable({"zh": zh, "en": f"the form of last year's report ({last.form.id}) has no {name}"})
    return None


def explanation(report: Report, options: Mapping[str, Any]) -> str:
    """The word in the text that explains a difference from last year's report, or nothing."""
    wanted = options.get("explained_by")
    if wanted is None:
        return ""
    for passage in report.passages:
        if not in_place(wanted, passage):
            continue
        for sentence in _sentences(fold(passage.text)):
            word = next((word for word in wanted["words"] if fold(word) in sentence), "")
            if word and has(sentence, wanted.get("sentence_has", (word,))):
                return str(word)
    return ""


def _sentences(text: str) -> Iterable[str]:
    for mark in SENTENCE_ENDS[1:]:
        text = text.replace(mark, SENTENCE_ENDS[0])
    return text.split(SENTENCE_ENDS[0])
