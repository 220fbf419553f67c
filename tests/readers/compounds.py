"""Compound files, as office programs wrote them until 2003, made by hand."""

import struct


def compound(*streams):
    """A compound file of empty streams: header, allocation table, directory."""
    header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16) + struct.pack("<HHHH", 0x3E, 3, 0xFFFE, 9)
    header = header.ljust(44, b"\x00") + struct.pack("<II", 1, 1) + bytes(4) + struct.pack("<I", 4096)
    header = header.ljust(68, b"\x00") + struct.pack("<I", 0xFFFFFFFE) + bytes(4) + struct.pack("<I", 0)
    header = header.ljust(512, b"\xff")
    size = (len(streams) + 4) // 4
    links = [0xFFFFFFFD, *range(2, size + 1), 0xFFFFFFFE]
    table = struct.pack(f"<{len(links)}I", *links).ljust(512, b"\xff")
    entries = [entry("Root Entry", 5, child=1)]
    entries += [entry(name, 2, right=number + 2) for number, name in enumerate(streams)]
    return header + table + b"".join(entries).ljust(size * 512, b"\x00")


def entry(name, kind, right=0xFFFFFFFF, child=0xFFFFFFFF):
    title = name.encode("utf-16-le") + b"\x00\x00"
    head = title.ljust(64, b"\x00") + struct.pack("<HBB", len(title), kind, 1)
    return (head + struct.pack("<III", 0xFFFFFFFF, right, child)).ljust(128, b"\x00")
