"""YAML with places, and schema errors in words."""

import math
import time

import pytest

from gilint.errors import RuleError
from gilint.source import MAX_SIZE, load, read_text, validate

SCHEMA = {
    "type": "object",
    "required": ["id", "severity"],
    "additionalProperties": False,
    "properties": {
        "id": {"type": "string", "pattern": "^[A-Z][0-9]+$"},
        "severity": {"enum": ["error", "warning", "info"]},
        "years": {"type": "array", "minItems": 1, "items": {"type": "string"}},
        "limit": {"type": "integer", "minimum": 1},
        "text": {"type": "string"},
        "section": {"type": "string"},
        "flexible": {
            "anyOf": [
                {"type": "integer"},
                {"type": "object", "additionalProperties": False, "properties": {"from": {"type": "integer"}}},
            ]
        },
        "title": {"type": "object", "required": ["zh", "en"]},
        "pattern": {"type": "string", "format": "even"},
    },
    "dependentRequired": {"text": ["section"]},
}


def data(text):
    return load("f.yaml", text).data


def refused(text):
    """The only mistake of a file that cannot be loaded."""
    with pytest.raises(RuleError) as caught:
        load("f.yaml", text)
    (mistake,) = caught.value.mistakes
    return mistake


def mistakes(text, **options):
    """Line, column and message of each mistake by the schema, on top of what every file must have."""
    found = validate(load("f.yaml", f"id: T1\nseverity: error\n{text}"), SCHEMA, **options)
    return [(mistake.line - 2, mistake.column, mistake.message) for mistake in found]


# --- values -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("true", True),
        ("False", False),
        ("null", None),
        ("~", None),
        ("", None),
        ("12", 12),
        ("-3", -3),
        ("0o17", 15),
        ("0x1f", 31),
        ("1.5", 1.5),
        ("1e3", 1000.0),
        (".5", 0.5),
    ],
)
def test_core_scalars_have_their_type(text, value):
    found = data(f"a: {text}")["a"]
    assert found == value
    assert type(found) is type(value)


@pytest.mark.parametrize("text", ["no", "on", "yes", "off", "12:30", "2024-12-31", "1_000", "0b1", "=", "<<", ".inf"])
def test_what_yaml_1_1_would_convert_stays_text(text):
    assert data(f"a: {text}")["a"] == text


def test_quoted_numbers_are_text():
    assert data("""{a: "12", b: '12', "c": 1}""") == {"a": "12", "b": "12", "c": 1}


def test_an_endless_number_stays_text():
    assert isinstance(data("a: " + "9" * 5000)["a"], str)


def test_a_huge_exponent_is_no_trap():
    assert math.isinf(data("a: 1e99999")["a"])


def test_an_empty_file_is_none():
    assert data("# nothing\n") is None


def test_windows_line_ends_are_read():
    assert load("f.yaml", "a: 1\r\nb: 2\r\n").marks[("b",)] == (2, 4)


# --- places -------------------------------------------------------------------------------------------------------


def test_places_are_characters_not_bytes():
    marked = load("f.yaml", "a: {题: 公开, 目: 指南}\n")
    assert marked.marks[("a", "目")] == (1, 15)
    assert marked.key_marks[("a", "目")] == (1, 12)


def test_the_mark_of_a_quoted_text_is_behind_the_quotation_mark():
    assert load("f.yaml", 'a: "x"').marks[("a",)] == (1, 5)


def test_the_mark_of_a_block_is_its_first_line():
    assert load("f.yaml", "a: |\n\n    文字\n").marks[("a",)] == (3, 5)


def test_items_have_their_index_in_the_path():
    assert load("f.yaml", "a:\n  - x\n  - y\n").marks[("a", 1)] == (3, 5)


@pytest.mark.parametrize(
    ("text", "offset", "place"),
    [
        ("a: x + y", 4, (1, 8)),
        ('a: "x + y"', 4, (1, 9)),
        ("a: |\n  x +\n  y\n", 4, (3, 3)),
        ("a: >\n  x +\n  y\n", 4, (3, 3)),
        ("a: x +\n  y\n", 4, (2, 3)),
        ("a: 'it''s + y'", 7, (1, 13)),
        (r'a: "\\d + y"', 5, (1, 11)),
    ],
)
def test_an_offset_leads_into_the_text(text, offset, place):
    marked = load("f.yaml", text)
    assert marked.place(("a",), offset) == place


def test_a_missing_value_stands_where_its_parent_does():
    assert load("f.yaml", "a:\n  b: 1\n").place(("a", "c", "d")) == (2, 3)


# --- refused ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "line", "column", "words"),
    [
        ("a: &x 1\nb: *x", 1, 4, "no anchors or aliases"),
        ("b: *x", 1, 4, "no anchors or aliases"),
        ("a: !!python/object x", 1, 4, "no tags"),
        ("a: 1\nb: 2\na: 3", 3, 1, "duplicate key 'a'; first on line 1"),
        ("a:\n  2021: x", 2, 3, 'quote it: "2021"'),
        ("true: x", 1, 1, "a key must be text"),
        ("a: {b: }}", 1, 9, "not valid YAML"),
        ("a: {column}列", 1, 12, "以 { [ * & ! 或引号开头的文字请整个加引号"),
        ("{a: b}: c", 1, 1, "a key must be text"),
        ("a: 1\n---\nb: 2", 2, 1, "one YAML document a file"),
        ("a:\n\tb: 1", 2, 1, "Tab"),
        ("a: b: c", 1, 5, "文字中含“: ”时请加引号"),
        ("a: `x`", 1, 4, "加引号"),
        ('a: "x', 1, 6, "引号没有结束"),
        ("a: 1\nb: 公\x07", 2, 5, "U+0007"),
    ],
)
def test_what_is_refused_says_where_and_why(text, line, column, words):
    mistake = refused(text)
    assert words in mistake.message
    assert (mistake.line, mistake.column) == (line, column)


def test_several_duplicates_are_reported_at_once():
    with pytest.raises(RuleError) as caught:
        load("f.yaml", "a: 1\na: 2\nb: 1\nb: 2\n")
    assert [mistake.line for mistake in caught.value.mistakes] == [2, 4]


@pytest.mark.parametrize(
    "text",
    [
        "a: &a [x,x,x,x,x,x,x,x,x]\n"
        + "".join(f"{b}: &{b} [{','.join(['*' + a] * 9)}]\n" for a, b in zip("abcdefgh", "bcdefghi", strict=True)),
        "a: " + "[" * 100_000,
        "a: " + "{a: " * 100_000,
        "- " * 100_000 + "x",
        "? " * 100_000 + "x",
        "a: " + "x" * MAX_SIZE,
    ],
    ids=["laughs", "brackets", "braces", "dashes", "keys", "size"],
)
def test_a_bomb_is_refused_quickly(text):
    start = time.perf_counter()
    refused(text)
    assert time.perf_counter() - start < 1


def test_the_slow_loader_reads_the_same(monkeypatch):
    """Where PyYAML has no libyaml."""
    import yaml

    monkeypatch.delattr(yaml, "CSafeLoader", raising=False)
    marked = load("f.yaml", "a:\n  - 公开: 'x'\n")
    assert marked.data == {"a": [{"公开": "x"}]}
    assert marked.marks[("a", 0, "公开")] == (2, 10)


# --- files --------------------------------------------------------------------------------------------------------


def test_a_byte_order_mark_is_no_text(tmp_path):
    path = tmp_path / "f.yaml"
    path.write_bytes(b"\xef\xbb\xbfa: 1")
    assert read_text(str(path)) == "a: 1"


def test_another_encoding_is_named_at_its_place(tmp_path):
    path = tmp_path / "f.yaml"
    path.write_bytes("a: 1\nb: 公开".encode("gb18030"))
    with pytest.raises(RuleError, match=r"f\.yaml:2:4: .*UTF-8"):
        read_text(str(path))


def test_an_unreadable_file_is_a_mistake(tmp_path):
    with pytest.raises(RuleError, match="cannot read the file"):
        read_text(str(tmp_path / "none.yaml"))


def test_a_file_that_is_too_large_is_not_read(tmp_path):
    path = tmp_path / "f.yaml"
    path.write_bytes(b"#" * (MAX_SIZE + 1))
    with pytest.raises(RuleError, match="larger than"):
        read_text(str(path))


# --- schema -------------------------------------------------------------------------------------------------------


def test_an_unknown_key_is_marked_with_what_was_meant():
    assert mistakes("titel: x") == [
        (1, 1, "未知的键 titel，是否想写 title？(unknown key 'titel'; did you mean 'title'?)")
    ]


def test_a_misspelt_key_is_not_missing_as_well():
    found = validate(load("f.yaml", "id: T1\nseverty: error\n"), SCHEMA)
    assert [(mistake.line, mistake.column) for mistake in found] == [(2, 1)]
    assert "severity" in found[0].message


def test_missing_keys_are_one_mistake():
    (found,) = validate(load("f.yaml", "text: x\nsection: y\n"), SCHEMA)
    assert found.message == "缺少键 id、severity (missing keys 'id', 'severity')"


def test_a_key_missing_inside_is_marked_at_its_holder():
    assert mistakes("limit: 1\ntitle: {zh: 题}") == [(2, 1, "title 缺少键 en (missing key 'en' in 'title')")]


def test_a_wrong_choice_is_marked_with_what_was_meant():
    (found,) = validate(load("f.yaml", "id: T1\nseverity: eror"), SCHEMA)
    assert (found.line, found.column) == (2, 11)
    assert "未知的值 eror，是否想写 error？" in found.message


@pytest.mark.parametrize(
    ("text", "column", "words"),
    [
        ("limit: many", 8, "应为整数，此处是文字"),
        ("limit: 0", 8, "应 ≥ 1"),
        ("years: []", 8, "至少要有 1 项"),
        ("years: 2021", 8, "应为列表，此处是整数"),
        ("years: [2021]", 9, '请加引号写成 "2021"'),
        ("text: x", 1, "写了 text 就必须写 section"),
        ("flexible: x", 11, "应为整数或键值对，此处是文字"),
        ("flexible: {form: 1}", 12, "是否想写 from"),
        ("flexible: {from: x}", 18, "应为整数"),
    ],
)
def test_a_wrong_value_is_told_in_plain_words(text, column, words):
    (found,) = mistakes(text)
    assert found[:2] == (1, column)
    assert words in found[2]


def test_a_pattern_that_does_not_match_is_told():
    (found,) = validate(load("f.yaml", "id: t1\nseverity: info"), SCHEMA)
    assert "不符合格式" in found.message


def test_formats_bring_their_own_words():
    even = {"even": lambda text: None if len(text) % 2 == 0 else "字数须为偶数"}
    assert mistakes("pattern: abc", formats=even) == [(1, 10, "字数须为偶数")]
    assert mistakes("pattern: abcd", formats=even) == []


def test_all_mistakes_are_found_in_one_pass_and_in_order():
    assert [line for line, _, _ in mistakes("limit: x\nyears: []\nother: 1")] == [1, 2, 3]


def test_a_part_is_judged_at_its_own_place():
    marked = load("f.yaml", "outer:\n  inner: {id: T1, severity: bad}\n")
    (found,) = validate(marked, SCHEMA, ("outer", "inner"))
    assert (found.line, found.column) == (2, 29)


def test_data_from_elsewhere_is_judged_at_the_nearest_place():
    marked = load("f.yaml", "with: {id: T1}\n")
    (found,) = validate(marked, SCHEMA, ("with",), data={"id": "T1", "severity": "error", "limit": "x"})
    assert (found.line, found.column) == (1, 7)
