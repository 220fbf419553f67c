"""The findings of one file as blocks: what is wrong, where, why, and what to do.

One defect is one block: findings of one cause share it, and so do those of one rule with the same advice, unless
each has cells of its own to change.
"""

from __future__ import annotations

from gilint.model import Cell, Table, TextSpan
from gilint.reporters import SEVERITIES
from gilint.reporters.excerpt import excerpt, quote
from gilint.reporters.labels import labels
from gilint.reporters.layout import hanging, harmless, line, line_width, one_line, trail
from gilint.reporters.tables import BLANK, Drawing, draw
from gilint.text import pad, width

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from gilint.form import FormRow
    from gilint.model import Finding, Related, Report, Result, Suggestion
    from gilint.reporters import Options
    from gilint.reporters.layout import Line

    Group = list[Finding]

# More places than these are listed by position alone, and a larger table leaves out its rows of zeros.
_PLACES_SHOWN = 6
_ROWS_SHOWN = 8
# A part of a trail with less than this says nothing.
_TRAIL_PART = 12

_OPEN = line(("   ╭─ ", "frame"))
_SIDE = line(("   │ ", "frame"))
_FORK = line(("   ├─ ", "frame"))
_FOOT = line(("   = ", "frame"))


def groups(findings: Iterable[Finding]) -> list[Group]:
    """Findings by block, the gravest first, then in the order of the document."""
    grouped: dict[tuple[str, ...], Group] = {}
    for finding in sorted(findings, key=_position):
        if finding.cause is not None:
            key: tuple[str, ...] = (finding.cause.id,)
        elif finding.suggestions:
            key = (finding.rule, str(len(grouped)))
        else:
            key = (finding.rule, finding.severity, finding.advice)
        grouped.setdefault(key, []).append(finding)
    return sorted(grouped.values(), key=_gravity)


def _position(finding: Finding) -> tuple[float, ...]:
    return () if finding.span is None else finding.span.order


def _gravity(group: Group) -> int:
    return min(SEVERITIES.index(finding.severity) for finding in group)


class Blocks:
    """Draws the findings of one result."""

    def __init__(self, result: Result, options: Options) -> None:
        self._path = harmless(result.path)
        self._report = result.report
        self._findings = result.findings
        self._cells = options.width
        self._verbose = options.verbose
        self._lang = options.lang
        self._words = labels(options.lang)

    def lines(self) -> list[Line]:
        """All blocks, a blank line before each; what only informs takes a line each at the end."""
        drawn: list[Line] = []
        brief = False
        for group in groups(self._findings):
            if self._verbose or SEVERITIES[_gravity(group)] != "info":
                drawn += [line(), *self._block(group)]
            else:
                drawn += [*([] if brief else [line()]), *self._brief(group)]
                brief = True
        return drawn

    def _block(self, group: Group) -> list[Line]:
        first = group[0]
        return [
            *self._headline(group),
            *self._place(first),
            *self._picture(group),
            *(self._others(group[1:], first.message) if first.cause is None else self._symptoms(group)),
            *self._related(group),
            *self._grounds(group),
            *self._advice(group),
        ]

    # --- what ---------------------------------------------------------------------------------------------------------

    def _headline(self, group: Group) -> list[Line]:
        message = group[0].message
        if group[0].cause is not None:
            # Each symptom is told below; what they have in common is the rules that they break.
            titles = dict.fromkeys(finding.title for finding in group)
            message = self._words["clauses"].join(filter(None, titles)) or message
        return hanging(self._title(group), one_line(message), "strong", self._cells)

    def _title(self, group: Group) -> Line:
        severity = SEVERITIES[_gravity(group)]
        names = {finding.rule: finding.name for finding in group}
        shown = self._words["list"].join(names) if len(names) > 1 else f"{group[0].rule} {group[0].name}"
        return line((f"{self._words[severity]} {shown}", severity), "  ")

    def _brief(self, group: Group) -> list[Line]:
        """A group on a line of its own, for what can wait."""
        places = self._within(group[0])
        if len(group) > 1:
            places += self._words["and_more"].format(count=len(group) - 1)
        return hanging(self._title(group), f"{one_line(group[0].message)}  {places}".rstrip(), "", self._cells)

    # --- where --------------------------------------------------------------------------------------------------------

    def _within(self, place: Finding | Related) -> str:
        """Where a finding, or another place, is within its file."""
        return "" if place.span is None else place.span.describe(self._lang)

    def _place(self, finding: Finding) -> list[Line]:
        # What a line number follows is a path that editors open; other places are words.
        parting = ":" if isinstance(finding.span, TextSpan) else "  "
        where = self._path if finding.span is None else f"{self._path}{parting}{self._within(finding)}"
        opening = line(*_OPEN, (where, "place"))
        if not finding.address.trail:
            return [opening]
        beside = line(*opening, (" ─ ", "frame"))
        shown = trail(finding.address.trail, self._cells - line_width(beside), _TRAIL_PART)
        if shown is not None:
            return [line(*beside, shown)]
        shown = trail(finding.address.trail, self._cells - line_width(_SIDE)) or ""
        # Apart from what follows, which may be a table that begins with words as well.
        return [opening, line(*_SIDE, shown), _SIDE]

    def _picture(self, group: Group) -> list[Line]:
        """The cells of a group drawn as tables, or the line of text of its first finding."""
        wanted = self._wanted_cells(group)
        if wanted and self._report is not None:
            changes = self._changes(group)
            return [
                (*_SIDE, *drawn)
                for table, keys in wanted.items()
                for drawn in self._table(self._report, table, keys, changes.get(table, {}), group)
            ]
        return self._quoted(group[0])

    def _quoted(self, finding: Finding) -> list[Line]:
        quoted = quote(finding)
        if quoted is None or not quoted.text.strip():
            return []
        shown = excerpt(quoted, self._cells - line_width(_SIDE))
        text = line(*_SIDE, shown.before, (shown.hit, finding.severity), shown.after)
        return [text, line(*_SIDE, (shown.carets, finding.severity))]

    def _wanted_cells(self, group: Group) -> dict[str, set[tuple[str, str]]]:
        """The cells that a group speaks of, by table, as far as the report has the table."""
        # A finding in prose is shown in prose, whatever table it speaks of beside.
        if not any(map(_is_drawn, group)):
            return {}
        addresses = [
            address
            for finding in filter(_is_drawn, group)
            for address in (finding.address, *(related.address for related in finding.related))
        ]
        wanted: dict[str, set[tuple[str, str]]] = {}
        for address in addresses:
            table = self._find_table(address.table)
            if table is None or address.row is None:
                continue
            columns = [key[1] for key in table if key[0] == address.row] if address.column is None else [address.column]
            wanted.setdefault(table.key, set()).update((address.row, column) for column in columns)
        for key, changed in self._changes(group).items():
            wanted.setdefault(key, set()).update(changed)
        return {key: cells for key, cells in wanted.items() if cells}

    def _find_table(self, key: str | None) -> Table | None:
        return self._report.tables.get(key) if self._report is not None and key is not None else None

    def _changes(self, group: Group) -> dict[str, dict[tuple[str, str], str]]:
        """The values that the first suggestion proposes, by table."""
        changes: dict[str, dict[tuple[str, str], str]] = {}
        for suggestion in _suggestions(group)[:1]:
            for table, row, column, _before, after in suggestion.cells:
                if self._find_table(table) is not None:
                    changes.setdefault(table, {})[row, column] = BLANK if after is None else str(after)
        return changes

    def _table(
        self,
        report: Report,
        table: str,
        keys: set[tuple[str, str]],
        changes: Mapping[tuple[str, str], str],
        group: Group,
    ) -> list[Line]:
        form = report.form.table(table)
        rows = tuple(row for row in form.value_rows if any(row.key == key[0] for key in keys))
        columns = tuple(column.key for column in form.columns if any(column.key == key[1] for key in keys))
        own = {finding.address.row for finding in group} | {key[0] for key in changes}
        kept = rows
        if len(rows) > _ROWS_SHOWN:
            kept = tuple(row for row in rows if row.key in own or not _all_zero(report.tables[table], row, columns))
        style = SEVERITIES[_gravity(group)]
        drawing = Drawing(report.tables[table], form, kept, columns, frozenset(keys), changes, style)
        lines = draw(drawing, self._cells - line_width(_SIDE))
        if len(kept) < len(rows):
            lines.append(line((self._words["zero_rows"].format(count=len(rows) - len(kept)), "frame")))
        return lines

    # --- the other findings of the block ------------------------------------------------------------------------------

    def _symptoms(self, group: Group) -> list[Line]:
        """The symptoms of a cause, one a line."""
        several = len({finding.rule for finding in group}) > 1
        return self._listed(
            [(f"{finding.rule} " if several else "", self._within(finding), finding.message) for finding in group]
        )

    def _listed(self, entries: Sequence[tuple[str, str, str]]) -> list[Line]:
        rule_cells = max((width(rule) for rule, _place, _text in entries), default=0)
        place_cells = max((width(place) for _rule, place, _text in entries), default=0)
        lines: list[Line] = []
        for rule, place, text in entries:
            lead = line(*_FORK, pad(rule, rule_cells), (pad(place, place_cells), "place"), "  ")
            lines += hanging(lead, one_line(text), "", self._cells, _SIDE)
        return lines

    def _others(self, findings: Group, said: str) -> list[Line]:
        """Further places of the same defect, each with its text where that is news."""
        if not findings:
            return []
        more = self._words["more"].format(count=len(findings))
        if len(findings) > _PLACES_SHOWN and not self._verbose:
            lead = line(*_FORK, more + self._words["colon"])
            return hanging(lead, self._words["list"].join(map(self._within, findings)), "place", self._cells, _SIDE)
        cells = max(width(self._within(finding)) for finding in findings)
        lines = [line(*_FORK, more)]
        for finding in findings:
            lead = line(*_SIDE, " ", (pad(self._within(finding), cells), "place"), "  ")
            lines += self._other(finding, lead, said)
        return lines

    def _other(self, finding: Finding, lead: Line, said: str) -> list[Line]:
        quoted = quote(finding)
        if finding.message != said or quoted is None:
            return hanging(lead, one_line(finding.message), "", self._cells, _SIDE)
        shown = excerpt(quoted, self._cells - line_width(lead))
        return [line(*lead, shown.before, (shown.hit, finding.severity), shown.after)]

    def _related(self, group: Group) -> list[Line]:
        """Other places, unless they are in the drawing already."""
        telling = group if len(group) <= _PLACES_SHOWN or self._verbose else group[:1]
        related = dict.fromkeys(
            ("", self._within(each), each.message or str(each.address))
            for finding in telling
            for each in finding.related
            if not (_is_drawn(finding) and self._find_table(each.address.table) and each.address.row)
        )
        return self._listed(list(related))

    # --- why, and what to do ------------------------------------------------------------------------------------------

    def _grounds(self, group: Group) -> list[Line]:
        cause = group[0].cause.text if group[0].cause else ""
        bases = dict.fromkeys(
            f"{basis['document']} {basis['clause']}".strip() for finding in group for basis in finding.basis
        )
        return [*self._foot("cause", cause), *self._foot("basis", self._words["clauses"].join(bases))]

    def _advice(self, group: Group) -> list[Line]:
        cause = group[0].cause.text if group[0].cause else ""
        suggestions = list(dict.fromkeys(suggestion.text for suggestion in _suggestions(group)))
        if all(text in cause for text in suggestions):
            suggestions = []
        label = "change" if len(suggestions) == 1 else "change_n"
        changes = [
            each for number, text in enumerate(suggestions, 1) for each in self._foot(label, text, number=number)
        ]
        advice = [
            each for text in dict.fromkeys(finding.advice for finding in group) for each in self._foot("advice", text)
        ]
        return [*changes, *advice]

    def _foot(self, label: str, text: str, **values: object) -> list[Line]:
        if not text:
            return []
        lead = line(*_FOOT, (self._words[label].format(**values), "label"))
        return hanging(lead, one_line(text), "", self._cells)


def _is_drawn(finding: Finding) -> bool:
    return isinstance(finding.at, Cell | Table)


def _suggestions(group: Group) -> list[Suggestion]:
    return [suggestion for finding in group for suggestion in finding.suggestions]


def _all_zero(table: Table, row: FormRow, columns: Iterable[str]) -> bool:
    cells = [table[row.key, column] for column in columns if row.key is not None and (row.key, column) in table]
    return bool(cells) and all(cell.value == 0 for cell in cells)
