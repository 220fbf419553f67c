"""``gilint completion``: what a shell offers."""

import builtins
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import Done

pytest.importorskip("shtab")

BASH = shutil.which("bash")
ASK = """
source "$1"; shift
COMP_WORDS=("$@"); COMP_CWORD=$(( $# - 1 )); COMP_LINE="$*"; COMP_POINT=${#COMP_LINE}; COMPREPLY=()
_shtab_gilint
printf "%s\\n" "${COMPREPLY[@]}"
"""


@pytest.fixture
def offered(tmp_path: Path, run: Callable[..., Done]) -> Callable[..., set[str]]:
    """What bash offers for the last of some words."""
    script = tmp_path / "gilint.bash"
    script.write_text(run("completion", "bash").out, encoding="utf-8")

    def offered(*words: str) -> set[str]:
        done = subprocess.run(
            [BASH, "-c", ASK, "bash", script, "gilint", *words],
            capture_output=True,
            text=True,
            check=True,
            cwd=tmp_path,
        )
        return set(done.stdout.split())

    return offered


@pytest.mark.skipif(BASH is None, reason="needs bash")
@pytest.mark.parametrize(
    ("words", "some"),
    [
        ([""], {"check", "read", "compare", "baseline", "verify", "config", "init", "rules"}),
        (["check", "--no-"], {"--no-config", "--no-waivers"}),
        (["check", "-f", ""], {"terminal", "json", "sarif", "csv"}),
        (["check", "--color", ""], {"auto", "always", "never"}),
        (["explain", "T30"], {"T301", "T302"}),
        (["rules", ""], {"list", "show", "test", "new"}),
    ],
)
def test_bash_offers_commands_options_formats_and_rules(offered, words: list[str], some: set[str]) -> None:
    assert some <= offered(*words)


@pytest.mark.skipif(BASH is None, reason="needs bash")
def test_bash_offers_files_where_a_report_is_wanted(offered, tmp_path: Path) -> None:
    (tmp_path / "report.docx").touch()
    assert "report.docx" in offered("check", "rep")


@pytest.mark.skipif(shutil.which("zsh") is None, reason="needs zsh")
def test_zsh_reads_the_script(tmp_path: Path, run: Callable[..., Done]) -> None:
    script = tmp_path / "_gilint"
    script.write_text(run("completion", "zsh").out, encoding="utf-8")
    subprocess.run(["zsh", "-n", script], check=True)


def test_without_shtab_the_way_to_it_is_told(run: Callable[..., Done], monkeypatch: pytest.MonkeyPatch) -> None:
    real = builtins.__import__

    def missing(name: str, *rest: object) -> object:
        if name == "shtab":
            raise ImportError(name)
        return real(name, *rest)

    monkeypatch.setattr(builtins, "__import__", missing)
    done = run("completion", "bash")
    assert (done.code, done.out) == (2, "")
    assert 'pip install "gilint[completion]"' in done.err
