"""Write docs/checks.md: every check kind with its options, from the schemas that the loader itself uses.

``--check`` writes nothing and exits with 1 when the page is stale.
"""

import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))  # the script also runs where gilint is not installed

from gilint.checks import BUILTIN, Check, builtin  # noqa: E402

PAGE = ROOT / "docs" / "checks.md"
COMMAND = "python scripts/check_reference.py"
HEAD = f"""\
<!-- Written by {COMMAND}; do not edit. -->

# Check kinds

What a rule can ask, with the options that go under `with` and the values that `message` and `advice` may use in braces
(besides `{{rule}}` and `{{severity}}`). How to write a rule: [rules.md](rules.md). Further kinds come from
[plugins](plugins.md). `gilint schema rule` prints the same as JSON Schema.

| kind | what it finds |
|---|---|
"""


def main() -> int:
    page = reference()
    if sys.argv[1:] == ["--check"]:
        fresh = PAGE.is_file() and PAGE.read_text(encoding="utf-8") == page
        print("fresh" if fresh else f"{PAGE.relative_to(ROOT)} is stale: run {COMMAND}")
        return 0 if fresh else 1
    PAGE.write_text(page, encoding="utf-8")
    return 0


def reference() -> str:
    """The whole page."""
    kinds = [builtin(name) for name in BUILTIN]
    rows = (f"| [`{kind.name}`](#{kind.name}) | {kind.summary} |\n" for kind in kinds)
    return HEAD + "".join(rows) + "".join("\n" + "\n".join(section(kind)) + "\n" for kind in kinds)


def section(kind: Check) -> Iterator[str]:
    """A kind: its summary, a table of its options, and the values of its messages."""
    yield from (f"## {kind.name}", "", kind.summary)
    rows = list(options(kind.options))
    if rows:
        yield from ("", "| option | value | meaning |", "|---|---|---|", *rows)
    values = ", ".join(f"`{{{value}}}`" for value in kind.values)
    yield from ("", f"Values: {values or 'none'}.")


def options(schema: Mapping[str, Any], inside: str = "") -> Iterator[str]:
    """A table row an option; those of an object follow it as ``where.roles``."""
    for name, option in schema.get("properties", {}).items():
        required = "**required.** " if name in schema.get("required", ()) else ""
        meaning = (required + option.get("description", "")).replace("|", "\\|").strip()
        yield f"| `{inside}{name}` | {value(option)} | {meaning} |"
        yield from options(option, f"{inside}{name}.")


def value(schema: Mapping[str, Any]) -> str:
    """What may be written as a value, in a few words."""
    if "enum" in schema:
        return ", ".join(f"`{choice}`" for choice in schema["enum"])
    kind = schema.get("type")
    if kind == "array":
        items = schema.get("items", {})
        return f"list of {value(items)}" if "enum" in items else f"list of {value(items)}s"
    if kind == "object":
        inner = schema.get("additionalProperties")
        return f"mapping to {value(inner)}" if isinstance(inner, dict) else "mapping"
    if kind == "string":
        return "RE2 pattern" if schema.get("format") == "re2" else "text"
    return {"integer": "whole number", "boolean": "`true` or `false`"}.get(str(kind), "value")


if __name__ == "__main__":
    sys.exit(main())
