"""Word documents that no program writes: a sane reading or a refusal, in linear time, and never anything else."""

from time import perf_counter

import docx_pieces as pieces
import pytest
from docx_pieces import cell, opened, paragraph, row, run, table, texts
from hypothesis import given, settings
from hypothesis import strategies as st

from gilint.errors import InputError
from gilint.limits import DEFAULT
from gilint.readers.docx import read

SECONDS = 5


def outcome(data):
    """The blocks of a document, or the code with which it is refused."""
    begun = perf_counter()
    try:
        found = read(data, "report.docx", DEFAULT).blocks
    except InputError as error:
        found = error.code
    assert perf_counter() - begun < SECONDS
    return found


# --- parts that are not what they should be ---------------------------------------------------------------------------

RELATIONS = "word/_rels/document.xml.rels"
ROOT = "_rels/.rels"
MAIN = "word/document.xml"
NOT_WELL_FORMED = '<w:document xmlns:w="x"><w:body><y:p/></w:body></w:document>'

PARTS = {
    "no main part": ({MAIN: None}, "damaged"),
    "main part of something else": ({MAIN: "<a/>"}, "damaged"),
    "main part cut off": ({MAIN: pieces.document(paragraph("甲"))[:-30]}, "damaged"),
    "undeclared prefix": ({MAIN: NOT_WELL_FORMED}, "damaged"),
    "no body": ({MAIN: f"<w:document {pieces.NAMESPACES}/>"}, "empty"),
    "empty main part": ({MAIN: ""}, "damaged"),
    "text after the root": ({MAIN: pieces.document(paragraph("甲")) + "x"}, "damaged"),
    "entities": (
        {MAIN: "<!DOCTYPE w [<!ENTITY a 'b'>]>" + pieces.document(paragraph("甲")).partition("?>")[2]},
        "entities",
    ),
    "relationships cut off": ({ROOT: "<Relationships"}, "damaged"),
    "main part elsewhere on the net": (
        {ROOT: pieces.relations((f"{pieces.RELATION}/officeDocument", "http://example.org/a")), MAIN: None},
        "damaged",
    ),
    "main part outside of the package": (
        {ROOT: pieces.relations((f"{pieces.RELATION}/officeDocument", "../../../etc/passwd")), MAIN: None},
        "damaged",
    ),
    "styles cut off": (
        {
            MAIN: pieces.document(paragraph("甲", style="A")),
            RELATIONS: pieces.relations((f"{pieces.RELATION}/styles", "styles.xml")),
            "word/styles.xml": "<w:styles",
        },
        "damaged",
    ),
}


@pytest.mark.parametrize(("members", "code"), PARTS.values(), ids=PARTS)
def test_a_package_that_holds_no_document_is_refused(members, code):
    assert outcome(pieces.package(**members)) == code


@pytest.mark.parametrize("kind", ["styles", "numbering", "footnotes"])
@pytest.mark.parametrize("target", ["missing.xml", "", "/", "..", "%%%", "file:///etc/passwd"])
def test_a_part_that_is_not_there_is_done_without(kind, target):
    number = '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>'
    body = paragraph(run("甲") + '<w:r><w:footnoteReference w:id="2"/></w:r>', number, style="A")
    members = {RELATIONS: pieces.relations((f"{pieces.RELATION}/{kind}", target))}
    assert [block.text for block in outcome(pieces.package(body, **members))] == ["甲"]


def test_styles_and_numbering_of_another_kind_say_nothing():
    number = '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>'
    pairs = ((f"{pieces.RELATION}/styles", "document.xml"), (f"{pieces.RELATION}/numbering", "document.xml"))
    assert texts(paragraph("甲", number, style="A"), **{RELATIONS: pieces.relations(*pairs)}) == ["甲"]


# --- elements where they do not belong --------------------------------------------------------------------------------

MISPLACED = {
    "cell in the body": cell("1"),
    "row in the body": row("1"),
    "run in the body": run("1"),
    "text in a table": f"<w:tbl>{run('1')}{paragraph('2')}</w:tbl>",
    "cell in a table": f"<w:tbl>{cell('1')}</w:tbl>",
    "merges outside of cells": '<w:tbl><w:gridSpan w:val="3"/><w:vMerge/><w:tr><w:gridSpan w:val="2"/></w:tr></w:tbl>',
    "row in a cell": table(row(cell(row("1")))),
    "cell in a cell": table(row(cell(cell("1")))),
    "paragraph in a paragraph": paragraph(paragraph("1")),
    "table in a paragraph": paragraph(table(row("1"))),
    "row without cells": table(row()),
    "table without rows": "<w:tbl/>",
    "changes outside of everything": "<w:ins/><w:del/><w:pPr><w:rPr><w:del/></w:rPr></w:pPr><w:rPr><w:ins/></w:rPr>",
    "cell that is deleted outside of a row": "<w:cellDel/><w:trPr><w:del/></w:trPr><w:cellMerge/>",
    "hidden row outside of a table": "<w:hidden/><w:vanish/>",
    "fields that end and do not begin": paragraph(
        '<w:r><w:fldChar w:fldCharType="end"/><w:fldChar w:fldCharType="separate"/><w:fldChar/></w:r>'
    ),
    "text box outside of a paragraph": f"<w:txbxContent>{paragraph('1')}</w:txbxContent>",
    "text box in a text box": paragraph(
        f"<w:txbxContent>{paragraph(f'<w:txbxContent>{paragraph(str(1))}</w:txbxContent>')}</w:txbxContent>"
    ),
    "alternatives without any": "<mc:AlternateContent/><mc:Choice/><mc:Fallback/>",
    "symbols without anything": paragraph("<w:r><w:sym/><w:tab/><w:br/></w:r><w:tab/><w:t/>"),
    "styles and numbers without values": paragraph(
        run("1"), "<w:pStyle/><w:numPr><w:ilvl/><w:numId/></w:numPr><w:outlineLvl/>"
    ),
    "references without ids": paragraph("<w:r><w:footnoteReference/><w:commentReference/></w:r>"),
    "document in a document": pieces.document(paragraph("1")).partition("?>")[2],
    "outline level beyond all": paragraph("1", f'<w:outlineLvl w:val="{"9" * 30}"/>'),
}


@pytest.mark.parametrize("body", MISPLACED.values(), ids=MISPLACED)
def test_what_stands_at_a_wrong_place_does_no_harm(body):
    blocks = outcome(pieces.package(paragraph("前") + body + paragraph("后")))
    assert [block.text for block in (blocks[0], blocks[-1])] == ["前", "后"]


# --- much of everything -----------------------------------------------------------------------------------------------

MANY = 20_000
MARK = '<w:r><w:fldChar w:fldCharType="{}"/></w:r>'
BOX = "<w:r><w:pict><w:txbxContent>{}</w:txbxContent></w:pict></w:r>"
CHANGED = "<w:ins w:author='a'><w:r><w:t>1</w:t></w:r></w:ins><w:del><w:r><w:delText>2</w:delText></w:r></w:del>"

LARGE = {
    "paragraphs": paragraph("1") * MANY * 4,
    "runs in a paragraph": paragraph(run("1") * MANY * 2),
    "line breaks": paragraph(run("1") + "<w:r><w:br/></w:r>" * MANY * 4),
    "fields that begin": paragraph(MARK.format("begin") * MANY) * 2,
    "fields that begin in paragraphs": paragraph(MARK.format("begin")) * MANY,
    "fields with results": paragraph((MARK.format("begin") + MARK.format("separate") + run("1")) * MANY),
    "text boxes": paragraph(BOX.format(paragraph("1")) * MANY),
    "tracked changes": paragraph(CHANGED * MANY),
    "deleted ends": "<w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr><w:r><w:t>1</w:t></w:r></w:p>" * MANY,
    "deleted rows": table("<w:tr><w:trPr><w:del/></w:trPr></w:tr>" * MANY),
    "hidden runs": paragraph((run("1", "<w:vanish/>") + run("2")) * MANY),
    "comments": paragraph("".join(f'<w:r><w:commentReference w:id="{count}"/></w:r>' for count in range(MANY))),
    "pictures": paragraph("<w:r><w:drawing><pic:pic/></w:drawing></w:r>" * MANY),
    "footnotes that refer to one": paragraph('<w:r><w:footnoteReference w:id="2"/></w:r>' * MANY),
    "tables": table(row("1")) * MANY,
    "tables in one cell": table(row(cell(table(row("1", "2"), row("3", "4")) * (MANY // 4)))),
    "alternatives": paragraph(f"<mc:AlternateContent><mc:Choice>{run('1')}</mc:Choice></mc:AlternateContent>" * MANY),
    "rows": table(row("1") * MANY),
    "cells": table(row("1" * 64) + row(*"1" * 60) * 4000),
    "merged cells": table((row(*[cell("", "<w:vMerge/>")] * 60)) * 1000),
    "items of lists": paragraph("1", '<w:numPr><w:ilvl w:val="8"/><w:numId w:val="1"/></w:numPr>') * MANY,
}


@pytest.mark.parametrize("body", LARGE.values(), ids=LARGE)
def test_much_of_something_takes_time_in_proportion_or_is_refused(body):
    numbering = '<w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="8"><w:numFmt w:val="chineseCounting"/>'
    numbering += (
        '<w:lvlText w:val="%1.%9"/></w:lvl></w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
    )
    note = f'<w:footnote w:id="2">{paragraph("1" * 100_000)}</w:footnote>'
    found = outcome(pieces.package(paragraph("前") + body, numbering=numbering, footnotes=note))
    assert found == "too-large" or found[0].text == "前"


DEEP = {
    "tables": (60, "<w:tbl><w:tr><w:tc><w:p><w:r><w:t>1</w:t></w:r></w:p>", "</w:tc><w:tc/></w:tr></w:tbl>"),
    "tables of one cell": (60, "<w:tbl><w:tr><w:tc>", "</w:tc></w:tr></w:tbl>"),
    "controls": (100, "<w:sdt><w:sdtContent>", "</w:sdtContent></w:sdt>"),
    "text boxes": (60, "<w:p><w:r><w:pict><w:txbxContent>", "</w:txbxContent></w:pict></w:r></w:p>"),
    "alternatives": (100, "<mc:AlternateContent><mc:Choice>", "</mc:Choice></mc:AlternateContent>"),
    "changes": (200, "<w:ins>", "</w:ins>"),
}


@pytest.mark.parametrize(("depth", "begin", "end"), DEEP.values(), ids=DEEP)
def test_what_is_nested_is_read_as_deep_as_xml_goes(depth, begin, end):
    inner = paragraph("底" * 50) * 200
    found = outcome(pieces.package(paragraph("前") + begin * depth + inner + end * depth))
    assert "底" in str(found)
    assert outcome(pieces.package(paragraph("前") + begin * 200 + inner + end * 200)) in ("damaged", found)


def test_styles_that_are_based_on_each_other_in_a_long_chain():
    links = (
        f'<w:style w:type="paragraph" w:styleId="S{n}"><w:basedOn w:val="S{n + 1}"/></w:style>' for n in range(5000)
    )
    body = "".join(paragraph("1", style=f"S{number}") for number in range(0, 5000, 50))
    assert len(outcome(pieces.package(body, styles="".join(links)))) == 100


def test_schemes_of_lists_that_refer_to_each_other():
    def linked(key):
        number = f'<w:pPr><w:numPr><w:numId w:val="{key + 1}"/></w:numPr></w:pPr>'
        style = f'<w:style w:type="numbering" w:styleId="S{key}">{number}</w:style>'
        scheme = f'<w:abstractNum w:abstractNumId="{key}"><w:numStyleLink w:val="S{key}"/></w:abstractNum>'
        return style, scheme, f'<w:num w:numId="{key}"><w:abstractNumId w:val="{key}"/></w:num>'

    styles, schemes, numbers = ("".join(each) for each in zip(*map(linked, range(3000)), strict=True))
    body = "".join(paragraph("1", f'<w:numPr><w:numId w:val="{key}"/></w:numPr>') for key in range(1, 3000, 30))
    assert len(outcome(pieces.package(body, styles=styles, numbering=schemes + numbers))) == 100


# --- anything ---------------------------------------------------------------------------------------------------------

TAGS = """
p r t tbl tr tc tcPr trPr pPr rPr gridSpan vMerge hMerge gridBefore sdt sdtContent customXml ins del moveFrom moveTo
cellDel cellMerge txbxContent fldChar br tab sym vanish hidden pStyle rStyle numPr numId ilvl outlineLvl ruby rt
rubyBase footnoteReference commentReference object pict pPrChange tcPrChange altChunk body
"""
VALUES = ("1", "0", "restart", "continue", "9999999", "A")
PARTS_OF_FIELDS = ("begin", "separate", "end")
ATTRIBUTES = st.one_of(
    st.just(""),
    st.sampled_from(VALUES).map('w:val="{}"'.format),
    st.sampled_from(PARTS_OF_FIELDS).map('w:fldCharType="{}"'.format),
    st.sampled_from(['w:id="2"', 'w:vMerge="cont"', 'w:char="F0FC"']),
)
ELEMENTS = st.recursive(
    st.sampled_from(["", "1", "甲", " "]),
    lambda inside: st.builds(
        lambda tag, attribute, content: f"<w:{tag} {attribute}>{''.join(content)}</w:{tag}>",
        st.sampled_from(TAGS.split()),
        ATTRIBUTES,
        st.lists(inside, max_size=4),
    ),
    max_leaves=30,
)
BASED = '<w:style w:type="{}" w:styleId="{}"><w:basedOn w:val="{}"/>{}</w:style>'.format
STYLES = BASED("paragraph", "A", "1", '<w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr>')
STYLES += BASED("character", "1", "A", "<w:rPr><w:vanish/></w:rPr>")
LISTS = '<w:abstractNum w:abstractNumId="1"><w:lvl w:ilvl="0"><w:lvlText w:val="%1"/></w:lvl></w:abstractNum>'
LISTS += '<w:num w:numId="1"><w:abstractNumId w:val="1"/></w:num>'
NOTE = f'<w:footnote w:id="2">{paragraph("注")}</w:footnote>'


@settings(max_examples=300, deadline=None)
@given(st.lists(ELEMENTS, max_size=6))
def test_any_tree_of_known_elements_is_read_or_refused(elements):
    body = paragraph("前") + "".join(elements) + paragraph("后")
    found = outcome(pieces.package(body, styles=STYLES, numbering=LISTS, footnotes=NOTE))
    if isinstance(found, str):
        assert found == "too-large"
        return
    for block in found:
        for each in [block] if hasattr(block, "text") else [one for cells in block.rows for one in cells]:
            for start in range(len(each.text)):
                assert each.origin.span(start, start + 1).as_dict()["kind"] == "docx"


@settings(max_examples=200, deadline=None)
@given(st.data())
def test_a_document_with_changed_bytes_is_read_or_refused(data):
    body = paragraph("一、总体情况", style="A") + table(row("规章", "0"), row(cell("", "<w:vMerge/>"), "1"))
    whole = pieces.document(body + paragraph(run("甲", "<w:vanish/>"))).encode()
    changed = bytearray(whole)
    for _ in range(data.draw(st.integers(1, 4))):
        at = data.draw(st.integers(0, len(changed) - 1))
        changed[at : at + data.draw(st.integers(0, 5))] = data.draw(st.binary(max_size=5))
    found = outcome(pieces.package(styles=STYLES, numbering=LISTS, **{MAIN: bytes(changed)}))
    assert isinstance(found, str | tuple)


def test_lists_of_limits_are_told_with_the_key_to_raise():
    with pytest.raises(InputError) as caught:
        opened(table(row("1")) * 2, DEFAULT.replace(cells=1))
    assert "cells" in caught.value.advice["zh"]
