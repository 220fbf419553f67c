"""All instructions of the processor, those of C and Rust libraries too, as callgrind (valgrind) counts them.

How many instructions Python takes depends on how it was built. So they are told in units of a fixed piece of work,
counted the same way: what makes both slower is not the fault of this tree.
"""

import os
import re
import shutil
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from benchmarks.parts import REPORT
from benchmarks.timing import ROOT

FEW, MANY = 4, 12
"""Repetitions; their difference leaves out what starting takes."""
TOTAL = re.compile(r"^(?:summary|totals): (\d+)", re.MULTILINE)


def available() -> bool:
    """Whether valgrind is installed."""
    return shutil.which("valgrind") is not None


def counts(environment: dict[str, str]) -> dict[str, dict[str, float]]:
    """The work of judging the real report and of a whole check, in units of the fixed work."""
    check = ["gilint", "check", str(REPORT), "--no-config", "--format", "json"]
    # Modules that were changed are compiled once; that is nobody's work.
    subprocess.run([sys.executable, "-P", "-m", "benchmarks.native", "lint", "1"], env=environment, check=True)
    repeated = [["benchmarks.native", task, str(times)] for task in ("fixed", "lint") for times in (FEW, MANY)]
    with ThreadPoolExecutor(os.cpu_count()) as executor:
        few, many, few_lints, many_lints, whole = executor.map(
            lambda one: instructions(one, environment), [*repeated, check]
        )
    unit = (many - few) / (MANY - FEW)
    lint = (many_lints - few_lints) / (MANY - FEW)
    return {
        "judge the real report": {"units of callgrind": round(lint / unit, 3)},
        "a check, whole process": {"units of callgrind": round(whole / unit, 3)},
    }


def instructions(module: list[str], environment: dict[str, str]) -> int:
    """The instructions of a process that runs a module with arguments."""
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "callgrind.out"
        command = ["valgrind", "--tool=callgrind", f"--callgrind-out-file={out}", sys.executable, "-P", "-m", *module]
        done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True)
        if done.returncode > 1:  # 1: the check found something
            sys.exit(f"{' '.join(command)}: exit code {done.returncode}\n{done.stderr[-2000:]}")
        found = TOTAL.findall(out.read_text(encoding="utf-8", errors="replace"))
        return max(map(int, found))


# --- what is counted --------------------------------------------------------------------------------------------------


def fixed() -> object:
    """Work that never changes, of the kinds that judging a report consists of."""
    import json

    text = REPORT.read_text(encoding="utf-8")
    pairs: dict[str, list[int]] = {}
    for number, line in enumerate(text.split("\n")):
        for at in range(len(line) - 1):
            pairs.setdefault(line[at : at + 2], []).append(number)
    often = sorted(((len(lines), pair) for pair, lines in pairs.items()), reverse=True)[:400]
    figures = [int(number) for number in re.findall(r"\d+", text)]
    sums = [sum(figures[at : at + 6]) for at in range(len(figures))]
    return json.loads(json.dumps([often, sums], ensure_ascii=False))


def main() -> None:
    """``python -m benchmarks.native fixed|lint TIMES``."""
    name, times = sys.argv[1], int(sys.argv[2])
    task = fixed
    if name == "lint":
        from gilint import Linter

        linter = Linter(config=False, today="2025-06-01")
        data = REPORT.read_bytes()

        def task() -> object:
            return linter.lint(data, "report.txt")

    for _ in range(times):
        task()


if __name__ == "__main__":
    main()
