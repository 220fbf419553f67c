"""Lines of text, from the pieces in which a page has them."""

from __future__ import annotations

from itertools import accumulate

from gilint.late import late
from gilint.readers.html.lists import NUMBERED
from gilint.readers.html.whitespace import BLANK, are_lines, collapsed, shown_offsets

TYPE_CHECKING = False
if TYPE_CHECKING:
    from gilint.model import Grid
    from gilint.readers.html.positions import Anchor, Position

    Block = tuple[str | Grid, tuple[Anchor, ...], int, int, str]
    """A line (text, anchors, characters in links, level of a heading, mark) or a table (grid, nothing, characters in
    links, cells that are numbers, nothing)."""

CONTINUED, CONTROL = "continued", "control"
"""Marks of a line: a line break parts it from the one before, it holds a link that does something."""
FIXED_SPACES = late(r"[\s\xa0]+")


class LineReader:
    """Makes lines of ``parts`` and appends them to ``blocks``.

    ``anchor`` is that of the first part; ``linked``, ``level`` and ``mark`` are what the line will have, ``label`` the
    number of the item that it begins, ``broken`` says that a line break stands before it. ``keeping`` counts the
    elements around it in which line breaks count, ``verbatim`` those in which all white space does.
    """

    def __init__(self) -> None:
        self.blocks: list[Block] = []
        self.parts: list[str] = []
        self.anchor: Anchor = (0, (1, 0), 0)
        self.linked = self.level = self.keeping = self.verbatim = 0
        self.label = self.mark = ""
        self.broken = False
        self._again: list[tuple[int, Position, int]] = []

    def anchor_again(self, position: Position, passed: int) -> None:
        """Inside a line, an element at this position is left out, with so many characters."""
        if self.parts:
            self._again.append((len(self.parts), position, passed))

    def end(self) -> None:
        """The line ends, if one has begun, and with it a paragraph."""
        if self.parts:
            self.flush()
        self.broken = False

    def break_line(self) -> None:
        """The line ends, the paragraph goes on."""
        if self.parts:
            broken, count = self.broken, len(self.blocks)
            self.flush()
            # A blank line parts nothing that was not parted before.
            self.broken = broken or len(self.blocks) > count

    def flush(self) -> None:
        """The line that was read becomes a block."""
        parts = self.parts
        text = parts[0] if len(parts) == 1 else "".join(parts)
        again = self._passed_over()
        parts.clear()
        anchors: tuple[Anchor, ...] = (self.anchor,)
        if not self.verbatim:
            if "\n" in text and are_lines(text):
                self._split(text, again)
                return
            if again:
                offsets = shown_offsets(text, [offset for offset, _position, _passed in again])
                again = [(at, position, passed) for at, (_, position, passed) in zip(offsets, again, strict=True)]
            text = collapsed(text)
        anchors += tuple(again)
        if self.label:
            text, anchors = self._labelled(text, anchors)
        if text and (self.verbatim or not text.isspace()):
            mark = self.mark or (CONTINUED if self.broken else "")
            self.blocks.append((text, anchors, self.linked, self.level, mark))
        self.linked = 0
        self.mark = ""
        self.broken = False

    def add_lines(self, data: str, position: Position, since: int) -> None:
        """Text whose line breaks count; it begins so many characters behind an element at this position."""
        for number, line in enumerate(data.split("\n")):
            if number:
                if self.parts:
                    self.flush()
                elif self.verbatim:
                    self.blocks.append(("", ((0, position, since),), 0, 0, ""))
                since += 1
            if line and (self.parts or self.verbatim or line.strip(BLANK)):
                if not self.parts:
                    self.anchor = (0, position, since)
                self.parts.append(line)
            since += len(line)

    def close_number(self, first: int) -> None:
        """The parts from ``first`` on are a number as Word writes it: with fixed spaces up to the tabulator behind."""
        number = FIXED_SPACES.sub("", "".join(self.parts[first:]))
        del self.parts[first:]
        if number:
            self.parts.append(f"{number} " if number[-1] in ".0123456789" else number)

    def _passed_over(self) -> list[Anchor]:
        """Anchors behind what was left out in the line, by their offset in its parts."""
        if not self._again:
            return []
        ends = list(accumulate(map(len, self.parts), initial=0))
        again = [(ends[count], position, passed) for count, position, passed in self._again]
        self._again.clear()
        return again

    def _split(self, text: str, again: list[Anchor]) -> None:
        """The lines of a text that a page shows as such by a style of its own."""
        waiting = again[::-1]
        at = begin = 0
        _offset, position, passed = self.anchor
        for line in text.split("\n"):
            anchors: list[Anchor] = [(0, position, passed + at - begin)]
            while waiting and waiting[-1][0] <= at + len(line):
                begin, position, passed = waiting.pop()
                anchors.append((shown_offsets(line, [begin - at])[0], position, passed))
            shown = collapsed(line)
            if shown and not shown.isspace():
                self.blocks.append((shown, tuple(anchors), 0, self.level, ""))
            at += len(line) + 1
        self.linked = 0
        self.mark = ""
        self.broken = False

    def _labelled(self, text: str, anchors: tuple[Anchor, ...]) -> tuple[str, tuple[Anchor, ...]]:
        """The first line of an item with the number that the page computes for it."""
        label, self.label = self.label, ""
        if not text or NUMBERED.match(text):
            return text, anchors
        return label + text, tuple([(offset + len(label), position, passed) for offset, position, passed in anchors])
