"""``gilint config``: what is set, and where."""

from __future__ import annotations

import json
import os

from gilint.cli import CLEAN, config_of, environment_lang
from gilint.config import Config, Override
from gilint.config.merging import for_file
from gilint.limits import Limits
from gilint.outputs import write
from gilint.record import Record
from gilint.text import pad, shown_path, width

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import SimpleNamespace
    from typing import Any

    from gilint.cli import Streams
    from gilint.config import Path

WORDS = {
    "zh": {
        "file": "配置文件",
        "none": "没有配置文件",
        "for": "适用于",
        "default": "默认",
        "option": "选项 {name}",
        "environment": "环境变量 {name}",
        "covers": "适用",
        "apart": "不适用",
    },
    "en": {
        "file": "configuration",
        "none": "no configuration",
        "for": "for",
        "default": "default",
        "option": "option {name}",
        "environment": "environment {name}",
        "covers": "applies",
        "apart": "does not apply",
    },
}


class Entry(Record):
    """A value that counts: its key, what it is, where it is set. ``line`` is 0 for what is set in no file."""

    key: str
    value: Any
    kind: str
    place: str = ""
    line: int = 0


def show_config(arguments: SimpleNamespace, streams: Streams) -> int:
    """Print every value that counts for a file, or for any file, with its origin."""
    config = config_of(arguments)
    chosen = arguments.lang or environment_lang() or config.lang
    effective = config if arguments.path is None else for_file(config, arguments.path)
    entries = [_set_elsewhere(entry, arguments) for entry in _entries(effective)]
    overrides = [(each, arguments.path is not None and each.covers(arguments.path)) for each in config.overrides]
    if arguments.format == "json":
        write(streams.out, _json(config, arguments.path, entries, overrides), exact=True)
    else:
        write(streams.out, _table(config, arguments.path, entries, overrides, chosen))
    return CLEAN


# --- what counts ------------------------------------------------------------------------------------------------------


def _entries(config: Config) -> Iterator[Entry]:
    for key in Config._fields:
        value = getattr(config, key)
        if key in ("path", "text", "root", "origins", "overrides"):
            continue
        if isinstance(value, Limits):
            value = {name: getattr(value, name) for name in Limits._fields}
        if isinstance(value, dict) and value:
            for name, one in value.items():
                yield _entry(config, (key, name), one)
        else:
            yield _entry(config, (key,), value)


def _entry(config: Config, path: Path, value: Any) -> Entry:
    key = ".".join(map(str, path))
    found = config.origin(path)
    if found is not None:
        origin, rest = found
        if origin.holds(rest):
            return Entry(key, value, "file", origin.path, origin.line(rest))
    return Entry(key, value, "default")


def _set_elsewhere(entry: Entry, arguments: SimpleNamespace) -> Entry:
    """A value that an option or the environment sets in place of the configuration."""
    if entry.key != "lang":
        return entry
    if arguments.lang:
        return Entry("lang", arguments.lang, "option", "--lang")
    said = environment_lang()
    return Entry("lang", said, "environment", "GILINT_LANG") if said else entry


# --- printing ---------------------------------------------------------------------------------------------------------


def _table(
    config: Config, path: str | None, entries: list[Entry], overrides: list[tuple[Override, bool]], lang: str
) -> str:
    words = WORDS[lang]
    colon = "：" if lang == "zh" else ": "
    lines = [f"{words['file']}{colon}{shown_path(config.path)}" if config.path else words["none"]]
    if path is not None:
        lines.append(f"{words['for']}{colon}{path}")
    rows = [(entry.key, _shown(entry.value), _origin(entry, words)) for entry in entries]
    for number, (override, covers) in enumerate(overrides):
        where = f"{shown_path(override.origin.path)}:{override.origin.line()}"
        fits = f" {words['covers' if covers else 'apart']}" if path is not None else ""
        rows.append((f"overrides.{number}", _shown(override.files) + fits, where))
    widths = [max(width(row[column]) for row in rows) for column in (0, 1)]
    lines += ["  ".join((pad(key, widths[0]), pad(value, widths[1]), origin)).rstrip() for key, value, origin in rows]
    return "".join(f"{line}\n" for line in lines)


def _origin(entry: Entry, words: dict[str, str]) -> str:
    if entry.kind == "file":
        return f"{shown_path(entry.place)}:{entry.line}"
    return words[entry.kind].format(name=entry.place)


def _shown(value: Any) -> str:
    """A value as TOML has it; ``-`` for none."""
    if value is None or value == "":
        return "-"
    return json.dumps(_plain(value), ensure_ascii=False)


def _plain(value: Any) -> Any:
    if isinstance(value, tuple):
        return [_plain(one) for one in value]
    return {key: _plain(one) for key, one in value.items()} if isinstance(value, dict) else value


def _json(config: Config, path: str | None, entries: list[Entry], overrides: list[tuple[Override, bool]]) -> str:
    found = {
        "file": config.path,
        "for": path,
        "values": {entry.key: {"value": _plain(entry.value), "origin": _origin_data(entry)} for entry in entries},
        "overrides": [
            {
                "files": list(override.files),
                "origin": {"kind": "file", "path": override.origin.path, "line": override.origin.line()},
                "applies": covers if path is not None else None,
                "values": _plain(dict(override.values)),
            }
            for override, covers in overrides
        ],
    }
    return json.dumps(found, ensure_ascii=False, indent=2) + "\n"


def _origin_data(entry: Entry) -> dict[str, Any]:
    if entry.kind == "file":
        return {"kind": "file", "path": os.fspath(entry.place), "line": entry.line}
    return {"kind": entry.kind, **({"name": entry.place} if entry.place else {})}
