"""Packs of rules: from the cache when no file changed, else by way of the compiler.

A source is the folder of a pack, a folder of rule files without ``pack.yaml``, one rule file, or the name of an
installed pack. Rule files on their own belong to a pack made up for them, which extends the default pack.
"""

from __future__ import annotations

import os

from gilint import cache
from gilint.packs.finding import DEFAULT_PACK, PACKAGE, default_pack_folder, family_packs, find_pack, stamps
from gilint.packs.stored import restored, stored

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from typing import Any, Protocol

    from gilint.checks import Check
    from gilint.ruleset import Ruleset

    class Kinds(Protocol):
        """The kinds of check that rules may name."""

        def names(self) -> Sequence[str]:
            """All names."""

        def get(self, name: str) -> Check | None:
            """The kind of this name."""

        def key(self) -> tuple[object, ...]:
            """What tells these kinds from others, plugins and their versions included; part of the cache key."""

        @property
        def incomplete(self) -> bool:
            """Whether some kinds are missing because a plugin failed; rules of unknown kinds are kept, and break."""


__all__ = ["DEFAULT_PACK", "default_pack_folder", "family_packs", "load_ruleset", "schema"]


def load_ruleset(sources: Sequence[str], kinds: Kinds, installed: Mapping[str, str] | None = None) -> Ruleset:
    """The rules of all sources and of the packs that they extend; no source means the default pack.

    ``installed`` maps the names of packs that plugins bring to their folders. Raises
    :class:`~gilint.errors.ConfigError` for a source that does not exist or holds no rule, and
    :class:`~gilint.errors.RuleError` with every mistake of all files.
    """
    named = dict(installed or {})
    places = tuple(dict.fromkeys(find_pack(source, named) for source in sources or (DEFAULT_PACK,)))
    key = (places, tuple(sorted(named.items())), default_pack_folder(), kinds.key(), _code())
    kept = cache.find("rules", key)
    if kept is None or any(stamps(place) != before for place, before in kept.data["files"]):
        data, parts = stored(_compiled(places, kinds, named))
        cache.store("rules", key, data, parts)
        return restored(data["packs"], parts.__getitem__)

    def part(number: int) -> bytes:
        """A part of what was kept, or of what is compiled anew where that was damaged."""
        found = kept.part(number)
        return stored(_compiled(places, kinds, named))[1][number] if found is None else found

    return restored(kept.data["packs"], part)


def _compiled(places: Sequence[str], kinds: Kinds, named: Mapping[str, str]) -> dict[str, Any]:
    """The packs as the wheel brings them, or else compiled now."""
    from gilint.packs.shipped import shipped

    # What a plugin brings may change what becomes of a rule.
    ready = None if named or kinds.key() else shipped(places)
    if ready is not None:
        return ready
    from gilint.packs.compiler import compile_packs

    return compile_packs(places, kinds, named)


def schema(name: str, kinds: Kinds | None = None) -> dict[str, Any]:
    """A published JSON Schema: ``rule``, ``form``, ``pack`` …; that of rules holds the options of each kind of check.

    Without ``kinds`` these are the built-in ones. Raises :class:`~gilint.errors.ConfigError` for an unknown name.
    """
    from gilint.checks import BUILTIN, builtin
    from gilint.packs.published import rule_schema, schema_file

    if name != "rule":
        return schema_file(name)
    if kinds is None:
        return rule_schema(map(builtin, BUILTIN))
    found = (kinds.get(kind) for kind in kinds.names())
    return rule_schema(kind for kind in found if kind is not None)


def _code() -> tuple[int, ...]:
    """When the code that compiles rules last changed, so that work on gilint never meets a stale cache."""
    return tuple(_newest(os.path.join(PACKAGE, folder)) for folder in ("", "packs", "checks", "schemas"))


def _newest(folder: str) -> int:
    try:
        with os.scandir(folder) as entries:
            return max(entry.stat().st_mtime_ns for entry in entries if entry.name.endswith((".py", ".json")))
    except (OSError, ValueError):
        return 0
