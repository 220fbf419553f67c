"""The parts of a Word package: which is the document, which are its styles, its numbering, its notes."""

from __future__ import annotations

import posixpath

from gilint.errors import InputError
from gilint.readers.docx.excerpt import excerpt
from gilint.readers.docx.names import DOCUMENT, ID, W
from gilint.readers.package import Package, damaged, parse_xml

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Collection
    from typing import Any

    from gilint.limits import Limits

USUAL = "word/document.xml"
MAIN, STYLES, NUMBERING, FOOTNOTES, ENDNOTES = "officeDocument", "styles", "numbering", "footnotes", "endnotes"
COMMENTS = "comments"
METADATA = "core-properties"
"""Ends of the types of relationships."""

STRICT = b"http://purl.oclc.org/ooxml/"
STRICT_NAMES = (
    (b"wordprocessingml/main", b"wordprocessingml/2006/main"),
    (b"officeDocument/relationships", b"officeDocument/2006/relationships"),
    (b"officeDocument/math", b"officeDocument/2006/math"),
    (b"drawingml/picture", b"drawingml/2006/picture"),
    (b"drawingml/chart", b"drawingml/2006/chart"),
    (b"drawingml/diagram", b"drawingml/2006/diagram"),
)
"""Namespaces behind ``STRICT``, and what they are called in other documents behind ``USUAL_NAMES``."""
BEGINNING = 8192
"""Bytes in which the namespaces of a document are declared."""
USUAL_NAMES = b"http://schemas.openxmlformats.org/"

FIELDS = {"title": "title", "creator": "author", "created": "created", "modified": "modified"}


AUTHOR = INITIALS = "gilint"
"""Of comments that annotating writes: both together are taken for its own."""
WRITER, SIGN = f"{W}author", f"{W}initials"


def is_own(comment: Any) -> bool:
    """Whether annotating wrote a comment."""
    return bool(comment.get(WRITER) == AUTHOR and comment.get(SIGN) == INITIALS)


class Parts:
    """An open document. Parts are read when they are asked for.

    Raises ``InputError`` (``damaged``) when the package holds no document.
    """

    def __init__(self, data: bytes, name: str, limits: Limits) -> None:
        self._name = name
        self._package = Package(data, name, limits)
        self._top = self._relations("")
        self._main = self._main_part()
        self._related: dict[str, str] | None = None

    def document(self) -> Any:
        root = self._load(self._main)
        if root.tag != DOCUMENT:
            raise damaged(self._name, f"{self._main} holds no document", f"{self._main} 不是文档正文")
        return root

    def related(self, kind: str) -> Any:
        """The root element of the part that the document calls its ``kind``; ``None`` where it has none."""
        part = self._part(kind)
        return None if part is None else self._load(part)

    def styles(self, used: Collection[str]) -> Any:
        """The root element of the styles, with those at least that are ``used``; ``None`` where there are none."""
        part = self._part(STYLES)
        return None if part is None else self._parsed(excerpt(self._read(part), used), part)

    def own_comments(self) -> set[str]:
        """The ids of the comments in an annotated copy that annotating it wrote."""
        try:
            root = self.related(COMMENTS)
        except InputError:
            # What stands beside the document is no reason to refuse it.
            return set()
        return set() if root is None else {one.get(ID, "") for one in root if is_own(one)}

    def metadata(self) -> dict[str, str]:
        """Title, author and dates of the file, those that it has."""
        part = self._top.get(METADATA)
        if part is None:
            return {}
        try:
            root = self._load(part)
        except InputError:
            # What stands beside the document is no reason to refuse it.
            return {}
        found = {}
        for element in root:
            key = FIELDS.get(element.tag.rpartition("}")[2])
            text = (element.text or "").strip()
            if key and text:
                found[key] = text
        return found

    def _main_part(self) -> str:
        part = self._top.get(MAIN)
        if part is not None:
            return part
        likely = [name for name in self._package.names if name.startswith("word/document") and name.endswith(".xml")]
        if likely:
            return USUAL if USUAL in likely else likely[0]
        raise damaged(self._name, "the package holds no document", "其中没有文档正文")

    def _part(self, kind: str) -> str | None:
        if self._related is None:
            self._related = self._relations(self._main)
        return self._related.get(kind)

    def _load(self, part: str) -> Any:
        return self._parsed(self._read(part), part)

    def _read(self, part: str) -> bytes:
        content = self._package.read(part)
        return _transitional(content) if STRICT in content[:BEGINNING] else content

    def _parsed(self, content: bytes, part: str) -> Any:
        return parse_xml(content, f"{self._name}!/{part}")

    def _relations(self, part: str) -> dict[str, str]:
        """The parts that a part refers to, by the end of the relationship's type; the first of each type."""
        folder, _, file = part.rpartition("/")
        source = posixpath.join(folder, "_rels", f"{file}.rels")
        if source not in self._package:
            return {}
        found: dict[str, str] = {}
        for element in self._parsed(self._package.read(source), source):
            kind = element.get("Type", "").rpartition("/")[2]
            target = self._target(folder, element.get("Target", ""))
            if target is not None and element.get("TargetMode") != "External":
                found.setdefault(kind, target)
        return found

    def _target(self, folder: str, target: str) -> str | None:
        """The name of the member that a relationship leads to; ``None`` for one that is not there."""
        path = posixpath.normpath(posixpath.join("/", folder, target.replace("\\", "/"))).lstrip("/")
        if path in self._package:
            return path
        # Names of parts do not tell capitals from small letters.
        return next((name for name in self._package.names if name.lower() == path.lower()), None)


def _transitional(content: bytes) -> bytes:
    """A strict document with the namespaces of others; they stand in quotes, which tells them from text."""
    for strict, usual in STRICT_NAMES:
        for quote in (b'"', b"'"):
            content = content.replace(quote + STRICT + strict + quote, quote + USUAL_NAMES + usual + quote)
    return content
