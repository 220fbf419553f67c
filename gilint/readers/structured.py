"""The report itself as data: what ``gilint read --format json`` prints, or what a system writes (``docs/data.md``).

Text is read like that of any other format: roles, kinds and values in the data are not believed. Tables are taken by
their keys in the form. Places are JSON Pointers.
"""

from __future__ import annotations

from gilint.errors import InputError, invalid_data
from gilint.given import GivenRow, GivenTable, Opening
from gilint.late import late
from gilint.model import Document, GridCell, Note, Paragraph
from gilint.readers.text import decode
from gilint.readers.values import LONGEST_KEY, Figure, from_json, from_python, from_yaml, pointer
from gilint.readers.walk import NOTHING, Walk
from gilint.text import fold

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from typing import Any

    from gilint.limits import Limits

VERSION = "1"
# fmt: off
KEYS = {
    "report": ("$schema", "version", "form", "title", "issuer", "issuer_kind", "year", "period", "opening", "sections",
               "closing", "tables", "signoff", "source"),
    "title": ("text", "span"),
    "section": ("key", "title", "heading", "headings", "paragraphs", "tables", "span"),
    "paragraph": ("role", "text", "span"),
    "table": ("key", "title", "address", "cells", "unread", "missing_rows"),
    "cell": ("row", "column", "raw", "kind", "value", "address", "span"),
    "unread": ("row", "label", "raw", "reason", "span"),
    "signoff": ("issuer", "date", "date_at"),
    "source": ("name", "format", "encoding", "metadata", "notes", "keeps_tables", "headers"),
    "note": ("kind", "count", "text", "span"),
}
# fmt: on
ROLES = ("title", "preamble", "heading", "prose", "table", "signoff", "outside")
OUTSIDE = ("form", "issuer", "issuer_kind", "year")
"""Keys of the report that are metadata to the recogniser."""

MOST_PARAGRAPHS = 100_000
TITLE_LINES, TITLE_WITHIN = 3, 40
ISO_DATE = late(r"([0-9]{4})-([0-9]{1,2})-([0-9]{1,2})(?:[T ].*)?")


def read_json(data: bytes, name: str, limits: Limits) -> Document:
    text, encoding = decode(data, name)
    return _Data(name).document(from_json(text, name), "json", encoding)


def read_yaml(data: bytes, name: str, limits: Limits) -> Document:
    text, encoding = decode(data, name)
    return _Data(name).document(from_yaml(text, name), "yaml", encoding)


def from_data(data: Mapping[str, Any], name: str) -> Document:
    """The document that a mapping of Python holds: the same keys, dates and decimals as they are.

    Raises ``InputError`` (``invalid-data``).
    """
    return _Data(name).document(from_python(data, name), "data", "")


class _Data(Walk):
    """Makes a document of data."""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self._blocks: list[Paragraph] = []
        self._sections: dict[int, Opening] = {}

    def document(self, data: Any, kind: str, encoding: str) -> Document:
        top = {key: value for key, value in self.mapping(data, "", KEYS["report"]).items() if value is not None}
        if "version" in top and not (isinstance(top["version"], Figure) and top["version"] == VERSION):
            self.faults.append(("/version", f"只认识版本 {VERSION}", f"only version {VERSION} is known"))
        self._opening(top)
        for place, section in self.items(top.get("sections"), "/sections"):
            self._section(section, place)
        self._closing(top)
        source = self.mapping(top.get("source", {}), "/source", KEYS["source"])
        tables = self._tables(top, source)
        metadata = self._metadata(top, source)
        notes = tuple([self._note(note, at) for at, note in self.items(source.get("notes"), "/source/notes")])
        keeps = source.get("keeps_tables", True if tables is not None else None)
        if keeps is not None and not isinstance(keeps, bool):
            self.wrong(keeps, "/source/keeps_tables", ("boolean", "null"))
        if self.faults:
            raise invalid_data(self.name, self.faults)
        blocks = tuple(self._blocks)
        return Document(self.name, kind, encoding, blocks, metadata, notes, keeps, tables, self._sections)

    # --- text ---------------------------------------------------------------------------------------------------------

    def _opening(self, top: Mapping[str, Any]) -> None:
        """The title and what stands before the first section; a title that is given twice is one."""
        lines = self._worded(top.get("title"), "/title")
        self._paragraphs(top.get("opening"), "/opening")
        if not _holds(self._blocks, "".join(line.text for line in lines)):
            self._blocks[:0] = lines

    def _worded(self, value: Any, place: str) -> list[Paragraph]:
        """The lines of a text, or of one that stands under ``text``."""
        if value is None:
            return []
        if isinstance(value, dict):
            data = self.mapping(value, place, KEYS["title"])
            value = data["text"] if self.required(data, ("text",), place) else ""
            place = pointer(place, "text")
        return [*self._lines(self.text(value, place), place)]

    def _paragraphs(self, value: Any, place: str) -> None:
        """Paragraphs: text in lines, or a list of texts and of passages."""
        if isinstance(value, str) and not isinstance(value, Figure):
            self._add(self._lines(self.text(value, place), place))
            return
        if value is not None and not isinstance(value, list):
            self.wrong(value, place, ("array", "string"))
            return
        for inner, one in self.items(value, place):
            if isinstance(one, dict):
                self._add([self._passage(one, inner)])
            else:
                self._add(self._lines(self.text(one, inner), inner))

    def _passage(self, value: Any, place: str, least: int = 0) -> Paragraph:
        """A paragraph as a mapping; its role only says whether it is a heading, which a number need not tell."""
        passage = self.mapping(value, place, KEYS["paragraph"])
        role = passage.get("role", "prose")
        if role not in ROLES:
            self.unknown("角色", "role", str(role), ROLES, pointer(place, "role"))
        inner = pointer(place, "text")
        text = self.text(passage["text"], inner, least) if self.required(passage, ("text",), place) else ""
        return Paragraph(text, self.origin(inner), 1 if role == "heading" else 0)

    def _lines(self, text: str, place: str) -> Iterator[Paragraph]:
        origin = self.origin(place)
        for line in text.replace("\r\n", "\n").replace("\r", "\n").split("\n"):
            if line and not line.isspace():
                yield Paragraph(line, origin)

    def _add(self, paragraphs: Iterable[Paragraph]) -> None:
        self._blocks.extend(paragraphs)
        if len(self._blocks) > MOST_PARAGRAPHS:
            zh, en = f"超过 {MOST_PARAGRAPHS} 段", f"more than {MOST_PARAGRAPHS} paragraphs"
            advice = {
                "zh": "一份报告通常不足 1000 段，请只保留报告",
                "en": "a report is usually below 1,000: keep only it",
            }
            raise InputError("too-large", self.name, {"zh": zh, "en": en}, advice)

    def _section(self, value: Any, place: str) -> None:
        section = self.mapping(value, place, KEYS["section"])
        key = self.optional(section, "key", place)
        if key:
            printed = section.get("heading") is not None
            self._sections[len(self._blocks)] = Opening(key, self.origin(pointer(place, "key")), printed)
        self._add([self._heading(section, key, place)])
        self._paragraphs(section.get("paragraphs"), pointer(place, "paragraphs"))
        for at, table in self.items(section.get("tables"), pointer(place, "tables")):
            self.text(table, at)

    def _heading(self, section: Mapping[str, Any], key: str, place: str) -> Paragraph:
        """The heading of a section: as it is printed, else its title, else its key."""
        heading, inner = section.get("heading"), pointer(place, "heading")
        title = self.optional(section, "title", place).strip()
        if isinstance(heading, dict):
            return self._passage(heading, inner, 1).replace(level=1)
        if heading is not None:
            return Paragraph(self.text(heading, inner, 1), self.origin(inner), 1)
        if section is not NOTHING and not (title or key):
            self.faults.append((place, "缺少 title 或 key", "needs a title or a key"))
        return Paragraph(title or key, self.origin(pointer(place, "title" if title else "key")), 1)

    def _closing(self, top: Mapping[str, Any]) -> None:
        """What stands at the end; where it is not given as text, the organ and the date of the sign-off."""
        before = len(self._blocks)
        self._paragraphs(top.get("closing"), "/closing")
        signoff = self.mapping(top.get("signoff", {}), "/signoff", KEYS["signoff"])
        lines = self._worded(signoff.get("issuer"), "/signoff/issuer")
        lines += self._lines(self._date(signoff.get("date"), "/signoff/date"), "/signoff/date")
        if len(self._blocks) == before:
            self._add(lines)

    def _date(self, value: Any, place: str) -> str:
        """A date as reports print it: from a text, from one of ISO 8601, or from year, month and day (0: unknown)."""
        if value is None:
            return ""
        if not isinstance(value, list):
            text = self.text(value, place)
            iso = ISO_DATE.fullmatch(text)
            return _printed([int(part) for part in iso.groups()]) if iso else text
        parts = [one.plain() or "" for one in value if isinstance(one, Figure)]
        if len(value) != 3 or len(parts) != 3 or not all(part.isdigit() for part in parts):
            self.faults.append((place, "应为 [年, 月, 日]", "should be [year, month, day]"))
            return ""
        return _printed([int(part) for part in parts])

    # --- tables -------------------------------------------------------------------------------------------------------

    def _tables(self, top: Mapping[str, Any], source: Mapping[str, Any]) -> dict[str, GivenTable] | None:
        value = top.get("tables")
        if value is None:
            return None
        headers = self._headers(source)
        tables: dict[str, GivenTable] = {}
        for key, place, cells, unread in self._each_table(value):
            origin = self.origin(place)
            rows = self._rows(cells, place if isinstance(value, dict) else pointer(place, "cells"))
            self._unread(unread, pointer(place, "unread"), rows)
            if key in tables:
                self.faults.append((place, "这张表给了两次", "this table stands there twice"))
            if rows:
                tables[key] = GivenTable(origin, rows, headers.get(key))
        return tables

    def _each_table(self, value: Any) -> Iterator[tuple[str, str, Any, Any]]:
        """Key, place, cells and unread rows of tables, which are a mapping by key or a list."""
        if isinstance(value, dict):
            for key, place, cells in self.entries(value, "/tables"):
                yield key, place, cells, None
            return
        if not isinstance(value, list):
            self.wrong(value, "/tables", ("object", "array"))
            return
        for place, one in self.items(value, "/tables"):
            table = self.mapping(one, place, KEYS["table"])
            if self.required(table, ("key",), place):
                yield self.text(table["key"], pointer(place, "key"), 1), place, table.get("cells"), table.get("unread")

    def _rows(self, value: Any, place: str) -> dict[str, GivenRow]:
        """Rows by key: from row → column → value, or from a list of cells. A row without any value is not there."""
        if isinstance(value, list):
            return self._rows_of_cells(value, place)
        if value is not None and not isinstance(value, dict):
            self.wrong(value, place, ("object", "array"))
            return {}
        rows = {}
        for key, inner, columns in self.entries(value, place):
            cells = {column: self._cell(one, at) for column, at, one in self.entries(columns, inner)}
            if cells:
                rows[key] = GivenRow(self.origin(inner), cells)
        return rows

    def _rows_of_cells(self, value: Sequence[Any], place: str) -> dict[str, GivenRow]:
        found: dict[str, dict[str, GridCell]] = {}
        for inner, one in self.items(value, place):
            cell = self.mapping(one, inner, KEYS["cell"])
            named = self.required(cell, ("row", "column"), inner)
            written = "raw" if "raw" in cell else "value"
            if not named or not self.required(cell, (written,), inner):
                continue
            row, column = (self.text(cell[key], pointer(inner, key), 1) for key in ("row", "column"))
            if column in found.setdefault(row, {}):
                self.faults.append((inner, "这一格给了两次", "this cell stands there twice"))
            found[row][column] = self._cell(cell[written], pointer(inner, written))
        return {row: GivenRow(next(iter(cells.values())).origin, cells) for row, cells in found.items()}

    def _cell(self, value: Any, place: str) -> GridCell:
        text: str | None = ""
        if isinstance(value, Figure):
            text = value.plain()
            if text is None:
                self.faults.append(
                    (place, f"数 {value[:LONGEST_KEY]} 超出范围", f"the number {value[:LONGEST_KEY]} is out of range")
                )
        elif isinstance(value, str):
            text = self.text(value, place).strip()
        elif value is not None:
            self.wrong(value, place, ("number", "string", "null"))
        return GridCell(text or "", self.origin(place))

    def _unread(self, value: Any, place: str, rows: dict[str, GivenRow]) -> None:
        """Rows that could not be read where the report came from."""
        for inner, one in self.items(value, place):
            row = self.mapping(one, inner, KEYS["unread"])
            if self.required(row, ("row",), inner):
                key, raw = self.text(row["row"], pointer(inner, "row")), self.optional(row, "raw", inner)
                if key in rows:
                    self.faults.append((inner, "这一行给了两次", "this row stands there twice"))
                rows[key] = GivenRow(self.origin(inner), {}, raw, self.optional(row, "reason", inner))

    # --- source -------------------------------------------------------------------------------------------------------

    def _headers(self, source: Mapping[str, Any]) -> dict[str, tuple[str, ...]]:
        return {
            key: tuple([self.text(text, inner) for inner, text in self.items(texts, place)])
            for key, place, texts in self.entries(source.get("headers"), "/source/headers")
        }

    def _metadata(self, top: Mapping[str, Any], source: Mapping[str, Any]) -> dict[str, str]:
        entries = self.entries(source.get("metadata"), "/source/metadata")
        found = {key: self.text(text, place) for key, place, text in entries if key not in OUTSIDE}
        for key in OUTSIDE:
            if key in top:
                found[key] = self._year(top[key]) if key == "year" else self.text(top[key], f"/{key}", 1)
        return found

    def _year(self, value: Any) -> str:
        plain = value.plain() if isinstance(value, Figure) else None
        if plain is None or not ("1900" <= plain <= "2999" and len(plain) == 4):
            self.faults.append(("/year", "应为四位的年份，如 2024", "should be a year of four digits, such as 2024"))
        return plain or ""

    def _note(self, value: Any, place: str) -> Note:
        note = self.mapping(value, place, KEYS["note"])
        count = note.get("count", Figure("1"))
        if not isinstance(count, Figure) or not (count.plain() or "-").isdigit():
            self.wrong(count, pointer(place, "count"), ("integer",))
            count = Figure("1")
        kind = self.text(note["kind"], pointer(place, "kind"), 1) if self.required(note, ("kind",), place) else ""
        return Note(kind, int(count.plain() or 1), self.origin(place), self.optional(note, "text", place))


def _holds(blocks: Sequence[Paragraph], title: str) -> bool:
    """Whether a title stands among paragraphs: as one of them, or as several in a row."""
    wanted, texts = fold(title), [fold(block.text) for block in blocks[:TITLE_WITHIN]]
    runs = ("".join(texts[at : at + count]) for at in range(len(texts)) for count in range(1, TITLE_LINES + 1))
    return any(run == wanted for run in runs)


def _printed(date: Sequence[int]) -> str:
    return "".join(f"{part}{unit}" for part, unit in zip(date, "年月日", strict=True) if part)
