"""Fuzzing of the readers: seeds, inputs made of them, and what must hold for every one.

An input is known by format, seed and number, and is the same wherever it is made.
"""

import base64
import json
import random
import time
import traceback
import warnings
from functools import cache
from pathlib import Path

import mutate
import sources
from forging import FORMATS, ROOT
from hostile_html import mail, saved

import gilint
from gilint.errors import InputError
from gilint.readers.opening import contents

MOST_SECONDS = 5
"""Processor time for one input, on a quiet machine."""
SUFFIXES = ("docx", "odt", "xlsx", "pdf", "html", "mhtml", "json", "yaml", "md", "txt", "zip", "doc", "")


class Format:
    """``seeds`` are functions that give valid files, ``change`` makes one of them wrong."""

    def __init__(self, change, *seeds):
        self.change, self.seeds = change, seeds


def file(name):
    return lambda: (FORMATS / name).read_bytes()


@cache
def example(name):
    return (ROOT / "examples" / name).read_bytes()


@cache
def _report():
    return gilint.Linter(config=False).read(ROOT / "examples" / "clean-2024.txt")


def written(writer):
    """A file that a writer of the other tests makes of a sample report."""

    def seed():
        import documents

        return getattr(documents, writer)(documents.blocks(_report()))

    return seed


def as_json():
    import documents

    return documents.write_json(_report())


def as_read():
    from gilint.reporters.reading import render_json

    return render_json(_report()).encode()


def as_yaml():
    import yaml

    return yaml.safe_dump(json.loads(as_json()), allow_unicode=True, sort_keys=False).encode()


def as_archive():
    from forging import zipped

    return zipped({"报告.html": written("write_html")(), "b/miyun.txt": example("miyun-2024.txt"), "a.docx": written("write_docx")()})


def saved_as_base64():
    page = written("write_html")()
    return mail([("text/html; charset=utf-8", "base64", base64.encodebytes(page).decode()), ("text/css", "7bit", "p {}")])


FUZZED = {
    "text": Format(mutate.change_text, lambda: example("miyun-2024.txt"), lambda: example("clean-2024.txt")),
    "markdown": Format(mutate.change_text, written("write_markdown")),
    "docx": Format(
        mutate.change_package, file("clean-2024.docx"), file("miyun-2024-writer.docx"), file("clean-2024-writer.docx")
    ),
    "odt": Format(mutate.change_package, file("clean-2024-writer.odt"), file("miyun-2024-writer.odt")),
    "xlsx": Format(mutate.change_package, file("clean-2024.xlsx"), file("miyun-2024-calc.xlsx")),
    "ods": Format(mutate.change_package, file("clean-2024-calc.ods"), file("miyun-2024-calc.ods")),
    "xls": Format(mutate.change_compound, file("clean-2024-calc.xls"), file("miyun-2024-calc.xls")),
    "html": Format(
        mutate.change_page,
        file("clean-2024-writer.html"),
        file("miyun-2024-calc.html"),
        written("write_html"),
        lambda: written("write_html")().decode().replace("utf-8", "gbk").encode("gb18030"),
    ),
    "mhtml": Format(mutate.change_text, lambda: saved(written("write_html")()), saved_as_base64),
    "json": Format(mutate.change_json, as_json, as_read),
    "yaml": Format(mutate.change_yaml, as_yaml),
    "pdf": Format(mutate.change_pdf, file("clean-2024-writer.pdf"), file("miyun-2024-chromium.pdf")),
    "doc": Format(mutate.change_compound, file("clean-2024-writer.doc"), file("miyun-2024-writer.doc")),
    "rtf": Format(mutate.change_rtf, file("clean-2024-writer.rtf")),
    "zip": Format(mutate.change_bytes, as_archive),
}


@cache
def seed_files(kind):
    return [seed() for seed in FUZZED[kind].seeds]


def made(kind, seed, number):
    """Name and bytes of an input."""
    source = random.Random(f"{kind} {seed} {number}")
    data = FUZZED[kind].change(source.choice(seed_files(kind)), source)
    suffix = kind if source.random() < 0.9 else source.choice(SUFFIXES)
    return f"report.{suffix}", data


def examined(linter, name, data):
    """What became of an input (``report`` or the code of the refusal), and what is wrong with that."""
    started = time.process_time()
    verdict, faults = "", []
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            for member, content in contents(data, name, (), linter.config.limits):
                verdict, found = _read(linter, member, content)
                faults += found
    except InputError as error:
        verdict = error.code
        faults += _badly_said(error)
    except Exception as error:
        return "broke", [f"{type(error).__name__}: {error} {_where(error)}"]
    if (took := time.process_time() - started) > MOST_SECONDS:
        faults.append(f"took {took:.1f} s")
    return verdict, faults


def _read(linter, name, content):
    """The same for a document that stands alone or in an archive."""
    if isinstance(content, InputError):
        return content.code, _badly_said(content)
    try:
        report = linter.read(content, name)
    except InputError as error:
        return error.code, _badly_said(error)
    return "report", _places(report) + sources.invented(report, content)


def _where(error):
    """The last place of our own in a traceback."""
    frames = traceback.extract_tb(error.__traceback__)
    own = [frame for frame in frames if "gilint" in frame.filename] or frames
    return f"at {Path(own[-1].filename).name}:{own[-1].lineno}"


def _badly_said(error):
    """A refusal says what is wrong and what to do, in both languages."""
    texts = [text.get(lang, "") for text in (error.message, error.advice) for lang in ("zh", "en")]
    if error.code in ("internal", "plugin") or not all(text.strip() for text in texts):
        return [f"refused with {error.code}: {texts}"]
    return []


def _places(report):
    """Every passage and cell knows where it stands, and the report can be printed."""
    from gilint.reporters.reading import render_json

    try:
        json.loads(render_json(report))
        for table in report.tables.values():
            for cell in table.cells.values():
                assert cell.span.order is not None
    except Exception as error:
        return [f"printing it: {type(error).__name__}: {error} {_where(error)}"]
    return []


def keep(folder, kind, seed, number):
    """An input as a file, to look at it."""
    name, data = made(kind, seed, number)
    place = Path(folder) / f"{kind}-{seed}-{number}{Path(name).suffix}"
    place.write_bytes(data)
    return place
