"""What a configuration changes: which packs, which rules, how severe, which words, which facts.

Each function collects every mistake, with file and line where the configuration came from a file.
"""

from __future__ import annotations

from gilint.causes import cause
from gilint.errors import CheckError, ConfigError, OptionError
from gilint.packs.finding import find_pack
from gilint.ruleset import ById, matcher, override_severity
from gilint.suggest import unknown

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from typing import Any

    from gilint.checks import Check
    from gilint.config import Config
    from gilint.form import Family
    from gilint.ruleset import Rule, Ruleset

    Path = tuple[str | int, ...]
    KindOf = Callable[[str], Check | None]


class _Mistakes:
    """The mistakes of a configuration, raised together."""

    def __init__(self, config: Config) -> None:
        self._config = config
        self._found: list[str] = []

    def attempt(self, path: Path, function: Callable[..., Any], *arguments: Any) -> Any:
        """What a function returns; a ``ConfigError`` becomes a mistake at a value."""
        try:
            return function(*arguments)
        except ConfigError as error:
            self._found.append(self._config.mistake(path, str(error)))
            return None

    def refuse(self) -> None:
        if self._found:
            raise ConfigError("\n".join(self._found))


# --- rules ------------------------------------------------------------------------------------------------------------


def packs_of(config: Config, installed: Mapping[str, str]) -> list[str]:
    """The places of the packs that a configuration names. Raises ``ConfigError`` for those that there are not."""
    mistakes = _Mistakes(config)
    places = [
        mistakes.attempt(("packs", index), find_pack, pack, installed, config.folder)
        for index, pack in enumerate(config.packs)
    ]
    mistakes.refuse()
    return places


def by_id(ruleset: Ruleset, chosen: Sequence[Rule], config: Config) -> ById:
    """The rules that may judge reports by their ids: those that were ``chosen``, or others for some files."""
    return ById(ruleset.rules if config.overrides else chosen)


def overridden(ruleset: Ruleset, config: Config, kind_of: KindOf) -> Ruleset:
    """The rules with the severities and words of a configuration. Raises ``ConfigError``."""
    mistakes = _Mistakes(config)
    for token, severity in config.severity.items():
        arguments = (ruleset.rules, {token: severity}, ruleset.families)
        rules = mistakes.attempt(("severity", token), override_severity, *arguments)
        ruleset = ruleset.replace(rules=rules or ruleset.rules)
    for name, lists in config.phrases.items():
        ruleset = mistakes.attempt(("phrases", name), _with_words, ruleset, name, lists, kind_of) or ruleset
    mistakes.refuse()
    return ruleset


def _with_words(ruleset: Ruleset, name: str, lists: Mapping[str, Sequence[str]], kind_of: KindOf) -> Ruleset:
    rule = ruleset.rule(name)
    family = next(family for family in ruleset.families if family.pack == rule.family)
    changed = _rephrased(rule, lists, kind_of(rule.check), family)
    return ruleset.replace(rules=tuple(changed if each is rule else each for each in ruleset.rules))


def _rephrased(rule: Rule, lists: Mapping[str, Sequence[str]], kind: Check | None, family: Family) -> Rule:
    """A rule that looks for more words, and leaves others alone. Raises ``ConfigError`` where its kind cannot."""
    options = dict(rule.options)
    for key, option, zh in (("add", "phrases", "增加"), ("except", "unless_part_of", "排除")):
        if not lists.get(key):
            continue
        if kind is None or kind.patterns is None or option not in kind.options["properties"]:
            raise ConfigError(
                f"规则 {rule.id} 的检查种类 {rule.check} 不能{zh}词语 "
                f"(rule {rule.id} is of the kind {rule.check!r}, which has no words to {key})"
            )
        options[option] = list(dict.fromkeys((*options.get(option, ()), *lists[key])))
    if kind is None or kind.patterns is None:
        return rule
    literals = {(pattern.text, pattern.regex): pattern.literals for pattern in rule.patterns}
    try:
        patterns = tuple(
            pattern.replace(literals=literals.get((pattern.text, pattern.regex), ()))
            for pattern in kind.patterns(options, family)
        )
    except OptionError as error:
        raise ConfigError(error.message) from None
    except Exception as error:
        message = f"检查种类 {rule.check} 出错 (check kind {rule.check!r} broke on rule {rule.id}): {cause(error)}"
        raise CheckError(rule.check, message) from error
    return rule.replace(options=options, patterns=patterns)


def selected(ruleset: Ruleset, config: Config, select: Sequence[str], ignore: Sequence[str]) -> tuple[Rule, ...]:
    """The rules that are to be run: ``select`` stands in place of that of the configuration, ``ignore`` adds to it.

    Raises ``ConfigError`` for tokens that mean nothing, and when no rule is left.
    """
    mistakes = _Mistakes(config)
    for key, tokens in (("select", config.select), ("ignore", config.ignore)):
        for index, token in enumerate(tokens):
            mistakes.attempt((key, index), matcher, token, ruleset.rules, ruleset.families)
    mistakes.refuse()
    chosen, ignored = select or config.select, (*config.ignore, *ignore)
    # Without any choice the rules stay as they lie, and none is made before it is needed.
    rules = ruleset.select(chosen, ignored) if chosen or ignored else ruleset.rules
    if not rules:
        raise ConfigError("没有选中任何规则，请检查 select 与 ignore (no rule is selected: check select and ignore)")
    return rules


def refuse_wrong_overrides(ruleset: Ruleset, config: Config, kind_of: KindOf) -> None:
    """Raise ``ConfigError`` for what no rule, fact or kind of issuer goes by in what is otherwise for some files."""
    from gilint.config.merging import overridden as with_override

    for override in config.overrides:
        one = with_override(config, override)
        selected(overridden(ruleset, one, kind_of), one, (), ())
        facts_of(one, ruleset.families, {})
        refuse_unknown_kind(one.issuer_kind, one, ruleset.families)


# --- what the text cannot tell ----------------------------------------------------------------------------------------


def facts_of(config: Config, families: Iterable[Family], given: Mapping[str, Any]) -> dict[str, Any]:
    """The facts of a configuration, and those given beside it. Raises ``ConfigError`` for what no pack declares."""
    declared = {"deadline": "string"}
    for family in families:
        declared.update((name, fact["type"]) for name, fact in family.facts.items())
    mistakes = _Mistakes(config)
    for name, value in config.facts.items():
        mistakes.attempt(("facts", name), _judge_fact, name, value, declared)
    mistakes.refuse()
    for name, value in given.items():
        _judge_fact(name, value, declared)
    deadline = {"deadline": config.deadline} if config.deadline else {}
    return {**deadline, **config.facts, **given}


def _judge_fact(name: str, value: Any, declared: Mapping[str, str]) -> None:
    if name not in declared:
        raise ConfigError(unknown("事实", "fact", name, declared))
    zh, en, is_right = _TYPES[declared[name]]
    if not is_right(value):
        raise ConfigError(f"事实 {name} 应为{zh} (the fact {name!r} must be {en})")


def _is_date(value: Any) -> bool:
    from datetime import date

    try:
        return isinstance(value, str) and date.fromisoformat(value).isoformat() == value
    except ValueError:
        return False


_TYPES: dict[str, tuple[str, str, Callable[[Any], bool]]] = {
    "boolean": ("true 或 false", "true or false", lambda value: isinstance(value, bool)),
    "date": ("日期，如 2025-01-20", "a date such as 2025-01-20", _is_date),
    "number": ("数字", "a number", lambda value: isinstance(value, int | float) and not isinstance(value, bool)),
    "string": ("字符串", "a string", lambda value: isinstance(value, str)),
    "strings": (
        "字符串列表",
        "a list of strings",
        lambda value: isinstance(value, list | tuple) and all(isinstance(one, str) for one in value),
    ),
}


def refuse_unknown_kind(kind: str | None, config: Config, families: Iterable[Family]) -> None:
    """Raise ``ConfigError`` for a kind of issuer that no pack knows."""
    known = [each.key for family in families for each in family.issuer_kinds]
    if kind and kind not in known:
        message = unknown("机关类别", "issuer kind", kind, known)
        raise ConfigError(config.mistake(("issuer_kind",), message) if kind == config.issuer_kind else message)
