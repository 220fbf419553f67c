"""Equations and conditions as text, compiled to the plain data of :mod:`gilint.arithmetic`.

The grammar: names, whole numbers and decimals, ``+ -``, ``*`` by a constant, ``sum(group.*)``, ``min(…)``, ``max(…)``,
comparisons ``== != <= >= < >``, and in conditions ``and or not``. Python's own parser reads it and everything else is
refused; nothing is ever evaluated as Python. This runs when rules are compiled, never when reports are checked.
"""

from __future__ import annotations

import re

from gilint.arithmetic import cells_of, linear
from gilint.form import PREVIOUS
from gilint.names import EquationError as EquationError
from gilint.names import NoSuchCell, Scope, unknown_name

TYPE_CHECKING = False
if TYPE_CHECKING:
    import ast
    from collections.abc import Sequence
    from typing import Any

    from gilint.arithmetic import Condition, Equation, Expression, Number
    from gilint.form import Family, Form, FormTable

LONGEST = 2000
DEEPEST = 200
NUMBER = re.compile(r"[0-9]+(\.[0-9]+)?")
# Python has no "group.*"; a key never begins with an underscore, so "group._" can stand for it at the same length.
ALL_ROWS = re.compile(r"\.\*(?=\s*\))")
LONE_EQUALS = re.compile(r"(?<![=!<>])=(?!=)")
OPERATORS = {"Eq": "==", "NotEq": "!=", "LtE": "<=", "GtE": ">=", "Lt": "<", "Gt": ">"}


# --- compiling --------------------------------------------------------------------------------------------------------


def compile_equation(
    text: str,
    table: FormTable | None,
    for_each: str | None,
    form: Form,
    *,
    only: Sequence[str] = (),
    when: str | None = None,
    previous: Sequence[FormTable] = (),
    tolerance: str | None = None,
) -> tuple[Equation, ...]:
    """One equation, or one for each column or row of ``table`` that has all the cells that it names.

    With ``for_each`` ``"column"`` a bare name is a row, with ``"row"`` a column, of the table at hand; ``row.column``
    is a cell of the table, ``table.row.column`` one of the form. ``only`` restricts to these columns or rows; they
    must have the cells then. ``when`` is a condition in the same names. A name behind ``previous.`` means the same of
    last year's report; ``previous`` are the tables that it may have. ``tolerance`` is how far the sides may be apart, a
    number or ``rounding``. Raises :class:`EquationError`.
    """
    tree = _parse(text, "equation")
    condition = None if when is None else _parse(when, "when")
    compiled: list[Equation] = []
    absent: NoSuchCell | None = None
    for key in _keys(table, for_each, only):
        scope = Scope(form.tables, table, for_each, key, previous)
        try:
            equation = _Builder(text, "equation", scope).equation(tree)
            equation["tolerance"] = tolerance
            if condition is not None:
                equation["when"] = _Builder(when or "", "when", scope).condition(condition)
        except NoSuchCell as error:
            if only or for_each is None:
                raise
            absent = absent or error
        else:
            compiled.append(equation)
    if absent is not None and not compiled:
        raise absent
    return tuple(compiled)


def compile_condition(text: str, family: Family) -> Condition:
    """A condition on cells in full names, ``table.row.column``; each must be in at least one form of the family.

    ``previous.table.row.column`` is a cell of last year's report. Raises :class:`EquationError`.
    """
    tables = [table for form in family.forms for table in form.tables]
    return _Builder(text, "when", Scope(tables, previous=tables)).condition(_parse(text, "when"))


def compile_expression(text: str, family: Family) -> Expression:
    """An expression over cells in full names, such as ``a.b.c + a.b.d``. Raises :class:`EquationError`."""
    tables = [table for form in family.forms for table in form.tables]
    return _Builder(text, "equation", Scope(tables)).expression(_parse(text, "equation"))


def _keys(table: FormTable | None, for_each: str | None, only: Sequence[str]) -> Sequence[str | None]:
    if table is None or for_each is None:
        return (None,)
    known = [row.key for row in table.value_rows] if for_each == "row" else [column.key for column in table.columns]
    for key in only:
        if key not in known:
            raise EquationError(unknown_name(key, [name for name in known if name]), option=f"{for_each}s")
    return tuple(only) or known


def _parse(text: str, option: str) -> ast.expr:
    """The syntax tree of an expression; a line break in a YAML block counts as a space."""
    import ast

    plain = ALL_ROWS.sub("._", re.sub(r"\s", " ", text))
    lead = len(plain) - len(plain.lstrip())
    if len(plain) > LONGEST:
        raise EquationError({"zh": "算式过长", "en": "the equation is too long"}, LONGEST, option)
    if not plain.strip():
        raise EquationError({"zh": "算式为空", "en": "the equation is empty"}, 0, option)
    try:
        tree = ast.parse(plain.strip(), mode="eval").body
    except SyntaxError as error:
        lone = LONE_EQUALS.search(plain)
        if lone:
            message = {"zh": "相等要写成“==”", "en": "equality is written '=='"}
            raise EquationError(message, lone.start(), option) from None
        # Python gives no offset where the text just ends.
        offset = min(lead + error.offset - 1, len(text)) if error.offset else len(text)
        raise EquationError({"zh": "算式写法有误", "en": f"not an equation: {error.msg}"}, offset, option) from None
    except (ValueError, MemoryError, RecursionError):
        raise EquationError({"zh": "算式写法有误", "en": "not an equation"}, 0, option) from None
    if _depth(tree) > DEEPEST:
        raise EquationError({"zh": "算式层次过深", "en": "the equation is nested too deeply"}, 0, option)
    return tree


def _depth(tree: ast.AST) -> int:
    """How deep a tree is; counted level by level, because a deep one would exhaust a recursion."""
    import ast

    depth, level = 0, [tree]
    while level:
        level = [child for node in level for child in ast.iter_child_nodes(node)]
        depth += 1
    return depth


# --- trees ------------------------------------------------------------------------------------------------------------


class _Builder:
    """Makes plain data of a syntax tree; whatever it does not know is refused."""

    def __init__(self, text: str, option: str, scope: Scope) -> None:
        self.text = text
        self.option = option
        self.scope = scope

    def equation(self, node: ast.expr) -> Equation:
        import ast

        if not isinstance(node, ast.Compare) or len(node.ops) != 1:
            raise self._error(node, "算式应当是一个比较", "an equation is one comparison")
        _, comparison, left, right = self._comparison(node.left, node.ops[0], node.comparators[0])
        cells = tuple(dict.fromkeys([*cells_of(left), *cells_of(right)]))
        if all(table.startswith(PREVIOUS) for table, _, _ in cells):
            raise self._error(node, "算式里没有本报告的单元格", "the equation names no cell of the report")
        equation: Equation = {
            "operator": comparison,
            "left": left,
            "right": right,
            "cells": cells,
            "signed": tuple(cell for cell in cells if self.scope.is_signed(cell)),
            "row": self.scope.key if self.scope.for_each == "row" else None,
            "column": self.scope.key if self.scope.for_each == "column" else None,
            "when": None,
            "tolerance": None,
            "linear": None,
        }
        parts = linear(equation)
        equation["linear"] = (tuple(parts[0].items()), parts[1]) if parts else None
        return equation

    def condition(self, node: ast.expr) -> Condition:
        import ast

        match node:
            case ast.BoolOp():
                return "and" if isinstance(node.op, ast.And) else "or", tuple(map(self.condition, node.values))
            case ast.UnaryOp(op=ast.Not()):
                return "not", self.condition(node.operand)
            case ast.Compare():
                sides = [node.left, *node.comparators]
                parts = [self._comparison(*part) for part in zip(sides, node.ops, sides[1:], strict=False)]
                return parts[0] if len(parts) == 1 else ("and", tuple(parts))
        raise self._error(node, "条件应由比较和 and、or、not 组成", "a condition is made of comparisons, and, or, not")

    def expression(self, node: ast.expr) -> Expression:
        import ast

        match node:
            case ast.Constant():
                return ((_plain(self._literal(node)), ()),)
            case ast.Name() | ast.Attribute():
                return ((1, self._named(self.scope.cell, node)),)
            case ast.UnaryOp(op=ast.USub()):
                return _times(-1, self.expression(node.operand))
            case ast.BinOp(op=ast.Add()):
                return self.expression(node.left) + self.expression(node.right)
            case ast.BinOp(op=ast.Sub()):
                return self.expression(node.left) + _times(-1, self.expression(node.right))
            case ast.BinOp(op=ast.Mult()):
                return self._product(node)
            case ast.Call(func=ast.Name(id=name), keywords=[]):
                return self._function(name, node)
        raise self._error(
            node,
            "这里只能用名称、数字、+ - *、sum、min、max",
            "only names, numbers, + - *, sum, min and max can stand here",
        )

    def _comparison(self, left: ast.expr, comparison: ast.cmpop, right: ast.expr) -> Condition:
        symbol = OPERATORS.get(type(comparison).__name__)
        if symbol is None:
            raise self._error(left, "只能用 == != <= >= < > 比较", "compare with == != <= >= < > only")
        return "compare", symbol, self.expression(left), self.expression(right)

    def _product(self, node: ast.BinOp) -> Expression:
        left, right = self.expression(node.left), self.expression(node.right)
        for factor, other in ((left, right), (right, left)):
            if all(operand == () for _, operand in factor):
                return _times(sum(_exact(coefficient) for coefficient, _ in factor), other)
        raise self._error(node, "只能与常数相乘", "multiply by a constant only")

    def _function(self, name: str, node: ast.Call) -> Expression:
        if name == "sum":
            if len(node.args) != 1:
                raise self._error(node, "sum 的写法是 sum(组.*)", "write sum(group.*)")
            return tuple((1, cell) for cell in self._named(self.scope.group, node.args[0]))
        if name not in ("min", "max"):
            raise self._error(node, f"没有函数“{name}”", f"no function {name!r}: only sum, min and max")
        if len(node.args) < 2:
            raise self._error(node, f"{name} 至少要两项", f"{name} needs two terms or more")
        return ((1, (name, tuple(map(self.expression, node.args)))),)

    def _named(self, resolve: Any, node: ast.expr) -> Any:
        """What a dotted name means to the scope, with the option named in the error."""
        try:
            return resolve(self._path(node), self._offset(node))
        except EquationError as error:
            error.option = self.option
            raise

    def _path(self, node: ast.expr) -> tuple[str, ...]:
        import ast

        if isinstance(node, ast.Name):
            return (node.id,)
        if isinstance(node, ast.Attribute):
            return (*self._path(node.value), node.attr)
        raise self._error(node, "这里应当是名称", "a name is wanted here")

    def _literal(self, node: ast.Constant) -> Number:
        # The value in the tree is a float where there is a point, so the text is read again.
        begin = self._offset(node)
        written = self.text[begin : begin + (node.end_col_offset or 0) - node.col_offset]
        if not NUMBER.fullmatch(written):
            raise self._error(node, f"“{written}”不是整数或小数", f"{written} is no whole number or decimal")
        return _exact(written)

    def _offset(self, node: ast.expr) -> int:
        """Where a node begins in the text; the parser counts bytes of the stripped text."""
        lead = len(self.text) - len(self.text.lstrip())
        before = self.text[lead:].encode()[: node.col_offset]
        return lead + len(before.decode(errors="ignore"))

    def _error(self, node: ast.expr, zh: str, en: str) -> EquationError:
        return EquationError({"zh": zh, "en": en}, self._offset(node), self.option)


def _times(factor: Number, expression: Expression) -> Expression:
    return tuple((_plain(factor * _exact(coefficient)), operand) for coefficient, operand in expression)


def _exact(number: int | str) -> Number:
    if isinstance(number, int):
        return number
    if number.isdigit():
        return int(number)
    from decimal import Decimal

    return Decimal(number)


def _plain(number: Number) -> int | str:
    """A number as plain data: decimals as text."""
    return int(number) if number == int(number) else str(number)
