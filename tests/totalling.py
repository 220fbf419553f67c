"""Departments whose reports add up to that of their government, in files of mixed formats.

A sheet maps cells ``(table, row, column)`` to figures, as in :mod:`slips`.
"""

from decimal import Decimal
from functools import cache
from random import Random

import annual
import documents
from slips import DISCLOSURE, bound, generated, linter

NAMES = (
    "教育局",
    "科技局",
    "民政局",
    "司法局",
    "财政局",
    "交通局",
    "水务局",
    "农业局",
    "商务局",
    "文旅局",
    "卫健局",
    "应急局",
    "审计局",
    "统计局",
    "医保局",
    "林业局",
    "信访局",
    "体育局",
    "气象局",
    "档案局",
)
REGION = "青河市云山区"
FORMATS = ("docx", "html", "xlsx", "json", "txt", "md")
WRITERS = {
    "docx": lambda report: documents.write_docx(documents.blocks(report)),
    "html": lambda report: documents.write_html(documents.blocks(report)),
    "xlsx": lambda report: documents.write_workbook(documents.blocks(report)),
    "txt": lambda report: documents.write_text(documents.blocks(report)),
    "md": lambda report: documents.write_markdown(documents.blocks(report)),
    "json": documents.write_json,
}
SIZES = ("small", "thousands", "mostly zeros")


def sheets(count, seed=5):
    """So many sheets that tie out, small and large ones."""
    chance = Random(seed)
    form, _ = bound("2021")
    return [{**disclosure(chance), **generated(form, chance, SIZES[number % 3])} for number in range(count)]


def disclosure(chance):
    columns = {"reg": ("issued", "repealed", "valid"), "norm": ("issued", "repealed", "valid")}
    columns |= dict.fromkeys(("licence", "penalty", "coercion"), ("decisions",))
    found = {(DISCLOSURE, row, column): chance.randrange(40) for row, names in columns.items() for column in names}
    return {**found, (DISCLOSURE, "fee", "amount"): Decimal(chance.randrange(10_000)) / 100}


def summed(found):
    """The sheet of the government: every cell the sum of those of its departments."""
    found = list(found)
    return {key: sum((one[key] or 0 for one in found), 0) for key in found[0]}


def report(name, sheet, year=2024):
    """The report of a department of this name with the figures of a sheet."""
    read = _base(name, year)
    tables = {
        key: table.replace(
            cells={place: cell.replace(raw=_printed(sheet.get((key, *place)))) for place, cell in table.cells.items()}
        )
        for key, table in read.tables.items()
    }
    return read.replace(tables=tables)


@cache
def _base(name, year):
    text = annual.report().replace("青河市云山区水务局", REGION + name)
    return linter().read(text.replace("2025年", f"{year + 1}年").replace("2024年", f"{year}年").encode(), "base.txt")


def _printed(figure):
    return "" if figure is None else str(figure)


def write(folder, name, sheet, suffix, year=2024):
    """The file of a report; returns its path."""
    path = folder / f"{name}.{suffix}"
    path.write_bytes(WRITERS[suffix](report(name, sheet, year)))
    return path


def write_office(place, sheets):
    """Departments in several formats below ``parts``, and their government, in a folder that is made for them."""
    (place / "parts").mkdir()
    write_all(place / "parts", sheets)
    write(place, "人民政府", summed(sheets), "docx")
    return place


def write_all(folder, found, names=NAMES):
    """The files of departments in one format after the other."""
    return [
        write(folder, name, sheet, FORMATS[at % len(FORMATS)])
        for at, (name, sheet) in enumerate(zip(names, found, strict=False))
    ]
