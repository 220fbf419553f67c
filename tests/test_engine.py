"""The engine: an outcome for every rule, a broken check that harms no other, fingerprints that last."""

import marshal

import pytest
from builders import FAMILY, FORM, OLD_FORM, report_with, slice_at

from gilint.checks import check
from gilint.engine import Engine
from gilint.figures import cell_of
from gilint.formulas import compile_condition
from gilint.model import Address, Evidence, NotAssessable, Problem, Related
from gilint.ruleset import Rule

STATUSES = {"passed", "failed", "not_applicable", "could_not_check", "broke"}


class Kinds:
    """Kinds of check by name; each is a function of a report and options."""

    def __init__(self, **functions):
        self._kinds = {name: check(name)(function) for name, function in functions.items()}

    def get(self, name):
        return self._kinds.get(name)

    def owner(self, sort, name):
        return "plug 1.0" if name == "plugged" else None

    def missing(self, name):
        return f"no {name}"


def rule(rule_id="T101", kind="ask", **changes):
    fields = {
        "id": rule_id,
        "name": rule_id.lower(),
        "title": {"zh": "题", "en": "title"},
        "severity": "error",
        "basis": ({"document": "d", "clause": "c"},),
        "applies": {},
        "needs": (),
        "check": kind,
        "options": {},
        "patterns": (),
        "message": {"zh": "错", "en": "wrong"},
        "advice": {"zh": "改", "en": "mend"},
        "supersedes": (),
        "waivable": True,
        "stored_examples": marshal.dumps({}),
        "folder": "tables",
        "pack": "post",
        "family": "post",
        "path": "rule.yaml",
        "line": 1,
    }
    return Rule(**{**fields, **changes})


def judged(report, *rules, lang="zh", **functions):
    return Engine(rules, Kinds(**functions), lang).judge(report)


def yielding(*things):
    return lambda report, options: iter(things)


def finding(report, *problems, lang="zh", **changes):
    (found,) = judged(report, rule(**changes), lang=lang, ask=yielding(*problems)).findings
    return found


# --- outcomes ---------------------------------------------------------------------------------------------------------


def test_a_rule_without_problems_passes():
    assert str(judged(report_with(), rule(), ask=yielding()).outcomes["T101"]) == "passed"


def test_a_rule_with_problems_fails():
    report = report_with()
    verdict = judged(report, rule(), ask=yielding(Problem(report)))
    assert verdict.outcomes["T101"].status == "failed"
    assert [each.rule for each in verdict.findings] == ["T101"]


def test_a_rule_that_cannot_decide_says_why_once():
    why = NotAssessable({"zh": "读不出", "en": "not read"})
    outcome = judged(report_with(), rule(), ask=yielding(why, why)).outcomes["T101"]
    assert (outcome.status, outcome.reason) == ("could_not_check", "读不出")


def test_a_rule_with_problems_fails_even_where_it_could_not_decide_all():
    report = report_with()
    why = NotAssessable({"zh": "读不出", "en": "not read"})
    outcome = judged(report, rule(), lang="en", ask=yielding(Problem(report), why)).outcomes["T101"]
    assert (outcome.status, outcome.reason) == ("failed", "not read")


@pytest.mark.parametrize(
    ("function", "reason"),
    [
        (lambda report, options: 1 / 0, "ZeroDivisionError: division by zero"),
        (lambda report, options: None, "returned None"),
        (yielding("text"), "not 'text'"),
        (yielding(Problem("nowhere")), "AttributeError"),
    ],
)
def test_a_check_that_breaks_breaks_its_rule_alone(function, reason):
    report = report_with()
    rules = rule("T101", "bad"), rule("T102", "ask")
    verdict = judged(report, *rules, bad=function, ask=yielding(Problem(report)))
    assert verdict.outcomes["T101"].status == "broke"
    assert reason in verdict.outcomes["T101"].reason
    assert [each.rule for each in verdict.findings] == ["T102"]


def test_a_check_that_breaks_midway_leaves_no_findings():
    def halting(report, options):
        yield Problem(report)
        raise ValueError("halt")

    verdict = judged(report_with(), rule(), ask=halting)
    assert verdict.outcomes["T101"].status == "broke"
    assert verdict.findings == ()


def test_a_check_of_a_plugin_is_named_with_it():
    def halting(report, options):
        raise ValueError("halt")

    outcome = judged(report_with(), rule(kind="plugged"), plugged=halting).outcomes["T101"]
    assert outcome.reason.startswith("plug 1.0: ValueError: halt (test_engine.py:")


def test_a_rule_without_its_check_breaks():
    assert judged(report_with(), rule(kind="gone")).outcomes["T101"].reason == "no gone"


def test_a_message_that_wants_more_than_the_check_gives_breaks_the_rule():
    report = report_with()
    outcome = judged(report, rule(message={"zh": "{x}", "en": ""}), ask=yielding(Problem(report))).outcomes["T101"]
    assert "gave no value for {x}" in outcome.reason


# --- evidence ---------------------------------------------------------------------------------------------------------

CELL = ("parcels", "new", "tot")


def evidence(value=8, line=1):
    return Evidence((((CELL, 1),),), value, slice_at(line, "text"), "text")


def test_a_condition_on_last_year_needs_last_years_report():
    condition = "previous.parcels.new.tot > 0"
    applies = {"when": condition, "when_compiled": compile_condition(condition, FAMILY)}

    def outcome(report):
        return judged(report, rule(applies=applies), ask=yielding()).outcomes["T101"]

    busy, idle = ({"parcels": {"new": [number, 0, number]}} for number in (1, 0))
    assert outcome(report_with(busy)).status == "could_not_check"
    assert "--previous" in outcome(report_with(busy)).reason
    assert outcome(report_with(idle, previous=report_with(busy, year=2023))).status == "passed"
    assert outcome(report_with(busy, previous=report_with(idle, year=2023))).status == "not_applicable"
    assert outcome(report_with(busy, previous=report_with(busy, year=2020))).status == "could_not_check"


def test_a_condition_that_fails_without_last_year_makes_a_rule_inapplicable():
    condition = "parcels.new.tot > 5 and previous.parcels.new.tot > 0"
    applies = {"when": condition, "when_compiled": compile_condition(condition, FAMILY)}
    assert judged(report_with({"parcels": {}}), rule(applies=applies)).outcomes["T101"].status == "not_applicable"


@pytest.mark.parametrize(("lang", "words"), [("zh", "上年报告“Received × Total”：8"), ("en", "last year's report, “")])
def test_a_related_cell_of_last_year_says_so_and_claims_no_place_in_this_file(lang, words):
    last = report_with({"parcels": {"new": [8, 0, 8]}}, year=2023)
    report = report_with({"parcels": {}}, previous=last)
    related = cell_of(report, ("previous.parcels", "new", "tot"))
    (told,) = finding(report, Problem(report, related=(related,)), lang=lang).related
    assert told.message.startswith(words)
    assert (told.span, told.address.table) == (None, "previous.parcels")


def test_evidence_changes_no_outcome():
    verdict = judged(report_with(), rule(), ask=yielding(evidence()))
    assert str(verdict.outcomes["T101"]) == "passed"
    assert (verdict.findings, verdict.evidence) == ((), (evidence(),))


def test_a_rule_with_findings_gives_evidence_too():
    report = report_with()
    verdict = judged(report, rule(), ask=yielding(Problem(report), evidence()))
    assert verdict.outcomes["T101"].status == "failed"
    assert verdict.evidence == (evidence(),)


def test_evidence_stands_in_the_order_of_the_rules_and_each_once():
    rules = rule("T101", "one"), rule("T102", "two")
    said = {"one": yielding(evidence(8), evidence(9)), "two": yielding(evidence(9), evidence(7))}
    assert [each.value for each in judged(report_with(), *rules, **said).evidence] == [8, 9, 7]


def test_what_is_said_twice_stands_where_it_is_said_first():
    rules = rule("T101", "one"), rule("T102", "two")
    verdict = judged(report_with(), *rules, one=yielding(evidence(line=7), evidence(line=9)), two=yielding(evidence()))
    assert [each.at.span.line for each in verdict.evidence] == [7]


def test_what_the_text_says_and_last_year_requires_are_two_things():
    said = evidence(), evidence().replace(source="previous")
    assert judged(report_with(), rule(), ask=yielding(*said)).evidence == said


@pytest.mark.parametrize("broken", [Problem("nowhere"), "text", Evidence((), 8, "nowhere", "text")])
def test_a_rule_that_breaks_gives_no_evidence(broken):
    verdict = judged(report_with(), rule(), ask=yielding(evidence(), broken))
    assert verdict.outcomes["T101"].status == "broke"
    assert verdict.evidence == ()


def test_what_a_superseding_rule_silences_is_evidence_still():
    report = report_with({"parcels": {}})
    rules = rule("T101", supersedes=("T102",)), rule("T102", "other")
    at = report.tables["parcels"]["new", "tot"]
    verdict = judged(report, *rules, ask=yielding(Problem(at)), other=yielding(Problem(at), evidence()))
    assert verdict.outcomes["T102"].status == "not_applicable"
    assert verdict.evidence == (evidence(),)


# --- where a rule applies ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("applies", "status"),
    [
        ({"forms": ("post/new",)}, "passed"),
        ({"forms": ("new",)}, "passed"),
        ({"forms": ("post/old",)}, "not_applicable"),
        ({"years": {"from": 2024}}, "passed"),
        ({"years": {"from": 2025}}, "not_applicable"),
        ({"years": {"to": 2023}}, "not_applicable"),
        ({"issuer_kinds": ("town",)}, "not_applicable"),
        ({"unless_issuer": (".",)}, "not_applicable"),
        ({"unless_issuer": ("^nobody$",)}, "passed"),
    ],
)
def test_where_a_rule_applies(applies, status):
    assert judged(report_with(), rule(applies=applies), ask=yielding()).outcomes["T101"].status == status


def test_a_rule_for_another_form_says_so():
    outcome = judged(report_with(form=OLD_FORM), rule(applies={"forms": ("post/new",)}), lang="en").outcomes["T101"]
    assert outcome.reason == "not for the form post/old"


@pytest.mark.parametrize(("cells", "status"), [([1, 0, 1], "passed"), ([0, 0, 0], "not_applicable")])
def test_a_condition_on_cells(cells, status):
    applies = {"when": "parcels.new.tot > 0", "when_compiled": compile_condition("parcels.new.tot > 0", FAMILY)}
    report = report_with({"parcels": {"new": cells}})
    assert judged(report, rule(applies=applies), ask=yielding()).outcomes["T101"].status == status


@pytest.mark.parametrize(
    ("facts", "status"),
    [({}, "could_not_check"), ({"local": True}, "passed"), ({"local": False}, "not_applicable")],
)
def test_a_fact_that_a_rule_needs(facts, status):
    verdict = judged(report_with(facts=facts), rule(needs=("local=true",)), ask=yielding())
    assert verdict.outcomes["T101"].status == status


def test_the_reason_says_how_to_give_a_fact():
    outcome = judged(report_with(), rule(needs=("published",)), lang="en", ask=yielding()).outcomes["T101"]
    assert outcome.reason == "the fact 'published' is not given ([facts] published)"


def test_a_condition_that_breaks_breaks_its_rule_alone():
    broken = rule(applies={"when": "x", "when_compiled": object()})
    verdict = judged(report_with(), broken, rule("T102"), ask=yielding())
    assert [str(outcome) for outcome in verdict.outcomes.values()] == ["broke", "passed"]


# --- findings ---------------------------------------------------------------------------------------------------------


def test_a_finding_holds_what_the_rule_says():
    found = finding(report_with(), Problem(slice_at(3, "words"), {"n": 2}), message={"zh": "有 {n} 处", "en": ""})
    assert (found.message, found.advice, found.title, found.severity) == ("有 2 处", "改", "题", "error")
    assert (found.excerpt, str(found.span)) == ("words", "3:1")


def test_messages_follow_the_language():
    values = {"where": "表", "where_en": "table"}
    message = {"zh": "在{where}", "en": "in the {where}"}
    problem = Problem(slice_at(1, "x"), values)
    assert finding(report_with(), problem, message=message).message == "在表"
    assert finding(report_with(), problem, message=message, lang="en").message == "in the table"


def test_related_places_keep_their_words():
    related = Related(Address(("there",)), None, "other")
    found = finding(report_with(), Problem(slice_at(1, "x"), related=(related, slice_at(2, "second"))))
    assert [each.message for each in found.related] == ["other", "second"]


def fingerprints(*problems, lang="zh", **changes):
    findings = judged(report_with(), rule(**changes), lang=lang, ask=yielding(*problems)).findings
    return [each.fingerprint for each in findings]


def test_a_fingerprint_is_sixteen_digits_of_hexadecimal():
    (found,) = fingerprints(Problem(slice_at(1, "words")))
    assert len(found) == 16
    assert int(found, 16) >= 0


def test_a_fingerprint_knows_neither_lines_nor_spaces():
    assert fingerprints(Problem(slice_at(1, "some words"))) == fingerprints(Problem(slice_at(90, "some  words")))


def test_a_fingerprint_knows_neither_language_nor_message_nor_severity():
    problem = Problem(slice_at(1, "words"))
    changed = fingerprints(problem, lang="en", severity="info", message={"zh": "", "en": "other"})
    assert fingerprints(problem) == changed


def test_a_fingerprint_of_a_cell_does_not_know_its_value():
    def of(value):
        table = report_with({"parcels": {"new": [value, 0, value]}}).tables["parcels"]
        return fingerprints(Problem(table["new", "near"]))

    assert of(5) == of(7)


@pytest.mark.parametrize(
    "other",
    [
        Problem(slice_at(1, "word")),
        Problem(slice_at(1, "words"), key="k"),
        Problem(slice_at(1, "words", Address(section="store"))),
    ],
)
def test_other_findings_have_other_fingerprints(other):
    assert fingerprints(other) != fingerprints(Problem(slice_at(1, "words")))


def test_equal_findings_are_numbered():
    first, second = fingerprints(Problem(slice_at(1, "words")), Problem(slice_at(5, "words")))
    assert first != second
    assert fingerprints(Problem(slice_at(1, "words"))) == [first]


def test_half_a_character_does_no_harm():
    assert len(fingerprints(Problem(slice_at(1, "\ud800")))) == 1


# --- superseded findings ----------------------------------------------------------------------------------------------


def superseding(strong, weak, *more, supersedes=("T102",)):
    rules = [rule("T101", "strong", supersedes=supersedes), rule("T102", "weak"), *more]
    return judged(report_with(), *rules, strong=yielding(*strong), weak=yielding(*weak))


def place(line, text, start, end):
    return slice_at(line, text).replace(start=start, end=end)


def test_a_more_telling_rule_silences_another_at_the_same_place():
    verdict = superseding([Problem(place(1, "abcdef", 1, 4))], [Problem(place(1, "abcdef", 3, 6))])
    assert [each.rule for each in verdict.findings] == ["T101"]
    assert verdict.outcomes["T102"].status == "not_applicable"
    assert verdict.outcomes["T102"].reason == "已由 T101 说明"


@pytest.mark.parametrize("other", [place(1, "abcdef", 4, 6), place(2, "abcdef", 1, 4)])
def test_elsewhere_it_does_not(other):
    verdict = superseding([Problem(place(1, "abcdef", 1, 4))], [Problem(other)])
    assert [each.rule for each in verdict.findings] == ["T101", "T102"]
    assert verdict.outcomes["T102"].status == "failed"


def test_the_same_line_of_text_in_two_cells_is_not_the_same_place():
    table = report_with({"parcels": {"new": [5, 5, 10]}}).tables["parcels"]
    verdict = superseding([Problem(table["new", "near"])], [Problem(table["new", "far"])])
    assert len(verdict.findings) == 2


def test_a_silenced_rule_still_silences_those_below_it():
    def at(start, end):
        return Problem(place(1, "abcdef", start, end))

    rules = [
        rule("T101", "first", supersedes=("T102",)),
        rule("T102", "second", supersedes=("T103",)),
        rule("T103", "third"),
    ]
    functions = {"first": yielding(at(0, 6)), "second": yielding(at(0, 6)), "third": yielding(at(0, 6))}
    assert [each.rule for each in judged(report_with(), *rules, **functions).findings] == ["T101"]


def test_rules_that_supersede_each_other_do_not_both_fall_silent():
    rules = [rule("T101", supersedes=("T102",)), rule("T102", supersedes=("T101",))]
    verdict = judged(report_with(), *rules, ask=yielding(Problem(slice_at(1, "x"))))
    assert [each.rule for each in verdict.findings] == ["T101"]


def test_every_status_can_be_reached():
    report = report_with()
    rules = [
        rule("T101", "good"),
        rule("T102", "bad"),
        rule("T103", "good", applies={"forms": ("post/old",)}),
        rule("T104", "good", needs=("fact",)),
        rule("T105", "gone"),
    ]
    verdict = judged(report, *rules, good=yielding(), bad=yielding(Problem(report)))
    assert {outcome.status for outcome in verdict.outcomes.values()} == STATUSES
    assert FORM.id == "post/new"
