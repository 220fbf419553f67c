"""The findings of one file as blocks: what is wrong, where, why, and what to do.

One defect is one block: findings of one cause share it, and so do those of one rule with the same advice, unless
each has cells of its own to change.
"""

from __future__ import annotations

from gilint.model import TextSpan
from gilint.record import Record
from gilint.reporters import SEVERITIES
from gilint.reporters.excerpt import excerpt, quote
from gilint.reporters.labels import labels
from gilint.reporters.layout import hanging, harmless, line, line_width, one_line, trail
from gilint.reporters.parts import changed, is_drawn, key_of, parts_of, pictures, suggestions
from gilint.reporters.sums import Sums
from gilint.text import pad, width

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from gilint.model import Cell, Finding, Related, Result
    from gilint.reporters import Equations, Options
    from gilint.reporters.layout import Line
    from gilint.reporters.parts import Part
    from gilint.reporters.sums import Changes, Sum

    Group = list[Finding]

# More places than these are listed by position alone; more equations and other ways to mend them wait for --verbose.
_PLACES_SHOWN = 6
_SUMS_SHOWN = 12
_WAYS_SHOWN = 5
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
    # What is wrong in a table is told where it stands, with what the text says of it behind.
    ordered = [sorted(group, key=lambda one: one.cause is not None and not is_drawn(one)) for group in grouped.values()]
    return sorted(ordered, key=_gravity)


def _position(finding: Finding) -> tuple[float, ...]:
    return () if finding.span is None else finding.span.order


def _gravity(group: Group) -> int:
    return min(SEVERITIES.index(finding.severity) for finding in group)


def severity_of(group: Group) -> str:
    """The gravest severity of a group's findings."""
    return SEVERITIES[_gravity(group)]


class Case(Record):
    """What a group comes to: the equations that fail, what their cells should be (as suggested, else as the other
    cells tell), and the parts of tables that show it."""

    sums: list[Sum]
    changes: Changes
    parts: list[Part]


class Blocks:
    """Draws the findings of one result."""

    def __init__(self, result: Result, options: Options, equations: Equations) -> None:
        self._path = harmless(result.path)
        self._report = result.report
        self._sums = None if result.report is None else Sums(result.report, equations, options.lang)
        self._findings = result.findings
        self._values: Changes | None = None
        self._cells = options.width
        self._verbose = options.verbose
        self._lang = options.lang
        self._words = labels(options.lang)

    def lines(self) -> list[Line]:
        """All blocks, a blank line before each; what only informs takes a line each at the end."""
        drawn: list[Line] = []
        brief = False
        for group in groups(self._findings):
            if self._verbose or severity_of(group) != "info":
                drawn += [line(), *self._block(group)]
            else:
                drawn += [*([] if brief else [line()]), *self._brief(group)]
                brief = True
        return drawn

    def _block(self, group: Group) -> list[Line]:
        case = self.case(group)
        return [
            *self._headline(group, case),
            *self._place(self._wrong_place(group, case)),
            *self._picture(group, case),
            *self._arithmetic(group, case),
            *self._rest(group, case),
            *self._related(group, case),
            *self._cause(group),
            *self._changes(group),
            *self._grounds(group),
            *self._advice(group),
        ]

    def outline(self, group: Group) -> list[Line]:
        """A block without its drawing and its grounds, for those who see the whole table above."""
        case = self.case(group)
        return [
            *self._headline(group, case),
            *self._arithmetic(group, case, placed=True),
            *self._rest(group, case),
            *self._cause(group),
            *self._changes(group),
        ]

    def parts(self, group: Group) -> list[Part]:
        """The parts of tables that a block draws."""
        return self.case(group).parts

    def case(self, group: Group) -> Case:
        """What a group comes to."""
        if self._report is None or self._sums is None:
            return Case([], {}, [])
        sums = self._sums.of(filter(is_drawn, group))
        proposals = suggestions(group)
        changes = changed(proposals[0]) if proposals else self._derived(self._sums, sums)
        return Case(sums, changes, parts_of(self._report, group, sums, changes))

    def _derived(self, known: Sums, sums: Sequence[Sum]) -> Changes:
        if self._values is None:
            self._values = known.derived(known.of(self._findings))
        cells = {key for one in sums for key in one.cells}
        return {key: value for key, value in self._values.items() if key in cells}

    def _wrong_place(self, group: Group, case: Case) -> Finding | Cell:
        """Where a finding of a group stands that is to be changed itself, else the first cell that is."""
        tables = {} if self._report is None else self._report.tables
        cells = [tables[key[0]].cells.get(key[1:]) for key in case.changes if key[0] in tables]
        if key_of(group[0].address) in case.changes:
            return group[0]
        return next(filter(None, cells), group[0])

    # --- what ---------------------------------------------------------------------------------------------------------

    def _headline(self, group: Group, case: Case) -> list[Line]:
        message = group[0].message
        if group[0].cause is not None or len(case.sums) > 1 < len(group):
            # Each symptom is told below; what they have in common is the rules that they break.
            titles = dict.fromkeys(finding.title for finding in group)
            message = self._words["clauses"].join(filter(None, titles)) or message
        return hanging(self._title(group), one_line(message), "strong", self._cells)

    def _title(self, group: Group) -> Line:
        severity = severity_of(group)
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

    def _within(self, place: Finding | Related | Cell) -> str:
        """Where a finding, or another place, is within its file."""
        return "" if place.span is None else place.span.describe(self._lang)

    def _place(self, finding: Finding | Cell) -> list[Line]:
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

    def _picture(self, group: Group, case: Case) -> list[Line]:
        """The cells of a group drawn as tables, or the line of text of its first finding."""
        style, cells = severity_of(group), self._cells - line_width(_SIDE)
        drawn = [(*_SIDE, *each) for each in pictures(case.parts, style, self._lang, cells)]
        return drawn or self._quoted(group[0])

    def _quoted(self, finding: Finding) -> list[Line]:
        quoted = quote(finding)
        if quoted is None or not quoted.text.strip():
            return []
        shown = excerpt(quoted, self._cells - line_width(_SIDE))
        text = line(*_SIDE, shown.before, (shown.hit, finding.severity), shown.after)
        return [text, line(*_SIDE, (shown.carets, finding.severity))]

    # --- the other findings of the block ------------------------------------------------------------------------------

    def _arithmetic(self, group: Group, case: Case, placed: bool = False) -> list[Line]:
        """The equations that fail, one a line, in numbers."""
        if self._sums is None:
            return []
        sums = case.sums
        several = len({finding.rule for finding in group}) > 1
        told = sums if self._verbose else sums[:_SUMS_SHOWN]
        entries = []
        for one in told:
            rule = f"{one.finding.rule} " if several else ""
            # A single one stands where the block says.
            place = self._sums.place(one) if placed or len(sums) > 1 else ""
            entries.append((rule, place, self._sums.text(one, case.changes, self._cells)))
        lines = [_ticked(each) for each in self._listed(entries, " → ")]
        if len(told) < len(sums):
            more = self._words["more_sums"].format(count=len(sums) - len(told))
            lines += hanging(_FORK, more, "frame", self._cells, _SIDE)
        return lines

    def _rest(self, group: Group, case: Case) -> list[Line]:
        """The findings that no equation tells."""
        told = {id(one.finding) for one in case.sums}
        if group[0].cause is None:
            others = [finding for finding in group[1:] if id(finding) not in told]
            return self._others(others, group[0].message)
        rest = [finding for finding in group if id(finding) not in told]
        several = len({finding.rule for finding in group}) > 1
        return self._listed(
            [(f"{finding.rule} " if several else "", self._within(finding), finding.message) for finding in rest]
        )

    def _listed(self, entries: Sequence[tuple[str, str, str]], parting: str = "") -> list[Line]:
        """Entries of (rule, place, text), one a line; a text too long for it is broken before its ``parting``."""
        rule_cells = max((width(rule) for rule, _place, _text in entries), default=0)
        place_cells = max((width(place) for _rule, place, _text in entries), default=0)
        lines: list[Line] = []
        for rule, place, text in entries:
            beside = line((pad(place, place_cells), "place"), "  ") if place_cells else ()
            lead = line(*_FORK, pad(rule, rule_cells), *beside)
            said = one_line(text)
            if parting and line_width(lead) + width(said) > self._cells:
                said = said.replace(parting, "\n" + parting.lstrip(), 1)
            lines += hanging(lead, said, "", self._cells, _SIDE)
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

    def _related(self, group: Group, case: Case) -> list[Line]:
        """Other places, unless they are in the drawing already."""
        telling = group if len(group) <= _PLACES_SHOWN or self._verbose else group[:1]
        related = dict.fromkeys(
            ("", self._within(each), each.message or str(each.address))
            for finding in telling
            for each in finding.related
            if not any(part.has(each.address) for part in case.parts)
        )
        return self._listed(list(related))

    # --- why, and what to do ------------------------------------------------------------------------------------------

    def _cause(self, group: Group) -> list[Line]:
        return self._foot("cause", group[0].cause.text if group[0].cause else "")

    def _grounds(self, group: Group) -> list[Line]:
        bases = dict.fromkeys(
            f"{basis['document']} {basis['clause']}".strip() for finding in group for basis in finding.basis
        )
        return self._foot("basis", self._words["clauses"].join(bases))

    def _changes(self, group: Group) -> list[Line]:
        """What would mend a group: the way that is drawn, then the others. The cause may have told some."""
        cause = group[0].cause.text if group[0].cause else ""
        texts = list(dict.fromkeys(suggestion.text for suggestion in suggestions(group)))
        shown = texts if self._verbose else texts[: 1 + _WAYS_SHOWN]
        lines = [
            each
            for number, text in enumerate(shown)
            if text not in cause
            for each in self._foot("or" if number else "change", text)
        ]
        if len(shown) < len(texts):
            more = self._words["or_more"].format(count=len(texts) - len(shown))
            lines += hanging(_FOOT, more, "frame", self._cells)
        return lines

    def _advice(self, group: Group) -> list[Line]:
        return [each for text in dict.fromkeys(one.advice for one in group) for each in self._foot("advice", text)]

    def _foot(self, label: str, text: str) -> list[Line]:
        if not text:
            return []
        lead = line(*_FOOT, (self._words[label], "label"))
        return hanging(lead, one_line(text), "", self._cells)


def _ticked(pieces: Line) -> Line:
    """A line whose last sign says that an equation holds, in colour."""
    text, style = pieces[-1]
    return (*pieces[:-1], (text[:-1], style), ("✓", "good")) if text.endswith("✓") else pieces
