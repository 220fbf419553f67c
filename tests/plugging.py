"""Running the command and plugging things into it."""

import os
import shutil
import subprocess
import sys
import textwrap
import tomllib
from pathlib import Path

from conftest import ROOT

EXAMPLE_PLUGIN = ROOT / "examples" / "plugin"


def run(*arguments, cwd=ROOT, text=None, **environment):
    """``python -m gilint`` in a process of its own."""
    variables = {key: value for key, value in os.environ.items() if not key.startswith(("GILINT_", "NO_COLOR"))}
    path = os.pathsep.join(filter(None, (environment.pop("PYTHONPATH", ""), str(ROOT))))
    return subprocess.run(
        [sys.executable, "-m", "gilint", *map(str, arguments)],
        cwd=cwd,
        env={**variables, "PYTHONPATH": path, "PYTHONIOENCODING": "utf-8", **environment},
        input=text,
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=120,
    )


def install(source: Path, target: Path) -> Path:
    """Put a project into a folder as pip would: its package, its metadata and its entry points."""
    project = tomllib.loads((source / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    for package in (path.parent for path in source.glob("*/__init__.py")):
        shutil.copytree(package, target / package.name, ignore=shutil.ignore_patterns("__pycache__"))
    points = project["entry-points"]["gilint"]
    return describe(target, project["name"], project["version"], points)


def describe(target: Path, name: str, version: str, points: dict[str, str]) -> Path:
    """The metadata of a distribution with entry points for gilint."""
    info = target / f"{name.replace('-', '_')}-{version}.dist-info"
    info.mkdir(parents=True)
    (info / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {name}\nVersion: {version}\n", encoding="utf-8")
    lines = ["[gilint]", *(f"{point} = {value}" for point, value in points.items())]
    (info / "entry_points.txt").write_text("\n".join(lines) + "\n", encoding="utf-8")
    return target


def module(folder: Path, name: str, text: str) -> Path:
    """A module in a folder; its text may be indented."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{name}.py"
    path.write_text(textwrap.dedent(text), encoding="utf-8")
    return path


RULE = """\
id: {id}
name: {name}
title: {{zh: 题目, en: title}}
severity: {severity}
basis: [{{document: 文件, clause: 条款}}]
check: {check}
with: {options}
message: {{zh: "{message}", en: "{message}"}}
advice: {{zh: 改写, en: rewrite}}
examples:
  good: [{{base: default}}]
  bad: [{{section: overview, text: 与平澜乡土办联络。}}]
"""


def rule(folder: Path, rule_id: str = "LOC101", **changes: str) -> Path:
    """A rule file that bans 平澜乡土办, but for what is changed."""
    fields = {
        "id": rule_id,
        "name": rule_id.lower(),
        "severity": "warning",
        "check": "text-banned",
        "options": "{phrases: [平澜乡土办]}",
        "message": "{{found}}".replace("{{", "{").replace("}}", "}"),
        **changes,
    }
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{rule_id}.yaml"
    path.write_text(RULE.format(**fields), encoding="utf-8")
    return path


def shape(result):
    """All of a result that can be compared between processes."""
    findings = [(each.rule, each.message, each.fingerprint, str(each.span)) for each in result.findings]
    return result.path, findings, dict(result.outcomes), result.error
