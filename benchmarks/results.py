"""What was measured: printed, kept in results.json, and put into docs/performance.md between its marks."""

import json
import os
import platform
import re
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import Any

from benchmarks.parts import Goal, Measured, Settings, Table, figure
from benchmarks.timing import ROOT

KEPT = ROOT / "benchmarks" / "results.json"
DOCUMENT = ROOT / "docs" / "performance.md"
IMAGES = ROOT / "docs" / "images"
MARKED = re.compile(r"(<!-- measured: (\w+) -->\n).*?(<!-- end -->)", re.DOTALL)
LIBRARIES = ("ahocorasick-rs", "google-re2", "lxml", "turbohtml")


def shown(part: str, measured: Measured) -> str:
    """A part for the terminal."""
    return f"## {part}\n\n{tables(measured)}\n{goals(measured.goals)}"


def tables(measured: Measured) -> str:
    """All tables of a part as Markdown."""
    return "\n".join(markdown(table) for table in measured.tables)


def markdown(table: Table) -> str:
    """A table as Markdown: text on the left, figures on the right."""
    lines = [f"{table.above}\n"] if table.above else []
    lines += [_row(table.head), _row(["---", *["--:"] * (len(table.head) - 1)]), *map(_row, table.rows)]
    lines += ["", table.below] if table.below else []
    return "\n".join(lines) + "\n"


def goals(several: Iterable[Goal]) -> str:
    """Targets and what came of them as a Markdown table; nothing without targets."""
    rows = [
        [
            goal.name,
            f"{'≥' if goal.at_least else '≤'} {goal.limit:g} {goal.unit}",
            f"{figure(goal.measured)} {goal.unit}",
            "yes" if goal.met else "**no**",
        ]
        for goal in several
    ]
    return markdown(Table(["target", "limit", "measured", "met"], rows)) if rows else ""


def _row(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cells)} |"


# --- kept -------------------------------------------------------------------------------------------------------------


def kept() -> dict[str, Any]:
    """What was kept of earlier measurements, by part."""
    return dict(json.loads(KEPT.read_text(encoding="utf-8"))) if KEPT.is_file() else {}


def write(part: str, measured: Measured, settings: Settings) -> None:
    """Keep the results of a part, and renew the document and its pictures."""
    everything = kept()
    everything[part] = {
        "how": how(part, settings),
        "tables": [table._asdict() for table in measured.tables],
        "goals": [goal._asdict() for goal in measured.goals],
    }
    KEPT.write_text(json.dumps(everything, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    for name, picture in measured.pictures.items():
        (IMAGES / f"{name}.svg").write_text(picture, encoding="utf-8")
    write_document(everything)


def how(part: str, settings: Settings) -> str:
    """Command, date, machine and versions of a measurement."""
    bulk = f" --reports {settings.reports}" if part in ("bulk", "memory", "peers") else ""
    bulk += f" --bulk-rounds {settings.bulk_rounds}" if part in ("bulk", "peers") else ""
    bulk += f" --documents {settings.documents}" if part == "memory" else ""
    bulk += f" --slow-reports {settings.slow_reports}" if part == "peers" else ""
    libraries = ", ".join(f"{name} {version(name)}" for name in LIBRARIES)
    return (
        f"`python -m benchmarks {part} --rounds {settings.rounds}{bulk}`, {datetime.now(UTC):%Y-%m-%d}, {machine()}; "
        f"Python {platform.python_version()}, {libraries}."
    )


def machine() -> str:
    """Processor, cores, how many processes wanted one in the last minute, and system."""
    name = platform.processor() or platform.machine()
    information = Path("/proc/cpuinfo")
    if information.is_file():
        found = re.search(r"^model name\s*:\s*(.+)$", information.read_text(encoding="utf-8"), re.MULTILINE)
        name = found[1] if found else name
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    load = f", load {os.getloadavg()[0]:.1f}" if hasattr(os, "getloadavg") else ""
    return f"{name}, {cores} cores{load}, {platform.system()}"


# --- the document -----------------------------------------------------------------------------------------------------


def write_document(everything: Mapping[str, Any]) -> None:
    """Renew what stands between the marks of docs/performance.md."""
    text = DOCUMENT.read_text(encoding="utf-8")
    DOCUMENT.write_text(filled(text, everything), encoding="utf-8")


def filled(text: str, everything: Mapping[str, Any]) -> str:
    """A document with the tables of each part between its marks, ``<!-- measured: cold -->`` and ``<!-- end -->``."""
    return MARKED.sub(lambda match: f"{match[1]}\n{_part(match[2], everything)}\n{match[3]}", text)


def _part(name: str, everything: Mapping[str, Any]) -> str:
    if name == "targets":
        every = [Goal(**goal) for part in everything.values() for goal in part["goals"]]
        return goals(every)
    part = everything.get(name)
    if part is None:
        return ""
    return f"{part['how']}\n\n" + "\n".join(markdown(Table(**table)) for table in part["tables"])
