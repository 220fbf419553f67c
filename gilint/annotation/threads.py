"""Threads of comments, which stand in parts beside them: replies to comments that go become comments of their own."""

from __future__ import annotations

from gilint.annotation.marks import drop
from gilint.errors import InputError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import Any

    from gilint.annotation.package import Copy

THREAD = "{http://schemas.microsoft.com/office/word/2010/wordml}paraId"
"""The attribute of a comment's paragraphs by which the parts beside it name the comment."""
PARTS = ("commentsExtended", "commentsIds", "commentsExtensible")
"""Ends of the types of relationships: threads, lasting names, and what is known by these."""
NAME, PARENT, LASTING = "paraId", "paraIdParent", "durableId"


def part_threads(copy: Copy, gone: Iterable[str | None]) -> None:
    """Take the comments with these paragraphs out of the parts beside the comments.

    A part that is damaged is no reason to refuse a document, and stays as it is.
    """
    names = {name for name in gone if name}
    if not names:
        return
    for kind in PARTS:
        member = copy.parts._part(kind)
        if member is None:
            continue
        try:
            root = copy.tree(member)
        except InputError:
            continue
        if _take_out(root, names):
            copy.write(member, root)


def _take_out(root: Any, names: set[str]) -> bool:
    """Whether anything was changed. ``names`` gain the lasting ones of what is taken out."""
    changed = False
    for entry in [one for one in root if isinstance(one.tag, str)]:
        keys = {key.rpartition("}")[2]: key for key in entry.attrib}
        named = {name: entry.get(key) for name, key in keys.items() if name in (NAME, LASTING)}
        if not names.isdisjoint(named.values()):
            names.update(named.values())
            drop(entry)
            changed = True
        elif PARENT in keys and entry.get(keys[PARENT]) in names:
            del entry.attrib[keys[PARENT]]
            changed = True
    return changed
