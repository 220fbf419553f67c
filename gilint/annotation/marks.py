"""The marks that annotating sets in the XML of a document, and how they are taken away again without a trace.

What has to be known for that stands in the marks themselves, in attributes of the schema. A program that saves the copy
and drops ``rsidDel`` leaves runs split, which nobody sees.
"""

from __future__ import annotations

from copy import deepcopy

from gilint.readers.docx.names import (
    CELL_PROPERTIES,
    COMMENT,
    ID,
    INSERTED,
    MOVED_TO,
    PARAGRAPH,
    RUN,
    RUN_PROPERTIES,
    SPACE,
    TEXT,
    TEXT_BOX,
    VALUE,
    W,
)

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Collection
    from typing import Any

    from gilint.annotation.locating import Spot

START, END = f"{W}commentRangeStart", f"{W}commentRangeEnd"
HOLDERS = (PARAGRAPH, INSERTED, MOVED_TO, f"{W}hyperlink")
"""Elements around runs in which ranges may begin and end."""

SPLIT = f"{W}rsidDel"
KEPT, STRIPPED = "00611701", "00611702"
"""On the second half of a run: its text was one with that before, with its blanks kept, or not."""

SHADING = f"{W}shd"
FILL, COLOR = f"{W}fill", f"{W}color"
NEW_PROPERTIES, NEW_SHADING, CHANGED_SHADING = "FFD9D7", "FFD9D8", "FFD9D9"
"""Fills: of cells that had no properties, no shading, or one whose fill is kept as the colour, which nobody sees."""
BEHIND_SHADING = tuple(
    f"{W}{name}"
    for name in (
        "noWrap",
        "tcMar",
        "textDirection",
        "tcFitText",
        "vAlign",
        "hideMark",
        "headers",
        "cellIns",
        "cellDel",
        "cellMerge",
        "tcPrChange",
    )
)


# --- setting ----------------------------------------------------------------------------------------------------------


class Marker:
    """Sets marks in a document, of which ``nodes`` are all elements in their order."""

    def __init__(self, root: Any) -> None:
        self._nodes = list(root.iter("*"))
        # The pieces of texts that were split: where each begins, and its element.
        self._pieces: dict[int, list[tuple[int, Any]]] = {}

    def comment(self, spot: Spot, number: int) -> bool:
        """Set the marks of a comment; false where Word allows none."""
        first, last = self._ends(spot)
        begin, end = _anchor(first), _anchor(last)
        if begin is None or end is None:
            return False
        if begin.tag == PARAGRAPH:
            _append_to(begin, number)
            return True
        begin.addprevious(_mark(begin, START, number))
        mark = _mark(end, END, number)
        end.addnext(mark)
        around = mark
        while around.getparent().tag != PARAGRAPH:
            around = around.getparent()
        around.addnext(_reference(around, number))
        return True

    def shade(self, cell: int) -> None:
        """Shade a cell; a shading that could not be restored is left as it is."""
        element = self._nodes[cell]
        properties = next(element.iterchildren(CELL_PROPERTIES), None)
        if properties is None:
            properties = element.makeelement(CELL_PROPERTIES)
            element.insert(0, properties)
            properties.append(_shading(element, NEW_PROPERTIES, "auto"))
            return
        shading = next(properties.iterchildren(SHADING), None)
        if shading is None:
            behind = next(properties.iterchildren(*BEHIND_SHADING), None)
            new = _shading(element, NEW_SHADING, "auto")
            if behind is None:
                properties.append(new)
            else:
                behind.addprevious(new)
        elif _is_plain(shading):
            shading.set(COLOR, shading.get(FILL))
            shading.set(FILL, CHANGED_SHADING)

    def _ends(self, spot: Spot) -> tuple[Any, Any]:
        if spot.first is None or spot.last is None:
            element = self._nodes[spot.element]
            if element.tag == f"{W}tc":
                element = next(element.iter(PARAGRAPH), element)
            return element, element
        # The end first: what comes before it keeps its place.
        self._cut(*spot.last)
        self._cut(*spot.first)
        number, offset = spot.last
        return self._piece(*spot.first), self._piece(number, offset - 1)

    def _piece(self, number: int, offset: int) -> Any:
        pieces = self._pieces.get(number, [(0, self._nodes[number])])
        return next(element for begin, element in reversed(pieces) if begin <= offset)

    def _cut(self, number: int, offset: int) -> None:
        """Split the run of a text before a character; where it cannot be split, the range grows to all of it."""
        text = self._piece(number, offset)
        pieces = self._pieces.setdefault(number, [(0, self._nodes[number])])
        at = next(index for index, (_begin, element) in enumerate(pieces) if element is text)
        inside = offset - pieces[at][0]
        if 0 < inside < len(text.text or "") and _may_split(text):
            pieces.insert(at + 1, (offset, _split(text, inside)))


def _may_split(text: Any) -> bool:
    run, content = text.getparent(), text.text
    if text.tag != TEXT or run.tag != RUN or run.getparent().tag not in HOLDERS:
        return False
    if SPLIT in run.attrib and run.get(SPLIT) not in (KEPT, STRIPPED):
        return False
    return text.get(SPACE) == "preserve" or (content.strip() == content and text.get(SPACE) is None)


def _split(text: Any, offset: int) -> Any:
    """Split the run of a text; the text of the second half."""
    run = text.getparent()
    kept = text.get(SPACE) == "preserve"
    second = run.makeelement(RUN, dict(run.attrib))
    second.set(SPLIT, KEPT if kept else STRIPPED)
    second.extend(deepcopy(each) for each in run.iterchildren(RUN_PROPERTIES))
    rest = text.makeelement(TEXT, {SPACE: "preserve"})
    rest.text, text.text = text.text[offset:], text.text[:offset]
    text.set(SPACE, "preserve")
    rest.tail, text.tail = text.tail, None
    following = list(text.itersiblings())
    second.append(rest)
    second.extend(following)
    run.addnext(second)
    return rest


def _anchor(element: Any) -> Any:
    """The element beside which a range may begin or end; a paragraph for all of it, ``None`` for none.

    Word allows no comments in text boxes: there it is the run that the box is tied to.
    """
    boxes = list(element.iterancestors(TEXT_BOX))
    if boxes:
        element = boxes[-1]
    if element.tag == PARAGRAPH:
        return element
    while (parent := element.getparent()) is not None:
        if parent.tag == PARAGRAPH or (parent.tag in HOLDERS and _in_paragraph(parent)):
            return element
        element = parent
    return None


def _in_paragraph(element: Any) -> bool:
    return next(element.iterancestors(PARAGRAPH), None) is not None


def _append_to(paragraph: Any, number: int) -> None:
    for element in (_mark(paragraph, START, number), _mark(paragraph, END, number), _reference(paragraph, number)):
        paragraph.append(element)


def _mark(beside: Any, tag: str, number: int) -> Any:
    return beside.makeelement(tag, {ID: str(number)})


def _reference(beside: Any, number: int) -> Any:
    run = beside.makeelement(RUN)
    run.append(_mark(beside, COMMENT, number))
    return run


def _shading(beside: Any, fill: str, color: str) -> Any:
    return beside.makeelement(SHADING, {VALUE: "clear", COLOR: color, FILL: fill})


def _is_plain(shading: Any) -> bool:
    """Whether a shading is nothing but a fill, so that it can be told by one value."""
    if set(shading.attrib) != {VALUE, COLOR, FILL} or len(shading):
        return False
    ours = (NEW_PROPERTIES, NEW_SHADING, CHANGED_SHADING)
    return shading.get(VALUE) == "clear" and shading.get(COLOR) == "auto" and shading.get(FILL) not in ours


# --- taking away ------------------------------------------------------------------------------------------------------


def strip_marks(root: Any, numbers: Collection[str]) -> None:
    """Take away the marks of the comments with these numbers, and all that came with them."""
    for element in list(root.iter(START, END, COMMENT)):
        if element.get(ID) not in numbers:
            continue
        run = element.getparent()
        drop(element)
        if run.tag == RUN and all(child.tag == RUN_PROPERTIES for child in run):
            drop(run)
    for run in list(root.iter(RUN)):
        if run.get(SPLIT) in (KEPT, STRIPPED):
            _rejoin(run)
    for shading in list(root.iter(SHADING)):
        _restore(shading)


def drop(element: Any) -> None:
    """Remove an element; what stands behind it in the file stays."""
    parent, before = element.getparent(), element.getprevious()
    if element.tail:
        if before is None:
            parent.text = (parent.text or "") + element.tail
        else:
            before.tail = (before.tail or "") + element.tail
    parent.remove(element)


def _rejoin(run: Any) -> None:
    """Put the second half of a run back to the first; where somebody has changed them, they stay two."""
    first = run.getprevious()
    kept = run.get(SPLIT) == KEPT
    halves = [child for child in run if child.tag != RUN_PROPERTIES]
    if first is None or first.tag != RUN or not len(first) or not halves:
        return
    text, rest = first[-1], halves[0]
    if text.tag != TEXT or rest.tag != TEXT:
        return
    text.text = (text.text or "") + (rest.text or "")
    text.tail = rest.tail
    if not kept:
        text.attrib.pop(SPACE, None)
    first.extend(halves[1:])
    drop(run)


def _restore(shading: Any) -> None:
    fill, properties = shading.get(FILL), shading.getparent()
    if properties.tag != CELL_PROPERTIES:
        return
    if fill == CHANGED_SHADING:
        shading.set(FILL, shading.get(COLOR, "auto"))
        shading.set(COLOR, "auto")
    elif fill in (NEW_SHADING, NEW_PROPERTIES):
        drop(shading)
        if fill == NEW_PROPERTIES and not len(properties):
            drop(properties)
