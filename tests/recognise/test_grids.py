"""Tables in the grids of documents, pages and sheets: every cell exactly, or none of its row."""

import json
import random

import pytest
from grids import (
    Book,
    Cells,
    Piece,
    book,
    broken_labels,
    canvas,
    cut,
    doubled,
    extents,
    merged,
    opening,
    stacked,
    swapped,
    text_row,
    unmerged,
    widened,
    with_column,
    with_note,
    with_row,
)
from hypothesis import given, settings
from hypothesis import strategies as st
from samples import ROOT, form, linter

from gilint.errors import InputError

FORMS = ("2021", "2019")


# --- helpers ----------------------------------------------------------------------------------------------------------


def numbered(form):
    """Cells for every table of a form, no two of them alike."""
    count = iter(range(1, 1000))
    return {
        table.key: {row.key: [str(next(count)) for _ in row.columns] for row in table.value_rows}
        for table in form.tables
    }


@st.composite
def filled(draw, form):
    """Cells for every table of a form, with as many blank ones as it comes."""
    chance = random.Random(draw(st.integers(0, 2**32)))
    most, blanks = draw(st.sampled_from([0, 1, 20, 10**7])), draw(st.sampled_from([0, 0, 0.3, 0.9, 1]))

    def cell():
        return "" if chance.random() < blanks else str(chance.randint(0, most))

    return {
        table.key: {row.key: [cell() for _column in row.columns] for row in table.value_rows} for table in form.tables
    }


def read(made):
    return linter().read(made.document())


def raw(table):
    """The cells of a table as they were read, by row."""
    rows = {}
    for (row, _column), cell in table.cells.items():
        rows.setdefault(row, []).append(cell.raw)
    return rows


def assert_exact(made, cells):
    """Every cell is read from the piece that shows it, and nothing of a table is left over."""
    found = read(made)
    assert {key: raw(table) for key, table in found.tables.items()} == cells
    assert [passage.text for passage in found.passages if passage.role == "table"] == []
    assert len(found.sections) == 6
    for key, table in found.tables.items():
        blank_line = key == "disputes" and not any(cell.raw for cell in table.cells.values())
        for place, cell in table.cells.items():
            # Of two rows of a table in one line that are both blank, either will do.
            assert made.piece(cell).place == (key, *place) or blank_line


def canvases(name, cells):
    return {table.key: canvas(table, cells[table.key]) for table in form(name).tables}


# --- well-made grids --------------------------------------------------------------------------------------------------

ARRANGED = {
    "as printed": lambda drawn: drawn,
    "merged downwards only": lambda drawn: unmerged(drawn, down=False),
    "merged across only": lambda drawn: unmerged(drawn, across=False),
    "not merged": unmerged,
    "labels repeated": lambda drawn: unmerged(drawn, repeat=True),
    "labels repeated downwards": lambda drawn: unmerged(drawn, across=False, repeat=True),
    "labels repeated across": lambda drawn: unmerged(drawn, down=False, repeat=True),
}


@pytest.mark.parametrize("name", FORMS)
@pytest.mark.parametrize("arrange", ARRANGED.values(), ids=ARRANGED)
def test_every_cell_of_a_grid_is_read_however_it_is_merged(arrange, name):
    cells = numbered(form(name))
    parts = {key: arrange(drawn) for key, drawn in canvases(name, cells).items()}
    assert_exact(book(form(name), parts), cells)


ENTRIES = json.loads((ROOT / "tests" / "data" / "figures.json").read_text(encoding="utf-8"))
WHOLE = [
    entry
    for entry in ENTRIES
    if len(entry.get("table3") or ()) == {"2021": 25, "2019": 23}[entry["format"]]
    and all(len(values) == 7 for values in entry["table3"].values())
]


@pytest.mark.parametrize("arrange", ARRANGED.values(), ids=ARRANGED)
@pytest.mark.parametrize("entry", WHOLE, ids=lambda entry: f"{entry['agency']}{entry['year']}")
def test_published_tables_are_read_exactly(entry, arrange):
    used = form(entry["format"])
    rows = zip(used.table("requests").value_rows, entry["table3"].values(), strict=True)
    cells = numbered(used)
    cells["requests"] = {row.key: ["" if value is None else str(value) for value in values] for row, values in rows}
    parts = {key: arrange(drawn) for key, drawn in canvases(entry["format"], cells).items()}
    assert_exact(book(used, parts), cells)


@st.composite
def arranged(draw, drawn):
    """A canvas changed in ways that leave the table whole."""
    if draw(st.booleans()):
        drawn = widened(drawn, [draw(st.integers(1, 4)) for _column in drawn[0]])
    if draw(st.booleans()):
        drawn = unmerged(drawn, across=draw(st.booleans()), down=draw(st.booleans()), repeat=draw(st.booleans()))
    for _time in range(draw(st.integers(0, 2))):
        drawn = with_column(drawn, draw(st.integers(0, len(drawn[0]))))
    if draw(st.booleans()):
        drawn = with_row(drawn, draw(st.integers(1, len(drawn))))
    if draw(st.booleans()):
        drawn = broken_labels(drawn, draw(st.integers(1, 6)))
    return with_note(drawn) if draw(st.booleans()) else drawn


@pytest.mark.parametrize("name", FORMS)
@settings(max_examples=80)
@given(data=st.data())
def test_whatever_leaves_a_table_whole_leaves_every_cell_readable(name, data):
    cells = data.draw(filled(form(name)))
    assert_exact(
        book(form(name), {key: data.draw(arranged(drawn)) for key, drawn in canvases(name, cells).items()}), cells
    )


# --- several grids, several tables in one -----------------------------------------------------------------------------


@pytest.mark.parametrize("name", FORMS)
@settings(max_examples=40)
@given(data=st.data())
def test_a_table_may_go_on_in_another_grid(name, data):
    cells = data.draw(filled(form(name)))
    parts = canvases(name, cells)
    for key in ("disclosure", "requests"):
        drawn = data.draw(arranged(parts[key]))
        first = next(row for row, line in enumerate(drawn) if any(piece.kind == "value" for piece in line))
        again = data.draw(st.sampled_from([0, first])) if key == "requests" else 0
        at = data.draw(st.integers(first + 1, len(drawn) - 2))
        upper, lower = cut(drawn, at, header=again, repeat=data.draw(st.booleans()))
        parts[key] = data.draw(st.sampled_from([(upper, lower), (upper, "- 4 -", lower), (upper, "（续表）", lower)]))
    assert_exact(book(form(name), parts), cells)


def test_the_parts_of_the_disclosure_table_may_be_grids_of_their_own():
    cells = numbered(form("2021"))
    parts = canvases("2021", cells)
    whole = parts["disclosure"]
    parts["disclosure"] = (whole[:4], "许可数量含变更。", whole[4:7], whole[7:11], whole[11:])
    made = book(form("2021"), parts)
    found = read(made)
    assert raw(found.tables["disclosure"]) == cells["disclosure"]
    assert "许可数量含变更。" in [passage.text for passage in found.sections["disclosure"].passages]


@pytest.mark.parametrize("text", ["merged", "in the first cell"])
@pytest.mark.parametrize("stretch", [False, True], ids=["filled up", "stretched"])
@pytest.mark.parametrize("arrange", ARRANGED.values(), ids=ARRANGED)
@pytest.mark.parametrize("name", FORMS)
def test_a_whole_report_may_stand_in_one_grid(name, arrange, stretch, text):
    cells = numbered(form(name))
    parts = canvases(name, cells)

    def row(line):
        return text_row(line, 15) if text == "merged" else [[Piece(line, "note"), *(Piece() for _slot in range(14))]]

    rows = [row(line) for line in opening(form(name))]
    for section, numeral in zip(form(name).sections, "一二三四五六", strict=True):
        rows.append(row(f"{numeral}、{section.title}"))
        rows.append(arrange(parts[section.key]) if section.key in parts else row("本部分没有变化。"))
        rows.append(row("注：以上为全年数据"))
    rows += [row("平澜县水务局"), row(f"{form(name).first_year + 1}年1月16日")]
    made = Book().grid(stacked(*rows, stretch=stretch))
    assert_exact(made, cells)
    found = read(made)
    assert (found.issuer, found.signoff.issuer.text) == ("平澜县水务局", "平澜县水务局")
    assert found.sections["requests"].passages[-1].text == "注：以上为全年数据"


def test_cells_of_a_table_without_its_header_are_read():
    cells = numbered(form("2021"))
    parts = canvases("2021", cells)
    parts["requests"] = parts["requests"][3:]
    assert_exact(book(form("2021"), parts), cells)


def test_a_header_in_a_grid_of_its_own_is_that_of_the_rows_below():
    cells = {**numbered(form("2021"))}
    cells["requests"] = {row: ["", *values[1:-1], ""] for row, values in cells["requests"].items()}
    parts = canvases("2021", cells)
    drawn = with_column(unmerged(parts["requests"]), 10)
    parts["requests"] = cut(drawn, 3)
    assert_exact(book(form("2021"), parts), cells)


# --- odd cells --------------------------------------------------------------------------------------------------------

ODD = [
    ("7\n", "number", 7), ("\n 7 \n", "number", 7), ("12\n88", "text", None), ("1\n288", "text", None),
    ("7（注）", "number", 7), ("7（含上年结转2件。）", "number", 7), ("见说明。", "text", None),
    ("\xa0", "blank", None), ("／", "dash", None), ("0\n0", "text", None),
]  # fmt: skip


@pytest.mark.parametrize(("text", "kind", "value"), ODD)
def test_a_cell_is_read_as_it_stands(text, kind, value):
    cells = numbered(form("2021"))
    cells["requests"]["carry_in"][2] = text
    found = read(book(form("2021"), canvases("2021", cells))).tables["requests"]
    cell = found["carry_in", "res"]
    assert (cell.raw, cell.kind, cell.value) == (text.strip(), kind, value)
    assert len(found) == 175


def test_a_cell_stands_at_its_own_place():
    cells = numbered(form("2021"))
    found = read(book(form("2021"), canvases("2021", cells)))
    assert str(found.tables["requests"]["deny_1", "nat"].span) == "t2:r8:c3"
    assert found.tables["requests"]["deny_2", "nat"].span.describe("zh") == "表2第9行第2格"


# --- damages ----------------------------------------------------------------------------------------------------------


def piece(drawn, row, column):
    """The piece that shows a value, as (slot row, slot column, piece)."""
    for piece, slots in extents(drawn).items():
        if piece.place and piece.place[1:] == (row, column):
            return (*slots[0], piece)
    raise AssertionError((row, column))


def damaged(change, key="requests", cells=None):
    """What is read of a table after ``change(canvas)``, and its cells."""
    cells = cells or numbered(form("2021"))
    parts = canvases("2021", cells)
    parts[key] = change(parts[key])
    return read(book(form("2021"), parts)).tables[key], cells[key]


def assert_only_unread(found, cells, *rows):
    assert {row.key for row in found.unread} == set(rows)
    assert raw(found) == {row: values for row, values in cells.items() if row not in rows}
    assert found.missing_rows == ()


@pytest.mark.parametrize("arrange", ARRANGED.values(), ids=ARRANGED)
def test_values_merged_into_one_are_not_assessable(arrange):
    def side_by_side(drawn):
        drawn = arrange(drawn)
        return merged(drawn, piece(drawn, "deny_4", "biz")[2], piece(drawn, "deny_4", "res")[2])

    def one_below_the_other(drawn):
        drawn = arrange(drawn)
        return merged(drawn, piece(drawn, "deny_4", "tot")[2], piece(drawn, "deny_5", "tot")[2])

    assert_only_unread(*damaged(side_by_side), "deny_4")
    assert_only_unread(*damaged(one_below_the_other), "deny_4", "deny_5")


@pytest.mark.parametrize("column", [None, 10, 3, 5])
@pytest.mark.parametrize("arrange", ARRANGED.values(), ids=ARRANGED)
def test_a_row_that_lost_a_cell_is_not_assessable(arrange, column):
    def change(drawn):
        drawn = arrange(drawn)
        if column is not None:
            drawn = with_column(drawn, column)
        row, _column, lost = piece(drawn, "none_1", "law")
        made = Cells(drawn)
        return made.without(row, [cell[1] for cell in made.rows[row]].index(lost))

    assert_only_unread(*damaged(change), "none_1")


@pytest.mark.parametrize("text", ["", "9"])
@pytest.mark.parametrize("arrange", ARRANGED.values(), ids=ARRANGED)
def test_a_row_with_a_cell_too_many_is_not_assessable(arrange, text):
    def change(drawn):
        drawn = arrange(drawn)
        row, _column, before = piece(drawn, "none_1", "law")
        made = Cells(drawn)
        return made.with_extra(row, [cell[1] for cell in made.rows[row]].index(before), text)

    assert_only_unread(*damaged(change), "none_1")


@pytest.mark.parametrize("arrange", ARRANGED.values(), ids=ARRANGED)
def test_a_row_without_its_label_is_missing(arrange):
    def change(drawn):
        drawn = arrange(drawn)
        for one in extents(drawn):
            one.text = "" if one.text == "7.属于行政执法案卷" else one.text
        return drawn

    found, cells = damaged(change)
    assert (found.missing_rows, found.unread) == (("deny_7",), ())
    assert raw(found) == {row: values for row, values in cells.items() if row != "deny_7"}


@pytest.mark.parametrize("rows", [("deny_1", "deny_2"), ("deny_2", "deny_7"), ("refuse_5", "refuse_2")])
@pytest.mark.parametrize("arrange", ARRANGED.values(), ids=ARRANGED)
def test_rows_out_of_order_are_read_by_their_labels(arrange, rows):
    def change(drawn):
        drawn = arrange(drawn)
        return swapped(drawn, *(piece(drawn, row, "nat")[0] for row in rows))

    assert_only_unread(*damaged(change))


@pytest.mark.parametrize("row", ["new", "deny_3", "carry_out"])
@pytest.mark.parametrize("arrange", ARRANGED.values(), ids=ARRANGED)
def test_a_row_that_comes_twice_is_read_unless_the_two_differ(arrange, row):
    def change(drawn, text=None):
        drawn = arrange(drawn)
        drawn, copies = doubled(drawn, piece(drawn, row, "nat")[0])
        for copy in copies:
            if text and copy.place and copy.place[2] == "pub":
                copy.text = text
        return drawn

    assert_only_unread(*damaged(change))
    assert_only_unread(*damaged(lambda drawn: change(drawn, "9999")), row)


def test_a_table_in_one_line_with_two_rows_of_numbers_is_not_assessable():
    found, _cells = damaged(lambda drawn: [*drawn, [Piece("3", "value") for _slot in drawn[0]]], "disputes")
    assert (raw(found), found.unread[0].reason) == ({}, "30/15")


@pytest.mark.parametrize("repeat", [False, True])
def test_a_table_turned_on_its_side_is_not_assessable(repeat):
    for key, rows in (("disputes", {""}), ("requests", None)):
        found, _cells = damaged(
            lambda drawn: unmerged([list(line) for line in zip(*drawn, strict=True)], repeat=repeat), key
        )
        assert raw(found) == {}
        assert rows is None or {row.key for row in found.unread} == rows


def test_a_table_that_stands_there_twice_is_refused_with_both_places():
    cells = numbered(form("2021"))
    parts = canvases("2021", cells)
    parts["requests"] = (parts["requests"], "上年度：", canvases("2021", cells)["requests"])
    with pytest.raises(InputError) as refused:
        read(book(form("2021"), parts))
    assert refused.value.code == "duplicate-table"
    assert "表2第4行第1格 与 表3第4行第1格" in refused.value.message["zh"]
    assert "table 2, row 4, cell 1 and table 3, row 4, cell 1" in refused.value.message["en"]


DAMAGES = ("across", "down", "label", "lost", "extra", "number", "shifted", "unlabelled", "swapped", "doubled")


@st.composite
def broken(draw, drawn):
    """A canvas or cells with something wrong: merged, lost, added, moved."""
    kind = draw(st.sampled_from(DAMAGES))
    seen = extents(drawn)
    values = [piece for piece in seen if piece.kind == "value"]
    one = draw(st.sampled_from(values))
    (top, left), (bottom, right) = seen[one][0], seen[one][-1]
    if kind in ("across", "label", "down"):
        row, column = {"across": (top, right + 1), "label": (top, left - 1), "down": (bottom + 1, left)}[kind]
        other = drawn[row][column] if 0 <= row < len(drawn) and 0 <= column < len(drawn[0]) else None
        if other is None or not _rectangle(seen, one, other, kind == "down"):
            return drawn
        text = draw(st.sampled_from([one.text + other.text, one.text + "\n" + other.text]))
        return merged(drawn, one, other, text)
    if kind in ("swapped", "doubled"):
        rows = [row for row in range(len(drawn)) if any(piece.kind == "value" for piece in drawn[row])]
        row, other = draw(st.sampled_from(rows)), draw(st.sampled_from(rows))
        if kind == "doubled":
            return doubled(drawn, row)[0]
        tall = [[piece for piece in drawn[at] if len({slot[0] for slot in seen[piece]}) > 1] for at in (row, other)]
        return swapped(drawn, row, other) if tall[0] == tall[1] else drawn
    if kind == "unlabelled":
        draw(st.sampled_from([piece for piece in seen if piece.kind in ("head", "label")])).text = ""
        return drawn
    made = Cells(drawn)
    row, index = draw(st.sampled_from(made.values()))
    if kind == "lost":
        return made.without(row, draw(st.integers(0, len(made.rows[row]) - 1)))
    if kind == "shifted":
        return made.shifted(row, index)
    return made.with_extra(row, index + draw(st.integers(0, 1)), "9" if kind == "number" else "")


def _rectangle(seen, one, other, down):
    """Whether two pieces make up a rectangle together, one below the other or side by side."""
    along = 1 if down else 0
    return {slot[along] for slot in seen[one]} == {slot[along] for slot in seen[other]}


@pytest.mark.parametrize("name", FORMS)
@settings(max_examples=100)
@given(data=st.data())
def test_a_row_of_a_damaged_grid_is_read_exactly_or_not_at_all(name, data):
    cells = data.draw(filled(form(name)))
    parts = {key: data.draw(broken(data.draw(arranged(drawn)))) for key, drawn in canvases(name, cells).items()}
    for key, table in read(book(form(name), parts)).tables.items():
        for row, values in raw(table).items():
            if len(values) > 1:
                assert values == cells[key][row]
            else:
                # What is left of a row with a single value is that value, an added one, or nothing.
                assert values[0] in (cells[key][row][0], "9", "")


# --- anything ---------------------------------------------------------------------------------------------------------

WORDS = (
    [name for table in form("2021").tables for row in table.rows for name in (row.label, row.label[:4])]
    + [column.label for table in form("2021").tables for column in table.columns]
    + [
        "",
        " ",
        "0",
        "7",
        "12\n88",
        "。",
        "一、总体情况",
        "平澜县水务局",
        "2025年1月16日",
        "附件：",
        "\n",
        "行政诉讼",
        "\t",
    ]
)


@settings(max_examples=150)
@given(data=st.data())
def test_whatever_stands_in_a_grid_is_read_or_refused(data):
    chance = random.Random(data.draw(st.integers(0, 2**32)))
    made = Book().text(*opening(form("2021"))) if chance.random() < 0.7 else Book()
    for _block in range(chance.randint(1, 4)):
        cells = Cells([])
        width = chance.choice([1, 2, 4, 9, 15])
        cells.rows = [
            [
                [0, Piece(chance.choice(WORDS)), chance.choice([1, 1, 1, 2, 9]), chance.choice([1, 1, 1, 2, 9])]
                for _cell in range(chance.randint(0, width))
            ]
            for _row in range(chance.randint(0, 40))
        ]
        made.grid(cells)
        if chance.random() < 0.5:
            made.text(*chance.choices(WORDS, k=3))
    code, tables = "", {}
    try:
        tables = read(made).tables
    except InputError as refused:
        code = refused.code
    assert code in ("", "not-a-report", "truncated", "duplicate-table", "several-reports")
    # A table may stand in the paragraphs between the grids as well.
    cells = [cell for table in tables.values() for cell in table.cells.values() if cell.span.table]
    assert all(cell.raw in made.piece(cell).text for cell in cells)
