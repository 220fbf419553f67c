"""The Markdown summary."""

import pytest
from conftest import EXAMPLES
from runs import everything, linted, one, render

from gilint.reporters import Run
from gilint.reporters.markdown import MOST, escaped


def test_the_files_come_first_with_their_counts():
    run = linted(EXAMPLES / "miyun-2024.txt", EXAMPLES / "clean-2024.txt", lang="en")
    severities = [found.severity for found in run.results[0].findings]
    counts = " | ".join(str(severities.count(each)) for each in ("error", "warning", "info"))
    head, rule, first, second = render("markdown", run, "en").split("\n")[2:6]
    assert (head, rule) == ("| File | error | warning | info |", "|---|--:|--:|--:|")
    assert first.endswith(f"miyun-2024.txt | {counts} |")
    assert second.endswith("clean-2024.txt | 0 | 0 | 0 |")


def test_a_finding_is_a_row_the_gravest_first():
    run = linted(EXAMPLES / "miyun-2024.txt")
    rows = [line for line in render("markdown", run).split("\n") if line.startswith(("| 错误 ", "| 警告 ", "| 提示 "))]
    assert len(rows) == len(run.results[0].findings)
    assert [row[2:4] for row in rows] == sorted((row[2:4] for row in rows), key=["错误", "警告", "提示"].index)


def test_what_went_wrong_and_what_was_waived_is_told():
    text = render("markdown", everything())
    assert "| 报告.txt | 1 | 0 | 0 | 1 |\n" in text
    assert "| 报告.txt.pdf | 无法检查 |  |  |  |\n" in text
    assert "**无法检查** 甲 甲 (scanned)" in text
    assert "- **出错** B001: 甲" in text
    assert "- **扩展出错** 甲" in text


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("a|b", "a\\|b"),
        ("<b>&amp;", "&lt;b&gt;&amp;amp;"),
        ("*x* _y_ `z`", "\\*x\\* \\_y\\_ \\`z\\`"),
        ("[a](b)", "\\[a\\](b)"),
        ("a\nb", "a b"),
        ("a\\|b", "a\\\\\\|b"),
        ("$x$ ~~y~~", "\\$x\\$ \\~\\~y\\~\\~"),
    ],
)
def test_texts_are_shown_as_they_are(text, shown):
    assert escaped(text) == shown


def test_a_summary_fits_into_a_comment_and_says_what_is_missing():
    run = Run(tuple(one(text="长" * 900, path=f"{number}.txt") for number in range(200)))
    text = render("markdown", run)
    assert len(text) < MOST + 1000
    assert "份文件的问题没有列出" in text
    assert "没有列出" not in render("markdown", run, verbose=True)


def test_a_run_over_nothing_says_so():
    assert "没有检查任何文件" in render("markdown", Run(()))
