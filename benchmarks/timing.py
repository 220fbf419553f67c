"""Processes and functions by turns, so that a busy moment of the machine falls on all of them."""

import os
import signal
import statistics
import subprocess
import tempfile
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from time import perf_counter, process_time
from typing import NamedTuple

ROOT = Path(__file__).resolve().parent.parent
TAIL = 2000
TOO_LONG = 15.0
"""Seconds from which on a command is run only once."""


class Spent(NamedTuple):
    """What a process took: seconds by the clock and of the processor, the peak of its largest process in MB.

    ``output`` is the end of what it said.
    """

    command: Sequence[str | Path]
    wall: float
    processor: float
    peak: float
    code: int
    output: bytes


class Failed(Exception):
    """A command did not end as it should."""


def run(
    command: Sequence[str | Path], *, folder: Path | None = None, cache: Path | None = None, limit: float = 900.0
) -> Spent:
    """Run a command to its end; after ``limit`` seconds it is killed with all that it started.

    ``cache`` is a folder for what gilint keeps between runs, in place of that of the user.
    """
    with tempfile.TemporaryFile() as out:
        begun = perf_counter()
        process = subprocess.Popen(
            command,
            stdout=out,
            stderr=subprocess.STDOUT,
            stdin=subprocess.DEVNULL,
            cwd=folder,
            env=environment(cache),
            start_new_session=True,
        )
        before = signal.signal(signal.SIGALRM, lambda *_: os.killpg(process.pid, signal.SIGKILL))
        signal.setitimer(signal.ITIMER_REAL, limit)
        try:
            _, status, usage = os.wait4(process.pid, 0)
            wall = perf_counter() - begun
        except BaseException:  # Ctrl-C does not reach another session
            os.killpg(process.pid, signal.SIGKILL)
            raise
        finally:
            signal.setitimer(signal.ITIMER_REAL, 0)
            signal.signal(signal.SIGALRM, before)
        process.returncode = os.waitstatus_to_exitcode(status)
        out.seek(max(0, out.seek(0, os.SEEK_END) - TAIL))
        processor = usage.ru_utime + usage.ru_stime
        return Spent(command, wall, processor, usage.ru_maxrss / 1024, process.returncode, out.read())


def expect(spent: Spent, *codes: int) -> None:
    """Raises :class:`Failed` for another exit code than ``codes``."""
    if spent.code not in codes:
        said = spent.output[-400:].decode("utf-8", "replace")
        raise Failed(f"{' '.join(map(str, spent.command))}: exit code {spent.code}\n{said}")


def environment(cache: Path | None = None) -> dict[str, str]:
    """That of this process, for this checkout, in which Python may write bytecode: users do not start without."""
    kept = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    own = {} if cache is None else {"GILINT_CACHE_DIR": str(cache)}
    return {**kept, **own, "PYTHONPATH": str(ROOT)}


def by_turns(
    commands: Mapping[str, Sequence[str | Path]],
    rounds: int,
    *,
    folder: Path | None = None,
    codes: Sequence[int] = (0, 1),
) -> dict[str, list[Spent]]:
    """Run each command once a round, after one round that does not count; what takes very long is run only once.

    Raises :class:`Failed` for another exit code than ``codes``.
    """
    taken: dict[str, list[Spent]] = {name: [] for name in commands}
    slow: set[str] = set()
    for number in range(rounds + 1):
        for name, command in commands.items():
            if name in slow:
                continue
            spent = run(command, folder=folder)
            expect(spent, *codes)
            if spent.wall > TOO_LONG:
                slow.add(name)
            if number or name in slow:
                taken[name].append(spent)
    return taken


def seconds(tasks: Mapping[str, Callable[[], object]], rounds: int) -> dict[str, list[float]]:
    """The seconds of the processor that each function takes in each round, after one round that does not count.

    By the clock, a long function would look slower than it is beside a short one that nobody interrupts.
    """
    taken: dict[str, list[float]] = {name: [] for name in tasks}
    for task in tasks.values():
        task()
    for _ in range(rounds):
        for name, task in tasks.items():
            begun = process_time()
            task()
            taken[name].append(process_time() - begun)
    return taken


def walls(taken: Sequence[Spent]) -> list[float]:
    """Seconds by the clock."""
    return [spent.wall for spent in taken]


def middle(values: Sequence[float]) -> float:
    """The median."""
    return statistics.median(values)


def ratio(values: Sequence[float], base: Sequence[float]) -> float:
    """The median of the ratios of each round; of the medians where the two had not the same number of rounds."""
    if len(values) != len(base):
        return middle(values) / middle(base)
    return statistics.median(value / other for value, other in zip(values, base, strict=True))
