"""Stacks as a picture: the outermost function on top, each as wide as its share of the time."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from xml.sax.saxutils import escape

WIDTH, ROW, BORDER, TOP = 1200, 19, 12, 64
LETTER = 6.3
"""Pixels of a letter of the font, at most."""
LEAST = 0.004
"""The share of the time below which a function is not drawn."""
DEEPEST = 18
FONTS = "ui-monospace,Menlo,Consolas,'DejaVu Sans Mono','Liberation Mono',monospace"
GROUPS = {
    "the interpreter": ("#d0d7de", "the interpreter"),
    "import": ("#f2cc60", "imports"),
    "gilint.packs": ("#ffd8b5", "rules and configuration"),
    "gilint.config": ("#ffd8b5", "rules and configuration"),
    "gilint.readers": ("#9ecbff", "readers"),
    "gilint.recognise": ("#b5e8b0", "recogniser"),
    "gilint.checks": ("#ffb3ba", "checks"),
    "gilint.engine": ("#ffb3ba", "checks"),
    "gilint.diagnosis": ("#d8b9ff", "explaining sums"),
    "gilint.reporters": ("#a8e6e1", "reporters"),
    "gilint": ("#e6e2d8", "the rest of gilint"),
    "": ("#eef0f2", "libraries"),
}


class Node:
    """A function as it was called by those above it: how often it was seen, and what it called."""

    def __init__(self) -> None:
        self.count = 0
        self.called: dict[str, Node] = {}


def tree(stacks: Mapping[tuple[str, ...], int]) -> Node:
    """The stacks as a tree; comprehensions and lambdas are part of the function that they stand in."""
    root = Node()
    for stack, count in stacks.items():
        root.count += count
        node, above = root, ""
        for name in stack:
            short = name.partition(".<locals>")[0]
            if short == above:
                continue
            node = node.called.setdefault(short, Node())
            node.count += count
            above = short
    return root


def drawn(title: str, stacks: Mapping[tuple[str, ...], int]) -> str:
    """The picture as SVG."""
    root = tree(stacks)
    boxes = list(_boxes(root, 0.0, 1.0, 0))
    rows = 1 + max((row for _, _, row, _ in boxes), default=0)
    height = TOP + rows * ROW + BORDER
    shown = "".join(_box(*box) for box in boxes)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{height}" viewBox="0 0 {WIDTH} {height}">\n'
        f"<style>text{{font:10.5px {FONTS};fill:#1f2328}}.title{{font-size:15px;font-weight:bold}}</style>\n"
        f'<rect width="{WIDTH}" height="{height}" fill="#fff"/>\n'
        f'<text class="title" x="{BORDER}" y="24">{escape(title)}</text>\n{_legend(boxes)}{shown}</svg>\n'
    )


def _boxes(node: Node, left: float, share: float, row: int) -> Iterator[tuple[str, float, int, float]]:
    """Name, left edge as a share of the width, row and share of each function that is wide enough."""
    if row >= DEEPEST:
        return
    for name, called in sorted(node.called.items(), key=lambda one: (-one[1].count, one[0])):
        own = share * called.count / node.count
        if own >= LEAST:
            yield name, left, row, own
            yield from _boxes(called, left, own, row + 1)
        left += own


def _box(name: str, left: float, row: int, share: float) -> str:
    inner = WIDTH - 2 * BORDER
    x, y, width = BORDER + left * inner, TOP + row * ROW, share * inner
    color, _ = _group(name)
    label = _label(f"{_short(name)} {100 * share:.0f} %", _short(name), width - 6)
    text = f'<text x="{x + 3:.1f}" y="{y + 13}">{escape(label)}</text>' if label else ""
    return (
        f'<g><title>{escape(name)}: {100 * share:.1f} %</title><rect x="{x:.1f}" y="{y}" width="{width:.1f}" '
        f'height="{ROW - 1}" fill="{color}" stroke="#fff" stroke-width=".6"/>{text}</g>\n'
    )


def _label(full: str, short: str, width: float) -> str:
    """What fits into so many pixels; nothing where that would be a few letters."""
    for text in (full, short):
        if len(text) * LETTER <= width:
            return text
    letters = int(width / LETTER)
    return f"{short[: letters - 1]}…" if letters > 5 else ""


def _short(name: str) -> str:
    """A function without the package, an own function without its module's parents."""
    plain = name.removeprefix("import ").removeprefix("gilint.")
    parts = plain.split(".")
    return f"import {plain}" if name.startswith("import ") else ".".join(parts[-2:])


def group_of(stack: tuple[str, ...]) -> str:
    """What the innermost function belongs to whose group is known: a library works for who calls it."""
    for name in reversed(stack):
        prefix = "import" if name.startswith("import ") else name
        found = _group(prefix)
        if found not in (GROUPS["gilint"], GROUPS[""]):
            return found[1]
    return GROUPS["gilint"][1]


def _group(name: str) -> tuple[str, str]:
    if name == "import" or name.startswith("import "):
        return GROUPS["import"]
    return next(group for prefix, group in GROUPS.items() if name.startswith(prefix))


def _legend(boxes: list[tuple[str, float, int, float]]) -> str:
    parts, left = [], BORDER
    for color, name in dict.fromkeys(_group(box[0]) for box in boxes):
        parts.append(
            f'<rect x="{left}" y="36" width="12" height="12" fill="{color}"/>'
            f'<text x="{left + 16}" y="46">{escape(name)}</text>\n'
        )
        left += 32 + int(len(name) * LETTER)
    return "".join(parts)
