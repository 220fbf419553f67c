"""OpenDocument text (.odt, .fodt): what LibreOffice and other free office programs write.

The text is the one in force: deleted text and comments left out, hidden text as well, list numbers computed. What was
seen on the way is told by notes. Headers and footers are not read.
"""

from __future__ import annotations

from gilint.errors import InputError
from gilint.model import Document, Paragraph
from gilint.readers.embeds import OBJECTS, PICTURES, only_embeds
from gilint.readers.odt.metadata import metadata_of
from gilint.readers.odt.names import BODY, DOCUMENT_TEXT
from gilint.readers.odt.styles import Styles
from gilint.readers.odt.walk import Walker
from gilint.readers.package import Package, damaged, parse_xml
from gilint.readers.text import empty

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from gilint.limits import Limits
    from gilint.model import Grid

ZIP = b"PK"
CONTENT, STYLES, META = "content.xml", "styles.xml", "meta.xml"


def read(data: bytes, name: str, limits: Limits) -> Document:
    """The document.

    Raises ``InputError``: what the package and its XML raise, ``too-large``, ``empty`` without any content and
    ``no-text`` with pictures or embedded objects only.
    """
    if data.startswith(ZIP):
        package = Package(data, name, limits)
        if CONTENT not in package:
            raise damaged(name, f"{CONTENT} is missing", f"缺少 {CONTENT}")
        root = package.xml(CONTENT)
        roots = [root, package.xml(STYLES)] if STYLES in package else [root]
        metadata = _metadata(package)
    else:
        root = parse_xml(data, name)
        roots, metadata = [root], metadata_of(root)
    body = root.find(f"{BODY}/{DOCUMENT_TEXT}")
    if body is None:
        raise damaged(name, "it holds no text document", "其中没有文档正文")
    return _document(body, Styles(roots), metadata, name, limits)


def _metadata(package: Package) -> dict[str, str]:
    try:
        return metadata_of(package.xml(META)) if META in package else {}
    except InputError:
        # What stands beside the document is no reason to refuse it.
        return {}


def _document(body: Any, styles: Styles, metadata: dict[str, str], name: str, limits: Limits) -> Document:
    walker = Walker(styles, name, limits)
    walker.walk(body)
    notes = walker.notes
    if not any(map(_has_text, walker.blocks)):
        raise only_embeds(name, notes) or empty(name)
    embeds = {note.kind for note in notes}.intersection((PICTURES, OBJECTS))
    return Document(
        name=name,
        format="odt",
        encoding="UTF-8",
        blocks=tuple(walker.blocks),
        metadata=metadata,
        notes=notes,
        keeps_tables=None if embeds else True,
    )


def _has_text(block: Paragraph | Grid) -> bool:
    if isinstance(block, Paragraph):
        return bool(block.text.strip())
    return any(cell.text.strip() for row in block.rows for cell in row)
