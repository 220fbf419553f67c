"""A PDF from its first page to its last: what is read of each page, put together into one document."""

from __future__ import annotations

from statistics import median

from gilint.errors import InputError
from gilint.model import Document, Note, PageOrigin
from gilint.readers.pdf.furniture import Strip, without_furniture
from gilint.readers.pdf.glyphs import Run, Writing, writing
from gilint.readers.pdf.lines import Line, lines_of
from gilint.readers.pdf.margins import margins_of
from gilint.readers.pdf.paragraphs import FreeLine, paragraphs
from gilint.readers.pdf.pieces import Piece, pieces_of
from gilint.readers.pdf.ruled import ruled_tables
from gilint.readers.pdf.rulings import Rulings, rulings
from gilint.readers.pdf.tables import continues, table_of
from gilint.readers.pdf.texts import Sheet
from gilint.record import Record

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from gilint.limits import Limits
    from gilint.model import Grid, Paragraph
    from gilint.readers.pdf.geometry import Box


class Page(Record):
    """What a page holds: its free lines and its tables, each from top to bottom."""

    sheet: Sheet
    lines: Sequence[Line]
    pieces: Sequence[Piece]
    pictures: Sequence[Box]


def read_document(data: bytes, name: str, limits: Limits) -> Document:
    """See :func:`gilint.readers.pdf.read`."""
    from gilint.readers.pdf import pdfium

    with pdfium.LOCK:
        document = pdfium.OpenDocument(data)
        try:
            raw = []
            for number in range(len(document)):
                page = document.page(number)
                assert page is not None
                written = writing(page)
                raw.append((written, rulings(page, written.upright)))
                page.close()
        finally:
            document.close()
    pages = [_page(number, written, drawn) for number, (written, drawn) in enumerate(raw, start=1)]
    blocks = tuple(_blocks(pages))
    return Document(name=name, format="pdf", encoding="", blocks=blocks, metadata={})


def _page(number: int, written: Writing, drawn: Rulings) -> Page:
    sheet = Sheet(number, written.shown, written.upright)
    pieces, free = pieces_of(sheet, ruled_tables(drawn.across, drawn.down, _usual_size(written.runs)), written.runs)
    upright = [run for run in free if not run.turned]
    return Page(sheet, lines_of(upright) if upright else [], pieces, drawn.pictures)


def _usual_size(runs: Sequence[Run]) -> float:
    return median([run.size for run in runs]) if runs else 0.0


def _blocks(pages: Sequence[Page]) -> Iterator[Paragraph | Grid]:
    """Paragraphs and tables in the order in which people read them."""
    kept = without_furniture([_strip(page) for page in pages])
    margins = margins_of(kept)
    lines: list[FreeLine] = []
    table: list[Piece] = []
    for page, free, edges in zip(pages, kept, margins, strict=True):
        items: list[tuple[float, Line | Piece]] = [(line.base, line) for line in free]
        items += [(piece.ys[0], piece) for piece in page.pieces]
        items.sort(key=_place)
        for place, (_top, item) in enumerate(items):
            if isinstance(item, Line):
                if table:
                    yield table_of(table)
                    table = []
                lines.append(FreeLine(item, page.sheet, edges))
                continue
            yield from paragraphs(lines)
            lines = []
            if table and not (place == 0 and continues(table[-1], item)):
                yield table_of(table)
                table = []
            table.append(item)
    yield from paragraphs(lines)
    if table:
        yield table_of(table)


def _place(item: tuple[float, object]) -> float:
    return item[0]


def _strip(page: Page) -> Strip:
    tops = [piece.ys[0] for piece in page.pieces]
    ends = [piece.ys[-1] for piece in page.pieces]
    height = page.sheet.upright.height
    return Strip(page.lines, height, min(tops, default=height), max(ends, default=0.0))
