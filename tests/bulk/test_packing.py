"""Results as bytes: what comes back, what is read again, and what damage does."""

import pickle
from pathlib import Path

import pytest
from conftest import EXAMPLES, ROOT
from hypothesis import given
from hypothesis import strategies as st

from gilint import InputError, Linter
from gilint.discovery import resolve
from gilint.findings import Failure, Finding, Outcome, Result
from gilint.model import Passage, Slice
from gilint.packing import LAYOUT, pack, unpack
from gilint.places import Address, TextOrigin, TextSpan, WordOrigin
from gilint.reporters import BUILTIN, Options, Run

LINTER = Linter(config=False)
RULES = {rule.id: rule for rule in LINTER.rules}
CORPUS = sorted(path for path in (ROOT / "tests" / "corpus").glob("*.txt"))
DOCUMENTS = [EXAMPLES / "miyun-2024.txt", EXAMPLES / "miyun-2024.docx", EXAMPLES / "accounts-2023-slip.txt", *CORPUS]
TEXTS = ("terminal", "json", "sarif", "junit", "github", "gitlab", "rdjson", "csv", "markdown")


def nothing():
    raise AssertionError("the report was read again")


def unpacked(result, load=nothing):
    return unpack(pack(result), LINTER.forms, load)


def rendered(name, result):
    run = Run((result,), (), RULES, LINTER.ruleset.packs, str(ROOT))
    return "".join(resolve(BUILTIN[name])(Options(verbose=True)).render(run))


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.name)
def test_every_reporter_shows_the_same_of_an_unpacked_result_without_reading_again(path):
    result = LINTER.lint(path)
    again = unpacked(result)
    for name in TEXTS:
        assert rendered(name, again) == rendered(name, result), name


def test_a_page_drawn_in_a_browser_is_judged_the_same(tmp_path):
    path = tmp_path / "报告.html"
    lines = (EXAMPLES / "clean-2024.txt").read_text(encoding="utf-8").replace("2024", "2023", 1).splitlines()
    path.write_text("<meta charset=utf-8>" + "".join(f"<p>{line}</p>" for line in lines), encoding="utf-8")
    result = LINTER.lint(path)
    assert result.findings
    assert rendered("json", unpacked(result)) == rendered("json", result)


def test_what_was_not_packed_is_read_again_once():
    read = []

    def load():
        read.append(1)
        return LINTER.read(EXAMPLES / "miyun-2024.txt")

    result = LINTER.lint(EXAMPLES / "miyun-2024.txt")
    again = unpacked(result, load)
    assert (again.report.issuer, again.report.year, again.report.form) == (
        result.report.issuer,
        result.report.year,
        result.report.form,
    )
    assert not read
    assert again.report.passages == result.report.passages
    assert again.report.sections == result.report.sections
    assert again.report.source.blocks == result.report.source.blocks
    assert read == [1]


def test_a_report_that_is_gone_says_so_when_its_text_is_asked_for():
    def gone():
        raise InputError("not-found", "x", {"zh": "没有", "en": "gone"}, {"zh": "", "en": ""})

    again = unpacked(LINTER.lint(EXAMPLES / "clean-2024.txt"), gone)
    assert again.report.year == 2024
    with pytest.raises(InputError, match="gone"):
        _ = again.report.passages


FORMATS = sorted(
    path
    for path in (ROOT / "tests" / "data" / "formats").glob("*-2024*")
    if path.suffix not in (".doc", ".pdf", ".rtf", ".xls")  # formats that need more than the core install
)


def places(report):
    """Where each character of the sections stands."""
    passages = [one for section in report.sections.values() for one in (*section.passages, section.heading.at.passage)]
    return [[passage.span(at, at + 1) for at in range(len(passage.text))] for passage in passages]


@pytest.mark.parametrize("path", [EXAMPLES / "miyun-2024.txt", *FORMATS], ids=lambda path: path.name)
def test_with_its_text_sections_and_figures_come_back_without_reading_again(path):
    result = LINTER.lint(path)
    again = unpack(pack(result, text=True), LINTER.forms, nothing)
    assert again.report.sections.keys() == result.report.sections.keys()
    for key, section in result.report.sections.items():
        other = again.report.sections[key]
        assert [one.text for one in other.passages] == [one.text for one in section.passages]
        assert other.headings == section.headings or path.suffix == ".html"
    assert places(again.report) == places(result.report)
    for key, table in result.report.tables.items():
        assert {cell: table[cell].value for cell in table} == {
            cell: again.report.tables[key][cell].value for cell in table
        }


def test_an_unknown_attribute_of_a_slim_report_is_an_attribute_error():
    again = unpacked(LINTER.lint(EXAMPLES / "clean-2024.txt"))
    with pytest.raises(AttributeError):
        _ = again.report.nothing_of_the_kind


def test_a_slim_report_is_pickled_as_a_whole_one():
    path = EXAMPLES / "clean-2024.txt"
    again = unpacked(LINTER.lint(path), lambda: LINTER.read(path))
    assert pickle.loads(pickle.dumps(again.report)).passages == LINTER.read(path).passages  # noqa: S301


def test_an_input_that_could_not_be_judged_keeps_its_error():
    result = Result("x.docx", None, (), {}, Failure("damaged", "坏了", "重新导出"))
    assert unpacked(result) == result


def test_last_year_comes_back_with_its_figures():
    folder = EXAMPLES / "years"
    result = LINTER.lint(folder / "2024.txt", previous=folder / "2023.txt")
    assert rendered("terminal", unpacked(result, lambda: result.report)) == rendered("terminal", result)


def test_a_result_takes_little_room():
    assert len(pack(LINTER.lint(EXAMPLES / "clean-2024.txt"))) < 8_000
    assert len(pack(LINTER.lint(EXAMPLES / "miyun-2024.txt"))) < 64_000


# --- damage -----------------------------------------------------------------------------------------------------------

WHOLE = pack(LINTER.lint(EXAMPLES / "clean-2024.txt"))


@given(st.integers(0, len(WHOLE) - 1), st.integers(1, 255))
def test_a_changed_byte_is_recognised(place, change):
    damaged = bytearray(WHOLE)
    damaged[place] ^= change
    with pytest.raises(ValueError, match="damaged"):
        unpack(bytes(damaged), LINTER.forms, nothing)


@given(st.integers(0, len(WHOLE) - 1))
def test_a_result_that_was_cut_short_is_recognised(length):
    with pytest.raises(ValueError, match="damaged"):
        unpack(WHOLE[:length], LINTER.forms, nothing)


@given(st.binary(max_size=200))
def test_foreign_bytes_are_recognised(content):
    for foreign in (content, LAYOUT + content):
        with pytest.raises(ValueError, match="damaged"):
            unpack(foreign, LINTER.forms, nothing)


def test_a_form_that_is_not_loaded_is_named():
    with pytest.raises(ValueError, match="annual-report"):
        unpack(WHOLE, {}, nothing)


# --- any finding ------------------------------------------------------------------------------------------------------

WORDS = st.text(max_size=12)
PLACES = st.integers(0, 400)
SPANS = st.builds(TextSpan, PLACES, PLACES, PLACES, PLACES)
ADDRESSES = st.builds(Address, st.lists(WORDS, max_size=3).map(tuple), st.none() | WORDS, st.none() | WORDS)


class Odd:
    """An origin as a plugin may have one."""

    def span(self, start, end):
        return TextSpan(1, start, 1, end)


ORIGINS = (
    st.builds(lambda line, column: TextOrigin(((0, line, column),)), PLACES, PLACES)
    | st.builds(WordOrigin, st.just("docx"), PLACES, PLACES)
    | st.builds(Odd)
)
PASSAGES = st.builds(Passage, PLACES, st.text(min_size=1, max_size=40), ORIGINS, st.just("prose"), ADDRESSES)
SLICES = st.builds(lambda passage: Slice(passage, 0, 1), PASSAGES) | st.builds(
    lambda passage: Slice(passage, 0, len(passage.text)), PASSAGES
)
FINDINGS = st.builds(
    Finding,
    rule=WORDS,
    name=WORDS,
    severity=st.sampled_from(("error", "warning", "info")),
    title=WORDS,
    message=WORDS,
    advice=WORDS,
    basis=st.just(({"title": "条例", "article": "第五十条"},)),
    address=ADDRESSES,
    span=st.none() | SPANS,
    excerpt=WORDS,
    fingerprint=WORDS,
    at=SLICES,
)
OUTCOMES = st.dictionaries(WORDS, st.builds(Outcome, st.sampled_from(("passed", "failed", "broke")), WORDS), max_size=5)


@given(st.lists(FINDINGS, max_size=4).map(tuple), OUTCOMES)
def test_any_findings_and_outcomes_come_back(findings, outcomes):
    result = Result("报告.txt", None, findings, outcomes)
    again = unpacked(result)
    bare = [one.replace(at=None) for one in findings]
    assert [one.replace(at=None) for one in again.findings] == bare
    assert again.outcomes == outcomes
    for one, two in zip(again.findings, findings, strict=True):
        assert (one.at.text, one.at.span, one.at.address) == (two.at.text, two.at.span, two.at.address)


def test_the_order_of_outcomes_is_kept():
    outcomes = {"B": Outcome("passed"), "A": Outcome("failed", "x"), "C": Outcome("passed")}
    assert list(unpacked(Result("x", None, (), outcomes)).outcomes) == ["B", "A", "C"]


def test_no_module_of_the_package_reads_pickles():
    sources = Path(LINTER.__class__.__module__.replace(".", "/")).parent
    assert not [path for path in (ROOT / sources).rglob("*.py") if "pickle.load" in path.read_text(encoding="utf-8")]
