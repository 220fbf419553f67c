"""Packages: zip archives of XML, as Word, OpenDocument and spreadsheets are saved. Opened with suspicion.

Nothing is believed that an archive says of itself: members are read up to a limit and no further, entities and
document types are refused, and nothing is ever written.
"""

from __future__ import annotations

import io
import stat
import struct
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
MOST_NODES = 1_000_000
"""Elements and attributes of an XML document, closing tags counted: each takes a few bytes there and 200 in memory."""
END, ENTRY, SPLIT = b"PK\x05\x06", b"PK\x01\x02", b"PK\x07\x08"
"""What begins the end of an archive, each entry of its directory (before the end), and the first of several parts."""
PACKINGS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2)
"""LZMA may ask for gigabytes of memory before it gives a byte."""
LONGEST_END = 22 + 65535
OPENING = (zipfile.BadZipFile, struct.error, EOFError, OSError, NotImplementedError, RuntimeError, ValueError)
UNPACKING = (*OPENING, zlib.error)
"""What a damaged archive makes the library raise."""


class Budget:
    """How many bytes may still be unpacked; archives in an archive share that of the outermost."""

    def __init__(self, limits: Limits) -> None:
        self.left = limits.unpacked_mb * MEGABYTE


class Package:
    """An open archive. ``name`` is the file's, for messages.

    Of two members with one name :meth:`read` takes the last, as office programs do; :attr:`entries` has both.

    Raises ``InputError``: ``damaged`` when it is no intact archive, ``encrypted`` for members under a password,
    ``too-large`` beyond the limits, ``split-archive`` for a part of one.
    """

    def __init__(self, data: bytes, name: str, limits: Limits, budget: Budget | None = None) -> None:
        self.name = name
        self._budget = budget or Budget(limits)
        self._limits = limits
        # Listing them costs a hundred times their size in memory, so they are counted first.
        _refuse_many(name, _entries_in(data), limits)
        try:
            self._archive = zipfile.ZipFile(io.BytesIO(data))
            self.entries = self._archive.infolist()
        except OPENING as error:
            raise _unopened(name, data, error) from None
        _refuse_many(name, len(self.entries), limits)
        self._members = {_with_slashes(entry.filename): entry for entry in self.entries}

    @property
    def names(self) -> list[str]:
        return list(self._members)

    def __contains__(self, member: object) -> bool:
        return member in self._members

    def read(self, member: str) -> bytes:
        """The bytes of a member; all that is read from one package counts towards its limit."""
        return self.take(self._members[member])

    def take(self, entry: zipfile.ZipInfo) -> bytes:
        """The bytes of an entry."""
        if entry.flag_bits & 1:
            raise encrypted(self.name)
        if entry.compress_type not in PACKINGS:
            raise _unknown_packing(self.name, entry.filename)
        most = min(self._budget.left, max(SMALL, entry.compress_size * self._limits.ratio))
        try:
            with self._archive.open(entry) as stream:
                content = stream.read(most + 1)
        except UNPACKING as error:
            zh = f"{entry.filename} 解压失败"
            raise damaged(self.name, f"{entry.filename}: {error}", zh) from None
        # What was unpacked in vain has cost its time too.
        self._budget.left -= min(len(content), most)
        if len(content) > most:
            raise self._too_much(entry.filename)
        return content

    def _too_much(self, member: str) -> InputError:
        limits = self._limits
        if self._budget.left:
            zh, en = f"{member} 的压缩比超过上限", f"{member} is packed too tightly"
            return too_much(self.name, zh, en, "ratio", limits.ratio)
        zh, en = "解压后的内容过大", "too much unpacked content"
        return too_much(self.name, zh, en, "unpacked_mb", f"{limits.unpacked_mb} MB")

    def xml(self, member: str) -> Any:
        """The root element of a member. Raises ``InputError`` for XML that is damaged, or brings entities."""
        return parse_xml(self.read(member), f"{self.name}!/{member}")


def parse_xml(content: bytes, name: str) -> Any:
    """The root element of an XML document without a document type, its comments left out.

    Raises ``InputError``: ``entities`` for a document type, ``damaged`` for what is not well-formed or nested without
    end, ``too-large`` for more elements than fit into memory.
    """
    from lxml import etree

    nodes = content.count(b"<") + content.count(b"=")
    if nodes > MOST_NODES:
        raise _many_nodes(name, nodes)
    prolog = content[:PROLOG].replace(b"\x00", b"")
    if b"<!DOCTYPE" in prolog or b"<!ENTITY" in prolog:
        raise _entities(name)
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
    # In another encoding, or behind a long comment, the text before did not show it.
    if root.getroottree().docinfo.internalDTD is not None:
        raise _entities(name)
    return root


def _many_nodes(name: str, count: int) -> InputError:
    return InputError(
        "too-large",
        name,
        {
            "zh": f"其中的 XML 有 {count} 个元素和属性，超过上限 {MOST_NODES}",
            "en": f"its XML has {count} elements and attributes: over the limit of {MOST_NODES}",
        },
        {"zh": "请只保留报告正文", "en": "keep only the report"},
    )


def _entities(name: str) -> InputError:
    return InputError(
        "entities",
        name,
        {"zh": "其中的 XML 带有 DOCTYPE 或实体定义，不予读取", "en": "its XML brings a DOCTYPE or entities"},
        {
            "zh": "正常的文档不含这些，请用 Word 或 WPS 另存后再检查",
            "en": "no office program writes these: save it anew",
        },
    )


# --- what archives say of themselves ----------------------------------------------------------------------------------


def _entries_in(data: bytes) -> int:
    """How many entries the directory at the end of an archive has, whatever number it gives."""
    end = data.rfind(END, max(len(data) - LONGEST_END, 0))
    if end < 0:
        return 0
    size = int.from_bytes(data[end + 12 : end + 16], "little")
    # A directory that is longer than what stands before it is told by the marks of a large archive.
    return data.count(ENTRY, end - size if size <= end else 0, end)


def _with_slashes(member: str) -> str:
    """A member's name; some programs write the separators of Windows."""
    return member.replace("\\", "/") if member.isascii() else member


def is_link(entry: zipfile.ZipInfo) -> bool:
    """Whether an entry stands for another file, whose path is its content."""
    return stat.S_ISLNK(entry.external_attr >> 16)


def _refuse_many(name: str, count: int, limits: Limits) -> None:
    if count > limits.members:
        raise too_much(name, f"{count} 个成员", f"{count} members", "members", limits.members)


def _unopened(name: str, data: bytes, error: Exception) -> InputError:
    if "multiple disks" in f"{error}" or data.startswith(SPLIT):
        return InputError(
            "split-archive",
            name,
            {"zh": "这是分卷压缩包的一部分", "en": "this is a part of a split archive"},
            {"zh": "请解压全部分卷后检查", "en": "unpack all parts, and check what they hold"},
        )
    return damaged(name, f"{error}", "读不出压缩包目录，可能没有下载或传输完整")


def _unknown_packing(name: str, member: str) -> InputError:
    return InputError(
        "unsupported-format",
        name,
        {"zh": f"{member} 的压缩方法不受支持", "en": f"{member} is packed by a method that is not supported"},
        {"zh": "请解压后检查，或用普通的 .zip 重新压缩", "en": "unpack it, or pack it anew as an ordinary .zip"},
    )


# --- errors -----------------------------------------------------------------------------------------------------------


def damaged(name: str, reason: str, zh: str = "") -> InputError:
    """``reason`` says what is wrong, ``zh`` the same in Chinese, where that is known."""
    return InputError(
        "damaged",
        name,
        {"zh": f"文件已损坏或不完整：{zh or reason}", "en": f"the file is damaged or incomplete: {reason}"},
        {"zh": "请重新取得文件，或打开后另存再检查", "en": "get the file again, or open it and save it anew"},
    )


def encrypted(name: str) -> InputError:
    return InputError(
        "encrypted",
        name,
        {"zh": "文件有打开密码", "en": "the file is protected with a password"},
        {"zh": "请去掉密码另存后再检查", "en": "save it without the password"},
    )


def too_much(name: str, zh: str, en: str, key: str, limit: int | str) -> InputError:
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
