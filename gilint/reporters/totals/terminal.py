"""A total for people: what was added, the tables that differ, and why."""

from __future__ import annotations

import os

from gilint.model import Address, Cell, PointerOrigin, Table
from gilint.reporters.layout import hanging, line, one_line, rendered
from gilint.reporters.tables import BLANK, UNREAD, Drawing, Mark, draw, proposed, with_groups
from gilint.reporters.totals.words import failure_text, words

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from gilint.form import FormTable
    from gilint.reporters import Options
    from gilint.reporters.layout import Line
    from gilint.totals import Explanation, Member, Total, TotalCell

SHOWN = 6
"""Cells of one explanation that are told one by one."""
INDENT = "   "
NOWHERE = PointerOrigin("", 0)


def render_total(total: Total, options: Options) -> str:
    """The whole output."""
    return rendered(_Terminal(total, options).lines(), options.color)


class _Terminal:
    def __init__(self, total: Total, options: Options) -> None:
        self._total = total
        self._options = options
        self._words = words(options.lang)
        self._cells = {(cell.table, cell.row, cell.column): cell for cell in total.cells}
        self._compared = total.parent is not None and total.parent.error is None

    def lines(self) -> Iterator[Line]:
        yield from self._heading()
        yield from self._members()
        if self._total.form is not None and self._total.added:
            for table in self._total.form.tables:
                yield from self._table(table)
            yield from self._explanations()
        yield line()
        yield from self._verdict()

    # --- what was added ---------------------------------------------------------------------------------------------

    def _heading(self) -> Iterator[Line]:
        total, said = self._total, self._words
        year = said["unknown"] if total.year is None else said["year"].format(year=total.year)
        form = "" if total.form is None else f" · {total.form.id}"
        name = said["members"] if total.parent is None else total.parent.name
        yield from hanging(line(), f"{one_line(name)}  {year}{form}", "strong", self._options.width)
        coverage = said["coverage"].format(count=len(total.members), added=len(total.added))
        others = len(total.members) - len(total.added) - len(total.failed)
        if others:
            coverage += said["passed_over"].format(count=others)
        if total.failed:
            coverage += said["could_not"].format(count=len(total.failed))
        yield line((coverage, "warning" if total.failed else ""))

    def _members(self) -> Iterator[Line]:
        if self._total.parent is not None:
            yield from self._about(self._total.parent)
        for member in self._total.members:
            yield from self._about(member)

    def _about(self, member: Member) -> Iterator[Line]:
        """What there is to say of a report; nothing of a sound one unless everything is to be shown."""
        said = self._words
        texts = [(member.note, "warning")] if member.note else []
        if member.error is not None:
            texts.append((failure_text(said, member.error), "error"))
            texts.append((said["advice"].format(advice=member.error.advice), ""))
        for fault in member.faults:
            texts.append((said["own"].format(rules=said["list"].join(fault.rules), text=fault.text), "warning"))
        if not texts and not self._options.verbose:
            return
        name = f"{member.name}  {member.path}"
        if member.path in member.name:
            name = member.name
        elif member.name == os.path.basename(member.path):
            name = member.path
        place = f" ({member.place})" if member.place else ""
        yield line()
        yield from hanging(line(INDENT), one_line(name + place), "place", self._options.width)
        for text, style in texts:
            yield from hanging(line(INDENT * 2), one_line(text), style, self._options.width)

    # --- tables -----------------------------------------------------------------------------------------------------

    def _table(self, form: FormTable) -> Iterator[Line]:
        """A table of sums; where there is a parent, the rows of its table that differ."""
        own = [cell for cell in self._total.cells if cell.table == form.key]
        telling = {cell.row for cell in own if cell.difference}
        if self._compared and not telling and not self._options.verbose:
            return
        count = len(self._total.added)
        title = self._words["compared" if self._compared else "summed"].format(title=form.title, count=count)
        whole = not self._compared or self._options.verbose
        rows = form.rows if whole else with_groups(form, telling)
        columns = tuple(column.key for column in form.columns if any(column.key in row.columns for row in rows))
        marks = {(cell.row, cell.column): Mark("error", proposed(cell.sum)) for cell in own if cell.difference}
        yield line()
        yield from hanging(line(), title, "strong", self._options.width)
        yield from draw(Drawing(self._as_table(form, own), form, rows, columns, marks), self._options.width)
        legend = [self._words["legend"]] if marks else []
        legend += [self._words["legend_unread"]] if any(cell.unread for cell in own) else []
        if legend:
            yield line((INDENT.join(legend), "frame"))

    def _as_table(self, form: FormTable, cells: Sequence[TotalCell]) -> Table:
        """The cells of a total as a table that can be drawn."""
        drawn = {}
        for cell in cells:
            figure = cell.parent if self._compared else cell.sum
            text = UNREAD if cell.unread else BLANK if figure is None else proposed(figure)
            address = Address(table=cell.table, row=cell.row, column=cell.column)
            drawn[cell.row, cell.column] = Cell(text, "text", None, (), address, NOWHERE)
        return Table(form.key, form.title, drawn, (), (), {}, (), Address(table=form.key))

    # --- why --------------------------------------------------------------------------------------------------------

    def _explanations(self) -> Iterator[Line]:
        for number, one in enumerate(self._total.explanations, 1):
            yield line()
            yield from hanging(line((f"{number}. ", "strong")), one_line(one.text), "", self._options.width)
            yield from self._differences(one)

    def _differences(self, one: Explanation) -> Iterator[Line]:
        """The figures of a few cells; where there are more, the tables above show them."""
        cells = [self._cells[key] for key in one.cells if self._cells[key].difference]
        if len(cells) <= SHOWN or self._options.verbose:
            for cell in cells:
                yield from hanging(line(INDENT), self._difference(cell), "frame", self._options.width)

    def _difference(self, cell: TotalCell) -> str:
        assert self._total.form is not None
        form = self._total.form.table(cell.table)
        text = self._words["cell"].format(
            row=form.row(cell.row).label,
            column=form.column(cell.column).label,
            parent=self._words["blank"] if cell.parent is None else proposed(cell.parent),
            sum=proposed(cell.sum),
            difference=proposed(cell.difference),
        )
        return one_line(text)

    def _undecided(self) -> Iterator[Line]:
        """The cells that were not read, by those who do not tell them."""
        cells_of: dict[tuple[str, ...], list[TotalCell]] = {}
        for cell in self._total.undecided:
            cells_of.setdefault(cell.unread, []).append(cell)
        for names, cells in cells_of.items():
            where = self._few(cells) if len(cells) <= SHOWN else self._titles(cells)
            members = self._words["list"].join(names)
            text = self._words["undecided"].format(count=len(cells), members=members, where=where)
            yield from hanging(line(), one_line(text), "warning", self._options.width)

    def _few(self, cells: Sequence[TotalCell]) -> str:
        assert self._total.form is not None
        named = []
        for cell in cells:
            form = self._total.form.table(cell.table)
            labels = {"row": form.row(cell.row).label, "column": form.column(cell.column).label}
            named.append(self._words["place"].format(**labels))
        return self._words["list"].join(named)

    def _titles(self, cells: Sequence[TotalCell]) -> str:
        assert self._total.form is not None
        titles = dict.fromkeys(self._total.form.table(cell.table).title for cell in cells)
        return self._words["list"].join(titles)

    def _verdict(self) -> Iterator[Line]:
        total, said = self._total, self._words
        yield from self._undecided()
        if total.blanks:
            yield from hanging(line(), said["blanks"].format(count=total.blanks), "frame", self._options.width)
        added, decided = len(total.added), len(total.cells) - len(total.undecided)
        if not total.added:
            yield line(("✗ " + said["no_members"], "error"))
        elif not total.cells:
            yield line(("✗ " + said["no_cells"], "error"))
        elif not self._compared:
            yield line((said["no_comparison"], ""))
        elif total.differences:
            yield line(("✗ " + said["differ"].format(count=len(total.differences), added=added), "error"))
        else:
            key = "ties_partly" if total.undecided else "ties"
            yield line(("✓ " + said[key].format(cells=decided, added=added), "good"))
