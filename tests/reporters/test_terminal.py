"""The terminal output: what a clerk with ten minutes sees."""

import re
from types import SimpleNamespace

import miyun_result as miyun
import pytest
from hypothesis import given
from hypothesis import strategies as st

from gilint.model import Cause, Note, Outcome, Related, Slice, Suggestion
from gilint.reporters import Options, Run, RunProblem
from gilint.reporters.excerpt import Quote, excerpt
from gilint.reporters.layout import harmless, trail
from gilint.reporters.terminal import TerminalReporter
from gilint.text import width

ESCAPE = "\x1b"


def render(*results, problems=(), rules=None, **options) -> str:
    reporter = TerminalReporter(Options(**options))
    return "".join(reporter.render(Run(results, problems, rules or {})))


def only(*findings, report=None):
    return miyun.result().replace(findings=findings, report=report or miyun.report())


def quoted(text: str, hit: str, **changes):
    place = miyun.part(miyun.passage(text, 9), hit)
    return miyun.finding("L101", "wording", "warning", "错字", place, **changes)


def caret_line(text: str) -> tuple[str, str]:
    """The source line and the line of carets below it."""
    lines = text.splitlines()
    at = next(number for number, each in enumerate(lines) if set(each) <= set(" │^") and "^" in each)
    return lines[at - 1], lines[at]


def under_carets(text: str) -> str:
    """The characters of the source line that stand over the carets, by terminal cell."""
    source, carets = caret_line(text)
    found, cell = "", 0
    for char in source:
        if width(char) and carets[cell : cell + 1] == "^":
            found += char
        cell += width(char)
    return found


# --- carets -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "hit"),
    [
        ("满足不同用户群体的信息获取需求.", "."),
        ("开展了“两级审核制”的公开工作", "审核"),
        ("ABC公开def工作", "def"),
        ("\t７\t自然人", "自然人"),
        ("　　一是推动公开。", "推动"),
        ("e\u0301公开", "公开"),
    ],
)
def test_carets_stand_under_the_very_characters(text, hit):
    assert under_carets(render(only(quoted(text, hit)), width=80)) == hit


def test_a_long_paragraph_is_clipped_around_the_hit():
    text = "政务公开工作" * 60 + "可能" + "继续推进落实" * 60
    output = render(only(quoted(text, "可能")), width=80)
    assert under_carets(output) == "可能"
    source, _carets = caret_line(output)
    assert source.count("…") == 2


def test_tabs_are_expanded():
    assert "\t" not in render(only(quoted("\t7\t1\t0", "1")))


def test_a_hit_without_room_still_has_a_caret():
    empty = miyun.passage("信息公开", 9)
    at = Slice(empty, 4, 4)
    source, carets = caret_line(render(only(miyun.finding("L101", "x", "warning", "缺句号", at))))
    assert width(carets) == width(source) + 1


@given(st.text(min_size=1), st.data())
def test_the_caret_line_is_aligned_whatever_the_text(text, data):
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    cells = data.draw(st.integers(4, 100))
    shown = excerpt(Quote(text, start, end), cells)
    carets = shown.carets
    assert carets.index("^") == width(shown.before)
    assert carets.count("^") == max(1, width(shown.hit))
    assert max(width(shown.text), width(carets)) <= cells
    assert "\n" not in shown.text
    assert harmless(text[start : start + 1].partition("\n")[0]).startswith(shown.hit[:1]) or shown.hit[:1] == "…"


@given(st.text(max_size=200), st.data())
def test_text_that_fits_is_shown_whole(text, data):
    text = text.replace("\n", " ")
    start = data.draw(st.integers(0, len(text)))
    shown = excerpt(Quote(text, start, len(text)), 2 * 4 * 200 + 2)
    assert shown.text == harmless(text)


# --- safety and width ---------------------------------------------------------------------------------------------


def everything(**options) -> str:
    return render(
        miyun.result(),
        miyun.clean(),
        miyun.unreadable(),
        problems=(RunProblem("gilint-extra 1.2", "ImportError: no module named extra"),),
        **options,
    )


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("verbose", [False, True])
@pytest.mark.parametrize("cells", [60, 80, 100, 120])
def test_nothing_is_wider_than_the_terminal(lang, verbose, cells):
    output = everything(lang=lang, verbose=verbose, width=cells)
    assert [line for line in output.splitlines() if width(line) > cells] == []


def test_a_path_is_never_broken():
    path = "folder/" * 20 + "report.txt"
    assert f"{path}:65:21" in render(miyun.result().replace(path=path), width=80)


def test_plain_output_has_no_escape_codes_and_no_trailing_space():
    output = everything()
    assert ESCAPE not in output
    assert [line for line in output.splitlines() if line != line.rstrip()] == []


def test_colour_changes_nothing_but_the_colour():
    coloured = everything(color=True)
    assert f"{ESCAPE}[1;31m错误 T301" in coloured
    assert re.sub(r"\x1b\[[0-9;]*m", "", coloured) == everything()


def test_only_colours_that_every_terminal_has_are_used():
    codes = set(re.findall(r"\x1b\[([0-9;]*)m", everything(color=True)))
    # Yellow (33) and white (37) vanish on a light background, blue (34) and black (30) on a dark one.
    assert codes <= {"0", "1", "2", "31", "35", "36", "1;31", "1;32", "1;35", "1;36"}


def test_a_report_cannot_steer_the_terminal():
    text = f"公开{ESCAPE}[2J\u202e信息\x07可能"
    path = f"a{ESCAPE}]0;title\x07.txt"
    output = render(only(quoted(text, "可能", advice=f"见{ESCAPE}[31m")).replace(path=path), width=80)
    assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e]", output)
    assert under_carets(output) == "可能"


# --- blocks -------------------------------------------------------------------------------------------------------


def blocks(output: str) -> list[str]:
    body = output.partition("── ")[0]
    return [block for block in body.split("\n\n")[1:] if block.strip()]


def test_findings_of_one_cause_are_one_block():
    output = render(only(*miyun.balances(miyun.report())), width=80)
    (block,) = blocks(output)
    assert block.startswith("错误 T301 requests-balance  申请办理表各列不平衡\n")
    assert "= 原因：1 件申请的类别前后不一" in block
    assert "├─ 139:3  自然人列：7 + 0 ≠ 8 + 0，相差 1" in block
    assert "├─ 140:3  商业企业列：1 + 0 ≠ 0 + 0，相差 1" in block
    assert block.count("建议：") == 1
    assert block.count("依据：") == 1
    assert "= 改法：新收：自然人 7 → 8，商业企业 1 → 0" in block
    assert "= 或者：办理结果总计：自然人 8 → 7" in block


def test_a_cause_of_several_rules_names_them():
    of = miyun.report()
    first, second = miyun.balances(of)
    output = render(only(first, second.replace(rule="T302", name="row-total", title="申请办理表各行合计不符")))
    assert "错误 T301、T302  申请办理表各列不平衡；申请办理表各行合计不符\n" in output
    assert "├─ T302 140:3  商业企业列" in output


def test_a_blank_cell_is_drawn_as_a_dot_not_as_zero():
    table = miyun.requests(new=" 1 0 0 0 0 8")
    of = miyun.report(table)
    output = render(only(miyun.finding("T304", "blank", "warning", "空白", table["new", "nat"]), report=of))
    assert "[·]" in output


def test_repeated_findings_are_one_block_with_every_place():
    stops = [miyun.stop(*each) for each in miyun.STOPS.items()]
    (block,) = blocks(render(only(*stops), width=80))
    assert block.count("句末用了半角") == 1
    assert block.count("改为“。”") == 1
    assert "├─ 另有 4 处" in block
    for line in list(miyun.STOPS)[1:]:
        assert re.search(rf"│  {line}:\d+ +\S.*\.$", block, re.MULTILINE)


def test_many_places_are_listed_by_position():
    stops = [miyun.stop(line, "满足需求.") for line in range(1, 13)]
    output = render(only(*stops), width=80)
    assert "├─ 另有 11 处：2:5、3:5、" in output
    assert "   │  12:5  满足需求." in render(only(*stops), width=80, verbose=True)


def test_different_messages_of_one_rule_are_all_told():
    first = miyun.stop(53, "满足需求.")
    output = render(only(first, miyun.stop(57, "方便查询.").replace(message="句中用了半角“,”")))
    assert "57:5  句中用了半角“,”" in output


def test_other_places_that_a_finding_speaks_of_are_listed():
    of = miyun.report()
    cell = of.tables["requests"]["new", "tot"]
    finding = quoted("全年收到申请12件。", "12", related=(Related(cell.address, cell.span, "表中为 8"),))
    assert "├─ 145:3  表中为 8" in render(only(finding, report=of))


def test_errors_come_first_then_the_order_of_the_document():
    output = render(miyun.result())
    assert re.findall(r"^(?:错误|警告|提示) (\S+)", output, re.MULTILINE) == ["H101", "T301", "I101", "A109"]


def test_information_takes_a_line_unless_verbose():
    assert "提示 A109 heading-levels  “一、”之下直接用“1.”，常例是“（一）”  520:1\n" in render(miyun.result())
    assert "   │ ^^^^^^^^^^^^^^^^" in render(miyun.result(), verbose=True)
    twice = only(miyun.numbering(), miyun.numbering())
    assert "520:1（另有 1 处）" in render(twice)


def test_the_header_says_what_was_recognised():
    assert "   北京市密云区商务局 · 政府部门 · 2024 年 · 2021 年格式\n" in render(miyun.result())
    unknown = miyun.report().replace(issuer=None, issuer_kind=None, year=None)
    assert "单位未识别 · 年份未识别 · 2021 年格式" in render(miyun.result().replace(report=unknown))


def test_what_the_reader_could_not_see_is_said():
    notes = (Note("tracked-changes", 3), Note("strange", text="第2页读不出"))
    source = miyun.report().source.replace(notes=notes)
    output = render(miyun.result().replace(report=miyun.report().replace(source=source)))
    assert "说明：含 3 处未处理的修订" in output
    assert "说明：第2页读不出" in output


def test_a_finding_on_the_whole_report_has_a_place_and_no_excerpt():
    whole = miyun.finding("A101", "sections-present", "error", "缺少“六、其他需要报告的事项”", miyun.report())
    output = render(only(whole))
    assert "╭─ examples/miyun-2024.txt:1:1\n   = 依据" in output


# --- trails -------------------------------------------------------------------------------------------------------


def test_a_trail_is_shortened_evenly_and_keeps_the_column():
    steps = (miyun.REQUESTS, f"{miyun.ROWS['new']} × 自然人")
    assert trail(steps, 40) == "三、收到和处… › 一、本年新收… × 自然人"
    assert trail(steps, 40, least=20) is None


@given(st.lists(st.text("公开abc ›×", min_size=1, max_size=30), min_size=1, max_size=5), st.integers(1, 80))
def test_a_trail_keeps_within_its_room(steps, cells):
    shown = trail(steps, cells)
    assert shown is None or width(shown) <= cells


# --- the end of the output ----------------------------------------------------------------------------------------


def test_the_summary_counts_findings_and_outcomes():
    output = render(miyun.result())
    assert "1 份文件：错误 3 · 警告 5 · 提示 1\n" in output
    assert "规则 10 条：通过 2 · 未通过 4 · 不适用 1 · 无法判断 3\n" in output


def test_the_summary_of_several_files_counts_judgements():
    output = render(miyun.result(), miyun.clean())
    assert output.count("── 汇总") == 1
    assert "规则 10 条，共判断 20 次：通过 8 · 未通过 4 · 不适用 2 · 无法判断 6\n" in output


def test_rules_that_could_not_check_are_named_with_the_reason():
    output = render(miyun.result())
    assert "无法判断  没有上一年度的报告：Y101、Y102\n" in output
    assert "无法判断  不知道公布日期：D116\n" in output
    titled = render(
        miyun.result(), rules={"D116": SimpleNamespace(title={"zh": "公布日期"}, check="date")}, verbose=True
    )
    assert "不知道公布日期：D116 公布日期\n" in titled


def test_many_rules_of_one_reason_are_counted_unless_verbose():
    outcomes = {f"Y{number}": Outcome("could_not_check", "没有上一年度的报告") for number in range(100, 112)}
    many = miyun.clean().replace(outcomes=outcomes)
    assert "没有上一年度的报告（12 条）" in render(many)
    assert "Y111" not in render(many)
    assert "Y111" in render(many, verbose=True)


def test_a_clean_report_says_so_in_one_line():
    assert "   ✓ 没有发现问题，通过规则 6 条，无法判断 3 条\n" in render(miyun.clean())
    several = render(miyun.clean(), miyun.result())
    assert "✓ clean.txt  没有发现问题，通过规则 6 条，无法判断 3 条\n" in several


def test_silence_is_not_a_pass():
    nothing = miyun.clean().replace(outcomes={"Y101": Outcome("could_not_check", "没有上一年度的报告")})
    assert "✓" not in render(nothing)
    broken = miyun.clean().replace(outcomes={"T301": Outcome("passed"), "T302": Outcome("broke", "KeyError: 'x'")})
    assert "✓" not in render(broken)
    assert "出错 T302  KeyError: 'x'\n" in render(broken)
    assert "没有检查任何文件" in render()


@pytest.mark.parametrize("summary", [True, False])
def test_failed_inputs_and_broken_plugins_are_always_told(summary):
    output = everything(summary=summary)
    assert "无法检查 scan.pdf\n   这是扫描件，没有文字 [scanned]\n   = 建议：请提供可复制文字的版本。\n" in output
    assert "扩展出错  gilint-extra 1.2：ImportError: no module named extra\n" in output
    assert ("── 汇总" in output) is summary


def test_english_is_spoken_throughout():
    output = everything(lang="en")
    for word in ("error T301", "warning I101", "info A109", "basis: ", "advice: ", "4 more", "not judged scan.pdf"):
        assert word in output
    assert "files 3, not judged 1: error 3 · warning 5 · info 1\n" in output
    assert not re.search("错误|警告|依据：|汇总|未通过|无法", output)


def test_a_change_that_the_cause_tells_is_not_told_twice():
    of = miyun.report()
    first, second = miyun.balances(of)
    cause = Cause("c", f"改动 2 格即可：{miyun.MENDS[0].text}。")
    findings = (first.replace(cause=cause, suggestions=miyun.MENDS[:1]), second.replace(cause=cause))
    assert "改法" not in render(only(*findings))


def test_findings_with_their_own_changes_are_not_mixed():
    first, second = (each.replace(cause=None, suggestions=miyun.MENDS[:1]) for each in miyun.balances(miyun.report()))
    output = render(only(first, second))
    assert len(blocks(output)) == 2
    assert "或者" not in output


def test_a_problem_says_its_name_once():
    output = render(problems=(RunProblem("extra", "extra 1.2: ImportError"),))
    assert "扩展出错  extra 1.2: ImportError\n" in output


def test_a_change_to_blank_is_drawn_as_blank():
    of = miyun.report()
    suggestion = Suggestion((("requests", "new", "nat", 7, None),), "留空")
    cell = of.tables["requests"]["new", "nat"]
    finding = miyun.finding("T305", "x", "error", "m", cell, cause=Cause("c", "原因"), suggestions=(suggestion,))
    assert "[7 → ·]" in render(only(finding, report=of))
