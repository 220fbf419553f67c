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
PDF, PDF_WITHIN = b"%PDF-", 1024
ZIP = (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08", b"PK00PK\x03\x04")
COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
RTF = b"{\\rt"

PICTURE, PACKED, PROGRAM, SEALED, OLD_WORD, OLD_SHEET, FIXED = range(7)
SIGNATURES = (
    (b"\x89PNG\r\n", PICTURE, "PNG"),
    (b"\xff\xd8\xff", PICTURE, "JPEG"),
    (b"GIF87a", PICTURE, "GIF"),
    (b"GIF89a", PICTURE, "GIF"),
    (b"II*\x00", PICTURE, "TIFF"),
    (b"MM\x00*", PICTURE, "TIFF"),
    (b"8BPS\x00", PICTURE, "PSD"),
    (b"AT&TFORM", PICTURE, "DjVu"),
    (b"Rar!\x1a\x07", PACKED, "RAR"),
    (b"7z\xbc\xaf'\x1c", PACKED, "7z"),
    (b"\x1f\x8b\x08", PACKED, "gzip"),
    (b"BZh", PACKED, "bzip2"),
    (b"\xfd7zXZ\x00", PACKED, "xz"),
    (b"\x28\xb5\x2f\xfd", PACKED, "zstd"),
    (b"MSCF\x00", PACKED, "CAB"),
    (b"\x7fELF", PROGRAM, "ELF"),
    (b"L\x00\x00\x00\x01\x14\x02\x00", PROGRAM, "LNK"),
    (b"%TSD-Header-###%", SEALED, "TSD"),
    (b"\xdb\xa5-\x00", OLD_WORD, "Word 2"),
    (b"\x31\xbe\x00\x00", OLD_WORD, "Word for DOS"),
    (b"\x09\x00\x04\x00", OLD_SHEET, "Excel 2"),
    (b"\x09\x02\x06\x00", OLD_SHEET, "Excel 3"),
    (b"\x09\x04\x06\x00", OLD_SHEET, "Excel 4"),
    (b"\x09\x08\x08\x00", OLD_SHEET, "Excel 5"),
    (b"Founder CEB", FIXED, "CEB"),
    (b"%!PS-Adobe", FIXED, "PostScript"),
)
"""How files begin that are recognised and cannot be read."""
SURE = (*ZIP, COMPOUND, RTF, PDF, *(magic for magic, _kind, _name in SIGNATURES))

PAGE_TAGS = (
    " html head body meta title style script link base table thead tbody tr td div p span h1 h2 h3 h4 h5 h6 center "
    "font section article main header nav ul ol li dl br hr a img b strong em form input frameset "
)
WHOLE_PAGE = ("html", "head", "body")
CLOSING = ("</p>", "</div>", "</td>", "</span>", "</table>", "</html>", "</body>")
ENOUGH_TAGS = 5
"""Closing tags that make a page of a text that does not begin like one."""
PAGE_NAMES = (".html", ".htm", ".xhtml", ".shtml")
MARKDOWN_NAMES = (".md", ".markdown", ".mkd")

SKIPPED = (("<!--", "-->"), ("<?", "?>"), ("<!", ">"))
"""Comments and declarations, which may stand before the first tag."""
ROOT = 4096
"""Characters of the first tag that are looked at."""

BLANK = late(r"\s*")
XML = late(r"<\?xml\s")
TAG = late(r"<([A-Za-z_][\w.:-]*)")
HEADERS = late(r"(?:[A-Za-z-]+:[^\n]*\r?\n(?:[ \t][^\n]*\r?\n)*)+")
MARKDOWN = late(r"^ {0,3}#{1,6}[ \t]|^[ \t]*+(?:\|[ \t]*+)?:?-{3,}+:?[ \t]*+\|", 8)
JSON = late(r"\{\s*[\"}]|\[\s*\{\s*[\"}]")
# Each turn takes one line and gives none back, so that no file can keep the search busy.
PREFACE = r"(?:[ \t\r]*+(?:#[^\n]*+)?\n|---[^\n]*+\n)*+"
YAML = late(PREFACE + r"(?:version|form|title|issuer(?:_kind)?|year|period|sections|tables|opening)[ \t]*+:")
MAPPING = late(PREFACE + r"(?:[\"'\w.-]++[ \t]*+:(?:\s|$)|- |\{|$)")
CONTROLS = tuple(bytes([byte]) for byte in (0, 1, 2, 3, 4, 5, 6, 14))
BLANKS = "\ufeff \t\r\n"


def format_of(data: bytes, name: str, limits: Limits) -> str:
    """The name of the reader in ``BUILTIN`` for the content, or ``archive``.

    Raises ``InputError``: ``empty``, ``too-large``, ``binary``, ``unsupported-format``, ``encrypted``, ``damaged``.
    """
    if not data or data.isspace():
        raise empty(name)
    if len(data) > limits.file_mb * 1048576:
        raise too_large(name, limits)
    if _is_pdf(data):
        return "pdf"
    if encoding_mark(data) is None and (data.startswith(SURE) or b"\x00" in data[:SAMPLE]):
        from gilint.readers.containers import binary_format

        return binary_format(data, name, limits)
    return _in_text(data, name)


def too_large(name: str, limits: Limits) -> InputError:
    return InputError(
        "too-large",
        name,
        {
            "zh": f"文件超过上限 {limits.file_mb} MB",
            "en": f"the file is over the limit of {limits.file_mb} MB",
        },
        {
            "zh": "一份报告通常不足 1 MB，请只保留报告正文；确有需要可在配置 [limits] 中调大 file_mb",
            "en": "a report is usually below 1 MB: keep only its text, or raise file_mb under [limits]",
        },
    )


def _is_pdf(data: bytes) -> bool:
    """Whether a PDF begins here, or behind some bytes that a mail or a download put before it."""
    if data.startswith(PDF):
        return True
    at = data.find(PDF, 0, PDF_WITHIN)
    return at > 0 and data[at + 5 : at + 6].isdigit() and b"endobj" in data


# --- text -------------------------------------------------------------------------------------------------------------


def _in_text(data: bytes, name: str) -> str:
    marked = encoding_mark(data)
    sample = data[:SAMPLE].decode(marked[0] if marked else "latin-1", "ignore")
    start = sample.lstrip(BLANKS)
    ending = _ending(name)
    if start.startswith(RTF.decode()):
        return "word"
    if _is_mail(start):
        return "mhtml"
    if start.startswith(("{", "[")) and (ending == ".json" or JSON.match(start)):
        return "json"
    if start.startswith("<"):
        found = _in_markup(start, name, ending)
        if found:
            return found
    elif ending not in MARKDOWN_NAMES and _tags(sample) >= (1 if ending in PAGE_NAMES else ENOUGH_TAGS):
        return "html"
    if marked is None or marked[0] == "utf-8-sig":
        _refuse_controls(data[:SAMPLE], name)
    if start.startswith("[InternetShortcut]"):
        raise shortcut(name)
    if ending in MARKDOWN_NAMES:
        return "markdown"
    if (ending in (".yaml", ".yml") and MAPPING.match(start)) or (not ending and YAML.match(start)):
        return "yaml"
    # Most texts have neither mark, which tells in no time.
    may_be_markdown = not ending and ("#" in sample or "---" in sample)
    return "markdown" if may_be_markdown and MARKDOWN.search(sample) else "text"


def _ending(name: str) -> str:
    """The end of a file name with its dot, in small letters; empty when there is none."""
    _stem, dot, suffix = name.lower().replace("\\", "/").rpartition("/")[2].rpartition(".")
    return dot + suffix if dot else ""


def _in_markup(start: str, name: str, ending: str) -> str | None:
    """The format of a text that begins with ``<``; ``None`` when that is all there is of markup."""
    tag, prolog, attributes = _root(start)
    lowered = tag.lower()
    if lowered in WHOLE_PAGE or "<!doctype html" in prolog.lower():
        return "html"
    declared = XML.match(prolog) is not None
    if ending in MARKDOWN_NAMES and not declared:
        return None  # Markdown may begin with a tag of a page
    if not declared and f" {lowered} " in PAGE_TAGS:
        return "html"
    if declared or ":" in tag or "xmlns" in attributes:
        from gilint.readers.containers import xml_format

        found = xml_format(tag.rpartition(":")[2], attributes, name)
        if found:
            return found
    if _tags(start):
        return "html"
    if declared:
        raise unsupported(name, "未知的 XML", "XML of an unknown kind")
    return None


def _root(text: str) -> tuple[str, str, str]:
    """The name of the first tag, the declarations and comments before it, and what follows the name."""
    at = 0
    while True:
        match = BLANK.match(text, at)
        at = match.end() if match else at
        ends = next((end for mark, end in SKIPPED if text.startswith(mark, at)), None)
        if ends is None:
            tag = TAG.match(text, at)
            return (tag[1], text[:at], text[tag.end() : at + ROOT]) if tag else ("", text[:at], "")
        end = text.find(ends, at)
        if ends == ">" and "[" in text[at:end]:
            end = text.find("]>", at) + 1
        if end <= 0:
            return "", text, ""
        at = end + len(ends)


def _tags(text: str) -> int:
    """How many closing tags of a web page there are."""
    lowered = text.lower() if "</" in text else ""
    return sum(map(lowered.count, CLOSING)) if lowered else 0


def _is_mail(start: str) -> bool:
    """Whether a text begins with the headers of a saved web page: MIME, in several parts or HTML."""
    if ":" not in start[:100].partition("\n")[0]:
        return False
    head = HEADERS.match(start)
    found = head.group().lower() if head else ""
    return "content-type:" in found and "mime-version:" in found


# --- what is refused --------------------------------------------------------------------------------------------------


def _refuse_controls(sample: bytes, name: str) -> None:
    if sum(map(sample.count, CONTROLS)) * 100 > len(sample):
        raise binary(name)


def binary(name: str) -> InputError:
    return InputError(
        "binary",
        name,
        {"zh": "这是二进制文件，不是文字", "en": "this is a binary file, not text"},
        {"zh": "请另存为 .docx 或纯文本（UTF-8）后再检查", "en": "save it as .docx or as plain text (UTF-8)"},
    )


def shortcut(name: str) -> InputError:
    zh, en = "请检查快捷方式指向的文件", "check the file that it points to"
    return unsupported(name, "快捷方式", "a shortcut", zh, en)


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
