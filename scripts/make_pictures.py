"""Draw the pictures of docs/images: what the command prints on a terminal, as SVG.

``--check`` writes nothing and exits with 1 when a picture no longer shows what the command prints.
"""

import contextlib
import io
import os
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from xml.sax.saxutils import escape

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))  # the script also runs where gilint is not installed

from gilint.cli import main as gilint  # noqa: E402
from gilint.text import width  # noqa: E402

FOLDER = ROOT / "docs" / "images"
COMMAND = "python scripts/make_pictures.py"
PICTURES = {
    "which-cell-miyun": "check examples/miyun-2024.txt --select T301 --width 88",
    "which-cell-table": "read examples/which-cell/one-digit.txt --table requests --width 96",
    "which-cell-several": "check examples/which-cell/one-digit.txt --select T401 --width 88",
    "which-cell-blank": "check examples/which-cell/blank-total.txt --select T311 --width 88",
}

# Pixels: of a terminal cell, of the border, and where a line of text stands in its row.
CELL, ROW, BORDER, BASE = 8, 20, 16, 15
# What the sixteen colours look like on white, and what is neither colour nor bold.
INK = {"31": "#cf222e", "32": "#1a7f37", "35": "#8250df", "36": "#0a6c83", "2": "#6e7781"}
FONTS = (
    "ui-monospace,Menlo,Consolas,'DejaVu Sans Mono','Liberation Mono','Noto Sans Mono CJK SC','PingFang SC',monospace"
)
ESCAPES = re.compile(r"\x1b\[([0-9;]*)m")
# Frames are drawn as strokes, since the lines of a font do not meet.
STROKES = {"│": "M4 0v20", "─": "M0 10h8", "├": "M4 0v20M4 10h4", "╭": "M4 20v-6q0 -4 4 -4"}


def main() -> int:
    stale = [name for name in PICTURES if not is_fresh(name)]
    if sys.argv[1:] == ["--check"]:
        print("\n".join(f"docs/images/{name}.svg is stale: run {COMMAND}" for name in stale) or "fresh")
        return 1 if stale else 0
    FOLDER.mkdir(exist_ok=True)
    for name in stale:
        path_of(name).write_text(picture(name), encoding="utf-8")
        print(f"docs/images/{name}.svg")
    return 0


def is_fresh(name: str) -> bool:
    path = path_of(name)
    return path.is_file() and path.read_text(encoding="utf-8") == picture(name)


def path_of(name: str) -> Path:
    return FOLDER / f"{name}.svg"


def picture(name: str) -> str:
    """The SVG of a command and what it prints."""
    command = PICTURES[name]
    lines = [f"\x1b[1m$ gilint {command.rpartition(' --width ')[0]}\x1b[0m", "", *printed(command).splitlines()]
    return svg(lines)


def printed(command: str) -> str:
    """What the command prints, in colour; no configuration of this machine counts."""
    out = io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.chdir(ROOT):
        os.environ.pop("GILINT_LANG", None)
        gilint([*command.split(), "--color", "always", "--no-config"])
    return out.getvalue()


# --- drawing ----------------------------------------------------------------------------------------------------------


def svg(lines: list[str]) -> str:
    """Lines with the escape codes of a terminal, each character at the place of its cell.

    A font for Chinese need not be exactly twice as wide as the one for digits: without a place of its own for each
    character the columns would not stand below each other.
    """
    plain = [ESCAPES.sub("", line) for line in lines]
    cells = max(map(width, plain))
    size = (cells * CELL + 2 * BORDER, len(lines) * ROW + 2 * BORDER)
    ink = "".join(f".c{code}{{fill:{color}}}" for code, color in INK.items())
    drawn = "".join(part for row, line in enumerate(lines) for part in row_of(line, BORDER + row * ROW))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{size[0]}" height="{size[1]}" '
        f'viewBox="0 0 {size[0]} {size[1]}">\n'
        f"<desc>{escape(chr(10).join(plain))}</desc>\n"
        f"<style>text{{font:14px {FONTS};fill:#1f2328}}.c1{{font-weight:bold}}{ink}"
        f"path{{stroke:{INK['2']};fill:none}}</style>\n"
        f'<rect x=".5" y=".5" width="{size[0] - 1}" height="{size[1] - 1}" rx="8" fill="#fff" stroke="#d0d7de"/>\n'
        f"{drawn}</svg>\n"
    )


def row_of(line: str, top: int) -> Iterator[str]:
    """The text elements of a line, one a style, and the strokes of its frame."""
    cell = 0
    for codes, text in styled(line):
        places: list[int] = []
        shown = ""
        for char in text:
            left = BORDER + cell * CELL
            if char in STROKES:
                yield f'<path transform="translate({left} {top})" d="{STROKES[char]}"/>\n'
            elif char != " ":
                # A wide character is not quite as wide as two cells: it stands in their middle.
                places.append(left + (width(char) == 2))
                shown += char
            cell += width(char)
        if shown:
            names = " ".join(f"c{code}" for code in codes.split(";") if code in ("1", *INK))
            style = f' class="{names}"' if names else ""
            at = " ".join(map(str, places))
            yield f'<text{style} y="{top + BASE}" x="{at}">{escape(shown)}</text>\n'


def styled(line: str) -> Iterator[tuple[str, str]]:
    """The pieces of a line, each with the codes of its style."""
    codes = ""
    for number, part in enumerate(ESCAPES.split(line)):
        if number % 2:
            codes = part
        elif part:
            yield codes, part


if __name__ == "__main__":
    raise SystemExit(main())
