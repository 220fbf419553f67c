"""Where the time goes: samples of the stack of a warm lint and of a cold check, drawn for docs/performance.md."""

import json
import subprocess
import sys
from collections import Counter
from collections.abc import Mapping
from time import perf_counter

from benchmarks import timing
from benchmarks.flamegraph import drawn, group_of
from benchmarks.parts import REPORT, Measured, Settings, Table
from benchmarks.sampling import EVERY, Sampled
from benchmarks.timing import ROOT, environment

WARM_SECONDS = 8.0
COLD_RUNS = 40
SHOWN = 12

Stacks = Counter[tuple[str, ...]]


def measure(settings: Settings) -> Measured:
    """Both pictures, and which parts of gilint the time is spent in."""
    warm, cold = _warm(), _cold()
    pictures = {
        "profile-warm": drawn("A warm lint of the real report", warm),
        "profile-cold": drawn("A cold check of the real report", cold),
    }
    tables = [_groups({"warm lint": warm, "cold check": cold}), _table("warm lint", warm), _table("cold check", cold)]
    return Measured(tables, pictures=pictures)


def _groups(several: Mapping[str, Stacks]) -> Table:
    """What the time is spent on, as shares."""
    shares: dict[str, dict[str, float]] = {}
    for title, stacks in several.items():
        whole = sum(stacks.values())
        for stack, count in stacks.items():
            shares.setdefault(group_of(stack), dict.fromkeys(several, 0.0))[title] += 100 * count / whole
    ordered = sorted(shares.items(), key=lambda one: -sum(one[1].values()))
    rows = [[name, *(f"{share:.0f} %" if share else "–" for share in own.values())] for name, own in ordered]
    return Table(["spent on", *several], rows)


def _warm() -> Stacks:
    from gilint import Linter

    linter = Linter(config=False)
    data = REPORT.read_bytes()
    for _ in range(20):
        linter.lint(data, "report.txt")
    until = perf_counter() + WARM_SECONDS
    with Sampled() as sampled:
        while perf_counter() < until:
            linter.lint(data, "report.txt")
    return _below(Counter(sampled.stacks), "gilint.linter.Linter.lint")


def _cold() -> Stacks:
    """Samples of many checks from their first import on, and before it as much as a bare interpreter takes."""
    command = [
        sys.executable,
        "-P",
        "-m",
        "benchmarks.sampling",
        "check",
        str(REPORT),
        "--no-config",
        "--format",
        "json",
    ]
    stacks: Stacks = Counter()
    bare = []
    for _ in range(COLD_RUNS):
        bare.append(timing.run([sys.executable, "-c", "pass"]).wall)
        done = subprocess.run(command, capture_output=True, text=True, cwd=ROOT, env=environment())
        for stack, count in json.loads(done.stderr.splitlines()[-1]):
            stacks[tuple(stack)] += count
    stacks = _below(stacks, "runpy._run_code")
    stacks["the interpreter",] = round(COLD_RUNS * timing.middle(bare) / EVERY)
    return stacks


def _below(stacks: Stacks, root: str) -> Stacks:
    """What was sampled while a function ran, without its callers; ``import`` frames that follow one another are one."""
    found: Stacks = Counter()
    for stack, count in stacks.items():
        if root in stack:
            names = stack[stack.index(root) + 1 :]
            kept = [name for at, name in enumerate(names) if name != "import" or names[at - 1 : at] != ("import",)]
            found[tuple(kept) or (root,)] += count
    return found


def _table(title: str, stacks: Stacks) -> Table:
    """The functions in which most of the time is spent, without what they call."""
    whole = sum(stacks.values())
    own: Counter[str] = Counter()
    for stack, count in stacks.items():
        own[stack[-1]] += count
    rows = [[f"`{name}`", f"{100 * count / whole:.1f} %"] for name, count in own.most_common(SHOWN)]
    return Table([f"{title}: function, without what it calls", "share"], rows)
