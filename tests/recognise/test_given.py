"""What a source gives by the keys of the form: the same report comes out as of its text, and nothing else goes in."""

import json
from decimal import Decimal

import pytest
import yaml
from printing import DROPPING, KEEPING
from printing import report as printed
from samples import ROOT, example, form, linter, report

from gilint.errors import InputError
from gilint.reporters.reading import render_json, report_as_dict
from gilint.rule_examples import build

TITLE = "平澜县水务局2024年政府信息公开工作年度报告"
KEYS = ("overview", "disclosure", "requests", "disputes", "problems", "other")
FORMS = sorted((ROOT / "rules" / "annual-report" / "forms").glob("*.txt"))
DISPUTES = {
    "rv": {"up": 1, "fix": 0, "oth": 0, "pend": 0, "tot": 1},
    "ld": {"up": 0, "fix": 0, "oth": 0, "pend": 0, "tot": 0},
    "la": {"up": 0, "fix": 0, "oth": 0, "pend": 0, "tot": None},
}


def data(**changes):
    """A report with all sections, and these keys changed; ``None`` leaves one out."""
    whole = {
        "title": TITLE,
        "sections": [{"key": key, "paragraphs": ["本部分没有变化。"]} for key in KEYS],
        "tables": {"disputes": DISPUTES},
        "signoff": {"issuer": "平澜县水务局", "date": "2025-01-16"},
    }
    return {key: value for key, value in {**whole, **changes}.items() if value is not None}


def refused(given):
    with pytest.raises(InputError) as caught:
        linter().read(given)
    assert caught.value.code == "invalid-data"
    return caught.value.message


# --- round trip -------------------------------------------------------------------------------------------------------


def content(found):
    """All that ``gilint read`` says of a report, but for places and the file."""
    value = report_as_dict(found)
    value["source"] = {key: one for key, one in value["source"].items() if key not in ("name", "format", "encoding")}
    return _bare(value)


def _bare(value):
    if isinstance(value, dict):
        return {key: _bare(one) for key, one in value.items() if key != "span"}
    return [_bare(one) for one in value] if isinstance(value, list) else value


def judged(result):
    findings = sorted((found.rule, found.address.as_dict()["trail"], found.message) for found in result.findings)
    # What concerns the whole report stands at the name of its file.
    name = result.report.source.name
    findings = [(rule, [step for step in trail if step != name], said) for rule, trail, said in findings]
    return findings, {rule: outcome.status for rule, outcome in result.outcomes.items()}


def assert_comes_back(text, name="report.txt", facts=None, kind="json"):
    result = linter().lint(text.encode(), name, facts)
    written = render_json(result.report)
    if kind == "yaml":
        written = yaml.dump(json.loads(written), Dumper=yaml.CSafeDumper, allow_unicode=True, sort_keys=False)
    back = linter().lint(written.encode(), f"report.{kind}", facts)
    assert content(back.report) == content(result.report)
    assert judged(back) == judged(result)


@pytest.mark.parametrize("kind", ["json", "yaml"])
@pytest.mark.parametrize("name", ["miyun-2024", "clean-2024"])
def test_an_example_comes_back(name, kind):
    assert_comes_back(example(name), kind=kind)


@pytest.mark.parametrize("kind", ["json", "yaml"])
@pytest.mark.parametrize("path", FORMS, ids=lambda path: path.stem)
def test_the_report_of_a_form_comes_back(path, kind):
    assert_comes_back(path.read_text(encoding="utf-8"), kind=kind)


@pytest.mark.parametrize("rule", linter().rules[::4], ids=lambda rule: rule.id)
def test_what_a_rule_finds_it_finds_again(rule):
    for kind in ("good", "bad"):
        for number, sample in enumerate(rule.examples.get(kind, ())):
            if number < 2:
                content, name = build(linter(), rule, sample)
                assert_comes_back(content.decode("utf-8-sig"), name, sample.get("facts"))


@pytest.mark.parametrize("layout", [*KEEPING, *DROPPING], ids=lambda layout: layout.__name__)
@pytest.mark.parametrize("values", [("0", "1", "", "/", "12"), ("1 288", "1,288", "无", "3.5", "约5件", "x")])
def test_a_table_of_any_layout_comes_back_with_what_was_not_read(layout, values):
    tables = {}
    for table in form("2021").tables:
        rows = table.value_rows
        tables[table.key] = {
            row.key: [values[(at + shift) % len(values)] for shift, _column in enumerate(row.columns)]
            for at, row in enumerate(rows)
        }
    name = "report.md" if layout.__name__.startswith("markdown") else "report.txt"
    assert_comes_back(printed(form("2021"), dict.fromkeys(tables, layout), tables), name)


@pytest.mark.parametrize(
    "text",
    [
        report("{title}", overview="主动公开情况\n今年发布信息12条。\n机构设置\n人员2名。"),
        report("## {title}", overview="### 机构设置\n人员2名。"),
        report("**{title}**"),
        report("第{numeral}部分 {title}"),
        report("（{numeral}）{title}"),
        report("{numeral}、{title}。今年"),
        report("{numeral} {title}"),
        report("{digit}.{title}"),
        report(title=""),
        report(signoff=""),
        report(
            title="平澜县水务局\n2024年政府信息公开\n工作年度报告",
            preamble="目录\n一、总体情况\n二、主动公开政府信息情况",
        ),
        report(other="附件\n一、概述\n二、其他", signoff="2025年1月16日\n平澜县水务局\n抄送：某局"),
    ],
)
@pytest.mark.parametrize("name", ["report.txt", "report.md"])
def test_headings_of_any_kind_come_back(text, name):
    assert_comes_back(text, name)


def test_metadata_notes_and_the_known_title_come_back():
    source = {
        "metadata": {"title": TITLE, "published": "2025-01-20"},
        "notes": [{"kind": "tracked-changes", "count": 2}],
        "keeps_tables": False,
    }
    first = linter().read(data(title=None, source=source))
    back = linter().read(json.loads(render_json(first)))
    assert first.title is None
    assert back.issuer == "平澜县水务局"
    assert back.facts == {"scraped": True}
    assert content(back) == content(first)


# --- sections ---------------------------------------------------------------------------------------------------------


def test_a_section_by_its_key_has_the_heading_of_the_form():
    found = linter().read(data())
    assert list(found.sections) == list(KEYS)
    assert found.sections["problems"].heading.at.text == "五、存在的主要问题及改进情况"
    assert str(found.sections["problems"].span) == "/sections/4/key"


def test_a_title_with_a_key_gets_the_number_of_the_form_unless_it_has_one():
    sections = [
        {"key": "overview", "title": "总体情况"},
        {"key": "disclosure", "title": "二．主动公开政府信息情况"},
        {"key": "requests", "heading": "收到和处理政府信息公开申请情况"},
        {"title": "政府信息公开行政复议、行政诉讼情况"},
        {"key": "problems"},
        {"key": "other"},
    ]
    found = linter().read(data(sections=sections))
    assert [section.heading.at.text for section in found.sections.values()] == [
        "一、总体情况",
        "二．主动公开政府信息情况",
        "收到和处理政府信息公开申请情况",
        "政府信息公开行政复议、行政诉讼情况",
        "五、存在的主要问题及改进情况",
        "六、其他需要报告的事项",
    ]


# --- tables -----------------------------------------------------------------------------------------------------------


def test_given_tables_are_read_by_key():
    found = linter().read(data())
    table = found.tables["disputes"]
    assert table["rv", "up"].value == 1
    assert str(table["rv", "up"].span) == "/tables/disputes/rv/up"
    assert table["la", "tot"].kind == "blank"
    assert table["rv", "up"].address.trail[-1] == "行政复议 × 结果维持"
    assert (table.unread, table.missing_rows) == ((), ())
    assert str(table.span) == "/tables/disputes"
    assert found.facts == {"scraped": False}


def test_values_are_exact():
    rows = {"fee": {"amount": Decimal("0.12345678901234567")}, "licence": {"decisions": "1,234"}}
    table = linter().read(data(tables={"disclosure": rows})).tables["disclosure"]
    assert table["fee", "amount"].value == Decimal("0.12345678901234567")
    assert table["licence", "decisions"].value == 1234
    assert table["licence", "decisions"].style == ("separator",)
    assert table.missing_rows == ("reg", "norm", "penalty", "coercion")


def test_rows_that_were_not_read_stay_unread():
    unread = [{"row": "rv", "raw": "1 0 0", "reason": "3/5"}]
    rows = {key: DISPUTES[key] for key in ("ld", "la")}
    table = linter().read(data(tables=[{"key": "disputes", "cells": rows, "unread": unread}])).tables["disputes"]
    assert [(row.key, row.label, row.raw) for row in table.unread] == [("rv", "行政复议", "1 0 0")]
    assert table.missing_rows == ()
    whole = linter().read(data(tables=[{"key": "disputes", "unread": [{"row": "", "raw": "1 0"}]}])).tables["disputes"]
    assert [row.key for row in whole.unread] == [""]
    assert (len(whole), whole.missing_rows) == (0, ())


def test_labels_of_given_tables_are_never_missed():
    result = linter().lint(data(tables={"disputes": DISPUTES, "disclosure": {"fee": {"amount": 1}}}))
    rules = {finding.rule for finding in result.findings}
    assert "T104" in rules
    assert not rules & {"T101", "T105", "T106", "T107"}


def test_where_no_tables_are_given_the_text_is_searched():
    lines = "规章\t1\t2\t3\n行政规范性文件\t1\t2\t3\n行政许可\t5\n行政处罚\t6\n行政强制\t7\n行政事业性收费\t8"
    sections = [{"key": key, "paragraphs": lines if key == "disclosure" else "无。"} for key in KEYS]
    found = linter().read(data(sections=sections, tables=None))
    assert found.tables["disclosure"]["licence", "decisions"].value == 5
    assert str(found.tables["disclosure"]["licence", "decisions"].span) == "/sections/1/paragraphs"
    found = linter().read(data(sections=sections))
    assert list(found.tables) == ["disputes"]


# --- what the text does not say ---------------------------------------------------------------------------------------


def test_issuer_year_kind_and_form_are_taken_where_the_text_is_silent():
    silent = data(title=None, signoff=None, issuer="柳溪", year=2020, issuer_kind="township")
    silent["tables"] = None
    found = linter().read(silent)
    assert (found.issuer, found.year, found.issuer_kind, found.form.id) == (
        "柳溪",
        2020,
        "township",
        "annual-report/2019",
    )
    assert linter().read(data(issuer="柳溪镇", year=2020)).issuer == "平澜县水务局"
    assert linter().read(data(issuer="柳溪镇", year=2020)).year == 2024
    assert linter().read(data(title="平澜县水务局政府信息公开工作年度报告", year=2023, signoff=None)).year == 2023
    assert linter().read(data(form="2019", tables=None)).form.id == "annual-report/2019"
    assert linter().read(data(form="annual-report/2021")).form.id == "annual-report/2021"


# --- mistakes ---------------------------------------------------------------------------------------------------------


def test_every_key_that_the_form_does_not_have_is_named():
    said = refused(
        data(
            issuer_kind="goverment",
            sections=[{"key": "overveiw"}, {"key": "其他需要报告的事项"}],
            tables={
                "request": {"new": {"nat": 1}},
                "disputes": {"rw": DISPUTES["rv"], "行政复议": DISPUTES["rv"], "ld": {**DISPUTES["ld"], "其他结果": 1}},
                "disclosure": {"reg": {"issued": 1, "valid": 2}, "": {"issued": 1}},
            },
        )
    )
    assert said["en"].split("; /") == [
        "mistakes in the data (9): /issuer_kind unknown kind of issuer 'goverment'; did you mean 'government'?",
        "sections/0/key unknown section 'overveiw'; did you mean 'overview'?",
        "sections/1/key unknown section '其他需要报告的事项'; did you mean 'other'?",
        "tables/request unknown table 'request'; did you mean 'requests'?",
        "tables/disputes/rw unknown row of disputes 'rw'; known: rv, ld, la",
        "tables/disputes/行政复议 unknown row of disputes '行政复议'; did you mean 'rv'?",
        "tables/disputes/ld/其他结果 unknown column of this row of disputes '其他结果'; did you mean 'oth'?",
        "tables/disclosure/reg lacks the columns repealed (write a blank as null)",
        "tables/disclosure/ unknown row of disclosure ''; known: reg, norm, licence, penalty, coercion, fee",
    ]
    assert "/tables/disclosure/reg 缺少列 repealed（空白写 null）" in said["zh"]


def test_an_unknown_form_is_refused():
    assert (
        "/form unknown form '2012'; known: annual-report/2019, annual-report/2021" in refused(data(form="2012"))["en"]
    )


def test_thousands_of_unknown_rows_are_counted_and_some_told():
    rows = {f"row{number}": {"nat": 1} for number in range(30_000)}
    said = refused(data(tables={"requests": rows}))["en"]
    assert said.startswith("mistakes in the data (30000): /tables/requests/row0 ")
    assert said.endswith("; and 29980 more")


# --- from Python ------------------------------------------------------------------------------------------------------


def test_data_is_linted_without_a_file():
    result = linter().lint(data(), "cms/17")
    assert result.path == "cms/17"
    assert {str(finding.span) for finding in result.findings if finding.rule == "T102"} == {
        "/sections/1/key",
        "/sections/2/key",
    }
    several = list(linter().lint_many([data(), {"titel": "甲"}]))
    assert [result.path for result in several] == ["<data>", "<data>"]
    assert several[0].error is None
    assert several[1].error.code == "invalid-data"
    assert [result.path for result in linter().lint_many(data())] == ["<data>"]
