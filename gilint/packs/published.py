"""The JSON Schemas that gilint publishes: editors complete by them what the loader accepts."""

from __future__ import annotations

import os

from gilint.errors import ConfigError
from gilint.packs.finding import PACKAGE
from gilint.suggest import unknown

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from typing import Any

    from gilint.checks import Check

_FOLDER = os.path.join(PACKAGE, "schemas")

LIKE = {"type": "string", "description": "A rule whose options are taken where this one gives none of its own."}


def schema_names() -> list[str]:
    """The schemas that there are."""
    return sorted(name.removesuffix(".json") for name in os.listdir(_FOLDER) if name.endswith(".json"))


def schema_file(name: str) -> dict[str, Any]:
    """A schema as it lies in its file. Raises :class:`ConfigError` when there is none of this name."""
    import json

    names = schema_names()
    if name not in names:
        raise ConfigError(unknown("结构定义", "schema", name, names))
    with open(os.path.join(_FOLDER, f"{name}.json"), encoding="utf-8") as file:
        found: dict[str, Any] = json.load(file)
    return found


def rule_schema(kinds: Iterable[Check]) -> dict[str, Any]:
    """The schema of rules with the options of each kind of check."""
    kinds = list(kinds)
    found = schema_file("rule")
    found["properties"]["check"] = {
        "description": "The kind of check.",
        "oneOf": [{"const": kind.name, "description": kind.summary} for kind in kinds],
    }
    # One condition a kind instead of alternatives, so that an editor names the very key that is wrong.
    found["allOf"] = [_case(kind) for kind in kinds]
    return found


def _case(kind: Check) -> dict[str, Any]:
    then: dict[str, Any] = {"properties": {"with": _with_like(kind.options)}}
    if kind.options.get("required"):
        then["required"] = ["with"]
    return {"if": {"properties": {"check": {"const": kind.name}}, "required": ["check"]}, "then": then}


def _with_like(options: Mapping[str, Any]) -> dict[str, Any]:
    """The options of a kind, in which ``like`` may stand for those that are required."""
    found = {key: value for key, value in options.items() if key != "required"}
    found["properties"] = {**options.get("properties", {}), "like": LIKE}
    if options.get("required"):
        found["anyOf"] = [{"required": ["like"]}, {"required": list(options["required"])}]
    return found
