"""Totals: one report as the sum of others, cell by cell, and what explains where it is not.

``members`` finds the reports, ``reading`` reads their figures, ``choosing`` says which belong into the sum, ``sheet``
adds them up, ``explaining`` looks for the reason of differences (``patterns``: whole members, ``repairs``: sums that a
report breaks itself, ``figures``: single cells).
"""

from __future__ import annotations

import os
from collections.abc import Mapping

from gilint.linter import Linter
from gilint.model import Document, Report
from gilint.totals.choosing import Scope, choose
from gilint.totals.explaining import explain
from gilint.totals.members import entries
from gilint.totals.reading import Reader
from gilint.totals.records import ADDED
from gilint.totals.records import Explanation as Explanation
from gilint.totals.records import Member as Member
from gilint.totals.records import OwnFault as OwnFault
from gilint.totals.records import Total as Total
from gilint.totals.records import TotalCell as TotalCell
from gilint.totals.sheet import Sheet

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import Any

    from gilint.sources import Source


def total(
    parent: Source | None,
    members: Source | Iterable[Source],
    *,
    linter: Linter | None = None,
    lists: Iterable[str | os.PathLike[str]] = (),
    **options: Any,
) -> Total:
    """Every cell of the form as the sum of the members, compared with ``parent`` unless that is ``None``.

    ``members`` are sources of a :class:`~gilint.Linter`; a path may also be a folder, a pattern, an archive, or a list
    of members (``members.yaml``, ``members.txt``, and ``lists`` by whatever name). Without a ``linter`` one is made
    with ``options``. What cannot be read is recorded and the rest is added up.

    Raises ``UsageError`` for a list that cannot be understood, and what making a ``Linter`` raises.
    """
    linter = linter or Linter(**options)
    reader = Reader(linter)
    if isinstance(members, str | bytes | os.PathLike | Document | Report | Mapping):
        members = (members,)
    named = list(entries(members, linter.registry.suffixes(), lists))
    head = None if parent is None else reader.read_one(parent)
    read = [one for entry in named for one in reader.read(entry)]
    scope = Scope(head, read)
    chosen = choose(head, read, scope, linter.lang)
    compared = head if head is not None and head.form is not None else None
    above = None if head is None else head.member
    found = tuple(one.member for one in chosen)
    if scope.form is None:
        return Total(None, None, above, found, (), ())
    sheet = Sheet(scope.form, compared, [one for one in chosen if one.member.status == ADDED], linter.lang)
    result = Total(scope.form, scope.year, above, found, sheet.cells(), (), sheet.blanks)
    if not sheet.members:
        return result
    lacking = [member.name for member in result.failed]
    return result.replace(explanations=explain(sheet, lacking, linter.lang))
