"""Tables of a form as text in the layouts in which they reach a linter.

A table is given as ``{row key: [raw cell, …]}``; every layout is a function from ``(form table, cells)`` to lines.
Those in ``KEEPING`` lose nothing: what is read must be what was printed. Those in ``DROPPING`` lose blank cells or the
border between two cells: a row must come back exactly or not at all.
"""

from gilint.text import width


def level(label):
    """1 for 一、, 2 for （一）, 3 for 1. — how deep a row label stands in the table with merged cells."""
    if label[0] in "（(":
        return 2
    return 3 if label[0].isdigit() else 1


class Slot:
    """A cell of the printed table: ``text``, and the slots that it covers to the right and below."""

    def __init__(self, text, columns=1, rows=1, kind="value"):
        self.text, self.columns, self.rows, self.kind = text, columns, rows, kind


def grid(table, cells):
    """The rows of the printed table, merged cells as they are in the official form."""
    if table.layout == "line":
        return line_grid(table, cells)
    return labelled_grid(table, cells) if table.note else sectioned_grid(table, cells)


def labelled_grid(table, cells):
    """The table of requests: three columns of labels, merged as far as their numbering goes.

    A row that is not among the cells is not printed; ``(label, values)`` as a row's cells prints it with another label.
    """
    count = len(table.columns)
    rows = [
        [Slot(table.note, 3, 3, "head"), Slot(table.headers[0], count, 1, "head")],
        [
            Slot(table.columns[0].label, 1, 2, "head"),
            Slot(table.headers[1], count - 2, 1, "head"),
            Slot(table.columns[-1].label, 1, 2, "head"),
        ],
        [Slot(column.label, 1, 1, "head") for column in table.columns[1:-1]],
    ]
    waiting = []
    for index, row in enumerate(table.rows):
        depth = level(row.label)
        if row.key is None:
            below = table.rows[index + 1 :]
            end = next((at for at, one in enumerate(below) if level(one.label) <= depth), len(below))
            height = sum(1 for one in below[:end] if one.key in cells)
            if not height:
                continue
            waiting.append(Slot(row.label, 1, height, "label"))
            continue
        if row.key not in cells:
            continue
        name, values = cells[row.key] if isinstance(cells[row.key], tuple) else (row.label, cells[row.key])
        rows.append([*waiting, Slot(name, 4 - depth, 1, "label"), *(Slot(raw) for raw in values)])
        waiting = []
    return rows


def sectioned_grid(table, cells):
    """The table of disclosure: a heading across, the names of the columns, rows of one to three values."""
    headers = list(table.headers[:-1])
    rows, columns = [], None
    for row in table.value_rows:
        if row.columns != columns or row.key in ("licence", "penalty", "fee"):
            columns = row.columns
            rows.append([Slot(headers.pop(0), 4, 1, "head")])
            wide = 3 // len(columns)
            rows.append(
                [Slot(table.headers[-1], 1, 1, "head")]
                + [Slot(table.column(key).label, wide, 1, "head") for key in columns]
            )
        if row.key in cells:
            wide = 3 // len(columns)
            rows.append([Slot(row.label, 1, 1, "label"), *(Slot(raw, wide) for raw in cells[row.key])])
    return rows


def line_grid(table, cells):
    heads = [row.label for row in table.rows]
    names = [column.label for column in table.columns]
    return [
        [Slot(heads[0], 5, 1, "head"), Slot(table.headers[0], 10, 1, "head")],
        [*(Slot(name, 1, 2, "head") for name in names), Slot(heads[1], 5, 1, "head"), Slot(heads[2], 5, 1, "head")],
        [Slot(name, 1, 1, "head") for name in names * 2],
        [Slot(raw) for row in table.rows for raw in cells[row.key]],
    ]


def spread(rows):
    """Every slot of the grid, ``None`` where a merged cell covers it."""
    hanging, result = {}, []
    for row in rows:
        line, left = [], list(row)
        column = 0
        while left or hanging.get(column):
            if hanging.get(column):
                hanging[column] -= 1
                line.append(None)
                column += 1
                continue
            slot = left.pop(0)
            line.append(slot)
            for offset in range(slot.columns):
                if offset:
                    line.append(None)
                if slot.rows > 1:
                    hanging[column + offset] = slot.rows - 1
            column += slot.columns
        result.append(line)
    return result


def vertical(rows):
    """Rows as Word has them: cells merged downwards are blank, cells merged across are one."""
    hanging, result = {}, []
    for row in rows:
        line, left, column = [], list(row), 0
        while left or hanging.get(column):
            if hanging.get(column):
                wide = hanging[column].columns
                hanging[column].rows -= 1
                if not hanging[column].rows:
                    del hanging[column]
                line.append("")
                column += wide
                continue
            slot = left.pop(0)
            line.append(slot.text)
            if slot.rows > 1:
                hanging[column] = Slot("", slot.columns, slot.rows - 1)
            column += slot.columns
        result.append(line)
    return result


# --- one cell a line ---------------------------------------------------------------------------------------------


def tab_cells(table, cells):
    """Word saved as text: a cell a line behind a tab, an empty line behind each row, merged cells a lone tab."""
    return [line for row in vertical(grid(table, cells)) for line in (*("\t" + text for text in row), "")]


def tab_cells_padded(table, cells):
    pads = ["", " ", "\xa0", "　　", " \u3000"]
    return [
        line if line in ("", "\t") else "\t" + pads[at % 5] + line[1:] + pads[(at // 5) % 3]
        for at, line in enumerate(tab_cells(table, cells))
    ]


def tab_cells_unbroken(table, cells):
    """The same without empty lines."""
    return [line for line in tab_cells(table, cells) if line]


def tab_cells_spaced(table, cells):
    """The same with an empty line behind every cell."""
    return [part for line in tab_cells_unbroken(table, cells) for part in (line, "")]


def tab_cells_vanished(table, cells):
    """Merged cells leave no line."""
    return [line for row in grid(table, cells) for line in (*("\t" + slot.text for slot in row), "")]


def tab_cells_spread(table, cells):
    """Merged cells leave a lone tab for each slot that they cover, across as well."""
    return [
        line
        for row in spread(grid(table, cells))
        for line in (*("\t" + (slot.text if slot else "") for slot in row), "")
    ]


def tab_cells_broken(table, cells):
    """Labels go on in lines without a tab, even behind an empty line."""
    lines = []
    for at, line in enumerate(tab_cells(table, cells)):
        if len(line) > 6 and not line[1].isdigit():
            cut = 3 + at % 3
            lines += [line[:cut], *([""] if at % 2 else []), line[cut:]]
        else:
            lines.append(line)
    return lines


def pipe_cells(table, cells):
    """A cell a line before a pipe, irregular fill at the end of a row."""
    lines = []
    for at, row in enumerate(grid(table, cells)):
        lines += [f"{slot.text} |" for slot in row]
        if at % 3 == 1:
            lines.append("||")
    return lines


def pipe_cells_kept(table, cells):
    return [f"{text} |" for row in vertical(grid(table, cells)) for text in row]


def bare_cells(table, cells):
    """A cell a line without any mark; blank cells vanish or leave an empty line."""
    return [slot.text for row in grid(table, cells) for slot in row]


# --- one row a line ----------------------------------------------------------------------------------------------


def tab_rows(table, cells):
    return ["\t".join(slot.text for slot in row) for row in grid(table, cells)]


def tab_rows_blank(table, cells):
    return ["\t".join(slot.text if slot else "" for slot in row) for row in spread(grid(table, cells))]


def tab_rows_vertical(table, cells):
    return ["\t".join(row) for row in vertical(grid(table, cells))]


def pipes_closed(table, cells):
    return [" | ".join(slot.text for slot in row) + " |" for row in grid(table, cells)]


def pipes_open(table, cells):
    return [" | ".join(slot.text for slot in row) for row in grid(table, cells)]


def pipes_both(table, cells):
    return ["| " + " | ".join(slot.text for slot in row) + " |" for row in grid(table, cells)]


def pipes_blank(table, cells):
    return ["| " + " | ".join(slot.text if slot else "" for slot in row) + " |" for row in spread(grid(table, cells))]


def pipes_tight(table, cells):
    return ["|" + "|".join(slot.text if slot else "" for slot in row) + "|" for row in spread(grid(table, cells))]


def pipes_blank_open(table, cells):
    return [" | ".join(slot.text if slot else "" for slot in row) for row in spread(grid(table, cells))]


def pipes_vertical(table, cells):
    return ["| " + " | ".join(row) + " |" for row in vertical(grid(table, cells))]


def pipes_wide(table, cells):
    return ["｜".join(slot.text for slot in row) + "｜" for row in grid(table, cells)]


def pipes_filled(table, cells):
    """Rows filled up with pipes to one width."""
    rows = grid(table, cells)
    most = max(len(row) for row in rows)
    return [" | ".join(slot.text for slot in row) + " |" + "|" * (most - len(row)) for row in rows]


def markdown(table, cells):
    rows = spread(grid(table, cells))
    lines = ["| " + " | ".join(slot.text if slot else "" for slot in row) + " |" for row in rows]
    most = max(len(row) for row in rows)
    return [lines[0], "|" + "---|" * most, *lines[1:]]


def markdown_bold(table, cells):
    rows = [
        [f"**{slot.text}**" if slot.kind == "head" else slot.text.replace("|", "\\|") for slot in row]
        for row in grid(table, cells)
    ]
    most = max(len(row) for row in rows)
    lines = ["| " + " | ".join(row) + " |" for row in rows]
    return [lines[0], "|" + ":---:|:--|--:|" * (most // 3) + ":---|" * (most % 3), *lines[1:]]


# --- numbers behind a label --------------------------------------------------------------------------------------


def runs(table, cells, between=" "):
    return [between.join(slot.text for slot in row if slot.text) for row in grid(table, cells)]


def runs_wide(table, cells):
    return runs(table, cells, "　")


def runs_spaced(table, cells):
    return runs(table, cells, "    ")


def runs_next_line(table, cells):
    """The label on a line, its numbers on the next one."""
    lines = []
    for row in grid(table, cells):
        labels = [slot.text for slot in row if slot.kind != "value"]
        values = [slot.text for slot in row if slot.kind == "value" and slot.text]
        lines += [" ".join(part) for part in (labels, values) if part]
    return lines


def cut(text, cells):
    """Pieces of at most ``cells`` terminal cells."""
    pieces, piece = [], ""
    for char in text:
        if width(piece + char) > cells:
            pieces.append(piece)
            piece = ""
        piece += char
    return [*pieces, piece]


def page(table, cells, widths=None, breaks=()):
    """pdftotext -layout: a grid of characters, labels broken inside their cell and centred downwards."""
    rows = grid(table, cells)
    slots = spread(rows)
    most = max(len(row) for row in slots)
    if widths is None:
        if table.note:
            widths = [4, 10, 26] + [9] * (most - 3)
        elif table.layout == "line":
            widths = [6] * most
        else:
            widths = [24] + [14] * (most - 1)
    heights = []
    for row in slots:
        tall = 1
        for at, slot in enumerate(row):
            if slot and slot.rows == 1:
                tall = max(tall, len(cut(slot.text, sum(widths[at : at + slot.columns]) - 2)))
        heights.append(tall)
    total = sum(heights)
    lines = [{} for _ in range(total)]
    top = 0
    for index, row in enumerate(slots):
        for at, slot in enumerate(row):
            if not slot or not slot.text:
                continue
            pieces = cut(slot.text, max(2, sum(widths[at : at + slot.columns]) - 2))
            room = sum(heights[index : index + slot.rows])
            first = top + max(0, (room - len(pieces)) // 2)
            for offset, piece in enumerate(pieces):
                lines[min(first + offset, total - 1)][sum(widths[:at])] = piece
        top += heights[index]
    result = []
    for number, line in enumerate(lines):
        text = ""
        for x in sorted(line):
            text += " " * max(1 if text else 0, x - width(text)) + line[x]
        result.append("  " + text)
        if number in breaks:
            result += ["", "                              - 4 -", "\f"]
    return result


def page_broken(table, cells):
    """The same with page numbers in between."""
    return page(table, cells, breaks=(7, 19, 31))


def page_bare_numbers(table, cells):
    """Page numbers without marks, before a form feed."""
    lines = []
    for number, line in enumerate(page(table, cells)):
        lines.append(line)
        if number in (8, 22):
            lines += ["", "                      3", "\f"]
    return lines


def values_in_three(table, cells):
    lines = pipes_closed(table, cells)[:-1]
    return lines + [" ".join(cells[row.key]) for row in table.rows]


def values_each(table, cells):
    lines = pipes_closed(table, cells)[:-1]
    return lines + [raw for row in table.rows for raw in cells[row.key]]


KEEPING = [
    tab_cells, tab_cells_padded, tab_cells_unbroken, tab_cells_spaced, tab_cells_vanished, tab_cells_spread,
    tab_cells_broken, pipe_cells_kept, tab_rows, tab_rows_blank, tab_rows_vertical, pipes_closed, pipes_open,
    pipes_both, pipes_blank, pipes_tight, pipes_blank_open, pipes_vertical, pipes_wide, pipes_filled, markdown,
    markdown_bold,
]  # fmt: skip
DROPPING = [
    pipe_cells, bare_cells, runs, runs_wide, runs_spaced, runs_next_line, page, page_broken, page_bare_numbers,
]  # fmt: skip
IN_LINES = [values_in_three, values_each]


# --- reports ----------------------------------------------------------------------------------------------------------


def report(form, layouts, cells):
    """A report of ``form`` with its tables in these layouts: table key → layout, table key → cells."""
    year = 2024 if form.first_year == 2021 else 2020
    lines = [f"平澜县水务局{year}年政府信息公开工作年度报告", "", "根据规定编制本报告。", ""]
    for section, numeral in zip(form.sections, "一二三四五六", strict=True):
        lines += [f"{numeral}、{section.title}", ""]
        table = next((table for table in form.tables if table.section == section.key), None)
        lines += layouts[table.key](table, cells[table.key]) if table else ["本部分没有变化。"]
        lines.append("")
    return "\n".join([*lines, "平澜县水务局", "", f"{year + 1}年1月16日", ""])
