"""PDFs that other programs printed: every cell exact, and the same report as from its text."""

from pathlib import Path

import layouts
import pytest

import gilint
from gilint.engine import excerpt_of

DATA = Path(__file__).resolve().parent.parent / "data"
EXAMPLES = Path(__file__).resolve().parent.parent.parent / "examples"
ENTRY = layouts.ENTRIES[0]
PROGRAMS = ("fpdf", "reportlab", "typst", "writer-large", "writer-official")


@pytest.fixture(scope="module")
def linter():
    return gilint.Linter(config=False)


@pytest.fixture(scope="module")
def original(linter):
    """The report that was printed, read from text."""
    return linter.read(layouts.report(ENTRY, "pipes_closed_merged").encode(), "entry.txt")


def cells(report):
    return {
        (key, *place): cell.raw.strip() for key, table in report.tables.items() for place, cell in table.cells.items()
    }


def words(report):
    return [(passage.role, passage.text) for passage in report.passages]


@pytest.mark.parametrize("program", PROGRAMS)
def test_every_cell_is_exact(linter, original, program):
    report = linter.read(DATA / "formats" / f"pdf-{program}.pdf")
    assert cells(report) == cells(original)
    assert len(cells(report)) == 200
    assert not any(table.unread for table in report.tables.values())


@pytest.mark.parametrize("program", PROGRAMS)
def test_every_passage_is_that_of_the_report(linter, original, program):
    assert words(linter.read(DATA / "formats" / f"pdf-{program}.pdf")) == words(original)


@pytest.mark.parametrize("program", PROGRAMS)
def test_every_cell_is_found_where_it_stands(linter, program):
    """Cells of a row stand side by side, rows below each other or on the next page."""
    report = linter.read(DATA / "formats" / f"pdf-{program}.pdf")
    table = report.tables["requests"]
    for row in report.form.table("requests").value_rows:
        spans = [table[row.key, column].span for column in row.columns]
        lefts = [span.box[0] for span in spans]
        assert lefts == sorted(lefts)
        assert len({span.page for span in spans}) == 1
    rows = [table[row.key, "tot"].span for row in report.form.table("requests").value_rows]
    assert [span.order for span in rows] == sorted(span.order for span in rows)


@pytest.mark.parametrize("program", ["writer", "chromium"])
def test_the_same_defects_are_found_as_in_the_text(linter, program):
    def defects(result):
        return sorted((finding.rule, str(finding.address), excerpt_of(finding.at)) for finding in result.findings)

    printed = linter.lint(DATA / "formats" / f"miyun-2024-{program}.pdf")
    text = linter.lint(EXAMPLES / "miyun-2024.txt")
    assert defects(printed) == defects(text)
