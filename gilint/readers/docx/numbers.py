"""Numbers as Word prints them in lists: by the names of its formats (ST_NumberFormat of ISO/IEC 29500-1)."""

from __future__ import annotations

from gilint.numerals import to_chinese

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable

SILENT = frozenset({"bullet", "none"})
"""Formats of levels that have a mark, or nothing, in place of a number."""
MOST = 10**9
"""Above this numbers are not spelled; no list has so many items."""
LONGEST_RUN = 30
"""Letters are repeated no more often: aa, bb … after z."""

PLAIN = "零一二三四五六七八九十百千万亿"
DIGITS = "〇一二三四五六七八九"
ROMAN = (
    (1000, "m"),
    (900, "cm"),
    (500, "d"),
    (400, "cd"),
    (100, "c"),
    (90, "xc"),
    (50, "l"),
    (40, "xl"),
    (10, "x"),
    (9, "ix"),
    (5, "v"),
    (4, "iv"),
    (1, "i"),
)


def written(number: int, form: str) -> str:
    """``number`` in the format of that name; plain digits for one unknown, or where a format has no such number."""
    if form in SILENT:
        return ""
    writer = FORMATS.get(form)
    text = writer(number) if writer and 0 <= number < MOST else ""
    return text or f"{number}"


def _series(first: str, count: int) -> Callable[[int], str]:
    """Signs that follow each other in Unicode, from 1 on; none beyond the last."""
    return lambda number: chr(ord(first) + number - 1) if 0 < number <= count else ""


def _signs(signs: str) -> Callable[[int], str]:
    return lambda number: signs[number - 1] if 0 < number <= len(signs) else ""


def _mapped(digits: str) -> Callable[[int], str]:
    """Place by place, with the ten ``digits``."""
    return lambda number: f"{number}".translate({ord("0") + value: digit for value, digit in enumerate(digits)})


def _spelled(signs: str = PLAIN, *, full: bool = False) -> Callable[[int], str]:
    """Spelled out as Chinese does, with ``signs`` for the plain ones; in ``full``, ten is 一十."""
    table = str.maketrans(PLAIN, signs)

    def write(number: int) -> str:
        text = to_chinese(number) if number else PLAIN[0]
        if full and text.startswith("十"):
            text = PLAIN[1] + text
        return text.translate(table)

    return write


def _counted(zero: str) -> Callable[[int], str]:
    """Spelled below a hundred, place by place from there on, with this sign for 0: 九十九, 一○○."""
    by_place = _mapped(zero + DIGITS[1:])
    return lambda number: to_chinese(number) if 0 < number < 100 else by_place(number)


def _japanese(number: int) -> str:
    """Without 零, and without 一 before 十, 百 and 千: 百一."""
    text = to_chinese(number).replace("零", "") if number else "〇"
    for unit in "十百千":
        text = text.replace(f"一{unit}", unit)
    return text.replace("亿", "億")


def _letters(number: int) -> str:
    rounds, place = divmod(number - 1, 26)
    return chr(ord("a") + place) * (rounds + 1) if 0 <= rounds < LONGEST_RUN else ""


def _roman(number: int) -> str:
    if not 0 < number < 10_000:
        return ""
    text = ""
    for value, sign in ROMAN:
        count, number = divmod(number, value)
        text += sign * count
    return text


FORMATS: dict[str, Callable[[int], str]] = {
    "decimalZero": lambda number: f"{number:02}",
    "decimalFullWidth": _mapped("０１２３４５６７８９"),
    "decimalFullWidth2": _mapped("０１２３４５６７８９"),
    "decimalEnclosedCircle": _series("①", 20),
    "decimalEnclosedCircleChinese": _series("①", 20),
    "decimalEnclosedFullstop": _series("⒈", 20),
    "decimalEnclosedParen": _series("⑴", 20),
    # Word sets these in brackets, whatever their name says.
    "ideographEnclosedCircle": _series("㈠", 10),
    "numberInDash": lambda number: f"- {number} -",
    "lowerLetter": _letters,
    "upperLetter": lambda number: _letters(number).upper(),
    "lowerRoman": _roman,
    "upperRoman": lambda number: _roman(number).upper(),
    "chineseCounting": _counted("○"),
    "taiwaneseCounting": _counted("○"),
    "chineseCountingThousand": _spelled(),
    "taiwaneseCountingThousand": _spelled("零一二三四五六七八九十百千萬億"),
    "japaneseCounting": _japanese,
    "ideographDigital": _mapped(DIGITS),
    "japaneseDigitalTenThousand": _mapped(DIGITS),
    "taiwaneseDigital": _mapped("○" + DIGITS[1:]),
    "chineseLegalSimplified": _spelled("零壹贰叁肆伍陆柒捌玖拾佰仟万亿", full=True),
    "ideographLegalTraditional": _spelled("零壹貳參肆伍陸柒捌玖拾佰仟萬億", full=True),
    "ideographTraditional": _signs("甲乙丙丁戊己庚辛壬癸"),
    "ideographZodiac": _signs("子丑寅卯辰巳午未申酉戌亥"),
    "hex": lambda number: f"{number:X}",
}
