"""PDF with a text layer: paragraphs, ruled tables and lines in columns, each with its page and box.

Whether a table of the original was lost nobody can tell from a PDF: it may be a picture. So ``keeps_tables`` is never
said.
"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from gilint.limits import Limits
    from gilint.model import Document


def read(data: bytes, name: str, limits: Limits) -> Document:
    """The document of a PDF.

    Raises ``InputError``: ``missing-extra`` without pypdfium2, ``damaged``, ``encrypted``, ``too-large`` beyond the
    limits, ``no-text`` for scanned pages, ``unmapped-text`` where fonts give their characters no meaning.
    """
    from gilint.readers.pdf.document import read_document

    return read_document(data, name, limits)
