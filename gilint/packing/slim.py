"""Reports without their text: what names one is at hand, the rest is read again when it is asked for."""

from __future__ import annotations

import marshal
from collections.abc import Mapping

from gilint.model import Cell, Document, Report, Table
from gilint.packing.records import Decoder, Encoder, kept_origin
from gilint.packing.text import pack_sections, unpack_sections
from gilint.places import Address
from gilint.record import Record

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence, Set
    from typing import Any

    from gilint.form import Form
    from gilint.model import Finding
    from gilint.packing.records import KeptOrigin
    from gilint.places import Span


class Whole:
    """A report with its text: ``load`` reads it again when it is first asked for, and may raise ``InputError``.

    The parts of a slim report hold on to this and not to the report: what holds on to each other in a circle stays in
    memory until somebody looks for circles, and a run may go through ten thousand reports before.
    """

    __slots__ = ("_load", "_report")

    def __init__(self, load: Callable[[], Report]) -> None:
        self._load = load
        self._report: Report | None = None

    def __call__(self) -> Report:
        if self._report is None:
            self._report = self._load()
        return self._report

    def previous(self) -> Any:
        """Last year's report. mypy cannot know that whoever has packed tables of last year has it."""
        return self().previous


class SlimDocument(Document):
    """A document whose blocks are read again when they are asked for."""

    whole: Any = None

    def __getattr__(self, name: str) -> Any:
        return _filled(self, name, lambda: self.whole().source)


class SlimReport(Report):
    """A report whose text is read again when it is asked for.

    What was packed of its tables and sections lies there as bytes until somebody wants it.
    """

    forms: Any = None
    whole: Any = None
    packed_tables: Any = None
    packed_sections: Any = None

    def __getattr__(self, name: str) -> Any:
        if name in ("tables", "previous") and self.packed_tables is not None:
            _unpack_tables(self)
            return getattr(self, name)
        if name == "sections" and self.packed_sections is not None:
            sections = unpack_sections(marshal.loads(self.packed_sections), Decoder(None))
            _set(self, name, sections)
            return sections
        return _filled(self, name, self.whole)

    def __reduce__(self) -> tuple[type, tuple[Any, ...]]:
        return Report, tuple(getattr(self, field) for field in Report._fields)


# What a slim one knows of itself is no part of its value.
SlimDocument._fields = Document._fields
SlimReport._fields = Report._fields


def _filled(record: Any, name: str, whole: Callable[[], Any]) -> Any:
    """The value of a field that was left empty, from the whole record."""
    if name not in record._fields:
        raise AttributeError(name)
    value = getattr(whole(), name)
    _set(record, name, value)
    return value


def _set(record: Any, field: str, value: Any) -> None:
    getattr(type(record), field).__set__(record, value)


# --- packing ----------------------------------------------------------------------------------------------------------


def pack_report(report: Report, findings: Sequence[Finding], encoder: Encoder, *, text: bool) -> tuple[Any, ...]:
    """What is packed of a report: its tables where a finding is shown in one, with ``text`` these and its sections."""
    source, drawn = report.source, text or any(isinstance(finding.at, Cell | Table) for finding in findings)
    sections = pack_sections(report, encoder) if text else None
    return (
        (report.form.family.pack, report.form.id),
        (report.issuer, report.issuer_kind, report.year),
        encoder.encode(report.address),
        (source.name, source.format, source.encoding, dict(source.metadata), source.keeps_tables),
        encoder.encode(source.notes),
        _packed_tables(report, _places(findings), encoder) if drawn else None,
        None if sections is None else marshal.dumps(sections),
        report.previous is not None,
    )


def _places(findings: Sequence[Finding]) -> set[tuple[str | None, str | None, str | None]]:
    """The cells that findings stand at, or would have changed."""
    addresses = [finding.address for finding in findings if isinstance(finding.at, Cell | Table)]
    places = {(address.table, address.row, address.column) for address in addresses}
    return places.union(cell[:3] for one in findings for suggestion in one.suggestions for cell in suggestion.cells)


def _packed_tables(report: Report, places: Set[tuple[str | None, str | None, str | None]], encoder: Encoder) -> bytes:
    """The tables of a report, and those of last year's."""
    last, before = report.previous, None
    if last is not None:
        before = (last.form.family.pack, last.form.id), _packed_tables(last, set(), encoder), last.previous is not None
    return marshal.dumps(([_packed_table(table, places, encoder) for table in report.tables.values()], before))


def _packed_table(
    table: Table, places: Set[tuple[str | None, str | None, str | None]], encoder: Encoder
) -> tuple[Any, ...]:
    """A table, its cells in columns of what they hold: there are hundreds, and few are shown.

    Of those at ``places`` it is packed where they stand in the source too.
    """
    cells = table.cells.values()
    origins = {key: kept_origin(cell) for key, cell in table.cells.items() if (table.key, *key) in places}
    first = next(iter(table.labels.items()), None)
    return (
        (table.key, table.title, table.missing_rows),
        list(table.cells),
        [cell.raw for cell in cells],
        [cell.kind for cell in cells],
        [value if (value := cell.value) is None or type(value) is int else encoder.encode(value) for cell in cells],
        [cell.style for cell in cells],
        [cell.address.trail for cell in cells],
        [cell.address.section for cell in cells],
        encoder.encode((table.unread, table.address, first, None if first else table.header[:1], origins)),
    )


# --- unpacking --------------------------------------------------------------------------------------------------------


def unpack_report(
    packed: tuple[Any, ...], forms: Mapping[tuple[str, str], Form], load: Callable[[], Report]
) -> SlimReport:
    """The report that was packed. Raises ``ValueError`` for a form that is not among ``forms``."""
    form, named, address, source, notes, tables, sections, has_previous = packed
    whole = Whole(load)
    report = _slim(_form(forms, form), forms, whole, tables, sections, has_previous)
    document: SlimDocument = SlimDocument.__new__(SlimDocument)
    decoder = Decoder(None)
    name, kind, encoding, metadata, keeps_tables = source
    known = {"name": name, "format": kind, "encoding": encoding, "metadata": metadata, "keeps_tables": keeps_tables}
    for field, value in {**known, "notes": decoder.decode(notes), "whole": whole}.items():
        _set(document, field, value)
    own = dict(zip(("issuer", "issuer_kind", "year"), named, strict=True))
    for field, value in {**own, "address": decoder.decode(address), "source": document}.items():
        _set(report, field, value)
    return report


def _slim(
    form: Form,
    forms: Mapping[tuple[str, str], Form],
    whole: Whole,
    tables: bytes | None,
    sections: bytes | None,
    has_previous: bool,
) -> SlimReport:
    """A report of which nothing but the form is known at once."""
    report: SlimReport = SlimReport.__new__(SlimReport)
    state = {"forms": forms, "whole": whole, "packed_tables": tables, "packed_sections": sections}
    for field, value in {**state, "form": form}.items():
        _set(report, field, value)
    if not has_previous:
        _set(report, "previous", None)
    return report


def _form(forms: Mapping[tuple[str, str], Form], key: tuple[str, str]) -> Form:
    try:
        return forms[key]
    except KeyError:
        raise ValueError(f"there is no form {key[1]} of {key[0]}") from None


def _unpack_tables(report: SlimReport) -> None:
    """Fill in the tables of a report, and last year's report as far as it was packed."""
    tables, before = marshal.loads(report.packed_tables)
    _set(report, "tables", {one[0][0]: _table(one, report.whole) for one in tables})
    if before is not None:
        form, last, has_previous = before
        known, earlier = report.forms, Whole(report.whole.previous)
        _set(report, "previous", _slim(_form(known, form), known, earlier, last, None, has_previous))


def _table(packed: tuple[Any, ...], whole: Whole) -> Table:
    (key, title, missing), keys, *columns, rest = packed
    unread, address, label, header, origins = Decoder(None).decode(rest)
    labels = {} if label is None else dict([label])
    cells = PackedCells(key, keys, columns, origins, whole)
    return Table(key, title, cells, unread, missing, labels, header or (), address)


class PackedCells(Mapping[tuple[str, str], Cell]):
    """The cells of a packed table by row and column, each made when it is asked for."""

    def __init__(
        self,
        table: str,
        keys: Sequence[tuple[str, str]],
        columns: Sequence[Sequence[Any]],
        origins: Mapping[tuple[str, str], KeptOrigin],
        whole: Whole,
    ) -> None:
        self._table = table
        self._columns = columns
        self._origins = origins
        self._whole = whole
        self._numbers = {key: number for number, key in enumerate(keys)}
        self._made: dict[tuple[str, str], Cell] = {}

    def __len__(self) -> int:
        return len(self._numbers)

    def __iter__(self) -> Iterator[tuple[str, str]]:
        return iter(self._numbers)

    def __contains__(self, key: object) -> bool:
        return key in self._numbers

    def __getitem__(self, key: tuple[str, str]) -> Cell:
        cell = self._made.get(key)
        if cell is None:
            cell = self._made[key] = self._cell(key, self._numbers[key])
        return cell

    def _cell(self, key: tuple[str, str], number: int) -> Cell:
        raw, kind, value, style, trail, section = (column[number] for column in self._columns)
        origin = self._origins.get(key) or Elsewhere(self._whole, self._table, key)
        address = Address(trail, section, self._table, *key)
        return Cell(raw, kind, Decoder(None).decode(value), style, address, origin)


class Elsewhere(Record):
    """The origin of a cell of a packed table that nobody spoke of: it has to be read again."""

    whole: Whole
    table: str
    key: tuple[str, str]

    def span(self, start: int, end: int) -> Span:
        return self.whole().tables[self.table][self.key].origin.span(start, end)
