"""The sections of a report as plain data: their passages in columns of what they hold, and what stands where."""

from __future__ import annotations

from gilint.model import Heading, Passage, Section, Slice
from gilint.packing.records import SIMPLE
from gilint.places import Address, TextOrigin

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any

    from gilint.model import Report
    from gilint.packing.records import Decoder, Encoder


def pack_sections(report: Report, encoder: Encoder) -> tuple[Any, ...] | None:
    """The sections of a report; ``None`` where its reader does not say in plain words where text stands."""
    numbers: dict[int, int] = {}
    passages: list[Passage] = []
    for passage in _passages(report):
        if id(passage) not in numbers:
            numbers[id(passage)] = len(passages)
            passages.append(passage)
    if any(type(passage.origin) not in SIMPLE for passage in passages):
        return None
    addresses = [passage.address for passage in passages]
    columns = (
        [passage.index for passage in passages],
        [passage.text for passage in passages],
        [passage.role for passage in passages],
        [_plain_origin(passage.origin, encoder) for passage in passages],
        [(address.trail, address.section, address.table, address.row, address.column) for address in addresses],
    )
    return columns, [_packed(section, numbers, encoder) for section in report.sections.values()]


def _passages(report: Report) -> Iterator[Passage]:
    for section in report.sections.values():
        yield section.heading.at.passage
        yield from section.passages
        yield from (heading.at.passage for heading in section.headings)


def _plain_origin(origin: Any, encoder: Encoder) -> Any:
    return origin.starts if type(origin) is TextOrigin else encoder.encode(origin)


def _packed(section: Section, numbers: dict[int, int], encoder: Encoder) -> tuple[Any, ...]:
    headings = [
        (one.level, one.number, one.title, numbers[id(one.at.passage)], one.at.start, one.at.end, one.section)
        for one in (section.heading, *section.headings)
    ]
    passages = [numbers[id(passage)] for passage in section.passages]
    return section.key, headings, passages, section.tables, encoder.encode(section.address)


def unpack_sections(packed: tuple[Any, ...], decoder: Decoder) -> dict[str, Section]:
    """The sections that were packed."""
    columns, sections = packed
    passages = [
        Passage(index, text, _origin(origin, decoder), role, Address(*address))
        for index, text, role, origin, address in zip(*columns, strict=True)
    ]
    found = {}
    for key, headings, numbers, tables, address in sections:
        first, *below = [
            Heading(level, number, title, Slice(passages[at], start, end), section)
            for level, number, title, at, start, end, section in headings
        ]
        own = tuple([passages[number] for number in numbers])
        found[key] = Section(key, first, own, tuple(below), tables, decoder.decode(address))
    return found


def _origin(plain: Any, decoder: Decoder) -> Any:
    return TextOrigin(plain) if type(plain) is tuple else decoder.decode(plain)
