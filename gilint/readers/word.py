"""Documents of old: DOC, WPS and RTF, by way of DOCX.

LibreOffice converts them where it is installed. Else the extra ``doc`` takes the binary ones (DOC, WPS).
"""

from __future__ import annotations

from gilint.errors import InputError
from gilint.late import late
from gilint.model import Note
from gilint.readers import conversion, docx
from gilint.readers.package import Package, damaged, encrypted
from gilint.readers.rtf import refuse_unreadable
from gilint.record import Record

TYPE_CHECKING = False
if TYPE_CHECKING:
    from gilint.limits import Limits
    from gilint.model import Document


class Kind(Record):
    """A format that is converted: its name, and the end of the name under which a converter finds the document."""

    format: str
    suffix: str
    zh: str = "旧版 Word/WPS 文件"
    en: str = "an old Word or WPS file"

    @property
    def is_binary(self) -> bool:
        """Whether the extra ``doc`` can do without LibreOffice."""
        return self.suffix == "doc"


DOC, WPS = Kind("doc", "doc"), Kind("wps", "doc")
RTF = Kind("rtf", "rtf", zh="RTF 文件", en="an RTF file")

COMPOUND = b"\xd0\xcf\x11\xe0"
WPS_NAMES = (".wps", ".wpt")
DOCUMENT, TABLES = "WordDocument", ("0Table", "1Table")
"""Streams that a document has to have whole."""
FLAGS_AT, ENCRYPTED = 10, 0x0100
"""Where in a Word document flags stand, and the one that says that all behind its first bytes is encrypted."""
APPLICATION = late(r"<Application>LibreOffice/([0-9.]{1,20})")


def read(data: bytes, name: str, limits: Limits) -> Document:
    """A document that Word or WPS wrote before there was DOCX.

    Raises ``InputError``: ``encrypted``, ``damaged``, ``missing-converter``, ``conversion``, and what the reader of
    DOCX says of the outcome.
    """
    if data.startswith(COMPOUND):
        _refuse_unreadable_doc(data, name)
        kind = WPS if name.lower().endswith(WPS_NAMES) else DOC
    else:
        refuse_unreadable(data, name, limits)
        kind = RTF
    content, program = _converted(data, name, kind, limits)
    document = docx.read(content, name, limits)
    return document.replace(
        format=kind.format,
        notes=(Note("converted", text=program), *document.notes),
        # The package is young: a table that it lost must not be held against the report.
        keeps_tables=None if program.startswith(conversion.PACKAGE) else document.keeps_tables,
    )


def _refuse_unreadable_doc(data: bytes, name: str) -> None:
    """Refuse what is under a password or cut off: a converter would make something of the rest."""
    from gilint.readers.compound import Compound

    compound = Compound(data, name)
    if DOCUMENT not in compound.streams:
        raise damaged(name, "its text is missing", "其中没有正文")
    for stream in compound.streams.intersection(TABLES):
        compound.head(stream, 0)
    if int.from_bytes(compound.head(DOCUMENT, FLAGS_AT + 2)[FLAGS_AT:], "little") & ENCRYPTED:
        raise encrypted(name)


def _converted(data: bytes, name: str, kind: Kind, limits: Limits) -> tuple[bytes, str]:
    """The converted document, and the program that did it."""
    office = conversion.find_libreoffice()
    failed: tuple[str, conversion.Failed] | None = None
    if office is not None:
        try:
            content = conversion.with_libreoffice(office, data, kind.suffix, limits)
            return content, _version(content, name, limits) or office.name
        except conversion.Failed as error:
            failed = office.name, error
    package = conversion.find_msdoc2docx() if kind.is_binary else None
    # What took one program all its time is not worth that of another.
    if package is not None and (failed is None or not failed[1].late):
        try:
            return conversion.with_msdoc2docx(package, data, limits), package.name
        except conversion.Failed as error:
            failed = package.name, error
    raise _missing(name, kind) if failed is None else _failed(name, *failed)


def _version(content: bytes, name: str, limits: Limits) -> str:
    """Which LibreOffice wrote a document, as it says itself."""
    properties = Package(content, name, limits)
    if "docProps/app.xml" not in properties:
        return ""
    found = APPLICATION.search(properties.read("docProps/app.xml").decode("utf-8", "replace"))
    return f"LibreOffice {found[1]}" if found else ""


# --- errors -----------------------------------------------------------------------------------------------------------

SAVE_ANEW = (
    "请用 Word 或 WPS 打开，点“文件 → 另存为”，存成 .docx 再检查",
    "open it with Word or WPS, and save it as .docx",
)


def _missing(name: str, kind: Kind) -> InputError:
    zh, en = SAVE_ANEW
    extra = (
        ('，或执行 pip install "gilint[doc]"', ', or run: pip install "gilint[doc]"') if kind.is_binary else ("", "")
    )
    return InputError(
        "missing-converter",
        name,
        {
            "zh": f"{kind.zh}要先转换才能检查，本机没有可用的转换程序",
            "en": f"{kind.en} has to be converted first, and no converter is installed",
        },
        {"zh": f"{zh}；或安装 LibreOffice{extra[0]}", "en": f"{en}; or install LibreOffice{extra[1]}"},
    )


def _failed(name: str, program: str, failure: conversion.Failed) -> InputError:
    more = ("", "")
    if failure.late:
        more = ("；确有需要可在配置 [limits] 中调大 seconds", "; if need be, raise seconds under [limits]")
    return InputError(
        "conversion",
        name,
        {"zh": f"{program} 未能转换：{failure.zh}", "en": f"{program} could not convert it: {failure.en}"},
        {"zh": SAVE_ANEW[0] + more[0], "en": SAVE_ANEW[1] + more[1]},
    )
