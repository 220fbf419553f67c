"""Which cell is wrong, told of real published figures and of the report that a clerk hands in."""

import json

import pytest
from conftest import ROOT
from documents import write_json
from layouts import ENTRIES, report

from gilint import Linter, UsageError


@pytest.fixture(scope="module")
def linter():
    return Linter(config=False)


@pytest.fixture
def changed(linter):
    """A clean report with some cells changed: table → row → column → what stands there."""
    clean = linter.read(ROOT / "examples" / "clean-2024.txt")

    def change(**tables):
        data = json.loads(write_json(clean))
        for table, rows in tables.items():
            for row, cells in rows.items():
                data["tables"][table][row].update(cells)
        return data

    return change


def entry(agency, year):
    return next(one for one in ENTRIES if (one["agency"], one["year"]) == (agency, year))


def of(result, *rules):
    return [finding for finding in result.findings if finding.rule in rules]


def cells(suggestion):
    return {(row, column, before, after) for _, row, column, before, after in suggestion.cells}


# --- five reports, five ways to be wrong ------------------------------------------------------------------------------


def test_a_total_left_at_nothing(linter, changed):
    group = {"up": "10", "fix": "1", "oth": "0", "pend": "0", "tot": "0"}
    (finding,) = of(linter.lint(changed(disputes={"rv": group})), "T401")
    assert [cells(one) for one in finding.suggestions] == [{("rv", "tot", 0, 11)}]
    assert finding.cause.text == "其余各格要改成负数或者改不成整数，等式才能成立，所以是这一格。"


def test_two_columns_that_are_off_by_one_have_several_answers():
    # A table that was published with one more result than applications, of persons and in all.
    both = ["inflow_outflow"] * 2
    (published,) = (one for one in ENTRIES if [v["identity"] for v in one["violations"]] == both)
    text = report({**published, "year": 2024}, "tab_rows")
    first, second = of(Linter(config=False).lint(text.encode(), "report.txt"), "T301")
    assert first.cause == second.cause
    assert [cells(one) for one in first.suggestions[:2]] == [
        {("carry_in", "nat", 0, 1), ("carry_in", "tot", 0, 1)},
        {("new", "nat", 60, 61), ("new", "tot", 62, 63)},  # the prose says 62 as well
    ]
    # Nothing may become negative, so nothing is taken from the 0 carried forward.
    assert all(after >= 0 for one in first.suggestions for *_, after in one.cells)
    assert "另有 1 种改法，可能性小得多" in first.cause.text


def test_without_evidence_none_of_several_answers_is_preferred(linter, changed):
    data = changed(requests={"carry_out": {"law": "1", "tot": "4"}})
    data["sections"][0]["paragraphs"] = ["全年公开政府信息300条。"]
    (first, *_) = of(linter.lint(data), "T301")
    assert {frozenset(cells(one)) for one in first.suggestions if len(one.cells) == 2} == {
        frozenset({("new", "law", 1, 2), ("new", "tot", 21, 22)}),
        frozenset({("carry_in", "law", 0, 1), ("carry_in", "tot", 2, 3)}),
        frozenset({("carry_out", "law", 1, 0), ("carry_out", "tot", 4, 3)}),
    }
    assert "有 3 种改法，改动的格数一样多，错的是其中之一；单凭表内数字不能确定" in first.cause.text


def test_a_blank_where_a_row_and_a_column_of_blanks_cross_is_told(linter, changed):
    # One application by a research institute, answered in full; every 0 of its row and column is blank.
    data = changed()
    table = data["tables"]["requests"]
    for row in table.values():
        row.update(dict.fromkeys(row, None))
    for row, column, number in [("new", "tot", 1), ("open", "res", 1), ("open", "tot", 1), ("result", "res", 1),
                                ("result", "tot", 1)]:  # fmt: skip
        table[row][column] = str(number)
    result = linter.lint(data)
    suggested = [cells(one) for finding in result.findings for one in finding.suggestions]
    assert suggested == [{("new", "res", None, 1)}]


def test_totals_that_were_all_left_blank_are_told_and_no_figure_is_changed(linter):
    text = report(entry("上海市人民政府办公厅", 2019), "tab_rows")
    result = linter.lint(text.encode(), "report.txt")
    assert of(result, "T301", "T302", "T303") == []
    (finding,) = of(result, "T311")
    assert "有 11 格空着" in finding.message
    assert "（一）予以公开 × 总计 = 272" in finding.message
    (filling,) = finding.suggestions
    assert [before for *_, before, _ in filling.cells] == [None] * 11
    assert [after for *_, after in filling.cells] == [272, 3, 14, 5, 4, 12, 265, 47, 25, 149, 9]


def test_a_stock_that_does_not_follow_from_last_years_has_four_candidates(linter):
    last, this = (entry("桃江县松木塘镇人民政府", year) for year in (2022, 2023))
    assert (last["table2"]["行政规范性文件"], this["table2"]["行政规范性文件"]) == ([2, 0, 2], [2, 0, 2])
    before, now = (township(one["year"], one["table2"]["行政规范性文件"]) for one in (last, this))
    result = linter.lint(now, "2023.txt", previous=before)
    (stock,) = of(result, "T605")  # all three numbers are last year's: more telling than that they do not follow
    finding = next(one for one in result.findings if one.cause == stock.cause)
    assert [cells(one) for one in finding.suggestions] == [
        {("norm", "issued", 2, 0)},  # last year's two documents counted again
        {("norm", "valid", 2, 4)},
        {("norm", "repealed", 0, 2)},
        {("norm", "valid", 2, 0)},
    ]
    assert finding.suggestions[0].text == "“行政规范性文件”：本年制发件数 2 → 0（可能重复计入）"
    assert finding.suggestions[3].text.startswith("“上年报告 行政规范性文件”：现行有效件数 2 → 0")
    assert finding.cause.text.startswith("这 4 格只有一个等式相连，单凭表内数字不能确定是哪一格")


def test_more_repealed_than_there_were_has_the_same_candidates(linter):
    before, now = township(2022, [0, 0, 5]), township(2023, [1, 16, 0])
    result = linter.lint(now, "2023.txt", previous=before)
    (repealed,) = of(result, "T604")
    finding = next(one for one in result.findings if one.cause == repealed.cause)
    assert repealed.cause.text.startswith("这 4 格只有一个等式相连，单凭表内数字不能确定是哪一格")
    # 5 + 1 - 6 = 0 and 5 + 11 - 16 = 0: one digit too many, or one too few.
    told = [cells(one) for one in finding.suggestions]
    assert {("norm", "repealed", 16, 6)} in told
    assert {("norm", "issued", 1, 11)} in told


def township(year, documents):
    """A township's report with these numbers of documents issued, repealed and in force."""
    text = (ROOT / "rules/annual-report/forms/2021.township.txt").read_text(encoding="utf-8")
    old = next(line for line in text.splitlines() if line.startswith("行政规范性文件\t"))
    text = text.replace(old, "\t".join(["行政规范性文件", *map(str, documents)]))
    return text.replace("2025", "NEXT").replace("2024", str(year)).replace("NEXT", str(year + 1)).encode()


def test_an_applicant_in_the_wrong_column_has_two_readings_the_shorter_first(linter, miyun):
    near, far = of(linter.lint(miyun), "T301")
    assert near.cause == far.cause
    assert near.cause.text.startswith("有 1 件前后记在不同的列：“一、本年新收政府信息公开申请数量”记在“商业企业”")
    shorter, *longer = map(cells, near.suggestions)
    assert shorter == {("new", "nat", 7, 8), ("new", "biz", 1, 0)}
    assert longer
    for reading in longer:
        assert reading >= {("result", "nat", 8, 7), ("result", "biz", 0, 1)}
        assert len(reading) == 4


# --- evidence ---------------------------------------------------------------------------------------------------------

UNCARRIED = {"carry_out": {"nat": "0", "tot": "0"}}


def test_the_prose_chooses_among_answers_and_is_cited(linter, changed):
    result = linter.lint(changed(requests=UNCARRIED))
    (balance, _), (stated,) = of(result, "T301"), of(result, "T505")
    assert balance.cause == stated.cause
    assert "“结转下年度继续办理3件”与第一种改法一致" in balance.cause.text
    assert cells(stated.suggestions[0]) == {("carry_out", "nat", 0, 3), ("carry_out", "tot", 0, 3)}


def test_each_rule_keeps_its_own_finding_and_outcome(linter, changed):
    result = linter.lint(changed(requests=UNCARRIED))
    assert {result.outcomes[rule].status for rule in ("T301", "T505")} == {"failed"}
    assert [finding.rule for finding in result.findings if finding.cause] == ["T505", "T301", "T301"]


def test_last_years_report_chooses_among_answers(linter, changed):
    last = json.loads(json.dumps(changed(), ensure_ascii=False).replace("2024", "2023").replace("2025", "2024"))
    last["tables"]["requests"]["carry_out"].update(nat="2", tot="2")
    # One too many carried in, of persons and in all; received and carried out could explain it as well.
    data = changed(requests={"carry_in": {"nat": "3", "tot": "3"}})
    data["sections"][0]["paragraphs"] = [
        text for text in data["sections"][0]["paragraphs"] if "上年结转" not in text and "结转下年度" not in text
    ]
    first, *_ = of(linter.lint(data), "T301")
    assert cells(first.suggestions[0]) != {("carry_in", "nat", 3, 2), ("carry_in", "tot", 3, 2)}
    first, *_ = of(linter.lint(data, previous=last), "T301")
    assert cells(first.suggestions[0]) == {("carry_in", "nat", 3, 2), ("carry_in", "tot", 3, 2)}
    assert "上年报告的“四、结转下年度继续办理 × 总计”是 2，与第一种改法一致" in first.cause.text


# --- cells that are known to be right ---------------------------------------------------------------------------------


def test_a_pinned_cell_is_not_proposed(linter, miyun):
    first, _ = of(linter.lint(miyun, pinned=["requests.new.nat"]), "T301")
    assert first.suggestions
    assert all((row, column) != ("new", "nat") for one in first.suggestions for _, row, column, *_ in one.cells)


def test_a_pinned_cell_that_the_form_does_not_have_is_refused(linter, miyun):
    with pytest.raises(UsageError, match=r"requests\.new\.nat"):
        linter.lint(miyun, pinned=["requests.new.nit"])


def test_no_figure_of_the_report_is_changed(linter, miyun):
    result = linter.lint(miyun)
    assert result.report.tables["requests"]["new", "nat"].value == 7
