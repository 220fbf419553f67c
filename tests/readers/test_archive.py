import io
import random
import struct
import zipfile
import zlib

import pytest
from conftest import EXAMPLES

import gilint
from gilint.errors import InputError
from gilint.limits import DEFAULT, Limits
from gilint.readers.archive import members

CLEAN = (EXAMPLES / "clean-2024.txt").read_bytes()
MIYUN = (EXAMPLES / "miyun-2024.txt").read_bytes()


class Named(zipfile.ZipInfo):
    """A member whose name is written as these bytes, and not marked as UTF-8."""

    def __init__(self, raw, extra=b""):
        super().__init__(raw.decode("latin-1"))
        self.raw = raw
        self.extra = extra

    def _encodeFilenameFlags(self):  # noqa: N802, the library's name
        return self.raw, 0


def zipped(entries, method=zipfile.ZIP_DEFLATED):
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", method) as archive:
        for name, content in dict(entries).items():
            archive.writestr(name, content)
    return buffer.getvalue()


def found(data, suffixes=(), limits=DEFAULT):
    """Members and their content; an error by its code."""
    listed = members(data, "a.zip", suffixes, limits)
    return [(path, content.code if isinstance(content, InputError) else content) for path, content in listed]


def paths(data, **options):
    return [path.removeprefix("a.zip!/") for path, _content in found(data, **options)]


# --- what is taken ----------------------------------------------------------------------------------------------------


def test_members_are_taken_sorted_with_their_paths():
    assert found(zipped({"乙/b.txt": b"2", "a.docx": b"1"})) == [("a.zip!/a.docx", b"1"), ("a.zip!/乙/b.txt", b"2")]


@pytest.mark.parametrize(
    "name", ["a.docx", "a.DOC", "a.wps", "a.pdf", "a.htm", "a.xls", "a.et", "a.ods", "a.rtf", "a.md"]
)
def test_documents_of_every_format_are_taken(name):
    assert paths(zipped({name: b"x"})) == [name]


@pytest.mark.parametrize("name", ["a.ofd", "a.ceb", "a.rar", "a.7z"])
def test_documents_that_cannot_be_read_are_taken_so_that_they_are_told(name):
    assert paths(zipped({name: b"x"})) == [name]


ASIDE = [
    "a.jpg",
    "a.exe",
    "noending",
    "folder/",
    "folder.docx/",
    ".hidden.txt",
    "folder/.git/a.txt",
    "~$报告.docx",
    "__MACOSX/._a.txt",
    "folder/__MACOSX/a.txt",
    "README.md",
    "readme.txt",
    "LICENSE.txt",
    "folder/CHANGELOG.md",
    "报告_files/frame.html",
    "folder/page.files/header.htm",
]


@pytest.mark.parametrize("name", ASIDE)
def test_what_stands_beside_reports_is_passed_over(name):
    others = {"b.txt": b"x", "报告.html": b"x", "folder/page.htm": b"x"}
    assert paths(zipped({name: b"x", **others})) == ["b.txt", "folder/page.htm", "报告.html"]


def test_files_that_are_called_alike_are_reports():
    names = ["readme_report.txt", "我的README.txt", "x_files/a.html"]
    assert paths(zipped(dict.fromkeys(names, b"x"))) == sorted(names)


def test_data_is_taken_when_it_has_the_keys_of_a_report():
    data = {"a.json": b'{"tables": {}}', "b.json": b'{"name": "x"}', "c.yaml": b"sections: []", "d.yml": b"a: b"}
    assert paths(zipped(data)) == ["a.json", "c.yaml"]


def test_further_ends_of_names_come_from_plugins():
    assert paths(zipped({"a.parcel": b"x"}), suffixes=[".parcel"]) == ["a.parcel"]


@pytest.mark.parametrize("content", [{}, {"a.jpg": b"\xff\xd8"}, {"folder/": b""}, {"a.json": b"{}"}])
def test_an_archive_without_a_document_is_told(content):
    with pytest.raises(InputError) as error:
        found(zipped(content))
    assert error.value.code == "nothing-found"


# --- names ------------------------------------------------------------------------------------------------------------

UNICODE_PATH = "报告.txt".encode()
NAMES = {
    "GBK, as Windows writes": Named("报告.txt".encode("gbk")),
    "GBK with the byte of a backslash": Named("甛\\报告.txt".encode("gbk")),
    "UTF-8 that is not marked, as macOS writes": Named("报告.txt".encode()),
    "an extra field": Named(
        b"____.txt\xb1",
        struct.pack("<HHBI", 0x7075, 5 + len(UNICODE_PATH), 1, zlib.crc32(b"____.txt\xb1")) + UNICODE_PATH,
    ),
}
SHOWN = {"GBK with the byte of a backslash": "甛/报告.txt"}


@pytest.mark.parametrize("kind", NAMES)
def test_names_are_read_as_they_were_written(kind):
    assert paths(zipped([(NAMES[kind], b"x")])) == [SHOWN.get(kind, "报告.txt")]


def test_a_name_in_no_known_encoding_is_kept():
    (path,) = paths(zipped([(Named(b"\xff\xff.txt"), b"x")]))
    assert path.endswith(".txt")


CLIMBING = ["../../../tmp/a.txt", "/tmp/a.txt", "C:\\a.txt", "a/../../b.txt", "\x1b[31m\n.txt"]


def test_names_that_climb_out_are_only_names(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert len(found(zipped(dict.fromkeys(CLIMBING, b"x")))) == len(CLIMBING)
    assert list(tmp_path.iterdir()) == []


def test_of_two_members_with_one_name_both_are_judged():
    data = zipped({"first.txt": b"1", "other.txt": b"2"}, zipfile.ZIP_STORED).replace(b"other", b"first")
    assert found(data) == [("a.zip!/first.txt", b"1"), ("a.zip!/first.txt", b"2")]


# --- what is refused, member by member --------------------------------------------------------------------------------


def test_a_broken_member_is_told_and_the_others_are_taken():
    data = zipped({"a.txt": b"0123456789", "b.txt": b"whole"}, zipfile.ZIP_STORED).replace(b"0123456789", b"0123456780")
    assert found(data) == [("a.zip!/a.txt", "damaged"), ("a.zip!/b.txt", b"whole")]


def test_a_member_under_a_password_is_told_with_its_path():
    data = bytearray(zipped({"a.txt": b"x", "b.txt": b"whole"}))
    data[data.index(b"PK\x01\x02") + 8] |= 1
    assert found(bytes(data)) == [("a.zip!/a.txt", "encrypted"), ("a.zip!/b.txt", b"whole")]


def test_a_link_is_not_followed():
    link = zipfile.ZipInfo("a.txt")
    link.external_attr = 0o120777 << 16
    assert found(zipped([(link, b"/etc/passwd")])) == [("a.zip!/a.txt", "unreadable")]


def test_an_archive_in_an_archive_is_opened_once():
    inner = zipped({"b.txt": b"x"})
    assert found(zipped({"in.zip": inner})) == [("a.zip!/in.zip!/b.txt", b"x")]
    assert found(zipped({"out.zip": zipped({"in.zip": inner})})) == [("a.zip!/out.zip!/in.zip", "nested-archive")]


def test_an_inner_archive_that_is_damaged_is_told():
    assert found(zipped({"in.zip": b"PK\x03\x04", "b.txt": b"x"})) == [
        ("a.zip!/b.txt", b"x"),
        ("a.zip!/in.zip", "damaged"),
    ]


# --- bombs ------------------------------------------------------------------------------------------------------------


def test_members_share_one_limit_and_the_rest_is_not_even_tried():
    data = zipped({f"{number}.txt": bytes(700_000) for number in range(9)})
    assert [content for _path, content in found(data, limits=Limits(unpacked_mb=2))][2:] == ["too-large"]


def test_archives_in_an_archive_share_its_limit():
    inner = zipped({f"{number}.txt": bytes(100_000) for number in range(10)})
    data = zipped({f"{number}.zip": inner for number in range(100)}, zipfile.ZIP_STORED)
    listed = found(data, limits=Limits(unpacked_mb=2))
    assert sum(len(content) for _path, content in listed if isinstance(content, bytes)) < 2 * 1024 * 1024
    assert listed[-1][1] == "too-large"


def test_members_that_share_their_bytes_are_bounded():
    """One megabyte that is listed a thousand times: it is taken up to the limit, or not twice."""
    single = zipped({"a.txt": random.Random(1).randbytes(1_000_000)})
    start, end = single.index(b"PK\x01\x02"), single.rindex(b"PK\x05\x06")
    listed = single[start:end] * 1000
    tail = struct.pack("<4sHHHHIIH", b"PK\x05\x06", 0, 0, 1000, 1000, len(listed), start, 0)
    taken = found(single[:start] + listed + tail)
    assert sum(len(content) for _path, content in taken if isinstance(content, bytes)) <= 64 * 1024 * 1024
    assert taken[-1][1] in ("damaged", "too-large")


# --- the library ------------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def linter():
    return gilint.Linter(config=False, select=["T301"])


@pytest.fixture
def archive(tmp_path):
    def write(entries, name="报告.zip"):
        path = tmp_path / name
        path.write_bytes(zipped(entries))
        return str(path)

    return write


def test_an_archive_of_one_report_is_that_report(linter, archive):
    path = archive({"2024.txt": MIYUN, "README.md": b"x"})
    result = linter.lint(path)
    assert result.path == f"{path}!/2024.txt"
    assert [finding.span.line for finding in result.findings] == [139, 140]
    assert linter.read(path).issuer == "北京市密云区商务局"


def test_an_archive_of_several_reports_names_them(linter, archive):
    path = archive({"甲.txt": MIYUN, "乙.txt": CLEAN})
    for action in (linter.lint, linter.read):
        with pytest.raises(InputError) as error:
            action(path)
        assert error.value.code == "several-documents"
        assert f"{path}!/甲.txt" in error.value.message["zh"]
        assert f"{path}!/乙.txt" in error.value.message["en"]


def test_lint_many_takes_all_reports_of_an_archive_and_tells_what_is_broken(linter, archive):
    path = archive(
        {"a.txt": MIYUN, "b.txt": b"", "c.txt": CLEAN, "d.docx": b"PK\x03\x04", "e.txt": "会议通知".encode()}
    )
    results = list(linter.lint_many([path]))
    assert [result.path.removeprefix(f"{path}!/") for result in results] == [
        "a.txt",
        "b.txt",
        "c.txt",
        "d.docx",
        "e.txt",
    ]
    codes = [result.error.code if result.error else len(result.findings) for result in results]
    assert codes == [2, "empty", 0, "damaged", "not-a-report"]


def test_a_report_in_an_archive_is_found_by_its_path(linter, archive):
    path = archive({"甲/a.txt": MIYUN, "in.zip": zipped({"b.txt": CLEAN})})
    assert linter.lint(f"{path}!/甲/a.txt").path == f"{path}!/甲/a.txt"
    assert linter.read(f"{path}!/in.zip!/b.txt").issuer == "平澜县市场监督管理局"
    assert [len(result.findings) for result in linter.lint_many([f"{path}!/甲/a.txt"])] == [2]


def test_a_report_that_is_not_in_the_archive_is_told(linter, archive):
    path = archive({"a.txt": MIYUN, "b.txt": b""})
    for member, code in (("c.txt", "not-found"), ("b.txt", "empty")):
        with pytest.raises(InputError) as error:
            linter.lint(f"{path}!/{member}")
        assert (error.value.code, error.value.path) == (code, f"{path}!/{member}")


def test_a_file_whose_name_looks_like_a_path_into_an_archive_is_a_file(linter, tmp_path):
    path = tmp_path / "a!" / "b.txt"
    path.parent.mkdir()
    path.write_bytes(CLEAN)
    assert linter.lint(str(path)).path == str(path)


def test_bytes_may_be_an_archive(linter):
    assert linter.lint(zipped({"a.txt": CLEAN}), "upload").path == "upload!/a.txt"
    assert [result.path for result in linter.lint_many([zipped({"a.txt": CLEAN, "b.txt": CLEAN})])] == [
        "<bytes>!/a.txt",
        "<bytes>!/b.txt",
    ]
