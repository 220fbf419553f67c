"""Tables that stand side by side in a sheet, and what clerks write beside them."""

from __future__ import annotations

from itertools import pairwise
from operator import attrgetter

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from gilint.readers.spreadsheet.seen import Tile

    Texts = Sequence[Tile]
    """Tiles that hold text, by row and column."""
    Width = tuple[int, int]
    """The first column, and the one behind the last."""

MOST_PARTS = 16
TABLE_ROWS, LABELLED_ROWS = 3, 4
"""What a table has at least that stands beside another: rows of several cells, rows that begin with words."""
WIDE_GAP = 8
"""So many blank columns belong to no table."""


def side_by_side(texts: Texts, *, strays: bool = False, together: Width | None = None) -> list[Texts]:
    """Parts that stand beside each other with empty columns between them, from left to right.

    A part is one when it is a table of its own; with ``strays`` also when it is only a cell here and there beside a
    table, such as a clerk's own sum. Columns that stay ``together`` are those of a table which may go on here.
    """
    parts: list[tuple[int, int, list[Tile]]] = []
    reach = -1
    for tile in sorted(texts, key=attrgetter("column")):
        within = together is not None and together[0] < tile.column < together[1]
        if not parts or (tile.column > reach and not within):
            parts.append((tile.column, tile.column - reach, []))
        parts[-1][2].append(tile)
        reach = max(reach, tile.right)
    if not 1 < len(parts) <= MOST_PARTS:
        return [texts]
    edges = []
    left = parts[0][2]
    for start, gap, part in parts[1:]:
        if (strays and gap > WIDE_GAP) or _stands_alone(left, part, strays=strays):
            edges.append(start)
            left = part
        else:
            left += part
    bounds = pairwise([0, *edges, reach])
    return [[tile for tile in texts if start <= tile.column < end] for start, end in bounds]


def _stands_alone(left: Texts, part: Texts, *, strays: bool) -> bool:
    before, rows = _sorted_rows(left), _sorted_rows(part)
    wide = [row for row in rows if len(row) > 1]
    if sum([len(row) > 1 for row in before]) < TABLE_ROWS:
        return False
    if len(wide) < TABLE_ROWS:
        return strays and not wide
    if _is_labelled(rows):
        return True
    # A table that has no labels of rows, as it has but one row of figures, is much lower than one that has them.
    return _is_labelled(before) and is_header(wide[0]) and 2 * _height(rows) <= _height(before)


def _is_labelled(rows: Sequence[Texts]) -> bool:
    """Whether most rows begin with words in the first column."""
    first = min([row[0].column for row in rows])
    starts = [any(map(str.isalpha, row[0].text)) for row in rows if row[0].column == first]
    return sum(starts) >= max(LABELLED_ROWS, len(starts) / 2)


def _height(rows: Sequence[Texts]) -> int:
    return rows[-1][0].row - rows[0][0].row + 1


def is_header(row: Texts) -> bool:
    """Whether a row is one of words, as above figures. What is repeated, or a mere 无, stands for a figure."""
    words = {tile.text.strip() for tile in row}
    return len(words) == len(row) and all(map(is_word, words))


def is_word(text: str) -> bool:
    """Whether a text is more than a figure, or a sign for one."""
    return len(text.strip()) > 1 and any(map(str.isalpha, text))


def _sorted_rows(texts: Texts) -> list[list[Tile]]:
    return rows_of(sorted(texts, key=attrgetter("row", "column")))


def rows_of(texts: Texts) -> list[list[Tile]]:
    rows: list[list[Tile]] = []
    for tile in texts:
        if rows and rows[-1][0].row == tile.row:
            rows[-1].append(tile)
        else:
            rows.append([tile])
    return rows
