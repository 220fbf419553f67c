"""Files put together byte by byte: archives, compound files and PDFs that no library would write."""

import io
import struct
import zipfile
import zlib
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
FORMATS = ROOT / "tests" / "data" / "formats"
MEGABYTE = 1 << 20
LARGEST = 80 * MEGABYTE


def fixture(name):
    """A sample report as another program saved it."""
    return (FORMATS / name).read_bytes()


def example():
    """A sample report as text."""
    return (ROOT / "examples" / "clean-2024.txt").read_text(encoding="utf-8")


# --- archives -----------------------------------------------------------------------------------------------------


def zipped(members, method=zipfile.ZIP_DEFLATED):
    """A well-formed archive of {name: bytes}."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method, compresslevel=1) as archive:
        for name, content in members.items():
            archive.writestr(zipfile.ZipInfo(name), content, method)
    return out.getvalue()


def unzipped(data):
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def changed(data, **members):
    """A package with some members replaced; ``__`` stands for a slash, ``_`` before the end of a name for its dot."""
    return zipped({**unzipped(data), **{_member(name): content for name, content in members.items()}})


def _member(name):
    path, _, suffix = name.replace("__", "/").rpartition("_")
    return f"{path}.{suffix}"


class Member:
    """A member of an archive as it is written, whatever is true of it."""

    def __init__(self, name, packed, size=None, method=8, flags=0, checksum=None):
        self.name, self.packed, self.method, self.flags = name.encode(), packed, method, flags
        self.checksum = zlib.crc32(packed) if checksum is None else checksum
        self.size = len(packed) if size is None else size


def raw_zip(members, overlapping=0):
    """An archive of members as they are; ``overlapping`` further names share the content of the first."""
    out, directory, offsets = bytearray(), bytearray(), []
    for member in members:
        offsets.append(len(out))
        head = struct.pack(
            "<HHHHHIIIHH",
            *(
                20,
                member.flags,
                member.method,
                0,
                33,
                member.checksum,
                len(member.packed),
                member.size,
                len(member.name),
                0,
            ),
        )
        out += b"PK\x03\x04" + head + member.name + member.packed
    listed = [*zip(members, offsets, strict=True), *((members[0], 0) for _ in range(overlapping))]
    for number, (member, offset) in enumerate(listed):
        name = member.name if number < len(members) else b"%d-" % number + member.name
        sizes = (len(member.packed), member.size, len(name))
        head = struct.pack("<HHHHHHIII", 20, 20, member.flags, member.method, 0, 33, member.checksum, *sizes[:2])
        directory += b"PK\x01\x02" + head + struct.pack("<HHHHHII", sizes[2], 0, 0, 0, 0, 0, offset) + name
    end = struct.pack("<HHHHIIH", 0, 0, len(listed), len(listed), len(directory), len(out), 0)
    return bytes(out + directory + b"PK\x05\x06" + end)


def deflated(block, times, head=b"", tail=b""):
    """head + block * times + tail as a raw deflate stream, made without ever holding all of it."""

    def flushed(content):
        packer = zlib.compressobj(9, zlib.DEFLATED, -15)
        return packer.compress(content) + packer.flush(zlib.Z_FULL_FLUSH)

    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    return flushed(head) + flushed(block) * times + packer.compress(tail) + packer.flush()


def bomb(name, block, times, head=b"", tail=b"", size=None):
    """A member that unpacks to much more than it is; ``size`` is what it says of itself."""
    true = len(head) + len(block) * times + len(tail)
    checksum = zlib.crc32(head)
    # Nobody should get to the end of a larger one.
    for _time in range(times if true < LARGEST else 0):
        checksum = zlib.crc32(block, checksum)
    packed = deflated(block, times, head, tail)
    return Member(name, packed, true if size is None else size, checksum=zlib.crc32(tail, checksum))


def with_bomb(data, member):
    """A package with one member replaced by a bomb."""
    kept = [Member(name, content, method=0) for name, content in unzipped(data).items() if name.encode() != member.name]
    return raw_zip([*kept, member])


# --- compound files -------------------------------------------------------------------------------------------------

SECTOR = 512
END, FREE, FAT = 0xFFFFFFFE, 0xFFFFFFFF, 0xFFFFFFFD


def compound(streams, *, cyclic=False):
    """A compound file (old Office) of {name: bytes}, each stream in sectors of its own; or with chains without end."""
    chains, sectors = [], []
    for content in streams.values():
        content = content.ljust(4096, b"\0")
        start = len(sectors)
        sectors += [content[at : at + SECTOR].ljust(SECTOR, b"\0") for at in range(0, len(content), SECTOR)]
        chains.append((start, len(sectors) - start, len(content)))
    directory_at = len(sectors)
    entries = [_entry("Root Entry", 5, END, 0, child=1)]
    entries += [
        _entry(name, 2, start, size, right=number + 2 if number + 1 < len(streams) else FREE)
        for number, (name, (start, _count, size)) in enumerate(zip(streams, chains, strict=True))
    ]
    directory = b"".join(entries)
    sectors += [directory[at : at + SECTOR].ljust(SECTOR, b"\0") for at in range(0, len(directory), SECTOR)]
    chains.append((directory_at, len(sectors) - directory_at, 0))
    fat_sectors = (len(sectors) + 127) // 127
    fat = [FREE] * (fat_sectors * 128)
    for start, count, _size in chains:
        for at in range(start, start + count - 1):
            fat[at] = at + 1
        fat[start + count - 1] = start if cyclic else END
    fat_at = range(len(sectors), len(sectors) + fat_sectors)
    for at in fat_at:
        fat[at] = FAT
    header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16)
    header += struct.pack(
        "<HHHHHHIIIIIIIIII", 0x3E, 3, 0xFFFE, 9, 6, 0, 0, 0, fat_sectors, directory_at, 0, 4096, END, 0, END, 0
    )
    header += struct.pack("<109I", *fat_at, *[FREE] * (109 - fat_sectors))
    return header + b"".join(sectors) + struct.pack(f"<{len(fat)}I", *fat)


def _entry(name, kind, start, size, child=FREE, right=FREE):
    encoded = name.encode("utf-16-le") + b"\0\0"
    head = encoded.ljust(64, b"\0") + struct.pack("<HBBIII", len(encoded), kind, 1, FREE, right, child)
    return head + bytes(36) + struct.pack("<IQ", start, size)


def biff(*records):
    """A stream of BIFF records (type, content), as workbooks until 2003 hold them."""
    return b"".join(struct.pack("<HH", kind, len(content)) + content for kind, content in records)


# --- PDF --------------------------------------------------------------------------------------------------------------


def pdf(objects, trailer=b"", root=1, xref=None):
    """A PDF of {number: bytes} with a true table of its objects, or ``xref`` in the place of it."""
    out, places = bytearray(b"%PDF-1.5\n"), {}
    for number, content in objects.items():
        places[number] = len(out)
        out += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    at = len(out)
    if xref is None:
        size = max(objects) + 1
        rows = [b"0000000000 65535 f \n"]
        rows += [b"%010d 00000 n \n" % places[number] if number in places else rows[0] for number in range(1, size)]
        xref = b"xref\n0 %d\n%strailer\n<< /Size %d /Root %d 0 R %s >>\n" % (size, b"".join(rows), size, root, trailer)
    return bytes(out) + xref.replace(b"@HERE@", b"%d" % at) + b"startxref\n%d\n%%%%EOF\n" % at


def pdf_stream(content, extra=b""):
    return b"<< /Length %d %s >>\nstream\n%s\nendstream" % (len(content), extra, content)


def pdf_pages(contents, box=b"0 0 595 842", resources=b"/Font << /F1 3 0 R >>", **more):
    """A PDF with a page for each content stream; ``more`` objects by number, as ``o7=…``."""
    objects = {
        1: b"<< /Type /Catalog /Pages 2 0 R >>",
        3: b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    }
    kids = []
    number = 10
    for content in contents:
        page = b"<< /Type /Page /Parent 2 0 R /MediaBox [%s] /Resources << %s >> /Contents %d 0 R >>"
        objects[number] = page % (box, resources, number + 1)
        objects[number + 1] = content if content.startswith(b"<<") else pdf_stream(content)
        kids.append(b"%d 0 R" % number)
        number += 2
    objects[2] = b"<< /Type /Pages /Count %d /Kids [%s] >>" % (len(kids), b" ".join(kids))
    objects.update({int(name[1:]): content for name, content in more.items()})
    return pdf(objects)
