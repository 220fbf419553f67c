"""Findings as CSV (RFC 4180), for spreadsheets and for programs that know nothing else."""

from __future__ import annotations

from gilint.reporters.rows import head, looks_like_formula, rows

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from typing import Any

    from gilint.reporters import Options, Run
    from gilint.reporters.rows import Value

MARK = "\ufeff"
"""Without it Excel does not take a file for UTF-8, and Chinese becomes gibberish."""


class CsvReporter:
    """A row a finding below a row of titles; lines end as the standard has it."""

    name = "csv"

    def __init__(self, options: Options) -> None:
        self._lang = options.lang

    def render(self, run: Run) -> Iterator[str]:
        import csv

        writer = csv.writer(_Passed(), lineterminator="\r\n")
        yield MARK + _written(writer, head(self._lang))
        for row in rows(run, self._lang):
            yield _written(writer, map(_guarded, row))


class _Passed:
    """A file that keeps nothing: what is written comes back to whoever writes."""

    def write(self, text: str) -> str:
        return text


def _written(writer: Any, row: Iterable[Value]) -> str:
    text: str = writer.writerow(row)
    return text


def _guarded(value: Value) -> Value:
    """A text of a stranger must not become a formula of whoever opens the file: an apostrophe keeps it a text."""
    return f"'{value}" if isinstance(value, str) and looks_like_formula(value) else value
