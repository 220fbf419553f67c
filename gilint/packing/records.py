"""Findings, and what they are made of, as plain data that :mod:`marshal` takes, and back.

A record becomes a list that begins with the number of its class; what is one object stays one. Other values stay as
they are: text, numbers, tuples and dicts of such.
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from operator import is_

from gilint.findings import (
    Cause,
    Edit,
    Finding,
    Fix,
    Related,
    Suggestion,
    Waived,
    Waiver,
)
from gilint.model import Cell, Heading, Note, Passage, Period, Section, Slice, Table, UnreadRow
from gilint.places import (
    Address,
    PageOrigin,
    PageSpan,
    PointerOrigin,
    PointerSpan,
    SheetOrigin,
    SheetSpan,
    Span,
    TextOrigin,
    TextSpan,
    WordOrigin,
    WordSpan,
)
from gilint.record import Record

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

    from gilint.model import Report

LANGS = ("zh", "en")


class KeptSpan(Span):
    """A place as a reader of a plugin tells it: in words by language, and as data."""

    sort: tuple[float, ...]
    data: Mapping[str, Any]
    words: Mapping[str, str]
    text: str

    @property
    def order(self) -> tuple[float, ...]:
        return self.sort

    def as_dict(self) -> dict[str, Any]:
        return dict(self.data)

    def describe(self, lang: str) -> str:
        return self.words[lang]

    def __str__(self) -> str:
        return self.text


class KeptOrigin(Record):
    """The origin of text of which only some parts are spoken of: their spans by (start, end)."""

    spans: Mapping[tuple[int, int], Span]

    def span(self, start: int, end: int) -> Span:
        known = self.spans.get((start, end))
        return next(iter(self.spans.values())) if known is None else known


CLASSES: tuple[type[Record], ...] = (
    *(Finding, Related, Suggestion, Cause, Fix, Edit, Waived, Waiver, Address, Note),
    *(Slice, Passage, Heading, UnreadRow, Period, Cell),
    *(TextSpan, WordSpan, SheetSpan, PageSpan, PointerSpan, KeptSpan),
    *(TextOrigin, WordOrigin, SheetOrigin, PageOrigin, PointerOrigin, KeptOrigin),
)
"""The order is part of the layout of packed results."""
NUMBERS = {cls: number for number, cls in enumerate(CLASSES)}
_DECIMAL, _TABLE, _TUPLE, _DICT = -1, -2, -3, -4
_PLAIN = frozenset((str, int, type(None), bool, float, bytes))
_READY = _PLAIN | {tuple, dict}
"""Types of packed values that are what they stand for."""
SIMPLE: frozenset[type] = frozenset((TextOrigin, WordOrigin, SheetOrigin, PageOrigin, PointerOrigin))
"""Origins that say where text stands and hold on to nothing else."""


class Encoder:
    """Makes plain data of records, one result at a time."""

    def __init__(self) -> None:
        # The value is kept beside its data, so that no other one gets its id meanwhile.
        self._known: dict[int, tuple[Any, Any]] = {}

    def encode(self, value: Any) -> Any:
        kind = type(value)
        if kind in _PLAIN:
            return value
        known = self._known.get(id(value))
        if known is None:
            known = self._known[id(value)] = value, self._encoded(value, kind)
        return known[1]

    def _encoded(self, value: Any, kind: type) -> Any:
        if kind in _SPECIAL:
            return _SPECIAL[kind](self, value)
        if kind in NUMBERS:
            return self._record(value)
        if kind is tuple:
            return self._tuple(value)
        if isinstance(value, Span):
            words = {lang: value.describe(lang) for lang in LANGS}
            return self.encode(KeptSpan(tuple(value.order), value.as_dict(), words, str(value)))
        if isinstance(value, Mapping):
            return self._mapping(value)
        if isinstance(value, tuple | list):
            return self._tuple(tuple(value))
        kinds: list[Any] = [plain for plain in (int, float, bytes) if isinstance(value, plain)]
        return (*kinds, str)[0](value)

    def _tuple(self, value: tuple[Any, ...]) -> Any:
        parts = [one if type(one) in _PLAIN else self.encode(one) for one in value]
        return value if all(map(is_, parts, value)) else [_TUPLE, *parts]

    def _mapping(self, value: Mapping[Any, Any]) -> Any:
        data = {self.encode(key): self.encode(one) for key, one in value.items()}
        return data if all(type(one) in _READY for one in data.values()) else [_DICT, data]

    def _record(self, record: Any) -> list[Any]:
        kind = type(record)
        return self._fields(kind, [getattr(record, field) for field in kind._fields])

    def _fields(self, kind: type, values: list[Any]) -> list[Any]:
        return [NUMBERS[kind], *[one if type(one) in _PLAIN else self.encode(one) for one in values]]

    def _finding(self, finding: Finding) -> list[Any]:
        values = [getattr(finding, field) for field in Finding._fields]
        values[_AT] = _essential(finding.at)
        return self._fields(Finding, values)

    def _slice(self, part: Slice) -> list[Any]:
        """A part of a passage; the passage has to know the span of each part that is spoken of."""
        passage = self.encode(part.passage)
        if type(part.passage.origin) not in SIMPLE:
            _, spans = passage[1 + _ORIGIN][1]
            spans[part.start, part.end] = self.encode(part.span)
        return [NUMBERS[Slice], passage, part.start, part.end]

    def _passage(self, passage: Passage) -> list[Any]:
        encoded = [NUMBERS[Passage], *[self.encode(getattr(passage, field)) for field in _PASSAGE]]
        origin = passage.origin
        if type(origin) in SIMPLE:
            encoded.insert(1 + _ORIGIN, self.encode(origin))
        else:
            whole = {(0, len(passage.text)): self.encode(passage.span(0, len(passage.text)))}
            encoded.insert(1 + _ORIGIN, [NUMBERS[KeptOrigin], [_DICT, whole]])
        return encoded

    def _cell(self, cell: Cell) -> list[Any]:
        values = [getattr(cell, field) for field in Cell._fields]
        values[_CELL_ORIGIN] = kept_origin(cell)
        return self._fields(Cell, values)


_SPECIAL: dict[type, Callable[[Encoder, Any], Any]] = {
    Finding: Encoder._finding,
    Slice: Encoder._slice,
    Passage: Encoder._passage,
    Cell: Encoder._cell,
    Table: lambda _, table: [_TABLE, table.key],
    Decimal: lambda _, value: [_DECIMAL, str(value)],
}
_AT = Finding._fields.index("at")
_CELL_ORIGIN = Cell._fields.index("origin")
_ORIGIN = Passage._fields.index("origin")
_PASSAGE = tuple(field for field in Passage._fields if field != "origin")


def kept_origin(cell: Cell) -> KeptOrigin:
    """The origin of a cell without what it stands in."""
    return KeptOrigin({(0, len(cell.raw)): cell.span})


def _essential(at: Any) -> Any:
    """What is shown of the place of a finding, beside its address and span."""
    if isinstance(at, Section):
        return at.heading
    return at if isinstance(at, Slice | Passage | Heading | UnreadRow | Period | Cell | Table) else None


class Decoder:
    """Makes records of plain data again, for a ``report`` that has the tables which findings stand at."""

    def __init__(self, report: Report | None) -> None:
        self._report = report
        self._known: dict[int, Any] = {}

    def decode(self, data: Any) -> Any:
        # Only lists stand for something else. One call a record: results are made of hundreds.
        if type(data) is not list:
            return data
        found = self._known.get(id(data))
        if found is not None:
            return found
        number = data[0]
        if number >= 0:
            decode = self.decode
            values = [decode(one) if type(one) is list else one for one in data]
            found = CLASSES[number](*values[1:])
        else:
            found = self._other(number, data)
        self._known[id(data)] = found
        return found

    def _other(self, number: int, data: list[Any]) -> Any:
        """What is no record."""
        if number == _DECIMAL:
            return Decimal(data[1])
        if number == _TABLE:
            return None if self._report is None else self._report.tables.get(data[1])
        if number == _DICT:
            return {key: self.decode(one) for key, one in data[1].items()}
        return tuple([self.decode(one) for one in data[1:]])
