"""Pages that browsers saved with all that belongs to them."""

import base64
import quopri

import pytest
from conftest import EXAMPLES, ROOT
from html_pieces import AFTER, BEFORE, page
from pages import assert_same

from gilint import Linter
from gilint.errors import InputError
from gilint.limits import DEFAULT
from gilint.readers.detect import format_of
from gilint.readers.mhtml import read
from gilint.reporters.notes import note_text

SAVED = ROOT / "tests" / "data" / "formats" / "html-trs-chromium.mhtml"


def quoted(data):
    return quopri.encodestring(data).replace(b"\n", b"\r\n")


def chrome(data, location="http://www.pinglan.gov.cn/a/1.html"):
    """As Chrome and Edge save a page: no charset, its styles beside it, the subject encoded."""
    return b"\r\n".join(
        (
            b"From: <Saved by Blink>",
            b"Snapshot-Content-Location: " + location.encode(),
            b"Subject: =?utf-8?Q?=E5=B9=B4=E6=8A=A5?=",
            b"Date: Mon, 20 Jan 2025 10:00:00 -0000",
            b"MIME-Version: 1.0",
            b'Content-Type: multipart/related;\r\n\ttype="text/html";\r\n\tboundary="----MultipartBoundary--x----"',
            b"",
            b"",
            b"------MultipartBoundary--x----",
            b"Content-Type: text/html",
            b"Content-ID: <frame-1@mhtml.blink>",
            b"Content-Transfer-Encoding: quoted-printable",
            b"Content-Location: " + location.encode(),
            b"",
            quoted(data),
            b"------MultipartBoundary--x----",
            b"Content-Type: text/css",
            b"Content-Transfer-Encoding: quoted-printable",
            b"",
            b"p { color: red }",
            b"------MultipartBoundary--x------",
            b"",
        )
    )


def explorer(data, charset="gb2312"):
    """As Internet Explorer and Word save a page: a charset in the header, base64, a sentence before the parts."""
    return b"\r\n".join(
        (
            '发件人: "由 Internet Explorer 保存"'.encode("gb18030").replace("发件人".encode("gb18030"), b"From"),
            b"Subject: 1",
            b"MIME-Version: 1.0",
            b'Content-Type: multipart/related;\r\n\ttype="text/html";\r\n\tboundary="----=_NextPart_000"',
            b"X-MimeOLE: Produced By Microsoft MimeOLE V6.1",
            b"",
            b"This is a multi-part message in MIME format.",
            b"",
            b"------=_NextPart_000",
            f'Content-Type: text/html;\r\n\tcharset="{charset}"'.encode(),
            b"Content-Transfer-Encoding: base64",
            b"Content-Location: file:///C:/report.htm",
            b"",
            base64.encodebytes(data).replace(b"\n", b"\r\n"),
            b"------=_NextPart_000--",
            b"",
        )
    )


def single(data):
    """A page that is the only part."""
    head = b"MIME-Version: 1.0\r\nContent-Type: text/html; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n\r\n"
    return head + data


SAVERS = {"chrome": chrome, "explorer": explorer, "single": single}
PIECE = "<p>一、总体情况</p>"


@pytest.mark.parametrize("saver", SAVERS)
def test_the_page_inside_is_read(saver):
    data = SAVERS[saver](page(PIECE, encoding="gb18030" if saver == "explorer" else "utf-8"))
    assert format_of(data, "page.mht", DEFAULT) == "mhtml"
    document = read(data, "page.mht", DEFAULT)
    assert [block.text for block in document.blocks] == [BEFORE, "一、总体情况", AFTER]
    assert (document.format, document.encoding) == ("mhtml", "GB18030" if saver == "explorer" else "UTF-8")


@pytest.mark.parametrize("saver", SAVERS)
def test_places_are_those_of_the_page_inside(saver):
    document = read(SAVERS[saver](page(f"\n\n  {PIECE}")), "page.mht", DEFAULT)
    span = document.blocks[1].origin.span(2, 4)
    assert (span.line, span.column, span.end_column) == (3, 8, 10)
    assert [note.kind for note in document.notes] == ["decoded-part"]
    assert "解码" in note_text(document.notes[0], "zh")
    assert "decoded" in note_text(document.notes[0], "en")


def test_the_address_is_that_from_which_the_page_was_saved():
    assert read(chrome(page("")), "a.mhtml", DEFAULT).metadata["url"] == "http://www.pinglan.gov.cn/a/1.html"
    assert "url" not in read(single(page("")), "a.mhtml", DEFAULT).metadata


def test_a_charset_in_the_header_helps_where_bytes_leave_a_doubt():
    text = "總體情況，" * 12 + "。"
    document = read(explorer(f"<p>{text}</p>".encode("big5"), "big5"), "a.mht", DEFAULT)
    assert (document.encoding, document.blocks[0].text) == ("Big5", text)


@pytest.mark.parametrize("charset", ["x-no", "zlib", "base64", "undefined"])
def test_a_charset_that_is_none_does_no_harm(charset):
    assert read(explorer(page(PIECE), charset), "a.mht", DEFAULT).blocks[1].text == "一、总体情况"


def parts(*pages, head=""):
    """A mail of several pages, each (identifier, content)."""
    body = b"".join(
        f"--b\r\nContent-Type: text/html\r\nContent-ID: <{name}>\r\n\r\n".encode() + content + b"\r\n"
        for name, content in pages
    )
    return (
        f'MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary="b"{head}\r\n\r\n'.encode()
        + body
        + b"--b--\r\n"
    )


def test_the_part_that_the_mail_starts_with_is_the_page():
    other = page("<p>别的页面</p>")
    data = parts(("one", other), ("two", page(PIECE)), head='; start="<two>"')
    assert read(data, "a.mht", DEFAULT).blocks[1].text == "一、总体情况"
    assert read(parts(("one", other), ("two", page(PIECE))), "a.mht", DEFAULT).blocks[1].text == "别的页面"


def test_an_article_in_a_frame_is_found():
    outer = '<div>网站首页</div><iframe src="cid:two"></iframe>'.encode()
    assert read(parts(("one", outer), ("two", page(PIECE))), "a.mht", DEFAULT).blocks[1].text == "一、总体情况"


def test_pages_without_an_article_are_refused_as_the_page_is():
    with pytest.raises(InputError) as error:
        read(parts(("one", b"<div>1</div>"), ("two", b"<p>2</p>")), "a.mht", DEFAULT)
    assert error.value.code == "no-text"


@pytest.mark.parametrize(
    "data",
    [
        parts(),
        b"MIME-Version: 1.0\r\nContent-Type: text/plain\r\n\r\nx",
        chrome(b"x").replace(b"text/html", b"image/png"),
        chrome(page("")).replace(b"------MultipartBoundary--x----", b"--other"),
    ],
)
def test_a_mail_without_a_page_is_refused_with_a_way_out(data):
    with pytest.raises(InputError) as error:
        read(data, "a.mht", DEFAULT)
    assert error.value.code == "no-page"
    assert "另存" in error.value.advice["zh"]


def nested(depth):
    inside = b"Content-Type: text/html\r\n\r\n" + page(PIECE)
    for level in range(depth):
        start = f'Content-Type: multipart/mixed; boundary="b{level}"\r\n\r\n--b{level}\r\n'.encode()
        inside = start + inside + f"\r\n--b{level}--\r\n".encode()
    return b"MIME-Version: 1.0\r\n" + inside


def test_parts_may_be_nested_within_reason():
    assert read(nested(20), "a.mht", DEFAULT).blocks[1].text == "一、总体情况"
    with pytest.raises(InputError) as error:
        read(nested(2000), "a.mht", DEFAULT.replace(members=10_000))
    assert error.value.code == "damaged"


@pytest.mark.parametrize(
    ("data", "words"),
    [(parts(*[("x", b"1")] * 3000), "parts"), (b"MIME-Version: 1.0\r\n" + b"X: 1\r\n" * 500_001, "lines")],
)
def test_more_parts_and_lines_than_a_page_has_are_refused(data, words):
    with pytest.raises(InputError) as error:
        read(data, "a.mht", DEFAULT)
    assert error.value.code == "too-large"
    assert words in error.value.message["en"]


def test_a_page_that_chromium_saved_reads_as_the_text_of_its_report():
    linter = Linter(config=False)
    assert_same(linter.read(SAVED), linter.read(EXAMPLES / "clean-2024.txt"))
