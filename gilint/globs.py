"""Patterns of file names, as waivers and configurations have them."""

from __future__ import annotations

import os

SIGNS = "*?["


def relative(place: str, folder: str) -> str:
    """The path of a file below a folder, as patterns are compared with it."""
    return os.path.relpath(os.path.abspath(place), os.path.abspath(folder)).replace(os.sep, "/")


def fits(pattern: str, name: str) -> bool:
    """Whether a pattern means the file of a relative path; a bare name fits in every folder.

    ``*`` and ``?`` stand for any characters, those between folders included, ``[ab]`` for one of several. A file whose
    name is the very pattern is meant too.
    """
    pattern = pattern.removeprefix("./")
    if "/" not in pattern:
        name = name.rpartition("/")[2]
    if pattern == name:
        return True
    if not any(sign in pattern for sign in SIGNS):
        return False
    from fnmatch import fnmatchcase

    return fnmatchcase(name, pattern)
