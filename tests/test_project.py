"""The promises that the project makes about itself."""

import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from conftest import ROOT

PACKAGE = ROOT / "gilint"
RULES = ROOT / "rules"

MODULES = sorted(path for path in PACKAGE.rglob("*.py") if not path.is_relative_to(PACKAGE / "rules"))
RULE_FILES = sorted(RULES.rglob("*.yaml"))

DOMAIN_WORDS = re.compile("政府|公开|行政|复议|申请|条例|法治|决算|预算|财政|经费")
MODULE_LINES = 400
SLOW_IMPORTS = {
    "dataclasses",
    "decimal",
    "importlib.metadata",
    "jsonschema",
    "logging",
    "pluggy",
    "rich",
    "typing",
    "yaml",
}


def relative(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def test_modules_and_rules_are_found():
    assert MODULES
    assert RULE_FILES


@pytest.mark.parametrize("path", MODULES, ids=relative)
def test_the_package_knows_no_domain_word(path):
    """A second family of reports needs no line of Python, so the first may not have left one either."""
    lines = path.read_text(encoding="utf-8").splitlines()
    found = [f"{relative(path)}:{number}: {line}" for number, line in enumerate(lines, 1) if DOMAIN_WORDS.search(line)]
    assert found == []


@pytest.mark.parametrize("path", MODULES, ids=relative)
def test_a_module_fits_in_one_head(path):
    assert len(path.read_text(encoding="utf-8").splitlines()) <= MODULE_LINES


@pytest.mark.parametrize("path", RULE_FILES, ids=relative)
def test_rule_files_are_plain_utf8(path):
    content = path.read_bytes()
    content.decode("utf-8")
    assert not content.startswith(b"\xef\xbb\xbf")
    assert content.endswith(b"\n")
    assert b"\r" not in content


def loaded_modules(statement: str) -> set[str]:
    """The modules in ``sys.modules`` after a statement in a fresh interpreter."""
    code = f"{statement}\nimport sys\nprint(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    return set(done.stdout.split())


@pytest.mark.parametrize("module", ["gilint", "gilint.cli"])
def test_importing_is_cheap(module):
    """Each of these costs more than a bare interpreter's start or a good part of it; load it where it is used."""
    # What the interpreter loads by itself (path files, coverage tools) is not ours to answer for.
    loaded = loaded_modules(f"import {module}") - loaded_modules("pass")
    assert loaded & SLOW_IMPORTS == set()


def test_the_version_is_stated_once_over():
    import gilint

    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert gilint.__version__ == project["version"]


def test_the_changelog_knows_the_version():
    import gilint

    assert f"## [{gilint.__version__}]" in (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
