"""``gilint check --watch``: a real process beside a clerk who edits and saves."""

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from conftest import EXAMPLES, ROOT, Done

pytest.importorskip("watchfiles")
pytestmark = pytest.mark.skipif(os.name == "nt", reason="signals of another kind")

CLEAN = (EXAMPLES / "clean-2024.txt").read_text(encoding="utf-8")
DEFECT = CLEAN.replace("。", "。本局可能组织了培训。", 1)
PATIENCE = 60


class Watching:
    """A process that watches, and what it has printed so far."""

    def __init__(self, folder: Path, *arguments: str) -> None:
        variables = {key: value for key, value in os.environ.items() if not key.startswith("GILINT_")}
        self.process = subprocess.Popen(
            [sys.executable, "-P", "-m", "gilint", "check", "--watch", "--no-config", *arguments],
            cwd=folder,
            env={**variables, "PYTHONPATH": str(ROOT), "PYTHONUNBUFFERED": "1", "PYTHONIOENCODING": "utf-8"},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            encoding="utf-8",
        )
        self._lines: list[str] = []
        self._seen = 0
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()

    def _read(self) -> None:
        for line in self.process.stdout:
            self._lines.append(line)

    def next(self) -> str:
        """What is printed up to the next time that it waits."""
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end:
            for at in range(self._seen, len(self._lines)):
                if "正在监视" in self._lines[at]:
                    said, self._seen = "".join(self._lines[self._seen : at]), at + 1
                    time.sleep(0.5)  # it has said that it watches a moment before it does
                    return said
            assert self.process.poll() is None, "".join(self._lines)
            time.sleep(0.05)
        raise AssertionError(f"it said nothing more: {''.join(self._lines)}")

    def stop(self) -> int:
        self.process.send_signal(signal.SIGINT)
        code = self.process.wait(PATIENCE)
        self._reader.join(PATIENCE)
        return code

    def close(self) -> None:
        self.process.kill()
        self.process.wait()
        self._reader.join(PATIENCE)
        self.process.stdout.close()

    @property
    def rest(self) -> str:
        return "".join(self._lines[self._seen :])


@pytest.fixture
def watching(tmp_path: Path) -> Iterator[Callable[..., Watching]]:
    started: list[Watching] = []

    def watching(*arguments: str) -> Watching:
        started.append(Watching(tmp_path, *arguments))
        return started[-1]

    yield watching
    for each in started:
        each.close()


@pytest.fixture
def report(tmp_path: Path) -> Path:
    path = tmp_path / "report.txt"
    path.write_text(CLEAN, encoding="utf-8")
    return path


def test_a_report_is_checked_again_when_it_is_saved(watching, report: Path) -> None:
    watched = watching("report.txt")
    assert "C504" not in watched.next()
    report.write_text(DEFECT, encoding="utf-8")
    assert "C504" in watched.next()
    report.write_text(CLEAN, encoding="utf-8")
    assert "C504" not in watched.next()


def test_a_program_that_saves_by_renaming_is_noticed(watching, report: Path, tmp_path: Path) -> None:
    watched = watching("report.txt")
    watched.next()
    for text, found in ((DEFECT, True), (CLEAN, False)):
        (tmp_path / "report.txt.tmp").write_text(text, encoding="utf-8")
        os.replace(tmp_path / "report.txt.tmp", report)
        assert ("C504" in watched.next()) is found


def test_a_new_report_in_a_watched_folder_is_checked(watching, report: Path, tmp_path: Path) -> None:
    (tmp_path / "deeper").mkdir()
    watched = watching(".")
    watched.next()
    (tmp_path / "deeper" / "new.txt").write_text(DEFECT, encoding="utf-8")
    assert "C504" in watched.next()


def test_marks_beside_an_open_document_are_passed_over(watching, report: Path, tmp_path: Path) -> None:
    watched = watching(".")
    watched.next()
    for name in (".~lock.report.txt#", "~$report.txt", "report.txt~", ".hidden.txt"):
        (tmp_path / name).write_text("x", encoding="utf-8")
    time.sleep(2)
    assert watched.rest == ""


def test_a_file_that_is_gone_for_a_moment_is_no_error(watching, report: Path) -> None:
    watched = watching("report.txt")
    watched.next()
    report.unlink()
    time.sleep(0.3)
    report.write_text(DEFECT, encoding="utf-8")
    said = watched.next()
    assert "C504" in said
    assert "not-found" not in said


def test_a_file_that_is_gone_is_told_and_waited_for(watching, report: Path) -> None:
    watched = watching("report.txt")
    watched.next()
    report.unlink()
    assert "not-found" in watched.next()
    report.write_text(CLEAN, encoding="utf-8")
    assert "没有发现问题" in watched.next()


def test_an_output_in_the_watched_folder_does_not_set_it_off(watching, report: Path, tmp_path: Path) -> None:
    watched = watching(".", "-f", "terminal", "-f", "csv=out.csv")
    watched.next()
    report.write_text(DEFECT, encoding="utf-8")
    assert "C504" in watched.next()
    time.sleep(2)
    assert watched.rest == ""
    assert "C504" in (tmp_path / "out.csv").read_text(encoding="utf-8")


def test_a_waiver_that_is_written_counts_at_once(watching, report: Path, tmp_path: Path) -> None:
    report.write_text(DEFECT, encoding="utf-8")
    watched = watching("report.txt")
    assert "C504" in watched.next()
    (tmp_path / "gilint.waivers.yaml").write_text("waivers:\n  - {rule: C504, reason: 说明}\n", encoding="utf-8")
    assert "豁免：1 处" in watched.next()


@pytest.mark.parametrize(("text", "code"), [(CLEAN, 0), (DEFECT, 1)])
def test_an_interruption_ends_it_with_the_code_of_the_last_check(watching, report: Path, text: str, code: int) -> None:
    report.write_text(text, encoding="utf-8")
    watched = watching("report.txt")
    watched.next()
    assert watched.stop() == code
    assert "已停止监视" in watched.rest
    assert "Traceback" not in watched.rest


def test_standard_input_cannot_be_watched(run: Callable[..., Done]) -> None:
    done = run("check", "--watch", "-")
    assert (done.code, done.out) == (2, "")
    assert "标准输入不能监视" in done.err


def test_what_is_nowhere_cannot_be_watched(run: Callable[..., Done], tmp_path: Path) -> None:
    done = run("check", "--watch", tmp_path / "no" / "where.txt")
    assert done.code == 2
    assert "无法监视" in done.err


def test_without_watchfiles_the_way_to_it_is_told(
    report: Path, run: Callable[..., Done], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "watchfiles", None)
    done = run("check", "--watch", report)
    assert (done.code, done.out) == (2, "")
    assert 'pip install "gilint[watch]"' in done.err
