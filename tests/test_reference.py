"""The rule reference and the coverage of defects are written from the rule files, and nothing is left out of them."""

import re
from collections import Counter
from importlib.util import module_from_spec, spec_from_file_location

import pytest
from conftest import ROOT

from gilint.source import load, read_text

SCRIPT = ROOT / "scripts" / "make_reference.py"
COVERAGE = ROOT / "tests" / "data" / "coverage.yaml"
CATALOGUE = {"A": 20, "B": 20, "C": 12, "D": 18, "E": 7, "F": 15, "G": 14, "H": 13, "I": 15, "J": 6}
"""How many defects the catalogue knows of each group."""
DATA = load(str(COVERAGE), read_text(str(COVERAGE))).data
ITEMS = [*DATA["catalogue"], *DATA["checkers"], *DATA["beyond"]]
PAGE_LINES = 150
CHINESE = ("报告时说", "怎样改", "依据", "怎样判断", "适用", "不用或改变级别", "例子 Examples")
ENGLISH = ("English", "It says", "What to do", "Basis", "How it judges", "Applies to")


@pytest.fixture(scope="module")
def script():
    spec = spec_from_file_location("make_reference", SCRIPT)
    assert spec is not None
    assert spec.loader is not None
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def shelves(script):
    return script.shelves()


@pytest.fixture(scope="module")
def pages(script):
    return script.reference()


def test_the_reference_is_fresh(script, pages):
    old = {path: path.read_text(encoding="utf-8") for path in script.written()}
    stale = sorted(path.name for path in pages.keys() | old.keys() if pages.get(path) != old.get(path))
    assert stale == [], f"run {script.COMMAND}"


def test_every_pack_has_an_index_in_two_languages_that_names_each_of_its_rules(script, shelves, pages):
    assert shelves
    for shelf in shelves:
        for name in ("README.md", "README.zh.md"):
            text = pages[script.FOLDER / shelf.pack.id / name]
            links = Counter(re.findall(r"\(([A-Z]+[0-9]+)\.md\)", text))
            assert links == {rule.id: 2 for rule in shelf.rules}, "once by folder and once by severity"


def test_the_page_to_search_holds_every_rule_and_asks_nothing_of_a_network(script, shelves, pages):
    text = pages[script.FOLDER / "index.html"]
    assert re.findall(r"<b>([A-Z]+[0-9]+)</b>", text) == [
        rule.id for shelf in shelves for rule in sorted(shelf.rules, key=lambda rule: rule.id)
    ]
    assert not re.findall(r"(?:src|href|url)[=(]\W*(?:https?:)?//", text)
    assert "fetch(" not in text


def test_a_page_can_be_taken_in(shelves, pages, script):
    for shelf in shelves:
        for rule in shelf.rules:
            assert pages[script.FOLDER / shelf.pack.id / f"{rule.id}.md"].count("\n") <= PAGE_LINES, rule.id


def test_a_page_says_what_why_and_what_to_do_in_two_languages(shelves, pages, script):
    for shelf in shelves:
        for rule in shelf.rules:
            text = pages[script.FOLDER / shelf.pack.id / f"{rule.id}.md"]
            headings = re.findall(r"^##+ (.+)$", text, re.MULTILINE)
            counts = [(heading, headings.count(heading)) for heading in (*CHINESE, *ENGLISH)]
            assert counts == [(heading, 1) for heading in (*CHINESE, *ENGLISH)], rule.id


def test_a_page_shows_what_the_rule_really_says(pages, script):
    """The first bad example of T301 makes 11 new requests of natural persons 999: 999 + 1 against 11 + 1."""
    text = pages[script.FOLDER / "annual-report" / "T301.md"]
    assert "> “自然人”列：999 + 1 ≠ 11 + 1，相差 988" in text
    assert "> column 自然人: 999 + 1 ≠ 11 + 1, off by 988" in text
    assert "! 一、本年新收政府信息公开申请数量 × 自然人：11 → 999" in text


# --- coverage ---------------------------------------------------------------------------------------------------------


def test_every_defect_of_the_catalogue_is_there_once():
    expected = [f"{group}{number:02}" for group, count in CATALOGUE.items() for number in range(1, count + 1)]
    assert [item["item"] for item in DATA["catalogue"]] == expected


@pytest.mark.parametrize("item", ITEMS, ids=lambda item: item.get("item", item["title"]))
def test_an_item_has_rules_or_a_reason(item):
    assert bool(item["rules"]) != bool(item.get("why"))


def test_every_rule_that_is_named_exists(shelves):
    known = {rule.id for shelf in shelves for rule in shelf.rules}
    assert {rule for item in ITEMS for rule in item["rules"]} - known == set()


def test_every_rule_for_these_reports_answers_to_something(shelves):
    own = {rule.id for shelf in shelves for rule in shelf.rules if shelf.pack.id == "annual-report"}
    named = {rule for item in ITEMS for rule in item["rules"]}
    assert sorted(own - named) == [], f"add them to {COVERAGE.relative_to(ROOT)}"


def test_what_is_beyond_the_lists_is_not_in_them():
    beyond = {rule for item in DATA["beyond"] for rule in item["rules"]}
    assert beyond & {rule for item in (*DATA["catalogue"], *DATA["checkers"]) for rule in item["rules"]} == set()
