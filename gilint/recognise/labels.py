"""Where the labels of a form's tables stand in the stream: the chain of row labels that makes a table."""

from __future__ import annotations

from bisect import bisect_left

from gilint.recognise.rows import stream_key
from gilint.record import Record

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from gilint.form import FormTable
    from gilint.recognise.rows import Stream

# A table's labels stand near each other; this many fields without one end it. A row of a wide table with its blank
# cells and merged labels stays well below.
REACH = 90


class LabelHit(Record):
    """A label in the stream: [start, end) in the stream, its field, and the raw offset behind it in ``end_field``."""

    start: int
    end: int
    row: int
    field: int
    end_field: int
    rest: int


def find_labels(stream: Stream, names: Sequence[tuple[str, int]]) -> list[LabelHit]:
    """All hits of (name, row) pairs that stand alone as labels, longest name first at each place."""
    found: dict[tuple[int, int], LabelHit] = {}
    for name, row in names:
        key = stream_key(name)
        at = stream.text.find(key)
        while at >= 0:
            hit = _label_at(stream, at, at + len(key), row)
            if hit is not None:
                known = found.get((at, row))
                if known is None or known.end < hit.end:
                    found[at, row] = hit
            at = stream.text.find(key, at + 1)
    return _outermost(sorted(found.values(), key=lambda hit: (hit.start, -hit.end, hit.row)))


def _outermost(hits: Iterable[LabelHit]) -> list[LabelHit]:
    """Without hits that lie inside a longer label (其他 inside 3.其他)."""
    kept: list[LabelHit] = []
    reach = -1
    for hit in hits:
        if hit.end <= reach and kept[-1].start < hit.start:
            continue
        kept.append(hit)
        reach = max(reach, hit.end)
    return kept


def _label_at(stream: Stream, start: int, end: int, row: int) -> LabelHit | None:
    if not stream.starts_word(start):
        return None
    field = stream.field_at(start)
    end_field, rest = stream.rest(end)
    behind = stream.fields[end_field][2].text[rest:]
    if behind and not _may_follow(behind):
        return None
    return LabelHit(start, end, row, field, end_field, rest)


def _may_follow(behind: str) -> bool:
    """Whether the text behind a label on the same line can be cells: 规章 3 0 15 is a row, 规章制度 is a word."""
    stripped = behind.lstrip(" \t\u3000\xa0：:”\"'’")
    if not stripped:
        return True
    first = stripped[0]
    if first.isdigit() or first in "-—–－/／+无约近增减":
        return True
    return behind[0].isspace() and (first in "（(" or _are_numbers(stripped.split()))


def _are_numbers(words: Sequence[str]) -> bool:
    """Whether the words are cells but for one that says something else."""
    return len(words) > 2 and sum(word[0].isdigit() for word in words) >= len(words) - 1


def row_names(table: FormTable) -> list[tuple[str, int]]:
    return [(name, index) for index, row in enumerate(table.rows) for name in row.names]


def clusters(hits: Sequence[LabelHit]) -> Iterator[list[LabelHit]]:
    """Hits split where no label stands within reach."""
    group: list[LabelHit] = []
    for hit in hits:
        if group and hit.field - group[-1].end_field > REACH:
            yield group
            group = []
        group.append(hit)
    if group:
        yield group


def chain(hits: Sequence[LabelHit]) -> list[LabelHit]:
    """The longest run of hits whose rows follow in the order of the form (longest increasing subsequence)."""
    tails: list[int] = []
    rows: list[int] = []
    before: list[int] = []
    for index, hit in enumerate(hits):
        place = bisect_left(rows, hit.row)
        before.append(tails[place - 1] if place else -1)
        if place == len(rows):
            rows.append(hit.row)
            tails.append(index)
        elif hit.row < rows[place] or _nearer(hits, tails, place, index):
            rows[place] = hit.row
            tails[place] = index
    if not tails:
        return []
    result: list[LabelHit] = []
    index = tails[-1]
    while index >= 0:
        result.append(hits[index])
        index = before[index]
    return result[::-1]


def _nearer(hits: Sequence[LabelHit], tails: Sequence[int], place: int, index: int) -> bool:
    """Whether a second hit of the same row is nearer to what follows: only before its successor was seen."""
    return place == len(tails) - 1 and hits[index].row == hits[tails[place]].row and place == 0
