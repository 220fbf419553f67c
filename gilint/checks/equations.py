"""Equations between cells: sums, balances and bounds that the figures of a report must satisfy."""

from __future__ import annotations

from gilint.arithmetic import (
    BLANK_ADDENDS,
    BLANK_TOTAL,
    HOLDS_WITH_BLANKS,
    MISMATCH,
    MISSING,
    UNKNOWN,
    Equality,
    cell_value,
    cells_of,
    condition_cells,
    evaluate,
    judge,
    place,
    plainly_holds,
    reader_of,
    single_cell,
    terms,
    values_of,
)
from gilint.checks import check
from gilint.checks.tabular import (
    KEY,
    KEYS,
    cell_label,
    column_label,
    known_keys,
    listed,
    not_assessable,
    row_label,
)
from gilint.model import Problem

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from typing import Any, Protocol

    from gilint.arithmetic import CellKey, Equation, Read, Verdict
    from gilint.form import Family, Form
    from gilint.model import NotAssessable, Report

    Judged = tuple[Equation, Verdict]

    class RuleLike(Protocol):
        """The part of a rule that matters here; rules themselves belong to a higher layer."""

        @property
        def id(self) -> str: ...

        @property
        def options(self) -> Mapping[str, Any]: ...


# --- compiling --------------------------------------------------------------------------------------------------------


def _prepare(options: Mapping[str, Any], family: Family) -> Mapping[str, Any]:
    """Compile the equation for every form that has its cells, as ``compiled``: form id → equations.

    Raises :class:`~gilint.errors.OptionError` when no form has them.
    """
    from gilint.errors import OptionError
    from gilint.formulas import EquationError

    known_keys(options, family)
    _refuse_idle(options)
    compiled: dict[str, Any] = {}
    errors: list[EquationError] = []
    for form in family.forms:
        try:
            equations = _compile(options, form)
        except EquationError as error:
            errors.append(error)
        else:
            if equations:
                compiled[form.id] = equations
    if errors and not compiled:
        # The mistake that stands furthest on is that of the form which knows most of the names.
        telling = max(errors, key=lambda error: error.offset)
        raise OptionError((telling.option,), str(telling), telling.offset)
    return {**options, "compiled": compiled}


def _refuse_idle(options: Mapping[str, Any]) -> None:
    """Options that would have no effect are mistakes."""
    from gilint.errors import OptionError

    for option, for_each in (("rows", "row"), ("columns", "column")):
        if option in options and options.get("for_each") != for_each:
            raise OptionError((option,), f"{option} 要与 for_each: {for_each} 一起用 (needs for_each: {for_each})")
    if "for_each" in options and "table" not in options:
        raise OptionError(("for_each",), "for_each 要与 table 一起用 (for_each needs a table)")


def _compile(options: Mapping[str, Any], form: Form) -> tuple[Equation, ...]:
    """The equations for one form; none when it lacks the table. Raises ``EquationError`` when it lacks a cell."""
    from gilint.formulas import compile_equation

    table = next((table for table in form.tables if table.key == options.get("table")), None)
    if table is None and "table" in options:
        return ()
    for_each = options.get("for_each")
    only = options.get(f"{for_each}s", ())
    return compile_equation(options["equation"], table, for_each, form, only=only, when=options.get("when"))


# --- judging ----------------------------------------------------------------------------------------------------------


@check(
    "equation",
    options={
        "table": {**KEY, "description": "Key of the table; without it names are written table.row.column."},
        "for_each": {
            "enum": ["column", "row"],
            "description": "The equation holds in every column (a bare name is a row) or every row (a column).",
        },
        "rows": {**KEYS, "description": "With for_each: row, the rows that are judged."},
        "columns": {**KEYS, "description": "With for_each: column, the columns that are judged."},
        "equation": {
            "type": "string",
            "minLength": 1,
            "description": "One comparison of names, numbers, + - *, sum(group.*), min and max.",
        },
        "when": {"type": "string", "minLength": 1, "description": "A condition in the same names."},
        "report": {
            "enum": ["mismatch", "blanks"],
            "default": "mismatch",
            "description": "mismatch: sides that do not agree; blanks: cells left blank that must hold something.",
        },
    },
    required=("equation",),
    values=(
        "table_title", "row", "column", "left", "right", "difference", "terms", "left_terms", "right_terms",
        "expected", "count", "list",
    ),
    prepare=_prepare,
)  # fmt: skip
def equation(report: Report, options: Mapping[str, Any]) -> Iterable[Problem | NotAssessable]:
    """Equations between cells that do not hold."""
    read, values = reader_of(report), values_of(report)
    judged: list[Judged] = []
    unknown: list[CellKey] = []
    for one in options["compiled"].get(report.form.id, ()):
        if one["when"] is None and plainly_holds(one, values):
            continue
        applies = True if one["when"] is None else judge(one["when"], read)
        if applies is None:
            unknown.extend(key for key in condition_cells(one["when"]) if read(key) in (None, MISSING))
        elif applies:
            verdict = evaluate(one, read)
            judged.append((one, verdict))
            unknown.extend(verdict.cells if verdict.status == UNKNOWN else ())
    if options.get("report") == "blanks":
        yield from _blanks(report, judged)
    else:
        yield from _mismatches(report, judged, read)
    if unknown:
        yield not_assessable(report, unknown[0])


def equalities(report: Report, rules: Iterable[RuleLike]) -> tuple[Equality, ...]:
    """The linear equalities that rules of this kind, which apply to the report, bind its cells with."""
    read = reader_of(report)
    found = []
    for rule in rules:
        for one in rule.options["compiled"].get(report.form.id, ()):
            parts = one["linear"]
            if parts is not None and (one["when"] is None or judge(one["when"], read)):
                found.append(Equality(rule.id, place(one), dict(parts[0]), parts[1], one["row"], one["column"]))
    return tuple(found)


def _mismatches(report: Report, judged: Sequence[Judged], read: Read) -> Iterator[Problem]:
    zero = _reads_blank_as_zero(judged)
    for one, verdict in judged:
        if verdict.status == MISMATCH or (verdict.status == BLANK_ADDENDS and zero and not _is_unfilled(one, verdict)):
            yield _mismatch(report, one, verdict, read)


def _reads_blank_as_zero(judged: Sequence[Judged]) -> bool:
    """Whether blanks in these equations rather stand for 0: more equations hold so than fail."""
    statuses = [verdict.status for _, verdict in judged]
    return statuses.count(HOLDS_WITH_BLANKS) > statuses.count(BLANK_ADDENDS)


def _is_unfilled(one: Equation, verdict: Verdict) -> bool:
    """Whether a whole side is blank: then nobody meant zeros."""
    sides = [set(cells_of(one["left"])), set(cells_of(one["right"]))]
    return any(side and side.issubset(verdict.cells) for side in sides)


def _mismatch(report: Report, one: Equation, verdict: Verdict, read: Read) -> Problem:
    at = place(one)
    left_terms, right_terms = terms(one["left"], read), terms(one["right"], read)
    difference = verdict.difference or 0
    values = {
        "left": verdict.left,
        "right": verdict.right,
        "difference": max(difference, -difference),
        "terms": max(left_terms, right_terms, key=len),
        "left_terms": left_terms,
        "right_terms": right_terms,
        "expected": _expected(one, verdict, cell_value(report.tables[at[0]].cells[at[1:]])),
    }
    return _problem(report, at, values, [key for key in one["cells"] if key != at and read(key) is not None])


def _expected(one: Equation, verdict: Verdict, value: Any) -> Any:
    """What the cell at :func:`place` would be if all the others were right."""
    if single_cell(one["left"]):
        return verdict.right
    if single_cell(one["right"]):
        return verdict.left
    coefficient = one["left"][0][0] if one["left"] else 1
    return (value or 0) - verdict.difference if coefficient == 1 and verdict.difference else value


def _blanks(report: Report, judged: Sequence[Judged]) -> Iterator[Problem]:
    """One problem for all cells that were left blank though they must hold something, at the first of them."""
    zero = _reads_blank_as_zero(judged)
    expected: dict[CellKey, Any] = {}
    names: list[str] = []
    for one, verdict in judged:
        unfilled = verdict.status == BLANK_ADDENDS and (not zero or _is_unfilled(one, verdict))
        if (unfilled or verdict.status == BLANK_TOTAL) and verdict.cells[0] not in expected:
            name = cell_label(report.form, verdict.cells[0])
            more = f" +{len(verdict.cells) - 1}" if len(verdict.cells) > 1 else ""
            names.append(f"{name}{more} = {verdict.expected}")
            expected.update((key, verdict.expected) for key in verdict.cells)
    if expected:
        at, *others = expected
        values = {"expected": expected[at], "count": len(expected), "list": listed(names)}
        yield _problem(report, at, values, others)


def _problem(report: Report, at: CellKey, values: Mapping[str, Any], others: Iterable[CellKey]) -> Problem:
    form = report.form
    labels = {
        "table_title": form.table(at[0]).title,
        "row": row_label(form, at),
        "column": column_label(form, at),
    }
    related = tuple(report.tables[key[0]].cells[key[1:]] for key in others)
    return Problem(report.tables[at[0]].cells[at[1:]], {**labels, **values}, related)
