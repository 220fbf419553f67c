"""XML that explodes, reaches out, or goes on without end, inside of Word and OpenDocument files."""

import random

from forging import MEGABYTE, changed, fixture, unzipped, zipped
from registry import add, hostile

DOCX = fixture("clean-2024.docx")
ODT = fixture("clean-2024-writer.odt")
TEXT = unzipped(DOCX)["word/document.xml"]
BODY = TEXT.partition(b"?>")[2].strip()
CONTENT = unzipped(ODT)["content.xml"]
LAUGHS = b"".join(
    b'<!ENTITY l%d "%s">' % (number, b"&l%d;" % (number - 1) * 10 if number else b"ha") for number in range(10)
)
DEEP = 100_000


def docx(text):
    return changed(DOCX, word__document_xml=text)


def docx_with(piece):
    """The report with something behind its last paragraph."""
    return docx(TEXT.replace(b"<w:sectPr", piece + b"<w:sectPr"))


def odt_with(piece):
    return changed(ODT, content_xml=CONTENT.replace(b"</office:text>", piece + b"</office:text>"))


def paragraph(text):
    return b"<w:p><w:r><w:t>%s</w:t></w:r></w:p>" % text


# --- entities -------------------------------------------------------------------------------------------------------


def with_type(declarations, used, encoding="utf-8", before=""):
    """The report behind a document type, which its last paragraph makes use of."""
    body = BODY.replace(b"<w:sectPr", paragraph(used) + b"<w:sectPr").decode()
    text = f'<?xml version="1.0" encoding="{encoding}"?>{before}<!DOCTYPE x [{declarations.decode()}]>{body}'
    return docx(text.encode(encoding, "xmlcharrefreplace"))


@hostile("report.docx", "entities")
def docx_with_an_entity_bomb():
    return with_type(LAUGHS, b"&l9;")


@hostile("report.docx", "entities")
def docx_with_an_entity_bomb_in_an_attribute():
    return docx(b"<!DOCTYPE x [%s]>" % LAUGHS + BODY.replace(b"<w:sectPr", b'<w:sectPr w:a="&l9;"'))


@hostile("report.docx", "entities")
def docx_with_a_quadratic_entity():
    return with_type(b'<!ENTITY a "%s">' % (b"a" * 100_000), b"&a;" * 10_000)


@hostile("report.docx", "entities")
def docx_with_an_external_entity():
    return with_type(b'<!ENTITY a SYSTEM "file:///etc/passwd">', b"&a;")


@hostile("report.docx", "entities")
def docx_with_a_parameter_entity():
    return with_type(b'<!ENTITY % a SYSTEM "file:///etc/passwd"> %a;', b"a")


@hostile("report.docx", "entities")
def docx_with_a_document_type_in_utf_16():
    return with_type(LAUGHS, b"&l9;", "utf-16")


@hostile("report.docx", "entities", "damaged")
def docx_with_a_document_type_in_utf_7():
    return with_type(LAUGHS, b"&l9;", "utf-7")


@hostile("report.docx", "entities", "damaged")
def docx_with_a_document_type_in_ebcdic():
    return with_type(LAUGHS, b"&l9;", "cp037")


@hostile("report.docx", "entities", "damaged")
def docx_with_an_entity_bomb_behind_a_long_comment():
    return with_type(LAUGHS, b"&l9;", before=f"<!--{'= ' * 3000}-->")


@hostile("report.docx", "entities")
def docx_with_a_document_type_behind_a_long_comment():
    return with_type(b'<!ENTITY a "b">', b"&a;", before=f"<!--{'= ' * 3000}-->")


@hostile("report.docx", "entities", "report")
def docx_with_an_entity_bomb_in_its_styles():
    return changed(DOCX, word__styles_xml=b"<!DOCTYPE x [%s]><x>&l9;</x>" % LAUGHS)


@hostile("report.odt", "entities")
def odt_with_an_entity_bomb():
    body = CONTENT.partition(b"?>")[2].replace(b"</office:text>", b"<text:p>&l9;</text:p></office:text>")
    return changed(ODT, content_xml=b"<!DOCTYPE x [%s]>" % LAUGHS + body)


@hostile("report.fodt", "entities", "not-a-report", "unsupported-format")
def flat_odt_with_an_entity_bomb():
    head = b'<?xml version="1.0"?><!DOCTYPE x [%s]>' % LAUGHS
    return (
        head
        + b'<office:document xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0">&l9;</office:document>'
    )


# --- depth and breadth ------------------------------------------------------------------------------------------------


def nested(start, end, inside=b"", depth=DEEP):
    return start * depth + inside + end * depth


for name, start, end in (
    ("paragraphs", b"<w:p>", b"</w:p>"),
    ("runs", b"<w:p>" + b"<w:r>", b"</w:r>" + b"</w:p>"),
    ("tables", b"<w:tbl><w:tr><w:tc>", b"</w:tc></w:tr></w:tbl>"),
    ("content-controls", b"<w:sdt><w:sdtContent>", b"</w:sdtContent></w:sdt>"),
    ("text-boxes", b"<w:p><w:r><w:pict><w:txbxContent>", b"</w:txbxContent></w:pict></w:r></w:p>"),
    ("unknown-elements", b"<x>", b"</x>"),
):
    for depth in (50, 200, DEEP):
        add(
            f"docx-with-{name}-nested-{depth}-deep",
            "report.docx",
            lambda start=start, end=end, depth=depth: docx_with(nested(start, end, paragraph(b"1"), depth)),
            heavy=depth == DEEP and name == "tables",
        )

for name, start, end in (
    ("sections", b"<text:section>", b"</text:section>"),
    ("lists", b"<text:list><text:list-item>", b"</text:list-item></text:list>"),
    (
        "tables",
        b"<table:table><table:table-row><table:table-cell>",
        b"</table:table-cell></table:table-row></table:table>",
    ),
    ("spans", b"<text:p><text:span>", b"</text:span></text:p>"),
    ("frames", b"<text:p><draw:frame><draw:text-box>", b"</draw:text-box></draw:frame></text:p>"),
):
    for depth in (50, 200, DEEP):
        add(
            f"odt-with-{name}-nested-{depth}-deep",
            "report.odt",
            lambda start=start, end=end, depth=depth: odt_with(nested(start, end, b"<text:p>1</text:p>", depth)),
        )


def loose(piece, size):
    """``size`` bytes of a piece over and over, with so much noise that no ratio gives it away."""
    noise = random.Random(1).randbytes(size // 500).hex().encode()
    return b"<!--%s-->" % noise + piece * (size // len(piece))


MOST_NODES = 990_000
"""As many elements and attributes as a part may have, closing tags counted."""


COSTLY = ("one-letter-paragraphs", "attributes", "merged-cells", "blanks")
"""What stands for the others: it takes as much time or memory as most."""


def just_below(piece):
    """How many bytes of a piece are just few enough."""
    return min(60 * MEGABYTE, len(piece) * (MOST_NODES - 40_000) // (piece.count(b"<") + piece.count(b"=")))


for kind, put, pieces in (
    (
        "docx",
        docx_with,
        {
            "empty-paragraphs": b"<w:p/>",
            "empty-runs": b"<w:p>" + b"<w:r/>" * 1000 + b"</w:p>",
            "runs": b"<w:p>" + b"<w:r><w:t>a</w:t></w:r>" * 1000 + b"</w:p>",
            "empty-tables": b"<w:tbl/>",
            "empty-cells": b"<w:tbl><w:tr>" + b"<w:tc/>" * 50 + b"</w:tr></w:tbl>",
            "empty-rows": b"<w:tbl>" + b"<w:tr/>" * 1000 + b"</w:tbl>",
            "one-letter-paragraphs": paragraph(b"a"),
            "list-paragraphs": b'<w:p><w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr></w:pPr></w:p>',
            "attributes": b"<w:p " + b" ".join(b'a%d=""' % number for number in range(50_000)) + b"/>",
            "tracked-changes": b"<w:p><w:ins><w:r><w:t>1</w:t></w:r></w:ins><w:del/></w:p>",
            "deleted-paragraphs": b"<w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr></w:p>",
            "fields": b'<w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r></w:p>',
            "alternatives": b"<w:p><mc:AlternateContent><mc:Choice/><mc:Fallback/></mc:AlternateContent></w:p>",
            "text-boxes": b"<w:p><w:r><w:pict><w:txbxContent><w:p/></w:txbxContent></w:pict></w:r></w:p>",
            "content-controls": b"<w:sdt><w:sdtContent><w:p/></w:sdtContent></w:sdt>",
            "merged-cells": b"<w:tbl><w:tr><w:tc><w:tcPr><w:vMerge/></w:tcPr></w:tc></w:tr></w:tbl>",
            "notes": b'<w:p><w:r><w:footnoteReference w:id="1"/></w:r></w:p>',
            "text": paragraph("国".encode() * 100_000),
        },
    ),
    (
        "odt",
        odt_with,
        {
            "empty-paragraphs": b"<text:p/>",
            "spans": b"<text:p>" + b"<text:span>a</text:span>" * 1000 + b"</text:p>",
            "blanks": b"<text:p>" + b'a<text:s text:c="2"/>' * 1000 + b"</text:p>",
            "lists": b"<text:list><text:list-item><text:p/></text:list-item></text:list>",
            "tables": b"<table:table/>",
            "cells": b"<table:table><table:table-row>"
            + b"<table:table-cell/>" * 50
            + b"</table:table-row></table:table>",
            "notes": b"<text:p><text:note><text:note-body><text:p/></text:note-body></text:note></text:p>",
            "changes": b'<text:p><text:change-start text:change-id="a"/><text:change-end text:change-id="a"/></text:p>',
        },
    ),
):
    for name, piece in pieces.items():
        add(
            f"{kind}-of-as-many-{name}-as-may-be",
            f"report.{kind}",
            lambda put=put, piece=piece: put(loose(piece, just_below(piece))),
            heavy=True,
            rare=name not in COSTLY,
        )
    add(
        f"{kind}-of-60-megabytes-of-elements",
        f"report.{kind}",
        lambda put=put: put(loose(b"<w:p/>" if put is docx_with else b"<text:p/>", 60 * MEGABYTE)),
        "too-large",
        heavy=True,
    )


@hostile("report.docx", "too-large", heavy=True)
def docx_of_60_megabytes_of_attributes():
    return docx_with(loose(b"<w:p " + b" ".join(b'a%d=""' % number for number in range(50_000)) + b"/>", 60 * MEGABYTE))


@hostile("report.odt", heavy=True)
def odt_with_a_billion_blanks():
    return odt_with(b'<text:p>a<text:s text:c="1000000000"/>b</text:p>')


@hostile("report.odt", heavy=True)
def odt_with_blanks_beyond_all_numbers():
    return odt_with(
        b'<text:p>a<text:s text:c="99999999999999999999999"/><text:s text:c="-1"/><text:s text:c="x"/></text:p>'
    )


@hostile("report.docx", heavy=True)
def docx_with_an_attribute_of_11_megabytes():
    return zipped(
        {
            **unzipped(DOCX),
            "word/document.xml": TEXT.replace(b"<w:sectPr", b'<w:sectPr w:a="%s"' % (b"a" * 11 * MEGABYTE)),
        },
        0,
    )


@hostile("report.docx", heavy=True)
def docx_with_100_000_namespaces():
    names = b" ".join(b'xmlns:n%d="n%d"' % (number, number) for number in range(100_000))
    return docx_with(b"<w:p %s/>" % names)


# --- tables -----------------------------------------------------------------------------------------------------------


def word_table(rows, row=b"<w:tr>" + b"<w:tc><w:p><w:r><w:t>1</w:t></w:r></w:p></w:tc>" * 8 + b"</w:tr>"):
    return docx_with(b"<w:tbl>" + row * rows + b"</w:tbl>")


def odt_table(rows, cell=b"<table:table-cell><text:p>1</text:p></table:table-cell>"):
    return odt_with(
        b"<table:table>" + (b"<table:table-row>" + cell * 8 + b"</table:table-row>") * rows + b"</table:table>"
    )


for rows in (10_000, 100_000):
    add(f"docx-with-a-table-of-{rows}-rows", "report.docx", lambda rows=rows: word_table(rows), heavy=True)
    add(f"odt-with-a-table-of-{rows}-rows", "report.odt", lambda rows=rows: odt_table(rows), heavy=True)

ODD_NUMBERS = ("99999999", "0", "-1", "abc", "", "1e9", "9" * 5000, "１２", "²", " 3 ", "0x10", "2.5", "+2")

for value in ODD_NUMBERS:
    shown = value[:12] or "nothing"
    encoded = value.encode()
    add(
        f"docx-with-a-span-of-{shown}",
        "report.docx",
        lambda encoded=encoded: docx(TEXT.replace(b'w:gridSpan w:val="', b'w:gridSpan w:val="%s" a="' % encoded)),
    )
    add(
        f"docx-with-skipped-cells-{shown}",
        "report.docx",
        lambda encoded=encoded: docx(
            TEXT.replace(b"<w:tr>", b'<w:tr><w:trPr><w:gridBefore w:val="%s"/></w:trPr>' % encoded)
        ),
    )
    add(
        f"docx-with-list-levels-{shown}",
        "report.docx",
        lambda encoded=encoded: docx(
            TEXT.replace(
                b"<w:p>",
                b'<w:p><w:pPr><w:numPr><w:ilvl w:val="%s"/><w:numId w:val="%s"/></w:numPr></w:pPr>'
                % (encoded, encoded),
            )
        ),
    )
    add(
        f"odt-with-spans-and-repeats-{shown}",
        "report.odt",
        lambda encoded=encoded: changed(
            ODT,
            content_xml=CONTENT.replace(b'columns-spanned="', b'columns-spanned="%s" table:a="' % encoded)
            .replace(b'rows-spanned="', b'rows-spanned="%s" table:b="' % encoded)
            .replace(b"<table:table-row", b'<table:table-row table:number-rows-repeated="%s"' % encoded)
            .replace(
                b"<table:covered-table-cell", b'<table:covered-table-cell table:number-columns-repeated="%s"' % encoded
            ),
        ),
    )


@hostile("report.docx")
def docx_with_a_table_inside_of_a_paragraph_and_rows_outside_of_tables():
    return docx_with(
        b"<w:p><w:tbl><w:p/><w:tc/></w:tbl></w:p><w:tr><w:tc/></w:tr><w:tc/><w:t>1</w:t><w:tbl><w:tr/></w:tbl>"
    )


# --- characters -------------------------------------------------------------------------------------------------------

for name, text in {
    "bytes-that-are-no-utf-8": b"\xff\xfe\xc3\x28",
    "a-nul": b"a\x00b",
    "a-lone-surrogate": b"&#xD800;",
    "a-surrogate-in-bytes": b"\xed\xa0\x80",
    "a-number-beyond-unicode": b"&#x110000;",
    "control-characters": b"&#1;&#27;[31m",
}.items():
    add(f"docx-with-{name}", "report.docx", lambda text=text: docx_with(paragraph(text)), "damaged")
    add(f"odt-with-{name}", "report.odt", lambda text=text: odt_with(b"<text:p>%s</text:p>" % text), "damaged")

add(
    "docx-of-an-unknown-encoding",
    "report.docx",
    lambda: docx(b'<?xml version="1.0" encoding="x-no"?>' + BODY),
    "damaged",
)
add(
    "docx-with-marks-that-turn-text-around",
    "report.docx",
    lambda: docx_with(paragraph("\u202e\u2066\ufeff\uffff".encode())),
)
