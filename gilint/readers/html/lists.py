"""Numbers of lists, which a page computes and its source does not hold."""

from __future__ import annotations

import re

from gilint.late import late
from gilint.numerals import to_chinese

TYPE_CHECKING = False
if TYPE_CHECKING:
    from gilint.readers.html.tree import Element

STYLES = "none|cjk|chinese|alpha|latin|roman|decimal|disc|circle|square"
STYLE = late(rf"list-style(?:-type)?\s*:[^;]*?({STYLES})", re.IGNORECASE)
NUMBER = late(r"\s*([+-]?\d{1,6})")
NUMBERED = late(r"\s*(?:[（(]?(?:[一二三四五六七八九十]{1,3}|\d{1,3})[）)、.．]|[①-⑳])")
"""Items that bring their number with them."""
TYPES = {"1": "decimal", "a": "alpha", "A": "alpha", "i": "roman", "I": "roman"}
LETTERS = 26
COUNTED = ("decimal", "cjk", "chinese", "alpha", "latin")


class Numbering:
    """The numbers of one list; ``style`` is how they are written."""

    def __init__(self, style: str, first: int, upper: bool) -> None:
        self._style = style
        self._next = first
        self._upper = upper

    def label(self, item: Element) -> str:
        """The number of the next item, as it is shown before its text."""
        value = NUMBER.match(item.attr("value") or "")
        number = int(value[1]) if value else self._next
        self._next = number + 1
        if _style(item) not in ("", *COUNTED) or number < 1:
            return ""
        if self._style in ("cjk", "chinese"):
            return f"{to_chinese(number)}、"
        if self._style in ("alpha", "latin") and number <= LETTERS:
            return f"{chr(ord('A' if self._upper else 'a') + number - 1)}. "
        return f"{number}. "


def numbering(element: Element) -> Numbering | None:
    """The numbers of a list, ``None`` for one that shows none, or none that can be told."""
    kind = element.attr("type") or ""
    style = _style(element) or TYPES.get(kind, "decimal")
    if element.tag != "ol" or style not in COUNTED or element.attr("reversed") is not None:
        return None
    first = NUMBER.match(element.attr("start") or "")
    return Numbering(style, int(first[1]) if first else 1, kind == "A" or "upper" in (element.attr("style") or ""))


def _style(element: Element) -> str:
    match = STYLE.search(element.attr("style") or "")
    return match[1].lower() if match else ""
