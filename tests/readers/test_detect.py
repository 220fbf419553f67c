import io
import re
import struct
import zipfile

import pytest
from compounds import compound
from conftest import EXAMPLES, ROOT
from hypothesis import given
from hypothesis import strategies as st

from gilint.errors import InputError
from gilint.limits import DEFAULT, Limits
from gilint.readers import BUILTIN
from gilint.readers.detect import SIGNATURES, SURE, format_of

FORMATS = ROOT / "tests" / "data" / "formats"
NAMES = (
    "report",
    "-",
    "a.txt",
    "a.md",
    "a.docx",
    "a.doc",
    "a.wps",
    "a.xls",
    "a.html",
    "a.pdf",
    "a.json",
    "a.yaml",
    "a.zip",
    "b",
)
"""Names that have nothing to do with the content."""


def refusal(data, name="a.txt", limits=DEFAULT):
    with pytest.raises(InputError) as error:
        format_of(data, name, limits)
    assert all(error.value.message[language] and error.value.advice[language] for language in ("zh", "en"))
    assert error.value.path == name
    return error.value


def packed(**members):
    """A package; in the names of members, _ stands for / and 0 for a point."""
    return zipped({name.replace("_", "/").replace("0", "."): content for name, content in members.items()})


def zipped(members):
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def fixture(name):
    return (FORMATS / name).read_bytes()


# --- what is read -----------------------------------------------------------------------------------------------------

SAVED = {
    "miyun-2024.docx": "docx",
    "miyun-2024-writer.docx": "docx",
    "miyun-2024-writer.odt": "odt",
    "miyun-2024-writer.doc": "word",
    "miyun-2024-writer.rtf": "word",
    "miyun-2024-writer.pdf": "pdf",
    "miyun-2024-chromium.pdf": "pdf",
    "miyun-2024-writer.html": "html",
    "miyun-2024-calc.html": "html",
    "miyun-2024.xlsx": "spreadsheet",
    "miyun-2024-calc.xls": "spreadsheet",
    "miyun-2024-calc.ods": "spreadsheet",
}


@pytest.mark.parametrize("file", SAVED)
@pytest.mark.parametrize("name", NAMES)
def test_what_a_program_saved_is_known_whatever_it_is_called(file, name):
    assert format_of(fixture(file), name, DEFAULT) == SAVED[file]


MAIL = "From: <Saved by Blink>\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related;\r\n\tboundary=x\r\n\r\n"
WORD_MAIL = "MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=x\r\n\r\n--x\r\n"
PAGES = {
    "HTML 5": "<!DOCTYPE html>\n<html><body>报告",
    "capitals": "<!DOCTYPE HTML PUBLIC '-//W3C//DTD HTML 4.01//EN'>\n<HTML>",
    "XHTML": "<?xml version='1.0' encoding='utf-8'?>\n<!DOCTYPE html PUBLIC 'x' 'y'>\n<html xmlns='http://www.w3.org/1999/xhtml'>",
    "HTML that declares XML": "<?xml version='1.0'?><html>",
    "behind a comment": "<!-- saved from url=(0014)about:internet -->\n<!-- > -->\n<html>",
    "behind a mark": "\ufeff\n <html>",
    "Word": '<html xmlns:o="urn:schemas-microsoft-com:office:office">\n<head><meta charset=gb2312></head>',
    "Excel": "<meta http-equiv='Content-Type' content='text/html; charset=gbk'><table><tr><td>规章</table>",
    "a table only": "<table><tr><td>3",
    "a fragment": "<div class='text'><p>报告</p></div>",
    "a fragment in an unknown tag": "<ucapcontent><p>报告</p></ucapcontent>",
    "a name of XML before it": '<?xml:namespace prefix = "o" ns = "x" /><p>报告</p>',
    "text before the tags": "报告" + "<p>甲</p>" * 5,
}


@pytest.mark.parametrize("page", PAGES.values(), ids=PAGES)
@pytest.mark.parametrize("name", ["a.html", "a.doc", "a.xls", "a.txt", "-"])
def test_a_page_is_known_by_its_tags(page, name):
    assert format_of(page.encode(), name, DEFAULT) == "html"
    assert format_of(page.removeprefix("\ufeff").encode("gb18030"), name, DEFAULT) == "html"
    assert format_of(b"\xff\xfe" + page.removeprefix("\ufeff").encode("utf-16-le"), name, DEFAULT) == "html"


TEXTS = {
    "a bracket": "<条例> 第五十条",
    "an English bracket": "<note> that this is text",
    "a brace": "{某局}2024年报告",
    "a square bracket": "[某局] 2024年报告",
    "a header of mail": "From: the office\nTo: all\n\n报告",
    "a colon": "标题: 报告",
    "the mark of a PDF": "%PDF 是一种格式",
    "a PDF in the text": "格式 %PDF-1.7 的文件",
    "the mark of a picture": "BM0 GIF8 II* Rar!",
    "CSV": "规章,3,0,15\n行政规范性文件,1,2,3\n",
    "TSV": "规章\t3\t0\t15\n",
    "some tags": "报告<br>第二行<p>x</p>",
    "YAML inside": "报告\nsections: x\n",
}


@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS)
@pytest.mark.parametrize("name", ["a.txt", "-", "report", "a.csv", "a.docx"])
def test_a_text_that_begins_like_something_else_is_text(text, name):
    assert format_of(text.encode(), name, DEFAULT) == "text"


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("sample", ["miyun-2024", "clean-2024"])
def test_a_report_in_plain_text_is_text_whatever_it_is_called(sample, name):
    expected = "markdown" if name == "a.md" else "text"
    content = (EXAMPLES / f"{sample}.txt").read_text(encoding="utf-8")
    for data in (content.encode(), content.encode("gb18030"), content.encode("utf-16"), content.encode("utf-8-sig")):
        assert format_of(data, name, DEFAULT) == expected


OTHERS = {
    "web archive": (MAIL.encode(), "a.mhtml", "mhtml"),
    "web archive of Word": (WORD_MAIL.encode(), "a.doc", "mhtml"),
    "web archive without a name": (MAIL.encode(), "-", "mhtml"),
    "JSON": (b'{"title": "x"}', "-", "json"),
    "JSON in a text": (b' \n{\n  "title": 1}', "a.txt", "json"),
    "JSON with a mark": (b'\xef\xbb\xbf{"a": 1}', "a.json", "json"),
    "JSON that is broken": (b"{title: x}", "a.json", "json"),
    "JSON that is a list": (b"[1]", "a.json", "json"),
    "JSON that is a list of records": (b'[{"title": "x"}]', "-", "json"),
    "JSON that is empty": (b"{}", "-", "json"),
    "YAML": ("title: 报告\nyear: 2024\n".encode(), "a.yaml", "yaml"),
    "YAML behind a comment": (b"# x\n\n---\ntitle: x\n", "-", "yaml"),
    "YAML with other keys": (b"colour: red\n", "a.yml", "yaml"),
    "YAML in a text": (b"title: x\n", "a.txt", "text"),
    "Markdown by its name": ("报告".encode(), "A.MARKDOWN", "markdown"),
    "Markdown that begins with a tag": (b"<div align=center>\n\n# x\n", "a.md", "markdown"),
    "Markdown by its headings": (b"x\n# y", "-", "markdown"),
    "Markdown by its tables": (b"a|b\n---|---\n", "report", "markdown"),
    "Markdown by its ruled tables": (b"| a |\n| :---: |\n", "-", "markdown"),
    "a page named Markdown": (b"<!DOCTYPE html><p>x", "a.md", "html"),
    "flat OpenDocument": (
        b'<?xml version="1.0"?><office:document xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
        b'office:mimetype="application/vnd.oasis.opendocument.text">',
        "a.xml",
        "odt",
    ),
    "Word 2003 XML": (
        b'<?xml version="1.0"?><?mso-application progid="Word.Document"?>\n'
        b'<w:wordDocument xmlns:w="http://schemas.microsoft.com/office/word/2003/wordml">',
        "a.doc",
        "wordxml",
    ),
    "flat Word XML": (
        b'<?xml version="1.0"?><pkg:package xmlns:pkg="http://schemas.microsoft.com/office/2006/xmlPackage">',
        "a.xml",
        "wordxml",
    ),
    "Excel 2003 XML": (
        b'<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet">',
        "a.xls",
        "spreadsheet",
    ),
    "RTF behind a mark": (b"\xef\xbb\xbf{\\rtf1\\ansi x}", "a.doc", "word"),
    "RTF": (b"{\\rtf1\\ansi x}", "a.txt", "word"),
    "PDF behind a header": (b"HTTP/1.1 200 OK\r\n\r\n%PDF-1.4\n1 0 obj endobj", "a.pdf", "pdf"),
    "PDF behind a mark": (b"\xef\xbb\xbf%PDF-1.4\n1 0 obj endobj", "a.pdf", "pdf"),
    "a package with another main part": (
        zipped(
            {"[Content_Types].xml": '<Override ContentType="application/vnd.ms-word.document.macroEnabled.main+xml"/>'}
        ),
        "a.docx",
        "docx",
    ),
    "a package without the list of its parts": (packed(word_document0xml="<w/>"), "a.docx", "docx"),
    "a package with the separators of Windows": (zipped({"word\\document.xml": "<w/>"}), "a.docx", "docx"),
    "a binary workbook": (packed(xl_workbook0bin="x"), "a.xlsb", "spreadsheet"),
    "a zip": (packed(report0txt="x"), "a.docx", "archive"),
    "a zip of nothing": (b"PK\x05\x06" + bytes(18), "a.zip", "archive"),
    "a zip of a program": (packed(META_INF="x"), "a.jar", "archive"),
    "a zip with a Word file in it": (zipped({"word/report.xml": "x", "a.docx": "x"}), "a.zip", "archive"),
}


@pytest.mark.parametrize(("data", "name", "expected"), OTHERS.values(), ids=OTHERS)
def test_formats_are_told_apart(data, name, expected):
    assert format_of(data, name, DEFAULT) == expected
    assert expected in BUILTIN or expected == "archive"


# --- what is refused --------------------------------------------------------------------------------------------------

FOREIGN = {
    "OFD": (packed(OFD0xml="<ofd:OFD/>"), "OFD"),
    "CEB": (b"Founder CEB 3.0\x00", "CEB"),
    "UOF": (packed(uof0xml="<x/>"), "UOF"),
    "XPS": (zipped({"FixedDocSeq.fdseq": "x", "[Content_Types].xml": "<x/>"}), "XPS"),
    "PostScript": (b"%!PS-Adobe-3.0\n", "PostScript"),
    "Pages": (packed(Index_Document0iwa="x"), "iWork"),
    "pptx": (
        zipped(
            {"[Content_Types].xml": '<Override ContentType="application/vnd.x.presentationml.slideshow.main+xml"/>'}
        ),
        "演示文稿",
    ),
    "odp": (zipped({"mimetype": "application/vnd.oasis.opendocument.presentation", "content.xml": "x"}), "演示文稿"),
    "EPUB": (zipped({"mimetype": "application/epub+zip"}), "EPUB"),
    "PNG": (b"\x89PNG\r\n\x1a\n\x00", "PNG"),
    "JPEG": (b"\xff\xd8\xff\xe0\x00\x10JFIF", "JPEG"),
    "GIF": (b"GIF89a\x01\x00", "GIF"),
    "WebP": (b"RIFF\x10\x00\x00\x00WEBPVP8 ", "WebP"),
    "BMP": (b"BM\x10\x00\x00\x00\x00\x00\x00\x006\x00", "BMP"),
    "TIFF": (b"II*\x00\x08\x00", "TIFF"),
    "HEIC": (b"\x00\x00\x00\x18ftypheic\x00\x00", "HEIC"),
    "SVG": (b'<svg xmlns="http://www.w3.org/2000/svg"/>', "SVG"),
    "video": (b"\x00\x00\x00\x18ftypisom\x00\x00", "音像"),
    "RAR": (b"Rar!\x1a\x07\x01\x00", "RAR"),
    "7z": (b"7z\xbc\xaf'\x1c\x00", "7z"),
    "gzip": (b"\x1f\x8b\x08\x00", "gzip"),
    "tar": (b"a.txt".ljust(257, b"\x00") + b"ustar\x0000", "tar"),
    "program": (b"MZ\x90\x00\x03\x00", "程序"),
    "program of Linux": (b"\x7fELF\x02\x01", "程序"),
    "shortcut": (b"L\x00\x00\x00\x01\x14\x02\x00", "快捷方式"),
    "shortcut to a page": (b"[InternetShortcut]\r\nURL=http://x\r\n", "快捷方式"),
    "Excel 2": (b"\x09\x00\x04\x00\x02\x00\x10\x00", "Excel"),
    "Excel 5 without a container": (b"\x09\x08\x08\x00\x00\x05\x05\x00", "Excel"),
    "Word 2": (b"\xdb\xa5-\x00\x00\x00", "Word"),
    "XML": (b"<?xml version='1.0'?><a/>", "XML"),
    "feed": (b"<?xml version='1.0'?><rss version='2.0'><channel/></rss>", "XML"),
}


@pytest.mark.parametrize(("data", "word"), FOREIGN.values(), ids=FOREIGN)
@pytest.mark.parametrize("name", ["a.txt", "a.docx"])
def test_what_cannot_be_read_is_named_with_a_way_out(data, word, name):
    error = refusal(data, name)
    assert error.code == "unsupported-format"
    assert word in error.message["zh"]


SEALED = {
    "OpenDocument text": zipped(
        {
            "mimetype": "application/vnd.oasis.opendocument.text",
            "META-INF/manifest.xml": "<manifest:encryption-data/>",
        }
    ),
    "OpenDocument sheet": zipped(
        {
            "mimetype": "application/vnd.oasis.opendocument.spreadsheet",
            "META-INF/manifest.xml": "<manifest:encryption-data/>",
        }
    ),
    "a program of the office": b"\x62\x14\x23\x65\x00\x00E-SafeNet\x00\x00LOCK" + bytes(20),
    "another program of the office": b"%TSD-Header-###%" + bytes(20),
}


@pytest.mark.parametrize("data", SEALED.values(), ids=SEALED)
def test_what_is_encrypted_is_told(data):
    assert refusal(data).code == "encrypted"


def test_a_file_of_zeros_is_damaged():
    assert refusal(bytes(20_000), "a.docx").code == "damaged"


@pytest.mark.parametrize("kept", [5, 30, 100, 1000, 20_000])
def test_a_package_that_is_cut_off_is_damaged(kept):
    assert refusal(fixture("miyun-2024.docx")[:kept], "a.docx").code == "damaged"


def test_a_part_of_a_split_archive_is_told():
    assert refusal(b"PK\x07\x08" + packed(report0txt="x")[:-10]).code == "split-archive"


@pytest.mark.parametrize("data", [b"", b" \n\t\r\n"])
def test_nothing_is_empty(data):
    assert refusal(data).code == "empty"


BINARY = {
    "NUL": "报告\x00报告".encode(),
    "UTF-16 without mark": "report of 2024".encode("utf-16-le"),
    "controls": b"\x01\x02\x03\x04 text " * 20,
    "noise": bytes(range(256)) * 4,
}


@pytest.mark.parametrize("data", BINARY.values(), ids=BINARY)
def test_what_is_no_text_is_binary(data):
    assert refusal(data).code == "binary"


def test_a_file_over_the_limit_is_refused_with_the_key_to_raise():
    limits = Limits(file_mb=1)
    assert format_of(b"x" * 1048576, "a.txt", limits) == "text"
    error = refusal(b"x" * 1048577, limits=limits)
    assert (error.code, "1 MB" in error.message["en"], "file_mb" in error.advice["zh"]) == ("too-large", True, True)


# --- compound files ---------------------------------------------------------------------------------------------------


def test_a_compound_file_is_known_by_the_names_at_its_top():
    assert format_of(compound("1Table", "WordDocument"), "a.xls", DEFAULT) == "word"
    assert format_of(compound("Workbook"), "a.doc", DEFAULT) == "spreadsheet"
    assert format_of(compound("a", "b", "c", "d", "e", "Book"), "a.doc", DEFAULT) == "spreadsheet"


@pytest.mark.parametrize("stream", ["EncryptedPackage", "\x09DRMContent"])
def test_an_office_document_under_a_password_is_told(stream):
    assert refusal(compound("EncryptionInfo", stream), "a.docx").code == "encrypted"


@pytest.mark.parametrize(
    ("stream", "word"),
    [
        ("PowerPoint Document", "演示文稿"),
        ("__properties_version1.0", "邮件"),
        ("MatOST", "Works"),
        ("Contents", "另存为"),
    ],
)
def test_other_compound_files_are_named(stream, word):
    error = refusal(compound(stream))
    assert error.code == "unsupported-format"
    assert word in error.message["zh"] + error.advice["zh"]


def test_a_word_of_the_text_is_not_taken_for_the_name_of_a_stream():
    text = "WordDocument".encode("utf-16-le") + b"\x00\x00"
    assert format_of(compound("Workbook") + text.ljust(512, b"\x00"), "a.xls", DEFAULT) == "spreadsheet"


@pytest.mark.parametrize("kept", [8, 100, 511, 512, 600, 1024, 1100])
def test_a_compound_file_that_is_cut_off_is_damaged(kept):
    assert refusal(compound("a", "b", "c", "d", "WordDocument")[:kept]).code == "damaged"


@pytest.mark.parametrize("link", [1, 2])
def test_a_compound_file_whose_sectors_run_in_a_circle_is_damaged(link):
    data = bytearray(compound("a", "b", "c", "d", "WordDocument"))
    data[512 + 8 : 512 + 12] = struct.pack("<I", link)
    assert refusal(bytes(data)).code == "damaged"


def test_a_compound_file_whose_names_run_in_a_circle_is_read_once():
    data = bytearray(compound("a", "Workbook"))
    for number in (1, 2):
        data[1024 + number * 128 + 68 : 1024 + number * 128 + 76] = struct.pack("<II", 1, 2)
    assert format_of(bytes(data), "a.xls", DEFAULT) == "spreadsheet"


def outcome(data, name):
    try:
        return format_of(data, name, DEFAULT)
    except InputError:
        return "refused"


# --- whatever comes ---------------------------------------------------------------------------------------------------


def test_every_signature_is_looked_for():
    assert all(magic.startswith(SURE) for magic, _kind, _name in SIGNATURES)


STARTS = [magic for magic, _kind, _name in SIGNATURES] + [
    b"PK\x03\x04",
    b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
    b"{",
    b"<",
    b"",
]


@given(st.sampled_from(STARTS), st.binary(max_size=700), st.sampled_from(NAMES))
def test_bytes_are_of_a_format_or_refused(start, rest, name):
    assert outcome(start + rest, name) in (*BUILTIN, "archive", "refused")


@given(st.data())
def test_a_damaged_compound_file_is_read_or_refused(data):
    content = bytearray(compound("a", "b", "c", "d", "WordDocument"))
    for _ in range(data.draw(st.integers(1, 6))):
        content[data.draw(st.integers(8, len(content) - 1))] = data.draw(st.integers(0, 255))
    assert outcome(bytes(content), "a.doc") in ("word", "spreadsheet", "refused")


SLOW = {
    "blank lines before a key": b"#\n" + b"\n" * 65_000 + b"x",
    "blanks": b"x\n" + b" " * 65_000,
    "blanks and dashes": b"x\n" + (b" \t" * 100 + b"-" * 100) * 300,
    "comments": b"<!--" + b"--><!--" * 9_000,
    "declarations": b"<?x?>" * 13_000,
    "headers": b"a: b\n c\n" * 8_000,
    "brackets": b"<" * 65_000,
}


@pytest.mark.parametrize("data", SLOW.values(), ids=SLOW)
@pytest.mark.parametrize("name", ["-", "a.yaml", "a.html"])
def test_nothing_keeps_the_search_busy(data, name):
    """Each takes milliseconds; a search that goes back would take minutes."""
    assert format_of(data, name, DEFAULT) in BUILTIN


def test_names_of_formats_are_words():
    assert all(re.fullmatch("[a-z]+", name) for name in BUILTIN)
