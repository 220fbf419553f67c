"""``gilint check`` over many files: workers, what kills them, Ctrl-C, the journal, what is kept, progress."""

import json
import os
import re
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from conftest import EXAMPLES, ROOT, posix
from plugging import module, rule, run

from gilint.bulk.batch import Batch
from gilint.bulk.kept import FILE

OWN = "平澜县市场监督管理局"
CLEAN = (EXAMPLES / "clean-2024.txt").read_text(encoding="utf-8")
DEADLY = """
    import os
    import re
    import signal

    import gilint

    def sniff(data, name):
        return data.startswith(b"DEADLY ")

    def read(data, name, limits):
        how = data.split()[1]
        if how == b"hang":
            re.match(r"(a+)+$", "a" * 60 + "b")
        if how == b"kill":
            os.kill(os.getpid(), signal.SIGKILL)
        if how == b"memory":
            os.kill(os.getpid(), signal.SIGSEGV)
        if how == b"wait":
            import time
            time.sleep(60)
        os._exit(7)

    @gilint.hookimpl
    def gilint_readers():
        return [gilint.Reader("deadly", sniff, read, (".deadly",))]
"""


def reports(folder: Path, count: int) -> Path:
    """A folder of reports of different organs, each third one with a slip of its own."""
    folder.mkdir()
    for number in range(count):
        text = CLEAN.replace(OWN, f"平澜县第{number}管理局")
        if number % 3 == 0:
            text = text.replace("2024年", "2023年", 1)
        (folder / f"{number:03}.txt").write_text(text, encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return reports(tmp_path_factory.mktemp("many") / "reports", 40)


@pytest.fixture
def place(tmp_path):
    """A working folder with a cache of its own."""
    return {"cwd": tmp_path, "GILINT_CACHE_DIR": str(tmp_path / "cache"), "PYTHONPATH": str(tmp_path)}


def check(folder, place, *arguments):
    return run("check", folder, "--no-config", "--format", "json", *arguments, **place)


def files(done):
    return {Path(one["path"]).name: one for one in json.loads(done.out)["files"]}


# --- workers ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["json", "terminal"])
def test_the_output_is_the_same_whatever_the_number_of_workers(folder, place, name):
    outputs = [
        run("check", folder, "--no-config", "--no-cache", "--format", name, "--jobs", jobs, **place)
        for jobs in (1, 2, 3)
    ]
    assert {one.returncode for one in outputs} == {1}
    assert len({one.stdout for one in outputs}) == 1
    assert outputs[0].stdout.count("002.txt") >= 1


def test_a_worker_finds_what_one_process_finds(folder, place):
    few = sorted(folder.iterdir())[:5]
    alone = run("check", *few, "--no-config", "--no-cache", "--format", "json", **place)
    workers = run("check", *few, "--no-config", "--no-cache", "--format", "json", "--jobs", 2, **place)
    assert json.loads(alone.stdout) == json.loads(workers.stdout)


@pytest.fixture
def deadly(tmp_path):
    """Forty reports, and inputs between them that end whoever reads them."""
    module(tmp_path, "deadly", DEADLY)
    (tmp_path / "gilint.toml").write_text("[limits]\nworker_seconds = 2\n", encoding="utf-8")
    return reports(tmp_path / "reports", 36)


def put(folder, **inputs):
    for name, how in inputs.items():
        (folder / f"{name}.deadly").write_text(f"DEADLY {how}", encoding="utf-8")


def test_an_input_that_hangs_or_kills_its_worker_is_reported_and_the_rest_goes_on(deadly, place):
    put(deadly, **{"005a": "hang", "010a": "kill", "020a": "memory", "zzz": "exit"})
    done = run("check", deadly, "--plugin", "deadly", "--format", "json", "--jobs", 2, **place)
    assert done.returncode == 2
    found = {Path(one["path"]).name: one for one in json.loads(done.stdout)["files"]}
    assert len(found) == 40
    errors = {name: (one["error"]["code"], one["error"]["message"]) for name, one in found.items() if "error" in one}
    assert errors == {
        "005a.deadly": ("timeout", "检查用时超过 2 秒，已停止"),
        "010a.deadly": ("worker-died", "检查它的进程意外终止：信号 SIGKILL"),
        "020a.deadly": ("worker-died", "检查它的进程意外终止：信号 SIGSEGV"),
        "zzz.deadly": ("worker-died", "检查它的进程意外终止：退出码 7"),
    }
    assert list(found) == sorted(found)
    for path in deadly.glob("*.deadly"):
        path.unlink()
    alone = run("check", deadly, "--format", "json", "--no-cache", **place)
    assert [one for one in found.values() if "error" not in one] == json.loads(alone.stdout)["files"]


def test_a_worker_that_is_killed_from_outside_loses_nothing(deadly, place):
    put(deadly, **{"000a": "wait"})
    (place["cwd"] / "gilint.toml").write_text("[limits]\nworker_seconds = 20\n", encoding="utf-8")
    process = started("check", str(deadly), "--plugin", "deadly", "--format", "json", "--jobs", "2", **place)
    killed = kill_a_worker(process)
    out, _err = process.communicate(timeout=100)
    found = {Path(one["path"]).name for one in json.loads(out)["files"]}
    assert killed
    assert len(found) == 37


def started(*arguments, cwd, **environment):
    variables = {key: value for key, value in os.environ.items() if not key.startswith(("GILINT_", "NO_COLOR"))}
    path = os.pathsep.join(filter(None, (environment.pop("PYTHONPATH", ""), str(ROOT))))
    return subprocess.Popen(
        [sys.executable, "-m", "gilint", *arguments],
        cwd=cwd,
        env={**variables, "PYTHONPATH": path, **environment},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        encoding="utf-8",
    )


def kill_a_worker(process):
    """Kill one of the workers of a run, once there is one."""
    if not Path("/proc").is_dir():
        pytest.skip("the system does not list processes as files")
    for _ in range(200):
        workers = [child for child in children(process.pid) if b"spawn_main" in command_line(child)]
        if workers:
            time.sleep(0.3)
            os.kill(workers[0], signal.SIGKILL)
            return True
        time.sleep(0.05)
    return False


def command_line(pid):
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes()
    except OSError:
        return b""


def children(pid):
    found = []
    for place in Path("/proc").iterdir():
        try:
            if place.name.isdigit() and int((place / "stat").read_text().rpartition(")")[2].split()[1]) == pid:
                found.append(int(place.name))
        except (OSError, ValueError, IndexError):
            continue
    return sorted(found)


# --- Ctrl-C and the journal -------------------------------------------------------------------------------------------


def wait_for(condition):
    """Wait until something is so, for a minute at most."""
    for _ in range(600):
        try:
            if condition():
                return
        except OSError:
            pass
        time.sleep(0.1)
    raise AssertionError("it never came to that")


def records(journal):
    """How many reports a journal knows: each record has the path of one."""
    return len(set(re.findall(rb"\d+a?\.txt", journal.read_bytes())))


def interrupted(deadly, place, holding="030a", done=3):
    """A run that is interrupted while a worker is busy with an input that takes long, and some are done."""
    put(deadly, **{holding: "wait"})
    (place["cwd"] / "gilint.toml").write_text("[limits]\nworker_seconds = 50\n", encoding="utf-8")
    command = ("check", "reports", "--plugin", "deadly", "--format", "json", "--no-cache", "--resume", "run.journal")
    process = started(*command, "--jobs", "2", **place)
    wait_for(lambda: records(place["cwd"] / "run.journal") >= done)
    process.send_signal(signal.SIGINT)
    out, err = process.communicate(timeout=60)
    return process.returncode, json.loads(out), err


@posix
def test_ctrl_c_reports_what_is_done(deadly, place):
    code, found, err = interrupted(deadly, place)
    assert code == 130
    assert 0 < len(found["files"]) < 37
    (problem,) = found["problems"]
    assert problem["name"] == "interrupted"
    assert f"37 份中检查了 {len(found['files'])} 份" in problem["message"]
    assert "同一命令即可继续" in problem["message"]
    assert "Traceback" not in err
    statuses = {one["outcomes"]["rules"]["T701"] for one in found["files"] if "error" not in one}
    assert "passed" not in statuses


@posix
def test_ctrl_c_reports_what_was_done_before_its_turn(deadly, place):
    """The first file holds up a worker with all of its task; the other worker does the rest."""
    (deadly / "000.txt").rename(deadly / "035a.txt")
    code, found, _err = interrupted(deadly, place, holding="000", done=20)
    assert code == 130
    names = [Path(one["path"]).name for one in found["files"]]
    assert len(names) >= 20
    assert "000.deadly" not in names
    assert names == sorted(names)
    assert f"37 份中检查了 {len(names)} 份" in found["problems"][0]["message"]


@posix
def test_an_interrupted_run_goes_on_from_its_journal(deadly, place):
    code, first, _err = interrupted(deadly, place)
    assert code == 130
    (deadly / "030a.deadly").unlink()
    again = run("check", "reports", "--plugin", "deadly", "--format", "json", "--resume", "run.journal", **place)
    whole = run("check", "reports", "--plugin", "deadly", "--format", "json", "--no-cache", **place)
    assert len(first["files"]) < 36
    assert again.stdout == whole.stdout
    assert (place["cwd"] / "run.journal").stat().st_size > 36 * 1000


def test_a_finished_run_is_repeated_from_its_journal_without_judging(folder, place):
    first = run("check", folder, "--no-config", "--format", "json", "--no-cache", "--resume", "j", **place)
    size = (place["cwd"] / "j").stat().st_size
    second = run("check", folder, "--no-config", "--format", "json", "--no-cache", "--resume", "j", **place)
    assert second.stdout == first.stdout
    assert (place["cwd"] / "j").stat().st_size == size


def test_a_changed_report_is_judged_again_whatever_the_journal_says(tmp_path, place):
    few = reports(tmp_path / "few", 4)
    run("check", few, "--no-config", "--resume", "j", **place)
    path = few / "001.txt"
    path.write_text(path.read_text(encoding="utf-8").replace("2024年", "2023年", 1), encoding="utf-8")
    done = run("check", few, "--no-config", "--format", "json", "--resume", "j", **place)
    assert any(one["severity"] == "error" for one in json.loads(done.stdout)["files"][1]["findings"])


def test_the_same_relative_path_below_another_override_is_judged_again(tmp_path, place):
    config, journal = tmp_path / "gilint.toml", tmp_path / "j"
    config.write_text("[[overrides]]\nfiles = ['old/*']\nselect = ['T301']\n", encoding="utf-8")
    rules = []
    for folder in ("new", "old"):
        reports(tmp_path / folder, 1)
        there = {**place, "cwd": tmp_path / folder}
        done = run("check", "000.txt", "--no-cache", "--format", "json", "--resume", str(journal), **there)
        rules.append(len(json.loads(done.stdout)["files"][0]["outcomes"]["rules"]))
    assert rules[0] > 100
    assert rules[1] == 1


def test_a_journal_has_what_was_found_in_the_cache_as_well(folder, place):
    run("check", folder, "--no-config", **place)
    first = run("check", folder, "--no-config", "--format", "json", "--resume", "j", **place)
    alone = {**place, "GILINT_CACHE_DIR": str(place["cwd"] / "another")}
    size = (place["cwd"] / "j").stat().st_size
    second = run("check", folder, "--no-config", "--format", "json", "--resume", "j", **alone)
    assert second.stdout == first.stdout
    assert (place["cwd"] / "j").stat().st_size == size > 40 * 1000


@posix
def test_only_the_user_may_read_a_journal(folder, place):
    run("check", folder, "--no-config", "--resume", "j", **place)
    assert (place["cwd"] / "j").stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize("option", [("--previous", "a.txt"), ("--pin", "requests.new.tot")])
def test_a_journal_is_refused_for_a_single_report(tmp_path, place, option):
    (tmp_path / "a.txt").write_text(CLEAN, encoding="utf-8")
    done = run("check", "a.txt", *option, "--resume", "j", **place)
    assert (done.returncode, done.stdout) == (2, "")
    assert "--resume" in done.stderr
    assert not (tmp_path / "j").exists()


def test_a_journal_of_other_rules_is_refused(folder, place):
    run("check", folder, "--no-config", "--resume", "j", **place)
    done = run("check", folder, "--no-config", "--select", "S101", "--resume", "j", **place)
    assert done.returncode == 2
    assert "--resume j" in done.stderr
    assert done.stdout == ""


# --- what only this process can read, and systems without workers ----------------------------------------------------


@pytest.mark.parametrize("jobs", [(), ("--jobs", 2)])
def test_standard_input_is_read_beside_workers(folder, place, jobs):
    done = run("check", "-", folder, "--no-config", "--format", "json", *jobs, text=CLEAN, **place)
    found = json.loads(done.stdout)["files"]
    assert len(found) == 41
    assert found[0]["path"] == "-"
    assert found[0]["report"]["issuer"] == OWN


@posix
def test_a_pipe_is_read_beside_workers(tmp_path, place):
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    process = started("check", str(pipe), "--no-config", "--format", "json", "--jobs", "1", **place)
    pipe.write_text(CLEAN, encoding="utf-8")
    out, _err = process.communicate(timeout=60)
    assert json.loads(out)["files"][0]["report"]["issuer"] == OWN


NO_LOCKS = """
    import _multiprocessing

    class SemLock:
        SEM_VALUE_MAX = 1

        def __init__(self, *arguments, **named):
            raise OSError(38, "Function not implemented")

    _multiprocessing.SemLock = SemLock
"""


def test_without_locks_between_processes_the_command_judges_alone(folder, place):
    whole = run("check", folder, "--no-config", "--no-cache", "--format", "json", **place)
    module(place["cwd"], "sitecustomize", NO_LOCKS)
    alone = run("check", folder, "--no-config", "--no-cache", "--format", "json", **place)
    assert (alone.returncode, alone.stdout) == (whole.returncode, whole.stdout)
    asked = run("check", folder, "--no-config", "--no-cache", "--jobs", 2, **place)
    assert asked.returncode == 2
    assert "--jobs" in asked.stderr
    assert "Function not implemented" in asked.stderr


BROKEN_FOR_ONE = """
    import gilint

    @gilint.check("odd", values=())
    def odd(report, options):
        '''Breaks over one report.'''
        if report.source.name.endswith("000.txt"):
            raise ValueError("odd")
        yield from ()

    @gilint.hookimpl
    def gilint_checks():
        return [odd]
"""


@pytest.mark.parametrize("options", [("--no-cache",), (), ("--jobs", 1), ("--jobs", 2, "--no-cache")])
def test_waivers_hold_for_a_report_in_which_a_rule_broke(tmp_path, place, options):
    few = reports(tmp_path / "few", 4)
    (few / "000.txt").write_text(CLEAN.replace(OWN, "平澜县第0管理局").replace("，", ",", 3), encoding="utf-8")
    module(tmp_path, "odd", BROKEN_FOR_ONE)
    path = rule(tmp_path / "local", check="odd", message="x", options="{}")
    first = run("check", few, "--no-config", "--format", "json", "--no-cache", **place)
    waived = json.loads(first.stdout)["files"][0]["findings"][0]["rule"]
    (few / "gilint.waivers.yaml").write_text(f"waivers:\n  - {{rule: {waived}, reason: 试}}\n", encoding="utf-8")
    more = ("--plugin", "odd", "--rules", path, "--format", "json", *options)
    for _run in range(2):
        found = json.loads(run("check", few, "--no-config", *more, **place).stdout)["files"][0]
        assert found["outcomes"]["broke"] == 1
        assert waived not in {one["rule"] for one in found["findings"]}
        assert waived in {one["rule"] for one in found["waived"]}


UNPLAIN = """
    from decimal import Decimal

    import gilint

    def digest(report, options):
        return Decimal(1)

    @gilint.check("unplain", values=(), scope="run", digest=digest)
    def unplain(members, options):
        '''Compares nothing.'''
        yield from ()

    @gilint.hookimpl
    def gilint_checks():
        return [unplain]
"""


@pytest.mark.parametrize(("count", "options"), [(3, ()), (3, ("--no-cache",)), (30, ("--no-cache",)), (40, ())])
def test_a_digest_that_cannot_be_sent_breaks_its_rule_however_many_reports_there_are(tmp_path, place, count, options):
    module(tmp_path, "unplain", UNPLAIN)
    path = rule(tmp_path / "local", check="unplain", message="x", options="{}")
    more = ("--plugin", "unplain", "--rules", path, "--format", "json", *options)
    done = run("check", reports(tmp_path / "many", count), "--no-config", *more, **place)
    assert done.returncode == 3
    assert {one["outcomes"]["broke"] for one in json.loads(done.stdout)["files"]} == {1}


def test_an_archive_may_take_longer_than_one_file(tmp_path, place):
    from zipfile import ZipFile

    folder = reports(tmp_path / "many", 120)
    with ZipFile(tmp_path / "many.zip", "w") as archive:
        for path in sorted(folder.iterdir()):
            archive.write(path, path.name)
    (tmp_path / "gilint.toml").write_text("[limits]\nworker_seconds = 1\n", encoding="utf-8")
    done = run("check", "many.zip", "--jobs", 1, "--format", "json", **place)
    assert len(json.loads(done.stdout)["files"]) == 120


def test_a_report_that_changes_before_its_page_is_made_says_so_in_its_place(tmp_path, place, monkeypatch):
    from gilint.cli import main

    few = reports(tmp_path / "few", 30)
    monkeypatch.setenv("GILINT_CACHE_DIR", place["GILINT_CACHE_DIR"])
    compare = Batch.compare

    def then_change(self, executor=None):
        yield from compare(self, executor)
        with (few / "027.txt").open("a", encoding="utf-8") as file:
            file.write("\n")

    monkeypatch.setattr(Batch, "compare", then_change)
    out = tmp_path / "out.html"
    assert main(["check", str(few), "--no-config", "--jobs", "1", "--no-progress", "-f", f"html={out}"]) == 1
    page = out.read_text(encoding="utf-8")
    assert page.count("检查之后文件又改动了") == 1
    assert "平澜县第29管理局" in page


# --- reporters --------------------------------------------------------------------------------------------------------

PIECES = """
    import os
    from multiprocessing import parent_process

    import gilint

    def piece(result, rules):
        if parent_process() is not None and result.path.endswith("007.txt"):
            {WHEN_SEVEN}
        return f"{os.path.basename(result.path)} {len(result.findings)} {len(rules)} {parent_process() is not None}\\n"

    class Pieces:
        name = "pieces"

        def __init__(self, options):
            pass

        def render(self, run):
            yield from run.rendered(self.name, piece)

    @gilint.hookimpl
    def gilint_reporters():
        return [Pieces]
"""


def pieces(folder, place, when_seven, *arguments):
    module(place["cwd"], "pieces", PIECES.replace("{WHEN_SEVEN}", when_seven))
    return run("check", folder, "--no-config", "--plugin", "pieces", "-f", "pieces", "--no-cache", *arguments, **place)


def test_workers_make_the_pieces_of_a_reporter_in_the_order_of_the_files(folder, place):
    lines = pieces(folder, place, "pass").stdout.splitlines()
    assert [line.split()[0] for line in lines] == [f"{number:03}.txt" for number in range(40)]
    assert {line.split()[-1] for line in lines} == {"True"}
    assert len({line.split()[2] for line in lines}) == 1


@pytest.mark.parametrize("when_seven", ["os._exit(9)", "raise ValueError('seven')"])
def test_a_piece_over_which_a_worker_ends_is_made_by_the_command_itself(folder, place, when_seven):
    lines = pieces(folder, place, "pass").stdout.splitlines()
    done = pieces(folder, place, when_seven)
    assert done.returncode == 1
    assert done.stdout.splitlines() == [line.replace("True", "False") if "007" in line else line for line in lines]


def test_a_reporter_that_breaks_in_workers_breaks_as_it_does_here(folder, place):
    everywhere = PIECES.replace("parent_process() is not None and", "")
    module(place["cwd"], "pieces", everywhere.replace("{WHEN_SEVEN}", "oops"))
    arguments = ("check", folder, "--no-config", "--plugin", "pieces", "-f", "pieces", "--no-cache")
    done = run(*arguments, **place)
    assert done.returncode == 3
    assert done.stdout == ""
    assert "NameError: name 'oops' is not defined (pieces.py:9)" in done.stderr
    assert "003.txt" in done.stderr


# --- what is kept -----------------------------------------------------------------------------------------------------


def store_of(place):
    """The file that results are kept in."""
    return place["cwd"] / "cache" / FILE


def test_a_second_run_says_the_same_and_keeps_nothing_new(folder, place):
    arguments = ("check", folder, "--no-config", "--format", "json")
    first, second = run(*arguments, **place), run(*arguments, **place)
    fresh = run(*arguments, "--no-cache", **place)
    assert first.stdout == second.stdout == fresh.stdout
    assert store_of(place).stat().st_size > 10_000


def test_without_cache_nothing_is_kept(folder, place):
    run("check", folder, "--no-config", "--no-cache", **place)
    assert not store_of(place).exists()


def test_waivers_count_after_what_was_kept(tmp_path, place):
    few = reports(tmp_path / "few", 4)
    first = run("check", few, "--no-config", "--format", "json", **place)
    rules = {one["rule"] for one in json.loads(first.stdout)["files"][0]["findings"] if one["severity"] == "error"}
    entries = "".join(f"  - {{rule: {rule}, reason: 试}}\n" for rule in sorted(rules))
    (few / "gilint.waivers.yaml").write_text(f"waivers:\n{entries}", encoding="utf-8")
    second = run("check", few, "--no-config", "--format", "json", **place)
    found = json.loads(second.stdout)["files"][0]
    assert rules
    assert not any(one["severity"] == "error" for one in found["findings"])
    assert {one["rule"] for one in found["waived"]} == rules


def test_another_language_is_not_answered_with_what_was_kept(folder, place):
    arguments = ("check", folder, "--no-config", "--format", "json")
    run(*arguments, **place)
    english = run(*arguments, "--lang", "en", **place)
    assert english.stdout == run(*arguments, "--lang", "en", "--no-cache", **place).stdout


SHOUTING = """
    import gilint

    class Shouting:
        name = "shouting"

        def __init__(self, options):
            pass

        def render(self, run):
            yield from run.rendered(self.name, lambda result, rules: f"{len(result.findings)}{END}")

    @gilint.hookimpl
    def gilint_reporters():
        return [Shouting]
"""


def test_a_reporter_of_a_plugin_is_asked_again_once_it_was_edited(folder, place, tmp_path):
    arguments = ("check", folder, "--no-config", "--plugin", "shouting", "--format", "shouting")
    module(tmp_path, "shouting", SHOUTING.replace("{END}", "!"))
    first, second = run(*arguments, **place), run(*arguments, **place)
    module(tmp_path, "shouting", SHOUTING.replace("{END}", "?!"))
    third = run(*arguments, **place)
    assert first.stdout.count("!") == 40
    assert second.stdout == first.stdout
    assert third.stdout == first.stdout.replace("!", "?!")


@pytest.mark.parametrize("damage", ["cut", "noise", "gone"])
def test_a_damaged_store_is_set_aside_without_a_word(folder, place, damage):
    arguments = ("check", folder, "--no-config", "--format", "json")
    first = run(*arguments, **place)
    database = store_of(place)
    if damage == "cut":
        os.truncate(database, database.stat().st_size // 2)
    elif damage == "noise":
        database.write_bytes(os.urandom(40_000))
    else:
        database.unlink()
    second = run(*arguments, **place)
    assert (second.returncode, second.stdout, second.stderr) == (first.returncode, first.stdout, first.stderr)


def test_a_cache_that_may_not_be_written_is_none(folder, place, tmp_path):
    blocked = tmp_path / "blocked"
    blocked.write_text("a file, not a folder")
    done = run("check", folder, "--no-config", "--format", "json", **{**place, "GILINT_CACHE_DIR": str(blocked)})
    assert done.returncode == 1
    assert len(json.loads(done.stdout)["files"]) == 40


# --- odd inputs -------------------------------------------------------------------------------------------------------


def test_a_damaged_file_among_many_is_one_input_error(tmp_path, place):
    many = reports(tmp_path / "many", 40)
    (many / "017a.docx").write_bytes(b"PK\x03\x04" + b"\0" * 200)
    done = run("check", many, "--no-config", "--format", "json", **place)
    found = json.loads(done.stdout)
    assert done.returncode == 2
    assert (len(found["files"]), found["summary"]["failed_inputs"]) == (41, 1)


def test_the_same_file_twice_and_links_in_a_circle_are_judged_once(tmp_path, place):
    many = reports(tmp_path / "many", 34)
    (many / "circle").symlink_to(many)
    (many / "second.txt").symlink_to(many / "000.txt")
    done = run("check", many, many / "001.txt", many, "--no-config", "--format", "json", **place)
    assert len(json.loads(done.stdout)["files"]) == 34


def test_a_file_that_is_far_too_large_is_refused_by_its_size(tmp_path, place):
    many = reports(tmp_path / "many", 33)
    with open(many / "huge.docx", "wb") as file:
        file.truncate(2 << 30)
    done = run("check", many, "--no-config", "--format", "json", **place)
    errors = [one["error"]["code"] for one in json.loads(done.stdout)["files"] if "error" in one]
    assert errors == ["too-large"]


def test_a_full_disk_is_one_message_and_exit_code_2(folder, place):
    if not os.path.exists("/dev/full"):
        pytest.skip("the system has no full device")
    command = [sys.executable, "-m", "gilint", "check", str(folder), "--no-config", "--format", "json"]
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "GILINT_CACHE_DIR": place["GILINT_CACHE_DIR"]}
    with open("/dev/full", "w") as full:
        done = subprocess.run(command, stdout=full, stderr=subprocess.PIPE, text=True, env=environment, check=False)
    assert done.returncode == 2
    assert "磁盘已满" in done.stderr
    assert "Traceback" not in done.stderr


# --- options ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("jobs", ["0", "-1", "two", "1.5", "100000"])
def test_a_wrong_number_of_workers_is_refused(folder, place, jobs):
    done = run("check", folder, f"--jobs={jobs}", **place)
    assert done.returncode == 2
    assert "1024" in done.stderr
