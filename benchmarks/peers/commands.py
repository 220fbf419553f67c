"""The commands: gilint, the peers and the floors, each for one file and for a folder."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from benchmarks.parts import checked
from benchmarks.peers import given

HERE = Path(__file__).parent
Command = Sequence[str | Path]


class Peer(NamedTuple):
    """A tool: what it was given, and how it is run. ``slow`` gets fewer files; ``loop`` is a library, not a command."""

    name: str
    version: str
    given: str
    one: Command | None
    many: Command | None
    slow: bool = False
    loop: bool = False


class Field:
    """A folder with the settings of all peers and the files that they get, and where the peers are installed.

    ``installed`` has ``node_modules`` and a Python environment ``venv``. A format has its folder ``many/txt`` and, for
    slow tools, ``few/txt``; ``md`` is plain text under another name.
    """

    def __init__(self, work: Path, installed: Path, corpus: Path, many: int, few: int) -> None:
        self.work = work
        self.installed = installed
        self.files = {"many": many, "few": few}
        texts = sorted((corpus / "txt").iterdir())
        given.write(work, [path.read_text(encoding="utf-8") for path in texts[:20]])
        for name in ("yardstick.py", "loops.py"):
            shutil.copy(HERE / name, work / name)
        for folder, count in self.files.items():
            for kind in ("txt", "md", "html", "docx", "json"):
                self._link(corpus / ("txt" if kind == "md" else kind), work / folder / kind, kind, count)

    def _link(self, source: Path, target: Path, kind: str, count: int) -> None:
        target.mkdir(parents=True)
        for path in sorted(source.iterdir())[:count]:
            os.link(path, target / f"{path.stem}.{kind}")

    def one(self, kind: str) -> Path:
        """A single file."""
        return self.work / "many" / kind / f"r00001.{kind}"

    def many(self, kind: str) -> Path:
        """A folder of files."""
        return self.work / "many" / kind

    def few(self, kind: str) -> Path:
        """A folder of fewer files."""
        return self.work / "few" / kind

    def node(self, name: str) -> str:
        """The command of a package of node."""
        return str(self.installed / "node_modules" / ".bin" / name)

    def node_version(self, name: str) -> str:
        """The version of a package of node."""
        data = json.loads((self.installed / "node_modules" / name / "package.json").read_text(encoding="utf-8"))
        return str(data["version"])

    def python(self, name: str = "python") -> str:
        """A command of the Python environment."""
        return str(self.installed / "venv" / "bin" / name)

    def python_version(self, name: str) -> str:
        """The version of a package of the Python environment."""
        script = f"from importlib.metadata import version; print(version({name!r}))"
        return subprocess.run([self.python(), "-c", script], capture_output=True, text=True, check=True).stdout.strip()


def gilints(field: Field) -> Iterator[Peer]:
    """gilint itself, without a cache of results."""
    what = "all rules, all sums, wrong cells named"
    for kind in ("txt", "html", "docx"):
        one = checked(field.one(kind))
        for jobs in "1", "2":
            options = ("--format", "json", "--jobs", jobs, "--no-cache")
            many = checked(field.many(kind), options=options)
            yield Peer(f"gilint {kind}, {_processes(jobs)}", "", what, one if jobs == "1" else None, many)
    yield Peer("gilint txt, terminal", "", what, checked(field.one("txt"), options=()), None)


def _processes(jobs: str) -> str:
    return "1 process" if jobs == "1" else f"{jobs} processes"


def floors(field: Field) -> Iterator[Peer]:
    """What no tool can do without, and the yardstick."""
    python, stick = sys.executable, field.work / "yardstick.py"
    words = field.work / "phrases.txt"
    yield Peer("floor: `python -c pass`", "", "", [python, "-c", "pass"], None, loop=True)
    yield Peer("floor: `node -e 0`", "", "", ["node", "-e", "0"], None, loop=True)
    yield _loop(field, "floor: read txt", "read", "txt")
    grep = ["grep", "-cFf", words], ["grep", "-rcFf", words]
    yield Peer(
        "floor: `grep -F`", "", "300 phrases", [*grep[0], field.one("txt")], [*grep[1], field.many("txt")], loop=True
    )
    yield _loop(field, "floor: parse html, lxml", "html", "html")
    yield _loop(field, "floor: unzip and parse docx, lxml", "docx", "docx")
    what = "300 phrases, 50 patterns, sums of one table; counts"
    for kind in ("txt", "html", "docx"):
        one, many = [python, stick, field.one(kind)], [python, stick, field.many(kind)]
        yield Peer(f"yardstick {kind}, 1 process", "", what, one, many, loop=True)
        yield Peer(
            f"yardstick {kind}, 2 processes",
            "",
            what,
            None,
            [python, stick, "--jobs", "2", field.many(kind)],
            loop=True,
        )


def _loop(field: Field, name: str, what: str, kind: str, *, python: str = sys.executable, version: str = "") -> Peer:
    command = [python, field.work / "loops.py", what]
    return Peer(name, version, "", [*command, field.one(kind)], [*command, field.many(kind)], loop=True)


def peers(field: Field) -> Iterator[Peer]:
    """Tools that somebody could pick instead, as far as they are installed."""
    yield from _of_node(field)
    yield from _of_python(field)


def _of_node(field: Field) -> Iterator[Peer]:
    work, node, version = field.work, field.node, field.node_version

    def relative(path: Path) -> str:  # some take patterns, relative to where they run
        return os.path.relpath(path, work)

    zhlint = [node("zhlint"), "--config", work / "zhlintrc"]
    textlint = [node("textlint"), "-c", work / "textlintrc.json"]
    correct = [node("autocorrect"), "--lint"]
    worded = [*correct, "--config", work / "autocorrectrc"]
    spectral = [node("spectral"), "lint", "-q", "-r", work / "spectral" / "ruleset.json"]
    one, many, few = field.one("txt"), field.many("txt"), field.few("txt")
    yield Peer(
        "zhlint", version("zhlint"), "default: spaces, punctuation",
        [*zhlint, relative(field.one("md"))], [*zhlint, f"{relative(field.many('md'))}/*.md"],
    )  # fmt: skip
    yield Peer("textlint", version("textlint"), "300 phrases, 3 rules", [*textlint, one], [*textlint, few], slow=True)
    yield Peer(
        "lint-md", version("@lint-md/cli"), "default",
        [node("lint-md"), field.one("md")], [node("lint-md"), f"{relative(field.few('md'))}/*.md"], slow=True,
    )  # fmt: skip
    yield Peer("autocorrect", version("autocorrect-node"), "default", [*correct, one], [*correct, many])
    yield Peer("autocorrect, words", version("autocorrect-node"), "and 300 words", [*worded, one], [*worded, many])
    yield Peer(
        "alex", version("alex"), "default", [node("alex"), "--text", one], [node("alex"), "--text", few], slow=True
    )
    yield Peer(
        "Spectral", version("@stoplight/spectral-cli"), "JSON: 21 patterns, 4 schemas, the sums as functions",
        [*spectral, field.one("json")], [*spectral, f"{field.many('json')}/*.json"],
    )  # fmt: skip


def _of_python(field: Field) -> Iterator[Peer]:
    python, version, one, few = field.python, field.python_version, field.one("txt"), field.few("txt")
    semgrep = [python("semgrep"), "scan", "--metrics=off", "--disable-version-check", "--no-git-ignore", "--json"]
    semgrep += ["--quiet", "-j", "2", "--config", str(field.work / "semgrep.yml")]
    yield Peer("semgrep", version("semgrep"), "31 patterns, 2 processes", [*semgrep, one], [*semgrep, few], slow=True)
    proselint = [python("proselint"), "check"]
    yield Peer("proselint", version("proselint"), "default", [*proselint, one], [*proselint, few], slow=True)
    own = {"python": python()}
    yield _loop(field, "autocorrect-py, loop", "autocorrect", "txt", **own, version=version("autocorrect-py"))
    yield _loop(field, "jsonschema, loop", "jsonschema", "json", **own, version=version("jsonschema"))
    yield _loop(field, "jsonschema-rs, loop", "jsonschema_rs", "json", **own, version=version("jsonschema-rs"))
