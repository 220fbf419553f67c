"""A comparison for people: the figures of all years, how much of the text is repeated, then year beside year."""

from __future__ import annotations

from itertools import zip_longest

from gilint.reporters.blocks import Blocks
from gilint.reporters.comparison.words import words
from gilint.reporters.layout import hanging, harmless, line, one_line, rendered
from gilint.text import clip, pad, width, wrap

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from gilint.arithmetic import Number
    from gilint.comparison import Carried, Comparison, Entry, Likeness, Pair
    from gilint.model import Report, Slice
    from gilint.reporters import Equations, Options
    from gilint.reporters.layout import Line

INDENT = "   "
GAP = 2
LABEL = 44
"""Cells of the widest label."""
SIGNS = {True: ("✓", "good"), False: ("✗", "error"), None: ("?", "warning")}


def render_comparison(comparison: Comparison, options: Options, equations: Equations) -> str:
    """The whole output but for its summary."""
    return rendered(_Terminal(comparison, options, equations).lines(), options.color)


class _Terminal:
    def __init__(self, comparison: Comparison, options: Options, equations: Equations) -> None:
        self._comparison = comparison
        self._options = options
        self._equations = equations
        self._width = options.width
        self._words = words(options.lang)

    def lines(self) -> Iterator[Line]:
        yield line((self._words["reports"], "strong"))
        for entry in self._comparison.entries:
            yield from self._entry(entry)
        if not self._comparison.pairs:
            yield line()
            yield line((self._words["nothing"], "warning"))
        yield from self._figures()
        yield from self._shares()
        for pair in self._comparison.pairs:
            yield line()
            yield from self._pair(pair)
        yield line()

    def _entry(self, entry: Entry) -> Iterator[Line]:
        name = harmless(entry.path)
        if entry.error is not None:
            said = self._words["not_read"].format(message=entry.error.message)
            yield from hanging(line(INDENT, "✗ ", (name, "strong"), "  "), one_line(said), "error", self._width)
            return
        assert entry.report is not None
        issuer = one_line(entry.report.issuer or self._words["unknown_issuer"])
        said = f"{self._year(entry.report)}  {issuer}"
        yield from hanging(line(INDENT, "✗ " if entry.left_out else "", (name, "strong"), "  "), said, "", self._width)
        if entry.left_out:
            yield from hanging(line(INDENT * 2), one_line(entry.left_out), "warning", self._width)

    def _year(self, report: Report) -> str:
        return self._words["unknown_year"] if report.year is None else str(report.year)

    # --- all years ----------------------------------------------------------------------------------------------------

    def _figures(self) -> Iterator[Line]:
        """The headline figures, a column a year; the last one says what became of them since the year before."""
        pairs = self._comparison.pairs
        rows: dict[str, dict[int, str]] = {}
        marked = False
        for number, pair in enumerate(pairs):
            for one in pair.headlines:
                row = rows.setdefault(one.label, {})
                row.setdefault(number, _shown(one.last))
                row[number + 1] = _shown(one.now) + ("*" if one.jump else "")
                marked = marked or one.jump
                if number == len(pairs) - 1:
                    row[number + 2] = _change(one.last, one.now)
        if rows:
            since = self._words["since"].format(year=self._year(pairs[-1].last))
            years = [self._year(pairs[0].last), *(self._year(pair.this) for pair in pairs)]
            yield from self._grid(self._words["figures"], [*years, since], rows)
            if marked:
                yield line(INDENT, (self._words["jump"], "warning"))

    def _shares(self) -> Iterator[Line]:
        """How much of each section stands in that of the year before."""
        pairs = self._comparison.pairs
        rows: dict[str, dict[int, str]] = {}
        for number, pair in enumerate(pairs):
            for one in pair.sections:
                row = rows.setdefault(one.title, {})
                row[number] = f"{one.share:.0f}%"
                if len(pairs) == 1:
                    row[1] = self._words["of"].format(length=one.length, repeated=one.repeated)
        if rows:
            heads = [self._year(pair.this) for pair in pairs] + ([""] if len(pairs) == 1 else [])
            yield from self._grid(self._words["sections"], heads, rows)

    def _grid(self, title: str, heads: Sequence[str], rows: Mapping[str, Mapping[int, str]]) -> Iterator[Line]:
        """A table with a label before each row; columns without room follow in another one below."""
        label = min(max(width(one_line(name)) for name in rows), max(LABEL, self._width // 3), self._width // 2)
        columns = [
            max(width(text) for text in (head, *(row.get(number, "") for row in rows.values())))
            for number, head in enumerate(heads)
        ]
        first = 0
        while first < len(heads):
            room = self._width - len(INDENT) - max(label, width(title) - len(INDENT))
            last = first
            while last < len(heads) and (room := room - columns[last] - GAP) >= 0:
                last += 1
            last = max(last, first + 1)
            chosen = range(first, last)
            yield line()
            cells = "".join(" " * GAP + pad(heads[number], columns[number], "right") for number in chosen)
            yield line((pad(title, len(INDENT) + label), "strong"), cells)
            for name, row in rows.items():
                cells = "".join(" " * GAP + pad(row.get(number, "·"), columns[number], "right") for number in chosen)
                yield line(INDENT, pad(clip(one_line(name), label), label), cells)
            first = last

    # --- a pair -------------------------------------------------------------------------------------------------------

    def _pair(self, pair: Pair) -> Iterator[Line]:
        years = f"{self._year(pair.last)} → {self._year(pair.this)}"
        lead = f"── {years} "
        yield line((lead + "─" * max(self._width - width(lead), 0), "frame"))
        if pair.remark:
            yield from hanging(line(INDENT), one_line(pair.remark), "warning", self._width)
        yield from self._carried(pair.carried)
        yield from self._continued(pair)
        for section in pair.sections:
            yield from self._passages(section, pair)
        if pair.result.findings:
            yield from Blocks(pair.result, self._options, self._equations).lines()
        else:
            yield line()
            yield self._nothing_found(pair)

    def _nothing_found(self, pair: Pair) -> Line:
        """That there are no findings, with what stands behind it: silence is never a pass."""
        statuses = [outcome.status for outcome in pair.result.outcomes.values()]
        undecided = statuses.count("could_not_check")
        said = [self._words["no_findings"]] if "passed" in statuses else []
        said += [self._words["undecided"].format(count=undecided)] if undecided else []
        sign = ("✓", "good") if "passed" in statuses else ("?", "warning")
        return line(INDENT, sign, " ", self._words["comma"].join(said) or self._words["no_rules"])

    def _carried(self, carried: Sequence[Carried]) -> Iterator[Line]:
        """Column by column what last year left over, and what this year took up."""
        rows: dict[tuple[str, str], list[Carried]] = {}
        for one in carried:
            rows.setdefault((one.last_label, one.label), []).append(one)
        for (last, now), columns in rows.items():
            yield line()
            title = self._words["carried"].format(last=one_line(last), now=one_line(now))
            yield from hanging(line(), title, "strong", self._width)
            told = [one for one in columns if self._options.verbose or not one.holds or one.last or one.now]
            label = max((width(one.column) for one in columns), default=0)
            cells = max((width(_known(value)) for one in columns for value in (one.last, one.now)), default=0)
            for one in told:
                figures = [pad(_known(value), cells, "right") for value in (one.last, one.now)]
                yield line(INDENT, pad(one.column, label), "  ", " → ".join(figures), "  ", SIGNS[one.holds])
            if len(told) < len(columns):
                yield line(INDENT, (self._words["zero"].format(count=len(columns) - len(told)), "frame"))

    def _continued(self, pair: Pair) -> Iterator[Line]:
        if pair.continued:
            yield line()
            yield line((self._words["continued"], "strong"))
        label = min(max((width(one.label) for one in pair.continued), default=0), self._width // 2)
        for one in pair.continued:
            equals = "=" if one.holds else "≠" if one.holds is False else "?"
            said = f"{one.left_terms} {equals} {one.right_terms}"
            if one.holds is False:
                said += f" = {one.right}"
            yield line(INDENT, pad(clip(one_line(one.label), label), label), "  ", said, "  ", SIGNS[one.holds])

    def _passages(self, section: Likeness, pair: Pair) -> Iterator[Line]:
        """The longest passages that both years have, side by side."""
        if not section.passages:
            return
        yield line()
        yield line((self._words["passages"].format(section=one_line(section.title)), "strong"))
        cells = (self._width - len(INDENT) - 3) // 2
        for this, last in section.passages:
            left = self._quoted(this, self._year(pair.this), cells)
            right = self._quoted(last, self._year(pair.last), cells)
            for number, (one, other) in enumerate(zip_longest(left, right, fillvalue="")):
                style = "" if number else "place"
                yield line(INDENT, (pad(one, cells), style), (" │ ", "frame"), (other, style))

    def _quoted(self, place: Slice, year: str, cells: int) -> list[str]:
        """Where a passage stands, and its words in lines."""
        where = clip(f"{year}  {place.span.describe(self._options.lang)}", cells)
        text = one_line(place.text)
        return [where, *wrap(text if self._options.verbose else clip(text, 3 * cells), cells)]


def _shown(value: Number) -> str:
    return str(value)


def _known(value: Number | None) -> str:
    return "?" if value is None else str(value)


def _change(last: Number, now: Number) -> str:
    """The difference, and what it is in percent of last year's figure."""
    difference = now - last
    if not difference or not last:
        return f"{difference:+}" if difference else "0"
    return f"{difference:+} ({100 * float(difference) / float(last):+.1f}%)"
