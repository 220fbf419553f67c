"""Tables drawn with aligned columns, whatever stands in them."""

import miyun_result as miyun
from hypothesis import given
from hypothesis import strategies as st

from gilint.form import FormColumn, FormRow
from gilint.reporters.layout import line_width
from gilint.reporters.tables import Drawing, Mark, draw, proposed
from gilint.text import width

LABELS = st.text("一二三（）公开ab c,、.1", min_size=1, max_size=40)
RAWS = st.one_of(st.integers().map(str), st.text("0123456789.,-—无 （件）\t\n", max_size=40), st.just(""))
MARKS = st.one_of(
    st.none(),
    st.builds(
        Mark,
        st.just("error"),
        st.one_of(st.none(), st.integers().map(proposed), st.decimals(allow_nan=False).map(proposed)),
        st.booleans(),
    ),
)


@st.composite
def drawings(draw_from):
    rows = tuple(
        FormRow(f"r{at}", label, (), (), (), None)
        for at, label in enumerate(draw_from(st.lists(LABELS, min_size=1, max_size=5)))
    )
    columns = tuple(
        FormColumn(f"c{at}", label, (), None)
        for at, label in enumerate(draw_from(st.lists(LABELS, min_size=1, max_size=9)))
    )
    keys = tuple(column.key for column in columns)
    rows = tuple(row.replace(columns=keys) for row in rows)
    places = [(row.key, key) for row in rows for key in keys]
    raws = draw_from(st.lists(RAWS, min_size=len(places), max_size=len(places)))
    table = miyun.requests()
    blank = table["open", "nat"]
    table = table.replace(cells={place: blank.replace(raw=raw) for place, raw in zip(places, raws, strict=True)})
    marks = draw_from(st.lists(MARKS, min_size=len(places), max_size=len(places)))
    marked = {place: mark for place, mark in zip(places, marks, strict=True) if mark is not None}
    part = draw_from(st.one_of(st.none(), st.just(frozenset(places[::2]))))
    form = miyun.form().table("requests").replace(rows=rows, columns=columns)
    return Drawing(table, form, rows, keys, marked, part)


@given(drawings(), st.integers(35, 120))
def test_no_line_is_wider_than_its_room(drawing, cells):
    assert [each for each in draw(drawing, cells) if line_width(each) > cells] == []


@given(drawings(), st.integers(35, 120))
def test_every_figure_of_a_column_ends_where_the_others_do(drawing, cells):
    lines = draw(drawing.replace(columns=drawing.columns[:1]), cells)
    rows = lines[-len(drawing.rows) :]
    assert len({line_width(each) for each in rows}) == 1


@given(drawings(), st.integers(35, 120))
def test_every_mark_is_drawn(drawing, cells):
    text = "".join(piece for each in draw(drawing, cells) for piece, _style in each)
    marks = [drawing.marks[place] for place in drawing.marks]
    assert text.count(" → ") == sum(mark.proposal is not None and not mark.aside for mark in marks)


def test_a_proposal_is_written_as_it_would_stand_in_a_cell():
    assert proposed(None) == "·"
    assert proposed(-3) == "-3"
    assert proposed(miyun.Decimal("1E+3")) == "1000"
    assert proposed(miyun.Decimal("0.50")) == "0.50"
    assert width(proposed("a\x1b[2J\n")) > 0
    assert "\x1b" not in proposed("a\x1b[2J\n")
