"""The guard against slowdowns counts the same each time, sees work that is added, and knows the steps of a check."""

import ast
import json
import subprocess
import sys

import pytest
from conftest import EXAMPLES, ROOT

from gilint import Linter
from gilint.engine import Engine

sys.path.insert(0, str(ROOT))

from benchmarks import native, work
from benchmarks.counting import counted


@pytest.fixture(scope="module")
def judged():
    """A task: a report that was read before is judged."""
    linter = Linter(config=False, today="2025-06-01")
    report = linter.read(EXAMPLES / "clean-2024.txt")
    return lambda: linter.lint(report)


def test_work_that_is_done_twice_counts_twice():
    def once():
        return sum(len(word) for word in ["a", "bc", "def"] * 100)

    def twice():
        once()
        once()

    single, double = counted(once), counted(twice)
    assert double["instructions"] == pytest.approx(2 * single["instructions"], abs=20)
    assert double["calls into C"] == pytest.approx(2 * single["calls into C"], abs=3)


def test_a_call_into_c_is_counted_however_much_it_does():
    assert counted(lambda: sum([1]))["calls into C"] == counted(lambda: sum([1] * 1000))["calls into C"]


IMPORTING = """
import sys
from benchmarks.counting import counter
sys.path[:0] = sys.argv[1:]
with counter() as counting:
    import an_empty_module
print(counting.instructions)
"""


def test_imports_are_not_counted_by_the_folders_that_are_looked_through(tmp_path):
    (tmp_path / "an_empty_module.py").write_text("", encoding="utf-8")

    def instructions(*folders):
        command = [sys.executable, "-c", IMPORTING, *map(str, folders), str(tmp_path)]
        return int(subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout)

    assert instructions() == instructions(*(tmp_path / f"folder-{number}" for number in range(30))) < 50


def test_judging_a_report_is_the_same_work_each_time(judged):
    assert counted(judged) == counted(judged)


def test_judging_twice_is_found_to_be_too_much_work(judged, monkeypatch):
    baseline = {"judge": counted(judged)}
    assert list(work.grown(baseline, {"judge": counted(judged)})) == []
    judge = Engine.judge

    def twice(self, report):
        judge(self, report)
        return judge(self, report)

    monkeypatch.setattr(Engine, "judge", twice)
    lines = list(work.grown(baseline, {"judge": counted(judged)}))
    assert [line.split(", ")[0].split(" ", 2)[2] for line in lines] == ["instructions", "calls into C"]


@pytest.mark.parametrize(("counted", "too_much"), [(1000, False), (1100, False), (1101, True), (500, False)])
def test_more_than_a_tenth_above_the_baseline_is_too_much(counted, too_much):
    lines = list(work.grown({"judge": {"instructions": 1000}}, {"judge": {"instructions": counted}}))
    assert bool(lines) is too_much


def test_a_step_without_a_baseline_is_not_passed_over():
    (line,) = work.grown({}, {"judge": {"instructions": 1000}})
    assert line == "judge: instructions have no baseline"


def test_a_long_report_may_not_be_more_work_than_its_length_explains():
    counts = {"a usual report": {"instructions": 1000}, f"{work.LENGTH} times as long": {"instructions": 11_000}}
    assert list(work.steep(counts)) == []
    counts[f"{work.LENGTH} times as long"]["instructions"] = 11_001
    assert list(work.steep(counts)) == ["a report 10 times as long: 11.0 times the instructions"]


def test_the_baseline_knows_every_step():
    baseline = json.loads(work.BASELINE.read_text(encoding="utf-8"))
    for version, counts in baseline.items():
        assert set(counts) >= {*work.STEPS, *work.STARTS}, f"Python {version}: run make bench-baseline"


def test_a_start_is_counted_from_the_first_import_on():
    counts = work.started(("--format", "json"))
    # Reading and judging alone are some hundred thousand instructions.
    assert counts["instructions"] > 500_000


@pytest.mark.skipif(not native.available(), reason="valgrind is not installed")
def test_callgrind_counts_what_is_done_inside_a_call():
    command, environment = ["benchmarks.native", "fixed"], work.settled()
    # What was changed is compiled by the first who needs it.
    subprocess.run([sys.executable, "-m", *command, "1"], cwd=ROOT, env=environment, check=True)
    few, again, many = (native.instructions([*command, times], environment) for times in "112")
    assert again == pytest.approx(few, rel=0.001)
    assert many > few * 1.01


@pytest.mark.parametrize("module", ["counting", "sampling"])
def test_what_looks_at_imports_has_none_of_its_own(module):
    script = f"import sys; before = set(sys.modules); import benchmarks.{module}; print(set(sys.modules) - before)"
    done = subprocess.run([sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=True)
    assert ast.literal_eval(done.stdout) - {"__future__", "gc"} == {"benchmarks", f"benchmarks.{module}"}
