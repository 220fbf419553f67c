"""Two reports in one file: another title, and the sections once more below it."""

from __future__ import annotations

from gilint.errors import InputError
from gilint.recognise.outline import opens_section, parse_line
from gilint.recognise.title import titles_in
from gilint.record import Record

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Any

    from gilint.model import Origin, Paragraph
    from gilint.recognise.plan import FormPlan

ENOUGH_SECTIONS = 3


class _Part(Record):
    """What may be a report: where its title stands, its text, and the keys of the sections below it."""

    title: str
    origin: Origin
    sections: set[str]


def refuse_several(path: str, lines: Sequence[tuple[int, Paragraph]], plan: FormPlan, patterns: Sequence[Any]) -> None:
    """Raise ``InputError`` (``several-reports``) where the lines hold more than one report.

    A title opens another report when a section comes again below it. So none is opened by a cover, a running head, or
    the name of another report; and a table of contents has nothing below its lines.
    """
    titles = titles_in([block.text for _index, block in lines], patterns)
    if not titles:
        return
    opened = [_opened(index, block, plan) for index, block in lines]
    part = _Part("", lines[0][1].origin, set())
    parts = [part]
    waiting = None
    for position, key in enumerate(opened):
        if position in titles:
            waiting = _Part(titles[position], lines[position][1].origin, set())
        following = position + 1
        if key is None or following == len(opened) or opened[following] is not None or following in titles:
            continue
        if waiting is not None and (key in part.sections or not part.sections):
            part = waiting
            parts.append(part)
        part.sections.add(key)
        waiting = None
    reports = [part for part in parts if len(part.sections) >= ENOUGH_SECTIONS]
    if len(reports) > 1:
        raise _several(path, reports)


def _opened(index: int, block: Paragraph, plan: FormPlan) -> str | None:
    """The key of the section that a line opens."""
    line = parse_line(index, block.text, plan)
    return line.section.key if line.section is not None and opens_section(line) else None


def _several(path: str, reports: Sequence[_Part]) -> InputError:
    spans = [part.origin.span(0, 1) for part in reports]
    named = [f"“{part.title}”" if part.title else "没有标题的一份" for part in reports]
    zh = "、".join([f"{name}（{span.describe('zh')}）" for name, span in zip(named, spans, strict=True)])
    named = [part.title or "one without a title" for part in reports]
    en = ", ".join([f"{name} ({span.describe('en')})" for name, span in zip(named, spans, strict=True)])
    return InputError(
        "several-reports",
        path,
        {
            "zh": f"文件里有{len(reports)}份报告：{zh}",
            "en": f"the file holds {len(reports)} reports: {en}",
        },
        {
            "zh": "请把每份报告单独存成一个文件，再分别检查",
            "en": "save each report in a file of its own, and check them one by one",
        },
    )
