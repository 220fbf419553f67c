"""The guard against slowdowns: work is counted, not timed, and may not grow by more than a tenth.

Counted are the instructions of Python that are executed and the calls that leave Python for C, for each step from the
start of a check to its output. The counts are the same on every machine, busy or not. They say nothing of what happens
inside a call to C: where valgrind is installed, all instructions of the processor are counted as well, in units of a
fixed piece of work (``benchmarks/native.py``).

``python -m benchmarks.work`` compares with ``work.json``; with ``--renew`` it writes that file.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager

from benchmarks import native
from benchmarks.corpus.rendering import rendered
from benchmarks.counting import counted
from benchmarks.linear import longer
from benchmarks.parts import EXAMPLES, REPORT
from benchmarks.timing import ROOT, environment

BASELINE = ROOT / "benchmarks" / "work.json"
MORE = 0.10
"""How much more work than the baseline a step may be, as a share of it."""
LENGTH = 10
LONGEST = 1.1
"""How many times the work of a usual report one of ``LENGTH`` times the length may be, for each time of its length."""
VERSION = f"{sys.version_info.major}.{sys.version_info.minor}"

Counts = dict[str, dict[str, float]]
"""By step and by what is counted."""


# --- steps ------------------------------------------------------------------------------------------------------------


STEPS = (
    "load the rules",
    "read text",
    "read a page",
    "read Word",
    "judge",
    "judge and explain",
    "a usual report",
    f"{LENGTH} times as long",
)


def steps() -> dict[str, Callable[[], object]]:
    """What is counted within a process, by name."""
    from gilint import Linter

    linter = Linter(config=False, today="2025-06-01")
    text = REPORT.read_bytes()
    wrong = (EXAMPLES / "which-cell" / "one-digit.txt").read_bytes()
    plain, long = longer(1), rendered(longer(LENGTH), "txt", 0)
    usual, page, word = (rendered(plain, kind, 0) for kind in ("txt", "html", "docx"))
    report, wrong_report = linter.read(text, "report.txt"), linter.read(wrong, "report.txt")
    tasks = (
        lambda: Linter(config=False, today="2025-06-01"),
        lambda: linter.read(text, "report.txt"),
        lambda: linter.read(page, "report.html"),
        lambda: linter.read(word, "report.docx"),
        lambda: linter.lint(report),
        lambda: linter.lint(wrong_report),
        lambda: linter.lint(usual, "report.txt"),
        lambda: linter.lint(long, "report.txt"),
    )
    return dict(zip(STEPS, tasks, strict=True))


STARTS = {"a check, JSON": ("--format", "json"), "a check, terminal": ()}


def started(options: tuple[str, ...]) -> dict[str, float]:
    """What a check comes to as a process: everything that it imports, loads and writes."""
    command = [sys.executable, "-P", "-m", "benchmarks.started", "check", str(REPORT), "--no-config", *options]
    for _ in range(2):  # the first run may have to compile the rules
        done = subprocess.run(command, capture_output=True, text=True, cwd=ROOT, env=settled())
    if done.returncode:
        sys.exit(f"{' '.join(command)}: exit code {done.returncode}\n{done.stderr}")
    return dict(json.loads(done.stderr.splitlines()[-1]))


def settled() -> dict[str, str]:
    """An environment in which the order of sets is the same each time."""
    return {**environment(), "PYTHONHASHSEED": "0"}


def count() -> Counts:
    """All counts of this tree. Runs where hashes are the same each time."""
    found = {name: counted(task) for name, task in steps().items()}
    found |= {name: started(options) for name, options in STARTS.items()}
    if native.available():
        found |= native.counts(settled())
    return found


# --- comparing --------------------------------------------------------------------------------------------------------


def grown(baseline: Mapping[str, Mapping[str, float]], counts: Mapping[str, Mapping[str, float]]) -> Iterator[str]:
    """What is more work than a tenth above the baseline, and what is counted without one."""
    for step, values in counts.items():
        for unit, value in values.items():
            before = baseline.get(step, {}).get(unit)
            if before is None:
                yield f"{step}: {unit} have no baseline"
            elif value > before * (1 + MORE):
                yield f"{step}: {value:,.6g} {unit}, {value / before - 1:+.1%} on {before:,.6g}"


def steep(counts: Mapping[str, Mapping[str, float]]) -> Iterator[str]:
    """Where a long report is more work than its length explains."""
    long = counts[f"{LENGTH} times as long"]
    for unit, value in counts["a usual report"].items():
        times = long[unit] / value
        if times > LENGTH * LONGEST:
            yield f"a report {LENGTH} times as long: {times:.1f} times the {unit}"


def table(baseline: Mapping[str, Mapping[str, float]], counts: Counts) -> Iterator[str]:
    """The counts beside the baseline, a line each."""
    for step, values in counts.items():
        for unit, value in values.items():
            before = baseline.get(step, {}).get(unit)
            change = "new" if before is None else f"{value / before - 1:+.1%}"
            yield f"{step:<32}{value:>14,.6g} {unit:<16}{change:>8}"


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.work", description=__doc__)
    parser.add_argument("--renew", action="store_true", help="write the baseline anew, for this version of Python")
    parser.add_argument("--quiet", action="store_true", help="print only what has grown")
    arguments = parser.parse_args()
    if os.environ.get("PYTHONHASHSEED") != "0":
        os.execve(sys.executable, [sys.executable, "-P", "-m", "benchmarks.work", *sys.argv[1:]], settled())
    with _own_cache():
        counts = count()
    everything = json.loads(BASELINE.read_text(encoding="utf-8")) if BASELINE.is_file() else {}
    baseline = everything.get(VERSION, {})
    if not arguments.quiet:
        print("\n".join(table(baseline, counts)))
    wrong = list(steep(counts))
    if arguments.renew:
        BASELINE.write_text(json.dumps({VERSION: counts}, indent=1) + "\n", encoding="utf-8")
    elif not baseline:
        print(f"work: {BASELINE.name} knows Python {', '.join(everything)}, not {VERSION}: nothing to compare with")
    else:
        wrong += grown(baseline, counts)
    for line in wrong:
        print(f"work: {line}")
    if wrong:
        print("work: too much; if it is worth it: make bench-baseline, and say why in the commit")
    return 1 if wrong else 0


@contextmanager
def _own_cache() -> Iterator[None]:
    """Compiled rules of this tree alone, in a folder that goes away."""
    with tempfile.TemporaryDirectory(prefix="gilint-work-") as folder:
        os.environ["GILINT_CACHE_DIR"] = folder
        yield


if __name__ == "__main__":
    sys.exit(main())
