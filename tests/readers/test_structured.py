"""The report as data: what JSON, YAML and Python say, where it stands, and what is refused by name."""

import datetime
import json
import re
from decimal import Decimal
from functools import cache
from pathlib import Path

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

import gilint
from gilint.errors import InputError
from gilint.limits import DEFAULT
from gilint.packs import schema
from gilint.readers.structured import from_data, read_json, read_yaml

ROOT = Path(__file__).resolve().parents[2]
SCHEMA = Draft202012Validator(schema("report"))


def document(data, kind="json"):
    """The document of data given as Python, written and read in a format."""
    if kind == "data":
        return from_data(data, "report")
    if kind == "yaml":
        return read_yaml(yaml.safe_dump(data, allow_unicode=True).encode(), "report.yaml", DEFAULT)
    return read_json(json.dumps(data).encode(), "report.json", DEFAULT)


@cache
def linter():
    return gilint.Linter(config=False)


def texts(document):
    return [block.text for block in document.blocks]


def pointers(document):
    return [str(block.origin.span(0, 1)) for block in document.blocks]


def cells(document, table="requests"):
    return {
        (row, column): cell.text
        for row, found in document.tables[table].rows.items()
        for column, cell in found.cells.items()
    }


def refused(data, read=read_json, code="invalid-data"):
    """Where the mistakes of a file are, with their English words."""
    with pytest.raises(InputError) as caught:
        read(data if isinstance(data, bytes) else json.dumps(data).encode(), "report", DEFAULT)
    error = caught.value
    assert error.code == code
    assert all(error.message[lang] and error.advice[lang] for lang in ("zh", "en"))
    return error.message["en"]


# --- text -------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", ["json", "yaml", "data"])
def test_paragraphs_come_in_the_order_of_the_report_whatever_the_order_of_the_keys(kind):
    found = document(
        {
            "closing": ["某局", "2025年1月16日"],
            "sections": [{"title": "一、总体情况", "paragraphs": ["甲", {"text": "乙", "role": "prose"}]}],
            "opening": "引言",
            "title": "标题",
        },
        kind,
    )
    assert texts(found) == ["标题", "引言", "一、总体情况", "甲", "乙", "某局", "2025年1月16日"]
    assert pointers(found) == [
        "/title",
        "/opening",
        "/sections/0/title",
        "/sections/0/paragraphs/0",
        "/sections/0/paragraphs/1/text",
        "/closing/0",
        "/closing/1",
    ]
    numbers = [block.origin.number for block in found.blocks]
    assert numbers == sorted(numbers)
    assert found.format == kind


def test_each_line_of_a_text_is_a_paragraph_but_a_passage_stays_whole():
    found = document({"opening": ["甲\n\n 乙\r\n丙", {"text": "丁\n戊"}]})
    assert texts(found) == ["甲", " 乙", "丙", "丁\n戊"]
    assert pointers(found) == ["/opening/0", "/opening/0", "/opening/0", "/opening/1/text"]


def test_a_title_that_the_opening_repeats_stands_there_once():
    assert texts(document({"title": "某局报告", "opening": ["某局 报告", "引言"]})) == ["某局 报告", "引言"]
    assert texts(document({"title": {"text": "某局报告"}, "opening": ["某局", "报告"]})) == ["某局", "报告"]
    assert texts(document({"title": "某局报告", "opening": ["本报告"]})) == ["某局报告", "本报告"]


def test_the_sign_off_is_text_where_the_closing_is_not_given():
    signoff = {"issuer": "某局", "date": "2025-01-06"}
    assert texts(document({"signoff": signoff})) == ["某局", "2025年1月6日"]
    assert texts(document({"signoff": signoff, "closing": ["某局 2025年2月"]})) == ["某局 2025年2月"]
    assert texts(document({"signoff": {"date": [2025, 1, 0]}})) == ["2025年1月"]
    assert texts(document({"signoff": {"date": "二〇二五年一月"}})) == ["二〇二五年一月"]
    assert texts(from_data({"signoff": {"date": datetime.date(2025, 1, 6)}}, "data")) == ["2025年1月6日"]


def test_a_section_has_its_heading_as_printed_or_its_title_or_its_key():
    sections = [{"key": "a", "title": "甲", "heading": {"text": "（一）甲"}}, {"key": "b", "title": "乙"}, {"key": "c"}]
    found = document({"sections": sections})
    assert texts(found) == ["（一）甲", "乙", "c"]
    assert [(opening.key, opening.printed) for opening in found.sections.values()] == [
        ("a", True),
        ("b", False),
        ("c", False),
    ]
    assert list(found.sections) == [0, 1, 2]
    assert pointers(found) == ["/sections/0/heading/text", "/sections/1/title", "/sections/2/key"]


def test_only_the_role_of_a_heading_is_believed():
    found = document({"opening": [{"role": "heading", "text": "甲"}, {"role": "signoff", "text": "乙"}]})
    assert [block.level for block in found.blocks] == [1, 0]


# --- tables -----------------------------------------------------------------------------------------------------------


def test_values_keep_every_digit():
    found = document({"tables": {"requests": {"new": {"a": 7, "b": None, "c": "1,234", "d": " / ", "e": -3}}}})
    assert list(cells(found).values()) == ["7", "", "1,234", "/", "-3"]
    written = (
        b'{"tables": {"t": {"r": {"a": 0.10, "b": 1e3, "c": 123456789012345678, "d": 0.12345678901234567, "e": 0.0}}}}'
    )
    found = read_json(written, "report", DEFAULT)
    assert list(cells(found, "t").values()) == ["0.1", "1000", "123456789012345678", "0.12345678901234567", "0"]
    written = b"tables: {t: {r: {a: 19.60, b: 007, c: +5, d: .5, e: 0x1F, f: no, g: ~, h: '7'}}}"
    found = read_yaml(written, "report", DEFAULT)
    assert list(cells(found, "t").values()) == ["19.6", "7", "5", "0.5", "0x1F", "no", "", "7"]
    found = from_data({"tables": {"t": {"r": {"a": Decimal("1.50"), "b": 0.038, "c": 10**17}}}}, "data")
    assert list(cells(found, "t").values()) == ["1.5", "0.038", "1" + "0" * 17]


def test_a_table_may_be_rows_or_cells_alone_or_in_a_list():
    rows = {"new": {"nat": 7, "biz": 1}}
    listed = [{"row": "new", "column": "nat", "value": 7}, {"row": "new", "column": "biz", "raw": "1", "value": 9}]
    for tables in (
        {"requests": rows},
        {"requests": listed},
        [{"key": "requests", "cells": rows}],
        [{"key": "requests", "cells": listed}],
    ):
        assert cells(document({"tables": tables})) == {("new", "nat"): "7", ("new", "biz"): "1"}


def test_a_cell_stands_at_its_pointer():
    found = document({"tables": {"a/b": {"~": {"nat": 7}}}})
    assert str(found.tables["a/b"].rows["~"].cells["nat"].origin.span(0, 1)) == "/tables/a~1b/~0/nat"
    found = document({"tables": [{"key": "t", "cells": [{"row": "r", "column": "c", "raw": "7"}]}]})
    assert str(found.tables["t"].rows["r"].cells["c"].origin.span(0, 1)) == "/tables/0/cells/0/raw"


def test_a_row_or_a_table_without_values_is_not_there():
    found = document({"tables": {"a": {"new": None, "old": {}, "open": {"nat": 1}}, "b": {}, "c": None}})
    assert {key: list(table.rows) for key, table in found.tables.items()} == {"a": ["open"]}


def test_tables_cannot_be_lost_where_they_are_given():
    assert document({"tables": {}}).keeps_tables is True
    assert document({}).keeps_tables is None
    assert document({"tables": {}, "source": {"keeps_tables": None}}).keeps_tables is None


# --- what stands beside the text --------------------------------------------------------------------------------------


def test_metadata_and_notes_are_kept():
    source = {
        "metadata": {"published": "2025-01-20", "year": "1999"},
        "notes": [{"kind": "comments", "count": 2}, {"kind": "pictures", "text": "表"}],
    }
    found = document({"form": "2021", "issuer": "某局", "year": 2024, "source": source})
    assert found.metadata == {"published": "2025-01-20", "form": "2021", "issuer": "某局", "year": "2024"}
    assert [(note.kind, note.count, note.text) for note in found.notes] == [("comments", 2, ""), ("pictures", 1, "表")]
    assert str(found.notes[1].origin.span(0, 0)) == "/source/notes/1"


def test_bytes_are_known_as_data_without_a_name():
    data = {
        "title": "平澜县水务局2024年政府信息公开工作年度报告",
        "sections": [{"key": "overview"}, {"key": "disclosure"}, {"key": "requests"}],
        "signoff": {"date": "2025-01-16"},
    }
    text = json.dumps(data, ensure_ascii=False)
    assert gilint.read(text.encode(), config=False).source.format == "json"
    plain = yaml.safe_dump(data, allow_unicode=True, sort_keys=False)
    assert gilint.read(plain.encode(), config=False).source.format == "yaml"
    assert gilint.read(text.encode("utf-16"), config=False).source.encoding == "UTF-16 LE"
    assert gilint.read(text.encode("gb18030"), config=False).source.encoding == "GB18030"


# --- mistakes ---------------------------------------------------------------------------------------------------------


def test_every_mistake_of_a_file_is_told_with_its_pointer():
    said = refused(
        {
            "titel": "甲",
            "version": 2,
            "year": "2024",
            "opening": [1],
            "sections": [{"paragrahps": []}, {"key": "a", "paragraphs": {"text": "a"}}],
            "tables": {"t": {"r": {"c": True}}},
            "source": {"notes": [{}]},
        }
    )
    assert re.findall(r"(?:: |; )(/\S*) ", said) == [
        "/titel",
        "/version",
        "/opening/0",
        "/sections/0/paragrahps",
        "/sections/0",
        "/sections/1/paragraphs",
        "/tables/t/r/c",
        "/year",
        "/source/notes/0",
    ]
    assert "unknown key 'titel'; did you mean 'title'?" in said
    assert "unknown key 'paragrahps'; did you mean 'paragraphs'?" in said


def test_a_key_that_stands_there_twice_is_refused_wherever_it_is():
    said = refused(b'{"title": "a", "title": "b", "period": {"x": [{"y": 1, "y": 1}]}}')
    assert "/title this key" in said
    assert "/period/x/0/y this key" in said
    assert "duplicate key 'title'" in refused(b"title: a\ntitle: b\n", read_yaml)


def test_a_cell_a_row_or_a_table_that_is_given_twice_is_refused():
    cell = {"row": "r", "column": "c", "value": 1}
    assert "/tables/t/1 this cell" in refused({"tables": {"t": [cell, cell]}})
    unread = [{"row": "r"}, {"row": "x"}, {"row": "x"}]
    said = refused({"tables": [{"key": "t", "cells": [cell], "unread": unread}, {"key": "t", "cells": [cell]}]})
    assert [place in said for place in ("/tables/0/unread/0 ", "/tables/0/unread/2 ", "/tables/1 ")] == [True] * 3
    assert "/tables/0/unread/1 " not in said


HOSTILE = {
    "nested lists": b'{"sections": ' + b"[" * 100_000 + b"]" * 100_000 + b"}",
    "nested mappings": b'{"a":' * 100_000 + b"1" + b"}" * 100_000,
    "never closed": b'{"a":[' * 100_000,
    "half of a character": b'{"title": "\\ud800"}',
    "half of a character as a key": b'{"tables": {"\\udc00": {"a": {"b": 1}}}}',
    "NUL": b'{"title": "a\\u0000b"}',
    "exponent": b'{"tables": {"t": {"r": {"c": 1e999999999, "d": -1e-999999999}}}}',
    "exponent of a zero": b'{"year": 0e999999999999999999999}',
    "NaN": b'{"year": NaN}',
    "Infinity": b'{"tables": {"t": {"r": {"c": -Infinity}}}}',
    "long text": b'{"title": "' + b"a" * 10_000_000 + b'"}',
    "long key": b'{"' + b"a" * 10_000_000 + b'": 1}',
    "long row": b'{"tables": {"t": {"' + b"a" * 10_000_000 + b'": {"c": 1}}}}',
    "long number": b'{"tables": {"t": {"r": {"c": ' + b"9" * 5_000_000 + b"}}}}",
    "long year": b'{"year": ' + b"9" * 5_000 + b"}",
    "a list": b'[{"title": "a"}]',
    "two values": b'{"title": "a"} {"title": "b"}',
    "cut off": b'{"title": "a"',
    "a comma too many": b'{"title": "a",}',
    "one quote": b"{'title': 'a'}",
}


@pytest.mark.parametrize("data", HOSTILE.values(), ids=HOSTILE)
def test_hostile_json_is_refused_in_few_words(data):
    assert len(refused(data)) < 300


HOSTILE_YAML = {
    "nested lists": b"title: " + b"[" * 100_000,
    "nested mappings": b"title: " + b"{a: " * 100_000,
    "aliases": b"title: a\nopening: &x [a, a]\nclosing: [*x, *x]\n",
    "a tag": b'title: !!python/object/apply:os.system ["true"]\n',
    "two documents": b"title: a\n---\ntitle: b\n",
    "a list as a key": b"title: a\n[a]: b\n",
    "NUL": b'title: "a\\0b"\n',
    "half of a character": b'title: "\\ud800"\n',
    "a tab": b"title: a\nopening:\n\t- a\n",
}


@pytest.mark.parametrize("data", HOSTILE_YAML.values(), ids=HOSTILE_YAML)
def test_hostile_yaml_is_refused(data):
    assert refused(data, read_yaml)


@pytest.mark.parametrize(
    ("data", "read"),
    [
        (b'{"sections": [' + b"{}," * 1_000_000 + b"{}]}", read_json),
        (b'{"opening": ["' + b'","'.join([b"a\\n" * 30_000] * 4) + b'"]}', read_json),
        (b"opening:\n" + b"- a\n" * 1_000_000, read_yaml),
    ],
    ids=["values", "paragraphs", "yaml"],
)
def test_more_than_any_report_holds_is_too_large(data, read):
    refused(data, read, "too-large")


def test_python_data_that_is_none_is_refused_at_its_place():
    endless = []
    endless.append(endless)
    for data, place in (
        ({"title": object()}, "/title "),
        ({"title": b"a"}, "/title "),
        ({1: "a"}, "/ "),
        ({"opening": endless}, "/ "),
        ({"tables": {"t": {"r": {"c": float("nan")}}}}, "/tables/t/r/c "),
        ({"tables": {"t": {"r": {"c": Decimal("Infinity")}}}}, "/tables/t/r/c "),
        ({"tables": {"t": {"r": {"c": 10**5000}}}}, "/tables/t/r/c "),
    ):
        with pytest.raises(InputError) as caught:
            from_data(data, "data")
        assert place in caught.value.message["en"]


# --- the schema -------------------------------------------------------------------------------------------------------

WHOLE = {
    "$schema": "report.schema.json",
    "version": 1,
    "form": "2021",
    "title": {"text": "甲", "span": {"kind": "pointer"}},
    "issuer": "某局",
    "issuer_kind": "department",
    "year": 2024,
    "period": {"start": [2024, 1, 1]},
    "opening": ["甲", {"role": "preamble", "text": "乙", "span": None}],
    "sections": [
        {
            "key": "overview",
            "title": "总体情况",
            "heading": {"role": "heading", "text": "一、总体情况"},
            "headings": [],
            "paragraphs": [{"role": "heading", "text": "甲"}],
            "tables": ["requests"],
            "span": {},
        },
        {"key": "disclosure"},
        {"title": "三、收到", "paragraphs": "甲\n乙"},
        {"heading": "四、"},
    ],
    "closing": "某局",
    "tables": [
        {
            "key": "requests",
            "title": "甲",
            "address": {},
            "cells": [{"row": "a", "column": "b", "raw": "1", "kind": "number", "value": 1, "address": {}, "span": {}}],
            "unread": [{"row": "c", "label": "甲", "raw": "1 2", "reason": "1/2", "span": {}}],
            "missing_rows": [],
        },
        {"key": "disclosure", "cells": {"a": {"b": 1, "c": None, "d": "/"}, "e": None}},
    ],
    "signoff": {"issuer": {"text": "某局"}, "date": [2025, 1, 16], "date_at": {}},
    "source": {
        "name": "a",
        "format": "text",
        "encoding": "",
        "metadata": {"published": "2025-01-16"},
        "notes": [{"kind": "comments", "count": 2, "text": "", "span": None}],
        "keeps_tables": None,
        "headers": {"requests": ["甲"]},
    },
}


def places(value, path=()):
    """The paths of all values."""
    yield path
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for step, one in inner:
        yield from places(one, (*path, step))


def changed(value, path, change):
    """A copy in which the value at a path is another."""
    if not path:
        return change(value)
    copy = dict(value) if isinstance(value, dict) else list(value)
    copy[path[0]] = changed(copy[path[0]], path[1:], change)
    return copy


def outcome(read, *arguments):
    """What became of data: read, or the code of the error."""
    try:
        read(*arguments)
    except InputError as error:
        return error.code
    return "read"


def accepted(data):
    return {"read": True, "invalid-data": False}[outcome(from_data, data, "data")]


def test_the_whole_form_is_accepted():
    assert accepted(WHOLE)
    assert SCHEMA.is_valid(WHOLE)


VALUES = st.sampled_from(
    [None, True, 0, 2024, 1.5, "", "a", "2024", [], [1], ["a"], [None], {}, {"text": "a"}, {"a": 1}]
)
CHANGES = st.one_of(
    VALUES.map(lambda value: lambda _old: value),
    st.sampled_from(["a", "text", "key", "row", "span", "value", "raw", "titles"]).flatmap(
        lambda key: VALUES.map(lambda value: lambda old: {**old, key: value} if isinstance(old, dict) else value)
    ),
    st.integers(0, 6).map(
        lambda at: lambda old: {key: old[key] for key in list(old)[:at]} if isinstance(old, dict) else old
    ),
)


@settings(max_examples=600)
@given(path=st.sampled_from(sorted(places(WHOLE), key=str)), change=CHANGES)
def test_the_published_schema_accepts_what_the_reader_accepts(path, change):
    data = changed(WHOLE, path, change)
    if "unread" in path and isinstance(data["tables"], list):
        # A row that is given twice is beyond a schema.
        data["tables"][0].pop("cells", None)
    assert accepted(data) == SCHEMA.is_valid(data)


ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5) | st.sampled_from(["text", "key"]),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from([*WHOLE, "text", "x"]), inner, max_size=3)
    ),
    max_leaves=12,
)


@settings(max_examples=300)
@given(data=st.dictionaries(st.sampled_from(list(WHOLE)), ANYTHING, max_size=4))
def test_any_data_is_read_or_refused(data):
    assert outcome(linter().read, data) in ("read", "invalid-data", "not-a-report", "unsupported-year", "truncated")


@settings(max_examples=200)
@given(data=st.binary(max_size=40), at=st.integers(0, 10_000), read=st.sampled_from([read_json, read_yaml]))
def test_damaged_files_are_read_or_refused(data, at, read):
    whole = json.dumps(WHOLE, ensure_ascii=False).encode()
    at %= len(whole)
    damaged = whole[:at] + data + whole[at + len(data) :]
    assert outcome(read, damaged, "report", DEFAULT) in ("read", "invalid-data", "encoding")


def test_the_keys_that_the_page_lists_are_those_of_the_form():
    page = (ROOT / "docs" / "data.md").read_text(encoding="utf-8")
    form = next(form for form in linter().ruleset.families[0].forms if form.id == "annual-report/2021")
    for section in form.sections:
        assert f"| `{section.key}` | {section.number}. {section.title} |" in page
    for table in form.tables:
        part = page.split(f"\n### `{table.key}`\n")[1].split("\n### ")[0]
        assert ", ".join(f"`{column.key}` {column.label}" for column in table.columns) in part.replace("\n", " ")
        listed = re.findall(r"^\| `(\w+)` \| ([^|]+?) \|", part, re.MULTILINE)
        assert listed == [(row.key, row.label) for row in table.value_rows]
