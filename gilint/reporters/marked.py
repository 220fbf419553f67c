"""A whole table as it was read, with the cells marked that findings speak of."""

from __future__ import annotations

from gilint.errors import UsageError
from gilint.reporters.blocks import Blocks, groups, severity_of
from gilint.reporters.labels import labels
from gilint.reporters.layout import hanging, line, one_line, rendered
from gilint.reporters.parts import marks
from gilint.reporters.tables import UNREAD, Drawing, Mark, draw, is_nil

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping

    from gilint.model import Finding, Report, Result, Table
    from gilint.reporters import Equations, Options
    from gilint.reporters.layout import Line

    Marks = dict[tuple[str, str], Mark]


def render_table(
    report: Report, key: str, options: Options, result: Result | None = None, equations: Equations | None = None
) -> str:
    """A whole table with aligned columns; with a ``result``, its cells are marked and what is wrong is listed below.

    Raises ``UsageError`` when the report has no table of this key.
    """
    words = labels(options.lang)
    table = report.tables.get(key)
    if table is None:
        choices = words["list"].join(report.tables) or words["not_found"]
        raise UsageError(words["no_table"].format(name=key, choices=choices))
    form = report.form.table(key)
    blocks = None if result is None else Blocks(result, options, equations or {})
    marked, told = ({}, []) if result is None or blocks is None else _judged(result, key, blocks)
    drawing = Drawing(table, form, form.rows, tuple(column.key for column in form.columns), marked)
    legend = [words[name] for name in _signs(table, marked)]
    lines = [
        *hanging(line(), form.title, "strong", options.width),
        *draw(drawing, options.width),
        *([line(), *hanging(line(), words["space"].join(legend), "frame", options.width)] if legend else []),
        *_not_read(table, report, options),
    ]
    if result is not None and result.error is not None:
        lines += [
            line(),
            *hanging(line(), words["unmarked"] + one_line(result.error.message), "warning", options.width),
        ]
    if blocks is not None:
        lines += [each for group in told for each in (line(), *blocks.outline(group))]
    return rendered(lines, options.color)


def _judged(result: Result, key: str, blocks: Blocks) -> tuple[Marks, list[list[Finding]]]:
    """The marks of a table's cells, those of the gravest findings, and the findings that speak of it, in groups."""
    marked: Marks = {}
    told = []
    for group in groups(result.findings):
        style = severity_of(group)
        found: Marks = {}
        for part in blocks.parts(group):
            if part.key == key:
                # A star behind every zero of a sum would hide the others.
                beside = {place: Mark(style, aside=True, star=not is_nil(part.table, [place])) for place in part.cells}
                found = {**beside, **marks(part, style)}
        if found:
            told.append(group)
        for place, mark in found.items():
            if place not in marked or (marked[place].aside and not mark.aside):
                marked[place] = mark
    return marked, told


def _signs(table: Table, marked: Mapping[tuple[str, str], Mark]) -> list[str]:
    """The signs that a drawing has, by the names of their words."""
    used = {
        "legend_blank": any(not cell.raw.strip() for cell in table.cells.values()),
        "legend_unread": bool(table.unread),
        "legend_change": any(mark.proposal is not None for mark in marked.values()),
        "legend_place": any(mark.proposal is None and not mark.aside for mark in marked.values()),
        "legend_aside": any(mark.aside and mark.star for mark in marked.values()),
    }
    return [name for name, is_used in used.items() if is_used]


def _not_read(table: Table, report: Report, options: Options) -> list[Line]:
    """The rows that were not read and those that are missing."""
    words = labels(options.lang)
    form = report.form.table(table.key)
    texts = [
        *(
            words["unread"].format(mark=UNREAD, label=one_line(row.label), raw=one_line(row.raw))
            for row in table.unread
        ),
        *(
            words["missing_row"].format(label=form.row(row).label)
            for row in table.missing_rows
            if not form.row(row).optional
        ),
    ]
    return [each for text in texts for each in hanging(line(), text, "warning", options.width)]
