"""List numbers as Word computes them: 一、（一）1. and the counters behind them."""

from __future__ import annotations

from gilint.late import late
from gilint.readers.docx.names import (
    ALTERNATIVES,
    FALLBACK,
    NUMBER_LEVEL,
    PARAGRAPH_STYLE,
    VALUE,
    W,
    flag,
    whole_number,
)
from gilint.readers.docx.numbers import SILENT, written
from gilint.readers.docx.styles import Styles
from gilint.record import Record

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from typing import Any

SCHEME, SCHEME_ID = f"{W}abstractNum", f"{W}abstractNumId"
LIST, LIST_ID = f"{W}num", f"{W}numId"
LEVEL, OVERRIDE, OVERRIDDEN_START = f"{W}lvl", f"{W}lvlOverride", f"{W}startOverride"
START, FORM, TEXT, GAP = f"{W}start", f"{W}numFmt", f"{W}lvlText", f"{W}suff"
RESTART, LEGAL = f"{W}lvlRestart", f"{W}isLgl"
LINK, LINKED = f"{W}numStyleLink", f"{W}styleLink"

DEPTHS = 9
MOST_LINKS = 5
"""How often a scheme may refer to another; programs do it once."""
PLACES = late("%([1-9])")
TAB, NOTHING = "tab", "nothing"
BULLET = "bullet"


class Level(Record):
    """A level of a list. ``restart`` is the level (from 1) from which on an item makes this one begin anew, 0 for
    none; ``style`` is the paragraph style that stands for the level."""

    start: int
    form: str
    text: str
    gap: str
    restart: int
    legal: bool
    style: str | None


class List(Record):
    """A list: its counters are those of its ``scheme``; ``starts`` are the numbers at which its levels begin anew."""

    scheme: str
    levels: Mapping[int, Level]
    starts: Mapping[int, int]


class Numbering:
    """The lists of a document, and how far they have been counted."""

    def __init__(self, root: Any, styles: Styles) -> None:
        self._styles = styles
        self._schemes: dict[str, Any] = {}
        self._sources: dict[str, Any] = {}
        if root is not None:
            for element in root.iterchildren(SCHEME, LIST):
                known, key = (self._schemes, SCHEME_ID) if element.tag == SCHEME else (self._sources, LIST_ID)
                known.setdefault(element.get(key, ""), element)
        self._by_style: dict[str, Any] | None = None
        self._lists: dict[str, List | None] = {}
        self._counters: dict[str, list[int | None]] = {}
        self._begun = set[tuple[str, int]]()

    def label(self, number: str, depth: int | None, styled: int | None, chain: Sequence[str]) -> str:
        """What stands before the next item of a list, with the gap behind it.

        ``depth`` is the level that the paragraph itself gives. Else it is the one for which a style of its ``chain``
        stands, else the one that its style gives (``styled``).
        """
        found = self._list(number)
        if found is None:
            return ""
        if depth is None:
            depth = _depth_of(found, chain, styled or 0)
        level = found.levels.get(depth)
        if level is None:
            return ""
        counters = self._count(number, found, depth)
        return _label(found, level, depth, counters)

    def _count(self, number: str, found: List, depth: int) -> list[int]:
        """The counters of a list with the next item of this level counted."""
        counters = self._counters.setdefault(found.scheme, [None] * DEPTHS)
        for above in range(depth):
            # A level that was passed over counts as one item, as in Word.
            if counters[above] is None:
                level = found.levels.get(above)
                counters[above] = level.start if level else 1
        now = counters[depth]
        begins = depth in found.starts and (number, depth) not in self._begun
        self._begun.add((number, depth))
        counters[depth] = found.starts.get(depth, found.levels[depth].start) if now is None or begins else now + 1
        for below in range(depth + 1, DEPTHS):
            level = found.levels.get(below)
            if level is None or depth < level.restart:
                counters[below] = None
        return [value or 0 for value in counters]

    # --- definitions -------------------------------------------------------------------------------------------------

    def _list(self, number: str) -> List | None:
        if number not in self._lists:
            element = self._sources.get(number)
            self._lists[number] = None if element is None else self._read(element)
        return self._lists[number]

    def _read(self, element: Any) -> List | None:
        scheme = self._scheme(element)
        if scheme is None:
            return None
        levels = dict(_levels(scheme))
        starts: dict[int, int] = {}
        for override in element.iterchildren(OVERRIDE):
            levels.update(_levels(override))
            for start in override.iterchildren(OVERRIDDEN_START):
                starts[whole_number(override.get(NUMBER_LEVEL), 0)] = whole_number(start.get(VALUE), 0)
        return List(scheme.get(SCHEME_ID, ""), levels, starts)

    def _scheme(self, element: Any) -> Any:
        """The scheme of a list; one that only refers to a style of lists is followed to that style's scheme."""
        scheme = self._schemes.get(_scheme_id(element))
        for _ in range(MOST_LINKS):
            link = None if scheme is None else scheme.find(LINK)
            if link is None:
                return scheme
            style = link.get(VALUE, "")
            number, _depth = self._styles.numbering(style)
            source = self._sources.get(number or "")
            scheme = self._linked(style) if source is None else self._schemes.get(_scheme_id(source))
        return None

    def _linked(self, style: str) -> Any:
        """The scheme that says of itself that it is that of a style of lists."""
        if self._by_style is None:
            self._by_style = {}
            for scheme in self._schemes.values():
                for child in scheme.iterchildren(LINKED):
                    self._by_style.setdefault(child.get(VALUE, ""), scheme)
        return self._by_style.get(style)


def _scheme_id(element: Any) -> str:
    return next((child.get(VALUE, "") for child in element.iterchildren(SCHEME_ID)), "")


def _levels(parent: Any) -> Iterator[tuple[int, Level]]:
    for element in parent.iterchildren(LEVEL):
        depth = whole_number(element.get(NUMBER_LEVEL), -1)
        if 0 <= depth < DEPTHS:
            yield depth, _level(element, depth)


def _level(element: Any, depth: int) -> Level:
    said: dict[str, Any] = {}
    for child in element.iterchildren(START, FORM, TEXT, GAP, RESTART, LEGAL, PARAGRAPH_STYLE, ALTERNATIVES):
        if child.tag == ALTERNATIVES:
            # A format of newer versions of Word, and what older ones print in its place.
            said.update((one.tag, one) for one in child.iterdescendants(FORM) if one.getparent().tag == FALLBACK)
        else:
            said[child.tag] = child

    def value(tag: str, default: str) -> str:
        given: str = said[tag].get(VALUE, default) if tag in said else default
        return given

    return Level(
        start=max(whole_number(value(START, "0"), 0), 0),
        form=value(FORM, "decimal"),
        text=value(TEXT, ""),
        gap=value(GAP, TAB),
        restart=min(whole_number(value(RESTART, f"{depth}"), depth), depth),
        legal=LEGAL in said and flag(said[LEGAL]),
        style=said[PARAGRAPH_STYLE].get(VALUE) if PARAGRAPH_STYLE in said else None,
    )


# --- labels -----------------------------------------------------------------------------------------------------------


def _depth_of(found: List, chain: Sequence[str], usual: int) -> int:
    """The level for which a style of the chain stands, the nearest first; else the ``usual`` one."""
    depths = {level.style: depth for depth, level in found.levels.items() if level.style is not None}
    return next((depths[style] for style in chain if style in depths), usual)


def _label(found: List, level: Level, depth: int, counters: Sequence[int]) -> str:
    if level.form == BULLET:
        return ""

    def number(match: Any) -> str:
        place = int(match.group(1)) - 1
        source = found.levels.get(place)
        if source is None or place > depth:
            return ""
        form = "decimal" if level.legal and source.form not in SILENT else source.form
        return written(counters[place], form)

    text: str = PLACES.sub(number, level.text)
    return text + _gap(text, level.gap) if text else ""


def _gap(text: str, kind: str) -> str:
    """White space behind a label. A tab only sets the text off, which Chinese punctuation does by itself."""
    if kind == NOTHING:
        return ""
    return "" if kind == TAB and not text[-1].isascii() and not text[-1].isalnum() else " "
