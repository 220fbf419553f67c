"""The recogniser with the forms of the annual report, and small reports for it to read.

:func:`report` is one without tables, in which one part is put in another way.
"""

from functools import cache
from pathlib import Path

from gilint import Linter

ROOT = Path(__file__).resolve().parents[2]
TITLE = "平澜县水务局2024年政府信息公开工作年度报告"
TITLES = (
    "总体情况",
    "主动公开政府信息情况",
    "收到和处理政府信息公开申请情况",
    "政府信息公开行政复议、行政诉讼情况",
    "存在的主要问题及改进情况",
    "其他需要报告的事项",
)
KEYS = ("overview", "disclosure", "requests", "disputes", "problems", "other")
NUMERALS = "一二三四五六"
PREAMBLE = "根据规定编制本报告。"
OVERVIEW = "（一）主动公开\n我局主动公开政府信息12条。\n（二）依申请公开。全年收到申请1件。"
SIGNOFF = "平澜县水务局\n2025年1月16日"


def report(
    heading="{numeral}、{title}", *, title=TITLE, preamble=PREAMBLE, overview=OVERVIEW, signoff=SIGNOFF, other="无。"
):
    """A report whose six headings are written like ``heading``: {numeral}, {title}, {digit}, {wide}, {ring}."""
    lines = [title, preamble]
    for index, name in enumerate(TITLES):
        lines.append(
            heading.format(
                numeral=NUMERALS[index], title=name, digit=index + 1, wide="１２３４５６"[index], ring="①②③④⑤⑥"[index]
            )
        )
        lines.append(overview if index == 0 else other if index == 5 else "本部分没有变化。")
    return "\n".join([*lines, signoff, ""])


@cache
def linter():
    return Linter(config=False)


def form(name):
    """A form by its year: 2019 or 2021."""
    return next(form for form in linter().ruleset.families[0].forms if form.id.endswith(name))


def read(text, name="report.txt"):
    """The report that the text holds."""
    return linter().read(text.encode(), name)


def example(name):
    return (ROOT / "examples" / f"{name}.txt").read_text(encoding="utf-8")


def roles(report):
    """The texts of a report by their role, in order."""
    found = {}
    for passage in report.passages:
        found.setdefault(passage.role, []).append(passage.text)
    return found
