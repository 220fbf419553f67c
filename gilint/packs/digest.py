"""What tells the content of a pack from every other."""

from __future__ import annotations

import os

EXTENSIONS = (".yaml", ".yml", ".txt", ".md")
"""Files of a pack that say what it judges: rules, forms, and the reports of their examples."""


def pack_digest(folder: str) -> str:
    """The SHA-256 over the files of a pack: of the path and content of each, in the order of their paths."""
    from hashlib import sha256

    found = sha256()
    for path in sorted(_files(folder)):
        with open(os.path.join(folder, path) if path else folder, "rb") as file:
            # Line ends are left aside: a checkout on another system is the same pack.
            content = file.read().replace(b"\r\n", b"\n")
        found.update(f"{path}\0{len(content)}\0".encode())
        found.update(content)
    return found.hexdigest()


def _files(folder: str) -> list[str]:
    """The files of a pack by their paths in it; a rule file by itself has none."""
    if os.path.isfile(folder):
        return [""]
    return [
        os.path.relpath(os.path.join(place, name), folder).replace(os.sep, "/")
        for place, _folders, names in os.walk(folder)
        for name in names
        if name.endswith(EXTENSIONS) and not name.startswith(".")
    ]
