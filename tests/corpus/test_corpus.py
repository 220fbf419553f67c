"""Sound reports are left in peace, and every defect of the catalogue is told where it stands.

The reports are written for this purpose; the organs in them do not exist. ``scripts/confusion.py --all`` judges every
defect in every report, the tests here a sample of them.
"""

import subprocess

import documents
import pytest
from conftest import ROOT
from drafts import NAMES, linter, original
from verdicts import sampled, severity, table

from gilint.readers import conversion

# Told by other rules, but not by the defect's own: (item, report) → why.
MISSED = {
    ("D04", "county-2025"): "a sentence on what was merged may explain why the years differ, so nothing is checked",
}
OFFICE = conversion.find_libreoffice()
PRINTED = ("province-2023", "county-2021", "devzone-2023", "market-2025", "village-2024", "city-2020")
"""Reports that are printed: short and long ones, of both forms, with an address in the preamble and without."""
WRITERS = {
    "md": documents.write_markdown,
    "html": documents.write_html,
    "docx": documents.write_docx,
    "xlsx": documents.write_workbook,
}


def objections(data, name):
    findings = linter().lint(data, name).findings
    return [(one.rule, one.message, one.excerpt) for one in findings if one.severity != "info"]


@pytest.mark.parametrize("name", NAMES)
def test_a_sound_report_has_no_error_and_no_warning(name):
    assert objections(documents.write_text(documents.blocks(original(name))), "report.txt") == []
    assert original(name).tables.keys() == {"disclosure", "requests", "disputes"}


@pytest.mark.parametrize("name", NAMES)
def test_a_sound_report_as_it_was_typed_has_no_error_and_no_warning(name):
    path = ROOT / "tests" / "corpus" / "reports" / f"{name}.txt"
    assert objections(path.read_bytes(), "report.txt") == []


@pytest.mark.parametrize("kind", WRITERS)
@pytest.mark.parametrize("name", NAMES)
def test_a_sound_report_in_another_format_has_no_error_and_no_warning(name, kind):
    assert objections(WRITERS[kind](documents.blocks(original(name))), f"report.{kind}") == []


@pytest.fixture(scope="module")
def printed(tmp_path_factory):
    """The folder with a PDF of each report, all made in one go."""
    folder = tmp_path_factory.mktemp("printed")
    for name in PRINTED:
        (folder / f"{name}.docx").write_bytes(documents.write_docx(documents.blocks(original(name))))
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    files = [folder / f"{name}.docx" for name in PRINTED]
    command = [OFFICE.path, profile, "--headless", "--convert-to", "pdf", "--outdir", folder, *files]
    subprocess.run(list(map(str, command)), check=True, capture_output=True, timeout=180)
    return folder


@pytest.mark.skipif(OFFICE is None, reason="LibreOffice is not installed")
@pytest.mark.parametrize("name", PRINTED)
def test_a_sound_report_as_pdf_has_no_error_and_no_warning(name, printed):
    assert objections((printed / f"{name}.pdf").read_bytes(), "report.pdf") == []


@pytest.mark.parametrize("name", NAMES)
def test_a_sound_report_as_data_has_no_error_and_no_warning(name):
    assert objections(documents.write_json(original(name)), "report.json") == []


def of(level):
    return [verdict for verdict in sampled() if severity(verdict.item) == level]


def test_every_error_is_told_at_its_place_by_its_own_rule():
    missed = [one for one in of("error") if not one.placed and (one.item, one.name) not in MISSED]
    assert missed == []


def test_nearly_every_warning_is_told_at_its_place_by_its_own_rule():
    warnings = of("warning")
    missed = [one for one in warnings if not one.placed]
    assert len(missed) <= len(warnings) * 0.05, missed


def test_what_is_not_told_by_its_own_rule_is_told_by_another():
    silent = [one for one in of("error") if not one.told and not one.beside]
    assert silent == []


def test_the_confusion_table_is_current():
    written = (ROOT / "docs" / "confusion.md").read_text(encoding="utf-8")
    assert written == table(sampled()), "run python scripts/confusion.py"
