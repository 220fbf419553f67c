"""Blocks as rows of fields: however a format breaks a table into text, one routine can read the cells.

A cell a line behind a tab, pipes, a row a line, bare numbers behind a label: all become :class:`Row` records here.
"""

from __future__ import annotations

from gilint.late import late
from gilint.model import Lines, Paragraph, TextOrigin, TextSpan
from gilint.record import Record

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from typing import Any

    from gilint.model import Origin, Span
    from gilint.recognise.grids import GridRow

    Part = tuple[str, int]

PIPES = "|｜│"
SEPARATOR = late(r"(?<!\\)[|｜│]")
RULE = "---"
RULED = " \t\u3000:|｜│=+_-"
# Pages that print a cell a line fill their rows up with pipes; how many there are means nothing.
FILL = late(r"\s*[|｜│]{2,4}\s*\Z")
PAGE_NUMBER = late(r"\s*(?:[-—–－]\s*\d{1,4}\s*[-—–－]|第\s*\d{1,4}\s*页(?:\s*[,，/]?\s*共\s*\d{1,4}\s*页)?)\s*\Z")
BARE_PAGE_NUMBER = late(r"\s*\d{1,4}\s*\Z")
NEW_PAGE = "\f"
SENTENCE = "。"
SHORT = 150
LONGEST_LINE = 20_000
"""Characters of a line that is split into cells: the tables of a whole report take up a fifth of it."""


class Field(Record, hot=True):
    """A cell of a row as the source has it, stripped of white space.

    ``source`` is the origin of the text that it stands in, ``offset`` where in it; ``block`` is the index of that text
    in the document. Most fields are never pointed at, so the field itself is the origin of its text.
    """

    text: str
    source: Origin
    offset: int
    block: int

    @property
    def origin(self) -> Origin:
        return self if self.offset else self.source

    def span(self, start: int, end: int) -> Span:
        return self.source.span(start + self.offset, end + self.offset)


class LineField(Record, hot=True):
    """A field of a text file, and the origin of its text; ``block`` tells the line."""

    text: str
    offset: int
    block: int

    @property
    def source(self) -> Origin:
        return TextOrigin(((0, self.block + 1, 1),))

    @property
    def origin(self) -> Origin:
        return self

    def span(self, start: int, end: int) -> Span:
        line, column = self.block + 1, self.offset + 1
        return TextSpan(line, column + start, line, column + max(start, end))


class LineFields:
    """The fields of a text file, which are made when they are looked at: of most, the text is enough."""

    __slots__ = ("blocks", "offsets", "texts")

    def __init__(self, texts: Sequence[str], offsets: Sequence[int], blocks: Sequence[int]) -> None:
        self.texts = texts
        self.offsets = offsets
        self.blocks = blocks

    def __len__(self) -> int:
        return len(self.texts)

    def __getitem__(self, at: Any) -> Any:
        made: Any = LineFields if isinstance(at, slice) else LineField
        return made(self.texts[at], self.offsets[at], self.blocks[at])

    def __iter__(self) -> Iterator[LineField]:
        return map(LineField, self.texts, self.offsets, self.blocks)


def texts_of(fields: Any) -> Sequence[str]:
    """The texts of :class:`LineFields`, or of any other fields."""
    return fields.texts if isinstance(fields, LineFields) else [field.text for field in fields]


def origins_of(fields: Any) -> Iterable[Origin]:
    """The origins of the texts of fields."""
    # The field of a line is the origin of its text.
    return fields if isinstance(fields, LineFields) else [field.origin for field in fields]


class Row(Record, hot=True):
    """What a line or a grid row is, beside its fields.

    ``mark`` is how they were told apart: grid, tab, pipe, or plain (one field). ``gap`` says that an empty line
    stands before. A row of a grid has its fields in the order of ``grid``'s cells.
    """

    mark: str
    gap: bool
    grid: GridRow | None = None


# Lines are alike, without a gap before them or with one: two rows of each sort stand for all.
TAB, PIPE, PLAIN = ((Row(mark, False), Row(mark, True)) for mark in ("tab", "pipe", "plain"))


class Rows(Record):
    """The rows of a document in order; for each field the number of its row, its text, its offset and its block.

    ``cells`` are the fields of the rows of grids, which stand in other sources than the rest.
    """

    rows: Sequence[Row]
    row_of: Sequence[int]
    texts: Sequence[str]
    offsets: Sequence[int]
    blocks: Sequence[int]
    cells: Sequence[Field]

    def fields(self, blocks: Sequence[Paragraph | GridRow]) -> Sequence[Field]:
        if isinstance(blocks, Lines):
            lines: Any = LineFields(self.texts, self.offsets, self.blocks)
            return lines  # type: ignore[no-any-return]
        cells = iter(self.cells)
        result = []
        for text, offset, at in zip(self.texts, self.offsets, self.blocks, strict=True):
            block = blocks[at]
            result.append(Field(text, block.origin, offset, at) if isinstance(block, Paragraph) else next(cells))
        return result


def rows_of(blocks: Sequence[Paragraph | GridRow], texts: Sequence[str | None]) -> Rows:
    """All rows of a document; empty lines become the ``gap`` of the row behind them.

    ``texts`` are those of the blocks, ``None`` for the row of a grid.
    """
    whole = "\n".join(filter(None, texts))
    piped = _pipe_conventions(texts) if any(pipe in whole for pipe in PIPES) else {}
    page_numbers = _bare_page_numbers(texts) if NEW_PAGE in whole else frozenset[int]()
    rows: list[Row] = []
    cells: list[Field] = []
    # A report has hundreds of lines, so that one list and few calls tell.
    found: list[tuple[int, str, int, int]] = []
    gap = in_prose = False
    for index, text in enumerate(texts):
        if text is None:
            fields = _cells_of(blocks[index], index, rows)
            cells += fields
            found += [(len(rows) - 1, field.text, field.offset, index) for field in fields]
            gap = in_prose = False
            continue
        body = text.strip()
        if not body and text[:1] != "\t":
            gap = True
            continue
        if "\t" in text and len(text) <= LONGEST_LINE:
            if text[0] == "\t" and text.rfind("\t") == 0:
                # A tab that leads the line marks it as a cell; it does not open a blank one before it.
                found.append((len(rows), body, text.find(body, 1), index))
            else:
                found += [(len(rows), *part, index) for part in _parts(text.split("\t"), 0)]
            rows.append(TAB[gap])
        elif index in piped and len(text) <= LONGEST_LINE:
            if _is_edge(text):
                continue
            found += [(len(rows), *part, index) for part in _pipe_parts(text, *piped[index])]
            rows.append(PIPE[gap])
        elif SENTENCE in text:
            # Sentences hold no cells: the first of them stands for all that follow.
            if not in_prose:
                found.append((len(rows), body, text.find(body), index))
                rows.append(PLAIN[gap])
            gap, in_prose = False, True
            continue
        elif index in page_numbers or (len(text) < SHORT and PAGE_NUMBER.match(text)):
            # A page number inside a table is no cell.
            continue
        else:
            found.append((len(rows), body, text.find(body), index))
            rows.append(PLAIN[gap])
        gap = in_prose = False
    row_of, bodies, offsets, of_blocks = zip(*found, strict=True) if found else ((), (), (), ())
    return Rows(rows, row_of, bodies, offsets, of_blocks, cells)


def _cells_of(block: Paragraph | GridRow, index: int, rows: list[Row]) -> Sequence[Field]:
    """The fields of a grid's row, which is added to ``rows``."""
    assert not isinstance(block, Paragraph)
    rows.append(Row("grid", False, block))
    return block.fields(index)


def _is_edge(text: str) -> bool:
    """Whether a line with pipes is none of cells: the rule below a Markdown header, or fill."""
    return (RULE in text and not text.strip(RULED)) or (len(text) < SHORT and FILL.match(text) is not None)


def _pipe_conventions(texts: Sequence[str | None]) -> dict[int, tuple[bool, bool]]:
    """The lines with pipes, and whether the lines around each begin, and end, with one by convention.

    Where they do, that pipe is an edge: it does not set off one more, blank, cell.
    """
    result: dict[int, tuple[bool, bool]] = {}
    together: list[int] = []
    opens = closes = True
    for index, text in enumerate(texts):
        if text is None:
            continue
        if "|" in text or "｜" in text or "│" in text:
            together.append(index)
            stripped = text.strip()
            if stripped[0] not in PIPES:
                opens = False
            if closes and stripped[-1] not in PIPES and SEPARATOR.search(stripped, 1):
                closes = False
        elif together and text and not text.isspace():
            result.update(dict.fromkeys(together, (opens, closes)))
            together, opens, closes = [], True, True
    result.update(dict.fromkeys(together, (opens, closes)))
    return result


def _bare_page_numbers(texts: Sequence[str | None]) -> frozenset[int]:
    """Numbers that stand alone before a form feed: page numbers of a printed text."""
    found = set[int]()
    before = -1
    for index, text in enumerate(texts):
        if text is None:
            continue
        if NEW_PAGE in text and before >= 0:
            found.add(before)
        if text and not text.isspace():
            before = index if len(text) < SHORT and BARE_PAGE_NUMBER.match(text) else -1
    return frozenset(found)


def _parts(pieces: Sequence[str], start: int) -> list[Part]:
    """The pieces of a line, the first of which begins at ``start``, without the white space around them."""
    result = []
    for piece in pieces:
        text = piece.strip()
        result.append((text, start + piece.index(text)))
        start += len(piece) + 1
    return result


def _pipe_parts(text: str, opens: bool, closes: bool) -> list[Part]:
    # Nearly all lines have one sort of pipe, and none that is written out.
    plain = "\\" not in text and "｜" not in text and "│" not in text
    pieces = text.split("|") if plain else SEPARATOR.split(text)
    start = 0
    if len(pieces) > 1:
        if opens and not pieces[0].strip():
            start = len(pieces[0]) + 1
            del pieces[0]
        if closes and len(pieces) > 1 and not pieces[-1].strip():
            del pieces[-1]
        parts = _parts(pieces, start)
        return list(map(_unmarked, parts)) if "*" in text or "_" in text else parts
    return _parts(pieces, 0)


def _unmarked(part: Part) -> Part:
    """A cell without the marks of emphasis around it: totals are often bold."""
    text, offset = part
    if text[:1] not in ("*", "_") or len(text) < 3 or text[-1] != text[0]:
        return part
    inner = text.strip(text[0])
    return (inner.strip(), offset + text.index(inner.strip())) if inner else part
