"""Annual reports for tests: the clean reports that come with the forms, with a few words changed.

``found("S104", {"一、总体情况": "总体情况"})`` is what rule S104 says of the default report after this change.
"""

from functools import cache
from pathlib import Path

from gilint import Linter
from gilint.engine import excerpt_of

FORMS = Path(__file__).resolve().parent.parent / "rules" / "annual-report" / "forms"
TITLE = "青河市云山区水务局2024年政府信息公开工作年度报告"
SIGNOFF = "青河市云山区水务局\n\n2025年1月16日"
TITLES = (
    "一、总体情况",
    "二、主动公开政府信息情况",
    "三、收到和处理政府信息公开申请情况",
    "四、政府信息公开行政复议、行政诉讼情况",
    "五、存在的主要问题及改进情况",
    "六、其他需要报告的事项",
)
ASPECTS = ("（一）主动公开", "（二）依申请公开", "（三）政府信息管理", "（四）政府信息公开平台建设", "（五）监督保障")


@cache
def _linter():
    return Linter(config=False, select=["structure", "dates"])


def family():
    """The family of the annual report, with its forms."""
    return _linter().ruleset.families[0]


@cache
def _base(name):
    return (FORMS / f"{name}.txt").read_text(encoding="utf-8")


def report(changes=None, *, base="2021.default"):
    """The text of a base report with literal text replaced; a key that stands alone on its line is a heading."""
    text = _base(base)
    for old, new in (changes or {}).items():
        assert old in text, f"the base does not hold {old!r}"
        text = text.replace(f"\n{old}\n", f"\n{new}\n") if f"\n{old}\n" in text else text.replace(old, new)
    return text


def titled(*titles):
    """Changes that give the six sections other titles, in their order; ``None`` leaves one as it is."""
    return {old: new for old, new in zip(TITLES, titles, strict=True) if new is not None}


def judged(changes=None, *, base="2021.default", **options):
    """The result of judging a changed base by the rules on structure and dates."""
    return _linter().lint(report(changes, base=base).encode(), "report.txt", **options)


def fired(changes=None, **options):
    """The ids of all rules on structure and dates that find something."""
    return [finding.rule for finding in judged(changes, **options).findings]


def found(rule, changes=None, **options):
    """The findings of one rule."""
    return [finding for finding in judged(changes, **options).findings if finding.rule == rule]


def places(rule, changes=None, **options):
    """Where one rule finds something, as the text that stands there."""
    return [excerpt_of(finding.at) for finding in found(rule, changes, **options)]
