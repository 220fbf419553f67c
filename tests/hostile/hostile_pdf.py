"""PDFs that go round in circles, unpack without end, or hold no text."""

import zlib

from forging import MEGABYTE, deflated, fixture, pdf, pdf_pages, pdf_stream
from registry import add, hostile

PDF = fixture("clean-2024-writer.pdf")
TEXT = b"BT /F1 12 Tf 72 700 Td (2024) Tj ET\n"
CATALOG = b"<< /Type /Catalog /Pages 2 0 R >>"
FONT = b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"
PAGE = (
    b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << /Font << /F1 3 0 R >> >> /Contents 11 0 R >>"
)


def packed(content):
    return pdf_stream(zlib.compress(content, 9), b"/Filter /FlateDecode")


def zlib_bomb(block, times):
    """A compressed stream that unpacks to block * times, and ends without its checksum."""
    return pdf_stream(b"\x78\x9c" + deflated(block, times), b"/Filter /FlateDecode")


# --- trees and tables of objects --------------------------------------------------------------------------------------


@hostile("report.pdf", "no-text", "damaged", "too-large")
def pdf_whose_page_tree_holds_itself():
    return pdf(
        {
            1: CATALOG,
            2: b"<< /Type /Pages /Count 9 /Kids [2 0 R 2 0 R 10 0 R] >>",
            10: PAGE,
            3: FONT,
            11: pdf_stream(TEXT),
        }
    )


@hostile("report.pdf", heavy=True)
def pdf_whose_page_tree_doubles_at_every_level():
    """Thirty levels, each of which names the next twice: a billion pages."""
    objects = {1: CATALOG, 40: PAGE, 3: FONT, 11: pdf_stream(TEXT)}
    numbers = [2, *range(50, 80), 40]
    for level, number in enumerate(numbers[:-1]):
        below = numbers[level + 1]
        objects[number] = b"<< /Type /Pages /Count %d /Kids [%d 0 R %d 0 R] >>" % (2 ** (31 - level), below, below)
    return pdf(objects)


@hostile("report.pdf", heavy=True)
def pdf_with_a_page_tree_10_000_deep():
    objects = {1: CATALOG, 2: b"<< /Type /Pages /Count 1 /Kids [20 0 R] >>", 3: FONT, 11: pdf_stream(TEXT)}
    objects.update(
        {number: b"<< /Type /Pages /Count 1 /Kids [%d 0 R] >>" % (number + 1) for number in range(20, 10_020)}
    )
    return pdf({**objects, 10_020: PAGE})


@hostile("report.pdf", "too-large", "no-text", "not-a-report", "damaged", heavy=True)
def pdf_that_says_it_has_100_000_pages():
    return pdf(
        {1: CATALOG, 2: b"<< /Type /Pages /Count 100000 /Kids [10 0 R] >>", 10: PAGE, 3: FONT, 11: pdf_stream(TEXT)}
    )


@hostile("report.pdf", "too-large", heavy=True)
def pdf_with_100_000_pages():
    objects = {1: CATALOG, 3: FONT, 11: pdf_stream(TEXT)}
    objects[2] = b"<< /Type /Pages /Count 100000 /Kids [%s] >>" % b" ".join(
        b"%d 0 R" % number for number in range(20, 100_020)
    )
    return pdf({**objects, **dict.fromkeys(range(20, 100_020), PAGE)})


@hostile("report.pdf")
def pdf_whose_table_of_objects_comes_before_itself():
    return PDF.replace(b"startxref", b"startxref ")[:-40] + b"startxref\n9\n%%EOF\n"


def looped(previous):
    xref = b"xref\n0 1\n0000000000 65535 f \ntrailer\n<< /Size 20 /Root 1 0 R /Prev %s >>\n" % previous
    return pdf(
        {1: CATALOG, 2: b"<< /Type /Pages /Count 1 /Kids [10 0 R] >>", 10: PAGE, 3: FONT, 11: pdf_stream(TEXT)},
        xref=xref,
    )


for name, previous in {
    "itself": b"@HERE@",
    "nothing": b"-1",
    "the-end-of-the-world": b"99999999999999999999",
    "a-word": b"/X",
}.items():
    add(f"pdf-whose-earlier-table-is-{name}", "report.pdf", lambda previous=previous: looped(previous))


@hostile("report.pdf")
def pdf_without_a_table_of_objects():
    return pdf({1: CATALOG, 2: b"<< /Type /Pages /Count 1 /Kids [10 0 R] >>", 10: PAGE}, xref=b"")


@hostile("report.pdf")
def pdf_of_a_header_only():
    return b"%PDF-1.7\n"


@hostile("report.pdf")
def pdf_without_pages():
    return pdf({1: b"<< /Type /Catalog >>"})


@hostile("report.pdf", heavy=True, rare=True)
def pdf_with_a_million_objects_of_nothing():
    return (
        b"%PDF-1.5\n"
        + b"".join(b"%d 0 obj\nnull\nendobj\n" % number for number in range(700_000))
        + b"trailer << /Root 1 0 R >>"
    )


@hostile("report.pdf", heavy=True)
def pdf_with_arrays_nested_without_end():
    return pdf_pages([TEXT], o7=b"[" * 2_000_000, o1=b"<< /Type /Catalog /Pages 2 0 R /X 7 0 R >>")


@hostile("report.pdf", heavy=True)
def pdf_with_dictionaries_nested_without_end():
    return pdf_pages([TEXT], o1=b"<< /Type /Catalog /Pages 2 0 R /X " + b"<< /A " * 1_000_000)


@hostile("report.pdf", heavy=True)
def pdf_of_a_page_whose_length_is_itself():
    return pdf_pages([b"<< /Length 11 0 R >>\nstream\n" + TEXT + b"endstream"])


# --- streams ----------------------------------------------------------------------------------------------------------


@hostile("report.pdf", heavy=True, rare=True)
def pdf_whose_page_unpacks_to_a_gigabyte():
    return pdf_pages([zlib_bomb(b" " * MEGABYTE, 1024)])


@hostile("report.pdf", heavy=True)
def pdf_whose_page_unpacks_to_a_gigabyte_of_words():
    return pdf_pages([zlib_bomb(TEXT * 20_000, 1400)])


@hostile("report.pdf", heavy=True)
def pdf_packed_twice():
    inner = b"\x78\x9c" + deflated(b" " * MEGABYTE, 4096)
    return pdf_pages([pdf_stream(zlib.compress(inner, 9), b"/Filter [/FlateDecode /FlateDecode]")])


@hostile("report.pdf", heavy=True, rare=True)
def pdf_packed_a_thousand_times():
    return pdf_pages([pdf_stream(TEXT, b"/Filter [" + b"/FlateDecode " * 1000 + b"]")])


@hostile("report.pdf", heavy=True)
def pdf_whose_objects_unpack_to_a_gigabyte():
    stream = b"\x78\x9c" + deflated(b" " * MEGABYTE, 1024, b"1 0 2 40 ")
    objects = pdf_stream(stream, b"/Type /ObjStm /N 100000000 /First 20 /Filter /FlateDecode")
    return pdf({3: objects}, xref=b"trailer << /Root 1 0 R >>\n")


@hostile("report.pdf", heavy=True, rare=True)
def pdf_of_a_million_path_segments():
    segments = b"".join(b"%d %d l " % (at % 595, at % 842) for at in range(1000))
    return pdf_pages([packed(TEXT + b"0 0 m " + segments * 1000 + b"S")])


@hostile("report.pdf", heavy=True)
def pdf_of_300_000_lines():
    return pdf_pages([packed(TEXT + b"".join(b"%d 0 m %d 842 l S\n" % (at % 595, at % 595) for at in range(300_000)))])


@hostile("report.pdf", heavy=True, rare=True)
def pdf_of_300_000_rectangles():
    return pdf_pages([packed(TEXT + b"".join(b"%d %d 5 5 re f\n" % (at % 595, at % 842) for at in range(3000)) * 100)])


@hostile("report.pdf", heavy=True)
def pdf_with_a_table_of_100_000_cells_on_a_page():
    lines = b"".join(
        b"%f 0 m %f 842 l S 0 %f m 595 %f l S\n" % (at * 1.9, at * 1.9, at * 2.6, at * 2.6) for at in range(320)
    )
    words = b"".join(b"BT /F1 1 Tf %d %d Td (1) Tj ET\n" % (at % 310 * 1.9, at // 310 * 2.6) for at in range(100_000))
    return pdf_pages([packed(lines + words)])


@hostile("report.pdf", heavy=True, rare=True)
def pdf_of_a_million_letters_on_a_page():
    return pdf_pages([packed(b"BT /F1 12 Tf 72 700 Td " + b"(0123456789) Tj " * 100_000 + b" ET")])


@hostile("report.pdf", heavy=True, rare=True)
def pdf_of_a_million_letters_each_in_its_place():
    words = b"".join(b"1 0 0 1 %d %d Tm (1) Tj\n" % (at * 7 % 595, at * 11 % 842) for at in range(3000))
    return pdf_pages([packed(b"BT /F1 12 Tf " + words * 100 + b"ET")])


@hostile("report.pdf", heavy=True, rare=True)
def pdf_whose_states_are_saved_a_million_times():
    return pdf_pages([packed(b"q " * 1_000_000 + TEXT)])


@hostile("report.pdf", heavy=True)
def pdf_with_marked_content_a_million_deep():
    return pdf_pages([packed(b"/P BMC " * 1_000_000 + TEXT)])


FORM = b"/Type /XObject /Subtype /Form /BBox [0 0 595 842] /Resources << /Font << /F1 3 0 R >> /XObject << %s >> >>"


@hostile("report.pdf", heavy=True)
def pdf_with_a_form_that_draws_itself():
    form = pdf_stream(TEXT + b"/X Do /X Do", FORM % b"/X 7 0 R")
    return pdf_pages([TEXT + b"/X Do"], resources=b"/Font << /F1 3 0 R >> /XObject << /X 7 0 R >>", o7=form)


@hostile("report.pdf", heavy=True, rare=True)
def pdf_with_forms_that_double_at_every_level():
    forms = {
        f"o{number}": pdf_stream(TEXT + b"/X Do /X Do", FORM % b"/X %d 0 R" % (number + 1))
        for number in range(100, 130)
    }
    return pdf_pages(
        [b"/X Do"],
        resources=b"/Font << /F1 3 0 R >> /XObject << /X 100 0 R >>",
        o130=pdf_stream(TEXT, FORM % b""),
        **forms,
    )


@hostile("report.pdf", heavy=True)
def pdf_with_forms_that_draw_the_next_ten_times():
    forms = {f"o{number}": pdf_stream(b"/X Do " * 10, FORM % b"/X %d 0 R" % (number + 1)) for number in range(100, 112)}
    return pdf_pages(
        [b"/X Do"],
        resources=b"/Font << /F1 3 0 R >> /XObject << /X 100 0 R >>",
        o112=pdf_stream(TEXT, FORM % b""),
        **forms,
    )


IMAGE = b"/Type /XObject /Subtype /Image /Filter /FlateDecode "


@hostile("report.pdf", heavy=True)
def pdf_with_a_picture_of_a_billion_points():
    picture = pdf_stream(
        zlib.compress(b"\0" * 1000), IMAGE + b"/Width 65000 /Height 65000 /BitsPerComponent 8 /ColorSpace /DeviceRGB"
    )
    return pdf_pages([b"/X Do"], resources=b"/XObject << /X 7 0 R >>", o7=picture)


# --- pages ------------------------------------------------------------------------------------------------------------

for box in (
    b"0 0 1e9 1e9",
    b"0 0 0 0",
    b"595 842 0 0",
    b"-1e38 -1e38 1e38 1e38",
    b"a b c d",
    b"0 0 nan inf",
    b"",
    b"0 0 595",
):
    add(
        f"pdf-with-pages-of-{box.decode() or 'nothing'}".replace(" ", "-"),
        "report.pdf",
        lambda box=box: pdf_pages([TEXT], box),
    )

for matrix in (
    b"0 0 0 0 0 0",
    b"1e38 0 0 1e38 1e38 1e38",
    b"-1 0 0 -1 0 0",
    b"0 1 -1 0 300 300",
    b"1e-30 0 0 1e-30 0 0",
):
    add(
        f"pdf-with-text-turned-by-{matrix.decode()}".replace(" ", "-"),
        "report.pdf",
        lambda matrix=matrix: pdf_pages([matrix + b" cm " + TEXT + b"0 0 m 100 100 l S 1e30 1e30 m -1e30 5 l S"]),
    )


@hostile("report.pdf", "no-text")
def pdf_of_an_empty_page():
    return pdf_pages([b""])


@hostile("report.pdf", "no-text", heavy=True)
def pdf_of_250_empty_pages():
    return pdf_pages([b""] * 250)


@hostile("report.pdf", "no-text")
def pdf_that_was_scanned():
    picture = pdf_stream(
        zlib.compress(b"\x80" * 60_000), IMAGE + b"/Width 200 /Height 300 /BitsPerComponent 8 /ColorSpace /DeviceGray"
    )
    return pdf_pages([b"595 0 0 842 0 0 cm /X Do"] * 5, resources=b"/XObject << /X 7 0 R >>", o7=picture)


@hostile("report.pdf", "no-text", "not-a-report", "unmapped-text")
def pdf_whose_font_has_no_unicode():
    font = b"<< /Type /Font /Subtype /Type0 /BaseFont /X /Encoding /Identity-H /DescendantFonts [7 0 R] >>"
    system = b"<< /Registry (Adobe) /Ordering (Identity) /Supplement 0 >>"
    below = b"<< /Type /Font /Subtype /CIDFontType2 /BaseFont /X /CIDSystemInfo %s >>" % system
    words = b"BT /F1 12 Tf 72 700 Td <00010002000300040005> Tj ET\n" * 50
    return pdf_pages([words], o3=font, o7=below)


@hostile("report.pdf")
def pdf_whose_font_says_that_all_letters_are_private():
    font = b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /ToUnicode 7 0 R >>"
    table = pdf_stream(b"1 begincodespacerange <00> <ff> endcodespacerange 1 beginbfrange <00> <ff> <E000> endbfrange")
    return pdf_pages([TEXT * 50], o3=font, o7=table)


@hostile("report.pdf", heavy=True)
def pdf_whose_font_maps_a_letter_to_a_million():
    font = b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /ToUnicode 7 0 R >>"
    table = packed(
        b"1 begincodespacerange <00> <ff> endcodespacerange 1 beginbfchar <32> <%s> endbfchar" % (b"4e00" * 1_000_000)
    )
    return pdf_pages([TEXT * 200], o3=font, o7=table)


@hostile("report.pdf")
def pdf_whose_font_maps_to_lone_surrogates():
    font = b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /ToUnicode 7 0 R >>"
    table = pdf_stream(b"1 begincodespacerange <00> <ff> endcodespacerange 1 beginbfrange <00> <ff> <D800> endbfrange")
    return pdf_pages([TEXT * 50], o3=font, o7=table)


@hostile("report.pdf", "encrypted")
def pdf_under_a_password():
    lock = b"<< /Filter /Standard /V 1 /R 2 /Length 40 /P -4 /O <%s> /U <%s> >>" % (b"11" * 32, b"22" * 32)
    return pdf(
        {
            1: CATALOG,
            2: b"<< /Type /Pages /Count 1 /Kids [10 0 R] >>",
            10: PAGE,
            3: FONT,
            11: pdf_stream(TEXT),
            12: lock,
        },
        b"/Encrypt 12 0 R /ID [<33333333333333333333333333333333> <33333333333333333333333333333333>]",
    )


@hostile("report.pdf", "encrypted", "damaged", "unsupported-format")
def pdf_locked_in_an_unknown_way():
    return pdf(
        {1: CATALOG, 2: b"<< /Type /Pages /Count 1 /Kids [10 0 R] >>", 10: PAGE, 12: b"<< /Filter /Unknown /V 99 >>"},
        b"/Encrypt 12 0 R",
    )


@hostile("report.pdf")
def pdf_whose_information_is_nonsense():
    return pdf_pages([TEXT], o1=b"<< /Type /Catalog /Pages 2 0 R /Metadata 1 0 R /Outlines 1 0 R /AcroForm 1 0 R >>")


@hostile("report.pdf", heavy=True, rare=True)
def pdf_whose_outline_runs_in_a_circle():
    return pdf_pages(
        [TEXT],
        o1=b"<< /Type /Catalog /Pages 2 0 R /Outlines 7 0 R >>",
        o7=b"<< /Type /Outlines /First 8 0 R /Last 8 0 R >>",
        o8=b"<< /Title (a) /Parent 7 0 R /Next 8 0 R /First 8 0 R >>",
    )


@hostile("report.pdf")
def pdf_behind_a_kilobyte_of_something_else():
    return b"HTTP/1.1 200 OK\r\n" * 50 + PDF


for number in range(8):
    at = len(PDF) * number // 8
    add(f"pdf-with-a-hole-at-{number}-eighths", "report.pdf", lambda at=at: PDF[:at] + bytes(2000) + PDF[at + 2000 :])
