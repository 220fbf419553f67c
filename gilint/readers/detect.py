"""Which format bytes are of: told by their content, by the name only where contents are alike."""

from __future__ import annotations

from gilint.errors import InputError
from gilint.late import late
from gilint.readers.text import empty, encoding_mark

TYPE_CHECKING = False
if TYPE_CHECKING:
    from gilint.limits import Limits

ARCHIVE = "archive"
SAMPLE = 65536
COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
"""Compound files: Word, WPS and Excel until 2003, and office documents under a password."""

PICTURES = (
    (b"\x89PNG", "PNG"),
    (b"\xff\xd8\xff", "JPEG"),
    (b"GIF8", "GIF"),
    (b"BM", "BMP"),
    (b"II*\x00", "TIFF"),
    (b"MM\x00*", "TIFF"),
)
PACKED = (
    (b"Rar!", "RAR"),
    (b"7z\xbc\xaf", "7z"),
    (b"\x1f\x8b", "gzip"),
    (b"BZh", "bzip2"),
    (b"\xfd7zXZ", "xz"),
)
MARKUP = ("<!doctype html", "<html", "<head", "<body")
CLOSING = ("</p>", "</div>", "</td>", "</span>", "</table>", "</html>", "</body>")
HEADERS = late(r"(?:[A-Za-z-]+:[^\n]*\r?\n(?:[ \t][^\n]*\r?\n)*)+")
MARKDOWN = late(r"^ {0,3}#{1,6}[ \t]|^[ \t]*\|?[ \t]*:?-{3,}:?[ \t]*\|", 8)
YAML = late(r"\A(?:\s*(?:#[^\n]*)?\n|---[^\n]*\n)*(?:form|title|issuer|year|sections|tables|opening)[ \t]*:", 8)


def format_of(data: bytes, name: str, limits: Limits) -> str:
    """The name of the reader in ``BUILTIN`` for the content, or ``archive``.

    Raises ``InputError``: ``empty``, ``too-large``, ``binary``, ``unsupported-format``, ``encrypted``, ``damaged``.
    """
    if not data.strip():
        raise empty(name)
    if len(data) > limits.file_mb * 1048576:
        raise too_large(name, len(data), limits)
    if data.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _in_package(data, name, limits)
    if data.startswith(COMPOUND):
        return _in_compound(data, name)
    # Programs find the mark of a PDF behind some bytes of a mail or a download.
    if b"%PDF-" in data[:1024]:
        return "pdf"
    if data[:6].lstrip(b"\xef\xbb\xbf").startswith(b"{\\rt"):
        return "word"
    _refuse_others(data, name)
    return _in_text(data, name)


def too_large(name: str, size: int, limits: Limits) -> InputError:
    megabytes = size / 1048576
    return InputError(
        "too-large",
        name,
        {
            "zh": f"文件有 {megabytes:.0f} MB，超过上限 {limits.file_mb} MB",
            "en": f"{megabytes:.0f} MB is over the limit of {limits.file_mb} MB",
        },
        {
            "zh": "一份报告通常不足 1 MB，请只保留报告正文；确有需要可在配置 [limits] 中调大 file_mb",
            "en": "a report is usually below 1 MB: keep only its text, or raise file_mb under [limits]",
        },
    )


# --- packages ---------------------------------------------------------------------------------------------------------


def _in_package(data: bytes, name: str, limits: Limits) -> str:
    from gilint.readers.package import Package, encrypted

    package = Package(data, name, limits)
    names = set(package.names)
    if "word/document.xml" in names or any(one.startswith("word/") and one.endswith(".xml") for one in names):
        return "docx"
    if any(one.startswith("xl/") for one in names):
        return "spreadsheet"
    if "OFD.xml" in names:
        raise unsupported(
            name,
            "OFD 版式文件",
            "an OFD file",
            "请用编制报告的 Word/WPS 文件检查，或用阅读器把 OFD 导出为 PDF 或 .docx",
            "check the Word or WPS file that it was made from, or export the OFD as PDF or .docx",
        )
    if any(one.startswith("ppt/") for one in names):
        raise unsupported(name, "演示文稿 (.pptx)", "a presentation (.pptx)")
    if "mimetype" in names and "content.xml" in names:
        kind = package.read("mimetype").strip()
        if kind.startswith(b"application/vnd.oasis.opendocument.text"):
            manifest = package.read("META-INF/manifest.xml") if "META-INF/manifest.xml" in names else b""
            if b"encryption-data" in manifest:
                raise encrypted(name)
            return "odt"
        if kind.startswith(b"application/vnd.oasis.opendocument.spreadsheet"):
            manifest = package.read("META-INF/manifest.xml") if "META-INF/manifest.xml" in names else b""
            if b"encryption-data" in manifest:
                raise encrypted(name)
            return "spreadsheet"
    return ARCHIVE


def _in_compound(data: bytes, name: str) -> str:
    """What a compound file holds, by the names in its directory, which are UTF-16."""
    from gilint.readers.package import encrypted

    def holds(stream: str) -> bool:
        return stream.encode("utf-16-le") + b"\x00\x00" in data

    if holds("EncryptedPackage"):
        raise encrypted(name)
    if holds("WordDocument"):
        return "word"
    if holds("Workbook") or holds("Book"):
        return "spreadsheet"
    if holds("PowerPoint Document"):
        raise unsupported(name, "演示文稿 (.ppt)", "a presentation (.ppt)")
    raise unsupported(name, "未知的旧版 Office 文件", "an old office file of an unknown kind")


# --- text -------------------------------------------------------------------------------------------------------------


def _in_text(data: bytes, name: str) -> str:
    marked = encoding_mark(data)
    codec = marked[0] if marked else "latin-1"
    sample = data[:SAMPLE].decode(codec, "ignore")
    start = sample.lstrip("\ufeff \t\r\n")
    lowered = start[:4096].lower()
    suffix = name.lower().rpartition("/")[2].rpartition(".")[1:]
    ending = "".join(suffix)
    if _is_mail(start):
        return "mhtml"
    if start.startswith("{") or (start.startswith("[") and ending == ".json"):
        return "json"
    if lowered.startswith("<?xml") and "opendocument" in lowered:
        return "odt"
    if lowered.startswith(MARKUP) or (
        lowered.startswith("<") and any(tag in sample.lower() for tag in MARKUP + CLOSING)
    ):
        return "html"
    if ending in (".html", ".htm", ".shtml") and any(tag in sample.lower() for tag in MARKUP + CLOSING):
        return "html"
    if lowered.startswith("<?xml"):
        raise unsupported(name, "未知的 XML", "XML of an unknown kind")
    _refuse_binary(data[:SAMPLE], name, codec)
    if ending in (".md", ".markdown", ".mkd"):
        return "markdown"
    if YAML.match(start) and (ending in (".yaml", ".yml") or not ending):
        return "yaml"
    if not ending and MARKDOWN.search(sample):
        return "markdown"
    return "text"


def _is_mail(start: str) -> bool:
    """Whether a text begins with the headers of a saved web page: MIME, in several parts or HTML."""
    if (
        not start[:200]
        .lower()
        .startswith(("from:", "mime-version:", "content-type:", "subject:", "date:", "snapshot-"))
    ):
        return False
    head = HEADERS.match(start)
    return head is not None and "content-type:" in head.group().lower() and "mime-version:" in head.group().lower()


def _refuse_binary(sample: bytes, name: str, codec: str) -> None:
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
            {"zh": "请另存为 .docx 或纯文本（UTF-8）后再检查", "en": "save it as .docx or as plain text (UTF-8)"},
        )


def _refuse_others(data: bytes, name: str) -> None:
    for magic, kind in PICTURES:
        if data.startswith(magic):
            raise _picture(name, kind)
    if data.startswith(b"RIFF") and data[8:12] == b"WEBP":
        raise _picture(name, "WebP")
    for magic, kind in PACKED:
        if data.startswith(magic):
            zh, en = f"压缩包 ({kind})", f"an archive ({kind})"
            raise unsupported(name, zh, en, "请解压后检查，或改用 .zip", "unpack it, or use .zip")


def _picture(name: str, kind: str) -> InputError:
    zh, en = (
        "请检查编制报告的 Word/WPS 文件；图片中的文字无法读取",
        "check the document itself: text in pictures is not read",
    )
    return unsupported(name, f"图片 ({kind})", f"a picture ({kind})", zh, en)


def unsupported(name: str, zh: str, en: str, advice_zh: str = "", advice_en: str = "") -> InputError:
    return InputError(
        "unsupported-format",
        name,
        {"zh": f"不能读取这种文件：{zh}", "en": f"this is {en}, which cannot be read"},
        {
            "zh": advice_zh or "请另存为 .docx、.html、.xlsx 或纯文本（UTF-8）后再检查",
            "en": advice_en or "save it as .docx, .html, .xlsx or plain text (UTF-8)",
        },
    )
