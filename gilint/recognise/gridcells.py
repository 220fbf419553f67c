"""Which cells of a grid's row are those of the form: told by the columns in which the other rows have theirs.

A merged label takes up slots of a grid, and cells only where it begins, so a row of a well-made grid has just as many
cells behind its label as the form wants. Where it has not, or a cell was merged that should not be, the columns decide.
"""

from __future__ import annotations

from collections import Counter

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from gilint.recognise.cells import Shape
    from gilint.recognise.rows import Field

    Columns = tuple[int, ...]

WIDE = 4
"""From so many cells on, rows of a table have them in the same columns; sheets are less strict with fewer."""


def grid_columns(shapes: Sequence[Shape]) -> Mapping[int, Columns]:
    """The slots at which the cells of most rows begin, by the number of cells."""
    counts: dict[int, Counter[Columns]] = {}
    for shape in shapes:
        if shape.kind == "grid" and not shape.hole and len(shape.fields) == shape.wanted:
            starts = tuple([start for start, _width in shape.slots])
            counts.setdefault(shape.wanted, Counter())[starts] += 1
    return {wanted: counter.most_common(1)[0][0] for wanted, counter in counts.items()}


def read_in_grid(shape: Shape, columns: Columns | None) -> tuple[tuple[Field, ...] | None, str] | None:
    """The cells of a row, or ``None`` with the reason; nothing where columns do not help."""
    fields, wanted = shape.fields, shape.wanted
    if shape.hole or _covers_two(shape, columns):
        return None, "merged"
    if len(fields) < wanted:
        return None, f"{len(fields)}/{wanted}"
    starts = tuple([start for start, _width in shape.slots])
    if len(fields) == wanted:
        if starts == columns or wanted < WIDE or all(field.text for field in fields):
            return fields, ""
        return None, "columns"
    if columns is None:
        return None
    at = {start: field for start, field in zip(starts, fields, strict=True) if start in columns}
    outside = [field for start, field in zip(starts, fields, strict=True) if start not in columns and field.text]
    if len(at) == wanted and not outside:
        return tuple([at[start] for start in columns]), ""
    return None


def _covers_two(shape: Shape, columns: Columns | None) -> bool:
    """Whether a cell was merged from two: it reaches over the beginning of another column."""
    if columns is None or len(columns) < WIDE:
        return False
    return any(start < column < start + width for start, width in shape.slots for column in columns)
