"""What a source says by the keys of the form, and a reader need not find: its tables, and where its sections begin."""

from __future__ import annotations

from gilint.record import Record

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping

    from gilint.model import GridCell
    from gilint.places import Origin


class GivenRow(Record):
    """A row by the keys of its columns; one whose cells could not be told apart has ``raw`` and ``reason`` instead."""

    origin: Origin
    cells: Mapping[str, GridCell]
    raw: str = ""
    reason: str = ""


class GivenTable(Record):
    """A table by the keys of its rows; the key ``""`` stands for all rows of a table of one line that was not read.

    ``header`` is what is printed above the cells (``None``: just what the form prints).
    """

    origin: Origin
    rows: Mapping[str, GivenRow]
    header: tuple[str, ...] | None = None


class Opening(Record):
    """The heading of a section: ``key`` is that of the form, and stands at ``origin``.

    ``printed``: the text of the block is the heading as printed; else it is a title at most, and its number that of
    the form.
    """

    key: str
    origin: Origin
    printed: bool
