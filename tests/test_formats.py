"""One report in every format is one report: the same words in the same places, the same findings.

The files of ``data/formats`` were written by other programs (see its README), those of ``documents`` by other
libraries.
"""

import shutil
from pathlib import Path

import documents
import pytest

import gilint
from gilint.reporters.reading import report_as_dict

DATA = Path(__file__).parent / "data" / "formats"
EXAMPLES = Path(__file__).parent.parent / "examples"
SAMPLES = ("miyun-2024", "clean-2024")
FIXTURES = sorted(file.name for file in DATA.iterdir() if file.name.startswith(SAMPLES))
# Conversion needs another program, which not every machine has: tests of its own see to it.
CONVERTED = (".doc", ".rtf")
# Browsers collapse white space, and a page has none but gaps.
SPACELESS = (".html", ".pdf")


def content(report):
    """All that a report says, without where it says it: spans, and what stands about the source."""
    return _bare({key: value for key, value in report_as_dict(report).items() if key != "source"})


def _bare(value):
    if isinstance(value, dict):
        return {key: _bare(item) for key, item in value.items() if key != "span"}
    if isinstance(value, list):
        return [_bare(item) for item in value]
    return value


@pytest.fixture(scope="session")
def linter():
    return gilint.Linter(config=False)


@pytest.fixture(scope="session")
def originals(linter):
    return {sample: linter.read(EXAMPLES / f"{sample}.txt") for sample in SAMPLES}


def written(report, kind):
    parts = documents.blocks(report)
    writers = {
        "txt": documents.write_text,
        "md": documents.write_markdown,
        "html": documents.write_html,
        "docx": documents.write_docx,
        "xlsx": documents.write_workbook,
    }
    if kind == "json":
        return documents.write_json(report)
    if kind == "sheets.xlsx":
        return documents.write_workbook(parts, several_sheets=True)
    return writers[kind](parts)


KINDS = ("txt", "md", "html", "docx", "xlsx", "sheets.xlsx", "json")


def _squeezed(value):
    if isinstance(value, dict):
        return {key: _squeezed(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_squeezed(item) for item in value]
    return "".join(value.split()) if isinstance(value, str) else value


def assert_same(read, original, *, spaces=True):
    found, wanted = content(read), content(original)
    if not spaces:
        found, wanted = _squeezed(found), _squeezed(wanted)
    # Said part by part: a whole report is too much to compare by eye.
    for key in wanted:
        assert found[key] == wanted[key], key
    assert found == wanted


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("sample", SAMPLES)
def test_a_report_written_in_another_format_reads_the_same(linter, originals, sample, kind):
    data = written(originals[sample], kind)
    assert_same(linter.read(data, f"report.{kind}"), originals[sample], spaces=kind != "html")


@pytest.mark.parametrize("name", [name for name in FIXTURES if not name.endswith(CONVERTED)])
def test_a_report_that_another_program_saved_reads_the_same(linter, originals, name):
    sample = next(sample for sample in SAMPLES if name.startswith(sample))
    assert_same(linter.read(DATA / name), originals[sample], spaces=not name.endswith(SPACELESS))


def findings(linter, report):
    """What is found, without where: the places differ from format to format."""
    return sorted((finding.rule, finding.message) for finding in linter.lint(report).findings)


@pytest.mark.parametrize("name", [name for name in FIXTURES if not name.endswith(CONVERTED)])
def test_a_report_has_the_same_findings_in_every_format(linter, originals, name):
    sample = next(sample for sample in SAMPLES if name.startswith(sample))
    wanted, found = findings(linter, originals[sample]), findings(linter, DATA / name)
    if name.endswith(SPACELESS):
        # A browser shows no stray space next to a line break in the source, so there is none to find.
        wanted, found = ([each for each in some if each[0] != "Y105"] for some in (wanted, found))
    assert found == wanted


@pytest.mark.parametrize("name", FIXTURES)
def test_every_place_is_of_the_kind_of_its_format(linter, name):
    kinds = {".docx": "docx", ".odt": "odt", ".html": "text", ".pdf": "pdf", ".doc": "docx", ".rtf": "docx"}
    if name.endswith(CONVERTED) and not shutil.which("soffice"):
        pytest.skip("LibreOffice is not installed")
    result = linter.lint(DATA / name)
    spans = [finding.span.as_dict() for finding in result.findings]
    assert {span["kind"] for span in spans} <= {kinds.get(Path(name).suffix, "sheet")}
