"""What each module costs at a cold start, as Python's own clock of imports tells it."""

import re
import statistics
import subprocess
import sys
from collections import defaultdict

from benchmarks.parts import REPORT, Measured, Settings, Table, figure
from benchmarks.timing import environment

LINE = re.compile(r"import time:\s*(\d+) \|\s*(\d+) \| ( *)(\S+)")
SHOWN = 20


def measure(settings: Settings) -> Measured:
    """Medians over the rounds, of a check of one text that writes JSON."""
    rounds = [_imports() for _ in range(settings.rounds)]
    bare = set(_imports("-c", "pass"))
    names = [name for name in rounds[0] if name not in bare]
    taken = {name: statistics.median(each[name] for each in rounds if name in each) for name in names}
    whole = sum(taken.values())
    groups: dict[str, list[float]] = defaultdict(list)
    for name in names:
        groups[_group(name)].append(taken[name])
    groups["together"] = list(taken.values())
    by_group = [[name, str(len(values)), *_row(sum(values), whole)] for name, values in groups.items()]
    costly = sorted(names, key=lambda name: -taken[name])[:SHOWN]
    by_module = [[f"`{name}`", *_row(taken[name], whole)] for name in costly]
    left_out = "What the bare interpreter imports is left out."
    return Measured(
        [
            Table(["imported by a check", "modules", "ms", "share"], by_group, below=left_out),
            Table(["module, without what it imports", "ms", "share"], by_module),
        ]
    )


def _imports(*arguments: str) -> dict[str, float]:
    """Microseconds of each module that a process imports, in their order."""
    wanted = arguments or ("-P", "-m", "gilint", "check", str(REPORT), "--format", "json", "--no-config")
    done = subprocess.run([sys.executable, "-X", "importtime", *wanted], capture_output=True, env=environment())
    lines = done.stderr.decode("utf-8", "replace").splitlines()
    return {match[4]: float(match[1]) for match in map(LINE.match, lines) if match}


def _group(name: str) -> str:
    top = name.partition(".")[0]
    if top == "gilint":
        return "gilint"
    return "standard library" if top in sys.stdlib_module_names else "other packages"


def _row(microseconds: float, whole: float) -> list[str]:
    return [figure(microseconds / 1000), f"{100 * microseconds / whole:.0f} %"]
