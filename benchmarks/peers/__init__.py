"""gilint beside the tools that somebody could pick instead, over the same reports, in one run.

What they are asked to find is written down in ``given.py``, how they are run in ``commands.py``. Install them with::

    npm install --prefix FOLDER zhlint textlint textlint-rule-prh textlint-rule-zh-half-and-full-width-bracket \\
      textlint-rule-max-comma textlint-rule-no-mixed-zenkaku-and-hankaku-alphabet autocorrect-node @lint-md/cli \\
      alex @stoplight/spectral-cli
    python -m venv FOLDER/venv
    FOLDER/venv/bin/pip install semgrep proselint jsonschema jsonschema-rs autocorrect-py lxml
"""

import resource
from collections.abc import Mapping, Sequence

from benchmarks import timing
from benchmarks.parts import Goal, Measured, Settings, Table, figure
from benchmarks.timing import Spent

COLD, BULK = "gilint txt, 1 process", "gilint txt, 2 processes"
AHEAD = {"Spectral": 10.0, "zhlint": 5.0, "textlint": 20.0}
"""How many times the time of gilint these take at least over many reports."""
CODES = (0, 1, 2, 3)
"""Findings are told by 1 here and by 2 there."""


def measure(settings: Settings) -> Measured:
    """All commands by turns: for one file, then for a folder."""
    from benchmarks.peers.commands import Field, floors, gilints, peers

    if settings.peers is None:
        raise SystemExit(
            "benchmarks: --peers FOLDER says where the peers are installed; see benchmarks/peers/__init__.py"
        )
    work = settings.fresh("peers")
    field = Field(work, settings.peers, settings.corpus(), settings.reports, settings.slow_reports)
    everyone = [*gilints(field), *floors(field), *peers(field)]
    one = {peer.name: peer.one for peer in everyone if peer.one}
    many = {peer.name: peer.many for peer in everyone if peer.many}
    cold = timing.by_turns(one, settings.rounds, folder=work, codes=CODES)
    bulk = timing.by_turns(many, settings.bulk_rounds, folder=work, codes=CODES)
    counts = {peer.name: settings.slow_reports if peer.slow else settings.reports for peer in everyone}
    rows = [
        [
            peer.name,
            peer.version or "–",
            peer.given or "–",
            *_cells(cold, peer.name, COLD, {}),
            *_cells(bulk, peer.name, BULK, counts),
        ]
        for peer in everyone
    ]
    head = [
        "tool",
        "version",
        "given",
        "one file: ms",
        "× gilint",
        "peak MB",
        "files",
        "s",
        "× gilint, a file",
        "files a second",
        "peak MB",
    ]
    goals = [
        Goal(
            f"cold, one text: {peer.name} to gilint",
            timing.ratio(_walls(cold, peer.name), _walls(cold, COLD)),
            1.0,
            at_least=True,
        )
        for peer in everyone
        if not peer.loop and not peer.name.startswith("gilint") and peer.name in cold
    ]
    goals += [
        Goal(
            f"{settings.reports:,} texts, two processes: {name} to gilint",
            _a_file(bulk, name, counts) / _a_file(bulk, BULK, counts),
            limit,
            at_least=True,
        )
        for name, limit in AHEAD.items()
    ]
    return Measured([Table(head, rows)], goals)


def _walls(taken: Mapping[str, Sequence[Spent]], name: str) -> list[float]:
    return timing.walls(taken[name])


def _a_file(taken: Mapping[str, Sequence[Spent]], name: str, counts: Mapping[str, int]) -> float:
    return timing.middle(_walls(taken, name)) / counts[name]


def _cells(taken: Mapping[str, Sequence[Spent]], name: str, base: str, counts: Mapping[str, int]) -> list[str]:
    """Time, ratio and peak; with ``counts``, of so many files and for each of them."""
    if name not in taken:
        return ["–"] * (5 if counts else 3)
    peak = _peak(taken[name])
    if not counts:
        ratio = timing.ratio(_walls(taken, name), _walls(taken, base))
        return [figure(1000 * timing.middle(_walls(taken, name))), figure(ratio), peak]
    own = _a_file(taken, name, counts)
    return [
        f"{counts[name]:,}",
        figure(timing.middle(_walls(taken, name))),
        figure(own / _a_file(taken, base, counts)),
        figure(1 / own),
        peak,
    ]


def _peak(spent: Sequence[Spent]) -> str:
    """The peak of the largest process; that of this one is what the kernel starts counting from."""
    own = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    peak = max(one.peak for one in spent)
    return figure(peak) if peak > own + 1 else f"≤ {figure(own)}"
