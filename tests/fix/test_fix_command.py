"""``gilint fix``: a diff or a mended copy, exit codes, and what cannot be read or written."""

import errno
import io
import os
import shutil
import sys
from pathlib import Path

import pytest
from conftest import EXAMPLES

MIYUN = (EXAMPLES / "miyun-2024.txt").read_text(encoding="utf-8")
BRACKETS = "（以下简称《条例》）第五十条"
HALF = "(以下简称《条例》)第五十条"


@pytest.fixture
def report(tmp_path, monkeypatch):
    """The real report in the working folder."""
    monkeypatch.chdir(tmp_path)
    shutil.copy(EXAMPLES / "miyun-2024.txt", "report.txt")
    return tmp_path / "report.txt"


@pytest.fixture
def fix(run):
    return lambda *arguments: run("fix", "--no-config", *arguments)


# --- showing ----------------------------------------------------------------------------------------------------------


def test_a_diff_is_shown_and_nothing_written(fix, report):
    done = fix("report.txt")
    lines = done.out.splitlines()
    assert done.code == 1
    assert lines[:2] == ["--- report.txt", "+++ report.fixed.txt"]
    assert any(line.startswith("-") and HALF in line for line in lines)
    assert any(line.startswith("+") and BRACKETS in line for line in lines)
    assert "--write" in done.err
    assert os.listdir() == ["report.txt"]
    assert report.read_text(encoding="utf-8") == MIYUN


def test_the_diff_is_one_that_patch_understands(fix, report):
    done = fix("report.txt", "--color", "never")
    Path("changes.patch").write_text(done.out, encoding="utf-8")
    # The tool itself may be missing, so the lines of the hunks are put together by hand.
    olds = [line[1:] for line in done.out.splitlines()[2:] if line[0] in " -"]
    news = [line[1:] for line in done.out.splitlines()[2:] if line[0] in " +"]
    assert len(olds) == len(news)
    assert all(line in MIYUN.split("\n") for line in olds)


def test_colours_are_for_terminals(fix, report):
    assert "\x1b[" not in fix("report.txt").out
    assert "\x1b[31m-" in fix("report.txt", "--color", "always").out


def test_a_report_without_anything_to_mend_ends_with_0(fix, report):
    fix("report.txt", "--write")
    done = fix("report.fixed.txt")
    assert (done.code, done.out) == (0, "")
    assert "没有可以修正的地方" in done.err


def test_what_has_to_be_looked_at_is_told_and_done_only_when_asked_for(fix, report):
    report.write_text(MIYUN.replace("一是优化检索功能", "一是优化其它检索功能"), encoding="utf-8")
    done = fix("report.txt", "--select", "L132")
    assert (done.code, done.out) == (0, "")
    assert "L132" in done.err
    assert "--unsafe" in done.err
    done = fix("report.txt", "--select", "L132", "--unsafe")
    assert done.code == 1
    assert "一是优化其他检索功能" in done.out


def test_rules_can_be_chosen(fix, report):
    assert "（Y105 4）" in fix("report.txt", "--select", "Y105").err
    assert "Y105" not in fix("report.txt", "--ignore", "Y105").err


def test_messages_are_english_where_that_is_asked_for(fix, report):
    done = fix("report.txt", "--lang", "en")
    assert done.err == "report.txt: 9 edits (Y101 3, Y102 2, Y105 4); --write makes a mended copy\n"


# --- writing ----------------------------------------------------------------------------------------------------------


def test_a_copy_is_written_beside_the_report(fix, report):
    done = fix("report.txt", "--write")
    assert (done.code, done.out) == (0, "")
    assert "report.fixed.txt" in done.err
    assert sorted(os.listdir()) == ["report.fixed.txt", "report.txt"]
    assert report.read_text(encoding="utf-8") == MIYUN
    assert BRACKETS in Path("report.fixed.txt").read_text(encoding="utf-8")


def test_the_copy_may_have_another_name(fix, report):
    assert fix("report.txt", "-o", "other.txt").code == 0
    assert BRACKETS in Path("other.txt").read_text(encoding="utf-8")
    assert not Path("report.fixed.txt").exists()


def test_a_copy_with_a_name_is_written_even_where_nothing_is_mended(fix, report):
    assert fix("report.txt", "-o", "other.txt", "--select", "T301").code == 0
    assert Path("other.txt").read_text(encoding="utf-8") == MIYUN


def test_a_copy_that_exists_stays_unless_it_is_forced(fix, report):
    Path("report.fixed.txt").write_text("别的", encoding="utf-8")
    done = fix("report.txt", "--write")
    assert done.code == 2
    assert "--force" in done.err
    assert Path("report.fixed.txt").read_text(encoding="utf-8") == "别的"
    assert fix("report.txt", "--write", "--force").code == 0
    assert BRACKETS in Path("report.fixed.txt").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", ["report.txt", "./report.txt", "link.txt", "hard.txt"])
def test_the_report_itself_is_never_written_over(fix, report, name):
    os.symlink("report.txt", "link.txt")
    os.link("report.txt", "hard.txt")
    done = fix("report.txt", "-o", name, "--force")
    assert done.code == 2
    assert "这是输入文件" in done.err
    assert report.read_text(encoding="utf-8") == MIYUN


def test_copies_of_an_earlier_run_in_a_folder_are_no_reports(fix, report):
    fix("report.txt", "--write")
    done = fix(".", "--write", "--force")
    assert done.code == 0
    assert sorted(os.listdir()) == ["report.fixed.txt", "report.txt"]


def test_one_report_that_cannot_be_read_leaves_the_others(fix, report):
    Path("empty.txt").write_bytes(b"")
    done = fix("empty.txt", "report.txt", "--write")
    assert done.code == 2
    assert "[empty]" in done.err
    assert Path("report.fixed.txt").exists()


def test_one_name_is_not_enough_for_several_copies(fix, report):
    shutil.copy("report.txt", "second.txt")
    done = fix("report.txt", "second.txt", "-o", "out.txt")
    assert done.code == 2
    assert "--output" in done.err
    assert not Path("out.txt").exists()


def test_a_folder_that_takes_no_files_is_told(fix, report, monkeypatch):
    def refused(*arguments, **named):
        raise PermissionError(errno.EACCES, "no")

    monkeypatch.setattr("gilint.writing._beside", refused)
    done = fix("report.txt", "--write")
    assert done.code == 2
    assert "report.fixed.txt" in done.err
    assert "无法写入" in done.err
    assert os.listdir() == ["report.txt"]


def test_a_full_disk_is_told_and_leaves_nothing(fix, report, monkeypatch):
    def full(pieces):
        yield b"half"
        raise OSError(errno.ENOSPC, "full")

    monkeypatch.setattr("gilint.writing.encoded", full)
    done = fix("report.txt", "--write")
    assert done.code == 2
    assert "report.fixed.txt" in done.err
    assert os.listdir() == ["report.txt"]


def test_standard_input_goes_to_standard_output(report, monkeypatch):
    from gilint.cli import main

    data = MIYUN.encode("gb18030")
    out = io.TextIOWrapper(io.BytesIO(), encoding="utf-8")
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(data)))
    monkeypatch.setattr(sys, "stdout", out)
    assert main(["fix", "--no-config", "-", "--write"]) == 0
    assert BRACKETS in out.buffer.getvalue().decode("gb18030")
    assert os.listdir() == ["report.txt"]


def test_a_word_document_is_nothing_for_a_terminal(report, monkeypatch, capsys):
    from documents import blocks, write_docx

    import gilint
    from gilint.cli import main

    Path("report.docx").write_bytes(write_docx(blocks(gilint.read("report.txt", config=False))))
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True)
    assert main(["fix", "--no-config", "report.docx", "-o", "-"]) == 2
    done = capsys.readouterr()
    assert done.out == ""
    assert "-o" in done.err


# --- what cannot be mended --------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["report.html", "report.json"])
def test_other_formats_are_refused_with_a_way_out(fix, report, name):
    from documents import blocks, write_html

    import gilint

    read = gilint.read("report.txt", config=False)
    if name.endswith("html"):
        Path(name).write_bytes(write_html(blocks(read)))
    else:
        from gilint.reporters.reading import render_json

        Path(name).write_text(render_json(read), encoding="utf-8")
    done = fix(name)
    assert (done.code, done.out) == (2, "")
    assert "[not-fixable]" in done.err
    assert ".docx" in done.err


def test_an_archive_is_refused_though_it_holds_one_report(fix, report):
    shutil.make_archive("packed", "zip", ".", "report.txt")
    done = fix("packed.zip", "--write")
    assert done.code == 2
    assert "[not-fixable]" in done.err
    assert sorted(os.listdir()) == ["packed.zip", "report.txt"]


def test_a_report_that_is_not_there_is_told(fix, report):
    done = fix("missing.txt")
    assert done.code == 2
    assert "missing.txt" in done.err


# --- what others see --------------------------------------------------------------------------------------------------


def test_json_has_the_edits_of_findings(run, report):
    import json

    found = json.loads(run("check", "--no-config", "report.txt", "-f", "json").out)["files"][0]["findings"]
    (brackets,) = (finding for finding in found if finding["rule"] == "Y102")
    line = MIYUN.split("\n").index(next(one for one in MIYUN.split("\n") if HALF in one)) + 1
    assert brackets["fix"]["safe"] is True
    assert [(edit["span"]["line"], edit["text"]) for edit in brackets["fix"]["edits"]] == [(line, "（"), (line, "）")]
    assert all("fix" not in finding for finding in found if finding["rule"][0] == "T")


def test_a_rule_whose_check_has_nothing_to_put_in_may_not_have_a_fix(run, report):
    folder = Path("local")
    folder.mkdir()
    text = (EXAMPLES.parent / "rules/annual-report/typography/unbalanced-marks.yaml").read_text(encoding="utf-8")
    text = text.replace("id: Y107", "id: LOC01").replace("name: unbalanced-marks", "name: local-marks")
    (folder / "LOC01.yaml").write_text(text.replace("examples:", "fix: safe\nexamples:", 1), encoding="utf-8")
    done = run("check", "--no-config", "report.txt", "--rules", "local")
    assert done.code == 2
    assert "LOC01.yaml" in done.err
    assert "没有可以替换的文字" in done.err
