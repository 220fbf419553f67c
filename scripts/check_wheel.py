"""Build the sdist and the wheel, install the wheel in an empty environment far from the checkout, and lint a report.

What passes in the checkout may still be missing from the wheel: rules, ``py.typed``, a dependency.
"""

import json
import os
import shutil
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
EXAMPLE = ROOT / "examples" / "miyun-2024.txt"
RULE = "T301"  # fires on the example
NEEDED = {
    "gilint/packs/compiled.bin",
    "gilint/py.typed",
    "gilint/readers/pdf/substitute.ttf",
    "gilint/rules/annual-report/pack.yaml",
    "gilint/rules/rule-of-law-report/pack.yaml",
    "gilint/rules/departmental-accounts/pack.yaml",
    "gilint/rules/departmental-accounts/forms/2019.default.txt",
    "gilint/rules/overlays/beijing/pack.yaml",
}
# Without a cache, as in the first run on a machine: the packs come compiled.
FIRST = f"""
import gilint, sys
assert "{RULE}" in {{finding.rule for finding in gilint.lint("report.txt").findings}}
assert "yaml" not in sys.modules, "the packs were compiled again"
"""
USE = f"""
import gilint, pathlib, sys
assert pathlib.Path(gilint.__file__).is_relative_to(sys.prefix), gilint.__file__
assert "{RULE}" in {{finding.rule for finding in gilint.lint("report.txt").findings}}
"""


def main() -> None:
    with tempfile.TemporaryDirectory(prefix="gilint-wheel-") as name:
        folder = Path(name).resolve()
        if folder.is_relative_to(ROOT):
            sys.exit(f"{folder} lies inside the checkout; set TMPDIR to a folder elsewhere")
        check(build(folder / "dist"), folder)


def build(target: Path) -> Path:
    # Without --wheel, the wheel is built from the sdist, which proves the sdist whole as well.
    run([sys.executable, "-m", "build", "--outdir", target, ROOT], cwd=ROOT)
    (wheel,) = target.glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        names = set(archive.namelist())
    if missing := NEEDED - names:
        sys.exit(f"{wheel.name} lacks {', '.join(sorted(missing))}")
    if strangers := {part for part in (name.split("/")[0] for name in names) if not part.startswith("gilint")}:
        sys.exit(f"{wheel.name} carries what is not the package: {', '.join(sorted(strangers))}")
    return wheel


def check(wheel: Path, folder: Path) -> None:
    environment, work = folder / "environment", folder / "work"
    binaries = environment / ("Scripts" if os.name == "nt" else "bin")
    work.mkdir()
    shutil.copy(EXAMPLE, work / "report.txt")

    run([sys.executable, "-m", "venv", environment], cwd=work)
    run([binaries / "python", "-m", "pip", "install", "--quiet", "--disable-pip-version-check", wheel], cwd=work)

    run([binaries / "python", "-c", FIRST], cwd=work)
    output = run([binaries / "gilint", "check", "report.txt", "--format", "json"], cwd=work, expected=1)
    found = {finding["rule"] for file in json.loads(output)["files"] for finding in file["findings"]}
    if RULE not in found:
        sys.exit(f"the installed wheel does not report {RULE}, only {', '.join(sorted(found)) or 'nothing'}")
    run([binaries / "python", "-c", USE], cwd=work)
    # Style and script of the page are files of the package.
    run([binaries / "gilint", "check", "report.txt", "--format", "html=page.html"], cwd=work, expected=1)


def run(command: list[str | Path], cwd: Path, expected: int = 0) -> str:
    """The standard output of a command; all that it printed, and the end of this script, when it fails."""
    hidden = {"PYTHONPATH", "PYTHONHOME", "VIRTUAL_ENV"}
    variables = {name: value for name, value in os.environ.items() if name not in hidden}
    variables["XDG_CACHE_HOME"] = str(cwd)  # compiled rules of this build stay out of the user's cache
    variables["PYTHONUTF8"] = "1"
    if "pip" in command or "build" in command:
        del variables["XDG_CACHE_HOME"]  # pip finds its downloads
    done = subprocess.run(command, cwd=cwd, env=variables, capture_output=True, text=True, encoding="utf-8")
    if done.returncode != expected:
        shown = " ".join(str(part) for part in command)
        sys.exit(f"{shown}\nexited with {done.returncode}, not {expected}\n{done.stdout}{done.stderr}")
    return done.stdout


if __name__ == "__main__":
    main()
