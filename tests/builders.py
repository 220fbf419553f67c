"""Forms and reports for tests, built from small dicts.

``report_with({"parcels": {"new": [7, 1, 8]}})`` is a report of :data:`FORM` that has the table ``parcels``, all zero
but for the row ``new``. A row given as ``None`` is missing, one given as :class:`Unread` could not be read.
"""

from gilint.form import family_from_data
from gilint.model import (
    Address,
    Cell,
    Document,
    Finding,
    Heading,
    Paragraph,
    Passage,
    Report,
    Section,
    Signoff,
    Slice,
    Table,
    TextOrigin,
    UnreadRow,
)
from gilint.numerals import read_cell

PARCELS = {
    "key": "parcels",
    "section": "traffic",
    "title": "Parcels",
    "note": "（first plus second is third plus fourth）",
    "columns": [
        {"key": "near", "label": "Near"},
        {"key": "far", "label": "Far"},
        {"key": "tot", "label": "Total"},
    ],
    "rows": [
        {"key": "new", "label": "Received"},
        {"key": "carry_in", "label": "Brought forward"},
        {"label": "Handled"},
        {"key": "sent", "label": "Sent", "groups": ["leaf"]},
        {"key": "kept", "label": "Kept", "groups": ["leaf"]},
        {"key": "lost", "label": "Lost", "groups": ["leaf"]},
        {"key": "result", "label": "Handled in all"},
        {"key": "carry_out", "label": "Carried forward"},
    ],
}
STOCK = {
    "key": "stock",
    "section": "store",
    "title": "Stock",
    "columns": [
        {"key": "bought", "label": "Bought"},
        {"key": "valid", "label": "In use"},
        {"key": "change", "label": "More or less", "kind": "signed"},
        {"key": "money", "label": "Money", "kind": "amount"},
    ],
    "rows": [
        {"key": "vans", "label": "Vans", "columns": ["bought", "valid", "change"]},
        {"key": "fees", "label": "Fees", "columns": ["money"]},
    ],
}
CASES = {
    "key": "cases",
    "section": "disputes",
    "title": "Cases",
    "layout": "line",
    "columns": [
        {"key": "won", "label": "Won"},
        {"key": "open", "label": "Open"},
        {"key": "tot", "label": "Total"},
    ],
    "rows": [{"key": "first", "label": "First hearing"}, {"key": "second", "label": "Second hearing"}],
}
SECTIONS = [
    {"key": "traffic", "number": 1, "title": "Traffic"},
    {"key": "store", "number": 2, "title": "Store"},
    {"key": "disputes", "number": 3, "title": "Disputes"},
]
NEW = {
    "id": "new",
    "title": {"zh": "新", "en": "new"},
    "years": {"from": 2021},
    "sections": SECTIONS,
    "tables": [PARCELS, STOCK, CASES],
}
OLD = {
    **NEW,
    "id": "old",
    "years": {"from": 2019, "to": 2020},
    "tables": [{**PARCELS, "rows": [row for row in PARCELS["rows"] if row.get("key") != "lost"]}],
}


def family_with(*forms):
    """A family of these forms, given as data."""
    return family_from_data("post", {"name": "Post", "titles": ["Post"]}, forms)


FAMILY = family_with(OLD, NEW)
OLD_FORM, FORM = FAMILY.forms


class Unread:
    """A row whose cells could not be told apart."""

    def __init__(self, raw):
        self.raw = raw


def slice_at(line, text, address=None, role="prose"):
    """A line of text, as the slice that covers it."""
    origin = TextOrigin(((0, line, 1),))
    return Slice(Passage(line, text, origin, role, address or Address()), 0, len(text))


def report_with(tables=None, *, form=FORM, header=True, notes=True, **changes):
    """A report of ``form`` with these tables: table → row → cells in the order of the row's columns.

    Rows that are not named are all zero. ``header`` and ``notes`` say whether the tables print theirs; ``changes`` are
    fields of the report.
    """
    lines = _Lines()
    sections = {}
    for section in form.sections:
        address = Address((section.title,), section.key)
        at = lines.slice(section.title, address)
        heading = Heading(1, section.number, section.title, at, section.key)
        sections[section.key] = Section(section.key, heading, (), (), (), address)
    found = {key: _table(form.table(key), rows, lines, header, notes) for key, rows in (tables or {}).items()}
    blocks = tuple(Paragraph(text, TextOrigin(((0, line, 1),))) for line, text in enumerate(lines.texts, 1))
    fields = {
        "form": form,
        "source": Document("report.txt", "text", "utf-8", blocks, {}),
        "title": slice_at(1, "Post 2024"),
        "issuer": "Post",
        "issuer_kind": None,
        "year": 2024,
        "period": None,
        "signoff": Signoff(None, None, None),
        "passages": (),
        "headings": (),
        "sections": sections,
        "tables": found,
        "foreign_labels": (),
        "facts": {},
        "address": Address(("Post 2024",)),
    }
    return Report(**{**fields, **changes})


class _Lines:
    """The lines of a report, as they come."""

    def __init__(self):
        self.texts = []

    def slice(self, text, address):
        self.texts.append(text)
        return slice_at(len(self.texts), text, address)


def _table(form_table, given, lines, header, notes):
    address = Address((form_table.title,), form_table.section, form_table.key)
    printed = [form_table.note] if notes and form_table.note else []
    printed += [column.label for column in form_table.columns] if header else []
    head = tuple(lines.slice(text, address) for text in printed)
    cells, labels, unread, missing = {}, {}, [], []
    for row in form_table.value_rows:
        content = given.get(row.key, [0] * len(row.columns))
        if content is None:
            missing.append(row.key)
            continue
        place = address.replace(row=row.key)
        labels[row.key] = lines.slice(row.label, place)
        if isinstance(content, Unread):
            unread.append(UnreadRow(row.key, row.label, content.raw, "text", place, labels[row.key]))
            continue
        for column, raw in zip(row.columns, content, strict=True):
            label = f"{row.label} × {form_table.column(column).label}"
            where = place.replace(trail=(form_table.title, label), column=column)
            at = lines.slice(str(raw), where)
            reading = read_cell(str(raw))
            cells[row.key, column] = Cell(
                str(raw), reading.kind, reading.value, reading.style, where, at.passage.origin
            )
    return Table(form_table.key, form_table.title, cells, tuple(unread), tuple(missing), labels, head, address)


def run(check, report, /, **options):
    """What a check yields for a report, its options prepared for the family of the report's form."""
    prepared = check.prepare(options, FAMILY) if check.prepare else options
    return list(check.function(report, prepared))


def finding_at(report, rule, table, row, column):
    """A finding of ``rule`` at a cell."""
    cell = report.tables[table][row, column]
    return Finding(rule, rule.lower(), "error", rule, "", "", (), cell.address, cell.span, cell.raw, "", cell)
