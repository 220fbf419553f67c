"""Results written by the workers that made them, a partition a task; only counts come back."""

from __future__ import annotations

import json
import os
import re
from collections import Counter
from functools import partial
from itertools import islice

from gilint.bulk.lost import lost
from gilint.bulk.tasks import Tasks
from gilint.bulk.watchdog import Watchdog
from gilint.cluster.folders import Folder
from gilint.cluster.rows import COLUMNS, FORMATS, rows
from gilint.errors import UsageError
from gilint.sources import name_of
from gilint.version import __version__

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from concurrent.futures import Executor
    from typing import Any

    from gilint.linter import Linter
    from gilint.sources import Input

    Part = tuple[int, list[Input]]
    """The number of a partition, and what it has the results of."""

MANIFEST = "manifest.json"
SCHEMA = 1
"""The version of the columns."""
TRIES = 3
"""How often a partition is given out whose worker died, each time without the inputs that were found to kill one."""


def write(
    linter: Linter,
    sources: Iterable[Input],
    folder: str | os.PathLike[str],
    *,
    executor: Executor,
    file_format: str = "parquet",
    files_a_part: int = 500,
    regions: Sequence[str] = (),
    options: Mapping[str, Any] | None = None,
) -> dict[str, Any]:
    """Have the workers of an executor judge inputs and write the results to a folder; the manifest is returned.

    ``folder`` is a path that all workers see, or an address of fsspec with ``options``. A partition has the results of
    ``files_a_part`` inputs and a name by its number, and is written whole: what is done twice is written over.
    ``manifest.json`` comes last, so that a folder without one is not complete. Each report is judged by itself, rules
    that compare those of a run do not speak.

    Raises ``UsageError`` for an unknown format, ``OutputError`` for what cannot be written.
    """
    if file_format not in FORMATS or files_a_part < 1:
        raise UsageError(f"file_format: {'、'.join(FORMATS)}；files_a_part ≥ 1 ({file_format!r}, {files_a_part})")
    target = Folder(os.fspath(folder), options)
    target.remove(MANIFEST)
    given: dict[int, list[Input]] = {}
    counts = _Counts()

    def parts() -> Iterator[tuple[int, Part]]:
        for number, chunk in enumerate(_chunks(sources, files_a_part)):
            given[number] = chunk
            counts.parts += 1
            yield number, (number, chunk)

    work = partial(_write, linter, target, file_format, tuple(regions))
    for number, said in Tasks(executor, work, 1).run(parts()):
        chunk = given.pop(number)
        counts.add(_mended(linter, executor, work, (number, chunk), said) if isinstance(said, Exception) else said)
    _remove_others(target, counts.parts, file_format)
    manifest = {"gilint": __version__, "schema": SCHEMA, "format": file_format, **counts.summary()}
    target.put(MANIFEST, (json.dumps(manifest, ensure_ascii=False, indent=2) + "\n").encode())
    return manifest


class _Counts:
    """What all partitions come to."""

    def __init__(self) -> None:
        self.parts = 0
        self._all: Counter[str] = Counter()
        self._rules: Counter[str] = Counter()

    def add(self, said: Any) -> None:
        self._all.update(said["counts"])
        self._rules.update(said["rules"])

    def summary(self) -> dict[str, Any]:
        counts = {name: self._all[name] for name in ("files", "failed", "errors", "warnings", "infos")}
        return {"parts": self.parts, **counts, "rules": dict(sorted(self._rules.items()))}


def _chunks(sources: Iterable[Input], size: int) -> Iterator[list[Input]]:
    remaining = iter(sources)
    while chunk := list(islice(remaining, size)):
        yield chunk


def name_of_part(table: str, number: int, file_format: str) -> str:
    """Where a partition lies in the folder."""
    return f"{table}/part-{number:05}.{file_format}"


def _remove_others(target: Folder, parts: int, file_format: str) -> None:
    """Take away the partitions of an earlier run that this one did not write over."""
    for table in COLUMNS:
        own = {name_of_part(table, number, file_format) for number in range(parts)}
        for name in target.names(table):
            if re.fullmatch(r"part-\d{5,}\.(parquet|jsonl)", name) and f"{table}/{name}" not in own:
                target.remove(f"{table}/{name}")


# --- in a worker ------------------------------------------------------------------------------------------------------


def _write(
    linter: Linter, target: Folder, file_format: str, regions: Sequence[str], parts: Sequence[Part]
) -> list[Any]:
    """Judge the inputs of partitions and write them; returns what each comes to."""
    return [_write_one(linter, target, file_format, regions, part) for part in parts]


def _write_one(linter: Linter, target: Folder, file_format: str, regions: Sequence[str], part: Part) -> dict[str, Any]:
    number, sources = part
    files, findings = [], []
    for source in sources:
        with Watchdog(linter.config.limits.worker_seconds):
            for result, place, _content in linter.judged(source):
                file, found = rows(linter.waive(result, place), regions)
                files.append(file)
                findings += found
    for table, content in (("findings", findings), ("files", files)):
        target.put(name_of_part(table, number, file_format), FORMATS[file_format](table, content))
    counts = Counter(files=len(files), failed=sum(file["status"] == "failed" for file in files))
    for name in ("errors", "warnings", "infos"):
        counts[name] = sum(file[name] for file in files)
    return {"counts": dict(counts), "rules": dict(Counter(row["rule"] for row in findings))}


def _probe(linter: Linter, sources: Sequence[Input]) -> list[Sequence[bytes]]:
    """Judge inputs for nothing but to see whether the worker survives it."""
    for source in sources:
        with Watchdog(linter.config.limits.worker_seconds):
            for _ in linter.judged(source):
                pass
    return [() for _ in sources]


# --- what kills workers -----------------------------------------------------------------------------------------------


def _mended(linter: Linter, executor: Executor, work: Any, part: Part, error: Exception) -> Any:
    """What a partition comes to after all: inputs over which a worker dies by itself become errors in it.

    Raises ``error`` where it is not the inputs.
    """
    number, sources = part
    for _ in range(TRIES):
        sources = list(sources)
        for at, said in Tasks(executor, partial(_probe, linter), 1).run(enumerate(sources)):
            if isinstance(said, Exception):
                name = name_of(sources[at])
                sources[at] = lost(name, said, linter.config.limits.worker_seconds)
        ((_, said),) = Tasks(executor, work, 1).run([(number, (number, sources))])
        if not isinstance(said, Exception):
            return said
        error = said
    raise error
