"""Generated reports: variants of the real one, half of them with one wrong cell, as text, web page, Word and JSON.

The same number gives the same report each time, in every format.
"""

import os
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path

from benchmarks.corpus.content import content, paragraphs_of
from benchmarks.corpus.rendering import FORMATS, rendered

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
        one = content(paragraphs, number)
        for kind in FORMATS:
            (folder / kind / f"r{number:05d}.{kind}").write_bytes(rendered(one, kind, number))
