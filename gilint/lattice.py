"""Whole-number solutions of a few linear equations with lower bounds; for systems of a handful of unknowns only."""

from __future__ import annotations

from math import gcd

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    Row = list[int]

WALK = 60
"""How many values of an undetermined unknown are looked at from each end of its range."""


def solutions(
    rows: Sequence[Sequence[int]],
    sums: Sequence[int],
    lowest: Sequence[int | None],
    likely: Sequence[Sequence[int]],
    spend: Callable[[int], None] = lambda _steps: None,
) -> Iterator[tuple[int, ...]]:
    """Whole numbers ``x`` without a 0 among them, with ``rows · x = sums`` and ``x >= lowest`` (``None``: no bound).

    Where the equations leave unknowns open, their ``likely`` values are tried first, then those from the ends of the
    range that the bounds leave. With bounds and coefficients of 1 and -1 there is a solution if and only if one is
    found; otherwise one may be missed that lies more than :data:`WALK` values away from all of these. Each try takes a
    step off the work that ``spend`` knows of.
    """
    reduced = _reduced([[*row, total] for row, total in zip(rows, sums, strict=True)], len(lowest))
    if reduced is None:
        return
    pivots = {next(at for at, value in enumerate(row) if value): row for row in reduced}
    free = [at for at in range(len(lowest)) if at not in pivots]
    for chosen in _chosen(pivots, free, lowest, likely, {}):
        spend(len(lowest))
        found = _completed(pivots, chosen, len(lowest))
        if found and all(found) and all(low is None or one >= low for one, low in zip(found, lowest, strict=True)):
            yield found


def _reduced(rows: list[Row], width: int) -> list[Row] | None:
    """Rows of which each alone has its first unknown; ``None`` when the equations contradict each other."""
    done: list[Row] = []
    for column in range(width):
        pivot = next((row for row in rows if row[column]), None)
        if pivot is None:
            continue
        rows = [_without(row, pivot, column) for row in rows if row is not pivot]
        done = [*(_without(row, pivot, column) for row in done), pivot]
    return None if any(row[width] for row in rows) else done


def _without(row: Row, pivot: Row, column: int) -> Row:
    """``row`` with the unknown of ``column`` eliminated, in whole numbers without a common divisor."""
    if not row[column]:
        return row
    own, other = pivot[column], row[column]
    combined = [own * value - other * by for value, by in zip(row, pivot, strict=True)]
    divisor = gcd(*combined) or 1
    return [value // divisor for value in combined]


def _completed(pivots: dict[int, Row], chosen: dict[int, int], width: int) -> tuple[int, ...] | None:
    """All unknowns, given those that the equations leave open; ``None`` when one is no whole number."""
    values = dict(chosen)
    for at, row in pivots.items():
        value, rest = divmod(row[width] - sum(row[one] * known for one, known in chosen.items()), row[at])
        if rest:
            return None
        values[at] = value
    return tuple(values[at] for at in range(width))


# --- unknowns that the equations leave open -----------------------------------------------------------------------


def _chosen(
    pivots: dict[int, Row],
    free: Sequence[int],
    lowest: Sequence[int | None],
    likely: Sequence[Sequence[int]],
    known: dict[int, int],
) -> Iterator[dict[int, int]]:
    """Values for the open unknowns, one after the other, each within what the bounds of all leave to it."""
    if not free:
        yield known
        return
    first, rest = free[0], free[1:]
    low, high = _range(_bounds(pivots, free, lowest, known), len(free))
    if low is not None and high is not None and low > high:
        return
    wanted = [*likely[first], *([] if rest else _implied(pivots, first, likely, known))]
    for value in _candidates(low, high, wanted):
        yield from _chosen(pivots, rest, lowest, likely, {**known, first: value})


def _implied(
    pivots: dict[int, Row], last: int, likely: Sequence[Sequence[int]], known: dict[int, int]
) -> Iterator[int]:
    """Values of the last open unknown that give one of the others a likely value."""
    for at, row in pivots.items():
        if row[last]:
            rest = row[-1] - sum(row[one] * value for one, value in known.items())
            for wanted in likely[at]:
                value, left_over = divmod(rest - row[at] * wanted, row[last])
                if not left_over:
                    yield value


def _bounds(
    pivots: dict[int, Row], free: Sequence[int], lowest: Sequence[int | None], known: dict[int, int]
) -> list[Row]:
    """Inequalities over the open unknowns: the sum of coefficient times unknown, and the last number, is >= 0."""
    bounds = []
    for at, low in enumerate(lowest):
        if low is None:
            continue
        if at in free:
            bounds.append([*(int(one == at) for one in free), -low])
        elif at in pivots:
            row = pivots[at]
            sign = 1 if row[at] > 0 else -1
            constant = row[-1] - sum(row[one] * value for one, value in known.items()) - low * row[at]
            bounds.append([*(-sign * row[one] for one in free), sign * constant])
    return bounds


def _range(bounds: list[Row], unknowns: int) -> tuple[int | None, int | None]:
    """The least and the greatest first unknown for which the others exist; ``None`` where nothing bounds it.

    The others are eliminated one by one: each bound from below is paired with each from above.
    """
    for last in range(unknowns - 1, 0, -1):
        below = [row for row in bounds if row[last] > 0]
        above = [row for row in bounds if row[last] < 0]
        bounds = [row for row in bounds if not row[last]]
        bounds += [
            [up[last] * one - down[last] * other for one, other in zip(down, up, strict=True)]
            for up in below
            for down in above
        ]
    low: int | None = None
    high: int | None = None
    for row in bounds:
        if row[0] > 0:
            least = -(row[-1] // row[0])
            low = least if low is None else max(low, least)
        elif row[0] < 0:
            most = row[-1] // -row[0]
            high = most if high is None else min(high, most)
        elif row[-1] < 0:
            return 1, 0
    return low, high


def _candidates(low: int | None, high: int | None, likely: Sequence[int]) -> Iterator[int]:
    """Values between two ends, each once: the likely ones, then those next to the ends, or around 0 without ends."""

    def inside(value: int) -> bool:
        return (low is None or value >= low) and (high is None or value <= high)

    ends = [low if low is not None else min(0, high or 0), high if high is not None else max(0, low or 0)]
    near = (value for end in ends for step in range(WALK) for value in (end + step, end - step))
    yield from dict.fromkeys(value for value in (*likely, *near) if inside(value))
