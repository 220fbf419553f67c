"""The work grows with the text and no faster: twice as much of anything takes about twice as many steps.

Steps are counted as calls, not timed, so that a busy machine is no defect.
"""

import sys

import pytest
from samples import example, linter

TEXT = example("clean-2024")
BEFORE = TEXT.index("二、主动公开政府信息情况")
INSIDE = TEXT.index("四、结转下年度继续办理 |")

# What is repeated: (where it goes, the text). A thousand and two thousand times.
REPEATED = {
    "short lines": (BEFORE, "我局公开。\n"),
    "empty lines": (BEFORE, "\n"),
    "numbers": (BEFORE, "0\n"),
    "tab cells": (BEFORE, "\t0\n"),
    "tabs": (BEFORE, "公开\t"),
    "pipes": (BEFORE, "0|"),
    "spaces": (BEFORE, "公开 信息 "),
    "full lines": (BEFORE, "我局公开政府信息情况良好并且持续推进工作落实见效再接再厉稳步前进完\n"),
    "dots": (BEFORE, "总体情况" + "." * 90 + "\n"),
    "gaps": (BEFORE, "一、总体情" + " " * 90 + "况\n"),
    "sections": (BEFORE, "一、总体情况\n"),
    "other headings": (BEFORE, "一、工作机制\n"),
    "aspects": (BEFORE, "（一）主动公开\n"),
    "dates": (BEFORE, "2024年1月1日\n"),
    "rules": (BEFORE, "|---|---|\n"),
    "furniture": (BEFORE, "来源：某\n"),
    "rows": (INSIDE, "新设的一种情形 | 0 | 0 | 0 | 0 | 0 | 0 | 0 |\n"),
    "labels": (INSIDE, "1.属于国家秘密\n"),
    "labels in turn": (INSIDE, "1.属于国家秘密\n2.重复申请\n"),
    "labels in one line": (INSIDE, "1.属于国家秘密 "),
    "labels in one word": (INSIDE, "1.属于国家秘密"),
    "labelled rows": (INSIDE, "1.属于国家秘密 | 0 | 0 | 0 | 0 | 0 | 0 | 0 |\n"),
    "runs": (INSIDE, "1.属于国家秘密 1 2 3 4 5 6 7\n"),
    "pages": (INSIDE, "1.属于国家  秘密  0 0 0 0 0 0 0\n"),
    "headers": (len(TEXT), "结果维持\n结果纠正\n其他结果\n尚未审结\n总计\n"),
    "header rows": (len(TEXT), "行政复议\t结果维持\t结果纠正\t其他结果\t尚未审结\t总计\n"),
}


def steps(text):
    """How many calls reading the text takes."""
    count = 0

    def counted(_frame, _event, _argument):
        nonlocal count
        count += 1

    data = text.encode()
    sys.setprofile(counted)
    try:
        linter().read(data, "report.txt")
    finally:
        sys.setprofile(None)
    return count


@pytest.mark.parametrize(("at", "text"), REPEATED.values(), ids=REPEATED)
def test_twice_the_text_takes_at_most_twice_the_steps(at, text):
    few, many = (steps(TEXT[:at] + text * times + TEXT[at:]) for times in (1000, 2000))
    nothing = steps(TEXT)
    assert many - nothing <= 2.3 * max(few - nothing, 1000)
