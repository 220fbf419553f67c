"""Formats that are no plain text: packages, compound files, XML of office programs, and what is refused."""

from __future__ import annotations

from gilint.errors import InputError
from gilint.late import late
from gilint.readers.compound import Compound
from gilint.readers.detect import (
    ARCHIVE,
    COMPOUND,
    FIXED,
    OLD_SHEET,
    OLD_WORD,
    PACKED,
    PICTURE,
    PROGRAM,
    RTF,
    SEALED,
    SIGNATURES,
    ZIP,
    binary,
    shortcut,
    unsupported,
)
from gilint.readers.package import Package, damaged, encrypted

TYPE_CHECKING = False
if TYPE_CHECKING:
    from gilint.limits import Limits

MAIN_PART = late(r"(word|spreadsheet|presentation|ms-excel|ms-powerpoint)[\w.-]*\.main\+xml", 2)
"""The kind of the main part in the list that an Office package has of its parts."""
PART_KINDS = {"word": "docx", "spreadsheet": "spreadsheet", "ms-excel": "spreadsheet"}
MAIN_PARTS = (("word/document.xml", "docx"), ("xl/workbook.xml", "spreadsheet"), ("xl/workbook.bin", "spreadsheet"))
OPEN_DOCUMENT = b"application/vnd.oasis.opendocument."
OPEN_KINDS = ((b"text", "odt"), (b"spreadsheet", "spreadsheet"))
MEDIA_FILES = ((b"heic", "HEIC"), (b"heix", "HEIC"), (b"mif1", "HEIC"), (b"msf1", "HEIC"), (b"avif", "AVIF"))
SEALED_BY = (b"E-SafeNet", b"%TSD-Header-###%")
"""Marks of programs that encrypt the files of an office."""
NAMES_LOOKED_AT = 512


def binary_format(data: bytes, name: str, limits: Limits) -> str:
    """The reader for what is no text, or ``archive``. Raises ``InputError`` as ``format_of`` does."""
    if data.startswith(ZIP):
        return _in_package(data, name, limits)
    if data.startswith(COMPOUND):
        return _in_compound(data, name)
    if data.startswith(RTF):
        return "word"
    for magic, kind, shown in SIGNATURES:
        if data.startswith(magic):
            raise _refused(name, kind, shown)
    raise _other(data, name)


# --- packages ---------------------------------------------------------------------------------------------------------


def _in_package(data: bytes, name: str, limits: Limits) -> str:
    package = Package(data, name, limits)
    kind = next((kind for part, kind in MAIN_PARTS if part in package), None) or _by_parts(package)
    if kind == "presentation":
        raise _presentation(name)
    if kind:
        return kind
    if "mimetype" in package:
        return _by_mimetype(package, package.read("mimetype").strip())
    if "OFD.xml" in package:
        raise _ofd(name)
    if "uof.xml" in package:
        raise _uof(name)
    if "FixedDocSeq.fdseq" in package or "FixedDocumentSequence.fdseq" in package:
        raise _refused(name, FIXED, "XPS")
    if any(member.startswith("Index/") and member.endswith(".iwa") for member in package.names):
        raise unsupported(name, "苹果 iWork 文件", "a file of Apple iWork")
    return ARCHIVE


def _by_parts(package: Package) -> str | None:
    """What an Office package says of its parts, whose names may be any."""
    if "[Content_Types].xml" not in package:
        return None
    listed = package.read("[Content_Types].xml").replace(b"\x00", b"").decode("latin-1")
    main = MAIN_PART.search(listed)
    return PART_KINDS.get(main[1].lower(), "presentation") if main else None


def _by_mimetype(package: Package, kind: bytes) -> str:
    if not kind.startswith(OPEN_DOCUMENT):
        if kind.startswith(b"application/epub"):
            raise unsupported(package.name, "电子书 (EPUB)", "an e-book (EPUB)")
        return ARCHIVE
    manifest = "META-INF/manifest.xml"
    if manifest in package and b"encryption-data" in package.read(manifest):
        raise encrypted(package.name)
    for word, reader in OPEN_KINDS:
        if kind[len(OPEN_DOCUMENT) :].startswith(word):
            return reader
    raise _presentation(package.name)


# --- compound files ---------------------------------------------------------------------------------------------------


def _in_compound(data: bytes, name: str) -> str:
    streams = Compound(data, name).streams
    if "EncryptedPackage" in streams or "\x09DRMContent" in streams:
        raise encrypted(name)
    if "WordDocument" in streams:
        return "word"
    if streams & {"Workbook", "Book", "WORKBOOK", "BOOK"}:
        return "spreadsheet"
    for stream, zh, en in (
        ("PowerPoint Document", "演示文稿 (.ppt)", "a presentation (.ppt)"),
        ("VisioDocument", "绘图 (Visio)", "a drawing (Visio)"),
        ("__properties_version1.0", "邮件 (Outlook)", "a mail (Outlook)"),
        ("MatOST", "Microsoft Works 文档", "a document of Microsoft Works"),
        ("HwpSummaryInformation", "HWP 文档", "an HWP document"),
    ):
        if stream in streams:
            raise unsupported(name, zh, en)
    zh = "请用编制它的软件（如 WPS）打开，另存为 .docx 后再检查"
    en = "open it with the program that it was made with, and save it as .docx"
    raise unsupported(name, "未知的旧版办公文件", "an old office file of an unknown kind", zh, en)


# --- XML --------------------------------------------------------------------------------------------------------------


def xml_format(root: str, attributes: str, name: str) -> str | None:
    """The reader for XML by its first tag; ``None`` for an unknown kind. Raises ``InputError``."""
    if root == "document" and "opendocument" in attributes:
        if "opendocument.text" in attributes:
            return "odt"
        return "spreadsheet" if "opendocument.spreadsheet" in attributes else None
    if root == "wordDocument" or (root == "package" and "xmlPackage" in attributes):
        return "wordxml"
    if root == "Workbook" and "office:spreadsheet" in attributes:
        return "spreadsheet"
    if root == "svg":
        raise _refused(name, PICTURE, "SVG")
    if root == "UOF":
        raise _uof(name)
    return None


# --- what is refused --------------------------------------------------------------------------------------------------


def _other(data: bytes, name: str) -> InputError:
    start = data[:NAMES_LOOKED_AT]
    if data.startswith(b"RIFF") and data[8:12] == b"WEBP":
        return _refused(name, PICTURE, "WebP")
    if data[4:8] == b"ftyp":
        kind = next((shown for brand, shown in MEDIA_FILES if data[8:12] == brand), None)
        return _refused(name, PICTURE, kind) if kind else unsupported(name, "音像文件", "an audio or video file")
    if data.startswith(b"BM") and data[6:10] == b"\x00" * 4:
        return _refused(name, PICTURE, "BMP")
    if data.startswith(b"MZ"):
        return _refused(name, PROGRAM, "EXE")
    if data[257:262] == b"ustar":
        return _refused(name, PACKED, "tar")
    if any(mark in start for mark in SEALED_BY):
        return _refused(name, SEALED, "")
    if data.count(0) == len(data):  # as after a failure of the disk or of a transfer
        return damaged(name, "it holds nothing but zeros", "内容全是零字节")
    return binary(name)


def _refused(name: str, kind: int, shown: str) -> InputError:
    if shown == "LNK":
        return shortcut(name)
    if kind == SEALED:
        return InputError(
            "encrypted",
            name,
            {"zh": "文件被单位的加密软件加密了", "en": "the file was encrypted by a program of the office"},
            {"zh": "请先用该软件解密，再检查", "en": "decrypt it with that program first"},
        )
    zh, en, *advice = {
        PICTURE: (
            f"图片 ({shown})",
            f"a picture ({shown})",
            "请检查编制报告的 Word/WPS 文件；图片中的文字无法读取",
            "check the document itself: text in pictures is not read",
        ),
        PACKED: (f"压缩包 ({shown})", f"an archive ({shown})", "请解压后检查，或改用 .zip", "unpack it, or use .zip"),
        PROGRAM: (f"程序 ({shown})", f"a program ({shown})", "请确认没有拿错文件", "check that it is the right file"),
        OLD_WORD: (f"很旧的 Word 文件 ({shown})", f"a very old Word file ({shown})"),
        OLD_SHEET: (
            f"很旧的 Excel 文件 ({shown})",
            f"a very old Excel file ({shown})",
            "请用 Excel 或 WPS 打开，另存为 .xlsx 后再检查",
            "open it with Excel or WPS, and save it as .xlsx",
        ),
        FIXED: (f"版式文件 ({shown})", f"a document of fixed layout ({shown})", *FIXED_ADVICE),
    }[kind]
    return unsupported(name, zh, en, *advice)


FIXED_ADVICE = (
    "请检查编制报告的 Word/WPS 文件，或用阅读器把它导出为 PDF 或 .docx",
    "check the Word or WPS file that it was made from, or export it as PDF or .docx",
)


def _ofd(name: str) -> InputError:
    return unsupported(name, "OFD 版式文件", "an OFD file", *FIXED_ADVICE)


def _uof(name: str) -> InputError:
    return unsupported(name, "标文通文件 (UOF)", "a UOF file", *FIXED_ADVICE)


def _presentation(name: str) -> InputError:
    return unsupported(name, "演示文稿或绘图", "a presentation or a drawing")
