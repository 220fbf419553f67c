"""Patterns of file names, as waivers and configurations have them."""

from __future__ import annotations

import os


def fits(pattern: str, place: str, folder: str) -> bool:
    """Whether a pattern means the file at ``place``. It is relative to ``folder``; a bare name fits in every folder.

    ``*`` and ``?`` stand for any characters, those between folders included, ``[ab]`` for one of several. A file whose
    name is the very pattern is meant too.
    """
    relative = os.path.relpath(os.path.abspath(place), os.path.abspath(folder)).replace(os.sep, "/")
    name = relative if "/" in pattern else relative.rpartition("/")[2]
    if pattern == name:
        return True
    from fnmatch import fnmatchcase

    return fnmatchcase(name, pattern.removeprefix("./"))
