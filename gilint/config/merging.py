"""Where configurations meet: what one takes over from the one that it extends, and what is otherwise for some files."""

from __future__ import annotations

import os

from gilint.config import INTERNAL, TABLES, Config, Origin, Override
from gilint.limits import Limits

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from typing import Any

    from gilint.config import Path


def inherited(config: Config, own: Mapping[str, Any], base: Config) -> Config:
    """A configuration with the values of its base for what is not among its ``own``.

    A key of its own takes the place of the base's; tables are merged key by key. Paths of the base stay relative to the
    folder of the base.
    """
    values: dict[str, Any] = {}
    origins: dict[Path, Origin] = {}
    for key in Config._fields:
        if key in INTERNAL or key == "extends":
            continue
        theirs = _values(base, key)
        if key in TABLES or key == "limits":
            mine = _written(own.get(key, {}), config, key)
            values[key] = {**theirs, **mine}
            origins.update(_origins(base, [(key, name) for name in theirs if name not in mine]))
            if key == "limits":
                values[key] = Limits(**values[key])
        elif key not in own and theirs != Config._defaults[key]:
            values[key] = theirs
            origins.update(_origins(base, [(key,)]))
    return config.replace(**values, origins=origins)


def _values(base: Config, key: str) -> Any:
    """The values of a base, its paths made absolute."""
    value = getattr(base, key)
    if key == "limits":
        return {name: getattr(value, name) for name in Limits._fields}
    if key == "waivers":
        return tuple(os.path.join(base.folder, path) for path in value)
    if key == "packs":
        # What is no path is the name of a pack, which means the same everywhere.
        places = [os.path.join(base.folder, pack) for pack in value]
        return tuple(place if os.path.exists(place) else pack for place, pack in zip(places, value, strict=True))
    return value


def _written(value: Any, config: Config, key: str) -> Mapping[str, Any]:
    """The entries of a table that are written in a file, those that are as they would be anyway included."""
    if not isinstance(value, Limits):
        return dict(value)
    from gilint.toml_lines import key_lines

    lines = key_lines(config.text)
    return {name: getattr(value, name) for name in Limits._fields if (*config.root, key, name) in lines}


def _origins(base: Config, paths: Iterable[Path]) -> dict[Path, Origin]:
    """Where values of a base are written."""
    found = ((path, base.origin(path)) for path in paths)
    return {path: _below(known[0], *known[1]) for path, known in found if known is not None}


def for_file(config: Config, place: str) -> Config:
    """The configuration of the file at a path: with all overrides that cover it, the last one's word counting."""
    for override in config.overrides:
        if override.covers(place):
            config = overridden(config, override)
    return config.replace(overrides=())


def overridden(config: Config, override: Override) -> Config:
    """The configuration of a file that an override covers."""
    changes, at = override.values, override.origin
    values: dict[str, Any] = {}
    origins = dict(config.origins)
    for key, value in changes.items():
        if key in TABLES:
            values[key] = {**getattr(config, key), **value}
            origins.update({(key, name): _below(at, key, name) for name in value})
        elif key == "ignore":
            before = config.ignore
            values[key] = (*before, *value)
            origins.update({(key, len(before) + number): _below(at, key, number) for number in range(len(value))})
        else:
            values[key] = value
            origins[(key,)] = _below(at, key)
    return config.replace(**values, origins=origins)


def _below(origin: Origin, *keys: str | int) -> Origin:
    return origin.replace(at=(*origin.at, *keys))
