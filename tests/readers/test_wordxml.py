import pytest
from conftest import ROOT
from hypothesis import given
from hypothesis import strategies as st

import gilint
from gilint.errors import InputError
from gilint.limits import DEFAULT, Limits
from gilint.model import Grid
from gilint.readers.wordxml import read

NAME = "report.doc"
OLD = """<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<?mso-application progid="Word.Document"?>
<w:wordDocument xmlns:w="http://schemas.microsoft.com/office/word/2003/wordml"
 xmlns:wx="http://schemas.microsoft.com/office/word/2003/auxHint"
 xmlns:aml="http://schemas.microsoft.com/aml/2001/core" xmlns:v="urn:schemas-microsoft-com:vml"
 xmlns:o="urn:schemas-microsoft-com:office:office">
<o:DocumentProperties><o:Title>年度报告</o:Title><o:Author>张三</o:Author><o:Created>2025-01-18T08:00:00Z</o:Created>
</o:DocumentProperties>{before}<w:body>{body}</w:body></w:wordDocument>"""
FLAT = """<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<pkg:package xmlns:pkg="http://schemas.microsoft.com/office/2006/xmlPackage">{}</pkg:package>"""
PART = '<pkg:part pkg:name="{}" pkg:contentType="x"><pkg:xmlData>{}</pkg:xmlData></pkg:part>'
RELATION = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="a" '
    'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" '
    'Target="word/document.xml"/></Relationships>'
)
DOCUMENT = '<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>{}</w:body></w:document>'


def paragraph(text, properties=""):
    return f"<w:p>{properties}<w:r><w:t>{text}</w:t></w:r></w:p>"


def cell(text, properties=""):
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{paragraph(text)}</w:tc>"


def old(body, before=""):
    return read(OLD.format(body=body, before=before).encode(), NAME, DEFAULT)


def texts(document):
    return [block.text for block in document.blocks]


def test_paragraphs_of_word_2003_are_read():
    document = old(f"<wx:sect>{paragraph('甲')}<wx:sub-section>{paragraph('乙')}</wx:sub-section></wx:sect>")
    assert (texts(document), document.format, document.keeps_tables) == (["甲", "乙"], "word-xml", True)
    assert document.metadata == {"title": "年度报告", "author": "张三", "created": "2025-01-18T08:00:00Z"}
    assert str(document.blocks[1].origin.span(0, 1)) == str(
        read_flat(paragraph("甲") + paragraph("乙")).blocks[1].origin.span(0, 1)
    )


def test_cells_of_word_2003_are_merged_as_they_were():
    row = "<w:tr>{}</w:tr>"
    first = row.format(
        cell("三", '<w:vmerge w:val="restart"/>') + cell("（一）", '<w:gridSpan w:val="2"/>') + cell("7")
    )
    second = row.format(cell("", "<w:vmerge/>") + cell("（二）") + cell("甲") + cell("8"))
    (grid,) = old(f"<w:tbl><w:tblGrid>{'<w:gridCol/>' * 4}</w:tblGrid>{first}{second}</w:tbl>").blocks
    assert isinstance(grid, Grid)
    assert [[(one.text, one.row_span, one.column_span) for one in line] for line in grid.rows] == [
        [("三", 2, 1), ("（一）", 1, 2), ("7", 1, 1)],
        [("（二）", 1, 1), ("甲", 1, 1), ("8", 1, 1)],
    ]


LISTS = """<w:lists><w:listDef w:listDefId="4"><w:lvl w:ilvl="0"><w:start w:val="1"/><w:nfc w:val="39"/>
<w:suff w:val="Nothing"/><w:lvlText w:val="%1、"/></w:lvl><w:lvl w:ilvl="1"><w:start w:val="1"/><w:nfc w:val="0"/>
<w:suff w:val="Nothing"/><w:lvlText w:val="%2."/></w:lvl></w:listDef>
<w:list w:ilfo="2"><w:ilst w:val="4"/></w:list></w:lists>"""
ITEM = '<w:pPr><w:listPr><w:ilvl w:val="{}"/><w:ilfo w:val="2"/><wx:t wx:val="x"/></w:listPr></w:pPr>'


def test_list_numbers_of_word_2003_are_computed():
    items = [("总体情况", 0), ("甲", 1), ("乙", 1), ("存在的问题", 0)]
    document = old("".join(paragraph(text, ITEM.format(level)) for text, level in items), LISTS)
    assert texts(document) == ["一、总体情况", "1.甲", "2.乙", "二、存在的问题"]


MARK = '<aml:annotation aml:id="1" w:type="{}" aml:author="x"><aml:content>{}</aml:content></aml:annotation>'


def test_marks_of_word_2003_take_effect_and_are_told():
    added, gone = "<w:r><w:t>新</w:t></w:r>", "<w:r><w:delText>旧</w:delText></w:r>"
    comment = "<w:r>" + MARK.format("Word.Comment", paragraph("请核对")) + "</w:r>"
    bookmark = '<aml:annotation aml:id="2" w:type="Word.Bookmark.Start" w:name="x"/>'
    body = f"<w:p>{bookmark}{MARK.format('Word.Insertion', added)}{MARK.format('Word.Deletion', gone)}{comment}</w:p>"
    document = old(body)
    assert texts(document) == ["新"]
    assert [(note.kind, note.count) for note in document.notes] == [("tracked-changes", 2), ("comments", 1)]


def test_footnotes_of_word_2003_stand_behind_their_paragraph():
    note = f"<w:r><w:footnote>{paragraph('含结转')}</w:footnote></w:r>"
    document = old(f"<w:p><w:r><w:t>甲</w:t></w:r>{note}</w:p>{paragraph('乙')}")
    assert [text for text in texts(document) if "含结转" in text] == [texts(document)[1]]
    assert [texts(document)[0], texts(document)[-1]] == ["甲", "乙"]


def test_links_of_word_2003_are_text():
    assert texts(old('<w:p><w:hlink w:dest="http://x"><w:r><w:t>网站</w:t></w:r></w:hlink></w:p>')) == ["网站"]


def read_flat(body, relation=RELATION, limits=DEFAULT):
    parts = PART.format("/_rels/.rels", relation) + PART.format("/word/document.xml", DOCUMENT.format(body))
    return read(FLAT.format(parts).encode(), NAME, limits)


def test_the_parts_of_a_flat_package_are_those_of_a_docx():
    document = read_flat(paragraph("甲"))
    assert (texts(document), document.format) == (["甲"], "word-xml")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "gb18030"])
def test_xml_says_its_encoding(encoding):
    data = OLD.format(body=paragraph("甲"), before="").replace("UTF-8", encoding).encode(encoding)
    assert texts(read(data, NAME, DEFAULT)) == ["甲"]


REFUSED = {
    "no body": (OLD.replace("<w:body>{body}</w:body>", "").format(before=""), "empty"),
    "cut off": (OLD.format(body=paragraph("甲"), before="")[:-40], "damaged"),
    "entities": ('<!DOCTYPE a [<!ENTITY b "c">]>' + OLD.format(body=paragraph("&b;"), before="")[100:], "entities"),
    "no parts": (FLAT.format(""), "damaged"),
    "parts without names": (FLAT.format(PART.format("", "<a/>") + PART.format("x" * 70_000, "<a/>")), "damaged"),
}


@pytest.mark.parametrize(("content", "code"), REFUSED.values(), ids=REFUSED)
def test_what_is_no_document_is_refused(content, code):
    with pytest.raises(InputError) as error:
        read(content.encode(), NAME, DEFAULT)
    assert error.value.code == code


def test_a_flat_package_that_grows_when_it_is_taken_apart_is_refused():
    names = " ".join(f'xmlns:n{number}="{"u" * 1000}{number}"' for number in range(300))
    data = FLAT.replace("<pkg:package", f"<pkg:package {names}").format(PART.format("a{}.xml", "<a/>") * 1)
    parts = "".join(PART.format(f"a{number}.xml", "<a/>") for number in range(40))
    data = data.replace(PART.format("a{}.xml", "<a/>"), parts)
    with pytest.raises(InputError) as error:
        read(data.encode(), NAME, Limits(unpacked_mb=5))
    assert (error.value.code, "unpacked_mb" in error.value.advice["zh"]) == ("too-large", True)


SEED = OLD.format(body=f"<wx:sect>{paragraph('甲', ITEM.format(0))}</wx:sect>", before=LISTS)


@given(st.data())
def test_a_damaged_document_is_read_or_refused(data):
    content = bytearray(SEED.encode())
    for _ in range(data.draw(st.integers(1, 5))):
        at = data.draw(st.integers(0, len(content) - 1))
        content[at : at + data.draw(st.integers(0, 9))] = data.draw(
            st.sampled_from([b"", b"<", b">", b"w:p", b'"', b"\x00"])
        )
    try:
        read(bytes(content), NAME, DEFAULT)
    except InputError as error:
        assert error.message["zh"]  # noqa: PT017


def test_a_report_as_flat_xml_is_judged_like_the_docx(tmp_path):
    import zipfile

    source = ROOT / "tests" / "data" / "formats" / "miyun-2024.docx"
    with zipfile.ZipFile(source) as package:
        parts = {name: package.read(name).decode() for name in package.namelist() if name.endswith((".xml", ".rels"))}
    bare = {name: text.partition("?>")[2] if text.startswith("<?xml") else text for name, text in parts.items()}
    path = tmp_path / "报告.doc"
    path.write_text(
        FLAT.format("".join(PART.format(f"/{name}", text) for name, text in bare.items())), encoding="utf-8"
    )
    linter = gilint.Linter(config=False)
    assert shape(linter.lint(path)) == shape(linter.lint(source))


def shape(result):
    return [(finding.rule, finding.message, str(finding.span)) for finding in result.findings]
