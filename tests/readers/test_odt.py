"""Text of OpenDocument: what counts, what is left out, what is told, where it stands."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from odt_pieces import SPACES, cell, h, notes, odt, p, read_odt, row, seen, table

from gilint.errors import InputError
from gilint.limits import DEFAULT, Limits
from gilint.model import Grid
from gilint.readers import docx
from gilint.readers.odt import read

DATA = Path(__file__).parent.parent / "data" / "formats"


def places(document):
    return [block.origin.span(0, len(block.text)).as_dict() for block in document.blocks if not isinstance(block, Grid)]


# --- what LibreOffice Writer writes -----------------------------------------------------------------------------------


def without_places(document):
    return [
        (block.text, block.level)
        if not isinstance(block, Grid)
        else [[(cell.text, cell.row_span, cell.column_span) for cell in row] for row in block.rows]
        for block in document.blocks
    ]


@pytest.mark.parametrize("name", ["odt-writer.odt", "docx-writer.fodt"])
def test_a_document_of_writer_reads_as_its_word_file_does(name):
    word = docx.read((DATA / "docx-writer.docx").read_bytes(), "report.docx", DEFAULT)
    document = read((DATA / name).read_bytes(), name, DEFAULT)
    assert without_places(document) == without_places(word)
    assert notes(document) == notes(word) == {"tracked-changes": 2, "comments": 1, "hidden-text": 1}
    assert places(document) == [{**place, "kind": "odt"} for place in places(word)]
    assert document.metadata["title"] == word.metadata["title"]


# --- text inside paragraphs -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("content", "text"),
    [
        ("甲乙", "甲乙"),
        ("甲<text:span>乙</text:span>丙<text:a>丁</text:a>", "甲乙丙丁"),
        ("甲<text:s/>乙<text:s text:c='3'/>丙", "甲 乙   丙"),
        ("甲<text:tab/>乙", "甲\t乙"),
        ("  甲 \n\t 乙  ", "甲 乙 "),
        ("甲 <text:span> 乙</text:span>", "甲 乙"),
        ("<text:s/> 甲", "  甲"),
        ("\u3000\u3000甲", "\u3000\u3000甲"),
        ("<text:page-number>3</text:page-number>页", "3页"),
        ("<text:bookmark-start text:name='a'/>甲<text:bookmark-end text:name='a'/>", "甲"),
        ("<text:ruby><text:ruby-base>汉</text:ruby-base><text:ruby-text>hàn</text:ruby-text></text:ruby>字", "汉字"),
        ("甲<office:annotation><dc:creator>人</dc:creator><text:p>批注</text:p></office:annotation>乙", "甲乙"),
        ("甲<text:soft-page-break/>乙", "甲乙"),
        ("甲<text:change text:change-id='1'/>乙<text:change-start text:change-id='2'/>丙<text:change-end/>", "甲乙丙"),
    ],
)
def test_the_text_of_a_paragraph(content, text):
    assert seen(p(content)) == [text]
    assert seen(table(row(cell(p(content)), "1"))) == [[[text, "1"]]]


def test_a_number_of_spaces_that_is_a_trap_stays_small():
    (text,) = seen(p("甲<text:s text:c='999999999'/>乙"))
    assert len(text) == 1002


def test_a_line_break_makes_lines_of_one_paragraph():
    document = read_odt(p("北京市<text:line-break/>年度报告") + p("后"))
    assert [block.text for block in document.blocks] == ["北京市", "年度报告", "后"]
    assert places(document) == [
        {"kind": "odt", "paragraph": 1, "start": 0, "end": 3},
        {"kind": "odt", "paragraph": 1, "start": 4, "end": 8},
        {"kind": "odt", "paragraph": 2, "start": 0, "end": 1},
    ]


def test_headings_have_their_level():
    assert [block.level for block in read_odt(h("一") + h("二", 2) + p("三")).blocks] == [1, 2, 0]


@given(st.lists(st.text("甲乙 a1", min_size=1, max_size=6), min_size=1, max_size=5))
def test_any_slice_of_a_paragraph_has_its_place(parts):
    text = "".join(part.replace(" ", "<text:s/>") for part in parts)
    document = read_odt(p(text) + p("尾"))
    block = document.blocks[0]
    assert block.text == "".join(parts)
    for start in range(len(block.text)):
        span = block.origin.span(start, len(block.text))
        assert (span.start, span.end, span.paragraph) == (start, len(block.text), 1)


# --- notes at the foot, text boxes, sections --------------------------------------------------------------------------


def foot(text, kind="footnote"):
    return (
        f'<text:note text:note-class="{kind}"><text:note-citation>1</text:note-citation>'
        f"<text:note-body>{text}</text:note-body></text:note>"
    )


def test_footnotes_stand_behind_their_paragraph():
    document = read_odt(p("甲", foot(p("注一"))) + p("乙", foot(p("注二") + p("续"), "endnote"), "丙"))
    assert [block.text for block in document.blocks] == ["甲", "注一", "乙丙", "注二", "续"]
    assert [place.get("footnote", 0) for place in places(document)] == [0, 1, 0, 2, 2]
    assert document.blocks[1].origin.span(0, 2).describe("zh") == "脚注1"


def test_footnotes_of_a_table_stand_behind_it():
    assert seen(table(row(cell(p("甲", foot(p("注")))), "1"))) == [[["甲", "1"]], "注"]


def box(*content):
    return f"<draw:frame><draw:text-box>{''.join(content)}</draw:text-box></draw:frame>"


def test_text_boxes_stand_behind_the_paragraph_that_they_are_tied_to():
    body = p("甲", box(p("框一"), table(row("1", "2"))), "乙") + p("丙")
    assert seen(body) == ["甲乙", "框一", [["1", "2"]], "丙"]


def test_text_in_shapes_and_groups_is_text():
    shape = f"<draw:custom-shape>{p('形一')}</draw:custom-shape>"
    shapes = f"<draw:g><svg:title>替代文字</svg:title>{shape}{box(p('形二'))}</draw:g>"
    assert seen(p("甲", shapes)) == ["甲", "形一", "形二"]
    assert seen(shapes + p("甲")) == ["形一", "形二", "甲"]


def test_a_text_box_in_a_cell_belongs_to_the_cell():
    assert seen(table(row(cell(p("甲", box(p("框")))), "1"))) == [[["甲\n框", "1"]]]


def test_sections_and_indexes_are_read_where_they_stand():
    index = (
        "<text:table-of-content><text:table-of-content-source/>"
        f"<text:index-body><text:index-title>{p('目录')}</text:index-title>{p('一、总体')}</text:index-body></text:table-of-content>"
    )
    assert seen(index + f"<text:section>{p('甲')}</text:section>") == ["目录", "一、总体", "甲"]


def test_what_is_no_content_is_left_out():
    body = "<text:sequence-decls/><office:forms/><text:soft-page-break/>" + p("甲")
    assert seen(body) == ["甲"]


# --- changes, comments, hidden text, pictures -------------------------------------------------------------------------


def test_deleted_text_is_left_out_and_changes_are_told():
    region = "<text:changed-region><text:deletion><office:change-info/>{}</text:deletion></text:changed-region>"
    changes = f"<text:tracked-changes>{region.format(p('删去')) * 2}</text:tracked-changes>"
    document = read_odt(changes + p("甲") + p("乙<text:change/>丙"))
    assert [block.text for block in document.blocks] == ["甲", "乙丙"]
    assert notes(document) == {"tracked-changes": 2}
    assert document.notes[0].origin.span(0, 1).paragraph == 2


def test_comments_are_told():
    document = read_odt(p("甲") + p("乙<office:annotation/>") + table(row(cell(p("<office:annotation/>1")), "2")))
    assert notes(document) == {"comments": 2}
    assert document.notes[0].origin.span(0, 1).paragraph == 2


HIDDEN = '<style:style style:name="T1" style:family="{}"{}><style:text-properties text:display="{}"/></style:style>'


def test_hidden_text_is_left_out_and_told():
    document = read_odt(
        p("甲<text:span text:style-name='T1'>隐</text:span>乙"), automatic=HIDDEN.format("text", "", "none")
    )
    assert [block.text for block in document.blocks] == ["甲乙"]
    assert notes(document) == {"hidden-text": 1}


def test_a_style_may_be_hidden_by_the_one_that_it_is_based_on():
    based = '<style:style style:name="T2" style:family="text" style:parent-style-name="T1"/>'
    hidden = HIDDEN.format("text", "", "none")
    document = read_odt(p("甲<text:span text:style-name='T2'>隐</text:span>乙"), automatic=based, styles=hidden)
    assert [block.text for block in document.blocks] == ["甲乙"]


def test_a_style_may_show_what_the_one_that_it_is_based_on_hides():
    shown = HIDDEN.format("text", ' style:parent-style-name="T0"', "true")
    hidden = HIDDEN.format("text", "", "none").replace("T1", "T0")
    document = read_odt(p("甲<text:span text:style-name='T1'>显</text:span>"), automatic=shown, styles=hidden)
    assert [block.text for block in document.blocks] == ["甲显"]


def test_styles_that_are_based_on_each_other_end():
    circle = "".join(
        f'<style:style style:name="T{one}" style:family="text" style:parent-style-name="T{3 - one}"/>' for one in (1, 2)
    )
    hidden = HIDDEN.format("text", "", "none").replace("T1", "T3")
    assert seen(p("甲<text:span text:style-name='T1'>乙</text:span>"), automatic=circle + hidden) == ["甲乙"]


def test_hidden_paragraphs_and_sections_are_left_out_and_told():
    body = (
        p("隐一", style="T1")
        + p("", style="T1")
        + f"<text:section text:display='none'>{p('隐二')}</text:section>"
        + f"<text:section text:display='condition' text:is-hidden='true'>{p('隐三')}</text:section>"
        + p("<text:hidden-paragraph text:is-hidden='true'/>隐四")
        + p("甲<text:hidden-text text:is-hidden='true'>隐五</text:hidden-text>")
        + table(row(cell(p("乙"), p("隐六", style="T1")), "1"))
    )
    document = read_odt(body, automatic=HIDDEN.format("paragraph", "", "none"))
    assert [block.text for block in document.blocks[:-1]] == ["甲"]
    assert document.blocks[-1].rows[0][0].text == "乙"
    assert notes(document) == {"hidden-text": 6}


def test_pictures_and_objects_are_told():
    pictures = "<draw:frame><draw:image/><draw:image/><svg:desc>描述</svg:desc></draw:frame>"
    objects = "<draw:frame><draw:object/><draw:image/></draw:frame>"
    document = read_odt(p("甲", pictures, objects) + pictures + table(row(cell(p(pictures)), "1")))
    assert [block.text for block in document.blocks[:1]] == ["甲"]
    assert notes(document) == {"pictures": 3, "embedded-objects": 1}
    assert document.keeps_tables is None
    assert read_odt(p("甲")).keeps_tables is True


def test_the_metadata_of_a_document():
    meta = (
        "<dc:title> 年报 </dc:title><meta:initial-creator>甲</meta:initial-creator><dc:creator>乙</dc:creator>"
        "<meta:creation-date>2025-01-20T08:30:00</meta:creation-date><dc:date>2025-01-21</dc:date><dc:subject/>"
    )
    assert read_odt(p("甲"), meta=meta).metadata == {
        "title": "年报",
        "author": "甲",
        "created": "2025-01-20T08:30:00",
        "modified": "2025-01-21",
    }
    assert read_odt(p("甲")).metadata == {}


# --- refusals ---------------------------------------------------------------------------------------------------------


def refusal(data, limits=DEFAULT):
    with pytest.raises(InputError) as caught:
        read(data, "report.odt", limits)
    return caught.value.code


def test_a_document_without_text_is_empty():
    assert refusal(odt("")) == "empty"
    assert refusal(odt(p(" ") + table(row("", " ")))) == "empty"


def test_a_document_of_pictures_has_no_text():
    assert refusal(odt(p("<draw:frame><draw:image/></draw:frame>"))) == "no-text"


def test_a_document_of_another_kind_is_damaged():
    assert (
        refusal(f"<office:document {SPACES}><office:body><office:drawing/></office:body></office:document>".encode())
        == "damaged"
    )


def test_a_document_that_is_cut_off_is_damaged():
    assert refusal(f"<office:document {SPACES}><office:body><office:text>{p('甲')}".encode()) == "damaged"
    assert refusal(odt(p("甲"))[:-60]) == "damaged"


def test_entities_are_refused():
    flat = f"<!DOCTYPE x [<!ENTITY a '甲'>]><office:document {SPACES}/>"
    assert refusal(flat.encode()) == "entities"


def test_too_many_paragraphs_are_refused():
    assert refusal(odt(p("甲") * 12), Limits(lines=10)) == "too-large"
    assert len(read(odt(p("甲") * 11), "report.odt", Limits(lines=10)).blocks) == 11


def test_deep_nesting_is_damage_and_not_a_fault():
    body = "<text:section>" * 5000 + p("甲") + "</text:section>" * 5000
    assert refusal(odt(body)) == "damaged"
    deep = 60
    assert seen("<text:section>" * deep + p("甲") + "</text:section>" * deep) == ["甲"]
