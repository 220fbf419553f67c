"""The documentation does what it says.

A document is run from top to bottom in a folder of its own, which holds ``examples/``:

- a block whose fence names a file (```` ```yaml rules/local/x.yaml ````) is written to that file;
- in a ``console`` block each ``$ gilint …`` line is run and must exit with 0, or with the code in ``# exit 1``;
  the lines below it must be printed in that order; ``…`` stands for any lines, at the end of a line for the rest;
- a ``python`` block is run; the ``output`` block behind it, if any, is what it prints.

Other blocks are for reading only.
"""

import os
import re
import shlex
import shutil
import subprocess
import sys
import unicodedata
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from typing import NamedTuple

import pytest
from conftest import EXAMPLES, ROOT

DOCUMENTS = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md")])
FENCE = re.compile(r"^( *)(`{3,})(\w*)[ ]*(\S*)[^\n]*\n(.*?)^\1\2`*$", re.MULTILINE | re.DOTALL)
CODE = re.compile(r"^( *)(`{3,}).*?^\1\2`*$|`[^`\n]+`", re.MULTILINE | re.DOTALL)
LINK = re.compile(r"\[[^\]]*\]\(([^)\s]+)\)")
HEADING = re.compile(r"^#{1,6} +(.+?) *$", re.MULTILINE)
EXIT = re.compile(r"\s+# exit (\d+)$")
ANYTHING = "…"


class Block(NamedTuple):
    language: str
    file: str
    text: str


def relative(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def blocks(path: Path) -> list[Block]:
    text = path.read_text(encoding="utf-8")
    return [Block(match[3], match[4], match[5]) for match in FENCE.finditer(text)]


RUNNABLE = [path for path in DOCUMENTS if any(block.language in ("console", "python") for block in blocks(path))]


def test_there_is_something_to_run():
    assert {"README.md", "README.zh.md", "docs/rules.md", "docs/plugins.md", "docs/python.md"} <= set(
        map(relative, RUNNABLE)
    )


@pytest.mark.parametrize("path", RUNNABLE, ids=relative)
def test_a_document_does_what_it_says(path, tmp_path, compiled):
    shutil.copytree(EXAMPLES, tmp_path / "examples")
    printed = ""
    for block in blocks(path):
        if block.language == "console":
            for command, expected, output in commands(block.text):
                done = run(command, tmp_path, compiled)
                assert done.returncode == expected, f"$ {command}\n{done.stdout}{done.stderr}"
                printed = (done.stdout + done.stderr).replace(f"{tmp_path}{os.sep}", "")
                assert_printed(output, printed, command)
        elif block.language == "python" and not block.file:
            done = run(["python", "-c", block.text], tmp_path, compiled)
            assert done.returncode == 0, done.stderr
            printed = done.stdout
        elif block.language == "output":
            assert_printed(block.text.splitlines(), printed, "python")
        elif block.file:
            target = tmp_path / block.file
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text(block.text, encoding="utf-8")


def commands(text: str) -> list[tuple[list[str], int, list[str]]]:
    """Each command of a console block with the exit code and the output that are expected of it."""
    found: list[tuple[list[str], int, list[str]]] = []
    for line in text.splitlines():
        if line.startswith("$ "):
            code = EXIT.search(line)
            command = line[2 : code.start()] if code else line[2:]
            found.append((shlex.split(command), int(code[1]) if code else 0, []))
        else:
            found[-1][2].append(line)
    return found


def run(command: list[str], folder: Path, compiled: Path) -> subprocess.CompletedProcess[str]:
    """Run ``gilint …`` or ``python …``; words like ``NAME=value`` before it go to its environment."""
    hidden = {"GILINT_LANG", "GILINT_NO_CACHE", "NO_COLOR", "PYTHONPATH", "PYTHONWARNINGS"}
    variables = {name: value for name, value in os.environ.items() if name not in hidden}
    variables.update(GILINT_CACHE_DIR=str(compiled), PYTHONUTF8="1", PYTHONPATH="")
    while "=" in command[0]:
        name, _, value = command[0].partition("=")
        variables[name], command = value, command[1:]
    variables["PYTHONPATH"] = os.pathsep.join(filter(None, [variables["PYTHONPATH"], str(ROOT)]))
    # -P: like the installed command, and unlike "python -m", code is never taken from the current folder unasked.
    known = {"gilint": ["-P", "-m", "gilint"], "python": ["-P"]}
    whole = [sys.executable, "-W", "error", *known[command[0]], *command[1:]]
    return subprocess.run(whole, cwd=folder, env=variables, capture_output=True, text=True, encoding="utf-8")


def assert_printed(expected: list[str], printed: str, command: object) -> None:
    """The expected lines stand in the output in their order, directly below each other but for ``…``."""
    actual = [line.rstrip() for line in printed.splitlines() if line.strip()]
    at, free = 0, False
    for line in filter(str.strip, expected):
        if line.strip() == ANYTHING:
            free = True
            continue
        while free and at < len(actual) and not is_line(line, actual[at]):
            at += 1
        assert at < len(actual), f"$ {command}\nnot printed: {line}\n\n{printed}"
        assert is_line(line, actual[at]), f"$ {command}\nnot printed: {line}\nbut: {actual[at]}\n\n{printed}"
        at, free = at + 1, False


def is_line(expected: str, actual: str) -> bool:
    expected = expected.rstrip()
    return actual == expected or (expected.endswith(ANYTHING) and actual.startswith(expected[:-1].rstrip()))


@pytest.fixture(scope="session")
def compiled(tmp_path_factory) -> Path:
    return tmp_path_factory.mktemp("compiled")


# --- links and generated pages ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("path", DOCUMENTS, ids=relative)
def test_links_lead_somewhere(path):
    broken = []
    for target in LINK.findall(CODE.sub("", path.read_text(encoding="utf-8"))):
        file, _, anchor = target.partition("#")
        if "://" in file:
            continue
        found = (path.parent / file).resolve() if file else path
        if not found.exists() or (anchor and anchor not in anchors(found)):
            broken.append(target)
    assert broken == []


@pytest.mark.parametrize("path", [ROOT / "CONTRIBUTING.md", ROOT / "docs" / "architecture.md"], ids=relative)
def test_files_that_are_named_exist(path):
    named = re.findall(r"`([\w./-]+\.(?:py|json|toml))`", path.read_text(encoding="utf-8"))
    own = [name for name in named if name != "gilint.toml"]
    assert own
    assert [name for name in own if not (ROOT / name).exists() and not (ROOT / "gilint" / name).exists()] == []


def anchors(path: Path) -> set[str]:
    """The anchors of headings, as code hosts make them."""
    text = FENCE.sub("", path.read_text(encoding="utf-8"))
    return {anchor(heading) for heading in HEADING.findall(text)}


def anchor(heading: str) -> str:
    kept = (char for char in heading.lower() if char in " -_" or unicodedata.category(char)[0] in "LN")
    return "".join(kept).replace(" ", "-")


def test_the_reference_of_checks_is_fresh():
    script = ROOT / "scripts" / "check_reference.py"
    spec = spec_from_file_location("check_reference", script)
    assert spec is not None
    assert spec.loader is not None
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    assert (ROOT / "docs" / "checks.md").read_text(encoding="utf-8") == module.reference(), f"run {module.COMMAND}"


def test_every_reason_not_to_judge_an_input_is_explained():
    explained = set(re.findall(r"`([a-z-]+)`", (ROOT / "docs" / "errors.md").read_text(encoding="utf-8")))
    sources = [path.read_text(encoding="utf-8") for path in (ROOT / "gilint").rglob("*.py")]
    codes = {code for source in sources for code in re.findall(r'InputError\(\s*"([a-z-]+)"', source)}
    assert len(codes) > 20
    assert codes - explained == set()


def test_every_decision_has_a_date_and_the_three_parts():
    decisions = sorted((ROOT / "docs" / "adr").glob("[0-9]*.md"))
    assert [path.name[:4] for path in decisions] == [f"{number:04}" for number in range(1, len(decisions) + 1)]
    for path in decisions:
        text = path.read_text(encoding="utf-8")
        assert re.search(r"^Date: \d{4}-\d{2}-\d{2}$", text, re.MULTILINE), path.name
        assert HEADING.findall(text)[1:] == ["Context", "Decision", "Consequences"], path.name
