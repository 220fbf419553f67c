"""Text of Word documents: what each element of a paragraph stands for, and what is no text."""

import docx_pieces as pieces
import pytest
from docx_pieces import opened, paragraph, run, texts

from gilint.errors import InputError

BREAK, TAB = "<w:r><w:br/></w:r>", "<w:r><w:tab/></w:r>"


def bare(content):
    """A run with a text that does not say that its white space counts."""
    return f"<w:r><w:t>{content}</w:t></w:r>"


INLINE = {
    "runs": (run("全年公开") + run("30条。"), "全年公开30条。"),
    "tab": (run("联系人") + TAB + run("张某"), "联系人\t张某"),
    "aligned tab": (run("甲") + "<w:r><w:ptab/></w:r>" + run("乙"), "甲\t乙"),
    "tab stops are no tabs": ('<w:pPr><w:tabs><w:tab w:val="left" w:pos="720"/></w:tabs></w:pPr>' + run("甲"), "甲"),
    "hyphen": (run("2024") + "<w:r><w:noBreakHyphen/></w:r>" + run("1"), "2024-1"),
    "soft hyphen": (run("公") + "<w:r><w:softHyphen/></w:r>" + run("开"), "公开"),
    "full-width blank": (run("　　本机关"), "　　本机关"),
    "no-break space": (run("7\u00a0"), "7\u00a0"),
    "white space that counts": (run(" 7 "), " 7 "),
    "white space that does not": (bare("\n    7\n  "), "7"),
    "line end in a text": (bare("甲\n乙"), "甲 乙"),
    "character reference": (bare("A&amp;B&#x4E00;"), "A&B一"),
    "link": (f'<w:hyperlink r:id="r9">{run("网站")}</w:hyperlink>' + run("公开"), "网站公开"),
    "bookmarks and marks of checkers": (
        '<w:bookmarkStart w:id="1" w:name="a"/><w:proofErr w:type="spellStart"/>'
        + run("甲")
        + '<w:bookmarkEnd w:id="1"/>',
        "甲",
    ),
    "smart tag": (f"<w:smartTag>{run('北京')}</w:smartTag>" + run("市"), "北京市"),
    "control": (f"<w:sdt><w:sdtPr/><w:sdtContent>{run('2024')}</w:sdtContent></w:sdt>" + run("年"), "2024年"),
    "ruby": (
        f"<w:r><w:ruby><w:rubyPr/><w:rt>{run('lián')}</w:rt><w:rubyBase>{run('濂')}</w:rubyBase></w:ruby></w:r>"
        + run("溪"),
        "濂溪",
    ),
    "formula": ("<m:oMath><m:r><m:t>a=1</m:t></m:r></m:oMath>", "a=1"),
    "check box of a symbol font": ('<w:r><w:sym w:font="Wingdings 2" w:char="F052"/></w:r>' + run("公开"), "☑公开"),
    "letter by its code": ('<w:r><w:sym w:font="宋体" w:char="2460"/></w:r>', "①"),
    "letter in the private area": ('<w:r><w:sym w:font="Arial" w:char="F041"/></w:r>', "A"),
    "symbol without a code": ('<w:r><w:sym w:font="Arial" w:char="zz"/></w:r>' + run("甲"), "甲"),
    "surrogate as a symbol": ('<w:r><w:sym w:font="Arial" w:char="D800"/></w:r>' + run("甲"), "甲"),
    "emoji": (run("好😀的"), "好😀的"),
}


@pytest.mark.parametrize(("content", "text"), INLINE.values(), ids=INLINE)
def test_a_paragraph_reads_as_it_prints(content, text):
    assert texts(f"<w:p>{content}</w:p>" + paragraph("。")) == [text, "。"]


def field(instruction, result):
    part = '<w:r><w:fldChar w:fldCharType="{}"/></w:r>'.format
    return part("begin") + instruction + part("separate") + result + part("end")


def instruction(text):
    return f"<w:r><w:instrText>{text}</w:instrText></w:r>"


def test_of_a_field_the_result_is_text():
    simple = f'<w:fldSimple w:instr="DATE">{run("1月")}</w:fldSimple>'
    assert texts(paragraph(run("于") + field(instruction(" DATE "), run("2025年")) + simple)) == ["于2025年1月"]


def test_results_inside_an_instruction_are_no_text():
    inner = field(instruction(" PAGE "), run("3"))
    outer = field(instruction("IF ") + inner + instruction(" = 1"), run("首页"))
    assert texts(paragraph(outer + run("完"))) == ["首页完"]


def test_a_field_without_result_leaves_nothing():
    marks = '<w:r><w:fldChar w:fldCharType="begin"/></w:r>{}<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    assert texts(paragraph(run("甲") + marks.format(instruction(' XE "索引" ')) + run("乙"))) == ["甲乙"]


def test_a_field_that_never_ends_does_not_swallow_the_paragraphs_below():
    begin = '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
    assert texts(paragraph(run("甲") + begin + run("乙")) + paragraph("丙")) == ["甲", "丙"]


def test_entries_of_a_table_of_contents_are_text():
    part = '<w:r><w:fldChar w:fldCharType="{}"/></w:r>'.format
    page = field(instruction(" PAGEREF _Toc1 "), run("1"))
    body = paragraph(part("begin") + instruction(" TOC ") + part("separate") + run("一、总体情况") + TAB + page)
    body += paragraph(run("二、主动公开") + TAB + page) + paragraph(part("end"))
    assert texts(body) == ["一、总体情况\t1", "二、主动公开\t1", ""]


# --- lines ------------------------------------------------------------------------------------------------------------


def test_lines_of_a_paragraph_are_paragraphs_with_their_places():
    body = paragraph("一") + paragraph(run("某某局") + BREAK + run("2024年报告") + "<w:r><w:cr/></w:r>" + run("全文"))
    blocks = opened(body).blocks
    assert [block.text for block in blocks] == ["一", "某某局", "2024年报告", "全文"]
    assert [block.origin.span(0, 2).as_dict() for block in blocks[1:]] == [
        {"kind": "docx", "paragraph": 2, "start": start, "end": start + 2} for start in (0, 4, 12)
    ]


def test_a_page_break_parts_what_stands_before_from_what_stands_behind():
    assert texts(paragraph(run("甲") + '<w:r><w:br w:type="page"/></w:r>' + run("乙"))) == ["甲", "乙"]


def test_empty_paragraphs_stay():
    assert texts(paragraph("甲") + paragraph() + paragraph("乙")) == ["甲", "", "乙"]


# --- text in boxes and controls ---------------------------------------------------------------------------------------


def test_content_controls_around_paragraphs_are_looked_into():
    inside = f"<w:sdt><w:sdtPr/><w:sdtContent>{paragraph('乙')}{paragraph('丙')}</w:sdtContent></w:sdt>"
    body = paragraph("甲") + f'<w:customXml w:element="x">{inside}</w:customXml>' + paragraph("丁")
    blocks = opened(body).blocks
    assert [(block.text, block.origin.paragraph) for block in blocks] == [("甲", 1), ("乙", 2), ("丙", 3), ("丁", 4)]


DRAWN = (
    '<w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><a:graphic><a:graphicData><wps:wsp><wps:txbx>'
    "<w:txbxContent>{0}</w:txbxContent></wps:txbx></wps:wsp></a:graphicData></a:graphic></w:drawing></mc:Choice>"
    "<mc:Fallback><w:pict><v:shape><v:textbox><w:txbxContent>{0}</w:txbxContent></v:textbox></v:shape></w:pict>"
    "</mc:Fallback></mc:AlternateContent></w:r>"
)
OLD = "<w:r><w:pict><v:shape><v:textbox><w:txbxContent>{}</w:txbxContent></v:textbox></v:shape></w:pict></w:r>"


@pytest.mark.parametrize("box", [DRAWN, OLD], ids=["drawn", "old"])
def test_a_text_box_follows_its_anchor_and_is_read_once(box):
    body = paragraph(run("甲") + box.format(paragraph("框一") + paragraph("框二")) + run("乙")) + paragraph("丙")
    blocks = opened(body).blocks
    assert [(block.text, block.origin.paragraph) for block in blocks] == [
        ("甲乙", 1),
        ("框一", 2),
        ("框二", 3),
        ("丙", 4),
    ]


def test_text_boxes_of_one_paragraph_keep_their_order():
    boxes = "".join(OLD.format(paragraph(text)) for text in "甲乙丙")
    assert texts(paragraph(boxes) + paragraph("丁")) == ["", "甲", "乙", "丙", "丁"]


def test_a_table_in_a_text_box_is_a_table():
    box = OLD.format(pieces.table(pieces.row("规章", "0")) + paragraph())
    assert texts(paragraph(run("甲") + box)) == ["甲", [["规章", "0"]], ""]


def test_where_the_first_choice_is_empty_the_next_is_read():
    empty = f'<mc:Choice Requires="x"/><mc:Fallback>{run("甲")}</mc:Fallback>'
    assert texts(paragraph(f"<mc:AlternateContent>{empty}</mc:AlternateContent>")) == ["甲"]


# --- footnotes --------------------------------------------------------------------------------------------------------


def test_footnotes_follow_the_paragraph_that_refers_to_them():
    def note(number, *paragraphs):
        return f'<w:footnote w:id="{number}">{"".join(paragraphs)}</w:footnote>'

    reference = '<w:r><w:footnoteReference w:id="{}"/></w:r>'.format
    body = paragraph(run("甲") + reference(2) + run("乙") + '<w:r><w:endnoteReference w:id="2"/></w:r>')
    body += paragraph(run("丙") + reference(3))
    blocks = opened(
        body,
        footnotes=note(-1, paragraph("分隔"))
        + note(2, paragraph(run(" 注一")), paragraph("续"))
        + note(3, paragraph("注三")),
        endnotes=f'<w:endnote w:id="2">{paragraph("注二")}</w:endnote>',
    ).blocks
    assert [block.text for block in blocks] == ["甲乙", "注一", "续", "注二", "丙", "注三"]
    assert [str(block.origin.span(0, 1)) for block in blocks] == [
        "p1:1",
        "note1:1",
        "note1:4",
        "note2:1",
        "p2:1",
        "note3:1",
    ]
    assert [block.origin.span(0, 1).as_dict()["paragraph"] for block in blocks] == [1, 1, 1, 1, 2, 2]
    orders = [block.origin.span(0, 1).order for block in blocks]
    assert orders == sorted(orders)


def test_a_footnote_in_a_table_follows_the_table():
    body = pieces.table(
        pieces.row(pieces.cell(paragraph(run("总计") + '<w:r><w:footnoteReference w:id="5"/></w:r>')), "1")
    )
    document = opened(body + paragraph("甲"), footnotes=f'<w:footnote w:id="5">{paragraph("含街道")}</w:footnote>')
    assert [block.text for block in document.blocks[1:]] == ["含街道", "甲"]
    span = document.blocks[1].origin.span(0, 3)
    assert span.as_dict() == {"kind": "docx", "table": 1, "row": 1, "cell": 1, "footnote": 1, "start": 0, "end": 3}


def test_a_note_that_is_referred_to_again_is_read_once():
    body = paragraph(run("甲") + '<w:r><w:footnoteReference w:id="5"/></w:r>' * 2)
    assert texts(body * 2, footnotes=f'<w:footnote w:id="5">{paragraph("注")}</w:footnote>') == ["甲", "注", "甲"]


def test_a_footnote_that_is_not_there_is_nothing():
    assert texts(paragraph(run("甲") + '<w:r><w:footnoteReference w:id="5"/></w:r>')) == ["甲"]


# --- hidden text ------------------------------------------------------------------------------------------------------


def kinds(document):
    return {
        note.kind: (note.count, None if note.origin is None else str(note.origin.span(0, 0))) for note in document.notes
    }


def style(key, kind, properties, base=None):
    based = f'<w:basedOn w:val="{base}"/>' if base else ""
    return f'<w:style w:type="{kind}" w:styleId="{key}"><w:name w:val="{key}"/>{based}{properties}</w:style>'


VANISH = "<w:rPr><w:vanish/></w:rPr>"


def test_hidden_text_is_left_out_and_told():
    body = paragraph(
        run("甲") + run("藏", "<w:vanish/>") + run("藏", "<w:vanish/>") + run("乙") + run("藏", "<w:vanish/>")
    )
    document = opened(paragraph("零") + body)
    assert [block.text for block in document.blocks] == ["零", "甲乙"]
    assert kinds(document) == {"hidden-text": (2, "p2:1")}


def test_what_is_hidden_only_on_web_pages_is_text():
    assert texts(paragraph(run("甲", "<w:webHidden/>") + run("乙", '<w:vanish w:val="0"/>'))) == ["甲乙"]


def test_styles_hide_text_unless_the_run_says_otherwise():
    styles = pieces.NORMAL + style("Base", "character", VANISH) + style("Derived", "character", "", "Base")
    hidden, shown = '<w:rStyle w:val="Derived"/>', '<w:rStyle w:val="Derived"/><w:vanish w:val="false"/>'
    document = opened(paragraph(run("甲", hidden) + run("乙", shown) + run("丙")), styles=styles)
    assert [block.text for block in document.blocks] == ["乙丙"]
    assert kinds(document) == {"hidden-text": (1, "p1:1")}


def test_a_hidden_paragraph_leaves_no_empty_one():
    styles = pieces.NORMAL + style("Gone", "paragraph", VANISH)
    assert texts(paragraph("甲") + paragraph("藏", style="Gone") + paragraph("乙"), styles=styles) == ["甲", "乙"]


def test_two_styles_that_hide_cancel_each_other():
    styles = pieces.NORMAL + style("P", "paragraph", VANISH) + style("C", "character", VANISH)
    assert texts(paragraph(run("甲", '<w:rStyle w:val="C"/>'), style="P") + paragraph("乙"), styles=styles) == ["甲乙"]


def test_a_paragraph_whose_end_is_hidden_goes_on_in_the_next():
    """A heading and its text on one line, as Word sets them with a style separator."""
    body = paragraph("一、总体情况", "<w:rPr><w:vanish/><w:specVanish/></w:rPr>") + paragraph("2024年，")
    (block,) = opened(body).blocks
    assert block.text == "一、总体情况2024年，"
    assert [str(block.origin.span(at, at + 1)) for at in (0, 5, 6, 10)] == ["p1:1", "p1:6", "p2:1", "p2:5"]


def test_hidden_rows_are_left_out():
    body = pieces.table(pieces.row("甲", "1"), pieces.row("乙", "2", properties="<w:hidden/>"), pieces.row("丙", "3"))
    document = opened(body)
    assert [[cell.text for cell in row] for row in document.blocks[0].rows] == [["甲", "1"], ["丙", "3"]]
    assert kinds(document) == {"hidden-text": (1, "t1:r2:c1")}


# --- what is told -----------------------------------------------------------------------------------------------------

PICTURE = "<w:r><w:drawing><a:graphic><a:graphicData><pic:pic/></a:graphicData></a:graphic></w:drawing></w:r>"
OBJECT = '<w:r><w:object><v:shape><v:imagedata r:id="r1"/></v:shape><o:OLEObject/></w:object></w:r>'
COMMENT = '<w:r><w:commentReference w:id="{}"/></w:r>'


def test_a_document_without_pictures_keeps_its_tables():
    document = opened(paragraph("甲"))
    assert (document.keeps_tables, document.notes, document.format) == (True, (), "docx")


def test_pictures_are_told_and_may_hide_tables():
    old = '<w:r><w:pict><v:shape><v:imagedata r:id="r1"/></v:shape></w:pict></w:r>'
    document = opened(paragraph("甲") + paragraph(run("乙") + PICTURE + old))
    assert kinds(document) == {"pictures": (2, "p2:1")}
    assert document.keeps_tables is None


def test_the_picture_of_an_object_is_none_of_its_own():
    document = opened(paragraph(run("甲") + OBJECT) + paragraph("<w:r><w:drawing><c:chart/></w:drawing></w:r>"))
    assert kinds(document) == {"embedded-objects": (2, "p1:1")}
    assert document.keeps_tables is None


def test_a_shape_with_text_is_no_picture():
    assert opened(paragraph(DRAWN.format(paragraph("框")))).notes == ()


def test_comments_are_counted_once_each_where_they_stand():
    cell = pieces.cell(paragraph(run("乙") + COMMENT.format(8) + COMMENT.format(8)))
    document = opened(paragraph("甲") + pieces.table(pieces.row("零", cell)) + paragraph(run("丙") + COMMENT.format(9)))
    assert kinds(document) == {"comments": (2, "t1:r1:c2")}


def test_headers_and_footers_are_not_read():
    members = {"word/header1.xml": f"<w:hdr {pieces.NAMESPACES}>{paragraph('页眉')}</w:hdr>"}
    kinds = ((f"{pieces.RELATION}/header", "header1.xml"),)
    members["word/_rels/document.xml.rels"] = pieces.relations(*kinds)
    assert texts(paragraph("甲"), **members) == ["甲"]


# --- packages ---------------------------------------------------------------------------------------------------------


def test_a_strict_document_reads_the_same():
    strict = pieces.NAMESPACES.replace(pieces.MAIN, "http://purl.oclc.org/ooxml/wordprocessingml/main").replace(
        "http://schemas.openxmlformats.org/drawingml/2006/picture", "http://purl.oclc.org/ooxml/drawingml/picture"
    )
    body = paragraph(run("甲") + PICTURE, "<w:outlineLvl w:val='0'/>") + pieces.table(pieces.row("规章", "0"))
    root = pieces.relations(
        ("http://purl.oclc.org/ooxml/officeDocument/relationships/officeDocument", "word/document.xml")
    )
    document = opened(**{"word/document.xml": pieces.document(body, strict), "_rels/.rels": root})
    assert document.blocks[0].level == 1
    assert [cell.text for cell in document.blocks[1].rows[0]] == ["规章", "0"]
    assert kinds(document) == {"pictures": (1, "p1:1")}


def test_the_main_part_is_found_wherever_it_is():
    root = pieces.relations((f"{pieces.RELATION}/officeDocument", "/Word/Document2.xml"))
    members = {"_rels/.rels": root, "word/document.xml": None, "word/document2.xml": pieces.document(paragraph("甲"))}
    assert texts(**members) == ["甲"]


LEVEL = '<w:pPr><w:outlineLvl w:val="0"/></w:pPr>'
STYLED = f'<w:styles {pieces.NAMESPACES}><w:style w:styleId="A">{LEVEL}</w:style></w:styles>'


@pytest.mark.parametrize(
    ("target", "more", "level"),
    [
        ("styles.xml", "", 1),
        ("STYLES.xml", "", 1),
        ("/word/styles.xml", "", 1),
        ("../word/./styles.xml", "", 1),
        ("..\\word\\styles.xml", "", 1),
        ("other.xml", "", 0),
        ("styles.xml", ' TargetMode="External"', 0),
    ],
)
def test_parts_are_found_as_the_relationships_say(target, more, level):
    relations = pieces.relations((f"{pieces.RELATION}/styles", target)).replace("/></", f"{more}/></")
    members = {"word/_rels/document.xml.rels": relations, "word/styles.xml": STYLED}
    assert [block.level for block in opened(paragraph("甲", style="A"), **members).blocks] == [level]


def test_a_part_may_be_in_another_encoding():
    root = pieces.document(paragraph("甲") + pieces.table(pieces.row("规章", "0"))).partition("?>")[2]
    wide = f'<?xml version="1.0" encoding="UTF-16"?>{root}'.encode("utf-16")
    assert texts(**{"word/document.xml": wide}) == ["甲", [["规章", "0"]]]


def test_without_relationships_the_usual_name_serves():
    assert texts(paragraph("甲"), **{"_rels/.rels": None}) == ["甲"]


CORE = (
    f'<cp:coreProperties xmlns:cp="{pieces.PACKAGE}/metadata/core-properties" '
    'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/">'
    "<dc:title>年报</dc:title><dc:creator>张某</dc:creator><dc:subject/><cp:lastModifiedBy>李某</cp:lastModifiedBy>"
    "<dcterms:created>2025-01-16T08:00:00Z</dcterms:created></cp:coreProperties>"
)
WITH_CORE = pieces.relations(
    (f"{pieces.RELATION}/officeDocument", "word/document.xml"),
    (f"{pieces.PACKAGE}/relationships/metadata/core-properties", "docProps/core.xml"),
)


def test_metadata_is_what_the_file_says_of_itself():
    document = opened(paragraph("甲"), **{"_rels/.rels": WITH_CORE, "docProps/core.xml": CORE})
    assert document.metadata == {"title": "年报", "author": "张某", "created": "2025-01-16T08:00:00Z"}


@pytest.mark.parametrize("core", ["<broken", None], ids=["broken", "missing"])
def test_metadata_that_cannot_be_read_is_no_reason_to_refuse(core):
    assert opened(paragraph("甲"), **{"_rels/.rels": WITH_CORE, "docProps/core.xml": core}).metadata == {}


# --- refusals ---------------------------------------------------------------------------------------------------------


def refused(body="", **parts):
    with pytest.raises(InputError) as caught:
        opened(body, **parts)
    return caught.value


@pytest.mark.parametrize("body", ["", paragraph(), paragraph(" "), pieces.table(pieces.row("", "　"))])
def test_a_document_without_any_text_is_empty(body):
    assert refused(body).code == "empty"


def test_a_document_of_pictures_is_refused_with_advice():
    error = refused(paragraph(PICTURE) + paragraph(PICTURE))
    assert error.code == "no-text"
    assert "2 张图片" in error.message["zh"]
    assert "OCR" in error.advice["zh"]


def test_a_document_that_only_brings_in_a_web_page_is_refused():
    assert refused('<w:altChunk r:id="r1"/>').code == "no-text"
