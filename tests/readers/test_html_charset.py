"""The encoding of a page is what its bytes are; what it says of itself counts only where they leave a doubt."""

import pytest
from html_pieces import AFTER, BEFORE

from gilint.errors import InputError
from gilint.limits import DEFAULT
from gilint.readers.html import read
from gilint.readers.html.charset import decode

TEXT = "一、总体情况〔2024〕㐂𠀀"


def page(meta):
    return f"<html><head>{meta}</head><body><p>{BEFORE}</p><p>{TEXT}</p><p>{AFTER}</p></body></html>"


def taken(data):
    """The encoding that was taken, and the text between the first and the last paragraph."""
    document = read(data, "page.html", DEFAULT)
    assert [document.blocks[0].text, document.blocks[-1].text] == [BEFORE, AFTER]
    return document.encoding, document.blocks[1].text


METAS = (
    '<meta charset="{}">',
    '<META HTTP-EQUIV="Content-Type" CONTENT="text/html; charset={}">',
    "<meta content='text/html;charset={}' http-equiv=content-type />",
    "<meta charset = {} >",
)


@pytest.mark.parametrize("meta", METAS)
@pytest.mark.parametrize("declared", ["utf-8", "gb2312", "GBK", "gb18030", "iso-8859-1", "x-unknown", "utf-16"])
@pytest.mark.parametrize(("codec", "label"), [("utf-8", "UTF-8"), ("gb18030", "GB18030")])
def test_bytes_count_and_not_what_a_page_says_of_them(meta, declared, codec, label):
    assert taken(page(meta.format(declared)).encode(codec)) == (label, TEXT)


@pytest.mark.parametrize(
    ("codec", "label"), [("utf-8-sig", "UTF-8 (BOM)"), ("utf-16", "UTF-16 LE"), ("utf-32", "UTF-32 LE")]
)
def test_a_mark_at_the_start_says_the_encoding(codec, label):
    assert taken(page(METAS[0].format("gb2312")).encode(codec)) == (label, TEXT)


@pytest.mark.parametrize("declared", ["big5", "Big5-HKSCS"])
def test_a_page_may_declare_big5(declared):
    text = "這一段是一句足夠長的話，讓這一頁有正文，而不只是選單和按鈕。"
    data = f"<head>{METAS[0].format(declared)}</head><p>{text}</p><p>總體情況</p><p>{text}</p>"
    document = read(data.encode("big5"), "page.html", DEFAULT)
    assert (document.encoding, [block.text for block in document.blocks]) == ("Big5", [text, "總體情況", text])


def test_a_header_counts_where_the_page_is_silent():
    text = "總體情況" * 20
    assert decode(text.encode("big5"), "page.html", "big5").text == text


def test_characters_that_a_system_cut_in_two_are_counted():
    data = page(METAS[0].format("utf-8")).encode() + b"<!-- \xe4\xb8 -->" + b"<p>\xe4\xb8</p>"
    document = read(data, "page.html", DEFAULT)
    assert document.encoding == "UTF-8"
    assert [(note.kind, note.count) for note in document.notes] == [("undecodable-text", 2)]


def test_a_gbk_page_with_a_damaged_character_stays_one():
    data = page(METAS[0].format("gb2312")).encode("gb18030").replace(b"</html>", b"<p>\xff</p></html>")
    document = read(data, "page.html", DEFAULT)
    assert (document.encoding, document.notes[0].count) == ("GB18030", 1)


def test_bytes_that_are_no_text_in_any_encoding_are_refused():
    with pytest.raises(InputError) as error:
        read(b"<html><p>" + b"\xff " * 200, "page.html", DEFAULT)
    assert error.value.code == "encoding"


def test_a_page_full_of_nul_characters_is_damaged():
    with pytest.raises(InputError) as error:
        read(b"<html><p>" + b"\0" * 2000, "page.html", DEFAULT)
    assert error.value.code == "damaged"


def test_a_nul_character_here_and_there_does_no_harm():
    assert taken(page("").replace("总体", "总\0体").encode()) == ("UTF-8", TEXT)


@pytest.mark.parametrize("data", [b" \r\n\t", b"\xef\xbb\xbf", b"\xff\xfe"])
def test_a_page_of_nothing_is_empty(data):
    with pytest.raises(InputError) as error:
        read(data, "page.html", DEFAULT)
    assert error.value.code == "empty"
