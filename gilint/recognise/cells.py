"""The cells behind a row label: exactly as many as the form has, or none at all.

A layout that drops blanks or joins numbers is read exactly or given up as not assessable, never padded with zeros.
"""

from __future__ import annotations

import re

from gilint.numerals import read_cell
from gilint.recognise.rows import Field
from gilint.record import Record

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from gilint.recognise.rows import Row

HAN_PAIR = re.compile(r"[一-鿿]{2}")
GROUPED = re.compile(r"(?<![\d,.])[1-9]\d{0,2}[ \u3000\xa0]\d{3}(?![\d,.])")


class Reading(Record):
    """What was read behind a label: exactly the wanted fields, or ``None`` with the reason.

    ``short`` says that cells were lost on the way; ``risky`` that the reading holds only in a layout that loses none.
    """

    fields: tuple[Field, ...] | None
    reason: str = ""
    short: bool = False
    risky: bool = False


def read_cells(own: Sequence[Field], rest: str, rows: Sequence[tuple[Row, Sequence[Field]]], wanted: int) -> Reading:
    """The ``wanted`` cells of a row.

    ``own`` are the fields behind the label on its own line, ``rest`` is the text left in the label's field when own
    comes from it, ``rows`` are the lines up to the next label with their fields.
    """
    if rest:
        return _run(own, rows, wanted)
    if own and (any(field.text for field in own) or _is_blank(own, rows, wanted)):
        return _line(own, rows, wanted)
    return _stream(rows, wanted)


def _is_blank(own: Sequence[Field], rows: Sequence[tuple[Row, Sequence[Field]]], wanted: int) -> bool:
    """Whether blank cells behind a label are the row's own: enough of them, and no number follows in the next lines."""
    below = next(([field.text for field in line if field.text] for _row, line in rows if any(f.text for f in line)), [])
    return len(own) >= wanted and not any(map(is_cell, below))


def words(field: Field, start: int = 0) -> list[Field]:
    """The words of a field, from ``start`` on, as fields of their own."""
    return [
        Field(match.group(), field.source, field.whole, field.offset + match.start())
        for match in re.finditer(r"[^ \t\u3000\xa0\r\n]+", field.text)
        if match.start() >= start
    ]


def is_cell(text: str) -> bool:
    """Whether a text can be a number cell: not a label, not a sentence."""
    return read_cell(text).kind != "text" or not HAN_PAIR.search(text)


def _run(own: Sequence[Field], rows: Sequence[tuple[Row, Sequence[Field]]], wanted: int) -> Reading:
    """Plain numbers behind the label, split at spaces; they may go on in the next lines."""
    fields = list(own)
    for _row, line in rows:
        parts = [word for field in line for word in words(field)]
        if not parts or not all(is_cell(part.text) for part in parts) or len(fields) >= wanted:
            break
        fields.extend(parts)
    if len(fields) != wanted:
        return Reading(None, _count_reason(len(fields), wanted), short=len(fields) < wanted)
    if not all(is_cell(field.text) for field in fields):
        return Reading(None, "text")
    # "1 288" may be two cells or one number: it counts as two only where no row of the table lost a cell.
    risky = bool(GROUPED.search(" ".join(field.text for field in fields))) and wanted > 1
    return Reading(tuple(fields), risky=risky)


def _line(own: Sequence[Field], rows: Sequence[tuple[Row, Sequence[Field]]], wanted: int) -> Reading:
    """Cells behind the label on its own line; blank ones before them belong to merged labels."""
    fields = list(own)
    if len(fields) < wanted:
        return _stream([(rows[0][0], fields), *rows] if rows else _alone(fields), wanted, first_line=len(fields))
    filled = [field for field in fields if field.text]
    if len(filled) == wanted:
        return Reading(tuple(filled))
    lead = len(fields) - wanted
    if not any(field.text for field in fields[:lead]):
        # With blanks at both ends the cells could begin at either; the caller knows how wide the table is.
        return Reading(tuple(fields[lead:]), risky=lead > 0 and not fields[-1].text)
    if not any(field.text for field in fields[wanted:]):
        return Reading(tuple(fields[:wanted]), risky=not fields[0].text)
    return Reading(None, _count_reason(len(filled), wanted))


def _alone(fields: Sequence[Field]) -> list[tuple[Row, Sequence[Field]]]:
    from gilint.recognise.rows import Row

    return [(Row(tuple(fields), "plain", False, -1), fields)]


def _stream(rows: Sequence[tuple[Row, Sequence[Field]]], wanted: int, first_line: int = 0) -> Reading:
    """Cells one a line, up to the first text that is no cell."""
    group = _first_group(rows)
    if group is not None and len(group) == wanted:
        return Reading(tuple(group))
    fields: list[Field] = []
    for _row, line in rows:
        if any(field.text and not is_cell(field.text) for field in line):
            break
        fields.extend(line)
    filled = [field for field in fields if field.text]
    if len(filled) == wanted:
        return Reading(tuple(filled))
    keeps_blanks = any(row.mark != "plain" for row, _line in rows) and group is None
    lost = first_line > 0 and len(fields) < wanted
    if keeps_blanks and not lost and len(fields) >= wanted and not any(field.text for field in fields[wanted:]):
        # The first cells are the row's, blank ones behind them belong to the merged label of the next row.
        return Reading(tuple(fields[:wanted]), risky=True)
    return Reading(None, _count_reason(len(filled), wanted), short=len(fields) < wanted or group is not None)


def _first_group(rows: Sequence[tuple[Row, Sequence[Field]]]) -> list[Field] | None:
    """The cells up to the first empty line, where the layout marks cells and ends rows with empty lines."""
    if not rows or any(row.mark != "tab" for row, _line in rows):
        return None
    gaps = [position for position, (row, _line) in enumerate(rows) if row.gap and position > 0]
    if not gaps or len(gaps) == len(rows) - 1 > 1:
        return None
    return [field for _row, line in rows[: gaps[0]] for field in line]


def _count_reason(found: int, wanted: int) -> str:
    return f"{found}/{wanted}"
