"""Time a cold check against a bare interpreter, a warm one in this process, and reading against the bare parsers; then
measure how well wrong cells are named.

Ratios within one run hold on any machine; milliseconds hold on this one. Ends with 1 when a target is missed.
"""

import compileall
import io
import statistics
import subprocess
import sys
import zipfile
from collections.abc import Callable
from functools import partial
from pathlib import Path
from time import perf_counter

from measure_cells import USUAL, measured

import gilint

ROOT = Path(__file__).resolve().parent.parent
EXAMPLE = ROOT / "examples" / "miyun-2024.txt"
FORMATS = ROOT / "tests" / "data" / "formats"
COLD_RUNS, WARM_RUNS, READ_RUNS = 21, 200, 60


def main() -> int:
    time_checks()
    print()
    time_reading()
    return measured(USUAL)


def time_checks() -> None:
    # An installed package has its bytecode; a checkout that may not write it would be compiled at each start.
    compileall.compile_dir(Path(gilint.__file__).parent, quiet=2)
    check = [sys.executable, "-m", "gilint", "check", str(EXAMPLE), "--format", "json"]
    linter = gilint.Linter()
    bare, cold = milliseconds(COLD_RUNS, [lambda: start([sys.executable, "-c", "pass"], 0), lambda: start(check, 1)])
    (warm,) = milliseconds(WARM_RUNS, [lambda: linter.lint(EXAMPLE)])
    print(f"bare interpreter  {bare:6.1f} ms")
    print(f"cold check        {cold:6.1f} ms  {cold / bare:.1f} × bare")
    print(f"warm check        {warm:6.2f} ms  {warm / bare:.2f} × bare")


def time_reading() -> None:
    """Reading and recognising a report, and judging it as well, against the least that its format costs."""
    linter = gilint.Linter()
    print(f"{'reading':<28}{'floor':>8}{'read':>9}{'× floor':>9}{'lint':>9}   ms; the floor is the bare parser")
    for name, floor in FLOORS.items():
        data = (FORMATS / name).read_bytes()
        tasks = [partial(floor, data), partial(linter.read, data, name), partial(linter.lint, data, name)]
        bare, read, lint = milliseconds(READ_RUNS, tasks)
        print(f"{name:<28}{bare:8.2f}{read:9.2f}{read / bare:9.1f}{lint:9.2f}")


def parse_docx(data: bytes) -> object:
    from lxml import etree

    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return etree.fromstring(package.read("word/document.xml"))


def parse_html(data: bytes) -> object:
    from lxml import etree

    return etree.fromstring(data, etree.HTMLParser(encoding="utf-8"))


def text_of_pdf(data: bytes) -> object:
    import pypdfium2

    document = pypdfium2.PdfDocument(data)
    texts = []
    for page in document:
        text = page.get_textpage()
        texts.append(text.get_text_bounded())
        text.close()
        page.close()
    document.close()
    return texts


FLOORS: dict[str, Callable[[bytes], object]] = {
    "miyun-2024.docx": parse_docx,
    "miyun-2024-writer.docx": parse_docx,
    "miyun-2024-writer.html": parse_html,
    "miyun-2024-writer.pdf": text_of_pdf,
}


def milliseconds(runs: int, tasks: list[Callable[[], object]]) -> list[float]:
    """The median time of each task. Tasks take turns, so that a busy moment falls on all of them."""
    times: list[list[float]] = [[] for _ in tasks]
    for task in tasks:
        task()  # fill the caches
    for _ in range(runs):
        for task, record in zip(tasks, times, strict=True):
            begun = perf_counter()
            task()
            record.append((perf_counter() - begun) * 1000)
    return [statistics.median(record) for record in times]


def start(command: list[str], expected: int) -> None:
    status = subprocess.run(command, stdout=subprocess.DEVNULL).returncode
    if status != expected:
        sys.exit(f"{' '.join(command)}: exit code {status}, not {expected}")


if __name__ == "__main__":
    sys.exit(main())
