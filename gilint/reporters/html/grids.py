"""Tables of the report, drawn from the cells that were read, with the cells marked that findings speak of."""

from __future__ import annotations

from gilint.reporters.html.marking import look, numbers, reference
from gilint.reporters.html.markup import Markup, element, joined
from gilint.reporters.layout import one_line
from gilint.reporters.tables import level_of, shown

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from gilint.form import FormRow, FormTable
    from gilint.model import Table
    from gilint.reporters.html.sheet import Card, Reference
    from gilint.reporters.tables import Mark

    Place = tuple[str, str]
    Marks = Mapping[Place, tuple[Mark, list[Card]]]


class Grid:
    """Draws one table. ``columns`` and ``rows`` are those of the form, or some of them."""

    def __init__(
        self,
        table: Table,
        form: FormTable,
        words: Mapping[str, str],
        marks: Marks | None = None,
        references: Sequence[Reference] = (),
        ids: str = "",
    ) -> None:
        self._table, self._form, self._words = table, form, words
        self._marks: Marks = marks or {}
        self._references = references
        self._ids = ids
        self._columns = [column.key for column in form.columns]
        self._rows = [row for row in form.rows if not self._left_out(row)]

    def _left_out(self, row: FormRow) -> bool:
        """A row that a report may do without, and that this one does not have."""
        return row.key in self._table.missing_rows and row.optional

    def markup(self, title: str, part: Iterable[Place] | None = None) -> Markup:
        """The table in a region of its own, which scrolls where it has no room; of a ``part`` only rows and columns."""
        if part is not None:
            kept = set(part)
            self._rows = [row for row in self._rows if any(row.key == key for key, _column in kept)]
            self._columns = [key for key in self._columns if any(key == column for _row, column in kept)]
        name = f"{self._ids}-name"
        corner = element("th", self._words["item"], scope="col")
        heads = [element("th", self._form.column(key).label, scope="col") for key in self._columns]
        table = element(
            "table",
            element("caption", self._title(title), id=name),
            element("thead", element("tr", corner, *heads)),
            *self._bodies(),
        )
        box = element("div", table, class_="scroll", tabindex="0", role="group", aria_labelledby=name)
        return joined(box, self._legend())

    def _title(self, title: str) -> Markup:
        here = [each for each in self._references if not each.spot.row]
        unit = f"（{self._form.unit}）" if self._form.unit else ""
        return joined(title + unit, *(reference(each, self._words) for each in here))

    def _bodies(self) -> list[Markup]:
        """Rows in bodies, each below the label of its group."""
        bodies: list[list[Markup]] = [[]]
        for row in self._rows:
            if row.key is None:
                bodies.append([])
            bodies[-1].append(self._row(row))
        return [element("tbody", *rows) for rows in bodies if rows]

    def _row(self, row: FormRow) -> Markup:
        depth = f"level{min(level_of(row.label), 4)}"
        span = len(self._columns)
        if row.key is None:
            return element("tr", element("th", row.label, scope="rowgroup", colspan=span + 1, class_=depth))
        own = [each for each in self._references if each.spot.row == row.key and not each.spot.column]
        head = element("th", row.label, *(reference(each, self._words) for each in own), scope="row", class_=depth)
        if row.key in self._table.missing_rows:
            return element("tr", head, element("td", self._words["missing_cells"], colspan=span, class_="unread"))
        unread = next((each for each in self._table.unread if each.key == row.key), None)
        if unread is not None:
            said = self._words["unread_cell"].format(raw=one_line(unread.raw))
            return element("tr", head, element("td", said, colspan=span, class_="unread"))
        return element("tr", head, *(self._cell(row, column) for column in self._columns))

    def _cell(self, row: FormRow, column: str) -> Markup:
        place = (row.key or "", column)
        if column not in row.columns:
            return element("td", class_="none")
        printed = one_line(self._table[place].raw) if place in self._table else shown(self._table, *place)
        own = [each for each in self._references if (each.spot.row, each.spot.column) == place]
        signs = [reference(each, self._words) for each in own]
        mark, cards = self._marks.get(place, (None, []))
        if mark is None:
            return element("td", printed, *signs, data_of=numbers(each.card for each in own) or None)
        return element(
            "td",
            *self._marked(printed, mark),
            *signs,
            class_=f"{'aside' if mark.aside else 'wrong'} {look(cards)}",
            data_of=numbers(cards),
        )

    def _marked(self, printed: str, mark: Mark) -> Iterable[object]:
        words = self._words
        severity = words.get(mark.style, "")
        if mark.aside:
            return [printed, element("span", "*", aria_hidden="true"), _unseen(words["doubtful_cell"])]
        if mark.proposal is None:
            return [printed, _unseen(words["defect_cell"].format(severity=severity))]
        found, expected = printed or words["blank_cell"], mark.proposal
        said = words["wrong_cell"].format(severity=severity, found=found, expected=expected)
        change = joined(element("del", found), " → ", element("ins", expected))
        return [element("span", change, aria_hidden="true", class_="change"), _unseen(said)]

    def _legend(self) -> Markup | None:
        marks = [mark for mark, _cards in self._marks.values()]
        entries = {
            "legend_wrong": ("7 → 8", any(mark.proposal is not None and not mark.aside for mark in marks)),
            "legend_defect": ("[7]", any(mark.proposal is None and not mark.aside for mark in marks)),
            "legend_doubt": ("7*", any(mark.aside for mark in marks)),
        }
        said = [joined(element("b", sign), f" {self._words[name]}") for name, (sign, used) in entries.items() if used]
        return element("p", joined(*said, by=self._words["space"]), class_="legend") if said else None


def _unseen(said: str) -> Markup:
    """Words for those who hear the page."""
    return element("span", f" {said}", class_="unseen")
