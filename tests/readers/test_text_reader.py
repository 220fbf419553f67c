import pickle

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gilint.errors import InputError
from gilint.limits import DEFAULT, Limits
from gilint.model import Paragraph, TextOrigin
from gilint.readers.text import read

ENCODED = {
    "UTF-8": "条例".encode(),
    "UTF-8 (BOM)": b"\xef\xbb\xbf" + "条例".encode(),
    "UTF-16 LE": b"\xff\xfe" + "条例".encode("utf-16-le"),
    "UTF-16 BE": b"\xfe\xff" + "条例".encode("utf-16-be"),
    "UTF-32 LE": b"\xff\xfe\x00\x00" + "条例".encode("utf-32-le"),
    "UTF-32 BE": b"\x00\x00\xfe\xff" + "条例".encode("utf-32-be"),
    "GB18030": "条例".encode("gb18030"),
}


@pytest.mark.parametrize("encoding", ENCODED)
def test_the_encoding_is_told_with_the_text(encoding):
    document = read(ENCODED[encoding], "a.txt", DEFAULT)
    assert (document.encoding, [block.text for block in document.blocks]) == (encoding, ["条例"])


def test_characters_beyond_gbk_are_read():
    assert read("㐂𠀀〇".encode("gb18030"), "a.txt", DEFAULT).blocks[0].text == "㐂𠀀〇"


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_lines_end_as_editors_end_them(end):
    document = read(f"一{end}{end}二 三\f四".encode(), "a.txt", DEFAULT)
    assert [block.text for block in document.blocks] == ["一", "", "二 三\f四"]
    assert [block.origin.span(0, 1).line for block in document.blocks] == [1, 2, 3]


@pytest.mark.parametrize(
    "data",
    [
        b"caf\xe9",
        "条例".encode() + b"\xff\xff",
        b"\xff\xfe" + "条例".encode("utf-16-le") + b"\x00",
        b"\xef\xbb\xbf\xff",
        b"\x00\x00\xfe\xff\x00\x11\x00\x00",
    ],
)
def test_bytes_that_are_no_text_are_refused_with_their_place(data):
    with pytest.raises(InputError) as error:
        read(data, "a.txt", DEFAULT)
    assert error.value.code == "encoding"
    assert error.value.message["en"].startswith("byte ")


@pytest.mark.parametrize("data", [b"\xef\xbb\xbf", b"\xff\xfe", "　\n\xa0".encode(), b" \r\n\t"])
def test_a_text_of_nothing_is_empty(data):
    with pytest.raises(InputError) as error:
        read(data, "a.txt", DEFAULT)
    assert error.value.code == "empty"


def test_more_lines_than_the_limit_are_refused():
    limits = Limits(lines=3)
    assert len(read(b"a\nb\nc", "a.txt", limits).blocks) == 3
    with pytest.raises(InputError) as error:
        read(b"a\nb\nc\nd", "a.txt", limits)
    assert (error.value.code, error.value.message["en"]) == ("too-large", "4 lines are over the limit of 3")


@given(st.text(alphabet=st.characters(codec="utf-8"), min_size=1).filter(str.strip))
def test_every_text_comes_back(text):
    document = read(text.encode(), "a.txt", DEFAULT)
    plain = text.replace("\r\n", "\n").replace("\r", "\n")
    if not text.startswith("\ufeff"):
        assert "\n".join(block.text for block in document.blocks) == plain


def test_the_lines_of_a_text_are_a_tuple_of_paragraphs():
    blocks = read("总体情况\n\n0".encode(), "a.txt", DEFAULT).blocks
    made = tuple(Paragraph(text, TextOrigin(((0, line, 1),))) for line, text in enumerate(("总体情况", "", "0"), 1))
    assert blocks == made
    assert made == blocks
    assert (len(blocks), blocks[-1], blocks[:2]) == (3, made[2], made[:2])
    assert pickle.loads(pickle.dumps(blocks)) == made  # noqa: S301
