"""The blocks of a page: its tree walked once, from the first node to the last.

An element that matters is remembered with the node that follows it and all that is in it; when the walk comes to that
node, the element is closed. So nothing here is deeper than the page is long.
"""

from __future__ import annotations

from gilint.readers.html.lines import CONTROL, LineReader
from gilint.readers.html.lists import Numbering, numbering
from gilint.readers.html.tables import Frame, GridMaker
from gilint.readers.html.tags import BOXES, EMBEDDED, FORMATS, HEADINGS, LINES_KEPT, LISTS, PARAGRAPHS, UNSEEN
from gilint.readers.html.tree import Element, Text, shown_length
from gilint.readers.html.whitespace import BLANK

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from typing import Any

    from gilint.limits import Limits
    from gilint.readers.html.positions import PageSource
    from gilint.readers.html.tree import Node

    Box = tuple[int, int, Element]
    """(first block in a box, the one behind its last, its element)"""
    Opener = Callable[[Element], int | None]
    """Told of an element; the characters of text that are passed over, if there is nothing more to see in it."""
    Closer = Callable[[Any], None]
    Opened = tuple[Element, Node | None, Closer, Any]
    """(element, the node behind it, what closes it, what that is told)"""

ACTIONS = ("javascript:", "vbscript:")


class Collector:
    """Collects the blocks of one page.

    ``styles`` is what :func:`~gilint.readers.html.tree.styled` says of the page. ``boxes`` are the elements around the
    blocks; ``pictures`` and ``embedded`` are what can be seen and not be read: the block before which it stands, and
    its element.
    """

    def __init__(self, source: PageSource, name: str, limits: Limits, styles: Mapping[Element, str]) -> None:
        self._line = LineReader()
        self.blocks = self._line.blocks
        self.boxes: list[Box] = []
        self.pictures: list[tuple[int, Element]] = []
        self.embedded: list[tuple[int, Element]] = []
        self._styles = styles
        self._grids = GridMaker(source, name, limits, styles)
        self._tables: list[Frame] = []
        self._lists: list[Numbering | None] = []
        self._links = 0
        self._stack: list[Opened] = []
        self._end: Node | None = None

    def collect(self, body: Element) -> None:
        """Walk a page from its body on."""
        opened, line, styles = self._openers().get, self._line, self._styles
        parts = line.parts
        self._stack.append((body, None, self._close_block, None))
        last, since = body, 0
        end = behind = None
        skipping = False
        for node in body.descendants:
            if skipping:
                if node is not behind:
                    continue
                skipping = False
            if node is end:
                end = self._close(node)
            if type(node) is Text:
                data = node.data
                if line.keeping:
                    line.add_lines(data, last.position or line.anchor[1], since)
                elif parts:
                    parts.append(data)
                elif data.strip(BLANK):
                    line.anchor = (0, last.position or line.anchor[1], since)
                    parts.append(data)
                since += len(data)
                if self._links:
                    line.linked += len(data)
            elif type(node) is Element:
                tag = node.tag
                if tag not in FORMATS:
                    last, since = node, 0
                opener = opened(tag)
                if styles and node in styles:
                    opener = self._styled(node, styles[node], opener)
                if opener is not None:
                    passed = opener(node)
                    if passed is not None:
                        last, since = node, passed
                        behind, skipping = self._behind(node), True
                    end = self._end
        self._close(None)

    def _openers(self) -> dict[str, Opener]:
        """What is done with an element, by its tag; an element that is not here is part of a line."""
        openers: dict[str, Opener] = dict.fromkeys(UNSEEN + EMBEDDED, self._pass_over)
        openers.update(dict.fromkeys(PARAGRAPHS, self._open_block))
        openers.update(dict.fromkeys(HEADINGS, self._open_heading))
        openers.update(dict.fromkeys(BOXES, self._open_box))
        openers.update(dict.fromkeys(LISTS, self._open_list))
        openers.update(dict.fromkeys(LINES_KEPT, self._open_lines))
        openers.update(
            a=self._open_link,
            br=self._break,
            img=self._picture,
            li=self._open_item,
            table=self._open_table,
            caption=self._open_caption,
            tr=self._open_row,
            td=self._open_cell,
            th=self._open_cell,
        )
        return openers

    # --- elements and their ends --------------------------------------------------------------------------------------

    def _push(self, element: Element, closer: Closer, told: Any = None) -> None:
        self._end = self._behind(element)
        self._stack.append((element, self._end, closer, told))

    def _behind(self, element: Element) -> Node | None:
        """The node that follows an element and all that is in it."""
        outer, end, _closer, _told = self._stack[-1]
        node: Any = element
        if node is outer:
            return end
        while (following := node.next_sibling) is None:
            node = node.parent
            if node is outer:
                return end
        return following  # type: ignore[no-any-return]

    def _close(self, node: Node | None) -> Node | None:
        """Close all that ends before a node; what ends next."""
        stack = self._stack
        end: Node | None = node
        while stack and end is node:
            _element, _end, closer, told = stack.pop()
            closer(told)
            end = stack[-1][1] if stack else None
        self._end = end
        return end

    def _styled(self, element: Element, style: str, opener: Opener | None) -> Opener:
        """What is done with an element whose style changes how it is read."""
        if style == "hidden" or opener == self._pass_over:
            return self._pass_over
        if opener is not None:
            opener(element)
        if style == "lines":
            self._line.keeping += 1
            self._push(element, self._close_kept_lines)
        else:
            self._push(element, self._line.close_number, len(self._line.parts))
        return _opened

    def _pass_over(self, element: Element) -> int:
        """Leave an element out; the characters of text in it."""
        if element.tag in EMBEDDED:
            self.embedded.append((len(self.blocks), element))
        passed = shown_length(element)
        self._line.anchor_again(element.position or self._line.anchor[1], passed)
        return passed

    # --- lines --------------------------------------------------------------------------------------------------------

    def _open_block(self, element: Element) -> None:
        self._line.end()
        if element.next_sibling is None and element.parent is self._stack[-1][0]:
            # What is around it ends with it.
            return
        self._push(element, self._close_block)

    def _close_block(self, _told: Any) -> None:
        self._line.end()

    def _open_heading(self, element: Element) -> None:
        self._line.end()
        self._push(element, self._close_heading, self._line.level)
        self._line.level = int(element.tag[1])

    def _close_heading(self, level: int) -> None:
        self._line.end()
        self._line.level = level

    def _break(self, _element: Element) -> None:
        self._line.break_line()

    def _open_link(self, element: Element) -> None:
        target = element.attr("href")
        if target is None and element.attr("onclick") is None:
            return
        self._links += 1
        self._push(element, self._close_link)
        if target is None or target.strip().lower().startswith(ACTIONS):
            self._line.mark = CONTROL

    def _close_link(self, _told: Any) -> None:
        self._links -= 1

    def _open_lines(self, element: Element) -> None:
        self._line.end()
        self._line.keeping += 1
        self._line.verbatim += 1
        self._push(element, self._close_lines)

    def _close_lines(self, _told: Any) -> None:
        self._line.end()
        self._line.keeping -= 1
        self._line.verbatim -= 1

    def _close_kept_lines(self, _told: Any) -> None:
        self._line.keeping -= 1

    def _picture(self, element: Element) -> None:
        self.pictures.append((len(self.blocks), element))

    # --- boxes and lists ----------------------------------------------------------------------------------------------

    def _open_box(self, element: Element) -> None:
        self._line.end()
        self._push(element, self._close_box, (len(self.blocks), element))

    def _close_box(self, opened: tuple[int, Element]) -> None:
        self._line.end()
        start, element = opened
        if len(self.blocks) > start:
            self.boxes.append((start, len(self.blocks), element))

    def _open_list(self, element: Element) -> None:
        self._open_box(element)
        self._lists.append(numbering(element))
        self._push(element, self._close_list)

    def _close_list(self, _told: Any) -> None:
        self._line.end()
        self._lists.pop()

    def _open_item(self, element: Element) -> None:
        self._line.end()
        counter = self._lists[-1] if self._lists else None
        self._line.label = counter.label(element) if counter else ""
        self._push(element, self._close_item)

    def _close_item(self, _told: Any) -> None:
        self._line.end()
        self._line.label = ""

    # --- tables -------------------------------------------------------------------------------------------------------

    def _open_table(self, element: Element) -> int | None:
        self._line.end()
        plain = None if self._links or self._line.keeping else self._grids.plain(element)
        if plain is not None:
            self.blocks.append(plain)
            if self._tables:
                self._tables[-1].nested = True
            return shown_length(element)
        self._tables.append(Frame(len(self.blocks), len(self.boxes), len(self.pictures), len(self.embedded)))
        self._push(element, self._close_table, element)
        return None

    def _close_table(self, element: Element) -> None:
        self._line.end()
        frame = self._tables.pop()
        start = frame.start
        if frame.holds_data(self.blocks):
            made = self._grids.block(frame, self.blocks)
            first, last = frame.caption or (0, 0)
            self.blocks[start:] = [*self.blocks[first:last], made]
            del self.boxes[frame.boxes :]
            self.pictures[frame.pictures :] = [(start, picture) for _at, picture in self.pictures[frame.pictures :]]
            self.embedded[frame.embedded :] = [(start, seen) for _at, seen in self.embedded[frame.embedded :]]
            frame.nested = True
        else:
            cells = [cell for row in frame.rows for cell in row if cell[0] < cell[1]]
            self.boxes.extend([*cells, (start, len(self.blocks), element)] if len(self.blocks) > start else [])
        if self._tables and frame.nested:
            self._tables[-1].nested = True

    def _open_caption(self, element: Element) -> None:
        self._line.end()
        self._push(element, self._close_caption, len(self.blocks))

    def _close_caption(self, start: int) -> None:
        self._line.end()
        if self._tables:
            self._tables[-1].caption = (start, len(self.blocks))

    def _open_row(self, _element: Element) -> None:
        self._line.end()
        if self._tables:
            self._tables[-1].rows.append([])

    def _open_cell(self, element: Element) -> None:
        self._line.end()
        self._push(element, self._close_cell, (len(self.blocks), element))

    def _close_cell(self, opened: tuple[int, Element]) -> None:
        self._line.end()
        start, element = opened
        if self._tables and self._tables[-1].rows:
            self._tables[-1].rows[-1].append((start, len(self.blocks), element))


def _opened(_element: Element) -> None:
    """Stands for elements with which all is done."""
