"""Reports of the post with rules that bind their figures, and what the diagnosis says of them."""

from builders import FAMILY, finding_at, report_with

from gilint.arithmetic import Missing, values_of
from gilint.checks.equations import equalities, equation
from gilint.diagnosis import Locator, attach


class Rule:
    def __init__(self, name, **options):
        self.id = name
        self.options = equation.prepare(options, FAMILY)


RULES = [
    Rule("BALANCE", table="parcels", for_each="column", equation="new + carry_in == result + carry_out"),
    Rule("SUM", table="parcels", for_each="column", equation="result == sum(leaf.*)"),
    Rule("ROW", table="parcels", for_each="row", equation="tot == near + far"),
    Rule("CASES", table="cases", for_each="row", equation="tot == won + open"),
]
WHOLE = {"new": [7, 4, 11], "carry_in": [1, 0, 1], "sent": [5, 3, 8], "kept": [2, 1, 3], "result": [7, 4, 11],
         "carry_out": [1, 0, 1]}  # fmt: skip
"""A table in which everything holds."""


def parcels(**rows):
    """The whole table with some rows changed."""
    return {"parcels": {**WHOLE, **rows}}


def faults(tables, rules=RULES, **options):
    report = report_with(tables)
    values = {key: value for key, value in values_of(report).items() if not isinstance(value, Missing)}
    return Locator(report.form, equalities(report, rules)).locate(values, **options)


def answers(tables, rules=RULES, **options):
    """The answers of each fault as sets of (row, column, printed, proposed), the likeliest first."""
    return [
        [{(*key[1:], before, after) for key, before, after in repair.changes} for repair in fault.repairs]
        for fault in faults(tables, rules, **options)
    ]


def explained(tables, *places, lang="zh", rules=RULES, sums=(), **options):
    """The findings at these places (rule, table, row, column) with causes; ``sums`` are rules about blanks."""
    report = report_with(tables)
    findings = [finding_at(report, *place) for place in places]
    return attach(report, findings, faults(tables, rules, **options), lang, sums=sums)


def cells_of(finding):
    return [suggestion.cells for suggestion in finding.suggestions]
