"""Tables that share row labels are told apart by the titles above them."""

from __future__ import annotations

from gilint.late import late

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from gilint.recognise.labels import LabelHit
    from gilint.recognise.plan import FormPlan
    from gilint.recognise.stream import Stream

    Hits = list[LabelHit]

# In keys, where all of 、.，, are one mark.
NUMBERED = late(
    r"(?:第?[一二三四五六七八九十\d]+[.：]|（[一二三四五六七八九十\d]+）|附?表[一二三四五六七八九十\d]+[.：]?)?"
    r"(?P<title>.+?)(?:（[^（）]{1,20}）)?\Z"
)
LONGEST = 60


def below_titles(stream: Stream, plan: FormPlan, hits: Sequence[Hits]) -> list[Hits]:
    """The label hits of each table, those of titled tables only where they stand between its title and the next one."""
    bounds = _titles(stream, plan)
    result: list[Hits] = []
    for table, found in zip(plan.tables, hits, strict=True):
        if table.table.titled:
            own = [range(at, end) for at, end, key in bounds if key == table.table.key]
            found = [hit for hit in found if any(hit.field in fields for fields in own)]
        result.append(found)
    return result


def _titles(stream: Stream, plan: FormPlan) -> list[tuple[int, int, str]]:
    """Where titles of tables stand: (field, field of the next title, key of the table; empty for one of no table)."""
    found: list[tuple[int, str]] = []
    for index, key in enumerate(stream.keys):
        title = NUMBERED.match(key) if 0 < len(key) <= LONGEST else None
        table = plan.table_titles.get(title["title"]) if title else None
        if table is not None:
            found.append((index, table))
    ends = [at for at, _table in found[1:]] + [len(stream.fields)]
    return [(at, end, table) for (at, table), end in zip(found, ends, strict=True)]
