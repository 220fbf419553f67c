"""The pages of a PDF put together: what stands on each of them, in the order in which people read it."""

from __future__ import annotations

from statistics import median

from gilint.readers.pdf.columns import FreeLine
from gilint.readers.pdf.furniture import Strip, without_furniture
from gilint.readers.pdf.lines import Line, lines_of
from gilint.readers.pdf.margins import margins_of
from gilint.readers.pdf.paragraphs import paragraphs
from gilint.readers.pdf.pieces import Piece, pieces_of
from gilint.readers.pdf.ruled import ruled_tables
from gilint.readers.pdf.tables import continues, table_of
from gilint.readers.pdf.texts import Sheet
from gilint.record import Record

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from gilint.model import Grid, Paragraph
    from gilint.readers.pdf.glyphs import Writing
    from gilint.readers.pdf.margins import Margins
    from gilint.readers.pdf.rulings import Rulings


class Page(Record):
    """What a page holds: its free lines and its tables, each from top to bottom."""

    sheet: Sheet
    lines: Sequence[Line]
    pieces: Sequence[Piece]


def page_of(number: int, written: Writing, drawn: Rulings) -> Page:
    """A page, by its number from 1, of what is written and drawn on it."""
    sheet = Sheet(number, written.shown, written.upright, written.shown != written.upright)
    usual = median([run.size for run in written.runs]) if written.runs else 0.0
    pieces, free = pieces_of(sheet, ruled_tables(drawn.across, drawn.down, usual), written.runs)
    # What stands sideways beside the text is no part of it.
    upright = [run for run in free if not run.turned]
    return Page(sheet, lines_of(upright) if upright else [], pieces)


def blocks_of(pages: Sequence[Page]) -> Iterator[Paragraph | Grid]:
    """Paragraphs and tables in the order in which people read them."""
    kept = without_furniture([_strip(page) for page in pages])
    lines: list[FreeLine] = []
    table: list[Piece] = []
    edges = [(piece.xs[0], piece.xs[-1]) for page in pages for piece in page.pieces]
    width = median([page.sheet.upright.width for page in pages]) if pages else 0.0
    for page, free, margins in zip(pages, kept, margins_of(kept, edges, width), strict=True):
        for place, item in enumerate(_items(page, free, margins)):
            if isinstance(item, FreeLine):
                if table:
                    yield table_of(table)
                    table = []
                lines.append(item)
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


def _items(page: Page, free: Sequence[Line], margins: Margins) -> list[FreeLine | Piece]:
    """The lines and tables of a page from top to bottom."""
    items: list[tuple[float, FreeLine | Piece]] = [(line.base, FreeLine(line, page.sheet, margins)) for line in free]
    if page.pieces:
        items += [(piece.ys[0], piece) for piece in page.pieces]
        items.sort(key=_place)
    return [item for _place, item in items]


def _place(item: tuple[float, object]) -> float:
    return item[0]


def _strip(page: Page) -> Strip:
    height = page.sheet.upright.height
    first = min([piece.ys[0] for piece in page.pieces], default=height)
    last = max([piece.ys[-1] for piece in page.pieces], default=0.0)
    return Strip(page.lines, height, first, last)
