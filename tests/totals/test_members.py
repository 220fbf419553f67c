"""Which reports belong into a total: lists, folders, what is the same twice, what cannot be added."""

import shutil
import zipfile

import jsonschema
import pytest
import slips
import totalling

import gilint
from gilint.errors import UsageError
from gilint.packs.published import schema_file
from gilint.source import load
from gilint.totals import total
from gilint.totals.members import read_list


@pytest.fixture(scope="module")
def sheets():
    return totalling.sheets(3)


@pytest.fixture(scope="module")
def written(tmp_path_factory, sheets):
    return totalling.write_office(tmp_path_factory.mktemp("written"), sheets)


@pytest.fixture
def folder(tmp_path, written):
    """Three departments below ``parts``, and their government."""
    shutil.copytree(written, tmp_path, dirs_exist_ok=True)
    return tmp_path


@pytest.fixture
def compared(folder):
    def compared(*members, parent=folder / "人民政府.docx", lists=()):
        return total(parent, members, linter=slips.linter(), lists=lists)

    return compared


def statuses(found):
    return [member.status for member in found.members]


# --- what names members -----------------------------------------------------------------------------------------------


def test_a_folder_names_all_reports_in_it(compared, folder):
    found = compared(folder / "parts")
    assert found.ties_out
    assert {member.name for member in found.members} == {f"青河市云山区{name}" for name in totalling.NAMES[:3]}


def test_a_pattern_names_the_files_that_fit(compared, folder):
    assert len(compared(f"{folder}/parts/*.docx").members) == 1


def test_a_zip_is_read_like_a_folder(compared, folder):
    with zipfile.ZipFile(folder / "parts.zip", "w") as archive:
        for path in sorted((folder / "parts").iterdir()):
            archive.write(path, path.name)
    found = compared(folder / "parts.zip")
    assert found.ties_out
    assert all("parts.zip!/" in member.path for member in found.members)


def test_one_document_of_a_zip_can_be_named(compared, folder):
    with zipfile.ZipFile(folder / "parts.zip", "w") as archive:
        archive.write(folder / "parts" / "教育局.docx", "a.docx")
        archive.write(folder / "人民政府.docx", "b.docx")
    assert statuses(compared(f"{folder}/parts.zip!/a.docx")) == ["added"]


def test_a_list_names_paths_relative_to_its_own_folder(compared, folder, monkeypatch):
    text = "- 教育局.docx\n- path: 科技局.html\n  name: 科技\n- '*.xlsx'\n"
    (folder / "parts" / "members.yaml").write_text(text, "utf-8")
    monkeypatch.chdir("/")
    found = compared(folder / "parts" / "members.yaml")
    assert found.ties_out
    assert [member.name for member in found.members] == ["青河市云山区教育局", "科技", "青河市云山区民政局"]
    assert [member.place.rpartition("yaml:")[2] for member in found.members] == ["1:3", "2:9", "4:4"]


def test_a_list_as_text_has_a_path_a_line_and_a_name_behind_a_tab(compared, folder):
    text = "# 成员\n\n教育局.docx\n  科技局.html\t科技\n民政局.xlsx\n"
    (folder / "parts" / "members.txt").write_text(text, "utf-8-sig")
    found = compared(folder / "parts" / "members.txt")
    assert found.ties_out
    assert found.members[1].name == "科技"
    assert found.members[1].place.endswith("members.txt:4:3")


def test_the_list_in_a_folder_says_what_belongs_there(compared, folder):
    (folder / "parts" / "members.yaml").write_text("members: [教育局.docx]\n", "utf-8")
    assert len(compared(folder / "parts").members) == 1


def test_a_list_of_any_name_is_taken_as_such_when_told_so(compared, folder):
    (folder / "list.txt").write_text("parts\n", "utf-8")
    assert compared(lists=[folder / "list.txt"]).ties_out


def test_a_wrong_path_in_a_list_has_its_place_and_what_was_meant(compared, folder):
    listed = folder / "parts" / "members.yaml"
    listed.write_text("members:\n  - 教育局.doc\n  - 科技局.html\n  - 民正局.xlsx\n", "utf-8")
    first, second, third = compared(listed).members
    assert (first.status, second.status, third.status) == ("unreadable", "added", "unreadable")
    assert (first.error.code, first.place) == ("not-found", f"{listed}:2:5")
    assert "教育局.docx" in first.error.advice
    assert (third.place, "民政局.xlsx" in third.error.advice) == (f"{listed}:4:5", True)


def test_nothing_is_proposed_for_a_path_that_is_like_no_other(compared, folder):
    (folder / "parts" / "members.txt").write_text("没有.docx\n", "utf-8")
    (missing,) = compared(folder / "parts").members
    assert missing.error.advice == "请检查清单里的路径"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("memebers: [a]\n", ":1:1: 未知的键 memebers，是否想写 members"),
        ("- path: a\n  nmae: b\n", ":2:3: 未知的键 nmae，是否想写 name"),
        ("members: []\n", ":1:10: 至少要有 1 项"),
        ("- 12\n", ":1:3: 应为文字"),
        ("- {name: b}\n", "缺少键 path"),
        ("[a\n", ":2:1:"),
        ("", "(expected"),
    ],
)
def test_a_mistake_in_a_list_stands_at_line_and_column(tmp_path, text, said):
    path = tmp_path / "members.yaml"
    path.write_text(text, "utf-8")
    with pytest.raises(UsageError) as caught:
        read_list(str(path))
    assert said in str(caught.value)


def test_an_empty_list_is_told(tmp_path):
    (tmp_path / "members.txt").write_text("# nothing\n", "utf-8")
    with pytest.raises(UsageError, match="names no member"):
        read_list(str(tmp_path / "members.txt"))


def test_a_name_for_several_reports_is_a_mistake(compared, folder):
    (folder / "members.yaml").write_text("- {path: parts, name: 全部}\n", "utf-8")
    with pytest.raises(UsageError, match="goes with one report"):
        compared(folder / "members.yaml")


@pytest.mark.parametrize("text", ["- a.docx\n", "members:\n  - {path: a, name: b}\n", "$schema: x\nmembers: [a]\n"])
def test_the_schema_of_lists_allows_what_is_read(tmp_path, text):
    path = tmp_path / "members.yaml"
    path.write_text(text, "utf-8")
    jsonschema.Draft202012Validator(schema_file("members")).validate(load(str(path), text).data)
    assert len(read_list(str(path))) == 1


# --- what is the same, or different -----------------------------------------------------------------------------------


def test_a_file_that_is_named_twice_is_counted_once_and_told(compared, folder):
    found = compared(folder / "parts", folder / "parts" / "教育局.docx")
    assert found.ties_out
    assert statuses(found) == ["added", "added", "added", "repeated"]
    assert "教育局.docx 是同一份报告" in found.members[-1].note


def test_the_same_report_in_another_format_is_counted_once(compared, folder, sheets):
    totalling.write(folder / "parts", "教育局", sheets[0], "html")
    found = compared(folder / "parts")
    assert found.ties_out
    assert sorted(statuses(found)) == ["added", "added", "added", "repeated"]


def test_two_reports_of_one_organ_with_other_figures_are_both_added_and_told(compared, folder, sheets):
    other = {**sheets[0], ("disclosure", "licence", "decisions"): 77}
    (folder / "more").mkdir()
    totalling.write(folder / "more", "教育局", other, "html")
    found = compared(folder / "parts", folder / "more")
    assert statuses(found) == ["added"] * 4
    assert "同一单位" in found.members[-1].note
    assert len({member.name for member in found.members}) == 4


def test_two_organs_with_the_same_figures_are_both_counted(compared, folder, sheets):
    totalling.write(folder / "parts", "档案局", sheets[0], "html")
    totalling.write(folder, "人民政府", totalling.summed([*sheets, sheets[0]]), "docx")
    assert compared(folder / "parts").ties_out


def test_a_parent_among_its_own_members_is_not_added(compared, folder):
    shutil.copy(folder / "人民政府.docx", folder / "parts" / "z.docx")
    found = compared(folder / "parts")
    assert found.ties_out
    assert sorted(statuses(found)) == ["added", "added", "added", "parent"]


def test_a_parent_in_the_folder_of_its_members_is_not_added(compared, folder):
    shutil.move(folder / "人民政府.docx", folder / "parts" / "人民政府.docx")
    found = compared(folder / "parts", parent=folder / "parts" / "人民政府.docx")
    assert found.ties_out
    assert sorted(statuses(found)) == ["added", "added", "added", "parent"]


def test_a_report_of_another_year_is_not_added_and_says_so(compared, folder, sheets):
    totalling.write(folder / "parts", "教育局", sheets[0], "docx", year=2023)
    found = compared(folder / "parts")
    (other,) = found.failed
    assert (other.status, other.year) == ("other-year", 2023)
    assert "2023" in other.note
    assert not found.ties_out
    assert [one.members for one in found.explanations] == [("青河市云山区教育局",)]


def test_a_report_after_another_form_is_not_added_and_says_so(compared, folder):
    import annual

    (folder / "parts" / "old.txt").write_text(annual.report(base="2019.default"), "utf-8")
    found = compared(folder / "parts")
    (other,) = found.failed
    assert other.status == "other-form"
    assert "annual-report/2019" in other.note


def test_without_a_parent_most_members_decide_on_form_and_year(compared, folder, sheets):
    totalling.write(folder / "parts", "气象局", sheets[0], "docx", year=2022)
    found = compared(folder / "parts", parent=None)
    assert found.year == 2024
    assert [member.year for member in found.failed] == [2022]


# --- what cannot be read ----------------------------------------------------------------------------------------------


def test_a_member_that_cannot_be_read_is_told_and_the_rest_is_added(compared, folder):
    (folder / "parts" / "教育局.docx").write_bytes(b"")
    found = compared(folder / "parts")
    (broken,) = found.failed
    assert (broken.status, broken.error.code) == ("unreadable", "empty")
    assert len(found.added) == 2
    (one,) = found.explanations
    assert (one.kind, one.members) == ("missing-member", ("教育局.docx",))


def test_an_empty_folder_is_told(compared, folder):
    (folder / "empty").mkdir()
    found = compared(folder / "empty")
    assert [member.error.code for member in found.members] == ["nothing-found"]
    assert not found.ties_out
    assert all(cell.sum is None and cell.difference is None for cell in found.cells)


def test_a_parent_that_cannot_be_read_leaves_the_sums(compared, folder, sheets):
    found = compared(folder / "parts", parent=folder / "none.docx")
    assert found.parent.error.code == "not-found"
    assert not found.ties_out
    right = totalling.summed(sheets)
    assert {(cell.table, cell.row, cell.column): cell.sum for cell in found.cells} == right


def test_a_member_over_which_gilint_breaks_takes_no_other_with_it(compared, folder, monkeypatch):
    original = gilint.Linter.read

    def breaking(self, source, name=None, facts=None):
        if str(name).endswith("教育局.docx"):
            raise ZeroDivisionError
        return original(self, source, name, facts)

    monkeypatch.setattr(gilint.Linter, "read", breaking)
    found = compared(folder / "parts")
    assert [member.error.code for member in found.failed] == ["internal"]
    assert len(found.added) == 2


def test_members_without_names_are_told_apart(sheets):
    reports = []
    for sheet in sheets[:2]:
        tables = {}
        for (table, row, column), value in sheet.items():
            tables.setdefault(table, {}).setdefault(row, {})[column] = str(value)
        reports.append({"form": "annual-report/2021", "tables": tables})
    found = total(None, reports, linter=slips.linter())
    assert statuses(found) == ["added", "added"]
    assert len({member.name for member in found.members}) == 2


def test_values_may_be_members(sheets, folder):
    first, second, third = (gilint.read(path, config=False) for path in sorted((folder / "parts").iterdir()))
    found = gilint.total(gilint.read(folder / "人民政府.docx", config=False), [first, second, third], config=False)
    assert found.ties_out
