"""What stands in the elements of a table, row by row, before anything is merged."""

from __future__ import annotations

from gilint.readers.docx.inline import cleaned, sign
from gilint.readers.docx.names import (
    CELL,
    CELL_MERGED,
    MERGED_ACROSS,
    MERGED_DOWN,
    PARAGRAPH,
    ROW,
    SLOTS,
    SLOTS_BEFORE,
    TEXT,
    VALUE,
    whole_number,
)

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from typing import Any

    from gilint.readers.docx.extras import Extra

    RawCell = list[str]
    """The pieces of a cell's text, paragraphs parted by ``PARAGRAPH_MARK``, line breaks as ``LINE``."""

MERGES = (SLOTS, MERGED_DOWN, MERGED_ACROSS, CELL_MERGED, SLOTS_BEFORE)
CONTENT = (TEXT, PARAGRAPH, CELL, ROW)
"""All elements of a table that count, beside ``MERGES`` and ``SIGNS``."""
RESTART, CONTINUE, GAP = "restart", "continue", "gap"
TRACKED = {"rest": RESTART, "cont": CONTINUE}
PARAGRAPH_MARK = "\n"


class Label(str):
    """A list number among the pieces of a cell's text."""

    __slots__ = ()


class Merge:
    """How a cell is merged: how many slots it takes up; whether it continues the cell above (``down``) or before
    (``across``), or begins one that is continued. A ``GAP`` is no cell, but slots that a row leaves out."""

    __slots__ = ("across", "down", "slots")

    def __init__(self) -> None:
        self.slots, self.down, self.across = 1, "", ""


class RawTable:
    """The cells of each row in the order of the file.

    ``merges`` are those of cells that have any, by the ``id`` of the cell. ``marked`` are paragraphs with something to
    be told, and their cells. ``labelled`` says that a cell has list numbers, ``across`` that cells are merged in the
    old way, ``broken`` that some text is more than plain pieces.
    """

    def __init__(self, extras: Mapping[Any, Extra]) -> None:
        self.rows: list[list[RawCell]] = []
        self.merges: dict[int, Merge] = {}
        self.marked: list[tuple[RawCell, Extra]] = []
        self.labelled = self.across = self.broken = False
        self._extras = extras

    def read(self, elements: Iterable[Any], most_rows: int) -> bool:
        """Take all elements, in the order of the document; false when there are more rows than that."""
        row: list[RawCell] = []
        cell: RawCell = []
        extras = self._extras
        special, goes_on, first = bool(extras), True, True
        for element in elements:
            tag = element.tag
            if tag == TEXT:
                text = element.text
                if text:
                    # Stripping gives back the same object where there is nothing to strip.
                    cell.append(text if text.strip() is text and "\n" not in text else cleaned(element, text))
            elif tag == PARAGRAPH:
                # Text that stands in a cell before its paragraphs, where none belongs, is none with theirs.
                if not goes_on or (first and cell):
                    cell.append(PARAGRAPH_MARK)
                first = False
                goes_on = special and self._take_extra(extras.get(element), cell)
            elif tag == CELL:
                cell, goes_on, first = [], True, True
                row.append(cell)
            elif tag == ROW:
                # What stands in a row before its cells belongs to none of them, nor to the cell above.
                row, cell = [], []
                self.rows.append(row)
                if len(self.rows) > most_rows:
                    return False
            elif tag in MERGES:
                self._take_merge(element, tag, row)
            else:
                cell.append(sign(element))
                self.broken = True
        return True

    def _take_extra(self, extra: Extra | None, cell: RawCell) -> bool:
        """Take what a paragraph has beside its text; whether the next one continues it."""
        if extra is None:
            return False
        if extra.label:
            cell.append(Label(extra.label))
            self.labelled = True
        if extra.feet or extra.kinds:
            self.marked.append((cell, extra))
        return extra.runs_on

    def _take_merge(self, element: Any, tag: str, row: list[RawCell]) -> None:
        if tag == SLOTS_BEFORE:
            width = whole_number(element.get(VALUE), 0)
            if width > 0:
                gap: RawCell = []
                row.append(gap)
                merge = self.merges[id(gap)] = Merge()
                merge.slots, merge.across = width, GAP
        elif row:
            merge = self.merges.setdefault(id(row[-1]), Merge())
            if tag == SLOTS:
                merge.slots = max(whole_number(element.get(VALUE), 1), 1)
            elif tag == MERGED_DOWN:
                merge.down = element.get(VALUE, CONTINUE)
            elif tag == CELL_MERGED:
                merge.down = TRACKED.get(element.get(MERGED_DOWN, ""), merge.down)
            else:
                merge.across = element.get(VALUE, CONTINUE)
                self.across = True
