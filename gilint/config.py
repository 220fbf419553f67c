"""Configuration: ``gilint.toml`` or ``[tool.gilint]`` in ``pyproject.toml``, the nearest above the working folder."""

from __future__ import annotations

import os

from gilint.errors import ConfigError
from gilint.limits import DEFAULT as DEFAULT_LIMITS
from gilint.limits import Limits
from gilint.record import Record
from gilint.suggest import unknown
from gilint.text import shown_path

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from typing import Any

    Path = tuple[str | int, ...]

FILE = "gilint.toml"
PROJECT = "pyproject.toml"
LANGS = ("zh", "en")
SEVERITIES = ("error", "warning", "info")
MOST = 1_000_000_000
"""The highest limit that can be set."""
DAYS = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


class Config(Record):
    """What a user may set, as it is written; the keys are those of ``gilint.toml``.

    ``path`` is the file that it was read from, if any: ``packs`` and ``waivers`` are relative to its folder. ``text``
    and ``root`` (the keys of the table that holds the configuration) serve :meth:`mistake`.
    """

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
    path: str | None = None
    text: str = ""
    root: tuple[str, ...] = ()

    @property
    def folder(self) -> str:
        """The folder that paths are relative to; empty for the working folder."""
        return os.path.dirname(os.path.abspath(self.path)) if self.path else ""

    def mistake(self, path: Path, message: str) -> str:
        """A message about a value, behind file and line if there are any."""
        return f"{shown_path(self.path)}:{_line(self.text, (*self.root, *path))}: {message}" if self.path else message


KEYS = tuple(field for field in Config._fields if field not in ("path", "text", "root"))


def load_config(path: str | os.PathLike[str]) -> Config:
    """The configuration of a file. Raises ``ConfigError`` naming file and line for every key or value that is wrong."""
    name = os.fspath(path)
    config = _read(name)
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
        config = _read(project) if os.path.isfile(project) else None
        if config is not None:
            return config
        above = os.path.dirname(place)
        if above == place:
            return Config()
        place = above


def _read(name: str) -> Config | None:
    """The configuration of a file; ``None`` for a project file that holds none."""
    try:
        with open(name, "rb") as file:
            content = file.read()
        if os.path.basename(name) == PROJECT and not _may_configure(content):
            return None
        text = content.decode("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        cause = error.strerror if isinstance(error, OSError) else f"byte {error.start + 1} is not UTF-8"
        raise ConfigError(f"{shown_path(name)}: 无法读取配置文件 (cannot read the configuration): {cause}") from None
    data = _parsed(name, text)
    if os.path.basename(name) != PROJECT:
        return _Reader(Config(path=name, text=text)).config(data)
    tool = data.get("tool")
    if not isinstance(tool, dict) or "gilint" not in tool:
        return None
    return _Reader(Config(path=name, text=text, root=("tool", "gilint"))).config(tool["gilint"])


def _may_configure(project: bytes) -> bool:
    """Whether a project file may hold our table, however it is written. To parse it would take ten times as long."""
    bare = project.translate(None, b" \t\"'")
    return b"tool.gilint" in bare or b"[tool]" in bare


def _parsed(name: str, text: str) -> dict[str, Any]:
    import tomllib

    try:
        return tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise ConfigError(f"{shown_path(name)}: 不是有效的 TOML (not valid TOML): {error}") from None


def _line(text: str, path: Path) -> int:
    """The line of a key, or of the nearest table around it."""
    from gilint.toml_lines import key_lines

    lines = key_lines(text)
    while path and path not in lines:
        path = path[:-1]
    return lines.get(path, 1)


class _Reader:
    """Turns parsed TOML into a Config, collecting every mistake with its line."""

    def __init__(self, config: Config) -> None:
        self._config = config
        self._mistakes: list[str] = []

    def config(self, data: Any) -> Config:
        values: dict[str, Any] = {}
        for key, value in self._table((), data).items():
            if key not in KEYS:
                self._unknown((key,), KEYS)
                continue
            values[key] = getattr(self, f"_read_{key}", self._strings)((key,), value)
        if self._mistakes:
            raise ConfigError("\n".join(self._mistakes))
        return self._config.replace(**values)

    # --- one value each --------------------------------------------------------------------------------------------

    def _strings(self, at: Path, value: Any) -> tuple[str, ...]:
        if not isinstance(value, list):
            self._say(at, '应为字符串列表，如 ["a", "b"]', "must be a list of strings")
            return ()
        for index, one in enumerate(value):
            if not isinstance(one, str) or not one.strip():
                self._say((*at, index), "应为非空字符串", "must be a string that is not empty")
        return tuple(one for one in value if isinstance(one, str))

    def _read_plugins(self, at: Path, value: Any) -> tuple[str, ...]:
        modules = self._strings(at, value)
        for index, module in enumerate(modules):
            # A path would let any folder that one checks files in run its code.
            if not all(part.isidentifier() for part in module.replace(":", ".", 1).split(".")):
                self._say((*at, index), "应为模块名，如 my_plugin", "must be the name of a module")
        return modules

    def _read_severity(self, at: Path, value: Any) -> dict[str, str]:
        return {key: self._choice((*at, key), level, SEVERITIES) for key, level in self._table(at, value).items()}

    def _read_phrases(self, at: Path, value: Any) -> dict[str, dict[str, tuple[str, ...]]]:
        result: dict[str, dict[str, tuple[str, ...]]] = {}
        for rule, lists in self._table(at, value).items():
            result[rule] = {}
            for key, words in self._table((*at, rule), lists).items():
                if key not in ("add", "except"):
                    self._unknown((*at, rule, key), ("add", "except"))
                else:
                    result[rule][key] = self._strings((*at, rule, key), words)
        return result

    def _read_issuer_kind(self, at: Path, value: Any) -> str:
        return self._string(at, value)

    def _read_deadline(self, at: Path, value: Any) -> str:
        text = self._string(at, value)
        if isinstance(value, str) and not is_month_day(text):
            self._say(at, '应写成 MM-DD，如 "01-20"', 'must be written MM-DD, such as "01-20"')
        return text

    def _read_facts(self, at: Path, value: Any) -> dict[str, Any]:
        # TOML has dates of its own; facts are plain data, as in the examples of rules.
        facts = self._table(at, value).items()
        return {name: fact.isoformat() if hasattr(fact, "isoformat") else fact for name, fact in facts}

    def _read_limits(self, at: Path, value: Any) -> Limits:
        limits: dict[str, int] = {}
        for key, number in self._table(at, value).items():
            if key not in Limits._fields:
                self._unknown((*at, key), Limits._fields)
            elif not isinstance(number, int) or isinstance(number, bool) or not 1 <= number <= MOST:
                self._say((*at, key), f"应为 1 到 {MOST} 的整数", f"must be a whole number from 1 to {MOST}")
            else:
                limits[key] = number
        return Limits(**limits)

    def _read_lang(self, at: Path, value: Any) -> str:
        return self._choice(at, value, LANGS)

    def _read_fail_on(self, at: Path, value: Any) -> str:
        return self._choice(at, value, (*SEVERITIES, "never"))

    def _string(self, at: Path, value: Any) -> str:
        if isinstance(value, str):
            return value
        self._say(at, "应为字符串", "must be a string")
        return ""

    def _table(self, at: Path, value: Any) -> Mapping[str, Any]:
        if isinstance(value, dict):
            return value
        self._say(at, "应为表", "must be a table")
        return {}

    def _choice(self, at: Path, value: Any, allowed: tuple[str, ...]) -> str:
        if value not in allowed:
            self._mistake(at, f"{_name(at)}: {unknown('值', 'value', str(value), allowed)}")
            return allowed[0]
        return str(value)

    # --- mistakes --------------------------------------------------------------------------------------------------

    def _unknown(self, at: Path, known: Iterable[str]) -> None:
        self._mistake(at, unknown("键", "key", str(at[-1]), known))

    def _say(self, at: Path, zh: str, en: str) -> None:
        self._mistake(at, f"{_name(at)} {zh} ({_name(at)} {en})")

    def _mistake(self, at: Path, message: str) -> None:
        self._mistakes.append(self._config.mistake(at, message))


def _name(at: Path) -> str:
    return ".".join(map(str, at)) or "tool.gilint"


def is_month_day(text: str) -> bool:
    """Whether a text is a month and a day, written ``01-20``."""
    month, _, day = text.partition("-")
    if not (text.isascii() and len(text) == 5 and len(month) == 2 and month.isdigit() and day.isdigit()):
        return False
    return 1 <= int(month) <= 12 and 1 <= int(day) <= DAYS[int(month) - 1]
