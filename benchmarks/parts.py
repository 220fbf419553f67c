"""What a part of the benchmarks gets, and what it gives: tables, and goals with what came of them."""

import shutil
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from benchmarks.timing import ROOT

EXAMPLES = ROOT / "examples"
REPORT = EXAMPLES / "miyun-2024.txt"


class Settings(NamedTuple):
    """How much to measure. ``work`` is a folder for corpora, caches and the settings of other tools."""

    work: Path
    reports: int = 1000
    documents: int = 1000
    rounds: int = 15
    bulk_rounds: int = 3
    peers: Path | None = None
    slow_reports: int = 1000

    def corpus(self, count: int | None = None) -> Path:
        """The folder of ``count`` generated reports, in a folder for each format; made when it is missing."""
        from benchmarks.corpus import made

        return made(self.work / "corpus", self.reports if count is None else count)

    def fresh(self, name: str) -> Path:
        """An empty folder."""
        folder = self.work / name
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        return folder


class Table(NamedTuple):
    """Rows of cells under a head; the first column is text, the others are figures."""

    head: Sequence[str]
    rows: Sequence[Sequence[str]]
    above: str = ""
    below: str = ""


class Goal(NamedTuple):
    """What was set as a target: a ratio or amount that is at most, or at least, ``limit``."""

    name: str
    measured: float
    limit: float
    unit: str = "×"
    at_least: bool = False

    @property
    def met(self) -> bool:
        """Whether it was reached."""
        return self.measured >= self.limit if self.at_least else self.measured <= self.limit


class Measured(NamedTuple):
    """What came of a part; ``pictures`` are SVG by their name."""

    tables: Sequence[Table]
    goals: Sequence[Goal] = ()
    pictures: Mapping[str, str] = {}


def gilint(*arguments: str | Path) -> list[str]:
    """The command of this checkout, without a configuration that lies about."""
    return [sys.executable, "-P", "-m", "gilint", *map(str, arguments)]


def checked(*paths: str | Path, options: Sequence[str] = ("--format", "json")) -> list[str]:
    """A check without a configuration."""
    return gilint("check", *paths, *options, "--no-config", "--no-progress")


def figure(value: float) -> str:
    """Three digits that count, with commas: 0.412, 3.52, 18.3, 338, 1,104."""
    size = abs(value)
    if size >= 99.95:
        return f"{value:,.0f}"
    return f"{value:.3f}" if size < 0.9995 else f"{value:.2f}" if size < 9.995 else f"{value:.1f}"
