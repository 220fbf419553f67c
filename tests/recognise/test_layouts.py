"""A layout that keeps its cells comes back exactly, one that loses some exactly or as unread rows: never wrong."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from printing import DROPPING, IN_LINES, KEEPING, pipes_closed, report, tab_cells, tab_rows
from samples import form, read

from gilint.errors import InputError
from gilint.numerals import read_cell

FORMS = ("2021", "2019")
# All zero, mostly zero, thousands, more than ten millions: what bureaus and provinces report.
SIZES = [st.just(0), st.sampled_from([0] * 9 + [1, 2, 14]), st.integers(0, 20_000), st.integers(0, 30_000_000)]
WRITTEN = [str, lambda number: f"{number:,}"]


@st.composite
def tables(draw, name, blanks=False):
    """Cells for every table of a form; ``blanks`` says whether zeros may be blank."""
    size = draw(st.sampled_from(SIZES))
    write = draw(st.sampled_from(WRITTEN))
    blank = draw(st.sampled_from(["all", "some", "few"])) if blanks else "none"
    result = {}
    for table in form(name).tables:
        rows = {}
        for row in table.value_rows:
            rows[row.key] = [_cell(draw, draw(size), write, blank) for _column in row.columns]
        result[table.key] = rows
    return result


def _cell(draw, number, write, blank):
    odds = {"none": 0, "few": 1, "some": 4, "all": 10}[blank]
    return "" if number == 0 and odds and draw(st.integers(1, 10)) <= odds else write(number)


def name_of(layout):
    return "report.md" if layout.__name__.startswith("markdown") else "report.txt"


def printed(name, layout, cells):
    """The report with all of its tables in one layout."""
    return read(report(form(name), dict.fromkeys(cells, layout), cells), name_of(layout))


def raw(found):
    """The cells of a table, as they were read, by row."""
    rows = {}
    for (row, _column), cell in found.cells.items():
        rows.setdefault(row, []).append(cell.raw)
    return rows


@pytest.mark.parametrize("layout", KEEPING, ids=lambda layout: layout.__name__)
@pytest.mark.parametrize("name", FORMS)
@settings(max_examples=4)
@given(data=st.data())
def test_a_layout_that_keeps_its_cells_comes_back_exactly(name, layout, data):
    cells = data.draw(tables(name))
    found = printed(name, layout, cells)
    assert {key: raw(table) for key, table in found.tables.items()} == cells
    assert [passage.text for passage in found.passages if passage.role == "table"] == []
    assert len(found.sections) == 6


@pytest.mark.parametrize("layout", KEEPING, ids=lambda layout: layout.__name__)
@pytest.mark.parametrize("name", FORMS)
@settings(max_examples=4)
@given(data=st.data())
def test_blank_cells_are_never_put_elsewhere(name, layout, data):
    cells = data.draw(tables(name, blanks=True))
    found = printed(name, layout, cells)
    for key, table in found.tables.items():
        rows = raw(table)
        assert {row: rows[row] for row in rows} == {row: cells[key][row] for row in rows}
        assert table.missing_rows == ()
        assert {row.key for row in table.unread} == set(cells[key]) - set(rows) or table.unread[0].key == ""


@pytest.mark.parametrize("layout", DROPPING, ids=lambda layout: layout.__name__)
@pytest.mark.parametrize("name", FORMS)
@settings(max_examples=4)
@given(data=st.data())
def test_a_layout_that_loses_cells_comes_back_exactly_or_not_at_all(name, layout, data):
    cells = data.draw(tables(name, blanks=True))
    for key, table in printed(name, layout, cells).tables.items():
        rows = raw(table)
        assert rows == {row: cells[key][row] for row in rows}


@pytest.mark.parametrize("layout", [tab_cells, tab_rows, pipes_closed, *IN_LINES], ids=lambda layout: layout.__name__)
@settings(max_examples=4)
@given(data=st.data())
def test_the_values_of_a_line_table_may_stand_in_several_lines(layout, data):
    cells = data.draw(tables("2021"))
    layouts = {"disclosure": tab_rows, "requests": tab_rows, "disputes": layout}
    found = read(report(form("2021"), layouts, cells)).tables["disputes"]
    assert raw(found) == cells["disputes"]


# --- odd cells --------------------------------------------------------------------------------------------------------

NOISE = [
    "０", "１２", "\xa00", "　5", "1,234", "1，234", "1 234", "3件", "251000元", "约20", "20余", "12.0", "12.5",
    "1.2万", "-", "—", "--", "/", "／", "无", "", "\xa0", "　", "+2", "-3", "12（其中修订3件）", "见附件", "略", "3/5",
]  # fmt: skip


@pytest.mark.parametrize("layout", [*KEEPING, *DROPPING], ids=lambda layout: layout.__name__)
@settings(max_examples=4)
@given(data=st.data())
def test_oddly_written_cells_never_become_another_number(layout, data):
    cells = data.draw(tables("2021"))
    rows = cells["requests"]
    for _time in range(data.draw(st.integers(1, 4))):
        row = data.draw(st.sampled_from(sorted(rows)))
        rows[row][data.draw(st.integers(0, 6))] = data.draw(st.sampled_from(NOISE))
    found = printed("2021", layout, cells).tables["requests"]
    columns = form("2021").table("requests").columns
    for (row, column), cell in found.cells.items():
        wanted = rows[row][[one.key for one in columns].index(column)]
        assert (cell.kind, cell.value) == (read_cell(wanted).kind, read_cell(wanted).value)


# --- rows that are not the form's -------------------------------------------------------------------------------------


@pytest.mark.parametrize("layout", KEEPING, ids=lambda layout: layout.__name__)
@settings(max_examples=4)
@given(data=st.data())
def test_a_row_with_another_label_is_missing_and_the_others_are_read(layout, data):
    cells = data.draw(tables("2021"))
    rows = cells["requests"]
    row = data.draw(st.sampled_from(["open", "deny_4", "none_3", "refuse_2", "carry_in"]))
    changed = {**cells, "requests": {**rows, row: ("新设的一种情形", rows[row])}}
    found = printed("2021", layout, changed).tables["requests"]
    assert found.missing_rows == (row,)
    assert raw(found) == {key: values for key, values in rows.items() if key != row}


@pytest.mark.parametrize("layout", KEEPING, ids=lambda layout: layout.__name__)
@settings(max_examples=4)
@given(data=st.data())
def test_a_row_that_is_left_out_is_missing_and_the_others_are_read(layout, data):
    cells = data.draw(tables("2021"))
    rows = cells["requests"]
    row = data.draw(st.sampled_from(sorted(rows)))
    changed = {key: values for key, values in rows.items() if key != row}
    found = printed("2021", layout, {**cells, "requests": changed}).tables["requests"]
    assert found.missing_rows == (row,)
    assert raw(found) == changed


EXTRA = {
    tab_rows: ["新设的一种情形\t9\t9\t9\t9\t9\t9\t9"],
    pipes_closed: ["新设的一种情形 | 9 | 9 | 9 | 9 | 9 | 9 | 9 |"],
    tab_cells: ["\t", "\t", "\t新设的一种情形", *["\t9"] * 7, ""],
}


@pytest.mark.parametrize("layout", EXTRA, ids=lambda layout: layout.__name__)
def test_a_row_too_many_changes_no_other(layout):
    cells = {row.key: [str(at)] * 7 for at, row in enumerate(form("2021").table("requests").value_rows)}

    def with_extra(table, rows):
        lines = layout(table, rows)
        # Before 2.重复申请, which stands below two merged cells in the layout of a cell a line.
        at = next(index for index, line in enumerate(lines) if "2.重复申请" in line) - 2 * (layout is tab_cells)
        return [*lines[:at], *EXTRA[layout], *lines[at:]]

    found = with_requests(with_extra, cells).tables["requests"]
    assert (raw(found), found.missing_rows, found.unread) == (cells, (), ())


# --- tables too many or too few ---------------------------------------------------------------------------------------


def threes():
    """Cells for every table, each of them 3."""
    return {table.key: {row.key: ["3"] * len(row.columns) for row in table.value_rows} for table in form("2021").tables}


def with_requests(layout, rows=None, name="report.txt"):
    """A report with its request table in this layout."""
    cells = {**threes(), "requests": rows or threes()["requests"]}
    return read(report(form("2021"), {**dict.fromkeys(cells, tab_rows), "requests": layout}, cells), name)


@pytest.mark.parametrize("layout", [*KEEPING, *DROPPING], ids=lambda layout: layout.__name__)
def test_two_tables_of_one_kind_are_refused(layout):
    with pytest.raises(InputError) as refused:
        with_requests(lambda table, rows: [*layout(table, rows), "", *layout(table, rows)], name=name_of(layout))
    assert refused.value.code == "duplicate-table"


def test_a_report_may_lack_a_table():
    found = with_requests(lambda _table, _rows: ["表三见图片。"])
    assert list(found.tables) == ["disclosure", "disputes"]
    assert list(found.sections) == [section.key for section in form("2021").sections]


def test_rows_named_in_prose_are_no_table():
    layouts = {**dict.fromkeys(threes(), tab_rows), "disclosure": lambda _table, _rows: ["行政许可 86", "行政处罚 7"]}
    assert "disclosure" not in read(report(form("2021"), layouts, threes())).tables


def test_a_label_may_stand_before_its_row_in_prose():
    found = with_requests(lambda table, rows: ["（一）予以公开", "", *tab_rows(table, rows)])
    assert raw(found.tables["requests"]) == threes()["requests"]
