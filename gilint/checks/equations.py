"""Equations between cells: sums, balances and bounds that the figures of a report must satisfy."""

from __future__ import annotations

from itertools import chain

from gilint.arithmetic import (
    BLANK_ADDENDS,
    BLANK_TOTAL,
    HOLDS,
    HOLDS_WITH_BLANKS,
    MISMATCH,
    MISSING,
    ROUNDING,
    UNKNOWN,
    Equality,
    cell_of,
    cell_value,
    cells_of,
    condition_cells,
    evaluate,
    is_previous,
    judge,
    place,
    plainly_holds,
    reader_of,
    single_cell,
    terms,
    values_of,
)
from gilint.checks import check
from gilint.checks.lastyear import EXPLAINED_BY, comparable, evidence, explanation, names_last_year
from gilint.checks.tabular import (
    KEY,
    KEYS,
    cell_label,
    column_label,
    is_left_out,
    known_keys,
    left_out,
    listed,
    not_assessable,
    row_label,
)
from gilint.figures import is_there
from gilint.model import NotAssessable, Problem

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from typing import Any, Protocol

    from gilint.arithmetic import CellKey, Equation, Number, Read, Verdict
    from gilint.form import Family, Form, FormTable
    from gilint.model import Evidence, NotApplicable, Report

    Judged = tuple[Equation, Verdict]

    class RuleLike(Protocol):
        """The part of a rule that matters here; rules themselves belong to a higher layer."""

        @property
        def id(self) -> str: ...

        @property
        def options(self) -> Mapping[str, Any]: ...


STRICT = ("!=", "<", ">")


# --- compiling --------------------------------------------------------------------------------------------------------


def _prepare(options: Mapping[str, Any], family: Family) -> Mapping[str, Any]:
    """Compile the equation for every form that has its cells, as ``compiled``: form id → equations.

    ``previous`` says whether they name last year's report, which may be of any form of the family. Raises
    :class:`~gilint.errors.OptionError` when no form has them.
    """
    from gilint.errors import OptionError
    from gilint.formulas import EquationError

    known_keys(options, family)
    _refuse_idle(options)
    compiled: dict[str, tuple[Equation, ...]] = {}
    errors: list[EquationError] = []
    tables = [table for form in family.forms for table in form.tables]
    for form in family.forms:
        try:
            equations = _compile(options, form, tables)
        except EquationError as error:
            errors.append(error)
        else:
            if equations:
                compiled[form.id] = equations
    if errors and not compiled:
        # The mistake that stands furthest on is that of the form which knows most of the names.
        telling = max(errors, key=lambda error: error.offset)
        raise OptionError((telling.option,), str(telling), telling.offset)
    previous = any(map(names_last_year, chain.from_iterable(compiled.values())))
    if "tolerance" in options and any(one["operator"] in STRICT for one in chain.from_iterable(compiled.values())):
        raise OptionError(("tolerance",), "tolerance 只用于 ==、<=、>= (tolerance needs ==, <= or >=)")
    if "explained_by" in options and not previous:
        zh, en = "explained_by 要与 previous 一起用", "it needs a name of last year's report in the equation"
        raise OptionError(("explained_by",), f"{zh} ({en})")
    return {**options, "compiled": compiled, "previous": previous}


def _refuse_idle(options: Mapping[str, Any]) -> None:
    """Options that would have no effect are mistakes."""
    from gilint.errors import OptionError

    for option, for_each in (("rows", "row"), ("columns", "column")):
        if option in options and options.get("for_each") != for_each:
            raise OptionError((option,), f"{option} 要与 for_each: {for_each} 一起用 (needs for_each: {for_each})")
    if "for_each" in options and "table" not in options:
        raise OptionError(("for_each",), "for_each 要与 table 一起用 (for_each needs a table)")


def _compile(options: Mapping[str, Any], form: Form, previous: Sequence[FormTable]) -> tuple[Equation, ...]:
    """The equations for one form; none when it lacks the table. Raises ``EquationError`` when it lacks a cell."""
    from gilint.formulas import compile_equation

    table = next((table for table in form.tables if table.key == options.get("table")), None)
    if table is None and "table" in options:
        return ()
    for_each = options.get("for_each")
    only = options.get(f"{for_each}s", ())
    when = options.get("when")
    tolerance = str(options["tolerance"]) if "tolerance" in options else None
    return compile_equation(
        options["equation"], table, for_each, form, only=only, when=when, previous=previous, tolerance=tolerance
    )


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
            "description": "One comparison of names, numbers, + - *, sum(group.*), min and max; what is named behind "
            "'previous.' stands in last year's report.",
        },
        "when": {"type": "string", "minLength": 1, "description": "A condition in the same names."},
        "tolerance": {
            "anyOf": [{"type": "number", "exclusiveMinimum": 0}, {"const": ROUNDING}],
            "description": "How far the sides may be apart with ==, <= or >=: a number, or rounding: half of the last "
            "digit that is written, for each figure that is not 0; whole figures are exact then.",
        },
        "report": {
            "enum": ["mismatch", "blanks"],
            "default": "mismatch",
            "description": "mismatch: sides that do not agree; blanks: cells left blank that must hold something.",
        },
        "explained_by": EXPLAINED_BY,
    },
    required=("equation",),
    values=(
        "table_title", "row", "column", "left", "right", "difference", "terms", "left_terms", "right_terms",
        "expected", "count", "list",
    ),
    prepare=_prepare,
)  # fmt: skip
def equation(
    report: Report, options: Mapping[str, Any]
) -> Iterable[Problem | Evidence | NotAssessable | NotApplicable]:
    """Equations between cells that do not hold."""
    equations: Sequence[Equation] = options["compiled"].get(report.form.id, ())
    if options["previous"] and equations:
        equations, reason = comparable(report, equations)
        if reason is not None:
            yield reason
            return
    if any(table.missing_rows for table in report.tables.values()):
        equations = [one for one in equations if not _is_of_absent_row(report, one)]
    read = reader_of(report)
    judged, unknown = _judged(equations, read, values_of(report))
    if options.get("report") == "blanks":
        yield from _blanks(report, judged)
    elif options["previous"]:
        yield from _differences(report, equations, judged, options)
    else:
        yield from _mismatches(report, judged, read)
    known = [key for key in unknown if not is_left_out(report, key[0])]
    if known:
        yield not_assessable(report, known[0])
    elif unknown and all(verdict.status == UNKNOWN for _, verdict in judged):
        yield left_out(report.form, unknown[0][0])


def _is_of_absent_row(report: Report, one: Equation) -> bool:
    """Whether it was written out for a row that the table may do without, and does."""
    table, row = one["cells"][0][0], one["row"]
    found = report.tables.get(table)
    return (
        row is not None
        and found is not None
        and row in found.missing_rows
        and report.form.table(table).row(row).optional
    )


def _judged(
    equations: Iterable[Equation], read: Read, values: Mapping[CellKey, Any]
) -> tuple[list[Judged], list[CellKey]]:
    """What became of the equations that apply, and the cells that kept some from being judged."""
    judged: list[Judged] = []
    unknown: list[CellKey] = []
    for one in equations:
        if one["when"] is None and plainly_holds(one, values):
            continue
        applies = True if one["when"] is None else judge(one["when"], read)
        if applies is False:
            continue
        verdict = evaluate(one, read)
        if applies is None:
            # What holds anyway need not be known to apply.
            undecided = () if verdict.status in (HOLDS, HOLDS_WITH_BLANKS) else condition_cells(one["when"] or ())
            unknown.extend(key for key in undecided if read(key) in (None, MISSING))
        else:
            # Nobody can fill in a blank of last year's report any more.
            open_last_year = [key for key in verdict.cells if is_previous(key) and verdict.status != HOLDS_WITH_BLANKS]
            unknown.extend(verdict.cells if verdict.status == UNKNOWN else open_last_year)
            if not open_last_year:
                judged.append((one, verdict))
    return judged, unknown


def _differences(
    report: Report, equations: Sequence[Equation], judged: Sequence[Judged], options: Mapping[str, Any]
) -> Iterator[Problem | Evidence | NotAssessable]:
    """Mismatches with last year's report, unless the text explains them; else what that report makes known."""
    problems = list(_mismatches(report, judged, reader_of(report)))
    word = explanation(report, options) if problems else ""
    if not word:
        yield from problems
        yield from evidence(report, equations)
    for problem in problems if word else ():
        label = problem.at.address.trail[-1]
        left, right = (_side(problem.values[f"{side}_terms"], problem.values[side]) for side in ("left", "right"))
        zh = f"“{label}”与上年不符（{left}；{right}），文中提到“{word}”，请人工核对"
        en = f"“{label}” differs from last year ({left}; {right}); the text speaks of “{word}”, so look yourself"
        yield NotAssessable({"zh": zh, "en": en})


def equalities(report: Report, rules: Iterable[RuleLike], *, across_years: bool = False) -> tuple[Equality, ...]:
    """The linear equalities that rules of this kind, which apply to the report, bind its cells with.

    What last year's report requires is evidence, and binds nothing; ``across_years`` gives these equalities instead,
    whether their conditions hold or not.
    """
    read = reader_of(report)
    found = []
    for rule in rules:
        for one in rule.options["compiled"].get(report.form.id, ()) if rule.options["previous"] == across_years else ():
            parts = one["linear"]
            if parts is not None and (across_years or one["when"] is None or judge(one["when"], read)):
                at, written_for = _place(report, one), (one["row"], one["column"])
                found.append(Equality(rule.id, at, dict(parts[0]), parts[1], *written_for, one["tolerance"]))
    return tuple(found)


def _side(terms: str, total: Number | None) -> str:
    return f"{terms} = {total}" if " " in terms.strip("[ ]") else terms


def _mismatches(report: Report, judged: Sequence[Judged], read: Read) -> Iterator[Problem]:
    zero = _reads_blank_as_zero(judged)
    for one, verdict in judged:
        as_zero = verdict.status == BLANK_ADDENDS and zero and not _is_unfilled(one, verdict)
        # A total that should be what last year's report says is in no other rule's charge.
        unfilled = verdict.status == BLANK_TOTAL and any(map(is_previous, one["cells"]))
        if verdict.status == MISMATCH or as_zero or unfilled:
            yield _mismatch(report, one, verdict, read)


def _reads_blank_as_zero(judged: Sequence[Judged]) -> bool:
    """Whether blanks in these equations rather stand for 0: more equations hold so than fail."""
    statuses = [verdict.status for _, verdict in judged]
    return statuses.count(HOLDS_WITH_BLANKS) > statuses.count(BLANK_ADDENDS)


def _is_unfilled(one: Equation, verdict: Verdict) -> bool:
    """Whether a whole side is blank: then nobody meant zeros."""
    sides = [set(cells_of(one["left"])), set(cells_of(one["right"]))]
    return any(side and side.issubset(verdict.cells) for side in sides)


def _place(report: Report, one: Equation) -> CellKey:
    """The cell that the equation is reported at; in a row that was left out, none can be."""
    at = place(one)
    if is_there(report, at):
        return at
    return next((key for key in one["cells"] if not is_previous(key) and is_there(report, key)), at)


def _mismatch(report: Report, one: Equation, verdict: Verdict, read: Read) -> Problem:
    at = _place(report, one)
    left_terms, right_terms = terms(one["left"], read), terms(one["right"], read)
    difference = verdict.difference or 0
    values = {
        "left": verdict.left,
        "right": verdict.right,
        "difference": max(difference, -difference),
        "terms": max(left_terms, right_terms, key=len),
        "left_terms": left_terms,
        "right_terms": right_terms,
        "expected": _expected(one, verdict, at, cell_value(cell_of(report, at))),
    }
    return _problem(report, at, values, _related(report, one, at, read))


def _related(report: Report, one: Equation, at: CellKey, read: Read) -> list[CellKey]:
    return [key for key in one["cells"] if key != at and read(key) is not None and is_there(report, key)]


def _expected(one: Equation, verdict: Verdict, at: CellKey, value: Any) -> Any:
    """What the cell ``at`` would be if all the others were right."""
    if single_cell(one["left"]) == at:
        return verdict.right
    if single_cell(one["right"]) == at:
        return verdict.left
    left = [coefficient for coefficient, operand in one["left"] if operand == at]
    right = [coefficient for coefficient, operand in one["right"] if operand == at]
    if verdict.difference and (left, right) in (([1], []), ([], [1])):
        return (value or 0) - (verdict.difference if left else -verdict.difference)
    return value


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
    return Problem(cell_of(report, at), {**labels, **values}, tuple(cell_of(report, key) for key in others))
