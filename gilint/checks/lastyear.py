"""Last year's report beside the one that is judged: whether it is the right one, what it makes known, what explains it.

Cells of last year's report are named ``previous.table`` in equations; figures of the report have to agree with them,
but a report that nobody gave, of another organ, or of a form without the cell, accuses none.
"""

from __future__ import annotations

from gilint.arithmetic import condition_cells, judge
from gilint.checks.scope import SENTENCE_ENDS, WORDS, has
from gilint.figures import Missing, cell_of, is_previous, reader_of
from gilint.form import PREVIOUS
from gilint.late import late
from gilint.model import Evidence, NotApplicable, NotAssessable
from gilint.organs import may_be_one
from gilint.text import fold

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from typing import Any

    from gilint.arithmetic import Condition, Equation
    from gilint.checks import Member
    from gilint.figures import CellKey
    from gilint.model import Report

EXPLAINED_BY: dict[str, Any] = {
    "type": "array",
    "minItems": 1,
    "items": {
        "type": "object",
        "additionalProperties": False,
        "required": ["words"],
        "properties": {"words": WORDS, "sentence_has": WORDS},
    },
    "description": "For equations that name last year's report: words with which the text explains a difference, which "
    "count only beside one of sentence_has in their sentence, if given. The rule then finds nothing; it could not "
    "check, and says what differs.",
}
READ = ("preamble", "heading", "prose", "table")
_SENTENCE = late(f"[^{SENTENCE_ENDS}]+")

NOT_GIVEN = NotAssessable(
    {
        "zh": "未与上年核对：没有给出上年报告（可用 --previous 指定）",
        "en": "not compared with last year: its report was not given (--previous names it)",
    }
)


# --- whether there is something to compare with -----------------------------------------------------------------------


def obstacle(report: Report) -> NotAssessable | None:
    """Why figures cannot be compared with last year's report: it was not given, or is that of another year or organ."""
    last = report.previous
    if last is None:
        return NOT_GIVEN
    if report.year is not None and last.year is not None and last.year != report.year - 1:
        zh = f"未与上年核对：给出的上年报告是 {last.year} 年的，应为 {report.year - 1} 年"
        en = f"not compared with last year: the report that was given is for {last.year}, not for {report.year - 1}"
        return NotAssessable({"zh": zh, "en": en})
    if not may_be_of_one_organ(report, last):
        zh = f"未与上年核对：给出的上年报告是“{last.issuer}”的，不是“{report.issuer}”的"
        en = f"not compared with last year: the report that was given is by “{last.issuer}”, not by “{report.issuer}”"
        return NotAssessable({"zh": zh, "en": en})
    return None


def may_be_of_one_organ(report: Report | Member, last: Report | Member) -> bool:
    """Whether two reports may be of one organ, by kind and name."""
    if not report.issuer or not last.issuer:
        return True
    if report.issuer_kind and last.issuer_kind and report.issuer_kind != last.issuer_kind:
        return False
    return may_be_one(report.issuer, last.issuer)


def names_last_year(equation: Equation) -> bool:
    """Whether an equation, or its condition, names a cell of last year's report."""
    return any(map(is_previous, _cells(equation)))


def is_named(condition: Condition) -> bool:
    """Whether a condition names a cell of last year's report."""
    return any(map(is_previous, condition_cells(condition)))


def comparable(
    report: Report, equations: Sequence[Equation]
) -> tuple[Sequence[Equation], NotAssessable | NotApplicable | None]:
    """The equations that the report given for last year allows to judge; if there are none, the reason."""
    reason: NotAssessable | NotApplicable | None = obstacle(report)
    if reason is not None:
        return (), reason
    kept = []
    for equation in equations:
        absent = _not_in_form(report, _cells(equation))
        if absent is None:
            kept.append(equation)
        reason = reason or absent
    return kept, None if kept else reason


def _cells(equation: Equation) -> Iterator[CellKey]:
    yield from equation["cells"]
    if equation["when"] is not None:
        yield from condition_cells(equation["when"])


def _not_in_form(report: Report, keys: Iterable[CellKey]) -> NotApplicable | None:
    """That the form of last year's report does not have one of these cells, if it does not."""
    assert report.previous is not None
    form = report.previous.form
    for key in filter(is_previous, keys):
        own = key[0].removeprefix(PREVIOUS)
        rows = [row for table in form.tables if table.key == own for row in table.rows if row.key == key[1]]
        if not any(key[2] in row.columns for row in rows):
            name = f"{own}.{key[1]}.{key[2]}"
            zh = f"上年报告的格式 {form.id} 没有 {name}"
            return NotApplicable({"zh": zh, "en": f"the form of last year's report, {form.id}, has no {name}"})
    return None


# --- what it makes known, and what explains it ------------------------------------------------------------------------


def evidence(report: Report, equations: Iterable[Equation]) -> Iterator[Evidence]:
    """What last year's figures require of the cells of this report, by linear equations that apply."""
    read = reader_of(report)
    for equation in equations:
        parts, when = equation["linear"], equation["when"]
        if parts is None or (when is not None and not judge(when, read)):
            continue
        last = {key: read(key) for key, _ in parts[0] if is_previous(key)}
        own = tuple((key, coefficient) for key, coefficient in parts[0] if key not in last)
        known = {key: value for key, value in last.items() if value is not None and not isinstance(value, Missing)}
        if last and own and len(known) == len(last):
            required = parts[1] - sum(coefficient * known[key] for key, coefficient in parts[0] if key in known)
            sign = 1 if own[0][1] > 0 else -1
            reading = tuple((key, sign * coefficient) for key, coefficient in own)
            yield Evidence((reading,), sign * required, cell_of(report, next(iter(last))), "previous")


def explanation(report: Report, options: Mapping[str, Any]) -> str:
    """The word of ``explained_by`` that the text says; nothing where it says none."""
    wanted = options.get("explained_by", ())
    for passage in report.passages if wanted else ():
        for match in _SENTENCE.finditer(passage.text) if passage.role in READ else ():
            sentence = fold(match[0])
            for one in wanted:
                word: str | None = next((word for word in one["words"] if fold(word) in sentence), None)
                if word is not None and has(sentence, one.get("sentence_has", (word,))):
                    return word
    return ""
