import pytest
from hypothesis import given
from hypothesis import strategies as st

from gilint.errors import InputError
from gilint.readers import markdown, text
from gilint.readers.detect import LARGEST, read_document

READERS = [markdown.reader, text.reader]


def refused(data, name="a.txt"):
    with pytest.raises(InputError) as error:
        read_document(data, name, READERS)
    assert all(error.value.message[language] and error.value.advice[language] for language in ("zh", "en"))
    return error.value.code


FOREIGN = {
    "PDF": b"%PDF-1.7\n",
    "docx": b"PK\x03\x04\x14\x00",
    "doc": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
    "rtf": b"{\\rtf1\\ansi",
    "PNG": b"\x89PNG\r\n\x1a\n",
    "JPEG": b"\xff\xd8\xff\xe0\x00\x10JFIF",
    "GIF": b"GIF89a",
    "WebP": b"RIFF\x10\x00\x00\x00WEBPVP8 ",
    "BMP": b"BM\x00\x00\x00\x00",
    "TIFF": b"II*\x00\x08\x00",
    "RAR": b"Rar!\x1a\x07",
    "7z": b"7z\xbc\xaf'\x1c",
    "gzip": b"\x1f\x8b\x08\x00",
    "page": "<!DOCTYPE html>\n<html><body>报告".encode(),
    "page with mark": b"\xef\xbb\xbf\n <html>",
    "page in UTF-16": b"\xff\xfe" + "<html><body>".encode("utf-16-le"),
    "part of a page": "<div class='text'><p>报告</p></div>".encode(),
    "page behind a comment": b"<!-- x -->\n<html>",
    "XML": b"<?xml version='1.0'?><a/>",
}


@pytest.mark.parametrize("data", FOREIGN.values(), ids=FOREIGN)
def test_another_format_is_named_whatever_the_file_is_called(data):
    assert refused(data) == "unsupported-format"
    assert refused(data, "a.md") == "unsupported-format"


@pytest.mark.parametrize("data", [b"", b" \n\t\r\n", "　".encode(), b"\xef\xbb\xbf"])
def test_nothing_is_empty(data):
    assert refused(data) == "empty"


BINARY = {
    "NUL": "报告\x00报告".encode(),
    "UTF-16 without mark": "report of 2024".encode("utf-16-le"),
    "controls": b"\x01\x02\x03\x04 text " * 20,
}


@pytest.mark.parametrize("data", BINARY.values(), ids=BINARY)
def test_what_is_no_text_is_binary(data):
    assert refused(data) == "binary"


def test_a_file_over_the_limit_is_refused():
    assert refused(b"x" * (LARGEST + 1)) == "too-large"


def test_a_sentence_that_begins_with_a_bracket_is_text():
    assert read_document("<条例> 第五十条".encode(), "a.txt", READERS).format == "text"


@given(st.binary(max_size=200))
def test_bytes_are_a_document_or_refused(data):
    try:
        document = read_document(data, "a.txt", READERS)
    except InputError:
        return
    assert document.blocks
