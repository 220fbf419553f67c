"""What a long run shows while it goes on."""

import io

import pytest

from gilint.bulk import progress
from gilint.bulk.progress import Bar, Lines, duration


class Clock:
    """A clock that goes on when it is told to."""

    def __init__(self):
        self.now = 100.0

    def __call__(self):
        return self.now


@pytest.fixture
def clock(monkeypatch):
    clock = Clock()
    monkeypatch.setattr(progress, "monotonic", clock)
    return clock


class Terminal(io.StringIO):
    def isatty(self):
        return True


def test_a_log_gets_a_line_every_ten_seconds_with_the_time_that_is_left(clock):
    log = io.StringIO()
    shown = progress.progress(log, 1000, "zh")
    for second in range(25):
        clock.now = 100.0 + second
        shown.update(second * 10, second, 0)
    shown.close()
    # After 10 s 100 of 1,000 are done: nine times as long is left. After 20 s, 200: four times.
    assert log.getvalue().splitlines() == [
        "gilint: 已检查 100/1000 份，问题 10 个，约剩 1:30 (100 of 1000 files, 10 findings, about 1:30 left)",
        "gilint: 已检查 200/1000 份，问题 20 个，约剩 1:20 (200 of 1000 files, 20 findings, about 1:20 left)",
    ]


def test_files_that_could_not_be_judged_are_counted(clock):
    log = io.StringIO()
    shown = Lines(log, 10)
    clock.now += 11
    shown.update(5, 2, 3)
    assert "问题 2 个，无法检查 3 份" in log.getvalue()
    assert "2 findings, 3 files failed" in log.getvalue()


def test_a_short_run_shows_nothing_on_a_terminal(clock):
    terminal = Terminal()
    shown = progress.progress(terminal, 100, "zh")
    clock.now += 0.5
    shown.update(50, 1, 0)
    shown.close()
    assert terminal.getvalue() == ""


def test_a_terminal_has_a_bar_that_goes_when_the_run_is_over(clock):
    terminal = Terminal()
    shown = Bar(terminal, 100, "en")
    clock.now += 2
    shown.update(40, 7, 0)
    shown.close()
    assert "40/100" in terminal.getvalue()
    assert "7 findings" in terminal.getvalue()
    # The line is erased and the cursor comes back.
    assert terminal.getvalue().endswith("\x1b[2K")
    assert "\x1b[?25h" in terminal.getvalue()


def test_the_comparison_of_the_reports_is_shown_too(clock):
    log, terminal = io.StringIO(), Terminal()
    lines, bar = Lines(log, 100), Bar(terminal, 100, "zh")
    clock.now += 11
    for shown in (lines, bar):
        shown.update(100, 7, 0)
    clock.now += 11
    for shown in (lines, bar):
        shown.compare(30, 90)
    bar.close()
    assert log.getvalue().splitlines()[-1] == "gilint: 已比对 30/90 份 (30 of 90 reports compared)"
    assert "30/90" in terminal.getvalue()
    assert "各报告互相比对" in terminal.getvalue()


@pytest.mark.parametrize(
    ("seconds", "text"), [(0, "0:00"), (59.4, "0:59"), (60, "1:00"), (3599, "59:59"), (3661, "1:01:01")]
)
def test_durations(seconds, text):
    assert duration(seconds) == text
