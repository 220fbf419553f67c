"""The benchmarks measure what they say: the generated reports, ratios, pictures, and the page that they write."""

import sys
import xml.etree.ElementTree as ElementTree
from collections import Counter

import pytest
from conftest import EXAMPLES, ROOT

from gilint import Linter

sys.path.insert(0, str(ROOT))

from benchmarks import flamegraph, results, timing
from benchmarks.corpus.content import balanced, content, paragraphs_of
from benchmarks.corpus.rendering import FORMATS, rendered, text_of
from benchmarks.linear import longer
from benchmarks.parts import Goal, Measured, Table, figure

PARAGRAPHS = paragraphs_of((EXAMPLES / "miyun-2024.txt").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def linter():
    return Linter(config=False, today="2025-06-01")


# --- generated reports ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", FORMATS)
def test_a_number_always_makes_the_same_file(kind):
    first, second = (rendered(content(PARAGRAPHS, 7), kind, 7) for _ in range(2))
    assert first == second != rendered(content(PARAGRAPHS, 8), kind, 8)


@pytest.mark.parametrize("number", range(3))
def test_a_report_says_the_same_in_every_format(linter, number):
    made = content(PARAGRAPHS, number)
    found = {
        kind: Counter(
            (one.rule, one.message) for one in linter.lint(rendered(made, kind, number), f"r.{kind}").findings
        )
        for kind in ("txt", "html", "docx")
    }
    assert found["txt"] == found["html"] == found["docx"] != Counter()


def test_figures_add_up_before_one_is_made_wrong():
    from random import Random

    rows = balanced(Random(1))
    assert all(sum(row[:6]) == row[6] for row in rows)
    for column in zip(*rows, strict=True):
        assert sum(column[2:23]) == column[23]
        assert column[0] + column[1] == column[23] + column[24]


@pytest.mark.parametrize("times", [1, 5])
def test_a_longer_report_is_so_many_times_as_long_and_still_recognised(linter, times):
    data = rendered(longer(times), "txt", 0)
    usual = len(text_of(longer(1)).encode())
    assert len(data) == pytest.approx(times * usual, rel=0.06)
    assert "requests" in linter.read(data, "r.txt").tables


# --- measuring --------------------------------------------------------------------------------------------------------


def test_a_ratio_is_the_median_of_the_ratios_of_the_rounds():
    # One busy round, of both: 2, 2 and 3 times.
    assert timing.ratio([2.0, 20.0, 3.0], [1.0, 10.0, 1.0]) == 2.0


def test_what_ran_only_once_is_compared_with_the_median():
    assert timing.ratio([6.0], [1.0, 2.0, 9.0]) == 3.0


def test_commands_take_turns_and_a_wrong_exit_code_stops_all():
    taken = timing.by_turns({"one": [sys.executable, "-c", "print('said')"]}, 2)
    assert [spent.output.strip() for spent in taken["one"]] == [b"said", b"said"]
    with pytest.raises(timing.Failed, match=r"exit code 4\nwent wrong"):
        timing.by_turns({"bad": [sys.executable, "-c", "print('went wrong'); raise SystemExit(4)"]}, 1)


def test_a_command_that_does_not_end_is_killed():
    spent = timing.run([sys.executable, "-c", "import time; time.sleep(60)"], limit=0.5)
    assert spent.code == -9
    assert spent.wall < 30


@pytest.mark.parametrize(
    ("value", "shown"),
    [(0.4123, "0.412"), (3.519, "3.52"), (18.34, "18.3"), (338.2, "338"), (1104, "1,104"), (0, "0.000")],
)
def test_a_figure_has_three_digits_that_count(value, shown):
    assert figure(value) == shown


def test_a_goal_is_an_upper_or_a_lower_limit():
    assert Goal("time", 5.0, 5.0).met
    assert not Goal("time", 5.1, 5.0).met
    assert Goal("speed", 1.9, 1.8, at_least=True).met
    assert not Goal("speed", 1.7, 1.8, at_least=True).met


# --- the page ---------------------------------------------------------------------------------------------------------


def test_the_page_says_what_was_measured():
    text = results.DOCUMENT.read_text(encoding="utf-8")
    assert results.filled(text, results.kept()) == text, "run python -m benchmarks --render"


def test_every_part_has_its_place_on_the_page_and_was_measured():
    from benchmarks.__main__ import PARTS

    marked = {match[2] for match in results.MARKED.finditer(results.DOCUMENT.read_text(encoding="utf-8"))}
    assert marked == {*PARTS, "targets"}
    assert set(results.kept()) == set(PARTS)


def test_a_missed_target_is_shown_as_missed():
    table = results.goals([Goal("slow", 6.0, 5.0), Goal("fast", 2.0, 1.8, at_least=True)])
    assert "| slow | ≤ 5 × | 6.00 × | **no** |" in table
    assert "| fast | ≥ 1.8 × | 2.00 × | yes |" in table


def test_a_part_is_shown_with_its_tables():
    shown = results.shown(
        "cold", Measured([Table(["what", "ms"], [["bare", "12.0"]], above="Before.", below="After.")])
    )
    assert "Before.\n\n| what | ms |\n| --- | --: |\n| bare | 12.0 |\n\nAfter.\n" in shown


# --- pictures ---------------------------------------------------------------------------------------------------------

STACKS = {("read", "parse"): 30, ("read",): 10, ("judge", "scan", "scan.<locals>.<listcomp>"): 60}


def boxes(svg):
    """By title, left edge and width of each box in pixels."""
    name = "{http://www.w3.org/2000/svg}"
    groups = ElementTree.fromstring(svg).iter(f"{name}g")
    return {
        group.find(f"{name}title").text: tuple(float(group.find(f"{name}rect").get(key)) for key in ("x", "width"))
        for group in groups
    }


def test_a_function_is_as_wide_as_its_share_and_stands_below_its_caller():
    found = boxes(flamegraph.drawn("A title", STACKS))
    whole = flamegraph.WIDTH - 2 * flamegraph.BORDER
    assert set(found) == {"judge: 60.0 %", "scan: 60.0 %", "read: 40.0 %", "parse: 30.0 %"}
    assert found["judge: 60.0 %"] == found["scan: 60.0 %"] == (flamegraph.BORDER, pytest.approx(0.6 * whole, abs=0.1))
    left, width = found["read: 40.0 %"]
    assert left == pytest.approx(flamegraph.BORDER + 0.6 * whole, abs=0.1)
    assert found["parse: 30.0 %"] == (left, pytest.approx(0.75 * width, abs=0.1))


def test_a_name_never_reaches_beyond_its_box():
    name = "{http://www.w3.org/2000/svg}"
    svg = flamegraph.drawn("A title", {("gilint.checks." + "long" * 40, f"f{number}"): 1 for number in range(90)})
    for group in ElementTree.fromstring(svg).iter(f"{name}g"):
        text = group.find(f"{name}text")
        if text is not None:
            assert len(text.text) * flamegraph.LETTER <= float(group.find(f"{name}rect").get("width"))


def test_the_pictures_of_the_page_are_there():
    for name in ("profile-warm.svg", "profile-cold.svg"):
        ElementTree.parse(ROOT / "docs" / "images" / name)


@pytest.mark.parametrize(
    ("stack", "group"),
    [
        (("gilint.cli.main", "gilint.engine.Engine.judge", "re2._Regexp.finditer"), "checks"),
        (("gilint.cli.main", "import", "import gilint.readers"), "imports"),
        (("gilint.linter.Linter.lint",), "the rest of gilint"),
    ],
)
def test_a_library_works_for_who_calls_it(stack, group):
    assert flamegraph.group_of(stack) == group
