"""Tables of a form as the grids that documents, pages and sheets hold.

A table is drawn on a *canvas*: rows of slots, each slot with the :class:`Piece` that is seen there, so that a merged
cell is one piece in several slots. Arrangements and damages change canvases; :class:`Book` makes a document of them
and knows from which piece each cell of the document came.
"""

from documents import places
from printing import grid

from gilint.model import Document, Grid, GridCell, Paragraph, WordOrigin


class Piece:
    """A cell of a canvas. ``kind``: head, label, value, blank or note; ``place`` is (table, row, column) of a value."""

    def __init__(self, text="", kind="blank", place=None):
        self.text, self.kind, self.place = text, kind, place

    def copy(self):
        return Piece(self.text, self.kind, self.place)


def canvas(table, cells):
    """The table as the form prints it, merged cells merged; ``cells`` is {row key: [text, …]}."""
    rows = grid(table, cells)
    values = iter([(table.key, row.key, key) for row in table.value_rows if row.key in cells for key in row.columns])
    width = max(sum(slot.columns for slot in row) for row in rows)
    drawn = [[None] * width for _row in rows]
    for row, column, slot in places(rows):
        piece = Piece(slot.text, slot.kind, next(values) if slot.kind == "value" else None)
        for down in range(slot.rows):
            drawn[row + down][column : column + slot.columns] = [piece] * slot.columns
    for line in drawn:
        # The last cell of a short row reaches to the edge.
        while None in line:
            at = line.index(None)
            line[at] = line[at - 1]
    return drawn


# --- arrangements: the same table, other cells ------------------------------------------------------------------------


def extents(drawn):
    """For each piece the slots (row, column) in which it is seen."""
    seen = {}
    for row, line in enumerate(drawn):
        for column, piece in enumerate(line):
            seen.setdefault(piece, []).append((row, column))
    return seen


def unmerged(drawn, *, across=True, down=True, repeat=False):
    """Merged cells taken apart across and down: the text stays in the first, or in all of a label's."""
    result = [list(line) for line in drawn]
    for piece, slots in extents(drawn).items():
        top, left = slots[0]
        parts = {(0, 0): piece}
        for row, column in slots:
            part = (row - top if down else 0, column - left if across else 0)
            if part not in parts:
                parts[part] = piece.copy() if repeat and piece.kind in ("head", "label") else Piece()
            result[row][column] = parts[part]
    return result


def widened(drawn, widths):
    """Each column of the canvas several slots wide."""
    return [[piece for piece, width in zip(line, widths, strict=True) for _slot in range(width)] for line in drawn]


def with_column(drawn, at):
    """A blank column before the one at ``at``; what is merged over the place grows by it."""
    result = []
    for line in drawn:
        merged = 0 < at < len(line) and line[at - 1] is line[at]
        result.append([*line[:at], line[at] if merged else Piece(), *line[at:]])
    return result


def with_row(drawn, at, pieces=None):
    """A row of blank cells, or of these, before the one at ``at``; what is merged over the place grows by it."""
    new = []
    for column in range(len(drawn[0])):
        merged = 0 < at < len(drawn) and drawn[at - 1][column] is drawn[at][column]
        new.append(drawn[at][column] if merged else pieces[column] if pieces else Piece())
    return [*drawn[:at], new, *drawn[at:]]


def with_note(drawn, text="注：各列数据为本机关全年办理数量。"):
    note = Piece(text, "note")
    return [*drawn, [note] * len(drawn[0])]


def broken_labels(drawn, every=5):
    """Labels in lines of a few characters each."""
    for piece in extents(drawn):
        if piece.kind in ("head", "label"):
            text = piece.text
            piece.text = "\n".join([text[at : at + every] for at in range(0, len(text), every)])
    return drawn


def cut(drawn, at, *, header=0, repeat=False):
    """Two canvases, as a page break cuts a table: the header rows may come again, and merged labels too."""
    upper, lower = drawn[:at], [list(line) for line in drawn[at:]]
    above = set(extents(upper))
    again = {}
    for line in lower:
        for column, piece in enumerate(line):
            if piece in above:
                line[column] = again.setdefault(piece, piece.copy() if repeat else Piece())
    heads = {}
    head = [[heads.setdefault(piece, piece.copy()) for piece in line] for line in drawn[:header]]
    return upper, [*head, *lower]


def stacked(*canvases, stretch=False):
    """One canvas of several, one below the other; narrower ones are filled up or their last cells stretched."""
    width = max(len(drawn[0]) for drawn in canvases)
    result = []
    for drawn in canvases:
        for line in drawn:
            missing = width - len(line)
            result.append([*line, *([line[-1]] * missing if stretch else [Piece() for _slot in range(missing)])])
    return result


def text_row(text, width):
    """A row of text over the whole width."""
    return [[Piece(text, "note")] * width]


# --- damages: what clerks do to tables --------------------------------------------------------------------------------


def merged(drawn, first, other, text=None):
    """One cell of two that stand side by side or one below the other."""
    if text is not None:
        first.text = text
    return [[first if piece is other else piece for piece in line] for line in drawn]


def swapped(drawn, one, other):
    rows = list(drawn)
    rows[one], rows[other] = rows[other], rows[one]
    return rows


def doubled(drawn, at):
    """The row at ``at`` once more below itself, and the pieces of the copy; labels merged downwards grow by it."""
    seen = extents(drawn)
    copies = {}
    line = []
    for piece in drawn[at]:
        tall = len({row for row, _column in seen[piece]}) > 1
        line.append(piece if tall else copies.setdefault(piece, piece.copy()))
    return [*drawn[: at + 1], line, *drawn[at + 1 :]], list(copies.values())


class Cells:
    """The cells of a canvas as a grid has them: each where it begins, with its spans."""

    def __init__(self, drawn):
        self.rows = [[] for _line in drawn]
        for piece, slots in extents(drawn).items():
            (top, left), (bottom, right) = slots[0], slots[-1]
            self.rows[top].append([left, piece, bottom - top + 1, right - left + 1])
        for row in self.rows:
            row.sort(key=lambda cell: cell[0])

    def values(self):
        """(row, index) of every cell that holds a value."""
        return [(r, c) for r, row in enumerate(self.rows) for c, cell in enumerate(row) if cell[1].kind == "value"]

    def without(self, row, index):
        """A cell left out: those behind it move up."""
        del self.rows[row][index]
        return self

    def with_extra(self, row, index, text=""):
        self.rows[row].insert(index, [0, Piece(text), 1, 1])
        return self

    def shifted(self, row, index):
        """The border between a cell and the next one moved by a slot, where the first is wide enough."""
        cells = self.rows[row]
        if index + 1 < len(cells) and cells[index][2] == cells[index + 1][2] == 1 and cells[index][3] > 1:
            cells[index][3] -= 1
            cells[index + 1][3] += 1
        return self


class Book:
    """A document under construction: paragraphs and grids in order."""

    def __init__(self):
        self.blocks = []
        self.pieces = {}
        self.tables = 0
        self.paragraphs = 0

    def text(self, *lines):
        for line in lines:
            self.paragraphs += 1
            origin = WordOrigin("docx", len(self.blocks) + 1, paragraph=self.paragraphs)
            self.blocks.append(Paragraph(line, origin))
        return self

    def grid(self, cells):
        """A canvas, or the cells of one."""
        self.tables += 1
        rows = cells.rows if isinstance(cells, Cells) else Cells(cells).rows
        made = []
        for row, line in enumerate(rows, start=1):
            made.append([])
            for index, (_left, piece, down, across) in enumerate(line, start=1):
                origin = WordOrigin("docx", len(self.blocks) + 1, table=self.tables, row=row, cell=index)
                self.pieces[origin.table, origin.row, origin.cell] = piece
                made[-1].append(GridCell(piece.text, origin, down, across))
        self.blocks.append(Grid(tuple(map(tuple, made))))
        return self

    def document(self, name="report.docx", metadata=None, keeps_tables=True):
        return Document(
            name=name,
            format="docx",
            encoding="",
            blocks=tuple(self.blocks),
            metadata=metadata or {},
            keeps_tables=keeps_tables,
        )

    def piece(self, cell):
        """The piece from which a cell of the report was read."""
        span = cell.span
        return self.pieces[span.table, span.row, span.cell]


def opening(form, year=None):
    """The title and what stands below it."""
    year = year or (2024 if form.first_year == 2021 else 2020)
    return [f"平澜县水务局{year}年政府信息公开工作年度报告", "编制本报告。"]


def book(form, tables):
    """A report of a form around its tables: table key → canvas, cells, or a list of them and of texts."""
    made = Book().text(*opening(form))
    for section, numeral in zip(form.sections, "一二三四五六", strict=True):
        made.text(f"{numeral}、{section.title}")
        table = next((table for table in form.tables if table.section == section.key), None)
        if table is None or table.key not in tables:
            made.text("本部分没有变化。")
            continue
        parts = tables[table.key]
        for part in parts if isinstance(parts, tuple) else (parts,):
            made.text(part) if isinstance(part, str) else made.grid(part)
    year = 2025 if form.first_year == 2021 else 2021
    return made.text("平澜县水务局", f"{year}年1月16日")
