"""One report in every format: a report read from text, taken apart into blocks and written anew.

``blocks(report)`` gives what a clerk would type: title, paragraphs, headings and tables with merged cells, in order.
The ``write_*`` functions make files of them, each with a library that has nothing to do with gilint.
"""

import io
import json
from html import escape

from printing import grid


class Block:
    """``kind``: title, heading, text, right (the sign-off) or table; ``rows`` are the printed slots of a table."""

    def __init__(self, kind, text="", rows=None, key=None):
        self.kind, self.text, self.rows, self.key = kind, text, rows, key


def blocks(report):
    """The blocks of a report. A table follows its section's heading, or the text below it if there is any."""
    kinds = {"title": "title", "heading": "heading", "signoff": "right"}
    after = {}
    for key, table in report.tables.items():
        section = report.sections[table.address.section]
        passages = [section.heading.at.passage, *section.passages, *(one.at.passage for one in section.headings)]
        after.setdefault(max(passage.index for passage in passages), []).append(key)
    result = []
    for passage in report.passages:
        result.append(Block(kinds.get(passage.role, "text"), passage.text))
        result.extend(table_block(report, key) for key in after.get(passage.index, ()))
    return result


def table_block(report, key):
    form = report.form.table(key)
    table = report.tables[key]
    cells = {row.key: [table[row.key, column].raw.strip() for column in row.columns] for row in form.value_rows}
    return Block("table", form.title, grid(form, cells), key)


# --- writers ------------------------------------------------------------------------------------------------------


def write_text(parts):
    """Plain text; tables a row a line behind pipes, cells of merged labels left out."""
    lines = []
    for block in parts:
        if block.kind == "table":
            lines += ["".join(f"{slot.text} | " for slot in row).rstrip() for row in block.rows]
            lines.append("")
        else:
            lines += [block.text, ""]
    return "\n".join(lines).encode()


def write_markdown(parts):
    marks = {"title": "# ", "heading": "## "}
    lines = []
    for block in parts:
        if block.kind == "table":
            for number, row in enumerate(block.rows):
                lines.append(f"| {' | '.join(slot.text for slot in row)} |")
                if number == 0:
                    lines.append("|---" * len(row) + "|")
            lines.append("")
        else:
            lines += [marks.get(block.kind, "") + block.text, ""]
    return "\n".join(lines).encode()


def html_table(rows, style=""):
    lines = [f"<table{style}>"]
    for row in rows:
        cells = []
        for slot in row:
            spans = f' colspan="{slot.columns}"' if slot.columns > 1 else ""
            spans += f' rowspan="{slot.rows}"' if slot.rows > 1 else ""
            cells.append(f"<td{spans}>{escape(slot.text)}</td>")
        lines.append(f"<tr>{''.join(cells)}</tr>")
    return "\n".join([*lines, "</table>"])


CSS = """
body { font-family: "Noto Serif CJK SC", serif; font-size: 14px; }
h1 { text-align: center; font-size: 22px; } .right { text-align: right; } p { text-indent: 2em; }
table { border-collapse: collapse; width: 100%; } td { border: 1px solid #000; padding: 2px; text-align: center; }
"""


def write_html(parts, title="", css=CSS):
    """A plain page, as an editor would export it."""
    body = []
    for block in parts:
        if block.kind == "table":
            body.append(html_table(block.rows))
        elif block.kind == "title":
            body.append(f"<h1>{escape(block.text)}</h1>")
        elif block.kind == "heading":
            body.append(f"<p><strong>{escape(block.text)}</strong></p>")
        else:
            body.append(f"<p{' class=right' if block.kind == 'right' else ''}>{escape(block.text)}</p>")
    head = f'<meta charset="utf-8"><title>{escape(title)}</title><style>{css}</style>'
    return f"<!DOCTYPE html>\n<html><head>{head}</head><body>\n{chr(10).join(body)}\n</body></html>\n".encode()


def write_docx(parts):
    """A Word document made with python-docx; cells are merged as Word merges them."""
    import docx
    from docx.enum.text import WD_ALIGN_PARAGRAPH

    document = docx.Document()
    for block in parts:
        if block.kind == "table":
            _docx_table(document, block.rows)
            continue
        paragraph = document.add_paragraph()
        run = paragraph.add_run(block.text)
        if block.kind == "title":
            paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
        if block.kind == "right":
            paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
        run.bold = block.kind in ("title", "heading")
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def _docx_table(document, rows):
    width = max(sum(slot.columns for slot in row) for row in rows)
    table = document.add_table(len(rows), width, style="Table Grid")
    for row, column, slot in places(rows):
        cell = table.cell(row, column)
        if slot.rows > 1 or slot.columns > 1:
            cell = cell.merge(table.cell(row + slot.rows - 1, column + slot.columns - 1))
        cell.text = slot.text


def write_workbook(parts, *, several_sheets=False):
    """A workbook made with openpyxl: text in merged rows, numbers as numbers; tables on sheets of their own or not."""
    import openpyxl

    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "报告"
    below = 1
    for block in parts:
        if block.kind != "table":
            sheet.cell(below, 1, block.text)
            sheet.merge_cells(start_row=below, start_column=1, end_row=below, end_column=10)
            below += 1
            continue
        place, first = (book.create_sheet(block.text[:20]), 1) if several_sheets else (sheet, below)
        for row, column, slot in places(block.rows):
            place.cell(first + row, column + 1, _number(slot))
            if slot.rows > 1 or slot.columns > 1:
                place.merge_cells(
                    start_row=first + row,
                    start_column=column + 1,
                    end_row=first + row + slot.rows - 1,
                    end_column=column + slot.columns,
                )
        if not several_sheets:
            below += len(block.rows) + 1
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _number(slot):
    if slot.kind != "value" or not slot.text.replace(".", "", 1).isdigit():
        return slot.text
    return float(slot.text) if "." in slot.text else int(slot.text)


def places(rows):
    """Row, column and slot of every cell, merged ones where they begin."""
    taken = set()
    for number, row in enumerate(rows):
        column = 0
        for slot in row:
            while (number, column) in taken:
                column += 1
            yield number, column, slot
            taken.update((number + down, column + right) for down in range(slot.rows) for right in range(slot.columns))


def write_json(report):
    """The report itself as data, in the short form that a system hands over."""
    sections = []
    opening = [passage.text for passage in report.passages if passage.role in ("title", "preamble")]
    for key, section in report.sections.items():
        # A heading may run into its text, and is a paragraph of the section then.
        found = [*section.passages, *(heading.at.passage for heading in section.headings)]
        below = {passage.index: passage.text for passage in found}
        texts = [text for _index, text in sorted(below.items())]
        heading = section.heading.at.passage
        sections.append({"key": key, "heading": heading.text, "paragraphs": texts})
    tables = {
        key: {
            row: {column: table[row, column].raw.strip() or None for column in form_row.columns}
            for form_row in report.form.table(key).value_rows
            if (row := form_row.key)
        }
        for key, table in report.tables.items()
    }
    closing = [passage.text for passage in report.passages if passage.role == "signoff"]
    data = {"version": 1, "opening": opening, "sections": sections, "tables": tables, "closing": closing}
    return json.dumps(data, ensure_ascii=False, indent=1).encode()
