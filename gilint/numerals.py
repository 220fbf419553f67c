"""Numbers as they are written: Chinese numerals of headings, and the content of table cells.

Cells are read exactly (``int`` or ``Decimal``, never ``float``) and never guessed: what could mean two things is text.
"""

from __future__ import annotations

from functools import lru_cache

from gilint.late import VERBOSE, late
from gilint.record import Record
from gilint.text import INVISIBLE, fold

TYPE_CHECKING = False
if TYPE_CHECKING:
    import re
    from decimal import Decimal


# --- Chinese numerals ---------------------------------------------------------------------------------------------

_DIGITS = "零一二三四五六七八九"
_SCALES = (("亿", 10**8), ("万", 10**4), ("千", 1000), ("百", 100), ("十", 10))
_LONGEST = 18  # digits: more than any quantity has, and few enough to stay cheap

_BY_DIGIT = late(f"[{_DIGITS}]{{1,{_LONGEST}}}")
_BARE_TEN = late("(?<![一二三四五六七八九])十")


def chinese_number(text: str) -> int | None:
    """The value of a Chinese numeral, spelled (``一百零三``) or digit by digit (``二〇二四``), else ``None``.

    Shortened forms (``三百五`` for 350) are ``None``: they differ from a missing 零 in nothing.
    """
    plain = text.replace("〇", "零").replace("○", "零")
    if _BY_DIGIT.fullmatch(plain):
        return int("".join(str(_DIGITS.index(digit)) for digit in plain))
    plain = _BARE_TEN.sub("一十", plain.replace("两", "二"))
    if len(plain) > 2 * _LONGEST:
        return None
    # The reading is lenient; that it is spelled the same way proves it, however it came about.
    value = _read(plain)
    return value if value > 0 and _spell(value) == plain else None


def to_chinese(number: int) -> str:
    """``number`` as headings spell it: 一, 十, 十二, 二十一. Below 10**16."""
    if not 0 < number < 10**16:
        raise ValueError(f"no numeral for {number}")
    spelled = _spell(number)
    return spelled[1:] if spelled.startswith("一十") else spelled


def _read(text: str) -> int:
    for unit, scale in _SCALES:
        if unit in text:
            head, _, rest = text.partition(unit)
            return _read(head) * scale + (_read(rest.lstrip("零")) if rest else 0)
    return _DIGITS.find(text)


def _spell(number: int) -> str:
    for unit, scale in _SCALES:
        if number >= scale:
            head, rest = divmod(number, scale)
            gap = "零" if 0 < rest < scale // 10 else ""
            return _spell(head) + unit + gap + (_spell(rest) if rest else "")
    return _DIGITS[number]


# --- cells --------------------------------------------------------------------------------------------------------


class Reading(Record, hot=True):
    """What a cell says.

    ``kind``: number, blank, dash (``/``, ``—``), word (无), text. ``value`` is ``None`` unless the kind is number; it
    is a ``Decimal`` exactly when ``style`` has decimals. ``style`` names, in this order, what is odd in the way the
    number is written: separator, unit, hedge, annotated, scaled, decimals, signed.
    """

    kind: str
    value: int | Decimal | None = None
    style: tuple[str, ...] = ()


_SHORT = 24
_TEXT = Reading("text")
_WORDS = frozenset({"无", "没有", "暂无", "N/A"})
_DASH_MARKS = "-—–―‐‑‒─"
_DASHES = late(f"/|[{_DASH_MARKS}]{{1,4}}")

# One character for one; the minus sign is a hyphen to us, the full-width comma stays, as it is a style of its own.
# Behind the mark that stays digits are shown from right to left, so there is no telling which number is meant.
_PLAIN = str.maketrans("０１２３４５６７８９．％＋－−／（）", "0123456789.%+--/()", INVISIBLE.replace("\u202e", ""))

_NUMBER = late(
    r"""
    (?P<before> (?: 大?约 | 将?近 | 逾 | 超过 ) \s* )?
    (?P<sign> [+-] | 增加? \s? | 减少? \s? )?
    (?P<whole> [1-9][0-9]{0,2} (?P<separator> [,， \u00a0\u2007-\u200a\u202f] ) [0-9]{3} (?: (?P=separator) [0-9]{3} )*
             | [0-9]+ )
    (?: \. (?P<fraction> [0-9]+ ) )?
    (?P<inside> \s* [余多] )?
    # 万元 is the unit of a money column, whereas 万 is a scale; 3万余元 may be either, so it is neither.
    (?: \s* (?P<scale> [万亿] ) (?! [余多]? \s* 元 ) )?
    (?P<between> \s* (?: [余多] | 左右 ) )?
    # A run of Han letters is a unit unless it holds a number, a hedge, a denial or a conjunction.
    (?: \s* (?P<unit> % | [万亿]元
                   | (?: (?! [一二三四五六七八九十百千万亿两余多约近左右无没未不或和及与至到其] ) [一-鿿] ){1,4} ) )?
    (?P<after> \s* (?: [余多] | 左右 ) )?
    # A scale in brackets would change the value: 3（万件）.
    (?P<note> \s* \( (?! \s* [百千万亿] ) [^()]+ \) )?
    """,
    VERBOSE,
)


def read_cell(raw: str) -> Reading:
    """The reading of a cell's content, e.g. ``1，234件`` → number 1234 with the styles separator and unit."""
    # The cells of reports are a few short texts over and over; long ones are no cells, and not worth their memory.
    return _remembered(raw) if len(raw) <= _SHORT else _reading(raw)


def _reading(raw: str) -> Reading:
    if raw.isascii() and raw.isdigit() and len(raw) <= _LONGEST:
        return Reading("number", int(raw))
    plain = raw.translate(_PLAIN).strip()
    if not plain:
        return Reading("blank")
    if not any(map(str.isdigit, plain)):
        # Labels and sentences come by here far more often than numbers that are written oddly.
        return _without_digits(plain)
    parts = _NUMBER.fullmatch(plain)
    return _number(parts) if parts else _TEXT


_remembered = lru_cache(maxsize=4096)(_reading)


def _without_digits(plain: str) -> Reading:
    if plain[0] in _DASH_MARKS + "/" and _DASHES.fullmatch(plain):
        return Reading("dash")
    return Reading("word") if fold(plain).upper() in _WORDS else _TEXT


def _number(parts: re.Match[str]) -> Reading:
    whole, separator, fraction = parts["whole"], parts["separator"], parts["fraction"] or ""
    if separator:
        whole = whole.replace(separator, "")
    if len(whole) + len(fraction) > _LONGEST:
        return _TEXT
    sign, scale = parts["sign"] or "", {"万": 4, "亿": 8}.get(parts["scale"], 0)
    value = _value(sign.startswith(("-", "减")), whole, fraction, scale)
    styles = {
        "separator": separator,
        "unit": parts["unit"],
        "hedge": parts["before"] or parts["inside"] or parts["between"] or parts["after"],
        "annotated": parts["note"],
        "scaled": scale,
        "decimals": not isinstance(value, int),
        "signed": sign,
    }
    return Reading("number", value, tuple(style for style, present in styles.items() if present))


def _value(negative: bool, whole: str, fraction: str, scale: int) -> int | Decimal:
    """``whole.fraction`` times 10 to the power of ``scale``; an ``int`` if nothing is left behind the point."""
    if scale:
        # The zeros of 1.20万 are the author's precision, not part of the value.
        fraction = fraction.rstrip("0")
    exponent = scale - len(fraction)
    digits = f"-{whole}{fraction}" if negative else whole + fraction
    if exponent >= 0:
        return int(digits + "0" * exponent)
    from decimal import Decimal

    # Built from the digits: arithmetic would round to the caller's context.
    return Decimal(f"{digits}E{exponent}")
