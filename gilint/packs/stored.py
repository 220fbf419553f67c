"""Compiled packs as the cache keeps them: what every run needs, and in parts what only the reports of a family need."""

from __future__ import annotations

import marshal

from gilint.cache import dumped
from gilint.checks import Pattern
from gilint.form import family_from_data, form_from_data, form_from_values, form_values
from gilint.record import later
from gilint.ruleset import CHECK, EXAMPLES, ID, PATTERNS, Pack, Ruleset, later_rules, rule_from_data

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from typing import Any

    from gilint.form import Family, Form
    from gilint.ruleset import Rule

    PartOf = Callable[[int], bytes]
    """The content of a part, by its number."""


PARTS = 5
"""Parts of a pack."""


def stored(compiled: Mapping[str, Any]) -> tuple[dict[str, Any], list[bytes]]:
    """What :func:`gilint.packs.compiler.compile_packs` made, as data and parts of it.

    A pack has five parts: its forms as their files have them, its rules with their patterns, the examples of these, and
    of the family that it describes the forms, ready to be used, and what the rules for its reports search for.
    """
    packs: list[tuple[Any, ...]] = []
    parts: list[bytes] = []
    for (ident, version, title, path, report, forms, family), rules in compiled["packs"]:
        own = _forms_of(ident, report, compiled["packs"])
        searches = _searches(ident, compiled) if report is not None else ()
        kinds = sorted({rule[CHECK] for rule in rules})
        packs.append(((ident, version, title, path, report), family, kinds, (len(forms), len(rules), len(own))))
        with_patterns = _with_own_patterns(rules, compiled["patterns"])
        examples = [rule[EXAMPLES] for rule in rules]
        parts += dumped(forms), dumped(with_patterns), dumped(examples), dumped(own), dumped(searches)
    return {"files": compiled["files"], "packs": packs}, parts


def _forms_of(pack: str, report: Mapping[str, Any] | None, packs: Sequence[Any]) -> list[tuple[Any, ...]]:
    """The forms of the family that a pack describes, with those that others add to it."""
    if report is None:
        return []
    family = family_from_data(pack, report, ())
    forms = (form for fields, _rules in packs if fields[-1] == pack for form in fields[5])
    return [form_values(form_from_data(family, form)) for form in forms]


def _searches(family: str, compiled: Mapping[str, Any]) -> tuple[Any, ...]:
    """What the rules of a family search for, as the values of a matcher."""
    from gilint.checks.matching import Matcher

    lists = [tuple(Pattern(*fields) for fields in one) for one in compiled["patterns"]]
    rules = (rule for fields, rules in compiled["packs"] if fields[-1] == family for rule in rules)
    return Matcher([(rule[ID], lists[rule[PATTERNS]]) for rule in rules if lists[rule[PATTERNS]]]).values()


def _with_own_patterns(rules: Sequence[Sequence[Any]], lists: Sequence[Any]) -> tuple[list[Any], list[list[Any]]]:
    """The lists of patterns that the rules of a pack have, and the rules with places among these."""
    places: dict[int, int] = {}
    placed = [list(rule) for rule in rules]
    for rule in placed:
        rule[PATTERNS] = places.setdefault(rule[PATTERNS], len(places))
        rule[EXAMPLES] = None
    return [lists[place] for place in places], placed


def restored(packs: Sequence[Any], part: PartOf) -> Ruleset:
    """The records of stored packs, made as they are needed."""
    made: list[Pack] = []
    families: list[Family] = []
    kinds: list[str] = []
    searches: dict[str, Callable[[], Any]] = {}
    for number, ((*head, report), family, checks, (forms, rules, own)) in enumerate(packs):
        first = number * PARTS
        later_ones = _forms(forms, part, first), family, _rules(rules, part, first + 1)
        fields = (*head, report, *later_ones)
        made.append(Pack(*fields))
        kinds += checks
        if report is not None:
            families.append(_family(head[0], report, own, part, first + 3))
            searches[head[0]] = lambda at=first + 4: marshal.loads(part(at))  # type: ignore[misc]
    return Ruleset(tuple(made), later_rules(made, kinds, searches), tuple(families))


def _forms(length: int, part: PartOf, number: int) -> Any:
    return later(length, lambda: marshal.loads(part(number)))


def _family(pack: str, report: Mapping[str, Any], length: int, part: PartOf, number: int) -> Family:
    family = family_from_data(pack, report, ())

    def forms() -> Iterator[Form]:
        return (form_from_values(values, family) for values in marshal.loads(part(number)))

    return family.replace(forms=later(length, forms))


def _rules(length: int, part: PartOf, number: int) -> Any:
    def rules() -> Iterator[Rule]:
        lists, values = marshal.loads(part(number))
        patterns = [_patterns(one) for one in lists]
        examples = later(length, lambda: marshal.loads(part(number + 1)))
        return (rule_from_data(rule, patterns, _only(examples, at)) for at, rule in enumerate(values))

    return later(length, rules)


def _only(things: Sequence[Any], at: int) -> Any:
    return later(1, lambda: (things[at],))


def _patterns(values: Sequence[Sequence[Any]]) -> Any:
    return later(len(values), lambda: (Pattern(*fields) for fields in values))
