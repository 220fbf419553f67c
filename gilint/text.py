"""Text as it is compared (folding, keys, likeness) and as it is printed (cells of a terminal).

Two forms serve comparison. :func:`fold` is for finding phrases and keeps punctuation; :func:`label_key` is for telling
whether two labels are the same and evens out punctuation too. Neither is ever shown: findings quote the source.
"""

from __future__ import annotations

import os
from collections import Counter
from functools import lru_cache

from gilint.late import late

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator


def _characters(*ranges: tuple[int, int]) -> str:
    return "".join(chr(code) for first, last in ranges for code in range(first, last + 1))


# Everything that str.isspace() accepts; written out, since asking every character would cost at each start.
WHITESPACE = _characters(
    (0x09, 0x0D), (0x1C, 0x20), (0x85, 0x85), (0xA0, 0xA0), (0x1680, 0x1680), (0x2000, 0x200A), (0x2028, 0x2029),
    (0x202F, 0x202F), (0x205F, 0x205F), (0x3000, 0x3000),
)  # fmt: skip

# Controls, soft hyphen, zero-width and direction marks, variation selectors, byte order mark.
INVISIBLE = _characters(
    (0x00, 0x08), (0x0E, 0x1B), (0x7F, 0x84), (0x86, 0x9F), (0xAD, 0xAD), (0x180E, 0x180E), (0x200B, 0x200F),
    (0x202A, 0x202E), (0x2060, 0x2064), (0x2066, 0x206F), (0xFE00, 0xFE0F), (0xFEFF, 0xFEFF),
)  # fmt: skip

# Full-width forms stand at a fixed distance from ASCII (Unicode block Halfwidth and Fullwidth Forms).
WIDE = _characters((0xFF10, 0xFF19), (0xFF21, 0xFF3A), (0xFF41, 0xFF5A))
FOLDING: dict[int, int | None] = {ord(char): ord(char) - 0xFEE0 for char in WIDE}
FOLDING.update(dict.fromkeys(map(ord, WHITESPACE + INVISIBLE)))
_FOLDED = late(f"[{WHITESPACE}{INVISIBLE}{WIDE}]")
_DROPPED = frozenset(WHITESPACE + INVISIBLE)

_LABEL = str.maketrans("(),:;", "（），：；", "“”\"'‘’「」『』＂＇")
_LEADING_NUMBER = late(r"([0-9]+|[一二三四五六七八九十]+)[.．、，]")


# --- comparing ----------------------------------------------------------------------------------------------------
# Many rules compare the same paragraphs and the same labels, so the last ones folded are kept.


@lru_cache(maxsize=1024)
def fold(text: str) -> str:
    """``text`` without whitespace and invisible characters, full-width digits and letters as ASCII.

    Punctuation stays as it is. No character becomes two, so :func:`fold_offsets` can lead back.
    """
    # Most texts have nothing to fold, and looking for that is three times as fast as translating.
    return text.translate(FOLDING) if _FOLDED.search(text) else text


def fold_offsets(text: str) -> list[int]:
    """For each character of ``fold(text)`` its offset in ``text``, and ``len(text)`` at last.

    A hit ``[a, b)`` in the folded text, not empty, is ``text[offsets[a] : offsets[b - 1] + 1]``.
    """
    offsets = [offset for offset, char in enumerate(text) if char not in _DROPPED]
    offsets.append(len(text))
    return offsets


@lru_cache(maxsize=2048)
def label_key(text: str) -> str:
    """The form in which labels are compared: ``1、“三 安全”(项)`` and ``1.三安全（项）`` have the same key.

    Folded, without quotation marks, with full-width brackets, comma, colon and semicolon, and a dot after a leading
    number whatever mark stands there. Other brackets (``〔〕[]``) are part of a name and stay.
    """
    key = fold(text).translate(_LABEL)
    number = _LEADING_NUMBER.match(key)
    return f"{number[1]}.{key[number.end() :]}" if number else key


def similarity(first: str, second: str) -> float:
    """How alike two texts are, 0 to 1: Dice's coefficient over the character bigrams of the folded texts.

    Where one text has no bigram the characters themselves are compared. Two empty texts are alike.
    """
    one, two = fold(first), fold(second)
    if one == two:
        return 1.0
    size = 2 if min(len(one), len(two)) > 1 else 1
    grams, others = _grams(one, size), _grams(two, size)
    return 2 * (grams & others).total() / (grams.total() + others.total())


def _grams(text: str, size: int) -> Counter[str]:
    return Counter(text[at : at + size] for at in range(len(text) - size + 1))


def closest(word: str, candidates: Iterable[str]) -> str | None:
    """The candidate that ``word`` was probably meant to be, whatever its case, or ``None``."""
    # Only a mistyped name needs it, so no other run pays for the import.
    from difflib import get_close_matches

    by_case: dict[str, str] = {}
    for candidate in candidates:
        by_case.setdefault(candidate.casefold(), candidate)
    found = get_close_matches(word.casefold(), by_case, n=1)
    return by_case[found[0]] if found else None


# --- printing -----------------------------------------------------------------------------------------------------

_SPACES = " \t\u3000"
_NO_BREAK = "\u00a0\u202f\u2060"

# GB/T 15834—2011, 5.1: these marks do not begin a line, and these do not end one.
_CLOSING = frozenset("，。、；：！？）》”’】〉」』〕］｝…·～％‰℃,.;:!?)]}%" + _NO_BREAK)
_OPENING = frozenset("（《“‘【〈「『〔［｛([{" + _NO_BREAK)
_NARROW = frozenset("\t\u00a0“”‘’…—·×≠→›✓─│╭├")


def shown_path(path: str) -> str:
    """A path as people write it: relative where it lies below the current folder."""
    absolute, below = os.path.abspath(path), os.path.join(os.getcwd(), "")
    return absolute[len(below) :] if absolute.startswith(below) else absolute


def width(text: str) -> int:
    """The cells that ``text`` takes up in a terminal; ambiguous characters (quotation marks, dashes) count one.

    Source: Unicode Standard Annex #11, East Asian Width. A tab counts one.
    """
    if text.isascii() and text.isprintable():
        return len(text)
    return sum(map(_cells, text))


@lru_cache(maxsize=8192)
def _cells(char: str) -> int:
    if " " <= char <= "~" or char in _NARROW:
        return 1
    if "\u4e00" <= char <= "\u9fff" or "\uff01" <= char <= "\uff5e" or "\u3001" <= char <= "\u3029":
        return 2  # ideographs, the marks that are as wide, and brackets
    import unicodedata  # it takes longer to load than all else that is printed, and most reports need no more

    category = unicodedata.category(char)
    if category in {"Mn", "Me", "Cc", "Cf", "Zl", "Zp"}:
        return 0
    # Python 3.11 calls every unassigned character full-width.
    return 2 if unicodedata.east_asian_width(char) in "WF" and category != "Cn" else 1


def pad(text: str, cells: int, align: str = "left") -> str:
    """``text`` filled with spaces up to ``cells``; ``align`` is left, right or center. A wider text stays whole."""
    gap = max(0, cells - width(text))
    before = {"left": 0, "right": gap, "center": gap // 2}[align]
    return " " * before + text + " " * (gap - before)


def clip(text: str, cells: int) -> str:
    """``text`` if it fits into ``cells``, else as much of it as fits before a final ``…``."""
    if width(text) <= cells:
        return text
    return text[: _fit(text, 0, cells - 1)] + "…" if cells > 0 else ""


def wrap(text: str, cells: int) -> list[str]:
    """``text`` in lines of at most ``cells``; newlines stay, and only spaces are lost at a break.

    Chinese breaks anywhere but before closing and after opening punctuation. A Latin word or a number breaks only
    when it is longer than a line. A line is too wide only where a single character is.
    """
    return [line for paragraph in text.splitlines() or [""] for line in _lines(paragraph, cells)]


def _lines(text: str, cells: int) -> Iterator[str]:
    start = 0
    while True:
        end = _line_end(text, start, cells)
        if end == len(text):
            yield text[start:]
            return
        yield text[start:end].rstrip(_SPACES)
        start = _after_spaces(text, end)
        if start == len(text):
            return


def _line_end(text: str, start: int, cells: int) -> int:
    """Where the line that begins at ``start`` ends: the last good break, else the last tolerable one, else any."""
    fit = max(_fit(text, start, cells), start + 1)
    if fit >= len(text):
        return len(text)
    # A break behind nothing but indentation would leave an empty line.
    indent = _after_spaces(text, start)
    for allowed in (_breaks, _splits):
        for at in range(fit, indent, -1):
            if allowed(text, at):
                return at
    return fit


def _fit(text: str, start: int, cells: int) -> int:
    """The largest ``end`` for which ``text[start:end]`` is not wider than ``cells``."""
    for end in range(start, len(text)):
        cells -= _cells(text[end])
        if cells < 0:
            return end
    return len(text)


def _breaks(text: str, at: int) -> bool:
    """Whether a line may break before ``text[at]`` without cutting a word."""
    before, after = text[at - 1], text[at]
    return not (_in_word(before) and _in_word(after)) and before + after != "——" and _splits(text, at)


def _splits(text: str, at: int) -> bool:
    """Whether punctuation tolerates a break before ``text[at]``; spaces there vanish, so their neighbours count."""
    before, after = at, _after_spaces(text, at)
    while before and text[before - 1] in _SPACES:
        before -= 1
    if before and text[before - 1] in _OPENING:
        return False
    return after == len(text) or (text[after] not in _CLOSING and _cells(text[after]) > 0)


def _in_word(char: str) -> bool:
    return "!" <= char <= "~" or "À" <= char <= "ɏ"


def _after_spaces(text: str, at: int) -> int:
    while at < len(text) and text[at] in _SPACES:
        at += 1
    return at
