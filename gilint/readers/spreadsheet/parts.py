"""The parts of a package of Excel: how they refer to each other, and what stands beside the sheets."""

from __future__ import annotations

import posixpath

from gilint.errors import InputError
from gilint.late import late
from gilint.readers.embeds import OBJECTS, PICTURES
from gilint.readers.package import damaged

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from gilint.readers.package import Package
    from gilint.readers.spreadsheet.book import Book

    Related = dict[str, tuple[str, str]]
    """Relationships of a part by their ids: (end of the type, member of the package)."""

METADATA = {"title": "title", "creator": "author", "created": "created", "modified": "modified"}
METADATA_PART = "core-properties"
PICTURE_FOLDER, CHART_PARTS = "xl/media/", "xl/charts/chart"
COMMENTS = late(r"xl/(?:\w+/)?comments?\d*\.(?:xml|bin)")
COMMENT_LIST = "{*}commentList/{*}comment"


def missing_sheet(book: Book, name: str) -> InputError:
    return damaged(book.name, f"the sheet {name!r} is missing", f"缺少工作表“{name}”")


class Parts:
    """An open package. Names of parts do not tell capitals from small letters."""

    def __init__(self, package: Package) -> None:
        self.package = package
        self._members = {name.lower(): name for name in package.names}

    def xml(self, part: str) -> Any:
        return self.package.xml(part)

    def find(self, path: str) -> str | None:
        return self._members.get(path.lower())

    def related(self, part: str) -> Related:
        """What a part refers to, as far as it is there; ``""`` is the package itself."""
        folder, _, file = part.rpartition("/")
        source = self.find(posixpath.join(folder, "_rels", f"{file}.rels"))
        if source is None:
            return {}
        found = {}
        for element in self.xml(source):
            path = posixpath.normpath(posixpath.join("/", folder, element.get("Target", "").replace("\\", "/")))
            member = self.find(path.lstrip("/"))
            if member is not None:
                found[element.get("Id", "")] = element.get("Type", "").rpartition("/")[2], member
        return found

    def look_beside(self, book: Book) -> None:
        """Tell of pictures, charts and comments, and take the metadata."""
        for name, member in self._members.items():
            if name.startswith(PICTURE_FOLDER):
                book.note(PICTURES)
            elif name.startswith(CHART_PARTS):
                book.note(OBJECTS)
            elif COMMENTS.fullmatch(name):
                count = len(self.xml(member).findall(COMMENT_LIST)) if name.endswith(".xml") else 1
                book.note("comments", count=count)
        part = next((part for kind, part in self.related("").values() if kind == METADATA_PART), None)
        if part is None:
            return
        try:
            properties = self.xml(part)
        except InputError:
            # What stands beside the sheets is no reason to refuse them.
            return
        for element in properties:
            key, text = METADATA.get(element.tag.rpartition("}")[2]), (element.text or "").strip()
            if key and text:
                book.metadata[key] = text
