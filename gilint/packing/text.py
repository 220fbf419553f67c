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
    origins = _packed_origins([passage.origin for passage in passages], encoder)
    if origins is None:
        return None
    addresses = [passage.address for passage in passages]
    columns = (
        [passage.index for passage in passages],
        [passage.text for passage in passages],
        [passage.role for passage in passages],
        [(address.trail, address.section, address.table, address.row, address.column) for address in addresses],
    )
    return columns, origins, [_packed(section, numbers, encoder) for section in report.sections.values()]


def _packed_origins(origins: list[Any], encoder: Encoder) -> tuple[Any, list[Any]] | None:
    """What all origins have in common, and each of them."""
    if all(type(origin) in SIMPLE for origin in origins):
        return None, [origin.starts if type(origin) is TextOrigin else encoder.encode(origin) for origin in origins]
    from gilint.readers.html.positions import PageOrigin

    if not all(type(origin) is PageOrigin and origin[0] is origins[0][0] for origin in origins):
        return None
    source = origins[0][0]
    # Following the places up now costs a twentieth of reading the page again.
    return source.line_starts(), [(text, anchors, source.pieces(text, anchors)) for _, text, anchors in origins]


def _passages(report: Report) -> Iterator[Passage]:
    for section in report.sections.values():
        yield section.heading.at.passage
        yield from section.passages
        yield from (heading.at.passage for heading in section.headings)


def _packed(section: Section, numbers: dict[int, int], encoder: Encoder) -> tuple[Any, ...]:
    headings = [
        (one.level, one.number, one.title, numbers[id(one.at.passage)], one.at.start, one.at.end, one.section)
        for one in (section.heading, *section.headings)
    ]
    passages = [numbers[id(passage)] for passage in section.passages]
    return section.key, headings, passages, section.tables, encoder.encode(section.address)


def unpack_sections(packed: tuple[Any, ...], decoder: Decoder) -> dict[str, Section]:
    """The sections that were packed."""
    columns, origins, sections = packed
    passages = [
        Passage(index, text, origin, role, Address(*address))
        for index, text, role, address, origin in zip(*columns, _origins(decoder, *origins), strict=True)
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


def _origins(decoder: Decoder, shared: Any, each: list[Any]) -> list[Any]:
    if shared is None:
        return [TextOrigin(plain) if type(plain) is tuple else decoder.decode(plain) for plain in each]
    from gilint.readers.html.positions import PageOrigin, PageSource

    source = PageSource.settled(shared, {anchors: pieces for _, anchors, pieces in each})
    return [PageOrigin((source, text, anchors)) for text, anchors, _ in each]
