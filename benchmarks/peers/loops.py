"""Libraries in the shortest loop that makes a command of them: ``python loops.py WHAT FILE_OR_FOLDER …``.

A script of its own: nothing of the benchmarks is imported, and of the libraries only the one that is asked for.
"""

import json
import os
import sys
import zipfile
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

BESIDE = Path(__file__).parent


def read() -> Callable[[str], int]:
    return lambda path: len(Path(path).read_bytes())


def html() -> Callable[[str], int]:
    from lxml import etree

    return lambda path: len(etree.fromstring(Path(path).read_bytes(), etree.HTMLParser(encoding="utf-8")))


def docx() -> Callable[[str], int]:
    from lxml import etree

    return lambda path: len(etree.fromstring(zipfile.ZipFile(path).read("word/document.xml")))


def autocorrect() -> Callable[[str], int]:
    import autocorrect_py

    return lambda path: len(autocorrect_py.lint_for(Path(path).read_text(encoding="utf-8"), path).lines)


def jsonschema() -> Callable[[str], int]:
    import jsonschema

    validator = jsonschema.Draft202012Validator(_load(BESIDE / "schema.json"))
    return lambda path: sum(1 for _ in validator.iter_errors(_load(path)))


def jsonschema_rs() -> Callable[[str], int]:
    import jsonschema_rs

    validator = jsonschema_rs.validator_for(_load(BESIDE / "schema.json"))
    return lambda path: sum(1 for _ in validator.iter_errors(_load(path)))


def _load(path: str | Path) -> Any:
    return json.loads(Path(path).read_text(encoding="utf-8"))


LOOPS = {function.__name__: function for function in (read, html, docx, autocorrect, jsonschema, jsonschema_rs)}


def main(arguments: Sequence[str]) -> None:
    judge = LOOPS[arguments[0]]()
    files: list[str] = []
    for path in arguments[1:]:
        files += [entry.path for entry in os.scandir(path)] if os.path.isdir(path) else [path]
    print(sum(map(judge, files)))


if __name__ == "__main__":
    main(sys.argv[1:])
