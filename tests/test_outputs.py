"""Several outputs of one run: where each goes, what is refused before a file is judged, and what a failure leaves."""

import errno
import io
import json
import os
import stat
import subprocess
import sys

import pytest
from conftest import EXAMPLES, ROOT
from hypothesis import given
from hypothesis import strategies as st
from plugging import module, run

from gilint.cli import main
from gilint.discovery import resolve
from gilint.errors import ConfigError, OutputError
from gilint.outputs import Target, _held, targets, write
from gilint.reporters import BUILTIN, Options, Run
from gilint.writing import refuse_unwritable, write_atomically

MIYUN = EXAMPLES / "miyun-2024.txt"
CLEAN = EXAMPLES / "clean-2024.txt"

PLUGIN = """
import gilint

class Bytes:
    name, binary = "bytes", True
    def __init__(self, options): pass
    def render(self, run): return [b"\\xff", b"\\x00"]

class Each:
    name = "each"
    def __init__(self, options): pass
    def render(self, run): return "whole"
    def files(self, run, path):
        for number, result in enumerate(run.results):
            yield f"{path}/{number}.out", [result.path, "\\n"]

class Missing:
    name = "missing"
    def __init__(self, options): raise gilint.UsageError("needs tinfoil")
    def render(self, run): return ""

class Breaks:
    name = "breaks"
    def __init__(self, options): pass
    def render(self, run):
        yield "half"
        raise OSError(28, "of my own")

@gilint.hookimpl
def gilint_reporters():
    return [Bytes, Each, Missing, Breaks]
"""


@pytest.fixture(autouse=True)
def _plain_environment(monkeypatch):
    for name in ("GILINT_LANG", "NO_COLOR"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """A folder with a report that has findings, and a plugin; the working folder."""
    (tmp_path / "report.txt").write_bytes(MIYUN.read_bytes())
    module(tmp_path, "outs", PLUGIN)
    monkeypatch.chdir(tmp_path)
    monkeypatch.syspath_prepend(tmp_path)
    yield tmp_path
    sys.modules.pop("outs", None)


@pytest.fixture
def command(folder, capsys):
    """Run ``gilint check report.txt`` in this process: (code, standard output, standard error)."""

    def command(*arguments):
        code = main(["check", "report.txt", "--select", "T301", *map(str, arguments)])
        return code, *capsys.readouterr()

    return command


@pytest.fixture
def judged(monkeypatch):
    """The inputs that were judged."""
    from gilint.linter import Linter

    seen = []
    lint_many = Linter.lint_many

    def watched(self, sources, **options):
        seen.extend(sources)
        return lint_many(self, sources, **options)

    monkeypatch.setattr(Linter, "lint_many", watched)
    return seen


def names(folder):
    return sorted(path.name for path in folder.iterdir() if path.name != "__pycache__")


# --- where outputs go -------------------------------------------------------------------------------------------------


def test_without_a_format_the_terminal_is_meant():
    assert targets([]) == (Target("terminal"),)


def test_a_format_with_a_file_and_one_without():
    assert targets(["terminal", "json=a=b.json"]) == (Target("terminal"), Target("json", "a=b.json"))


def test_output_is_the_file_of_the_only_format_without_one():
    assert targets(["json=a.json", "terminal"], "b.txt") == (Target("json", "a.json"), Target("terminal", "b.txt"))
    assert targets([], "b.txt") == (Target("terminal", "b.txt"),)


def test_a_minus_is_standard_output():
    assert targets(["json=-"]) == targets(["json"], "-") == targets(["json"])


@pytest.mark.parametrize(
    ("formats", "output", "said"),
    [
        (["json", "terminal"], None, "one format goes to standard output"),
        (["json", "terminal=-"], None, "one format goes to standard output"),
        (["json", "terminal"], "a.txt", "one format goes to standard output"),
        (["json="], None, "no file is named"),
        (["json=a.json"], "b.json", "every format has its file"),
        (["json"], "", "names no file"),
        (["json=a.txt", "terminal=./a.txt"], None, "cannot go to one file"),
        (["json=a.txt", "terminal"], "a.txt", "cannot go to one file"),
    ],
)
def test_outputs_that_contradict_each_other_are_refused(formats, output, said):
    with pytest.raises(ConfigError, match=said):
        targets(formats, output)


def test_two_names_of_one_file_are_refused(tmp_path):
    (tmp_path / "link").symlink_to(tmp_path / "a.txt")
    with pytest.raises(ConfigError, match="one file"):
        targets([f"json={tmp_path / 'a.txt'}", f"terminal={tmp_path / 'link'}"])


def test_one_run_writes_several_outputs(command, folder):
    code, out, err = command("-f", "terminal", "-f", "json=out.json", "-f", "terminal=out.txt")
    assert (code, err) == (1, "")
    assert "T301" in out
    assert json.loads((folder / "out.json").read_text("utf-8"))["summary"]["errors"] == 2
    assert (folder / "out.txt").read_text("utf-8") == out


def test_nothing_is_printed_when_every_output_has_a_file(command, folder):
    assert command("-f", "json=out.json") == (1, "", "")


def test_output_writes_the_only_format(command, folder):
    assert command("-f", "json", "-o", "out.json")[:2] == (1, "")
    assert json.loads((folder / "out.json").read_text("utf-8"))["version"] == 1


def test_the_quick_way_and_argparse_read_outputs_alike():
    from gilint.arguments import _quick, parser

    argv = ["a.txt", "-f", "terminal", "--format=json=a=b.json", "-o", "c.txt", "--force"]
    assert vars(_quick(argv)) == vars(parser().parse_args(["check", *argv]))


def test_colours_asked_for_go_into_a_file_too(command, folder):
    command("-f", "terminal=plain.txt", "-f", "json=out.json")
    command("-f", "terminal=painted.txt", "--color", "always")
    assert "\x1b" not in (folder / "plain.txt").read_text("utf-8")
    assert "\x1b[" in (folder / "painted.txt").read_text("utf-8")


# --- bytes ------------------------------------------------------------------------------------------------------------


def test_a_binary_output_goes_into_a_file(command, folder):
    command("--plugin", "outs", "-f", "bytes=out.bin")
    assert (folder / "out.bin").read_bytes() == b"\xff\x00"


def test_a_binary_output_goes_into_a_pipe(folder):
    done = subprocess.run(
        [sys.executable, "-m", "gilint", "check", "report.txt", "--plugin", "outs", "-f", "bytes"],
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        timeout=120,
    )
    assert (done.returncode, done.stdout) == (1, b"\xff\x00")


def test_a_binary_output_is_kept_from_a_terminal(command, judged, monkeypatch):
    monkeypatch.setattr("sys.stdout.isatty", lambda: True, raising=False)
    code, _out, err = command("--plugin", "outs", "-f", "bytes")
    assert (code, judged) == (2, [])
    assert "-f bytes=FILE" in err


# --- refused before anything is judged --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["-f", "jsno=a.json"], "did you mean 'json'"),
        (["-f", "terminal", "-f", "json=no/such/a.json"], "no such folder"),
        (["-f", "json=report.txt/a.json"], "no such folder"),
        (["-f", "json=."], "is a folder"),
        (["-f", "json=new/"], "is a folder"),
        (["-f", "json=report.txt"], "this is an input"),
        (["-f", "json=report.txt", "--force"], "this is an input"),
        (["-f", "json=outs.py"], "--force writes over it"),
        (["-f", f"json={'长' * 100}.json"], "the name is too long"),
        (["--plugin", "outs", "-f", "missing=a.txt"], "needs tinfoil"),
        (["-f", "json=last.txt", "--force", "--previous", "last.txt"], "this is an input"),
        (["-f", "json=link", "--force"], "this is an input"),
    ],
)
def test_what_cannot_be_written_is_told_before_a_file_is_judged(command, folder, judged, arguments, said):
    (folder / "last.txt").write_bytes(CLEAN.read_bytes())
    (folder / "link").symlink_to("report.txt")
    before = {name: (folder / name).read_bytes() for name in names(folder)}
    code, out, err = command(*arguments)
    assert (code, out, judged) == (2, "", [])
    assert said in err
    assert len(err.splitlines()) == 1
    assert {name: (folder / name).read_bytes() for name in names(folder)} == before


def test_a_member_of_an_archive_keeps_the_archive_from_being_written_over(tmp_path, monkeypatch, capsys):
    import zipfile

    monkeypatch.chdir(tmp_path)
    with zipfile.ZipFile("a.zip", "w") as archive:
        archive.write(MIYUN, "b.txt")
    assert main(["check", "a.zip!/b.txt", "-f", "json=a.zip", "--force"]) == 2
    assert "this is an input" in capsys.readouterr().err
    assert zipfile.is_zipfile("a.zip")


def test_a_folder_that_is_read_protects_its_reports_only(command, folder):
    (folder / "out.json").write_text("old", "utf-8")
    assert main(["check", ".", "-f", "json=out.json", "--force"]) == 1
    assert main(["check", ".", "-f", "json=report.txt", "--force"]) == 2


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_closed_folder_is_told(command, folder):
    (folder / "closed").mkdir(mode=0o500)
    assert "permission denied" in command("-f", "json=closed/a.json")[2]


@pytest.mark.parametrize(("number", "said"), [(errno.EROFS, "read-only"), (errno.EACCES, "permission denied")])
def test_a_disk_that_takes_no_file_is_told(command, folder, judged, monkeypatch, number, said):
    def refuse(*_arguments):
        raise OSError(number, "no")

    monkeypatch.setattr("gilint.writing._beside", refuse)
    code, _out, err = command("-f", "json=a.json")
    assert (code, judged) == (2, [])
    assert said in err


# --- files that exist -------------------------------------------------------------------------------------------------


def test_a_file_is_written_over_with_force_and_keeps_its_permissions(command, folder):
    (folder / "out.json").write_text("old", "utf-8")
    (folder / "out.json").chmod(0o640)
    assert command("-f", "json=out.json", "--force")[0] == 1
    assert (folder / "out.json").read_text("utf-8").startswith("{")
    assert stat.S_IMODE((folder / "out.json").stat().st_mode) == 0o640


def test_an_empty_file_holds_nothing_to_lose(command, folder):
    (folder / "out.json").touch()
    assert command("-f", "json=out.json")[0] == 1
    assert (folder / "out.json").stat().st_size > 0


def test_a_link_stays_one_and_its_file_is_written(command, folder):
    (folder / "kept").mkdir()
    (folder / "kept" / "real.json").write_text("old", "utf-8")
    (folder / "link.json").symlink_to("kept/real.json")
    assert command("-f", "json=link.json", "--force")[0] == 1
    assert (folder / "link.json").is_symlink()
    assert (folder / "kept" / "real.json").read_text("utf-8").startswith("{")


def test_a_device_is_written_straight(command):
    assert command("-f", "json=/dev/null", "-f", "terminal=/dev/null") == (1, "", "")


def test_a_new_file_has_the_permissions_of_the_mask(tmp_path):
    before = os.umask(0o027)
    try:
        write_atomically(tmp_path / "new.txt", "text")
    finally:
        os.umask(before)
    assert stat.S_IMODE((tmp_path / "new.txt").stat().st_mode) == 0o640


# --- failures while writing -------------------------------------------------------------------------------------------


def test_a_disk_that_fills_leaves_the_old_file_and_the_other_outputs(command, folder, monkeypatch):
    (folder / "a.json").write_text("old", "utf-8")
    replace = os.replace

    def full(source, place):
        if place.endswith("a.json"):
            raise OSError(errno.ENOSPC, "No space left on device")
        replace(source, place)

    monkeypatch.setattr("os.replace", full)
    code, out, err = command("-f", "json=a.json", "-f", "terminal", "-f", "json=b.json", "--force")
    assert code == 2
    assert err == "gilint: a.json: 无法写入：磁盘已满 (cannot be written: the disk is full)\n"
    assert "T301" in out
    assert (folder / "a.json").read_text("utf-8") == "old"
    assert names(folder) == ["a.json", "b.json", "outs.py", "report.txt"]


def test_a_file_that_appears_while_judging_is_left_alone(command, folder, monkeypatch):
    from gilint.linter import Linter

    lint_many = Linter.lint_many

    def slow(self, sources, **options):
        (folder / "a.json").write_text("theirs", "utf-8")
        return lint_many(self, sources, **options)

    monkeypatch.setattr(Linter, "lint_many", slow)
    code, _out, err = command("-f", "json=a.json")
    assert code == 2
    assert "--force" in err
    assert (folder / "a.json").read_text("utf-8") == "theirs"


def test_a_reporter_that_breaks_leaves_no_file_and_the_other_outputs(command, folder):
    code, out, err = command("--plugin", "outs", "-f", "breaks=a.txt", "-f", "json=b.json")
    assert (code, out) == (3, "")
    assert "T301" in err
    assert "of my own" in err
    assert names(folder) == ["b.json", "outs.py", "report.txt"]


@pytest.mark.parametrize("step", ["write", "seek"])
def test_a_long_output_that_finds_no_room_on_the_way_is_told(step, monkeypatch):
    class Full(io.StringIO):
        """A file of a full disk, which says so at once or when what it held back is written."""

    def fail(*_):
        raise OSError(errno.ENOSPC, "No space left on device")

    setattr(Full, step, fail)
    monkeypatch.setattr("tempfile.TemporaryFile", lambda **_: Full())
    pieces = iter(["x" * 400_000, "y" * 400_000])
    with pytest.raises(OutputError, match="磁盘已满"):
        write(io.StringIO(), _held(pieces))


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="no /dev/full")
def test_standard_output_on_a_full_disk_is_told(folder):
    with open("/dev/full", "w", encoding="utf-8") as full:
        done = subprocess.run(
            [sys.executable, "-m", "gilint", "check", "report.txt", "-f", "json"],
            env={**os.environ, "PYTHONPATH": str(ROOT)},
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
            encoding="utf-8",
            timeout=120,
        )
    assert done.returncode == 2
    assert done.stderr.endswith("(cannot be written: the disk is full)\n")
    assert "Traceback" not in done.stderr


# --- several files of one output --------------------------------------------------------------------------------------


def test_a_reporter_may_write_a_file_for_each_input(command, folder):
    (folder / "many").mkdir()
    assert command("--plugin", "outs", "-f", "each=many")[0] == 1
    assert (folder / "many" / "0.out").read_text("utf-8") == "report.txt\n"


def test_one_file_of_several_that_exists_is_left_alone(command, folder):
    (folder / "many").mkdir()
    (folder / "many" / "0.out").write_text("old", "utf-8")
    code, _out, err = command("--plugin", "outs", "-f", "each=many")
    assert code == 2
    assert "0.out" in err
    assert (folder / "many" / "0.out").read_text("utf-8") == "old"


# --- other commands ---------------------------------------------------------------------------------------------------


def test_totals_and_comparisons_write_several_outputs_too(folder):
    (folder / "clean.txt").write_bytes(CLEAN.read_bytes())
    for words in (["total", "--sum", "clean.txt"], ["compare", "clean.txt", "report.txt"]):
        done = run(*words, "-f", "terminal", "-f", "json=out.json", "--force", cwd=folder)
        assert done.stdout
        assert json.loads((folder / "out.json").read_text("utf-8"))["version"] == 1
        again = run(*words, "-f", "json=out.json", cwd=folder)
        assert (again.returncode, again.stdout) == (2, "")
        assert "--force" in again.stderr


# --- writing ----------------------------------------------------------------------------------------------------------


def test_pieces_are_written_in_their_order(tmp_path):
    write_atomically(tmp_path / "a.txt", iter(["一", "二", "\n"]))
    write_atomically(str(tmp_path / "b.bin"), [b"\xff", b"\n"])
    assert (tmp_path / "a.txt").read_bytes() == "一二\n".encode()
    assert (tmp_path / "b.bin").read_bytes() == b"\xff\n"


def test_pieces_that_break_leave_what_stood_there(tmp_path):
    (tmp_path / "a.txt").write_text("old", "utf-8")

    def pieces():
        yield "new"
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        write_atomically(tmp_path / "a.txt", pieces())
    assert (tmp_path / "a.txt").read_text("utf-8") == "old"
    assert names(tmp_path) == ["a.txt"]


def test_asking_whether_a_file_can_be_written_changes_nothing(tmp_path):
    refuse_unwritable(str(tmp_path / "a.txt"))
    assert names(tmp_path) == []


def test_inputs_are_asked_for_only_where_a_file_exists(tmp_path):
    refuse_unwritable(str(tmp_path / "a.txt"), lambda: 1 / 0)


def test_an_error_of_writing_names_the_file_in_two_languages(tmp_path):
    path = tmp_path / "no" / "a.txt"
    with pytest.raises(OutputError) as caught:
        write_atomically(path, "text")
    assert str(caught.value) == f"{path}: 无法写入：文件夹不存在 (cannot be written: there is no such folder)"


@given(st.lists(st.text()))
def test_any_text_can_be_written(tmp_path_factory, texts):
    path = tmp_path_factory.mktemp("any") / "a.txt"
    write_atomically(path, texts)
    assert path.read_bytes() == "".join(texts).encode("utf-8", "backslashreplace")


def test_text_for_a_program_keeps_its_line_ends():
    from gilint.outputs import write

    raw = io.BytesIO()
    stream = io.TextIOWrapper(raw, encoding="gbk", newline="\r\n")
    write(stream, "一\r\n二\n", exact=True)
    assert raw.getvalue() == "一\r\n二\n".encode()


@pytest.mark.skipif(os.name == "nt", reason="closes a stream as a POSIX shell does")
@pytest.mark.parametrize("closed", [">&-", "2>&-", ">&- 2>&-"])
def test_a_closed_standard_stream_is_no_defect(closed):
    line = f'"$0" -m gilint check "$1" {closed}'
    command = ["sh", "-c", line, sys.executable, str(EXAMPLES / "clean-2024.txt")]
    ended = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert (ended.returncode, ended.stderr) == (0, "")


# --- long outputs -----------------------------------------------------------------------------------------------------


def test_a_long_output_is_written_whole_from_disk(tmp_path, monkeypatch):
    monkeypatch.setattr("gilint.outputs.MOST_HELD", 1000)
    folder = EXAMPLES / "years"
    long, short = tmp_path / "long.json", tmp_path / "short.json"
    assert main(["check", str(folder), "--no-config", "-f", f"json={long}", "--fail-on", "never"]) == 0
    monkeypatch.undo()
    assert main(["check", str(folder), "--no-config", "-f", f"json={short}", "--fail-on", "never"]) == 0
    assert long.read_bytes() == short.read_bytes()
    assert long.stat().st_size > 1000


def test_no_reporter_of_text_holds_on_to_a_result():
    import gc
    import weakref

    from gilint.findings import Finding, Result
    from gilint.places import Address

    class Watched(str):
        """A message that can be watched."""

    alive, known = [], weakref.WeakSet()

    class Many:
        """A hundred results, each made when it is asked for."""

        def __len__(self):
            return 100

        def __iter__(self):
            for number in range(100):
                alive.append(len(known))
                message = Watched(f"{number}")
                known.add(message)
                address = Address(("一",), "s")
                finding = Finding("X1", "x", "error", "t", message, "", (), address, None, "", f"{number:016}", None)
                yield Result(f"{number}.txt", None, (finding,), {})
                del message, finding

    gc.collect()
    for name in ("json", "terminal"):
        alive.clear()
        reporter = resolve(BUILTIN[name])(Options())
        assert sum(map(len, reporter.render(Run(Many())))) > 2000, name
        assert max(alive) < 5, name
