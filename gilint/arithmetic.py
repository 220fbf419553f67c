"""Equations over named cells: compiled once to plain data, judged against a report exactly.

A cell is a tuple ``(table, row, column)``, and :mod:`gilint.figures` reads it. An expression is a tuple of items
``(coefficient, operand)``, and its value the sum of coefficient times operand; an operand is a cell, a function
``(name, expressions)``, or ``()``, which is one. A decimal coefficient is kept as text, because a cache of plain data
knows no ``Decimal``. A condition is a tuple: ``("compare", operator, left, right)``, ``("and", conditions)``,
``("or", conditions)`` or ``("not", condition)``. :mod:`gilint.formulas` makes them of text.
"""

from __future__ import annotations

import operator

from gilint.figures import MISSING as MISSING
from gilint.figures import Missing as Missing
from gilint.figures import cell_of as cell_of
from gilint.figures import cell_value as cell_value
from gilint.figures import is_previous as is_previous
from gilint.figures import reader_of as reader_of
from gilint.figures import values_of as values_of
from gilint.record import Record

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from typing import Any, TypedDict

    from gilint.figures import CellKey as CellKey
    from gilint.figures import Number as Number
    from gilint.figures import Read as Read

    Expression = tuple[tuple[int | str, Any], ...]
    Condition = tuple[Any, ...]

    class Equation(TypedDict):
        """A compiled equation; ``row`` or ``column`` is the one that it was written out for.

        ``tolerance`` is what :func:`allowance` takes, ``linear`` what :func:`linear` makes of the equation, as pairs.
        """

        operator: str
        left: Expression
        right: Expression
        cells: tuple[CellKey, ...]
        signed: tuple[CellKey, ...]
        row: str | None
        column: str | None
        when: Condition | None
        tolerance: str | None
        linear: tuple[tuple[tuple[CellKey, int], ...], int] | None


COMPARE = {
    "==": operator.eq,
    "!=": operator.ne,
    "<=": operator.le,
    ">=": operator.ge,
    "<": operator.lt,
    ">": operator.gt,
}

HOLDS = "holds"
HOLDS_WITH_BLANKS = "holds-with-blanks"
MISMATCH = "mismatch"
BLANK_TOTAL = "blank-total"
BLANK_ADDENDS = "blank-addends"
UNKNOWN = "unknown"


class Verdict(Record):
    """What became of an equation.

    ``status``: ``holds``; ``holds-with-blanks`` (only if blanks are 0); ``mismatch``; ``blank-total`` (a side that is
    one blank cell, while the other side is not 0: ``expected`` is what belongs there); ``blank-addends`` (the blank
    cells together miss ``expected``); ``unknown`` (some cell is missing, is no number, or decides while blank).
    ``left`` and ``right`` are the sides with blanks read as 0 (``None`` where a cell is missing), ``difference`` is
    left less right where they disagree, ``cells`` are the blank or missing cells that matter.
    """

    status: str
    left: Number | None = None
    right: Number | None = None
    difference: Number | None = None
    expected: Number | None = None
    cells: tuple[CellKey, ...] = ()


class Equality(Record, hot=True):
    """A linear equality that binds a report: the sum of coefficient times cell is ``constant``.

    ``rule`` and ``at`` (the cell that its findings stand at) tell which findings it belongs to, ``row`` or ``column``
    the one that it was written out for, ``tolerance`` how far it may be missed (see :func:`allowance`).
    """

    rule: str
    at: CellKey
    coefficients: Mapping[CellKey, int]
    constant: int
    row: str | None = None
    column: str | None = None
    tolerance: str | None = None


# --- judging ----------------------------------------------------------------------------------------------------------


def plainly_holds(equation: Equation, values: Mapping[CellKey, Any]) -> bool:
    """Whether an equality of plain cells, all of them numbers, holds: the quick way out for nearly all of them.

    ``False`` says nothing: :func:`evaluate` has to look.
    """
    if equation["operator"] != "==":
        return False
    difference = 0
    try:
        for coefficient, key in equation["left"]:
            difference += coefficient * values[key]
        for coefficient, key in equation["right"]:
            difference -= coefficient * values[key]
    except (KeyError, TypeError):
        return False
    return difference == 0


def evaluate(equation: Equation, read: Read) -> Verdict:
    """Judge a compiled equation by exact arithmetic; its ``when`` is not looked at (see :func:`judge`)."""
    found = {key: read(key) for key in equation["cells"]}
    missing = tuple(key for key, value in found.items() if isinstance(value, Missing))
    if missing:
        return Verdict(UNKNOWN, cells=missing)
    blanks = tuple(key for key, value in found.items() if value is None)
    values: dict[CellKey, Number] = {key: value or 0 for key, value in found.items() if not isinstance(value, Missing)}
    left, right = _exact_totals((equation["left"], equation["right"]), values)
    if COMPARE[equation["operator"]](left, right) or _is_close(equation, values, left - right):
        return Verdict(HOLDS_WITH_BLANKS if blanks else HOLDS, left, right, cells=blanks)
    if not blanks:
        return Verdict(MISMATCH, left, right, left - right)
    return _judge_blanks(equation, left, right, left - right, blanks)


ROUNDING = "rounding"
"""A tolerance: as much as rounding the figures to their last digit can make."""


def allowance(tolerance: str | None, figures: Sequence[tuple[int | str, Number]]) -> Number:
    """How far the sides of an equation of these (coefficient, figure) pairs may be apart.

    ``tolerance`` is a number as text, or ``rounding``: half of the last digit that is written for each figure. Zeros
    are exact, and so are all figures where none has decimals.
    """
    if tolerance is None:
        return 0
    if tolerance != ROUNDING:
        return _number(tolerance)
    digits = max((decimals(figure) for _, figure in figures), default=0)
    if not digits:
        return 0
    from decimal import Decimal

    size = Decimal(0)
    for coefficient, figure in figures:
        weight = _number(coefficient)
        size += max(weight, -weight) if figure else 0
    return size * Decimal(f"5E-{digits + 1}")


def _is_close(equation: Equation, values: Mapping[CellKey, Number], difference: Number) -> bool:
    """Whether sides that are this far apart agree within the equation's tolerance."""
    if equation["tolerance"] is None:
        return False
    over = {"<=": difference, ">=": -difference}.get(equation["operator"], max(difference, -difference))
    figures = [pair for side in ("left", "right") for pair in _figures(equation[side], values)]
    return over <= allowance(equation["tolerance"], figures)


def _figures(expression: Expression, values: Mapping[CellKey, Number]) -> Iterator[tuple[int | str, Number]]:
    """The (coefficient, figure) pairs of an expression; of min and max, each part may be the one that counts."""
    for coefficient, operand in expression:
        if len(operand) == 3:
            yield coefficient, values[operand]
        elif operand:
            for part in operand[1]:
                yield from _figures(part, values)


def judge(condition: Condition, read: Read) -> bool | None:
    """Whether a condition holds; ``None`` when a cell that decides it is blank, missing or no number."""
    kind = condition[0]
    if kind == "compare":
        left, right = value_of(condition[2], read), value_of(condition[3], read)
        return None if left is None or right is None else bool(COMPARE[condition[1]](left, right))
    if kind == "not":
        inner = judge(condition[1], read)
        return None if inner is None else not inner
    decisive: bool = kind == "or"
    verdicts = [judge(part, read) for part in condition[1]]
    if decisive in verdicts:
        return decisive
    return None if None in verdicts else not decisive


def value_of(expression: Expression, read: Read) -> Number | None:
    """The value of an expression; ``None`` when one of its cells is blank, missing or no number."""
    cell = single_cell(expression)
    values: dict[CellKey, Number] = {}
    for key in cells_of(expression) if cell is None else (cell,):
        value = read(key)
        if value is None or isinstance(value, Missing):
            return None
        values[key] = value
    return _exact_totals((expression,), values)[0] if cell is None else values[cell]


def cells_of(expression: Expression) -> Iterator[CellKey]:
    """The cells of an expression from left to right, as often as they are named."""
    for _, operand in expression:
        if len(operand) == 3:
            yield operand
        elif operand:
            for part in operand[1]:
                yield from cells_of(part)


def condition_cells(condition: Condition) -> Iterator[CellKey]:
    """The cells of a condition from left to right, as often as they are named."""
    if condition[0] == "compare":
        yield from cells_of(condition[2])
        yield from cells_of(condition[3])
    else:
        for part in condition[1] if condition[0] != "not" else condition[1:]:
            yield from condition_cells(part)


def terms(expression: Expression, read: Read, longest: int = 7) -> str:
    """An expression with its numbers in place, such as ``7 + 0``; blanks are ``[ ]``, unread cells ``?``.

    Zeros are left out where there are more than ``longest`` terms, since a reader looks for what adds up.
    """
    items = [(_number(coefficient), _shown(operand, read, longest)) for coefficient, operand in expression]
    if len(items) > longest:
        items = [item for item in items if item[1] != "0"] or items[:1]
    text = ""
    for coefficient, shown in items:
        sign = "-" if coefficient < 0 else "+"
        size = abs(coefficient)
        body = shown if size == 1 else f"{size}" if shown == "" else f"{size} × {shown}"
        text += f" {sign} {body or '1'}" if text else f"{'-' if coefficient < 0 else ''}{body or '1'}"
    return text


def single_cell(expression: Expression) -> CellKey | None:
    """The cell that an expression consists of, if it is just that."""
    if len(expression) == 1 and expression[0][0] == 1 and len(expression[0][1]) == 3:
        key: CellKey = expression[0][1]
        return key
    return None


def plain_sum(expression: Expression) -> tuple[tuple[CellKey, int], ...] | None:
    """A sum of whole numbers times cells, as pairs; ``None`` for any other expression."""
    sums: dict[CellKey, int] = {}
    for coefficient, operand in expression:
        if len(operand) != 3 or not isinstance(coefficient, int):
            return None
        sums[operand] = sums.get(operand, 0) + coefficient
    return tuple((key, coefficient) for key, coefficient in sums.items() if coefficient)


def place(equation: Equation) -> CellKey:
    """The cell that a broken equation is reported at: a side that is one cell (a total), else the first cell.

    Last year's report is not the one that is judged, so none of its cells is meant.
    """
    for side in (equation["left"], equation["right"]):
        key = single_cell(side)
        if key is not None and not is_previous(key):
            return key
    return next(key for key in equation["cells"] if not is_previous(key))


def linear(equation: Equation) -> tuple[dict[CellKey, int], int] | None:
    """Coefficients and constant of a linear equality, scaled to whole numbers; ``None`` for any other equation."""
    if equation["operator"] != "==":
        return None
    coefficients: dict[CellKey, Number] = {}
    constant: Number = 0
    for items, sign in ((equation["left"], 1), (equation["right"], -1)):
        for coefficient, operand in items:
            if len(operand) == 2:
                return None
            if operand:
                coefficients[operand] = coefficients.get(operand, 0) + sign * _number(coefficient)
            else:
                constant -= sign * _number(coefficient)
    if all(type(value) is int for value in (*coefficients.values(), constant)):
        whole = {key: int(value) for key, value in coefficients.items() if value}
        return (whole, int(constant)) if whole else None
    scale = 10 ** max(map(decimals, [*coefficients.values(), constant]))
    scaled = {key: int(value * scale) for key, value in coefficients.items() if value}
    return (scaled, int(constant * scale)) if scaled else None


def decimals(number: Number) -> int:
    """The digits behind the point of an exact number."""
    return 0 if isinstance(number, int) else max(0, -int(number.as_tuple().exponent))


# --- computing --------------------------------------------------------------------------------------------------------


def _total(expression: Expression, values: Mapping[CellKey, Number]) -> Number:
    total: Number = 0
    for coefficient, operand in expression:
        value: Number
        if len(operand) == 3:
            value = values[operand]
        elif operand:
            parts = [_total(part, values) for part in operand[1]]
            value = min(parts) if operand[0] == "min" else max(parts)
        else:
            value = 1
        total += value if coefficient == 1 else _number(coefficient) * value
    return total


def _exact_totals(expressions: Sequence[Expression], values: Mapping[CellKey, Number]) -> list[Number]:
    if all(type(value) is int for value in values.values()):
        return [_total(expression, values) for expression in expressions]
    from decimal import localcontext

    # The usual 28 digits would round the sum of a very large and a very small figure.
    with localcontext(prec=100):
        return [_total(expression, values) for expression in expressions]


def _shown(operand: tuple[Any, ...], read: Read, longest: int) -> str:
    """An operand with its number in place; empty for the number one."""
    if len(operand) == 3:
        value = read(operand)
        if value is None or isinstance(value, Missing):
            return "[ ]" if value is None else "?"
        return f"({value})" if value < 0 else str(value)
    if operand:
        return f"{operand[0]}({', '.join(terms(part, read, longest) for part in operand[1])})"
    return ""


def _judge_blanks(
    equation: Equation, left: Number, right: Number, difference: Number, blanks: tuple[CellKey, ...]
) -> Verdict:
    """The verdict on an equation that fails with its blanks read as 0."""
    comparison = equation["operator"]
    if comparison == "==":
        sides: list[tuple[Expression, Number]] = [(equation["left"], right), (equation["right"], left)]
        for side, value in sides:
            key = single_cell(side)
            if key in blanks and (value > 0 or key in equation["signed"]):
                return Verdict(BLANK_TOTAL, left, right, difference, value, (key,))
    # Blanks that count to the left raise the difference, those to the right lower it.
    needed = -1 if difference > 0 else 1
    if comparison != "!=" and needed not in _room(equation, blanks):
        return Verdict(MISMATCH, left, right, difference, cells=blanks)
    if comparison == "==":
        return Verdict(BLANK_ADDENDS, left, right, difference, max(difference, -difference), blanks)
    return Verdict(UNKNOWN, left, right, difference, cells=blanks)


def _room(equation: Equation, blanks: tuple[CellKey, ...]) -> set[int]:
    """In which directions (1, -1) filling the blanks could move the difference of the sides."""
    room: set[int] = set()
    for items, side in ((equation["left"], 1), (equation["right"], -1)):
        for coefficient, operand in items:
            if len(operand) == 3:
                if operand in equation["signed"] and operand in blanks:
                    return {1, -1}
                if operand in blanks:
                    room.add(side if _number(coefficient) > 0 else -side)
            elif operand and any(key in blanks for key in cells_of(((1, operand),))):
                # Inside min and max the direction depends on the figures; not to accuse, either counts.
                return {1, -1}
    return room


def _number(coefficient: int | str) -> Number:
    if isinstance(coefficient, int):
        return coefficient
    from decimal import Decimal

    return Decimal(coefficient)
