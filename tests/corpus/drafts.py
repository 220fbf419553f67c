"""The clean reports of the corpus as drafts: paragraphs and cells that a defect may change before they are judged.

``draft("county-2021")`` is the report of ``reports/county-2021.txt``. A change gives a new draft, or ``None`` where the
report has nothing to change in that way.
"""

import re
from copy import deepcopy
from functools import cache
from pathlib import Path

import documents

from gilint import Linter

REPORTS = Path(__file__).parent / "reports"
NAMES = tuple(sorted(path.stem for path in REPORTS.glob("*.txt")))


@cache
def linter():
    return Linter(config=False)


@cache
def original(name):
    """The report as gilint reads it."""
    return linter().read(REPORTS / f"{name}.txt")


def draft(name):
    return Draft(original(name))


class Draft:
    """``blocks`` as of :mod:`documents`, each with its ``role`` and the key of its ``section`` (``None`` above)."""

    def __init__(self, report):
        self.report, self.form = report, report.form
        self.issuer, self.kind, self.year = report.issuer, report.issuer_kind, report.year
        self.trial = report.form.id.endswith("2019")
        self.blocks = documents.blocks(report)
        passages = iter(report.passages)
        place = (None, "title")
        for block in self.blocks:
            if block.kind != "table":
                passage = next(passages)
                place = (passage.address.section, passage.role)
            block.section, block.role = place
        self.titles = {
            key: next(block for block in self.blocks if block.section == key and block.kind == "heading")
            for key in report.sections
        }

    def copy(self):
        other = object.__new__(Draft)
        vars(other).update(vars(self))
        other.blocks = deepcopy(self.blocks)
        other.titles = {
            key: next((block for block in other.blocks if block.section == key and block.kind == "heading"), None)
            for key in self.report.sections
        }
        return other

    def data(self):
        return documents.write_text(self.blocks)

    # --- text -------------------------------------------------------------------------------------------------------

    def texts(self, section=None):
        """The blocks of a section that are paragraphs, or those before the first section."""
        return [
            block
            for block in self.blocks
            if block.section == section and block.kind in ("text", "heading") and block is not self.titles.get(section)
        ]

    def text(self, section):
        return "\n".join(block.text for block in self.texts(section))

    def say(self, sentence):
        """The sentence at the end of the first paragraph of the overview that is one."""
        other = self.copy()
        block = next(block for block in other.texts("overview") if block.text[-1] == "。" and len(block.text) > 40)
        block.text += sentence
        return other

    def sub(self, pattern, new, section=None, *, count=1):
        """Changes the first match in a section's paragraphs."""
        other = self.copy()
        for block in other.texts(section):
            if re.search(pattern, block.text):
                block.text = re.sub(pattern, new, block.text, count=count)
                return other
        return None

    def titled(self, key, text):
        other = self.copy()
        other.titles[key].text = text
        return other

    def add(self, section, *texts):
        """Paragraphs at the end of a section."""
        other = self.copy()
        last = max(index for index, block in enumerate(other.blocks) if block.section == section)
        other.blocks[last + 1 : last + 1] = [other.paragraph(section, text) for text in texts]
        return other

    def refill(self, section, *texts):
        """A section with these paragraphs in place of its own."""
        other = self.copy()
        gone = set(map(id, other.texts(section)))
        other.blocks = [block for block in other.blocks if id(block) not in gone]
        return other.add(section, *texts)

    def without(self, section):
        other = self.copy()
        other.blocks = [block for block in other.blocks if block.section != section]
        return other

    def line(self, role):
        """The blocks of a role: title, or the two lines of the sign-off."""
        return [block for block in self.blocks if block.role == role]

    def reword(self, role, pattern, new):
        other = self.copy()
        for block in other.line(role):
            if re.search(pattern, block.text):
                block.text = re.sub(pattern, new, block.text, count=1)
                return other
        return None

    @staticmethod
    def paragraph(section, text, kind="text"):
        block = documents.Block(kind, text)
        block.section, block.role = section, "prose"
        return block

    # --- tables -----------------------------------------------------------------------------------------------------

    def table(self, key):
        return next(block for block in self.blocks if block.key == key)

    def slots(self, key):
        """(row, column) → the printed slot, and all slots of the table in order."""
        printed = [slot for row in self.table(key).rows for slot in row if slot.kind == "value"]
        names = [(row.key, column) for row in self.form.table(key).value_rows for column in row.columns]
        assert len(printed) == len(names), key
        return dict(zip(names, printed, strict=True))

    def value(self, key, row, column):
        return int(float(self.slots(key)[row, column].text))

    def print(self, key, cells):
        """Other text in some cells: (row, column) → text."""
        other = self.copy()
        slots = other.slots(key)
        for place, text in cells.items():
            slots[place].text = str(text)
        return other

    def raised(self, key, cells):
        """Other numbers in some cells: (row, column) → by how much."""
        return self.print(key, {place: self.value(key, *place) + more for place, more in cells.items()})

    def labelled(self, key, pattern, new):
        """A table with other labels."""
        other = self.copy()
        hit = False
        for row in other.table(key).rows:
            for slot in row:
                if slot.kind != "value" and re.search(pattern, slot.text):
                    slot.text, hit = re.sub(pattern, new, slot.text), True
        return other if hit else None

    def without_table(self, key):
        other = self.copy()
        other.blocks = [block for block in other.blocks if block.key != key]
        return other
