"""Which finding stands where on the page: cards, numbered in the order of the report, and the marks that they have."""

from __future__ import annotations

from gilint.model import Cell, Heading, Passage, Period, Section, Slice, Table, UnreadRow
from gilint.record import Record
from gilint.reporters import SEVERITIES, Options
from gilint.reporters.blocks import Blocks, groups, severity_of
from gilint.reporters.parts import marks
from gilint.reporters.tables import is_nil

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from gilint.model import Finding, Report, Result, Waiver
    from gilint.reporters import Equations
    from gilint.reporters.blocks import Case
    from gilint.reporters.tables import Mark

    Block = tuple[str, int | str]
    """A passage by its number, or a table by its key."""

PASSAGE, TABLE = "passage", "table"


class Spot(Record):
    """Where a finding stands: characters of a passage, or a cell (or row, or all) of a table."""

    block: Block
    start: int = 0
    end: int = 0
    row: str = ""
    column: str = ""


class Card(Record):
    """What is told in one place: a finding, or all that have one cause. ``spots`` are those of its findings."""

    number: int
    findings: tuple[Finding, ...]
    spots: tuple[Spot | None, ...]
    severity: str
    case: Case
    waiver: Waiver | None = None

    @property
    def block(self) -> Block | None:
        return next((spot.block for spot in self.spots if spot is not None), None)


class Reference(Record):
    """A number that leads from a place to its card: ``id`` is the place's, ``target`` the card's."""

    card: Card
    id: str
    target: str
    spot: Spot


class Sheet:
    """The cards of one result, and by block what they mark. ``name`` tells its ids apart from those of others."""

    def __init__(self, result: Result, equations: Equations, lang: str, name: str = "") -> None:
        self.result, self.lang, self.name = result, lang, name
        self.blocks = Blocks(result, Options(lang=lang, width=1000), equations)
        self._order = {} if result.report is None else _order(result.report)
        self.cards = self._cards(result)
        self.references = self._references()

    def id(self, kind: str, *numbers: object) -> str:
        """An id of this page: ``r2-f3``."""
        return "-".join([self.name, kind + str(numbers[0]), *map(str, numbers[1:])]).lstrip("-")

    def cards_at(self, block: Block | None) -> list[Card]:
        return [card for card in self.cards if card.block == block]

    def references_at(self, block: Block) -> list[Reference]:
        return [each for found in self.references.values() for each in found if each.spot.block == block]

    def marks(self, key: str) -> dict[tuple[str, str], tuple[Mark, list[Card]]]:
        """The marks of a table's cells, the gravest of each, and the cards that they belong to."""
        found: dict[tuple[str, str], tuple[Mark, list[Card]]] = {}
        for card in sorted(self.cards, key=lambda card: (card.waiver is not None, SEVERITIES.index(card.severity))):
            for place, mark in self._own_marks(card, key).items():
                known, cards = found.get(place, (mark, []))
                found[place] = (mark if known.aside and not mark.aside else known, [*cards, card])
        return found

    def _own_marks(self, card: Card, key: str) -> Mapping[tuple[str, str], Mark]:
        own: dict[tuple[str, str], Mark] = {}
        for part in card.case.parts:
            if part.key == key:
                own.update(marks(part, card.severity))
                own = {place: mark for place, mark in own.items() if not (mark.aside and is_nil(part.table, [place]))}
        return own

    # --- cards --------------------------------------------------------------------------------------------------------

    def _cards(self, result: Result) -> list[Card]:
        drafts: list[tuple[list[Finding], Waiver | None]] = [(group, None) for group in _told(result.findings)]
        drafts += [([one.finding], one.waiver) for one in result.waived]
        cards = []
        for group, waiver in drafts:
            spots = tuple(self._spot(finding) for finding in group)
            case = self.blocks.case(group)
            cards.append(Card(0, tuple(group), spots, severity_of(group), case, waiver))
        cards.sort(key=self._place)
        return [card.replace(number=number) for number, card in enumerate(cards, 1)]

    def _place(self, card: Card) -> tuple[float, ...]:
        spot = next((spot for spot in card.spots if spot is not None), None)
        rank = SEVERITIES.index(card.severity)
        if spot is None:
            return (-1, rank)
        at = self._rows(spot) if spot.block[0] == TABLE else spot.start
        return (self._order[spot.block], at, rank)

    def _rows(self, spot: Spot) -> int:
        rows = self._form_rows(str(spot.block[1]))
        return rows.index(spot.row) if spot.row in rows else -1

    def _form_rows(self, key: str) -> list[str]:
        assert self.result.report is not None
        return [row.key for row in self.result.report.form.table(key).value_rows if row.key]

    def _spot(self, finding: Finding) -> Spot | None:
        report = self.result.report
        return None if report is None else spot_of(finding, report)

    def _references(self) -> dict[int, list[Reference]]:
        """The numbers in the text by card; several findings of a card at one place need one."""
        found: dict[int, list[Reference]] = {}
        for card in self.cards:
            spots = dict.fromkeys(spot for spot in card.spots if spot is not None)
            found[card.number] = [
                Reference(card, self.id("p", card.number, *([at] if at else [])), self.id("f", card.number), spot)
                for at, spot in enumerate(spots)
            ]
        return found


def _told(findings: Iterable[Finding]) -> list[list[Finding]]:
    """Findings that stand on one card: those of one cause. All others are told where they stand."""
    told: list[list[Finding]] = []
    for group in groups(findings):
        told += [group] if group[0].cause is not None else [[finding] for finding in group]
    return told


def spot_of(finding: Finding, report: Report) -> Spot | None:
    """Where a finding stands in the report as it is shown; ``None``: in no single place."""
    at, address = finding.at, finding.address
    if isinstance(at, Section):
        at = at.heading
    if isinstance(at, Heading | UnreadRow | Period):
        at = at.at
    if isinstance(at, Passage):
        at = Slice(at, 0, len(at.text))
    if isinstance(at, Slice) and _is_shown(at.passage, report):
        return Spot((PASSAGE, at.passage.index), at.start, at.end)
    if isinstance(at, Cell | Table | Slice) and address.table in report.tables:
        return Spot((TABLE, address.table or ""), row=address.row or "", column=address.column or "")
    return None


def _is_shown(passage: Passage, report: Report) -> bool:
    index = passage.index
    return 0 <= index < len(report.passages) and report.passages[index].text == passage.text


def _order(report: Report) -> dict[Block, int]:
    return {block: at for at, block in enumerate(blocks_of(report))}


def blocks_of(report: Report) -> list[Block]:
    """Passages and tables in the order of the source."""
    tables = sorted(report.tables.values(), key=lambda table: table.span.order)
    blocks: list[Block] = []
    for passage in report.passages:
        here = passage.span(0, 0).order
        while tables and tables[0].span.order < here:
            blocks.append((TABLE, tables.pop(0).key))
        blocks.append((PASSAGE, passage.index))
    return [*blocks, *((TABLE, table.key) for table in tables)]
