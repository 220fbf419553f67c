"""Compiled packs as the cache keeps them: what every run needs, and in parts what only the reports of a family need."""

from __future__ import annotations

import marshal

from gilint.cache import dumped
from gilint.checks import Pattern
from gilint.form import Family, family_from_data, form_from_data, form_from_values, form_values
from gilint.record import later
from gilint.ruleset import Pack, Rules, Ruleset, rule_from_data

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from typing import Any

    from gilint.form import Form
    from gilint.ruleset import Rule

    PartOf = Callable[[int], bytes]
    """The content of a part by its number."""


def stored(compiled: Mapping[str, Any]) -> tuple[dict[str, Any], list[bytes]]:
    """What :func:`gilint.packs.compiler.compile_packs` made, as data and its parts.

    A pack has two parts, its forms as their files have them and its rules, and a family has one, its forms.
    """
    parts: list[bytes] = []
    packs = []
    for fields, rules in compiled["packs"]:
        pack = Pack(*fields)
        packs.append((*fields[:5], len(parts), len(pack.forms), fields[6], len(rules)))
        parts += dumped(pack.forms), dumped(_own_patterns(rules, compiled["patterns"]))
    families = []
    for pack in [Pack(*fields) for fields, _rules in compiled["packs"]]:
        if pack.report is not None:
            family = family_from_data(pack.id, pack.report, ())
            data = [form for fields, _ in compiled["packs"] for form in fields[5] if fields[6] == pack.id]
            families.append((pack.id, pack.report, len(parts), len(data)))
            parts.append(dumped([form_values(form_from_data(family, one)) for one in data]))
    return {"files": compiled["files"], "packs": packs, "families": families}, parts
