"""From the places of findings back to the elements of a Word document: the reader's own walk, with its steps noted."""

from __future__ import annotations

from gilint.places import WordSpan
from gilint.readers import docx
from gilint.readers.docx.extras import Extras
from gilint.readers.docx.final import arrange_tables
from gilint.readers.docx.inline import BROKEN_NUMBER, INLINE, LINE, cleaned, sign
from gilint.readers.docx.names import BODY, CELL, ENDNOTE, FOOTNOTE, MERGED_ACROSS, PARAGRAPH, ROW, TEXT, VALUE
from gilint.readers.docx.rawtable import CONTINUE
from gilint.readers.docx.tables import Tables
from gilint.readers.docx.walk import Walker
from gilint.readers.package import parse_xml
from gilint.record import Record

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import Any

    from gilint.limits import Limits
    from gilint.places import Span, WordOrigin
    from gilint.readers.docx.parts import Parts

    Key = tuple[int, int, int, int, int]
    Letter = tuple[str, Any, int]
    """A character, the element that it stands in, and its number there."""

NUMBER = "gilint-number"
"""The attribute that carries the number of an element in the document through the changes that the reader makes."""


class Spot(Record):
    """Elements by their numbers: the ``first`` and ``last`` character, each with its offset, or an ``element``.

    ``cell`` is the cell of a table that is no frame for others, -1 for none.
    """

    first: tuple[int, int] | None = None
    last: tuple[int, int] | None = None
    element: int = -1
    cell: int = -1


class Locator:
    """Finds the elements of places; ``content`` is the document's own part, ``blocks`` what the reader makes of it."""

    def __init__(self, content: bytes, parts: Parts, name: str, limits: Limits) -> None:
        root = parse_xml(content, name)
        for number, element in enumerate(root.iter("*")):
            element.set(NUMBER, str(number))
        body = root.find(BODY)
        extras = Extras()
        seen = docx._prepare(body, parts, extras)
        rows = arrange_tables(body) if docx.NESTED in seen else set()
        self._feet = dict(enumerate(body.iter(FOOTNOTE, ENDNOTE), 1))
        self._walker = _Noting(extras, rows, seen, Tables(extras.known, name, limits))
        self._walker.walk(body)
        self.blocks = self._walker.blocks

    def find(self, span: Span | None) -> Spot | None:
        """The spot of a place; ``None`` where the document has none such."""
        if not isinstance(span, WordSpan):
            return None
        if span.footnote:
            reference = self._feet.get(span.footnote)
            return None if reference is None else Spot(element=_number(reference))
        key = (span.block, span.paragraph, span.table, span.row, span.cell)
        held = self._walker.held.get(key)
        if held is None:
            return None
        cell = _number(held.cell)
        start, end = max(span.start - held.offset, 0), span.end - held.offset
        letters = [one for one in held.letters[start : max(end, start + 1)] if one[1] is not None]
        if not letters:
            return Spot(element=_number(held.holder), cell=cell)
        # The text of a box is read behind the paragraph that it is tied to, but stands inside of it.
        places = [(_number(element), at) for _character, element, at in letters]
        first, (number, offset) = min(places), max(places)
        return Spot(first, (number, offset + 1), cell=cell)


class _Held:
    """What a paragraph or cell holds; its text begins at ``offset`` of its place."""

    __slots__ = ("cell", "holder", "letters", "offset")

    def __init__(self, holder: Any, cell: Any = None, offset: int = 0) -> None:
        self.holder, self.cell, self.offset = holder, cell, offset
        self.letters: list[Letter] = []


class _Noting(Walker):
    """The reader's walk; ``held`` is what stands at each place."""

    def __init__(self, extras: Extras, rows: set[Any], seen: Any, tables: Tables) -> None:
        super().__init__(extras, rows, seen, tables)
        self.held: dict[Key, _Held] = {}

    def _take_paragraph(self, element: Any, origin: WordOrigin) -> int:
        held = _Held(element, offset=origin.offset)
        held.letters = [letter for piece in element.iter(*INLINE) for letter in _letters(piece)]
        self.held[origin.block, origin.paragraph, origin.table, origin.row, origin.cell] = held
        return super()._take_paragraph(element, origin)

    def _take_rows(self, elements: Iterable[Any], table: int, row: int) -> None:
        elements = list(elements)
        super()._take_rows(elements, table, row)
        self._note_rows(elements, table, row - 1)

    def _note_rows(self, elements: Iterable[Any], table: int, row: int) -> None:
        """Note the cells as the reader counts them: one that continues the cell before it is a part of that one."""
        number, goes_on = 0, True
        held: _Held | None = None
        cells: list[_Held] = []
        for element in elements:
            tag = element.tag
            if tag == ROW:
                row, number, held = row + 1, 0, None
            elif tag == CELL:
                number, goes_on = number + 1, True
                held = self.held[self._block, 0, table, row, number] = _Held(element, element)
                cells.append(held)
            elif tag == MERGED_ACROSS and element.get(VALUE, CONTINUE) == CONTINUE and number > 1:
                self.held.pop((self._block, 0, table, row, number))
                number, held = number - 1, None
            elif held is not None and tag == PARAGRAPH:
                if not goes_on:
                    held.letters.append(("\n", None, 0))
                extra = self._extras.get(element)
                goes_on = extra is not None and extra.runs_on
            elif held is not None and tag in INLINE:
                held.letters += _letters(element)
        for each in cells:
            each.letters = _rejoined(each.letters)


def _letters(element: Any) -> list[Letter]:
    text = cleaned(element, element.text or "") if element.tag == TEXT else sign(element)
    return [(character, element, at) for at, character in enumerate(text)]


def _rejoined(letters: list[Letter]) -> list[Letter]:
    """The letters of a cell without the line breaks inside numbers, as the reader leaves them out."""
    text = "".join(character for character, _element, _at in letters)
    if LINE not in text:
        return letters
    gone = {at for found in BROKEN_NUMBER.finditer(text) for at in range(*found.span())}
    return [letter for at, letter in enumerate(letters) if at not in gone]


def _number(element: Any) -> int:
    return -1 if element is None else int(element.get(NUMBER, "-1"))
