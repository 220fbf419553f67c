"""List numbers as OpenDocument has them computed: 一、（一）1. (ODF 1.3, part 3, 5.3 and 16.30)."""

from __future__ import annotations

from gilint.late import late
from gilint.readers.docx.numbers import written
from gilint.readers.odt.names import (
    CONTINUED_LIST,
    CONTINUES,
    DISPLAY_LEVELS,
    FOLLOWED_BY,
    ID,
    LABEL_ALIGNMENT,
    LABEL_FORMATS,
    LEVEL,
    NUMBER_FORMAT,
    NUMBER_LEVELS,
    NUMBER_PREFIX,
    NUMBER_SUFFIX,
    OUTLINE_LEVEL,
    RESTART,
    START_VALUE,
    STYLE_NAME,
    STYLE_OVERRIDE,
    whole_number,
)
from gilint.record import Record

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

    from gilint.readers.odt.styles import Styles

    Counters = dict[int, int]
    """The number of the last item by its level, from 1."""

FORMS = {
    "1": "decimal",
    "a": "lowerLetter",
    "A": "upperLetter",
    "i": "lowerRoman",
    "I": "upperRoman",
    "": "none",
    "一, 二, 三, ...": "chineseCountingThousand",
    "一, 十, 一百, ...": "chineseCountingThousand",
    "壹, 贰, 叁, ...": "chineseLegalSimplified",
    "壹, 貳, 參, ...": "ideographLegalTraditional",
    "甲, 乙, 丙, ...": "ideographTraditional",
    "子, 丑, 寅, ...": "ideographZodiac",
    "①, ②, ③, ...": "decimalEnclosedCircle",
    "１, ２, ３, ...": "decimalFullWidth",
    "01, 02, 03, ...": "decimalZero",
}
"""Formats of numbers as LibreOffice names them, and Word."""
NO_NUMBER = "none"
PLACES = late(r"%([0-9]{1,2})%([^%]*)")
TAB, NOTHING = "listtab", "nothing"
MOST_LEVELS = 10


class Level(Record):
    """A level of a list style: its first number, its format, the text around the number (``pattern``) and the gap."""

    start: int
    form: str
    pattern: str
    gap: str


class List(Record):
    """A list inside of which items stand: its style, its level from 1, the counters that it shares with its parts."""

    style: str
    level: int
    counters: Counters


class Numbering:
    """The lists of a document, and how far they have been counted."""

    def __init__(self, styles: Styles) -> None:
        self._styles = styles
        self._levels: dict[str, Mapping[int, Level]] = {}
        self._by_id: dict[str, Counters] = {}
        self._by_style: dict[str, Counters] = {}
        self._outline: Counters = {}
        self._outline_levels = {} if styles.outline is None else _levels(styles.outline)

    def enter(self, element: Any, outer: List | None) -> List:
        """The list that begins at an element, inside an item of the ``outer`` one."""
        style = element.get(STYLE_NAME)
        if outer is not None:
            return List(style or outer.style, outer.level + 1, outer.counters)
        style = style or ""
        continued = element.get(CONTINUED_LIST)
        counters: Counters | None = None
        if continued is not None:
            counters = self._by_id.get(continued)
        elif element.get(CONTINUES) == "true":
            counters = self._by_style.get(style)
        if counters is None:
            counters = {}
        self._by_style[style] = counters
        if element.get(ID) is not None:
            self._by_id[element.get(ID)] = counters
        return List(style, 1, counters)

    def numbered(self, element: Any, key: str | None) -> List:
        """The list of a numbered paragraph that stands in none; ``key`` is its id."""
        style = element.get(STYLE_NAME, "")
        counters = self._by_id.setdefault(key, {}) if key else self._by_style.setdefault(style, {})
        return List(style, min(whole_number(element.get(LEVEL), 1, 1), MOST_LEVELS), counters)

    def item(self, at: List, element: Any) -> str:
        """What stands before the next item of a list, with the gap behind it."""
        style = element.get(STYLE_OVERRIDE) or at.style
        levels = self._levels.get(style)
        if levels is None:
            source = self._styles.lists.get(style)
            levels = self._levels[style] = {} if source is None else _levels(source)
        start = element.get(START_VALUE)
        return _counted(levels, at.counters, at.level, None if start is None else whole_number(start, 1))

    def heading(self, element: Any) -> str:
        """What the outline of the document puts before a heading."""
        level = whole_number(element.get(OUTLINE_LEVEL), 1, 1)
        start = element.get(START_VALUE) if element.get(RESTART) == "true" else None
        return _counted(self._outline_levels, self._outline, level, None if start is None else whole_number(start, 1))


def _counted(levels: Mapping[int, Level], counters: Counters, level: int, start: int | None) -> str:
    """Count one more item, and write its number."""
    own = levels.get(level)
    for above in range(1, level):
        # A level that was passed over counts as one item.
        counters.setdefault(above, levels[above].start if above in levels else 1)
    if start is not None:
        counters[level] = start
    elif level in counters:
        counters[level] += 1
    else:
        counters[level] = own.start if own else 1
    for below in [one for one in counters if one > level]:
        del counters[below]
    if own is None:
        return ""

    def number(match: Any) -> str:
        place, behind = int(match[1]), f"{match[2]}"
        source = levels.get(place)
        if source is None or place > level:
            return behind
        # A level above without numbers leaves no point behind.
        return "" if source.form == NO_NUMBER and place < level else written(counters[place], source.form) + behind

    text = PLACES.sub(number, own.pattern)
    return text + _gap(text, own.gap) if text.strip() else ""


def _gap(text: str, kind: str) -> str:
    """White space behind a label. A tab only sets the text off, which Chinese punctuation does by itself."""
    if kind == NOTHING:
        return ""
    return "" if kind == TAB and not text[-1].isascii() and not text[-1].isalnum() else " "


def _levels(style: Any) -> Mapping[int, Level]:
    """The levels with numbers of a list style; those with bullets have none."""
    found: dict[int, Level] = {}
    for element in style.iterchildren(*NUMBER_LEVELS):
        level = whole_number(element.get(LEVEL), 0)
        if not 0 < level <= MOST_LEVELS:
            continue
        form = element.get(NUMBER_FORMAT, "")
        form = FORMS.get(form, form)
        alignment = next(element.iter(LABEL_ALIGNMENT), None)
        found[level] = Level(
            start=whole_number(element.get(START_VALUE), 1),
            form=form,
            pattern=_pattern(element, level, form),
            gap=TAB if alignment is None else alignment.get(FOLLOWED_BY, TAB),
        )
    return found


def _pattern(element: Any, level: int, form: str) -> str:
    """The text of a label with ``%n%`` for the number of level n."""
    given = next(filter(None, map(element.get, LABEL_FORMATS)), None)
    if given is not None:
        return f"{given}"
    shown = min(max(whole_number(element.get(DISPLAY_LEVELS), 1, 1), 1), level)
    numbers = "" if form == NO_NUMBER else ".".join([f"%{one}%" for one in range(level - shown + 1, level + 1)])
    return f"{element.get(NUMBER_PREFIX, '')}{numbers}{element.get(NUMBER_SUFFIX, '')}"
