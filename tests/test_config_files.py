"""Configurations that extend others, values that are otherwise for some files, and where each comes from."""

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import EXAMPLES, Done

import gilint
from gilint.config import load_config
from gilint.config.merging import for_file


@pytest.fixture
def write(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str, str], Path]:
    monkeypatch.chdir(tmp_path)

    def write(name: str, text: str) -> Path:
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        return path

    return write


# --- extends ----------------------------------------------------------------------------------------------------------


def test_what_a_file_does_not_set_is_as_in_the_one_that_it_extends(write) -> None:
    write("base.toml", 'lang = "en"\nignore = ["T107"]\nfail_on = "warning"\n')
    config = load_config(write("gilint.toml", 'extends = "base.toml"\nignore = ["T108"]\n'))
    assert (config.lang, config.fail_on, config.ignore) == ("en", "warning", ("T108",))


def test_tables_are_merged_key_by_key(write) -> None:
    write("base.toml", '[severity]\nT301 = "warning"\nT302 = "warning"\n[limits]\npages = 7\nlines = 9\n')
    config = load_config(
        write("gilint.toml", 'extends = "base.toml"\n[severity]\nT301 = "info"\n[limits]\npages = 300\n')
    )
    assert config.severity == {"T301": "info", "T302": "warning"}
    assert (config.limits.pages, config.limits.lines, config.limits.members) == (300, 9, 1000)


def test_a_chain_of_files_ends_with_the_nearest_word(write) -> None:
    write("province.toml", 'lang = "en"\ndeadline = "01-31"\nfail_on = "info"\n')
    write("city/city.toml", 'extends = "../province.toml"\ndeadline = "01-25"\n')
    config = load_config(write("city/county/gilint.toml", 'extends = "../city.toml"\nfail_on = "never"\n'))
    assert (config.lang, config.deadline, config.fail_on) == ("en", "01-25", "never")


def test_paths_stay_relative_to_the_file_that_has_them(write, tmp_path: Path) -> None:
    write("office/rules/a.yaml", "")
    write("office/base.toml", 'packs = ["rules", "beijing"]\nwaivers = ["all.yaml"]\n')
    config = load_config(write("county/gilint.toml", 'extends = "../office/base.toml"\n'))
    assert [Path(pack).resolve() for pack in config.packs[:1]] == [tmp_path / "office" / "rules"]
    assert config.packs[1] == "beijing"
    assert [Path(path).resolve() for path in config.waivers] == [tmp_path / "office" / "all.yaml"]


def test_a_project_file_may_be_extended(write) -> None:
    write("pyproject.toml", '[project]\nname = "x"\n[tool.gilint]\nlang = "en"\n')
    assert load_config(write("sub/gilint.toml", 'extends = "../pyproject.toml"\n')).lang == "en"


@pytest.mark.parametrize(
    ("base", "words"),
    [
        (None, "没有文件 base.toml"),
        ('extends = "gilint.toml"\n', "extends 绕成了圈"),
        ('extends = "base.toml"\n', "extends 绕成了圈"),
    ],
)
def test_a_base_that_cannot_be_had_is_told_at_its_line(write, base: str | None, words: str) -> None:
    if base is not None:
        write("base.toml", base)
    with pytest.raises(gilint.ConfigError, match=rf"toml:\d: .*{words}"):
        load_config(write("gilint.toml", 'extends = "base.toml"\n'))


def test_a_mistake_in_a_base_is_told_at_its_line_there(write) -> None:
    write("base.toml", '\n\nlang = "fr"\n')
    with pytest.raises(gilint.ConfigError, match=r"base\.toml:3: lang"):
        load_config(write("gilint.toml", 'extends = "base.toml"\n'))


def test_what_only_the_rules_can_tell_is_told_at_its_line_in_the_base(write) -> None:
    write("base.toml", '\n[severity]\nT301 = "info"\nT999 = "info"\n')
    config = load_config(write("gilint.toml", 'extends = "base.toml"\n[severity]\nT998 = "info"\n'))
    with pytest.raises(gilint.ConfigError) as error:
        gilint.Linter(config=config)
    assert "base.toml:4: " in str(error.value)
    assert "gilint.toml:3: " in str(error.value)


# --- overrides --------------------------------------------------------------------------------------------------------

TOWNS = """\
ignore = ["T107"]

[[overrides]]
files = ["towns/*"]
issuer_kind = "township"
ignore = ["C501"]
severity = {L109 = "info"}

[[overrides]]
files = ["*.docx", "towns/special.txt"]
facts = {scraped = true}
"""


def test_an_override_counts_for_its_files_only(write) -> None:
    config = load_config(write("gilint.toml", TOWNS))
    town, other = for_file(config, "towns/a.txt"), for_file(config, "cities/a.txt")
    assert (town.issuer_kind, town.ignore, town.severity) == ("township", ("T107", "C501"), {"L109": "info"})
    assert (other.issuer_kind, other.ignore, other.severity) == (None, ("T107",), {})


def test_all_overrides_that_cover_a_file_count(write) -> None:
    config = load_config(write("gilint.toml", TOWNS))
    both = for_file(config, "towns/special.txt")
    assert (both.issuer_kind, both.facts) == ("township", {"scraped": True})
    assert for_file(config, "deep/er/a.docx").facts == {"scraped": True}


def test_of_two_overrides_the_last_has_the_word(write) -> None:
    text = '[[overrides]]\nfiles = ["*"]\nselect = ["T3"]\n[[overrides]]\nfiles = ["a*"]\nselect = ["L1"]\n'
    config = load_config(write("gilint.toml", text))
    assert for_file(config, "a.txt").select == ("L1",)
    assert for_file(config, "b.txt").select == ("T3",)


def test_reports_are_judged_by_what_counts_for_them(write, tmp_path: Path) -> None:
    write("gilint.toml", TOWNS)
    for name in ("towns", "cities"):
        (tmp_path / name).mkdir(exist_ok=True)
        shutil.copy(EXAMPLES / "miyun-2024.txt", tmp_path / name)
    linter = gilint.Linter()
    town, city = linter.lint_many(["towns/miyun-2024.txt", "cities/miyun-2024.txt"])
    assert town.report.issuer_kind == "township"
    assert city.report.issuer_kind == "department"
    assert "C501" not in town.outcomes
    assert city.outcomes["C501"].status == "failed"
    assert {one.severity for one in town.findings if one.rule == "L109"} == {"info"}
    assert {one.severity for one in city.findings if one.rule == "L109"} == {"error"}
    assert linter.read("towns/miyun-2024.txt").issuer_kind == "township"


def test_an_option_goes_before_an_override(write, tmp_path: Path) -> None:
    write("gilint.toml", TOWNS)
    (tmp_path / "towns").mkdir()
    shutil.copy(EXAMPLES / "miyun-2024.txt", tmp_path / "towns")
    assert gilint.Linter(issuer_kind="office").lint("towns/miyun-2024.txt").report.issuer_kind == "office"


def test_overrides_of_a_base_are_relative_to_the_base(write) -> None:
    write("office/base.toml", '[[overrides]]\nfiles = ["towns/*"]\nissuer_kind = "township"\n')
    config = load_config(write("gilint.toml", 'extends = "office/base.toml"\n'))
    assert for_file(config, "office/towns/a.txt").issuer_kind == "township"
    assert for_file(config, "towns/a.txt").issuer_kind is None


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('[[overrides]]\nissuer_kind = "office"\n', r":1: .*缺少 files"),
        ('[[overrides]]\nfiles = "a"\n', r":2: overrides\.0\.files 应为字符串列表"),
        ('[[overrides]]\nfiles = ["a"]\nlang = "en"\n', r":3: 未知的键 lang"),
        ('overrides = "a"\n', r":1: overrides 应写成 \[\[overrides\]\]"),
        ('[[overrides]]\nfiles = ["a"]\n[overrides.severity]\nT301 = "fatal"\n', r":4: .*fatal"),
    ],
)
def test_a_mistake_in_an_override_is_told_at_its_line(write, text: str, message: str) -> None:
    with pytest.raises(gilint.ConfigError, match=message):
        load_config(write("gilint.toml", text))


def test_a_rule_that_there_is_not_is_told_at_its_line_in_the_override(write) -> None:
    write("gilint.toml", '[[overrides]]\nfiles = ["*"]\n\nignore = ["T999"]\n')
    with pytest.raises(gilint.ConfigError, match=r"gilint\.toml:4: "):
        gilint.Linter()


# --- gilint config ----------------------------------------------------------------------------------------------------


def shown(run: Callable[..., Done], *arguments: object) -> dict[str, object]:
    return json.loads(run("config", "-f", "json", *arguments).out)


def test_every_value_is_shown_with_the_file_and_line_that_sets_it(write, run: Callable[..., Done]) -> None:
    base = write("base.toml", '\nlang = "en"\n')
    own = write("gilint.toml", TOWNS.replace("ignore", 'extends = "base.toml"\nignore', 1))
    values = shown(run, "towns/a.txt")["values"]
    assert values["lang"] == {"value": "en", "origin": {"kind": "file", "path": str(base), "line": 2}}
    assert values["issuer_kind"] == {"value": "township", "origin": {"kind": "file", "path": str(own), "line": 6}}
    assert values["severity.L109"]["origin"]["line"] == 8
    assert values["fail_on"] == {"value": "error", "origin": {"kind": "default"}}


def test_overrides_say_whether_they_are_for_the_file(write, run: Callable[..., Done]) -> None:
    write("gilint.toml", TOWNS)
    assert [one["applies"] for one in shown(run, "towns/a.txt")["overrides"]] == [True, False]
    assert [one["applies"] for one in shown(run)["overrides"]] == [None, None]


def test_an_option_and_the_environment_are_named_as_origins(
    write, run: Callable[..., Done], monkeypatch: pytest.MonkeyPatch
) -> None:
    write("gilint.toml", 'lang = "zh"\n')
    assert shown(run, "--lang", "en")["values"]["lang"]["origin"] == {"kind": "option", "name": "--lang"}
    text = run("config", "--lang", "en").out
    assert "option --lang" in text
    assert "默认" not in text


def test_without_a_file_all_is_as_by_default(write, run: Callable[..., Done]) -> None:
    found = shown(run, "--no-config")
    assert found["file"] is None
    assert {one["origin"]["kind"] for one in found["values"].values()} == {"default"}
    assert "没有配置文件" in run("config", "--no-config").out


def test_a_configuration_with_a_mistake_is_refused(write, run: Callable[..., Done]) -> None:
    write("gilint.toml", 'lnag = "en"\n')
    done = run("config")
    assert (done.code, done.out) == (2, "")
    assert "是否想写 lang" in done.err
