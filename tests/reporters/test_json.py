"""The JSON output keeps its contract: the published schema, exact figures, stable text."""

import json
from decimal import Decimal

import jsonschema
import miyun_result as miyun
import pytest
from conftest import ROOT
from hypothesis import given
from hypothesis import strategies as st

from gilint.model import Outcome, Related, Suggestion
from gilint.reporters import Options, Run, RunProblem
from gilint.reporters.json import JsonReporter, figure

SCHEMA = json.loads((ROOT / "gilint/schemas/result.json").read_text(encoding="utf-8"))


def render(*results, problems=()) -> str:
    return "".join(JsonReporter(Options()).render(Run(results, problems)))


def rendered(*results, problems=()):
    value = json.loads(render(*results, problems=problems))
    jsonschema.Draft202012Validator(SCHEMA).validate(value)
    return value


def broken_outcomes():
    return miyun.result().replace(outcomes={"T301": Outcome("broke", "ZeroDivisionError: division by zero")})


def test_the_schema_is_one():
    jsonschema.Draft202012Validator.check_schema(SCHEMA)


@pytest.mark.parametrize(
    "results",
    [
        (),
        (miyun.result(),),
        (miyun.clean(),),
        (miyun.unreadable(),),
        (broken_outcomes(),),
        (miyun.result().replace(report=miyun.report().replace(issuer=None, issuer_kind=None, year=None)),),
        (miyun.result(), miyun.clean(), miyun.unreadable()),
    ],
)
def test_every_output_is_valid(results):
    assert rendered(*results)["version"] == 1


@pytest.mark.parametrize(
    "change",
    [
        lambda value: value.update(extra=1),
        lambda value: value["files"][0].update(error={"code": "x", "message": "", "advice": ""}),
        lambda value: value["files"][0].pop("report"),
        lambda value: value["files"][0]["findings"][0].update(severity="fatal"),
        lambda value: value["files"][0]["findings"][0]["span"].update(page=1),
        lambda value: value["files"][0]["findings"][0]["address"].update(cell="A1"),
        lambda value: value["files"][0]["outcomes"]["rules"].update(T301="maybe"),
    ],
)
def test_the_schema_is_strict(change):
    value = rendered(miyun.result())
    change(value)
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.Draft202012Validator(SCHEMA).validate(value)


@pytest.mark.parametrize(
    "span",
    [
        {"kind": "docx", "paragraph": 3, "start": 0, "end": 4},
        {"kind": "docx", "table": 1, "row": 2, "cell": 3, "start": 0, "end": 1},
        {"kind": "sheet", "sheet": "Sheet1", "cell": "B7"},
        {"kind": "pdf", "page": 2, "box": [1.5, 2, 3, 4]},
        {"kind": "pointer", "pointer": "/tables/0/rows/1"},
    ],
)
def test_each_format_has_its_span(span):
    value = rendered(miyun.result())
    value["files"][0]["findings"][0]["span"] = span
    jsonschema.Draft202012Validator(SCHEMA).validate(value)


def test_a_finding_is_as_the_contract_shows_it():
    finding = rendered(miyun.result())["files"][0]["findings"][0]
    assert finding == {
        "rule": "T301",
        "name": "requests-balance",
        "severity": "error",
        "message": "自然人列：7 + 0 ≠ 8 + 0，相差 1",
        "advice": finding["advice"],
        "basis": [{"document": "国办公开办函〔2021〕30号", "clause": "附表三 表头注"}],
        "excerpt": "7",
        "fingerprint": "f00d",
        "cause": {"id": "requests:nat-biz", "text": miyun.MISBOOKED.text},
        "address": {
            "trail": [miyun.REQUESTS, "收到和处理政府信息公开申请情况", f"{miyun.ROWS['new']} × 自然人"],
            "section": "requests",
            "table": "requests",
            "row": "new",
            "column": "nat",
        },
        "span": {"kind": "text", "line": 139, "column": 3, "end_line": 139, "end_column": 4},
        "related": finding["related"],
        "suggestions": finding["suggestions"],
    }
    assert [related["address"]["row"] for related in finding["related"]] == ["carry_in", "result", "carry_out"]
    assert finding["suggestions"][0]["cells"][0] == {"row": "new", "column": "nat", "from": 7, "to": 8}


def suggested(*cells):
    """The cells of a suggestion of the first finding, as the output has them."""
    first = miyun.result().findings[0].replace(suggestions=(Suggestion(cells, "改"),))
    value = rendered(miyun.result().replace(findings=(first,)))
    return value["files"][0]["findings"][0]["suggestions"][0]["cells"]


def test_a_suggested_cell_of_another_table_names_it():
    assert suggested(
        ("proactive", "fees", "amount", 1, 0),
        ("previous.requests", "carry_out", "tot", 3, 0),
        ("requests", "carry_in", "tot", 0, 3),
    ) == [
        {"table": "proactive", "row": "fees", "column": "amount", "from": 1, "to": 0},
        {"table": "previous.requests", "row": "carry_out", "column": "tot", "from": 3, "to": 0},
        {"row": "carry_in", "column": "tot", "from": 0, "to": 3},
    ]


def test_a_suggested_cell_may_be_blank_before_or_after():
    cells = suggested(("requests", "new", "nat", None, 8), ("requests", "new", "biz", 1, None))
    assert [(cell["from"], cell["to"]) for cell in cells] == [(None, 8), (1, None)]


def test_suggested_decimals_are_exact():
    cells = suggested(
        ("proactive", "fees", "amount", Decimal("0.038"), Decimal("0.38")),
        ("proactive", "fees", "amount", Decimal("-12.50"), Decimal("12345678901234567.89")),
    )
    assert [(cell["from"], cell["to"]) for cell in cells] == [(0.038, 0.38), (-12.5, "12345678901234567.89")]


def test_several_suggestions_stand_in_their_order_with_their_texts():
    suggestions = rendered(miyun.result())["files"][0]["findings"][0]["suggestions"]
    assert [suggestion["text"] for suggestion in suggestions] == [mend.text for mend in miyun.MENDS]
    assert [len(suggestion["cells"]) for suggestion in suggestions] == [2, 2]


def test_findings_of_a_cause_share_it_and_others_have_none():
    findings = rendered(miyun.result())["files"][0]["findings"]
    causes = {finding["rule"]: finding["cause"] for finding in findings}
    assert causes["T301"] == {"id": miyun.MISBOOKED.id, "text": miyun.MISBOOKED.text}
    assert causes["I101"] is None
    assert len({json.dumps(finding["cause"]) for finding in findings if finding["rule"] == "T301"}) == 1


def test_a_related_place_of_last_year_says_so():
    first = miyun.result().findings[0]
    address = first.address.replace(
        trail=("2023.docx", "四、结转下年度继续办理"), section=None, table="previous.requests"
    )
    related = (Related(address, first.span, "3"),)
    value = rendered(miyun.result().replace(findings=(first.replace(related=related),)))
    assert value["files"][0]["findings"][0]["related"] == [
        {
            "address": {
                "trail": ["2023.docx", "四、结转下年度继续办理"],
                "table": "previous.requests",
                "row": "new",
                "column": "nat",
            },
            "message": "3",
        }
    ]


def test_every_rule_is_accounted_for_with_the_reasons():
    outcomes = rendered(miyun.result())["files"][0]["outcomes"]
    counts = {key: value for key, value in outcomes.items() if isinstance(value, int)}
    assert counts == {"passed": 2, "failed": 4, "not_applicable": 1, "could_not_check": 3, "broke": 0}
    assert outcomes["rules"]["T301"] == "failed"
    assert outcomes["reasons"] == {
        "Y101": "没有上一年度的报告",
        "Y102": "没有上一年度的报告",
        "D116": "不知道公布日期",
    }
    broken = rendered(broken_outcomes())["files"][0]["outcomes"]
    assert broken["reasons"] == {"T301": "ZeroDivisionError: division by zero"}


def test_an_input_that_could_not_be_judged_has_an_error_instead_of_a_report():
    value = rendered(miyun.clean(), miyun.unreadable())
    failed = value["files"][1]
    assert failed["error"] == {
        "code": "scanned",
        "message": "这是扫描件，没有文字",
        "advice": "请提供可复制文字的版本。",
    }
    assert "report" not in failed
    assert value["summary"] == {"files": 2, "errors": 0, "warnings": 0, "infos": 0, "failed_inputs": 1}


def test_the_summary_counts_findings():
    summary = rendered(miyun.result(), miyun.unreadable())["summary"]
    assert summary == {"files": 2, "errors": 3, "warnings": 5, "infos": 1, "failed_inputs": 1}


def test_broken_plugins_are_problems_of_the_run():
    value = rendered(problems=(RunProblem("gilint-extra 1.2", "ImportError"),))
    assert value["problems"] == [{"name": "gilint-extra 1.2", "message": "ImportError"}]


def test_the_text_is_chinese_indented_and_ends_with_a_newline():
    text = render(miyun.result())
    assert "自然人列" in text
    assert "\\u" not in text
    assert text.startswith('{\n  "version": 1,\n')
    assert text.endswith("}\n")
    assert text == render(miyun.result())


@given(st.decimals(allow_nan=False, allow_infinity=False))
def test_no_digit_of_a_decimal_is_lost_or_made_up(value):
    literal = json.dumps(figure(value)).strip('"')
    assert Decimal(literal) == value


@pytest.mark.parametrize(
    ("value", "literal"),
    [
        (7, "7"),
        (Decimal("0.038"), "0.038"),
        (Decimal("12.50"), "12.5"),
        (Decimal("0.1234567890123456789"), '"0.1234567890123456789"'),
        (Decimal("1E+400"), '"1E+400"'),
        (None, "null"),
    ],
)
def test_figures_are_numbers_where_that_is_exact(value, literal):
    assert json.dumps(figure(value)) == literal
