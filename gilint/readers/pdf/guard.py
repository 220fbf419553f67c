"""What keeps a PDF from taking over: it is looked through before pdfium opens it.

A few bytes of a PDF may unpack to gigabytes, and a drawing that holds drawings may hold millions of them; pdfium reads
a page in one go, and nothing stops it. So documents that may grow are first opened in a process of their own, which is
ended when it takes too long or too much. Those of office programs and browsers never need that.
"""

from __future__ import annotations

import zlib
from math import ceil

from gilint.late import late

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

REFERENCE = late(r"\d{1,10} \d{1,5} R")
DRAWING = (b" Do", b"\nDo", b"\tDo", b"\rDo", b"\x00Do", b"\x0cDo")
"""The operator that draws a form or a picture, behind its name."""
HIDING = (b"/LZWDecode", b"/RunLengthDecode", b"/ASCII85Decode", b"/ASCIIHexDecode", b"/Crypt", b"#")
"""What packs in another way, or hides in a dictionary that anything does."""
ZLIB = b"\x78"
PRINTABLE = bytes(range(32, 127)) + b"\t\r\n"
SAMPLE = 1000
DEEPEST = 40
"""How deep pdfium follows drawings in drawings."""
MOST_TIMES = 8
LONGEST_ARRAY = 20_000
FREE = 4 * 1024 * 1024
"""Bytes that a document may unpack to without being tried out."""
FONT = (b"/Length1", b"/Type1C", b"/CIDFontType0C", b"/OpenType")
"""What only the streams of fonts have in their dictionaries: not looked at unless a page has them as its content."""
FONTS = 256 * 1024
"""Bytes of fonts, as they are packed, up to which they cannot unpack to more than there is memory."""
MOST_PAGES = 400
LONGEST_DICTIONARY, LONGEST_NUMBER = 4096, 10
SECONDS = 1.5
MEMORY = 400 * 1024 * 1024

# Run by another interpreter: it reads a PDF from its standard input and loads every page.
TRIAL = """
import sys
try:
    import resource
    resource.setrlimit(resource.RLIMIT_AS, ({memory}, {memory}))
    resource.setrlimit(resource.RLIMIT_CPU, ({seconds}, {seconds}))
except (ImportError, OSError, ValueError):
    pass
from pypdfium2 import raw
data = sys.stdin.buffer.read()
document = raw.FPDF_LoadMemDocument64(data, len(data), None)
for number in range(raw.FPDF_GetPageCount(document) if document else 0):
    page = raw.FPDF_LoadPage(document, number)
    if page:
        text = raw.FPDFText_LoadPage(page)
        raw.FPDFText_ClosePage(text)
        raw.FPDF_ClosePage(page)
sys.stdout.write("done")
"""


def is_harmless(data: bytes) -> bool:
    """Whether a PDF can be opened at once, or did no harm when it was tried out."""
    return not _may_grow(data) or _survives(data)


def _may_grow(data: bytes) -> bool:
    """Whether pdfium may make much more of a document than there is in it."""
    # What is encrypted cannot be looked at.
    if b"/Encrypt" in data:
        return True
    pages, fonts = _Pages(data), set[bytes]()
    left, left_of_fonts, drawings, largest, nested = FREE, FONTS, 0, 0, False
    for dictionary, packed in _streams(data):
        if any(mark in dictionary for mark in HIDING) or dictionary.count(b"FlateDecode") > 1:
            return True
        if len(packed) <= left_of_fonts and any(mark in dictionary for mark in FONT):
            left_of_fonts -= len(packed)
            fonts.update(dictionary.partition(b" 0 obj")[0].split()[-1:])
            continue
        content = _unpacked(packed, left)
        if content is None:
            return True
        left -= len(content)
        if b"/Contents" in content:
            pages.add(content)
        drawn = sum([content.count(mark) for mark in DRAWING]) if b"Do" in content else 0
        drawings += drawn
        if b"/Form" in dictionary:
            if drawn > 1:
                return True
            largest, nested = max(largest, len(content)), nested or drawn > 0
    pages.add(data)
    return (
        pages.repeat or not fonts.isdisjoint(pages.contents) or drawings * largest * (DEEPEST if nested else 1) > FREE
    )


class _Pages:
    """What the pages of a document have as their content: the numbers of objects.

    ``repeat`` says that one has the same many times, or that there are too many pages to tell.
    """

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._left = MOST_PAGES
        self.contents: set[bytes] = set()
        self.repeat = False

    def add(self, text: bytes) -> None:
        """Add the pages whose dictionaries stand in ``text``."""
        at = text.find(b"/Contents")
        while at >= 0 and not self.repeat:
            names = REFERENCE.findall(self._named(text[at + 9 : at + LONGEST_ARRAY].lstrip()))
            self.contents.update([name.partition(" ")[0].encode() for name in names])
            self._left -= 1
            self.repeat = not self._left or len(names) - len(set(names)) >= MOST_TIMES
            at = text.find(b"/Contents", at + 9)

    def _named(self, named: bytes) -> str:
        """The names behind ``/Contents``: one, or those of an array, which may stand in an object of its own."""
        single = REFERENCE.match(named[:SAMPLE].decode("latin-1"))
        if single:
            place = self._data.find(single.group()[:-1].encode() + b"obj")
            held = self._data[place : place + LONGEST_ARRAY].partition(b"obj")[2].lstrip() if place >= 0 else b""
            if not held.startswith(b"["):
                return single.group()
            named = held
        return named.partition(b"]")[0].decode("latin-1") if named.startswith(b"[") else ""


def _streams(data: bytes) -> Iterator[tuple[bytes, bytes]]:
    """Dictionary and content of every stream."""
    at = data.find(b"stream")
    while at >= 0:
        start = at + 6
        if data[at - 3 : at] != b"end" and data[start : start + 1] in (b"\r", b"\n"):
            start += 2 if data[start : start + 2] == b"\r\n" else 1
            end = data.find(b"endstream", start)
            begin = max(at - LONGEST_DICTIONARY, 0)
            yield (
                data[max(data.rfind(b" 0 obj", begin, at) - LONGEST_NUMBER, begin) : at],
                data[start : end if end >= 0 else len(data)],
            )
            start = end if end >= 0 else len(data)
        at = data.find(b"stream", start)


def _unpacked(packed: bytes, most: int) -> bytes | None:
    """A stream unpacked, as it is when it is not packed, or ``None`` when it holds more than ``most`` bytes.

    A picture counts nothing: it is not unpacked to find its place.
    """
    if packed[:1] != ZLIB:
        middle = len(packed) // 2
        sample = packed[:SAMPLE] + packed[middle : middle + SAMPLE]
        if len(sample.translate(None, PRINTABLE)) * 5 > len(sample):
            return b""
        return packed if len(packed) <= most else None
    try:
        content = zlib.decompressobj().decompress(packed, most + 1)
    except zlib.error:
        return b""
    return content if len(content) <= most else None


def _survives(data: bytes) -> bool:
    import subprocess
    import sys

    if not sys.executable:
        return False
    program = TRIAL.format(memory=MEMORY, seconds=ceil(SECONDS))
    try:
        done = subprocess.run(
            # Without -P a file beside the reports that is named like the library would be run.
            [sys.executable, "-P", "-c", program],
            input=data,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            timeout=SECONDS,
            check=False,
        )
    except (OSError, subprocess.SubprocessError):
        return False
    return done.returncode == 0 and done.stdout == b"done"
