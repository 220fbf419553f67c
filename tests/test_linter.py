"""The linter: one for many reports, threads and processes."""

import pickle
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor

import pytest
from conftest import EXAMPLES
from plugging import rule, shape

import gilint

MIYUN = EXAMPLES / "miyun-2024.txt"
CLEAN = EXAMPLES / "clean-2024.txt"


@pytest.fixture(scope="module")
def linter():
    return gilint.Linter(config=False)


def test_a_report_for_which_no_rule_was_selected_is_not_clean(linter):
    other = gilint.Linter(config=False, select="leader-unreported")  # a rule for another family
    with pytest.raises(gilint.InputError, match="no selected rule is for this kind of report"):
        other.lint(linter.read(MIYUN))


# --- order ------------------------------------------------------------------------------------------------------------


def test_findings_of_other_formats_stand_in_order_too(linter):
    from gilint.places import PageSpan
    from gilint.runs import by_place

    finding = linter.lint(MIYUN).findings[0]
    boxes = [(2, 0.5), (1, 7.0), None, (1, 0.5)]
    spans = [box and PageSpan(box[0], (0.0, box[1], 9.0, box[1] + 1)) for box in boxes]
    ordered = sorted((finding.replace(span=span) for span in spans), key=by_place)
    assert [each.span and (each.span.page, each.span.box[1]) for each in ordered] == [
        None,
        (1, 0.5),
        (1, 7.0),
        (2, 0.5),
    ]


# --- several at once --------------------------------------------------------------------------------------------------


def test_threads_give_the_same_results(linter):
    wanted = [shape(result) for result in linter.lint_many([MIYUN, CLEAN] * 4)]
    with ThreadPoolExecutor(8) as pool:
        for results in pool.map(lambda _: list(linter.lint_many([MIYUN, CLEAN] * 4)), range(8)):
            assert [shape(result) for result in results] == wanted


@pytest.mark.parametrize("pool", [ThreadPoolExecutor, ProcessPoolExecutor])
def test_an_executor_gives_the_same_results_in_order(linter, tmp_path, pool):
    sources = [MIYUN, CLEAN, tmp_path / "none.txt"] * 20
    wanted = [shape(result) for result in linter.lint_many(sources)]
    with pool(2) as executor:
        assert [shape(result) for result in linter.lint_many(sources, executor=executor)] == wanted


def test_an_executor_need_not_be_read_to_its_end(linter):
    with ThreadPoolExecutor(1) as executor:
        assert next(linter.lint_many([MIYUN] * 60, executor=executor)).findings


def test_a_linter_is_pickled_as_its_arguments(tmp_path):
    rule(tmp_path / "local")
    config = gilint.Config(severity={"T301": "info"}, facts={"enforcement": True})
    original = gilint.Linter(
        tmp_path / "local", config=config, ignore=["T302"], issuer_kind="office", facts={"rulemaking": False}, lang="en"
    )
    content = pickle.dumps(original)
    assert len(content) < 2000
    copy = pickle.loads(content)  # noqa: S301
    assert copy is not original
    assert [each.id for each in copy.rules] == [each.id for each in original.rules]
    assert shape(copy.lint(MIYUN)) == shape(original.lint(MIYUN))
    assert copy.facts == original.facts


def test_tasks_of_one_linter_share_its_copy(linter):
    content = pickle.dumps(linter)
    assert pickle.loads(content) is pickle.loads(content)  # noqa: S301


def test_a_linter_made_anew_has_a_copy_of_its_own(linter):
    first, second = (pickle.loads(pickle.dumps(gilint.Linter(config=False))) for _ in range(2))  # noqa: S301
    assert first is not second


def test_results_and_errors_can_be_sent_to_another_process(linter):
    result = linter.lint(MIYUN)
    copy = pickle.loads(pickle.dumps(result))  # noqa: S301
    assert shape(copy) == shape(result)
    assert copy.report == result.report


def test_one_name_or_path_need_not_be_wrapped_in_a_list():
    linter = gilint.Linter(config=False, select="T301", ignore="S101")
    assert [rule.id for rule in linter.rules] == ["T301"]
    assert [result.path for result in linter.lint_many(str(CLEAN))] == [str(CLEAN)]
