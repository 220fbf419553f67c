"""The shipped rules as a set: none is idle, none says what another says, none lacks what a reader of it needs."""

import re
from collections import defaultdict
from fractions import Fraction

import pytest
from conftest import ROOT

import gilint
from gilint.rule_examples import build, findings_on, judge_example
from gilint.text import fold

PACKS = sorted(path.parent for path in (ROOT / "rules").rglob("pack.yaml"))
LEAST = {"good": 3, "bad": 2}
KINDS_OF_WORDS = ("text-banned", "text-replace")


def loaded(pack):
    """A linter that knows a pack, and the rules of this pack alone."""
    linter = gilint.Linter([pack], config=False)
    own = next(one.id for one in linter.ruleset.packs if one.path == str(pack))
    return linter, [rule for rule in linter.ruleset.rules if rule.pack == own]


LOADED = [loaded(pack) for pack in PACKS]
RULES = [(linter, rule) for linter, rules in LOADED for rule in rules]
EACH = pytest.mark.parametrize(("linter", "rule"), RULES, ids=[rule.id for _, rule in RULES])
EACH_PACK = pytest.mark.parametrize(("linter", "rules"), LOADED, ids=[pack.name for pack in PACKS])


def family_of(linter, rule):
    return next(family for family in linter.ruleset.families if family.pack == rule.family)


def forms_of(linter, rule):
    forms = family_of(linter, rule).forms
    return [form for form in forms if form.id in rule.applies.get("forms", (form.id,))]


# --- what each rule has -----------------------------------------------------------------------------------------------


def test_ids_and_names_are_used_once_in_all_packs():
    for values in ([rule.id for _, rule in RULES], [f"{rule.family} {rule.name}" for _, rule in RULES]):
        assert sorted(values) == sorted(set(values))


def test_the_rules_of_a_folder_have_ids_of_one_letter():
    letters = defaultdict(set)
    for _, rule in RULES:
        letters[rule.pack, rule.folder].add(rule.id.rstrip("0123456789"))
    assert {place: found for place, found in letters.items() if len(found) > 1} == {}


@EACH
def test_a_rule_has_a_basis_with_document_and_clause(linter, rule):
    assert rule.basis
    for basis in rule.basis:
        assert basis["document"].strip()
        assert basis["clause"].strip()


@EACH
def test_a_rule_speaks_two_languages(linter, rule):
    for part in (rule.title, rule.message, rule.advice):
        assert part["zh"].strip()
        assert part["en"].strip()
        assert part["zh"] != part["en"] or re.fullmatch(r"\{\w+\}", part["zh"]), "a value speaks both languages itself"
    for part in (rule.title, rule.advice):
        assert re.search(r"[\u4e00-\u9fff]", part["zh"])
        assert re.search(r"[A-Za-z]{2}", part["en"])


@EACH
@pytest.mark.parametrize("quality", ["good", "bad"])
def test_a_rule_has_examples_enough(linter, rule, quality):
    assert len(rule.examples.get(quality, ())) >= LEAST[quality]


@EACH
def test_no_example_stands_twice(linter, rule):
    for examples in rule.examples.values():
        assert all(example not in examples[:at] for at, example in enumerate(examples))


@EACH
def test_what_a_rule_says_is_whole(linter, rule):
    """Its first bad example, in both languages: every brace filled, nothing said of nothing."""
    for lang in ("zh", "en"):
        (finding, *_) = findings_on(linter, rule, rule.examples["bad"][0], lang)
        for text in (finding.message, finding.advice):
            assert not re.search(r"[{}]|None|^\s|\s$", text), text


# --- rules that cannot fire -------------------------------------------------------------------------------------------


@EACH
def test_some_report_is_within_a_rules_forms_and_years(linter, rule):
    years = rule.applies.get("years", {})
    first, last = years.get("from", 0), years.get("to", 9999)
    assert any(form.first_year <= last and first <= (form.last_year or 9999) for form in forms_of(linter, rule))


@EACH
def test_some_issuer_is_of_the_kinds_of_a_rule(linter, rule):
    known = {kind.key for kind in family_of(linter, rule).issuer_kinds}
    assert set(rule.applies.get("issuer_kinds", known)) & known or not known


@EACH
def test_each_pattern_can_match(linter, rule):
    """A text made of the pattern is found by it, also where the text is folded first."""
    import re2

    for pattern in rule.patterns:
        if pattern.regex:
            texts = samples(pattern.text)
            texts = texts if pattern.raw else [fold(text) for text in texts]
            assert any(re2.search(pattern.text, text) for text in texts), pattern.text


CLASSES = {r"\p{Han}": "一", r"\P{Han}": "a", r"\pL": "a", r"\pN": "1", r"\p{Z}": " ", r"\pZ": " "}
"""A character of each class that RE2 knows and Python does not."""


def samples(pattern):
    """Texts that are made as a pattern says, taking another way at each fork in each of them."""
    for name, character in CLASSES.items():
        pattern = pattern.replace(name, character)
    pattern = re.sub(r"\\x\{([0-9A-Fa-f]+)\}", lambda found: re.escape(chr(int(found[1], 16))), pattern)
    tree = re._parser.parse(pattern)
    return ["".join(written(tree, way)) for way in range(6)]


def written(tree, way):
    for kind, value in tree:
        name = str(kind)
        if name == "LITERAL":
            yield chr(value)
        elif name in ("ANY", "NOT_LITERAL"):
            yield "一"
        elif name == "IN":
            yield one_of(value, way)
        elif name == "BRANCH":
            yield from written(value[1][way % len(value[1])], way)
        elif name == "SUBPATTERN":
            yield from written(value[-1], way)
        elif name in ("MAX_REPEAT", "MIN_REPEAT"):
            least, most, inner = value
            for _ in range(max(least, min(way % 2, int(most)))):
                yield from written(inner, way)
        else:
            assert name == "AT", name


def one_of(members, way):
    """A character of a class; of one that says what it is not, the first usual one that it leaves."""
    ranges = [
        (value, value) if str(kind) == "LITERAL" else value
        for kind, value in members
        if str(kind) in ("LITERAL", "RANGE")
    ]
    if str(members[0][0]) == "NEGATE":
        return next(each for each in "一二本，1a。 " if not any(low <= ord(each) <= high for low, high in ranges))
    if str(members[0][0]) == "CATEGORY":
        return "1"
    return chr(ranges[way % len(ranges)][0])


def test_samples_are_what_a_pattern_finds():
    assert set(samples("甲(?:乙|丙)?[0-9]{2}")) >= {"甲00", "甲丙00"}


# --- rules that say what others say -----------------------------------------------------------------------------------


def words_of(rule):
    """What a rule looks for: its literal words, and a text for each of its patterns."""
    for pattern in rule.patterns:
        if pattern.regex:
            yield from samples(pattern.text)[:2]
        else:
            yield pattern.text


def allowed_together(linter, one, other):
    """Whether two rules know of each other: one lists the other as fired too by some example of its own."""
    ids = {one.id: one, other.id: other}
    for rule in ids.values():
        for bad in rule.examples["bad"]:
            named = {linter.ruleset.rule(name).id for name in bad.get("also", ())}
            if named & (ids.keys() - {rule.id}):
                return True
    return False


@EACH_PACK
def test_no_two_rules_object_to_the_same_word(linter, rules):
    """Every word and pattern of every rule, each in a paragraph of its own, in the first and in the last section."""
    looking = {rule.id: rule for rule in linter.ruleset.rules if rule.check in KINDS_OF_WORDS}
    clashes = set()
    for rule in (rule for rule in rules if rule.id in looking):
        form = max(forms_of(linter, rule), key=lambda form: form.first_year)
        words = [word for word in dict.fromkeys(words_of(rule)) if word.strip() and "\n" not in word]
        for section in (form.sections[0], form.sections[-1]):
            text = "\n".join(f"我们{word}的内容。" for word in words)
            data, name = build(linter, rule, {"base": "default", "section": section.key, "text": text})
            found = [one for one in linter.lint(data, name).findings if one.rule in looking and one.span]
            clashes |= {pair for pair in overlapping(found) if not allowed_together(linter, *map(looking.get, pair))}
    assert sorted(clashes) == []


def overlapping(findings):
    """Pairs of rules of which findings share characters."""
    lines = defaultdict(list)
    for finding in findings:
        lines[finding.span.line].append((finding.span.column, finding.span.end_column, finding.rule))
    for spans in lines.values():
        for start, end, rule in spans:
            for other_start, other_end, other in spans:
                if rule < other and start < other_end and other_start < end:
                    yield rule, other


@EACH_PACK
def test_no_rule_always_fires_where_another_does(linter, rules):
    """Where two stand at one place in all bad examples of one of them, one should silence the other."""
    always = []
    for rule in rules:
        bad = rule.examples["bad"]
        beside = [companions(linter, rule, example) for example in bad if example.get("also")]
        if len(beside) == len(bad):
            always += [(rule.id, other) for other in sorted(set.intersection(*beside))]
    assert always == []


def companions(linter, rule, example):
    """The other rules that fire at a place where a rule does."""
    findings = judge_example(linter, rule, example).findings
    own = {place_of(finding) for finding in findings if finding.rule == rule.id}
    return {finding.rule for finding in findings if finding.rule != rule.id and place_of(finding) in own}


def place_of(finding):
    address = finding.address
    return address.section, address.table, address.row, address.column, finding.excerpt


# --- identities -------------------------------------------------------------------------------------------------------


def equalities(linter, form):
    """The linear equalities between cells of one report of a form that are errors, by rule and column or row."""
    found = {}
    for rule in linter.ruleset.rules:
        if rule.check == "equation" and rule.severity == "error" and not rule.options["previous"]:
            for equation in rule.options["compiled"].get(form.id, ()):
                if equation["linear"] and equation["when"] is None:
                    coefficients, constant = equation["linear"]
                    assert constant == 0
                    found[rule.id, equation["column"] or equation["row"]] = dict(coefficients)
    return found


def implied(rows):
    """Those of the equalities that follow from the ones before them, by exact elimination."""
    pivots, following = {}, []
    for name, coefficients in rows.items():
        row = {cell: Fraction(value) for cell, value in coefficients.items()}
        while row:
            cell = min(row)
            if cell not in pivots:
                pivots[cell] = {key: value / row[cell] for key, value in row.items()}
                break
            factor = row[cell]
            for key, value in pivots[cell].items():
                row[key] = row.get(key, 0) - factor * value
            row = {key: value for key, value in row.items() if value}
        else:
            following.append(name)
    return following


def test_elimination_finds_what_follows():
    rows = {"a": {"x": 1, "y": -1}, "b": {"y": 1, "z": -1}, "c": {"x": 2, "z": -2}, "d": {"x": 1, "z": 1}}
    assert implied(rows) == ["c"]


@pytest.mark.parametrize(("year", "count"), [("2021", 39), ("2019", 37)])
def test_of_the_sums_of_requests_two_follow_from_the_others(year, count):
    """The balance and the results of the column of totals follow from the six columns and the sums of the rows.

    They are kept: a reader adds up that column first, and where a row's sum is broken too they tell which cell is.
    """
    linter, rules = next((linter, rules) for linter, rules in LOADED if "T301" in [rule.id for rule in rules])
    form = next(form for form in family_of(linter, rules[0]).forms if form.id == f"annual-report/{year}")
    rows = {name: row for name, row in equalities(linter, form).items() if name[0] in ("T301", "T302", "T303")}
    assert len(rows) == count
    ordered = dict(sorted(rows.items(), key=lambda item: item[0][1] == "tot"))
    assert implied(ordered) == [("T301", "tot"), ("T302", "tot")]


@EACH_PACK
def test_no_rule_of_sums_follows_from_the_others(linter, rules):
    """Each adds something to the others of its form: left out, some equality would be lost."""
    for form in {form.id: form for family in linter.ruleset.families for form in family.forms}.values():
        rows = equalities(linter, form)
        for rule in {name for name, _ in rows}:
            last = dict(sorted(rows.items(), key=lambda item, rule=rule: item[0][0] == rule))
            own = [name for name in rows if name[0] == rule]
            assert len([name for name in implied(last) if name[0] == rule]) < len(own), (form.id, rule)
