"""Make examples/miyun-2024.docx: the text of the example as a Word document with merged cells. Needs python-docx."""

import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]

import documents  # noqa: E402

import gilint  # noqa: E402


def main() -> None:
    """Write the example."""
    report = gilint.read(ROOT / "examples" / "miyun-2024.txt", config=False)
    (ROOT / "examples" / "miyun-2024.docx").write_bytes(documents.write_docx(documents.blocks(report)))


if __name__ == "__main__":
    main()
