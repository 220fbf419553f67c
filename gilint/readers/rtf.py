"""What an RTF file holds, as far as it must be known before a converter is given it.

A converter may take minutes over a few bytes that ask for much, and make something of a file that is cut off.
"""

from __future__ import annotations

from gilint.late import late
from gilint.readers.package import damaged, too_much

TYPE_CHECKING = False
if TYPE_CHECKING:
    from gilint.limits import Limits

DEEPEST = 500
"""Groups in groups; programs write some ten."""
TOKEN = late(r"\\(?:[{}\\]|bin(\d{1,12}) ?|(trowd|cellx|cell|nestcell|row|nestrow|par|line|tab|u)(?![a-z]))|([{}])")
"""Braces that do not belong to the text, and the words of interest; behind ``bin`` stand bytes that are no RTF."""


COUNTED = {
    "cellx": ("table_columns", "表格列数过多", "too many columns in a table"),
    "cell": ("cells", "表格单元格过多", "too many cells in tables"),
    "nestcell": ("cells", "表格单元格过多", "too many cells in tables"),
    "row": ("table_rows", "表格行数过多", "too many rows in tables"),
    "nestrow": ("table_rows", "表格行数过多", "too many rows in tables"),
}
"""Words that are counted, with the limit for them; all others are signs of the text."""
SIGN = ("characters", "正文过长", "too much text")
NEW_ROW = "trowd"


def refuse_unreadable(data: bytes, name: str, limits: Limits) -> None:
    """Raises ``InputError``: ``damaged`` for a file that is cut off or nested too deeply, ``too-large``."""
    text = data.decode("latin-1")
    counts: dict[str, int] = {}
    depth = at = 0
    while match := TOKEN.search(text, at):
        at = match.end()
        skipped, word, brace = match.groups()
        if brace:
            depth += 1 if brace == "{" else -1
            if depth > DEEPEST:
                raise damaged(name, "its groups are nested too deeply", "分组嵌套过深")
            if depth <= 0:
                return
        elif skipped:
            at += int(skipped)
        elif word == NEW_ROW:
            counts["table_columns"] = 0
        elif word:
            key, zh, en = COUNTED.get(word, SIGN)
            counts[key] = counts.get(key, 0) + 1
            if counts[key] > getattr(limits, key):
                raise too_much(name, zh, en, key, getattr(limits, key))
    raise damaged(name, "it is cut off", "内容没有存完整")
