"""The library as the documentation writes it."""

import ast
import contextlib
import io
import os
import subprocess
import sys

import pytest
from conftest import EXAMPLES, ROOT
from plugging import module, rule, run, shape

import gilint

MIYUN = EXAMPLES / "miyun-2024.txt"
CLEAN = EXAMPLES / "clean-2024.txt"


@pytest.fixture(scope="module")
def linter():
    return gilint.Linter(config=False)


# --- as written -------------------------------------------------------------------------------------------------------


def test_lint_a_file():
    result = gilint.lint(str(MIYUN))
    (first, *_rest) = [each for each in result.findings if each.rule == "T301"]
    assert (first.rule, first.severity) == ("T301", "error")
    assert "自然人" in first.message
    assert " › " in str(first.address)


def test_every_rule_is_accounted_for(linter):
    result = linter.lint(MIYUN)
    assert str(result.outcomes["T301"]) == "failed"
    family = result.report.form.family.pack
    assert set(result.outcomes) == {each.id for each in linter.rules if each.family == family}


def test_read_a_file():
    report = gilint.read(str(MIYUN))
    assert report.tables["requests"]["new", "nat"].value == 7
    assert report.year == 2024


def test_load_once_and_lint_many(tmp_path):
    rule(tmp_path / "local")
    linter = gilint.Linter(rules=tmp_path / "local", config=gilint.Config(lang="en"))
    first, second = linter.lint_many([MIYUN, CLEAN])
    assert {"T301", "LOC101"} <= set(first.outcomes)
    assert first.findings
    assert second.path == str(CLEAN)


def test_a_report_that_was_read_can_be_linted(linter):
    assert shape(linter.lint(linter.read(MIYUN))) == shape(linter.lint(MIYUN))


@pytest.mark.parametrize("wrap", [str, os.fspath, lambda path: path, lambda path: path.read_bytes()])
def test_a_file_may_be_named_in_several_ways_or_be_given_as_bytes(linter, wrap):
    assert len(linter.lint(wrap(MIYUN)).findings) == len(linter.lint(MIYUN).findings)


def test_bytes_have_the_name_that_they_are_given(linter):
    assert linter.lint(MIYUN.read_bytes(), "mine.txt").path == "mine.txt"


def test_several_packs_may_be_given(tmp_path):
    sources = [rule(tmp_path / "one"), rule(tmp_path / "two", "LOC102")]
    assert {"LOC101", "LOC102", "T301"} <= {each.id for each in gilint.Linter(sources, config=False).rules}


def test_every_public_name_is_there():
    assert [name for name in gilint.__all__ if not hasattr(gilint, name)] == []
    assert set(gilint.__all__) <= set(dir(gilint))


def test_type_checkers_see_every_public_name():
    tree = ast.parse((ROOT / "gilint" / "__init__.py").read_text(encoding="utf-8"))
    imports = [node for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)]
    names = {alias.asname or alias.name for node in imports for alias in node.names}
    assert {name for name in gilint.__all__ if name not in ("lint", "read")} <= names


def test_an_unknown_name_is_an_attribute_error():
    with pytest.raises(AttributeError, match="has no attribute 'nothing'"):
        gilint.nothing  # noqa: B018


def test_it_prints_nothing(linter):
    out, err = io.StringIO(), io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        gilint.Linter(config=False).lint(MIYUN)
    assert out.getvalue() + err.getvalue() == ""


def test_findings_stand_in_the_order_of_the_text(linter):
    lines = [each.span.line for each in linter.lint(MIYUN).findings if each.span]
    assert lines == sorted(lines)


# --- errors -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "empty"),
        (b" \n\t\n", "empty"),
        (b"\x00\x01\x02" * 50, "binary"),
        ("今天天气好。".encode(), "not-a-report"),
    ],
)
def test_an_input_that_cannot_be_judged_is_an_error_with_a_way_out(linter, content, code):
    with pytest.raises(gilint.InputError) as caught:
        linter.lint(content, "x.txt")
    assert (caught.value.code, caught.value.path) == (code, "x.txt")
    assert all(caught.value.advice[lang] for lang in ("zh", "en"))


def test_a_missing_file_is_an_input_error(linter):
    with pytest.raises(gilint.InputError, match="no such file"):
        linter.read("none.txt")


def test_a_path_that_cannot_be_one_is_an_input_error(linter):
    with pytest.raises(gilint.InputError, match="null"):
        linter.read("a\0b")


def test_among_many_an_input_that_cannot_be_judged_is_a_result(linter, tmp_path):
    (tmp_path / "empty.txt").touch()
    first, second, third = linter.lint_many([tmp_path / "empty.txt", MIYUN, "none.txt"])
    assert (first.error.code, third.error.code) == ("empty", "not-found")
    assert second.findings


def test_a_defect_of_ours_costs_its_file_alone(linter, monkeypatch, tmp_path):
    read = gilint.Linter.read
    bad = tmp_path / "bad.txt"
    bad.write_text("报告")

    def breaking(self, source, name=None, *rest):
        if name == str(bad):
            raise IndexError("oops")
        return read(self, source, name, *rest)

    monkeypatch.setattr(gilint.Linter, "read", breaking)
    first, second = linter.lint_many([bad, MIYUN])
    assert (first.path, first.error.code) == (str(bad), "internal")
    assert "IndexError: oops" in first.error.message
    assert second.findings


def test_errors_follow_the_language():
    (result,) = gilint.Linter(config=False, lang="en").lint_many(["none.txt"])
    assert result.error.message == "no such file"


def test_an_unknown_language_is_refused():
    with pytest.raises(gilint.ConfigError, match="unknown language 'fr'"):
        gilint.Linter(config=False, lang="fr")


def test_an_unknown_fact_is_refused(linter):
    with pytest.raises(gilint.ConfigError, match="did you mean 'enforcement'"):
        linter.lint(MIYUN, facts={"enforcment": True})


def test_a_fact_of_one_report_is_not_kept(linter):
    assert linter.read(MIYUN, facts={"enforcement": True}).facts["enforcement"] is True
    assert "enforcement" not in linter.read(MIYUN).facts


# --- from an empty environment ----------------------------------------------------------------------------------------


def python(code, cwd, **environment):
    variables = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONIOENCODING": "utf-8", **environment}
    command = [sys.executable, "-c", code]
    done = subprocess.run(command, cwd=cwd, env=variables, capture_output=True, text=True, encoding="utf-8")
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_the_program_of_the_documentation_runs(tmp_path):
    (tmp_path / "report.txt").write_bytes(MIYUN.read_bytes())
    code = """
import gilint

result = gilint.lint("report.txt")
for finding in result.findings:
    print(finding.rule, finding.severity, finding.address, finding.message)
print(result.outcomes["T301"])
report = gilint.read("report.txt")
print(report.tables["requests"]["new", "nat"].value)
"""
    lines = python(code, tmp_path).splitlines()
    assert any(line.startswith("T301 error 三、") for line in lines)
    assert lines[-2:] == ["failed", "7"]


def test_a_check_of_ten_lines_and_a_rule_of_fifteen(tmp_path):
    module(
        tmp_path,
        "shouting",
        '''\
        import gilint

        @gilint.check("shouting", values=["count"])
        def shouting(report, options):
            """Exclamation marks."""
            for passage in report.passages:
                if count := passage.text.count("！"):
                    yield gilint.Problem(gilint.Slice(passage, 0, len(passage.text)), {"count": count})

        @gilint.hookimpl
        def gilint_checks():
            return [shouting]
        ''',
    )
    text = """\
id: LOC101
name: no-shouting
title: {zh: 不用感叹号, en: No exclamation marks}
severity: warning
basis: [{document: 本单位编写要求, clause: 用语}]
check: shouting
message: {zh: "有 {count} 个感叹号", en: "exclamation marks: {count}"}
advice: {zh: 改用句号, en: use a full stop}
examples:
  good: [{base: default}]
  bad: [{section: overview, text: 成绩喜人！, at: {section: overview}}]
"""
    (tmp_path / "rules").mkdir()
    (tmp_path / "rules" / "no-shouting.yaml").write_text(text, encoding="utf-8")
    done = run("rules", "test", "rules", "--plugin", "shouting", cwd=tmp_path)
    assert done.returncode == 0, done.stdout + done.stderr
    assert len(text.splitlines()) <= 15
