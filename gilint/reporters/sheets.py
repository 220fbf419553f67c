"""What all workbooks share: the library that writes them, and bytes that are the same every time."""

from __future__ import annotations

import io
import os
import time
import zipfile

from gilint.errors import UsageError
from gilint.late import late

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

EARLIEST = 315_532_800
"""1980-01-01: a ZIP archive knows no earlier time."""
STAMP = late(r"(<dcterms:(?:created|modified)[^>]*>)[^<]*")


def require_openpyxl() -> Any:
    """The library that writes workbooks. Raises ``UsageError`` where it is not installed."""
    try:
        import openpyxl
    except ImportError:
        zh, en = "写工作簿需要 openpyxl：pip install 'gilint[xlsx]'", "writing a workbook needs openpyxl"
        raise UsageError(f"{zh} ({en})") from None
    return openpyxl


def workbook_bytes(book: Any) -> bytes:
    """A workbook as a file that tells no time but that of ``SOURCE_DATE_EPOCH``, so that equal books are equal."""
    written, out = io.BytesIO(), io.BytesIO()
    book.save(written)
    moment = _moment()
    with zipfile.ZipFile(written) as source, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            content = source.read(name)
            if name == "docProps/core.xml":
                stamp = time.strftime("%Y-%m-%dT%H:%M:%SZ", moment)
                content = STAMP.sub(rf"\g<1>{stamp}", content.decode()).encode()
            target.writestr(zipfile.ZipInfo(name, moment[:6]), content, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def _moment() -> time.struct_time:
    said = os.environ.get("SOURCE_DATE_EPOCH", "")
    return time.gmtime(max(int(said), EARLIEST) if said.isdecimal() and len(said) < 11 else EARLIEST)
