"""Annotated copies of Word documents."""

import io
import zipfile

import docx
import pytest
from conftest import EXAMPLES
from documents import blocks, write_docx
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import etree

import gilint
from gilint.annotation.locating import Spot
from gilint.annotation.marks import Marker, strip_marks

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
NAMESPACE = f'xmlns:w="{W[1:-1]}"'


@pytest.fixture(scope="module")
def linter():
    return gilint.Linter(config=False)


@pytest.fixture(scope="module")
def original(linter):
    return write_docx(blocks(linter.read(EXAMPLES / "miyun-2024.txt")))


@pytest.fixture(scope="module")
def copy(linter, original):
    return gilint.annotate(original, linter=linter)


def members(data):
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def comments(data):
    return [(each.author, each.text) for each in docx.Document(io.BytesIO(data)).comments]


def canonical(element):
    return etree.tostring(element, method="c14n")


def test_every_rule_that_found_something_is_named_in_a_comment(linter, original, copy):
    said = "\n".join(text for _author, text in comments(copy))
    found = {each.rule for each in linter.lint(original).findings}
    assert "T301" in found
    assert all(rule in said for rule in found)


def test_members_without_a_part_in_comments_keep_their_bytes(original, copy):
    before, after = members(original), members(copy)
    changed = {name for name in after if before.get(name) != after[name]}
    assert changed <= {"[Content_Types].xml", "word/_rels/document.xml.rels", "word/document.xml", "word/comments.xml"}
    assert before.keys() <= after.keys()


def test_without_the_marks_the_document_is_the_original(original, copy):
    root = etree.fromstring(members(copy)["word/document.xml"])
    numbers = {each.get(f"{W}id") for each in etree.fromstring(members(copy)["word/comments.xml"])}
    strip_marks(root, numbers)
    assert canonical(root) == canonical(etree.fromstring(members(original)["word/document.xml"]))


def test_annotating_the_copy_again_changes_nothing(linter, copy):
    again = gilint.annotate(copy, linter=linter)
    assert members(again)["word/document.xml"] == members(copy)["word/document.xml"]
    assert comments(again) == comments(copy)


def test_comments_by_others_stay(linter, original):
    document = docx.Document(io.BytesIO(original))
    document.add_comment(document.paragraphs[0].runs, text="please look", author="someone", initials="s")
    out = io.BytesIO()
    document.save(out)
    said = comments(gilint.annotate(out.getvalue(), linter=linter))
    assert said[0] == ("someone", "please look")
    assert any(author == "gilint" for author, _text in said)


def test_damaged_comments_are_refused(linter, copy):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, content in members(copy).items():
            archive.writestr(name, b"<broken" if name == "word/comments.xml" else content)
    with pytest.raises(gilint.InputError, match="comments"):
        gilint.annotate(out.getvalue(), linter=linter)


def test_text_files_are_refused_with_another_way(linter):
    with pytest.raises(gilint.InputError) as caught:
        gilint.annotate(EXAMPLES / "miyun-2024.txt", linter=linter)
    assert caught.value.code == "no-word-document"
    assert "html" in caught.value.advice["en"]


# --- marks ------------------------------------------------------------------------------------------------------------


PIECES = st.lists(st.tuples(st.text("甲乙 12", min_size=1, max_size=6), st.booleans()), min_size=1, max_size=5)


@settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
@given(PIECES, st.lists(st.tuples(st.integers(0, 29), st.integers(1, 30)), min_size=1, max_size=4))
def test_marks_in_any_runs_leave_the_text_alone_and_go_without_a_trace(pieces, ranges):
    runs = "".join(
        f'<w:r>{"<w:rPr><w:b/></w:rPr>" if bold else ""}<w:t xml:space="preserve">{text}</w:t></w:r>'
        for text, bold in pieces
    )
    root = etree.fromstring(f"<w:document {NAMESPACE}><w:body><w:p>{runs}</w:p></w:body></w:document>")
    before = canonical(root)
    order = list(root.iter("*"))
    letters = [(order.index(text), at) for text in root.iter(f"{W}t") for at in range(len(text.text))]
    marker = Marker(root)
    for number, (start, length) in enumerate(ranges):
        start %= len(letters)
        (one, low), (other, high) = letters[start], letters[min(start + length, len(letters)) - 1]
        assert marker.comment(Spot((one, low), (other, high + 1)), number)
        wanted = "".join(text for text, _bold in pieces)[start : start + length]
        assert commented(root, str(number)) == wanted
    assert "".join(root.itertext()) == "".join(text for text, _bold in pieces)
    strip_marks(root, {str(number) for number in range(len(ranges))})
    assert canonical(root) == before


def commented(root, number):
    """The text between the marks of a comment."""
    inside, text = False, ""
    for element in root.iter(f"{W}commentRangeStart", f"{W}commentRangeEnd", f"{W}t"):
        if element.get(f"{W}id") == number:
            inside = element.tag.endswith("Start")
        elif inside and element.tag == f"{W}t":
            text += element.text
    return text


@pytest.mark.parametrize(
    ("properties", "order"),
    [
        ("", ["shd"]),
        ('<w:tcPr><w:tcW w:w="9"/><w:vAlign w:val="center"/></w:tcPr>', ["tcW", "shd", "vAlign"]),
        ('<w:tcPr><w:shd w:val="clear" w:color="auto" w:fill="DDDDDD"/></w:tcPr>', ["shd"]),
    ],
)
def test_shading_stands_where_the_schema_wants_it_and_is_undone(properties, order):
    root = etree.fromstring(f"<w:tbl {NAMESPACE}><w:tr><w:tc>{properties}<w:p/></w:tc></w:tr></w:tbl>")
    before = canonical(root)
    Marker(root).shade(2)
    assert [each.tag.removeprefix(W) for each in next(root.iter(f"{W}tcPr"))] == order
    assert next(root.iter(f"{W}shd")).get(f"{W}fill").startswith("FFD9")
    strip_marks(root, set())
    assert canonical(root) == before


# --- where Word allows no mark ----------------------------------------------------------------------------------------


def test_a_range_in_a_content_control_goes_around_it():
    root = etree.fromstring(
        f"<w:p {NAMESPACE}><w:sdt><w:sdtContent><w:r><w:t>甲乙丙</w:t></w:r></w:sdtContent></w:sdt></w:p>"
    )
    number = [each.tag for each in root.iter("*")].index(f"{W}t")
    assert Marker(root).comment(Spot((number, 1), (number, 2)), 5)
    assert [each.tag.removeprefix(W) for each in root] == ["commentRangeStart", "sdt", "commentRangeEnd", "r"]


def test_a_range_in_a_text_box_goes_to_the_run_that_it_is_tied_to():
    root = etree.fromstring(
        f"<w:p {NAMESPACE}><w:r><w:pict><w:txbxContent><w:p><w:r><w:t>甲</w:t></w:r></w:p></w:txbxContent></w:pict>"
        "</w:r></w:p>"
    )
    number = [each.tag for each in root.iter("*")].index(f"{W}t")
    assert Marker(root).comment(Spot((number, 0), (number, 1)), 5)
    assert [each.tag.removeprefix(W) for each in root] == ["commentRangeStart", "r", "commentRangeEnd", "r"]
    assert next(root.iter(f"{W}txbxContent")).find(f".//{W}commentRangeStart") is None


def test_the_reference_of_an_inserted_range_is_no_insertion():
    root = etree.fromstring(f'<w:p {NAMESPACE}><w:ins w:id="1"><w:r><w:t>甲乙丙</w:t></w:r></w:ins></w:p>')
    number = [each.tag for each in root.iter("*")].index(f"{W}t")
    before = canonical(root)
    assert Marker(root).comment(Spot((number, 1), (number, 2)), 5)
    assert commented(root, "5") == "乙"
    assert root[-1].find(f"{W}commentReference") is not None
    strip_marks(root, {"5"})
    assert canonical(root) == before
