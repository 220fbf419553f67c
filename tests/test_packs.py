"""Packs of rules: what is loaded, what is refused and where, and when the cache is trusted."""

import contextlib
import os
import re
import subprocess
import sys
import textwrap
from pathlib import Path

import jsonschema
import pytest

from gilint.checks import Pattern, check
from gilint.errors import ConfigError, InternalError, OptionError, RuleError
from gilint.packs import default_pack_folder, family_packs, load_ruleset, schema
from gilint.packs.finding import overlays
from gilint.ruleset import Ruleset

ROOT = Path(__file__).resolve().parent.parent

# --- a small registry of check kinds ------------------------------------------------------------------------------


def prepare_words(options, family):
    """Raises what a check may raise; the word 'odd' stands for an option that only the check can judge."""
    if "odd" in options["words"]:
        raise OptionError(("words", options["words"].index("odd")), "怪词 (an odd word)", 1)
    if "crash" in options["words"]:
        raise KeyError("crash")
    if "object" in options["words"]:
        return {"words": object()}
    return {**options, "compiled": (len(options["words"]), [form.id for form in family.forms])}


@check(
    "words",
    options={
        "words": {"type": "array", "minItems": 1, "items": {"type": "string"}},
        "pattern": {"type": "string"},
        "limit": {"type": "integer"},
    },
    required=["words"],
    values=["found"],
    patterns=lambda options, family: [
        *(Pattern(word) for word in options["words"]),
        *([Pattern(f"(?:{options['pattern']})", regex=True, tag="p")] if "pattern" in options else []),
    ],
    prepare=prepare_words,
)
def words(report, options, hits):
    """Words that must not stand there."""
    return ()


@check("plain")
def plain(report, options):
    """Asks for nothing."""
    return ()


class Kinds:
    incomplete = False

    def __init__(self, *key):
        self._key = key

    def names(self):
        return ("words", "plain")

    def get(self, name):
        return {"words": words, "plain": plain}.get(name)

    def key(self):
        return self._key


# --- a small pack -------------------------------------------------------------------------------------------------

PACK = """\
id: demo
title: {zh: 示例, en: demo}
report:
  name: 报告
  titles: ["^(?P<issuer>.+?)(?P<year>[0-9]{4})年报告$"]
  issuer_kinds: [{key: town, title: {zh: 镇, en: town}, patterns: ["镇$"]}]
  facts: {published: {type: date, title: {zh: 发布日期, en: published}}}
"""
FORM = """\
id: "2021"
title: {zh: 新表, en: new form}
years: {from: 2021}
bases: {default: base.txt}
sections: [{key: overview, number: 1, title: 总体情况}]
tables:
  - {key: t, section: overview, title: 表, columns: [{key: a, label: 甲}], rows: [{key: r, label: 行}]}
"""
RULE = """\
id: T301
name: some-rule
title: {zh: 标题, en: title}
severity: error
basis: [{document: 文件, clause: 一}]
check: words
with:
  words: [甲乙]
message: {zh: "{found}有误", en: "{found} is wrong"}
advice: {zh: 改, en: mend}
examples:
  good: [{base: default}]
  bad: [{base: default, section: overview, text: 甲乙}]
"""
OTHER = RULE.replace("T301", "T302").replace("some-rule", "other-rule")


@pytest.fixture(autouse=True)
def cache_folder(tmp_path_factory, monkeypatch):
    folder = tmp_path_factory.mktemp("cache")
    monkeypatch.delenv("GILINT_NO_CACHE", raising=False)
    monkeypatch.setenv("GILINT_CACHE_DIR", str(folder))
    return folder


@pytest.fixture
def write(tmp_path, monkeypatch):
    """Writes a file below the current folder, which is a fresh one, and leads to it."""
    monkeypatch.chdir(tmp_path)

    def write_file(path, text):
        target = tmp_path / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, encoding="utf-8")
        return target

    return write_file


@pytest.fixture
def pack(write):
    """A sound pack in the folder ``demo``."""
    write("demo/pack.yaml", PACK)
    write("demo/forms/2021.yaml", FORM)
    write("demo/forms/base.txt", "")
    return write("demo/tables/T301.yaml", RULE).parent.parent


def loaded(*sources, **options):
    return load_ruleset(sources or ("demo",), Kinds(), **options)


def mistakes(*sources):
    """(path, line, column, message) of each mistake of a load."""
    with pytest.raises(RuleError) as caught:
        loaded(*sources)
    return [(each.path, each.line, each.column, each.message) for each in caught.value.mistakes]


def only_mistake(*sources):
    (found,) = mistakes(*sources)
    return found


def ids(ruleset: Ruleset) -> list[str]:
    return [rule.id for rule in ruleset.rules]


def with_line(text, old, new):
    """The text with a part changed that must be there."""
    assert old in text
    return text.replace(old, new)


# --- what is loaded -----------------------------------------------------------------------------------------------


def test_a_rule_has_what_its_file_says(pack):
    rule = loaded().rule("some-rule")
    assert (rule.id, rule.severity, rule.check, rule.waivable) == ("T301", "error", "words", True)
    assert rule.message == {"zh": "{found}有误", "en": "{found} is wrong"}
    assert rule.basis == ({"document": "文件", "clause": "一"},)


def test_a_rule_knows_where_it_stands(pack):
    rule = loaded().rule("T301")
    assert (rule.folder, rule.pack, rule.family, rule.line) == ("tables", "demo", "demo", 1)
    assert rule.path == str(pack / "tables" / "T301.yaml")


def test_options_are_those_that_the_check_prepared(pack):
    assert loaded().rule("T301").options["compiled"] == (1, ["demo/2021"])


def test_patterns_have_their_literals(pack, write):
    write("demo/tables/T301.yaml", with_line(RULE, "[甲乙]", "[甲乙]\n  pattern: 丙(?:丁|戊)+x?"))
    assert loaded().rule("T301").patterns == (
        Pattern("甲乙"),
        Pattern("(?:丙(?:丁|戊)+x?)", regex=True, tag="p", literals=("丙丁", "丙戊")),
    )


def test_a_form_is_named_by_its_pack_and_its_bases_lie_in_its_folder(pack):
    ruleset = loaded()
    (form,) = ruleset.families[0].forms
    assert form.id == "demo/2021"
    assert form.bases == {"default": str(pack / "forms" / "base.txt")}
    assert ruleset.packs[0].forms[0]["folder"] == str(pack / "forms")


def test_conditions_are_compiled_and_forms_named_in_full(pack, write):
    write("demo/tables/T301.yaml", f'{RULE}applies: {{forms: ["2021"], when: t.r.a > 0}}\n')
    applies = loaded().rule("T301").applies
    assert applies["forms"] == ("demo/2021",)
    assert applies["when_compiled"][0] == "compare"


def test_superseded_rules_are_named_by_id(pack, write):
    write("demo/tables/T302.yaml", f"{OTHER}supersedes: [some-rule]\n")
    assert loaded().rule("T302").supersedes == ("T301",)


def test_hidden_files_and_folders_are_left_out(pack, write):
    write("demo/.hidden.yaml", "not: a rule")
    write("demo/.git/x.yaml", "not: a rule")
    write("demo/notes.txt", "not a rule")
    assert ids(loaded()) == ["T301"]


def test_rules_come_sorted_by_path(pack, write):
    write("demo/dates/D001.yml", OTHER.replace("T302", "D001"))
    assert ids(loaded()) == ["D001", "T301"]


def test_a_rule_takes_options_from_the_one_that_it_is_like(pack, write):
    write("demo/tables/T301.yaml", with_line(RULE, "[甲乙]", "[甲乙]\n  limit: 3"))
    write("demo/tables/T302.yaml", with_line(OTHER, "words: [甲乙]", "like: some-rule\n  limit: 4"))
    options = loaded().rule("T302").options
    assert (options["words"], options["limit"]) == (["甲乙"], 4)
    assert "like" not in options


def test_a_missing_source_is_refused(write):
    with pytest.raises(ConfigError, match="no rule pack 'nowhere'"):
        loaded("nowhere")


def test_a_folder_without_rules_is_refused(write):
    write("empty/readme.txt", "")
    with pytest.raises(ConfigError, match="no rule files in empty"):
        loaded("empty")


def test_another_file_is_refused(write):
    write("rules.txt", "")
    with pytest.raises(ConfigError, match=r"expected \.yaml or a folder"):
        loaded("rules.txt")


# --- packs among each other ---------------------------------------------------------------------------------------

LOCAL = "id: local\ntitle: {zh: 本地, en: local}\nextends: [../demo]\n"


@pytest.fixture
def local(pack, write):
    """A pack that extends ``demo``."""
    write("local/L001.yaml", OTHER.replace("T302", "L001"))
    return write("local/pack.yaml", LOCAL)


def test_an_extended_pack_stands_before(local):
    ruleset = loaded("local")
    assert [pack.id for pack in ruleset.packs] == ["demo", "local"]
    assert ids(ruleset) == ["T301", "L001"]
    assert ruleset.rule("L001").family == "demo"


def test_a_pack_that_is_named_twice_is_loaded_once(local):
    assert ids(loaded("local", "demo", "demo/pack.yaml", "demo/tables")) == ["T301", "L001"]


def test_an_installed_pack_is_found_by_name(local, write):
    write("local/pack.yaml", with_line(LOCAL, "../demo", "their-pack"))
    assert ids(loaded("local", installed={"their-pack": os.path.abspath("demo")})) == ["T301", "L001"]


def test_a_pack_leaves_out_rules_of_those_that_it_extends(local, write):
    write("local/pack.yaml", f"{LOCAL}ignore: [some-rule]\n")
    assert ids(loaded("local")) == ["L001"]


def test_a_rule_that_was_left_out_can_be_written_anew(local, write):
    write("local/pack.yaml", f"{LOCAL}ignore: [T301]\n")
    write("local/T301.yaml", RULE)
    assert [rule.pack for rule in loaded("local").rules] == ["local", "local"]


def test_a_pack_weighs_rules_of_those_that_it_extends_otherwise(local, write):
    write("local/pack.yaml", f"{LOCAL}severity: {{T3: info}}\n")
    assert [rule.severity for rule in loaded("local").rules] == ["info", "error"]


def test_a_pack_adds_a_form_to_the_family_that_it_extends(local, write):
    write("local/forms/2030.yaml", FORM.replace("2021", "2030"))
    write("local/forms/base.txt", "")
    assert [form.id for form in loaded("local").families[0].forms] == ["demo/2021", "demo/2030"]


def test_rule_files_without_a_pack_extend_the_default_one(pack, write, monkeypatch):
    monkeypatch.setattr("gilint.packs.compiler.default_pack_folder", lambda: str(pack))
    write("mine/X001.yaml", OTHER.replace("T302", "X001"))
    ruleset = loaded("mine")
    assert [pack.id for pack in ruleset.packs] == ["demo", "mine"]
    assert ids(ruleset) == ids(loaded("mine/X001.yaml")) == ["T301", "X001"]


@pytest.mark.parametrize(
    ("change", "line", "column", "words"),
    [
        ("ignore: [T302]", 4, 10, "是否想写 T301"),
        ("severity: {T302: info}", 4, 12, "是否想写 T301"),
        ("severity: {T301: fatal}", 4, 18, "未知的值 fatal"),
        ("ignor: [T301]", 4, 1, "是否想写 ignore"),
    ],
)
def test_what_a_pack_cannot_change_is_marked(local, write, change, line, column, words):
    write("local/pack.yaml", f"{LOCAL}{change}\n")
    found = only_mistake("local")
    assert found[:3] == (os.path.join("local", "pack.yaml"), line, column)
    assert words in found[3]


def test_an_unknown_pack_to_extend_is_marked(local, write):
    write("local/pack.yaml", with_line(LOCAL, "../demo", "../demo, ../dmeo"))
    assert "no rule pack '../dmeo'" in only_mistake("local")[3]


def test_packs_that_extend_each_other_are_refused(local, write):
    write("demo/pack.yaml", f"{PACK}extends: [../local]\n")
    found = only_mistake("local")
    assert found[:3] == (os.path.join("demo", "pack.yaml"), 8, 11)
    assert "in a circle" in found[3]


def test_two_packs_of_one_id_are_refused(local, write):
    write("local/pack.yaml", with_line(LOCAL, "id: local", "id: demo"))
    assert "duplicate pack" in only_mistake("local")[3]


def test_a_pack_inside_a_pack_is_refused(pack, write):
    write("demo/inner/pack.yaml", PACK)
    assert "a pack inside a pack" in only_mistake()[3]


def test_a_pack_for_no_report_is_refused(write):
    write("demo/pack.yaml", "id: demo\ntitle: {zh: 无, en: none}\n")
    write("demo/T301.yaml", RULE)
    assert "no 'report'" in only_mistake()[3]


# --- mistakes in a rule -------------------------------------------------------------------------------------------


def place_of(text, part):
    """Line and column of the only such part of a text."""
    assert text.count(part) == 1
    before = text[: text.index(part)]
    return before.count("\n") + 1, len(before) - before.rfind("\n")


@pytest.mark.parametrize(
    ("old", "new", "part", "words"),
    [
        ("severity", "severty", "severty", "未知的键 severty，是否想写 severity？(unknown key 'severty'; did you mean"),
        ("check: words", "check: wrods", "wrods", "未知的检查种类 wrods，是否想写 words"),
        ("words: [甲乙]", "word: [甲乙]", "word:", "未知的键 word，是否想写 words"),
        ("words: [甲乙]", "limit: 3", "with:", "with 缺少键 words"),
        ("with:\n  words: [甲乙]\n", "", "check:", "缺少键 words"),
        ("words: [甲乙]", "words: []", "[]", "至少要有 1 项"),
        ("words: [甲乙]", "words: [甲, odd]", "dd]", "怪词"),
        ("[甲乙]", "[甲乙]\n  pattern: 公(开", "公(", "not a valid RE2 pattern"),
        ("[甲乙]", "[甲乙]\n  pattern: 公(?=开)", "公(", "linear-time"),
        ("[甲乙]", "[甲乙]\n  pattern: '\\w公'", "\\w", "只认 ASCII"),
        ("[甲乙]", "[甲乙]\n  like: some-rul", "some-rul\n", "是否想写 some-rule"),
        ("[甲乙]", "[甲乙]\n  like: T301", "T301\nmessage", "leads back to this rule"),
        ("{found}有误", "有误：{fund}", "{fund}", "未知的占位符 fund，是否想写 found"),
        ("{found} is", "{found!r} is", "{found!r}", "a placeholder is {name}"),
        ("{found} is", "it is {}", "{}", "a placeholder is {name}"),
        ("zh: 改", 'zh: "改}"', "改}", "花括号不成对"),
        ("zh: 改, en: mend", "zh: 改", "advice:", "advice 缺少键 en"),
        ("basis:", "applies: {forms: ['2020']}\nbasis:", "2020", "未知的表单 2020，是否想写 2021"),
        ("basis:", "applies: {issuer_kinds: [twon]}\nbasis:", "twon", "是否想写 town"),
        ("basis:", "applies: {years: {from: 2022, to: 2021}}\nbasis:", "{from:", "起始年份晚于截止年份"),
        ("basis:", "applies: {when: t.r.a > t.r.bb}\nbasis:", "bb}", "bb"),
        ("basis:", "needs: [publishd=x]\nbasis:", "publishd", "未知的事实 publishd，是否想写 published"),
        ("basis:", "supersedes: [T302]\nbasis:", "T302", "未知的规则 T302，是否想写 T301"),
        ("text: 甲乙}", "text: 甲乙, also: [T3]}", "T3]", "未知的规则 T3"),
        ("[{base: default}]", "[{form: '2020'}]", "2020", "未知的表单 2020"),
        ("section: overview, ", "", "text:", "写了 text 就必须写 section"),
    ],
)
def test_a_mistake_is_marked_at_its_place(pack, write, old, new, part, words):
    text = with_line(RULE, old, new)
    write("demo/tables/T301.yaml", text)
    path, line, column, message = only_mistake()
    assert path == os.path.join("demo", "tables", "T301.yaml")
    assert words in message
    assert (line, column) == place_of(text, part)


def test_a_duplicate_id_names_both_files(pack, write):
    write("demo/tables/T302.yaml", with_line(OTHER, "T302", "T301"))
    path, line, column, message = only_mistake()
    assert (path, line, column) == (os.path.join("demo", "tables", "T302.yaml"), 1, 5)
    assert f"also {os.path.join('demo', 'tables', 'T301.yaml')}:1" in message


def test_a_duplicate_name_names_both_files(pack, write):
    write("demo/tables/T302.yaml", with_line(OTHER, "other-rule", "some-rule"))
    assert "duplicate name 'some-rule'" in only_mistake()[3]


def test_mistakes_of_all_files_are_reported_in_one_pass(pack, write):
    write("demo/pack.yaml", with_line(PACK, "镇$", "镇(?=x)"))
    write("demo/forms/2021.yaml", with_line(FORM, "section: overview", "section: overvew"))
    write("demo/tables/T301.yaml", with_line(RULE, "severity: error", "severity: eror"))
    write("demo/tables/T302.yaml", with_line(OTHER, "{found}有误", "{fund}有误"))
    write("demo/tables/T303.yaml", "a: [")
    write("demo/tables/T304.yaml", f"{OTHER}id: T304\n")
    names = [Path(path).name for path, *_ in mistakes()]
    assert names == ["2021.yaml", "pack.yaml", "T301.yaml", "T302.yaml", "T303.yaml", "T304.yaml"]


def test_several_mistakes_of_one_file_are_reported_in_one_pass(pack, write):
    text = with_line(RULE, "severity: error", "severity: eror")
    text = with_line(text, "[甲乙]", "[甲乙]\n  limit: many")
    write("demo/tables/T301.yaml", with_line(text, "{found}有误", "{fund}有误"))
    assert [line for _, line, _, _ in mistakes()] == [4, 9, 10]


def test_a_model_with_a_mistake_is_reported_once(pack, write):
    write("demo/tables/T301.yaml", with_line(RULE, "words: [甲乙]", "words: 甲乙"))
    write("demo/tables/T302.yaml", with_line(OTHER, "words: [甲乙]", "like: T301"))
    assert Path(only_mistake()[0]).name == "T301.yaml"


def test_rules_that_are_like_each_other_are_refused(pack, write):
    write("demo/tables/T301.yaml", with_line(RULE, "words: [甲乙]", "like: T302"))
    write("demo/tables/T302.yaml", with_line(OTHER, "words: [甲乙]", "like: T301"))
    assert "leads back to this rule" in only_mistake()[3]


@pytest.mark.parametrize("text", ["", "- a\n", "text\n"])
def test_a_file_that_is_no_rule_is_refused(pack, write, text):
    write("demo/tables/T302.yaml", text)
    assert "应为键值对" in only_mistake()[3]


def test_a_check_that_breaks_is_our_mistake_and_is_named(pack, write):
    write("demo/tables/T301.yaml", with_line(RULE, "[甲乙]", "[crash]"))
    with pytest.raises(InternalError, match="check kind 'words' broke in prepare of rule T301"):
        loaded()


def test_a_check_must_prepare_plain_data(pack, write):
    write("demo/tables/T301.yaml", with_line(RULE, "[甲乙]", "[object]"))
    with pytest.raises(InternalError, match="unmarshallable"):
        loaded()


JUNK = ["", "5", "text", "[]", "{}", "[{}]", "{a: {b: [1]}}", "true", "[[text]]", '"2021"']


@pytest.mark.parametrize("path", ["demo/tables/T301.yaml", "demo/forms/2021.yaml", "demo/pack.yaml"])
def test_no_value_of_a_wrong_type_is_more_than_a_mistake(local, write, path):
    write("local/pack.yaml", f"{LOCAL}ignore: ['form:2021', 'year:2024', 'issuer:town']\n")
    original = Path(path).read_text(encoding="utf-8")
    keys = [*dict.fromkeys(line.partition(":")[0] for line in original.splitlines() if line[0] not in " -")]
    for key in [*keys, "applies", "needs", "supersedes", "waivable", "extends", "ignore", "severity", "marks"]:
        for junk in JUNK:
            kept = [block for block in re.split(r"\n(?=\w)", original) if not block.startswith(f"{key}:")]
            write(path, "\n".join([*kept, f"{key}: {junk}"]))
            with contextlib.suppress(RuleError):
                loaded("local")


# --- mistakes in a form or pack -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("old", "new", "line", "words"),
    [
        ("years: {from: 2021}", "years: {form: 2021}", 3, "是否想写 from"),
        ("section: overview", "section: overvew", 7, "未知的章节 overvew，是否想写 overview"),
        ("{key: r, label: 行}", "{key: r, label: 行, columns: [b]}", 7, "未知的列 b"),
        ("{key: r, label: 行}", "{key: r, label: 行}, {key: r, label: 列}", 7, "duplicate key 'r'"),
        ("base.txt", "bsae.txt", 4, "no such file"),
    ],
)
def test_a_mistake_in_a_form_is_marked(pack, write, old, new, line, words):
    write("demo/forms/2021.yaml", with_line(FORM, old, new))
    path, found, _, message = only_mistake()
    assert (Path(path).name, found) == ("2021.yaml", line)
    assert words in message


def test_a_pattern_in_a_pack_is_judged(pack, write):
    text = with_line(PACK, "镇$", "镇(?!x)")
    write("demo/pack.yaml", text)
    assert only_mistake()[1:3] == place_of(text, "镇(?!x)")


# --- cache --------------------------------------------------------------------------------------------------------


def test_the_cache_gives_the_same_rules(pack, cache_folder):
    first = loaded()
    assert len(list(cache_folder.iterdir())) == 1
    assert loaded() == first


def test_nothing_is_compiled_when_nothing_changed(pack, monkeypatch):
    loaded()
    monkeypatch.setattr("gilint.packs.compiler.compile_packs", pytest.fail)
    assert ids(loaded()) == ["T301"]


def test_a_hit_imports_neither_yaml_nor_jsonschema(pack):
    loaded()
    code = """
        import sys
        from gilint.packs import load_ruleset
        class Kinds:
            key = staticmethod(lambda: ())
        assert load_ruleset(["demo"], Kinds()).rules[0].id == "T301"
        print(*sys.modules)
    """
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-c", textwrap.dedent(code)]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=True)
    slow = {"yaml", "jsonschema", "difflib", "json", "re2", "re._parser", "typing", "gilint.packs.compiler"}
    # What the interpreter loads by itself is not ours to answer for.
    bare = subprocess.run(
        [sys.executable, "-c", "import re, sys; print(*sys.modules)"], capture_output=True, text=True, check=True
    )
    assert not slow & (set(done.stdout.split()) - set(bare.stdout.split()))


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("demo/tables/T301.yaml", RULE.replace("标题", "题")),
        ("demo/tables/T302.yaml", OTHER),
        ("demo/pack.yaml", PACK.replace("示例", "例")),
        ("demo/forms/2021.yaml", FORM.replace("新表", "表")),
    ],
)
def test_a_changed_or_new_file_is_read_again(pack, write, path, text):
    before = loaded()
    write(path, text)
    assert loaded() != before


def test_a_file_changed_in_an_extended_pack_is_read_again(local, write):
    before = loaded("local")
    write("demo/tables/T302.yaml", OTHER.replace("other-rule", "third-rule"))
    assert loaded("local") != before


def test_a_removed_file_is_forgotten(pack, write):
    second = write("demo/tables/T302.yaml", OTHER)
    loaded()
    second.unlink()
    assert ids(loaded()) == ["T301"]


def test_other_kinds_are_another_cache(pack, cache_folder):
    load_ruleset(["demo"], Kinds("a"))
    load_ruleset(["demo"], Kinds("b"))
    assert len(list(cache_folder.iterdir())) == 2


def test_a_damaged_cache_is_ignored(pack, cache_folder):
    loaded()
    (path,) = cache_folder.iterdir()
    path.write_bytes(path.read_bytes()[:-10])
    assert ids(loaded()) == ["T301"]


def test_rules_with_mistakes_are_not_cached(pack, write, cache_folder):
    write("demo/tables/T301.yaml", RULE.replace("severity", "severty"))
    mistakes()
    assert list(cache_folder.iterdir()) == []


# --- published schemas --------------------------------------------------------------------------------------------


def rule_is_valid(**changes):
    rule = {
        "id": "T301",
        "name": "some-rule",
        "title": {"zh": "题", "en": "title"},
        "severity": "error",
        "basis": [{"document": "文件", "clause": "一"}],
        "check": "words",
        "with": {"words": ["甲"]},
        "message": {"zh": "误", "en": "wrong"},
        "advice": {"zh": "改", "en": "mend"},
        "examples": {"good": [{}], "bad": [{}]},
    }
    rule.update(changes)
    return jsonschema.Draft202012Validator(schema("rule", Kinds())).is_valid(rule)


@pytest.mark.parametrize(
    ("changes", "valid"),
    [
        ({}, True),
        ({"with": {"like": "other"}}, True),
        ({"with": {"word": ["甲"]}}, False),
        ({"with": {}}, False),
        ({"check": "plain", "with": {}}, True),
        ({"check": "plain", "with": {"words": ["甲"]}}, False),
        ({"check": "other"}, False),
    ],
)
def test_the_schema_of_rules_holds_the_options_of_each_kind(changes, valid):
    assert rule_is_valid(**changes) is valid


@pytest.mark.parametrize("name", ["rule", "form", "pack"])
def test_published_schemas_are_schemas(name):
    jsonschema.Draft202012Validator.check_schema(schema(name, Kinds()))


def test_an_unknown_schema_is_refused_with_what_was_meant():
    with pytest.raises(ConfigError, match="did you mean 'form'"):
        schema("from")


def test_the_default_pack_is_found_beside_the_package():
    assert default_pack_folder("nothing") is None


# --- families ---------------------------------------------------------------------------------------------------------

SIBLING = """\
id: sibling
title: {zh: 同类, en: sibling}
report:
  name: 同类报告
  like: ../demo
  titles: ['^同类报告$']
"""


def test_a_family_takes_over_what_its_reports_have_in_common_with_another(pack, write):
    common = {"units": ["件"], "furniture": ["^打印$"], "period_words": ["统计期限"], "obsolete_sections": ["概述"]}
    write("demo/pack.yaml", PACK + "".join(f"  {key}: {words}\n" for key, words in common.items()))
    write("sibling/pack.yaml", f"{SIBLING}  units: [个]\n")
    write("sibling/forms/2021.yaml", FORM)
    write("sibling/forms/base.txt", "")
    family = next(one for one in loaded("sibling").families if one.pack == "sibling")
    assert (family.name, family.titles) == ("同类报告", ("^同类报告$",))
    assert (family.units, family.furniture, family.period_words) == (("个",), ("^打印$",), ("统计期限",))
    assert family.obsolete_sections == ()


def test_a_pack_to_be_like_that_does_not_exist_is_marked(pack, write):
    write("sibling/pack.yaml", with_line(SIBLING, "../demo", "../dmeo"))
    write("sibling/forms/2021.yaml", FORM)
    write("sibling/forms/base.txt", "")
    found = [mistake for mistake in mistakes("sibling") if "dmeo" in mistake[3]]
    assert [mistake[:3] for mistake in found] == [(os.path.join("sibling", "pack.yaml"), 5, 9)]


def test_the_families_that_come_with_gilint_begin_with_the_default_one():
    found = family_packs()
    assert found[0] == "annual-report"
    assert "rule-of-law-report" in found[1:]
    assert found[1:] == sorted(found[1:])


def test_overlays_are_found_by_name_and_are_no_families():
    assert {"beijing", "shanghai"} <= set(overlays())
    assert not set(overlays()) & set(family_packs())
    for name in overlays():
        assert (Path(default_pack_folder(name)) / "pack.yaml").is_file()
