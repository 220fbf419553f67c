import pytest

from gilint.limits import DEFAULT
from gilint.readers.markdown import read

LINES = {
    "## 一、总体情况": ("一、总体情况", 2, 4),
    "# 报告 #": ("报告", 1, 3),
    "###### 六": ("六", 6, 8),
    "**一、总体情况**": ("一、总体情况", 0, 3),
    "__一__": ("一", 0, 3),
    "## **一、总体情况**": ("一、总体情况", 2, 6),
    "####### 七": ("####### 七", 0, 1),
    "#没有空格": ("#没有空格", 0, 1),
    "**甲**和**乙**": ("甲和乙", 0, 3),
    "甲和**乙**": ("甲和乙", 0, 1),
    "## （一）**甲**": ("（一）甲", 2, 4),
    "栏目**每月更新": ("栏目**每月更新", 0, 1),
    "** 甲 **": ("** 甲 **", 0, 1),
    "****": ("****", 0, 1),
    "    # 代码": ("    # 代码", 0, 1),
    "甲 | 乙": ("甲 | 乙", 0, 1),
}


@pytest.mark.parametrize(("line", "expected"), LINES.items(), ids=LINES)
def test_a_line_without_its_marks_keeps_its_place(line, expected):
    (block,) = read(line.encode(), "a.md", DEFAULT).blocks
    assert (block.text, block.level, block.origin.span(0, 1).column) == expected


def test_strong_runs_inside_a_line_leave_the_columns_of_the_rest():
    (block,) = read("**（一）甲。**乙**丙**丁".encode(), "a.md", DEFAULT).blocks
    assert block.text == "（一）甲。乙丙丁"
    assert [block.origin.span(at, at + 1).column for at in (0, 4, 5, 6, 7)] == [3, 7, 10, 13, 16]


def test_a_line_is_a_paragraph():
    assert [block.text for block in read("甲\n乙\n\n丙".encode(), "a.md", DEFAULT).blocks] == ["甲", "乙", "", "丙"]
