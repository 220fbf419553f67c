"""Reports judged by a linter that is there already: what each step takes, and the least that it could."""

from pathlib import Path

from benchmarks import timing
from benchmarks.floor import Floor
from benchmarks.parts import EXAMPLES, REPORT, Goal, Measured, Settings, Table, figure
from gilint import Linter

REPORTS = {
    "the real report": REPORT,
    "a report without a finding": EXAMPLES / "clean-2024.txt",
    "one wrong digit": EXAMPLES / "which-cell" / "one-digit.txt",
    "another family": EXAMPLES / "accounts-2023-slip.txt",
}
TIMES = 4
"""How many times as many rounds as for processes: a step takes milliseconds."""


def measure(settings: Settings) -> Measured:
    """Milliseconds of each step, medians by turns; and the steps against the floor of the same text."""
    linter = Linter(config=False)
    rounds = settings.rounds * TIMES
    rows = [
        [f"{name}, {path.stat().st_size / 1000:.0f} KB", *_steps(linter, path, rounds)]
        for name, path in REPORTS.items()
    ]
    head = ["report", "read ms", "judge ms", "explain ms", "lint ms"]
    lint = float(rows[0][-1])
    goals = [Goal("warm, all rules, a text report", lint, 3.5, "ms")]
    return Measured([Table(head, rows), _floor(linter, settings)], goals)


def _steps(linter: Linter, path: Path, rounds: int) -> list[str]:
    data, name = path.read_bytes(), "report.txt"
    report = linter.read(data, name)
    engine = linter.engine_of(report.form)
    assert engine is not None
    taken = timing.seconds(
        {
            "read": lambda: linter.read(data, name),
            "judge": lambda: engine.judge(report),
            "judge and explain": lambda: linter.lint(report),
            "lint": lambda: linter.lint(data, name),
        },
        rounds,
    )
    middle = {step: 1000 * timing.middle(values) for step, values in taken.items()}
    explain = max(0.0, middle["judge and explain"] - middle["judge"])
    return [figure(value) for value in (middle["read"], middle["judge"], explain, middle["lint"])]


def _floor(linter: Linter, settings: Settings) -> Table:
    """The real report against what no linter of these rules can do without."""
    floor = Floor(linter, REPORT)
    tasks = {**floor.tasks(), "lint": lambda: linter.lint(floor.data, "report.txt")}
    taken = timing.seconds(tasks, settings.rounds * TIMES)
    least = [sum(values) for values in zip(*(taken[name] for name in floor.tasks()), strict=True)]
    rows = [
        [name, figure(1000 * timing.middle(values)), figure(timing.ratio(values, least))]
        for name, values in {**taken, "the floor together": least}.items()
    ]
    rows.sort(key=lambda row: float(row[1]))
    return Table(["the real report", "ms", "× floor"], rows, above=floor.description)
