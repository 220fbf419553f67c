"""What all workbooks share: the library that writes them, and bytes that are the same every time."""

from __future__ import annotations

import os
import shutil
import time
import zipfile

from gilint.errors import UsageError
from gilint.late import late

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any

EARLIEST = 315_532_800
"""1980-01-01: a ZIP archive knows no earlier time."""
MOST_HELD, AT_A_TIME = 4_000_000, 1 << 20
"""Bytes of a workbook that are held in memory, and that are copied at a time."""
STAMP = late(r"(<dcterms:(?:created|modified)[^>]*>)[^<]*")


def require_openpyxl() -> Any:
    """The library that writes workbooks. Raises ``UsageError`` where it is not installed."""
    try:
        import openpyxl
    except ImportError:
        zh, en = '写工作簿需要 openpyxl：pip install "gilint[xlsx]"', "writing a workbook needs openpyxl"
        raise UsageError(f"{zh} ({en})") from None
    return openpyxl


def workbook_bytes(book: Any) -> bytes:
    """A workbook as a file that tells no time but that of ``SOURCE_DATE_EPOCH``, so that equal books are equal."""
    return b"".join(workbook_pieces(book))


def workbook_pieces(book: Any) -> Iterator[bytes]:
    """The same in pieces: what is larger than a few megabytes lies on disk until it is asked for."""
    from tempfile import SpooledTemporaryFile

    with SpooledTemporaryFile(MOST_HELD) as written, SpooledTemporaryFile(MOST_HELD) as out:
        book.save(written)
        with zipfile.ZipFile(written) as source, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
            for member in source.infolist():
                _copy(source, member, target)
        out.seek(0)
        while piece := out.read(AT_A_TIME):
            yield piece


def _copy(source: zipfile.ZipFile, member: zipfile.ZipInfo, target: zipfile.ZipFile) -> None:
    moment = _moment()
    again = zipfile.ZipInfo(member.filename, moment[:6])
    again.compress_type, again.file_size = zipfile.ZIP_DEFLATED, member.file_size
    with source.open(member) as content, target.open(again, "w") as copy:
        if member.filename == "docProps/core.xml":
            stamp = time.strftime("%Y-%m-%dT%H:%M:%SZ", moment)
            copy.write(STAMP.sub(rf"\g<1>{stamp}", content.read().decode()).encode())
        else:
            shutil.copyfileobj(content, copy, AT_A_TIME)


def _moment() -> time.struct_time:
    said = os.environ.get("SOURCE_DATE_EPOCH", "")
    return time.gmtime(max(int(said), EARLIEST) if said.isdecimal() and len(said) < 11 else EARLIEST)
