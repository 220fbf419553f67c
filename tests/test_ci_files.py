"""What other systems run: the pre-commit hook, the GitHub Action and the GitLab template do what they say."""

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import yaml
from conftest import EXAMPLES, ROOT

BASH = shutil.which("bash")
needs_bash = pytest.mark.skipif(BASH is None or os.name == "nt", reason="needs bash")
ACTION = yaml.safe_load((ROOT / "action.yml").read_text(encoding="utf-8"))
(HOOK,) = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))
_HEAD, TEMPLATE = yaml.safe_load_all((ROOT / "templates" / "gitlab-ci.yml").read_text(encoding="utf-8"))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with two reports, and below ``temp`` a gilint as the install step would leave it."""
    for name in ("miyun-2024.txt", "clean-2024.txt"):
        shutil.copy(EXAMPLES / name, tmp_path)
    command = tmp_path / "temp" / "gilint" / "bin" / "gilint"
    command.parent.mkdir(parents=True)
    command.write_text(f'#!/bin/sh\nPYTHONPATH="{ROOT}" exec "{sys.executable}" -P -m gilint "$@"\n', encoding="utf-8")
    command.chmod(0o755)
    return tmp_path


# --- the action -------------------------------------------------------------------------------------------------------


def act(folder: Path, **inputs: str) -> tuple[int, str, dict[str, str]]:
    """Run the step that checks: exit code, standard output, outputs of the step."""
    (step,) = [step for step in ACTION["runs"]["steps"] if step.get("id") == "check"]
    given = {name: about["default"] for name, about in ACTION["inputs"].items()} | inputs
    values = {name: expanded(text, given) for name, text in step["env"].items()}
    files = {name: str(folder / "temp" / name) for name in ("GITHUB_STEP_SUMMARY", "GITHUB_OUTPUT")}
    done = subprocess.run(
        [BASH, "--noprofile", "--norc", "-eo", "pipefail", "-c", step["run"]],
        cwd=folder,
        env={**os.environ, **values, **files, "RUNNER_TEMP": str(folder / "temp")},
        capture_output=True,
        text=True,
        encoding="utf-8",
    )
    said = Path(files["GITHUB_OUTPUT"]).read_text(encoding="utf-8").split()
    return done.returncode, done.stdout, dict(line.split("=") for line in said)


def expanded(text: str, inputs: dict[str, str]) -> str:
    return re.sub(r"\$\{\{ inputs\.([\w-]+) \}\}", lambda match: inputs[match[1]], text)


@needs_bash
def test_the_action_annotates_what_it_finds_and_fails(folder: Path) -> None:
    code, out, outputs = act(folder, paths="miyun-2024.txt\nclean-2024.txt")
    assert code == 1
    assert outputs == {"exit-code": "1"}
    assert "::error file=miyun-2024.txt,line=139" in out
    summary = (folder / "temp" / "GITHUB_STEP_SUMMARY").read_text(encoding="utf-8")
    assert "| miyun-2024.txt | 7 |" in summary


@needs_bash
def test_the_action_passes_a_clean_report(folder: Path) -> None:
    assert act(folder, paths="clean-2024.txt")[0] == 0


@needs_bash
def test_the_action_writes_sarif_where_it_is_wanted(folder: Path) -> None:
    act(folder, paths="miyun-2024.txt", sarif="out.sarif")
    assert json.loads((folder / "out.sarif").read_text(encoding="utf-8"))["version"] == "2.1.0"


@needs_bash
def test_the_action_hands_on_further_arguments(folder: Path) -> None:
    arguments = {"arguments": "--select\nT301", "fail-on": "never"}
    code, out, _outputs = act(folder, paths="miyun-2024.txt", **arguments)
    assert (code, out.count("::error")) == (0, 2)


@needs_bash
def test_an_input_of_the_action_is_never_a_command(folder: Path) -> None:
    name = "a b$(touch hacked)`touch hacked`;touch hacked.txt"
    shutil.copy(folder / "clean-2024.txt", folder / name)
    assert act(folder, paths=name)[0] == 0
    assert not (folder / "hacked").exists()


def test_every_input_of_the_action_is_declared_and_used() -> None:
    text = (ROOT / "action.yml").read_text(encoding="utf-8")
    assert set(re.findall(r"inputs\.([\w-]+)", text)) == set(ACTION["inputs"])


def test_no_script_of_the_action_holds_an_input() -> None:
    assert not [step["name"] for step in ACTION["runs"]["steps"] if "${{" in step["run"]]


# --- GitLab -----------------------------------------------------------------------------------------------------------


@needs_bash
def test_the_gitlab_job_writes_the_reports_that_it_hands_over(folder: Path) -> None:
    job = TEMPLATE["gilint"]
    (line,) = job["script"]
    line = line.replace("/tmp/gilint", str(folder / "temp" / "gilint"))
    variables = {**job["variables"], "GILINT_PATHS": "miyun-2024.txt clean-2024.txt"}
    done = subprocess.run(
        [BASH, "-c", line],
        cwd=folder,
        env={**os.environ, **variables},
        capture_output=True,
        text=True,
        encoding="utf-8",
    )
    assert done.returncode == 1
    assert "T301" in done.stdout
    for path in job["artifacts"]["reports"].values():
        assert (folder / path).stat().st_size > 100


# --- pre-commit -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "taken"),
    [
        ("某局2024年政府信息公开工作年度报告.docx", True),
        ("reports/2024年报.pdf", True),
        ("annual-report-2024.md", True),
        ("README.md", False),
        ("年报/readme.txt", False),
        ("年报.py", False),
    ],
)
def test_the_hook_takes_what_is_called_a_report(name: str, taken: bool) -> None:
    assert bool(re.search(HOOK["files"], name)) is taken


@needs_bash
def test_the_entry_of_the_hook_fails_on_a_defect_only(folder: Path) -> None:
    entry = HOOK["entry"].replace("gilint", str(folder / "temp" / "gilint" / "bin" / "gilint"), 1).split()
    codes = [
        subprocess.run([*entry, name], cwd=folder, capture_output=True).returncode
        for name in ("clean-2024.txt", "miyun-2024.txt")
    ]
    assert codes == [0, 1]
