"""Patterns that are compiled late, and kept compiled."""

import re

import pytest

from gilint import cache
from gilint.late import _code, _Store, late, late_linear

PATTERNS = [
    ("a+", 0),
    ("(?P<year>20[0-9]{2})年|(?P<none>无)", 0),
    ("[一-鿿]{2,4}(?<!不)公", 0),
    (r"(.{2})\1", re.DOTALL),
    ("a  # comment", re.VERBOSE),
    ("ß|ſ", re.IGNORECASE),
]


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.setenv("GILINT_CACHE_DIR", str(tmp_path))
    return tmp_path


def kept(*patterns):
    """A store that found these patterns in the cache."""
    store = _Store()
    for pattern in patterns:
        store.compiled(*pattern)
    store.remember()
    return _Store()


@pytest.mark.parametrize("pattern", PATTERNS)
def test_a_kept_pattern_is_the_same_pattern(folder, monkeypatch, pattern):
    store = kept(pattern)
    wanted = re.compile(*pattern)
    monkeypatch.setattr(re, "compile", lambda *arguments: pytest.fail("compiled again"))
    found = store.compiled(*pattern)
    assert found == wanted
    assert found.groupindex == wanted.groupindex


def test_a_late_pattern_does_what_a_compiled_one_does():
    pattern = late("(?P<number>[0-9]+)")
    assert pattern.search("abc 12")["number"] == "12"
    assert pattern.sub("#", "a1b22") == "a#b#"
    assert pattern.fullmatch("12")
    assert not pattern.match("a")


def test_a_pattern_of_rules_is_compiled_by_its_own_library_on_first_use():
    pattern = late_linear(r"\p{Han}+(?P<number>[0-9]+)")
    assert "search" not in vars(pattern)
    assert pattern.search("a第12").group("number") == "12"
    assert [match.span() for match in pattern.finditer("甲1 乙2")] == [(0, 2), (3, 5)]
    assert "search" in vars(pattern)


def test_a_wrong_pattern_is_an_error_on_first_use():
    with pytest.raises(re.error):
        late("(").search("")


@pytest.mark.parametrize("damage", [(0, [1, 2, 3], 0, {}, (None,)), ("x",), (0, [2**70], 0, {}, (None,))])
def test_what_the_interpreter_does_not_take_is_compiled(folder, damage):
    cache.store("regexes", (), {("a+", 0): damage})
    assert _Store().compiled("a+", 0).fullmatch("aaa")


def test_without_a_cache_patterns_are_compiled(monkeypatch):
    monkeypatch.setenv("GILINT_NO_CACHE", "1")
    assert kept(("a+", 0)).compiled("a+", 0).fullmatch("aaa")


def test_an_interpreter_that_does_it_in_another_way_keeps_nothing(monkeypatch):
    monkeypatch.setattr("re._compiler._code", lambda *arguments: [1])
    assert _code("a+", 0) is None
