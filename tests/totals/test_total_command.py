"""``gilint total``: what it prints and writes, and how it ends."""

import io
import json
import re
import shutil
import sys

import jsonschema
import openpyxl
import pytest
import slips
import totalling
from conftest import ROOT

import gilint
from gilint.cli import main
from gilint.packs.published import schema_file
from gilint.text import width
from gilint.totals import total

SLIP = ("requests", "open", "nat")


@pytest.fixture(autouse=True)
def _plain_environment(monkeypatch):
    for name in ("GILINT_LANG", "NO_COLOR"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture(scope="module")
def sheets():
    return totalling.sheets(20)


@pytest.fixture(scope="module")
def written(tmp_path_factory, sheets):
    """Twenty departments in six formats, and their government."""
    return totalling.write_office(tmp_path_factory.mktemp("written"), sheets)


@pytest.fixture
def folder(tmp_path, written, monkeypatch):
    shutil.copytree(written, tmp_path, dirs_exist_ok=True)
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def command(capsys):
    """Run the command in this process: (code, standard output, standard error)."""

    def command(*arguments):
        code = main(["total", *map(str, arguments), "--no-config"])
        return code, *capsys.readouterr()

    return command


def slipped(folder, sheets):
    """A slip in one figure of the department of finance: 4 more than it should be."""
    totalling.write(folder / "parts", "财政局", {**sheets[4], SLIP: sheets[4][SLIP] + 4}, totalling.FORMATS[4])


# --- how it ends ------------------------------------------------------------------------------------------------------


def test_twenty_departments_that_add_up_are_0(command, folder):
    code, out, err = command("人民政府.docx", "parts")
    assert (code, err) == (0, "")
    assert "成员 20 份，已计入 20 份" in out
    assert "✓ 200 格都等于 20 份之和" in out


def test_a_slip_is_1_and_its_member_and_cell_are_named(command, folder, sheets):
    slipped(folder, sheets)
    code, out, _err = command("人民政府.docx", "parts")
    right = sheets[4][SLIP]
    text = "".join(line.strip() for line in out.splitlines())
    assert code == 1
    assert "1. 青河市云山区财政局自己的表不平" in text
    assert f"“（一）予以公开”×“自然人” {right + 4} → {right}" in text
    assert "✗ 1 格与 20 份之和不一致" in text


def test_a_member_that_cannot_be_read_is_2_and_the_coverage_is_told(command, folder):
    (folder / "parts" / "财政局.txt").write_bytes(b"")
    code, out, _err = command("人民政府.docx", "parts")
    assert code == 2
    assert "成员 20 份，已计入 19 份，1 份没能计入" in out
    assert "文件是空的 [empty]" in out
    assert "与 19 份之和不一致" in out


def test_forms_of_different_years_are_2(command, folder):
    import annual

    (folder / "parts" / "旧.txt").write_text(annual.report(base="2019.default"), "utf-8")
    code, out, _err = command("人民政府.docx", "parts")
    assert code == 2
    assert "annual-report/2019" in out


def test_a_cell_that_was_not_read_is_2(command, folder):
    path = folder / "parts" / "农业局.html"
    row = re.compile("(<td>行政许可</td><td[^>]*>)[0-9]+")
    path.write_text(row.sub(r"\1若干", path.read_text("utf-8"), count=1), "utf-8")
    code, out, _err = command("人民政府.docx", "parts")
    assert code == 2
    assert "1 格无法判断，青河市云山区农业局没有读出：“行政许可”×“本年处理决定数量”" in out


def test_a_table_that_a_member_lacks_is_2_and_named(command, folder):
    path = folder / "parts" / "司法局.json"
    data = json.loads(path.read_text("utf-8"))
    del data["tables"]["disputes"]
    path.write_text(json.dumps(data), "utf-8")
    code, out, _err = command("人民政府.docx", "parts")
    assert code == 2
    assert "15 格无法判断，青河市云山区司法局没有读出：政府信息公开行政复议、行政诉讼情况" in "".join(out.splitlines())


def test_a_form_without_tables_is_2(command, folder):
    base = ROOT / "rules" / "rule-of-law-report" / "forms" / "2019.default.txt"
    code, out, _err = command("--sum", base)
    assert code == 2
    assert "没有可相加的表" in out


def test_an_empty_folder_is_2(command, folder):
    (folder / "empty").mkdir()
    code, out, _err = command("人民政府.docx", "empty")
    assert code == 2
    assert "没有可相加的成员" in out


def test_a_parent_that_is_not_there_is_2_and_the_sums_are_shown(command, folder):
    code, out, _err = command("政府.docx", "parts/教育局.docx")
    assert code == 2
    assert "文件不存在 [not-found]" in out
    assert "政府信息公开行政复议、行政诉讼情况：1 份之和" in out


def test_a_defect_of_ours_is_3(command, folder, monkeypatch):
    monkeypatch.setattr(gilint.Linter, "read", lambda *arguments: 1 / 0)
    assert command("人民政府.docx", "parts/教育局.docx")[0] == 3


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ([], "name the parent"),
        (["人民政府.docx"], "no members"),
        (["--sum"], "no members"),
        (["-", "-"], "once only"),
        (["--sum", "parts", "-f", "xslx"], "did you mean 'xlsx'"),
        (["--sum", "parts/教育局.docx", "-o", "no/such.json", "-f", "json"], "cannot be written"),
        (["--sum", "parts/教育局.docx", "-o", "parts"], "cannot be written"),
        (["人民政府.docx", "--members", "none.yaml"], "none.yaml:1:1"),
    ],
)
def test_a_wrong_command_line_is_2_and_says_why(command, folder, arguments, said):
    code, out, err = command(*arguments)
    assert (code, out) == (2, "")
    assert said in err


# --- what it prints ---------------------------------------------------------------------------------------------------


def test_without_a_parent_it_prints_the_sums(command, folder, sheets):
    code, out, _err = command("--sum", "parts")
    row = next(line for line in out.splitlines() if line.startswith("一、本年新收"))
    right = totalling.summed(sheets)
    assert code == 0
    columns = ("nat", "biz", "res", "pub", "law", "oth", "tot")
    assert row.split()[1:] == [str(right["requests", "new", column]) for column in columns]


def test_the_parent_may_be_standard_input(command, folder, monkeypatch):
    content = (folder / "人民政府.docx").read_bytes()
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(content), "utf-8"))
    assert command("-", "parts")[0] == 0


def test_messages_in_english(command, folder, sheets):
    slipped(folder, sheets)
    _code, out, _err = command("人民政府.docx", "parts", "--lang", "en")
    assert "青河市云山区财政局 does not tie out by itself" in out
    assert "✗ 1 cells differ from the sum of 20 members" in out


@pytest.mark.parametrize("cells", [60, 100])
def test_the_width_is_kept(command, folder, sheets, cells):
    slipped(folder, sheets)
    _code, out, _err = command("人民政府.docx", "parts", "--width", cells)
    assert max(map(width, out.splitlines())) <= cells


def test_json_follows_its_schema_and_has_the_figures(command, folder, sheets):
    slipped(folder, sheets)
    (folder / "parts" / "科技局.html").write_bytes(b"")
    code, out, _err = command("人民政府.docx", "parts", "--format", "json")
    found = json.loads(out)
    jsonschema.Draft202012Validator(schema_file("total")).validate(found)
    assert code == 2
    assert (found["summary"]["added"], found["summary"]["failed"]) == (19, 1)
    own = next(member for member in found["members"] if member["issuer"] == "青河市云山区财政局")
    assert own["tables"]["requests"]["open"]["nat"] == sheets[4][SLIP] + 4
    assert own["faults"][0]["repairs"]
    left = [sheet for at, sheet in enumerate(sheets) if at != 1]
    assert found["tables"]["disclosure"]["fee"]["amount"] == float(
        totalling.summed(left)["disclosure", "fee", "amount"]
    )


def test_the_sums_of_json_are_the_tables_of_a_report(command, folder, sheets):
    found = json.loads(command("--sum", "parts", "-f", "json")[1])
    report = gilint.read({"form": found["form"], "year": 2024, "tables": found["tables"]}, config=False)
    right = totalling.summed(sheets)
    assert {(key, *at): cell.value for key, table in report.tables.items() for at, cell in table.cells.items()} == right


def test_library_and_command_say_the_same(command, folder, sheets):
    slipped(folder, sheets)
    _code, out, _err = command("人民政府.docx", "parts", "--format", "json")
    found = total("人民政府.docx", "parts", linter=slips.linter())
    assert [one["text"] for one in json.loads(out)["explanations"]] == [one.text for one in found.explanations]


# --- what it writes ---------------------------------------------------------------------------------------------------


def test_a_workbook_reads_back_as_the_sums(command, folder, sheets):
    assert command("--sum", "parts", "-f", "xlsx", "-o", "sum.xlsx")[:2] == (0, "")
    report = gilint.read("sum.xlsx", config=False)
    right = totalling.summed(sheets)
    assert {(key, *at): cell.value for key, table in report.tables.items() for at, cell in table.cells.items()} == right


def test_a_workbook_merges_labels_as_the_form_prints_them(command, folder):
    command("--sum", "parts/教育局.docx", "-f", "xlsx", "-o", "sum.xlsx")
    sheet = openpyxl.load_workbook("sum.xlsx")["收到和处理政府信息公开申请情况"]
    merged = {str(each) for each in sheet.merged_cells.ranges}
    # 三、 stands beside its 22 rows, 一、 across all three columns of labels, （三） beside its eight reasons.
    assert sheet["A4"].value == "三、本年度办理结果"
    assert {"A2:C2", "A4:A25", "B6:B13", "B5:C5"} <= merged
    assert sheet["B6"].value == "（三）不予公开"


def test_a_workbook_has_the_figures_of_each_member_and_marks_differences(command, folder, sheets):
    slipped(folder, sheets)
    code, _out, _err = command("人民政府.docx", "parts", "-f", "xlsx", "-o", "sum.xlsx")
    book = openpyxl.load_workbook("sum.xlsx")
    members = book["成员"]
    names = [cell.value for cell in members[1]]
    (row,) = (line for line in members.iter_rows() if str(line[0].value).endswith("（一）予以公开 × 自然人"))
    right = totalling.summed(sheets)[SLIP]
    assert code == 1
    assert row[names.index("青河市云山区财政局")].value == sheets[4][SLIP] + 4
    assert [cell.value for cell in row[1:4]] == [right + 4, right, -4]
    assert "财政局" in book["差异"]["A1"].value
    (marked,) = (cell for line in book["收到和处理政府信息公开申请情况"].iter_rows() for cell in line if cell.comment)
    assert (marked.value, marked.comment.text) == (right + 4, f"上级报告：{right}")


def test_a_name_that_begins_like_a_formula_stays_a_text(command, folder):
    (folder / "members.yaml").write_text("- {path: parts/教育局.docx, name: '=1+1'}\n", "utf-8")
    command("--sum", "members.yaml", "-f", "xlsx", "-o", "sum.xlsx")
    cell = openpyxl.load_workbook("sum.xlsx")["成员"]["C1"]
    assert (cell.value, cell.data_type) == ("=1+1", "s")


def test_an_output_that_fails_leaves_the_old_file_and_nothing_else(command, folder, monkeypatch):
    (folder / "sum.json").write_text("old", "utf-8")
    before = sorted(path.name for path in folder.iterdir())

    def full(*_arguments):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.replace", full)
    code, _out, err = command("--sum", "parts/教育局.docx", "-f", "json", "-o", "sum.json", "--force")
    assert code == 2
    assert "the disk is full" in err
    assert (folder / "sum.json").read_text("utf-8") == "old"
    assert sorted(path.name for path in folder.iterdir()) == before


@pytest.mark.parametrize("output", ["人民政府.docx", "parts/教育局.docx"])
def test_an_input_is_never_written_over(command, folder, output):
    before = (folder / output).read_bytes()
    code, _out, err = command("人民政府.docx", "parts", "-f", "xlsx", "-o", output)
    assert code == 2
    assert "was left alone" in err
    assert (folder / output).read_bytes() == before


def test_without_openpyxl_it_says_what_to_install(command, folder, monkeypatch):
    monkeypatch.setitem(sys.modules, "openpyxl", None)
    code, _out, err = command("--sum", "parts/教育局.docx", "-f", "xlsx", "-o", "sum.xlsx")
    assert code == 2
    assert "gilint[xlsx]" in err
    assert not (folder / "sum.xlsx").exists()
