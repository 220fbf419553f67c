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
    """Medians over the rounds, of a check of one text that writes JSON; in microseconds and as shares of all imports."""
    rounds = [_imports() for _ in range(settings.rounds)]
    bare = set(_imports("-c", "pass"))
    names = [name for name in rounds[0] if name not in bare]
    taken = {name: statistics.median(each[name] for each in rounds if name in each) for name in names}
    whole = sum(taken.values())
    groups: dict[str, list[str]] = defaultdict(list)
    for name in names:
        groups[_group(name)].append(name)
    rows = [
        [group, str(len(members)), figure(sum(taken[name] for name in members) / 1000), _share(sum(taken[name] for name in members), whole)]
        for group, members in sorted(groups.items())
    ]
    rows.append(["together", str(len(names)), figure(whole / 1000), "100 %"])
    costly = sorted(names, key=lambda name: -taken[name])[:SHOWN]
    return Measured(
        [
            Table(["imported by a check", "modules", "ms", "share"], rows, below="What the bare interpreter imports is left out."),
            Table(["module, without what it imports", "ms", "share"], [[f"`{name}`", figure(taken[name] / 1000), _share(taken[name], whole)] for name in costly]),
        ]
    )


def _imports(*arguments: str) -> dict[str, float]:
    """Microseconds of each module that a process imports, in their order."""
    wanted = arguments or ("-P", "-m", "gilint", "check", str(REPORT), "--format", "json", "--no-config")
    done = subprocess.run(
        [sys.executable, "-X", "importtime", *wanted], capture_output=True, text=True, encoding="utf-8", env=environment()
    )
    return {match[4]: float(match[1]) for match in map(LINE.match, done.stderr.splitlines()) if match}


def _group(name: str) -> str:
    top = name.partition(".")[0]
    if top == "gilint":
        return "gilint"
    return "standard library" if top in sys.stdlib_module_names else "other packages"


def _share(value: float, whole: float) -> str:
    return f"{100 * value / whole:.0f} %"
