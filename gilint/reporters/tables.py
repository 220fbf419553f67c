"""Tables drawn with aligned columns: whole ones, or the part that a finding speaks of."""

from __future__ import annotations

from gilint.record import Record
from gilint.reporters.layout import line, one_line
from gilint.text import clip, pad, width, wrap

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from gilint.form import FormRow, FormTable
    from gilint.model import Table
    from gilint.reporters.layout import Line

BLANK = "·"
UNREAD = "?"

_GAP = 2
# Headers are broken into lines as far as needed for the row labels to keep so much.
_LABEL_MINIMUM = 24
_HEADER_LINES = 3
_SHORT_HEADER = 6


class Drawing(Record):
    """What to draw of a table: rows and columns in the form's order, the cells to mark, and proposed values."""

    table: Table
    form: FormTable
    rows: tuple[FormRow, ...]
    columns: tuple[str, ...]
    marked: frozenset[tuple[str, str]] = frozenset()
    changes: Mapping[tuple[str, str], str] = {}
    style: str = ""


def draw(drawing: Drawing, cells: int) -> list[Line]:
    """The drawing in at most ``cells``; columns that have no room beside the others follow below."""
    widths, height = _column_widths(drawing, cells)
    labels = _label_width(drawing, widths, cells)
    if labels < min(_LABEL_MINIMUM, _widest_label(drawing)) // 2 and len(drawing.columns) > 1:
        half = (len(drawing.columns) + 1) // 2
        first = drawing.replace(columns=drawing.columns[:half])
        second = drawing.replace(columns=drawing.columns[half:])
        return [*draw(first, cells), line(""), *draw(second, cells)]
    return [*_header(drawing, widths, labels, height), *(_row(drawing, row, widths, labels) for row in drawing.rows)]


def _column_widths(drawing: Drawing, cells: int) -> tuple[Sequence[int], int]:
    """The widths of the columns, and in how many lines their headers stand: in few, if the row labels keep room."""
    widths: Sequence[int] = ()
    for height in range(1, _HEADER_LINES + 1):
        widths = [_column_width(drawing, column, height) for column in drawing.columns]
        if _label_width(drawing, widths, cells) >= min(_LABEL_MINIMUM, _widest_label(drawing)):
            break
    return widths, height


def _column_width(drawing: Drawing, column: str, height: int) -> int:
    header = max(map(width, _header_of(drawing, column, height))) + len(_bracket(drawing))
    return max(header, *(width(_figure(drawing, row, column)) for row in drawing.rows))


def _header_of(drawing: Drawing, column: str, height: int) -> list[str]:
    """The label of a column in about ``height`` lines of the same length."""
    label = drawing.form.column(column).label
    cells = width(label)
    if cells <= _SHORT_HEADER:
        return [label]
    # An even number, as most characters here take two.
    return wrap(label, -(-cells // height // 2) * 2)


def _bracket(drawing: Drawing) -> str:
    """What stands behind an unmarked figure, so that digits stand below each other."""
    return " " if drawing.marked else ""


def _widest_label(drawing: Drawing) -> int:
    return max((width(row.label) for row in drawing.rows), default=0)


def _label_width(drawing: Drawing, widths: Sequence[int], cells: int) -> int:
    return min(_widest_label(drawing), cells - sum(widths) - _GAP * len(widths))


def _header(drawing: Drawing, widths: Sequence[int], labels: int, height: int) -> list[Line]:
    """Column labels, the short ones at the bottom, next to their figures."""
    wrapped = [_header_of(drawing, column, height) for column in drawing.columns]
    lines = max(map(len, wrapped), default=0)
    padded = [[""] * (lines - len(part)) + part for part in wrapped]
    behind = _bracket(drawing)
    return [
        line(
            " " * max(labels, 0),
            *(" " * _GAP + pad(part[at] + behind, cells, "right") for part, cells in zip(padded, widths, strict=True)),
        )
        for at in range(lines)
    ]


def _row(drawing: Drawing, row: FormRow, widths: Sequence[int], labels: int) -> Line:
    pieces: list[tuple[str, str] | str] = [pad(clip(row.label, labels), labels)]
    for column, cells in zip(drawing.columns, widths, strict=True):
        marked = row.key is not None and (row.key, column) in drawing.marked
        figure = pad(_figure(drawing, row, column), cells, "right")
        pieces += [" " * _GAP, (figure, drawing.style if marked else "")]
    return line(*pieces)


def _figure(drawing: Drawing, row: FormRow, column: str) -> str:
    """A cell as it is drawn: ``[7]`` when marked, ``[7 → 8]`` with a proposal."""
    if row.key is None or column not in row.columns:
        return ""
    key = (row.key, column)
    text = shown(drawing.table, *key)
    if key in drawing.changes:
        text = f"{text} → {drawing.changes[key]}"
    return f"[{text}]" if key in drawing.marked else text + _bracket(drawing)


def shown(table: Table, row: str, column: str) -> str:
    """The text of a cell as printed in the report, with signs for a blank one and for one that was not read."""
    if (row, column) not in table:
        return UNREAD if any(unread.key == row for unread in table.unread) else ""
    return one_line(table[row, column].raw) or BLANK
