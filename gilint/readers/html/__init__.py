"""Web pages as portals publish and browsers save them: the article alone, with its place in the source.

What surrounds it (navigation, buttons, lists of links, the foot of the page) and what is not shown is left out.
"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from gilint.limits import Limits
    from gilint.model import Document


def read(data: bytes, name: str, limits: Limits) -> Document:
    """The article of a page. Raises ``InputError``: ``empty``, ``encoding``, ``no-text``, ``too-large``."""
    from gilint.readers.html.charset import decode
    from gilint.readers.html.page import read_page

    return read_page(decode(data, name), "html", name, limits)
