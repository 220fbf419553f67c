"""Archives of several documents: a ZIP is read like a folder, without unpacking anything to disk."""

from __future__ import annotations

from gilint.errors import InputError
from gilint.readers import ARCHIVES, BUILTIN
from gilint.readers.package import Package

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from gilint.limits import Limits

SEPARATOR = "!/"
DEEPEST = 2
"""Archives in archives that are opened, the outermost counted."""
HIDDEN = ("__MACOSX/",)


def members(
    data: bytes, name: str, suffixes: Iterable[str], limits: Limits
) -> Iterator[tuple[str, bytes | InputError]]:
    """The documents in an archive as (archive!/member, content), sorted; an error in the place of one that is damaged.

    ``suffixes`` are further ends of names that plugged-in readers take. Raises ``InputError``: what
    :class:`Package` says, and ``nothing-found`` when no member can be a document.
    """
    found = False
    for member, content in _members(data, name, (*_suffixes(), *suffixes), limits, DEEPEST):
        found = True
        yield member, content
    if not found:
        raise _nothing(name)


def _suffixes() -> tuple[str, ...]:
    return tuple(suffix for builtin in BUILTIN.values() for suffix in builtin.suffixes)


def _members(
    data: bytes, name: str, suffixes: tuple[str, ...], limits: Limits, depth: int
) -> Iterator[tuple[str, bytes | InputError]]:
    package = Package(data, name, limits)
    for shown, member in sorted((_decoded(package, member), member) for member in package.names):
        hidden = shown.startswith(HIDDEN) or any(part.startswith((".", "~$")) for part in shown.split("/"))
        packed = shown.lower().endswith(ARCHIVES)
        if shown.endswith("/") or hidden or not (packed or shown.lower().endswith(suffixes)):
            continue
        path = f"{name}{SEPARATOR}{shown}"
        try:
            content = package.read(member)
            if not packed:
                yield path, content
            elif depth > 1:
                yield from _members(content, path, suffixes, limits, depth - 1)
            else:
                yield path, _too_deep(path)
        except InputError as error:
            yield path, InputError(error.code, path, error.message, error.advice)


def _decoded(package: Package, member: str) -> str:
    """A member's name; Chinese versions of Windows write GBK and do not say so."""
    if package.is_utf8(member):
        return member
    try:
        return member.encode("cp437").decode("gb18030")
    except UnicodeError:
        return member


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
