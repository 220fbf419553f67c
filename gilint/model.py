"""The values that flow through gilint: Document → Report → Result. All frozen; nothing here reads or judges.

Offsets inside a passage (``start``, ``end``) are 0-based, as Python slices them. Where things stand in their source
is told by the spans of :mod:`gilint.places`.
"""

from __future__ import annotations

from gilint.findings import Cause as Cause
from gilint.findings import Echo as Echo
from gilint.findings import Edit as Edit
from gilint.findings import Evidence as Evidence
from gilint.findings import Failure as Failure
from gilint.findings import Finding as Finding
from gilint.findings import Fix as Fix
from gilint.findings import NotApplicable as NotApplicable
from gilint.findings import NotAssessable as NotAssessable
from gilint.findings import Outcome as Outcome
from gilint.findings import Problem as Problem
from gilint.findings import Related as Related
from gilint.findings import Result as Result
from gilint.findings import Suggestion as Suggestion
from gilint.findings import Waived as Waived
from gilint.findings import Waiver as Waiver
from gilint.places import Address as Address
from gilint.places import JoinedOrigin as JoinedOrigin
from gilint.places import PageOrigin as PageOrigin
from gilint.places import PartOrigin as PartOrigin
from gilint.places import PointerOrigin as PointerOrigin
from gilint.places import SheetOrigin as SheetOrigin
from gilint.places import Span as Span
from gilint.places import TextOrigin as TextOrigin
from gilint.places import TextSpan as TextSpan
from gilint.places import WordOrigin as WordOrigin
from gilint.record import Later, Record

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from decimal import Decimal
    from typing import Any

    from gilint.form import Form
    from gilint.given import GivenTable, Opening
    from gilint.places import Origin as Origin


# --- document -----------------------------------------------------------------------------------------------------


class Paragraph(Record, hot=True):
    """A block of text as the format has it: a paragraph, or a line where the format knows no more.

    ``level`` is the heading level when the format declares one, else 0.
    """

    text: str
    origin: Origin
    level: int = 0


class Lines(Later):
    """The lines of a text as a tuple of paragraphs, which are made when they are looked at: most never are."""

    __slots__ = ("texts",)

    def __init__(self, texts: Sequence[str]) -> None:
        super().__init__(len(texts), tuple)
        self.texts = texts

    def _all(self) -> tuple[Paragraph, ...]:
        if self._made is None:
            self._made = tuple(map(self.paragraph, range(self._length)))
        return self._made

    def paragraph(self, index: int) -> Paragraph:
        """The line of an index, from 0."""
        return Paragraph(self.texts[index], TextOrigin(((0, index + 1, 1),)))


class GridCell(Record, hot=True):
    """A cell of a :class:`Grid`; spans are counted in grid slots. Its paragraphs are parted by newlines."""

    text: str
    origin: Origin
    row_span: int = 1
    column_span: int = 1


class Grid(Record):
    """A table with known rows and columns, blank cells included; a cell stands in the row in which it begins."""

    rows: tuple[tuple[GridCell, ...], ...]


class Note(Record):
    """Something that a reader saw beside the text, or could not see.

    ``kind`` is one of the words of ``docs/formats.md`` (tracked-changes, comments, hidden-text, pictures, converted …),
    ``count`` how many there are, ``origin`` where the first is. ``text`` says it in words where the kind does not.
    """

    kind: str
    count: int = 1
    origin: Origin | None = None
    text: str = ""


class Document(Record):
    """What a file holds, whatever its format: blocks in the order of the source.

    ``encoding`` is the one that was taken. ``metadata`` holds what stands outside the text (page title, publication
    date …), ``notes`` what the reader saw beside the text. ``keeps_tables`` says whether a table of the original cannot
    have been lost on the way (``None``: the format does not tell). Where a source has no need of labels, ``tables``
    holds the tables by their keys in the form, and ``sections`` says which sections open, by the number of the block.
    """

    name: str
    format: str
    encoding: str
    blocks: tuple[Paragraph | Grid, ...]
    metadata: Mapping[str, str]
    notes: tuple[Note, ...] = ()
    keeps_tables: bool | None = None
    tables: Mapping[str, GivenTable] | None = None
    sections: Mapping[int, Opening] | None = None

    @property
    def texts(self) -> Iterator[str]:
        """All text of the source: paragraphs, cells, and what it gives as printed above its tables."""
        blocks: Any = self.blocks
        if isinstance(blocks, Lines):
            yield from blocks.texts
            return
        for block in self.blocks:
            if isinstance(block, Paragraph):
                yield block.text
            else:
                yield from (cell.text for row in block.rows for cell in row)
        for table in (self.tables or {}).values():
            yield from table.header or ()


# --- report -------------------------------------------------------------------------------------------------------


class Passage(Record, hot=True):
    """A paragraph of the report. ``role``: title, preamble, heading, prose, signoff, or outside (before the title,
    after the sign-off)."""

    index: int
    text: str
    origin: Origin
    role: str
    address: Address

    def span(self, start: int, end: int) -> Span:
        return self.origin.span(start, end)


class Slice(Record, hot=True):
    """A part of a passage: the place of most findings in prose."""

    passage: Passage
    start: int
    end: int

    @property
    def text(self) -> str:
        return self.passage.text[self.start : self.end]

    @property
    def address(self) -> Address:
        return self.passage.address

    @property
    def span(self) -> Span:
        return self.passage.span(self.start, self.end)


class Heading(Record, hot=True):
    """A heading: ``level`` 1 for 一、, 2 for （一）, 3 for 1., 4 for （1）, 0 when it carries no number.

    ``number`` is the printed number (0: none), ``title`` the text behind it, ``at`` the heading's own part of its
    passage, ``section`` the key of the section that it stands in or opens (``None``: it matches no section).
    """

    level: int
    number: int
    title: str
    at: Slice
    section: str | None

    @property
    def address(self) -> Address:
        return self.at.address

    @property
    def span(self) -> Span:
        return self.at.span


class Section(Record):
    """A section of the form as the report has it. ``headings`` are those below its own, in order."""

    key: str
    heading: Heading
    passages: tuple[Passage, ...]
    headings: tuple[Heading, ...]
    tables: tuple[str, ...]
    address: Address

    @property
    def span(self) -> Span:
        return self.heading.span


class Cell(Record, hot=True):
    """A cell of a form table.

    ``kind``: number, blank, dash (``/``, ``—``), word (无), text. ``value`` is exact (int or Decimal, never float)
    and ``None`` unless the kind is number. ``style`` names what is odd in the way the number is written: separator,
    unit, hedge, annotated, scaled, decimals, signed.
    """

    raw: str
    kind: str
    value: int | Decimal | None
    style: tuple[str, ...]
    address: Address
    origin: Origin

    @property
    def span(self) -> Span:
        return self.origin.span(0, len(self.raw))

    @property
    def row(self) -> str:
        return self.address.row or ""

    @property
    def column(self) -> str:
        return self.address.column or ""


class UnreadRow(Record):
    """A row whose cells could not be told apart; ``raw`` is what stands there. Its identities are not assessable."""

    key: str
    label: str
    raw: str
    reason: str
    address: Address
    at: Slice


class Table(Record):
    """A table of the form as the report has it, addressed by (row key, column key)."""

    key: str
    title: str
    cells: Mapping[tuple[str, str], Cell]
    unread: tuple[UnreadRow, ...]
    missing_rows: tuple[str, ...]
    labels: Mapping[str, Slice]
    header: tuple[Slice, ...]
    address: Address

    def __getitem__(self, key: tuple[str, str]) -> Cell:
        return self.cells[key]

    def __contains__(self, key: object) -> bool:
        return key in self.cells

    def __iter__(self) -> Iterator[tuple[str, str]]:
        return iter(self.cells)

    def __len__(self) -> int:
        return len(self.cells)

    @property
    def span(self) -> Span:
        first = next(iter(self.labels.values()), None) or self.header[0]
        return first.span


class Period(Record):
    """A span of dates stated in the text: (year, month, day) each, a missing part as 0."""

    start: tuple[int, int, int]
    end: tuple[int, int, int]
    at: Slice


class Signoff(Record):
    """Organ and date at the end; each may be missing. ``date`` is (year, month, day), a missing part as 0."""

    issuer: Slice | None
    date: tuple[int, int, int] | None
    date_at: Slice | None


class Report(Record):
    """A document read through a form.

    ``foreign_labels`` are table labels that only another form of the family prints; ``facts`` is what the
    configuration or the reader knows beyond the text; ``previous`` is last year's report, where it was given.
    """

    form: Form
    source: Document
    title: Slice | None
    issuer: str | None
    issuer_kind: str | None
    year: int | None
    period: Period | None
    signoff: Signoff
    passages: tuple[Passage, ...]
    headings: tuple[Heading, ...]
    sections: Mapping[str, Section]
    tables: Mapping[str, Table]
    foreign_labels: tuple[tuple[str, Slice], ...]
    facts: Mapping[str, Any]
    address: Address
    previous: Report | None = None

    @property
    def metadata(self) -> Mapping[str, str]:
        return self.source.metadata

    @property
    def span(self) -> Span | None:
        if self.title is not None:
            return self.title.span
        return self.passages[0].span(0, 0) if self.passages else None
