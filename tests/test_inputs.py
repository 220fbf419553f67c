import os

import pytest

from gilint.errors import InputError
from gilint.inputs import expand

SUFFIXES = (".txt", ".md")


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """Some files, hidden ones and others among them; the working folder of the test."""
    for name in ("b.txt", "a.md", "notes.pdf", ".hidden.txt", "sub/c.TXT", "sub/.git/d.txt", "sub/deep/e.txt"):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("x", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def found(*paths):
    """The files that the paths name, with / between folders; an error by its code."""
    return [one.code if isinstance(one, InputError) else one.replace(os.sep, "/") for one in expand(paths, SUFFIXES)]


@pytest.mark.usefixtures("folder")
class TestExpand:
    def test_a_folder_gives_its_files_sorted_and_without_hidden_ones(self):
        assert found(".") == ["./a.md", "./b.txt", "./sub/c.TXT", "./sub/deep/e.txt"]

    def test_a_named_file_is_taken_whatever_it_is_called(self):
        assert found("notes.pdf", ".hidden.txt") == ["notes.pdf", ".hidden.txt"]

    def test_a_pattern_gives_what_it_matches(self):
        assert found("*.txt") == ["b.txt"]
        assert found("**/*.txt") == ["b.txt", "sub/deep/e.txt"]

    def test_a_pattern_that_matches_a_folder_looks_into_it(self):
        assert found("su*") == ["sub/c.TXT", "sub/deep/e.txt"]

    def test_a_file_is_taken_once(self):
        assert found("b.txt", ".", "./b.txt") == ["b.txt", "./a.md", "./sub/c.TXT", "./sub/deep/e.txt"]

    def test_standard_input_is_no_file(self):
        assert found("-") == ["-"]

    def test_a_file_that_is_not_there_is_left_to_be_read(self):
        assert found("nowhere.txt") == ["nowhere.txt"]

    def test_a_pattern_or_folder_without_a_file_is_told(self, folder):
        (folder / "empty").mkdir()
        assert found("*.odt", "empty", "a.md") == ["nothing-found", "nothing-found", "a.md"]
