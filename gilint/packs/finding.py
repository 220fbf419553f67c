"""Where packs lie, and which files they are made of. Nothing is read here."""

from __future__ import annotations

import os

from gilint.errors import ConfigError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping

    Stamp = tuple[str, int, int]

DEFAULT_PACK = "annual-report"
PACK_FILE = "pack.yaml"
FORM_FOLDER = "forms"
OVERLAYS = "overlays"
"""Where packs lie that come with gilint and add to another one; they are loaded only when they are named."""
SUFFIXES = (".yaml", ".yml")
PACKAGE = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))


def default_pack_folder(name: str = DEFAULT_PACK) -> str | None:
    """The folder of a pack that comes with gilint: inside the package, or beside it in a checkout."""
    return next(filter(_is_pack, (os.path.join(root, name) for root in _roots())), None)


def family_packs() -> list[str]:
    """The names of the packs that come with gilint and describe reports of their own: the default one, then A to Z."""
    return sorted(_packs_beside_default(), key=lambda name: (name != DEFAULT_PACK, name))


def overlays() -> list[str]:
    """The names of the packs that come with gilint and only add to others, sorted."""
    return sorted(_packs_beside_default(OVERLAYS))


def _packs_beside_default(folder: str = "") -> list[str]:
    default = default_pack_folder()
    root = os.path.join(os.path.dirname(default), folder) if default else ""
    names = os.listdir(root) if os.path.isdir(root) else []
    return [name for name in names if _is_pack(os.path.join(root, name))]


def _roots() -> tuple[str, ...]:
    rules = (os.path.join(PACKAGE, "rules"), os.path.join(os.path.dirname(PACKAGE), "rules"))
    return (*rules, *(os.path.join(root, OVERLAYS) for root in rules))


def find_pack(source: str, installed: Mapping[str, str], beside: str = "") -> str:
    """The absolute path of a source: a folder, or a rule file that lies in no pack.

    A path is taken relative to the folder ``beside``, ``""`` being the current one; one inside of a pack means the
    pack. What is no path is a name, looked up in ``installed`` (name → folder) and among the packs that come with
    gilint. Raises :class:`ConfigError` when there is no such thing.
    """
    path = os.path.abspath(os.path.join(beside, source))
    if os.path.isdir(path) or (os.path.isfile(path) and path.endswith(SUFFIXES)):
        return _enclosing_pack(path) or path
    if os.path.exists(path):
        raise ConfigError(f"{source} 不是规则文件，应为 .yaml 或文件夹 (not a rule file: expected .yaml or a folder)")
    is_name = os.path.basename(source) == source
    folder = installed.get(source) or (default_pack_folder(source) if is_name else None)
    if folder is None:
        raise ConfigError(f"找不到规则包 {source} (no rule pack {source!r}: neither a path nor an installed pack)")
    return os.path.abspath(folder)


def stamps(place: str) -> list[Stamp]:
    """The YAML files of a source as (path, size, time of change), sorted; hidden files and folders are left out."""
    if not os.path.isdir(place):
        return [_stamp(place, os.stat(place))] if os.path.isfile(place) else []
    found: list[Stamp] = []
    folders = [place]
    while folders:
        with os.scandir(folders.pop()) as entries:
            for entry in entries:
                if entry.name.startswith("."):
                    continue
                if entry.is_dir(follow_symlinks=False):
                    folders.append(entry.path)
                elif entry.name.endswith(SUFFIXES) and entry.is_file():
                    found.append(_stamp(entry.path, entry.stat()))
    return sorted(found)


def _stamp(path: str, status: os.stat_result) -> Stamp:
    return path, status.st_size, status.st_mtime_ns


def _is_pack(folder: str) -> bool:
    return os.path.isfile(os.path.join(folder, PACK_FILE))


def _enclosing_pack(path: str) -> str | None:
    while not _is_pack(path):
        above = os.path.dirname(path)
        if above == path:
            return None
        path = above
    return path
