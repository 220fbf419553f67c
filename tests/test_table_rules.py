"""The rules on tables, over the figures of published reports in every layout in which tables arrive as text."""

import pytest
from conftest import ROOT
from layouts import COLUMNS, ENTRIES, LAYOUTS, LOSE_BLANKS, report, table3

import gilint
from gilint import Linter
from gilint.arithmetic import cell_value

SUMS = {"inflow_outflow": "T301", "result_total": "T302", "row_total": "T303"}
COMPLETE = [number for number, entry in enumerate(ENTRIES) if entry["complete"]]
# An excerpt that has all of its rows, with three of the seven columns.
WITH_ROWS = [*COMPLETE, 6]


@pytest.fixture(scope="module")
def linter():
    return Linter(config=False, select=["tables"])


def keys(linter, entry):
    """Row labels and column labels of the request table as keys."""
    forms = linter.ruleset.families[0].forms
    table = next(form for form in forms if form.id.endswith(entry["format"])).table("requests")
    labels = {row.label: row.key for row in table.rows}
    return labels | {column.label: column.key for column in table.columns}


def expected(linter, entry):
    """The findings that the recorded violations of an entry make, as (rule, row, column)."""
    key = keys(linter, entry)
    found = set()
    blanks = any(None in values for values in entry["table3"].values())
    for violation in entry["violations"]:
        rule = SUMS[violation["identity"]]
        if violation["kind"] == "mismatch":
            row = {"T301": "new", "T302": "result"}.get(rule) or key[violation["row"]]
            found.add((rule, row, key[violation["column"]] if "column" in violation else "tot"))
    unfilled = [key[one["row"]] for one in entry["violations"] if one["kind"] == "blank_total"]
    if unfilled:
        found.add(("T311", unfilled[0], "tot"))
    if blanks:
        found.add(("T305", *first_blank(entry, key)))
    return found


def first_blank(entry, key):
    for label, values in entry["table3"].items():
        if None in values:
            return key[label], COLUMNS[values.index(None)]
    raise AssertionError("no cell is blank")


def found(result):
    return {(one.rule, one.address.row, one.address.column) for one in result.findings}


def lint(linter, text, layout):
    return linter.lint(text.encode(), "report.md" if layout == "markdown" else "report.txt")


# --- published figures ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("layout", [name for name in LAYOUTS if name not in LOSE_BLANKS])
@pytest.mark.parametrize("number", WITH_ROWS)
def test_published_figures_give_the_recorded_violations(linter, number, layout):
    entry = ENTRIES[number]
    result = lint(linter, report(entry, layout), layout)
    assert found(result) == expected(linter, entry)


@pytest.mark.parametrize("layout", LOSE_BLANKS)
@pytest.mark.parametrize("number", WITH_ROWS)
def test_a_layout_that_loses_blanks_is_never_judged_wrongly(linter, number, layout):
    entry = ENTRIES[number]
    result = lint(linter, report(entry, layout), layout)
    unread = {one for one in found(result) if one[0] == "T106"}
    assert found(result) - unread <= expected(linter, entry)
    if unread:
        assert result.outcomes["T303"].status in ("could_not_check", "failed")
    else:
        assert found(result) == expected(linter, entry)


def test_every_unfilled_total_of_a_published_table_is_named(linter):
    entry = next(one for one in ENTRIES if any(v["kind"] == "blank_total" for v in one["violations"]))
    key = keys(linter, entry)
    result = lint(linter, report(entry, "tab_cells"), "tab_cells")
    (finding,) = (one for one in result.findings if one.rule == "T311")
    places = [finding.address, *(one.address for one in finding.related)]
    assert [(place.row, place.column) for place in places] == [
        (key[one["row"]], "tot") for one in entry["violations"] if one["kind"] == "blank_total"
    ]


# --- slips ------------------------------------------------------------------------------------------------------------


def test_every_single_slip_is_found_by_the_sums_that_it_breaks(linter):
    entry = ENTRIES[0]
    rows = table3(entry)
    key = keys(linter, entry)
    for index, (labels, values) in enumerate(rows):
        row = key[labels[-1]]
        for position, column in enumerate(COLUMNS):
            slipped = (*values[:position], str(int(values[position]) + 1), *values[position + 1 :])
            changed = [*rows[:index], (labels, slipped), *rows[index + 1 :]]
            result = lint(linter, report(entry, "tab_rows", changed), "tab_rows")
            broken = {("T303", row, "tot")}
            if row in ("new", "carry_in", "result", "carry_out"):
                broken.add(("T301", "new", column))
            if row not in ("new", "carry_in", "carry_out"):
                broken.add(("T302", "result", column))
            assert {one for one in found(result) if one[0] in SUMS.values()} == broken, (row, column)


# --- how cells are written --------------------------------------------------------------------------------------------

NOISE = [
    ("0", 0),
    ("０", 0),
    ("\xa00", 0),
    ("　 0", 0),
    ("", None),
    ("\xa0", None),
    ("　", None),
    ("/", 0),
    ("／", 0),
    ("—", 0),
    ("--", 0),
    ("-", 0),
    ("无", 0),
    ("1,234", 1234),
    ("1，234", 1234),
    ("1 234", 1234),
    ("3件", 3),
    ("约20", 20),
    ("20余", 20),
    ("12.0", 12),
    ("1.2万", 12000),
    ("１２", 12),
    ("12（其中修订3件）", 12),
    ("见附件", "no number"),
]


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize(("raw", "value"), NOISE)
def test_oddly_written_cells_are_read_exactly_or_not_at_all(linter, raw, value, layout):
    entry = ENTRIES[0]
    rows = table3(entry)
    key = keys(linter, entry)
    index = next(index for index, (labels, _values) in enumerate(rows) if labels[-1] == "4.保护第三方合法权益")
    labels, values = rows[index]
    rows[index] = (labels, (raw, *values[1:]))
    text = report(entry, layout, rows)
    read = linter.read(text.encode(), "report.md" if layout == "markdown" else "report.txt").tables["requests"]
    wanted = {(key[label[-1]], column): int(number) for label, numbers in table3(entry) for column, number in
              zip(COLUMNS, numbers, strict=True)}  # fmt: skip
    wanted["deny_4", "nat"] = value
    for place, cell in read.cells.items():
        got = "no number" if cell.kind == "text" else cell_value(cell)
        assert got == wanted[place], place
    kept = {(row.key, column) for row in read.unread for column in COLUMNS} | set(read.cells)
    assert kept == set(wanted)


@pytest.mark.parametrize("layout", [name for name in LAYOUTS if name not in LOSE_BLANKS])
def test_a_blank_cell_is_kept_apart_from_zero(linter, layout):
    entry = ENTRIES[0]
    rows = table3(entry)
    labels, values = rows[4]
    rows[4] = (labels, (*values[:1], "", *values[2:]))
    result = lint(linter, report(entry, layout, rows), layout)
    assert found(result) == {("T305", "deny_1", "biz")}


def test_labels_of_another_form_in_a_header_are_told_once():
    text = (ROOT / "rules" / "annual-report" / "forms" / "2021.default.txt").read_text(encoding="utf-8")
    old = text.replace("本年制发件数\t本年废止件数\t现行有效件数", "本年新制作数量\t本年新公开数量\t对外公开总数量")
    result = gilint.Linter(config=False).lint(old.encode(), "old.txt")
    assert [(one.rule, one.excerpt, one.address.table) for one in result.findings] == [
        ("T101", "本年新制作数量", "disclosure")
    ]
