"""The same report in pages of many systems is the same report, and nothing else on the page is part of it."""

import re

import documents
import pages
import pytest
from conftest import EXAMPLES
from html_pieces import source_of
from pages import assert_same, said, squeezed

from gilint import Linter

SAMPLES = ("miyun-2024", "clean-2024")


@pytest.fixture(scope="module")
def linter():
    return Linter(config=False)


@pytest.fixture(scope="module")
def samples(linter):
    """Each sample as its text says it, with its blocks."""
    reports = {name: linter.read(EXAMPLES / f"{name}.txt") for name in SAMPLES}
    return {name: (report, documents.blocks(report)) for name, report in reports.items()}


@pytest.mark.parametrize("portal", pages.PORTALS)
@pytest.mark.parametrize("sample", SAMPLES)
def test_the_page_of_a_portal_reads_as_the_text_of_its_report(linter, samples, sample, portal):
    report, blocks = samples[sample]
    page = pages.encode(portal, pages.PORTALS[portal](report.title.text, blocks))
    read = linter.read(page, "report.html")
    assert_same(read, report)
    assert read.source.keeps_tables is True
    assert read.source.encoding == ("GB18030" if portal in pages.GBK else "UTF-8")


@pytest.mark.parametrize("portal", pages.PORTALS)
def test_no_word_of_the_page_around_it_becomes_text_of_a_report(linter, samples, portal):
    report, blocks = samples["clean-2024"]
    page = pages.encode(portal, pages.PORTALS[portal](report.title.text, blocks))
    text = "\n".join(passage.text for passage in linter.read(page, "report.html").passages if passage.role != "outside")
    own = "\n".join(passage.text for passage in report.passages)
    assert [word for word in pages.CHROME if word in text and word not in own] == []


@pytest.mark.parametrize("portal", pages.PORTALS)
@pytest.mark.parametrize("sample", SAMPLES)
def test_the_foot_of_a_page_is_no_sign_off(linter, samples, sample, portal):
    """Organ and date stand in it, right behind the last sentence of a report that nobody signed."""
    report, blocks = samples[sample]
    unsigned = [block for block in blocks if block.kind != "right"]
    page = pages.encode(portal, pages.PORTALS[portal](report.title.text, unsigned))
    read = linter.read(page, "report.html")
    assert read.signoff.date is None
    assert said(read) == [one for one in said(report) if one[0] != "signoff"]


@pytest.mark.parametrize("portal", pages.PORTALS)
def test_the_title_is_found_above_the_text_or_in_the_head(linter, samples, portal):
    report, blocks = samples["clean-2024"]
    untitled = [block for block in blocks if block.kind != "title"]
    page = pages.encode(portal, pages.PORTALS[portal](report.title.text, untitled))
    read = linter.read(page, "report.html")
    assert (read.issuer, read.year) == (report.issuer, report.year)
    printed = read.title is not None
    assert printed == (portal not in ("word", "catalogue"))
    assert [one for one in said(read) if one[0] != "title"] == [one for one in said(report) if one[0] != "title"]


@pytest.mark.parametrize("portal", pages.PORTALS)
def test_a_report_has_the_same_findings_on_every_page(linter, samples, portal):
    def found(result):
        return sorted(
            (
                one.rule,
                one.address.section or "",
                one.address.row or "",
                one.address.column or "",
                squeezed(one.excerpt),
            )
            for one in result.findings
        )

    report, blocks = samples["miyun-2024"]
    page = pages.encode(portal, pages.PORTALS[portal](report.title.text, blocks))
    assert found(linter.lint(page, "report.html")) == found(linter.lint(EXAMPLES / "miyun-2024.txt"))


@pytest.mark.parametrize("portal", pages.PORTALS)
def test_a_place_leads_to_the_words_in_the_source(linter, samples, portal):
    """Of every passage and every cell, by the line and column of its first and last character."""
    report, blocks = samples["clean-2024"]
    page = pages.PORTALS[portal](report.title.text, blocks)
    read = linter.read(pages.encode(portal, page), "report.html")
    lines = page.split("\n")
    texts = [(passage.origin, passage.text) for passage in read.passages]
    texts += [(cell.origin, cell.raw) for table in read.tables.values() for cell in table.cells.values()]
    assert len(texts) > 200
    for origin, text in texts:
        body = text.strip()
        start = text.index(body)
        source = source_of(lines, origin.span(start, start + len(body)))
        assert source[:1] == body[:1]
        assert squeezed(re.sub(r"<[^>]*>|&nbsp;", "", source)) == squeezed(body)


def test_the_words_around_a_report_stand_on_some_page():
    """A word that no page has would prove nothing."""
    everything = "".join(portal("标题", []) for portal in pages.PORTALS.values())
    assert [word for word in pages.CHROME if word not in everything] == []
