"""From bytes to a Document: refuse what cannot be read, then ask the readers in turn."""

from __future__ import annotations

from gilint.errors import InputError
from gilint.readers.text import empty, encoding_mark

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable

    from gilint.model import Document
    from gilint.readers import Reader

LARGEST = 20 * 1024 * 1024
"""Bytes of one input; the longest real report stays below 1 MB."""

KINDS = (
    (b"PK\x03\x04", "Word/Excel (.docx, .xlsx) 或压缩包", "a Word or Excel file (.docx, .xlsx) or an archive"),
    (b"%PDF", "PDF", "a PDF"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "旧版 Word/WPS/Excel (.doc, .wps, .xls)", "an old Word, WPS or Excel file"),
    (b"{\\rtf", "RTF", "an RTF file"),
    (b"\x89PNG", "图片 (PNG)", "a picture (PNG)"),
    (b"\xff\xd8\xff", "图片 (JPEG)", "a picture (JPEG)"),
    (b"GIF8", "图片 (GIF)", "a picture (GIF)"),
    (b"RIFF", "图片 (WebP)", "a picture (WebP)"),
    (b"BM", "图片 (BMP)", "a picture (BMP)"),
    (b"II*\x00", "图片 (TIFF)", "a picture (TIFF)"),
    (b"MM\x00*", "图片 (TIFF)", "a picture (TIFF)"),
    (b"Rar!", "压缩包 (RAR)", "an archive (RAR)"),
    (b"7z\xbc\xaf", "压缩包 (7z)", "an archive (7z)"),
    (b"\x1f\x8b", "压缩包 (gzip)", "an archive (gzip)"),
)
MARKUP = ("<!doctype html", "<html", "<head", "<body", "<?xml")
CLOSING = ("</p>", "</div>", "</td>", "</span>", "</table>", "</html>", "</body>")
SAMPLE = 65536


def read_document(data: bytes, name: str, readers: Iterable[Reader]) -> Document:
    """The document that ``data`` holds.

    Raises ``InputError``: ``empty``, ``too-large``, ``binary``, ``unsupported-format``, ``encoding``, or what the
    reader says.
    """
    _refuse_hopeless(data, name)
    for reader in readers:
        if reader.sniff(data, name):
            if reader.name in ("text", "markdown"):
                _refuse_binary(data, name)
            return reader.read(data, name)
    raise _unsupported(name, "未知格式", "an unknown format")


def _refuse_hopeless(data: bytes, name: str) -> None:
    if not data.strip():
        raise empty(name)
    if len(data) > LARGEST:
        raise too_large(name, len(data))


def too_large(name: str, size: int) -> InputError:
    megabytes, limit = size / 1048576, LARGEST // 1048576
    return InputError(
        "too-large",
        name,
        {
            "zh": f"文件有 {megabytes:.0f} MB，超过上限 {limit} MB",
            "en": f"{megabytes:.0f} MB is over the limit of {limit} MB",
        },
        {"zh": "一份报告通常不足 1 MB，请只保留报告正文", "en": "a report is usually below 1 MB: keep only its text"},
    )


def _refuse_binary(data: bytes, name: str) -> None:
    for magic, zh, en in KINDS:
        if data.startswith(magic):
            raise _unsupported(name, zh, en)
    sample = data[:SAMPLE]
    marked = encoding_mark(data)
    codec = marked[0] if marked else "latin-1"
    if _is_markup(sample.decode(codec, "ignore")):
        raise _unsupported(name, "网页 (HTML)", "a web page (HTML)")
    if codec in ("utf-16", "utf-32"):
        return
    control = sum(
        sample.count(byte) for byte in (b"\x00", b"\x01", b"\x02", b"\x03", b"\x04", b"\x05", b"\x06", b"\x0e")
    )
    if b"\x00" in sample or control * 100 > len(sample):
        raise InputError(
            "binary",
            name,
            {"zh": "这是二进制文件，不是文字", "en": "this is a binary file, not text"},
            {"zh": "请另存为纯文本（.txt，UTF-8）后再检查", "en": "save it as plain text (.txt, UTF-8)"},
        )


def _is_markup(sample: str) -> bool:
    """Whether a text is a web page, or a part of one: it begins with a tag and closes some."""
    start = sample.lstrip("\ufeff \t\r\n").lower()
    return start.startswith(MARKUP) or (start.startswith("<") and any(tag in start for tag in MARKUP + CLOSING))


def _unsupported(name: str, zh: str, en: str) -> InputError:
    return InputError(
        "unsupported-format",
        name,
        {"zh": f"此版本还不能读取这种文件：{zh}", "en": f"this is {en}, which this version cannot read"},
        {"zh": "请另存为纯文本（.txt，UTF-8）后再检查", "en": "save it as plain text (.txt, UTF-8)"},
    )
