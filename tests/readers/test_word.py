import os
import struct
import subprocess
import sys
import textwrap
import threading
import time
from importlib.util import find_spec
from pathlib import Path

import pytest
from compounds import compound
from conftest import EXAMPLES, ROOT
from hypothesis import given, settings
from hypothesis import strategies as st

import gilint
from gilint.errors import InputError
from gilint.limits import DEFAULT, Limits
from gilint.readers import conversion
from gilint.readers.conversion import Program
from gilint.readers.word import read

FORMATS = ROOT / "tests" / "data" / "formats"
DOC = (FORMATS / "miyun-2024-writer.doc").read_bytes()
RTF = (FORMATS / "miyun-2024-writer.rtf").read_bytes()
DOCX = FORMATS / "miyun-2024-writer.docx"
SHORT = Limits(seconds=2)

LIBREOFFICE = conversion.find_libreoffice()
MSDOC2DOCX = conversion.find_msdoc2docx()
with_libreoffice = pytest.mark.skipif(LIBREOFFICE is None, reason="LibreOffice is not installed")
with_msdoc2docx = pytest.mark.skipif(MSDOC2DOCX is None, reason="msdoc2docx is not installed")
posix = pytest.mark.skipif(os.name != "posix", reason="the stand-in for LibreOffice is a script of the shell")


@pytest.fixture
def temporary(tmp_path, monkeypatch):
    """The folder for temporary files: it must be empty in the end."""
    folder = tmp_path / "temporary"
    folder.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(folder))
    yield folder
    assert list(folder.iterdir()) == []


@pytest.fixture
def converters(monkeypatch):
    """Say which converters are there."""

    def choose(office=None, package=None):
        monkeypatch.setattr(conversion, "find_libreoffice", lambda: office)
        monkeypatch.setattr(conversion, "find_msdoc2docx", lambda: package)

    return choose


@pytest.fixture
def stand_in(tmp_path, converters):
    """A script in the place of LibreOffice. It knows the folder of the output as $out, and the document as $in."""

    def write(script, package=None):
        path = tmp_path / "program" / "soffice"
        path.parent.mkdir(exist_ok=True)
        head = 'for each; do test "$before" = --outdir && out=$each; before=$each; in=$each; done; mkdir -p "$out"\n'
        path.write_text(f"#!/bin/sh\n{head}{textwrap.dedent(script)}\n", encoding="utf-8")
        path.chmod(0o755)
        converters(Program("LibreOffice", str(path)), package)

    return write


def refusal(data=DOC, name="报告.doc", limits=SHORT):
    with pytest.raises(InputError) as error:
        read(data, name, limits)
    assert error.value.path == name
    assert all(error.value.message[language] and error.value.advice[language] for language in ("zh", "en"))
    return error.value


def shape(result):
    return [(finding.rule, finding.message, finding.excerpt) for finding in result.findings]


@pytest.fixture(scope="module")
def expected():
    return shape(gilint.Linter(config=False).lint(EXAMPLES / "miyun-2024.txt"))


# --- real converters --------------------------------------------------------------------------------------------------


@with_libreoffice
@pytest.mark.parametrize(("file", "name"), [("doc", "a.doc"), ("doc", "a.wps"), ("rtf", "a.rtf"), ("rtf", "a.doc")])
def test_libreoffice_converts_so_that_the_findings_are_those_of_the_text(file, name, expected, temporary, converters):
    converters(LIBREOFFICE)
    data = (FORMATS / f"miyun-2024-writer.{file}").read_bytes()
    document = read(data, name, DEFAULT)
    assert document.format == ("wps" if name == "a.wps" else file)
    (note,) = [note for note in document.notes if note.kind == "converted"]
    assert note.text.startswith("LibreOffice ")
    assert note.text[12:13].isdigit()
    assert document.keeps_tables is True
    assert sorted(shape(gilint.Linter(config=False).lint(document))) == sorted(expected)


@with_msdoc2docx
@pytest.mark.parametrize("name", ["a.doc", "a.wps"])
def test_msdoc2docx_converts_where_there_is_no_libreoffice(name, expected, temporary, converters):
    converters(None, MSDOC2DOCX)
    document = read(DOC, name, DEFAULT)
    assert [note.text for note in document.notes if note.kind == "converted"] == [MSDOC2DOCX.name]
    assert document.keeps_tables is None
    assert sorted(shape(gilint.Linter(config=False).lint(document))) == sorted(expected)


LINKED = rb"""{\rtf1\ansi before
{\field{\*\fldinst { INCLUDEPICTURE "http://127.0.0.1:%d/picture.png" \\d }}{\fldrslt kept}}
{\field{\*\fldinst { INCLUDETEXT "http://127.0.0.1:%d/text.rtf" }}{\fldrslt kept}}
{\field{\*\fldinst { INCLUDETEXT "%s" }}{\fldrslt kept}}{\*\template http://127.0.0.1:%d/a.dot}\par after}"""


@with_libreoffice
def test_links_are_not_followed(tmp_path, temporary, converters):
    import socket

    converters(LIBREOFFICE)
    secret = tmp_path / "secret.txt"
    secret.write_text("SECRET")
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
        document = read(LINKED % (port, port, os.fsencode(secret), port), "a.rtf", DEFAULT)
        server.settimeout(0.2)
        with pytest.raises(TimeoutError):
            server.accept()
    text = "".join(block.text for block in document.blocks)
    assert ("before" in text, "after" in text, "SECRET" in text) == (True, True, False)


@with_libreoffice
def test_conversions_at_once_do_not_meet(temporary, converters):
    converters(LIBREOFFICE)
    found = {}

    def convert(name, data):
        found[name] = len(read(data, name, DEFAULT).blocks)

    threads = [threading.Thread(target=convert, args=one) for one in (("a.doc", DOC), ("b.rtf", RTF), ("c.doc", DOC))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(found) == ["a.doc", "b.rtf", "c.doc"]
    assert found["a.doc"] == found["c.doc"] > 50


# --- no converter -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("data", "name", "pip"),
    [
        (DOC, "a.doc", True),
        (DOC, "a.wps", True),
        (RTF, "a.rtf", False),
    ],
)
def test_without_a_converter_the_ways_out_are_told(data, name, pip, converters):
    converters()
    error = refusal(data, name)
    assert error.code == "missing-converter"
    for language in ("zh", "en"):
        advice = error.advice[language]
        assert (".docx" in advice, "LibreOffice" in advice, "gilint[doc]" in advice) == (True, True, pip)
    assert "另存为" in error.advice["zh"]


def test_a_program_of_the_current_folder_is_not_run(tmp_path, monkeypatch):
    for name in conversion.NAMES:
        (tmp_path / name).write_text("#!/bin/sh\n")
        (tmp_path / name).chmod(0o755)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(conversion, "PLACES", ())
    monkeypatch.setenv("PATH", os.pathsep.join(["", "."]))
    assert conversion.find_libreoffice() is None
    monkeypatch.setenv("PATH", str(tmp_path))
    assert conversion.find_libreoffice() == Program("LibreOffice", str(tmp_path / conversion.NAMES[0]))


def test_a_package_of_the_current_folder_is_not_run(tmp_path, monkeypatch):
    (tmp_path / "doc2docx").mkdir()
    (tmp_path / "doc2docx" / "__init__.py").write_text("raise SystemExit(1)")
    monkeypatch.chdir(tmp_path)
    monkeypatch.syspath_prepend(str(tmp_path))
    monkeypatch.delitem(sys.modules, "doc2docx", raising=False)
    assert conversion.find_msdoc2docx() is None
    assert find_spec("doc2docx").origin.startswith(str(tmp_path))


# --- a converter that fails -------------------------------------------------------------------------------------------

FAILING = {
    "writes nothing": "exit 0",
    "writes an empty file": ': > "$out/document.docx"',
    "writes something else": 'echo "no document" > "$out/document.docx"',
    "says an error": "echo broken >&2; exit 77",
    "crashes": "kill -SEGV $$",
    "writes without end": "yes > /dev/stdout & yes >&2 & sleep 0.2; exit 1",
    "makes a folder of it": 'mkdir "$out/document.docx"',
    "makes a link of it": 'ln -s "$out/document.docx" "$out/document.docx"',
}


@posix
@pytest.mark.parametrize("script", FAILING.values(), ids=FAILING)
def test_a_conversion_that_fails_is_told(script, stand_in, temporary):
    stand_in(script)
    error = refusal()
    assert error.code == "conversion"
    assert ("LibreOffice" in error.message["zh"], ".docx" in error.advice["en"]) == (True, True)
    assert refusal(RTF, "a.rtf").code == "conversion"


@posix
def test_a_conversion_that_hangs_is_ended_with_all_that_it_started(stand_in, temporary, tmp_path):
    stand_in(f"""
        trap "" TERM INT HUP
        sh -c 'trap "" TERM; echo $$ > {tmp_path}/child; while true; do sleep 1; done' &
        while true; do sleep 1; done
        """)
    before = time.monotonic()
    error = refusal(limits=Limits(seconds=1))
    assert time.monotonic() - before < 10
    assert (error.code, "1 秒" in error.message["zh"], "seconds" in error.advice["en"]) == ("conversion", True, True)
    assert_gone(int((tmp_path / "child").read_text()))


def assert_gone(process):
    for _ in range(50):
        try:
            os.kill(process, 0)
        except ProcessLookupError:
            return
        if _is_zombie(process):
            return
        time.sleep(0.1)
    raise AssertionError("it still runs")


def _is_zombie(process):
    """Ended, though nobody has asked how."""
    state = subprocess.run(["ps", "-o", "stat=", "-p", str(process)], capture_output=True, text=True, check=False)
    return state.stdout.strip().startswith("Z")


@posix
def test_an_interrupt_ends_the_conversion_and_leaves_nothing(stand_in, temporary, tmp_path):
    stand_in(f"echo $$ > {tmp_path}/child; kill -INT {os.getpid()}; while true; do sleep 1; done")
    with pytest.raises(KeyboardInterrupt):
        read(DOC, "a.doc", Limits(seconds=30))
    assert_gone(int((tmp_path / "child").read_text()))


@posix
def test_a_program_that_cannot_be_started_is_told(tmp_path, converters, temporary):
    converters(Program("LibreOffice", str(tmp_path / "nowhere")))
    assert refusal().code == "conversion"


@posix
@pytest.mark.parametrize("folder", ["/dev/null/x", "/proc"])
def test_a_temporary_folder_that_cannot_be_written_to_is_told(folder, stand_in, monkeypatch):
    stand_in("exit 0")
    monkeypatch.setattr("tempfile.tempdir", folder)
    error = refusal()
    assert (error.code, "临时文件夹" in error.message["zh"]) == ("conversion", True)


@posix
@with_msdoc2docx
def test_where_libreoffice_fails_msdoc2docx_is_tried(stand_in, temporary):
    stand_in("exit 1", MSDOC2DOCX)
    document = read(DOC, "a.doc", DEFAULT)
    assert [note.text for note in document.notes if note.kind == "converted"] == [MSDOC2DOCX.name]


@posix
def test_msdoc2docx_is_not_waited_for_after_a_timeout(stand_in, temporary):
    stand_in("sleep 60", Program("msdoc2docx", "/nowhere"))
    assert "LibreOffice" in refusal(limits=Limits(seconds=1)).message["en"]


def test_a_package_that_breaks_is_told(tmp_path, converters, temporary):
    (tmp_path / "doc2docx").mkdir()
    (tmp_path / "doc2docx" / "__init__.py").write_text("def convert(source, target): raise RecursionError\n")
    converters(None, Program("msdoc2docx 1", str(tmp_path)))
    error = refusal()
    assert (error.code, "msdoc2docx 1" in error.message["zh"]) == ("conversion", True)


# --- what a converter is given ----------------------------------------------------------------------------------------

COPY = f'cp "{DOCX}" "$out/document.docx"'


@posix
def test_a_converter_sees_one_document_under_a_name_of_ours(stand_in, temporary, tmp_path):
    stand_in(
        f'{COPY}; cd "$(dirname "$in")"; ls > {tmp_path}/seen; cp "$in" {tmp_path}/given; echo "$in" >> {tmp_path}/seen'
    )
    read(DOC, "../../$(reboot) 报告.wps", SHORT)
    *names, path = (tmp_path / "seen").read_text().split()
    assert (sorted(names), os.path.basename(path)) == (["document.doc", "out", "profile"], "document.doc")
    assert os.path.dirname(os.path.dirname(path)) == str(temporary)
    assert (tmp_path / "given").read_bytes() == DOC


@posix
def test_a_converter_has_a_profile_of_its_own_and_hardly_an_environment(stand_in, temporary, tmp_path, monkeypatch):
    monkeypatch.setenv("HTTP_PROXY", "http://x")
    monkeypatch.setenv("SECRET", "x")
    stand_in(
        f'{COPY}; env > {tmp_path}/environment; echo "$@" > {tmp_path}/arguments; cat >> {tmp_path}/input; '
        f'cat "$(dirname "$in")/profile/user/registrymodifications.xcu" > {tmp_path}/settings'
    )
    read(DOC, "a.doc", SHORT)
    environment = dict(line.split("=", 1) for line in (tmp_path / "environment").read_text().splitlines())
    assert not {"HTTP_PROXY", "SECRET"} & set(environment)
    assert environment["HOME"] == environment["TMPDIR"]
    assert environment["HOME"].startswith(str(temporary))
    arguments = (tmp_path / "arguments").read_text().split()
    assert {"--headless", "--norestore", "--nolockcheck"} < set(arguments)
    assert arguments[0] == f"-env:UserInstallation=file://{environment['HOME']}/profile"
    assert (tmp_path / "input").read_text() == ""
    settings = (tmp_path / "settings").read_text()
    for name, value in (("MacroSecurityLevel", 3), ("DisableMacrosExecution", "true"), ("ooInetProxyType", 2)):
        assert f'oor:name="{name}" oor:op="fuse"><value>{value}</value>' in settings


@posix
def test_a_document_that_becomes_too_large_is_refused(stand_in, temporary):
    stand_in('head -c 3000000 /dev/zero > "$out/document.docx"')
    error = refusal(limits=Limits(unpacked_mb=2, seconds=5))
    assert (error.code, "过大" in error.message["zh"]) == ("conversion", True)


# --- before any converter is asked ------------------------------------------------------------------------------------


@pytest.fixture
def no_conversion(monkeypatch):
    def asked():
        raise AssertionError("a converter was looked for")

    monkeypatch.setattr(conversion, "find_libreoffice", asked)


@pytest.mark.usefixtures("no_conversion")
def test_a_document_under_a_password_is_told():
    at = DOC.index(b"\xec\xa5", 512) + 10
    flags = int.from_bytes(DOC[at : at + 2], "little") | 0x0100
    error = refusal(DOC[:at] + flags.to_bytes(2, "little") + DOC[at + 2 :])
    assert error.code == "encrypted"


@pytest.mark.usefixtures("no_conversion")
@pytest.mark.parametrize("percent", [1, 10, 40, 60, 80, 95, 99])
def test_a_document_that_is_cut_off_is_damaged(percent):
    assert refusal(DOC[: len(DOC) * percent // 100]).code == "damaged"


def word_document(sectors):
    """A compound file as Word writes it: what it holds behind the table and the names of its parts."""
    head = bytearray(compound("WordDocument"))
    links = [0xFFFFFFFD, 0xFFFFFFFE, *range(3, sectors + 2), 0xFFFFFFFE]
    head[512:1024] = struct.pack(f"<{len(links)}I", *links).ljust(512, b"\xff")
    head[1024 + 128 + 116 : 1024 + 128 + 124] = struct.pack("<II", 2, sectors * 512)
    return bytes(head) + b"\xec\xa5" + bytes(sectors * 512 - 2)


@pytest.mark.usefixtures("no_conversion")
@pytest.mark.parametrize("missing", [512, 513, 3000])
def test_a_document_whose_names_come_first_is_damaged_when_its_text_is_cut_off(missing):
    assert refusal(word_document(10)[:-missing]).code == "damaged"


@pytest.mark.parametrize("missing", [0, 1, 511])
def test_the_end_of_the_last_sector_may_be_left_out(missing, converters):
    converters()
    data = word_document(10)
    assert refusal(data[: len(data) - missing]).code == "missing-converter"


@given(st.data())
@settings(max_examples=200)
def test_a_damaged_document_is_converted_or_refused(data):
    """What gilint itself reads of a document, before it is handed on."""
    from gilint.readers.word import _refuse_unreadable_doc

    content = bytearray(DOC)
    for _ in range(data.draw(st.integers(1, 8))):
        at = data.draw(st.one_of(st.integers(8, 1024), st.integers(8, len(content) - 1)))
        content[at] = data.draw(st.integers(0, 255))
    try:
        _refuse_unreadable_doc(bytes(content), "a.doc")
    except InputError as error:
        assert error.code in ("damaged", "encrypted")  # noqa: PT017


# --- the end of whoever asked -----------------------------------------------------------------------------------------


@posix
def test_a_process_that_is_killed_takes_the_program_and_its_folder_along(tmp_path):
    program, temporary = tmp_path / "program" / "soffice", tmp_path / "temporary"
    temporary.mkdir()
    program.parent.mkdir()
    program.write_text(f"#!/bin/sh\nsleep 300 &\necho $! $$ >{tmp_path / 'started'}\nwait\n", encoding="utf-8")
    program.chmod(0o755)
    (tmp_path / "a.doc").write_bytes(DOC)
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "TMPDIR": str(temporary)}
    environment["PATH"] = os.pathsep.join((str(program.parent), environment["PATH"]))
    command = [sys.executable, "-m", "gilint", "check", "a.doc", "--no-config"]
    with subprocess.Popen(command, cwd=tmp_path, env=environment, stdout=subprocess.DEVNULL) as process:
        wait_until(lambda: (tmp_path / "started").is_file() and (tmp_path / "started").read_text().endswith("\n"))
        time.sleep(1)  # between the start of a program and its being watched lies a moment
        process.kill()
    started = [int(pid) for pid in (tmp_path / "started").read_text().split()]
    wait_until(lambda: not any(map(is_alive, started)) and not list(temporary.iterdir()))


def wait_until(condition):
    for _ in range(150):
        if condition():
            return
        time.sleep(0.1)
    pytest.fail("it did not happen")


def is_alive(pid):
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    state = Path(f"/proc/{pid}/stat")  # one that nobody has waited for is as good as gone
    return not state.is_file() or state.read_text().rpartition(")")[2].split()[0] != "Z"
