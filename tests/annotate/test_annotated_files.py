"""Annotated copies of whole files: whatever authors and programs have put into them."""

import io
import random
import sys
from collections import Counter

import pytest
from conftest import EXAMPLES
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree
from openxml_audit import OpenXmlValidator
from wordfiles import (
    EXTENDED,
    OFFICE,
    PARTS,
    WORD,
    Author,
    W,
    canonical,
    cell,
    changed,
    comment,
    commented,
    members,
    own_numbers,
    package,
    paragraph,
    part,
    report_with,
    run,
    table,
    zipped,
)

import gilint
from gilint.annotation import annotated
from gilint.annotation.marks import strip_marks
from gilint.limits import DEFAULT
from gilint.model import Address, Finding, Paragraph, Result

LINTER = gilint.Linter(config=False)
PLAIN = report_with(paragraph(run("甲乙丙")))
MADE_FOR_COMMENTS = {"[Content_Types].xml", "word/document.xml", "word/_rels/document.xml.rels", "word/comments.xml"}
COMMENTS = "word/comments.xml"


def finding(number, span, text="", severity="error"):
    basis = ({"document": "某规定", "clause": "第一条"},)
    return Finding(
        f"X{number}", "x", severity, "题", f"说{number}", "改吧", basis, Address(), span, text, f"{number}", None
    )


def places(report):
    """The origin and text of every paragraph and cell that was read."""
    for block in report.source.blocks:
        if isinstance(block, Paragraph):
            if block.text:
                yield block.origin, block.text
        else:
            yield from ((one.origin, one.text) for row in block.rows for one in row)


def texts(report):
    return [
        block.text if isinstance(block, Paragraph) else [[one.text for one in row] for row in block.rows]
        for block in report.source.blocks
    ]


def some_findings(report, numbers):
    """Findings at places that random ``numbers`` choose."""
    known = list(places(report))
    for number in range(numbers.randint(1, 6)):
        origin, text = numbers.choice(known)
        start = numbers.randrange(len(text) or 1)
        end = min(start + numbers.randrange(9), len(text))
        severity = numbers.choice(["error", "warning", "info"])
        yield finding(number, origin.span(start, end), text[start:end], severity)


def annotate(data, findings, lang="zh"):
    return annotated(data, "a.docx", Result("a.docx", LINTER.read(data), tuple(findings), {}), lang, DEFAULT)


def said(copy):
    """The text of each comment by its number, a line a paragraph."""
    root = etree.fromstring(members(copy)[COMMENTS])
    return {
        each.get(f"{W}id"): "\n".join("".join(line.itertext()) for line in each.iter(f"{W}p"))
        for each in root.iter(f"{W}comment")
    }


def random_file(seed, share=0.6):
    """A document and findings in it. A ``share`` of all has comments by others and notes, the rest only their marks."""
    numbers = random.Random(seed)
    data = package(report_with(Author(numbers).blocks()), PARTS if numbers.random() < share else ())
    return data, list(some_findings(LINTER.read(data), numbers))


# --- any document -----------------------------------------------------------------------------------------------------


@settings(max_examples=60)
@given(st.integers(0, 10**9))
def test_in_any_document_each_finding_has_its_comment_around_its_text(seed):
    data, findings = random_file(seed)
    copy = annotate(data, findings)
    root = etree.fromstring(members(copy)["word/document.xml"])
    for one in findings:
        (number,) = [key for key, text in said(copy).items() if f"{one.rule} 题" in text]
        marks = [each.tag for each in root.iter() if each.get(f"{W}id") == number and "omment" in str(each.tag)]
        assert marks == [f"{W}commentRangeStart", f"{W}commentRangeEnd", f"{W}commentReference"]
        if not one.span.footnote:
            assert Counter(set(one.excerpt) & set("甲乙丙12")) <= Counter(commented(root, number))


@settings(max_examples=60)
@given(st.integers(0, 10**9))
def test_of_any_document_nothing_changes_but_for_the_additions(seed):
    data, findings = random_file(seed)
    copy = annotate(data, findings)
    before, after = members(data), members(copy)
    assert {name for name in after if before.get(name) != after[name]} <= MADE_FOR_COMMENTS
    assert texts(LINTER.read(copy)) == texts(LINTER.read(data))
    root = etree.fromstring(after["word/document.xml"])
    strip_marks(root, own_numbers(copy))
    assert canonical(root) == canonical(before["word/document.xml"])
    assert members(annotate(copy, findings)) == after


@pytest.mark.parametrize("seed", [5000, 5011, 5030])
def test_the_schemas_of_word_have_nothing_against_what_is_added(tmp_path, seed):
    data, findings = random_file(seed, 1)
    assert not complaints(annotate(data, findings), tmp_path) - complaints(data, tmp_path)


def test_the_annotated_example_is_valid_but_for_what_its_template_has(tmp_path):
    example = EXAMPLES / "miyun-2024.docx"
    copy = gilint.annotate(example, linter=LINTER)
    assert not complaints(copy, tmp_path) - complaints(example.read_bytes(), tmp_path)


def complaints(data, folder):
    """What a validator that has nothing to do with us says of a document."""
    file = folder / "judged.docx"
    file.write_bytes(data)
    return Counter((error.part_uri, error.description) for error in OpenXmlValidator().validate(str(file)).errors)


def test_the_validator_sees_marks_in_the_wrong_place(tmp_path):
    def misplaced(content):
        return content.replace(b"<w:tcW", b'<w:shd w:val="clear"/><w:tcW', 1)

    copy = annotate(package(report_with(table(f"<w:tr>{cell(paragraph(run('1')))}</w:tr>"))), [])
    assert complaints(changed(copy, document_xml=misplaced), tmp_path) - complaints(copy, tmp_path)


# --- comments by others -----------------------------------------------------------------------------------------------

THREAD = (
    '<w:commentRangeStart w:id="7"/><w:commentRangeStart w:id="8"/><w:r><w:t>甲乙丙</w:t></w:r>'
    '<w:commentRangeEnd w:id="7"/><w:r><w:commentReference w:id="7"/></w:r>'
    '<w:commentRangeEnd w:id="8"/><w:r><w:commentReference w:id="8"/></w:r>'
)


def at_fourth(data, start=0, end=3):
    """A finding in the paragraph that a test is about."""
    return finding(1, LINTER.read(data).source.blocks[3].origin.span(start, end))


def test_comments_and_replies_by_others_at_the_same_range_stay_with_their_thread():
    data = package(report_with(paragraph(THREAD)), PARTS)
    copy = annotate(data, [at_fourth(data)])
    assert members(copy)["word/commentsExtended.xml"] == members(data)["word/commentsExtended.xml"]
    root = etree.fromstring(members(copy)["word/document.xml"])
    assert [commented(root, number) for number in ("7", "8", "9")] == ["甲乙丙"] * 3
    assert [said(copy)[number] for number in ("7", "8")] == ["请看", "看过"]
    assert "说1" in said(copy)["9"]


def test_a_reply_to_a_replaced_comment_becomes_a_comment_of_its_own():
    data = package(PLAIN)
    copy = annotate(data, [at_fourth(data)])
    reply = comment(9, "甲", "0000000B", "已改") + "</w:comments>"
    threads = '<w15:commentEx w15:paraId="0000000A"/><w15:commentEx w15:paraId="0000000B" w15:paraIdParent="0000000A"/>'

    def replied(content):
        told = content.decode().replace("<w:p>", '<w:p w14:paraId="0000000A">', 1).replace("</w:comments>", reply)
        space = ' xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml"'
        return told.replace("<w:comments ", f"<w:comments{space} ", 1).encode()

    def related(content):
        target = f'<Relationship Id="rIdT" Type="{EXTENDED}" Target="commentsExtended.xml"/></Relationships>'
        return content.replace(b"</Relationships>", target.encode())

    saved = changed(copy, comments_xml=replied, document_xml_rels=related)
    extended = part("commentsEx", threads).replace("w:commentsEx", "w15:commentsEx")
    again = annotate(zipped({**members(saved), "word/commentsExtended.xml": extended}), [at_fourth(data)])
    assert sorted(said(again)) == ["10", "11", "9"]
    assert said(again)["9"] == "已改"
    entries = etree.fromstring(members(again)["word/commentsExtended.xml"])
    assert [list(each.attrib.values()) for each in entries] == [["0000000B"]]


def test_marks_whose_comment_is_gone_are_not_taken_for_ours():
    data = package(report_with(paragraph(THREAD)))
    copy = annotate(data, [at_fourth(data)])
    assert own_numbers(copy) == {"9", "10"}


# --- damaged parts ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("content", [b"<broken", b"", b"<other/>", "<w:comments>\xff".encode("latin-1")])
def test_comments_that_cannot_be_read_are_refused_by_name(content):
    data = changed(package(PLAIN, PARTS), comments_xml=content)
    with pytest.raises(gilint.InputError, match="comments") as caught:
        annotate(data, [])
    assert caught.value.code == "damaged"


def test_comments_without_a_relationship_are_left_and_others_written_beside_them():
    data = changed(package(PLAIN, PARTS[2:3]), document_xml_rels=None)
    copy = annotate(data, [at_fourth(data)])
    assert members(copy)[COMMENTS] == members(data)[COMMENTS]
    assert b"comments2.xml" in members(copy)["word/_rels/document.xml.rels"]
    assert "说1".encode() in members(copy)["word/comments2.xml"]


def test_a_missing_content_type_of_the_comments_is_given():
    def untyped(content):
        return content.replace(b"/word/comments.xml", b"/word/other.xml")

    copy = annotate(changed(package(PLAIN, PARTS[2:3]), Content_Types_xml=untyped), [])
    assert b'PartName="/word/comments.xml"' in members(copy)["[Content_Types].xml"]


def test_a_relationship_to_comments_that_are_not_there_is_used_and_not_doubled():
    data = changed(package(PLAIN, PARTS[2:3]), comments_xml=None)
    copy = annotate(data, [at_fourth(data)])
    assert members(copy)["word/_rels/document.xml.rels"] == members(data)["word/_rels/document.xml.rels"]
    assert "说1" in said(copy)["0"]


# --- kinds of files ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "content_type",
    [
        "application/vnd.ms-word.document.macroEnabled.main+xml",
        f"{WORD}.template.main+xml",
        "application/vnd.ms-word.template.macroEnabledTemplate.main+xml",
    ],
)
def test_macros_and_templates_stay_what_they_are(content_type):
    data = package(PLAIN, content_type=content_type, **{"word/vbaProject.bin": b"\x00\x01macro"})
    copy = members(annotate(data, []))
    assert content_type.encode() in copy["[Content_Types].xml"]
    assert copy["word/vbaProject.bin"] == b"\x00\x01macro"


def test_a_signed_document_says_that_the_signature_does_not_hold():
    data = package(PLAIN, **{"_xmlsignatures/sig1.xml": "<Signature/>"})
    assert any("签名" in text for text in said(annotate(data, [])).values())


def test_a_protected_document_stays_protected():
    settings_ = part("settings", '<w:writeProtection/><w:documentProtection w:edit="readOnly" w:enforcement="1"/>')
    data = package(PLAIN, [("settings", "settings.xml", settings_)])
    assert members(annotate(data, [at_fourth(data)]))["word/settings.xml"] == settings_.encode()


def test_a_strict_document_is_refused_with_a_way_out():
    main, office = f"{W[1:-1]}", OFFICE
    strict = PLAIN.replace(main, "http://purl.oclc.org/ooxml/wordprocessingml/main")
    data = package(strict.replace(office, "http://purl.oclc.org/ooxml/officeDocument/relationships"))
    with pytest.raises(gilint.InputError) as caught:
        annotate(data, [])
    assert caught.value.code == "strict-format"
    assert ".docx" in caught.value.advice["zh"]


def test_a_finding_without_a_place_is_told_in_the_comment_at_the_title():
    copy = annotate(package(PLAIN), [finding(1, None)])
    assert list(said(copy)) == ["0"]
    assert "说1" in said(copy)["0"]


# --- what comments say ------------------------------------------------------------------------------------------------


def test_a_comment_says_what_then_why_then_what_to_do():
    data = package(PLAIN)
    assert said(annotate(data, [at_fourth(data)]))["0"].split("\n") == [
        "[错误] X1 题",
        "说1",
        "依据：某规定 第一条",
        "建议：改吧",
    ]


def test_findings_of_one_cause_name_the_rule_once_and_the_other_place_shortly():
    example = gilint.annotate(EXAMPLES / "miyun-2024.docx", linter=LINTER)
    (told,) = [text for text in said(example).values() if "T301" in text]
    assert told.count("T301") == 1
    assert "\n表2第4行第3格：“商业企业”列：1 + 0 ≠ 0 + 0，相差 1\n" in told
    assert [line[:2] for line in told.split("\n")[3:]] == ["原因", "依据", "改法", "建议"]


def test_rules_that_miss_the_same_thing_share_a_line_of_the_summary():
    told = list(said(gilint.annotate(EXAMPLES / "miyun-2024.docx", linter=LINTER)).values())[-1]
    (line,) = [line for line in told.split("\n") if "上年" in line]
    assert "T601、T602、T603" in line


# --- in Python --------------------------------------------------------------------------------------------------------


def test_a_path_its_bytes_and_its_report_give_the_same_copy():
    path = EXAMPLES / "miyun-2024.docx"
    copies = [gilint.annotate(one, linter=LINTER) for one in (path, path.read_bytes(), LINTER.read(path))]
    assert copies[0] == copies[1] == copies[2]


def test_a_result_of_another_document_is_refused():
    result = LINTER.lint(package(PLAIN))
    with pytest.raises(gilint.InputError) as caught:
        gilint.annotate(package(report_with(paragraph(run("甲丙")))), result, linter=LINTER)
    assert caught.value.code == "changed"


def test_last_years_report_is_judged_beside_it():
    path = EXAMPLES / "miyun-2024.docx"
    told = list(said(gilint.annotate(path, linter=LINTER, previous=EXAMPLES / "clean-2024.txt")).values())
    assert "没有给出上年报告" not in told[-1]


@pytest.mark.parametrize("source", [{"version": 1}, b"plain text", EXAMPLES / "miyun-2024.txt"])
def test_what_is_no_word_document_is_refused(source):
    with pytest.raises(gilint.InputError):
        gilint.annotate(source, linter=LINTER)


# --- the command ------------------------------------------------------------------------------------------------------


@pytest.fixture
def docx_file(tmp_path):
    file = tmp_path / "in" / "报告.docx"
    file.parent.mkdir()
    file.write_bytes(package(PLAIN))
    return file


@pytest.fixture
def out(tmp_path):
    folder = tmp_path / "out"
    folder.mkdir()
    return folder


def test_documents_of_one_name_get_names_of_their_own_in_a_folder(run, docx_file, out):
    second = docx_file.parent / "b" / "报告.DOCX"
    second.parent.mkdir()
    second.write_bytes(docx_file.read_bytes())
    assert run("check", docx_file.parent, "-f", f"docx={out}").code == 1
    assert sorted(each.name for each in out.iterdir()) == ["报告-2.DOCX", "报告.docx"]


def test_a_document_in_an_archive_gets_its_copy(run, docx_file, out):
    archive = docx_file.with_name("a.zip")
    archive.write_bytes(zipped({"x/b.docx": docx_file.read_bytes()}))
    assert run("check", archive, "-f", f"docx={out}").code == 1
    assert own_numbers((out / "b.docx").read_bytes())


def test_standard_input_gets_its_copy(run, docx_file, out, monkeypatch):
    stream = io.TextIOWrapper(io.BytesIO(docx_file.read_bytes()))
    monkeypatch.setattr(sys, "stdin", stream)
    assert run("check", "-", "-f", f"docx={out}/copy.docx").code == 1
    assert own_numbers((out / "copy.docx").read_bytes())


def test_a_text_becomes_a_page_and_a_message_says_so(run, out):
    done = run("check", EXAMPLES / "miyun-2024.txt", "-f", f"docx={out}/copy.docx")
    assert done.code == 1
    assert "HTML" in done.err
    assert "copy.html" in done.err
    assert [each.name for each in out.iterdir()] == ["copy.html"]
    assert "T301" in (out / "copy.html").read_text("utf-8")


def test_in_a_folder_each_input_gets_what_it_can_have_and_what_is_refused_is_named(run, docx_file, out):
    folder = docx_file.parent
    (folder / "t.txt").write_bytes((EXAMPLES / "clean-2024.txt").read_bytes())
    (folder / "z.docx").write_bytes(changed(package(PLAIN, PARTS), comments_xml=b"<broken"))
    done = run("check", folder, "-f", f"docx={out}")
    assert done.code == 2
    assert sorted(each.name for each in out.iterdir()) == ["t.txt.html", "报告.docx"]
    assert "z.docx" in done.err
    assert "t.txt → " in done.err


def test_the_original_is_never_written_over(run, docx_file):
    before = docx_file.read_bytes()
    assert run("check", docx_file, "-f", f"docx={docx_file}", "--force").code == 2
    assert docx_file.read_bytes() == before


def test_limits_of_the_configuration_hold_for_the_copy_too(run, docx_file, out, tmp_path):
    many = {f"word/media/{number}.bin": b"" for number in range(1100)}
    docx_file.write_bytes(package(PLAIN, **many))
    config = tmp_path / "gilint.toml"
    config.write_text("[limits]\nmembers = 2000\n", "utf-8")
    assert run("check", docx_file, "-f", f"docx={out}", "--config", config).code == 1
    assert own_numbers((out / "报告.docx").read_bytes())


def test_a_file_that_changes_after_it_was_judged_is_refused_in_words(run, docx_file, out, monkeypatch):
    load = gilint.inputs.load
    seen = []

    def loaded(path, *rest):
        seen.append(path)
        if len(seen) > 1:
            docx_file.write_bytes(package(report_with(paragraph(run_of("别的")))))
        return load(path, *rest)

    run_of = globals()["run"]
    monkeypatch.setattr(gilint.inputs, "load", loaded)
    monkeypatch.setattr("gilint.linter.load", loaded)
    done = run("check", docx_file, "-f", f"docx={out}")
    assert done.code == 2
    assert "改动" in done.err
    assert not list(out.iterdir())
