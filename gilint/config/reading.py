"""Configurations as they are written: TOML to :class:`gilint.config.Config`, with every mistake at its line."""

from __future__ import annotations

import os

from gilint.config import KEYS, LANGS, PROJECT, Config, Origin, Override
from gilint.config.merging import inherited
from gilint.errors import ConfigError
from gilint.limits import Limits
from gilint.suggest import unknown
from gilint.text import shown_path

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from typing import Any

    from gilint.config import Path

SEVERITIES = ("error", "warning", "info")
MOST = 1_000_000_000
"""The highest limit that can be set."""
DAYS = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
OVERRIDING = ("select", "ignore", "severity", "phrases", "issuer_kind", "deadline", "facts")
"""Keys that may be otherwise for some files."""


def read_config(name: str, extending: tuple[str, ...] = ()) -> Config | None:
    """The configuration of a file; ``None`` for a project file that holds none.

    ``extending`` are the files that extend it. Raises ``ConfigError``.
    """
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
        return _whole(_Reader(Config(path=name, text=text)), data, extending)
    tool = data.get("tool")
    if not isinstance(tool, dict) or "gilint" not in tool:
        return None
    return _whole(_Reader(Config(path=name, text=text, root=("tool", "gilint"))), tool["gilint"], extending)


def _whole(reader: _Reader, data: Any, extending: tuple[str, ...]) -> Config:
    """A configuration with what it takes over from the one that it extends."""
    config, own = reader.config(data)
    if not config.extends:
        return config
    base = _base(config, extending)
    return inherited(config, own, base)


def _base(config: Config, extending: tuple[str, ...]) -> Config:
    """The configuration that another extends. Raises ``ConfigError`` at the line that says so."""
    path = os.path.join(config.folder, config.extends)
    seen = (*extending, os.path.realpath(config.path or ""))
    if os.path.realpath(path) in seen:
        raise ConfigError(config.mistake(("extends",), "extends 绕成了圈 (extends leads in a circle)"))
    if not os.path.isfile(path):
        what = f"extends: 没有文件 {config.extends} (there is no file {config.extends!r})"
        raise ConfigError(config.mistake(("extends",), what))
    base = read_config(path, seen)
    if base is None:
        what = f"extends: {config.extends} 没有 [tool.gilint] 这张表 (there is no table [tool.gilint] in it)"
        raise ConfigError(config.mistake(("extends",), what))
    return base


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


class _Reader:
    """Turns parsed TOML into a Config, collecting every mistake with its line."""

    def __init__(self, config: Config) -> None:
        self._config = config
        self._mistakes: list[str] = []

    def config(self, data: Any) -> tuple[Config, Mapping[str, Any]]:
        """The configuration, and the values that are written in it. Raises ``ConfigError`` with every mistake."""
        values = self._values((), self._table((), data), KEYS)
        if self._mistakes:
            raise ConfigError("\n".join(self._mistakes))
        return self._config.replace(**values), values

    def _values(self, at: Path, data: Mapping[str, Any], keys: Iterable[str]) -> dict[str, Any]:
        values: dict[str, Any] = {}
        for key, value in data.items():
            if key in keys:
                values[key] = getattr(self, f"_read_{key}", self._strings)((*at, key), value)
            else:
                self._unknown((*at, key), keys)
        return values

    def _read_overrides(self, at: Path, value: Any) -> tuple[Override, ...]:
        if not isinstance(value, list):
            self._say(at, "应写成 [[overrides]]", "must be written as [[overrides]]")
            return ()
        return tuple(self._override((*at, index), one) for index, one in enumerate(value))

    def _override(self, at: Path, value: Any) -> Override:
        data = dict(self._table(at, value))
        if "files" not in data:
            self._say(at, '缺少 files，如 files = ["乡镇/*"]', 'lacks files, such as files = ["towns/*"]')
        files = self._strings((*at, "files"), data.pop("files", []))
        origin = Origin(self._config.path or "", self._config.text, (*self._config.root, *at))
        return Override(files, self._values(at, data, OVERRIDING), self._config.folder, origin)

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

    def _read_extends(self, at: Path, value: Any) -> str:
        return self._string(at, value)

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
