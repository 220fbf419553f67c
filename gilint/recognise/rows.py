"""Blocks as rows of fields: however a format breaks a table into text, one routine can read the cells.

A cell a line behind a tab, pipes, a row a line, bare numbers behind a label: all become :class:`Row` records here.
"""

from __future__ import annotations

from gilint.late import late
from gilint.model import Paragraph
from gilint.record import Record

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from gilint.model import Origin, Span
    from gilint.recognise.grids import GridRow

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


def rows_of(blocks: Sequence[Paragraph | GridRow]) -> list[tuple[Row, tuple[Field, ...]]]:
    """All rows of a document in order with their fields; empty lines become the ``gap`` of the row behind them."""
    whole = "\n".join([block.text for block in blocks if isinstance(block, Paragraph)])
    piped = _pipe_conventions(blocks) if any(pipe in whole for pipe in PIPES) else {}
    page_numbers = _bare_page_numbers(blocks) if NEW_PAGE in whole else frozenset[int]()
    rows: list[tuple[Row, tuple[Field, ...]]] = []
    gap = in_prose = False
    for index, block in enumerate(blocks):
        if not isinstance(block, Paragraph):
            rows.append((Row("grid", False, block), block.fields(index)))
            gap = in_prose = False
            continue
        text = block.text
        if not text or (text.isspace() and text[0] != "\t"):
            gap = True
            continue
        if "\t" in text and len(text) <= LONGEST_LINE:
            rows.append((TAB[gap], _tab_fields(block, index)))
        elif index in piped and len(text) <= LONGEST_LINE:
            if _is_edge(text):
                continue
            rows.append((PIPE[gap], _pipe_fields(block, index, *piped[index])))
        elif SENTENCE in text:
            # Sentences hold no cells: the first of them stands for all that follow.
            if not in_prose:
                rows.append((PLAIN[gap], (_field(block, index, 0, len(text)),)))
            gap, in_prose = False, True
            continue
        elif index in page_numbers or (len(text) < SHORT and PAGE_NUMBER.match(text)):
            # A page number inside a table is no cell.
            continue
        else:
            rows.append((PLAIN[gap], (_field(block, index, 0, len(text)),)))
        gap = in_prose = False
    return rows


def _is_edge(text: str) -> bool:
    """Whether a line with pipes is none of cells: the rule below a Markdown header, or fill."""
    return (RULE in text and not text.strip(RULED)) or (len(text) < SHORT and FILL.match(text) is not None)


def _pipe_conventions(blocks: Iterable[Paragraph | GridRow]) -> dict[int, tuple[bool, bool]]:
    """The lines with pipes, and whether the lines around each begin, and end, with one by convention.

    Where they do, that pipe is an edge: it does not set off one more, blank, cell.
    """
    result: dict[int, tuple[bool, bool]] = {}
    together: list[int] = []
    opens = closes = True
    for index, block in enumerate(blocks):
        if not isinstance(block, Paragraph):
            continue
        text = block.text
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


def _bare_page_numbers(blocks: Sequence[Paragraph | GridRow]) -> frozenset[int]:
    """Numbers that stand alone before a form feed: page numbers of a printed text."""
    found = set[int]()
    before = -1
    for index, block in enumerate(blocks):
        if not isinstance(block, Paragraph):
            continue
        if NEW_PAGE in block.text and before >= 0:
            found.add(before)
        text = block.text
        if text and not text.isspace():
            before = index if len(text) < SHORT and BARE_PAGE_NUMBER.match(text) else -1
    return frozenset(found)


def _field(block: Paragraph, index: int, start: int, end: int) -> Field:
    piece = block.text[start:end]
    text = piece.strip()
    if len(text) != len(piece) and text:
        start += piece.index(text)
    return Field(text, block.origin, start, index)


def _tab_fields(block: Paragraph, index: int) -> tuple[Field, ...]:
    text = block.text
    if text[0] == "\t" and text.rfind("\t") == 0:
        # A tab that leads the line marks it as a cell; it does not open a blank one before it.
        stripped = text.strip()
        as_it_is = not stripped or len(stripped) == len(text) - 1
        return (Field(stripped, block.origin, 1 if as_it_is else text.index(stripped, 1), index),)
    fields = []
    start = 0
    for piece in text.split("\t"):
        fields.append(_field(block, index, start, start + len(piece)))
        start += len(piece) + 1
    return tuple(fields)


def _pipe_fields(block: Paragraph, index: int, opens: bool, closes: bool) -> tuple[Field, ...]:
    text = block.text
    edges = [match.start() for match in SEPARATOR.finditer(text)]
    if not edges:
        return (_field(block, index, 0, len(text)),)
    bounds = list(zip([0, *(edge + 1 for edge in edges)], [*edges, len(text)], strict=True))
    if opens and not text[: edges[0]].strip():
        bounds = bounds[1:]
    if closes and len(bounds) > 1 and not text[edges[-1] + 1 :].strip():
        bounds = bounds[:-1]
    return tuple(_unmarked(_field(block, index, start, end)) for start, end in bounds)


def _unmarked(field: Field) -> Field:
    """A cell without the marks of emphasis around it: totals are often bold."""
    text = field.text
    if text[:1] not in ("*", "_") or len(text) < 3 or text[-1] != text[0]:
        return field
    inner = text.strip(text[0])
    return Field(inner.strip(), field.source, field.offset + text.index(inner.strip()), field.block) if inner else field
