"""The packs that come with gilint, compiled when its wheel is built: the first run on a machine need not.

What is shipped counts only for the very files that it was made of, told by their contents: those of the packs, and the
code and schemas that compile them. All else goes the long way, by the compiler.
"""

from __future__ import annotations

import marshal
import os
from hashlib import blake2b

from gilint.packs.finding import PACKAGE, SUFFIXES, default_pack_folder, family_packs, find_pack, stamps

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from typing import Any

FILE = os.path.join(PACKAGE, "packs", "compiled.bin")
CODE = ("", "packs", "checks", "schemas")
"""The folders of the package whose code and data decide what becomes of a rule file."""
_DIGEST_SIZE = 32
_MARK = "\0"
"""Stands in paths for the folder of the packs, which lie elsewhere on each machine; no path can hold it."""


def shipped(places: Sequence[str]) -> dict[str, Any] | None:
    """What :func:`gilint.packs.compiler.compile_packs` makes of the packs at these places, where it was shipped."""
    if list(places) != _places():
        return None
    try:
        with open(FILE, "rb") as file:
            content = file.read()
    except OSError:
        return None
    payload = content[_DIGEST_SIZE:]
    # Taken before the files are read: what changes in between is found changed next time.
    files = [(place, stamps(place)) for place in places]
    if content[:_DIGEST_SIZE] != _digest(payload):
        return None
    root = _root()
    packs, patterns = _with_paths(marshal.loads(payload), lambda path: _here(path, root))
    return {"files": files, "packs": packs, "patterns": patterns}


def pack_up() -> bytes:
    """The content of ``FILE`` for the packs as they lie here. Raises ``RuleError`` where they have mistakes."""
    from gilint.packs.compiler import compile_packs
    from gilint.plugins import Registry

    compiled = compile_packs(_places(), Registry(installed=False), {})
    root = _root()
    # Version 4 is read by every Python that gilint runs on.
    payload = marshal.dumps(
        _with_paths((compiled["packs"], compiled["patterns"]), lambda path: _anywhere(path, root)), 4
    )
    return _digest(payload) + payload


def _places() -> list[str]:
    return [find_pack(name, {}) for name in map(default_pack_folder, family_packs()) if name]


def _root() -> str:
    return os.path.dirname(os.path.abspath(default_pack_folder() or ""))


def _digest(payload: bytes) -> bytes:
    """Of what is shipped and of all that it was made of: file names and contents."""
    digest = blake2b(payload, digest_size=_DIGEST_SIZE)
    root = _root()
    for path in _sources():
        with open(path, "rb") as file:
            content = file.read()
        name = _anywhere(path, root)
        name = name if name.startswith(_MARK) else os.path.relpath(path, PACKAGE).replace(os.sep, "/")
        digest.update(f"{name}\0{len(content)}\0".encode())
        digest.update(content)
    return digest.digest()


def _sources() -> Iterator[str]:
    for folder in CODE:
        parent = os.path.join(PACKAGE, folder)
        yield from sorted(os.path.join(parent, name) for name in os.listdir(parent) if name.endswith((".py", ".json")))
    for place in _places():
        for parent, folders, names in os.walk(place):
            folders.sort()
            yield from (os.path.join(parent, name) for name in sorted(names) if name.endswith(SUFFIXES))


def _anywhere(path: str, root: str) -> str:
    """A path below the folder of the packs, so that it can be told on another machine."""
    return _MARK + path[len(root) + 1 :].replace(os.sep, "/") if path.startswith(root + os.sep) else path


def _here(path: str, root: str) -> str:
    return os.path.join(root, *path[1:].split("/")) if path.startswith(_MARK) else path


def _with_paths(value: Any, spelled: Callable[[str], str]) -> Any:
    """The same data with each string, paths among them, spelled anew."""
    if isinstance(value, str):
        return spelled(value)
    if isinstance(value, tuple):
        return tuple(_with_paths(one, spelled) for one in value)
    if isinstance(value, list):
        return [_with_paths(one, spelled) for one in value]
    if isinstance(value, dict):
        return {key: _with_paths(one, spelled) for key, one in value.items()}
    return value
