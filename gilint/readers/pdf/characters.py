"""Characters as fonts of PDFs name them, brought back to those that were written.

Where a font draws a radical and the ideograph of the same shape with one glyph, programs write down either, so that
⼀、⻓ stand for 一、长. Characters of private use mean something in one font only.
"""

from __future__ import annotations

import unicodedata
from functools import cache

from gilint.late import late

UNKNOWN = "\ufffd"
BULLET = "•"
# Control characters, surrogates, non-characters and private use; radicals and compatibility ideographs.
ODD = late(
    r"[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\ud800-\udfff\ue000-\uf8ff\ufffe\uffff\U000f0000-\U0010ffff]"
    r"|[\u2e80-\u2fdf\uf900-\ufaff\U0002f800-\U0002fa1f]"
)
# Radicals that Unicode does not call the same as the ideographs of their shape: Equivalent_Unified_Ideograph.
RADICALS = dict(
    zip(
        "⺁⺇⺌⺝⺟⺠⺧⺬⺮⺳⺶⺷⺼⻁⻄⻅⻆⻉⻊⻋⻑⻓⻔⻕⻗⻘⻙⻚⻛⻜⻝⻡⻢⻣⻤⻥⻦⻧⻨⻩⻬⻮⻰⻱",
        "厂几小月母民牛示竹网羊羊月虎西见角贝足车長长门阜雨青韦页风飞食首马骨鬼鱼鸟卤麦黄齐齿龙龜",
        strict=True,
    )
)


def tidied(text: str) -> tuple[str, int]:
    """The text with every odd character replaced, as long as before, and how many of them mean nothing."""
    if not ODD.search(text):
        return text, text.count(UNKNOWN)
    text = ODD.sub(lambda match: _meant(match.group()), text)
    return text, text.count(UNKNOWN)


@cache
def _meant(char: str) -> str:
    if "\uf000" <= char <= "\uf0ff":
        # Fonts of symbols have their signs there; office programs take them for the dots of lists.
        return BULLET
    if char in RADICALS:
        return RADICALS[char]
    plain = unicodedata.normalize("NFKC", char)
    return plain if len(plain) == 1 and unicodedata.category(plain) == "Lo" else UNKNOWN
