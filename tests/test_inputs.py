import io
import json
import os
import subprocess
import sys
import threading
import zipfile
from contextlib import suppress

import pytest
from conftest import EXAMPLES, ROOT, posix
from plugging import run

import gilint
from gilint.errors import InputError
from gilint.inputs import expand, load_file
from gilint.limits import DEFAULT, Limits

SUFFIXES = (".txt", ".md", ".html", ".json", ".yaml")
FORMATS = ROOT / "tests" / "data" / "formats"
CLEAN = EXAMPLES / "clean-2024.txt"
superuser = hasattr(os, "geteuid") and os.geteuid() == 0


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """Some files, hidden ones and others among them; the working folder of the test."""
    for name in ("b.txt", "a.md", "notes.pdf", ".hidden.txt", "sub/c.TXT", "sub/.git/d.txt", "sub/deep/e.txt"):
        write(tmp_path / name)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def write(path, text="x"):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def found(*paths):
    """The files that the paths name, with / between folders; an error by its code."""
    return [one.code if isinstance(one, InputError) else one.replace(os.sep, "/") for one in expand(paths, SUFFIXES)]


def refusal(path, limits=DEFAULT):
    with pytest.raises(InputError) as error:
        load_file(str(path), limits)
    assert error.value.path == str(path)
    assert all(error.value.message[language] and error.value.advice[language] for language in ("zh", "en"))
    return error.value


@pytest.mark.usefixtures("folder")
class TestExpand:
    def test_a_folder_gives_its_files_sorted_and_without_hidden_ones(self):
        assert found(".") == ["./a.md", "./b.txt", "./sub/c.TXT", "./sub/deep/e.txt"]

    def test_a_named_file_is_taken_whatever_it_is_called(self, folder):
        write(folder / "README.md")
        write(folder / "~$b.docx")
        write(folder / "x.json", "{}")
        names = ["notes.pdf", ".hidden.txt", "README.md", "~$b.docx", "x.json"]
        assert found(*names) == names

    def test_a_pattern_gives_what_it_matches(self):
        assert found("*.txt") == ["b.txt"]
        assert found("**/*.txt") == ["b.txt", "sub/deep/e.txt"]

    def test_a_pattern_that_matches_a_folder_looks_into_it(self):
        assert found("su*") == ["sub/c.TXT", "sub/deep/e.txt"]

    def test_a_file_whose_name_looks_like_a_pattern_is_that_file(self, folder):
        write(folder / "[2024]报告?.txt")
        write(folder / "2报告x.txt")
        assert found("[2024]报告?.txt") == ["[2024]报告?.txt"]

    def test_a_file_is_taken_once(self):
        assert found("b.txt", ".", "./b.txt") == ["b.txt", "./a.md", "./sub/c.TXT", "./sub/deep/e.txt"]

    def test_standard_input_is_no_file(self, folder):
        (folder / "-").mkdir()
        assert found("-", "-") == ["-"]

    def test_a_file_that_is_not_there_is_left_to_be_read(self):
        assert found("nowhere.txt") == ["nowhere.txt"]

    def test_an_address_is_no_pattern(self):
        assert found("http://a.b/c?d=1", "file:///a[1].txt") == ["http://a.b/c?d=1", "file:///a[1].txt"]

    def test_a_pattern_or_folder_without_a_file_is_told(self, folder):
        (folder / "empty").mkdir()
        assert found("*.odt", "empty", "a.md") == ["nothing-found", "nothing-found", "a.md"]

    def test_files_that_stand_beside_reports_are_passed_over(self, folder):
        place = folder / "reports"
        for name in (
            "README.md",
            "readme.zh.txt",
            "LICENSE.txt",
            "CHANGELOG.md",
            "~$报告.txt",
            "page_files/frame.html",
        ):
            write(place / name)
        for name in ("page.html", "my readme.txt", "other_files/page.html"):
            write(place / name)
        assert found("reports") == ["reports/my readme.txt", "reports/page.html", "reports/other_files/page.html"]

    def test_data_is_taken_when_it_has_the_keys_of_a_report(self, folder):
        write(folder / "data" / "a.json", '{"tables": {}}')
        write(folder / "data" / "b.json", '{"name": "x"}')
        write(folder / "data" / "c.yaml", "sections: []")
        write(folder / "data" / "d.yaml", "id: LOC101")
        assert found("data") == ["data/a.json", "data/c.yaml"]


@posix
@pytest.mark.usefixtures("folder")
class TestLinks:
    def test_links_to_files_and_folders_are_followed(self, folder):
        other = folder.parent / f"{folder.name}-other"
        write(other / "f.txt")
        (folder / "sub" / "linked").symlink_to(other, target_is_directory=True)
        (folder / "sub" / "g.txt").symlink_to(other / "f.txt")
        assert found("sub") == ["sub/c.TXT", "sub/g.txt", "sub/deep/e.txt"]
        assert found("sub/linked") == ["sub/linked/f.txt"]

    def test_a_folder_that_links_lead_back_to_is_walked_once(self, folder):
        for name in ("again", "once_more"):
            (folder / "sub" / name).symlink_to(folder, target_is_directory=True)
            (folder / "sub" / "deep" / name).symlink_to(folder / "sub", target_is_directory=True)
        assert sorted(found("sub")) == ["sub/again/a.md", "sub/again/b.txt", "sub/c.TXT", "sub/deep/e.txt"]

    def test_a_file_is_taken_once_whatever_link_leads_to_it(self, folder):
        (folder / "sub" / "b2.txt").symlink_to(folder / "b.txt")
        assert found("b.txt", "sub") == ["b.txt", "sub/c.TXT", "sub/deep/e.txt"]

    def test_a_link_to_nothing_is_left_to_be_read(self, folder):
        (folder / "sub" / "gone.txt").symlink_to(folder / "nowhere.txt")
        assert found("sub") == ["sub/c.TXT", "sub/gone.txt", "sub/deep/e.txt"]
        assert refusal("sub/gone.txt").code == "not-found"

    def test_links_in_a_circle_are_told(self, folder):
        (folder / "one.txt").symlink_to(folder / "two.txt")
        (folder / "two.txt").symlink_to(folder / "one.txt")
        assert found("one.txt") == ["one.txt"]
        error = refusal("one.txt")
        assert (error.code, "circle" in error.message["en"]) == ("unreadable", True)

    def test_a_pipe_in_a_folder_is_not_waited_for(self, folder):
        for name in ("pipe.txt", "pipe.json"):
            os.mkfifo(folder / "sub" / name)
        assert found("sub", "sub/*.txt") == ["sub/c.TXT", "sub/deep/e.txt", "nothing-found"]

    @pytest.mark.skipif(superuser, reason="nothing is closed to the superuser")
    def test_a_folder_that_is_closed_is_told(self, folder):
        (folder / "sub" / "deep").chmod(0)
        try:
            assert found("sub") == ["sub/c.TXT", "folder"]
        finally:
            (folder / "sub" / "deep").chmod(0o755)


class TestLoading:
    def test_the_bytes_of_a_file_are_taken_as_they_are(self, tmp_path):
        path = tmp_path / "a"
        path.write_bytes(bytes(range(256)) * 100)
        assert load_file(str(path), DEFAULT) == bytes(range(256)) * 100

    def test_an_empty_file_has_no_bytes(self, tmp_path):
        (tmp_path / "a").write_bytes(b"")
        assert load_file(str(tmp_path / "a"), DEFAULT) == b""

    def test_a_file_over_the_limit_is_refused_before_it_is_read(self, tmp_path):
        path = tmp_path / "a"
        with open(path, "wb") as file:
            file.truncate(1 << 33)
        assert refusal(path, Limits(file_mb=1)).code == "too-large"

    @pytest.mark.parametrize(
        "address", ["http://127.0.0.1/a.docx", "HTTPS://a.b/?c=d", "ftp://a.b/c", "http:/a.b", "https://用户@a.b/报告"]
    )
    def test_addresses_are_refused_with_what_to_do(self, address):
        error = refusal(address)
        assert (error.code, "保存" in error.advice["zh"]) == ("remote", True)

    def test_an_address_of_a_file_is_refused_with_what_to_do(self, tmp_path):
        path = write(tmp_path / "a.txt")
        assert (refusal(path.as_uri()).code, "路径" in refusal(path.as_uri()).advice["zh"]) == ("not-found", True)

    @posix
    def test_a_folder_called_like_an_address_is_a_folder(self, tmp_path, monkeypatch):
        monkeypatch.chdir(tmp_path)
        write(tmp_path / "http:" / "a.b" / "c.txt", "text")
        assert load_file("http://a.b/c.txt", DEFAULT) == b"text"

    def test_paths_that_are_no_files_are_told(self, tmp_path):
        assert refusal(tmp_path).code == "directory"
        assert refusal(tmp_path / "nowhere" / "a.txt").code == "not-found"
        assert refusal("a\0b").code == "unreadable"
        assert refusal("报" * 5000).code == "unreadable"

    @posix
    def test_a_device_is_told(self):
        assert refusal("/dev/zero").code == "unreadable"

    @posix
    @pytest.mark.skipif(superuser, reason="nothing is closed to the superuser")
    def test_a_file_that_is_closed_is_told(self, tmp_path):
        path = write(tmp_path / "a.txt")
        path.chmod(0)
        assert refusal(path).code == "permission"

    @posix
    def test_a_pipe_is_read_to_its_end(self, tmp_path):
        content = CLEAN.read_bytes() * 3
        assert piped(tmp_path, content, DEFAULT) == content

    @posix
    def test_a_pipe_without_end_is_left_at_the_limit(self, tmp_path):
        assert len(piped(tmp_path, bytes(3 << 20), Limits(file_mb=1))) == (1 << 20) + 1


def piped(folder, content, limits):
    path = folder / "pipe"
    os.mkfifo(path)

    def feed():
        with suppress(BrokenPipeError):
            path.write_bytes(content)

    writer = threading.Thread(target=feed)
    writer.start()
    taken = load_file(str(path), limits)
    writer.join()
    return taken


# --- the command ------------------------------------------------------------------------------------------------------


def judged(*arguments, data=None, cwd=ROOT):
    """What the command says of each input, in JSON."""
    done = subprocess.run(
        [sys.executable, "-m", "gilint", *map(os.fspath, arguments), "--no-config", "--format", "json"],
        input=data,
        capture_output=True,
        cwd=cwd,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        check=False,
    )
    assert b"Traceback" not in done.stderr
    return json.loads(done.stdout)["files"]


@pytest.mark.parametrize(
    "file",
    [
        "miyun-2024.docx",
        "miyun-2024-calc.xls",
        "miyun-2024-writer.odt",
        "miyun-2024-writer.pdf",
        "miyun-2024-writer.html",
        "miyun-2024.xlsx",
    ],
)
def test_standard_input_may_be_of_any_format(file):
    (piped_in,) = judged("check", "-", data=(FORMATS / file).read_bytes())
    (named,) = judged("check", FORMATS / file)
    assert piped_in["path"] == "-"
    assert {**piped_in, "path": ""} == {**named, "path": ""}
    assert piped_in["report"]["year"] == 2024


def test_standard_input_may_be_an_archive():
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.write(CLEAN, "甲.txt")
        archive.write(FORMATS / "miyun-2024.docx", "乙.docx")
    assert [file["path"] for file in judged("check", "-", data=buffer.getvalue())] == ["-!/乙.docx", "-!/甲.txt"]


@posix
def test_a_substituted_process_is_read():
    command = f"exec {sys.executable} -m gilint check <(cat {CLEAN}) --no-config --select T301"
    done = subprocess.run(
        ["bash", "-c", command], capture_output=True, cwd=ROOT, env={**os.environ, "PYTHONPATH": str(ROOT)}, check=False
    )
    assert (done.returncode, b"/dev/fd/" in done.stdout) == (0, True)


@posix
@pytest.mark.skipif(sys.platform == "darwin", reason="names are UTF-8 there")
def test_a_name_that_is_no_utf8_is_printed_so_that_nothing_breaks(tmp_path):
    path = os.path.join(os.fsencode(tmp_path), "报告".encode("gbk") + b"\x1b[31m.txt")
    with open(path, "wb") as file:
        file.write(b"x")
    done = run("check", os.fsdecode(path), "--no-config")
    assert done.returncode == 2
    assert "\x1b" not in done.stdout + run("read", os.fsdecode(path), "--no-config").stderr
    (found_one,) = judged("check", os.fsdecode(path))
    assert found_one["error"]["code"] == "not-a-report"
    assert os.fsencode(found_one["path"].encode("utf-16", "surrogatepass").decode("utf-16", "surrogatepass")) == path


def test_a_folder_of_everything_is_judged_file_by_file(tmp_path):
    for name, source in (
        ("a.docx", "miyun-2024.docx"),
        ("b.doc", "clean-2024-calc.html"),
        ("c.xls", "miyun-2024-calc.xls"),
    ):
        (tmp_path / name).write_bytes((FORMATS / source).read_bytes())
    write(tmp_path / "d.txt", "会议通知")
    with zipfile.ZipFile(tmp_path / "e.ofd", "w") as ofd:
        ofd.writestr("OFD.xml", "<ofd:OFD/>")
    write(tmp_path / "README.md", "# 说明")
    (tmp_path / "f.docx").write_bytes(b"PK\x03\x04")
    files = judged("check", ".", cwd=tmp_path)
    outcomes = {
        file["path"][2:]: file["error"]["code"] if "error" in file else file["report"]["year"] for file in files
    }
    assert outcomes == {
        "a.docx": 2024,
        "b.doc": 2024,
        "c.xls": 2024,
        "d.txt": "not-a-report",
        "e.ofd": "unsupported-format",
        "f.docx": "damaged",
    }


def test_the_library_takes_the_same_inputs(tmp_path):
    linter = gilint.Linter(config=False, select=["T301"])
    results = list(linter.lint_many([FORMATS / "miyun-2024.docx", str(CLEAN), "http://a.b/c", str(tmp_path)]))
    assert [result.error.code if result.error else len(result.findings) for result in results] == [
        2,
        0,
        "remote",
        "directory",
    ]


def test_a_cold_check_of_a_text_imports_no_reader_of_another_format():
    code = (
        "import sys, gilint; gilint.lint('examples/clean-2024.txt', config=False);"
        "print(sorted(name for name in sys.modules if name.partition('.')[0] in"
        " ('zipfile', 'lxml', 'tempfile', 'subprocess', 'turbohtml', 'pypdfium2', 'python_calamine')"
        " or name.startswith('gilint.readers.')))"
    )
    for _compiled_first in range(2):  # what compiles the rules needs more
        done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=ROOT, check=True)
    loaded = ["gilint.readers.detect", "gilint.readers.opening", "gilint.readers.text"]
    assert done.stdout.strip() == str(loaded)
