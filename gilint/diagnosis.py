"""From broken equalities to the cells behind them: which fewest figures, changed how, would make everything tie out.

Findings say what does not add up; the cause is often one wrong cell. Nothing here changes a figure: it proposes.
"""

from __future__ import annotations

from gilint.arithmetic import Missing, decimals, reader_of
from gilint.model import Cause, Suggestion
from gilint.record import Record
from gilint.search import COUNT, Freedom, components, find_repairs

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from gilint.arithmetic import CellKey, Equality, Number
    from gilint.form import Form
    from gilint.model import Finding, Report
    from gilint.search import Repair

    Changes = tuple[tuple[CellKey, Number | None, Number], ...]

SUGGESTED = 5


class Fault(Record):
    """Equalities that are broken for one reason, and what would mend them all, the likeliest first."""

    broken: tuple[Equality, ...]
    repairs: tuple[Changes, ...]


def diagnose(
    report: Report, findings: Sequence[Finding], equalities: Iterable[Equality], lang: str = "zh"
) -> tuple[Finding, ...]:
    """The findings, with suggestions where cells can be named, and a cause where several share it.

    ``equalities`` are those that bind the report, whether their rules were selected or not. The first finding of a
    fault carries the suggestions. Findings whose cells could not be located stay as they are.
    """
    faults = find_faults(report, tuple(equalities))
    fault_of = {(one.rule, one.at): number for number, fault in enumerate(faults) for one in fault.broken}
    owners = [fault_of.get((finding.rule, _cell_of(finding))) for finding in findings]
    causes: dict[int, Cause] = {}
    told: set[int] = set()
    diagnosed = []
    for finding, number in zip(findings, owners, strict=True):
        if number is None:
            diagnosed.append(finding)
            continue
        if number not in causes and owners.count(number) > 1:
            causes[number] = Cause(f"cause-{len(causes) + 1}", explain(report, faults[number], lang))
        suggestions = () if number in told else _suggestions(report, faults[number], lang)
        told.add(number)
        diagnosed.append(finding.replace(cause=causes.get(number), suggestions=suggestions))
    return tuple(diagnosed)


def _cell_of(finding: Finding) -> CellKey:
    address = finding.address
    return address.table or "", address.row or "", address.column or ""


# --- locating ---------------------------------------------------------------------------------------------------------


def find_faults(report: Report, equalities: Sequence[Equality]) -> list[Fault]:
    """The faults that could be located. Equalities with a cell that holds no number bind nothing."""
    values, blank = _values(report, equalities)
    # Rules may state the same equality: it counts once, and each of them keeps its findings.
    twins: dict[object, list[Equality]] = {}
    for one in equalities:
        if all(key in values for key in one.coefficients):
            twins.setdefault(_identity(one), []).append(one)
    binding = [same[0] for same in twins.values()]
    if not any(_is_broken(one, values) for one in binding):
        return []
    faults = []
    for positions in components([one.coefficients for one in binding]):
        system = [binding[position] for position in positions]
        if any(_is_broken(one, values) for one in system):
            faults.extend(_locate(report.form, system, values, blank))
    return [
        fault.replace(broken=tuple(twin for one in fault.broken for twin in twins[_identity(one)])) for fault in faults
    ]


def _values(report: Report, equalities: Sequence[Equality]) -> tuple[dict[CellKey, Number], set[CellKey]]:
    """The numbers of the cells, and which of these are blank: blanks are 0, but for totals, which are not known."""
    read = reader_of(report)
    totals = {one.at for one in equalities}
    values: dict[CellKey, Number] = {}
    blank: set[CellKey] = set()
    for key in {key: None for one in equalities for key in one.coefficients}:
        value = read(key)
        if value is None and key not in totals:
            blank.add(key)
            values[key] = 0
        elif value is not None and not isinstance(value, Missing):
            values[key] = value
    return values, blank


def _identity(one: Equality) -> object:
    return frozenset(one.coefficients.items()), one.constant


def _is_broken(one: Equality, values: Mapping[CellKey, Number]) -> bool:
    return sum(factor * values[key] for key, factor in one.coefficients.items()) != one.constant


def _locate(
    form: Form, system: Sequence[Equality], values: Mapping[CellKey, Number], blank: set[CellKey]
) -> list[Fault]:
    """The faults of equalities that hang together. Faults that touch different broken equalities are told apart."""
    cells = list(dict.fromkeys(key for one in system for key in one.coefficients))
    # The search knows whole numbers only.
    scale = int(10 ** max(decimals(values[key]) for key in cells))
    scaled = {key: int(values[key] * scale) for key in cells}
    equations = [(one.coefficients, one.constant * scale) for one in system]

    def freedom(key: CellKey) -> Freedom:
        return _freedom(form, key, scale, key in blank)

    repairs = find_repairs(scaled, equations, freedom=freedom, adjacent=_Neighbours(form)).repairs
    # Cells that no equality ties together are wrong for reasons of their own.
    changed = {key for repair in repairs for key, *_ in repair.changes}
    tied = [{key: 1 for key in one.coefficients if key in changed} for one in system]
    faults = []
    for positions in components(tied):
        own = {key for position in positions for key in tied[position]}
        broken = tuple(system[position] for position in positions if _is_broken(system[position], values))
        if broken and own:
            faults.append(Fault(broken, _own_changes(own, repairs, values, blank, scale)))
    return faults


def _own_changes(
    own: set[CellKey],
    repairs: Sequence[Repair],
    values: Mapping[CellKey, Number],
    blank: set[CellKey],
    scale: int,
) -> tuple[Changes, ...]:
    """The parts of the repairs that lie in these cells, each once; a blank cell is changed from ``None``."""
    parts = (
        tuple(
            (key, None if key in blank else values[key], _unscaled(after, scale))
            for key, _, after in repair.changes
            if key in own
        )
        for repair in repairs
    )
    return tuple(dict.fromkeys(part for part in parts if part))


def _freedom(form: Form, key: CellKey, scale: int, blank: bool) -> Freedom:
    kind = form.table(key[0]).cell_kind(key[1], key[2])
    if kind == "count" and scale == 1 and not blank:
        return COUNT
    return Freedom(None if kind == "signed" else 0, 1 if kind == "amount" else scale, blank)


def _unscaled(value: int, scale: int) -> Number:
    if value % scale == 0:
        return value // scale
    from decimal import Decimal

    return Decimal(value) / scale


class _Neighbours:
    """Whether two cells stand side by side in a table, in one row or one column."""

    def __init__(self, form: Form) -> None:
        self.form = form

    def __call__(self, one: CellKey, other: CellKey) -> bool:
        if one[0] != other[0]:
            return False
        table = self.form.table(one[0])
        rows, columns = [row.key for row in table.value_rows], [column.key for column in table.columns]
        down = rows.index(one[1]) - rows.index(other[1])
        across = columns.index(one[2]) - columns.index(other[2])
        return abs(down) + abs(across) == 1


# --- words ------------------------------------------------------------------------------------------------------------


def _suggestions(report: Report, fault: Fault, lang: str) -> tuple[Suggestion, ...]:
    return tuple(
        Suggestion(tuple((*key, before, after) for key, before, after in changes), describe(report.form, changes, lang))
        for changes in fault.repairs[:SUGGESTED]
    )


def describe(form: Form, changes: Changes, lang: str) -> str:
    """Changes in words: ``“row”：column 7 → 8，column 1 → 0``."""
    rows: dict[str, list[str]] = {}
    for key, before, after in changes:
        table = form.table(key[0])
        printed = TEXTS[lang]["blank"] if before is None else before
        rows.setdefault(table.row(key[1]).label, []).append(f"{table.column(key[2]).label} {printed} → {after}")
    words = TEXTS[lang]
    return words["semicolon"].join(
        f"“{row}”{words['colon']}{words['comma'].join(cells)}" for row, cells in rows.items()
    )


def explain(report: Report, fault: Fault, lang: str) -> str:
    """What the findings of a fault have in common, in a sentence or two."""
    best = fault.repairs[0]
    values = {
        "cells": len(best),
        "equations": len({_identity(one) for one in fault.broken}),
        "ways": len(fault.repairs),
        "change": describe(report.form, best, lang),
    }
    between = _between_columns(fault)
    if between is None:
        return TEXTS[lang]["one" if len(fault.repairs) == 1 else "several"].format_map(values)
    form = report.form
    table = form.table(best[0][0][0])
    amount, gains, loses = between
    values["more"] = TEXTS[lang]["more"].format_map(values) if len(fault.repairs) > 1 else ""
    values.update(
        amount=_counted(amount, table.unit, lang),
        row=table.row(gains[1]).label,
        gains=table.column(gains[2]).label,
        loses=table.column(loses[2]).label,
    )
    rows = [table.row(key[1]).label for key in _other_side(report, fault, gains, amount)]
    values["rows"] = TEXTS[lang]["comma"].join(f"“{row}”" for row in rows)
    return TEXTS[lang]["between" if rows else "misplaced"].format_map(values)


def _counted(amount: Number, unit: str, lang: str) -> str:
    """An amount with what it counts; units are words of the form's language."""
    if lang != "zh":
        return str(amount)
    return f"{amount} {unit}" if unit else f"{amount} "


def _between_columns(fault: Fault) -> tuple[Number, CellKey, CellKey] | None:
    """Whether an amount stands in the wrong one of two columns: it, the cell that gains and the one that loses it.

    So it is where just these two columns fail and moving the amount within one row mends both.
    """
    best = fault.repairs[0]
    broken = {_identity(one): one.column for one in fault.broken}
    if len(best) != 2 or len(broken) != 2:
        return None
    (one, first, first_after), (other, second, second_after) = best
    changes = first_after - (first or 0), second_after - (second or 0)
    if one[:2] != other[:2] or changes[0] != -changes[1] or set(broken.values()) != {one[2], other[2]}:
        return None
    return (changes[0], one, other) if changes[0] > 0 else (changes[1], other, one)


def _other_side(report: Report, fault: Fault, gains: CellKey, amount: Number) -> list[CellKey]:
    """Cells of the gaining column on the other side of its equality that could hold the amount by mistake."""
    read = reader_of(report)
    broken = next(one for one in fault.broken if gains in one.coefficients)
    sign = broken.coefficients[gains]
    found = []
    for key, factor in broken.coefficients.items():
        value = read(key)
        if factor * sign < 0 and value is not None and not isinstance(value, Missing) and value >= amount:
            found.append(key)
    return found


TEXTS = {
    "zh": {
        "colon": "：",
        "comma": "，",
        "semicolon": "；",
        "blank": "空白",
        "one": "改动 {cells} 格即可使这 {equations} 个等式全部成立：{change}。",
        "several": "至少要改 {cells} 格才能使这 {equations} 个等式全部成立，有 {ways} 种改法，最可能的是：{change}。",
        "between": "有 {amount}前后记在不同的列：“{row}”记在“{loses}”，{rows}记在“{gains}”；总计相同，"
        "只看总计列发现不了。"
        "改动最少的是{change}（{cells} 格{more}）。若应归“{loses}”，则要改{rows}及其明细。",
        "misplaced": "有 {amount}在“{gains}”与“{loses}”两列之间记错。改动最少的是{change}（{cells} 格{more}）。",
        "more": "，这样的改法有 {ways} 种",
    },
    "en": {
        "colon": ": ",
        "comma": ", ",
        "semicolon": "; ",
        "blank": "blank",
        "one": "Changing {cells} cell(s) makes all {equations} equations hold: {change}.",
        "several": "It takes {cells} cell(s) to make all {equations} equations hold, in one of {ways} ways; the "
        "likeliest: {change}.",
        "between": "{amount} stands in different columns: “{row}” has it in “{loses}”, {rows} in “{gains}”; the totals "
        "agree, so the total column does not show it. The fewest changes are {change} ({cells} cells{more}). If it "
        "belongs in “{loses}”, {rows} and its details have to change.",
        "misplaced": "{amount} was entered in the wrong one of “{gains}” and “{loses}”. The fewest changes are "
        "{change} ({cells} cells{more}).",
        "more": ", in {ways} ways",
    },
}
