"""Reports of the other families as they are printed, and as they reach a linter when they are cut off."""

import shutil
import subprocess

import docx
import pytest
from conftest import ROOT
from test_third_family import CLEAN, SLIP, as_docx, proposed

from gilint import InputError, Linter

LAW = (ROOT / "rules" / "rule-of-law-report" / "forms" / "2019.government.txt").read_text(encoding="utf-8")
OFFICE = shutil.which("soffice")


def printed(folder, name, data):
    """The PDF that an office suite makes of a file."""
    source = folder / name
    source.write_bytes(data)
    profile = f"-env:UserInstallation=file://{folder}/profile"
    command = [OFFICE, profile, "--headless", "--convert-to", "pdf", "--outdir", str(folder), str(source)]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    return source.with_suffix(".pdf").read_bytes()


@pytest.mark.skipif(OFFICE is None, reason="needs LibreOffice")
def test_printed_accounts_say_the_same_as_their_text(tmp_path):
    result = Linter().lint(printed(tmp_path, "accounts.docx", as_docx(SLIP)), "accounts.pdf")
    assert result.error is None
    first = next(finding for finding in result.findings if finding.suggestions)
    assert proposed(first)[:3] == ("outlay", "farming", "project")
    assert {finding.rule for finding in result.findings} == {"K111", "K112"}


@pytest.mark.skipif(OFFICE is None, reason="needs LibreOffice")
def test_a_printed_report_of_text_alone_is_read_as_it_was_written(tmp_path):
    document = docx.Document()
    for line in LAW.splitlines():
        if line:
            document.add_paragraph(line)
    document.save(tmp_path / "law.docx")
    pdf = printed(tmp_path, "law.docx", (tmp_path / "law.docx").read_bytes())
    linter = Linter()
    read, again = linter.read(LAW.encode(), "law.txt"), linter.read(pdf, "law.pdf")
    assert again.form.id == read.form.id
    assert (again.issuer, again.year, list(again.sections)) == (read.issuer, read.year, list(read.sections))
    assert linter.lint(pdf, "law.pdf").findings == ()


def within_sentences():
    """Places late in the text that no sentence ends at, in its last prose paragraphs."""
    body = LAW[: LAW.rindex("\n\n", 0, len(LAW.rstrip()) - 20)].rstrip()
    lines = [line for line in body.split("\n") if len(line) > 80]
    ends = [body.index(line) + 60 for line in lines[-3:]]
    return [end for end in ends if body[end - 1] not in "。；！？”》）"]


@pytest.mark.parametrize("end", within_sentences())
def test_a_text_without_tables_that_ends_within_a_sentence_is_cut_off(end):
    with pytest.raises(InputError) as caught:
        Linter().read(LAW[:end].encode(), "law.txt")
    assert caught.value.code == "truncated"


def test_a_text_that_ends_with_a_sentence_but_without_sign_off_is_judged():
    body = LAW[: LAW.rstrip().rindex("。") + 1]
    assert Linter().read(body.encode(), "law.txt").signoff.date is None


def test_accounts_without_their_last_parts_and_sign_off_still_tell_their_tables():
    cut = CLEAN[: CLEAN.index("第三部分")]
    result = Linter().lint(cut.encode(), "accounts.txt")
    assert result.error is None
    assert {finding.rule for finding in result.findings} == {"K201"}
