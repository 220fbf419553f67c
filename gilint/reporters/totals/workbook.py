"""A total as a workbook: a sheet for each table as the form prints it, and one with the figures of every member."""

from __future__ import annotations

from gilint.late import late
from gilint.reporters.layout import harmless
from gilint.reporters.sheets import require_openpyxl, workbook_bytes
from gilint.reporters.tables import proposed
from gilint.reporters.totals.grids import printed
from gilint.reporters.totals.words import failure_text, status_word, words

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from gilint.arithmetic import Number
    from gilint.form import Form, FormTable
    from gilint.reporters import Options
    from gilint.totals import Member, Total, TotalCell

_FORBIDDEN = late(r"[\[\]:*?/\\']")
LONGEST_TITLE = 31
LONGEST_TEXT = 32_000
"""A cell of a workbook takes 32,767 characters."""
EXACT = 10**15
"""Figures up to this are kept exactly by the programs that open a workbook; longer ones are written as text."""
DIFFERENT, UNKNOWN = "FFD9D9", "FFF2CC"
WIDE, NARROW = 24, 12


def render_workbook(total: Total, options: Options) -> bytes:
    """The bytes of the workbook. Raises ``UsageError`` where openpyxl is not installed."""
    book = require_openpyxl().Workbook()
    book.remove(book.active)
    _Workbook(book, total, options).fill()
    return workbook_bytes(book)


class _Workbook:
    def __init__(self, book: Any, total: Total, options: Options) -> None:
        from openpyxl.styles import Alignment, Border, PatternFill, Side
        from openpyxl.worksheet.properties import PageSetupProperties

        self._book = book
        self._total = total
        self._words = words(options.lang)
        self._cells = {(cell.table, cell.row, cell.column): cell for cell in total.cells}
        side = Side(style="thin")
        self._border = Border(left=side, right=side, top=side, bottom=side)
        self._centred = Alignment(horizontal="center", vertical="center", wrap_text=True)
        self._different = PatternFill("solid", fgColor=DIFFERENT)
        self._fitting = PageSetupProperties(fitToPage=True)
        self._unknown = PatternFill("solid", fgColor=UNKNOWN)

    def fill(self) -> None:
        form = self._total.form
        for table in form.tables if form is not None else ():
            self._table(table)
        self._members(form)
        if self._total.explanations:
            self._differences()

    # --- tables -----------------------------------------------------------------------------------------------------

    def _table(self, form: FormTable) -> None:
        sheet = self._sheet(form.title)
        slots = printed(form)
        for slot in slots:
            place = sheet.cell(slot.row + 1, slot.column + 1)
            if slot.key is None:
                self._put(place, slot.text)
            else:
                self._figure(place, self._cells[form.key, *slot.key])
            for down in range(slot.rows):
                for right in range(slot.columns):
                    covered = sheet.cell(slot.row + 1 + down, slot.column + 1 + right)
                    covered.border, covered.alignment = self._border, self._centred
            if slot.rows > 1 or slot.columns > 1:
                first, last = slot.row + 1, slot.row + slot.rows
                sheet.merge_cells(
                    start_row=first, end_row=last, start_column=slot.column + 1, end_column=slot.column + slot.columns
                )
        labels = min(slot.column for slot in slots if slot.key)
        for number in range(max(slot.column for slot in slots) + 1):
            _widen(sheet, number + 1, WIDE if number < labels else NARROW)

    def _figure(self, place: Any, cell: TotalCell) -> None:
        """The sum; where the parent has another figure, this is coloured, and the parent's stands in a comment."""
        if cell.unread:
            self._put(place, "?")
            place.fill = self._unknown
            self._comment(place, self._words["list"].join(cell.unread))
            return
        self._put(place, cell.sum)
        if cell.difference:
            place.fill = self._different
            parent = self._words["blank"] if cell.parent is None else proposed(cell.parent)
            self._comment(place, f"{self._words['parent']}{self._words['colon']}{parent}")

    # --- members ----------------------------------------------------------------------------------------------------

    def _members(self, form: Form | None) -> None:
        """A column a member, a row a cell: what each of them reports."""
        said, compared = self._words, self._total.parent is not None and self._total.parent.error is None
        sheet = self._sheet(said["members"])
        heads = [said["cells"], said["sum"]]
        heads += [said["parent"], said["difference"]] if compared else []
        members = self._total.members
        for line, label in enumerate((said["path"], said["status"], said["reason"]), 2):
            self._put(sheet.cell(line, 1), label)
        for number, head in enumerate(heads, 1):
            self._put(sheet.cell(1, number), head)
            _widen(sheet, number, 2 * WIDE if number == 1 else NARROW)
        for number, member in enumerate(members, len(heads) + 1):
            for line, text in enumerate((member.name, member.path, status_word(said, member.status)), 1):
                self._put(sheet.cell(line, number), text)
            self._put(sheet.cell(4, number), self._reason(member))
            _widen(sheet, number, NARROW)
        for line, cell in enumerate(self._total.cells if form is not None else (), 5):
            assert form is not None
            table = form.table(cell.table)
            # One cell, lest the sheet be taken for one more table of the form.
            label = f"{table.title} › {table.row(cell.row).label} × {table.column(cell.column).label}"
            figures = [cell.sum, *([cell.parent, cell.difference] if compared else [])]
            own = [member.figures.get((cell.table, cell.row, cell.column)) for member in members]
            for number, value in enumerate([label, *figures, *own], 1):
                self._put(sheet.cell(line, number), value)
        sheet.freeze_panes = sheet.cell(5, len(heads) + 1)

    def _reason(self, member: Member) -> str:
        if member.error is not None:
            return failure_text(self._words, member.error)
        return self._words["list"].join([member.note, *(fault.text for fault in member.faults)]).strip("、, ")

    def _differences(self) -> None:
        sheet = self._sheet(self._words["differences"])
        for line, one in enumerate(self._total.explanations, 1):
            self._put(sheet.cell(line, 1), one.text)
        _widen(sheet, 1, 5 * WIDE)

    # --- cells ------------------------------------------------------------------------------------------------------

    def _sheet(self, title: str) -> Any:
        sheet = self._book.create_sheet(_FORBIDDEN.sub(" ", harmless(title))[:LONGEST_TITLE] or "-")
        sheet.page_setup.orientation = "landscape"
        sheet.page_setup.fitToHeight = 0
        sheet.sheet_properties.pageSetUpPr = self._fitting
        return sheet

    def _put(self, place: Any, value: Number | str | None) -> None:
        if value is None:
            return
        if not isinstance(value, str) and -EXACT < value < EXACT:
            place.value = value
            return
        place.value = harmless(str(value))[:LONGEST_TEXT]
        # A text that begins like a formula stays a text.
        place.data_type = "s"

    def _comment(self, place: Any, text: str) -> None:
        from openpyxl.comments import Comment

        place.comment = Comment(harmless(text)[:LONGEST_TEXT], "gilint")


def _widen(sheet: Any, number: int, cells: int) -> None:
    from openpyxl.utils import get_column_letter

    sheet.column_dimensions[get_column_letter(number)].width = cells
