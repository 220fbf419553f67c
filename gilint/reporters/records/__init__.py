"""The record of a check, to be filed with the report: as JSON for ``gilint verify``, as a page for people."""

from __future__ import annotations

import os

from gilint.errors import InputError, UsageError
from gilint.reporters import only_report

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any

    from gilint.model import Result
    from gilint.reporters import Options, Run

JSON, PAGE = ".json", ".html"
ENDINGS = (JSON, PAGE, ".htm")


class RecordReporter:
    """A record for each report. A file gets its JSON and the page beside it, a folder those of every report."""

    name = "record"

    def __init__(self, options: Options) -> None:
        self._options = options

    def render(self, run: Run) -> str:
        """The JSON of the only report. Raises ``UsageError`` where there are several, or it was not judged."""
        return _json(_made(_only(run), run))

    def files(self, run: Run, path: str) -> Iterator[tuple[str, str]]:
        """The path and text of every file to write at ``path``, a file for one report or a folder for any number."""
        from gilint.reporters.records.page import render_page

        for stem, result in _places(run, path):
            made = _made(result, run)
            yield stem + JSON, _json(made)
            yield stem + PAGE, render_page(made, self._options.lang)


def _only(run: Run) -> Result:
    only, count = only_report(run)
    if only is not None:
        return only
    zh = f"一份记录对应一份报告，这里检查了 {count} 份；请给出文件夹：-f record=文件夹"
    raise UsageError(f"{zh} (a record is of one report, {count} were judged; name a folder)")


def _places(run: Run, path: str) -> Iterator[tuple[str, Result]]:
    """Where the files of each report go, without their endings."""
    if not os.path.isdir(path):
        stem, ending = os.path.splitext(path)
        yield (stem if ending.lower() in ENDINGS else path), _only(run)
        return
    taken: set[str] = set()
    for result in run.results:
        if result.report is None:
            continue
        name = result.path.replace(os.sep, "/").rpartition("/")[2]
        stem, number = f"{name}.record", 1
        while stem in taken:
            number += 1
            stem = f"{name}.record-{number}"
        taken.add(stem)
        yield os.path.join(path, stem), result


def _made(result: Result, run: Run) -> dict[str, Any]:
    from gilint.certificates import record

    try:
        return record(result, run.rules, run.packs)
    except InputError as error:
        zh, en = error.message["zh"], error.message["en"]
        raise UsageError(f"{error.path}: 无法出具记录：{zh} (cannot be recorded: {en})") from None


def _json(made: dict[str, Any]) -> str:
    from gilint.reporters.json import dumps

    return dumps(made, depth=2)
