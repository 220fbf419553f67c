"""Fuzzing of the readers: seeds, inputs made of them, and what must hold for every one.

An input is known by format, seed and number, and is the same wherever it is made.
"""

import json
import random
import time
import traceback
import warnings
from pathlib import Path

import mutate
import sources
from seeds import seeds_of

from gilint.errors import InputError
from gilint.readers.opening import contents

MOST_SECONDS = 5
"""Processor time for one input, on a quiet machine."""
SUFFIXES = ("docx", "odt", "xlsx", "pdf", "html", "mhtml", "json", "yaml", "md", "txt", "zip", "doc", "")


FUZZED = {
    "text": mutate.change_text,
    "markdown": mutate.change_text,
    "docx": mutate.change_package,
    "wordxml": mutate.change_xml,
    "odt": mutate.change_package,
    "fodt": mutate.change_xml,
    "xlsx": mutate.change_package,
    "xlsb": mutate.change_package,
    "xls": mutate.change_compound,
    "ods": mutate.change_package,
    "fods": mutate.change_xml,
    "xml2003": mutate.change_xml,
    "html": mutate.change_page,
    "mhtml": mutate.change_text,
    "json": mutate.change_json,
    "yaml": mutate.change_yaml,
    "pdf": mutate.change_pdf,
    "doc": mutate.change_compound,
    "rtf": mutate.change_rtf,
    "zip": mutate.change_bytes,
}
"""What makes a valid file of each format a little wrong."""


def made(kind, seed, number):
    """Name and bytes of an input."""
    source = random.Random(f"{kind} {seed} {number}")
    data = FUZZED[kind](source.choice(seeds_of(kind)), source)
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
