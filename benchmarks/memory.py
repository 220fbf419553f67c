"""The peaks of the process that was started and of each worker, as the kernel counts them (Linux)."""

import os
import subprocess
from pathlib import Path
from time import sleep
from typing import NamedTuple

from benchmarks import timing
from benchmarks.parts import Goal, Measured, Settings, Table, checked, figure

LIMITS = {"txt": 60.0, "docx": 150.0}
OPTIONS = ("--format", "json", "--jobs", "2", "--no-cache")
PAUSE = 0.02
SHARES = 4
"""A corpus is also checked in part, to show that the peak does not grow with it."""


class Peaks(NamedTuple):
    """The highest resident size in MB: of the process that was started, and of the largest other one."""

    parent: float
    worker: float
    processes: int


def measure(settings: Settings) -> Measured:
    """Peaks over part of the corpus and all of it, with two workers."""
    if not Path("/proc/self/status").is_file():
        return Measured([Table(["peak MB"], [["this system has no /proc to ask"]])])
    rows, goals = [], []
    for kind, count in (("txt", settings.reports), ("docx", settings.documents)):
        for share in (max(1, count // SHARES), count):
            folder = settings.corpus(share) / kind
            # Rules that an installation has compiled, a checkout compiles on its first run.
            timing.run(checked(next(folder.iterdir()), options=OPTIONS))
            peaks = watched(checked(folder, options=OPTIONS))
            rows.append([f"{share:,} {kind}", figure(peaks.parent), figure(peaks.worker), f"≤ {LIMITS[kind]:g}"])
        goals.append(Goal(f"peak of the parent, {count:,} {kind}", peaks.parent, LIMITS[kind], "MB"))
        goals.append(Goal(f"peak of a worker, {count:,} {kind}", peaks.worker, LIMITS[kind], "MB"))
    return Measured([Table(["reports, two workers", "parent MB", "largest worker MB", "target"], rows)], goals)


def watched(command: list[str]) -> Peaks:
    """Run a command and look at all processes of its session while they live."""
    process = subprocess.Popen(
        command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=timing.environment(), start_new_session=True
    )
    peaks: dict[int, float] = {}
    while process.poll() is None:
        for number in _session(process.pid):
            peaks[number] = max(peaks.get(number, 0.0), _peak(number))
        sleep(PAUSE)
    others = [peak for number, peak in peaks.items() if number != process.pid]
    return Peaks(peaks[process.pid], max(others, default=0.0), len(peaks))


def _session(leader: int) -> list[int]:
    found = []
    for name in os.listdir("/proc"):
        if name.isdigit():
            try:
                if os.getsid(int(name)) == leader:
                    found.append(int(name))
            except OSError:
                continue  # it has ended since
    return found


def _peak(number: int) -> float:
    """The high-water mark of a process in MB; nothing where it has ended."""
    try:
        status = Path(f"/proc/{number}/status").read_text(encoding="ascii", errors="replace")
    except OSError:
        return 0.0
    for line in status.splitlines():
        if line.startswith("VmHWM:"):
            return int(line.split()[1]) / 1024
    return 0.0
