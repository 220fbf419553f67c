"""Text, Markdown, JSON and YAML: without end, of no encoding, or of values that are no report."""

import json

from forging import MEGABYTE, example
from registry import add, hostile

TEXT = example()
DEEP = 100_000
MOST_CHARACTERS = 250_000
COSTLY = ("joined-faces", "bold-words", "sentences-in-lines")
"""What stands for the others: it takes as much time as any."""

# --- text -------------------------------------------------------------------------------------------------------------

for name, piece in {
    "lines": "\n",
    "one-letter-lines": "a\n",
    "digits": "1",
    "numbers": "1 ",
    "numbers-behind-tabs": "1\t",
    "bars": "|",
    "cells": "| 1 ",
    "rules": "|---",
    "headings": "一、总体情况\n",
    "list-numbers": "（一）",
    "row-labels": "予以公开\t1\t0\t0\t0\t0\t0\t1\n",
    "dates": "2024年1月1日",
    "years": "2024年",
    "sentences": "全年主动公开政府信息12条，受理申请3件。",
    "one-long-word": "政府信息公开",
    "blanks": " ",
    "wide-blanks": "\u3000",
    "brackets": "（",
    "quotes": "“",
    "combining-marks": "\u0301",
    "marks-that-turn-text-around": "\u202e",
    "joined-faces": "\U0001f468\u200d",
    "percent-signs": "100%",
    "emphasis": "**",
    "titles": "某某县2024年政府信息公开工作年度报告\n",
    "bold-words": "**a** ",
    "numbered-lines": "（一）我们\n",
    "sentences-in-lines": "全年主动公开政府信息12条，受理申请3件。\n",
    "rows-of-numbers": "1 2 3 4 5 6 7\n",
    "signatures": "某某县市场监督管理局\n2025年1月1日\n",
}.items():
    for suffix in ("txt", "md"):
        add(
            f"{suffix}-of-as-many-{name}-as-may-be",
            f"report.{suffix}",
            lambda piece=piece: (TEXT + piece * ((MOST_CHARACTERS - len(TEXT)) // len(piece))).encode(),
            heavy=True,
            rare=name not in COSTLY or suffix == "md",
        )
    if name in ("one-letter-lines", "digits", "sentences"):
        add(
            f"text-of-19-megabytes-of-{name}",
            "report.txt",
            lambda piece=piece: (TEXT + piece * (19 * MEGABYTE // len(piece.encode()))).encode(),
            "too-large",
            heavy=True,
        )

for rows in (10_000, 100_000):
    row = "| 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8 |\n"
    add(
        f"markdown-with-a-table-of-{rows}-rows",
        "report.md",
        lambda row=row, rows=rows: (TEXT + "\n" + row * rows).encode(),
        heavy=True,
    )
    add(
        f"text-with-a-table-of-{rows}-rows",
        "report.txt",
        lambda rows=rows: (TEXT + "\n" + "规章\t1\t0\t2\n" * rows).encode(),
        heavy=True,
    )

for name, data in {
    "lone-surrogates": TEXT.encode() + b"\xed\xa0\x80\xed\xbf\xbf",
    "nul-bytes": TEXT.encode() + b"\x00\x00",
    "half-a-character": TEXT.encode()[:-2],
    "two-encodings": TEXT.encode() + TEXT.encode("gb18030"),
    "escape-sequences": TEXT.encode() + b"\x1b[2J\x1b]0;title\x07\x9b31m",
    "a-mark-of-utf-16-and-an-odd-byte": b"\xff\xfe" + TEXT.encode("utf-16-le") + b"\x00",
    "utf-16-without-a-mark": TEXT.encode("utf-16-le"),
    "utf-32": TEXT.encode("utf-32"),
    "lone-surrogates-of-utf-16": b"\xff\xfe" + TEXT.encode("utf-16-le") + b"\x00\xd8",
    "a-mark-only": b"\xef\xbb\xbf",
    "old-line-ends": TEXT.replace("\n", "\r").encode(),
    "every-kind-of-line-end": TEXT.replace("\n", "\u2028\x0b\x0c\x85\u2029\n").encode(),
}.items():
    for suffix in ("txt", "md"):
        add(f"{suffix}-of-{name}", f"report.{suffix}", lambda data=data: data)

# --- JSON -------------------------------------------------------------------------------------------------------------

WORDS = [line for line in TEXT.splitlines() if line.strip()]


def report():
    """A report as data: enough of one to be read."""
    titles = (
        "总体情况",
        "主动公开政府信息情况",
        "收到和处理政府信息公开申请情况",
        "政府信息公开行政复议、行政诉讼情况",
    )
    titles += ("存在的主要问题及改进情况", "其他需要报告的事项")
    keys = ("overview", "disclosure", "requests", "litigation", "problems", "other")
    sections = [{"key": key, "title": title, "paragraphs": ["全文。"]} for key, title in zip(keys, titles, strict=True)]
    return {
        "version": 1,
        "title": WORDS[0],
        "year": 2024,
        "sections": sections,
        "tables": {"requests": {"new": {"person": 1, "total": 1}}},
        "closing": WORDS[-2:],
    }


def dumped(value):
    return json.dumps(value, ensure_ascii=False).encode()


def changed(**values):
    return {**report(), **values}


VALUES = {
    "null": None,
    "true": True,
    "a-word": "一",
    "a-number": 7,
    "a-fraction": 1.5,
    "nothing": "",
    "a-list": [],
    "a-mapping": {},
    "a-list-of-null": [None],
    "a-list-of-lists": [[[]]],
    "a-negative-number": -1,
    "a-large-number": 10**4000,
    "a-long-word": "一" * 100_000,
}

for key in ("version", "title", "year", "sections", "tables", "closing", "opening", "issuer", "form", "metadata"):
    for name, value in VALUES.items():
        add(f"json-whose-{key}-is-{name}", "report.json", lambda key=key, value=value: dumped(changed(**{key: value})))
        if not isinstance(value, int):
            add(
                f"yaml-whose-{key}-is-{name}",
                "report.yaml",
                lambda key=key, value=value: dumped(changed(**{key: value}))[1:-1].replace(b', "', b'\n"')[:5000],
            )

for name, value in VALUES.items():
    add(f"json-with-a-section-that-is-{name}", "report.json", lambda value=value: dumped(changed(sections=[value])))
    add(
        f"json-with-a-paragraph-that-is-{name}",
        "report.json",
        lambda value=value: dumped(
            changed(sections=[{"key": "overview", "title": "一、总体情况", "paragraphs": [value]}])
        ),
    )
    add(
        f"json-with-a-table-that-is-{name}",
        "report.json",
        lambda value=value: dumped(changed(tables={"requests": value})),
    )
    add(
        f"json-with-a-row-that-is-{name}",
        "report.json",
        lambda value=value: dumped(changed(tables={"requests": {"new": value}})),
    )
    add(
        f"json-with-a-cell-that-is-{name}",
        "report.json",
        lambda value=value: dumped(changed(tables={"requests": {"new": {"person": value}}})),
    )
    add(f"json-that-is-{name}", "report.json", lambda value=value: dumped(value))

for name, text in {
    "a-number-of-a-billion-digits": '{"version": 1, "year": 1e999999999}',
    "a-cell-of-a-billion-digits": '{"version": 1, "tables": {"requests": {"new": {"person": 1e999999999}}}}',
    "a-cell-far-below-zero": '{"version": 1, "tables": {"requests": {"new": {"person": 1e-999999999}}}}',
    "a-number-of-5000-digits": '{"version": 1, "year": ' + "9" * 5000 + "}",
    "a-cell-of-5000-digits": '{"version": 1, "tables": {"requests": {"new": {"person": ' + "9" * 5000 + "}}}}",
    "no-numbers": '{"version": NaN, "year": Infinity, "tables": -Infinity}',
    "keys-twice": '{"version": 1, "version": 2, "sections": [], "sections": {}}',
    "cells-twice": '{"version": 1, "tables": {"requests": {"new": {"person": 1, "person": 2}}}}',
    "a-lone-surrogate": '{"version": 1, "title": "\\ud800", "\\udfff": "\\ud800"}',
    "a-nul": '{"version": 1, "title": "a\\u0000b"}',
    "an-open-end": '{"version": 1, "sections": [',
    "a-comma-too-many": '{"version": 1,}',
    "comments": '{/* */ "version": 1} // end',
    "two-values": '{"version": 1} {"version": 1}',
    "a-reference": '{"$ref": "file:///etc/passwd", "version": 1}',
    "a-prototype": '{"__proto__": {"a": 1}, "__class__": "os.system", "version": 1}',
}.items():
    add(f"json-with-{name}", "report.json", lambda text=text: text.encode())
    add(f"yaml-with-{name}", "report.yaml", lambda text=text: b"---\n" + text.encode())

for name, build in {
    "lists-nested-100-000-deep": lambda: b"[" * DEEP + b"]" * DEEP,
    "lists-nested-without-end": lambda: b"[" * 5_000_000,
    "mappings-nested-100-000-deep": lambda: b'{"a":' * DEEP + b"1" + b"}" * DEEP,
    "a-million-keys": lambda: b"{" + b",".join(b'"k%d":1' % number for number in range(1_000_000)) + b"}",
    "a-million-empty-lists": lambda: b'{"sections":[' + b"[]," * 5_000_000 + b"[]]}",
    "a-million-sections": lambda: b'{"version":1,"sections":[' + b'{"key":"overview"},' * 900_000 + b"{}]}",
    "a-word-of-19-megabytes": lambda: b'{"version":1,"title":"' + b"a" * (19 * MEGABYTE) + b'"}',
    "escapes-of-19-megabytes": lambda: b'{"version":1,"title":"' + b"\\u4e00" * (3 * MEGABYTE) + b'"}',
    "a-million-paragraphs": lambda: (
        b'{"version":1,"sections":[{"key":"overview","paragraphs":[' + b'"a",' * 4_000_000 + b'"a"]}]}'
    ),
    "bytes-that-are-no-utf-8": lambda: b'{"version":1,"title":"\xff\xfe\xed\xa0\x80"}',
    "utf-16": lambda: '{"version": 1}'.encode("utf-16"),
}.items():
    heavy = name not in ("bytes-that-are-no-utf-8", "utf-16")
    rare = name not in ("lists-nested-100-000-deep", "a-million-keys", "a-million-paragraphs", "a-million-sections")
    add(f"json-of-{name}", "report.json", build, heavy=heavy, rare=heavy and rare)
    flow = lambda build=build: b"version: 1\nsections: " + build()  # noqa: E731
    add(f"yaml-of-{name}", "report.yaml", flow, heavy=heavy, rare=heavy and rare)

# --- YAML -------------------------------------------------------------------------------------------------------------

LAUGHS = "".join(
    f"l{number}: &l{number} [{', '.join([f'*l{number - 1}'] * 10) if number else 'ha'}]\n" for number in range(10)
)

for name, text in {
    "an-alias-bomb": f"version: 1\n{LAUGHS}sections: *l9\n",
    "an-alias-of-itself": "version: 1\nsections: &a [*a]\n",
    "a-merge-bomb": "version: 1\na: &a {b: 1}\nsections: {<<: [*a, *a, *a]}\n",
    "an-object-of-python": 'version: 1\ntitle: !!python/object/apply:os.system ["touch gilint-was-here"]\n',
    "a-name-of-python": "version: 1\ntitle: !!python/name:os.system\n",
    "an-unknown-tag": "version: 1\ntitle: !secret /etc/passwd\n",
    "an-include": "version: 1\ntitle: !include /etc/passwd\n",
    "binary-data": "version: 1\ntitle: !!binary R0lGODlhDAAMAIQAAP\n",
    "a-set-and-a-date": "version: 1\ntitle: !!set {a, b}\nyear: 2024-01-01\n",
    "keys-that-are-lists": "version: 1\n? [a, b]\n: 1\n? {a: b}\n: 2\n",
    "several-documents": "version: 1\n---\nversion: 1\n---\n",
    "tabs": "version: 1\nsections:\n\t- key: overview\n",
    "a-directive": "%YAML 9.9\n---\nversion: 1\n",
    "control-characters": "version: 1\ntitle: a\x07\x1b[31m\n",
    "sexagesimal-numbers": "version: 1\nyear: 190:20:30\ntables: {requests: {new: {person: 1_000}}}\n",
    "an-unclosed-quote": 'version: 1\ntitle: "abc\n',
    "a-word-without-an-anchor": "version: 1\ntitle: *nowhere\n",
    "dashes": "version: 1\nsections:\n" + "- " * 100_000,
    "question-marks": "version: 1\n" + "? " * 100_000,
    "growing-indentation": "version: 1\n" + "".join(f"{' ' * depth}a:\n" for depth in range(3000)),
    "braces": "version: 1\nsections: " + "{" * 100_000,
    "a-million-anchors": "version: 1\nsections:\n" + "".join(f"- &a{number} x\n" for number in range(200_000)),
    "a-long-key": "version: 1\n" + "k" * 2_000_000 + ": 1\n",
    "a-long-plain-word": "version: 1\ntitle: " + "a b " * 1_000_000 + "\n",
    "flow-keys-without-end": "version: 1\nsections: {" + "a: {" * 50_000,
}.items():
    add(f"yaml-with-{name}", "report.yaml", lambda text=text: text.encode(), heavy=len(text) > 50_000)


@hostile("report.txt")
def report_of_one_line_of_2_megabytes():
    return (TEXT.replace("\n", " ") * 300).encode()


@hostile("report.txt", heavy=True)
def report_500_times_over():
    return (TEXT * 500).encode()
