"""``gilint init``: a configuration that works as it is and says what could be set."""

import shutil
import tomllib
from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import EXAMPLES, Done

from gilint.config import KEYS, load_config


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_the_file_is_a_configuration_that_changes_nothing_yet(folder: Path, run: Callable[..., Done]) -> None:
    shutil.copy(EXAMPLES / "clean-2024.txt", folder)
    before = run("check", "clean-2024.txt", "-f", "json").out
    assert run("init").code == 0
    assert run("check", "clean-2024.txt", "-f", "json").out == before


def test_every_line_that_is_commented_out_may_be_brought_in(folder: Path, run: Callable[..., Done]) -> None:
    run("init")
    text = (folder / "gilint.toml").read_text(encoding="utf-8")
    lines = [
        line[2:] if line.startswith("# ") and (" = " in line or line.startswith("# [[")) else line
        for line in text.splitlines()
    ]
    (folder / "gilint.toml").write_text("\n".join(lines), encoding="utf-8")
    config = load_config(folder / "gilint.toml")
    assert config.overrides
    assert config.issuer_kind
    assert config.facts
    assert run("config").code == 0
    assert set(tomllib.loads("\n".join(lines))) <= set(KEYS)


@pytest.mark.parametrize(
    ("issuers", "packs"),
    [
        (["北京市密云区商务局"], ("beijing",)),
        (["上海市静安区人民政府", "上海市静安区财政局"], ("shanghai",)),
        (["北京市密云区商务局", "平澜县财政局", "平澜县教育局"], ()),
        ([], ()),
    ],
)
def test_the_rules_of_the_region_of_most_issuers_are_chosen(
    folder: Path, run: Callable[..., Done], issuers: list[str], packs: tuple[str, ...]
) -> None:
    text = (EXAMPLES / "miyun-2024.txt").read_text(encoding="utf-8")
    for number, issuer in enumerate(issuers):
        (folder / f"{number}.txt").write_text(text.replace("北京市密云区商务局", issuer), encoding="utf-8")
    run("init")
    assert load_config(folder / "gilint.toml").packs == packs


def test_a_first_rule_passes_its_examples_and_is_used(folder: Path, run: Callable[..., Done]) -> None:
    assert run("init", "--local-rules").code == 0
    assert run("rules", "test", "rules/local").code == 0
    assert "LOC101" in run("rules", "list").out


def test_a_configuration_that_exists_is_left_alone(folder: Path, run: Callable[..., Done]) -> None:
    (folder / "gilint.toml").write_text('lang = "en"\n', encoding="utf-8")
    done = run("init")
    assert done.code == 2
    assert "--force" in done.err
    assert (folder / "gilint.toml").read_text(encoding="utf-8") == 'lang = "en"\n'
    assert run("init", "--force").code == 0
    assert 'lang = "zh"' in (folder / "gilint.toml").read_text(encoding="utf-8")


def test_a_project_that_is_configured_already_gets_no_second_file(folder: Path, run: Callable[..., Done]) -> None:
    (folder / "pyproject.toml").write_text('[tool.gilint]\nlang = "en"\n', encoding="utf-8")
    assert run("init").code == 2
    assert not (folder / "gilint.toml").exists()


def test_files_that_are_no_reports_do_no_harm(folder: Path, run: Callable[..., Done]) -> None:
    (folder / "a.docx").write_bytes(b"PK\x03\x04 broken")
    (folder / "b.txt").write_bytes(b"\x00\x01")
    done = run("init", "--lang", "en")
    assert done.code == 0
    assert "after 0 reports" in done.out
    assert "# Configuration of gilint" in (folder / "gilint.toml").read_text(encoding="utf-8")


def test_a_folder_that_is_not_there_is_told(folder: Path, run: Callable[..., Done]) -> None:
    done = run("init", "nowhere")
    assert (done.code, done.out) == (2, "")
    assert "nowhere" in done.err
