"""Puts a fault into words: what pattern its errors make, and what each answer would change."""

from __future__ import annotations

from gilint.arithmetic import Missing, reader_of
from gilint.diagnosis.case import ASSURED
from gilint.diagnosis.faults import SINGLE
from gilint.diagnosis.settling import identity
from gilint.diagnosis.words import TEXTS
from gilint.model import Slice, Suggestion

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from typing import Any

    from gilint.arithmetic import CellKey, Equality, Number
    from gilint.diagnosis.faults import Change, Fault, Repair
    from gilint.form import Form
    from gilint.model import Report

SUGGESTED = 5
LINES = 8
FAR = 8
"""Answers that cost so much more than the first are far less likely."""
LAST_YEAR = "previous."
STOPS = "，。；、：（）,;\n"


class Namer:
    """The words for the faults of one report."""

    def __init__(self, report: Report, lang: str) -> None:
        self.report = report
        self.form: Form = report.form
        self.lang = lang
        self.words = TEXTS[lang]

    # --- answers ----------------------------------------------------------------------------------------------------

    def suggestions(self, fault: Fault) -> tuple[Suggestion, ...]:
        """The answers that are worth showing: the likeliest of the short ones, then those of a longer reading."""
        longer = fault.others[: 1 if len(fault.repairs) > 1 else 2]
        shown = [*fault.repairs[: SUGGESTED - len(longer)], *longer]
        return tuple(self._suggestion(repair, bool(fault.others)) for repair in shown)

    def _suggestion(self, repair: Repair, sized: bool) -> Suggestion:
        cells = tuple((*key, before, after) for key, before, after in repair.changes)
        notes = [self.words["size"].format(len(cells))] if sized else []
        if repair.kind == SINGLE:
            notes += filter(None, [self.words[f"slip-{slip}"] for slip in repair.slips])
        note = self.words["noted"].format(self.words["comma"].join(notes)) if notes else ""
        return Suggestion(cells, self.describe(repair.changes) + note)

    def describe(self, changes: Sequence[Change]) -> str:
        """Changes in words: ``“row”：column 7 → 8，column 1 → 0``."""
        rows: dict[str, list[str]] = {}
        for key, before, after in changes:
            printed = self.words["blank"] if before is None else before
            rows.setdefault(self._row(key), []).append(f"{self._column(key)} {printed} → {after}")
        return self.words["semicolon"].join(
            f"{self.words['quoted'].format(row)}{self.words['colon']}{self.words['comma'].join(cells)}"
            for row, cells in rows.items()
        )

    # --- causes -----------------------------------------------------------------------------------------------------

    def explain(self, fault: Fault) -> str:
        """What is wrong, in a few sentences: the pattern, how sure it is, and what speaks for it."""
        if not fault.repairs:
            return self._say(
                fault.reason if fault.reason == "more" else "steps",
                equations=self._equations(fault.broken).strip(),
                lines=self._lines(fault.broken),
                least=fault.least,
            )
        parts = [*self._pattern(fault), *self._certainty(fault), *self._witnesses(fault)]
        return (" " if self.lang == "en" else "").join(part[:1].upper() + part[1:] for part in parts)

    def _pattern(self, fault: Fault) -> list[str]:
        best = fault.repairs[0]
        name: Callable[[Fault, Repair], list[str]] = {
            SINGLE: self._single,
            "exchanged": self._exchanged,
            "transferred": self._transferred,
            "repeated": self._repeated,
            "shifted": self._shifted,
            "filled": self._filled,
        }.get(best.kind, self._several)
        return name(fault, best)

    def _single(self, fault: Fault, best: Repair) -> list[str]:
        broken = _distinct(fault.broken)
        if len(broken) == 1:
            return self._lone(fault, broken[0], best)
        if len(fault.repairs) == 1:
            _, before, after = best.changes[0]
            amount = abs(after - (before or 0))
            return [self._say("crossing", lines=self._lines(broken), amount=amount), *self._addend(broken, best)]
        return [self._say("only", equations=self._equations(broken))]

    def _lone(self, fault: Fault, broken: Equality, best: Repair) -> list[str]:
        if len(fault.repairs) == 1:
            return [self._say("alone"), *self._addend([broken], best)]
        return [self._say("undecided", cells=len(broken.coefficients)), *self._addend([broken], best)]

    def _addend(self, broken: Sequence[Equality], best: Repair) -> list[str]:
        """Whether a total is off by just one of its parts, which may be left out or counted twice."""
        key, before, after = best.changes[0]
        totals = [one for one in broken if one.at == key]
        if not totals or before is None:
            return []
        read, amount = reader_of(self.report), abs(after - before)
        parts = [part for part in totals[0].coefficients if part != key and read(part) == amount]
        if len(parts) != 1 or len(totals[0].coefficients) < 4:
            return []
        same_row = parts[0][1] == key[1]
        return [self._say("addend", amount=amount, row=self._column(parts[0]) if same_row else self._row(parts[0]))]

    def _exchanged(self, fault: Fault, best: Repair) -> list[str]:
        (one, first, _), (other, second, _) = best.changes
        between = [] if first and second else self._between(fault, best)
        if between:
            return between
        pattern = "exchanged" if first and second else "misplaced"
        if pattern == "misplaced" and first:
            one, other = other, one
        along_row = one[1] == other[1]
        line = self.words["row"].format(self._row(one)) if along_row else self.words["column"].format(self._column(one))
        name = self._column if along_row else self._row
        return [self._say(pattern, line=line, one=name(one), other=name(other))]

    def _transferred(self, fault: Fault, best: Repair) -> list[str]:
        between = self._between(fault, best)
        if between:
            return between
        amount, gains, loses = _moved(best)
        if gains[1] == loses[1]:
            shown = {"row": self._row(gains), "gains": self._column(gains), "loses": self._column(loses)}
            return [self._say("transferred-columns", amount=self._counted(amount, gains[0]), **shown)]
        shown = {"column": self._column(gains), "gains": self._row(gains), "loses": self._row(loses)}
        return [self._say("transferred-rows", amount=self._counted(amount, gains[0]), **shown)]

    def _between(self, fault: Fault, best: Repair) -> list[str]:
        """Whether just two columns fail by one amount that stands in the one before and in the other after."""
        amount, gains, loses = _moved(best)
        columns = {one.column for one in _distinct(fault.broken)}
        if gains[:2] != loses[:2] or len(_distinct(fault.broken)) != 2 or columns != {gains[2], loses[2]}:
            return []
        if len({repair.changes[0][0][1] for repair in fault.repairs}) > 1:
            shown = {"gains": self._column(gains), "loses": self._column(loses)}
            return [self._say("between-rows", amount=self._counted(amount, gains[0]).strip(), **shown)]
        rows = [self._row(key) for key in self._other_side(fault, gains, amount)]
        if not rows:
            return []
        return [
            self._say(
                "between",
                amount=self._counted(amount, gains[0]),
                row=self._row(gains),
                gains=self._column(gains),
                loses=self._column(loses),
                rows=self.words["list"].join(map(self.words["quoted"].format, rows)),
            )
        ]

    def _other_side(self, fault: Fault, gains: CellKey, amount: Number) -> list[CellKey]:
        """Cells of the gaining column on the other side of its equality that could hold the amount by mistake."""
        read = reader_of(self.report)
        broken = next(one for one in fault.broken if gains in one.coefficients)
        sign = broken.coefficients[gains]
        found = []
        for key, factor in broken.coefficients.items():
            value = read(key)
            if factor * sign < 0 and value is not None and not isinstance(value, Missing) and value >= amount:
                found.append(key)
        return found

    def _repeated(self, fault: Fault, best: Repair) -> list[str]:
        (one, before, after), (other, *_) = best.changes
        pattern = "repeated-row" if one[1] == other[1] else "repeated-column"
        return [self._say(pattern, lines=self._lines(fault.broken), amount=abs(after - (before or 0)))]

    def _shifted(self, fault: Fault, best: Repair) -> list[str]:
        first, last = best.changes[0][0], best.changes[-1][0]
        if first[1] == last[1]:
            return [self._say("shifted", line=self._row(first), first=self._column(first), last=self._column(last))]
        if all(key[2] == first[2] for key, *_ in best.changes):
            return [self._say("shifted", line=self._column(first), first=self._row(first), last=self._row(last))]
        return [self._say("shifted-block", first=self._row(first), last=self._row(last))]

    def _filled(self, fault: Fault, best: Repair) -> list[str]:
        return [self._say("filled", blanks=len(best.changes))]

    def _several(self, fault: Fault, best: Repair) -> list[str]:
        wrong = [key for key, before, _ in best.changes if before is not None]
        if len(wrong) == 1:
            return [self._say("with-blanks", cell=self._cell(wrong[0]), blanks=len(best.changes) - 1)]
        return [self._say("several", cells=len(best.changes), equations=self._equations(fault.broken))]

    # --- certainty --------------------------------------------------------------------------------------------------

    def _certainty(self, fault: Fault) -> list[str]:
        said = []
        ways = len(fault.repairs)
        lone = len(_distinct(fault.broken)) == 1 and fault.repairs[0].kind == SINGLE
        if ways > 1 and not lone:
            clear = fault.repairs[1].cost - fault.repairs[0].cost >= FAR
            said.append(self._say("likeliest", more=ways - 1) if clear else self._say("ways", ways=ways))
        if fault.others:
            said.append(self._say("longer", cells=len(fault.others[0].changes)))
        if fault.least > ASSURED:
            said.append(self._say("many", least=fault.least))
        return said

    def _witnesses(self, fault: Fault) -> list[str]:
        said = []
        agrees = self.words["agrees" if len(fault.repairs) == 1 else "agrees-first"]
        for one in fault.repairs[0].evidence:
            span, trail = one.at.span, one.at.address.trail
            if one.source == "previous":
                words = self._say("said-last-year", cell=trail[-1], value=one.at.raw.strip())
            else:
                place = " ".join([*trail[-1:], *([] if span is None else [span.describe(self.lang)])])
                words = self._say("said", place=place, words=_clause(one.at) or one.value)
            said.append(words + agrees)
        return said

    # --- labels -----------------------------------------------------------------------------------------------------

    def _say(self, pattern: str, **values: object) -> str:
        return self.words[pattern].format(**values)

    def _row(self, key: CellKey) -> str:
        label = self.form.table(key[0].removeprefix(LAST_YEAR)).row(key[1]).label
        return f"{self.words['last_year']} {label}" if key[0].startswith(LAST_YEAR) else label

    def _column(self, key: CellKey) -> str:
        return self.form.table(key[0].removeprefix(LAST_YEAR)).column(key[2]).label

    def _cell(self, key: CellKey) -> str:
        return f"{self._row(key)} × {self._column(key)}"

    def _counted(self, amount: Number, table: str) -> str:
        """An amount with what it counts; units are words of the form's language."""
        unit = self.form.table(table).unit
        if self.lang != "zh":
            return str(amount)
        return f"{amount} {unit}" if unit else f"{amount} "

    def _equations(self, broken: Sequence[Equality]) -> str:
        count = len(_distinct(broken))
        return self._say("equation") if count == 1 else self._say("equations", count=count)

    def _lines(self, broken: Sequence[Equality]) -> str:
        """The rows and columns that equalities were written out for, as far as they are."""
        names: dict[str, None] = {}
        for one in broken:
            if one.row is not None:
                names[self.words["row"].format(self._row(one.at))] = None
            elif one.column is not None:
                names[self.words["column"].format(self._column(one.at))] = None
            else:
                names[self.words["quoted"].format(self._cell(one.at))] = None
        return _shortened(list(names), self.words["list"], self.words["and_more"])


def _shortened(names: Sequence[str], comma: str, more: str) -> str:
    return comma.join(names[:LINES]) + (more if len(names) > LINES else "")


def _distinct(broken: Iterable[Equality]) -> list[Equality]:
    """Equalities that say different things."""
    return list({identity(one): one for one in broken}.values())


def _clause(at: Any) -> str:
    """The clause around a part of a passage, since a number alone does not say what it counts."""
    if not isinstance(at, Slice):
        return ""
    text, start, end = at.passage.text, at.start, at.end
    while start > 0 and text[start - 1] not in STOPS:
        start -= 1
    while end < len(text) and text[end] not in STOPS:
        end += 1
    return text[start:end].strip()


def _moved(repair: Repair) -> tuple[Number, CellKey, CellKey]:
    """The amount that two changes move: it, the cell that gains and the cell that loses it."""
    (one, before, after), (other, *_) = repair.changes
    change = after - (before or 0)
    return (change, one, other) if change > 0 else (-change, other, one)
