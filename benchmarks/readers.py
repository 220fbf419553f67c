"""Reading and recognising generated files, and judging them, against the bare parser of their format."""

import io
import zipfile
from collections.abc import Callable, Sequence

from lxml import etree

from benchmarks import timing
from benchmarks.parts import Goal, Measured, Settings, Table, figure
from gilint import Linter

FILES, ROUNDS, LIMIT = 40, 5, 2.5


def decode(data: bytes) -> object:
    """Plain text has no parser: its floor is UTF-8."""
    return data.decode()


def parse_html(data: bytes) -> object:
    """The tree of a page."""
    return etree.fromstring(data, etree.HTMLParser(encoding="utf-8"))


def parse_docx(data: bytes) -> object:
    """The tree of the main part of a Word document."""
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return etree.fromstring(package.read("word/document.xml"))


FLOORS: dict[str, Callable[[bytes], object]] = {"txt": decode, "html": parse_html, "docx": parse_docx}


def over(function: Callable[[bytes, str], object], contents: Sequence[tuple[bytes, str]]) -> Callable[[], object]:
    """A task that does something with each of several files."""
    return lambda: [function(data, name) for data, name in contents]


def measure(settings: Settings) -> Measured:
    """Milliseconds a file, medians by turns, and ratios to the bare parser."""
    linter = Linter(config=False)
    corpus = settings.corpus(50)
    rounds = max(ROUNDS, settings.rounds // 3)
    files = {kind: sorted((corpus / kind).iterdir())[:FILES] for kind in FLOORS}
    tasks: dict[str, Callable[[], object]] = {}
    for kind, floor in FLOORS.items():
        contents = [(path.read_bytes(), path.name) for path in files[kind]]
        tasks[f"{kind} floor"] = over(lambda data, _name, floor=floor: floor(data), contents)
        tasks[f"{kind} read"] = over(linter.read, contents)
        tasks[f"{kind} lint"] = over(linter.lint, contents)
    taken = timing.seconds(tasks, rounds)
    each = {name: [1000 * value / FILES for value in values] for name, values in taken.items()}
    text = each["txt lint"]
    rows, goals = [], []
    for kind in FLOORS:
        parsed, read, lint = (each[f"{kind} {step}"] for step in ("floor", "read", "lint"))
        ratio = timing.ratio(read, parsed)
        allowed = [LIMIT * value + other for value, other in zip(parsed, text, strict=True)]
        share = timing.ratio(lint, allowed)
        milliseconds = [figure(timing.middle(values)) for values in (parsed, read, lint)]
        rows.append([kind, *milliseconds[:2], figure(ratio), milliseconds[2], "–" if kind == "txt" else figure(share)])
        if kind != "txt":
            goals.append(Goal(f"{kind}: read and recognised, to the bare lxml parse", ratio, LIMIT))
            goals.append(Goal(f"{kind}: judged, to 2.5 × that parse + a text judged", share, 1.0))
    head = ["one file", "bare parser ms", "read ms", "× parser", "lint ms", "of 2.5 × parser + text"]
    return Measured([Table(head, rows)], goals)
