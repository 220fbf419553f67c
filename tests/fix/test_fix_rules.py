"""Rules that say how safe their fix is: what is made, what is refused, and in which order."""

import shutil

import pytest
from conftest import EXAMPLES

import gilint

MIYUN = (EXAMPLES / "miyun-2024.txt").read_text(encoding="utf-8")
PLACE = "一是优化检索功能"
RULE = """\
id: {id}
name: rule-{name}
title: {{zh: 用词, en: Wording}}
severity: {severity}
basis: [{{document: 本单位编写要求, clause: 一}}]
check: {check}
with: {options}
message: {{zh: "“{{found}}”", en: "“{{found}}”"}}
advice: {{zh: 改, en: change it}}
{fix}
examples:
  good: [{{base: default}}]
  bad: [{{section: overview, text: "{bad}"}}]
"""


@pytest.fixture
def mend(tmp_path):
    """Mend a paragraph by rules of one's own, each (check, options, fix, bad example); what became of all of it."""

    def mend(paragraph, *rules, **options):
        folder = tmp_path / "own"
        folder.mkdir()
        for number, (check, given, fix, bad) in enumerate(rules, 1):
            text = RULE.format(
                id=f"LOC{number:02}",
                name=f"n{number}",
                severity="info",
                check=check,
                options=given,
                fix=f"fix: {fix}" if fix else "",
                bad=bad,
            )
            (folder / f"LOC{number:02}.yaml").write_text(text, encoding="utf-8")
        text = MIYUN.replace(PLACE, f"{paragraph}\n\n{PLACE}")
        return gilint.fix(text.encode(), config=False, rules=folder, select=["LOC"], **options)

    return mend


def paragraph(fixed):
    return fixed.content.decode().partition(f"\n\n{PLACE}")[0].rpartition("\n")[2]


def replacing(wrong, right, fix="safe"):
    return "text-replace", f"{{pairs: {{{wrong}: {right}}}}}", fix, f"各科室{wrong}。"


def test_a_rule_without_a_fix_changes_nothing(mend):
    fixed = mend("各科室都用红纸。", replacing("红纸", "白纸", ""), unsafe=True)
    assert (fixed.changed, fixed.unsafe) == (False, ())


def test_an_unsafe_fix_waits_until_it_is_asked_for(mend):
    fixed = mend("各科室都用红纸。", replacing("红纸", "白纸", "unsafe"))
    assert (fixed.changed, [finding.rule for finding in fixed.unsafe]) == (False, ["LOC01"])


def test_edits_that_would_bring_a_new_finding_are_taken_back_and_the_others_made(mend):
    fixed = mend(
        "各科室都用红纸，也用蓝纸、绿纸。",
        replacing("红纸", "白纸"),
        ("text-banned", "{phrases: [灰纸]}", "", "各科室灰纸。"),
        replacing("蓝纸", "灰纸"),
        replacing("绿纸", "黄纸"),
    )
    assert paragraph(fixed) == "各科室都用白纸，也用蓝纸、黄纸。"
    assert [(one.finding.rule, "新的问题" in one.reason["zh"]) for one in fixed.left] == [("LOC03", True)]


@pytest.mark.parametrize(("wrong", "right"), [("第八批", "第九批"), ("共８项", "共8条"), ("3个", "三个")])
def test_no_rule_changes_a_numeral(mend, wrong, right):
    fixed = mend(f"各科室办理{wrong}。", replacing(wrong, right), unsafe=True)
    assert not fixed.changed
    assert [one.reason["zh"] for one in fixed.left] == ["会改变数字"]


def test_of_edits_that_overlap_the_first_rule_wins_and_the_other_waits(mend):
    fixed = mend("各科室都用大红纸。", replacing("红纸", "白纸"), replacing("大红", "大蓝"))
    assert paragraph(fixed) == "各科室都用大白纸。"
    assert [(edit.rule, edit.round) for edit in fixed.edits] == [("LOC01", 1)]


def test_edits_side_by_side_are_made_one_round_after_the_other(mend):
    fixed = mend("各科室都用红纸蓝笔。", replacing("红纸", "白板"), replacing("蓝笔", "黑墨"))
    assert paragraph(fixed) == "各科室都用白板黑墨。"
    assert [(edit.rule, edit.round) for edit in fixed.edits] == [("LOC01", 1), ("LOC02", 2)]


def test_only_what_differs_is_put_in(mend):
    fixed = mend("各科室都用大红纸张。", replacing("大红纸张", "大白纸张"))
    assert [(edit.before, edit.after) for edit in fixed.edits] == [("红", "白")]


def test_edits_of_one_hit_are_made_together_or_not_at_all(mend):
    rule = "{patterns: ['<[^<>]*>'], text: raw, edits: [{find: '^<', put: 〈}, {find: '>$', put: 〉}]}"
    # The closing mark stands in an address.
    fixed = mend("各科室<见http://a.cn/b>办理。", ("text-banned", rule, "safe", "各科室<甲>。"))
    assert paragraph(fixed) == "各科室<见http://a.cn/b>办理。"
    assert ["网址" in one.reason["zh"] for one in fixed.left] == [True]


def test_an_edit_may_depend_on_the_paragraph(mend):
    rule = "{patterns: ['[红蓝]纸'], edits: [{find: 红, put: 白, only: '^[^蓝]*$'}]}"
    banned = ("text-banned", rule, "safe", "各科室红纸。")
    assert paragraph(mend("各科室都用红纸、蓝纸。", banned)) == "各科室都用红纸、蓝纸。"


def test_an_edit_that_depends_on_the_paragraph_is_made_where_that_is_so(mend):
    rule = "{patterns: ['[红蓝]纸'], edits: [{find: 红, put: 白, only: '^[^蓝]*$'}]}"
    assert paragraph(mend("各科室都用红纸。", ("text-banned", rule, "safe", "各科室红纸。"))) == "各科室都用白纸。"


def test_rules_that_undo_each_other_come_to_an_end(mend):
    fixed = mend("各科室都用红纸。", replacing("红纸", "白纸"), replacing("白纸", "红纸"))
    assert not fixed.changed
    assert {one.finding.rule for one in fixed.left} == {"LOC01"}


def test_what_a_rule_puts_in_stands_in_its_finding(tmp_path):
    shutil.copy(EXAMPLES / "miyun-2024.txt", tmp_path)
    result = gilint.lint(tmp_path / "miyun-2024.txt", config=False, select=["Y102"])
    (finding,) = result.findings
    assert finding.fix == gilint.Fix(True, finding.fix.edits)
    assert [(edit.at.text, edit.text) for edit in finding.fix.edits] == [("(", "（"), (")", "）")]
