"""Messages for a word that is not known, with the one that was probably meant."""

from __future__ import annotations

from gilint.text import closest

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable


def unknown(zh: str, en: str, word: str, known: Iterable[str]) -> str:
    """The message for an unknown word: ``未知的键 severty，是否想写 severity？(unknown key 'severty'; did you …?)``."""
    said, meant = unknown_in(zh, en, word, known)
    gap = "" if said.endswith("？") else " "
    return f"{said}{gap}({meant})"


def unknown_in(zh: str, en: str, word: str, known: Iterable[str]) -> tuple[str, str]:
    """The message for an unknown word in Chinese and in English."""
    known = list(known)
    meant = closest(word, known)
    if meant is not None:
        return f"未知的{zh} {word}，是否想写 {meant}？", f"unknown {en} {word!r}; did you mean {meant!r}?"
    if 0 < len(known) <= 12:
        choice = ", ".join(known)
        return f"未知的{zh} {word}，可用：{choice}", f"unknown {en} {word!r}; known: {choice}"
    return f"未知的{zh} {word}", f"unknown {en} {word!r}"
