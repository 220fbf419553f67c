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
LONGEST_DICTIONARY = 4096
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
    if b"/Encrypt" in data or _repeats(data, data):
        return True
    left, drawings, largest, nested = FREE, 0, 0, False
    for dictionary, packed in _streams(data):
        if any(mark in dictionary for mark in HIDING) or dictionary.count(b"FlateDecode") > 1:
            return True
        content = _unpacked(packed, left)
        if content is None or (b"/Contents" in content and _repeats(content, data)):
            return True
        left -= len(content)
        drawn = sum([content.count(mark) for mark in DRAWING]) if b"Do" in content else 0
        drawings += drawn
        if b"/Form" in dictionary:
            if drawn > 1:
                return True
            largest, nested = max(largest, len(content)), nested or drawn > 0
    return drawings * largest * (DEEPEST if nested else 1) > FREE


def _repeats(text: bytes, data: bytes) -> bool:
    """Whether a page in ``text`` has the same content many times."""
    at = text.find(b"/Contents")
    while at >= 0:
        named = text[at + 9 : at + LONGEST_ARRAY].lstrip()
        held = REFERENCE.match(named[:SAMPLE].decode("latin-1"))
        if held:
            # The array stands in an object of its own.
            place = data.find(held.group()[:-1].encode() + b"obj")
            named = data[place : place + LONGEST_ARRAY].partition(b"obj")[2].lstrip() if place >= 0 else b""
        if named.startswith(b"["):
            names = REFERENCE.findall(named.partition(b"]")[0].decode("latin-1"))
            if len(names) - len(set(names)) >= MOST_TIMES:
                return True
        at = text.find(b"/Contents", at + 9)
    return False


def _streams(data: bytes) -> Iterator[tuple[bytes, bytes]]:
    """Dictionary and content of every stream."""
    at = data.find(b"stream")
    while at >= 0:
        start = at + 6
        if data[at - 3 : at] != b"end" and data[start : start + 1] in (b"\r", b"\n"):
            start += 2 if data[start : start + 2] == b"\r\n" else 1
            end = data.find(b"endstream", start)
            begin = max(at - LONGEST_DICTIONARY, 0)
            yield data[max(data.rfind(b" obj", begin, at), begin) : at], data[start : end if end >= 0 else len(data)]
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
            [sys.executable, "-c", program],
            input=data,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            timeout=SECONDS,
            check=False,
        )
    except (OSError, subprocess.SubprocessError):
        return False
    return done.returncode == 0 and done.stdout == b"done"
