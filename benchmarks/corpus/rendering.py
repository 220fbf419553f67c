"""A generated report in each format."""

import json

from benchmarks.corpus.content import Content
from benchmarks.corpus.pages import page
from benchmarks.corpus.word import document

FORMATS = ("txt", "html", "docx", "json")


def rendered(made: Content, kind: str, number: int) -> bytes:
    """The file of a report; ``number`` decides where runs of a Word document end."""
    if kind == "docx":
        return document(made, number)
    if kind == "html":
        return page(made).encode()
    if kind == "json":
        return json.dumps(made.data, ensure_ascii=False, indent=1).encode()
    return text_of(made).encode()


def text_of(made: Content) -> str:
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
