import pytest
from conftest import EXAMPLES, ROOT

from gilint.errors import InputError
from gilint.limits import DEFAULT, Limits
from gilint.model import Document, Paragraph, TextOrigin
from gilint.readers import Reader
from gilint.readers.opening import contents, member, read_document

FORMATS = ROOT / "tests" / "data" / "formats"
TEXT = (EXAMPLES / "clean-2024.txt").read_bytes()


def parcel(data, name, limits):
    return Document(name, "parcel", "ASCII", (Paragraph(data.decode(), TextOrigin(((0, 1, 1),))),), {})


PARCELS = Reader("parcels", lambda data, name: data.startswith(b"PK parcel"), parcel, (".parcel",))


def refusal(data, limits=DEFAULT, plugged=()):
    with pytest.raises(InputError) as error:
        read_document(data, "a", plugged, limits)
    return error.value


@pytest.mark.parametrize(
    ("file", "kind"),
    [
        ("miyun-2024.docx", "docx"),
        ("miyun-2024-writer.odt", "odt"),
        ("miyun-2024.xlsx", "xlsx"),
        ("miyun-2024-calc.xls", "xls"),
        ("miyun-2024-calc.ods", "ods"),
        ("miyun-2024-writer.html", "html"),
        ("miyun-2024-writer.pdf", "pdf"),
    ],
)
def test_the_reader_is_found_by_the_content(file, kind):
    document = read_document((FORMATS / file).read_bytes(), "report.txt", (), DEFAULT)
    assert (document.format, document.name) == (kind, "report.txt")
    assert document.blocks


def test_readers_of_plugins_are_asked_first():
    document = read_document(b"PK parcel", "a.zip", (PARCELS,), DEFAULT)
    assert (document.format, document.blocks[0].text) == ("parcel", "PK parcel")
    assert list(contents(b"PK parcel", "a.zip", (PARCELS,), DEFAULT)) == [("a.zip", b"PK parcel")]


@pytest.mark.parametrize("plugged", [(), (PARCELS,)])
def test_a_document_with_more_text_than_the_limit_is_refused(plugged):
    data = b"PK parcel" if plugged else b"123456789"
    assert read_document(data, "a", plugged, Limits(characters=9)).blocks
    error = refusal(data, Limits(characters=8), plugged)
    assert (error.code, "characters" in error.advice["zh"]) == ("too-large", True)


def test_the_text_of_tables_counts():
    data = (FORMATS / "clean-2024.docx").read_bytes()
    prose = sum(len(block.text) for block in read_document(data, "a", (), DEFAULT).blocks if hasattr(block, "text"))
    assert refusal(data, Limits(characters=prose)).code == "too-large"


def test_a_file_that_is_no_archive_holds_itself():
    assert list(contents(TEXT, "a.txt", (), DEFAULT)) == [("a.txt", TEXT)]
    docx = (FORMATS / "clean-2024.docx").read_bytes()
    assert list(contents(docx, "a.zip", (), DEFAULT)) == [("a.zip", docx)]


def test_a_path_into_a_file_that_is_no_archive_leads_nowhere():
    with pytest.raises(InputError) as error:
        member(TEXT, "a.txt", "a.txt!/b.txt", (), DEFAULT)
    assert (error.value.code, error.value.path) == ("not-found", "a.txt!/b.txt")
