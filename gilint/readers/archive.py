"""Archives of several documents: a ZIP is read like a folder, without unpacking anything to disk."""

from __future__ import annotations

from gilint.errors import InputError
from gilint.readers import SUFFIXES
from gilint.readers.names import is_data, is_hidden, may_be_report, may_be_report_data, page_folders
from gilint.readers.opening import SEPARATOR
from gilint.readers.package import Budget, Package, is_link

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from zipfile import ZipInfo

    from gilint.limits import Limits

DEEPEST = 2
"""Archives in archives that are opened, the outermost counted."""
ARCHIVES = (".zip",)
SYSTEM = ("__MACOSX",)
"""Folders that a system adds, with files named like the documents."""
UTF8_NAME, UNICODE_PATH = 0x800, 0x7075
"""The flag that a name is in UTF-8, and the extra field with the name in UTF-8."""


def members(
    data: bytes, name: str, suffixes: Iterable[str], limits: Limits
) -> Iterator[tuple[str, bytes | InputError]]:
    """The documents in an archive as (archive!/member, content), sorted; an error in the place of one that is damaged.

    ``suffixes`` are further ends of names that plugged-in readers take. Raises ``InputError``: what
    :class:`Package` says, and ``nothing-found`` when no member can be a document.
    """
    found = False
    for member, content in _members(data, name, (*SUFFIXES, *suffixes), limits, Budget(limits), DEEPEST):
        found = True
        yield member, content
    if not found:
        raise _nothing(name)


def _members(
    data: bytes, name: str, suffixes: tuple[str, ...], limits: Limits, budget: Budget, depth: int
) -> Iterator[tuple[str, bytes | InputError]]:
    package = Package(data, name, limits, budget)
    for shown, entry in _candidates(package, suffixes):
        path = f"{name}{SEPARATOR}{shown}"
        try:
            if is_link(entry):
                raise _link(path)
            content = package.take(entry)
            if not shown.lower().endswith(ARCHIVES):
                if not is_data(shown) or may_be_report_data(content):
                    yield path, content
            elif depth == 1:
                raise _too_deep(path)
            else:
                yield from _members(content, path, suffixes, limits, budget, depth - 1)
        except InputError as error:
            yield path, InputError(error.code, path, error.message, error.advice)
            if not budget.left:  # the rest would say the same
                return


def _candidates(package: Package, suffixes: tuple[str, ...]) -> list[tuple[str, ZipInfo]]:
    """Members that may be documents, with their names as people wrote them."""
    named = [(shown_name(entry), entry) for entry in package.entries]
    parts = page_folders(shown for shown, _entry in named)
    taken: list[tuple[str, ZipInfo]] = []
    for shown, entry in named:
        *folders, last = shown.split("/")
        aside = any(folder in SYSTEM or is_hidden(folder) for folder in folders if folder not in (".", ".."))
        within = ("/".join(folders[: count + 1]) for count in range(len(folders))) if parts else ()
        if not aside and may_be_report(last, suffixes) and parts.isdisjoint(within):
            taken.append((shown, entry))
    return sorted(taken, key=lambda one: one[0])


def shown_name(entry: ZipInfo) -> str:
    """A member's name: as UTF-8 where the archive says so or where it is; else GBK, as Chinese versions of Windows do.

    The library reads names that are not marked as those of MS-DOS.
    """
    name = entry.orig_filename.partition("\x00")[0]
    if not entry.flag_bits & UTF8_NAME and not name.isascii():
        name = _in_extra(entry.extra) or _decoded(name)
    return name.replace("\\", "/")


def _decoded(name: str) -> str:
    try:
        content = name.encode("cp437")
    except UnicodeEncodeError:
        return name
    for encoding in ("utf-8", "gb18030"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    return name


def _in_extra(extra: bytes) -> str:
    """The name in UTF-8 that an entry may bring beside the other: size and kind, version, checksum, name."""
    while len(extra) >= 4:
        kind, size = int.from_bytes(extra[:2], "little"), int.from_bytes(extra[2:4], "little")
        if kind == UNICODE_PATH and size > 5:
            return extra[9 : 4 + size].decode("utf-8", "replace")
        extra = extra[4 + size :]
    return ""


# --- errors -----------------------------------------------------------------------------------------------------------


def _link(path: str) -> InputError:
    return InputError(
        "unreadable",
        path,
        {"zh": "这是指向别处的符号链接，不是文件", "en": "this is a symbolic link, not a file"},
        {"zh": "请把文件本身放进压缩包", "en": "put the file itself into the archive"},
    )


def _too_deep(path: str) -> InputError:
    return InputError(
        "nested-archive",
        path,
        {"zh": "压缩包套了太多层", "en": "archives are nested too deeply"},
        {"zh": "请解压后检查", "en": "unpack it first"},
    )


def _nothing(name: str) -> InputError:
    return InputError(
        "nothing-found",
        name,
        {"zh": "压缩包里没有可检查的文件", "en": "the archive holds no file to check"},
        {
            "zh": "请确认包内有 .docx、.html、.pdf、.xlsx 等报告文件",
            "en": "it should hold .docx, .html, .pdf or .xlsx files",
        },
    )
