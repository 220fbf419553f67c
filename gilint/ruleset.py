"""Rules, packs and the choice among them, as frozen records built from the plain data of a compiled pack."""

from __future__ import annotations

from collections.abc import Mapping

from gilint.errors import ConfigError
from gilint.form import Family, family_from_data
from gilint.record import Later, Record
from gilint.suggest import unknown

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from typing import Any

    from gilint.checks import Pattern

SEVERITIES = ("error", "warning", "info")


class Rule(Record, hot=True):
    """A rule, ready to be run.

    ``applies`` has the keys of the rule file, its ``forms`` written ``pack/form``, and ``when_compiled`` beside
    ``when``. ``options`` are those that the check prepared, ``supersedes`` ids. ``folder`` is the sub-folder of the
    pack (``""``: none), ``family`` the pack whose reports the rule is for. ``fix`` is safe or unsafe (``""``: none).
    """

    id: str
    name: str
    title: Mapping[str, str]
    severity: str
    basis: tuple[Mapping[str, str], ...]
    applies: Mapping[str, Any]
    needs: tuple[str, ...]
    check: str
    options: Mapping[str, Any]
    patterns: tuple[Pattern, ...]
    message: Mapping[str, str]
    advice: Mapping[str, str]
    supersedes: tuple[str, ...]
    waivable: bool
    stored_examples: bytes | Sequence[bytes]
    folder: str
    pack: str
    family: str
    path: str
    line: int
    fix: str = ""

    @property
    def examples(self) -> Mapping[str, Any]:
        """The examples of the rule file: ``good`` and ``bad``. They are the better part of it and rarely looked at."""
        import marshal

        stored = self.stored_examples
        examples: Mapping[str, Any] = marshal.loads(stored if isinstance(stored, bytes) else stored[0])
        return examples


ID, CHECK, PATTERNS, EXAMPLES = map(Rule._fields.index, ("id", "check", "patterns", "stored_examples"))


class Pack(Record):
    """A folder of rules. ``forms`` are the data of its form files with ``folder`` added and ``bases`` made absolute.

    ``report`` is ``None`` for a pack that adds to the family of another, named by ``family``.
    """

    id: str
    version: str
    title: Mapping[str, str]
    path: str
    report: Mapping[str, Any] | None
    forms: tuple[Mapping[str, Any], ...]
    family: str
    rules: tuple[Rule, ...] = ()


class Ruleset(Record):
    """Everything that was loaded: an extended pack stands before the one that extends it."""

    packs: tuple[Pack, ...]
    rules: tuple[Rule, ...]
    families: tuple[Family, ...]

    def rule(self, id_or_name: str) -> Rule:
        """The rule of this id or name. Raises :class:`ConfigError` when there is none."""
        for rule in self.rules:
            if id_or_name in (rule.id, rule.name):
                return rule
        raise ConfigError(unknown("规则", "rule", id_or_name, _names(self.rules)))

    def select(self, select: Sequence[str] = (), ignore: Sequence[str] = ()) -> tuple[Rule, ...]:
        """The rules that tokens choose; see :func:`select`."""
        return _choose(self.rules, select, ignore, self.families)


class Rules(Later):
    """All rules of some packs, those of a pack made when they are asked for: most runs meet one family of reports.

    ``kinds`` are the names of their kinds of check, ``searches`` makes what the rules of a family search for: the
    values of a :class:`~gilint.checks.matching.Matcher`.
    """

    __slots__ = ("kinds", "packs", "searches")

    def __init__(self, packs: Sequence[Pack], kinds: Iterable[str], searches: Mapping[str, Callable[[], Any]]) -> None:
        self.packs = packs
        self.kinds = frozenset(kinds)
        self.searches = searches
        super().__init__(sum(len(pack.rules) for pack in packs), lambda: (one for pack in packs for one in pack.rules))


def later_rules(packs: Sequence[Pack], kinds: Iterable[str], searches: Mapping[str, Callable[[], Any]]) -> Any:
    """All rules of some packs, as a tuple that is made pack by pack when it is looked into."""
    return Rules(packs, kinds, searches)


def rules_of(rules: Sequence[Rule], family: str) -> list[Rule]:
    """Those of the rules that are for the reports of a family; the rules of other packs are not made for it."""
    if isinstance(rules, Rules):
        return [rule for pack in rules.packs if pack.family == family for rule in pack.rules]
    return [rule for rule in rules if rule.family == family]


def searches_of(rules: Sequence[Rule], family: str) -> Any:
    """What the rules of a family search for, as the values of a matcher; ``None`` where that is not known."""
    return rules.searches[family]() if isinstance(rules, Rules) else None


def kinds_of(rules: Sequence[Rule]) -> frozenset[str]:
    """The names of the kinds of check that rules have."""
    return rules.kinds if isinstance(rules, Rules) else frozenset(rule.check for rule in rules)


class ById(Mapping):  # type: ignore[type-arg]
    """Rules by their ids; to look one up, only those of its pack and of packs in use are made."""

    def __init__(self, rules: Sequence[Rule]) -> None:
        self._rules = rules
        packs = rules.packs if isinstance(rules, Rules) else ()
        self._packs = sorted(packs, key=lambda pack: not getattr(pack.rules, "made", True))
        self._known = {} if packs else {rule.id: rule for rule in rules}

    def __getitem__(self, ident: str) -> Rule:
        while ident not in self._known and self._packs:
            self._known.update((rule.id, rule) for rule in self._packs.pop(0).rules)
        return self._known[ident]

    def __iter__(self) -> Iterator[str]:
        return (rule.id for rule in self._rules)

    def __len__(self) -> int:
        return len(self._rules)


def build_families(packs: Iterable[Pack]) -> tuple[Family, ...]:
    """A family for each pack that describes reports, with the forms of all packs that add to it."""
    packs = tuple(packs)
    return tuple(
        family_from_data(pack.id, pack.report, [form for one in packs if one.family == pack.id for form in one.forms])
        for pack in packs
        if pack.report is not None
    )


def rule_from_data(data: list[Any], patterns: Sequence[tuple[Pattern, ...]], examples: Sequence[bytes]) -> Rule:
    """A rule of its field values in order, but for its examples, and its patterns as a place among ``patterns``."""
    data[PATTERNS] = patterns[data[PATTERNS]]
    data[EXAMPLES] = examples
    return Rule(*data)


# --- choosing -----------------------------------------------------------------------------------------------------


def select(
    rules: Sequence[Rule], select: Sequence[str] = (), ignore: Sequence[str] = (), families: Sequence[Family] = ()
) -> tuple[Rule, ...]:
    """The rules that a token of ``select`` means and no token of ``ignore`` does, in their order.

    A token is ``all``, an id or the beginning of ids (``T3``), a name, a folder, ``severity:error``, ``form:2021``,
    ``year:2024`` or ``issuer:department``; no ``select`` means all. ``families`` tell which forms and kinds of issuer
    there are; without them, those that rules name. Raises :class:`ConfigError` for a token that means nothing.
    """
    return _choose(rules, select, ignore, families)


def override_severity(
    rules: Sequence[Rule], severities: Mapping[str, str], families: Sequence[Family] = ()
) -> tuple[Rule, ...]:
    """The rules with the severity that their token maps to; of several tokens the last one counts.

    Raises :class:`ConfigError` for an unknown token or severity.
    """
    changed = list(rules)
    for token, severity in severities.items():
        if severity not in SEVERITIES:
            raise ConfigError(unknown("级别", "severity", severity, SEVERITIES))
        means = matcher(token, rules, families)
        changed = [rule.replace(severity=severity) if means(rule) else rule for rule in changed]
    return tuple(changed)


def matcher(token: str, rules: Sequence[Rule], families: Sequence[Family] = ()) -> Callable[[Rule], bool]:
    """Whether a rule is meant by a token. Raises :class:`ConfigError` for a token that means none."""
    kind, colon, value = token.partition(":")
    if colon and kind in _CONDITIONS:
        return _CONDITIONS[kind](value, rules, families)
    if token == "all":
        return lambda rule: True

    def means(rule: Rule) -> bool:
        in_folder = f"{rule.folder}/".startswith(f"{token}/")
        return rule.name == token or rule.id.startswith(token) or in_folder

    if not token or not any(map(means, rules)):
        folders = {rule.folder for rule in rules if rule.folder}
        known = [*_names(rules), *folders, "all", *(f"{each}:" for each in _CONDITIONS)]
        raise ConfigError(unknown("规则", "rule", token, known))
    return means


def _choose(
    rules: Sequence[Rule], chosen: Sequence[str], ignored: Sequence[str], families: Sequence[Family]
) -> tuple[Rule, ...]:
    wanted = [matcher(token, rules, families) for token in chosen or ("all",)]
    unwanted = [matcher(token, rules, families) for token in ignored]
    return tuple(
        rule for rule in rules if any(means(rule) for means in wanted) and not any(means(rule) for means in unwanted)
    )


def _names(rules: Iterable[Rule]) -> list[str]:
    return [word for rule in rules for word in (rule.id, rule.name)]


def _by_severity(value: str, rules: Sequence[Rule], families: Sequence[Family]) -> Callable[[Rule], bool]:
    if value not in SEVERITIES:
        raise ConfigError(unknown("级别", "severity", value, SEVERITIES))
    return lambda rule: rule.severity == value


def _by_form(value: str, rules: Sequence[Rule], families: Sequence[Family]) -> Callable[[Rule], bool]:
    forms = {form.id for family in families for form in family.forms}
    known = forms or {form for rule in rules for form in rule.applies.get("forms", ())}
    meant = {form for form in known if value in (form, form.rpartition("/")[2])}
    if not meant:
        raise ConfigError(unknown("表单", "form", value, sorted(form.rpartition("/")[2] for form in known)))

    def means(rule: Rule) -> bool:
        named = rule.applies.get("forms")
        if named is None:
            return any(form.startswith(f"{rule.family}/") for form in meant)
        return not meant.isdisjoint(named)

    return means


def _by_year(value: str, rules: Sequence[Rule], families: Sequence[Family]) -> Callable[[Rule], bool]:
    if not (value.isascii() and value.isdigit()):
        raise ConfigError(f"年份 {value} 不是数字 (not a year: {value!r})")
    year = int(value)
    forms = {form.id: form for family in families for form in family.forms}

    def means(rule: Rule) -> bool:
        years = rule.applies.get("years", {})
        if not years.get("from", year) <= year <= years.get("to", year):
            return False
        named = [forms[form] for form in rule.applies.get("forms", ()) if form in forms]
        return not named or any(form.covers(year) for form in named)

    return means


def _by_issuer(value: str, rules: Sequence[Rule], families: Sequence[Family]) -> Callable[[Rule], bool]:
    declared = {kind.key for family in families for kind in family.issuer_kinds}
    known = declared or {kind for rule in rules for kind in rule.applies.get("issuer_kinds", ())}
    if value not in known:
        raise ConfigError(unknown("主体类别", "issuer kind", value, sorted(known)))
    return lambda rule: value in rule.applies.get("issuer_kinds", known)


_CONDITIONS = {"severity": _by_severity, "form": _by_form, "year": _by_year, "issuer": _by_issuer}
