"""The real command in a process of its own: without a network, with empty folders around it, and measured."""

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent.parent
MEGABYTE = 1 << 20
MOST_ADDRESSES = 4096 * MEGABYTE
"""Address space that a child may have: so much less than a machine has that a failure cannot take it down."""
MOST_SECONDS = 120
FOLDERS = ("home", "tmp", "work", "cache")


class Outcome:
    """What a process did. ``cpu`` is in seconds, ``peak`` in MB, its own or that of a program it waited for."""

    def __init__(self, code, out, err, cpu, peak, trespasses, left):
        self.code, self.out, self.err, self.cpu, self.peak = code, out, err, cpu, peak
        self.trespasses, self.left = trespasses, left

    @property
    def files(self):
        """What the report in JSON says of each file."""
        return json.loads(self.out)["files"]

    @property
    def faults(self):
        """What no input may bring about, in words."""
        found = list(self.trespasses)
        if self.code not in (0, 1, 2):
            found.append(f"exit code {self.code}")
        if "Traceback" in self.err or "Error" in self.err:
            found.append(self.err[-2000:])
        found += [f"left behind: {path}" for path in self.left]
        return found


class Confinement:
    """Folders of its own for a command: home, temporary files and working folder are empty and looked at afterwards;
    the cache is shared by all runs."""

    def __init__(self, folder):
        self.folder = Path(folder)
        for name in FOLDERS:
            (self.folder / name).mkdir(parents=True, exist_ok=True)

    def check(self, *arguments):
        """``gilint check`` with JSON."""
        return self.run("check", "--format", "json", *arguments)

    def run(self, *arguments):
        """Any command of gilint."""
        return self.python("-m", "gilint", *arguments)

    def python(self, *arguments):
        """Any program of Python."""
        with tempfile.TemporaryDirectory(dir=self.folder) as place:
            out, err, used, record = (Path(place) / name for name in ("out", "err", "used", "record"))
            record.touch()
            launcher = [sys.executable, "-I", "-S", HERE / "launch.py", used, str(MOST_ADDRESSES), str(MOST_SECONDS)]
            with open(out, "wb") as stdout, open(err, "wb") as stderr:
                subprocess.run(
                    [*launcher, sys.executable, *map(os.fspath, arguments)],
                    cwd=self.folder / "work",
                    env=self._environment(record),
                    stdin=subprocess.DEVNULL,
                    stdout=stdout,
                    stderr=stderr,
                    check=True,
                )
            code, cpu, peak = used.read_text().split()
            said = [file.read_text("utf-8", "backslashreplace") for file in (out, err)]
            return Outcome(
                int(code), *said, float(cpu), int(peak) / 1024, record.read_text().splitlines(), self._left()
            )

    def _environment(self, record):
        kept = {key: value for key, value in os.environ.items() if key in ("PATH", "LANG", "LC_ALL", "SYSTEMROOT")}
        free = (self.folder / "tmp", self.folder / "cache")
        return {
            **kept,
            "HOME": str(self.folder / "home"),
            "TMPDIR": str(self.folder / "tmp"),
            "XDG_CACHE_HOME": str(self.folder / "cache"),
            "PYTHONPATH": os.pathsep.join((str(HERE / "guard"), str(ROOT))),
            "PYTHONDONTWRITEBYTECODE": "1",
            "GUARD_RECORD": str(record),
            "GUARD_FREE": os.pathsep.join(map(str, free)),
            # The shell watches over a conversion.
            "GUARD_PROGRAMS": os.pathsep.join(("soffice", "sh", os.path.basename(sys.executable))),
        }

    def _left(self):
        return [
            str(path.relative_to(self.folder))
            for name in ("home", "tmp", "work")
            for path in sorted((self.folder / name).rglob("*"))
        ]
