"""Configuration: ``gilint.toml`` or ``[tool.gilint]`` in ``pyproject.toml``, the nearest above the working folder."""

from __future__ import annotations

import os
import re
from pathlib import Path

from gilint.errors import ConfigError
from gilint.record import Record
from gilint.text import closest

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

FILE = "gilint.toml"
PROJECT = "pyproject.toml"
LANGS = ("zh", "en")
SEVERITIES = ("error", "warning", "info")
MONTH_DAY = re.compile(r"(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])\Z")


class Config(Record):
    """What a user may set. Paths in ``packs`` are already resolved against the file that names them."""

    packs: tuple[str, ...] = ()
    plugins: tuple[str, ...] = ()
    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    severity: Mapping[str, str] = {}
    phrases: Mapping[str, Mapping[str, tuple[str, ...]]] = {}
    issuer_kind: str | None = None
    deadline: str | None = None
    facts: Mapping[str, Any] = {}
    lang: str = "zh"
    fail_on: str = "error"
    path: str | None = None


def load_config(path: str | os.PathLike[str]) -> Config:
    """The configuration of a file. Raises ``ConfigError`` naming file and line for every key or value that is wrong."""
    name = os.fspath(path)
    try:
        text = Path(name).read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigError(f"{name}: 无法读取配置文件 (cannot read the configuration): {error}") from None
    import tomllib

    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise ConfigError(f"{name}: 不是有效的 TOML (not valid TOML): {error}") from None
    prefix: tuple[str, ...] = ()
    if os.path.basename(name) == PROJECT:
        data, prefix = data.get("tool", {}).get("gilint", {}), ("tool", "gilint")
    return _Reader(name, text, prefix).config(data)


def find_config(folder: str | os.PathLike[str] = ".") -> Config:
    """The nearest configuration at or above ``folder``; an empty one when there is none."""
    here = Path(folder).absolute()
    for place in (here, *here.parents):
        own = place / FILE
        if own.is_file():
            return load_config(own)
        project = place / PROJECT
        # The cheap look keeps tomllib, and its import, away from projects that do not mention gilint.
        if project.is_file() and b"[tool.gilint" in project.read_bytes():
            return load_config(project)
    return Config()


class _Reader:
    """Turns parsed TOML into a Config, collecting every mistake with its line."""

    def __init__(self, name: str, text: str, prefix: tuple[str, ...]) -> None:
        self.name = name
        self.lines = text.splitlines()
        self.prefix = prefix
        self.mistakes: list[str] = []

    def config(self, data: Mapping[str, Any]) -> Config:
        fields = [field for field in Config._fields if field != "path"]
        values: dict[str, Any] = {}
        for key, value in data.items():
            if key not in fields:
                self._unknown((key,), key, fields)
                continue
            values[key] = getattr(self, f"_read_{key}", self._strings)((key,), value)
        if self.mistakes:
            raise ConfigError("\n".join(self.mistakes))
        return Config(**values, path=self.name)

    # --- one value each --------------------------------------------------------------------------------------------

    def _strings(self, at: tuple[str, ...], value: Any) -> tuple[str, ...]:
        if not isinstance(value, list) or not all(isinstance(one, str) for one in value):
            self._say(at, '应为字符串列表，如 ["a", "b"]', "must be a list of strings")
            return ()
        return tuple(value)

    def _read_packs(self, at: tuple[str, ...], value: Any) -> tuple[str, ...]:
        base = os.path.dirname(os.path.abspath(self.name))
        packs = self._strings(at, value)
        return tuple(os.path.join(base, pack) if os.path.exists(os.path.join(base, pack)) else pack for pack in packs)

    def _read_severity(self, at: tuple[str, ...], value: Any) -> dict[str, str]:
        return {key: self._choice((*at, key), level, SEVERITIES) for key, level in self._table(at, value).items()}

    def _read_phrases(self, at: tuple[str, ...], value: Any) -> dict[str, dict[str, tuple[str, ...]]]:
        result: dict[str, dict[str, tuple[str, ...]]] = {}
        for rule, lists in self._table(at, value).items():
            result[rule] = {}
            for key, words in self._table((*at, rule), lists).items():
                if key not in ("add", "except"):
                    self._unknown((*at, rule, key), key, ["add", "except"])
                else:
                    result[rule][key] = self._strings((*at, rule, key), words)
        return result

    def _read_issuer_kind(self, at: tuple[str, ...], value: Any) -> str | None:
        return self._string(at, value)

    def _read_deadline(self, at: tuple[str, ...], value: Any) -> str | None:
        text = self._string(at, value)
        if text is not None and not MONTH_DAY.match(text):
            self._say(at, '应写成 MM-DD，如 "01-20"', 'must be written MM-DD, such as "01-20"')
        return text

    def _read_facts(self, at: tuple[str, ...], value: Any) -> Mapping[str, Any]:
        return self._table(at, value)

    def _read_lang(self, at: tuple[str, ...], value: Any) -> str:
        return self._choice(at, value, LANGS)

    def _read_fail_on(self, at: tuple[str, ...], value: Any) -> str:
        return self._choice(at, value, (*SEVERITIES, "never"))

    def _string(self, at: tuple[str, ...], value: Any) -> str | None:
        if isinstance(value, str):
            return value
        self._say(at, "应为字符串", "must be a string")
        return None

    def _table(self, at: tuple[str, ...], value: Any) -> Mapping[str, Any]:
        if isinstance(value, dict):
            return value
        self._say(at, "应为表，如 [%s]" % ".".join(at), "must be a table")
        return {}

    def _choice(self, at: tuple[str, ...], value: Any, allowed: tuple[str, ...]) -> str:
        if value in allowed:
            return str(value)
        hint = closest(str(value), allowed)
        zh = f"应为 {'、'.join(allowed)} 之一" + (f"，是否想写 {hint}？" if hint else "")
        self._say(at, zh, f"must be one of {', '.join(allowed)}" + (f"; did you mean {hint!r}?" if hint else ""))
        return allowed[0]

    # --- mistakes ----------------------------------------------------------------------------------------------------

    def _unknown(self, at: tuple[str, ...], key: str, known: list[str]) -> None:
        hint = closest(key, known)
        zh = f"未知的键 {key}" + (f"，是否想写 {hint}？" if hint else "")
        self._say(at, zh, f"unknown key {key!r}" + (f"; did you mean {hint!r}?" if hint else ""), subject=False)

    def _say(self, at: tuple[str, ...], zh: str, en: str, *, subject: bool = True) -> None:
        name = ".".join(at)
        text = f"{name} {zh} ({name} {en})" if subject else f"{zh} ({en})"
        self.mistakes.append(f"{self.name}:{self._line(at)}: {text}")

    def _line(self, at: tuple[str, ...]) -> int:
        """1-based line of a key. TOML parsers keep no places, so the key is looked for as it is written."""
        path = (*self.prefix, *at)
        table: tuple[str, ...] = ()
        for number, line in enumerate(self.lines, start=1):
            header = re.match(r"\s*\[\[?\s*([^\]]+?)\s*\]", line)
            if header:
                table = tuple(part.strip().strip("\"'") for part in header[1].split("."))
                if table == path:
                    return number
                continue
            key = re.match(r"\s*([^=#\[\]{}]+?)\s*=", line)
            if key and (*table, *(part.strip().strip("\"'") for part in key[1].split("."))) == path[: len(table) + 1]:
                return number
        return self._line(at[:-1]) if len(at) > 1 else 1
