"""Worker processes: what ends one ends its task alone."""

import os
import signal
import subprocess
import sys
import time
from multiprocessing.connection import Connection

import pytest
from conftest import ROOT, posix

from gilint.bulk.lost import lost
from gilint.bulk.watchdog import EXIT, Watchdog, is_worker
from gilint.bulk.workers import Workers, _Context, cores


@pytest.fixture(scope="module")
def workers():
    with Workers(2) as workers:
        yield workers


def square(number):
    return number * number


def end(code):
    os._exit(code)


def busy(seconds, allowed):
    with Watchdog(allowed):
        time.sleep(seconds)
    return "done"


def of_worker():
    return is_worker(), signal.getsignal(signal.SIGINT) == signal.SIG_IGN


def test_workers_do_what_they_are_given(workers):
    assert [future.result() for future in [workers.submit(square, number) for number in range(20)]] == [
        number * number for number in range(20)
    ]


def test_a_worker_that_ends_fails_its_own_task_and_is_replaced(workers):
    dead, alive = workers.submit(end, 7), workers.submit(square, 5)
    with pytest.raises(Exception, match="exit code") as caught:
        dead.result()
    assert caught.value.exitcode == 7
    assert alive.result() == 25
    assert workers.submit(square, 6).result() == 36


ABANDONED = """
import os, time
from gilint.bulk.workers import Workers

if __name__ == "__main__":
    workers = Workers(1)
    print(workers.submit(os.getpid).result(), flush=True)
    time.sleep(600)
"""


def test_workers_end_with_a_caller_that_is_killed(tmp_path):
    script = tmp_path / "abandoned.py"
    script.write_text(ABANDONED, encoding="utf-8")
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    with subprocess.Popen([sys.executable, script], env=environment, stdout=subprocess.PIPE) as caller:
        assert int(caller.stdout.readline()) != caller.pid
        caller.kill()
        # Its workers have its output too, so that ends only when the last of them has.
        assert caller.communicate(timeout=20) == (b"", None)


UNGUARDED = """
import os
from gilint.bulk.workers import Workers

with Workers(1) as workers:
    print(workers.submit(os.getpid).result())
"""


@pytest.mark.parametrize("given", ["a file", "standard input"])
def test_a_script_that_workers_cannot_be_started_from_is_told_so(tmp_path, given):
    script = tmp_path / "unguarded.py"
    script.write_text(UNGUARDED, encoding="utf-8")
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    with script.open(encoding="utf-8") as text:
        command = [sys.executable, script] if given == "a file" else [sys.executable, "-"]
        done = subprocess.run(command, stdin=text, env=environment, capture_output=True, text=True, timeout=60)
    assert done.returncode == 1
    assert done.stdout == ""
    assert "UsageError" in done.stderr.splitlines()[-1]
    assert "__main__" in done.stderr.splitlines()[-1]


@pytest.mark.skipif(not hasattr(signal, "setitimer"), reason="the system has no timers")
def test_the_system_ends_a_worker_whose_time_is_up(workers):
    with pytest.raises(Exception, match="exit code") as caught:
        workers.submit(busy, 30, 0.3).result()
    error = lost("报告.pdf", caught.value, 0.3)
    assert (error.code, error.path) == ("timeout", "报告.pdf")


def test_work_that_ends_in_time_is_left_alone(workers):
    assert workers.submit(busy, 0, 5).result() == "done"
    # The timer is off by now.
    assert workers.submit(busy, 0.5, 0).result() == "done"


def test_workers_leave_interrupts_to_the_caller(workers):
    assert workers.submit(of_worker).result() == (True, True)


def test_the_caller_itself_is_never_ended():
    with Watchdog(0.05):
        time.sleep(0.2)
    assert not is_worker()


def test_there_is_a_worker_for_each_core_that_may_be_used():
    assert Workers().count == cores() >= 1


@pytest.mark.parametrize(
    ("code", "said"),
    [(3, "退出码 3"), (-signal.SIGSEGV if sys.platform != "win32" else 5, "信号 SIGSEGV"), (-99, "信号 99")],
)
def test_the_cause_of_a_death_is_told(code, said):
    error = OSError("x")
    error.exitcode = code
    if sys.platform == "win32" and "SEGV" in said:
        pytest.skip("no signals there")
    assert said in lost("x", error, 9).message["zh"]


def test_the_exit_code_says_that_the_time_was_up():
    error = OSError("x")
    error.exitcode = EXIT
    assert lost("x", error, 9).code == "timeout"


def test_a_worker_that_is_killed_while_it_starts_fails_its_own_task_and_no_other():
    with Workers(2) as workers:
        tasks = [workers.submit(square, number) for number in range(9)]
        workers._workers[0]._context.process.kill()
        errors = [task.exception() for task in tasks]
        assert [getattr(error, "exitcode", None) for error in errors] == [-signal.SIGKILL, *[None] * 8]
        assert [task.result() for task in tasks[1:]] == [number * number for number in range(1, 9)]


def die_in_the_middle():
    """A result of which only half is sent."""

    def send(connection, sent, *_write):
        os.write(connection.fileno(), bytes(sent)[: len(sent) // 2])
        os.kill(os.getpid(), signal.SIGKILL)

    Connection._send = send
    return "x" * 20_000


@posix
def test_a_worker_that_is_killed_while_it_sends_a_result_fails_its_own_task_and_no_other():
    with Workers(1) as workers:
        died = workers.submit(die_in_the_middle).exception(timeout=60)
        assert died.exitcode == -signal.SIGKILL
        assert workers.submit(square, 3).result() == 9


def interrupt_when_done(start):
    def started(*arguments, **named):
        process = start(*arguments, **named)
        signal.raise_signal(signal.SIGINT)
        return process

    return started


def interrupt_at_once(start):
    def started(*_arguments, **_named):
        raise KeyboardInterrupt

    return started


@posix
@pytest.mark.parametrize("interrupt", [interrupt_when_done, interrupt_at_once])
def test_workers_that_are_interrupted_while_one_starts_end(interrupt, monkeypatch):
    """``interrupt_when_done`` is Ctrl-C that this thread gets, ``interrupt_at_once`` that another one got."""
    workers = Workers(1)
    monkeypatch.setattr(_Context, "Process", interrupt(_Context.Process))
    with pytest.raises(KeyboardInterrupt):
        workers.submit(busy, 60, 0)
    began = time.monotonic()
    workers.shutdown(cancel_futures=True)
    assert time.monotonic() - began < 30


def test_a_worker_that_is_killed_while_it_has_nothing_to_do_is_not_missed():
    with Workers(1) as workers:
        assert workers.submit(square, 2).result() == 4
        process = workers._workers[0]._context.process
        process.kill()
        process.join()
        answers = [workers.submit(square, 3).exception() for _try in range(2)]
        # Who kills it may be faster than the pool, which then blames the task.
        assert answers in ([None, None], [answers[0], None])
        assert workers.submit(square, 3).result() == 9


def test_what_waits_is_done_before_the_workers_end():
    workers = Workers(1)
    tasks = [workers.submit(square, number) for number in range(5)]
    workers.shutdown(wait=False)
    assert [task.result() for task in tasks] == [0, 1, 4, 9, 16]
    with pytest.raises(RuntimeError, match="shut down"):
        workers.submit(square, 1)


def test_what_waits_is_dropped_where_the_workers_end_at_once():
    workers = Workers(1)
    began = time.monotonic()
    tasks = [workers.submit(busy, 60, 0) for _task in range(3)]
    workers.shutdown(cancel_futures=True)
    assert time.monotonic() - began < 30
    assert isinstance(tasks[0].exception(), Exception)
    assert all(task.cancelled() for task in tasks[1:])


def test_what_a_task_raises_comes_back_and_the_worker_stays():
    with Workers(1) as workers:
        first = workers.submit(os.getpid).result()
        with pytest.raises(ZeroDivisionError):
            workers.submit(divmod, 1, 0).result()
        assert workers.submit(os.getpid).result() == first
