"""Blocks as rows of fields, and the one stream of characters in which labels are looked for.

Formats differ in how they break a table into text: a cell a line behind a tab, pipes, a row a line, bare numbers
behind a label. All of them become :class:`Row` records here, so that one routine can read them.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from itertools import accumulate

from gilint.model import Grid, Paragraph, PartOrigin
from gilint.record import Record
from gilint.text import FOLDING

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from gilint.model import Origin

SEPARATOR = re.compile(r"[|｜│]")
RULE = re.compile(r"\s*:?-{3,}:?\s*\Z")
PAGE_NUMBER = re.compile(
    r"\s*(?:[-—–－]\s*\d{1,4}\s*[-—–－]|第\s*\d{1,4}\s*页(?:\s*[,，/]?\s*共\s*\d{1,4}\s*页)?)\s*\Z"
)

_MARKS: dict[int, int | str | None] = {ord(mark): None for mark in "“”\"'‘’「」『』＂"}
_MARKS.update((ord(mark), "（") for mark in "(（")
_MARKS.update((ord(mark), "）") for mark in ")）")
_MARKS.update((ord(mark), ".") for mark in "、.．,，")
_MARKS.update({ord(":"): "：", ord(";"): "；"})
KEY = {**FOLDING, **_MARKS}

# Parts the keys of fields that are folded together; a private-use character stands in no report.
BETWEEN = "\ue000"


def stream_key(text: str) -> str:
    """How labels are compared: without white space and quotes, with brackets and separators unified."""
    return text.translate(KEY)


def stream_keys(texts: Sequence[str]) -> list[str]:
    """The keys of many texts, folded as one, which costs a fraction of folding each."""
    keys = BETWEEN.join(texts).translate(KEY).split(BETWEEN)
    return keys if len(keys) == len(texts) else [stream_key(text) for text in texts]


class Field(Record, hot=True):
    """A cell of a row as the source has it, stripped of white space.

    ``whole`` is the text that it stands in, ``offset`` where; ``source`` is the origin of the whole.
    """

    text: str
    source: Origin
    whole: str
    offset: int

    @property
    def origin(self) -> Origin:
        return PartOrigin(self.source, self.offset) if self.offset else self.source


class Row(Record, hot=True):
    """The fields of a line or a grid row.

    ``mark`` is how they were told apart: grid, tab, pipe, or plain (one field). ``gap`` says that an empty line
    stands before. ``block`` is the index in the document.
    """

    fields: tuple[Field, ...]
    mark: str
    gap: bool
    block: int


def rows_of(blocks: Iterable[Paragraph | Grid]) -> list[Row]:
    """All rows of a document in order; empty lines become the ``gap`` of the row behind them."""
    blocks = list(blocks)
    closed = _pipes_are_closed(blocks)
    rows: list[Row] = []
    gap = False
    for index, block in enumerate(blocks):
        if isinstance(block, Grid):
            rows.extend(_grid_rows(block, index))
            gap = False
            continue
        text = block.text
        if "\t" in text:
            rows.append(Row(_tab_fields(block), "tab", gap, index))
        elif not text or text.isspace():
            gap = True
            continue
        elif SEPARATOR.search(text):
            fields = _pipe_fields(block, closed)
            if all(RULE.match(field.text) for field in fields):
                continue
            rows.append(Row(fields, "pipe", gap, index))
        elif PAGE_NUMBER.match(text):
            # A page number inside the flow is no cell; numbering "- 4 -" would else be read as one.
            continue
        else:
            rows.append(Row((_field(block, 0, len(text)),), "plain", gap, index))
        gap = False
    return rows


def _pipes_are_closed(blocks: Sequence[Paragraph | Grid]) -> bool:
    """Whether lines end with a pipe by convention, so that a last pipe does not open one more, blank, cell."""
    lines = [block.text.rstrip() for block in blocks if isinstance(block, Paragraph)]
    piped = [line for line in lines if len(SEPARATOR.findall(line)) > 1]
    return all(SEPARATOR.match(line[-1]) for line in piped)


def _field(block: Paragraph, start: int, end: int) -> Field:
    text = block.text
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return Field(text[start:end], block.origin, text, start)


def _tab_fields(block: Paragraph) -> tuple[Field, ...]:
    text = block.text
    # A leading tab marks the line as a cell (one cell a line); it does not open a blank one before it.
    start = 1 if text.startswith("\t") else 0
    fields = []
    for piece in text[start:].split("\t"):
        fields.append(_field(block, start, start + len(piece)))
        start += len(piece) + 1
    return tuple(fields)


def _pipe_fields(block: Paragraph, closed: bool) -> tuple[Field, ...]:
    text = block.text
    edges = [match.start() for match in SEPARATOR.finditer(text)]
    bounds = list(zip([0, *(edge + 1 for edge in edges)], [*edges, len(text)]))
    if not text[: edges[0]].strip():
        bounds = bounds[1:]
    if closed and len(bounds) > 1 and not text[edges[-1] + 1 :].strip():
        bounds = bounds[:-1]
    return tuple(_field(block, start, end) for start, end in bounds)


def _grid_rows(grid: Grid, block: int) -> list[Row]:
    """Grid rows with merged cells spread out: a cell stands in its first slot, the slots that it covers are blank."""
    rows: list[Row] = []
    hanging: dict[int, int] = {}
    for cells in grid.rows:
        fields: dict[int, Field] = {}
        below: dict[int, int] = {}
        slot = 0
        for cell in cells:
            while hanging.get(slot, 0) > 0:
                slot += 1
            text = cell.text.strip()
            lead = len(cell.text) - len(cell.text.lstrip())
            fields[slot] = Field(text, cell.origin, cell.text, lead)
            for column in range(slot, slot + cell.column_span):
                below[column] = cell.row_span
            slot += cell.column_span
        width = max([*fields, *hanging, *below, 0]) + 1
        blank = next(iter(fields.values()), None)
        if blank is not None:
            empty = Field("", blank.source, "", 0)
            rows.append(Row(tuple(fields.get(slot, empty) for slot in range(width)), "grid", False, block))
        hanging = {column: left - 1 for column, left in {**hanging, **below}.items() if left > 1}
    return rows


class Stream:
    """The keys of all fields joined without separators, so that a label broken over lines is found whole."""

    def __init__(self, rows: Sequence[Row]) -> None:
        self.rows = rows
        self.fields = [
            (number, position, field) for number, row in enumerate(rows) for position, field in enumerate(row.fields)
        ]
        self.keys = stream_keys([field.text for _number, _position, field in self.fields])
        self.starts = list(accumulate(map(len, self.keys), initial=0))[:-1]
        self.text = "".join(self.keys)

    def field_at(self, offset: int) -> int:
        """Index of the field that holds the character at ``offset``."""
        index = bisect_right(self.starts, offset) - 1
        while not self.keys[index]:
            index -= 1
        return index

    def starts_word(self, offset: int) -> bool:
        """Whether a field or a word of it begins at ``offset``."""
        index = self.field_at(offset)
        place = self.raw_offset(index, offset)
        return place == 0 or self.fields[index][2].text[place - 1].isspace()

    def rest(self, end: int) -> tuple[int, int]:
        """Field of the last character before ``end``, and the raw offset in it at which the rest begins."""
        index = self.field_at(end - 1)
        if end - self.starts[index] >= len(self.keys[index]):
            return index, len(self.fields[index][2].text)
        # White space and quotes before the next kept character still belong to the label.
        return index, self.raw_offset(index, end - 1) + 1

    def raw_offset(self, index: int, offset: int) -> int:
        """Where the character at ``offset`` of the stream stands in the text of field ``index``."""
        inside = offset - self.starts[index]
        if inside == 0 and self.keys[index][:1] == self.fields[index][2].text[:1]:
            return 0
        text = self.fields[index][2].text
        kept = [place for place, character in enumerate(text) if KEY.get(ord(character), "") is not None]
        return kept[inside]
