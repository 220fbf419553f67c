"""Write the sample reports in every format, with programs that have nothing to do with gilint.

python-docx and openpyxl write Word and Excel files; LibreOffice makes OpenDocument, old Office, RTF, web and PDF files
of them, and Chromium prints the page. The files are committed, so that tests need none of these programs; run this
again when ``tests/documents.py`` changes.
"""

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]

import documents  # noqa: E402

import gilint  # noqa: E402

TARGET = ROOT / "tests" / "data" / "formats"
SAMPLES = ("miyun-2024", "clean-2024")
CHROMIUM = ("--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-pdf-header-footer")


def main() -> None:
    for sample in SAMPLES:
        report = gilint.read(ROOT / "examples" / f"{sample}.txt")
        parts = documents.blocks(report)
        page = documents.write_html(parts, report.title.text)
        with tempfile.TemporaryDirectory() as folder:
            place = Path(folder)
            (place / "docx").write_bytes(documents.write_docx(parts))
            (place / "xlsx").write_bytes(documents.write_workbook(parts))
            (place / "page.html").write_bytes(page)
            save(place / "docx", f"{sample}.docx")
            save(place / "xlsx", f"{sample}.xlsx")
            for kind, name in (
                ("odt", "writer.odt"),
                ("doc", "writer.doc"),
                ("rtf", "writer.rtf"),
                ("pdf", "writer.pdf"),
                ("html:HTML (StarWriter):EmbedImages", "writer.html"),
                ("docx", "writer.docx"),
            ):
                save(convert(place / "docx", kind), f"{sample}-{name}")
            for kind, name in (("ods", "calc.ods"), ("xls", "calc.xls"), ("xlsx", "calc.xlsx"), ("html", "calc.html")):
                save(convert(place / "xlsx", kind), f"{sample}-{name}")
            save(printed(place / "page.html"), f"{sample}-chromium.pdf")


def save(file: Path, name: str) -> None:
    shutil.copyfile(file, TARGET / name)
    print(f"{(TARGET / name).stat().st_size:8} {name}")


def convert(file: Path, kind: str) -> Path:
    with tempfile.TemporaryDirectory() as profile:
        command = ["soffice", f"-env:UserInstallation=file://{profile}", "--headless", "--convert-to", kind]
        subprocess.run([*command, "--outdir", file.parent / "out", file], check=True, capture_output=True)
    (made,) = (file.parent / "out").iterdir()
    return made.rename(file.parent / f"made.{made.suffix}")


def printed(page: Path) -> Path:
    out = page.with_suffix(".pdf")
    with tempfile.TemporaryDirectory() as profile:
        command = ["chromium", *CHROMIUM, f"--user-data-dir={profile}", f"--print-to-pdf={out}", page.as_uri()]
        subprocess.run(command, check=True, capture_output=True)
    return out


if __name__ == "__main__":
    main()
