"""The least that a linter of this kind costs in plain Python: 300 phrases, 50 patterns, the sums of one table.

``python yardstick.py [--jobs N] FILE_OR_FOLDER …`` counts findings, and knows neither rules, places nor messages. Its
phrases and patterns lie beside it, in ``yardstick.json``. It is a script of its own, without the benchmarks.
"""

import json
import os
import re
import sys
from collections.abc import Iterable, Sequence
from multiprocessing import get_context
from pathlib import Path
from typing import Any

WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
Rows = list[list[str]]
CHUNK, FEW = 25, 32


class Yardstick:
    """Counts the findings of a file."""

    def __init__(self) -> None:
        import ahocorasick_rs

        rules = json.loads(Path(__file__).with_name("yardstick.json").read_text(encoding="utf-8"))
        self._phrases = ahocorasick_rs.AhoCorasick(rules["phrases"])
        self._patterns = [re.compile(f"(?m){pattern}") for pattern in rules["patterns"]]

    def count(self, paths: Iterable[str]) -> int:
        """The findings of several files together."""
        return sum(map(self._count, paths))

    def _count(self, path: str) -> int:
        text, tables = READERS[path.rpartition(".")[2]](Path(path).read_bytes())
        found = len(self._phrases.find_matches_as_indexes(text, overlapping=True))
        found += sum(1 for pattern in self._patterns for _ in pattern.finditer(text))
        return found + wrong_sums(figures(tables))


# --- reading ----------------------------------------------------------------------------------------------------------


def read_text(data: bytes) -> tuple[str, list[Rows]]:
    """The text, and as a table the lines of the third section that begin with a tab."""
    text = data.decode()
    rows: Rows = []
    row: list[str] = []
    begun, ended = text.find("\n三、"), text.find("\n四、")
    for line in text[begun:ended].split("\n"):
        if line.startswith("\t"):
            row.append(line[1:])
        elif row and not line.strip():
            rows.append(row)
            row = []
    return text, [rows]


def read_page(data: bytes) -> tuple[str, list[Rows]]:
    """The paragraphs and tables of a page."""
    import turbohtml

    page: Any = turbohtml.parse(data)
    return "\n".join([paragraph.text for paragraph in page.select("p")]), page.tables()


def read_word(data: bytes) -> tuple[str, list[Rows]]:
    """The paragraphs and tables of a Word document, merged cells spread out to the right."""
    import io
    import zipfile

    from lxml import etree

    with zipfile.ZipFile(io.BytesIO(data)) as package:
        body = etree.fromstring(package.read("word/document.xml"))[0]
    prose, tables = [], []
    for block in body:
        if block.tag == f"{WORD}p":
            prose.append("".join(block.itertext()))
        elif block.tag == f"{WORD}tbl":
            tables.append([list(_cells(row)) for row in block.iter(f"{WORD}tr")])
    return "\n".join(prose), tables


def _cells(row: Any) -> Iterable[str]:
    for cell in row.iter(f"{WORD}tc"):
        span = cell.find(f".//{WORD}gridSpan")
        text = "".join(cell.itertext())
        yield from [text] * (1 if span is None else int(span.get(f"{WORD}val")))


READERS = {"txt": read_text, "html": read_page, "docx": read_word}


# --- sums -------------------------------------------------------------------------------------------------------------


def figures(tables: Sequence[Rows]) -> list[list[int]]:
    """The rows of seven figures of the first table that has twenty of them."""
    for table in tables:
        ends = [[str(cell).strip() for cell in row[-7:]] for row in table]
        rows = [list(map(int, end)) for end in ends if len(end) == 7 and all(cell.isdigit() for cell in end)]
        if len(rows) >= 20:
            return rows
    return []


def wrong_sums(rows: Sequence[Sequence[int]]) -> int:
    """How many sums of the table of requests are wrong: by row, by column, and what came in against what went out."""
    wrong = sum(sum(row[:6]) != row[6] for row in rows)
    if len(rows) == 25:
        columns = list(zip(*rows, strict=True))
        wrong += sum(sum(column[2:23]) != column[23] for column in columns)
        wrong += sum(column[0] + column[1] != column[23] + column[24] for column in columns)
    return wrong


def main(arguments: Sequence[str]) -> None:
    jobs = 1
    if arguments[0] == "--jobs":
        jobs, arguments = int(arguments[1]), arguments[2:]
    files: list[str] = []
    for path in arguments:
        files += sorted(entry.path for entry in os.scandir(path)) if os.path.isdir(path) else [path]
    if jobs == 1 or len(files) < FEW:
        found = Yardstick().count(files)
    else:
        from concurrent.futures import ProcessPoolExecutor

        chunks = [files[at : at + CHUNK] for at in range(0, len(files), CHUNK)]
        with ProcessPoolExecutor(jobs, get_context("fork")) as executor:
            found = sum(executor.map(_count, chunks))
    print(f"{len(files)} files, {found} findings")


def _count(paths: list[str]) -> int:
    global _yardstick
    if _yardstick is None:
        _yardstick = Yardstick()
    return _yardstick.count(paths)


_yardstick: Yardstick | None = None

if __name__ == "__main__":
    main(sys.argv[1:])
