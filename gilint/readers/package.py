"""Packages: zip archives of XML, as Word, OpenDocument and spreadsheets are saved. Opened with suspicion.

Nothing is believed that an archive says of itself: members are read up to a limit and no further, entities and
document types are refused, and nothing is ever written.
"""

from __future__ import annotations

import io
import zipfile
import zlib

from gilint.errors import InputError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from gilint.limits import Limits

MEGABYTE = 1024 * 1024
SMALL = 4 * MEGABYTE
"""Below this a member may be packed as tightly as it likes."""
PROLOG = 4096


class Package:
    """An open archive. ``name`` is the file's, for messages.

    Raises ``InputError``: ``damaged`` when it is no intact archive, ``encrypted`` for members under a password,
    ``too-large`` beyond the limits.
    """

    def __init__(self, data: bytes, name: str, limits: Limits) -> None:
        self.name = name
        self._left = limits.unpacked_mb * MEGABYTE
        self._limits = limits
        try:
            self._archive = zipfile.ZipFile(io.BytesIO(data))
            members = self._archive.infolist()
        except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError, UnicodeDecodeError) as error:
            raise damaged(name, f"{error}") from None
        if len(members) > limits.members:
            raise too_much(name, f"{len(members)} 个成员", f"{len(members)} members", "members", limits.members)
        self._members = {member.filename: member for member in members}

    @property
    def names(self) -> list[str]:
        return list(self._members)

    def __contains__(self, member: object) -> bool:
        return member in self._members

    def is_utf8(self, member: str) -> bool:
        """Whether the archive says that the name of a member is in UTF-8."""
        return bool(self._members[member].flag_bits & 0x800)

    def encrypted(self, member: str) -> bool:
        return bool(self._members[member].flag_bits & 1)

    def read(self, member: str) -> bytes:
        """The bytes of a member; all that is read from one package counts towards its limit."""
        info = self._members[member]
        if self.encrypted(member):
            raise encrypted(self.name)
        most = min(self._left, max(SMALL, info.compress_size * self._limits.ratio))
        try:
            with self._archive.open(info) as stream:
                content = stream.read(most + 1)
        except (
            zipfile.BadZipFile,
            zlib.error,
            EOFError,
            OSError,
            NotImplementedError,
            RuntimeError,
            ValueError,
        ) as error:
            raise damaged(self.name, f"{member}: {error}") from None
        if len(content) > most:
            if most == self._left:
                limit = self._limits.unpacked_mb
                raise too_much(self.name, "解压后的内容过大", "too much unpacked content", "unpacked_mb", limit)
            zh = f"{member} 的压缩比超过 {self._limits.ratio} 倍"
            raise too_much(self.name, zh, f"{member} is packed too tightly", "ratio", self._limits.ratio)
        self._left -= len(content)
        return content

    def xml(self, member: str) -> Any:
        """The root element of a member. Raises ``InputError`` for XML that is damaged, or brings entities."""
        return parse_xml(self.read(member), f"{self.name}!/{member}")


def parse_xml(content: bytes, name: str) -> Any:
    """The root element of an XML document without a document type, its comments left out.

    Raises ``InputError``: ``entities`` for a document type, ``damaged`` for what is not well-formed or nested without
    end.
    """
    from lxml import etree

    prolog = content[:PROLOG].replace(b"\x00", b"")
    if b"<!DOCTYPE" in prolog or b"<!ENTITY" in prolog:
        raise InputError(
            "entities",
            name,
            {"zh": "其中的 XML 带有 DOCTYPE 或实体定义，不予读取", "en": "its XML brings a DOCTYPE or entities"},
            {
                "zh": "正常的文档不含这些，请用 Word 或 WPS 另存后再检查",
                "en": "no office program writes these: save it anew",
            },
        )
    parser = etree.XMLParser(
        resolve_entities=False,
        load_dtd=False,
        no_network=True,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        root = etree.fromstring(content, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise damaged(name, f"{error}") from None
    return root


def damaged(name: str, reason: str) -> InputError:
    return InputError(
        "damaged",
        name,
        {"zh": f"文件已损坏或不完整：{reason}", "en": f"the file is damaged or incomplete: {reason}"},
        {"zh": "请重新取得文件，或打开后另存再检查", "en": "get the file again, or open it and save it anew"},
    )


def encrypted(name: str) -> InputError:
    return InputError(
        "encrypted",
        name,
        {"zh": "文件有打开密码", "en": "the file is protected with a password"},
        {"zh": "请去掉密码另存后再检查", "en": "save it without the password"},
    )


def too_much(name: str, zh: str, en: str, key: str, limit: int) -> InputError:
    """An input beyond one of the limits; ``key`` is the one to raise in the configuration."""
    return InputError(
        "too-large",
        name,
        {"zh": f"{zh}，超过上限 {limit}", "en": f"{en}: over the limit of {limit}"},
        {
            "zh": f"请只保留报告正文；确有需要可在配置 [limits] 中调大 {key}",
            "en": f"keep only the report; if need be, raise {key} under [limits] in the configuration",
        },
    )
