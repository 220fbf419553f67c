"""Tables drawn with aligned columns: whole ones, or the part that findings speak of."""

from __future__ import annotations

from gilint.late import late
from gilint.record import Record
from gilint.reporters.layout import line, one_line
from gilint.text import clip, pad, width, wrap

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping
    from decimal import Decimal

    from gilint.form import FormRow, FormTable
    from gilint.model import Table
    from gilint.reporters.layout import Line

BLANK = "·"
UNREAD = "?"

_GAP = 2
# Headers are broken into lines as far as needed for the row labels to have so much; with less than the least, columns
# go below each other.
_LABEL_ENOUGH = 32
_LABEL_LEAST = 16
_HEADER_LINES = 3
_SHORT_HEADER = 6
_HEADER = 20
# What a cell's text may take up: in a whole table, in a part of one, and there if words stand in it that are not the
# matter; and what the row labels keep in any case.
_WHOLE, _FIGURE, _REMARK = 40, 24, 18
_LABEL_KEPT = 6
_NUMERIC = late("[-−+(（]?[0-9０-９.,，\\s]+[)）]?")
_WORDS = late("[!-~]+")
_CUTS = late("[（(，,：:；;、]")
_NUMBER = late("([一二三四五六七八九十]+、)|([（(][一二三四五六七八九十]+[）)])|([0-9]+[.．、])|([（(][0-9]+[）)])")


class Mark(Record):
    """How a cell is marked, in the style of a severity: ``[7]``, or ``[7 → 8]`` with the value that is proposed.

    A cell that is only ``aside`` is ``7*``, or nothing but coloured where it has no ``star``.
    """

    style: str
    proposal: str | None = None
    aside: bool = False
    star: bool = True


class Drawing(Record):
    """What to draw of a table: rows and columns in the form's order, and the marks of cells.

    Cells outside of ``part`` recede; ``None`` is the whole table.
    """

    table: Table
    form: FormTable
    rows: tuple[FormRow, ...]
    columns: tuple[str, ...]
    marks: Mapping[tuple[str, str], Mark] = {}
    part: frozenset[tuple[str, str]] | None = None


def draw(drawing: Drawing, cells: int) -> list[Line]:
    """The drawing in at most ``cells``; columns that have no room beside the others follow below."""
    grid = _Grid(drawing, cells)
    if not grid.fits and len(drawing.columns) > 1:
        half = (len(drawing.columns) + 1) // 2
        first = drawing.replace(columns=drawing.columns[:half])
        second = drawing.replace(columns=drawing.columns[half:])
        return [*draw(first, cells), line(""), *draw(second, cells)]
    return grid.lines()


def fits(drawing: Drawing, cells: int) -> bool:
    """Whether all columns have room beside each other."""
    return _Grid(drawing, cells).fits


class _Grid:
    """Columns beside each other, with the widths that they need and what is left for the row labels."""

    def __init__(self, drawing: Drawing, cells: int) -> None:
        self._drawing = drawing
        self._cells = cells
        # What stands behind an unmarked figure, so that digits stand below each other.
        self._behind = " " if drawing.marks else ""
        self._figures = {column: [self._figure(row, column) for row in drawing.rows] for column in drawing.columns}
        # The label of a group has the whole line.
        self._widest = max((width(row.label) for row in drawing.rows if row.key), default=0)
        self._fit()

    def _fit(self) -> None:
        """Headers stand in few lines, if the row labels keep room."""
        for height in range(1, _HEADER_LINES + 1):
            self._headers = [
                _header(self._drawing.form.column(column).label, height) for column in self._drawing.columns
            ]
            self._widths = [
                max(max(map(width, header)) + len(self._behind), *map(_width_of, self._figures[column]))
                for header, column in zip(self._headers, self._drawing.columns, strict=True)
            ]
            self._labels = min(self._widest, self._cells - sum(self._widths) - _GAP * len(self._widths))
            if self._labels >= min(_LABEL_ENOUGH, self._widest):
                break

    @property
    def fits(self) -> bool:
        """Whether row labels can still be told from each other."""
        return self._labels >= min(_LABEL_LEAST, self._widest)

    def lines(self) -> list[Line]:
        return [*self._header_lines(), *(self._row(at, row) for at, row in enumerate(self._drawing.rows))]

    def _header_lines(self) -> list[Line]:
        """Column labels, the short ones at the bottom, next to their figures."""
        height = max(map(len, self._headers), default=0)
        padded = [[""] * (height - len(header)) + header for header in self._headers]
        return [
            line(
                " " * max(self._labels, 0),
                *(
                    " " * _GAP + pad(header[at] + self._behind, cells, "right")
                    for header, cells in zip(padded, self._widths, strict=True)
                ),
            )
            for at in range(height)
        ]

    def _row(self, at: int, row: FormRow) -> Line:
        if row.key is None:
            return line((clip(row.label, self._cells), "frame" if self._drawing.part is not None else ""))
        pieces: list[tuple[str, str] | str] = [pad(shortened(row.label, self._labels), self._labels)]
        for column, cells in zip(self._drawing.columns, self._widths, strict=True):
            figure = self._figures[column][at]
            pieces += [" " * (_GAP + cells - _width_of(figure)), *figure]
        return line(*pieces)

    def _figure(self, row: FormRow, column: str) -> Line:
        """A cell as it is drawn, in pieces."""
        if row.key is None or column not in row.columns:
            return ()
        key = (row.key, column)
        mark = self._drawing.marks.get(key)
        text = shown(self._drawing.table, *key)
        # However long a cell's text, its label must keep some room.
        limit = min(self._most(text, mark), max(2, (self._cells - _GAP - _LABEL_KEPT - len("[ → ]")) // 2))
        text = clip(text, limit)
        if mark is None:
            recedes = self._drawing.part is not None and key not in self._drawing.part
            return line((text + self._behind, "frame" if recedes else ""))
        if mark.aside:
            return line((text + ("*" if mark.star else self._behind), f"{mark.style}-aside"))
        if mark.proposal is None:
            return line((f"[{text}]", mark.style))
        return line((f"[{text} → ", mark.style), (clip(mark.proposal, limit), "good"), ("]", mark.style))

    def _most(self, text: str, mark: Mark | None) -> int:
        if self._drawing.part is None:
            return _WHOLE
        return _FIGURE if _NUMERIC.fullmatch(text) or (mark is not None and not mark.aside) else _REMARK


def _width_of(figure: Line) -> int:
    return sum(width(text) for text, _style in figure)


def _header(label: str, height: int) -> list[str]:
    """The label of a column in about ``height`` lines of the same length."""
    cells = width(label)
    if cells <= _SHORT_HEADER:
        return [label]
    # An even number, as most characters here take two; but no Latin word is broken that need not be.
    longest = max(map(len, _WORDS.findall(label)), default=0)
    return wrap(label, min(max(-(-cells // height // 2) * 2, longest), _HEADER))


def shortened(label: str, cells: int) -> str:
    """A label in at most ``cells``, cut where a bracket or a mark ends some words if that keeps a good part of it."""
    if width(label) <= cells:
        return label
    starts = [label[: match.start()] for match in _CUTS.finditer(label)]
    good = [start for start in starts if cells <= 2 * width(start) < 2 * cells]
    return f"{good[-1]}…" if good else clip(label, cells)


def shown(table: Table, row: str, column: str) -> str:
    """The text of a cell as printed in the report, with signs for a blank one and for one that was not read."""
    if (row, column) not in table:
        return UNREAD if any(unread.key == row for unread in table.unread) else ""
    return one_line(table[row, column].raw) or BLANK


def proposed(value: int | Decimal | str | None) -> str:
    """A value as it would stand in a cell."""
    if value is None:
        return BLANK
    return one_line(str(value) if isinstance(value, int | str) else format(value, "f"))


def is_nil(table: Table, places: Iterable[tuple[str, str]]) -> bool:
    """Whether cells say nothing: zeros, blanks and dashes."""
    cells = [table[place] for place in places if place in table]
    return bool(cells) and all(cell.value == 0 or cell.kind in ("blank", "dash", "word") for cell in cells)


def with_groups(form: FormTable, rows: Collection[str]) -> tuple[FormRow, ...]:
    """The rows of these keys, the first one of a group below its label; numbers tell where a group ends."""
    found: list[FormRow] = []
    open_groups: list[FormRow] = []
    for row in form.rows:
        level = level_of(row.label)
        while open_groups and (level_of(open_groups[-1].label) >= level > 0 or (row.key is None and not level)):
            open_groups.pop()
        if row.key is None:
            open_groups.append(row)
        elif row.key in rows:
            found += [group for group in open_groups if not any(group is other for other in found)]
            found.append(row)
    return tuple(found)


def level_of(label: str) -> int:
    """How deep a numbered label stands, from 1 on; 0 for one without a number."""
    match = _NUMBER.match(label)
    return 0 if match is None else match.lastindex or 0
