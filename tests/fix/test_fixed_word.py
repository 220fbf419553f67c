"""``gilint.fix`` on Word documents: characters of runs change, and nothing else of the package."""

import io
import zipfile
from itertools import pairwise

import docx
import pytest
from conftest import EXAMPLES
from documents import blocks, write_docx
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

import gilint

WRONG = "公布《条例》(以下简称条例)的 “解读”,依据国办发[2019]61号执行."
RIGHT = "公布《条例》（以下简称条例）的“解读”，依据国办发〔2019〕61号执行。"


@pytest.fixture(scope="module")
def linter():
    return gilint.Linter(config=False)


@pytest.fixture(scope="module")
def original(linter):
    return write_docx(blocks(linter.read(EXAMPLES / "miyun-2024.txt")))


@pytest.fixture(scope="module")
def mend(linter, original):
    """Mend a document of which a paragraph was changed; (before, after) of the whole, and that paragraph after."""

    def mend(change, **options):
        document = docx.Document(io.BytesIO(original))
        number = next(at for at, one in enumerate(document.paragraphs) if one.text.startswith("一是优化检索功能"))
        paragraph = document.paragraphs[number]
        for run in paragraph.runs:
            run._r.getparent().remove(run._r)
        change(paragraph)
        fixed = gilint.fix(saved(document), linter=linter, **options)
        return fixed, docx.Document(io.BytesIO(fixed.content)).paragraphs[number]

    return mend


def saved(document):
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def members(data):
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return [(name, archive.read(name)) for name in archive.namelist()]


def figures(linter, data):
    report = linter.read(data)
    return {(key, *place): table[place].raw for key, table in report.tables.items() for place in table}


def without_texts(data):
    """The XML of a document without the characters of its runs."""
    root = etree.fromstring(dict(members(data))["word/document.xml"])
    for text in root.iter(qn("w:t")):
        text.text = ""
        text.attrib.pop("{http://www.w3.org/XML/1998/namespace}space", None)
    return etree.tostring(root, method="c14n")


def test_a_real_report_is_mended_as_its_text_is(linter, original):
    fixed = gilint.fix(original, linter=linter)
    text = gilint.fix(EXAMPLES / "miyun-2024.txt", linter=linter)
    assert [(edit.rule, edit.before, edit.after) for edit in fixed.edits] == [
        (edit.rule, edit.before, edit.after) for edit in text.edits
    ]
    assert len(fixed.edits) == 9
    assert figures(linter, fixed.content) == figures(linter, original)
    assert len(figures(linter, original)) > 150


def test_all_other_parts_keep_their_bytes(linter, original):
    fixed = gilint.fix(original, linter=linter)
    pairs = list(zip(members(fixed.original), members(fixed.content), strict=True))
    assert all(one[0] == other[0] for one, other in pairs)
    assert [one[0] for one, other in pairs if one != other] == ["word/document.xml"]
    assert without_texts(fixed.content) == without_texts(original)


def test_mending_twice_is_mending_once(linter, original):
    once = gilint.fix(original, linter=linter).content
    again = gilint.fix(once, linter=linter)
    assert (again.changed, again.content) == (False, once)


def test_the_diff_names_the_paragraphs(linter, original, tmp_path):
    path = tmp_path / "report.docx"
    path.write_bytes(original)
    lines = gilint.fix(path, linter=linter).diff.splitlines()
    assert lines[:3] == [f"--- {path}", f"+++ {tmp_path / 'report.fixed.docx'}", "@@ 第2段 @@"]
    assert lines[3].startswith("-本报告依据《中华人民共和国政府信息公开条例》(以下简称")
    assert lines[4].startswith("+本报告依据《中华人民共和国政府信息公开条例》（以下简称")


@settings(max_examples=12)
@given(st.lists(st.integers(1, len(WRONG) - 1), max_size=10), st.randoms(use_true_random=False))
def test_every_character_keeps_its_format_however_runs_are_split(mend, cuts, random):
    places = sorted({0, *cuts, len(WRONG)})

    def change(paragraph):
        for start, end in pairwise(places):
            run = paragraph.add_run(WRONG[start:end])
            run.bold, run.italic = random.random() < 0.5, random.random() < 0.5
            run.font.size = random.choice([127000, 152400])
        change.formats = formats(paragraph)

    def formats(paragraph):
        return [(character, run.bold, run.italic, run.font.size) for run in paragraph.runs for character in run.text]

    _fixed, paragraph = mend(change)
    assert paragraph.text == RIGHT
    # The only character that goes is the space in front of the quotation.
    wanted = [one[1:] for one in change.formats if one[0] != " "]
    assert [one[1:] for one in formats(paragraph)] == wanted


def test_edges_of_runs_keep_their_spaces(mend):
    def change(paragraph):
        paragraph.add_run("公布 PDF")
        paragraph.add_run(" 文件,共 ").bold = True
        paragraph.add_run("三 份.")

    _fixed, paragraph = mend(change)
    assert [run.text for run in paragraph.runs] == ["公布 PDF", " 文件，共 ", "三 份。"]


@pytest.mark.parametrize("around", ["ins", "hyperlink", "fldSimple"])
def test_tracked_changes_links_and_fields_stay_and_are_told(mend, around):
    def change(paragraph):
        paragraph.add_run("公开工作已经")
        element = OxmlElement(f"w:{around}")
        if around == "ins":
            element.set(qn("w:id"), "900")
            element.set(qn("w:author"), "某人")
        if around == "fldSimple":
            element.set(qn("w:instr"), " REF a ")
        element.append(paragraph.add_run("落实,完成")._r)
        paragraph._p.append(element)
        paragraph.add_run("检查,验收。")

    fixed, paragraph = mend(change)
    texts = "".join(element.text for element in paragraph._p.iter(qn("w:t")))
    assert texts == "公开工作已经落实,完成检查，验收。"
    assert ("Y103", True) in {(one.finding.rule, "修订、域、超链接" in one.reason["zh"]) for one in fixed.left}


def test_results_of_complex_fields_stay(mend):
    def change(paragraph):
        paragraph.add_run("公开工作")
        for kind in ("begin", "separate"):
            run = paragraph.add_run()
            run._r.append(parse_xml(f'<w:fldChar {nsdecls("w")} w:fldCharType="{kind}"/>'))
        paragraph.add_run("落实,完成")
        paragraph.add_run()._r.append(parse_xml(f'<w:fldChar {nsdecls("w")} w:fldCharType="end"/>'))
        paragraph.add_run("检查,验收。")

    _fixed, paragraph = mend(change)
    texts = "".join(element.text for element in paragraph._p.iter(qn("w:t")))
    assert texts == "公开工作落实,完成检查，验收。"


def test_deleted_text_and_comments_stay(mend):
    def change(paragraph):
        paragraph.add_run("公开工作")
        deletion = parse_xml(
            f'<w:del {nsdecls("w")} w:id="901" w:author="某人"><w:r><w:delText>旧,文</w:delText></w:r></w:del>'
        )
        paragraph._p.append(deletion)
        run = paragraph.add_run("落实,完成。")
        paragraph.part.document.add_comment(run, text="请核对,再发", author="某人")

    fixed, paragraph = mend(change)
    assert [one.text for one in paragraph._p.iter(qn("w:delText"))] == ["旧,文"]
    assert paragraph.runs[0].text == "公开工作"
    assert "落实，完成。" in paragraph.text
    before, after = dict(members(fixed.original)), dict(members(fixed.content))
    assert "请核对,再发" in before["word/comments.xml"].decode()
    assert before["word/comments.xml"] == after["word/comments.xml"]


def test_line_breaks_and_tabs_stay(mend):
    def change(paragraph):
        run = paragraph.add_run()
        run.add_tab()
        run.add_text("各科室按职责落实,按期完成。")
        run.add_break()
        run.add_text("检查,验收。")

    _fixed, paragraph = mend(change)
    kinds = [child.tag.rpartition("}")[2] for child in paragraph.runs[0]._r]
    assert kinds == ["tab", "t", "br", "t"]
    assert paragraph.text == "\t各科室按职责落实，按期完成。\n检查，验收。"


def test_numbers_that_word_computes_stay(linter, original):
    document = docx.Document(io.BytesIO(original))
    for paragraph in document.paragraphs:
        if paragraph.text.startswith("三、收到"):
            paragraph.runs[0].text = paragraph.text[2:]
            paragraph.style = document.styles["List Number"]
    fixed = gilint.fix(saved(document), linter=linter, unsafe=True)
    texts = [paragraph.text for paragraph in docx.Document(io.BytesIO(fixed.content)).paragraphs]
    assert "收到和处理政府信息公开申请情况" in texts


def test_a_report_inside_a_table_is_mended_in_its_runs(linter, original):
    document = docx.Document(io.BytesIO(original))
    frame = document.add_table(1, 1)
    cell = frame.cell(0, 0)._tc
    body = document.element.body
    for element in list(body)[:-2]:
        cell.append(element)
    cell.append(OxmlElement("w:p"))
    data = saved(document)
    fixed = gilint.fix(data, linter=linter)
    assert len(fixed.edits) == 9
    assert figures(linter, fixed.content) == figures(linter, data)
    assert without_texts(fixed.content) == without_texts(data)


def test_half_a_pair_in_a_link_leaves_the_other_half(mend):
    def change(paragraph):
        paragraph.add_run("公布《条例》(以下简称")
        element = OxmlElement("w:hyperlink")
        element.append(paragraph.add_run("条例)")._r)
        paragraph._p.append(element)
        paragraph.add_run("全文。")

    _fixed, paragraph = mend(change)
    texts = "".join(element.text for element in paragraph._p.iter(qn("w:t")))
    assert texts == "公布《条例》(以下简称条例)全文。"


def with_members(data, **added):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, content in members(data):
            archive.writestr(name, added.pop(name, content))
        for name, content in added.items():
            archive.writestr(name, content)
    return out.getvalue()


def test_a_signed_document_is_refused(linter, original):
    signed = with_members(original, **{"_xmlsignatures/sig1.xml": b"<Signature/>"})
    with pytest.raises(gilint.InputError) as caught:
        gilint.fix(signed, linter=linter)
    assert caught.value.code == "signed"
    assert "签名" in caught.value.message["zh"]


def test_a_strict_document_is_refused_in_words_of_its_own(linter, original):
    content = dict(members(original))["word/document.xml"]
    old = b"http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    strict = with_members(
        original, **{"word/document.xml": content.replace(old, b"http://purl.oclc.org/ooxml/wordprocessingml/main")}
    )
    with pytest.raises(gilint.InputError) as caught:
        gilint.fix(strict, linter=linter)
    assert (caught.value.code, "批注" in caught.value.message["zh"]) == ("strict-format", False)


def test_an_annotated_copy_keeps_its_comments(linter, original):
    annotated = gilint.annotate(original, linter=linter)
    fixed = gilint.fix(annotated, linter=linter)
    assert len(fixed.edits) == 9
    assert dict(members(fixed.content))["word/comments.xml"] == dict(members(annotated))["word/comments.xml"]
    assert without_texts(fixed.content) == without_texts(annotated)
