"""The command: what it takes, what it prints, and how it ends."""

import io
import json
import os
import subprocess
import sys

import jsonschema
import pytest
from conftest import EXAMPLES, ROOT
from plugging import rule, run

from gilint.cli import main
from gilint.inputs import expand

MIYUN = EXAMPLES / "miyun-2024.txt"
CLEAN = EXAMPLES / "clean-2024.txt"
CODES = {"clean": 0, "found": 1, "bad": 2, "broke": 3}


@pytest.fixture(autouse=True)
def _plain_environment(monkeypatch):
    for name in ("GILINT_LANG", "NO_COLOR"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def command(capsys):
    """Run the command in this process: (code, standard output, standard error)."""

    def command(*arguments):
        code = main(list(map(str, arguments)))
        return code, *capsys.readouterr()

    return command


@pytest.fixture
def files(tmp_path):
    """A file of each sort."""
    (tmp_path / "empty.txt").touch()
    (tmp_path / "found.txt").write_bytes(MIYUN.read_bytes())
    (tmp_path / "clean.txt").write_bytes(CLEAN.read_bytes())
    return tmp_path


def results(command, *arguments):
    """The files of a JSON result by the name of each."""
    _code, out, _err = command("check", *arguments, "--format", "json")
    return {os.path.basename(file["path"]): file for file in json.loads(out)["files"]}


# --- exit codes -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("names", "code"),
    [
        (["clean.txt"], 0),
        (["found.txt"], 1),
        (["empty.txt"], 2),
        (["clean.txt", "found.txt"], 1),
        (["found.txt", "empty.txt", "clean.txt"], 2),
        (["none.txt", "found.txt"], 2),
    ],
)
def test_the_highest_code_applies(command, files, names, code):
    assert command("check", *(files / name for name in names), "--select", "T301")[0] == code


def test_a_broken_rule_outweighs_all(command, files, monkeypatch):
    from gilint.checks import equations

    monkeypatch.setattr(equations, "equation", equations.equation.replace(function=lambda *arguments: 1 / 0))
    code, out, _err = command("check", files / "empty.txt", files / "found.txt")
    assert code == 3
    assert "ZeroDivisionError" in out
    assert "文件是空的" in out


@pytest.mark.parametrize(
    ("severity", "fail_on", "code"),
    [
        ("error", "error", 1),
        ("warning", "error", 0),
        ("warning", "warning", 1),
        ("info", "warning", 0),
        ("info", "info", 1),
        ("error", "never", 0),
    ],
)
def test_fail_on(command, tmp_path, severity, fail_on, code):
    config = tmp_path / "gilint.toml"
    config.write_text(f'select = ["T301"]\n[severity]\nT301 = "{severity}"', encoding="utf-8")
    assert command("check", MIYUN, "--config", config, "--fail-on", fail_on)[0] == code


def test_fail_on_of_the_configuration(command, tmp_path):
    config = tmp_path / "gilint.toml"
    config.write_text('fail_on = "never"', encoding="utf-8")
    assert command("check", MIYUN, "--config", config)[0] == 0
    assert command("check", MIYUN, "--config", config, "--fail-on", "error")[0] == 1


@pytest.mark.parametrize("arguments", [[], ["chekc"], ["check"], ["check", "x", "--no-such"], ["rules"]])
def test_a_wrong_command_line_is_2(command, arguments):
    assert command(*arguments)[0] == 2


@pytest.mark.parametrize("arguments", [["--help"], ["--version"], ["check", "--help"], ["rules", "new", "--help"]])
def test_help_is_0(command, arguments):
    code, out, err = command(*arguments)
    assert (code, err) == (0, "")
    assert "gilint" in out


def test_an_interruption_is_told(command, monkeypatch):
    def interrupt(*_arguments, **_options):
        raise KeyboardInterrupt

    monkeypatch.setattr("gilint.engine.Engine.judge", interrupt)
    code, _out, err = command("check", MIYUN)
    assert code == 130
    assert err == "已中断 (interrupted)\n"


def test_a_defect_of_ours_is_3_and_asks_for_a_report(command, monkeypatch):
    monkeypatch.setattr("gilint.linter.Linter.__init__", lambda *arguments, **options: 1 / 0)
    code, _out, err = command("check", MIYUN)
    assert code == 3
    assert "ZeroDivisionError" in err
    assert "please report it" in err


# --- what is checked --------------------------------------------------------------------------------------------------


def test_a_folder_is_searched(command, files):
    (files / ".hidden.txt").touch()
    (files / "picture.png").touch()
    assert list(results(command, files)) == ["clean.txt", "empty.txt", "found.txt"]


def test_a_pattern_is_expanded(command, files):
    assert list(results(command, f"{files}/*n*.txt")) == ["clean.txt", "found.txt"]


def test_a_file_whose_name_is_a_pattern_is_itself(command, files):
    (files / "a[1].txt").write_bytes(CLEAN.read_bytes())
    assert list(results(command, files / "a[1].txt")) == ["a[1].txt"]


def test_a_file_that_is_named_twice_is_checked_once(command, files, monkeypatch):
    monkeypatch.chdir(files)
    _code, out, _err = command("check", "found.txt", "./found.txt", files / "found.txt", ".", "--format", "json")
    assert [file["path"] for file in json.loads(out)["files"]] == ["found.txt", "./clean.txt", "./empty.txt"]


def test_standard_input(command, monkeypatch):
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(MIYUN.read_bytes()), "utf-8"))
    code, out, _err = command("check", "-", "--format", "json")
    (file,) = json.loads(out)["files"]
    assert file["path"] == "-"
    assert file["findings"]
    assert code == 1


def test_a_closed_standard_input(command, monkeypatch):
    monkeypatch.setattr(sys, "stdin", None)
    assert results(command, "-")["-"]["error"]["code"] == "unreadable"


def test_a_file_that_vanishes_is_told_and_the_others_are_judged(command, files, monkeypatch):
    def vanishing(paths, suffixes):
        for path in expand(paths, suffixes):
            if path.endswith("clean.txt"):
                os.unlink(path)
            yield path

    monkeypatch.setattr("gilint.inputs.expand", vanishing)
    found = results(command, files)
    assert found["clean.txt"]["error"]["code"] == "not-found"
    assert found["found.txt"]["findings"]


def denied(path, *_arguments):
    raise PermissionError(13, "Permission denied", path)


def test_a_file_without_permission_is_told_and_the_others_are_judged(command, files, monkeypatch):
    if os.geteuid():
        (files / "clean.txt").chmod(0)
    else:
        original = open

        def guarded(path, *rest, **more):
            return denied(path) if str(path).endswith("clean.txt") else original(path, *rest, **more)

        monkeypatch.setattr("builtins.open", guarded)
    found = results(command, files)
    assert found["clean.txt"]["error"]["code"] == "permission"
    assert found["found.txt"]["findings"]


def test_a_folder_without_permission_is_told(command, files, monkeypatch):
    (files / "closed").mkdir()
    original = os.scandir
    monkeypatch.setattr(os, "scandir", lambda path: denied(path) if str(path).endswith("closed") else original(path))
    found = results(command, files)
    assert found["closed"]["error"]["code"] == "folder"
    assert found["found.txt"]["findings"]


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("a.txt", b"", "empty"),
        ("a.txt", bytes(range(256)) * 9, "binary"),
        ("a.txt", b"\x89PNG\r\n\x1a\n" + bytes(64), "unsupported-format"),
        ("a.txt", "今天天气很好，适合出门散步。".encode(), "not-a-report"),
        ("a.txt", b"\xff\xff\xff", "encoding"),
    ],
)
def test_bad_input_names_file_cause_and_way_out(command, tmp_path, name, content, code):
    (tmp_path / name).write_bytes(content)
    number, out, err = command("check", tmp_path / name, MIYUN)
    assert number == 2
    assert err == ""
    block = out[out.index(f"无法检查 {tmp_path / name}") :].splitlines()
    advice = next(number for number, line in enumerate(block) if "建议：" in line)
    assert block[advice - 1].endswith(f"[{code}]")
    assert "T301" in out


def test_a_folder_without_reports_is_told(command, tmp_path):
    (tmp_path / "a.png").touch()
    code, out, _err = command("check", tmp_path)
    assert code == 2
    assert "没有找到可检查的文件" in out


def test_a_pattern_without_files_is_told(command, tmp_path):
    code, out, _err = command("check", tmp_path / "*.txt")
    assert code == 2
    assert "没有找到可检查的文件" in out


# --- choosing rules ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "token", ["T301", "requests-balance", "T3", "tables", "severity:error", "form:2021", "year:2024"]
)
def test_tokens_of_select(command, token):
    assert "T301" in results(command, MIYUN, "--select", token)[MIYUN.name]["outcomes"]["rules"]


def test_select_takes_lists_and_may_be_repeated(command):
    outcomes = results(command, MIYUN, "--select", "T301, T302", "--select", "T303")[MIYUN.name]["outcomes"]["rules"]
    assert set(outcomes) == {"T301", "T302", "T303"}


def test_ignore(command):
    outcomes = results(command, MIYUN, "--select", "T3", "--ignore", "T301")[MIYUN.name]["outcomes"]["rules"]
    assert "T302" in outcomes
    assert "T301" not in outcomes


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--select", "requests-balence"], "是否想写 requests-balance"),
        (["--ignore", "T999x"], "unknown rule 'T999x'"),
        (["--select", ""], "--select names no rule"),
        (["--select", "T301", "--ignore", "T3"], "no rule is selected"),
        (["--format", "jsno"], "did you mean 'json'?"),
        (["--issuer-kind", "departmnet"], "did you mean 'department'?"),
        (["--config", "none.toml"], "cannot read the configuration"),
        (["--config", "x", "--no-config"], "contradict each other"),
        (["--rules", "no/such"], "no rule pack 'no/such'"),
        (["--width", "10"], "at least 40"),
        (["--width", "wide"], "an integer"),
        (["--fail-on", "eror"], "invalid choice: 'eror'"),
    ],
)
def test_a_wrong_option_is_2_and_says_what_was_meant(command, arguments, said):
    code, out, err = command("check", MIYUN, *arguments)
    assert (code, out) == (2, "")
    assert said in err


# --- mistakes in rules ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("changes", "place", "said"),
    [
        ({"options": "{patterns: ['(a)\\1']}"}, "7:20", "backreferences are not linear-time"),
        ({"severity": "warning\nserverity: x"}, "5:1", "serverity"),
        ({"check": "text-baned"}, "6:8", "did you mean 'text-banned'?"),
        ({"message": "{fund}"}, "8:16", "did you mean 'found'?"),
        ({"check": "equation", "options": "{table: requests, equation: nwe == 0}", "message": "-"}, "7:35", "nwe"),
        ({"name": "requests-balance"}, "2:7", "duplicate name"),
        ({"options": "&a {phrases: [x]}"}, "7:7", "no anchors or aliases"),
    ],
)
def test_a_mistake_in_a_rule_stands_at_line_and_column(command, tmp_path, changes, place, said):
    path = rule(tmp_path, **changes)
    code, out, err = command("check", MIYUN, "--rules", tmp_path)
    assert (code, out) == (2, "")
    assert err.startswith(f"{path}:{place}: ")
    assert said in err
    assert "nothing was checked" in err


def test_all_mistakes_of_all_rules_are_told(command, tmp_path):
    rule(tmp_path, severity="loud")
    rule(tmp_path, "LOC102", check="nothing-like-it")
    err = command("check", MIYUN, "--rules", tmp_path)[2]
    assert "LOC101.yaml:4:" in err
    assert "LOC102.yaml:6:" in err


# --- output -----------------------------------------------------------------------------------------------------------


def test_json_follows_its_schema(command, files):
    _code, out, err = command("check", files, "--format", "json")
    schema = json.loads((ROOT / "gilint" / "schemas" / "result.json").read_text(encoding="utf-8"))
    jsonschema.Draft202012Validator(schema).validate(json.loads(out))
    assert err == ""


def test_messages_in_english(command):
    assert "column" in results(command, MIYUN, "--select", "T301", "--lang", "en")[MIYUN.name]["findings"][0]["message"]


@pytest.mark.parametrize(
    ("environment", "option", "word"), [("en", None, "column"), ("en", "zh", "列"), ("", None, "列")]
)
def test_the_language_of_the_environment(command, monkeypatch, environment, option, word):
    monkeypatch.setenv("GILINT_LANG", environment)
    arguments = ["--lang", option] if option else []
    assert word in results(command, MIYUN, "--select", "T301", *arguments)[MIYUN.name]["findings"][0]["message"]


def test_an_unknown_language_of_the_environment(command, monkeypatch):
    monkeypatch.setenv("GILINT_LANG", "fr")
    assert command("check", MIYUN)[::2] == (2, "gilint: GILINT_LANG=fr：应为 zh 或 en (must be zh or en)\n")


class Terminal(io.StringIO):
    def isatty(self):
        return True


@pytest.mark.parametrize(
    ("environment", "option", "coloured"),
    [
        ({}, "auto", True),
        ({"NO_COLOR": "1"}, "auto", False),
        ({"NO_COLOR": ""}, "auto", True),
        ({"TERM": "dumb"}, "auto", False),
        ({"NO_COLOR": "1"}, "always", True),
        ({}, "never", False),
    ],
)
def test_colour(monkeypatch, environment, option, coloured):
    monkeypatch.setenv("TERM", "xterm")
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    terminal = Terminal()
    monkeypatch.setattr(sys, "stdout", terminal)
    main(["check", str(MIYUN), "--color", option])
    assert ("\x1b[" in terminal.getvalue()) is coloured


def test_no_colour_into_a_pipe(command):
    assert "\x1b[" not in command("check", MIYUN)[1]


def test_the_width_is_kept(command):
    from gilint.text import width

    lines = command("check", MIYUN, "--width", "60")[1].splitlines()
    assert max(width(line) for line in lines if str(MIYUN) not in line) <= 60


def test_standard_output_carries_the_format_alone(files):
    done = run("check", files, "--format", "json")
    assert json.loads(done.stdout)["summary"]["failed_inputs"] == 1
    assert done.stderr == ""
    assert done.returncode == 2


@pytest.mark.parametrize("encoding", ["ascii", "gb18030", "latin-1"])
def test_json_is_utf8_whatever_the_stream(encoding):
    environment = {**os.environ, "PYTHONIOENCODING": encoding}
    command = [sys.executable, "-m", "gilint", "check", str(MIYUN), "--select", "T301", "--format", "json"]
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True)
    assert "自然人" in json.loads(done.stdout.decode())["files"][0]["findings"][0]["message"]


def test_a_stream_that_knows_no_chinese_gets_escapes():
    done = run("check", MIYUN, PYTHONIOENCODING="ascii")
    assert "\\u4f9d\\u636e" in done.stdout
    assert done.stderr == ""
    assert done.returncode == 1


def test_a_pipe_that_closes_early_is_no_error():
    command = f"{sys.executable} -m gilint check {MIYUN} --verbose; echo code $? >&2"
    done = subprocess.run(["bash", "-c", f"({command}) | head -c 1"], cwd=ROOT, capture_output=True)
    assert done.stderr.decode().splitlines()[-1] in ("code 1",)
    assert b"Traceback" not in done.stderr
    assert b"BrokenPipe" not in done.stderr


# --- read -------------------------------------------------------------------------------------------------------------


def test_read_shows_a_tree(command):
    code, out, _err = command("read", MIYUN)
    assert code == 0
    assert "├─" in out


def test_read_draws_a_table(command):
    code, out, _err = command("read", MIYUN, "--table", "requests")
    assert code == 0
    assert "自然人" in out


def test_read_gives_json(command):
    assert json.loads(command("read", MIYUN, "--format", "json")[1])["year"] == 2024


def test_read_names_the_tables_that_there_are(command):
    code, _out, err = command("read", MIYUN, "--table", "nothing")
    assert code == 2
    assert "requests" in err


@pytest.mark.parametrize("name", ["none.txt", "empty.txt", "."])
def test_read_of_a_bad_file_says_what_is_wrong(command, files, name):
    code, out, err = command("read", files / name, "--lang", "en")
    assert (code, out) == (2, "")
    assert err.startswith(f"gilint: {files / name}: ")
    assert len(err.splitlines()) == 2


# --- schema -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["rule", "form", "pack", "config", "result"])
def test_schemas_are_schemas(command, name):
    code, out, _err = command("schema", name)
    assert code == 0
    jsonschema.Draft202012Validator.check_schema(json.loads(out))


def test_an_unknown_schema(command):
    code, _out, err = command("schema", "rulle")
    assert code == 2
    assert "did you mean 'rule'?" in err


# --- the command line without argparse --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "arguments",
    [
        "a.txt",
        "a.txt b.txt -",
        "a.txt --format json",
        "a.txt --format=json -v",
        "-f json a.txt --select T3 --select S1,S2 --ignore T301",
        "a.txt --rules x --rules y --plugin z --config c --no-config --lang en",
        "a.txt --fail-on never --issuer-kind office --color never --verbose",
    ],
)
def test_a_plain_command_line_is_read_as_argparse_does(arguments):
    from gilint.arguments import _quick, parser

    words = arguments.split()
    assert vars(_quick(words)) == vars(parser().parse_args(["check", *words]))


@pytest.mark.parametrize(
    "arguments",
    [
        "",
        "--help",
        "a.txt --formt json",
        "a.txt --form json",
        "a.txt -fjson",
        "a.txt --format",
        "a.txt --select --ignore",
        "a.txt --lang fr",
        "a.txt --width 80",
        "a.txt --verbose=yes",
        "-- a.txt",
    ],
)
def test_argparse_has_the_last_word_on_the_rest(arguments):
    from gilint.arguments import _quick

    assert _quick(arguments.split()) is None


@pytest.mark.parametrize(("options", "most"), [(["--format", "json"], 95), ([], 105)], ids=["json", "terminal"])
def test_a_plain_check_needs_none_of_the_slow_modules(tmp_path, options, most):
    command = ["check", str(MIYUN), *options]
    code = f"import sys; from gilint.cli import main; main({command}); print(*sys.modules, file=sys.stderr)"
    environment = {**os.environ, "GILINT_CACHE_DIR": str(tmp_path / "cache")}
    for _ in range(2):
        done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, env=environment, capture_output=True, text=True)
    slow = {
        "argparse",
        "dataclasses",
        "datetime",
        "decimal",
        "difflib",
        "hashlib",
        "importlib.metadata",
        "jsonschema",
        "logging",
        "pathlib",
        "pluggy",
        "rich",
        "shutil",
        "subprocess",
        "tempfile",
        "typing",
        "unicodedata",
        "yaml",
        "zipfile",
    }
    bare = subprocess.run([sys.executable, "-c", "import sys; print(*sys.modules)"], capture_output=True, text=True)
    loaded = set(done.stderr.split())
    assert loaded & slow - set(bare.stdout.split()) == set()
    # Each module of ours costs a 300th of the bare interpreter's start and more; kinds of check are as many as rules.
    own = {name for name in loaded if name.startswith("gilint.") and not name.startswith("gilint.checks.")}
    elsewhere = {"annotation", "baseline", "certificates", "comparison", "fixing", "formulas", "source"}
    elsewhere |= {
        "schema_errors",
        "toml_lines",
        "totals",
        "watching",
        "writing",
        "packs.compiler",
        "packs.shipped",
        "packs.rules",
    }
    assert own & {f"gilint.{name}" for name in elsewhere} == set()
    assert len(own) <= most, "load what a plain check can do without where it is used"
