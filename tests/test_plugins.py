"""Plugins: the example is installed and used; broken ones are named and harm nothing else."""

import csv
import io
import json
import os
import shutil
import sys

import pytest
from conftest import EXAMPLES
from plugging import EXAMPLE_PLUGIN, describe, install, module, rule, run

import gilint
from gilint import cache, discovery
from gilint.plugins import Registry

MIYUN = EXAMPLES / "miyun-2024.txt"
CLEAN = EXAMPLES / "clean-2024.txt"

CHECK = """
    import gilint

    @gilint.check("stamp", values=["word"])
    def stamp(report, options):
        "Asks for a stamp."
        {body}

    @gilint.hookimpl
    def gilint_checks():
        return [stamp]
"""


@pytest.fixture
def cache_folder(tmp_path, monkeypatch):
    monkeypatch.setenv("GILINT_CACHE_DIR", str(tmp_path / "cache"))
    return tmp_path / "cache"


@pytest.fixture
def site(tmp_path, monkeypatch, cache_folder):
    """A folder on the path of Python; what is imported from it is forgotten afterwards."""
    folder = tmp_path / "site"
    folder.mkdir()
    before = set(sys.modules)
    monkeypatch.syspath_prepend(folder)
    yield folder
    for name in set(sys.modules) - before:
        if getattr(sys.modules[name], "__file__", None) and str(folder) in sys.modules[name].__file__:
            del sys.modules[name]


def failures(*modules, configured=()):
    return [str(failure) for failure in Registry(modules, configured, installed=False).failures]


# --- the example ------------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def installed(tmp_path_factory):
    return install(EXAMPLE_PLUGIN, tmp_path_factory.mktemp("site"))


def test_the_installed_example_brings_its_rules(installed):
    done = run("rules", "list", PYTHONPATH=str(installed))
    assert "example-long-paragraph" in done.stdout
    assert done.returncode == 0, done.stderr


def test_the_rules_of_the_example_pass_their_own_examples(installed):
    done = run("rules", "test", installed / "gilint_example" / "rules", PYTHONPATH=str(installed))
    assert "2 条规则" in done.stdout
    assert done.returncode == 0, done.stdout + done.stderr


def test_the_check_of_the_example_finds(installed, tmp_path):
    text = CLEAN.read_text(encoding="utf-8")
    long = tmp_path / "long.txt"
    heading = next(line for line in text.splitlines() if line.startswith("五、"))
    long.write_text(text.replace(heading, heading + "\n" + "工作扎实推进，群众满意。" * 50), encoding="utf-8")
    done = run("check", long, "--format", "json", "--select", "EX101", PYTHONPATH=str(installed))
    (finding,) = json.loads(done.stdout)["files"][0]["findings"]
    assert "600" in finding["message"]


def test_the_reporter_of_the_example_prints(installed):
    done = run("check", MIYUN, "--format", "rows", "--select", "T301", PYTHONPATH=str(installed))
    rows = list(csv.reader(io.StringIO(done.stdout)))
    assert rows[0] == ["文件", "规则", "级别", "位置", "问题"]
    assert rows[1][:2] == [str(MIYUN), "T301"]
    assert done.returncode == 1


def test_the_example_works_without_being_installed(tmp_path):
    shutil.copytree(EXAMPLE_PLUGIN, tmp_path / "plugin")
    done = run("check", MIYUN, "--plugin", "gilint_example", "--format", "rows", cwd=tmp_path / "plugin")
    assert done.stdout.startswith("文件,规则")
    assert done.returncode == 1


def test_the_example_installs_with_pip(tmp_path):
    pytest.importorskip("hatchling")
    import subprocess

    source = shutil.copytree(EXAMPLE_PLUGIN, tmp_path / "plugin")
    options = ["--quiet", "--no-deps", "--no-build-isolation", "--no-index", "--disable-pip-version-check"]
    command = [sys.executable, "-m", "pip", "install", *options, "--target", str(tmp_path / "site"), str(source)]
    subprocess.run(command, check=True, capture_output=True)
    done = run("rules", "test", tmp_path / "site/gilint_example/rules", PYTHONPATH=str(tmp_path / "site"))
    assert done.returncode == 0, done.stdout + done.stderr


# --- where plugins are looked for -------------------------------------------------------------------------------------


def test_installing_a_plugin_refreshes_the_list(site):
    assert "late" not in dict(point[:2] for point in discovery.installed_plugins())
    module(site, "late_plugin", CHECK.format(body="return []"))
    describe(site, "late", "2.1", {"late": "late_plugin"})
    assert ("late", "late_plugin", "2.1") in discovery.installed_plugins()


def test_the_list_is_read_from_the_cache(site, monkeypatch):
    first = discovery.installed_plugins()
    monkeypatch.setattr(discovery, "_scan", lambda folders: pytest.fail("scanned again"))
    assert discovery.installed_plugins() == first


def test_without_a_cache_the_list_is_scanned(site, monkeypatch):
    monkeypatch.setenv("GILINT_NO_CACHE", "1")
    describe(site, "late", "2.1", {"late": "late_plugin"})
    assert cache.folder() is None
    assert ("late", "late_plugin", "2.1") in discovery.installed_plugins()


def test_metadata_in_the_current_folder_is_no_installation(tmp_path):
    module(tmp_path, "planted", "raise SystemExit('planted code ran')")
    describe(tmp_path, "planted", "1", {"planted": "planted"})
    done = run("check", MIYUN, "--format", "json", cwd=tmp_path)
    assert "planted" not in done.stdout + done.stderr


def test_a_configuration_cannot_load_code_of_the_current_folder(tmp_path):
    module(tmp_path, "planted", "print('planted code ran')")
    (tmp_path / "gilint.toml").write_text('plugins = ["planted"]\n', encoding="utf-8")
    done = run("check", MIYUN, "--format", "json", cwd=tmp_path)
    assert "planted code ran" not in done.stdout
    assert "No module named 'planted'" in done.stderr
    assert done.returncode == 3


def test_a_configuration_cannot_load_code_of_the_current_folder_at_the_prompt(tmp_path):
    """``python -c`` and the prompt look into the current folder by themselves."""
    import subprocess

    module(tmp_path, "planted", "print('planted code ran')")
    (tmp_path / "gilint.toml").write_text('plugins = ["planted"]\n', encoding="utf-8")
    code = "import gilint; print(*gilint.Linter().registry.failures)"
    from conftest import ROOT

    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=tmp_path, env=environment, capture_output=True, text=True, check=True
    )
    assert "planted code ran" not in done.stdout
    assert "lies in the current folder" in done.stdout


def test_a_module_of_the_current_folder_does_not_replace_one_of_python(tmp_path):
    module(tmp_path, "json", "raise SystemExit('planted code ran')")
    done = run("check", MIYUN, "--format", "json", cwd=tmp_path)
    assert json.loads(done.stdout)["version"] == 1


def test_a_configuration_names_an_installed_plugin(site, tmp_path):
    module(site, "stamp_a", CHECK.format(body="return []"))
    config = gilint.Config(plugins=("stamp_a",))
    assert "stamp" in gilint.Linter(config=config).registry.names()


def test_a_plugin_named_twice_is_loaded_once(site):
    module(site, "stamp_b", CHECK.format(body="return []"))
    assert failures("stamp_b", "stamp_b") == []


def test_a_plugin_may_be_an_object_of_a_module(site):
    text = """
        import gilint
        class Plugin:
            @gilint.hookimpl
            def gilint_packs(self): return []
        plugin = Plugin()
    """
    module(site, "stamp_c", text)
    assert failures("stamp_c:plugin") == []


# --- broken ones ------------------------------------------------------------------------------------------------------

BROKEN = {
    "import missing_module_x": "ModuleNotFoundError: No module named 'missing_module_x'",
    "def broken(:": "SyntaxError",
    "raise SystemExit(4)": "SystemExit: 4",
    "1 / 0": "ZeroDivisionError: division by zero",
    "class Odd(BaseException): pass\nraise Odd('hm')": "Odd: hm",
    "x = 1": "implements none of",
    "import gilint\n@gilint.hookimpl\ndef gilint_check(): return []": "did you mean 'gilint_checks'?",
    "def gilint_checks(): return []": "not marked with @gilint.hookimpl",
    "import gilint\n@gilint.hookimpl\ndef gilint_checks(): raise ValueError('no')": "ValueError: no",
    "import gilint\n@gilint.hookimpl\ndef gilint_checks(): return 5": "must return a list",
    "import gilint\n@gilint.hookimpl\ndef gilint_checks(): return [print]": "functions under @gilint.check",
    "import gilint\n@gilint.hookimpl\ndef gilint_packs(): return [5]": "paths of folders",
    "import gilint\n@gilint.hookimpl\ndef gilint_readers(): return [5]": "instances of gilint.Reader",
    **{
        f"import gilint\n@gilint.hookimpl\ndef gilint_readers(): return [gilint.Reader('x', any, any, {suffixes})]": (
            "suffixes are a tuple"
        )
        for suffixes in ("'.txt'", "5", "None", "('txt',)", "(5,)")
    },
    "import gilint\n@gilint.hookimpl\ndef gilint_reporters(): return [5]": "classes with a 'name' and 'render'",
    "import gilint\n@gilint.hookimpl\ndef gilint_checks(config): return []": "config",
    "import gilint\n@gilint.check('section')\ndef f(r, o): pass\n@gilint.hookimpl\ndef gilint_checks(): return [f]": (
        "the check 'section' exists already, in gilint"
    ),
}


@pytest.mark.parametrize("text", BROKEN, ids=range(len(BROKEN)))
def test_a_broken_plugin_is_recorded_with_its_cause(site, text):
    module(site, "broken_one", text)
    (failure,) = failures("broken_one")
    assert failure.startswith("broken_one")
    assert BROKEN[text] in failure


def test_a_plugin_that_does_not_exist_is_recorded(site):
    assert failures("no_such_plugin") == ["no_such_plugin: ModuleNotFoundError: No module named 'no_such_plugin'"]


def test_the_cause_names_the_line_of_the_plugin(site):
    module(site, "broken_two", "\n\n1 / 0")
    assert "(broken_two.py:3)" in failures("broken_two")[0]


def test_the_version_of_an_installed_plugin_is_named(site):
    module(site, "broken_three", "1 / 0")
    describe(site, "broken-three", "1.2.3", {"three": "broken_three"})
    assert [str(failure)[:12] for failure in Registry().failures] == ["three 1.2.3:"]


def test_a_name_that_another_plugin_took_is_refused(site):
    module(site, "stamp_d", CHECK.format(body="return []"))
    module(site, "stamp_e", CHECK.format(body="return []"))
    (failure,) = failures("stamp_d", "stamp_e")
    assert "the check 'stamp' exists already, in stamp_d" in failure


def test_a_broken_plugin_leaves_the_others(site):
    module(site, "broken_four", "1 / 0")
    module(site, "stamp_f", CHECK.format(body="return []"))
    assert "stamp" in Registry(["broken_four", "stamp_f"], installed=False).names()


def test_the_rest_is_reported_and_the_code_is_3(site, capsys):
    from gilint.cli import main

    module(site, "broken_five", "1 / 0")
    code = main(["check", str(MIYUN), "--format", "json", "--plugin", "broken_five"])
    out, err = capsys.readouterr()
    result = json.loads(out)
    assert result["files"][0]["findings"]
    assert result["problems"][0]["name"] == "broken_five"
    assert "broken_five: ZeroDivisionError: division by zero (broken_five.py:1)" in err
    assert code == 3


def test_the_terminal_names_a_broken_plugin(site, capsys):
    from gilint.cli import main

    module(site, "broken_six", "1 / 0")
    assert main(["check", str(MIYUN), "--plugin", "broken_six"]) == 3
    assert "broken_six: ZeroDivisionError" in capsys.readouterr().out


# --- rules whose check is missing -------------------------------------------------------------------------------------


def linter_with(plugin, folder, options="{}"):
    rule(folder, check="stamp", options=options, message="{word}")
    return gilint.Linter(folder, plugins=[plugin], config=False)


def test_a_rule_whose_plugin_failed_breaks_and_says_why(site, tmp_path):
    module(site, "broken_seven", "1 / 0")
    result = linter_with("broken_seven", tmp_path / "rules").lint(MIYUN)
    outcome = result.outcomes["LOC101"]
    assert outcome.status == "broke"
    assert "no check kind 'stamp'" in outcome.reason
    assert "broken_seven: ZeroDivisionError" in outcome.reason
    assert result.outcomes["T301"].status == "failed"


def test_without_a_failed_plugin_an_unknown_check_is_a_mistake_of_the_rule(tmp_path):
    rule(tmp_path, check="stamp", options="{}", message="-")
    with pytest.raises(gilint.RuleError, match="unknown check kind 'stamp'"):
        gilint.Linter(tmp_path, config=False)


def test_a_mended_plugin_mends_its_rules(site, tmp_path):
    path = module(site, "mended", "1 / 0")
    linter_with("mended", tmp_path / "rules")
    module(site, "mended", CHECK.format(body="yield gilint.Problem(report, {'word': '章'})"))
    shutil.rmtree(site / "__pycache__", ignore_errors=True)
    os.utime(path, (1, 1))
    result = linter_with("mended", tmp_path / "rules").lint(MIYUN)
    assert [finding.message for finding in result.findings if finding.rule == "LOC101"] == ["章"]


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        ("raise ValueError('no')", "stamp_g: ValueError: no (stamp_g.py:7)"),
        ("raise SystemExit(0)", "stamp_g: SystemExit: 0"),
        ("return None", "this one returned None"),
        ("return ['text']", "not 'text'"),
        ("yield gilint.Problem(report)", "gave no value for {word}"),
        ("yield gilint.Problem('report', {'word': 1})", "AttributeError"),
    ],
)
def test_a_check_that_raises_breaks_its_rule_alone(site, tmp_path, body, reason):
    module(site, "stamp_g", CHECK.format(body=body))
    result = linter_with("stamp_g", tmp_path / "rules").lint(MIYUN)
    assert result.outcomes["LOC101"].status == "broke"
    assert reason in result.outcomes["LOC101"].reason
    assert result.outcomes["T301"].status == "failed"


@pytest.mark.parametrize(
    "argument",
    [
        "options={'most': {}}, prepare=lambda options, family: 1 / 0",
        "options={'most': {}}, patterns=lambda options, family: 1 / 0",
        "options={'most': {}}, patterns=lambda options, family: ['text']",
        "options={'most': {'type': 'nonsense'}}",
    ],
)
def test_a_check_that_breaks_while_rules_are_compiled_breaks_its_rules_alone(site, tmp_path, argument):
    text = CHECK.format(body="return []").replace('values=["word"]', f'values=["word"], {argument}')
    module(site, "stamp_h", text)
    linter = linter_with("stamp_h", tmp_path / "rules", "{most: 5}")
    result = linter.lint(MIYUN)
    assert [failure.plugin.name for failure in linter.registry.failures] == ["stamp_h"]
    assert result.outcomes["LOC101"].status == "broke"
    assert "LOC101" in result.outcomes["LOC101"].reason
    assert result.outcomes["T301"].status == "failed"


def test_an_edited_check_compiles_its_rules_again(site, tmp_path, monkeypatch):
    text = CHECK.format(body="return []").replace(
        'values=["word"]', 'values=["word"], prepare=lambda options, family: {"seen": 1}'
    )
    path = module(site, "stamp_i", text)
    assert linter_with("stamp_i", tmp_path / "rules").ruleset.rule("LOC101").options == {"seen": 1}
    module(site, "stamp_i", text.replace('"seen": 1', '"seen": 2'))
    os.utime(path, (1, 1))
    monkeypatch.delitem(sys.modules, "stamp_i")
    shutil.rmtree(site / "__pycache__", ignore_errors=True)
    assert linter_with("stamp_i", tmp_path / "rules").ruleset.rule("LOC101").options == {"seen": 2}


def test_the_code_says_that_a_rule_broke(site, tmp_path, capsys):
    from gilint.cli import main

    module(site, "stamp_j", CHECK.format(body="1 / 0"))
    rule(tmp_path / "rules", check="stamp", options="{}", message="{word}")
    code = main(["check", str(MIYUN), "--plugin", "stamp_j", "--rules", str(tmp_path / "rules")])
    assert code == 3
    assert "ZeroDivisionError" in capsys.readouterr().out


# --- packs, readers and reporters -------------------------------------------------------------------------------------

PACK = """
    import gilint

    @gilint.hookimpl
    def gilint_packs():
        return [{folder!r}]
"""


def test_a_pack_of_a_plugin_stands_beside_the_default_one(site, tmp_path):
    rule(tmp_path / "rules")
    module(site, "pack_a", PACK.format(folder=str(tmp_path / "rules")))
    ids = {each.id for each in gilint.Linter(plugins=["pack_a"], config=False).rules}
    assert {"LOC101", "T301"} <= ids


@pytest.mark.parametrize("mistake", ["folder", "rule"])
def test_a_broken_pack_of_a_plugin_is_left_out(site, tmp_path, mistake):
    if mistake == "rule":
        rule(tmp_path / "rules", severity="loud")
    module(site, "pack_b", PACK.format(folder=str(tmp_path / "rules")))
    linter = gilint.Linter(plugins=["pack_b"], config=False)
    (failure,) = linter.registry.failures
    assert failure.plugin.name == "pack_b"
    assert linter.lint(MIYUN).outcomes["T301"].status == "failed"


def test_selecting_rules_of_a_failed_plugin_names_the_plugin(site, capsys):
    from gilint.cli import main

    module(site, "broken_eight", "1 / 0")
    assert main(["check", str(MIYUN), "--plugin", "broken_eight", "--select", "EX101"]) == 3
    assert "broken_eight: ZeroDivisionError" in capsys.readouterr().err


READER = """
    import gilint

    def sniff(data, name):
        {sniff}

    def read(data, name, limits):
        {read}

    @gilint.hookimpl
    def gilint_readers():
        return [gilint.Reader("parcels", sniff, read, (".parcel",))]
"""


def test_a_reader_of_a_plugin_reads(site, tmp_path):
    body = """lines = data.decode().splitlines()
        assert limits == gilint.Limits()
        blocks = tuple(gilint.Paragraph(line, gilint.TextOrigin(((0, at, 1),))) for at, line in enumerate(lines, 1))
        return gilint.Document(name, "parcels", "utf-8", blocks, {})"""
    module(site, "reader_a", READER.format(sniff="return name.endswith('.parcel')", read=body))
    parcel = shutil.copy(MIYUN, tmp_path / "report.parcel")
    report = gilint.Linter(plugins=["reader_a"], config=False).read(parcel)
    assert report.source.format == "parcels"
    assert report.year == 2024


def test_a_folder_is_searched_for_the_files_of_a_plugged_reader(site, tmp_path, capsys):
    from gilint.cli import main

    module(site, "reader_b", READER.format(sniff="return False", read="pass"))
    shutil.copy(MIYUN, tmp_path / "report.parcel")
    main(["check", str(tmp_path), "--plugin", "reader_b", "--format", "json"])
    assert len(json.loads(capsys.readouterr().out)["files"]) == 1


def test_a_reader_that_cannot_tell_is_passed_over_and_named(site, capsys):
    from gilint.cli import main

    module(site, "reader_c", READER.format(sniff="1 / 0", read="pass"))
    code = main(["check", str(MIYUN), "--plugin", "reader_c", "--format", "json"])
    result = json.loads(capsys.readouterr().out)
    assert result["files"][0]["report"]["year"] == 2024
    assert result["problems"][0]["name"] == "reader_c"
    assert code == 3


@pytest.mark.parametrize("read", ["1 / 0", "return 'text'", "raise SystemExit"])
def test_a_reader_that_breaks_costs_its_file_alone(site, tmp_path, capsys, read):
    from gilint.cli import main

    module(site, "reader_d", READER.format(sniff="return name.endswith('.parcel')", read=read))
    parcel = shutil.copy(MIYUN, tmp_path / "report.parcel")
    code = main(["check", str(parcel), str(MIYUN), "--plugin", "reader_d", "--format", "json"])
    first, second = json.loads(capsys.readouterr().out)["files"]
    assert first["error"]["code"] == "plugin"
    assert "reader_d" in first["error"]["message"]
    assert second["findings"]
    assert code == 3


REPORTER = """
    import gilint

    class Odd:
        name = {name!r}
        def __init__(self, options): {init}
        def render(self, run): {render}

    @gilint.hookimpl
    def gilint_reporters():
        return [Odd]
"""


@pytest.mark.parametrize(
    ("init", "render"), [("1 / 0", "pass"), ("pass", "1 / 0"), ("pass", "return 5"), ("pass", "raise SystemExit")]
)
def test_a_reporter_that_breaks_is_named_and_the_results_are_not_lost(site, capsys, init, render):
    from gilint.cli import main

    module(site, "reporter_a", REPORTER.format(name="odd", init=init, render=render))
    code = main(["check", str(MIYUN), "--plugin", "reporter_a", "--format", "odd"])
    out, err = capsys.readouterr()
    assert out == ""
    assert "T301" in err
    assert "a plugin broke): reporter_a: " in err
    assert code == 3


def test_a_reporter_that_breaks_midway_prints_nothing(site, capsys):
    from gilint.cli import main

    module(site, "reporter_b", REPORTER.format(name="odd", init="pass", render="yield 'half'; 1 / 0"))
    assert main(["check", str(MIYUN), "--plugin", "reporter_b", "--format", "odd"]) == 3
    assert capsys.readouterr().out == ""


def test_a_reporter_may_not_take_the_name_of_a_built_in_one(site, capsys):
    from gilint.cli import main

    module(site, "reporter_c", REPORTER.format(name="json", init="pass", render="return 'mine'"))
    code = main(["check", str(MIYUN), "--plugin", "reporter_c", "--format", "json"])
    out, err = capsys.readouterr()
    assert json.loads(out)["version"] == 1
    assert "the reporter 'json' exists already" in err
    assert code == 3


def test_the_format_of_a_failed_plugin_names_the_plugin(site, capsys):
    from gilint.cli import main

    module(site, "broken_nine", "1 / 0")
    assert main(["check", str(MIYUN), "--plugin", "broken_nine", "--format", "rows"]) == 3
    err = capsys.readouterr().err
    assert "unknown format 'rows'" in err
    assert "broken_nine: ZeroDivisionError" in err


def test_the_schema_knows_the_options_of_plugged_checks(site, capsys):
    from gilint.cli import main

    module(site, "stamp_k", CHECK.format(body="return []"))
    assert main(["schema", "rule", "--plugin", "stamp_k"]) == 0
    assert '"const": "stamp"' in capsys.readouterr().out
