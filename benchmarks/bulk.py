"""Many reports by one process and by two workers, and a second run over unchanged files."""

import shutil
from pathlib import Path

from benchmarks import timing
from benchmarks.parts import Goal, Measured, Settings, Table, checked, figure
from benchmarks.timing import Spent

FORMATS = ("txt", "html", "docx")
RUNS = {
    "1 worker": ("1", ("--no-cache",)),
    "2 workers": ("2", ("--no-cache",)),
    "2 workers, first run with a cache": ("2", ()),
    "2 workers, second run": ("2", ()),
}


def measure(settings: Settings) -> Measured:
    """Whole processes over a folder; every run takes its turn in every round."""
    corpus = settings.corpus()
    tables, goals = [], []
    for kind in FORMATS:
        taken = _by_turns(settings, corpus / kind)
        walls = {name: timing.walls(spent) for name, spent in taken.items()}
        alone = walls["1 worker"]
        rows = [
            [
                f"{kind}, {name}",
                figure(timing.middle(values)),
                figure(timing.ratio(values, alone)),
                figure(1000 * timing.middle(values) / settings.reports),
                figure(timing.middle([spent.processor for spent in taken[name]])),
                f"{settings.reports / timing.middle(values):,.0f}",
            ]
            for name, values in walls.items()
        ]
        tables += rows
        first, second = (walls[name] for name in list(RUNS)[2:])
        goals += [
            Goal(
                f"{kind}: two workers to one", timing.ratio(alone, walls["2 workers"]), 1.8, "× as fast", at_least=True
            ),
            Goal(f"{kind}: second run, share of the first", 100 * timing.ratio(second, first), 10, "%"),
        ]
    head = [
        f"{settings.reports:,} reports, JSON",
        "s",
        "× 1 worker",
        "ms a file",
        "processor s, all processes",
        "files a second",
    ]
    return Measured([Table(head, tables)], goals)


def _by_turns(settings: Settings, folder: Path) -> dict[str, list[Spent]]:
    taken: dict[str, list[Spent]] = {name: [] for name in RUNS}
    packs = settings.fresh("packs")
    timing.run(checked(next(folder.iterdir()), options=("--format", "json", "--no-cache")), cache=packs)
    for number in range(settings.bulk_rounds + 1):
        # A cache that knows the rules and no report yet; one run fills it, the next finds it filled.
        cache = settings.work / "cache"
        shutil.rmtree(cache, ignore_errors=True)
        shutil.copytree(packs, cache)
        for name, (jobs, more) in RUNS.items():
            spent = timing.run(checked(folder, options=("--format", "json", "--jobs", jobs, *more)), cache=cache)
            timing.expect(spent, 1)
            if number or settings.bulk_rounds == 0:
                taken[name].append(spent)
    return taken
