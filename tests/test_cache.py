"""Compiled data between two runs."""

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from gilint import cache

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture(autouse=True)
def folder(tmp_path, monkeypatch):
    monkeypatch.delenv("GILINT_NO_CACHE", raising=False)
    monkeypatch.setenv("GILINT_CACHE_DIR", str(tmp_path / "cache"))
    return tmp_path / "cache"


def only_file(folder):
    (path,) = folder.iterdir()
    return path


@pytest.mark.parametrize("data", [{"a": [1, 2.5, None, True, ("x", "公开")]}, [], "", 0, {}])
def test_what_was_stored_is_loaded(data):
    cache.store("rules", ("a", 1), data)
    assert cache.load("rules", ("a", 1)) == data


def test_equal_values_of_different_types_stay_apart():
    data = [(1, 2), (True, 2), (1.0, 2), ("1", 2)]
    cache.store("rules", "key", data)
    assert [type(first) for first, _ in cache.load("rules", "key")] == [int, bool, float, str]


def test_what_is_repeated_is_kept_once(folder):
    cell = ("table", "row", "column" * 10)
    cache.store("rules", "key", [(*cell[:2], "column" * 10) for _ in range(1000)])
    assert only_file(folder).stat().st_size < 10_000


def test_only_the_latest_files_of_a_kind_are_kept(folder):
    cache.store("regexes", "other kind", 0)
    for number in range(40):
        before = set(folder.iterdir())
        cache.store("rules", number, number)
        (new,) = set(folder.iterdir()) - before
        os.utime(new, (number, number))
    assert len(list(folder.glob("rules-*"))) == 32
    assert [cache.load("rules", number) for number in (7, 8, 39)] == [None, 8, 39]
    assert cache.load("regexes", "other kind") == 0


def test_what_another_version_left_behind_goes_when_something_is_stored(folder, monkeypatch):
    with monkeypatch.context() as patch:
        patch.setattr("gilint.cache.__version__", "0.0.1")
        for kind in ("rules", "regexes"):
            cache.store(kind, "key", 1)
    (old,) = folder.glob("rules-0.0.1-*")
    cache.store("rules", "key", 2)
    assert old.exists(), "another installation may be in use"
    two_days_ago = time.time() - 2 * 86_400
    for path in folder.iterdir():
        os.utime(path, (two_days_ago, two_days_ago))
    cache.store("rules", "other", 3)
    assert not old.exists()
    assert cache.load("rules", "key") == 2
    assert len(list(folder.glob("regexes-0.0.1-*"))) == 1, "other kinds are cleared when they are stored"


def test_nothing_is_loaded_before_something_is_stored():
    assert cache.load("rules", "key") is None


@pytest.mark.parametrize(("kind", "key"), [("rules", "other"), ("plugins", "key"), ("rules", b"key")])
def test_another_key_or_kind_is_another_entry(kind, key):
    cache.store("rules", "key", 1)
    assert cache.load(kind, key) is None


def test_the_last_data_counts(folder):
    cache.store("rules", "key", 1)
    cache.store("rules", "key", 2)
    assert cache.load("rules", "key") == 2
    assert only_file(folder)


@pytest.mark.parametrize("version", ["__version__", "python"])
def test_another_version_is_another_entry(version, monkeypatch):
    cache.store("rules", "key", 1)
    if version == "python":
        monkeypatch.setattr(sys, "version", "9.9")
    else:
        monkeypatch.setattr("gilint.cache.__version__", "9.9")
    assert cache.load("rules", "key") is None


@pytest.mark.parametrize("damage", [lambda content: content[:-3], lambda content: b"", lambda content: b"x" * 400])
def test_a_damaged_file_is_ignored(folder, damage):
    cache.store("rules", "key", list(range(100)))
    path = only_file(folder)
    path.write_bytes(damage(path.read_bytes()))
    assert cache.load("rules", "key") is None


def test_a_flipped_bit_is_noticed(folder):
    cache.store("rules", "key", "x" * 100)
    path = only_file(folder)
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(content)
    assert cache.load("rules", "key") is None


def test_the_file_of_another_key_is_ignored(folder):
    cache.store("rules", "key", 1)
    path = only_file(folder)
    content = path.read_bytes()
    path.unlink()
    cache.store("rules", "other", 2)
    only_file(folder).write_bytes(content)
    assert cache.load("rules", "other") is None


def test_a_folder_that_cannot_be_made_is_no_error(tmp_path, monkeypatch):
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("GILINT_CACHE_DIR", str(tmp_path / "file" / "cache"))
    cache.store("rules", "key", 1)
    assert cache.load("rules", "key") is None


def test_a_failed_write_leaves_nothing_behind(folder, monkeypatch):
    def full(*_):
        raise OSError("disk full")

    monkeypatch.setattr(os, "replace", full)
    cache.store("rules", "key", 1)
    assert list(folder.iterdir()) == []


def test_the_cache_can_be_turned_off(folder, monkeypatch):
    monkeypatch.setenv("GILINT_NO_CACHE", "1")
    cache.store("rules", "key", 1)
    assert cache.folder() is None
    assert not folder.exists()


@pytest.mark.skipif(sys.platform in ("win32", "darwin"), reason="the place on Linux")
def test_without_a_chosen_folder_the_platform_decides(monkeypatch):
    monkeypatch.delenv("GILINT_CACHE_DIR")
    monkeypatch.setenv("XDG_CACHE_HOME", "/x")
    assert cache.folder() == "/x/gilint"
    monkeypatch.setenv("XDG_CACHE_HOME", "relative")
    assert cache.folder() is None
    monkeypatch.delenv("XDG_CACHE_HOME")
    monkeypatch.setenv("HOME", "/home/someone")
    assert cache.folder() == "/home/someone/.cache/gilint"


def test_what_marshal_does_not_take_is_our_mistake():
    with pytest.raises(ValueError, match="unmarshallable"):
        cache.store("rules", "key", object())


def test_loading_imports_little(folder):
    cache.store("rules", "key", 1)
    code = "import sys; from gilint import cache; assert cache.load('rules', 'key') == 1; print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert not {"hashlib", "tempfile", "pickle", "json", "re"} & set(done.stdout.split())
