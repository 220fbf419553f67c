"""The arithmetic behind findings: the equations that fail, with their printed numbers and with the suggested ones."""

from __future__ import annotations

from gilint.arithmetic import (
    BLANK_ADDENDS,
    BLANK_TOTAL,
    HOLDS,
    HOLDS_WITH_BLANKS,
    MISMATCH,
    evaluate,
    judge,
    place,
    reader_of,
    terms,
    value_of,
)
from gilint.record import Record
from gilint.reporters.labels import labels
from gilint.reporters.parts import key_of
from gilint.reporters.tables import shortened

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from gilint.arithmetic import CellKey, Equation, Expression, Number, Read, Verdict
    from gilint.model import Finding, Report
    from gilint.reporters import Equations

    Changes = Mapping[CellKey, Number | None]

# Where a sum has more terms than this, those that are 0 or blank are left out.
_TERMS = 4
# With more than so many even then, only the first are written out.
_MOST_TERMS, _FIRST_TERMS = 24, 6
_BROKEN = (MISMATCH, BLANK_TOTAL, BLANK_ADDENDS)
_HOLDING = (HOLDS, HOLDS_WITH_BLANKS)
_SIGNS = {"==": "=", "!=": "≠", "<=": "≤", ">=": "≥", "<": "<", ">": ">"}
_BROKEN_SIGNS = {"==": "≠", "!=": "=", "<=": ">", ">=": "<", "<": "≥", ">": "≤"}


class Sum(Record):
    """An equation that fails, and what became of it.

    ``unfilled`` are blank cells that must hold something, if that is what the finding is about.
    """

    finding: Finding
    equation: Equation
    verdict: Verdict
    unfilled: tuple[CellKey, ...] = ()

    @property
    def at(self) -> CellKey:
        return place(self.equation)

    @property
    def cells(self) -> Sequence[CellKey]:
        return self.equation["cells"]


class Sums:
    """Finds the equations of findings in one report and writes them out.

    ``equations`` are those of the rules, by rule and form; without them there is nothing to write.
    """

    def __init__(self, report: Report, equations: Equations, lang: str) -> None:
        self._report = report
        self._equations = equations
        self._lang = lang
        self._words = labels(lang)
        self._known: dict[str, Mapping[CellKey, list[tuple[Equation, Verdict]]]] = {}

    def of(self, findings: Iterable[Finding]) -> list[Sum]:
        """The equations that fail at the places of findings, each once."""
        sums: dict[int, Sum] = {}
        for finding in findings:
            failing = self._failing(finding.rule)
            at = key_of(finding.address)
            own = failing.get(at, [])
            # One finding may speak of all cells that were left blank.
            about_blanks = any(at in verdict.cells for _equation, verdict in own)
            if about_blanks:
                own = own + [each for related in finding.related for each in failing.get(key_of(related.address), [])]
            for equation, verdict in own:
                blank = verdict.cells if about_blanks and verdict.status != MISMATCH else ()
                sums.setdefault(id(equation), Sum(finding, equation, verdict, blank))
        return list(sums.values())

    def _failing(self, rule: str) -> Mapping[CellKey, list[tuple[Equation, Verdict]]]:
        """The equations of a rule that fail, by the cells that findings may stand at."""
        if rule not in self._known:
            failing: dict[CellKey, list[tuple[Equation, Verdict]]] = {}
            for equation, verdict in self._judged(rule):
                blank = () if verdict.status == MISMATCH else verdict.cells
                for key in dict.fromkeys((place(equation), *blank)):
                    failing.setdefault(key, []).append((equation, verdict))
            self._known[rule] = failing
        return self._known[rule]

    def _judged(self, rule: str) -> Iterable[tuple[Equation, Verdict]]:
        equations = self._equations.get(rule, {}).get(self._report.form.id, ())
        # Tables are not looked at for rules that have nothing to do with them: they may have to be read again.
        if not equations:
            return
        read = reader_of(self._report)
        for one in equations:
            if one["when"] is None or judge(one["when"], read):
                verdict = evaluate(one, read)
                if verdict.status in _BROKEN:
                    yield one, verdict

    def place(self, one: Sum) -> str:
        """Where the cell of an equation is within its file."""
        table, row, column = one.at
        return self._report.tables[table][row, column].span.describe(self._lang)

    # --- writing ------------------------------------------------------------------------------------------------------

    def derived(self, sums: Iterable[Sum]) -> dict[CellKey, Number | None]:
        """The values of blank cells that follow, one after the other, from equations with a single one left.

        Where equations contradict each other there is no value.
        """
        waiting = [one for one in sums if one.unfilled]
        unfilled = {key for one in waiting for key in one.unfilled}
        values: dict[CellKey, Number | None] = {}
        found = True
        while found:
            found = False
            for one in waiting:
                unknown = unfilled.intersection(one.cells).difference(values)
                verdict = evaluate(one.equation, self._reader(values))
                if len(unknown) == 1 and verdict.expected is not None and unknown.issubset(verdict.cells):
                    values[unknown.pop()] = verdict.expected
                    found = True
        settled = [one for one in waiting if unfilled.intersection(one.cells).issubset(values)]
        refuted = {key for one in settled if not self._holds(one.equation, values) for key in one.cells}
        return {key: value for key, value in values.items() if key not in refuted}

    def text(self, one: Sum, changes: Changes, cells: int) -> str:
        """``label: 7 + 0 ≠ 8 + 0 (off by 1) → 8 + 0 = 8 + 0 ✓``; the label takes at most a third of ``cells``."""
        equation, words = one.equation, self._words
        printed = self._written(one, {}, _SIGNS if one.unfilled else _BROKEN_SIGNS)
        said = f"{self._label(one, cells // 3)}{words['colon']}{printed}"
        difference = one.verdict.difference
        if difference is not None and not one.unfilled and equation["operator"] == "==":
            said += words["off_by"].format(difference=max(difference, -difference))
        if any(key in changes for key in one.cells) and self._holds(equation, changes):
            said += f" → {self._written(one, changes, _SIGNS)} ✓"
        return said

    def _label(self, one: Sum, cells: int) -> str:
        """What the equation was written out for: a row or a column, else the cell that it is reported at."""
        table = self._report.form.table(one.at[0])
        row, column = one.equation["row"], one.equation["column"]
        if row is None and column is not None:
            return shortened(table.column(column).label, cells)
        label = shortened(table.row(row or one.at[1]).label, cells)
        return label if row is not None else f"{label} × {shortened(table.column(one.at[2]).label, cells)}"

    def _holds(self, equation: Equation, changes: Changes) -> bool:
        return evaluate(equation, self._reader(changes)).status in _HOLDING

    def _written(self, one: Sum, changes: Changes, signs: Mapping[str, str]) -> str:
        left, right = (self._side(one.equation[side], changes, one.unfilled) for side in ("left", "right"))
        return f"{left} {signs[one.equation['operator']]} {right}"

    def _side(self, expression: Expression, changes: Changes, unfilled: Sequence[CellKey]) -> str:
        """A side of an equation in numbers; of very many terms the first, those that change, and the total."""
        read = self._reader(changes)
        if len(expression) > _TERMS:
            told = [item for item in expression if len(item[1]) != 3 or read(item[1]) or item[1] in unfilled]
            expression = tuple(told) or expression[:1]
        if len(expression) <= _MOST_TERMS:
            return terms(expression, read)
        first = tuple(item for at, item in enumerate(expression) if at < _FIRST_TERMS or item[1] in changes)
        total = value_of(tuple(item for item in expression if len(item[1]) != 3 or read(item[1])), read)
        return self._words["more_terms"].format(terms=terms(first, read), count=len(expression), total=total)

    def _reader(self, changes: Changes) -> Read:
        read = reader_of(self._report)
        return lambda key: changes[key] if key in changes else read(key)
