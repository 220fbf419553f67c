"""Cells: what stands in them and how it is written, each cell by itself."""

from __future__ import annotations

from gilint.arithmetic import Missing, cell_value
from gilint.checks import check
from gilint.checks.tabular import (
    KEY,
    KEYS,
    cell_label,
    column_label,
    is_left_out,
    known_keys,
    left_out,
    listed,
    row_label,
    row_unread,
    table_absent,
)
from gilint.model import Problem

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
    from typing import Any

    from gilint.arithmetic import CellKey
    from gilint.form import Family
    from gilint.model import Cell, NotApplicable, NotAssessable, Report

    Question = Callable[[Report, Sequence[Cell], Mapping[str, Any]], Iterator[Problem]]

# How a number can be written so that it is more than a number.
MORE_THAN_A_NUMBER = ("unit", "annotated", "scaled", "hedge")
STYLE_REASONS = {
    "unit": ("带有单位", "it carries a unit"),
    "annotated": ("带有说明文字", "it carries a note"),
    "scaled": ("以万、亿计", "it is written in ten thousands or hundred millions"),
    "hedge": ("用了约、余等约数写法", "it is hedged"),
}


NEEDED = {"below": ("limit",), "above": ("limit",), "share": ("limit", "of", "rows")}


def _prepare(options: Mapping[str, Any], family: Family) -> Mapping[str, Any]:
    question = options["question"]
    for option in NEEDED.get(question, ()):
        if option not in options:
            from gilint.errors import OptionError

            raise OptionError(("question",), f"{question} 需要 {option} ({question} needs {option!r})")
    return known_keys(options, family)


@check(
    "cell",
    options={
        "question": {
            "enum": [
                "number", "decimals", "blank", "mixed-marks", "unit", "separator", "zero", "below", "above", "share",
            ],
            "description": "number: no number, negative, or a fraction where things are counted; decimals: a whole "
            "count written with decimals; blank: blank cells, once a table; mixed-marks: several marks for none in "
            "one table; unit: more than a number (see styles); separator: thousands set off by a Chinese comma; "
            "zero: the cells must be 0; below, above: the cells must stay below or above limit; share: a row's part "
            "of the row 'of' in the same column must not be over limit percent.",
        },
        "table": {**KEY, "description": "Key of the table."},
        "rows": {**KEYS, "description": "Keys of the rows that are judged; all when left out."},
        "columns": {**KEYS, "description": "Keys of the columns that are judged; all when left out."},
        "styles": {
            "type": "array",
            "minItems": 1,
            "items": {"enum": list(MORE_THAN_A_NUMBER)},
            "description": "For unit: what is objected to; all of these when left out.",
        },
        "limit": {"type": "integer", "description": "For below, above, and share (percent)."},
        "of": {**KEY, "description": "For share: the row with the totals."},
        "minimum": {"type": "integer", "minimum": 0, "description": "For share: smaller numbers are not looked at."},
    },
    required=("question", "table"),
    values=(
        "table_title", "row_label", "column_label", "raw", "value", "reason", "reason_en", "count", "list", "limit",
        "total", "share",
    ),
    prepare=_prepare,
)  # fmt: skip
def cell(report: Report, options: Mapping[str, Any]) -> Iterable[Problem | NotAssessable | NotApplicable]:
    """Cells that are no number, blank, oddly written, or beyond a limit."""
    table = report.tables.get(options["table"])
    if table is None and is_left_out(report, options["table"]):
        yield left_out(report.form, options["table"])
        return
    if table is None:
        if any(known.key == options["table"] for known in report.form.tables):
            yield table_absent(report.form, options["table"])
        return
    rows, columns = options.get("rows"), options.get("columns")
    chosen: Sequence[Cell] = tuple(table.cells.values())
    if rows is not None or columns is not None:
        chosen = [
            found
            for (row, column), found in table.cells.items()
            if (rows is None or row in rows) and (columns is None or column in columns)
        ]
    yield from _QUESTIONS[options["question"]](report, chosen, options)
    unread = [row for row in table.unread if rows is None or row.key in (*rows, "")]
    if unread:
        yield row_unread(report.form, table.key, unread[0])


def _key(found: Cell) -> CellKey:
    return found.address.table or "", found.row, found.column


def _problem(report: Report, found: Cell, **values: Any) -> Problem:
    key = _key(found)
    form = report.form
    own = {
        "table_title": form.table(key[0]).title,
        "row_label": row_label(form, key),
        "column_label": column_label(form, key),
        "raw": found.raw,
        "value": found.raw if found.value is None else found.value,
    }
    return Problem(found, {**own, **values})


def _for_table(report: Report, found: Sequence[Cell], **values: Any) -> Problem:
    """One problem for all these cells, at the first of them."""
    names = [cell_label(report.form, _key(one)) for one in found]
    problem = _problem(report, found[0], count=len(found), list=listed(names), **values)
    return problem.replace(related=tuple(found[1:]))


# --- questions --------------------------------------------------------------------------------------------------------


def _number(report: Report, cells: Sequence[Cell], _options: Mapping[str, Any]) -> Iterator[Problem]:
    for found in cells:
        reason = _why_no_number(report, found)
        if reason:
            yield _problem(report, found, reason=reason[0], reason_en=reason[1])


def _why_no_number(report: Report, found: Cell) -> tuple[str, str] | None:
    if found.kind == "text":
        return "不是数字", "it is not a number"
    value = found.value
    if value is None or (value >= 0 and isinstance(value, int)):
        return None
    table, row, column = _key(found)
    kind = report.form.table(table).cell_kind(row, column)
    if value < 0 and kind != "signed":
        return "是负数", "it is negative"
    if kind != "amount" and value != int(value):
        return "计数不能有小数", "a count has no fraction"
    return None


def _decimals(report: Report, cells: Sequence[Cell], _options: Mapping[str, Any]) -> Iterator[Problem]:
    for found in cells:
        if "decimals" not in found.style or found.value is None or found.value != int(found.value):
            continue
        table, row, column = _key(found)
        if report.form.table(table).cell_kind(row, column) != "amount":
            yield _problem(report, found, reason="计数带有小数位", reason_en="a count is written with decimals")


def _blank(report: Report, cells: Sequence[Cell], _options: Mapping[str, Any]) -> Iterator[Problem]:
    blanks = [found for found in cells if found.kind == "blank"]
    if not blanks:
        return
    if len(blanks) == len(cells):
        reason = "全部空白", "all of them are blank"
    else:
        reason = f"{len(cells)} 格中有 {len(blanks)} 格空白", f"{len(blanks)} of {len(cells)} cells are blank"
    yield _for_table(report, blanks, reason=reason[0], reason_en=reason[1])


def _mixed_marks(report: Report, cells: Sequence[Cell], _options: Mapping[str, Any]) -> Iterator[Problem]:
    marks: dict[str, list[Cell]] = {}
    for found in cells:
        mark = _mark(found)
        if mark is not None:
            marks.setdefault(mark, []).append(found)
    # Blanks beside zeros are a question of their own; here a written mark must be among them.
    if len(marks) < 2 or set(marks) == {"0", ""}:
        return
    ranked = sorted(marks, key=lambda mark: -len(marks[mark]))
    usual = ranked[0]
    odd = [found for found in cells if _mark(found) not in (None, usual)]
    zh = "、".join(f"{mark or '空白'} {len(marks[mark])} 格" for mark in ranked)
    en = ", ".join(f"{mark or 'blank'}: {len(marks[mark])}" for mark in ranked)
    yield _for_table(report, odd, reason=zh, reason_en=en)


def _mark(found: Cell) -> str | None:
    """How a cell says none: 0, blank (the empty text), or the mark that it prints; ``None`` for other cells."""
    if found.kind in ("dash", "word"):
        mark = found.raw.strip()
        # Dashes of any length and width are one mark, strokes another.
        return mark if found.kind == "word" else "/" if mark in "/／" else "—"
    if found.kind == "blank":
        return ""
    return "0" if found.value == 0 else None


def _unit(report: Report, cells: Sequence[Cell], options: Mapping[str, Any]) -> Iterator[Problem]:
    styles = options.get("styles", MORE_THAN_A_NUMBER)
    for found in cells:
        odd = [style for style in found.style if style in styles] if found.style else ()
        if odd:
            zh = "、".join(STYLE_REASONS[style][0] for style in odd)
            en = ", ".join(STYLE_REASONS[style][1] for style in odd)
            yield _problem(report, found, reason=zh, reason_en=en)


def _separator(report: Report, cells: Sequence[Cell], _options: Mapping[str, Any]) -> Iterator[Problem]:
    for found in cells:
        if "separator" in found.style and "，" in found.raw:
            yield _problem(report, found, reason="千位用了中文逗号", reason_en="a Chinese comma sets off thousands")


def _zero(report: Report, cells: Sequence[Cell], _options: Mapping[str, Any]) -> Iterator[Problem]:
    for found in cells:
        if found.value is not None and found.value != 0:
            yield _problem(report, found, reason="应为 0", reason_en="it must be 0")


def _below(report: Report, cells: Sequence[Cell], options: Mapping[str, Any]) -> Iterator[Problem]:
    for found in cells:
        if found.value is not None and not found.value < options["limit"]:
            yield _beyond(report, found, options["limit"], "应小于", "below")


def _above(report: Report, cells: Sequence[Cell], options: Mapping[str, Any]) -> Iterator[Problem]:
    for found in cells:
        if found.value is not None and not found.value > options["limit"]:
            yield _beyond(report, found, options["limit"], "应大于", "above")


def _beyond(report: Report, found: Cell, limit: int, zh: str, en: str) -> Problem:
    return _problem(report, found, limit=limit, reason=f"{zh} {limit}", reason_en=f"it must be {en} {limit}")


def _share(report: Report, cells: Sequence[Cell], options: Mapping[str, Any]) -> Iterator[Problem]:
    table = report.tables[options["table"]]
    for found in cells:
        whole = table.cells.get((options["of"], found.column))
        total = None if whole is None else cell_value(whole)
        if (
            found.value is None
            or found.value < options.get("minimum", 0)
            or total is None
            or isinstance(total, Missing)
        ):
            continue
        if total > 0 and found.value * 100 > options["limit"] * total:
            share = f"{int(found.value * 1000 // total) / 10:g}"
            problem = _problem(
                report, found, total=total, share=share, limit=options["limit"],
                reason=f"占 {share}%，超过 {options['limit']}%", reason_en=f"{share} % is over {options['limit']} %",
            )  # fmt: skip
            yield problem.replace(related=() if whole is None else (whole,))


_QUESTIONS: dict[str, Question] = {
    "number": _number,
    "decimals": _decimals,
    "blank": _blank,
    "mixed-marks": _mixed_marks,
    "unit": _unit,
    "separator": _separator,
    "zero": _zero,
    "below": _below,
    "above": _above,
    "share": _share,
}
