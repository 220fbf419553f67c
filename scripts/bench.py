"""Time a cold check against a bare interpreter, and a warm one in this process.

Ratios to ``python -c pass`` hold on any machine; milliseconds hold on this one.
"""

import compileall
import statistics
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from time import perf_counter

import gilint

EXAMPLE = Path(__file__).resolve().parent.parent / "examples" / "miyun-2024.txt"
COLD_RUNS, WARM_RUNS = 21, 200


def main() -> None:
    # An installed package has its bytecode; a checkout that may not write it would be compiled at each start.
    compileall.compile_dir(Path(gilint.__file__).parent, quiet=2)
    check = [sys.executable, "-m", "gilint", "check", str(EXAMPLE), "--format", "json"]
    linter = gilint.Linter()
    bare, cold = milliseconds(COLD_RUNS, [lambda: start([sys.executable, "-c", "pass"], 0), lambda: start(check, 1)])
    (warm,) = milliseconds(WARM_RUNS, [lambda: linter.lint(EXAMPLE)])
    print(f"bare interpreter  {bare:6.1f} ms")
    print(f"cold check        {cold:6.1f} ms  {cold / bare:.1f} × bare")
    print(f"warm check        {warm:6.2f} ms  {warm / bare:.2f} × bare")


def milliseconds(runs: int, tasks: list[Callable[[], object]]) -> list[float]:
    """The median time of each task. Tasks take turns, so that a busy moment falls on all of them."""
    times: list[list[float]] = [[] for _ in tasks]
    for task in tasks:
        task()  # fill the caches
    for _ in range(runs):
        for task, record in zip(tasks, times, strict=True):
            begun = perf_counter()
            task()
            record.append((perf_counter() - begun) * 1000)
    return [statistics.median(record) for record in times]


def start(command: list[str], expected: int) -> None:
    status = subprocess.run(command, stdout=subprocess.DEVNULL).returncode
    if status != expected:
        sys.exit(f"{' '.join(command)}: exit code {status}, not {expected}")


if __name__ == "__main__":
    main()
