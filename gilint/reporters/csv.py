"""Findings as CSV (RFC 4180), for spreadsheets and for programs that know nothing else."""

from __future__ import annotations

from gilint.reporters.rows import head, looks_like_formula, rows

TYPE_CHECKING = False
if TYPE_CHECKING:
    from gilint.reporters import Options, Run
    from gilint.reporters.rows import Value

MARK = "\ufeff"
"""Without it Excel does not take a file for UTF-8, and Chinese becomes gibberish."""


class CsvReporter:
    """A row a finding below a row of titles; lines end as the standard has it."""

    name = "csv"

    def __init__(self, options: Options) -> None:
        self._lang = options.lang

    def render(self, run: Run) -> str:
        import csv
        import io

        out = io.StringIO(newline="")
        writer = csv.writer(out, lineterminator="\r\n")
        writer.writerow(head(self._lang))
        writer.writerows(map(_guarded, row) for row in rows(run, self._lang))
        return MARK + out.getvalue()


def _guarded(value: Value) -> Value:
    """A text of a stranger must not become a formula of whoever opens the file: an apostrophe keeps it a text."""
    return f"'{value}" if isinstance(value, str) and looks_like_formula(value) else value
