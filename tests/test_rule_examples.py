"""The examples that rules carry: run the whole way, and told apart when they do not hold."""

import os

import pytest
from conftest import EXAMPLES
from plugging import rule

import gilint
from gilint.rule_examples import count_examples, failing_examples

MIYUN = EXAMPLES / "miyun-2024.txt"


def failures(folder, *files, **changes):
    """What the examples of the rule LOC101 in a folder say, its fields and examples changed."""
    examples = changes.pop("examples", None)
    path = rule(folder, **changes)
    if examples is not None:
        text = path.read_text(encoding="utf-8")
        path.write_text(text[: text.index("examples:")] + "examples:\n" + examples, encoding="utf-8")
    linter = gilint.Linter([folder], config=False)
    return list(failing_examples(linter, [linter.ruleset.rule("LOC101")]))


def only_failure(folder, **changes):
    (failure,) = failures(folder, **changes)
    return failure


GOOD = "  good: [{base: default}]\n"
BAD = "  bad: [{section: overview, text: 与平澜乡土办联络。}]\n"


def test_a_failure_names_its_file_as_people_write_it(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    failure = only_failure(tmp_path / "mine", examples=GOOD + "  bad: [{base: default}]\n")
    assert str(failure).startswith(f"{os.path.join('mine', '')}")


def test_examples_that_hold_are_silent(tmp_path):
    assert failures(tmp_path) == []


def test_examples_are_counted():
    linter = gilint.Linter(config=False, select=["T301"])
    examples = linter.ruleset.rule("T301").examples
    assert count_examples(linter.rules) == len(examples["good"]) + len(examples["bad"])


def test_a_bad_example_that_does_not_fire(tmp_path):
    failure = only_failure(tmp_path, options="{phrases: [平澜山川办]}")
    assert (failure.kind, failure.number) == ("bad", 1)
    assert failure.en == "must fire, but the outcome is passed"


def test_a_good_example_that_fires(tmp_path):
    failure = only_failure(tmp_path, options="{phrases: [工作]}", examples=GOOD + "  bad: [{base: default}]\n")
    assert failure.kind == "good"
    assert "must not fire" in failure.en


def test_a_rule_that_fires_elsewhere(tmp_path):
    bad = "  bad: [{section: overview, text: 与平澜乡土办联络。, at: {section: problems}}]\n"
    assert "fires at another place: {" in only_failure(tmp_path, examples=GOOD + bad).en


@pytest.mark.parametrize(
    "at", ["{section: overview}", "{excerpt: 平澜乡土办}", "{section: overview, excerpt: 平澜乡土办}"]
)
def test_a_rule_that_fires_where_it_should(tmp_path, at):
    bad = f"  bad: [{{section: overview, text: 与平澜乡土办联络。, at: {at}}}]\n"
    assert failures(tmp_path, examples=GOOD + bad) == []


def test_another_rule_that_fires_must_be_listed(tmp_path):
    rule(tmp_path, "LOC102")
    assert "also fires LOC102" in only_failure(tmp_path).en


def test_another_rule_that_fires_may_be_listed(tmp_path):
    rule(tmp_path, "LOC102")
    bad = "  bad: [{section: overview, text: 与平澜乡土办联络。, also: [LOC102]}]\n"
    assert failures(tmp_path, examples=GOOD + bad) == []


def test_cells_are_set(tmp_path):
    options = "{table: requests, equation: new.nat == 0}"
    bad = "  bad: [{set: {requests: {new: {nat: 987}}}, at: {table: requests, row: new, column: nat}}]\n"
    found = failures(tmp_path, check="equation", options=options, message="-", examples=GOOD + bad)
    assert all("cannot" not in failure.en for failure in found)
    assert any("T30" in failure.en for failure in found)


@pytest.mark.parametrize(
    ("example", "said"),
    [
        ("{set: {requests: {nwe: {nat: 1}}}}", "the base has no cell requests.nwe.nat"),
        ("{section: nowhere, text: 平澜乡土办}", "the base has no section 'nowhere'"),
        ("{replace: {没有的文字: x}}", "the base does not contain '没有的文字'"),
        ("{base: nothing}", "has no base 'nothing'"),
        ("{document: none.txt}", "cannot read"),
        ("{document: empty.txt}", "cannot be judged: the file is empty"),
        ("{document: picture.txt, replace: {a: b}}", "is no text that could be changed"),
        ("{facts: {enforcment: true}}", "its facts are wrong"),
    ],
)
def test_an_example_that_cannot_be_built_says_why(tmp_path, example, said):
    (tmp_path / "empty.txt").touch()
    (tmp_path / "picture.txt").write_bytes(b"\xff\xfe\xfd")
    assert said in only_failure(tmp_path, examples=f"{GOOD}  bad: [{example}]\n").en


def test_a_document_beside_the_rule(tmp_path):
    text = MIYUN.read_text(encoding="utf-8")
    (tmp_path / "report.txt").write_text(text, encoding="utf-8")
    bad = f"  bad: [{{document: report.txt, replace: {{'{text.split()[0]}': '{text.split()[0]}'}}}}]\n"
    assert "must fire" in only_failure(tmp_path, examples=GOOD + bad).en


def test_text_is_replaced(tmp_path):
    base = gilint.Linter(config=False).ruleset.families[0].forms[-1].bases["default"]
    with open(base, encoding="utf-8") as file:
        word = next(line.strip() for line in file if line.strip().endswith("。"))
    bad = f"  bad: [{{replace: {{{word!r}: 平澜乡土办}}}}]\n"
    assert all("does not contain" not in failure.en for failure in failures(tmp_path, examples=GOOD + bad))


def test_a_rule_that_breaks_says_so(tmp_path, monkeypatch):
    from gilint import checks

    rule(tmp_path)
    linter = gilint.Linter([tmp_path], config=False)
    broken = checks.builtin("text-banned").replace(function=lambda *arguments: 1 / 0)
    monkeypatch.setattr(linter.registry, "get", lambda name: broken if name == "text-banned" else checks.builtin(name))
    found = list(failing_examples(linter, [linter.ruleset.rule("LOC101")]))
    assert "the rule broke: ZeroDivisionError" in found[0].en


def test_a_failure_names_file_rule_and_example(tmp_path):
    text = str(only_failure(tmp_path, options="{phrases: [平澜山川办]}"))
    assert text.startswith(f"{tmp_path / 'LOC101.yaml'}: LOC101 bad[1]: 应当触发，结果却是 passed (must fire")


# --- last year --------------------------------------------------------------------------------------------------------

CARRY = "{table: requests, equation: carry_in.tot == previous.carry_out.tot}"
FOLLOWS = "  good: [{base: default, previous: {}}]\n"


def across(folder, examples, options=CARRY):
    """Failures of a rule that compares with last year and is the only one that finds anything there."""
    return failures(folder, check="equation", options=options, message="-", examples=examples)


def bad(example):
    return f"{FOLLOWS}  bad: [{{{example}, also: [T601, T606, T608]}}]\n"


def test_last_years_report_is_the_same_base_a_year_earlier(tmp_path):
    assert across(tmp_path, bad("previous: {set: {requests: {carry_out: {nat: 5, tot: 5}}}}")) == []


def test_an_example_without_last_years_report_is_judged_without(tmp_path):
    (failure,) = across(tmp_path, bad("base: default"))
    assert "the outcome is could_not_check" in failure.en


def test_last_years_report_may_be_of_another_form(tmp_path):
    # The base of 2019 carries nothing out.
    assert across(tmp_path, bad("previous: {form: '2019', replace: {农业农村局: 水务局}}")) == []


def test_last_years_report_may_be_another_base(tmp_path):
    (failure,) = across(tmp_path, bad("previous: {base: government}"))
    assert "could_not_check（未与上年核对：给出的上年报告是“平澜县人民政府”的" in failure.zh


def test_a_document_may_be_last_years_report(tmp_path):
    text = MIYUN.read_text(encoding="utf-8").replace("2024年", "2023年")
    (tmp_path / "last.txt").write_text(text, encoding="utf-8")
    (tmp_path / "this.txt").write_text(MIYUN.read_text(encoding="utf-8"), encoding="utf-8")
    (failure,) = across(tmp_path, bad("document: this.txt, previous: {document: last.txt}"))
    assert "the outcome is passed" in failure.en


@pytest.mark.parametrize(
    ("previous", "said"),
    [
        ("{set: {requests: {nwe: {nat: 1}}}}", "the base has no cell requests.nwe.nat"),
        ("{base: nothing}", "has no base 'nothing'"),
        ("{document: none.txt}", "cannot read"),
        ("{document: empty.txt}", "cannot be judged: the file is empty"),
        ("{replace: {没有的文字: x}}", "the base does not contain '没有的文字'"),
    ],
)
def test_a_report_of_last_year_that_cannot_be_built_says_why(tmp_path, previous, said):
    (tmp_path / "empty.txt").touch()
    (failure,) = across(tmp_path, bad(f"previous: {previous}"))
    assert said in failure.en


def test_the_form_of_last_years_report_must_be_known(tmp_path):
    with pytest.raises(gilint.RuleError, match="2091"):
        across(tmp_path, bad("previous: {form: '2091'}"))
