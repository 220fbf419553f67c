"""What a run leaves behind: what only the garbage collector frees would pile up over many thousand files."""

import gc
from concurrent.futures import Executor, Future

import pytest
from conftest import EXAMPLES

from gilint import Linter
from gilint.bulk.batch import Batch
from gilint.bulk.judging import judge

pytestmark = pytest.mark.usefixtures("without_collector")
LINTER = Linter(config=False)
OWN, OTHERS = "市场监督管理局", ("水务局", "教育局", "民政局", "财政局")


@pytest.fixture
def paths(tmp_path):
    """Reports of four issuers with the same text, in which rules that compare reports find something."""
    text = (EXAMPLES / "clean-2024.txt").read_text(encoding="utf-8")
    paths = [tmp_path / f"{name}.txt" for name in OTHERS]
    for path in paths:
        path.write_text(text.replace(OWN, path.stem), encoding="utf-8")
    return paths


class Here(Executor):
    """Does its tasks at once, and counts what each of them leaves to the collector."""

    def __init__(self):
        self.left = []

    def submit(self, function, /, *arguments, **named):
        gc.collect()
        future = Future()
        future.set_result(function(*arguments, **named))
        self.left.append(gc.collect())
        return future


@pytest.mark.parametrize("name", ["miyun-2024.txt", "miyun-2024.docx", "accounts-2023-slip.txt"])
def test_a_report_that_was_judged_leaves_nothing_to_the_collector(name):
    left = []
    for _ in range(4):  # What is made once, on first or frequent use, is no part of it.
        judge(LINTER, None, [EXAMPLES / name])
        left.append(gc.collect())
    assert left[-1] == 0, left


def test_reports_that_were_compared_leave_nothing_to_the_collector(paths):
    for executor in (Here(), Here(), Here(), Here()):
        batch = Batch(LINTER)
        assert sum(1 for _ in batch.judge(paths, executor))
        compared = len(executor.left)
        assert sum(1 for _ in batch.compare(executor))
    assert executor.left[compared:] == [0]
    assert any(finding.rule in ("T701", "T702", "T703") for result in batch for finding in result.findings)


def test_results_that_were_looked_at_leave_nothing_to_the_collector(paths):
    batch = Batch(LINTER)
    assert sum(1 for _ in batch.judge([*paths, EXAMPLES / "miyun-2024.docx"], Here()))
    for _ in range(4):
        gc.collect()
        for result in batch:
            assert [cell.raw for table in result.report.tables.values() for cell in table.cells.values()]
            assert result.report.source.texts
        del result
    assert gc.collect() == 0
