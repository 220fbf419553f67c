"""PDFs written by hand, so that each character and line stands where a test wants it.

Places are points from the upper left corner of a page, as PDF readers show it. The characters of the font are their own
UTF-16 codes, ideographs an em wide and ASCII characters half an em; they all look the same.
"""

import base64
import zlib

from gilint.limits import DEFAULT
from gilint.model import Paragraph
from gilint.readers.pdf import read

WIDTH, HEIGHT = 595, 842
# A TrueType font of one glyph, a box; pdfium leaves out text that has no glyph at all.
FONT = zlib.decompress(
    base64.b85decode(
        "c-muNWME)mXK-L(VlYU~O)OyGVVJ_e01{*{NzbWF`)~W-8pyW+@iS5rQ}koLSpnHKKx~!)6kttbodINT0b-Sm+>#0wDF!1T`v(xS<>V(PGDtD-0`;4K__>J{1q>_<Y(Vx6AXWfd1H{Q@`)uO*ZN4"
        "%vGrs^?{9NOvKb$uDKZo%UvjULI40Iy|0QE2z{O<sgFBpuN)EEyz9E=1Q!6HmR+aNMbX!2m4V3$JVn1NUXNHT(H76y=gEKuE!|NleC{|Dgq@B;k>vIXWkpnh>dML{FR2`S7ie`;{c0053CI-U"
    )
)
TO_UNICODE = (
    b"/CIDInit /ProcSet findresource begin begincmap 1 begincodespacerange <0000> <FFFF> endcodespacerange "
    b"100 beginbfrange "
    + b" ".join(b"<%02X00> <%02XFF> <%02X00>" % (high, high, high) for high in range(100))
    + b" endbfrange 100 beginbfrange "
    + b" ".join(b"<%02X00> <%02XFF> <%02X00>" % (high, high, high) for high in range(100, 200))
    + b" endbfrange 56 beginbfrange "
    + b" ".join(b"<%02X00> <%02XFF> <%02X00>" % (high, high, high) for high in range(200, 256))
    + b" endbfrange endcmap end"
)


class Page:
    """The content of a page under construction."""

    def __init__(self, width=WIDTH, height=HEIGHT, more=b""):
        self.width, self.height, self.more = width, height, more
        self.parts = []
        self.forms = []

    def text(self, x, y, text, size=10.5, *, turn=(1, 0, 0, 1), spacing=0, colour=(0, 0, 0), mode=0):
        """A text that begins at ``x`` on a line ``y`` below the top; ``turn`` is how it is turned and stretched."""
        code = text.encode("utf-16-be").hex().encode()
        self.parts.append(
            b"BT %g %g %g rg %d Tr %g Tc /F %g Tf %g %g %g %g %g %g Tm <%s> Tj ET"
            % (*colour, mode, spacing, size, *turn, x, self.height - y, code)
        )
        return self

    def lines(self, x, y, texts, size=10.5, pitch=15):
        for number, text in enumerate(texts):
            self.text(x, y + number * pitch, text, size)
        return self

    def line(self, x0, y0, x1, y1, width=0.5, dash=b"[] 0"):
        self.parts.append(b"%g w %s d %g %g m %g %g l S" % (width, dash, x0, self.height - y0, x1, self.height - y1))
        return self

    def area(self, x0, y0, x1, y1, colour=(0, 0, 0)):
        """A rectangle filled with a colour."""
        self.parts.append(b"%g %g %g rg %g %g %g %g re f" % (*colour, x0, self.height - y1, x1 - x0, y1 - y0))
        return self

    def frame(self, x0, y0, x1, y1):
        """The border of a rectangle."""
        self.parts.append(b"0.5 w %g %g %g %g re S" % (x0, self.height - y1, x1 - x0, y1 - y0))
        return self

    def ruled(self, xs, ys):
        """A table with a line at each of these places."""
        for x in xs:
            self.line(x, ys[0], x, ys[-1])
        for y in ys:
            self.line(xs[0], y, xs[-1], y)
        return self

    def cells(self, xs, ys, rows, size=10.5):
        """The texts of a table that :meth:`ruled` has drawn, each at the left of its cell; ``None`` for no text."""
        for top, row in zip(ys, rows, strict=False):
            for left, text in zip(xs, row, strict=False):
                if text:
                    for number, line in enumerate(text.split("\n")):
                        self.text(left + 4, top + 13 + number * 14, line, size)
        return self

    def form(self, sheet, down=0):
        """What stands on another page, as a drawing of its own, so many points lower."""
        self.parts.append(b"q 1 0 0 1 0 %g cm /X%d Do Q" % (-down, len(self.forms)))
        self.forms.append(sheet)
        return self

    def picture(self, x0, y0, x1, y1):
        self.parts.append(b"q %g 0 0 %g %g %g cm /I Do Q" % (x1 - x0, y1 - y0, x0, self.height - y1))
        return self


def file_of(objects, trailer=b""):
    """A file of objects by number: bytes, or a dictionary with the stream behind it."""
    out, places = bytearray(b"%PDF-1.7\n"), {}
    for number, held in sorted(objects.items()):
        places[number] = len(out)
        if isinstance(held, tuple):
            dictionary, stream = held
            held = b"<<%s/Length %d>>\nstream\n%s\nendstream" % (dictionary, len(stream), stream)
        out += b"%d 0 obj\n%s\nendobj\n" % (number, held)
    start, size = len(out), max(objects) + 1
    out += b"xref\n0 %d\n0000000000 65535 f \n" % size
    for number in range(1, size):
        out += b"%010d 00000 n \n" % places[number] if number in places else b"0000000000 65535 f \n"
    out += b"trailer\n<</Size %d/Root 1 0 R%s>>\nstartxref\n%d\n%%%%EOF\n" % (size, trailer, start)
    return bytes(out)


def pdf(*pages, information=None, unicode=TO_UNICODE, catalog=b"", font=None):
    """A document of these pages. ``font`` is the name of a Chinese font that it names and does not bring along."""
    objects = {
        1: b"<</Type/Catalog/Pages 2 0 R%s>>" % catalog,
        3: b"<</Type/Font/Subtype/Type0/BaseFont/Song/Encoding/Identity-H/DescendantFonts[4 0 R]%s>>"
        % (b"/ToUnicode 5 0 R" if unicode else b""),
        4: b"<</Type/Font/Subtype/CIDFontType2/BaseFont/Song/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)"
        b"/Supplement 0>>/DW 1000/W[32 126 500]/FontDescriptor 6 0 R/CIDToGIDMap 9 0 R>>",
        6: b"<</Type/FontDescriptor/FontName/Song/Flags 4/FontBBox[0 -120 1000 880]/ItalicAngle 0/Ascent 880"
        b"/Descent -120/CapHeight 700/StemV 80/FontFile2 8 0 R>>",
        8: (b"/Length1 %d" % len(FONT), FONT),
        9: (b"/Filter/FlateDecode", zlib.compress(b"\0\1" * 65536)),
        7: (b"/Type/XObject/Subtype/Image/Width 1/Height 1/BitsPerComponent 8/ColorSpace/DeviceGray", b"\x80"),
    }
    if font:
        objects |= named(font)
        del objects[8], objects[9]
    elif unicode:
        objects[5] = b"/Filter/FlateDecode", zlib.compress(unicode)
    numbers = []
    for page in pages:
        drawn = b""
        for place, form in enumerate(page.forms):
            number = max(objects) + 1
            drawn += b"/X%d %d 0 R" % (place, number)
            objects[number] = (
                b"/Type/XObject/Subtype/Form/BBox[0 0 %g %g]/Resources<</Font<</F 3 0 R>>>>"
                % (form.width, form.height),
                b"\n".join(form.parts),
            )
        number = max(objects) + 1
        objects[number] = (
            b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 %g %g]/Contents %d 0 R"
            b"/Resources<</Font<</F 3 0 R>>/XObject<</I 7 0 R%s>>>>%s>>"
            % (page.width, page.height, number + 1, drawn, page.more)
        )
        objects[number + 1] = b"", b"\n".join(page.parts)
        numbers.append(number)
    names = b" ".join(b"%d 0 R" % number for number in numbers)
    objects[2] = b"<</Type/Pages/Count %d/Kids[%s]>>" % (len(numbers), names)
    trailer = b""
    if information:
        objects[max(objects) + 1] = information
        trailer = b"/Info %d 0 R" % max(objects)
    return file_of(objects, trailer)


def named(font):
    """The objects of a font that is looked for where the document is read, as programs without fonts write them."""
    return {
        3: b"<</Type/Font/Subtype/Type0/BaseFont/%s/Encoding/UniGB-UCS2-H/DescendantFonts[4 0 R]>>" % font,
        4: b"<</Type/Font/Subtype/CIDFontType0/BaseFont/%s/CIDSystemInfo<</Registry(Adobe)/Ordering(GB1)/Supplement 4>>"
        b"/DW 1000/W[814 939 500]/FontDescriptor 6 0 R>>" % font,
        6: b"<</Type/FontDescriptor/FontName/%s/Flags 4/FontBBox[-25 -254 1000 880]/ItalicAngle 0/Ascent 880"
        b"/Descent -120/CapHeight 880/StemV 93>>" % font,
    }


def read_pdf(*pages, limits=DEFAULT, **options):
    return read(pdf(*pages, **options), "report.pdf", limits)


def texts(document):
    """The paragraphs of a document, and the rows of its tables as lists of texts."""
    found = []
    for block in document.blocks:
        if isinstance(block, Paragraph):
            found.append(block.text)
        else:
            found += [[cell.text for cell in row] for row in block.rows]
    return found
