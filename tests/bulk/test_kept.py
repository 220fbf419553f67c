"""The store of results: what comes back, what it does not survive and does not mind, and what a key depends on."""

import os
import sqlite3
from concurrent.futures import Executor, Future, ProcessPoolExecutor, ThreadPoolExecutor
from multiprocessing import get_context

import pytest
from conftest import EXAMPLES, ROOT
from hypothesis import given
from hypothesis import strategies as st
from plugging import module, rule

from gilint import Linter
from gilint.bulk import judging, kept, settings
from gilint.bulk.batch import Batch
from gilint.bulk.entries import decoded
from gilint.bulk.kept import Kept
from gilint.bulk.settings import settings_digest
from gilint.bulk.tasks import TASKS_A_WORKER
from gilint.packing import unpack
from gilint.reporters import Options, Run
from gilint.reporters.json import JsonReporter

CLEAN = (EXAMPLES / "clean-2024.txt").read_text(encoding="utf-8")
OWN = "平澜县市场监督管理局"
CONTENT = bytes(range(256)) * 40


@pytest.fixture(autouse=True)
def no_store_is_open(monkeypatch):
    monkeypatch.setattr(kept, "_OPEN", {})
    monkeypatch.setattr(kept, "PATIENCE", 0.05)
    yield
    close_all()


def close_all():
    for connection in filter(None, kept._OPEN.values()):
        connection.close()
    kept._OPEN.clear()


def fresh(store):
    """The same store as another process finds it."""
    close_all()
    return store


@pytest.fixture
def store(tmp_path):
    return Kept(str(tmp_path), b"settings")


def filled(store, count=30):
    keys = [store.key(number) for number in range(count)]
    for key in keys:
        store.put(key, key + CONTENT)
    return keys


def size(store):
    return os.path.getsize(store._path)


# --- what comes back --------------------------------------------------------------------------------------------------


@given(st.lists(st.binary(max_size=300), min_size=1, max_size=8))
def test_what_was_put_comes_back_for_as_long_as_nothing_else_was(contents):
    from tempfile import TemporaryDirectory

    with TemporaryDirectory() as folder:
        store = Kept(folder, b"")
        for content in contents:
            store.put(store.key("name"), content)
        assert fresh(store).get(store.key("name")) == contents[-1]
        assert store.get(store.key("other")) is None
        fresh(store)


def test_other_settings_or_other_parts_have_other_keys(tmp_path):
    one, other = Kept(str(tmp_path), b"one"), Kept(str(tmp_path), b"other")
    keys = {one.key("a", "b"), one.key("ab", ""), one.key("a", None), one.key("a", "None"), other.key("a", "b")}
    assert len(keys) == 5


def test_a_name_that_is_no_text_has_a_key(store):
    assert store.key("\udce6.txt") != store.key("\udce7.txt")


def test_only_the_user_may_read_what_is_kept(store):
    filled(store, 1)
    assert os.stat(store._path).st_mode & 0o077 == 0


# --- damage -----------------------------------------------------------------------------------------------------------


def test_a_store_that_is_no_store_is_removed_and_the_next_run_begins_anew(store):
    filled(store, 1)
    fresh(store)
    with open(store._path, "wb") as file:
        file.write(b"no database, " * 1000)
    assert store.get(store.key(0)) is None
    assert not os.path.exists(store._path)
    (key,) = filled(fresh(store), 1)
    assert store.get(key) == key + CONTENT


def test_a_store_with_another_table_is_removed(store):
    with sqlite3.connect(store._path) as other:
        other.execute("CREATE TABLE entries (number INTEGER)")
    other.close()
    assert store.get(b"key") is None
    assert not os.path.exists(store._path)


@pytest.mark.parametrize("place", [0.0, 0.3, 0.6, 0.9])
@pytest.mark.parametrize("how", ["noise", "cut", "zeros"])
def test_damage_between_two_runs_gives_nothing_wrong(store, how, place):
    keys = filled(store)
    at = int(size(fresh(store)) * place)
    damage(store, how, at)
    found = [store.get(key) for key in keys]
    assert all(content in (None, key + CONTENT) for key, content in zip(keys, found, strict=True))
    assert None in found


@pytest.mark.parametrize("how", ["noise", "cut", "zeros", "gone"])
def test_damage_during_a_run_gives_nothing_wrong(store, how):
    keys = filled(store)
    damage(store, how, 4096)
    for key in keys:
        assert store.get(key) in (None, key + CONTENT)
        store.put(key, key + CONTENT)
        assert store.get(key) in (None, key + CONTENT)


def damage(store, how, at):
    if how == "gone":
        os.unlink(store._path)
    elif how == "cut":
        os.truncate(store._path, at)
    else:
        with open(store._path, "r+b") as file:
            file.seek(at)
            file.write(os.urandom(30_000) if how == "noise" else bytes(30_000))


def test_a_store_whose_bytes_became_text_is_removed(store):
    (key, *_) = filled(store, 3)
    with sqlite3.connect(store._path) as connection:
        connection.execute("UPDATE entries SET content = CAST(content AS TEXT)")
    connection.close()
    assert fresh(store).get(key) is None
    assert not os.path.exists(store._path)


def test_an_entry_that_lies_under_the_key_of_another_is_not_given(store):
    one, other = filled(store, 2)
    with sqlite3.connect(store._path) as database:
        content = database.execute("SELECT content FROM entries WHERE key = ?", (one,)).fetchone()[0]
        database.execute("UPDATE entries SET content = ? WHERE key = ?", (content, other))
    database.close()
    assert store.get(one) == one + CONTENT
    assert store.get(other) is None


@pytest.mark.parametrize("value", [None, "text", 7, b"", b"short"])
def test_an_entry_that_is_something_else_is_not_given(store, value):
    (key,) = filled(store, 1)
    with sqlite3.connect(store._path) as database:
        database.execute("DROP TABLE entries")
        database.execute("CREATE TABLE entries (key, content)")
        database.execute("INSERT INTO entries VALUES (?, ?)", (key, value))
    database.close()
    assert store.get(key) is None


# --- what keeps a store from being used -------------------------------------------------------------------------------


def test_a_folder_that_cannot_be_made_keeps_nothing(tmp_path):
    (tmp_path / "file").write_text("")
    store = Kept(str(tmp_path / "file" / "cache"), b"")
    store.put(b"key", b"content")
    assert store.get(b"key") is None


@pytest.mark.skipif(os.name != "posix" or os.geteuid() == 0, reason="the superuser may write anywhere")
def test_a_folder_that_may_not_be_written_keeps_nothing(tmp_path):
    tmp_path.chmod(0o500)
    store = Kept(str(tmp_path), b"")
    store.put(b"key", b"content")
    assert store.get(b"key") is None
    tmp_path.chmod(0o700)


def test_a_full_disk_keeps_what_is_there(store):
    keys = filled(store, 5)
    (connection,) = kept._OPEN.values()
    connection.execute("PRAGMA max_page_count = 1")  # never less than there are
    store.put(b"new", os.urandom(100_000))
    assert store.get(b"new") is None
    assert [fresh(store).get(key) for key in keys] == [key + CONTENT for key in keys]


def test_a_store_that_another_process_holds_is_left_alone(store):
    keys = filled(store, 5)
    fresh(store)
    other = sqlite3.connect(store._path, isolation_level=None)
    other.execute("BEGIN EXCLUSIVE")
    assert store.get(keys[0]) is None
    other.execute("ROLLBACK")
    other.close()
    assert fresh(store).get(keys[0]) == keys[0] + CONTENT


def test_a_process_that_dies_while_it_writes_loses_only_that(store):
    keys = filled(store, 5)
    fresh(store)
    child = os.fork() if hasattr(os, "fork") else pytest.skip("no fork")
    if child == 0:
        connection = sqlite3.connect(store._path, isolation_level=None)
        connection.execute("PRAGMA cache_size = 1")  # so that pages are written before the end
        connection.execute("BEGIN IMMEDIATE")
        connection.execute("UPDATE entries SET content = zeroblob(20000)")
        os._exit(9)
    os.waitpid(child, 0)
    assert [store.get(key) for key in keys] == [key + CONTENT for key in keys]


# --- many at a time ---------------------------------------------------------------------------------------------------


def work(folder, seed):
    """Put and get entries that others put and get too; the keys of what came back wrong."""
    store, wrong = Kept(folder, b""), []
    for step in range(60):
        key = store.key((step * seed) % 41)
        content = store.get(key)
        if content is None:
            store.put(key, key * 300)
        elif content != key * 300:
            wrong.append(key)
    return wrong


def test_many_processes_and_threads_use_a_store_at_a_time(tmp_path):
    with ProcessPoolExecutor(3, mp_context=get_context("spawn")) as processes, ThreadPoolExecutor(3) as threads:
        started = [pool.submit(work, str(tmp_path), seed) for seed in (1, 3, 7) for pool in (processes, threads)]
        assert [each.result(timeout=120) for each in started] == [[]] * 6
    store = Kept(str(tmp_path), b"")
    assert all(fresh(store).get(store.key(number)) in (None, store.key(number) * 300) for number in range(41))


# --- room -------------------------------------------------------------------------------------------------------------


def test_the_oldest_entries_make_room(store, monkeypatch):
    monkeypatch.setenv("GILINT_CACHE_MB", "1")
    monkeypatch.setattr(kept, "GONE_AT_ONCE", 5)
    keys = [store.key(number) for number in range(200)]
    for key in keys:
        store.put(key, os.urandom(10_000))
    found = [store.get(key) is not None for key in keys]
    assert size(store) <= 1_100_000
    assert 50 < sum(found) < 100
    assert found == sorted(found)


def test_what_would_fill_half_of_the_room_is_not_kept(store, monkeypatch):
    monkeypatch.setenv("GILINT_CACHE_MB", "1")
    (key,) = filled(store, 1)
    store.put(b"large", os.urandom(600_000))
    assert store.get(b"large") is None
    assert store.get(key) is not None


def test_entries_that_are_put_together_are_all_there_and_the_first_go_first(store, monkeypatch):
    monkeypatch.setenv("GILINT_CACHE_MB", "1")
    monkeypatch.setattr(kept, "GONE_AT_ONCE", 5)
    keys = [store.key(number) for number in range(120)]
    for at in range(0, len(keys), 40):
        store.put_all([(key, os.urandom(10_000)) for key in keys[at : at + 40]])
    found = [store.get(key) is not None for key in keys]
    assert size(store) <= 1_500_000
    assert found == sorted(found)
    assert all(found[-40:])


def test_a_store_that_cannot_take_all_takes_none_and_stays_sound(store):
    (key,) = filled(store, 1)
    store.put_all([(b"good", CONTENT), (object(), CONTENT)])  # no key: the second one cannot be stored
    assert fresh(store).get(b"good") is None
    assert store.get(key) == key + CONTENT


def test_with_less_room_than_before_the_store_begins_anew(store, monkeypatch):
    for number in range(150):
        store.put(store.key(number), os.urandom(10_000))
    assert size(fresh(store)) > 1_000_000
    monkeypatch.setenv("GILINT_CACHE_MB", "1")
    store.put(b"new", b"content")
    assert store.get(b"new") == b"content"
    assert size(store) < 100_000


@pytest.mark.parametrize(
    ("variable", "value"), [("GILINT_CACHE_MB", "0"), ("GILINT_NO_CACHE", "1"), ("GILINT_CACHE_MB", "00")]
)
def test_the_user_may_keep_nothing(monkeypatch, variable, value):
    monkeypatch.setenv("GILINT_CACHE_DIR", "/cache")
    assert kept.kept(b"") is not None
    monkeypatch.setenv(variable, value)
    assert kept.kept(b"") is None


@pytest.mark.parametrize("value", ["", "many", "-5", "٣", "1.5"])
def test_a_size_that_is_no_number_is_the_usual_one(monkeypatch, value):
    monkeypatch.setenv("GILINT_CACHE_MB", value)
    assert kept.megabytes() == 1000


class Nobody(Executor):
    """Has nobody who could do anything."""

    def submit(self, function, /, *arguments, **named):
        raise AssertionError("a worker was started")


def similar(folder, count=40):
    """Reports of different organs that have so much in common that each is compared with others."""
    for number in range(count):
        text = CLEAN.replace(OWN, f"平澜县第{number}管理局").replace("2024年", f"20{24 - number % 3}年", 1)
        written(folder / f"{number:02}.txt", text)
    return sorted(folder.iterdir())


def ran(store, paths, executor=None, linter=None):
    """A run that has come to its end."""
    batch = Batch(linter or Linter(config=False), kept=store)
    for _done in (*batch.judge(paths, executor), *batch.compare(executor)):
        pass
    return batch


def shown(batch):
    """What a reporter shows of each result of a run."""
    return ["".join(JsonReporter(Options()).render(Run((result,)))) for result in batch]


def test_a_second_run_asks_no_worker(store, tmp_path):
    paths = similar(tmp_path / "reports")
    first, second = ran(store, paths), ran(store, paths, Nobody())
    assert shown(second) == shown(first)
    assert list(second.gists()) == list(first.gists())
    assert sum(len(result.findings) for result in first) > 40


# --- the run as a whole -----------------------------------------------------------------------------------------------


def refuse(*arguments, **named):
    raise AssertionError("this was known")


def test_the_very_same_reports_are_not_compared_again(store, tmp_path, monkeypatch):
    paths = similar(tmp_path / "reports")
    first = shown(ran(store, paths))
    monkeypatch.setattr("gilint.runs.Assembly.judge", refuse)
    assert shown(ran(store, paths)) == first


@pytest.mark.parametrize("change", ["edited", "removed", "added", "moved"])
def test_reports_are_compared_again_once_one_of_them_is_another(store, tmp_path, change):
    folder = tmp_path / "reports"
    paths = similar(folder, 12)
    before = shown(ran(store, paths))
    if change == "edited":
        written(paths[5], CLEAN)
    elif change == "removed":
        paths[5].unlink()
    elif change == "added":
        written(folder / "new.txt", paths[5].read_text(encoding="utf-8"))
    else:
        paths[5].rename(folder / "moved.txt")
    after = shown(ran(store, sorted(folder.iterdir())))
    assert after == shown(ran(None, sorted(folder.iterdir())))
    assert after != before


def test_of_more_reports_than_are_kept_together_everything_comes_back(store, tmp_path, monkeypatch):
    monkeypatch.setattr("gilint.bulk.together.TOGETHER", 7)
    paths = similar(tmp_path / "reports", 20)
    first = shown(ran(store, paths))
    monkeypatch.setattr("gilint.runs.Assembly.judge", refuse)
    assert shown(ran(store, paths)) == first


def test_a_run_of_which_a_part_is_gone_is_compared_again(store, tmp_path, monkeypatch):
    monkeypatch.setattr("gilint.bulk.together.TOGETHER", 7)
    paths = similar(tmp_path / "reports", 20)
    first = shown(ran(store, paths))
    get, asked = Kept.get, []

    def forgetful(self, key):
        known = get(self, key)
        if key in wanted:
            asked.append(key)
            return None
        return known

    batch = Batch(Linter(config=False), kept=store)
    list(batch.judge(paths, None))
    wanted = {store.key("run", batch._identity, 14)}
    monkeypatch.setattr(Kept, "get", forgetful)
    assert shown(ran(store, paths)) == first
    assert asked


# --- what a reporter made of results ----------------------------------------------------------------------------------


def in_full(result, rules):
    return result.path, [finding.message for finding in result.findings]


def test_what_was_made_of_a_result_is_not_made_again(store, tmp_path):
    paths = similar(tmp_path / "reports")
    first = list(ran(store, paths).rendered("full", in_full))
    assert first == [in_full(result, {}) for result in ran(None, paths)]
    assert list(ran(store, paths).rendered("full", refuse)) == first


class Two(Executor):
    """As two workers, which do their tasks at once; ``under_way`` is how many results they may have at a time."""

    count = 2

    def __init__(self):
        self.under_way = 0

    def submit(self, function, /, *arguments, **named):
        _, inputs, _ = arguments
        self.under_way = max(self.under_way, len(inputs) * TASKS_A_WORKER * self.count)
        future = Future()
        future.set_result(function(*arguments, **named))
        return future


def test_only_some_results_are_in_memory_to_be_shown_by_workers(tmp_path):
    paths = similar(tmp_path / "reports", 70)
    with ran(None, paths) as batch:
        batch.workers = two = Two()
        assert list(batch.rendered("full", in_full)) == [in_full(result, {}) for result in batch]
    assert 0 < two.under_way < len(paths)


def test_another_reporter_makes_its_own(store, tmp_path):
    paths = similar(tmp_path / "reports", 5)
    list(ran(store, paths).rendered("full", in_full))
    assert list(ran(store, paths).rendered("short", lambda result, rules: result.path)) == list(map(str, paths))


def test_only_what_became_another_result_is_made_again(store, tmp_path):
    paths = [written(tmp_path / f"{number}.txt", CLEAN.replace(OWN, f"平澜县第{number}局")) for number in range(3)]
    linter, again = Linter(config=False, ignore=["Y"]), []
    list(ran(store, paths, linter=linter).rendered("path", lambda result, rules: result.path))
    written(paths[1], CLEAN)
    list(ran(store, paths, linter=linter).rendered("path", lambda result, rules: again.append(result.path)))
    assert again == [str(paths[1])]


def test_what_waivers_may_change_is_made_anew(store, tmp_path):
    path = written(tmp_path / "a.txt", CLEAN.replace("2024年", "2019年", 1))
    (before,) = ran(store, [path]).rendered("full", in_full)
    waivers = "".join(f"  - {{rule: {one.rule}, reason: 试}}\n" for one in Linter(config=False).lint(path).findings)
    written(tmp_path / "gilint.waivers.yaml", f"waivers:\n{waivers}")
    (after,) = ran(store, [path]).rendered("full", in_full)
    assert before[1]
    assert not after[1]


def test_of_a_new_folder_the_store_is_not_asked_for_ever(store, tmp_path, monkeypatch):
    asked = []
    monkeypatch.setattr("gilint.bulk.batch.remembered", lambda *arguments: asked.append(arguments[2]))
    monkeypatch.setattr("gilint.bulk.batch.IN_VAIN", 3)
    paths = []
    for number in range(9):
        paths.append(tmp_path / f"{number}.txt")
        paths[-1].write_text(CLEAN.replace(OWN, f"平澜县第{number}管理局"), encoding="utf-8")
    batch = Batch(Linter(config=False), kept=store)
    with ThreadPoolExecutor(1) as executor:
        assert list(batch.judge(paths, executor)) == list(range(1, 10))
    assert asked == list(map(str, paths[:3]))


# --- what results depend on -------------------------------------------------------------------------------------------


def digest(*arguments, **options):
    return settings_digest(Linter(*arguments, **{"config": False, **options}))


def test_the_settings_are_the_same_for_another_linter_of_the_same_arguments():
    assert digest(select="T301") == digest(select="T301")


@pytest.mark.parametrize(
    "options",
    [
        {"select": "T301"},
        {"ignore": "T301"},
        {"lang": "en"},
        {"issuer_kind": "department"},
        {"facts": {"published": "2025-01-20"}},
    ],
)
def test_each_argument_that_results_depend_on_is_told_apart(options):
    assert digest(**options) != digest()


def test_what_counts_after_judging_makes_no_difference():
    assert digest(waivers=False, today="2030-01-01") == digest()


@pytest.mark.parametrize("alone", [True, False])
def test_an_edited_rule_is_another_setting(tmp_path, alone):
    path = rule(tmp_path / "local")
    source = path if alone else path.parent
    before = digest(source)
    path.write_text(path.read_text(encoding="utf-8").replace("平澜乡土办", "平澜乡镇办"), encoding="utf-8")
    assert digest(source) != before


def test_each_line_of_a_configuration_is_another_setting(tmp_path):
    path = tmp_path / "gilint.toml"
    found = set()
    for text in (
        "",
        "[severity]\nT301 = 'info'\n",
        "[limits]\nlines = 5\n",
        "[[overrides]]\nfiles = ['a/*']\nignore = ['T301']\n",
        "[[overrides]]\nfiles = ['b/*']\nignore = ['T301']\n",
    ):
        path.write_text(text, encoding="utf-8")
        found.add(digest(config=path))
    assert len(found) == 5


def test_an_edited_plugin_is_another_setting(tmp_path, monkeypatch):
    import sys

    monkeypatch.syspath_prepend(str(tmp_path))
    found = set()
    for text in ("return []", "return  []"):
        path = module(tmp_path, "kept_plugin", f"import gilint\n\n@gilint.hookimpl\ndef gilint_checks():\n    {text}\n")
        os.utime(path, ns=(10**18, 10**18 + len(found) * 10**9))
        sys.modules.pop("kept_plugin", None)
        found.add(digest(plugins="kept_plugin"))
    sys.modules.pop("kept_plugin", None)
    assert len(found) == 2


def test_another_version_of_a_library_is_another_setting(monkeypatch):
    before = digest()
    monkeypatch.setattr(settings, "_versions", lambda: iter([("lxml", "999")]))
    assert digest() != before


def test_another_converter_is_another_setting(monkeypatch):
    before = digest()
    monkeypatch.setattr(settings, "_converter", lambda: ("/opt/soffice", 1, 1))
    assert digest() != before


def test_every_library_that_reads_is_asked_for_its_version():
    import tomllib

    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    needed = [
        *project["dependencies"],
        *project["optional-dependencies"]["pdf"],
        *project["optional-dependencies"]["doc"],
    ]
    names = {one.partition(">")[0].partition("=")[0].strip() for one in needed}
    assert names - set(settings.LIBRARIES) == {"jsonschema", "pluggy", "rich"}


# --- what is looked up, and kept --------------------------------------------------------------------------------------

TEXT = (EXAMPLES / "clean-2024.txt").read_text(encoding="utf-8")


def judged(linter, store, *paths):
    """The results of files, and how many of them were judged now."""
    now = []
    attempt = Linter.attempt

    def counted(self, *arguments):
        now.append(arguments)
        return attempt(self, *arguments)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Linter, "attempt", counted)
        entries = [decoded(one) for said in judging.judge(linter, store, [str(path) for path in paths]) for one in said]
    return entries, len(now)


def written(path, text=TEXT):
    path.parent.mkdir(exist_ok=True, parents=True)
    path.write_text(text, encoding="utf-8")
    return path


def test_the_same_file_is_judged_once(tmp_path, store):
    linter, path = Linter(config=False), written(tmp_path / "a.txt")
    first, second = judged(linter, store, path), judged(linter, store, path)
    assert (first[1], second[1]) == (1, 0)
    assert first[0] == second[0]


def test_a_file_that_changed_or_has_another_name_is_judged_again(tmp_path, store):
    linter, path = Linter(config=False), written(tmp_path / "a.txt")
    judged(linter, store, path)
    written(path, TEXT + "\n")
    assert judged(linter, store, path)[1] == 1
    assert judged(linter, store, written(tmp_path / "b.txt"))[1] == 1


def test_the_same_relative_name_below_another_override_is_judged_again(tmp_path, store, monkeypatch):
    config = written(tmp_path / "gilint.toml", "[[overrides]]\nfiles = ['old/*']\nselect = ['T301']\n")
    linter = Linter(config=config)
    counts = []
    for folder in ("new", "old", "new", "old"):
        written(tmp_path / folder / "a.txt")
        monkeypatch.chdir(tmp_path / folder)
        (entry,), now = judged(linter, store, "a.txt")
        counts.append((now, list(unpack(entry.packed, linter.forms, None).outcomes) == ["T301"]))
    assert counts == [(1, False), (1, True), (0, False), (0, True)]


@pytest.mark.parametrize(
    ("content", "again"),
    [("今天下午开会。\n", 0), ("", 1), ("PK\x03\x04" + "\0" * 50, 1)],
    ids=["not-a-report", "empty", "damaged"],
)
def test_errors_are_kept_where_the_document_was_read(tmp_path, store, content, again):
    linter, path = Linter(config=False), written(tmp_path / "a.docx", content)
    judged(linter, store, path)
    assert judged(linter, store, path)[1] == again


BREAKING = """
    import gilint

    @gilint.check("breaks-on-demand", values=())
    def breaks(report, options):
        '''Breaks.'''
        raise ValueError("broken")
        yield

    @gilint.hookimpl
    def gilint_checks():
        return [breaks]
"""
SNIFFING = """
    import gilint

    def sniff(data, name):
        raise ValueError("cannot sniff")

    @gilint.hookimpl
    def gilint_readers():
        return [gilint.Reader("sniffing", sniff, None, (".txt",))]
"""


def test_what_a_broken_rule_said_is_not_kept(tmp_path, store, monkeypatch):
    module(tmp_path, "breaking_plugin", BREAKING)
    monkeypatch.syspath_prepend(str(tmp_path))
    path = rule(tmp_path / "local", check="breaks-on-demand", message="x", options="{}")
    linter = Linter(path, config=False, plugins="breaking_plugin")
    report = written(tmp_path / "a.txt")
    assert [judged(linter, store, report)[1] for _ in range(2)] == [1, 1]


def test_nothing_is_kept_once_a_plugin_has_failed(tmp_path, store, monkeypatch):
    module(tmp_path, "sniffing_plugin", SNIFFING)
    monkeypatch.syspath_prepend(str(tmp_path))
    linter = Linter(config=False, plugins="sniffing_plugin")
    report = written(tmp_path / "a.txt")
    assert [judged(linter, store, report)[1] for _ in range(2)] == [1, 1]
    assert linter.registry.failures


def test_every_document_of_an_archive_is_kept_by_itself(tmp_path, store):
    from zipfile import ZipFile

    linter, path = Linter(config=False), tmp_path / "a.zip"
    with ZipFile(path, "w") as archive:
        archive.writestr("one.txt", TEXT)
        archive.writestr("two.txt", TEXT + "\n")
    assert judged(linter, store, path)[1] == 2
    with ZipFile(path, "w") as archive:
        archive.writestr("one.txt", TEXT)
        archive.writestr("two.txt", TEXT + "\n\n")
    assert judged(linter, store, path)[1] == 1
