"""Choosing rules and weighing them otherwise."""

import marshal

import pytest

from gilint.errors import ConfigError
from gilint.form import family_from_data
from gilint.ruleset import Pack, Rule, Ruleset, build_families, override_severity, select


def rule(ident, name, folder="", severity="error", **applies):
    return Rule(
        id=ident,
        name=name,
        title={},
        severity=severity,
        basis=(),
        applies=applies,
        needs=(),
        check="",
        options={},
        patterns=(),
        message={},
        advice={},
        supersedes=(),
        waivable=True,
        stored_examples=marshal.dumps({}),
        folder=folder,
        pack="demo",
        family="demo",
        path="",
        line=1,
    )


OLD, NEW = "demo/2019", "demo/2021"
RULES = (
    rule("T301", "request-balance", "tables"),
    rule("T31", "request-sums", "tables/sums", forms=(OLD,)),
    rule("D101", "period", "dates", "warning", forms=(NEW,), years={"from": 2023}),
    rule("L001", "banned-words", "language", "info", issuer_kinds=("town",)),
)
REPORT = {
    "name": "报告",
    "titles": [".*"],
    "issuer_kinds": [{"key": key, "title": {}, "patterns": []} for key in ("town", "department")],
}
FORMS = [
    {"id": "2019", "title": {}, "years": {"from": 2019, "to": 2020}, "sections": [], "tables": []},
    {"id": "2021", "title": {}, "years": {"from": 2021}, "sections": [], "tables": []},
]
FAMILIES = (family_from_data("demo", REPORT, FORMS),)


def chosen(*tokens, ignore=()):
    return " ".join(rule.id for rule in select(RULES, tokens, ignore, FAMILIES))


@pytest.mark.parametrize(
    ("token", "ids"),
    [
        ("all", "T301 T31 D101 L001"),
        ("T301", "T301"),
        ("T3", "T301 T31"),
        ("T", "T301 T31"),
        ("period", "D101"),
        ("tables", "T301 T31"),
        ("tables/sums", "T31"),
        ("severity:error", "T301 T31"),
        ("form:2021", "T301 D101 L001"),
        ("form:demo/2019", "T301 T31 L001"),
        ("year:2024", "T301 D101 L001"),
        ("year:2022", "T301 L001"),
        ("year:2020", "T301 T31 L001"),
        ("issuer:department", "T301 T31 D101"),
        ("issuer:town", "T301 T31 D101 L001"),
    ],
)
def test_a_token_means_rules(token, ids):
    assert chosen(token) == ids


def test_no_token_means_all():
    assert chosen() == "T301 T31 D101 L001"


def test_rules_keep_their_order_and_come_once():
    assert chosen("period", "T301", "tables") == "T301 T31 D101"


def test_ignoring_wins():
    assert chosen("T3", "L001", ignore=["tables", "severity:info"]) == ""


@pytest.mark.parametrize(
    ("token", "meant"),
    [
        ("T302", "T301"),
        ("request-balanse", "request-balance"),
        ("table", "tables"),
        ("severity:eror", "error"),
        ("form:2020", "2021"),
        ("issuer:towns", "town"),
        ("severty:error", "severity:"),
    ],
)
def test_an_unknown_token_is_refused_with_what_was_meant(token, meant):
    with pytest.raises(ConfigError, match=r"did you mean|known:") as caught:
        chosen(token)
    assert meant in str(caught.value)


@pytest.mark.parametrize("token", ["", "year:x", "year:", "zzzzzz", "tab"])
def test_a_token_that_means_nothing_is_refused(token):
    with pytest.raises(ConfigError):
        chosen(token)


def test_an_unknown_token_to_ignore_is_refused_too():
    with pytest.raises(ConfigError):
        chosen(ignore=["T999"])


def test_without_families_the_forms_are_those_that_rules_name():
    assert [rule.id for rule in select(RULES, ["form:2021"])] == ["T301", "D101", "L001"]


def test_severities_are_overridden_and_the_last_token_counts():
    changed = override_severity(RULES, {"T3": "info", "T301": "warning"})
    assert [rule.severity for rule in changed] == ["warning", "info", "warning", "info"]
    assert RULES[0].severity == "error"


@pytest.mark.parametrize("mapping", [{"T301": "fatal"}, {"T999": "info"}])
def test_an_override_that_means_nothing_is_refused(mapping):
    with pytest.raises(ConfigError):
        override_severity(RULES, mapping)


def test_a_rule_is_found_by_id_and_by_name():
    ruleset = Ruleset((), RULES, FAMILIES)
    assert ruleset.rule("T31") is ruleset.rule("request-sums") is RULES[1]


def test_an_unknown_rule_is_refused_with_what_was_meant():
    with pytest.raises(ConfigError, match="did you mean 'banned-words'"):
        Ruleset((), RULES, FAMILIES).rule("baned-words")


def test_a_ruleset_selects_with_its_families():
    assert Ruleset((), RULES, FAMILIES).select(["issuer:department"], ["T3"]) == (RULES[2],)


def test_a_family_has_the_forms_of_all_packs_that_add_to_it():
    packs = (
        Pack("demo", "", {}, "", REPORT, tuple(FORMS[:1]), "demo"),
        Pack("local", "", {}, "", None, tuple(FORMS[1:]), "demo"),
        Pack("other", "", {}, "", REPORT, (), "other"),
    )
    families = build_families(packs)
    assert [family.pack for family in families] == ["demo", "other"]
    assert [form.id for form in families[0].forms] == [OLD, NEW]
