"""What a run of one report leaves aside: rules of other families, examples, needles that cannot occur."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from builders import slice_at

from gilint import cache
from gilint.checks import Pattern
from gilint.checks.matching import Matcher
from gilint.linter import Linter
from gilint.record import WRITTEN_OUT_AFTER, Record, later
from gilint.ruleset import ById, rules_of

MIYUN = Path(__file__).parent.parent / "examples" / "miyun-2024.txt"


@pytest.fixture
def kept(tmp_path, monkeypatch):
    monkeypatch.setenv("GILINT_CACHE_DIR", str(tmp_path / "cache"))
    Linter(config=False)
    (path,) = (tmp_path / "cache").glob("rules-*")
    return path


def test_a_later_tuple_is_made_when_it_is_looked_into_and_once():
    made = []
    one = later(2, lambda: made.append(1) or ("a", "b"))
    assert (len(one), made) == (2, [])
    assert (list(one), one[1], one == ("a", "b"), made) == (["a", "b"], "b", True, [1])


def test_a_hot_record_is_the_same_before_and_after_its_init_is_written_out():
    class Point(Record, hot=True):
        x: int
        y: int = 2

    made = [Point(number) for number in range(WRITTEN_OUT_AFTER + 2)]
    assert [point.x for point in made] == list(range(WRITTEN_OUT_AFTER + 2))
    assert made[0].replace(x=1) == made[1] == Point(1, y=2)


def test_a_report_is_judged_without_the_rules_of_other_families(kept):
    linter = Linter(config=False)
    linter.lint(MIYUN)
    assert {pack.id: pack.rules.made for pack in linter.ruleset.packs} == {
        "annual-report": True,
        "departmental-accounts": False,
        "rule-of-law-report": False,
    }


def test_rules_by_id_are_all_rules(kept):
    linter = Linter(config=False)
    rules = ById(linter.chosen)
    assert rules == {rule.id: rule for rule in linter.rules}
    assert "T999" not in rules


def test_rules_of_a_family_are_those_that_name_it(kept):
    linter = Linter(config=False)
    own = [rule.id for rule in linter.rules if rule.family == "rule-of-law-report"]
    assert [rule.id for rule in rules_of(linter.chosen, "rule-of-law-report")] == own != []


def test_a_damaged_part_of_the_cache_is_compiled_anew(kept):
    before = Linter(config=False).lint(MIYUN)
    content = bytearray(kept.read_bytes())
    size = int.from_bytes(content[16:24], "big")
    content[24 + size :] = bytes(len(content) - 24 - size)
    kept.write_bytes(content)
    assert Linter(config=False).lint(MIYUN).outcomes == before.outcomes


def test_a_part_is_told_from_a_damaged_one(tmp_path, monkeypatch):
    monkeypatch.setenv("GILINT_CACHE_DIR", str(tmp_path))
    cache.store("things", 1, {"a": 1}, [b"first", b"second"])
    (path,) = tmp_path.iterdir()
    path.write_bytes(path.read_bytes()[:-1] + b"!")
    found = cache.find("things", 1)
    assert (found.data, found.part(0), found.part(1)) == ({"a": 1}, b"first", None)


PATTERNS = (Pattern("甲乙"), Pattern("丙"), Pattern("[0-9]+件", regex=True, literals=("件",)), Pattern("丁戊"))


def spans(matcher, text):
    return [(hit.start, hit.end, hit.pattern) for hit in matcher.scan([slice_at(1, text).passage])["R1"]]


def test_the_first_text_and_later_ones_are_searched_for_the_same():
    matcher = Matcher([("R1", PATTERNS)])
    expected = [(0, 2, "甲乙"), (2, 3, "丙"), (4, 7, "[0-9]+件")]
    assert spans(matcher, "甲乙丙丁12件") == expected
    assert spans(matcher, "甲乙丙丁12件") == expected
    assert spans(matcher, "丁戊") == [(0, 2, "丁戊")]


def test_a_matcher_that_was_made_plain_finds_the_same():
    plain = Matcher([("R1", PATTERNS)]).values()
    assert spans(Matcher.restored(plain), "甲乙丁戊3件") == [(0, 2, "甲乙"), (2, 4, "丁戊"), (4, 6, "[0-9]+件")]


def test_a_second_run_loads_no_compiler_of_patterns(tmp_path):
    code = (
        "import sys\nbefore = set(sys.modules)\n"
        "from gilint.cli import main\n"
        f"main(['check', {str(MIYUN)!r}, '--format', 'json', '--no-config'])\n"
        "print(sorted({'re', 'enum', 'json', 'contextlib'} & (set(sys.modules) - before)), file=sys.stderr)\n"
    )
    environment = {**os.environ, "GILINT_CACHE_DIR": str(tmp_path)}
    command = [sys.executable, "-c", code]
    for _ in range(2):
        ended = subprocess.run(
            command, env=environment, capture_output=True, encoding="utf-8", check=True, cwd=MIYUN.parent.parent
        )
    assert ended.stderr.strip() == "[]"
