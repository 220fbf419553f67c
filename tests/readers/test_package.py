import io
import struct
import zipfile

import pytest
from conftest import ROOT
from hypothesis import given
from hypothesis import strategies as st

from gilint.errors import InputError
from gilint.limits import DEFAULT, Limits
from gilint.readers.package import Package, is_link, parse_xml

SAVED = (ROOT / "tests" / "data" / "formats" / "miyun-2024.docx").read_bytes()
NAME = "report.docx"


def zipped(members, method=zipfile.ZIP_DEFLATED):
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", method) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def refusal(action):
    with pytest.raises(InputError) as error:
        action()
    assert all(error.value.message[language] and error.value.advice[language] for language in ("zh", "en"))
    return error.value


def opening(data, limits=DEFAULT):
    return refusal(lambda: Package(data, NAME, limits))


def reading(data, member, limits=DEFAULT):
    package = Package(data, NAME, limits)
    return refusal(lambda: package.read(member))


def test_members_are_read_by_name():
    package = Package(zipped({"a/b.xml": b"<b/>", "c": b""}), NAME, DEFAULT)
    assert package.names == ["a/b.xml", "c"]
    assert "c" in package
    assert "d" not in package
    assert (package.read("a/b.xml"), package.read("c")) == (b"<b/>", b"")
    assert package.xml("a/b.xml").tag == "b"


def test_separators_of_windows_are_those_of_all():
    assert Package(zipped({"word\\document.xml": b"x"}), NAME, DEFAULT).names == ["word/document.xml"]


def test_of_two_members_with_one_name_the_last_is_read_and_both_are_entries():
    data = zipped({"first": b"1", "other": b"2"}, zipfile.ZIP_STORED).replace(b"other", b"first")
    package = Package(data, NAME, DEFAULT)
    assert (package.read("first"), [package.take(entry) for entry in package.entries]) == (b"2", [b"1", b"2"])


def test_a_link_is_told_from_a_file():
    link = zipfile.ZipInfo("a.txt")
    link.external_attr = 0o120777 << 16
    package = Package(zipped({link: b"/etc/passwd", "b.txt": b"x"}), NAME, DEFAULT)
    assert [is_link(entry) for entry in package.entries] == [True, False]


# --- limits -----------------------------------------------------------------------------------------------------------


def test_more_members_than_the_limit_are_refused_before_they_are_listed():
    data = zipped({str(number): b"" for number in range(30)}, zipfile.ZIP_STORED)
    assert len(Package(data, NAME, Limits(members=30)).names) == 30
    error = opening(data, Limits(members=29))
    assert (error.code, "30" in error.message["en"], "members" in error.advice["en"]) == ("too-large", True, True)


def test_the_number_of_members_is_not_believed():
    data = bytearray(zipped({str(number): b"" for number in range(30)}, zipfile.ZIP_STORED))
    end = data.rindex(b"PK\x05\x06")
    data[end + 8 : end + 12] = struct.pack("<HH", 1, 1)
    assert opening(bytes(data), Limits(members=20)).code == "too-large"


def test_a_member_that_unpacks_beyond_the_ratio_is_refused():
    data = zipped({"a": bytes(5 * 1024 * 1024)})
    error = reading(data, "a")
    assert (error.code, "ratio" in error.advice["zh"]) == ("too-large", True)
    assert len(Package(data, NAME, Limits(ratio=2000)).read("a")) == 5 * 1024 * 1024


def test_a_small_member_may_be_packed_tightly():
    assert len(Package(zipped({"a": bytes(4_000_000)}), NAME, DEFAULT).read("a")) == 4_000_000


def test_all_that_is_unpacked_counts_together():
    package = Package(zipped({"a": bytes(600_000), "b": bytes(600_000)}), NAME, Limits(unpacked_mb=1))
    package.read("a")
    error = refusal(lambda: package.read("b"))
    assert (error.code, "1 MB" in error.message["zh"], "unpacked_mb" in error.advice["zh"]) == ("too-large", True, True)


def test_the_size_that_a_member_gives_is_not_believed():
    data = bytearray(zipped({"a": bytes(3_000_000)}))
    for mark, at in ((b"PK\x03\x04", 22), (b"PK\x01\x02", 24)):
        place = data.index(mark) + at
        data[place : place + 4] = struct.pack("<I", 10)
    assert reading(bytes(data), "a").code == "damaged"


# --- damage -----------------------------------------------------------------------------------------------------------

BROKEN = {
    "no archive": b"PK\x03\x04" + b"x" * 100,
    "half": SAVED[: len(SAVED) // 2],
    "without its end": SAVED[:-22],
    "without the last byte of its end": SAVED[:-1],
    "without its beginning": SAVED[2000:],
}


@pytest.mark.parametrize("data", BROKEN.values(), ids=BROKEN)
def test_what_is_no_whole_archive_is_damaged_in_words_of_both_languages(data):
    def readings():
        package = Package(data, NAME, DEFAULT)
        for name in package.names:
            package.read(name)

    error = refusal(readings)
    assert error.code == "damaged"
    assert not any(word in error.message["zh"] for word in ("zip file", "Bad magic"))


def test_a_member_whose_content_is_changed_is_damaged():
    data = zipped({"a": b"0123456789"}, zipfile.ZIP_STORED).replace(b"0123456789", b"0123456780")
    assert reading(data, "a").code == "damaged"


def test_a_member_under_a_password_is_encrypted():
    data = bytearray(zipped({"a": b"0123456789"}))
    data[data.index(b"PK\x01\x02") + 8] |= 1
    assert reading(bytes(data), "a").code == "encrypted"


def test_a_packing_that_asks_for_memory_is_refused():
    error = reading(zipped({"a": b"x"}, zipfile.ZIP_LZMA), "a")
    assert (error.code, "a" in error.message["zh"]) == ("unsupported-format", True)


def test_a_part_of_a_split_archive_is_told():
    data = bytearray(zipped({"a": b"x"}))
    end = data.rindex(b"PK\x05\x06")
    assert opening(b"PK\x07\x08" + bytes(data[: end - 10])).code == "split-archive"


@given(st.data())
def test_a_damaged_archive_is_read_or_refused(data):
    content = bytearray(SAVED)
    for _ in range(data.draw(st.integers(1, 8))):
        content[data.draw(st.integers(0, len(content) - 1))] = data.draw(st.integers(0, 255))
    try:
        package = Package(bytes(content[: data.draw(st.integers(1, len(content)))]), NAME, DEFAULT)
        for name in package.names:
            package.read(name)
    except InputError as error:
        codes = ("damaged", "encrypted", "too-large", "unsupported-format", "split-archive")
        assert error.code in codes  # noqa: PT017


# --- XML --------------------------------------------------------------------------------------------------------------

BOMB = '<!DOCTYPE a [<!ENTITY x "xxxxxxxxxx"><!ENTITY y "&x;&x;&x;&x;&x;&x;">]><a>&y;</a>'
OUTSIDE = '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>'


@pytest.mark.parametrize("document", [BOMB, OUTSIDE, '<!DOCTYPE a SYSTEM "http://127.0.0.1:9/x.dtd"><a/>'])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
@pytest.mark.parametrize("before", ["", f"<!--{'x' * 5000}-->"], ids=["at once", "behind a comment"])
def test_document_types_and_entities_are_refused(document, encoding, before):
    assert refusal(lambda: parse_xml((before + document).encode(encoding), NAME)).code == "entities"


@pytest.mark.parametrize("document", [b"", b"<a>", b"<a/><b/>", b"<a>&b;</a>", b"<a\x00/>", b"<a>" * 100_000])
def test_xml_that_is_not_well_formed_is_damaged(document):
    assert refusal(lambda: parse_xml(document, NAME)).code == "damaged"
