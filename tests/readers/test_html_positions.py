"""Where the text of a page stands in its source: line and column of every character."""

import pickle

import pytest
from html_pieces import blocks, document, page, source_of
from hypothesis import given
from hypothesis import strategies as st

from gilint.limits import DEFAULT
from gilint.model import Grid
from gilint.readers.html import read
from gilint.readers.html.tree import unescape


def place(piece, start, end):
    """Where ``text[start:end]`` of the only line of a piece stands, as the source there."""
    (block,) = blocks(piece)
    lines = page(piece).decode().split("\n")
    return source_of(lines, block.origin.span(start, end))


@pytest.mark.parametrize(
    ("piece", "start", "end", "expected"),
    [
        ("<p>一、总体情况</p>", 2, 4, "总体"),
        ("<p>\n\n  一、总体情况</p>", 0, 2, "一、"),
        ("<p>甲&nbsp;乙</p>", 1, 2, "&nbsp;"),
        ("<p>甲&nbsp;乙</p>", 2, 3, "乙"),
        ("<p>甲&#20013;乙</p>", 0, 2, "甲&#20013;"),
        ("<p>甲&copy2</p>", 1, 2, "&copy"),
        ("<p>甲&copy2</p>", 2, 3, "2"),
        ("<p>甲&lt;p&gt;乙</p>", 1, 4, "&lt;p&gt;"),
        ("<p>a\n  b</p>", 1, 2, "\n  "),
        ("<p>信\n  息</p>", 0, 2, "信\n  息"),
        ("<p>甲<b title='a>b'>乙</b>丙</p>", 1, 2, "乙"),
        ("<p>甲<b>乙</b>丙</p>", 0, 3, "甲<b>乙</b>丙"),
        ("<p>甲<!-- <b>乙</b> -->乙</p>", 1, 2, "乙"),
        ("<p>甲</font>乙</p>", 1, 2, "乙"),
        ("<p>甲 < 乙 & 丙</p>", 2, 7, "< 乙 &"),
        ('<p>甲<span style="display:none">乙</span>乙</p>', 1, 2, "乙"),
        ("<p>甲<script>if (a<b) '乙'</script>乙</p>", 1, 2, "乙"),
        ("<div><p></p>甲</div>", 0, 1, "甲"),
        ("<ol><li>甲</ol>", 0, 3, ""),
        ("<ol><li>甲</ol>", 3, 4, "甲"),
        ("<pre>\n  甲\t乙</pre>", 2, 5, "甲\t乙"),
        ("<p>𠀀甲</p>", 1, 2, "甲"),
    ],
)
def test_a_slice_of_a_line_leads_to_its_source(piece, start, end, expected):
    assert place(piece, start, end) == expected


@pytest.mark.parametrize(
    ("piece", "expected"),
    [
        ("<p>甲</p>甲<p>甲</p>", [(4, 5), (9, 10), (13, 14)]),
        ("甲<br>甲", [(1, 2), (6, 7)]),
        ("<table><tr><td>甲<td>1</table>甲", [(16, 17), (21, 22), (30, 31)]),
        ("<table>甲<tr><td>甲<td>1</table>", [(8, 9), (17, 18), (22, 23)]),
        ("<p><b>甲<p>甲", [(7, 8), (11, 12)]),
        ("<pre>甲甲</pre><p hidden>甲</p>甲", [(6, 8), (29, 30)]),
    ],
)
def test_equal_texts_each_have_their_own_place(piece, expected):
    """Text that stands before its table in the tree and behind its tag in the source is among them."""
    start = page("").decode().index("</p>") + 4
    found = []
    for block in blocks(piece):
        for row in block.rows if isinstance(block, Grid) else ((block,),):
            found.extend(cell.origin.span(0, len(cell.text)) for cell in row)
    assert [(span.column - start, span.end_column - start) for span in found] == expected


def test_line_ends_of_every_kind_are_counted_once():
    document = read(page("<p>\r\n甲</p>\r<p>乙</p>\n<p>丙</p>"), "page.html", DEFAULT)
    places = [block.origin.span(0, 1) for block in document.blocks]
    assert [(span.line, span.column) for span in places[1:4]] == [(2, 1), (3, 4), (4, 4)]


def test_a_mark_at_the_start_is_no_character():
    data = b"\xef\xbb\xbf<p>" + "甲乙丙丁戊己庚辛。".encode() * 9
    assert str(read(data, "page.html", DEFAULT).blocks[0].origin.span(0, 1)) == "1:4"


def test_a_slice_of_nothing_has_a_place():
    (block,) = blocks("<p>甲乙</p>")
    span = block.origin.span(1, 1)
    assert (span.line, span.column) == (span.end_line, span.end_column)


def test_a_blank_cell_has_the_place_of_its_cell():
    grid = next(block for block in document("<table><tr><td>甲<td><td>1</table>").blocks if isinstance(block, Grid))
    column = page("").decode().index("</p>") + 5
    assert grid.rows[0][1].origin.span(0, 0).column == column + len("<table><tr><td>甲")


def test_a_document_travels_to_another_process_with_its_places():
    first = document("<p>甲&nbsp;乙</p><table><tr><td>丙<td>1</table>")
    again = pickle.loads(pickle.dumps(first))  # noqa: S301 (our own bytes)
    assert again == first
    assert again.blocks[1].origin.span(2, 3) == first.blocks[1].origin.span(2, 3)


def test_a_page_of_many_megabytes_keeps_the_places_and_not_the_megabytes():
    picture = f'<img src="data:image/png;base64,{"A" * 2_000_000}">'
    piece = f"<p>甲&nbsp;乙{picture}丙</p><table><tr><td>丁<td>1</table>"
    large, small = document(piece), document(piece.replace(picture, "<img src=a.png>"))
    assert len(pickle.dumps(large)) < 20_000
    again = pickle.loads(pickle.dumps(large))  # noqa: S301 (our own bytes)
    assert again == large
    assert [block.text for block in large.blocks[:2]] == [block.text for block in small.blocks[:2]]
    assert again.blocks[1].origin.span(2, 3) == small.blocks[1].origin.span(2, 3)
    far, near = (found.blocks[1].origin.span(3, 4) for found in (again, small))
    assert far.column == near.column + len(picture) - len("<img src=a.png>")


# --- any page ---------------------------------------------------------------------------------------------------------

WORDS = (
    "字", "一、", "a", "288", "，", "。", "“", "b c", "  ", "\n", "\t", "\r\n", "&nbsp;", "&#20013;", "&#x4e00;",
    "&ensp;", "&amp;", "&lt;p&gt;", "&copy", "&nbsp2", "&hellip;", "&unknown;", "&", "< ", "\u3000", "\xa0", "𠀀",
    "&#10;", "&#xD800;",
)  # fmt: skip
UNSEEN = (
    "<!-- c <b>x</b> -->", "<img src=a>", "</x>", "<wbr>", '<span style="display:none">隐<b>x</b></span>', "<![if !x]>",
    '<script>if(a<b)"<p>x</p>"</script>', "<style>p{}</style>", "<!---->", '<input value="a>b">',
    "<svg><text>v</text></svg>", "<select><option>x</select>", "<ruby>字<rt>zi</rt></ruby>",
)  # fmt: skip
PIECE = st.one_of(st.sampled_from(WORDS), st.sampled_from(UNSEEN), st.sampled_from(WORDS))
AROUND = st.sampled_from(
    ("<span>{}</span>", "<b>{}</b>", '<font color="a>b">{}</font>', '<a href="x?a=1&amp;b=2">{}</a>', "<u>{}")
)
INLINE = st.recursive(
    st.lists(PIECE, max_size=5).map("".join),
    lambda inner: st.tuples(AROUND, inner, inner).map(lambda parts: parts[0].format(parts[1]) + parts[2]),
    max_leaves=6,
)
BLOCK = st.one_of(
    INLINE.map("<p>{}</p>\n".format),
    INLINE.map("<h2>{}</h2>".format),
    INLINE.map("{}<br>".format),
    st.tuples(INLINE, INLINE, INLINE).map("<div>{0[0]}<p>{0[1]}</p>{0[2]}</div>".format),
    st.lists(
        st.lists(INLINE.map("<td>{}</td>".format), min_size=2, max_size=3).map("".join), min_size=1, max_size=2
    ).map(lambda rows: f"<table>{''.join(f'<tr>{row}</tr>' for row in rows)}</table>"),
    st.tuples(INLINE, INLINE).map("<table><tr><td>1</td><td><p>{0[0]}</p>\n<p>{0[1]}</p></td></tr></table>".format),
)


@given(st.lists(BLOCK, min_size=1, max_size=4).map("".join))
def test_the_source_of_a_character_says_this_character(piece):
    """Each character leads to a part of the source that stands for it, and the parts follow each other."""
    data = page(piece)
    lines = data.decode().replace("\r\n", "\n").split("\n")
    for block in read(data, "page.html", DEFAULT).blocks:
        for row in block.rows if isinstance(block, Grid) else ((block,),):
            for cell in row:
                before = (0, 0)
                for at, character in enumerate(cell.text):
                    span = cell.origin.span(at, at + 1)
                    said = unescape(source_of(lines, span))
                    blank = character in " \n" and not said.strip()
                    assert said == character or blank, (cell.text, at, said)
                    assert before <= (span.line, span.column)
                    before = span.line, span.column
