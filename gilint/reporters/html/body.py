"""The report as it was read, from the title to the sign-off, with its cards beside the places that they speak of."""

from __future__ import annotations

from gilint.reporters.html.grids import Grid
from gilint.reporters.html.marking import marked
from gilint.reporters.html.markup import Markup, element, joined
from gilint.reporters.html.sheet import PASSAGE, blocks_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from gilint.model import Passage, Report
    from gilint.reporters.html.cards import Cards
    from gilint.reporters.html.sheet import Block, Card, Sheet

DEEPEST = 6


class Body:
    """Draws a report; its title is a heading of ``depth``, its sections stand one below."""

    def __init__(self, sheet: Sheet, report: Report, cards: Cards, words: Mapping[str, str], depth: int) -> None:
        self._sheet, self._report, self._cards, self._words = sheet, report, cards, words
        self._title_depth = self._depth = depth
        self._levels = {heading.at.passage.index: heading.level for heading in report.headings if heading.at.start == 0}

    def rows(self) -> Iterator[Markup]:
        """Rows of the page: a block with its cards, and all blocks that follow without any.

        So a long card stands beside what follows, and leaves no hole below its paragraph.
        """
        lead: Block | None = None
        cards: list[Card] = []
        rest: list[Markup] = []
        drawn: Markup | None = None
        for block in blocks_of(self._report):
            own = self._sheet.cards_at(block)
            if own or lead is None:
                if lead is not None:
                    yield self._row(drawn, cards, rest)
                lead, cards, rest, drawn = block, own, [], self._block(block)
            else:
                rest.append(self._block(block))
        if lead is not None:
            yield self._row(drawn, cards, rest)

    def _row(self, block: Markup | None, cards: list[Card], rest: list[Markup]) -> Markup:
        return element(
            "div",
            element("div", block, class_="text", lang="zh-CN"),
            element("div", *map(self._cards.markup, cards), class_="notes") if cards else None,
            element("div", *rest, class_="text rest", lang="zh-CN") if rest else None,
            class_="row",
        )

    def _block(self, block: Block) -> Markup:
        kind, key = block
        return self._passage(self._report.passages[int(key)]) if kind == PASSAGE else self._table(str(key))

    def _passage(self, passage: Passage) -> Markup:
        inside = marked(passage.text, self._sheet.references_at((PASSAGE, passage.index)), self._words)
        if passage.role == "title":
            return element(f"h{self._title_depth}", inside, class_="name")
        if passage.role == "heading":
            return element(f"h{self._deeper(self._levels.get(passage.index, 0))}", inside)
        return element("p", inside, class_=passage.role)

    def _deeper(self, level: int) -> int:
        """How deep a heading stands; none is more than one deeper than the one before, whatever the report does."""
        wanted = self._title_depth + (level or 2)
        self._depth = min(wanted, self._depth + 1, DEEPEST)
        return self._depth

    def _table(self, key: str) -> Markup:
        table, form = self._report.tables[key], self._report.form.table(key)
        at = list(self._report.tables).index(key)
        references = self._sheet.references_at(("table", key))
        grid = Grid(table, form, self._words, self._sheet.marks(key), references, self._sheet.id("t", at))
        return joined(grid.markup(form.title))
