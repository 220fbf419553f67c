"""Drawings: text boxes and shapes hold text, pictures and embedded objects are only told of."""

from __future__ import annotations

from gilint.readers import embeds
from gilint.readers.odt.names import DRAW, FRAME, IMAGE, OBJECTS, TEXT_BOX

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any


def kind_of(frame: Any) -> str:
    """The kind of note that a frame is worth; an object has a picture of itself beside it."""
    tags = {child.tag for child in frame}
    if tags.intersection(OBJECTS):
        return embeds.OBJECTS
    return embeds.PICTURES if IMAGE in tags else ""


def with_text(drawing: Any) -> Iterator[Any]:
    """The elements inside a drawing, itself included, that may hold paragraphs."""
    waiting = [drawing]
    while waiting:
        element = waiting.pop()
        if element.tag == FRAME:
            waiting += reversed(list(element.iterchildren(TEXT_BOX)))
        else:
            yield element
            waiting += reversed([child for child in element if child.tag.startswith(DRAW) and element.tag != TEXT_BOX])
