"""Where the labels of a form's tables stand in the stream: the chain of row labels that makes a table."""

from __future__ import annotations

from bisect import bisect_left

from gilint.late import late
from gilint.recognise.plan import HEAD
from gilint.recognise.stream import PROSE
from gilint.record import Record

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Container, Iterator, Mapping, Sequence

    from gilint.recognise.plan import FormPlan, Name, TablePlan
    from gilint.recognise.stream import Stream

# A table's labels stand near each other; this many fields without one end it. A row of a wide table with its blank
# cells and merged labels stays well below.
REACH = 90
ROWS = 12
BESIDE = 2

LONGEST_ROW = 400
# Behind a label: numbers make it a row, other letters a longer word; （件） is a note.
CELLS = late(r"[\s：:”\"'’]*(?:[（(][^（）()]{1,30}[）)][\s：:]*)?(?:\Z|[\d\-—–－/／+±约近增减]|无(?![一-鿿]))")


class LabelHit(Record, hot=True):
    """A label: [start, end) in the stream, its first field and last field; ``at`` and ``rest`` are the offsets in
    their texts at which it begins and at which the rest behind it does."""

    row: int
    start: int
    end: int
    field: int
    end_field: int
    at: int
    rest: int


def find_labels(stream: Stream, plan: FormPlan) -> list[list[LabelHit]]:
    """For each table of the form the places where its labels stand alone as such, in order.

    At one place the longest label counts, and none inside another (其他 inside 3.其他).
    """
    hits: list[list[LabelHit]] = [[] for _table in plan.tables]
    reach = [0] * len(hits)
    alone, heads, whole, texts, starts = plan.alone, plan.heads, stream.text, stream.texts, stream.starts
    for field, key in enumerate(stream.keys):
        if not key or key.isdigit() or key == PROSE:
            continue
        rows = alone.get(key)
        words = 1 if len(texts[field]) == len(key) else len(texts[field].split())
        if rows is None or words > 1:
            if words > 1 or whole[starts[field] : starts[field] + HEAD] in heads:
                _in_field(stream, plan, field, hits, reach)
            continue
        # The field is a label, and nothing else can begin here: so are most labels of most reports.
        start, rest = starts[field], len(texts[field])
        for table, row in rows:
            if start >= reach[table]:
                reach[table] = start + len(key)
                hits[table].append(LabelHit(row, start, reach[table], field, field, 0, rest))
    return hits


def _in_field(stream: Stream, plan: FormPlan, field: int, hits: Sequence[list[LabelHit]], reach: list[int]) -> None:
    """The labels that begin in a field, added to ``hits``; ``reach`` is where the last one of each table ends."""
    text, heads = stream.text, plan.heads
    for word, offset in stream.words_of(field):
        start, begun, at = word, field, offset
        names = heads.get(text[start : start + HEAD])
        while names:
            found = _labels_at(stream, plan, [name for name in names if start >= reach[name.table]], start, begun, at)
            for table, hit in found.items():
                hits[table].append(hit)
                reach[table] = hit.end
            if not found:
                break
            longest = max(found.values(), key=_end)
            if longest.rest >= len(stream.texts[longest.end_field]):
                break
            # Labels that stand in one word, without a space between them.
            start, begun, at = longest.end, longest.end_field, longest.rest
            names = heads.get(text[start : start + HEAD])


def _end(hit: LabelHit) -> int:
    return hit.end


def _labels_at(
    stream: Stream, plan: FormPlan, names: Sequence[Name], start: int, field: int, at: int
) -> dict[int, LabelHit]:
    """For each table the longest of its labels that stands at ``start``; ``names`` are sorted by length."""
    found: dict[int, LabelHit] = {}
    for name in names:
        if name.table not in found and stream.text.startswith(name.key, start):
            hit = _label_at(stream, plan, name, start, field, at)
            if hit is not None:
                found[name.table] = hit
    return found


def _label_at(stream: Stream, plan: FormPlan, name: Name, start: int, field: int, at: int) -> LabelHit | None:
    end = start + len(name.key)
    end_field, rest = stream.rest(field, end)
    behind = stream.texts[end_field][rest:]
    if behind and not CELLS.match(behind) and not _are_numbers(behind) and not _label_follows(stream, plan, end):
        return None
    return LabelHit(name.row, start, end, field, end_field, at, rest)


def _are_numbers(behind: str) -> bool:
    """Whether the words behind a label are cells but for one that says something else."""
    words = behind.split() if behind[0].isspace() and len(behind) <= LONGEST_ROW else ()
    return len(words) > 2 and sum([word[0].isdigit() for word in words]) >= len(words) - 1


def _label_follows(stream: Stream, plan: FormPlan, end: int) -> bool:
    names = plan.heads.get(stream.text[end : end + HEAD], ())
    return any(stream.text.startswith(name.key, end) for name in names)


def clusters(stream: Stream, hits: Sequence[LabelHit]) -> Iterator[list[LabelHit]]:
    """Hits split where no label stands within reach."""
    group: list[LabelHit] = []
    for hit in hits:
        if group and hit.field - group[-1].end_field > REACH and not _near_in_grid(stream, group[-1], hit):
            yield group
            group = []
        group.append(hit)
    if group:
        yield group


def _near_in_grid(stream: Stream, before: LabelHit, hit: LabelHit) -> bool:
    """Whether a label in a grid is within reach: there, rows count, however many cells they have."""
    return stream.row(hit.field).grid is not None and stream.row_of[hit.field] - stream.row_of[before.field] <= ROWS


def chain(hits: Sequence[LabelHit]) -> list[LabelHit]:
    """The longest run of hits whose rows follow in the order of the form.

    Where a label stands there twice, the one that keeps the table together: searched from both ends, the shorter wins.
    """
    rows = [hit.row for hit in hits]
    if rows == sorted(set(rows)):
        return list(hits)
    forward = [hits[index] for index in _rising(rows)]
    last = len(hits) - 1
    backward = [hits[last - index] for index in _rising([-row for row in reversed(rows)])][::-1]
    return backward if _extent(backward) < _extent(forward) else forward


def _extent(labels: Sequence[LabelHit]) -> int:
    return labels[-1].end - labels[0].start if labels else 0


def _rising(rows: Sequence[int]) -> list[int]:
    """Indexes of a longest strictly rising subsequence, the first such value where there are equal ones."""
    tails: list[int] = []
    values: list[int] = []
    before: list[int] = []
    for index, row in enumerate(rows):
        place = bisect_left(values, row)
        before.append(tails[place - 1] if place else -1)
        if place == len(values):
            values.append(row)
            tails.append(index)
        elif row < values[place]:
            values[place] = row
            tails[place] = index
    result = []
    index = tails[-1] if tails else -1
    while index >= 0:
        result.append(index)
        index = before[index]
    return result[::-1]


def best_chain(
    stream: Stream, hits: Sequence[LabelHit], weight: Callable[[Sequence[LabelHit]], int], needed: int
) -> list[LabelHit]:
    """The chain of most weight among all clusters; below ``needed`` there is none."""
    best: list[LabelHit] = []
    for group in clusters(stream, hits):
        candidate = chain(group)
        if weight(candidate) > weight(best):
            best = candidate
    return best if weight(best) >= needed else []


def with_twins(hits: Sequence[LabelHit], twins: Mapping[int, Sequence[int]]) -> list[LabelHit]:
    """The hits with one for each row that has the same label; of those at one place a chain can hold but one.

    ``twins`` maps the first of such rows to all of them, the last one first.
    """
    return [hit.replace(row=row) if row != hit.row else hit for hit in hits for row in twins.get(hit.row, (hit.row,))]


# --- labels in grids ------------------------------------------------------------------------------------------------


def last_of_repeated(stream: Stream, hits: Sequence[LabelHit], twins: Container[int] = ()) -> list[LabelHit]:
    """The hits with one for each label that a grid's row repeats in all slots of a merged cell: the last of them."""
    kept: list[LabelHit] = []
    for hit in hits:
        same = kept and kept[-1].row == hit.row and stream.row_of[kept[-1].field] == stream.row_of[hit.field]
        # Rows that share a label may stand side by side, each with its cells.
        same = same and (hit.row not in twins or hit.field == kept[-1].end_field + 1)
        if same and stream.row(hit.field).grid is not None:
            kept[-1] = hit
        else:
            kept.append(hit)
    return kept


def with_strays(
    stream: Stream, plan: TablePlan, hits: Sequence[LabelHit], labels: Sequence[LabelHit]
) -> Sequence[LabelHit]:
    """The chain with the labels that are out of order or come twice: each names the cells of its row.

    This holds for the rows of grids alone, among those of the chain or next to them; elsewhere what stands between two
    labels belongs to the first.
    """
    taken = set(map(id, labels))
    first, last = stream.row_of[labels[0].field] - BESIDE, stream.row_of[labels[-1].field] + BESIDE
    strays = [
        hit
        for hit in hits
        if id(hit) not in taken
        and first <= stream.row_of[hit.field] <= last
        and plan.table.rows[hit.row].key
        and stream.row(hit.field).grid is not None
    ]
    return sorted([*labels, *strays], key=_start) if strays else labels


def _start(hit: LabelHit) -> int:
    return hit.start
