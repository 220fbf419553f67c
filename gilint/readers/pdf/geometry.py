"""Boxes, and the two ways to look at a page: as it is shown, and turned so that its text stands upright.

Both frames have their origin in the upper left corner and count points to the right and down; those of the file count
up from wherever the page box begins, and a page may be turned, cropped, or have its table set sideways.
"""

from __future__ import annotations

from gilint.places import hull as hull
from gilint.record import Record

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from gilint.places import Box as Box

    Point = tuple[float, float]


class Frame(Record):
    """A frame on a page: unit vectors to the right and down in the coordinates of the file, and where it begins."""

    right: Point
    down: Point
    left: float
    top: float
    width: float
    height: float

    def across(self, xs: Sequence[float], ys: Sequence[float]) -> list[float]:
        """How far right of the frame's edge each point of the file is."""
        (a, b), start = self.right, self.left
        if b == 0:
            return [x * a - start for x in xs]
        return [y * b - start for y in ys]

    def along(self, xs: Sequence[float], ys: Sequence[float]) -> list[float]:
        """How far below the frame's edge each point of the file is."""
        (a, b), start = self.down, self.top
        if a == 0:
            return [y * b - start for y in ys]
        return [x * a - start for x in xs]

    def box(self, corners: Sequence[Point]) -> Box:
        """The box around points of the file."""
        xs, ys = [x for x, _y in corners], [y for _x, y in corners]
        across, along = self.across(xs, ys), self.along(xs, ys)
        return min(across), min(along), max(across), max(along)

    def bounds(self, edges: tuple[float, float, float, float]) -> Box:
        """The box with these left, bottom, right and top edges in the file."""
        left, bottom, right, top = edges
        if self.right == (1.0, 0.0) and self.down == (0.0, -1.0):
            return left - self.left, -top - self.top, right - self.left, -bottom - self.top
        return self.box(((left, bottom), (right, top)))

    def points(self, box: Box) -> tuple[Point, Point]:
        """Two opposite corners of a box of this frame, in the coordinates of the file."""
        left, top, right, bottom = box
        return self._point(left, top), self._point(right, bottom)

    def _point(self, across: float, along: float) -> Point:
        (a, b), (c, d) = self.right, self.down
        across, along = across + self.left, along + self.top
        return across * a + along * c, across * b + along * d


def frame(corners: Sequence[Point], right: Point, down: Point) -> Frame:
    """The frame that looks at a page with these corners in this direction."""
    across = [x * right[0] + y * right[1] for x, y in corners]
    along = [x * down[0] + y * down[1] for x, y in corners]
    left, top = min(across), min(along)
    return Frame(right, down, left, top, max(across) - left, max(along) - top)


def clusters(values: Iterable[float], reach: float, widest: float) -> list[float]:
    """Values that are next to each other as one, their middle: each within ``reach`` of the next, ``widest`` in all."""
    groups: list[list[float]] = []
    for value in sorted(values):
        if groups and value - groups[-1][-1] <= reach and value - groups[-1][0] <= widest:
            groups[-1].append(value)
        else:
            groups.append([value])
    return [(group[0] + group[-1]) / 2 for group in groups]
