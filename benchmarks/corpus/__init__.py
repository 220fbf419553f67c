"""Generated reports: variants of the real one, half of them with one wrong cell, as text, web page, Word and JSON.

The same number gives the same report each time, in every format.
"""

import json
import os
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path

from benchmarks.corpus.content import Content, content, paragraphs_of
from benchmarks.corpus.pages import page
from benchmarks.corpus.word import document

FORMATS = ("txt", "html", "docx", "json")
SEED = Path(__file__).resolve().parents[2] / "examples" / "miyun-2024.txt"
SHARE = 50


def made(folder: Path, count: int) -> Path:
    """A folder with ``count`` reports in each format, ``txt/r00000.txt`` and so on; made when it is not there."""
    target = folder / str(count)
    if not target.is_dir():
        parts = [range(start, min(start + SHARE, count)) for start in range(0, count, SHARE)]
        unfinished = folder / f"{count}.{os.getpid()}"
        for name in FORMATS:
            (unfinished / name).mkdir(parents=True)
        with ProcessPoolExecutor(mp_context=get_context("spawn")) as executor:
            for _ in executor.map(_write, [unfinished] * len(parts), parts):
                pass
        unfinished.rename(target)
    return target


def _write(folder: Path, numbers: range) -> None:
    paragraphs = paragraphs_of(SEED.read_text(encoding="utf-8"))
    for number in numbers:
        made = content(paragraphs, number)
        for name, written in _rendered(made, number):
            (folder / name / f"r{number:05d}.{name}").write_bytes(written)


def _rendered(made: Content, number: int) -> Iterator[tuple[str, bytes]]:
    yield "txt", _text(made).encode()
    yield "html", page(made).encode()
    yield "docx", document(made, number)
    yield "json", json.dumps(made.data, ensure_ascii=False, indent=1).encode()


def _text(made: Content) -> str:
    """Plain text as it is copied from a page: each cell on a line that begins with a tab, rows apart."""
    lines: list[str] = []
    for block in made.blocks:
        if isinstance(block, str):
            lines.append(f"{block}\n")
            continue
        for row in block.grid():
            for place in row:
                if not place.right:
                    text = place.cell.text
                    lines.append("\t" + (f" {text}" if text.isdigit() else "" if place.down else text))
            lines.append("")
        lines.append("")
    return "\n".join(lines)
