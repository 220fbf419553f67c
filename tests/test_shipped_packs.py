"""Packs that were compiled when the wheel was built: the same as compiled here, and only for the very same files."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from gilint.packs import shipped
from gilint.packs.compiler import compile_packs
from gilint.plugins import Registry

ROOT = Path(__file__).resolve().parent.parent
EXAMPLE = ROOT / "examples" / "miyun-2024.txt"
RULE = "rules/annual-report/tables/fee-in-yuan.yaml"


def run_in(installation, code, **environment):
    """What a Python program prints that finds the package there, and no cache."""
    variables = {**os.environ, "PYTHONPATH": str(installation), "GILINT_NO_CACHE": "1", **environment}
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=installation, env=variables, capture_output=True, text=True, check=True
    )
    return done.stdout.strip()


PACK_UP = """
from gilint.packs import shipped
with open(shipped.FILE, "wb") as file:
    file.write(shipped.pack_up())
"""


@pytest.fixture(scope="module")
def installation(tmp_path_factory):
    """The package with its packs as they lie in an environment, made of a checkout that lay elsewhere."""
    checkout, site = tmp_path_factory.mktemp("checkout"), tmp_path_factory.mktemp("site")
    shutil.copytree(ROOT / "gilint", checkout / "gilint", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copytree(ROOT / "rules", checkout / "rules")
    run_in(checkout, PACK_UP)
    shutil.move(checkout / "gilint", site / "gilint")
    shutil.move(checkout / "rules", site / "gilint" / "rules")
    return site


COMPILES = f"import sys, gilint; gilint.lint({str(EXAMPLE)!r}, config=False); print('yaml' in sys.modules)"
SAME = """
from gilint.packs.compiler import compile_packs
from gilint.packs.shipped import _places, shipped
from gilint.plugins import Registry
print(shipped(_places()) == compile_packs(_places(), Registry(installed=False), {}))
"""


def test_they_are_what_the_compiler_makes_in_another_place(installation):
    assert run_in(installation, SAME) == "True"


def test_with_them_no_rule_file_is_compiled(installation):
    assert run_in(installation, COMPILES) == "False"


@pytest.mark.parametrize("changed", [f"gilint/{RULE}", "gilint/checks/cells.py", "gilint/schemas/rule.json"])
def test_another_byte_in_a_file_that_they_were_made_of_makes_them_void(installation, changed):
    path = installation / changed
    before = path.read_bytes()
    path.write_bytes(before + b"\n")
    try:
        assert run_in(installation, COMPILES) == "True"
    finally:
        path.write_bytes(before)


def test_a_new_rule_file_makes_them_void(installation):
    new = (installation / "gilint" / RULE).with_name("another.yaml")
    text = (installation / "gilint" / RULE).read_text(encoding="utf-8")
    new.write_text(text.replace("id: ", "id: LOC", 1).replace("name: ", "name: another-", 1), encoding="utf-8")
    try:
        assert run_in(installation, COMPILES) == "True"
    finally:
        new.unlink()


def test_a_damaged_file_is_ignored(tmp_path, monkeypatch):
    content = bytearray(shipped.pack_up())
    content[len(content) // 2] ^= 1
    monkeypatch.setattr(shipped, "FILE", str(tmp_path / "compiled.bin"))
    (tmp_path / "compiled.bin").write_bytes(content)
    assert shipped.shipped(shipped._places()) is None


def test_other_packs_are_not_shipped(tmp_path, monkeypatch):
    monkeypatch.setattr(shipped, "FILE", str(tmp_path / "compiled.bin"))
    (tmp_path / "compiled.bin").write_bytes(shipped.pack_up())
    assert shipped.shipped(shipped._places()[:1]) is None


def test_no_path_of_this_machine_is_in_them():
    content = shipped.pack_up()
    assert str(ROOT).encode() not in content
    assert b"annual-report/tables/" in content


def test_where_none_were_shipped_packs_are_compiled():
    assert shipped.shipped(shipped._places()) is None
    assert compile_packs(shipped._places(), Registry(installed=False), {})["packs"]
