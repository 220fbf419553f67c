"""The packs for regions: chosen by name, on the command line or in the configuration."""

from functools import cache

import pytest
from conftest import ROOT

from gilint import Config, Linter
from gilint.packs.finding import overlays

BASE = (ROOT / "rules" / "annual-report" / "forms" / "2021.default.txt").read_text(encoding="utf-8")
PREAMBLE = BASE[BASE.index("根据《") : BASE.index("一、总体情况")]
BEIJING = BASE.replace(
    PREAMBLE, "依据《中华人民共和国政府信息公开条例》（以下简称《条例》）第五十条规定，编制本报告。\n\n"
)


@cache
def linter(*packs):
    return Linter(packs, config=False)


def fired(text, *packs):
    return [finding.rule for finding in linter(*packs).lint(text.encode(), "report.txt").findings]


def test_a_report_without_a_period_is_warned_about_only_where_the_form_wants_one():
    assert fired(BEIJING) == ["D108"]
    assert fired(BEIJING, "beijing") == []


def test_an_overlay_named_in_the_configuration_counts_as_on_the_command_line():
    chosen = Linter(config=Config(packs=("beijing",)))
    assert chosen.lint(BEIJING.encode(), "report.txt").findings == ()


def test_an_overlay_leaves_the_other_rules_as_they_are():
    broken = BEIJING.replace("2025年1月16日", "2024年1月16日")
    assert fired(broken, "beijing") == ["D122"]


def test_the_local_additions_are_hints():
    assert fired(BASE, "shanghai") == ["SH101"]
    (finding,) = linter("shanghai").lint(BASE.encode(), "report.txt").findings
    assert (finding.severity, finding.address.section) == ("info", "other")
    said = BASE.replace("除上述情况外", "2024年政务公开工作要点所列任务均已完成。除上述情况外")
    assert fired(said, "shanghai") == []


def test_two_overlays_may_be_chosen_together():
    assert fired(BEIJING, "beijing", "shanghai") == ["SH101"]


def test_without_an_overlay_none_of_its_rules_is_loaded():
    own = {rule.id for name in overlays() for rule in linter(name).rules if rule.pack == name}
    assert own
    assert own.isdisjoint(rule.id for rule in linter().rules)


@pytest.mark.parametrize("name", overlays())
def test_an_overlay_leaves_reports_of_other_families_alone(name):
    law = (ROOT / "rules" / "rule-of-law-report" / "forms" / "2019.default.txt").read_text(encoding="utf-8")
    assert fired(law, name) == []
