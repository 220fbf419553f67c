"""Configuration: ``gilint.toml`` or ``[tool.gilint]`` in ``pyproject.toml``, the nearest above the working folder."""

from __future__ import annotations

import os

from gilint.errors import ConfigError
from gilint.limits import DEFAULT as DEFAULT_LIMITS
from gilint.limits import Limits
from gilint.record import Record
from gilint.text import shown_path

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

    Path = tuple[str | int, ...]

FILE = "gilint.toml"
PROJECT = "pyproject.toml"
LANGS = ("zh", "en")
TABLES = ("severity", "phrases", "facts")
"""Keys whose values are merged key by key where configurations meet."""


class Origin(Record):
    """Where a value is written: the file, its text, and the keys that lead to the value from the root of the file."""

    path: str
    text: str
    at: Path

    def holds(self, rest: Path = ()) -> bool:
        """Whether the file has a value at ``rest`` below this one."""
        from gilint.toml_lines import key_lines

        return (*self.at, *rest) in key_lines(self.text)

    def line(self, rest: Path = ()) -> int:
        """The line of what lies at ``rest`` below the value, or of what is nearest around it."""
        from gilint.toml_lines import key_lines

        lines = key_lines(self.text)
        path = (*self.at, *rest)
        while path and path not in lines:
            path = path[:-1]
        return lines.get(path, 1)


class Override(Record):
    """What is otherwise for some files: ``values`` as in a configuration, ``files`` are patterns below ``folder``."""

    files: tuple[str, ...]
    values: Mapping[str, Any]
    folder: str
    origin: Origin

    def covers(self, place: str) -> bool:
        """Whether it is for the file at a path."""
        from gilint.globs import fits, relative

        name = relative(place, self.folder)
        return any(fits(pattern, name) for pattern in self.files)


class Config(Record):
    """What a user may set, as it is written; the keys are those of ``gilint.toml``.

    ``path`` is the file that it was read from, if any: ``packs`` and ``waivers`` are relative to its folder. ``text``
    and ``root`` (the keys of the table that holds the configuration) say where its values are written, ``origins``
    where those are that come from other files or from overrides.
    """

    extends: str = ""
    packs: tuple[str, ...] = ()
    plugins: tuple[str, ...] = ()
    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    severity: Mapping[str, str] = {}
    phrases: Mapping[str, Mapping[str, tuple[str, ...]]] = {}
    issuer_kind: str | None = None
    deadline: str | None = None
    facts: Mapping[str, Any] = {}
    limits: Limits = DEFAULT_LIMITS
    waivers: tuple[str, ...] = ()
    lang: str = "zh"
    fail_on: str = "error"
    overrides: tuple[Override, ...] = ()
    path: str | None = None
    text: str = ""
    root: tuple[str, ...] = ()
    origins: Mapping[Path, Origin] = {}

    @property
    def folder(self) -> str:
        """The folder that paths are relative to; empty for the working folder."""
        return os.path.dirname(os.path.abspath(self.path)) if self.path else ""

    def origin(self, path: Path) -> tuple[Origin, Path] | None:
        """Where a value is written, and what leads to it from there; ``None`` without a file."""
        for length in range(len(path), 0, -1):
            known = self.origins.get(path[:length])
            if known is not None:
                return known, path[length:]
        return (Origin(self.path, self.text, self.root), path) if self.path else None

    def mistake(self, path: Path, message: str) -> str:
        """A message about a value, behind file and line if there are any."""
        found = self.origin(path)
        if found is None:
            return message
        origin, rest = found
        return f"{shown_path(origin.path)}:{origin.line(rest)}: {message}"


INTERNAL = ("path", "text", "root", "origins")
KEYS = tuple(field for field in Config._fields if field not in INTERNAL)


def load_config(path: str | os.PathLike[str]) -> Config:
    """The configuration of a file. Raises ``ConfigError`` naming file and line for every key or value that is wrong."""
    from gilint.config.reading import read_config

    name = os.fspath(path)
    config = read_config(name)
    if config is None:
        raise ConfigError(f"{shown_path(name)}: 没有 [tool.gilint] 这张表 (there is no table [tool.gilint])")
    return config


def find_config(folder: str | os.PathLike[str] = ".") -> Config:
    """The nearest configuration at or above ``folder``; an empty one when there is none.

    Raises ``ConfigError`` as :func:`load_config` does.
    """
    place = os.path.abspath(folder)
    while True:
        own, project = os.path.join(place, FILE), os.path.join(place, PROJECT)
        if os.path.isfile(own):
            return load_config(own)
        if os.path.isfile(project):
            from gilint.config.reading import read_config

            config = read_config(project)
            if config is not None:
                return config
        above = os.path.dirname(place)
        if above == place:
            return Config()
        place = above


def configured(config: Config | str | os.PathLike[str] | bool | None) -> Config:
    """The configuration that an argument means: itself, that of a file, the nearest (``None``), or none (``False``)."""
    if isinstance(config, Config):
        return config
    if config is None or config is True:
        return find_config()
    return Config() if config is False else load_config(config)


def known_lang(lang: str) -> str:
    """A language of messages. Raises ``ConfigError`` for one that there is not."""
    if lang not in LANGS:
        from gilint.suggest import unknown

        raise ConfigError(unknown("语言", "language", lang, LANGS))
    return lang
