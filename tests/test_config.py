"""Configuration: where it is found, what it holds, and every mistake at its line."""

import os
import re

import pytest
from conftest import EXAMPLES, ROOT
from plugging import rule

import gilint
from gilint.config import Config, find_config, load_config
from gilint.errors import ConfigError, RuleError
from gilint.limits import Limits
from gilint.toml_lines import key_lines

MIYUN = EXAMPLES / "miyun-2024.txt"
CLEAN = EXAMPLES / "clean-2024.txt"


@pytest.fixture
def write(tmp_path, monkeypatch):
    """Write a file below an empty working folder."""
    monkeypatch.chdir(tmp_path)

    def write(name, text):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        return path

    return write


def mistakes(text, write, name="gilint.toml"):
    """(line, message) of every mistake that making a linter finds."""
    write(name, text)
    with pytest.raises(ConfigError) as caught:
        gilint.Linter()
    found = []
    for line in str(caught.value).splitlines():
        assert line.startswith(f"{name}:"), line
        number, _, message = line[len(name) + 1 :].partition(": ")
        found.append((int(number), message))
    return found


def only_mistake(text, write, name="gilint.toml"):
    ((line, message),) = mistakes(text, write, name)
    return line, message


# --- where ------------------------------------------------------------------------------------------------------------


def test_without_a_file_the_configuration_is_empty(write):
    assert find_config() == Config()


def test_the_nearest_file_counts(write):
    write("gilint.toml", 'lang = "en"')
    near = write("a/gilint.toml", 'fail_on = "never"')
    (near.parent / "b").mkdir()
    assert find_config(near.parent / "b").path == str(near)
    assert find_config(near.parent / "b").lang == "zh"


def test_a_file_of_its_own_comes_before_the_project_file(write):
    write("pyproject.toml", '[tool.gilint]\nlang = "en"')
    write("gilint.toml", 'fail_on = "info"')
    assert find_config() == load_config(os.path.abspath("gilint.toml"))


@pytest.mark.parametrize(
    "text",
    [
        '[tool.gilint]\nlang = "en"',
        '[ tool . "gilint" ]\nlang = "en"',
        '[tool]\ngilint = {lang = "en"}',
        'tool.gilint.lang = "en"',
        '[tool]\n[tool.gilint]\nlang = "en"',
    ],
)
def test_the_table_of_a_project_file_is_found_however_it_is_written(write, text):
    write("pyproject.toml", text)
    assert find_config().lang == "en"


@pytest.mark.parametrize("text", ["", "[tool.ruff]", "[project]\ndependencies = ['gilint']", "tool = 'gilint'"])
def test_a_project_file_without_the_table_is_passed_over(write, text):
    write("gilint.toml", 'lang = "en"')
    write("a/pyproject.toml", text)
    assert find_config("a").lang == "en"


def test_a_project_file_that_is_named_must_have_the_table(write):
    path = write("pyproject.toml", "[tool.ruff]")
    with pytest.raises(ConfigError, match=r"there is no table \[tool.gilint\]"):
        load_config(path)


def test_a_missing_file_is_named(write):
    with pytest.raises(ConfigError, match=r"none\.toml: .*cannot read.*No such file"):
        load_config("none.toml")


def test_a_file_that_is_no_toml_is_named_with_the_place(write):
    write("gilint.toml", "select = }")
    with pytest.raises(ConfigError, match=r"gilint\.toml: .*not valid TOML.*line 1"):
        find_config()


def test_a_file_in_another_encoding_is_named(write, tmp_path):
    (tmp_path / "gilint.toml").write_bytes('issuer_kind = "部"'.encode("gb18030"))
    with pytest.raises(ConfigError, match="byte 16 is not UTF-8"):
        find_config()


def test_a_byte_order_mark_does_no_harm(write, tmp_path):
    (tmp_path / "gilint.toml").write_bytes(b'\xef\xbb\xbflang = "en"')
    assert find_config().lang == "en"


def test_no_configuration_is_read_where_none_is_wanted(write):
    write("gilint.toml", "nonsense = 1")
    assert gilint.Linter(config=False).config == Config()


# --- mistakes and their lines -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "line", "part"),
    [
        ("# none\n\nselct = []", 3, "did you mean 'select'?"),
        ('lang = "fr"', 1, "known: zh, en"),
        ('fail_on = "eror"', 1, "did you mean 'error'?"),
        ("lang = 5", 1, "unknown value '5'"),
        ('select = "T301"', 1, "must be a list of strings"),
        ('ignore = [\n  "S101",\n  5,\n]', 3, "ignore.1 must be a string that is not empty"),
        ('packs = ["  "]', 1, "not empty"),
        ('deadline = "1-20"', 1, "MM-DD"),
        ('deadline = "02-30"', 1, "MM-DD"),
        ("deadline = 01:20:00", 1, "must be a string"),
        ("issuer_kind = true", 1, "must be a string"),
        ("\nfacts = 1", 2, "must be a table"),
        ('[severity]\n"T301" = "loud"', 2, "unknown value 'loud'"),
        ("severity = {T301 = 'info', T302 = 'loud'}", 1, "severity.T302"),
        ("[phrases]\nL101 = []", 2, "must be a table"),
        ("[phrases.L101]\nadd = []\nexcpt = []", 3, "did you mean 'except'?"),
        ('[phrases."L101"]\n"ad\\u0064s" = []', 2, "did you mean 'add'?"),
        ("[phrases]\nL101.excpt = []", 2, "unknown key 'excpt'"),
        ('plugins = ["./x.py"]', 1, "must be the name of a module"),
        ("x = '''\nlang = 1\n'''\nlnag = 1", 1, "unknown key 'x'"),
    ],
)
def test_a_mistake_stands_at_its_line(write, text, line, part):
    found = mistakes(text, write)
    assert found[0][0] == line
    assert part in found[0][1]


def test_a_key_behind_a_text_of_several_lines_keeps_its_line(write):
    found = mistakes("x = '''\nlang = 1\n'''\nlnag = 1", write)
    assert [line for line, _message in found] == [1, 4]


def test_all_mistakes_are_told_at_once(write):
    assert len(mistakes('selct = []\nlang = "fr"\n[severity]\nT301 = "loud"', write)) == 3


def test_the_lines_of_a_project_file_count_from_its_beginning(write):
    text = '[project]\nname = "x"\nselct = 1\n\n[tool.gilint]\nselct = []'
    assert only_mistake(text, write, "pyproject.toml")[0] == 6


@pytest.mark.parametrize(
    ("text", "line", "part"),
    [
        ('select = ["T301",\n  "T999"]', 2, "unknown rule 'T999'"),
        ('ignore = ["severity:loud"]', 1, "unknown severity 'loud'"),
        ('[severity]\nrequests-balence = "info"', 2, "did you mean 'requests-balance'?"),
        ("[phrases.T999]\nadd = ['x']", 1, "unknown rule 'T999'"),
        ("[phrases.T301]\nadd = ['x']", 1, "has no words to add"),
        ("[facts]\nscraped = true\nenforcment = true", 3, "did you mean 'enforcement'?"),
        ("[facts]\nenforcement = 'yes'", 2, "must be true or false"),
        ("[facts]\npublished = 'soon'", 2, "must be a date"),
        ("[facts]\nother_organs = 'x'", 2, "must be a list of strings"),
        ('issuer_kind = "departmnet"', 1, "did you mean 'department'?"),
        ('packs = [\n"annual-report",\n"rules/none"]', 3, "no rule pack 'rules/none'"),
    ],
)
def test_what_the_rules_do_not_know_stands_at_its_line(write, text, line, part):
    found_line, message = only_mistake(text, write)
    assert found_line == line
    assert part in message


def test_the_lines_of_keys():
    text = '[a."b c"]\nd.e = {f = 1, g = [1,\n 2]} # h = 1\n[[i]]\nj = "k = [" # {\n'
    assert key_lines(text) == {
        ("a",): 1,
        ("a", "b c"): 1,
        ("a", "b c", "d"): 2,
        ("a", "b c", "d", "e"): 2,
        ("a", "b c", "d", "e", "f"): 2,
        ("a", "b c", "d", "e", "g"): 2,
        ("a", "b c", "d", "e", "g", 0): 2,
        ("a", "b c", "d", "e", "g", 1): 3,
        ("i",): 4,
        ("i", 0): 4,
        ("i", 0, "j"): 5,
    }


def test_each_table_of_an_array_has_lines_of_its_own():
    text = "[[a]]\nb = 1\n[a.c]\nd = 2\n[[a]]\nb = 3\n[[a.e]]\nf = 4\n[[a.e]]\nf = 5\n"
    assert key_lines(text) == {
        ("a",): 1,
        ("a", 0): 1,
        ("a", 0, "b"): 2,
        ("a", 0, "c"): 3,
        ("a", 0, "c", "d"): 4,
        ("a", 1): 5,
        ("a", 1, "b"): 6,
        ("a", 1, "e"): 7,
        ("a", 1, "e", 0): 7,
        ("a", 1, "e", 0, "f"): 8,
        ("a", 1, "e", 1): 9,
        ("a", 1, "e", 1, "f"): 10,
    }


# --- what it does -----------------------------------------------------------------------------------------------------


def test_select_and_ignore(write):
    write("gilint.toml", 'select = ["tables"]\nignore = ["T302"]')
    ids = {each.id for each in gilint.Linter().rules}
    assert "T301" in ids
    assert not ids & {"T302", "S101"}


def test_select_of_the_caller_stands_in_place_of_that_of_the_file(write):
    write("gilint.toml", 'select = ["T301"]\nignore = ["T302"]')
    assert {each.id for each in gilint.Linter(select=["S101", "T302"]).rules} == {"S101"}


def test_no_rule_left_is_refused(write):
    with pytest.raises(ConfigError, match="no rule is selected"):
        gilint.Linter(select=["T301"], ignore=["tables"])


def test_a_severity_is_changed_by_id_prefix_or_name(write):
    write("gilint.toml", '[severity]\nT3 = "info"\nrequests-balance = "warning"')
    linter = gilint.Linter()
    assert linter.ruleset.rule("T301").severity == "warning"
    assert linter.ruleset.rule("T302").severity == "info"


def test_the_changed_severity_is_that_of_the_findings(write):
    write("gilint.toml", '[severity]\nT301 = "info"')
    severities = {each.severity for each in gilint.Linter(select=["T301"]).lint(MIYUN).findings}
    assert severities == {"info"}


def test_packs_are_relative_to_the_file(write, tmp_path, monkeypatch):
    rule(tmp_path / "local")
    (tmp_path / "below").mkdir()
    write("gilint.toml", 'packs = ["local"]')
    monkeypatch.chdir(tmp_path / "below")
    assert {"LOC101", "T301"} <= {each.id for each in gilint.Linter().rules}


def test_a_pack_beside_the_working_folder_is_not_taken_for_one_beside_the_file(write, tmp_path, monkeypatch):
    rule(tmp_path / "below" / "local")
    write("gilint.toml", 'packs = ["local"]')
    monkeypatch.chdir(tmp_path / "below")
    with pytest.raises(ConfigError, match=r"gilint\.toml:1: .*no rule pack 'local'"):
        gilint.Linter()


def words_found(linter, text):
    """What the rule LOC101 finds in a report with this text in its first section."""
    report = CLEAN.read_text(encoding="utf-8")
    heading = next(line for line in report.splitlines() if line.startswith("一、"))
    data = report.replace(heading, f"{heading}\n{text}", 1).encode()
    return [each.excerpt for each in linter.lint(data, "report.txt").findings if each.rule == "LOC101"]


def test_phrases_are_added(write, tmp_path):
    rule(tmp_path / "local")
    write("gilint.toml", 'packs = ["local"]\n[phrases.LOC101]\nadd = ["平澜林业办"]')
    assert words_found(gilint.Linter(), "平澜林业办与平澜乡土办会商。") == ["平澜林业办", "平澜乡土办"]


def test_a_phrase_is_excepted(write, tmp_path):
    rule(tmp_path / "local")
    write("gilint.toml", 'packs = ["local"]\n[phrases.LOC101]\nadd = ["平澜林业办"]\nexcept = ["平澜乡土办"]')
    assert words_found(gilint.Linter(), "平澜林业办与平澜乡土办会商。") == ["平澜林业办"]


def test_a_longer_word_is_excepted(write, tmp_path):
    rule(tmp_path / "local")
    write("gilint.toml", 'packs = ["local"]\n[phrases.loc101]\nexcept = ["原平澜乡土办"]')
    assert words_found(gilint.Linter(), "原平澜乡土办并入平澜乡土办。") == ["平澜乡土办"]


def test_an_excepted_phrase_counts_in_all_its_spellings(write, tmp_path):
    rule(tmp_path / "local")
    write("gilint.toml", 'packs = ["local"]\n[phrases.LOC101]\nexcept = ["平澜乡土办"]')
    assert words_found(gilint.Linter(), "平 澜 乡 土 办会商。") == []


def test_words_of_a_rule_with_patterns_are_excepted(write, tmp_path):
    rule(tmp_path / "local", options="{patterns: ['平澜.{2}办']}")
    write("gilint.toml", 'packs = ["local"]\n[phrases.LOC101]\nexcept = ["平澜乡土办"]')
    assert words_found(gilint.Linter(), "平澜林业办与平澜乡土办会商。") == ["平澜林业办"]


def test_the_deadline_becomes_a_fact(write):
    write("gilint.toml", 'deadline = "01-20"')
    assert gilint.Linter().read(MIYUN).facts["deadline"] == "01-20"


def test_a_deadline_among_the_facts_of_the_caller_wins(write):
    write("gilint.toml", 'deadline = "01-20"')
    assert gilint.Linter(facts={"deadline": "01-25"}).read(MIYUN).facts["deadline"] == "01-25"


def test_a_date_of_toml_is_a_date(write):
    write("gilint.toml", "[facts]\npublished = 2025-01-20")
    assert gilint.Linter().read(MIYUN).facts["published"] == "2025-01-20"


def test_the_kind_of_the_issuer_is_overridden(write):
    write("gilint.toml", 'issuer_kind = "township"')
    assert gilint.Linter().read(MIYUN).issuer_kind == "township"
    assert gilint.Linter(issuer_kind="office").read(MIYUN).issuer_kind == "office"


def test_mistakes_in_the_rules_of_a_configured_pack_stand_in_the_rule_file(write, tmp_path):
    rule(tmp_path / "local", severity="loud")
    write("gilint.toml", 'packs = ["local"]')
    with pytest.raises(RuleError, match=r"local/LOC101\.yaml:4:11"):
        gilint.Linter()


def test_the_published_schema_has_the_keys_that_are_read():
    from gilint.config import KEYS
    from gilint.packs import schema

    assert sorted(schema("config")["properties"]) == sorted(KEYS)


# --- limits -----------------------------------------------------------------------------------------------------------


def test_limits_are_read_and_the_others_keep_their_defaults(write):
    path = write("gilint.toml", "[limits]\nfile_mb = 50\nseconds = 5")
    assert load_config(path).limits == Limits(file_mb=50, seconds=5)


def test_limits_are_those_of_an_input(write):
    write("gilint.toml", "[limits]\nlines = 10")
    with pytest.raises(gilint.InputError) as error:
        gilint.Linter().lint(MIYUN)
    assert (error.value.code, "lines" in error.value.advice["zh"]) == ("too-large", True)


def test_limits_are_given_from_python_too():
    linter = gilint.Linter(config=gilint.Config(limits=gilint.Limits(file_mb=1)))
    with pytest.raises(gilint.InputError) as error:
        linter.lint(b"x" * 1_048_577)
    assert error.value.code == "too-large"


@pytest.mark.parametrize("value", ["0", "-1", "1.5", "true", '"20"', "[1]", "1000000001", "10000000000000000000000"])
def test_a_limit_is_a_whole_number_above_zero(write, value):
    path = write("gilint.toml", f"[limits]\nfile_mb = {value}")
    with pytest.raises(ConfigError, match=r"gilint\.toml:2: limits\.file_mb .*1000000000"):
        load_config(path)


def test_an_unknown_limit_is_told_with_a_near_one(write):
    path = write("gilint.toml", "[limits]\nfile_mb = 3\npage = 3\n")
    with pytest.raises(ConfigError, match=r"gilint\.toml:3: .*page.*pages"):
        load_config(path)


@pytest.mark.parametrize("file", [MIYUN, ROOT / "tests" / "data" / "formats" / "miyun-2024.docx"], ids=["text", "docx"])
def test_the_highest_limits_can_be_used(file):
    highest = Limits(**dict.fromkeys(Limits._fields, 1_000_000_000))
    linter = gilint.Linter(config=gilint.Config(limits=highest))
    assert linter.lint(file).report.year == 2024


def test_the_published_schema_has_all_limits_with_their_defaults_and_bounds():
    from gilint.packs import schema

    published = schema("config")
    limits = published["properties"]["limits"]["properties"]
    assert {key: limit["default"] for key, limit in limits.items()} == Limits._defaults
    assert all(limit["$ref"] == "#/$defs/limit" and limit["description"] for limit in limits.values())
    assert (published["$defs"]["limit"]["minimum"], published["$defs"]["limit"]["maximum"]) == (1, 1_000_000_000)


def test_all_limits_are_explained_with_their_defaults():
    text = (ROOT / "docs" / "configuration.md").read_text(encoding="utf-8")
    explained = dict(re.findall(r"^\| `([a-z_]+)` \| ([0-9,]+) \|", text, re.MULTILINE))
    assert {key: int(number.replace(",", "")) for key, number in explained.items()} == Limits._defaults
