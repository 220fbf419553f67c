"""What ``gilint read`` shows: everything that was seen, and what was not."""

import json

import miyun_result
import pytest
from jsonschema import Draft202012Validator

import gilint
from gilint.errors import UsageError
from gilint.packs import schema
from gilint.reporters import Options
from gilint.reporters.marked import render_table
from gilint.reporters.reading import render_json, render_tree, report_as_dict
from gilint.text import width

OPTIONS = Options(width=80)


def test_the_tree_shows_what_was_recognised():
    tree = render_tree(miyun_result.report(), OPTIONS)
    assert tree.startswith("examples/miyun-2024.txt  (text, utf-8)\n北京市密云区商务局2024年政府信息公开年度报告\n")
    for line in (
        "├─ 单位：北京市密云区商务局（政府部门）\n",
        "├─ 年度：2024\n",
        "├─ 统计期：2024-01-01 – 2024-12-31  7:12\n",
        "├─ 格式：annual-report/2021 · 2021 年格式\n",
        "├─ 三、收到和处理政府信息公开申请情况  125:1\n│  └─ 表 requests：49 格（数字 49）\n",
        "└─ 落款：北京市密云区商务局 · 2025年1月16日  540:1\n",
    ):
        assert line in tree


def test_headings_hang_below_those_of_a_higher_level():
    tree = render_tree(miyun_result.report(), OPTIONS)
    assert "├─ 总体情况  8:1\n│  ├─ （一）组织领导  10:1\n│  │  └─ 1.机构设置  12:1\n│  └─ 主动公开  23:1\n" in tree


def test_what_was_not_found_is_said():
    bare = miyun_result.report().replace(title=None, issuer=None, year=None, period=None)
    tree = render_tree(bare, OPTIONS)
    for line in ("未识别标题\n", "单位：未找到\n", "年度：未找到\n", "统计期：未找到\n", "缺少：其他需要报告的事项\n"):
        assert line in tree


def test_a_table_without_its_section_is_shown():
    assert "├─ 表 proactive：1 格（数字 1）\n" in render_tree(miyun_result.report(), OPTIONS)


def test_unread_and_missing_rows_are_shown():
    tree = render_tree(miyun_result.report(miyun_result.unread_table()), OPTIONS)
    assert "35 格（数字 34 · 空白 1），未读 1 行，缺 1 行" in tree
    assert "? （一）予以公开：读不出各格，原文“2 0 0 2”  160:1" in tree
    assert "缺少行：5.属于三类内部事务信息" in tree


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("cells", [40, 60, 80, 120])
def test_nothing_is_wider_than_the_terminal(lang, cells):
    of = miyun_result.report(miyun_result.unread_table())
    options = Options(lang=lang, width=cells)
    output = render_tree(of, options) + render_table(of, "requests", options)
    assert [line for line in output.splitlines() if width(line) > cells] == []


def test_a_table_is_drawn_whole_and_aligned():
    lines = render_table(miyun_result.report(), "requests", OPTIONS).splitlines()
    rows = {line.split()[0]: line for line in lines if line.rstrip()[-1:].isdigit()}
    assert list(rows) == list(miyun_result.ROWS.values())
    assert rows["一、本年新收政府信息公开申请数量"].split()[1:] == ["7", "1", "0", "0", "0", "0", "8"]
    assert len({width(row) for row in rows.values()}) == 1
    assert "三、本年度办理结果" in lines


def test_columns_without_room_follow_below():
    output = render_table(miyun_result.report(), "requests", Options(width=40))
    assert output.count("（七）总计") > 1
    for label in ("自然人", "总计"):
        assert label in output


def test_blank_and_unread_cells_are_told_apart():
    output = render_table(miyun_result.report(miyun_result.unread_table()), "requests", OPTIONS)
    rows = {line.split()[0]: line.split()[1:] for line in output.splitlines() if line.strip()}
    assert rows["二、上年结转政府信息公开申请数量"][-1] == "·"
    assert rows["（一）予以公开"] == ["?"] * 7
    assert "· 空白格" in output


def test_an_unknown_table_is_a_mistake_of_the_user():
    with pytest.raises(UsageError, match="名为 request 的表；可选：proactive、requests"):
        render_table(miyun_result.report(), "request", OPTIONS)


def test_colour_is_left_to_the_caller():
    assert "\x1b" not in render_tree(miyun_result.report(), OPTIONS)
    assert "\x1b[1m" in render_tree(miyun_result.report(), Options(color=True))


def test_the_report_is_plain_data():
    value = report_as_dict(miyun_result.report(miyun_result.unread_table()))
    assert json.loads(render_json(miyun_result.report(miyun_result.unread_table()))) == value
    assert (value["form"], value["issuer_kind"], value["year"]) == ("annual-report/2021", "department", 2024)
    assert value["title"]["text"] == "北京市密云区商务局2024年政府信息公开年度报告"
    assert value["period"]["end"] == [2024, 12, 31]
    assert value["signoff"]["date"] == [2025, 1, 16]
    assert [section["key"] for section in value["sections"]] == ["overview", "requests"]
    assert value["sections"][0]["paragraphs"][0]["text"] == "区商务局高度重视。"
    requests = value["tables"][1]
    assert requests["cells"][0]["raw"] == "7"
    assert requests["cells"][0]["value"] == 7
    assert requests["cells"][0]["address"]["column"] == "nat"
    assert requests["unread"][0]["raw"] == "2 0 0 2"
    assert requests["missing_rows"] == ["deny_5"]
    assert value["tables"][0]["cells"][0]["value"] == 0.038


def test_every_paragraph_stands_there_once_and_in_order(miyun):
    of = gilint.read(miyun, config=False)
    value = report_as_dict(of)
    sections = [[section["heading"], *section["paragraphs"]] for section in value["sections"]]
    told = [paragraph for part in (value["opening"], *sections, value["closing"]) for paragraph in part]
    assert [(paragraph["role"], paragraph["text"]) for paragraph in told] == [
        (passage.role, passage.text) for passage in of.passages
    ]
    assert [paragraph["role"] for paragraph in value["closing"]] == ["signoff", "signoff"]


def test_what_is_printed_is_what_the_schema_says(miyun):
    value = json.loads(render_json(gilint.read(miyun, config=False)))
    assert list(Draft202012Validator(schema("report")).iter_errors(value)) == []


def test_the_header_of_a_table_is_told_where_it_is_not_that_of_the_form(examples):
    text = (examples / "clean-2024.txt").read_text(encoding="utf-8")
    usual = report_as_dict(gilint.read(text.encode(), config=False))
    assert "headers" not in usual["source"]
    odd = report_as_dict(gilint.read(text.replace("科研机构", "研究院所").encode(), config=False))
    assert odd["source"]["headers"] == {"requests": ["社会公益组织", "法律服务机构", "其他"]}
