"""The lines that rule a table: drawn as lines, as thin rectangles, as dots, or as a rectangle around each cell.

Programs draw the border of a table in many ways; what is left here are lines across and lines down, those on one
another and those next to each other end to end taken together.
"""

from __future__ import annotations

from itertools import pairwise
from operator import itemgetter

from gilint.readers.pdf.geometry import hull
from gilint.readers.pdf.pdfium import IMAGE, PATH
from gilint.record import Record

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from gilint.readers.pdf.geometry import Box, Frame
    from gilint.readers.pdf.pdfium import Matrix, OpenPage

    Line = tuple[float, float, float]

THICKEST = 3.5
"""In points: what is thicker is an area."""
SHORTEST = 5.0
GAP = 4.5
"""How far apart in points the dashes of a line, and the borders of neighbouring cells, may be."""
SAME = 1.2
"""How far apart in points lines may be to be drawn on one another."""
MOST_POINTS = 2_000
"""Points of a path beyond which it is a drawing and no table."""
SIMPLEST = 6
"""Points of a path that is a single rectangle."""
MOST_OBJECTS = 30_000


class Rulings(Record):
    """Lines across as (y, left, right), lines down as (x, top, bottom), and the boxes of pictures.

    ``crowded`` says that the page holds more drawings than any table has, and that they were not looked at.
    """

    across: list[Line]
    down: list[Line]
    pictures: list[Box]
    crowded: bool


def rulings(page: OpenPage, frame: Frame) -> Rulings:
    """The lines and pictures of a page."""
    across: list[Line] = []
    down: list[Line] = []
    pictures: list[Box] = []
    for number, (kind, handle, matrix) in enumerate(page.drawn()):
        if number >= MOST_OBJECTS:
            return Rulings([], [], pictures, True)
        if kind not in (PATH, IMAGE):
            continue
        box = frame.bounds(page.bounds(handle, matrix))
        if kind == IMAGE:
            pictures.append(box)
        elif not _add_thin(box, across, down):
            _add_edges(page, handle, matrix, frame, across, down)
    return Rulings(_joined(across), _joined(down), pictures, False)


def _add_thin(box: Box, across: list[Line], down: list[Line]) -> bool:
    """Take a box for a line, if it is thin enough; a dot is one of a line in either direction."""
    left, top, right, bottom = box
    width, height = right - left, bottom - top
    thin, dot = min(width, height) <= THICKEST, max(width, height) <= THICKEST
    if thin and (width >= height or dot):
        across.append(((top + bottom) / 2, left, right))
    if thin and (height >= width or dot):
        down.append(((left + right) / 2, top, bottom))
    return thin


def _add_edges(page: OpenPage, handle: int, matrix: Matrix, frame: Frame, across: list[Line], down: list[Line]) -> None:
    """The straight lines of a larger path, or the thin areas that it fills."""
    count = page.count_points(handle)
    stroked = page.draw_mode(handle)[1]
    # What fills one area is a coloured ground.
    if count > MOST_POINTS or (not stroked and count <= SIMPLEST):
        return
    parts = page.parts(handle, matrix)
    if stroked:
        for part in parts:
            for ends in pairwise(part):
                _add_thin_edge(frame.box(ends), across, down)
        return
    boxes = [frame.box(part) for part in parts]
    for box in boxes:
        _add_thin(box, across, down)
    for one, other in pairwise(boxes):
        _add_ring(one, other, across, down)


def _add_thin_edge(box: Box, across: list[Line], down: list[Line]) -> None:
    left, top, right, bottom = box
    if bottom - top <= SAME < right - left:
        across.append(((top + bottom) / 2, left, right))
    elif right - left <= SAME < bottom - top:
        down.append(((left + right) / 2, top, bottom))


def _add_ring(one: Box, other: Box, across: list[Line], down: list[Line]) -> None:
    """The border between two rectangles, one just inside of the other."""
    left, top, right, bottom = hull((one, other))
    widths = [abs(edge - edge_of_other) for edge, edge_of_other in zip(one, other, strict=True)]
    if max(widths) > THICKEST or (left, top, right, bottom) not in (one, other):
        return
    for width, line in zip(widths[1::2], ((top, left, right), (bottom, left, right)), strict=True):
        if width > 0:
            across.append(line)
    for width, line in zip(widths[::2], ((left, top, bottom), (right, top, bottom)), strict=True):
        if width > 0:
            down.append(line)


def _joined(lines: Iterable[Line]) -> list[Line]:
    """The lines with those on one another, and end to end, as one."""
    # Dots of lines in the other direction are everywhere: only what stands exactly in line makes one of dots.
    exact: dict[int, list[Line]] = {}
    for line in lines:
        exact.setdefault(round(line[0] * 4), []).append(line)
    joined: list[Line] = []
    group: list[Line] = []
    for line in sorted([line for together in exact.values() for line in _end_to_end(together)]):
        if group and line[0] - group[-1][0] > SAME:
            joined += _end_to_end(group)
            group = []
        group.append(line)
    return joined + _end_to_end(group)


def _end_to_end(group: Sequence[Line]) -> list[Line]:
    if len(group) == 1:
        return list(group) if group[0][2] - group[0][1] >= SHORTEST else []
    result: list[list[float]] = []
    for at, start, end in sorted(group, key=itemgetter(1)):
        if result and start - result[-1][2] <= GAP:
            result[-1][2] = max(result[-1][2], end)
        else:
            result.append([at, start, end])
    return [(at, start, end) for at, start, end in result if end - start >= SHORTEST]
