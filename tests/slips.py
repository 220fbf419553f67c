"""Tables that tie out, and the slips that a typist makes in them: to measure and to test how wrong cells are named.

A sheet maps cells ``(table, row, column)`` to their right figures, ``None`` for a zero that is left blank. A slip maps
the cells that it spoils to what is printed there instead. ``truth(sheet, slip)`` is what a perfect answer changes.
"""

from functools import cache
from itertools import pairwise, permutations

import annual
from builders import family_with
from hypothesis import strategies as st
from layouts import ENTRIES

from gilint import Linter
from gilint.arithmetic import Equality
from gilint.checks.equations import equalities

REQUESTS, DISPUTES, DISCLOSURE = "requests", "disputes", "disclosure"
COMPLETE = [entry for entry in ENTRIES if entry["complete"]]

# How full a table is, and how many digits its details have.
SIZES = {
    "mostly zeros": (0.05, (0, 0.7)),
    "small": (0.4, (0, 1.5)),
    "thousands": (0.8, (1, 3.9)),
    "over 10⁷": (0.9, (7, 8)),
}
DIGITS = ("substituted", "missing", "extra", "swapped", "zero")
"""The ways in which a single figure is spoilt."""


class Slip:
    """``kind``, and ``printed``: what stands in the spoilt cells."""

    def __init__(self, kind, printed):
        self.kind, self.printed = kind, printed

    def __repr__(self):
        return f"Slip({self.kind!r}, {self.printed!r})"


def spoilt(sheet, slip):
    return {**sheet, **slip.printed}


def truth(sheet, slip):
    """The cells that a slip changed with their right figures; none when it changed nothing but how zero is written."""
    right = {key: sheet[key] or 0 for key in slip.printed}
    return {key: right[key] for key, printed in slip.printed.items() if (printed or 0) != right[key]}


# --- the rules that ship ----------------------------------------------------------------------------------------------


@cache
def linter():
    return Linter(config=False)


@cache
def bound(name):
    """The form of this name, and the equalities that the shipped rules bind the cells of its reports with."""
    report = linter().read(annual.report(base=f"{name}.default").encode(), "report.txt")
    rules = [rule for rule in linter().rules if rule.check == "equation" and rule.severity == "error"]
    return report.form, equalities(report, rules)


@cache
def rules_on_sums():
    """The ids of the rules that demand that two sums agree."""
    rules = [rule for rule in linter().rules if rule.check == "equation"]
    compiled = {rule.id: [one for own in rule.options["compiled"].values() for one in own] for rule in rules}
    return {rule for rule, equations in compiled.items() if any(one["operator"] == "==" for one in equations)}


@cache
def rules_on_last_year():
    return {rule.id for rule in linter().rules if rule.check == "equation" and rule.options["previous"]}


@cache
def rules_on_blanks():
    return {rule.id for rule in linter().rules if rule.options.get("question") == "blank"}


def findings(form, sheet, last_year=None):
    """What the shipped rules find in a report that has these figures and nothing else; ``last_year``: its figures."""
    year = form.last_year or form.first_year + 3
    previous = None if last_year is None else _report(form, last_year, year - 1)
    return linter().lint(_report(form, sheet, year), previous=previous).findings


def _report(form, sheet, year):
    tables = {}
    for (table, row, column), value in sheet.items():
        tables.setdefault(table, {}).setdefault(row, {})[column] = value
    title = f"青河市人民政府{year}年政府信息公开工作年度报告"
    return {"form": form.id, "title": title, "year": year, "tables": tables}


# --- tables -----------------------------------------------------------------------------------------------------------


def published(entry, form):
    """The requests and disputes of a published report, blank where they are."""
    rows = {row.label: row.key for row in form.table(REQUESTS).rows}
    sheet = {
        (REQUESTS, rows[label], column.key): value
        for label, values in entry["table3"].items()
        for column, value in zip(form.table(REQUESTS).columns, values, strict=True)
    }
    groups = form.table(DISPUTES).value_rows
    cells = [(DISPUTES, row.key, column) for row in groups for column in row.columns]
    return {**sheet, **dict(zip(cells, entry["table4"], strict=True))}


def filled(sheet):
    """A sheet whose blank totals are what their rows of requests come to; the other blanks stay."""
    parts = {}
    for (table, row, _), value in sheet.items():
        parts.setdefault((table, row), []).append(value or 0)
    totals = {key: sum(parts[key[:2]]) for key, value in sheet.items() if value is None and is_total(key)}
    return {**sheet, **{key: total for key, total in totals.items() if total}}


def is_total(key):
    """Whether a cell stands in the column of totals of the requests."""
    return key[0] == REQUESTS and key[2] == "tot"


def broken(equalities, sheet):
    """The equalities that fail with blanks read as 0."""
    return [
        one
        for one in equalities
        if sum(factor * (sheet[key] or 0) for key, factor in one.coefficients.items()) != one.constant
    ]


def generated(form, chance, size):
    """A sheet of all bound tables with random details of a size; its totals follow."""
    share, digits = SIZES[size]

    def figure(weight=1.0):
        return int(10 ** chance.uniform(*digits)) if chance.random() < share * weight else 0

    table = form.table(REQUESTS)
    parts = [column.key for column in table.columns[:-1]]
    # Most requests come from natural persons, which is the first column.
    weights = {part: 1.0 if part == parts[0] else 0.5 for part in parts}
    details = {(row, part): figure(weights[part]) for row in table.group("leaf") for part in parts}
    left = {part: figure(weights[part]) for part in parts}
    taken = {part: chance.random() * chance.randrange(2) for part in parts}
    outcomes = [figure() if size != "over 10⁷" else figure() // 10**5 for _ in range(12)]
    return completed(form, details, left, taken, outcomes)


def completed(form, details, left, taken, outcomes):
    """A sheet with these figures, the others such that all identities hold.

    ``details`` are (row, column) → number, ``left`` the requests carried forward by column, ``taken`` which share of
    the year's requests was brought forward, ``outcomes`` the details of the disputes.
    """
    table, sheet = form.table(REQUESTS), {}
    *parts, total = [column.key for column in table.columns]
    for part in parts:
        result = sum(details[row, part] for row in table.group("leaf"))
        brought = int((result + left[part]) * taken[part])
        flow = {"new": result + left[part] - brought, "carry_in": brought, "result": result, "carry_out": left[part]}
        for row in table.value_rows:
            sheet[REQUESTS, row.key, part] = flow[row.key] if row.key in flow else details[row.key, part]
    for row in table.value_rows:
        sheet[REQUESTS, row.key, total] = sum(sheet[REQUESTS, row.key, part] for part in parts)
    rest = iter(outcomes)
    for row in form.table(DISPUTES).value_rows:
        *kinds, total_of_row = row.columns
        own = [next(rest) for _ in kinds]
        sheet.update({(DISPUTES, row.key, kind): number for kind, number in zip(kinds, own, strict=True)})
        sheet[DISPUTES, row.key, total_of_row] = sum(own)
    return sheet


def wide(rows, columns, chance):
    """A form with one table of any size, its equalities, and a sheet of it.

    The total of every row stands in its last column, that of every column in its last row.
    """
    lines_of = [{"key": f"r{number}", "label": f"Row {number}"} for number in range(rows)]
    columns_of = [{"key": f"c{number}", "label": f"Column {number}"} for number in range(columns)]
    table = {"key": "wide", "section": "only", "title": "Wide", "columns": columns_of, "rows": lines_of}
    section = {"key": "only", "number": 1, "title": "Only"}
    title = {"zh": "宽", "en": "wide"}
    data = {"id": "wide", "title": title, "years": {"from": 2021}, "sections": [section], "tables": [table]}
    keys = [[("wide", f"r{row}", f"c{column}") for column in range(columns)] for row in range(rows)]
    sheet = {key: chance.randrange(10_000) for line in keys for key in line}
    bound = [("ROW", line) for line in keys] + [("COLUMN", list(line)) for line in zip(*keys, strict=True)]
    for _, (*parts, total) in bound:
        sheet[total] = sum(sheet[part] for part in parts)
    found = [Equality(rule, total, {total: 1, **dict.fromkeys(parts, -1)}, 0) for rule, (*parts, total) in bound]
    return family_with(data).forms[0], found, sheet


STOCKS = ("reg", "norm")
MOVES = ("issued", "repealed", "valid")


def published_stocks():
    """The documents issued, repealed and in force of two years on end, as (last year, this year)."""
    label = {"reg": "规章", "norm": "行政规范性文件"}
    years = {(entry["agency"], entry["year"]): entry["table2"] for entry in ENTRIES if entry["format"] == "2021"}
    for (agency, year), figures in years.items():
        last = years.get((agency, (year or 0) - 1))
        if last:
            yield tuple(_stock({row: table[label[row]] for row in STOCKS}) for table in (last, figures))


def generated_stocks(chance, most):
    """Two years on end with figures up to a number; what is in force follows from last year's report."""
    last, this = {}, {}
    for row in STOCKS:
        before, issued = chance.randint(0, most), chance.randint(0, most)
        repealed = chance.randint(0, before + issued) * chance.randrange(2)
        last[row], this[row] = (0, 0, before), (issued, repealed, before + issued - repealed)
    return _stock(last), _stock(this)


def _stock(rows):
    return {
        (DISCLOSURE, row, move): figure
        for row, figures in rows.items()
        for move, figure in zip(MOVES, figures, strict=True)
    }


def blanked(sheet, chance=None):
    """The sheet with its zeros left blank: all of them, or each by chance."""
    return {
        key: None if not value and (chance is None or chance.random() < 0.5) else value for key, value in sheet.items()
    }


def cells(sheet, table):
    return [key for key in sheet if key[0] == table]


@st.composite
def sheets(draw, form):
    """Sheets that tie out; any of their zeros may be left blank."""
    table = form.table(REQUESTS)
    parts = [column.key for column in table.columns[:-1]]
    figure = st.one_of(st.just(0), st.integers(0, 9), st.integers(0, 10 ** draw(st.sampled_from((1, 2, 4, 8)))))

    def figures(keys):
        return dict(zip(keys, draw(st.lists(figure, min_size=len(keys), max_size=len(keys))), strict=True))

    details = figures([(row, part) for row in table.group("leaf") for part in parts])
    taken = dict.fromkeys(parts, draw(st.sampled_from((0, 0.1, 0.5, 1))))
    sheet = completed(form, details, figures(parts), taken, draw(st.lists(figure, min_size=12, max_size=12)))
    zeros = [key for key, value in sheet.items() if not value]
    return {**sheet, **dict.fromkeys(draw(st.lists(st.sampled_from(zeros), unique=True)) if zeros else (), None)}


# --- one cell ---------------------------------------------------------------------------------------------------------


def misprints(figure):
    """What may be printed for a figure: ``(kind, [figures])`` for each kind and place, without what changes nothing.

    Zeros in front that a slip leaves are read as what remains.
    """
    text = str(figure)
    found = []
    for at, digit in enumerate(text):
        before, after = text[:at], text[at + 1 :]
        others = [other for other in "0123456789" if other != digit and (other != "0" or at or not after)]
        found.append(("substituted", [before + other + after for other in others]))
        found.append(("missing", [before + after] if len(text) > 1 else []))
        found.append(("swapped", [before + after[0] + digit + after[1:]] if after else []))
    for at in range(len(text) + 1):
        found.append(("extra", [text[:at] + digit + text[at:] for digit in "0123456789" if at or digit != "0"]))
    found.append(("zero", ["0"]))
    wrong = [(kind, [int(one) for one in printed if int(one) != figure]) for kind, printed in found]
    return [(kind, printed) for kind, printed in wrong if printed]


def single(sheet, key, chance=None):
    """Slips in one cell: every misprint of its figure, or one by chance for each kind and place."""
    for kind, printed in misprints(sheet[key] or 0):
        for one in printed if chance is None else (chance.choice(printed),):
            yield Slip(kind, {key: one})


def any_single(sheet, key, chance):
    """A misprint of any kind; each kind that the figure allows is as likely."""
    kinds = {}
    for slip in single(sheet, key, chance):
        kinds.setdefault(slip.kind, []).append(slip)
    return chance.choice(kinds[chance.choice([kind for kind in DIGITS if kind in kinds])])


# --- several cells ----------------------------------------------------------------------------------------------------


def lines(form, table, across):
    """The rows of a table as lists of cells, or its columns; only lines of more than one cell."""
    shape = form.table(table)
    if across:
        found = [[(table, row.key, column) for column in row.columns] for row in shape.value_rows]
    else:
        rows = shape.value_rows
        found = [[(table, row.key, one.key) for row in rows if one.key in row.columns] for one in shape.columns]
    return [line for line in found if len(line) > 1]


def neighbours(form, table, across):
    """All ordered pairs of cells that stand side by side (or one above the other)."""
    for line in lines(form, table, across):
        for one, other in pairwise(line):
            yield one, other
            yield other, one


def are_neighbours(form, one, other):
    """Whether two cells stand side by side, or one above the other."""
    table = form.table(one[0])
    rows, columns = [row.key for row in table.value_rows], [column.key for column in table.columns]
    down = rows.index(one[1]) - rows.index(other[1])
    return one[0] == other[0] and abs(down) + abs(columns.index(one[2]) - columns.index(other[2])) == 1


def beside(sheet, one, other, empty=0):
    """What goes wrong between a cell and its neighbour: its figure is printed there, or they are exchanged."""
    if sheet[one]:
        yield Slip("moved over" if sheet[other] else "moved", {one: empty, other: sheet[one]})
    if sheet[one] and sheet[other] and sheet[one] != sheet[other]:
        yield Slip("exchanged", {one: sheet[other], other: sheet[one]})


def shifted(sheet, line, step, empty=0):
    """The figures of a line, each one place on (or back); the last one falls off, and the first place stays empty."""
    line = line if step > 0 else line[::-1]
    return Slip("shifted", {line[0]: empty, **{after: sheet[before] for before, after in pairwise(line)}})


def joined(kind, *slips):
    return Slip(kind, {key: value for slip in slips for key, value in slip.printed.items()})


def independent(sheet, among, count, chance):
    """A misprint of any kind in each of so many cells."""
    chosen = chance.sample(among, count)
    return joined(f"{count} independent", *(any_single(sheet, key, chance) for key in chosen))


# --- how plain a slip is ----------------------------------------------------------------------------------------------


def oddity(form, printed, right):
    """How much went wrong if ``right`` was printed so: ``(figures that no plain slip explains, slips)``.

    A figure in the neighbouring cell, and two neighbours exchanged, are one slip.
    """
    waiting, count = dict(right), 0
    for one, other in permutations(sorted(right), 2):
        joint = one in waiting and other in waiting and _is_joint(printed, right, one, other)
        if joint and are_neighbours(form, one, other):
            del waiting[one], waiting[other]
            count += 1
    return sum(not is_plain(printed[key], figure) for key, figure in waiting.items()), count + len(waiting)


def _is_joint(printed, right, one, other):
    """Whether the figure of ``one`` was printed in ``other``, which is 0 or had its own printed in ``one``."""
    return bool(right[one]) and (printed[other], printed[one] or 0) == (right[one], right[other])


def is_plain(printed, figure):
    return printed is None or any(printed in wrong for _, wrong in misprints(figure))
