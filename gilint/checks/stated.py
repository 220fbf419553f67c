"""Numbers that the prose states, against the cells of the tables."""

from __future__ import annotations

from functools import lru_cache

from gilint.arithmetic import cells_of, plain_sum, reader_of, value_of
from gilint.checks import Pattern, check
from gilint.checks.prose import NONE, readings
from gilint.checks.scope import SHIELD
from gilint.model import Evidence, NotAssessable, Problem

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from typing import Any

    from gilint.arithmetic import CellKey, Expression
    from gilint.checks.matching import Hit
    from gilint.checks.prose import Reading
    from gilint.form import Anchor, Family, Form
    from gilint.model import Report

ROUGH = "rough"


def _patterns(options: Mapping[str, Any], family: Family) -> Sequence[Pattern]:
    return anchor_patterns(tuple(family.anchors.values()))


# Every rule that compares stated numbers searches for the same words; one tuple for all costs them nothing.
@lru_cache(maxsize=4)
def anchor_patterns(anchors: tuple[Anchor, ...]) -> tuple[Pattern, ...]:
    """The words of all anchors, since they compete for the numbers."""
    return tuple(
        Pattern(word, tag=tag)
        for anchor in anchors
        for tag, words in (
            (anchor.key, anchor.words),
            (f"{NONE}:{anchor.key}", anchor.none),
            (f"{SHIELD}:{anchor.key}", anchor.part_of),
        )
        for word in words
    )


def _prepare(options: Mapping[str, Any], family: Family) -> Mapping[str, Any]:
    from gilint.errors import OptionError
    from gilint.formulas import EquationError, compile_expression
    from gilint.suggest import unknown

    if options["anchor"] not in family.anchors:
        raise OptionError(("anchor",), unknown("数字锚点", "anchor", options["anchor"], list(family.anchors)))
    expressions = []
    for position, text in enumerate(options["equals"]):
        try:
            expressions.append(compile_expression(text, family))
        except EquationError as error:
            message = f"{error.message['zh']} ({error.message['en']})"
            raise OptionError(("equals", position), message, error.offset) from None
    sums = [plain_sum(expression) for expression in expressions]
    # Where one of the sums cannot be told of, another one need not be the number either.
    return {**options, "expressions": expressions, "readings": () if None in sums else tuple(sums)}


@check(
    "stated-number",
    options={
        "anchor": {"type": "string", "description": "What is counted: a key of the pack's anchors."},
        "equals": {
            "type": "array",
            "minItems": 1,
            "items": {"type": "string", "minLength": 1},
            "description": "Sums of cells (table.row.column) of which one must be the number.",
        },
        "question": {
            "enum": ["number", ROUGH, NONE],
            "description": "number, the default: the text states an exact number; rough: one such as 近3000, 80余 or "
            "1.2万, which agrees when the cells lie within it; none: the text says that there were none.",
        },
    },
    required=("anchor", "equals"),
    values=("stated", "expected", "expected_en", "anchor", "cells", "readings", "readings_en"),
    patterns=_patterns,
    prepare=_prepare,
)
def stated_number(
    report: Report, options: Mapping[str, Any], hits: Sequence[Hit]
) -> Iterator[Problem | Evidence | NotAssessable]:
    """Numbers in the text, or the statement that there were none, that differ from the tables."""
    tag = f"{NONE}:{options['anchor']}" if options.get("question") == NONE else options["anchor"]
    rough = options.get("question") == ROUGH
    stated = [reading for reading in readings(report, tag, hits) if reading.exact != rough]
    if not stated:
        return
    if options["readings"] and not rough:
        yield from (Evidence(options["readings"], reading.low, reading.at, "text") for reading in stated)
    expressions: Sequence[Expression] = options["expressions"]
    read = reader_of(report)
    values = [value_of(expression, read) for expression in expressions]
    wrong = [reading for reading in stated if not any(value is not None and reading.holds(value) for value in values)]
    if wrong and None in values:
        yield _not_assessable(report.form, expressions)
        return
    cells = list(dict.fromkeys(cell for expression in expressions for cell in cells_of(expression)))
    for reading in wrong:
        shown = {
            "stated": _written(reading),
            "expected": " 或 ".join(dict.fromkeys(map(str, values))),
            "expected_en": " or ".join(dict.fromkeys(map(str, values))),
            "anchor": reading.word,
            "cells": _labels(report.form, cells),
            **_told(report.form, reading, list(zip(expressions, values, strict=True))),
        }
        yield Problem(reading.at, shown, tuple(report.tables[table][row, column] for table, row, column in cells))


def _written(reading: Reading) -> int | str:
    """The number, or the interval that a rough one means."""
    if reading.exact:
        return reading.low
    return f"{reading.low}–{'∞' if reading.high is None else reading.high}"


def _told(form: Form, reading: Reading, values: Sequence[tuple[Expression, Any]]) -> Mapping[str, str]:
    """What each way to read a number gives by the tables, and by how much the text is off."""
    chinese, english = [], []
    for expression, value in values:
        labels = _sum_of_labels(form, expression)
        over = reading.low > value
        difference = reading.low - value if over else value - (reading.low if reading.high is None else reading.high)
        chinese.append(f"{labels} = {value}（文中{'多' if over else '少'} {difference}）")
        english.append(f"{labels} = {value} (the text has {difference} {'more' if over else 'less'})")
    return {"readings": "；".join(chinese), "readings_en": "; ".join(english)}


def _sum_of_labels(form: Form, expression: Expression) -> str:
    """The sum as it is written in the rule, with the labels of its cells."""
    terms = plain_sum(expression)
    if terms is None:
        return _labels(form, cells_of(expression))
    text = "".join(
        f" {'-' if factor < 0 else '+'} {'' if abs(factor) == 1 else f'{abs(factor)} × '}{_labels(form, [cell])}"
        for cell, factor in terms
    )
    return text.removeprefix(" + ").strip()


def _not_assessable(form: Form, expressions: Sequence[Expression]) -> NotAssessable:
    cells = _labels(form, dict.fromkeys(cell for expression in expressions for cell in cells_of(expression)))
    zh = f"文中的数字无从核对：{cells}空白或没有数字"
    return NotAssessable({"zh": zh, "en": f"nothing to compare the stated number with: {cells} is blank or no number"})


def _labels(form: Form, cells: Iterable[CellKey]) -> str:
    """The cells by their labels, as the form prints them."""
    known = {table.key for table in form.tables}
    return "、".join(
        f"{form.table(table).row(row).label} × {form.table(table).column(column).label}"
        for table, row, column in cells
        if table in known
    )
