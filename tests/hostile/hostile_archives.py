"""Archives that unpack to more than they are, or to nothing."""

import random

from forging import MEGABYTE, Member, bomb, changed, fixture, raw_zip, unzipped, with_bomb, zipped
from registry import add, hostile

DOCX = fixture("clean-2024.docx")
BLANKS = b" " * MEGABYTE


@hostile("report.docx", "too-large", heavy=True)
def docx_whose_text_unpacks_to_a_gigabyte():
    head, tail = unzipped(DOCX)["word/document.xml"].split(b"<w:sectPr", 1)
    return with_bomb(DOCX, bomb("word/document.xml", BLANKS, 1024, head, b"<w:sectPr" + tail))


@hostile("report.docx", "too-large", "damaged", heavy=True)
def docx_whose_text_unpacks_to_a_gigabyte_and_says_a_kilobyte():
    return with_bomb(DOCX, bomb("word/document.xml", BLANKS, 1024, size=1024))


@hostile("report.docx", "too-large", "report", heavy=True)
def docx_whose_styles_unpack_to_a_gigabyte():
    return with_bomb(DOCX, bomb("word/styles.xml", BLANKS, 1024))


@hostile("report.docx", "too-large", "report", heavy=True, rare=True)
def docx_whose_list_numbers_unpack_to_a_gigabyte():
    return with_bomb(DOCX, bomb("word/numbering.xml", BLANKS, 1024))


@hostile("report.odt", "too-large", heavy=True, rare=True)
def odt_whose_text_unpacks_to_a_gigabyte():
    return with_bomb(fixture("clean-2024-writer.odt"), bomb("content.xml", BLANKS, 1024))


@hostile("report.xlsx", "too-large", heavy=True)
def xlsx_whose_shared_strings_unpack_to_a_gigabyte():
    return with_bomb(fixture("clean-2024-calc.xlsx"), bomb("xl/sharedStrings.xml", BLANKS, 1024))


@hostile("report.xlsx", "too-large", heavy=True)
def xlsx_with_a_million_shared_strings_in_every_kilobyte():
    head = b'<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
    return with_bomb(
        fixture("clean-2024-calc.xlsx"), bomb("xl/sharedStrings.xml", b"<si><t/></si>" * 80_000, 1000, head, b"</sst>")
    )


@hostile("report.xlsx", "too-large", heavy=True, rare=True)
def xlsx_whose_sheet_unpacks_to_a_gigabyte():
    return with_bomb(fixture("clean-2024.xlsx"), bomb("xl/worksheets/sheet1.xml", BLANKS, 1024))


@hostile("report.ods", "too-large", heavy=True, rare=True)
def ods_whose_content_unpacks_to_a_gigabyte():
    return with_bomb(fixture("clean-2024-calc.ods"), bomb("content.xml", BLANKS, 1024))


@hostile("reports.zip", "too-large", heavy=True)
def zip_of_a_text_of_a_gigabyte():
    return raw_zip([bomb("report.txt", BLANKS, 1024)])


@hostile("reports.zip", "too-large", heavy=True)
def zip_with_100_000_members():
    return raw_zip([Member(f"{number}.txt", b"a", method=0) for number in range(60_000)])


@hostile("reports.zip", heavy=True)
def zip_whose_members_share_one_content():
    return raw_zip([bomb("report.txt", BLANKS, 3)], overlapping=900)


@hostile("reports.zip", heavy=True)
def zips_in_a_zip_each_below_the_limit():
    """60 members that unpack to 60 MB each, though none is too large in itself."""
    noise = random.Random(1).randbytes(20_000)
    inner = raw_zip([bomb(f"{number}.txt", noise + BLANKS, 3) for number in range(20)])
    return zipped({f"{number}.zip": inner for number in range(60)})


@hostile("reports.zip", "nested-archive")
def zip_in_a_zip_in_a_zip():
    data = zipped({"report.txt": b"a"})
    for _level in range(20):
        data = zipped({"reports.zip": data})
    return data


@hostile("report.docx", "too-large", heavy=True)
def docx_with_2000_members():
    return zipped({**unzipped(DOCX), **{f"word/media/{number}.png": b"" for number in range(2000)}})


@hostile("reports.zip")
def zip_members_that_climb_out_of_the_folder():
    names = (
        "../../../tmp/gilint-was-here.txt",
        "/tmp/gilint-was-here.txt",
        "C:\\gilint.txt",
        "a/../../b.txt",
        "\n\x1b[31m.txt",
    )
    return zipped(dict.fromkeys(names, b"written"))


@hostile("reports.zip", "encrypted")
def zip_under_a_password():
    return raw_zip([Member("report.txt", b"\x12" * 40, flags=1, method=0)])


@hostile("reports.zip", "damaged", "unsupported-format")
def zip_packed_by_an_unknown_method():
    return raw_zip([Member("report.txt", b"\x12" * 40, method=99)])


@hostile("reports.zip", "damaged")
def zip_whose_content_is_no_deflate():
    return raw_zip([Member("report.txt", b"\xff" * 40, method=8)])


@hostile("reports.zip")
def zip_names_twice():
    return raw_zip([Member("report.txt", b"a", method=0), Member("report.txt", b"b", method=0)])


@hostile("reports.zip", "nothing-found")
def zip_without_members():
    return b"PK\x05\x06" + bytes(18)


@hostile("report.docx")
def docx_whose_text_is_a_folder():
    members = unzipped(DOCX)
    del members["word/document.xml"]
    return zipped({**members, "word/document.xml/": b""})


@hostile("report.docx")
def docx_without_its_text():
    return zipped({name: content for name, content in unzipped(DOCX).items() if name != "word/document.xml"})


@hostile("report.docx")
def docx_whose_relations_are_broken():
    return changed(DOCX, word___rels__document_xml_rels=b"<Relationships")


@hostile("report.docx")
def docx_whose_styles_are_broken():
    return changed(DOCX, word__styles_xml=b"<w:styles")


@hostile("report.docx")
def docx_whose_list_numbers_are_broken():
    return changed(DOCX, word__numbering_xml=b"\x00")


@hostile("report.docm", "report")
def docx_with_macros():
    """The macro is no program that Word would run; what counts is that nobody tries."""
    return changed(DOCX, word__vbaProject_bin=b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"Sub AutoOpen()\r\n" * 200)


@hostile("report.ofd", "unsupported-format")
def ofd():
    return zipped({"OFD.xml": b"<ofd:OFD/>", "Doc_0/Document.xml": b"<ofd:Document/>"})


@hostile("report.docx", "unsupported-format", "nothing-found")
def presentation_named_docx():
    return zipped({"ppt/presentation.xml": b"<p/>"})


PACKAGES = {
    "docx": "clean-2024.docx",
    "odt": "clean-2024-writer.odt",
    "xlsx": "clean-2024.xlsx",
    "ods": "clean-2024-calc.ods",
    "xls": "clean-2024-calc.xls",
    "pdf": "clean-2024-writer.pdf",
    "doc": "clean-2024-writer.doc",
}
"""Files that cannot be read when a part of them is missing."""


def _cut(name, share):
    data = fixture(name)
    return data[: int(len(data) * share)]


for kind, name in PACKAGES.items():
    for share in (0.001, 0.1, 0.5, 0.9, 0.99):
        add(f"{kind}-cut-off-at-{share:.1%}", f"report.{kind}", lambda name=name, share=share: _cut(name, share))
