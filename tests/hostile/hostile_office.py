"""Old Word, WPS and RTF files: in circles, cut off, under a password, or with something inside that should not run."""

import random

from forging import MEGABYTE, changed, compound, fixture
from registry import add, hostile

DOC = fixture("clean-2024-writer.doc")
RTF = fixture("clean-2024-writer.rtf")


def rtf_with(piece):
    """The report with something before its end."""
    return RTF.rstrip().removesuffix(b"}") + piece + b"}"


# --- Word until 2003, WPS ---------------------------------------------------------------------------------------------


@hostile("report.docx", "encrypted")
def docx_under_a_password():
    return compound({"EncryptionInfo": b"\x04\x00\x04\x00" + bytes(60), "EncryptedPackage": bytes(9000)})


@hostile("report.doc", "encrypted")
def doc_under_a_password():
    """fEncrypted of the header says so."""
    at = DOC.index(b"\xec\xa5")
    flags = int.from_bytes(DOC[at + 10 : at + 12], "little") | 0x0100
    return DOC[: at + 10] + flags.to_bytes(2, "little") + DOC[at + 12 :]


@hostile("report.doc")
def doc_whose_sectors_run_in_a_circle():
    return compound({"WordDocument": DOC[512:9000], "1Table": DOC[9000:15000]}, cyclic=True)


@hostile("report.doc")
def doc_of_zeros():
    return compound({"WordDocument": bytes(9000), "1Table": bytes(9000)})


@hostile("report.doc")
def doc_of_random_bytes():
    return compound({"WordDocument": random.Random(1).randbytes(9000), "1Table": random.Random(2).randbytes(9000)})


@hostile("report.doc")
def doc_of_a_header_only():
    return DOC[:512]


@hostile("report.doc", "unsupported-format")
def compound_file_of_something_else():
    return compound({"Something": b"a"})


@hostile("report.doc", "unsupported-format")
def presentation_of_2003():
    return compound({"PowerPoint Document": bytes(5000)})


for number in range(1, 6):
    at = len(DOC) * number // 6
    add(
        f"doc-with-a-hole-at-{number}-sixths",
        "report.doc",
        lambda at=at: DOC[:at] + bytes(1000) + DOC[at + 1000 :],
        rare=number > 1,
    )

for name, offset, value in (
    ("sectors-of-no-size", 30, b"\0\0"),
    ("sectors-of-4-gigabytes", 30, b"\x20\0"),
    ("more-tables-than-bytes", 44, b"\xff\xff\xff\x7f"),
    ("a-directory-far-away", 48, b"\xff\xff\xff\x7f"),
    ("further-tables-in-a-circle", 68, b"\x01\0\0\0\xff\xff\xff\x7f"),
):
    for kind, whole in (("doc", DOC), ("xls", fixture("clean-2024-calc.xls"))):
        add(
            f"{kind}-with-{name}",
            f"report.{kind}",
            lambda whole=whole, offset=offset, value=value: whole[:offset] + value + whole[offset + len(value) :],
            rare=kind == "doc",
        )

# --- RTF --------------------------------------------------------------------------------------------------------------

add("rtf-with-groups-100-000-deep", "report.rtf", lambda: rtf_with(b"{" * 100_000 + b"}" * 100_000))
add("rtf-with-unclosed-groups", "report.rtf", lambda: rtf_with(b"{\\b" * 5000))
add("rtf-with-binary-data-beyond-its-end", "report.rtf", lambda: rtf_with(b"{\\pict\\bin2000000000 abc}"))
add("rtf-cut-off", "report.rtf", lambda: RTF[: len(RTF) // 2])
add("rtf-of-a-header-only", "report.rtf", lambda: b"{\\rtf1")
add("rtf-of-18-megabytes", "report.rtf", lambda: rtf_with(b"\\par 1" * (3 * MEGABYTE)))
add(
    "rtf-with-a-row-of-10-000-cells",
    "report.rtf",
    lambda: rtf_with(b"\\trowd" + b"\\cellx100" * 10_000 + b"1\\cell" * 10_000 + b"\\row"),
)
add(
    "rtf-with-an-embedded-object",
    "report.rtf",
    lambda: rtf_with(b"{\\object\\objemb\\objupdate{\\*\\objclass Equation.3}{\\*\\objdata %s}}" % (b"d0cf11e0" * 500)),
)
add(
    "rtf-that-starts-a-program",
    "report.rtf",
    lambda: rtf_with(b'{\\field{\\*\\fldinst DDEAUTO "touch" "/tmp/gilint-was-here"}{\\fldrslt 1}}'),
)

# --- what is none of it -----------------------------------------------------------------------------------------------

for name, data, code in (
    ("png", b"\x89PNG\r\n\x1a\n" + random.Random(3).randbytes(5000), "unsupported-format"),
    ("jpeg", b"\xff\xd8\xff\xe0" + random.Random(4).randbytes(5000), "unsupported-format"),
    ("gif", b"GIF89a" + random.Random(5).randbytes(5000), "unsupported-format"),
    ("gzip", b"\x1f\x8b\x08" + random.Random(6).randbytes(5000), "unsupported-format"),
    ("rar", b"Rar!\x1a\x07" + random.Random(7).randbytes(5000), "unsupported-format"),
    ("a-program-for-windows", b"MZ\x90\x00" + random.Random(8).randbytes(5000), None),
    ("a-program-for-linux", b"\x7fELF\x02\x01" + random.Random(9).randbytes(5000), None),
    ("a-class", b"\xca\xfe\xba\xbe" + random.Random(10).randbytes(5000), None),
    ("random-bytes", random.Random(11).randbytes(50_000), None),
    ("zeros", bytes(50_000), None),
    ("nothing", b"", "empty"),
    ("blanks", b" \r\n\t" * 100, "empty"),
    ("one-byte", b"\xff", None),
    ("half-a-zip-signature", b"PK", None),
    ("half-a-compound-signature", b"\xd0\xcf\x11\xe0", None),
    ("a-compound-signature", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", None),
):
    for suffix in ("docx", "pdf", "txt", "html"):
        add(f"{name}-named-{suffix}", f"report.{suffix}", lambda data=data: data, *([code] if code else []))


@hostile("report.odt", "encrypted")
def odt_under_a_password():
    entry = b'<manifest:file-entry manifest:full-path="content.xml"><manifest:encryption-data/></manifest:file-entry>'
    return changed(
        fixture("clean-2024-writer.odt"),
        **{"META-INF__manifest_xml": b'<manifest:manifest xmlns:manifest="m">%s</manifest:manifest>' % entry},
        content_xml=random.Random(12).randbytes(5000),
    )


@hostile("report.ods", "encrypted")
def ods_under_a_password():
    entry = b'<manifest:file-entry manifest:full-path="content.xml"><manifest:encryption-data/></manifest:file-entry>'
    return changed(
        fixture("clean-2024-calc.ods"),
        **{"META-INF__manifest_xml": b'<manifest:manifest xmlns:manifest="m">%s</manifest:manifest>' % entry},
        content_xml=random.Random(13).randbytes(5000),
    )
