"""Count the cells that come back exactly from each format: published tables and generated ones, written by others.

``python scripts/measure_formats.py [N]`` writes N generated reports (40 unless told) and the published tables of
``tests/data/figures.json`` in every format that it can on this machine (LibreOffice and Chromium make some), reads them
and prints one line a format: cells, how many were exact, not assessable, wrong. A wrong cell is a defect of gilint.
"""

import random
import shutil
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]

import documents  # noqa: E402
import layouts  # noqa: E402
from printing import grid  # noqa: E402

import gilint  # noqa: E402

SEED = 20241231
CHROMIUM = ("--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking")
UNRULED = documents.CSS.replace("td { border: 1px solid #000; padding: 2px;", "td { padding: 2px 8px;")
SEPARATE = documents.CSS.replace("border-collapse: collapse", "border-spacing: 2px")
NARROW = documents.CSS.replace("width: 100%", "width: 380px; font-size: 11px")

Parts = list[documents.Block]
Truth = dict[tuple[str, str, str], str]


class Sample:
    """A report to write: its blocks, and every cell that stands in it as (table, row, column) → text."""

    def __init__(self, name: str, parts: Parts, truth: Truth) -> None:
        self.name, self.parts, self.truth = name, parts, truth


# --- reports ----------------------------------------------------------------------------------------------------------


def samples(linter: gilint.Linter, count: int) -> Iterator[Sample]:
    for number, entry in enumerate(layouts.ENTRIES):
        if entry["complete"]:
            report = linter.read(layouts.report(entry, "pipes_closed_merged").encode(), "entry.txt")
            yield sample(f"published-{number}", report, cells_of(report))
    report = linter.read(ROOT / "examples" / "clean-2024.txt")
    for number in range(count):
        yield sample(f"generated-{number}", report, generated(report, random.Random(SEED + number)))


def sample(name: str, report: gilint.Report, truth: Truth) -> Sample:
    parts = documents.blocks(report)
    for block in parts:
        if block.kind == "table":
            form = report.form.table(block.key)
            rows = {row.key: [truth[block.key, row.key, column] for column in row.columns] for row in form.value_rows}
            block.rows = grid(form, rows)
    return Sample(name, parts, truth)


def cells_of(report: gilint.Report) -> Truth:
    return {
        (key, row, column): cell.raw
        for key, table in report.tables.items()
        for (row, column), cell in table.cells.items()
    }


def generated(report: gilint.Report, chance: random.Random) -> Truth:
    """Figures of all sizes; zeros are left blank in a third of the reports."""
    size = chance.choice((3, 60, 5000, 40_000_000))
    zero = "" if chance.random() < 1 / 3 else "0"
    share = chance.choice((0.1, 0.5, 1.0))
    truth: Truth = {}
    for key in cells_of(report):
        value = chance.randrange(1, size) if chance.random() < share else 0
        truth[key] = str(value) if value else zero
    # Cells that are numbers of several kinds: grouped, full-width, with decimals in the column for money.
    if chance.random() < 0.3:
        truth = {key: f"{int(text):,}" if text.isdigit() else text for key, text in truth.items()}
    return truth


# --- writing ----------------------------------------------------------------------------------------------------------


def writers() -> dict[str, Callable[[Sample], bytes]]:
    return {
        "text, pipes": lambda one: documents.write_text(one.parts),
        "Markdown": lambda one: documents.write_markdown(one.parts),
        "HTML": lambda one: documents.write_html(one.parts),
        "DOCX (python-docx)": lambda one: documents.write_docx(one.parts),
        "XLSX (openpyxl)": lambda one: documents.write_workbook(one.parts),
        "XLSX, a sheet a table": lambda one: documents.write_workbook(one.parts, several_sheets=True),
    }


SUFFIX = {"text, pipes": ".txt", "Markdown": ".md", "HTML": ".html"}
CONVERSIONS = (
    ("DOCX (LibreOffice)", "docx", "docx"),
    ("ODT (LibreOffice)", "docx", "odt"),
    ("HTML (LibreOffice)", "docx", "html"),
    ("PDF (LibreOffice)", "docx", "pdf"),
    ("DOC (LibreOffice)", "docx", "doc"),
    ("RTF (LibreOffice)", "docx", "rtf"),
    ("XLSX (Calc)", "xlsx", "xlsx"),
    ("XLS (Calc)", "xlsx", "xls"),
    ("ODS (Calc)", "xlsx", "ods"),
)
PRINTS = (
    ("PDF (Chromium, collapsed borders)", documents.CSS),
    ("PDF (Chromium, separate borders)", SEPARATE),
    ("PDF (Chromium, narrow columns)", NARROW),
    ("PDF (Chromium, no borders)", UNRULED),
)


def convert(files: list[Path], kind: str, out: Path) -> None:
    """All files in one start of LibreOffice, with a profile of its own."""
    with tempfile.TemporaryDirectory() as profile:
        command = ["soffice", f"-env:UserInstallation=file://{profile}", "--headless", "--convert-to", kind]
        subprocess.run([*command, "--outdir", out, *files], check=True, capture_output=True)


def printed(page: Path, out: Path) -> None:
    with tempfile.TemporaryDirectory() as profile:
        command = ["chromium", *CHROMIUM, f"--user-data-dir={profile}", f"--print-to-pdf={out}", page.as_uri()]
        subprocess.run(command, check=True, capture_output=True)


# --- measuring ------------------------------------------------------------------------------------------------------


def compare(linter: gilint.Linter, data: bytes, name: str, truth: Truth, counts: Counter[str]) -> None:
    try:
        report = linter.read(data, name)
    except gilint.InputError as error:
        print(f"  {name}: {error}", file=sys.stderr)
        counts["unread"] += len(truth)
        return
    for (key, row, column), text in truth.items():
        table = report.tables.get(key)
        cell = table.cells.get((row, column)) if table else None
        if cell is None:
            counts["unread"] += 1
        elif same(cell.raw, text):
            counts["exact"] += 1
        else:
            counts["wrong"] += 1
            print(f"  {name}: {key} {row} {column}: {cell.raw!r}, not {text!r}", file=sys.stderr)


def same(found: str, written: str) -> bool:
    # A sheet keeps the figure and not how it was grouped or padded.
    plain = written.replace(",", "")
    return found.strip() == written or (found == plain) or (found.replace(",", "") == plain.rstrip("0").rstrip("."))


def show(name: str, counts: Counter[str]) -> None:
    total = counts.total()
    share = 100 * counts["exact"] / total
    print(f"{name:<36}{total:8}{counts['exact']:8}{share:9.3f} %{counts['unread']:8}{counts['wrong']:7}", flush=True)


def main() -> None:
    linter = gilint.Linter(config=False)
    chosen = list(samples(linter, int(sys.argv[1]) if len(sys.argv) > 1 else 40))
    print(f"{'format':<36}{'cells':>8}{'exact':>8}{'share':>11}{'unread':>8}{'wrong':>7}")
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        sources: dict[str, list[Path]] = {"docx": [], "xlsx": []}
        for name, write in writers().items():
            counts: Counter[str] = Counter()
            suffix = SUFFIX.get(name, f".{name[:4].lower()}")
            for one in chosen:
                data = write(one)
                compare(linter, data, f"{one.name}{suffix}", one.truth, counts)
                if name in ("DOCX (python-docx)", "XLSX (openpyxl)"):
                    file = place / f"{one.name}{suffix}"
                    file.write_bytes(data)
                    sources[suffix[1:]].append(file)
            show(name, counts)
        if shutil.which("soffice"):
            measure_conversions(linter, chosen, sources, place)
        if shutil.which("chromium"):
            measure_prints(linter, chosen, place)


def measure_conversions(
    linter: gilint.Linter, chosen: list[Sample], sources: dict[str, list[Path]], place: Path
) -> None:
    for name, source, kind in CONVERSIONS:
        counts: Counter[str] = Counter()
        out = place / f"{source}-{kind}"
        convert(sources[source], kind, out)
        # DOC and RTF are converted back, a start of LibreOffice each.
        for one in chosen[:8] if kind in ("doc", "rtf") else chosen:
            file = out / f"{one.name}.{kind}"
            compare(linter, file.read_bytes(), file.name, one.truth, counts)
        show(name, counts)


def measure_prints(linter: gilint.Linter, chosen: list[Sample], place: Path) -> None:
    for name, css in PRINTS:
        counts: Counter[str] = Counter()
        for one in chosen:
            page, out = place / f"{one.name}.html", place / f"{one.name}.pdf"
            page.write_bytes(documents.write_html(one.parts, css=css))
            printed(page, out)
            compare(linter, out.read_bytes(), out.name, one.truth, counts)
        show(name, counts)


if __name__ == "__main__":
    main()
