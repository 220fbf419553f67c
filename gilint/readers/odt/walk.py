"""From the tree of a document to blocks: paragraphs and tables in their order, each with its place."""

from __future__ import annotations

from gilint.model import Grid, GridCell, JoinedOrigin, Note, Paragraph, PartOrigin, WordOrigin
from gilint.readers.docx.inline import BLANKS, LINE, rejoined
from gilint.readers.embeds import OBJECTS, PICTURES
from gilint.readers.odt.flow import CHANGES, HIDDEN, Flow, rows_of
from gilint.readers.odt.inline import Content, collapsed
from gilint.readers.odt.names import CELL, HEADING, NOTE_BODY, OUTLINE_LEVEL, PARAGRAPH, STYLE_NAME, TABLE, whole_number
from gilint.readers.odt.tables import Tables, has_tables, is_layout
from gilint.readers.package import too_much

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from typing import Any

    from gilint.limits import Limits
    from gilint.model import Origin
    from gilint.readers.odt.styles import Styles
    from gilint.readers.odt.tables import RawCell

KIND = "odt"
COMMENTS = "comments"
NOTES = (CHANGES, COMMENTS, HIDDEN, PICTURES, OBJECTS)
"""Kinds of notes in the order in which they are told."""


class Told:
    """What was seen beside the text, and where first; apart from the walker, which the flow must not know.

    Two that know each other would keep the whole tree in memory until the collector of garbage comes by.
    """

    def __init__(self) -> None:
        self._counts: dict[str, int] = {}
        self._first: dict[str, Origin] = {}
        self._unplaced = set[str]()

    @property
    def waits(self) -> bool:
        """Whether something is to be said at the next paragraph."""
        return bool(self._unplaced)

    @property
    def notes(self) -> tuple[Note, ...]:
        return tuple([Note(kind, self._counts[kind], self._first.get(kind)) for kind in NOTES if kind in self._counts])

    def tell(self, kind: str, count: int, place: Origin | None = None) -> None:
        """Count something to be told; what has no place of its own is said to be at the next paragraph."""
        if not count:
            return
        if kind not in self._counts:
            if place is None:
                self._unplaced.add(kind)
            else:
                self._first[kind] = place
        self._counts[kind] = self._counts.get(kind, 0) + count

    def look(self, content: Content, origin: Origin) -> None:
        """Tell what is beside a paragraph's text."""
        if self._unplaced:
            self._first.update(dict.fromkeys(self._unplaced - {CHANGES}, origin))
            self._unplaced &= {CHANGES}
        if content.changed and CHANGES in self._unplaced:
            self._first[CHANGES] = origin
            self._unplaced.discard(CHANGES)
        self.tell(COMMENTS, content.comments, origin)
        self.tell(HIDDEN, content.hidden, origin)


class Walker:
    """Collects ``blocks``.

    Paragraphs outside of tables are counted as they stand in the file, empty ones and those in text boxes included; so
    are tables, those in other tables included unless they are read as text of a cell.
    """

    def __init__(self, styles: Styles, name: str, limits: Limits) -> None:
        self.blocks: list[Paragraph | Grid] = []
        self._name, self._limits = name, limits
        self._styles = styles
        self._told = Told()
        self._flow = Flow(styles, self._told.tell)
        self._tables = Tables(name, limits)
        self._block = self._paragraphs = self._table = self._feet = 0

    @property
    def notes(self) -> tuple[Note, ...]:
        return self._told.notes

    def walk(self, body: Any) -> None:
        for element, label in self._flow.parts(body):
            self._take(element, label)

    # --- paragraphs --------------------------------------------------------------------------------------------------

    def _take(self, element: Any, label: str) -> None:
        """Take a paragraph or a table of the body. Raises ``InputError`` (``too-large``)."""
        self._block += 1
        if len(self.blocks) > self._limits.lines:
            zh, en = "段落过多", "too many paragraphs"
            raise too_much(self._name, zh, en, "lines", self._limits.lines)
        if element.tag == TABLE:
            self._take_table(element)
        else:
            self._paragraphs += 1
            self._take_paragraph(element, label, WordOrigin(KIND, self._block, self._paragraphs))

    def _take_paragraph(self, element: Any, label: str, origin: WordOrigin) -> int:
        """Take a paragraph whose text begins at ``origin``; how long it is."""
        content = self._content(element)
        self._told.look(content, origin)
        if not content.is_hidden:
            level = whole_number(element.get(OUTLINE_LEVEL), 1) if element.tag == HEADING else 0
            place = origin.replace(lead=len(label)) if label else origin
            self._add_lines((label + content.text).split(LINE), place, level)
        self._add_feet(content.feet, origin)
        for drawing in content.drawings:
            for inside, its_label in self._flow.drawn(drawing):
                self._take(inside, its_label)
        return len(content.text)

    def _content(self, element: Any) -> Content:
        content = Content(element, self._styles.hidden_spans)
        if element.get(STYLE_NAME) in self._styles.hidden_paragraphs:
            content.hidden += bool(content.text.strip()) and not content.is_hidden
            content.is_hidden = True
        return content

    def _add_lines(self, lines: Sequence[str], origin: Origin, level: int = 0) -> None:
        start = 0
        for line in lines:
            self.blocks.append(Paragraph(line, PartOrigin(origin, start) if start else origin, level))
            start += len(line) + 1

    def _add_feet(self, notes: Iterable[Any], origin: WordOrigin) -> None:
        """Footnotes and endnotes, counted together, behind the paragraph that they belong to."""
        for note in notes:
            self._feet += 1
            lines = [self._content(part).text for body in note.iterchildren(NOTE_BODY) for part in self._plain(body)]
            place = origin.replace(footnote=self._feet, lead=0, offset=0)
            self._add_lines(LINE.join(lines).strip(BLANKS + LINE).split(LINE), place)

    def _plain(self, container: Any) -> Iterator[Any]:
        return (element for element, _label in self._flow.parts(container) if element.tag != TABLE)

    # --- tables ------------------------------------------------------------------------------------------------------

    def _take_table(self, table: Any) -> None:
        self._table += 1
        number, rows = self._table, self._tables.rows(table)
        start = 0
        for at, row in enumerate(rows) if has_tables(table) else ():
            if is_layout(row):
                self._take_rows(rows, start, at, number)
                self._take_layout(row, number, at + 1)
                start = at + 1
        self._take_rows(rows, start, len(rows), number)

    def _take_rows(self, rows: Sequence[Sequence[RawCell]], start: int, stop: int, table: int) -> None:
        """Take the rows of a table from one to before another, between those that only serve the looks."""
        if start == stop:
            return
        self._block += 1
        feet: list[tuple[Any, WordOrigin]] = []
        made = []
        for at in range(start, stop):
            cells = []
            for raw in rows[at]:
                origin = WordOrigin(KIND, self._block, 0, table, at + 1, raw.number)
                text, place = self._cell(raw.element, origin, feet)
                cells.append(GridCell(text, place, min(raw.rows, stop - at), raw.columns))
            made.append(tuple(cells))
        self.blocks.append(Grid(tuple(made)))
        for note, origin in feet:
            self._add_feet([note], origin)

    def _cell(self, cell: Any, origin: WordOrigin, feet: list[tuple[Any, WordOrigin]]) -> tuple[str, Origin]:
        """The text of a cell, and where it stands. List numbers take up no place in the cell."""
        first = cell[0] if len(cell) == 1 else None
        if first is not None and first.tag == PARAGRAPH and not len(first) and not self._is_special(first):
            return collapsed(first.text).lstrip(" ") if first.text else "", origin
        pieces: list[tuple[str, str]] = []
        self._fill(self._flow.parts(cell, whole_tables=False), origin, pieces, feet)
        text = "\n".join([label + body for label, body in pieces])
        if not any(label for label, _body in pieces):
            return text, origin
        parts: list[tuple[int, Origin, int]] = []
        length = offset = 0
        for label, body in pieces:
            parts.append((length, origin.replace(lead=len(label), offset=offset), 0))
            length += len(label) + len(body) + 1
            offset += len(body) + 1
        return text, parts[0][1] if len(parts) == 1 else JoinedOrigin(tuple(parts))

    def _is_special(self, paragraph: Any) -> bool:
        """Whether there is more to a paragraph without elements than its text."""
        return self._told.waits or paragraph.get(STYLE_NAME) in self._styles.hidden_paragraphs

    def _fill(
        self,
        elements: Iterable[tuple[Any, str]],
        origin: WordOrigin,
        pieces: list[tuple[str, str]],
        feet: list[tuple[Any, WordOrigin]],
    ) -> None:
        """Add the paragraphs of a cell to ``pieces``: list number and text of each."""
        for element, label in elements:
            if element.tag == TABLE:
                # In a section or a text box of a cell, where no row can be made of it.
                for row in rows_of(element):
                    for inside in row.iterchildren(CELL):
                        self._fill(self._flow.parts(inside, whole_tables=False), origin, pieces, feet)
                continue
            content = self._content(element)
            self._told.look(content, origin)
            if not content.is_hidden:
                text = content.text
                pieces.append((label, rejoined(text) if LINE in text else text))
            feet += [(note, origin) for note in content.feet]
            for drawing in content.drawings:
                self._fill(self._flow.drawn(drawing, whole_tables=False), origin, pieces, feet)

    def _take_layout(self, row: Sequence[RawCell], table: int, number: int) -> None:
        """Take what stands in the cells of a row one after the other."""
        for cell in row:
            offset = 0
            for element, label in self._flow.parts(cell.element):
                self._block += 1
                if element.tag == TABLE:
                    self._take_table(element)
                else:
                    origin = WordOrigin(KIND, self._block, 0, table, number, cell.number, offset=offset)
                    offset += self._take_paragraph(element, label, origin) + 1
