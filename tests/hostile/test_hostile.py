"""Whatever arrives is answered: by a report, or by a refusal with its reason and a way out; soon, and in its place."""

import os
import queue
import socketserver
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from confined import Confinement
from corpus import CORPUS
from forging import FORMATS, ROOT, fixture
from hostile_links import reaching

# The promise is 5 s on a quiet machine; a busy one takes longer for the same work.
MOST_SECONDS = 10
MOST_MEMORY = 512
TOGETHER = 60
WORKERS = 2

LIGHT = [one for one in CORPUS if not one.heavy and not one.rare]
HEAVY = [one for one in CORPUS if one.heavy and not one.rare]


@pytest.fixture(scope="session")
def confinement(tmp_path_factory):
    return Confinement(tmp_path_factory.mktemp("confined"))


@pytest.fixture(scope="session", autouse=True)
def outcomes(request, tmp_path_factory):
    """What becomes of the heavy inputs of this run, by their names: each in a process to itself, two at a time, while
    the other tests go on."""
    parameters = [getattr(getattr(item, "callspec", None), "params", {}) for item in request.session.items]
    places = queue.SimpleQueue()
    for _worker in range(WORKERS):
        places.put(Confinement(tmp_path_factory.mktemp("confined")))

    def checked(one):
        place = places.get()
        try:
            file = place.folder / one.file
            file.write_bytes(one.build())
            return {str(file): one}, place.check(file)
        finally:
            places.put(place)

    with ThreadPoolExecutor(WORKERS) as pool:
        yield {one["heavy"].name: pool.submit(checked, one["heavy"]) for one in parameters if "heavy" in one}
        pool.shutdown(cancel_futures=True)


def written(inputs, folder):
    """The files of some inputs, each in a folder that is called as the input is."""
    files = {}
    for one in inputs:
        place = folder / one.name.replace("/", "-")
        place.mkdir()
        file = place / one.file
        file.write_bytes(one.build())
        files[str(file)] = one
    return files


def assert_answered(outcome, files):
    """Each file has a report or a refusal that says what is wrong and what to do, and the right one if only one is."""
    assert outcome.faults == []
    answers = {answer["path"]: [] for answer in outcome.files} | {path: [] for path in files}
    for answer in outcome.files:
        answers[answer["path"]].append(answer)
    for path, one in files.items():
        own = [
            answer
            for found, group in answers.items()
            if found == path or found.startswith(f"{path}!/")
            for answer in group
        ]
        assert own, one.name
        for answer in own:
            code = "report"
            if "error" in answer:
                code = answer["error"]["code"]
                assert answer["error"]["message"].strip(), one.name
                assert answer["error"]["advice"].strip(), one.name
            assert not one.codes or code in one.codes, (one.name, answer.get("error"))


def test_every_input_has_a_name_of_its_own():
    names = [one.name for one in CORPUS]
    assert len(set(names)) == len(names) > 900


@pytest.mark.parametrize("number", range(0, len(LIGHT), TOGETHER))
def test_light_inputs_are_answered(confinement, tmp_path, number):
    files = written(LIGHT[number : number + TOGETHER], tmp_path)
    outcome = confinement.check(*files)
    assert_answered(outcome, files)
    assert outcome.peak <= MOST_MEMORY
    assert outcome.cpu <= MOST_SECONDS * 3


@pytest.mark.parametrize("heavy", HEAVY, ids=repr)
def test_heavy_inputs_are_answered_soon_and_in_little_memory(outcomes, heavy):
    files, outcome = outcomes[heavy.name].result()
    assert_answered(outcome, files)
    assert outcome.peak <= MOST_MEMORY
    assert outcome.cpu <= MOST_SECONDS


# --- wrong names ------------------------------------------------------------------------------------------------------

NAMED = (
    "report",
    "report.txt",
    "report.docx",
    "report.pdf",
    "report.html",
    "report.xlsx",
    "report.json",
    "report.zip",
    "report.exe",
)


def test_a_format_is_told_by_its_content_whatever_it_is_called(confinement, tmp_path):
    files = {}
    for source in (
        "clean-2024.docx",
        "clean-2024-writer.odt",
        "clean-2024-calc.xls",
        "clean-2024.xlsx",
        "clean-2024-writer.html",
    ):
        for name in NAMED:
            file = tmp_path / source / name
            file.parent.mkdir(exist_ok=True)
            file.write_bytes(fixture(source))
            files[str(file)] = source
    outcome = confinement.check(*files)
    assert outcome.faults == []
    assert {answer["path"]: answer.get("error") for answer in outcome.files} == dict.fromkeys(files)


# --- files that are none ----------------------------------------------------------------------------------------------


@pytest.fixture
def oddities(tmp_path):
    """Paths under which no ordinary file is found, with the codes of their refusals."""
    report = (ROOT / "examples" / "clean-2024.txt").read_bytes()
    (tmp_path / "loop-a").symlink_to(tmp_path / "loop-b")
    (tmp_path / "loop-b").symlink_to(tmp_path / "loop-a")
    (tmp_path / "itself").symlink_to(tmp_path / "itself")
    (tmp_path / "nowhere").symlink_to(tmp_path / "missing.docx")
    (tmp_path / "zero.docx").symlink_to("/dev/zero")
    (tmp_path / "folder").mkdir()
    (tmp_path / "folder" / "again").symlink_to(tmp_path / "folder")
    (tmp_path / "folder" / "report.txt").write_bytes(report)
    (tmp_path / "empty.docx").mkdir()
    return tmp_path


@pytest.mark.skipif(os.name == "nt", reason="links and devices of Unix")
def test_links_in_circles_devices_and_folders_are_told(confinement, oddities):
    names = ("loop-a", "itself", "nowhere", "zero.docx", "empty.docx")
    outcome = confinement.check(*(oddities / name for name in names), "/dev/null")
    assert outcome.faults == []
    assert outcome.code == 2
    codes = {answer["path"].removeprefix(f"{oddities}/"): answer["error"]["code"] for answer in outcome.files}
    assert codes == {
        "loop-a": "unreadable",
        "itself": "unreadable",
        "nowhere": "not-found",
        "zero.docx": "unreadable",
        "empty.docx": "nothing-found",
        "/dev/null": "unreadable",
    }


@pytest.mark.skipif(os.name == "nt", reason="links of Unix")
def test_a_folder_that_holds_itself_is_walked_once(confinement, oddities):
    outcome = confinement.check(oddities / "folder")
    assert outcome.faults == []
    assert [Path(answer["path"]).name for answer in outcome.files] == ["report.txt"]


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="pipes of Unix")
def test_a_pipe_with_a_report_is_read(confinement, tmp_path):
    pipe = tmp_path / "report.txt"
    os.mkfifo(pipe)
    writer = threading.Thread(target=lambda: pipe.write_bytes((ROOT / "examples" / "clean-2024.txt").read_bytes()))
    writer.start()
    outcome = confinement.check(pipe)
    writer.join()
    assert outcome.faults == []
    assert outcome.code == 0


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="the superuser may read everything")
def test_a_file_without_permission_is_told(confinement, tmp_path):
    file = tmp_path / "report.txt"
    file.write_bytes(b"a")
    file.chmod(0)
    outcome = confinement.check(file)
    assert [answer["error"]["code"] for answer in outcome.files] == ["permission"]


@pytest.mark.skipif(os.name == "nt", reason="names of Unix")
@pytest.mark.parametrize(
    "name", [b"a\nb.txt", b"\x1b[31mred\x07.txt", b"\xff\xfe.txt", b"-rf.txt", b"*.txt", "㐀\u202e.txt".encode()]
)
def test_a_report_is_read_whatever_its_name(confinement, tmp_path, name):
    file = os.path.join(os.fsencode(tmp_path), name)
    Path(os.fsdecode(file)).write_bytes((ROOT / "examples" / "miyun-2024.txt").read_bytes())
    for options in (("--format", "json"), ("--format", "terminal")):
        outcome = confinement.run("check", *options, os.fsdecode(file))
        assert outcome.faults == []
        assert outcome.code == 1
        assert "\x1b" not in outcome.out
        assert "\x07" not in outcome.out


# --- what is printed --------------------------------------------------------------------------------------------------

SIGNS = "\x1b[31m\x1b]0;owned\x07\x9b2J\r\u202e"


def signed(text):
    """A report with signs that command a terminal behind some sentences, and in the name of its organ."""
    return text.replace("。", f"。{SIGNS}", 9).replace("密云区", f"密{SIGNS[:5]}云区", 1)


@pytest.mark.parametrize(
    "options", [("check",), ("check", "--format", "json"), ("read",), ("read", "--format", "json")]
)
@pytest.mark.parametrize("suffix", ["txt", "html"])
def test_no_text_commands_the_terminal(confinement, tmp_path, options, suffix):
    text = signed((ROOT / "examples" / "miyun-2024.txt").read_text("utf-8"))
    file = tmp_path / f"report.{suffix}"
    body = "".join(f"<p>{line}</p>" for line in text.splitlines()) if suffix == "html" else text
    file.write_text(body, "utf-8", newline="")
    outcome = confinement.run(*options, file)
    assert (outcome.faults, outcome.code) == ([], 1 if options[0] == "check" else 0)
    assert [sign for sign in "\x1b\x07\x9b\r" if sign in outcome.out] == []


# --- nothing gets out, nothing gets in --------------------------------------------------------------------------------


@pytest.fixture
def server():
    """The address of a server on this machine, and the list of the calls that it had."""
    calls = []

    class Caller(socketserver.BaseRequestHandler):
        def handle(self):
            calls.append(self.request.recv(500))

    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), Caller) as listening:
        thread = threading.Thread(target=listening.serve_forever, kwargs={"poll_interval": 0.05})
        thread.start()
        yield f"http://127.0.0.1:{listening.server_address[1]}/", calls
        listening.shutdown()
        thread.join()


SECRET = "4711-the-secret-of-this-machine"


def test_no_input_makes_a_call_reads_a_file_or_starts_a_program(confinement, tmp_path, server):
    address, calls = server
    secret = tmp_path / "secret.txt"
    secret.write_text(SECRET)
    inputs = reaching(address, str(secret))
    files = written(inputs, tmp_path)
    outcome = confinement.check(*files)
    assert_answered(outcome, files)
    assert SECRET not in outcome.out
    assert calls == []
    assert not list(tmp_path.rglob("gilint-was-here"))


@pytest.mark.parametrize("kind", ["docx", "odt", "html", "xlsx"])
def test_a_file_that_reaches_out_is_read_for_what_it_says(confinement, tmp_path, server, kind):
    inputs = [
        one
        for one in reaching(server[0], "/nowhere")
        if one.file.endswith(kind) and "entity" not in one.name and "svg" not in one.name
    ]
    files = written(inputs, tmp_path)
    outcome = confinement.check(*files)
    assert {answer["path"]: answer.get("error") for answer in outcome.files} == dict.fromkeys(files)


def test_no_module_beside_the_reports_is_run(tmp_path):
    """A folder from a stranger may hold files that are named like the libraries of the readers."""
    place = Confinement(tmp_path / "confined")
    marker = place.folder / "tmp" / "gilint-was-here"
    for name in (
        "pypdfium2",
        "lxml",
        "turbohtml",
        "zipfile",
        "json",
        "yaml",
        "doc2docx",
        "msdoc2docx",
        "sitecustomize",
    ):
        (place.folder / "work" / f"{name}.py").write_text(f"open({str(marker)!r}, 'w')")
    files = [FORMATS / f"clean-2024{end}" for end in (".docx", ".xlsx", "-writer.pdf", "-writer.html", "-writer.doc")]
    tried = tmp_path / "drawing.pdf"
    tried.write_bytes(next(one for one in CORPUS if one.name == "pdf-with-a-form-that-draws-itself").build())
    outcome = place.check(*files, tried)
    assert (outcome.code, outcome.trespasses) == (2, [])
    assert not marker.exists()


def test_the_guard_notices_a_call_and_a_file_written_elsewhere(confinement, tmp_path):
    """The other tests prove nothing unless a trespass is seen."""
    code = "import socket, os\ntry: socket.socket().connect(('127.0.0.1', 9))\nexcept OSError: pass\nopen('x', 'w')"
    outcome = confinement.python("-c", code)
    assert [trespass.split()[0] for trespass in outcome.trespasses] == ["socket.connect", "write"]


def test_fixtures_of_every_format_are_there():
    assert {file.suffix for file in FORMATS.iterdir()} >= {
        ".docx",
        ".odt",
        ".xlsx",
        ".ods",
        ".xls",
        ".html",
        ".pdf",
        ".doc",
        ".rtf",
    }
