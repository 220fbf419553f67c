"""What a result depends on beside the report itself, as a digest: if it is the same, so is the result."""

from __future__ import annotations

import os
import sys

from gilint.cache import digest_of
from gilint.config import KEYS
from gilint.version import __version__

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from gilint.linter import Linter

LIBRARIES = ("ahocorasick-rs", "google-re2", "lxml", "turbohtml", "pyyaml", "pypdfium2", "msdoc2docx")
"""Distributions whose version may change what is read or found."""
WAIVED = ("waivers", "fail_on")
"""Keys of a configuration that count after a report was judged."""


def settings_digest(linter: Linter) -> bytes:
    """The digest of all rules by their content, the configuration, plugins and versions that a linter works with."""
    arguments = {key: value for key, value in linter.arguments.items() if key not in ("config", "waivers", "today")}
    config = {key: getattr(linter.config, key) for key in KEYS if key not in WAIVED}
    known = (
        (__version__, sys.version, _code(), tuple(_versions()), _converter()),
        tuple(_packs(linter)),
        (sorted(arguments.items()), config, linter.issuer_kind, linter.lang, linter.registry.key()),
    )
    return digest_of(repr(known).encode("utf-8", "surrogatepass"))


def _packs(linter: Linter) -> Iterator[tuple[str, str, str]]:
    from gilint.packs.digest import pack_digest

    for pack in linter.ruleset.packs:
        yield pack.id, pack.version, pack_digest(pack.path)


def _code() -> list[tuple[str, int, int]]:
    """The files of gilint with their times and sizes, so that work on it never meets stale results."""
    from gilint.packs.finding import PACKAGE

    places = (os.path.join(folder, name) for folder, _, names in os.walk(PACKAGE) for name in names)
    return sorted(_stamp(place) for place in places if place.endswith((".py", ".json")))


def _stamp(place: str) -> tuple[str, int, int]:
    status = os.stat(place)
    return place, status.st_mtime_ns, status.st_size


def _converter() -> tuple[str, int, int] | None:
    """The program that reads old documents: another version of it may read them differently."""
    from gilint.readers.conversion import find_libreoffice

    program = find_libreoffice()
    return None if program is None else _stamp(os.path.realpath(program.path))


def _versions() -> Iterator[tuple[str, str]]:
    from importlib.metadata import PackageNotFoundError, version

    for name in LIBRARIES:
        try:
            yield name, version(name)
        except PackageNotFoundError:
            yield name, ""
