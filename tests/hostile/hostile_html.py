"""Pages and saved pages that never end, or whose tables claim to be larger than the world."""

import base64
import quopri

from forging import MEGABYTE, example, fixture
from registry import add, hostile

PAGE = fixture("clean-2024-writer.html")
DEEP = 100_000


def page_with(piece):
    """The report with something below its last paragraph."""
    return PAGE.replace(b"</body>", piece + b"</body>")


def before(piece):
    """The report with something above its title."""
    head, body, rest = PAGE.partition(b"<body")
    tag, close, rest = rest.partition(b">")
    return head + body + tag + close + piece + rest


def mail(parts, boundary="gilint"):
    """A page as browsers save it with all that belongs to it; a part is (type, encoding, content)."""
    head = f'MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary="{boundary}"\r\n\r\n'
    body = "".join(
        f"--{boundary}\r\nContent-Type: {kind}\r\nContent-Transfer-Encoding: {encoding}\r\n\r\n{content}\r\n"
        for kind, encoding, content in parts
    )
    return f"{head}{body}--{boundary}--\r\n".encode()


def saved(page=PAGE):
    """A page in MHTML."""
    return mail([("text/html; charset=utf-8", "quoted-printable", quopri.encodestring(page).decode())])


# --- depth and breadth ------------------------------------------------------------------------------------------------

for name, start, end in (
    ("blocks", b"<div>", b"</div>"),
    ("unclosed-blocks", b"<div>", b""),
    ("tables", b"<table><tr><td>", b"</td></tr></table>"),
    ("unclosed-tables", b"<table><tr><td>", b""),
    ("bold-words", b"<b>", b"</b>"),
    ("links", b"<a href=x>", b""),
    ("misnested-formats", b"<b><i><u><p>", b"</b></i></u>"),
    ("lists", b"<ul><li>", b""),
    ("selects-and-buttons", b"<select><button>", b""),
    ("templates", b"<template>", b""),
    ("formulas-and-drawings", b"<svg><math><mtext>", b""),
):
    for depth in (50, 1000, DEEP):
        for place, put in (("above", before), ("below", page_with)):
            add(
                f"html-with-{name}-nested-{depth}-deep-{place}-the-report",
                "report.html",
                lambda start=start, end=end, depth=depth, put=put: put(start * depth + b"1" + end * depth),
                heavy=depth == DEEP,
                rare=depth == DEEP
                and (put is before or name not in ("blocks", "unclosed-tables", "misnested-formats")),
            )

for name, piece in {
    "empty-paragraphs": b"<p>",
    "empty-cells": b"<table>" + b"<td>" * 100_000,
    "letters-in-paragraphs": b"<p>a",
    "line-breaks": b"<br>",
    "attributes": b"<p " + b" ".join(b"a%d" % number for number in range(20_000)) + b">",
    "equal-attributes": b"<p " + b"a " * 20_000 + b">",
    "comments": b"<!---->",
    "unclosed-comments": b"<!--",
    "less-than-signs": b"<",
    "ampersands": b"&",
    "references": b"&nbsp;&#x4e00;",
    "closing-tags": b"</p></x>",
    "text": "国家".encode() * 1000,
    "digits": b"1",
    "lines": b"\n",
    "nul-bytes": b"\x00",
    "broken-utf-8": b"\xe4\xb8",
}.items():
    add(
        f"html-of-19-megabytes-of-{name}",
        "report.html",
        lambda piece=piece: page_with(piece * (19 * MEGABYTE // len(piece))),
        heavy=True,
        rare=name not in ("empty-paragraphs", "equal-attributes", "ampersands", "text", "nul-bytes"),
    )


@hostile("report.html", heavy=True, rare=True)
def html_with_an_attribute_of_15_megabytes():
    return page_with(b'<p title="%s">' % (b"a" * 15 * MEGABYTE))


# --- tables -----------------------------------------------------------------------------------------------------------


def table(rows, cell=b"<td>1</td>", wide=8):
    return b"<table>" + (b"<tr>" + cell * wide + b"</tr>") * rows + b"</table>"


for rows in (10_000, 100_000):
    add(f"html-with-a-table-of-{rows}-rows", "report.html", lambda rows=rows: page_with(table(rows)), heavy=True)

ODD_NUMBERS = (
    "99999999",
    "0",
    "-1",
    "abc",
    "",
    "1e9",
    "9" * 5000,
    "１２",
    "²",
    " 3 ",
    "0x10",
    "2.5",
    "+2",
    "65534",
    "1000",
)

for value in ODD_NUMBERS:
    shown = value[:12] or "nothing"
    for which in ("rowspan", "colspan"):
        add(
            f"html-with-a-{which}-of-{shown}",
            "report.html",
            lambda value=value, which=which: PAGE.replace(b"<td", f'<td {which}="{value}"'.encode()),
        )


@hostile("report.html", heavy=True)
def html_with_a_thousand_cells_of_65534_rows_and_1000_columns():
    return page_with(table(100, b"<td rowspan=65534 colspan=1000>1</td>", 10))


@hostile("report.html", heavy=True)
def html_with_a_row_of_a_million_cells():
    return page_with(table(1, b"<td>1", 1_000_000))


@hostile("report.html", heavy=True)
def html_whose_cells_all_hang_down():
    return page_with(table(5000, b"<td rowspan=5000>1</td>", 60))


@hostile("report.html", heavy=True, rare=True)
def html_with_10_000_tables():
    return page_with(table(1) * 10_000)


@hostile("report.html")
def html_with_rows_and_cells_outside_of_tables():
    return page_with(b"<td>1<tr><tbody><caption><col><table><table><p>1<tr><th><form><tr></table></table><td></tr>")


# --- characters -------------------------------------------------------------------------------------------------------

for name, piece in {
    "lone-surrogates": b"<p>&#xD800;&#xDFFF;&#55296;</p>",
    "numbers-beyond-unicode": b"<p>&#x110000;&#99999999999999999999;&#x;&#;&#0;</p>",
    "nul-bytes": b"<p>a\x00b</p><td\x00>1",
    "bytes-that-are-no-utf-8": b"<p>\xff\xfe\xc3\x28\xed\xa0\x80</p>",
    "escape-sequences": b"<p>\x1b[31m\x07\x9b</p>",
    "marks-that-turn-text-around": "<p>\u202e\u2066\ufeff\uffff\U0010ffff</p>".encode(),
    "an-unclosed-tag": b"<p class='",
    "a-document-type-with-entities": b'<!DOCTYPE x [<!ENTITY a "b"><!ENTITY c SYSTEM "file:///etc/passwd">]><p>&a;&c;</p>',
    "processing-instructions": b"<?php system('id') ?><?xml version='1.0'?><![CDATA[1]]>",
    "plain-text-to-the-end": b"<plaintext><p>1",
    "a-script-to-the-end": b"<script><!--<script>",
}.items():
    for place, put in (("above", before), ("below", page_with)):
        add(f"html-with-{name}-{place}-the-report", "report.html", lambda piece=piece, put=put: put(piece))

for charset in (
    "utf-7",
    "utf-16",
    "hz-gb-2312",
    "iso-2022-cn",
    "x-user-defined",
    "rot13",
    "base64",
    "zip",
    "undefined",
    "x" * 5000,
    "\x00",
):
    add(
        f"html-that-says-it-is-in-{charset[:14]!a}",
        "report.html",
        lambda charset=charset: PAGE.replace(b"charset=utf-8", f"charset={charset}".encode()),
    )

# --- saved pages ------------------------------------------------------------------------------------------------------

BLANK = b" " * 18 * MEGABYTE


@hostile("report.mhtml", heavy=True)
def mhtml_of_18_megabytes_of_escaped_bytes():
    return mail([("text/html; charset=utf-8", "quoted-printable", "=20" * (6 * MEGABYTE))])


@hostile("report.mhtml", heavy=True, rare=True)
def mhtml_of_18_megabytes_of_soft_line_breaks():
    return mail([("text/html; charset=utf-8", "quoted-printable", "=\r\n" * (6 * MEGABYTE))])


@hostile("report.mhtml", heavy=True, rare=True)
def mhtml_of_18_megabytes_of_base64():
    return mail([("text/html; charset=utf-8", "base64", base64.b64encode(BLANK[: 13 * MEGABYTE]).decode())])


@hostile("report.mhtml", heavy=True)
def mhtml_with_100_000_parts():
    return mail([("text/html", "7bit", "a")] * 100_000)


@hostile("report.mhtml", heavy=True)
def mhtml_with_parts_nested_1000_deep():
    inside = b"text"
    for level in range(1000):
        inside = b"Content-Type: multipart/mixed; boundary=b%d\r\n\r\n--b%d\r\n%s\r\n--b%d--\r\n" % (
            level,
            level,
            inside,
            level,
        )
    return b"MIME-Version: 1.0\r\n" + inside


@hostile("report.mhtml", heavy=True)
def mhtml_with_a_header_of_18_megabytes():
    return b"MIME-Version: 1.0\r\nContent-Type: text/html;\r\n" + b" a=b;\r\n" * (18 * MEGABYTE // 7) + b"\r\n<p>1"


@hostile("report.mhtml", heavy=True, rare=True)
def mhtml_with_a_million_headers():
    return b"MIME-Version: 1.0\r\nContent-Type: text/html\r\n" + b"X: y\r\n" * 1_000_000 + b"\r\n<p>1"


@hostile("report.mhtml", heavy=True)
def mhtml_with_an_encoded_subject_of_10_megabytes():
    return b"Subject: " + b"=?utf-8?B?5Zu9?= " * 600_000 + b"\r\n" + saved()


for name, change in {
    "whose-boundary-never-comes": (b'boundary="gilint"', b'boundary="other"'),
    "without-a-boundary": (b'; boundary="gilint"', b""),
    "with-an-empty-boundary": (b'boundary="gilint"', b'boundary=""'),
    "of-an-unknown-charset": (b"charset=utf-8", b"charset=x-no"),
    "of-a-codec-that-is-no-charset": (b"charset=utf-8", b"charset=zlib"),
    "of-an-unknown-encoding": (b"quoted-printable", b"x-uuencode"),
    "that-says-base64-and-is-not": (b"quoted-printable", b"base64"),
    "cut-off": (b"</body>", b""),
    "with-bytes-in-its-headers": (b"MIME-Version", b"X: \xff\xfe\x00\r\nMIME-Version"),
    "with-an-attachment-that-is-an-archive": (
        b"--gilint--",
        b"--gilint\r\nContent-Type: application/zip\r\n\r\nPK\x03\x04\r\n--gilint--",
    ),
}.items():
    add(f"mhtml-{name}", "report.mhtml", lambda change=change: saved().replace(*change))

add("mhtml-of-text-only", "report.mhtml", lambda: mail([("text/plain; charset=utf-8", "8bit", example())]))
add("mhtml-without-parts", "report.mhtml", lambda: mail([]))
