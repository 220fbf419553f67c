"""A family without Python whose reports are amounts: tolerances, rows and tables left out, rows that share labels."""

import io
import random
from decimal import Decimal
from itertools import pairwise

import docx
import openpyxl
import pytest
from conftest import ROOT
from hypothesis import given
from hypothesis import strategies as st

from gilint import Linter
from gilint.arithmetic import allowance
from gilint.checks.equations import _prepare
from gilint.errors import OptionError

PACK = ROOT / "rules" / "departmental-accounts"
CLEAN = (ROOT / "examples" / "accounts-2023.txt").read_text(encoding="utf-8")
SLIP = (ROOT / "examples" / "accounts-2023-slip.txt").read_text(encoding="utf-8")
VILLAGE = (PACK / "forms" / "2019.village.txt").read_text(encoding="utf-8")
FARMING = "213 | 农林水支出 | 1,020.49 | 634.60 | 385.89 |"


LINTER = Linter()


def lint(text, name="accounts.txt", **more):
    return LINTER.lint(text if isinstance(text, bytes) else text.encode(), name, **more)


def changed(old, new, text=CLEAN):
    assert text.count(old) == 1, old
    return text.replace(old, new)


def fired(result):
    return {finding.rule for finding in result.findings}


def proposed(finding):
    """The only cell of the likeliest suggestion, and what belongs there."""
    (cell,) = finding.suggestions[0].cells
    return (*cell[:3], cell[4])


# --- the same text in other formats ---------------------------------------------------------------------------------


def parts(text):
    """Paragraphs as text, and tables as lists of rows."""
    rows = []
    for line in [*text.splitlines(), ""]:
        if " | " in line:
            rows.append([cell.strip() for cell in line.split(" | ")])
            continue
        if rows:
            yield rows
            rows = []
        if line:
            yield line


def as_html(text):
    body = [
        f"<p>{part}</p>"
        if isinstance(part, str)
        else "<table>"
        + "".join("<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>" for row in part)
        + "</table>"
        for part in parts(text)
    ]
    return f"<html><head><meta charset='utf-8'></head><body>{''.join(body)}</body></html>".encode()


def as_docx(text):
    document = docx.Document()
    for part in parts(text):
        if isinstance(part, str):
            document.add_paragraph(part)
            continue
        table = document.add_table(len(part), max(map(len, part)), style="Table Grid")
        for number, row in enumerate(part):
            for at, cell in enumerate(row):
                table.cell(number, at).text = cell
    held = io.BytesIO()
    document.save(held)
    return held.getvalue()


def as_xlsx(text):
    book = openpyxl.Workbook()
    sheet = book.active
    for part in parts(text):
        for row in [[part]] if isinstance(part, str) else part:
            sheet.append(row)
    held = io.BytesIO()
    book.save(held)
    return held.getvalue()


FORMATS = {"html": as_html, "docx": as_docx, "xlsx": as_xlsx}


@pytest.mark.parametrize("suffix", FORMATS)
def test_the_clean_accounts_have_no_finding_in_another_format(suffix):
    result = lint(FORMATS[suffix](CLEAN), f"accounts.{suffix}")
    assert result.findings == ()
    assert {key: len(table.cells) for key, table in result.report.tables.items()} == {
        key: len(table.cells) for key, table in lint(CLEAN).report.tables.items()
    }


@pytest.mark.parametrize("suffix", FORMATS)
def test_the_slip_is_found_at_its_cell_in_another_format(suffix):
    result = lint(FORMATS[suffix](SLIP), f"accounts.{suffix}")
    assert fired(result) == {"K111", "K112"}
    first = next(finding for finding in result.findings if finding.suggestions)
    assert proposed(first) == ("outlay", "farming", "project", Decimal("385.89"))


# --- recognised -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("text", [CLEAN, VILLAGE])
def test_accounts_are_recognised_among_the_other_families(text):
    report = lint(text).report
    assert report.form.family.pack == "departmental-accounts"
    assert report.issuer in ("平澜县水务局", "青河市云山区白石街道办事处")


@pytest.mark.parametrize(
    "title",
    [
        "2023年度平澜县水务局部门决算",
        "平澜县水务局2023年部门决算公开说明",
        "平澜县水务局2023年度单位决算",
        "平澜县水务局2023年度决算",
    ],
)
def test_titles_vary_and_tell_issuer_and_year(title):
    report = lint(changed("平澜县水务局2023年度部门决算\n", title + "\n")).report
    assert (report.issuer, report.year) == ("平澜县水务局", 2023)


def test_a_list_of_contents_before_the_parts_hides_no_table():
    contents = "目录\n\n一、收入支出决算总表\n\n二、收入决算表\n\n三、支出决算表\n\n"
    result = lint(changed("第一部分 部门概况\n", contents + "第一部分 部门概况\n"))
    assert result.findings == ()
    assert set(result.report.tables) == {"summary", "outlay", "public", "basic", "three", "fund"}


def test_a_table_that_shares_its_rows_with_others_is_read_below_its_own_title():
    report = lint(CLEAN).report
    totals = {key: str(report.tables[key][row, column].value) for key, row, column in (
        ("outlay", "total", "total"), ("public", "total", "total"), ("basic", "total", "total"),
        ("fund", "total", "income"),
    )}  # fmt: skip
    assert totals == {"outlay": "1475.00", "public": "1278.30", "basic": "895.19", "fund": "200.00"}


def test_a_prescribed_table_that_is_not_judged_ends_the_one_above():
    other = (
        "收入决算表\n\n科目名称 | 本年收入合计 | 财政拨款收入\n合计 | 1,500.00 | 1,486.42\n农林水支出 | 9.00 | 9.00\n\n"
    )
    assert lint(changed("二、支出决算表\n", other + "二、支出决算表\n")).findings == ()


def test_two_totals_side_by_side_are_two_cells():
    summary = lint(changed("总计 | 1,535.20 | 总计 | 1,535.20", "总计 | 1,535.20 | 总计 | 1,553.20")).report.tables[
        "summary"
    ]
    assert str(summary["income_total", "amount"].value) == "1535.20"
    assert str(summary["outlay_total", "amount"].value) == "1553.20"


# --- what may be left out -------------------------------------------------------------------------------------------


def test_a_row_that_is_left_out_counts_as_nothing():
    assert lint(CLEAN).report.tables["outlay"].missing_rows
    assert lint(CLEAN).findings == ()


def test_rows_of_which_none_is_there_are_not_taken_for_zeros():
    text = CLEAN
    for name in ("社会保障和就业支出", "卫生健康支出", "城乡社区支出", "农林水支出", "住房保障支出"):
        text = text.replace(f" | {name} | ", f" | 某款{name}项 | ") if f" | {name} | " in text else text
    result = lint(text)
    assert not fired(result) & {"K112", "K122", "K153"}
    assert {"K112", "K122"} <= {
        rule for rule, outcome in result.outcomes.items() if outcome.status == "could_not_check"
    }


def test_rules_of_an_optional_table_that_is_not_there_do_not_apply():
    outcomes = lint(VILLAGE).outcomes
    assert {outcomes[rule].status for rule in ("K151", "K152", "K153", "K154", "K166")} == {"not_applicable"}


# --- how amounts are written ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("none", ["", "0", "0.00", "—", "-", "/", "无"])
def test_no_amount_is_written_in_many_ways(none):
    assert (
        lint(
            changed(
                "| 1,020.49 | 634.60 | 385.89 | 0.00 | 0.00 | 0.00",
                f"| 1,020.49 | 634.60 | 385.89 | {none} | {none} | {none}",
            )
        ).findings
        == ()
    )


@pytest.mark.parametrize("amount", ["1020.49", "1,020.49", "１，０２０．４９", "1 020.49", "1,020.490"])
def test_an_amount_is_the_same_however_it_is_written(amount):
    assert lint(changed(FARMING, FARMING.replace("1,020.49", amount))).findings == ()


def test_the_whole_report_in_yuan_holds_as_well():
    def yuan(cell):
        plain = cell.replace(",", "")
        return f"{Decimal(plain) * 10000:,.2f}" if plain.replace(".", "").isdigit() and "." in plain else cell

    text = "\n".join(
        " | ".join(map(yuan, line.split(" | "))) if " | " in line else line.replace("单位：万元", "单位：元")
        for line in VILLAGE.splitlines()
    )
    assert "8,645,000.00" in text
    assert lint(text).findings == ()


def test_a_table_in_yuan_beside_the_others_is_noticed():
    old = "9.80 | 0.00 | 6.80 | 0.00 | 6.80 | 3.00 | 7.36 | 0.00 | 5.91 | 0.00 | 5.91 | 1.45"
    new = "98000 | 0 | 68000 | 0 | 68000 | 30000 | 73600 | 0 | 59100 | 0 | 59100 | 14500"
    assert fired(lint(changed(old, new))) == {"K144"}


# --- tolerance ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("amount", "rules"), [("385.89", set()), ("385.90", set()), ("385.91", {"K111", "K112"})])
def test_rounding_is_forgiven_and_nothing_more(amount, rules):
    """Three figures of two decimals may miss by 0.015: one hundredth is rounding, two are not."""
    assert fired(lint(changed(FARMING, FARMING.replace("385.89", amount)))) >= rules
    assert bool(fired(lint(changed(FARMING, FARMING.replace("385.89", amount)))) & {"K111"}) is bool(rules)


def test_the_cell_is_found_though_another_equation_is_off_by_rounding():
    text = changed("902.61 | 572.39", "902.62 | 572.39")
    text = changed("1,020.49 | 634.60 | 385.89", "1,020.49 | 634.60 | 358.89", text)
    first = next(finding for finding in lint(text).findings if finding.suggestions)
    assert proposed(first)[:3] == ("outlay", "farming", "project")


@given(st.lists(st.integers(0, 10**9), min_size=1, max_size=30), st.integers(1, 4))
def test_a_sum_of_rounded_amounts_is_always_within_the_allowance(exact, kept):
    """``exact`` are ten-thousandths of the last digit but ``kept``; whatever they are, rounding is forgiven."""
    unit = Decimal(1).scaleb(-kept)
    amounts = [Decimal(one).scaleb(-6) for one in exact]
    rounded = [one.quantize(unit) for one in amounts]
    total = sum(amounts).quantize(unit)
    figures = [(1, total), *((-1, one) for one in rounded)]
    # A figure that was rounded to 0 is taken for nothing, so its share is not forgiven.
    lost = sum(one for one, shown in zip(amounts, rounded, strict=True) if not shown)
    assert abs(total - sum(rounded)) <= allowance("rounding", figures) + lost + (0 if total else unit)


@given(st.lists(st.integers(-(10**6), 10**6), min_size=1, max_size=30))
def test_whole_figures_are_exact(figures):
    assert allowance("rounding", [(1, figure) for figure in figures]) == 0


@given(st.lists(st.integers(1, 10**6), min_size=1, max_size=20))
def test_the_allowance_is_half_of_the_last_digit_for_each_figure(cents):
    figures = [(1, Decimal(one).scaleb(-2)) for one in cents]
    assert allowance("rounding", figures) == Decimal("0.005") * len(cents)


@pytest.mark.parametrize("equation", ["a != b", "a < b", "a > b"])
def test_a_tolerance_of_what_must_differ_is_refused(equation):
    named = equation.replace("a", "summary.income.amount").replace("b", "summary.outlay.amount")
    form = LINTER.read(CLEAN.encode(), "accounts.txt").form
    with pytest.raises(OptionError):
        _prepare({"equation": named, "tolerance": 0.5}, form.family.replace(forms=(form,)))


def test_a_given_tolerance_is_taken_as_it_is():
    assert allowance("0.5", [(1, Decimal("3.25"))]) == Decimal("0.5")
    assert allowance(None, [(1, Decimal("3.25"))]) == 0


# --- across years ---------------------------------------------------------------------------------------------------


def test_what_was_brought_forward_is_compared_with_last_year():
    last = (
        changed("35.20 | 年末结转和结余 | 60.20", "35.20 | 年末结转和结余 | 53.20")
        .replace("2023", "2022")
        .replace("2024年", "2023年")
    )
    assert "K191" in fired(lint(CLEAN, previous=LINTER.read(last.encode(), "last.txt")))


# --- any slip -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("seed", range(8))
def test_a_slip_in_the_table_of_outlay_is_named_first(seed):
    """Two digits of a cell exchanged, anywhere in the rows of the subjects: row and column together name it."""
    chance = random.Random(seed)
    cells = [
        ("社会保障和就业支出", "basic", "118.36"), ("卫生健康支出", "basic", "52.07"),
        ("城乡社区支出", "project", "186.50"),
        ("农林水支出", "basic", "634.60"), ("农林水支出", "project", "385.89"), ("住房保障支出", "basic", "97.58"),
    ]  # fmt: skip
    name, column, amount = chance.choice(cells)
    places = [at for at, (one, other) in enumerate(pairwise(amount)) if one != other and "." not in one + other]
    at = chance.choice(places)
    slip = amount[:at] + amount[at + 1] + amount[at] + amount[at + 2 :]
    line = next(line for line in CLEAN.split("二、支出决算表")[1].splitlines() if f" | {name} | " in line)
    fields = line.split(" | ")
    fields[3 if column == "basic" else 4] = slip
    result = lint(changed(line, " | ".join(fields)))
    first = next(finding for finding in result.findings if finding.suggestions)
    row = {"社": "social", "卫": "health", "城": "urban", "农": "farming", "住": "housing"}[name[0]]
    assert proposed(first) == ("outlay", row, column, Decimal(amount))
