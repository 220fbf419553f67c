"""A PDF read with pdfium: opened with suspicion, page by page, and what was seen beside its text."""

from __future__ import annotations

from time import monotonic

from gilint.late import late
from gilint.model import Document, Note, PageOrigin, Paragraph
from gilint.readers.pdf import refusals
from gilint.readers.pdf.flow import blocks_of, page_of
from gilint.readers.pdf.glyphs import writing
from gilint.readers.pdf.guard import is_harmless
from gilint.readers.pdf.rulings import rulings
from gilint.record import Record

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from gilint.limits import Limits
    from gilint.model import Grid
    from gilint.readers.pdf.geometry import Box
    from gilint.readers.pdf.glyphs import Writing
    from gilint.readers.pdf.pdfium import OpenDocument
    from gilint.readers.pdf.rulings import Rulings

MOST_CHARACTERS = 500_000
LARGEST_PAGE = 14_400.0
"""In points, 200 inches: what the format allows."""
SECONDS = 3.5
"""The time that pdfium may take for all pages together."""
FEWEST = 10
"""Characters below which a document with pictures was scanned: some stand on such pages too."""
MOST_UNMAPPED = 0.2
PICTURE = 0.03
"""The share of a page from which on a picture may hold a table: seals and coats of arms are smaller."""
DATE = late(r"(?:D:)?((?:19|20)\d\d)(\d\d)(\d\d)")
FILE_NAME = late(r"(?:Microsoft (?:Office )?Word\s*-\s*)?(.*?)(?:\.(?:docx?|wps|rtf|odt|pdf|html?))?\s*\Z")


class Leaf(Record):
    """A page as it was read: what is written on it, its lines and pictures, and how many remarks are on it."""

    written: Writing
    drawn: Rulings
    comments: int


def read_document(data: bytes, name: str, limits: Limits) -> Document:
    """See :func:`gilint.readers.pdf.read`."""
    try:
        import pypdfium2  # noqa: F401 (its absence is told before anything else)
    except ImportError:
        raise refusals.missing_extra(name) from None
    begun = monotonic()
    if not is_harmless(data):
        raise refusals.too_complex(name)
    leaves, metadata = _read(data, name, limits, begun + SECONDS)
    pages = [page_of(number, leaf.written, leaf.drawn) for number, leaf in enumerate(leaves, start=1)]
    blocks = tuple(blocks_of(pages))
    notes = tuple(_notes(leaves))
    _refuse_without_text(name, leaves, blocks)
    return Document(name=name, format="pdf", encoding="", blocks=blocks, metadata=metadata, notes=notes)


def _read(data: bytes, name: str, limits: Limits, deadline: float) -> tuple[list[Leaf], Mapping[str, str]]:
    from gilint.readers.package import encrypted
    from gilint.readers.pdf.pdfium import LOCK, OpenDocument, Unopened

    with LOCK:
        try:
            document = OpenDocument(data)
        except Unopened as error:
            raise encrypted(name) if error.password else refusals.unreadable(name) from None
        try:
            return list(_leaves(document, name, limits, deadline)), _metadata(document)
        finally:
            document.close()


def _leaves(document: OpenDocument, name: str, limits: Limits, deadline: float) -> Iterator[Leaf]:
    """The pages of a document.

    Raises ``InputError``: ``too-large`` for too many or too large pages, too much text, or too much time; ``damaged``
    for a page that does not open.
    """
    from gilint.readers.package import too_much

    if not len(document):
        raise refusals.unreadable(name)
    if len(document) > limits.pages:
        count = len(document)
        raise too_much(name, f"共 {count} 页", f"{count} pages", "pages", limits.pages)
    characters = 0
    for number in range(len(document)):
        page = document.page(number)
        if page is None:
            raise refusals.unreadable(name, number + 1)
        try:
            characters += page.count
            if monotonic() > deadline or characters > MOST_CHARACTERS:
                raise refusals.too_complex(name)
            written = writing(page)
            width, height = written.shown.width, written.shown.height
            if not (0 < width <= LARGEST_PAGE and 0 < height <= LARGEST_PAGE):
                raise refusals.huge_page(name, number + 1, width, height)
            yield Leaf(written, rulings(page, written.upright), page.comments())
        finally:
            page.close()


def _metadata(document: OpenDocument) -> Mapping[str, str]:
    found: dict[str, str] = {}
    named = FILE_NAME.match(document.text("Title").strip())
    if named and named.group(1):
        found["title"] = named.group(1)
    author = document.text("Author").strip()
    if author:
        found["author"] = author
    date = DATE.match(document.text("CreationDate"))
    if date:
        found["created"] = "-".join(date.groups())
    return found


# --- what was seen beside the text ------------------------------------------------------------------------------------


def _notes(leaves: Sequence[Leaf]) -> Iterator[Note]:
    pictures = [(number, box) for number, leaf in enumerate(leaves, start=1) for box in _pictures(leaf)]
    if pictures:
        number, box = pictures[0]
        yield Note("pictures", len(pictures), PageOrigin(((0, 1, number, box),)))
    counts = {
        "comments": [leaf.comments for leaf in leaves],
        "hidden-text": [leaf.written.hidden for leaf in leaves],
        "unmapped-text": [leaf.written.unmapped for leaf in leaves],
    }
    for kind, found in counts.items():
        if any(found):
            number = next(number for number, count in enumerate(found, start=1) if count)
            yield Note(kind, sum(found), PageOrigin(((0, 1, number, _whole(leaves[number - 1])),)))


def _whole(leaf: Leaf) -> Box:
    return 0.0, 0.0, leaf.written.shown.width, leaf.written.shown.height


def _pictures(leaf: Leaf) -> Iterator[Box]:
    """The pictures of a page that may hold text; drawings that nobody can take apart count as one."""
    upright, shown = leaf.written.upright, leaf.written.shown
    least = PICTURE * upright.width * upright.height
    for box in leaf.drawn.pictures:
        left, top, right, bottom = box
        if (right - left) * (bottom - top) >= least:
            yield box if shown == upright else shown.box(upright.points(box))
    if leaf.drawn.crowded:
        yield _whole(leaf)


def _refuse_without_text(name: str, leaves: Sequence[Leaf], blocks: Sequence[Paragraph | Grid]) -> None:
    unmapped = sum(leaf.written.unmapped for leaf in leaves)
    written = sum(len(run.text) for leaf in leaves for run in leaf.written.runs)
    if unmapped > MOST_UNMAPPED * written:
        raise refusals.unmapped_text(name, unmapped)
    pictures = sum([len(list(_pictures(leaf))) for leaf in leaves])
    if _length(blocks) < (FEWEST if pictures else 1):
        raise refusals.no_text(name, pictures)


def _length(blocks: Sequence[Paragraph | Grid]) -> int:
    """How many characters there are, up to enough of them."""
    length = 0
    for block in blocks:
        if isinstance(block, Paragraph):
            length += len(block.text.strip())
        else:
            length += sum(len(cell.text.strip()) for row in block.rows for cell in row)
        if length >= FEWEST:
            break
    return length
