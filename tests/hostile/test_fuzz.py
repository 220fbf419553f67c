"""Files that are a little wrong: a reader gives a report or says why not, and never a number that is not there.

A fixed number of inputs, the same every time; ``scripts/fuzz.py`` goes on for as long as wanted, and makes any of them
again by its number.
"""

import shutil

import fuzzing
import pytest

import gilint

SEED = 2024
INPUTS = {
    "text": 150,
    "markdown": 150,
    "docx": 80,
    "wordxml": 40,
    "odt": 60,
    "fodt": 40,
    "xlsx": 80,
    "xlsb": 80,
    "ods": 60,
    "fods": 40,
    "xml2003": 60,
    "xls": 120,
    "html": 120,
    "mhtml": 60,
    "json": 200,
    "yaml": 120,
    "pdf": 40,
    "zip": 30,
    "doc": 2,
    "rtf": 2,
}
"""As many as take two or three seconds."""
CONVERTED = ("doc", "rtf")


@pytest.fixture(scope="module")
def linter():
    return gilint.Linter(config=False)


def test_every_format_is_fuzzed():
    assert set(INPUTS) == set(fuzzing.FUZZED)


@pytest.mark.parametrize("kind", [kind for kind in INPUTS if kind not in CONVERTED])
def test_a_seed_is_a_report_as_it_is(linter, kind):
    for data in fuzzing.seeds_of(kind):
        assert fuzzing.examined(linter, f"report.{kind}", data) == ("report", [])


@pytest.mark.parametrize("kind", INPUTS)
def test_a_reader_gives_a_report_or_says_why_not(linter, kind):
    if kind in CONVERTED and not shutil.which("soffice"):
        pytest.skip("LibreOffice is not installed")
    verdicts = []
    for number in range(INPUTS[kind]):
        name, data = fuzzing.made(kind, SEED, number)
        verdict, faults = fuzzing.examined(linter, name, data)
        assert faults == [], f"scripts/fuzz.py {kind} --seed {SEED} --only {number} --keep ."
        verdicts.append(verdict)
    # Fuzzing that breaks everything, or nothing, would find nothing.
    assert kind in CONVERTED or 0 < verdicts.count("report") < len(verdicts)


def test_an_invented_number_would_be_noticed(linter):
    report = linter.read(fuzzing.seeds_of("html")[0], "report.html")
    data = fuzzing.seeds_of("html")[0]
    assert fuzzing.sources.invented(report, data) == []
    shown = next(cell.raw for cell in report.tables["requests"].cells.values() if cell.value and cell.value > 4)
    wrong = data.replace(f">{shown}<".encode(), b">8191<")
    assert fuzzing.sources.invented(report, wrong)
